/* SPDX-License-Identifier: MIT */

/* The season added up.
 *
 * Days are the runner's own: an activity belongs to the local date on which it began. Runs
 * are every activity of the sport running, on a belt and on a screen too; distances, climbs
 * and times are those of the runs alone, so that a bicycle never pads a mileage.
 *
 * An unknown number is not zero. A sum leaves out what is unknown, and is itself unknown
 * only where there were runs and none of them knew; a week without a run ran 0 m for
 * certain. An activity without an instant belongs to no day and is left out altogether.
 *
 * The highest believable heart rate is the highest that any one activity held, or exceeded,
 * for ten seconds. Optical sensors throw spikes of a second or two; adding them up over a
 * season would make a maximum of them, so each activity must prove it alone. Zone bounds
 * are shares of it rounded up to whole beats, because the histogram counts whole beats.
 *
 * The usual altitude is the median over the days with a known altitude, one vote a day:
 * where one lives is counted in days, not in kilometres. A day's altitude is the median of
 * what was done on foot, walks too; a belt and a screen have none. A stay is a longest
 * sequence of such days that all lie more than 500 m above the usual altitude (or all more
 * than 500 m below: a runner from Iten comes down to race), with at most four days between
 * one and the next, and at least three days from first to last. One day at the usual
 * altitude ends it; a day trip higher up does not. Its altitude is the median of its days,
 * its runs are all runs from its first day to its last. */

#include "harrier/diary.h"

#include "harrier/num.h"

#include <math.h>
#include <stdlib.h>

#define BELIEVABLE_S 10.0
#define LONGEST_ACTIVITY_S 1e8 /* three years: no activity goes on for longer */
#define STAY_RISE_M 500.0
enum { STAY_DAYS = 3, STAY_STEP_DAYS = 5 };

/* 0001-01-01 and 9999-12-31: outside lies no real instant. */
enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };
#define DAY_MS INT64_C(86400000)

/* Lower bound of each zone, in hundredths of the highest heart rate. */
static const unsigned zone_from_percent[HAR_ZONES] = {0, 60, 70, 80, 90};

struct dated {
    int64_t day;
    const struct har_entry *entry;
};

struct altitude_day {
    int64_t day;
    double altitude_m;
};

/* Days on one side of the usual altitude, as indices from..to of altitude days. */
struct stretch {
    size_t from, to;
};

static bool is_run_entry(const struct har_entry *entry)
{
    return entry->summary.sport == HAR_SPORT_RUNNING;
}

static bool has_instant(const struct har_entry *entry)
{
    return entry->summary.start_ms >= FIRST_DAY * DAY_MS &&
           entry->summary.start_ms < (LAST_DAY + 1) * DAY_MS;
}

static int compare_instants(const struct har_entry *a, const struct har_entry *b)
{
    if (a->summary.start_ms != b->summary.start_ms)
        return a->summary.start_ms < b->summary.start_ms ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static int compare_dated(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return compare_instants(x->entry, y->entry);
}

static int compare_races(const void *a, const void *b)
{
    const struct har_entry *const *x = a, *const *y = b;
    return compare_instants(*x, *y);
}

/* By distance, the quickest first, the earlier of two equals first. */
static int compare_efforts(const void *a, const void *b)
{
    const struct har_season_best *x = a, *y = b;
    if (x->best.distance_m != y->best.distance_m)
        return x->best.distance_m < y->best.distance_m ? -1 : 1;
    if (x->best.time_s != y->best.time_s) return x->best.time_s < y->best.time_s ? -1 : 1;
    if (x->start_ms != y->start_ms) return x->start_ms < y->start_ms ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* `sum` and one more, where `first` says that nothing was added before. */
static double plus_known(double sum, double value, bool first)
{
    if (!isfinite(value)) return first ? NAN : sum;
    return first || isnan(sum) ? value : sum + value;
}

static double larger_known(double most, double value, bool first)
{
    if (!isfinite(value)) return first ? NAN : most;
    return first || isnan(most) || value > most ? value : most;
}

/* The altitude of the ground under a runner, walker or hiker, else NaN: whoever cycles over
 * a pass does not live on it. A watch that does not say the sport was most likely worn on
 * foot. */
static double ground_altitude(const struct har_entry *entry)
{
    bool ground = entry->summary.setting != HAR_SETTING_TREADMILL &&
                  entry->summary.setting != HAR_SETTING_VIRTUAL;
    unsigned sport = entry->summary.sport;
    bool on_foot = har_sport_is_on_foot(sport) || sport == HAR_SPORT_UNKNOWN;
    return on_foot && ground ? entry->summary.altitude_m : NAN;
}

static double median_altitude(const struct dated *dated, size_t count, double *work)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        double altitude_m = ground_altitude(dated[i].entry);
        if (isfinite(altitude_m)) work[known++] = altitude_m;
    }
    return har_quantile(work, known, 0.5);
}

