/* SPDX-License-Identifier: MIT */
/* Cells -> marks in their conditions.
 *
 * Each layout says where its cells are, and this alone says what they mean. A row whose
 * event is no run is counted under that event and no fault; one that has no mark is
 * counted; one that cannot be is refused with a sentence. What cannot be is more than what
 * does not parse: a mark that nobody has come near, a nation that is none, a runner not yet
 * five years old or over 110. */

#include "gather.h"

#include "cell.h"
#include "phrase.h"
#include "text.h"

#include <math.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define MILE_MM INT64_C(1609344)

/* Numbers: where they belong, and what any race has had; altitude, temperatures and wind as
 * convert takes them. */
static const struct measure {
    enum meaning meaning;
    const char *name;
    size_t at;
    double least, most;
} measures[] = {
    {DROP, "drop_m", offsetof(struct har_result, drop_m), -5000, 5000},
    {SEPARATION, "separation_pct", offsetof(struct har_result, separation_pct), 0, 100},
    {ALTITUDE, "altitude_m", offsetof(struct har_result, altitude_m), -430, 5000},
    {TEMP, "temp_c", offsetof(struct har_result, temp_c), -40, 50},
    {HUMIDITY, "humidity_pct", offsetof(struct har_result, humidity_pct), 0, 100},
    {WBGT, "wbgt_c", offsetof(struct har_result, wbgt_c), -10, 35},
    {WIND, "wind_mps", offsetof(struct har_result, wind_mps), -8, 20},
};

static const struct {
    enum meaning meaning;
    size_t at;
} texts[] = {
    {NAME, offsetof(struct har_result, name)},
    {COURSE, offsetof(struct har_result, course)},
    {ID, offsetof(struct har_result, id)},
    {CLUB, offsetof(struct har_result, club)},
    {NOTES, offsetof(struct har_result, notes)},
};

har_status gathering_full(const struct gathering *g)
{
    return har_fail(g->err, HAR_NO_MEMORY, 0, "not enough memory for these results");
}

struct cells cells_at(uint64_t line)
{
    struct cells cells = {.line = line, .day = HAR_NO_DAY};
    for (size_t m = 0; m < MEANINGS; m++) cells.of[m] = har_bytes_of("");
    return cells;
}

/* --- one result --------------------------------------------------------------------- */

struct har_result har_result_untold(void)
{
    struct har_result result = {
        .sex = HAR_UNTOLD,
        .born_day = HAR_NO_DAY,
        .day = HAR_NO_DAY,
        .official = true,
        .eligible = HAR_UNTOLD,
    };
    for (size_t i = 0; i < COUNT(measures); i++)
        *(double *)(void *)((char *)&result + measures[i].at) = NAN;
    return result;
}

static double measured(const struct har_result *result, const struct measure *measure)
{
    return *(const double *)(const void *)((const char *)result + measure->at);
}

har_status har_result_check(struct har_result *result, struct har_error *err)
{
    har_status got = har_event_of_mark(&result->event, &result->mark, &result->event, err);
    if (got == HAR_OK) got = har_mark_check(&result->mark, &result->event, err);
    for (size_t i = 0; i < COUNT(measures) && got == HAR_OK; i++) {
        double value = measured(result, &measures[i]);
        if (isnan(value) || (value >= measures[i].least && value <= measures[i].most))
            continue;
        got = har_fail(err, HAR_OUT_OF_RANGE, 0, "%s is from %d to %d in any race",
                       measures[i].name, (int)measures[i].least, (int)measures[i].most);
    }
    return got;
}

/* --- what is read into it ----------------------------------------------------------- */

static har_status read_day(const struct cells *c, struct har_result *result,
                           struct har_error *err)
{
    if (c->day != HAR_NO_DAY) {
        result->day = c->day;
        return HAR_OK;
    }
    if (c->of[DATE].size == 0 && result->day != HAR_NO_DAY) return HAR_OK;
    return cell_day(c->of[DATE], &result->day, err);
}

static har_status read_flags(const struct cells *c, struct har_result *result,
                             struct har_error *err)
{
    int official = result->official, hand = HAR_UNTOLD, indoors = HAR_UNTOLD;
    har_status got = cell_flag(c->of[ELIGIBLE], "eligible", &result->eligible, err);
    if (got == HAR_OK) got = cell_flag(c->of[OFFICIAL], "official", &official, err);
    if (got == HAR_OK) got = cell_flag(c->of[HAND], "hand", &hand, err);
    if (got == HAR_OK) got = cell_flag(c->of[SHORT_TRACK], "indoor", &indoors, err);
    if (got == HAR_OK) got = cell_caveats(c->of[CAVEATS], &result->caveats, err);
    if (got) return got;
    result->official = official != 0;
    if (hand == 1) result->mark.hand = true;
    bool track = result->event.kind == HAR_EVENT_TRACK;
    if (indoors == 1 || (track && cell_says_indoors(c->of[VENUE])))
        result->mark.short_track = true;
    return HAR_OK;
}

