/* SPDX-License-Identifier: MIT */
/* The speeds of each sport. Sprinters reach 12.4 m/s; what rolls or slides 40. A swimmer's
 * slowest stroke is slower than a walker's stop. To teach Harrier a sport, add its row. */

#include "gait.h"

#include "harrier/activity.h"

static const struct gait gaits[] = {
    {HAR_SPORT_RUNNING, 12.5, 0.5}, {HAR_SPORT_WALKING, 12.5, 0.5},
    {HAR_SPORT_HIKING, 12.5, 0.5},  {HAR_SPORT_SWIMMING, 12.5, 0.2},
    {HAR_SPORT_UNKNOWN, 40.0, 0.5},
};
enum { GAITS = sizeof gaits / sizeof gaits[0] };

const struct gait *gait_of(unsigned sport)
{
    for (int i = 0; i < GAITS; i++)
        if (gaits[i].sport == sport) return &gaits[i];
    return &gaits[GAITS - 1];
}
