/* SPDX-License-Identifier: MIT */
#ifndef PACE_PIECE_H
#define PACE_PIECE_H

/* The pieces of a way under their conditions, and the runner whom they tire. */

#include "harrier/pace.h"

/* The runner on the day: the speed that lasts for TURN_S, and how fast that fades on the
 * side of it on which the race lies. */
struct fading {
    double v_m_mps, gamma;
};
#define TURN_S 360.0

/* Capacity used up in a second at a flat speed: 1 over how long it can be held. */
double wear(const struct fading *runner, double flat_mps);

struct piece {
    double length_m, grade;
    struct har_air air;
    double told_mps; /* NaN: free */
    /* The logarithm of the flat speed for speed_mps e^x is flat[0] + flat[1] x + flat[2]
     * x^2, near enough to choose by. */
    double speed_mps, flat[3];
    double x;      /* chosen */
    double x_most; /* what D' allows */
};

struct pieces {
    size_t count;
    struct piece *piece;
    struct fading runner;
    struct har_grade_law law;
    struct har_bend track; /* lap_m 0: none */
    double distance_m;
};

/* The flat speed in truth, not near enough. */
double flat_of(const struct pieces *p, const struct piece *piece, double speed_mps);

/* Fits `flat` of all pieces about the speeds that are as hard as `flat_mps`. */
void fit_pieces(struct pieces *p, double flat_mps);

double speed_near(const struct piece *piece, double x);
double flat_near(const struct piece *piece, double x);
/* Where the flat speed is `flat_mps`. */
double x_of_flat(const struct piece *piece, double flat_mps);

/* Time and wear of all pieces at the chosen speeds: near enough, and in truth. */
struct toll {
    double time_s, wear;
};
struct toll toll_near(const struct pieces *p);
struct toll toll_true(const struct pieces *p);

#endif
