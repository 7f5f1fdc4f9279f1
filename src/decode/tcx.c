/* SPDX-License-Identifier: MIT */
/* TCX, Garmin's Training Center Database, version 2, as its schema has it and as Polar,
 * Suunto, Runtastic, Huawei and Sigma write it.
 *
 * An Activity holds Laps, a Lap Tracks, a Track Trackpoints; every Track is a segment.
 * Watts and speed come in a TPX extension, with any prefix or none.
 *
 * Our decisions. The start is the Id or the first lap's StartTime, whichever is earlier:
 * Sigma writes a lap that begins after its points, others an Id from when the file was
 * written. TotalTimeSeconds is what the timer ran. A lap ends where the next begins; when
 * the last one ended the file does not say, so its elapsed time and the activity's are
 * missing. The Transition of a multisport session is an activity of its own. A Course is
 * told only where nothing was recorded: it is then an activity in a file of that kind. */

#include "format.h"
#include "recorder.h"

#include <math.h>
#include <string.h>

enum {
    IN_DATABASE = 1,
    IN_ACTIVITY,
    IN_LAP,
    IN_LAP_HEART,
    IN_LAP_HEART_MAX,
    IN_TRACK,
    IN_TRACKPOINT,
    IN_CREATOR,
    IN_PLAN,
    IN_COURSE,
    IN_COURSE_POINT,
    IN_WORKOUT,
};

/* What a text tells, where it is not a channel. */
enum {
    TRACKPOINT_TIME = TEXT_BEHIND_CHANNELS,
    ACTIVITY_ID,
    ACTIVITY_NOTES,
    PLAN_NAME,
    COURSE_NAME,
    CREATOR_NAME,
    CREATOR_SERIAL,
    CREATOR_PRODUCT,
    LAP_TIMER,
    LAP_DISTANCE,
    LAP_ENERGY,
    LAP_HEART,
    LAP_HEART_MAX,
    LAP_INTENSITY,
    LAP_TRIGGER,
};

static const struct xml_row tcx_rows[] = {
    {XML_OUTSIDE, "trainingcenterdatabase", IN_DATABASE, 0},
    {IN_DATABASE, "activity", IN_ACTIVITY, 0},
    {IN_DATABASE, "transition", IN_LAP, 0},
    {IN_DATABASE, "course", IN_COURSE, 0},
    {IN_DATABASE, "workout", IN_WORKOUT, 0},
    {IN_ACTIVITY, "id", 0, ACTIVITY_ID},
    {IN_ACTIVITY, "notes", 0, ACTIVITY_NOTES},
    {IN_ACTIVITY, "lap", IN_LAP, 0},
    {IN_ACTIVITY, "track", IN_TRACK, 0},
    {IN_ACTIVITY, "creator", IN_CREATOR, 0},
    {IN_ACTIVITY, "plan", IN_PLAN, 0},
    {IN_COURSE, "name", 0, COURSE_NAME},
    {IN_COURSE, "notes", 0, ACTIVITY_NOTES},
    {IN_COURSE, "lap", IN_LAP, 0},
    {IN_COURSE, "track", IN_TRACK, 0},
    {IN_COURSE, "coursepoint", IN_COURSE_POINT, 0}, /* has a name and a place too */
    {IN_CREATOR, "name", 0, CREATOR_NAME},
    {IN_CREATOR, "unitid", 0, CREATOR_SERIAL},
    {IN_CREATOR, "productid", 0, CREATOR_PRODUCT},
    {IN_PLAN, "name", 0, PLAN_NAME},
    {IN_LAP, "totaltimeseconds", 0, LAP_TIMER},
    {IN_LAP, "distancemeters", 0, LAP_DISTANCE},
    {IN_LAP, "calories", 0, LAP_ENERGY},
    {IN_LAP, "intensity", 0, LAP_INTENSITY},
    {IN_LAP, "triggermethod", 0, LAP_TRIGGER},
    {IN_LAP, "averageheartratebpm", IN_LAP_HEART, 0},
    {IN_LAP, "maximumheartratebpm", IN_LAP_HEART_MAX, 0},
    {IN_LAP, "track", IN_TRACK, 0},
    {IN_LAP_HEART, "value", 0, LAP_HEART},
    {IN_LAP_HEART_MAX, "value", 0, LAP_HEART_MAX},
    {IN_TRACK, "trackpoint", IN_TRACKPOINT, 0},
    {IN_TRACKPOINT, "time", 0, TRACKPOINT_TIME},
    {IN_TRACKPOINT, "latitudedegrees", 0, TEXT_CHANNEL + HAR_LAT_DEG},
    {IN_TRACKPOINT, "longitudedegrees", 0, TEXT_CHANNEL + HAR_LON_DEG},
    {IN_TRACKPOINT, "altitudemeters", 0, TEXT_CHANNEL + HAR_ALTITUDE_M},
    {IN_TRACKPOINT, "distancemeters", 0, TEXT_CHANNEL + HAR_DISTANCE_M},
    {IN_TRACKPOINT, "value", 0, TEXT_CHANNEL + HAR_HEART_BPM},
    {IN_TRACKPOINT, "cadence", 0, TEXT_CHANNEL + HAR_CADENCE_SPM},
    {IN_TRACKPOINT, "runcadence", 0, TEXT_CHANNEL + HAR_CADENCE_SPM},
    {IN_TRACKPOINT, "speed", 0, TEXT_CHANNEL + HAR_SPEED_MPS},
    {IN_TRACKPOINT, "watts", 0, TEXT_CHANNEL + HAR_POWER_W},
    {IN_TRACKPOINT, "temperature", 0, TEXT_CHANNEL + HAR_TEMP_C},
};

