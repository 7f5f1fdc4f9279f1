/* SPDX-License-Identifier: MIT */
/* Asking SQLite.
 *
 * Statements are prepared once a handle and kept. A failure that made SQLite roll back on
 * its own (a full disk, no memory) undoes the caller's whole transaction: from then on
 * every question fails until the caller has rolled back or tried to commit, so that no half
 * of a batch is ever committed behind it. */

#include "database.h"

#include <math.h>
#include <stdalign.h>
#include <string.h>

enum { PRIMARY_RESULT = 0xff };

/* The first row that fits counts; rows of one extended code come before their family. */
static const struct failure {
    int result;
    har_status status;
    const char *sentence;
    bool by_system; /* the system's reason follows */
} failures[] = {
    {SQLITE_CONSTRAINT_FOREIGNKEY, HAR_NOT_FOUND, "the store has no such row to refer to",
     false},
    {SQLITE_BUSY, HAR_BUSY, "the store is locked by another process", false},
    {SQLITE_LOCKED, HAR_BUSY, "the store is locked by another process", false},
    {SQLITE_FULL, HAR_FAILED, "no room is left on the disk for the store", false},
    {SQLITE_NOTADB, HAR_BAD_INPUT, "the file is not a store of Harrier: it is no database",
     false},
    {SQLITE_CORRUPT, HAR_BAD_INPUT, "the store is damaged", false},
    {SQLITE_FORMAT, HAR_BAD_INPUT, "the store is damaged", false},
    {SQLITE_NOMEM, HAR_NO_MEMORY, "no memory is left for the store", false},
    {SQLITE_READONLY, HAR_FAILED, "the store may only be read", false},
    {SQLITE_CANTOPEN, HAR_FAILED, "the store cannot be opened", true},
    {SQLITE_IOERR, HAR_FAILED, "the disk refused the store", true},
    {SQLITE_PERM, HAR_FAILED, "the store may not be opened", false},
    {SQLITE_TOOBIG, HAR_OUT_OF_RANGE, "a row is too big for the store", false},
    {SQLITE_CONSTRAINT, HAR_OUT_OF_RANGE, "a row is nothing that the store may hold",
     false},
};

har_status har_database_failure(struct har_store *store, int result, struct har_error *err)
{
    if (store->in_transaction && sqlite3_get_autocommit(store->db)) store->undone = true;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        const struct failure *f = &failures[i];
        if (f->result != result && f->result != (result & PRIMARY_RESULT)) continue;
        int why = f->by_system ? sqlite3_system_errno(store->db) : 0;
        return har_fail(err, f->status, 0, "%s%s%s", f->sentence, why ? ": " : "",
                        why ? strerror(why) : "");
    }
    return har_fail(err, HAR_FAILED, 0, "the store failed: %s", sqlite3_errmsg(store->db));
}

struct har_query har_ask(struct har_store *store, enum statement which)
{
    struct har_query q = {.store = store};
    sqlite3_stmt **kept = &store->prepared[which];
    if (!*kept)
        q.result = sqlite3_prepare_v3(store->db, har_statements[which], -1,
                                      SQLITE_PREPARE_PERSISTENT, kept, NULL);
    q.statement = *kept;
    return q;
}

static void bind_done(struct har_query *q, int result)
{
    if (q->result == SQLITE_OK) q->result = result;
}

void har_bind_int(struct har_query *q, int64_t value)
{
    if (q->statement) bind_done(q, sqlite3_bind_int64(q->statement, ++q->bound, value));
}

void har_bind_null(struct har_query *q)
{
    if (q->statement) bind_done(q, sqlite3_bind_null(q->statement, ++q->bound));
}

void har_bind_time(struct har_query *q, int64_t time_ms)
{
    if (time_ms == HAR_NO_TIME) har_bind_null(q);
    else har_bind_int(q, time_ms);
}

void har_bind_choice(struct har_query *q, int choice)
{
    if (choice == HAR_UNTOLD) har_bind_null(q);
    else har_bind_int(q, choice);
}

void har_bind_real(struct har_query *q, double value)
{
    if (isnan(value)) har_bind_null(q);
    else if (q->statement)
        bind_done(q, sqlite3_bind_double(q->statement, ++q->bound, value));
}

/* Texts and blobs are borrowed until the query ends, which unbinds them. */
void har_bind_text(struct har_query *q, const char *text)
{
    if (q->statement)
        bind_done(q, sqlite3_bind_text(q->statement, ++q->bound, text, -1, SQLITE_STATIC));
}

void har_bind_blob(struct har_query *q, const void *data, size_t size)
{
    if (q->statement)
        bind_done(q,
                  sqlite3_bind_blob64(q->statement, ++q->bound, data, size, SQLITE_STATIC));
}

