/* SPDX-License-Identifier: MIT */
#ifndef RENDER_FIGURES_H
#define RENDER_FIGURES_H

/* The drawings of the season's page, one <svg> each. What they show is in the tables of
 * tables.h too: a drawing never says a number of its own. */

#include "tables.h"

/* The distance of every row, with stays as bands and races as flags. */
void figure_distance(struct har_text *text, const struct page *page);
/* The ascent of every row, and its longest run. */
void figure_ascent(struct har_text *text, const struct page *page);
void figure_longest(struct har_text *text, const struct page *page);
/* The load a week of every row as bars and, beneath on the same days, the form as a line;
 * with stays and races. Only where the season has its form. */
void figure_load(struct har_text *text, const struct page *page);
/* The planned load of every week as outlines, the done within them as bars. Only where a
 * season is planned. */
void figure_planned(struct har_text *text, const struct page *page);
/* The time in each heart rate zone. */
void figure_zones(struct har_text *text, const struct page *page);
/* The pace of the best efforts over their distance. */
void figure_curve(struct har_text *text, const struct page *page);

#endif
