/* SPDX-License-Identifier: MIT */
/* harrier: the coach in a terminal. Data on stdout, sentences on stderr.
 *
 * A full disk is a failure and is said. A reader that has read enough (`| head`) is not:
 * the program stops writing and ends in peace. An interrupt lets a long command finish what
 * it has begun; a second one ends it at once. */

#include "harrier/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct terminal {
    FILE *out;
    int refused; /* why `out` took no more, or 0 */
    bool shown;  /* a line of progress */
};

static volatile sig_atomic_t stop_asked;

static void ask_to_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = ask_to_stop};
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* write() tells of it */
}

static bool write_data(void *ctx, const void *bytes, size_t size)
{
    struct terminal *terminal = ctx;
    if (!terminal->refused && fwrite(bytes, 1, size, terminal->out) != size)
        terminal->refused = errno ? errno : EIO;
    return terminal->refused == 0;
}

static void write_sentence(void *ctx, const char *sentence)
{
    (void)ctx;
    fprintf(stderr, "harrier: %s\n", sentence);
}

static void show_progress(void *ctx, const char *line)
{
    struct terminal *terminal = ctx;
    if (line || terminal->shown) fprintf(stderr, "\r\033[K%s", line ? line : "");
    terminal->shown = line != NULL;
    fflush(stderr);
}

static bool goes_on(void *ctx)
{
    (void)ctx;
    return !stop_asked;
}

static bool write_address(void *ctx, const void *bytes, size_t size)
{
    const struct terminal *terminal = ctx;
    return write_data(ctx, bytes, size) && fflush(terminal->out) == 0;
}

static int serve_here(void *ctx, const struct har_serving *what)
{
    const struct har_listener listener = {
        .ctx = ctx, .data = write_address, .say = write_sentence, .go_on = goes_on};
    return har_serve(what, &listener);
}

static bool takes_colour(void)
{
    const char *wish = getenv("NO_COLOR"), *kind = getenv("TERM");
    return !(wish && *wish) && !(kind && strcmp(kind, "dumb") == 0) &&
           isatty(STDOUT_FILENO);
}

static int end_of(struct terminal *terminal, int status)
{
    if (!terminal->refused && fflush(terminal->out) != 0) terminal->refused = errno;
    if (terminal->refused == 0) return status;
    if (terminal->refused == EPIPE) return HAR_EXIT_DONE;
    fprintf(stderr, "harrier: could not write the answer: %s\n",
            strerror(terminal->refused));
    return HAR_EXIT_FAILED;
}

int main(int argc, char **argv)
{
    static const char *const help[] = {"help"};
    bool asked = argc > 1;
    struct terminal terminal = {.out = asked ? stdout : stderr};
    struct har_listener listener = {
        .ctx = &terminal,
        .data = write_data,
        .say = write_sentence,
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
        .go_on = goes_on,
        .serve = serve_here,
        .colour = takes_colour(),
    };
    catch_signals();
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    int status = har_command(asked ? (const char *const *)argv + 1 : help,
                             asked ? (size_t)argc - 1 : 1, &listener);
    return end_of(&terminal, asked ? status : HAR_EXIT_USAGE);
}
