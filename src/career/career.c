/* SPDX-License-Identifier: MIT */
/* All rows of one athlete -> bests, seasons, the way there, honours.
 *
 * What lists keep apart is no best and no season's best; where it is faster than the best
 * it is named beside it, since a runner wants to see 61:51 and a statistician wants to see
 * why it does not count. Of one day only the best is a step, as in records. Seasons are
 * calendar years, also those of the short track, as lists have them.
 *
 * Grades are by the tables of the ground the race was run on, and only where the age on the
 * day is known to the year. A place is an honour in a final that is not told, f or f1: what
 * else is called a final (f2, B) has its own places. */

#include "harrier/career.h"
#include "honours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LAST_HONOUR = 8 };

static int64_t career_ms(const struct har_listed *row)
{
    return har_listed_ms(&row->mark, &row->event);
}

static int compare_events(const struct har_event *a, const struct har_event *b)
{
    int order = (a->distance_mm > b->distance_mm) - (a->distance_mm < b->distance_mm);
    return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static int by_event_and_day(const void *a, const void *b)
{
    const struct har_listed *one = *(const struct har_listed *const *)a;
    const struct har_listed *other = *(const struct har_listed *const *)b;
    int order = compare_events(&one->event, &other->event);
    if (!order) order = (one->day > other->day) - (one->day < other->day);
    return order ? order : har_listed_compare(one, other);
}

static struct har_career_mark judged(const struct har_listed *row, bool best)
{
    struct har_career_mark mark = {row, HAR_UNTOLD, HAR_UNTOLD, NAN, best};
    int least, most;
    har_listed_ages(row, &least, &most);
    if (least == most) mark.age = most;
    if (row->sex == HAR_UNTOLD) return mark;
    enum har_sex sex = (enum har_sex)row->sex;
    if (har_points(&row->mark, &row->event, sex, HAR_POINTS_EDITION, &mark.points, NULL) !=
        HAR_OK)
        mark.points = HAR_UNTOLD;
    bool on_road = row->event.kind == HAR_EVENT_ROAD;
    struct har_age_grade grade;
    if (mark.age != HAR_UNTOLD &&
        har_age_grade(&row->mark, &row->event, sex, mark.age,
                      on_road ? HAR_AGE_ROAD_2025 : HAR_AGE_TRACK_2023, &grade,
                      NULL) == HAR_OK)
        mark.age_grade_pct = grade.percent;
    return mark;
}

/* --- bests --------------------------------------------------------------------------- */

/* Four lists being made, each with room for every row. */
struct career_lists {
    struct har_career_mark *best, *season, *step, *apart;
    size_t best_count, season_count, step_count, apart_count;
};

static bool same_season(const struct har_listed *a, const struct har_listed *b)
{
    bool told = a->day != HAR_NO_DAY && b->day != HAR_NO_DAY;
    return told && har_date_of(a->day).year == har_date_of(b->day).year;
}

/* The rows of one event in order of day: its best, its seasons, its steps. Rows without a
 * day come first there and are no season, and no step. */
static void add_event(const struct har_listed **row, size_t count, struct career_lists *out)
{
    const struct har_listed *best = NULL, *apart = NULL, *dated = NULL;
    size_t seasons = out->season_count;
    for (size_t i = 0; i < count; i++) {
        if (har_listed_apart(row[i])) {
            if (!apart || har_listed_compare(row[i], apart) < 0) apart = row[i];
            continue;
        }
        if (!best || har_listed_compare(row[i], best) < 0) best = row[i];
        if (row[i]->day == HAR_NO_DAY) continue;
        bool is_step = !dated || career_ms(row[i]) < career_ms(dated);
        if (is_step) out->step[out->step_count++] = judged(row[i], true);
        if (is_step) dated = row[i];
        struct har_career_mark *last =
            out->season_count > seasons ? &out->season[out->season_count - 1] : NULL;
        bool within = last && same_season(last->row, row[i]);
        if (!within) out->season[out->season_count++] = judged(row[i], is_step);
        else if (career_ms(row[i]) < career_ms(last->row)) *last = judged(row[i], is_step);
    }
    if (best) out->best[out->best_count++] = judged(best, true);
    if (apart && (!best || career_ms(apart) < career_ms(best)))
        out->apart[out->apart_count++] = judged(apart, false);
}

/* --- honours ------------------------------------------------------------------------- */

static bool is_final(const char *round)
{
    return !round || !*round || strcmp(round, "f") == 0 || strcmp(round, "f1") == 0;
}

static int by_greatness(const void *a, const void *b)
{
    const struct har_listed *one = ((const struct har_honour *)a)->row;
    const struct har_listed *other = ((const struct har_honour *)b)->row;
    size_t of_one = career_championship_rank(one->competition);
    size_t of_other = career_championship_rank(other->competition);
    int order = (of_one > of_other) - (of_one < of_other);
    if (!order) order = (one->day > other->day) - (one->day < other->day);
    return order ? order : har_listed_compare(one, other);
}

static size_t find_honours(const struct har_listed *row, size_t count,
                           struct har_honour *honour)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool placed = row[i].place >= 1 && row[i].place <= LAST_HONOUR;
        if (!placed || !is_final(row[i].round) || (row[i].caveats & HAR_EN_ROUTE)) continue;
        const char *name = har_championship_of(row[i].competition);
        if (name) honour[found++] = (struct har_honour){&row[i], name, row[i].place};
    }
    if (found) qsort(honour, found, sizeof *honour, by_greatness);
    return found;
}

har_status har_career_of(const struct har_listed *row, size_t count,
                         struct har_arena *arena, struct har_career *out,
                         struct har_error *err)
{
    const struct har_listed **sorted = HAR_NEW(arena, const struct har_listed *, count);
    struct har_honour *honour = HAR_NEW(arena, struct har_honour, count);
    struct career_lists lists = {.best = HAR_NEW(arena, struct har_career_mark, count),
                                 .season = HAR_NEW(arena, struct har_career_mark, count),
                                 .step = HAR_NEW(arena, struct har_career_mark, count),
                                 .apart = HAR_NEW(arena, struct har_career_mark, count)};
    if (!sorted || !honour || !lists.best || !lists.season || !lists.step || !lists.apart)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a career");
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (row[i].mark.time_ms > 0) sorted[kept++] = &row[i];
    if (kept) qsort(sorted, kept, sizeof *sorted, by_event_and_day);
    for (size_t from = 0, to; from < kept; from = to) {
        for (to = from + 1; to < kept; to++)
            if (!har_same_event(&sorted[from]->event, &sorted[to]->event)) break;
        add_event(sorted + from, to - from, &lists);
    }
    *out = (struct har_career){lists.best_count,
                               lists.best,
                               lists.season_count,
                               lists.season,
                               lists.step_count,
                               lists.step,
                               lists.apart_count,
                               lists.apart,
                               find_honours(row, count, honour),
                               honour};
    return HAR_OK;
}
