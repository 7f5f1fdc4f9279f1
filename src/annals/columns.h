/* SPDX-License-Identifier: MIT */
#ifndef ANNALS_COLUMNS_H
#define ANNALS_COLUMNS_H

/* A mark and the columns of its row. */

#include "statements.h"

#include "harrier/list.h"

enum {
    NO_SUCH_DAY = INT32_MIN, /* a day that is not told, where no column may be NULL */
    SEX_UNTOLD = 2,
};

/* The events that are kept, by number. */
struct disciplines {
    size_t count;
    int64_t *id;
    struct har_event *event;
};
har_status annals_disciplines(struct har_database *db, struct har_arena *arena,
                              struct disciplines *out, struct har_error *err);
/* 0: it is none of them. */
int64_t annals_discipline(const struct disciplines *all, const struct har_event *event);

/* Three letters as a number; 0 for anything else. */
int64_t annals_nation(const char *code);

/* FNV-1a over texts and numbers, each with its end. */
uint64_t annals_hash_text(uint64_t hash, const char *text);
uint64_t annals_hash_number(uint64_t hash, int64_t number);
#define ANNALS_HASH UINT64_C(0xcbf29ce484222325)

int64_t annals_day(int64_t day);

/* The columns of a mark. */
struct mark_row {
    int64_t event, time_ms, day, person;
    uint64_t race;
    int64_t meeting, nation;
    int64_t exact_ms; /* HAR_NO_TIME: as lists order it */
    const char *round;
    unsigned caveats;
    int sex, decimals, hand, place, eligible; /* the last two -1: not told */
};

/* `row` is har_listed_of() the mark; its round is borrowed. */
struct mark_row annals_mark_row(const struct har_listed *row, int64_t discipline, int sex,
                                int64_t person, int64_t meeting);
void annals_bind_mark(struct har_query *q, const struct mark_row *row);

/* Takes a row as the statements select it, its texts in `arena`. Its number is that of the
 * person it is kept under, who may be the same as another; points are not told. */
struct har_listed annals_take_row(struct har_query *q, const struct disciplines *all,
                                  struct har_arena *arena, bool *full);
/* Its parts: the columns of the mark itself, of who ran it, and of where. */
struct har_listed annals_take_mark(struct har_query *q, const struct disciplines *all,
                                   struct har_arena *arena, bool *full);
void annals_take_athlete(struct har_query *q, struct har_listed *row,
                         struct har_arena *arena, bool *full);
void annals_take_meeting(struct har_query *q, struct har_listed *row,
                         struct har_arena *arena, bool *full);

#endif
