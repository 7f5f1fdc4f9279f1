/* SPDX-License-Identifier: MIT */
/* One's own race as JSON, CSV and a page of text. The JSON is that of a field with one
 * athlete in it, who has no rivals: position and behind_s are null. */

#include "own_race.h"

#include "entry.h"

#include <math.h>

enum {
    OWN_MARK_AT = 8,
    OWN_TIME_AT = 18,
    OWN_LAP_AT = 27,
    OWN_PACE_AT = 36,
    OWN_FLAT_AT = 45,
    OWN_HEART_AT = 51,
    OWN_LOST_AT = 60,
    OWN_LEFT_AT = 67,
    OWN_D_PRIME_AT = 75,
    OWN_STORY_AT = 10,
};

#define ALIKE 0.0005 /* halves whose difference would print as 0.0 % */

static const char own_explanation[] =
    "lost_s: to one flat speed all the way in the same time, so that the laps add up to "
    "nothing; flat speed by grade; reserve_pct: Miner's sum over Emig's curve, lap by lap; "
    "d_prime_m: Skiba 2015; distance and time drawn out to the official ones";

static const char *own_title(const struct own_answer *a)
{
    return a->name ? a->name : a->file ? a->file : "race";
}

static void own_laps_json(struct har_json *j, const struct har_own_analysis *r)
{
    har_json_open(j, "laps", '[');
    for (size_t i = 0; i < r->lap_count; i++) {
        const struct har_own_lap *lap = &r->lap[i];
        har_json_open(j, NULL, '{');
        har_json_number(j, "to_m", lap->to_m, 3);
        har_json_number(j, "lap_s", lap->lap_s, 3);
        har_json_number(j, "lap_m", lap->lap_m, 3);
        har_json_number(j, "time_s", lap->time_s, 3);
        har_json_number(j, "position", NAN, 0);
        har_json_number(j, "behind_s", NAN, 0);
        har_json_number(j, "flat_speed_mps", lap->flat_mps, 4);
        har_json_number(j, "heart_bpm", lap->heart_bpm, 1);
        har_json_number(j, "lost_s", lap->lost_s, 2);
        har_json_number(j, "slowdown_pct", 100 * lap->slowdown, 2);
        har_json_number(j, "reserve_pct", 100 * lap->left.reserve, 1);
        har_json_number(j, "d_prime_m", lap->left.d_prime_m, 1);
        har_json_close(j);
    }
    har_json_close(j);
}

void own_json(struct har_text *text, const struct own_answer *a)
{
    static const char *const inputs[] = {"streams", "result", "curve", NULL};
    const struct har_own_analysis *r = &a->analysis;
    struct har_json j = json_begin(text, "harrier.race-analyse/1");
    har_json_string(&j, "file", a->file);
    har_json_number(&j, "activity", a->activity > 0 ? (double)a->activity : (double)NAN, 0);
    har_json_string(&j, "event", a->event);
    har_json_number(&j, "distance_m", r->distance_m, 3);
    har_json_number(&j, "recorded_m", r->recorded_m, 1);
    har_json_number(&j, "from_s", r->from_s, 1);
    har_json_boolean(&j, "official", a->official);
    har_json_open(&j, "decisive", '{');
    har_json_number(&j, "from_m", r->decisive_from_m, 3);
    har_json_number(&j, "to_m", r->decisive_to_m, 3);
    har_json_string(&j, "because", r->because);
    har_json_close(&j);
    har_json_open(&j, "athletes", '[');
    har_json_open(&j, NULL, '{');
    har_json_string(&j, "name", NULL);
    har_json_string(&j, "race", own_title(a));
    har_json_number(&j, "place", a->place > 0 ? (double)a->place : (double)NAN, 0);
    har_json_number(&j, "time_s", r->time_s, 3);
    har_json_number(&j, "even_pct", 100 * r->even, 2);
    har_json_number(&j, "flat_speed_mps", r->flat_mps, 4);
    own_laps_json(&j, r);
    har_json_close(&j);
    har_json_close(&j);
    har_json_string(&j, "left_unknown", a->no_limits);
    json_because(&j, "field", HAR_FIELD_VERSION, inputs, own_explanation);
    har_json_close(&j);
}

void own_csv(struct har_text *text, const struct own_answer *a)
{
    har_text_add(text, "to_m,time_s,lap_m,lap_s,flat_speed_mps,heart_bpm,lost_s,"
                       "reserve_pct,d_prime_m\r\n");
    for (size_t i = 0; i < a->analysis.lap_count; i++) {
        const struct har_own_lap *lap = &a->analysis.lap[i];
        const struct {
            double value;
            unsigned decimals;
        } column[] = {{lap->to_m, 3},          {lap->time_s, 3},
                      {lap->lap_m, 3},         {lap->lap_s, 3},
                      {lap->flat_mps, 4},      {lap->heart_bpm, 1},
                      {lap->lost_s, 2},        {100 * lap->left.reserve, 1},
                      {lap->left.d_prime_m, 1}};
        for (size_t c = 0; c < sizeof column / sizeof column[0]; c++) {
            har_text_add(text, c ? "," : "");
            if (isfinite(column[c].value))
                har_text_fixed(text, column[c].value, column[c].decimals);
        }
        har_text_add(text, "\r\n");
    }
}

