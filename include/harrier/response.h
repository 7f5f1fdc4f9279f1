/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_RESPONSE_H
#define HARRIER_RESPONSE_H

/* response - load and marks -> what load does to this runner.
 *
 * Banister's two responses to each day's load, one that helps for weeks and one that costs
 * for days, learnt from the marks that followed. Such a fit says little as easily as it
 * says much: it is tried on marks that it has not seen, and unless it does better there
 * than saying "as last time" and "as usual this season", it is not to be shown.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_RESPONSE_VERSION = 1 };

/* The load of each day from `from_day` on; NaN where nothing is known of it. */
struct har_load_days {
    int64_t from_day;
    size_t count;
    const double *load; /* 100: an hour at threshold */
};

/* How good the runner was on a day: the natural logarithm of a speed in standard
 * conditions, such as ln v_m of the mark, so that 0.01 is one percent. */
struct har_shown_form {
    int64_t day;
    double ln_speed;
    double
        spread; /* how uncertain that is, beside the day's luck; 0: as good as measured */
};

/* On the morning of a day
 *
 *     ln speed = baseline + fitness_gain F - fatigue_gain A
 *
 * where F and A are the daily loads in hundreds, up to the day before, as means that fade
 * over fitness_days and fatigue_days. */
struct har_response {
    double baseline, fitness_gain, fatigue_gain;
    double fitness_days, fatigue_days;
    double luck;      /* standard deviation of a day's ln speed */
    double before;    /* the daily load that is taken for all days before the first */
    double spread[6]; /* variances and covariances of the first three, row by row of the
                         lower triangle */
};

/* Marks that a fit needs, in days of load, and that it is tried on. */
enum {
    HAR_RESPONSE_LEAST = 10,
    HAR_RESPONSE_TRIED_LEAST = 6,
    HAR_RESPONSE_TRIED_MOST = 40
};

/* The most probable response. `shown` in order of days; those outside `days`, or with a
 * number that is none, are left out.
 *
 *   HAR_NO_ANSWER  fewer than HAR_RESPONSE_LEAST are left, or under four weeks of load
 */
har_status har_response_fit(const struct har_load_days *days,
                            const struct har_shown_form *shown, size_t count,
                            struct har_arena *arena, struct har_response *out,
                            struct har_error *err);

/* The expected ln speed on the morning of a day, the day after the last load at the latest;
 * `spread` (may be NULL) is the standard deviation of what will be run, luck and doubt in
 * the fit. NaN for a day outside. */
double har_response_on(const struct har_response *response,
                       const struct har_load_days *days, int64_t day, double *spread);

/* How a fit did on marks it had not seen: each of the last ones from those before it. */
struct har_response_trial {
    size_t tried;
    double error;        /* root mean square, of ln speed */
    double last_error;   /* of saying the last mark again */
    double season_error; /* of saying the mean of the 180 days before it */
    bool worth_showing;  /* better than both, and by more than chance would have it */
};

/* HAR_NO_ANSWER: there are fewer than HAR_RESPONSE_LEAST + HAR_RESPONSE_TRIED_LEAST. */
har_status har_response_try(const struct har_load_days *days,
                            const struct har_shown_form *shown, size_t count,
                            struct har_arena *arena, struct har_response_trial *out,
                            struct har_error *err);

/* Of a runner whose marks were tried. `trial.tried` is 0 where there were too few of them;
 * `response` is NULL unless the trial says that it is worth showing. */
struct har_learnt_response {
    size_t races, efforts; /* the marks: races, and hard efforts of training */
    struct har_response_trial trial;
    const struct har_response *response;
    /* What it expects on a day, in percent of speed beside the mean of the marks of the 180
     * days before; 80 % lie between low and high. NaN without a response. */
    int64_t on_day;
    double expected_pct, low_pct, high_pct;
};

#ifdef __cplusplus
}
#endif

#endif
