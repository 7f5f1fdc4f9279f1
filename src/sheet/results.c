/* SPDX-License-Identifier: MIT */
/* Lists of results -> marks in their conditions.
 *
 * Columns go by the names in one table, the likelier one first, so that a list that carries
 * both its own form and a normalised one is read from the first. Three of its choices are
 * not obvious. "name" is the race's where the sheet has no other name for it, and else the
 * athlete's. "rank" is nobody's place: in lists it is the rank in the list. And "wind" is
 * left alone: in results it is the tailwind of a sprint, here a headwind is kept. */

#include "cell.h"
#include "refused.h"

#include <math.h>
#include <string.h>

enum meaning {
    DATE,
    EVENT,
    MARK,
    PLACE,
    NAME,
    VENUE,
    COURSE,
    ELIGIBLE,
    OFFICIAL,
    HAND,
    SHORT_TRACK,
    DROP,
    SEPARATION,
    ALTITUDE,
    TEMP,
    HUMIDITY,
    WBGT,
    WIND,
    ATHLETE,
    SEX,
    BORN,
    NOTES,
    MEANINGS
};

static const struct heading {
    enum meaning meaning;
    const char *text; /* as har_table_column() compares */
} headings[] = {
    {DATE, "date"},
    {DATE, "day"},
    {DATE, "datum"},
    {DATE, "tag"},
    {EVENT, "event"},
    {EVENT, "event code"},
    {EVENT, "discipline"},
    {EVENT, "distance"},
    {EVENT, "disziplin"},
    {EVENT, "strecke"},
    {EVENT, "distanz"},
    {EVENT, "wettbewerb"},
    {MARK, "mark"},
    {MARK, "official time"},
    {MARK, "chip time"},
    {MARK, "net time"},
    {MARK, "time"},
    {MARK, "result"},
    {MARK, "performance"},
    {MARK, "leistung"},
    {MARK, "nettozeit"},
    {MARK, "zeit"},
    {MARK, "endzeit"},
    {MARK, "ergebnis"},
    {MARK, "time_s"},
    {MARK, "seconds"},
    {PLACE, "place"},
    {PLACE, "position"},
    {PLACE, "pos"},
    {PLACE, "platz"},
    {PLACE, "platzierung"},
    {PLACE, "rang"},
    {NAME, "race"},
    {NAME, "competition"},
    {NAME, "meeting"},
    {NAME, "meet"},
    {NAME, "race name"},
    {NAME, "comp name"},
    {NAME, "wettkampf"},
    {NAME, "veranstaltung"},
    {NAME, "rennen"},
    {NAME, "lauf"},
    {VENUE, "venue"},
    {VENUE, "city"},
    {VENUE, "ort"},
    {VENUE, "stadt"},
    {VENUE, "austragungsort"},
    {COURSE, "course"},
    {COURSE, "kurs"},
    {ELIGIBLE, "eligible"},
    {ELIGIBLE, "legal"},
    {ELIGIBLE, "eligible_sb"},
    {ELIGIBLE, "bestenlistenf\xc3\xa4hig"},
    {OFFICIAL, "official"},
    {OFFICIAL, "offiziell"},
    {OFFICIAL, "amtlich"},
    {HAND, "hand"},
    {HAND, "hand timed"},
    {HAND, "handgestoppt"},
    {SHORT_TRACK, "short track"},
    {SHORT_TRACK, "indoor"},
    {SHORT_TRACK, "indoors"},
    {SHORT_TRACK, "in out"},
    {SHORT_TRACK, "halle"},
    {DROP, "drop_m"},
    {DROP, "drop"},
    {DROP, "gef\xc3\xa4lle_m"},
    {SEPARATION, "separation_pct"},
    {SEPARATION, "separation"},
    {ALTITUDE, "altitude_m"},
    {ALTITUDE, "altitude"},
    {ALTITUDE, "elevation_m"},
    {ALTITUDE, "h\xc3\xb6he_m"},
    {ALTITUDE, "h\xc3\xb6he"},
    {TEMP, "temp_c"},
    {TEMP, "temp"},
    {TEMP, "temperature_c"},
    {TEMP, "temperature"},
    {TEMP, "temperatur"},
    {HUMIDITY, "humidity_pct"},
    {HUMIDITY, "humidity"},
    {HUMIDITY, "luftfeuchte"},
    {HUMIDITY, "luftfeuchtigkeit"},
    {WBGT, "wbgt_c"},
    {WBGT, "wbgt"},
    {WIND, "wind_mps"},
    {WIND, "headwind_mps"},
    {WIND, "headwind"},
    {WIND, "gegenwind"},
    {ATHLETE, "athlete"},
    {ATHLETE, "competitor"},
    {ATHLETE, "runner"},
    {ATHLETE, "athlet"},
    {ATHLETE, "athletin"},
    {ATHLETE, "l\xc3\xa4ufer"},
    {ATHLETE, "athlete id"},
    {SEX, "sex"},
    {SEX, "gender"},
    {SEX, "geschlecht"},
    {BORN, "born"},
    {BORN, "birth date"},
    {BORN, "date of birth"},
    {BORN, "dob"},
    {BORN, "geboren"},
    {BORN, "geburtsdatum"},
    {NOTES, "notes"},
    {NOTES, "note"},
    {NOTES, "comment"},
    {NOTES, "remarks"},
    {NOTES, "bemerkung"},
    {NOTES, "notiz"},
    {NOTES, "kommentar"},
    /* Whoever of the two has no name yet. */
    {NAME, "name"},
    {ATHLETE, "name"},
};

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
    {VENUE, offsetof(struct har_result, venue)},
    {COURSE, offsetof(struct har_result, course)},
    {ATHLETE, offsetof(struct har_result, athlete)},
    {NOTES, offsetof(struct har_result, notes)},
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static har_status results_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for these results");
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

