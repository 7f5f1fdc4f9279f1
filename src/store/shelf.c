/* SPDX-License-Identifier: MIT */
/* What many questions begin with, read once.
 *
 * Nearly every question about a runner goes through all of the runner's activities: most of
 * its time goes into reading rows, and one question may read them several times. So a
 * server keeps them in memory, with all that a question can ask of them, as long as the
 * store stays what it was; how that is seen is har_database_look()'s affair. Whoever asks
 * gets a copy, which nobody else knows of: an entry is changed by those who work with it.
 *
 * One reads while the others wait for it. Of a runner whose activities take more than the
 * shelf has room for it is remembered that they do. */

#include "asking.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The entries of one athlete, or of all. */
struct kept_entries {
    struct kept_entries *older;
    struct har_database_look look;
    int64_t athlete;
    struct har_arena arena;
    struct har_entry *entries; /* with all there is */
    size_t count;
    unsigned readers;
    bool too_large; /* there are none here */
    bool let_go;    /* of no list any more */
};

struct har_shelf {
    pthread_mutex_t lock;
    struct kept_entries *newest;
    size_t most;
};

struct har_shelf *har_shelf_open(size_t most_bytes)
{
    struct har_shelf *shelf = calloc(1, sizeof *shelf);
    if (!shelf) return NULL;
    pthread_mutex_init(&shelf->lock, NULL);
    shelf->most = most_bytes;
    return shelf;
}

static void let_go(struct kept_entries *kept)
{
    kept->let_go = true;
    if (kept->readers) return;
    har_arena_free(&kept->arena);
    free(kept);
}

void har_shelf_close(struct har_shelf *shelf)
{
    if (!shelf) return;
    while (shelf->newest) {
        struct kept_entries *kept = shelf->newest;
        shelf->newest = kept->older;
        let_go(kept);
    }
    pthread_mutex_destroy(&shelf->lock);
    free(shelf);
}

bool har_store_share(struct har_store *store, const char *where, struct har_shelf *shelf)
{
    bool seen = har_database_look(where, &store->look) && store->look.settled;
    store->shelf = seen ? shelf : NULL;
    return seen;
}

/* --- copies --------------------------------------------------------------------------- */

static bool lets_through(const struct har_store_filter *filter,
                         const struct har_entry *entry)
{
    const struct har_summary *s = &entry->summary;
    int64_t day = s->start_ms == HAR_NO_TIME ? INT64_MIN
                                             : har_local_day(s->start_ms, s->utc_offset_s);
    return day >= filter->since_day && day <= filter->until_day &&
           (filter->sport < 0 || (int)s->sport == filter->sport) &&
           (filter->race != 1 || entry->race);
}

struct amount {
    size_t entries, bests, paces;
};

static struct amount amount_of(const struct har_entry *from, size_t count,
                               const struct har_store_filter *filter)
{
    struct amount amount = {0};
    for (size_t i = 0; i < count; i++) {
        if (!lets_through(filter, from + i)) continue;
        amount.entries++;
        amount.bests += filter->with_bests ? from[i].best_count : 0;
        amount.paces += filter->with_paces && from[i].paces;
    }
    return amount;
}

static har_status copy_entries(const struct har_entry *from, size_t from_count,
                               const struct har_store_filter *filter,
                               struct har_arena *arena, struct har_entry **entries,
                               size_t *count, struct har_error *err)
{
    const struct amount all = amount_of(from, from_count, filter);
    struct har_entry *to = HAR_ROOM(arena, struct har_entry, all.entries);
    struct har_best *best = HAR_ROOM(arena, struct har_best, all.bests);
    struct har_paces *paces = HAR_ROOM(arena, struct har_paces, all.paces);
    bool full = !to || !best || !paces;
    *entries = to;
    *count = 0;
    for (size_t i = 0; i < from_count && !full; i++) {
        if (!lets_through(filter, from + i)) continue;
        struct har_entry *copy = to + (*count)++;
        *copy = from[i];
        if (copy->name) {
            copy->name = har_arena_copy(arena, copy->name, strlen(copy->name));
            full = copy->name == NULL;
        }
        if (!filter->with_bests) copy->best_count = 0;
        if (copy->best_count) memcpy(best, from[i].bests, copy->best_count * sizeof *best);
        copy->bests = copy->best_count ? best : NULL;
        best += copy->best_count;
        if (!filter->with_paces) copy->paces = NULL;
        if (copy->paces) *paces = *from[i].paces, copy->paces = paces++;
    }
    return full ? har_fail(err, HAR_NO_MEMORY, *count, "no memory is left for the entries")
                : HAR_OK;
}

