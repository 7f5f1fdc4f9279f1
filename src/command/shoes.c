/* SPDX-License-Identifier: MIT */
/* harrier shoes: pairs, what each is worn for, how far it went, and its races. */

#include "commands.h"
#include "entry.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Columns of the list; together under 80. */
enum {
    SHOE_NAME_WIDTH = 24,
    SHOE_KM_END = 32,
    SHOE_LIMIT_END = 39,
    SHOE_RUNS_END = 45,
    SHOE_LAST_AT = 47,
    SHOE_FOR_AT = 59,
    SHOE_RACE_AT = 2
};

/* --- told --------------------------------------------------------------------------- */

/* Kilometres on the command line, metres in here. */
static bool read_kilometres(const struct request *request, enum option option, double *m)
{
    double km = NAN;
    if (!read_measure(request, option, &km)) return false;
    if (!isnan(km)) *m = 1000 * km;
    return true;
}

static bool read_worn_for(const struct request *request, unsigned *kinds)
{
    const char *text = request->value[OPT_DEFAULT];
    if (!text || har_parse_run_kinds(har_bytes_of(text), kinds)) return true;
    complain(request,
             "--default takes race, trail, track, fast, long or easy, or several with "
             "commas, not \"%s\"",
             text);
    return false;
}

static void tell_shoe(const struct request *request, const char *status)
{
    struct har_text text = {.arena = request->arena};
    const char *name = request->operand[0];
    if (is_asked(request, OPT_JSON)) {
        struct har_json j = json_begin(&text, "harrier.shoes/1");
        har_json_string(&j, "status", status);
        har_json_string(&j, "name", name);
        har_json_close(&j);
        put_text(request, &text);
    } else {
        note(request, "%s: %s", name, status);
    }
}

