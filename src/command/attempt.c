/* SPDX-License-Identifier: MIT */
/* harrier records --attempt: a plan for a record, beside the record, and what must be true
 * for it to count.
 *
 * The plan is that of `harrier pace` for the same words. Where no runner is told and none
 * is kept, it is that of one who can just do it, and there is no chance to tell. */

#include "attempt.h"
#include "entry.h"
#include "pace.h"

#include "harrier/attempt.h"

#include <math.h>
#include <string.h>

enum { MARK_ENDS = 10, TIME_ENDS = 21, LAP_ENDS = 31, RECORD_ENDS = 42, AHEAD_ENDS = 51 };
enum { LEAST_M = 800 };
enum { RESERVE_ENDS = 59, WANTED_AT = 14, VALUE_FROM = 14 };
#define SPENT_BELOW (-1e-9) /* of the reserve: not by rounding */
#define ASSUMED_GAMMA 0.055 /* of a good runner: flat ways hardly tell gammas apart */
#define ASSUMED_SHORT 0.1
#define SIX_MINUTES_S 360.0

static const char attempt_note[] =
    "the plan of pace/1 beside the record as known on the day as_of; what the rules ask is "
    "met only where the question tells so";

struct attempt_answer {
    struct har_event event;
    struct har_mark target;
    enum har_sex sex;
    const struct har_world_record *record;
    bool assumed; /* nobody's curve */
    struct pace_question question;
    struct pace_answer pace;
    struct har_eligibility course;
    const struct har_attempt_split *split;
    size_t split_count;
    const struct har_condition *condition;
    size_t condition_count;
};

/* --- the question --------------------------------------------------------------------- */

static bool read_aim(const struct request *request, struct attempt_answer *a)
{
    struct har_error why = {0};
    const char *target = request->value[OPT_TARGET];
    struct har_event told;
    if (!target) {
        complain(request, "--attempt needs --target TIME");
        return false;
    }
    if (har_parse_event(har_bytes_of(request->value[OPT_ATTEMPT]), &told, &why) ||
        har_parse_mark(har_bytes_of(target), &a->target, &why) ||
        har_event_of_mark(&told, &a->target, &a->event, &why)) {
        complain(request, "%s", why.message);
        return false;
    }
    bool on_road = a->event.kind == HAR_EVENT_ROAD;
    if (a->event.distance_m < LEAST_M)
        complain(request, "plans are for %d m and more; %s is a sprint", LEAST_M,
                 a->event.code);
    else if (is_asked(request, OPT_COURSE) && !on_road)
        complain(request, "--course is for events of the road; %s is run on a track",
                 a->event.code);
    else return read_sex(request, &a->sex);
    return false;
}

/* A curve that makes the target on the flat, as words for --curve. */
static const char *curve_of_target(const struct request *request,
                                   const struct attempt_answer *a)
{
    struct har_text text = {.arena = request->arena};
    double target_s = (double)a->target.time_ms / 1000;
    double gamma = target_s < SIX_MINUTES_S ? ASSUMED_SHORT : ASSUMED_GAMMA;
    har_text_add(&text, "v_m=");
    har_text_fixed(&text, har_emig_v_m(a->event.distance_m, target_s, gamma), 9);
    har_text_add(&text, ",gamma=");
    har_text_fixed(&text, ASSUMED_GAMMA, 3);
    har_text_add(&text, ",gamma_short=");
    har_text_fixed(&text, ASSUMED_SHORT, 3);
    return text.failed ? NULL : text.data;
}

/* What `harrier pace EVENT` would be asked. */
static bool read_plan_question(const struct request *request, struct attempt_answer *a,
                               int *status)
{
    const char *code = a->event.code, *value[OPTIONS];
    struct request asked = *request;
    memcpy(value, request->value, sizeof value);
    asked.operand = &code;
    asked.operand_count = 1;
    asked.value = value;
    if (read_pace_question(&asked, &a->question, status)) return true;
    if (is_asked(request, OPT_CURVE) || *status != HAR_EXIT_NO_ANSWER) return false;
    a->assumed = true;
    value[OPT_CURVE] = curve_of_target(request, a);
    return value[OPT_CURVE] && read_pace_question(&asked, &a->question, status);
}

