/* SPDX-License-Identifier: MIT */
/* Rows in order of time -> a ranking.
 *
 * Equal official times share a rank and the next one counts them all: 1, 2, 2, 4. So do
 * World Athletics' lists to July 2023. Of their 117,700 rows 116,261 have the rank that the
 * printed marks give; the rest are ranked by digits that the lists do not print, tenths
 * over 5 and 10 km on the road (1,041 rows) and hundredths of twelve times by hand (398
 * rows that they move by one). Equal times stand in order of day there, and so here; then
 * by place, which is a race's own order.
 *
 * Those lists are of all ages together, so that no mark is in them once as a junior's and
 * once as a senior's; forty rows are there twice, of one mark, athlete, day and venue, some
 * with "3" and "3f1" for a place. Doubles are left to whoever keeps the marks: which of two
 * rows knows more is not for a list to say. Marks passed on the way have no sign of their
 * own, but 580 rows have no place, and 14:32 in the 10 km of Prague is one of them.
 *
 * Of an athlete only the best row is kept unless all marks are asked for; of equal ones the
 * earlier. Who that is is known from a table of people by number, open addressing, never
 * more than half full. A row of nobody known is one of its own: two such may be two people,
 * and a list that leaves one out says that they are not. */

#include "harrier/list.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    int64_t person; /* 0: free */
    size_t at;      /* of `rank` */
};

struct har_ranking {
    struct har_list_question question;
    struct har_arena *arena;
    int64_t last_ms; /* of any row */
    bool ended;
    struct har_rank *rank;
    size_t count, room;
    struct slot *slot;
    size_t slots, people; /* `slots` is a power of two */
};

/* --- people -------------------------------------------------------------------------- */

static struct slot *slot_of(struct slot *slot, size_t slots, int64_t person)
{
    uint64_t hash = (uint64_t)person * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (slots - 1);
    while (slot[at].person && slot[at].person != person) at = (at + 1) & (slots - 1);
    return &slot[at];
}

static bool make_room_for_one(struct har_ranking *r)
{
    if (r->slots / 2 > r->people) return true;
    size_t slots = r->slots ? r->slots * 2 : 64;
    struct slot *slot = HAR_NEW(r->arena, struct slot, slots);
    if (!slot) return false;
    for (size_t i = 0; i < r->slots; i++)
        if (r->slot[i].person) *slot_of(slot, slots, r->slot[i].person) = r->slot[i];
    r->slot = slot;
    r->slots = slots;
    return true;
}

/* --- rows ---------------------------------------------------------------------------- */

har_status har_ranking_begin(const struct har_list_question *question,
                             struct har_arena *arena, struct har_ranking **out,
                             struct har_error *err)
{
    struct har_ranking *ranking = HAR_NEW(arena, struct har_ranking, 1);
    const char *nation = question->nation;
    if (nation) nation = har_arena_copy(arena, nation, strlen(nation));
    if (!ranking || (question->nation && !nation))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a ranking");
    ranking->question = *question;
    ranking->question.nation = nation;
    ranking->arena = arena;
    *out = ranking;
    return HAR_OK;
}

static bool keep_row(struct har_ranking *r, const struct har_listed *row)
{
    struct har_rank *rank =
        har_arena_grow(r->arena, r->rank, r->count, &r->room, sizeof *rank);
    if (!rank) return false;
    r->rank = rank;
    rank[r->count] = (struct har_rank){0};
    if (!har_listed_copy(row, r->arena, &rank[r->count].row)) return false;
    r->count++;
    return true;
}

/* Keeps the row if it is its athlete's first, or comes before the equal one that was. */
static bool keep_best(struct har_ranking *r, const struct har_listed *row)
{
    if (!make_room_for_one(r)) return false;
    struct slot *slot = slot_of(r->slot, r->slots, row->person);
    if (slot->person) {
        struct har_listed *kept = &r->rank[slot->at].row;
        return har_listed_compare(row, kept) >= 0 || har_listed_copy(row, r->arena, kept);
    }
    if (!keep_row(r, row)) return false;
    *slot = (struct slot){row->person, r->count - 1};
    r->people++;
    return true;
}

static int64_t ms_of(const struct har_listed *row)
{
    return har_listed_ms(&row->mark, &row->event);
}

har_status har_ranking_add(struct har_ranking *r, const struct har_listed *row,
                           struct har_error *err)
{
    int64_t ms = ms_of(row);
    if (ms < r->last_ms)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "a row is faster than the one before it");
    r->last_ms = ms;
    size_t limit = r->question.limit;
    r->ended =
        r->ended || (limit && r->count >= limit && ms > ms_of(&r->rank[r->count - 1].row));
    if (r->ended) return HAR_END;
    if (!har_list_asks(&r->question, row)) return HAR_OK;
    bool alone = r->question.all_marks || row->person == 0;
    if (alone ? keep_row(r, row) : keep_best(r, row)) return HAR_OK;
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a ranking");
}

static int in_order(const void *a, const void *b)
{
    return har_listed_compare(&((const struct har_rank *)a)->row,
                              &((const struct har_rank *)b)->row);
}

void har_ranking_finish(struct har_ranking *r, struct har_ranks *out)
{
    if (r->count) qsort(r->rank, r->count, sizeof *r->rank, in_order);
    for (size_t i = 0; i < r->count; i++) {
        struct har_rank *rank = &r->rank[i];
        bool equal = i > 0 && ms_of(&rank->row) == ms_of(&rank[-1].row);
        rank->rank = equal ? rank[-1].rank : i + 1;
        rank->equal = equal;
        if (equal) rank[-1].equal = true;
    }
    *out = (struct har_ranks){r->question, r->ended, r->count, r->rank};
}
