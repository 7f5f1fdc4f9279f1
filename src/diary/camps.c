/* SPDX-License-Identifier: MIT */
/* Camps and mornings of one runner.
 *
 * A found camp has the hours a day that nobody counted; one that was told has its own. A
 * place where the runner lives is left out of the list, but efforts from there still do not
 * count as efforts at the sea.
 *
 * A week's mean needs three mornings and that of four weeks seven: one bad night beside one
 * good one is no trend. */

#include "harrier/diary.h"

#include <math.h>

enum { WEEK_DAYS = 7, WEEKS_DAYS = 28, LEAST_OF_WEEK = 3, LEAST_OF_WEEKS = 7 };

static har_status camps_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the camps");
}

static size_t look_where(const struct har_entry *entries, size_t count,
                         struct har_whereabouts *seen)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const struct har_summary *s = &entries[i].summary;
        bool ground = s->setting == HAR_SETTING_OUTDOOR || s->setting == HAR_SETTING_TRACK;
        if (!ground || !har_sport_is_on_foot(s->sport) || s->start_ms == HAR_NO_TIME)
            continue;
        seen[known++] =
            (struct har_whereabouts){har_local_day(s->start_ms, s->utc_offset_s),
                                     s->altitude_m, s->lat_deg, s->lon_deg};
    }
    return known;
}

static double hours_of_camp(const struct har_camp *camp, const struct har_kept_camp *told,
                            size_t told_count)
{
    for (size_t i = 0; i < told_count && camp->told; i++)
        if (told[i].camp.name == camp->name && told[i].camp.from_day == camp->from_day)
            return told[i].hours_a_day;
    return HAR_CAMP_HOURS;
}

static har_status join_camps(const struct har_whereabouts *seen, size_t seen_count,
                             const struct har_kept_camp *told, size_t told_count,
                             struct har_arena *arena, struct har_camp **camps,
                             size_t *count, struct har_error *err)
{
    const struct har_camp_settings usual = {0};
    struct har_camp *found, *of_told = HAR_NEW(arena, struct har_camp, told_count);
    size_t found_count;
    if (!of_told) return camps_full(err);
    for (size_t i = 0; i < told_count; i++) of_told[i] = told[i].camp;
    har_status got =
        har_camps_find(seen, seen_count, &usual, arena, &found, &found_count, err);
    if (got) return got;
    return har_camps_join(found, found_count, of_told, told_count, arena, camps, count,
                          err);
}

har_status har_camps_of(const struct har_entry *entries, size_t count,
                        const struct har_kept_camp *told, size_t told_count,
                        const struct har_camp_effort *efforts, size_t effort_count,
                        struct har_arena *arena, struct har_kept_camp **out,
                        size_t *out_count, struct har_error *err)
{
    struct har_camp *camps;
    size_t all;
    struct har_whereabouts *seen = HAR_NEW(arena, struct har_whereabouts, count);
    if (!seen) return camps_full(err);
    har_status got = join_camps(seen, look_where(entries, count, seen), told, told_count,
                                arena, &camps, &all, err);
    if (got) return got;
    struct har_kept_camp *kept = HAR_NEW(arena, struct har_kept_camp, all);
    struct har_camp_gain *gains = HAR_NEW(arena, struct har_camp_gain, all);
    if (!kept || !gains) return camps_full(err);
    *out = kept;
    *out_count = 0;
    for (size_t i = 0; i < all; i++) {
        double hours = hours_of_camp(&camps[i], told, told_count);
        if (camps[i].at_home) continue;
        got = har_camp_brought(camps, all, i, efforts, effort_count, &gains[i], NULL);
        kept[(*out_count)++] = (struct har_kept_camp){
            .camp = camps[i],
            .hours_a_day = hours,
            .dose = har_camp_dose(&camps[i], hours),
            .brought = got ? NULL : &gains[i],
            .before = gains[i].before,
            .after = gains[i].after,
        };
    }
    return HAR_OK;
}

void har_season_camps(struct har_season *season, const struct har_kept_camp *camps,
                      size_t count)
{
    while (count > 0 && camps->camp.to_day < season->from_day) {
        camps++;
        count--;
    }
    while (count > 0 && camps[count - 1].camp.from_day > season->to_day) count--;
    season->camps = camps;
    season->camp_count = count;
    for (size_t i = 0; i < season->stay_count; i++)
        for (size_t c = 0; c < count; c++)
            season->stays[i].camp |= camps[c].camp.from_day <= season->stays[i].to_day &&
                                     camps[c].camp.to_day >= season->stays[i].from_day;
}

/* --- mornings --------------------------------------------------------------------------
 */

static const size_t mean_measures[] = {
    offsetof(struct har_wellness_row, rest_bpm),
    offsetof(struct har_wellness_row, hrv_ms),
    offsetof(struct har_wellness_row, sleep_s),
    offsetof(struct har_wellness_row, weight_kg),
    offsetof(struct har_wellness_row, rpe),
    offsetof(struct har_wellness_row, soreness),
    offsetof(struct har_wellness_row, mood),
};
enum { MEAN_MEASURES = sizeof mean_measures / sizeof *mean_measures };

static double mean_of_days(const struct har_wellness_row *rows, size_t count, size_t at,
                           int64_t from_day, int64_t to_day, size_t least)
{
    double sum = 0;
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        double value = *(const double *)(const void *)((const char *)&rows[i] + at);
        if (rows[i].day < from_day || rows[i].day > to_day || isnan(value)) continue;
        sum += value;
        known++;
    }
    return known < least ? NAN : sum / (double)known;
}

struct har_mornings har_mornings_of(const struct har_wellness_row *rows, size_t count,
                                    int64_t day)
{
    struct har_mornings means = {.day = day, .week.day = day, .weeks.day = day};
    for (size_t i = 0; i < MEAN_MEASURES; i++) {
        size_t at = mean_measures[i];
        double week =
            mean_of_days(rows, count, at, day - WEEK_DAYS + 1, day, LEAST_OF_WEEK);
        double weeks =
            mean_of_days(rows, count, at, day - WEEKS_DAYS + 1, day, LEAST_OF_WEEKS);
        *(double *)(void *)((char *)&means.week + at) = week;
        *(double *)(void *)((char *)&means.weeks + at) = weeks;
        if (!isnan(week)) means.known++;
        if (!isnan(weeks)) means.known++;
    }
    return means;
}
