/* SPDX-License-Identifier: MIT */
/* The line through the records.
 *
 * Between two records the line is straight in the logarithms of distance and time (A. E.
 * Kennelly, Proc. Am. Acad. Arts Sci. 42 (1906) 275), so it is the same line whether it is
 * asked by time or by distance. Beyond the shortest and the longest record we keep their
 * speed: nobody is known to hold more. */

#include "tables.h"

#include <math.h>

/* y at x on the line from (x1, y1) to (x2, y2) in logarithms. */
static double on_line(double x1, double y1, double x2, double y2, double x)
{
    return y1 * pow(y2 / y1, log(x / x1) / log(x2 / x1));
}

static double distance_in(const struct record *row, size_t count, double time_s)
{
    const struct record *last = &row[count - 1];
    if (time_s <= row->time_s) return row->distance_m / row->time_s * time_s;
    if (time_s >= last->time_s) return last->distance_m / last->time_s * time_s;
    while (row[1].time_s < time_s) row++;
    return on_line(row[0].time_s, row[0].distance_m, row[1].time_s, row[1].distance_m,
                   time_s);
}

static double time_over(const struct record *row, size_t count, double distance_m)
{
    const struct record *last = &row[count - 1];
    if (distance_m <= row->distance_m) return row->time_s / row->distance_m * distance_m;
    if (distance_m >= last->distance_m) return last->time_s / last->distance_m * distance_m;
    while (row[1].distance_m < distance_m) row++;
    return on_line(row[0].distance_m, row[0].time_s, row[1].distance_m, row[1].time_s,
                   distance_m);
}

double har_record_distance(double time_s)
{
    return fmax(distance_in(records_men, records_men_count, time_s),
                distance_in(records_women, records_women_count, time_s));
}

double har_record_time(double distance_m)
{
    return fmin(time_over(records_men, records_men_count, distance_m),
                time_over(records_women, records_women_count, distance_m));
}

double har_record_speed(double time_s)
{
    double least_s = fmin(records_men[0].time_s, records_women[0].time_s);
    double at_s = fmax(time_s, least_s);
    return isnan(time_s) ? time_s : har_record_distance(at_s) / at_s;
}
