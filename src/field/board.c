/* SPDX-License-Identifier: MIT */
/* What FinishLynx sends to a scoreboard, caught as lines of text.
 *
 * The maker's scripts (.lss) send groups - time, wind, header, result - and whoever
 * receives them defines the text: RESULT|place|lane|id|name|team|time|delta, say. So the
 * delimiter is whatever follows the first word, a result is told by its group and the order
 * of its fields, and a line of another group is none of ours, but for a HEADER, which names
 * the race of the results after it. A stream sends a result again when it changes: the last
 * one counts. It has finishes only, and never says over which distance. */

#include "draft.h"

#include <math.h>
#include <string.h>

enum {
    BOARD_FIELDS = 8,
    BOARD_LINES_TRIED = 16,
    BOARD_LOOK_BACK = 512, /* runners, among whom the one of a line is looked for */
};
enum {
    BOARD_GROUP = 0,
    BOARD_PLACE = 1,
    BOARD_ID = 3,
    BOARD_NAME = 4,
    BOARD_TIME = 6,
};

static const char *const groups[] = {"RESULT", "HEADER", "TIME", "WIND"};
enum { GROUP_RESULT, GROUP_HEADER, GROUPS = 4 };

/* The next line, without its end; false after the last. */
static bool next_line(struct har_bytes *rest, struct har_bytes *line)
{
    if (rest->size == 0) return false;
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    *line = (struct har_bytes){rest->data, size};
    size_t taken = size + (end != NULL);
    rest->data += taken;
    rest->size -= taken;
    while (line->size > 0 && line->data[line->size - 1] <= ' ') line->size--;
    return true;
}

/* The group of a line, GROUPS for none, and what divides its fields. */
static size_t group_of(struct har_bytes line, char *delimiter)
{
    for (size_t i = 0; i < GROUPS; i++) {
        size_t size = strlen(groups[i]);
        if (line.size <= size || memcmp(line.data, groups[i], size) != 0) continue;
        char c = (char)line.data[size];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                      (c >= 'a' && c <= 'z') || c == '_' || (unsigned char)c >= 0x80;
        if (letter) continue;
        *delimiter = c;
        return i;
    }
    return GROUPS;
}

static size_t fields_of_line(struct har_bytes line, char delimiter,
                             struct har_bytes field[BOARD_FIELDS])
{
    size_t count = 0, from = 0;
    for (size_t i = 0; i <= line.size && count < BOARD_FIELDS; i++) {
        if (i < line.size && (char)line.data[i] != delimiter) continue;
        size_t start = from, end = i;
        while (start < end && line.data[start] == ' ') start++;
        while (end > start && line.data[end - 1] == ' ') end--;
        field[count++] = (struct har_bytes){line.data + start, end - start};
        from = i + 1;
    }
    return count;
}

/* Whether the first lines are all of a group, and one of them is a result. */
static bool is_board(struct har_bytes text)
{
    struct har_bytes line, field[BOARD_FIELDS];
    bool results = false;
    char delimiter;
    for (unsigned tried = 0; tried < BOARD_LINES_TRIED && next_line(&text, &line);) {
        if (line.size == 0) continue;
        size_t group = group_of(line, &delimiter);
        if (group == GROUPS) return false;
        results = results || (group == GROUP_RESULT &&
                              fields_of_line(line, delimiter, field) > BOARD_TIME);
        tried++;
    }
    return results;
}

static bool is_text(const char *text, struct har_bytes bytes)
{
    return text && strlen(text) == bytes.size && memcmp(text, bytes.data, bytes.size) == 0;
}

/* Whoever this result is of: met before in this race, or new. */
static struct entrant *runner_of_line(struct draft *draft, const char *race, uint64_t line,
                                      const struct har_bytes *field)
{
    struct har_bytes id = field[BOARD_ID], name = field[BOARD_NAME];
    for (size_t i = 1; i <= draft->count && i <= BOARD_LOOK_BACK; i++) {
        struct entrant *e = &draft->entrant[draft->count - i];
        if (e->race != race) break;
        if (id.size > 0 ? is_text(e->who.bib, id) : is_text(e->who.name, name)) return e;
    }
    struct entrant *e = add_entrant(draft, line);
    if (!e) return NULL;
    e->race = race;
    e->who.bib = draft_text(draft, id);
    e->who.name = draft_text(draft, name);
    return e;
}

static void take_line(struct draft *draft, const char *race, uint64_t line,
                      const struct har_bytes *field)
{
    int64_t place;
    double time_s;
    struct har_bytes time = field[BOARD_TIME];
    if (field[BOARD_ID].size == 0 && field[BOARD_NAME].size == 0) return; /* an empty row */
    struct entrant *e = runner_of_line(draft, race, line, field);
    if (!e) return;
    e->count = 0;
    e->who.place = 0;
    if (har_parse_integer(field[BOARD_PLACE], &place) && place > 0 && place < 1000000)
        e->who.place = (int)place;
    har_status got = read_split(time, &time_s);
    if (got == HAR_OK) add_seen(draft, e, FINISH_M, time_s);
    else if (got == HAR_BAD_INPUT) add_note(draft, line, "the time is none: left out");
}

har_status read_board(struct har_bytes sheet, struct draft *draft)
{
    struct har_bytes line, field[BOARD_FIELDS];
    const char *race = NULL;
    char delimiter;
    if (!is_board(sheet)) return HAR_UNSUPPORTED;
    for (uint64_t at = 1; next_line(&sheet, &line) && !draft->failed; at++) {
        size_t group = group_of(line, &delimiter);
        size_t count = group < GROUPS ? fields_of_line(line, delimiter, field) : 0;
        if (group == GROUP_HEADER && count > 1) race = draft_text(draft, field[1]);
        else if (group == GROUP_RESULT && count > BOARD_TIME)
            take_line(draft, race, at, field);
        else if (line.size > 0 && (group == GROUPS || group == GROUP_RESULT))
            add_note(draft, at, "not a line of a result: left out");
    }
    if (!draft->failed) return HAR_OK;
    return har_fail(draft->err, HAR_NO_MEMORY, 0, "no memory for the results");
}