struct code {
    const char *word;
    unsigned code;
};
static const struct code intensities[] = {{"Active", 0}, {"Resting", 1}, {NULL, 255}};
static const struct code triggers[] = {
    {"Manual", 0}, {"Time", 1}, {"Distance", 2}, {"Location", 4}, {NULL, 0}};

struct tcx {
    struct xml xml;
    struct recorder recorder;
    struct point point;
    bool in_activity, in_course, course, workout;
    uint64_t course_at; /* the byte where the course being read began */
    double energy_kcal; /* of all laps so far */
};

static unsigned code_of(const struct code *codes, struct har_bytes word)
{
    for (; codes->word; codes++)
        if (strlen(codes->word) == word.size &&
            memcmp(codes->word, word.data, word.size) == 0)
            break;
    return codes->code;
}

/* Adds a lap's number to a total that may still be missing. */
static double plus(double total, double part)
{
    if (isnan(part)) return total;
    return isnan(total) ? part : total + part;
}

/* --- areas --------------------------------------------------------------------- */

static void begin_activity(struct tcx *t, struct har_activity activity)
{
    recorder_begin(&t->recorder, activity);
    t->energy_kcal = NAN;
}

static void begin_lap(struct tcx *t, const char **attributes)
{
    if (!t->in_activity && !t->in_course) {
        struct har_activity transition = har_activity_blank();
        transition.sport = HAR_SPORT_TRANSITION;
        begin_activity(t, transition);
    }
    struct har_lap *lap = recorder_lap(&t->recorder);
    if (lap)
        lap->start_ms = read_time(&t->recorder, xml_attribute(attributes, "starttime"),
                                  &t->recorder.activity);
}

static void end_laps(struct har_activity *activity, struct har_lap *laps)
{
    double beats = 0, beating_s = 0;
    for (size_t i = 0; i < activity->lap_count; i++) {
        struct har_lap *lap = &laps[i];
        if (i + 1 < activity->lap_count && lap->start_ms != HAR_NO_TIME &&
            laps[i + 1].start_ms > lap->start_ms)
            lap->elapsed_s = (double)(laps[i + 1].start_ms - lap->start_ms) / 1000;
        activity->timer_s = plus(activity->timer_s, lap->timer_s);
        activity->distance_m = plus(activity->distance_m, lap->distance_m);
        activity->heart_max_bpm = fmax(activity->heart_max_bpm, lap->heart_max_bpm);
        if (!(lap->heart_bpm > 0 && lap->timer_s > 0)) continue;
        beats += lap->heart_bpm * lap->timer_s;
        beating_s += lap->timer_s;
    }
    if (beating_s > 0) activity->heart_bpm = beats / beating_s;
}

static int64_t earlier(int64_t a, int64_t b)
{
    if (a == HAR_NO_TIME || b == HAR_NO_TIME) return a == HAR_NO_TIME ? b : a;
    return a < b ? a : b;
}

/* An Activity without laps and points is a heading, not an activity; a Course without
 * points is no line. */
static void end_activity(struct tcx *t)
{
    struct recorder *r = &t->recorder;
    struct har_activity *a = &r->activity;
    if (!r->open) return;
    if ((a->lap_count == 0 || t->in_course) && a->samples.count == 0) {
        recorder_drop(r);
        return;
    }
    end_laps(a, r->laps);
    a->energy_kcal = t->energy_kcal;
    a->start_ms = a->created_ms;
    if (a->lap_count) a->start_ms = earlier(a->created_ms, r->laps[0].start_ms);
    if (t->in_course) recorder_end_course(r, t->course_at);
    else recorder_end(r);
}

