/* SPDX-License-Identifier: MIT */
#ifndef DECODE_XML_H
#define DECODE_XML_H

/* XML as a table. A format lists the elements it wants and the areas in which they count;
 * an element opens a further area or holds a text. Elements in no row are passed through as
 * if their tags were not there, so that wrappers (TrackPointExtension, FirstSport) need no
 * row.
 *
 * Names are compared without their prefix, declared or not, and without regard to case:
 * real files get both wrong. */

#include "harrier/base.h"

#include <expat.h>

struct xml_row {
    uint8_t area;     /* where the element counts; XML_OUTSIDE is outside the root */
    const char *name; /* in small letters */
    uint8_t opens;    /* the area it begins, or 0 */
    uint8_t text;     /* what its text tells, or 0 */
};
enum { XML_OUTSIDE = 0, XML_MOST_AREAS = 8, XML_SLOTS = 256 };

/* Each call may return false to say that there is no memory left, which ends the reading.
 */
struct xml_grammar {
    const struct xml_row *rows;
    size_t row_count; /* at most 128 */
    bool (*enter)(void *reader, unsigned area, const char **attributes);
    bool (*hear)(void *reader, unsigned what, struct har_bytes text);
    bool (*leave)(void *reader, unsigned area);
};

struct xml {
    const struct xml_grammar *grammar;
    void *reader;
    struct har_arena *arena;
    XML_Parser parser;
    size_t skipped;   /* bytes before the document proper */
    size_t latin1_at; /* the first byte that is not UTF-8; SIZE_MAX: there is none */
    bool full, refused;
    unsigned depth, text_depth, area_count;
    uint8_t what;
    struct {
        uint8_t area;
        unsigned depth;
    } areas[XML_MOST_AREAS];
    char *text;
    size_t text_size, text_room;
    uint8_t slot[XML_SLOTS];   /* row + 1 by hash of area and name */
    uint8_t length[XML_SLOTS]; /* of each row's name */
};

/* Whether the document's root has that name (in small letters), as far as its first bytes
 * tell. White space, a byte order mark, comments and a DOCTYPE may come first. */
bool xml_root_is(struct har_bytes head, const char *name);

/* Reads a whole document. HAR_BAD_INPUT: it broke off; what came before was told, and
 * `damage` says where and why. HAR_NO_MEMORY. */
har_status xml_read(struct xml *xml, const struct xml_grammar *grammar, void *reader,
                    struct har_bytes file, struct har_arena *arena,
                    struct har_error *damage);

/* The byte of the file that is being read; only during xml_read(). */
uint64_t xml_offset(const struct xml *xml);

/* The value of the attribute of that name; empty if there is none. */
struct har_bytes xml_attribute(const char **attributes, const char *name);

#endif
