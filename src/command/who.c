/* SPDX-License-Identifier: MIT */
/* harrier who: athletes who may be one. Nobody is made one with another but by whoever says
 * so here, and that can be taken back. */

#include "commands.h"
#include "listed.h"

static void write_doubts(struct har_text *text, const struct har_doubt *doubt, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        har_text_add(text, i ? "\n" : "");
        athlete_words(text, &doubt[i].a);
        har_text_add(text, "\n");
        athlete_words(text, &doubt[i].b);
        har_text_format(text, "\n  %s\n", doubt[i].why);
    }
}

static void write_doubts_json(struct har_text *text, const struct har_doubt *doubt,
                              size_t count)
{
    static const char *const inputs[] = {"name", "nation", "born", "sex", NULL};
    struct har_json j = json_begin(text, "harrier.who/1");
    har_json_open(&j, "doubts", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_open(&j, "a", '{');
        athlete_members(&j, &doubt[i].a);
        har_json_close(&j);
        har_json_open(&j, "b", '{');
        athlete_members(&j, &doubt[i].b);
        har_json_close(&j);
        har_json_string(&j, "because", doubt[i].why);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(
        &j, "person", HAR_PERSON_VERSION, inputs,
        "a name alone makes nobody one with another; a name and a day of birth do, "
        "a name and a year with the nation; who is in doubt stays two until "
        "somebody says it, which changes no row and can be taken back");
    har_json_close(&j);
}

static void write_doubts_csv(struct har_text *text, const struct har_doubt *doubt,
                             size_t count)
{
    har_text_add(text, "a,a_name,a_nation,b,b_name,b_nation,because\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_athlete_known *both[] = {&doubt[i].a, &doubt[i].b};
        for (size_t k = 0; k < 2; k++) {
            const struct har_person *p = &both[k]->person;
            har_text_format(text, "%lld,", (long long)both[k]->id);
            har_csv_field(text, p->name);
            har_text_format(text, ",%s,", p->nation ? p->nation : "");
        }
        har_csv_field(text, doubt[i].why);
        har_text_add(text, "\r\n");
    }
}

int run_who_list(const struct request *request)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_doubt *doubt;
    size_t count;
    int status;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    har_status got =
        har_annals_doubts(har_store_database(store), request->arena, &doubt, &count, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) write_doubts_json(&text, doubt, count);
    else if (is_asked(request, OPT_CSV)) write_doubts_csv(&text, doubt, count);
    else write_doubts(&text, doubt, count);
    put_text(request, &text);
    if (!count) note(request, "nobody is in doubt");
    return HAR_EXIT_DONE;
}

/* What is said of two, who are one athlete from then on or two. */
struct saying {
    enum har_saying saying;
    const char *name, *words;
};

static void write_saying(struct har_text *text, const struct saying *said,
                         const struct har_athlete_known *two, size_t count)
{
    har_text_format(text, "%s:\n", said->words);
    for (size_t i = 0; i < count; i++) {
        har_text_add(text, "  ");
        athlete_words(text, &two[i]);
        har_text_add(text, "\n");
    }
}

static void write_saying_json(struct har_text *text, const struct saying *said,
                              const struct har_athlete_known *two, size_t count)
{
    struct har_json j = json_begin(text, "harrier.saying/1");
    har_json_string(&j, "said", said->name);
    har_json_open(&j, "athletes", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        athlete_members(&j, &two[i]);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_close(&j);
}

static int say_of_two(const struct request *request, const struct saying *said)
{
    struct har_error why = {0};
    struct har_athlete_known two[2];
    int64_t id[2];
    int status;
    struct har_store *store = open_store(request, HAR_STORE_WRITE, &status);
    if (!store) return status;
    struct har_database *db = har_store_database(store);
    har_status got = HAR_OK;
    for (size_t i = 0; i < 2 && got == HAR_OK; i++) {
        const char *word = request->operand[i];
        if (!har_parse_integer(har_bytes_of(*word == '#' ? word + 1 : word), &id[i]))
            got = har_fail(&why, HAR_BAD_INPUT, 0,
                           "\"%s\" is no number of an athlete, such as `harrier who list` "
                           "has",
                           word);
    }
    if (!got) got = har_annals_say(db, id[0], id[1], said->saying, &why);
    for (size_t i = 0; i < 2 && got == HAR_OK; i++)
        got = har_annals_athlete(db, id[i], request->arena, &two[i], &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    struct har_text text = {.arena = request->arena};
    size_t count = two[0].id == two[1].id ? 1 : 2;
    if (is_asked(request, OPT_JSON)) write_saying_json(&text, said, two, count);
    else if (!is_asked(request, OPT_QUIET)) write_saying(&text, said, two, count);
    if (text.size) put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_who_merge(const struct request *request)
{
    return say_of_two(request, &(struct saying){HAR_SAY_SAME, "same", "one athlete"});
}

int run_who_part(const struct request *request)
{
    return say_of_two(request, &(struct saying){HAR_SAY_OTHER, "other", "two athletes"});
}

int run_who_undo(const struct request *request)
{
    return say_of_two(request, &(struct saying){HAR_SAY_NOTHING, "nothing",
                                                "nothing is said any more of"});
}
