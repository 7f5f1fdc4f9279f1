/* SPDX-License-Identifier: MIT */
/* Lists out.
 *
 * A list of one event and sex is a stream of pages (stream.c), each as long as is likely to
 * be enough, so that a top hundred of ten million marks asks for some hundred rows, and a
 * whole list is never held. The lists of two events (1500 and 1500i) or of both sexes are
 * read side by side and put together in order of time.
 *
 * Rows of two who are one, as somebody has said later, may be one mark twice; those stand
 * beside each other, and the second is passed over. */

#include "harrier/annals.h"

#include "stream.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PAGE = 512, MOST_STREAMS = 6 };

struct reading {
    struct asked asked;
    struct stream stream[MOST_STREAMS];
    size_t streams;
    /* Who ran the time of the last row on its day, where several names are one. */
    struct mark_order same;
    int64_t *head;
    size_t heads, head_room;
    struct har_arena arena;
};

static int64_t last_day(const struct har_list_question *q)
{
    int64_t day = q->as_of_day == HAR_NO_DAY ? INT32_MAX : q->as_of_day;
    if (!q->year) return day;
    int64_t of_year = har_day_of((struct har_date){q->year, 12, 31});
    return day < of_year ? day : of_year;
}

/* --- streams ------------------------------------------------------------------------ */

/* `page` rows of each stream are asked for first. */
static har_status begin_reading(struct reading *r, struct har_database *db,
                                const struct har_list_question *question, int64_t page,
                                struct har_error *err)
{
    struct har_event event[2];
    *r = (struct reading){.asked = {.db = db, .question = question}};
    r->asked.until_day = last_day(question);
    size_t events = har_list_events(question, event);
    har_status status = annals_disciplines(db, &r->arena, &r->asked.disciplines, err);
    for (size_t i = 0; i < events && status == HAR_OK; i++) {
        int64_t id = annals_discipline(&r->asked.disciplines, &event[i]);
        for (int sex = 0; id && sex <= SEX_UNTOLD && status == HAR_OK; sex++)
            if (question->sex == HAR_UNTOLD || question->sex == sex)
                status = annals_stream_begin(&r->stream[r->streams++], &r->asked, id, sex,
                                             page, err);
    }
    return status;
}

/* A page that is likely to hold the ranks that are asked for, and 0 for all. */
static har_status begin_ranks(struct reading *r, struct har_database *db,
                              const struct har_list_question *question,
                              struct har_error *err)
{
    int64_t page = question->limit ? FIRST_PAGE : 0;
    while (page / 2 < (int64_t)question->limit) page *= 2;
    har_status status = begin_reading(r, db, question, page, err);
    r->asked.one_each = !question->all_marks;
    return status;
}

static void end_reading(struct reading *r)
{
    for (size_t i = 0; i < r->streams; i++) annals_stream_end(&r->stream[i]);
    har_arena_free(&r->arena);
}

/* A second row of one athlete's mark, under another of their names. */
static har_status is_twice(struct reading *r, const struct har_listed *row, bool *twice,
                           struct har_error *err)
{
    int64_t ms = annals_listed_ms(row);
    *twice = false;
    if (ms != r->same.time_ms || row->day != r->same.day) r->heads = 0;
    r->same = (struct mark_order){ms, row->day, 0};
    for (size_t i = 0; i < r->heads && !*twice; i++) *twice = r->head[i] == row->person;
    if (*twice) return HAR_OK;
    int64_t *head =
        har_arena_grow(&r->arena, r->head, r->heads, &r->head_room, sizeof *head);
    if (!head) return annals_list_full(err);
    r->head = head;
    head[r->heads++] = row->person;
    return HAR_OK;
}

/* The fastest row that is left, until the next call; HAR_END. */
static har_status next_row(struct reading *r, const struct har_listed **row,
                           struct har_error *err)
{
    for (bool twice = true; twice;) {
        struct stream *first = NULL;
        for (size_t i = 0; i < r->streams; i++) {
            struct stream *s = &r->stream[i];
            while (s->at == s->count && !s->ended) {
                har_status status = annals_stream_page(s, err);
                if (status) return status;
            }
            if (s->at == s->count) continue;
            const struct har_listed *a = &s->row[s->at];
            const struct har_listed *b = first ? &first->row[first->at] : NULL;
            if (!b || annals_listed_ms(a) < annals_listed_ms(b)) first = s;
        }
        if (!first) return HAR_END;
        *row = &first->row[first->at++];
        har_status status = is_twice(r, *row, &twice, err);
        if (status) return status;
    }
    return HAR_OK;
}

