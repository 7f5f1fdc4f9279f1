/* SPDX-License-Identifier: MIT */
/* harrier rank: the list of an event, and where a mark would stand in it. */

#include "commands.h"
#include "listed.h"

#include <stdio.h>
#include <string.h>

/* Columns of the list; together 80. */
enum {
    LIST_RANK_END = 5,
    LIST_MARK_END = 16,
    LIST_FLAGS_AT = 16,
    LIST_NAME_AT = 20,
    LIST_NAME_WIDTH = 24,
    LIST_NATION_AT = 45,
    LIST_BORN_AT = 49,
    LIST_DATE_AT = 54,
    LIST_WHERE_AT = 65,
    LIST_WHERE_WIDTH = 15
};

/* A mark that nobody has put into the list yet. */
struct wish {
    bool asked;
    struct har_listed row;
    struct har_would_rank place;
};

/* --- what is asked -------------------------------------------------------------------- */

static bool read_born(const struct request *request, struct har_listed *row)
{
    const char *value = request->value[OPT_BORN];
    struct har_date date;
    int64_t year = 0;
    if (!value) return true;
    if (har_parse_date(har_bytes_of(value), &date)) {
        row->born_day = har_day_of(date);
        row->born_year = date.year;
        return true;
    }
    if (har_parse_integer(har_bytes_of(value), &year) && year > 1800 && year < 10000) {
        row->born_year = (int)year;
        return true;
    }
    complain(request, "--born takes a year or a day such as 1998-03-04, not \"%s\"", value);
    return false;
}

static bool read_wish(const struct request *request,
                      const struct har_list_question *question, struct wish *wish)
{
    struct har_error why = {0};
    struct har_listed *row = &wish->row;
    *wish = (struct wish){.asked = is_asked(request, OPT_WHERE)};
    if (!wish->asked) return true;
    *row = (struct har_listed){.sex = question->sex,
                               .nation = question->nation,
                               .born_day = HAR_NO_DAY,
                               .day = question->as_of_day,
                               .eligible = HAR_UNTOLD,
                               .points = HAR_UNTOLD};
    if (question->year) row->day = har_day_of((struct har_date){question->year, 12, 31});
    if (!read_day(request, OPT_DATE, &row->day) || !read_born(request, row)) return false;
    if (is_asked(request, OPT_ELIGIBLE)) row->eligible = 1;
    if (is_asked(request, OPT_INELIGIBLE)) row->eligible = 0;
    har_status got =
        har_parse_mark(har_bytes_of(request->value[OPT_WHERE]), &row->mark, &why);
    if (!got) got = har_event_of_mark(&question->event, &row->mark, &row->event, &why);
    if (!got) got = har_mark_check(&row->mark, &row->event, &why);
    if (got) complain(request, "--where: %s", why.message);
    return got == HAR_OK;
}

/* --- text ----------------------------------------------------------------------------- */

static void add_title(struct har_text *text, const struct har_list_question *q)
{
    har_text_format(text, "%s, %s", q->event.code, sex_word(q->sex));
    if (q->nation) har_text_format(text, ", %s", q->nation);
    if (q->year) har_text_format(text, ", %d", q->year);
    if (q->ages.by_year) har_text_format(text, ", U%d", q->ages.most + 1);
    else if (q->ages.most) har_text_format(text, ", %d-%d", q->ages.least, q->ages.most);
    else if (q->ages.least) har_text_format(text, ", %d+", q->ages.least);
    if (q->short_track == HAR_SHORT_TRACK_ONLY) har_text_add(text, ", short track only");
    if (q->short_track == HAR_SHORT_TRACK_OUT) har_text_add(text, ", without short track");
    if (q->as_of_day != HAR_NO_DAY) {
        har_text_add(text, ", as of ");
        har_text_date(text, q->as_of_day);
    }
    if (q->all_marks) har_text_add(text, ", all marks");
    if (q->include_aided) har_text_add(text, ", aided ones too");
}

