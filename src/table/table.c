/* SPDX-License-Identifier: MIT */
/* Tables of text, RFC 4180 and its neighbours.
 *
 * What the RFC leaves open or forbids and files do all the same: CR alone ends a row (old
 * spreadsheets), a semicolon or a tab stands for the comma (spreadsheets where the comma is
 * the decimal point), spaces lie before an opening quote, text follows a closing one. All
 * of it is read as it was meant. A quote inside an unquoted field is a quote: 5' 10".
 *
 * A quote that is never closed would swallow the rest of the file. The row it is in is
 * refused, and from there on no quote spans lines: that file's quotes cannot be trusted to,
 * and looking for the end of the file from each of its lines would take for ever. */

#include "harrier/table.h"

#include <string.h>

static const char delimiters[] = {',', ';', '\t'}; /* of equals, the first */

static har_status table_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for this table");
}

static bool is_line_end(uint8_t c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(struct har_bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ' ') return false;
    return true;
}

static struct har_bytes piece(const struct har_table *table, size_t from, size_t to)
{
    return (struct har_bytes){table->text.data + from, to - from};
}

static struct har_bytes trimmed(struct har_bytes text)
{
    while (text.size && text.data[0] == ' ') text.data++, text.size--;
    while (text.size && text.data[text.size - 1] == ' ') text.size--;
    return text;
}

/* --- one field ---------------------------------------------------------------------- */

/* Where what is not quoted ends. */
static size_t plain_end(const struct har_table *table, size_t at)
{
    const uint8_t *c = table->text.data;
    while (at < table->text.size && c[at] != (uint8_t)table->delimiter &&
           !is_line_end(c[at]))
        at++;
    return at;
}

/* The quote that closes what began before `at`; `*doubled` says whether quotes stand for
 * quotes in between. False: there is none. */
static bool find_closing(const struct har_table *table, size_t *at, bool *doubled)
{
    const uint8_t *c = table->text.data;
    size_t size = table->text.size;
    for (; *at < size && !(table->within_lines && is_line_end(c[*at])); ++*at) {
        if (c[*at] != '"') continue;
        if (*at + 1 == size || c[*at + 1] != '"') return true;
        *doubled = true;
        ++*at;
    }
    return false;
}

/* What a quoted field says, put together: one quote for two, and what follows the closing
 * one. */
static bool rewrite(struct har_bytes quoted, struct har_bytes tail, struct har_arena *arena,
                    struct har_bytes *field)
{
    uint8_t *to = HAR_ROOM(arena, uint8_t, quoted.size + tail.size);
    if (!to) return false;
    size_t size = 0;
    for (size_t i = 0; i < quoted.size; i++) {
        to[size++] = quoted.data[i];
        if (quoted.data[i] == '"') i++;
    }
    if (tail.size) memcpy(to + size, tail.data, tail.size);
    *field = (struct har_bytes){to, size + tail.size};
    return true;
}

/* Reads the field at `*at`, which goes on to what ends it. HAR_BAD_INPUT: it is not closed.
 */
static har_status take_field(const struct har_table *table, size_t *at,
                             struct har_arena *arena, struct har_bytes *field)
{
    size_t from = *at, size = table->text.size;
    while (from < size && table->text.data[from] == ' ') from++;
    if (from == size || table->text.data[from] != '"') {
        *at = plain_end(table, from);
        *field = trimmed(piece(table, from, *at));
        return HAR_OK;
    }
    size_t close = from + 1;
    bool doubled = false;
    if (!find_closing(table, &close, &doubled)) return HAR_BAD_INPUT;
    *at = plain_end(table, close + 1);
    struct har_bytes quoted = piece(table, from + 1, close),
                     tail = trimmed(piece(table, close + 1, *at));
    *field = quoted;
    if (!doubled && tail.size == 0) return HAR_OK;
    return rewrite(quoted, tail, arena, field) ? HAR_OK : HAR_NO_MEMORY;
}

/* --- one row ------------------------------------------------------------------------ */

static void pass_line_end(struct har_table *table)
{
    const uint8_t *c = table->text.data;
    size_t size = table->text.size;
    if (table->at == size) return;
    if (c[table->at] == '\r' && table->at + 1 < size && c[table->at + 1] == '\n')
        table->at++;
    table->at++;
    table->line++;
}

/* Goes on to `end`, counting the lines that a row spans. */
static void pass_row(struct har_table *table, size_t end)
{
    while (table->at < end) {
        if (is_line_end(table->text.data[table->at])) pass_line_end(table);
        else table->at++;
    }
    pass_line_end(table);
}

static har_status keep_row(struct har_table *table, size_t end, struct har_table_row *row)
{
    row->line = table->line;
    row->text = piece(table, table->at, end);
    pass_row(table, end);
    return HAR_OK;
}

