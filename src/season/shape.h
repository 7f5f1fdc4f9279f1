/* SPDX-License-Identifier: MIT */
#ifndef SEASON_SHAPE_H
#define SEASON_SHAPE_H

/* The season before any load is put into it: what each week is for, and how much of a full
 * week's load each day takes. */

#include "harrier/season.h"

enum { A_WEEK = 7 };

struct season_shape {
    const struct har_season_problem *problem;
    const struct har_season_settings *settings; /* none of them zero */
    int64_t monday;
    size_t weeks;
    enum har_phase *phase;
    bool *easy;
    double *share; /* by day: of the level of its week; what a taper cuts is not in it */
    bool *taper;   /* by day */
    double *race;  /* by day: load of races, NaN where it is the day's share */
};

#define SEASON_EASY 0.7 /* of a full week */

/* How far apart two targets may be, and what follows one. */
int64_t season_rest_days(const struct har_target *target);

har_status season_shape_of(const struct har_season_problem *problem,
                           const struct har_season_settings *settings,
                           struct har_arena *arena, struct season_shape *out,
                           struct har_error *err);

/* --- carried.c ---------------------------------------------------------------------- */

/* Present load, safe growth and ceiling, into the evidence. HAR_NO_ANSWER without any
 * training. */
har_status season_carried(const struct har_season_problem *problem,
                          const struct har_season_settings *settings,
                          struct har_season_evidence *out, struct har_error *err);

/* The level of a loading week at which four weeks, the easy one of them too, have the load
 * that is the bound. */
double season_most_level(const struct har_season_evidence *evidence);

/* --- unmet.c ------------------------------------------------------------------------ */

/* What the plan could not meet, into it. */
har_status season_unmet(const struct season_shape *shape, const double *level,
                        struct har_arena *arena, struct har_season_plan *plan,
                        struct har_error *err);

#endif
