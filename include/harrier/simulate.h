/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_SIMULATE_H
#define HARRIER_SIMULATE_H

/* simulate - a runner with known truth lives a season.
 *
 * Everything later is tested against this truth: what Harrier learns from the files must be
 * what was put in. The same seed gives the same bytes on every machine.
 */

#include "harrier/activity.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is true of a simulated runner, and hidden from the files. Performance follows the
 * law of Mulligan, Adam & Emig (PLOS ONE 13, 2018, e0206645): v(T) = v_m (1 - gamma
 * ln(T/360 s)). Form moves v_m by a fitness-fatigue response to daily load (Banister 1975);
 * altitude takes from it and, slowly, gives back. */
struct har_truth {
    double v_m_mps, gamma;
    double fitness_gain, fatigue_gain; /* of v_m, per unit of load */
    double fitness_days, fatigue_days; /* time constants */
    double altitude_loss_per_km;       /* share of v_m per km above 500 m, unacclimatised */
    double acclimatisation_days;       /* e-folding */
    double haemoglobin_gain_per_1000_km_h; /* share of v_m per 1000 km.h of dose */
    double heart_rest_bpm, heart_max_bpm;
};

/* A runner drawn from `seed`; seed 1 is the one of the demonstration. */
struct har_truth har_truth_of(uint64_t seed);

/* Seconds the runner needs for `distance_m` on the flat at sea level, in neutral form. */
double har_truth_time(const struct har_truth *truth, double distance_m);

enum har_session_kind {
    HAR_SESSION_EASY,
    HAR_SESSION_LONG,
    HAR_SESSION_TEMPO,
    HAR_SESSION_INTERVALS, /* on a track, by laps */
    HAR_SESSION_HILLS,
    HAR_SESSION_TREADMILL,
    HAR_SESSION_RACE,
};

/* One planned session with what will be true of it. */
struct har_session {
    int64_t start_ms;
    int32_t utc_offset_s;
    enum har_session_kind kind;
    const char *name; /* "Morning run", "5000 m, Lexington" */
    double distance_m;
    double speed_mps;  /* true mean speed on the ground */
    double form;       /* v_m that day / v_m of the truth */
    double altitude_m; /* of the place */
    double drop_m;     /* start less finish */
    bool short_track;  /* 200 m laps, indoors */
    const char *event; /* races: "5000", "2MILE", "HM"; else NULL */
    double official_s; /* races: the official time; else NaN */
    const char *venue; /* races: where; else NULL */
};

/* A stay away from home, as it was lived. */
struct har_camp_truth {
    int64_t from_day, to_day;
    double altitude_m;
};

struct har_simulation {
    struct har_truth truth;
    size_t session_count;
    const struct har_session *sessions; /* in order of time */
    size_t camp_count;
    const struct har_camp_truth *camps;
    const struct har_simulator *simulator; /* its own notes on how each session was run */
};

/* A season from September to March: an autumn block at sea level, a downhill half marathon
 * in December, weeks at altitude, an indoor season. Lives in `arena`. */
har_status har_simulate(uint64_t seed, struct har_arena *arena, struct har_simulation *out,
                        struct har_error *err);

/* What the watch recorded of one session (index below session_count): 1 Hz, GPS and
 * barometer noise, heart rate with its lag, laps, pauses. Lives in `arena`. */
har_status har_simulate_session(const struct har_simulation *simulation, size_t index,
                                struct har_arena *arena, struct har_activity *out,
                                struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
