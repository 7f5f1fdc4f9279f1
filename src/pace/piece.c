/* SPDX-License-Identifier: MIT */
/* What a piece of the way asks, and what it costs.
 *
 * The runner's curve (Emig: law.h) says how long a flat speed can be held. Wear adds up
 * what shares of that were used: M. A. Miner, J. Appl. Mech. 12 (1945) A159, whose metal
 * broke when they summed to 1. That a runner does too is ours. On level ground it is no
 * assumption: at one speed the sum reaches 1 when the curve says so, to the last digit.
 * A budget of energy that is linear in speed (critical speed and D', Keller) cannot do this
 * work on hills: with a cost of slope that is linear in speed its optimum is the same speed
 * uphill and down, which nobody believes.
 *
 * Of the two sides of 6 minutes that the curve may have, the one on which the race lies
 * holds for all its speeds: else the price of speed would fall where the sides meet, and
 * two ways of running would both look best.
 *
 * A flat speed takes bends off first, then wind, then slope, as convert.h does. The bends
 * of an ordinary track of 400 m are in the curve already, so a track counts by what it asks
 * beyond those.
 *
 * The true conditions are slow to ask. To choose by, each piece has a parabola through
 * three of their points in the logarithms of both speeds. What was chosen is then weighed
 * in truth: about an optimum, an error in the choice costs its square only. */

#include "piece.h"

#include <math.h>

#define HALF_WIDTH 0.1 /* of the parabola, in the logarithm of speed */

static const struct har_bend ordinary = {.radius_m = 36.8, .lap_m = 400};

double wear(const struct fading *runner, double flat_mps)
{
    return exp((flat_mps / runner->v_m_mps - 1) / runner->gamma) / TURN_S;
}

static bool moves_air(const struct har_air *air)
{
    return air->headwind_mps != 0 || air->shelter != 0;
}

double flat_of(const struct pieces *p, const struct piece *piece, double speed_mps)
{
    double v = speed_mps;
    if (p->track.lap_m > 0)
        v = har_speed_round_bends(&ordinary, har_straight_speed(&p->track, v));
    if (moves_air(&piece->air)) v = har_still_air_speed(&piece->air, v);
    return har_flat_speed(&p->law, v, piece->grade);
}

static void fit_piece(const struct pieces *p, struct piece *piece, double flat_mps)
{
    double v = har_speed_on_grade(&p->law, flat_mps, piece->grade), at[3];
    for (int i = 0; i < 3; i++)
        at[i] = log(flat_of(p, piece, v * exp((i - 1) * HALF_WIDTH)));
    piece->speed_mps = v;
    piece->flat[0] = at[1];
    piece->flat[1] = (at[2] - at[0]) / (2 * HALF_WIDTH);
    piece->flat[2] = (at[2] - 2 * at[1] + at[0]) / (2 * HALF_WIDTH * HALF_WIDTH);
    piece->x = isnan(piece->told_mps) ? 0 : log(piece->told_mps / v);
}

void fit_pieces(struct pieces *p, double flat_mps)
{
    for (size_t i = 0; i < p->count; i++) fit_piece(p, &p->piece[i], flat_mps);
}

double speed_near(const struct piece *piece, double x)
{
    return piece->speed_mps * exp(x);
}

double flat_near(const struct piece *piece, double x)
{
    return exp(piece->flat[0] + (piece->flat[1] + piece->flat[2] * x) * x);
}

/* By Newton: the parabola is nearly a line. */
double x_of_flat(const struct piece *piece, double flat_mps)
{
    enum { ROUNDS = 8 };
    double over = log(flat_mps) - piece->flat[0], x = over / piece->flat[1];
    for (int i = 0; i < ROUNDS; i++) {
        double step = (over - (piece->flat[1] + piece->flat[2] * x) * x) /
                      (piece->flat[1] + 2 * piece->flat[2] * x);
        x += step;
        if (fabs(step) <= 1e-15) break;
    }
    return x;
}

struct toll toll_near(const struct pieces *p)
{
    struct toll sum = {0};
    for (size_t i = 0; i < p->count; i++) {
        const struct piece *piece = &p->piece[i];
        double time_s = piece->length_m / speed_near(piece, piece->x);
        sum.time_s += time_s;
        sum.wear += time_s * wear(&p->runner, flat_near(piece, piece->x));
    }
    return sum;
}

struct toll toll_true(const struct pieces *p)
{
    struct toll sum = {0};
    for (size_t i = 0; i < p->count; i++) {
        const struct piece *piece = &p->piece[i];
        double v = speed_near(piece, piece->x), time_s = piece->length_m / v;
        sum.time_s += time_s;
        sum.wear += time_s * wear(&p->runner, flat_of(p, piece, v));
    }
    return sum;
}
