/* SPDX-License-Identifier: MIT */
#ifndef ARCHIVE_SNIFF_H
#define ARCHIVE_SNIFF_H

/* What bytes are, by what they begin with; names lie. */

#include "harrier/base.h"

enum wrapping { PLAIN, GZIPPED, ARCHIVED };

enum { HEAD_SIZE = 4096 }; /* enough to tell */

enum wrapping har_wrapping(struct har_bytes head);

#endif
