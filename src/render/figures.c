/* SPDX-License-Identifier: MIT */

/* Distance and pace are drawn as runners think of them: bars from zero for what was done, a
 * logarithmic scale for distances that are doubled rather than added, and the faster pace
 * higher up. Efforts are joined by straight lines, because between two measured efforts we
 * know nothing better. */

#include "figures.h"

#include "svg.h"
#include "utf8.h"
#include "words.h"

#include <math.h>

enum {
    DISTANCE_PX = 150,
    ROWS_PX = 84,
    FORM_GAP_PX = 18,
    CURVE_PX = 168,
    LEVEL_PX = 25,
    NAMES_PX = 32,    /* two lines of names under a plot */
    FLAGS_PX = 34,    /* names of bands and flags above it */
    LEAST_SLOTS = 12, /* a short season leaves room at the right */
    SCALE_STEPS = 4,
    BAND_NAME = 16, /* letters of a camp's name; all of it is in the title */
};

#define MILE_M 1609.344
#define FOOT_M 0.3048

#define MOST_M 1e12 /* no scale goes farther; a longer bar ends at the top */

#define BAR_GAP 0.16      /* of the room of one bar */
#define TICK_ROOM 0.05    /* of the width; any less and names would touch */
#define LETTER 0.012      /* of the width, for one of a band's name */
#define LEVEL_LENGTH 0.55 /* of the longest: its numbers stand to its right */
#define CURVE_SIDE 0.04   /* beside the first and the last effort */
#define CURVE_ROOM 0.07

/* The texts of one drawing before they become markup. */
struct pen {
    const struct page *page;
    struct har_text label, word, second;
};

static struct pen pen_of(struct har_text *text, const struct page *page)
{
    struct har_text empty = {.arena = text->arena};
    return (struct pen){page, empty, empty, empty};
}

static const char *read_word(const struct har_text *word)
{
    return word->data ? word->data : "";
}

/* --- one number of every row ----------------------------------------------------- */

struct series {
    const char *name;
    double (*value_m)(const struct har_week *week);
    void (*write)(struct har_text *, double, const struct har_style *);
    const char *(*unit)(const struct har_style *);
    double unit_m, imperial_m; /* so that the scale is round in its own unit */
};

static double week_distance_m(const struct har_week *week)
{
    return week->distance_m;
}

static double week_ascent_m(const struct har_week *week)
{
    return week->ascent_m;
}

static double week_longest_m(const struct har_week *week)
{
    return week->longest_m;
}

static const struct series distance_series = {
    "Running distance", week_distance_m, words_far, words_far_unit, 1000, MILE_M,
};
static const struct series ascent_series = {
    "Ascent", week_ascent_m, words_high, words_high_unit, 1, FOOT_M,
};
static const struct series longest_series = {
    "Longest run", week_longest_m, words_far, words_far_unit, 1000, MILE_M,
};

static double most_of(const struct page *page, const struct series *series)
{
    double most_m = 0;
    for (size_t i = 0; i < page->rows.count; i++) {
        double value_m = series->value_m(&page->rows.row[i].sum);
        if (value_m < MOST_M) most_m = fmax(most_m, value_m);
    }
    return most_m;
}

static void write_series(struct har_text *text, const struct page *page,
                         const struct series *series, double value_m)
{
    series->write(text, value_m, page->style);
    har_text_format(text, " %s", series->unit(page->style));
}

static void draw_scale(struct pen *pen, const struct svg_plot *plot, double step)
{
    for (unsigned i = 0; i * step <= plot->high * (1 + 1e-9); i++) {
        words_clear(&pen->word);
        words_scale(&pen->word, i * step);
        svg_rule(plot, i * step, read_word(&pen->word));
    }
}

/* Across how many rows' widths the plot is divided. */
static double slots_of(const struct page_rows *rows)
{
    return rows->count > LEAST_SLOTS ? (double)rows->count : LEAST_SLOTS;
}

static void draw_bars(struct pen *pen, const struct svg_plot *plot,
                      const struct series *series, double unit_m)
{
    const struct page_rows *rows = &pen->page->rows;
    for (size_t i = 0; i < rows->count; i++) {
        double value_m = series->value_m(&rows->row[i].sum);
        if (!(value_m > 0)) continue;
        words_clear(&pen->word);
        row_label(&pen->word, &rows->row[i]);
        har_text_add(&pen->word, ": ");
        write_series(&pen->word, pen->page, series, value_m);
        svg_bar(plot, ((double)i + BAR_GAP / 2) / slots_of(rows),
                ((double)i + 1 - BAR_GAP / 2) / slots_of(rows), value_m / unit_m,
                read_word(&pen->word));
    }
}

