/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_COPY_H
#define DATABASE_COPY_H

#include "backend.h"

/* Fills `to`, a store in which nothing is yet, with all rows of `from`; one of the two is a
 * file. Within a transaction of each. */
har_status har_database_copy_rows(struct har_database *from, struct har_database *to,
                                  struct har_error *err);

#endif
