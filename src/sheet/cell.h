/* SPDX-License-Identifier: MIT */
#ifndef SHEET_CELL_H
#define SHEET_CELL_H

/* What one cell of a sheet says. */

#include "harrier/sheet.h"

/* HAR_BAD_INPUT for a cell that says none of it, and a sentence that quotes the cell. */
har_status cell_day(struct har_bytes cell, int64_t *day, struct har_error *err);
/* The day of 2017-13-08, as one program writes 13 August; false for any other text. */
bool cell_day_first(struct har_bytes cell, int64_t *day);
har_status cell_mark(struct har_bytes cell, struct har_mark *mark, struct har_error *err);
/* An empty cell leaves what is known. */
har_status cell_flag(struct har_bytes cell, const char *column, int *flag,
                     struct har_error *err);
har_status cell_number(struct har_bytes cell, const char *column, double *value,
                       struct har_error *err);

/* Seconds of 7:30 or 7:30:00, hours first, or of a number of `unit_s` each. */
har_status cell_duration(struct har_bytes cell, const char *column, double unit_s,
                         double *seconds, struct har_error *err);

/* HAR_UNTOLD for what is neither a man's nor a woman's word. */
int cell_sex(struct har_bytes cell);
/* The number with which the cell begins: 3 of "3f2"; 0 for none. */
int cell_place(struct har_bytes cell);
/* Whether the cell says that there is no mark: DNS, DNF, DQ ... */
bool cell_is_no_mark(struct har_bytes cell);
/* Whether the cell ends in "(i)", as World Athletics' lists mark a short track. */
bool cell_says_indoors(struct har_bytes cell);
/* A copy in UTF-8; an empty cell leaves what is known. False: no memory. */
bool cell_text(struct har_bytes cell, struct har_arena *arena, const char **text);

#endif
