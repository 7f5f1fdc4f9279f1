/* SPDX-License-Identifier: MIT */
/* Lists of mornings: resting heart rate, HRV, sleep, weight, and how it felt.
 *
 * Every app has names of its own, so columns go by one table of them, the likelier first:
 * rMSSD before "HRV", which in some is a score. A name says the unit too.
 *
 * Dates. One app writes 2017-13-08 for the thirteenth of August. Where any row can be read
 * only so, and no row only as ISO 8601 has it, the whole sheet is read so: no program
 * writes both. A sheet all of whose days are 12 or less is taken for ISO 8601.
 *
 * A zero is what apps write for what was not measured. Numbers that no runner has are
 * refused with their row rather than guessed at: 450 in a column "sleep" may be minutes,
 * and then its name should say so. */

#include "cell.h"
#include "refused.h"

#include <math.h>
#include <stddef.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum measure_of_day { REST, HRV, SLEEP, WEIGHT, RPE, SORENESS, MOOD, DAY_MEASURES };

static const struct {
    const char *name;
    size_t at;
    double least, most;
    bool zero_is_none;
    bool lasts; /* hours and minutes may be written 7:30 */
} day_measures[] = {
    [REST] = {"the resting heart rate (a minute)",
              offsetof(struct har_wellness_row, rest_bpm), 25, 140, true, false},
    [HRV] = {"the HRV (ms)", offsetof(struct har_wellness_row, hrv_ms), 1, 400, true,
             false},
    [SLEEP] = {"the sleep (s)", offsetof(struct har_wellness_row, sleep_s), 60, 86400, true,
               true},
    [WEIGHT] = {"the weight (kg)", offsetof(struct har_wellness_row, weight_kg), 25, 300,
                true, false},
    [RPE] = {"the RPE", offsetof(struct har_wellness_row, rpe), 0, 10, false, false},
    [SORENESS] = {"the soreness", offsetof(struct har_wellness_row, soreness), 0, 100,
                  false, false},
    [MOOD] = {"the mood", offsetof(struct har_wellness_row, mood), 0, 100, false, false},
};

static const char *const day_headings[] = {
    "date", "day", "datum", "tag", "timestamp_measurement", "datetime", "timestamp",
};

/* As har_table_column() compares: spaces, underscores and case aside. */
static const struct {
    enum measure_of_day measure;
    const char *text;
    double unit; /* of the column, in ours */
} measure_headings[] = {
    {REST, "rest_bpm", 1},
    {REST, "resting heart rate", 1},
    {REST, "resting hr", 1},
    {REST, "rest hr", 1},
    {REST, "rhr", 1},
    {REST, "ruhepuls", 1},
    {REST, "ruhe hf", 1},
    {REST, "ruheherzfrequenz", 1},
    {REST, "hr", 1},
    {REST, "heart rate", 1},
    {REST, "puls", 1},
    {HRV, "rmssd", 1},
    {HRV, "hrv_ms", 1},
    {HRV, "hrv rmssd", 1},
    {HRV, "overnight hrv", 1},
    {HRV, "hrv", 1},
    {HRV, "hfv", 1},
    {HRV, "herzfrequenzvariabilit\xc3\xa4t", 1},
    {SLEEP, "sleep_s", 1},
    {SLEEP, "sleep secs", 1},
    {SLEEP, "sleep_min", 60},
    {SLEEP, "sleep minutes", 60},
    {SLEEP, "schlaf_min", 60},
    {SLEEP, "sleep_h", 3600},
    {SLEEP, "sleep hours", 3600},
    {SLEEP, "hours of sleep", 3600},
    {SLEEP, "sleep time", 3600},
    {SLEEP, "sleep duration", 3600},
    {SLEEP, "sleep", 3600},
    {SLEEP, "schlaf_h", 3600},
    {SLEEP, "schlafdauer", 3600},
    {SLEEP, "schlafstunden", 3600},
    {SLEEP, "schlaf", 3600},
    {WEIGHT, "weight_kg", 1},
    {WEIGHT, "weight_lb", 0.45359237},
    {WEIGHT, "weight_lbs", 0.45359237},
    {WEIGHT, "weight", 1},
    {WEIGHT, "body weight", 1},
    {WEIGHT, "body mass", 1},
    {WEIGHT, "gewicht_kg", 1},
    {WEIGHT, "gewicht", 1},
    {WEIGHT, "k\xc3\xb6rpergewicht", 1},
    {RPE, "rpe", 1},
    {RPE, "session rpe", 1},
    {RPE, "training rpe", 1},
    {RPE, "anstrengung", 1},
    {SORENESS, "soreness", 1},
    {SORENESS, "muscle soreness", 1},
    {SORENESS, "muskelkater", 1},
    {MOOD, "mood", 1},
    {MOOD, "stimmung", 1},
    {MOOD, "laune", 1},
};

struct mornings {
    struct har_table table;
    struct har_table_row row;
    size_t day_column, column[DAY_MEASURES];
    double unit[DAY_MEASURES];
    bool day_first;
    struct har_arena *arena;

    struct har_wellness_row *gathered;
    size_t count, room, without_value;
    struct refusals refused;
};

static har_status mornings_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for these mornings");
}

