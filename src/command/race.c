/* SPDX-License-Identifier: MIT */
/* harrier race: official results, told one at a time, listed, forgotten.
 *
 * The list as CSV has the header that `harrier results import` reads, so that what one
 * store tells another takes in. */

#include "commands.h"
#include "entry.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Columns of the list; together 80. */
enum {
    RACE_ID_END = 6,
    RACE_DATE_AT = 8,
    RACE_EVENT_END = 28,
    RACE_MARK_END = 39,
    RACE_GPS_END = 49,
    RACE_PLACE_END = 55,
    RACE_FLAG_AT = 57,
    RACE_NAME_AT = 63,
    RACE_NAME_WIDTH = 17
};

/* --- adding ------------------------------------------------------------------------- */

static bool read_told_feat(const struct request *request, struct har_result *result)
{
    struct har_error why = {0};
    har_status got = har_parse_mark(har_bytes_of(request->operand[0]), &result->mark, &why);
    if (!got)
        got = har_parse_event(har_bytes_of(request->operand[1]), &result->event, &why);
    if (!got) got = har_result_check(result, &why);
    if (got) complain(request, "%s", why.message);
    return got == HAR_OK;
}

/* HAR_EXIT_DONE, or the exit status after saying what is wrong. */
static int read_result(const struct request *request, struct har_result *result)
{
    enum har_sex sex = HAR_MEN;
    int64_t place = 0;
    *result = har_result_untold();
    if (!is_asked(request, OPT_DATE)) {
        complain(request, "`harrier race add` needs --date DATE, such as 2026-01-31");
        return HAR_EXIT_USAGE;
    }
    if (is_asked(request, OPT_ELIGIBLE) && is_asked(request, OPT_INELIGIBLE)) {
        complain(request, "--eligible and --ineligible exclude each other");
        return HAR_EXIT_USAGE;
    }
    if (!read_day(request, OPT_DATE, &result->day) || !read_sex(request, &sex) ||
        !read_count(request, OPT_PLACE, 1, 1000000, &place) ||
        !read_measure(request, OPT_DROP, &result->drop_m) ||
        !read_measure(request, OPT_ALTITUDE, &result->altitude_m) ||
        !read_measure(request, OPT_TEMP, &result->temp_c) ||
        !read_measure(request, OPT_HUMIDITY, &result->humidity_pct) ||
        !read_measure(request, OPT_WBGT, &result->wbgt_c) ||
        !read_measure(request, OPT_WIND, &result->wind_mps))
        return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_SEX)) result->sex = (int)sex;
    if (is_asked(request, OPT_ELIGIBLE)) result->eligible = 1;
    if (is_asked(request, OPT_INELIGIBLE)) result->eligible = 0;
    result->place = (int)place;
    result->name = request->value[OPT_NAME];
    result->venue = request->value[OPT_VENUE];
    result->notes = request->value[OPT_NOTE];
    return read_told_feat(request, result) ? HAR_EXIT_DONE : HAR_EXIT_FAILED;
}

static void tell_eligible(struct har_text *text, const struct har_race *race)
{
    if (race->result.eligible == HAR_UNTOLD || !race->judged) return;
    har_text_add(text, race->result.eligible
                           ? "; by its course lists take the mark"
                           : "; by its course lists do not take the mark");
}

static void added_text(struct har_text *text, const struct har_race *race,
                       enum har_race_fate fate)
{
    static const char *const fates[] = {[HAR_RACE_NEW] = "in",
                                        [HAR_RACE_FILLED] = "was in, and is told more of",
                                        [HAR_RACE_KNOWN] = "already there"};
    har_text_format(text, "race %" PRId64 " %s: %s %s, ", race->id, fates[fate],
                    mark_word(race, text->arena), race->result.event.code);
    har_text_date(text, race->result.day);
    if (race->activity)
        har_text_format(text, ", recorded by activity %" PRId64, race->activity);
    tell_eligible(text, race);
    har_text_add(text, "\n");
}