/* 2M is two miles of the road; but under a roof it is the track's. */
static void settle_mile(struct har_result *result)
{
    bool mile = result->event.distance_mm == MILE_MM,
         two = result->event.distance_mm == 2 * MILE_MM;
    if (result->mark.short_track && result->event.kind == HAR_EVENT_ROAD && (mile || two))
        har_parse_event(har_bytes_of(mile ? "MILE" : "2MILE"), &result->event, NULL);
}

static har_status read_measures(const struct cells *c, struct har_result *result,
                                struct har_error *err)
{
    har_status got = HAR_OK;
    for (size_t i = 0; i < COUNT(measures) && got == HAR_OK; i++)
        got = cell_number(c->of[measures[i].meaning], measures[i].name,
                          (double *)(void *)((char *)result + measures[i].at), err);
    return got;
}

static har_status read_person(const struct gathering *g, const struct cells *c,
                              struct har_result *result, struct har_error *err)
{
    struct born born = {result->born_day, result->born_year};
    int sex = cell_sex(c->of[SEX]);
    if (sex == HAR_UNTOLD) sex = cell_sex_of_class(c->of[CLASS]);
    if (sex == HAR_UNTOLD) sex = g->event_sex;
    if (sex != HAR_UNTOLD) result->sex = sex;
    har_status got = cell_nation(c->of[NATION], &result->nation, err);
    if (got == HAR_OK) got = cell_born(c->of[BORN], result->day, &born, err);
    result->born_day = born.day;
    result->born_year = born.year;
    if (got || !born.year) return got;
    int race_year = har_date_of(result->day).year;
    if (born.year + 5 <= race_year && born.year + 110 >= race_year) return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0,
                    "born in %d and running in %d: one of the two is wrong", born.year,
                    race_year);
}

/* --- texts --------------------------------------------------------------------------- */

/* "Bravo, Ben" is Ben Bravo. */
static void turn_name(struct har_bytes cell, struct har_bytes *given,
                      struct har_bytes *family)
{
    const uint8_t *comma = cell.size ? memchr(cell.data, ',', cell.size) : NULL;
    *given = har_bytes_of("");
    *family = cell;
    if (!comma) return;
    size_t at = (size_t)(comma - cell.data);
    *given = cell_trimmed((struct har_bytes){comma + 1, cell.size - at - 1});
    family->size = at;
}

static bool read_athlete(const struct gathering *g, const struct cells *c,
                         struct har_result *result)
{
    struct har_text name = {.arena = g->arena};
    struct har_bytes given = c->of[GIVEN], family = c->of[FAMILY];
    if (c->of[ATHLETE].size) turn_name(c->of[ATHLETE], &given, &family);
    else if (!given.size && !family.size) family = c->of[ID];
    if (!given.size || !family.size)
        return text_of_cell(given.size ? given : family, g->arena, &result->athlete);
    text_add_cell(&name, given);
    har_text_add(&name, " ");
    text_add_cell(&name, family);
    result->athlete = name.data;
    return !name.failed;
}

/* "Stadio Olimpico, Roma (ITA)", as World Athletics writes it. */
static bool read_venue(const struct gathering *g, const struct cells *c,
                       struct har_result *result)
{
    struct har_text venue = {.arena = g->arena};
    struct har_bytes city = c->of[CITY], country = c->of[COUNTRY], ground = c->of[VENUE];
    if (ground.size && memchr(ground.data, '(', ground.size))
        city = country = har_bytes_of("");
    if (!ground.size) ground = city, city = har_bytes_of("");
    if (!ground.size || (!city.size && !country.size))
        return text_of_cell(ground, g->arena, &result->venue);
    text_add_cell(&venue, ground);
    if (city.size) har_text_add(&venue, ", ");
    text_add_cell(&venue, city);
    if (country.size == 3) {
        har_text_add(&venue, " (");
        text_add_cell(&venue, country);
        har_text_add(&venue, ")");
    }
    result->venue = venue.data;
    return !venue.failed;
}

/* The place and, from behind it or from its own cells, the round. */
static bool read_round(const struct gathering *g, const struct cells *c,
                       struct har_result *result)
{
    char round[ROUND_ROOM];
    struct har_bytes left;
    int place = cell_place(c->of[PLACE], &left);
    if (place) result->place = place;
    phrase_round(c->of[ROUND], c->of[HEAT], round);
    if (!*round) phrase_round(c->of[STAGE], c->of[HEAT], round);
    if (!*round) phrase_round(left, har_bytes_of(""), round);
    if (*round) result->round = har_arena_copy(g->arena, round, strlen(round));
    return !*round || result->round;
}

