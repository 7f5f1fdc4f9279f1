/* SPDX-License-Identifier: MIT */
/* GPX 1.0 and 1.1, and the extensions that watches and applications put into it: Garmin's
 * TrackPointExtension, ClueTrust's gpxdata, bare <power> and <speed>, and the totals that
 * export tools add to the file. Extensions are known by their local names alone.
 *
 * What a track is. The points of a recording have times that go on. A track without times,
 * and one whose times only an export made up, is a course; so is a route. A course is told
 * only where nothing was recorded: its points are then an activity in a file of that kind.
 *
 * Our decisions. A track is an activity of its own, unless it is of the same sport as the
 * one before and begins within five minutes of its end: loggers begin a new track after a
 * loss of signal. Each trkseg is a segment. A track without points is an activity if the
 * file has totals for it, or a sport and a time: treadmills and pools are exported so.
 * Names and totals of the file go to its activity if it has just one; where a point says a
 * thing twice, the first counts. */

#include "format.h"
#include "recorder.h"

#include <math.h>
#include <string.h>

enum {
    IN_GPX = 1,
    IN_METADATA,
    IN_EXTENSIONS,
    IN_SPOQ_ACTIVITY,
    IN_SPOQ_HEART,
    IN_GPX_LAP,
    IN_TRK,
    IN_TRK_EXTENSIONS,
    IN_TRKSEG,
    IN_TRKPT,
    IN_RTE,
    IN_WPT,
    IN_IGNORED,
};

/* What a text tells, where it is not a channel. */
enum {
    TRKPT_TIME = TEXT_BEHIND_CHANNELS,
    FILE_NAME,
    FILE_NOTES,
    FILE_TIME,
    TRK_NAME,
    TRK_NOTES,
    TRK_TYPE,
    GPX_LAP_START,
    GPX_LAP_ELAPSED,
    GPX_LAP_DISTANCE,
    TOTAL_START,
    TOTALS, /* from here on: numbers of a whole activity */
    TOTAL_ELAPSED = TOTALS,
    TOTAL_TIMER,
    TOTAL_MOVING,
    TOTAL_DISTANCE,
    TOTAL_ASCENT,
    TOTAL_DESCENT,
    TOTAL_HEART,
    TOTAL_HEART_MAX,
    TOTAL_ENERGY,
    TOTALS_END,
};

