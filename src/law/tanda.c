/* SPDX-License-Identifier: MIT */
/* G. Tanda, "Prediction of marathon performance time on the basis of training indices", J.
 * Human Sport Exerc. 6 (2011) 511: 46 marathons of 22 runners, 167 to 216 minutes, from the
 * 8 weeks before; standard error 4 minutes. What comes out is a pace, though some copies
 * print it as a time. For faster marathons he later (2020) found it off by 9.5 minutes; NaN
 * outside the times it was made from. The weeks he had we do not know: 20 to 200 km is our
 * choice, so that nobody is promised a marathon for no running at all. */

#include "harrier/law.h"

#include <math.h>

#define TANDA_LEAST_KM 20.0
#define TANDA_MOST_KM 200.0
#define TANDA_MARATHON_KM 42.195
#define TANDA_FASTEST_S (167 * 60.0)
#define TANDA_SLOWEST_S (216 * 60.0)

double har_tanda_pace(double week_km, double pace_s_km)
{
    if (!(week_km >= TANDA_LEAST_KM && week_km <= TANDA_MOST_KM)) return NAN;
    double marathon_s_km = 17.1 + 140 * exp(-0.0053 * week_km) + 0.55 * pace_s_km;
    double marathon_s = TANDA_MARATHON_KM * marathon_s_km;
    return marathon_s >= TANDA_FASTEST_S && marathon_s <= TANDA_SLOWEST_S ? marathon_s_km
                                                                          : NAN;
}
