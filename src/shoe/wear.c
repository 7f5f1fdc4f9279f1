/* SPDX-License-Identifier: MIT */
/* How far each pair went.
 *
 * A pair begins to be worn for a kind of session on a day and ends on another, so that a
 * new pair takes over from its day on and what the old one ran stays its own. What somebody
 * says of a run counts before any rule, also outside those days. Near its limit is a pair
 * from nine tenths of it on: a week or two to break in the next. */

#include "harrier/shoe.h"

#include <math.h>
#include <stdlib.h>

#define NEAR_SHARE 0.9

const char *har_wear_state_name(enum har_wear_state state)
{
    static const char *const names[] = {
        [HAR_WEAR_GOOD] = "good", [HAR_WEAR_NEAR] = "near", [HAR_WEAR_OVER] = "over"};
    return names[(size_t)state <= HAR_WEAR_OVER ? state : HAR_WEAR_GOOD];
}

struct wearing {
    const struct har_shoe *shoes;
    size_t shoe_count;
    const struct har_worn *worn;
    size_t worn_count;
};

static int by_activity(const void *a, const void *b)
{
    const struct har_worn *one = a, *other = b;
    return (one->activity > other->activity) - (one->activity < other->activity);
}

/* The place of the pair that somebody said; `shoe_count` where nobody did. */
static size_t told_pair(const struct wearing *w, int64_t activity)
{
    const struct har_worn key = {.activity = activity};
    const struct har_worn *told =
        w->worn_count ? bsearch(&key, w->worn, w->worn_count, sizeof key, by_activity)
                      : NULL;
    size_t at = told ? 0 : w->shoe_count;
    while (at < w->shoe_count && w->shoes[at].id != told->shoe) at++;
    return at;
}

static bool is_worn_for(const struct har_shoe *shoe, enum har_run_kind kind, int64_t day)
{
    return (shoe->kinds >> kind & 1U) && day >= shoe->from_day &&
           (shoe->last_day == HAR_NO_DAY || day <= shoe->last_day);
}

static size_t usual_pair(const struct wearing *w, enum har_run_kind kind, int64_t day)
{
    size_t best = w->shoe_count;
    for (size_t i = 0; i < w->shoe_count; i++)
        if (is_worn_for(w->shoes + i, kind, day) &&
            (best == w->shoe_count || w->shoes[i].from_day >= w->shoes[best].from_day))
            best = i;
    return best;
}

static void wear(struct har_wear *pair, const struct har_entry *run, int64_t day, bool told)
{
    double metres = run->summary.distance_m;
    pair->runs++;
    pair->told += told;
    if (isfinite(metres)) pair->distance_m += metres;
    else pair->unmeasured++;
    if (pair->first_day == HAR_NO_DAY) pair->first_day = day;
    pair->last_day = day;
}

static enum har_wear_state state_of(const struct har_wear *pair)
{
    if (pair->distance_m >= pair->shoe->limit_m) return HAR_WEAR_OVER;
    return pair->distance_m >= NEAR_SHARE * pair->shoe->limit_m ? HAR_WEAR_NEAR
                                                                : HAR_WEAR_GOOD;
}

static har_status list_races(struct har_wear *pair, const struct har_entry *entries,
                             const enum har_run_kind *kind,
                             const struct har_shoe *const *of, size_t count,
                             struct har_arena *arena, struct har_error *err)
{
    for (size_t i = 0; i < count; i++)
        pair->race_count += of[i] == pair->shoe && kind[i] == HAR_RUN_RACE;
    const struct har_entry **races =
        HAR_NEW(arena, const struct har_entry *, pair->race_count);
    if (!races)
        return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the shoes' races");
    for (size_t i = 0, n = 0; i < count; i++)
        if (of[i] == pair->shoe && kind[i] == HAR_RUN_RACE) races[n++] = entries + i;
    pair->races = races;
    return HAR_OK;
}

har_status har_wear_shoes(const struct har_shoe *shoes, size_t shoe_count,
                          const struct har_worn *worn, size_t worn_count,
                          const struct har_entry *entries, size_t count,
                          struct har_arena *arena, struct har_wearing *out,
                          struct har_error *err)
{
    const struct wearing w = {shoes, shoe_count, worn, worn_count};
    struct har_wear *pairs = HAR_NEW(arena, struct har_wear, shoe_count);
    const struct har_shoe **of = HAR_NEW(arena, const struct har_shoe *, count);
    enum har_run_kind *kind;
    if (!pairs || !of)
        return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the shoes");
    har_status got = har_run_kinds(entries, count, arena, &kind, err);
    if (got) return got;
    for (size_t i = 0; i < shoe_count; i++)
        pairs[i] = (struct har_wear){.shoe = shoes + i,
                                     .distance_m = shoes[i].initial_m,
                                     .first_day = HAR_NO_DAY,
                                     .last_day = HAR_NO_DAY};
    for (size_t i = 0; i < count; i++) {
        const struct har_summary *s = &entries[i].summary;
        if (s->start_ms == HAR_NO_TIME) continue;
        int64_t day = har_local_day(s->start_ms, s->utc_offset_s);
        size_t told = told_pair(&w, entries[i].id);
        size_t pair = told < shoe_count ? told : usual_pair(&w, kind[i], day);
        if (pair == shoe_count) continue;
        of[i] = shoes + pair;
        wear(pairs + pair, entries + i, day, told < shoe_count);
    }
    for (size_t i = 0; i < shoe_count && got == HAR_OK; i++) {
        pairs[i].state = state_of(pairs + i);
        got = list_races(pairs + i, entries, kind, of, count, arena, err);
    }
    *out = (struct har_wearing){pairs, kind, of};
    return got;
}
