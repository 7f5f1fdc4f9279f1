/* SPDX-License-Identifier: MIT */
/* harrier records: how the record of an event came to be what it is. */

#include "progression.h"

#include "listed.h"

enum {
    STEP_MARK_END = 11,
    STEP_FLAGS_AT = 11,
    STEP_GAIN_END = 22,
    STEP_NAME_AT = 24,
    STEP_NAME_WIDTH = 24,
    STEP_NATION_AT = 49,
    STEP_DATE_AT = 53,
    STEP_WHERE_AT = 64,
    STEP_WHERE_WIDTH = 16
};

/* The records of all events that were asked for, as they are found. */
struct telling {
    const struct request *request;
    struct har_text text;
    struct har_json json;
    size_t count;
};

static void add_step(struct har_text *text, const struct har_record *record)
{
    const struct har_listed *row = &record->row;
    struct har_text gain = {.arena = text->arena};
    if (record->equals) har_text_add(&gain, "=");
    else if (record->gain_ms) {
        har_text_add(&gain, "-");
        har_text_number(&gain, (double)record->gain_ms / 1000, 3);
    }
    text_right(text, STEP_MARK_END, listed_mark(row, text->arena));
    har_text_pad(text, STEP_FLAGS_AT);
    har_text_add(text, listed_flags(row, text->arena));
    text_right(text, STEP_GAIN_END, gain.data ? gain.data : "");
    har_text_pad(text, STEP_NAME_AT);
    if (row->name) har_render_name(text, row->name, STEP_NAME_WIDTH);
    har_text_pad(text, STEP_NATION_AT);
    har_text_add(text, row->nation ? row->nation : "");
    har_text_pad(text, STEP_DATE_AT);
    har_text_date(text, row->day);
    har_text_pad(text, STEP_WHERE_AT);
    har_render_name(text, listed_where(row), STEP_WHERE_WIDTH);
    while (text->size && text->data[text->size - 1] == ' ') text->data[--text->size] = 0;
    har_text_add(text, "\n");
}

static void tell_text(struct telling *t, const struct har_list_question *q,
                      const struct har_progression *all)
{
    struct har_text title = {.arena = t->request->arena};
    har_text_format(&title, "%s, %s", q->event.code, sex_word(q->sex));
    if (q->nation) har_text_format(&title, ", %s", q->nation);
    if (t->count) har_text_add(&t->text, "\n");
    if (title.data) text_heading(&t->text, &t->request->style, title.data);
    har_text_add(&t->text, "\n");
    for (size_t i = 0; i < all->count; i++) add_step(&t->text, &all->record[i]);
}

static void tell_json(struct telling *t, const struct har_progression *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct har_record *record = &all->record[i];
        har_json_open(&t->json, NULL, '{');
        listed_members(&t->json, &record->row);
        har_json_boolean(&t->json, "equals", record->equals);
        har_json_number(&t->json, "gain_s", (double)record->gain_ms / 1000, 3);
        har_json_boolean(&t->json, "stands", i + 1 == all->count);
        har_json_close(&t->json);
    }
}

static void tell_csv(struct telling *t, const struct har_progression *all)
{
    for (size_t i = 0; i < all->count; i++) {
        listed_fields(&t->text, &all->record[i].row);
        har_text_add(&t->text, ",");
        har_text_number(&t->text, (double)all->record[i].gain_ms / 1000, 3);
        har_text_add(&t->text, "\r\n");
    }
}

/* The steps of one event and sex; none is no failure. */
static har_status tell_event(struct telling *t, struct har_database *db,
                             const struct har_list_question *question,
                             struct har_error *why)
{
    struct har_progression all;
    har_status got = har_annals_records(db, question, t->request->arena, &all, why);
    if (got == HAR_NOT_FOUND) return HAR_OK;
    if (got) return got;
    if (is_asked(t->request, OPT_JSON)) tell_json(t, &all);
    else if (is_asked(t->request, OPT_CSV)) tell_csv(t, &all);
    else tell_text(t, question, &all);
    t->count += all.count;
    return HAR_OK;
}

static har_status tell_sexes(struct telling *t, struct har_database *db,
                             struct har_list_question *question, struct har_error *why)
{
    har_status got = HAR_OK;
    bool both = question->sex == HAR_UNTOLD;
    for (int sex = HAR_MEN; sex <= HAR_WOMEN && got == HAR_OK; sex++) {
        if (!both && question->sex != sex) continue;
        struct har_list_question of_sex = *question;
        of_sex.sex = sex;
        got = tell_event(t, db, &of_sex, why);
    }
    return got;
}

/* Without an event: all that are kept. The short track has records of its own. */
static int tell_all(struct telling *t, struct har_database *db)
{
    const struct request *request = t->request;
    struct har_error why = {0};
    struct har_list_question question;
    struct har_event *events = NULL;
    size_t count = request->operand_count;
    har_status got = HAR_OK;
    if (!count) got = har_annals_events(db, request->arena, &events, &count, &why);
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        const char *code = events ? events[i].code : request->operand[i];
        if (!read_list_question(request, code, &question)) return HAR_EXIT_USAGE;
        if (!is_asked(request, OPT_SHORT_TRACK)) question.short_track = HAR_SHORT_TRACK_OUT;
        got = tell_sexes(t, db, &question, &why);
    }
    if (got) return fail(request, &why);
    if (t->count) return HAR_EXIT_DONE;
    complain(request, "no record of that kind is in the lists");
    return HAR_EXIT_NOTHING;
}

int answer_progression(const struct request *request)
{
    struct telling t = {.request = request, .text = {.arena = request->arena}};
    int status;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    bool json = is_asked(request, OPT_JSON);
    if (json) {
        t.json = json_begin(&t.text, "harrier.records/1");
        har_json_open(&t.json, "records", '[');
    } else if (is_asked(request, OPT_CSV)) {
        har_text_format(&t.text, "%s,gain_s\r\n", listed_columns);
    }
    status = tell_all(&t, har_store_database(store));
    har_store_close(store);
    if (json) {
        har_json_close(&t.json);
        listed_because(
            &t.json, "list", HAR_LIST_VERSION,
            "a record is what nobody who is asked for had run before; of one day "
            "only the best counts; left out are aided courses, oversized tracks, "
            "what was not ratified, times by hand where a camera is asked for, "
            "and women's marks with men on a track");
        har_json_close(&t.json);
    }
    if (status == HAR_EXIT_DONE) put_text(request, &t.text);
    return status;
}
