/* SPDX-License-Identifier: MIT */
#ifndef ENCODE_FIT_WRITER_H
#define ENCODE_FIT_WRITER_H

/* A FIT file as it is written, message by message (fit_writer.c). */

#include "harrier/encode.h"

enum {
    STRING_ROOM = 254,       /* bytes of text in a field, without the closing zero */
    EXTRAS_MOST = 255,       /* developer fields are numbered 0..254 */
    RECORD_FIELDS_MOST = 16, /* at least the time, and two fields for each channel */
};

enum base {
    ENUM = 0x00,
    SINT8 = 0x01,
    UINT8 = 0x02,
    STRING = 0x07,
    BYTE = 0x0D,
    UINT16 = 0x84,
    SINT32 = 0x85,
    UINT32 = 0x86,
    FLOAT32 = 0x88,
    FLOAT64 = 0x89,
    UINT32Z = 0x8C,
};

enum message {
    FILE_ID = 0,
    SESSION = 18,
    LAP = 19,
    RECORD = 20,
    EVENT = 21,
    DEVICE_INFO = 23,
    WORKOUT = 26,
    WORKOUT_STEP = 27,
    COURSE = 31,
    COURSE_POINT = 32,
    ACTIVITY = 34,
    FIELD_DESCRIPTION = 206,
    DEVELOPER_DATA_ID = 207,
};

/* A field with what it holds: a text, or a number already scaled, which fills `size` bytes
 * as often as it fits. */
struct field {
    uint8_t number;
    enum base base;
    double value;
    const char *text;
    size_t size;
};

/* Messages that repeat keep a local number to themselves, so that theirs is one definition;
 * the rest share LOCAL_ONCE. */
enum local { LOCAL_ONCE, LOCAL_EVENT, LOCAL_RECORD, LOCAL_LAP, LOCALS };

struct writer {
    struct har_text file;
    struct {
        size_t at, size;
    } defined[LOCALS];
};

/* Puts the room of the header down; write straight through; seal. `*out` lives in the
 * arena.
 */
struct writer open_fit(struct har_arena *arena);
har_status seal_fit(struct writer *w, struct har_bytes *out, struct har_error *err);

/* A message, and its definition where the one before under `local` was another. The last
 * `extras` of the fields are developer fields. */
void write_fit(struct writer *w, enum local local, enum message message,
               const struct field *fields, size_t count, size_t extras);

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define WRITE(w, local, message, fields)                                                   \
    write_fit((w), (local), (message), (fields), COUNT(fields), 0)

struct field number_field(uint8_t which, enum base base, double value);
/* `text` (NULL: none) cut to `room` bytes, not through a code point. */
struct field string_field(uint8_t which, const char *text, size_t room);

/* Whether the format's clock holds an instant, or none is told; its seconds, NaN for none.
 */
bool fit_can_tell(int64_t time_ms);
double fit_time(int64_t time_ms);

enum timer { TIMER_START = 0, TIMER_STOP = 4 /* all */ };
void write_fit_timer(struct writer *w, int64_t time_ms, enum timer what);

#endif
