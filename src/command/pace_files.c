/* SPDX-License-Identifier: MIT */
/* What `harrier pace` writes beside its answer: lamps, a band for the wrist, files for a
 * watch.
 *
 * FIT files tell instants, plans do not: theirs begin with the year 2000. The speeds of a
 * workout's step lie 1 % about the plan's, as much as a watch can show. */

#include "pace.h"

#include "harrier/archive.h"
#include "harrier/encode.h"
#include "harrier/workout.h"

#include <math.h>
#include <string.h>

#define LAMP_SPACING_M 1.0
#define PLAN_START_MS INT64_C(946684800000) /* 2000-01-01T00:00:00Z */
#define STEP_MARGIN 0.01

static int write_pace_file(const struct request *request, enum option option,
                           struct har_bytes bytes)
{
    struct har_error why = {0};
    const char *path = request->value[option];
    if (har_write_file(path, bytes, &why) != HAR_OK) return fail(request, &why);
    note(request, "wrote %s", path);
    return HAR_EXIT_DONE;
}

static int write_pace_text(const struct request *request, enum option option,
                           const struct har_text *text)
{
    if (!text->failed)
        return write_pace_file(request, option,
                               (struct har_bytes){(const uint8_t *)text->data, text->size});
    complain(request, "not enough memory");
    return HAR_EXIT_FAILED;
}

/* --- lamps ---------------------------------------------------------------------------- */

static void lamps_csv(struct har_text *text, const struct har_lamp *lamp, size_t count)
{
    size_t passes = 0;
    for (size_t i = 0; i < count; i++)
        if (lamp[i].count > passes) passes = lamp[i].count;
    har_text_add(text, "lamp_m");
    for (size_t p = 0; p < passes; p++) har_text_format(text, ",pass_%zu_s", p + 1);
    har_text_add(text, "\r\n");
    for (size_t i = 0; i < count; i++) {
        har_text_number(text, lamp[i].at_m, 3);
        for (size_t p = 0; p < passes; p++) {
            har_text_add(text, ",");
            if (p < lamp[i].count) har_text_fixed(text, lamp[i].time_s[p], 3);
        }
        har_text_add(text, "\r\n");
    }
}

static int write_lamps(const struct request *request, const struct pace_answer *a)
{
    const struct har_lamp *lamp;
    size_t count;
    struct har_error why = {0};
    struct har_text text = {.arena = request->arena};
    double lap_m = a->question->event.kind == HAR_EVENT_SHORT_TRACK ? 200 : 400;
    if (har_plan_lamps(&a->plan, lap_m, LAMP_SPACING_M, request->arena, &lamp, &count,
                       &why) != HAR_OK)
        return fail(request, &why);
    lamps_csv(&text, lamp, count);
    return write_pace_text(request, OPT_LIGHTS, &text);
}

/* --- a band ----------------------------------------------------------------------------
 */

static const char *title_of(const struct request *request, const struct pace_answer *a)
{
    struct har_text text = {.arena = request->arena};
    const struct pace_question *q = a->question;
    har_text_add(&text, q->event.code[0] ? q->event.code : q->course);
    har_text_add(&text, " in ");
    har_text_clock(&text, a->plan.finish_s, 0, true);
    return text.data ? text.data : "";
}

static int write_band(const struct request *request, const struct pace_answer *a)
{
    struct har_text text = {.arena = request->arena};
    const char *path = request->value[OPT_BAND];
    size_t length = strlen(path);
    bool svg = length > 4 && strcmp(path + length - 4, ".svg") == 0;
    har_render_band(&text, title_of(request, a), a->split, a->split_count, !svg);
    return write_pace_text(request, OPT_BAND, &text);
}

/* --- files for a watch ------------------------------------------------------------------
 */

/* "5k 15:02", as watches show few letters. */
static const char *mark_name_of(const struct request *request,
                                const struct har_pace_split *split)
{
    struct har_text text = {.arena = request->arena};
    har_text_number(&text, split->distance_m / 1000, 1);
    har_text_add(&text, "k ");
    har_text_clock(&text, split->time_s, 0, false);
    return text.data ? text.data : "";
}

/* Which points of the line a file must not tell; NULL after saying why that is not known.
 */
static const bool *hidden_points(const struct request *request,
                                 const struct har_course *line, int *status)
{
    const struct har_zone *zones = NULL;
    const bool *hidden;
    size_t zone_count = 0, count;
    struct har_error why = {0};
    if (!is_asked(request, OPT_EXACT) && !read_zones(request, &zones, &zone_count, status))
        return NULL;
    if (har_zone_hide(zones, zone_count, line->lat_deg, line->lon_deg, line->count,
                      request->arena, &hidden, &count, &why) != HAR_OK) {
        *status = fail(request, &why);
        return NULL;
    }
    if (count > 0 && count < line->count)
        note(request,
             "what of the course lies in a private zone is left out of %s; "
             "--exact keeps it",
             request->value[OPT_FIT_COURSE]);
    return hidden;
}

