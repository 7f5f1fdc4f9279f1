/* SPDX-License-Identifier: MIT */
#ifndef RENDER_RACE_FIGURES_H
#define RENDER_RACE_FIGURES_H

/* The drawings of a race, and the words that they share with its tables. */

#include "harrier/render.h"

/* Draws one <svg class="race">: `alone` with its own style and title, as a file. */
void race_figure(struct har_text *text, const struct har_race_view *race,
                 enum har_race_figure figure, bool alone);

/* How many runners are drawn, and the caption of a drawing: what it shows and how to read
 * it. */
size_t race_shown(const struct har_race_view *race);
/* The runner of row `row` of those: in order of places, and last who was asked for,
 * wherever that one came in. */
size_t race_row(const struct har_race_view *race, size_t row);
const char *race_figure_name(enum har_race_figure figure);
const char *race_figure_caption(enum har_race_figure figure);

/* "1400 m", "half", "25 km"; a gap "1.62", "3:20"; a lap "58.0", "14:26". */
void race_mark_word(struct har_text *text, const struct har_field *field, size_t mark);
void race_gap(struct har_text *text, const struct har_field *field, double behind_s);
void race_lap(struct har_text *text, double lap_s);
/* Name, else bib, else nation; or NULL. */
const char *race_runner(const struct har_field *field, size_t runner);

/* Pace of a lap over the runner's own mean pace up to where it was last seen, less 1; NaN.
 */
double race_lap_slower(const struct har_race_view *race, size_t runner, size_t mark);

#endif
