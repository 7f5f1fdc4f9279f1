/* SPDX-License-Identifier: MIT */
#ifndef COACH_RECOVERED_H
#define COACH_RECOVERED_H

#include "harrier/coach.h"

/* How the runner of `filter` came back from the last `most` races on foot of its days, one
 * a day, in order; from what was run up to `last_day`. */
har_status har_recovered_races(struct har_store *store,
                               const struct har_store_filter *filter, int64_t last_day,
                               size_t most, struct har_arena *arena,
                               const struct har_recovered **races, size_t *count,
                               struct har_error *err);

#endif
