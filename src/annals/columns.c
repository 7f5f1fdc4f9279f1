/* SPDX-License-Identifier: MIT */
/* A mark and its row.
 *
 * What orders lists is what the row is found by: the event, the sex, the time by which
 * lists order it, the day and the athlete. Nobody runs the same time to the hundredth over
 * the same distance twice in a day; lists that say so print one race under two names. So
 * the venue is no part of it: a mark comes from several lists, each with a spelling of its
 * own for where it was.
 *
 * Most marks are written as lists order them; only those by hand over short distances, or
 * with more figures than the rules keep, have a second column for how. */

#include "columns.h"

#include <string.h>

/* --- events and nations ----------------------------------------------------------- */

har_status annals_disciplines(struct har_database *db, struct har_arena *arena,
                              struct disciplines *out, struct har_error *err)
{
    size_t id_room = 0, event_room = 0;
    bool full = false;
    har_status status;
    struct har_query q = annals_ask(db, DISCIPLINE_ALL);
    *out = (struct disciplines){0};
    while ((status = har_answer(&q, err)) == HAR_OK) {
        int64_t *id = har_arena_grow(arena, out->id, out->count, &id_room, sizeof *id);
        struct har_event *event =
            har_arena_grow(arena, out->event, out->count, &event_room, sizeof *event);
        int64_t number = har_take_int(&q);
        const char *code = har_take_text(&q, arena, &full);
        if (!id || !event || full) {
            har_drop(&q);
            return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the events");
        }
        out->id = id;
        out->event = event;
        id[out->count] = number;
        if (har_parse_event(har_bytes_of(code ? code : ""), &event[out->count], NULL) ==
            HAR_OK)
            out->count++;
    }
    return status == HAR_END ? HAR_OK : status;
}

int64_t annals_discipline(const struct disciplines *all, const struct har_event *event)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->event[i].kind == event->kind &&
            all->event[i].distance_mm == event->distance_mm)
            return all->id[i];
    return 0;
}

enum { LETTERS = 27, CODE_SIZE = 3 };

int64_t annals_nation(const char *code)
{
    int64_t number = 0;
    if (!code || strlen(code) != CODE_SIZE) return 0;
    for (size_t i = 0; i < CODE_SIZE; i++) {
        if (code[i] < 'A' || code[i] > 'Z') return 0;
        number = number * LETTERS + (code[i] - 'A' + 1);
    }
    return number;
}

static const char *nation_of(int64_t number, struct har_arena *arena, bool *full)
{
    char code[CODE_SIZE];
    if (number <= 0) return NULL;
    for (size_t i = CODE_SIZE; i-- > 0; number /= LETTERS)
        code[i] = (char)('A' + number % LETTERS - 1);
    const char *copy = har_arena_copy(arena, code, sizeof code);
    if (!copy) *full = true;
    return copy;
}

/* --- hashes ------------------------------------------------------------------------- */

static uint64_t add_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001b3);
}

uint64_t annals_hash_text(uint64_t hash, const char *text)
{
    if (!text) return add_byte(hash, 1);
    for (; *text; text++) hash = add_byte(hash, (unsigned char)*text);
    return add_byte(hash, 0);
}

uint64_t annals_hash_number(uint64_t hash, int64_t number)
{
    for (unsigned shift = 0; shift < 64; shift += 8)
        hash = add_byte(hash, (unsigned char)((uint64_t)number >> shift));
    return hash;
}

/* --- rows --------------------------------------------------------------------------- */

int64_t annals_day(int64_t day)
{
    return day == HAR_NO_DAY ? NO_SUCH_DAY : day;
}

