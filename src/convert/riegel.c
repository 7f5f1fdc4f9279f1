/* SPDX-License-Identifier: MIT */
/* P. S. Riegel, "Athletic Records and Human Endurance", American Scientist 69 (1981) 285:
 * time grows as distance to the power of 1.06, from 3.5 to 230 minutes. One exponent for
 * all makes many marathons too fast; it stands here until a runner's own curve does. */

#include "harrier/convert.h"

#include <math.h>

#define EXPONENT 1.06
#define SHORTEST_S 210.0
#define LONGEST_S 13800.0

static bool holds(double time_s)
{
    return time_s >= SHORTEST_S && time_s <= LONGEST_S;
}

double har_riegel_time(double time_s, double from_m, double to_m)
{
    double other_s = time_s * pow(to_m / from_m, EXPONENT);
    return holds(time_s) && holds(other_s) ? other_s : NAN;
}
