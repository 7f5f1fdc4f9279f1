/* SPDX-License-Identifier: MIT */
/* harrier workout match: a done session beside the planned one. The runner is as on the day
 * of the session: what was run then and later does not make the plan easier or harder. A
 * step whose speed nobody knows is laid beside what was done all the same, unjudged. */

#include "commands.h"
#include "workout.h"

#include <math.h>
#include <string.h>

#define THRESHOLD_RESERVE 0.85 /* of the heart's, where nobody told it; see load */

struct matched {
    int64_t id;
    struct har_workout workout;
    struct har_match match;
};

static void step_member(struct har_json *j, const struct request *request,
                        const struct matched *m, const struct har_matched_step *s)
{
    bool timed = s->step->until == HAR_UNTIL_TIME;
    bool far = s->step->until == HAR_UNTIL_DISTANCE;
    har_json_open(j, NULL, '{');
    har_json_string(j, "section", m->workout.section[s->section].title);
    har_json_integer(j, "repetition", s->repetition);
    har_json_string(j, "step", step_words(request, s->step));
    har_json_open(j, "planned", '{');
    har_json_number(j, "time_s", timed ? s->step->amount : (double)NAN, 3);
    har_json_number(j, "distance_m", far ? s->step->amount : (double)NAN, 2);
    har_json_number(j, "slow_mps", s->step->slow_mps, 4);
    har_json_number(j, "fast_mps", s->step->fast_mps, 4);
    har_json_close(j);
    har_json_open(j, "done", '{');
    har_json_number(j, "from_s", s->from_s, 1);
    har_json_number(j, "time_s", s->time_s, 1);
    har_json_number(j, "distance_m", s->distance_m, 1);
    har_json_number(j, "speed_mps", s->distance_m / s->time_s, 4);
    har_json_close(j);
    har_json_string(j, "verdict", har_step_verdict_name(s->verdict));
    har_json_string(j, "because", s->because);
    har_json_close(j);
}

static void match_json(struct har_text *text, const struct request *request,
                       const struct matched *m)
{
    static const char *const inputs[] = {"workout", "laps", "stream", "curve", NULL};
    struct har_json j = json_begin(text, "harrier.workout-match/1");
    har_json_integer(&j, "activity", m->id);
    har_json_string(&j, "by", m->match.by_laps ? "laps" : "stream");
    har_json_integer(&j, "judged", (int64_t)m->match.judged);
    har_json_integer(&j, "hit", (int64_t)m->match.hit);
    har_json_number(&j, "extra_s", m->match.extra_s, 1);
    har_json_open(&j, "steps", '[');
    for (size_t i = 0; i < m->match.count; i++)
        step_member(&j, request, m, &m->match.step[i]);
    har_json_close(&j);
    json_because(&j, "workout", HAR_WORKOUT_VERSION, inputs, m->match.because);
    har_json_close(&j);
}

/* --- for people ------------------------------------------------------------------------
 */

enum {
    REP_AT = 5,
    TIME_AT = 15,
    DISTANCE_AT = 26,
    PACE_AT = 36,
    VERDICT_AT = 38,
    STEP_AT = 46
};

static void right(struct har_text *text, size_t column, const struct har_text *word)
{
    text_right(text, column, word->data ? word->data : "-");
}

static void match_row(struct har_text *text, const struct request *request,
                      const struct matched *m, const struct har_matched_step *s)
{
    struct har_text word[3] = {
        {.arena = request->arena}, {.arena = request->arena}, {.arena = request->arena}};
    if (m->workout.section[s->section].times > 0)
        har_text_format(&word[0], "%u", s->repetition);
    if (isfinite(s->distance_m))
        har_render_distance(&word[1], s->distance_m, &request->style);
    if (isfinite(s->distance_m))
        har_render_pace(&word[2], s->distance_m / s->time_s, &request->style);
    if (word[0].data) text_right(text, REP_AT, word[0].data);
    text_right_clock(text, TIME_AT, s->time_s, 1);
    right(text, DISTANCE_AT, &word[1]);
    right(text, PACE_AT, &word[2]);
    har_text_pad(text, VERDICT_AT);
    har_text_add(text, har_step_verdict_name(s->verdict));
    har_text_pad(text, STEP_AT);
    har_text_format(text, "%s\n", step_words(request, s->step));
}

