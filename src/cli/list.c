/* SPDX-License-Identifier: MIT */
/* harrier list and harrier bests: many activities at a glance. In order of time, the latest
 * at the end, where a terminal shows it. */

#include "commands.h"
#include "entry.h"

#include <math.h>
#include <stdio.h>

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
    if (entry->race || entry->name) har_text_pad(text, NAME_AT);
    if (entry->race) text_heading(text, style, "race ");
    if (entry->name) har_render_name(text, entry->name, NAME_WIDTH - (entry->race ? 5 : 0));
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

static void csv_number(struct har_text *text, double value, unsigned decimals)
{
    har_text_add(text, ",");
    har_text_number(text, value, decimals);
}

static void list_csv(struct har_text *text, const struct har_entry *entries, size_t count)
{
    har_text_add(text, "id,start,local_start,sport,name,race,distance_m,elapsed_s,timer_s,"
                       "moving_s,ascent_m,heart_bpm\r\n");
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
        har_text_add(text, "\r\n");
    }
}

static int list_answer(const struct request *request, const struct har_entry *entries,
                       size_t count)
{
    struct har_text text = {.arena = request->arena};
    int64_t limit = INT64_MAX;
    if (!read_count(request, OPT_LIMIT, 1, INT64_MAX, &limit)) return EXIT_USAGE;
    size_t from = (int64_t)count > limit ? count - (size_t)limit : 0;
    if (is_asked(request, OPT_JSON)) list_json(&text, entries + from, count - from);
    else if (is_asked(request, OPT_CSV)) list_csv(&text, entries + from, count - from);
    else if (count > 0) list_text(&text, entries + from, count - from, &request->style);
    put_text(&text);
    return count ? EXIT_DONE : nothing_found(request);
}

int run_list(const struct request *request)
{
    int status;
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_entry *entries;
    static const struct har_entry none[1];
    size_t count;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store) return status == EXIT_NOTHING ? list_answer(request, none, 0) : status;
    har_status got =
        har_store_entries(store, &filter, request->arena, &entries, &count, &why);
    status = got ? fail(&why) : list_answer(request, entries, count);
    har_store_close(store);
    return status;
}

/* --- bests ------------------------------------------------------------------------- */

static void bests_text(struct har_text *text, const struct har_season_best *bests,
                       size_t count, const struct har_style *style)
{
    text_heading(text, style,
                 style->imperial
                     ? "   distance        time      /mi  date        activity"
                     : "   distance        time      /km  date        activity");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_best *b = &bests[i].best;
        const char *name = distance_name(b->distance_m);
        if (*name) text_right(text, 11, name);
        else text_right_fixed(text, 11, b->distance_m, 0);
        text_right_clock(text, 23, b->time_s, 1);
        text_right_clock(text, 32, b->time_s / b->distance_m * unit_m(style), 0);
        har_text_pad(text, 34);
        har_text_date(text, har_local_day(bests[i].start_ms, bests[i].utc_offset_s));
        har_text_pad(text, 46);
        har_text_format(text, "%lld\n", (long long)bests[i].id);
    }
}

static void bests_json(struct har_text *text, const struct har_season_best *bests,
                       size_t count)
{
    static const char *const inputs[] = {"time_s", "distance_m", NULL};
    struct har_json j = json_begin(text, "harrier.bests/1");
    har_json_open(&j, "bests", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_number(&j, "distance_m", bests[i].best.distance_m, 3);
        har_json_string(&j, "name", distance_name(bests[i].best.distance_m));
        har_json_number(&j, "time_s", bests[i].best.time_s, 2);
        har_json_integer(&j, "activity", bests[i].id);
        har_json_instant(&j, "start", bests[i].start_ms);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(&j, "best", HAR_BEST_VERSION, inputs,
                 "the quickest unbroken stretch of any kept run on real ground, elapsed "
                 "time; measured by a watch, not an official result");
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

static int bests_answer(const struct request *request, const struct har_season_best *bests,
                        size_t count, bool any)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) bests_json(&text, bests, count);
    else if (is_asked(request, OPT_CSV)) bests_csv(&text, bests, count);
    else if (count > 0) bests_text(&text, bests, count, &request->style);
    put_text(&text);
    if (count > 0) return EXIT_DONE;
    if (!any) return nothing_found(request);
    complain(
        "no run there holds a best effort: they need distance and time on real ground");
    return EXIT_NOTHING;
}

int run_bests(const struct request *request)
{
    int status;
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_season_best *bests;
    struct har_entry *entries;
    size_t count, kept;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store)
        return status == EXIT_NOTHING ? bests_answer(request, NULL, 0, false) : status;
    har_status got = har_season_bests(store, &filter, request->arena, &bests, &count, &why);
    if (got == HAR_OK)
        got = har_store_entries(store, &filter, request->arena, &entries, &kept, &why);
    status = got ? fail(&why) : bests_answer(request, bests, count, kept > 0);
    har_store_close(store);
    return status;
}
