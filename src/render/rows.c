/* SPDX-License-Identifier: MIT */

/* A week belongs to the month and the year of its Thursday, as in ISO 8601: rows are then
 * whole weeks, and their sums are the season's.
 *
 * A season of up to 30 weeks is told week by week. Of a longer one a coach wants the last
 * weeks exactly and the rest in outline: up to 9 weeks, beginning with a month; before them
 * up to 16 months, beginning with a year; then up to 4 years, and one row for all before.
 * Only the season's own first row may be less than the month or year it is called by. */

#include "rows.h"

#include "harrier/num.h"

#include <math.h>

enum { WEEKS_TOLD = 9, MONTHS_TOLD = 16, YEARS_TOLD = 4 };

static const struct {
    const char *name;
    int years;
} row_spans[ROW_SPANS] = {
    [ROW_WEEK] = {"week", 0},         [ROW_MONTH] = {"month", 0},
    [ROW_YEAR] = {"year", 1},         [ROW_DECADE] = {"decade", 10},
    [ROW_CENTURY] = {"century", 100}, [ROW_BEFORE] = {"time before", 0},
};

const char *row_span_name(enum row_span span)
{
    return row_spans[span].name;
}

int64_t row_week_day(int64_t monday)
{
    return monday + 3;
}

int64_t row_key(enum row_span span, int64_t day)
{
    struct har_date date = har_date_of(day);
    switch (span) {
    case ROW_WEEK: return day - har_weekday_of(day);
    case ROW_MONTH: return date.year * 12 + date.month - 1;
    case ROW_BEFORE: return 0;
    default: return date.year / row_spans[span].years;
    }
}

static int64_t week_key(const struct har_season *season, enum row_span span, size_t week)
{
    return row_key(span, row_week_day(season->weeks[week].monday));
}

/* The first week at or after `week` (above 0) that begins a span, else the season's end. */
static size_t next_start(const struct har_season *season, enum row_span span, size_t week)
{
    while (week < season->week_count &&
           week_key(season, span, week) == week_key(season, span, week - 1))
        week++;
    return week;
}

/* The first of the weeks before `end` that lie in its last `most` spans. */
static size_t weeks_back(const struct har_season *season, enum row_span span, size_t end,
                         unsigned most)
{
    size_t week = end;
    unsigned spans = 0;
    while (week > 0) {
        bool begins =
            week == end || week_key(season, span, week - 1) != week_key(season, span, week);
        if (begins && ++spans > most) break;
        week--;
    }
    return week;
}

/* Where rows of each span begin; what lies before is told in the next coarser span. */
static void choose_told(const struct har_season *season, size_t from[ROW_SPANS])
{
    for (unsigned span = 0; span < ROW_SPANS; span++) from[span] = 0;
    if (season->week_count <= MOST_TOLD) return;
    from[ROW_WEEK] = next_start(season, ROW_MONTH, season->week_count - WEEKS_TOLD);
    from[ROW_MONTH] = weeks_back(season, ROW_MONTH, from[ROW_WEEK], MONTHS_TOLD);
    if (from[ROW_MONTH] == 0) return;
    from[ROW_MONTH] = next_start(season, ROW_YEAR, from[ROW_MONTH]);
    from[ROW_YEAR] = weeks_back(season, ROW_YEAR, from[ROW_MONTH], YEARS_TOLD);
    from[ROW_DECADE] = from[ROW_CENTURY] = from[ROW_YEAR];
}

static enum row_span span_of(const size_t from[ROW_SPANS], size_t week)
{
    enum row_span span = ROW_WEEK;
    while (week < from[span]) span++;
    return span;
}

static bool begins_row(const struct har_season *season, const size_t from[ROW_SPANS],
                       size_t week)
{
    if (week == 0) return true;
    enum row_span span = span_of(from, week);
    return span != span_of(from, week - 1) ||
           week_key(season, span, week) != week_key(season, span, week - 1);
}

