/* SPDX-License-Identifier: MIT */
/* Which column of a table is what.
 *
 * Columns go by the names in one table, the likelier one first, so that a list that carries
 * both its own form and a normalised one is read from the first. Some of its choices are
 * not obvious. "name" is the race's where the sheet has no other name for it, and else the
 * athlete's. "rank" is nobody's place: in lists it is the rank in the list. "wind" is left
 * alone: in results it is the tailwind of a sprint, here a headwind is kept. And "land" is
 * where it was, as "country" is; whom one runs for is "nation".
 *
 * A mapping is what a user made of the guess, so it goes before all names. */

#include "columns.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static const char *const meanings[MEANINGS] = {
    [DATE] = "date",
    [EVENT] = "event",
    [TITLE] = "title",
    [MARK] = "mark",
    [PLACE] = "place",
    [ROUND] = "round",
    [STAGE] = "stage",
    [HEAT] = "heat",
    [NAME] = "race",
    [VENUE] = "venue",
    [CITY] = "city",
    [COUNTRY] = "country",
    [COURSE] = "course",
    [ELIGIBLE] = "eligible",
    [OFFICIAL] = "official",
    [HAND] = "hand",
    [SHORT_TRACK] = "indoor",
    [CAVEATS] = "caveats",
    [DROP] = "drop_m",
    [SEPARATION] = "separation_pct",
    [ALTITUDE] = "altitude_m",
    [TEMP] = "temp_c",
    [HUMIDITY] = "humidity_pct",
    [WBGT] = "wbgt_c",
    [WIND] = "wind_mps",
    [ATHLETE] = "athlete",
    [GIVEN] = "given",
    [FAMILY] = "family",
    [ID] = "id",
    [NATION] = "nation",
    [CLUB] = "club",
    [SEX] = "sex",
    [CLASS] = "class",
    [BORN] = "born",
    [NOTES] = "notes",
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
    {EVENT, "race distance"},
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
    {PLACE, "overall"},
    {PLACE, "gesamtplatz"},
    {ROUND, "round"},
    {ROUND, "runde"},
    {STAGE, "round stage"},
    {STAGE, "stage"},
    {HEAT, "heat"},
    {HEAT, "section"},
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
    {CITY, "city"},
    {VENUE, "ort"},
    {CITY, "stadt"},
    {VENUE, "stadium"},
    {VENUE, "arena"},
    {COUNTRY, "country"},
    {COUNTRY, "venue country"},
    {COUNTRY, "land"},
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
    {CAVEATS, "caveats"},
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
    {ATHLETE, "sportler"},
    {ATHLETE, "full name"},
    {GIVEN, "given"},
    {GIVEN, "given name"},
    {GIVEN, "first name"},
    {GIVEN, "vorname"},
    {FAMILY, "family"},
    {FAMILY, "family name"},
    {FAMILY, "last name"},
    {FAMILY, "surname"},
    {FAMILY, "nachname"},
    {FAMILY, "familienname"},
    {ID, "athlete id"},
    {ID, "licence"},
    {ID, "license"},
    {ID, "lizenz"},
    {NATION, "nation"},
    {NATION, "nat"},
    {NATION, "nationality"},
    {NATION, "nationalit\xc3\xa4t"},
    {CLUB, "club"},
    {CLUB, "team"},
    {CLUB, "affiliation"},
    {CLUB, "school"},
    {CLUB, "verein"},
    {SEX, "sex"},
    {SEX, "gender"},
    {SEX, "geschlecht"},
    {CLASS, "class"},
    {CLASS, "category"},
    {CLASS, "klasse"},
    {CLASS, "altersklasse"},
    {CLASS, "ak"},
    {BORN, "born"},
    {BORN, "birth date"},
    {BORN, "date of birth"},
    {BORN, "dob"},
    {BORN, "geboren"},
    {BORN, "geburtsdatum"},
    {BORN, "birth year"},
    {BORN, "year of birth"},
    {BORN, "yob"},
    {BORN, "jahrgang"},
    {BORN, "jg"},
    {BORN, "geburtsjahr"},
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

const char *columns_meaning(enum meaning meaning)
{
    return meanings[meaning];
}

static bool is_taken(const struct columns *c, size_t column)
{
    for (size_t m = 0; m < MEANINGS; m++)
        if (c->of[m] == column) return true;
    return false;
}

/* --- mappings ------------------------------------------------------------------------ */

