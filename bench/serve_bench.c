/* SPDX-License-Identifier: MIT */
/* serve_bench PORT TOKEN PATH LINES REQUESTS: so many GETs over so many lines at once, each
 * line asking again as soon as it was answered. One thread, one epoll, so that it takes as
 * little of the machine from the server as it can. */

#include "clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_LINES = 256, ROOM = 1 << 16, AT_ONCE = 64 };

struct line {
    int fd;
    double asked_s;
    size_t got;
    char answer[ROOM];
};

static char question[1024];
static struct line lines[MOST_LINES];

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "serve_bench: %s: %s\n", why, strerror(errno));
    exit(1);
}

static int connect_to(unsigned port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int yes = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        give_up("cannot connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

static void ask(struct line *line)
{
    size_t size = strlen(question);
    line->got = 0;
    line->asked_s = seconds_now();
    if (write(line->fd, question, size) != (ssize_t)size) give_up("cannot ask");
}

/* Whether the answer is there in full; it has to be a good one. */
static bool is_whole(struct line *line)
{
    static const char length[] = "Content-Length: ";
    line->answer[line->got] = 0;
    const char *end = strstr(line->answer, "\r\n\r\n");
    const char *told = end ? strstr(line->answer, length) : NULL;
    if (!told) return false;
    if (strncmp(line->answer, "HTTP/1.1 200 ", 13) != 0) give_up("no good answer");
    size_t body = strtoul(told + sizeof length - 1, NULL, 10);
    return line->got >= (size_t)(end + 4 - line->answer) + body;
}

static bool hear(struct line *line)
{
    ssize_t got = read(line->fd, line->answer + line->got, ROOM - 1 - line->got);
    if (got <= 0) give_up("no answer");
    line->got += (size_t)got;
    return is_whole(line);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 6) return 2;
    unsigned port = (unsigned)strtoul(argv[1], NULL, 10);
    size_t count = strtoul(argv[4], NULL, 10), wanted = strtoul(argv[5], NULL, 10);
    size_t asked = 0, done = 0;
    double *took_s = calloc(wanted, sizeof *took_s);
    struct epoll_event ready[AT_ONCE];
    int queue = epoll_create1(0);
    if (!took_s || queue < 0 || count > MOST_LINES || count > wanted) return 2;
    snprintf(question, sizeof question,
             "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAuthorization: Bearer %s\r\n\r\n",
             argv[3], port, argv[2]);
    double began_s = seconds_now();
    for (size_t i = 0; i < count; i++, asked++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &lines[i]};
        lines[i].fd = connect_to(port);
        epoll_ctl(queue, EPOLL_CTL_ADD, lines[i].fd, &event);
        ask(&lines[i]);
    }
    while (done < wanted) {
        int some = epoll_wait(queue, ready, AT_ONCE, 30000);
        if (some <= 0) give_up("no answer in 30 s");
        for (int i = 0; i < some; i++) {
            struct line *line = ready[i].data.ptr;
            if (!hear(line)) continue;
            took_s[done++] = seconds_now() - line->asked_s;
            if (asked < wanted) ask(line), asked++;
        }
    }
    double spent_s = seconds_now() - began_s;
    qsort(took_s, wanted, sizeof *took_s, by_size);
    printf("requests_per_s %.0f\n", (double)wanted / spent_s);
    printf("median_ms %.3f\n", 1e3 * took_s[wanted / 2]);
    printf("p99_ms %.3f\n", 1e3 * took_s[wanted * 99 / 100]);
    return 0;
}
