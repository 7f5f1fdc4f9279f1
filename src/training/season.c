/* SPDX-License-Identifier: MIT */
/* The season ahead, from what is kept.
 *
 * The plan stands on what was known before its first day: asked again later it is the same
 * plan, and what was done since stands beside it, never in it. */

#include "harrier/training.h"

#include <math.h>
#include <string.h>

enum { RECENT_DAYS = 56, MONTH_DAYS = 30 };
#define HOUR_S 3600.0

struct ahead {
    struct har_store *store;
    struct har_store_filter filter;
    const struct har_kept_season *season;
    struct har_arena *arena;
    struct har_error *err;
    struct har_loads loads;
    struct har_history history;
    struct har_curve curve;
    bool has_curve;
    struct har_season_ahead *out;
};

static har_status ahead_full(const struct ahead *a)
{
    return har_fail(a->err, HAR_NO_MEMORY, 0, "not enough memory for the season");
}

static bool predict(const struct ahead *a, const struct har_event *event, int64_t day,
                    struct har_prediction *out)
{
    return a->has_curve &&
           har_curve_predict(&a->curve, event, day, HAR_ASK_RACE, out, NULL) == HAR_OK;
}

/* --- what was known ---------------------------------------------------------------------
 */

static har_status read_runner(struct ahead *a)
{
    struct har_error why = {0};
    struct har_load_settings settings = {.sex = HAR_UNTOLD};
    a->filter.until_day = a->season->from_day - 1;
    settings.form.to_day = a->season->from_day - 1;
    har_status got =
        har_loads(a->store, &a->filter, &settings, a->arena, &a->loads, a->err);
    if (got) return got;
    got = har_kept_history(a->store, &a->filter, HAR_UNTOLD, a->arena, &a->history, &why);
    if (got == HAR_OK)
        got = har_curve_fit(NULL, a->history.sex, a->history.evidence, a->history.count,
                            a->season->from_day, a->arena, &a->curve, &why);
    a->has_curve = got == HAR_OK;
    if (a->has_curve) return HAR_OK;
    if (got != HAR_NO_ANSWER) return har_fail(a->err, got, why.offset, "%s", why.message);
    a->out->no_curve = har_arena_copy(a->arena, why.message, strlen(why.message));
    return a->out->no_curve ? HAR_OK : ahead_full(a);
}

/* Metres for each of load, of the last eight weeks' runs; NaN. */
static double metres_per_load(const struct ahead *a)
{
    double metres = 0, load = 0;
    for (size_t i = 0; i < a->loads.entry_count; i++) {
        const struct har_entry *entry = a->loads.entries + i;
        const struct har_summary *sum = &entry->summary;
        if (sum->start_ms == HAR_NO_TIME || !har_sport_is_on_foot(sum->sport) ||
            !entry->load || !(entry->load->load > 0) || !(sum->distance_m > 0) ||
            har_local_day(sum->start_ms, sum->utc_offset_s) <
                a->season->from_day - RECENT_DAYS)
            continue;
        metres += sum->distance_m;
        load += entry->load->load;
    }
    return load > 0 ? metres / load : (double)NAN;
}

static double longest_run(const struct ahead *a)
{
    double longest = NAN;
    for (size_t i = 0; i < a->loads.form.day_count; i++)
        if (a->loads.form.days[i].day >= a->season->from_day - MONTH_DAYS)
            longest = fmax(longest, a->loads.form.days[i].longest_m);
    return longest;
}

/* --- the question -----------------------------------------------------------------------
 */

static double load_of_race(const struct ahead *a, const struct har_planned_item *item)
{
    struct har_prediction p;
    if (!predict(a, &item->event, item->from_day, &p)) return NAN;
    return har_load_rate(&a->loads.runner, item->event.distance_m / p.time_s) * p.time_s /
           HOUR_S;
}

static bool gather_calendar(const struct ahead *a, struct har_season_problem *p)
{
    const struct har_calendar *c = &a->season->calendar;
    struct har_target *target = HAR_NEW(a->arena, struct har_target, c->count);
    struct har_days_off *off = HAR_NEW(a->arena, struct har_days_off, c->count);
    if (!target || !off) return false;
    for (size_t i = 0; i < c->count; i++) {
        const struct har_planned_item *item = c->item + i;
        if (item->kind == HAR_PLANNED_OFF)
            off[p->off_count++] =
                (struct har_days_off){item->from_day, item->to_day, item->name};
        if (item->kind == HAR_PLANNED_RACE && item->from_day >= p->from_day)
            target[p->target_count++] =
                (struct har_target){item->from_day, item->event, item->name,
                                    item->importance, load_of_race(a, item)};
    }
    p->targets = target;
    p->off = off;
    return true;
}

