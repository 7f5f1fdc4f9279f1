/* SPDX-License-Identifier: MIT */
/* harrier camp: stays at altitude, told by hand or found in the activities.
 *
 * The response that is printed is the literature's, with the interval of one runner; what
 * was raced before and after stands below it as what it is, no proof. */

#include "commands.h"
#include "entry.h"

#include <math.h>
#include <string.h>

/* Columns of the list; together 80. */
enum {
    CAMP_NAME_WIDTH = 16,
    CAMP_FROM_AT = 18,
    CAMP_TO_AT = 30,
    CAMP_DAYS_END = 45,
    CAMP_HEIGHT_END = 54,
    CAMP_DOSE_END = 61,
    CAMP_BLOOD_END = 68,
    CAMP_RANGE_AT = 70,
    CAMP_UNDER_AT = 2
};

/* --- told --------------------------------------------------------------------------- */

/* HAR_EXIT_DONE, or the exit status after saying what is wrong. */
static int read_camp(const struct request *request, struct har_kept_camp *camp)
{
    static const enum option needed[] = {OPT_FROM, OPT_TO, OPT_ALTITUDE};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (is_asked(request, needed[i])) continue;
        complain(request,
                 "`harrier camp add` needs --from DATE, --to DATE and --altitude M");
        return HAR_EXIT_USAGE;
    }
    *camp = (struct har_kept_camp){
        .camp = {.name = request->operand[0], .lat_deg = NAN, .lon_deg = NAN, .told = true},
        .hours_a_day = HAR_CAMP_HOURS};
    bool read = read_day(request, OPT_FROM, &camp->camp.from_day) &&
                read_day(request, OPT_TO, &camp->camp.to_day) &&
                read_measure(request, OPT_ALTITUDE, &camp->camp.altitude_m) &&
                read_measure(request, OPT_HOURS, &camp->hours_a_day);
    camp->dose = har_camp_dose(&camp->camp, camp->hours_a_day);
    return read ? HAR_EXIT_DONE : HAR_EXIT_USAGE;
}

static void number_of(struct har_text *text, double value, const char *unit)
{
    har_text_fixed(text, value, 1);
    har_text_add(text, unit);
}

static void camp_members(struct har_json *json, const struct har_kept_camp *kept)
{
    size_t count;
    const struct har_return_window *windows = har_return_windows(&count);
    const struct har_camp *camp = &kept->camp;
    struct har_arena *arena = json->text->arena;
    har_json_string(json, "name", camp->name);
    har_json_string(json, "from", day_word(camp->from_day, arena));
    har_json_string(json, "to", day_word(camp->to_day, arena));
    har_json_string(json, "source", camp->told ? "told" : "found");
    har_json_number(json, "altitude_m", camp->altitude_m, 0);
    har_json_number(json, "hours", kept->dose.hours, 1);
    har_json_number(json, "hours_per_day", kept->hours_a_day, 2);
    har_json_number(json, "dose_km_h", kept->dose.dose_km_h, 1);
    har_json_number(json, "haemoglobin_pct", kept->dose.haemoglobin_pct, 2);
    har_json_number(json, "low_pct", kept->dose.low_pct, 2);
    har_json_number(json, "high_pct", kept->dose.high_pct, 2);
    har_json_open(json, "windows", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(json, NULL, '{');
        har_json_string(json, "from", day_word(camp->to_day + windows[i].from_day, arena));
        har_json_string(json, "to", day_word(camp->to_day + windows[i].to_day, arena));
        har_json_boolean(json, "race", windows[i].race);
        har_json_string(json, "note", windows[i].because);
        har_json_close(json);
    }
    har_json_close(json);
    if (!kept->brought) {
        har_json_string(json, "brought", NULL);
        return;
    }
    har_json_open(json, "brought", '{');
    har_json_number(json, "speed_pct", kept->brought->gain_pct, 2);
    har_json_number(json, "low_pct", kept->brought->low_pct, 2);
    har_json_number(json, "high_pct", kept->brought->high_pct, 2);
    har_json_integer(json, "races_before", (int64_t)kept->brought->before);
    har_json_integer(json, "races_after", (int64_t)kept->brought->after);
    har_json_close(json);
}

