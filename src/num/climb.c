/* SPDX-License-Identifier: MIT */
/* Rises and falls of a series, with hysteresis.
 *
 * A sum of all rises grows with the noise and with how often one looks. The zigzag that
 * turns only after a counter-move of at least `least` does neither: between two turns the
 * whole height counts, and what is smaller than `least` does not. A hill of exactly `least`
 * counts. */

#include "harrier/num.h"

#include <math.h>

/* From the bottom (or top, `way` -1) at `from` to the next turn at `to`: what each value
 * adds to the highest (lowest) so far. */
static void count_leg(const double *z, size_t from, size_t to, int way, double *sum)
{
    double extreme = z[from];
    for (size_t i = from + 1; i <= to; i++) {
        if ((z[i] - extreme) * way <= 0) continue;
        sum[i] += fabs(z[i] - extreme);
        extreme = z[i];
    }
}

/* Walks the zigzag: `low` and `high` are the extremes since the last turn. */
void har_climbs(const double *z, size_t count, double least, double *up, double *down)
{
    size_t low = 0, high = 0, turn = 0;
    int way = 0;
    for (size_t i = 0; i < count; i++) {
        if (z[i] > z[high]) high = i;
        if (z[i] < z[low]) low = i;
        if (way <= 0 && z[i] - z[low] >= least) {
            if (way < 0) count_leg(z, turn, low, -1, down);
            turn = low;
            high = i;
            way = 1;
        } else if (way >= 0 && z[high] - z[i] >= least) {
            if (way > 0) count_leg(z, turn, high, 1, up);
            turn = high;
            low = i;
            way = -1;
        }
    }
    if (way > 0) count_leg(z, turn, high, 1, up);
    if (way < 0) count_leg(z, turn, low, -1, down);
}
