/* SPDX-License-Identifier: MIT */
#ifndef TRAINING_HISTORY_H
#define TRAINING_HISTORY_H

/* har_kept_history() for those who have read already what it rests on. */

#include "harrier/training.h"

/* What is kept of one runner, in order of time; the entries with their bests. */
struct har_kept {
    const struct har_race *races;
    size_t race_count;
    const struct har_entry *entries;
    size_t count;
};

har_status har_history_of(struct har_store *store, int64_t athlete,
                          const struct har_kept *kept, int sex, struct har_arena *arena,
                          struct har_history *out, struct har_error *err);

#endif
