/* SPDX-License-Identifier: MIT */
/* The season for other programs: JSON, CSV, iCalendar. */

#include "season.h"

#include "entry.h"

#include "harrier/agenda.h"

#include <math.h>
#include <string.h>

const char *season_race_name(const struct har_target *target)
{
    return target->name && *target->name ? target->name : target->event.code;
}

/* --- JSON --------------------------------------------------------------------------- */

static void race_object(struct har_json *j, const struct har_expected_race *expected)
{
    const struct har_season_race *race = expected->race;
    const struct har_target *target = race->target;
    const struct har_prediction *p = &expected->prediction;
    bool told = expected->predicted;
    har_json_open(j, NULL, '{');
    har_json_string(j, "date", day_word(target->day, j->text->arena));
    har_json_string(j, "event", target->event.code);
    har_json_string(j, "name", target->name);
    har_json_string(j, "importance", har_importance_name(target->importance));
    har_json_number(j, "fitness", race->fitness, 1);
    har_json_number(j, "fatigue", race->fatigue, 1);
    har_json_number(j, "form", race->form, 1);
    har_json_number(j, "time_s", told ? p->time_s : (double)NAN, 2);
    har_json_number(j, "low80_s", told ? p->low_s[HAR_WITHIN_80] : (double)NAN, 2);
    har_json_number(j, "high80_s", told ? p->high_s[HAR_WITHIN_80] : (double)NAN, 2);
    har_json_number(j, "response_pct", 100 * expm1(race->ln_gain), 2);
    har_json_number(j, "altitude_pct", race->altitude_pct, 2);
    har_json_number(j, "altitude_low_pct", race->altitude_low_pct, 2);
    har_json_number(j, "altitude_high_pct", race->altitude_high_pct, 2);
    har_json_number(j, "run_at_m", expected->high_m, 0);
    har_json_string(j, "camp", race->camp ? race->camp->name : NULL);
    har_json_string(j, "window", race->window ? race->window->because : NULL);
    har_json_close(j);
}

static void week_races(struct har_json *j, const struct har_season_ahead *ahead,
                       int64_t monday)
{
    har_json_open(j, "races", '[');
    for (size_t i = 0; i < ahead->race_count; i++) {
        int64_t day = ahead->races[i].race->target->day;
        if (day >= monday && day < monday + 7) race_object(j, ahead->races + i);
    }
    har_json_close(j);
}

static void week_object(struct har_json *j, const struct har_season_ahead *ahead, size_t w)
{
    const struct har_season_week *week = ahead->plan.weeks + w;
    struct har_balance balance = har_phase_balance(week->phase);
    har_json_open(j, NULL, '{');
    har_json_string(j, "monday", day_word(week->monday, j->text->arena));
    har_json_string(j, "phase", har_phase_name(week->phase));
    har_json_boolean(j, "easy", week->easy);
    har_json_number(j, "load", week->load, 1);
    har_json_number(j, "done_load", ahead->done ? ahead->done[w].load : (double)NAN, 1);
    har_json_number(j, "distance_m", week->distance_m, 0);
    har_json_number(j, "long_run_m", week->long_run_m, 0);
    har_json_number(j, "easy_pct", balance.easy_pct, 0);
    har_json_number(j, "threshold_pct", balance.threshold_pct, 0);
    har_json_number(j, "fast_pct", balance.fast_pct, 0);
    har_json_integer(j, "off_days", week->off_days);
    week_races(j, ahead, week->monday);
    har_json_string(j, "camp", week->camp ? week->camp->name : NULL);
    har_json_close(j);
}

