/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_GEAR_H
#define HARRIER_GEAR_H

/* gear - pairs of shoes -> kept, and what was run in each.
 *
 * A store keeps the pairs, what each is worn for, and which runs somebody said were in it.
 * Every change is a transaction: it is made as a whole, or not at all.
 */

#include "harrier/shoe.h"
#include "harrier/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Keeps a new pair; its id is not read. HAR_BAD_INPUT: without a name, one of that name is
 * kept, or another pair is worn for one of its kinds and neither says from when on.
 * HAR_OUT_OF_RANGE: a distance or a limit that no shoe has. */
har_status har_shoe_add(struct har_store *store, int64_t athlete,
                        const struct har_shoe *shoe, struct har_arena *arena,
                        struct har_error *err);

/* These activities were run in it, whatever was said before. HAR_NOT_FOUND: the athlete has
 * no such pair, or no such activity; then nothing is changed. */
har_status har_shoe_wear(struct har_store *store, int64_t athlete, const char *name,
                         const int64_t *activities, size_t count, struct har_arena *arena,
                         struct har_error *err);

/* It is worn for nothing after `day`. HAR_BAD_INPUT: it is retired already, or began to be
 * worn only after that day. */
har_status har_shoe_retire(struct har_store *store, int64_t athlete, const char *name,
                           int64_t day, struct har_arena *arena, struct har_error *err);

/* Forgets a pair, and what was said to be run in it; the runs stay. */
har_status har_shoe_remove(struct har_store *store, int64_t athlete, const char *name,
                           struct har_arena *arena, struct har_error *err);

/* An export says that a run was in a pair: it is, unless somebody said so of another; a
 * pair that is not kept is added, without a limit. `*news` says whether that changed
 * anything. The caller holds a transaction. */
har_status har_shoe_tell(struct har_store *store, int64_t athlete, const char *name,
                         int64_t activity, bool *news, struct har_error *err);

struct har_gear {
    size_t shoe_count;
    const struct har_shoe *shoes; /* in the order in which they came */
    size_t entry_count;
    const struct har_entry *entries; /* all of the athlete, with their official results */
    struct har_wearing wearing;
};
/* No pair is HAR_OK, and nothing is added up. */
har_status har_gear(struct har_store *store, int64_t athlete, struct har_arena *arena,
                    struct har_gear *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
