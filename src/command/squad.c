/* SPDX-License-Identifier: MIT */
/* harrier squad: everybody in the store, who needs attention first, and why. */

#include "commands.h"
#include "entry.h"

#include <math.h>
#include <string.h>

/* Columns of the list; together under 80. */
enum {
    MEMBER_NAME_WIDTH = 22,
    MEMBER_LAST_AT = 24,
    MEMBER_WEEK_END = 42,
    MEMBER_LOAD_END = 48,
    MEMBER_FITNESS_END = 57,
    MEMBER_FORM_END = 63,
    MEMBER_URGENCY_END = 72,
    CONCERN_AT = 4
};

static void last_or_null(struct har_json *j, const struct har_member *m)
{
    har_json_string(j, "last_run",
                    m->last_day == HAR_NO_DAY ? NULL
                                              : day_word(m->last_day, j->text->arena));
}

static void member_json(struct har_json *j, const struct har_member *m)
{
    har_json_open(j, NULL, '{');
    har_json_string(j, "name", m->name);
    har_json_integer(j, "urgency", m->watch.urgency);
    har_json_open(j, "attention", '[');
    for (size_t i = 0; i < m->watch.count; i++) {
        const struct har_attention *a = m->watch.concern + i;
        har_json_open(j, NULL, '{');
        har_json_string(j, "what", har_concern_name(a->what));
        har_json_integer(j, "urgency", a->urgency);
        har_json_string(j, "because", a->because);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_number(j, "load", m->today.week_load, 1);
    har_json_number(j, "distance_m", m->week_m, 0);
    har_json_number(j, "fitness", m->today.fitness, 1);
    har_json_number(j, "fatigue", m->today.fatigue, 1);
    har_json_number(j, "form", m->today.form, 1);
    last_or_null(j, m);
    har_json_close(j);
}

static void squad_json(struct har_text *text, int64_t today,
                       const struct har_member *members, size_t count)
{
    static const char *const inputs[] = {"load",  "form",   "longest run", "mornings",
                                         "camps", "season", NULL};
    struct har_json j = json_begin(text, "harrier.squad/1");
    har_json_string(&j, "date", day_word(today, text->arena));
    har_json_open(&j, "athletes", '[');
    for (size_t i = 0; i < count; i++) member_json(&j, members + i);
    har_json_close(&j);
    json_because(&j, "attention", HAR_ATTENTION_VERSION, inputs,
                 "everybody beside their own weeks before, never beside another; load and "
                 "distance are those of 7 days; urgency is the sum of the concerns'");
    har_json_close(&j);
}

static void squad_number(struct har_text *text, double value, unsigned decimals)
{
    har_text_add(text, ",");
    har_text_fixed(text, value, decimals);
}

static void squad_csv(struct har_text *text, const struct har_member *members, size_t count)
{
    har_text_add(text, "name,urgency,attention,because,load,distance_m,fitness,fatigue,"
                       "form,last_run\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_member *m = members + i;
        struct har_text what = {.arena = text->arena}, because = what;
        for (size_t k = 0; k < m->watch.count; k++) {
            har_text_format(&what, "%s%s", k ? "; " : "",
                            har_concern_name(m->watch.concern[k].what));
            har_text_format(&because, "%s%s", k ? "; " : "", m->watch.concern[k].because);
        }
        har_csv_field(text, m->name);
        har_text_format(text, ",%u,", m->watch.urgency);
        har_csv_field(text, what.size ? what.data : "");
        har_text_add(text, ",");
        har_csv_field(text, because.size ? because.data : "");
        squad_number(text, m->today.week_load, 1);
        squad_number(text, m->week_m, 0);
        squad_number(text, m->today.fitness, 1);
        squad_number(text, m->today.fatigue, 1);
        squad_number(text, m->today.form, 1);
        har_text_add(text, ",");
        if (m->last_day != HAR_NO_DAY) har_text_date(text, m->last_day);
        har_text_add(text, "\r\n");
    }
}

static void member_text(struct har_text *text, const struct har_member *m,
                        const struct har_style *style)
{
    har_render_name(text, *m->name ? m->name : "(nameless)", MEMBER_NAME_WIDTH);
    har_text_pad(text, MEMBER_LAST_AT);
    if (m->last_day == HAR_NO_DAY) har_text_add(text, "-");
    else har_text_date(text, m->last_day);
    text_right_fixed(text, MEMBER_WEEK_END, m->week_m / unit_m(style), 0);
    text_right_fixed(text, MEMBER_LOAD_END, m->today.week_load, 0);
    text_right_fixed(text, MEMBER_FITNESS_END, m->today.fitness, 0);
    text_right_fixed(text, MEMBER_FORM_END, m->today.form, 0);
    text_right_fixed(text, MEMBER_URGENCY_END, m->watch.urgency, 0);
    har_text_add(text, "\n");
    for (size_t i = 0; i < m->watch.count; i++) {
        struct har_text say = {.arena = text->arena};
        har_text_format(&say, "%s: %s.", har_concern_name(m->watch.concern[i].what),
                        m->watch.concern[i].because);
        text_wrapped(text, CONCERN_AT, style, say.data ? say.data : "");
    }
}

static void squad_text(struct har_text *text, const struct har_member *members,
                       size_t count, const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "athlete");
    har_text_pad(&head, MEMBER_LAST_AT);
    har_text_add(&head, "last");
    text_right(&head, MEMBER_WEEK_END, style->imperial ? "mi/7d" : "km/7d");
    text_right(&head, MEMBER_LOAD_END, "load");
    text_right(&head, MEMBER_FITNESS_END, "fitness");
    text_right(&head, MEMBER_FORM_END, "form");
    text_right(&head, MEMBER_URGENCY_END, "urgency");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) member_text(text, members + i, style);
}

/* Those that are meant, in place. */
static size_t keep_meant(const struct request *request, struct har_member *members,
                         size_t count)
{
    const char *wish = request->value[OPT_ATHLETE];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!wish || strcmp(members[i].name, wish) == 0) members[kept++] = members[i];
    return kept;
}

static int tell_squad(const struct request *request, int64_t today,
                      struct har_member *members, size_t count)
{
    struct har_text text = {.arena = request->arena};
    count = keep_meant(request, members, count);
    if (is_asked(request, OPT_JSON)) squad_json(&text, today, members, count);
    else if (is_asked(request, OPT_CSV)) squad_csv(&text, members, count);
    else if (count > 0) squad_text(&text, members, count, &request->style);
    put_text(request, &text);
    if (count > 0) return HAR_EXIT_DONE;
    if (is_asked(request, OPT_ATHLETE)) {
        complain(request, "there is no athlete %s", request->value[OPT_ATHLETE]);
        return HAR_EXIT_USAGE;
    }
    complain(request,
             "nobody is kept yet; bring somebody's runs in: harrier import --athlete "
             "NAME FOLDER");
    return HAR_EXIT_NOTHING;
}

int run_squad(const struct request *request)
{
    struct har_error why = {0};
    struct har_member *members;
    size_t count;
    int64_t today;
    int status;
    if (!read_day_or_today(request, &today)) return HAR_EXIT_USAGE;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    har_status got = har_squad(store, today, request->arena, &members, &count, &why);
    status = got ? fail(request, &why) : tell_squad(request, today, members, count);
    har_store_close(store);
    return status;
}
