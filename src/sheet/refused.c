/* SPDX-License-Identifier: MIT */
#include "refused.h"

#include <string.h>

bool refusals_add(struct refusals *refusals, uint64_t line, const struct har_error *why,
                  struct har_arena *arena)
{
    struct har_refused_row *rows = har_arena_grow(arena, refusals->row, refusals->count,
                                                  &refusals->room, sizeof *rows);
    char *copy = har_arena_copy(arena, why->message, strlen(why->message));
    if (!rows || !copy) return false;
    refusals->row = rows;
    rows[refusals->count++] = (struct har_refused_row){line, copy};
    return true;
}
