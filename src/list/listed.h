/* SPDX-License-Identifier: MIT */
#ifndef LIST_LISTED_H
#define LIST_LISTED_H

/* What the lists of this room share about a row. */

#include "harrier/list.h"

bool list_event_equal(const struct har_event *a, const struct har_event *b);

/* A copy of `row` with its texts, or false: no memory. */
bool list_row_copy(const struct har_listed *row, struct har_arena *arena,
                   struct har_listed *out);

/* As har_list_asks(), whether the row is kept apart or not. */
bool list_asks_apart(const struct har_list_question *question,
                     const struct har_listed *row);

/* The age on the day of the race at its least and its most; HAR_UNTOLD twice where birth or
 * race are not told. */
void list_ages_of(const struct har_listed *row, int *least, int *most);

#endif
