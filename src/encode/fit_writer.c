/* SPDX-License-Identifier: MIT */
/* FIT, the format.
 *
 * A stream of messages. A definition names a message's fields, their sizes and base types;
 * data messages under the same local number follow it until it is redefined. Every number
 * here starts as a double, already scaled as the public profile says; it is rounded, and
 * what is no number or does not fit its base type becomes that type's "invalid", which
 * every reader takes for a missing number. Structure and numbers: FIT protocol 2.0. */

#include "fit_writer.h"

#include <math.h>
#include <string.h>

static const int64_t fit_epoch_ms = 631065600000;     /* 1989-12-31T00:00:00Z */
static const int64_t fit_too_late_ms = 4922899200000; /* 2126-01-01T00:00:00Z */
enum {
    HEADER_SIZE = 14,
    PROTOCOL_2_0 = 0x20,
    PROFILE = 2132, /* 21.32: the edition whose numbers are used here */
    DEFINITION_ROOM = 7 + 3 * (RECORD_FIELDS_MOST + EXTRAS_MOST),
    ROW_ROOM = 1 + 8 * (RECORD_FIELDS_MOST + EXTRAS_MOST),
};

/* --- base types ----------------------------------------------------------------- */

/* By the low five bits of the base type. Numbers outside lowest..highest are invalid; reals
 * have no such bounds. */
static const struct {
    uint8_t size;
    double lowest, highest;
    uint64_t invalid;
} bases[] = {
    [ENUM] = {1, 0, 0xFE, 0xFF},
    [SINT8] = {1, -0x80, 0x7E, 0x7F},
    [UINT8] = {1, 0, 0xFE, 0xFF},
    [STRING] = {1, 0, 0, 0},
    [BYTE] = {1, 0, 0xFE, 0xFF},
    [UINT16 & 31] = {2, 0, 0xFFFE, 0xFFFF},
    [SINT32 & 31] = {4, -0x1p31, 0x7FFFFFFE, 0x7FFFFFFF},
    [UINT32 & 31] = {4, 0, 0xFFFFFFFE, 0xFFFFFFFF},
    [FLOAT32 & 31] = {4, 0, 0, 0xFFFFFFFF},
    [FLOAT64 & 31] = {8, 0, 0, UINT64_MAX},
    [UINT32Z & 31] = {4, 1, 0xFFFFFFFF, 0},
};

static uint64_t raw_of(enum base base, double value)
{
    if (!isfinite(value)) return bases[base & 31].invalid;
    if (base == FLOAT64) {
        uint64_t bits;
        memcpy(&bits, &value, sizeof bits);
        return bits;
    }
    if (base == FLOAT32) {
        float single = (float)value;
        uint32_t bits;
        memcpy(&bits, &single, sizeof bits);
        return bits;
    }
    value = round(value);
    bool fits = value >= bases[base & 31].lowest && value <= bases[base & 31].highest;
    return fits ? (uint64_t)(int64_t)value : bases[base & 31].invalid;
}

/* --- bytes ------------------------------------------------------------------------ */

static size_t put_number(uint8_t *to, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) to[i] = (uint8_t)(value >> 8 * i);
    return size;
}

/* The length of `text` cut to `room` bytes without cutting through a code point. */
static size_t cut(const char *text, size_t room)
{
    size_t size = strlen(text);
    if (size <= room) return size;
    size = room;
    while (size > 0 && ((uint8_t)text[size] & 0xC0) == 0x80) size--;
    return size;
}

/* --- messages --------------------------------------------------------------------- */

