/* SPDX-License-Identifier: MIT */
/* Asking, whatever the database.
 *
 * Statements are prepared once a handle and found again by the address of their text, which
 * is a constant of the program. A failure that made the database roll back on its own (a
 * full disk, a broken statement on PostgreSQL) undoes the caller's whole transaction: from
 * then on every question fails until the caller has rolled back or tried to commit, so that
 * no half of a batch is ever committed behind it. */

#include "backend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- statements ------------------------------------------------------------------ */

static size_t place_of(const struct kept *kept, size_t room, const char *sql)
{
    enum { MIX_SHIFT = 32 };
    const uint64_t mix = UINT64_C(0x9e3779b97f4a7c15); /* 2^64 over the golden ratio */
    size_t at = (size_t)((uint64_t)(uintptr_t)sql * mix >> MIX_SHIFT) & (room - 1);
    while (kept[at].sql && kept[at].sql != sql) at = (at + 1) & (room - 1);
    return at;
}

static bool has_room(struct har_database *db)
{
    enum { FIRST = 128 };
    if (2 * (db->kept_count + 1) <= db->kept_room) return true;
    size_t room = db->kept_room ? 2 * db->kept_room : FIRST;
    struct kept *larger = calloc(room, sizeof *larger);
    if (!larger) return false;
    for (size_t i = 0; i < db->kept_room; i++)
        if (db->kept[i].sql) larger[place_of(larger, room, db->kept[i].sql)] = db->kept[i];
    free(db->kept);
    db->kept = larger;
    db->kept_room = room;
    return true;
}

static har_status find_statement(struct har_database *db, const char *sql, void **statement,
                                 struct har_error *err)
{
    if (!has_room(db))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a statement");
    struct kept *place = &db->kept[place_of(db->kept, db->kept_room, sql)];
    if (!place->sql) {
        har_status status = db->backend->prepare(db, sql, &place->statement, err);
        if (status) return status;
        place->sql = sql;
        db->kept_count++;
    }
    *statement = place->statement;
    return HAR_OK;
}

/* The place is left taken by a text that nobody asks with. */
void har_database_forget(struct har_database *db, const char *sql)
{
    static const char forgotten[] = "";
    if (!db->kept_room) return;
    struct kept *place = &db->kept[place_of(db->kept, db->kept_room, sql)];
    if (!place->sql) return;
    db->backend->discard(db, place->statement);
    *place = (struct kept){forgotten, NULL};
}

void har_database_close(struct har_database *db)
{
    if (!db) return;
    for (size_t i = 0; i < db->kept_room; i++)
        if (db->kept[i].statement) db->backend->discard(db, db->kept[i].statement);
    free(db->kept);
    har_shards_close(db->fars);
    db->backend->close(db);
}

bool har_database_is_server(const struct har_database *db)
{
    return db->backend->server;
}

void har_database_failed(struct har_database *db)
{
    if (!db->in_transaction) return;
    if (!db->backend->within(db) || (!db->steps && db->backend->broken(db)))
        db->undone = true;
}

/* --- questions ------------------------------------------------------------------- */

struct har_query har_ask(struct har_database *db, const char *sql)
{
    struct har_query q = {.db = db};
    q.failed = find_statement(db, sql, &q.statement, &db->why);
    return q;
}

void har_database_bind(struct har_query *q, const struct value *value)
{
    if (q->failed) return;
    q->failed = q->db->backend->bind(q->db, q->statement, q->bound++, value, &q->db->why);
}

static void bind(struct har_query *q, struct value value)
{
    har_database_bind(q, &value);
}

void har_bind_null(struct har_query *q)
{
    bind(q, (struct value){.kind = VALUE_NULL});
}

void har_bind_int(struct har_query *q, int64_t value)
{
    bind(q, (struct value){.kind = VALUE_INT, .integer = value});
}

void har_bind_time(struct har_query *q, int64_t time_ms)
{
    if (time_ms == HAR_NO_TIME) har_bind_null(q);
    else har_bind_int(q, time_ms);
}

void har_bind_choice(struct har_query *q, int choice)
{
    if (choice < 0) har_bind_null(q);
    else har_bind_int(q, choice);
}

void har_bind_real(struct har_query *q, double value)
{
    if (isnan(value)) har_bind_null(q);
    else bind(q, (struct value){.kind = VALUE_REAL, .real = value});
}

void har_bind_text(struct har_query *q, const char *text)
{
    if (!text) har_bind_null(q);
    else bind(q, (struct value){.kind = VALUE_TEXT, .data = text, .size = strlen(text)});
}

void har_bind_blob(struct har_query *q, const void *data, size_t size)
{
    if (!data) har_bind_null(q);
    else bind(q, (struct value){.kind = VALUE_BLOB, .data = data, .size = size});
}

void har_drop(struct har_query *q)
{
    if (q->statement) q->db->backend->end(q->statement);
}

static har_status tell_failure(const struct har_query *q, struct har_error *err)
{
    if (err) *err = q->db->why;
    return q->failed;
}

/* Leaves the query as it is after its last row. */
static har_status advance(struct har_query *q, struct har_error *err)
{
    if (q->db->undone)
        return har_fail(err, HAR_FAILED, 0,
                        "an earlier failure has undone what this belongs to");
    q->taken = 0;
    har_status status =
        q->failed ? tell_failure(q, err) : q->db->backend->step(q->db, q->statement, err);
    if (status != HAR_OK && status != HAR_END) har_database_failed(q->db);
    return status;
}

