/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_FILES_H
#define DATABASE_FILES_H

/* Files around a database. */

#include "harrier/base.h"

/* The folder in which `path` will lie, made for the user alone if missing. */
har_status har_make_folder_of(const char *path, struct har_error *err);

bool har_file_exists(const char *path);

/* Has a file, or the folder in which one lies, on the disk. */
bool har_sync_file(const char *path);
void har_sync_folder_of(const char *path);

#endif
