/* SPDX-License-Identifier: MIT */
#ifndef ARCHIVE_BUFFER_H
#define ARCHIVE_BUFFER_H

/* Bytes that grow, and are used again for the next file. An arena would keep every file of
 * a walk; here there is never more than one file a nesting level. */

#include "harrier/base.h"

struct buffer {
    uint8_t *data;
    size_t size, room;
};

/* Room for `more` bytes after the first `size`. False, nothing lost, without memory. */
bool har_buffer_reserve(struct buffer *buffer, size_t more);
bool har_buffer_add(struct buffer *buffer, const void *bytes, size_t count);
void har_buffer_free(struct buffer *buffer);

/* Makes the buffer one C string out of three; a NULL adds nothing. */
bool har_buffer_name(struct buffer *buffer, const char *a, const char *b, const char *c);

static inline struct har_bytes buffer_bytes(const struct buffer *buffer)
{
    return (struct har_bytes){buffer->data, buffer->size};
}

#endif
