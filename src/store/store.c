/* SPDX-License-Identifier: MIT */
/* The store and its database. */

#include "asking.h"

#include <stdlib.h>
#include <string.h>

har_status har_store_open(const char *where, enum har_store_mode mode,
                          struct har_store **out, struct har_error *err)
{
    struct har_store *store = calloc(1, sizeof *store);
    *out = NULL;
    if (!store) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the store");
    har_status status = har_database_open(
        where, mode == HAR_STORE_READ ? HAR_DATABASE_READ : HAR_DATABASE_WRITE, &store->db,
        err);
    if (status == HAR_OK) *out = store;
    else free(store);
    return status;
}

void har_store_close(struct har_store *store)
{
    if (!store) return;
    har_database_close(store->db);
    free(store);
}

struct har_database *har_store_database(struct har_store *store)
{
    return store->db;
}

har_status har_store_begin(struct har_store *store, struct har_error *err)
{
    return har_database_begin(store->db, err);
}

har_status har_store_commit(struct har_store *store, struct har_error *err)
{
    return har_database_commit(store->db, err);
}

void har_store_rollback(struct har_store *store)
{
    har_database_rollback(store->db);
}

har_status har_store_backup(struct har_store *store, const char *path,
                            struct har_error *err)
{
    return har_database_backup(store->db, path, err);
}

har_status har_store_restore(const char *from, const char *where, struct har_arena *arena,
                             const char **kept, struct har_error *err)
{
    return har_database_restore(from, where, arena, kept, err);
}

struct har_query har_store_ask(struct har_store *store, enum statement which)
{
    return har_ask(store->db, har_statements[which]);
}
