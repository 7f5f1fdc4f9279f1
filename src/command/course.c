/* SPDX-License-Identifier: MIT */
/* harrier course check: what a line on the map says about a course, and whether a mark from
 * it could be a record. An answer of "unknown" is an answer: its reasons are on the page.
 */

#include "commands.h"
#include "entry.h"

#include "harrier/archive.h"
#include "harrier/course.h"
#include "harrier/mark.h"

#include <math.h>
#include <string.h>

/* Where the values of the page begin. */
enum { VALUE_AT = 16 };

static const char *const verdict_words[] = {
    [HAR_VERDICT_ELIGIBLE] = "eligible: a mark from here could be a record",
    [HAR_VERDICT_AIDED_DROP] = "aided by its drop: no record",
    [HAR_VERDICT_AIDED_SEPARATION] = "aided by its separation: no record",
    [HAR_VERDICT_AIDED_BOTH] = "aided by its drop and its separation: no record",
    [HAR_VERDICT_EXCLUDED] = "excluded: it falls too far for any list",
    [HAR_VERDICT_UNKNOWN] = "unknown",
};

static const char *const listing_words[] = {
    [HAR_LISTING_PLAIN] = "without a mark",
    [HAR_LISTING_AIDED] = "with an \"a\", for aided",
    [HAR_LISTING_NONE] = "not at all",
    [HAR_LISTING_UNKNOWN] = "cannot be told",
};

struct answer {
    const char *file;
    const struct har_event *event; /* NULL: not told */
    const struct har_course *course;
    const struct har_eligibility *eligibility;
};

/* --- the question ------------------------------------------------------------------ */

static bool read_question(const struct request *request, struct har_event *event,
                          struct har_course_question *question)
{
    struct har_error why = {0};
    *question = (struct har_course_question){NAN, NAN, NAN};
    if (is_asked(request, OPT_EVENT)) {
        struct har_bytes text = har_bytes_of(request->value[OPT_EVENT]);
        if (har_parse_event(text, event, &why) != HAR_OK) {
            complain(request, "%s", why.message);
            return false;
        }
        question->event_m = event->distance_m;
    }
    if (is_asked(request, OPT_START_ELEVATION) != is_asked(request, OPT_FINISH_ELEVATION)) {
        complain(request, "--start-elevation and --finish-elevation belong together");
        return false;
    }
    return read_measure(request, OPT_START_ELEVATION, &question->start_elevation_m) &&
           read_measure(request, OPT_FINISH_ELEVATION, &question->finish_elevation_m);
}

/* --- the answer -------------------------------------------------------------------- */

static void answer_json(struct har_text *text, const struct answer *a)
{
    const struct har_course *c = a->course;
    struct har_json j = json_begin(text, "harrier.course/1");
    har_json_string(&j, "file", a->file);
    har_json_string(&j, "name", c->name);
    har_json_string(&j, "event", a->event ? a->event->code : NULL);
    har_json_number(&j, "event_m", a->event ? a->event->distance_m : NAN, 3);
    har_json_number(&j, "length_m", c->length_m, 1);
    har_json_number(&j, "separation_m", c->separation_m, 1);
    har_json_number(&j, "ascent_m", c->ascent_m, 1);
    har_json_number(&j, "descent_m", c->descent_m, 1);
    eligibility_members(&j, a->eligibility);
    har_json_close(&j);
}

static void heights_rows(struct har_text *text, const struct answer *a)
{
    const struct har_eligibility *e = a->eligibility;
    text_row(text, "drop", VALUE_AT);
    if (isnan(e->drop_m)) {
        har_text_add(text, "not known\n");
    } else {
        har_text_fixed(text, e->drop_m, 0);
        har_text_add(text, " m, ");
        har_text_fixed(text, e->drop_m_per_km, 2);
        har_text_add(text, " m/km");
        if (e->drop_low_m < e->drop_high_m) {
            har_text_add(text, " (between ");
            har_text_fixed(text, e->drop_low_m, 0);
            har_text_add(text, " and ");
            har_text_fixed(text, e->drop_high_m, 0);
            har_text_add(text, " m)");
        }
        har_text_add(text, "\n");
    }
    if (isnan(a->course->ascent_m)) return;
    text_row(text, "ascent", VALUE_AT);
    har_text_fixed(text, a->course->ascent_m, 0);
    har_text_add(text, " m\n");
}

static void answer_text(struct har_text *text, const struct answer *a,
                        const struct har_style *style)
{
    const struct har_course *c = a->course;
    const struct har_eligibility *e = a->eligibility;
    text_heading(text, style, c->name ? c->name : a->file);
    har_text_add(text, "\n");
    text_row(text, "length", VALUE_AT);
    har_render_distance(text, c->length_m, style);
    if (a->event) har_text_format(text, ", for %s", a->event->code);
    har_text_add(text, "\n");
    text_row(text, "start-finish", VALUE_AT);
    har_render_distance(text, c->separation_m, style);
    har_text_add(text, " apart, ");
    har_text_fixed(text, e->separation_pct, 1);
    har_text_add(text, " %\n");
    heights_rows(text, a);
    text_row(text, "verdict", VALUE_AT);
    text_heading(text, style, verdict_words[e->verdict]);
    har_text_add(text, "\n");
    for (size_t i = 0; i < e->reason_count; i++) {
        text_row(text, "", VALUE_AT);
        har_text_add(text, "-");
        text_wrapped(text, VALUE_AT + 2, style, e->reasons[i]);
    }
    text_row(text, "confidence", VALUE_AT);
    har_text_fixed(text, 100 * e->confidence, 0);
    har_text_add(text, " %\n");
    text_row(text, "listed", VALUE_AT);
    har_text_format(text, "%s (by the road statisticians, ARRS)\n",
                    listing_words[e->listing]);
}

int run_course_check(const struct request *request)
{
    struct har_course course;
    struct har_course_question question;
    struct har_eligibility eligibility;
    struct har_event event;
    struct har_error why = {0};
    struct har_bytes bytes;
    const char *path = request->operand[0];
    if (!read_question(request, &event, &question)) return HAR_EXIT_USAGE;
    har_status got = har_read_file(path, NULL, request->arena, &bytes, &why);
    if (got == HAR_OK) got = har_course_read(bytes, request->arena, &course, &why);
    if (got == HAR_OK)
        got = har_course_judge(&course, &question, request->arena, &eligibility, &why);
    if (got != HAR_OK) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    struct answer answer = {path, is_asked(request, OPT_EVENT) ? &event : NULL, &course,
                            &eligibility};
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) answer_json(&text, &answer);
    else answer_text(&text, &answer, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}