static const struct xml_row gpx_rows[] = {
    {XML_OUTSIDE, "gpx", IN_GPX, 0},
    {IN_GPX, "metadata", IN_METADATA, 0},
    {IN_GPX, "extensions", IN_EXTENSIONS, 0},
    {IN_GPX, "trk", IN_TRK, 0},
    {IN_GPX, "rte", IN_RTE, 0},
    {IN_GPX, "wpt", IN_WPT, 0},
    {IN_GPX, "name", 0, FILE_NAME}, /* GPX 1.0 has no metadata */
    {IN_GPX, "desc", 0, FILE_NOTES},
    {IN_GPX, "time", 0, FILE_TIME},
    {IN_METADATA, "name", 0, FILE_NAME},
    {IN_METADATA, "desc", 0, FILE_NOTES},
    {IN_METADATA, "time", 0, FILE_TIME},
    {IN_METADATA, "author", IN_IGNORED, 0},
    {IN_METADATA, "extensions", IN_EXTENSIONS, 0},

    {IN_EXTENSIONS, "activity", IN_SPOQ_ACTIVITY, 0},
    {IN_SPOQ_ACTIVITY, "heartrate", IN_SPOQ_HEART, 0},
    {IN_EXTENSIONS, "lap", IN_GPX_LAP, 0},
    {IN_GPX_LAP, "starttime", 0, GPX_LAP_START},
    {IN_GPX_LAP, "elapsedtime", 0, GPX_LAP_ELAPSED},
    {IN_GPX_LAP, "distance", 0, GPX_LAP_DISTANCE},
    {IN_EXTENSIONS, "start_time", 0, TOTAL_START},
    {IN_EXTENSIONS, "elapsed_time", 0, TOTAL_ELAPSED},
    {IN_EXTENSIONS, "moving_time", 0, TOTAL_MOVING},
    {IN_EXTENSIONS, "distance", 0, TOTAL_DISTANCE},
    {IN_EXTENSIONS, "average_hr", 0, TOTAL_HEART},
    {IN_EXTENSIONS, "meanhr", 0, TOTAL_HEART},
    {IN_EXTENSIONS, "maxhr", 0, TOTAL_HEART_MAX},

    {IN_TRK, "name", 0, TRK_NAME},
    {IN_TRK, "desc", 0, TRK_NOTES},
    {IN_TRK, "cmt", 0, TRK_NOTES},
    {IN_TRK, "type", 0, TRK_TYPE},
    {IN_TRK, "link", IN_IGNORED, 0}, /* has a type too */
    {IN_TRK, "extensions", IN_TRK_EXTENSIONS, 0},
    {IN_TRK, "trkseg", IN_TRKSEG, 0},
    {IN_TRK_EXTENSIONS, "totalelapsedtime", 0, TOTAL_ELAPSED},
    {IN_TRK_EXTENSIONS, "timertime", 0, TOTAL_TIMER},
    {IN_TRK_EXTENSIONS, "movingtime", 0, TOTAL_MOVING},
    {IN_TRK_EXTENSIONS, "distance", 0, TOTAL_DISTANCE},
    {IN_TRK_EXTENSIONS, "ascent", 0, TOTAL_ASCENT},
    {IN_TRK_EXTENSIONS, "descent", 0, TOTAL_DESCENT},
    {IN_TRK_EXTENSIONS, "calories", 0, TOTAL_ENERGY},

    {IN_RTE, "name", 0, TRK_NAME},
    {IN_RTE, "desc", 0, TRK_NOTES},
    {IN_RTE, "cmt", 0, TRK_NOTES},
    {IN_RTE, "type", 0, TRK_TYPE},
    {IN_RTE, "link", IN_IGNORED, 0},
    {IN_RTE, "rtept", IN_TRKPT, 0},

    {IN_TRKSEG, "trkpt", IN_TRKPT, 0},
    {IN_TRKPT, "time", 0, TRKPT_TIME},
    {IN_TRKPT, "ele", 0, TEXT_CHANNEL + HAR_ALTITUDE_M},
    {IN_TRKPT, "altitude", 0, TEXT_CHANNEL + HAR_ALTITUDE_M},
    {IN_TRKPT, "distance", 0, TEXT_CHANNEL + HAR_DISTANCE_M},
    {IN_TRKPT, "speed", 0, TEXT_CHANNEL + HAR_SPEED_MPS},
    {IN_TRKPT, "hr", 0, TEXT_CHANNEL + HAR_HEART_BPM},
    {IN_TRKPT, "heartrate", 0, TEXT_CHANNEL + HAR_HEART_BPM},
    {IN_TRKPT, "cad", 0, TEXT_CHANNEL + HAR_CADENCE_SPM},
    {IN_TRKPT, "cadence", 0, TEXT_CHANNEL + HAR_CADENCE_SPM},
    {IN_TRKPT, "runcadence", 0, TEXT_CHANNEL + HAR_CADENCE_SPM},
    {IN_TRKPT, "power", 0, TEXT_CHANNEL + HAR_POWER_W},
    {IN_TRKPT, "powerinwatts", 0, TEXT_CHANNEL + HAR_POWER_W},
    {IN_TRKPT, "watts", 0, TEXT_CHANNEL + HAR_POWER_W},
    {IN_TRKPT, "atemp", 0, TEXT_CHANNEL + HAR_TEMP_C},
    {IN_TRKPT, "temp", 0, TEXT_CHANNEL + HAR_TEMP_C},
};

enum {
    SAME_ACTIVITY_MS = 5 * 60 * 1000,
    /* Garmin Connect gives the points of a course times that begin in steps of a few ms. */
    SHORTEST_STEP_MS = 100,
};
/* What GPSies puts on the first point of a track that has no times. */
static const char placeholder_creator[] = "GPSies";
static const int64_t placeholder_ms = 1262304000000; /* 2010-01-01T00:00:00Z */
/* SpoQ writes km/h where GPX 1.0 has m/s. */
static const char kmh_creator[] = "a-rival SpoQ";
/* Movescount's laps have the time of their end as their startTime. */
static const char end_as_start_creator[] = "Movescount";

static const int64_t last_instant_ms = 253402300799999; /* 9999-12-31T23:59:59.999Z */

/* Heart rates that SpoQ keeps apart from the points. */
struct beat {
    int64_t time_ms;
    double heart_bpm;
};

