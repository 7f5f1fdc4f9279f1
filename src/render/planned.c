/* SPDX-License-Identifier: MIT */
/* The planned season and what was done of it, side by side: two columns, two shapes, never
 * one sum. The drawing keeps the two apart without colour: an outline is planned, a bar is
 * done. */

#include "figures.h"
#include "svg.h"
#include "words.h"

#include <math.h>

enum { PLAN_PX = 110, PLAN_FLAGS_PX = 34, PLAN_NAMES_PX = 32, PLAN_STEPS = 4 };
enum { PLAN_LEAST_SLOTS = 12, PLAN_NAMES = 8, WEEK_OF_DAYS = 7 };
#define PLAN_GAP 0.16 /* of the room of one week */
#define DONE_GAP 0.44

static const struct har_season_ahead *ahead_of(const struct page *page)
{
    return page->season->ahead;
}

void table_plan_about(struct page *page, size_t most)
{
    if (!ahead_of(page)) return;
    size_t count = ahead_of(page)->plan.week_count, now = 0;
    while (now + 1 < count &&
           ahead_of(page)->plan.weeks[now + 1].monday <= page->season->to_day)
        now++;
    page->plan_count = count < most ? count : most;
    size_t before = page->plan_count / 2;
    page->plan_from = now > before ? now - before : 0;
    if (page->plan_from + page->plan_count > count)
        page->plan_from = count - page->plan_count;
}

static void plan_number(struct har_text *text, double value)
{
    if (isnan(value)) har_text_add(text, "-");
    else har_text_fixed(text, value, 0);
}

/* --- weeks -------------------------------------------------------------------------- */

static size_t plan_rows(const struct page *page)
{
    return page->plan_count;
}

static const struct har_season_week *planned_at(const struct page *page, size_t row)
{
    return ahead_of(page)->plan.weeks + page->plan_from + row;
}

static double done_at(const struct page *page, size_t row)
{
    const struct har_week_done *done = ahead_of(page)->done;
    return done ? done[page->plan_from + row].load : (double)NAN;
}

/* The week of the diary, where all its days are of the plan; NULL. */
static const struct har_week *diary_at(const struct page *page, size_t row)
{
    int64_t monday = planned_at(page, row)->monday;
    const struct har_season *season = page->season;
    if (monday < ahead_of(page)->from_day) return NULL;
    for (size_t i = 0; i < season->week_count; i++)
        if (season->weeks[i].monday == monday) return season->weeks + i;
    return NULL;
}

static void plan_week(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, planned_at(page, row)->monday);
}

static void plan_phase(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_season_week *week = planned_at(page, row);
    har_text_format(text, "%s%s", har_phase_name(week->phase), week->easy ? " *" : "");
}

static void plan_load(struct har_text *text, const struct page *page, size_t row)
{
    plan_number(text, planned_at(page, row)->load);
}

static void plan_done(struct har_text *text, const struct page *page, size_t row)
{
    plan_number(text, done_at(page, row));
}

static void plan_far(struct har_text *text, const struct page *page, size_t row)
{
    words_far(text, planned_at(page, row)->distance_m, page->style);
}

static void plan_far_done(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_week *week = diary_at(page, row);
    words_far(text, week ? week->distance_m : (double)NAN, page->style);
}

static void plan_long(struct har_text *text, const struct page *page, size_t row)
{
    words_far(text, planned_at(page, row)->long_run_m, page->style);
}

static void plan_long_done(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_week *week = diary_at(page, row);
    words_far(text, week ? week->longest_m : (double)NAN, page->style);
}

static void plan_events(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_season_week *week = planned_at(page, row);
    bool first = true;
    for (size_t i = 0; i < ahead_of(page)->race_count; i++) {
        const struct har_target *target = ahead_of(page)->races[i].race->target;
        if (target->day < week->monday || target->day >= week->monday + WEEK_OF_DAYS)
            continue;
        har_text_format(text, "%s%s %s", first ? "" : ", ",
                        har_importance_name(target->importance), target->event.code);
        first = false;
    }
    if (week->camp)
        har_text_format(text, "%s%s", first ? "" : ", ",
                        week->camp->name ? week->camp->name : "camp");
    if (week->off_days)
        har_text_format(text, "%s%u off", first && !week->camp ? "" : ", ", week->off_days);
}

