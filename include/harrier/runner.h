/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_RUNNER_H
#define HARRIER_RUNNER_H

/* runner - what marks and efforts say of one runner: the curve of time over distance.
 *
 * Every mark moves every distance, the nearer in distance and time the more; slow days move
 * little, for a tactical race says little of what was possible. Where no mark speaks, the
 * careers of thousands do (the prior). What comes out is a distribution, never one number.
 *
 *     struct har_curve curve;
 *     struct har_prediction mar;
 *     if (har_curve_fit(NULL, HAR_MEN, marks, count, today, &arena, &curve, &err) == 0 &&
 *         har_curve_predict(&curve, &marathon, today, HAR_ASK_RACE, &mar, &err) == 0)
 *         ...                     // mar.time_s, mar.low_s[HAR_WITHIN_80], mar.high_s
 *
 * The model is a Gaussian process on ln time of low rank (after Blythe and Kiraly, PLOS ONE
 * 11 (2016) e0157257) with drift and robust weights; curve.c says it in full. Days count
 * from 1970-01-01.
 */

#include "harrier/law.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_RUNNER_VERSION = 1 };

/* --- the prior -------------------------------------------------------------------- */

/* What is asked of a curve: what would be run on that day, or what the season's best could
 * be. Which of the ways to ask applies also depends on what is known: marks of the same
 * event or of others only, all races or a list of bests (no event twice in a year). */
enum har_question { HAR_ASK_RACE, HAR_ASK_SEASON_BEST };
enum har_asking {
    HAR_RACE_ALL, /* from all races, some over the same event */
    HAR_RACE_OTHER,
    HAR_BEST_ALL,
    HAR_BEST_OTHER,
    HAR_RACE_FROM_BESTS,
    HAR_BEST_FROM_BESTS,
    HAR_ASKINGS
};
enum { HAR_QUANTILES = 6 }; /* 2.5, 10, 25, 75, 90, 97.5 % */

/* One event of a population; all numbers in ln seconds. */
struct har_prior_row {
    const char *code; /* OpenTrack */
    enum har_event_kind kind;
    double distance_m;
    double marks;              /* learnt from so many */
    double men, women;         /* the mean */
    double level, bend, own;   /* sd: one runner is faster over all, longer, just here */
    double drift, own_drift;   /* sd of what changes over the years */
    double form, own_form;     /* sd of what changes over weeks */
    double noise;              /* sd of one race */
    double short_track;        /* slower there by */
    double winter, spring;     /* slower by winter * cos + spring * sin of the year */
    double shift[HAR_ASKINGS]; /* of the median, as each question's past errors had it */
};

/* All that is learnt from the careers of one kind of runner: a row an event. */
enum { HAR_PRIOR_ROWS = 24 };
struct har_prior {
    const char *name;
    size_t rows;
    double drift_days, form_days; /* e-folding times */
    double slow, fast;            /* errors beyond which a mark is trusted less */
    double window_days;           /* marks older than this are not used if others are */
    double quantile[HAR_ASKINGS][HAR_QUANTILES]; /* of the errors, in sd */
    struct har_prior_row row[HAR_PRIOR_ROWS];
};

/* Learnt from careers (bench/prior): data/prior_elite.tsv and data/prior_recreational.tsv
 * say from whose. */
extern const struct har_prior har_prior_elite, har_prior_recreational;

/* --- evidence --------------------------------------------------------------------- */

enum har_evidence_kind {
    HAR_EVIDENCE_RACE,   /* a race run in earnest */
    HAR_EVIDENCE_EFFORT, /* the fastest of a training run: the runner can do at least that
                          */
};

struct har_evidence {
    struct har_event event;
    double time_s; /* in standard conditions; over 0 */
    int64_t day;
    enum har_evidence_kind kind;
    double blur;  /* sd of ln time that standardising it left; 0 where it is exact */
    double run_s; /* as it was run; only to be shown. 0: that is time_s */
};

/* --- the curve -------------------------------------------------------------------- */

