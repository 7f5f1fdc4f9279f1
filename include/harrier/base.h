/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_BASE_H
#define HARRIER_BASE_H

/* base - failure, memory, bytes, numbers and times as text.
 *
 * The lowest floor: every other room stands on these ideas, and they stand on the C
 * library alone. Nothing here, nor in any room that ROOMS calls pure, opens a file,
 * reads a clock, asks the locale, or keeps a writable global.
 */

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- failure ------------------------------------------------------------- */

/* What a call came to. Zero is success, positive is an answer that is not a failure,
 * negative is a failure. Each value names what the *caller* can do about it. */
typedef enum har_status {
    HAR_OK = 0,
    HAR_END = 1,           /* nothing left; the sequence is complete */
    HAR_NOT_FOUND = 2,     /* there is no such thing; nothing went wrong */
    HAR_NO_MEMORY = -1,    /* free something, or give up */
    HAR_BAD_INPUT = -2,    /* the bytes are wrong; `offset` says where */
    HAR_UNSUPPORTED = -3,  /* the bytes are right, but Harrier does not know them */
    HAR_OUT_OF_RANGE = -4, /* an argument left the range its header promises */
    HAR_NO_ANSWER = -5,    /* too little data for an honest answer */
    HAR_FAILED = -6,       /* the world refused: a disk, a file, a permission */
    HAR_BUSY = -7,         /* locked by another process, or from a newer version */
    HAR_INTERRUPTED = -8,  /* the user asked to stop; what is in is in */
} har_status;

/* Why a call failed. The caller owns it, usually on its stack, and may pass NULL to any
 * function to say that the status is enough. It is written only on failure, so one
 * `struct har_error` can serve a whole chain of calls. */
struct har_error {
    har_status status;
    uint64_t offset;   /* byte, sample, or row the failure is about */
    char message[240]; /* one English sentence, no newline, always terminated */
};

/* Fills `err` (if any) and returns `status`, so failing reads as one line:
 *     return har_fail(err, HAR_BAD_INPUT, at, "lap %u has no start", lap);
 * The format takes integers and strings only: floating point would obey the locale. */
har_status har_fail(struct har_error *err, har_status status, uint64_t offset,
                    const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 4, 5)))
#endif
    ;

/* A short constant name for `status`, such as "bad input". Never NULL. */
const char *har_status_name(har_status status);

/* --- memory -------------------------------------------------------------- */

/* All memory that Harrier hands out comes from an arena that the caller owns. There is
 * one release: har_arena_free(). Nothing inside an arena is freed on its own, and nothing
 * inside it outlives it. `struct har_arena a = {0};` is a ready arena that uses malloc. */
struct har_arena {
    struct har_chunk *top;
    size_t limit;                       /* most bytes to take; 0 is no limit */
    size_t taken;                       /* bytes taken so far */
    void *(*take)(void *ctx, size_t n); /* NULL: malloc */
    void (*give)(void *ctx, void *p);   /* NULL: free; set with `take` */
    void *ctx;
};

/* `count` zeroed objects, or NULL if the arena or the machine has no room. A count or
 * size of zero gives a valid pointer to nothing. `align` is a power of two. */
void *har_arena_take(struct har_arena *arena, size_t count, size_t size, size_t align);
#define HAR_NEW(arena, type, count)                                                        \
    ((type *)har_arena_take((arena), (count), sizeof(type), alignof(type)))

/* The same without the zeros: for what is written before it is read, where there is much of
 * it.
 */
void *har_arena_room(struct har_arena *arena, size_t count, size_t size, size_t align);
#define HAR_ROOM(arena, type, count)                                                       \
    ((type *)har_arena_room((arena), (count), sizeof(type), alignof(type)))

/* A copy of `size` bytes with a zero byte after them, or NULL. */
char *har_arena_copy(struct har_arena *arena, const void *data, size_t size);

/* An array that grows: `items` if it has room for one more than `count`, else a copy of
 * twice the room (`*room` says how much; the old one stays where it is). NULL, nothing
 * changed, if the arena has none. What is not copied is as har_arena_room() gives it. */
void *har_arena_grow(struct har_arena *arena, void *items, size_t count, size_t *room,
                     size_t size);

/* Releases everything and leaves a ready, empty arena (limit and functions kept). */
void har_arena_free(struct har_arena *arena);