/* What a plan has, into an object that is open. */
static void plan_members(struct har_json *j, const struct har_season_ahead *ahead)
{
    const struct har_season_plan *plan = &ahead->plan;
    const struct har_season_evidence *ev = &plan->evidence;
    har_json_open(j, "weeks", '[');
    for (size_t w = 0; w < plan->week_count; w++) week_object(j, ahead, w);
    har_json_close(j);
    har_json_string(j, "by", ev->by_response ? "response" : "rules");
    har_json_number(j, "present_week_load", ev->present_load, 1);
    har_json_number(j, "most_week_load", ev->most_week_load, 1);
    har_json_number(j, "week_growth_pct", 100 * (ev->week_growth - 1), 1);
    har_json_boolean(j, "own_growth", ev->own_growth);
    har_json_open(j, "unmet", '[');
    for (size_t i = 0; i < plan->unmet_count; i++) {
        har_json_open(j, NULL, '{');
        har_json_string(j, "date", day_word(plan->unmet[i].day, j->text->arena));
        har_json_string(j, "note", plan->unmet[i].text);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_string(j, "no_prediction", ahead->no_curve);
}

static void benchmarks_member(struct har_json *j, const struct har_season_ahead *ahead)
{
    har_json_open(j, "benchmarks", '[');
    for (size_t i = 0; i < ahead->benchmark_count; i++) {
        const struct har_benchmark *b = ahead->benchmarks + i;
        const struct har_prediction *p = &b->expected->prediction;
        har_json_open(j, NULL, '{');
        har_json_string(j, "date", day_word(b->run->result.day, j->text->arena));
        har_json_string(j, "event", b->run->result.event.code);
        har_json_string(j, "mark", mark_word(b->run, j->text->arena));
        har_json_number(j, "standard_s", b->standard_s, 2);
        har_json_number(j, "predicted_s", p->time_s, 2);
        har_json_number(j, "low80_s", p->low_s[HAR_WITHIN_80], 2);
        har_json_number(j, "high80_s", p->high_s[HAR_WITHIN_80], 2);
        har_json_number(j, "slower_pct", b->slower_pct, 2);
        har_json_close(j);
    }
    har_json_close(j);
}

static void other_plan(struct har_json *j, const char *name, const char *is,
                       const struct har_season_ahead *ahead)
{
    if (!ahead) {
        har_json_string(j, name, NULL);
        return;
    }
    har_json_open(j, name, '{');
    har_json_string(j, "note", is);
    plan_members(j, ahead);
    har_json_close(j);
}

void season_json(struct har_text *text, const struct season_shown *shown)
{
    static const char *const inputs[] = {"load", "races", "camps", "season", NULL};
    struct har_json j = json_begin(text, "harrier.season/1");
    har_json_string(&j, "from", day_word(shown->ahead->from_day, text->arena));
    plan_members(&j, shown->ahead);
    benchmarks_member(&j, shown->ahead);
    other_plan(&j, "what_if", shown->what_if_is, shown->what_if);
    other_plan(&j, "from_now", "planned anew from the day it is seen on", shown->anew);
    json_because(
        &j, "season", HAR_SEASON_VERSION, inputs,
        "by response: the weekly loads within week_growth_pct and most_week_load that make "
        "the expected speed on A days the greatest; by rules: up to 85 % of that bound in "
        "the base, all of it in the build, 95 % before the race, one week of four easy. "
        "The "
        "taper is the published one (Bosquet 2007). time_s is the runner's curve, moved by "
        "response_pct and altitude_pct; altitude helps by the literature, and 80 % of "
        "runners lie between altitude_low_pct and altitude_high_pct");
    har_json_close(&j);
}

/* --- CSV ----------------------------------------------------------------------------- */

static bool races_on(const struct har_season_ahead *ahead, int64_t day)
{
    for (size_t i = 0; i < ahead->race_count; i++)
        if (ahead->races[i].race->target->day == day) return true;
    return false;
}

void season_csv(struct har_text *text, const struct har_season_ahead *ahead)
{
    const struct har_season_plan *plan = &ahead->plan;
    har_text_add(text, "date,load,race\r\n");
    for (size_t i = 0; i < 7 * plan->week_count; i++) {
        int64_t day = plan->monday + (int64_t)i;
        if (day < ahead->from_day) continue;
        har_text_date(text, day);
        har_text_add(text, ",");
        har_text_number(text, plan->day_load[i], 1);
        har_text_format(text, ",%d\r\n", races_on(ahead, day));
    }
}

/* --- iCalendar ------------------------------------------------------------------------ */

/* The same for an item that moves, as long as its name does not change; of several that
 * are called the same the later ones are counted. */
static const char *item_uid(const struct har_calendar *c,
                            const struct har_planned_item *item, struct har_arena *arena)
{
    struct har_text uid = {.arena = arena};
    unsigned before = 0;
    for (const struct har_planned_item *other = c->item; other < item; other++)
        before += other->kind == item->kind && strcmp(other->name, item->name) == 0 &&
                  (*item->name || other->from_day == item->from_day);
    har_text_format(&uid, "%s-", har_planned_kind_name(item->kind));
    if (!*item->name) har_text_date(&uid, item->from_day);
    for (const char *at = item->name; *at; at++)
        har_text_format(&uid, "%02x", (unsigned char)*at);
    if (before > 0) har_text_format(&uid, "-%u", before + 1);
    har_text_add(&uid, "@harrier");
    return uid.failed ? "" : uid.data;
}

static struct har_calendar_event item_event(const struct har_calendar *c,
                                            const struct har_planned_item *item,
                                            struct har_arena *arena)
{
    static const char *const categories[] = {"RACE", "CAMP", "DAYS OFF"};
    struct har_text summary = {.arena = arena};
    bool race = item->kind == HAR_PLANNED_RACE;
    har_text_add(&summary, *item->name ? item->name : race ? "" : "Days off");
    if (race)
        har_text_format(&summary, "%s%s (%s)", *item->name ? ", " : "", item->event.code,
                        har_importance_name(item->importance));
    if (item->kind == HAR_PLANNED_CAMP) {
        har_text_add(&summary, ", ");
        har_text_fixed(&summary, item->altitude_m, 0);
        har_text_add(&summary, " m");
    }
    return (struct har_calendar_event){
        .uid = item_uid(c, item, arena),
        .from_day = item->from_day,
        .to_day = item->to_day,
        .summary = summary.failed ? "" : summary.data,
        .category = categories[item->kind],
        .item = item,
    };
}

static struct har_calendar_event week_event(const struct har_season_week *week,
                                            struct har_arena *arena)
{
    struct har_text summary = {.arena = arena}, say = summary, uid = summary;
    struct har_balance balance = har_phase_balance(week->phase);
    har_text_format(&summary, "%s%s, load ", har_phase_name(week->phase),
                    week->easy ? " (easy)" : "");
    har_text_fixed(&summary, week->load, 0);
    if (!isnan(week->distance_m)) {
        har_text_fixed(&say, week->distance_m / 1000, 0);
        har_text_add(&say, " km");
    }
    if (!isnan(week->long_run_m)) {
        har_text_add(&say, ", the longest run ");
        har_text_fixed(&say, week->long_run_m / 1000, 0);
        har_text_add(&say, " km");
    }
    har_text_format(&say, "%seasy ", say.size ? "; " : "");
    har_text_fixed(&say, balance.easy_pct, 0);
    har_text_add(&say, " %, threshold ");
    har_text_fixed(&say, balance.threshold_pct, 0);
    har_text_add(&say, " %, fast ");
    har_text_fixed(&say, balance.fast_pct, 0);
    har_text_add(&say, " %");
    har_text_add(&uid, "week-");
    har_text_date(&uid, week->monday);
    har_text_add(&uid, "@harrier");
    bool failed = summary.failed || say.failed || uid.failed;
    return (struct har_calendar_event){
        .uid = failed ? "" : uid.data,
        .from_day = week->monday,
        .to_day = week->monday + 6,
        .summary = failed ? "" : summary.data,
        .category = "TRAINING",
        .description = failed ? "" : say.data,
    };
}

static struct har_calendar_event session_event(const struct har_agenda_day *day,
                                               struct har_arena *arena)
{
    struct har_text summary = {.arena = arena}, uid = summary;
    har_text_format(&summary, "%s, ", har_agenda_kind_name(day->kind));
    har_text_number(&summary, day->distance_m / 1000, 1);
    har_text_add(&summary, " km");
    har_text_add(&uid, "session-");
    har_text_date(&uid, day->day);
    har_text_add(&uid, "@harrier");
    return (struct har_calendar_event){
        .uid = uid.failed ? "" : uid.data,
        .from_day = day->day,
        .to_day = day->day,
        .summary = summary.failed ? "" : summary.data,
        .category = "TRAINING",
        .description = day->words,
    };
}

/* The sessions of all weeks, for whom it is known how far and how fast. */
static size_t add_sessions(const struct season_shown *shown, struct har_arena *arena,
                           struct har_calendar_event *event)
{
    const struct har_season_plan *plan = &shown->ahead->plan;
    size_t added = 0;
    for (size_t w = 0; w < plan->week_count && shown->paces; w++) {
        struct har_agenda_day day[HAR_AGENDA_DAYS];
        size_t count;
        if (har_agenda_of(plan, w, shown->paces, arena, day, &count, NULL) != HAR_OK)
            continue;
        for (size_t d = 0; d < count; d++)
            if (!day[d].race) event[added++] = session_event(day + d, arena);
    }
    return added;
}

void season_ics(struct har_text *text, const struct season_shown *shown)
{
    const struct har_calendar *c = &shown->kept->calendar;
    const struct har_season_plan *plan = &shown->ahead->plan;
    size_t count = c->count;
    struct har_calendar_event *event =
        HAR_NEW(text->arena, struct har_calendar_event,
                c->count + plan->week_count * (1 + HAR_AGENDA_DAYS));
    if (!event) {
        text->failed = true;
        return;
    }
    for (size_t i = 0; i < c->count; i++)
        event[i] = item_event(c, c->item + i, text->arena);
    for (size_t w = 0; w < plan->week_count; w++)
        event[count++] = week_event(plan->weeks + w, text->arena);
    count += add_sessions(shown, text->arena, event + count);
    har_calendar_write(text, shown->kept->from_day, event, count);
}
