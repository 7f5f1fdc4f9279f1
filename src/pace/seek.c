/* SPDX-License-Identifier: MIT */
/* One unknown, sought.
 *
 * Steps that double until the root lies between two points, then the Illinois form of false
 * position (M. Dowell and P. Jarratt, BIT 11 (1971) 168). Halving would do, in fifty
 * rounds; in logarithms what is sought here is nearly a straight line, and this takes six.
 */

#include "seek.h"

#include <math.h>
#include <stdbool.h>

struct bracket {
    double low, high, at_low, at_high;
};

/* Goes out from `x` until the signs differ. */
static bool enclose(growing_with *f, void *of, double x, double step, unsigned most,
                    unsigned *rounds, struct bracket *b)
{
    double at_x = f(of, x);
    ++*rounds;
    *b = (struct bracket){x, x, at_x, at_x};
    while (!(b->at_low <= 0 && b->at_high >= 0)) {
        if (isnan(at_x) || *rounds >= most) return false;
        if (at_x < 0) {
            b->low = b->high;
            b->at_low = b->at_high;
            b->high += step;
            at_x = b->at_high = f(of, b->high);
        } else {
            b->high = b->low;
            b->at_high = b->at_low;
            b->low -= step;
            at_x = b->at_low = f(of, b->low);
        }
        step *= 2;
        ++*rounds;
    }
    return true;
}

double seek_root(growing_with *f, void *of, double x, double step, double tolerance,
                 unsigned most, unsigned *rounds)
{
    struct bracket b;
    unsigned used = 0;
    bool found = enclose(f, of, x, step, most, &used, &b);
    int stood = 0; /* +1: the low end moved last; -1: the high one */
    double root = b.at_low == 0 ? b.low : b.high;
    while (found && b.at_low < 0 && b.at_high > 0 && b.high - b.low > tolerance) {
        double before = root;
        root = b.low + (b.high - b.low) * (b.at_low / (b.at_low - b.at_high));
        double at_root = f(of, root);
        found = ++used < most;
        if (at_root == 0 || fabs(root - before) <= tolerance) break;
        if (at_root < 0) {
            b.low = root;
            b.at_low = at_root;
            if (stood > 0) b.at_high /= 2;
            stood = 1;
        } else {
            b.high = root;
            b.at_high = at_root;
            if (stood < 0) b.at_low /= 2;
            stood = -1;
        }
    }
    *rounds += used;
    return found ? root : NAN;
}
