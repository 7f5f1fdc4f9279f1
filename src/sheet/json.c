/* SPDX-License-Identifier: MIT */
/* Results as JSON: OpenTrack (new and old API), athlib's races, official results of
 * championships, World Athletics as others serve it, histories of Tilastopaja.
 *
 * They differ in how deep things lie and what they are called, and agree in this: an object
 * says something of all that lies within it, and an object with a mark in it is a result.
 * So the tree is walked once, each object adds what it says to what its holders said, by
 * one table of names, and no layout is told from another.
 *
 * Three names are not one thing. "country" is a runner's where the object is of a person or
 * a result, else where it was. "name" is a runner's there too, else an event's if it reads
 * as one and has no events in it, else the competition's. A "bib" stands for the competitor
 * of that number. In OpenTrack rounds are counted, and "rounds" of the event tells which
 * the last one is. */

#include "cell.h"
#include "layout.h"
#include "phrase.h"

#include <jansson.h>

#include <string.h>

enum { DEEPEST = 12 };

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* Of one meaning the first that the object has. */
static const struct member {
    enum meaning meaning;
    const char *name;
} members[] = {
    {MARK, "performance"},
    {MARK, "perf"},
    {MARK, "bestPerformance"},
    {MARK, "mark"},
    {MARK, "result"},
    {MARK, "time"},
    {DATE, "date"},
    {DATE, "startDate"},
    {DATE, "start_date"},
    {EVENT, "event_code"},
    {EVENT, "eventCode"},
    {EVENT, "event"},
    {EVENT, "discipline"},
    {EVENT, "disciplineCode"},
    {TITLE, "eventName"},
    {TITLE, "event_name"},
    {PLACE, "place"},
    {PLACE, "rank"},
    {PLACE, "position"},
    {PLACE, "pos"},
    {ROUND, "roundName"},
    {ROUND, "race"},
    {ROUND, "round"},
    {STAGE, "roundstage"},
    {HEAT, "heat"},
    {HEAT, "heatNumber"},
    {HEAT, "raceNumber"},
    {NAME, "compName"},
    {NAME, "competition"},
    {NAME, "full_name"},
    {NAME, "fullName"},
    {VENUE, "venue"},
    {VENUE, "arena"},
    {VENUE, "stadium"},
    {CITY, "city"},
    {COUNTRY, "venueCountry"},
    {COUNTRY, "country_id"},
    {SHORT_TRACK, "indoor"},
    {SHORT_TRACK, "indoors"},
    {SHORT_TRACK, "IndoorOutdoor"},
    {SHORT_TRACK, "indoorOutdoor"},
    {ELIGIBLE, "legal"},
    {ATHLETE, "athlete"},
    {ATHLETE, "competitor"},
    {GIVEN, "givenName"},
    {GIVEN, "firstname"},
    {GIVEN, "first_name"},
    {GIVEN, "firstName"},
    {FAMILY, "familyName"},
    {FAMILY, "lastname"},
    {FAMILY, "last_name"},
    {FAMILY, "lastName"},
    {ID, "WAID"},
    {ID, "tpAthleteId"},
    {ID, "athlete_id"},
    {ID, "athleteId"},
    {ID, "ot_athlete_id"},
    {NATION, "nation"},
    {NATION, "nationality"},
    {CLUB, "club"},
    {CLUB, "team"},
    {CLUB, "teamName"},
    {SEX, "gender"},
    {SEX, "sex"},
    {SEX, "genders"},
    {CLASS, "category"},
    {BORN, "DOB"},
    {BORN, "birthdate"},
    {BORN, "date_of_birth"},
    {BORN, "dateOfBirth"},
    {BORN, "birthDate"},
};

struct tree {
    struct gathering *g;
    json_t *competitors; /* by their numbers */
    uint64_t results;
};

/* What is known at one depth. */
struct depth {
    struct cells cells;
    const char *rounds; /* "8,3,1" */
    unsigned deep;
};

/* --- values -------------------------------------------------------------------------- */

/* What a string, a number or a truth says; nothing for anything else. */
static struct har_bytes said(const struct tree *tree, const json_t *value)
{
    struct har_text text = {.arena = tree->g->arena};
    if (json_is_string(value))
        return (struct har_bytes){(const uint8_t *)json_string_value(value),
                                  json_string_length(value)};
    if (json_is_boolean(value)) return har_bytes_of(json_is_true(value) ? "true" : "false");
    if (json_is_integer(value))
        har_text_format(&text, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value)) har_text_number(&text, json_real_value(value), 3);
    return (struct har_bytes){(const uint8_t *)text.data, text.size};
}

