/* SPDX-License-Identifier: MIT */
/* What every law asks of the marks it is fitted to, and the straight line through them.
 *
 * The sums are kept about the running means (B. P. Welford, Technometrics 4 (1962) 419), so
 * that marks that differ little lose no digits. */

#include "measure.h"

#include <math.h>

bool is_measure(double value)
{
    return value > 0 && isfinite(value);
}

har_status check_efforts(const double *distance_m, const double *time_s, size_t count,
                         double shortest_s, double longest_s, struct har_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_measure(distance_m[i]) || !is_measure(time_s[i]))
            return har_fail(err, HAR_BAD_INPUT, i,
                            "a mark has a distance and a time over zero");
        if (time_s[i] < shortest_s || time_s[i] > longest_s)
            return har_fail(err, HAR_OUT_OF_RANGE, i,
                            "the law is for times of %d to %d seconds", (int)shortest_s,
                            (int)longest_s);
    }
    return HAR_OK;
}

void fit_line_add(struct fit_line *line, double x, double y)
{
    line->count++;
    double from_mean = x - line->mean_x;
    line->mean_x += from_mean / line->count;
    line->mean_y += (y - line->mean_y) / line->count;
    line->xx += from_mean * (x - line->mean_x);
    line->xy += from_mean * (y - line->mean_y);
}
