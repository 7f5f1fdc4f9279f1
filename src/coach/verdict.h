/* SPDX-License-Identifier: MIT */
#ifndef COACH_VERDICT_H
#define COACH_VERDICT_H

/* What a race's own recording says of its course. */

#include "harrier/coach.h"

/* Judges the line that `file`, the original of `entry`, recorded. NULL, and HAR_OK, where
 * there is nothing to judge: no race, not over open ground, no line. The verdict lives in
 * `arena`; `desk` is for work and may be cleared afterwards. */
har_status har_judge_race(const struct har_entry *entry, struct har_bytes file,
                          struct har_arena *desk, struct har_arena *arena,
                          const struct har_eligibility **out, struct har_error *err);

/* The same for every race among the entries, each read from its original in the store. */
har_status har_judge_races(struct har_store *store, struct har_entry *entries, size_t count,
                           struct har_arena *arena, struct har_error *err);

#endif
