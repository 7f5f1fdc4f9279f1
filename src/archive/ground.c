/* SPDX-License-Identifier: MIT */
/* The ground: what the system calls files.
 *
 * Files are read, not mapped: a mapped file that another program cuts short kills the
 * reader with SIGBUS, a read merely ends early, and can say so. Names are sorted by their
 * bytes, which no locale changes. */

#include "ground.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

har_status har_ground_kind(const char *path, enum ground_kind *kind, struct har_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return har_fail(err,
                        errno == ENOENT || errno == ENOTDIR ? HAR_NOT_FOUND : HAR_FAILED, 0,
                        "cannot be reached: %s", strerror(errno));
    *kind = S_ISREG(st.st_mode)   ? GROUND_FILE
            : S_ISDIR(st.st_mode) ? GROUND_FOLDER
                                  : GROUND_OTHER;
    return HAR_OK;
}

har_status har_ground_open(const char *path, int *fd, uint64_t *size, struct har_error *err)
{
    enum ground_kind kind;
    struct stat st;
    har_status status = har_ground_kind(path, &kind, err);
    if (status != HAR_OK) return status;
    if (kind == GROUND_FOLDER)
        return har_fail(err, HAR_FAILED, 0, "is a folder, not a file");
    if (kind == GROUND_OTHER) return har_fail(err, HAR_FAILED, 0, "is not a regular file");
    /* Not blocking, in case a pipe took the file's place since. */
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0)
        return har_fail(err, HAR_FAILED, 0, "cannot be opened: %s", strerror(errno));
    if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(*fd);
        return har_fail(err, HAR_FAILED, 0, "is not a regular file");
    }
    *size = (uint64_t)st.st_size;
    return HAR_OK;
}

size_t har_ground_head(int fd, uint8_t *head, size_t room)
{
    size_t have = 0;
    while (have < room) {
        ssize_t n = pread(fd, head + have, room - have, (off_t)have);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        have += (size_t)n;
    }
    return have;
}

har_status har_ground_read(int fd, uint64_t size, const struct meter *meter,
                           struct buffer *out, struct har_error *err)
{
    enum { BEYOND = 4096 };
    har_status status = har_meter_fits(meter, size, err);
    if (status != HAR_OK) return status;
    out->size = 0;
    for (;;) {
        size_t want = out->size < size ? (size_t)size - out->size : BEYOND;
        if (!har_buffer_reserve(out, want))
            return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to read it");
        ssize_t n = read(fd, out->data + out->size, want);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return har_fail(err, HAR_FAILED, out->size, "cannot be read: %s",
                            strerror(errno));
        if (n == 0) break;
        out->size += (size_t)n;
        status = har_meter_fits(meter, out->size, err);
        if (status != HAR_OK) return status;
    }
    if (out->size < size)
        return har_fail(err, HAR_FAILED, out->size,
                        "became shorter while it was read: %llu of %llu bytes were there",
                        (unsigned long long)out->size, (unsigned long long)size);
    return HAR_OK;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "__MACOSX") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static har_status walk_folder(struct buffer *path, ground_visit *visit, void *ctx);

/* `path` is a C string in a buffer that is lengthened for what lies below, then cut. */
static har_status walk_entry(struct buffer *path, ground_visit *visit, void *ctx)
{
    const char *name = (const char *)path->data;
    enum ground_kind kind;
    struct har_error failure = {0};
    struct stat itself;
    if (har_ground_kind(name, &kind, &failure) != HAR_OK) return visit(ctx, name, &failure);
    if (kind == GROUND_FILE) return visit(ctx, name, NULL);
    if (kind == GROUND_OTHER) return HAR_OK;
    if (lstat(name, &itself) != 0 || S_ISLNK(itself.st_mode)) return HAR_OK;
    return walk_folder(path, visit, ctx);
}

static har_status walk_folder(struct buffer *path, ground_visit *visit, void *ctx)
{
    const size_t own = path->size;
    struct dirent **entries;
    struct har_error failure = {0};
    har_status status = HAR_OK;
    int count = scandir((const char *)path->data, &entries, is_shown, by_bytes);
    if (count < 0) {
        har_fail(&failure, HAR_FAILED, 0, "cannot be listed: %s", strerror(errno));
        return visit(ctx, (const char *)path->data, &failure);
    }
    bool slash = own > 1 && path->data[own - 2] == '/';
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        path->size = own - 1;
        if (status != HAR_OK) {
            /* Only the names are still to be freed. */
        } else if (!har_buffer_add(path, "/", slash ? 0 : 1) ||
                   !har_buffer_add(path, name, strlen(name) + 1)) {
            status = HAR_NO_MEMORY;
        } else {
            status = walk_entry(path, visit, ctx);
        }
        free(entries[i]);
    }
    free(entries);
    path->size = own - 1;
    return har_buffer_add(path, "", 1) ? status : HAR_NO_MEMORY;
}

har_status har_ground_walk(const char *folder, ground_visit *visit, void *ctx)
{
    struct buffer path = {0};
    har_status status = HAR_NO_MEMORY;
    if (har_buffer_name(&path, folder, NULL, NULL)) status = walk_folder(&path, visit, ctx);
    har_buffer_free(&path);
    return status;
}
