/* SPDX-License-Identifier: MIT */
#ifndef WORKOUT_WORDS_H
#define WORKOUT_WORDS_H

/* The spelling of aims and amounts, for the reader and the writer alike. */

#include "harrier/workout.h"

/* An aim as a number with a sign behind it, and perhaps a word behind that. */
struct aim_row {
    enum har_aim aim;
    const char *before; /* each of the two values: "Z" */
    const char *sign;   /* behind the last: "%", "bpm", "w" */
    const char *word;   /* "Pace"; NULL: nothing follows */
    double least, most;
};
extern const struct aim_row aim_rows[];
extern const size_t aim_row_count;
const struct aim_row *aim_row_of(enum har_aim aim); /* NULL: it has none */

/* The distances that paces are told of. */
struct pace_unit {
    const char *name;
    double metres;
};
extern const struct pace_unit pace_units[];
extern const size_t pace_unit_count;

/* Bounds that keep a slip of the pen from becoming a session. */
#define SLOWEST_MPS 0.5
#define FASTEST_MPS 12.5
#define LONGEST_S 86400.0
#define FARTHEST_M 1e6
enum { HEART_LEAST_BPM = 20, HEART_MOST_BPM = 250, CADENCE_LEAST = 40, CADENCE_MOST = 300 };

#endif
