/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILES_H
#define STORE_FILES_H

/* Opening database files, and moving them about whole. */

#include "database.h"

/* The folder in which `path` will lie, made for the user alone if missing. */
har_status har_make_folder_of(const char *path, struct har_error *err);

/* A handle on the file at `path`, nothing asked of it yet. `flags` are SQLite's. Closed by
 * har_store_close(). */
har_status har_database_open(const char *path, int flags, struct har_store **out,
                             struct har_error *err);

/* Copies the whole database into one new file at `path`, and has it on the disk before it
 * returns. A failure leaves no file. */
har_status har_database_copy(struct har_store *store, const char *path,
                             struct har_error *err);

bool har_file_exists(const char *path);
void har_sync_folder_of(const char *path);

#endif
