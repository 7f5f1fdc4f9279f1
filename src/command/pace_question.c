/* SPDX-License-Identifier: MIT */
/* What `harrier pace` is asked: an event or a course, a runner's curve, the day, a target.
 *
 * Three things the words leave open. Events on the track are laps of 400 m, and up to two
 * miles begin from a standing start that shows in the first split. A short track is banked
 * unless told, and its bends then cost nothing, as `convert` has it. A course is drawn out
 * or in to the event if it is within 2 % of it; else the plan is for the course. */

#include "commands.h"
#include "pace.h"

#include "harrier/archive.h"
#include "harrier/num.h"
#include "harrier/table.h"

#include <math.h>
#include <string.h>

#define TRACK_STEP_M 10.0
#define ROAD_STEP_M 20.0
#define LONGEST_START_M 3300.0
#define NCAA_FROM_M 800.0
#define NCAA_TO_M 10000.0

static const struct har_bend outdoors = {.radius_m = 36.8, .lap_m = 400};
static const struct har_bend indoors = {.radius_m = 17.2, .lap_m = 200};

/* --- numbers as words ---------------------------------------------------------------- */

static bool read_mark_time(const struct request *request, const char *name,
                           struct har_bytes text, double *time_s)
{
    struct har_mark mark;
    struct har_error why = {0};
    if (har_parse_mark(text, &mark, &why) != HAR_OK) {
        complain(request, "%s: %s", name, why.message);
        return false;
    }
    *time_s = (double)mark.time_ms / 1000;
    return true;
}

bool read_metres(const struct request *request, const char *name, struct har_bytes text,
                 double *metres)
{
    struct har_event event;
    if (har_parse_number(text, metres) && *metres > 0) return true;
    if (har_parse_event(text, &event, NULL) == HAR_OK) {
        *metres = event.distance_m;
        return true;
    }
    complain(request, "%s takes a distance such as 400, 1km or mile, not \"%.*s\"", name,
             (int)text.size, (const char *)text.data);
    return false;
}

static bool is_the_word(struct har_bytes text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

bool read_curve(const struct request *request, const char *text, struct pace_question *q)
{
    const struct {
        const char *name;
        double *value;
    } parts[] = {
        {"v_m", &q->runner.v_m_mps},
        {"gamma", &q->runner.gamma_long},
        {"gamma_short", &q->runner.gamma_short},
        {"cs", &q->problem.critical_mps},
        {"d_prime", &q->problem.d_prime_m},
        {"sd", &q->problem.ln_time_sd},
    };
    q->runner = (struct har_emig){NAN, NAN, NAN};
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, ","), name = strcspn(at, "="), i = 0;
        struct har_bytes word = {(const uint8_t *)at, name < length ? name : 0};
        while (i < sizeof parts / sizeof parts[0] && !is_the_word(word, parts[i].name)) i++;
        struct har_bytes number = {(const uint8_t *)at + name + 1, length - name - 1};
        if (i == sizeof parts / sizeof parts[0] ||
            !har_parse_number(number, parts[i].value) || !(*parts[i].value > 0)) {
            complain(request,
                     "--curve: \"%.*s\" is none of v_m=MPS, gamma=, gamma_short=, cs=MPS, "
                     "d_prime=M, sd=",
                     (int)length, at);
            return false;
        }
        at += length + (at[length] == ',');
    }
    if (!isnan(q->runner.v_m_mps) && !isnan(q->runner.gamma_long)) return true;
    complain(request, "--curve needs v_m and gamma: --curve v_m=5.5,gamma=0.06");
    return false;
}

#define SIDES_MEET_S 360.0 /* of the two gammas of Emig's curve */