static void match_text(struct har_text *text, const struct request *request,
                       const struct matched *m)
{
    const struct har_match *match = &m->match;
    if (match->judged == 0) har_text_add(text, "no step asks for what could be judged; ");
    else har_text_format(text, "%zu of %zu steps as asked; ", match->hit, match->judged);
    har_text_format(text, "%s\n", match->because);
    text_right(text, REP_AT, "rep");
    text_right(text, TIME_AT, "time");
    text_right(text, DISTANCE_AT, "distance");
    text_right(text, PACE_AT, "pace");
    har_text_pad(text, STEP_AT);
    har_text_add(text, "planned\n");
    for (size_t i = 0; i < match->count; i++) match_row(text, request, m, &match->step[i]);
    if (match->extra_s < 1) return;
    har_text_add(text, "  beside the plan ");
    har_text_clock(text, match->extra_s, 0, false);
    har_text_add(text, "\n");
}

/* --- the command ------------------------------------------------------------------------
 */

static bool asks_heart(const struct har_workout *workout)
{
    for (size_t i = 0; i < workout->step_count; i++) {
        enum har_aim aim = workout->step[i].aim;
        if (aim == HAR_AIM_HEART_PCT || aim == HAR_AIM_HEART_LTHR_PCT ||
            aim == HAR_AIM_HEART_ZONE)
            return true;
    }
    return false;
}

/* The heart as it was known on the day; where nothing is known of it nothing is judged by
 * it. */
static har_status know_body(const struct request *request, struct har_store *store,
                            const struct har_showing *done, struct har_workout_body *body,
                            struct har_error *why)
{
    const struct har_summary *summary = &done->streams.summary;
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_loads loads;
    filter.athlete = done->entry.athlete;
    filter.until_day = har_local_day(summary->start_ms, summary->utc_offset_s);
    har_status got = har_load_days(store, &filter, &settings, request->arena, &loads, why);
    if (got) return got == HAR_NO_ANSWER ? HAR_OK : got;
    body->heart_max_bpm = loads.runner.heart_max_bpm;
    body->heart_threshold_bpm = loads.runner.heart_threshold_bpm;
    if (isnan(body->heart_threshold_bpm) && !isnan(loads.runner.heart_rest_bpm))
        body->heart_threshold_bpm =
            loads.runner.heart_rest_bpm +
            THRESHOLD_RESERVE * (body->heart_max_bpm - loads.runner.heart_rest_bpm);
    return HAR_OK;
}

static int show_done(const struct request *request, const struct matched *m,
                     struct har_showing *out, struct har_workout_body *body)
{
    int status;
    struct har_error why = {0};
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    *body = (struct har_workout_body){NAN, NAN, NAN};
    har_status got = har_show(store, m->id, 1000, request->arena, out, &why);
    if (got == HAR_OK && asks_heart(&m->workout))
        got = know_body(request, store, out, body, &why);
    har_store_close(store);
    return got ? fail(request, &why) : HAR_EXIT_DONE;
}

/* Speeds for what is told of a threshold or a race, if they can be known. */
static int resolve_as_then(const struct request *request, const struct har_summary *summary,
                           struct har_workout *workout)
{
    struct workout_runner runner;
    struct har_error why = {0};
    if (!needs_runner(workout)) return HAR_EXIT_DONE;
    int status = know_runner(
        request, har_local_day(summary->start_ms, summary->utc_offset_s), &runner);
    if (status != HAR_EXIT_DONE)
        return status == HAR_EXIT_NO_ANSWER ? HAR_EXIT_DONE : status;
    if (har_workout_resolve(workout, &runner.paces, &why) != HAR_OK)
        note(request, "%s: it is not judged", why.message);
    return HAR_EXIT_DONE;
}

int run_workout_match(const struct request *request)
{
    struct har_error why = {0};
    struct har_showing done;
    struct har_workout_body body;
    struct matched m;
    struct har_text text = {.arena = request->arena};
    if (!read_activity(request, request->operand[0], &m.id)) return HAR_EXIT_USAGE;
    int status = read_workout(request, request->operand[1], &m.workout);
    if (!status) status = show_done(request, &m, &done, &body);
    if (!status) status = resolve_as_then(request, &done.streams.summary, &m.workout);
    if (status) return status;
    const struct har_workout_done run = {
        .lap_count = done.activity.lap_count,
        .lap = done.activity.laps,
        .count = done.streams.count,
        .time_s = done.streams.time_s,
        .distance_m = done.streams.distance_m,
        .heart_bpm = done.streams.heart_bpm,
        .power_w = done.streams.power_w,
        .body = body,
    };
    har_status got = har_workout_match(&m.workout, &run, request->arena, &m.match, &why);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) match_json(&text, request, &m);
    else match_text(&text, request, &m);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}