/* How many from `start` on belong to days before `end_day`. */
static size_t count_before(const struct dated *dated, size_t count, size_t start,
                           int64_t end_day)
{
    size_t end = start;
    while (end < count && dated[end].day < end_day) end++;
    return end - start;
}

static void add_up_week(const struct dated *dated, size_t count, double *work,
                        struct har_week *week)
{
    for (size_t i = 0; i < count; i++) {
        const struct har_entry *entry = dated[i].entry;
        if (entry->race) week->race = true;
        if (!is_run_entry(entry)) {
            week->others++;
            continue;
        }
        const struct har_summary *run = &entry->summary;
        bool first = week->runs++ == 0;
        week->distance_m = plus_known(week->distance_m, run->distance_m, first);
        week->ascent_m = plus_known(week->ascent_m, run->ascent_m, first);
        week->moving_s = plus_known(week->moving_s, run->moving_s, first);
        week->longest_m = larger_known(week->longest_m, run->distance_m, first);
    }
    week->altitude_m = median_altitude(dated, count, work);
}

static har_status find_weeks(const struct dated *dated, size_t count, double *work,
                             struct har_arena *arena, struct har_season *out)
{
    int64_t monday = out->from_day - har_weekday_of(out->from_day);
    size_t week_count = (size_t)((out->to_day - monday) / 7 + 1);
    struct har_week *weeks = HAR_NEW(arena, struct har_week, week_count);
    if (!weeks) return HAR_NO_MEMORY;

    size_t at = 0;
    for (size_t w = 0; w < week_count; w++, monday += 7) {
        size_t inside = count_before(dated, count, at, monday + 7);
        weeks[w].monday = monday;
        add_up_week(dated + at, inside, work, &weeks[w]);
        at += inside;
    }
    out->weeks = weeks;
    out->week_count = week_count;
    return HAR_OK;
}

static void add_up_runs(const struct dated *dated, size_t count, struct har_season *out)
{
    for (size_t i = 0; i < count; i++) {
        const struct har_entry *entry = dated[i].entry;
        if (!is_run_entry(entry)) continue;
        bool first = out->runs++ == 0;
        out->distance_m = plus_known(out->distance_m, entry->summary.distance_m, first);
        out->ascent_m = plus_known(out->ascent_m, entry->summary.ascent_m, first);
        out->moving_s = plus_known(out->moving_s, entry->summary.moving_s, first);
        if (isfinite(entry->summary.distance_m) &&
            (!out->longest || entry->summary.distance_m > out->longest->summary.distance_m))
            out->longest = entry;
    }
    out->activities = (unsigned)count;
}

/* --- heart ----------------------------------------------------------------------- */

unsigned har_held_heart_bpm(const float heart_s[HAR_HEART_BINS])
{
    double above_s = 0;
    for (unsigned bpm = HAR_HEART_BINS - 1; bpm > 0; bpm--) {
        if (heart_s[bpm] > 0) above_s += (double)heart_s[bpm];
        if (above_s >= BELIEVABLE_S) return bpm;
    }
    return 0;
}

static unsigned zone_of(const struct har_zones *zones, unsigned bpm)
{
    unsigned zone = HAR_ZONES - 1;
    while (zone > 0 && bpm < zones->from_bpm[zone]) zone--;
    return zone;
}