har_status take_kept_curve(const struct har_history *history, int64_t day,
                           struct har_arena *arena, struct pace_question *q,
                           struct har_error *err)
{
    struct har_curve curve;
    struct har_prediction p;
    har_status got = har_curve_fit(NULL, history->sex, history->evidence, history->count,
                                   day, arena, &curve, err);
    if (!got) got = har_curve_predict(&curve, &q->event, day, HAR_ASK_RACE, &p, err);
    if (got) return got;
    q->sex = (int)history->sex;
    struct har_readings readings = har_curve_readings(&curve, day);
    q->runner = readings.emig;
    double gamma = p.time_s < SIDES_MEET_S && !isnan(q->runner.gamma_short)
                       ? q->runner.gamma_short
                       : q->runner.gamma_long;
    q->runner.v_m_mps = har_emig_v_m(q->event.distance_m, p.time_s, gamma);
    q->problem.critical_mps = readings.critical.cs_mps;
    q->problem.d_prime_m = readings.critical.d_prime_m;
    q->problem.ln_time_sd =
        har_ln_sd_of_80(p.low_s[HAR_WITHIN_80], p.high_s[HAR_WITHIN_80]);
    return HAR_OK;
}

/* The curve of the store's runner, through what it foretells for this race on the day, so
 * that `predict` and `pace` give one time for one race. */
static bool read_kept_curve(const struct request *request, struct pace_question *q,
                            int *status)
{
    struct har_event told = q->event;
    struct har_error why = {0};
    int64_t day = today();
    if (!read_day(request, OPT_DATE, &day)) return false;
    const struct har_history *history = read_history(request, status);
    if (!history) return false;
    if (!q->event.code[0])
        q->event = (struct har_event){.kind = HAR_EVENT_ROAD,
                                      .distance_mm = (int64_t)(q->way.distance_m * 1000),
                                      .distance_m = q->way.distance_m};
    har_status got = take_kept_curve(history, day, request->arena, q, &why);
    q->event = told;
    if (got) *status = fail(request, &why);
    return got == HAR_OK;
}

/* --- where ------------------------------------------------------------------------- */

/* Heights at distances, as a table. */
static har_status read_profile(const struct request *request, struct har_bytes bytes,
                               struct har_way *way, struct har_error *why)
{
    struct har_table table;
    struct har_table_row row = {0};
    size_t count = 0, room = 0, height_room = 0;
    double *at_m = NULL, *height_m = NULL;
    har_status got = har_table_open(bytes, request->arena, &table, why);
    if (got != HAR_OK) return got;
    size_t x = har_table_column(&table, "distance_m", 0);
    size_t y = har_table_column(&table, "altitude_m", 0);
    if (x == HAR_NO_COLUMN || y == HAR_NO_COLUMN)
        return har_fail(why, HAR_UNSUPPORTED, 0,
                        "no course, and no table with distance_m and altitude_m");
    while ((got = har_table_next(&table, request->arena, &row, why)) == HAR_OK) {
        at_m = har_arena_grow(request->arena, at_m, count, &room, sizeof *at_m);
        height_m =
            har_arena_grow(request->arena, height_m, count, &height_room, sizeof *height_m);
        if (!at_m || !height_m) return har_fail(why, HAR_NO_MEMORY, 0, "not enough memory");
        if (!har_parse_number(har_table_field(&row, x), &at_m[count]) ||
            !har_parse_number(har_table_field(&row, y), &height_m[count]))
            return har_fail(why, HAR_BAD_INPUT, row.line,
                            "line %llu: a distance or a height is no number",
                            (unsigned long long)row.line);
        count++;
    }
    if (got != HAR_END) return got;
    return har_way_profile(at_m, height_m, count, ROAD_STEP_M, request->arena, way, why);
}

static har_status read_course_way(const struct request *request, double event_m,
                                  struct har_bytes bytes, struct pace_question *q,
                                  struct har_error *why)
{
    struct har_arena *arena = request->arena;
    har_status got = har_course_read(bytes, arena, &q->line, why);
    if (got == HAR_UNSUPPORTED) return read_profile(request, bytes, &q->way, why);
    if (got != HAR_OK) return got;
    got = har_way_course(&q->line, event_m, ROAD_STEP_M, arena, &q->way, why);
    if (got == HAR_OUT_OF_RANGE && event_m > 0) {
        complain(request, "%s; the plan is for the course", why->message);
        got = har_way_course(&q->line, 0, ROAD_STEP_M, arena, &q->way, why);
    }
    return got;
}

