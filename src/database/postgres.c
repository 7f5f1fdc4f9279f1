/* SPDX-License-Identifier: MIT */
/* PostgreSQL, through libpq.
 *
 * Parameters go as text, which lets the server find their types from the statement; bytes
 * and all answers go as binary, so that no number changes on the way. An answer is held
 * whole: who wants the first of many rows says LIMIT.
 *
 * Who writes holds one advisory lock from the beginning of the transaction: importers take
 * turns, as they do on a file of SQLite, and readers never wait. A statement that fails
 * leaves its transaction good for nothing but the way back, except within a step, which is
 * a savepoint.
 *
 * Who reads has each question planned once: what is asked by, the indexes are made for. Who
 * writes has it planned anew each time (plan_cache_mode), as a table that was empty then
 * may hold millions now. Compiling (jit) costs more than the questions do. Every join of
 * ours walks an index from few rows to few; of a table that the same transaction is filling
 * the server has no statistics, and would read all of it each time. So statistics need not
 * be fine, and the server looks at a tenth of the rows that it would look at otherwise. */

#include "postgres.h"
#include "postgres_schema.h"
#include "schema.h"

#include <libpq-fe.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARAMETERS = 64, NUMBER_ROOM = 32, COPY_ROOM = 1 << 16 };

/* PostgreSQL's own numbers of its types. */
enum {
    BOOL_TYPE = 16,
    BYTEA_TYPE = 17,
    INT8_TYPE = 20,
    INT2_TYPE = 21,
    INT4_TYPE = 23,
    FLOAT8_TYPE = 701
};

struct postgres {
    struct har_database base;
    PGconn *server;
    unsigned statements; /* prepared so far; their names */
    struct flow {        /* rows on their way into a table */
        char bytes[COPY_ROOM];
        size_t size;
        bool flowing;
        int columns;
        Oid type[MOST_PARAMETERS];
    } flow;
};

struct question {
    char name[16];
    PGresult *answer; /* NULL: not asked yet */
    int row;
    bool streaming; /* the answer comes row by row */
    int count;      /* of parameters */
    const char *parameter[MOST_PARAMETERS];
    int length[MOST_PARAMETERS], binary[MOST_PARAMETERS];
    char number[MOST_PARAMETERS][NUMBER_ROOM];
};

static struct postgres *postgres_of(const struct har_database *db)
{
    return (struct postgres *)db;
}

/* --- failures --------------------------------------------------------------------- */

/* By SQLSTATE; a prefix stands for its class, and the first row that fits counts. */
static const struct postgres_error {
    const char *state;
    har_status status;
    const char *sentence;
} postgres_errors[] = {
    {"23503", HAR_NOT_FOUND, "the store has no such row to refer to"},
    {"23", HAR_OUT_OF_RANGE, "a row is nothing that the store may hold"},
    {"22", HAR_OUT_OF_RANGE, "a row is nothing that the store may hold"},
    {"25006", HAR_FAILED, "the store may only be read"},
    {"55P03", HAR_BUSY, "the store is locked by another process"},
    {"40", HAR_BUSY, "another process was in the way: try again"},
    {"53100", HAR_FAILED, "no room is left on the server's disk for the store"},
    {"53", HAR_NO_MEMORY, "the database server has no room left"},
    {"54", HAR_OUT_OF_RANGE, "a row is too big for the store"},
    {"57P", HAR_FAILED, "the database server is going down: nothing half done is kept"},
    {"08", HAR_FAILED, "the connection to the database server was lost"},
    {"42501", HAR_FAILED, "this user may not do that to the store"},
    {"3D000", HAR_NOT_FOUND, "the server has no database of that name"},
    {"XX", HAR_BAD_INPUT, "the store is damaged"},
};

/* The first line of what the server says, which ends in a line break and may be several. */
static har_status server_says(har_status status, const char *sentence, const char *words,
                              struct har_error *err)
{
    static const char head[] = "ERROR:  ";
    if (strncmp(words, head, sizeof head - 1) == 0) words += sizeof head - 1;
    return har_fail(err, status, 0, "%s: %.*s", sentence, (int)strcspn(words, "\n"), words);
}