static void add_row(struct har_text *text, const char *rank, const struct har_listed *row)
{
    char born[8] = "";
    text_right(text, LIST_RANK_END, rank);
    text_right(text, LIST_MARK_END, listed_mark(row, text->arena));
    har_text_pad(text, LIST_FLAGS_AT);
    har_text_add(text, listed_flags(row, text->arena));
    har_text_pad(text, LIST_NAME_AT);
    if (row->name) har_render_name(text, row->name, LIST_NAME_WIDTH);
    har_text_pad(text, LIST_NATION_AT);
    har_text_add(text, row->nation ? row->nation : "");
    har_text_pad(text, LIST_BORN_AT);
    if (row->born_year) snprintf(born, sizeof born, "%d", row->born_year);
    har_text_add(text, born);
    har_text_pad(text, LIST_DATE_AT);
    if (row->day != HAR_NO_DAY) har_text_date(text, row->day);
    har_text_pad(text, LIST_WHERE_AT);
    har_render_name(text, listed_where(row), LIST_WHERE_WIDTH);
    while (text->size && text->data[text->size - 1] == ' ') text->data[--text->size] = 0;
    har_text_add(text, "\n");
}

static void add_wish(struct har_text *text, const struct wish *wish)
{
    char rank[24];
    struct har_listed row = wish->row;
    row.name = "this mark";
    if (wish->place.but) snprintf(rank, sizeof rank, "-");
    else snprintf(rank, sizeof rank, "(%zu)", wish->place.rank);
    add_row(text, rank, &row);
}

/* The mark stands after all that are as fast. */
static void write_list(struct har_text *text, const struct request *request,
                       const struct har_ranks *ranks, size_t count, const struct wish *wish)
{
    struct har_text title = {.arena = text->arena};
    size_t before = SIZE_MAX;
    add_title(&title, &ranks->question);
    if (title.data) text_heading(text, &request->style, title.data);
    har_text_add(text, "\n");
    for (size_t i = 0; wish->asked && i < ranks->count; i++) {
        const struct har_listed *row = &ranks->rank[i].row;
        bool slower = har_listed_ms(&row->mark, &row->event) >
                      har_listed_ms(&wish->row.mark, &wish->row.event);
        if (slower && before == SIZE_MAX) before = i;
    }
    if (wish->asked && before == SIZE_MAX) before = ranks->count;
    for (size_t i = 0; i < count; i++) {
        char rank[24];
        if (i == before) add_wish(text, wish);
        snprintf(rank, sizeof rank, "%zu", ranks->rank[i].rank);
        add_row(text, rank, &ranks->rank[i].row);
    }
    if (before == count) add_wish(text, wish);
    if (!wish->asked) return;
    struct har_text sentence = {.arena = text->arena};
    har_text_format(&sentence, "%s.", wish->place.sentence);
    har_text_add(text, "\n");
    text_wrapped(text, 0, &request->style, sentence.data ? sentence.data : "");
}

/* --- JSON, CSV ------------------------------------------------------------------------ */

static void question_members(struct har_json *json, const struct har_list_question *q)
{
    struct har_text day = {.arena = json->text->arena};
    if (q->as_of_day != HAR_NO_DAY) har_text_date(&day, q->as_of_day);
    har_json_string(json, "event", q->event.code);
    har_json_string(json, "sex", sex_letter(q->sex));
    har_json_string(json, "nation", q->nation);
    if (q->year) har_json_integer(json, "year", q->year);
    else har_json_string(json, "year", NULL);
    har_json_string(json, "as_of", day.data);
    har_json_boolean(json, "all_marks", q->all_marks);
    har_json_boolean(json, "include_aided", q->include_aided);
}

