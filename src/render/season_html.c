/* SPDX-License-Identifier: MIT */

/* The season as one HTML page to read, print and pin up.
 *
 * One file that asks for nothing: no script, no font, no picture from elsewhere; it is also
 * well-formed XML. Every drawing is a figure with a caption, a sentence that is read out in
 * its place, and the table behind it. Colour never speaks alone: zones carry their names,
 * races are triangles, stays carry their altitude. Letters keep a contrast of at least 4.5
 * to 1 and shapes of 3 to 1 in both schemes (WCAG 2.2). On paper it is light and aims at
 * one sheet of A4. */

#include "figures.h"
#include "page_style.h"
#include "utf8.h"
#include "words.h"

/* The page, and a text that is not yet markup. */
struct html {
    struct har_text *text;
    struct har_text word;
    const struct page *page;
};

static void html_add(struct html *html, const char *markup)
{
    har_text_add(html->text, markup);
}

static void html_plain(struct html *html, const char *string)
{
    utf8_add_markup(html->text, string);
}

/* What was written into the word, as markup; leaves it empty. */
static void html_word(struct html *html)
{
    if (html->word.size > 0) html_plain(html, html->word.data);
    words_clear(&html->word);
}

/* --- tables ---------------------------------------------------------------------- */

static void html_open_cell(struct html *html, const char *tag,
                           const struct page_column *column)
{
    har_text_format(html->text, "<%s", tag);
    if (column->kind == COLUMN_RIGHT) html_add(html, " class=\"number\"");
    if (column->kind == COLUMN_NAME) html_add(html, " class=\"name\"");
    html_add(html, ">");
}

static void html_headings(struct html *html, const struct page_table *table)
{
    html_add(html, "<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        const struct page_column *column = &table->columns[i];
        if (column->kind == COLUMN_BAR) continue;
        html_open_cell(html, "th scope=\"col\"", column);
        html_plain(html, column_heading(column, html->page));
        html_add(html, "</th>");
    }
    html_add(html, "</tr></thead>\n");
}

static void html_row(struct html *html, const struct page_table *table, size_t row)
{
    html_add(html, "<tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        const struct page_column *column = &table->columns[i];
        if (column->kind == COLUMN_BAR) continue;
        html_open_cell(html, i == 0 ? "th scope=\"row\"" : "td", column);
        column->write(&html->word, html->page, row);
        html_word(html);
        html_add(html, i == 0 ? "</th>" : "</td>");
    }
    html_add(html, "</tr>\n");
}

static void html_table(struct html *html, const struct page_table *table)
{
    size_t rows = table->rows(html->page);
    html_add(html, "<div class=\"wide\"><table>\n");
    html_headings(html, table);
    html_add(html, "<tbody>\n");
    for (size_t row = 0; row < rows; row++) html_row(html, table, row);
    html_add(html, "</tbody></table></div>\n");
}

/* The table behind a drawing. */
static void html_details(struct html *html, const struct page_table *table, bool open)
{
    har_text_format(html->text, "<details%s><summary>The numbers</summary>\n",
                    open ? " open=\"open\"" : "");
    html_table(html, table);
    html_add(html, "</details>\n");
}

static void html_note(struct html *html, const char *note)
{
    html_add(html, "<p class=\"note\">");
    html_plain(html, note);
    html_add(html, "</p>\n");
}

/* A table with its title; where it is empty, what it has to say to that. */
static void html_section(struct html *html, const struct page_table *table)
{
    bool empty = table->rows(html->page) == 0;
    if (empty && !table->empty) return;
    html_add(html, "<section>\n<h2>");
    html_plain(html, table->title);
    html_add(html, "</h2>\n");
    if (empty) {
        html_note(html, table->empty);
    } else {
        if (table->note) html_note(html, table->note);
        html_table(html, table);
    }
    html_add(html, "</section>\n");
}

/* --- figures --------------------------------------------------------------------- */

static void html_open_figure(struct html *html, const char *class, const char *heading)
{
    har_text_format(html->text, "<figure class=\"%s\">\n<figcaption><h2>", class);
    html_plain(html, heading);
    html_add(html, "</h2><p>");
    html_word(html);
    html_add(html, "</p></figcaption>\n");
}

static const char *span_name(const struct html *html)
{
    return row_span_name(html->page->rows.row[0].span);
}

/* What the bands and triangles of a drawing are. */
static void html_marks(struct html *html)
{
    const struct har_season *season = html->page->season;
    if (season->race_count > 0) har_text_add(&html->word, " Triangles: races.");
    if (season->camp_count + season->stay_count > 0)
        har_text_add(&html->word, " Bands: camps and stays at another altitude.");
}

static void html_distance(struct html *html)
{
    const struct page *page = html->page;
    har_text_format(&html->word, "%s a %s.", page->style->imperial ? "Miles" : "Kilometres",
                    span_name(html));
    html_marks(html);
    html_open_figure(html, "distance", "Distance");
    figure_distance(html->text, page);
    html_details(html, &table_weeks, false);
    html_add(html, "</figure>\n");
}

/* A smaller drawing of one number of every row. */
static void html_rows_figure(struct html *html, const struct page_table *table,
                             const char *unit,
                             void (*draw)(struct har_text *, const struct page *))
{
    har_text_format(&html->word, "%s a %s.", unit, span_name(html));
    html_open_figure(html, "rows", table->title);
    draw(html->text, html->page);
    html_details(html, table, false);
    html_add(html, "</figure>\n");
}

