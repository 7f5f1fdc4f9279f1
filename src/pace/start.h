/* SPDX-License-Identifier: MIT */
#ifndef PACE_START_H
#define PACE_START_H

/* The time alone of har_keller_race(); NaN for no such runner. */

#include "harrier/pace.h"

double keller_time(const struct har_keller *runner, double distance_m, size_t nodes);

#endif
