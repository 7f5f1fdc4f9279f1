/* SPDX-License-Identifier: MIT */
/* The activity that knows nothing: zero is a number, and no number is missing until it is
 * told to be. */

#include "harrier/activity.h"

#include <math.h>

struct har_activity har_activity_blank(void)
{
    return (struct har_activity){
        .sport = HAR_SPORT_UNKNOWN,
        .sub_sport = HAR_SUB_SPORT_UNKNOWN,
        .start_ms = HAR_NO_TIME,
        .created_ms = HAR_NO_TIME,
        .elapsed_s = NAN,
        .timer_s = NAN,
        .moving_s = NAN,
        .distance_m = NAN,
        .ascent_m = NAN,
        .descent_m = NAN,
        .heart_bpm = NAN,
        .heart_max_bpm = NAN,
        .energy_kcal = NAN,
        .pool_m = NAN,
    };
}