static void wish_member(struct har_json *json, const struct wish *wish)
{
    if (!wish->asked) return;
    har_json_open(json, "where", '{');
    har_json_string(json, "mark", listed_mark(&wish->row, json->text->arena));
    har_json_integer(json, "rank", (int64_t)wish->place.rank);
    har_json_boolean(json, "equal", wish->place.equal);
    har_json_boolean(json, "beyond", wish->place.beyond);
    har_json_boolean(json, "listed", wish->place.but == NULL);
    har_json_string(json, "but", wish->place.but);
    har_json_string(json, "sentence", wish->place.sentence);
    har_json_close(json);
}

static void write_rank_json(struct har_text *text, const struct har_ranks *ranks,
                            size_t count, const struct wish *wish)
{
    struct har_json j = json_begin(text, "harrier.rank/1");
    question_members(&j, &ranks->question);
    wish_member(&j, wish);
    har_json_open(&j, "ranks", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_integer(&j, "rank", (int64_t)ranks->rank[i].rank);
        har_json_boolean(&j, "equal", ranks->rank[i].equal);
        listed_members(&j, &ranks->rank[i].row);
        har_json_close(&j);
    }
    har_json_close(&j);
    listed_because(&j, "list", HAR_LIST_VERSION,
                   "ranks are by the official time, and equal times share one; a time by "
                   "hand counts with what a watch gains on a camera; one mark of each "
                   "athlete, unless all_marks; aided courses and oversized tracks are left "
                   "out, unless include_aided");
    har_json_close(&j);
}

static void write_rank_csv(struct har_text *text, const struct har_ranks *ranks,
                           size_t count)
{
    har_text_format(text, "rank,%s\r\n", listed_columns);
    for (size_t i = 0; i < count; i++) {
        har_text_format(text, "%zu,", ranks->rank[i].rank);
        listed_fields(text, &ranks->rank[i].row);
        har_text_add(text, "\r\n");
    }
}

/* --- the command ---------------------------------------------------------------------- */

/* Up to the row of that number, and those equal to it. */
static size_t rows_within(const struct har_ranks *ranks, size_t limit)
{
    size_t count = limit && limit < ranks->count ? limit : ranks->count;
    while (count && count < ranks->count && ranks->rank[count].equal &&
           ranks->rank[count].rank == ranks->rank[count - 1].rank)
        count++;
    return count;
}

static int tell_ranks(const struct request *request, const struct har_ranks *ranks,
                      size_t limit, const struct wish *wish)
{
    struct har_text text = {.arena = request->arena};
    size_t count = rows_within(ranks, limit);
    if (is_asked(request, OPT_JSON)) write_rank_json(&text, ranks, count, wish);
    else if (is_asked(request, OPT_CSV)) write_rank_csv(&text, ranks, count);
    else write_list(&text, request, ranks, count, wish);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_rank(const struct request *request)
{
    struct har_error why = {0};
    struct har_list_question question;
    struct har_ranks ranks;
    struct wish wish;
    int status;
    if (!is_asked(request, OPT_SEX)) {
        complain(request, "`harrier rank` needs --sex M|F");
        return HAR_EXIT_USAGE;
    }
    if (is_asked(request, OPT_ELIGIBLE) && is_asked(request, OPT_INELIGIBLE)) {
        complain(request, "--eligible and --ineligible exclude each other");
        return HAR_EXIT_USAGE;
    }
    if (!read_list_question(request, request->operand[0], &question) ||
        !read_wish(request, &question, &wish))
        return HAR_EXIT_USAGE;
    size_t limit = question.limit;
    if (wish.asked) question.limit = 0; /* its place may lie beyond */
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    struct har_database *db = har_store_database(store);
    har_status got = HAR_OK;
    if (wish.asked && question.as_of_day == HAR_NO_DAY && !question.year)
        got = har_annals_last_day(db, &question, &question.as_of_day, &why);
    if (!got) got = har_annals_ranks(db, &question, request->arena, &ranks, &why);
    har_store_close(store);
    if (!got && wish.asked)
        got = har_list_place(&ranks, &wish.row, request->arena, &wish.place, &why);
    return got ? fail(request, &why) : tell_ranks(request, &ranks, limit, &wish);
}