/* Gives `local` the layout of `fields`, the last `extras` of which are developer fields. */
static void define(struct writer *w, enum local local, enum message message,
                   const struct field *fields, size_t count, size_t extras)
{
    uint8_t bytes[DEFINITION_ROOM];
    size_t size = 0, own = count - extras;
    bytes[size++] = (uint8_t)(0x40 | (extras ? 0x20 : 0) | local);
    bytes[size++] = 0; /* reserved */
    bytes[size++] = 0; /* little endian */
    size += put_number(bytes + size, message, 2);
    bytes[size++] = (uint8_t)own;
    for (size_t i = 0; i < count; i++) {
        if (i == own) bytes[size++] = (uint8_t)extras;
        bytes[size++] = fields[i].number;
        bytes[size++] = (uint8_t)fields[i].size;
        bytes[size++] = i < own ? (uint8_t)fields[i].base : 0 /* developer data index */;
    }
    if (size == w->defined[local].size &&
        memcmp(bytes, w->file.data + w->defined[local].at, size) == 0)
        return;
    w->defined[local].at = w->file.size;
    w->defined[local].size = size;
    har_text_bytes(&w->file, bytes, size);
}

void write_fit(struct writer *w, enum local local, enum message message,
               const struct field *fields, size_t count, size_t extras)
{
    if (w->file.failed) return;
    define(w, local, message, fields, count, extras);
    uint8_t row[ROW_ROOM];
    size_t size = 0;
    row[size++] = (uint8_t)local;
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];
        if (field->text) {
            memcpy(row + size, field->text, field->size - 1);
            size += field->size;
            row[size - 1] = 0;
            continue;
        }
        size_t step = bases[field->base & 31].size;
        uint64_t raw = raw_of(field->base, field->value);
        for (size_t done = 0; done < field->size; done += step)
            size += put_number(row + size, raw, step);
    }
    har_text_bytes(&w->file, row, size);
}

struct field number_field(uint8_t which, enum base base, double value)
{
    return (struct field){which, base, value, NULL, bases[base & 31].size};
}

struct field string_field(uint8_t which, const char *text, size_t room)
{
    if (!text) text = "";
    return (struct field){which, STRING, 0, text, cut(text, room) + 1};
}

bool fit_can_tell(int64_t time_ms)
{
    return time_ms == HAR_NO_TIME || (time_ms >= fit_epoch_ms && time_ms < fit_too_late_ms);
}

double fit_time(int64_t time_ms)
{
    if (time_ms == HAR_NO_TIME) return NAN;
    int64_t second = (time_ms - fit_epoch_ms) / 1000;
    return (double)second;
}

void write_fit_timer(struct writer *w, int64_t time_ms, enum timer what)
{
    if (time_ms == HAR_NO_TIME) return;
    const struct field fields[] = {
        number_field(253, UINT32, fit_time(time_ms)),
        number_field(0, ENUM, 0 /* timer */),
        number_field(1, ENUM, what),
    };
    WRITE(w, LOCAL_EVENT, EVENT, fields);
}

/* --- the file ----------------------------------------------------------------------- */

struct writer open_fit(struct har_arena *arena)
{
    struct writer w = {.file = {.arena = arena}};
    const uint8_t open[HEADER_SIZE] = {0};
    har_text_bytes(&w.file, open, sizeof open);
    return w;
}

/* Fills the header that was left open, and closes the file. */
static void close_file(struct har_text *file)
{
    uint8_t header[HEADER_SIZE] = {HEADER_SIZE, PROTOCOL_2_0};
    put_number(header + 2, PROFILE, 2);
    put_number(header + 4, file->size - HEADER_SIZE, 4);
    memcpy(header + 8, ".FIT", 4);
    put_number(header + 12, har_crc16((struct har_bytes){header, 12}), 2);
    memcpy(file->data, header, sizeof header);

    uint8_t tail[2];
    put_number(tail, har_crc16((struct har_bytes){(const uint8_t *)file->data, file->size}),
               sizeof tail);
    har_text_bytes(file, tail, sizeof tail);
}

har_status seal_fit(struct writer *w, struct har_bytes *out, struct har_error *err)
{
    if (!w->file.failed) close_file(&w->file);
    if (w->file.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a FIT file");
    *out = (struct har_bytes){(const uint8_t *)w->file.data, w->file.size};
    return HAR_OK;
}
