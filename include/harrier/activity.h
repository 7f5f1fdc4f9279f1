/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ACTIVITY_H
#define HARRIER_ACTIVITY_H

/* activity - what a watch says: samples, laps, sessions of one file.
 *
 * Nouns only. Nothing is corrected here: a heart rate of 0, a step back in time and a jump
 * of a kilometre stay as the file has them. `clean` makes streams of them. A missing number
 * is NaN, a missing instant HAR_NO_TIME, a missing column NULL, a missing text NULL.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The sports and sub-sports of the FIT profile, by their numbers there; TCX and GPX names
 * are mapped onto them. Numbers that are not listed here are kept and print as "sport-63".
 */
enum {
    HAR_SPORT_GENERIC = 0,
    HAR_SPORT_RUNNING = 1,
    HAR_SPORT_CYCLING = 2,
    HAR_SPORT_TRANSITION = 3,
    HAR_SPORT_FITNESS_EQUIPMENT = 4,
    HAR_SPORT_SWIMMING = 5,
    HAR_SPORT_TRAINING = 10,
    HAR_SPORT_WALKING = 11,
    HAR_SPORT_CROSS_COUNTRY_SKIING = 12,
    HAR_SPORT_HIKING = 17,
    HAR_SPORT_MULTISPORT = 18,
    HAR_SPORT_UNKNOWN = 255,
};
enum {
    HAR_SUB_SPORT_GENERIC = 0,
    HAR_SUB_SPORT_TREADMILL = 1,
    HAR_SUB_SPORT_STREET = 2,
    HAR_SUB_SPORT_TRAIL = 3,
    HAR_SUB_SPORT_TRACK = 4,
    HAR_SUB_SPORT_LAP_SWIMMING = 17,
    HAR_SUB_SPORT_OPEN_WATER = 18,
    HAR_SUB_SPORT_INDOOR_RUNNING = 45,
    HAR_SUB_SPORT_VIRTUAL_ACTIVITY = 58,
    HAR_SUB_SPORT_ULTRA = 67,
    HAR_SUB_SPORT_UNKNOWN = 255,
};

/* "running", "lap_swimming", "unknown". `buffer`, of HAR_SPORT_NAME bytes, is used only for
 * numbers without a name; the result is constant text or `buffer`. */
enum { HAR_SPORT_NAME = 20 };
const char *har_sport_name(unsigned sport, char *buffer);
const char *har_sub_sport_name(unsigned sub_sport, char *buffer);
/* The number of a name, however written ("Running", "trail_running", "Biking", "jogging");
 * HAR_SPORT_UNKNOWN if there is none. `sub_sport` (may be NULL) is set where the name says
 * it, else left alone. */
unsigned har_sport_of(struct har_bytes name, unsigned *sub_sport);
/* Whether one moves on foot there, so that cadence counts steps of both feet. */
bool har_sport_is_on_foot(unsigned sport);

/* The columns every file format shares. Distance is cumulative. Cadence is in steps (both
 * feet) a minute on foot, else in revolutions or strokes a minute. */
enum har_channel {
    HAR_LAT_DEG,
    HAR_LON_DEG,
    HAR_ALTITUDE_M,
    HAR_DISTANCE_M,
    HAR_SPEED_MPS,
    HAR_HEART_BPM,
    HAR_CADENCE_SPM,
    HAR_POWER_W,
    HAR_TEMP_C,
    HAR_CHANNELS
};

/* A further column: a field of the format's own or of a developer, as it is named there. */
struct har_extra {
    const char *name, *unit;     /* unit may be "" */
    enum har_channel stands_for; /* what its writer says it measures too; or HAR_CHANNELS */
    const double *value;         /* as many as there are samples */
};

struct har_samples {
    size_t count;
    const int64_t *time_ms;              /* may hold HAR_NO_TIME; NULL only if count is 0 */
    const double *channel[HAR_CHANNELS]; /* NULL where no sample has it */
    size_t extra_count;
    const struct har_extra *extras;
};

struct har_lap {
    int64_t start_ms;
    double elapsed_s, timer_s, distance_m, ascent_m, heart_bpm, heart_max_bpm;
    unsigned trigger;   /* FIT lap_trigger: 0 manual, 1 time, 2 distance, 7 session end */
    unsigned intensity; /* FIT intensity: 0 active, 1 rest, 2 warm-up, 3 cool-down;
                           255 unknown */
};

/* From the moment the watch was stopped to the moment it went on. */
struct har_pause {
    int64_t from_ms, to_ms;
};

/* How the offset between UTC and the runner's clock is known. */
enum har_offset_source {
    HAR_OFFSET_UNKNOWN, /* taken as 0 */
    HAR_OFFSET_DEVICE,  /* the file holds an instant and its local time */
    HAR_OFFSET_USER,    /* somebody told us */
    HAR_OFFSET_PLACE, /* from the longitude, to the hour: may be a legal hour or two off */
};

struct har_device {
    unsigned manufacturer, product; /* FIT numbers; 0 where unknown */
    uint64_t serial;                /* 0 where unknown */
    const char *name;               /* "garmin 2691", "Garmin Forerunner 310XT", or NULL */
};

struct har_warning {
    uint64_t offset; /* byte of the file */
    const char *message;
};

struct har_activity {
    unsigned sport, sub_sport;
    int64_t start_ms;   /* as the device says, else the first sample's */
    int64_t created_ms; /* when the device began the file: with the serial, its identity */
    int32_t utc_offset_s;
    enum har_offset_source offset_source;
    const char *name, *notes;
    struct har_device device;

    /* The device's own totals. */
    double elapsed_s, timer_s, moving_s, distance_m, ascent_m, descent_m;
    double heart_bpm, heart_max_bpm, energy_kcal;
    double pool_m; /* length of the pool */

    struct har_samples samples;
    size_t lap_count;
    const struct har_lap *laps;
    size_t pause_count;
    const struct har_pause *pauses; /* in order; what the device's timer says */
    size_t segment_count; /* pieces of track in the file (GPX trkseg, TCX Track) */
    const size_t
        *segment_start; /* index of each piece's first sample; NULL if count is 0 */
};

/* An activity of which nothing is known: every number missing, no samples. What reads a
 * file begins with it and fills in what the file says. */
struct har_activity har_activity_blank(void);

/* What a file is for. Only an activity holds a run. */
enum har_file_kind {
    HAR_FILE_ACTIVITY,
    HAR_FILE_COURSE,
    HAR_FILE_WORKOUT,
    HAR_FILE_OTHER, /* settings, monitoring, weight, goals ... */
};

/* Everything one file says. Chained and multisport files hold several activities. */
struct har_recording {
    enum har_file_kind kind;
    const char *kind_name; /* "activity", "settings", "monitoring_b", ...; never NULL */
    size_t activity_count;
    const struct har_activity *activities;
    size_t warning_count;
    const struct har_warning *warnings; /* damage that was survived, in byte order */
};

#ifdef __cplusplus
}
#endif

#endif
