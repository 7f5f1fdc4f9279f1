/* SPDX-License-Identifier: MIT */
/* The distances and durations that are always searched: the tables, as the door shows them.
 */

#include "tables.h"

const struct har_standard *har_standard_distances(size_t *count)
{
    *count = standard_distances_count;
    return standard_distances;
}

const struct har_standard *har_standard_durations(size_t *count)
{
    *count = standard_durations_count;
    return standard_durations;
}
