/* SPDX-License-Identifier: MIT */
/* Any bytes on a line to the server, whole or in two pieces: it answers or closes the
 * line, and goes on. No bytes are a fault of the server's (500). Bytes in which its
 * secret does not stand are answered with nothing but a refusal.
 *
 * The server is a true one, on loopback, in threads of this process; what is sent may
 * change its store. So now and then it is ended, which it must do in peace, and begun anew
 * with the store of the beginning. An input says in its first byte where its pieces part;
 * `stands_for` are bytes for what it cannot know. */

#include "harrier/serve.h"

#include "folder.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/socket.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum stands_for {
    HOST = 1, /* 127.0.0.1:21097 */
    TOKEN,    /* of the address that is to be opened */
    COOKIE,   /* harrier_21097=..., of a browser that has opened it */
    HEAD,     /* the fields of a program's request, and the end of its head */
};

enum {
    WORD = 128,
    ROOM = 1 << 20,
    QUIET_MS = 300,
    PATIENCE_MS = 9000,
    INPUTS_A_LIFE = 2000
};

static pthread_t thread;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told = PTHREAD_COND_INITIALIZER;
static char host[WORD], token[WORD], cookie[WORD]; /* of the server's life */
static atomic_bool serving;
static unsigned inputs;
static char answer[ROOM + 1];

/* --- a life ------------------------------------------------------------------------- */

/* "http://127.0.0.1:21097/?token=..." and its end of line. */
static bool take_address(void *ctx, const void *bytes, size_t size)
{
    static const char scheme[] = "http://", query[] = "/?token=";
    char line[2 * WORD] = "";
    (void)ctx;
    assert(size < sizeof line);
    memcpy(line, bytes, size);
    line[strcspn(line, "\n")] = 0;
    char *at = strstr(line, query);
    assert(at && strncmp(line, scheme, sizeof scheme - 1) == 0);
    *at = 0;
    pthread_mutex_lock(&lock);
    snprintf(host, sizeof host, "%s", line + sizeof scheme - 1);
    snprintf(token, sizeof token, "%s", at + sizeof query - 1);
    pthread_cond_signal(&told);
    pthread_mutex_unlock(&lock);
    return true;
}

static void hear(void *ctx, const char *sentence)
{
    (void)ctx;
    assert(*sentence);
}

static bool goes_on(void *ctx)
{
    (void)ctx;
    return atomic_load(&serving);
}

static bool take_nothing(void *ctx, const void *bytes, size_t size)
{
    (void)ctx;
    (void)bytes;
    return size > 0;
}

static void *serve(void *store)
{
    const struct har_serving what = {.store = store, .port = 0};
    const struct har_listener to = {.data = take_address, .say = hear, .go_on = goes_on};
    assert(har_serve(&what, &to) == HAR_EXIT_DONE);
    return NULL;
}

