/* SPDX-License-Identifier: MIT */
/* What each week is for, counted back from the targets.
 *
 * Taper: L. Bosquet et al., Med. Sci. Sports Exerc. 39 (2007) 1358: two weeks, volume down
 * by 41 to 60 %, intensity and frequency kept. Before it come up to 8 weeks specific to the
 * race, before those up to 8 that build, and before those the base; each of the two takes
 * at most 35 % of the weeks there are. Of four loading weeks, counted back from the taper,
 * one is easy. After a target come days of half the load, by its distance. The first three
 * days of a camp are lighter. A benchmark has three lighter days before it. The lengths,
 * shares and balances beside the taper are coaches' convention and our choice; nobody has
 * measured them. */

#include "shape.h"

#include <math.h>

enum { MOST_WEEKS = 157, PART_MOST = 8, EASY_EVERY = 4, ARRIVAL_DAYS = 3, B_BEFORE = 3 };
#define PART 0.35
#define REST 0.5
#define ARRIVAL 0.7
#define B_LIGHT 0.75
#define HIGH_M 1300.0

/* Of a full week's load, Monday first: two hard days, and the long run on Sunday. */
static const double weekday_share[A_WEEK] = {0.06, 0.17, 0.12, 0.18, 0.07, 0.13, 0.27};

static const struct rest {
    double to_m;
    int64_t days;
} rests[] = {{12000, 5}, {25000, 8}, {43000, 14}, {INFINITY, 21}};

static const struct phase_row {
    const char *name;
    struct har_balance balance;
} phases[HAR_PHASES] = {
    [HAR_PHASE_BASE] = {"base", {86, 10, 4}},
    [HAR_PHASE_BUILD] = {"build", {80, 12, 8}},
    [HAR_PHASE_SPECIFIC] = {"specific", {78, 11, 11}},
    [HAR_PHASE_TAPER] = {"taper", {70, 14, 16}},
    [HAR_PHASE_RECOVERY] = {"recovery", {96, 4, 0}},
};

const char *har_phase_name(enum har_phase phase)
{
    return phases[phase].name;
}

struct har_balance har_phase_balance(enum har_phase phase)
{
    return phases[phase].balance;
}

int64_t season_rest_days(const struct har_target *target)
{
    size_t i = 0;
    while (target->event.distance_m > rests[i].to_m) i++;
    return rests[i].days;
}

static void lighter(struct season_shape *s, int64_t day, double factor)
{
    int64_t at = day - s->monday;
    if (at < 0 || (size_t)at >= s->weeks * A_WEEK) return;
    double full = weekday_share[at % A_WEEK];
    s->share[at] = fmin(s->share[at], factor * full);
}

static void days_round_target(struct season_shape *s, const struct har_target *target)
{
    int64_t rest = season_rest_days(target);
    if (target->importance == HAR_IMPORTANCE_C) return;
    if (target->importance == HAR_IMPORTANCE_B) {
        rest /= 2;
        for (int64_t n = 1; n <= B_BEFORE; n++) lighter(s, target->day - n, B_LIGHT);
    } else {
        for (int64_t n = 1; n <= s->settings->taper_days; n++)
            if (target->day - n >= s->monday) s->taper[target->day - n - s->monday] = true;
    }
    for (int64_t n = 1; n <= rest; n++) lighter(s, target->day + n, REST);
}

static void days_of_problem(struct season_shape *s)
{
    const struct har_season_problem *p = s->problem;
    for (size_t i = 0; i < s->weeks * A_WEEK; i++) {
        s->share[i] = s->monday + (int64_t)i < p->from_day ? 0 : weekday_share[i % A_WEEK];
        s->race[i] = 0;
    }
    for (size_t i = 0; i < p->target_count; i++) days_round_target(s, p->targets + i);
    for (size_t i = 0; i < p->camp_count; i++)
        for (int64_t n = 0; n < ARRIVAL_DAYS && p->camps[i].altitude_m >= HIGH_M; n++)
            lighter(s, p->camps[i].from_day + n, ARRIVAL);
    for (size_t i = 0; i < p->off_count; i++)
        for (int64_t day = p->off[i].from_day; day <= p->off[i].to_day; day++)
            lighter(s, day, 0);
    for (size_t i = 0; i < p->target_count; i++) {
        size_t at = (size_t)(p->targets[i].day - s->monday);
        s->race[at] += p->targets[i].load;
        s->taper[at] = false;
        if (!isnan(s->race[at])) s->share[at] = 0;
    }
}

