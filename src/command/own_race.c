/* SPDX-License-Identifier: MIT */
/* harrier race analyse ID, or of a recording: one's own race.
 *
 * A kept activity brings its official result, if there is one, and the curve as it was
 * known before that day: what the race itself showed cannot have been known in it. A file
 * brings neither; --event says how long the race was, --curve what the runner could. */

#include "own_race.h"

#include "analyse.h"
#include "entry.h"
#include "pace.h"

#include "harrier/archive.h"
#include "harrier/decode.h"

#include <math.h>
#include <string.h>

/* --- what the runner could ---------------------------------------------------------------
 */

static struct har_limits limits_of(const struct pace_question *q)
{
    return (struct har_limits){
        .curve = q->runner,
        .critical = {.cs_mps = q->problem.critical_mps, .d_prime_m = q->problem.d_prime_m}};
}

static har_status kept_limits(const struct request *request, struct har_store *store,
                              int64_t athlete, const struct har_event *event, int64_t day,
                              struct har_limits *limits, struct har_error *err)
{
    struct har_arena *arena = request->arena;
    enum har_sex told;
    bool sexed = is_asked(request, OPT_SEX) && read_sex(request, &told);
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_history history;
    struct pace_question q = {.event = *event};
    filter.athlete = athlete;
    har_status got = har_kept_history(store, &filter, sexed ? (int)told : HAR_UNTOLD, arena,
                                      &history, err);
    if (got == HAR_OK) got = take_kept_curve(&history, day, arena, &q, err);
    if (got == HAR_OK) *limits = limits_of(&q);
    return got;
}

static struct har_event event_over(double distance_m)
{
    return (struct har_event){.kind = HAR_EVENT_ROAD,
                              .distance_mm = (int64_t)(distance_m * 1000),
                              .distance_m = distance_m};
}

static bool told_limits(const struct request *request, struct har_limits *limits)
{
    struct pace_question q = {.every_m = 0};
    if (!read_curve(request, request->value[OPT_CURVE], &q)) return false;
    *limits = limits_of(&q);
    return true;
}

static const char *kept_word(const struct request *request, const struct har_error *why)
{
    const char *copy = har_arena_copy(request->arena, why->message, strlen(why->message));
    return copy ? copy : "not enough memory";
}

bool read_limits(const struct request *request, double distance_m,
                 struct har_limits *limits, const char **why_not)
{
    struct har_error why = {0};
    struct har_store *store;
    int64_t athlete;
    const char *name = request->value[OPT_ATHLETE];
    int status;
    *limits = (struct har_limits){.curve = {.v_m_mps = 0}};
    *why_not = NULL;
    if (is_asked(request, OPT_CURVE)) return told_limits(request, limits);
    *why_not = "no curve of the runner is known; --curve tells one";
    if (!name || !*name) return true;
    const char *path = store_path(request, &status);
    if (!path || har_store_open(path, HAR_STORE_READ, &store, &why) != HAR_OK) return true;
    har_status got = har_store_athlete(store, name, false, &athlete, &why);
    if (got == HAR_OK) {
        struct har_event event = event_over(distance_m);
        int64_t day = today();
        got = kept_limits(request, store, athlete, &event, day, limits, &why);
        *why_not = got ? kept_word(request, &why) : NULL;
    }
    har_store_close(store);
    return true;
}

/* --- the race ----------------------------------------------------------------------------
 */

/* Instants of a recording at which its laps end, in seconds since its start. */
static const double *lap_ends(const struct request *request,
                              const struct har_activity *activity,
                              const struct har_streams *streams)
{
    double *end_s = HAR_NEW(request->arena, double, activity->lap_count + 1);
    for (size_t i = 0; end_s && i < activity->lap_count; i++) {
        const struct har_lap *lap = &activity->laps[i];
        end_s[i] =
            (double)(lap->start_ms - streams->summary.start_ms) / 1000 + lap->elapsed_s;
    }
    return end_s;
}

