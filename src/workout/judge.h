/* SPDX-License-Identifier: MIT */
#ifndef WORKOUT_JUDGE_H
#define WORKOUT_JUDGE_H

/* Whether what was found for a step is what was asked for. */

#include "harrier/workout.h"

/* How much of what the step asks for a stretch is, as a share; NaN where it asks for no
 * length. The button ends a step before its length, so that is none. */
double judge_share(const struct har_workout_step *step, double time_s, double distance_m);

/* Gives every step of the match its verdict, and counts. */
void judge_match(struct har_match *match, const struct har_workout_done *done);

#endif
