/* SPDX-License-Identifier: MIT */
/* Where a law cannot be turned round by algebra.
 *
 * The Illinois form of false position (M. Dowell and P. Jarratt, BIT 11 (1971) 168): the
 * chord's root, and where one end has stood still twice, half of its weight, so that it
 * moves too. It never leaves the bracket, needs no derivative, and is done in some eight
 * rounds with these functions, which are nearly straight; halving would take fifty. */

#include "root.h"

#include <math.h>
#include <stdbool.h>

enum { MOST_ROUNDS = 100 };
#define CLOSE 1e-15

double root_between(rising *f, const void *of, double low, double high)
{
    double at_low = f(of, low), at_high = f(of, high), x = low;
    if (!(at_low <= 0 && at_high >= 0)) return NAN;
    if (at_low == 0) return low;
    if (at_high == 0) return high;
    int stood = 0; /* +1: the low end moved last; -1: the high one */
    for (int i = 0; i < MOST_ROUNDS; i++) {
        double before = x;
        x = low + (high - low) * (at_low / (at_low - at_high));
        double at_x = f(of, x);
        if (at_x == 0 || fabs(x - before) <= CLOSE * fabs(x)) break;
        if (at_x < 0) {
            low = x;
            at_low = at_x;
            if (stood > 0) at_high /= 2;
            stood = 1;
        } else {
            high = x;
            at_high = at_x;
            if (stood < 0) at_low /= 2;
            stood = -1;
        }
    }
    return x;
}
