/* SPDX-License-Identifier: MIT */
/* What people and programs write into the cells of a result sheet.
 *
 * Days. ISO 8601 is one day and so is 31.12.2025: with points the day comes first wherever
 * points are written. With slashes it depends on the country, so such a day is taken only
 * where one reading alone is a day, or both are the same; a guess would be wrong one time
 * in two and nobody would see it. A year has four digits.
 *
 * Numbers and marks may have a decimal comma, for what separates the columns is known.
 *
 * Behind a mark stands what lists say of it. h and i are of the mark itself. The letters
 * are those of World Athletics' lists and of the ARRS (a: a course that may have helped);
 * recalled and not checked for each list: that # and * say that it was not ratified. */

#include "cell.h"

#include <math.h>
#include <string.h>

enum { QUOTED = 40 /* bytes of a cell in a sentence */, LONGEST_NUMBER = 31 };

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

int cell_quoted(struct har_bytes cell)
{
    return cell.size < QUOTED ? (int)cell.size : QUOTED;
}

static uint8_t small(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

bool cell_says(struct har_bytes cell, const char *word)
{
    if (cell.size != strlen(word)) return false;
    for (size_t i = 0; i < cell.size; i++)
        if (small(cell.data[i]) != small((uint8_t)word[i])) return false;
    return true;
}

struct har_bytes cell_trimmed(struct har_bytes cell)
{
    while (cell.size && cell.data[0] <= ' ') cell.data++, cell.size--;
    while (cell.size && cell.data[cell.size - 1] <= ' ') cell.size--;
    return cell;
}

/* The value of the first row whose word the cell says; `other` for none. */
struct word {
    const char *text;
    int value;
};

static int value_among(struct har_bytes cell, const struct word *words, size_t count,
                       int other)
{
    for (size_t i = 0; i < count; i++)
        if (cell_says(cell, words[i].text)) return words[i].value;
    return other;
}

/* --- days --------------------------------------------------------------------------- */

/* The three parts of a day as they stand. */
struct parts {
    int number[3];
    unsigned digits[3];
    char separator; /* '-', '.', '/', or ' ' where the second part is a word */
};

static unsigned take_digits(struct har_bytes *at, int *value)
{
    unsigned n = 0;
    for (*value = 0; at->size && n < 4 && at->data[0] >= '0' && at->data[0] <= '9'; n++) {
        *value = *value * 10 + (at->data[0] - '0');
        at->data++, at->size--;
    }
    return n;
}

static bool take_one_of(struct har_bytes *at, const char *set, char *taken)
{
    if (!at->size || !at->data[0] || !strchr(set, at->data[0])) return false;
    *taken = (char)at->data[0];
    at->data++, at->size--;
    return true;
}

/* The month of an English or German word; 0 for none. Three letters tell them apart. */
static unsigned take_month(struct har_bytes *at, int *month)
{
    static const struct {
        const char *begins;
        int month;
    } months[] = {
        {"jan", 1},  {"feb", 2},  {"mar", 3},  {"m\xc3\xa4r", 3}, {"apr", 4}, {"may", 5},
        {"mai", 5},  {"jun", 6},  {"jul", 7},  {"aug", 8},        {"sep", 9}, {"oct", 10},
        {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12},
    };
    size_t length = 0;
    while (length < at->size && (small(at->data[length]) >= 'a')) length++;
    for (size_t i = 0; i < COUNT(months); i++) {
        size_t least = strlen(months[i].begins);
        struct har_bytes head = {at->data, least};
        if (length < least || !cell_says(head, months[i].begins)) continue;
        at->data += length, at->size -= length;
        *month = months[i].month;
        return 2;
    }
    return 0;
}

static bool take_parts(struct har_bytes cell, struct parts *out)
{
    char second;
    struct har_bytes at = cell;
    out->digits[0] = take_digits(&at, &out->number[0]);
    if (!out->digits[0] || !take_one_of(&at, "-./ ", &out->separator)) return false;
    if (out->separator == ' ') out->digits[1] = take_month(&at, &out->number[1]);
    else out->digits[1] = take_digits(&at, &out->number[1]);
    if (!out->digits[1] || !take_one_of(&at, "-./ ", &second) || second != out->separator)
        return false;
    out->digits[2] = take_digits(&at, &out->number[2]);
    /* A time of day may follow. */
    return out->digits[2] && (!at.size || at.data[0] == 'T' || at.data[0] == ' ');
}

/* HAR_NO_DAY unless the calendar has it. */
static int64_t day_from(int year, int month, int day)
{
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return HAR_NO_DAY;
    struct har_date date = {year, month, day};
    int64_t number = har_day_of(date);
    return har_date_of(number).day == day ? number : HAR_NO_DAY;
}

static har_status settle_slashes(struct har_bytes cell, const struct parts *p, int64_t *day,
                                 struct har_error *err)
{
    int64_t month_first = day_from(p->number[2], p->number[0], p->number[1]),
            day_first = day_from(p->number[2], p->number[1], p->number[0]);
    *day = month_first == HAR_NO_DAY ? day_first : month_first;
    if (month_first == HAR_NO_DAY || day_first == HAR_NO_DAY || month_first == day_first)
        return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0,
                    "\"%.*s\" is one day in America and another in Europe; write "
                    "%04d-%02d-%02d or %04d-%02d-%02d",
                    cell_quoted(cell), cell.data, p->number[2], p->number[0], p->number[1],
                    p->number[2], p->number[1], p->number[0]);
}