int run_shoes_add(const struct request *request)
{
    struct har_error why = {0};
    struct har_shoe shoe = {.name = request->operand[0],
                            .limit_m = NAN,
                            .from_day = HAR_NO_DAY,
                            .last_day = HAR_NO_DAY};
    int64_t athlete = 0;
    int status;
    if (!read_worn_for(request, &shoe.kinds) ||
        !read_kilometres(request, OPT_DISTANCE, &shoe.initial_m) ||
        !read_kilometres(request, OPT_LIMIT, &shoe.limit_m) ||
        !read_day(request, OPT_FROM, &shoe.from_day))
        return HAR_EXIT_USAGE;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got = har_shoe_add(store, athlete, &shoe, request->arena, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    tell_shoe(request, "added");
    return HAR_EXIT_DONE;
}

/* The activities after the name of the pair. */
static const int64_t *read_activities(const struct request *request)
{
    int64_t *ids = HAR_NEW(request->arena, int64_t, request->operand_count);
    for (size_t i = 1; ids && i < request->operand_count; i++) {
        if (!read_activity(request, request->operand[i], ids + i - 1)) return NULL;
    }
    return ids;
}

int run_shoes_wear(const struct request *request)
{
    struct har_error why = {0};
    const int64_t *ids = read_activities(request);
    int64_t athlete = 0;
    int status;
    if (!ids) return HAR_EXIT_USAGE;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got = har_shoe_wear(store, athlete, request->operand[0], ids,
                                   request->operand_count - 1, request->arena, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    tell_shoe(request, "worn");
    return HAR_EXIT_DONE;
}

int run_shoes_retire(const struct request *request)
{
    struct har_error why = {0};
    int64_t athlete = 0, day;
    int status;
    if (!read_day_or_today(request, &day)) return HAR_EXIT_USAGE;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got =
        har_shoe_retire(store, athlete, request->operand[0], day, request->arena, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    tell_shoe(request, "retired");
    return HAR_EXIT_DONE;
}

int run_shoes_remove(const struct request *request)
{
    struct har_error why = {0};
    int64_t athlete = 0;
    int status;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got =
        har_shoe_remove(store, athlete, request->operand[0], request->arena, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    tell_shoe(request, "forgotten");
    return HAR_EXIT_DONE;
}

/* --- listed ------------------------------------------------------------------------- */

static bool is_retired(const struct har_wear *pair)
{
    return pair->shoe->last_day != HAR_NO_DAY;
}

static bool is_meant_pair(const struct request *request, const struct har_wear *pair)
{
    return request->operand_count == 0 || !strcmp(request->operand[0], pair->shoe->name);
}

static void words_of_kinds(struct har_text *text, unsigned set, const char *between)
{
    bool any = false;
    for (unsigned kind = 0; kind < HAR_RUN_KINDS; kind++) {
        if (!(set >> kind & 1U)) continue;
        if (any) har_text_add(text, between);
        har_text_add(text, har_run_kind_name((enum har_run_kind)kind));
        any = true;
    }
}

static void day_or_null(struct har_json *json, const char *name, int64_t day)
{
    har_json_string(json, name,
                    day == HAR_NO_DAY ? NULL : day_word(day, json->text->arena));
}

static int64_t raced_on(const struct har_entry *race)
{
    return har_local_day(race->summary.start_ms, race->summary.utc_offset_s);
}

static void races_of_pair(struct har_json *j, const struct har_wear *pair)
{
    har_json_open(j, "races", '[');
    for (size_t i = 0; i < pair->race_count; i++) {
        const struct har_entry *race = pair->races[i];
        har_json_open(j, NULL, '{');
        har_json_integer(j, "activity", race->id);
        har_json_string(j, "date", day_word(raced_on(race), j->text->arena));
        har_json_string(j, "name", race->name);
        har_json_number(j, "distance_m", race->summary.distance_m, 2);
        har_json_string(j, "event",
                        race->official ? race->official->result.event.code : NULL);
        har_json_string(j, "mark",
                        race->official ? mark_word(race->official, j->text->arena) : NULL);
        har_json_close(j);
    }
    har_json_close(j);
}

static void shoe_members(struct har_json *j, const struct har_wear *pair)
{
    const struct har_shoe *shoe = pair->shoe;
    har_json_string(j, "name", shoe->name);
    har_json_number(j, "distance_m", pair->distance_m, 0);
    har_json_number(j, "limit_m", shoe->limit_m, 0);
    har_json_boolean(j, "retired", is_retired(pair));
    day_or_null(j, "retired_on", shoe->last_day);
    har_json_string(j, "state", har_wear_state_name(pair->state));
    har_json_number(j, "initial_m", shoe->initial_m, 0);
    har_json_open(j, "defaults", '[');
    for (unsigned kind = 0; kind < HAR_RUN_KINDS; kind++)
        if (shoe->kinds >> kind & 1U)
            har_json_string(j, NULL, har_run_kind_name((enum har_run_kind)kind));
    har_json_close(j);
    day_or_null(j, "from", shoe->from_day);
    har_json_integer(j, "runs", pair->runs);
    har_json_integer(j, "runs_told", pair->told);
    har_json_integer(j, "runs_unmeasured", pair->unmeasured);
    day_or_null(j, "first", pair->first_day);
    day_or_null(j, "last", pair->last_day);
    races_of_pair(j, pair);
}

static void shoes_json(struct har_text *text, const struct request *request,
                       const struct har_gear *gear)
{
    static const char *const inputs[] = {"distance_m", "initial_m", "defaults", NULL};
    struct har_json j = json_begin(text, "harrier.shoes/1");
    har_json_open(&j, "shoes", '[');
    for (size_t i = 0; i < gear->shoe_count; i++) {
        if (!is_meant_pair(request, gear->wearing.wear + i)) continue;
        har_json_open(&j, NULL, '{');
        shoe_members(&j, gear->wearing.wear + i);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(&j, "shoe", HAR_SHOE_VERSION, inputs,
                 "a run is in the pair that somebody said, else in the one worn for its "
                 "kind of session on its day; fast is 10 minutes 12 % over the usual "
                 "speed of the 8 weeks before, long half as far again as the usual run");
    har_json_close(&j);
}

static void shoes_csv(struct har_text *text, const struct request *request,
                      const struct har_gear *gear)
{
    har_text_add(text, "name,distance_m,limit_m,retired_on,state,initial_m,defaults,runs,"
                       "races,first,last\r\n");
    for (size_t i = 0; i < gear->shoe_count; i++) {
        const struct har_wear *pair = gear->wearing.wear + i;
        struct har_text kinds = {.arena = text->arena};
        if (!is_meant_pair(request, pair)) continue;
        har_csv_field(text, pair->shoe->name);
        har_text_add(text, ",");
        har_text_fixed(text, pair->distance_m, 0);
        har_text_add(text, ",");
        har_text_fixed(text, pair->shoe->limit_m, 0);
        har_text_add(text, ",");
        if (is_retired(pair)) har_text_date(text, pair->shoe->last_day);
        har_text_format(text, ",%s,", har_wear_state_name(pair->state));
        har_text_fixed(text, pair->shoe->initial_m, 0);
        har_text_add(text, ",");
        words_of_kinds(&kinds, pair->shoe->kinds, " ");
        har_text_add(text, kinds.size ? kinds.data : "");
        har_text_format(text, ",%u,%zu,", pair->runs, pair->race_count);
        if (pair->runs) har_text_date(text, pair->first_day);
        har_text_add(text, ",");
        if (pair->runs) har_text_date(text, pair->last_day);
        har_text_add(text, "\r\n");
    }
}

static void race_line(struct har_text *text, const struct har_entry *race,
                      const struct har_style *style)
{
    har_text_pad(text, SHOE_RACE_AT);
    har_text_date(text, raced_on(race));
    har_text_add(text, "  ");
    if (race->official)
        har_text_format(text, "%s %s", race->official->result.event.code,
                        mark_word(race->official, text->arena));
    else har_render_distance(text, race->summary.distance_m, style);
    har_text_add(text, "  ");
    if (race->name) har_render_name(text, race->name, 40);
    har_text_format(text, " (%" PRId64 ")\n", race->id);
}

static void shoe_line(struct har_text *text, const struct har_wear *pair,
                      const struct har_style *style)
{
    har_render_name(text, pair->shoe->name, SHOE_NAME_WIDTH);
    text_right_fixed(text, SHOE_KM_END, pair->distance_m / unit_m(style), 0);
    text_right_fixed(text, SHOE_LIMIT_END, pair->shoe->limit_m / unit_m(style), 0);
    text_right_fixed(text, SHOE_RUNS_END, pair->runs, 0);
    har_text_pad(text, SHOE_LAST_AT);
    if (pair->runs) har_text_date(text, pair->last_day);
    else har_text_add(text, "-");
    har_text_pad(text, SHOE_FOR_AT);
    if (is_retired(pair)) {
        har_text_add(text, "retired ");
        har_text_date(text, pair->shoe->last_day);
    } else {
        words_of_kinds(text, pair->shoe->kinds, ", ");
    }
    har_text_add(text, "\n");
}

static void shoes_text(struct har_text *text, const struct request *request,
                       const struct har_gear *gear)
{
    const struct har_style *style = &request->style;
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "pair");
    text_right(&head, SHOE_KM_END, unit_name(style));
    text_right(&head, SHOE_LIMIT_END, "limit");
    text_right(&head, SHOE_RUNS_END, "runs");
    har_text_pad(&head, SHOE_LAST_AT);
    har_text_add(&head, "last");
    har_text_pad(&head, SHOE_FOR_AT);
    har_text_add(&head, "worn for");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < gear->shoe_count; i++) {
        const struct har_wear *pair = gear->wearing.wear + i;
        if (!is_meant_pair(request, pair)) continue;
        shoe_line(text, pair, style);
        for (size_t k = 0; request->operand_count && k < pair->race_count; k++)
            race_line(text, pair->races[k], style);
    }
}

/* A pair in use that is near its limit or over it is said aloud. */
static void warn_of_limits(const struct request *request, const struct har_gear *gear)
{
    for (size_t i = 0; i < gear->shoe_count; i++) {
        const struct har_wear *pair = gear->wearing.wear + i;
        struct har_text say = {.arena = request->arena};
        if (!is_meant_pair(request, pair) || is_retired(pair) ||
            pair->state == HAR_WEAR_GOOD)
            continue;
        har_text_format(&say, "%s has run ", pair->shoe->name);
        har_render_distance(&say, pair->distance_m, &request->style);
        har_text_add(&say, pair->state == HAR_WEAR_OVER ? ", over its limit of "
                                                        : ", near its limit of ");
        har_render_distance(&say, pair->shoe->limit_m, &request->style);
        if (!say.failed) note(request, "%s", say.data);
    }
}

static int list_shoes(const struct request *request, const struct har_gear *gear)
{
    struct har_text text = {.arena = request->arena};
    size_t meant = 0;
    for (size_t i = 0; i < gear->shoe_count; i++)
        meant += is_meant_pair(request, gear->wearing.wear + i);
    if (is_asked(request, OPT_JSON)) shoes_json(&text, request, gear);
    else if (is_asked(request, OPT_CSV)) shoes_csv(&text, request, gear);
    else if (meant) shoes_text(&text, request, gear);
    put_text(request, &text);
    if (meant) {
        warn_of_limits(request, gear);
        return HAR_EXIT_DONE;
    }
    if (request->operand_count)
        complain(request, "there is no pair called \"%s\"", request->operand[0]);
    else
        complain(request,
                 "no pair is kept; tell one: harrier shoes add NAME --default easy "
                 "--limit 800");
    return HAR_EXIT_NOTHING;
}

int run_shoes(const struct request *request)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_gear gear = {0};
    int status;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store) return status == HAR_EXIT_NOTHING ? list_shoes(request, &gear) : status;
    har_status got = har_gear(store, filter.athlete, request->arena, &gear, &why);
    status = got ? fail(request, &why) : list_shoes(request, &gear);
    har_store_close(store);
    return status;
}
