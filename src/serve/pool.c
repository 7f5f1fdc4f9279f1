/* SPDX-License-Identifier: MIT */
/* Four threads for questions, one of which takes none that is known to be slow, and one for
 * what goes alone: the store has one writer, and a command that reads a sent file does so
 * in that file's folder, of which a process can only be in one at a time. */

#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

enum { ASKERS = 4, THREADS = ASKERS + 1, STACK = 1 << 20 };

struct queue {
    struct job *first, **last;
};

struct worker {
    struct pool *pool;
    unsigned takes; /* bits, by lane */
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct queue queue[LANES];
    struct worker worker[THREADS];
    pthread_t thread[THREADS];
    size_t threads;
    bool ending;
};

static struct job *take_job(struct worker *worker)
{
    for (size_t lane = 0; lane < LANES; lane++) {
        struct queue *queue = &worker->pool->queue[lane];
        struct job *job = queue->first;
        if (!job || !(worker->takes >> lane & 1)) continue;
        queue->first = job->next;
        if (!queue->first) queue->last = &queue->first;
        return job;
    }
    return NULL;
}

static void *work(void *of)
{
    struct worker *worker = of;
    struct pool *pool = worker->pool;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        struct job *job = take_job(worker);
        if (job) {
            pthread_mutex_unlock(&pool->lock);
            job->run(job);
            pthread_mutex_lock(&pool->lock);
        } else if (pool->ending) {
            break;
        } else {
            pthread_cond_wait(&pool->more, &pool->lock);
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_open(void)
{
    pthread_attr_t attributes;
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool) return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->more, NULL);
    for (size_t lane = 0; lane < LANES; lane++)
        pool->queue[lane].last = &pool->queue[lane].first;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    for (size_t i = 0; i < THREADS; i++) {
        unsigned takes = i == ASKERS ? 1U << LANE_ALONE : 1U << LANE_QUICK;
        if (i > 0 && i < ASKERS) takes |= 1U << LANE_SLOW;
        pool->worker[i] = (struct worker){pool, takes};
        if (pthread_create(&pool->thread[i], &attributes, work, &pool->worker[i]) != 0)
            break;
        pool->threads++;
    }
    pthread_attr_destroy(&attributes);
    if (pool->threads == THREADS) return pool;
    pool_close(pool);
    return NULL;
}

void pool_close(struct pool *pool)
{
    if (!pool) return;
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->more);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->threads; i++) pthread_join(pool->thread[i], NULL);
    pthread_cond_destroy(&pool->more);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void pool_give(struct pool *pool, enum lane lane, struct job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&pool->lock);
    *pool->queue[lane].last = job;
    pool->queue[lane].last = &job->next;
    pthread_cond_broadcast(&pool->more);
    pthread_mutex_unlock(&pool->lock);
}