static void added_json(struct har_text *text, const struct har_race *race,
                       enum har_race_fate fate, const char *warning)
{
    static const char *const fates[] = {[HAR_RACE_NEW] = "imported",
                                        [HAR_RACE_FILLED] = "enriched",
                                        [HAR_RACE_KNOWN] = "duplicate"};
    struct har_json j = json_begin(text, "harrier.race/1");
    har_json_string(&j, "status", fates[fate]);
    har_json_string(&j, "warning", warning);
    har_json_open(&j, "race", '{');
    race_members(&j, race);
    har_json_close(&j);
    har_json_close(&j);
}

int run_race_add(const struct request *request)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_race race = {0};
    enum har_race_fate fate;
    const char *warning;
    int64_t athlete = 0;
    int status = read_result(request, &race.result);
    if (status != HAR_EXIT_DONE) return status;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got =
        har_race_add(store, athlete, &race, request->arena, &fate, &warning, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    if (warning) complain(request, "%s", warning);
    if (is_asked(request, OPT_JSON)) added_json(&text, &race, fate, warning);
    else added_text(&text, &race, fate);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_race_remove(const struct request *request)
{
    struct har_error why = {0};
    int status;
    int64_t id;
    if (!har_parse_integer(har_bytes_of(request->operand[0]), &id)) {
        complain(request,
                 "`harrier race remove` takes the number of a race, as `harrier race list` "
                 "has it");
        return HAR_EXIT_USAGE;
    }
    struct har_store *store = open_store(request, HAR_STORE_WRITE, &status);
    if (!store) return status;
    har_status got = har_race_remove(store, id, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    note(request, "race %" PRId64 " is forgotten", id);
    return HAR_EXIT_DONE;
}

/* --- listing ------------------------------------------------------------------------ */

/* As marks are written: 61:51. */
static const char *clock_word(double time_s, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_clock(&text, time_s, 0, true);
    return text.data ? text.data : "-";
}

static void race_row(struct har_text *text, const struct har_race_beside *beside,
                     const struct har_style *style)
{
    const struct har_result *r = &beside->race.result;
    char number[24];
    snprintf(number, sizeof number, "%" PRId64, beside->race.id);
    text_right(text, RACE_ID_END, number);
    har_text_pad(text, RACE_DATE_AT);
    har_text_date(text, r->day);
    text_right(text, RACE_EVENT_END, r->event.code);
    text_right(text, RACE_MARK_END, mark_word(&beside->race, text->arena));
    text_right(text, RACE_GPS_END, clock_word(beside->gps_s, text->arena));
    snprintf(number, sizeof number, "%d", r->place);
    text_right(text, RACE_PLACE_END, r->place ? number : "-");
    const char *name = r->name ? r->name : r->venue;
    const char *flag = !r->official ? "own" : r->eligible == 0 ? "aided" : "";
    if (*flag || name) har_text_pad(text, RACE_FLAG_AT);
    text_heading(text, style, flag);
    if (name) {
        har_text_pad(text, RACE_NAME_AT);
        har_render_name(text, name, RACE_NAME_WIDTH);
    }
    har_text_add(text, "\n");
}

static void results_text(struct har_text *text, const struct har_race_beside *races,
                         size_t count, const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    text_right(&head, RACE_ID_END, "id");
    har_text_pad(&head, RACE_DATE_AT);
    har_text_add(&head, "date");
    text_right(&head, RACE_EVENT_END, "event");
    text_right(&head, RACE_MARK_END, "mark");
    text_right(&head, RACE_GPS_END, "by GPS");
    text_right(&head, RACE_PLACE_END, "place");
    har_text_pad(&head, RACE_NAME_AT);
    har_text_add(&head, "race");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) race_row(text, &races[i], style);
}

/* The race as the runner's evidence has it, in standard conditions; NULL where it is none.
 */
static const struct har_evidence *standard_of(const struct har_history *history,
                                              const struct har_result *race)
{
    for (size_t i = 0; i < history->count; i++) {
        const struct har_evidence *mark = history->evidence + i;
        double run_s = mark->run_s > 0 ? mark->run_s : mark->time_s;
        if (mark->kind == HAR_EVIDENCE_RACE && mark->day == race->day &&
            strcmp(mark->event.code, race->event.code) == 0 &&
            fabs(run_s - (double)race->mark.time_ms / 1e3) < 5e-4)
            return mark;
    }
    return NULL;
}

static void results_json(struct har_text *text, const struct har_race_beside *races,
                         size_t count, const struct har_history *history)
{
    static const char *const inputs[] = {"time_s", "activity", NULL};
    struct har_json j = json_begin(text, "harrier.races/1");
    har_json_string(&j, "sex", history->count ? sex_letter((int)history->sex) : NULL);
    har_json_open(&j, "races", '[');
    for (size_t i = 0; i < count; i++) {
        const struct har_evidence *standard = standard_of(history, &races[i].race.result);
        har_json_open(&j, NULL, '{');
        race_members(&j, &races[i].race);
        har_json_number(&j, "gps_s", races[i].gps_s, 2);
        har_json_number(&j, "standard_s", standard ? standard->time_s : NAN, 2);
        har_json_number(&j, "standard_sd_pct", standard ? 100 * standard->blur : NAN, 2);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(
        &j, "best", HAR_BEST_VERSION, inputs,
        "time_s is the organiser's; gps_s is what the activity that recorded the "
        "race measured over the distance, and is no mark; standard_s is the mark on "
        "the flat, cool, still and at sea level, as predictions take it, of a runner "
        "whose sex is kept");
    har_json_close(&j);
}

static void csv_text(struct har_text *text, const char *value)
{
    har_text_add(text, ",");
    har_csv_field(text, value ? value : "");
}

static void csv_real(struct har_text *text, double value)
{
    har_text_add(text, ",");
    har_text_number(text, value, 2);
}

static void csv_whole(struct har_text *text, int64_t value, bool known)
{
    if (known) har_text_format(text, ",%" PRId64, value);
    else har_text_add(text, ",");
}

static void results_csv(struct har_text *text, const struct har_race_beside *races,
                        size_t count)
{
    har_text_add(text, "athlete,date,event,mark,official,eligible,place,race,venue,course,"
                       "drop_m,separation_pct,altitude_m,temp_c,humidity_pct,wbgt_c,"
                       "wind_mps,notes,id,activity,gps_s\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_race *race = &races[i].race;
        const struct har_result *r = &race->result;
        har_csv_field(text, r->athlete);
        har_text_add(text, ",");
        har_text_date(text, r->day);
        csv_text(text, r->event.code);
        csv_text(text, mark_word(race, text->arena));
        csv_whole(text, r->official, true);
        csv_whole(text, r->eligible, r->eligible != HAR_UNTOLD);
        csv_whole(text, r->place, r->place > 0);
        csv_text(text, r->name);
        csv_text(text, r->venue);
        csv_text(text, r->course);
        csv_real(text, r->drop_m);
        csv_real(text, r->separation_pct);
        csv_real(text, r->altitude_m);
        csv_real(text, r->temp_c);
        csv_real(text, r->humidity_pct);
        csv_real(text, r->wbgt_c);
        csv_real(text, r->wind_mps);
        csv_text(text, r->notes);
        csv_whole(text, race->id, true);
        csv_whole(text, race->activity, race->activity != 0);
        csv_real(text, races[i].gps_s);
        har_text_add(text, "\r\n");
    }
}

static int list_races(const struct request *request, const struct har_race_beside *races,
                      size_t count, const struct har_history *history)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) results_json(&text, races, count, history);
    else if (is_asked(request, OPT_CSV)) results_csv(&text, races, count);
    else if (count > 0) results_text(&text, races, count, &request->style);
    put_text(request, &text);
    if (count > 0) return HAR_EXIT_DONE;
    complain(request,
             "no race is kept there; add one: harrier race add MARK EVENT --date DATE, or "
             "harrier results import FILE");
    return HAR_EXIT_NOTHING;
}

int run_race_list(const struct request *request)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_race_beside *races;
    struct har_history history = {0};
    size_t count;
    int status;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store)
        return status == HAR_EXIT_NOTHING ? list_races(request, NULL, 0, &history) : status;
    har_status got = har_races(store, &filter, request->arena, &races, &count, &why);
    if (got == HAR_OK && is_asked(request, OPT_JSON)) {
        got = har_kept_history(store, &filter, HAR_UNTOLD, request->arena, &history, &why);
        if (got == HAR_NO_ANSWER)
            got = HAR_OK; /* then nothing is said of what it is worth */
        if (got) history.count = 0;
    }
    status = got ? fail(request, &why) : list_races(request, races, count, &history);
    har_store_close(store);
    return status;
}
