/* SPDX-License-Identifier: MIT */
#ifndef ANNALS_FAR_H
#define ANNALS_FAR_H

/* Marks that lie on further servers: theirs are the marks, the first one's the names. */

#include "columns.h"

/* Rows whose names are still to be found. */
struct far_rows {
    struct har_arena *arena; /* of them and of their texts */
    struct har_listed *row;
    int64_t *meeting; /* of each; who ran it is row->id */
    size_t count, room, meeting_room;
};

/* Adds the rows of a query for FAR_COLUMNS. */
har_status annals_take_far(struct har_query *q, const struct disciplines *all,
                           struct far_rows *rows, struct har_error *err);

/* Gives all of them the names and meetings that `db`, the first server, has for them. */
har_status annals_name_far(struct har_database *db, struct far_rows *rows,
                           struct har_error *err);

/* All marks of one athlete, in no order, wherever they lie. */
har_status annals_far_career(struct har_database *db, int64_t head,
                             const struct disciplines *all, struct far_rows *rows,
                             struct har_error *err);
/* How many those are, and their last and first day (HAR_NO_TIME: none has one). */
har_status annals_far_span(struct har_database *db, int64_t head, size_t *marks,
                           int64_t *last, int64_t *first, struct har_error *err);

/* Whether marks lie elsewhere than in `db`. */
har_status annals_is_far(struct har_database *db, bool *far, struct har_error *err);

#endif
