/* SPDX-License-Identifier: MIT */
#ifndef SERVE_PAGES_H
#define SERVE_PAGES_H

/* The page: files that were built from web/ and lie in the program. */

#include "answer.h"

/* One file. The table of them is written by tools/embed.py, in the order of paths; it has
 * no row where the page was not built. */
struct page_file {
    const char *path; /* "/index.html" */
    const char *type;
    bool immutable; /* its name changes with its bytes */
    struct har_bytes plain, packed;
};
extern const struct page_file page_files[];
extern const size_t page_file_count;

struct pages;
struct pages *pages_open(void); /* NULL: no memory */
void pages_close(struct pages *pages);

/* What is shown at this path, which ends before any '?'; NULL: there is nothing. The pages
 * hold the answer. */
struct answer *pages_find(const struct pages *pages, const char *path, size_t length);

/* For people who come without cookie or token. */
struct answer *pages_closed(const struct pages *pages);

#endif
