/* SPDX-License-Identifier: MIT */
#ifndef STORE_ASKING_H
#define STORE_ASKING_H

/* How the files of this room ask the database. */

#include "statements.h"

#include "harrier/database.h"
#include "harrier/store.h"

struct har_store {
    struct har_database *db;
};

struct har_query har_store_ask(struct har_store *store, enum statement which);

#endif
