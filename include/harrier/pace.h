/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PACE_H
#define HARRIER_PACE_H

/* pace - the fastest way round a course, for this runner, on this day.
 *
 * A problem and settings in, a plan and evidence out: how fast to run where, the splits,
 * what is left at each, the chance of a target; and the same for a group that takes turns
 * at the front. Zero is the default throughout. The same input gives the same plan to 1e-9
 * on any machine.
 */

#include "harrier/course.h"
#include "harrier/effort.h"
#include "harrier/law.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_PACE_VERSION = 1 };

/* --- the way ------------------------------------------------------------------------ */

/* What is run, cut into pieces. */
struct har_way {
    size_t count;
    const double *length_m;    /* each over 0 */
    const double *grade;       /* rise over run */
    const double *bearing_deg; /* which way one runs there, from north; NULL: not known */
    double distance_m;         /* all of them */
    struct har_bend track;     /* lap_m 0: no track */
};

/* Flat, straight nowhere known; `distance_m` cut into equal pieces of `step_m` at most. */
har_status har_way_flat(double distance_m, double step_m, struct har_arena *arena,
                        struct har_way *out, struct har_error *err);

/* Laps of a flat track: two straights, the first of them run north, and two bends to the
 * left. One starts where the last lap ends at the finish line, which ends a straight. */
har_status har_way_track(double distance_m, const struct har_bend *track, double step_m,
                         struct har_arena *arena, struct har_way *out,
                         struct har_error *err);

/* From heights at growing distances, the first 0. */
har_status har_way_profile(const double *distance_m, const double *altitude_m, size_t count,
                           double step_m, struct har_arena *arena, struct har_way *out,
                           struct har_error *err);

/* Of a course, drawn out or in to the `event_m` of its race (0: as long as its line).
 * HAR_OUT_OF_RANGE where they differ by more than 2 %; HAR_NO_ANSWER without heights. */
har_status har_way_course(const struct har_course *course, double event_m, double step_m,
                          struct har_arena *arena, struct har_way *out,
                          struct har_error *err);

/* --- the plan ----------------------------------------------------------------------- */

struct har_pace_problem {
    const struct har_way *way;
    const struct har_emig *runner;  /* on the flat, in cool still air, at the sea */
    double critical_mps, d_prime_m; /* of the same runner; 0: not known */
    double ln_time_sd; /* how unsure the logarithm of the runner's time is; 0: not known */

    struct har_grade_law law;
    const struct har_altitude *altitude; /* NULL: the sea. Distances are the way's */
    const struct har_heat *heat;         /* NULL: cool */
    struct har_air air;                  /* all along */
    double wind_mps, wind_from_deg;      /* besides, where the way has bearings */
    const double *shelter;               /* piece by piece, instead of the air's; or NULL */
    const double *told_mps; /* piece by piece, NaN where free; or NULL: all are */

    double target_s;       /* 0: as fast as can be */
    double from_m, from_s; /* already run, as evenly as could be; 0: at the start */
    bool standing_start;   /* let the first metres take what it takes to get going */
};

struct har_pace_settings {
    double tolerance;   /* of the capacity or the target, relative [1e-12] */
    unsigned rounds;    /* at most, of each search [100] */
    size_t start_nodes; /* of the mesh for a standing start [400] */
};

/* At `count` ends of pieces, from the start to the finish. */
struct har_pace_plan {
    size_t count;
    const double *distance_m, *time_s;
    const double *speed_mps; /* of the piece that ends there; the first twice */
    const double *flat_mps;  /* as hard on the flat, in still air */
    const double *reserve;   /* 1 .. 0, left of what the curve allows; below 0: beyond it */
    const double *d_prime_m; /* what is left of D'; NULL where it is not known */
    double finish_s;
    double fastest_s; /* what the curve allows */
    double chance;    /* 0..1 of finishing by `finish_s`; NaN without ln_time_sd */
};

