/* SPDX-License-Identifier: MIT */
/* Writing a file so that it is whole or absent: a temporary file beside it, fsync, rename,
 * fsync of the folder. Where the path is a link, the file it leads to is replaced; where it
 * is a device or a pipe (/dev/stdout), it is written to and left in place. */

#include "harrier/archive.h"

#include "buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100 };

static bool write_all(int fd, struct har_bytes bytes)
{
    while (bytes.size) {
        ssize_t n = write(fd, bytes.data, bytes.size);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes.data += n;
        bytes.size -= (size_t)n;
    }
    return true;
}

/* A new file in the folder of `path`; hidden, so that no walk takes it for a run. Not
 * mkstemp(): that would keep the file from everyone the umask lets in. */
static int create_beside(const char *path, struct buffer *name)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    for (unsigned i = 0; i < TRIES; i++) {
        char own[48];
        snprintf(own, sizeof own, ".harrier-%ld-%u", (long)getpid(), i);
        name->size = 0;
        if (!har_buffer_add(name, path, folder) ||
            !har_buffer_add(name, own, strlen(own) + 1)) {
            errno = ENOMEM;
            return -1;
        }
        int fd =
            open((const char *)name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

static void sync_folder(const char *file)
{
    struct buffer folder = {0};
    const char *slash = strrchr(file, '/');
    bool named = slash ? har_buffer_add(&folder, file, (size_t)(slash - file) + 1)
                       : har_buffer_add(&folder, ".", 1);
    if (named && har_buffer_add(&folder, "", 1)) {
        int fd = open((const char *)folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd >= 0) {
            fsync(fd);
            close(fd);
        }
    }
    har_buffer_free(&folder);
}

static har_status write_in_place(const char *path, struct har_bytes bytes,
                                 struct har_error *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    bool done = fd >= 0 && write_all(fd, bytes);
    int why = errno;
    if (fd >= 0 && close(fd) != 0 && done) {
        why = errno;
        done = false;
    }
    if (done) return HAR_OK;
    return har_fail(err, HAR_FAILED, 0, "%.150s cannot be written: %s", path,
                    strerror(why));
}

static har_status write_and_rename(const char *path, struct har_bytes bytes,
                                   struct har_error *err)
{
    struct buffer name = {0};
    int why = 0;
    int fd = create_beside(path, &name);
    const char *temporary = (const char *)name.data;
    if (fd < 0) {
        why = errno;
    } else {
        if (!write_all(fd, bytes) || fsync(fd) != 0) why = errno;
        if (close(fd) != 0 && !why) why = errno;
        if (!why && rename(temporary, path) != 0) why = errno;
        if (why) unlink(temporary);
        else sync_folder(path);
    }
    har_buffer_free(&name);
    if (!why) return HAR_OK;
    return har_fail(err, HAR_FAILED, 0, "%.150s cannot be written: %s", path,
                    strerror(why));
}

har_status har_write_file(const char *path, struct har_bytes bytes, struct har_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0) return write_and_rename(path, bytes, err);
    if (!S_ISREG(st.st_mode)) return write_in_place(path, bytes, err);
    char *real = realpath(path, NULL);
    har_status status = write_and_rename(real ? real : path, bytes, err);
    free(real);
    return status;
}

static har_status make_folder(const char *path, struct har_error *err)
{
    struct stat there;
    if (mkdir(path, 0777) == 0) return HAR_OK;
    if (errno == EEXIST && stat(path, &there) == 0 && S_ISDIR(there.st_mode)) return HAR_OK;
    return har_fail(err, HAR_FAILED, 0, "cannot make the folder %.120s: %s", path,
                    strerror(errno));
}

har_status har_make_folders(const char *path, struct har_arena *arena,
                            struct har_error *err)
{
    char *copy = har_arena_copy(arena, path, strlen(path));
    if (!copy) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for a path");
    for (char *slash = copy + 1; *copy && (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        har_status got = make_folder(copy, err);
        if (got) return got;
        *slash = '/';
    }
    return make_folder(path, err);
}