har_status har_answer(struct har_query *q, struct har_error *err)
{
    har_status status = advance(q, err);
    if (status != HAR_OK) har_drop(q);
    return status;
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

har_status har_answer_changes(struct har_query *q, int64_t *rows, struct har_error *err)
{
    har_status status;
    while ((status = advance(q, err)) == HAR_OK) continue;
    if (status == HAR_END) *rows = q->db->backend->changes(q->db, q->statement);
    har_drop(q);
    return status == HAR_END ? HAR_OK : status;
}

/* --- columns --------------------------------------------------------------------- */

int64_t har_take_int(struct har_query *q)
{
    return q->db->backend->integer(q->statement, q->taken++);
}

static bool next_is_null(struct har_query *q)
{
    if (!q->db->backend->is_null(q->statement, q->taken)) return false;
    q->taken++;
    return true;
}

int64_t har_take_time(struct har_query *q)
{
    return next_is_null(q) ? HAR_NO_TIME : har_take_int(q);
}

int har_take_choice(struct har_query *q)
{
    return next_is_null(q) ? -1 : (int)har_take_int(q);
}

double har_take_real(struct har_query *q)
{
    return next_is_null(q) ? (double)NAN : q->db->backend->real(q->statement, q->taken++);
}

struct har_bytes har_take_blob(struct har_query *q)
{
    struct har_bytes bytes = q->db->backend->bytes(q->statement, q->taken++);
    return bytes.data && bytes.size ? bytes : (struct har_bytes){bytes.data, 0};
}

const char *har_take_text(struct har_query *q, struct har_arena *arena, bool *full)
{
    if (next_is_null(q)) return NULL;
    struct har_bytes text = q->db->backend->bytes(q->statement, q->taken++);
    const char *copy = text.data ? har_arena_copy(arena, text.data, text.size) : NULL;
    if (!copy) *full = true;
    return copy;
}

/* --- many rows ------------------------------------------------------------------- */

struct har_query har_pour(struct har_database *db, const struct har_into *into)
{
    struct har_query q = {.db = db};
    q.failed = db->backend->pour(db, into, &q.statement, &db->why);
    return q;
}

har_status har_pour_row(struct har_query *q, struct har_error *err)
{
    q->bound = 0;
    if (q->failed == HAR_OK)
        q->failed = q->db->backend->row(q->db, q->statement, &q->db->why);
    return q->failed ? tell_failure(q, err) : HAR_OK;
}

har_status har_pour_end(struct har_query *q, struct har_error *err)
{
    har_status ended = HAR_OK;
    if (q->statement)
        ended = q->db->backend->poured(q->db, q->statement, q->failed, &q->db->why);
    if (q->failed == HAR_OK) q->failed = ended;
    if (q->failed == HAR_OK) return HAR_OK;
    har_database_failed(q->db);
    return tell_failure(q, err);
}

/* --- transactions ---------------------------------------------------------------- */

har_status har_database_run(struct har_database *db, const char *sql, struct har_error *err)
{
    struct har_query q = har_ask(db, sql);
    return har_answer_all(&q, err);
}

har_status har_database_begin(struct har_database *db, struct har_error *err)
{
    /* A database would begin one all the same, and refuse only the first change. */
    if (db->only_read) return har_fail(err, HAR_FAILED, 0, "the store may only be read");
    har_status status = db->backend->begin(db, err);
    if (status == HAR_OK) db->in_transaction = true;
    return status;
}

void har_database_rollback(struct har_database *db)
{
    db->in_transaction = db->undone = false;
    db->steps = 0;
    if (db->backend->within(db)) har_database_run(db, "ROLLBACK", NULL);
}

har_status har_database_commit(struct har_database *db, struct har_error *err)
{
    har_status status = har_database_run(db, "COMMIT", err);
    if (status != HAR_OK) har_database_rollback(db);
    else db->in_transaction = false;
    return status;
}

/* Within a transaction a step is a savepoint; alone it is one itself, which need not write.
 */
har_status har_step_begin(struct har_database *db, struct har_error *err)
{
    bool alone = !db->in_transaction;
    har_status status =
        har_database_run(db, alone ? db->backend->step_alone : "SAVEPOINT step", err);
    if (status != HAR_OK) return status;
    if (alone) db->in_transaction = db->step_began = true;
    db->steps++;
    return HAR_OK;
}

har_status har_step_end(struct har_database *db, har_status status, struct har_error *err)
{
    static const char release[] = "RELEASE SAVEPOINT step";
    if (db->steps) db->steps--;
    if (db->step_began && db->steps == 0) {
        db->step_began = false;
        if (status == HAR_OK) return har_database_commit(db, err);
        har_database_rollback(db);
        return status;
    }
    if (status == HAR_OK) status = har_database_run(db, release, err);
    if (status != HAR_OK && db->backend->within(db) &&
        har_database_run(db, "ROLLBACK TO SAVEPOINT step", NULL) == HAR_OK)
        har_database_run(db, release, NULL);
    if (status != HAR_OK) har_database_failed(db);
    return status;
}
