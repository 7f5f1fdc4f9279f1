/* SPDX-License-Identifier: MIT */
/* Hy-Tek's Meet Manager: its results as a printed page or as HTML.
 *
 *     Event 12  Men 1500 Meter Run
 *     ==========================================================
 *         Name               Year School      Seed    Finals  Points
 *     ==========================================================
 *       1 Bravo, Ben           JR City AC   3:55.00   3:52.41   10
 *             59.10 (59.10)   2:02.33 (1:03.23)
 *      -- Charlie, Carl        SR Hill H.   3:58.00       DNF
 *
 * A title, a rule, records and the header, a rule, rows. The header's words say where the
 * columns are: names begin where their word does, times end where theirs does, give or
 * take. Of two columns of times the result is Finals, then the round before; Seed is no
 * result. Its banner has the day of printing: the day is the one behind the meeting's name,
 * the first of several (the page does not say on which of them an event was).
 *
 * Letters about a mark: J before it judges a tie; q and Q behind it are for the next round;
 * signs behind it point to the records above, and the rest is as in all lists.
 *
 * Its semicolon files are entries (records of D, Q, I): what stands in them as a mark is
 * what somebody hopes for. */

#include "cell.h"
#include "layout.h"
#include "phrase.h"
#include "text.h"

#include <string.h>

enum { HEAD = 4096, SLACK = 3 };

struct heading_word {
    size_t from, to; /* columns; to is behind the last; 0 for none */
};

struct page {
    struct gathering *g;
    struct har_bytes left;
    uint64_t line;
    int64_t day;
    struct har_bytes meeting, title,
        before;     /* `before`: the last line with anything in it */
    unsigned rules; /* since the title */
    struct heading_word name, team, mark;
    struct har_bytes stage, heat;
    struct cells event; /* what the title says of all rows */
};

static struct har_bytes page_line(struct page *p)
{
    struct har_bytes line = {p->left.data, 0};
    while (line.size < p->left.size && p->left.data[line.size] != '\n') line.size++;
    size_t passed = line.size + (line.size < p->left.size);
    p->left.data += passed;
    p->left.size -= passed;
    p->line++;
    while (line.size && line.data[line.size - 1] <= ' ') line.size--;
    return line;
}

static bool has_word(struct har_bytes text, const char *word, struct heading_word *at)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= text.size; i++) {
        if (!cell_says((struct har_bytes){text.data + i, length}, word)) continue;
        if (at) *at = (struct heading_word){i, i + length};
        return true;
    }
    return false;
}

static bool is_rule(struct har_bytes line)
{
    line = cell_trimmed(line);
    size_t same = 0;
    while (same < line.size && line.data[same] == '=') same++;
    return same >= 8 && same == line.size;
}

/* --- what stands above the rows --------------------------------------------------------
 */

/* "Synthetic Invitational - 5/21/2026", or "5/20/2026 to 5/21/2026". */
static void read_meeting(struct page *p, struct har_bytes line)
{
    int64_t day;
    struct heading_word dash;
    struct har_bytes left = line, last = har_bytes_of("");
    if (p->meeting.size || has_word(line, "licensed to", NULL) ||
        has_word(line, "hy-tek", NULL))
        return;
    while (has_word(left, " - ", &dash)) {
        last = (struct har_bytes){left.data + dash.to, left.size - dash.to};
        left = last;
    }
    last = cell_trimmed(last);
    size_t size = 0;
    while (size < last.size && last.data[size] > ' ') size++;
    if (!size || !cell_american_day((struct har_bytes){last.data, size}, &day)) return;
    p->day = day;
    p->meeting =
        cell_trimmed((struct har_bytes){line.data, (size_t)(last.data - line.data) - 2});
    while (p->meeting.size && strchr(" -", p->meeting.data[p->meeting.size - 1]))
        p->meeting.size--;
}

/* The words of a title behind its number: "Men 1500 Meter Run". */
static struct har_bytes event_of_title(struct har_bytes title)
{
    title = cell_trimmed(title);
    if (title.size && title.data[0] == '(') title.data++, title.size--;
    if (title.size > 6 && cell_says((struct har_bytes){title.data, 6}, "event ")) {
        size_t at = 6;
        while (at < title.size && title.data[at] == ' ') at++;
        while (at < title.size && title.data[at] > ' ') at++;
        title.data += at;
        title.size -= at;
    }
    return cell_trimmed(title);
}

/* Where the columns are that matter. */
static void take_header(struct page *p, struct har_bytes header)
{
    static const char *const teams[] = {"school", "team", "club", "affiliation"};
    static const struct {
        const char *word, *stage;
    } marks[] = {{"finals", "final"}, {"semis", "semi"}, {"prelims", "heats"},
                 {"time", ""},        {"result", ""},    {"mark", ""}};
    p->name = p->team = p->mark = (struct heading_word){0};
    p->stage = p->heat = har_bytes_of("");
    has_word(header, "name", &p->name);
    for (size_t i = 0; i < sizeof teams / sizeof teams[0] && !p->team.to; i++)
        has_word(header, teams[i], &p->team);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && !p->mark.to; i++)
        if (has_word(header, marks[i].word, &p->mark))
            p->stage = har_bytes_of(marks[i].stage);
    p->event = cells_at(0);
    p->event.day = p->day;
    p->event.of[NAME] = p->meeting;
    p->event.of[TITLE] = event_of_title(p->title);
}

/* --- rows -------------------------------------------------------------------------------
 */

