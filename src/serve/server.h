/* SPDX-License-Identifier: MIT */
#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H

/* What all requests share. */

#include "harrier/command.h"

#include "ask.h"
#include "cache.h"
#include "door.h"
#include "line.h"
#include "pages.h"
#include "pool.h"

#include <stdatomic.h>

enum { SERVER_COMMANDS = 128, SERVER_LISTENS = 2 };

struct server {
    const struct har_listener *to; /* who started it */
    struct har_arena arena;
    const char *store;
    struct ask_house house;
    const char *folder; /* of sent files, and where the process is */
    const char *url;    /* "http://127.0.0.1:21097" */
    struct door *door;
    struct pages *pages;
    struct cache *cache;
    struct har_shelf *shelf;
    struct pool *pool;
    struct lines *lines;
    struct answer *api; /* what can be asked */
    struct MHD_Daemon *daemon[SERVER_LISTENS];
    atomic_bool ending;
    atomic_uint visits, uploads;
    atomic_uint cost_ms[SERVER_COMMANDS]; /* of each command's last answer */
};

/* Tells the address with the token of now. */
void server_tell_address(struct server *server);

/* --- visit.c ------------------------------------------------------------------------ */

/* For MHD: when an address has come in, a request, and its end. */
void *visit_address(void *server, const char *address, struct MHD_Connection *connection);
enum MHD_Result visit_request(void *server, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **visit);
void visit_over(void *server, struct MHD_Connection *connection, void **visit,
                enum MHD_RequestTerminationCode how);

#endif
