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
enum { HAR_RECOVERY_VERSION = 1 };

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
 * means within half of the usual scatter. HAR_NO_ANSWER: fewer than four values before the
 * race, or than three after it. */
har_status har_recovery_of(const struct har_measured *measured, size_t count,
                           enum har_tired tired, int64_t race_day, int64_t until_day,
                           struct har_recovery *out, struct har_error *err);

/* By how many days `now` came back sooner than `then`; 80 %. */
struct har_sooner {
    double days, low_days, high_days;
};
struct har_sooner har_recovery_sooner(const struct har_recovery *now,
                                      const struct har_recovery *then);

/* Whether two races are of one kind: neither 1.25 times as long as the other. */
bool har_same_kind_of_race(double distance1_m, double distance2_m);

#ifdef __cplusplus
}
#endif

#endif