static void add_up_zones(const struct har_summary *run, struct har_zones *zones)
{
    double known_s = 0;
    for (unsigned bpm = 1; bpm < HAR_HEART_BINS; bpm++) {
        if (!(run->heart_s[bpm] > 0)) continue;
        zones->time_s[zone_of(zones, bpm)] += (double)run->heart_s[bpm];
        known_s += (double)run->heart_s[bpm];
    }
    if (run->moving_s > known_s) zones->unknown_s += run->moving_s - known_s;
}

static void find_zones(const struct dated *dated, size_t count, struct har_zones *zones)
{
    unsigned highest = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned held = har_held_heart_bpm(dated[i].entry->summary.heart_s);
        if (held > highest) highest = held;
    }
    zones->heart_max_bpm = highest > 0 ? (double)highest : (double)NAN;
    if (highest == 0) return;

    for (unsigned zone = 0; zone < HAR_ZONES; zone++) {
        unsigned from_bpm = (zone_from_percent[zone] * highest + 99) / 100; /* rounded up */
        zones->from_bpm[zone] = from_bpm;
    }
    for (size_t i = 0; i < count; i++)
        if (is_run_entry(dated[i].entry)) add_up_zones(&dated[i].entry->summary, zones);
}

/* --- the fastest, and the races -------------------------------------------------- */

static bool is_effort(const struct har_best *best)
{
    return isfinite(best->distance_m) && best->distance_m > 0 && isfinite(best->time_s) &&
           best->time_s > 0;
}

static size_t gather_efforts(const struct har_entry *entry, struct har_season_best *efforts)
{
    size_t found = 0;
    for (size_t i = 0; i < entry->best_count; i++) {
        const struct har_best *best = &entry->bests[i];
        if (!is_effort(best)) continue;
        bool placed = best->from_s >= 0 && best->from_s < LONGEST_ACTIVITY_S;
        int64_t after_ms = placed ? llround(best->from_s * 1000) : 0;
        efforts[found++] = (struct har_season_best){
            .best = *best,
            .id = entry->id,
            .start_ms = entry->summary.start_ms + after_ms,
            .utc_offset_s = entry->summary.utc_offset_s,
        };
    }
    return found;
}

static har_status find_bests(const struct dated *dated, size_t count,
                             struct har_arena *arena, struct har_season *out)
{
    size_t most = 0, found = 0, kept = 0;
    for (size_t i = 0; i < count; i++) most += dated[i].entry->best_count;
    struct har_season_best *efforts = HAR_NEW(arena, struct har_season_best, most);
    if (!efforts) return HAR_NO_MEMORY;

    for (size_t i = 0; i < count; i++)
        found += gather_efforts(dated[i].entry, efforts + found);
    if (found > 0) qsort(efforts, found, sizeof *efforts, compare_efforts);
    for (size_t i = 0; i < found; i++)
        if (kept == 0 || efforts[i].best.distance_m != efforts[kept - 1].best.distance_m)
            efforts[kept++] = efforts[i];
    out->bests = efforts;
    out->best_count = kept;
    return HAR_OK;
}

static har_status find_races(const struct dated *dated, size_t count,
                             struct har_arena *arena, struct har_season *out)
{
    const struct har_entry **races = HAR_NEW(arena, const struct har_entry *, count);
    if (!races) return HAR_NO_MEMORY;
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (dated[i].entry->race) races[found++] = dated[i].entry;
    if (found > 0) qsort(races, found, sizeof(const struct har_entry *), compare_races);
    out->races = races;
    out->race_count = found;
    return HAR_OK;
}

/* --- stays ----------------------------------------------------------------------- */

static size_t find_altitude_days(const struct dated *dated, size_t count, double *work,
                                 struct altitude_day *days)
{
    size_t found = 0;
    for (size_t at = 0; at < count;) {
        size_t inside = count_before(dated, count, at, dated[at].day + 1);
        double altitude_m = median_altitude(dated + at, inside, work);
        if (isfinite(altitude_m))
            days[found++] = (struct altitude_day){dated[at].day, altitude_m};
        at += inside;
    }
    return found;
}

static double median_of_days(const struct altitude_day *days, size_t count, double *work)
{
    for (size_t i = 0; i < count; i++) work[i] = days[i].altitude_m;
    return har_quantile(work, count, 0.5);
}

