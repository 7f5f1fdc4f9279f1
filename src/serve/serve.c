/* SPDX-License-Identifier: MIT */
/* The life of a server: sockets, threads, an end in peace.
 *
 * libmicrohttpd would listen on every address, so it is given sockets that are bound
 * already. Loopback is two addresses, and a browser that is sent to "localhost" may take
 * either; both have the same port, so that no other program can stand behind one of them.
 *
 * The process works in an empty folder of its own. A relative path, wherever it may slip
 * through, names nothing there. */

#include "harrier/serve.h"
#include "harrier/store.h"

#include "describe.h"
#include "server.h"
#include "upload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

enum {
    TICK_MS = 200,
    CACHE_BYTES = 16 << 20,
    SHELF_BYTES = 24 << 20, /* twenty years of one runner */
    CONNECTIONS = 256,
    HEAD_BYTES = 1 << 15, /* of a request, its address with it */
    QUIET_S = 10,         /* before a silent connection is closed */
    THREAD_STACK = 1 << 19,
    BACKLOG = 256,
    TRIES = 16,      /* for a port that is free on both addresses */
    GOODBYE_MS = 500 /* for answers that are on their way */
};

static int complain(const struct har_listener *to, int status, const char *format,
                    const char *what, const char *why)
{
    char sentence[320];
    snprintf(sentence, sizeof sentence, format, what, why);
    to->say(to->ctx, sentence);
    return status;
}

/* What a server does before anybody asks. */
struct reading_ahead {
    struct job job; /* its first member */
    struct server *server;
};

/* --- sockets -------------------------------------------------------------------------- */

struct listening {
    int socket[SERVER_LISTENS];
    size_t count;
    unsigned port;
};

/* The address of `host` in digits; 0 if it is none. */
static socklen_t read_host(const char *host, unsigned port, struct sockaddr_storage *out)
{
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    *out = (struct sockaddr_storage){0};
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)port);
        return sizeof *four;
    }
    if (inet_pton(AF_INET6, host, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        return sizeof *six;
    }
    return 0;
}

static unsigned port_of(int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0) return 0;
    return address.ss_family == AF_INET6
               ? ntohs(((struct sockaddr_in6 *)&address)->sin6_port)
               : ntohs(((struct sockaddr_in *)&address)->sin_port);
}

/* A socket that listens; -1 with errno. */
static int listen_on(const char *host, unsigned port)
{
    struct sockaddr_storage address;
    const int yes = 1;
    socklen_t size = read_host(host, port, &address);
    errno = EAFNOSUPPORT;
    int fd = size ? socket(address.ss_family, SOCK_STREAM, 0) : -1;
    if (fd < 0) return -1;
    bool done = fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
                setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0;
    if (done && address.ss_family == AF_INET6)
        done = setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) == 0;
    done = done && bind(fd, (struct sockaddr *)&address, size) == 0 &&
           listen(fd, BACKLOG) == 0;
    if (done) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static void close_sockets(struct listening *at)
{
    for (size_t i = 0; i < at->count; i++) close(at->socket[i]);
    at->count = 0;
}

/* On 127.0.0.1 and, where there is IPv6, on ::1. 0, or errno. */
static int listen_on_loopback(unsigned port, struct listening *out)
{
    for (int tries = 0; tries < TRIES; tries++) {
        int four = listen_on("127.0.0.1", port);
        if (four < 0) return errno;
        *out = (struct listening){.socket = {four}, .count = 1, .port = port_of(four)};
        int six = listen_on("::1", out->port);
        if (six >= 0) out->socket[out->count++] = six;
        if (six >= 0 || errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT) return 0;
        int why = errno;
        close_sockets(out);
        if (port != 0 || why != EADDRINUSE) return why;
    }
    return EADDRINUSE;
}

static int listen_as_told(const struct har_serving *what, struct listening *out)
{
    *out = (struct listening){0};
    if (!what->host) return listen_on_loopback(what->port, out);
    int fd = listen_on(what->host, what->port);
    if (fd < 0) return errno;
    *out = (struct listening){.socket = {fd}, .count = 1, .port = port_of(fd)};
    return 0;
}

static bool is_loopback(const char *host)
{
    return strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0;
}

