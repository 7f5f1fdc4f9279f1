/* SPDX-License-Identifier: MIT */
#ifndef STORE_ASKING_H
#define STORE_ASKING_H

/* How the files of this room ask the database. */

#include "statements.h"

#include "harrier/database.h"
#include "harrier/store.h"

struct har_store {
    struct har_database *db;
    struct har_shelf *shelf;       /* of what was read before; or NULL */
    struct har_database_look look; /* of the store, for the shelf */
};

struct har_query har_store_ask(struct har_store *store, enum statement which);

/* har_store_entries() without the shelf. */
har_status har_read_entries(struct har_store *store, const struct har_store_filter *filter,
                            struct har_arena *arena, struct har_entry **entries,
                            size_t *count, struct har_error *err);

#endif
