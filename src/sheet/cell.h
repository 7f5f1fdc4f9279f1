/* SPDX-License-Identifier: MIT */
#ifndef SHEET_CELL_H
#define SHEET_CELL_H

/* What one cell of a sheet says. */

#include "harrier/sheet.h"

/* Whether it is that word, whatever the case of ASCII letters. */
bool cell_says(struct har_bytes cell, const char *word);
struct har_bytes cell_trimmed(struct har_bytes cell);
/* As many of its bytes as stand in a sentence. */
int cell_quoted(struct har_bytes cell);

/* HAR_BAD_INPUT for a cell that says none of it, and a sentence that quotes the cell. */
har_status cell_day(struct har_bytes cell, int64_t *day, struct har_error *err);
/* The day of 2017-13-08, as one program writes 13 August; false for any other text. */
bool cell_day_first(struct har_bytes cell, int64_t *day);
/* The day of 5/6/2026 where it is known that the month comes first. */
bool cell_american_day(struct har_bytes cell, int64_t *day);

/* The mark, and what stands behind it: 3:33.4hA, 27:41+. */
har_status cell_mark(struct har_bytes cell, struct har_mark *mark, unsigned *caveats,
                     int *eligible, struct har_error *err);
har_status cell_caveats(struct har_bytes cell, unsigned *caveats, struct har_error *err);

/* An empty cell leaves what is known. */
har_status cell_flag(struct har_bytes cell, const char *column, int *flag,
                     struct har_error *err);
har_status cell_number(struct har_bytes cell, const char *column, double *value,
                       struct har_error *err);
har_status cell_nation(struct har_bytes cell, const char **nation, struct har_error *err);

/* The day, or the year where that is all; 74 is the last year that may be of a runner. */
struct born {
    int64_t day;
    int year;
};
har_status cell_born(struct har_bytes cell, int64_t race_day, struct born *born,
                     struct har_error *err);

/* Seconds of 7:30 or 7:30:00, hours first, or of a number of `unit_s` each. */
har_status cell_duration(struct har_bytes cell, const char *column, double unit_s,
                         double *seconds, struct har_error *err);

/* HAR_UNTOLD for what is neither a man's nor a woman's word. */
int cell_sex(struct har_bytes cell);
int cell_sex_of_class(struct har_bytes cell); /* of M40, W, U20W too */
/* The number with which the cell begins, 0 for none, and what stands behind it: f2 of 3f2.
 */
int cell_place(struct har_bytes cell, struct har_bytes *left);
/* Whether the cell says that there is no mark: DNS, DNF, DQ ... */
bool cell_is_no_mark(struct har_bytes cell);
/* Whether the cell ends in "(i)", as World Athletics' lists mark a short track. */
bool cell_says_indoors(struct har_bytes cell);

#endif
