/* SPDX-License-Identifier: MIT */
/* SQLite.
 *
 * Whose a file is stands in its header: SQLite's application id, and the version of the
 * schema beside it. Both are read before anything is changed, so that Harrier never touches
 * another program's database, nor that of a Harrier newer than itself.
 *
 * Committed means on the disk: the journal is written ahead and synchronised with every
 * commit (synchronous = FULL), which costs an import little because it commits in batches.
 * A store on a disk that cannot be written is read as it lies, if no journal waits beside
 * it. */

#include "backend.h"
#include "files.h"
#include "schema.h"
#include "sqlite_pour.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PRIMARY_RESULT = 0xff, PATIENCE_MS = 4000 };

struct sqlite {
    struct har_database base;
    sqlite3 *file;
    struct sqlite_pour pour;
};

static sqlite3 *file_of(const struct har_database *db)
{
    /* -fanalyzer: the door asks only databases that are open. */
    return ((const struct sqlite *)db)->file;
}

/* --- failures --------------------------------------------------------------------- */

/* The first row that fits counts; rows of one extended code come before their family. */
static const struct sqlite_error {
    int result;
    har_status status;
    const char *sentence;
    bool by_system; /* the system's reason follows */
} sqlite_errors[] = {
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

static har_status sqlite_failure(struct har_database *db, int result, struct har_error *err)
{
    har_database_failed(db);
    for (size_t i = 0; i < sizeof sqlite_errors / sizeof *sqlite_errors; i++) {
        const struct sqlite_error *f = &sqlite_errors[i];
        if (f->result != result && f->result != (result & PRIMARY_RESULT)) continue;
        int why = f->by_system ? sqlite3_system_errno(file_of(db)) : 0;
        return har_fail(err, f->status, 0, "%s%s%s", f->sentence, why ? ": " : "",
                        why ? strerror(why) : "");
    }
    return har_fail(err, HAR_FAILED, 0, "the store failed: %s",
                    sqlite3_errmsg(file_of(db)));
}

/* --- statements ------------------------------------------------------------------- */

static har_status sqlite_prepare(struct har_database *db, const char *sql, void **statement,
                                 struct har_error *err)
{
    sqlite3_stmt *prepared = NULL;
    int result = sqlite3_prepare_v3(file_of(db), sql, -1, SQLITE_PREPARE_PERSISTENT,
                                    &prepared, NULL);
    *statement = prepared;
    return result == SQLITE_OK ? HAR_OK : sqlite_failure(db, result, err);
}

static har_status sqlite_bind(struct har_database *db, void *statement, int at,
                              const struct value *value, struct har_error *err)
{
    struct sqlite_pour *pour = &((struct sqlite *)db)->pour;
    int result = pour->one && pour->one == statement
                     ? har_sqlite_pour_value(pour, at, value)
                     : har_sqlite_bind(statement, at + 1, value);
    return result == SQLITE_OK ? HAR_OK : sqlite_failure(db, result, err);
}

static har_status sqlite_step(struct har_database *db, void *statement,
                              struct har_error *err)
{
    int result = sqlite3_step(statement);
    return result == SQLITE_ROW    ? HAR_OK
           : result == SQLITE_DONE ? HAR_END
                                   : sqlite_failure(db, result, err);
}

static void sqlite_end(void *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

static int64_t sqlite_changes(struct har_database *db, void *statement)
{
    (void)statement;
    return sqlite3_changes64(file_of(db));
}

static void sqlite_discard(struct har_database *db, void *statement)
{
    (void)db;
    sqlite3_finalize(statement);
}

static bool sqlite_is_null(void *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

static int64_t sqlite_integer(void *statement, int column)
{
    return sqlite3_column_int64(statement, column);
}

static double sqlite_real(void *statement, int column)
{
    return sqlite3_column_double(statement, column);
}

static struct har_bytes sqlite_bytes(void *statement, int column)
{
    const void *data = sqlite3_column_type(statement, column) == SQLITE_TEXT
                           ? (const void *)sqlite3_column_text(statement, column)
                           : sqlite3_column_blob(statement, column);
    return (struct har_bytes){data, (size_t)sqlite3_column_bytes(statement, column)};
}

static int sqlite_columns(void *statement)
{
    return sqlite3_column_count(statement);
}

static struct value sqlite_value(void *statement, int column)
{
    struct value value = {.kind = VALUE_NULL};
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        value.kind = VALUE_INT;
        value.integer = sqlite_integer(statement, column);
        return value;
    case SQLITE_FLOAT:
        value.kind = VALUE_REAL;
        value.real = sqlite_real(statement, column);
        return value;
    case SQLITE_TEXT: value.kind = VALUE_TEXT; break;
    case SQLITE_BLOB: value.kind = VALUE_BLOB; break;
    default: return value;
    }
    struct har_bytes bytes = sqlite_bytes(statement, column);
    value.data = bytes.data ? (const void *)bytes.data : "";
    value.size = bytes.size;
    return value;
}

static har_status sqlite_pour(struct har_database *db, const struct har_into *into,
                              void **statement, struct har_error *err)
{
    struct har_query q = har_ask(db, into->insert);
    *statement = q.statement;
    if (q.failed && err != &db->why) *err = db->why;
    if (!q.failed) har_sqlite_pour(&((struct sqlite *)db)->pour, q.statement);
    return q.failed;
}

static har_status sqlite_row(struct har_database *db, void *statement,
                             struct har_error *err)
{
    (void)statement;
    int result = har_sqlite_pour_row(&((struct sqlite *)db)->pour);
    return result == SQLITE_OK ? HAR_OK : sqlite_failure(db, result, err);
}

static har_status sqlite_poured(struct har_database *db, void *statement, bool failed,
                                struct har_error *err)
{
    int result = har_sqlite_pour_end(&((struct sqlite *)db)->pour, failed);
    sqlite_end(statement);
    return result == SQLITE_OK ? HAR_OK : sqlite_failure(db, result, err);
}

static bool sqlite_within(const struct har_database *db)
{
    return !sqlite3_get_autocommit(file_of(db));
}

static bool sqlite_broken(const struct har_database *db)
{
    (void)db;
    return false;
}

static har_status sqlite_begin(struct har_database *db, struct har_error *err)
{
    return har_database_run(db, "BEGIN IMMEDIATE", err);
}

/* --- whose ------------------------------------------------------------------------ */

static har_status ask_number(struct har_database *db, const char *sql, int64_t *number,
                             struct har_error *err)
{
    struct har_query q = har_ask(db, sql);
    return har_answer_id(&q, number, err);
}

static har_status sqlite_version(struct har_database *db, int64_t *version,
                                 struct har_error *err)
{
    int64_t application = 0, objects = 0;
    har_status status = ask_number(db, "PRAGMA application_id", &application, err);
    if (status == HAR_OK) status = ask_number(db, "PRAGMA user_version", version, err);
    if (status == HAR_OK)
        status = ask_number(db, "SELECT count(*) FROM sqlite_schema", &objects, err);
    if (status != HAR_OK) return status;
    bool ours = application == HAR_APPLICATION && *version > 0;
    if (!ours && (application || *version || objects))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "the file is the database of another program");
    return HAR_OK;
}

static har_status sqlite_raise(struct har_database *db, int64_t version,
                               struct har_error *err)
{
    int result = sqlite3_exec(file_of(db), har_schema[version], NULL, NULL, NULL);
    if (result == SQLITE_OK) return HAR_OK;
    return sqlite_failure(db, sqlite3_extended_errcode(file_of(db)), err);
}

static har_status sqlite_set_up(struct har_database *db, enum har_database_mode mode,
                                struct har_error *err)
{
    static const char *const reading[] = {"PRAGMA trusted_schema = OFF",
                                          "PRAGMA query_only = ON",
                                          "PRAGMA cache_size = -16384", NULL};
    static const char *const writing[] = {
        "PRAGMA trusted_schema = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA threads = 2",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA cache_size = -16384", /* KiB; an index sorts twice that more slowly */
        NULL};
    har_status status = HAR_OK;
    if (mode == HAR_DATABASE_WRITE && sqlite3_db_readonly(file_of(db), "main") == 1)
        return har_fail(err, HAR_FAILED, 0, "the store may only be read");
    const char *const *settings = mode == HAR_DATABASE_READ ? reading : writing;
    for (; *settings && status == HAR_OK; settings++)
        status = har_database_run(db, *settings, err);
    return status;
}

/* --- proof ------------------------------------------------------------------------ */

static har_status check_pages(struct har_database *db,
                              void (*found)(void *ctx, const char *what), void *ctx,
                              struct har_arena *arena, struct har_error *err)
{
    bool full = false;
    struct har_query q = har_ask(db, "PRAGMA integrity_check");
    har_status status;
    while ((status = har_answer(&q, err)) == HAR_OK && !full) {
        const char *line = har_take_text(&q, arena, &full);
        if (line && strcmp(line, "ok") != 0) found(ctx, line);
    }
    har_drop(&q);
    return full ? HAR_NO_MEMORY : status;
}

static har_status check_references(struct har_database *db,
                                   void (*found)(void *ctx, const char *what), void *ctx,
                                   struct har_arena *arena, struct har_error *err)
{
    bool full = false;
    struct har_query q = har_ask(db, "PRAGMA foreign_key_check");
    har_status status;
    while ((status = har_answer(&q, err)) == HAR_OK && !full) {
        struct har_text text = {.arena = arena};
        const char *table = har_take_text(&q, arena, &full);
        long long row = har_take_int(&q);
        const char *parent = har_take_text(&q, arena, &full);
        har_text_format(&text, "row %lld of %s refers to no row of %s", row,
                        table ? table : "", parent ? parent : "");
        found(ctx, text.failed ? "a row refers to no row" : text.data);
    }
    har_drop(&q);
    return full ? HAR_NO_MEMORY : status;
}

/* Damage that cuts a question short is a finding too. */
static har_status as_finding(har_status status, void (*found)(void *ctx, const char *what),
                             void *ctx, const struct har_error *why, struct har_error *err)
{
    if (status == HAR_END || status == HAR_OK) return HAR_OK;
    if (status != HAR_BAD_INPUT) return har_fail(err, status, 0, "%s", why->message);
    found(ctx, why->message);
    return HAR_OK;
}

static har_status sqlite_check(struct har_database *db,
                               void (*found)(void *ctx, const char *what), void *ctx,
                               struct har_error *err)
{
    struct har_arena arena = {0};
    struct har_error why = {.message = "no memory is left for the findings"};
    har_status status = check_pages(db, found, ctx, &arena, &why);
    status = as_finding(status, found, ctx, &why, err);
    if (status == HAR_OK) {
        status = check_references(db, found, ctx, &arena, &why);
        status = as_finding(status, found, ctx, &why, err);
    }
    har_arena_free(&arena);
    return status;
}

/* --- opening ---------------------------------------------------------------------- */

static void sqlite_close(struct har_database *db)
{
    sqlite3_close(file_of(db));
    free(db);
}

static const struct backend sqlite = {
    .prepare = sqlite_prepare,
    .bind = sqlite_bind,
    .step = sqlite_step,
    .end = sqlite_end,
    .changes = sqlite_changes,
    .discard = sqlite_discard,
    .stream = sqlite_prepare,
    .is_null = sqlite_is_null,
    .integer = sqlite_integer,
    .real = sqlite_real,
    .bytes = sqlite_bytes,
    .columns = sqlite_columns,
    .value = sqlite_value,
    .pour = sqlite_pour,
    .row = sqlite_row,
    .poured = sqlite_poured,
    .begin = sqlite_begin,
    .step_alone = "BEGIN",
    .within = sqlite_within,
    .broken = sqlite_broken,
    .version = sqlite_version,
    .raise = sqlite_raise,
    .set_up = sqlite_set_up,
    .check = sqlite_check,
    .close = sqlite_close,
};

/* Why a file cannot be opened: SQLite tries in several ways, and tells of the last of them.
 */
static har_status cannot_open(const char *path, int flags, struct har_error *err)
{
    int fd =
        open(path, O_CLOEXEC | O_RDWR | (flags & SQLITE_OPEN_CREATE ? O_CREAT : 0), 0600);
    if (fd < 0)
        return har_fail(err, HAR_FAILED, 0, "the store cannot be opened: %s",
                        strerror(errno));
    close(fd);
    return har_fail(err, HAR_FAILED, 0, "the store cannot be opened");
}

static har_status sqlite_handle(const char *path, int flags, struct har_database **out,
                                struct har_error *err)
{
    struct sqlite *db = calloc(1, sizeof *db);
    if (!db) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the store");
    db->base.backend = &sqlite;
    int result = sqlite3_open_v2(path, &db->file, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK) {
        har_status status;
        if (!db->file) status = har_fail(err, HAR_NO_MEMORY, 0, "no memory is left");
        else if (result == SQLITE_CANTOPEN && !(flags & SQLITE_OPEN_URI))
            status = cannot_open(path, flags, err);
        else status = sqlite_failure(&db->base, result, err);
        har_database_close(&db->base);
        return status;
    }
    sqlite3_extended_result_codes(db->file, 1);
    sqlite3_busy_timeout(db->file, PATIENCE_MS);
    *out = &db->base;
    return HAR_OK;
}

/* A file name as a URI that promises SQLite that nobody writes there. */
static char *immutable_uri(const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789/._-";
    char *uri = malloc(3 * strlen(path) + 32), *to = uri;
    if (!uri) return NULL;
    to += sprintf(to, "file:%s", path[0] == '/' ? "//" : "");
    for (; *path; path++)
        to += sprintf(to, strchr(plain, *path) ? "%c" : "%%%02X", (unsigned char)*path);
    sprintf(to, "?immutable=1");
    return uri;
}

static bool journal_waits(const char *path)
{
    char *journal = sqlite3_mprintf("%s-wal", path);
    struct stat st;
    bool waits = !journal || (stat(journal, &st) == 0 && st.st_size > 0);
    sqlite3_free(journal);
    return waits;
}

/* Who reads opens the file as a writer would, where that may be, and then forbids itself to
 * change anything: the last to close it can then clear away the journal. */
static har_status open_to_read(const char *path, struct har_database **out,
                               struct har_error *err)
{
    int64_t version;
    if (!har_file_exists(path) && (errno == ENOENT || errno == ENOTDIR))
        return har_fail(err, HAR_NOT_FOUND, 0, "there is no store yet");
    har_status status = sqlite_handle(path, SQLITE_OPEN_READWRITE, out, err);
    if (status == HAR_OK) status = sqlite_version(*out, &version, err);
    if (status != HAR_FAILED || journal_waits(path)) return status;
    har_database_close(*out);
    *out = NULL;
    char *uri = immutable_uri(path);
    if (!uri) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a path");
    status = sqlite_handle(uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, out, err);
    free(uri);
    return status;
}

har_status har_sqlite_open(const char *path, enum har_database_mode mode,
                           struct har_database **out, struct har_error *err)
{
    *out = NULL;
    if (mode == HAR_DATABASE_READ) return open_to_read(path, out, err);
    har_status status = har_make_folder_of(path, err);
    return status
               ? status
               : sqlite_handle(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, out, err);
}

/* --- copies ----------------------------------------------------------------------- */

static har_status single_file(struct har_database *db, struct har_error *err)
{
    return har_database_run(db, "PRAGMA journal_mode = DELETE", err);
}

har_status har_sqlite_bring_together(const char *path, struct har_error *err)
{
    struct har_database *old = NULL;
    struct har_error why = {0};
    har_status status = sqlite_handle(path, SQLITE_OPEN_READWRITE, &old, &why);
    if (status == HAR_OK) status = single_file(old, &why);
    har_database_close(old);
    if (status == HAR_OK || status == HAR_BAD_INPUT) return HAR_OK;
    return har_fail(err, status, 0, "%s", why.message);
}

static har_status copy_pages(struct har_database *from, struct har_database *to,
                             struct har_error *err)
{
    sqlite3_backup *backup =
        sqlite3_backup_init(file_of(to), "main", file_of(from), "main");
    if (!backup) return sqlite_failure(to, sqlite3_extended_errcode(file_of(to)), err);
    sqlite3_backup_step(backup, -1);
    int result = sqlite3_backup_finish(backup);
    if (result != SQLITE_OK) return sqlite_failure(to, result, err);
    return single_file(to, err);
}

har_status har_sqlite_copy(struct har_database *db, const char *path, struct har_error *err)
{
    struct har_database *copy = NULL;
    har_status status =
        sqlite_handle(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy, err);
    if (status == HAR_OK) status = copy_pages(db, copy, err);
    har_database_close(copy);
    return status;
}
