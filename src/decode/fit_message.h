/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_MESSAGE_H
#define DECODE_FIT_MESSAGE_H

/* A FIT message: its definition, and where its bytes lie. */

#include "fit_value.h"

enum { FIT_LOCAL_TYPES = 16, FIT_MOST_FIELDS = 255, FIT_MOST_STEPS = 80 };

struct fit_field {
    uint8_t number;
    uint8_t index; /* developer fields: whose; else 0 */
    uint8_t size;  /* bytes */
    uint8_t kind;  /* enum fit_kind, with FIT_BIG; FIT_TEXT where it is no number */
    uint16_t offset;
};

/* One step of turning a record into a row: read here, scale, put there. */
struct fit_step {
    uint16_t offset;
    uint8_t kind, use, column;
    double scale, minus;
};

struct fit_definition {
    bool known;
    bool has_time; /* a timestamp at time_offset */
    bool big;
    uint16_t message, size, time_offset;
    unsigned field_count, developer_count;
    struct fit_field field[FIT_MOST_FIELDS], developer[FIT_MOST_FIELDS];

    /* Records only: the plan, and the columns that it always writes. */
    unsigned step_count;
    struct fit_step step[FIT_MOST_STEPS];
    uint64_t writes;
};

struct fit_data {
    const struct fit_definition *definition;
    const uint8_t *bytes;
    int64_t time_ms; /* its timestamp, also from a compressed header; or HAR_NO_TIME */
};

/* The first element of a field as a number, unscaled; NaN if it is missing or invalid. */
double fit_number(const struct fit_data *data, unsigned number);
/* Element `i` of an array field. */
double fit_element(const struct fit_data *data, unsigned number, unsigned i);
unsigned fit_element_count(const struct fit_data *data, unsigned number);
/* A field that holds an instant. */
int64_t fit_instant(const struct fit_data *data, unsigned number);
/* A non-empty text, copied; NULL if there is none (or no room: `*full` is then set). */
const char *fit_text(const struct fit_data *data, unsigned number, struct har_arena *arena,
                     bool *full);
/* The number, or `otherwise` if it is missing. */
unsigned fit_code(const struct fit_data *data, unsigned number, unsigned otherwise);

#endif