static har_status postgres_failure(struct har_database *db, const PGresult *answer,
                                   struct har_error *err)
{
    PGconn *server = postgres_of(db)->server;
    const char *state = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : NULL;
    har_database_failed(db);
    if (PQstatus(server) == CONNECTION_BAD)
        return har_fail(err, HAR_FAILED, 0,
                        "the connection to the database server was lost");
    for (size_t i = 0; state && i < sizeof postgres_errors / sizeof *postgres_errors; i++)
        if (strncmp(state, postgres_errors[i].state, strlen(postgres_errors[i].state)) == 0)
            return har_fail(err, postgres_errors[i].status, 0, "%s",
                            postgres_errors[i].sentence);
    return server_says(HAR_FAILED, "the store failed", PQerrorMessage(server), err);
}

/* Whether the answer is one; releases it. */
static har_status came_to(struct har_database *db, PGresult *answer, struct har_error *err)
{
    ExecStatusType was = PQresultStatus(answer);
    bool good = was == PGRES_COMMAND_OK || was == PGRES_TUPLES_OK;
    har_status status = good ? HAR_OK : postgres_failure(db, answer, err);
    PQclear(answer);
    return status;
}

har_status har_postgres_script(struct har_database *db, const char *sql,
                               struct har_error *err)
{
    return came_to(db, PQexec(postgres_of(db)->server, sql), err);
}

/* --- statements ------------------------------------------------------------------- */

static har_status postgres_prepare(struct har_database *db, const char *sql,
                                   void **statement, struct har_error *err)
{
    struct postgres *pg = postgres_of(db);
    struct question *q = calloc(1, sizeof *q);
    *statement = NULL;
    if (!q) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a statement");
    snprintf(q->name, sizeof q->name, "h%u", pg->statements++);
    har_status status = came_to(db, PQprepare(pg->server, q->name, sql, 0, NULL), err);
    if (status != HAR_OK) free(q);
    else *statement = q;
    return status;
}

/* Lists are millions of whole numbers: printf() would take longer than all else of them. */
static int write_integer(char to[NUMBER_ROOM], int64_t value)
{
    /* cppcheck-suppress ctuPointerArith; it is the end of the room, not beyond */
    char *end = to + NUMBER_ROOM, *at = end;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    *--at = '\0';
    do *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0) *--at = '-';
    memmove(to, at, (size_t)(end - at));
    return (int)(end - at) - 1;
}

/* Writes a number as the server reads it; the point is one whatever the locale. */
static int write_number(char to[NUMBER_ROOM], const struct value *value)
{
    if (value->kind == VALUE_INT) return write_integer(to, value->integer);
    int size = snprintf(to, NUMBER_ROOM, "%.17g", value->real);
    for (char *c = to; *c; c++)
        if (!strchr("0123456789+-einf.", *c)) *c = '.';
    return size;
}

/* A text is the caller's, and ends in a zero byte; a number is written here. */
static har_status bind_parameter(struct question *q, int at, const struct value *value,
                                 struct har_error *err)
{
    if (at >= MOST_PARAMETERS || value->size > INT32_MAX)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "a row is too big for the store");
    bool is_number = value->kind == VALUE_INT || value->kind == VALUE_REAL;
    if (is_number) write_number(q->number[at], value);
    q->parameter[at] = value->kind == VALUE_NULL ? NULL
                       : is_number               ? q->number[at]
                                                 : value->data;
    q->length[at] = (int)value->size;
    q->binary[at] = value->kind == VALUE_BLOB;
    q->count = at + 1;
    return HAR_OK;
}

static har_status next_of_stream(struct har_database *db, struct question *q,
                                 struct har_error *err)
{
    PQclear(q->answer);
    q->row = 0;
    q->answer = PQgetResult(postgres_of(db)->server);
    ExecStatusType was = PQresultStatus(q->answer);
    if (was == PGRES_SINGLE_TUPLE) return HAR_OK;
    return was == PGRES_TUPLES_OK ? HAR_END : postgres_failure(db, q->answer, err);
}