static bool enter_tcx(void *reader, unsigned area, const char **attributes)
{
    struct tcx *t = reader;
    struct har_activity activity = har_activity_blank();
    switch (area) {
    case IN_ACTIVITY:
        activity.sport =
            har_sport_of(xml_attribute(attributes, "sport"), &activity.sub_sport);
        t->in_activity = true;
        begin_activity(t, activity);
        break;
    case IN_LAP: begin_lap(t, attributes); break;
    case IN_TRACK: recorder_segment(&t->recorder); break;
    case IN_TRACKPOINT: t->point = blank_point(); break;
    case IN_COURSE:
        t->course = t->in_course = true;
        t->course_at = xml_offset(&t->xml);
        begin_activity(t, activity);
        break;
    case IN_WORKOUT: t->workout = true; break;
    default: break;
    }
    return !t->recorder.full;
}

static bool leave_tcx(void *reader, unsigned area)
{
    struct tcx *t = reader;
    switch (area) {
    case IN_TRACKPOINT: recorder_point(&t->recorder, &t->point); break;
    case IN_LAP:
        if (!t->in_activity && !t->in_course) end_activity(t);
        break;
    case IN_ACTIVITY:
    case IN_COURSE:
        end_activity(t);
        t->in_activity = t->in_course = false;
        break;
    default: break;
    }
    return !t->recorder.full;
}

/* --- texts --------------------------------------------------------------------- */

static uint64_t whole_number(struct recorder *r, struct har_bytes text, double most)
{
    double value = read_number(r, text);
    return value > 0 && value <= most ? (uint64_t)value : 0;
}

static void read_lap(struct tcx *t, unsigned what, struct har_bytes text)
{
    struct recorder *r = &t->recorder;
    struct har_lap *lap = &r->laps[r->activity.lap_count - 1];
    switch (what) {
    case LAP_TIMER: lap->timer_s = read_number(r, text); break;
    case LAP_DISTANCE: lap->distance_m = read_number(r, text); break;
    case LAP_HEART: lap->heart_bpm = read_number(r, text); break;
    case LAP_HEART_MAX: lap->heart_max_bpm = read_number(r, text); break;
    case LAP_ENERGY: t->energy_kcal = plus(t->energy_kcal, read_number(r, text)); break;
    case LAP_INTENSITY: lap->intensity = code_of(intensities, text); break;
    case LAP_TRIGGER: lap->trigger = code_of(triggers, text); break;
    default: break;
    }
}

static bool hear_tcx(void *reader, unsigned what, struct har_bytes text)
{
    struct tcx *t = reader;
    struct recorder *r = &t->recorder;
    struct har_activity *a = &r->activity;
    if (what < TEXT_BEHIND_CHANNELS) {
        double *value = &t->point.value[what - TEXT_CHANNEL];
        if (isnan(*value)) *value = read_number(r, text);
        return true;
    }
    switch (what) {
    case TRACKPOINT_TIME:
        if (t->point.time_ms == HAR_NO_TIME) t->point.time_ms = read_time(r, text, a);
        break;
    case ACTIVITY_ID: a->created_ms = read_time(r, text, a); break;
    case PLAN_NAME:
    case COURSE_NAME: a->name = read_text(r, text); break;
    case ACTIVITY_NOTES: a->notes = read_text(r, text); break;
    case CREATOR_NAME: a->device.name = read_text(r, text); break;
    case CREATOR_SERIAL: a->device.serial = whole_number(r, text, UINT32_MAX - 1.0); break;
    case CREATOR_PRODUCT:
        a->device.product = (unsigned)whole_number(r, text, UINT16_MAX - 1.0);
        break;
    default: read_lap(t, what, text); break;
    }
    return !r->full;
}

static const struct xml_grammar tcx_grammar = {
    .rows = tcx_rows,
    .row_count = sizeof tcx_rows / sizeof *tcx_rows,
    .enter = enter_tcx,
    .hear = hear_tcx,
    .leave = leave_tcx,
};

/* --- the format ---------------------------------------------------------------- */

static bool looks_like_tcx(struct har_bytes head)
{
    return xml_root_is(head, tcx_rows[0].name);
}

static har_status decode_tcx(struct har_bytes file, struct har_arena *arena,
                             struct har_recording *out, struct har_error *err)
{
    struct tcx t = {.recorder = {.arena = arena, .xml = &t.xml}};
    struct har_error damage;
    har_status read = xml_read(&t.xml, &tcx_grammar, &t, file, arena, &damage);
    end_activity(&t);
    bool courses = recorder_settle(&t.recorder, "a course is not an activity: left out") ||
                   (t.course && t.recorder.activity_count == 0);
    enum har_file_kind kind = HAR_FILE_OTHER;
    const char *kind_name = "empty";
    if (courses) kind = HAR_FILE_COURSE, kind_name = "course";
    else if (t.recorder.activity_count) kind = HAR_FILE_ACTIVITY, kind_name = "activity";
    else if (t.workout) kind = HAR_FILE_WORKOUT, kind_name = "workout";
    return recorder_finish(&t.recorder, kind, kind_name, read, &damage, out, err);
}

const struct format tcx_format = {HAR_FORMAT_TCX, "TCX", looks_like_tcx, decode_tcx};
