/* SPDX-License-Identifier: MIT */
/* Lists out.
 *
 * A list of one event and sex is read by pages along its index, each as long as is likely
 * to be enough and the next twice that, so that a top hundred of ten million marks
 * asks for some hundred rows, and a whole list is never held. The lists of two events (1500
 * and 1500i) or of both sexes are read side by side and put together in order of time.
 *
 * Rows of two who are one, as somebody has said later, may be one mark twice; those stand
 * beside each other, and the second is passed over. */

#include "harrier/annals.h"

#include "far.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PAGE = 256, MOST_PAGE = 1 << 14, PAGE_GROWS = 2, MOST_STREAMS = 6 };

/* What the index of a list is in order of. */
struct mark_order {
    int64_t time_ms, day, person;
};

/* The rows of one event and sex in order of time. */
struct stream {
    int64_t discipline;
    int sex;
    struct har_database *keeper; /* whom to ask */
    int64_t page;                /* rows to ask for next */
    struct mark_order last;
    bool ended;
    struct har_arena arena; /* of the page */
    struct har_listed *row;
    size_t count, at;
    int64_t *listed; /* people of whom a faster row was there; open addressing, 0 is free */
    size_t people, seats;
};

struct reading {
    struct har_database *db;
    const struct har_list_question *question;
    struct disciplines disciplines;
    struct stream stream[MOST_STREAMS];
    size_t streams;
    int64_t until_day;
    bool one_each; /* of an athlete only the first row of an event matters */
    /* Who ran the time of the last row on its day, where several names are one. */
    struct mark_order same;
    int64_t *head;
    size_t heads, head_room;
    struct har_arena arena;
};

static har_status list_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the list");
}

static int64_t ms_of(const struct har_listed *row)
{
    return har_listed_ms(&row->mark, &row->event);
}

/* --- pages -------------------------------------------------------------------------- */

/* Days outside the question are left to the database, where that is simple. */
static int64_t first_day(const struct har_list_question *q)
{
    int64_t day = q->since_day == HAR_NO_DAY ? NO_SUCH_DAY : q->since_day;
    if (!q->year) return day;
    int64_t of_year = har_day_of((struct har_date){q->year, 1, 1});
    return day < of_year ? of_year : day;
}

static int64_t last_day(const struct har_list_question *q)
{
    int64_t day = q->as_of_day == HAR_NO_DAY ? INT32_MAX : q->as_of_day;
    if (!q->year) return day;
    int64_t of_year = har_day_of((struct har_date){q->year, 12, 31});
    return day < of_year ? day : of_year;
}

static struct har_query ask_page(struct reading *r, const struct stream *s,
                                 enum annals_statement all, enum annals_statement of_nation)
{
    int64_t nation = annals_nation(r->question->nation);
    struct har_query q = annals_ask(s->keeper, nation ? of_nation : all);
    har_bind_int(&q, s->discipline);
    har_bind_int(&q, s->sex);
    har_bind_int(&q, s->last.time_ms);
    har_bind_int(&q, s->last.day);
    har_bind_int(&q, s->last.person);
    har_bind_int(&q, first_day(r->question));
    har_bind_int(&q, r->until_day);
    if (nation) har_bind_int(&q, nation);
    har_bind_int(&q, s->page);
    return q;
}

/* As the index has them: by time, day and person, which is the number of the row. */
static int in_index_order(const void *a, const void *b)
{
    const struct har_listed *of_a = a, *of_b = b;
    int64_t ms_a = ms_of(of_a), ms_b = ms_of(of_b);
    if (ms_a != ms_b) return ms_a < ms_b ? -1 : 1;
    if (of_a->day != of_b->day) return of_a->day < of_b->day ? -1 : 1;
    return (of_a->id > of_b->id) - (of_a->id < of_b->id);
}

static void put_in_order(struct stream *s)
{
    bool ordered = true;
    for (size_t i = 1; i < s->count && ordered; i++)
        ordered = in_index_order(&s->row[i - 1], &s->row[i]) < 0;
    if (!ordered) qsort(s->row, s->count, sizeof *s->row, in_index_order);
    if (!s->count) return;
    const struct har_listed *last = &s->row[s->count - 1];
    s->last = (struct mark_order){ms_of(last), annals_day(last->day), last->id};
}

static har_status read_far(struct reading *r, struct stream *s, struct har_error *err)
{
    struct far_rows rows = {.arena = &s->arena};
    struct har_query q = ask_page(r, s, FAR_PAGE, FAR_PAGE_NATION);
    har_status status = annals_take_far(&q, &r->disciplines, &rows, err);
    if (status == HAR_OK) status = annals_name_far(r->db, &rows, err);
    s->row = rows.row;
    s->count = rows.count;
    return status;
}

/* Of a list that was never committed, and the server of its athletes ended in that moment.
 */
static void drop_strays(struct stream *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->row[i].name) s->row[kept++] = s->row[i];
    s->count = kept;
}