static har_status postgres_step(struct har_database *db, void *statement,
                                struct har_error *err)
{
    struct question *q = statement;
    if (q->streaming) return next_of_stream(db, q, err);
    if (q->answer) return ++q->row < PQntuples(q->answer) ? HAR_OK : HAR_END;
    q->row = 0;
    q->answer = PQexecPrepared(postgres_of(db)->server, q->name, q->count, q->parameter,
                               q->length, q->binary, 1);
    ExecStatusType was = PQresultStatus(q->answer);
    if (was == PGRES_COMMAND_OK) return HAR_END;
    if (was != PGRES_TUPLES_OK) return postgres_failure(db, q->answer, err);
    return PQntuples(q->answer) ? HAR_OK : HAR_END;
}

static void postgres_end(void *statement)
{
    struct question *q = statement;
    PQclear(q->answer);
    q->answer = NULL;
    q->count = 0;
}

static int64_t postgres_changes(struct har_database *db, void *statement)
{
    struct question *q = statement;
    (void)db;
    return strtoll(PQcmdTuples(q->answer), NULL, 10);
}

/* The server forgets its side with the connection. */
static void postgres_discard(struct har_database *db, void *statement)
{
    struct question *q = statement;
    postgres_end(q);
    while (q->streaming && (q->answer = PQgetResult(postgres_of(db)->server)))
        PQclear(q->answer);
    free(q);
}

static har_status postgres_stream(struct har_database *db, const char *sql,
                                  void **statement, struct har_error *err)
{
    PGconn *server = postgres_of(db)->server;
    struct question *q = calloc(1, sizeof *q);
    *statement = NULL;
    if (!q) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a statement");
    if (!PQsendQueryParams(server, sql, 0, NULL, NULL, NULL, NULL, 1)) {
        free(q);
        return postgres_failure(db, NULL, err);
    }
    q->streaming = PQsetSingleRowMode(server);
    *statement = q;
    return HAR_OK;
}

static bool postgres_is_null(void *statement, int column)
{
    const struct question *q = statement;
    return PQgetisnull(q->answer, q->row, column);
}

static uint64_t big_endian(const char *bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value = value << 8 | (uint8_t)bytes[i];
    return value;
}

static int64_t postgres_integer(void *statement, int column)
{
    const struct question *q = statement;
    if (PQgetisnull(q->answer, q->row, column)) return 0;
    const char *bytes = PQgetvalue(q->answer, q->row, column);
    switch (PQftype(q->answer, column)) {
    case BOOL_TYPE: return *bytes;
    case INT2_TYPE: return (int16_t)big_endian(bytes, sizeof(int16_t));
    case INT4_TYPE: return (int32_t)big_endian(bytes, sizeof(int32_t));
    case INT8_TYPE: return (int64_t)big_endian(bytes, sizeof(int64_t));
    default: return 0;
    }
}

