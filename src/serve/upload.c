/* SPDX-License-Identifier: MIT */
/* A body goes to the disk as it comes, into a folder that only the user can read, and a
 * command then finds it there under the name it had: with its folders, without what would
 * lead out of there or steer a terminal, and without what a command could take for an
 * option (-x), for standard input (-) or for a number of the store (12). */

#include "upload.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 4096, PARSER_ROOM = 1 << 16, NAME_MOST = 120, DEEPEST = 8 };

struct sent_file {
    const char *field, *path;
};

struct upload {
    struct har_arena arena;
    const char *folder;
    struct MHD_PostProcessor *form;
    struct sent_file *file;
    size_t count, room;
    int fd; /* the last of the files; -1: none is open */
    uint64_t size;
    bool expected;   /* a body */
    unsigned status; /* 0: all is well so far */
    const char *why;
};

static void go_wrong(struct upload *upload, unsigned status, const char *why)
{
    if (upload->status) return;
    upload->status = status;
    upload->why = why;
}

static bool is_all_digits(const char *name, size_t length)
{
    return strspn(name, "0123456789") >= length;
}

/* One part of a path, made safe. */
static void add_part(struct har_text *safe, const char *part, size_t length)
{
    if (length > NAME_MOST) part += length - NAME_MOST, length = NAME_MOST;
    while (length > 0 && ((unsigned char)*part & 0xc0) == 0x80) part++, length--;
    if (length == 0 || *part == '.' || *part == '-' || is_all_digits(part, length))
        har_text_add(safe, "file-");
    for (size_t i = 0; i < length; i++) {
        char c = (unsigned char)part[i] < 0x20 || part[i] == 0x7f ? '_' : part[i];
        har_text_bytes(safe, &c, 1);
    }
}

/* Folders that were sent with the name stay; none leads out. */
static const char *safe_name(struct har_arena *arena, const char *name)
{
    struct har_text safe = {.arena = arena};
    size_t depth = 0;
    while (*name && depth < DEEPEST) {
        size_t length = strcspn(name, "/\\");
        if (length > 0 && !(length == 1 && *name == '.')) {
            if (depth++) har_text_add(&safe, "/");
            add_part(&safe, name, length);
        }
        name += length;
        name += *name != 0;
    }
    if (depth == 0) har_text_add(&safe, "sent");
    return safe.failed ? NULL : safe.data;
}

static char *joined_path(struct har_arena *arena, const char *folder, const char *name)
{
    struct har_text path = {.arena = arena};
    har_text_format(&path, "%s/%s", folder, name);
    return path.failed ? NULL : path.data;
}

/* Opens the file for writing, its folders made; -1 if that is not possible. */
static int create_file(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) return -1;
    }
    return open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
}

/* The path below the folder under which the file now is; NULL if none could be made. */
static const char *create_under(struct upload *upload, const char *name)
{
    size_t from = strlen(upload->folder) + 1;
    char *path = joined_path(&upload->arena, upload->folder, name);
    upload->fd = path ? create_file(path, from) : -1;
    if (upload->fd < 0 && errno == EEXIST) {
        char number[24];
        snprintf(number, sizeof number, "file-%zu", upload->count + 1);
        const char *apart = joined_path(&upload->arena, number, name);
        path = apart ? joined_path(&upload->arena, upload->folder, apart) : NULL;
        upload->fd = path ? create_file(path, from) : -1;
    }
    return upload->fd >= 0 ? path + from : NULL;
}

static void end_file(struct upload *upload)
{
    if (upload->fd >= 0 && close(upload->fd) != 0)
        go_wrong(upload, MHD_HTTP_INSUFFICIENT_STORAGE, "the disk took not all of it");
    upload->fd = -1;
}

static void begin_file(struct upload *upload, const char *field, const char *name)
{
    end_file(upload);
    if (upload->count == MOST_FILES) {
        go_wrong(upload, MHD_HTTP_CONTENT_TOO_LARGE, "too many files at once; zip them");
        return;
    }
    struct sent_file *files = har_arena_grow(&upload->arena, upload->file, upload->count,
                                             &upload->room, sizeof *files);
    const char *safe = safe_name(&upload->arena, name ? name : "");
    const char *path = safe && files ? create_under(upload, safe) : NULL;
    if (!path) {
        go_wrong(upload, MHD_HTTP_INSUFFICIENT_STORAGE, "a file could not be kept here");
        return;
    }
    upload->file = files;
    upload->file[upload->count].path = path;
    upload->file[upload->count].field =
        field ? har_arena_copy(&upload->arena, field, strlen(field)) : NULL;
    upload->count++;
}