/* --- questions ------------------------------------------------------------------------ */

static har_status not_listed(const struct har_list_question *question,
                             struct har_error *err)
{
    return har_fail(err, HAR_NOT_FOUND, 0, "no mark over %s is kept that the list asks for",
                    question->event.code);
}

static har_status rank_rows(struct reading *r, struct har_ranking *ranking,
                            struct har_error *err)
{
    const struct har_listed *row;
    har_status status;
    while ((status = next_row(r, &row, err)) == HAR_OK) {
        status = har_ranking_add(ranking, row, err);
        if (status) break;
    }
    return status == HAR_END ? HAR_OK : status;
}

har_status har_annals_ranks(struct har_database *db,
                            const struct har_list_question *question,
                            struct har_arena *arena, struct har_ranks *out,
                            struct har_error *err)
{
    struct reading reading;
    struct har_ranking *ranking;
    har_status status = begin_ranks(&reading, db, question, err);
    if (status == HAR_OK) status = har_ranking_begin(question, arena, &ranking, err);
    if (status == HAR_OK) status = rank_rows(&reading, ranking, err);
    if (status == HAR_OK) {
        har_ranking_finish(ranking, out);
        if (out->count == 0) status = not_listed(question, err);
    }
    end_reading(&reading);
    return status;
}

har_status har_annals_last_day(struct har_database *db,
                               const struct har_list_question *question, int64_t *day,
                               struct har_error *err)
{
    struct reading r;
    har_status status = begin_reading(&r, db, question, FIRST_PAGE, err);
    *day = HAR_NO_DAY;
    for (size_t i = 0; i < r.streams && status == HAR_OK; i++) {
        struct har_query q = annals_ask(db, LAST_DAY);
        har_bind_int(&q, r.stream[i].discipline);
        har_bind_int(&q, r.stream[i].sex);
        status = har_answer(&q, err);
        if (status) break;
        int64_t last = har_take_time(&q);
        if (last != HAR_NO_TIME && last != NO_SUCH_DAY && last > *day) *day = last;
        har_drop(&q);
    }
    end_reading(&r);
    return status;
}

/* Of the slower rows only those of earlier days matter. */
static har_status record_rows(struct reading *r, struct har_records *records,
                              struct har_error *err)
{
    const struct har_listed *row;
    har_status status;
    while ((status = next_row(r, &row, err)) == HAR_OK) {
        status = har_records_add(records, row, err);
        if (status) break;
        int64_t before = har_records_before(records);
        if (before <= r->asked.until_day) r->asked.until_day = before - 1;
    }
    return status == HAR_END ? HAR_OK : status;
}

har_status har_annals_records(struct har_database *db,
                              const struct har_list_question *question,
                              struct har_arena *arena, struct har_progression *out,
                              struct har_error *err)
{
    struct reading reading;
    struct har_records *records;
    har_status status = begin_reading(&reading, db, question, FIRST_PAGE, err);
    if (status == HAR_OK)
        status = har_records_begin(question, HAR_RECORDS_BY_TIME, arena, &records, err);
    if (status == HAR_OK) status = record_rows(&reading, records, err);
    if (status == HAR_OK) {
        har_records_finish(records, out);
        if (out->count == 0) status = not_listed(question, err);
    }
    end_reading(&reading);
    return status;
}

har_status har_annals_plan(struct har_database *db,
                           const struct har_list_question *question,
                           struct har_arena *arena, const char **plan,
                           struct har_error *err)
{
    struct reading r;
    struct har_text text = {.arena = arena};
    har_status status = begin_ranks(&r, db, question, err);
    if (status == HAR_OK && !r.streams) status = not_listed(question, err);
    if (status == HAR_OK) status = annals_stream_plan(&r.stream[0], &text, err);
    end_reading(&r);
    *plan = text.data ? text.data : "";
    return status;
}

/* --- events --------------------------------------------------------------------------- */

static int in_order(const void *a, const void *b)
{
    const struct har_event *of_a = a, *of_b = b;
    if (of_a->kind != of_b->kind) return of_a->kind < of_b->kind ? -1 : 1;
    return (of_a->distance_mm > of_b->distance_mm) -
           (of_a->distance_mm < of_b->distance_mm);
}

har_status har_annals_events(struct har_database *db, struct har_arena *arena,
                             struct har_event **events, size_t *count,
                             struct har_error *err)
{
    struct disciplines all;
    har_status status = annals_disciplines(db, arena, &all, err);
    if (status) return status;
    *events = all.event;
    *count = all.count;
    if (*count) qsort(*events, *count, sizeof **events, in_order);
    return HAR_OK;
}