/* An event goes by words: a number there is what somebody's table calls it. And where
 * something is told to be neither indoors nor outdoors, it is told nothing. */
static bool means_it(enum meaning meaning, const json_t *value, struct har_bytes text)
{
    if (meaning == EVENT || meaning == ROUND) return json_is_string(value);
    if (meaning != SHORT_TRACK || json_is_boolean(value)) return true;
    return cell_says(text, "indoor") || cell_says(text, "outdoor");
}

static void fill(struct cells *own, enum meaning meaning, struct har_bytes text)
{
    if (!own->of[meaning].size) own->of[meaning] = text;
}

/* --- one object ----------------------------------------------------------------------- */

static bool is_person(const struct cells *own)
{
    return own->of[GIVEN].size || own->of[FAMILY].size || own->of[BORN].size;
}

/* A result by its mark; one that has an empty text for it has none. */
static bool is_result(const json_t *object)
{
    for (size_t i = 0; i < COUNT(members) && members[i].meaning == MARK; i++) {
        const json_t *value = json_object_get(object, members[i].name);
        if (json_is_string(value) || json_is_number(value)) return true;
    }
    return false;
}

static bool is_told_of(const struct cells *own, const json_t *object)
{
    return is_person(own) || is_result(object);
}

/* The event's, if it reads as one, else the competition's. */
static void take_name(struct cells *own, struct har_bytes name)
{
    bool event = phrase_passed(name) || phrase_of_race(name).has_event;
    fill(own, event ? TITLE : NAME, name);
}

static void take_members(const struct tree *tree, const json_t *object, struct cells *own)
{
    for (size_t i = 0; i < COUNT(members); i++) {
        const json_t *value = json_object_get(object, members[i].name);
        struct har_bytes text = value ? said(tree, value) : (struct har_bytes){0};
        if (text.size && means_it(members[i].meaning, value, text))
            fill(own, members[i].meaning, text);
    }
    bool told = is_told_of(own, object);
    struct har_bytes country = said(tree, json_object_get(object, "country")),
                     name = said(tree, json_object_get(object, "name"));
    fill(own, told ? NATION : COUNTRY, country);
    if (told) {
        fill(own, ID, said(tree, json_object_get(object, "id")));
        if (!is_person(own)) fill(own, ATHLETE, name);
    } else if (json_object_get(object, "events")) {
        fill(own, NAME, name);
    } else if (name.size) {
        take_name(own, name);
    }
}

/* An object within an object says more of the same: location, athlete. So does the only one
 * of a list of athletes. */
static void take_object(const struct tree *tree, const json_t *object, struct cells *own,
                        unsigned deep)
{
    const char *key;
    json_t *value;
    take_members(tree, object, own);
    if (deep == DEEPEST) return;
    json_object_foreach((json_t *)object, key, value)
    {
        if (json_is_object(value)) take_object(tree, value, own, deep + 1);
        else if (strcmp(key, "athletes") == 0 && json_array_size(value) == 1)
            take_object(tree, json_array_get(value, 0), own, deep + 1);
    }
}

/* The stage of round `number` where there are as many as `rounds` has numbers. */
static const char *stage_of_round(const char *rounds, long long number)
{
    long long count = 1;
    for (const char *c = rounds; *c; c++) count += *c == ',';
    if (number == count) return "f";
    return number + 1 == count && count > 2 ? "sf" : "h";
}

static void take_counted_round(const struct depth *around, const json_t *object,
                               struct cells *own)
{
    const json_t *round = json_object_get(object, "round");
    if (!around->rounds || !json_is_integer(round)) return;
    const char *stage = stage_of_round(around->rounds, json_integer_value(round));
    own->of[ROUND] = har_bytes_of(stage);
    if (*stage == 'f') own->of[HEAT] = har_bytes_of("");
}

static void take_competitor(const struct tree *tree, const json_t *object,
                            struct cells *own)
{
    struct har_bytes bib = said(tree, json_object_get(object, "bib"));
    char key[32];
    if (!tree->competitors || !bib.size || bib.size >= sizeof key) return;
    memcpy(key, bib.data, bib.size);
    key[bib.size] = '\0';
    const json_t *competitor = json_object_get(tree->competitors, key);
    if (competitor) take_members(tree, competitor, own);
}

/* Day 2 of a meeting is the day after its first. */
static void take_counted_day(const json_t *object, struct cells *cells)
{
    const json_t *day = json_object_get(object, "day");
    json_int_t number = json_integer_value(day);
    int64_t first;
    if (!json_is_integer(day) || number < 1 || number > 60) return;
    if (cell_day(cells->of[DATE], &first, NULL) == HAR_OK) cells->day = first + number - 1;
}

