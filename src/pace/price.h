/* SPDX-License-Identifier: MIT */
#ifndef PACE_PRICE_H
#define PACE_PRICE_H

/* How fast to run each piece. All of these choose `x` of the pieces that are free; false,
 * the pieces in any state, where no speeds do it. */

#include "piece.h"

struct search {
    double tolerance;
    unsigned most; /* rounds of one search */
    unsigned rounds;
    double residual; /* of the last search, in the logarithm */
};

/* The least time in which all pieces wear no more than `budget`. */
bool choose_fastest(struct pieces *p, double budget, struct search *s);

/* The least wear in which all pieces take `time_s`. */
bool choose_for_time(struct pieces *p, double time_s, struct search *s);

/* One flat speed, and one speed, that wear `budget`. */
bool choose_even_effort(struct pieces *p, double budget, struct search *s);
bool choose_even_speed(struct pieces *p, double budget, struct search *s);

#endif