static const struct page_column planned_columns[] = {
    {"week of", NULL, COLUMN_LEFT, 10, 0, plan_week, NULL},
    {"phase", NULL, COLUMN_LEFT, 10, 2, plan_phase, NULL},
    {"planned", NULL, COLUMN_RIGHT, 7, 0, plan_load, NULL},
    {"done", NULL, COLUMN_RIGHT, 6, 0, plan_done, NULL},
    {"planned km", "planned mi", COLUMN_RIGHT, 10, 3, plan_far, NULL},
    {"done km", "done mi", COLUMN_RIGHT, 7, 3, plan_far_done, NULL},
    {"longest, planned", NULL, COLUMN_RIGHT, 16, 4, plan_long, NULL},
    {"longest, done", NULL, COLUMN_RIGHT, 13, 4, plan_long_done, NULL},
    {"races, camp", NULL, COLUMN_NAME, 12, 1, plan_events, NULL},
};
const struct page_table table_planned = {
    "Planned and done", "Load of a week; * is the easy one of four.",     NULL,
    planned_columns,    sizeof planned_columns / sizeof *planned_columns, plan_rows,
};

/* --- races -------------------------------------------------------------------------- */

static size_t planned_race_rows(const struct page *page)
{
    return ahead_of(page) ? ahead_of(page)->race_count : 0;
}

static const struct har_expected_race *expected_at(const struct page *page, size_t row)
{
    return ahead_of(page)->races + row;
}

/* What came of it; NULL where it is not run, or no result is kept. */
static const struct har_benchmark *benchmark_at(const struct page *page, size_t row)
{
    for (size_t i = 0; i < ahead_of(page)->benchmark_count; i++)
        if (ahead_of(page)->benchmarks[i].expected == expected_at(page, row))
            return ahead_of(page)->benchmarks + i;
    return NULL;
}

static void expected_date(struct har_text *text, const struct page *page, size_t row)
{
    har_text_date(text, expected_at(page, row)->race->target->day);
}

static void expected_event(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_target *target = expected_at(page, row)->race->target;
    har_text_format(text, "%s %s", har_importance_name(target->importance),
                    target->event.code);
}

static void expected_form(struct har_text *text, const struct page *page, size_t row)
{
    plan_number(text, expected_at(page, row)->race->form);
}

static void expected_time(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_expected_race *race = expected_at(page, row);
    words_time(text, race->predicted ? race->prediction.time_s : (double)NAN);
}

static void expected_range(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_expected_race *race = expected_at(page, row);
    if (!race->predicted) return;
    words_time(text, race->prediction.low_s[HAR_WITHIN_80]);
    har_text_add(text, "-");
    words_time(text, race->prediction.high_s[HAR_WITHIN_80]);
}

static void expected_run(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_benchmark *b = benchmark_at(page, row);
    if (b) har_text_mark(text, &b->run->result.mark, &b->run->result.event);
}

static void expected_worth(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_benchmark *b = benchmark_at(page, row);
    if (b) words_time(text, b->standard_s);
}

static void expected_off(struct har_text *text, const struct page *page, size_t row)
{
    const struct har_benchmark *b = benchmark_at(page, row);
    if (!b) return;
    if (b->slower_pct >= 0.05) har_text_add(text, "+");
    har_text_fixed(text, b->slower_pct, 1);
    har_text_add(text, " %");
}

static const struct page_column planned_races_columns[] = {
    {"race on", NULL, COLUMN_LEFT, 10, 0, expected_date, NULL},
    {"event", NULL, COLUMN_LEFT, 9, 0, expected_event, NULL},
    {"form", NULL, COLUMN_RIGHT, 4, 3, expected_form, NULL},
    {"planned", NULL, COLUMN_RIGHT, 8, 0, expected_time, NULL},
    {"80 of 100 times", NULL, COLUMN_RIGHT, 16, 1, expected_range, NULL},
    {"run", NULL, COLUMN_RIGHT, 9, 0, expected_run, NULL},
    {"worth", NULL, COLUMN_RIGHT, 8, 2, expected_worth, NULL},
    {"off by", NULL, COLUMN_RIGHT, 8, 0, expected_off, NULL},
};
const struct page_table table_planned_races = {
    "Planned races",
    "As foretold before the season began, and as run.",
    NULL,
    planned_races_columns,
    sizeof planned_races_columns / sizeof *planned_races_columns,
    planned_race_rows,
};

/* --- the drawing --------------------------------------------------------------------- */

