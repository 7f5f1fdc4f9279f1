/* SPDX-License-Identifier: MIT */
/* P. S. Riegel, "Athletic Records and Human Endurance", American Scientist 69 (1981) 285:
 * time grows as distance to the power of 1.06, from 3.5 to 230 minutes. One exponent for
 * all makes many marathons too fast; it stands here as the one that everybody knows.
 * Outside those minutes, at either end, the answer is NaN.
 *
 * With an exponent of the runner's own the range is that of the marks it came from, which
 * only the caller knows. Exponents of 0.5 to 2 are taken: beyond them two numbers were
 * mistaken for each other. */

#include "harrier/law.h"

#include "measure.h"

#include <math.h>

#define RIEGEL_EXPONENT 1.06
#define RIEGEL_SHORTEST_S 210.0
#define RIEGEL_LONGEST_S 13800.0
#define LEAST_EXPONENT 0.5
#define MOST_EXPONENT 2.0

static bool riegel_holds(double time_s)
{
    return time_s >= RIEGEL_SHORTEST_S && time_s <= RIEGEL_LONGEST_S;
}

static bool is_exponent(double exponent)
{
    return exponent >= LEAST_EXPONENT && exponent <= MOST_EXPONENT;
}

double har_power_law_time(double time_s, double from_m, double to_m, double exponent)
{
    if (!is_measure(time_s) || !is_measure(from_m) || !is_measure(to_m)) return NAN;
    return is_exponent(exponent) ? time_s * pow(to_m / from_m, exponent) : NAN;
}

double har_power_law_exponent(double time1_s, double distance1_m, double time2_s,
                              double distance2_m)
{
    if (!is_measure(time1_s) || !is_measure(distance1_m)) return NAN;
    if (!is_measure(time2_s) || !is_measure(distance2_m)) return NAN;
    double exponent = log(time2_s / time1_s) / log(distance2_m / distance1_m);
    return is_exponent(exponent) ? exponent : NAN;
}

double har_riegel_time(double time_s, double from_m, double to_m)
{
    double other_s = har_power_law_time(time_s, from_m, to_m, RIEGEL_EXPONENT);
    return riegel_holds(time_s) && riegel_holds(other_s) ? other_s : NAN;
}
