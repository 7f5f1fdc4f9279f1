/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_WORKOUT_H
#define COMMAND_WORKOUT_H

/* A workout out of a file, between the commands that ask about one. */

#include "request.h"

#include "harrier/law.h"
#include "harrier/workout.h"

/* Reads words, FIT or ZWO. The exit status, after saying what is wrong. */
int read_workout(const struct request *request, const char *path, struct har_workout *out);

/* What the runner can do: as --curve tells it, else as the store does. */
struct workout_runner {
    struct har_workout_paces paces; /* points into this */
    struct har_emig told;
    bool kept; /* `curve` counts, else `told` */
    struct har_curve curve;
    int64_t day;
};

/* Whether some step is told of the threshold or of a race and has no speeds yet. */
bool needs_runner(const struct har_workout *workout);

/* HAR_EXIT_DONE, or the exit status after saying why nothing is known. `out` must not move.
 */
int know_runner(const struct request *request, int64_t day, struct workout_runner *out);

/* Writes a workout whose speeds are known; the same words give the same bytes. The exit
 * status. */
int write_workout_fit(const struct request *request, const struct har_workout *workout,
                      const char *path);

/* Its words as one line of text, in the request's arena. */
const char *step_words(const struct request *request, const struct har_workout_step *step);

#endif
