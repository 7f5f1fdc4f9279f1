/* SPDX-License-Identifier: MIT */
/* FinishLynx .lif: one race a file, no header.
 *
 * The first row has the event's number, round, heat, name and, tenth, the distance; the
 * others place, number, lane, last name, first name, affiliation, time and licence. The
 * distance is a number, so the ground is the name's: "Women 3000m Steeplechase", 3000. It
 * has the time of day and no day: that is told beside it. Its splits are field's to read.
 *
 * Entries (.evt) begin like it, with fewer fields, and have runners whose first field is
 * empty; they hold no marks. */

#include "cell.h"
#include "layout.h"
#include "phrase.h"

#include <math.h>

enum { EVENT_ROUND = 1, EVENT_HEAT = 2, EVENT_NAME = 3, EVENT_DISTANCE = 9 };

static const struct {
    enum meaning meaning;
    size_t column;
} fields[] = {{PLACE, 0}, {FAMILY, 3}, {GIVEN, 4}, {CLUB, 5}, {MARK, 6}, {ID, 7}};

static bool is_race(const struct har_table *table)
{
    int64_t number;
    double distance_m;
    return table->column_count > EVENT_DISTANCE &&
           har_parse_integer(table->column[0], &number) &&
           (!table->column[EVENT_DISTANCE].size ||
            (har_parse_number(table->column[EVENT_DISTANCE], &distance_m) &&
             distance_m >= 50));
}

static bool is_lynx_entries(struct har_table table, struct har_arena *arena)
{
    struct har_table_row row = {0};
    int64_t number;
    return table.column_count >= 3 && table.column_count <= EVENT_DISTANCE &&
           har_parse_integer(table.column[0], &number) &&
           har_parse_integer(table.column[EVENT_ROUND], &number) &&
           har_table_next(&table, arena, &row, NULL) == HAR_OK && row.count >= 2 &&
           row.field[0].size == 0 && har_parse_integer(row.field[1], &number);
}

/* The event by its name, unless that is silent or speaks of another distance. */
static void tell_event(const struct har_table *table, struct cells *race)
{
    struct har_bytes name = table->column[EVENT_NAME],
                     distance = table->column[EVENT_DISTANCE];
    struct phrase told = phrase_of_race(name);
    struct har_event event;
    bool measured = har_parse_event(distance, &event, NULL) == HAR_OK;
    bool same =
        measured && told.has_event && fabs(told.event.distance_m - event.distance_m) < 0.5;
    race->of[TITLE] = name;
    if (told.sex != HAR_UNTOLD)
        race->of[SEX] = har_bytes_of(told.sex == HAR_MEN ? "M" : "W");
    if (measured && !same && !phrase_passed(name)) race->of[EVENT] = distance;
}

static har_status read_runners(struct har_table *table, const struct cells *race,
                               struct gathering *g)
{
    struct har_table_row row = {0};
    struct har_error why = {0};
    har_status got = HAR_OK;
    while (got == HAR_OK &&
           (got = har_table_next(table, g->arena, &row, &why)) != HAR_END) {
        struct cells cells = *race;
        cells.line = row.line;
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            cells.of[fields[i].meaning] = har_table_field(&row, fields[i].column);
        got = got == HAR_BAD_INPUT   ? gather_refusal(g, row.line, &why)
              : got == HAR_NO_MEMORY ? gathering_full(g)
                                     : gather(g, &cells);
    }
    return got == HAR_END ? HAR_OK : got;
}

har_status layout_lynx(struct har_bytes sheet, struct gathering *g)
{
    struct har_table table;
    struct cells race = cells_at(0);
    har_status got = har_table_open(sheet, g->arena, &table, NULL);
    if (got == HAR_NO_MEMORY) return gathering_full(g);
    if (got) return HAR_UNSUPPORTED;
    if (is_lynx_entries(table, g->arena))
        return har_fail(g->err, HAR_UNSUPPORTED, 0,
                        "it holds FinishLynx entries, no marks; the results are in .lif "
                        "files");
    if (!is_race(&table)) return HAR_UNSUPPORTED;
    if (g->rest.day == HAR_NO_DAY)
        return har_fail(g->err, HAR_BAD_INPUT, 0,
                        "a .lif does not say on which day it was run; tell it with --date");
    race.of[ROUND] = table.column[EVENT_ROUND];
    race.of[HEAT] = table.column[EVENT_HEAT];
    tell_event(&table, &race);
    return read_runners(&table, &race, g);
}
