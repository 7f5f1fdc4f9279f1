/* SPDX-License-Identifier: MIT */
/* A season's calendar as a table: one row a race, a camp or days off, in any order. A race
 * that nobody gives an importance is a benchmark: a season has few targets, and each one
 * costs three weeks of training. Two camps that share a day would count its height twice.
 */

#include "harrier/calendar.h"

#include "harrier/table.h"

#include <math.h>
#include <string.h>

enum { DATE, KIND, NAME, EVENT, IMPORTANCE, ALTITUDE, TO, CALENDAR_COLUMNS };
static const char *const calendar_columns[CALENDAR_COLUMNS] = {
    "date", "kind", "name", "event", "importance", "altitude_m", "to"};
static const char *const importances[HAR_IMPORTANCES] = {"A", "B", "C"};
static const char *const kinds[] = {"race", "camp", "off"};
enum { KINDS = sizeof kinds / sizeof kinds[0], LONGEST_DAYS = 366 };
#define HIGHEST_M 6000.0

const char *har_importance_name(enum har_importance importance)
{
    return importances[importance];
}

const char *har_planned_kind_name(enum har_planned_kind kind)
{
    return kinds[kind];
}

/* Which of some words of ASCII letters it is, in either case; -1 for none. */
static int word_among(struct har_bytes text, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        size_t n = 0;
        while (n < text.size && words[i][n] &&
               (text.data[n] | 0x20) == (words[i][n] | 0x20))
            n++;
        if (n == text.size && !words[i][n]) return i;
    }
    return -1;
}

static const char *read_days(const struct har_bytes *text, struct har_planned_item *out)
{
    struct har_date date;
    if (!har_parse_date(text[DATE], &date)) return "the date is not like 2026-01-31";
    out->from_day = out->to_day = har_day_of(date);
    if (!text[TO].size) return NULL;
    if (!har_parse_date(text[TO], &date)) return "\"to\" is not a date like 2026-01-31";
    out->to_day = har_day_of(date);
    if (out->to_day < out->from_day) return "it ends before it begins";
    if (out->to_day - out->from_day >= LONGEST_DAYS) return "it lasts over a year";
    return NULL;
}

static const char *read_as_race(const struct har_bytes *text, int64_t from_day,
                                struct har_planned_item *out)
{
    if (!text[EVENT].size || har_parse_event(text[EVENT], &out->event, NULL) != HAR_OK)
        return "the event is none such as 1500, 10K, HM or MAR";
    int importance = text[IMPORTANCE].size
                         ? word_among(text[IMPORTANCE], importances, HAR_IMPORTANCES)
                         : HAR_IMPORTANCE_B;
    if (importance < 0) return "the importance is not A, B or C";
    out->importance = (enum har_importance)importance;
    if (out->to_day != out->from_day) return "a race is on one day";
    if (out->from_day < from_day) return "the race lies in the past";
    return NULL;
}

/* NULL, or what is wrong. */
static const char *read_item(const struct har_bytes *text, int64_t from_day,
                             struct har_planned_item *out)
{
    int kind = word_among(text[KIND], kinds, KINDS);
    out->altitude_m = NAN;
    const char *wrong = read_days(text, out);
    if (wrong) return wrong;
    if (kind < 0) return "the kind is not race, camp or off";
    out->kind = (enum har_planned_kind)kind;
    if (out->kind == HAR_PLANNED_RACE) return read_as_race(text, from_day, out);
    if (out->kind != HAR_PLANNED_CAMP) return NULL;
    if (!text[NAME].size) return "a camp needs a name";
    if (!text[TO].size) return "a camp needs its last day, in \"to\"";
    if (!har_parse_number(text[ALTITUDE], &out->altitude_m) ||
        !(out->altitude_m >= 0 && out->altitude_m <= HIGHEST_M))
        return "a camp's altitude_m is a number of metres from 0 to 6000";
    return NULL;
}

static const char *compare_camps(const struct har_planned_item *item, size_t count,
                                 const struct har_planned_item *one)
{
    for (size_t i = 0; i < count && one->kind == HAR_PLANNED_CAMP; i++)
        if (item[i].kind == HAR_PLANNED_CAMP && item[i].from_day <= one->to_day &&
            item[i].to_day >= one->from_day)
            return "the camp shares days with another one above it";
    return NULL;
}

void har_calendar_sort(struct har_planned_item *item, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct har_planned_item one = item[i];
        size_t at = i;
        for (; at > 0 && item[at - 1].from_day > one.from_day; at--)
            item[at] = item[at - 1];
        item[at] = one;
    }
}

struct reading {
    struct har_arena *arena;
    int64_t from_day;
    size_t column[CALENDAR_COLUMNS], room, refused_room;
    struct har_planned_item *item;
    struct har_refused_row *refused;
    struct har_calendar *out;
};

static har_status calendar_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the calendar");
}

/* False where there is no memory. `wrong` may already say why the row is refused. */
static bool take_row(struct reading *r, const struct har_table_row *row, const char *wrong)
{
    struct har_bytes text[CALENDAR_COLUMNS];
    struct har_planned_item one = {.name = ""};
    struct har_calendar *out = r->out;
    for (int i = 0; i < CALENDAR_COLUMNS; i++) text[i] = har_table_field(row, r->column[i]);
    if (!wrong) wrong = read_item(text, r->from_day, &one);
    if (!wrong) wrong = compare_camps(r->item, out->count, &one);
    if (wrong) {
        struct har_refused_row *more = har_arena_grow(
            r->arena, r->refused, out->refused_count, &r->refused_room, sizeof *more);
        if (!more) return false;
        more[out->refused_count++] = (struct har_refused_row){row->line, wrong};
        out->refused = r->refused = more;
        return true;
    }
    one.name = har_arena_copy(
        r->arena, text[NAME].size ? text[NAME].data : (const uint8_t *)"", text[NAME].size);
    struct har_planned_item *more =
        har_arena_grow(r->arena, r->item, out->count, &r->room, sizeof *more);
    if (!more || !one.name) return false;
    more[out->count++] = one;
    out->item = r->item = more;
    return true;
}

har_status har_calendar_read(struct har_bytes sheet, int64_t from_day,
                             struct har_arena *arena, struct har_calendar *out,
                             struct har_error *err)
{
    struct reading r = {.arena = arena, .from_day = from_day, .out = out};
    struct har_table table;
    struct har_table_row row = {0};
    *out = (struct har_calendar){0};
    har_status got = har_table_open(sheet, arena, &table, err);
    if (got) return got;
    for (int i = 0; i < CALENDAR_COLUMNS; i++)
        r.column[i] = har_table_column(&table, calendar_columns[i], 0);
    if (r.column[DATE] == HAR_NO_COLUMN || r.column[KIND] == HAR_NO_COLUMN)
        return har_fail(err, HAR_BAD_INPUT, 1, "the header has no column \"%s\"",
                        calendar_columns[r.column[DATE] == HAR_NO_COLUMN ? DATE : KIND]);
    while ((got = har_table_next(&table, arena, &row, NULL)) != HAR_END) {
        if (got == HAR_NO_MEMORY) return calendar_full(err);
        if (!take_row(&r, &row, got ? "a quote is never closed" : NULL))
            return calendar_full(err);
    }
    har_calendar_sort(r.item, out->count);
    return HAR_OK;
}
