/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_SHOE_H
#define HARRIER_SHOE_H

/* shoe - runs -> what kind of session each was, and how far each pair of shoes went.
 *
 * A run was run in the pair that somebody said, else in the one that was worn for its kind
 * of session on its day. Kilometres are never kept: they are added up from the runs.
 */

#include "harrier/diary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_SHOE_VERSION = 1 };

/* --- kinds of session --------------------------------------------------------------- */

/* A run is of the first of these that fits. */
enum har_run_kind {
    HAR_RUN_RACE,
    HAR_RUN_TRAIL, /* the watch says so, or it climbs 40 m a kilometre outdoors */
    HAR_RUN_TRACK,
    HAR_RUN_FAST, /* 10 minutes or more 12 % over the usual speed */
    HAR_RUN_LONG, /* half as far again as the usual run */
    HAR_RUN_EASY,
    HAR_RUN_KINDS /* no run */
};
/* "race" ... "easy"; "none". */
const char *har_run_kind_name(enum har_run_kind kind);
/* Reads "easy" or "long,easy" into a set, kind k being its bit k. */
bool har_parse_run_kinds(struct har_bytes text, unsigned *set);

/* The kinds of `count` entries in order of time. What is usual are the medians of the
 * runner's runs of the 56 days before; where there are fewer than six, none is fast, and
 * long is 90 minutes. HAR_NO_MEMORY is the only failure. */
har_status har_run_kinds(const struct har_entry *entries, size_t count,
                         struct har_arena *arena, enum har_run_kind **kinds,
                         struct har_error *err);

/* --- pairs -------------------------------------------------------------------------- */

struct har_shoe {
    int64_t id;
    const char *name;
    double initial_m; /* what it had run before */
    double limit_m;   /* NaN: none */
    unsigned kinds;   /* the sessions it is worn for unless somebody says otherwise */
    int64_t from_day; /* and from when on; HAR_NO_DAY: always */
    int64_t last_day; /* retired after this day; HAR_NO_DAY: in use */
};

/* The pair of an activity, as somebody said it. */
struct har_worn {
    int64_t activity, shoe; /* ids */
};

/* How near a pair is to its limit. */
enum har_wear_state { HAR_WEAR_GOOD, HAR_WEAR_NEAR, HAR_WEAR_OVER };
/* "good", "near", "over". */
const char *har_wear_state_name(enum har_wear_state state);

struct har_wear {
    const struct har_shoe *shoe;
    double distance_m;           /* with the initial one */
    unsigned runs, told;         /* how many of them somebody said */
    unsigned unmeasured;         /* runs whose distance is not known */
    int64_t first_day, last_day; /* worn; HAR_NO_DAY: never */
    size_t race_count;
    const struct har_entry *const *races; /* in order of time */
    enum har_wear_state state;            /* near: from nine tenths of the limit on */
};

struct har_wearing {
    const struct har_wear *wear;      /* one a pair, in their order */
    const enum har_run_kind *kind;    /* one an entry */
    const struct har_shoe *const *of; /* one an entry; NULL: no pair */
};

/* Adds up the entries, in order of time, over the pairs; `worn` ascends by activity. Of the
 * pairs that are worn for a kind on a day the one that began last counts, of those the last
 * in the list. Everything is borrowed or lives in `arena`. HAR_NO_MEMORY is the only
 * failure. */
har_status har_wear_shoes(const struct har_shoe *shoes, size_t shoe_count,
                          const struct har_worn *worn, size_t worn_count,
                          const struct har_entry *entries, size_t count,
                          struct har_arena *arena, struct har_wearing *out,
                          struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
