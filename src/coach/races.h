/* SPDX-License-Identifier: MIT */
#ifndef COACH_RACES_H
#define COACH_RACES_H

#include "harrier/coach.h"

/* har_race_add() within the caller's transaction. What `race` and `*warning` hold lives in
 * `arena`; `desk` may be cleared afterwards. */
har_status har_keep_race(struct har_store *store, int64_t athlete, struct har_race *race,
                         struct har_arena *arena, struct har_arena *desk,
                         enum har_race_fate *fate, const char **warning,
                         struct har_error *err);

/* The races of a filter, and its athlete's sex (HAR_UNTOLD where that is not known). */
har_status har_read_races(struct har_store *store, const struct har_store_filter *filter,
                          struct har_arena *arena, struct har_race **races, size_t *count,
                          int *sex, struct har_error *err);

#endif
