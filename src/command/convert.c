/* SPDX-License-Identifier: MIT */
/* harrier convert: what a mark is worth. The factors and their reasons come from the
 * convert room; here are the words around them, the points and the other events. */

#include "commands.h"

#include "harrier/archive.h"
#include "harrier/convert.h"
#include "harrier/course.h"
#include "harrier/forecast.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    FACTOR_AT = 12, /* columns of the page */
    REASON_AT = 22,
    RANGE_AT = 34,
    MOST_EQUIVALENTS = 6,
    ANY_SPRING_DAY = 91, /* when no event is at its best or worst: one mark has no season */
};

static const char *const usual_events[MOST_EQUIVALENTS] = {"1500",  "3000", "5000",
                                                           "10000", "HM",   "MAR"};

struct equivalent {
    struct har_event event;
    double time_s; /* NaN outside the range of the curve or the law */
    double low_s,
        high_s; /* 80 of 100 runners; NaN by the law, which knows of no interval */
};

struct worth {
    struct har_mark mark;
    struct har_event event;
    struct har_conditions conditions;
    struct har_conversion conversion;
    double points, standard_points; /* NaN: no sex was told, or no table */
    bool by_curve;                  /* equivalents; else by Riegel's law */
    size_t equivalent_count;
    struct equivalent equivalent[MOST_EQUIVALENTS];
    double height_to_m, height_s; /* NaN: not asked */
};

/* --- the question ------------------------------------------------------------------ */

static bool read_track(const struct request *request, struct har_conditions *conditions)
{
    static const char *const names[] = {
        [HAR_TRACK_BANKED] = "banked",
        [HAR_TRACK_OVERSIZED] = "oversized",
        [HAR_TRACK_FLAT] = "flat",
        [HAR_TRACK_UNDERSIZED] = "undersized",
    };
    const char *value = request->value[OPT_TRACK];
    if (!value) return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(value, names[i]) != 0) continue;
        conditions->track_told = true;
        conditions->track = (enum har_track)i;
        return true;
    }
    complain(request, "--track takes %s, not \"%s\"", options[OPT_TRACK].value, value);
    return false;
}

static bool read_conditions(const struct request *request, struct har_conditions *c)
{
    *c = har_conditions_untold();
    c->sex_told = is_asked(request, OPT_SEX);
    if (is_asked(request, OPT_ACCLIMATISED)) c->acclimatised = 1;
    if (is_asked(request, OPT_DROP) && is_asked(request, OPT_COURSE)) {
        complain(request,
                 "--drop and --course say the same thing twice: one of them, please");
        return false;
    }
    return read_measure(request, OPT_DROP, &c->drop_m) &&
           read_measure(request, OPT_ALTITUDE, &c->altitude_m) &&
           read_measure(request, OPT_WBGT, &c->wbgt_c) &&
           read_measure(request, OPT_TEMP, &c->temp_c) &&
           read_measure(request, OPT_HUMIDITY, &c->humidity_pct) &&
           read_measure(request, OPT_SUN, &c->sun_w_m2) &&
           read_measure(request, OPT_SUN_ELEVATION, &c->sun_elevation_deg) &&
           read_measure(request, OPT_BREEZE, &c->breeze_mps) &&
           read_measure(request, OPT_WIND, &c->headwind_mps) && read_track(request, c) &&
           (!c->sex_told || read_sex(request, &c->sex));
}

/* A kind of 200 m track that was told makes a short-track race of it; oversized ones are
 * scored as outdoors. */
static har_status read_mark(const struct request *request, struct worth *worth,
                            struct har_error *why)
{
    const struct har_conditions *c = &worth->conditions;
    har_status got = har_parse_mark(har_bytes_of(request->operand[0]), &worth->mark, why);
    if (!got) got = har_parse_event(har_bytes_of(request->operand[1]), &worth->event, why);
    if (got) return got;
    if (c->track_told && c->track != HAR_TRACK_OVERSIZED &&
        worth->event.kind == HAR_EVENT_TRACK)
        worth->mark.short_track = true;
    return har_event_of_mark(&worth->event, &worth->mark, &worth->event, why);
}

/* What no slopes can be taken from. */
static har_status check_course(const struct har_course *course, struct har_error *why)
{
    if (!course->altitude_m)
        return har_fail(why, HAR_NO_ANSWER, 0,
                        "the course has no heights, so its slopes are not known; --drop "
                        "tells how much lower the finish lies");
    if (course->longest_blind_m > HAR_COURSE_HOLE_M)
        return har_fail(why, HAR_NO_ANSWER, 0,
                        "the course says nothing of its heights for %ld m on end, so the "
                        "slopes there are not known",
                        lround(course->longest_blind_m));
    return HAR_OK;
}

