/* SPDX-License-Identifier: MIT */
#ifndef PACE_RESERVE_H
#define PACE_RESERVE_H

/* What may be run above the critical speed. */

#include "price.h"

struct reserve {
    double critical_mps, d_prime_m;
};

/* What is left of it after `time_s` at a flat speed. */
double reserve_after(const struct reserve *r, double left_m, double flat_mps,
                     double time_s);

/* Makes the fastest choice of the pieces from `free` on keep within the reserve, by a limit
 * to their flat speed, the same for all; it is returned, NaN where none was needed or none
 * would help. `p` is all of the way, the choice made. */
double keep_reserve(struct pieces *p, size_t free, const struct reserve *r, double budget,
                    struct search *s);

#endif