static double postgres_real(void *statement, int column)
{
    const struct question *q = statement;
    if (PQftype(q->answer, column) != FLOAT8_TYPE)
        return (double)postgres_integer(statement, column);
    uint64_t bits = big_endian(PQgetvalue(q->answer, q->row, column), sizeof bits);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static struct har_bytes postgres_bytes(void *statement, int column)
{
    const struct question *q = statement;
    if (PQgetisnull(q->answer, q->row, column)) return (struct har_bytes){NULL, 0};
    return (struct har_bytes){(const uint8_t *)PQgetvalue(q->answer, q->row, column),
                              (size_t)PQgetlength(q->answer, q->row, column)};
}

static int postgres_columns(void *statement)
{
    return PQnfields(((const struct question *)statement)->answer);
}

static struct value postgres_value(void *statement, int column)
{
    const struct question *q = statement;
    struct value value = {.kind = VALUE_NULL};
    if (PQgetisnull(q->answer, q->row, column)) return value;
    switch (PQftype(q->answer, column)) {
    case BOOL_TYPE:
    case INT2_TYPE:
    case INT4_TYPE:
    case INT8_TYPE:
        value.kind = VALUE_INT;
        value.integer = postgres_integer(statement, column);
        return value;
    case FLOAT8_TYPE:
        value.kind = VALUE_REAL;
        value.real = postgres_real(statement, column);
        return value;
    case BYTEA_TYPE: value.kind = VALUE_BLOB; break;
    default: value.kind = VALUE_TEXT; break;
    }
    struct har_bytes bytes = postgres_bytes(statement, column);
    value.data = bytes.data;
    value.size = bytes.size;
    return value;
}

/* --- many rows -------------------------------------------------------------------- */

/* COPY's binary rows: the number of columns, and of each its size and bytes, the highest
 * first; no value is -1 long. How wide a number is its column says, for which the server is
 * asked. */
static har_status flush(struct har_database *db, struct har_error *err)
{
    struct postgres *pg = postgres_of(db);
    int sent = PQputCopyData(pg->server, pg->flow.bytes, (int)pg->flow.size);
    pg->flow.size = 0;
    return sent == 1 ? HAR_OK : postgres_failure(db, NULL, err);
}

static har_status put(struct har_database *db, const char *bytes, size_t size,
                      struct har_error *err)
{
    struct flow *flow = &postgres_of(db)->flow;
    har_status status = HAR_OK;
    while (size && status == HAR_OK) {
        size_t part = size < COPY_ROOM - flow->size ? size : COPY_ROOM - flow->size;
        memcpy(flow->bytes + flow->size, bytes, part);
        flow->size += part;
        bytes += part;
        size -= part;
        if (flow->size == COPY_ROOM) status = flush(db, err);
    }
    return status;
}

static void write_big_endian(char *to, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) to[i] = (char)(value >> (8 * (size - 1 - i)));
}

/* The lowest `size` bytes of it. */
static har_status put_big_endian(struct har_database *db, uint64_t value, size_t size,
                                 struct har_error *err)
{
    char bytes[sizeof value];
    write_big_endian(bytes, value, size);
    return put(db, bytes, size, err);
}

static har_status put_number(struct har_database *db, uint64_t bits, size_t size,
                             struct har_error *err)
{
    char bytes[sizeof(int32_t) + sizeof bits];
    write_big_endian(bytes, size, sizeof(int32_t));
    write_big_endian(bytes + sizeof(int32_t), bits, size);
    return put(db, bytes, sizeof(int32_t) + size, err);
}

static har_status put_field(struct har_database *db, const void *bytes, size_t size,
                            struct har_error *err)
{
    har_status status = put_big_endian(db, size, sizeof(int32_t), err);
    return status ? status : put(db, bytes, size, err);
}

static har_status put_real(struct har_database *db, double real, struct har_error *err)
{
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    return put_number(db, bits, sizeof bits, err);
}

static har_status put_integer(struct har_database *db, int64_t value, Oid type,
                              struct har_error *err)
{
    if (type == FLOAT8_TYPE) return put_real(db, (double)value, err);
    if (type == INT8_TYPE) return put_number(db, (uint64_t)value, sizeof value, err);
    if (type == INT4_TYPE && value >= INT32_MIN && value <= INT32_MAX)
        return put_number(db, (uint64_t)value, sizeof(int32_t), err);
    har_database_failed(db);
    return har_fail(err, HAR_OUT_OF_RANGE, 0, "a row is nothing that the store may hold");
}

static har_status put_value(struct har_database *db, int at, const struct value *value,
                            struct har_error *err)
{
    const struct flow *flow = &postgres_of(db)->flow;
    har_status status =
        at ? HAR_OK : put_big_endian(db, (uint64_t)flow->columns, sizeof(int16_t), err);
    if (status != HAR_OK) return status;
    switch (value->kind) {
    case VALUE_NULL: return put_big_endian(db, UINT32_MAX, sizeof(int32_t), err);
    case VALUE_INT: return put_integer(db, value->integer, flow->type[at], err);
    case VALUE_REAL: return put_real(db, value->real, err);
    case VALUE_TEXT:
    case VALUE_BLOB: break;
    }
    return put_field(db, value->data, value->size, err);
}

static har_status postgres_bind(struct har_database *db, void *statement, int at,
                                const struct value *value, struct har_error *err)
{
    return postgres_of(db)->flow.flowing ? put_value(db, at, value, err)
                                         : bind_parameter(statement, at, value, err);
}

