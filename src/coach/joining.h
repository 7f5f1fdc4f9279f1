/* SPDX-License-Identifier: MIT */
#ifndef COACH_JOINING_H
#define COACH_JOINING_H

/* Which activity recorded a race. */

#include "harrier/coach.h"

/* What the entry, which has its bests, measured over the event: the effort within it, or
 * the whole where that fits better. NaN where it holds no such distance. */
double har_measured_over(const struct har_entry *entry, const struct har_event *event,
                         double near_s);

/* Joins a kept race that has no activity to the one of its day that fits best, if one
 * does: `race` and its row are changed, and the activity is a race and has a name. The
 * caller holds a transaction; `desk` may be cleared afterwards. */
har_status har_join_race(struct har_store *store, int64_t athlete, struct har_race *race,
                         struct har_arena *desk, struct har_error *err);

/* The same for all races of the athlete that have none. `*joined` says how many found one.
 */
har_status har_join_races(struct har_store *store, int64_t athlete, struct har_arena *desk,
                          size_t *joined, struct har_error *err);

/* Gives every entry the first of `races` that it recorded. */
har_status har_give_results(struct har_entry *entries, size_t count,
                            const struct har_race *races, size_t race_count,
                            struct har_arena *arena, struct har_error *err);

#endif
