/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_DATABASE_H
#define HARRIER_DATABASE_H

/* database - one way to ask SQLite and PostgreSQL, and the tables that both keep.
 *
 * SQL is data: each statement is a constant text, one for both databases, prepared once a
 * handle and kept. Parameters are $1, $2, ... in the order of their first appearance,
 * values are integers, reals, texts and bytes, and what one database calls otherwise than
 * the other stands in `src/database` alone. One thread at a time uses a handle.
 *
 *     struct har_query q = har_ask(db, "SELECT id FROM athlete WHERE name = $1");
 *     har_bind_text(&q, name);
 *     status = har_answer_id(&q, &id, err);
 *
 * Parameters are bound, and columns taken, one after another. The first failure is kept in
 * the query and told by the next answer: write straight through and ask once.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct har_database;

enum har_database_mode {
    HAR_DATABASE_READ,
    HAR_DATABASE_WRITE /* creates it, its folder and its tables, or brings those up */
};

/* Whether `where` names a server (postgresql://..., postgres://...) and not a file. */
bool har_is_database_url(const char *where);
/* Whether an address carries a password. */
bool har_database_url_has_secret(const char *where);

/* Opens the database at a path or address. HAR_NOT_FOUND: reading, and there is none.
 * HAR_BUSY: locked, or written by another version of Harrier. HAR_BAD_INPUT: not ours, or
 * damaged. HAR_FAILED: it cannot be reached. On success the caller closes it.
 *
 * Of PostgreSQL (15 or later) what the address does not say comes from the PG* variables
 * and the password file, as for every client of it. The tables lie in the schema
 * `harrier`. */
har_status har_database_open(const char *where, enum har_database_mode mode,
                             struct har_database **out, struct har_error *err);
void har_database_close(struct har_database *db); /* NULL allowed */
bool har_database_is_server(const struct har_database *db);

/* --- transactions ---------------------------------------------------------------- */

/* They do not nest, and who has begun one is the only writer. A commit that fails (a full
 * disk) has rolled back. */
har_status har_database_begin(struct har_database *db, struct har_error *err);
har_status har_database_commit(struct har_database *db, struct har_error *err);
void har_database_rollback(struct har_database *db);

/* Several statements that stand or fall together, in a transaction or without one: the
 * second call takes what they came to, and returns it. */
har_status har_step_begin(struct har_database *db, struct har_error *err);
har_status har_step_end(struct har_database *db, har_status status, struct har_error *err);

/* --- questions ------------------------------------------------------------------- */

struct har_query {
    struct har_database *db;
    void *statement;   /* the database's own; NULL if it could not be prepared */
    har_status failed; /* HAR_OK so far */
    int bound, taken;  /* parameters and columns */
};

/* `sql` stays where it is for as long as the handle is open. One query at a time asks it.
 */
struct har_query har_ask(struct har_database *db, const char *sql);

/* The values of $1, $2 and so on, in that order. */
void har_bind_int(struct har_query *q, int64_t value);
void har_bind_time(struct har_query *q, int64_t time_ms);  /* HAR_NO_TIME is NULL */
void har_bind_choice(struct har_query *q, int choice);     /* less than 0 is NULL */
void har_bind_real(struct har_query *q, double value);     /* NaN is NULL */
void har_bind_text(struct har_query *q, const char *text); /* NULL is NULL; UTF-8 */
void har_bind_blob(struct har_query *q, const void *data, size_t size);
void har_bind_null(struct har_query *q);

/* The next row: HAR_OK, or HAR_END after the last, or a failure; the last two end the
 * query. Texts and blobs that were bound are borrowed until then. */
har_status har_answer(struct har_query *q, struct har_error *err);
/* Ends a query early. */
void har_drop(struct har_query *q);
/* Runs a query to its end, whatever rows it has. */
har_status har_answer_all(struct har_query *q, struct har_error *err);
/* The same, keeping the integer in the first column of the first row. HAR_NOT_FOUND without
 * a row, and no sentence of it. */
har_status har_answer_id(struct har_query *q, int64_t *id, struct har_error *err);
/* Runs a query that changes rows to its end, and says how many it put in or changed. */
har_status har_answer_changes(struct har_query *q, int64_t *rows, struct har_error *err);

