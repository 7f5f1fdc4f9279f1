/* SPDX-License-Identifier: MIT */
#ifndef BEST_TABLES_H
#define BEST_TABLES_H

/* What tools/tables.py makes of the tables in data. Each array ascends. */

#include "harrier/best.h"

extern const struct har_standard standard_distances[], standard_durations[];
extern const size_t standard_distances_count, standard_durations_count;

#endif
