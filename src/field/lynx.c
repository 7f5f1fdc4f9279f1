/* SPDX-License-Identifier: MIT */
/* FinishLynx .lif: one race a file, no header.
 *
 * The first row has the event's number, round, heat, name and, tenth, the distance; the
 * others place, number, lane, last name, first name, affiliation, time, licence, gap,
 * reaction and splits. The splits are a list of times since the start, "61.2 (61.2) 2:03.0
 * (61.8)" or without the laps in brackets. The file does not say where they were taken:
 * laps are counted back from the finish, of 400 m if their number fits, else of 200 or 100.
 */

#include "draft.h"

#include <math.h>
#include <string.h>

enum { LYNX_NAME = 3, LYNX_DISTANCE = 9, LYNX_LEAST_COLUMNS = 7, LYNX_MOST_SPLITS = 128 };
enum {
    LYNX_PLACE = 0,
    LYNX_ID = 1,
    LYNX_LAST = 3,
    LYNX_FIRST = 4,
    LYNX_TIME = 6,
    LYNX_SPLITS = 10,
};

/* The times of the list, without the laps in brackets. */
static size_t times_of(struct har_bytes list, double *time_s)
{
    size_t count = 0, depth = 0, from = 0;
    for (size_t i = 0; i <= list.size && count < LYNX_MOST_SPLITS; i++) {
        char c = i < list.size ? (char)list.data[i] : ' ';
        bool ends = c == ' ' || c == ',' || c == ';' || c == '(' || c == ')';
        if (!ends) continue;
        struct har_bytes word = {list.data + from, i - from};
        if (depth == 0 && word.size > 0 && read_split(word, &time_s[count]) == HAR_OK)
            count++;
        depth += c == '(';
        if (c == ')' && depth > 0) depth--;
        from = i + 1;
    }
    return count;
}

/* The lap that so many splits, with or without the finish, mean; NaN if none does. */
static double lap_of(double distance_m, size_t splits)
{
    static const double laps_m[] = {400, 200, 100};
    for (size_t i = 0; i < sizeof laps_m / sizeof laps_m[0]; i++) {
        double laps = ceil(distance_m / laps_m[i]);
        if ((double)splits == laps || (double)splits + 1 == laps) return laps_m[i];
    }
    return NAN;
}

static void take_lynx_splits(struct draft *draft, struct entrant *e, double distance_m,
                             struct har_bytes list)
{
    double time_s[LYNX_MOST_SPLITS];
    size_t count = times_of(list, time_s);
    double lap_m = lap_of(distance_m, count);
    if (count == 0) return;
    if (isnan(lap_m)) {
        add_note(draft, e->who.line, "%zu splits fit no lap: left out", count);
        return;
    }
    double laps = ceil(distance_m / lap_m);
    for (size_t i = 0; i < count && (double)i + 1 < laps; i++)
        add_seen(draft, e, distance_m - (laps - 1 - (double)i) * lap_m, time_s[i]);
}

static const char *full_name(struct draft *draft, struct har_bytes first,
                             struct har_bytes last)
{
    struct har_text text = {.arena = draft->arena};
    har_text_bytes(&text, first.data, first.size);
    if (first.size > 0 && last.size > 0) har_text_add(&text, " ");
    har_text_bytes(&text, last.data, last.size);
    draft->failed = draft->failed || text.failed;
    return text.size > 0 ? text.data : NULL;
}

static void take_lynx_runner(struct draft *draft, const char *race, double distance_m,
                             const struct har_table_row *row)
{
    int64_t place;
    double time_s;
    struct entrant *e = add_entrant(draft, row->line);
    if (!e) return;
    struct har_bytes time = har_table_field(row, LYNX_TIME);
    e->race = race;
    e->who.bib = draft_text(draft, har_table_field(row, LYNX_ID));
    e->who.name =
        full_name(draft, har_table_field(row, LYNX_FIRST), har_table_field(row, LYNX_LAST));
    if (har_parse_integer(har_table_field(row, LYNX_PLACE), &place) && place > 0 &&
        place < 1000000)
        e->who.place = (int)place;
    har_status got = read_split(time, &time_s);
    if (got == HAR_OK) add_seen(draft, e, distance_m, time_s);
    else if (got == HAR_BAD_INPUT) add_note(draft, row->line, "the time is none: left out");
    take_lynx_splits(draft, e, distance_m, har_table_field(row, LYNX_SPLITS));
}

har_status read_lynx(struct har_bytes sheet, struct draft *draft)
{
    struct har_table table;
    struct har_table_row row = {0};
    int64_t event;
    double distance_m;
    struct har_error why;
    har_status got = har_table_open(sheet, draft->arena, &table, &why);
    if (got == HAR_NO_MEMORY) return har_fail(draft->err, got, 0, "no memory for a header");
    if (got != HAR_OK || table.column_count <= LYNX_DISTANCE ||
        !har_parse_integer(table.column[0], &event) ||
        !har_parse_number(table.column[LYNX_DISTANCE], &distance_m) ||
        !(distance_m >= 50 && distance_m < 1e6))
        return HAR_UNSUPPORTED;
    const char *race = draft_text(draft, table.column[LYNX_NAME]);
    for (;;) {
        got = har_table_next(&table, draft->arena, &row, &why);
        if (got == HAR_END) return HAR_OK;
        if (got == HAR_NO_MEMORY || draft->failed)
            return har_fail(draft->err, HAR_NO_MEMORY, 0, "no memory for the splits");
        if (got == HAR_OK && row.count >= LYNX_LEAST_COLUMNS)
            take_lynx_runner(draft, race, distance_m, &row);
        else add_note(draft, row.line, "not a row of a runner: left out");
    }
}