/* How much to believe the plan, and what other ways of running would cost. */
struct har_pace_evidence {
    unsigned rounds;     /* of the search for the one price */
    double residual;     /* of its condition, relative: 0 is solved */
    double mesh_error_s; /* the fastest on this way less that on half as many pieces */
    double even_speed_s, even_effort_s; /* one speed, one flat speed: as tired, how long */
    double surge_cap_mps; /* the flat speed D' set a limit at; NaN where it set none */
};

/* As fast as can be, or for a target the plan that costs least; a target beyond the curve
 * is no failure, and `chance` says how likely it is. `settings`, `evidence` may be NULL.
 *
 *   HAR_OUT_OF_RANGE  a number that cannot be; slower than a walk
 *   HAR_NO_ANSWER     the curve ends before, or what is told leaves nothing for the rest
 *   HAR_NO_MEMORY
 */
har_status har_pace(const struct har_pace_problem *problem,
                    const struct har_pace_settings *settings, struct har_arena *arena,
                    struct har_pace_plan *plan, struct har_pace_evidence *evidence,
                    struct har_error *err);

/* --- what is read off a plan ------------------------------------------------------- */

/* When the plan passes a distance. */
double har_plan_time(const struct har_pace_plan *plan, double distance_m);
struct har_pace_split {
    double distance_m, time_s, reserve;
    double lap_s, flat_mps; /* since the split before; the mean of the effort */
};
/* At every `every_m`, and at the finish. */
har_status har_plan_splits(const struct har_pace_plan *plan, double every_m,
                           struct har_arena *arena, const struct har_pace_split **split,
                           size_t *count, struct har_error *err);

/* Lamps, one every `spacing_m` of track from the finish line on: when each lights up. */
struct har_lamp {
    double at_m; /* after the finish line */
    size_t count;
    const double *time_s;
};
har_status har_plan_lamps(const struct har_pace_plan *plan, double lap_m, double spacing_m,
                          struct har_arena *arena, const struct har_lamp **lamp,
                          size_t *count, struct har_error *err);

/* --- pacing others ----------------------------------------------------------------- */

struct har_pacer {
    const struct har_emig *runner;
    double leave_m; /* steps out there; 0: when nothing is left, or at the finish */
    bool no_lead;   /* whom the others pace */
};

/* A stretch, and which of the group is in front of it. */
struct har_lead {
    double from_m, to_m;
    size_t who;
};
struct har_pacer_part {
    double out_m; /* where this one leaves, or the way's distance */
    double led_m;
    double reserve; /* what is left there; below 0 where too much is asked */
    double saved_s; /* by the shelter: so much slower without, as tired */
};
struct har_turns {
    size_t lead_count;
    const struct har_lead *lead;
    const struct har_pacer_part *part; /* of each pacer */
};

/* Who leads which part of a `plan` of `problem`, when each leads for as long as the reserve
 * lasts, in the order given, and then steps out; those who do not lead stay. Behind
 * somebody the shelter is `shelter` [HAR_SHELTER_TWO_AHEAD]. */
har_status har_pace_group(const struct har_pace_problem *problem,
                          const struct har_pace_plan *plan, const struct har_pacer *pacer,
                          size_t count, double shelter, struct har_arena *arena,
                          struct har_turns *out, struct har_error *err);

/* --- from a standing start -------------------------------------------------------------
 */

/* Keller's runner: resistance v / tau, a largest force, a supply and a store of energy, all
 * per kg. {0.892, 12.2, 41.54, 2405.8} are his. */
struct har_keller {
    double tau_s, force_mps2, supply_w_kg, store_j_kg;
};
struct har_start {
    double finish_s, cruise_mps;
    double speed_up_s; /* at the largest force */
    double run_out_s;  /* with the store empty, before the finish */
    size_t count;
    const double *distance_m, *time_s, *speed_mps;
};

/* The fastest `distance_m` for such a runner on a mesh of `nodes` (20 or more). */
har_status har_keller_race(const struct har_keller *runner, double distance_m, size_t nodes,
                           struct har_arena *arena, struct har_start *out,
                           struct har_error *err);
/* How far the largest force lasts: 291 m. */
double har_keller_reach(const struct har_keller *runner);

#ifdef __cplusplus
}
#endif

#endif
