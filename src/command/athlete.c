/* SPDX-License-Identifier: MIT */
/* harrier athlete and harrier h2h: a career, and who beat whom. */

#include "commands.h"
#include "listed.h"

#include "harrier/career.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    CAREER_EVENT_END = 10,
    CAREER_YEAR_END = 16,
    CAREER_MARK_END = 27,
    CAREER_FLAGS_AT = 27,
    CAREER_POINTS_END = 35,
    CAREER_GRADE_END = 43,
    CAREER_DATE_AT = 45,
    CAREER_WHERE_AT = 56,
    CAREER_WHERE_WIDTH = 24
};

/* --- a career ------------------------------------------------------------------------- */

static void add_career_row(struct har_text *text, const struct har_career_mark *mark,
                           bool with_year)
{
    const struct har_listed *row = mark->row;
    char number[24] = "-";
    text_right(text, CAREER_EVENT_END, row->event.code);
    if (with_year && row->day != HAR_NO_DAY) {
        snprintf(number, sizeof number, "%d", har_date_of(row->day).year);
        text_right(text, CAREER_YEAR_END, number);
        snprintf(number, sizeof number, "-");
    }
    text_right(text, CAREER_MARK_END, listed_mark(row, text->arena));
    har_text_pad(text, CAREER_FLAGS_AT);
    har_text_add(text, listed_flags(row, text->arena));
    if (mark->points != HAR_UNTOLD) snprintf(number, sizeof number, "%d", mark->points);
    text_right(text, CAREER_POINTS_END, number);
    text_right_fixed(text, CAREER_GRADE_END, mark->age_grade_pct, 1);
    har_text_pad(text, CAREER_DATE_AT);
    if (row->day != HAR_NO_DAY) har_text_date(text, row->day);
    har_text_pad(text, CAREER_WHERE_AT);
    har_render_name(text, listed_where(row), CAREER_WHERE_WIDTH);
    while (text->size && text->data[text->size - 1] == ' ') text->data[--text->size] = 0;
    har_text_add(text, "\n");
}

static void add_career_part(struct har_text *text, const struct request *request,
                            const char *name, const struct har_career_mark *mark,
                            size_t count, bool with_year)
{
    if (!count) return;
    struct har_text title = {.arena = text->arena};
    har_text_add(&title, name);
    har_text_pad(&title, CAREER_POINTS_END - 6);
    har_text_add(&title, "points  age %");
    har_text_add(text, "\n");
    if (title.data) text_heading(text, &request->style, title.data);
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) add_career_row(text, &mark[i], with_year);
}

static void add_honours(struct har_text *text, const struct request *request,
                        const struct har_career *career)
{
    if (!career->honour_count) return;
    har_text_add(text, "\n");
    text_heading(text, &request->style, "honours");
    har_text_add(text, "\n");
    for (size_t i = 0; i < career->honour_count; i++) {
        const struct har_honour *honour = &career->honour[i];
        char place[16];
        snprintf(place, sizeof place, "%d", honour->place);
        text_right(text, 4, place);
        har_text_format(text, "  %s", honour->championship);
        if (honour->row->day != HAR_NO_DAY)
            har_text_format(text, " %d", har_date_of(honour->row->day).year);
        har_text_format(text, ", %s, %s\n", honour->row->event.code,
                        listed_mark(honour->row, text->arena));
    }
}

static void write_career(struct har_text *text, const struct request *request,
                         const struct har_athlete_known *athlete,
                         const struct har_career *career)
{
    athlete_words(text, athlete);
    har_text_add(text, "\n");
    add_career_part(text, request, "bests", career->best, career->best_count, false);
    add_career_part(text, request, "kept apart, and faster", career->apart,
                    career->apart_count, false);
    add_career_part(text, request, "seasons", career->season, career->season_count, true);
    add_honours(text, request, career);
}

static void career_member(struct har_json *json, const char *name,
                          const struct har_career_mark *mark, size_t count)
{
    har_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++) {
        const struct har_listed *row = mark[i].row;
        har_json_open(json, NULL, '{');
        if (row->day != HAR_NO_DAY)
            har_json_integer(json, "year", har_date_of(row->day).year);
        else har_json_string(json, "year", NULL);
        listed_members(json, row);
        har_json_boolean(json, "best", mark[i].best);
        har_json_close(json);
    }
    har_json_close(json);
}

