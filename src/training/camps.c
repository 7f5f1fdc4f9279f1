/* SPDX-License-Identifier: MIT */
/* Camps, beside what was raced before and after.
 *
 * A mark is worth its speed over what one curve, of all that is known of the runner, says
 * for its distance: marks over different distances are then one measure, and form, which
 * the curve does not follow day by day, is what remains. Races only: an effort of training
 * says what was possible at least, not what was. */

#include "harrier/training.h"

#include <math.h>

/* The races of `history`, standardised; `*count` is 0 where no curve can be had. */
static har_status rate_races(const struct har_history *history, struct har_arena *arena,
                             struct har_camp_effort *efforts, size_t *count,
                             struct har_error *err)
{
    struct har_curve curve;
    struct har_prediction p;
    *count = 0;
    if (history->count == 0) return HAR_OK;
    int64_t day = history->evidence[history->count - 1].day + 1;
    har_status got = har_curve_fit(NULL, history->sex, history->evidence, history->count,
                                   day, arena, &curve, err);
    if (got) return got == HAR_NO_ANSWER || got == HAR_OUT_OF_RANGE ? HAR_OK : got;
    for (size_t i = 0; i < history->count; i++) {
        const struct har_evidence *mark = &history->evidence[i];
        if (mark->kind != HAR_EVIDENCE_RACE) continue;
        if (har_curve_predict(&curve, &mark->event, day, HAR_ASK_RACE, &p, NULL)) continue;
        efforts[(*count)++] =
            (struct har_camp_effort){mark->day, log(p.time_s / mark->time_s)};
    }
    return HAR_OK;
}

har_status har_camps(struct har_store *store, const struct har_store_filter *filter,
                     struct har_arena *arena, struct har_kept_camp **camps, size_t *count,
                     struct har_error *err)
{
    struct har_store_filter all = HAR_STORE_ALL;
    struct har_entry *entries;
    struct har_kept_camp *told;
    struct har_history history = {0};
    size_t entry_count, told_count, effort_count;
    all.athlete = filter->athlete;
    har_status got = har_store_entries(store, &all, arena, &entries, &entry_count, err);
    if (got == HAR_OK)
        got = har_store_camps(store, filter->athlete, arena, &told, &told_count, err);
    if (got == HAR_OK)
        got = har_kept_history(store, &all, HAR_UNTOLD, arena, &history, err);
    if (got == HAR_NO_ANSWER) history.count = 0;
    else if (got) return got;
    struct har_camp_effort *efforts = HAR_NEW(arena, struct har_camp_effort, history.count);
    if (!efforts) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the camps");
    got = rate_races(&history, arena, efforts, &effort_count, err);
    if (got) return got;
    return har_camps_of(entries, entry_count, told, told_count, efforts, effort_count,
                        arena, camps, count, err);
}