static void write_all(struct upload *upload, const char *data, size_t size)
{
    while (size > 0 && upload->fd >= 0 && !upload->status) {
        ssize_t wrote = write(upload->fd, data, size);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) {
            go_wrong(upload, MHD_HTTP_INSUFFICIENT_STORAGE,
                     errno == ENOSPC ? "no room is left on the disk for what was sent"
                                     : "the disk refused what was sent");
            return;
        }
        data += wrote;
        size -= (size_t)wrote;
    }
}

static enum MHD_Result take_part(void *ctx, enum MHD_ValueKind kind, const char *key,
                                 const char *name, const char *type, const char *encoding,
                                 const char *data, uint64_t offset, size_t size)
{
    struct upload *upload = ctx;
    (void)kind;
    (void)type;
    (void)encoding;
    if (!name) {
        go_wrong(upload, MHD_HTTP_BAD_REQUEST,
                 "a part of the form is no file; options belong into the address");
        return MHD_NO;
    }
    if (offset == 0) begin_file(upload, key, name);
    write_all(upload, data, size);
    return upload->status ? MHD_NO : MHD_YES;
}

static bool is_form(const char *content_type)
{
    static const char form[] = "multipart/form-data";
    return content_type && strncasecmp(content_type, form, sizeof form - 1) == 0;
}

struct upload *upload_empty(const char *parent)
{
    struct upload *upload = calloc(1, sizeof *upload);
    struct har_text folder = {.arena = upload ? &upload->arena : NULL};
    if (!upload) return NULL;
    upload->fd = -1;
    har_text_format(&folder, "%s/sent-XXXXXX", parent);
    upload->folder = folder.failed ? NULL : mkdtemp(folder.data);
    if (upload->folder) return upload;
    upload_close(upload);
    return NULL;
}

struct upload *upload_open(struct MHD_Connection *connection, const char *content_type,
                           const char *parent, const char *name, unsigned *status,
                           const char **why)
{
    struct upload *upload = upload_empty(parent);
    *status = MHD_HTTP_INSUFFICIENT_STORAGE;
    *why = "there is no folder to keep what is sent in";
    if (!upload) return NULL;
    upload->expected = true;
    if (is_form(content_type)) {
        upload->form =
            MHD_create_post_processor(connection, PARSER_ROOM, take_part, upload);
        if (upload->form) return upload;
        *status = MHD_HTTP_BAD_REQUEST;
        *why = "the form does not say where its parts end";
    } else {
        begin_file(upload, NULL, name);
        return upload;
    }
    upload_close(upload);
    return NULL;
}

bool upload_is_too_large(const struct upload *upload)
{
    return upload->size > (uint64_t)UPLOAD_MOST_MB << 20;
}

void upload_take(struct upload *upload, const char *data, size_t size)
{
    upload->size += size;
    if (upload->status || upload_is_too_large(upload)) return;
    if (!upload->form) write_all(upload, data, size);
    else if (MHD_post_process(upload->form, data, size) != MHD_YES)
        go_wrong(upload, MHD_HTTP_BAD_REQUEST, "the form is damaged");
}

unsigned upload_end(struct upload *upload, const char **why)
{
    if (upload->form && MHD_destroy_post_processor(upload->form) != MHD_YES)
        go_wrong(upload, MHD_HTTP_BAD_REQUEST, "the form breaks off");
    upload->form = NULL;
    end_file(upload);
    if (upload->expected && upload->count == 0)
        go_wrong(upload, MHD_HTTP_BAD_REQUEST, "there is no file in the form");
    *why = upload->why;
    return upload->status;
}

const char *upload_folder(const struct upload *upload)
{
    return upload->folder;
}

bool upload_file(const struct upload *upload, size_t index, const char **field,
                 const char **path)
{
    if (index >= upload->count) return false;
    *field = upload->file[index].field;
    *path = upload->file[index].path;
    return true;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    remove(path);
    return 0;
}

void upload_remove(const char *folder)
{
    enum { OPEN_AT_ONCE = 8 };
    nftw(folder, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}

void upload_close(struct upload *upload)
{
    if (!upload) return;
    end_file(upload);
    if (upload->form) MHD_destroy_post_processor(upload->form);
    if (upload->folder) upload_remove(upload->folder);
    har_arena_free(&upload->arena);
    free(upload);
}
