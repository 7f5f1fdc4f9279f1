/* SPDX-License-Identifier: MIT */
/* A season's calendar as a table: one row a race, a camp or days off, in any order. */

#include "harrier/table.h"

#include "taking.h"

#include <math.h>

enum { DATE, KIND, NAME, EVENT, IMPORTANCE, ALTITUDE, TO, CALENDAR_COLUMNS };
static const char *const calendar_columns[CALENDAR_COLUMNS] = {
    "date", "kind", "name", "event", "importance", "altitude_m", "to"};

static const char *read_days(const struct har_bytes *text, struct har_planned_item *out)
{
    struct har_date date;
    if (!har_parse_date(text[DATE], &date)) return "the date is not like 2026-01-31";
    out->from_day = out->to_day = har_day_of(date);
    if (!text[TO].size) return NULL;
    if (!har_parse_date(text[TO], &date)) return "\"to\" is not a date like 2026-01-31";
    out->to_day = har_day_of(date);
    return NULL;
}

static const char *read_as_race(const struct har_bytes *text, struct har_planned_item *out)
{
    if (!text[EVENT].size || har_parse_event(text[EVENT], &out->event, NULL) != HAR_OK)
        return "the event is none such as 1500, 10K, HM or MAR";
    int importance =
        text[IMPORTANCE].size ? calendar_importance(text[IMPORTANCE]) : HAR_IMPORTANCE_B;
    if (importance < 0) return "the importance is not A, B or C";
    out->importance = (enum har_importance)importance;
    return NULL;
}

/* NULL, or what is wrong. */
static const char *read_item(const struct har_bytes *text, struct har_planned_item *out)
{
    int kind = calendar_kind(text[KIND]);
    const char *wrong = read_days(text, out);
    if (wrong) return wrong;
    if (kind < 0) return "the kind is not race, camp or off";
    out->kind = (enum har_planned_kind)kind;
    if (out->kind == HAR_PLANNED_RACE) return read_as_race(text, out);
    if (out->kind != HAR_PLANNED_CAMP) return NULL;
    if (!text[TO].size) return "a camp needs its last day, in \"to\"";
    har_parse_number(text[ALTITUDE], &out->altitude_m);
    return NULL;
}

static har_status read_table(struct har_bytes sheet, struct taking *t,
                             struct har_error *err)
{
    struct har_table table;
    struct har_table_row row = {0};
    size_t column[CALENDAR_COLUMNS];
    har_status got = har_table_open(sheet, t->arena, &table, err);
    if (got) return got;
    for (int i = 0; i < CALENDAR_COLUMNS; i++)
        column[i] = har_table_column(&table, calendar_columns[i], 0);
    if (column[DATE] == HAR_NO_COLUMN || column[KIND] == HAR_NO_COLUMN)
        return har_fail(err, HAR_BAD_INPUT, 1, "the header has no column \"%s\"",
                        calendar_columns[column[DATE] == HAR_NO_COLUMN ? DATE : KIND]);
    while ((got = har_table_next(&table, t->arena, &row, NULL)) != HAR_END) {
        struct har_bytes text[CALENDAR_COLUMNS];
        struct har_planned_item item = {.altitude_m = NAN};
        if (got == HAR_NO_MEMORY) return calendar_full(err);
        for (int i = 0; i < CALENDAR_COLUMNS; i++)
            text[i] = har_table_field(&row, column[i]);
        const char *wrong = got ? "a quote is never closed" : read_item(text, &item);
        if (!calendar_take(t, row.line, item, text[NAME], wrong)) return calendar_full(err);
    }
    return HAR_OK;
}

har_status har_calendar_read(struct har_bytes sheet, int64_t from_day,
                             struct har_arena *arena, struct har_calendar *out,
                             struct har_error *err)
{
    struct taking t = {.arena = arena, .from_day = from_day, .out = out};
    *out = (struct har_calendar){0};
    har_status got =
        is_icalendar(sheet) ? icalendar_read(sheet, &t, err) : read_table(sheet, &t, err);
    if (got == HAR_OK) har_calendar_sort(t.item, out->count);
    return got;
}
