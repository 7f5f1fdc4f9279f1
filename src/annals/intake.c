/* SPDX-License-Identifier: MIT */
/* Lists in.
 *
 * Rows are judged in batches and wait on a pile, whose memory has an end, however long the
 * list. The last step takes them from there in the order of lists, so that pages are filled
 * once and one after another: straight into the lists where there are none yet, else by way
 * of a table of their own, and whatever is in already stays as it is.
 *
 * Of marks that were in, the blanks are filled by what the list says: a place, a round, a
 * caveat, whether the course counts. What is known stays.
 *
 * Where far more comes than there is, the indexes are made anew behind it: for ten million
 * marks that takes a third of the time. On a server whoever reads would wait for that, so
 * it is done there only while there is nothing to read. */

#include "harrier/annals.h"

#include "pile.h"
#include "who.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 1 << 14, MANY = 100000, FIRST_PLACES = 1 << 10, MOST_PLACES = 1 << 21 };

struct har_annals_intake {
    struct har_database *db;
    struct who *who;
    struct har_arena arena; /* of the whole intake: the events */
    struct disciplines disciplines;
    size_t discipline_room; /* of both arrays */
    uint64_t *meeting; /* those that wait already; open addressing, at most half full */
    size_t meetings, meeting_slots;
    struct whom *whom; /* of a batch, as what follows */
    struct placed {
        int64_t discipline, meeting;
    } * placed;
    struct pile *pile;
    bool divided; /* marks lie on several servers */
    uint64_t rows;
};

static har_status intake_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the list");
}

/* --- beginning ---------------------------------------------------------------------- */

static void free_intake(struct har_annals_intake *in)
{
    annals_who_free(in->who);
    annals_pile_free(in->pile);
    har_arena_free(&in->arena);
    free(in->meeting);
    free(in->whom);
    free(in->placed);
    free(in);
}

static const enum annals_statement stage[] = {STAGE_MEETINGS, STAGE_KEYS};
static const enum annals_statement unstage[] = {UNSTAGE_MEETINGS, UNSTAGE_KEYS};
enum { STAGES = sizeof stage / sizeof stage[0] };

static har_status run_all(struct har_database *db, const enum annals_statement *which,
                          size_t count, struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < count && status == HAR_OK; i++)
        status = annals_run(db, which[i], err);
    return status;
}

/* A commit on several servers is not one: a crash between them leaves marks whose athletes
 * or events were never committed, and whose numbers the next ones will have. */
static har_status clear_strays(struct har_annals_intake *in, struct har_error *err)
{
    static const enum annals_statement strays[] = {STRAY_PEOPLE_CLEAR, STRAY_EVENTS_CLEAR};
    struct har_shards shards;
    har_status status = har_database_shards(in->db, &in->arena, &shards, err);
    in->divided = status == HAR_OK && shards.count;
    if (!in->divided) return status;
    return run_all(in->db, strays, sizeof strays / sizeof strays[0], err);
}

har_status har_annals_intake(struct har_database *db, struct har_annals_intake **out,
                             struct har_error *err)
{
    struct har_annals_intake *in = calloc(1, sizeof *in);
    *out = NULL;
    if (!in) return intake_full(err);
    in->db = db;
    in->whom = calloc(BATCH, sizeof *in->whom);
    in->placed = calloc(BATCH, sizeof *in->placed);
    har_status status = in->whom && in->placed ? HAR_OK : intake_full(err);
    if (status == HAR_OK) status = run_all(db, stage, STAGES, err);
    if (status == HAR_OK) status = clear_strays(in, err);
    if (status == HAR_OK) status = annals_pile(&in->pile, err);
    if (status == HAR_OK) status = annals_who(db, &in->who, err);
    if (status == HAR_OK)
        status = annals_disciplines(db, &in->arena, &in->disciplines, err);
    in->discipline_room = in->disciplines.count;
    if (status == HAR_OK) *out = in;
    else free_intake(in);
    return status;
}

/* --- events and meetings -------------------------------------------------------------- */

