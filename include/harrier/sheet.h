/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_SHEET_H
#define HARRIER_SHEET_H

/* sheet - result sheets -> marks; mornings; tables of text.
 *
 * Lists of results come as tables that somebody kept by hand or some program printed: a
 * header in one language or another, and a row a mark. Its lowest part reads any such
 * table (CSV) and knows nothing of marks.
 */

#include "harrier/mark.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- tables of text ----------------------------------------------------------------- */

/* A text whose first row names the columns: RFC 4180, and what is met beside it. Rows end
 * in LF, CRLF or CR; the delimiter (comma, semicolon or tab) is the one that the header has
 * most of; a byte order mark is passed over. The text is borrowed for as long as the table
 * is read. */
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

/* --- results ------------------------------------------------------------------------ */

#define HAR_NO_DAY INT64_MIN
enum { HAR_UNTOLD = -1 };

/* What lists say beside a mark. */
enum har_caveat {
    HAR_EN_ROUTE = 1,       /* passed within a longer race */
    HAR_AT_ALTITUDE = 2,    /* over 1000 m: "A" */
    HAR_AIDED_DROP = 4,     /* downhill by more than 1 m in 1 km */
    HAR_AIDED_APART = 8,    /* start and finish more than half the distance apart */
    HAR_LARGE_TRACK = 16,   /* a short track of more than 201.2 m a lap */
    HAR_MIXED_RACE = 32,    /* women paced by men: "Mx" */
    HAR_WOMEN_ONLY = 64,    /* "Wo" */
    HAR_NOT_RATIFIED = 128, /* kept in lists, and no record */
};

/* A mark in its conditions, as one row of a sheet gives it. Texts are NULL and numbers NaN
 * where they are not told; begin with har_result_untold(). */
struct har_result {
    uint64_t line; /* of the sheet; 0: no sheet */
    const char *athlete;
    const char *id;     /* what the maker of the sheet calls the athlete: a licence */
    const char *nation; /* three letters, as the sport writes it: GBR */
    const char *club;
    int sex; /* an enum har_sex, or HAR_UNTOLD */
    int64_t born_day;
    int born_year; /* 0: not told; also where the day is */
    int64_t day;   /* of the race, as its place counts days */
    struct har_event event;
    struct har_mark mark;
    bool official; /* the organiser's time, not one's own watch's */
    int eligible;  /* for lists and records: 1, 0 (a course that helps), or HAR_UNTOLD */
    int place;     /* 0: not told */
    const char *round; /* f, h2, sf1, r1: as lists write it; NULL: not told */
    unsigned caveats;  /* enum har_caveat */
    const char *name, *venue, *course, *notes;
    /* As har_conditions of convert.h has them: the wind is a headwind. */
    double drop_m, separation_pct, altitude_m, temp_c, humidity_pct, wbgt_c, wind_mps;
};
struct har_result har_result_untold(void);

/* Whether it can be: 8:00.67i over 3000 makes the event 3000i; HAR_BAD_INPUT for a mark
 * that nobody has come near, HAR_OUT_OF_RANGE for a condition that no race has. */
har_status har_result_check(struct har_result *result, struct har_error *err);

struct har_refused_row {
    uint64_t line;
    const char *why; /* one sentence */
};

struct har_results {
    size_t count;
    const struct har_result *result;
    size_t refused_count;
    const struct har_refused_row *refused;
    size_t without_mark; /* rows of who did not start, did not finish, was disqualified */
};

/* Reads a list of results: a table whose header names, in English or German, in any order,
 * at least the date, the event and the mark (docs/formats.md has the names). What a row
 * does not say is as in `rest` (NULL: not told); with an event there, which has a distance
 * then, the table needs no column for it. Days are
 * 2025-12-31, 31.12.2025, 31 Dec 2025, or 12/31/2025 where only one reading is a day. A
 * bad row is refused and the others go in. Texts are UTF-8, and what is not is taken for
 * Windows-1252. Fails as har_table_open() does, and with HAR_BAD_INPUT for a header that
 * names no date, no event or no mark. */
har_status har_results_read(struct har_bytes sheet, const struct har_result *rest,
                            struct har_arena *arena, struct har_results *out,
                            struct har_error *err);

/* --- wellness ------------------------------------------------------------------------ */

/* What a row says of one morning or day; NaN where it says nothing. */
struct har_wellness_row {
    uint64_t line;
    int64_t day;
    double rest_bpm, hrv_ms; /* resting heart rate; rMSSD */
    double sleep_s, weight_kg;
    double rpe;            /* of the day's training, 0..10 */
    double soreness, mood; /* on the scale of whoever wrote them, 0..100 */
};

struct har_wellness {
    size_t count;
    const struct har_wellness_row *row; /* as they stand; a day may have several */
    size_t refused_count;
    const struct har_refused_row *refused;
    size_t without_value; /* rows that name a day and say nothing of it */
};

/* Reads a table of mornings: a header that names the date and any of the above, in English
 * or German, as watches, apps and people write it (docs/formats.md has the names). A zero
 * heart rate, HRV, sleep or weight is no measurement. A row with a number that nobody has
 * is refused, and the others go in. Fails as har_table_open() does, and with HAR_BAD_INPUT
 * for a header that names no date, or nothing else that is known. */
har_status har_wellness_read(struct har_bytes sheet, struct har_arena *arena,
                             struct har_wellness *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
