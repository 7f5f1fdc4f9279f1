/* SPDX-License-Identifier: MIT */

/* The tables of the season's page.
 *
 * An altitude is worth a word above 500 m: there the air begins to cost a runner something
 * over a mile. The pace of a race is that of its official mark, else of its elapsed time,
 * because races do not stop. Best efforts carry no official name: a watch's 5000 m is not a
 * mark. What was told of a race's course stands above what its recording says. */

#include "tables.h"

#include "words.h"

#include <math.h>
#include <string.h>

#define NOTABLE_ALTITUDE_M 500.0
enum { UNKNOWN_ZONE = HAR_ZONES };

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const struct har_season_best *best_at(const struct page *page, size_t row)
{
    return &page->season->bests[row];
}

static const struct har_entry *race_at(const struct page *page, size_t row)
{
    return page->season->races[row];
}

static const struct har_personal_best *mark_at(const struct page *page, size_t row)
{
    return &page->season->marks[row];
}

static const struct har_week *week_at(const struct page *page, size_t row)
{
    return &page->rows.row[row].sum;
}

static void write_load(struct har_text *text, double load)
{
    if (isnan(load)) har_text_add(text, "-");
    else har_text_fixed(text, load, 0);
}

/* Of the stays of which no camp says more. */
static const struct har_stay *stay_at(const struct page *page, size_t row)
{
    const struct har_stay *stay = page->season->stays;
    while (stay->camp || row-- > 0) stay++;
    return stay;
}

static const struct har_kept_camp *camp_at(const struct page *page, size_t row)
{
    return &page->season->camps[row];
}

static void write_local_date(struct har_text *text, int64_t time_ms, int32_t utc_offset_s)
{
    har_text_date(text, har_local_day(time_ms, utc_offset_s));
}

static void write_number(struct har_text *text, int64_t id)
{
    har_text_format(text, "#%lld", (long long)id);
}

static void write_name(struct har_text *text, const char *name)
{
    har_text_add(text, name && *name ? name : "-");
}

static void write_notable_altitude(struct har_text *text, double altitude_m,
                                   const struct har_style *style)
{
    if (!(altitude_m > NOTABLE_ALTITUDE_M)) return;
    words_height(text, altitude_m, style);
}

const char *column_heading(const struct page_column *column, const struct page *page)
{
    return page->style->imperial && column->imperial ? column->imperial : column->heading;
}

/* --- the season in one row ------------------------------------------------------- */

static size_t facts_rows(const struct page *page)
{
    (void)page;
    return 1;
}

static void fact_distance(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    har_render_distance(text, page->season->distance_m, page->style);
}

static void fact_moving(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    words_hours(text, page->season->moving_s);
    if (isfinite(page->season->moving_s)) har_text_add(text, " h");
}

static void fact_ascent(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    words_height(text, page->season->ascent_m, page->style);
}

static void fact_runs(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    words_count(text, page->season->runs);
}

static void fact_others(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    words_count(text, page->season->activities - page->season->runs);
}

static void fact_weekly(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    har_render_distance(text, page->season->distance_m / (double)page->season->week_count,
                        page->style);
}

static const struct page_column facts_columns[] = {
    {"distance", NULL, COLUMN_LEFT, 13, 0, fact_distance, NULL},
    {"a week", NULL, COLUMN_LEFT, 13, 2, fact_weekly, NULL},
    {"moving", NULL, COLUMN_LEFT, 13, 0, fact_moving, NULL},
    {"ascent", NULL, COLUMN_LEFT, 13, 1, fact_ascent, NULL},
    {"runs", NULL, COLUMN_LEFT, 8, 0, fact_runs, NULL},
    {"other sports", NULL, COLUMN_LEFT, 13, 3, fact_others, NULL},
};
const struct page_table table_facts = {
    NULL, NULL, NULL, facts_columns, COUNT_OF(facts_columns), facts_rows,
};

void table_dates(struct har_text *text, const struct page *page)
{
    const struct har_season *season = page->season;
    har_text_date(text, season->from_day);
    har_text_add(text, " to ");
    har_text_date(text, season->to_day);
    har_text_format(text, ", %zu %s, %u %s", season->week_count,
                    season->week_count == 1 ? "week" : "weeks", season->activities,
                    season->activities == 1 ? "activity" : "activities");
}

