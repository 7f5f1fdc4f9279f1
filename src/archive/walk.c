/* SPDX-License-Identifier: MIT */
/* The walk: folders, then whatever wraps a file, until single files are left.
 *
 * Layers are taken off by what the bytes begin with, one call a layer: an archive gives its
 * members. A .gz around one file is handed out as it lies: whoever knows the bytes already
 * need not unpack them, and whoever does can do it on another thread. Archives on the
 * ground are read where they lie; an archive inside an archive is held in memory, as any
 * file is. Nothing is ever written, so a member's path is only a name: one that climbs
 * ("../x", "/x") is refused all the same, because a sound export has none. */

#include "harrier/archive.h"

#include "buffer.h"
#include "ground.h"
#include "gunzip.h"
#include "meter.h"
#include "sniff.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 << 10 };

struct walk {
    har_visit *visit;
    void *ctx;
    struct meter meter;
    uint64_t files;
    bool full; /* as many files as the caps allow: the walk ends, and that is no failure */
    struct buffer file; /* the one on the ground, used again for the next */
};

/* Where the layers of one file lie: an archive on the ground, or bytes. */
struct layer {
    int fd; /* -1: in memory */
    struct har_bytes bytes;
    unsigned depth; /* archives around it */
};

/* --- telling ------------------------------------------------------------------ */

static har_status visit_found(struct walk *w, struct har_found *found)
{
    if (w->files == w->meter.caps.files) {
        w->full = true;
        found->bytes = (struct har_bytes){0};
        har_fail(&found->error, HAR_OUT_OF_RANGE, 0,
                 "there are more than %llu files: the rest is left out",
                 (unsigned long long)w->files);
        har_status status = w->visit(w->ctx, found);
        return status == HAR_OK ? HAR_END : status;
    }
    w->files++;
    return w->visit(w->ctx, found);
}

static har_status visit_failure(struct walk *w, const struct har_found *who,
                                const struct har_error *why)
{
    struct har_found found = *who;
    found.bytes = (struct har_bytes){0};
    found.error = *why;
    return visit_found(w, &found);
}

/* --- members ------------------------------------------------------------------ */

enum judgement { SHOWN, HIDDEN, CLIMBS };

/* Zips made on Windows may part folders with a backslash. */
static enum judgement judge_name(const char *name)
{
    enum judgement judgement = SHOWN;
    bool drive = name[0] && name[1] == ':' && (name[2] == '\\' || name[2] == '/');
    if (name[0] == '/' || name[0] == '\\' || drive) return CLIMBS;
    while (*name) {
        size_t size = strcspn(name, "/\\");
        if (size == 2 && memcmp(name, "..", 2) == 0) return CLIMBS;
        if ((size > 1 && name[0] == '.') || (size == 8 && memcmp(name, "__MACOSX", 8) == 0))
            judgement = HIDDEN;
        name += size;
        if (*name) name++;
    }
    return judgement;
}

/* Flagged names come as UTF-8 whatever the locale; others as the bytes they are. */
static const char *member_name(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    return name && *name ? name : "(a member without a name)";
}

/* One block of a member, and the zeros of a sparse member's hole before it. */
static har_status append_block(const struct walk *w, struct buffer *out,
                               struct har_bytes block, int64_t offset,
                               struct har_error *err)
{
    uint64_t at = offset < 0 ? 0 : (uint64_t)offset;
    uint64_t hole = at > out->size ? at - out->size : 0;
    har_status status = har_meter_fits(&w->meter, at, err);
    if (status == HAR_OK)
        status = har_meter_fits(&w->meter, out->size + hole + block.size, err);
    if (status != HAR_OK) return status;
    if (!har_buffer_reserve(out, (size_t)hole + block.size))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to unpack it");
    memset(out->data + out->size, 0, (size_t)hole);
    out->size += (size_t)hole;
    if (block.size) memcpy(out->data + out->size, block.data, block.size);
    out->size += block.size;
    return HAR_OK;
}

/* What one open archive needs, whatever lies in it. */
struct members {
    struct archive *archive;
    unsigned depth; /* archives around a member */
    bool ended;     /* by damage: nothing can be found behind it */
    struct buffer path, bytes;
};

/* What libarchive says, in a sentence of ours. */
static har_status damaged(struct members *m, int result, struct har_error *err)
{
    const char *why = archive_error_string(m->archive);
    if (result <= ARCHIVE_FATAL) m->ended = true;
    return har_fail(err, HAR_BAD_INPUT, 0, "the archive is damaged here%s: %s",
                    m->ended ? " and its rest is lost" : "",
                    why ? why : "it ends too early");
}