static har_status read_near(struct reading *r, struct stream *s, struct har_error *err)
{
    har_status status;
    bool full = false;
    s->row = HAR_ROOM(&s->arena, struct har_listed, (size_t)s->page);
    if (!s->row) return list_full(err);
    struct har_query q = ask_page(r, s, LIST_PAGE, LIST_PAGE_NATION);
    while ((status = har_answer(&q, err)) == HAR_OK && !full) {
        s->row[s->count++] = annals_take_row(&q, &r->disciplines, &s->arena, &full);
    }
    if (full) {
        har_drop(&q);
        return list_full(err);
    }
    return status == HAR_END ? HAR_OK : status;
}

/* --- one of each ---------------------------------------------------------------------- */

static int64_t *seat_of(int64_t *listed, size_t seats, int64_t person)
{
    enum { MIX_SHIFT = 32 };
    uint64_t mixed = (uint64_t)person * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(mixed >> MIX_SHIFT) & (seats - 1);
    while (listed[at] && listed[at] != person) at = (at + 1) & (seats - 1);
    return &listed[at];
}

static bool make_seats(struct reading *r, struct stream *s)
{
    enum { FIRST_SEATS = 512 };
    if (2 * (s->people + 1) <= s->seats) return true;
    size_t seats = s->seats ? 2 * s->seats : FIRST_SEATS;
    int64_t *listed = HAR_NEW(&r->arena, int64_t, seats);
    if (!listed) return false;
    for (size_t i = 0; i < s->seats; i++)
        if (s->listed[i]) *seat_of(listed, seats, s->listed[i]) = s->listed[i];
    s->listed = listed;
    s->seats = seats;
    return true;
}

static struct har_query ask_row(struct reading *r, enum annals_statement which,
                                const struct stream *s, const struct mark_order *key)
{
    struct har_query q = annals_ask(r->db, which);
    har_bind_int(&q, s->discipline);
    har_bind_int(&q, s->sex);
    har_bind_int(&q, key->time_ms);
    har_bind_int(&q, key->day);
    har_bind_int(&q, key->person);
    return q;
}

static har_status read_row(struct reading *r, struct stream *s,
                           const struct mark_order *key, struct har_error *err)
{
    bool full = false;
    struct har_query q = ask_row(r, LIST_ROW, s, key);
    har_status status = har_answer(&q, err);
    if (status) return status == HAR_END ? HAR_OK : status;
    struct har_listed *row = &s->row[s->count];
    *row = annals_take_row(&q, &r->disciplines, &s->arena, &full);
    har_drop(&q);
    if (full) return list_full(err);
    if (!har_list_asks(r->question, row)) return HAR_OK;
    s->count++;
    *seat_of(s->listed, s->seats, key->person) = key->person;
    s->people++;
    return HAR_OK;
}

/* Keys stand in an index without anything else; the row is fetched of those alone whose
 * athlete is not in the list yet. Ten marks a year of everybody cost no more than one. */
static har_status read_first(struct reading *r, struct stream *s, struct har_error *err)
{
    enum { BEYOND = 8 }; /* one row behind the limit ends a list, and some may be equal */
    size_t keys = 0, at = 0, limit = r->question->limit;
    size_t enough = limit ? limit + BEYOND : SIZE_MAX;
    har_status status;
    struct mark_order *key = HAR_ROOM(&s->arena, struct mark_order, (size_t)s->page);
    s->row = HAR_ROOM(&s->arena, struct har_listed, (size_t)s->page);
    if (!key || !s->row) return list_full(err);
    struct har_query q = ask_page(r, s, LIST_KEYS, LIST_KEYS_NATION);
    for (; (status = har_answer(&q, err)) == HAR_OK; keys++) {
        key[keys].time_ms = har_take_int(&q);
        key[keys].day = har_take_int(&q);
        key[keys].person = har_take_int(&q);
    }
    if (status != HAR_END) return status;
    status = HAR_OK;
    for (; at < keys && s->count < enough && status == HAR_OK; at++) {
        if (!make_seats(r, s)) return list_full(err);
        if (!*seat_of(s->listed, s->seats, key[at].person))
            status = read_row(r, s, &key[at], err);
    }
    if (at) s->last = key[at - 1];
    s->ended = at == keys && (int64_t)keys < s->page;
    return status;
}

static har_status read_page(struct reading *r, struct stream *s, struct har_error *err)
{
    har_arena_reset(&s->arena);
    s->at = s->count = 0;
    har_status status = r->one_each          ? read_first(r, s, err)
                        : s->keeper == r->db ? read_near(r, s, err)
                                             : read_far(r, s, err);
    if (status) return status;
    if (!r->one_each) {
        put_in_order(s);
        s->ended = (int64_t)s->count < s->page;
        drop_strays(s);
    }
    if (s->page < MOST_PAGE) s->page *= PAGE_GROWS;
    return HAR_OK;
}

/* --- streams ------------------------------------------------------------------------ */

static har_status add_stream(struct reading *r, int64_t discipline, int sex, int64_t page,
                             struct har_error *err)
{
    struct stream *s = &r->stream[r->streams++];
    *s = (struct stream){
        .discipline = discipline, .sex = sex, .page = page, .last = {-1, 0, 0}};
    return har_database_keeper(r->db, discipline, &s->keeper, err);
}

