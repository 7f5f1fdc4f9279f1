/* SPDX-License-Identifier: MIT */
/* Thin air: less oxygen, less drag.
 *
 * The NCAA's tables of 2009 (by the percentage, both sexes, eight heights from 952 to
 * 2348 m), here as parabolas of the height through them, each within 0.005 of a percent,
 * straight in the logarithm of the distance between its events. They are an official
 * kindness to those who live up there, and hold the lower drag. Under 3000 ft the NCAA
 * gives nothing; so that no step arises we fade what it gives there to zero at the sea, by
 * the cubic that meets the parabola without a corner. Above its last height the tangent
 * goes on.
 *
 * D. R. Bassett et al., Med. Sci. Sports Exerc. 31 (1999) 1665, and F. Peronnet et al.,
 * J. Appl. Physiol. 70 (1991) 399: aerobic power left at a height. To make a time of it we
 * take the power of F. Peronnet and G. Thibault, J. Appl. Physiol. 67 (1989) 453: what a
 * runner can give for T seconds against what the distance asks, with aerobic power and the
 * density of the air changed by the height. Theirs are the constants of a man at the world
 * records (how his aerobic power fades is recalled, not read). Ours is that one number, on
 * anaerobic store, aerobic power and fading alike, makes a slower runner of him; it is
 * found from the speed that is given. The loss by Bassett is divided by the loss he prints
 * for sea level (99.9 %), so that the sea counts as the sea. All this is -430 m (the Dead
 * Sea) to 5000 m. Below 0.5 m/s their fading endurance would ask for more strength the
 * slower one goes; there the ratio at 0.5 m/s holds on.
 *
 * Acclimatisation nears its end with a time of 10 days: our choice within the two to three
 * weeks that coaches speak of; we know of no paper that gives the curve. */

#include "harrier/effort.h"

#include "harrier/num.h"
#include "invert.h"
#include "within.h"

#include <math.h>

#define LOWEST_M (-430.0)
#define HIGHEST_M 5000.0
#define SHORTEST_M 100.0
#define LONGEST_M 100000.0
#define NCAA_FIRST_KM 0.9144
#define NCAA_LAST_KM 2.35
#define SETTLING_DAYS 10.0
#define SLOWEST_UP_THERE_MPS 0.5

static const double ncaa_distance_m[] = {800, 1500, 5000, 10000};
/* Percent by height in km: h^2, h, 1. */
static const double ncaa_fit[][3] = {
    {0.3836, -0.4409, 0.3526},
    {0.5895, 0.5127, 0.1053},
    {0.6542, 0.9763, -0.2526},
    {0.6741, 1.4144, -0.4846},
};
enum { NCAA_EVENTS = sizeof ncaa_fit / sizeof ncaa_fit[0] };

static double ncaa_pct_of_event(const double fit[3], double height_km)
{
    double near = within(NCAA_FIRST_KM, height_km, NCAA_LAST_KM);
    double pct = (fit[0] * near + fit[1]) * near + fit[2],
           slope = 2 * fit[0] * near + fit[1];
    if (height_km >= NCAA_FIRST_KM) return pct + slope * (height_km - near);
    double part = fmax(height_km, 0) / near;
    return part * part * (3 * pct - slope * near + part * (slope * near - 2 * pct));
}

double har_ncaa_altitude_pct(double height_m, double distance_m)
{
    if (isnan(height_m) || !(distance_m > 0)) return NAN;
    double log_m[NCAA_EVENTS], pct[NCAA_EVENTS];
    for (int i = 0; i < NCAA_EVENTS; i++) {
        log_m[i] = log(ncaa_distance_m[i]);
        pct[i] = ncaa_pct_of_event(ncaa_fit[i], fmin(height_m, HIGHEST_M) / 1000);
    }
    return har_interpolate(log_m, pct, NCAA_EVENTS, log(distance_m));
}

double har_bassett_pct(double height_m, double acclimatised)
{
    double h = within(LOWEST_M, height_m, HIGHEST_M) / 1000;
    double at_home = (-1.12 * h - 1.90) * h + 99.9;
    double just_come = ((0.178 * h - 1.43) * h - 4.07) * h + 100;
    double w = within(0, acclimatised, 1);
    return w * at_home + (1 - w) * just_come;
}

/* Of the pressure at sea level. */
static double pressure_share(double height_m)
{
    return pow(1 - within(LOWEST_M, height_m, HIGHEST_M) / 44330.8, 5.255);
}

double har_air_pressure(double height_m)
{
    return 101325 * pressure_share(height_m);
}

double har_peronnet_pct(double height_m)
{
    double torr = 760 * pressure_share(height_m);
    return ((0.72674e-6 * torr - 1.5119e-3) * torr + 1.0899959) * torr - 174.1448622;
}