static void camp_because(struct har_json *json)
{
    static const char *const inputs[] = {"altitude_m", "hours", NULL};
    json_because(
        json, "camp", HAR_CAMP_VERSION, inputs,
        "the response of the literature, 80 % of runners between low_pct and "
        "high_pct; `brought` is standardised races of the 42 days after less those "
        "of the 42 before, and holds training and season too");
}

static void tell_camp(const struct request *request, const struct har_kept_camp *camp,
                      bool again)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) {
        struct har_json j = json_begin(&text, "harrier.camp/1");
        har_json_string(&j, "status", again ? "changed" : "added");
        har_json_open(&j, "camp", '{');
        camp_members(&j, camp);
        har_json_close(&j);
        camp_because(&j);
        har_json_close(&j);
    } else {
        har_text_format(&text, "camp %s is %s: %s to %s, ", camp->camp.name,
                        again ? "told anew" : "in",
                        day_word(camp->camp.from_day, text.arena),
                        day_word(camp->camp.to_day, text.arena));
        har_text_fixed(&text, camp->camp.altitude_m, 0);
        har_text_add(&text, " m, ");
        har_text_fixed(&text, camp->dose.dose_km_h, 0);
        har_text_add(&text, " km.h\n");
    }
    put_text(request, &text);
}

int run_camp_add(const struct request *request)
{
    struct har_error why = {0};
    struct har_kept_camp camp;
    int64_t athlete = 0;
    bool again;
    int status = read_camp(request, &camp);
    if (status != HAR_EXIT_DONE) return status;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got = har_camp_tell(store, athlete, &camp, request->arena, &again, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    tell_camp(request, &camp, again);
    return HAR_EXIT_DONE;
}

int run_camp_remove(const struct request *request)
{
    struct har_error why = {0};
    int64_t athlete = 0;
    int status;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got = har_camp_forget(store, athlete, request->operand[0], &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    note(request, "camp %s is forgotten", request->operand[0]);
    return HAR_EXIT_DONE;
}

/* --- listed ------------------------------------------------------------------------- */

static void brought_line(struct har_text *text, const struct har_camp_gain *brought)
{
    har_text_pad(text, CAMP_UNDER_AT);
    har_text_add(text, brought->gain_pct < 0 ? "after it " : "after it +");
    number_of(text, brought->gain_pct, " % of speed (");
    number_of(text, brought->low_pct, " to ");
    number_of(text, brought->high_pct, "), by ");
    har_text_format(text, "%zu races before and %zu after\n", brought->before,
                    brought->after);
}

static void no_brought_line(struct har_text *text, const struct har_kept_camp *kept)
{
    har_text_pad(text, CAMP_UNDER_AT);
    har_text_format(text,
                    "what it brought takes 2 races in 6 weeks before and 2 after to say: "
                    "%zu and %zu\n",
                    kept->before, kept->after);
}

static void camp_row(struct har_text *text, const struct har_kept_camp *kept,
                     const struct har_style *style)
{
    const struct har_camp *camp = &kept->camp;
    double height = style->imperial ? camp->altitude_m / 0.3048 : camp->altitude_m;
    har_render_name(text, camp->told ? camp->name : "(found)", CAMP_NAME_WIDTH);
    har_text_pad(text, CAMP_FROM_AT);
    har_text_date(text, camp->from_day);
    har_text_pad(text, CAMP_TO_AT);
    har_text_date(text, camp->to_day);
    text_right_fixed(text, CAMP_DAYS_END, (double)(camp->to_day - camp->from_day + 1), 0);
    text_right_fixed(text, CAMP_HEIGHT_END, height, 0);
    text_right_fixed(text, CAMP_DOSE_END, kept->dose.dose_km_h, 0);
    text_right_fixed(text, CAMP_BLOOD_END, kept->dose.haemoglobin_pct, 1);
    har_text_pad(text, CAMP_RANGE_AT);
    number_of(text, kept->dose.low_pct, " to ");
    number_of(text, kept->dose.high_pct, "\n");
    if (kept->brought) brought_line(text, kept->brought);
    else no_brought_line(text, kept);
}

/* The days after the latest return. */
static void windows_text(struct har_text *text, const struct har_camp *camp,
                         const struct har_style *style)
{
    size_t count;
    const struct har_return_window *windows = har_return_windows(&count);
    har_text_add(text, "\n");
    text_heading(text, style, "after the latest return");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) {
        har_text_date(text, camp->to_day + windows[i].from_day);
        har_text_add(text, " to ");
        har_text_date(text, camp->to_day + windows[i].to_day);
        har_text_add(text, windows[i].race ? "  race   " : "  avoid  ");
        text_wrapped(text, 33, style, windows[i].because);
    }
}

static void camps_text(struct har_text *text, const struct har_kept_camp *camps,
                       size_t count, const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "camp");
    har_text_pad(&head, CAMP_FROM_AT);
    har_text_add(&head, "from");
    har_text_pad(&head, CAMP_TO_AT);
    har_text_add(&head, "to");
    text_right(&head, CAMP_DAYS_END, "days");
    text_right(&head, CAMP_HEIGHT_END, style->imperial ? "ft" : "m");
    text_right(&head, CAMP_DOSE_END, "km.h");
    text_right(&head, CAMP_BLOOD_END, "Hb %");
    har_text_pad(&head, CAMP_RANGE_AT);
    har_text_add(&head, "80 %");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) camp_row(text, &camps[i], style);
    windows_text(text, &camps[count - 1].camp, style);
}

