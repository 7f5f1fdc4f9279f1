/* SPDX-License-Identifier: MIT */
#ifndef RENDER_ROWS_H
#define RENDER_ROWS_H

/* A season told in as many rows as a page has: weeks, or months, years and more of weeks.
 */

#include "harrier/render.h"

enum row_span {
    ROW_WEEK,
    ROW_MONTH,
    ROW_YEAR,
    ROW_DECADE,
    ROW_CENTURY,
    ROW_BEFORE, /* everything before the other rows */
    ROW_SPANS
};

struct page_row {
    enum row_span span;
    int64_t from_day; /* Monday of its first week */
    unsigned weeks;
    struct har_week sum; /* `monday` is that of its first week */
};

struct page_rows {
    size_t count;
    const struct page_row *row; /* NULL if there was no memory */
};

/* The last weeks one by one, months before them, years before those: at most MOST_TOLD. */
enum { MOST_TOLD = 30 };
struct page_rows rows_told(const struct har_season *season, struct har_arena *arena);

/* All rows of one span, the finest that needs at most MOST_DRAWN of them. */
enum { MOST_DRAWN = 106 };
struct page_rows rows_drawn(const struct har_season *season, struct har_arena *arena);

/* What a row is called: 2026-01-05, 2026-01, 2026, 2020-2029, "to 2019". */
void row_label(struct har_text *text, const struct page_row *row);
/* "week", "month", ... */
const char *row_span_name(enum row_span span);
/* The number of the span in which a day lies: equal for days of one span. */
int64_t row_key(enum row_span span, int64_t day);
/* The day by which the whole week is reckoned: its Thursday. */
int64_t row_week_day(int64_t monday);
/* What the days of a row asked together; NaN where nothing is known of them. */
double row_load(const struct har_season *season, const struct page_row *row);
/* The distance of a row for one week. */
double row_weekly_m(const struct page_row *row);

#endif
