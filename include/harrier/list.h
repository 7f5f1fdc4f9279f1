/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_LIST_H
#define HARRIER_LIST_H

/* list - marks -> rankings and record progressions.
 *
 * Marks come by millions, so lists are made of rows as somebody hands them in, in order of
 * time or day, and say when they have enough. Texts of a row are borrowed for the call.
 * Answers lie in the arena.
 */

#include "harrier/listed.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any list can differ. */
enum { HAR_LIST_VERSION = 1 };

/* --- the question -------------------------------------------------------------------- */

/* Whether marks of the short track stand in a list of 1500: they do, with an "i". A
 * question for 1500i is of the short track alone, whatever this says. */
enum har_short_track { HAR_SHORT_TRACK_IN, HAR_SHORT_TRACK_ONLY, HAR_SHORT_TRACK_OUT };

/* 0 and 0: any age. Under-20s are so by their year of birth (at most 19 at its end),
 * masters by their age on the day. */
struct har_ages {
    int least, most;
    bool by_year;
};

/* Reads U18, U20, U23; 40-44, 40+, M40, W40 (five years), masters (35+). HAR_BAD_INPUT for
 * anything else. */
har_status har_parse_ages(struct har_bytes text, struct har_ages *ages,
                          struct har_error *err);

/* What a list is to be of. Begin with har_list_question_of(): everybody's best of all
 * time. */
struct har_list_question {
    struct har_event event;
    int sex;                      /* an enum har_sex, or HAR_UNTOLD: both */
    const char *nation;           /* NULL: any */
    int year;                     /* 0: any */
    int64_t since_day, as_of_day; /* HAR_NO_DAY: any */
    struct har_ages ages;
    bool all_marks;     /* and not one of each athlete */
    bool include_aided; /* also what har_listed_apart() keeps apart */
    enum har_short_track short_track;
    size_t limit; /* ends with the row of this number and those equal to it; 0: none */
};
struct har_list_question har_list_question_of(const struct har_event *event);

/* The events whose rows the question asks for, together in one order: 1, or 2 with the
 * short track. */
size_t har_list_events(const struct har_list_question *question, struct har_event event[2]);

/* Whether the question asks for the row. A day of birth that is not told is no age; one of
 * which only the year is told is so where it is so for every day of that year. */
bool har_list_asks(const struct har_list_question *question, const struct har_listed *row);

/* --- rankings ------------------------------------------------------------------------ */

struct har_rank {
    size_t rank; /* equal marks share it, and the next one counts them all */
    bool equal;  /* shared */
    struct har_listed row;
};

struct har_ranks {
    struct har_list_question question; /* what was asked; its texts in the arena */
    bool ended;                        /* slower rows were not looked at */
    size_t count;
    const struct har_rank *rank;
};

/* A ranking being made, in `arena`. */
struct har_ranking;
har_status har_ranking_begin(const struct har_list_question *question,
                             struct har_arena *arena, struct har_ranking **out,
                             struct har_error *err);

/* The next row in order of har_listed_ms(); equal ones in any order. Rows that the question
 * does not ask for are passed over. HAR_OK; HAR_END: this row and all after it are beyond
 * the limit; HAR_NO_MEMORY; HAR_OUT_OF_RANGE: it is faster than the one before. */
har_status har_ranking_add(struct har_ranking *ranking, const struct har_listed *row,
                           struct har_error *err);
/* The ranks; no row is added after this. */
void har_ranking_finish(struct har_ranking *ranking, struct har_ranks *out);

/* Where a mark would stand. */
struct har_would_rank {
    size_t rank;
    bool equal;           /* with others */
    bool beyond;          /* the list ended before it: at least `rank` */
    const char *but;      /* why it would not be listed; NULL: it would */
    const char *sentence; /* "61:51 would be equal 17th among the GBR marks listed to July
                             2023, but the course is not eligible"; without full stop */
};

/* Of a mark that nobody has put into the list yet. Its athlete's own rows (by `person`) are
 * not in its way, but one that is as good is told of. HAR_OUT_OF_RANGE: the question does
 * not ask for such a mark (another event, sex, nation, year or age). */
har_status har_list_place(const struct har_ranks *ranks, const struct har_listed *row,
                          struct har_arena *arena, struct har_would_rank *out,
                          struct har_error *err);

/* --- records ------------------------------------------------------------------------- */

/* One step of a progression: nobody the question asks for had run faster before. Of one day
 * only the best counts, for a list does not know the hour. */
struct har_record {
    struct har_listed row;
    bool equals;     /* the record as it stood */
    int64_t gain_ms; /* on the one before; 0 for the first and for equal ones */
};

struct har_progression {
    size_t count;
    const struct har_record *record; /* in order of day */
};

/* Rows in order of day, or in order of har_listed_ms() as the index of a store has them:
 * the answer is the same. `limit` and `all_marks` of the question mean nothing here, nor
 * does `include_aided`: har_listed_no_record() says what is left out. */
enum har_record_order { HAR_RECORDS_BY_DAY, HAR_RECORDS_BY_TIME };

/* Begins a progression: rows are added one by one, in the order that was said. */
struct har_records;
har_status har_records_begin(const struct har_list_question *question,
                             enum har_record_order order, struct har_arena *arena,
                             struct har_records **out, struct har_error *err);
/* As har_ranking_add(). HAR_END: no row after it can be a record. */
har_status har_records_add(struct har_records *records, const struct har_listed *row,
                           struct har_error *err);
/* In order of time only rows of days before this one can still be records (INT64_MAX: any):
 * what to ask an index for. */
int64_t har_records_before(const struct har_records *records);
void har_records_finish(struct har_records *records, struct har_progression *out);

#ifdef __cplusplus
}
#endif

#endif
