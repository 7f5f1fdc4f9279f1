/* SPDX-License-Identifier: MIT */
/* harrier workout show and export: a session as words, as FIT, as ZWO.
 *
 * The threshold is the speed the runner's curve holds for an hour. A curve is asked for
 * only where a step is told of it. Watches know a file by its number and the instant it was
 * made: ours is made in the year 2000, as many minutes in as its words add up to, so that
 * the same words give the same bytes and other words another file. */

#include "workout.h"
#include "commands.h"
#include "pace.h"

#include "harrier/archive.h"
#include "harrier/decode.h"
#include "harrier/encode.h"

#include <math.h>

#define THRESHOLD_S 3600.0
#define MADE_FROM_MS INT64_C(946684800000) /* 2000-01-01T00:00:00Z */
enum { MADE_STEP_MS = 60000 };

/* --- what is asked about ----------------------------------------------------------------
 */

int read_workout(const struct request *request, const char *path, struct har_workout *out)
{
    struct har_error why = {0};
    struct har_bytes bytes;
    har_status got = har_read_file(path, NULL, request->arena, &bytes, &why);
    if (!got && (har_sniff(bytes) == HAR_FORMAT_FIT || har_is_zwo(bytes)))
        got = har_decode_workout(bytes, request->arena, out, &why);
    else if (!got) got = har_workout_read(bytes, request->arena, out, &why);
    if (!got) return HAR_EXIT_DONE;
    complain(request, "%s: %s", path, why.message);
    return exit_of(got);
}

const char *step_words(const struct request *request, const struct har_workout_step *step)
{
    struct har_text text = {.arena = request->arena};
    har_text_step(&text, step);
    return text.data ? text.data : "";
}

static double told_speed(const void *ctx, const struct har_event *event)
{
    const struct workout_runner *runner = ctx;
    return event->distance_m / har_emig_time(&runner->told, event->distance_m);
}

static double kept_speed(const void *ctx, const struct har_event *event)
{
    const struct workout_runner *runner = ctx;
    struct har_prediction p;
    har_status got =
        har_curve_predict(&runner->curve, event, runner->day, HAR_ASK_RACE, &p, NULL);
    return got == HAR_OK ? event->distance_m / p.time_s : (double)NAN;
}

int know_runner(const struct request *request, int64_t day, struct workout_runner *out)
{
    struct har_error why = {0};
    int status;
    *out = (struct workout_runner){.day = day};
    if (is_asked(request, OPT_CURVE)) {
        struct pace_question told = {0};
        if (!read_curve(request, request->value[OPT_CURVE], &told)) return HAR_EXIT_USAGE;
        out->told = told.runner;
        out->paces = (struct har_workout_paces){har_emig_speed(&out->told, THRESHOLD_S),
                                                told_speed, out};
        return HAR_EXIT_DONE;
    }
    const struct har_history *history = read_history(request, &status);
    if (!history) return status;
    har_status got = har_curve_fit(NULL, history->sex, history->evidence, history->count,
                                   day, request->arena, &out->curve, &why);
    if (got) return fail(request, &why);
    struct har_readings readings = har_curve_readings(&out->curve, day);
    out->kept = true;
    out->paces = (struct har_workout_paces){har_emig_speed(&readings.emig, THRESHOLD_S),
                                            kept_speed, out};
    return HAR_EXIT_DONE;
}

bool needs_runner(const struct har_workout *workout)
{
    for (size_t i = 0; i < workout->step_count; i++) {
        const struct har_workout_step *step = &workout->step[i];
        if ((step->aim == HAR_AIM_PACE_PCT || step->aim == HAR_AIM_RACE_PCT) &&
            isnan(step->slow_mps))
            return true;
    }
    return false;
}

/* The runner as on the day that is asked for, today where none is. */
static int know_runner_then(const struct request *request, struct workout_runner *out)
{
    int64_t day = today();
    if (!read_day(request, OPT_DATE, &day)) return HAR_EXIT_USAGE;
    return know_runner(request, day, out);
}

/* Gives the steps the speeds they are told by. */
static int resolve(const struct request *request, struct har_workout *workout,
                   struct workout_runner *runner)
{
    struct har_error why = {0};
    *runner = (struct workout_runner){.paces = {NAN, NULL, NULL}};
    int status = HAR_EXIT_DONE;
    if (needs_runner(workout) || is_asked(request, OPT_CURVE))
        status = know_runner_then(request, runner);
    if (status == HAR_EXIT_USAGE) return status;
    if (status != HAR_EXIT_DONE)
        runner->paces = (struct har_workout_paces){NAN, NULL, NULL};
    if (!needs_runner(workout) && status == HAR_EXIT_DONE &&
        isnan(runner->paces.threshold_mps))
        return status;
    if (har_workout_resolve(workout, &runner->paces, &why) == HAR_OK) return HAR_EXIT_DONE;
    return fail(request, &why);
}

/* --- show ------------------------------------------------------------------------------
 */

struct sums {
    double time_s, distance_m; /* NaN: some step does not tell */
    size_t steps;              /* with repeats */
};

static struct sums sums_of(const struct har_workout *w)
{
    struct sums sums = {0};
    for (size_t s = 0; s < w->section_count; s++) {
        const struct har_workout_section *section = &w->section[s];
        bool open = section->times == 0 && !isnan(section->amount);
        double times = open ? (double)NAN : section->times ? section->times : 1;
        for (size_t i = section->first; i < section->first + section->count; i++) {
            const struct har_workout_step *step = &w->step[i];
            double speed = (step->slow_mps + step->fast_mps) / 2;
            bool metres = step->until == HAR_UNTIL_DISTANCE;
            double amount = step->until == HAR_UNTIL_TIME || metres ? step->amount : NAN;
            sums.time_s += times * (metres ? amount / speed : amount);
            sums.distance_m += times * (metres ? amount : amount * speed);
        }
        sums.steps += section->count * (section->times ? section->times : 1);
    }
    return sums;
}