static int read_course(const struct request *request, struct har_conditions *conditions)
{
    struct har_course course;
    struct har_error why = {0};
    struct har_bytes bytes;
    const char *path = request->value[OPT_COURSE];
    if (!path) return HAR_EXIT_DONE;
    har_status got = har_read_file(path, NULL, request->arena, &bytes, &why);
    if (got == HAR_OK) got = har_course_read(bytes, request->arena, &course, &why);
    if (got == HAR_OK) got = check_course(&course, &why);
    if (got != HAR_OK) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    conditions->distance_m = course.distance_m;
    conditions->profile_m = course.altitude_m;
    conditions->point_count = course.count;
    return HAR_EXIT_DONE;
}

/* --- the answer -------------------------------------------------------------------- */

static double points_of(const struct worth *worth, const struct har_mark *mark)
{
    int points;
    if (!worth->conditions.sex_told ||
        har_points(mark, &worth->event, worth->conditions.sex, HAR_POINTS_EDITION, &points,
                   NULL))
        return NAN;
    return points;
}

/* The curve of a runner of whom nothing else is known. */
static bool fit_one(const struct request *request, const struct worth *worth,
                    struct har_curve *curve)
{
    const struct har_conversion *c = &worth->conversion;
    const struct har_evidence mark = {worth->event,
                                      c->standard_s,
                                      ANY_SPRING_DAY,
                                      HAR_EVIDENCE_RACE,
                                      log(c->standard_high_s / c->standard_low_s) / 2,
                                      0};
    return worth->conditions.sex_told && har_curve_reaches(&worth->event) &&
           har_curve_fit(NULL, worth->conditions.sex, &mark, 1, ANY_SPRING_DAY + 1,
                         request->arena, curve, NULL) == HAR_OK;
}

static void find_equivalent(const struct worth *worth, const struct har_curve *curve,
                            struct equivalent *e)
{
    struct har_prediction p;
    e->time_s = e->low_s = e->high_s = NAN;
    if (e->event.distance_mm == worth->event.distance_mm &&
        e->event.kind == worth->event.kind)
        e->time_s = worth->conversion.standard_s;
    else if (!worth->by_curve)
        e->time_s = har_riegel_time(worth->conversion.standard_s, worth->event.distance_m,
                                    e->event.distance_m);
    else if (har_curve_predict(curve, &e->event, ANY_SPRING_DAY + 1, HAR_ASK_SEASON_BEST,
                               &p, NULL) == HAR_OK) {
        e->time_s = p.time_s;
        e->low_s = p.low_s[HAR_WITHIN_80];
        e->high_s = p.high_s[HAR_WITHIN_80];
    }
}

static har_status find_equivalents(const struct request *request, struct worth *worth,
                                   struct har_error *why)
{
    const char *only = request->value[OPT_TO];
    struct har_curve curve;
    worth->by_curve = fit_one(request, worth, &curve);
    for (size_t i = 0; i < (only ? 1 : MOST_EQUIVALENTS); i++) {
        struct equivalent *e = &worth->equivalent[worth->equivalent_count];
        har_status got =
            har_parse_event(har_bytes_of(only ? only : usual_events[i]), &e->event, why);
        if (got) return got;
        find_equivalent(worth, &curve, e);
        if (only || !isnan(e->time_s)) worth->equivalent_count++;
    }
    return HAR_OK;
}

static har_status find_height(const struct request *request, struct worth *worth,
                              struct har_error *why)
{
    if (isnan(worth->height_to_m)) return HAR_OK;
    struct har_conditions there = har_conditions_untold();
    there.altitude_m = worth->height_to_m;
    there.acclimatised = worth->conditions.acclimatised;
    return har_convert_to(&worth->event, worth->conversion.standard_s, &there,
                          request->arena, &worth->height_s, why);
}

static har_status find_worth(const struct request *request, struct worth *worth,
                             struct har_error *why)
{
    struct har_conditions here = worth->conditions;
    double mark_s = (double)har_mark_official_ms(&worth->mark, &worth->event) / 1000;
    if (isnan(here.altitude_m) && !isnan(worth->height_to_m)) here.acclimatised = NAN;
    har_status got =
        har_convert(&worth->event, mark_s, &here, request->arena, &worth->conversion, why);
    if (!got) got = find_equivalents(request, worth, why);
    if (!got) got = find_height(request, worth, why);
    if (got) return got;
    struct har_mark standard = har_mark_of(worth->conversion.standard_s);
    worth->points = points_of(worth, &worth->mark);
    worth->standard_points = points_of(worth, &standard);
    return HAR_OK;
}

