/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SCARCE_H
#define TESTS_SCARCE_H

/* Too little memory, wherever it can be lacking: every piece that a question takes is once
 * the first that is refused. How much an arena had given when it refused grows with its
 * limit; halving finds all the places where it does, in few questions. */

#include "harrier/base.h"

#include <string.h>

typedef har_status scarce_question(struct har_arena *arena, const void *about,
                                   struct har_error *err);

struct scarce {
    scarce_question *ask;
    const void *about;
    har_status wanted; /* with enough */
    size_t refusals;
};

/* How much was given under a limit. The answer is the right one, or no memory in words. */
static size_t scarce_within(struct scarce *s, size_t limit)
{
    struct har_arena arena = {.limit = limit};
    struct har_error err = {0};
    har_status got = s->ask(&arena, s->about, &err);
    if (got != s->wanted && got != HAR_NO_MEMORY)
        fail_msg("%s under a limit of %zu bytes: %s", har_status_name(got), limit,
                 err.message);
    if (got == HAR_NO_MEMORY && (err.status != got || strlen(err.message) < 10))
        fail_msg("nothing is said of too little memory under a limit of %zu", limit);
    size_t taken = arena.taken;
    s->refusals += got == HAR_NO_MEMORY;
    har_arena_free(&arena);
    return taken;
}

static void scarce_between(struct scarce *s, size_t low, size_t at_low, size_t high,
                           size_t at_high)
{
    if (at_low == at_high || high - low < 2) return;
    size_t middle = low + (high - low) / 2, at_middle = scarce_within(s, middle);
    scarce_between(s, low, at_low, middle, at_middle);
    scarce_between(s, middle, at_middle, high, at_high);
}

/* What the question comes to with enough memory. It is asked often. */
static har_status scarce_memory(scarce_question *ask, const void *about)
{
    struct har_arena enough = {0};
    struct scarce s = {.ask = ask, .about = about};
    s.wanted = ask(&enough, about, NULL);
    size_t all = enough.taken;
    har_arena_free(&enough);
    assert_true(all > 0 && s.wanted != HAR_NO_MEMORY);
    scarce_between(&s, 1, scarce_within(&s, 1), all, all);
    assert_true(s.refusals > 0);
    return s.wanted;
}

#endif
