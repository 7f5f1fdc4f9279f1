/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_RENDER_H
#define HARRIER_RENDER_H

/* render - nouns in, text out: JSON, plain text for 80 columns, CSV, SVG, HTML.
 *
 * The same bytes everywhere: no locale, no clock, no width of a terminal but the one told.
 */

#include "harrier/ahead.h"
#include "harrier/field.h"
#include "harrier/pace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- JSON, as it is written ----------------------------------------------------- */

/* Writes one JSON document into a text, two spaces an indent. Commas, quotes and escapes
 * are its own; invalid UTF-8 becomes U+FFFD; NaN and missing instants become null. Depth is
 * at most 16. Begin with `struct har_json j = {.text = &text};`.
 *
 *     har_json_open(&j, NULL, '{');
 *     har_json_string(&j, "schema", "harrier.list/1");
 *     har_json_close(&j);
 *
 * `name` is the member's name, NULL inside an array or at the top. */
struct har_json {
    struct har_text *text;
    unsigned depth;
    bool comma, inner[16];
};
void har_json_open(struct har_json *json, const char *name, char bracket); /* '{' or '[' */
void har_json_close(struct har_json *json);
void har_json_string(struct har_json *json, const char *name, const char *value);
void har_json_number(struct har_json *json, const char *name, double value,
                     unsigned decimals);
/* All of them on one line: [1.5, null, 3]. */
void har_json_numbers(struct har_json *json, const char *name, const double *values,
                      size_t count, unsigned decimals);
void har_json_integer(struct har_json *json, const char *name, int64_t value);
void har_json_boolean(struct har_json *json, const char *name, bool value);
void har_json_instant(struct har_json *json, const char *name, int64_t time_ms);

/* What a file says of one activity, as a member of an array; with the warnings of the whole
 * file where `warned` is not NULL. */
void har_json_activity(struct har_json *json, const char *file,
                       const struct har_activity *activity,
                       const struct har_recording *warned);

/* One CSV field (RFC 4180): quoted where it must be. The caller adds commas and "\r\n". */
void har_csv_field(struct har_text *text, const char *value);

/* --- style ----------------------------------------------------------------------- */

struct har_style {
    unsigned width; /* columns of the terminal [80] */
    bool colour;    /* ANSI colours */
    bool imperial;  /* miles and feet */
};

/* 4:05 /km, or /mi. A pace slower than 30 min/km is "-". 800 m, 21.10 km, 1,688 km, or
 * miles; unknown is "-". */
void har_render_pace(struct har_text *text, double speed_mps,
                     const struct har_style *style);
void har_render_distance(struct har_text *text, double distance_m,
                         const struct har_style *style);

/* A name from anywhere, cut to `columns` of a terminal, the last of them an ellipsis where
 * it was cut: characters of East Asia and pictures take two; what is not UTF-8 or would
 * steer the terminal becomes U+FFFD. Returns the columns taken. */
size_t har_render_name(struct har_text *text, const char *name, size_t columns);

/* 6 (3 to 11), in days; unknown is "-". */
void har_render_days(struct har_text *text, double days, double low_days, double high_days);

/* The sentence of a race beside the last of its kind: "Recovered 2 days sooner than after
 * Spring Half on 2025-04-12 (by heart; 80 %: -1 to 6)." Nothing without one. */
void har_render_beside(struct har_text *text, const struct har_recovered *race);

/* --- the season -------------------------------------------------------------------- */

/* The report for a terminal, at most style->width columns and about one page: a season of
 * more than 30 weeks has its last weeks, then months, years; of a planned season the weeks
 * about now. `title` may be NULL. When the
 * arena is full `text->failed` is set, as ever. */
void har_render_season_text(struct har_text *text, const struct har_season *season,
                            const struct har_style *style, const char *title);

/* The same as one self-contained HTML page: inline style, inline SVG charts with captions
 * and tables behind them, light and dark, print styles, no script, nothing fetched. */
void har_render_season_html(struct har_text *text, const struct har_season *season,
                            const struct har_style *style, const char *title);

/* Whether load moves a runner's marks, or why that is not said, and how the trial went: one
 * or two sentences of under 80 columns with `between` between them. */
void har_render_response(struct har_text *text, const struct har_learnt_response *learnt,
                         const char *between);

/* --- a plan ------------------------------------------------------------------------- */

/* Splits for the wrist, two columns, to print and cut out: as SVG, or as a `page` of HTML
 * that prints at its size. */
void har_render_band(struct har_text *text, const char *title,
                     const struct har_pace_split *split, size_t count, bool page);

/* --- a race -------------------------------------------------------------------------- */

struct har_race_view {
    const char *name; /* or NULL */
    const struct har_field *field;
    const struct har_analysis *analysis;
    size_t shown; /* runners drawn and listed, from the first on, up to 400 [25] */
    size_t asked; /* one who is to stand out, shown in any case; SIZE_MAX: nobody */
};

/* The drawings of a race. */
enum har_race_figure { HAR_RACE_GAPS, HAR_RACE_POSITIONS, HAR_RACE_LAPS };

/* One drawing as an SVG file, light and dark: gaps to the leader over the distance, places
 * from mark to mark, or every lap against the runner's own mean. Nothing for a field
 * without runners. */
void har_render_race_svg(struct har_text *text, const struct har_race_view *race,
                         enum har_race_figure figure);

/* All of them for each race, with the tables behind, as a page like the season's. */
void har_render_race_html(struct har_text *text, const char *title,
                          const struct har_race_view *races, size_t count);

/* One's own race: pace, flat pace and heart rate from mark to mark, and where it was lost;
 * as an SVG file, or as a page with the table behind. */
struct har_own_view {
    const char *name; /* or NULL */
    const struct har_own_analysis *analysis;
};
void har_render_own_svg(struct har_text *text, const struct har_own_view *race,
                        const struct har_style *style);
void har_render_own_html(struct har_text *text, const struct har_own_view *race,
                         const struct har_style *style);

#ifdef __cplusplus
}
#endif

#endif
