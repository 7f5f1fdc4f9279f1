/* SPDX-License-Identifier: MIT */
#ifndef SERVE_POOL_H
#define SERVE_POOL_H

/* Threads that find answers, so that the ones which talk to browsers never wait. */

#include "harrier/base.h"

enum lane {
    LANE_QUICK, /* questions that were answered at once so far */
    LANE_SLOW,  /* those that were not; one thread is never theirs */
    LANE_ALONE, /* changes and sent files: one at a time, in the order in which they came */
    LANES
};

struct job {
    struct job *next;
    void (*run)(struct job *job);
};

struct pool;
struct pool *pool_open(void); /* NULL: no memory, no threads */
/* Waits for every job that was given. */
void pool_close(struct pool *pool); /* NULL allowed */
void pool_give(struct pool *pool, enum lane lane, struct job *job);

#endif