/* 1 above, -1 below, 0 near the usual altitude. */
static int side_of(double altitude_m, double usual_m)
{
    return (altitude_m > usual_m + STAY_RISE_M) - (altitude_m < usual_m - STAY_RISE_M);
}

static struct stretch stretch_from(const struct altitude_day *days, size_t count,
                                   size_t from, double usual_m)
{
    size_t to = from;
    int side = side_of(days[from].altitude_m, usual_m);
    while (to + 1 < count && days[to + 1].day - days[to].day <= STAY_STEP_DAYS &&
           side_of(days[to + 1].altitude_m, usual_m) == side)
        to++;
    return (struct stretch){from, to};
}

/* Counts the runs of the stay; `*at` moves past its last day, so that all stays together
 * walk the season once. */
static void add_up_stay(const struct dated *dated, size_t count, size_t *at,
                        struct har_stay *stay)
{
    for (; *at < count && dated[*at].day <= stay->to_day; ++*at) {
        const struct har_entry *entry = dated[*at].entry;
        if (dated[*at].day < stay->from_day || !is_run_entry(entry)) continue;
        bool first = stay->runs++ == 0;
        stay->distance_m = plus_known(stay->distance_m, entry->summary.distance_m, first);
    }
}

static har_status find_stays(const struct dated *dated, size_t count, double *work,
                             struct har_arena *arena, struct har_season *out)
{
    struct altitude_day *days = HAR_NEW(arena, struct altitude_day, count);
    if (!days) return HAR_NO_MEMORY;
    size_t day_count = find_altitude_days(dated, count, work, days);
    struct har_stay *stays = HAR_NEW(arena, struct har_stay, day_count);
    if (!stays) return HAR_NO_MEMORY;

    double usual_m = median_of_days(days, day_count, work);
    size_t at = 0, found = 0;
    for (size_t i = 0; i < day_count;) {
        struct stretch stretch = stretch_from(days, day_count, i, usual_m);
        struct har_stay stay = {
            days[stretch.from].day, days[stretch.to].day, 0, 0, 0, false};
        bool away = side_of(days[i].altitude_m, usual_m) != 0;
        i = stretch.to + 1;
        if (!away || stay.to_day - stay.from_day + 1 < STAY_DAYS) continue;
        stay.altitude_m = median_of_days(days + stretch.from, i - stretch.from, work);
        add_up_stay(dated, count, &at, &stay);
        stays[found++] = stay;
    }
    out->stays = stays;
    out->stay_count = found;
    return HAR_OK;
}

/* --- the whole ------------------------------------------------------------------- */

static size_t date_entries(const struct har_entry *entries, size_t count,
                           struct dated *dated)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (!has_instant(&entries[i])) continue;
        const struct har_summary *summary = &entries[i].summary;
        int64_t day = har_local_day(summary->start_ms, summary->utc_offset_s);
        dated[known++] = (struct dated){day, &entries[i]};
    }
    if (known > 0) qsort(dated, known, sizeof *dated, compare_dated);
    return known;
}

static har_status add_up_season(const struct dated *dated, size_t count, double *work,
                                struct har_arena *arena, struct har_season *out)
{
    out->from_day = dated[0].day;
    out->to_day = dated[count - 1].day;
    add_up_runs(dated, count, out);
    find_zones(dated, count, &out->zones);
    har_status status = find_weeks(dated, count, work, arena, out);
    if (status == HAR_OK) status = find_bests(dated, count, arena, out);
    if (status == HAR_OK) status = find_races(dated, count, arena, out);
    if (status == HAR_OK) status = find_stays(dated, count, work, arena, out);
    return status;
}

har_status har_season(const struct har_entry *entries, size_t count,
                      struct har_arena *arena, struct har_season *out,
                      struct har_error *err)
{
    *out = (struct har_season){0};
    struct dated *dated = HAR_NEW(arena, struct dated, count);
    double *work = HAR_NEW(arena, double, count);
    if (!dated || !work)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu activities", count);
    size_t known = date_entries(entries, count, dated);
    if (known == 0) return HAR_NOT_FOUND;
    if (add_up_season(dated, known, work, arena, out) != HAR_OK)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu activities", known);
    return HAR_OK;
}
