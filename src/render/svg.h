/* SPDX-License-Identifier: MIT */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

/* Drawings for a page: a plot with a scale, rules, bars, lines and marks.
 *
 * Across, a place is a share of the plot's width (0..1), written in per cent: the drawing
 * stretches with the page while its letters keep their size. Upward, it is a value. Classes
 * give the colours, so that one drawing serves light, dark and paper. */

#include "harrier/base.h"

struct svg_plot {
    struct har_text *text;
    double low, high; /* values at the bottom and the top; low > high turns it over */
    unsigned top_px, height_px, bottom_px; /* above, of and below the plot itself */
};

/* `label` is read out in place of the drawing. Texts are plain; markup is escaped here. */
void svg_open(const struct svg_plot *plot, const char *label);
void svg_close(const struct svg_plot *plot);

/* A thin line across at `value` with its name at the left. */
void svg_rule(const struct svg_plot *plot, double value, const char *name);
/* A name under the plot at `share`; `second` stands beneath it. Class "minor" may be hidden
 * where it is narrow. */
void svg_tick(const struct svg_plot *plot, double share, const char *name,
              const char *second, bool minor);
/* A bar from the bottom to `value`. `title` is shown when pointed at. */
void svg_bar(const struct svg_plot *plot, double from, double to, double value,
             const char *title);
/* The same as an outline alone: what is not there yet. */
void svg_outline(const struct svg_plot *plot, double from, double to, double value,
                 const char *title);
/* A band behind, from top to bottom, with its name above (NULL: none). */
void svg_band(const struct svg_plot *plot, double from, double to, const char *name,
              const char *title);
/* A triangle above the plot, pointing down at `share`. */
void svg_flag(const struct svg_plot *plot, double share, const char *title);
void svg_line(const struct svg_plot *plot, double from, double from_value, double to,
              double to_value);
void svg_dot(const struct svg_plot *plot, double share, double value, const char *title);
/* A level bar, `row` of rows of `row_px`: a name at the left, `value` right of the bar. */
void svg_level(const struct svg_plot *plot, unsigned row, unsigned row_px, double share,
               const char *colour_class, const char *name, const char *value);

/* The step of a scale: the least of 1, 2, 5 times a power of ten that covers `range` in at
 * most `steps`. 1 where there is no range to speak of. */
double svg_step(double range, unsigned steps);

#endif
