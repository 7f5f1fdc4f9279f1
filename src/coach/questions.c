/* SPDX-License-Identifier: MIT */
/* What the faces ask of a store.
 *
 * Lists and reports come from derived rows; one activity is worked out anew from its
 * original, with the offset from UTC that it was imported with if somebody told us, so that
 * both roads show the same numbers. */

#include "analysis.h"
#include "joining.h"
#include "races.h"
#include "recovered.h"
#include "verdict.h"

#include "harrier/effort.h"
#include "harrier/num.h"

/* The settings under which `entry` was made. */
static struct har_clean_settings settings_of(const struct har_summary *summary)
{
    bool told = summary->offset_source == HAR_OFFSET_USER;
    return (struct har_clean_settings){told, told ? summary->utc_offset_s : 0};
}

static har_status decode_original(struct har_store *store, struct har_showing *out,
                                  struct har_arena *arena, struct har_bytes *bytes,
                                  struct har_error *err)
{
    const struct har_source *lead = &out->sources[0];
    struct har_recording recording;
    har_status got = har_store_original(store, lead->original, arena, bytes, err);
    if (got == HAR_OK) got = har_decode(*bytes, arena, &recording, err);
    if (got) return got;
    if (lead->part >= recording.activity_count)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "the original of activity %lld has no part %u",
                        (long long)out->entry.id, lead->part);
    out->activity = recording.activities[lead->part];
    out->warnings = recording.warnings;
    out->warning_count = recording.warning_count;
    return HAR_OK;
}

/* The flat metres of every split, over its elapsed time: beside its pace, a flat pace must
 * count the same seconds. */
static har_status show_flat(struct har_showing *out, struct har_arena *arena,
                            struct har_error *err)
{
    const struct har_streams *s = &out->streams;
    struct har_flat flat;
    har_status got = har_flat_speeds(s, NULL, arena, &flat, err);
    out->flat_speed_mps = flat.mean_mps;
    if (got) return got == HAR_NOT_FOUND ? HAR_OK : got;
    double *mps = HAR_NEW(arena, double, out->split_count);
    if (!mps) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the splits");
    for (size_t i = 0; i < out->split_count; i++) {
        const struct har_split *split = &out->splits[i];
        double from_m =
            har_interpolate(s->distance_m, flat.flat_m, s->count, split->from_m);
        double to_m = har_interpolate(s->distance_m, flat.flat_m, s->count, split->to_m);
        mps[i] = (to_m - from_m) / split->time_s;
    }
    out->split_flat_mps = mps;
    return HAR_OK;
}

/* The result of the race that the entry was, if it is kept. */
static har_status show_result(struct har_store *store, struct har_entry *entry,
                              struct har_arena *arena, struct har_error *err)
{
    struct har_store_filter day = HAR_STORE_ALL;
    struct har_race *races;
    size_t count;
    day.since_day = day.until_day =
        har_local_day(entry->summary.start_ms, entry->summary.utc_offset_s);
    har_status got = har_store_races(store, &day, arena, &races, &count, err);
    return got ? got : har_give_results(entry, 1, races, count, arena, err);
}

/* How its runner came back from it, if it was a race. */
static har_status show_recovery(struct har_store *store, struct har_showing *out,
                                struct har_arena *arena, struct har_error *err)
{
    const struct har_summary *s = &out->entry.summary;
    struct har_store_filter day = HAR_STORE_ALL;
    size_t count;
    if (!out->entry.race || !har_sport_is_on_foot(s->sport)) return HAR_OK;
    day.athlete = out->entry.athlete;
    day.since_day = day.until_day = har_local_day(s->start_ms, s->utc_offset_s);
    return har_recovered_races(store, &day, INT64_MAX, 1, NULL, arena, &out->recovered,
                               &count, err);
}

/* What is kept of it, and its streams out of its original's `bytes`. */
static har_status show_streams(struct har_store *store, int64_t id, struct har_arena *arena,
                               struct har_showing *out, struct har_bytes *bytes,
                               struct har_error *err)
{
    struct har_source *sources;
    *out = (struct har_showing){0};
    har_status got = har_store_entry(store, id, arena, &out->entry, err);
    if (got == HAR_OK)
        got = har_store_sources_of(store, id, arena, &sources, &out->source_count, err);
    if (got) return got;
    if (out->source_count == 0)
        return har_fail(err, HAR_BAD_INPUT, 0, "activity %lld has no source",
                        (long long)id);
    out->sources = sources;
    out->original = sources[0].path;
    struct har_clean_settings settings = settings_of(&out->entry.summary);
    got = decode_original(store, out, arena, bytes, err);
    return got ? got : har_clean(&out->activity, &settings, arena, &out->streams, err);
}