double har_acclimatisation(double days)
{
    return isnan(days) ? days : 1 - exp(-fmax(days, 0) / SETTLING_DAYS);
}

/* The man at the world records, and what runs against him. */
#define REST_W_KG 1.2
#define AEROBIC_W_KG 29.2
#define STORE_J_KG 1669.0
#define FADE_W_KG (-1.4) /* for each factor e of the time past T_FULL_S */
#define STORE_FADE 0.233 /* the same, of the store */
#define T_FULL_S 420.0   /* how long the whole aerobic power lasts */
#define SEA_KG_M3 1.2
#define DRAG_M2_KG 0.017 /* Ad/k: drag area over mass */

/* One runner over one distance in one air. `strength` is 1 for the man above. */
struct race {
    double distance_m, aerobic, air; /* shares of what they are at sea level */
    double strength;
};

static double demand_w_kg(const struct race *race, double v)
{
    double drag = 0.5 * SEA_KG_M3 * race->air * DRAG_M2_KG;
    return REST_W_KG + (3.86 + (drag + 2 / race->distance_m) * v * v) * v;
}

/* Power over race->distance_m at v is strength * `*of_strength` + `*of_rest`. */
static void supply_w_kg(const struct race *race, double v, double *of_strength,
                        double *of_rest)
{
    double t = race->distance_m / v, late = fmax(log(t / T_FULL_S), 0);
    double store = STORE_J_KG * fmax(1 - STORE_FADE * late, 0);
    double risen = 1 - 30 / t * (1 - exp(-t / 30));
    double aerobic = AEROBIC_W_KG * race->aerobic + FADE_W_KG * late;
    *of_strength = store / t * (1 - exp(-t / 20)) + aerobic * risen;
    *of_rest = REST_W_KG * (1 - risen);
}

static double strength_at(const struct race *race, double v)
{
    double of_strength, of_rest;
    supply_w_kg(race, v, &of_strength, &of_rest);
    return (demand_w_kg(race, v) - of_rest) / of_strength;
}

static double strength_growing(const void *race, double v)
{
    return strength_at(race, v);
}

static struct race race_at(const struct har_altitude *a, double height_m)
{
    double pct = har_peronnet_pct(height_m), sea_pct = har_peronnet_pct(0);
    if (a->model == HAR_ALTITUDE_BASSETT) {
        pct = har_bassett_pct(height_m, a->acclimatised);
        sea_pct = har_bassett_pct(0, a->acclimatised);
    }
    return (struct race){
        .distance_m = within(SHORTEST_M, a->distance_m, LONGEST_M),
        .aerobic = pct / sea_pct,
        .air = pressure_share(height_m),
    };
}

/* The speed with which the runner who runs v, SLOWEST_UP_THERE_MPS or more, in `from` would
 * run in `to`. */
static double same_runner(const struct race *from, const struct race *to, double v)
{
    return invert(strength_growing, to, strength_at(from, v), v / 4, v * 4);
}

/* Over actual speed, what the NCAA makes of it. */
static double ncaa_factor(const struct har_altitude *a)
{
    return 1 / (1 - har_ncaa_altitude_pct(a->height_m, a->distance_m) / 100);
}

static bool unknown_altitude(const struct har_altitude *a, double speed_mps)
{
    return isnan(a->height_m) || isnan(a->acclimatised) || !(a->distance_m > 0) ||
           !(speed_mps >= 0);
}

double har_sea_level_speed(const struct har_altitude *altitude, double speed_mps)
{
    if (unknown_altitude(altitude, speed_mps)) return NAN;
    if (altitude->model == HAR_ALTITUDE_NCAA) return speed_mps * ncaa_factor(altitude);
    struct race here = race_at(altitude, altitude->height_m), sea = race_at(altitude, 0);
    if (speed_mps >= SLOWEST_UP_THERE_MPS) return same_runner(&here, &sea, speed_mps);
    return speed_mps * same_runner(&here, &sea, SLOWEST_UP_THERE_MPS) /
           SLOWEST_UP_THERE_MPS;
}

double har_speed_at_altitude(const struct har_altitude *altitude, double sea_level_mps)
{
    if (unknown_altitude(altitude, sea_level_mps)) return NAN;
    if (altitude->model == HAR_ALTITUDE_NCAA) return sea_level_mps / ncaa_factor(altitude);
    struct race here = race_at(altitude, altitude->height_m), sea = race_at(altitude, 0);
    double slowest_sea_mps = same_runner(&here, &sea, SLOWEST_UP_THERE_MPS);
    if (sea_level_mps >= slowest_sea_mps) return same_runner(&sea, &here, sea_level_mps);
    return sea_level_mps * SLOWEST_UP_THERE_MPS / slowest_sea_mps;
}
