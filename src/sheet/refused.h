/* SPDX-License-Identifier: MIT */
#ifndef SHEET_REFUSED_H
#define SHEET_REFUSED_H

/* The rows of a sheet that were refused. */

#include "harrier/sheet.h"

struct refusals {
    struct har_refused_row *row;
    size_t count, room;
};

/* False: no memory. The sentence is copied. */
bool refusals_add(struct refusals *refusals, uint64_t line, const struct har_error *why,
                  struct har_arena *arena);

#endif
