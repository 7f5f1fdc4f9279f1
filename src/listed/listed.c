/* SPDX-License-Identifier: MIT */
/* One mark of a list.
 *
 * Hand times. World Athletics adds 0.24 s to 200 m, and 0.14 s over 300 and 400 m, before
 * it scores a time taken by hand; to 500 m it did until 2025 and to no longer race ever.
 * Its lists to July 2023 rank 3:30.2h and 3:30.20 as equal, in all 17 lists where both
 * stand; its lists of 600 and 800 m have no hand times at all. Here those are listed, with
 * an "h": half of the history of 800 m is in them.
 *
 * Records ask for a camera to 400 m since 1977 and to 800 m since 1981; a hand time before
 * that was as good as any. The 800 m is a rule of today, the years are recalled and not
 * verified.
 *
 * Aided. A drop of more than 1 m in 1 km, or start and finish more than half the distance
 * apart, and a mark is no record and in no ordinary list. "d" and "p" are what clubs write,
 * "a" is ARRS's, here for a course of which it is only known that it helps. A row that says
 * both that it is eligible and how it is aided is taken for aided: the second had to be
 * measured. Too large a short track is not aided, but listed apart as well ("OT").
 *
 * Women with men: on the road they have records of their own kind and the lists have both;
 * on the track such a mark is no record, and stands in the lists with its "Mx". That it
 * stands there is our choice: the lists differ. */

#include "harrier/listed.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* --- time ---------------------------------------------------------------------------- */

static const struct allowance {
    int64_t to_mm, ms;
} by_hand[] = {{200000, 240}, {400000, 140}};

int64_t har_listed_ms(const struct har_mark *mark, const struct har_event *event)
{
    int64_t ms = har_mark_official_ms(mark, event);
    for (size_t i = 0; i < COUNT(by_hand) && mark->hand; i++)
        if (event->distance_mm <= by_hand[i].to_mm) return ms + by_hand[i].ms;
    return ms;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* As strcmp(), with what is not told last. */
static int compare_names(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : !a - !b;
}

int har_listed_compare(const struct har_listed *a, const struct har_listed *b)
{
    int order = compare_numbers(har_listed_ms(&a->mark, &a->event),
                                har_listed_ms(&b->mark, &b->event));
    if (!order) order = (a->day == HAR_NO_DAY) - (b->day == HAR_NO_DAY);
    if (!order) order = compare_numbers(a->day, b->day);
    if (!order) order = !a->place - !b->place;
    if (!order) order = compare_numbers(a->place, b->place);
    if (!order) order = compare_names(a->name, b->name);
    return order ? order : compare_numbers(a->id, b->id);
}

/* --- what stands beside it ----------------------------------------------------------- */

static bool is_aided(const struct har_listed *row)
{
    return row->eligible == 0 || (row->caveats & (HAR_AIDED_DROP | HAR_AIDED_APART));
}

size_t har_listed_flags(const struct har_listed *row, const char *flag[HAR_MOST_FLAGS])
{
    unsigned caveats = row->caveats;
    bool told = caveats & (HAR_AIDED_DROP | HAR_AIDED_APART);
    const struct {
        bool on;
        const char *text;
    } flags[HAR_MOST_FLAGS] = {
        {row->mark.hand, "h"},
        {row->event.kind == HAR_EVENT_SHORT_TRACK, "i"},
        {caveats & HAR_EN_ROUTE, "+"},
        {caveats & HAR_AT_ALTITUDE, "A"},
        {caveats & HAR_AIDED_DROP, "d"},
        {caveats & HAR_AIDED_APART, "p"},
        {is_aided(row) && !told, "a"},
        {caveats & HAR_LARGE_TRACK, "OT"},
        {caveats & HAR_MIXED_RACE, "Mx"},
        {caveats & HAR_WOMEN_ONLY, "Wo"},
        {caveats & HAR_NOT_RATIFIED, "#"},
    };
    size_t count = 0;
    for (size_t i = 0; i < HAR_MOST_FLAGS; i++)
        if (flags[i].on) flag[count++] = flags[i].text;
    return count;
}

const char *har_listed_apart(const struct har_listed *row)
{
    if (is_aided(row)) return "the course is not eligible";
    if (row->caveats & HAR_LARGE_TRACK) return "the track is longer than 201.2 m a lap";
    return NULL;
}

static const struct camera_rule {
    int64_t to_mm;
    struct har_date since;
} camera_rules[] = {{400000, {1977, 1, 1}}, {800000, {1981, 1, 1}}};

static bool wants_camera(const struct har_listed *row)
{
    for (size_t i = 0; i < COUNT(camera_rules); i++)
        if (row->event.distance_mm <= camera_rules[i].to_mm &&
            (row->day == HAR_NO_DAY || row->day >= har_day_of(camera_rules[i].since)))
            return true;
    return false;
}

const char *har_listed_no_record(const struct har_listed *row)
{
    const char *apart = har_listed_apart(row);
    if (apart) return apart;
    if (row->caveats & HAR_NOT_RATIFIED) return "it was not ratified";
    if (row->mark.hand && wants_camera(row))
        return "records over this distance need a camera";
    bool on_road = row->event.kind == HAR_EVENT_ROAD;
    if ((row->caveats & HAR_MIXED_RACE) && row->sex != HAR_MEN && !on_road)
        return "women's marks in races with men are no records on the track";
    return NULL;
}

/* --- rows ---------------------------------------------------------------------------- */

bool har_same_event(const struct har_event *a, const struct har_event *b)
{
    return a->kind == b->kind && a->distance_mm == b->distance_mm;
}

/* FNV-1a, 64 bits. */
static uint64_t add_bytes(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *at = data;
    for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* Letters and digits of a text, small, and a byte to end it. */
static uint64_t add_letters(uint64_t hash, const char *text)
{
    for (const char *at = text; at && *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c - 'A' + 'a');
        bool is_mark = c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
        if (!is_mark) hash = add_bytes(hash, &c, 1);
    }
    return add_bytes(hash, "", 1);
}

/* A final without a letter for it is a final. */
uint64_t har_race_of(const struct har_listed *row)
{
    bool placed = (row->competition && *row->competition) || (row->venue && *row->venue);
    if (row->day == HAR_NO_DAY || !placed) return 0;
    int64_t numbers[] = {row->event.kind, row->event.distance_mm, row->sex, row->day};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < COUNT(numbers); i++)
        for (unsigned shift = 0; shift < 64; shift += 8) {
            unsigned char byte = (unsigned char)((uint64_t)numbers[i] >> shift);
            hash = add_bytes(hash, &byte, 1);
        }
    hash = add_letters(hash, row->competition);
    hash = add_letters(hash, row->venue);
    hash = add_letters(hash, row->round && *row->round ? row->round : "f");
    return hash ? hash : 1;
}

