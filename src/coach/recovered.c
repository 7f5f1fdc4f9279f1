/* SPDX-License-Identifier: MIT */
/* Races and easy runs of a store, for the room that tells of recovery.
 *
 * Several races of a day are one, the longest: nobody recovers between a heat and its
 * final. Its length is that of its event where a result is kept, else what the watch says.
 *
 * Seven days are a hard block where they asked at least 1.3 times what 7 days did on the
 * mean of the 8 weeks; the factor is our choice. One with a race in it or in the week
 * before it is told by the race. */

#include "recovered.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK_DAYS = 7, LOOKED_THROUGH_DAYS = 56 };
#define HARD 1.3

/* A race that somebody told of or that was recorded, before days are made of them. */
struct race_kept {
    struct har_raced raced;
    int64_t activity;
    const char *name;
};

struct raced_days {
    struct har_arena *arena;
    struct har_entry *entries;
    size_t entry_count;
    struct har_race *results;
    size_t result_count;
    struct race_kept *races; /* one a day */
    struct har_raced_and_run known;
    size_t stale;
};

static har_status recovered_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the days after races");
}

static int64_t day_run(const struct har_entry *entry)
{
    return har_local_day(entry->summary.start_ms, entry->summary.utc_offset_s);
}

static bool has_day(const struct har_entry *entry)
{
    return entry->summary.start_ms != HAR_NO_TIME;
}

/* By day, the longest first. */
static int compare_kept(const void *a, const void *b)
{
    const struct race_kept *x = a, *y = b;
    if (x->raced.day != y->raced.day) return x->raced.day < y->raced.day ? -1 : 1;
    return (x->raced.distance_m < y->raced.distance_m) -
           (x->raced.distance_m > y->raced.distance_m);
}

static bool is_told(const struct raced_days *r, int64_t activity)
{
    for (size_t i = 0; i < r->result_count; i++)
        if (r->results[i].activity == activity) return true;
    return false;
}

/* As it was told, else as its activity is called, else where it was. */
static const char *name_of(const struct raced_days *r, const struct har_race *race)
{
    if (race->result.name) return race->result.name;
    for (size_t i = 0; i < r->entry_count && race->activity; i++)
        if (r->entries[i].id == race->activity && r->entries[i].name)
            return r->entries[i].name;
    return race->result.venue;
}

static size_t list_kept(const struct raced_days *r, struct race_kept *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < r->result_count; i++) {
        const struct har_result *told = &r->results[i].result;
        kept[count++] = (struct race_kept){{told->day, told->event.distance_m, NAN},
                                           r->results[i].activity,
                                           name_of(r, &r->results[i])};
    }
    for (size_t i = 0; i < r->entry_count; i++) {
        const struct har_entry *entry = &r->entries[i];
        if (entry->race && has_day(entry) && !is_told(r, entry->id) &&
            har_sport_is_on_foot(entry->summary.sport))
            kept[count++] = (struct race_kept){
                {day_run(entry), entry->summary.distance_m, NAN}, entry->id, entry->name};
    }
    return count;
}

static bool list_races(struct raced_days *r)
{
    size_t most = r->result_count + r->entry_count, days = 0;
    struct har_raced *raced = HAR_NEW(r->arena, struct har_raced, most);
    r->races = HAR_NEW(r->arena, struct race_kept, most);
    if (!raced || !r->races) return false;
    size_t count = list_kept(r, r->races);
    if (count) qsort(r->races, count, sizeof *r->races, compare_kept);
    for (size_t i = 0; i < count; i++) {
        if (days && raced[days - 1].day == r->races[i].raced.day) continue;
        r->races[days] = r->races[i];
        raced[days++] = r->races[i].raced;
    }
    r->known.races = raced;
    r->known.race_count = days;
    return true;
}

static bool list_runs(struct raced_days *r)
{
    struct har_steady_run *runs = HAR_NEW(r->arena, struct har_steady_run, r->entry_count);
    if (!runs) return false;
    r->known.last_day = INT64_MIN;
    for (size_t i = 0; i < r->entry_count; i++) {
        const struct har_entry *entry = &r->entries[i];
        if (!has_day(entry)) continue;
        if (day_run(entry) > r->known.last_day) r->known.last_day = day_run(entry);
        if (entry->steady.seconds > 0)
            runs[r->known.run_count++] = (struct har_steady_run){
                day_run(entry), entry->summary.altitude_m, entry->steady};
    }
    r->known.runs = runs;
    return true;
}

/* The mean of all mornings that say it; NaN where none does. */
static double mean_rest(const struct har_wellness_row *rows, size_t count)
{
    double sum = 0, known = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(rows[i].rest_bpm)) continue;
        sum += rows[i].rest_bpm;
        known++;
    }
    return sum / known;
}

/* A row of an older version has no steady part: that is no lack of runs. */
static const char *why_no_answer(const struct raced_days *r, const struct har_error *why)
{
    struct har_text text = {.arena = r->arena};
    har_text_add(&text, why->message);
    if (r->stale)
        har_text_format(&text,
                        "; an older version worked out %zu activities: `harrier db "
                        "rebuild` finds what is steady in them",
                        r->stale);
    return text.failed ? NULL : text.data;
}

