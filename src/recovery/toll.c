/* SPDX-License-Identifier: MIT */
/* What a race takes from the next.
 *
 * We know of no paper that gives it for runners who race again within days. What is known:
 * after a marathon muscles are weak for a week and more, and few race well within two or
 * three; after 5000 m some race well the next day but one. Between these points we draw the
 * plainest lines, all of them ours: 0.15 % of speed for each kilometre raced in earnest,
 * which fades with a time of 2 days and 0.35 for each kilometre. That is 0.7 % and 4 days
 * for 5000 m, 3.2 % and 9 days for the half marathon, 6.3 % and 17 days for the marathon:
 * the times lie in the 7 to 10 and 14 to 28 days that coaches give the longer two.
 *
 * A race run at less than all counts by Miner's rule for what it was: the seconds run over
 * those for which the curve would let that speed be held.
 *
 * Runners differ, so there is a factor for all of it, normal about 1 with 0.6. Each later
 * race has a shortfall against the runner's curve and tells of it by the plain rule for a
 * slope through nothing; below zero it does not go. A race that came a year after the last
 * has no cost that it could tell of, and leaves the factor alone. */

#include "harrier/num.h"
#include "harrier/recovery.h"

#include <math.h>

#define LOSS_PER_KM 0.0015
#define FADE_DAYS 2.0
#define FADE_DAYS_PER_KM 0.35
#define FACTOR_SPREAD 0.6
#define LONGEST_RACE_KM 100.0

static double race_km(double distance_m)
{
    return fmin(distance_m / 1000, LONGEST_RACE_KM);
}

double har_race_effort(const struct har_emig *curve, double distance_m, double time_s)
{
    double limit_s = har_emig_time_limit(curve, distance_m / time_s);
    double as_planned_s = har_emig_time(curve, distance_m);
    if (!(time_s > 0) || isnan(as_planned_s)) return NAN;
    if (time_s <= as_planned_s) return 1;
    return isnan(limit_s) ? 0 : fmin(time_s / limit_s, 1);
}

double har_race_damage(double distance_m, double effort)
{
    double share = isnan(effort) ? 1 : fmin(fmax(effort, 0), 1);
    return distance_m > 0 ? share * LOSS_PER_KM * race_km(distance_m) : 0;
}

double har_race_recovery_days(double distance_m)
{
    return FADE_DAYS + FADE_DAYS_PER_KM * race_km(fmax(distance_m, 0));
}

struct har_toll_factor har_toll_unknown(void)
{
    return (struct har_toll_factor){1, FACTOR_SPREAD};
}

/* The share of speed that is missing on a day, for a factor of 1. */
static double missing_on(const struct har_raced *races, size_t count, int64_t day)
{
    double missing = 0;
    for (size_t i = 0; i < count; i++) {
        if (races[i].day >= day) continue;
        double since = (double)(day - races[i].day - 1);
        missing += har_race_damage(races[i].distance_m, races[i].effort) *
                   exp(-since / har_race_recovery_days(races[i].distance_m));
    }
    return missing;
}

struct har_toll_factor har_toll_learn(const struct har_raced *races, size_t count,
                                      const struct har_shortfall *seen, size_t seen_count)
{
    struct har_toll_factor factor = har_toll_unknown();
    double weight = 1 / (factor.spread * factor.spread), sum = weight * factor.mean;
    for (size_t i = 0; i < seen_count; i++) {
        double variance = seen[i].spread * seen[i].spread;
        double x = missing_on(races, count, seen[i].day);
        if (!isfinite(seen[i].ln_slower) || !(variance > 0)) continue;
        weight += x * x / variance;
        sum += x * seen[i].ln_slower / variance;
    }
    return (struct har_toll_factor){fmax(sum / weight, 0), 1 / sqrt(weight)};
}

struct har_toll har_toll_on(const struct har_raced *races, size_t count,
                            struct har_toll_factor factor, int64_t day)
{
    double missing_pct = 100 * missing_on(races, count, day);
    double off = HAR_SDS_OF_80 * factor.spread;
    return (struct har_toll){
        .cost_pct = missing_pct * factor.mean,
        .low_pct = missing_pct * fmax(factor.mean - off, 0),
        .high_pct = missing_pct * (factor.mean + off),
    };
}

bool har_same_kind_of_race(double distance1_m, double distance2_m)
{
    return distance1_m < 1.25 * distance2_m && distance2_m < 1.25 * distance1_m;
}