struct mark_row annals_mark_row(const struct har_listed *row, int64_t discipline, int sex,
                                int64_t person, int64_t meeting)
{
    int64_t listed_ms = har_listed_ms(&row->mark, &row->event);
    return (struct mark_row){.event = discipline,
                             .time_ms = listed_ms,
                             .day = annals_day(row->day),
                             .person = person,
                             .race = row->race,
                             .meeting = meeting,
                             .nation = annals_nation(row->nation),
                             .exact_ms = row->mark.time_ms == listed_ms ? HAR_NO_TIME
                                                                        : row->mark.time_ms,
                             .round = row->round,
                             .caveats = row->caveats,
                             .sex = sex == HAR_UNTOLD ? SEX_UNTOLD : sex,
                             .decimals = (int)row->mark.decimals,
                             .hand = row->mark.hand,
                             .place = row->place > 0 ? row->place : -1,
                             .eligible = row->eligible};
}

void annals_bind_mark(struct har_query *q, const struct mark_row *row)
{
    har_bind_int(q, row->event);
    har_bind_int(q, row->sex);
    har_bind_int(q, row->time_ms);
    har_bind_int(q, row->day);
    har_bind_int(q, row->person);
    har_bind_int(q, (int64_t)row->race);
    har_bind_int(q, row->meeting);
    har_bind_int(q, row->nation);
    har_bind_time(q, row->exact_ms);
    har_bind_int(q, row->decimals);
    har_bind_int(q, row->hand);
    har_bind_choice(q, row->place);
    har_bind_text(q, row->round);
    har_bind_int(q, row->caveats);
    har_bind_choice(q, row->eligible);
}

static const struct har_event *event_of(const struct disciplines *all, int64_t id)
{
    static const struct har_event none = {0};
    for (size_t i = 0; i < all->count; i++)
        if (all->id[i] == id) return &all->event[i];
    return &none;
}

struct har_listed annals_take_mark(struct har_query *q, const struct disciplines *all,
                                   struct har_arena *arena, bool *full)
{
    struct har_listed row = {.event = *event_of(all, har_take_int(q))};
    int sex = har_take_choice(q);
    int64_t listed_ms = har_take_int(q), day = har_take_int(q);
    row.id = har_take_int(q);
    row.sex = sex == SEX_UNTOLD ? HAR_UNTOLD : sex;
    row.day = day == NO_SUCH_DAY ? HAR_NO_DAY : day;
    row.race = (uint64_t)har_take_int(q);
    row.nation = nation_of(har_take_int(q), arena, full);
    int64_t exact_ms = har_take_time(q);
    row.mark.time_ms = exact_ms == HAR_NO_TIME ? listed_ms : exact_ms;
    row.mark.decimals = (unsigned)har_take_int(q);
    row.mark.hand = har_take_int(q);
    row.mark.short_track = row.event.kind == HAR_EVENT_SHORT_TRACK;
    row.place = (int)har_take_int(q);
    row.round = har_take_text(q, arena, full);
    row.caveats = (unsigned)har_take_int(q);
    row.eligible = har_take_choice(q);
    row.born_day = HAR_NO_DAY;
    row.points = HAR_UNTOLD; /* many rows are read for a few that are shown */
    return row;
}

void annals_take_athlete(struct har_query *q, struct har_listed *row,
                         struct har_arena *arena, bool *full)
{
    row->person = har_take_int(q);
    row->name = har_take_text(q, arena, full);
    int64_t born_day = har_take_time(q);
    row->born_day = born_day == HAR_NO_TIME ? HAR_NO_DAY : born_day;
    row->born_year = (int)har_take_int(q);
}

void annals_take_meeting(struct har_query *q, struct har_listed *row,
                         struct har_arena *arena, bool *full)
{
    row->competition = har_take_text(q, arena, full);
    row->venue = har_take_text(q, arena, full);
}

struct har_listed annals_take_row(struct har_query *q, const struct disciplines *all,
                                  struct har_arena *arena, bool *full)
{
    struct har_listed row = annals_take_mark(q, all, arena, full);
    annals_take_athlete(q, &row, arena, full);
    annals_take_meeting(q, &row, arena, full);
    return row;
}