void table_longest_run(struct har_text *text, const struct page *page)
{
    const struct har_entry *longest = page->season->longest;
    if (!longest) return;
    const struct har_summary *run = &longest->summary;
    har_text_add(text, "Longest run: ");
    har_render_distance(text, run->distance_m, page->style);
    har_text_add(text, " in ");
    words_time(text, run->elapsed_s);
    har_text_add(text, ", ");
    write_local_date(text, run->start_ms, run->utc_offset_s);
    har_text_add(text, ", ");
    if (longest->name && *longest->name) {
        har_text_add(text, longest->name);
        har_text_add(text, " ");
    }
    write_number(text, longest->id);
}

/* --- weeks ----------------------------------------------------------------------- */

static size_t weeks_rows(const struct page *page)
{
    return page->rows.count;
}

static void week_label(struct har_text *text, const struct page *page, size_t row)
{
    row_label(text, &page->rows.row[row]);
}

static void week_distance(struct har_text *text, const struct page *page, size_t row)
{
    words_far(text, week_at(page, row)->distance_m, page->style);
}

/* Beside the fullest row. Months and years are measured by their average week. */
static double week_share(const struct page *page, size_t row)
{
    double most_m = 0;
    for (size_t i = 0; i < page->rows.count; i++)
        most_m = fmax(most_m, row_weekly_m(&page->rows.row[i]));
    return most_m > 0 ? row_weekly_m(&page->rows.row[row]) / most_m : 0;
}

static void week_runs(struct har_text *text, const struct page *page, size_t row)
{
    words_count(text, week_at(page, row)->runs);
}

static void week_longest(struct har_text *text, const struct page *page, size_t row)
{
    words_far(text, week_at(page, row)->longest_m, page->style);
}

static void week_ascent(struct har_text *text, const struct page *page, size_t row)
{
    words_high(text, week_at(page, row)->ascent_m, page->style);
}

static void week_moving(struct har_text *text, const struct page *page, size_t row)
{
    words_hours(text, week_at(page, row)->moving_s);
}

static void week_altitude(struct har_text *text, const struct page *page, size_t row)
{
    write_notable_altitude(text, week_at(page, row)->altitude_m, page->style);
}

static void week_load(struct har_text *text, const struct page *page, size_t row)
{
    write_load(text, row_load(page->season, &page->rows.row[row]));
}

static void week_race(struct har_text *text, const struct page *page, size_t row)
{
    if (week_at(page, row)->race) har_text_add(text, "race");
}

static const struct page_column weeks_columns[] = {
    {"from", NULL, COLUMN_LEFT, 10, 0, week_label, NULL},
    {"km", "mi", COLUMN_RIGHT, 6, 0, week_distance, NULL},
    {"per week", NULL, COLUMN_BAR, 8, 0, NULL, week_share},
    {"runs", NULL, COLUMN_RIGHT, 4, 5, week_runs, NULL},
    {"longest", NULL, COLUMN_RIGHT, 7, 7, week_longest, NULL},
    {"load", NULL, COLUMN_RIGHT, 5, 6, week_load, NULL},
    {"up m", "up ft", COLUMN_RIGHT, 6, 4, week_ascent, NULL},
    {"h:mm", NULL, COLUMN_RIGHT, 6, 3, week_moving, NULL},
    {"altitude", NULL, COLUMN_RIGHT, 9, 2, week_altitude, NULL},
    {"race", NULL, COLUMN_RIGHT, 4, 1, week_race, NULL},
};
const struct page_table table_weeks = {
    "Weeks", NULL, NULL, weeks_columns, COUNT_OF(weeks_columns), weeks_rows,
};

/* --- form ------------------------------------------------------------------------ */

static const struct har_form_day *last_form(const struct page *page)
{
    const struct har_form *form = page->season->form;
    return form->days + form->day_count - 1;
}

static size_t form_rows(const struct page *page)
{
    return page->season->form != NULL;
}

static void form_fitness(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    write_load(text, last_form(page)->fitness);
}

static void form_fatigue(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    write_load(text, last_form(page)->fatigue);
}

static void form_morning(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    write_load(text, last_form(page)->fitness - last_form(page)->fatigue);
}

static void form_week(struct har_text *text, const struct page *page, size_t row)
{
    (void)row;
    write_load(text, last_form(page)->week_load);
}

static void form_monotony(struct har_text *text, const struct page *page, size_t row)
{
    double monotony = last_form(page)->monotony;
    (void)row;
    if (isnan(monotony)) har_text_add(text, "-");
    else har_text_fixed(text, monotony, 1);
}

static void form_races(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_form_day *day = last_form(page);
    (void)row;
    har_text_format(text, "%u, %u, %u", day->races_7, day->races_14, day->races_28);
}