static har_status read_texts(const struct gathering *g, const struct cells *c,
                             struct har_result *result)
{
    bool kept =
        read_athlete(g, c, result) && read_venue(g, c, result) && read_round(g, c, result);
    for (size_t i = 0; i < COUNT(texts) && kept; i++)
        kept = text_of_cell(c->of[texts[i].meaning], g->arena,
                            (const char **)(void *)((char *)result + texts[i].at));
    return kept ? HAR_OK : HAR_NO_MEMORY;
}

/* --- one row ------------------------------------------------------------------------ */

static bool same_bytes(struct har_bytes a, struct har_bytes b)
{
    return a.size == b.size && a.size > 0 && memcmp(a.data, b.data, a.size) == 0;
}

static void settle_titled(struct gathering *g)
{
    struct phrase told = phrase_of_race(g->event_cell);
    g->event_sex = told.sex;
    if (!told.has_event) return;
    g->event = told.event;
    g->event_status = HAR_OK;
}

/* What the row's event is, in g->event or the reason in its neighbours. */
static void settle_event(struct gathering *g, const struct cells *c)
{
    bool titled = !c->of[EVENT].size && c->of[TITLE].size;
    struct har_bytes cell = c->of[titled ? TITLE : EVENT];
    if (same_bytes(cell, g->event_cell) && titled == g->event_titled) return;
    g->event_cell = cell;
    g->event_titled = titled;
    g->event_passed = NULL;
    g->event_sex = HAR_UNTOLD;
    if (cell.size == 0 && g->rest.event.distance_mm > 0) {
        g->event = g->rest.event;
        g->event_status = HAR_OK;
        return;
    }
    g->event_status = har_parse_event(cell, &g->event, &g->event_why);
    if (g->event_status == HAR_OK) return;
    g->event_passed = phrase_passed(cell);
    if (g->event_passed) return;
    if (titled) settle_titled(g);
    else g->event_status = phrase_event(cell, &g->event, &g->event_why);
}

static har_status pass_row(struct gathering *g, const struct cells *c)
{
    const char *event = NULL;
    if (!text_of_cell(g->event_cell, g->arena, &event)) return gathering_full(g);
    for (size_t i = 0; i < g->passed_count; i++) {
        if (strcmp(g->passed[i].event, event) != 0) continue;
        g->passed[i].rows++;
        return HAR_OK;
    }
    struct har_passed_event *rows =
        har_arena_grow(g->arena, g->passed, g->passed_count, &g->passed_room, sizeof *rows);
    if (!rows) return gathering_full(g);
    g->passed = rows;
    rows[g->passed_count++] = (struct har_passed_event){c->line, event, g->event_passed, 1};
    return HAR_OK;
}

static har_status read_row(const struct gathering *g, const struct cells *c,
                           struct har_result *result, struct har_error *err)
{
    *result = g->rest;
    result->line = c->line;
    result->event = g->event;
    har_status got = read_day(c, result, err);
    if (got == HAR_OK && g->event_status) {
        *err = g->event_why;
        got = g->event_status;
    }
    if (got == HAR_OK)
        got =
            cell_mark(c->of[MARK], &result->mark, &result->caveats, &result->eligible, err);
    if (got == HAR_OK) got = read_flags(c, result, err);
    if (got == HAR_OK) got = read_measures(c, result, err);
    settle_mile(result);
    if (got == HAR_OK) got = har_result_check(result, err);
    if (got == HAR_OK) got = read_person(g, c, result, err);
    return got ? got : read_texts(g, c, result);
}

har_status gather_refusal(struct gathering *g, uint64_t line, const struct har_error *why)
{
    return refusals_add(&g->refused, line, why, g->arena) ? HAR_OK : gathering_full(g);
}

/* Disqualified with a time is without one. */
static bool is_without_mark(const struct cells *c)
{
    struct har_bytes place = cell_trimmed(c->of[PLACE]);
    return cell_is_no_mark(cell_trimmed(c->of[MARK])) ||
           (place.size > 1 && place.data[0] != '-' && cell_is_no_mark(place));
}

har_status gather(struct gathering *g, const struct cells *c)
{
    struct har_error why = {0};
    settle_event(g, c);
    if (g->event_passed) return pass_row(g, c);
    if (is_without_mark(c)) {
        g->without_mark++;
        return HAR_OK;
    }
    struct har_result *rows =
        har_arena_grow(g->arena, g->result, g->count, &g->room, sizeof *rows);
    if (!rows) return gathering_full(g);
    g->result = rows;
    har_status got = read_row(g, c, &rows[g->count], &why);
    if (got == HAR_NO_MEMORY) return gathering_full(g);
    if (got) return gather_refusal(g, c->line, &why);
    g->count++;
    return HAR_OK;
}
