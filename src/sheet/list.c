/* SPDX-License-Identifier: MIT */
/* All-time lists in columns of text, as alltime-athletics.com and yearbooks print them:
 *
 *     4    3:26.45A   Hicham El Guerrouj   MAR   14.09.74   1rA   Zurich   12.08.1998
 *
 * The width of columns differs from list to list, and copies have commas between them, so a
 * row is known by what its words are and not by where they stand: a rank, a mark, a name up
 * to the code of a nation, the day or year of birth, the place, and between that and the
 * day at the end the venue. What stands between rows may name the event and the sex, or say
 * of what follows that it was hand timed or run indoors (recalled from such lists, not
 * checked against each). */

#include "cell.h"
#include "layout.h"
#include "phrase.h"
#include "text.h"

#include <string.h>

enum { MOST_TOKENS = 32, LINES_TO_TRY = 200 };

struct line {
    size_t count;
    struct har_bytes token[MOST_TOKENS];
    struct har_bytes text;
};

static bool parts_tokens(uint8_t c)
{
    return c <= ' ' || c == ',' || c == ';';
}

static struct line line_of(struct har_bytes text)
{
    struct line line = {.text = text};
    size_t from = 0;
    for (size_t i = 0; i <= text.size && line.count < MOST_TOKENS; i++) {
        if (i < text.size && !parts_tokens(text.data[i])) continue;
        if (i > from)
            line.token[line.count++] = (struct har_bytes){text.data + from, i - from};
        from = i + 1;
    }
    return line;
}

/* From the beginning of token `from` to the end of the one before `to`. */
static struct har_bytes span(const struct line *line, size_t from, size_t to)
{
    if (to <= from) return har_bytes_of("");
    const uint8_t *begin = line->token[from].data;
    const struct har_bytes *last = &line->token[to - 1];
    return (struct har_bytes){begin, (size_t)(last->data + last->size - begin)};
}

static bool begins_with_digit(struct har_bytes token)
{
    return token.size && token.data[0] >= '0' && token.data[0] <= '9';
}

static bool is_rank_and_mark(const struct line *line)
{
    int64_t rank;
    struct har_mark mark;
    unsigned caveats = 0;
    int eligible;
    if (line->count < 2) return false;
    struct har_bytes first = line->token[0], second = line->token[1];
    if (first.data[first.size - 1] == '.') first.size--;
    return har_parse_integer(first, &rank) && rank > 0 &&
           (memchr(second.data, ':', second.size) ||
            memchr(second.data, '.', second.size)) &&
           cell_mark(second, &mark, &caveats, &eligible, NULL) == HAR_OK;
}

/* Where the nation stands: the first code of one with a number behind it. */
static size_t find_nation(const struct line *line)
{
    char code[4] = {0};
    for (size_t i = 3; i + 1 < line->count; i++) {
        if (line->token[i].size != 3 || !begins_with_digit(line->token[i + 1])) continue;
        memcpy(code, line->token[i].data, 3);
        if (har_nation_name(code)) return i;
    }
    return line->count;
}

/* 14.09.74, or 74 with a place behind it: else that is the place. */
static bool is_birth(const struct line *line, size_t at)
{
    struct har_bytes token = line->token[at];
    if (at + 1 >= line->count || !begins_with_digit(token)) return false;
    struct har_bytes behind = line->token[at + 1];
    return memchr(token.data, '.', token.size) ||
           (token.size == 2 && (begins_with_digit(behind) || cell_says(behind, "-")));
}

static bool read_line(const struct line *line, struct cells *out)
{
    int64_t day;
    size_t nation = find_nation(line), last = line->count - 1, at = nation + 1;
    if (nation >= last || cell_day(line->token[last], &day, NULL)) return false;
    out->of[MARK] = line->token[1];
    out->of[ATHLETE] = cell_trimmed(span(line, 2, nation));
    out->of[NATION] = line->token[nation];
    out->of[DATE] = line->token[last];
    if (is_birth(line, at)) out->of[BORN] = line->token[at++];
    if (at < last &&
        (begins_with_digit(line->token[at]) || cell_says(line->token[at], "-")))
        out->of[PLACE] = line->token[at++];
    out->of[VENUE] = span(line, at, last);
    return true;
}

/* --- between the rows ----------------------------------------------------------------- */

/* What a heading says of the rows that follow. */
struct section {
    struct har_event event; /* with a distance where it is known */
    int sex;
    const char *hand, *indoors; /* "yes" or "" */
};

static bool says_within(struct har_bytes text, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= text.size; i++)
        if (cell_says((struct har_bytes){text.data + i, length}, word)) return true;
    return false;
}

static void read_heading(struct har_bytes text, struct section *section)
{
    struct phrase told = phrase_of_race(text);
    if (told.has_event && told.sex != HAR_UNTOLD) {
        section->event = told.event;
        section->sex = told.sex;
        section->hand = section->indoors = "";
    }
    if (says_within(text, "hand tim")) section->hand = "yes", section->indoors = "";
    if (says_within(text, "indoor")) section->indoors = "yes", section->hand = "";
}

/* --- the list --------------------------------------------------------------------------
 */

static har_status take_line(const struct line *line, uint64_t number,
                            const struct section *section, struct gathering *g)
{
    struct har_error why = {0};
    struct cells cells = cells_at(number);
    if (section->event.distance_mm == 0)
        return har_fail(g->err, HAR_BAD_INPUT, number,
                        "it reads as an all-time list that does not say of which event: "
                        "tell it, or call the file as in men_1500-metres.txt");
    if (!read_line(line, &cells)) {
        har_fail(&why, HAR_BAD_INPUT, 0,
                 "it begins as a row of a list, with rank and mark, and goes on without a "
                 "nation or a day");
        return gather_refusal(g, number, &why);
    }
    cells.of[EVENT] = har_bytes_of(section->event.code);
    if (section->sex != HAR_UNTOLD)
        cells.of[SEX] = har_bytes_of(section->sex == HAR_MEN ? "M" : "W");
    cells.of[HAND] = har_bytes_of(section->hand);
    cells.of[SHORT_TRACK] = har_bytes_of(section->indoors);
    return gather(g, &cells);
}

static struct har_bytes next_line(struct har_bytes *left)
{
    struct har_bytes line = {left->data, 0};
    while (line.size < left->size && left->data[line.size] != '\n') line.size++;
    size_t passed = line.size + (line.size < left->size);
    left->data += passed;
    left->size -= passed;
    return cell_trimmed(line);
}

static bool reads_as_list(struct har_bytes page)
{
    struct cells cells;
    for (size_t n = 0; n < LINES_TO_TRY && page.size; n++) {
        struct line line = line_of(next_line(&page));
        if (is_rank_and_mark(&line) && read_line(&line, &cells)) return true;
    }
    return false;
}

har_status layout_list(struct har_bytes sheet, struct gathering *g)
{
    struct section section = {g->rest.event, g->rest.sex, "", ""};
    har_status got = HAR_OK;
    if (!text_of_page(&sheet, g->arena)) return gathering_full(g);
    if (!reads_as_list(sheet)) return HAR_UNSUPPORTED;
    for (uint64_t number = 1; sheet.size && got == HAR_OK; number++) {
        struct line line = line_of(next_line(&sheet));
        if (is_rank_and_mark(&line)) got = take_line(&line, number, &section, g);
        else read_heading(line.text, &section);
    }
    return got;
}
