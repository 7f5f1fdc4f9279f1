/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_SQLITE_POUR_H
#define DATABASE_SQLITE_POUR_H

/* Many rows into one table of SQLite. What comes back is SQLite's own result. */

#include "backend.h"

#include <sqlite3.h>

/* The rows that wait to go in together. */
struct sqlite_pour {
    sqlite3_stmt *one;      /* of a row; borrowed */
    sqlite3_stmt *together; /* of many; NULL until there are so many */
    int columns, rows;
    size_t bytes; /* of what `desk` holds */
    struct value *value;
    struct har_arena desk; /* of their values and texts */
};

int har_sqlite_bind(sqlite3_stmt *statement, int at, const struct value *value);

void har_sqlite_pour(struct sqlite_pour *pour, sqlite3_stmt *one);
int har_sqlite_pour_value(struct sqlite_pour *pour, int at, const struct value *value);
int har_sqlite_pour_row(struct sqlite_pour *pour);
/* What still waits, unless the pouring has failed. Ready for the next. */
int har_sqlite_pour_end(struct sqlite_pour *pour, bool failed);

#endif
