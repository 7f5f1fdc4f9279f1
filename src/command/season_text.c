/* SPDX-License-Identifier: MIT */
/* The season for people: a line a week, a line a race, what could not be met, and what the
 * races run so far say of it. */

#include "season.h"

#include "entry.h"

#include <math.h>

/* Columns; at most 80. */
enum {
    SEASON_PHASE_AT = 12,
    SEASON_LOAD_END = 27,
    SEASON_SECOND_END = 35,
    SEASON_WAY_END = 41,
    SEASON_LONG_END = 50,
    SEASON_BALANCE_AT = 52,
    SEASON_NOTES_AT = 62,
    SEASON_EVENT_AT = 14,
    SEASON_FORM_END = 28,
    SEASON_TIME_END = 38,
    SEASON_RANGE_AT = 40,
    SEASON_SECOND_TIME_END = 68,
    SEASON_CHANGE_END = 77
};
#define TENTHS_UNDER_S 600.0

static void season_clock(struct har_text *text, double seconds)
{
    har_text_clock(text, seconds, seconds < TENTHS_UNDER_S ? 1 : 0, true);
}

static void season_say(struct har_text *text, const struct har_style *style,
                       struct har_text *sentence)
{
    text->failed |= sentence->failed;
    if (sentence->data && !sentence->failed) text_wrapped(text, 0, style, sentence->data);
    *sentence = (struct har_text){.arena = text->arena};
}

/* --- weeks --------------------------------------------------------------------------- */

static void weeks_head(struct har_text *text, const struct season_shown *shown,
                       const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "week of");
    har_text_pad(&head, SEASON_PHASE_AT);
    har_text_add(&head, "phase");
    text_right(&head, SEASON_LOAD_END, "load");
    if (shown->what_if) text_right(&head, SEASON_SECOND_END, "what if");
    else if (shown->ahead->done) text_right(&head, SEASON_SECOND_END, "done");
    text_right(&head, SEASON_WAY_END, unit_name(style));
    text_right(&head, SEASON_LONG_END, "longest");
    har_text_pad(&head, SEASON_BALANCE_AT);
    har_text_add(&head, "e/t/f %");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

static void week_notes(struct har_text *text, const struct har_season_ahead *ahead,
                       const struct har_season_week *week)
{
    bool first = true;
    har_text_pad(text, SEASON_NOTES_AT);
    for (size_t i = 0; i < ahead->race_count; i++) {
        const struct har_target *target = ahead->races[i].race->target;
        if (target->day < week->monday || target->day >= week->monday + 7) continue;
        har_text_format(text, "%s%s %s", first ? "" : ", ",
                        har_importance_name(target->importance), target->event.code);
        first = false;
    }
    if (week->camp && first)
        har_render_name(text, week->camp->name ? week->camp->name : "(camp)", 18);
    if (week->off_days)
        har_text_format(text, "%s%u off", first && !week->camp ? "" : ", ", week->off_days);
}

/* The load of the same week in another plan; NaN where it has none. */
static double load_beside(const struct season_shown *shown, size_t w)
{
    const struct har_season_ahead *other = shown->what_if;
    if (other) return w < other->plan.week_count ? other->plan.weeks[w].load : (double)NAN;
    return shown->ahead->done[w].load;
}

static void week_row(struct har_text *text, const struct season_shown *shown, size_t w,
                     const struct har_style *style)
{
    const struct har_season_ahead *ahead = shown->ahead;
    const struct har_season_week *week = ahead->plan.weeks + w;
    struct har_balance balance = har_phase_balance(week->phase);
    har_text_date(text, week->monday);
    har_text_pad(text, SEASON_PHASE_AT);
    har_text_format(text, "%s%s", har_phase_name(week->phase), week->easy ? " *" : "");
    text_right_fixed(text, SEASON_LOAD_END, week->load, 0);
    if (shown->what_if || ahead->done)
        text_right_fixed(text, SEASON_SECOND_END, load_beside(shown, w), 0);
    text_right_fixed(text, SEASON_WAY_END, week->distance_m / unit_m(style), 0);
    text_right_fixed(text, SEASON_LONG_END, week->long_run_m / unit_m(style), 0);
    har_text_pad(text, SEASON_BALANCE_AT);
    har_text_fixed(text, balance.easy_pct, 0);
    har_text_add(text, "/");
    har_text_fixed(text, balance.threshold_pct, 0);
    har_text_add(text, "/");
    har_text_fixed(text, balance.fast_pct, 0);
    if (week->races || week->camp || week->off_days) week_notes(text, ahead, week);
    har_text_add(text, "\n");
}

/* --- races --------------------------------------------------------------------------- */

static const struct har_expected_race *same_race(const struct har_season_ahead *other,
                                                 const struct har_target *target)
{
    for (size_t i = 0; other && i < other->race_count; i++) {
        const struct har_target *one = other->races[i].race->target;
        if (one->day == target->day &&
            fabs(one->event.distance_m - target->event.distance_m) < 1)
            return other->races + i;
    }
    return NULL;
}