/* The first day that a target's stretch may load, and the one after its last. */
static void stretch_of(const struct season_shape *s, size_t which, int64_t *from,
                       int64_t *end)
{
    const struct har_season_problem *p = s->problem;
    *from = p->from_day;
    *end = p->targets[which].day - s->settings->taper_days;
    for (size_t i = 0; i < which; i++)
        if (p->targets[i].importance == HAR_IMPORTANCE_A)
            *from = p->targets[i].day + 1 + season_rest_days(p->targets + i);
}

/* The day of a week that says which phase it is in: its Thursday. */
static int64_t middle_of(const struct season_shape *s, size_t week)
{
    return s->monday + (int64_t)week * A_WEEK + A_WEEK / 2;
}

static void phases_before(struct season_shape *s, size_t which)
{
    int64_t from, end, day = s->problem->targets[which].day;
    stretch_of(s, which, &from, &end);
    size_t first = s->weeks, loading = 0;
    for (size_t w = s->weeks; w-- > 0;) {
        int64_t middle = middle_of(s, w);
        if (middle < from || middle > day) continue;
        if (middle >= end) s->phase[w] = HAR_PHASE_TAPER;
        else if (loading++ == 0) first = w;
    }
    size_t part = (size_t)ceil(PART * (double)loading);
    if (part > PART_MOST) part = PART_MOST;
    for (size_t n = 0; n < loading; n++) {
        size_t w = first - n;
        s->phase[w] = n < part       ? HAR_PHASE_SPECIFIC
                      : n < 2 * part ? HAR_PHASE_BUILD
                                     : HAR_PHASE_BASE;
        s->easy[w] = n % EASY_EVERY == EASY_EVERY - 1 && n + 1 < loading;
    }
}

static void phases_of_problem(struct season_shape *s)
{
    const struct har_season_problem *p = s->problem;
    for (size_t i = 0; i < p->target_count; i++) {
        if (p->targets[i].importance != HAR_IMPORTANCE_A) continue;
        int64_t day = p->targets[i].day;
        for (size_t w = 0; w < s->weeks; w++)
            if (middle_of(s, w) > day &&
                middle_of(s, w) <= day + season_rest_days(p->targets + i))
                s->phase[w] = HAR_PHASE_RECOVERY;
        phases_before(s, i);
    }
    for (size_t w = 0; w < s->weeks; w++)
        for (size_t d = 0; d < A_WEEK && s->easy[w]; d++)
            s->share[w * A_WEEK + d] *= SEASON_EASY;
}

har_status season_shape_of(const struct har_season_problem *problem,
                           const struct har_season_settings *settings,
                           struct har_arena *arena, struct season_shape *out,
                           struct har_error *err)
{
    int64_t monday = problem->from_day - har_weekday_of(problem->from_day);
    int64_t last = problem->targets[problem->target_count - 1].day;
    size_t weeks = (size_t)((last - monday) / A_WEEK + 1);
    if (weeks > MOST_WEEKS)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the last race lies over three years ahead");
    *out = (struct season_shape){
        .problem = problem,
        .settings = settings,
        .monday = monday,
        .weeks = weeks,
        .phase = HAR_NEW(arena, enum har_phase, weeks),
        .easy = HAR_NEW(arena, bool, weeks),
        .share = HAR_NEW(arena, double, weeks *A_WEEK),
        .taper = HAR_NEW(arena, bool, weeks *A_WEEK),
        .race = HAR_NEW(arena, double, weeks *A_WEEK),
    };
    if (!out->phase || !out->easy || !out->share || !out->taper || !out->race)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the season");
    days_of_problem(out);
    phases_of_problem(out);
    return HAR_OK;
}
