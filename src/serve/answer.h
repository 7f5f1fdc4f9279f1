/* SPDX-License-Identifier: MIT */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

/* Answers, ready to be sent any number of times, and what all of them say of themselves. */

#include "harrier/base.h"

#include <microhttpd.h>

/* Bytes that grow on the heap: what a command says arrives in pieces. */
struct heap_bytes {
    char *data;
    size_t size, room;
    bool failed; /* no memory, or more than any answer has */
};
bool heap_add(struct heap_bytes *to, const void *data, size_t size);
void heap_free(struct heap_bytes *bytes);

/* What is told of an answer besides its bytes. */
struct answer_head {
    unsigned status;
    const char *type;               /* of the content; NULL: there is none */
    const char *cache;              /* Cache-Control */
    const char *name[2], *value[2]; /* further fields; NULL: no more */
};

struct answer;

/* Takes the bytes, whether it succeeds or not. NULL: no memory. The first holder is the
 * caller. */
struct answer *answer_of(const struct answer_head *head, struct heap_bytes *body);
/* Of bytes that stay where they are, and of their gzip (or nothing). */
struct answer *answer_of_file(const struct answer_head *head, struct har_bytes plain,
                              struct har_bytes packed);
/* RFC 9457: why there is no answer. `exit` is that of the command, -1 where none ran. */
struct answer *answer_problem(unsigned status, int exit, const char *detail);
/* The same with a further field. */
struct answer *answer_problem_with(unsigned status, int exit, const char *detail,
                                   const char *name, const char *value);

void answer_hold(struct answer *answer);
void answer_drop(struct answer *answer); /* NULL allowed */
size_t answer_weight(const struct answer *answer);
unsigned answer_status(const struct answer *answer);

/* Queues it: packed where the client takes gzip, and nothing but "the same as you have"
 * where the client has it. Both values are those of the fields, or NULL. */
enum MHD_Result answer_send(const struct answer *answer, struct MHD_Connection *connection,
                            const char *accept_encoding, const char *if_none_match);

#endif
