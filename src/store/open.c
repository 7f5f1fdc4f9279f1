/* SPDX-License-Identifier: MIT */
/* Opening a store.
 *
 * Whose a database is stands in its header: SQLite's application id, and the version of the
 * schema beside it. Both are read before anything is changed, so that Harrier never touches
 * another program's database, nor that of a Harrier newer than itself.
 *
 * Committed means on the disk: the journal is written ahead and synchronised with every
 * commit (synchronous = FULL), which costs an import little because it commits in batches.
 * A store on a disk that cannot be written is read as it lies, if no journal waits beside
 * it. */

#include "files.h"
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static har_status ask_number(struct har_store *store, enum statement which, int64_t *number,
                             struct har_error *err)
{
    struct har_query q = har_ask(store, which);
    return har_answer_id(&q, number, err);
}

static har_status set_up(struct har_store *store, const enum statement *which, size_t count,
                         struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        struct har_query q = har_ask(store, which[i]);
        status = har_answer_all(&q, err);
    }
    return status;
}

/* `*version` is 0 for a database in which there is nothing yet. */
static har_status identify(struct har_store *store, int64_t *version, struct har_error *err)
{
    int64_t application = 0, objects = 0;
    har_status status = ask_number(store, APPLICATION, &application, err);
    if (status == HAR_OK) status = ask_number(store, SCHEMA_VERSION, version, err);
    if (status == HAR_OK) status = ask_number(store, SCHEMA_OBJECTS, &objects, err);
    if (status != HAR_OK) return status;
    bool ours = application == HAR_APPLICATION && *version > 0;
    if (!ours && (application || *version || objects))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "the file is the database of another program");
    if (*version > har_schema_version)
        return har_fail(
            err, HAR_BUSY, 0,
            "the store was written by a newer Harrier (schema %lld, this one knows %d)",
            (long long)*version, har_schema_version);
    return HAR_OK;
}

/* Within a transaction: another process may have been first. */
static har_status bring_up(struct har_store *store, struct har_error *err)
{
    int64_t version;
    har_status status = har_store_begin(store, err);
    if (status != HAR_OK) return status;
    status = identify(store, &version, err);
    for (; status == HAR_OK && version < har_schema_version; version++) {
        int result = sqlite3_exec(store->db, har_schema[version], NULL, NULL, NULL);
        if (result != SQLITE_OK)
            status = har_database_failure(store, sqlite3_extended_errcode(store->db), err);
    }
    if (status == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return status;
}

static har_status open_to_read(struct har_store *store, struct har_error *err)
{
    static const enum statement settings[] = {UNTRUSTED_SCHEMA, QUERY_ONLY};
    int64_t version;
    store->only_read = true;
    har_status status = identify(store, &version, err);
    if (status != HAR_OK) return status;
    if (version == 0)
        return har_fail(err, HAR_BAD_INPUT, 0, "the file is empty, not a store");
    if (version < har_schema_version)
        return har_fail(
            err, HAR_BUSY, 0,
            "the store was written by an older Harrier: the next import brings it up");
    return set_up(store, settings, sizeof settings / sizeof *settings, err);
}

static har_status open_to_write(struct har_store *store, struct har_error *err)
{
    static const enum statement settings[] = {UNTRUSTED_SCHEMA, JOURNAL_AHEAD, SYNC_FULLY,
                                              FOREIGN_KEYS};
    int64_t version;
    har_status status = identify(store, &version, err);
    if (status != HAR_OK) return status;
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return har_fail(err, HAR_FAILED, 0, "the store may only be read");
    status = set_up(store, settings, sizeof settings / sizeof *settings, err);
    if (status == HAR_OK && version < har_schema_version) status = bring_up(store, err);
    return status;
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
static har_status read_store(const char *path, struct har_store **out,
                             struct har_error *err)
{
    if (!har_file_exists(path))
        return har_fail(err, HAR_NOT_FOUND, 0, "there is no store yet");
    har_status status = har_database_open(path, SQLITE_OPEN_READWRITE, out, err);
    if (status == HAR_OK) status = open_to_read(*out, err);
    if (status != HAR_FAILED || journal_waits(path)) return status;
    har_store_close(*out);
    *out = NULL;
    char *uri = immutable_uri(path);
    if (!uri) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a path");
    status = har_database_open(uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, out, err);
    free(uri);
    return status == HAR_OK ? open_to_read(*out, err) : status;
}

static har_status write_store(const char *path, struct har_store **out,
                              struct har_error *err)
{
    har_status status = har_make_folder_of(path, err);
    if (status == HAR_OK)
        status =
            har_database_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, out, err);
    return status == HAR_OK ? open_to_write(*out, err) : status;
}

har_status har_store_open(const char *path, enum har_store_mode mode,
                          struct har_store **out, struct har_error *err)
{
    struct har_store *store = NULL;
    har_status status = mode == HAR_STORE_READ ? read_store(path, &store, err)
                                               : write_store(path, &store, err);
    if (status != HAR_OK) {
        har_store_close(store);
        store = NULL;
    }
    *out = store;
    return status;
}