/* --- one row ------------------------------------------------------------------------ */

struct reading {
    struct har_table table;
    struct har_table_row row;
    size_t column[MEANINGS];
    struct har_result rest; /* what rows do not say */
    struct har_arena *arena;
};

static struct har_bytes cell_of(const struct reading *r, enum meaning meaning)
{
    return har_table_field(&r->row, r->column[meaning]);
}

static har_status read_feat(const struct reading *r, struct har_result *result,
                            struct har_error *err)
{
    har_status got = cell_day(cell_of(r, DATE), &result->day, err);
    if (got == HAR_OK && r->column[EVENT] != HAR_NO_COLUMN)
        got = har_parse_event(cell_of(r, EVENT), &result->event, err);
    if (got == HAR_OK) got = cell_mark(cell_of(r, MARK), &result->mark, err);
    return got;
}

static har_status read_flags(const struct reading *r, struct har_result *result,
                             struct har_error *err)
{
    int official = result->official, hand = HAR_UNTOLD, indoors = HAR_UNTOLD;
    har_status got = cell_flag(cell_of(r, ELIGIBLE), "eligible", &result->eligible, err);
    if (got == HAR_OK) got = cell_flag(cell_of(r, OFFICIAL), "official", &official, err);
    if (got == HAR_OK) got = cell_flag(cell_of(r, HAND), "hand", &hand, err);
    if (got == HAR_OK) got = cell_flag(cell_of(r, SHORT_TRACK), "indoor", &indoors, err);
    if (got) return got;
    result->official = official != 0;
    if (hand == 1) result->mark.hand = true;
    bool track = result->event.kind == HAR_EVENT_TRACK;
    if (indoors == 1 || (track && cell_says_indoors(cell_of(r, VENUE))))
        result->mark.short_track = true;
    return HAR_OK;
}

static har_status read_measures(const struct reading *r, struct har_result *result,
                                struct har_error *err)
{
    har_status got = HAR_OK;
    for (size_t i = 0; i < COUNT(measures) && got == HAR_OK; i++)
        got = cell_number(cell_of(r, measures[i].meaning), measures[i].name,
                          (double *)(void *)((char *)result + measures[i].at), err);
    return got;
}

static har_status read_texts(const struct reading *r, struct har_result *result,
                             struct har_error *err)
{
    for (size_t i = 0; i < COUNT(texts); i++)
        if (!cell_text(cell_of(r, texts[i].meaning), r->arena,
                       (const char **)(void *)((char *)result + texts[i].at)))
            return results_full(err);
    return HAR_OK;
}

