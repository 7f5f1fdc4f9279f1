/* SPDX-License-Identifier: MIT */
#ifndef BEST_TABLES_H
#define BEST_TABLES_H

/* What tools/tables.py makes of the tables in data. Each array ascends. */

#include "harrier/best.h"

struct record {
    double distance_m, time_s;
};

extern const struct har_standard standard_distances[], standard_durations[];
extern const size_t standard_distances_count, standard_durations_count;
extern const struct record records_men[], records_women[];
extern const size_t records_men_count, records_women_count;

#endif