/* What the columns are that `insert` has parameters for. */
static har_status read_types(struct har_database *db, const char *insert,
                             struct har_error *err)
{
    struct postgres *pg = postgres_of(db);
    har_status status = came_to(db, PQprepare(pg->server, "", insert, 0, NULL), err);
    if (status != HAR_OK) return status;
    PGresult *columns = PQdescribePrepared(pg->server, "");
    pg->flow.columns = PQnparams(columns);
    for (int i = 0; i < pg->flow.columns && i < MOST_PARAMETERS; i++)
        pg->flow.type[i] = PQparamtype(columns, i);
    return came_to(db, columns, err);
}

static har_status postgres_pour(struct har_database *db, const struct har_into *into,
                                void **statement, struct har_error *err)
{
    static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    struct postgres *pg = postgres_of(db);
    *statement = NULL;
    har_status status = read_types(db, into->insert, err);
    if (status != HAR_OK) return status;
    PGresult *answer = PQexec(pg->server, into->copy);
    bool ready = PQresultStatus(answer) == PGRES_COPY_IN;
    status = ready ? HAR_OK : postgres_failure(db, answer, err);
    PQclear(answer);
    pg->flow.size = 0;
    pg->flow.flowing = ready;
    if (!ready) return status;
    *statement = pg;
    return put(db, header, sizeof header, err);
}

/* A row ends with its last column. */
static har_status postgres_row(struct har_database *db, void *statement,
                               struct har_error *err)
{
    (void)db;
    (void)statement;
    (void)err;
    return HAR_OK;
}

/* A row that was not written to its end, or cannot be, undoes the others. */
static har_status postgres_poured(struct har_database *db, void *statement, bool failed,
                                  struct har_error *err)
{
    struct postgres *pg = postgres_of(db);
    (void)statement;
    har_status status = HAR_OK;
    if (!failed) status = put_big_endian(db, UINT16_MAX, sizeof(int16_t), err);
    if (!failed && status == HAR_OK) status = flush(db, err);
    pg->flow.flowing = false;
    failed = failed || status;
    PQputCopyEnd(pg->server, failed ? "a row cannot be written" : NULL);
    for (PGresult *answer; (answer = PQgetResult(pg->server));) {
        har_status ended = came_to(db, answer, failed ? NULL : err);
        if (status == HAR_OK) status = ended;
    }
    return status;
}

/* --- transactions ------------------------------------------------------------------ */

static bool postgres_within(const struct har_database *db)
{
    PGTransactionStatusType now = PQtransactionStatus(postgres_of(db)->server);
    return now != PQTRANS_IDLE && now != PQTRANS_UNKNOWN;
}

static bool postgres_broken(const struct har_database *db)
{
    return PQtransactionStatus(postgres_of(db)->server) == PQTRANS_INERROR;
}

static har_status postgres_begin(struct har_database *db, struct har_error *err)
{
    /* The number is 'HARR', as in the header of a file. */
    har_status status =
        har_postgres_script(db, "BEGIN; SELECT pg_advisory_xact_lock(1212240466)", err);
    if (status != HAR_OK && postgres_within(db)) har_postgres_script(db, "ROLLBACK", NULL);
    return status;
}

/* --- whose ------------------------------------------------------------------------ */

static har_status postgres_version(struct har_database *db, int64_t *version,
                                   struct har_error *err)
{
    static const char is_there[] = "SELECT count(*) FROM pg_tables "
                                   "WHERE schemaname = 'harrier' AND tablename = 'version'";
    static const char which[] = "SELECT max(version) FROM harrier.version";
    int64_t there = 0;
    struct har_query q = har_ask(db, is_there);
    har_status status = har_answer_id(&q, &there, err);
    *version = 0;
    if (status != HAR_OK || !there) return status;
    q = har_ask(db, which);
    return har_answer_id(&q, version, err);
}

/* A table that is divided comes without parts, and with a key of the whole, which would
 * keep other servers out of it: each part gets the key instead, and a comment keeps it. */