/* "  28:44   +0.5 %": the time in another plan, and how much slower that is. */
static void beside_fields(struct har_text *text, const struct har_expected_race *race,
                          const struct har_expected_race *other)
{
    struct har_text word = {.arena = text->arena}, change = word;
    if (!other || !other->predicted) return;
    season_clock(&word, other->prediction.time_s);
    text_right(text, SEASON_SECOND_TIME_END, word.data ? word.data : "");
    if (!race->predicted) return;
    double percent = 100 * (other->prediction.time_s / race->prediction.time_s - 1);
    har_text_add(&change, percent >= 0.005 ? "+" : "");
    har_text_fixed(&change, percent, 2);
    har_text_add(&change, " %");
    text_right(text, SEASON_CHANGE_END, change.data ? change.data : "");
}

static void expected_row(struct har_text *text, const struct har_expected_race *race,
                         const struct har_expected_race *other)
{
    const struct har_target *target = race->race->target;
    const struct har_prediction *p = &race->prediction;
    struct har_text word = {.arena = text->arena};
    har_text_date(text, target->day);
    har_text_format(text, " %s", har_importance_name(target->importance));
    har_text_pad(text, SEASON_EVENT_AT);
    har_text_add(text, target->event.code);
    text_right_fixed(text, SEASON_FORM_END, race->race->form, 0);
    if (race->predicted) {
        season_clock(&word, p->time_s);
        text_right(text, SEASON_TIME_END, word.data ? word.data : "");
        har_text_pad(text, SEASON_RANGE_AT);
        season_clock(text, p->low_s[HAR_WITHIN_80]);
        har_text_add(text, " to ");
        season_clock(text, p->high_s[HAR_WITHIN_80]);
    }
    beside_fields(text, race, other);
    har_text_add(text, "\n");
}

static void races_head(struct har_text *text, const struct season_shown *shown,
                       const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "race");
    har_text_pad(&head, SEASON_EVENT_AT);
    har_text_add(&head, "event");
    text_right(&head, SEASON_FORM_END, "form");
    text_right(&head, SEASON_TIME_END, "time");
    har_text_pad(&head, SEASON_RANGE_AT);
    har_text_add(&head, "80 %");
    if (shown->what_if) text_right(&head, SEASON_SECOND_TIME_END, "what if");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

static void races_rows(struct har_text *text, const struct season_shown *shown)
{
    const struct har_season_ahead *ahead = shown->ahead, *other = shown->what_if;
    for (size_t i = 0; i < ahead->race_count; i++)
        expected_row(text, ahead->races + i,
                     same_race(other, ahead->races[i].race->target));
    for (size_t i = 0; other && i < other->race_count; i++) {
        const struct har_target *target = other->races[i].race->target;
        struct har_expected_race only = {.race = other->races[i].race};
        if (!same_race(ahead, target)) expected_row(text, &only, other->races + i);
    }
}

static void altitude_lines(struct har_text *text, const struct har_season_ahead *ahead,
                           const struct har_style *style)
{
    struct har_text say = {.arena = text->arena};
    for (size_t i = 0; i < ahead->race_count; i++) {
        const struct har_season_race *race = ahead->races[i].race;
        const struct har_expected_race *expected = ahead->races + i;
        if (expected->predicted && !isnan(expected->high_m)) {
            har_text_format(&say, "%s on ", race->target->event.code);
            har_text_date(&say, race->target->day);
            har_text_add(&say, " is taken to be run up there, at ");
            har_text_fixed(&say, expected->high_m, 0);
            har_text_add(&say, " m: ");
            har_text_fixed(&say, 100 * (expected->high_factor - 1), 1);
            har_text_add(&say, " % slower than at the sea.");
            season_say(text, style, &say);
            continue;
        }
        if (!race->camp || race->target->importance != HAR_IMPORTANCE_A) continue;
        har_text_format(&say, "%s on ", race->target->event.code);
        har_text_date(&say, race->target->day);
        har_text_format(&say, ", day %lld after %s: altitude may leave ",
                        (long long)(race->target->day - race->camp->to_day),
                        race->camp->name ? race->camp->name : "a camp");
        har_text_fixed(&say, race->altitude_pct, 1);
        har_text_add(&say, " % of speed (80 % of runners: ");
        har_text_fixed(&say, race->altitude_low_pct, 1);
        har_text_add(&say, " to ");
        har_text_fixed(&say, race->altitude_high_pct, 1);
        har_text_format(&say, ")%s%s.", race->window ? "; " : "",
                        race->window ? race->window->because : "");
        season_say(text, style, &say);
    }
}

/* --- sentences ----------------------------------------------------------------------- */

