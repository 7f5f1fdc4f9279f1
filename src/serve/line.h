/* SPDX-License-Identifier: MIT */
#ifndef SERVE_LINE_H
#define SERVE_LINE_H

/* Connections, and until when each must have done what it is at. */

#include "harrier/base.h"

#include <microhttpd.h>

enum {
    LINE_HEAD_MS = 10000,     /* for a whole head, or with nothing to say */
    LINE_BODY_MS = 10000,     /* for a body, and a second more for each ... */
    LINE_BODY_RATE = 1 << 16, /* ... of so many bytes */
    LINE_SEND_MS = 60000,     /* for taking an answer */
};

struct line;
struct lines;
struct lines *lines_open(void);        /* NULL: no memory */
void lines_close(struct lines *lines); /* NULL allowed; without a line left */
/* Cuts those that took too long. */
void lines_cut(struct lines *lines);

/* For MHD_OPTION_NOTIFY_CONNECTION. */
void lines_notified(void *lines, struct MHD_Connection *connection, void **line,
                    enum MHD_ConnectionNotificationCode what);
struct line *line_of(struct MHD_Connection *connection);
/* It has so long from now on; 0: as long as it takes. */
void line_give(struct line *line, int64_t ms);

int64_t line_clock_ms(void);

#endif
