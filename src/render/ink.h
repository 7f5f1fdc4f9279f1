/* SPDX-License-Identifier: MIT */
#ifndef RENDER_INK_H
#define RENDER_INK_H

/* Strokes of a drawing that has a size of its own (a viewBox): what the drawings of races
 * are made of. Classes give the colours; race_style.h has them. */

#include "harrier/base.h"

struct ink {
    struct har_text *text;
    struct har_text word; /* not yet markup; whatever writes it out leaves it empty */
};

/* Opens <svg class="race">, read out as the title in the word and then `description`;
 * `alone` with its own style, the title on it, and all that follows below that. */
void ink_open(struct ink *ink, const char *description, double width_px, double height_px,
              bool alone);
void ink_close(struct ink *ink, bool alone);

void ink_word(struct ink *ink);
void ink_title(struct ink *ink); /* the word as a <title> */
void ink_px(struct ink *ink, const char *attribute, double px);
/* The word as letters. */
void ink_letters(struct ink *ink, const char *class, double x_px, double y_px);
void ink_line(struct ink *ink, const char *class, double x1, double y1, double x2,
              double y2);
/* "<rect ...", not closed. */
void ink_box(struct ink *ink, const char *class, double x, double y, double width,
             double height);
/* One more point of a polyline. */
void ink_point(struct ink *ink, double x_px, double y_px);

#endif
