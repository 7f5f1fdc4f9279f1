/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MADE_H
#define BENCH_MADE_H

/* A run that a benchmark makes up. */

#include "harrier/clean.h"

/* The streams with the summary of a run that a watch measured, outdoors and without a stop.
 */
static inline struct har_streams made_run(struct har_streams streams)
{
    double elapsed_s = streams.time_s[streams.count - 1];
    streams.summary = (struct har_summary){
        .sport = HAR_SPORT_RUNNING,
        .setting = HAR_SETTING_OUTDOOR,
        .distance_source = HAR_DISTANCE_DEVICE,
        .distance_m = streams.distance_m[streams.count - 1],
        .elapsed_s = elapsed_s,
        .timer_s = elapsed_s,
        .moving_s = elapsed_s,
    };
    return streams;
}

#endif