static int open_sockets(const struct har_serving *what, const struct har_listener *to,
                        struct listening *out)
{
    struct sockaddr_storage address;
    char port[16];
    snprintf(port, sizeof port, "%u", what->port);
    if (what->host && read_host(what->host, 0, &address) == 0)
        return complain(to, HAR_EXIT_USAGE,
                        "--host takes an address in digits such as 192.168.1.7, not "
                        "\"%s\"%s",
                        what->host, "");
    int why = listen_as_told(what, out);
    if (why == EADDRINUSE)
        return complain(to, HAR_EXIT_FAILED,
                        "port %s is taken by another program; choose one with --port N, or "
                        "--port 0 for any that is free%s",
                        port, "");
    if (why == EACCES)
        return complain(to, HAR_EXIT_FAILED,
                        "port %s is for the system's own servers; choose one above 1023%s",
                        port, "");
    if (why)
        return complain(to, HAR_EXIT_FAILED, "cannot listen on %s: %s",
                        what->host ? what->host : "127.0.0.1", strerror(why));
    if (what->host && !is_loopback(what->host))
        complain(to, HAR_EXIT_DONE,
                 "warning: whoever reaches %s can knock, and what is said there is not "
                 "encrypted%s; the token stays required",
                 what->host, "");
    return HAR_EXIT_DONE;
}

/* --- the store ------------------------------------------------------------------------ */

/* One that an older Harrier wrote is brought up now, and not by whatever happens to change
 * it first: until then no question would have an answer. None at all is none yet. */
static int prepare_store(const char *where, const struct har_listener *to)
{
    struct har_error why = {0};
    struct har_store *store = NULL;
    har_status got = har_store_open(where, HAR_STORE_READ, &store, &why);
    if (got == HAR_OK) har_store_close(store);
    if (got == HAR_OK || got == HAR_NOT_FOUND) return HAR_EXIT_DONE;
    got = har_store_open(where, HAR_STORE_WRITE, &store, &why);
    if (got != HAR_OK)
        return complain(to, got == HAR_BUSY ? HAR_EXIT_BUSY : HAR_EXIT_FAILED, "%s%s",
                        why.message, "");
    har_store_close(store);
    return complain(to, HAR_EXIT_DONE,
                    "the store was that of an older Harrier, and is brought up%s%s", "",
                    "");
}

/* Most questions begin with all activities of the runner. While the browser opens there is
 * time to read them; where there are several runners, it is not known whose. */
static void read_ahead(struct job *job)
{
    struct server *server = ((struct reading_ahead *)job)->server;
    const char *athlete = server->house.athlete, **names;
    struct har_store_filter all = HAR_STORE_ALL;
    struct har_store *store;
    struct har_arena desk = {0};
    struct har_entry *entries;
    size_t count;
    if (har_store_open(server->store, HAR_STORE_READ, &store, NULL) != HAR_OK) return;
    if (har_store_share(store, server->store, server->shelf) &&
        har_store_athletes(store, &desk, &names, &count, NULL) == HAR_OK &&
        (athlete || count == 1)) {
        if (!athlete) athlete = names[0];
        if (har_store_athlete(store, *athlete ? athlete : NULL, false, &all.athlete,
                              NULL) == HAR_OK)
            har_store_entries(store, &all, &desk, &entries, &count, NULL);
    }
    har_arena_free(&desk);
    har_store_close(store);
}

/* --- what requests share -------------------------------------------------------------- */

void server_tell_address(struct server *server)
{
    char token[DOOR_SECRET], line[DOOR_SECRET + 128];
    door_token(server->door, token);
    int size = snprintf(line, sizeof line, "%s/?token=%s\n", server->url, token);
    server->to->data(server->to->ctx, line, (size_t)size);
    sodium_memzero(token, sizeof token);
    sodium_memzero(line, sizeof line);
}

/* Where the process goes on to work somewhere else, a path must not begin here. */
static const char *whole_path(struct har_arena *arena, const char *path)
{
    char here[4096];
    struct har_text text = {.arena = arena};
    bool relative =
        *path != '/' && strcmp(path, ":memory:") != 0 && !har_is_database_url(path);
    if (relative && getcwd(here, sizeof here)) har_text_format(&text, "%s/", here);
    har_text_add(&text, path);
    return text.failed ? NULL : text.data;
}

static const char *make_url(struct har_arena *arena, const char *host, unsigned port)
{
    struct har_text text = {.arena = arena};
    bool all = host && (strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0);
    const char *shown = !host || all ? "127.0.0.1" : host;
    if (all && strcmp(host, "::") == 0) shown = "::1";
    har_text_format(&text, strchr(shown, ':') ? "http://[%s]:%u" : "http://%s:%u", shown,
                    port);
    return text.failed ? NULL : text.data;
}

static const char *make_folder(struct har_arena *arena)
{
    const char *parent = getenv("TMPDIR");
    struct har_text text = {.arena = arena};
    har_text_format(&text, "%s/harrier-XXXXXX", parent && *parent ? parent : "/tmp");
    return text.failed ? NULL : mkdtemp(text.data);
}

static struct answer *describe_answer(void)
{
    struct har_arena arena = {0};
    struct har_text text = {.arena = &arena};
    struct heap_bytes body = {0};
    const struct answer_head head = {
        .status = MHD_HTTP_OK, .type = "application/json", .cache = "private, no-cache"};
    describe_api(&text);
    body.failed = text.failed;
    heap_add(&body, text.data, text.size);
    har_arena_free(&arena);
    return answer_of(&head, &body);
}

