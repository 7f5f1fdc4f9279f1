/* SPDX-License-Identifier: MIT */
/* The proof of a store: the database's own checks, every original against its hash, and
 * nothing without what it stands on. Damage is a finding and not a failure: the rest is
 * still looked at. */

#include "asking.h"

#include <string.h>

struct findings {
    struct har_arena *arena;
    struct har_problem *problems;
    size_t count, room;
    bool full;
};

static void found(struct findings *f, int64_t original, const char *message)
{
    struct har_problem *larger =
        har_arena_grow(f->arena, f->problems, f->count, &f->room, sizeof *larger);
    const char *copy = larger ? har_arena_copy(f->arena, message, strlen(message)) : NULL;
    if (!copy) {
        f->full = true;
        return;
    }
    f->problems = larger;
    f->problems[f->count++] = (struct har_problem){original, copy};
}

/* A question that damage cut short is a finding too. */
static har_status settle(struct findings *f, har_status status, const struct har_error *why,
                         struct har_error *err)
{
    if (f->full)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the findings");
    if (status == HAR_END || status == HAR_OK) return HAR_OK;
    if (status != HAR_BAD_INPUT) return har_fail(err, status, 0, "%s", why->message);
    found(f, 0, why->message);
    return HAR_OK;
}

static void found_in_database(void *ctx, const char *what)
{
    found(ctx, 0, what);
}

static har_status check_database(struct har_store *store, struct findings *f,
                                 struct har_error *err)
{
    struct har_error why = {0};
    har_status status = har_database_check(store->db, found_in_database, f, &why);
    return settle(f, status, &why, err);
}

static har_status check_originals(struct har_store *store, struct findings *f,
                                  struct har_error *err)
{
    struct har_error why = {0};
    struct har_arena scratch = {0};
    struct har_query q = har_store_ask(store, ORIGINAL_ALL);
    har_status status;
    while ((status = har_answer(&q, &why)) == HAR_OK && !f->full) {
        struct har_bytes bytes;
        uint8_t hash[HAR_HASH_SIZE] = {0};
        int64_t id = har_take_int(&q);
        struct har_bytes told = har_take_blob(&q);
        if (told.size == HAR_HASH_SIZE) memcpy(hash, told.data, HAR_HASH_SIZE);
        uint64_t size = (uint64_t)har_take_int(&q);
        har_arena_reset(&scratch);
        if (har_unpack(har_take_blob(&q), size, hash, &scratch, &bytes, &why) != HAR_OK)
            found(f, id, why.message);
    }
    har_drop(&q);
    har_arena_free(&scratch);
    return settle(f, status, &why, err);
}

static har_status check_activities(struct har_store *store, enum statement which,
                                   const char *lack, struct findings *f,
                                   struct har_error *err)
{
    struct har_error why = {0};
    struct har_query q = har_store_ask(store, which);
    har_status status;
    while ((status = har_answer(&q, &why)) == HAR_OK && !f->full) {
        struct har_text text = {.arena = f->arena};
        har_text_format(&text, "activity %lld has no %s", (long long)har_take_int(&q),
                        lack);
        found(f, 0, text.failed ? lack : text.data);
    }
    har_drop(&q);
    return settle(f, status, &why, err);
}

static har_status count_rows(struct har_store *store, struct har_store_health *health,
                             struct findings *f, struct har_error *err)
{
    struct har_error why = {0};
    struct har_query q = har_store_ask(store, COUNTS);
    har_status status = har_answer(&q, &why);
    if (status == HAR_OK) {
        health->originals = (uint64_t)har_take_int(&q);
        health->activities = (uint64_t)har_take_int(&q);
        health->sources = (uint64_t)har_take_int(&q);
        health->derived = (uint64_t)har_take_int(&q);
    }
    har_drop(&q);
    return settle(f, status, &why, err);
}

har_status har_store_verify(struct har_store *store, struct har_arena *arena,
                            struct har_store_health *health, struct har_error *err)
{
    struct findings f = {.arena = arena};
    *health = (struct har_store_health){0};
    har_status status = check_database(store, &f, err);
    if (status == HAR_OK) status = check_originals(store, &f, err);
    if (status == HAR_OK)
        status = check_activities(store, ACTIVITY_BARE, "source", &f, err);
    if (status == HAR_OK)
        status = check_activities(store, ACTIVITY_UNDERIVED, "derived row", &f, err);
    if (status == HAR_OK) status = count_rows(store, health, &f, err);
    health->problem_count = f.count;
    health->problems = f.problems;
    return status;
}
