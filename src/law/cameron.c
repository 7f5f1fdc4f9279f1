/* SPDX-License-Identifier: MIT */
/* D. F. Cameron, 1998: speeds over two distances are in the ratio of one curve through the
 * records, the same for everybody, from 400 m to 50 miles. The constants are recalled: he
 * published on a mailing list that we could not read. They circulate for miles, as here,
 * and for metres, which agree to 1 in a million. Beyond his distances the curve turns; the
 * answer is NaN there. */

#include "harrier/law.h"

#include "measure.h"

#include <math.h>

#define MILE_M 1609.344
#define CAMERON_SHORTEST_M 400.0
#define CAMERON_LONGEST_M 80467.2

static double relative_speed(double distance_m)
{
    if (!(distance_m >= CAMERON_SHORTEST_M && distance_m <= CAMERON_LONGEST_M)) return NAN;
    double miles = distance_m / MILE_M;
    return 13.49681 - 0.048865 * miles + 2.438936 * pow(miles, -0.7905);
}

double har_cameron_time(double time_s, double from_m, double to_m)
{
    if (!is_measure(time_s)) return NAN;
    return time_s * (to_m / from_m) * (relative_speed(from_m) / relative_speed(to_m));
}