static bool furnish(struct server *server, const struct har_serving *what, unsigned port)
{
    struct har_arena *arena = &server->arena;
    server->store = whole_path(arena, what->store);
    /* A password is not to be told on a command line, ours neither: it came from the
     * environment, where the command finds it as well. */
    if (server->store && !har_database_url_has_secret(server->store))
        server->house.store = server->store;
    server->house.athlete = what->athlete;
    server->url = make_url(arena, what->host, port);
    server->folder = make_folder(arena);
    server->door = door_open(what->host, port);
    server->pages = pages_open();
    server->cache = server->store ? cache_open(server->store, CACHE_BYTES) : NULL;
    server->shelf = har_shelf_open(SHELF_BYTES);
    server->lines = lines_open();
    server->api = describe_answer();
    server->pool = pool_open();
    return server->store && server->url && server->folder && server->door &&
           server->pages && server->cache && server->shelf && server->lines &&
           server->api && server->pool;
}

static void clear_out(struct server *server)
{
    pool_close(server->pool);
    answer_drop(server->api);
    lines_close(server->lines);
    har_shelf_close(server->shelf);
    cache_close(server->cache);
    pages_close(server->pages);
    door_close(server->door);
    if (server->folder) upload_remove(server->folder);
    har_arena_free(&server->arena);
}

/* --- life ----------------------------------------------------------------------------- */

/* Addresses are read by ask.c, which must see them as they came. */
static size_t leave_escaped(void *ctx, struct MHD_Connection *connection, char *text)
{
    (void)ctx;
    (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(struct server *server, int fd)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
        NULL, visit_request, server, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_URI_LOG_CALLBACK, visit_address, server, MHD_OPTION_NOTIFY_COMPLETED,
        visit_over, server, MHD_OPTION_NOTIFY_CONNECTION, lines_notified, server->lines,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)QUIET_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)THREAD_STACK, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
}

static void rest(int64_t ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* Nobody new, the commands under way to their end, the answers out, and the lines closed.
 */
static void end_daemons(struct server *server, struct listening *at)
{
    atomic_store(&server->ending, true);
    for (size_t i = 0; i < at->count; i++)
        if (server->daemon[i]) MHD_quiesce_daemon(server->daemon[i]);
    pool_close(server->pool);
    server->pool = NULL;
    int64_t until = line_clock_ms() + GOODBYE_MS;
    while (atomic_load(&server->visits) > 0 && line_clock_ms() < until) rest(5);
    for (size_t i = 0; i < at->count; i++)
        if (server->daemon[i]) MHD_stop_daemon(server->daemon[i]);
}

static bool start_daemons(struct server *server, const struct listening *at)
{
    for (size_t i = 0; i < at->count; i++)
        if (!(server->daemon[i] = start_daemon(server, at->socket[i]))) return false;
    return true;
}

static int serve_on(struct server *server, const struct har_serving *what,
                    struct listening *at)
{
    const struct har_listener *to = server->to;
    struct reading_ahead ahead = {.job.run = read_ahead, .server = server};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* for the threads that begin now */
    bool started = furnish(server, what, at->port) && chdir(server->folder) == 0 &&
                   start_daemons(server, at);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started) {
        server_tell_address(server);
        pool_give(server->pool, LANE_SLOW, &ahead.job);
        while (to->go_on(to->ctx)) {
            rest(TICK_MS);
            lines_cut(server->lines);
        }
    }
    end_daemons(server, at);
    if (started) return HAR_EXIT_DONE;
    return complain(to, HAR_EXIT_FAILED, "the server could not begin: %s%s",
                    strerror(errno), "");
}

/* Many threads that each ask for much at times: the C library would keep what each of them
 * once had. Large pieces come from the system and go back to it. */
static void keep_memory_small(void)
{
#ifdef __GLIBC__
    enum { LARGE = 1 << 18, SPARE = 1 << 20, ARENAS = 2 };
    mallopt(M_ARENA_MAX, ARENAS);
    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, SPARE);
#endif
}

int har_serve(const struct har_serving *what, const struct har_listener *to)
{
    struct listening at;
    struct server *server = calloc(1, sizeof *server);
    int home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), status = HAR_EXIT_FAILED;
    keep_memory_small();
    if (server && sodium_init() >= 0) {
        server->to = to;
        status = prepare_store(what->store, to);
        if (status == HAR_EXIT_DONE) status = open_sockets(what, to, &at);
        if (status == HAR_EXIT_DONE) {
            status = serve_on(server, what, &at);
            close_sockets(&at);
        }
        if (home >= 0 && fchdir(home) != 0) status = HAR_EXIT_FAILED;
        clear_out(server);
    }
    if (home >= 0) close(home);
    free(server);
    return status;
}
