/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_RECOVERY_H
#define HARRIER_RECOVERY_H

/* recovery - what a race takes, and how it comes back.
 *
 * Expected: what each race leaves behind and what is left of that on the day of the next,
 * one factor of which is learnt from the runner's own races. Seen: heart rate, decoupling
 * and easy pace in the days after a race, until they are where they were before it, and
 * beside the same days after earlier ones.
 */

#include "harrier/effort.h"
#include "harrier/law.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_RECOVERY_VERSION = 2 };

/* --- expected ------------------------------------------------------------------------- */

struct har_raced {
    int64_t day;
    double distance_m;
    double effort; /* 0..1, see har_race_effort(); NaN counts as 1 */
};

/* Seconds run over the seconds for which the curve would let that speed be held, at most 1:
 * 1 is all that the runner had. NaN where the curve says nothing. */
double har_race_effort(const struct har_emig *curve, double distance_m, double time_s);

/* The share of speed that a race takes from the next morning's race, and the days in which
 * that falls to 37 %. */
double har_race_damage(double distance_m, double effort);
double har_race_recovery_days(double distance_m);

/* How much more, or less, races take from this runner: as nothing is known it is 1, give or
 * take 0.6. */
struct har_toll_factor {
    double mean, spread;
};
struct har_toll_factor har_toll_unknown(void);

/* How far a race fell short of what the runner's curve had said for it: as ln time over ln
 * expected time, with the standard deviation of chance and of the curve in it (over 0). */
struct har_shortfall {
    int64_t day;
    double ln_slower, spread;
};
/* What the shortfalls say of the factor; one on a day on which no race is felt any more
 * says nothing. */
struct har_toll_factor har_toll_learn(const struct har_raced *races, size_t count,
                                      const struct har_shortfall *seen, size_t seen_count);

/* What all races before `day` are expected to cost in a race on that day, percent of speed;
 * four in five lie between low and high. */
struct har_toll {
    double cost_pct, low_pct, high_pct;
};
struct har_toll har_toll_on(const struct har_raced *races, size_t count,
                            struct har_toll_factor factor, int64_t day);

/* --- seen ------------------------------------------------------------------------------
 */

/* The steady part of a run: from the tenth minute on. */
struct har_steady {
    double seconds;
    double flat_mps, heart_bpm;
    double decoupling; /* share by which speed over heart rate fell, first to second half */
};

/* `flat` as har_flat_speeds() made it of the same streams. HAR_NOT_FOUND: less than 20
 * minutes are left, or the pace of its minutes varies by more than 10 %, or it has no heart
 * rate. */
har_status har_steady_of(const struct har_streams *streams, const struct har_flat *flat,
                         struct har_steady *out);

/* The heart rate at another speed: what is above rest goes with the speed. */
double har_heart_at(const struct har_steady *steady, double heart_rest_bpm,
                    double flat_mps);

/* One measure on one day: heart rate at a given speed, decoupling, easy speed. */
struct har_measured {
    int64_t day;
    double value;
};

/* Which way the measure goes when the runner is tired. */
enum har_tired {
    HAR_TIRED_HIGHER,
    HAR_TIRED_LOWER,
};

struct har_recovery {
    size_t before, after;             /* days that were compared */
    double usual, usual_spread;       /* of the 28 days before the race */
    double days, low_days, high_days; /* until it is as usual again; 80 % */
};

/* How long a measure took to come back, from its values in the 28 days before the race and
 * in those after it, up to `until_day` (the next race, or today) and 28 at most. As usual
 * means within half of the usual scatter, which is at least `least_spread`: what the
 * measure is known to vary by anyway. HAR_NO_ANSWER: fewer than four values before the
 * race, or all the same, or fewer than three after it. */
har_status har_recovery_of(const struct har_measured *measured, size_t count,
                           enum har_tired tired, double least_spread, int64_t race_day,
                           int64_t until_day, struct har_recovery *out,
                           struct har_error *err);

/* By how many days `now` came back sooner than `then`; 80 %. */
struct har_sooner {
    double days, low_days, high_days;
};
struct har_sooner har_recovery_sooner(const struct har_recovery *now,
                                      const struct har_recovery *then);

/* Whether two races are of one kind: neither 1.25 times as long as the other. */
bool har_same_kind_of_race(double distance1_m, double distance2_m);

/* --- a race, and the days after it ------------------------------------------------------
 */

struct har_steady_run {
    int64_t day;
    double altitude_m; /* NaN where not known */
    struct har_steady steady;
};

/* What shows that a runner is still tired, the most telling first. */
enum har_sign {
    HAR_SIGN_HEART, /* beats a minute at the usual easy speed */
    HAR_SIGN_PACE,  /* the speed of easy runs */
    HAR_SIGN_DECOUPLING,
    HAR_SIGNS
};
/* "heart", "pace", "decoupling". */
const char *har_sign_name(enum har_sign sign);

struct har_comeback {
    struct har_raced race;
    int64_t until_day;    /* the last that was looked at */
    double easy_mps;      /* the usual speed of easy runs, NaN where there is none */
    size_t before, after; /* easy runs that were compared */
    struct har_recovery sign[HAR_SIGNS]; /* its days are NaN where nothing can be said */
};

/* The races of one runner in order of days, one a day, and the steady runs in any order up
 * to `last_day`. */
struct har_raced_and_run {
    const struct har_raced *races;
    size_t race_count;
    const struct har_steady_run *runs;
    size_t run_count;
    int64_t last_day;
    double heart_rest_bpm; /* NaN: not told */
};

/* How the runner came back from race `which`: from its easy runs at one height, those
 * before it while no earlier race was felt. HAR_NO_ANSWER: no sign says anything; `*out`
 * still tells how many runs there were. */
har_status har_comeback_of(const struct har_raced_and_run *known, size_t which,
                           struct har_arena *arena, struct har_comeback *out,
                           struct har_error *err);

/* The same after a hard block without a race in it, from one day to another, which are no
 * usual days themselves; out->race is its last day, and has no distance. */
har_status har_block_comeback(const struct har_raced_and_run *known, int64_t from_day,
                              int64_t to_day, struct har_arena *arena,
                              struct har_comeback *out, struct har_error *err);

struct har_beside {
    size_t which; /* the earlier race */
    enum har_sign sign;
    struct har_comeback earlier;
    struct har_sooner sooner;
};

/* The latest race of the kind before the one of `now`, race `which`, from which the way
 * back is known by a sign that is known now. HAR_NOT_FOUND: there is none. */
har_status har_comeback_beside(const struct har_raced_and_run *known, size_t which,
                               const struct har_comeback *now, struct har_arena *arena,
                               struct har_beside *out, struct har_error *err);

/* The same, of a race that has a name; or of a block of so many times the usual load. */
struct har_recovered {
    int64_t activity;  /* 0: nobody recorded it */
    const char *name;  /* may be NULL */
    double block_load; /* of a block; else 0 */
    struct har_comeback back;
    const char *why_not;             /* a sentence where no sign says anything; else NULL */
    const struct har_beside *beside; /* NULL: there is no earlier one of its kind */
    const char *beside_name;         /* may be NULL */
};

#ifdef __cplusplus
}
#endif

#endif