bool cell_day_first(struct har_bytes cell, int64_t *day)
{
    struct parts p;
    if (!take_parts(cell, &p) || p.separator != '-' || p.digits[0] != 4) return false;
    *day = day_from(p.number[0], p.number[2], p.number[1]);
    return *day != HAR_NO_DAY;
}

har_status cell_day(struct har_bytes cell, int64_t *day, struct har_error *err)
{
    struct parts p;
    *day = HAR_NO_DAY;
    if (take_parts(cell, &p)) {
        if (p.separator == '-' && p.digits[0] == 4)
            *day = day_from(p.number[0], p.number[1], p.number[2]);
        if (p.separator == '/' && p.digits[2] == 4) {
            har_status got = settle_slashes(cell, &p, day, err);
            if (got) return got;
        }
        if ((p.separator == '.' || p.separator == ' ') && p.digits[2] == 4)
            *day = day_from(p.number[2], p.number[1], p.number[0]);
    }
    if (*day != HAR_NO_DAY) return HAR_OK;
    int64_t swapped;
    if (cell_day_first(cell, &swapped)) {
        struct har_date date = har_date_of(swapped);
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "\"%.*s\" is no day: if month and day are swapped, write "
                        "%04d-%02d-%02d",
                        cell_quoted(cell), cell.data, date.year, date.month, date.day);
    }
    return har_fail(err, HAR_BAD_INPUT, 0, "\"%.*s\" is no day; 2025-12-31 is",
                    cell_quoted(cell), cell.data);
}

bool cell_american_day(struct har_bytes cell, int64_t *day)
{
    struct parts p;
    if (!take_parts(cell, &p) || p.separator != '/' || p.digits[2] != 4) return false;
    *day = day_from(p.number[2], p.number[0], p.number[1]);
    return *day != HAR_NO_DAY;
}

/* The last year before the race, by ten at least, that ends so: nobody in lists is younger.
 */
static int year_ending_in(int two_digits, int64_t race_day)
{
    int latest = har_date_of(race_day).year - 10;
    return latest - ((latest - two_digits) % 100 + 100) % 100;
}

/* 14.09.74 */
static int64_t short_day(const struct parts *p, int64_t race_day)
{
    if (p->separator != '.' || p->digits[2] != 2 || race_day == HAR_NO_DAY)
        return HAR_NO_DAY;
    return day_from(year_ending_in(p->number[2], race_day), p->number[1], p->number[0]);
}

har_status cell_born(struct har_bytes cell, int64_t race_day, struct born *born,
                     struct har_error *err)
{
    struct parts p;
    struct har_bytes at = cell;
    int year = 0, month;
    if (!cell.size || cell_says(cell, "-")) return HAR_OK;
    if (take_month(&at, &month) && at.size && at.data[0] == ' ') at.data++, at.size--;
    unsigned digits = take_digits(&at, &year);
    if (digits == 2 && race_day != HAR_NO_DAY) year = year_ending_in(year, race_day);
    if (!at.size && (digits == 4 || digits == 2) && year > 1800) {
        *born = (struct born){HAR_NO_DAY, year};
        return HAR_OK;
    }
    int64_t day = take_parts(cell, &p) ? short_day(&p, race_day) : HAR_NO_DAY;
    har_status got = day == HAR_NO_DAY ? cell_day(cell, &day, err) : HAR_OK;
    if (got == HAR_OK) *born = (struct born){day, har_date_of(day).year};
    return got;
}

