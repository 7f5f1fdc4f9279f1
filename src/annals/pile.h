/* SPDX-License-Identifier: MIT */
#ifndef ANNALS_PILE_H
#define ANNALS_PILE_H

/* Marks of a list wait on a pile while it is read, and come back in the order of lists. */

#include "columns.h"

struct pile;
har_status annals_pile(struct pile **out, struct har_error *err);
void annals_pile_free(struct pile *pile); /* NULL allowed */

/* Keeps a copy. */
har_status annals_pile_add(struct pile *pile, const struct mark_row *row,
                           struct har_error *err);

/* The next in order of event, sex, time, day and athlete, its round borrowed until the call
 * after; HAR_END. What the list said twice comes once: as it was said first, its blanks
 * filled by what was said later. Nothing is added after the first call. */
har_status annals_pile_next(struct pile *pile, struct mark_row *row, struct har_error *err);

#endif
