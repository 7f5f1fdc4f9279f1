/* SPDX-License-Identifier: MIT */
/* What was asked before is answered from memory.
 *
 * A question is its address as it came, so no question is read twice. An answer holds for
 * one state of the store and one day (predictions, loads and plans are "as of today"), and
 * as soon as either is another one everything goes: there is no list of what depends on
 * what that could be wrong. The least recently asked make room for new ones.
 *
 * The state of a store in a file is what the file system says of it. A change in the same
 * tick of its clock could not be seen, so nothing is kept of a store that was written to
 * just now; see har_database_look(). Of a store on a server nothing is kept at all. */

#include "cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BUCKETS = 1024, LOOK_US = 1000 };

struct kept {
    struct kept *chain;         /* of the same bucket */
    struct kept *newer, *older; /* in the order in which they were asked */
    struct answer *answer;
    size_t hash, weight;
    char question[];
};

struct cache {
    pthread_mutex_t lock;
    const char *store;
    int64_t looked_us; /* when `now` was */
    struct cache_moment now;
    struct cache_moment moment; /* of what is kept */
    struct kept *bucket[BUCKETS];
    struct kept *newest, *oldest;
    size_t weight, most;
};

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct cache_moment look_around(const char *store)
{
    struct cache_moment moment = {0};
    struct tm local;
    time_t now = time(NULL);
    moment.usable = har_database_look(store, &moment.store) && moment.store.settled;
    moment.utc_day = now / 86400;
    if (localtime_r(&now, &local)) moment.local_day = 1000 * local.tm_year + local.tm_yday;
    return moment;
}

struct cache_moment cache_now(struct cache *cache)
{
    int64_t us = now_us();
    pthread_mutex_lock(&cache->lock);
    if (us - cache->looked_us > LOOK_US) {
        cache->now = look_around(cache->store);
        cache->looked_us = us;
    }
    struct cache_moment moment = cache->now;
    pthread_mutex_unlock(&cache->lock);
    return moment;
}

void cache_changed(struct cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    cache->looked_us = -LOOK_US - 1;
    pthread_mutex_unlock(&cache->lock);
}

static bool same_moment(const struct cache_moment *a, const struct cache_moment *b)
{
    return a->local_day == b->local_day && a->utc_day == b->utc_day &&
           memcmp(a->store.part, b->store.part, sizeof a->store.part) == 0;
}

/* FNV-1a. */
static size_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return (size_t)hash;
}

static void unlink_order(struct cache *cache, struct kept *kept)
{
    *(kept->newer ? &kept->newer->older : &cache->newest) = kept->older;
    *(kept->older ? &kept->older->newer : &cache->oldest) = kept->newer;
}

static void link_newest(struct cache *cache, struct kept *kept)
{
    kept->newer = NULL;
    kept->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = kept;
    cache->newest = kept;
}

static void forget(struct cache *cache, struct kept *kept)
{
    struct kept **at = &cache->bucket[kept->hash % BUCKETS];
    while (*at != kept) at = &(*at)->chain;
    *at = kept->chain;
    unlink_order(cache, kept);
    cache->weight -= kept->weight;
    answer_drop(kept->answer);
    free(kept);
}

static void forget_all_but(struct cache *cache, const struct cache_moment *moment)
{
    if (same_moment(&cache->moment, moment)) return;
    while (cache->oldest) forget(cache, cache->oldest);
    cache->moment = *moment;
}

static struct kept *look_up(struct cache *cache, const char *question, size_t hash)
{
    struct kept *kept = cache->bucket[hash % BUCKETS];
    while (kept && (kept->hash != hash || strcmp(kept->question, question) != 0))
        kept = kept->chain;
    return kept;
}

struct cache *cache_open(const char *store, size_t most_bytes)
{
    struct cache *cache = calloc(1, sizeof *cache);
    if (!cache) return NULL;
    pthread_mutex_init(&cache->lock, NULL);
    cache->most = most_bytes;
    cache->store = store;
    cache->looked_us = -LOOK_US - 1;
    return cache;
}

void cache_close(struct cache *cache)
{
    if (!cache) return;
    while (cache->oldest) forget(cache, cache->oldest);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

struct answer *cache_find(struct cache *cache, const char *question,
                          const struct cache_moment *moment)
{
    struct answer *answer = NULL;
    size_t hash = hash_of(question);
    if (!moment->usable) return NULL;
    pthread_mutex_lock(&cache->lock);
    forget_all_but(cache, moment);
    struct kept *kept = look_up(cache, question, hash);
    if (kept) {
        unlink_order(cache, kept);
        link_newest(cache, kept);
        answer = kept->answer;
        answer_hold(answer);
    }
    pthread_mutex_unlock(&cache->lock);
    return answer;
}

void cache_keep(struct cache *cache, const char *question,
                const struct cache_moment *moment, struct answer *answer)
{
    size_t length = strlen(question) + 1, hash = hash_of(question);
    size_t weight = sizeof(struct kept) + length + answer_weight(answer);
    if (!moment->usable || weight > cache->most / 4) return;
    struct kept *kept = calloc(1, sizeof *kept + length);
    if (!kept) return;
    kept->hash = hash;
    kept->weight = weight;
    kept->answer = answer;
    memcpy(kept->question, question, length);
    pthread_mutex_lock(&cache->lock);
    forget_all_but(cache, moment);
    struct kept *before = look_up(cache, question, hash);
    if (before) forget(cache, before);
    while (cache->oldest && cache->weight + weight > cache->most)
        forget(cache, cache->oldest);
    answer_hold(answer);
    kept->chain = cache->bucket[hash % BUCKETS];
    cache->bucket[hash % BUCKETS] = kept;
    link_newest(cache, kept);
    cache->weight += weight;
    pthread_mutex_unlock(&cache->lock);
}
