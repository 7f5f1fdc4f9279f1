/* SPDX-License-Identifier: MIT */
/* One kept activity, and the verdict on a course, as JSON.
 *
 * Times are elapsed, timer and moving, each under its own name. flat_speed_mps is null
 * where no heights are known, and load where not even the time is; load_source says what it
 * comes from. */

#include "entry.h"

#include <math.h>

double unit_m(const struct har_style *style)
{
    return style->imperial ? 1609.344 : 1000;
}

const char *unit_name(const struct har_style *style)
{
    return style->imperial ? "mi" : "km";
}

static void local_member(struct har_json *json, const char *name, int64_t time_ms,
                         int32_t utc_offset_s)
{
    struct har_arena arena = {0};
    struct har_text local = {.arena = &arena};
    har_text_local(&local, time_ms, utc_offset_s);
    har_json_string(json, name, time_ms == HAR_NO_TIME ? NULL : local.data);
    har_arena_free(&arena);
}

const char *mark_word(const struct har_race *race, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_mark(&text, &race->result.mark, &race->result.event);
    return text.data ? text.data : "";
}

/* The official result in short; null where none is kept. */
static void official_member(struct har_json *json, const struct har_race *race)
{
    if (!race) {
        har_json_string(json, "official", NULL);
        return;
    }
    har_json_open(json, "official", '{');
    har_json_integer(json, "race", race->id);
    har_json_string(json, "event", race->result.event.code);
    har_json_string(json, "mark", mark_word(race, json->text->arena));
    har_json_number(json, "time_s", (double)race->result.mark.time_ms / 1000, 3);
    har_json_close(json);
}

void entry_members(struct har_json *json, const struct har_entry *entry)
{
    static const char *const inputs[] = {"distance_m", "moving_s", "ascent_m", "heart_bpm",
                                         NULL};
    const struct har_summary *s = &entry->summary;
    char sport[HAR_SPORT_NAME], sub_sport[HAR_SPORT_NAME];
    har_json_integer(json, "id", entry->id);
    har_json_instant(json, "start", s->start_ms);
    local_member(json, "local_start", s->start_ms, s->utc_offset_s);
    har_json_string(json, "sport", har_sport_name(s->sport, sport));
    har_json_string(json, "sub_sport", har_sub_sport_name(s->sub_sport, sub_sport));
    har_json_string(json, "name", entry->name);
    har_json_boolean(json, "race", entry->race);
    official_member(json, entry->official);
    har_json_string(json, "setting", har_setting_name(s->setting));
    har_json_number(json, "distance_m", s->distance_m, 2);
    har_json_number(json, "elapsed_s", s->elapsed_s, 3);
    har_json_number(json, "timer_s", s->timer_s, 3);
    har_json_number(json, "moving_s", s->moving_s, 3);
    har_json_number(json, "ascent_m", s->ascent_m, 1);
    har_json_number(json, "heart_bpm", s->heart_bpm, 1);
    har_json_number(json, "flat_speed_mps", entry->flat_speed_mps, 3);
    har_json_number(json, "load", entry->load ? entry->load->load : (double)NAN, 1);
    har_json_string(json, "load_source",
                    entry->load ? har_load_source_name(entry->load->source) : NULL);
    json_because(json, "clean", HAR_CLEAN_VERSION, inputs,
                 "worked out from the samples; the device's own totals stand beside ours "
                 "in `harrier show`");
}

static void date_member(struct har_json *json, const char *name, int64_t day)
{
    struct har_text date = {.arena = json->text->arena};
    har_text_date(&date, day);
    har_json_string(json, name, date.data);
}

void choice_member(struct har_json *json, const char *name, int choice)
{
    if (choice == HAR_UNTOLD) har_json_string(json, name, NULL);
    else har_json_boolean(json, name, choice != 0);
}

static void number_or_null(struct har_json *json, const char *name, int64_t number)
{
    if (number) har_json_integer(json, name, number);
    else har_json_string(json, name, NULL);
}

