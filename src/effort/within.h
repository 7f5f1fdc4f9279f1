/* SPDX-License-Identifier: MIT */
#ifndef EFFORT_WITHIN_H
#define EFFORT_WITHIN_H

#include <math.h>

/* `value`, or the bound it is beyond; NaN stays NaN. */
static inline double within(double low, double value, double high)
{
    return isnan(value) ? value : fmin(fmax(value, low), high);
}

#endif
