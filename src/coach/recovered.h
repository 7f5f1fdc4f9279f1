/* SPDX-License-Identifier: MIT */
#ifndef COACH_RECOVERED_H
#define COACH_RECOVERED_H

#include "harrier/coach.h"

/* How the runner of `filter` came back from the last `most` races on foot of its days, one
 * a day, in order; from what was run up to `last_day`. With `form`, whose last day that is,
 * also from the hardest 7 days of its last 8 weeks, if they were hard and neither they nor
 * the 7 before had a race. */
har_status har_recovered_races(struct har_store *store,
                               const struct har_store_filter *filter, int64_t last_day,
                               size_t most, const struct har_form *form,
                               struct har_arena *arena, const struct har_recovered **races,
                               size_t *count, struct har_error *err);

#endif
