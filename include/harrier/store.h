/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_STORE_H
#define HARRIER_STORE_H

/* store - the nouns at rest.
 *
 * Originals byte for byte under their hash; activities and the sources that tell of them;
 * derived rows that carry the version of the algorithm that made them and can all be made
 * again. Every change is a transaction: a crash, a kill or a full disk at any moment loses
 * nothing that was in. One thread at a time uses a store.
 */

#include "harrier/database.h"
#include "harrier/decode.h"
#include "harrier/diary.h"
#include "harrier/pack.h"

#ifdef __cplusplus
extern "C" {
#endif

struct har_store;

enum har_store_mode { HAR_STORE_READ, HAR_STORE_WRITE /* creates it, and its folder */ };

/* Opens the database at `path`. HAR_NOT_FOUND: reading, and there is none. HAR_BUSY:
 * locked, or written by a newer Harrier. HAR_BAD_INPUT: not a store of ours, or damaged. On
 * success the caller closes it. */
har_status har_store_open(const char *path, enum har_store_mode mode,
                          struct har_store **out, struct har_error *err);
void har_store_close(struct har_store *store); /* NULL allowed */

/* The store's own handle, for the rooms that keep more in the same place. */
struct har_database *har_store_database(struct har_store *store);

/* Transactions do not nest. A commit that fails (a full disk) has rolled back. */
har_status har_store_begin(struct har_store *store, struct har_error *err);
har_status har_store_commit(struct har_store *store, struct har_error *err);
void har_store_rollback(struct har_store *store);

/* --- athletes ----------------------------------------------------------------- */

/* The athlete of that name, or whom lists call so, made if `create`; NULL is the nameless
 * first one. */
har_status har_store_athlete(struct har_store *store, const char *name, bool create,
                             int64_t *id, struct har_error *err);
/* All names, in the order in which they came. The nameless one is "", and in the list once
 * it has an activity or a race. */
har_status har_store_athletes(struct har_store *store, struct har_arena *arena,
                              const char ***names, size_t *count, struct har_error *err);

/* What is known of an athlete; what is not known is missing. */
har_status har_store_about(struct har_store *store, int64_t athlete,
                           struct har_arena *arena, struct har_athlete *about,
                           struct har_error *err);
/* Fills in what is not known yet; what is known stays. */
har_status har_store_tell_about(struct har_store *store, const struct har_athlete *about,
                                struct har_error *err);

/* --- originals ---------------------------------------------------------------- */

/* The id of the original of that hash or alias, or HAR_NOT_FOUND. */
har_status har_store_find_original(struct har_store *store,
                                   const uint8_t hash[HAR_HASH_SIZE], int64_t *id,
                                   struct har_error *err);
/* Bytes that are in keep the id and the path they have. */
har_status har_store_add_original(struct har_store *store,
                                  const struct har_original *original, int64_t *id,
                                  struct har_error *err);
/* Another hash for an original: of the .gz in which it came, so that it is known again
 * without being unpacked. A hash that is an alias already stays as it is. */
har_status har_store_add_alias(struct har_store *store, const uint8_t hash[HAR_HASH_SIZE],
                               int64_t original, struct har_error *err);
/* The bytes as they came, in `arena`; HAR_BAD_INPUT if they no longer match their hash. */
har_status har_store_original(struct har_store *store, int64_t id, struct har_arena *arena,
                              struct har_bytes *bytes, struct har_error *err);

/* --- sources: what one file tells of one activity ----------------------------- */

/* Sources of `athlete` that tell of the same device and creation time and part, or overlap
 * [start_ms, end_ms]; the coach judges whether they are the same run. */
har_status har_store_sources_like(struct har_store *store, int64_t athlete,
                                  const struct har_source *like, struct har_arena *arena,
                                  struct har_source **sources, size_t *count,
                                  struct har_error *err);
/* All sources of one activity, the primary one first. */
har_status har_store_sources_of(struct har_store *store, int64_t activity,
                                struct har_arena *arena, struct har_source **sources,
                                size_t *count, struct har_error *err);

/* A new activity told by its first source; or a further source of an activity, which
 * becomes the primary one if it is richer (`*became_primary`). Fills source->id and
 * ->activity. */
har_status har_store_add_activity(struct har_store *store, int64_t athlete,
                                  struct har_source *source, struct har_error *err);
har_status har_store_add_source(struct har_store *store, int64_t activity,
                                struct har_source *source, bool *became_primary,
                                struct har_error *err);
/* Names an activity, or says that it was a race. NULL and -1 leave them as they are. */
har_status har_store_describe(struct har_store *store, int64_t activity, const char *name,
                              int race, struct har_error *err);

/* --- derived rows ------------------------------------------------------------- */

struct har_derived {
    const struct har_summary *summary;
    const struct har_bests *bests;
    double flat_speed_mps;           /* NaN where there is none */
    const struct har_steady *steady; /* or NULL */
    const struct har_paces *paces;   /* or NULL */
};
/* Replaces what is derived of an activity. `algorithm` is the version it was made with, and
 * not 0: that marks rows whose activity has a new primary source since. */
har_status har_store_derive(struct har_store *store, int64_t activity, int algorithm,
                            const struct har_derived *derived, struct har_error *err);
/* Activities whose derived rows are missing or made by another version. */
har_status har_store_stale(struct har_store *store, int algorithm, struct har_arena *arena,
                           int64_t **activities, size_t *count, struct har_error *err);

/* Which entries: all bounds optional. */
struct har_store_filter {
    int64_t athlete;              /* 0: any */
    int64_t since_day, until_day; /* local days, inclusive; INT64_MIN / INT64_MAX: open */
    int sport;                    /* -1: any */
    int race;                     /* 1: races only; else all */
    bool with_bests, with_paces;
};
#define HAR_STORE_ALL                                                                      \
    ((struct har_store_filter){0, INT64_MIN, INT64_MAX, -1, 0, false, false})

/* Entries in order of time, in `arena`. An empty answer is HAR_OK with count 0. */
har_status har_store_entries(struct har_store *store, const struct har_store_filter *filter,
                             struct har_arena *arena, struct har_entry **entries,
                             size_t *count, struct har_error *err);
/* One entry with its bests; HAR_NOT_FOUND. */
har_status har_store_entry(struct har_store *store, int64_t activity,
                           struct har_arena *arena, struct har_entry *entry,
                           struct har_error *err);

/* A shelf keeps the entries that questions have gone through for those that come after
 * them, as long as the store stays what it was: at most so many bytes of them. Any number
 * of threads share one, each with a store of its own; it is closed after them all. NULL: no
 * memory. */
struct har_shelf;
struct har_shelf *har_shelf_open(size_t most_bytes);
void har_shelf_close(struct har_shelf *shelf); /* NULL allowed */
/* From here on `store`, opened to read what lies at `where`, answers har_store_entries() by
 * the shelf. False of a store that was written to just now or lies on a server: of such
 * nothing is kept, and it answers as before. */
bool har_store_share(struct har_store *store, const char *where, struct har_shelf *shelf);

/* --- races -------------------------------------------------------------------- */

/* An athlete has one race of a day, event and time. One that is in is known, or filled
 * where it had blanks; `race` holds the kept row then. */
enum har_race_fate { HAR_RACE_NEW, HAR_RACE_FILLED, HAR_RACE_KNOWN };
har_status har_store_add_race(struct har_store *store, int64_t athlete,
                              struct har_race *race, struct har_arena *arena,
                              enum har_race_fate *fate, struct har_error *err);
/* Those of the filter's athlete and days, in order of day; result.athlete is the name. */
har_status har_store_races(struct har_store *store, const struct har_store_filter *filter,
                           struct har_arena *arena, struct har_race **races, size_t *count,
                           struct har_error *err);
/* The row of race->id says what `race` says, and its activity is race->activity. */
har_status har_store_change_race(struct har_store *store, const struct har_race *race,
                                 struct har_error *err);
har_status har_store_remove_race(struct har_store *store, int64_t id,
                                 struct har_error *err);

/* --- care --------------------------------------------------------------------- */

/* A finding of har_store_verify(). */
struct har_problem {
    int64_t original; /* or 0 */
    const char *message;
};

/* What har_store_verify() found. */
struct har_store_health {
    uint64_t originals, activities, sources, derived;
    size_t problem_count;
    const struct har_problem *problems;
};

/* Checks the database file, every original against its hash, and that activities, sources
 * and derived rows belong together. HAR_OK with problem_count > 0 is a sick store. */
har_status har_store_verify(struct har_store *store, struct har_arena *arena,
                            struct har_store_health *health, struct har_error *err);

/* A copy at `path`, which must not exist; complete or absent, also after a crash. */
har_status har_store_backup(struct har_store *store, const char *path,
                            struct har_error *err);

/* Puts the backup at `from` into place at `path`. What was there is kept beside it under
 * the name that `*kept` says (in `arena`; NULL if there was nothing). */
har_status har_store_restore(const char *from, const char *path, struct har_arena *arena,
                             const char **kept, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
