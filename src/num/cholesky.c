/* SPDX-License-Identifier: MIT */
/* The inverse of the Cholesky factor, in place. Both loops run along rows, so that the
 * compiler may take several numbers at once without reordering any sum. */

#include "harrier/num.h"

#include <math.h>

/* a[i][from..] -= share * a[k][from..] */
static void take_row(double *a, size_t count, size_t i, size_t k, size_t from, size_t to,
                     double share)
{
    double *restrict row = a + i * count;
    const double *restrict other = a + k * count;
    for (size_t j = from; j < to; j++) row[j] -= share * other[j];
}

/* The upper triangle becomes U = L^T. */
static bool factor(double *a, size_t count, double *log_det)
{
    *log_det = 0;
    for (size_t k = 0; k < count; k++) {
        double pivot = a[k * count + k];
        if (!(pivot > 0)) return false;
        *log_det += log(pivot);
        double root = 1 / sqrt(pivot);
        for (size_t j = k; j < count; j++) a[k * count + j] *= root;
        for (size_t i = k + 1; i < count; i++)
            take_row(a, count, i, k, i, count, a[k * count + i]);
    }
    return true;
}

bool har_cholesky_inverse(double *a, size_t count, double *log_det)
{
    if (!factor(a, count, log_det)) return false;
    for (size_t i = 0; i < count; i++) {
        double root = 1 / a[i * count + i];
        for (size_t j = 0; j < i; j++) a[i * count + j] = 0;
        for (size_t k = 0; k < i; k++) take_row(a, count, i, k, 0, k + 1, a[k * count + i]);
        for (size_t j = 0; j < i; j++) a[i * count + j] *= root;
        a[i * count + i] = root;
    }
    return true;
}
