/* SPDX-License-Identifier: MIT */
/* One event's list, page by page.
 *
 * A page is cut from the index of the list, where the page before it ended, and is twice as
 * long as that. Where every mark counts it has the rows themselves. Where one of each
 * athlete counts it has their keys alone, which stand in an index without anything else;
 * rows are fetched of those only who are not in the list yet. So ten marks a year of
 * everybody cost little more than one.
 *
 * A file is asked for a row at a time, as that costs nothing there; a server is a journey
 * away, and told all keys at once. Marks that lie on a further server come without names,
 * which the first one has (far.c). */

#include "stream.h"

#include "far.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_PAGE = 256,
    MOST_PAGE = 1 << 14,
    BEYOND = 8 /* one row behind the limit ends a list, and some may be equal */
};

/* How one place is asked, and how it says in which way it finds that. */
struct asking {
    enum annals_statement ask, plan;
};
struct way {
    struct asking page, page_nation, keys, keys_nation, rows;
};
static const struct way of_file = {.page = {LIST_PAGE, PLAN},
                                   .page_nation = {LIST_PAGE_NATION, PLAN_NATION},
                                   .keys = {LIST_KEYS, PLAN_KEYS},
                                   .keys_nation = {LIST_KEYS_NATION, PLAN_KEYS_NATION},
                                   .rows = {LIST_ROW, PLAN_ROW}};
static const struct way of_server = {
    .page = {LIST_PAGE, PLAN_SERVER},
    .page_nation = {LIST_PAGE_NATION, PLAN_SERVER_NATION},
    .keys = {LIST_KEYS, PLAN_SERVER_KEYS},
    .keys_nation = {LIST_KEYS_NATION, PLAN_SERVER_KEYS_NATION},
    .rows = {LIST_ROWS, PLAN_SERVER_ROWS}};
static const struct way of_far = {
    .page = {FAR_PAGE, PLAN_FAR},
    .page_nation = {FAR_PAGE_NATION, PLAN_FAR_NATION},
    .keys = {LIST_KEYS, PLAN_SERVER_KEYS},
    .keys_nation = {LIST_KEYS_NATION, PLAN_SERVER_KEYS_NATION},
    .rows = {FAR_ROWS, PLAN_FAR_ROWS}};

har_status annals_list_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the list");
}

int64_t annals_listed_ms(const struct har_listed *row)
{
    return har_listed_ms(&row->mark, &row->event);
}

/* --- questions ------------------------------------------------------------------------ */

/* Days outside the question are left to the database, where that is simple. */
static int64_t first_day(const struct har_list_question *q)
{
    int64_t day = q->since_day == HAR_NO_DAY ? NO_SUCH_DAY : q->since_day;
    if (!q->year) return day;
    int64_t of_year = har_day_of((struct har_date){q->year, 1, 1});
    return day < of_year ? of_year : day;
}

/* For pages of rows or of keys. */
static struct har_query ask_page(const struct stream *s, enum annals_statement which)
{
    const struct har_list_question *question = s->asked->question;
    int64_t nation = annals_nation(question->nation);
    struct har_query q = annals_ask(s->keeper, which);
    har_bind_int(&q, s->discipline);
    har_bind_int(&q, s->sex);
    har_bind_int(&q, s->last.time_ms);
    har_bind_int(&q, s->last.day);
    har_bind_int(&q, s->last.person);
    har_bind_int(&q, first_day(question));
    har_bind_int(&q, s->asked->until_day);
    if (nation) har_bind_int(&q, nation);
    har_bind_int(&q, s->page);
    return q;
}

static struct asking page_of(const struct stream *s)
{
    bool nation = annals_nation(s->asked->question->nation) != 0;
    if (s->asked->one_each) return nation ? s->way->keys_nation : s->way->keys;
    return nation ? s->way->page_nation : s->way->page;
}

/* Keys as a server is told them: a list of each column. */
struct told_keys {
    struct har_text time_ms, day, person;
};

