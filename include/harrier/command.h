/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_COMMAND_H
#define HARRIER_COMMAND_H

/* command - a question in words, as one types it, and its answer.
 *
 * `harrier rank 1500 --sex M --json` is five words behind the program's name. Whoever hands
 * them in, a terminal or a server, gets the same bytes back. A command is a row of one
 * table, from which help, completions and the server's description of itself are made.
 *
 *     const char *word[] = {"bests", "--json"};
 *     int status = har_command(word, 2, &listener);
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How it went; other programs rely on these numbers. */
enum har_exit {
    HAR_EXIT_DONE = 0,
    HAR_EXIT_FAILED = 1,
    HAR_EXIT_USAGE = 2,
    HAR_EXIT_PARTLY = 3,    /* some inputs failed and the rest are in */
    HAR_EXIT_NOTHING = 4,   /* nothing found */
    HAR_EXIT_NO_ANSWER = 5, /* not enough data for an honest answer */
    HAR_EXIT_BUSY = 6,      /* locked, or from a newer version */
    HAR_EXIT_INTERRUPTED = 130,
};

/* What `serve` is to serve, and where. */
struct har_serving {
    const char *store;   /* path or address, told or of the environment */
    const char *athlete; /* the one whose it is where a question names none; NULL: nobody */
    const char *host;    /* the address to listen on; NULL: loopback alone */
    unsigned port;       /* 0: any that is free */
};

struct har_shelf;

/* Who asks, and hears the answer. */
struct har_listener {
    void *ctx;
    /* The answer, piece by piece; false: no more of it is wanted. */
    bool (*data)(void *ctx, const void *bytes, size_t size);
    /* What is not the answer: why there is none, a note. One sentence, without its end of
     * line. */
    void (*say)(void *ctx, const char *sentence);
    /* How far a long command is, now and then; NULL once it is over. May be NULL itself. */
    void (*progress)(void *ctx, const char *line);
    /* Whether a long command shall go on; it ends in peace soon after. May be NULL. */
    bool (*go_on)(void *ctx);
    /* Serves, and returns a har_exit once it is over; NULL: not from here. */
    int (*serve)(void *ctx, const struct har_serving *what);
    /* What the call came to that failed, if one did. May be NULL. */
    har_status *failed;
    bool colour; /* whether text may be coloured where nobody says */
    /* What questions to one store share, from har_shelf_open(). May be NULL. */
    struct har_shelf *shelf;
};

/* Answers `count` words. Returns a har_exit. What it takes to run is freed again. */
int har_command(const char *const *word, size_t count, const struct har_listener *to);

/* --- the table --------------------------------------------------------------------- */

struct har_command_row {
    const char *name;     /* one word or two: "list", "db verify" */
    const char *synopsis; /* of its operands: "MARK EVENT", "" */
    const char *help;     /* half a sentence */
    const char *examples; /* lines */
    size_t least, most;   /* operands; SIZE_MAX: any number */
    bool changes;         /* the store, or writes files */
    bool files;           /* its operands may name files */
    bool terminal;        /* for who sits at the machine: nobody else may ask it */
};

/* The commands, in the order in which help lists them. */
const struct har_command_row *har_command_row(size_t index); /* NULL: there are no more */

/* The row that the first words name, and how many they are; NULL if there is none. */
const struct har_command_row *har_command_named(const char *const *word, size_t count,
                                                size_t *used);

struct har_command_option {
    const char *name;    /* "--since" */
    const char *value;   /* what follows it, "DATE"; NULL: nothing does */
    const char *help;    /* half a sentence */
    bool file;           /* the value names a file */
    const char *written; /* ... that the command writes, usually with this ending: "fit" */
};

/* The options, first those that every command takes. */
const struct har_command_option *har_command_option(size_t index); /* NULL: no more */
bool har_command_takes(const struct har_command_row *command, size_t option);

#ifdef __cplusplus
}
#endif

#endif
