/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_WORKOUT_H
#define DECODE_FIT_WORKOUT_H

/* The messages of a FIT workout, and what they are together. */

#include "fit_message.h"

#include "harrier/workout.h"

/* A workout_step message as it stands. Numbers are unscaled, NaN where missing. */
struct fit_workout_step {
    double index, end, end_value, target, target_value, low, high, intensity;
    const char *name, *notes;
};

struct fit_workout {
    bool begun; /* a workout message came */
    const char *name;
    size_t count, room;
    struct fit_workout_step *step;
};

/* Takes a workout or workout_step message. False if the arena is full. */
bool fit_workout_take(struct fit_workout *workout, const struct fit_data *data,
                      struct har_arena *arena);

har_status fit_workout_end(const struct fit_workout *workout, struct har_arena *arena,
                           struct har_workout *out, struct har_error *err);

#endif
