/* SPDX-License-Identifier: MIT */

/* The page of a race, under the same rules as the season's: one file that asks for nothing,
 * well-formed, every drawing with its caption and the table behind it. A drawing keeps its
 * proportions, so on a narrow screen it is slid sideways rather than made illegible. */

#include "own_race.h"
#include "page_style.h"
#include "race_figures.h"
#include "race_style.h"
#include "utf8.h"
#include "words.h"

#include <math.h>

static const char race_page_style[] =
    "svg.race[role]{width:100%;min-width:44rem;height:auto;margin:0}\n"
    "h3{font-size:1rem;margin:0;display:inline}main>h2{display:block;font-size:1.25rem;"
    "margin:2.25rem 0 0}\n"
    ".story{margin-top:.4rem}.quiet{color:var(--quiet)}\n"
    "@media print{svg.race[role]{min-width:0}}\n";

struct race_page {
    struct har_text *text;
    struct har_text word;
    const struct har_race_view *race;
};

static void page_markup(struct race_page *page, const char *markup)
{
    har_text_add(page->text, markup);
}

/* What was written into the word, between tags; leaves it empty. */
static void page_word(struct race_page *page, const char *open, const char *close)
{
    page_markup(page, open);
    if (page->word.size > 0) utf8_add_markup(page->text, page->word.data);
    words_clear(&page->word);
    page_markup(page, close);
}

/* --- the tables behind ------------------------------------------------------------- */

static void cell_of(struct race_page *page, enum har_race_figure figure, size_t runner,
                    size_t mark)
{
    const struct har_race_view *race = page->race;
    const struct har_passing *p = &race->analysis->performance[runner].passing[mark];
    if (p->position == 0) har_text_add(&page->word, "-");
    else if (figure == HAR_RACE_GAPS) race_gap(&page->word, race->field, p->behind_s);
    else if (figure == HAR_RACE_POSITIONS) har_text_format(&page->word, "%d", p->position);
    else {
        double slower = 100 * race_lap_slower(race, runner, mark);
        race_lap(&page->word, p->lap_s);
        har_text_add(&page->word, slower < 0 ? " (\xe2\x88\x92" : " (+");
        har_text_fixed(&page->word, fabs(slower), 1);
        har_text_add(&page->word, " %)");
    }
    page_word(page, "<td class=\"number\">", "</td>");
}