void har_drop(struct har_query *q)
{
    if (!q->statement) return;
    sqlite3_reset(q->statement);
    sqlite3_clear_bindings(q->statement);
}

har_status har_answer(struct har_query *q, struct har_error *err)
{
    if (q->store->undone) {
        har_drop(q);
        return har_fail(err, HAR_FAILED, 0,
                        "an earlier failure has undone what this belongs to");
    }
    int result = q->result == SQLITE_OK ? sqlite3_step(q->statement) : q->result;
    q->taken = 0;
    if (result == SQLITE_ROW) return HAR_OK;
    har_drop(q);
    return result == SQLITE_DONE ? HAR_END : har_database_failure(q->store, result, err);
}

har_status har_answer_all(struct har_query *q, struct har_error *err)
{
    har_status status;
    while ((status = har_answer(q, err)) == HAR_OK) continue;
    return status == HAR_END ? HAR_OK : status;
}

har_status har_answer_id(struct har_query *q, int64_t *id, struct har_error *err)
{
    har_status status = har_answer(q, err);
    if (status == HAR_END) return HAR_NOT_FOUND;
    if (status != HAR_OK) return status;
    *id = har_take_int(q);
    return har_answer_all(q, err);
}

int64_t har_take_int(struct har_query *q)
{
    return sqlite3_column_int64(q->statement, q->taken++);
}

static bool next_is_null(struct har_query *q)
{
    if (sqlite3_column_type(q->statement, q->taken) != SQLITE_NULL) return false;
    q->taken++;
    return true;
}

int64_t har_take_time(struct har_query *q)
{
    return next_is_null(q) ? HAR_NO_TIME : har_take_int(q);
}

int har_take_choice(struct har_query *q)
{
    return next_is_null(q) ? HAR_UNTOLD : (int)har_take_int(q);
}

double har_take_real(struct har_query *q)
{
    return next_is_null(q) ? (double)NAN : sqlite3_column_double(q->statement, q->taken++);
}

struct har_bytes har_take_blob(struct har_query *q)
{
    const void *data = sqlite3_column_blob(q->statement, q->taken);
    int size = sqlite3_column_bytes(q->statement, q->taken++);
    return (struct har_bytes){data, data && size > 0 ? (size_t)size : 0};
}

const char *har_take_text(struct har_query *q, struct har_arena *arena, bool *full)
{
    if (next_is_null(q)) return NULL;
    const void *text = sqlite3_column_text(q->statement, q->taken);
    int size = sqlite3_column_bytes(q->statement, q->taken++);
    const char *copy = text ? har_arena_copy(arena, text, (size_t)size) : NULL;
    if (!copy) *full = true;
    return copy;
}

static har_status run(struct har_store *store, enum statement which, struct har_error *err)
{
    struct har_query q = har_ask(store, which);
    return har_answer_all(&q, err);
}

har_status har_step_begin(struct har_store *store, struct har_error *err)
{
    return run(store, STEP_BEGIN, err);
}

har_status har_step_end(struct har_store *store, har_status status, struct har_error *err)
{
    if (status == HAR_OK) status = run(store, STEP_RELEASE, err);
    if (status == HAR_OK || sqlite3_get_autocommit(store->db)) return status;
    if (run(store, STEP_ROLLBACK, NULL) == HAR_OK) run(store, STEP_RELEASE, NULL);
    return status;
}

har_status har_store_begin(struct har_store *store, struct har_error *err)
{
    /* SQLite would begin one all the same, and refuse only the first change. */
    if (store->only_read) return har_database_failure(store, SQLITE_READONLY, err);
    har_status status = run(store, TRANSACTION_BEGIN, err);
    if (status == HAR_OK) store->in_transaction = true;
    return status;
}

void har_store_rollback(struct har_store *store)
{
    store->in_transaction = store->undone = false;
    if (!sqlite3_get_autocommit(store->db)) run(store, TRANSACTION_ROLLBACK, NULL);
}

har_status har_store_commit(struct har_store *store, struct har_error *err)
{
    har_status status = run(store, TRANSACTION_COMMIT, err);
    if (status != HAR_OK) har_store_rollback(store);
    else store->in_transaction = false;
    return status;
}

void *har_grow(struct har_arena *arena, void *array, size_t count, size_t size)
{
    enum { FIRST = 16 };
    if (array && (count < FIRST || (count & (count - 1)) != 0)) return array;
    void *larger = har_arena_take(arena, count < FIRST ? FIRST : 2 * count, size,
                                  alignof(max_align_t));
    if (larger && count) memcpy(larger, array, count * size);
    return larger;
}
