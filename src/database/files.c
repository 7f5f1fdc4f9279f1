/* SPDX-License-Identifier: MIT */
/* Database files as files.
 *
 * Looking at a database asks the file system alone. Whoever opens a file of SQLite's and
 * closes it again drops the locks that the process has on it (POSIX), and a question to
 * SQLite costs a hundred times as much. What is committed is written to the file or to the
 * journal beside it, so size, time or identity of one of them changes; only two changes
 * within one tick of the file system's clock could look alike, hence `settled`. */

#include "files.h"

#include "harrier/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100 /* of any clock of any file system; Linux has 1 to 10 */ };

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

bool har_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

bool har_sync_file(const char *path)
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
    if (folder) har_sync_file(folder);
    free(folder);
}

static int64_t ms_of(const struct timespec *time)
{
    return (int64_t)time->tv_sec * 1000 + time->tv_nsec / 1000000;
}

/* Adds a file to a look; its time in ms, INT64_MIN without one. */
static int64_t look_at(const char *path, int64_t *part)
{
    struct stat st;
    if (stat(path, &st) != 0 || st.st_size == 0) return INT64_MIN;
    part[0] = (int64_t)st.st_ino;
    part[1] = st.st_size;
    part[2] = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    return ms_of(&st.st_mtim);
}

bool har_database_look(const char *where, struct har_database_look *out)
{
    static const char journal[] = "-wal";
    char path[4096];
    struct timespec now;
    size_t length = strlen(where);
    *out = (struct har_database_look){0};
    if (har_is_database_url(where) || length + sizeof journal > sizeof path) return false;
    memcpy(path, where, length);
    memcpy(path + length, journal, sizeof journal);
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t file = look_at(where, out->part), log = look_at(path, out->part + 3);
    int64_t last = file > log ? file : log;
    out->settled = last < ms_of(&now) - TICK_MS;
    return true;
}