static const struct page_column form_columns[] = {
    {"fitness", NULL, COLUMN_LEFT, 8, 0, form_fitness, NULL},
    {"fatigue", NULL, COLUMN_LEFT, 8, 0, form_fatigue, NULL},
    {"form", NULL, COLUMN_LEFT, 5, 0, form_morning, NULL},
    {"7 days' load", NULL, COLUMN_LEFT, 12, 1, form_week, NULL},
    {"monotony", NULL, COLUMN_LEFT, 8, 2, form_monotony, NULL},
    {"races in 7, 14, 28 days", NULL, COLUMN_LEFT, 23, 3, form_races, NULL},
};
const struct page_table table_form = {
    "Form",
    "On the morning after; 100 of load is an hour at threshold.",
    NULL,
    form_columns,
    COUNT_OF(form_columns),
    form_rows,
};

/* What the smaller drawings show. */
static const struct page_column ascent_columns[] = {
    {"from", NULL, COLUMN_LEFT, 10, 0, week_label, NULL},
    {"up m", "up ft", COLUMN_RIGHT, 6, 0, week_ascent, NULL},
};
const struct page_table table_ascent = {
    "Ascent", NULL, NULL, ascent_columns, COUNT_OF(ascent_columns), weeks_rows,
};

static const struct page_column longest_columns[] = {
    {"from", NULL, COLUMN_LEFT, 10, 0, week_label, NULL},
    {"longest km", "longest mi", COLUMN_RIGHT, 10, 0, week_longest, NULL},
};
const struct page_table table_longest = {
    "Longest run", NULL, NULL, longest_columns, COUNT_OF(longest_columns), weeks_rows,
};

/* --- zones ----------------------------------------------------------------------- */

size_t table_zone_of(size_t row)
{
    return row < HAR_ZONES ? HAR_ZONES - 1 - row : UNKNOWN_ZONE;
}

static double known_zones_s(const struct har_zones *zones)
{
    double sum_s = 0;
    for (size_t zone = 0; zone < HAR_ZONES; zone++) sum_s += zones->time_s[zone];
    return sum_s;
}

static size_t zones_rows(const struct page *page)
{
    const struct har_zones *zones = &page->season->zones;
    if (isnan(zones->heart_max_bpm)) return 0;
    return HAR_ZONES + (zones->unknown_s > 0);
}

static void zone_label(struct har_text *text, const struct page *page, size_t row)
{
    (void)page;
    size_t zone = table_zone_of(row);
    if (zone == UNKNOWN_ZONE) har_text_add(text, "no heart rate");
    else har_text_format(text, "zone %zu", zone + 1);
}

static void zone_range(struct har_text *text, const struct page *page, size_t row)
{
    size_t zone = table_zone_of(row);
    if (zone == UNKNOWN_ZONE) return;
    const struct har_zones *zones = &page->season->zones;
    bool top = zone + 1 == HAR_ZONES;
    int from_bpm = (int)zones->from_bpm[zone];
    int to_bpm = (int)(top ? zones->heart_max_bpm : zones->from_bpm[zone + 1] - 1);
    if (zone == 0) har_text_format(text, "to %d", to_bpm);
    else har_text_format(text, "%d-%d", from_bpm, to_bpm);
}

double table_zone_share(const struct page *page, size_t row)
{
    const struct har_zones *zones = &page->season->zones;
    size_t zone = table_zone_of(row);
    double known_s = known_zones_s(zones);
    return zone == UNKNOWN_ZONE || known_s <= 0 ? NAN : zones->time_s[zone] / known_s;
}

static void zone_percent(struct har_text *text, const struct page *page, size_t row)
{
    if (table_zone_of(row) != UNKNOWN_ZONE) words_share(text, table_zone_share(page, row));
}

static void zone_time(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_zones *zones = &page->season->zones;
    size_t zone = table_zone_of(row);
    words_hours(text, zone == UNKNOWN_ZONE ? zones->unknown_s : zones->time_s[zone]);
}

void table_zone_name(struct har_text *text, const struct page *page, size_t row)
{
    zone_label(text, page, row);
    har_text_add(text, ", ");
    zone_range(text, page, row);
}

void table_zone_amount(struct har_text *text, const struct page *page, size_t row)
{
    zone_percent(text, page, row);
    har_text_add(text, ", ");
    zone_time(text, page, row);
    har_text_add(text, " h");
}

