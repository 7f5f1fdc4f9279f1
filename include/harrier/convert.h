/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_CONVERT_H
#define HARRIER_CONVERT_H

/* convert - a mark in its conditions <-> its worth in standard ones.
 *
 * Standard is a flat course at the sea, cool and without wind, and on a short track one of
 * 200 m with banked bends. Every condition that is told is one step: a factor of the time,
 * the range of that factor, and why. What is not told is not guessed.
 */

#include "harrier/effort.h"
#include "harrier/mark.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_CONVERT_VERSION = 1 };

/* What is known of a race. NaN is not told; begin with har_conditions_untold(). */
struct har_conditions {
    double drop_m; /* how much lower the finish lies; taken as one even slope */
    /* The profile of the course instead; borrowed. Columns of `point_count` values, the
     * distance from the start, which never falls; 0 points: not told. */
    const double *distance_m, *profile_m;
    size_t point_count;
    double altitude_m;   /* -430 .. 5000 */
    double acclimatised; /* 0 just come .. 1 at home up there */
    double wbgt_c;       /* -10 .. 35; or instead ... */
    double temp_c;       /* ... -40 .. 50 and */
    double humidity_pct; /* 0 .. 100; in moderate sun and light wind, or with ... */
    double sun_w_m2;     /* ... 0 .. 1161 on level ground, no more than its height lets */
    double sun_elevation_deg; /* 1 .. 90; untold as in struct har_weather */
    double breeze_mps;        /* 0 .. 20, 2 m over the ground, from any side; untold 1 */
    double headwind_mps;      /* -8 .. 20, all the way and at the runner's height */
    bool track_told;          /* on a track, 200 .. 5000 m */
    enum har_track track;
    bool sex_told; /* the factors between tracks differ */
    enum har_sex sex;
};
struct har_conditions har_conditions_untold(void);

/* As many as there are kinds of condition. */
enum { HAR_MOST_STEPS = 5 };

struct har_step {
    const char *name; /* "track", "wind", "drop" or "course", "altitude", "heat" */
    double factor, low,
        high;            /* of the time, to standard conditions; low <= factor <= high */
    const char *because; /* a sentence: the model, its range, our decision */
};

struct har_conversion {
    double mark_s;
    double standard_s; /* mark_s times all factors */
    /* Low <= standard <= high, outwards to whole units of the event's marks: the second on
     * the road, the hundredth on the track. */
    double standard_low_s, standard_high_s;
    double wbgt_c; /* of the heat, told or worked out; NaN where nothing was told of it */
    size_t step_count; /* of the conditions that were told */
    struct har_step step[HAR_MOST_STEPS];
};

/* What `mark_s` is worth in standard conditions. The sentences live in `arena`.
 *
 *   HAR_BAD_INPUT     the mark, or what the conditions make of it, is more than 10 % faster
 *                     than any record; conditions that contradict each other
 *   HAR_OUT_OF_RANGE  a condition outside what is said above, or a slope over 9 % down or
 *                     45 % up; a profile that is more than 5 % off the event's distance
 *   HAR_NO_MEMORY     the arena is full
 */
har_status har_convert(const struct har_event *event, double mark_s,
                       const struct har_conditions *conditions, struct har_arena *arena,
                       struct har_conversion *out, struct har_error *err);

/* The mark in these conditions that is worth `standard_s`: har_convert() of it gives
 * `standard_s` again. Fails as that does. */
har_status har_convert_to(const struct har_event *event, double standard_s,
                          const struct har_conditions *conditions, struct har_arena *arena,
                          double *mark_s, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