static void planned_json(struct har_json *j, const struct request *request,
                         const struct har_workout_step *step)
{
    bool timed = step->until == HAR_UNTIL_TIME, far = step->until == HAR_UNTIL_DISTANCE;
    har_json_open(j, NULL, '{');
    har_json_string(j, "words", step_words(request, step));
    har_json_string(j, "cue", step->cue);
    har_json_number(j, "time_s", timed ? step->amount : (double)NAN, 3);
    har_json_number(j, "distance_m", far ? step->amount : (double)NAN, 2);
    har_json_number(j, "slow_mps", step->slow_mps, 4);
    har_json_number(j, "fast_mps", step->fast_mps, 4);
    har_json_close(j);
}

static void workout_json(struct har_text *text, const struct request *request,
                         const struct har_workout *w, const char *words)
{
    static const char *const parts[] = {"main", "warmup", "cooldown"};
    struct har_json j = json_begin(text, "harrier.workout/1");
    struct sums sums = sums_of(w);
    har_json_string(&j, "name", w->name);
    har_json_string(&j, "text", words);
    har_json_number(&j, "time_s", sums.time_s, 1);
    har_json_number(&j, "distance_m", sums.distance_m, 1);
    har_json_open(&j, "sections", '[');
    for (size_t s = 0; s < w->section_count; s++) {
        const struct har_workout_section *section = &w->section[s];
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "title", section->title);
        har_json_string(&j, "part", parts[section->part]);
        har_json_integer(&j, "times", section->times ? section->times : 1);
        har_json_open(&j, "steps", '[');
        for (size_t i = 0; i < section->count; i++)
            planned_json(&j, request, &w->step[section->first + i]);
        har_json_close(&j);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_close(&j);
}

static void show_sums(struct har_text *text, const struct har_workout *w,
                      const struct har_style *style)
{
    struct sums sums = sums_of(w);
    har_text_format(text, "\n%zu steps with their repeats", sums.steps);
    if (!isnan(sums.time_s)) {
        har_text_add(text, ", ");
        har_text_clock(text, sums.time_s, 0, false);
    }
    if (!isnan(sums.distance_m)) {
        har_text_add(text, ", ");
        har_render_distance(text, sums.distance_m, style);
    }
    har_text_add(text, "\n");
}

int run_workout_show(const struct request *request)
{
    struct har_workout w;
    struct workout_runner runner;
    struct har_text text = {.arena = request->arena}, words = text;
    int status = read_workout(request, request->operand[0], &w);
    if (status) return status;
    if (is_asked(request, OPT_CURVE) && (status = resolve(request, &w, &runner)) != 0)
        return status;
    har_text_workout(&words, &w);
    if (is_asked(request, OPT_JSON)) {
        workout_json(&text, request, &w, words.data);
    } else {
        har_text_bytes(&text, words.data, words.size);
        show_sums(&text, &w, &request->style);
    }
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

/* --- export ----------------------------------------------------------------------------
 */

int write_workout_fit(const struct request *request, const struct har_workout *w,
                      const char *path)
{
    struct har_error why = {0};
    struct har_bytes bytes = {0};
    struct har_text words = {.arena = request->arena};
    har_text_workout(&words, w);
    struct har_bytes text = {(const uint8_t *)words.data, words.size};
    int64_t made_ms = MADE_FROM_MS + (int64_t)har_crc16(text) * MADE_STEP_MS;
    har_status got = words.failed
                         ? har_fail(&why, HAR_NO_MEMORY, 0, "not enough memory")
                         : har_encode_workout_fit(w, made_ms, request->arena, &bytes, &why);
    if (!got) got = har_write_file(path, bytes, &why);
    if (got) return fail(request, &why);
    note(request, "wrote %s", path);
    return HAR_EXIT_DONE;
}

static int write_workout_zwo(const struct request *request, const struct har_workout *w,
                             const struct workout_runner *runner)
{
    struct har_error why = {0};
    struct har_bytes bytes;
    const char *path = request->value[OPT_ZWO];
    har_status got = har_encode_workout_zwo(w, runner->paces.threshold_mps, request->arena,
                                            &bytes, &why);
    if (!got) got = har_write_file(path, bytes, &why);
    if (got) return fail(request, &why);
    note(request, "wrote %s", path);
    return HAR_EXIT_DONE;
}

/* ZWO tells every speed as a share of the threshold's. */
static bool zwo_needs_threshold(const struct har_workout *w)
{
    for (size_t i = 0; i < w->step_count; i++)
        if (w->step[i].aim == HAR_AIM_PACE) return true;
    return false;
}

int run_workout_export(const struct request *request)
{
    struct har_workout w;
    struct workout_runner runner;
    bool fit = is_asked(request, OPT_FIT), zwo = is_asked(request, OPT_ZWO);
    int status = read_workout(request, request->operand[0], &w);
    if (status) return status;
    if (!fit && !zwo) {
        struct har_text words = {.arena = request->arena};
        har_text_workout(&words, &w);
        put_text(request, &words);
        return HAR_EXIT_DONE;
    }
    status = resolve(request, &w, &runner);
    if (!status && zwo && zwo_needs_threshold(&w) && !runner.paces.speed_mps)
        status = know_runner_then(request, &runner);
    if (!status && fit) status = write_workout_fit(request, &w, request->value[OPT_FIT]);
    if (!status && zwo) status = write_workout_zwo(request, &w, &runner);
    return status;
}
