/* SPDX-License-Identifier: MIT */
/* From the bytes of a sheet to UTF-8.
 *
 * Texts that are not UTF-8 are taken for Windows-1252, which spreadsheets and timing
 * systems still write; its five holes become U+FFFD. That is decided cell by cell, since
 * sheets are put together from several sources. UTF-16 is known by its byte order mark
 * alone. */

#include "text.h"

#include <string.h>

/* Bytes of the UTF-8 character at `at`; 0 if there is none. */
static size_t character_size(struct har_bytes text, size_t at)
{
    uint8_t lead = text.data[at];
    size_t size = lead < 0x80   ? 1
                  : lead < 0xc2 ? 0
                  : lead < 0xe0 ? 2
                  : lead < 0xf0 ? 3
                  : lead < 0xf5 ? 4
                                : 0;
    if (size > text.size - at) return 0;
    for (size_t i = 1; i < size; i++)
        if ((text.data[at + i] & 0xc0) != 0x80) return 0;
    return size;
}

static bool is_utf8(struct har_bytes text)
{
    for (size_t at = 0, size; at < text.size; at += size)
        if (!(size = character_size(text, at))) return false;
    return true;
}

/* Where Windows-1252 is not Latin-1: 0x80 to 0x9f. */
static const uint16_t windows[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

static void add_character(struct har_text *text, unsigned code)
{
    char bytes[3];
    size_t size = 0;
    if (code < 0x80) bytes[size++] = (char)code;
    else {
        if (code >= 0x800) bytes[size++] = (char)(0xe0 | code >> 12);
        bytes[size] = (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3f) : 0xc0 | code >> 6);
        size++;
        bytes[size++] = (char)(0x80 | (code & 0x3f));
    }
    har_text_bytes(text, bytes, size);
}

void text_add_cell(struct har_text *text, struct har_bytes cell)
{
    if (is_utf8(cell)) {
        har_text_bytes(text, cell.data, cell.size);
        return;
    }
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t c = cell.data[i];
        add_character(text, c >= 0x80 && c < 0xa0 ? windows[c - 0x80] : c);
    }
}

bool text_of_cell(struct har_bytes cell, struct har_arena *arena, const char **text)
{
    struct har_text out = {.arena = arena};
    if (!cell.size) return true;
    if (is_utf8(cell)) {
        *text = har_arena_copy(arena, cell.data, cell.size);
        return *text != NULL;
    }
    text_add_cell(&out, cell);
    *text = out.data;
    return !out.failed;
}

/* --- whole sheets -------------------------------------------------------------------- */

static bool begins_with(struct har_bytes text, const char *mark, size_t size)
{
    return text.size >= size && memcmp(text.data, mark, size) == 0;
}

/* Two bytes a character, `high` the one of them that counts more. What lies beyond them, in
 * two halves, is no letter of a name: U+FFFD. */
static bool from_wide(struct har_bytes wide, size_t high, struct har_arena *arena,
                      struct har_bytes *text)
{
    struct har_text out = {.arena = arena};
    har_text_add(&out, "");
    for (size_t i = 2; i + 1 < wide.size; i += 2) {
        unsigned code = (unsigned)wide.data[i + high] << 8 | wide.data[i + 1 - high];
        if (code >= 0xdc00 && code < 0xe000) continue;
        add_character(&out, code >= 0xd800 && code < 0xdc00 ? 0xfffd : code);
    }
    *text = (struct har_bytes){(const uint8_t *)out.data, out.size};
    return !out.failed;
}

bool text_of_sheet(struct har_bytes *sheet, struct har_arena *arena)
{
    if (begins_with(*sheet, "\xff\xfe", 2)) return from_wide(*sheet, 1, arena, sheet);
    if (begins_with(*sheet, "\xfe\xff", 2)) return from_wide(*sheet, 0, arena, sheet);
    if (begins_with(*sheet, "\xef\xbb\xbf", 3)) sheet->data += 3, sheet->size -= 3;
    return true;
}

/* --- pages --------------------------------------------------------------------------- */

/* The characters that must be written as others. */
static const struct {
    const char *name;
    char c;
} entities[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
                {"&#39;", '\''}, {"&nbsp;", ' '}, {"&quot;", '"'}};

static size_t entity_at(struct har_bytes page, size_t at, char *c)
{
    struct har_bytes rest = {page.data + at, page.size - at};
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        size_t length = strlen(entities[i].name);
        if (!begins_with(rest, entities[i].name, length)) continue;
        *c = entities[i].c;
        return length;
    }
    return 0;
}

bool text_of_page(struct har_bytes *page, struct har_arena *arena)
{
    size_t head = page->size < 64 ? page->size : 64;
    if (!head || !memchr(page->data, '<', head)) return true;
    uint8_t *to = HAR_ROOM(arena, uint8_t, page->size);
    size_t size = 0;
    bool within = false;
    if (!to) return false;
    for (size_t at = 0; at < page->size; at++) {
        char c = (char)page->data[at];
        size_t length = c == '&' && !within ? entity_at(*page, at, &c) : 0;
        if (length) at += length - 1;
        else if (c == '<') within = true;
        if (!within || c == '\n') to[size++] = (uint8_t)c;
        if (c == '>' && !length) within = false;
    }
    *page = (struct har_bytes){to, size};
    return true;
}
