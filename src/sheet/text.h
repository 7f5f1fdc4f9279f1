/* SPDX-License-Identifier: MIT */
#ifndef SHEET_TEXT_H
#define SHEET_TEXT_H

/* From the bytes of a sheet to UTF-8. */

#include "harrier/base.h"

/* Without its byte order mark, in UTF-8 if it was UTF-16. False: no memory. */
bool text_of_sheet(struct har_bytes *sheet, struct har_arena *arena);

/* A page of a browser without its tags, line by line as it was; what is no page stays as it
 * is. False: no memory. */
bool text_of_page(struct har_bytes *page, struct har_arena *arena);

/* A copy in UTF-8; an empty cell leaves what is known. False: no memory. */
bool text_of_cell(struct har_bytes cell, struct har_arena *arena, const char **text);
void text_add_cell(struct har_text *text, struct har_bytes cell);

#endif
