/* SPDX-License-Identifier: MIT */
#ifndef DECODE_RECORDER_H
#define DECODE_RECORDER_H

/* What TCX and GPX build while they read: points become columns, laps and activities lists,
 * and what could not be read warnings. A full arena is remembered and makes every later
 * call do nothing, so a reader asks once. */

#include "harrier/activity.h"
#include "xml.h"

/* In a grammar's rows the texts from TEXT_CHANNEL on are the channels of a point. */
enum { TEXT_CHANNEL = 1, TEXT_BEHIND_CHANNELS = TEXT_CHANNEL + HAR_CHANNELS };

/* A row in the making; NaN and HAR_NO_TIME where it says nothing. */
struct point {
    int64_t time_ms;
    double value[HAR_CHANNELS];
};

/* Kinds of small damage, told once each with a count. */
enum miss { MISSED_TIME, MISSED_NUMBER, MISSED_ZONE, MISSES };

struct recorder {
    struct har_arena *arena;
    const struct xml *xml;
    bool full;

    bool open; /* an activity is being recorded: the next seven */
    struct har_activity activity;
    bool new_segment;
    size_t room, lap_room, segment_room;
    int64_t *time_ms;
    double *channel[HAR_CHANNELS];
    struct har_lap *laps;
    size_t *segments;

    size_t activity_count, activity_room;
    struct har_activity *activities; /* may be changed until recorder_finish() */
    size_t course_count, course_room;
    struct har_activity *courses; /* lines that nobody ran; see recorder_settle() */
    uint64_t course_at;           /* the byte where the first of them began */
    size_t warning_count, warning_room;
    struct har_warning *warnings;
    struct {
        uint64_t count, offset;
    } missed[MISSES];
};

struct point blank_point(void);
struct har_lap blank_lap(void);

/* Text as a number, instant or copy. NaN, HAR_NO_TIME or NULL if it is empty, or if it is
 * not one, which is then counted as missed. An offset other than UTC is put in `about`. */
double read_number(struct recorder *r, struct har_bytes text);
int64_t read_time(struct recorder *r, struct har_bytes text, struct har_activity *about);
const char *read_text(struct recorder *r, struct har_bytes text);

void recorder_warn(struct recorder *r, uint64_t offset, const char *message);

/* Begins an activity as `activity` has it; ends the one before. */
void recorder_begin(struct recorder *r, struct har_activity activity);
void recorder_segment(struct recorder *r); /* the next point begins a piece of track */
void recorder_point(struct recorder *r, const struct point *point);
/* A lap to be filled, valid until the next; NULL if the arena is full. */
struct har_lap *recorder_lap(struct recorder *r);
/* The column of that channel, begun as NaN if no point has it; NULL if the arena is full.
 */
double *recorder_column(struct recorder *r, enum har_channel channel);
void recorder_end(struct recorder *r);
void recorder_drop(struct recorder *r); /* ends it without a trace */
/* Ends it as a course, which began at byte `at`. */
void recorder_end_course(struct recorder *r, uint64_t at);
/* After the last: true where the courses are what the file holds, as its activities. Beside
 * a recording they are left out, and `left_out` warns of it. */
bool recorder_settle(struct recorder *r, const char *left_out);

/* Puts the whole together. `read` and `damage` are what xml_read() said; a file that broke
 * off with nothing to show for it fails with them. */
har_status recorder_finish(struct recorder *r, enum har_file_kind kind,
                           const char *kind_name, har_status read,
                           const struct har_error *damage, struct har_recording *out,
                           struct har_error *err);

#endif