struct gpx {
    struct xml xml;
    struct recorder recorder;
    struct point point;
    struct har_activity file;  /* what is said of the file as a whole */
    struct har_activity track; /* what is said of the track being read */
    int64_t file_time_ms;
    bool speed_in_kmh, track_has_points, in_route;
    struct har_activity empty; /* the last track without points */
    int64_t last_ms;           /* the last time in the activity being recorded */
    uint64_t recording_at;     /* the byte where that began */
    size_t waypoint_count;
    size_t lap_count, lap_room, beat_count, beat_room;
    struct har_lap *laps;
    struct beat *beats;
};

static bool begins(const char *text, const char *prefix)
{
    return text && strncmp(text, prefix, strlen(prefix)) == 0;
}

static double *total_of(struct har_activity *activity, unsigned what)
{
    switch (what) {
    case TOTAL_ELAPSED: return &activity->elapsed_s;
    case TOTAL_TIMER: return &activity->timer_s;
    case TOTAL_MOVING: return &activity->moving_s;
    case TOTAL_DISTANCE: return &activity->distance_m;
    case TOTAL_ASCENT: return &activity->ascent_m;
    case TOTAL_DESCENT: return &activity->descent_m;
    case TOTAL_HEART: return &activity->heart_bpm;
    case TOTAL_HEART_MAX: return &activity->heart_max_bpm;
    default: return &activity->energy_kcal;
    }
}

/* --- what applications say in their own ways ----------------------------------- */

/* The value of `key=` in FitoTrack's list, up to `end`; the last one if there are several.
 */
static struct har_bytes fitotrack_value(struct har_bytes list, const char *key,
                                        const char *end)
{
    size_t length = strlen(key), stop = strlen(end);
    for (size_t at = list.size - length + 1; list.size >= length && at-- > 0;) {
        if (memcmp(list.data + at, key, length) != 0) continue;
        struct har_bytes value = {list.data + at + length, 0};
        size_t most = list.size - at - length;
        while (value.size < most && (most - value.size < stop ||
                                     memcmp(value.data + value.size, end, stop) != 0))
            value.size++;
        return value;
    }
    return (struct har_bytes){0};
}

/* FitoTrack writes its whole record as the name: "Workout(id=7, start=1785743210127, ...,
 * comment=To the market, distance=4995.4, ..., workoutTypeId=walking, ...)". */
static bool read_fitotrack(struct gpx *g, struct har_bytes name)
{
    static const char mark[] = "Workout(id=";
    if (name.size < sizeof mark - 1 || memcmp(name.data, mark, sizeof mark - 1) != 0)
        return false;
    struct har_activity *file = &g->file;
    file->name = read_text(&g->recorder, fitotrack_value(name, "comment=", ", distance="));
    file->sport =
        har_sport_of(fitotrack_value(name, "workoutTypeId=", ","), &file->sub_sport);
    har_parse_number(fitotrack_value(name, " distance=", ","), &file->distance_m);
    int64_t start_ms, end_ms, active_ms;
    if (!har_parse_integer(fitotrack_value(name, " start=", ","), &start_ms) ||
        !har_parse_integer(fitotrack_value(name, " end=", ","), &end_ms) || start_ms <= 0 ||
        end_ms <= start_ms || end_ms > last_instant_ms)
        return true;
    file->start_ms = start_ms;
    file->elapsed_s = (double)(end_ms - start_ms) / 1000;
    if (har_parse_integer(fitotrack_value(name, "activeDuration=", ","), &active_ms) &&
        active_ms > 0)
        file->timer_s = (double)active_ms / 1000;
    return true;
}

static void read_spoq_activity(struct gpx *g, const char **attributes)
{
    struct recorder *r = &g->recorder;
    g->file.start_ms = read_time(r, xml_attribute(attributes, "starttime"), &g->file);
    g->file.distance_m =
        1000 * read_number(r, xml_attribute(attributes, "distanceentered"));
    g->file.energy_kcal = read_number(r, xml_attribute(attributes, "calories"));
}

static void read_spoq_heart(struct gpx *g, const char **attributes)
{
    struct recorder *r = &g->recorder;
    struct beat *beats =
        har_arena_grow(r->arena, g->beats, g->beat_count, &g->beat_room, sizeof *beats);
    if (!beats) {
        r->full = true;
        return;
    }
    g->beats = beats;
    beats[g->beat_count++] = (struct beat){
        .time_ms = read_time(r, xml_attribute(attributes, "time"), &g->file),
        .heart_bpm = read_number(r, xml_attribute(attributes, "bpm")),
    };
}

