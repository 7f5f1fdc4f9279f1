/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_FORM_H
#define HARRIER_FORM_H

/* form - days of load -> fitness, fatigue, form.
 *
 * What the days add up to: two fading means and their difference, how alike the days of a
 * week are, how far the longest run leaps, how dense the races lie. Descriptions, none of
 * them a prediction. A day of which nothing is known is not a day of rest.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_FORM_VERSION = 2 };

/* A session that was done, or is planned. */
struct har_done {
    int64_t start_ms;
    int32_t utc_offset_s;
    double elapsed_s;  /* NaN where unknown */
    double load;       /* 100: an hour at threshold; NaN where unknown */
    double distance_m; /* of a run; else NaN */
    bool race;
};

/* The weight of today in a mean that fades over `days`. */
enum har_fade {
    HAR_FADE_EXPONENTIAL, /* 1 - e^(-1 / days): what most charts of form do */
    HAR_FADE_INVERSE,     /* 1 / days */
    HAR_FADE_SPAN,        /* 2 / (days + 1): the moving average of that many days */
    HAR_FADES
};
/* NaN unless it is over 0 and at most 1. */
double har_fade_weight(enum har_fade fade, double days);

/* Zero is the default. */
struct har_form_settings {
    double fitness_days; /* [42] */
    double fatigue_days; /* [7] */
    enum har_fade fade;
    /* Nothing was done on days without a session. Else seven of them in a row, or more, are
     * days of which nothing is known. */
    bool complete;
    /* The same from this day on, as a plan is complete from today on [no day]. */
    int64_t complete_from;
    int64_t to_day; /* goes on to this day [the last session's] */
};

struct har_form_day {
    int64_t day;
    double load; /* NaN: nothing is known of the day */
    double fitness, fatigue;
    double form;  /* of the morning: fitness less fatigue of the day before */
    double known; /* 0..1: how much of the fitness comes from days that are known */

    /* Of the seven days that end with this one; NaN where one of them is unknown. */
    double week_load;
    double monotony; /* mean over standard deviation, at most HAR_MOST_MONOTONY */
    double strain;   /* load of the week times its monotony */

    double longest_m; /* of the day's runs; NaN without any */
    double spike; /* longest_m over the longest run of the 30 days before; NaN without */

    unsigned sessions, races;
    unsigned doubled; /* sessions left out: another watch on the same run */
    unsigned unknown; /* sessions whose load is not known */
    unsigned races_7, races_14, races_28; /* in so many days, this one the last of them */
};

struct har_form {
    size_t day_count;
    const struct har_form_day *days; /* every one from the first session's on */
};

/* Of days all alike, which would be infinitely monotonous. */
#define HAR_MOST_MONOTONY 10.0

/* Adds up `count` sessions in any order; the days live in `arena`. An unknown load adds
 * nothing and is counted; of two sessions that overlap by more than half of the shorter the
 * larger load counts.
 *
 *   HAR_NOT_FOUND     no session has an instant
 *   HAR_OUT_OF_RANGE  a setting, or sessions that lie 200 years apart
 */
har_status har_form(const struct har_done *done, size_t count,
                    const struct har_form_settings *settings, struct har_arena *arena,
                    struct har_form *out, struct har_error *err);

/* Mean over standard deviation of `count` loads; HAR_MOST_MONOTONY where they are all
 * alike, 0 where all are 0. */
double har_monotony(const double *load, size_t count);

/* What a leap of the longest run went with in 5,205 runners: the rate of overuse injuries
 * over that of runs at most 10 % longer than any of the last 30 days. 1 up to 1.10, and for
 * NaN. */
double har_spike_hazard(double spike);

#ifdef __cplusplus
}
#endif

#endif
