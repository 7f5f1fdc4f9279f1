/* SPDX-License-Identifier: MIT */
#ifndef ARCHIVE_GROUND_H
#define ARCHIVE_GROUND_H

/* Files and folders as the system has them, nothing unpacked. */

#include "buffer.h"
#include "meter.h"

enum ground_kind { GROUND_FILE, GROUND_FOLDER, GROUND_OTHER };

/* What lies at `path`. HAR_NOT_FOUND: nothing. HAR_FAILED: it may not be asked. */
har_status har_ground_kind(const char *path, enum ground_kind *kind, struct har_error *err);

/* Opens a regular file for reading and nothing else: a pipe or a device is refused without
 * waiting for it. The caller closes `*fd`. */
har_status har_ground_open(const char *path, int *fd, uint64_t *size,
                           struct har_error *err);

/* The first bytes, at most `room`, leaving the position where it was. */
size_t har_ground_head(int fd, uint8_t *head, size_t room);

/* All bytes of a file that had `size` when it was opened, if they fit the caps. */
har_status har_ground_read(int fd, uint64_t size, const struct meter *meter,
                           struct buffer *out, struct har_error *err);

/* Called for each regular file met, or with the failure that hides a file or folder. */
typedef har_status ground_visit(void *ctx, const char *path,
                                const struct har_error *failure);

/* Walks a folder to the bottom, names sorted by their bytes. Hidden files, links to
 * folders, pipes and devices are left out. Anything but HAR_OK ends the walk. */
har_status har_ground_walk(const char *folder, ground_visit *visit, void *ctx);

#endif