static har_status add_discipline(struct har_annals_intake *in,
                                 const struct har_event *event, int64_t *id,
                                 struct har_error *err)
{
    struct disciplines *all = &in->disciplines;
    size_t id_room = in->discipline_room, event_room = in->discipline_room;
    int64_t *ids = har_arena_grow(&in->arena, all->id, all->count, &id_room, sizeof *ids);
    struct har_event *events =
        har_arena_grow(&in->arena, all->event, all->count, &event_room, sizeof *events);
    if (!ids || !events) return intake_full(err);
    in->discipline_room = id_room < event_room ? id_room : event_room;
    all->id = ids;
    all->event = events;
    *id = 1;
    for (size_t i = 0; i < all->count; i++)
        if (ids[i] >= *id) *id = ids[i] + 1;
    ids[all->count] = *id;
    events[all->count++] = *event;
    struct har_query q = annals_ask(in->db, DISCIPLINE_ADD);
    har_bind_int(&q, *id);
    har_bind_text(&q, event->code);
    return har_answer_all(&q, err);
}

static har_status find_disciplines(struct har_annals_intake *in,
                                   const struct har_result *row, size_t count,
                                   struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        int64_t *id = &in->placed[i].discipline;
        *id = annals_discipline(&in->disciplines, &row[i].event);
        if (!*id) status = add_discipline(in, &row[i].event, id, err);
    }
    return status;
}

/* The number of a meeting is its words: nobody has to be asked for it. */
static uint64_t meeting_of(const struct har_result *row)
{
    return annals_hash_text(annals_hash_text(ANNALS_HASH, row->name), row->venue);
}

static uint64_t *meeting_at(uint64_t *meeting, size_t slots, uint64_t number)
{
    size_t at = (size_t)(number >> 20) & (slots - 1);
    while (meeting[at] && meeting[at] != number) at = (at + 1) & (slots - 1);
    return &meeting[at];
}

static har_status make_places(struct har_annals_intake *in, struct har_error *err)
{
    if (2 * (in->meetings + 1) <= in->meeting_slots) return HAR_OK;
    bool again = in->meeting_slots >= MOST_PLACES;
    size_t slots = again               ? in->meeting_slots
                   : in->meeting_slots ? 2 * in->meeting_slots
                                       : FIRST_PLACES;
    uint64_t *meeting = calloc(slots, sizeof *meeting);
    if (!meeting) return intake_full(err);
    for (size_t i = 0; i < in->meeting_slots && !again; i++)
        if (in->meeting[i]) *meeting_at(meeting, slots, in->meeting[i]) = in->meeting[i];
    if (again) in->meetings = 0;
    free(in->meeting);
    in->meeting = meeting;
    in->meeting_slots = slots;
    return HAR_OK;
}

static har_status pour_meetings(struct har_annals_intake *in, const struct har_result *row,
                                size_t count, struct har_error *err)
{
    har_status status = HAR_OK;
    struct har_query q = har_pour(in->db, &har_annals_meetings_into);
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        uint64_t number = meeting_of(&row[i]);
        in->placed[i].meeting = (int64_t)number;
        status = make_places(in, err);
        uint64_t *place =
            status ? NULL : meeting_at(in->meeting, in->meeting_slots, number);
        if (!place || *place == number) continue;
        *place = number;
        in->meetings++;
        har_bind_int(&q, (int64_t)number);
        har_bind_text(&q, row[i].name);
        har_bind_text(&q, row[i].venue);
        status = har_pour_row(&q, err);
    }
    har_status ended = har_pour_end(&q, status ? NULL : err);
    return status ? status : ended;
}

/* --- marks --------------------------------------------------------------------------- */

static har_status pile_marks(struct har_annals_intake *in, const struct har_result *row,
                             size_t count, uint64_t *nameless, struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        const struct whom *whom = &in->whom[i];
        if (!whom->person) {
            ++*nameless;
            continue;
        }
        struct har_listed listed = har_listed_of(&row[i], 0, 0);
        struct mark_row mark = annals_mark_row(&listed, in->placed[i].discipline, whom->sex,
                                               whom->person, in->placed[i].meeting);
        status = annals_pile_add(in->pile, &mark, err);
        in->rows++;
    }
    return status;
}

har_status har_annals_add(struct har_annals_intake *in, const struct har_result *row,
                          size_t count, const char *maker, uint64_t *nameless,
                          struct har_error *err)
{
    har_status status = HAR_OK;
    *nameless = 0;
    for (size_t part; count && status == HAR_OK; row += part, count -= part) {
        part = count < BATCH ? count : BATCH;
        status = annals_who_are(in->who, row, part, maker, in->whom, err);
        if (status == HAR_OK) status = find_disciplines(in, row, part, err);
        if (status == HAR_OK) status = pour_meetings(in, row, part, err);
        if (status == HAR_OK) status = pile_marks(in, row, part, nameless, err);
    }
    return status;
}

