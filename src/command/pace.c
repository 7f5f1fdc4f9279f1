/* SPDX-License-Identifier: MIT */
/* harrier pace: a plan, its splits, what they cost, and how likely they are; for a group
 * who leads where; for a track when each lamp lights up. The plan comes from the pace room.
 */

#include "pace.h"
#include "commands.h"
#include "entry.h"

#include <math.h>
#include <string.h>

enum {
    MARK_AT = 10,
    SPLIT_TIME_AT = 21,
    SPLIT_LAP_AT = 31,
    SPLIT_FLAT_AT = 43,
    LEFT_AT = 51
};
enum { COST_AT = 14, PROFILE_POINTS = 400 };
#define SPENT 1e-9 /* of the reserve: below nothing, and not by rounding */

static const char explanation[] =
    "least time, or least wear for a target: Miner's sum over Emig's curve (2018), one "
    "price for all pieces; slope, wind and bends by piece, height and heat by the whole "
    "race; a chance takes the logarithm of the time as normal";

static bool asks_target(const struct pace_question *q)
{
    return q->problem.target_s > 0;
}

static void pace_name(struct har_text *text, const struct pace_question *q)
{
    har_text_add(text, q->event.code[0] ? q->event.code : q->course);
}

static unsigned decimals_of(const struct pace_answer *a)
{
    return a->plan.finish_s < 6000 ? 2 : 0;
}

/* --- the group ----------------------------------------------------------------------- */

static size_t leader_at(const struct har_turns *turns, double at_m)
{
    size_t i = 0;
    while (i + 1 < turns->lead_count && turns->lead[i].to_m < at_m - 1e-6) i++;
    return turns->lead[i].who;
}

/* Piece by piece what the others take of the drag of `who`. */
static const double *shelter_of(const struct pace_answer *a, size_t who,
                                struct har_arena *arena)
{
    const struct har_way *way = &a->question->way;
    double *shelter = HAR_NEW(arena, double, way->count), at_m = 0;
    for (size_t i = 0; shelter && i < way->count; i++) {
        bool behind = leader_at(&a->turns, at_m + way->length_m[i] / 2) != who;
        shelter[i] = behind ? HAR_SHELTER_TWO_AHEAD : 0;
        at_m += way->length_m[i];
    }
    return shelter;
}

har_status plan_group(const struct request *request, struct pace_answer *a,
                      struct har_error *why)
{
    const struct pace_question *q = a->question;
    struct har_pace_problem sheltered = q->problem;
    struct har_pace_plan plan;
    size_t paced = 0;
    a->grouped_s = a->grouped_chance = NAN;
    if (q->pacer_count == 0) return HAR_OK;
    har_status got = har_pace_group(&q->problem, &a->plan, q->pacer, q->pacer_count, 0,
                                    request->arena, &a->turns, why);
    while (paced < q->pacer_count && !q->pacer[paced].no_lead) paced++;
    if (got || paced == q->pacer_count || a->turns.lead_count == 0) return got;
    sheltered.shelter = shelter_of(a, paced, request->arena);
    if (!sheltered.shelter) return har_fail(why, HAR_NO_MEMORY, 0, "not enough memory");
    got = har_pace(&sheltered, NULL, request->arena, &plan, NULL, why);
    if (got) return got;
    a->grouped_s = plan.fastest_s;
    a->grouped_chance = plan.chance;
    return HAR_OK;
}

/* --- JSON ---------------------------------------------------------------------------- */

