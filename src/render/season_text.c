/* SPDX-License-Identifier: MIT */

/* The season for a terminal: one page of the tables in tables.c.
 *
 * Columns that do not fit are left out, the least wanted first; a name is cut; what still
 * does not fit is cut too, so that no line is ever longer than it may be. The page should
 * stay near the 70 lines of a sheet: weeks are at most 30 rows, and of the races, the
 * camps and the stays the latest are shown that fit, with the number of the others beneath.
 * A page wider than 140 columns would only have longer bars. */

#include "tables.h"
#include "utf8.h"
#include "words.h"

#include <math.h>
#include <string.h>

enum { USUAL_WIDTH = 80, WIDEST = 140, SHEET_COLUMNS = 12 };
enum {
    PAGE_LINES = 72,
    LEAST_RACES = 10,
    MOST_STAYS = 5,
    MOST_CAMPS = 5,
    MOST_FORETOLD = 6,
    MOST_PLANNED = 14
};

#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define CYAN "\x1b[36m"
#define PLAIN "\x1b[0m"

struct sheet {
    struct har_text *text;
    struct har_text cell; /* one cell at a time */
    const struct page *page;
    size_t width;
    size_t at;  /* columns of the line written so far */
    size_t gap; /* spaces owed before the next visible thing */
};

/* --- lines ----------------------------------------------------------------------- */

static const char *cell_word(const struct sheet *sheet)
{
    return sheet->cell.data ? sheet->cell.data : "";
}

static void write_capitals(struct har_text *text, const char *string)
{
    for (; *string; string++) {
        char letter =
            *string >= 'a' && *string <= 'z' ? (char)(*string - 'a' + 'A') : *string;
        har_text_bytes(text, &letter, 1);
    }
}

static void sheet_end_line(struct sheet *sheet)
{
    har_text_add(sheet->text, "\n");
    sheet->at = sheet->gap = 0;
}

static void sheet_paint(struct sheet *sheet, const char *colour)
{
    if (sheet->page->style->colour && colour) har_text_add(sheet->text, colour);
}

/* Spaces are owed, not written: no line ends in one. */
static void sheet_put(struct sheet *sheet, const char *string, size_t columns,
                      const char *colour)
{
    if (!*string || sheet->at + sheet->gap >= sheet->width) return;
    size_t room = sheet->width - sheet->at - sheet->gap;
    for (; sheet->gap > 0; sheet->gap--, sheet->at++) har_text_add(sheet->text, " ");
    sheet_paint(sheet, colour);
    sheet->at += har_render_name(sheet->text, string, columns < room ? columns : room);
    if (colour) sheet_paint(sheet, PLAIN);
}

static void sheet_line(struct sheet *sheet, const char *string, const char *colour)
{
    sheet_put(sheet, string, sheet->width, colour);
    sheet_end_line(sheet);
}

/* A cell of a column: `string` at its side, the rest of `columns` owed. */
static void sheet_cell(struct sheet *sheet, const char *string, size_t columns, bool right,
                       const char *colour)
{
    size_t size = utf8_width(string), taken = size < columns ? size : columns;
    if (right) sheet->gap += columns - taken;
    size_t before = sheet->at + sheet->gap;
    sheet_put(sheet, string, columns, colour);
    size_t end = before + (right ? taken : columns);
    if (end > sheet->at) sheet->gap = end - sheet->at;
}

/* --- bars ------------------------------------------------------------------------ */

/* Eighths of a column: a bar is as exact as a terminal allows, and never quite nothing
 * where there is something. */
static void sheet_bar(struct sheet *sheet, double share, size_t columns)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    words_clear(&sheet->cell);
    if (share > 0 && share <= 1) {
        size_t parts = (size_t)llround(share * 8 * (double)columns);
        if (parts == 0) parts = 1;
        for (size_t i = 0; i < parts / 8; i++) har_text_add(&sheet->cell, "█");
        har_text_add(&sheet->cell, eighths[parts % 8]);
    }
    sheet_cell(sheet, cell_word(sheet), columns, false, CYAN);
}

/* --- tables ---------------------------------------------------------------------- */

/* The columns of a table that a sheet has room for, and how wide. */
struct layout {
    size_t count;
    const struct page_column *column[SHEET_COLUMNS];
    size_t width[SHEET_COLUMNS];
};

static bool stretches(const struct page_column *column)
{
    return column->kind == COLUMN_NAME || column->kind == COLUMN_BAR;
}