static const char divide[] =
    "DO $$ DECLARE t RECORD; BEGIN FOR t IN "
    "SELECT p.oid::regclass::text AS name, c.conname, "
    "pg_get_constraintdef(c.oid) AS key "
    "FROM pg_class p JOIN pg_constraint c ON c.conrelid = p.oid AND c.contype = 'p' "
    "WHERE p.relkind = 'p' AND p.relnamespace = 'harrier'::regnamespace LOOP "
    "EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', t.name, t.conname); "
    "EXECUTE format('COMMENT ON TABLE %s IS %L', t.name, t.key); "
    "FOR i IN 0..15 LOOP "
    "EXECUTE format('CREATE TABLE %s_%s PARTITION OF %1$s "
    "FOR VALUES WITH (MODULUS 16, REMAINDER %2$s)', t.name, i); "
    "EXECUTE format('ALTER TABLE %s_%s ADD %s', t.name, i, t.key); "
    "END LOOP; END LOOP; END $$;";

static har_status postgres_raise(struct har_database *db, int64_t version,
                                 struct har_error *err)
{
    struct har_arena arena = {0};
    struct har_text sql = {.arena = &arena};
    if (version == 0)
        har_text_add(&sql, "CREATE SCHEMA IF NOT EXISTS harrier;"
                           "CREATE TABLE harrier.version (version BIGINT NOT NULL);");
    har_postgres_schema(&sql, har_schema[version]);
    har_text_add(&sql, divide);
    /* The nameless athlete is the only row that the schema brings. */
    if (version == 0)
        har_text_add(&sql, "SELECT setval(pg_get_serial_sequence('athlete', 'id'), 1);");
    har_text_format(&sql, "INSERT INTO harrier.version VALUES (%lld)",
                    (long long)version + 1);
    har_status status =
        sql.failed ? har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the tables")
                   : har_postgres_script(db, sql.data, err);
    har_arena_free(&arena);
    return status;
}

static har_status postgres_set_up(struct har_database *db, enum har_database_mode mode,
                                  struct har_error *err)
{
    if (mode == HAR_DATABASE_WRITE) return HAR_OK;
    return har_postgres_script(db, "SET default_transaction_read_only = on", err);
}

/* --- restoring --------------------------------------------------------------------- */

