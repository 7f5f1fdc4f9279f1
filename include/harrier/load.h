/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_LOAD_H
#define HARRIER_LOAD_H

/* load - one session -> what it asked of the runner.
 *
 * One unit for all: an hour at the speed that the runner could hold for just that hour is
 * 100. It comes from the flat speeds against the runner's own curve; where these are not
 * known from the heart, then from what the runner felt, then from how long it took. The
 * answer says from which.
 */

#include "harrier/clean.h"
#include "harrier/effort.h"
#include "harrier/law.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_LOAD_VERSION = 1 };

/* --- what a session is kept as -------------------------------------------------------- */

/* Seconds at each flat speed, HAR_PACE_STEP_MPS apart: [0] stands still, [400] runs 10 m/s.
 * What lies between two speeds is shared by both, so that time and metres both add up. It
 * knows no runner: kept once, it gives the load by any curve. */
enum { HAR_PACE_BINS = 401 };
#define HAR_PACE_STEP_MPS 0.025
struct har_paces {
    float pace_s[HAR_PACE_BINS];
};

/* Gathers the flat speeds of a session on foot, each the mean of 20 seconds, never over a
 * break. `flat` is what har_flat_speeds() made of the same streams, or NULL (a belt): then
 * the ground counts as level. HAR_NOT_FOUND, no time in `*out`: not on foot, or nothing
 * known of where it led. */
har_status har_paces_of(const struct har_streams *streams, const struct har_flat *flat,
                        struct har_paces *out);

/* All that is known of a session. */
struct har_work {
    unsigned sport;
    double moving_s;
    const struct har_paces *paces; /* or NULL */
    const float *heart_s; /* seconds at each of HAR_HEART_BINS beats a minute; or NULL */
    double rpe;           /* how hard it felt, 0..10 (Borg's CR10); NaN: not told */
};

/* --- whose session ---------------------------------------------------------------------
 */

/* NaN where not known; begin with har_load_runner_unknown(). */
struct har_load_runner {
    struct har_emig curve;
    double d_prime_m; /* what may be run above critical speed once; untold: the curve's */
    double heart_rest_bpm;      /* untold: 60 */
    double heart_max_bpm;       /* untold: the heart says nothing */
    double heart_threshold_bpm; /* held for an hour; untold: 85 % of the reserve */
    enum har_sex sex;           /* of the exponent in Banister's formula */
    double altitude_m;   /* of the session, where its speeds are to count as slowed by it */
    double acclimatised; /* 0 just come .. 1 at home up there */
};
struct har_load_runner har_load_runner_unknown(void);

/* --- the load ----------------------------------------------------------------------------
 */

/* What a load was worked out from, the best there was. */
enum har_load_source {
    HAR_LOAD_NONE,
    HAR_LOAD_SPEED,
    HAR_LOAD_HEART,
    HAR_LOAD_RPE,
    HAR_LOAD_DURATION,
};
/* "none", "speed", "heart", "rpe", "duration". */
const char *har_load_source_name(enum har_load_source source);

struct har_load {
    double load; /* 100: an hour at threshold */
    enum har_load_source source;
    /* The share of the moving time that the source saw; the rest counts as the mean of
     * that. A source that saw less than half is not asked. */
    double seen;
    /* How many times D' was spent above critical speed, what came back in between not
     * taken off; NaN unless by speed. */
    double surges;
    /* By speed, where the altitude counts: that, how acclimatised the runner was, and the
     * share of the speed held for an hour that is lost up there. Else NaN. */
    double altitude_m, acclimatised, lost;
};

/* HAR_NO_ANSWER, source none and load NaN, where not even the time is known. */
har_status har_load_of(const struct har_work *work, const struct har_load_runner *runner,
                       struct har_load *out, struct har_error *err);

/* What an hour at a flat speed adds: 100 at threshold, growing ever faster with the speed.
 * NaN without a curve. */
double har_load_rate(const struct har_load_runner *runner, double flat_mps);

/* --- the parts, and others' ways
 * ----------------------------------------------------------
 */

/* The speed held for an hour. */
double har_threshold_speed(const struct har_emig *curve);

/* What the curve says of short efforts: its tangent at 12 minutes, as a critical speed. */
struct har_critical_speed har_curve_critical_speed(const struct har_emig *curve);

/* Banister's impulse for a minute at a share of the heart rate reserve (0..1): 1.2152 for a
 * man at 0.6. */
double har_trimp_a_minute(double reserve, enum har_sex sex);

/* rTSS: hours times the square of the speed over the threshold's, times 100. */
double har_rtss(const struct har_paces *paces, double threshold_mps);

/* Foster's session load: RPE times minutes. */
double har_session_rpe(double rpe, double moving_s);

#ifdef __cplusplus
}
#endif

#endif