/* The next column of the row. */
int64_t har_take_int(struct har_query *q);  /* NULL is 0 */
int64_t har_take_time(struct har_query *q); /* NULL is HAR_NO_TIME */
int har_take_choice(struct har_query *q);   /* NULL is -1 */
double har_take_real(struct har_query *q);
struct har_bytes har_take_blob(struct har_query *q); /* until the next answer */
/* A copy in `arena`; NULL where the column is, and with `*full` set, without memory. */
const char *har_take_text(struct har_query *q, struct har_arena *arena, bool *full);

/* --- many rows -------------------------------------------------------------------- */

/* Rows into one table, as fast as the database takes them, within a transaction:
 *
 *     struct har_query q = har_pour(db, &into);
 *     for each row: bind every column, and har_pour_row(&q, err)
 *     status = har_pour_end(&q, err);
 *
 * Nothing else is asked in between. A row that the table refuses fails the whole. */
struct har_into {
    const char *insert; /* INSERT INTO t (a, b) VALUES ($1, $2) */
    const char *copy;   /* COPY t (a, b) FROM STDIN (FORMAT binary) */
};
struct har_query har_pour(struct har_database *db, const struct har_into *into);
har_status har_pour_row(struct har_query *q, struct har_error *err);
har_status har_pour_end(struct har_query *q, struct har_error *err);

/* --- care -------------------------------------------------------------------------- */

/* Calls `found` with a sentence for each thing that is wrong with the database itself: its
 * pages, its indexes, rows that refer to none. HAR_OK where all of it could be looked at.
 */
har_status har_database_check(struct har_database *db,
                              void (*found)(void *ctx, const char *what), void *ctx,
                              struct har_error *err);

/* A copy of all that is in it as one SQLite file at `path`, which must not exist; complete
 * or absent, also after a crash. */
har_status har_database_backup(struct har_database *db, const char *path,
                               struct har_error *err);

/* Puts the backup at `from` into place at `where`. What was there is kept: under the name
 * that `*kept` says (in `arena`; NULL if there was nothing). */
har_status har_database_restore(const char *from, const char *where,
                                struct har_arena *arena, const char **kept,
                                struct har_error *err);

/* What a database in a file looks like from outside. As long as `part` stays the same and
 * the database is `settled`, nothing was committed to it. */
struct har_database_look {
    int64_t part[6];
    bool settled; /* not written to just now: a further change will show */
};
/* Looks at the one at `where`, without opening it; one that is not there looks like
 * nothing. False of a server, where it cannot be seen. */
bool har_database_look(const char *where, struct har_database_look *out);

/* --- several servers ------------------------------------------------------------------ */

/* A server that keeps parts of a store's marks; all marks of an event lie on one, and
 * people and meetings on the first. Texts in the caller's arena. */
struct har_shard {
    const char *name, *host, *port, *database;
    int64_t parts;
};
struct har_shards {
    int64_t parts_here; /* on the first server; 0 in a file */
    size_t count;
    const struct har_shard *shard;
};
har_status har_database_shards(struct har_database *db, struct har_arena *arena,
                               struct har_shards *out, struct har_error *err);

/* Adds the server at `url`, reached from the first one by the same address, and moves its
 * share of the marks there. HAR_BAD_INPUT: something of a store lies there.
 * HAR_UNSUPPORTED: the store is a file. */
har_status har_database_add_shard(struct har_database *db, const char *url,
                                  struct har_arena *arena, struct har_shard *added,
                                  struct har_error *err);

/* The handle to ask for marks of `event` (its number in the store), and none but them: `db`
 * itself, or one of its own on the server that has them. To read; a handle that writes sees
 * all by itself. */
har_status har_database_keeper(struct har_database *db, int64_t event,
                               struct har_database **out, struct har_error *err);
/* The handles on which all marks lie, 0, 1, ...: `db` itself, or those on its servers.
 * HAR_END after the last. */
har_status har_database_keepers(struct har_database *db, size_t number,
                                struct har_database **out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
