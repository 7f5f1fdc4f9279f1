/* SPDX-License-Identifier: MIT */
/* A band for the wrist: distance and time, in millimetres.
 *
 * Columns 45 mm wide, black on white, rows of 6 mm that can be read at arm's length, and a
 * tab below to glue. A wrist has room for some 24 rows; more go into further columns, along
 * whose lines the band is folded. As a page it prints at its size, with nothing beside it;
 * as SVG it is the band alone.
 *
 * Marks are called as they stand beside the way: laps of less than a kilometre in metres
 * throughout, else whole kilometres and miles as such. */

#include "harrier/render.h"

#include "utf8.h"

#include <math.h>

enum {
    COLUMN_MM = 45,
    ROW_MM = 6,
    HEAD_MM = 9,
    TAB_MM = 15,
    ROWS_MOST = 24,
    COLUMNS_MOST = 4, /* a page has room for */
};

static void add_distance(struct har_text *text, double distance_m, bool laps)
{
    static const struct {
        double unit_m;
        const char *name;
    } units[] = {{1000, " km"}, {1609.344, " mi"}};
    for (size_t i = 0; i < 2 && !laps; i++) {
        double count = distance_m / units[i].unit_m;
        if (fabs(count - round(count)) > 1e-6) continue;
        har_text_number(text, count, 0);
        har_text_add(text, units[i].name);
        return;
    }
    har_text_number(text, distance_m, 0);
    har_text_add(text, " m");
}

static void add_words(struct har_text *text, double x_mm, double y_mm, const char *more)
{
    har_text_add(text, "<text x=\"");
    har_text_number(text, x_mm, 1);
    har_text_add(text, "\" y=\"");
    har_text_number(text, y_mm, 1);
    har_text_format(text, "\"%s>", more);
}

static void add_row(struct har_text *text, const struct har_pace_split *split, size_t i,
                    size_t count, size_t left_mm, size_t top_mm)
{
    unsigned decimals = split[count - 1].time_s < 1200 ? 1 : 0;
    add_words(text, (double)left_mm + 19, (double)top_mm + 4.6, " text-anchor=\"end\"");
    if (i + 1 == count) har_text_add(text, "finish");
    else add_distance(text, split[i].distance_m, split[0].distance_m < 1000);
    har_text_add(text, "</text>\n");
    add_words(text, (double)(left_mm + COLUMN_MM - 3), (double)top_mm + 4.6,
              " text-anchor=\"end\" font-weight=\"bold\"");
    har_text_clock(text, split[i].time_s, decimals, false);
    har_text_add(text, "</text>\n");
}

static void add_band(struct har_text *text, const char *title,
                     const struct har_pace_split *split, size_t count)
{
    size_t columns = (count + ROWS_MOST - 1) / ROWS_MOST;
    columns = columns < 1 ? 1 : columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
    size_t rows = (count + columns - 1) / columns, width_mm = COLUMN_MM * columns;
    size_t height_mm = HEAD_MM + ROW_MM * rows + TAB_MM;
    har_text_format(text,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zumm\" "
                    "height=\"%zumm\" viewBox=\"0 0 %zu %zu\" role=\"img\" "
                    "font-family=\"sans-serif\" font-size=\"4.4\">\n<title>",
                    width_mm, height_mm, width_mm, height_mm);
    utf8_add_markup(text, title);
    har_text_format(text,
                    "</title>\n<rect x=\"0.1\" y=\"0.1\" width=\"%zu.8\" height=\"%zu.8\" "
                    "fill=\"#fff\" stroke=\"#000\" stroke-width=\"0.2\"/>\n",
                    width_mm - 1, height_mm - 1);
    add_words(text, COLUMN_MM / 2.0, 6, " font-size=\"3.6\" text-anchor=\"middle\"");
    utf8_add_markup(text, title);
    har_text_add(text, "</text>\n");
    for (size_t row = 0; row < rows; row += 2)
        har_text_format(text,
                        "<rect x=\"1\" y=\"%zu\" width=\"%zu\" height=\"%d\" "
                        "fill=\"#e4e4e4\"/>\n",
                        HEAD_MM + ROW_MM * row, width_mm - 2, ROW_MM);
    for (size_t fold = 1; fold < columns; fold++)
        har_text_format(text,
                        "<path d=\"M%zu 0V%zu\" stroke=\"#000\" stroke-width=\"0.2\" "
                        "stroke-dasharray=\"2 1\"/>\n",
                        COLUMN_MM * fold, height_mm);
    for (size_t i = 0; i < count; i++)
        add_row(text, split, i, count, COLUMN_MM * (i / rows),
                HEAD_MM + ROW_MM * (i % rows));
    har_text_add(text, "</svg>\n");
}

void har_render_band(struct har_text *text, const char *title,
                     const struct har_pace_split *split, size_t count, bool page)
{
    if (page) {
        har_text_add(text, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                           "<meta charset=\"utf-8\">\n<title>");
        utf8_add_markup(text, title);
        har_text_add(text, "</title>\n<style>@page { margin: 10mm } body { margin: 0 }"
                           "</style>\n</head>\n<body>\n");
    }
    add_band(text, title, split, count);
    if (page) har_text_add(text, "</body>\n</html>\n");
}
