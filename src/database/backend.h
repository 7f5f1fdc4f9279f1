/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_BACKEND_H
#define DATABASE_BACKEND_H

/* What a database has to offer: database.c asks through it, sqlite.c and postgres.c fill it
 * in, and open.c alone knows which there are. */

#include "harrier/database.h"

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };

struct value {
    enum value_kind kind;
    int64_t integer;
    double real;
    const void *data; /* of a text or blob, borrowed until the query ends */
    size_t size;
};

struct backend {
    bool server;

    /* A statement that is asked again and again; `end` readies it for the next time. */
    har_status (*prepare)(struct har_database *db, const char *sql, void **statement,
                          struct har_error *err);
    har_status (*bind)(struct har_database *db, void *statement, int at,
                       const struct value *value, struct har_error *err);
    har_status (*step)(struct har_database *db, void *statement, struct har_error *err);
    void (*end)(void *statement);
    /* Rows that a statement which has just come to its end put in or changed. */
    int64_t (*changes)(struct har_database *db, void *statement);
    void (*discard)(struct har_database *db, void *statement);
    /* A question that is asked once, whose answer is never held whole; nothing else is
     * asked until it is discarded. */
    har_status (*stream)(struct har_database *db, const char *sql, void **statement,
                         struct har_error *err);

    /* Columns of the row, from 0. */
    bool (*is_null)(void *statement, int column);
    int64_t (*integer)(void *statement, int column);
    double (*real)(void *statement, int column);
    struct har_bytes (*bytes)(void *statement, int column);
    int (*columns)(void *statement);
    struct value (*value)(void *statement, int column); /* texts and blobs: borrowed */

    /* Many rows: those of an INSERT, or a stream that `row` ends one line of. */
    har_status (*pour)(struct har_database *db, const struct har_into *into,
                       void **statement, struct har_error *err);
    har_status (*row)(struct har_database *db, void *statement, struct har_error *err);
    har_status (*poured)(struct har_database *db, void *statement, bool failed,
                         struct har_error *err);

    /* A transaction that is the only one to write; whether there is one, as the database
     * sees it; and whether a failure has left nothing but the way back. */
    har_status (*begin)(struct har_database *db, struct har_error *err);
    const char *step_alone; /* one that sees all as of one moment, and may write */
    bool (*within)(const struct har_database *db);
    bool (*broken)(const struct har_database *db);

    /* What stands there: the version of its tables, 0 for nothing. */
    har_status (*version)(struct har_database *db, int64_t *version, struct har_error *err);
    /* Runs one version of the schema, and says so there. */
    har_status (*raise)(struct har_database *db, int64_t version, struct har_error *err);
    /* What a handle of that mode is set to, once it is known to be ours. */
    har_status (*set_up)(struct har_database *db, enum har_database_mode mode,
                         struct har_error *err);
    har_status (*check)(struct har_database *db, void (*found)(void *ctx, const char *what),
                        void *ctx, struct har_error *err);
    void (*close)(struct har_database *db);
};

/* Prepared statements by the address of their text. */
struct kept {
    const char *sql;
    void *statement;
};

/* What every handle begins with. */
struct har_database {
    const struct backend *backend;
    bool only_read;       /* opened so */
    bool in_transaction;  /* between begin and commit */
    bool undone;          /* the database has rolled that transaction back on its own */
    unsigned steps;       /* begun and not ended */
    bool step_began;      /* the outermost of them is the transaction */
    struct fars *fars;    /* of shards.c; NULL: nobody has asked for them */
    struct har_error why; /* the first failure of the query that is being asked */
    struct kept *kept;    /* open addressing; `kept_room` is a power of 2 */
    size_t kept_count, kept_room;
};

/* After a failure: remembers whether it has undone the caller's transaction. */
void har_database_failed(struct har_database *db);

/* Binds the next parameter. */
void har_database_bind(struct har_query *q, const struct value *value);

/* Forgets a statement whose text will not stay. */
void har_database_forget(struct har_database *db, const char *sql);

/* The handles on further servers, with their handle. NULL allowed. */
void har_shards_close(struct fars *fars);

/* Asks for no rows. */
har_status har_database_run(struct har_database *db, const char *sql,
                            struct har_error *err);

/* A handle on a file or server, nothing asked of it but what it takes to be there. */
har_status har_sqlite_open(const char *path, enum har_database_mode mode,
                           struct har_database **out, struct har_error *err);
har_status har_postgres_open(const char *url, enum har_database_mode mode,
                             struct har_database **out, struct har_error *err);

/* Brings the tables of the version that is there up to those that this Harrier knows, in
 * the transaction that has begun. */
har_status har_database_raise(struct har_database *db, struct har_error *err);

/* Brings a file and its companions into one, which also proves that no other process has it
 * open. A damaged one stays as it is. */
har_status har_sqlite_bring_together(const char *path, struct har_error *err);
/* Copies the pages of a whole file into a new one, by SQLite's own online backup: what
 * another process commits meanwhile is in it wholly or not at all, and which is then
 * brought out of WAL mode, so that it can be carried away without companions. */
har_status har_sqlite_copy(struct har_database *db, const char *path,
                           struct har_error *err);

#endif