/* --- the end ------------------------------------------------------------------------- */

/* Up to `most`. */
static har_status count_marks(struct har_database *db, uint64_t most, uint64_t *count,
                              struct har_error *err)
{
    int64_t there = 0;
    struct har_query q = annals_ask(db, MARKS_COUNT);
    har_bind_int(&q, (int64_t)most);
    har_status status = har_answer_id(&q, &there, err);
    *count = (uint64_t)there;
    return status;
}

static har_status take_changes(struct har_database *db, enum annals_statement which,
                               uint64_t *rows, struct har_error *err)
{
    int64_t changed = 0;
    struct har_query q = annals_ask(db, which);
    har_status status = har_answer_changes(&q, &changed, err);
    *rows = (uint64_t)changed;
    return status;
}

/* The pile into a table: of the lists, or that of those which wait. */
static har_status pour_pile(struct har_annals_intake *in, const struct har_into *into,
                            uint64_t *count, struct har_error *err)
{
    har_status status;
    struct mark_row row;
    struct har_query q = har_pour(in->db, into);
    for (*count = 0; (status = annals_pile_next(in->pile, &row, err)) == HAR_OK; ++*count) {
        annals_bind_mark(&q, &row);
        status = har_pour_row(&q, err);
        if (status) break;
    }
    if (status == HAR_END) status = HAR_OK;
    har_status ended = har_pour_end(&q, status ? NULL : err);
    return status ? status : ended;
}

static har_status take_beside(struct har_annals_intake *in, struct har_annals_news *news,
                              struct har_error *err)
{
    uint64_t count = 0;
    har_status status = annals_run(in->db, STAGE_MARKS, err);
    if (status == HAR_OK) status = pour_pile(in, &har_annals_waiting_into, &count, err);
    if (status == HAR_OK) status = take_changes(in->db, MARKS_TAKE, &news->fresh, err);
    if (status == HAR_OK && news->fresh < count)
        status = take_changes(in->db, MARKS_FILL, &news->filled, err);
    return status ? status : annals_run(in->db, UNSTAGE_MARKS, err);
}

static har_status take_marks(struct har_annals_intake *in, struct har_annals_news *news,
                             struct har_error *err)
{
    static const enum annals_statement drop[] = {INDEX_NATION_DROP, INDEX_PERSON_DROP,
                                                 KEYS_DROP};
    static const enum annals_statement make[] = {INDEX_NATION_MAKE, INDEX_PERSON_MAKE,
                                                 KEYS_MAKE};
    /* A server plans by what it has seen, and looks by itself only a minute later. */
    static const enum annals_statement look[] = {LOOK_MARKS, LOOK_PEOPLE, LOOK_KEYS,
                                                 LOOK_MEETINGS};
    bool many = in->rows >= MANY, server = har_database_is_server(in->db);
    uint64_t there = 0;
    har_status status = annals_run(in->db, MEETINGS_TAKE, err);
    if (status == HAR_OK) status = count_marks(in->db, in->rows, &there, err);
    bool anew = many && !in->divided && (server ? there == 0 : there < in->rows);
    /* PostgreSQL 15 hands what COPY brings on to other servers row by row. */
    bool straight = !there && !in->divided;
    size_t indexes = server ? 3 : 2;
    if (status == HAR_OK && anew) status = run_all(in->db, drop, indexes, err);
    if (status == HAR_OK)
        status = straight ? pour_pile(in, &har_annals_marks_into, &news->fresh, err)
                          : take_beside(in, news, err);
    annals_pile_free(in->pile);
    in->pile = NULL;
    if (status == HAR_OK && anew) status = run_all(in->db, make, indexes, err);
    if (status == HAR_OK && many && server) status = run_all(in->db, look, 4, err);
    news->known = in->rows - news->fresh - news->filled;
    return status;
}

har_status har_annals_close(struct har_annals_intake *in, har_status status,
                            struct har_annals_news *news, struct har_error *err)
{
    *news = (struct har_annals_news){0};
    if (status == HAR_OK) status = take_marks(in, news, err);
    if (status == HAR_OK) status = run_all(in->db, unstage, STAGES, err);
    news->people = annals_who_new(in->who);
    news->doubts = annals_who_doubts(in->who);
    free_intake(in);
    return status;
}

void har_annals_settle(struct har_database *db, uint64_t fresh)
{
    if (fresh >= MANY && har_database_is_server(db)) annals_run(db, MARKS_SETTLE, NULL);
}
