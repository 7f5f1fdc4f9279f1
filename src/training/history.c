/* SPDX-License-Identifier: MIT */
/* What a store knows of what its runner can run.
 *
 * Official marks come first. A race without one is the watch's time over the standard
 * distance nearest to its length, blurred by what a watch measures wrong. Of training the
 * fastest stretch over a few distances in each quarter of a year counts, and as a training
 * effort only: at least that was possible. */

#include "history.h"

#include "harrier/best.h"

#include <math.h>

static const char *const effort_events[] = {"1500", "3000", "5000", "10000", "HM"};
enum { EFFORT_EVENTS = sizeof effort_events / sizeof *effort_events };
#define QUARTER_DAYS 91
#define GPS_BLUR 0.01
#define NEAR_ENOUGH 0.03
#define LEAST_FLAT 0.8 /* flat metres for each metre: beyond these it was no road race */
#define MOST_FLAT 1.3

struct gathering {
    struct har_evidence *evidence;
    size_t count;
};

static int64_t day_of(const struct har_entry *entry)
{
    return har_local_day(entry->summary.start_ms, entry->summary.utc_offset_s);
}

static bool read_code(const char *code, struct har_event *event)
{
    return har_parse_event(har_bytes_of(code), event, NULL) == HAR_OK;
}

/* The watch's time of a race that nobody gave the official time of. */
static void add_measured_race(struct gathering *to, const struct har_entry *entry)
{
    static const char *const codes[] = {"MILE", "3000", "5K",  "10K", "15K", "10M",
                                        "20K",  "HM",   "25K", "30K", "MAR"};
    for (size_t c = 0; c < sizeof codes / sizeof *codes; c++) {
        struct har_event event;
        if (!read_code(codes[c], &event) ||
            fabs(entry->summary.distance_m / event.distance_m - 1) > NEAR_ENOUGH)
            continue;
        for (size_t i = 0; i < entry->best_count; i++)
            if (fabs(entry->bests[i].distance_m / event.distance_m - 1) < 1e-3 &&
                entry->bests[i].time_s > 0)
                to->evidence[to->count++] =
                    (struct har_evidence){event,         entry->bests[i].time_s,
                                          day_of(entry), HAR_EVIDENCE_RACE,
                                          GPS_BLUR,      0};
        return;
    }
}

/* Nobody told how the course falls, but the watch saw it: the mark over as many metres on
 * the flat as the recording had, known to half of the difference. */
static void flatten(struct har_evidence *race, const struct har_result *told,
                    const struct har_entry *entry)
{
    const struct har_summary *sum = &entry->summary;
    double flat = entry->flat_speed_mps * sum->moving_s / sum->distance_m;
    if (race->event.kind != HAR_EVENT_ROAD || !isnan(told->drop_m) ||
        !(flat > LEAST_FLAT) || !(flat < MOST_FLAT))
        return;
    race->time_s /= flat;
    race->blur = hypot(told->eligible == 0 ? 0 : race->blur, log(flat) / 2);
}

/* The fastest over one distance in each quarter; `entries` are in order of time. */
static void add_efforts(struct gathering *to, const struct har_entry *entries, size_t count,
                        const struct har_event *event)
{
    struct har_evidence *last = NULL;
    for (size_t e = 0; e < count; e++) {
        if (entries[e].race || !har_sport_is_on_foot(entries[e].summary.sport)) continue;
        for (size_t i = 0; i < entries[e].best_count; i++) {
            double time_s = entries[e].bests[i].time_s;
            int64_t day = day_of(entries + e);
            if (fabs(entries[e].bests[i].distance_m / event->distance_m - 1) > 1e-3 ||
                !(time_s > 0))
                continue;
            bool same = last && last->day / QUARTER_DAYS == day / QUARTER_DAYS;
            if (same && last->time_s <= time_s) continue;
            if (!same) last = to->evidence + to->count++;
            *last = (struct har_evidence){*event, time_s, day, HAR_EVIDENCE_EFFORT, 0, 0};
        }
    }
}

static void sort_by_day(struct har_evidence *evidence, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct har_evidence one = evidence[i];
        size_t at = i;
        for (; at > 0 && evidence[at - 1].day > one.day; at--)
            evidence[at] = evidence[at - 1];
        evidence[at] = one;
    }
}

static har_status settle_sex(struct har_store *store, int64_t athlete, int sex,
                             struct har_arena *arena, enum har_sex *out,
                             struct har_error *err)
{
    struct har_athlete about = {.sex = sex};
    if (sex == HAR_UNTOLD && athlete) { /* 0: all of them, who have no sex in common */
        har_status got = har_store_about(store, athlete, arena, &about, err);
        if (got) return got;
    }
    if (about.sex == HAR_UNTOLD)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "whether the runner is a man or a woman is not known; --sex M|F "
                        "tells it");
    *out = (enum har_sex)about.sex;
    return HAR_OK;
}

har_status har_history_of(struct har_store *store, int64_t athlete,
                          const struct har_kept *kept, int sex, struct har_arena *arena,
                          struct har_history *out, struct har_error *err)
{
    const struct har_race *races = kept->races;
    const struct har_entry *entries = kept->entries;
    size_t race_count = kept->race_count, count = kept->count;
    struct gathering to = {0};
    if (race_count + count == 0)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "there is no race and no run yet: `harrier race add` keeps a "
                        "result, `harrier import` a run");
    *out = (struct har_history){.athlete = ""};
    har_status got = settle_sex(store, athlete, sex, arena, &out->sex, err);
    if (got) return got;
    /* One a race, and at most as many efforts as runs, for each distance. */
    to.evidence =
        HAR_NEW(arena, struct har_evidence, race_count + (1 + EFFORT_EVENTS) * count);
    if (!to.evidence) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the history");
    for (size_t i = 0; i < race_count; i++) {
        struct har_evidence *race = to.evidence + to.count;
        const struct har_result *told = &races[i].result;
        if (har_evidence_of(told, out->sex, race, NULL)) continue;
        to.count++;
        for (size_t e = 0; e < count; e++)
            if (races[i].activity == entries[e].id) flatten(race, told, entries + e);
    }
    for (size_t e = 0; e < count; e++) {
        bool official = false;
        for (size_t i = 0; i < race_count; i++)
            official |= races[i].activity == entries[e].id;
        if (entries[e].race && !official && har_sport_is_on_foot(entries[e].summary.sport))
            add_measured_race(&to, entries + e);
    }
    for (size_t i = 0; i < EFFORT_EVENTS; i++) {
        struct har_event event;
        if (read_code(effort_events[i], &event)) add_efforts(&to, entries, count, &event);
    }
    sort_by_day(to.evidence, to.count);
    out->evidence = to.evidence;
    out->count = to.count;
    if (to.count == 0)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "no race and no run of 1500 m or more in one piece yet");
    return HAR_OK;
}

har_status har_kept_history(struct har_store *store, const struct har_store_filter *filter,
                            int sex, struct har_arena *arena, struct har_history *out,
                            struct har_error *err)
{
    struct har_store_filter all = *filter;
    struct har_race *races;
    struct har_entry *entries;
    size_t race_count, count;
    all.with_bests = true;
    all.race = 0;
    all.sport = -1;
    har_status got = har_store_races(store, &all, arena, &races, &race_count, err);
    if (got == HAR_OK) got = har_store_entries(store, &all, arena, &entries, &count, err);
    if (got) return got;
    const struct har_kept kept = {races, race_count, entries, count};
    return har_history_of(store, filter->athlete, &kept, sex, arena, out, err);
}
