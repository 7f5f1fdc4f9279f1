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
 * Texts that are not UTF-8 are taken for Windows-1252, which spreadsheets still write; its
 * five holes become U+FFFD. */

#include "cell.h"

#include <math.h>
#include <string.h>

enum { QUOTED = 40 /* bytes of a cell in a sentence */, LONGEST_NUMBER = 31 };

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static int quoted_size(struct har_bytes cell)
{
    return cell.size < QUOTED ? (int)cell.size : QUOTED;
}

static uint8_t small(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

static bool says(struct har_bytes cell, const char *word)
{
    if (cell.size != strlen(word)) return false;
    for (size_t i = 0; i < cell.size; i++)
        if (small(cell.data[i]) != (uint8_t)word[i]) return false;
    return true;
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
        if (length < least || !says(head, months[i].begins)) continue;
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
                    quoted_size(cell), cell.data, p->number[2], p->number[0], p->number[1],
                    p->number[2], p->number[1], p->number[0]);
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
    return har_fail(err, HAR_BAD_INPUT, 0, "\"%.*s\" is no day; 2025-12-31 is",
                    quoted_size(cell), cell.data);
}

bool cell_day_first(struct har_bytes cell, int64_t *day)
{
    struct parts p;
    if (!take_parts(cell, &p) || p.separator != '-' || p.digits[0] != 4) return false;
    *day = day_from(p.number[0], p.number[2], p.number[1]);
    return *day != HAR_NO_DAY;
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

har_status cell_mark(struct har_bytes cell, struct har_mark *mark, struct har_error *err)
{
    uint8_t room[LONGEST_NUMBER];
    return har_parse_mark(with_point(cell, room), mark, err);
}

har_status cell_number(struct har_bytes cell, const char *column, double *value,
                       struct har_error *err)
{
    uint8_t room[LONGEST_NUMBER];
    if (!cell.size || har_parse_number(with_point(cell, room), value)) return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0, "%s is a number, not \"%.*s\"", column,
                    quoted_size(cell), cell.data);
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

int cell_place(struct har_bytes cell)
{
    int place;
    return take_digits(&cell, &place) ? place : 0;
}

/* --- words -------------------------------------------------------------------------- */

/* The value of the first row whose word the cell says; `other` for none. */
struct word {
    const char *text;
    int value;
};

static int value_among(struct har_bytes cell, const struct word *words, size_t count,
                       int other)
{
    for (size_t i = 0; i < count; i++)
        if (says(cell, words[i].text)) return words[i].value;
    return other;
}

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
                    quoted_size(cell), cell.data);
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

bool cell_is_no_mark(struct har_bytes cell)
{
    static const char *const words[] = {"",    "-",    "--",   "dns",  "dnf", "dnq",
                                        "dq",  "dsq",  "nm",   "nt",   "nh",  "scr",
                                        "abg", "aufg", "disq", "n.a.", "ab",  "fs"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (says(cell, words[i])) return true;
    return false;
}

bool cell_says_indoors(struct har_bytes cell)
{
    return cell.size >= 3 && memcmp(cell.data + cell.size - 3, "(i)", 3) == 0;
}

/* --- texts -------------------------------------------------------------------------- */

/* Bytes of the UTF-8 character at `at`; 0 if there is none. */
static size_t character_size(struct har_bytes text, size_t at)
{
    uint8_t lead = text.data[at];
    size_t size = lead < 0x80   ? 1
                  : lead < 0xc2 ? 0
                  : lead < 0xe0 ? 2
                  : lead < 0xf0 ? 3
                  : lead < 0xf5 ? 4
                                : 0;
    if (size > text.size - at) return 0;
    for (size_t i = 1; i < size; i++)
        if ((text.data[at + i] & 0xc0) != 0x80) return 0;
    return size;
}

static bool is_utf8(struct har_bytes text)
{
    for (size_t at = 0, size; at < text.size; at += size)
        if (!(size = character_size(text, at))) return false;
    return true;
}

/* Where Windows-1252 is not Latin-1: 0x80 to 0x9f. */
static const uint16_t windows[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

static void add_character(struct har_text *text, unsigned code)
{
    char bytes[3];
    size_t size = 0;
    if (code < 0x80) bytes[size++] = (char)code;
    else {
        if (code >= 0x800) bytes[size++] = (char)(0xe0 | code >> 12);
        bytes[size] = (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3f) : 0xc0 | code >> 6);
        size++;
        bytes[size++] = (char)(0x80 | (code & 0x3f));
    }
    har_text_bytes(text, bytes, size);
}

bool cell_text(struct har_bytes cell, struct har_arena *arena, const char **text)
{
    if (!cell.size) return true;
    if (is_utf8(cell)) {
        *text = har_arena_copy(arena, cell.data, cell.size);
        return *text != NULL;
    }
    struct har_text out = {.arena = arena};
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t c = cell.data[i];
        add_character(&out, c >= 0x80 && c < 0xa0 ? windows[c - 0x80] : c);
    }
    *text = out.data;
    return !out.failed;
}
