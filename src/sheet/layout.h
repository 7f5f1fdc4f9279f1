/* SPDX-License-Identifier: MIT */
#ifndef SHEET_LAYOUT_H
#define SHEET_LAYOUT_H

/* What one layout of sheets must offer. It sits below the layouts, and results.c sits above
 * them. */

#include "gather.h"

/* HAR_UNSUPPORTED, without a word: it is not of this layout. Any other failure is one. The
 * sheet is UTF-8 or a code page, without a byte order mark. */
typedef har_status read_layout(struct har_bytes sheet, struct gathering *g);

read_layout layout_json, layout_lynx, layout_hytek, layout_list;

#endif
