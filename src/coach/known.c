/* SPDX-License-Identifier: MIT */
/* One sorted array. Originals are numbered in the order in which they come in, so what an
 * import adds goes to the end, and insertion is a matter of one step. */

#include "known.h"

#include <stdlib.h>
#include <string.h>

/* The years that an instant can lie in, 1 .. 9999. */
static const int64_t FIRST_MS = -62135596800000, LAST_MS = 253402300799999;

bool har_add_known(struct known *known, struct telling telling)
{
    struct telling *grown = har_arena_grow(known->arena, known->telling, known->count,
                                           &known->room, sizeof *grown);
    if (!grown) return false;
    known->telling = grown;
    size_t at = known->count++;
    for (; at > 0 && known->telling[at - 1].original > telling.original; at--)
        known->telling[at] = known->telling[at - 1];
    known->telling[at] = telling;
    return true;
}

static int by_original(const void *a, const void *b)
{
    const struct har_source *one = a, *other = b;
    return (one->original > other->original) - (one->original < other->original);
}

har_status har_read_known(struct known *known, struct har_store *store, int64_t athlete,
                          struct har_error *err)
{
    const struct har_source any = {
        .created_ms = HAR_NO_TIME, .start_ms = FIRST_MS, .end_ms = LAST_MS};
    struct har_source *sources;
    size_t count;
    har_status got =
        har_store_sources_like(store, athlete, &any, known->arena, &sources, &count, err);
    if (got) return got;
    if (count) qsort(sources, count, sizeof *sources, by_original);
    for (size_t i = 0; i < count; i++) {
        struct telling next = {sources[i].original, sources[i].activity};
        if (!har_add_known(known, next))
            return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for %zu files",
                            count);
        if (next.activity > known->newest) known->newest = next.activity;
    }
    return HAR_OK;
}

const struct telling *har_find_known(const struct known *known, int64_t original,
                                     size_t *count)
{
    size_t low = 0, high = known->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (known->telling[middle].original < original) low = middle + 1;
        else high = middle;
    }
    size_t end = low;
    while (end < known->count && known->telling[end].original == original) end++;
    *count = end - low;
    return end > low ? &known->telling[low] : NULL;
}
