/* SPDX-License-Identifier: MIT */
/* Official results: personal bests, and races that nobody recorded.
 *
 * A watch's time is no mark, and an aided mark is no best: neither takes the place of one
 * that counts, both are shown for what they are. Marks are compared as the rules round
 * them; of equal marks the first counts, as in any list. What nobody has judged counts:
 * runners keep their best of a road race whether or not its course was measured. */

#include "harrier/diary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EDITION = 2025 };

static har_status results_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the results");
}

static bool counts(const struct har_race *race)
{
    return race->result.official && race->result.eligible != 0;
}

static int64_t official_ms(const struct har_race *race)
{
    return har_mark_official_ms(&race->result.mark, &race->result.event);
}

/* By event, what counts before what does not, the faster and then the earlier first. */
static int compare_marks(const void *a, const void *b)
{
    const struct har_race *one = *(const struct har_race *const *)a,
                          *other = *(const struct har_race *const *)b;
    const struct har_event *x = &one->result.event, *y = &other->result.event;
    if (x->distance_mm != y->distance_mm) return x->distance_mm < y->distance_mm ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (counts(one) != counts(other)) return counts(one) ? -1 : 1;
    int64_t s = official_ms(one), t = official_ms(other);
    if (s != t) return s < t ? -1 : 1;
    if (one->result.day != other->result.day)
        return one->result.day < other->result.day ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

static int points_of(const struct har_race *race, int sex)
{
    int points;
    if (sex == HAR_UNTOLD ||
        har_points(&race->result.mark, &race->result.event, (enum har_sex)sex, EDITION,
                   &points, NULL) != HAR_OK)
        return -1;
    return points;
}

static bool same_event(const struct har_race *a, const struct har_race *b)
{
    return strcmp(a->result.event.code, b->result.event.code) == 0;
}

har_status har_personal_bests(const struct har_race *races, size_t count, int sex,
                              struct har_arena *arena, struct har_personal_best **out,
                              size_t *out_count, struct har_error *err)
{
    const struct har_race **sorted = HAR_NEW(arena, const struct har_race *, count);
    struct har_personal_best *bests = HAR_NEW(arena, struct har_personal_best, count);
    size_t found = 0;
    if (!sorted || !bests) return results_full(err);
    for (size_t i = 0; i < count; i++) sorted[i] = &races[i];
    if (count) qsort(sorted, count, sizeof *sorted, compare_marks);
    for (size_t i = 0; i < count; i++) {
        const struct har_race *race = sorted[i],
                              *last = found ? bests[found - 1].race : NULL;
        bool known = last && same_event(last, race);
        bool faster =
            known && counts(last) && !counts(race) && official_ms(race) < official_ms(last);
        if (known && !faster) continue;
        bests[found++] =
            (struct har_personal_best){race, counts(race), points_of(race, sex), sex};
    }
    *out = bests;
    *out_count = found;
    return HAR_OK;
}

/* --- races of a season -------------------------------------------------------------- */

/* An entry that knows its day and its result alone: at noon, so that no offset moves it. */
static void fill_entry(struct har_entry *entry, const struct har_race *race)
{
    static const size_t reals[] = {
        offsetof(struct har_summary, elapsed_s),
        offsetof(struct har_summary, timer_s),
        offsetof(struct har_summary, moving_s),
        offsetof(struct har_summary, distance_m),
        offsetof(struct har_summary, device_distance_m),
        offsetof(struct har_summary, ascent_m),
        offsetof(struct har_summary, descent_m),
        offsetof(struct har_summary, device_ascent_m),
        offsetof(struct har_summary, altitude_m),
        offsetof(struct har_summary, altitude_max_m),
        offsetof(struct har_summary, heart_bpm),
        offsetof(struct har_summary, heart_max_bpm),
        offsetof(struct har_summary, cadence_spm),
        offsetof(struct har_summary, power_w),
        offsetof(struct har_summary, lat_deg),
        offsetof(struct har_summary, lon_deg),
    };
    *entry = (struct har_entry){
        .name = race->result.name ? race->result.name : race->result.venue,
        .race = true,
        .flat_speed_mps = NAN,
        .official = race,
        .summary = {.start_ms = (race->result.day * 2 + 1) * INT64_C(43200000),
                    .sport = HAR_SPORT_RUNNING}};
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        *(double *)(void *)((char *)&entry->summary + reals[i]) = NAN;
    entry->summary.altitude_m = race->result.altitude_m;
}

static bool is_shown(const struct har_season *season, int64_t race)
{
    for (size_t i = 0; i < season->race_count; i++)
        if (season->races[i]->official && season->races[i]->official->id == race)
            return true;
    return false;
}

static int compare_entries(const void *a, const void *b)
{
    const struct har_entry *one = *(const struct har_entry *const *)a,
                           *other = *(const struct har_entry *const *)b;
    int64_t x = har_local_day(one->summary.start_ms, one->summary.utc_offset_s),
            y = har_local_day(other->summary.start_ms, other->summary.utc_offset_s);
    if (x != y) return x < y ? -1 : 1;
    x = one->summary.start_ms, y = other->summary.start_ms;
    if (x != y) return x < y ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

/* The weeks, those with a race in them marked as such. */
static har_status mark_weeks(struct har_season *season, const struct har_race *races,
                             size_t count, struct har_arena *arena, struct har_error *err)
{
    struct har_week *weeks = HAR_NEW(arena, struct har_week, season->week_count);
    if (!weeks) return results_full(err);
    for (size_t i = 0; i < season->week_count; i++) weeks[i] = season->weeks[i];
    for (size_t i = 0; i < count; i++) {
        int64_t since = races[i].result.day - weeks[0].monday;
        if (since >= 0 && since / 7 < (int64_t)season->week_count)
            weeks[since / 7].race = true;
    }
    season->weeks = weeks;
    return HAR_OK;
}

static har_status add_races(struct har_season *season, const struct har_race *races,
                            size_t count, struct har_arena *arena, struct har_error *err)
{
    size_t all = season->race_count;
    const struct har_entry **shown =
        HAR_NEW(arena, const struct har_entry *, season->race_count + count);
    struct har_entry *bare = HAR_NEW(arena, struct har_entry, count);
    if (!shown || !bare) return results_full(err);
    for (size_t i = 0; i < all; i++) shown[i] = season->races[i];
    int64_t from = season->weeks[0].monday,
            to = season->weeks[season->week_count - 1].monday + 6;
    for (size_t i = 0; i < count; i++) {
        int64_t day = races[i].result.day;
        if (day < from || day > to || is_shown(season, races[i].id)) continue;
        fill_entry(&bare[i], &races[i]);
        shown[all++] = &bare[i];
    }
    if (all) qsort(shown, all, sizeof *shown, compare_entries);
    season->races = shown;
    season->race_count = all;
    return HAR_OK;
}

har_status har_season_results(struct har_season *season, const struct har_race *races,
                              size_t count, int sex, struct har_arena *arena,
                              struct har_error *err)
{
    struct har_personal_best *marks = NULL;
    har_status got =
        har_personal_bests(races, count, sex, arena, &marks, &season->mark_count, err);
    season->marks = marks;
    if (got == HAR_OK) got = add_races(season, races, count, arena, err);
    return got ? got : mark_weeks(season, races, count, arena, err);
}
