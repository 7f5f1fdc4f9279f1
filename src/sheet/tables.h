/* SPDX-License-Identifier: MIT */
#ifndef SHEET_TABLES_H
#define SHEET_TABLES_H

/* What tools/tables.py makes of data/nations.tsv. */

#include "harrier/base.h"

/* Ascending in their codes. */
struct nation {
    char code[4], also[4]; /* `also` is empty, or what others write */
    const char *name;
};
extern const struct nation nations[];
extern const size_t nations_count;

#endif