/* Gives the points the heart rates of the same instants. Both are in order of time. */
static void lend_beats(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    double *heart_bpm = g->beat_count ? recorder_column(r, HAR_HEART_BPM) : NULL;
    if (!heart_bpm) return;
    size_t b = 0;
    for (size_t i = 0; i < r->activity.samples.count; i++) {
        while (b < g->beat_count && g->beats[b].time_ms < r->time_ms[i]) b++;
        if (b < g->beat_count && g->beats[b].time_ms == r->time_ms[i])
            heart_bpm[i] = g->beats[b].heart_bpm;
    }
}

static void begin_gpx_lap(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    struct har_lap *laps =
        har_arena_grow(r->arena, g->laps, g->lap_count, &g->lap_room, sizeof *laps);
    if (!laps) {
        r->full = true;
        return;
    }
    g->laps = laps;
    laps[g->lap_count++] = blank_lap();
}

static void end_gpx_lap(struct gpx *g)
{
    enum { LONGEST_S = 30 * 86400 };
    struct har_lap *lap = &g->laps[g->lap_count - 1];
    if (begins(g->file.device.name, end_as_start_creator) && lap->start_ms != HAR_NO_TIME &&
        lap->elapsed_s > 0 && lap->elapsed_s < LONGEST_S)
        lap->start_ms -= (int64_t)(lap->elapsed_s * 1000);
}

/* --- tracks -------------------------------------------------------------------- */

static bool is_made_up_step(int64_t from_ms, int64_t to_ms)
{
    return to_ms > from_ms && to_ms - from_ms < SHORTEST_STEP_MS;
}

/* Whether the points being recorded have times that somebody lived: not none, not a
 * placeholder, and not times that begin in steps shorter than any watch takes. */
static bool is_recording(const struct gpx *g)
{
    const struct recorder *r = &g->recorder;
    int64_t first[3];
    size_t found = 0;
    if (g->in_route) return false;
    for (size_t i = 0; i < r->activity.samples.count && found < 3; i++)
        if (r->time_ms[i] != HAR_NO_TIME) first[found++] = r->time_ms[i];
    if (found == 0) return false;
    if (first[0] == placeholder_ms && begins(g->file.device.name, placeholder_creator))
        return false;
    return found < 3 || !is_made_up_step(first[0], first[1]) ||
           !is_made_up_step(first[1], first[2]);
}

static void end_recording(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    if (!r->open) return;
    if (is_recording(g)) {
        lend_beats(g);
        recorder_end(r);
    } else {
        recorder_end_course(r, g->recording_at);
    }
}

/* The first point of a track tells whether the track goes on with the one before. */
static void begin_recording(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    g->track_has_points = true;
    int64_t time_ms = g->point.time_ms;
    if (r->open && !g->in_route && time_ms != HAR_NO_TIME && g->last_ms != HAR_NO_TIME &&
        time_ms >= g->last_ms && time_ms - g->last_ms <= SAME_ACTIVITY_MS &&
        r->activity.sport == g->track.sport && r->activity.sub_sport == g->track.sub_sport)
        return;
    end_recording(g);
    recorder_begin(r, g->track);
    g->last_ms = HAR_NO_TIME;
    g->recording_at = xml_offset(&g->xml);
    recorder_segment(r);
}

static void begin_track(struct gpx *g)
{
    g->track = har_activity_blank();
    g->track.sport = g->file.sport;
    g->track.sub_sport = g->file.sub_sport;
    g->track_has_points = false;
}

static void end_route(struct gpx *g)
{
    if (g->track_has_points) end_recording(g);
    g->in_route = false;
}

static void end_point(struct gpx *g)
{
    if (g->speed_in_kmh) g->point.value[HAR_SPEED_MPS] /= 3.6;
    if (!g->track_has_points) begin_recording(g);
    if (g->point.time_ms != HAR_NO_TIME) g->last_ms = g->point.time_ms;
    recorder_point(&g->recorder, &g->point);
}

