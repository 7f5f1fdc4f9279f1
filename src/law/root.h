/* SPDX-License-Identifier: MIT */
#ifndef LAW_ROOT_H
#define LAW_ROOT_H

/* A function that passes zero once, from below, as x grows. */
typedef double rising(const void *of, double x);

/* Where it does between `low` and `high`, to a few units in the last place; NaN where it
 * does not. */
double root_between(rising *f, const void *of, double low, double high);

#endif
