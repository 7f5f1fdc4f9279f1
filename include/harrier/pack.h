/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PACK_H
#define HARRIER_PACK_H

/* pack - bytes <-> packed bytes, known by their hash.
 *
 * How an original lies in the store. It needs no store, so that other threads can do it.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of a hash, in bytes. */
enum { HAR_HASH_SIZE = 32 };

/* BLAKE2b-256 of the bytes (RFC 7693; `b2sum -l 256` says the same). */
void har_hash(struct har_bytes bytes, uint8_t hash[HAR_HASH_SIZE]);

/* The bytes packed with zstd. */
har_status har_pack(struct har_bytes bytes, struct har_arena *arena,
                    struct har_bytes *packed, struct har_error *err);

/* The inverse: exactly `size` bytes, matching `hash`, in `arena`. HAR_BAD_INPUT if they are
 * not. */
har_status har_unpack(struct har_bytes packed, uint64_t size,
                      const uint8_t hash[HAR_HASH_SIZE], struct har_arena *arena,
                      struct har_bytes *bytes, struct har_error *err);

/* A file as it is kept. */
struct har_original {
    uint8_t hash[HAR_HASH_SIZE];
    uint64_t size;           /* unpacked */
    struct har_bytes packed; /* zstd */
    const char *format;      /* "FIT", "TCX", "GPX" */
    const char *path;        /* the name it came under */
};

#ifdef __cplusplus
}
#endif

#endif
