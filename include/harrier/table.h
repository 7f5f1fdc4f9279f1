/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_TABLE_H
#define HARRIER_TABLE_H

/* table - tables of text: a header that names the columns, and rows under it.
 *
 * It knows what a row and a field are, and nothing of what stands in them.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A text whose first row names the columns: RFC 4180, and what is met beside it. Rows end
 * in LF, CRLF or CR; the delimiter (comma, semicolon or tab) is the one that the header has
 * most of, or that a line sep=; before it tells; a byte order mark is passed over. The text
 * is borrowed for as long as the table is read. */
struct har_table {
    struct har_bytes text;
    char delimiter;
    struct har_bytes header; /* as it stands, without its line end */
    size_t column_count;
    const struct har_bytes *column; /* the names, as they are written */

    size_t at;         /* where the next row is looked for */
    uint64_t line;     /* of the file, from 1, in which that lies */
    bool within_lines; /* a quote was never closed: none spans lines from there on */
};

/* One row. `struct har_table_row row = {0};` serves all rows of a table in turn: what it
 * holds stands until the next one is read. Fields lie in the text itself, or in the arena
 * where quotes stood for quotes. Spaces around an unquoted field are not of it. */
struct har_table_row {
    uint64_t line;         /* of the file, from 1, in which it begins */
    struct har_bytes text; /* all of it as it stands, without its line end */
    size_t count;
    struct har_bytes *field;
    size_t room; /* of `field` */
};

/* Reads the header. HAR_NOT_FOUND: there is nothing in it. HAR_UNSUPPORTED: it is no text
 * in UTF-8 or a code page. HAR_BAD_INPUT: a quote in the header is never closed. */
har_status har_table_open(struct har_bytes text, struct har_arena *arena,
                          struct har_table *out, struct har_error *err);

/* The next row that has anything in it: HAR_OK, HAR_END after the last, HAR_NO_MEMORY, or
 * HAR_BAD_INPUT for a row with a quote that is never closed: it has its line and that
 * line's text, but no fields, and the next call goes on with the line after it. */
har_status har_table_next(struct har_table *table, struct har_arena *arena,
                          struct har_table_row *row, struct har_error *err);

/* The first column from number `from` on that is called `name`, whatever the case of ASCII
 * letters, and spaces, underscores, hyphens and points aside: "Temp C" is temp_c. There may
 * be several. HAR_NO_COLUMN if there is none. */
#define HAR_NO_COLUMN SIZE_MAX
size_t har_table_column(const struct har_table *table, const char *name, size_t from);

/* The field of `row` in `column`; nothing (size 0) where it has none, or for HAR_NO_COLUMN.
 */
struct har_bytes har_table_field(const struct har_table_row *row, size_t column);

#ifdef __cplusplus
}
#endif

#endif
