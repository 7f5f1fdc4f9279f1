/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_POSTGRES_SCHEMA_H
#define DATABASE_POSTGRES_SCHEMA_H

#include "harrier/base.h"

/* Adds to `sql` what `schema`, a row of har_schema, is in PostgreSQL's words. */
void har_postgres_schema(struct har_text *sql, const char *schema);

#endif