/* Forgets everything but keeps the largest chunk for the next round, so that a loop over
 * many files does not go to the system for each. The limit and functions are kept. */
void har_arena_reset(struct har_arena *arena);

/* --- bytes --------------------------------------------------------------- */

/* Borrowed bytes. Whoever passes them keeps them. */
struct har_bytes {
    const uint8_t *data;
    size_t size;
};

/* The bytes of a C string, without its terminating zero. */
struct har_bytes har_bytes_of(const char *text);

/* CRC-16/ARC, the checksum of FIT files: 0xbb3d for "123456789". Over data followed by its
 * own checksum, low byte first, it is 0. */
uint16_t har_crc16(struct har_bytes bytes);

/* --- text being written --------------------------------------------------- */

/* A growing UTF-8 text in an arena: `struct har_text t = {.arena = &arena};`. `data` is
 * always terminated once anything was added. When the arena is full `failed` is set and
 * every later call does nothing: write straight through and ask once. */
struct har_text {
    struct har_arena *arena;
    char *data;
    size_t size, room;
    bool failed;
};

/* Adds a string, or `size` bytes as they are. */
void har_text_add(struct har_text *text, const char *string);
void har_text_bytes(struct har_text *text, const void *data, size_t size);
/* Integers, characters and strings only; for numbers with a point see below. */
void har_text_format(struct har_text *text, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
/* `value` rounded to `decimals` (0..9) with a '.' whatever the locale: 3.50. NaN and
 * infinities add nothing; minus zero is "0". */
void har_text_fixed(struct har_text *text, double value, unsigned decimals);
/* The same without trailing zeros: 3.5. */
void har_text_number(struct har_text *text, double value, unsigned decimals);
/* A duration as the sport writes it, rounded to `decimals` (0..3): 12.79, 3:27.79,
 * 61:51 under 100 minutes when `minutes_first`, else 1:01:51. NaN adds nothing. */
void har_text_clock(struct har_text *text, double seconds, unsigned decimals,
                    bool minutes_first);
/* Adds spaces until the current line is `column` wide, counting UTF-8 code points. */
void har_text_pad(struct har_text *text, size_t column);

/* --- text being read ------------------------------------------------------- */

/* The whole of `text` (spaces around it allowed) as a decimal number with an optional
 * exponent, '.' as the point whatever the locale. False, `*value` untouched, if it is
 * anything else; "nan" and "inf" are anything else. Correct to one unit in the 16th digit.
 */
bool har_parse_number(struct har_bytes text, double *value);
bool har_parse_integer(struct har_bytes text, int64_t *value);

/* --- times ----------------------------------------------------------------- */

/* Instants are Unix milliseconds, UTC. A missing instant is HAR_NO_TIME; any real one
 * lies within the years 1..9999. */
#define HAR_NO_TIME INT64_MIN

/* A day of the proleptic Gregorian calendar. Days count from 1970-01-01 = 0. */
struct har_date {
    int year, month, day;
};
int64_t har_day_of(struct har_date date); /* month 1..12, day 1..31 */
struct har_date har_date_of(int64_t day);
int har_weekday_of(int64_t day); /* Monday 0 .. Sunday 6 */
/* The day in which `time_ms` falls where clocks are `utc_offset_s` ahead of UTC. */
int64_t har_local_day(int64_t time_ms, int32_t utc_offset_s);

/* ISO 8601: date, 'T' or a space, time with any number of decimals, then 'Z', an offset
 * (+08:00, +0800, +08) or nothing (read as UTC, `*has_zone` false). Spaces around it are
 * allowed. `utc_offset_s` and `has_zone` may be NULL. */
bool har_parse_instant(struct har_bytes text, int64_t *time_ms, int32_t *utc_offset_s,
                       bool *has_zone);
/* YYYY-MM-DD. */
bool har_parse_date(struct har_bytes text, struct har_date *date);

/* 2026-01-02T03:04:05Z, with .123 where the instant is not a whole second. HAR_NO_TIME
 * adds nothing. */
void har_text_instant(struct har_text *text, int64_t time_ms);
/* The wall clock there: 2026-01-02T11:04:05+08:00. */
void har_text_local(struct har_text *text, int64_t time_ms, int32_t utc_offset_s);
void har_text_date(struct har_text *text, int64_t day); /* 2026-01-02 */

#ifdef __cplusplus
}
#endif

#endif
