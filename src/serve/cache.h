/* SPDX-License-Identifier: MIT */
#ifndef SERVE_CACHE_H
#define SERVE_CACHE_H

/* Answers that were given, for as long as the store and the day stay what they were. */

#include "harrier/database.h"

#include "answer.h"

/* Under what an answer was found out. Two equal ones would have found the same. */
struct cache_moment {
    struct har_database_look store;
    int64_t local_day, utc_day;
    bool usable; /* whether anything may be kept under it */
};

struct cache;
/* Of answers from the store at that path or address. NULL: no memory. */
struct cache *cache_open(const char *store, size_t most_bytes);
void cache_close(struct cache *cache); /* NULL allowed */

/* The present moment; at most a millisecond old, unless cache_changed() came in between. */
struct cache_moment cache_now(struct cache *cache);
/* This process has changed the store. */
void cache_changed(struct cache *cache);

/* The answer to `question` at that moment, held for the caller; or NULL. */
struct answer *cache_find(struct cache *cache, const char *question,
                          const struct cache_moment *moment);
/* Keeps an answer that was found out at that moment; those of other moments go. */
void cache_keep(struct cache *cache, const char *question,
                const struct cache_moment *moment, struct answer *answer);

#endif