static const struct page_column zones_columns[] = {
    {"zone", NULL, COLUMN_LEFT, 13, 0, zone_label, NULL},
    {"bpm", NULL, COLUMN_RIGHT, 8, 1, zone_range, NULL},
    {"share", NULL, COLUMN_BAR, 11, 2, NULL, table_zone_share},
    {"%", NULL, COLUMN_RIGHT, 6, 0, zone_percent, NULL},
    {"h:mm", NULL, COLUMN_RIGHT, 8, 0, zone_time, NULL},
};
const struct page_table table_zones = {
    "Heart rate",
    NULL,
    "No heart rate in these activities.",
    zones_columns,
    COUNT_OF(zones_columns),
    zones_rows,
};

/* --- official marks -------------------------------------------------------------- */

static size_t marks_rows(const struct page *page)
{
    return page->season->mark_count;
}

static void mark_event(struct har_text *text, const struct page *page, size_t row)
{
    har_text_add(text, mark_at(page, row)->race->result.event.code);
}

static void mark_mark(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_result *result = &mark_at(page, row)->race->result;
    har_text_mark(text, &result->mark, &result->event);
}

static void mark_points(struct har_text *text, const struct page *page, size_t row)
{
    int points = mark_at(page, row)->points;
    if (points >= 0) words_count(text, points);
}

static void mark_date(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, mark_at(page, row)->race->result.day);
}

/* Why it is no best. */
static void mark_doubt(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_personal_best *mark = mark_at(page, row);
    if (mark->counts) return;
    har_text_add(text, mark->race->result.official ? "aided" : "own time");
}

static void mark_race(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_result *result = &mark_at(page, row)->race->result;
    write_name(text, result->name ? result->name : result->venue);
}

static const struct page_column marks_columns[] = {
    {"event", NULL, COLUMN_LEFT, 10, 0, mark_event, NULL},
    {"mark", NULL, COLUMN_RIGHT, 9, 0, mark_mark, NULL},
    {"points", NULL, COLUMN_RIGHT, 7, 2, mark_points, NULL},
    {"date", NULL, COLUMN_RIGHT, 11, 0, mark_date, NULL},
    {"note", NULL, COLUMN_LEFT, 8, 0, mark_doubt, NULL},
    {"race", NULL, COLUMN_NAME, 12, 1, mark_race, NULL},
};
const struct page_table table_marks = {
    "Official marks",
    "The best of each event; aided ones are no best.",
    NULL,
    marks_columns,
    COUNT_OF(marks_columns),
    marks_rows,
};

/* --- what could be run ------------------------------------------------------------ */

static const struct har_outlook_row *ahead_at(const struct page *page, size_t row)
{
    return &page->season->outlook->row[row];
}

static size_t outlook_rows(const struct page *page)
{
    return page->season->outlook ? page->season->outlook->row_count : 0;
}

static void ahead_event(struct har_text *text, const struct page *page, size_t row)
{
    har_text_add(text, ahead_at(page, row)->event.code);
}

static void ahead_time(struct har_text *text, const struct page *page, size_t row)
{
    words_time(text, ahead_at(page, row)->prediction.time_s);
}

static void write_range(struct har_text *text, const struct har_prediction *p)
{
    words_time(text, p->low_s[HAR_WITHIN_80]);
    har_text_add(text, "-");
    words_time(text, p->high_s[HAR_WITHIN_80]);
}

static void ahead_range(struct har_text *text, const struct page *page, size_t row)
{
    write_range(text, &ahead_at(page, row)->prediction);
}

/* The mark that moved it most. */
static void ahead_reason(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_outlook_row *ahead = ahead_at(page, row);
    if (ahead->reason_count == 0) return;
    const struct har_evidence *mark = ahead->reason[0].mark;
    struct har_mark written = har_mark_of(mark->run_s > 0 ? mark->run_s : mark->time_s);
    har_text_format(text, "%s ", mark->event.code);
    har_text_mark(text, &written, &mark->event);
    if (mark->kind == HAR_EVIDENCE_EFFORT) har_text_add(text, " in training");
    har_text_add(text, ", ");
    har_text_date(text, mark->day);
}

/* The race that would tell most, and to what it would narrow the interval. */
static void ahead_advice(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_outlook_row *ahead = ahead_at(page, row);
    if (!ahead->advice.code[0]) return;
    har_text_format(text, "%s: to ", ahead->advice.code);
    words_share(text, ahead->narrowed);
}

static const struct page_column outlook_columns[] = {
    {"event", NULL, COLUMN_LEFT, 8, 0, ahead_event, NULL},
    {"time", NULL, COLUMN_RIGHT, 8, 0, ahead_time, NULL},
    {"80 of 100 times", NULL, COLUMN_RIGHT, 16, 0, ahead_range, NULL},
    {"would narrow it", NULL, COLUMN_RIGHT, 16, 2, ahead_advice, NULL},
    {"moved most by", NULL, COLUMN_NAME, 20, 1, ahead_reason, NULL},
};
const struct page_table table_outlook = {
    "What could be run",
    "The day after, flat, cool and still.",
    NULL,
    outlook_columns,
    COUNT_OF(outlook_columns),
    outlook_rows,
};