static void table_of(struct race_page *page, enum har_race_figure figure)
{
    const struct har_race_view *race = page->race;
    page_markup(page, "<details><summary>The numbers</summary>\n<div class=\"wide\"><table>"
                      "\n<thead><tr><th scope=\"col\" class=\"number\">place</th>"
                      "<th scope=\"col\">name</th>");
    for (size_t k = 0; k < race->field->mark_count; k++) {
        race_mark_word(&page->word, race->field, k);
        page_word(page, "<th scope=\"col\" class=\"number\">", "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < race_shown(race); i++) {
        size_t runner = race_row(race, i);
        int place = race->analysis->performance[runner].place;
        const char *name = race_runner(race->field, runner);
        if (place > 0) har_text_format(&page->word, "%d", place);
        else har_text_add(&page->word, "-");
        page_word(page, "<tr><td class=\"number\">", "</td>");
        har_text_add(&page->word, name ? name : "-");
        page_word(page, "<th scope=\"row\">", "</th>");
        for (size_t k = 0; k < race->field->mark_count; k++)
            cell_of(page, figure, runner, k);
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody></table></div>\n</details>\n");
}

/* --- the page ------------------------------------------------------------------------- */

static void figure_of(struct race_page *page, enum har_race_figure figure)
{
    har_text_add(&page->word, race_figure_name(figure));
    page_word(page, "<figure>\n<figcaption><h3>", "</h3>");
    har_text_add(&page->word, race_figure_caption(figure));
    page_word(page, "<p>", "</p></figcaption>\n<div class=\"wide\">");
    race_figure(page->text, page->race, figure, false);
    page_markup(page, "</div>\n");
    table_of(page, figure);
    page_markup(page, "</figure>\n");
}

/* Where it was won, and what became of the field. */
static void story_of(struct race_page *page)
{
    const struct har_analysis *a = page->race->analysis;
    const struct har_field *field = page->race->field;
    if (!isnan(a->decisive_from_m)) {
        har_text_add(&page->word, "Won from ");
        har_text_number(&page->word, a->decisive_from_m, 0);
        har_text_add(&page->word, " to ");
        har_text_number(&page->word, a->decisive_to_m, 0);
        har_text_add(&page->word, " m: ");
    }
    har_text_add(&page->word, a->because);
    har_text_add(&page->word, ".");
    page_word(page, "<p class=\"story\">", "</p>\n");
    har_text_format(&page->word, "%zu of %zu finished", a->finisher_count,
                    field->runner_count);
    if (race_shown(page->race) < field->runner_count)
        har_text_format(&page->word, "; %zu are shown", race_shown(page->race));
    har_text_add(&page->word, ".");
    page_word(page, "<p class=\"story quiet\">", "</p>\n");
}

static void race_of(struct race_page *page)
{
    static const enum har_race_figure drawn[] = {HAR_RACE_GAPS, HAR_RACE_POSITIONS,
                                                 HAR_RACE_LAPS};
    const struct har_field *field = page->race->field;
    har_text_add(&page->word, page->race->name ? page->race->name : "The race");
    har_text_add(&page->word, ", ");
    race_mark_word(&page->word, field, field->mark_count - 1);
    page_word(page, "<h2>", "</h2>\n");
    story_of(page);
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) figure_of(page, drawn[i]);
}

static void head_of(struct race_page *page, const char *title)
{
    page_markup(
        page, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
              "<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    har_text_add(&page->word, title);
    page_word(page, "<title>", "</title>\n<style>\n");
    page_markup(page, page_style);
    page_markup(page, race_style);
    page_markup(page, race_page_style);
    har_text_add(&page->word, title);
    page_word(page, "</style>\n</head>\n<body>\n<main>\n<header>\n<h1>", "</h1>\n");
}

static void end_of(struct race_page *page)
{
    page_markup(page, "</main>\n</body>\n</html>\n");
    page->text->failed = page->text->failed || page->word.failed;
}

void har_render_race_html(struct har_text *text, const char *title,
                          const struct har_race_view *races, size_t count)
{
    struct race_page page = {.text = text, .word = {.arena = text->arena}};
    head_of(&page, title);
    page_markup(&page, "</header>\n");
    for (size_t i = 0; i < count; i++) {
        page.race = &races[i];
        race_of(&page);
    }
    end_of(&page);
}

/* --- one's own ------------------------------------------------------------------------ */

static void own_lap_of(struct race_page *page, const struct har_own_lap *lap,
                       const struct har_style *style)
{
    const struct {
        double value;
        int clock; /* decimals, -1 for a plain number */
    } cells[] = {
        {lap->time_s, 0},
        {lap->lap_s, lap->lap_s < 600},
        {words_pace_s(lap->lap_m / lap->lap_s, style), 0},
        {words_pace_s(lap->flat_mps, style), 0},
        {lap->heart_bpm, -1},
        {lap->lost_s, -1},
        {100 * lap->left.reserve, -1},
        {lap->left.d_prime_m, -1},
    };
    for (size_t c = 0; c < sizeof cells / sizeof cells[0]; c++) {
        if (!isfinite(cells[c].value)) har_text_add(&page->word, "-");
        else if (cells[c].clock >= 0)
            har_text_clock(&page->word, cells[c].value, (unsigned)cells[c].clock, true);
        else har_text_fixed(&page->word, cells[c].value, c == 5 ? 1 : 0);
        page_word(page, "<td class=\"number\">", "</td>");
    }
}

static void own_table_of(struct race_page *page, const struct har_own_analysis *race,
                         const struct har_style *style)
{
    static const char *const heads[] = {"time", "lap",     NULL,      "on the flat",
                                        "bpm",  "lost, s", "left, %", "D\xe2\x80\xb2, m"};
    page_markup(page, "<details open=\"open\"><summary>The numbers</summary>\n"
                      "<div class=\"wide\"><table>\n<thead><tr>"
                      "<th scope=\"col\" class=\"number\">to</th>");
    for (size_t c = 0; c < sizeof heads / sizeof heads[0]; c++) {
        har_text_add(&page->word, heads[c] ? heads[c] : style->imperial ? "/mi" : "/km");
        page_word(page, "<th scope=\"col\" class=\"number\">", "</th>");
    }
    page_markup(page, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < race->lap_count; i++) {
        own_mark(&page->word, race, i);
        page_word(page, "<tr><th scope=\"row\" class=\"number\">", "</th>");
        own_lap_of(page, &race->lap[i], style);
        page_markup(page, "</tr>\n");
    }
    page_markup(page, "</tbody></table></div>\n</details>\n");
}

void har_render_own_html(struct har_text *text, const struct har_own_view *view,
                         const struct har_style *style)
{
    const struct har_own_analysis *race = view->analysis;
    struct race_page page = {.text = text, .word = {.arena = text->arena}};
    head_of(&page, view->name ? view->name : "Race");
    har_text_number(&page.word, race->distance_m, 1);
    har_text_add(&page.word, " m in ");
    words_time(&page.word, race->time_s);
    page_word(&page, "<p>", "</p>\n</header>\n");
    if (!isnan(race->decisive_from_m)) {
        har_text_add(&page.word, "From ");
        har_text_number(&page.word, race->decisive_from_m, 0);
        har_text_add(&page.word, " to ");
        har_text_number(&page.word, race->decisive_to_m, 0);
        har_text_add(&page.word, " m: ");
    } else {
        har_text_add(&page.word, "Where it was lost: ");
    }
    har_text_add(&page.word, race->because);
    har_text_add(&page.word, ".");
    page_word(&page, "<p class=\"story\">", "</p>\n<figure>\n<figcaption><h2>Pace</h2>");
    har_text_add(&page.word, own_caption);
    page_word(&page, "<p>", "</p></figcaption>\n<div class=\"wide\">");
    own_figure(text, view, style, false);
    page_markup(&page, "</div>\n");
    own_table_of(&page, race, style);
    page_markup(&page, "</figure>\n");
    end_of(&page);
}
