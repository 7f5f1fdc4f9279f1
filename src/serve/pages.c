/* SPDX-License-Identifier: MIT */
/* A view has an address of its own, so that it can be kept and sent; the page reads it, and
 * the server answers each with the same document. A path that is none of them is an error
 * and not a page that says so. */

#include "pages.h"

#include <stdlib.h>
#include <string.h>

/* The first segments of views. */
static const char *const views[] = {"",       "activities", "activity", "races",
                                    "race",   "predict",    "pace",     "lists",
                                    "import", "squad",      "help"};

static const char not_built[] =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Harrier</title>"
    "<h1>Harrier</h1><p>The server runs, and its page was not built: that takes Node. "
    "<code>make page</code> fetches what the page is made of, and <code>make</code> then "
    "builds it in.<p>All answers are there: <a href=/api/v1/openapi.json>what can be "
    "asked</a>, <a href=/api/v1/list>the activities</a>, <a href=/api/v1/report>the season "
    "on one page</a>.\n";

static const char closed[] =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Harrier</title>"
    "<h1>Harrier</h1><p>This address opens with the token that <code>harrier serve</code> "
    "printed, once; then it prints another.\n";

static const char html[] = "text/html; charset=utf-8";
static const char asked_again[] = "private, no-cache";

struct pages {
    struct answer *index, *closed, *no_icon;
    struct answer *file[]; /* as page_files */
};

static struct answer *page_of(unsigned status, const char *text, size_t size)
{
    const struct answer_head head = {.status = status, .type = html, .cache = asked_again};
    struct har_bytes bytes = {(const uint8_t *)text, size};
    return answer_of_file(&head, bytes, (struct har_bytes){0});
}

static struct answer *file_answer(const struct page_file *file)
{
    const struct answer_head head = {
        .status = MHD_HTTP_OK,
        .type = file->type,
        .cache = file->immutable ? "private, max-age=31536000, immutable" : asked_again,
    };
    return answer_of_file(&head, file->plain, file->packed);
}

static bool is_path(const char *whole, const char *path, size_t length)
{
    return strlen(whole) == length && memcmp(whole, path, length) == 0;
}

struct pages *pages_open(void)
{
    static const char index[] = "/index.html";
    const struct answer_head no_icon = {.status = MHD_HTTP_NO_CONTENT,
                                        .cache = asked_again};
    struct pages *pages =
        calloc(1, sizeof *pages + page_file_count * sizeof pages->file[0]);
    if (!pages) return NULL;
    bool made = true;
    for (size_t i = 0; i < page_file_count; i++) {
        pages->file[i] = file_answer(&page_files[i]);
        made = made && pages->file[i];
        if (pages->file[i] && is_path(index, page_files[i].path, sizeof index - 1)) {
            pages->index = pages->file[i];
            answer_hold(pages->index);
        }
    }
    if (!pages->index) pages->index = page_of(MHD_HTTP_OK, not_built, sizeof not_built - 1);
    pages->closed = page_of(MHD_HTTP_UNAUTHORIZED, closed, sizeof closed - 1);
    pages->no_icon = answer_of_file(&no_icon, (struct har_bytes){0}, (struct har_bytes){0});
    if (made && pages->index && pages->closed && pages->no_icon) return pages;
    pages_close(pages);
    return NULL;
}

void pages_close(struct pages *pages)
{
    if (!pages) return;
    for (size_t i = 0; i < page_file_count; i++) answer_drop(pages->file[i]);
    answer_drop(pages->index);
    answer_drop(pages->closed);
    answer_drop(pages->no_icon);
    free(pages);
}

static bool is_view(const char *path, size_t length)
{
    const char *slash = length > 1 ? memchr(path + 1, '/', length - 1) : NULL;
    size_t first = (slash ? (size_t)(slash - path) : length) - 1;
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        if (is_path(views[i], path + 1, first)) return !(slash && first == 0);
    return false;
}

struct answer *pages_find(const struct pages *pages, const char *path, size_t length)
{
    for (size_t i = 0; i < page_file_count; i++)
        if (is_path(page_files[i].path, path, length)) return pages->file[i];
    if (is_path("/favicon.ico", path, length)) return pages->no_icon;
    return length > 0 && *path == '/' && is_view(path, length) ? pages->index : NULL;
}

struct answer *pages_closed(const struct pages *pages)
{
    return pages->closed;
}