static bool tell_keys(const struct mark_order *key, size_t count, struct har_arena *arena,
                      struct told_keys *told)
{
    *told = (struct told_keys){{.arena = arena}, {.arena = arena}, {.arena = arena}};
    for (size_t i = 0; i < count; i++) {
        const char *comma = i ? "," : "";
        har_text_format(&told->time_ms, "%s%lld", comma, (long long)key[i].time_ms);
        har_text_format(&told->day, "%s%lld", comma, (long long)key[i].day);
        har_text_format(&told->person, "%s%lld", comma, (long long)key[i].person);
    }
    return !told->time_ms.failed && !told->day.failed && !told->person.failed;
}

static struct har_query ask_rows(const struct stream *s, enum annals_statement which,
                                 const struct told_keys *told)
{
    struct har_query q = annals_ask(s->keeper, which);
    har_bind_int(&q, s->discipline);
    har_bind_int(&q, s->sex);
    har_bind_text(&q, told->time_ms.data);
    har_bind_text(&q, told->day.data);
    har_bind_text(&q, told->person.data);
    return q;
}

static struct har_query ask_row(const struct stream *s, enum annals_statement which,
                                const struct mark_order *key)
{
    struct har_query q = annals_ask(s->keeper, which);
    har_bind_int(&q, s->discipline);
    har_bind_int(&q, s->sex);
    har_bind_int(&q, key->time_ms);
    har_bind_int(&q, key->day);
    har_bind_int(&q, key->person);
    return q;
}

/* --- rows ----------------------------------------------------------------------------- */

/* Puts the answer behind the rows that are there; there is room for it. */
static har_status take_near(struct stream *s, struct har_query *q, struct har_error *err)
{
    har_status status;
    bool full = false;
    while ((status = har_answer(q, err)) == HAR_OK && !full)
        s->row[s->count++] = annals_take_row(q, &s->asked->disciplines, &s->arena, &full);
    if (full) {
        har_drop(q);
        return annals_list_full(err);
    }
    return status == HAR_END ? HAR_OK : status;
}

/* The same of rows without names. One without an athlete is of a list that was never
 * committed, and the server of its athletes ended in that moment. */
static har_status take_far(struct stream *s, struct har_query *q, struct har_error *err)
{
    struct far_rows rows = {.arena = &s->arena};
    har_status status = annals_take_far(q, &s->asked->disciplines, &rows, err);
    if (status == HAR_OK) status = annals_name_far(s->asked->db, &rows, err);
    for (size_t i = 0; i < rows.count && status == HAR_OK; i++)
        s->row[s->count++] = rows.row[i];
    return status;
}

static har_status take_rows(struct stream *s, struct har_query *q, struct har_error *err)
{
    return s->way == &of_far ? take_far(s, q, err) : take_near(s, q, err);
}

/* As the index has them: by time, day and person, which is the number of the row. */
static int in_index_order(const void *a, const void *b)
{
    const struct har_listed *of_a = a, *of_b = b;
    int64_t ms_a = annals_listed_ms(of_a), ms_b = annals_listed_ms(of_b);
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
}

static void drop_strays(struct stream *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->row[i].name) s->row[kept++] = s->row[i];
    s->count = kept;
}

static har_status read_all(struct stream *s, struct har_error *err)
{
    struct har_query q = ask_page(s, page_of(s).ask);
    har_status status = take_rows(s, &q, err);
    if (status) return status;
    put_in_order(s);
    s->ended = (int64_t)s->count < s->page;
    if (s->count) {
        const struct har_listed *last = &s->row[s->count - 1];
        s->last =
            (struct mark_order){annals_listed_ms(last), annals_day(last->day), last->id};
    }
    drop_strays(s);
    return HAR_OK;
}

/* --- one of each ---------------------------------------------------------------------- */

/* An athlete of whom a row was fetched, and whether the list asks for one of those. */
struct seat {
    int64_t person; /* 0: free */
    bool listed, waiting;
};