har_status har_show_streams(struct har_store *store, int64_t id, struct har_arena *arena,
                            struct har_showing *out, struct har_error *err)
{
    struct har_bytes bytes;
    return show_streams(store, id, arena, out, &bytes, err);
}

har_status har_show(struct har_store *store, int64_t id, double split_m,
                    struct har_arena *arena, struct har_showing *out, struct har_error *err)
{
    struct har_bytes bytes;
    har_status got = show_streams(store, id, arena, out, &bytes, err);
    if (got == HAR_OK) got = har_bests(&out->streams, arena, &out->bests, err);
    if (got == HAR_OK)
        got =
            har_splits(&out->streams, split_m, arena, &out->splits, &out->split_count, err);
    if (got == HAR_OK) got = show_flat(out, arena, err);
    if (got == HAR_OK)
        got = har_judge_race(&out->entry, bytes, arena, arena, &out->course, err);
    if (got == HAR_OK) got = show_result(store, &out->entry, arena, err);
    if (got == HAR_OK)
        got = har_give_loads(store, out->entry.athlete, &out->entry, 1, arena, err);
    return got ? got : show_recovery(store, out, arena, err);
}

/* The entries that `filter` lets through, with their bests. */
static har_status entries_of(struct har_store *store, const struct har_store_filter *filter,
                             struct har_arena *arena, struct har_entry **entries,
                             size_t *count, struct har_error *err)
{
    struct har_store_filter with_bests = *filter;
    with_bests.with_bests = true;
    return har_store_entries(store, &with_bests, arena, entries, count, err);
}

har_status har_list(struct har_store *store, const struct har_store_filter *filter,
                    struct har_arena *arena, struct har_entry **entries, size_t *count,
                    struct har_error *err)
{
    struct har_race *races;
    size_t race_count;
    har_status got = har_store_entries(store, filter, arena, entries, count, err);
    if (got == HAR_OK)
        got = har_store_races(store, filter, arena, &races, &race_count, err);
    return got ? got : har_give_results(*entries, *count, races, race_count, arena, err);
}

/* What could be run on the day after the season, and how its races were foretold. Nobody
 * has to have raced: then the page does without. */
static har_status look_ahead(struct har_store *store, const struct har_store_filter *filter,
                             struct har_arena *arena, struct har_season *season,
                             struct har_error *err)
{
    struct har_store_filter all = *filter;
    struct har_history history;
    struct har_foretold *foretold;
    struct har_outlook *outlook = HAR_NEW(arena, struct har_outlook, 1);
    if (!outlook)
        return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the report");
    all.since_day = INT64_MIN;
    all.until_day = season->to_day;
    har_status got = har_kept_history(store, &all, HAR_UNTOLD, arena, &history, err);
    if (got == HAR_OK)
        got = har_outlook_of(&history, season->to_day + 1, HAR_ASK_RACE, NULL, 0, arena,
                             outlook, err);
    if (got == HAR_OK)
        got = har_foretold_races(&history, season->from_day, season->to_day, arena,
                                 &foretold, &season->foretold_count, err);
    if (got) return got == HAR_NO_ANSWER ? HAR_OK : got;
    season->outlook = outlook;
    season->foretold = foretold;
    return HAR_OK;
}

enum { MORNINGS_DAYS = 28 }; /* before the season's last, in which mornings speak of it */

/* The camps of its days, and its latest mornings. */
static har_status add_journal(struct har_store *store,
                              const struct har_store_filter *filter,
                              struct har_arena *arena, struct har_season *season,
                              struct har_error *err)
{
    struct har_store_filter days = *filter;
    struct har_kept_camp *camps;
    struct har_wellness_row *rows;
    size_t camp_count, count;
    har_status got = har_camps(store, filter, arena, &camps, &camp_count, err);
    if (got) return got;
    har_season_camps(season, camps, camp_count);
    days.since_day = season->to_day - 2 * MORNINGS_DAYS;
    days.until_day = season->to_day;
    got = har_journal_mornings(store, &days, arena, &rows, &count, err);
    if (got || count == 0 || rows[count - 1].day <= season->to_day - MORNINGS_DAYS)
        return got;
    struct har_mornings *mornings = HAR_NEW(arena, struct har_mornings, 1);
    if (!mornings)
        return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the report");
    *mornings = har_mornings_of(rows, count, rows[count - 1].day);
    if (mornings->known > 0) season->mornings = mornings;
    return HAR_OK;
}

/* What the season asked and adds up to; what came before it is in its fitness. A page of
 * sessions of which nothing is known does without. */
