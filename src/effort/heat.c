/* SPDX-License-Identifier: MIT */
/* Heat, and cold.
 *
 * M. R. Ely et al., Med. Sci. Sports Exerc. 39 (2007) 487: the first three men of
 * marathons were 1.7, 2.5, 3.3 and 4.5 % slower than the course record in WBGT of 5-10,
 * 10-15, 15-20 and 20-25 C, and slower runners lost more. The curve is ours: 0.13 x +
 * 0.0036 x^2 percent, x degrees above 7.5, goes through those means relative to the first.
 * Cold is 0.3 % a degree below 5, a rule of thumb: C. Mantzios et al., Med. Sci. Sports
 * Exerc. 54 (2022) 153, find an optimum of 7.5 to 15 C; their slope is recalled, not read.
 *
 * Three more decisions. How much more the slow suffer is a parameter, since New York's
 * results of 2006-2019 contradict Ely: the loss is 1 at the pace of a 2:10 marathon and, by
 * default, 1.75 at that of 3:30, straight in the logarithm of the speed, from 1 to twice
 * that slope. Shorter races lose less, (T / 2 h)^0.7, and none before ten minutes, eased
 * in over the next ten. Beyond 35 C of WBGT nobody should race; it counts as 35. */

#include "harrier/effort.h"

#include "invert.h"

#include <math.h>

#define LOWEST_C (-10.0)
#define HIGHEST_C 35.0
#define WARM_C 7.5
#define COLD_C 5.0
#define COLD_PCT 0.3
#define USUAL_SLOPE 0.75
#define FAST_MPS (42195.0 / 7800)  /* a marathon in 2:10 */
#define SLOW_MPS (42195.0 / 12600) /* in 3:30 */
#define FULL_S 7200.0
#define NONE_S 600.0
#define EASED_S 1200.0

/* How much of the loss a race of that time takes. */
static double share_of_time(double time_s)
{
    double in = fmin(fmax((time_s - NONE_S) / (EASED_S - NONE_S), 0), 1);
    return in * in * (3 - 2 * in) * pow(fmin(time_s / FULL_S, 1), 0.7);
}

static double share_of_ability(double slope, double cool_mps)
{
    double behind = log(FAST_MPS / cool_mps) / log(FAST_MPS / SLOW_MPS);
    return 1 + slope * fmin(fmax(behind, 0), 2);
}

/* The time, as a multiple of the cool one. */
static double slowdown(const struct har_heat *heat, double cool_mps)
{
    double wbgt_c = fmin(fmax(heat->wbgt_c, LOWEST_C), HIGHEST_C);
    double slope = heat->ability_slope > 0 ? heat->ability_slope : USUAL_SLOPE;
    double warm = fmax(wbgt_c - WARM_C, 0), cold = fmax(COLD_C - wbgt_c, 0);
    double pct =
        share_of_ability(slope, cool_mps) * (0.13 + 0.0036 * warm) * warm + COLD_PCT * cold;
    return 1 + pct / 100 * share_of_time(heat->distance_m / cool_mps);
}

static double hot_speed(const void *heat, double cool_mps)
{
    return cool_mps / slowdown(heat, cool_mps);
}

static bool unknown_heat(const struct har_heat *heat, double speed_mps)
{
    return isnan(heat->wbgt_c) || isnan(heat->ability_slope) || !(heat->distance_m > 0) ||
           !(speed_mps >= 0);
}

double har_speed_in_heat(const struct har_heat *heat, double cool_mps)
{
    if (unknown_heat(heat, cool_mps)) return NAN;
    return cool_mps > 0 ? hot_speed(heat, cool_mps) : 0;
}

double har_cool_speed(const struct har_heat *heat, double speed_mps)
{
    if (unknown_heat(heat, speed_mps)) return NAN;
    return speed_mps > 0 ? invert(hot_speed, heat, speed_mps, speed_mps, speed_mps * 4) : 0;
}