/* Marks that are used: the latest races, and where they leave room, training efforts. */
enum { HAR_CURVE_MOST = 40 };

/* The posterior. Its arrays live in the arena; read what is in it freely. */
struct har_curve {
    const struct har_prior *prior;
    enum har_sex sex;
    int64_t day;                     /* evidence of that day and later was not looked at */
    bool bests;                      /* no event twice in a year: a list of bests */
    double spread;                   /* how far the marks contradict each other; about 1 */
    size_t count;                    /* marks used; all arrays are as long */
    const size_t *index;             /* of each in the evidence */
    const struct har_prior_row *row; /* its event's, in between rows if need be */
    const double *mark_day;
    const double *weight;   /* 0..1: how far it is trusted */
    const double *surprise; /* sd by which it is slower than the others say */
    const double *residual; /* ln time less the mean */
    const double *gain;     /* K^-1 residual */
    const double *root;     /* count x count, L^-1 below the diagonal, K = L L' */
    double log_evidence;    /* of the marks, trusted as they are */
};

/* Whether either prior knows the event: 800 m to the marathon on the flat, and 3000SC. */
bool har_curve_reaches(const struct har_event *event);

/* Learns the curve from the evidence dated before `day`, which may lie in any order.
 * `prior` NULL takes the one under which the marks are the more likely. HAR_NO_ANSWER if no
 * evidence is left; HAR_OUT_OF_RANGE for evidence that is no time or an event under 800 m
 * or beyond the marathon (its index in err->offset). */
har_status har_curve_fit(const struct har_prior *prior, enum har_sex sex,
                         const struct har_evidence *evidence, size_t count, int64_t day,
                         struct har_arena *arena, struct har_curve *out,
                         struct har_error *err);

/* The intervals of a prediction, by the share of races that they are to hold. */
enum har_within { HAR_WITHIN_50, HAR_WITHIN_80, HAR_WITHIN_95, HAR_WITHINS };

struct har_prediction {
    double time_s;                                  /* the median */
    double low_s[HAR_WITHINS], high_s[HAR_WITHINS]; /* low < time_s < high, nested */
    enum har_asking asking;
};

/* The time over an event on `day` (curve->day or later). Between the events of the prior
 * all its columns are straight in ln distance; HAR_NO_ANSWER under 800 m and beyond the
 * marathon. On one ground a longer distance never has a shorter time, nor a higher speed.
 */
har_status har_curve_predict(const struct har_curve *curve, const struct har_event *event,
                             int64_t day, enum har_question question,
                             struct har_prediction *out, struct har_error *err);

/* By how much (in ln seconds) mark `i` of the curve moved that prediction. */
double har_curve_pull(const struct har_curve *curve, const struct har_event *event,
                      int64_t day, size_t i);

/* How wide the interval would be, as a share of now, with one more race over `other` on
 * that day: 0..1. NaN where either cannot be predicted. */
double har_curve_narrowed(const struct har_curve *curve, const struct har_event *event,
                          const struct har_event *other, int64_t day);

/* --- readings of one curve ---------------------------------------------------------- */

struct har_readings {
    struct har_emig emig;               /* of 800 m to the marathon */
    struct har_critical_speed critical; /* of 800, 1500, 3000 and 5000 m */
    double vdot;                        /* of the 5000 m */
};
/* NaN where the curve does not reach. Training speeds: har_training_speeds(..., vdot). */
struct har_readings har_curve_readings(const struct har_curve *curve, int64_t day);

/* --- one race, many runners --------------------------------------------------------- */

/* What a race did to all who ran it (a tactical one is slow, a downhill one fast): from how
 * much slower than predicted each came in (ln) and the sd of that prediction. Robust, and
 * drawn to 0 where few ran. Leave out the runner whose mark is to be put right. */
struct har_race_effect {
    double slower; /* ln time */
    double sd;
};
struct har_race_effect har_race_effect(const double *slower, const double *sd,
                                       size_t count);

#ifdef __cplusplus
}
#endif

#endif