/* A block is weighed against its packed bytes only at the next one: until then the reader
 * may not have moved past them. A warning means a wrong checksum or size. */
static har_status read_member(struct walk *w, struct members *m, struct har_error *err)
{
    const int64_t start = archive_filter_bytes(m->archive, -1);
    struct buffer *out = &m->bytes;
    struct stream stream = {0};
    size_t before = out->size = 0;
    if (!har_buffer_reserve(out, 1))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to unpack it");
    for (;;) {
        const void *data = NULL;
        size_t size = 0;
        int64_t offset = 0;
        int result = archive_read_data_block(m->archive, &data, &size, &offset);
        int64_t passed = archive_filter_bytes(m->archive, -1) - start;
        stream.packed = passed > 0 ? (uint64_t)passed : 0;
        har_status status = har_meter_add(&w->meter, &stream, out->size - before, err);
        if (status != HAR_OK || result == ARCHIVE_EOF) return status;
        if (result != ARCHIVE_OK) return damaged(m, result, err);
        before = out->size;
        status = append_block(w, out, (struct har_bytes){data, size}, offset, err);
        if (status != HAR_OK) return status;
    }
}

/* Everything that is refused before a byte is unpacked. */
static har_status admit_member(const struct walk *w, struct archive_entry *entry,
                               enum judgement judgement, struct har_error *err)
{
    if (judgement == CLIMBS)
        return har_fail(err, HAR_BAD_INPUT, 0, "its path leads out of the archive");
    if (archive_entry_is_encrypted(entry))
        return har_fail(err, HAR_UNSUPPORTED, 0, "is encrypted");
    int64_t size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;
    return har_meter_fits(&w->meter, size > 0 ? (uint64_t)size : 0, err);
}

static har_status unwrap(struct walk *w, const struct har_found *who,
                         const struct layer *layer);

static har_status walk_member(struct walk *w, struct members *m,
                              const struct har_found *outer, struct archive_entry *entry)
{
    struct har_error err = {0};
    const char *name = member_name(entry);
    enum judgement judgement = judge_name(name);
    bool is_file =
        archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
    if (judgement == HIDDEN || (judgement == SHOWN && !is_file)) return HAR_OK;
    if (!har_buffer_name(&m->path, outer->path, "!", name)) return HAR_NO_MEMORY;
    struct har_found who = {.path = (const char *)m->path.data,
                            .archive = outer->archive ? outer->archive : outer->path,
                            .member = (const char *)m->path.data + strlen(outer->path) + 1};
    har_status status = admit_member(w, entry, judgement, &err);
    if (status == HAR_OK) status = read_member(w, m, &err);
    if (status != HAR_OK) return visit_failure(w, &who, &err);
    struct layer inner = {-1, buffer_bytes(&m->bytes), m->depth};
    return unwrap(w, &who, &inner);
}

static int open_layer(struct archive *a, const struct layer *layer)
{
    if (archive_read_support_format_zip(a) != ARCHIVE_OK) return ARCHIVE_FATAL;
    archive_read_support_format_tar(a);
    archive_read_support_filter_gzip(a);
    return layer->fd >= 0
               ? archive_read_open_fd(a, layer->fd, BLOCK)
               : archive_read_open_memory(a, layer->bytes.data, layer->bytes.size);
}

static har_status walk_members(struct walk *w, const struct har_found *outer,
                               const struct layer *layer)
{
    struct members m = {.archive = archive_read_new(), .depth = layer->depth + 1};
    struct archive_entry *entry;
    struct har_error err = {0};
    har_status status = HAR_OK;
    if (!m.archive) return HAR_NO_MEMORY;
    int result = open_layer(m.archive, layer);
    while (result >= ARCHIVE_WARN && status == HAR_OK && !w->meter.spent && !m.ended) {
        result = archive_read_next_header(m.archive, &entry);
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) break;
        status = walk_member(w, &m, outer, entry);
    }
    if (status == HAR_OK && result < ARCHIVE_WARN) {
        damaged(&m, ARCHIVE_FATAL, &err);
        status = visit_failure(w, outer, &err);
    }
    archive_read_free(m.archive);
    har_buffer_free(&m.path);
    har_buffer_free(&m.bytes);
    return status;
}

/* --- layers ------------------------------------------------------------------- */

