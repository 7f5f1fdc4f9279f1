/* SPDX-License-Identifier: MIT */
/* Any bytes are a file in a folder: archives are walked to their bottom, under caps, and
 * each thing met is bytes under a name or a failure with a sentence. The same bytes as a
 * .gz, and as a packed original. The first byte limits the memory, the second says what the
 * file is called. */

#include "harrier/archive.h"
#include "harrier/pack.h"

#include "folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct har_archive_caps caps = {
    .depth = 4, .file_bytes = 1 << 20, .total_bytes = 4 << 20, .files = 200, .ratio = 200};

static void is_said(har_status status, const struct har_error *err)
{
    assert(status < 0 && status == err->status && strlen(err->message) > 5);
    for (const char *c = err->message; *c; c++) assert((unsigned char)*c >= ' ');
}

static bool climbs(const char *member)
{
    return member && (strncmp(member, "../", 3) == 0 || strstr(member, "/../"));
}

struct seen {
    uint64_t files, bytes;
};

static har_status visit(void *ctx, const struct har_found *found)
{
    struct seen *seen = ctx;
    assert(found->path && *found->path);
    if (found->error.status != HAR_OK) {
        is_said(found->error.status, &found->error);
        return HAR_OK;
    }
    assert(!climbs(found->member));
    seen->files++;
    seen->bytes += found->bytes.size;
    volatile uint8_t sum = 0;
    for (size_t i = 0; i < found->bytes.size; i++)
        sum = (uint8_t)(sum + found->bytes.data[i]);
    assert(found->bytes.size <= caps.file_bytes && seen->files <= caps.files);
    assert(seen->bytes <= caps.total_bytes + caps.file_bytes);
    return HAR_OK;
}

static void walk(struct har_bytes bytes, const char *name, size_t limit)
{
    struct har_arena arena = {.limit = limit};
    struct seen seen = {0};
    struct har_bytes read;
    struct har_error err = {0};
    const char *path = write_bytes(name, bytes.data, bytes.size);
    har_status got = har_walk(path, &caps, visit, &seen, &err);
    if (got != HAR_OK) is_said(got, &err);
    assert(har_walk_count(path) == 1);
    got = har_read_file(path, &caps, &arena, &read, &err);
    if (got != HAR_OK) is_said(got, &err);
    har_arena_free(&arena);
}

static void unpack(struct har_bytes bytes, size_t limit)
{
    struct har_arena arena = {.limit = limit}, plenty = {0};
    struct har_bytes out, again;
    struct har_error err = {0};
    uint8_t hash[HAR_HASH_SIZE];
    har_status got = har_gunzip(bytes, &caps, &arena, &out, &err);
    if (got == HAR_OK) assert(out.size <= caps.file_bytes || out.size == bytes.size);
    else is_said(got, &err);
    har_hash(bytes, hash);
    got = har_unpack(bytes, bytes.size, hash, &arena, &out, &err);
    assert(got != HAR_OK || out.size == bytes.size);
    if (got != HAR_OK) is_said(got, &err);
    assert(har_pack(bytes, &plenty, &out, &err) == HAR_OK);
    assert(har_unpack(out, bytes.size, hash, &plenty, &again, &err) == HAR_OK);
    assert(again.size == bytes.size && !memcmp(again.data, bytes.data, bytes.size));
    if (bytes.size > 0)
        assert(har_unpack(out, bytes.size - 1, hash, &plenty, &again, &err) != HAR_OK);
    har_arena_free(&plenty);
    har_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.zip", "a.fit.gz", "a.tar.gz", "a.tgz", "a"};
    if (size < 2) return 0;
    size_t limit = data[0] < 128 ? 0 : (size_t)(data[0] - 127) << 10;
    struct har_bytes bytes = {data + 2, size - 2};
    walk(bytes, names[data[1] % (sizeof names / sizeof *names)], limit);
    unpack(bytes, limit);
    empty_folder(NULL);
    return 0;
}
