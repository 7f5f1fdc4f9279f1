/* SPDX-License-Identifier: MIT */
#ifndef MARK_QUOTE_H
#define MARK_QUOTE_H

/* The start of a foreign text, fit to stand in a sentence: what is not printable ASCII
 * becomes '?'. */

#include "harrier/base.h"

struct quote {
    char text[32];
};

static inline struct quote quote_of(struct har_bytes bytes)
{
    struct quote q = {{0}};
    for (size_t i = 0; i < bytes.size && i + 1 < sizeof q.text; i++)
        q.text[i] =
            (char)(bytes.data[i] < ' ' || bytes.data[i] > '~' ? '?' : bytes.data[i]);
    return q;
}

#endif
