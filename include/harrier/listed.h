/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_LISTED_H
#define HARRIER_LISTED_H

/* listed - one mark of a list.
 *
 * Who ran it, where and when, and what lists say beside it: the row of which rankings,
 * records and careers are made.
 */

#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any of these can differ. */
enum { HAR_LISTED_VERSION = 1 };

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

/* Whether two events are one, as lists keep them. */
bool har_same_event(const struct har_event *a, const struct har_event *b);

/* 0: not told. */
int har_listed_born_year(const struct har_listed *row);

/* The age on the day of the race at its least and its most; HAR_UNTOLD twice where birth or
 * race are not told. */
void har_listed_ages(const struct har_listed *row, int *least, int *most);

/* A copy of `row` with its texts, or false: no memory. */
bool har_listed_copy(const struct har_listed *row, struct har_arena *arena,
                     struct har_listed *out);

#ifdef __cplusplus
}
#endif

#endif