static har_status refuse_quote(struct har_table *table, struct har_table_row *row,
                               struct har_error *err)
{
    size_t end = table->at;
    while (end < table->text.size && !is_line_end(table->text.data[end])) end++;
    table->within_lines = true;
    row->count = 0;
    keep_row(table, end, row);
    return har_fail(err, HAR_BAD_INPUT, row->line, "a quote is opened and never closed");
}

static har_status take_row(struct har_table *table, struct har_arena *arena,
                           struct har_table_row *row, struct har_error *err)
{
    size_t at = table->at;
    row->count = 0;
    for (bool more = true; more;) {
        struct har_bytes *grown =
            har_arena_grow(arena, row->field, row->count, &row->room, sizeof *row->field);
        if (!grown) return table_full(err);
        row->field = grown;
        har_status got = take_field(table, &at, arena, &row->field[row->count]);
        if (got == HAR_BAD_INPUT) return refuse_quote(table, row, err);
        if (got) return table_full(err);
        row->count++;
        more = at < table->text.size && !is_line_end(table->text.data[at]);
        if (more) at++; /* the delimiter */
    }
    return keep_row(table, at, row);
}

static bool says_nothing(const struct har_table_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (!is_blank(row->field[i])) return false;
    return true;
}

har_status har_table_next(struct har_table *table, struct har_arena *arena,
                          struct har_table_row *row, struct har_error *err)
{
    while (table->at < table->text.size) {
        har_status got = take_row(table, arena, row, err);
        if (got || !says_nothing(row)) return got;
    }
    return HAR_END;
}

/* --- the header --------------------------------------------------------------------- */

/* UTF-16 and anything that is no text at all have zeros in them. */
static bool is_text(struct har_bytes text)
{
    return text.size == 0 || !memchr(text.data, 0, text.size);
}

static struct har_bytes without_mark(struct har_bytes text)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t size = sizeof mark - 1;
    if (text.size < size || memcmp(text.data, mark, size) != 0) return text;
    return (struct har_bytes){text.data + size, text.size - size};
}

/* What the first line that has anything in it has most of outside of quotes. */
static char delimiter_of(struct har_bytes text)
{
    size_t count[sizeof delimiters] = {0}, most = 0;
    bool quoted = false, any = false;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        if (any && !quoted && is_line_end(c)) break;
        if (c == '"') quoted = !quoted;
        any = any || (c != ' ' && !is_line_end(c));
        for (size_t d = 0; d < sizeof delimiters && !quoted; d++)
            count[d] += c == (uint8_t)delimiters[d];
    }
    for (size_t d = 1; d < sizeof delimiters; d++)
        if (count[d] > count[most]) most = d;
    return delimiters[most];
}

/* Spreadsheets tell each other by a first line of its own: sep=; */
static bool is_told(const struct har_table *table)
{
    static const char said[] = "sep=";
    const uint8_t *c = table->text.data;
    size_t size = sizeof said - 1;
    return table->text.size > size + 1 && memcmp(c, said, size) == 0 &&
           memchr(delimiters, c[size], sizeof delimiters) && is_line_end(c[size + 1]);
}

har_status har_table_open(struct har_bytes text, struct har_arena *arena,
                          struct har_table *out, struct har_error *err)
{
    struct har_table_row head = {0};
    *out = (struct har_table){.text = without_mark(text), .line = 1};
    if (!is_text(text))
        return har_fail(err, HAR_UNSUPPORTED, 0,
                        "it is no table of text in UTF-8; save it as CSV in UTF-8");
    if (is_told(out)) {
        out->delimiter = (char)out->text.data[4];
        out->at = 5;
        pass_line_end(out);
    } else {
        out->delimiter = delimiter_of(out->text);
    }
    har_status got = har_table_next(out, arena, &head, err);
    if (got == HAR_END) return har_fail(err, HAR_NOT_FOUND, 0, "it is empty");
    out->header = head.text;
    out->column_count = head.count;
    out->column = head.field;
    return got;
}

/* --- columns ------------------------------------------------------------------------ */

/* The next byte that counts in a name, its capital made small; 0 at the end. */
static uint8_t next_letter(struct har_bytes name, size_t *at)
{
    while (*at < name.size && memchr(" _-.", name.data[*at], 4)) ++*at;
    if (*at == name.size) return 0;
    uint8_t c = name.data[(*at)++];
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

static bool is_called(struct har_bytes column, struct har_bytes name)
{
    for (size_t i = 0, j = 0;;) {
        uint8_t a = next_letter(column, &i), b = next_letter(name, &j);
        if (a != b) return false;
        if (a == 0) return true;
    }
}

size_t har_table_column(const struct har_table *table, const char *name, size_t from)
{
    for (size_t i = from; i < table->column_count; i++)
        if (is_called(table->column[i], har_bytes_of(name))) return i;
    return HAR_NO_COLUMN;
}

struct har_bytes har_table_field(const struct har_table_row *row, size_t column)
{
    return column < row->count ? row->field[column] : har_bytes_of("");
}
