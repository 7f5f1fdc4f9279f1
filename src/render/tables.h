/* SPDX-License-Identifier: MIT */
#ifndef RENDER_TABLES_H
#define RENDER_TABLES_H

/* What the season's page says, as tables of columns. The terminal and the HTML page walk
 * the same tables, so that they cannot say two things. */

#include "rows.h"

struct page {
    const struct har_season *season;
    const struct har_style *style;
    struct page_rows rows;
    size_t plan_from, plan_count; /* the planned weeks that are told */
};

enum column_kind {
    COLUMN_LEFT,
    COLUMN_RIGHT,
    COLUMN_NAME, /* takes the room that is left */
    COLUMN_BAR,  /* the same, filled with a bar; the terminal's only */
};

struct page_column {
    const char *heading;
    const char *imperial; /* heading in miles and feet; NULL: the same */
    enum column_kind kind;
    unsigned width; /* columns of a terminal; of a name or a bar the least */
    unsigned rank;  /* 0 is always there; the highest goes first where it is narrow */
    /* Writes one cell; knows nothing of markup or width. NULL for a bar. */
    void (*write)(struct har_text *text, const struct page *page, size_t row);
    /* A bar's length, 0..1. */
    double (*share)(const struct page *page, size_t row);
};

struct page_table {
    const char *title; /* NULL: it needs none */
    const char *note;  /* a sentence beside the title, or NULL */
    const char *empty; /* said where there is no row; NULL: nothing is */
    const struct page_column *columns;
    size_t column_count;
    size_t (*rows)(const struct page *page);
};

extern const struct page_table table_facts, table_weeks, table_ascent, table_longest,
    table_zones, table_marks, table_outlook, table_foretold, table_bests, table_stays,
    table_camps, table_mornings, table_form, table_recovered, table_planned,
    table_planned_races;

/* The races; with their official results where any is kept. */
const struct page_table *table_of_races(const struct page *page);

const char *column_heading(const struct page_column *column, const struct page *page);

/* The planned weeks around the first day that is not over, at most so many; SIZE_MAX: all.
 */
void table_plan_about(struct page *page, size_t most);

/* The longest run in a sentence; nothing where there is none. */
void table_longest_run(struct har_text *text, const struct page *page);
/* 2025-09-01 to 2026-03-29, 30 weeks. */
void table_dates(struct har_text *text, const struct page *page);

/* Zones are told from the hardest down, what is unknown last: the zone of a row (HAR_ZONES:
 * unknown), its share of the time with a heart rate, "zone 5, 169-187", "4 %, 8:02 h". */
size_t table_zone_of(size_t row);
double table_zone_share(const struct page *page, size_t row);
void table_zone_name(struct har_text *text, const struct page *page, size_t row);
void table_zone_amount(struct har_text *text, const struct page *page, size_t row);

#endif