/* --- the tree ------------------------------------------------------------------------- */

static har_status walk(struct tree *tree, const json_t *value, const struct depth *around);

static har_status walk_list(struct tree *tree, const json_t *list,
                            const struct depth *around)
{
    har_status got = HAR_OK;
    for (size_t i = 0; i < json_array_size(list) && got == HAR_OK; i++)
        got = walk(tree, json_array_get(list, i), around);
    return got;
}

static har_status take_result(struct tree *tree, const struct cells *cells)
{
    bool dated =
        cells->of[DATE].size || cells->day != HAR_NO_DAY || tree->g->rest.day != HAR_NO_DAY;
    tree->results++;
    if (!dated)
        return har_fail(tree->g->err, HAR_BAD_INPUT, 0,
                        "it does not say on which day it was run");
    return gather(tree->g, cells);
}

static har_status walk(struct tree *tree, const json_t *value, const struct depth *around)
{
    struct depth here = *around;
    struct cells own = cells_at(0);
    const char *key;
    json_t *member;
    har_status got = HAR_OK;
    if (++here.deep > DEEPEST) return HAR_OK;
    if (json_is_array(value)) return walk_list(tree, value, &here);
    if (!json_is_object(value)) return HAR_OK;
    take_object(tree, value, &own, here.deep);
    take_counted_round(around, value, &own);
    if (own.of[MARK].size || is_result(value)) take_competitor(tree, value, &own);
    if (own.of[DATE].size) here.cells.day = HAR_NO_DAY;
    for (size_t m = 0; m < MEANINGS; m++)
        if (own.of[m].size) here.cells.of[m] = own.of[m];
    take_counted_day(value, &here.cells);
    here.cells.line = tree->results + 1;
    if (own.of[MARK].size || is_result(value)) return take_result(tree, &here.cells);
    member = json_object_get(value, "rounds");
    if (json_is_string(member)) here.rounds = json_string_value(member);
    json_object_foreach((json_t *)value, key, member)
    {
        if (got == HAR_OK && strcmp(key, "competitors") != 0)
            got = walk(tree, member, &here);
    }
    return got;
}

/* --- the whole ------------------------------------------------------------------------ */

static const char *competitor_number(const json_t *competitor)
{
    static const char *const names[] = {"bib", "competitor_id", "competitorId"};
    const char *number = NULL;
    for (size_t i = 0; i < COUNT(names) && !number; i++)
        number = json_string_value(json_object_get(competitor, names[i]));
    return number;
}

static json_t *index_competitors(const json_t *root)
{
    const json_t *list = json_object_get(root, "competitors");
    json_t *index = json_array_size(list) ? json_object() : NULL;
    for (size_t i = 0; i < json_array_size(list) && index; i++) {
        const char *number = competitor_number(json_array_get(list, i));
        if (number) json_object_set(index, number, json_array_get(list, i));
    }
    return index;
}

static bool name_competition(struct gathering *g, const json_t *root)
{
    static const char *const names[] = {"compName", "full_name", "fullName", "name"};
    const char *name = NULL;
    for (size_t i = 0; i < COUNT(names) && !name; i++)
        name = json_string_value(json_object_get(root, names[i]));
    if (name) g->competition = har_arena_copy(g->arena, name, strlen(name));
    return !name || g->competition;
}

static har_status walk_root(struct gathering *g, const json_t *root)
{
    struct tree tree = {.g = g, .competitors = index_competitors(root)};
    struct depth top = {.cells = cells_at(0)};
    har_status got =
        name_competition(g, root) ? walk(&tree, root, &top) : gathering_full(g);
    json_decref(tree.competitors);
    if (got == HAR_OK && tree.results == 0)
        got = har_fail(g->err, HAR_UNSUPPORTED, 0,
                       "this JSON holds no results: none of its objects has a mark "
                       "(performance, mark, result, time)");
    return got;
}

har_status layout_json(struct har_bytes sheet, struct gathering *g)
{
    json_error_t why;
    size_t at = 0;
    while (at < sheet.size && memchr(" \t\r\n", sheet.data[at], 4)) at++;
    if (at == sheet.size || (sheet.data[at] != '{' && sheet.data[at] != '['))
        return HAR_UNSUPPORTED;
    json_t *root = json_loadb((const char *)sheet.data, sheet.size, 0, &why);
    if (!root)
        return har_fail(g->err, HAR_BAD_INPUT, (uint64_t)why.position,
                        "it begins as JSON and is none: line %d, column %d", why.line,
                        why.column);
    har_status got = walk_root(g, root);
    json_decref(root);
    return got;
}
