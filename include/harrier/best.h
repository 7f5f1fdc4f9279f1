/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_BEST_H
#define HARRIER_BEST_H

/* best - streams in, the fastest over every distance and duration out.
 *
 * Interpolated at both ends, O(n) for each distance, growing with the distance, never
 * across a gap, never faster than the records allow, and never from a treadmill or a
 * screen.
 */

#include "harrier/clean.h"
#include "harrier/mark.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_BEST_VERSION = 1 };

struct har_best {
    double distance_m;
    double time_s;
    double from_s; /* elapsed second at which it began */
    double from_m; /* distance at which it began */
};

/* The distances and durations that are always kept, ascending; data, not code
 * (data/standard_distances.tsv, data/standard_durations.tsv). Names as OpenTrack writes
 * them: "800", "MILE", "HM". */
struct har_standard {
    double value; /* metres or seconds */
    const char *name;
};
const struct har_standard *har_standard_distances(size_t *count);
const struct har_standard *har_standard_durations(size_t *count);

/* The quickest `distance_m` inside the streams. HAR_NOT_FOUND where the streams hold no
 * such unbroken stretch, are not a run on real ground, or only an impossible one. */
har_status har_best_distance(const struct har_streams *streams, double distance_m,
                             struct har_best *best);
/* The farthest in `time_s`. */
har_status har_best_duration(const struct har_streams *streams, double time_s,
                             struct har_best *best);

/* Every standard distance found, ascending; times strictly grow. And every standard
 * duration; distances never fall. Both live in `arena`. */
struct har_bests {
    size_t distance_count, duration_count;
    const struct har_best *distances, *durations;
};
har_status har_bests(const struct har_streams *streams, struct har_arena *arena,
                     struct har_bests *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
