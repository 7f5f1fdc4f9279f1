/* SPDX-License-Identifier: MIT */
/* J. G. Purdy, "Computer generated track and field scoring tables", Med. Sci. Sports 6
 * (1974) 287 and 7 (1975) 111: points are linear in speed, and 1035 is the speed of the
 * records of 1970, a sum of five exponentials of the distance. The constants are as P.
 * Hoffman published them and others' programs repeat them; the papers themselves we have
 * not read.
 *
 * The range is ours: 100 m to 100 km, where the curve passes the records of its day, and 0
 * to 1300 points, as below zero his tables have none, and nobody has come to 1300. */

#include "harrier/law.h"

#include <math.h>

#define PURDY_SHORTEST_M 100.0
#define PURDY_LONGEST_M 100000.0
#define PURDY_MOST_POINTS 1300.0
#define PURDY_STANDARD_POINTS 1035.0

/* Speed in m/s, rate of decay per metre. */
static const double running_curve[][2] = {
    {-11.15895, 0.03796158}, {4.304605, 0.001646772}, {0.5234627, 0.000410767},
    {4.031560, 7.068099e-6}, {2.316157, 5.220990e-9},
};
enum { PURDY_TERMS = sizeof running_curve / sizeof running_curve[0] };

/* P = a (standard / time - b) */
struct purdy_scale {
    double standard_s, a, b;
};

static struct purdy_scale scale_of(double distance_m)
{
    double v = 0;
    for (int i = 0; i < PURDY_TERMS; i++)
        v += running_curve[i][0] * exp(-running_curve[i][1] * distance_m);
    double a = 85 / (0.0654 - 0.00258 * v);
    bool known = distance_m >= PURDY_SHORTEST_M && distance_m <= PURDY_LONGEST_M;
    return (struct purdy_scale){
        .standard_s = known ? distance_m / v : NAN,
        .a = a,
        .b = 1 - PURDY_STANDARD_POINTS / a,
    };
}

double har_purdy_points(double distance_m, double time_s)
{
    struct purdy_scale scale = scale_of(distance_m);
    double points = scale.a * (scale.standard_s / time_s - scale.b);
    return time_s > 0 && points >= 0 && points <= PURDY_MOST_POINTS ? points : NAN;
}

double har_purdy_time(double points, double distance_m)
{
    if (!(points >= 0 && points <= PURDY_MOST_POINTS)) return NAN;
    struct purdy_scale scale = scale_of(distance_m);
    return scale.standard_s / (points / scale.a + scale.b);
}