static har_status find_way(const struct request *request, struct pace_question *q,
                           struct har_error *why)
{
    double event_m = q->event.code[0] ? q->event.distance_m : 0;
    bool flat_200 =
        is_asked(request, OPT_TRACK) && strcmp(request->value[OPT_TRACK], "flat") == 0;
    if (q->course) {
        struct har_bytes bytes;
        har_status got = har_read_file(q->course, NULL, request->arena, &bytes, why);
        if (got == HAR_OK) got = read_course_way(request, event_m, bytes, q, why);
        return got;
    }
    if (flat_200 || q->event.kind == HAR_EVENT_TRACK ||
        q->event.kind == HAR_EVENT_STEEPLECHASE)
        return har_way_track(event_m, flat_200 ? &indoors : &outdoors, TRACK_STEP_M,
                             request->arena, &q->way, why);
    bool track = q->event.kind == HAR_EVENT_SHORT_TRACK;
    return har_way_flat(event_m, track ? TRACK_STEP_M : ROAD_STEP_M, request->arena,
                        &q->way, why);
}

static bool is_on_track(const struct pace_question *q)
{
    return !q->course && q->event.kind != HAR_EVENT_ROAD;
}

static double usual_split(const struct request *request, const struct pace_question *q)
{
    if (is_on_track(q)) return q->event.kind == HAR_EVENT_SHORT_TRACK ? 200 : 400;
    return request->style.imperial ? 1609.344 : 1000;
}

/* --- the group ----------------------------------------------------------------------- */

static bool read_pacer(const struct request *request, const struct har_table *table,
                       const struct har_table_row *row, struct pace_question *q)
{
    const struct {
        const char *name;
        double value;
    } columns[] = {{"v_m", NAN}, {"gamma", NAN}, {"gamma_short", NAN}, {"leave_m", 0}};
    double value[4];
    size_t i = q->pacer_count;
    for (size_t c = 0; c < 4; c++) {
        struct har_bytes field =
            har_table_field(row, har_table_column(table, columns[c].name, 0));
        value[c] = columns[c].value;
        if (field.size > 0 && !har_parse_number(field, &value[c])) return false;
    }
    struct har_bytes name = har_table_field(row, har_table_column(table, "name", 0));
    struct har_bytes leads = har_table_field(row, har_table_column(table, "leads", 0));
    q->pacer_name[i] = har_arena_copy(request->arena, name.data, name.size);
    q->pacer_runner[i] = (struct har_emig){value[0], value[1], value[2]};
    q->pacer[i] = (struct har_pacer){.runner = &q->pacer_runner[i],
                                     .leave_m = value[3],
                                     .no_lead = is_the_word(leads, "no")};
    q->pacer_count++;
    return q->pacer_name[i] && value[0] > 0 && value[1] > 0 && value[1] < 1;
}

static bool read_group(const struct request *request, struct pace_question *q)
{
    struct har_table table;
    struct har_table_row row = {0};
    struct har_bytes bytes;
    struct har_error why = {0};
    const char *path = request->value[OPT_DRAFT];
    if (!path) return true;
    har_status got = har_read_file(path, NULL, request->arena, &bytes, &why);
    if (got == HAR_OK) got = har_table_open(bytes, request->arena, &table, &why);
    while (got == HAR_OK) {
        got = har_table_next(&table, request->arena, &row, &why);
        if (got != HAR_OK) break;
        if (q->pacer_count == MOST_PACERS || !read_pacer(request, &table, &row, q)) {
            complain(request,
                     "%s, line %llu: a group is up to %d rows of name,v_m,gamma,leave_m,"
                     "leads",
                     path, (unsigned long long)row.line, MOST_PACERS);
            return false;
        }
    }
    if (got == HAR_END && q->pacer_count > 0) return true;
    complain(request, "%s: %s", path,
             got == HAR_END ? "nobody is in the group" : why.message);
    return false;
}

/* --- all of it ------------------------------------------------------------------------ */

