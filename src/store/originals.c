/* SPDX-License-Identifier: MIT */
/* Originals: kept byte for byte, once, under their hash. */

#include "asking.h"

#include <string.h>

har_status har_store_find_original(struct har_store *store,
                                   const uint8_t hash[HAR_HASH_SIZE], int64_t *id,
                                   struct har_error *err)
{
    struct har_query q = har_store_ask(store, ORIGINAL_FIND);
    har_bind_blob(&q, hash, HAR_HASH_SIZE);
    return har_answer_id(&q, id, err);
}

static har_status add_row(struct har_store *store, const struct har_original *original,
                          int64_t *id, struct har_error *err)
{
    struct har_query q = har_store_ask(store, ORIGINAL_ADD);
    har_bind_blob(&q, original->hash, HAR_HASH_SIZE);
    har_bind_int(&q, (int64_t)original->size);
    har_bind_text(&q, original->format);
    har_bind_text(&q, original->path);
    return har_answer_id(&q, id, err);
}

static har_status add_packed(struct har_store *store, int64_t id, struct har_bytes packed,
                             struct har_error *err)
{
    struct har_query q = har_store_ask(store, PACKED_ADD);
    har_bind_int(&q, id);
    har_bind_blob(&q, packed.data, packed.size);
    return har_answer_all(&q, err);
}

har_status har_store_add_original(struct har_store *store,
                                  const struct har_original *original, int64_t *id,
                                  struct har_error *err)
{
    har_status status = har_store_find_original(store, original->hash, id, err);
    if (status != HAR_NOT_FOUND) return status;
    status = har_step_begin(store->db, err);
    if (status != HAR_OK) return status;
    status = add_row(store, original, id, err);
    if (status == HAR_OK) status = add_packed(store, *id, original->packed, err);
    return har_step_end(store->db, status, err);
}

har_status har_store_add_alias(struct har_store *store, const uint8_t hash[HAR_HASH_SIZE],
                               int64_t original, struct har_error *err)
{
    struct har_query q = har_store_ask(store, ALIAS_ADD);
    har_bind_blob(&q, hash, HAR_HASH_SIZE);
    har_bind_int(&q, original);
    return har_answer_all(&q, err);
}

har_status har_store_original(struct har_store *store, int64_t id, struct har_arena *arena,
                              struct har_bytes *bytes, struct har_error *err)
{
    struct har_query q = har_store_ask(store, ORIGINAL_GET);
    har_bind_int(&q, id);
    har_status status = har_answer(&q, err);
    if (status == HAR_END)
        return har_fail(err, HAR_NOT_FOUND, 0, "the store has no original %lld",
                        (long long)id);
    if (status != HAR_OK) return status;
    uint8_t hash[HAR_HASH_SIZE] = {0};
    struct har_bytes told = har_take_blob(&q);
    if (told.size == HAR_HASH_SIZE) memcpy(hash, told.data, HAR_HASH_SIZE);
    uint64_t size = (uint64_t)har_take_int(&q);
    status = har_unpack(har_take_blob(&q), size, hash, arena, bytes, err);
    har_drop(&q);
    return status;
}
