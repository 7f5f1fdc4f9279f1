/* SPDX-License-Identifier: MIT */
/* Lists of results -> marks in their conditions: whose layout it is, and tables, which are
 * all that no other layout knows.
 *
 * What is known beside the sheet fills what rows do not say: what the caller tells, then
 * what the file is called. A name tells an event only together with a sex, as lists are
 * called: a number in any other is a year or a bib more often than a distance. */

#include "columns.h"
#include "layout.h"
#include "phrase.h"
#include "text.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* --- tables ------------------------------------------------------------------------- */

static har_status gather_fields(struct gathering *g, const struct columns *columns,
                                const struct har_table_row *row)
{
    struct cells cells = cells_at(row->line);
    for (size_t m = 0; m < MEANINGS; m++)
        if (columns->of[m] != HAR_NO_COLUMN)
            cells.of[m] = har_table_field(row, columns->of[m]);
    return gather(g, &cells);
}

static har_status read_rows(struct har_table *table, const struct columns *columns,
                            struct gathering *g)
{
    struct har_table_row row = {0};
    struct har_error why = {0};
    har_status got = HAR_OK;
    if (columns->headless) {
        struct har_bytes *field = HAR_NEW(g->arena, struct har_bytes, table->column_count);
        if (!field) return gathering_full(g);
        memcpy(field, table->column, table->column_count * sizeof *field);
        row = (struct har_table_row){1, table->header, table->column_count, field,
                                     table->column_count};
        got = gather_fields(g, columns, &row);
    }
    while (got == HAR_OK && (got = har_table_next(table, g->arena, &row, &why)) != HAR_END)
        got = got == HAR_BAD_INPUT   ? gather_refusal(g, row.line, &why)
              : got == HAR_NO_MEMORY ? gathering_full(g)
                                     : gather_fields(g, columns, &row);
    return got == HAR_END ? HAR_OK : got;
}

/* HAR_UNSUPPORTED where the header does not say enough: it may be of another layout. */
static har_status read_table(struct har_bytes sheet, const char *mapping,
                             struct gathering *g)
{
    struct har_table table;
    struct columns columns;
    har_status got = har_table_open(sheet, g->arena, &table, g->err);
    if (got == HAR_OK) got = columns_find(&table, mapping, &columns, g->err);
    if (got) return got;
    got = columns_check(&columns, &g->rest, g->err);
    if (got) return HAR_UNSUPPORTED;
    return read_rows(&table, &columns, g);
}

/* --- whatever it is ------------------------------------------------------------------ */

static const struct {
    const char *name;
    read_layout *read;
} layouts[] = {
    {"json", layout_json},
    {"finishlynx", layout_lynx},
    {"hytek", layout_hytek},
};

/* Files of timing systems that say by their name that they hold no marks. */
static const struct {
    const char *ending, *what;
} without_marks[] = {
    {".evt", "it holds FinishLynx entries, no marks; the results are in .lif files"},
    {".ppl", "it holds FinishLynx names, no marks; the results are in .lif files"},
    {".sch", "it holds a FinishLynx schedule, no marks; the results are in .lif files"},
};

static har_status check_ending(const char *file, struct har_error *err)
{
    size_t length = file ? strlen(file) : 0;
    for (size_t i = 0; i < COUNT(without_marks) && length > 4; i++)
        if (strcmp(file + length - 4, without_marks[i].ending) == 0)
            return har_fail(err, HAR_UNSUPPORTED, 0, "%s", without_marks[i].what);
    return HAR_OK;
}

static struct har_result known_beside(const struct har_sheet_hints *hints)
{
    struct har_result rest = hints->rest ? *hints->rest : har_result_untold();
    const char *file = hints->file ? hints->file : "", *slash = strrchr(file, '/');
    struct har_bytes name = har_bytes_of(slash ? slash + 1 : file);
    const uint8_t *dot = name.size ? memchr(name.data, '.', name.size) : NULL;
    if (dot) name.size = (size_t)(dot - name.data);
    if (rest.event.distance_mm > 0 || phrase_passed(name)) return rest;
    struct phrase told = phrase_of_race(name);
    if (!told.has_event || told.sex == HAR_UNTOLD) return rest;
    rest.event = told.event;
    if (rest.sex == HAR_UNTOLD) rest.sex = told.sex;
    return rest;
}

/* Everything but tables says by its first bytes what it is; a list does so last, since any
 * table with a header goes before it. */
static har_status read_any(struct har_bytes sheet, const char *mapping, struct gathering *g,
                           const char **layout)
{
    har_status got = HAR_UNSUPPORTED;
    for (size_t i = 0; i < COUNT(layouts) && !mapping; i++) {
        *layout = layouts[i].name;
        got = layouts[i].read(sheet, g);
        if (got != HAR_UNSUPPORTED || (g->err && g->err->message[0])) return got;
    }
    *layout = "table";
    got = read_table(sheet, mapping, g);
    if (got != HAR_UNSUPPORTED || mapping)
        return got == HAR_UNSUPPORTED ? HAR_BAD_INPUT : got;
    *layout = "list";
    struct har_error why = *g->err;
    got = layout_list(sheet, g);
    if (got != HAR_UNSUPPORTED) return got;
    *g->err = why;
    return why.status;
}

har_status har_results_read(struct har_bytes sheet, const struct har_sheet_hints *hints,
                            struct har_arena *arena, struct har_results *out,
                            struct har_error *err)
{
    static const struct har_sheet_hints none = {0};
    struct har_error why = {0};
    if (!hints) hints = &none;
    struct gathering g = {.arena = arena, .err = &why, .rest = known_beside(hints)};
    const char *layout = NULL;
    har_status got = check_ending(hints->file, &why);
    if (got == HAR_OK && !text_of_sheet(&sheet, arena)) got = gathering_full(&g);
    if (got == HAR_OK && sheet.size && memchr(sheet.data, 0, sheet.size))
        got = har_fail(&why, HAR_UNSUPPORTED, 0,
                       "it is no text; save it as CSV in UTF-8, or as its maker's text");
    if (got == HAR_OK) got = read_any(sheet, hints->mapping, &g, &layout);
    if (got) {
        if (err) *err = why;
        return got;
    }
    *out = (struct har_results){
        layout,        g.competition,  g.count,  g.result,       g.refused.count,
        g.refused.row, g.passed_count, g.passed, g.without_mark,
    };
    return HAR_OK;
}
