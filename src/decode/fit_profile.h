/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_PROFILE_H
#define DECODE_FIT_PROFILE_H

/* What the FIT protocol says of its own bytes: base types, messages, and the fields of a
 * record. Knowledge as rows; the code that walks the bytes is in fit.c. */

#include "harrier/activity.h"

enum fit_message {
    FIT_FILE_ID = 0,
    FIT_SPORT = 12,
    FIT_SESSION = 18,
    FIT_LAP = 19,
    FIT_RECORD = 20,
    FIT_EVENT = 21,
    FIT_DEVICE_INFO = 23,
    FIT_WORKOUT = 26,
    FIT_WORKOUT_STEP = 27,
    FIT_COURSE = 31,
    FIT_ACTIVITY = 34,
    FIT_HR = 132,
    FIT_FIELD_DESCRIPTION = 206,
    FIT_DEVELOPER_DATA_ID = 207,
};

enum { FIT_TIMESTAMP = 253, FIT_EPOCH_S = 631065600 };

/* How the bytes of one value are to be read. The big-endian twin of a kind of more than one
 * byte is kind + FIT_BIG. */
enum fit_kind {
    FIT_U8,
    FIT_U8Z, /* the z types count 0 as missing */
    FIT_S8,
    FIT_U16,
    FIT_U16Z,
    FIT_S16,
    FIT_U32,
    FIT_U32Z,
    FIT_S32,
    FIT_F32,
    FIT_F64,
    FIT_U64,
    FIT_U64Z,
    FIT_S64,
    FIT_TEXT,
    FIT_BIG = 16,
};

/* The kind and size of a base type; false if the protocol has none of that number. */
bool fit_base_type(unsigned base_type, enum fit_kind *kind, unsigned *size);

/* What to do with a value of a record's field. */
enum fit_use {
    FIT_SET,     /* the column's value, NaN where invalid */
    FIT_PREFER,  /* replaces the column's value where valid (the enhanced fields) */
    FIT_ADD,     /* is added to the column's value where valid (fractional parts) */
    FIT_PACKED,  /* compressed_speed_distance: two columns in three bytes */
    FIT_TIME_MS, /* the part of a second of the record's instant */
};

/* A field of the record message. Rows of one column stand in the order of use. `name` is
 * NULL for the columns that all formats share. */
struct fit_record_field {
    uint8_t number;
    uint8_t use;    /* enum fit_use */
    uint8_t column; /* enum har_channel where `name` is NULL */
    double scale, minus;
    const char *name, *unit;
};
extern const struct fit_record_field fit_record_fields[];
extern const size_t fit_record_field_count;

const char *fit_file_kind_name(unsigned type); /* "activity"; NULL if unknown */
enum har_file_kind fit_file_kind(unsigned type);
const char *fit_manufacturer_name(unsigned manufacturer); /* NULL if not listed */

#endif
