/* SPDX-License-Identifier: MIT */
/* harrier list and harrier bests: many activities at a glance. In order of time, the latest
 * at the end, where a terminal shows it. Of a race its official mark stands before the
 * name. Bests are two lists that are never mixed: official marks, and what a watch
 * measured. */

#include "commands.h"
#include "entry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Columns of the table; together 80. */
enum {
    ID_END = 6,
    DATE_AT = 8,
    SPORT_AT = 25,
    DISTANCE_END = 41,
    TIME_END = 50,
    PACE_END = 57,
    HEART_END = 62,
    NAME_AT = 64,
    NAME_WIDTH = 16
};

/* "2026-01-02 06:30" */
static void short_local(struct har_text *text, int64_t time_ms, int32_t utc_offset_s)
{
    int64_t day = har_local_day(time_ms, utc_offset_s);
    int64_t minute = (time_ms / 1000 + utc_offset_s - day * 86400) / 60;
    har_text_date(text, day);
    har_text_format(text, " %02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static void list_row(struct har_text *text, const struct har_entry *entry,
                     const struct har_style *style)
{
    const struct har_summary *s = &entry->summary;
    char id[24];
    char sport[HAR_SPORT_NAME];
    double pace_s = s->moving_s / s->distance_m * unit_m(style);
    snprintf(id, sizeof id, "%lld", (long long)entry->id);
    text_right(text, ID_END, id);
    har_text_pad(text, DATE_AT);
    short_local(text, s->start_ms, s->utc_offset_s);
    har_text_pad(text, SPORT_AT);
    har_render_name(text, har_sport_name(s->sport, sport), 8);
    text_right_fixed(text, DISTANCE_END, s->distance_m / unit_m(style), 2);
    text_right_clock(text, TIME_END, s->elapsed_s, 0);
    text_right_clock(text, PACE_END, isfinite(pace_s) && pace_s < 6000 ? pace_s : NAN, 0);
    text_right_fixed(text, HEART_END, s->heart_bpm, 0);
    const char *race = entry->official ? mark_word(entry->official, text->arena)
                       : entry->race   ? "race"
                                       : "";
    if (*race || entry->name) har_text_pad(text, NAME_AT);
    text_heading(text, style, race);
    if (*race && entry->name) har_text_add(text, " ");
    if (entry->name)
        har_render_name(text, entry->name, NAME_WIDTH - strlen(race) - (*race != 0));
    har_text_add(text, "\n");
}

static void list_text(struct har_text *text, const struct har_entry *entries, size_t count,
                      const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    text_right(&head, ID_END, "id");
    har_text_pad(&head, DATE_AT);
    har_text_add(&head, "local start");
    har_text_pad(&head, SPORT_AT);
    har_text_add(&head, "sport");
    text_right(&head, DISTANCE_END, unit_name(style));
    text_right(&head, TIME_END, "elapsed");
    text_right(&head, PACE_END, style->imperial ? "/mi" : "/km");
    text_right(&head, HEART_END, "bpm");
    har_text_pad(&head, NAME_AT);
    har_text_add(&head, "name");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) {
        list_row(text, &entries[i], style);
    }
}

static void list_json(struct har_text *text, const struct har_entry *entries, size_t count)
{
    struct har_json j = json_begin(text, "harrier.list/1");
    har_json_open(&j, "activities", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        entry_members(&j, &entries[i]);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_close(&j);
}

static void list_csv(struct har_text *text, const struct har_entry *entries, size_t count)
{
    har_text_add(text, "id,start,local_start,sport,name,race,distance_m,elapsed_s,timer_s,"
                       "moving_s,ascent_m,heart_bpm,official_event,official_mark\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_summary *s = &entries[i].summary;
        char sport[HAR_SPORT_NAME];
        har_text_format(text, "%lld,", (long long)entries[i].id);
        har_text_instant(text, s->start_ms);
        har_text_add(text, ",");
        har_text_local(text, s->start_ms, s->utc_offset_s);
        har_text_format(text, ",%s,", har_sport_name(s->sport, sport));
        har_csv_field(text, entries[i].name ? entries[i].name : "");
        har_text_add(text, entries[i].race ? ",1" : ",0");
        csv_number(text, s->distance_m, 2);
        csv_number(text, s->elapsed_s, 3);
        csv_number(text, s->timer_s, 3);
        csv_number(text, s->moving_s, 3);
        csv_number(text, s->ascent_m, 1);
        csv_number(text, s->heart_bpm, 1);
        const struct har_race *official = entries[i].official;
        har_text_format(text, ",%s,%s", official ? official->result.event.code : "",
                        official ? mark_word(official, text->arena) : "");
        har_text_add(text, "\r\n");
    }
}

static int list_answer(const struct request *request, const struct har_entry *entries,
                       size_t count)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) list_json(&text, entries, count);
    else if (is_asked(request, OPT_CSV)) list_csv(&text, entries, count);
    else if (count > 0) list_text(&text, entries, count, &request->style);
    put_text(request, &text);
    return count > 0 ? HAR_EXIT_DONE : nothing_found(request);
}

