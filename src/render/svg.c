/* SPDX-License-Identifier: MIT */

/* SVG 1.1 without a viewBox: places across in per cent, places down in pixels. What cannot
 * be said so (paths and polygons take no per cent) stands inside an <svg> of its own,
 * placed by per cent. The plot leaves its names outside its box and shows them all the
 * same; the page keeps room for them with a margin. */

#include "svg.h"

#include "utf8.h"

#include <math.h>

/* Outside, a scale would have no numbers that differ. */
#define LEAST_RANGE 1e-9
#define MOST_RANGE 1e300

static void add_percent(struct har_text *text, const char *name, double share)
{
    har_text_format(text, " %s=\"", name);
    har_text_fixed(text, 100 * fmin(fmax(share, 0), 1), 2);
    har_text_add(text, "%\"");
}

static void add_pixels(struct har_text *text, const char *name, double px)
{
    har_text_format(text, " %s=\"", name);
    har_text_number(text, px, 1);
    har_text_add(text, "\"");
}

static void add_title(struct har_text *text, const char *title)
{
    har_text_add(text, "<title>");
    utf8_add_markup(text, title);
    har_text_add(text, "</title>");
}

static double y_of(const struct svg_plot *plot, double value)
{
    double share = (value - plot->low) / (plot->high - plot->low);
    return plot->top_px + plot->height_px * (1 - fmin(fmax(share, 0), 1));
}

static double bottom_of(const struct svg_plot *plot)
{
    return plot->top_px + plot->height_px;
}

void svg_open(const struct svg_plot *plot, const char *label)
{
    har_text_format(plot->text, "<svg role=\"img\" height=\"%u\" aria-label=\"",
                    plot->top_px + plot->height_px + plot->bottom_px);
    utf8_add_markup(plot->text, label);
    har_text_add(plot->text, "\">\n");
}

void svg_close(const struct svg_plot *plot)
{
    har_text_add(plot->text, "</svg>\n");
}

void svg_rule(const struct svg_plot *plot, double value, const char *name)
{
    double y = y_of(plot, value);
    har_text_add(plot->text, "<line class=\"rule\" x1=\"0\" x2=\"100%\"");
    add_pixels(plot->text, "y1", y);
    add_pixels(plot->text, "y2", y);
    har_text_add(plot->text, "/><text class=\"end\" x=\"-6\"");
    add_pixels(plot->text, "y", y + 4);
    har_text_add(plot->text, ">");
    utf8_add_markup(plot->text, name);
    har_text_add(plot->text, "</text>\n");
}

void svg_tick(const struct svg_plot *plot, double share, const char *name,
              const char *second, bool minor)
{
    const char *lines[] = {name, second};
    for (unsigned i = 0; i < 2; i++) {
        if (!lines[i]) continue;
        har_text_format(plot->text, "<text class=\"mid%s\"", minor ? " minor" : "");
        add_percent(plot->text, "x", share);
        add_pixels(plot->text, "y", bottom_of(plot) + 15 + 13 * i);
        har_text_add(plot->text, ">");
        utf8_add_markup(plot->text, lines[i]);
        har_text_add(plot->text, "</text>\n");
    }
}

static void add_bar(const struct svg_plot *plot, const char *look, double from, double to,
                    double value, const char *title)
{
    double y = y_of(plot, value);
    har_text_format(plot->text, "<rect %s", look);
    add_percent(plot->text, "x", from);
    add_percent(plot->text, "width", to - from);
    add_pixels(plot->text, "y", y);
    add_pixels(plot->text, "height", bottom_of(plot) - y);
    har_text_add(plot->text, ">");
    add_title(plot->text, title);
    har_text_add(plot->text, "</rect>\n");
}

void svg_bar(const struct svg_plot *plot, double from, double to, double value,
             const char *title)
{
    add_bar(plot, "class=\"bar\"", from, to, value, title);
}

void svg_outline(const struct svg_plot *plot, double from, double to, double value,
                 const char *title)
{
    add_bar(plot, "fill=\"none\" stroke=\"currentColor\"", from, to, value, title);
}

void svg_band(const struct svg_plot *plot, double from, double to, const char *name,
              const char *title)
{
    har_text_add(plot->text, "<rect class=\"band\" y=\"0\"");
    add_percent(plot->text, "x", from);
    add_percent(plot->text, "width", to - from);
    add_pixels(plot->text, "height", bottom_of(plot));
    har_text_add(plot->text, ">");
    add_title(plot->text, title);
    har_text_add(plot->text, "</rect>\n");
    if (!name) return;
    har_text_add(plot->text, "<text class=\"mid\" y=\"12\"");
    add_percent(plot->text, "x", (from + to) / 2);
    har_text_add(plot->text, ">");
    utf8_add_markup(plot->text, name);
    har_text_add(plot->text, "</text>\n");
}

void svg_flag(const struct svg_plot *plot, double share, const char *title)
{
    har_text_add(plot->text, "<svg class=\"flag\" overflow=\"visible\"");
    add_percent(plot->text, "x", share);
    add_pixels(plot->text, "y", plot->top_px - 13.0);
    har_text_add(plot->text, "><path d=\"M-5 0H5L0 9Z\">");
    add_title(plot->text, title);
    har_text_add(plot->text, "</path></svg>\n");
}

void svg_line(const struct svg_plot *plot, double from, double from_value, double to,
              double to_value)
{
    har_text_add(plot->text, "<line class=\"curve\"");
    add_percent(plot->text, "x1", from);
    add_percent(plot->text, "x2", to);
    add_pixels(plot->text, "y1", y_of(plot, from_value));
    add_pixels(plot->text, "y2", y_of(plot, to_value));
    har_text_add(plot->text, "/>\n");
}

void svg_dot(const struct svg_plot *plot, double share, double value, const char *title)
{
    har_text_add(plot->text, "<circle class=\"dot\" r=\"4\"");
    add_percent(plot->text, "cx", share);
    add_pixels(plot->text, "cy", y_of(plot, value));
    har_text_add(plot->text, ">");
    add_title(plot->text, title);
    har_text_add(plot->text, "</circle>\n");
}

void svg_level(const struct svg_plot *plot, unsigned row, unsigned row_px, double share,
               const char *colour_class, const char *name, const char *value)
{
    double y = plot->top_px + (double)row * row_px;
    har_text_format(plot->text, "<rect class=\"%s\" x=\"0\"", colour_class);
    add_percent(plot->text, "width", share);
    add_pixels(plot->text, "y", y + 3);
    add_pixels(plot->text, "height", row_px - 6.0);
    har_text_add(plot->text, "/><text class=\"end\" x=\"-8\"");
    add_pixels(plot->text, "y", y + row_px / 2.0 + 4);
    har_text_add(plot->text, ">");
    utf8_add_markup(plot->text, name);
    har_text_add(plot->text, "</text><text dx=\"7\"");
    add_percent(plot->text, "x", share);
    add_pixels(plot->text, "y", y + row_px / 2.0 + 4);
    har_text_add(plot->text, ">");
    utf8_add_markup(plot->text, value);
    har_text_add(plot->text, "</text>\n");
}

double svg_step(double range, unsigned steps)
{
    if (!(range > LEAST_RANGE && range < MOST_RANGE)) return 1;
    double least = range / steps, power = pow(10, floor(log10(least)));
    static const double nice[] = {1, 2, 5, 10};
    unsigned i = 0;
    while (i < 3 && nice[i] * power < least * (1 - 1e-9)) i++;
    return nice[i] * power;
}
