/* SPDX-License-Identifier: MIT */
#ifndef COACH_PIPELINE_H
#define COACH_PIPELINE_H

/* Work in parallel, results in order. One thread (the owner) gives items and takes them
 * back in the order in which it gave them; workers do what lies between. It knows nothing
 * of what an item is, and only the owner calls anything but `work`. */

#include "harrier/base.h"

#include <pthread.h>

/* Most items under way. The owner may keep its items in as many slots, used in turn. */
enum { PIPELINE_SLOTS = 128, PIPELINE_THREADS = 8 };

struct pipeline_slot {
    void *item;
    size_t bytes;
    bool finished;
};

/* Zero it, set the first four members, and start it. */
struct pipeline {
    /* What a worker does with one item. `desk` is the worker's own and is cleared after
     * each item, so nothing that the item keeps may lie on it. */
    void (*work)(void *ctx, void *item, struct har_arena *desk);
    void *ctx;
    unsigned threads;  /* 1 .. PIPELINE_THREADS */
    size_t most_bytes; /* under way at once, unless a single item is larger */

    pthread_mutex_t lock;
    pthread_cond_t given, finished;
    struct pipeline_slot slot[PIPELINE_SLOTS];
    uint64_t taken, begun, tail; /* how many items so far; taken <= begun <= tail */
    size_t bytes;
    bool stopping;
    unsigned running;
    pthread_t thread[PIPELINE_THREADS];
};

har_status har_pipeline_start(struct pipeline *pipeline, struct har_error *err);

/* Whether an item of `bytes` must wait until another was taken. */
bool har_pipeline_is_full(const struct pipeline *pipeline, size_t bytes);
/* Hands an item over; the pipeline must not be full. */
void har_pipeline_give(struct pipeline *pipeline, void *item, size_t bytes);
/* The oldest item, finished; NULL if there is none or, unless `wait`, it is not finished.
 */
void *har_pipeline_take(struct pipeline *pipeline, bool wait);

/* Ends the workers as soon as each has finished the item before it. Items that nobody
 * worked on can still be taken, as they were given. To be called once after a successful
 * start. */
void har_pipeline_stop(struct pipeline *pipeline);

#endif