static void html_ascent(struct html *html)
{
    if (!(html->page->season->ascent_m > 0)) return;
    const char *unit = html->page->style->imperial ? "Feet" : "Metres";
    html_rows_figure(html, &table_ascent, unit, figure_ascent);
}

static void html_longest_runs(struct html *html)
{
    const char *unit = html->page->style->imperial ? "Miles" : "Kilometres";
    html_rows_figure(html, &table_longest, unit, figure_longest);
}

static void html_load(struct html *html)
{
    if (!html->page->season->form) return;
    har_text_add(&html->word, "Bars: load of a week, 100 for an hour at threshold. Line: "
                              "form of each morning.");
    html_marks(html);
    html_open_figure(html, "load", "Load and form");
    figure_load(html->text, html->page);
    if (html->page->season->learnt) {
        har_render_response(&html->word, html->page->season->learnt, " ");
        html_add(html, "<p>");
        html_word(html);
        html_add(html, "</p>\n");
    }
    html_details(html, &table_form, true);
    html_add(html, "</figure>\n");
}

static void html_plan(struct html *html)
{
    if (!html->page->season->ahead) return;
    har_text_add(&html->word,
                 "Load a week: outlined as planned, filled as done. Triangles: "
                 "planned races. Bands: planned camps.");
    html_open_figure(html, "planned", table_planned.title);
    figure_planned(html->text, html->page);
    html_details(html, &table_planned, true);
    html_add(html, "</figure>\n");
}

static void html_zones(struct html *html)
{
    if (table_zones.rows(html->page) == 0) {
        html_section(html, &table_zones);
        return;
    }
    har_text_format(&html->word, "Runs; shares of %d bpm, the highest held.",
                    (int)html->page->season->zones.heart_max_bpm);
    html_open_figure(html, "zones", table_zones.title);
    figure_zones(html->text, html->page);
    html_details(html, &table_zones, false);
    html_add(html, "</figure>\n");
}

static void html_curve(struct html *html)
{
    if (table_bests.rows(html->page) == 0) {
        html_section(html, &table_bests);
        return;
    }
    har_text_add(&html->word, table_bests.note);
    html_open_figure(html, "curve", table_bests.title);
    figure_curve(html->text, html->page);
    html_details(html, &table_bests, true);
    html_add(html, "</figure>\n");
}

/* --- the page -------------------------------------------------------------------- */

static void html_head(struct html *html, const char *title)
{
    html_add(html,
             "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
             "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
    html_plain(html, title);
    html_add(html, "</title>\n<style>\n");
    html_add(html, page_style);
    html_add(html, "</style>\n</head>\n<body>\n<main>\n<header>\n<h1>");
    html_plain(html, title);
    html_add(html, "</h1>\n<p>");
    table_dates(&html->word, html->page);
    html_word(html);
    html_add(html, "</p>\n</header>\n");
}

static void html_facts(struct html *html)
{
    html_add(html, "<dl>\n");
    for (size_t i = 0; i < table_facts.column_count; i++) {
        const struct page_column *column = &table_facts.columns[i];
        html_add(html, "<div><dt>");
        html_plain(html, column_heading(column, html->page));
        html_add(html, "</dt><dd>");
        column->write(&html->word, html->page, 0);
        html_word(html);
        html_add(html, "</dd></div>\n");
    }
    html_add(html, "</dl>\n");
}

static void html_longest(struct html *html)
{
    table_longest_run(&html->word, html->page);
    if (html->word.size == 0) return;
    html_add(html, "<p class=\"longest\">");
    html_word(html);
    html_add(html, "</p>\n");
}

void har_render_season_html(struct har_text *text, const struct har_season *season,
                            const struct har_style *style, const char *title)
{
    struct page page = {season, style, rows_drawn(season, text->arena), 0, 0};
    struct html html = {text, {.arena = text->arena}, &page};
    if (!page.rows.row) {
        text->failed = true;
        return;
    }
    table_plan_about(&page, SIZE_MAX);
    html_head(&html, title && *title ? title : "Season report");
    html_facts(&html);
    html_longest(&html);
    html_distance(&html);
    html_load(&html);
    html_plan(&html);
    html_section(&html, &table_planned_races);
    html_add(&html, "<div class=\"pair\">\n<div>\n");
    html_zones(&html);
    html_ascent(&html);
    html_longest_runs(&html);
    html_add(&html, "</div>\n<div>\n");
    html_curve(&html);
    html_add(&html, "</div>\n</div>\n");
    html_section(&html, &table_marks);
    html_section(&html, &table_outlook);
    html_section(&html, &table_foretold);
    html_section(&html, table_of_races(&page));
    html_section(&html, &table_recovered);
    html_section(&html, &table_camps);
    html_section(&html, &table_stays);
    html_section(&html, &table_mornings);
    html_add(&html,
             "<footer><p>Distance, time and ascent are of the runs. Moving time leaves out "
             "standing still; races without an official mark and the longest run are in "
             "elapsed time.</p></footer>\n"
             "</main>\n</body>\n</html>\n");
    if (html.word.failed) text->failed = true;
}
