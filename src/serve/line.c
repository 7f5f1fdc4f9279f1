/* SPDX-License-Identifier: MIT */
/* MHD closes a connection that is silent; one that says a byte now and then it would keep
 * for ever, and with a few hundred of them the door is shut to others. So each stage of a
 * request has an end by the clock. A socket is only shut down here; MHD, which sees that,
 * closes it. */

#include "line.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct line {
    struct line *next, **at;
    int fd;
    _Atomic int64_t due_ms; /* INT64_MAX: no end */
};

struct lines {
    pthread_mutex_t lock;
    struct line *first;
};

int64_t line_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void line_give(struct line *line, int64_t ms)
{
    if (line) atomic_store(&line->due_ms, ms ? line_clock_ms() + ms : INT64_MAX);
}

struct lines *lines_open(void)
{
    struct lines *lines = calloc(1, sizeof *lines);
    if (lines) pthread_mutex_init(&lines->lock, NULL);
    return lines;
}

void lines_close(struct lines *lines)
{
    if (!lines) return;
    pthread_mutex_destroy(&lines->lock);
    free(lines);
}

void lines_cut(struct lines *lines)
{
    int64_t now = line_clock_ms();
    pthread_mutex_lock(&lines->lock);
    for (struct line *line = lines->first; line; line = line->next)
        if (atomic_load(&line->due_ms) < now) shutdown(line->fd, SHUT_RDWR);
    pthread_mutex_unlock(&lines->lock);
}

static struct line *add_line(struct lines *lines, int fd)
{
    struct line *line = calloc(1, sizeof *line);
    if (!line) return NULL;
    line->fd = fd;
    line_give(line, LINE_HEAD_MS);
    pthread_mutex_lock(&lines->lock);
    line->next = lines->first;
    line->at = &lines->first;
    if (line->next) line->next->at = &line->next;
    lines->first = line;
    pthread_mutex_unlock(&lines->lock);
    return line;
}

static void remove_line(struct lines *lines, struct line *line)
{
    pthread_mutex_lock(&lines->lock);
    *line->at = line->next;
    if (line->next) line->next->at = line->at;
    pthread_mutex_unlock(&lines->lock);
    free(line);
}

void lines_notified(void *lines, struct MHD_Connection *connection, void **line,
                    enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *line = info ? add_line(lines, info->connect_fd) : NULL;
    } else if (*line) {
        remove_line(lines, *line);
        *line = NULL;
    }
}

struct line *line_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}