/* --- as JSON ----------------------------------------------------------------------- */

enum { MOST_INPUTS = 8 };

static const struct {
    const char *step;
    const char *inputs[MOST_INPUTS];
} inputs_of[] = {
    {"track", {"track", "sex", "distance_m", NULL}},
    {"wind", {"headwind_mps", "mark_s", NULL}},
    {"drop", {"drop_m", "distance_m", "mark_s", NULL}},
    {"course", {"course", "mark_s", NULL}},
    {"altitude", {"altitude_m", "acclimatised", "distance_m", NULL}},
    {"heat", {"wbgt_c", "distance_m", "mark_s", NULL}},
    {"heat in the shade", {"temp_c", "humidity_pct", "distance_m", "mark_s", NULL}},
    {"heat in the sun",
     {"temp_c", "humidity_pct", "sun_w_m2", "sun_elevation_deg", "breeze_mps", "distance_m",
      "mark_s", NULL}},
};

static const char *row_of(const struct har_step *step, const struct har_conditions *c)
{
    if (strcmp(step->name, "heat") != 0 || isnan(c->temp_c)) return step->name;
    return isnan(c->sun_w_m2) ? "heat in the shade" : "heat in the sun";
}

static void step_json(struct har_json *j, const struct har_step *step,
                      const struct har_conditions *conditions)
{
    const char *row = row_of(step, conditions);
    char model[32];
    snprintf(model, sizeof model, "effort-%s", step->name);
    har_json_open(j, NULL, '{');
    har_json_string(j, "name", step->name);
    har_json_number(j, "factor", step->factor, 6);
    har_json_number(j, "factor_low", step->low, 6);
    har_json_number(j, "factor_high", step->high, 6);
    for (size_t i = 0; i < sizeof inputs_of / sizeof inputs_of[0]; i++)
        if (strcmp(row, inputs_of[i].step) == 0)
            json_because(j, model, HAR_EFFORT_VERSION, inputs_of[i].inputs, step->because);
    har_json_close(j);
}

static void worth_json(struct har_text *text, const struct worth *worth)
{
    static const char *const inputs[] = {"mark_s", "event", "steps", NULL};
    const struct har_conversion *c = &worth->conversion;
    struct har_json j = json_begin(text, "harrier.convert/1");
    har_json_string(&j, "event", worth->event.code);
    har_json_number(&j, "distance_m", worth->event.distance_m, 3);
    har_json_number(&j, "mark_s", c->mark_s, 3);
    har_json_number(&j, "standard_s", c->standard_s, 3);
    har_json_number(&j, "standard_low_s", c->standard_low_s, 3);
    har_json_number(&j, "standard_high_s", c->standard_high_s, 3);
    har_json_open(&j, "steps", '[');
    for (size_t i = 0; i < c->step_count; i++)
        step_json(&j, &c->step[i], &worth->conditions);
    har_json_close(&j);
    if (!isnan(c->wbgt_c)) har_json_number(&j, "wbgt_c", c->wbgt_c, 2);
    har_json_number(&j, "points", worth->points, 0);
    har_json_number(&j, "standard_points", worth->standard_points, 0);
    har_json_open(&j, "equivalents", '[');
    for (size_t i = 0; i < worth->equivalent_count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "event", worth->equivalent[i].event.code);
        har_json_number(&j, "time_s", worth->equivalent[i].time_s, 2);
        har_json_number(&j, "low80_s", worth->equivalent[i].low_s, 2);
        har_json_number(&j, "high80_s", worth->equivalent[i].high_s, 2);
        har_json_close(&j);
    }
    har_json_close(&j);
    if (!isnan(worth->height_s)) {
        har_json_number(&j, "height_to_m", worth->height_to_m, 1);
        har_json_number(&j, "height_s", worth->height_s, 3);
    }
    json_because(
        &j, "convert", HAR_CONVERT_VERSION, inputs,
        worth->by_curve
            ? "standard_s is mark_s times the factors; the interval adds their ranges by "
              "squares; points are World Athletics' of 2025; equivalents of the standard "
              "mark by the curve of runners who have it, 80 of 100 of them"
            : "standard_s is mark_s times the factors; the interval adds their ranges by "
              "squares; points are World Athletics' of 2025; equivalents of the standard "
              "mark by Riegel's law (1981), exponent 1.06, 3.5 to 230 minutes");
    har_json_close(&j);
}

/* --- as a page --------------------------------------------------------------------- */

static void text_time(struct har_text *text, double time_s, const struct har_event *event)
{
    struct har_mark mark = har_mark_of(time_s);
    har_text_mark(text, &mark, event);
}