static double plan_slots(const struct page *page)
{
    return page->plan_count > PLAN_LEAST_SLOTS ? (double)page->plan_count
                                               : PLAN_LEAST_SLOTS;
}

static double plan_share(const struct page *page, int64_t day)
{
    return (double)(day - planned_at(page, 0)->monday) / WEEK_OF_DAYS / plan_slots(page);
}

static const char *plan_title(struct har_text *word, const struct page *page, size_t row,
                              const char *what, double load)
{
    words_clear(word);
    har_text_date(word, planned_at(page, row)->monday);
    har_text_format(word, ", %s: ", what);
    har_text_fixed(word, load, 0);
    return word->data ? word->data : "";
}

static void draw_plan_scale(const struct page *page, struct svg_plot *plot,
                            struct har_text *word)
{
    double most = 0;
    for (size_t i = 0; i < page->plan_count; i++)
        most = fmax(most, fmax(planned_at(page, i)->load, done_at(page, i)));
    double step = svg_step(most, PLAN_STEPS);
    plot->high = fmax(ceil(most / step * (1 - 1e-9)), 1) * step;
    for (unsigned i = 0; i * step <= plot->high * (1 + 1e-9); i++) {
        words_clear(word);
        words_scale(word, i * step);
        svg_rule(plot, i * step, word->data ? word->data : "");
    }
}

static void draw_plan_weeks(const struct page *page, const struct svg_plot *plot,
                            struct har_text *word)
{
    double slots = plan_slots(page);
    size_t every = page->plan_count / PLAN_NAMES + 1;
    for (size_t i = 0; i < page->plan_count; i++) {
        double at = (double)i, done = done_at(page, i), load = planned_at(page, i)->load;
        if (done > 0)
            svg_bar(plot, (at + DONE_GAP / 2) / slots, (at + 1 - DONE_GAP / 2) / slots,
                    done, plan_title(word, page, i, "done", done));
        if (load > 0)
            svg_outline(plot, (at + PLAN_GAP / 2) / slots, (at + 1 - PLAN_GAP / 2) / slots,
                        load, plan_title(word, page, i, "planned", load));
        if (i % every) continue;
        words_clear(word);
        har_text_date(word, planned_at(page, i)->monday);
        svg_tick(plot, (at + 0.5) / slots, word->data ? word->data + 5 : "", NULL,
                 i / every % 2);
    }
}

/* Camps behind, races above. */
static void draw_plan_days(const struct page *page, const struct svg_plot *plot,
                           struct har_text *word)
{
    const struct har_season_ahead *ahead = ahead_of(page);
    int64_t from = planned_at(page, 0)->monday,
            to = from + (int64_t)page->plan_count * WEEK_OF_DAYS - 1;
    for (size_t i = 0; i < ahead->camp_count; i++) {
        const struct har_camp *camp = ahead->camps + i;
        if (camp->to_day < from || camp->from_day > to) continue;
        svg_band(plot, fmax(plan_share(page, camp->from_day), 0),
                 plan_share(page, camp->to_day < to ? camp->to_day + 1 : to + 1), NULL,
                 camp->name ? camp->name : "camp");
    }
    for (size_t i = 0; i < ahead->race_count; i++) {
        const struct har_target *target = ahead->races[i].race->target;
        words_clear(word);
        har_text_date(word, target->day);
        har_text_format(word, ": %s %s", har_importance_name(target->importance),
                        target->event.code);
        svg_flag(plot,
                 plan_share(page, target->day) + 0.5 / WEEK_OF_DAYS / plan_slots(page),
                 word->data ? word->data : "");
    }
}

void figure_planned(struct har_text *text, const struct page *page)
{
    struct har_text word = {.arena = text->arena}, label = word;
    struct svg_plot plot = {.text = text,
                            .top_px = PLAN_FLAGS_PX,
                            .height_px = PLAN_PX,
                            .bottom_px = PLAN_NAMES_PX};
    har_text_format(&label,
                    "Load of %zu weeks, outlined as planned and filled as done; "
                    "planned races: %zu",
                    page->plan_count, ahead_of(page)->race_count);
    svg_open(&plot, label.data ? label.data : "");
    draw_plan_days(page, &plot, &word);
    draw_plan_scale(page, &plot, &word);
    draw_plan_weeks(page, &plot, &word);
    svg_close(&plot);
    text->failed |= word.failed || label.failed;
}