/* --- time across ----------------------------------------------------------------- */

/* Where a day lies across the rows. */
static double share_of_day(const struct page_rows *rows, int64_t day)
{
    size_t row = 0;
    while (row + 1 < rows->count && rows->row[row + 1].from_day <= day) row++;
    double days = 7.0 * rows->row[row].weeks;
    double inside = fmin((double)(day - rows->row[row].from_day) / days, 1);
    return ((double)row + inside) / slots_of(rows);
}

static void name_tick(struct pen *pen, const struct page_row *row)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct har_date date = har_date_of(row_week_day(row->from_day));
    words_clear(&pen->word);
    words_clear(&pen->second);
    har_text_add(&pen->word, months[date.month - 1]);
    har_text_format(&pen->second, "%d", date.year);
}

/* Months are named under weeks, years under all else. A name too near to the last one is
 * left out; every other one may be hidden where the page is narrow. */
static void draw_ticks(struct pen *pen, const struct svg_plot *plot)
{
    const struct page_rows *rows = &pen->page->rows;
    bool weeks = rows->row[0].span == ROW_WEEK, minor = true;
    enum row_span span = weeks ? ROW_MONTH : ROW_YEAR;
    int64_t named_key = INT64_MIN, named_year = INT64_MIN;
    double named = -1;
    for (size_t i = 0; i < rows->count; i++) {
        int64_t day = row_week_day(rows->row[i].from_day);
        int64_t key = row_key(span, day), year = row_key(ROW_YEAR, day);
        double share = ((double)i + 0.5) / slots_of(rows);
        if (key == named_key || share - named < TICK_ROOM) continue;
        minor = weeks && year != named_year ? false : !minor;
        name_tick(pen, &rows->row[i]);
        const char *year_name = read_word(&pen->second);
        if (weeks)
            svg_tick(plot, share, read_word(&pen->word),
                     year != named_year ? year_name : NULL, minor);
        else svg_tick(plot, share, year_name, NULL, minor);
        named = share;
        named_key = key;
        named_year = year;
    }
}

/* Days away: a camp, told or found, or a stay of which no camp says more. */
struct days_away {
    const char *name; /* or NULL */
    int64_t from_day, to_day;
    double altitude_m;
};

static size_t count_away(const struct har_season *season)
{
    size_t count = season->camp_count;
    for (size_t i = 0; i < season->stay_count; i++) count += !season->stays[i].camp;
    return count;
}

/* The next in order of time, from both lists; false when both are at their end. */
static bool next_away(const struct har_season *season, size_t *camp, size_t *stay,
                      struct days_away *out)
{
    while (*stay < season->stay_count && season->stays[*stay].camp) ++*stay;
    const struct har_stay *s = season->stays + *stay;
    const struct har_camp *c = NULL;
    if (*camp < season->camp_count) c = &season->camps[*camp].camp;
    bool more = *stay < season->stay_count;
    if (!c && !more) return false;
    if (c && (!more || c->from_day <= s->from_day)) {
        *out = (struct days_away){c->told ? c->name : NULL, c->from_day, c->to_day,
                                  c->altitude_m};
        ++*camp;
    } else {
        *out = (struct days_away){NULL, s->from_day, s->to_day, s->altitude_m};
        ++*stay;
    }
    return true;
}

/* "Iten, 2,400 m", or the altitude alone. */
static void name_away(struct pen *pen, const struct days_away *away, bool named)
{
    words_clear(&pen->word);
    if (named && away->name) {
        har_render_name(&pen->word, away->name, BAND_NAME);
        har_text_add(&pen->word, ", ");
    }
    write_series(&pen->word, pen->page, &ascent_series, away->altitude_m);
}

/* Whether the name of a band finds room behind `taken`, up to which there are others. */
static bool fits(const struct pen *pen, double middle, double *taken)
{
    double half = LETTER * (double)utf8_width(read_word(&pen->word)) / 2;
    if (middle - half < *taken) return false;
    *taken = middle + half + LETTER;
    return true;
}