static void heading(struct har_text *text, const struct worth *worth,
                    const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_mark(&head, &worth->mark, &worth->event);
    har_text_format(&head, " %s", worth->event.code);
    if (worth->conversion.step_count > 0) {
        har_text_add(&head, " is worth ");
        text_time(&head, worth->conversion.standard_s, &worth->event);
    }
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

static void steps_text(struct har_text *text, const struct worth *worth,
                       const struct har_style *style)
{
    const struct har_conversion *c = &worth->conversion;
    for (size_t i = 0; i < c->step_count; i++) {
        text_row(text, c->step[i].name, FACTOR_AT);
        har_text_add(text, "x ");
        har_text_fixed(text, c->step[i].factor, 4);
        text_wrapped(text, REASON_AT, style, c->step[i].because);
    }
    text_row(text, "standard", FACTOR_AT);
    if (c->step_count == 0) {
        har_text_add(text, "no condition was told: it stands as it is\n");
        return;
    }
    text_time(text, c->standard_s, &worth->event);
    har_text_add(text, ", between ");
    text_time(text, c->standard_low_s, &worth->event);
    har_text_add(text, " and ");
    text_time(text, c->standard_high_s, &worth->event);
    har_text_add(text, "\n");
}

static void points_text(struct har_text *text, const struct worth *worth)
{
    if (isnan(worth->points)) return;
    text_row(text, "points", FACTOR_AT);
    har_text_fixed(text, worth->points, 0);
    if (worth->conversion.step_count > 0) {
        har_text_add(text, "; the standard mark ");
        har_text_fixed(text, worth->standard_points, 0);
    }
    har_text_format(text, " (World Athletics %d, %s)\n", HAR_POINTS_EDITION,
                    worth->conditions.sex == HAR_MEN ? "men" : "women");
}

static void equivalents_text(struct har_text *text, const struct worth *worth)
{
    const char *outside = worth->by_curve
                              ? "outside the curve's 800 m to the marathon"
                              : "outside the 3.5 to 230 minutes of Riegel's law";
    for (size_t i = 0; i < worth->equivalent_count; i++) {
        const struct equivalent *e = &worth->equivalent[i];
        text_row(text, i == 0 ? "equals" : "", FACTOR_AT);
        har_text_add(text, e->event.code);
        har_text_pad(text, REASON_AT);
        if (isnan(e->time_s)) har_text_add(text, outside);
        else text_time(text, e->time_s, &e->event);
        if (!isnan(e->low_s)) {
            har_text_pad(text, RANGE_AT);
            text_time(text, e->low_s, &e->event);
            har_text_add(text, " - ");
            text_time(text, e->high_s, &e->event);
        }
        har_text_add(text, "\n");
    }
    text_row(text, worth->equivalent_count == 0 ? "equals" : "", FACTOR_AT);
    if (worth->equivalent_count == 0) har_text_format(text, "%s\n", outside);
    else if (worth->by_curve)
        har_text_add(text, "by the curve of runners who have it, 80 of 100 of them\n");
    else
        har_text_add(text,
                     "by Riegel's law (1981), exponent 1.06; --sex gives intervals\n");
}

static void worth_text(struct har_text *text, const struct worth *worth,
                       const struct har_style *style)
{
    heading(text, worth, style);
    steps_text(text, worth, style);
    points_text(text, worth);
    equivalents_text(text, worth);
    if (isnan(worth->height_s)) return;
    text_row(text, "up there", FACTOR_AT);
    text_time(text, worth->height_s, &worth->event);
    har_text_add(text, " at ");
    har_text_number(text, worth->height_to_m, 0);
    har_text_add(text, " m\n");
}

int run_convert(const struct request *request)
{
    struct har_error why = {0};
    struct har_text text = {.arena = request->arena};
    struct worth worth = {.height_to_m = NAN, .height_s = NAN};
    if (!read_conditions(request, &worth.conditions) ||
        !read_measure(request, OPT_HEIGHT_TO, &worth.height_to_m))
        return HAR_EXIT_USAGE;
    har_status got = read_mark(request, &worth, &why);
    int status = got ? HAR_EXIT_DONE : read_course(request, &worth.conditions);
    if (status) return status;
    if (!got) got = find_worth(request, &worth, &why);
    if (got) {
        fail(request, &why);
        return got == HAR_BAD_INPUT || got == HAR_OUT_OF_RANGE ? HAR_EXIT_USAGE
                                                               : exit_of(got);
    }
    if (is_asked(request, OPT_JSON)) worth_json(&text, &worth);
    else worth_text(&text, &worth, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}
