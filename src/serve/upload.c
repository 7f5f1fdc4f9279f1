/* SPDX-License-Identifier: MIT */
/* A body goes to the disk as it comes, into a folder that only the user can read, and a
 * command then finds it there under the name it had. Of that name only the last part is
 * kept, nothing that steers a terminal, and nothing that a command could take for an option
 * (-x), for standard input (-) or for a number of the store (12). Two of a name lie in two
 * folders. */

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

enum { MOST_FILES = 4096, PARSER_ROOM = 1 << 16, NAME_MOST = 120 };

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
    unsigned status; /* 0: all is well so far */
    const char *why;
};

static void go_wrong(struct upload *upload, unsigned status, const char *why)
{
    if (upload->status) return;
    upload->status = status;
    upload->why = why;
}

static const char *safe_name(struct har_arena *arena, const char *name)
{
    struct har_text safe = {.arena = arena};
    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\') name = at + 1;
    size_t length = strlen(name);
    if (length > NAME_MOST) name += length - NAME_MOST;
    while (((unsigned char)*name & 0xc0) == 0x80) name++; /* within a character */
    bool number = strspn(name, "0123456789") == strlen(name);
    if (*name == '.' || *name == '-' || number) har_text_add(&safe, "file");
    if (number && *name) har_text_add(&safe, "-");
    for (; *name; name++) {
        char c = (unsigned char)*name < 0x20 || *name == 0x7f ? '_' : *name;
        har_text_bytes(&safe, &c, 1);
    }
    return safe.failed ? NULL : safe.data;
}

static const char *joined_path(struct har_arena *arena, const char *folder,
                               const char *name)
{
    struct har_text path = {.arena = arena};
    har_text_format(&path, "%s/%s", folder, name);
    return path.failed ? NULL : path.data;
}

/* A path below the folder that no file has yet, its folder made. */
static const char *free_path(struct upload *upload, const char *name)
{
    struct har_text path = {.arena = &upload->arena};
    bool taken = false;
    for (size_t i = 0; i < upload->count; i++)
        taken = taken || strcmp(upload->file[i].path, name) == 0;
    if (!taken) return name;
    har_text_format(&path, "%zu", upload->count + 1);
    const char *folder =
        path.failed ? NULL : joined_path(&upload->arena, upload->folder, path.data);
    if (!folder || mkdir(folder, 0700) != 0) return NULL;
    har_text_format(&path, "/%s", name);
    return path.failed ? NULL : path.data;
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
    const char *safe = safe_name(&upload->arena, name && *name ? name : "sent");
    const char *path = safe && files ? free_path(upload, safe) : NULL;
    const char *where = path ? joined_path(&upload->arena, upload->folder, path) : NULL;
    if (where) upload->fd = open(where, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (upload->fd < 0) {
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

struct upload *upload_open(struct MHD_Connection *connection, const char *content_type,
                           const char *parent, const char *name, unsigned *status,
                           const char **why)
{
    struct upload *upload = calloc(1, sizeof *upload);
    struct har_text folder = {.arena = upload ? &upload->arena : NULL};
    *status = MHD_HTTP_INSUFFICIENT_STORAGE;
    *why = "there is no folder to keep what is sent in";
    if (!upload) return NULL;
    upload->fd = -1;
    har_text_format(&folder, "%s/sent-XXXXXX", parent);
    upload->folder = folder.failed ? NULL : mkdtemp(folder.data);
    if (!upload->folder) {
        upload_close(upload);
        return NULL;
    }
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
    if (upload->count == 0)
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
