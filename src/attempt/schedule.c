/* SPDX-License-Identifier: MIT */
/* The plan beside the record: rows where a coach calls splits, and where the record's are
 * known. The two need not meet: reports give kilometres, tracks have laps. */

#include "harrier/attempt.h"

#include <math.h>

#define SAME_PLACE_M 0.5

/* The plan's reserve where no split of its own is. */
static double reserve_at(const struct har_pace_plan *plan, double distance_m)
{
    size_t i = 1;
    while (i + 1 < plan->count && plan->distance_m[i] < distance_m) i++;
    double from_m = plan->distance_m[i - 1], step_m = plan->distance_m[i] - from_m;
    double share = fmin(fmax((distance_m - from_m) / step_m, 0), 1);
    return plan->reserve[i - 1] + share * (plan->reserve[i] - plan->reserve[i - 1]);
}

static struct har_attempt_split of_plan(const struct har_pace_split *s)
{
    return (struct har_attempt_split){.distance_m = s->distance_m,
                                      .time_s = s->time_s,
                                      .reserve = s->reserve,
                                      .lap_s = s->lap_s,
                                      .record_s = NAN};
}

static struct har_attempt_split of_record(const struct har_pace_plan *plan,
                                          double distance_m)
{
    return (struct har_attempt_split){.distance_m = distance_m,
                                      .time_s = har_plan_time(plan, distance_m),
                                      .reserve = reserve_at(plan, distance_m),
                                      .lap_s = NAN,
                                      .record_s = NAN};
}

har_status har_attempt_schedule(const struct har_pace_plan *plan, double every_m,
                                const struct har_world_record *record,
                                struct har_arena *arena,
                                const struct har_attempt_split **split, size_t *count,
                                struct har_error *err)
{
    const struct har_pace_split *lap;
    size_t laps, known = record ? record->split_count : 0, n = 0, k = 0;
    har_status got = har_plan_splits(plan, every_m, arena, &lap, &laps, err);
    if (got != HAR_OK) return got;
    struct har_attempt_split *row = HAR_NEW(arena, struct har_attempt_split, laps + known);
    if (!row) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a schedule");
    for (size_t i = 0; i < laps; i++) {
        while (k < known &&
               record->split[k].distance_m < lap[i].distance_m + SAME_PLACE_M) {
            const struct har_world_record_split *s = &record->split[k++];
            bool same = s->distance_m > lap[i].distance_m - SAME_PLACE_M;
            row[n] = same ? of_plan(&lap[i]) : of_record(plan, s->distance_m);
            row[n].record_s = s->time_s;
            row[n].leader = s->leader;
            n++;
        }
        if (n == 0 || row[n - 1].distance_m < lap[i].distance_m - SAME_PLACE_M)
            row[n++] = of_plan(&lap[i]);
    }
    if (record && n > 0) row[n - 1].record_s = (double)record->time_ms / 1000;
    *split = row;
    *count = n;
    return HAR_OK;
}