/* --- numbers ------------------------------------------------------------------------ */

/* The cell with a point for a comma, in `room`; the cell itself where that says more than a
 * number could. */
static struct har_bytes with_point(struct har_bytes cell, uint8_t room[LONGEST_NUMBER])
{
    if (cell.size == 0 || cell.size > LONGEST_NUMBER) return cell;
    memcpy(room, cell.data, cell.size);
    uint8_t *comma = memchr(room, ',', cell.size);
    if (comma && !memchr(room, '.', cell.size)) *comma = '.';
    return (struct har_bytes){room, cell.size};
}

/* What may stand behind a mark; the longer before what it ends with. */
static const struct {
    const char *text;
    unsigned caveats;
    bool aided;
} suffixes[] = {
    {" min", 0, false},
    {" std", 0, false},
    {" h", 0, false},
    {"OT", HAR_LARGE_TRACK, false},
    {"Mx", HAR_MIXED_RACE, false},
    {"Wo", HAR_WOMEN_ONLY, false},
    {"A", HAR_AT_ALTITUDE, false},
    {"+", HAR_EN_ROUTE, false},
    {"#", HAR_NOT_RATIFIED, false},
    {"*", HAR_NOT_RATIFIED, false},
    {"a", 0, true},
};

/* Cuts one of them off; false if none is there. */
static bool cut_suffix(struct har_bytes *cell, unsigned *caveats, bool *aided)
{
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        size_t length = strlen(suffixes[i].text);
        if (cell->size <= length ||
            memcmp(cell->data + cell->size - length, suffixes[i].text, length) != 0)
            continue;
        cell->size -= length;
        *caveats |= suffixes[i].caveats;
        *aided |= suffixes[i].aided;
        return true;
    }
    return false;
}

/* h and i may stand before them: 3:33.4hA. */
har_status cell_mark(struct har_bytes cell, struct har_mark *mark, unsigned *caveats,
                     int *eligible, struct har_error *err)
{
    uint8_t room[LONGEST_NUMBER];
    struct har_bytes left = cell_trimmed(cell);
    unsigned found = 0;
    bool aided = false;
    har_status got = har_parse_mark(with_point(left, room), mark, err);
    if (got == HAR_OK) return got;
    while (got == HAR_BAD_INPUT && cut_suffix(&left, &found, &aided))
        got = har_parse_mark(with_point(left, room), mark, NULL);
    if (got) return got;
    *caveats |= found;
    if (aided) *eligible = 0;
    return HAR_OK;
}

har_status cell_caveats(struct har_bytes cell, unsigned *caveats, struct har_error *err)
{
    static const struct word words[] = {
        {"en_route", HAR_EN_ROUTE},       {"altitude", HAR_AT_ALTITUDE},
        {"drop", HAR_AIDED_DROP},         {"apart", HAR_AIDED_APART},
        {"large_track", HAR_LARGE_TRACK}, {"mixed", HAR_MIXED_RACE},
        {"women_only", HAR_WOMEN_ONLY},   {"not_ratified", HAR_NOT_RATIFIED},
    };
    for (size_t from = 0, at = 0; at <= cell.size; at++) {
        if (at < cell.size && !memchr(" ,;+", cell.data[at], 4)) continue;
        struct har_bytes part = {cell.data + from, at - from};
        int caveat = value_among(part, words, COUNT(words), 0);
        if (part.size && !caveat)
            return har_fail(err, HAR_BAD_INPUT, 0,
                            "\"%.*s\" is no caveat: en_route, altitude, drop, apart, "
                            "large_track, mixed, women_only and not_ratified are",
                            cell_quoted(part), part.data);
        *caveats |= (unsigned)caveat;
        from = at + 1;
    }
    return HAR_OK;
}

har_status cell_number(struct har_bytes cell, const char *column, double *value,
                       struct har_error *err)
{
    uint8_t room[LONGEST_NUMBER];
    if (!cell.size || har_parse_number(with_point(cell, room), value)) return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0, "%s is a number, not \"%.*s\"", column,
                    cell_quoted(cell), cell.data);
}