int run_list(const struct request *request)
{
    int status;
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_entry *entries;
    static const struct har_entry none[1];
    size_t count;
    int64_t limit = INT64_MAX;
    if (!read_count(request, OPT_LIMIT, 1, INT64_MAX, &limit)) return HAR_EXIT_USAGE;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store) return status == HAR_EXIT_NOTHING ? list_answer(request, none, 0) : status;
    har_status got = har_list(store, &filter, request->arena, &entries, &count, &why);
    if (got == HAR_OK && (int64_t)count > limit) {
        entries += count - (size_t)limit;
        count = (size_t)limit;
    }
    if (got == HAR_OK && is_asked(request, OPT_JSON))
        got = har_give_loads(store, filter.athlete, entries, count, request->arena, &why);
    status = got ? fail(request, &why) : list_answer(request, entries, count);
    har_store_close(store);
    return status;
}

/* --- bests ------------------------------------------------------------------------- */

/* What `bests` answers. */
struct bests_found {
    struct har_personal_best *marks;
    size_t mark_count;
    struct har_season_best *efforts;
    size_t effort_count;
};

static const char *race_called(const struct har_race *race)
{
    return race->result.name ? race->result.name : race->result.venue;
}

static void marks_text(struct har_text *text, const struct bests_found *found,
                       const struct har_style *style)
{
    text_heading(text, style,
                 "      event        mark   points  date        official marks");
    har_text_add(text, "\n");
    for (size_t i = 0; i < found->mark_count; i++) {
        const struct har_personal_best *best = &found->marks[i];
        const struct har_race *race = best->race;
        const char *name = race_called(race);
        text_right(text, 11, race->result.event.code);
        text_right(text, 23, mark_word(race, text->arena));
        text_right_fixed(text, 32, best->points >= 0 ? (double)best->points : (double)NAN,
                         0);
        har_text_pad(text, 34);
        har_text_date(text, race->result.day);
        if (!best->counts || name) har_text_pad(text, 46);
        if (!best->counts) {
            text_heading(text, style, race->result.official ? "aided" : "own time");
            har_text_add(text, name ? ", " : "");
        }
        if (name) har_render_name(text, name, best->counts ? 34 : 24);
        har_text_add(text, "\n");
    }
}

static void efforts_text(struct har_text *text, const struct bests_found *found,
                         const struct har_style *style)
{
    text_heading(text, style,
                 style->imperial
                     ? "   distance        time      /mi  date        activity"
                     : "   distance        time      /km  date        activity");
    har_text_add(text, "\n");
    for (size_t i = 0; i < found->effort_count; i++) {
        const struct har_season_best *effort = &found->efforts[i];
        const struct har_best *b = &effort->best;
        const char *name = distance_name(b->distance_m);
        if (*name) text_right(text, 11, name);
        else text_right_fixed(text, 11, b->distance_m, 0);
        text_right_clock(text, 23, b->time_s, 1);
        text_right_clock(text, 32, b->time_s / b->distance_m * unit_m(style), 0);
        har_text_pad(text, 34);
        har_text_date(text, har_local_day(effort->start_ms, effort->utc_offset_s));
        har_text_pad(text, 46);
        har_text_format(text, "%lld\n", (long long)effort->id);
    }
}

static void bests_text(struct har_text *text, const struct bests_found *found,
                       const struct har_style *style)
{
    if (found->mark_count) marks_text(text, found, style);
    if (found->mark_count && found->effort_count) har_text_add(text, "\n");
    if (found->effort_count) efforts_text(text, found, style);
}

