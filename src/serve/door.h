/* SPDX-License-Identifier: MIT */
#ifndef SERVE_DOOR_H
#define SERVE_DOOR_H

/* Who may come in. */

#include "harrier/base.h"

enum { DOOR_SECRET = 44 /* 32 random bytes in base64, with the zero byte */ };

struct door;

/* The door of a server on `port` that is reached by loopback, and by `host` where that is
 * not NULL. NULL: no memory. */
struct door *door_open(const char *host, unsigned port);
void door_close(struct door *door); /* NULL allowed */

/* What a request says of where it comes from; NULL: nothing. */
struct door_caller {
    const char *host, *origin, *cookie, *authorization, *site, *mode;
    bool ambiguous; /* one of them was said twice */
};

enum door_verdict {
    DOOR_OPEN,
    DOOR_STRANGE_HOST, /* a name that is not ours: a rebound one, perhaps */
    DOOR_OTHER_SITE,   /* another site's page asks */
    DOOR_UNKNOWN,      /* no cookie and no token */
};
/* `changes`: whether the request may change something, so that it must prove to come from
 * our own page or from a program. */
enum door_verdict door_judge(struct door *door, const struct door_caller *caller,
                             bool changes);

/* Whether the address that was called is ours, the token aside. */
bool door_knows_host(const struct door *door, const char *host);

/* The token of the next address to be printed. */
void door_token(struct door *door, char token[DOOR_SECRET]);
/* Spends the token: false if it is another one. `cookie` (of `size` bytes) is then the
 * Set-Cookie of the new guest, and there is a new token. */
bool door_spend(struct door *door, const char *token, size_t length, char *cookie,
                size_t size);

#endif
