/* SPDX-License-Identifier: MIT */
/* A buffer doubles, so that filling it byte by byte still costs time in proportion to its
 * size, and is never given back before the walk leaves its level. */

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 4096 };

bool har_buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 2 - buffer->size) return false;
    size_t needed = buffer->size + more;
    if (needed <= buffer->room && buffer->data) return true;
    size_t room = buffer->room < SMALLEST ? SMALLEST : buffer->room;
    while (room < needed) room *= 2;
    uint8_t *data = realloc(buffer->data, room);
    if (!data) return false;
    buffer->data = data;
    buffer->room = room;
    return true;
}

bool har_buffer_add(struct buffer *buffer, const void *bytes, size_t count)
{
    if (!har_buffer_reserve(buffer, count)) return false;
    if (count) memcpy(buffer->data + buffer->size, bytes, count);
    buffer->size += count;
    return true;
}

void har_buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}

bool har_buffer_name(struct buffer *buffer, const char *a, const char *b, const char *c)
{
    const char *parts[] = {a, b, c};
    buffer->size = 0;
    for (size_t i = 0; i < 3; i++)
        if (parts[i] && !har_buffer_add(buffer, parts[i], strlen(parts[i]))) return false;
    return har_buffer_add(buffer, "", 1);
}