static void draw_bands(struct pen *pen, const struct svg_plot *plot)
{
    const struct har_season *season = pen->page->season;
    struct days_away away;
    double taken = -1;
    for (size_t camp = 0, stay = 0; next_away(season, &camp, &stay, &away);) {
        double from = fmax(share_of_day(&pen->page->rows, away.from_day), 0);
        double to = share_of_day(&pen->page->rows, away.to_day + 1);
        words_clear(&pen->second);
        if (away.name) har_text_format(&pen->second, "%s, ", away.name);
        har_text_date(&pen->second, away.from_day);
        har_text_add(&pen->second, " to ");
        har_text_date(&pen->second, away.to_day);
        har_text_add(&pen->second, ": ");
        write_series(&pen->second, pen->page, &ascent_series, away.altitude_m);
        bool room = false;
        for (int named = 1; named >= 0 && !room; named--) {
            name_away(pen, &away, named);
            room = fits(pen, (from + to) / 2, &taken);
        }
        svg_band(plot, from, to, room ? read_word(&pen->word) : NULL,
                 read_word(&pen->second));
    }
}

static void draw_flags(struct pen *pen, const struct svg_plot *plot)
{
    const struct har_season *season = pen->page->season;
    for (size_t i = 0; i < season->race_count; i++) {
        const struct har_entry *race = season->races[i];
        int64_t day = har_local_day(race->summary.start_ms, race->summary.utc_offset_s);
        double from = share_of_day(&pen->page->rows, day);
        double to = share_of_day(&pen->page->rows, day + 1);
        words_clear(&pen->word);
        har_text_date(&pen->word, day);
        har_text_add(&pen->word, ": ");
        har_text_add(&pen->word, race->name && *race->name ? race->name : "race");
        svg_flag(plot, (from + to) / 2, read_word(&pen->word));
    }
}

/* "Running distance of each week, at most 98.2 km" */
static void label_series(struct pen *pen, const struct series *series)
{
    har_text_format(&pen->label, "%s of each %s, at most ", series->name,
                    row_span_name(pen->page->rows.row[0].span));
    write_series(&pen->label, pen->page, series, most_of(pen->page, series));
}

static void draw_series(struct pen *pen, struct svg_plot *plot, const struct series *series,
                        bool marked)
{
    double unit_m = pen->page->style->imperial ? series->imperial_m : series->unit_m;
    double most = most_of(pen->page, series) / unit_m, step = svg_step(most, SCALE_STEPS);
    plot->high = fmax(ceil(most / step * (1 - 1e-9)), 1) * step;
    plot->bottom_px = NAMES_PX;
    svg_open(plot, read_word(&pen->label));
    if (marked) draw_bands(pen, plot);
    draw_scale(pen, plot, step);
    draw_bars(pen, plot, series, unit_m);
    if (marked) draw_flags(pen, plot);
    draw_ticks(pen, plot);
    svg_close(plot);
}

void figure_distance(struct har_text *text, const struct page *page)
{
    struct pen pen = pen_of(text, page);
    struct svg_plot plot = {.text = text, .top_px = FLAGS_PX, .height_px = DISTANCE_PX};
    label_series(&pen, &distance_series);
    har_text_format(&pen.label, "; races: %zu; camps and stays at another altitude: %zu",
                    page->season->race_count, count_away(page->season));
    draw_series(&pen, &plot, &distance_series, true);
}

static void draw_plain_series(struct har_text *text, const struct page *page,
                              const struct series *series)
{
    struct pen pen = pen_of(text, page);
    struct svg_plot plot = {.text = text, .top_px = 8, .height_px = ROWS_PX};
    label_series(&pen, series);
    draw_series(&pen, &plot, series, false);
}

void figure_ascent(struct har_text *text, const struct page *page)
{
    draw_plain_series(text, page, &ascent_series);
}

void figure_longest(struct har_text *text, const struct page *page)
{
    draw_plain_series(text, page, &longest_series);
}

/* --- load and form ------------------------------------------------------------------ */

static double weekly_load(const struct page *page, size_t row)
{
    const struct page_row *at = &page->rows.row[row];
    return row_load(page->season, at) / at->weeks;
}

static void draw_load(struct pen *pen, struct svg_plot *plot)
{
    const struct page_rows *rows = &pen->page->rows;
    double most = 0;
    for (size_t i = 0; i < rows->count; i++) most = fmax(most, weekly_load(pen->page, i));
    double step = svg_step(most, SCALE_STEPS);
    plot->high = fmax(ceil(most / step * (1 - 1e-9)), 1) * step;
    draw_scale(pen, plot, step);
    for (size_t i = 0; i < rows->count; i++) {
        double load = weekly_load(pen->page, i);
        if (!(load > 0)) continue;
        words_clear(&pen->word);
        row_label(&pen->word, &rows->row[i]);
        har_text_add(&pen->word, ": ");
        har_text_fixed(&pen->word, load, 0);
        svg_bar(plot, ((double)i + BAR_GAP / 2) / slots_of(rows),
                ((double)i + 1 - BAR_GAP / 2) / slots_of(rows), load,
                read_word(&pen->word));
    }
}

