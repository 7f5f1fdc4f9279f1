/* SPDX-License-Identifier: MIT */
/* Series and order statistics.
 *
 * P. H. C. Eilers, "A perfect smoother", Anal. Chem. 75 (2003) 3631-3636, with second
 * differences: the normal equations (W + lambda D'D) z = W y have five diagonals, so one
 * LDL' sweep down and one substitution up solve them in O(count).
 *
 * Two decisions are ours. Fewer than two values cannot fix the straight line that lambda
 * leaves free: one value is then carried everywhere, none gives NaN. And lambda <= 0 asks
 * for no smoothing: the values come back, holes and all. */

#include "harrier/num.h"

#include <math.h>

/* The diagonal of D'D and its two neighbours at row i of n: a second difference is counted
 * for each of the rows i-2, i-1, i that exists. */
static void penalty_row(size_t i, size_t n, double row[3])
{
    bool ends_here = i >= 2, middle_here = i >= 1 && i + 1 < n, starts_here = i + 2 < n;
    row[0] = (ends_here ? 1 : 0) + (middle_here ? 4 : 0) + (starts_here ? 1 : 0);
    row[1] = (middle_here ? -2 : 0) + (starts_here ? -2 : 0);
    row[2] = starts_here ? 1 : 0;
}

static double weight_at(const double *value, const double *weight, size_t i)
{
    double w = weight ? weight[i] : 1;
    return w > 0 && !isnan(value[i]) ? w : 0;
}

/* `work` holds the pivots and the two columns of L below them. */
static void whittaker_solve(const double *value, const double *weight, size_t n,
                            double lambda, double *work, double *smooth)
{
    double *pivot = work, *below1 = work + n, *below2 = work + 2 * n;
    for (size_t i = 0; i < n; i++) {
        double row[3], w = weight_at(value, weight, i);
        penalty_row(i, n, row);
        double d = w + lambda * row[0], e = lambda * row[1],
               right = w > 0 ? w * value[i] : 0;
        if (i >= 1) {
            d -= below1[i - 1] * below1[i - 1] * pivot[i - 1];
            e -= below1[i - 1] * below2[i - 1] * pivot[i - 1];
            right -= below1[i - 1] * smooth[i - 1];
        }
        if (i >= 2) {
            d -= below2[i - 2] * below2[i - 2] * pivot[i - 2];
            right -= below2[i - 2] * smooth[i - 2];
        }
        pivot[i] = d;
        below1[i] = e / d;
        below2[i] = lambda * row[2] / d;
        smooth[i] = right;
    }
    for (size_t i = n; i-- > 0;) {
        smooth[i] /= pivot[i];
        if (i + 1 < n) smooth[i] -= below1[i] * smooth[i + 1];
        if (i + 2 < n) smooth[i] -= below2[i] * smooth[i + 2];
    }
}

void har_whittaker(const double *value, const double *weight, size_t count, double lambda,
                   double *work, double *smooth)
{
    size_t known = 0;
    double only = NAN;
    for (size_t i = 0; i < count; i++) {
        if (weight_at(value, weight, i) == 0) continue;
        only = value[i];
        known++;
    }
    if (known >= 2 && lambda > 0)
        whittaker_solve(value, weight, count, lambda, work, smooth);
    else
        for (size_t i = 0; i < count; i++) smooth[i] = known < 2 ? only : value[i];
}

static void exchange(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

/* Reorders so that value[k] is what sorting would put there, nothing smaller after it and
 * nothing larger before. The pivots come from a fixed sequence without a pattern, so that
 * no ordinary order of values (sorted, sawtooth, organ pipes) is a slow one. */
static void select_kth(double *value, size_t count, size_t k)
{
    size_t low = 0, high = count - 1;
    uint64_t chance = 0x9e3779b97f4a7c15u;
    while (low < high) {
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        double pivot = value[low + (size_t)(chance >> 33) % (high - low + 1)];
        size_t i = low, j = high;
        while (i <= j) {
            while (value[i] < pivot) i++;
            while (value[j] > pivot) j--;
            if (i > j) break;
            exchange(&value[i++], &value[j]);
            if (j == 0) break;
            j--;
        }
        if (k <= j) high = j;
        else if (k >= i) low = i;
        else return;
    }
}

double har_quantile(double *value, size_t count, double q)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i])) exchange(&value[known++], &value[i]);
    if (known == 0 || isnan(q)) return NAN;
    double at = fmin(fmax(q, 0), 1) * (double)(known - 1);
    size_t k = (size_t)at;
    select_kth(value, known, k);
    if (k + 1 >= known) return value[k];
    double next = value[k + 1];
    for (size_t i = k + 2; i < known; i++) next = fmin(next, value[i]);
    return value[k] + (at - (double)k) * (next - value[k]);
}

double har_interpolate(const double *x, const double *y, size_t count, double at)
{
    if (isnan(at)) return NAN;
    if (at <= x[0]) return y[0];
    if (at >= x[count - 1]) return y[count - 1];
    size_t low = 0, high = count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (x[middle] <= at) low = middle;
        else high = middle;
    }
    return y[low] + (at - x[low]) / (x[high] - x[low]) * (y[high] - y[low]);
}

double har_ln_sd_of_80(double low, double high)
{
    return log(high / low) / (2 * HAR_SDS_OF_80);
}
