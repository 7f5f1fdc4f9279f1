/* SPDX-License-Identifier: MIT */
/* Backup and restore.
 *
 * Both make a whole copy under a temporary name beside its place, and rename it there: a
 * crash leaves a stray file at worst, never half a store. Restoring proves the backup
 * first, and never removes what it replaces. */

#include "files.h"

#include <errno.h>
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

/* A whole copy of `store` beside `path`, under the name that comes back. */
static har_status copy_beside(struct har_store *store, const char *path,
                              struct har_arena *arena, const char **temporary,
                              struct har_error *err)
{
    *temporary = name_beside(arena, path, ".part-", (long)getpid());
    if (!*temporary) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a path");
    unlink(*temporary); /* of an earlier process with our number: nobody's any more */
    return har_database_copy(store, *temporary, err);
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
    unlink(temporary);
    return status;
}

har_status har_store_backup(struct har_store *store, const char *path,
                            struct har_error *err)
{
    struct har_arena arena = {0};
    const char *temporary;
    if (har_file_exists(path))
        return har_fail(err, HAR_FAILED, 0,
                        "there is already a file where the backup goes");
    har_status status = copy_beside(store, path, &arena, &temporary, err);
    if (status == HAR_OK) status = rename_into_place(temporary, path, err);
    har_arena_free(&arena);
    return status;
}

/* SQLite says "ok" in one row, or what is wrong in several. */
static har_status prove(struct har_store *store, struct har_arena *arena,
                        struct har_error *err)
{
    bool full = false;
    struct har_query q = har_ask(store, INTEGRITY_QUICK);
    har_status status = har_answer(&q, err);
    if (status != HAR_OK) return status;
    const char *line = har_take_text(&q, arena, &full);
    har_drop(&q);
    if (full)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to prove the backup");
    if (line && strcmp(line, "ok") == 0) return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0, "the backup is damaged: %s", line ? line : "");
}

/* Brings a store into its one file, which also proves that no other process has it open. A
 * damaged one stays as it is, with its companions. */
static har_status bring_together(const char *path, struct har_error *err)
{
    struct har_store *old = NULL;
    struct har_error why = {0};
    har_status status = har_database_open(path, SQLITE_OPEN_READWRITE, &old, &why);
    if (status == HAR_OK) {
        struct har_query q = har_ask(old, JOURNAL_SINGLE_FILE);
        status = har_answer_all(&q, &why);
    }
    har_store_close(old);
    if (status == HAR_OK || status == HAR_BAD_INPUT) return HAR_OK;
    return har_fail(err, status, 0, "%s", why.message);
}

/* The old file gets its second name before it loses the first, so that there is a store at
 * `path` at every moment; only where the disk knows no second names is it moved. */
static har_status set_aside(const char *path, struct har_arena *arena, const char **kept,
                            struct har_error *err)
{
    har_status status = bring_together(path, err);
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

har_status har_store_restore(const char *from, const char *path, struct har_arena *arena,
                             const char **kept, struct har_error *err)
{
    struct har_store *backup = NULL;
    const char *temporary = NULL;
    *kept = NULL;
    har_status status = har_store_open(from, HAR_STORE_READ, &backup, err);
    if (status == HAR_OK) status = prove(backup, arena, err);
    if (status == HAR_OK) status = har_make_folder_of(path, err);
    if (status == HAR_OK) status = copy_beside(backup, path, arena, &temporary, err);
    har_store_close(backup);
    if (status != HAR_OK) return status;
    if (har_file_exists(path)) status = set_aside(path, arena, kept, err);
    if (status == HAR_OK) return rename_into_place(temporary, path, err);
    unlink(temporary);
    return status;
}