/* Every day where rows are weeks, else one a week: more would not be seen. */
static int64_t form_stride(const struct page *page)
{
    return page->rows.row[0].span == ROW_WEEK ? 1 : 7;
}

static bool is_drawn(const struct page *page, const struct har_form_day *day)
{
    const struct har_form_day *first = page->season->form->days;
    return day->day >= page->rows.row[0].from_day && isfinite(day->form) &&
           (day->day - first->day) % form_stride(page) == 0;
}

static void scale_form(const struct page *page, struct svg_plot *plot, double *step)
{
    const struct har_form *form = page->season->form;
    double low = 0, high = 0;
    for (size_t i = 0; i < form->day_count; i++) {
        if (!is_drawn(page, form->days + i)) continue;
        low = fmin(low, form->days[i].form);
        high = fmax(high, form->days[i].form);
    }
    *step = svg_step(high - low, SCALE_STEPS);
    plot->low = floor(low / *step) * *step;
    plot->high = fmax(ceil(high / *step), plot->low / *step + 1) * *step;
}

static void draw_form(struct pen *pen, struct svg_plot *plot, double step)
{
    const struct har_form *form = pen->page->season->form;
    const struct har_form_day *last = NULL;
    for (double value = plot->low; value <= plot->high + step / 2; value += step) {
        words_clear(&pen->word);
        words_scale(&pen->word, value);
        svg_rule(plot, value, read_word(&pen->word));
    }
    for (size_t i = 0; i < form->day_count; i++) {
        const struct har_form_day *day = form->days + i;
        if (!is_drawn(pen->page, day)) continue;
        if (last)
            svg_line(plot, share_of_day(&pen->page->rows, last->day), last->form,
                     share_of_day(&pen->page->rows, day->day), day->form);
        last = day;
    }
}

void figure_load(struct har_text *text, const struct page *page)
{
    struct pen pen = pen_of(text, page);
    struct svg_plot load = {.text = text, .top_px = FLAGS_PX, .height_px = ROWS_PX};
    struct svg_plot form = {.text = text,
                            .top_px = FLAGS_PX + ROWS_PX + FORM_GAP_PX,
                            .height_px = ROWS_PX,
                            .bottom_px = NAMES_PX};
    double step;
    scale_form(page, &form, &step);
    har_text_format(&pen.label,
                    "Load of each week as bars, form of each morning as a line; races: "
                    "%zu; camps and stays at another altitude: %zu",
                    page->season->race_count, count_away(page->season));
    svg_open(&form, read_word(&pen.label));
    draw_bands(&pen, &form);
    draw_load(&pen, &load);
    draw_form(&pen, &form, step);
    draw_flags(&pen, &load);
    draw_ticks(&pen, &form);
    svg_close(&form);
}

/* --- zones ----------------------------------------------------------------------- */

static void draw_zone(struct pen *pen, const struct svg_plot *plot, unsigned row,
                      double most)
{
    static const char *const classes[HAR_ZONES] = {"z1", "z2", "z3", "z4", "z5"};
    double share = table_zone_share(pen->page, row);
    words_clear(&pen->word);
    table_zone_name(&pen->word, pen->page, row);
    words_clear(&pen->second);
    table_zone_amount(&pen->second, pen->page, row);
    svg_level(plot, row, LEVEL_PX, most > 0 ? LEVEL_LENGTH * share / most : 0,
              classes[table_zone_of(row)], read_word(&pen->word), read_word(&pen->second));
}

void figure_zones(struct har_text *text, const struct page *page)
{
    struct pen pen = pen_of(text, page);
    struct svg_plot plot = {.text = text, .height_px = HAR_ZONES * LEVEL_PX};
    double most = 0;
    har_text_add(&pen.label, "Time in heart rate zones");
    for (unsigned row = 0; row < HAR_ZONES; row++) {
        most = fmax(most, table_zone_share(page, row));
        har_text_add(&pen.label, row > 0 ? "; " : ": ");
        table_zone_name(&pen.label, page, row);
        har_text_add(&pen.label, " ");
        table_zone_amount(&pen.label, page, row);
    }
    svg_open(&plot, read_word(&pen.label));
    for (unsigned row = 0; row < HAR_ZONES; row++) draw_zone(&pen, &plot, row, most);
    svg_close(&plot);
}

/* --- the curve ------------------------------------------------------------------- */