void race_members(struct har_json *json, const struct har_race *race)
{
    const struct har_result *r = &race->result;
    har_json_integer(json, "id", race->id);
    date_member(json, "date", r->day);
    har_json_string(json, "event", r->event.code);
    har_json_number(json, "distance_m", r->event.distance_m, 3);
    har_json_string(json, "mark", mark_word(race, json->text->arena));
    har_json_number(json, "time_s", (double)r->mark.time_ms / 1000, 3);
    har_json_boolean(json, "official", r->official);
    choice_member(json, "eligible", r->eligible);
    har_json_string(json, "eligible_by",
                    r->eligible == HAR_UNTOLD ? NULL
                    : race->judged            ? "course"
                                              : "told");
    number_or_null(json, "place", r->place);
    har_json_string(json, "name", r->name);
    har_json_string(json, "venue", r->venue);
    har_json_string(json, "course", r->course);
    har_json_number(json, "drop_m", r->drop_m, 2);
    har_json_number(json, "separation_pct", r->separation_pct, 2);
    har_json_number(json, "altitude_m", r->altitude_m, 1);
    har_json_number(json, "temp_c", r->temp_c, 1);
    har_json_number(json, "humidity_pct", r->humidity_pct, 1);
    har_json_number(json, "wbgt_c", r->wbgt_c, 1);
    har_json_number(json, "wind_mps", r->wind_mps, 2);
    har_json_string(json, "notes", r->notes);
    har_json_string(json, "athlete", r->athlete && *r->athlete ? r->athlete : NULL);
    number_or_null(json, "activity", race->activity);
}

void import_files_member(struct har_json *json, const struct har_import_report *report)
{
    har_json_open(json, "files", '[');
    for (size_t i = 0; i < report->file_count; i++) {
        const struct har_import_file *file = &report->file[i];
        har_json_open(json, NULL, '{');
        har_json_string(json, "path", file->path);
        har_json_string(json, "status", har_import_status_name(file->status));
        har_json_string(json, "reason", file->reason);
        har_json_integer(json, "offset", (int64_t)file->offset);
        har_json_close(json);
    }
    har_json_close(json);
}

const char *distance_name(double distance_m)
{
    size_t count;
    const struct har_standard *standard = har_standard_distances(&count);
    for (size_t i = 0; i < count; i++)
        if (fabs(standard[i].value - distance_m) < 0.01) return standard[i].name;
    return "";
}

void bests_member(struct har_json *json, const struct har_best *bests, size_t count)
{
    har_json_open(json, "bests", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(json, NULL, '{');
        har_json_number(json, "distance_m", bests[i].distance_m, 3);
        har_json_number(json, "time_s", bests[i].time_s, 2);
        har_json_string(json, "name", distance_name(bests[i].distance_m));
        har_json_number(json, "from_s", bests[i].from_s, 2);
        har_json_number(json, "from_m", bests[i].from_m, 2);
        har_json_close(json);
    }
    har_json_close(json);
}

void eligibility_members(struct har_json *json, const struct har_eligibility *e)
{
    static const char *const inputs[] = {"length_m", "separation_m", "drop_m", NULL};
    static const char *const listings[] = {
        [HAR_LISTING_PLAIN] = "",
        [HAR_LISTING_AIDED] = "a",
        [HAR_LISTING_NONE] = "excluded",
        [HAR_LISTING_UNKNOWN] = NULL,
    };
    har_json_number(json, "separation_pct", e->separation_pct, 2);
    har_json_number(json, "drop_m", e->drop_m, 1);
    har_json_number(json, "drop_low_m", e->drop_low_m, 1);
    har_json_number(json, "drop_high_m", e->drop_high_m, 1);
    har_json_number(json, "drop_m_per_km", e->drop_m_per_km, 3);
    har_json_string(json, "verdict", har_verdict_name(e->verdict));
    har_json_string(json, "listed_as", listings[e->listing]);
    har_json_number(json, "confidence", e->confidence, 2);
    har_json_open(json, "reasons", '[');
    for (size_t i = 0; i < e->reason_count; i++) har_json_string(json, NULL, e->reasons[i]);
    har_json_close(json);
    json_because(json, "course", HAR_COURSE_VERSION, inputs,
                 "World Athletics CR 31.21: separation to 50 % and drop to 1 m/km of the "
                 "distance; a line on a map is no survey");
}

const char *day_word(int64_t day, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_date(&text, day);
    return text.data ? text.data : "";
}
