/* SPDX-License-Identifier: MIT */
#ifndef LAW_MEASURE_H
#define LAW_MEASURE_H

#include "harrier/base.h"

/* A distance or a time that somebody ran: over zero, and finite. */
bool is_measure(double value);

/* Efforts to fit a law to: distances and times that are measures, times from `shortest_s`
 * to `longest_s`. HAR_BAD_INPUT, HAR_OUT_OF_RANGE with the row otherwise. */
har_status check_efforts(const double *distance_m, const double *time_s, size_t count,
                         double shortest_s, double longest_s, struct har_error *err);

/* The straight line through points, added one by one, by least squares. */
struct fit_line {
    double count, mean_x, mean_y, xx, xy; /* sums of products about the means */
};
void fit_line_add(struct fit_line *line, double x, double y);

#endif