static const struct har_foretold *foretold_at(const struct page *page, size_t row)
{
    return &page->season->foretold[row];
}

static size_t foretold_rows(const struct page *page)
{
    return page->season->foretold_count;
}

static void foretold_date(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, foretold_at(page, row)->race->day);
}

static void foretold_event(struct har_text *text, const struct page *page, size_t row)
{
    har_text_add(text, foretold_at(page, row)->race->event.code);
}

static void foretold_time(struct har_text *text, const struct page *page, size_t row)
{
    words_time(text, foretold_at(page, row)->race->time_s);
}

static void foretold_run(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_evidence *race = foretold_at(page, row)->race;
    words_time(text, race->run_s > 0 ? race->run_s : race->time_s);
}

static void foretold_as(struct har_text *text, const struct page *page, size_t row)
{
    words_time(text, foretold_at(page, row)->prediction.time_s);
}

static void foretold_range(struct har_text *text, const struct page *page, size_t row)
{
    write_range(text, &foretold_at(page, row)->prediction);
}

static void foretold_off(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_foretold *f = foretold_at(page, row);
    double off = 100 * (f->race->time_s / f->prediction.time_s - 1);
    har_text_add(text, off < 0 ? "-" : "+");
    har_text_fixed(text, fabs(off), 1);
    har_text_add(text, " %");
}

static const struct page_column foretold_columns[] = {
    {"date", NULL, COLUMN_LEFT, 11, 0, foretold_date, NULL},
    {"event", NULL, COLUMN_LEFT, 8, 0, foretold_event, NULL},
    {"run", NULL, COLUMN_RIGHT, 9, 0, foretold_run, NULL},
    {"worth", NULL, COLUMN_RIGHT, 9, 2, foretold_time, NULL},
    {"foretold", NULL, COLUMN_RIGHT, 9, 0, foretold_as, NULL},
    {"80 of 100 times", NULL, COLUMN_RIGHT, 17, 1, foretold_range, NULL},
    {"off by", NULL, COLUMN_RIGHT, 8, 0, foretold_off, NULL},
};
const struct page_table table_foretold = {
    "Races, foretold",
    "Each from what was known the day before.",
    NULL,
    foretold_columns,
    COUNT_OF(foretold_columns),
    foretold_rows,
};

/* --- best efforts ---------------------------------------------------------------- */

static size_t bests_rows(const struct page *page)
{
    return page->season->best_count;
}

static void best_event(struct har_text *text, const struct page *page, size_t row)
{
    words_event(text, best_at(page, row)->best.distance_m, page->style);
}

static void best_time(struct har_text *text, const struct page *page, size_t row)
{
    words_time(text, best_at(page, row)->best.time_s);
}

static void best_pace(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_best *best = &best_at(page, row)->best;
    har_render_pace(text, best->distance_m / best->time_s, page->style);
}

static void best_date(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_season_best *best = best_at(page, row);
    write_local_date(text, best->start_ms, best->utc_offset_s);
}

static void best_activity(struct har_text *text, const struct page *page, size_t row)
{
    write_number(text, best_at(page, row)->id);
}

static const struct page_column bests_columns[] = {
    {"distance", NULL, COLUMN_LEFT, 10, 0, best_event, NULL},
    {"time", NULL, COLUMN_RIGHT, 8, 0, best_time, NULL},
    {"pace", NULL, COLUMN_RIGHT, 10, 1, best_pace, NULL},
    {"date", NULL, COLUMN_RIGHT, 11, 0, best_date, NULL},
    {"activity", NULL, COLUMN_RIGHT, 9, 2, best_activity, NULL},
};
const struct page_table table_bests = {
    "Best efforts",
    "By GPS inside runs; not official marks.",
    "No best efforts: they need an unbroken run outdoors.",
    bests_columns,
    COUNT_OF(bests_columns),
    bests_rows,
};

/* --- races ----------------------------------------------------------------------- */

static size_t races_rows(const struct page *page)
{
    return page->season->race_count;
}

static void race_date(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_summary *race = &race_at(page, row)->summary;
    write_local_date(text, race->start_ms, race->utc_offset_s);
}

static void race_name(struct har_text *text, const struct page *page, size_t row)
{
    write_name(text, race_at(page, row)->name);
}

