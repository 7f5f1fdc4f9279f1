/* SPDX-License-Identifier: MIT */
/* F. Peronnet and G. Thibault, "Mathematical analysis of running performance and world
 * running records", J. Appl. Physiol. 67 (1989) 453: the power that a runner can give for T
 * seconds, from a store that empties and an aerobic power that rises, holds for 7 minutes
 * and then fades, against what running the distance takes, the start included.
 *
 * E, the fading, is below zero: power falls as time grows. A public program prints it as
 * +14.0, which makes 10,000 m a third too fast; an E that is not below zero gives NaN here.
 *
 * Store and aerobic power of the records are theirs, at second hand; the man's fading is
 * ours, the one with which his records of 1987 come out best, and hers the same share of
 * her aerobic power. They went from 60 m to the marathon, and so do we. Past 4 hours, where
 * hardly anything of the store is left to their formula, the answer is NaN. */

#include "harrier/law.h"

#include "measure.h"
#include "root.h"

#include <math.h>

#define PERONNET_SHORTEST_M 60.0
#define PERONNET_LONGEST_M 42195.0
#define PERONNET_LONGEST_S 14400.0
#define FASTEST_MPS 15.0

#define REST_W_KG 1.2
#define FULL_POWER_S 420.0 /* how long the whole aerobic power lasts */
#define STORE_FADE 0.233   /* of the store, for each factor e of time past that */
#define STORE_RISE_S 20.0
#define AEROBIC_RISE_S 30.0
#define COST_J_KG_M 3.86
#define AIR_KG_M3 1.2

struct har_peronnet har_peronnet_records(enum har_sex sex)
{
    static const struct har_peronnet records[] = {
        [HAR_MEN] = {1669, 29.2, -1.6, 0.017},
        [HAR_WOMEN] = {1575, 26.4, -1.6 / 29.2 * 26.4, 0.021},
    };
    return records[sex];
}

static bool is_runner(const struct har_peronnet *r)
{
    return r->store_j_kg >= 0 && isfinite(r->store_j_kg) && r->aerobic_w_kg > REST_W_KG &&
           isfinite(r->aerobic_w_kg) && r->fade_w_kg < 0 && isfinite(r->fade_w_kg) &&
           r->drag_m2_kg >= 0 && isfinite(r->drag_m2_kg);
}

static double supply_w_kg(const struct har_peronnet *r, double time_s)
{
    double late = time_s > FULL_POWER_S ? log(time_s / FULL_POWER_S) : 0;
    double store = r->store_j_kg * (1 - STORE_FADE * late);
    double aerobic = r->aerobic_w_kg - REST_W_KG + r->fade_w_kg * late;
    double risen = 1 - AEROBIC_RISE_S / time_s * -expm1(-time_s / AEROBIC_RISE_S);
    return store / time_s * -expm1(-time_s / STORE_RISE_S) + REST_W_KG + aerobic * risen;
}

static double demand_w_kg(const struct har_peronnet *r, double v, double distance_m)
{
    double drag = 0.5 * AIR_KG_M3 * r->drag_m2_kg, start = 2 / distance_m;
    return REST_W_KG + (COST_J_KG_M + (drag + start) * v * v) * v;
}

double har_peronnet_power(const struct har_peronnet *runner, double time_s)
{
    if (!is_runner(runner) || !(time_s > 0 && time_s <= PERONNET_LONGEST_S)) return NAN;
    return supply_w_kg(runner, time_s);
}

double har_peronnet_demand(const struct har_peronnet *runner, double speed_mps,
                           double distance_m)
{
    if (!is_runner(runner) || !is_measure(speed_mps) || !is_measure(distance_m)) return NAN;
    return demand_w_kg(runner, speed_mps, distance_m);
}

struct powered_race {
    const struct har_peronnet *runner;
    double distance_m;
};

static double power_wanting(const void *of, double v)
{
    const struct powered_race *race = of;
    return demand_w_kg(race->runner, v, race->distance_m) -
           supply_w_kg(race->runner, race->distance_m / v);
}

double har_peronnet_time(const struct har_peronnet *runner, double distance_m)
{
    bool known = distance_m >= PERONNET_SHORTEST_M && distance_m <= PERONNET_LONGEST_M;
    if (!is_runner(runner) || !known) return NAN;
    struct powered_race race = {runner, distance_m};
    return distance_m /
           root_between(power_wanting, &race, distance_m / PERONNET_LONGEST_S, FASTEST_MPS);
}
