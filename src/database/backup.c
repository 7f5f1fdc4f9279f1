/* SPDX-License-Identifier: MIT */
/* Backup and restore.
 *
 * Both make a whole copy under a temporary name beside its place, and rename it there: a
 * crash leaves a stray file at worst, never half a store. Restoring proves the backup
 * first, and never removes what it replaces. */

#include "copy.h"
#include "files.h"
#include "postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* SQLite's companions of a database file. */
static const char *const companions[] = {"-wal", "-shm", "-journal"};
enum { COMPANIONS = sizeof companions / sizeof companions[0] };

static const char *name_beside(struct har_arena *arena, const char *path,
                               const char *suffix, long number)
{
    struct har_text name = {.arena = arena};
    har_text_add(&name, path);
    har_text_add(&name, suffix);
    if (number) har_text_format(&name, "%ld", number);
    return name.failed ? NULL : name.data;
}

/* A server's rows into a new file, all as of one moment. */
static har_status copy_server(struct har_database *db, const char *path,
                              struct har_error *err)
{
    struct har_database *copy = NULL;
    har_status status = har_step_begin(db, err);
    if (status != HAR_OK) return status;
    status = har_database_open(path, HAR_DATABASE_WRITE, &copy, err);
    if (status == HAR_OK) status = har_database_begin(copy, err);
    if (status == HAR_OK) status = har_database_copy_rows(db, copy, err);
    if (status == HAR_OK) status = har_database_commit(copy, err);
    har_database_close(copy);
    status = har_step_end(db, status, err);
    return status ? status : har_sqlite_bring_together(path, err);
}

/* The file first, empty: who may not make it hears of the copy, and not of a store. */
static har_status make_file(const char *path, struct har_error *err)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0)
        return har_fail(err, HAR_FAILED, 0, "a copy cannot be written: %s",
                        strerror(errno));
    close(fd);
    return HAR_OK;
}

/* Has the copy on the disk before it returns; a failure leaves none. */
static har_status copy_whole(struct har_database *db, const char *path,
                             struct har_error *err)
{
    har_status status = make_file(path, err);
    if (status != HAR_OK) return status;
    status = har_database_is_server(db) ? copy_server(db, path, err)
                                        : har_sqlite_copy(db, path, err);
    if (status == HAR_OK && !har_sync_file(path))
        status =
            har_fail(err, HAR_FAILED, 0, "a copy cannot be written: %s", strerror(errno));
    if (status != HAR_OK) unlink(path);
    return status;
}

/* A whole copy of `db` beside `path`, under the name that comes back. */
static har_status copy_beside(struct har_database *db, const char *path,
                              struct har_arena *arena, const char **temporary,
                              struct har_error *err)
{
    *temporary = name_beside(arena, path, ".part-", (long)getpid());
    if (!*temporary) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a path");
    unlink(*temporary); /* of an earlier process with our number: nobody's any more */
    return copy_whole(db, *temporary, err);
}

static har_status rename_into_place(const char *temporary, const char *path,
                                    struct har_error *err)
{
    if (rename(temporary, path) == 0) {
        har_sync_folder_of(path);
        return HAR_OK;
    }
    har_status status = har_fail(err, HAR_FAILED, 0, "a copy cannot be put into place: %s",
                                 strerror(errno));
    /* -fanalyzer: a copy that came to be has a name. */
    unlink(temporary);
    return status;
}

har_status har_database_backup(struct har_database *db, const char *path,
                               struct har_error *err)
{
    struct har_arena arena = {0};
    const char *temporary;
    if (har_file_exists(path))
        return har_fail(err, HAR_FAILED, 0,
                        "there is already a file where the backup goes");
    har_status status = copy_beside(db, path, &arena, &temporary, err);
    if (status == HAR_OK) status = rename_into_place(temporary, path, err);
    har_arena_free(&arena);
    return status;
}

/* The first thing that is wrong, if any is. */
struct proof {
    bool damaged;
    char what[120];
};

static void keep_first(void *ctx, const char *what)
{
    struct proof *proof = ctx;
    if (!proof->damaged) snprintf(proof->what, sizeof proof->what, "%s", what);
    proof->damaged = true;
}

static har_status prove(struct har_database *db, struct har_error *err)
{
    struct proof proof = {0};
    har_status status = har_database_check(db, keep_first, &proof, err);
    if (status != HAR_OK || !proof.damaged) return status;
    return har_fail(err, HAR_BAD_INPUT, 0, "the backup is damaged: %s", proof.what);
}

/* The old file gets its second name before it loses the first, so that there is a store at
 * `path` at every moment; only where the disk knows no second names is it moved. */
static har_status set_aside(const char *path, struct har_arena *arena, const char **kept,
                            struct har_error *err)
{
    har_status status = har_sqlite_bring_together(path, err);
    if (status != HAR_OK) return status;
    const char *name = NULL;
    for (long n = 1; !name || har_file_exists(name); n++) {
        name = name_beside(arena, path, ".before-restore-", n);
        if (!name) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a path");
    }
    for (size_t i = 0; i < COMPANIONS; i++) {
        const char *from = name_beside(arena, path, companions[i], 0);
        const char *to = name_beside(arena, name, companions[i], 0);
        if (!from || !to) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left");
        if (har_file_exists(from)) rename(from, to);
    }
    if (link(path, name) != 0 && rename(path, name) != 0)
        return har_fail(err, HAR_FAILED, 0, "the store cannot be set aside: %s",
                        strerror(errno));
    *kept = name;
    return HAR_OK;
}

static har_status restore_file(struct har_database *backup, const char *path,
                               struct har_arena *arena, const char **kept,
                               struct har_error *err)
{
    const char *temporary = NULL;
    har_status status = har_make_folder_of(path, err);
    if (status == HAR_OK) status = copy_beside(backup, path, arena, &temporary, err);
    if (status != HAR_OK) return status;
    if (har_file_exists(path)) status = set_aside(path, arena, kept, err);
    if (status == HAR_OK) return rename_into_place(temporary, path, err);
    /* -fanalyzer: a copy that came to be has a name. */
    unlink(temporary);
    return status;
}

/* In one transaction: before it ends, others see what was there. */
static har_status restore_server(struct har_database *backup, const char *url,
                                 struct har_arena *arena, const char **kept,
                                 struct har_error *err)
{
    struct har_database *db = NULL;
    har_status status = har_postgres_open(url, HAR_DATABASE_WRITE, &db, err);
    if (status == HAR_OK) status = har_database_begin(db, err);
    if (status == HAR_OK) status = har_postgres_set_aside(db, arena, kept, err);
    if (status == HAR_OK) status = har_database_raise(db, err);
    if (status == HAR_OK) status = har_database_copy_rows(backup, db, err);
    if (status == HAR_OK) status = har_postgres_count_on(db, err);
    if (status == HAR_OK) status = har_database_commit(db, err);
    har_database_close(db); /* undoes what was not committed */
    return status;
}

har_status har_database_restore(const char *from, const char *where,
                                struct har_arena *arena, const char **kept,
                                struct har_error *err)
{
    struct har_database *backup = NULL;
    *kept = NULL;
    har_status status = har_database_open(from, HAR_DATABASE_READ, &backup, err);
    if (status == HAR_OK) status = prove(backup, err);
    if (status == HAR_OK)
        status = har_is_database_url(where)
                     ? restore_server(backup, where, arena, kept, err)
                     : restore_file(backup, where, arena, kept, err);
    har_database_close(backup);
    return status;
}
