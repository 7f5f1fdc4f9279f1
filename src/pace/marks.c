/* SPDX-License-Identifier: MIT */
/* What is read off a plan: times at marks, and lamps.
 *
 * Between two ends of pieces time goes evenly. A track's start lies where the distance is
 * full laps from the finish line; lamps count from that line. */

#include "harrier/pace.h"

#include "harrier/num.h"

#include <math.h>

#define MOST_MARKS 1000000.0
#define SAME_M 1e-6
#define LEAST_SPLIT_M 1.0 /* what is left of a course's last metre is no split */

double har_plan_time(const struct har_pace_plan *plan, double distance_m)
{
    if (!(distance_m >= 0 && distance_m <= plan->distance_m[plan->count - 1] + SAME_M))
        return NAN;
    return har_interpolate(plan->distance_m, plan->time_s, plan->count, distance_m);
}

/* The work of a stretch as one flat speed: metres worth over seconds. */
static double mean_flat(const struct har_pace_plan *plan, double from_m, double to_m)
{
    double worth = 0, seconds = 0;
    for (size_t i = 1; i < plan->count; i++) {
        double a = fmax(plan->distance_m[i - 1], from_m);
        double b = fmin(plan->distance_m[i], to_m);
        if (!(b > a)) continue;
        double s = (b - a) / plan->speed_mps[i];
        worth += s * plan->flat_mps[i];
        seconds += s;
    }
    return worth / seconds;
}

har_status har_plan_splits(const struct har_pace_plan *plan, double every_m,
                           struct har_arena *arena, const struct har_pace_split **split,
                           size_t *count, struct har_error *err)
{
    double end_m = plan->distance_m[plan->count - 1];
    if (!(every_m > 0 && end_m / every_m <= MOST_MARKS))
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "splits are some metres apart");
    size_t whole = (size_t)fmax(floor((end_m - LEAST_SPLIT_M) / every_m), 0);
    struct har_pace_split *row = HAR_NEW(arena, struct har_pace_split, whole + 1);
    if (!row) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the splits");
    double before_m = 0, before_s = 0;
    for (size_t i = 0; i <= whole; i++) {
        double at_m = i < whole ? (double)(i + 1) * every_m : end_m;
        double at_s = i < whole ? har_plan_time(plan, at_m) : plan->finish_s;
        row[i] = (struct har_pace_split){
            .distance_m = at_m,
            .time_s = at_s,
            .lap_s = at_s - before_s,
            .flat_mps = mean_flat(plan, before_m, at_m),
            .reserve = har_interpolate(plan->distance_m, plan->reserve, plan->count, at_m)};
        before_m = at_m;
        before_s = at_s;
    }
    *split = row;
    *count = whole + 1;
    return HAR_OK;
}

har_status har_plan_lamps(const struct har_pace_plan *plan, double lap_m, double spacing_m,
                          struct har_arena *arena, const struct har_lamp **lamp,
                          size_t *count, struct har_error *err)
{
    double end_m = plan->distance_m[plan->count - 1];
    if (!(lap_m > 0 && spacing_m > 0 && spacing_m <= lap_m &&
          lap_m / spacing_m <= MOST_MARKS && end_m / spacing_m <= MOST_MARKS))
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "lamps are some metres apart, on a lap");
    size_t lamps = (size_t)ceil(lap_m / spacing_m - SAME_M);
    double start_m = lap_m * ceil(end_m / lap_m - SAME_M) - end_m;
    size_t passes = (size_t)ceil(end_m / lap_m) + 1;
    struct har_lamp *row = HAR_NEW(arena, struct har_lamp, lamps);
    double *time_s = HAR_NEW(arena, double, lamps *passes);
    if (!row || !time_s) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the lamps");
    for (size_t i = 0; i < lamps; i++) {
        row[i].at_m = (double)i * spacing_m;
        row[i].time_s = time_s + i * passes;
        for (size_t lap = 0; lap < passes; lap++) {
            double at_m = row[i].at_m + (double)lap * lap_m - start_m;
            if (at_m < -SAME_M || at_m > end_m + SAME_M) continue;
            time_s[i * passes + row[i].count++] =
                har_plan_time(plan, fmin(fmax(at_m, 0), end_m));
        }
    }
    *lamp = row;
    *count = lamps;
    return HAR_OK;
}
