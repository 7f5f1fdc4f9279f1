/* SPDX-License-Identifier: MIT */
/* Derived rows, made again.
 *
 * Everything but originals, sources and what people said (names, races) follows from the
 * originals. An original that no longer reads leaves its old row and is told of at the end;
 * it does not keep the others from being made. */

#include "analysis.h"

enum { ACTIVITIES_A_TRANSACTION = 64, NO_VERSION = -1 };

struct rebuild {
    struct har_store *store;
    const struct har_clean_settings *settings; /* NULL: as each was imported */
    struct har_arena results, desk;
};

/* Told offsets are not in the original: they live on in the row that is about to go. */
static har_status settings_for(struct rebuild *r, int64_t activity,
                               struct har_clean_settings *settings, struct har_error *err)
{
    struct har_entry entry;
    *settings = (struct har_clean_settings){0};
    if (r->settings) {
        *settings = *r->settings;
        return HAR_OK;
    }
    har_status got = har_store_entry(r->store, activity, &r->results, &entry, err);
    if (got == HAR_NOT_FOUND) return HAR_OK;
    if (got == HAR_OK && entry.summary.offset_source == HAR_OFFSET_USER)
        *settings = (struct har_clean_settings){true, entry.summary.utc_offset_s};
    return got;
}

static har_status make_again(struct rebuild *r, int64_t activity, struct har_error *err)
{
    struct har_clean_settings settings;
    struct har_source *sources;
    struct har_bytes bytes;
    struct analysis analysis;
    size_t count;
    har_status got = settings_for(r, activity, &settings, err);
    if (got == HAR_OK)
        got = har_store_sources_of(r->store, activity, &r->results, &sources, &count, err);
    if (got) return got;
    if (count == 0)
        return har_fail(err, HAR_BAD_INPUT, 0, "activity %lld has no source",
                        (long long)activity);
    got = har_store_original(r->store, sources[0].original, &r->results, &bytes, err);
    if (got == HAR_OK)
        got = har_analyse(bytes, &settings, &r->results, &r->desk, &analysis, err);
    if (got) return got;
    for (size_t i = 0; i < analysis.finding_count; i++) {
        const struct finding *f = &analysis.findings[i];
        if (f->source.part == sources[0].part)
            return har_keep_finding(r->store, activity, f, err);
    }
    return har_fail(err, HAR_BAD_INPUT, 0, "the original of activity %lld has no part %u",
                    (long long)activity, sources[0].part);
}

/* The world's refusals end the work; those of one original do not. */
static bool is_of_one_original(har_status status)
{
    return status == HAR_BAD_INPUT || status == HAR_UNSUPPORTED || status == HAR_NOT_FOUND;
}

static har_status rebuild_batch(struct rebuild *r, const int64_t *activities, size_t count,
                                uint64_t *done, struct har_error *first)
{
    struct har_error why = {0};
    uint64_t made = 0;
    har_status got = har_store_begin(r->store, first);
    if (got) return got;
    for (size_t i = 0; i < count; i++) {
        got = make_again(r, activities[i], &why);
        har_arena_reset(&r->results);
        har_arena_reset(&r->desk);
        if (got == HAR_OK) {
            made++;
        } else if (!is_of_one_original(got)) {
            har_store_rollback(r->store);
            *first = why;
            return got;
        } else if (first->status == HAR_OK) {
            har_fail(first, HAR_BAD_INPUT, why.offset, "activity %lld: %.200s",
                     (long long)activities[i], why.message);
        }
    }
    struct har_error commit = {0};
    got = har_store_commit(r->store, &commit);
    if (got) *first = commit;
    else *done += made;
    return got;
}

har_status har_rebuild(struct har_store *store, const struct har_clean_settings *settings,
                       uint64_t *count, struct har_error *err)
{
    struct rebuild r = {.store = store, .settings = settings};
    struct har_arena lasting = {0};
    struct har_error first = {0};
    int64_t *activities;
    size_t all;
    *count = 0;
    /* No row carries this version, so every activity is stale by it. */
    har_status got =
        har_store_stale(store, NO_VERSION, &lasting, &activities, &all, &first);
    for (size_t at = 0; got == HAR_OK && at < all; at += ACTIVITIES_A_TRANSACTION) {
        size_t left = all - at;
        got =
            rebuild_batch(&r, activities + at,
                          left < ACTIVITIES_A_TRANSACTION ? left : ACTIVITIES_A_TRANSACTION,
                          count, &first);
    }
    if (got == HAR_OK) got = first.status;
    if (got && err) *err = first;
    har_arena_free(&lasting);
    har_arena_free(&r.results);
    har_arena_free(&r.desk);
    return got;
}