static bool enter_gpx(void *reader, unsigned area, const char **attributes)
{
    struct gpx *g = reader;
    struct recorder *r = &g->recorder;
    switch (area) {
    case IN_TRKPT:
        g->point = blank_point();
        g->point.value[HAR_LAT_DEG] = read_number(r, xml_attribute(attributes, "lat"));
        g->point.value[HAR_LON_DEG] = read_number(r, xml_attribute(attributes, "lon"));
        break;
    case IN_GPX:
        g->file.device.name = read_text(r, xml_attribute(attributes, "creator"));
        g->speed_in_kmh = begins(g->file.device.name, kmh_creator);
        break;
    case IN_TRK: begin_track(g); break;
    case IN_TRKSEG: recorder_segment(r); break;
    case IN_RTE:
        end_recording(g);
        begin_track(g);
        g->in_route = true;
        break;
    case IN_WPT: g->waypoint_count++; break;
    case IN_GPX_LAP: begin_gpx_lap(g); break;
    case IN_SPOQ_ACTIVITY: read_spoq_activity(g, attributes); break;
    case IN_SPOQ_HEART: read_spoq_heart(g, attributes); break;
    default: break;
    }
    return !r->full;
}

static bool leave_gpx(void *reader, unsigned area)
{
    struct gpx *g = reader;
    if (area == IN_TRKPT) end_point(g);
    else if (area == IN_TRK && !g->track_has_points) g->empty = g->track;
    else if (area == IN_RTE) end_route(g);
    else if (area == IN_GPX_LAP) end_gpx_lap(g);
    return !g->recorder.full;
}

/* --- texts --------------------------------------------------------------------- */

/* Strava writes its own number of the sport as the type. */
static const struct {
    uint8_t digit;
    unsigned sport;
} strava_types[] = {{'1', HAR_SPORT_CYCLING}, {'9', HAR_SPORT_RUNNING}};

static unsigned sport_of_type(struct har_bytes type, unsigned *sub_sport)
{
    for (size_t i = 0; i < sizeof strava_types / sizeof *strava_types; i++)
        if (type.size == 1 && type.data[0] == strava_types[i].digit)
            return strava_types[i].sport;
    return har_sport_of(type, sub_sport);
}

/* A text that may be said twice (cmt and desc often are the same). */
static void read_first(struct recorder *r, struct har_bytes text, const char **told)
{
    if (!*told) *told = read_text(r, text);
}

static bool hear_gpx(void *reader, unsigned what, struct har_bytes text)
{
    struct gpx *g = reader;
    struct recorder *r = &g->recorder;
    if (what < TEXT_BEHIND_CHANNELS) {
        double *value = &g->point.value[what - TEXT_CHANNEL];
        if (isnan(*value)) *value = read_number(r, text);
        return true;
    }
    /* Totals of a track lie in the track, all others are the file's. */
    if (what >= TOTALS) {
        bool in_track = g->xml.areas[g->xml.area_count - 1].area == IN_TRK_EXTENSIONS;
        *total_of(in_track ? &g->track : &g->file, what) = read_number(r, text);
        return true;
    }
    /* cppcheck-suppress uninitvar; it is only written to */
    struct har_lap nowhere, *lap = g->lap_count ? &g->laps[g->lap_count - 1] : &nowhere;
    switch (what) {
    case TRKPT_TIME:
        if (g->point.time_ms == HAR_NO_TIME)
            g->point.time_ms = read_time(r, text, &g->track);
        break;
    case FILE_NAME:
        if (!read_fitotrack(g, text)) read_first(r, text, &g->file.name);
        break;
    case FILE_NOTES: read_first(r, text, &g->file.notes); break;
    case FILE_TIME: g->file_time_ms = read_time(r, text, &g->file); break;
    case TRK_NAME: read_first(r, text, &g->track.name); break;
    case TRK_NOTES: read_first(r, text, &g->track.notes); break;
    case TRK_TYPE: g->track.sport = sport_of_type(text, &g->track.sub_sport); break;
    case TOTAL_START: g->file.start_ms = read_time(r, text, &g->file); break;
    case GPX_LAP_START: lap->start_ms = read_time(r, text, &g->file); break;
    case GPX_LAP_ELAPSED: lap->elapsed_s = read_number(r, text); break;
    case GPX_LAP_DISTANCE: lap->distance_m = read_number(r, text); break;
    default: break;
    }
    return !r->full;
}