struct har_listed har_listed_of(const struct har_result *result, int64_t id, int64_t person)
{
    struct har_listed row = {
        .id = id,
        .person = person,
        .name = result->athlete,
        .nation = result->nation,
        .sex = result->sex,
        .born_day = result->born_day,
        .born_year = result->born_year,
        .event = result->event,
        .mark = result->mark,
        .day = result->day,
        .place = result->place,
        .round = result->round,
        .competition = result->name,
        .venue = result->venue,
        .caveats = result->caveats,
        .eligible = result->eligible,
        .points = HAR_UNTOLD,
    };
    row.race = har_race_of(&row);
    if (row.sex != HAR_UNTOLD &&
        har_points(&row.mark, &row.event, (enum har_sex)row.sex, HAR_POINTS_EDITION,
                   &row.points, NULL) != HAR_OK)
        row.points = HAR_UNTOLD;
    return row;
}

static bool copy_text(const char **text, struct har_arena *arena)
{
    if (*text) *text = har_arena_copy(arena, *text, strlen(*text));
    return *text != NULL;
}

bool har_listed_copy(const struct har_listed *row, struct har_arena *arena,
                     struct har_listed *out)
{
    struct har_listed copy = *row;
    const char **texts[] = {&copy.name, &copy.nation, &copy.round, &copy.competition,
                            &copy.venue};
    for (size_t i = 0; i < COUNT(texts); i++)
        if (*texts[i] && !copy_text(texts[i], arena)) return false;
    *out = copy;
    return true;
}

/* --- age ----------------------------------------------------------------------------- */

enum { OLDEST = 130 }; /* beyond it a year of birth is a slip */

int har_listed_born_year(const struct har_listed *row)
{
    return row->born_day != HAR_NO_DAY ? har_date_of(row->born_day).year : row->born_year;
}

void har_listed_ages(const struct har_listed *row, int *least, int *most)
{
    *least = *most = HAR_UNTOLD;
    int born = har_listed_born_year(row);
    if (!born || row->day == HAR_NO_DAY) return;
    struct har_date on = har_date_of(row->day);
    if (on.year - born < 0 || on.year - born > OLDEST) return;
    *most = on.year - born;
    *least = *most > 0 ? *most - 1 : 0;
    if (row->born_day == HAR_NO_DAY) return;
    struct har_date birth = har_date_of(row->born_day);
    bool had = on.month > birth.month || (on.month == birth.month && on.day >= birth.day);
    *least = *most = had ? *most : *least;
}