static int connect_to_server(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int yes = 1;
    pthread_mutex_lock(&lock);
    to.sin_port = htons((uint16_t)strtoul(strchr(host, ':') + 1, NULL, 10));
    pthread_mutex_unlock(&lock);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert(fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
    assert(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0);
    return fd;
}

/* False where the server wants no more of it. */
static bool send_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, data, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* All that comes until the line is closed, as far as there is room; a zero byte behind it.
 * False where nothing came for so long that the line was closed from here. */
static bool hear_answer(int fd, int patience_ms)
{
    static char more[1 << 14];
    const struct linger at_once = {.l_onoff = 1};
    size_t got = 0;
    ssize_t size = 1;
    while (size > 0) {
        struct pollfd line = {.fd = fd, .events = POLLIN};
        if (poll(&line, 1, patience_ms) == 0) break;
        bool full = got == ROOM;
        size = recv(fd, full ? more : answer + got, full ? sizeof more : ROOM - got, 0);
        if (!full && size > 0) got += (size_t)size;
    }
    answer[got] = 0;
    if (size > 0) setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
    return size <= 0;
}

/* Opens the address, as a browser does. */
static void get_cookie(void)
{
    char request[4 * WORD], spent[WORD];
    pthread_mutex_lock(&lock);
    memcpy(spent, token, sizeof spent);
    int size = snprintf(request, sizeof request,
                        "GET /?token=%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n",
                        token, host);
    pthread_mutex_unlock(&lock);
    int fd = connect_to_server();
    assert(send_all(fd, request, (size_t)size) && hear_answer(fd, PATIENCE_MS));
    const char *set = strstr(answer, "Set-Cookie: ");
    assert(set);
    set += strlen("Set-Cookie: ");
    pthread_mutex_lock(&lock);
    snprintf(cookie, sizeof cookie, "%.*s", (int)strcspn(set, ";\r"), set);
    assert(strcmp(spent, token) != 0);
    pthread_mutex_unlock(&lock);
}

static void make_store(const char *store)
{
    static const char rows[] =
        "athlete,sex,nation,date,event,mark\n"
        "A B,M,NOR,2026-01-05,5K,15:00\nC D,M,NOR,2026-01-05,5K,15:02\n";
    static const char run[] =
        "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>"
        "<trkpt lat=\"52\" lon=\"5\"><ele>9</ele><time>2026-01-05T09:00:00Z</time></trkpt>"
        "<trkpt lat=\"52.03\" lon=\"5\"><time>2026-01-05T09:15:00Z</time></trkpt>"
        "<trkpt lat=\"52\" lon=\"5\"><time>2026-01-05T09:30:00Z</time></trkpt>"
        "</trkseg></trk></gpx>";
    const struct har_listener to = {.data = take_nothing, .say = hear};
    char run_path[2 * WORD], rows_path[2 * WORD];
    snprintf(run_path, sizeof run_path, "%s",
             write_bytes("run.gpx", (const uint8_t *)run, sizeof run - 1));
    snprintf(rows_path, sizeof rows_path, "%s",
             write_bytes("rows.csv", (const uint8_t *)rows, sizeof rows - 1));
    assert(har_command((const char *const[]){"--db", store, "import", run_path}, 4, &to) ==
           HAR_EXIT_DONE);
    assert(har_command((const char *const[]){"--db", store, "results", "import", rows_path},
                       5, &to) == HAR_EXIT_DONE);
}

static void begin(void)
{
    static char store[2 * WORD];
    snprintf(store, sizeof store, "%s", path_of("store.db"));
    setenv("TMPDIR", folder, 1);
    make_store(store);
    *token = 0;
    atomic_store(&serving, true);
    assert(pthread_create(&thread, NULL, serve, store) == 0);
    pthread_mutex_lock(&lock);
    while (!*token) pthread_cond_wait(&told, &lock);
    pthread_mutex_unlock(&lock);
    get_cookie();
    inputs = 0;
}

/* Whatever was sent, no folder of it is left. */
static void end(void)
{
    if (!atomic_exchange(&serving, false)) return;
    assert(pthread_join(thread, NULL) == 0);
    DIR *all = opendir(folder);
    assert(all);
    for (struct dirent *one; (one = readdir(all));)
        assert(strncmp(one->d_name, "harrier-", 8) != 0); /* a folder of sent files */
    closedir(all);
    empty_folder(NULL);
}

static void end_for_good(void)
{
    end();
    rmdir(folder);
}

/* --- an input ----------------------------------------------------------------------- */

static size_t add_word(char *out, const char *word)
{
    size_t size = strlen(word);
    if (out) memcpy(out, word, size);
    return size;
}

static size_t add_head(char *out)
{
    char head[6 * WORD];
    snprintf(head, sizeof head, "Host: %s\r\nAuthorization: Bearer %s\r\n\r\n", host,
             token);
    return add_word(out, head);
}

/* What the bytes stand for, and how many that are; `out` may be NULL. */
static size_t fill_in(const uint8_t *data, size_t size, char *out)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        char *at = out ? out + count : NULL;
        switch (data[i]) {
        case HOST: count += add_word(at, host); break;
        case TOKEN: count += add_word(at, token); break;
        case COOKIE: count += add_word(at, cookie); break;
        case HEAD: count += add_head(at); break;
        default:
            if (at) *at = (char)data[i];
            count++;
        }
    }
    return count;
}

static bool has_secret(const uint8_t *data, size_t size)
{
    return memchr(data, TOKEN, size) || memchr(data, COOKIE, size) ||
           memchr(data, HEAD, size);
}

/* Each line that begins an answer begins one of these. */
static void judge(bool secret)
{
    static const char version[] = "HTTP/1.";
    if (!*answer) return;
    assert(strncmp(answer, version, sizeof version - 1) == 0);
    assert(strncmp(answer + sizeof version, " 500", 4) != 0);
    for (const char *at = answer; !secret && (at = strstr(at, version)); at++)
        assert(at[sizeof version] == ' ' && at[sizeof version + 1] >= '4');
}

/* That a line is silent may mean that it waits; the server must not. */
static void ask_another(void)
{
    static const char request[] = "GET /help HTTP/1.0\r\n\r\n";
    int fd = connect_to_server();
    assert(send_all(fd, request, sizeof request - 1) && hear_answer(fd, PATIENCE_MS));
    assert(*answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    if (!*folder) {
        path_of("");
        atexit(end_for_good);
    }
    if (inputs++ == INPUTS_A_LIFE) end();
    if (!atomic_load(&serving)) begin();
    pthread_mutex_lock(&lock);
    size_t room = fill_in(data + 1, size - 1, NULL);
    char *request = malloc(room + 1);
    assert(request && fill_in(data + 1, size - 1, request) == room);
    pthread_mutex_unlock(&lock);
    size_t first = room * data[0] / UINT8_MAX;
    int fd = connect_to_server();
    bool heard = send_all(fd, request, first);
    if (0 < first && first < room) poll(NULL, 0, 1);
    if (heard) send_all(fd, request + first, room - first);
    free(request);
    /* libmicrohttpd sees no end that comes together with the last bytes. */
    poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, 2);
    shutdown(fd, SHUT_WR);
    bool closed = hear_answer(fd, QUIET_MS);
    judge(has_secret(data + 1, size - 1));
    if (!closed) ask_another();
    return 0;
}
