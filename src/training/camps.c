/* SPDX-License-Identifier: MIT */
/* Camps, beside what was raced before and after.
 *
 * Races only: an effort of training says what was possible at least, not what was. */

#include "history.h"
#include "rated.h"

#include <math.h>

/* The races of `history`, standardised. */
static har_status rate_races(const struct har_history *history, struct har_arena *arena,
                             struct har_camp_effort *efforts, size_t *count,
                             struct har_error *err)
{
    double *worth = HAR_NEW(arena, double, history->count);
    *count = 0;
    if (!worth) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the camps");
    har_status got = har_rate_marks(history, arena, worth, err);
    for (size_t i = 0; got == HAR_OK && i < history->count; i++)
        if (history->evidence[i].kind == HAR_EVIDENCE_RACE && !isnan(worth[i]))
            efforts[(*count)++] =
                (struct har_camp_effort){history->evidence[i].day, worth[i]};
    return got;
}

har_status har_camps(struct har_store *store, const struct har_store_filter *filter,
                     struct har_arena *arena, struct har_kept_camp **camps, size_t *count,
                     struct har_error *err)
{
    struct har_store_filter all = HAR_STORE_ALL;
    struct har_entry *entries;
    struct har_race *races;
    struct har_kept_camp *told;
    struct har_history history = {0};
    size_t entry_count, race_count, told_count, effort_count;
    all.athlete = filter->athlete;
    all.with_bests = true;
    har_status got = har_store_entries(store, &all, arena, &entries, &entry_count, err);
    if (got == HAR_OK) got = har_store_races(store, &all, arena, &races, &race_count, err);
    if (got == HAR_OK)
        got = har_journal_camps(store, filter->athlete, arena, &told, &told_count, err);
    if (got) return got;
    const struct har_kept kept = {races, race_count, entries, entry_count};
    got = har_history_of(store, all.athlete, &kept, HAR_UNTOLD, arena, &history, err);
    if (got == HAR_NO_ANSWER) history.count = 0;
    else if (got) return got;
    struct har_camp_effort *efforts = HAR_NEW(arena, struct har_camp_effort, history.count);
    if (!efforts) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the camps");
    got = rate_races(&history, arena, efforts, &effort_count, err);
    if (got) return got;
    return har_camps_of(entries, entry_count, told, told_count, efforts, effort_count,
                        arena, camps, count, err);
}
