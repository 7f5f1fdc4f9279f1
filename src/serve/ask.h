/* SPDX-License-Identifier: MIT */
#ifndef SERVE_ASK_H
#define SERVE_ASK_H

/* An address below /api/v1/ as the words of a command. */

#include "harrier/command.h"

/* What every question of this server begins with. */
struct ask_house {
    const char *store;   /* for --db, or NULL: the environment says it */
    const char *athlete; /* for --athlete where the question names none, or NULL */
};

enum ask_form { ASK_JSON, ASK_CSV, ASK_TEXT };

struct ask {
    const struct har_command_row *row;
    size_t row_index;
    size_t operand_count;
    bool takes_file;    /* a body may be its file */
    enum ask_form form; /* what it will answer with */
    const char *name;   /* of the file in the body, `?name=`; or NULL */
    const char *sent;   /* the file that is to be the answer, `?send=`; or NULL */
    const char **word;  /* with room for `ASK_FILES` more */
    size_t count;
    struct har_arena *arena;
};

/* Whether an address may say this option of a command; one that names a file it may not in
 * any case. */
bool ask_takes(const struct har_command_row *row, size_t option);
/* Whether the command reads a file: as an operand, or as the value of an option. */
bool ask_takes_file(const struct har_command_row *row);

/* Reads what follows "/api/v1/". On failure gives the HTTP status and a sentence, else 0.
 * What is made lives in `arena`. */
unsigned ask_read(const char *address, bool csv, const struct ask_house *house,
                  struct har_arena *arena, struct ask *out, const char **why);

/* Hands the ask a file that was sent, by its path, for the option that `field` names or as
 * an operand. False without memory. */
bool ask_give_file(struct ask *ask, const char *field, const char *path);

/* `text` up to `length` with %XX put right, '+' a space where `form`; NULL if that is
 * nothing that anyone may ask: a zero byte, a control character, no UTF-8. */
const char *ask_decoded(const char *text, size_t length, bool form,
                        struct har_arena *arena);

#endif
