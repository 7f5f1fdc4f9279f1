/* SPDX-License-Identifier: MIT */
#ifndef SIMULATE_GROUND_H
#define SIMULATE_GROUND_H

/* Where a script's way lies: metres along it in, metres east, north and up of its start
 * out. */

#include "script.h"

enum { GROUND_POINTS = 513, GROUND_WAVES = 3 };

struct ground {
    bool closed;
    double length_m, foot_m, drop_m, climb;
    double along_m[GROUND_POINTS], east_m[GROUND_POINTS], north_m[GROUND_POINTS];
    double wave_m[GROUND_WAVES], phase[GROUND_WAVES];
};

void ground_make(const struct script *script, struct ground *ground);
void ground_point(const struct ground *ground, double along_m, double *east_m,
                  double *north_m);
double ground_height(const struct ground *ground, double along_m);

#endif
