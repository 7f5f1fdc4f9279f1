/* SPDX-License-Identifier: MIT */
/* What one race did to its field: the mean of how much slower its runners came in than
 * their own curves foretold, each counted by how well it was foretold and drawn to nothing
 * by what races do to their fields in general. After the time-bias lists of the Association
 * of Road Racing Statisticians (mean of actual less expected over the field).
 *
 * Measured on the careers the prior is learnt from: the others of a race explain a third of
 * one runner's surprise, and yet taking that out of what is known changes the errors of
 * predictions by no more than 0.005 points. The use is in reading a race, not in
 * foretelling the next. */

#include "harrier/runner.h"

#include <math.h>

enum { ROUNDS_OF_TRUST = 6 };
#define RACES_SD 0.012 /* of the effects of races, in the careers of the elite prior */
#define SURPRISING 1.5 /* sd beyond which a runner's day says less of the race */

struct har_race_effect har_race_effect(const double *slower, const double *sd, size_t count)
{
    double precision = 0, sum = 0, effect = 0;
    for (int round = 0; round < ROUNDS_OF_TRUST; round++) {
        precision = 1 / (RACES_SD * RACES_SD);
        sum = 0;
        for (size_t i = 0; i < count; i++) {
            if (!(sd[i] > 0) || isnan(slower[i])) continue;
            double z = fabs(slower[i] - effect) / sd[i];
            double weight =
                round > 0 && z > SURPRISING ? SURPRISING * SURPRISING / (z * z) : 1;
            precision += weight / (sd[i] * sd[i]);
            sum += weight * slower[i] / (sd[i] * sd[i]);
        }
        effect = sum / precision;
    }
    return (struct har_race_effect){effect, sqrt(1 / precision)};
}