static struct seat *seat_of(const struct stream *s, int64_t person)
{
    enum { MIX_SHIFT = 32 };
    uint64_t mixed = (uint64_t)person * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(mixed >> MIX_SHIFT) & (s->seats - 1);
    while (s->seat[at].person && s->seat[at].person != person)
        at = (at + 1) & (s->seats - 1);
    return &s->seat[at];
}

/* For `more` people. */
static bool make_seats(struct stream *s, size_t more)
{
    enum { FIRST_SEATS = 512 };
    struct stream old = *s;
    size_t seats = s->seats ? s->seats : FIRST_SEATS;
    while (2 * (s->people + more) > seats) seats *= 2;
    if (seats == s->seats) return true;
    s->seat = HAR_NEW(&s->seats_arena, struct seat, seats);
    if (!s->seat) return false;
    s->seats = seats;
    for (size_t i = 0; i < old.seats; i++)
        if (old.seat[i].person) *seat_of(s, old.seat[i].person) = old.seat[i];
    return true;
}

/* The keys of a page, which of them were fetched, and how far those reach. */
struct keys {
    struct mark_order *key, *chosen;
    bool *fetched;
    size_t count, reach, choice;
};

static har_status read_keys(struct stream *s, struct keys *keys, struct har_error *err)
{
    har_status status;
    size_t page = (size_t)s->page;
    *keys = (struct keys){.key = HAR_ROOM(&s->arena, struct mark_order, page),
                          .chosen = HAR_ROOM(&s->arena, struct mark_order, page),
                          .fetched = HAR_NEW(&s->arena, bool, page)};
    if (!keys->key || !keys->chosen || !keys->fetched) return annals_list_full(err);
    struct har_query q = ask_page(s, page_of(s).ask);
    for (; (status = har_answer(&q, err)) == HAR_OK; keys->count++) {
        struct mark_order *key = &keys->key[keys->count];
        key->time_ms = har_take_int(&q);
        key->day = har_take_int(&q);
        key->person = har_take_int(&q);
    }
    return status == HAR_END ? HAR_OK : status;
}

/* Of everybody who is not listed yet the first key that was not fetched: of all within
 * reach, and beyond it until the list has `enough`. */
static bool choose(struct stream *s, struct keys *keys, size_t enough)
{
    keys->choice = 0;
    if (!make_seats(s, keys->count)) return false;
    for (size_t i = 0;
         i < keys->count && (i < keys->reach || s->count + keys->choice < enough); i++) {
        if (i >= keys->reach) keys->reach = i + 1;
        struct seat *seat = seat_of(s, keys->key[i].person);
        if (keys->fetched[i] || seat->listed || seat->waiting) continue;
        if (!seat->person) s->people++;
        *seat = (struct seat){.person = keys->key[i].person, .waiting = true};
        keys->fetched[i] = true;
        keys->chosen[keys->choice++] = keys->key[i];
    }
    return true;
}

static har_status fetch(struct stream *s, const struct keys *keys, struct har_error *err)
{
    har_status status = HAR_OK;
    if (s->way == &of_file) {
        for (size_t i = 0; i < keys->choice && status == HAR_OK; i++) {
            struct har_query q = ask_row(s, s->way->rows.ask, &keys->chosen[i]);
            status = take_rows(s, &q, err);
        }
        return status;
    }
    struct told_keys told;
    if (!tell_keys(keys->chosen, keys->choice, &s->arena, &told))
        return annals_list_full(err);
    struct har_query q = ask_rows(s, s->way->rows.ask, &told);
    return take_rows(s, &q, err);
}

/* Of the rows from `from` on those that the list asks for. */
static void keep_asked(struct stream *s, const struct keys *keys, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < s->count; i++) {
        const struct har_listed *row = &s->row[i];
        if (!row->name || !har_list_asks(s->asked->question, row)) continue;
        seat_of(s, row->id)->listed = true;
        s->row[kept++] = *row;
    }
    s->count = kept;
    for (size_t i = 0; i < keys->choice; i++)
        seat_of(s, keys->chosen[i].person)->waiting = false;
}