static bool is_planned(const struct har_calendar *c, const struct har_camp *camp)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->item[i].kind == HAR_PLANNED_CAMP && c->item[i].from_day <= camp->to_day &&
            c->item[i].to_day >= camp->from_day)
            return true;
    return false;
}

static bool is_left_out(const struct ahead *a, const struct har_camp *camp)
{
    const char *without = a->season->without_camp;
    return without && camp->name && strcmp(camp->name, without) == 0;
}

/* Those of the calendar, and the others that share no day with them, in order. */
static har_status gather_camps(const struct ahead *a, struct har_season_problem *p)
{
    const struct har_calendar *c = &a->season->calendar;
    struct har_kept_camp *kept;
    size_t kept_count, count = 0;
    har_status got = har_camps(a->store, &a->filter, a->arena, &kept, &kept_count, a->err);
    if (got) return got;
    struct har_camp *camp = HAR_NEW(a->arena, struct har_camp, kept_count + c->count);
    if (!camp) return ahead_full(a);
    for (size_t i = 0; i < kept_count; i++) {
        bool later = !kept[i].camp.told && kept[i].camp.to_day >= p->from_day;
        if (!later && !is_left_out(a, &kept[i].camp) && !is_planned(c, &kept[i].camp))
            camp[count++] = kept[i].camp;
    }
    for (size_t i = 0; i < c->count; i++) {
        const struct har_planned_item *item = c->item + i;
        if (item->kind != HAR_PLANNED_CAMP) continue;
        size_t at = count++;
        for (; at > 0 && camp[at - 1].from_day > item->from_day; at--)
            camp[at] = camp[at - 1];
        camp[at] = (struct har_camp){.name = item->name,
                                     .from_day = item->from_day,
                                     .to_day = item->to_day,
                                     .altitude_m = item->altitude_m,
                                     .lat_deg = NAN,
                                     .lon_deg = NAN,
                                     .told = true};
    }
    p->camps = a->out->camps = camp;
    p->camp_count = a->out->camp_count = count;
    return HAR_OK;
}

static har_status pose(const struct ahead *a, struct har_season_problem *p)
{
    const struct har_form *form = &a->loads.form;
    double *load = HAR_NEW(a->arena, double, form->day_count);
    *p = (struct har_season_problem){
        .from_day = a->season->from_day,
        .done = {form->day_count ? form->days[0].day : 0, form->day_count, load},
        .metres_per_load = metres_per_load(a),
        .longest_m = longest_run(a),
        .response = a->loads.learnt.response,
    };
    if (!load || !gather_calendar(a, p)) return ahead_full(a);
    for (size_t i = 0; i < form->day_count; i++) load[i] = form->days[i].load;
    if (p->target_count == 0)
        return har_fail(a->err, HAR_OUT_OF_RANGE, 0,
                        "no race lies ahead: a season needs a "
                        "target, a race of importance A");
    return gather_camps(a, p);
}

/* --- what came of it --------------------------------------------------------------------
 */

static har_status see_done(const struct ahead *a, int64_t seen_day)
{
    struct har_store_filter filter = a->filter;
    struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_loads loads;
    struct har_race *run;
    size_t count;
    filter.until_day = seen_day - 1;
    har_status got = har_load_days(a->store, &filter, &settings, a->arena, &loads, a->err);
    if (got == HAR_OK)
        got = har_season_done(a->out, &loads.form, seen_day, a->arena, a->err);
    if (got) return got;
    filter.since_day = a->season->from_day;
    filter.until_day = seen_day;
    got = har_store_races(a->store, &filter, a->arena, &run, &count, a->err);
    return got ? got
               : har_season_raced(a->out, run, count, a->history.sex, a->arena, a->err);
}

har_status har_season_of(struct har_store *store, const struct har_store_filter *filter,
                         const struct har_kept_season *season, int64_t seen_day,
                         struct har_arena *arena, struct har_season_ahead *out,
                         struct har_error *err)
{
    struct ahead a = {.store = store,
                      .filter = *filter,
                      .season = season,
                      .arena = arena,
                      .err = err,
                      .out = out};
    struct har_season_problem problem;
    *out = (struct har_season_ahead){.from_day = season->from_day,
                                     .settings = season->settings};
    har_status got = read_runner(&a);
    if (got == HAR_OK) got = pose(&a, &problem);
    if (got == HAR_OK)
        got = har_plan_season(&problem, &season->settings, arena, &out->plan, err);
    if (got) return got;
    out->learnt = a.loads.learnt;
    got = har_expect_races(out, a.has_curve ? &a.curve : NULL, arena, err);
    return got == HAR_OK && seen_day > season->from_day ? see_done(&a, seen_day) : got;
}
