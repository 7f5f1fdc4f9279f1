/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_LIST_H
#define HARRIER_LIST_H

/* list - marks -> rankings, record progressions, meetings, careers.
 *
 * Marks come by millions, so lists are made of rows as somebody hands them in, in order of
 * time or day, and say when they have enough. Texts of a row are borrowed for the call
 * where rows are added one by one, and for as long as the answer is used where they are
 * given all at once. Answers lie in the arena.
 */

#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any list can differ. */
enum { HAR_LIST_VERSION = 1 };

/* --- one mark of a list -------------------------------------------------------------- */

/* Texts are NULL where they are not told. Begin with har_listed_of(), or set all of it. */
struct har_listed {
    int64_t id;     /* of the mark, as whoever keeps it counts */
    int64_t person; /* of the athlete; 0: not known, and then nobody else's */
    uint64_t race;  /* those who ran together have the same; 0: not known */
    const char *name, *nation;
    int sex; /* an enum har_sex, or HAR_UNTOLD */
    int64_t born_day;
    int born_year; /* 0: not told; also where the day is */
    struct har_event event;
    struct har_mark mark;
    int64_t day; /* HAR_NO_DAY: not told */
    int place;   /* 0: not told */
    const char *round, *competition, *venue;
    unsigned caveats; /* enum har_caveat */
    int eligible;     /* as in struct har_result */
    int points;       /* HAR_UNTOLD: none */
};

/* The row of a result: its race by har_race_of(), its points by the tables of 2025. Borrows
 * its texts. */
struct har_listed har_listed_of(const struct har_result *result, int64_t id,
                                int64_t person);

/* A number for the race that a row was run in, from its event, day, sex, competition,
 * venue and round; 0 where the day is not told, or neither competition nor venue. */
uint64_t har_race_of(const struct har_listed *row);

/* The time by which lists order a mark, in thousandths: the official one, and what a watch
 * in the hand gains on the camera: 0.24 s to 200 m, 0.14 s to 400 m, nothing beyond. Rows
 * "in order of time" are in order of this. */
int64_t har_listed_ms(const struct har_mark *mark, const struct har_event *event);

/* The order of lists: by that time, then by day (none last), place (none last), name,
 * id. */
int har_listed_compare(const struct har_listed *a, const struct har_listed *b);

/* What a list prints beside the mark, in this order: "h" by hand, "i" short track, "+"
 * passed within a longer race, "A" at altitude, "d" downhill, "p" point to point, "a"
 * aided in a way not told, "OT" too large a short track, "Mx" with men, "Wo" women only,
 * "#" not ratified. The number of them. */
enum { HAR_MOST_FLAGS = 11 };
size_t har_listed_flags(const struct har_listed *row, const char *flag[HAR_MOST_FLAGS]);

/* Why a row is kept apart from ordinary lists (an aided course, too large a track), or
 * from records (also what was not ratified, times by hand where a camera is asked for,
 * women's marks with men on a track): a clause, such as "the course is not eligible". NULL:
 * it is not. */
const char *har_listed_apart(const struct har_listed *row);
const char *har_listed_no_record(const struct har_listed *row);

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

/* --- meetings ------------------------------------------------------------------------ */

struct har_meeting {
    const struct har_listed *a, *b; /* of the rows given */
    int winner;                     /* 0: a, 1: b, HAR_UNTOLD: a tie */
};

struct har_meetings {
    size_t wins, losses, ties; /* of a */
    size_t heats;              /* meetings in heats and semi-finals: not counted */
    size_t unclear;            /* the same place and different times: not one race */
    size_t count;
    const struct har_meeting *meeting; /* in order of day */
};

/* Two careers: the races that both finished. Heats, semi-finals and qualifying rounds do
 * not count, nor do marks passed on the way; the place decides where both have one, else
 * the time. Who did not finish has no mark and so no meeting. */
har_status har_list_meetings(const struct har_listed *a, size_t a_count,
                             const struct har_listed *b, size_t b_count,
                             struct har_arena *arena, struct har_meetings *out,
                             struct har_error *err);

/* Whether a round leads to another: h2, sf1, qf, pr; not f, r1 (a race of sections). */
bool har_round_is_heat(const char *round);

/* --- careers ------------------------------------------------------------------------- */

struct har_career_mark {
    const struct har_listed *row; /* of the rows given */
    int points;                   /* by the tables of 2025; HAR_UNTOLD: none */
    int age;                      /* on the day; HAR_UNTOLD */
    double age_grade_pct;         /* NaN: none */
    bool best;                    /* nothing as fast on an earlier day, of what has a day */
};

/* A place in a final of the championships that are counted. */
struct har_honour {
    const struct har_listed *row;
    const char *championship; /* "World Championships" */
    int place;                /* 1..8 */
};

struct har_career {
    /* The best of each event, shorter first; the short track is an event of its own. */
    size_t best_count;
    const struct har_career_mark *best;
    /* The best of each event and year, in that order, by year within an event. */
    size_t season_count;
    const struct har_career_mark *season;
    /* The steps by which the bests were reached: event, then day. */
    size_t step_count;
    const struct har_career_mark *step;
    /* Faster than the best and kept apart: one of each event. */
    size_t apart_count;
    const struct har_career_mark *apart;
    /* The greatest championships first, then in order of day. */
    size_t honour_count;
    const struct har_honour *honour;
};

/* All rows of one athlete, in any order. Rows that har_listed_apart() keeps apart are only
 * in `apart`. */
har_status har_list_career(const struct har_listed *row, size_t count,
                           struct har_arena *arena, struct har_career *out,
                           struct har_error *err);

/* The championship that a competition's name names; NULL: none that is counted. */
const char *har_championship_of(const char *competition);

#ifdef __cplusplus
}
#endif

#endif
