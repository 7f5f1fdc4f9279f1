/* SPDX-License-Identifier: MIT */
/* Many athletes in one store, and who of them needs attention.
 *
 * Each is looked at alone and as on the day that is asked for; the desk is cleared after
 * each, so that fifty with five years take the memory of one. The older years count too:
 * the curve by which this month's sessions are judged stands on them. */

#include "harrier/training.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SQUAD_WEEK = 7 };

static har_status squad_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the squad");
}

/* What the desk holds of one athlete. */
struct looking {
    struct har_store *store;
    int64_t today;
    struct har_arena *desk;
    struct har_error *err;
    struct har_loads loads;
    struct har_kept_camp *camps;
    size_t camp_count;
    struct har_wellness_row *mornings;
    size_t morning_count;
    struct har_kept_season season; /* from_day HAR_NO_DAY: none is planned */
    struct har_coming *races;
    size_t race_count;
    struct har_planned_week *planned;
    size_t planned_count;
};

/* The days up to today; none of them where nothing is kept. */
static har_status look_at_days(struct looking *l, const struct har_store_filter *filter)
{
    const struct har_load_settings settings = {.sex = HAR_UNTOLD, .form.to_day = l->today};
    struct har_error why = {0};
    har_status got = har_load_days(l->store, filter, &settings, l->desk, &l->loads, &why);
    if (got == HAR_NO_ANSWER) {
        l->loads.form = (struct har_form){0};
        return HAR_OK;
    }
    return got ? har_fail(l->err, got, why.offset, "%s", why.message) : HAR_OK;
}

/* --- the season that is planned ---------------------------------------------------------
 */

static har_status look_at_season(struct looking *l, int64_t athlete)
{
    struct har_error why = {0};
    const struct har_calendar *c = &l->season.calendar;
    har_status got = har_journal_season(l->store, athlete, l->desk, &l->season, &why);
    if (got == HAR_NOT_FOUND) {
        l->season = (struct har_kept_season){.from_day = HAR_NO_DAY};
        got = HAR_OK;
    }
    if (got) return har_fail(l->err, got, why.offset, "%s", why.message);
    l->races = HAR_NEW(l->desk, struct har_coming, c->count);
    if (!l->races) return squad_full(l->err);
    for (size_t i = 0; i < c->count; i++) {
        const struct har_planned_item *item = c->item + i;
        if (item->kind == HAR_PLANNED_RACE)
            l->races[l->race_count++] = (struct har_coming){
                item->from_day, *item->name ? item->name : item->event.code};
    }
    return HAR_OK;
}

/* The whole weeks of the plan that are over. A plan that cannot be made (any more) has
 * none. */
static har_status look_at_plan(struct looking *l, const struct har_store_filter *athlete)
{
    struct har_error why = {0};
    struct har_season_ahead ahead;
    if (l->season.from_day == HAR_NO_DAY || l->season.from_day > l->today - SQUAD_WEEK)
        return HAR_OK;
    har_status got =
        har_season_of(l->store, athlete, &l->season, l->today, l->desk, &ahead, &why);
    if (got == HAR_OUT_OF_RANGE || got == HAR_BAD_INPUT || got == HAR_NO_ANSWER)
        return HAR_OK;
    if (got) return har_fail(l->err, got, why.offset, "%s", why.message);
    l->planned = HAR_NEW(l->desk, struct har_planned_week, ahead.plan.week_count);
    if (!l->planned) return squad_full(l->err);
    for (size_t w = 0; w < ahead.plan.week_count; w++) {
        const struct har_week_done *done = ahead.done + w;
        if (done->days == SQUAD_WEEK)
            l->planned[l->planned_count++] = (struct har_planned_week){
                ahead.plan.weeks[w].monday, ahead.plan.weeks[w].load, done->load,
                done->sessions};
    }
    return HAR_OK;
}

static bool shares_days(const struct har_kept_camp *camps, size_t count,
                        const struct har_planned_item *item)
{
    for (size_t i = 0; i < count; i++)
        if (camps[i].camp.from_day <= item->to_day &&
            camps[i].camp.to_day >= item->from_day)
            return true;
    return false;
}

