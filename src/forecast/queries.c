/* SPDX-License-Identifier: MIT */
/* The table of what is asked: query, athlete, date, event. */

#include "harrier/forecast.h"

static const char *copy(struct har_bytes text, struct har_arena *arena)
{
    return har_arena_copy(arena, text.data, text.size);
}

static const char *read_query(const struct har_table_row *row, const size_t *column,
                              struct har_forecast_query *out, struct har_error *why)
{
    struct har_date date;
    if (!har_parse_date(har_table_field(row, column[2]), &date))
        return "the date is not YYYY-MM-DD";
    out->day = har_day_of(date);
    if (har_parse_event(har_table_field(row, column[3]), &out->event, why))
        return why->message;
    return NULL;
}

static har_status refuse(struct har_forecast_queries *out, struct har_refused_row **refused,
                         size_t *room, uint64_t line, const char *why,
                         struct har_arena *arena)
{
    struct har_bytes text = har_bytes_of(why);
    *refused = har_arena_grow(arena, *refused, out->refused_count, room, sizeof **refused);
    if (!*refused) return HAR_NO_MEMORY;
    const char *kept = copy(text, arena);
    if (!kept) return HAR_NO_MEMORY;
    (*refused)[out->refused_count++] = (struct har_refused_row){line, kept};
    out->refused = *refused;
    return HAR_OK;
}

har_status har_forecast_queries_read(struct har_bytes sheet, struct har_arena *arena,
                                     struct har_forecast_queries *out,
                                     struct har_error *err)
{
    static const char *const names[] = {"query", "athlete", "date", "event"};
    struct har_table table;
    struct har_table_row row = {0};
    struct har_forecast_query *query = NULL;
    struct har_refused_row *refused = NULL;
    size_t column[4], room = 0, refused_room = 0;
    har_status got = har_table_open(sheet, arena, &table, err);
    *out = (struct har_forecast_queries){0};
    if (got) return got;
    for (int i = 0; i < 4; i++) {
        column[i] = har_table_column(&table, names[i], 0);
        if (column[i] == HAR_NO_COLUMN)
            return har_fail(err, HAR_BAD_INPUT, 1, "the header has no column \"%s\"",
                            names[i]);
    }
    while (true) {
        struct har_error why = {0};
        got = har_table_next(&table, arena, &row, &why);
        if (got == HAR_END) return HAR_OK;
        if (got == HAR_NO_MEMORY) break;
        struct har_forecast_query one;
        const char *wrong = got ? why.message : read_query(&row, column, &one, &why);
        if (wrong) {
            got = refuse(out, &refused, &refused_room, row.line, wrong, arena);
            if (got) break;
            continue;
        }
        one.query = copy(har_table_field(&row, column[0]), arena);
        one.athlete = copy(har_table_field(&row, column[1]), arena);
        query = har_arena_grow(arena, query, out->count, &room, sizeof *query);
        got = HAR_NO_MEMORY;
        if (!one.query || !one.athlete || !query) break;
        query[out->count++] = one;
        out->query = query;
    }
    return har_fail(err, got, row.line, "no memory for the queries");
}