static har_status read_firsts(struct stream *s, struct har_error *err)
{
    size_t limit = s->asked->question->limit;
    size_t enough = limit ? limit + BEYOND : SIZE_MAX;
    struct keys keys;
    har_status status = read_keys(s, &keys, err);
    while (status == HAR_OK) {
        size_t from = s->count;
        if (!choose(s, &keys, enough)) return annals_list_full(err);
        if (!keys.choice) break;
        status = fetch(s, &keys, err);
        if (status == HAR_OK) keep_asked(s, &keys, from);
    }
    put_in_order(s);
    if (keys.reach) s->last = keys.key[keys.reach - 1];
    s->ended = keys.reach == keys.count && (int64_t)keys.count < s->page;
    s->keys += keys.reach;
    s->found += s->count;
    return status;
}

/* --- pages ---------------------------------------------------------------------------- */

/* Twice as many rows as before; as many keys as the rows that are missing are likely to
 * take, by how many those took that were found. */
static int64_t next_page(const struct stream *s)
{
    enum { SPARE = 2 }; /* later ones are of people who are there already */
    size_t limit = s->asked->question->limit, page = 2 * (size_t)s->page;
    if (s->asked->one_each && limit && s->found < limit + BEYOND) {
        page = (limit + BEYOND - s->found) * s->keys / (s->found + 1);
        page += page / SPARE;
    }
    return page < LEAST_PAGE ? LEAST_PAGE : page < MOST_PAGE ? (int64_t)page : MOST_PAGE;
}

har_status annals_stream_begin(struct stream *s, const struct asked *asked,
                               int64_t discipline, int sex, int64_t page,
                               struct har_error *err)
{
    *s = (struct stream){.asked = asked,
                         .discipline = discipline,
                         .sex = sex,
                         .page = page && page < MOST_PAGE ? page : MOST_PAGE,
                         .last = {-1, 0, 0}};
    har_status status = har_database_keeper(asked->db, discipline, &s->keeper, err);
    if (status) return status;
    s->way = s->keeper != asked->db              ? &of_far
             : har_database_is_server(asked->db) ? &of_server
                                                 : &of_file;
    return HAR_OK;
}

void annals_stream_end(struct stream *s)
{
    har_arena_free(&s->arena);
    har_arena_free(&s->seats_arena);
}

har_status annals_stream_page(struct stream *s, struct har_error *err)
{
    har_arena_reset(&s->arena);
    s->at = s->count = 0;
    s->row = HAR_ROOM(&s->arena, struct har_listed, (size_t)s->page);
    if (!s->row) return annals_list_full(err);
    har_status status = s->asked->one_each ? read_firsts(s, err) : read_all(s, err);
    s->page = next_page(s);
    return status;
}

/* --- the way -------------------------------------------------------------------------- */

static har_status add_steps(const struct stream *s, struct har_query q,
                            struct har_text *text, struct har_error *err)
{
    enum { NUMBERS = 3 }; /* SQLite's step comes after so many of its own */
    struct har_arena desk = {0};
    bool full = false;
    har_status status;
    while (!full && (status = har_answer(&q, err)) == HAR_OK) {
        for (int i = 0; i < NUMBERS && s->way == &of_file; i++) har_take_int(&q);
        const char *step = har_take_text(&q, &desk, &full);
        har_text_format(text, "%s\n", step ? step : "");
    }
    har_drop(&q);
    har_arena_free(&desk);
    if (full || text->failed) return annals_list_full(err);
    return status == HAR_END ? HAR_OK : status;
}

har_status annals_stream_plan(struct stream *s, struct har_text *text,
                              struct har_error *err)
{
    struct told_keys told;
    har_status status = add_steps(s, ask_page(s, page_of(s).plan), text, err);
    if (status || !s->asked->one_each) return status;
    if (s->way == &of_file)
        return add_steps(s, ask_row(s, s->way->rows.plan, &s->last), text, err);
    if (!tell_keys(&s->last, 1, &s->arena, &told)) return annals_list_full(err);
    return add_steps(s, ask_rows(s, s->way->rows.plan, &told), text, err);
}
