/* SPDX-License-Identifier: MIT */
/* Points to columns. Columns double when they are full, and a column is begun by the first
 * point that has it.
 *
 * Cadence: both formats count one foot (the TCX schema says so), but many applications
 * write both feet under the same name. Our decision, for activities on foot: counts are of
 * one foot, and doubled, unless a tenth of those that are not zero reach what one foot
 * never does for long: 120 a minute running, 75 walking. A tenth, not the median, because a
 * run with long walks counts both feet under 120 most of the time. */

#include "recorder.h"

#include <math.h>
#include <string.h>

enum { RUNNING_FOOT_SPM = 120, WALKING_FOOT_SPM = 75 };

/* --- blanks -------------------------------------------------------------------- */

struct point blank_point(void)
{
    struct point point = {.time_ms = HAR_NO_TIME};
    for (size_t c = 0; c < HAR_CHANNELS; c++) point.value[c] = NAN;
    return point;
}

struct har_lap blank_lap(void)
{
    return (struct har_lap){
        .start_ms = HAR_NO_TIME,
        .elapsed_s = NAN,
        .timer_s = NAN,
        .distance_m = NAN,
        .ascent_m = NAN,
        .heart_bpm = NAN,
        .heart_max_bpm = NAN,
        .intensity = 255,
    };
}

/* --- text ---------------------------------------------------------------------- */

static void miss(struct recorder *r, enum miss kind)
{
    if (r->missed[kind].count++ == 0) r->missed[kind].offset = xml_offset(r->xml);
}

static struct har_bytes trim(struct har_bytes text)
{
    while (text.size && text.data[0] <= ' ') text.data++, text.size--;
    while (text.size && text.data[text.size - 1] <= ' ') text.size--;
    return text;
}

double read_number(struct recorder *r, struct har_bytes text)
{
    double value = NAN;
    if (!har_parse_number(text, &value) && trim(text).size) miss(r, MISSED_NUMBER);
    return value;
}

int64_t read_time(struct recorder *r, struct har_bytes text, struct har_activity *about)
{
    int64_t time_ms;
    int32_t offset_s;
    bool has_zone;
    if (!har_parse_instant(text, &time_ms, &offset_s, &has_zone)) {
        if (trim(text).size) miss(r, MISSED_TIME);
        return HAR_NO_TIME;
    }
    if (!has_zone) miss(r, MISSED_ZONE);
    if (offset_s != 0) {
        about->utc_offset_s = offset_s;
        about->offset_source = HAR_OFFSET_DEVICE;
    }
    return time_ms;
}

const char *read_text(struct recorder *r, struct har_bytes text)
{
    text = trim(text);
    if (text.size == 0) return NULL;
    const char *copy = har_arena_copy(r->arena, text.data, text.size);
    if (!copy) r->full = true;
    return copy;
}

/* --- lists and columns --------------------------------------------------------- */

void recorder_warn(struct recorder *r, uint64_t offset, const char *message)
{
    struct har_warning *warnings = har_arena_grow(r->arena, r->warnings, r->warning_count,
                                                  &r->warning_room, sizeof *warnings);
    if (!warnings) {
        r->full = true;
        return;
    }
    r->warnings = warnings;
    warnings[r->warning_count++] = (struct har_warning){offset, message};
}

/* A column with room for `room` values, of which the first ones are `old` or NaN. */
static double *new_column(struct recorder *r, const double *old, size_t room)
{
    size_t count = r->activity.samples.count;
    double *column = HAR_ROOM(r->arena, double, room);
    if (!column) r->full = true;
    else if (old) memcpy(column, old, count * sizeof *column);
    else
        for (size_t i = 0; i < count; i++) column[i] = NAN;
    return column;
}

double *recorder_column(struct recorder *r, enum har_channel channel)
{
    if (!r->channel[channel]) r->channel[channel] = new_column(r, NULL, r->room);
    return r->channel[channel];
}

static void widen(struct recorder *r)
{
    size_t room = r->room;
    int64_t *time_ms = har_arena_grow(r->arena, r->time_ms, r->activity.samples.count,
                                      &room, sizeof *time_ms);
    if (!time_ms) {
        r->full = true;
        return;
    }
    r->time_ms = time_ms;
    for (size_t c = 0; c < HAR_CHANNELS && !r->full; c++)
        if (r->channel[c]) r->channel[c] = new_column(r, r->channel[c], room);
    r->room = room;
}

/* --- one activity -------------------------------------------------------------- */

static void forget(struct recorder *r)
{
    r->open = r->new_segment = false;
    r->room = r->lap_room = r->segment_room = 0;
    r->time_ms = NULL;
    for (size_t c = 0; c < HAR_CHANNELS; c++) r->channel[c] = NULL;
    r->laps = NULL;
    r->segments = NULL;
}

void recorder_drop(struct recorder *r)
{
    forget(r);
}

void recorder_begin(struct recorder *r, struct har_activity activity)
{
    if (r->open) recorder_end(r);
    forget(r);
    r->activity = activity;
    r->open = true;
}

void recorder_segment(struct recorder *r)
{
    r->new_segment = true;
}

static void begin_segment(struct recorder *r)
{
    size_t *segments = har_arena_grow(r->arena, r->segments, r->activity.segment_count,
                                      &r->segment_room, sizeof *segments);
    r->new_segment = false;
    if (!segments) {
        r->full = true;
        return;
    }
    r->segments = segments;
    segments[r->activity.segment_count++] = r->activity.samples.count;
}