static har_status begin_reading(struct reading *r, struct har_database *db,
                                const struct har_list_question *question,
                                struct har_error *err)
{
    struct har_event event[2];
    *r = (struct reading){.db = db, .question = question};
    r->until_day = last_day(question);
    size_t events = har_list_events(question, event);
    int64_t page = FIRST_PAGE;
    while (page < MOST_PAGE && page / 2 < (int64_t)question->limit) page *= PAGE_GROWS;
    if (!question->limit) page = MOST_PAGE;
    har_status status = annals_disciplines(db, &r->arena, &r->disciplines, err);
    for (size_t i = 0; i < events && status == HAR_OK; i++) {
        int64_t id = annals_discipline(&r->disciplines, &event[i]);
        for (int sex = 0; id && sex <= SEX_UNTOLD && status == HAR_OK; sex++)
            if (question->sex == HAR_UNTOLD || question->sex == sex)
                status = add_stream(r, id, sex, page, err);
    }
    return status;
}

static void end_reading(struct reading *r)
{
    for (size_t i = 0; i < r->streams; i++) har_arena_free(&r->stream[i].arena);
    har_arena_free(&r->arena);
}

/* A second row of one athlete's mark, under another of their names. */
static har_status is_twice(struct reading *r, const struct har_listed *row, bool *twice,
                           struct har_error *err)
{
    int64_t ms = ms_of(row);
    *twice = false;
    if (ms != r->same.time_ms || row->day != r->same.day) r->heads = 0;
    r->same = (struct mark_order){ms, row->day, 0};
    for (size_t i = 0; i < r->heads && !*twice; i++) *twice = r->head[i] == row->person;
    if (*twice) return HAR_OK;
    int64_t *head =
        har_arena_grow(&r->arena, r->head, r->heads, &r->head_room, sizeof *head);
    if (!head) return list_full(err);
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
                har_status status = read_page(r, s, err);
                if (status) return status;
            }
            if (s->at == s->count) continue;
            const struct har_listed *a = &s->row[s->at];
            const struct har_listed *b = first ? &first->row[first->at] : NULL;
            if (!b || ms_of(a) < ms_of(b)) first = s;
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

/* A server would be asked too often for that. */
static bool reads_first(const struct har_database *db,
                        const struct har_list_question *question)
{
    return !question->all_marks && !har_database_is_server(db);
}

har_status har_annals_ranks(struct har_database *db,
                            const struct har_list_question *question,
                            struct har_arena *arena, struct har_ranks *out,
                            struct har_error *err)
{
    struct reading reading;
    struct har_ranking *ranking;
    har_status status = begin_reading(&reading, db, question, err);
    reading.one_each = reads_first(db, question);
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
    har_status status = begin_reading(&r, db, question, err);
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
        if (before <= r->until_day) r->until_day = before - 1;
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
    har_status status = begin_reading(&reading, db, question, err);
    for (size_t i = 0; i < reading.streams; i++) reading.stream[i].page = FIRST_PAGE;
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

/* --- the way ----------------------------------------------------------------------------
 */

/* Adds the steps of a plan to `text`, a line each. */
static har_status add_steps(struct reading *r, struct har_query q, struct har_text *text,
                            struct har_error *err)
{
    enum { NUMBERS = 3 }; /* SQLite's step comes after so many of its own */
    bool full = false, server = har_database_is_server(r->db);
    har_status status;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        for (int i = 0; i < NUMBERS && !server; i++) har_take_int(&q);
        const char *step = har_take_text(&q, &r->arena, &full);
        har_text_format(text, "%s\n", step ? step : "");
    }
    if (full || text->failed) return list_full(err);
    return status == HAR_END ? HAR_OK : status;
}

har_status har_annals_plan(struct har_database *db,
                           const struct har_list_question *question,
                           struct har_arena *arena, const char **plan,
                           struct har_error *err)
{
    struct reading r;
    struct har_text text = {.arena = arena};
    bool server = har_database_is_server(db), first = reads_first(db, question);
    har_status status = begin_reading(&r, db, question, err);
    if (status == HAR_OK && !r.streams) status = not_listed(question, err);
    struct stream *s = &r.stream[0];
    if (status == HAR_OK && s->keeper != db)
        status = add_steps(&r, ask_page(&r, s, PLAN_FAR, PLAN_FAR_NATION), &text, err);
    else if (status == HAR_OK && server)
        status =
            add_steps(&r, ask_page(&r, s, PLAN_SERVER, PLAN_SERVER_NATION), &text, err);
    else if (status == HAR_OK && !first)
        status = add_steps(&r, ask_page(&r, s, PLAN, PLAN_NATION), &text, err);
    else if (status == HAR_OK)
        status = add_steps(&r, ask_page(&r, s, PLAN_KEYS, PLAN_KEYS_NATION), &text, err);
    if (status == HAR_OK && first)
        status = add_steps(&r, ask_row(&r, PLAN_ROW, s, &s->last), &text, err);
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
