/* SPDX-License-Identifier: MIT */
#ifndef EFFORT_INVERT_H
#define EFFORT_INVERT_H

/* A function of a speed in given conditions that grows with the speed. */
typedef double growing(const void *conditions, double x);

/* Where `f` reaches `target` between `low` and `high` (the nearer end where it does not),
 * to the last bit that `f` can tell. NaN where `target` is. */
double invert(growing *f, const void *conditions, double target, double low, double high);

#endif
