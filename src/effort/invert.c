/* SPDX-License-Identifier: MIT */
/* The way back, where algebra knows none.
 *
 * Halving: it needs nothing but growth, cannot leave its bracket, and takes some 55 rounds
 * for every bit of a double. Newton would take five, but these functions have corners where
 * a range ends, and nobody asks them sample by sample. */

#include "invert.h"

#include <math.h>

enum { MOST_ROUNDS = 200 };

double invert(growing *f, const void *conditions, double target, double low, double high)
{
    if (isnan(target)) return NAN;
    for (int i = 0; i < MOST_ROUNDS; i++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        if (f(conditions, middle) < target) low = middle;
        else high = middle;
    }
    return low + (high - low) / 2;
}