static double sum_known(double sum, double value, bool first)
{
    if (isnan(value)) return first ? value : sum;
    return first || isnan(sum) ? value : sum + value;
}

static void add_week(struct page_row *row, const struct har_week *week)
{
    struct har_week *sum = &row->sum;
    bool first = sum->runs == 0;
    row->weeks++;
    sum->runs += week->runs;
    sum->others += week->others;
    sum->race |= week->race;
    if (week->runs == 0) return;
    sum->distance_m = sum_known(sum->distance_m, week->distance_m, first);
    sum->ascent_m = sum_known(sum->ascent_m, week->ascent_m, first);
    sum->moving_s = sum_known(sum->moving_s, week->moving_s, first);
    sum->longest_m = first ? week->longest_m : fmax(sum->longest_m, week->longest_m);
}

static double median_of_weeks(const struct har_week *weeks, size_t count, double *work)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(weeks[i].altitude_m)) work[known++] = weeks[i].altitude_m;
    return har_quantile(work, known, 0.5);
}

static size_t count_rows(const struct har_season *season, const size_t from[ROW_SPANS])
{
    size_t count = 0;
    for (size_t week = 0; week < season->week_count; week++)
        count += begins_row(season, from, week);
    return count;
}

static struct page_rows gather_rows(const struct har_season *season,
                                    const size_t from[ROW_SPANS], struct har_arena *arena)
{
    size_t count = count_rows(season, from), filled = 0, week = 0;
    struct page_row *row = HAR_NEW(arena, struct page_row, count);
    double *work = HAR_NEW(arena, double, season->week_count);
    if (!row || !work) return (struct page_rows){0, NULL};

    while (week < season->week_count) {
        size_t first = week;
        struct page_row *next = &row[filled++];
        next->span = span_of(from, week);
        next->from_day = next->sum.monday = season->weeks[week].monday;
        do add_week(next, &season->weeks[week++]);
        while (week < season->week_count && !begins_row(season, from, week));
        next->sum.altitude_m = median_of_weeks(&season->weeks[first], week - first, work);
    }
    return (struct page_rows){filled, row};
}

struct page_rows rows_told(const struct har_season *season, struct har_arena *arena)
{
    size_t from[ROW_SPANS];
    choose_told(season, from);
    return gather_rows(season, from, arena);
}

struct page_rows rows_drawn(const struct har_season *season, struct har_arena *arena)
{
    size_t from[ROW_SPANS] = {0};
    for (unsigned span = ROW_WEEK; span < ROW_BEFORE; span++) {
        if (count_rows(season, from) <= MOST_DRAWN) break;
        from[span] = season->week_count;
    }
    return gather_rows(season, from, arena);
}

void row_label(struct har_text *text, const struct page_row *row)
{
    struct har_date date = har_date_of(row_week_day(row->from_day));
    int years = row_spans[row->span].years;
    int64_t last_day = row_week_day(row->from_day + 7 * ((int64_t)row->weeks - 1));
    switch (row->span) {
    case ROW_WEEK: har_text_date(text, row->from_day); break;
    case ROW_MONTH: har_text_format(text, "%04d-%02d", date.year, date.month); break;
    case ROW_YEAR: har_text_format(text, "%04d", date.year); break;
    case ROW_BEFORE: har_text_format(text, "to %04d", har_date_of(last_day).year); break;
    default:
        har_text_format(text, "%04d-%04d", date.year / years * years,
                        date.year / years * years + years - 1);
    }
}

double row_weekly_m(const struct page_row *row)
{
    return row->sum.distance_m / row->weeks;
}

double row_load(const struct har_season *season, const struct page_row *row)
{
    const struct har_form *form = season->form;
    double load = NAN;
    int64_t end = row->from_day + 7 * (int64_t)row->weeks;
    for (size_t i = 0; form && i < form->day_count; i++) {
        const struct har_form_day *day = form->days + i;
        if (day->day >= row->from_day && day->day < end && !isnan(day->load))
            load = (isnan(load) ? 0 : load) + day->load;
    }
    return load;
}
