/* SPDX-License-Identifier: MIT */
#ifndef SHEET_COLUMNS_H
#define SHEET_COLUMNS_H

/* Which column of a table is what: by the mapping, else by its name. */

#include "gather.h"

struct columns {
    size_t of[MEANINGS]; /* HAR_NO_COLUMN where there is none */
    bool headless;       /* the first row is a result */
};

/* What a meaning is called in mappings. */
const char *columns_meaning(enum meaning meaning);

/* A line of `mapping` (or NULL) goes before the names. HAR_BAD_INPUT for one that names
 * nothing that is known or no column of this table. */
har_status columns_find(const struct har_table *table, const char *mapping,
                        struct columns *out, struct har_error *err);

/* HAR_BAD_INPUT, and what is missing, where the table names no date, event or mark and
 * `rest` does not tell it. */
har_status columns_check(const struct columns *columns, const struct har_result *rest,
                         struct har_error *err);

#endif
