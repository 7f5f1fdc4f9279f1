/* SPDX-License-Identifier: MIT */
#ifndef BEST_RECORD_H
#define BEST_RECORD_H

/* The line through the records, of the faster sex: the farthest anybody has run in a time,
 * and the shortest time anybody has needed. */

double record_distance(double time_s);
double record_time(double distance_m);

#endif
