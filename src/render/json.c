/* SPDX-License-Identifier: MIT */

/* JSON as RFC 8259 has it, in UTF-8 without a mark before it. Only what must be escaped is:
 * quote, backslash and the controls below U+0020, plus U+007F, which some terminals obey.
 * A number is written without trailing zeros and without an exponent. The closing of the
 * outermost bracket ends the line, so that a document is a text file. */

#include "harrier/render.h"

#include "utf8.h"

#include <assert.h>
#include <math.h>

enum { MOST_DEPTH = sizeof((struct har_json *)0)->inner / sizeof(bool) };

static const char *json_escape_of(uint32_t value)
{
    switch (value) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return NULL;
    }
}

/* Of nearly every string it is all. */
static size_t plain_bytes(const char *string)
{
    const char *at = string;
    while (*at >= 0x20 && *at < 0x7f && *at != '"' && *at != '\\') at++;
    return (size_t)(at - string);
}

static void add_json_string(struct har_text *text, const char *string)
{
    size_t plain = plain_bytes(string);
    har_text_add(text, "\"");
    har_text_bytes(text, string, plain);
    string += plain;
    for (struct utf8_point point; *string; string += point.size) {
        point = utf8_next(string);
        const char *escape = json_escape_of(point.value);
        if (escape) har_text_add(text, escape);
        else if (point.value < 0x20 || point.value == 0x7f)
            har_text_format(text, "\\u%04x", (unsigned)point.value);
        else if (!point.valid) har_text_add(text, "\xef\xbf\xbd");
        else har_text_bytes(text, string, point.size);
    }
    har_text_add(text, "\"");
}

static void json_break(struct har_json *json)
{
    har_text_add(json->text, "\n");
    for (unsigned i = 0; i < json->depth; i++) har_text_add(json->text, "  ");
}

/* What stands before any value: the comma of its neighbour, its line, its name. */
static void json_lead_in(struct har_json *json, const char *name)
{
    if (json->comma) har_text_add(json->text, ",");
    if (json->depth > 0) json_break(json);
    if (name) {
        add_json_string(json->text, name);
        har_text_add(json->text, ": ");
    }
    json->comma = true;
}

void har_json_open(struct har_json *json, const char *name, char bracket)
{
    assert(bracket == '{' || bracket == '[');
    assert(json->depth < MOST_DEPTH);
    json_lead_in(json, name);
    har_text_bytes(json->text, &bracket, 1);
    json->inner[json->depth++] = bracket == '{';
    json->comma = false;
}

void har_json_close(struct har_json *json)
{
    assert(json->depth > 0);
    bool object = json->inner[--json->depth];
    if (json->comma) json_break(json);
    har_text_add(json->text, object ? "}" : "]");
    if (json->depth == 0) har_text_add(json->text, "\n");
    json->comma = true;
}

void har_json_string(struct har_json *json, const char *name, const char *value)
{
    json_lead_in(json, name);
    if (value) add_json_string(json->text, value);
    else har_text_add(json->text, "null");
}

static void add_json_number(struct har_text *text, double value, unsigned decimals)
{
    if (isfinite(value)) har_text_number(text, value, decimals);
    else har_text_add(text, "null");
}

void har_json_number(struct har_json *json, const char *name, double value,
                     unsigned decimals)
{
    json_lead_in(json, name);
    add_json_number(json->text, value, decimals);
}

void har_json_numbers(struct har_json *json, const char *name, const double *values,
                      size_t count, unsigned decimals)
{
    json_lead_in(json, name);
    har_text_add(json->text, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) har_text_add(json->text, ", ");
        add_json_number(json->text, values[i], decimals);
    }
    har_text_add(json->text, "]");
}

void har_json_integer(struct har_json *json, const char *name, int64_t value)
{
    json_lead_in(json, name);
    har_text_format(json->text, "%lld", (long long)value);
}

void har_json_boolean(struct har_json *json, const char *name, bool value)
{
    json_lead_in(json, name);
    har_text_add(json->text, value ? "true" : "false");
}

void har_json_instant(struct har_json *json, const char *name, int64_t time_ms)
{
    json_lead_in(json, name);
    if (time_ms == HAR_NO_TIME) {
        har_text_add(json->text, "null");
        return;
    }
    har_text_add(json->text, "\"");
    har_text_instant(json->text, time_ms);
    har_text_add(json->text, "\"");
}
