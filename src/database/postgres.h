/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_POSTGRES_H
#define DATABASE_POSTGRES_H

/* What is asked of PostgreSQL alone. */

#include "backend.h"

/* Where a handle has come to. Of its connection; `password` is NULL where none was needed.
 */
struct postgres_address {
    const char *host, *port, *database, *user, *password;
};
struct postgres_address har_postgres_address(const struct har_database *db);

/* Runs one text of several statements. */
har_status har_postgres_script(struct har_database *db, const char *sql,
                               struct har_error *err);

/* Renames what is there, if anything, to the name that `*kept` says. */
har_status har_postgres_set_aside(struct har_database *db, struct har_arena *arena,
                                  const char **kept, struct har_error *err);
/* After rows that brought their own ids: new ones are counted from there. */
har_status har_postgres_count_on(struct har_database *db, struct har_error *err);

#endif