static void by_sentence(struct har_text *text, const struct har_season_ahead *ahead,
                        const struct har_style *style)
{
    const struct har_season_evidence *ev = &ahead->plan.evidence;
    struct har_text say = {.arena = text->arena};
    if (ev->by_response) {
        har_text_add(&say, "By this runner's own response to load: the plan expects ");
        har_text_fixed(&say, 100 * expm1(ev->fitness_gained), 1);
        har_text_add(&say, " % more speed on the A days than in the half year before it.");
    } else {
        har_text_add(&say,
                     "By rules: no response of this runner to load is established, so "
                     "load is not said to move the times. ");
        har_render_response(&say, &ahead->learnt, " ");
    }
    season_say(text, style, &say);
    har_text_add(&say, "From ");
    har_text_fixed(&say, ev->present_load, 0);
    har_text_add(&say, " a week now, at most ");
    har_text_number(&say, 100 * (ev->week_growth - 1), 1);
    har_text_format(&say, " %% a week more (%s), to ",
                    ev->own_growth
                        ? "what was carried before without a break"
                        : "a rule: no faster growth is known to have been carried");
    har_text_fixed(&say, ev->most_week_load, 0);
    har_text_add(&say, " over four weeks, a tenth over the best four of two years.");
    season_say(text, style, &say);
}

static void unmet_lines(struct har_text *text, const char *heading,
                        const struct har_season_plan *plan, const struct har_style *style)
{
    if (plan->unmet_count == 0) return;
    har_text_add(text, "\n");
    text_heading(text, style, heading);
    har_text_add(text, "\n");
    for (size_t i = 0; i < plan->unmet_count; i++) {
        har_text_add(text, "- ");
        text_wrapped(text, 2, style, plan->unmet[i].text);
    }
}

static void benchmark_lines(struct har_text *text, const struct season_shown *shown,
                            const struct har_style *style)
{
    const struct har_season_ahead *ahead = shown->ahead;
    struct har_text say = {.arena = text->arena};
    if (ahead->benchmark_count == 0) return;
    har_text_add(text, "\n");
    text_heading(text, style, "races run");
    har_text_add(text, "\n");
    for (size_t i = 0; i < ahead->benchmark_count; i++) {
        const struct har_benchmark *b = ahead->benchmarks + i;
        const struct har_prediction *p = &b->expected->prediction;
        har_text_date(&say, b->run->result.day);
        har_text_format(&say, " %s in %s, ", b->run->result.event.code,
                        mark_word(b->run, text->arena));
        season_clock(&say, b->standard_s);
        har_text_add(&say, " in standard conditions; planned with ");
        season_clock(&say, p->time_s);
        har_text_add(&say, ": ");
        har_text_fixed(&say, fabs(b->slower_pct), 1);
        bool within = b->standard_s >= p->low_s[HAR_WITHIN_80] &&
                      b->standard_s <= p->high_s[HAR_WITHIN_80];
        har_text_format(&say, " %% %s, %s its 80 %%.",
                        b->slower_pct > 0 ? "slower" : "faster",
                        within ? "within" : "outside");
        season_say(text, style, &say);
    }
    for (size_t i = 0; shown->anew && i < shown->anew->race_count; i++) {
        const struct har_expected_race *now = shown->anew->races + i,
                                       *was = same_race(ahead, now->race->target);
        if (!was || !was->predicted || !now->predicted) continue;
        har_text_add(&say, "What is known now, for ");
        har_text_format(&say, "%s on ", now->race->target->event.code);
        har_text_date(&say, now->race->target->day);
        har_text_add(&say, ": ");
        season_clock(&say, now->prediction.time_s);
        har_text_add(&say, " in place of ");
        season_clock(&say, was->prediction.time_s);
        har_text_add(&say, ".");
        season_say(text, style, &say);
    }
    if (!shown->anew) return;
    har_text_add(&say, "Planned anew from here, the next full week's load would be ");
    size_t next = shown->anew->plan.week_count > 1;
    har_text_fixed(&say, shown->anew->plan.weeks[next].load, 0);
    har_text_add(&say, "; `harrier season plan` takes that up.");
    season_say(text, style, &say);
}

void season_text(struct har_text *text, const struct season_shown *shown,
                 const struct har_style *style)
{
    const struct har_season_ahead *ahead = shown->ahead;
    struct har_text say = {.arena = text->arena};
    har_text_format(text, "Season from %s, %zu weeks\n",
                    day_word(ahead->from_day, text->arena), ahead->plan.week_count);
    if (shown->what_if) har_text_format(text, "What if: %s\n", shown->what_if_is);
    har_text_add(text, "\n");
    weeks_head(text, shown, style);
    for (size_t w = 0; w < ahead->plan.week_count; w++) week_row(text, shown, w, style);
    har_text_add(text, "* the easy one of four; e/t/f: easy, threshold, fast\n\n");
    races_head(text, shown, style);
    races_rows(text, shown);
    if (ahead->no_curve) {
        har_text_format(&say, "No time is foretold: %s.", ahead->no_curve);
        season_say(text, style, &say);
    }
    har_text_add(text, "\n");
    altitude_lines(text, ahead, style);
    by_sentence(text, ahead, style);
    unmet_lines(text, "not met", &ahead->plan, style);
    if (shown->what_if) unmet_lines(text, "not met, what if", &shown->what_if->plan, style);
    benchmark_lines(text, shown, style);
}