static har_status unwrap(struct walk *w, const struct har_found *who,
                         const struct layer *layer)
{
    struct har_found found = *who;
    enum wrapping wrapping = har_wrapping(layer->bytes);
    if (wrapping != ARCHIVED) {
        found.bytes = layer->bytes;
        found.packed = wrapping == GZIPPED;
        return visit_found(w, &found);
    }
    if (layer->depth > w->meter.caps.depth) {
        har_fail(&found.error, HAR_OUT_OF_RANGE, 0,
                 "lies in archives more than %u deep: left unopened", w->meter.caps.depth);
        return visit_failure(w, who, &found.error);
    }
    return walk_members(w, who, layer);
}

static har_status walk_file(struct walk *w, const struct har_found *who, int fd,
                            uint64_t size)
{
    uint8_t bytes[HEAD_SIZE];
    struct har_bytes head = {bytes, har_ground_head(fd, bytes, sizeof bytes)};
    struct layer layer = {.fd = fd};
    struct har_error err = {0};
    har_meter_start(&w->meter, size);
    if (har_wrapping(head) == ARCHIVED) return walk_members(w, who, &layer);
    if (har_ground_read(fd, size, &w->meter, &w->file, &err) != HAR_OK)
        return visit_failure(w, who, &err);
    layer = (struct layer){.fd = -1, .bytes = buffer_bytes(&w->file)};
    return unwrap(w, who, &layer);
}

static har_status walk_ground_file(void *ctx, const char *path,
                                   const struct har_error *failure)
{
    struct walk *w = ctx;
    struct har_found who = {.path = path};
    struct har_error err = {0};
    int fd;
    uint64_t size;
    if (failure) return visit_failure(w, &who, failure);
    if (har_ground_open(path, &fd, &size, &err) != HAR_OK)
        return visit_failure(w, &who, &err);
    har_status status = walk_file(w, &who, fd, size);
    close(fd);
    return status;
}

/* --- the door ----------------------------------------------------------------- */

har_status har_walk(const char *path, const struct har_archive_caps *caps, har_visit *visit,
                    void *ctx, struct har_error *err)
{
    struct walk w = {.visit = visit, .ctx = ctx, .meter = {.caps = har_caps(caps)}};
    enum ground_kind kind = GROUND_FILE;
    struct har_error failure = {0};
    har_status status = har_ground_kind(path, &kind, &failure);
    if (status == HAR_NOT_FOUND)
        return har_fail(err, HAR_NOT_FOUND, 0, "there is no such file or folder");
    status = status == HAR_OK && kind == GROUND_FOLDER
                 ? har_ground_walk(path, walk_ground_file, &w)
                 : walk_ground_file(&w, path, NULL);
    har_buffer_free(&w.file);
    if (status == HAR_END && w.full) return HAR_OK;
    if (status == HAR_NO_MEMORY) har_fail(err, status, 0, "no memory is left for the walk");
    return status;
}

static har_status count_file(void *ctx, const char *path, const struct har_error *failure)
{
    (void)path;
    (void)failure;
    ++*(uint64_t *)ctx;
    return HAR_OK;
}

uint64_t har_walk_count(const char *path)
{
    enum ground_kind kind;
    uint64_t count = 0;
    har_status status = har_ground_kind(path, &kind, NULL);
    if (status != HAR_OK || kind != GROUND_FOLDER) return status != HAR_NOT_FOUND;
    har_ground_walk(path, count_file, &count);
    return count;
}

har_status har_read_file(const char *path, const struct har_archive_caps *caps,
                         struct har_arena *arena, struct har_bytes *out,
                         struct har_error *err)
{
    struct meter meter = {.caps = har_caps(caps)};
    struct buffer file = {0};
    int fd;
    uint64_t size;
    har_status status = har_ground_open(path, &fd, &size, err);
    if (status != HAR_OK) return status;
    har_meter_start(&meter, size);
    status = har_ground_read(fd, size, &meter, &file, err);
    close(fd);
    struct har_bytes bytes = buffer_bytes(&file);
    if (status == HAR_OK && har_is_gzip(bytes)) {
        status = har_gunzip(bytes, caps, arena, out, err);
    } else if (status == HAR_OK) {
        char *copy = har_arena_copy(arena, bytes.data, bytes.size);
        if (!copy) status = har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to read it");
        *out = (struct har_bytes){(const uint8_t *)copy, bytes.size};
    }
    har_buffer_free(&file);
    return status;
}
