/* SPDX-License-Identifier: MIT */
#ifndef PACE_SEEK_H
#define PACE_SEEK_H

/* A function that passes zero once, from below, as x grows. */
typedef double growing_with(void *of, double x);

/* Where it does, near `x`, give or take `step` at first; within `tolerance` in x. `*rounds`
 * grows by the calls it took. NaN where `most` calls did not find it. */
double seek_root(growing_with *f, void *of, double x, double step, double tolerance,
                 unsigned most, unsigned *rounds);

#endif
