/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_HEART_H
#define DECODE_FIT_HEART_H

/* Heart rates that a strap stored under water and the watch wrote afterwards, in messages
 * of their own. */

#include "fit_record.h"

struct fit_beat {
    double time_s; /* since the FIT epoch */
    double bpm;
};

struct fit_hearts {
    size_t count, room;
    struct fit_beat *beat;
    bool anchored, broken;
    double anchor_s, anchor_event_s;
    uint32_t event; /* the last event timestamp, in 1/1024 s */
};

/* Takes one hr message. False if the arena is full. A message that contradicts the ones
 * before sets `broken` and is left out. */
bool fit_hearts_take(struct fit_hearts *hearts, const struct fit_data *data,
                     struct har_arena *arena);

/* Gives each row the mean of the beats since the row before. False if the arena is full. */
bool fit_hearts_merge(const struct fit_hearts *hearts, struct fit_columns *columns,
                      struct har_arena *arena);

#endif
