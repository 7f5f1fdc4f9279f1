/* SPDX-License-Identifier: MIT */
#ifndef CLEAN_GAIT_H
#define CLEAN_GAIT_H

/* How a sport moves, as far as plausibility needs it. */
struct gait {
    unsigned sport;
    double fastest_mps; /* nobody is faster for a whole second */
    double still_mps;   /* slower is standing */
};

/* Never NULL: a sport without a row moves like a wheel. */
const struct gait *gait_of(unsigned sport);

#endif
