/* SPDX-License-Identifier: MIT */
/* Database files as files.
 *
 * A copy is made by SQLite's own online backup, so that what another process commits
 * meanwhile is in it wholly or not at all, and is then brought out of WAL mode: a copy is
 * one file, which can be carried away without its two companions. */

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 4000 };

har_status har_make_folder_of(const char *path, struct har_error *err)
{
    char *folder = strdup(path);
    if (!folder) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a path");
    bool made = true;
    for (char *slash = strchr(folder + 1, '/'); folder[0] && slash && made;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        made = mkdir(folder, 0700) == 0 || errno == EEXIST;
        *slash = '/';
    }
    int why = errno;
    free(folder);
    if (made) return HAR_OK;
    return har_fail(err, HAR_FAILED, 0, "the folder of the store cannot be made: %s",
                    strerror(why));
}

har_status har_database_open(const char *path, int flags, struct har_store **out,
                             struct har_error *err)
{
    struct har_store *store = calloc(1, sizeof *store);
    if (!store) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the store");
    int result = sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK) {
        har_status status = store->db
                                ? har_database_failure(store, result, err)
                                : har_fail(err, HAR_NO_MEMORY, 0, "no memory is left");
        har_store_close(store);
        return status;
    }
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, PATIENCE_MS);
    *out = store;
    return HAR_OK;
}

void har_store_close(struct har_store *store)
{
    if (!store) return;
    for (size_t i = 0; i < STATEMENTS; i++) sqlite3_finalize(store->prepared[i]);
    sqlite3_close(store->db);
    free(store);
}

bool har_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

static bool sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool done = fsync(fd) == 0;
    close(fd);
    return done;
}

void har_sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    if (folder) sync_path(folder);
    free(folder);
}

static har_status copy_pages(struct har_store *from, struct har_store *to,
                             struct har_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (!backup) return har_database_failure(to, sqlite3_extended_errcode(to->db), err);
    sqlite3_backup_step(backup, -1);
    int result = sqlite3_backup_finish(backup);
    if (result != SQLITE_OK) return har_database_failure(to, result, err);
    struct har_query q = har_ask(to, JOURNAL_SINGLE_FILE);
    return har_answer_all(&q, err);
}

har_status har_database_copy(struct har_store *store, const char *path,
                             struct har_error *err)
{
    struct har_store *copy = NULL;
    har_status status =
        har_database_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy, err);
    if (status == HAR_OK) status = copy_pages(store, copy, err);
    har_store_close(copy);
    if (status == HAR_OK && !sync_path(path))
        status =
            har_fail(err, HAR_FAILED, 0, "a copy cannot be written: %s", strerror(errno));
    if (status != HAR_OK) unlink(path);
    return status;
}