har_status cell_duration(struct har_bytes cell, const char *column, double unit_s,
                         double *seconds, struct har_error *err)
{
    struct har_bytes at = cell;
    int part[3] = {0};
    size_t parts = 0;
    char colon;
    *seconds = NAN;
    while (parts < 3 && take_digits(&at, &part[parts])) {
        parts++;
        if (!at.size || !take_one_of(&at, ":", &colon)) break;
    }
    if (parts >= 2 && !at.size && part[1] < 60 && part[2] < 60) {
        *seconds = part[0] * 3600.0 + part[1] * 60.0 + part[2];
        return HAR_OK;
    }
    har_status got = cell_number(cell, column, seconds, err);
    if (got == HAR_OK) *seconds *= unit_s;
    return got;
}

int cell_place(struct har_bytes cell, struct har_bytes *left)
{
    int place;
    char mark;
    cell = cell_trimmed(cell);
    if (cell.size > 1 && strchr("123456789", cell.data[1]))
        take_one_of(&cell, "=TJ", &mark);
    if (!take_digits(&cell, &place)) place = 0;
    *left = cell;
    return place;
}

/* --- words -------------------------------------------------------------------------- */

har_status cell_flag(struct har_bytes cell, const char *column, int *flag,
                     struct har_error *err)
{
    static const struct word words[] = {
        {"?", HAR_UNTOLD}, {"1", 1},     {"yes", 1},    {"y", 1},    {"true", 1},
        {"x", 1},          {"ja", 1},    {"j", 1},      {"wahr", 1}, {"indoor", 1},
        {"i", 1},          {"halle", 1}, {"0", 0},      {"no", 0},   {"n", 0},
        {"false", 0},      {"nein", 0},  {"falsch", 0}, {"-", 0},    {"outdoor", 0},
    };
    enum { NO_WORD = -2 };
    int value = cell.size ? value_among(cell, words, COUNT(words), NO_WORD) : *flag;
    if (value != NO_WORD) {
        *flag = value;
        return HAR_OK;
    }
    return har_fail(err, HAR_BAD_INPUT, 0, "%s is 1 or 0, yes or no, not \"%.*s\"", column,
                    cell_quoted(cell), cell.data);
}

int cell_sex(struct har_bytes cell)
{
    static const struct word words[] = {
        {"male", HAR_MEN},          {"men", HAR_MEN},
        {"man", HAR_MEN},           {"herren", HAR_MEN},
        {"herr", HAR_MEN},          {"mann", HAR_MEN},
        {"m\xc3\xa4nner", HAR_MEN}, {"m\xc3\xa4nnlich", HAR_MEN},
        {"female", HAR_WOMEN},      {"women", HAR_WOMEN},
        {"woman", HAR_WOMEN},       {"frauen", HAR_WOMEN},
        {"frau", HAR_WOMEN},        {"weiblich", HAR_WOMEN},
        {"damen", HAR_WOMEN},
    };
    enum har_sex sex;
    if (har_parse_sex(cell, &sex)) return (int)sex;
    return value_among(cell, words, COUNT(words), HAR_UNTOLD);
}

int cell_sex_of_class(struct har_bytes cell)
{
    static const struct word words[] = {
        {"sm", HAR_MEN}, {"mhk", HAR_MEN}, {"sw", HAR_WOMEN}, {"whk", HAR_WOMEN}};
    enum har_sex sex;
    struct har_bytes letter = {cell.data, 1};
    bool numbered = cell.size > 1 && ((cell.data[1] >= '0' && cell.data[1] <= '9') ||
                                      small(cell.data[1]) == 'u');
    if (numbered && har_parse_sex(letter, &sex)) return (int)sex;
    return value_among(cell, words, COUNT(words), cell_sex(cell));
}

bool cell_is_no_mark(struct har_bytes cell)
{
    static const char *const words[] = {"",    "-",    "--",   "dns",  "dnf", "dnq",
                                        "dq",  "dsq",  "nm",   "nt",   "nh",  "scr",
                                        "abg", "aufg", "disq", "n.a.", "ab",  "fs"};
    /* A disqualification may stand beside a time: "DQ 8:08.47". */
    for (size_t i = 0; i + 1 < cell.size; i++)
        if (memcmp(cell.data + i, "DQ", 2) == 0) return true;
    if (cell.size && cell.data[0] >= '0' && cell.data[0] <= '9') return false;
    for (size_t i = 0; i < COUNT(words); i++)
        if (cell_says(cell, words[i])) return true;
    return false;
}

bool cell_says_indoors(struct har_bytes cell)
{
    return cell.size >= 3 && memcmp(cell.data + cell.size - 3, "(i)", 3) == 0;
}
