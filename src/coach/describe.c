/* SPDX-License-Identifier: MIT */
/* Names given to runs after they were run.
 *
 * What the runner wrote himself (Strava's sheet) replaces a name; what a service made up
 * from the place (Garmin's summaries) only fills a blank. A name is never taken away, and a
 * race stays a race: an export that does not say so is not a denial. Gear is a pair of
 * shoes where the activity was on foot, else it is a bicycle. Said twice, the same thing
 * changes nothing, so that importing an export again reports nothing new. */

#include "describe.h"

#include "race_name.h"

#include "harrier/gear.h"

#include <stdlib.h>
#include <string.h>

/* Starts of one run in a file and in a summary agree to this. */
enum { SAME_START_MS = 2000 };

bool har_add_description(struct descriptions *list, struct har_arena *arena,
                         struct description about)
{
    struct description *copy = HAR_NEW(arena, struct description, 1);
    if (!copy) return false;
    *copy = about;
    copy->next = NULL;
    if (!list->first) list->end = &list->first;
    *list->end = copy;
    list->end = &copy->next;
    return true;
}

/* The entries of the athlete, ascending by id. */
struct entries {
    struct har_entry *entry;
    size_t count;
};

static int by_id(const void *a, const void *b)
{
    const struct har_entry *one = a, *other = b;
    return (one->id > other->id) - (one->id < other->id);
}

static struct har_entry *entry_of(const struct entries *all, int64_t id)
{
    const struct har_entry key = {.id = id};
    return all->count ? bsearch(&key, all->entry, all->count, sizeof key, by_id) : NULL;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct met *)a)->path, ((const struct met *)b)->path);
}

/* Everything that applying one description needs. */
struct giving {
    struct har_store *store;
    int64_t athlete;
    const struct known *known;
    struct entries entries;
    struct naming *naming;
    struct har_error *err;
};

static har_status give(const struct giving *g, const struct description *about,
                       int64_t activity)
{
    struct har_entry *entry = entry_of(&g->entries, activity);
    if (!entry) return HAR_OK;
    bool blank = !entry->name || !*entry->name;
    bool rename = about->name &&
                  (blank || (about->replaces && strcmp(entry->name, about->name) != 0));
    bool race =
        (about->race || har_names_a_race(rename ? about->name : NULL)) && !entry->race;
    bool shod = false;
    har_status got = HAR_OK;
    if (about->gear && har_sport_is_on_foot(entry->summary.sport))
        got = har_shoe_tell(g->store, g->athlete, about->gear, activity, &shod, g->err);
    if (got == HAR_OK && (rename || race))
        got = har_store_describe(g->store, activity, rename ? about->name : NULL,
                                 race ? 1 : -1, g->err);
    if (got || !(rename || race || shod)) return got;
    if (rename) entry->name = about->name;
    if (race) entry->race = true;
    g->naming[about->sheet].named += rename || race;
    g->naming[about->sheet].shod += shod;
    if (activity <= g->known->newest) g->naming[about->sheet].enriched++;
    return HAR_OK;
}

static har_status give_by_path(const struct giving *g, const struct description *about,
                               const struct met *met, size_t met_count)
{
    const struct met key = {.path = about->path};
    const struct met *file =
        met_count ? bsearch(&key, met, met_count, sizeof key, by_path) : NULL;
    if (!file || file->original == 0) return HAR_OK;
    size_t count;
    const struct telling *told = har_find_known(g->known, file->original, &count);
    for (size_t i = 0; i < count; i++) {
        har_status got = give(g, about, told[i].activity);
        if (got) return got;
    }
    return HAR_OK;
}

static har_status give_by_start(const struct giving *g, const struct description *about,
                                int64_t athlete, struct har_arena *desk)
{
    const struct har_source like = {.created_ms = HAR_NO_TIME,
                                    .start_ms = about->start_ms - SAME_START_MS,
                                    .end_ms = about->start_ms + SAME_START_MS};
    struct har_source *sources;
    size_t count;
    har_status got =
        har_store_sources_like(g->store, athlete, &like, desk, &sources, &count, g->err);
    for (size_t i = 0; got == HAR_OK && i < count; i++)
        if (sources[i].start_ms >= like.start_ms && sources[i].start_ms <= like.end_ms)
            return give(g, about, sources[i].activity);
    return got;
}

har_status har_apply_descriptions(const struct descriptions *list, struct har_store *store,
                                  int64_t athlete, const struct known *known,
                                  const struct met *met, size_t met_count,
                                  struct har_arena *desk, struct naming *naming,
                                  struct har_error *err)
{
    struct giving g = {
        .store = store, .athlete = athlete, .known = known, .naming = naming, .err = err};
    struct har_store_filter filter = HAR_STORE_ALL;
    filter.athlete = athlete;
    if (!list->first) return HAR_OK;
    har_status got =
        har_store_entries(store, &filter, desk, &g.entries.entry, &g.entries.count, err);
    if (got) return got;
    if (g.entries.count)
        qsort(g.entries.entry, g.entries.count, sizeof *g.entries.entry, by_id);
    for (const struct description *d = list->first; d && got == HAR_OK; d = d->next)
        got = d->path ? give_by_path(&g, d, met, met_count)
                      : give_by_start(&g, d, athlete, desk);
    return got;
}
