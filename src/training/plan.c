/* SPDX-License-Identifier: MIT */
/* A plan of sessions to come, as a table: one row a session, in any order. Durations are
 * minutes and hours as people write them, 45:00 or 1:30:00, or plain seconds. */

#include "harrier/training.h"

#include <math.h>
#include <string.h>

enum { DATE, LOAD, DISTANCE, DURATION, RACE, PLAN_COLUMNS };
static const char *const plan_columns[PLAN_COLUMNS] = {"date", "load", "distance_m",
                                                       "duration", "race"};
#define MOST_LOAD 2000.0 /* a day and a night on foot; more is a slip of the pen */
#define MOST_METRES 500e3
#define MOST_SECONDS 172800.0

static bool read_duration(struct har_bytes text, double *seconds)
{
    double sum = 0;
    size_t from = 0, parts = 0;
    for (size_t i = 0; i <= text.size; i++) {
        double part;
        if (i < text.size && text.data[i] != ':') continue;
        if (!har_parse_number((struct har_bytes){text.data + from, i - from}, &part) ||
            part < 0 || ++parts > 3 || (parts > 1 && part >= 60))
            return false;
        sum = 60 * sum + part;
        from = i + 1;
    }
    *seconds = sum;
    return true;
}

static bool is_word(struct har_bytes text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

/* NULL, or what is wrong. */
static const char *read_planned(const struct har_table_row *row, const size_t *column,
                                struct har_planned *out)
{
    struct har_bytes text[PLAN_COLUMNS];
    struct har_date date;
    for (int i = 0; i < PLAN_COLUMNS; i++) text[i] = har_table_field(row, column[i]);
    *out = (struct har_planned){0, NAN, NAN, NAN, false};
    if (!har_parse_date(text[DATE], &date)) return "the date is not like 2026-01-31";
    out->day = har_day_of(date);
    out->race = text[RACE].size && !is_word(text[RACE], "0") && !is_word(text[RACE], "no");
    if (text[LOAD].size && (!har_parse_number(text[LOAD], &out->load) ||
                            !(out->load >= 0 && out->load <= MOST_LOAD)))
        return "the load is no number from 0 to 2000";
    if (text[DISTANCE].size && (!har_parse_number(text[DISTANCE], &out->distance_m) ||
                                !(out->distance_m > 0 && out->distance_m <= MOST_METRES)))
        return "the distance is no number of metres over 0, up to 500000";
    if (text[DURATION].size && (!read_duration(text[DURATION], &out->duration_s) ||
                                !(out->duration_s > 0 && out->duration_s <= MOST_SECONDS)))
        return "the duration is not like 45:00, 1:30:00 or seconds";
    if (isnan(out->load) && isnan(out->distance_m) && isnan(out->duration_s))
        return "neither a load nor a distance nor a duration is told";
    return NULL;
}

static har_status find_plan_columns(const struct har_table *table, size_t *column,
                                    struct har_error *err)
{
    for (int i = 0; i < PLAN_COLUMNS; i++)
        column[i] = har_table_column(table, plan_columns[i], 0);
    if (column[DURATION] == HAR_NO_COLUMN)
        column[DURATION] = har_table_column(table, "duration_s", 0);
    if (column[DATE] == HAR_NO_COLUMN)
        return har_fail(err, HAR_BAD_INPUT, 1, "the header has no column \"date\"");
    if (column[LOAD] == HAR_NO_COLUMN && column[DISTANCE] == HAR_NO_COLUMN &&
        column[DURATION] == HAR_NO_COLUMN)
        return har_fail(err, HAR_BAD_INPUT, 1,
                        "the header has none of load, distance_m and duration");
    return HAR_OK;
}

har_status har_plan_read(struct har_bytes sheet, struct har_arena *arena,
                         struct har_plan *out, struct har_error *err)
{
    struct har_table table;
    struct har_table_row row = {0};
    struct har_planned *session = NULL;
    struct har_refused_row *refused = NULL;
    size_t column[PLAN_COLUMNS], room = 0, refused_room = 0;
    *out = (struct har_plan){0};
    har_status got = har_table_open(sheet, arena, &table, err);
    if (got == HAR_OK) got = find_plan_columns(&table, column, err);
    while (got == HAR_OK) {
        struct har_error why = {0};
        struct har_planned one;
        got = har_table_next(&table, arena, &row, &why);
        if (got == HAR_END) return HAR_OK;
        if (got == HAR_NO_MEMORY) break;
        const char *wrong =
            got ? "a quote is never closed" : read_planned(&row, column, &one);
        got = HAR_NO_MEMORY;
        if (wrong) {
            refused = har_arena_grow(arena, refused, out->refused_count, &refused_room,
                                     sizeof *refused);
            if (!refused) break;
            refused[out->refused_count++] = (struct har_refused_row){row.line, wrong};
            out->refused = refused;
        } else {
            session = har_arena_grow(arena, session, out->count, &room, sizeof *session);
            if (!session) break;
            session[out->count++] = one;
            out->session = session;
        }
        got = HAR_OK;
    }
    return got == HAR_NO_MEMORY ? har_fail(err, got, 0, "no memory for the plan") : got;
}
