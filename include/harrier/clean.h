/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_CLEAN_H
#define HARRIER_CLEAN_H

/* clean - an activity in, streams on one clock out.
 *
 * Decides what really happened: one strictly increasing clock, pauses and gaps told apart
 * from slow running, distance from the device or from the ground, elevation without noise.
 * Every decision is reported in the summary; the activity itself is never changed.
 */

#include "harrier/activity.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number that har_clean() gives can differ: derived rows carry it. */
enum { HAR_CLEAN_VERSION = 1 };

/* Where it happened, as far as the numbers must know. */
enum har_setting {
    HAR_SETTING_OUTDOOR,
    HAR_SETTING_TRACK,     /* by its sub-sport, or by its shape */
    HAR_SETTING_TREADMILL, /* no ground under it: indoors on a belt */
    HAR_SETTING_VIRTUAL,   /* a screen's ground */
    HAR_SETTING_INDOOR,    /* indoors, not a belt: hall, pool, gym */
};
const char *har_setting_name(enum har_setting setting);

enum har_distance_source {
    HAR_DISTANCE_NONE,
    HAR_DISTANCE_DEVICE, /* the device's own cumulative distance */
    HAR_DISTANCE_GROUND, /* geodesic steps between positions */
    HAR_DISTANCE_SPEED,  /* the device's speed, summed */
};
/* "none", "device", "ground", "speed". */
const char *har_distance_source_name(enum har_distance_source source);

/* Heart beats a minute are binned by whole numbers, 0 .. HAR_HEART_BINS - 1. */
enum { HAR_HEART_BINS = 256 };

/* What one activity came to. The row that every later room lists, adds up and shows. NaN
 * where unknown. */
struct har_summary {
    int64_t start_ms;
    int32_t utc_offset_s;
    enum har_offset_source offset_source;
    unsigned sport, sub_sport; /* told, or running where none is told and it moves so */
    enum har_setting setting;

    /* Three times, kept apart. elapsed: first to last instant. timer: elapsed less the
     * pauses of the device's timer (the device's total where it has one). moving: timer
     * less the seconds in which the runner did not move (slower than 0.5 m/s, swimming
     * 0.2). */
    double elapsed_s, timer_s, moving_s;

    double distance_m;
    enum har_distance_source distance_source;
    double device_distance_m; /* the device's own total, beside ours */
    double ground_distance_m; /* what the positions alone come to, never scaled */

    double ascent_m, descent_m; /* ours: smoothed over distance, with hysteresis */
    double device_ascent_m;     /* the device's own total, beside ours */
    double altitude_m;          /* median */
    double altitude_max_m;

    double heart_bpm, heart_max_bpm; /* time-weighted mean of believable beats */
    double cadence_spm, power_w;     /* time-weighted means while moving */
    double lat_deg, lon_deg;         /* where it began */
    float heart_s[HAR_HEART_BINS];   /* seconds spent at each heart rate */

    /* What had to be put right. */
    unsigned dropped_times;     /* duplicate, backward or missing instants left out */
    unsigned dropped_positions; /* positions no runner could have reached */
    unsigned dropped_beats;     /* heart rates of 0, over 240, or a strap reading cadence */
    unsigned gaps;              /* holes over 10 s in a running timer */
};

/* Samples on one clock. `time_s` starts at 0 and strictly grows; `distance_m` never falls.
 * Columns are NULL where nothing is known. Wherever `broken[i]` is true there is a pause or
 * a gap between sample i - 1 and i: nothing may be measured across it. */
struct har_streams {
    size_t count;
    const double *time_s;
    const double *distance_m;
    const double *altitude_m; /* smoothed */
    const double *lat_deg, *lon_deg;
    const double *speed_mps;
    const double *heart_bpm, *cadence_spm, *power_w;
    const bool *broken; /* broken[0] is true */
    struct har_summary summary;
};

/* Zero is the default. */
struct har_clean_settings {
    bool utc_offset_told; /* take `utc_offset_s` where the device does not say */
    int32_t utc_offset_s;
};

/* Cleans one activity. The streams live in `arena`. `settings` may be NULL. An activity
 * without samples gives streams of count 0 and a summary of the device's totals.
 * HAR_NO_MEMORY is the only failure. */
har_status har_clean(const struct har_activity *activity,
                     const struct har_clean_settings *settings, struct har_arena *arena,
                     struct har_streams *out, struct har_error *err);

/* Splits every `every_m` (1000, or 1609.344) plus what is left at the end; splits run in
 * elapsed time. The tail is left out when it is shorter than 10 m. */
struct har_split {
    double from_m, to_m, time_s, moving_s, ascent_m, descent_m, heart_bpm;
};
har_status har_splits(const struct har_streams *streams, double every_m,
                      struct har_arena *arena, struct har_split **splits, size_t *count,
                      struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
