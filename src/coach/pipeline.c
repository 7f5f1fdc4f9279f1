/* SPDX-License-Identifier: MIT */
/* A ring of slots between one owner and a few workers.
 *
 * Items are begun in the order given and taken in the order given; what is finished early
 * waits in its slot. So one slow file can hold the rest back, but never by more than the
 * cap on bytes, and the result of an import does not depend on how many threads there were.
 *
 * The owner alone moves `taken`, `tail` and `bytes` and sets `stopping`, so it may read
 * them without the lock; the workers need it for everything. Workers block every signal: a
 * handler runs on the owner's thread, where a system call can be interrupted and asked
 * again. */

#include "pipeline.h"

#include <assert.h>
#include <signal.h>

static void *attend(void *arg)
{
    struct pipeline *p = arg;
    struct har_arena desk = {0};
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stopping && p->begun == p->tail) pthread_cond_wait(&p->given, &p->lock);
        if (p->stopping) break;
        struct pipeline_slot *slot = &p->slot[p->begun++ % PIPELINE_SLOTS];
        pthread_mutex_unlock(&p->lock);
        p->work(p->ctx, slot->item, &desk);
        har_arena_reset(&desk);
        pthread_mutex_lock(&p->lock);
        slot->finished = true;
        pthread_cond_signal(&p->finished);
    }
    pthread_mutex_unlock(&p->lock);
    har_arena_free(&desk);
    return NULL;
}

har_status har_pipeline_start(struct pipeline *p, struct har_error *err)
{
    assert(p->threads >= 1 && p->threads <= PIPELINE_THREADS);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->given, NULL);
    pthread_cond_init(&p->finished, NULL);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (p->running < p->threads &&
           pthread_create(&p->thread[p->running], NULL, attend, p) == 0)
        p->running++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (p->running > 0) return HAR_OK; /* fewer than asked for is slower, not wrong */
    har_pipeline_stop(p);
    return har_fail(err, HAR_FAILED, 0, "the system gives no further thread");
}

bool har_pipeline_is_full(const struct pipeline *p, size_t bytes)
{
    uint64_t under_way = p->tail - p->taken;
    return under_way == PIPELINE_SLOTS ||
           (under_way > 0 && p->bytes + bytes > p->most_bytes);
}

void har_pipeline_give(struct pipeline *p, void *item, size_t bytes)
{
    assert(!har_pipeline_is_full(p, bytes));
    pthread_mutex_lock(&p->lock);
    p->slot[p->tail++ % PIPELINE_SLOTS] = (struct pipeline_slot){item, bytes, false};
    p->bytes += bytes;
    pthread_cond_signal(&p->given);
    pthread_mutex_unlock(&p->lock);
}

/* Whether the slot is finished, after waiting for it if asked to. */
static bool is_finished(struct pipeline *p, const struct pipeline_slot *slot, bool wait)
{
    pthread_mutex_lock(&p->lock);
    while (wait && !slot->finished) pthread_cond_wait(&p->finished, &p->lock);
    bool finished = slot->finished;
    pthread_mutex_unlock(&p->lock);
    return finished;
}

void *har_pipeline_take(struct pipeline *p, bool wait)
{
    if (p->taken == p->tail) return NULL;
    const struct pipeline_slot *slot = &p->slot[p->taken % PIPELINE_SLOTS];
    if (!p->stopping && !is_finished(p, slot, wait)) return NULL;
    p->taken++;
    p->bytes -= slot->bytes;
    return slot->item;
}

void har_pipeline_stop(struct pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->given);
    pthread_mutex_unlock(&p->lock);
    while (p->running > 0) pthread_join(p->thread[--p->running], NULL);
    pthread_cond_destroy(&p->given);
    pthread_cond_destroy(&p->finished);
    pthread_mutex_destroy(&p->lock);
}