static void race_distance(struct har_text *text, const struct page *page, size_t row)
{
    har_render_distance(text, race_at(page, row)->summary.distance_m, page->style);
}

static void race_time(struct har_text *text, const struct page *page, size_t row)
{
    words_time(text, race_at(page, row)->summary.elapsed_s);
}

/* The event, or the distance where there is no result. */
static void race_event(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_race *official = race_at(page, row)->official;
    if (official) har_text_add(text, official->result.event.code);
    else race_distance(text, page, row);
}

static void race_mark(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_race *official = race_at(page, row)->official;
    if (official) har_text_mark(text, &official->result.mark, &official->result.event);
}

static void race_pace(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_entry *race = race_at(page, row);
    const struct har_result *result = race->official ? &race->official->result : NULL;
    double distance_m = result ? result->event.distance_m : race->summary.distance_m;
    double time_s = result ? (double)result->mark.time_ms / 1000 : race->summary.elapsed_s;
    har_render_pace(text, distance_m / time_s, page->style);
}

static void race_flat(struct har_text *text, const struct page *page, size_t row)
{
    har_render_pace(text, race_at(page, row)->flat_speed_mps, page->style);
}

/* In a word; `harrier show` gives the reasons. */
static void race_course(struct har_text *text, const struct page *page, size_t row)
{
    static const char *const words[] = {
        [HAR_VERDICT_ELIGIBLE] = "eligible",      [HAR_VERDICT_AIDED_DROP] = "aided",
        [HAR_VERDICT_AIDED_SEPARATION] = "aided", [HAR_VERDICT_AIDED_BOTH] = "aided",
        [HAR_VERDICT_EXCLUDED] = "excluded",      [HAR_VERDICT_UNKNOWN] = "unknown",
    };
    const struct har_entry *race = race_at(page, row);
    int told = race->official ? race->official->result.eligible : HAR_UNTOLD;
    const char *judged = race->course ? words[race->course->verdict] : "";
    if (told == HAR_UNTOLD) har_text_add(text, judged);
    else if (told) har_text_add(text, "eligible");
    else har_text_add(text, strcmp(judged, "excluded") == 0 ? judged : "aided");
}

static void race_altitude(struct har_text *text, const struct page *page, size_t row)
{
    write_notable_altitude(text, race_at(page, row)->summary.altitude_m, page->style);
}

static const struct page_column races_columns[] = {
    {"date", NULL, COLUMN_LEFT, 10, 0, race_date, NULL},
    {"name", NULL, COLUMN_NAME, 18, 0, race_name, NULL},
    {"distance", NULL, COLUMN_RIGHT, 9, 1, race_distance, NULL},
    {"elapsed", NULL, COLUMN_RIGHT, 8, 0, race_time, NULL},
    {"pace", NULL, COLUMN_RIGHT, 10, 2, race_pace, NULL},
    {"flat", NULL, COLUMN_RIGHT, 10, 3, race_flat, NULL},
    {"course", NULL, COLUMN_RIGHT, 9, 4, race_course, NULL},
    {"altitude", NULL, COLUMN_RIGHT, 9, 5, race_altitude, NULL},
};
static const struct page_table table_races = {
    "Races", NULL, NULL, races_columns, COUNT_OF(races_columns), races_rows,
};

static const struct page_column raced_columns[] = {
    {"date", NULL, COLUMN_LEFT, 10, 0, race_date, NULL},
    {"name", NULL, COLUMN_NAME, 16, 0, race_name, NULL},
    {"event", NULL, COLUMN_RIGHT, 9, 1, race_event, NULL},
    {"official", NULL, COLUMN_RIGHT, 9, 0, race_mark, NULL},
    {"elapsed", NULL, COLUMN_RIGHT, 8, 0, race_time, NULL},
    {"pace", NULL, COLUMN_RIGHT, 10, 2, race_pace, NULL},
    {"course", NULL, COLUMN_RIGHT, 9, 3, race_course, NULL},
    {"flat", NULL, COLUMN_RIGHT, 10, 4, race_flat, NULL},
    {"altitude", NULL, COLUMN_RIGHT, 9, 5, race_altitude, NULL},
};
static const struct page_table table_raced = {
    "Races", NULL, NULL, raced_columns, COUNT_OF(raced_columns), races_rows,
};

const struct page_table *table_of_races(const struct page *page)
{
    for (size_t i = 0; i < page->season->race_count; i++)
        if (race_at(page, i)->official) return &table_raced;
    return &table_races;
}

/* --- recovery -------------------------------------------------------------------- */