static har_status read_row(const struct reading *r, struct har_result *result,
                           struct har_error *err)
{
    *result = r->rest;
    result->line = r->row.line;
    har_status got = read_feat(r, result, err);
    if (got == HAR_OK) got = read_flags(r, result, err);
    if (got == HAR_OK) got = read_measures(r, result, err);
    if (got == HAR_OK) got = har_result_check(result, err);
    if (got) return got;
    int sex = cell_sex(cell_of(r, SEX)), place = cell_place(cell_of(r, PLACE));
    int64_t born_day;
    if (sex != HAR_UNTOLD) result->sex = sex;
    if (place) result->place = place;
    if (cell_day(cell_of(r, BORN), &born_day, NULL) == HAR_OK) result->born_day = born_day;
    return read_texts(r, result, err);
}

/* --- the sheet ---------------------------------------------------------------------- */

static bool is_taken(const struct reading *r, size_t column)
{
    for (size_t m = 0; m < MEANINGS; m++)
        if (r->column[m] == column) return true;
    return false;
}

static har_status find_columns(struct reading *r, struct har_error *err)
{
    static const struct {
        enum meaning meaning;
        const char *words;
    } needed[] = {{DATE, "the date"}, {EVENT, "the event"}, {MARK, "the mark"}};
    for (size_t m = 0; m < MEANINGS; m++) r->column[m] = HAR_NO_COLUMN;
    for (size_t i = 0; i < COUNT(headings); i++) {
        size_t *column = &r->column[headings[i].meaning];
        size_t found = har_table_column(&r->table, headings[i].text, 0);
        if (*column == HAR_NO_COLUMN && found != HAR_NO_COLUMN && !is_taken(r, found))
            *column = found;
    }
    bool told = r->rest.event.distance_mm > 0;
    for (size_t i = 0; i < COUNT(needed); i++)
        if (r->column[needed[i].meaning] == HAR_NO_COLUMN &&
            !(told && needed[i].meaning == EVENT))
            return har_fail(err, HAR_BAD_INPUT, 0,
                            "its first row names no column for %s; it needs date, event "
                            "and mark",
                            needed[i].words);
    return HAR_OK;
}

/* Arrays that grow while the rows are read. */
struct gathered {
    struct har_result *result;
    size_t count, room, without_mark;
    struct refusals refused;
};

static har_status refuse(struct gathered *g, const struct reading *r,
                         const struct har_error *why, struct har_error *err)
{
    bool kept = refusals_add(&g->refused, r->row.line, why, r->arena);
    return kept ? HAR_OK : results_full(err);
}

static har_status gather_row(struct gathered *g, const struct reading *r,
                             struct har_error *err)
{
    struct har_error why = {0};
    struct har_result *rows =
        har_arena_grow(r->arena, g->result, g->count, &g->room, sizeof *rows);
    if (!rows) return results_full(err);
    g->result = rows;
    if (cell_is_no_mark(cell_of(r, MARK))) {
        g->without_mark++;
        return HAR_OK;
    }
    har_status got = read_row(r, &rows[g->count], &why);
    if (got == HAR_NO_MEMORY) return results_full(err);
    if (got) return refuse(g, r, &why, err);
    g->count++;
    return HAR_OK;
}

har_status har_results_read(struct har_bytes sheet, const struct har_sheet_hints *hints,
                            struct har_arena *arena, struct har_results *out,
                            struct har_error *err)
{
    struct reading r = {.arena = arena,
                        .rest = hints && hints->rest ? *hints->rest : har_result_untold()};
    struct gathered g = {0};
    struct har_error why = {0};
    har_status got = har_table_open(sheet, arena, &r.table, err);
    if (got == HAR_OK) got = find_columns(&r, err);
    while (got == HAR_OK &&
           (got = har_table_next(&r.table, arena, &r.row, &why)) != HAR_END)
        got = got == HAR_BAD_INPUT   ? refuse(&g, &r, &why, err)
              : got == HAR_NO_MEMORY ? results_full(err)
                                     : gather_row(&g, &r, err);
    if (got != HAR_END) return got;
    *out = (struct har_results){.layout = "table",
                                .count = g.count,
                                .result = g.result,
                                .refused_count = g.refused.count,
                                .refused = g.refused.row,
                                .without_mark = g.without_mark};
    return HAR_OK;
}
