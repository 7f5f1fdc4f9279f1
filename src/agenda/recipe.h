/* SPDX-License-Identifier: MIT */
#ifndef AGENDA_RECIPE_H
#define AGENDA_RECIPE_H

/* What the hard part of a session is made of, by the phase and the race that it leads to.
 */

#include "harrier/season.h"

struct recipe {
    double rep_m, rep_s; /* one of them; the other 0 */
    const char *race;    /* whose pace: an event; "": the target's; NULL: the threshold's */
    unsigned low, high;  /* percent of that */
    unsigned rest_s;     /* of jogging after each */
    const char *feel;    /* the same in RPE */
};

const struct recipe *recipe_threshold(enum har_phase phase, double race_m);
const struct recipe *recipe_fast(enum har_phase phase, double race_m);
/* The end of a long run; NULL: it is easy to the end. */
const struct recipe *recipe_long(enum har_phase phase, double race_m);

#endif