static const struct har_recovered *recovered_at(const struct page *page, size_t row)
{
    return &page->season->recovered[row];
}

static size_t recovered_rows(const struct page *page)
{
    return page->season->recovered_count;
}

static void recovered_date(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, recovered_at(page, row)->back.race.day);
}

static void recovered_name(struct har_text *text, const struct page *page, size_t row)
{
    write_name(text, recovered_at(page, row)->name);
}

static void write_sign(struct har_text *text, const struct har_recovered *race,
                       enum har_sign sign)
{
    const struct har_recovery *was = &race->back.sign[sign];
    if (race->why_not) return;
    har_render_days(text, was->days, was->low_days, was->high_days);
}

static void recovered_heart(struct har_text *text, const struct page *page, size_t row)
{
    write_sign(text, recovered_at(page, row), HAR_SIGN_HEART);
}

static void recovered_pace(struct har_text *text, const struct page *page, size_t row)
{
    write_sign(text, recovered_at(page, row), HAR_SIGN_PACE);
}

static void recovered_drift(struct har_text *text, const struct page *page, size_t row)
{
    write_sign(text, recovered_at(page, row), HAR_SIGN_DECOUPLING);
}

/* Beside the last of its kind, or how much is missing; `harrier show` says it in full. */
static void recovered_beside(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_recovered *race = recovered_at(page, row);
    if (race->why_not)
        har_text_format(text, "too few easy runs: %zu before, %zu after", race->back.before,
                        race->back.after);
    else if (race->beside) words_sooner(text, race->beside);
    else if (race->block_load > 0) {
        har_text_fixed(text, race->block_load, 1);
        har_text_add(text, " times the usual load");
    } else har_text_add(text, "no earlier one to compare");
}

static const struct page_column recovered_columns[] = {
    {"date", NULL, COLUMN_LEFT, 10, 0, recovered_date, NULL},
    {"race", NULL, COLUMN_NAME, 8, 0, recovered_name, NULL},
    {"heart", NULL, COLUMN_LEFT, 12, 0, recovered_heart, NULL},
    {"pace", NULL, COLUMN_LEFT, 12, 2, recovered_pace, NULL},
    {"decoupling", NULL, COLUMN_LEFT, 12, 3, recovered_drift, NULL},
    {"beside the last of its kind", NULL, COLUMN_LEFT, 44, 1, recovered_beside, NULL},
};
const struct page_table table_recovered = {
    "Recovery",
    "Days until easy runs were as usual again; 80 %.",
    NULL,
    recovered_columns,
    COUNT_OF(recovered_columns),
    recovered_rows,
};

/* --- camps ----------------------------------------------------------------------- */

static size_t camps_rows(const struct page *page)
{
    return page->season->camp_count;
}

static void camp_name(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_camp *camp = &camp_at(page, row)->camp;
    har_text_add(text, camp->told ? camp->name : "found");
}

static void camp_dates(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, camp_at(page, row)->camp.from_day);
    har_text_add(text, " to ");
    har_text_date(text, camp_at(page, row)->camp.to_day);
}

static void camp_days(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_camp *camp = &camp_at(page, row)->camp;
    words_count(text, camp->to_day - camp->from_day + 1);
}

static void camp_altitude(struct har_text *text, const struct page *page, size_t row)
{
    words_height(text, camp_at(page, row)->camp.altitude_m, page->style);
}

static void camp_dose(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, camp_at(page, row)->dose.dose_km_h, 0);
}

static void camp_blood(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, camp_at(page, row)->dose.haemoglobin_pct, 1);
}

static void camp_range(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, camp_at(page, row)->dose.low_pct, 1);
    har_text_add(text, " to ");
    har_text_fixed(text, camp_at(page, row)->dose.high_pct, 1);
}

static void camp_brought(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_camp_gain *brought = camp_at(page, row)->brought;
    if (!brought) return;
    har_text_fixed(text, brought->low_pct, 1);
    har_text_add(text, " to ");
    har_text_fixed(text, brought->high_pct, 1);
}

static const struct page_column camps_columns[] = {
    {"camp", NULL, COLUMN_NAME, 8, 0, camp_name, NULL},
    {"from, to", NULL, COLUMN_LEFT, 24, 0, camp_dates, NULL},
    {"days", NULL, COLUMN_RIGHT, 4, 3, camp_days, NULL},
    {"altitude", NULL, COLUMN_RIGHT, 8, 0, camp_altitude, NULL},
    {"km.h", NULL, COLUMN_RIGHT, 5, 1, camp_dose, NULL},
    {"Hb %", NULL, COLUMN_RIGHT, 5, 1, camp_blood, NULL},
    {"80 %", NULL, COLUMN_RIGHT, 12, 2, camp_range, NULL},
    {"raced after, %", NULL, COLUMN_RIGHT, 14, 4, camp_brought, NULL},
};
const struct page_table table_camps = {
    "Camps at altitude",
    "Dose, and the haemoglobin that may come of it.",
    NULL,
    camps_columns,
    COUNT_OF(camps_columns),
    camps_rows,
};

