/* SPDX-License-Identifier: MIT */
/* What a table may be, for a user to put right.
 *
 * Names go first. A column whose name says nothing is judged by the first rows under it, if
 * nearly all that are told there agree: days, times, events, nations, sexes, names. Where
 * two columns are days, the earlier ones are of birth. A guess is never acted upon by
 * itself: results that went into a list by mistake cost more than a question. */

#include "cell.h"
#include "columns.h"
#include "layout.h"
#include "phrase.h"
#include "text.h"

#include <string.h>

enum { SHOWN = 5, LOOKED_AT = 40 };

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

struct look {
    struct har_table table;
    struct columns columns;
    size_t rows;
    const struct har_bytes *row[LOOKED_AT]; /* column_count each */
    struct har_arena *arena;
};

/* --- what one cell looks like ------------------------------------------------------------
 */

static bool looks_like_day(struct har_bytes cell)
{
    int64_t day;
    return cell_day(cell, &day, NULL) == HAR_OK;
}

static bool looks_like_mark(struct har_bytes cell)
{
    struct har_mark mark;
    unsigned caveats = 0;
    int eligible = HAR_UNTOLD;
    return (cell_is_no_mark(cell) || memchr(cell.data, ':', cell.size)) &&
           (cell_is_no_mark(cell) ||
            cell_mark(cell, &mark, &caveats, &eligible, NULL) == HAR_OK);
}

/* A number alone is an event only if it is a usual one. */
static bool looks_like_event(struct har_bytes cell)
{
    static const char *const usual[] = {"100",  "200",  "400",  "800",  "1000",
                                        "1500", "3000", "5000", "10000"};
    struct har_event event;
    int64_t number;
    if (!har_parse_integer(cell, &number))
        return phrase_event(cell, &event, NULL) == HAR_OK && !looks_like_mark(cell);
    for (size_t i = 0; i < COUNT(usual); i++)
        if (cell_says(cell, usual[i])) return true;
    return false;
}

static bool looks_like_nation(struct har_bytes cell)
{
    const char *nation = NULL;
    return cell.size == 3 && cell_nation(cell, &nation, NULL) == HAR_OK && nation;
}

static bool looks_like_sex(struct har_bytes cell)
{
    return cell_sex(cell) != HAR_UNTOLD;
}

/* Two words or more, and no number among them. */
static bool looks_like_name(struct har_bytes cell)
{
    for (size_t i = 0; i < cell.size; i++)
        if (cell.data[i] >= '0' && cell.data[i] <= '9') return false;
    return memchr(cell.data, ' ', cell.size) != NULL;
}

static const struct {
    enum meaning meaning;
    bool (*looks_like)(struct har_bytes cell);
} looks[] = {
    {DATE, looks_like_day},      {MARK, looks_like_mark}, {EVENT, looks_like_event},
    {NATION, looks_like_nation}, {SEX, looks_like_sex},   {ATHLETE, looks_like_name},
};

/* --- columns ----------------------------------------------------------------------------
 */

static bool column_looks_like(const struct look *look, size_t column,
                              bool (*looks_like)(struct har_bytes cell))
{
    size_t told = 0, alike = 0;
    for (size_t i = 0; i < look->rows; i++) {
        struct har_bytes cell = look->row[i][column];
        if (!cell.size) continue;
        told++;
        alike += looks_like(cell);
    }
    return told > 0 && alike * 10 >= told * 9;
}

static bool has_meaning(const struct columns *columns, size_t column, enum meaning *meaning)
{
    for (size_t m = 0; m < MEANINGS; m++) {
        if (columns->of[m] != column) continue;
        *meaning = (enum meaning)m;
        return true;
    }
    return false;
}

static int64_t first_day_in(const struct look *look, size_t column)
{
    int64_t day = HAR_NO_DAY;
    for (size_t i = 0; i < look->rows && day == HAR_NO_DAY; i++)
        cell_day(look->row[i][column], &day, NULL);
    return day;
}

/* Of two columns of days the later is the race's. */
static void part_days(struct look *look, size_t other)
{
    size_t *date = &look->columns.of[DATE], *born = &look->columns.of[BORN];
    if (*born != HAR_NO_COLUMN) return;
    *born = other;
    if (first_day_in(look, other) <= first_day_in(look, *date)) return;
    *born = *date;
    *date = other;
}

static bool names_athlete(const struct columns *c)
{
    return c->of[ATHLETE] != HAR_NO_COLUMN || c->of[FAMILY] != HAR_NO_COLUMN;
}

static void guess_by_content(struct look *look, bool *by_content)
{
    enum meaning known;
    for (size_t i = 0; i < COUNT(looks); i++) {
        size_t *column = &look->columns.of[looks[i].meaning];
        bool by_name = *column != HAR_NO_COLUMN;
        if (by_name || (looks[i].meaning == ATHLETE && names_athlete(&look->columns)))
            continue;
        for (size_t c = 0; c < look->table.column_count; c++) {
            if (has_meaning(&look->columns, c, &known) ||
                !column_looks_like(look, c, looks[i].looks_like))
                continue;
            if (*column == HAR_NO_COLUMN) *column = c;
            else if (looks[i].meaning == DATE) part_days(look, c);
            else continue;
            by_content[c] = true;
        }
    }
}

/* --- looking
 * ------------------------------------------------------------------------------ */

static har_status guess_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory to guess");
}

static bool keep_look(struct look *look, const struct har_bytes *field, size_t count)
{
    size_t columns = look->table.column_count;
    struct har_bytes *row = HAR_NEW(look->arena, struct har_bytes, columns);
    if (!row) return false;
    for (size_t i = 0; i < columns; i++) row[i] = i < count ? field[i] : har_bytes_of("");
    look->row[look->rows++] = row;
    return true;
}