/* The word of the row that lies on the column's, or nearest to it. */
static struct har_bytes word_at(struct har_bytes row, struct heading_word column)
{
    struct har_bytes best = har_bytes_of("");
    size_t nearest = SLACK + 1;
    for (size_t i = 0, from; i < row.size; i++) {
        if (row.data[i] <= ' ') continue;
        from = i;
        while (i < row.size && row.data[i] > ' ') i++;
        size_t apart = from >= column.to  ? from - column.to + 1
                       : i <= column.from ? column.from - i + 1
                                          : 0;
        if (apart >= nearest) continue;
        nearest = apart;
        best = (struct har_bytes){row.data + from, i - from};
    }
    return best;
}

/* The text that begins at a column and ends before two spaces, or before `end`. A word that
 * begins before the column is whole in it. */
static struct har_bytes text_at(struct har_bytes row, size_t from, size_t end)
{
    if (end > row.size) end = row.size;
    while (from > 0 && from < end && row.data[from - 1] > ' ') from--;
    size_t to = from;
    while (to < end && !(row.data[to] == ' ' && (to + 1 == end || row.data[to + 1] == ' ')))
        to++;
    return cell_trimmed((struct har_bytes){row.data + from, to > from ? to - from : 0});
}

/* A row of a runner: a place or "--", and a name. */
static bool is_row(struct har_bytes line, struct har_bytes *place)
{
    size_t at = 0, from;
    while (at < line.size && line.data[at] == ' ') at++;
    from = at;
    while (at < line.size && line.data[at] > ' ') at++;
    *place = (struct har_bytes){line.data + from, at - from};
    if (!place->size || place->size > 4 || at + 1 >= line.size) return false;
    for (size_t i = 0; i < place->size; i++)
        if (!strchr("0123456789-*=JT", place->data[i])) return false;
    while (at < line.size && line.data[at] == ' ') at++;
    return at < line.size && !strchr("0123456789(", line.data[at]);
}

/* The mark without what the page says about it. */
static struct har_bytes plain_mark(struct har_bytes mark)
{
    if (mark.size > 1 && mark.data[0] == 'J') mark.data++, mark.size--;
    while (mark.size > 1 && strchr("qQ*!@$%&#^~rR", mark.data[mark.size - 1]) &&
           !cell_is_no_mark(mark))
        mark.size--;
    return mark;
}

static har_status take_row(struct page *p, struct har_bytes row, struct har_bytes place)
{
    struct cells cells = p->event;
    size_t names_end = p->team.to ? p->team.from : p->mark.from;
    cells.line = p->line;
    cells.of[PLACE] = place;
    cells.of[MARK] = plain_mark(word_at(row, p->mark));
    cells.of[ROUND] = p->stage;
    cells.of[HEAT] = p->heat;
    size_t behind = (size_t)(place.data - row.data) + place.size;
    while (behind < row.size && row.data[behind] == ' ') behind++;
    cells.of[ATHLETE] = text_at(row, behind, names_end);
    if (p->team.to) cells.of[CLUB] = text_at(row, p->team.from, p->mark.from);
    if (cells.day == HAR_NO_DAY && !p->event.of[DATE].size && p->g->rest.day == HAR_NO_DAY)
        return har_fail(p->g->err, HAR_BAD_INPUT, p->line,
                        "it does not say on which day it was run; tell it with --date");
    return gather(p->g, &cells);
}

/* "Section  2", "Heat 1 of 3", "Finals": of the rows that follow. */
static void read_part(struct page *p, struct har_bytes line)
{
    char round[ROUND_ROOM];
    struct heading_word of;
    line = cell_trimmed(line);
    if (has_word(line, " of ", &of)) line.size = of.from;
    phrase_round(line, har_bytes_of(""), round);
    if (!*round) return;
    p->stage = line;
    p->heat = har_bytes_of("");
}

static har_status take_page_line(struct page *p, struct har_bytes line)
{
    struct har_bytes place;
    if (is_rule(line)) {
        if (p->rules >= 2 || p->rules == 0) {
            p->title = p->before;
            p->rules = 0;
        }
        if (++p->rules == 2) take_header(p, p->before);
        return HAR_OK;
    }
    if (!cell_trimmed(line).size) return HAR_OK;
    p->before = line;
    read_meeting(p, line);
    if (p->rules != 2 || !p->mark.to) return HAR_OK;
    if (is_row(line, &place)) return take_row(p, line, place);
    read_part(p, line);
    return HAR_OK;
}

/* --- whose it is ------------------------------------------------------------------------
 */

static bool is_hytek_entries(struct har_bytes sheet)
{
    size_t separators = 0, at = 2;
    if (sheet.size < 3 || !strchr("DQI", sheet.data[0]) || sheet.data[1] != ';')
        return false;
    while (at < sheet.size && sheet.data[at] != '\n') separators += sheet.data[at++] == ';';
    return separators >= 8;
}

har_status layout_hytek(struct har_bytes sheet, struct gathering *g)
{
    struct page p = {.g = g,
                     .day = HAR_NO_DAY,
                     .meeting = har_bytes_of(""),
                     .title = har_bytes_of(""),
                     .before = har_bytes_of("")};
    har_status got = HAR_OK;
    if (is_hytek_entries(sheet))
        return har_fail(g->err, HAR_UNSUPPORTED, 0,
                        "it holds Hy-Tek entries, whose marks are hoped for and not run");
    struct har_bytes head = {sheet.data, sheet.size < HEAD ? sheet.size : HEAD};
    if (!has_word(head, "hy-tek", NULL)) return HAR_UNSUPPORTED;
    if (!text_of_page(&sheet, g->arena)) return gathering_full(g);
    p.left = sheet;
    while (p.left.size && got == HAR_OK) got = take_page_line(&p, page_line(&p));
    if (got == HAR_OK && p.meeting.size &&
        !text_of_cell(p.meeting, g->arena, &g->competition))
        return gathering_full(g);
    return got;
}
