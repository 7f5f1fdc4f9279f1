/* SPDX-License-Identifier: MIT */
#ifndef STORE_PACK_H
#define STORE_PACK_H

#include "harrier/store.h"

/* The inverse of har_pack(): exactly `size` bytes, matching `hash`, in `arena`.
 * HAR_BAD_INPUT if they are not. */
har_status har_unpack(struct har_bytes packed, uint64_t size,
                      const uint8_t hash[HAR_HASH_SIZE], struct har_arena *arena,
                      struct har_bytes *bytes, struct har_error *err);

#endif