static int answer_own(const struct request *request, const struct own_answer *a)
{
    struct har_text text = {.arena = request->arena};
    struct har_own_view view = {.name = a->name ? a->name : a->file,
                                .analysis = &a->analysis};
    int status = HAR_EXIT_DONE;
    if (is_asked(request, OPT_TITLE)) view.name = request->value[OPT_TITLE];
    if (is_asked(request, OPT_HTML)) {
        struct har_text page = {.arena = request->arena};
        har_render_own_html(&page, &view, &request->style);
        status = write_picture(request, request->value[OPT_HTML], &page);
    }
    if (status == HAR_EXIT_DONE && is_asked(request, OPT_SVG)) {
        struct har_text svg = {.arena = request->arena};
        har_render_own_svg(&svg, &view, &request->style);
        status = write_picture(request, request->value[OPT_SVG], &svg);
    }
    if (status != HAR_EXIT_DONE) return status;
    if (is_asked(request, OPT_JSON)) own_json(&text, a);
    else if (is_asked(request, OPT_CSV)) own_csv(&text, a);
    else if (!asks_pictures(request)) own_text(&text, a, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

/* The race of the streams: `race` has what is known of it officially. */
static int analyse_own(const struct request *request, const struct har_activity *activity,
                       const struct har_streams *streams, struct har_own_race race,
                       struct own_answer *a)
{
    struct har_error why = {0};
    struct har_flat flat;
    const char *every = request->value[OPT_EVERY];
    bool button = every && strcmp(every, "lap") == 0;
    if (every && !button &&
        !read_metres(request, "--every", har_bytes_of(every), &race.every_m))
        return HAR_EXIT_USAGE;
    if (button) {
        race.lap_end_s = lap_ends(request, activity, streams);
        race.lap_count = race.lap_end_s ? activity->lap_count : 0;
    }
    race.streams = streams;
    har_status got = har_flat_speeds(streams, NULL, request->arena, &flat, &why);
    if (got == HAR_OK) race.flat = &flat;
    if (got == HAR_OK || got == HAR_NOT_FOUND)
        got = har_own_race(&race, request->arena, &a->analysis, &why);
    if (got) return fail(request, &why);
    return answer_own(request, a);
}

static bool told_event(const struct request *request, struct har_event *event)
{
    struct har_error why = {0};
    *event = (struct har_event){.distance_m = 0};
    if (!is_asked(request, OPT_EVENT) ||
        har_parse_event(har_bytes_of(request->value[OPT_EVENT]), event, &why) == HAR_OK)
        return true;
    complain(request, "%s", why.message);
    return false;
}

int analyse_own_file(const struct request *request, const char *path,
                     struct har_bytes bytes)
{
    struct har_error why = {0};
    struct har_recording recording;
    struct har_streams streams;
    struct har_event event;
    struct har_limits limits;
    struct own_answer a = {.file = path};
    if (!told_event(request, &event)) return HAR_EXIT_USAGE;
    har_status got = har_decode(bytes, request->arena, &recording, &why);
    if (got == HAR_OK && recording.activity_count == 0)
        got = har_fail(&why, HAR_NO_ANSWER, 0, "there is no activity in it");
    if (got == HAR_OK)
        got = har_clean(&recording.activities[0], NULL, request->arena, &streams, &why);
    if (got) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    double whole_m = event.distance_m > 0 ? event.distance_m : streams.summary.distance_m;
    if (!read_limits(request, whole_m, &limits, &a.no_limits)) return HAR_EXIT_USAGE;
    struct har_own_race race = {.distance_m = event.distance_m, .limits = &limits};
    a.name = recording.activities[0].name;
    a.event = event.code[0] ? event.code : NULL;
    return analyse_own(request, &recording.activities[0], &streams, race, &a);
}

/* What is kept of the race: its result, and what the runner could on that day. */
static bool learn_kept(const struct request *request, struct har_store *store,
                       const struct har_showing *showing, struct har_own_race *race,
                       struct har_limits *limits, struct own_answer *a)
{
    struct har_error why = {0};
    struct har_event event;
    const struct har_entry *entry = &showing->entry;
    const struct har_race *official = entry->official;
    int64_t day = har_local_day(entry->summary.start_ms, entry->summary.utc_offset_s);
    if (!told_event(request, &event)) return false;
    a->name = entry->name;
    if (event.distance_m > 0) race->distance_m = event.distance_m;
    else if (official) {
        event = official->result.event;
        race->distance_m = event.distance_m;
        race->time_s = (double)official->result.mark.time_ms / 1000;
        a->official = true;
        a->place = official->result.place;
        if (official->result.name) a->name = official->result.name;
    } else event = event_over(showing->streams.summary.distance_m);
    if (event.code[0])
        a->event = har_arena_copy(request->arena, event.code, strlen(event.code));
    if (is_asked(request, OPT_CURVE)) return told_limits(request, limits);
    if (kept_limits(request, store, entry->athlete, &event, day, limits, &why))
        a->no_limits = kept_word(request, &why);
    return true;
}

int analyse_own_activity(const struct request *request, int64_t id)
{
    int status;
    struct har_error why = {0};
    struct har_showing showing;
    struct har_limits limits = {.curve = {.v_m_mps = 0}};
    struct har_own_race race = {.limits = &limits};
    struct own_answer a = {.activity = id};
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    har_status got = har_show(store, id, 1000, request->arena, &showing, &why);
    if (got == HAR_NOT_FOUND) status = no_activity(request, id);
    else if (got) status = fail(request, &why);
    else if (!learn_kept(request, store, &showing, &race, &limits, &a))
        status = HAR_EXIT_USAGE;
    else status = analyse_own(request, &showing.activity, &showing.streams, race, &a);
    har_store_close(store);
    return status;
}