static void marks_member(struct har_json *json, const struct bests_found *found)
{
    har_json_open(json, "personal_bests", '[');
    for (size_t i = 0; i < found->mark_count; i++) {
        const struct har_personal_best *best = &found->marks[i];
        struct har_text date = {.arena = json->text->arena};
        const struct har_result *result = &best->race->result;
        har_text_date(&date, result->day);
        har_json_open(json, NULL, '{');
        har_json_string(json, "event", result->event.code);
        har_json_string(json, "mark", mark_word(best->race, json->text->arena));
        har_json_number(json, "time_s",
                        (double)har_mark_official_ms(&result->mark, &result->event) / 1000,
                        3);
        har_json_string(json, "date", date.data);
        har_json_string(json, "sex", sex_letter(best->sex));
        har_json_string(json, "race", race_called(best->race));
        har_json_integer(json, "id", best->race->id);
        if (best->points >= 0) har_json_integer(json, "points", best->points);
        else har_json_string(json, "points", NULL);
        choice_member(json, "eligible", result->eligible);
        har_json_boolean(json, "counts", best->counts);
        har_json_close(json);
    }
    har_json_close(json);
}

static void bests_json(struct har_text *text, const struct bests_found *found)
{
    static const char *const inputs[] = {"time_s", "distance_m", NULL};
    struct har_json j = json_begin(text, "harrier.bests/1");
    marks_member(&j, found);
    har_json_open(&j, "bests", '[');
    for (size_t i = 0; i < found->effort_count; i++) {
        const struct har_season_best *effort = &found->efforts[i];
        har_json_open(&j, NULL, '{');
        har_json_number(&j, "distance_m", effort->best.distance_m, 3);
        har_json_string(&j, "name", distance_name(effort->best.distance_m));
        har_json_number(&j, "time_s", effort->best.time_s, 2);
        har_json_integer(&j, "activity", effort->id);
        har_json_instant(&j, "start", effort->start_ms);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(
        &j, "best", HAR_BEST_VERSION, inputs,
        "personal_bests are official marks, and one that does not count is no best; "
        "bests are the quickest unbroken stretch of any kept run on real ground, "
        "elapsed time; measured by a watch, not an official result");
    har_json_close(&j);
}

static void bests_csv(struct har_text *text, const struct har_season_best *bests,
                      size_t count)
{
    har_text_add(text, "distance_m,name,time_s,activity,start\r\n");
    for (size_t i = 0; i < count; i++) {
        har_text_number(text, bests[i].best.distance_m, 3);
        har_text_format(text, ",%s", distance_name(bests[i].best.distance_m));
        csv_number(text, bests[i].best.time_s, 2);
        har_text_format(text, ",%lld,", (long long)bests[i].id);
        har_text_instant(text, bests[i].start_ms);
        har_text_add(text, "\r\n");
    }
}

static int bests_answer(const struct request *request, const struct bests_found *found,
                        bool any)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) bests_json(&text, found);
    else if (is_asked(request, OPT_CSV))
        bests_csv(&text, found->efforts, found->effort_count);
    else bests_text(&text, found, &request->style);
    put_text(request, &text);
    if (found->effort_count + found->mark_count > 0) return HAR_EXIT_DONE;
    if (!any) return nothing_found(request);
    complain(
        request,
        "no run there holds a best effort: they need distance and time on real ground");
    return HAR_EXIT_NOTHING;
}

static int find_bests(const struct request *request, struct har_store *store,
                      const struct har_store_filter *filter)
{
    struct har_error why = {0};
    struct bests_found found;
    struct har_entry *entries;
    size_t kept;
    har_status got = har_official_bests(store, filter, request->arena, &found.marks,
                                        &found.mark_count, &why);
    if (got == HAR_OK)
        got = har_season_bests(store, filter, request->arena, &found.efforts,
                               &found.effort_count, &why);
    if (got == HAR_OK)
        got = har_store_entries(store, filter, request->arena, &entries, &kept, &why);
    return got ? fail(request, &why) : bests_answer(request, &found, kept > 0);
}

int run_bests(const struct request *request)
{
    int status;
    struct har_store_filter filter;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store)
        return status == HAR_EXIT_NOTHING
                   ? bests_answer(request, &(const struct bests_found){0}, false)
                   : status;
    status = find_bests(request, store, &filter);
    har_store_close(store);
    return status;
}
