/* SPDX-License-Identifier: MIT */
#ifndef ANNALS_STREAM_H
#define ANNALS_STREAM_H

/* The list of one event and sex, read in order of time, page by page. */

#include "columns.h"

/* What the index of a list is in order of. */
struct mark_order {
    int64_t time_ms, day, person;
};

/* What all streams of a question have in common. */
struct asked {
    struct har_database *db;
    const struct har_list_question *question;
    struct disciplines disciplines;
    int64_t until_day;
    bool one_each; /* of an athlete only the first row of an event matters */
};

struct seat;
struct stream {
    const struct asked *asked;
    int64_t discipline;
    int sex;
    struct har_database *keeper; /* whom to ask */
    const struct way *way;
    int64_t page; /* rows to ask for next */
    struct mark_order last;
    bool ended;             /* no page follows */
    struct har_arena arena; /* of the page */
    struct har_listed *row;
    size_t count, at;
    struct har_arena seats_arena;
    struct seat *seat; /* athletes met; open addressing */
    size_t people, seats;
    size_t keys, found; /* read so far, and the rows that came of them */
};

/* `page` rows are asked for first. annals_stream_end() in either case. */
har_status annals_stream_begin(struct stream *s, const struct asked *asked,
                               int64_t discipline, int sex, int64_t page,
                               struct har_error *err);
void annals_stream_end(struct stream *s);

/* The next page in place of this one; it may be empty and not the last. */
har_status annals_stream_page(struct stream *s, struct har_error *err);

/* Adds the steps in which the database finds a page, a line each. */
har_status annals_stream_plan(struct stream *s, struct har_text *text,
                              struct har_error *err);

/* The milliseconds by which lists order it. */
int64_t annals_listed_ms(const struct har_listed *row);

har_status annals_list_full(struct har_error *err);

#endif
