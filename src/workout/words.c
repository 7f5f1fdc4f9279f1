/* SPDX-License-Identifier: MIT */
/* The spelling of targets, as rows: a further one is a further row. The notation is that of
 * intervals.icu; RPE, bpm and @EVENT are ours. A bare percentage or zone is one of power
 * there, and so it is here. */

#include "words.h"

#include <string.h>

const struct aim_row aim_rows[] = {
    {HAR_AIM_PACE_PCT, "", "%", "Pace", 1, 300},
    {HAR_AIM_HEART_LTHR_PCT, "", "%", "LTHR", 1, 200},
    {HAR_AIM_HEART_PCT, "", "%", "HR", 1, 100},
    {HAR_AIM_POWER_PCT, "", "%", NULL, 1, 900},
    {HAR_AIM_PACE_ZONE, "Z", "", "Pace", 1, 10},
    {HAR_AIM_HEART_ZONE, "Z", "", "HR", 1, 5},
    {HAR_AIM_POWER_ZONE, "Z", "", NULL, 1, 7},
    {HAR_AIM_HEART, "", "bpm", NULL, HEART_LEAST_BPM, HEART_MOST_BPM},
    {HAR_AIM_POWER, "", "w", NULL, 1, 3000},
};
const size_t aim_row_count = sizeof aim_rows / sizeof aim_rows[0];

const struct aim_row *aim_row_of(enum har_aim aim)
{
    for (size_t i = 0; i < aim_row_count; i++)
        if (aim_rows[i].aim == aim) return &aim_rows[i];
    return NULL;
}

const struct pace_unit pace_units[] = {
    {"/km", 1000},  {"/mi", 1609.344}, {"/100m", 100},
    {"/400m", 400}, {"/500m", 500},    {"/100y", 91.44},
};
const size_t pace_unit_count = sizeof pace_units / sizeof pace_units[0];
