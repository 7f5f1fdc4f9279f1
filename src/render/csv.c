/* SPDX-License-Identifier: MIT */

/* A field is quoted where RFC 4180 makes it: a comma, a quote, a line's end inside. So is
 * one with a space at an end, which some readers would take away. */

#include "harrier/render.h"

#include <string.h>

static bool must_be_quoted(const char *value)
{
    size_t size = strlen(value);
    if (size > 0 && (value[0] == ' ' || value[size - 1] == ' ')) return true;
    for (const char *at = value; *at; at++)
        if (strchr(",\"\r\n", *at)) return true;
    return false;
}

void har_csv_field(struct har_text *text, const char *value)
{
    if (!value) return;
    if (!must_be_quoted(value)) {
        har_text_add(text, value);
        return;
    }
    har_text_add(text, "\"");
    for (const char *at = value; *at; at++) {
        har_text_bytes(text, at, 1);
        if (*at == '"') har_text_add(text, "\"");
    }
    har_text_add(text, "\"");
}