static size_t layout_width(const struct layout *layout)
{
    size_t width = layout->count - 1;
    for (size_t i = 0; i < layout->count; i++) width += layout->width[i];
    return width;
}

/* Takes the least wanted column away; false if all are wanted. */
static bool drop_column(struct layout *layout)
{
    size_t worst = 0;
    for (size_t i = 1; i < layout->count; i++)
        if (layout->column[i]->rank > layout->column[worst]->rank) worst = i;
    if (layout->column[worst]->rank == 0) return false;
    layout->count--;
    for (size_t i = worst; i < layout->count; i++) {
        layout->column[i] = layout->column[i + 1];
        layout->width[i] = layout->width[i + 1];
    }
    return true;
}

static struct layout lay_out(const struct page_table *table, size_t width)
{
    struct layout layout = {0};
    for (; layout.count < table->column_count && layout.count < SHEET_COLUMNS;
         layout.count++) {
        layout.column[layout.count] = &table->columns[layout.count];
        layout.width[layout.count] = table->columns[layout.count].width;
    }
    while (layout_width(&layout) > width && drop_column(&layout)) continue;
    size_t used = layout_width(&layout);
    for (size_t i = 0; i < layout.count && used < width; i++)
        if (stretches(layout.column[i])) {
            layout.width[i] += width - used;
            used = width;
        }
    return layout;
}

/* A title stands where the first heading would, in capitals, to save a line. */
static void sheet_headings(struct sheet *sheet, const struct page_table *table,
                           const struct layout *layout)
{
    bool titled = table->title && !table->note;
    for (size_t i = 0; i < layout->count; i++) {
        const struct page_column *column = layout->column[i];
        words_clear(&sheet->cell);
        if (i == 0 && titled) write_capitals(&sheet->cell, table->title);
        else har_text_add(&sheet->cell, column_heading(column, sheet->page));
        sheet_cell(sheet, cell_word(sheet), layout->width[i], column->kind == COLUMN_RIGHT,
                   i == 0 && titled ? BOLD : DIM);
        sheet->gap++;
    }
    sheet_end_line(sheet);
}

static void sheet_row(struct sheet *sheet, const struct layout *layout, size_t row)
{
    for (size_t i = 0; i < layout->count; i++) {
        const struct page_column *column = layout->column[i];
        if (column->kind == COLUMN_BAR) {
            sheet_bar(sheet, column->share(sheet->page, row), layout->width[i]);
        } else {
            words_clear(&sheet->cell);
            column->write(&sheet->cell, sheet->page, row);
            sheet_cell(sheet, cell_word(sheet), layout->width[i],
                       column->kind == COLUMN_RIGHT, NULL);
        }
        sheet->gap++;
    }
    sheet_end_line(sheet);
}

static void sheet_note(struct sheet *sheet, const struct page_table *table)
{
    if (!table->note) return;
    words_clear(&sheet->cell);
    write_capitals(&sheet->cell, table->title);
    sheet_put(sheet, cell_word(sheet), sheet->width, BOLD);
    sheet->gap = 2;
    sheet_line(sheet, table->note, DIM);
}

static void sheet_table(struct sheet *sheet, const struct page_table *table, size_t most)
{
    size_t rows = table->rows(sheet->page), hidden = rows > most ? rows - most : 0;
    if (rows == 0 && !table->empty) return;
    sheet_end_line(sheet);
    if (rows == 0) {
        sheet_line(sheet, table->empty, NULL);
        return;
    }
    struct layout layout = lay_out(table, sheet->width);
    sheet_note(sheet, table);
    sheet_headings(sheet, table, &layout);
    for (size_t row = hidden; row < rows; row++) sheet_row(sheet, &layout, row);
    if (hidden == 0) return;
    words_clear(&sheet->cell);
    har_text_format(&sheet->cell, "and %zu earlier", hidden);
    sheet_line(sheet, cell_word(sheet), DIM);
}

/* Lines that a table takes with at most `most` rows. */
static size_t lines_of(const struct sheet *sheet, const struct page_table *table,
                       size_t most)
{
    size_t rows = table->rows(sheet->page);
    if (rows == 0) return table->empty ? 2 : 0;
    size_t heads = table->note ? 3 : 2;
    return heads + (rows > most ? most + 1 : rows);
}

/* --- the page -------------------------------------------------------------------- */

