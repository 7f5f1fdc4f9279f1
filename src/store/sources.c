/* SPDX-License-Identifier: MIT */
/* Activities, and the sources that tell of them.
 *
 * Candidates for the same run are found by two indexes: the device with its clock, and the
 * time. An interval index is not to be had in both databases, so starts are looked for from
 * ten days before on: the longest races against the clock last six, and what began earlier
 * cannot overlap. */

#include "asking.h"

#define LONGEST_MS (INT64_C(10) * 24 * 3600 * 1000)

static void take_source(struct har_query *q, struct har_arena *arena, struct har_source *s,
                        bool *full)
{
    s->id = har_take_int(q);
    s->activity = har_take_int(q);
    s->original = har_take_int(q);
    s->part = (unsigned)har_take_int(q);
    s->sport = (unsigned)har_take_int(q);
    s->serial = (uint64_t)har_take_int(q);
    s->created_ms = har_take_time(q);
    s->start_ms = har_take_time(q);
    s->end_ms = har_take_time(q);
    s->distance_m = har_take_real(q);
    s->richness = har_take_real(q);
    s->path = har_take_text(q, arena, full);
}

static har_status take_sources(struct har_query *q, struct har_arena *arena,
                               struct har_source **sources, size_t *count,
                               struct har_error *err)
{
    size_t room = 0;
    har_status status;
    bool full = false;
    *sources = NULL;
    *count = 0;
    while ((status = har_answer(q, err)) == HAR_OK) {
        struct har_source *larger =
            har_arena_grow(arena, *sources, *count, &room, sizeof **sources);
        if (larger) take_source(q, arena, &larger[*count], &full);
        if (!larger || full) {
            har_drop(q);
            return har_fail(err, HAR_NO_MEMORY, *count,
                            "no memory is left for the sources");
        }
        *sources = larger;
        ++*count;
    }
    return status == HAR_END ? HAR_OK : status;
}

/* A serial of 0 is no device: NULL, which equals nothing. */
static void bind_serial(struct har_query *q, uint64_t serial)
{
    if (serial) har_bind_int(q, (int64_t)serial);
    else har_bind_null(q);
}

har_status har_store_sources_like(struct har_store *store, int64_t athlete,
                                  const struct har_source *like, struct har_arena *arena,
                                  struct har_source **sources, size_t *count,
                                  struct har_error *err)
{
    const int64_t start = like->start_ms;
    struct har_query q = har_store_ask(store, SOURCE_LIKE);
    har_bind_int(&q, athlete);
    bind_serial(&q, like->serial);
    har_bind_time(&q, like->created_ms);
    har_bind_int(&q, like->part);
    har_bind_time(&q, start == HAR_NO_TIME ? start : start - LONGEST_MS);
    har_bind_time(&q, like->end_ms == HAR_NO_TIME ? start : like->end_ms);
    har_bind_time(&q, start);
    return take_sources(&q, arena, sources, count, err);
}

har_status har_store_sources_of(struct har_store *store, int64_t activity,
                                struct har_arena *arena, struct har_source **sources,
                                size_t *count, struct har_error *err)
{
    struct har_query q = har_store_ask(store, SOURCE_OF);
    har_bind_int(&q, activity);
    har_status status = take_sources(&q, arena, sources, count, err);
    if (status == HAR_OK && *count == 0)
        return har_fail(err, HAR_NOT_FOUND, 0, "the store has no activity %lld",
                        (long long)activity);
    return status;
}

static har_status add_source_row(struct har_store *store, struct har_source *source,
                                 struct har_error *err)
{
    struct har_query q = har_store_ask(store, SOURCE_ADD);
    har_bind_int(&q, source->activity);
    har_bind_int(&q, source->original);
    har_bind_int(&q, source->part);
    har_bind_int(&q, source->sport);
    bind_serial(&q, source->serial);
    har_bind_time(&q, source->created_ms);
    har_bind_time(&q, source->start_ms);
    har_bind_time(&q, source->end_ms);
    har_bind_real(&q, source->distance_m);
    har_bind_real(&q, source->richness);
    return har_answer_id(&q, &source->id, err);
}

har_status har_store_add_activity(struct har_store *store, int64_t athlete,
                                  struct har_source *source, struct har_error *err)
{
    har_status status = har_step_begin(store->db, err);
    if (status != HAR_OK) return status;
    struct har_query q = har_store_ask(store, ACTIVITY_ADD);
    har_bind_int(&q, athlete);
    status = har_answer_id(&q, &source->activity, err);
    if (status == HAR_OK) status = add_source_row(store, source, err);
    return har_step_end(store->db, status, err);
}

/* A new primary source leaves the derived row in place, but out of date: were the caller
 * killed before it derives again, the next run would still see that it must. */
static har_status add_further_source(struct har_store *store, struct har_source *source,
                                     bool *became_primary, struct har_error *err)
{
    struct har_query q = har_store_ask(store, SOURCE_RICHEST);
    har_bind_int(&q, source->activity);
    har_status status = har_answer(&q, err);
    if (status == HAR_END)
        return har_fail(err, HAR_NOT_FOUND, 0, "the store has no activity %lld",
                        (long long)source->activity);
    if (status != HAR_OK) return status;
    *became_primary = source->richness > har_take_real(&q);
    har_drop(&q);
    status = add_source_row(store, source, err);
    if (status != HAR_OK || !*became_primary) return status;
    q = har_store_ask(store, DERIVED_OUTDATE);
    har_bind_int(&q, source->activity);
    return har_answer_all(&q, err);
}

har_status har_store_add_source(struct har_store *store, int64_t activity,
                                struct har_source *source, bool *became_primary,
                                struct har_error *err)
{
    har_status status = har_step_begin(store->db, err);
    if (status != HAR_OK) return status;
    source->activity = activity;
    *became_primary = false;
    status = add_further_source(store, source, became_primary, err);
    return har_step_end(store->db, status, err);
}

har_status har_store_describe(struct har_store *store, int64_t activity, const char *name,
                              int race, struct har_error *err)
{
    int64_t id;
    struct har_query q = har_store_ask(store, ACTIVITY_DESCRIBE);
    har_bind_text(&q, name);
    har_bind_int(&q, race < 0 ? -1 : race != 0);
    har_bind_int(&q, activity);
    har_status status = har_answer_id(&q, &id, err);
    if (status == HAR_NOT_FOUND)
        return har_fail(err, status, 0, "the store has no activity %lld",
                        (long long)activity);
    return status;
}
