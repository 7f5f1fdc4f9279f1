/* SPDX-License-Identifier: MIT */
/* expat, made a table.
 *
 * Speed comes from doing little: a row is found by one hash of area and name, character
 * data are asked for only inside the elements that have a row, and nothing is allocated for
 * an element.
 *
 * Safety: expat's own limit on amplification stays on, and a document that declares an
 * entity is refused at the declaration. No watch and no application declares one; every
 * bomb does.
 *
 * Encoding: the bytes decide, not the declaration, because UTF-8 under a declaration of
 * UTF-16 and Latin-1 under one of UTF-8 both occur. What is not UTF-8 is read as Latin-1,
 * in which every byte is a letter: a name may come out wrong, a point never does. */

#include "xml.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

/* --- before the root ----------------------------------------------------------- */

static bool starts_with(struct har_bytes text, size_t at, const char *prefix)
{
    size_t length = strlen(prefix);
    return at <= text.size && length <= text.size - at &&
           memcmp(text.data + at, prefix, length) == 0;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blank(struct har_bytes text, size_t at)
{
    while (at < text.size && is_blank(text.data[at])) at++;
    return at;
}

/* Just behind the next `mark`, or the end. */
static size_t skip_past(struct har_bytes text, size_t at, const char *mark)
{
    while (at < text.size && !starts_with(text, at, mark)) at++;
    return at < text.size ? at + strlen(mark) : text.size;
}

/* Where the document begins for expat, which wants nothing before the XML declaration. */
static size_t document_start(struct har_bytes file)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    size_t at = 0, before;
    do {
        before = at;
        at = skip_blank(file, at);
        if (starts_with(file, at, byte_order_mark)) at += sizeof byte_order_mark - 1;
    } while (at != before);
    size_t behind = at;
    while (starts_with(file, behind, "<!--"))
        behind = skip_blank(file, skip_past(file, behind, "-->"));
    return starts_with(file, behind, "<?xml") ? behind : at;
}

