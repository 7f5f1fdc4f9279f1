/* SPDX-License-Identifier: MIT */
/* Marks on further servers.
 *
 * A server that was added has the table of marks and nothing else, and is asked for rows by
 * itself: one journey for a page of a list. Who ran and where is then asked of the first
 * server, once for all rows of the page. */

#include "far.h"

#include <stdlib.h>
#include <string.h>

static har_status far_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the marks");
}

har_status annals_is_far(struct har_database *db, bool *far, struct har_error *err)
{
    struct har_database *first = db;
    har_status status = har_database_keepers(db, 0, &first, err);
    *far = status == HAR_OK && first != db;
    return status;
}

/* --- rows ---------------------------------------------------------------------------- */

har_status annals_take_far(struct har_query *q, const struct disciplines *all,
                           struct far_rows *rows, struct har_error *err)
{
    har_status status;
    bool full = false;
    while ((status = har_answer(q, err)) == HAR_OK) {
        size_t n = rows->count;
        struct har_listed *row =
            har_arena_grow(rows->arena, rows->row, n, &rows->room, sizeof *row);
        if (row) rows->row = row;
        int64_t *meeting = har_arena_grow(rows->arena, rows->meeting, n,
                                          &rows->meeting_room, sizeof *meeting);
        if (meeting) rows->meeting = meeting;
        full = !row || !meeting;
        if (!full) {
            row[n] = annals_take_mark(q, all, rows->arena, &full);
            meeting[n] = har_take_int(q);
            rows->count++;
        }
        if (full) {
            har_drop(q);
            return far_full(err);
        }
    }
    return status == HAR_END ? HAR_OK : status;
}

/* --- names --------------------------------------------------------------------------- */

/* Which rows want what, in order of the number that they want. */
struct want {
    int64_t id;
    size_t row;
};

static int by_id(const void *a, const void *b)
{
    int64_t one = ((const struct want *)a)->id, other = ((const struct want *)b)->id;
    return (one > other) - (one < other);
}

static struct want *wants_of(const struct far_rows *rows, bool people,
                             struct har_arena *arena)
{
    struct want *want = HAR_ROOM(arena, struct want, rows->count);
    for (size_t i = 0; want && i < rows->count; i++)
        want[i] = (struct want){people ? rows->row[i].id : rows->meeting[i], i};
    if (want) qsort(want, rows->count, sizeof *want, by_id);
    return want;
}

/* The numbers, each once, as the server reads them. */
static const char *list_of(const struct want *want, size_t count, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        if (i == 0 || want[i].id != want[i - 1].id)
            har_text_format(&text, "%s%lld", i ? "," : "", (long long)want[i].id);
    return text.failed ? NULL : text.data;
}

/* The first of those that want `id`, and how many follow it. */
static const struct want *who_wants(const struct want *want, size_t count, int64_t id,
                                    size_t *found)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (want[middle].id < id) from = middle + 1;
        else to = middle;
    }
    *found = 0;
    while (from + *found < count && want[from + *found].id == id) ++*found;
    return want + from;
}

static void give_person(struct har_listed *to, const struct har_listed *from)
{
    to->person = from->person;
    to->name = from->name;
    to->born_day = from->born_day;
    to->born_year = from->born_year;
}

static void give_meeting(struct har_listed *to, const struct har_listed *from)
{
    to->competition = from->competition;
    to->venue = from->venue;
}

/* Asks for all people, or meetings, that the rows name, and gives each to its rows. */
static har_status name_all(struct har_database *db, struct far_rows *rows, bool people,
                           struct har_error *err)
{
    struct har_arena desk = {0};
    bool full = true;
    har_status status = HAR_END;
    struct want *want = wants_of(rows, people, &desk);
    const char *list = want ? list_of(want, rows->count, &desk) : NULL;
    if (list) {
        struct har_query q = annals_ask(db, people ? PEOPLE_OF : MEETINGS_OF);
        har_bind_text(&q, list);
        full = false;
        while (!full && (status = har_answer(&q, err)) == HAR_OK) {
            size_t found;
            struct har_listed told = {0};
            const struct want *of = who_wants(want, rows->count, har_take_int(&q), &found);
            (people ? annals_take_athlete : annals_take_meeting)(&q, &told, rows->arena,
                                                                 &full);
            for (size_t i = 0; i < found; i++)
                (people ? give_person : give_meeting)(&rows->row[of[i].row], &told);
        }
        har_drop(&q);
    }
    har_arena_free(&desk);
    if (full) return far_full(err);
    return status == HAR_END ? HAR_OK : status;
}

har_status annals_name_far(struct har_database *db, struct far_rows *rows,
                           struct har_error *err)
{
    if (rows->count == 0) return HAR_OK;
    har_status status = name_all(db, rows, true, err);
    return status ? status : name_all(db, rows, false, err);
}

/* --- one athlete --------------------------------------------------------------------- */

/* Calls `ask` for each number that the athlete has, on each server. */
static har_status ask_everywhere(struct har_database *db, int64_t head,
                                 har_status (*ask)(void *ctx, struct har_database *keeper,
                                                   int64_t person, struct har_error *err),
                                 void *ctx, struct har_error *err)
{
    har_status status;
    struct har_query q = annals_ask(db, NAMES_OF_PERSON);
    har_bind_int(&q, head);
    while ((status = har_answer(&q, err)) == HAR_OK) {
        int64_t person = har_take_int(&q);
        struct har_database *keeper;
        for (size_t i = 0; (status = har_database_keepers(db, i, &keeper, err)) == HAR_OK &&
                           (status = ask(ctx, keeper, person, err)) == HAR_OK;
             i++)
            continue;
        if (status != HAR_END) break;
    }
    har_drop(&q);
    return status == HAR_END ? HAR_OK : status;
}

struct career_of {
    const struct disciplines *all;
    struct far_rows *rows;
};

static har_status ask_career(void *ctx, struct har_database *keeper, int64_t person,
                             struct har_error *err)
{
    const struct career_of *career = ctx;
    struct har_query q = annals_ask(keeper, FAR_CAREER);
    har_bind_int(&q, person);
    return annals_take_far(&q, career->all, career->rows, err);
}

har_status annals_far_career(struct har_database *db, int64_t head,
                             const struct disciplines *all, struct far_rows *rows,
                             struct har_error *err)
{
    struct career_of career = {all, rows};
    har_status status = ask_everywhere(db, head, ask_career, &career, err);
    return status ? status : annals_name_far(db, rows, err);
}

struct span {
    size_t marks;
    int64_t last, first;
};

static har_status ask_span(void *ctx, struct har_database *keeper, int64_t person,
                           struct har_error *err)
{
    struct span *span = ctx;
    struct har_query q = annals_ask(keeper, FAR_SPAN);
    har_bind_int(&q, person);
    har_status status = har_answer(&q, err);
    if (status) return status;
    span->marks += (size_t)har_take_int(&q);
    int64_t last = har_take_time(&q), first = har_take_time(&q);
    if (last > span->last) span->last = last;
    if (first != HAR_NO_TIME && (span->first == HAR_NO_TIME || first < span->first))
        span->first = first;
    har_drop(&q);
    return HAR_OK;
}

har_status annals_far_span(struct har_database *db, int64_t head, size_t *marks,
                           int64_t *last, int64_t *first, struct har_error *err)
{
    struct span span = {0, HAR_NO_TIME, HAR_NO_TIME};
    har_status status = ask_everywhere(db, head, ask_span, &span, err);
    *marks = span.marks;
    *last = span.last;
    *first = span.first;
    return status;
}