/* A plan for the course where that is not as long as the event is none for a record. */
static bool is_as_long(const struct request *request, const struct attempt_answer *a)
{
    if (fabs(a->question.way.distance_m - a->event.distance_m) < 0.01) return true;
    complain(request, "a record over %s is run over all of it", a->event.code);
    return false;
}

static bool choose_sex(const struct request *request, struct attempt_answer *a)
{
    if (is_asked(request, OPT_SEX)) return true;
    if (a->question.sex == HAR_UNTOLD) {
        complain(request, "--sex M or --sex F says whose record it is");
        return false;
    }
    a->sex = (enum har_sex)a->question.sex;
    return true;
}

static bool find_record(struct attempt_answer *a)
{
    int64_t time_ms = har_mark_official_ms(&a->target, &a->event);
    a->record = har_world_record_aimed_at(&a->event, a->sex, time_ms);
    return a->record != NULL;
}

static const char *const sex_words[] = {[HAR_MEN] = "men", [HAR_WOMEN] = "women"};

/* Says which records there are on that ground. */
static int no_such_record(const struct request *request, const struct attempt_answer *a)
{
    struct har_text list = {.arena = request->arena};
    for (size_t i = 0; i < har_world_record_count; i++) {
        const struct har_world_record *r = &har_world_records[i];
        bool again = i > 0 && strcmp(r->event, har_world_records[i - 1].event) == 0;
        if (r->kind != a->event.kind || r->sex != a->sex || again) continue;
        har_text_add(&list, list.size ? ", " : "");
        har_text_add(&list, r->event);
    }
    complain(
        request,
        "there is no record of %s for %s here, as known on %s; on that ground there are "
        "%s",
        a->event.code, sex_words[a->sex], har_world_records_as_of,
        list.data ? list.data : "none");
    return HAR_EXIT_NOTHING;
}

/* --- the answer ----------------------------------------------------------------------- */

static har_status plan_it(const struct request *request, struct attempt_answer *a,
                          struct har_error *why)
{
    struct pace_question *q = &a->question;
    struct pace_answer *p = &a->pace;
    struct har_arena *arena = request->arena;
    p->question = q;
    har_status got = har_pace(&q->problem, NULL, arena, &p->plan, &p->evidence, why);
    if (!got)
        got = har_plan_splits(&p->plan, q->every_m, arena, &p->split, &p->split_count, why);
    if (!got) got = plan_group(request, p, why);
    if (!got)
        got = har_attempt_schedule(&p->plan, q->every_m, a->record, arena, &a->split,
                                   &a->split_count, why);
    return got;
}

static har_status judge_course(const struct request *request, struct attempt_answer *a,
                               const struct har_eligibility **out, struct har_error *why)
{
    struct har_course_question question = {a->event.distance_m, NAN, NAN};
    *out = NULL;
    if (a->question.line.count == 0) return HAR_OK;
    if (!read_measure(request, OPT_START_ELEVATION, &question.start_elevation_m) ||
        !read_measure(request, OPT_FINISH_ELEVATION, &question.finish_elevation_m))
        return har_fail(why, HAR_OUT_OF_RANGE, 0,
                        "the heights of the course are no numbers");
    *out = &a->course;
    return har_course_judge(&a->question.line, &question, request->arena, &a->course, why);
}

static double lap_told(const struct request *request)
{
    const char *track = request->value[OPT_TRACK];
    if (!track) return 0;
    return strcmp(track, "oversized") == 0 ? INFINITY : 200;
}