static double best_pace_s(const struct page *page, size_t i)
{
    const struct har_best *best = &page->season->bests[i].best;
    return words_pace_s(best->distance_m / best->time_s, page->style);
}

static double share_of_distance(const struct page *page, double distance_m)
{
    const struct har_season_best *bests = page->season->bests;
    double low = log(bests[0].best.distance_m);
    double high = log(bests[page->season->best_count - 1].best.distance_m);
    if (!(high > low)) return 0.5;
    return CURVE_SIDE + (1 - 2 * CURVE_SIDE) * (log(distance_m) - low) / (high - low);
}

/* Paces are counted in sixties, so their scale is round in other steps. */
static double pace_step(double range_s)
{
    static const double steps_s[] = {5, 10, 15, 30, 60, 120, 300};
    size_t i = 0, last = sizeof steps_s / sizeof *steps_s - 1;
    while (i < last && range_s / steps_s[i] > SCALE_STEPS) i++;
    return steps_s[i];
}

static void draw_pace_scale(struct pen *pen, const struct svg_plot *plot, double step)
{
    for (unsigned i = 0; plot->high + i * step <= plot->low * (1 + 1e-9); i++) {
        words_clear(&pen->word);
        har_text_clock(&pen->word, plot->high + i * step, 0, true);
        svg_rule(plot, plot->high + i * step, read_word(&pen->word));
    }
}

static void draw_effort(struct pen *pen, const struct svg_plot *plot, size_t i)
{
    const struct har_best *best = &pen->page->season->bests[i].best;
    words_clear(&pen->word);
    words_event(&pen->word, best->distance_m, pen->page->style);
    har_text_add(&pen->word, ": ");
    words_time(&pen->word, best->time_s);
    har_text_add(&pen->word, ", ");
    har_render_pace(&pen->word, best->distance_m / best->time_s, pen->page->style);
    svg_dot(plot, share_of_distance(pen->page, best->distance_m), best_pace_s(pen->page, i),
            read_word(&pen->word));
}

static void draw_curve(struct pen *pen, const struct svg_plot *plot)
{
    const struct har_season *season = pen->page->season;
    double last = -1, last_pace_s = NAN, named = -1;
    bool minor = true;
    for (size_t i = 0; i < season->best_count; i++) {
        double pace_s = best_pace_s(pen->page, i);
        double share = share_of_distance(pen->page, season->bests[i].best.distance_m);
        if (isnan(pace_s)) continue;
        if (!isnan(last_pace_s)) svg_line(plot, last, last_pace_s, share, pace_s);
        last = share;
        last_pace_s = pace_s;
    }
    for (size_t i = 0; i < season->best_count; i++) {
        double share = share_of_distance(pen->page, season->bests[i].best.distance_m);
        if (isnan(best_pace_s(pen->page, i))) continue;
        draw_effort(pen, plot, i);
        if (named >= 0 && share - named < CURVE_ROOM) continue;
        named = share;
        minor = !minor;
        words_clear(&pen->word);
        words_event(&pen->word, season->bests[i].best.distance_m, pen->page->style);
        svg_tick(plot, share, read_word(&pen->word), NULL, minor);
    }
}

void figure_curve(struct har_text *text, const struct page *page)
{
    struct pen pen = pen_of(text, page);
    struct svg_plot plot = {
        .text = text, .top_px = 8, .height_px = CURVE_PX, .bottom_px = NAMES_PX};
    double fastest_s = NAN, slowest_s = NAN;
    for (size_t i = 0; i < page->season->best_count; i++) {
        fastest_s = fmin(fastest_s, best_pace_s(page, i));
        slowest_s = fmax(slowest_s, best_pace_s(page, i));
    }
    if (isnan(fastest_s)) fastest_s = slowest_s = 0; /* nothing to draw but the scale */
    double step = pace_step(slowest_s - fastest_s);
    plot.high = floor(fastest_s / step) * step;
    plot.low = fmax(ceil(slowest_s / step), floor(fastest_s / step) + 1) * step;
    har_text_format(&pen.label, "Pace of the best efforts at %zu distances, from ",
                    page->season->best_count);
    words_event(&pen.label, page->season->bests[0].best.distance_m, page->style);
    har_text_add(&pen.label, " to ");
    words_event(&pen.label,
                page->season->bests[page->season->best_count - 1].best.distance_m,
                page->style);
    svg_open(&plot, read_word(&pen.label));
    draw_pace_scale(&pen, &plot, step);
    draw_curve(&pen, &plot);
    svg_close(&plot);
}
