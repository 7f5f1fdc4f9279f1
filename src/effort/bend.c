/* SPDX-License-Identifier: MIT */
/* Bends, and the tracks they make.
 *
 * On a bend of radius r a leg carries sqrt(1 + (v^2 / (g r))^2) times the weight (P. R.
 * Greene 1985; P. Taboga, R. Kram, PeerJ (2019) 8222, for distance runners). Ours is to
 * let the cost grow by that ratio on the bend's share of the lap, which gives 1.88 % for
 * 200 m at 6.7 m/s: some 1.3 % of time, as the NCAA's tables have for flat 200 m tracks.
 * Nothing is said of sprints, where the force of a leg, not the cost, is the limit.
 *
 * The NCAA's factors of 2012 between kinds of indoor track, by event and sex, are straight
 * in the logarithm of the distance between its events. Oversized counts as banked there. */

#include "harrier/effort.h"

#include "harrier/num.h"
#include "invert.h"
#include "power.h"

#include <math.h>

#define GRAVITY_MPS2 9.80665
#define TIGHTEST_M 5.0
#define TAU 6.283185307179586

static double bend_share(const struct har_bend *bend, double radius_m)
{
    return fmin(TAU * radius_m / bend->lap_m, 1);
}

/* The share of its cost that a lap costs over the straight: sqrt(1 + x^2) - 1, written so
 * that slow speeds lose no digits. */
static double lap_excess(const struct har_bend *bend, double speed_mps)
{
    double radius_m = fmax(bend->radius_m, TIGHTEST_M);
    double sideways = speed_mps * speed_mps / (GRAVITY_MPS2 * radius_m);
    double square = sideways * sideways;
    return bend_share(bend, radius_m) * square / (1 + sqrt(1 + square));
}

static bool unknown_bend(const struct har_bend *bend, double speed_mps)
{
    return isnan(bend->radius_m) || !(bend->lap_m > 0) || !(speed_mps >= 0);
}

double har_bend_cost(const struct har_bend *bend, double speed_mps)
{
    return unknown_bend(bend, speed_mps) ? NAN : 1 + lap_excess(bend, speed_mps);
}

/* What speed round the bends adds to standing, W/kg. */
static double lap_power(const void *bend, double speed_mps)
{
    return moving_power(speed_mps) + flat_power(speed_mps) * lap_excess(bend, speed_mps);
}

double har_straight_speed(const struct har_bend *bend, double speed_mps)
{
    if (unknown_bend(bend, speed_mps)) return NAN;
    return speed_of_power(RE3_A, lap_power(bend, speed_mps));
}

double har_speed_round_bends(const struct har_bend *bend, double straight_mps)
{
    if (unknown_bend(bend, straight_mps)) return NAN;
    if (straight_mps == 0) return 0;
    return invert(lap_power, bend, moving_power(straight_mps), 0, straight_mps);
}

/* A row: metres, then what a time is multiplied by, men and women. */
struct row {
    double distance_m, factor[2];
};

/* From a flat track to a banked or an oversized one. */
static const struct row flat_to_banked[] = {
    {200, {0.9824, 0.9847}},  {300, {0.9835, 0.9860}},  {400, {0.9843, 0.9869}},
    {500, {0.9848, 0.9874}},  {600, {0.9852, 0.9879}},  {800, {0.9859, 0.9886}},
    {1000, {0.9864, 0.9892}}, {1500, {0.9872, 0.9901}}, {1609.344, {0.9874, 0.9902}},
    {3000, {0.9885, 0.9915}}, {5000, {0.9894, 0.9924}},
};
/* From an undersized track to a flat one; there is none for 500 m. */
static const struct row undersized_to_flat[] = {
    {200, {0.9872, 0.9900}},  {300, {0.9890, 0.9918}},      {400, {0.9901, 0.9929}},
    {600, {0.9915, 0.9943}},  {800, {0.9923, 0.9951}},      {1000, {0.9929, 0.9958}},
    {1500, {0.9939, 0.9967}}, {1609.344, {0.9941, 0.9969}}, {3000, {0.9953, 0.9981}},
    {5000, {0.9961, 0.9989}},
};
enum {
    BANKED_ROWS = sizeof flat_to_banked / sizeof flat_to_banked[0],
    UNDERSIZED_ROWS = sizeof undersized_to_flat / sizeof undersized_to_flat[0],
    MOST_ROWS = BANKED_ROWS
};

static double look_up(const struct row *rows, size_t count, bool woman, double distance_m)
{
    double x[MOST_ROWS], y[MOST_ROWS];
    for (size_t i = 0; i < count; i++) {
        x[i] = log(rows[i].distance_m);
        y[i] = rows[i].factor[woman];
    }
    return har_interpolate(x, y, count, log(distance_m));
}

/* What a time on that kind of track is multiplied by to be one on a banked track. */
static double to_banked(enum har_track track, bool woman, double distance_m)
{
    double factor = 1;
    if (track == HAR_TRACK_UNDERSIZED)
        factor *= look_up(undersized_to_flat, UNDERSIZED_ROWS, woman, distance_m);
    if (track == HAR_TRACK_UNDERSIZED || track == HAR_TRACK_FLAT)
        factor *= look_up(flat_to_banked, BANKED_ROWS, woman, distance_m);
    return factor;
}

double har_track_factor(enum har_track from, enum har_track to, bool woman,
                        double distance_m)
{
    if (!(distance_m > 0)) return NAN;
    return to_banked(from, woman, distance_m) / to_banked(to, woman, distance_m);
}
