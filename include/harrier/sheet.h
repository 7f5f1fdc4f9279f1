/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_SHEET_H
#define HARRIER_SHEET_H

/* sheet - result sheets and lists -> marks; mornings.
 *
 * Results come as somebody kept them or some program printed them: a table with a header in
 * one language or another, the files of a timing system, a printed page, JSON, an all-time
 * list. Whatever the layout, each gives the same cells, and one place knows what they mean.
 */

#include "harrier/mark.h"
#include "harrier/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- results ------------------------------------------------------------------------ */

/* What a result does not say. */
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

/* An event that is sound and no run of one alone: relays, jumps, walks, hurdles. */
struct har_passed_event {
    uint64_t line;     /* of its first row */
    const char *event; /* as the sheet calls it */
    const char *why;   /* "is a relay" */
    size_t rows;
};

struct har_results {
    const char *layout;      /* "table", "finishlynx", "hytek", "json", "list" */
    const char *competition; /* where the sheet is of one and names it; else NULL */
    size_t count;
    const struct har_result *result;
    size_t refused_count; /* what cannot be: each with its row and a sentence */
    const struct har_refused_row *refused;
    size_t passed_count;
    const struct har_passed_event *passed;
    size_t without_mark; /* rows of who did not start, did not finish, was disqualified */
};

/* What is known beside the sheet; `{0}` is nothing. */
struct har_sheet_hints {
    const struct har_result *rest; /* what rows do not say: from har_result_untold() */
    const char *file;              /* its name: men_1500-metres.csv tells event and sex */
    const char *mapping; /* which column is what: as har_results_guess() writes it */
};

/* Reads results, in whatever layout the bytes are in (docs/formats.md has them, with the
 * names that headers and members go by): a table whose header names, in English or German,
 * in any order, at least the date, the event and the mark; results of FinishLynx (.lif) and
 * Hy-Tek; JSON of OpenTrack, athlib, World Athletics and of championships; all-time lists.
 * What a row does not say is as in hints->rest, then as the file is called; with an event
 * there, which has a distance then, or a day, the sheet need not say it. NULL: no hints.
 *
 * Days are 2025-12-31, 31.12.2025, 31 Dec 2025, or 12/31/2025 where only one reading is a
 * day. A bad row is refused and the others go in: so is a birth date after the race, or a
 * nation that is none. Texts are UTF-8, and what is not is taken for Windows-1252. The line
 * of a result in JSON is its number in the order of the file.
 *
 * HAR_BAD_INPUT for what names no date, no event or no mark (ask har_results_guess()), or a
 * mapping of no use; HAR_UNSUPPORTED for entries, which hold no marks, and what is no text;
 * HAR_NOT_FOUND for nothing. */
har_status har_results_read(struct har_bytes sheet, const struct har_sheet_hints *hints,
                            struct har_arena *arena, struct har_results *out,
                            struct har_error *err);

/* How a table would be read, to be shown, put right and handed in as a mapping: a line
 * `meaning=column` each, the column by its name or as #3,
 * "date=Datum\nmark=Zeit\nevent=\n". With nothing after it a meaning is known to be in no
 * column; `header=no` says that the first row is a result. Columns whose name says nothing
 * are guessed from what is in them. Fails as har_table_open() does, and with
 * HAR_UNSUPPORTED for JSON, which has no columns, and for what a timing system wrote, whose
 * columns are known. */
struct har_sheet_column {
    const char *name;    /* #3 where the table has no header */
    const char *meaning; /* "mark"; NULL: left aside */
    bool by_content;     /* the name says nothing */
};
struct har_sheet_guess {
    const char *mapping; /* date, event and mark stand in it, found or not */
    size_t column_count;
    const struct har_sheet_column *column;
    size_t row_count;        /* the first rows, at most five */
    const char *const *cell; /* row by row, column_count to a row */
};
har_status har_results_guess(struct har_bytes sheet, struct har_arena *arena,
                             struct har_sheet_guess *out, struct har_error *err);

/* Kenya of "KEN": what the codes of World Athletics and the IOC stand for, of today and of
 * their time (URS, GDR). NULL for a code that no nation has. */
const char *har_nation_name(const char *code);

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