static uint8_t small(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static bool same_name(const char *known, const uint8_t *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((uint8_t)known[i] != small(name[i])) return false;
    return true;
}

/* Whether the name at `at` is `wanted`, less its prefix. */
static bool is_name(struct har_bytes text, size_t at, const char *wanted)
{
    size_t start = at;
    for (; at < text.size && !is_blank(text.data[at]) && !strchr("<>/[", text.data[at]);
         at++)
        if (text.data[at] == ':') start = at + 1;
    return at - start == strlen(wanted) && same_name(wanted, text.data + start, at - start);
}

/* Behind the DOCTYPE at `at`, with its declarations in brackets if it has any. */
static size_t skip_doctype(struct har_bytes text, size_t at)
{
    while (at < text.size && text.data[at] != '>' && text.data[at] != '[') at++;
    if (at < text.size && text.data[at] == '[') at = skip_past(text, at, "]");
    return skip_past(text, at, ">");
}

bool xml_root_is(struct har_bytes head, const char *name)
{
    static const char doctype[] = "<!DOCTYPE";
    size_t at = document_start(head);
    for (;;) {
        at = skip_blank(head, at);
        if (starts_with(head, at, "<?")) {
            at = skip_past(head, at, "?>");
        } else if (starts_with(head, at, "<!--")) {
            at = skip_past(head, at, "-->");
        } else if (starts_with(head, at, doctype)) {
            /* It names the root, which may lie far behind its declarations. */
            if (is_name(head, skip_blank(head, at + sizeof doctype - 1), name)) return true;
            at = skip_doctype(head, at);
        } else {
            return starts_with(head, at, "<") && is_name(head, at + 1, name);
        }
    }
}

/* Bytes of the UTF-8 sequence at `p`, or 0 if it is none. One that the end of the file cuts
 * short counts as whole. */
static size_t utf8_length(const uint8_t *p, size_t left)
{
    static const struct {
        uint8_t first, last, least, most; /* of the lead byte, of the byte behind it */
        size_t length;
    } forms[] = {
        {0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (*p < forms[f].first || *p > forms[f].last) continue;
        size_t length = forms[f].length < left ? forms[f].length : left;
        if (length > 1 && (p[1] < forms[f].least || p[1] > forms[f].most)) return 0;
        for (size_t i = 2; i < length; i++)
            if ((p[i] & 0xc0) != 0x80) return 0;
        return length;
    }
    return 0;
}

/* The first byte that is not UTF-8, or SIZE_MAX. */
static size_t not_utf8_at(struct har_bytes text)
{
    for (size_t at = 0; at < text.size;) {
        uint64_t eight;
        if (text.size - at >= sizeof eight) {
            memcpy(&eight, text.data + at, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                at += sizeof eight;
                continue;
            }
        }
        size_t length = utf8_length(text.data + at, text.size - at);
        if (length == 0) return at;
        at += length;
    }
    return SIZE_MAX;
}

/* --- rows ---------------------------------------------------------------------- */

static unsigned slot_of(unsigned area, const uint8_t *name, size_t length)
{
    unsigned hash = area * 41u + (unsigned)length * 17u + small(name[0]) * 7u +
                    small(name[length - 1]) * 3u + small(name[length / 2]);
    return hash % XML_SLOTS;
}

static void index_rows(struct xml *xml)
{
    const struct xml_grammar *grammar = xml->grammar;
    assert(grammar->row_count <= XML_SLOTS / 2);
    for (size_t i = 0; i < grammar->row_count; i++) {
        const struct xml_row *row = &grammar->rows[i];
        size_t length = strlen(row->name);
        unsigned slot = slot_of(row->area, (const uint8_t *)row->name, length);
        while (xml->slot[slot]) slot = (slot + 1) % XML_SLOTS;
        xml->slot[slot] = (uint8_t)(i + 1);
        xml->length[i] = (uint8_t)length;
    }
}

static const struct xml_row *find_row(const struct xml *xml, const char *name)
{
    const char *local = name, *end = name;
    for (; *end; end++)
        if (*end == ':') local = end + 1;
    size_t length = (size_t)(end - local);
    if (length == 0) return NULL;
    unsigned area = xml->areas[xml->area_count - 1].area;
    unsigned slot = slot_of(area, (const uint8_t *)local, length);
    for (; xml->slot[slot]; slot = (slot + 1) % XML_SLOTS) {
        size_t i = xml->slot[slot] - 1u;
        const struct xml_row *row = &xml->grammar->rows[i];
        if (row->area == area && xml->length[i] == length &&
            same_name(row->name, (const uint8_t *)local, length))
            return row;
    }
    return NULL;
}

/* --- what expat tells ---------------------------------------------------------- */

static void stop_full(struct xml *xml)
{
    xml->full = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int length)
{
    struct xml *xml = data;
    size_t size = (size_t)length;
    if (xml->full) return;
    if (size > xml->text_room - xml->text_size) {
        size_t room = 2 * (xml->text_size + size);
        char *wider = HAR_NEW(xml->arena, char, room);
        if (!wider) {
            stop_full(xml);
            return;
        }
        if (xml->text_size) memcpy(wider, xml->text, xml->text_size);
        xml->text = wider;
        xml->text_room = room;
    }
    memcpy(xml->text + xml->text_size, text, size);
    xml->text_size += size;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *xml = data;
    xml->depth++;
    if (xml->text_depth || xml->full) return;
    const struct xml_row *row = find_row(xml, name);
    if (!row) return;
    if (row->opens) {
        assert(xml->area_count < XML_MOST_AREAS);
        xml->areas[xml->area_count].area = row->opens;
        xml->areas[xml->area_count++].depth = xml->depth;
        if (!xml->grammar->enter(xml->reader, row->opens, attributes)) stop_full(xml);
    } else {
        xml->text_depth = xml->depth;
        xml->what = row->text;
        xml->text_size = 0;
        XML_SetCharacterDataHandler(xml->parser, on_text);
    }
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct xml *xml = data;
    (void)name;
    if (xml->full) return;
    bool heard = true;
    if (xml->text_depth == xml->depth) {
        xml->text_depth = 0;
        XML_SetCharacterDataHandler(xml->parser, NULL);
        struct har_bytes text = {(const uint8_t *)xml->text, xml->text_size};
        heard = xml->grammar->hear(xml->reader, xml->what, text);
    } else if (xml->areas[xml->area_count - 1].depth == xml->depth) {
        heard = xml->grammar->leave(xml->reader, xml->areas[--xml->area_count].area);
    }
    xml->depth--;
    if (!heard) stop_full(xml);
}

static void XMLCALL on_entity(void *data, const XML_Char *name, int is_parameter,
                              const XML_Char *value, int value_length, const XML_Char *base,
                              const XML_Char *system_id, const XML_Char *public_id,
                              const XML_Char *notation)
{
    struct xml *xml = data;
    (void)name, (void)is_parameter, (void)value, (void)value_length, (void)base;
    (void)system_id, (void)public_id, (void)notation;
    xml->refused = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

/* --- the whole ----------------------------------------------------------------- */

uint64_t xml_offset(const struct xml *xml)
{
    XML_Index index = XML_GetCurrentByteIndex(xml->parser);
    return xml->skipped + (index > 0 ? (uint64_t)index : 0);
}

struct har_bytes xml_attribute(const char **attributes, const char *name)
{
    size_t length = strlen(name);
    for (; *attributes; attributes += 2)
        if (strlen(*attributes) == length &&
            same_name(name, (const uint8_t *)*attributes, length))
            return har_bytes_of(attributes[1]);
    return (struct har_bytes){0};
}

static har_status say_damage(const struct xml *xml, struct har_error *damage)
{
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    uint64_t at = xml_offset(xml);
    if (xml->full || code == XML_ERROR_NO_MEMORY)
        return har_fail(damage, HAR_NO_MEMORY, at, "there is no memory left for this file");
    if (xml->refused)
        return har_fail(damage, HAR_BAD_INPUT, at,
                        "the file declares an XML entity, which no watch does: refused");
    if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
        code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION)
        return har_fail(damage, HAR_BAD_INPUT, at, "the file is cut short");
    return har_fail(damage, HAR_BAD_INPUT, at, "the XML is broken (%s)",
                    XML_ErrorString(code));
}

har_status xml_read(struct xml *xml, const struct xml_grammar *grammar, void *reader,
                    struct har_bytes file, struct har_arena *arena,
                    struct har_error *damage)
{
    *xml = (struct xml){.grammar = grammar, .reader = reader, .arena = arena};
    xml->areas[xml->area_count++].area = XML_OUTSIDE;
    index_rows(xml);
    xml->skipped = document_start(file);
    xml->latin1_at = not_utf8_at(file);
    xml->parser = XML_ParserCreate(xml->latin1_at == SIZE_MAX ? "UTF-8" : "ISO-8859-1");
    if (!xml->parser)
        return har_fail(damage, HAR_NO_MEMORY, 0, "there is no memory left for this file");
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetEntityDeclHandler(xml->parser, on_entity);

    har_status status = HAR_OK;
    size_t at = xml->skipped;
    bool last;
    do {
        size_t size = file.size - at < INT_MAX ? file.size - at : INT_MAX;
        last = at + size == file.size;
        if (XML_Parse(xml->parser, (const char *)file.data + at, (int)size, last) !=
            XML_STATUS_OK)
            status = say_damage(xml, damage);
        at += size;
    } while (status == HAR_OK && !last);
    XML_ParserFree(xml->parser);
    xml->parser = NULL;
    return status;
}
