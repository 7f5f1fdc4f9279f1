/* SPDX-License-Identifier: MIT */
/* Database files as files. */

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