static void own_heading(struct har_text *text, const struct own_answer *a,
                        const struct har_style *style)
{
    const struct har_own_analysis *r = &a->analysis;
    struct har_text head = {.arena = text->arena};
    har_render_name(&head, own_title(a), style->width / 2);
    har_text_add(&head, ", ");
    har_text_number(&head, r->distance_m, 1);
    har_text_add(&head, " m in ");
    har_text_clock(&head, r->time_s, r->time_s < 3600 ? 1 : 0, true);
    if (a->place > 0) har_text_format(&head, ", place %d", a->place);
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    text_row(text, "recorded", OWN_STORY_AT + 2);
    har_text_fixed(text, r->recorded_m, 0);
    har_text_add(text, " m");
    if (r->from_s >= 1) {
        har_text_add(text, ", from ");
        har_text_clock(text, r->from_s, 0, false);
        har_text_add(text, " of the recording on");
    }
    har_text_add(text, a->official ? "; distance and time are the official ones\n" : "\n");
}

static void own_lap_row(struct har_text *text, const struct own_answer *a,
                        const struct har_own_lap *lap, const struct har_style *style)
{
    bool tenths = a->analysis.time_s < 3600;
    text_right_fixed(text, OWN_MARK_AT, lap->to_m, 0);
    text_right_clock(text, OWN_TIME_AT, lap->time_s, tenths);
    text_right_clock(text, OWN_LAP_AT, lap->lap_s, tenths);
    text_right_clock(text, OWN_PACE_AT, lap->lap_s / lap->lap_m * unit_m(style), 0);
    text_right_clock(text, OWN_FLAT_AT, unit_m(style) / lap->flat_mps, 0);
    text_right_fixed(text, OWN_HEART_AT, lap->heart_bpm, 0);
    text_right_fixed(text, OWN_LOST_AT, lap->lost_s, 1);
    if (!a->no_limits) {
        text_right_fixed(text, OWN_LEFT_AT, 100 * lap->left.reserve, 0);
        text_right_fixed(text, OWN_D_PRIME_AT, lap->left.d_prime_m, 0);
    }
    har_text_add(text, "\n");
}

void own_text(struct har_text *text, const struct own_answer *a,
              const struct har_style *style)
{
    const struct har_own_analysis *r = &a->analysis;
    struct har_text story = {.arena = text->arena};
    own_heading(text, a, style);
    text_right(text, OWN_MARK_AT, "m");
    text_right(text, OWN_TIME_AT, "time");
    text_right(text, OWN_LAP_AT, "lap");
    text_right(text, OWN_PACE_AT, style->imperial ? "/mi" : "/km");
    text_right(text, OWN_FLAT_AT, "on flat");
    text_right(text, OWN_HEART_AT, "bpm");
    text_right(text, OWN_LOST_AT, "lost s");
    if (!a->no_limits) {
        text_right(text, OWN_LEFT_AT, "left %");
        text_right(text, OWN_D_PRIME_AT, "D' m");
    }
    har_text_add(text, "\n");
    for (size_t i = 0; i < r->lap_count; i++) own_lap_row(text, a, &r->lap[i], style);
    text_row(text, "lost", OWN_STORY_AT + 2);
    if (!isnan(r->decisive_from_m)) {
        har_text_number(&story, r->decisive_from_m, 0);
        har_text_add(&story, " to ");
        har_text_number(&story, r->decisive_to_m, 0);
        har_text_add(&story, " m: ");
    }
    har_text_add(&story, r->because);
    text_wrapped(text, OWN_STORY_AT + 2, style, story.data ? story.data : "");
    text_row(text, "halves", OWN_STORY_AT + 2);
    if (fabs(r->even) < ALIKE) har_text_add(text, "alike\n");
    else {
        har_text_add(text, "the second ");
        har_text_fixed(text, 100 * fabs(r->even), 1);
        har_text_add(text, r->even < 0 ? " % faster\n" : " % slower\n");
    }
    double left = r->lap[r->lap_count - 1].left.reserve;
    if (!a->no_limits && left < 0) {
        text_row(text, "left", OWN_STORY_AT + 2);
        har_text_add(text, "below 0: better than the curve foretold\n");
    }
    if (!a->no_limits) return;
    text_row(text, "left", OWN_STORY_AT + 2);
    har_text_add(text, "not said: ");
    text_wrapped(text, 0, style, a->no_limits);
}
