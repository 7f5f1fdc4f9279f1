/* SPDX-License-Identifier: MIT */
/* Many rows into one table of SQLite.
 *
 * A statement of one row looks for its place from the root of the table each time it is
 * asked. A statement of many rows stays where the row before went: rows that come in the
 * order of the table are written twice as fast by 64 at a time, and more at a time gain
 * nothing. Where one of them is refused those before it stay, as they would one by one
 * (OR FAIL): to be able to take them back SQLite would copy every page that it touches. */

#include "sqlite_pour.h"

#include <string.h>

enum { TOGETHER = 64, MOST_WAITING = 1 << 18 /* bytes */ };

/* The texts of `value` stay as they are until the statement is reset. */
int har_sqlite_bind(sqlite3_stmt *statement, int at, const struct value *value)
{
    switch (value->kind) {
    case VALUE_NULL: return sqlite3_bind_null(statement, at);
    case VALUE_INT: return sqlite3_bind_int64(statement, at, value->integer);
    case VALUE_REAL: return sqlite3_bind_double(statement, at, value->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, at, value->data, value->size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, at, value->data, value->size, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

/* --- statements ---------------------------------------------------------------------- */

/* The statement of one row, INSERT INTO t (a, b) VALUES ($1, $2), for TOGETHER of them. */
static const char *text_of_many(struct sqlite_pour *pour)
{
    static const char insert[] = "INSERT", values[] = "VALUES ";
    const char *one = sqlite3_sql(pour->one) + sizeof insert - 1;
    const char *at = strstr(one, values);
    struct har_text text = {.arena = &pour->desk};
    if (!at) return NULL;
    har_text_add(&text, "INSERT OR FAIL");
    har_text_bytes(&text, one, (size_t)(at - one) + sizeof values - 1);
    for (int row = 0; row < TOGETHER; row++)
        for (int i = 0; i < pour->columns; i++)
            har_text_format(&text, "%s?%s",
                            i     ? ","
                            : row ? ",("
                                  : "(",
                            i + 1 == pour->columns ? ")" : "");
    return text.failed ? NULL : text.data;
}

static int prepare_many(struct sqlite_pour *pour)
{
    const char *text = text_of_many(pour);
    if (!text) return SQLITE_NOMEM;
    return sqlite3_prepare_v3(sqlite3_db_handle(pour->one), text, -1,
                              SQLITE_PREPARE_PERSISTENT, &pour->together, NULL);
}

/* Runs a statement over the rows from `first` on. */
static int run(const struct sqlite_pour *pour, sqlite3_stmt *statement, int first, int rows)
{
    int result = SQLITE_OK;
    const struct value *value = pour->value + first * pour->columns;
    for (int i = 0; i < rows * pour->columns && result == SQLITE_OK; i++)
        result = har_sqlite_bind(statement, i + 1, &value[i]);
    if (result == SQLITE_OK) result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static void make_room(struct sqlite_pour *pour)
{
    har_arena_reset(&pour->desk);
    pour->value = NULL;
    pour->rows = 0;
    pour->bytes = 0;
}

static int write_rows(struct sqlite_pour *pour)
{
    int result = SQLITE_OK;
    bool together = pour->rows == TOGETHER;
    if (together && !pour->together) result = prepare_many(pour);
    if (result == SQLITE_OK && together) result = run(pour, pour->together, 0, TOGETHER);
    for (int i = 0; i < pour->rows && !together && result == SQLITE_OK; i++)
        result = run(pour, pour->one, i, 1);
    make_room(pour);
    return result;
}

/* --- rows ---------------------------------------------------------------------------- */

void har_sqlite_pour(struct sqlite_pour *pour, sqlite3_stmt *one)
{
    pour->one = one;
    pour->columns = sqlite3_bind_parameter_count(one);
    make_room(pour);
}

int har_sqlite_pour_value(struct sqlite_pour *pour, int at, const struct value *value)
{
    size_t most = (size_t)TOGETHER * (size_t)pour->columns;
    if (!pour->value) pour->value = HAR_NEW(&pour->desk, struct value, most);
    if (!pour->value) return SQLITE_NOMEM;
    if (at >= pour->columns) return SQLITE_RANGE;
    struct value *kept = &pour->value[pour->rows * pour->columns + at];
    *kept = *value;
    if (value->kind != VALUE_TEXT && value->kind != VALUE_BLOB) return SQLITE_OK;
    kept->data = har_arena_copy(&pour->desk, value->data, value->size);
    pour->bytes += value->size;
    return kept->data ? SQLITE_OK : SQLITE_NOMEM;
}

int har_sqlite_pour_row(struct sqlite_pour *pour)
{
    pour->rows++;
    return pour->rows < TOGETHER && pour->bytes < MOST_WAITING ? SQLITE_OK
                                                               : write_rows(pour);
}

int har_sqlite_pour_end(struct sqlite_pour *pour, bool failed)
{
    int result = failed ? SQLITE_OK : write_rows(pour);
    sqlite3_finalize(pour->together);
    har_arena_free(&pour->desk);
    *pour = (struct sqlite_pour){0};
    return result;
}