/* --- mornings -------------------------------------------------------------------- */

static size_t mornings_rows(const struct page *page)
{
    return page->season->mornings ? 2 : 0;
}

static const struct har_wellness_row *means_at(const struct page *page, size_t row)
{
    return row == 0 ? &page->season->mornings->week : &page->season->mornings->weeks;
}

static void morning_days(struct har_text *text, const struct page *page, size_t row)
{
    har_text_add(text, row == 0 ? "7 days to " : "28 days to ");
    har_text_date(text, page->season->mornings->day);
}

static void morning_rest(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, means_at(page, row)->rest_bpm, 1);
}

static void morning_hrv(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, means_at(page, row)->hrv_ms, 0);
}

static void morning_sleep(struct har_text *text, const struct page *page, size_t row)
{
    double sleep_s = means_at(page, row)->sleep_s;
    if (isfinite(sleep_s)) words_hours(text, sleep_s);
}

static void morning_weight(struct har_text *text, const struct page *page, size_t row)
{
    double kg = means_at(page, row)->weight_kg;
    har_text_fixed(text, page->style->imperial ? kg / 0.45359237 : kg, 1);
}

static void morning_rpe(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, means_at(page, row)->rpe, 1);
}

static void morning_soreness(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, means_at(page, row)->soreness, 1);
}

static void morning_mood(struct har_text *text, const struct page *page, size_t row)
{
    har_text_fixed(text, means_at(page, row)->mood, 1);
}

static const struct page_column mornings_columns[] = {
    {"mornings, mean", NULL, COLUMN_LEFT, 21, 0, morning_days, NULL},
    {"rest bpm", NULL, COLUMN_RIGHT, 8, 0, morning_rest, NULL},
    {"HRV ms", NULL, COLUMN_RIGHT, 6, 0, morning_hrv, NULL},
    {"sleep h", NULL, COLUMN_RIGHT, 7, 1, morning_sleep, NULL},
    {"kg", "lb", COLUMN_RIGHT, 6, 2, morning_weight, NULL},
    {"RPE", NULL, COLUMN_RIGHT, 4, 3, morning_rpe, NULL},
    {"soreness", NULL, COLUMN_RIGHT, 8, 4, morning_soreness, NULL},
    {"mood", NULL, COLUMN_RIGHT, 5, 5, morning_mood, NULL},
};
const struct page_table table_mornings = {
    "Mornings", NULL, NULL, mornings_columns, COUNT_OF(mornings_columns), mornings_rows,
};

/* --- stays ----------------------------------------------------------------------- */

static size_t stays_rows(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->season->stay_count; i++)
        count += !page->season->stays[i].camp;
    return count;
}

static void stay_dates(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, stay_at(page, row)->from_day);
    har_text_add(text, " to ");
    har_text_date(text, stay_at(page, row)->to_day);
}

static void stay_days(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_stay *stay = stay_at(page, row);
    words_count(text, stay->to_day - stay->from_day + 1);
}

static void stay_altitude(struct har_text *text, const struct page *page, size_t row)
{
    words_height(text, stay_at(page, row)->altitude_m, page->style);
}

static void stay_runs(struct har_text *text, const struct page *page, size_t row)
{
    words_count(text, stay_at(page, row)->runs);
}

static void stay_distance(struct har_text *text, const struct page *page, size_t row)
{
    words_far(text, stay_at(page, row)->distance_m, page->style);
}

static const struct page_column stays_columns[] = {
    {"from, to", NULL, COLUMN_LEFT, 24, 0, stay_dates, NULL},
    {"days", NULL, COLUMN_RIGHT, 5, 1, stay_days, NULL},
    {"altitude", NULL, COLUMN_RIGHT, 9, 0, stay_altitude, NULL},
    {"runs", NULL, COLUMN_RIGHT, 5, 2, stay_runs, NULL},
    {"km", "mi", COLUMN_RIGHT, 7, 1, stay_distance, NULL},
};
const struct page_table table_stays = {
    "At another altitude", NULL, NULL, stays_columns, COUNT_OF(stays_columns), stays_rows,
};