static har_status recover(const struct raced_days *r, size_t which,
                          struct har_recovered *out, struct har_error *err)
{
    struct har_error why = {0};
    *out = (struct har_recovered){.activity = r->races[which].activity,
                                  .name = r->races[which].name};
    har_status got = har_comeback_of(&r->known, which, r->arena, &out->back, &why);
    if (got == HAR_NO_ANSWER) {
        out->why_not = why_no_answer(r, &why);
        return out->why_not ? HAR_OK : recovered_full(err);
    }
    struct har_beside *beside = HAR_NEW(r->arena, struct har_beside, 1);
    if (got || !beside) return recovered_full(err);
    got = har_comeback_beside(&r->known, which, &out->back, r->arena, beside, err);
    if (got == HAR_NOT_FOUND) return HAR_OK;
    out->beside = beside;
    out->beside_name = r->races[beside->which].name;
    return got;
}

static bool has_race(const struct raced_days *r, int64_t from_day, int64_t to_day)
{
    for (size_t i = 0; i < r->known.race_count; i++)
        if (r->races[i].raced.day >= from_day && r->races[i].raced.day <= to_day)
            return true;
    return false;
}

/* The last day of the hardest 7; NULL where none were hard. `*times` is how hard. */
static const struct har_form_day *hardest_block(const struct raced_days *r,
                                                const struct har_form *form, double *times)
{
    const struct har_form_day *hardest = NULL;
    double sum = 0, known = 0;
    size_t from =
        form->day_count > LOOKED_THROUGH_DAYS ? form->day_count - LOOKED_THROUGH_DAYS : 0;
    for (size_t i = from; i < form->day_count; i++) {
        const struct har_form_day *day = &form->days[i];
        if (isnan(day->week_load)) continue;
        sum += day->week_load;
        known++;
        if ((!hardest || day->week_load > hardest->week_load) &&
            !has_race(r, day->day - 2 * BLOCK_DAYS + 1, day->day))
            hardest = day;
    }
    if (hardest) *times = hardest->week_load * known / sum;
    return *times >= HARD ? hardest : NULL;
}

static har_status recover_block(const struct raced_days *r, int64_t to_day, double times,
                                struct har_recovered *out, struct har_error *err)
{
    struct har_error why = {0};
    *out = (struct har_recovered){.name = "hard week", .block_load = times};
    har_status got = har_block_comeback(&r->known, to_day - BLOCK_DAYS + 1, to_day,
                                        r->arena, &out->back, &why);
    if (got != HAR_NO_ANSWER) return got ? recovered_full(err) : HAR_OK;
    out->why_not = why_no_answer(r, &why);
    return out->why_not ? HAR_OK : recovered_full(err);
}

/* A row for that day, behind those of earlier ones. */
static struct har_recovered *open_row(struct har_recovered *rows, size_t *count,
                                      int64_t day)
{
    size_t at = (*count)++;
    for (; at > 0 && rows[at - 1].back.race.day > day; at--) rows[at] = rows[at - 1];
    return &rows[at];
}

static har_status read_days(struct har_store *store, const struct har_store_filter *filter,
                            int64_t last_day, struct raced_days *r, struct har_error *err)
{
    struct har_store_filter all = HAR_STORE_ALL;
    struct har_wellness_row *mornings;
    size_t morning_count;
    int64_t *stale;
    all.athlete = filter->athlete;
    all.until_day = last_day;
    har_status got =
        har_store_entries(store, &all, r->arena, &r->entries, &r->entry_count, err);
    if (got == HAR_OK)
        got = har_store_races(store, &all, r->arena, &r->results, &r->result_count, err);
    if (got == HAR_OK)
        got = har_journal_mornings(store, &all, r->arena, &mornings, &morning_count, err);
    if (got == HAR_OK)
        got =
            har_store_stale(store, har_coach_algorithm(), r->arena, &stale, &r->stale, err);
    if (got) return got;
    r->known.heart_rest_bpm = mean_rest(mornings, morning_count);
    return list_races(r) && list_runs(r) ? HAR_OK : recovered_full(err);
}

har_status har_recovered_races(struct har_store *store,
                               const struct har_store_filter *filter, int64_t last_day,
                               size_t most, const struct har_form *form,
                               struct har_arena *arena, const struct har_recovered **races,
                               size_t *count, struct har_error *err)
{
    struct raced_days r = {.arena = arena};
    *races = NULL;
    *count = 0;
    har_status got = read_days(store, filter, last_day, &r, err);
    if (got) return got;
    size_t from = 0, end = r.known.race_count;
    while (end > 0 && r.races[end - 1].raced.day > filter->until_day) end--;
    from = end > most ? end - most : 0;
    while (from < end && r.races[from].raced.day < filter->since_day) from++;
    struct har_recovered *out = HAR_NEW(arena, struct har_recovered, end - from + 1);
    if (!out) return recovered_full(err);
    for (size_t i = from; i < end && got == HAR_OK; i++)
        got = recover(&r, i, &out[(*count)++], err);
    double times = 0;
    const struct har_form_day *block = form ? hardest_block(&r, form, &times) : NULL;
    if (got == HAR_OK && block)
        got = recover_block(&r, block->day, times, open_row(out, count, block->day), err);
    *races = *count ? out : NULL;
    return got;
}