static void write_career_json(struct har_text *text,
                              const struct har_athlete_known *athlete,
                              const struct har_career *career)
{
    struct har_json j = json_begin(text, "harrier.athlete/1");
    har_json_open(&j, "athlete", '{');
    athlete_members(&j, athlete);
    har_json_close(&j);
    career_member(&j, "bests", career->best, career->best_count);
    career_member(&j, "apart", career->apart, career->apart_count);
    career_member(&j, "seasons", career->season, career->season_count);
    career_member(&j, "steps", career->step, career->step_count);
    har_json_open(&j, "honours", '[');
    for (size_t i = 0; i < career->honour_count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "championship", career->honour[i].championship);
        har_json_integer(&j, "honour", career->honour[i].place);
        listed_members(&j, career->honour[i].row);
        har_json_close(&j);
    }
    har_json_close(&j);
    listed_because(
        &j, "career", HAR_CAREER_VERSION,
        "the best of each event and of each year, the short track by itself, and "
        "the steps to it; what an aided course or an oversized track helped to "
        "is in apart");
    har_json_close(&j);
}

static void write_marks_csv(struct har_text *text, const struct har_listed *row,
                            size_t count)
{
    har_text_format(text, "%s\r\n", listed_columns);
    for (size_t i = 0; i < count; i++) {
        listed_fields(text, &row[i]);
        har_text_add(text, "\r\n");
    }
}

int run_athlete(const struct request *request)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_athlete_known athlete;
    struct har_listed *row;
    struct har_career career;
    size_t count;
    int status;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    struct har_database *db = har_store_database(store);
    status = find_athlete_named(request, db, request->operand[0], &athlete);
    har_status got = HAR_OK;
    if (status == HAR_EXIT_DONE)
        got = har_annals_marks(db, athlete.id, request->arena, &row, &count, &why);
    har_store_close(store);
    if (status != HAR_EXIT_DONE) return status;
    if (!got) got = har_career_of(row, count, request->arena, &career, &why);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) write_career_json(&text, &athlete, &career);
    else if (is_asked(request, OPT_CSV)) write_marks_csv(&text, row, count);
    else write_career(&text, request, &athlete, &career);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

/* --- who beat whom -------------------------------------------------------------------- */

/* Two athletes and the races that both finished. */
struct duel {
    struct har_athlete_known who[2];
    struct har_listed *row[2];
    size_t count[2];
    struct har_meetings met;
};

static const char *winner_of(const struct duel *duel, const struct har_meeting *meeting)
{
    return meeting->winner == HAR_UNTOLD ? NULL : duel->who[meeting->winner].person.name;
}

static void write_duel(struct har_text *text, const struct duel *duel)
{
    enum { DATE_AT = 2, EVENT_END = 19, A_END = 31, B_END = 43, WHERE_AT = 45, WIDTH = 34 };
    const struct har_meetings *met = &duel->met;
    const char *names[] = {duel->who[0].person.name, duel->who[1].person.name};
    har_render_name(text, names[0], 36);
    har_text_format(text, "  %zu : %zu  ", met->wins, met->losses);
    har_render_name(text, names[1], 36);
    if (met->ties) har_text_format(text, ", %zu equal", met->ties);
    har_text_add(text, "\n");
    for (size_t i = 0; i < met->count; i++) {
        const struct har_meeting *m = &met->meeting[i];
        har_text_pad(text, DATE_AT);
        if (m->a->day != HAR_NO_DAY) har_text_date(text, m->a->day);
        text_right(text, EVENT_END, m->a->event.code);
        text_right(text, A_END, listed_mark(m->a, text->arena));
        har_text_add(text, m->winner == 0 ? "*" : "");
        text_right(text, B_END, listed_mark(m->b, text->arena));
        har_text_add(text, m->winner == 1 ? "*" : "");
        har_text_pad(text, WHERE_AT);
        har_render_name(text, listed_where(m->a), WIDTH);
        while (text->size && text->data[text->size - 1] == ' ')
            text->data[--text->size] = 0;
        har_text_add(text, "\n");
    }
    if (met->heats)
        har_text_format(text, "Heats and semi-finals, not counted: %zu\n", met->heats);
    if (met->unclear)
        har_text_format(text, "Not one race as it seems, not counted: %zu\n", met->unclear);
}

