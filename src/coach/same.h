/* SPDX-License-Identifier: MIT */
#ifndef COACH_SAME_H
#define COACH_SAME_H

/* Whether two files tell of one run, and which of them tells more. */

#include "harrier/store.h"

/* The one among `sources` that most surely tells of the same run as `of`; NULL if none
 * does. The rules are in same.c. */
const struct har_source *har_same_run_among(const struct har_source *sources, size_t count,
                                            const struct har_source *of);

/* How much an activity tells: grows with every column, with the rate of samples, with laps
 * and with the identity of the device. Only good for comparing. */
double har_richness_of(const struct har_activity *activity);

#endif