static har_status add_form(struct har_store *store, const struct har_store_filter *filter,
                           struct har_arena *arena, struct har_season *season,
                           struct har_error *err)
{
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_loads *loads = HAR_NEW(arena, struct har_loads, 1);
    if (!loads) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the report");
    har_status got = har_loads(store, filter, &settings, arena, loads, err);
    if (got) return got == HAR_NO_ANSWER ? HAR_OK : got;
    season->form = &loads->form;
    season->learnt = &loads->learnt;
    return HAR_OK;
}

enum { RACES_RECOVERED = 6 };

/* How the runner came back from the season's last races and its hardest days. */
static har_status add_recoveries(struct har_store *store,
                                 const struct har_store_filter *filter,
                                 struct har_arena *arena, struct har_season *season,
                                 struct har_error *err)
{
    struct har_store_filter days = HAR_STORE_ALL;
    days.athlete = filter->athlete;
    days.since_day = season->from_day;
    days.until_day = season->to_day;
    return har_recovered_races(store, &days, season->to_day, RACES_RECOVERED, season->form,
                               arena, &season->recovered, &season->recovered_count, err);
}

enum { PLAN_BEGINS_DAYS = 28 }; /* after the last activity, and it is of the page still */

/* The season that is planned, if the page's days reach it; one that cannot be planned any
 * more is none of the page. */
static har_status add_plan(struct har_store *store, const struct har_store_filter *filter,
                           struct har_arena *arena, struct har_season *season,
                           struct har_error *err)
{
    struct har_store_filter athlete = HAR_STORE_ALL;
    struct har_error why = {0};
    struct har_kept_season kept;
    struct har_season_ahead *ahead = HAR_NEW(arena, struct har_season_ahead, 1);
    if (!ahead) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the report");
    athlete.athlete = filter->athlete;
    har_status got = har_journal_season(store, filter->athlete, arena, &kept, &why);
    if (got == HAR_NOT_FOUND) return HAR_OK;
    if (got == HAR_OK && kept.from_day > season->to_day + PLAN_BEGINS_DAYS) return HAR_OK;
    if (got == HAR_OK)
        got = har_season_of(store, &athlete, &kept, season->to_day + 1, arena, ahead, &why);
    if (got == HAR_OUT_OF_RANGE || got == HAR_BAD_INPUT || got == HAR_NO_ANSWER)
        return HAR_OK;
    if (got) return har_fail(err, got, why.offset, "%s", why.message);
    size_t last = ahead->plan.week_count - 1;
    if (ahead->plan.weeks[last].monday + 6 >= season->from_day) season->ahead = ahead;
    return HAR_OK;
}

har_status har_report(struct har_store *store, const struct har_store_filter *filter,
                      struct har_arena *arena, struct har_season *out,
                      struct har_error *err)
{
    struct har_entry *entries;
    struct har_race *races;
    size_t count, race_count;
    int sex;
    har_status got = entries_of(store, filter, arena, &entries, &count, err);
    if (got == HAR_OK) got = har_judge_races(store, entries, count, arena, err);
    if (got == HAR_OK)
        got = har_read_races(store, filter, arena, &races, &race_count, &sex, err);
    if (got == HAR_OK)
        got = har_give_results(entries, count, races, race_count, arena, err);
    if (got == HAR_OK) got = har_season(entries, count, arena, out, err);
    if (got == HAR_OK) got = har_season_results(out, races, race_count, sex, arena, err);
    if (got == HAR_OK) got = add_journal(store, filter, arena, out, err);
    if (got == HAR_OK) got = add_form(store, filter, arena, out, err);
    if (got == HAR_OK) got = add_recoveries(store, filter, arena, out, err);
    if (got == HAR_OK) got = add_plan(store, filter, arena, out, err);
    return got ? got : look_ahead(store, filter, arena, out, err);
}

har_status har_season_bests(struct har_store *store, const struct har_store_filter *filter,
                            struct har_arena *arena, struct har_season_best **bests,
                            size_t *count, struct har_error *err)
{
    struct har_season season = {0};
    struct har_entry *entries;
    size_t entry_count;
    har_status got = entries_of(store, filter, arena, &entries, &entry_count, err);
    if (got == HAR_OK) got = har_season(entries, entry_count, arena, &season, err);
    *bests = NULL;
    *count = 0;
    if (got == HAR_NOT_FOUND) return HAR_OK; /* nothing has no bests */
    if (got) return got;
    *bests = HAR_NEW(arena, struct har_season_best, season.best_count);
    if (!*bests) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the bests");
    for (size_t i = 0; i < season.best_count; i++) (*bests)[i] = season.bests[i];
    *count = season.best_count;
    return HAR_OK;
}