/* --- reading -------------------------------------------------------------------------- */

/* Everything of the athlete. More than `most` bytes is HAR_NO_MEMORY. */
static har_status read_all(struct har_store *store, size_t most, struct kept_entries *kept,
                           struct har_error *err)
{
    struct har_store_filter all = HAR_STORE_ALL;
    all.athlete = kept->athlete;
    all.with_bests = all.with_paces = true;
    kept->arena.limit = most;
    return har_read_entries(store, &all, &kept->arena, &kept->entries, &kept->count, err);
}

static size_t weight_of(const struct har_shelf *shelf)
{
    size_t weight = 0;
    for (const struct kept_entries *k = shelf->newest; k; k = k->older)
        weight += k->arena.taken;
    return weight;
}

static void drop(struct kept_entries **at)
{
    struct kept_entries *kept = *at;
    *at = kept->older;
    let_go(kept);
}

static bool is_of(const struct kept_entries *kept, const struct har_store *store)
{
    return memcmp(kept->look.part, store->look.part, sizeof store->look.part) == 0;
}

/* Other moments go, and then the oldest; the newest alone is never too much. */
static void make_room(struct har_shelf *shelf, const struct har_store *store)
{
    for (struct kept_entries **at = &shelf->newest; *at;) {
        if (is_of(*at, store)) at = &(*at)->older;
        else drop(at);
    }
    while (weight_of(shelf) > shelf->most) {
        struct kept_entries **at = &shelf->newest;
        while ((*at)->older) at = &(*at)->older;
        drop(at);
    }
}

static struct kept_entries *find_kept(struct har_shelf *shelf,
                                      const struct har_store *store, int64_t athlete)
{
    for (struct kept_entries *k = shelf->newest; k; k = k->older)
        if (k->athlete == athlete && is_of(k, store)) return k;
    return NULL;
}

/* Whether so many are asked for that it pays to read them all. */
static bool goes_through_all(const struct har_store_filter *filter)
{
    return filter->since_day == INT64_MIN && filter->sport < 0 && filter->race != 1;
}

/* What the shelf has of the athlete, held for the reader. NULL: nothing, ask the store. */
static struct kept_entries *hold(struct har_store *store,
                                 const struct har_store_filter *filter)
{
    struct har_shelf *shelf = store->shelf;
    pthread_mutex_lock(&shelf->lock);
    struct kept_entries *kept = find_kept(shelf, store, filter->athlete);
    if (!kept && goes_through_all(filter) && (kept = calloc(1, sizeof *kept))) {
        *kept = (struct kept_entries){
            .look = store->look, .athlete = filter->athlete, .older = shelf->newest};
        har_status got = read_all(store, shelf->most, kept, NULL);
        if (got) har_arena_free(&kept->arena);
        kept->too_large = got == HAR_NO_MEMORY;
        if (got && !kept->too_large) {
            free(kept);
            kept = NULL;
        } else {
            shelf->newest = kept;
            make_room(shelf, store);
        }
    }
    if (kept && kept->too_large) kept = NULL;
    if (kept) kept->readers++;
    pthread_mutex_unlock(&shelf->lock);
    return kept;
}

static void put_back(struct har_shelf *shelf, struct kept_entries *kept)
{
    pthread_mutex_lock(&shelf->lock);
    kept->readers--;
    if (kept->let_go) let_go(kept);
    pthread_mutex_unlock(&shelf->lock);
}

har_status har_store_entries(struct har_store *store, const struct har_store_filter *filter,
                             struct har_arena *arena, struct har_entry **entries,
                             size_t *count, struct har_error *err)
{
    struct kept_entries *kept = store->shelf ? hold(store, filter) : NULL;
    if (!kept) return har_read_entries(store, filter, arena, entries, count, err);
    har_status got =
        copy_entries(kept->entries, kept->count, filter, arena, entries, count, err);
    put_back(store->shelf, kept);
    return got;
}
