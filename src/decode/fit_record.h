/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_RECORD_H
#define DECODE_FIT_RECORD_H

/* Records become columns. A definition is compiled once into steps; a run of records is
 * then a block of rows, written column by column by running them. */

#include "fit_message.h"

enum { FIT_MOST_COLUMNS = 64 };

/* What a field_description message says of a developer's field. */
struct fit_description {
    bool known;
    uint8_t kind, size;
    uint8_t native; /* number of the record field it stands for, or 255 */
    double scale, minus;
    const char *name, *unit;
};

struct fit_columns {
    size_t count, room;
    int64_t *time_ms;
    double *column[FIT_MOST_COLUMNS]; /* the channels first, then the extras */
    uint64_t live;                    /* columns that exist */
    unsigned used;                    /* columns with a name, channels included */
    const char *name[FIT_MOST_COLUMNS], *unit[FIT_MOST_COLUMNS];
    enum har_channel stands_for[FIT_MOST_COLUMNS];
    uint32_t packed_distance; /* compressed_speed_distance: metres * 16 so far */
};

void fit_columns_begin(struct fit_columns *columns);

/* Plans the rows of a record definition. `described` holds 256 developers' fields for each
 * of 256 developers, by [index][number]; rows of it may be NULL. `rest` is how many bytes
 * of the file are left: it bounds how many rows can come. False if the arena is full. */
bool fit_plan(struct fit_definition *definition, struct fit_columns *columns,
              struct fit_description *const described[256], size_t rest,
              struct har_arena *arena);

/* Records of one definition that follow each other, `stride` bytes apart. */
struct fit_run {
    const struct fit_definition *definition;
    const uint8_t *bytes; /* of the first, behind its header */
    size_t stride, count;
};

/* Begins as many rows as the run has and returns their instants, for the caller to fill;
 * NULL if the arena is full. */
int64_t *fit_rows_begin(struct fit_columns *columns, const struct fit_run *run,
                        struct har_arena *arena);
/* Fills and ends them, with what the plan of the run's definition says. */
void fit_rows_end(struct fit_columns *columns, const struct fit_run *run);

#endif