static void sheet_head(struct sheet *sheet, const char *title)
{
    sheet_line(sheet, title && *title ? title : "Season report", BOLD);
    words_clear(&sheet->cell);
    table_dates(&sheet->cell, sheet->page);
    sheet_line(sheet, cell_word(sheet), DIM);
}

static void sheet_longest(struct sheet *sheet)
{
    words_clear(&sheet->cell);
    table_longest_run(&sheet->cell, sheet->page);
    if (sheet->cell.size > 0) sheet_line(sheet, sheet->cell.data, NULL);
}

enum { RESPONSE_LINES = 2 };

static void sheet_response(struct sheet *sheet)
{
    if (!sheet->page->season->learnt) return;
    words_clear(&sheet->cell);
    har_render_response(&sheet->cell, sheet->page->season->learnt, "\n");
    for (char *line = sheet->cell.data; line;) {
        char *next = strchr(line, '\n');
        if (next) *next++ = '\0';
        sheet_line(sheet, line, NULL);
        line = next;
    }
}

/* How many of the planned weeks are not on the page. */
static void sheet_plan(struct sheet *sheet)
{
    const struct page *page = sheet->page;
    sheet_table(sheet, &table_planned, SIZE_MAX);
    if (!page->season->ahead) return;
    size_t all = page->season->ahead->plan.week_count,
           later = all - page->plan_from - page->plan_count;
    if (all == page->plan_count) return;
    words_clear(&sheet->cell);
    har_text_format(&sheet->cell, "and %zu earlier, %zu later; `harrier season show`",
                    page->plan_from, later);
    sheet_line(sheet, cell_word(sheet), DIM);
}

/* How many races the page has room for: what all else leaves, less an empty line, the
 * headings and the number of those left out. */
static size_t races_left(const struct sheet *sheet)
{
    static const struct page_table *const others[] = {
        &table_facts, &table_weeks, &table_zones,   &table_marks,        &table_outlook,
        &table_bests, &table_form,  &table_planned, &table_planned_races};
    size_t used = 3 + 3 + (size_t)(sheet->page->season->learnt ? RESPONSE_LINES : 0) +
                  lines_of(sheet, &table_stays, MOST_STAYS) +
                  lines_of(sheet, &table_camps, MOST_CAMPS) +
                  lines_of(sheet, &table_mornings, SIZE_MAX) +
                  lines_of(sheet, &table_recovered, SIZE_MAX) +
                  lines_of(sheet, &table_foretold, MOST_FORETOLD);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        used += lines_of(sheet, others[i], SIZE_MAX);
    return used + LEAST_RACES < PAGE_LINES ? PAGE_LINES - used : LEAST_RACES;
}

void har_render_season_text(struct har_text *text, const struct har_season *season,
                            const struct har_style *style, const char *title)
{
    struct page page = {season, style, rows_told(season, text->arena), 0, 0};
    struct sheet sheet = {.text = text, .cell = {.arena = text->arena}, .page = &page};
    sheet.width = style->width > 0 ? style->width : USUAL_WIDTH;
    if (sheet.width > WIDEST) sheet.width = WIDEST;
    table_plan_about(&page, MOST_PLANNED);

    sheet_head(&sheet, title);
    sheet_table(&sheet, &table_facts, 1);
    sheet_longest(&sheet);
    sheet_table(&sheet, &table_weeks, MOST_TOLD);
    sheet_table(&sheet, &table_form, 1);
    sheet_response(&sheet);
    sheet_plan(&sheet);
    sheet_table(&sheet, &table_planned_races, SIZE_MAX);
    sheet_table(&sheet, &table_zones, HAR_ZONES + 1);
    sheet_table(&sheet, &table_marks, season->mark_count);
    sheet_table(&sheet, &table_outlook, SIZE_MAX);
    sheet_table(&sheet, &table_foretold, MOST_FORETOLD);
    sheet_table(&sheet, &table_bests, season->best_count);
    sheet_table(&sheet, table_of_races(&page), races_left(&sheet));
    sheet_table(&sheet, &table_recovered, SIZE_MAX);
    sheet_table(&sheet, &table_camps, MOST_CAMPS);
    sheet_table(&sheet, &table_stays, MOST_STAYS);
    sheet_table(&sheet, &table_mornings, SIZE_MAX);
    if (!page.rows.row || sheet.cell.failed) text->failed = true;
}
