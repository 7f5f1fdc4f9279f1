/* SPDX-License-Identifier: MIT */
/* gzip, RFC 1952. One file may be several gzip members one after another (section 2.2), and
 * tools leave zeros or other bytes after the last: those are not ours to judge. */

#include "gunzip.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

enum { GZIP_ONLY = 15 + 16, SLICE = 256 << 10, FIRST_GUESS = 1 << 20 };

bool har_is_gzip(struct har_bytes head)
{
    return head.size >= 3 && head.data[0] == 0x1f && head.data[1] == 0x8b &&
           head.data[2] == Z_DEFLATED;
}

size_t har_gunzip_head(struct har_bytes head, uint8_t *out, size_t room)
{
    z_stream z = {0};
    if (inflateInit2(&z, GZIP_ONLY) != Z_OK) return 0;
    z.next_in = (z_const Bytef *)head.data;
    z.avail_in = head.size < UINT_MAX ? (uInt)head.size : UINT_MAX;
    z.next_out = out;
    z.avail_out = (uInt)room;
    inflate(&z, Z_SYNC_FLUSH);
    inflateEnd(&z);
    return room - z.avail_out;
}

/* One step of inflate() into a slice that was just reserved. */
static int inflate_slice(z_stream *z, struct har_bytes packed, uint64_t *at,
                         struct buffer *out, size_t *got)
{
    size_t left = packed.size - *at;
    uInt give = left < SLICE ? (uInt)left : SLICE;
    z->next_in = (z_const Bytef *)packed.data + *at;
    z->avail_in = give;
    z->next_out = out->data + out->size;
    z->avail_out = SLICE;
    int result = inflate(z, Z_NO_FLUSH);
    *at += give - z->avail_in;
    *got = SLICE - z->avail_out;
    return result;
}

static har_status inflate_all(z_stream *z, struct har_bytes packed, struct meter *meter,
                              struct buffer *out, struct har_error *err)
{
    struct stream stream = {.packed = packed.size};
    uint64_t at = 0;
    for (;;) {
        size_t got;
        if (!har_buffer_reserve(out, SLICE))
            return har_fail(err, HAR_NO_MEMORY, at, "no memory is left to unpack it");
        int result = inflate_slice(z, packed, &at, out, &got);
        har_status status = har_meter_add(meter, &stream, got, err);
        if (status != HAR_OK) return status;
        out->size += got;
        if (result == Z_STREAM_END) {
            if (!har_is_gzip((struct har_bytes){packed.data + at, packed.size - at}))
                return HAR_OK;
            inflateReset(z);
        } else if (result == Z_MEM_ERROR) {
            return har_fail(err, HAR_NO_MEMORY, at, "no memory is left to unpack it");
        } else if (result == Z_BUF_ERROR) {
            return har_fail(err, HAR_BAD_INPUT, at, "its gzip data end too early");
        } else if (result != Z_OK) {
            return har_fail(err, HAR_BAD_INPUT, at, "its gzip data are damaged (%s)",
                            z->msg ? z->msg : "a dictionary is missing");
        }
    }
}

har_status har_gunzip_metered(struct har_bytes packed, struct meter *meter,
                              struct buffer *out, struct har_error *err)
{
    z_stream z = {0};
    out->size = 0;
    if (!har_buffer_reserve(out, FIRST_GUESS) || inflateInit2(&z, GZIP_ONLY) != Z_OK)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to unpack it");
    har_status status = inflate_all(&z, packed, meter, out, err);
    inflateEnd(&z);
    return status;
}

har_status har_gunzip(struct har_bytes packed, const struct har_archive_caps *caps,
                      struct har_arena *arena, struct har_bytes *out, struct har_error *err)
{
    struct meter meter = {.caps = har_caps(caps)};
    struct buffer layers[2] = {{0}};
    har_status status = HAR_OK;
    har_meter_start(&meter, packed.size);
    for (unsigned depth = 0; status == HAR_OK && har_is_gzip(packed); depth++) {
        if (depth > meter.caps.depth)
            status = har_fail(err, HAR_OUT_OF_RANGE, 0,
                              "lies in archives more than %u deep: left unopened",
                              meter.caps.depth);
        else status = har_gunzip_metered(packed, &meter, &layers[depth % 2], err);
        packed = buffer_bytes(&layers[depth % 2]);
    }
    if (status == HAR_OK) {
        char *copy = har_arena_copy(arena, packed.data, packed.size);
        if (!copy)
            status = har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to unpack it");
        *out = (struct har_bytes){(const uint8_t *)copy, packed.size};
    }
    har_buffer_free(&layers[0]);
    har_buffer_free(&layers[1]);
    return status;
}