static struct har_bytes until(struct har_bytes text, const char *ends)
{
    size_t size = 0;
    while (size < text.size && !strchr(ends, text.data[size])) size++;
    return (struct har_bytes){text.data, size};
}

static struct har_bytes after(struct har_bytes text, struct har_bytes head)
{
    size_t passed = head.size + (head.size < text.size);
    return (struct har_bytes){text.data + passed, text.size - passed};
}

/* MEANINGS for none. */
static enum meaning meaning_called(struct har_bytes name)
{
    size_t m = 0;
    while (m < MEANINGS && (strlen(meanings[m]) != name.size ||
                            memcmp(meanings[m], name.data, name.size) != 0))
        m++;
    return (enum meaning)m;
}

static bool is_called_no(struct har_bytes value)
{
    return value.size == 2 && memcmp(value.data, "no", 2) == 0;
}

/* Column 2 of "#3", and of any name that is one of the table's, letter by letter. */
static size_t column_told(const struct har_table *table, struct har_bytes value)
{
    int64_t number;
    struct har_bytes digits = {value.data + 1, value.size - 1};
    if (value.data[0] == '#' && har_parse_integer(digits, &number) && number >= 1 &&
        (uint64_t)number <= table->column_count)
        return (size_t)number - 1;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->column[i].size == value.size &&
            memcmp(table->column[i].data, value.data, value.size) == 0)
            return i;
    return HAR_NO_COLUMN;
}

static har_status tell_column(const struct har_table *table, struct har_bytes line,
                              struct columns *out, bool told[MEANINGS],
                              struct har_error *err)
{
    struct har_bytes name = until(line, "="), value = after(line, name);
    enum meaning meaning = meaning_called(name);
    size_t column = value.size ? column_told(table, value) : HAR_NO_COLUMN;
    int shown = line.size < 60 ? (int)line.size : 60;
    if (name.size == 6 && memcmp(name.data, "header", 6) == 0) {
        out->headless = is_called_no(value);
        return HAR_OK;
    }
    if (meaning == MEANINGS)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "\"%.*s\" of the mapping begins with nothing that a column can "
                        "mean, as in date=, mark= or athlete=",
                        shown, line.data);
    if (value.size && column == HAR_NO_COLUMN)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "\"%.*s\" of the mapping names no column of this table", shown,
                        line.data);
    out->of[meaning] = column;
    told[meaning] = true;
    return HAR_OK;
}

static har_status read_mapping(const struct har_table *table, const char *mapping,
                               struct columns *out, bool told[MEANINGS],
                               struct har_error *err)
{
    har_status got = HAR_OK;
    struct har_bytes left = har_bytes_of(mapping ? mapping : "");
    while (left.size && got == HAR_OK) {
        struct har_bytes line = until(left, "\r\n");
        /* -fanalyzer: the text is har_bytes_of() one, whole. */
        left = after(left, line);
        if (line.size) got = tell_column(table, line, out, told, err);
    }
    return got;
}

/* --- finding ------------------------------------------------------------------------ */

har_status columns_find(const struct har_table *table, const char *mapping,
                        struct columns *out, struct har_error *err)
{
    bool told[MEANINGS] = {false};
    *out = (struct columns){.headless = false};
    for (size_t m = 0; m < MEANINGS; m++) out->of[m] = HAR_NO_COLUMN;
    har_status got = read_mapping(table, mapping, out, told, err);
    if (got || out->headless) return got;
    for (size_t i = 0; i < COUNT(headings); i++) {
        size_t *column = &out->of[headings[i].meaning];
        if (told[headings[i].meaning] || *column != HAR_NO_COLUMN) continue;
        size_t found = har_table_column(table, headings[i].text, 0);
        if (found != HAR_NO_COLUMN && !is_taken(out, found)) *column = found;
    }
    return HAR_OK;
}

har_status columns_check(const struct columns *columns, const struct har_result *rest,
                         struct har_error *err)
{
    const struct {
        enum meaning meaning;
        const char *words;
        bool told;
    } needed[] = {{DATE, "the date", rest->day != HAR_NO_DAY},
                  {EVENT, "the event", rest->event.distance_mm > 0},
                  {MARK, "the mark", false}};
    for (size_t i = 0; i < COUNT(needed); i++)
        if (columns->of[needed[i].meaning] == HAR_NO_COLUMN && !needed[i].told)
            return har_fail(err, HAR_BAD_INPUT, 0,
                            "its first row names no column for %s; it needs date, event "
                            "and mark",
                            needed[i].words);
    return HAR_OK;
}
