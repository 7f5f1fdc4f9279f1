/* SPDX-License-Identifier: MIT */
#ifndef COACH_KNOWN_H
#define COACH_KNOWN_H

/* Which activities of one athlete each original tells of: asked for every file of an
 * import, so it is read once and kept beside the store while it grows. */

#include "harrier/coach.h"

struct telling {
    int64_t original, activity;
};

struct known {
    struct har_arena *arena;
    struct telling *telling; /* ascending by original */
    size_t count, room;
    int64_t newest; /* the greatest activity there was when it was read */
};

/* Reads all of them; `known->arena` is set, the rest zero. */
har_status har_read_known(struct known *known, struct har_store *store, int64_t athlete,
                          struct har_error *err);
/* False: no memory. */
bool har_add_known(struct known *known, struct telling telling);
/* Those of one original; NULL if it tells of none. */
const struct telling *har_find_known(const struct known *known, int64_t original,
                                     size_t *count);

#endif
