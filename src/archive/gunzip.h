/* SPDX-License-Identifier: MIT */
#ifndef ARCHIVE_GUNZIP_H
#define ARCHIVE_GUNZIP_H

/* The .gz around one file. */

#include "buffer.h"
#include "meter.h"

bool har_is_gzip(struct har_bytes head);

/* At most `room` unpacked bytes from the beginning; how many there are. */
size_t har_gunzip_head(struct har_bytes head, uint8_t *out, size_t room);

/* Unpacks all of `packed` into `out`, from its beginning. */
har_status har_gunzip_metered(struct har_bytes packed, struct meter *meter,
                              struct buffer *out, struct har_error *err);

#endif