static const struct xml_grammar gpx_grammar = {
    .rows = gpx_rows,
    .row_count = sizeof gpx_rows / sizeof *gpx_rows,
    .enter = enter_gpx,
    .hear = hear_gpx,
    .leave = leave_gpx,
};

/* --- the format ---------------------------------------------------------------- */

static bool has_totals(const struct har_activity *activity)
{
    struct har_activity copy = *activity;
    for (unsigned what = TOTALS; what < TOTALS_END; what++)
        if (!isnan(*total_of(&copy, what))) return true;
    return false;
}

/* An activity without points, if the file tells of one. */
static void add_empty(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    bool is_told = g->empty.sport != HAR_SPORT_UNKNOWN && g->file_time_ms != HAR_NO_TIME;
    if (!is_told && !has_totals(&g->empty) && !has_totals(&g->file)) return;
    recorder_begin(r, g->empty);
    recorder_end(r);
    if (r->full) return;
    struct har_activity *a = &r->activities[0];
    if (g->file.start_ms == HAR_NO_TIME) a->start_ms = g->file_time_ms;
    recorder_warn(r, 0, "the track has no points");
}

/* Gives an activity what is said of the file, where the activity itself says nothing. */
static void complete(struct har_activity *activity, const struct har_activity *file)
{
    struct har_activity told = *file;
    if (!activity->name) activity->name = told.name;
    if (!activity->notes) activity->notes = told.notes;
    if (told.start_ms != HAR_NO_TIME) activity->start_ms = told.start_ms;
    if (activity->sport == HAR_SPORT_UNKNOWN) activity->sport = told.sport;
    if (activity->offset_source == HAR_OFFSET_UNKNOWN) {
        activity->utc_offset_s = told.utc_offset_s;
        activity->offset_source = told.offset_source;
    }
    for (unsigned what = TOTALS; what < TOTALS_END; what++) {
        double *total = total_of(activity, what);
        if (isnan(*total)) *total = *total_of(&told, what);
    }
}

/* Gives each activity the laps that begin before the next one does. */
static void share_laps(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    size_t given = 0;
    for (size_t i = 0; i < r->activity_count; i++) {
        struct har_activity *a = &r->activities[i];
        size_t from = given;
        bool is_last = i + 1 == r->activity_count;
        while (given < g->lap_count && (is_last || g->laps[given].start_ms < a[1].start_ms))
            given++;
        a->lap_count = given - from;
        a->laps = a->lap_count ? g->laps + from : NULL;
    }
}

/* What the file holds: recordings, or else courses, or else what has no points. */
static enum har_file_kind end_file(struct gpx *g)
{
    struct recorder *r = &g->recorder;
    end_recording(g);
    if (r->full) return HAR_FILE_OTHER;
    bool courses = recorder_settle(
        r, "a track or route without times of its own is a course: left out");
    if (r->activity_count == 0) add_empty(g);
    for (size_t i = 0; i < r->activity_count; i++)
        r->activities[i].device.name = g->file.device.name;
    share_laps(g);
    if (r->activity_count == 1) complete(&r->activities[0], &g->file);
    if (courses) return HAR_FILE_COURSE;
    return r->activity_count ? HAR_FILE_ACTIVITY : HAR_FILE_OTHER;
}

static bool looks_like_gpx(struct har_bytes head)
{
    return xml_root_is(head, gpx_rows[0].name);
}

static har_status decode_gpx(struct har_bytes file, struct har_arena *arena,
                             struct har_recording *out, struct har_error *err)
{
    struct gpx g = {
        .recorder = {.arena = arena, .xml = &g.xml},
        .file = har_activity_blank(),
        .track = har_activity_blank(),
        .empty = har_activity_blank(),
        .file_time_ms = HAR_NO_TIME,
    };
    struct har_error damage;
    har_status read = xml_read(&g.xml, &gpx_grammar, &g, file, arena, &damage);
    enum har_file_kind kind = end_file(&g);
    const char *kind_name = g.waypoint_count ? "waypoints" : "empty";
    if (kind == HAR_FILE_ACTIVITY) kind_name = "activity";
    else if (kind == HAR_FILE_COURSE) kind_name = "course";
    return recorder_finish(&g.recorder, kind, kind_name, read, &damage, out, err);
}

const struct format gpx_format = {HAR_FORMAT_GPX, "GPX", looks_like_gpx, decode_gpx};