void recorder_point(struct recorder *r, const struct point *point)
{
    size_t at = r->activity.samples.count;
    if (!r->full && at == r->room) widen(r);
    if (!r->full && r->new_segment) begin_segment(r);
    for (unsigned c = 0; c < HAR_CHANNELS && !r->full; c++) {
        if (!r->channel[c] && (isnan(point->value[c]) || !recorder_column(r, c))) continue;
        r->channel[c][at] = point->value[c];
    }
    if (r->full) return;
    r->time_ms[at] = point->time_ms;
    r->activity.samples.count++;
}

struct har_lap *recorder_lap(struct recorder *r)
{
    if (r->full) return NULL;
    struct har_lap *laps = har_arena_grow(r->arena, r->laps, r->activity.lap_count,
                                          &r->lap_room, sizeof *laps);
    if (!laps) {
        r->full = true;
        return NULL;
    }
    r->laps = laps;
    laps[r->activity.lap_count] = blank_lap();
    return &laps[r->activity.lap_count++];
}

static void double_one_foot(double *cadence_spm, size_t count, unsigned sport)
{
    double most = sport == HAR_SPORT_RUNNING ? RUNNING_FOOT_SPM : WALKING_FOOT_SPM;
    size_t moving = 0, both_feet = 0;
    for (size_t i = 0; i < count; i++) {
        moving += cadence_spm[i] > 0;
        both_feet += cadence_spm[i] >= most;
    }
    if (10 * both_feet >= moving) return;
    for (size_t i = 0; i < count; i++) cadence_spm[i] *= 2;
}

static int64_t first_time(const struct recorder *r)
{
    for (size_t i = 0; i < r->activity.samples.count; i++)
        if (r->time_ms[i] != HAR_NO_TIME) return r->time_ms[i];
    return HAR_NO_TIME;
}

void recorder_end(struct recorder *r)
{
    struct har_activity *activities = har_arena_grow(
        r->arena, r->activities, r->activity_count, &r->activity_room, sizeof *activities);
    if (!activities) r->full = true;
    if (r->full) return;
    r->activities = activities;

    struct har_activity *a = &activities[r->activity_count++];
    *a = r->activity;
    if (r->channel[HAR_CADENCE_SPM] && har_sport_is_on_foot(a->sport))
        double_one_foot(r->channel[HAR_CADENCE_SPM], a->samples.count, a->sport);
    a->samples.time_ms = r->time_ms;
    for (size_t c = 0; c < HAR_CHANNELS; c++) a->samples.channel[c] = r->channel[c];
    a->laps = r->laps;
    a->segment_start = r->segments;
    if (a->start_ms == HAR_NO_TIME) a->start_ms = first_time(r);
    forget(r);
}

void recorder_end_course(struct recorder *r, uint64_t at)
{
    recorder_end(r);
    struct har_activity *courses =
        r->full ? NULL
                : har_arena_grow(r->arena, r->courses, r->course_count, &r->course_room,
                                 sizeof *courses);
    if (!courses) r->full = true;
    if (r->full) return;
    r->courses = courses;
    if (r->course_count == 0) r->course_at = at;
    courses[r->course_count++] = r->activities[--r->activity_count];
}

bool recorder_settle(struct recorder *r, const char *left_out)
{
    if (r->course_count == 0) return false;
    if (r->activity_count) {
        recorder_warn(r, r->course_at, left_out);
        return false;
    }
    r->activities = r->courses;
    r->activity_count = r->course_count;
    return true;
}

/* --- the whole file ------------------------------------------------------------ */

static void warn_of_missed(struct recorder *r)
{
    static const char *const told[MISSES][2] = {
        [MISSED_TIME] = {"time could not be read", "times could not be read"},
        [MISSED_NUMBER] = {"number could not be read", "numbers could not be read"},
        [MISSED_ZONE] = {"time names no zone and is read as UTC",
                         "times name no zone and are read as UTC"},
    };
    for (size_t kind = 0; kind < MISSES; kind++) {
        if (r->missed[kind].count == 0) continue;
        struct har_text text = {.arena = r->arena};
        har_text_format(&text, "%llu %s", (unsigned long long)r->missed[kind].count,
                        told[kind][r->missed[kind].count > 1]);
        if (text.failed) r->full = true;
        recorder_warn(r, r->missed[kind].offset, text.data);
    }
}

static void warn_of_break(struct recorder *r, const struct har_error *damage)
{
    struct har_text text = {.arena = r->arena};
    har_text_format(&text, "%s; what came before is kept", damage->message);
    if (text.failed) r->full = true;
    recorder_warn(r, damage->offset, text.data);
}

static void sort_warnings(struct har_warning *warnings, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && warnings[k - 1].offset > warnings[k].offset; k--) {
            struct har_warning later = warnings[k - 1];
            warnings[k - 1] = warnings[k];
            warnings[k] = later;
        }
}

har_status recorder_finish(struct recorder *r, enum har_file_kind kind,
                           const char *kind_name, har_status read,
                           const struct har_error *damage, struct har_recording *out,
                           struct har_error *err)
{
    if (!r->full && read == HAR_BAD_INPUT && kind == HAR_FILE_OTHER)
        return har_fail(err, read, damage->offset, "%s", damage->message);
    warn_of_missed(r);
    if (r->xml->latin1_at != SIZE_MAX)
        recorder_warn(r, r->xml->latin1_at,
                      "this byte is not UTF-8; the text is read as Latin-1");
    if (read == HAR_BAD_INPUT) warn_of_break(r, damage);
    if (r->full || read == HAR_NO_MEMORY)
        return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left for this file");
    sort_warnings(r->warnings, r->warning_count);
    *out = (struct har_recording){
        .kind = kind,
        .kind_name = kind_name,
        .activity_count = r->activity_count,
        .activities = r->activities,
        .warning_count = r->warning_count,
        .warnings = r->warnings,
    };
    return HAR_OK;
}
