/* SPDX-License-Identifier: MIT */
#ifndef TRAINING_MORNINGS_H
#define TRAINING_MORNINGS_H

/* What the mornings of one athlete tell of a session. Rows in order of days, one a day. */

#include "harrier/training.h"

/* How hard the day's training felt; NaN where nobody told. */
double har_felt_on(const struct har_wellness_row *rows, size_t count, int64_t day);

/* The resting heart rate: the median of the four weeks up to and with the day. NaN where
 * fewer than five of their mornings know it. */
double har_rest_bpm_on(const struct har_wellness_row *rows, size_t count, int64_t day);

#endif
