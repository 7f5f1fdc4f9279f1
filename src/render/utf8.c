/* SPDX-License-Identifier: MIT */

/* UTF-8 as Unicode 15 defines it (table 3-7: no overlong form, no surrogate, nothing above
 * U+10FFFF). Of bytes that are not UTF-8, each longest beginning of a sequence that could
 * have become one counts as one replacement, as the W3C's decoder does.
 *
 * Widths follow Unicode Annex 11 for the blocks in which names are written: East Asian wide
 * and fullwidth forms and emoji take two columns, combining marks and joiners none. We keep
 * blocks, not the full property: a rare symbol may be a column off, a name is not. */

#include "utf8.h"

#define REPLACEMENT_BYTES "\xef\xbf\xbd"

struct block {
    uint32_t from, to;
};

static const struct block zero_width[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x064b, 0x065f},
    {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff}, {0x200b, 0x200d}, {0x20d0, 0x20ff}, {0x302a, 0x302d},
    {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff},
};

static const struct block double_width[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x26a1, 0x26a1},
    {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26f2, 0x26f3},   {0x2705, 0x2705},
    {0x270a, 0x270b},   {0x2728, 0x2728},   {0x2753, 0x2755},   {0x2b50, 0x2b50},
    {0x2e80, 0x3029},   {0x302e, 0x303e},   {0x3041, 0x3098},   {0x309b, 0x33ff},
    {0x3400, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6},   {0x16fe0, 0x18cff}, {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004},
    {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f19a}, {0x1f1e6, 0x1f265}, {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff},
    {0x20000, 0x3fffd},
};

static const struct block controls[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x200e, 0x200f},
    {0x2028, 0x202e}, {0x2066, 0x2069},
};

#define IS_IN(value, blocks)                                                               \
    is_in_blocks((value), (blocks), sizeof(blocks) / sizeof *(blocks))

static bool is_in_blocks(uint32_t value, const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count && blocks[i].from <= value; i++)
        if (value <= blocks[i].to) return true;
    return false;
}

/* How a lead byte goes on: bytes in all, and the bounds of the second. */
struct lead {
    uint8_t from, to;
    uint8_t size, second_from, second_to;
};

static const struct lead leads[] = {
    {0x00, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct lead *lead_of(uint8_t byte)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (byte >= leads[i].from && byte <= leads[i].to) return &leads[i];
    return NULL;
}

struct utf8_point utf8_next(const char *text)
{
    const uint8_t *byte = (const uint8_t *)text;
    const struct lead *lead = lead_of(byte[0]);
    struct utf8_point bad = {UTF8_REPLACEMENT, 1, false};
    if (!lead) return bad;
    if (lead->size == 1) return (struct utf8_point){byte[0], 1, true};

    uint32_t value = byte[0] & (0x7fu >> lead->size);
    for (unsigned i = 1; i < lead->size; i++) {
        uint8_t from = i == 1 ? lead->second_from : 0x80;
        uint8_t to = i == 1 ? lead->second_to : 0xbf;
        if (byte[i] < from || byte[i] > to) return bad;
        value = value << 6 | (byte[i] & 0x3fu);
        bad.size = i + 1;
    }
    return (struct utf8_point){value, lead->size, true};
}

bool utf8_is_control(uint32_t value)
{
    return IS_IN(value, controls);
}

unsigned utf8_columns(uint32_t value)
{
    if (IS_IN(value, zero_width)) return 0;
    return IS_IN(value, double_width) ? 2 : 1;
}

size_t utf8_width(const char *string)
{
    size_t width = 0;
    for (struct utf8_point point; *string; string += point.size) {
        point = utf8_next(string);
        width += utf8_is_control(point.value) ? 1 : utf8_columns(point.value);
    }
    return width;
}

size_t har_render_name(struct har_text *text, const char *name, size_t columns)
{
    if (columns == 0) return 0;
    bool fits = utf8_width(name) <= columns;
    size_t room = fits ? columns : columns - 1, taken = 0;
    for (struct utf8_point point; *name; name += point.size) {
        point = utf8_next(name);
        bool shown = point.valid && !utf8_is_control(point.value);
        unsigned width = shown ? utf8_columns(point.value) : 1;
        if (taken + width > room) break;
        if (shown) har_text_bytes(text, name, point.size);
        else har_text_add(text, REPLACEMENT_BYTES);
        taken += width;
    }
    if (!fits) har_text_add(text, "…");
    return fits ? taken : taken + 1;
}

void utf8_add_markup(struct har_text *text, const char *string)
{
    for (struct utf8_point point; *string; string += point.size) {
        point = utf8_next(string);
        bool shown = point.valid && !utf8_is_control(point.value) &&
                     (point.value & 0xfffe) != 0xfffe;
        if (!shown) har_text_add(text, REPLACEMENT_BYTES);
        else if (*string == '&') har_text_add(text, "&amp;");
        else if (*string == '<') har_text_add(text, "&lt;");
        else if (*string == '>') har_text_add(text, "&gt;");
        else if (*string == '"') har_text_add(text, "&quot;");
        else if (*string == '\'') har_text_add(text, "&#39;");
        else har_text_bytes(text, string, point.size);
    }
}