static void write_duel_json(struct har_text *text, const struct duel *duel)
{
    static const char *const inputs[] = {"date", "event", "places", "marks", NULL};
    struct har_json j = json_begin(text, "harrier.h2h/1");
    har_json_open(&j, "athletes", '[');
    for (size_t i = 0; i < 2; i++) {
        har_json_open(&j, NULL, '{');
        athlete_members(&j, &duel->who[i]);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_integer(&j, "wins", (int64_t)duel->met.wins);
    har_json_integer(&j, "losses", (int64_t)duel->met.losses);
    har_json_integer(&j, "ties", (int64_t)duel->met.ties);
    har_json_integer(&j, "heats", (int64_t)duel->met.heats);
    har_json_integer(&j, "unclear", (int64_t)duel->met.unclear);
    har_json_open(&j, "meetings", '[');
    for (size_t i = 0; i < duel->met.count; i++) {
        const struct har_meeting *m = &duel->met.meeting[i];
        const struct har_listed *both[] = {m->a, m->b};
        struct har_text day = {.arena = text->arena};
        if (m->a->day != HAR_NO_DAY) har_text_date(&day, m->a->day);
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "date", day.data);
        har_json_string(&j, "event", m->a->event.code);
        har_json_string(&j, "winner", winner_of(duel, m));
        har_json_open(&j, "marks", '[');
        for (size_t k = 0; k < 2; k++)
            har_json_string(&j, NULL, listed_mark(both[k], text->arena));
        har_json_close(&j);
        har_json_open(&j, "places", '[');
        for (size_t k = 0; k < 2; k++)
            if (both[k]->place) har_json_integer(&j, NULL, both[k]->place);
            else har_json_string(&j, NULL, NULL);
        har_json_close(&j);
        har_json_string(&j, "venue", m->a->venue);
        har_json_string(&j, "competition", m->a->competition);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(
        &j, "career", HAR_CAREER_VERSION, inputs,
        "races that both finished; the place decides where both have one, else the "
        "time; heats, semi-finals and qualifying rounds are counted apart, and so "
        "is the same place in two times, which was not one race");
    har_json_close(&j);
}

static void write_duel_csv(struct har_text *text, const struct duel *duel)
{
    har_text_add(text, "date,event,winner,mark_a,mark_b,place_a,place_b,venue\r\n");
    for (size_t i = 0; i < duel->met.count; i++) {
        const struct har_meeting *m = &duel->met.meeting[i];
        const char *winner = winner_of(duel, m);
        if (m->a->day != HAR_NO_DAY) har_text_date(text, m->a->day);
        har_text_format(text, ",%s,", m->a->event.code);
        har_csv_field(text, winner ? winner : "");
        har_text_format(text, ",%s,%s,", listed_mark(m->a, text->arena),
                        listed_mark(m->b, text->arena));
        if (m->a->place) har_text_format(text, "%d", m->a->place);
        har_text_add(text, ",");
        if (m->b->place) har_text_format(text, "%d", m->b->place);
        har_text_add(text, ",");
        har_csv_field(text, listed_where(m->a));
        har_text_add(text, "\r\n");
    }
}

/* HAR_EXIT_DONE, or the exit status after saying what is wrong. */
static int find_duel(const struct request *request, struct har_database *db,
                     struct duel *duel)
{
    struct har_error why = {0};
    int status = HAR_EXIT_DONE;
    for (size_t i = 0; i < 2 && status == HAR_EXIT_DONE; i++) {
        status = find_athlete_named(request, db, request->operand[i], &duel->who[i]);
        if (status == HAR_EXIT_DONE &&
            har_annals_marks(db, duel->who[i].id, request->arena, &duel->row[i],
                             &duel->count[i], &why))
            status = fail(request, &why);
    }
    if (status != HAR_EXIT_DONE) return status;
    if (duel->who[0].id == duel->who[1].id) {
        complain(request, "both names are those of one athlete");
        return HAR_EXIT_USAGE;
    }
    har_status got = har_career_meetings(duel->row[0], duel->count[0], duel->row[1],
                                         duel->count[1], request->arena, &duel->met, &why);
    return got ? fail(request, &why) : HAR_EXIT_DONE;
}

int run_h2h(const struct request *request)
{
    struct har_text text = {.arena = request->arena};
    struct duel duel = {0};
    int status;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    status = find_duel(request, har_store_database(store), &duel);
    har_store_close(store);
    if (status != HAR_EXIT_DONE) return status;
    if (is_asked(request, OPT_JSON)) write_duel_json(&text, &duel);
    else if (is_asked(request, OPT_CSV)) write_duel_csv(&text, &duel);
    else write_duel(&text, &duel);
    put_text(request, &text);
    if (duel.met.count) return HAR_EXIT_DONE;
    complain(request, "no race that both finished is in the lists");
    return HAR_EXIT_NOTHING;
}
