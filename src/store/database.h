/* SPDX-License-Identifier: MIT */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

/* The one handle on SQLite, and how the other files of this room ask it.
 *
 *     struct har_query q = har_ask(store, ORIGINAL_FIND);
 *     har_bind_blob(&q, hash, HAR_HASH_SIZE);
 *     status = har_answer_id(&q, id, err);
 *
 * Parameters are bound, and columns taken, one after another. The first failure is kept in
 * the query and told by the next answer: write straight through and ask once. */

#include "statements.h"

#include "harrier/store.h"

#include <sqlite3.h>

struct har_store {
    sqlite3 *db;
    sqlite3_stmt *prepared[STATEMENTS];
    bool only_read;      /* opened so */
    bool in_transaction; /* between begin and commit */
    bool undone;         /* SQLite has rolled that transaction back on its own */
};

struct har_query {
    struct har_store *store;
    sqlite3_stmt *statement; /* NULL if it could not be prepared */
    int result;              /* of SQLite, so far */
    int bound, taken;        /* parameters and columns */
};

/* What SQLite's `result` means to the caller. */
har_status har_database_failure(struct har_store *store, int result, struct har_error *err);

struct har_query har_ask(struct har_store *store, enum statement which);

void har_bind_int(struct har_query *q, int64_t value);
void har_bind_time(struct har_query *q, int64_t time_ms);  /* HAR_NO_TIME is NULL */
void har_bind_choice(struct har_query *q, int choice);     /* HAR_UNTOLD is NULL */
void har_bind_real(struct har_query *q, double value);     /* NaN is NULL */
void har_bind_text(struct har_query *q, const char *text); /* NULL is NULL */
void har_bind_blob(struct har_query *q, const void *data, size_t size);
void har_bind_null(struct har_query *q);

/* The next row: HAR_OK, or HAR_END after the last, or a failure; the last two end the
 * query. */
har_status har_answer(struct har_query *q, struct har_error *err);
/* Ends a query early. */
void har_drop(struct har_query *q);
/* Runs a query to its end, whatever rows it has. */
har_status har_answer_all(struct har_query *q, struct har_error *err);
/* The same, keeping the integer in the first column of the first row. HAR_NOT_FOUND without
 * a row. */
har_status har_answer_id(struct har_query *q, int64_t *id, struct har_error *err);

/* The next column of the row. */
int64_t har_take_int(struct har_query *q);
int64_t har_take_time(struct har_query *q);
int har_take_choice(struct har_query *q);
double har_take_real(struct har_query *q);
struct har_bytes har_take_blob(struct har_query *q); /* until the next answer */
/* A copy in `arena`; NULL where the column is, and with `*full` set, without memory. */
const char *har_take_text(struct har_query *q, struct har_arena *arena, bool *full);

/* Several statements that stand or fall together, in a transaction or without one. */
har_status har_step_begin(struct har_store *store, struct har_error *err);
har_status har_step_end(struct har_store *store, har_status status, struct har_error *err);

/* Room for one more in an array of `count` that lives in `arena`; the array (possibly
 * moved) or NULL. Zeroed. */
void *har_grow(struct har_arena *arena, void *array, size_t count, size_t size);

#endif
