/* SPDX-License-Identifier: MIT */
/* What the plan could not meet, each with the race it is about and a sentence. Four weeks
 * of loading are the least that moves a fading mean of 42 days by half; two weeks between
 * rest and taper are the least that is worth a second peak; of a long run a marathon asks
 * 28 km and a half marathon 16. Our choice, all three. */

#include "shape.h"

#include <math.h>

enum { LEAST_LOADING = 28, LEAST_BETWEEN = 14, MOST_UNMET_EACH = 8 };
#define NEARLY 0.97

struct telling {
    const struct season_shape *shape;
    const double *level;
    struct har_arena *arena;
    struct har_season_plan *plan;
    struct har_unmet *unmet;
    bool full;
};

/* Begins a sentence about a race: "10K on 2026-04-26". */
static struct har_text about(const struct telling *t, const struct har_target *target)
{
    struct har_text text = {.arena = t->arena};
    har_text_format(&text, "%s on ", target->event.code);
    har_text_date(&text, target->day);
    return text;
}

static void tell(struct telling *t, enum har_unmet_kind kind,
                 const struct har_target *target, struct har_text *text)
{
    t->full |= text->failed;
    t->unmet[t->plan->unmet_count++] = (struct har_unmet){kind, target->day, text->data};
}

static void tell_time(struct telling *t, const struct har_target *target,
                      const struct har_target *before)
{
    const struct har_season_settings *set = t->shape->settings;
    int64_t from = t->shape->problem->from_day;
    struct har_text text = about(t, target);
    if (before) {
        int64_t gap = target->day - before->day,
                need = season_rest_days(before) + LEAST_BETWEEN + set->taper_days;
        if (gap >= need) return;
        har_text_format(
            &text,
            ": %lld days after the target before it; rest, two weeks of load and "
            "a taper take %lld, so it is run on what is left of one peak",
            (long long)gap, (long long)need);
        tell(t, HAR_UNMET_TAPERS, target, &text);
    } else if (target->day - from < LEAST_LOADING + set->taper_days) {
        har_text_format(
            &text,
            ": %lld days from the beginning of the plan; four weeks of load and "
            "a taper take %lld",
            (long long)(target->day - from), (long long)(LEAST_LOADING + set->taper_days));
        tell(t, HAR_UNMET_TIME, target, &text);
    }
}

/* The most of a level before a target. */
static void tell_ceiling(struct telling *t, const struct har_target *target)
{
    const struct har_season_evidence *ev = &t->plan->evidence;
    double most = 0;
    size_t end = (size_t)((target->day - t->shape->monday) / A_WEEK);
    for (size_t w = 0; w <= end; w++) most = fmax(most, t->level[w]);
    if (most >= NEARLY * season_most_level(ev)) return;
    struct har_text text = about(t, target);
    har_text_add(&text, ": at most ");
    har_text_number(&text, 100 * (ev->week_growth - 1), 1);
    har_text_add(&text, " % a week more leads to a week of ");
    har_text_fixed(&text, most, 0);
    har_text_add(&text, " before it, not to the ");
    har_text_fixed(&text, season_most_level(ev), 0);
    har_text_add(&text, " that is the bound");
    tell(t, HAR_UNMET_CEILING, target, &text);
}

static double long_run_asked(const struct har_target *target)
{
    double m = target->event.distance_m;
    return m > 40000 ? 28000 : m > 20000 ? 16000 : 0;
}

static void tell_long_run(struct telling *t, const struct har_target *target)
{
    double most = NAN, asked = long_run_asked(target);
    for (size_t w = 0; w < t->plan->week_count; w++)
        if (t->plan->weeks[w].monday < target->day)
            most = fmax(most, t->plan->weeks[w].long_run_m);
    if (isnan(most) || most >= asked) return;
    struct har_text text = about(t, target);
    har_text_add(&text, ": the longest run before it is ");
    har_text_fixed(&text, most / 1000, 0);
    har_text_add(&text, " km, short of ");
    har_text_fixed(&text, asked / 1000, 0);
    har_text_add(&text,
                 "; longer ones would be over 10 % more than any of the month before, "
                 "or over 30 % of the week");
    tell(t, HAR_UNMET_LONG_RUN, target, &text);
}

static void tell_camp(struct telling *t, const struct har_season_race *race)
{
    if (!race->camp) return;
    struct har_text text = about(t, race->target);
    const char *name = race->camp->name ? race->camp->name : "(found)";
    int64_t since = race->target->day - race->camp->to_day;
    if (since <= 0) {
        har_text_format(&text, ": within the camp %s", name);
        tell(t, HAR_UNMET_CAMP, race->target, &text);
    } else if (race->window && !race->window->race) {
        har_text_format(&text,
                        ": day %lld after the camp %s, %s; race on days 1 to 3 or 14 "
                        "to 21, or end it on ",
                        (long long)since, name, race->window->because);
        har_text_date(&text, race->target->day - 14);
        tell(t, HAR_UNMET_WINDOW, race->target, &text);
    }
}

static void tell_off(struct telling *t, const struct har_target *target)
{
    const struct har_season_problem *p = t->shape->problem;
    for (size_t i = 0; i < p->off_count; i++) {
        if (target->day < p->off[i].from_day || target->day > p->off[i].to_day) continue;
        struct har_text text = about(t, target);
        har_text_add(&text, ": on a day off");
        tell(t, HAR_UNMET_OFF, target, &text);
        return;
    }
}

har_status season_unmet(const struct season_shape *shape, const double *level,
                        struct har_arena *arena, struct har_season_plan *plan,
                        struct har_error *err)
{
    struct telling t = {.shape = shape, .level = level, .arena = arena, .plan = plan};
    const struct har_target *before = NULL;
    t.unmet = HAR_NEW(arena, struct har_unmet, plan->race_count * MOST_UNMET_EACH);
    if (!t.unmet)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the season");
    for (size_t i = 0; i < plan->race_count; i++) {
        const struct har_target *target = plan->races[i].target;
        if (target->importance == HAR_IMPORTANCE_A) {
            tell_time(&t, target, before);
            tell_ceiling(&t, target);
            tell_long_run(&t, target);
            before = target;
        }
        if (target->importance != HAR_IMPORTANCE_C) tell_camp(&t, &plan->races[i]);
        tell_off(&t, target);
    }
    plan->unmet = t.unmet;
    return t.full ? har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the season")
                  : HAR_OK;
}