static har_status encode_course(const struct request *request, const struct pace_answer *a,
                                const bool *hidden, struct har_bytes *out,
                                struct har_error *why)
{
    const struct har_course *line = &a->question->line;
    size_t count = 0;
    double *column[5], *mark_m = HAR_NEW(request->arena, double, a->split_count);
    const char **name = HAR_NEW(request->arena, const char *, a->split_count);
    bool room = mark_m && name;
    for (int c = 0; c < 5; c++)
        if (!(column[c] = HAR_NEW(request->arena, double, line->count))) room = false;
    if (!room) return har_fail(why, HAR_NO_MEMORY, 0, "not enough memory");
    double stretch = a->question->way.distance_m / line->length_m;
    for (size_t i = 0; i < line->count; i++) {
        if (hidden[i]) continue;
        double at_m = line->distance_m[i] * stretch, at_s = har_plan_time(&a->plan, at_m);
        if (isnan(at_s) || (count > 0 && !(at_s > column[4][count - 1]))) continue;
        column[0][count] = line->lat_deg[i];
        column[1][count] = line->lon_deg[i];
        column[2][count] = line->altitude_m[i];
        column[3][count] = at_m;
        column[4][count++] = at_s;
    }
    if (count < 2)
        return har_fail(why, HAR_NO_ANSWER, 0,
                        "all of the course lies in private zones; --exact shows it");
    for (size_t i = 0; i < a->split_count; i++) {
        mark_m[i] = a->split[i].distance_m;
        name[i] = mark_name_of(request, &a->split[i]);
    }
    struct har_fit_course course = {.name = title_of(request, a),
                                    .start_ms = PLAN_START_MS,
                                    .count = count,
                                    .lat_deg = column[0],
                                    .lon_deg = column[1],
                                    .altitude_m = column[2],
                                    .distance_m = column[3],
                                    .time_s = column[4],
                                    .mark_count = a->split_count,
                                    .mark_m = mark_m,
                                    .mark_name = name};
    return har_encode_fit_course(&course, request->arena, out, why);
}

/* A step a split, called as its mark. */
static har_status encode_workout(const struct request *request, const struct pace_answer *a,
                                 struct har_bytes *out, struct har_error *why)
{
    double before_m = 0;
    struct har_workout_step *step =
        HAR_NEW(request->arena, struct har_workout_step, a->split_count);
    if (!step) return har_fail(why, HAR_NO_MEMORY, 0, "not enough memory");
    for (size_t i = 0; i < a->split_count; i++) {
        double length_m = a->split[i].distance_m - before_m;
        double speed_mps = length_m / a->split[i].lap_s;
        const char *name = mark_name_of(request, &a->split[i]);
        step[i] = har_step_blank();
        step[i].cue = har_is_cue(har_bytes_of(name)) ? name : NULL;
        step[i].until = HAR_UNTIL_DISTANCE;
        step[i].amount = length_m;
        step[i].aim = HAR_AIM_PACE;
        step[i].per_m = 1000;
        step[i].low = step[i].slow_mps = speed_mps * (1 - STEP_MARGIN);
        step[i].high = step[i].fast_mps = speed_mps * (1 + STEP_MARGIN);
        before_m = a->split[i].distance_m;
    }
    const struct har_workout_section all = {
        .part = HAR_PART_MAIN, .amount = NAN, .count = a->split_count};
    const struct har_workout workout = {title_of(request, a), 1, &all, a->split_count,
                                        step};
    return har_encode_workout_fit(&workout, PLAN_START_MS, request->arena, out, why);
}

static int write_fit_file(const struct request *request, const struct pace_answer *a,
                          enum option option)
{
    struct har_bytes bytes;
    struct har_error why = {0};
    if (option == OPT_FIT_COURSE && a->question->line.count == 0) {
        complain(request, "--fit-course needs --course FILE with a line on the map");
        return HAR_EXIT_USAGE;
    }
    har_status got;
    if (option == OPT_FIT_COURSE) {
        int status;
        const bool *hidden = hidden_points(request, &a->question->line, &status);
        if (!hidden) return status;
        got = encode_course(request, a, hidden, &bytes, &why);
    } else {
        got = encode_workout(request, a, &bytes, &why);
    }
    return got == HAR_OK ? write_pace_file(request, option, bytes) : fail(request, &why);
}

int write_pace_files(const struct request *request, const struct pace_answer *a)
{
    int status = HAR_EXIT_DONE;
    if (is_asked(request, OPT_LIGHTS)) status = write_lamps(request, a);
    if (!status && is_asked(request, OPT_BAND)) status = write_band(request, a);
    if (!status && is_asked(request, OPT_FIT_COURSE))
        status = write_fit_file(request, a, OPT_FIT_COURSE);
    if (!status && is_asked(request, OPT_FIT_WORKOUT))
        status = write_fit_file(request, a, OPT_FIT_WORKOUT);
    return status;
}