static har_status find_measures(struct mornings *m, struct har_error *err)
{
    bool any = false;
    m->day_column = HAR_NO_COLUMN;
    for (size_t i = 0; i < COUNT(day_headings) && m->day_column == HAR_NO_COLUMN; i++)
        m->day_column = har_table_column(&m->table, day_headings[i], 0);
    for (size_t i = 0; i < DAY_MEASURES; i++) m->column[i] = HAR_NO_COLUMN;
    for (size_t i = 0; i < COUNT(measure_headings); i++) {
        enum measure_of_day measure = measure_headings[i].measure;
        size_t found = har_table_column(&m->table, measure_headings[i].text, 0);
        if (found == HAR_NO_COLUMN || m->column[measure] != HAR_NO_COLUMN) continue;
        m->column[measure] = found;
        m->unit[measure] = measure_headings[i].unit;
        any = true;
    }
    if (m->day_column != HAR_NO_COLUMN && any) return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0,
                    "its first row names no %s; it needs a date and one of resting heart "
                    "rate, HRV, sleep, weight, RPE, soreness and mood",
                    any ? "column for the date" : "measure that is known");
}

/* Looks through all days for one that can be read in one way only. */
static har_status settle_dates(struct mornings *m)
{
    struct har_table scan = m->table;
    bool iso_only = false, day_first_only = false;
    har_status got;
    while ((got = har_table_next(&scan, m->arena, &m->row, NULL)) != HAR_END) {
        struct har_bytes cell = har_table_field(&m->row, m->day_column);
        int64_t day;
        if (got == HAR_NO_MEMORY) return got;
        if (got) continue;
        bool iso = cell_day(cell, &day, NULL) == HAR_OK;
        bool day_first = cell_day_first(cell, &day);
        if (iso && !day_first) iso_only = true;
        if (day_first && !iso) day_first_only = true;
    }
    m->day_first = day_first_only && !iso_only;
    return HAR_OK;
}

static har_status read_measure(const struct mornings *m, size_t measure, double *value,
                               struct har_error *err)
{
    struct har_bytes cell = har_table_field(&m->row, m->column[measure]);
    const char *name = day_measures[measure].name;
    *value = NAN; /* an empty cell leaves it */
    har_status got = day_measures[measure].lasts
                         ? cell_duration(cell, name, m->unit[measure], value, err)
                         : cell_number(cell, name, value, err);
    if (got) return got;
    if (!day_measures[measure].lasts) *value *= m->unit[measure];
    if (*value == 0 && day_measures[measure].zero_is_none) *value = NAN;
    if (isnan(*value) ||
        (*value >= day_measures[measure].least && *value <= day_measures[measure].most))
        return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0, "%s is from %d to %d, not %.*s", name,
                    (int)day_measures[measure].least, (int)day_measures[measure].most,
                    cell.size < 40 ? (int)cell.size : 40, cell.data);
}

static har_status read_morning(const struct mornings *m, struct har_wellness_row *row,
                               bool *any, struct har_error *err)
{
    struct har_bytes cell = har_table_field(&m->row, m->day_column);
    *row = (struct har_wellness_row){.line = m->row.line};
    *any = false;
    har_status got = HAR_OK;
    if (!m->day_first || !cell_day_first(cell, &row->day))
        got = cell_day(cell, &row->day, err);
    for (size_t i = 0; i < DAY_MEASURES && got == HAR_OK; i++) {
        double value;
        got = read_measure(m, i, &value, err);
        if (got) break;
        *(double *)(void *)((char *)row + day_measures[i].at) = value;
        if (!isnan(value)) *any = true;
    }
    return got;
}

static har_status refuse_morning(struct mornings *m, const struct har_error *why,
                                 struct har_error *err)
{
    bool kept = refusals_add(&m->refused, m->row.line, why, m->arena);
    return kept ? HAR_OK : mornings_full(err);
}

static har_status gather_morning(struct mornings *m, struct har_error *err)
{
    struct har_error why = {0};
    bool any;
    struct har_wellness_row *rows =
        har_arena_grow(m->arena, m->gathered, m->count, &m->room, sizeof *rows);
    if (!rows) return mornings_full(err);
    m->gathered = rows;
    if (read_morning(m, &rows[m->count], &any, &why)) return refuse_morning(m, &why, err);
    if (any) m->count++;
    else m->without_value++;
    return HAR_OK;
}

har_status har_wellness_read(struct har_bytes sheet, struct har_arena *arena,
                             struct har_wellness *out, struct har_error *err)
{
    struct mornings m = {.arena = arena};
    struct har_error why = {0};
    har_status got = har_table_open(sheet, arena, &m.table, err);
    if (got == HAR_OK) got = find_measures(&m, err);
    if (got) return got;
    if (settle_dates(&m)) return mornings_full(err);
    while (got == HAR_OK &&
           (got = har_table_next(&m.table, arena, &m.row, &why)) != HAR_END)
        got = got == HAR_BAD_INPUT   ? refuse_morning(&m, &why, err)
              : got == HAR_NO_MEMORY ? mornings_full(err)
                                     : gather_morning(&m, err);
    if (got != HAR_END) return got;
    *out = (struct har_wellness){m.count, m.gathered, m.refused.count, m.refused.row,
                                 m.without_value};
    return HAR_OK;
}