har_status har_postgres_set_aside(struct har_database *db, struct har_arena *arena,
                                  const char **kept, struct har_error *err)
{
    static const char is_there[] = "SELECT count(*) FROM pg_namespace WHERE nspname = $1";
    int64_t version, taken = 1;
    har_status status = postgres_version(db, &version, err);
    *kept = NULL;
    if (status != HAR_OK || version == 0) return status;
    for (int n = 1; taken && status == HAR_OK; n++) {
        struct har_text name = {.arena = arena};
        har_text_format(&name, "harrier_before_restore_%d", n);
        if (name.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left");
        struct har_query q = har_ask(db, is_there);
        har_bind_text(&q, *kept = name.data);
        status = har_answer_id(&q, &taken, err);
    }
    if (status != HAR_OK) return status;
    struct har_text rename = {.arena = arena};
    har_text_format(&rename, "ALTER SCHEMA harrier RENAME TO %s", *kept);
    if (rename.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left");
    return har_postgres_script(db, rename.data, err);
}

/* Rows that brought their numbers along have not moved the counters. */
har_status har_postgres_count_on(struct har_database *db, struct har_error *err)
{
    return har_postgres_script(
        db,
        "DO $$ DECLARE t RECORD; BEGIN FOR t IN SELECT attrelid::regclass AS name, attname "
        "FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "WHERE relnamespace = 'harrier'::regnamespace AND attidentity <> '' LOOP "
        "EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), "
        "greatest(max(%I), 1)) FROM %s', t.name, t.attname, t.attname, t.name); "
        "END LOOP; END $$",
        err);
}

/* --- proof ------------------------------------------------------------------------- */

/* The server proves references as they come; its indexes are proved where it has the means
 * for that installed. */
static har_status postgres_check(struct har_database *db,
                                 void (*found)(void *ctx, const char *what), void *ctx,
                                 struct har_error *err)
{
    static const char unproved[] =
        "SELECT conrelid::regclass::text FROM pg_constraint "
        "WHERE NOT convalidated AND connamespace = 'harrier'::regnamespace";
    static const char unsound[] =
        "SELECT indexrelid::regclass::text FROM pg_index "
        "JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE relnamespace = 'harrier'::regnamespace AND NOT (indisvalid AND indisready)";
    static const char *const lacks[][2] = {
        {unproved, "rows of %s may refer to none"},
        {unsound, "the index %s is not whole"},
    };
    struct har_arena arena = {0};
    har_status status = HAR_OK;
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks && status == HAR_OK; i++) {
        struct har_query q = har_ask(db, lacks[i][0]);
        while ((status = har_answer(&q, err)) == HAR_OK) {
            bool full = false;
            struct har_text words = {.arena = &arena};
            const char *name = har_take_text(&q, &arena, &full);
            har_text_format(&words, lacks[i][1], name ? name : "");
            found(ctx, words.failed ? "an index or a reference is not whole" : words.data);
        }
        if (status == HAR_END) status = HAR_OK;
    }
    har_arena_free(&arena);
    return status;
}

/* --- opening ----------------------------------------------------------------------- */

static void postgres_close(struct har_database *db)
{
    PQfinish(postgres_of(db)->server);
    free(db);
}

static const struct backend postgres = {
    .server = true,
    .prepare = postgres_prepare,
    .bind = postgres_bind,
    .step = postgres_step,
    .end = postgres_end,
    .changes = postgres_changes,
    .discard = postgres_discard,
    .stream = postgres_stream,
    .is_null = postgres_is_null,
    .integer = postgres_integer,
    .real = postgres_real,
    .bytes = postgres_bytes,
    .columns = postgres_columns,
    .value = postgres_value,
    .pour = postgres_pour,
    .row = postgres_row,
    .poured = postgres_poured,
    .begin = postgres_begin,
    .step_alone = "BEGIN ISOLATION LEVEL REPEATABLE READ",
    .within = postgres_within,
    .broken = postgres_broken,
    .version = postgres_version,
    .raise = postgres_raise,
    .set_up = postgres_set_up,
    .check = postgres_check,
    .close = postgres_close,
};

static void ignore_notice(void *ctx, const char *message)
{
    (void)ctx;
    (void)message;
}

struct postgres_address har_postgres_address(const struct har_database *db)
{
    PGconn *server = postgres_of(db)->server;
    const char *password = PQpass(server);
    return (struct postgres_address){PQhost(server), PQport(server), PQdb(server),
                                     PQuser(server),
                                     password && *password ? password : NULL};
}

bool har_database_url_has_secret(const char *where)
{
    bool has = false;
    PQconninfoOption *options =
        har_is_database_url(where) ? PQconninfoParse(where, NULL) : NULL;
    for (const PQconninfoOption *o = options; o && o->keyword; o++)
        if (strcmp(o->keyword, "password") == 0 && o->val && *o->val) has = true;
    PQconninfoFree(options);
    return has;
}

har_status har_postgres_open(const char *url, enum har_database_mode mode,
                             struct har_database **out, struct har_error *err)
{
#define SETTINGS                                                                           \
    "SET search_path = harrier; SET client_encoding = 'UTF8'; "                            \
    "SET client_min_messages = warning; SET lock_timeout = '4s'; SET jit = off; "          \
    "SET work_mem = '64MB'; SET maintenance_work_mem = '256MB'; "                          \
    "SET default_statistics_target = 10; "                                                 \
    "SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = "
    static const char to_read[] = SETTINGS "force_generic_plan",
                      to_write[] = SETTINGS "force_custom_plan";
    struct postgres *pg = calloc(1, sizeof *pg);
    *out = NULL;
    if (!pg) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the store");
    pg->base.backend = &postgres;
    pg->server = PQconnectdb(url);
    *out = &pg->base;
    if (PQstatus(pg->server) != CONNECTION_OK)
        return server_says(HAR_FAILED, "the database server cannot be reached",
                           PQerrorMessage(pg->server), err);
    PQsetNoticeProcessor(pg->server, ignore_notice, NULL);
    return har_postgres_script(&pg->base, mode == HAR_DATABASE_READ ? to_read : to_write,
                               err);
}