static har_status judge_attempt(const struct request *request, struct attempt_answer *a,
                                struct har_error *why)
{
    struct har_attempt attempt = {.event = &a->event,
                                  .target = &a->target,
                                  .record = a->record,
                                  .lap_m = lap_told(request)};
    for (size_t i = 0; i < a->question.pacer_count; i++)
        attempt.pacemakers += !a->question.pacer[i].no_lead;
    har_status got = judge_course(request, a, &attempt.course, why);
    if (got) return got;
    return har_attempt_conditions(&attempt, request->arena, &a->condition,
                                  &a->condition_count, why);
}

static double record_s(const struct attempt_answer *a)
{
    return (double)a->record->time_ms / 1000;
}

static double margin_s(const struct attempt_answer *a)
{
    return record_s(a) - (double)har_mark_official_ms(&a->target, &a->event) / 1000;
}

/* --- JSON and CSV --------------------------------------------------------------------- */

static const char *const field_names[] = {[HAR_COMPANY_ANY] = "any",
                                          [HAR_COMPANY_MIXED] = "mixed",
                                          [HAR_COMPANY_WOMEN] = "women"};

static void record_json(struct har_json *j, const struct attempt_answer *a)
{
    const struct har_world_record *r = a->record;
    har_json_open(j, "record", '{');
    har_json_number(j, "time_s", record_s(a), 3);
    har_json_string(j, "standing", r->best ? "world best" : "world record");
    har_json_string(j, "field", field_names[r->field]);
    har_json_string(j, "name", r->name);
    har_json_string(j, "date", r->date);
    har_json_string(j, "place", r->place);
    har_json_string(j, "source", r->source);
    har_json_string(j, "as_of", har_world_records_as_of);
    har_json_close(j);
}

static void schedule_json(struct har_json *j, const struct attempt_answer *a)
{
    har_json_open(j, "splits", '[');
    for (size_t i = 0; i < a->split_count; i++) {
        const struct har_attempt_split *s = &a->split[i];
        har_json_open(j, NULL, '{');
        har_json_number(j, "distance_m", s->distance_m, 3);
        har_json_number(j, "time_s", s->time_s, 3);
        har_json_number(j, "lap_s", s->lap_s, 3);
        har_json_number(j, "reserve_pct", a->assumed ? NAN : 100 * s->reserve, 2);
        har_json_number(j, "record_s", s->record_s, 3);
        har_json_string(j, "record_of",
                        isnan(s->record_s) ? NULL
                        : s->leader        ? "leader"
                                           : "holder");
        har_json_close(j);
    }
    har_json_close(j);
}

static void conditions_json(struct har_json *j, const struct attempt_answer *a)
{
    har_json_open(j, "conditions", '[');
    for (size_t i = 0; i < a->condition_count; i++) {
        const struct har_condition *c = &a->condition[i];
        har_json_open(j, NULL, '{');
        har_json_string(j, "about", c->about);
        har_json_string(j, "rule", c->rule);
        har_json_string(j, "wanted", c->wanted);
        har_json_string(j, "met", har_met_name(c->met));
        har_json_string(j, "because", c->because);
        har_json_close(j);
    }
    har_json_close(j);
}

static void attempt_json(struct har_text *text, const struct attempt_answer *a)
{
    static const char *const inputs[] = {"event", "target_s", "sex",   "records",
                                         "curve", "course",   "track", NULL};
    const struct har_pace_plan *plan = &a->pace.plan;
    struct har_json j = json_begin(text, "harrier.attempt/1");
    har_json_string(&j, "event", a->event.code);
    har_json_string(&j, "sex", a->sex == HAR_MEN ? "M" : "F");
    har_json_number(&j, "distance_m", a->question.way.distance_m, 3);
    har_json_number(&j, "target_s", (double)a->target.time_ms / 1000, 3);
    record_json(&j, a);
    har_json_number(&j, "margin_s", margin_s(a), 3);
    har_json_number(&j, "finish_s", plan->finish_s, 3);
    har_json_number(&j, "fastest_s", a->assumed ? NAN : plan->fastest_s, 3);
    har_json_number(&j, "chance_pct", 100 * plan->chance, 2);
    schedule_json(&j, a);
    pace_group_json(&j, &a->pace);
    conditions_json(&j, a);
    json_because(&j, "attempt", HAR_ATTEMPT_VERSION, inputs, attempt_note);
    har_json_close(&j);
}

