/* SPDX-License-Identifier: MIT */
/* The arena: memory that is taken piece by piece and given back at once.
 *
 * Chunks form a list, the newest on top; pieces are cut from the top chunk. A piece too
 * large for what is left gets a chunk of its own size or twice the last chunk's, whichever
 * is larger, so that the number of chunks grows with the logarithm of what is taken. A
 * fresh chunk comes zeroed from calloc, which costs nothing for large ones; only recycled
 * bytes are cleared. */

#include "harrier/base.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16 * 1024, LARGEST_STEP = 8 * 1024 * 1024, FIRST_ROOM = 16 };

struct har_chunk {
    struct har_chunk *below;
    size_t room;  /* bytes after this header */
    size_t used;  /* of them */
    size_t dirty; /* bytes from the start that may not be zero */
};

/* The payload begins at the strictest alignment. */
#define HEADER                                                                             \
    ((sizeof(struct har_chunk) + alignof(max_align_t) - 1) / alignof(max_align_t) *        \
     alignof(max_align_t))

static uint8_t *payload(struct har_chunk *chunk)
{
    return (uint8_t *)chunk + HEADER;
}

static void give_back(struct har_arena *arena, struct har_chunk *chunk)
{
    if (arena->give) arena->give(arena->ctx, chunk);
    else free(chunk);
}

static struct har_chunk *new_chunk(struct har_arena *arena, size_t need)
{
    size_t room = arena->top ? arena->top->room : FIRST_CHUNK / 2;
    room = room < LARGEST_STEP ? room * 2 : LARGEST_STEP;
    if (room < need) room = need;
    if (room > SIZE_MAX - HEADER) return NULL;
    struct har_chunk *chunk =
        arena->take ? arena->take(arena->ctx, HEADER + room) : calloc(1, HEADER + room);
    if (!chunk) return NULL;
    *chunk = (struct har_chunk){
        .below = arena->top, .room = room, .dirty = arena->take ? room : 0};
    arena->top = chunk;
    return chunk;
}

/* Where a piece would begin in `chunk`, or SIZE_MAX if it does not fit. */
static size_t place(struct har_chunk *chunk, size_t need, size_t align)
{
    uintptr_t at = (uintptr_t)payload(chunk) + chunk->used;
    size_t start = chunk->used + (size_t)(-at & (uintptr_t)(align - 1));
    return start <= chunk->room && need <= chunk->room - start ? start : SIZE_MAX;
}

/* A piece as it lies; `*dirt` says how many of its first bytes may not be zero. */
static uint8_t *cut(struct har_arena *arena, size_t count, size_t size, size_t align,
                    size_t *dirt)
{
    if (size && count > (SIZE_MAX - align) / size) return NULL;
    size_t need = count * size;
    if (arena->limit && (arena->taken > arena->limit || need > arena->limit - arena->taken))
        return NULL;
    struct har_chunk *chunk = arena->top;
    size_t start = chunk ? place(chunk, need, align) : SIZE_MAX;
    if (start == SIZE_MAX) {
        chunk = new_chunk(arena, need + align);
        if (!chunk) return NULL;
        start = place(chunk, need, align);
    }
    size_t old = start < chunk->dirty ? chunk->dirty - start : 0;
    *dirt = old < need ? old : need;
    chunk->used = start + need;
    if (chunk->dirty < chunk->used) chunk->dirty = chunk->used;
    arena->taken += need;
    return payload(chunk) + start;
}

void *har_arena_take(struct har_arena *arena, size_t count, size_t size, size_t align)
{
    size_t dirt;
    uint8_t *piece = cut(arena, count, size, align, &dirt);
    if (piece && dirt) memset(piece, 0, dirt);
    return piece;
}

void *har_arena_room(struct har_arena *arena, size_t count, size_t size, size_t align)
{
    size_t dirt;
    return cut(arena, count, size, align, &dirt);
}

char *har_arena_copy(struct har_arena *arena, const void *data, size_t size)
{
    if (size == SIZE_MAX) return NULL;
    char *copy = har_arena_room(arena, size + 1, 1, 1);
    if (!copy) return NULL;
    if (size) memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

void *har_arena_grow(struct har_arena *arena, void *items, size_t count, size_t *room,
                     size_t size)
{
    if (count < *room) return items;
    size_t wider = *room ? *room * 2 : FIRST_ROOM;
    void *copy = har_arena_room(arena, wider, size, alignof(max_align_t));
    if (!copy) return NULL;
    if (count) memcpy(copy, items, count * size);
    *room = wider;
    return copy;
}

void har_arena_free(struct har_arena *arena)
{
    while (arena->top) {
        struct har_chunk *chunk = arena->top;
        arena->top = chunk->below;
        give_back(arena, chunk);
    }
    arena->taken = 0;
}

void har_arena_reset(struct har_arena *arena)
{
    struct har_chunk *largest = arena->top;
    for (struct har_chunk *c = arena->top; c; c = c->below)
        if (c->room > largest->room) largest = c;
    while (arena->top) {
        struct har_chunk *chunk = arena->top;
        arena->top = chunk->below;
        if (chunk != largest) give_back(arena, chunk);
    }
    if (largest) {
        largest->below = NULL;
        largest->used = 0;
        arena->top = largest;
    }
    arena->taken = 0;
}