void pace_group_json(struct har_json *j, const struct pace_answer *a)
{
    const struct pace_question *q = a->question;
    if (q->pacer_count == 0) return;
    har_json_number(j, "grouped_fastest_s", a->grouped_s, 3);
    har_json_number(j, "grouped_chance_pct", 100 * a->grouped_chance, 1);
    har_json_open(j, "leads", '[');
    for (size_t i = 0; i < a->turns.lead_count; i++) {
        har_json_open(j, NULL, '{');
        har_json_string(j, "name", q->pacer_name[a->turns.lead[i].who]);
        har_json_number(j, "from_m", a->turns.lead[i].from_m, 1);
        har_json_number(j, "to_m", a->turns.lead[i].to_m, 1);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_open(j, "group", '[');
    for (size_t i = 0; i < q->pacer_count; i++) {
        har_json_open(j, NULL, '{');
        har_json_string(j, "name", q->pacer_name[i]);
        har_json_number(j, "out_m", a->turns.part[i].out_m, 1);
        har_json_number(j, "led_m", a->turns.part[i].led_m, 1);
        har_json_number(j, "reserve_pct", 100 * a->turns.part[i].reserve, 1);
        har_json_number(j, "saved_s", a->turns.part[i].saved_s, 2);
        har_json_close(j);
    }
    har_json_close(j);
}

/* How much higher than the start the way is there. */
static double rise_at(const struct har_way *way, double at_m)
{
    double from_m = 0, rise_m = 0;
    for (size_t i = 0; i < way->count && from_m < at_m; i++) {
        rise_m += way->grade[i] * fmin(way->length_m[i], at_m - from_m);
        from_m += way->length_m[i];
    }
    return rise_m;
}

/* A course and the speed over it, for who draws them. */
static void profile_json(struct har_json *j, const struct pace_answer *a)
{
    const struct har_pace_plan *plan = &a->plan;
    size_t last = plan->count - 1, points = last < PROFILE_POINTS ? last : PROFILE_POINTS;
    if (!a->question->course) return;
    har_json_open(j, "profile", '{');
    har_json_open(j, "distance_m", '[');
    for (size_t i = 0; i <= points; i++)
        har_json_number(j, NULL, plan->distance_m[i * last / points], 1);
    har_json_close(j);
    har_json_open(j, "rise_m", '[');
    for (size_t i = 0; i <= points; i++) {
        double at_m = plan->distance_m[i * last / points];
        har_json_number(j, NULL, rise_at(&a->question->way, at_m), 1);
    }
    har_json_close(j);
    har_json_open(j, "speed_mps", '[');
    for (size_t i = 0; i <= points; i++)
        har_json_number(j, NULL, plan->speed_mps[i * last / points], 4);
    har_json_close(j);
    har_json_close(j);
}

static void plan_json(struct har_text *text, const struct pace_answer *a)
{
    static const char *const inputs[] = {"curve",      "event",    "course",
                                         "grade",      "wind_mps", "wbgt_c",
                                         "altitude_m", "target_s", NULL};
    const struct pace_question *q = a->question;
    struct har_json j = json_begin(text, "harrier.pace/1");
    har_json_string(&j, "event", q->event.code[0] ? q->event.code : NULL);
    har_json_string(&j, "course", q->course);
    har_json_number(&j, "distance_m", q->way.distance_m, 3);
    har_json_number(&j, "target_s", asks_target(q) ? q->problem.target_s : NAN, 3);
    har_json_number(&j, "finish_s", a->plan.finish_s, 3);
    har_json_number(&j, "fastest_s", a->plan.fastest_s, 3);
    har_json_number(&j, "even_effort_s", a->evidence.even_effort_s, 3);
    har_json_number(&j, "even_speed_s", a->evidence.even_speed_s, 3);
    har_json_number(&j, "mesh_error_s", a->evidence.mesh_error_s, 4);
    har_json_integer(&j, "rounds", a->evidence.rounds);
    har_json_number(&j, "chance_pct", 100 * a->plan.chance, 1);
    har_json_open(&j, "splits", '[');
    for (size_t i = 0; i < a->split_count; i++) {
        const struct har_pace_split *s = &a->split[i];
        har_json_open(&j, NULL, '{');
        har_json_number(&j, "distance_m", s->distance_m, 3);
        har_json_number(&j, "time_s", s->time_s, 3);
        har_json_number(&j, "lap_s", s->lap_s, 3);
        har_json_number(&j, "flat_speed_mps", s->flat_mps, 4);
        har_json_number(&j, "reserve_pct", 100 * s->reserve, 2);
        har_json_close(&j);
    }
    har_json_close(&j);
    profile_json(&j, a);
    pace_group_json(&j, a);
    json_because(&j, "pace", HAR_PACE_VERSION, inputs, explanation);
    har_json_close(&j);
}

static void plan_csv(struct har_text *text, const struct pace_answer *a)
{
    har_text_add(text, "distance_m,time_s,lap_s,flat_speed_mps,reserve_pct\r\n");
    for (size_t i = 0; i < a->split_count; i++) {
        const struct har_pace_split *s = &a->split[i];
        har_text_number(text, s->distance_m, 3);
        har_text_add(text, ",");
        har_text_fixed(text, s->time_s, 3);
        har_text_add(text, ",");
        har_text_fixed(text, s->lap_s, 3);
        har_text_add(text, ",");
        har_text_fixed(text, s->flat_mps, 4);
        har_text_add(text, ",");
        har_text_fixed(text, 100 * s->reserve, 2);
        har_text_add(text, "\r\n");
    }
}

/* --- a page --------------------------------------------------------------------------- */

static void plan_heading(struct har_text *text, const struct pace_answer *a,
                         const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    pace_name(&head, a->question);
    har_text_add(&head, " in ");
    har_text_clock(&head, a->plan.finish_s, decimals_of(a), true);
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

/* Who brings the group to that mark. */
static void leader_word(struct har_text *text, const struct pace_answer *a, double at_m,
                        const struct har_style *style)
{
    if (a->turns.lead_count == 0) return;
    har_text_add(text, "  ");
    har_render_name(text, a->question->pacer_name[leader_at(&a->turns, at_m)],
                    style->width / 4);
}

static void split_rows(struct har_text *text, const struct pace_answer *a,
                       const struct har_style *style)
{
    unsigned decimals = decimals_of(a);
    text_right(text, MARK_AT, "m");
    text_right(text, SPLIT_TIME_AT, "time");
    text_right(text, SPLIT_LAP_AT, "split");
    text_right(text, SPLIT_FLAT_AT, "as on flat");
    text_right(text, LEFT_AT, "left");
    har_text_add(text, a->turns.lead_count > 0 ? "  led by\n" : "\n");
    for (size_t i = 0; i < a->split_count; i++) {
        const struct har_pace_split *s = &a->split[i];
        text_right_fixed(text, MARK_AT, s->distance_m, 0);
        text_right_clock(text, SPLIT_TIME_AT, s->time_s, decimals);
        text_right_clock(text, SPLIT_LAP_AT, s->lap_s, decimals ? decimals : 1);
        text_right_clock(text, SPLIT_FLAT_AT - 4, unit_m(style) / s->flat_mps, 1);
        har_text_format(text, " /%s", unit_name(style));
        if (s->reserve < -SPENT) text_right(text, LEFT_AT, "spent");
        else {
            text_right_fixed(text, LEFT_AT - 2, 100 * s->reserve, 0);
            har_text_add(text, " %");
        }
        leader_word(text, a, s->distance_m, style);
        har_text_add(text, "\n");
    }
}

/* What else could be run for the same wear, or why not. */
static void cost_rows(struct har_text *text, const struct pace_answer *a)
{
    unsigned decimals = decimals_of(a) ? 2 : 1;
    const struct har_pace_evidence *e = &a->evidence;
    if (asks_target(a->question)) {
        text_row(text, "fastest", COST_AT);
        har_text_clock(text, a->plan.fastest_s, decimals, true);
        har_text_add(text, " is what the curve allows\n");
    }
    text_row(text, "chance", COST_AT);
    if (isnan(a->plan.chance)) har_text_add(text, "not known: the curve has no sd");
    else {
        har_text_fixed(text, 100 * a->plan.chance, 0);
        har_text_add(text, " %");
    }
    har_text_add(text, "\n");
    text_row(text, "one effort", COST_AT);
    har_text_clock(text, e->even_effort_s, decimals, true);
    har_text_add(text, " as tired\n");
    text_row(text, "one speed", COST_AT);
    har_text_clock(text, e->even_speed_s, decimals, true);
    har_text_add(text, " as tired\n");
}

void pace_group_rows(struct har_text *text, const struct pace_answer *a,
                     const struct har_style *style)
{
    const struct pace_question *q = a->question;
    for (size_t i = 0; i < a->turns.lead_count; i++) {
        text_row(text, i == 0 ? "leads" : "", COST_AT);
        har_text_fixed(text, a->turns.lead[i].from_m, 0);
        har_text_add(text, " to ");
        har_text_fixed(text, a->turns.lead[i].to_m, 0);
        har_text_format(text, " m, in ");
        har_text_clock(text,
                       har_plan_time(&a->plan, a->turns.lead[i].to_m) -
                           har_plan_time(&a->plan, a->turns.lead[i].from_m),
                       1, true);
        har_text_add(text, ": ");
        har_render_name(text, q->pacer_name[a->turns.lead[i].who], style->width / 2);
        har_text_add(text, "\n");
    }
    for (size_t i = 0; i < q->pacer_count; i++) {
        text_row(text, i == 0 ? "group" : "", COST_AT);
        har_render_name(text, q->pacer_name[i], style->width / 4);
        har_text_add(text, a->turns.part[i].out_m < q->way.distance_m - 1 ? " out at "
                                                                          : " runs all ");
        har_text_fixed(text, a->turns.part[i].out_m, 0);
        har_text_add(text, " m, ");
        har_text_fixed(text, 100 * a->turns.part[i].reserve, 0);
        har_text_add(text, " % left; the shelter is worth ");
        har_text_fixed(text, a->turns.part[i].saved_s, 1);
        har_text_add(text, " s\n");
    }
    if (isnan(a->grouped_s)) return;
    text_row(text, "in a group", COST_AT);
    har_text_clock(text, a->grouped_s, decimals_of(a) ? 2 : 1, true);
    har_text_add(text, " is what the curve allows");
    if (!isnan(a->grouped_chance)) {
        har_text_add(text, ", chance ");
        har_text_fixed(text, 100 * a->grouped_chance, 0);
        har_text_add(text, " %");
    }
    har_text_add(text, "\n");
}

static void plan_text(struct har_text *text, const struct pace_answer *a,
                      const struct har_style *style)
{
    plan_heading(text, a, style);
    split_rows(text, a, style);
    cost_rows(text, a);
    pace_group_rows(text, a, style);
    if (a->plan.reserve[a->plan.count - 1] < -SPENT)
        har_text_add(
            text,
            "  Alone that is more than the curve allows; the chance says how much.\n");
}

int run_pace(const struct request *request)
{
    int status;
    struct har_error why = {0};
    struct har_text text = {.arena = request->arena};
    struct pace_question question;
    struct pace_answer a = {.question = &question};
    if (!read_pace_question(request, &question, &status)) return status;
    har_status got =
        har_pace(&question.problem, NULL, request->arena, &a.plan, &a.evidence, &why);
    if (!got)
        got = har_plan_splits(&a.plan, question.every_m, request->arena, &a.split,
                              &a.split_count, &why);
    if (!got) got = plan_group(request, &a, &why);
    if (got) {
        fail(request, &why);
        return got == HAR_OUT_OF_RANGE ? HAR_EXIT_USAGE : exit_of(got);
    }
    if (is_asked(request, OPT_JSON)) plan_json(&text, &a);
    else if (is_asked(request, OPT_CSV)) plan_csv(&text, &a);
    else plan_text(&text, &a, &request->style);
    put_text(request, &text);
    return write_pace_files(request, &a);
}
