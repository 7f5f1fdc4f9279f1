/* SPDX-License-Identifier: MIT */

#include "ink.h"

#include "race_style.h"
#include "utf8.h"
#include "words.h"

enum { INK_HEAD_PX = 36, INK_EDGE_PX = 10 }; /* about a drawing that stands alone */

static const char alone_style[] =
    "<style>:root{--paper:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d8dee4;"
    "--band:#efe6d0}\n@media (prefers-color-scheme:dark){:root{--paper:#14181d;"
    "--ink:#e6eaef;--quiet:#9aa7b4;--line:#323b45;--band:#39321f}}\n"
    ".race{font-family:system-ui,\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif;"
    "background:var(--paper)}.paper{fill:var(--paper)}\n";

void ink_word(struct ink *ink)
{
    if (ink->word.size > 0) utf8_add_markup(ink->text, ink->word.data);
    words_clear(&ink->word);
}

void ink_px(struct ink *ink, const char *attribute, double px)
{
    har_text_format(ink->text, " %s=\"", attribute);
    har_text_number(ink->text, px, 1);
    har_text_add(ink->text, "\"");
}

void ink_title(struct ink *ink)
{
    har_text_add(ink->text, "<title>");
    ink_word(ink);
    har_text_add(ink->text, "</title>");
}

void ink_letters(struct ink *ink, const char *class, double x_px, double y_px)
{
    har_text_format(ink->text, "<text class=\"%s\"", class);
    ink_px(ink, "x", x_px);
    ink_px(ink, "y", y_px);
    har_text_add(ink->text, ">");
    ink_word(ink);
    har_text_add(ink->text, "</text>\n");
}

void ink_line(struct ink *ink, const char *class, double x1, double y1, double x2,
              double y2)
{
    har_text_format(ink->text, "<line class=\"%s\"", class);
    ink_px(ink, "x1", x1);
    ink_px(ink, "y1", y1);
    ink_px(ink, "x2", x2);
    ink_px(ink, "y2", y2);
    har_text_add(ink->text, "/>\n");
}

void ink_box(struct ink *ink, const char *class, double x, double y, double width,
             double height)
{
    har_text_format(ink->text, "<rect class=\"%s\"", class);
    ink_px(ink, "x", x);
    ink_px(ink, "y", y);
    ink_px(ink, "width", width);
    ink_px(ink, "height", height);
}

void ink_point(struct ink *ink, double x_px, double y_px)
{
    har_text_number(ink->text, x_px, 1);
    har_text_add(ink->text, ",");
    har_text_number(ink->text, y_px, 1);
}

void ink_open(struct ink *ink, const char *description, double width_px, double height_px,
              bool alone)
{
    int edge_px = alone ? INK_EDGE_PX : 0, head_px = alone ? INK_HEAD_PX : 0;
    struct har_text title = ink->word;
    ink->word = (struct har_text){.arena = title.arena};
    width_px += 2 * edge_px;
    height_px += head_px + edge_px;
    har_text_format(ink->text, "<svg%s class=\"race\" role=\"img\" viewBox=\"%d 0 ",
                    alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", -edge_px);
    har_text_number(ink->text, width_px, 1);
    har_text_add(ink->text, " ");
    har_text_number(ink->text, height_px, 1);
    har_text_add(ink->text, "\">\n<title>");
    utf8_add_markup(ink->text, title.data ? title.data : "");
    har_text_add(ink->text, "</title>\n<desc>");
    utf8_add_markup(ink->text, description);
    har_text_add(ink->text, "</desc>\n");
    ink->word.failed = title.failed;
    if (!alone) return;
    har_text_add(ink->text, alone_style);
    har_text_add(ink->text, race_style);
    har_text_add(ink->text, "</style>\n");
    ink_box(ink, "paper", -edge_px, 0, width_px, height_px);
    har_text_add(ink->text, "/>\n");
    har_text_add(&ink->word, title.data ? title.data : "");
    ink_letters(ink, "head", 0, 24);
    har_text_format(ink->text, "<g transform=\"translate(0 %d)\">\n", head_px);
}

void ink_close(struct ink *ink, bool alone)
{
    har_text_add(ink->text, alone ? "</g>\n</svg>\n" : "</svg>\n");
}
