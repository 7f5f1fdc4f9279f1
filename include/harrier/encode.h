/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ENCODE_H
#define HARRIER_ENCODE_H

/* encode - activities and plans in, watch files out.
 *
 * The other way round from decode: what is written here reads back as the same samples,
 * within the steps of the format (1 s, 1e-7 degrees, 0.2 m of altitude, 1 cm of distance).
 */

#include "harrier/workout.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One activity as a FIT file (protocol 2.0, little endian, 14-byte header, CRCs). Extra
 * columns become developer fields; instants that are not whole seconds are kept in one.
 * `*out` lives in `arena`. HAR_NO_MEMORY, or HAR_OUT_OF_RANGE for instants before
 * 1989-12-31 or after 2125 and for more extra columns than the format can number (255, that
 * of the broken seconds among them). */
har_status har_encode_fit(const struct har_activity *activity, struct har_arena *arena,
                          struct har_bytes *out, struct har_error *err);

/* --- plans for a watch ---------------------------------------------------------------- */

/* A course with times: the watch's virtual partner runs by them. */
struct har_fit_course {
    const char *name;
    int64_t start_ms;                  /* any instant: only what follows it counts */
    size_t count;                      /* of the points, 2 or more */
    const double *lat_deg, *lon_deg;   /* of each */
    const double *altitude_m;          /* or NULL */
    const double *distance_m, *time_s; /* since the start, growing */
    size_t mark_count;                 /* places with a name, such as "k5 15:02" */
    const double *mark_m;
    const char *const *mark_name; /* cut to 15 bytes, as watches show no more */
};

/* HAR_OUT_OF_RANGE: an instant that FIT cannot hold, or numbers that cannot be;
 * HAR_NO_MEMORY. */
har_status har_encode_fit_course(const struct har_fit_course *course,
                                 struct har_arena *arena, struct har_bytes *out,
                                 struct har_error *err);

/* A workout of any steps, resolved (har_workout_resolve). Each step carries its words, so
 * that har_decode_workout() gives the same text again. HAR_NO_ANSWER for a step whose speed
 * is not known; HAR_OUT_OF_RANGE for no step, more than HAR_STEPS_MOST, or an instant that
 * FIT cannot hold; HAR_NO_MEMORY. */
har_status har_encode_workout_fit(const struct har_workout *workout, int64_t created_ms,
                                  struct har_arena *arena, struct har_bytes *out,
                                  struct har_error *err);

/* The same as ZWO: speeds as fractions of the threshold's (NaN: not known), or of that of
 * the mile, 5K, 10K, half marathon or marathon where the step is told of one. Steps that
 * are not told of a speed are free rides with their words as a message. ZWO counts all
 * steps in seconds or all in metres: where they are mixed, metres become seconds at the
 * speed to keep. HAR_NO_ANSWER where that, or the threshold, is not known. */
har_status har_encode_workout_zwo(const struct har_workout *workout, double threshold_mps,
                                  struct har_arena *arena, struct har_bytes *out,
                                  struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