static void attempt_csv(struct har_text *text, const struct attempt_answer *a)
{
    har_text_add(text, "distance_m,time_s,lap_s,record_s,record_of\r\n");
    for (size_t i = 0; i < a->split_count; i++) {
        const struct har_attempt_split *s = &a->split[i];
        har_text_number(text, s->distance_m, 3);
        har_text_add(text, ",");
        har_text_fixed(text, s->time_s, 3);
        har_text_add(text, ",");
        har_text_fixed(text, s->lap_s, 3);
        har_text_add(text, ",");
        har_text_fixed(text, s->record_s, 3);
        har_text_add(text, isnan(s->record_s) ? "," : s->leader ? ",leader" : ",holder");
        har_text_add(text, "\r\n");
    }
}

/* --- a page --------------------------------------------------------------------------- */

static const char *standing_of(const struct har_world_record *r)
{
    bool short_track = r->kind == HAR_EVENT_SHORT_TRACK;
    if (r->best) return short_track ? "the short track world best" : "the world best";
    return short_track ? "the short track world record" : "the world record";
}

static void attempt_heading(struct har_text *text, const struct attempt_answer *a,
                            const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    double inside_s = margin_s(a), apart_s = fabs(inside_s);
    unsigned decimals = a->event.kind == HAR_EVENT_ROAD ? 0 : 2;
    har_text_format(&head, "%s in ", a->event.code);
    har_text_mark(&head, &a->target, &a->event);
    if (inside_s == 0) har_text_format(&head, ": equals %s", standing_of(a->record));
    else {
        har_text_add(&head, ": ");
        if (apart_s < 60) har_text_fixed(&head, apart_s, decimals);
        else har_text_clock(&head, apart_s, decimals, true);
        har_text_format(&head, "%s %s %s", apart_s < 60 ? " s" : "",
                        inside_s > 0 ? "inside" : "slower than", standing_of(a->record));
    }
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

static void record_row(struct har_text *text, const struct attempt_answer *a,
                       const struct har_style *style)
{
    const struct har_world_record *r = a->record;
    struct har_mark mark = {.time_ms = r->time_ms, .decimals = 3};
    struct har_text row = {.arena = text->arena};
    har_text_mark(&row, &mark, &a->event);
    har_text_format(&row, " %s, %s, %s%s; as of %s", r->name, r->place, r->date,
                    r->field == HAR_COMPANY_MIXED   ? ", in a race with men"
                    : r->field == HAR_COMPANY_WOMEN ? ", in a race of women alone"
                                                    : "",
                    har_world_records_as_of);
    text_row(text, "record", VALUE_FROM);
    text_wrapped(text, VALUE_FROM, style, row.data ? row.data : "");
}

static void chance_row(struct har_text *text, const struct attempt_answer *a)
{
    double pct = 100 * a->pace.plan.chance;
    text_row(text, "chance", VALUE_FROM);
    if (a->assumed) har_text_add(text, "not known: the plan is of one who can just do it");
    else if (isnan(pct)) har_text_add(text, "not known: the curve has no sd");
    else if (pct < 0.1) har_text_add(text, "under 0.1 %");
    else {
        har_text_fixed(text, pct, pct < 10 ? 1 : 0);
        har_text_add(text, " %");
    }
    if (!a->assumed) {
        har_text_add(text, "; ");
        har_text_clock(text, a->pace.plan.fastest_s, a->pace.plan.fastest_s < 6000 ? 2 : 0,
                       true);
        har_text_add(text, " is what the curve allows");
    }
    har_text_add(text, "\n");
}

static void schedule_row(struct har_text *text, const struct har_attempt_split *s,
                         unsigned decimals, bool assumed)
{
    double ahead_s = s->record_s - s->time_s;
    text_right_fixed(text, MARK_ENDS, s->distance_m, 0);
    text_right_clock(text, TIME_ENDS, s->time_s, decimals);
    if (!isnan(s->lap_s)) text_right_clock(text, LAP_ENDS, s->lap_s, decimals ? 2 : 1);
    if (!isnan(s->record_s)) {
        text_right_clock(text, RECORD_ENDS, s->record_s, decimals);
        har_text_add(text, s->leader ? "*" : "");
        struct har_text ahead = {.arena = text->arena};
        har_text_add(&ahead, ahead_s < 0 ? "" : "+");
        har_text_fixed(&ahead, ahead_s, decimals);
        text_right(text, AHEAD_ENDS, ahead.data ? ahead.data : "");
    }
    if (!assumed && s->reserve < SPENT_BELOW) text_right(text, RESERVE_ENDS, "spent");
    else if (!assumed) {
        text_right_fixed(text, RESERVE_ENDS - 2, 100 * s->reserve, 0);
        har_text_add(text, " %");
    }
    har_text_add(text, "\n");
}

static void schedule_text(struct har_text *text, const struct attempt_answer *a)
{
    unsigned decimals =
        a->pace.plan.finish_s < 6000 && a->event.kind != HAR_EVENT_ROAD ? 2 : 0;
    bool led = false;
    text_right(text, MARK_ENDS, "m");
    text_right(text, TIME_ENDS, "time");
    text_right(text, LAP_ENDS, "split");
    text_right(text, RECORD_ENDS, "record");
    text_right(text, AHEAD_ENDS, "ahead");
    if (!a->assumed) text_right(text, RESERVE_ENDS, "left");
    har_text_add(text, "\n");
    for (size_t i = 0; i < a->split_count; i++) {
        schedule_row(text, &a->split[i], decimals, a->assumed);
        led = led || a->split[i].leader;
    }
    if (led) har_text_add(text, "  * of the leader of that race\n");
}

static void condition_text(struct har_text *text, const struct har_condition *c,
                           const struct har_style *style)
{
    struct har_text sentence = {.arena = text->arena};
    text_row(text, c->about, WANTED_AT);
    har_text_format(&sentence, "%s: %s (%s)", har_met_name(c->met), c->wanted, c->rule);
    if (c->because) har_text_format(&sentence, "; %s", c->because);
    text_wrapped(text, WANTED_AT, style, sentence.data ? sentence.data : "");
}

static void attempt_text(struct har_text *text, const struct attempt_answer *a,
                         const struct har_style *style)
{
    attempt_heading(text, a, style);
    record_row(text, a, style);
    chance_row(text, a);
    schedule_text(text, a);
    pace_group_rows(text, &a->pace, style);
    har_text_add(text, "\n");
    text_heading(text, style, "For it to count");
    har_text_add(text, "\n");
    for (size_t i = 0; i < a->condition_count; i++)
        condition_text(text, &a->condition[i], style);
}

int answer_attempt(const struct request *request)
{
    int status;
    struct har_error why = {0};
    struct har_text text = {.arena = request->arena};
    struct attempt_answer *a = HAR_NEW(request->arena, struct attempt_answer, 1);
    if (!a) {
        complain(request, "not enough memory");
        return HAR_EXIT_FAILED;
    }
    if (!read_aim(request, a)) return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_SEX) && !find_record(a)) return no_such_record(request, a);
    if (!read_plan_question(request, a, &status)) return status;
    if (!is_as_long(request, a) || !choose_sex(request, a)) return HAR_EXIT_USAGE;
    if (!find_record(a)) return no_such_record(request, a);
    har_status got = plan_it(request, a, &why);
    if (!got) got = judge_attempt(request, a, &why);
    if (got) {
        fail(request, &why);
        return got == HAR_OUT_OF_RANGE ? HAR_EXIT_USAGE : exit_of(got);
    }
    if (is_asked(request, OPT_JSON)) attempt_json(&text, a);
    else if (is_asked(request, OPT_CSV)) attempt_csv(&text, a);
    else attempt_text(&text, a, &request->style);
    put_text(request, &text);
    return write_pace_files(request, &a->pace);
}