/* A header has neither a day nor a time in it. */
static bool is_headless(const struct har_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        struct har_bytes cell = table->column[i];
        bool clock =
            cell.size && memchr(cell.data, ':', cell.size) && looks_like_mark(cell);
        if (clock || looks_like_day(cell)) return true;
    }
    return false;
}

static har_status look_at(struct har_bytes sheet, struct look *look, struct har_error *err)
{
    struct har_table_row row = {0};
    if (sheet.size && (sheet.data[0] == '{' || sheet.data[0] == '['))
        return har_fail(err, HAR_UNSUPPORTED, 0, "it is JSON, which has no columns");
    har_status got = har_table_open(sheet, look->arena, &look->table, err);
    if (got == HAR_OK) {
        bool headless = is_headless(&look->table);
        got =
            columns_find(&look->table, headless ? "header=no" : NULL, &look->columns, err);
    }
    if (got) return got;
    bool kept = !look->columns.headless ||
                keep_look(look, look->table.column, look->table.column_count);
    while (kept && look->rows < LOOKED_AT &&
           (got = har_table_next(&look->table, look->arena, &row, NULL)) != HAR_END) {
        if (got == HAR_OK) kept = keep_look(look, row.field, row.count);
        if (got == HAR_NO_MEMORY) kept = false;
    }
    return kept ? HAR_OK : guess_full(err);
}

/* --- telling
 * ------------------------------------------------------------------------------ */

static const char *name_of(const struct look *look, size_t column)
{
    struct har_text number = {.arena = look->arena};
    const char *name = NULL;
    har_text_format(&number, "#%zu", column + 1);
    if (!look->columns.headless && look->table.column[column].size)
        return text_of_cell(look->table.column[column], look->arena, &name) ? name : NULL;
    return number.data;
}

/* The name where it alone leads to the column, as bytes; else the number. */
static void add_column(struct har_text *text, const struct look *look, size_t column)
{
    struct har_bytes name = look->table.column[column];
    bool plain = !look->columns.headless && name.size > 0 && name.data[0] != '#';
    for (size_t i = 0; i < name.size; i++) plain = plain && name.data[i] >= ' ';
    for (size_t i = 0; i < column; i++)
        plain = plain && !(look->table.column[i].size == name.size &&
                           memcmp(look->table.column[i].data, name.data, name.size) == 0);
    if (plain) har_text_bytes(text, name.data, name.size);
    else har_text_format(text, "#%zu", column + 1);
}

static const char *mapping_of(const struct look *look)
{
    struct har_text text = {.arena = look->arena};
    if (look->columns.headless) har_text_add(&text, "header=no\n");
    for (size_t m = 0; m < MEANINGS; m++) {
        size_t column = look->columns.of[m];
        bool needed = m == DATE || m == EVENT || m == MARK;
        if (column == HAR_NO_COLUMN && !needed) continue;
        har_text_format(&text, "%s=", columns_meaning((enum meaning)m));
        if (column != HAR_NO_COLUMN) add_column(&text, look, column);
        har_text_add(&text, "\n");
    }
    return text.failed ? NULL : text.data;
}

static bool tell(const struct look *look, const bool *by_content,
                 struct har_sheet_guess *out)
{
    size_t columns = look->table.column_count,
           shown = look->rows < SHOWN ? look->rows : SHOWN;
    struct har_sheet_column *column =
        HAR_NEW(look->arena, struct har_sheet_column, columns);
    const char **cell = HAR_NEW(look->arena, const char *, columns *shown);
    enum meaning meaning;
    *out = (struct har_sheet_guess){mapping_of(look), columns, column, shown, cell};
    bool kept = column && cell && out->mapping;
    for (size_t c = 0; c < columns && kept; c++) {
        column[c].name = name_of(look, c);
        column[c].by_content = by_content[c];
        if (has_meaning(&look->columns, c, &meaning))
            column[c].meaning = columns_meaning(meaning);
        kept = column[c].name != NULL;
    }
    for (size_t i = 0; i < columns * shown && kept; i++) {
        cell[i] = "";
        kept = text_of_cell(look->row[i / columns][i % columns], look->arena, &cell[i]);
    }
    return kept;
}

/* What a timing system wrote has columns of its own, and lacks something else. */
static har_status refuse_timing_systems(struct har_bytes sheet, struct har_arena *arena,
                                        struct har_error *err)
{
    struct har_error why = {0};
    struct gathering g = {.arena = arena, .err = &why, .rest = har_result_untold()};
    har_status got = layout_lynx(sheet, &g);
    if (got == HAR_UNSUPPORTED) got = layout_hytek(sheet, &g);
    if (got == HAR_NO_MEMORY) return guess_full(err);
    return got == HAR_UNSUPPORTED && !why.message[0]
               ? HAR_OK
               : har_fail(err, HAR_UNSUPPORTED, 0, "it is no table");
}

har_status har_results_guess(struct har_bytes sheet, struct har_arena *arena,
                             struct har_sheet_guess *out, struct har_error *err)
{
    struct look look = {.arena = arena};
    if (!text_of_sheet(&sheet, arena)) return guess_full(err);
    har_status got = refuse_timing_systems(sheet, arena, err);
    if (got == HAR_OK) got = look_at(sheet, &look, err);
    if (got) return got;
    bool *by_content = HAR_NEW(arena, bool, look.table.column_count);
    if (!by_content) return guess_full(err);
    guess_by_content(&look, by_content);
    return tell(&look, by_content, out) ? HAR_OK : guess_full(err);
}