static void camps_json(struct har_text *text, const struct har_kept_camp *camps,
                       size_t count)
{
    struct har_json j = json_begin(text, "harrier.camp/1");
    har_json_open(&j, "camps", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        camp_members(&j, &camps[i]);
        har_json_integer(&j, "races_before", (int64_t)camps[i].before);
        har_json_integer(&j, "races_after", (int64_t)camps[i].after);
        har_json_close(&j);
    }
    har_json_close(&j);
    camp_because(&j);
    har_json_close(&j);
}

static void camps_csv(struct har_text *text, const struct har_kept_camp *camps,
                      size_t count)
{
    har_text_add(text, "name,from,to,source,altitude_m,hours,hours_per_day,dose_km_h,"
                       "haemoglobin_pct,low_pct,high_pct,brought_speed_pct,"
                       "brought_low_pct,brought_high_pct\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_kept_camp *kept = &camps[i];
        const struct har_camp_gain *brought = kept->brought;
        har_csv_field(text, kept->camp.name ? kept->camp.name : "");
        har_text_add(text, ",");
        har_text_date(text, kept->camp.from_day);
        har_text_add(text, ",");
        har_text_date(text, kept->camp.to_day);
        har_text_add(text, kept->camp.told ? ",told" : ",found");
        csv_number(text, kept->camp.altitude_m, 0);
        csv_number(text, kept->dose.hours, 1);
        csv_number(text, kept->hours_a_day, 2);
        csv_number(text, kept->dose.dose_km_h, 1);
        csv_number(text, kept->dose.haemoglobin_pct, 2);
        csv_number(text, kept->dose.low_pct, 2);
        csv_number(text, kept->dose.high_pct, 2);
        csv_number(text, brought ? brought->gain_pct : NAN, 2);
        csv_number(text, brought ? brought->low_pct : NAN, 2);
        csv_number(text, brought ? brought->high_pct : NAN, 2);
        har_text_add(text, "\r\n");
    }
}

static int list_camps(const struct request *request, const struct har_kept_camp *camps,
                      size_t count)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) camps_json(&text, camps, count);
    else if (is_asked(request, OPT_CSV)) camps_csv(&text, camps, count);
    else if (count > 0) camps_text(&text, camps, count, &request->style);
    put_text(request, &text);
    if (count > 0) return HAR_EXIT_DONE;
    complain(
        request,
        "no camp is told, and no activities show 4 days above 1500 m; tell one: harrier "
        "camp add NAME --from DATE --to DATE --altitude M");
    return HAR_EXIT_NOTHING;
}

int run_camp_list(const struct request *request)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_kept_camp *camps;
    size_t count;
    int status;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store) return status == HAR_EXIT_NOTHING ? list_camps(request, NULL, 0) : status;
    har_status got = har_camps(store, &filter, request->arena, &camps, &count, &why);
    status = got ? fail(request, &why) : list_camps(request, camps, count);
    har_store_close(store);
    return status;
}
