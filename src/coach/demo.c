/* SPDX-License-Identifier: MIT */
/* A simulated season as files, so that everything can be tried before one's own data are
 * in.
 *
 * A file is named by the local start of its session, as watches name theirs. results.csv
 * holds the official marks of the races in the columns that a list of marks has elsewhere,
 * so that it can be fed back as one. A course that drops more than one metre in a thousand
 * is no record course, and its mark is not eligible. */

#include "harrier/coach.h"
#include "harrier/encode.h"
#include "harrier/render.h"
#include "harrier/simulate.h"

#include <math.h>
#include <string.h>

static const double MOST_DROP =
    0.001; /* of the distance; World Athletics, Competition Rules 31.21 */
static const char *const ATHLETE = "Demo Runner";
static const char *const HEADER = "athlete,sex,date,event,mark,eligible,venue,file\r\n";

/* Road times are given in whole seconds, track times in hundredths. */
static const char *const road_events[] = {"5K",  "10K", "15K", "10M", "20K", "HM",
                                          "25K", "30K", "MAR", "50K", "100K"};

static bool is_on_the_road(const char *event)
{
    for (size_t i = 0; i < sizeof road_events / sizeof road_events[0]; i++)
        if (strcmp(road_events[i], event) == 0) return true;
    return false;
}

static har_status demo_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the demonstration");
}

/* "2025-09-01-063000.fit" */
static void add_file_name(struct har_text *text, const struct har_session *session)
{
    int64_t local_s = session->start_ms / 1000 + session->utc_offset_s;
    int64_t day = har_local_day(session->start_ms, session->utc_offset_s);
    int64_t second = local_s - day * 86400;
    har_text_date(text, day);
    har_text_format(text, "-%02d%02d%02d.fit", (int)(second / 3600),
                    (int)(second / 60 % 60), (int)(second % 60));
}

static void add_result(struct har_text *text, const struct har_session *session)
{
    bool road = is_on_the_road(session->event);
    bool eligible = session->drop_m <= MOST_DROP * session->distance_m;
    har_csv_field(text, ATHLETE);
    har_text_add(text, ",M,");
    har_text_date(text, har_local_day(session->start_ms, session->utc_offset_s));
    har_text_add(text, ",");
    har_csv_field(text, session->event);
    har_text_add(text, ",");
    har_text_clock(text, session->official_s, road ? 0 : 2, true);
    har_text_add(text, session->short_track ? "i" : "");
    har_text_add(text, eligible ? ",1," : ",0,");
    har_csv_field(text, session->venue ? session->venue : "");
    har_text_add(text, ",");
    add_file_name(text, session);
    har_text_add(text, "\r\n");
}

static har_status write_into(const char *folder, const char *name, struct har_bytes bytes,
                             struct har_arena *desk, struct har_error *err)
{
    struct har_text path = {.arena = desk};
    har_text_format(&path, "%s/%s", folder, name);
    if (path.failed) return demo_full(err);
    return har_write_file(path.data, bytes, err);
}

static har_status write_session(const char *folder, const struct har_simulation *season,
                                size_t index, struct har_arena *desk, struct har_error *err)
{
    struct har_activity activity;
    struct har_bytes fit;
    struct har_text name = {.arena = desk};
    har_status got = har_simulate_session(season, index, desk, &activity, err);
    if (got == HAR_OK) got = har_encode_fit(&activity, desk, &fit, err);
    if (got) return got;
    add_file_name(&name, &season->sessions[index]);
    if (name.failed) return demo_full(err);
    return write_into(folder, name.data, fit, desk, err);
}

static har_status write_season(const char *folder, uint64_t seed, struct har_arena *lasting,
                               struct har_arena *desk, uint64_t *files,
                               struct har_error *err)
{
    struct har_simulation season;
    struct har_text results = {.arena = lasting};
    har_status got = har_make_folders(folder, lasting, err);
    if (got == HAR_OK) got = har_simulate(seed, lasting, &season, err);
    if (got) return got;
    har_text_add(&results, HEADER);
    for (size_t i = 0; i < season.session_count; i++) {
        const struct har_session *session = &season.sessions[i];
        got = write_session(folder, &season, i, desk, err);
        har_arena_reset(desk);
        if (got) return got;
        ++*files;
        if (session->event && isfinite(session->official_s)) add_result(&results, session);
    }
    if (results.failed) return demo_full(err);
    struct har_bytes sheet = {(const uint8_t *)results.data, results.size};
    got = write_into(folder, "results.csv", sheet, desk, err);
    *files += got == HAR_OK;
    return got;
}

har_status har_demo(const char *path, uint64_t seed, uint64_t *files, struct har_error *err)
{
    struct har_arena lasting = {0}, desk = {0};
    *files = 0;
    har_status got = write_season(path, seed, &lasting, &desk, files, err);
    har_arena_free(&lasting);
    har_arena_free(&desk);
    return got;
}