/* What was told, and what is planned beside it, in order of days. */
static har_status join_planned_camps(struct looking *l, struct har_kept_camp **told,
                                     size_t *count)
{
    const struct har_calendar *c = &l->season.calendar;
    struct har_kept_camp *all = HAR_NEW(l->desk, struct har_kept_camp, *count + c->count);
    size_t all_count = *count;
    if (!all) return squad_full(l->err);
    for (size_t i = 0; i < *count; i++) all[i] = (*told)[i];
    for (size_t i = 0; i < c->count; i++) {
        const struct har_planned_item *item = c->item + i;
        if (item->kind != HAR_PLANNED_CAMP || shares_days(*told, *count, item)) continue;
        size_t at = all_count++;
        for (; at > 0 && all[at - 1].camp.from_day > item->from_day; at--)
            all[at] = all[at - 1];
        all[at] = (struct har_kept_camp){.camp = {.name = item->name,
                                                  .from_day = item->from_day,
                                                  .to_day = item->to_day,
                                                  .altitude_m = item->altitude_m,
                                                  .lat_deg = NAN,
                                                  .lon_deg = NAN,
                                                  .told = true},
                                         .hours_a_day = HAR_CAMP_HOURS};
    }
    *told = all;
    *count = all_count;
    return HAR_OK;
}

/* --- one athlete ------------------------------------------------------------------------
 */

static har_status look(struct looking *l, int64_t athlete)
{
    struct har_store_filter all = HAR_STORE_ALL, filter = all;
    struct har_kept_camp *told;
    size_t told_count;
    filter.athlete = all.athlete = athlete;
    filter.until_day = l->today;
    har_status got = look_at_days(l, &filter);
    if (got == HAR_OK)
        got = har_journal_mornings(l->store, &filter, l->desk, &l->mornings,
                                   &l->morning_count, l->err);
    if (got == HAR_OK) got = look_at_season(l, athlete);
    if (got == HAR_OK) got = look_at_plan(l, &all);
    if (got == HAR_OK)
        got = har_journal_camps(l->store, athlete, l->desk, &told, &told_count, l->err);
    if (got == HAR_OK) got = join_planned_camps(l, &told, &told_count);
    if (got) return got;
    return har_camps_of(l->loads.entries, l->loads.entry_count, told, told_count, NULL, 0,
                        l->desk, &l->camps, &l->camp_count, l->err);
}

static void add_up(const struct looking *l, struct har_member *member)
{
    const struct har_form *form = &l->loads.form;
    member->last_day = HAR_NO_DAY;
    for (size_t i = 0; i < form->day_count; i++)
        if (form->days[i].sessions > 0) member->last_day = form->days[i].day;
    if (form->day_count) member->today = form->days[form->day_count - 1];
    for (size_t i = 0; i < l->loads.entry_count; i++) {
        const struct har_summary *s = &l->loads.entries[i].summary;
        if (s->sport != HAR_SPORT_RUNNING || s->start_ms == HAR_NO_TIME ||
            isnan(s->distance_m))
            continue;
        int64_t ago = l->today - har_local_day(s->start_ms, s->utc_offset_s);
        if (ago >= 0 && ago < SQUAD_WEEK) member->week_m += s->distance_m;
    }
}

static har_status watch_member(struct looking *l, struct har_arena *arena,
                               struct har_member *member)
{
    har_status got = look(l, member->athlete);
    if (got) return got;
    add_up(l, member);
    const struct har_watched watched = {
        .today = l->today,
        .form = &l->loads.form,
        .morning_count = l->morning_count,
        .camp_count = l->camp_count,
        .race_count = l->race_count,
        .mornings = l->mornings,
        .camps = l->camps,
        .races = l->races,
        .planned_count = l->planned_count,
        .planned = l->planned,
    };
    return har_attend(&watched, arena, &member->watch, l->err);
}

static int by_urgency(const void *a, const void *b)
{
    const struct har_member *one = a, *other = b;
    if (one->watch.urgency != other->watch.urgency)
        return one->watch.urgency < other->watch.urgency ? 1 : -1;
    int names = strcmp(one->name, other->name);
    return names ? names
                 : (one->athlete > other->athlete) - (one->athlete < other->athlete);
}

har_status har_squad(struct har_store *store, int64_t today, struct har_arena *arena,
                     struct har_member **members, size_t *count, struct har_error *err)
{
    struct har_arena desk = {0};
    const char **names;
    har_status got = har_store_athletes(store, arena, &names, count, err);
    if (got) return got;
    struct har_member *squad = HAR_NEW(arena, struct har_member, *count);
    if (!squad) return squad_full(err);
    for (size_t i = 0; i < *count && got == HAR_OK; i++) {
        struct looking l = {.store = store, .today = today, .desk = &desk, .err = err};
        squad[i].name = names[i];
        squad[i].today = (struct har_form_day){
            .load = NAN, .fitness = NAN, .fatigue = NAN, .form = NAN, .week_load = NAN};
        got = har_store_athlete(store, *names[i] ? names[i] : NULL, false,
                                &squad[i].athlete, err);
        if (got == HAR_OK) got = watch_member(&l, arena, squad + i);
        har_arena_reset(&desk);
    }
    har_arena_free(&desk);
    if (got == HAR_OK && *count) qsort(squad, *count, sizeof *squad, by_urgency);
    *members = squad;
    return got;
}