static bool read_race_day(const struct request *request, struct pace_question *q)
{
    double height_m = NAN, wbgt_c = NAN;
    struct har_pace_problem *p = &q->problem;
    struct har_bytes model =
        har_bytes_of(is_asked(request, OPT_GRADE) ? request->value[OPT_GRADE] : "harrier");
    if (!har_grade_model_of(model, &p->law.model)) {
        complain(request, "--grade takes %s, not \"%s\"", options[OPT_GRADE].value,
                 request->value[OPT_GRADE]);
        return false;
    }
    double *wind = is_asked(request, OPT_WIND_FROM) ? &p->wind_mps : &p->air.headwind_mps;
    if (!read_measure(request, OPT_ALTITUDE, &height_m) ||
        !read_measure(request, OPT_WBGT, &wbgt_c) ||
        !read_measure(request, OPT_WIND, wind) ||
        !read_measure(request, OPT_WIND_FROM, &p->wind_from_deg))
        return false;
    double distance_m = q->way.distance_m;
    bool home = is_asked(request, OPT_ACCLIMATISED);
    bool ncaa = !home && distance_m >= NCAA_FROM_M && distance_m <= NCAA_TO_M;
    q->altitude = (struct har_altitude){.model = home   ? HAR_ALTITUDE_BASSETT
                                                 : ncaa ? HAR_ALTITUDE_NCAA
                                                        : HAR_ALTITUDE_PERONNET,
                                        .height_m = height_m,
                                        .acclimatised = home};
    q->heat = (struct har_heat){.wbgt_c = wbgt_c};
    p->altitude = isnan(height_m) ? NULL : &q->altitude;
    p->heat = isnan(wbgt_c) ? NULL : &q->heat;
    return true;
}

static bool read_resume(const struct request *request, struct pace_question *q)
{
    const char *text = request->value[OPT_RESUME];
    if (!text) return true;
    size_t length = strcspn(text, "=");
    if (text[length] != '=') {
        complain(request, "--resume takes where and when, such as 1200=2:48.4, not \"%s\"",
                 text);
        return false;
    }
    struct har_bytes where = {(const uint8_t *)text, length};
    return read_metres(request, "--resume", where, &q->problem.from_m) &&
           read_mark_time(request, "--resume", har_bytes_of(text + length + 1),
                          &q->problem.from_s);
}

static bool read_pace_rest(const struct request *request, struct pace_question *q)
{
    const char *target = request->value[OPT_TARGET], *every = request->value[OPT_EVERY];
    q->every_m = usual_split(request, q);
    return read_race_day(request, q) && read_resume(request, q) && read_group(request, q) &&
           (!target || read_mark_time(request, "--target", har_bytes_of(target),
                                      &q->problem.target_s)) &&
           (!every || read_metres(request, "--every", har_bytes_of(every), &q->every_m));
}

bool read_pace_question(const struct request *request, struct pace_question *out,
                        int *status)
{
    struct har_error why = {0};
    *out = (struct pace_question){.course = request->value[OPT_COURSE], .sex = HAR_UNTOLD};
    *status = HAR_EXIT_USAGE;
    if (request->operand_count == 0 && !out->course) {
        complain(request, "`harrier pace` needs an EVENT or --course FILE");
        return false;
    }
    const char *curve = request->value[OPT_CURVE];
    if (curve && !read_curve(request, curve, out)) return false;
    if (request->operand_count > 0 &&
        har_parse_event(har_bytes_of(request->operand[0]), &out->event, &why) != HAR_OK) {
        complain(request, "%s", why.message);
        return false;
    }
    har_status got = find_way(request, out, &why);
    if (got != HAR_OK) {
        complain(request, "%s: %s", out->course ? out->course : out->event.code,
                 why.message);
        *status = exit_of(got);
        return false;
    }
    if (!curve && !read_kept_curve(request, out, status)) return false;
    *status = HAR_EXIT_USAGE;
    if (!read_pace_rest(request, out)) return false;
    out->problem.way = &out->way;
    out->problem.runner = &out->runner;
    out->problem.standing_start = is_on_track(out) &&
                                  out->way.distance_m <= LONGEST_START_M &&
                                  out->problem.from_m == 0;
    return true;
}
