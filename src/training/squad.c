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

static har_status look(struct looking *l, int64_t athlete)
{
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_kept_camp *told;
    size_t told_count;
    filter.athlete = athlete;
    filter.until_day = l->today;
    har_status got = look_at_days(l, &filter);
    if (got == HAR_OK)
        got = har_journal_mornings(l->store, &filter, l->desk, &l->mornings,
                                   &l->morning_count, l->err);
    if (got == HAR_OK)
        got = har_journal_camps(l->store, athlete, l->desk, &told, &told_count, l->err);
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

static har_status watch_member(struct looking *l, const struct har_planned_race *planned,
                               size_t planned_count, struct har_arena *arena,
                               struct har_member *member)
{
    struct har_coming *races = HAR_NEW(l->desk, struct har_coming, planned_count);
    size_t race_count = 0;
    if (!races) return squad_full(l->err);
    for (size_t i = 0; i < planned_count; i++)
        if (planned[i].athlete == member->athlete) races[race_count++] = planned[i].race;
    har_status got = look(l, member->athlete);
    if (got) return got;
    add_up(l, member);
    const struct har_watched watched = {
        .today = l->today,
        .form = &l->loads.form,
        .morning_count = l->morning_count,
        .camp_count = l->camp_count,
        .race_count = race_count,
        .mornings = l->mornings,
        .camps = l->camps,
        .races = races,
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

har_status har_squad(struct har_store *store, int64_t today,
                     const struct har_planned_race *planned, size_t planned_count,
                     struct har_arena *arena, struct har_member **members, size_t *count,
                     struct har_error *err)
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
        if (got == HAR_OK) got = watch_member(&l, planned, planned_count, arena, squad + i);
        har_arena_reset(&desk);
    }
    har_arena_free(&desk);
    if (got == HAR_OK && *count) qsort(squad, *count, sizeof *squad, by_urgency);
    *members = squad;
    return got;
}
