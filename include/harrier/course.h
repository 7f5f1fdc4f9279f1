/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_COURSE_H
#define HARRIER_COURSE_H

/* course - a line on the map in; length, profile, drop, separation and a verdict out.
 *
 * What a file can say about a course, and how sure that is. The rules ask for a survey; a
 * line on a map is none, so near a limit the answer is "unknown", with its reason.
 */

#include "harrier/activity.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_COURSE_VERSION = 1 };

/* --- the line ----------------------------------------------------------------- */

/* A longer way without a point, or without a height, is a hole: nobody knows what was run
 * there. */
#define HAR_COURSE_HOLE_M 2000.0

/* A course from its start to its finish. Columns have `count` >= 2 values. */
struct har_course {
    const char *name; /* as the file has it, or NULL */
    bool recorded;    /* a watch ran it; otherwise somebody drew it */
    size_t count;
    const double *lat_deg, *lon_deg;
    const double *distance_m; /* from the start along the line; starts at 0, never falls */
    const double *altitude_m; /* smoothed over distance; NULL where the file has none */
    double length_m;          /* sum of the geodesic steps */
    double separation_m;      /* the straight line from start to finish */
    double drop_m; /* how much lower the finish lies, by the file; NaN without altitudes */
    double ascent_m, descent_m; /* climbs of 2 m and more; NaN without altitudes */
    double longest_step_m;      /* the longest way without a point ... */
    double longest_step_at_m;   /* ... and where along the line it begins */
    double longest_blind_m; /* the longest way without a height; NaN without altitudes */
    size_t line_count;      /* lines in the file; the course is the longest */
};

/* The course in a file: FIT, TCX and GPX, course or activity, or GeoJSON. A drawn line is
 * taken corner by corner; a recorded one is cleaned first, as har_clean() does. All of
 * `*out` lives in `arena`; `file` is borrowed during the call only.
 *
 *   HAR_BAD_INPUT    not a sound file; a point off the earth; a height lower than the Dead
 *                    Sea's shore or higher than Everest (offset: the point, from 0)
 *   HAR_UNSUPPORTED  not a format that Harrier knows
 *   HAR_NO_ANSWER    no line in it: fewer than two points, or all of them in one place
 *   HAR_NO_MEMORY    the arena is full
 */
har_status har_course_read(struct har_bytes file, struct har_arena *arena,
                           struct har_course *out, struct har_error *err);

/* --- the verdict ---------------------------------------------------------------- */

enum har_verdict {
    HAR_VERDICT_ELIGIBLE,
    HAR_VERDICT_AIDED_DROP,       /* falls more than 1 m/km */
    HAR_VERDICT_AIDED_SEPARATION, /* ends farther apart than half its distance */
    HAR_VERDICT_AIDED_BOTH,
    HAR_VERDICT_EXCLUDED, /* falls more than 5 m/km: not even listed as aided */
    HAR_VERDICT_UNKNOWN,  /* the data do not allow an answer; the reasons say why */
};
/* "eligible", "aided-drop", ... */
const char *har_verdict_name(enum har_verdict verdict);

/* How the road statisticians (ARRS) list a mark from there. */
enum har_listing {
    HAR_LISTING_PLAIN,
    HAR_LISTING_AIDED, /* with an "a": separation over 30 % or drop over 1 m/km */
    HAR_LISTING_NONE,  /* drop over 5 m/km */
    HAR_LISTING_UNKNOWN,
};

/* What is asked; NaN where it is not told. */
struct har_course_question {
    double event_m;                               /* the official distance */
    double start_elevation_m, finish_elevation_m; /* surveyed; both or none */
};

struct har_eligibility {
    enum har_verdict verdict;
    enum har_listing listing;
    double confidence;     /* 0..1: that the course lies on the side of both limits on
                              which the numbers put it; 0 where they cannot be told */
    double distance_m;     /* the shares below are of this: the event's distance where
                              the line fits it, else the line's own */
    double separation_pct; /* 0..100 */
    double drop_m, drop_low_m, drop_high_m; /* surveyed, or with a 95 % interval; or NaN */
    double drop_m_per_km;                   /* negative where the finish is higher */
    size_t reason_count;
    const char *const *reasons; /* sentences, the weightiest first */
};

/* Judges a course by World Athletics' limits for road records: ends no farther apart than
 * 50 % of the distance, drop no more than 1 m/km. The result lives in `arena`.
 * HAR_OUT_OF_RANGE: an elevation that is not on land, one of two missing, or an event that
 * is not a positive distance. HAR_NO_MEMORY. */
har_status har_course_judge(const struct har_course *course,
                            const struct har_course_question *question,
                            struct har_arena *arena, struct har_eligibility *out,
                            struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
