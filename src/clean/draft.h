/* SPDX-License-Identifier: MIT */
#ifndef CLEAN_DRAFT_H
#define CLEAN_DRAFT_H

/* The streams while they are being made.
 *
 * clean.c lays the draft out and lets each step below fill or correct its part, in this
 * order, so that a step may lean on all before it:
 *
 *     clock      which samples count, when; where the timer stood or samples are missing
 *     position   where, without spikes; what the ground between positions came to
 *     setting    track, belt, hall or open ground
 *     distance   the device's, or the ground's, or its speed summed; then speed and times
 *     elevation  height without noise, and the climbs in it
 *     heart      beats without garbage
 */

#include "gait.h"

#include "harrier/clean.h"

struct draft {
    const struct har_activity *activity;
    struct har_arena *arena;
    struct har_summary *summary;
    const struct gait *gait;

    size_t count;
    const size_t *sample; /* which of the activity's samples each one is */
    double *time_s;
    double step_s;  /* median time from one sample to the next */
    bool *broken;   /* as in struct har_streams */
    bool *stopped;  /* the device's timer stood still on the way from the sample before */
    bool *leap;     /* the positions before and from here on do not belong together */
    bool placed;    /* some sample has a position on earth, believable or not */
    double *ground; /* metres from the sample before, by position; NULL without any */
    double *column[HAR_CHANNELS]; /* NULL where nothing is known */
    double *work;                 /* room for 4 * count doubles, for the step at hand */
};

har_status clean_clock(struct draft *draft);
void clean_positions(struct draft *draft);
har_status clean_setting(struct draft *draft);
void clean_distance(struct draft *draft);
void clean_times(struct draft *draft);
har_status clean_elevation(struct draft *draft);
void clean_heart(struct draft *draft);

/* Metres climbed and descended up to each sample, in `up_m` and `down_m` (count of each).
 */
void climb_sums(const double *altitude_m, const bool *broken, size_t count, double *up_m,
                double *down_m);

#endif
