/* SPDX-License-Identifier: MIT */
#ifndef RENDER_UTF8_H
#define RENDER_UTF8_H

/* Names come from anywhere: bytes that may not be UTF-8, letters two columns wide,
 * characters that would steer a terminal. Everything that render writes of them passes
 * through here. */

#include "harrier/render.h"

enum { UTF8_REPLACEMENT = 0xfffd };

struct utf8_point {
    uint32_t value; /* UTF8_REPLACEMENT where the bytes are no UTF-8 */
    unsigned size;  /* bytes it took, at least 1 */
    bool valid;
};

/* The code point at `text`, which does not point at the terminating zero. */
struct utf8_point utf8_next(const char *text);

/* Steers a terminal or turns the order of a line: never to be shown. */
bool utf8_is_control(uint32_t value);

/* Columns of a terminal that a code point takes: 0, 1 or 2. */
unsigned utf8_columns(uint32_t value);

/* Columns of a text as har_render_name() shows it. */
size_t utf8_width(const char *string);

/* Adds `string` so that it means itself in HTML and XML, between tags and inside quotes. */
void utf8_add_markup(struct har_text *text, const char *string);

#endif
