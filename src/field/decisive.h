/* SPDX-License-Identifier: MIT */
#ifndef FIELD_DECISIVE_H
#define FIELD_DECISIVE_H

/* Where a race was won. */

#include "harrier/field.h"

/* Sets decisive_from_m, decisive_to_m and because of `analysis`, of which all else is
 * known. False where there is no memory. */
bool find_decisive(const struct har_field *field, struct har_arena *arena,
                   struct har_analysis *analysis);

#endif
