/* SPDX-License-Identifier: MIT */
/* What a runner sees of an import: nothing lost, nothing twice, and the same again. The
 * files are made here: short runs due north at a steady speed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/coach.h"
#include "harrier/encode.h"
#include "harrier/journal.h"
#include "harrier/simulate.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 2026-03-02T06:00:00Z, a Monday. */
#define MONDAY_MS INT64_C(1772431200000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

struct bench {
    char folder[64];
    struct har_store *store;
    struct har_arena arena;
    struct har_import_report report;
    struct har_error err;
};

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static char *at(struct bench *b, const char *name)
{
    struct har_text text = {.arena = &b->arena};
    har_text_format(&text, "%s/%s", b->folder, name);
    return text.data;
}

static int set_up(void **state)
{
    static struct bench bench;
    bench = (struct bench){.folder = "/tmp/harrier-coach-XXXXXX"};
    *state = &bench;
    if (!mkdtemp(bench.folder)) return -1;
    if (mkdir(at(&bench, "in"), 0777) != 0) return -1;
    return har_store_open(at(&bench, "harrier.db"), HAR_STORE_WRITE, &bench.store, NULL);
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    har_store_close(b->store);
    har_arena_free(&b->arena);
    return nftw(b->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* --- files ------------------------------------------------------------------------- */

/* A run as the tests describe it; zero is the default in brackets. */
struct run {
    int64_t start_ms;
    unsigned seconds; /* [600] */
    double speed_mps; /* [3] */
    unsigned sport;   /* [running] */
    uint64_t serial;
    int64_t created_ms; /* [start_ms] */
    bool heart;
    double heart_bpm;                 /* [150] */
    unsigned fast_from, fast_seconds; /* part of the run at another speed */
    double fast_mps;
    double fall_m; /* from the start to the finish; without, no heights are recorded */
};

static struct har_bytes fit_of(struct bench *b, struct run run)
{
    enum { METRES_A_DEGREE = 111200 };
    size_t n = run.seconds ? run.seconds + 1 : 601;
    double speed = run.speed_mps > 0 ? run.speed_mps : 3;
    int64_t *time_ms = HAR_NEW(&b->arena, int64_t, n);
    double *lat = HAR_NEW(&b->arena, double, n), *lon = HAR_NEW(&b->arena, double, n);
    double *altitude = HAR_NEW(&b->arena, double, n);
    double *distance = HAR_NEW(&b->arena, double, n), *bpm = HAR_NEW(&b->arena, double, n);
    for (size_t i = 0; i < n; i++) {
        time_ms[i] = run.start_ms + (int64_t)i * 1000;
        bool fast = i > run.fast_from && i <= run.fast_from + run.fast_seconds;
        distance[i] = i == 0 ? 0 : distance[i - 1] + (fast ? run.fast_mps : speed);
        lat[i] = 48 + distance[i] / METRES_A_DEGREE;
        lon[i] = 11;
        altitude[i] = 500 - run.fall_m * (double)i / (double)(n - 1);
        bpm[i] = run.heart_bpm > 0 ? run.heart_bpm : 150;
    }
    double elapsed_s = (double)(n - 1);
    struct har_lap lap = {run.start_ms, elapsed_s, elapsed_s, distance[n - 1], NAN, NAN,
                          NAN,          7,         0};
    struct har_activity activity = {
        .sport = run.sport ? run.sport : HAR_SPORT_RUNNING,
        .sub_sport = HAR_SUB_SPORT_GENERIC,
        .start_ms = run.start_ms,
        .created_ms = run.created_ms ? run.created_ms : run.start_ms,
        .device = {.manufacturer = 1, .product = 2, .serial = run.serial},
        .elapsed_s = elapsed_s,
        .timer_s = elapsed_s,
        .moving_s = NAN,
        .distance_m = distance[n - 1],
        .ascent_m = NAN,
        .descent_m = NAN,
        .heart_bpm = NAN,
        .heart_max_bpm = NAN,
        .energy_kcal = NAN,
        .pool_m = NAN,
        .samples = {.count = n, .time_ms = time_ms},
        .lap_count = 1,
        .laps = &lap,
    };
    activity.samples.channel[HAR_LAT_DEG] = lat;
    activity.samples.channel[HAR_LON_DEG] = lon;
    activity.samples.channel[HAR_DISTANCE_M] = distance;
    if (run.heart) activity.samples.channel[HAR_HEART_BPM] = bpm;
    if (run.fall_m != 0) activity.samples.channel[HAR_ALTITUDE_M] = altitude;
    struct har_bytes fit;
    assert_int_equal(har_encode_fit(&activity, &b->arena, &fit, &b->err), HAR_OK);
    return fit;
}

/* The same kind of run as a service exports it, with a name. */
static struct har_bytes gpx_of(struct bench *b, struct run run, const char *name)
{
    struct har_text text = {.arena = &b->arena};
    double speed = run.speed_mps > 0 ? run.speed_mps : 3;
    har_text_format(&text,
                    "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"test\" "
                    "xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>%s</name>"
                    "<trkseg>\n",
                    name);
    for (unsigned i = 0; i <= (run.seconds ? run.seconds : 600); i += 4) {
        har_text_add(&text, "<trkpt lat=\"");
        har_text_fixed(&text, 48 + speed * i / 111200, 8);
        har_text_add(&text, "\" lon=\"11.0\"><time>");
        har_text_instant(&text, run.start_ms + (int64_t)i * 1000);
        har_text_add(&text, "</time></trkpt>\n");
    }
    har_text_add(&text, "</trkseg></trk></gpx>\n");
    return (struct har_bytes){(const uint8_t *)text.data, text.size};
}

static void put(struct bench *b, const char *name, struct har_bytes bytes)
{
    assert_int_equal(har_write_file(at(b, name), bytes, &b->err), HAR_OK);
}

static void put_text(struct bench *b, const char *name, const char *text)
{
    put(b, name, har_bytes_of(text));
}

/* `count` runs of different days, in/000.fit and so on. */
static void put_season(struct bench *b, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "in/%03u.fit", i);
        put(b, name,
            fit_of(b, (struct run){.start_ms = MONDAY_MS + i * DAY_MS,
                                   .seconds = 300 + i,
                                   .serial = 77}));
    }
}

/* --- asking ------------------------------------------------------------------------ */

static void bring_in(struct bench *b, const char *name, struct har_import_settings settings)
{
    const char *path = at(b, name);
    assert_int_equal(
        har_import(b->store, &path, 1, &settings, &b->arena, &b->report, &b->err), HAR_OK);
}

static void expect(const struct bench *b, uint64_t imported, uint64_t enriched,
                   uint64_t duplicate, uint64_t failed)
{
    assert_int_equal(b->report.imported, imported);
    assert_int_equal(b->report.enriched, enriched);
    assert_int_equal(b->report.duplicate, duplicate);
    assert_int_equal(b->report.failed, failed);
}

static size_t entries_of(struct bench *b, struct har_entry **entries)
{
    size_t count;
    struct har_store_filter all = HAR_STORE_ALL;
    all.with_bests = true;
    assert_int_equal(har_store_entries(b->store, &all, &b->arena, entries, &count, &b->err),
                     HAR_OK);
    return count;
}

static const struct har_import_file *row_of(const struct bench *b, const char *tail)
{
    for (size_t i = 0; i < b->report.file_count; i++) {
        const char *path = b->report.file[i].path;
        size_t n = strlen(path), m = strlen(tail);
        if (n >= m && strcmp(path + n - m, tail) == 0) return &b->report.file[i];
    }
    fail_msg("the report has no row for %s", tail);
    return NULL;
}

/* Bit for bit, where a missing number equals a missing number. */
static void same_entries(const struct har_entry *a, const struct har_entry *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(a[i].id, b[i].id);
        assert_int_equal(a[i].race, b[i].race);
        assert_int_equal(a[i].summary.start_ms, b[i].summary.start_ms);
        assert_memory_equal(&a[i].summary.distance_m, &b[i].summary.distance_m,
                            sizeof(double));
        assert_memory_equal(&a[i].summary.moving_s, &b[i].summary.moving_s, sizeof(double));
        assert_memory_equal(&a[i].flat_speed_mps, &b[i].flat_speed_mps, sizeof(double));
        assert_int_equal(a[i].best_count, b[i].best_count);
        for (size_t k = 0; k < a[i].best_count; k++)
            assert_memory_equal(&a[i].bests[k], &b[i].bests[k], sizeof a[i].bests[k]);
    }
}

/* --- coming in --------------------------------------------------------------------- */

static void a_folder_comes_in_once(void **state)
{
    struct bench *b = *state;
    struct har_entry *before, *after;
    put_season(b, 12);
    put_text(b, "in/notes.txt", "not a run");
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 12, 0, 0, 0);
    assert_int_equal(b->report.files, 13);
    assert_int_equal(b->report.skipped, 1);
    assert_int_equal(row_of(b, "notes.txt")->status, HAR_SKIPPED);
    assert_int_equal(entries_of(b, &before), 12);

    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 0, 0, 12, 0);
    assert_int_equal(row_of(b, "003.fit")->status, HAR_DUPLICATE);
    assert_int_equal(entries_of(b, &after), 12);
    same_entries(before, after, 12);
}

static void one_bad_file_in_a_hundred_stops_nothing(void **state)
{
    struct bench *b = *state;
    put_season(b, 99);
    put_text(b, "in/050b.fit",
             "\x0e\x10\x00\x00\xff\xff\xff\xff.FIT and then nothing of use");
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 99, 0, 0, 1);
    const struct har_import_file *bad = row_of(b, "050b.fit");
    assert_int_equal(bad->status, HAR_REFUSED);
    assert_non_null(bad->reason);
    assert_true(strlen(bad->reason) > 0);
    assert_true(bad->offset <= 44);
    assert_string_equal(b->report.file[51].path, bad->path); /* rows are in order */
}

static void what_is_named_must_be_a_watch_file(void **state)
{
    struct bench *b = *state;
    put_text(b, "notes.txt", "not a run");
    bring_in(b, "notes.txt", (struct har_import_settings){0});
    expect(b, 0, 0, 0, 1);
    bring_in(b, "missing.fit", (struct har_import_settings){0});
    expect(b, 0, 0, 0, 1);
    assert_non_null(row_of(b, "missing.fit")->reason);
}

static void a_dry_run_keeps_nothing(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    const char **names;
    size_t count;
    put_season(b, 70); /* more than one transaction */
    bring_in(b, "in", (struct har_import_settings){.dry_run = true, .athlete = "Ann"});
    expect(b, 70, 0, 0, 0);
    assert_int_equal(entries_of(b, &entries), 0);
    assert_int_equal(har_store_athletes(b->store, &b->arena, &names, &count, &b->err),
                     HAR_OK);
    assert_int_equal(count, 0);
    bring_in(b, "in", (struct har_import_settings){.athlete = "Ann"});
    expect(b, 70, 0, 0, 0);
}

static bool stop_after_some(void *ctx, const struct har_import_progress *progress)
{
    return progress->imported < *(const uint64_t *)ctx;
}

static void an_interrupted_import_is_finished_by_the_next(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    uint64_t most = 30;
    const char *path = at(b, "in");
    put_season(b, 100);
    struct har_import_settings settings = {
        .threads = 3, .progress = stop_after_some, .ctx = &most};
    assert_int_equal(
        har_import(b->store, &path, 1, &settings, &b->arena, &b->report, &b->err),
        HAR_INTERRUPTED);
    uint64_t in = b->report.imported;
    assert_int_equal(in, 30);
    assert_int_equal(b->report.file_count, 30);
    assert_int_equal(entries_of(b, &entries), in);
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 100 - in, 0, in, 0);
    assert_int_equal(entries_of(b, &entries), 100);
}

/* Two roads: whatever the number of threads, the same rows and the same reports. */
static void threads_change_nothing(void **state)
{
    struct bench *b = *state;
    struct har_entry *one, *four;
    put_season(b, 40);
    put(b, "in/017-again.gpx",
        gpx_of(b, (struct run){.start_ms = MONDAY_MS + 17 * DAY_MS, .seconds = 317},
               "Hill"));
    put_text(b, "in/020b.fit", "nothing");
    bring_in(b, "in", (struct har_import_settings){.threads = 1});
    struct har_import_report first = b->report;
    assert_int_equal(entries_of(b, &one), 40);
    har_store_close(b->store);
    b->store = NULL;
    assert_int_equal(har_store_open(at(b, "other.db"), HAR_STORE_WRITE, &b->store, &b->err),
                     HAR_OK);
    bring_in(b, "in", (struct har_import_settings){.threads = 4});
    assert_int_equal(entries_of(b, &four), 40);
    same_entries(one, four, 40);
    assert_int_equal(first.file_count, b->report.file_count);
    for (size_t i = 0; i < first.file_count; i++) {
        assert_string_equal(first.file[i].path, b->report.file[i].path);
        assert_int_equal(first.file[i].status, b->report.file[i].status);
        assert_int_equal(first.file[i].reason == NULL, b->report.file[i].reason == NULL);
        if (first.file[i].reason)
            assert_string_equal(first.file[i].reason, b->report.file[i].reason);
    }
}

/* --- the same run twice ------------------------------------------------------------ */

static void the_richer_source_leads(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    struct har_showing showing;
    struct run run = {.start_ms = MONDAY_MS, .serial = 5, .heart = true};
    put(b, "in/1.gpx", gpx_of(b, run, "River loop"));
    put(b, "in/2.fit", fit_of(b, run));
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 1, 1, 0, 0);
    assert_int_equal(row_of(b, "2.fit")->status, HAR_ENRICHED);
    assert_int_equal(entries_of(b, &entries), 1);
    assert_string_equal(entries[0].name, "River loop");
    assert_true(fabs(entries[0].summary.heart_bpm - 150) < 0.5);
    assert_int_equal(har_show(b->store, entries[0].id, 1000, &b->arena, &showing, &b->err),
                     HAR_OK);
    assert_int_equal(showing.source_count, 2);
    assert_string_equal(showing.original + strlen(showing.original) - 5, "2.fit");
    assert_non_null(showing.streams.heart_bpm);
}

static void the_poorer_source_is_kept_beside(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    struct har_showing showing;
    struct run run = {.start_ms = MONDAY_MS, .serial = 5, .heart = true};
    put(b, "in/1.fit", fit_of(b, run));
    put(b, "in/2.gpx", gpx_of(b, run, "River loop"));
    put(b, "in/3.gpx", gpx_of(b, run, "Another name"));
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 1, 1, 1, 0); /* the second gives a name, the third nothing */
    assert_string_equal(row_of(b, "3.gpx")->reason,
                        "the same run as activity 1, kept beside it");
    assert_int_equal(entries_of(b, &entries), 1);
    assert_string_equal(entries[0].name, "River loop");
    assert_int_equal(har_show(b->store, 1, 1000, &b->arena, &showing, &b->err), HAR_OK);
    assert_int_equal(showing.source_count, 3);
    assert_string_equal(showing.original + strlen(showing.original) - 5, "1.fit");
}

/* A copy that the device saved after a crash holds a third of the run, far under the share
 * of the distance that two devices may differ by; but one device began it at one instant.
 */
static void one_device_and_one_beginning_are_one_run(void **state)
{
    struct bench *b = *state;
    struct run run = {.start_ms = MONDAY_MS, .serial = 9, .created_ms = MONDAY_MS - 5000};
    put(b, "in/1.fit", fit_of(b, run));
    run.seconds = 200;
    run.serial = 10; /* from another device it is another run */
    put(b, "in/2.fit", fit_of(b, run));
    run.serial = 9;
    put(b, "in/3.fit", fit_of(b, run));
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 2, 0, 1, 0);
    assert_int_equal(row_of(b, "2.fit")->status, HAR_IMPORTED);
    assert_int_equal(row_of(b, "3.fit")->status, HAR_DUPLICATE);
    assert_non_null(strstr(row_of(b, "3.fit")->reason, "activity 1,"));
}

static void the_same_bytes_are_one_run_under_any_name(void **state)
{
    struct bench *b = *state;
    struct har_bytes fit = fit_of(b, (struct run){.start_ms = MONDAY_MS});
    put(b, "in/1.fit", fit);
    put(b, "in/copy.fit", fit);
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 1, 0, 1, 0);
}

static void different_runs_stay_apart(void **state)
{
    struct bench *b = *state;
    /* clang-format off */
    const struct { const char *why; struct run run; } others[] = {
        {"another distance in the same minutes", {MONDAY_MS, 600, 4, 0, 2, 0, false, 0, 0, 0, 0, 0}},
        {"the next one begins where it ends", {MONDAY_MS + 600000, 600, 3, 0, 3, 0, false, 0, 0, 0, 0, 0}},
        {"half of the time shared", {MONDAY_MS + 5 * DAY_MS + 300000, 600, 3, 0, 4, 0, false, 0, 0, 0, 0, 0}},
        {"another sport", {MONDAY_MS + 6 * DAY_MS, 600, 3, HAR_SPORT_CYCLING, 5, 0, false, 0, 0, 0, 0, 0}},
        {"one creation time for all files", {MONDAY_MS + 9 * DAY_MS, 600, 3, 0, 1, MONDAY_MS, false, 0, 0, 0, 0, 0}},
    };
    /* clang-format on */
    put(b, "in/0.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS, .serial = 1}));
    put(b, "in/1.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS + 5 * DAY_MS}));
    put(b, "in/2.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS + 6 * DAY_MS}));
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 3, 0, 0, 0);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        put(b, "other.fit", fit_of(b, others[i].run));
        bring_in(b, "other.fit", (struct har_import_settings){0});
        if (b->report.imported != 1) fail_msg("taken for a duplicate: %s", others[i].why);
    }
}

/* One device, one creation time, two parts: chained files. */
static void parts_of_one_file_stay_apart(void **state)
{
    struct bench *b = *state;
    struct run first = {.start_ms = MONDAY_MS, .serial = 3, .created_ms = MONDAY_MS};
    struct run second = first;
    second.start_ms += HOUR_MS;
    struct har_bytes one = fit_of(b, first), two = fit_of(b, second);
    struct har_text chained = {.arena = &b->arena};
    har_text_bytes(&chained, one.data, one.size);
    har_text_bytes(&chained, two.data, two.size);
    put(b, "in/1.fit", (struct har_bytes){(const uint8_t *)chained.data, chained.size});
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 2, 0, 0, 0);
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 0, 0, 2, 0);
}

static void each_athlete_has_runs_of_their_own(void **state)
{
    struct bench *b = *state;
    put_season(b, 2);
    bring_in(b, "in", (struct har_import_settings){.athlete = "Ann"});
    expect(b, 2, 0, 0, 0);
    bring_in(b, "in", (struct har_import_settings){.athlete = "Bea"});
    expect(b, 2, 0, 0, 0);
    bring_in(b, "in", (struct har_import_settings){.athlete = "Bea"});
    expect(b, 0, 0, 2, 0);
}

/* --- what exports say -------------------------------------------------------------- */

static void put_strava(struct bench *b, const char *sheet)
{
    mkdir(at(b, "in/activities"), 0777);
    put(b, "in/activities/101.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS}));
    put(b, "in/activities/102.fit",
        fit_of(b, (struct run){.start_ms = MONDAY_MS + DAY_MS}));
    put_text(b, "in/activities.csv", sheet);
}

static void strava_is_understood(struct bench *b, const char *sheet)
{
    struct har_entry *entries;
    put_strava(b, sheet);
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 2, 0, 0, 0); /* new ones are not enriched by their own export */
    assert_int_equal(row_of(b, "activities.csv")->status, HAR_ENRICHED);
    assert_non_null(strstr(row_of(b, "activities.csv")->reason, "left out 1"));
    assert_int_equal(entries_of(b, &entries), 2);
    assert_string_equal(entries[0].name, "Easy, \"very\" easy");
    assert_false(entries[0].race);
    assert_string_equal(entries[1].name, "Zürich Halbmarathon 🏅");
    assert_true(entries[1].race);
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 0, 0, 2, 0); /* said twice, nothing is new */
}

#define NNBSP "\xe2\x80\xaf" /* between the time and AM or PM */

static void strava_in_english(void **state)
{
    strava_is_understood(
        *state,
        "\xef\xbb\xbf"
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,"
        "Elapsed Time,Distance,Filename,Elapsed Time,Distance,Competition\r\n"
        "101,\"Mar 2, 2026, 6:00:00" NNBSP
        "AM\",\"Easy, \"\"very\"\" easy\",Run,\"two\nlines\","
        "600,1.80,activities/101.fit,600.0,1800.0,\r\n"
        "103,\"Mar 3, 2026, 5:00:00" NNBSP "PM\",Gym,Weight Training,,900,,,900.0,,\r\n"
        "102,\"Mar 3, 2026, 6:00:00" NNBSP "AM\",Zürich Halbmarathon 🏅,Run,,600,1.80,"
        "activities/102.fit,600.0,1800.0,1.0\r\n");
}

static void strava_in_german(void **state)
{
    strava_is_understood(
        *state,
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,"
        "Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,Dateiname,Verstrichene Zeit,"
        "Distanz,Medien\n"
        "101,\"02.03.2026, 06:00:00\",\"Easy, \"\"very\"\" easy\",Lauf,,600,\"1,80\","
        "activities/101.fit,600.0,1800.0,\n"
        "103,\"03.03.2026, 17:00:00\",Kraft,Krafttraining,,900,,,900.0,,\n"
        "102,\"03.03.2026, 06:00:00\",Zürich Halbmarathon 🏅,Lauf,,600,\"1,80\","
        "activities/102.fit,600.0,1800.0,\n");
}

/* A language nobody taught us, and a header that Strava itself could not translate. */
static void strava_in_another_language(void **state)
{
    strava_is_understood(
        *state, "ID,translation missing: fi.date,Nimi,Laji,Kuvaus,Aika,Matka,Tiedosto\n"
                "101,2.3.2026,\"Easy, \"\"very\"\" easy\",Juoksu,,600,\"1,80\","
                "activities/101.fit\n"
                "103,3.3.2026,Sali,Voimaharjoitus,,900,,\n"
                "102,3.3.2026,Zürich Halbmarathon 🏅,Juoksu,,600,\"1,80\","
                "activities/102.fit\n");
}

/* The files were in without names; then the export comes, its sheet before its files. */
static void an_export_names_what_was_in(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    put_strava(b, "Activity ID,Activity Date,Activity Name,Filename\n"
                  "101,,Tempo 3 x 10,activities/101.fit\n");
    bring_in(b, "in/activities", (struct har_import_settings){0});
    expect(b, 2, 0, 0, 0);
    const char *paths[] = {at(b, "in/activities.csv"), at(b, "in/activities")};
    struct har_import_settings settings = {0};
    assert_int_equal(
        har_import(b->store, paths, 2, &settings, &b->arena, &b->report, &b->err), HAR_OK);
    expect(b, 0, 1, 2, 0);
    entries_of(b, &entries);
    assert_string_equal(entries[0].name, "Tempo 3 x 10");
    assert_null(entries[1].name);
}

static void garmin_summaries_name_by_the_start(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    put(b, "in/1.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS}));
    put(b, "in/2.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS + DAY_MS}));
    put_text(b, "in/x_0_summarizedActivities.json",
             "[{\"summarizedActivitiesExport\":[\n"
             "{\"name\":\"Munich Parkrun\",\"beginTimestamp\":1772431200000},\n"
             "{\"name\":\"Elsewhere\",\"beginTimestamp\":1.7724e12,\"distance\":5.0},\n"
             "{\"name\":\"Tuesday\",\"startTimeGmt\":1772517600000.0}]}]");
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 2, 0, 0, 0);
    entries_of(b, &entries);
    assert_string_equal(entries[0].name, "Munich Parkrun");
    assert_true(entries[0].race);
    assert_string_equal(entries[1].name, "Tuesday");
    assert_false(entries[1].race);
}

static void a_broken_summary_says_where(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    static const char json[] =
        "[{\"summarizedActivitiesExport\":["
        "{\"name\":\"Monday\",\"beginTimestamp\":1772431200000}, {\"name\":";
    put(b, "in/1.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS}));
    put_text(b, "in/x_summarizedActivities.json", json);
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, 1, 0, 0, 1);
    assert_int_equal(row_of(b, ".json")->offset, strlen(json) - strlen("{\"name\":"));
    entries_of(b, &entries);
    assert_string_equal(entries[0].name, "Monday"); /* what came before is kept */
}

static void names_tell_races(void **state)
{
    struct bench *b = *state;
    static const struct {
        const char *name;
        bool race;
    } rows[] = {
        {"5000 m, Lexington (race)", true},
        {"marathon pace (race)", true},
        {"Chongqing Marathon", true},
        {"Halbmarathon Köln", true},
        {"2025校园马拉松", true},
        {"Bushy parkrun #900", true},
        {"RACE day", true},
        {"Marathon pace 3 x 5 km", false},
        {"Pre-race shakeout", false},
        {"Terrace loop", false},
        {"海淀区 跑步", false},
        {"马拉松配速跑", false},
        {"Course à pied le matin", false},
        {"Morning Run", false},
    };
    size_t count = sizeof rows / sizeof rows[0];
    struct har_entry *entries;
    for (size_t i = 0; i < count; i++) {
        char name[32];
        struct run run = {.start_ms = MONDAY_MS + (int64_t)i * DAY_MS};
        snprintf(name, sizeof name, "in/%02zu.gpx", i);
        put(b, name, gpx_of(b, run, rows[i].name));
    }
    bring_in(b, "in", (struct har_import_settings){0});
    assert_int_equal(entries_of(b, &entries), count);
    for (size_t i = 0; i < count; i++)
        if (entries[i].race != rows[i].race) fail_msg("judged wrongly: %s", rows[i].name);
}

/* --- questions --------------------------------------------------------------------- */

static void rebuilding_gives_the_same_rows(void **state)
{
    struct bench *b = *state;
    struct har_entry *before, *after;
    uint64_t count;
    put_season(b, 70);
    bring_in(b, "in",
             (struct har_import_settings){
                 .clean = {.utc_offset_told = true, .utc_offset_s = 8 * 3600}});
    assert_int_equal(entries_of(b, &before), 70);
    assert_int_equal(before[0].summary.utc_offset_s, 8 * 3600);
    assert_int_equal(har_rebuild(b->store, NULL, &count, &b->err), HAR_OK);
    assert_int_equal(count, 70);
    assert_int_equal(entries_of(b, &after), 70);
    same_entries(before, after, 70);
    assert_int_equal(after[0].summary.utc_offset_s, 8 * 3600);
}

/* Two roads to one number: the derived rows and one activity worked out anew. */
static void show_list_and_bests_agree(void **state)
{
    struct bench *b = *state;
    struct har_entry *entries;
    struct har_showing showing;
    struct har_season_best *bests;
    struct har_season season;
    size_t best_count;
    const struct har_store_filter all = HAR_STORE_ALL;
    put(b, "in/1.fit", fit_of(b, (struct run){.start_ms = MONDAY_MS, .seconds = 900}));
    put(b, "in/2.fit",
        fit_of(b, (struct run){.start_ms = MONDAY_MS + DAY_MS, .speed_mps = 4}));
    bring_in(b, "in", (struct har_import_settings){0});
    assert_int_equal(entries_of(b, &entries), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            har_show(b->store, entries[i].id, 1000, &b->arena, &showing, &b->err), HAR_OK);
        assert_memory_equal(&showing.streams.summary.distance_m,
                            &entries[i].summary.distance_m, sizeof(double));
        assert_int_equal(showing.bests.distance_count, entries[i].best_count);
        assert_memory_equal(showing.bests.distances, entries[i].bests,
                            entries[i].best_count * sizeof(struct har_best));
    }
    assert_int_equal(
        har_season_bests(b->store, &all, &b->arena, &bests, &best_count, &b->err), HAR_OK);
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_int_equal(best_count, season.best_count);
    assert_true(best_count > 0);
    for (size_t i = 0; i < best_count; i++) {
        if (bests[i].best.distance_m > 2400) assert_int_equal(bests[i].id, entries[0].id);
        else assert_int_equal(bests[i].id, entries[1].id); /* the faster one */
    }
    assert_int_equal(har_show(b->store, 99, 1000, &b->arena, &showing, &b->err),
                     HAR_NOT_FOUND);
}

static void an_empty_store_has_no_season(void **state)
{
    struct bench *b = *state;
    struct har_season season;
    struct har_season_best *bests;
    size_t count;
    const struct har_store_filter all = HAR_STORE_ALL;
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err),
                     HAR_NOT_FOUND);
    assert_int_equal(har_season_bests(b->store, &all, &b->arena, &bests, &count, &b->err),
                     HAR_OK);
    assert_int_equal(count, 0);
}

/* Two roads: the flat speed that is kept, the one worked out anew, and the flat metres of
 * the kilometres over the moving time. */
static void assert_flat_speeds_agree(struct bench *b, const struct har_entry *entry)
{
    struct har_showing s;
    assert_int_equal(har_show(b->store, entry->id, 1000, &b->arena, &s, &b->err), HAR_OK);
    assert_memory_equal(&s.flat_speed_mps, &entry->flat_speed_mps, sizeof(double));
    double flat_m = 0;
    for (size_t i = 0; i < s.split_count; i++)
        flat_m += s.split_flat_mps[i] * s.splits[i].time_s;
    double mean_mps = flat_m / s.streams.summary.moving_s;
    assert_true(fabs(mean_mps / s.flat_speed_mps - 1) < 0.001);
}

/* --- races ------------------------------------------------------------------------- */

static struct har_results_report import_results(struct bench *b, const char *name,
                                                struct har_results_settings settings)
{
    struct har_results_report report;
    const char *path = at(b, name);
    assert_int_equal(
        har_results_import(b->store, &path, 1, &settings, &b->arena, &report, &b->err),
        HAR_OK);
    return report;
}

static struct har_results_report take_results(struct bench *b, const char *sheet)
{
    put_text(b, "results.csv", sheet);
    return import_results(b, "results.csv", (struct har_results_settings){0});
}

static size_t races_of(struct bench *b, struct har_race_beside **races)
{
    struct har_store_filter all = HAR_STORE_ALL;
    size_t count;
    assert_int_equal(har_races(b->store, &all, &b->arena, races, &count, &b->err), HAR_OK);
    return count;
}

#define RACE_MPS (5000.0 / 900) /* 5 km in 15:00 */

/* On Tuesday: a jog of 5 km in the morning, and a race of 5 km with its warm-up and
 * cool-down in one file. On Wednesday a race alone, down a hill. */
static void put_race_days(struct bench *b)
{
    int64_t tuesday_ms = MONDAY_MS + DAY_MS, wednesday_ms = tuesday_ms + DAY_MS;
    put(b, "in/jog.fit",
        fit_of(b,
               (struct run){.start_ms = tuesday_ms, .seconds = 1800, .speed_mps = 2.78}));
    put(b, "in/race.fit",
        fit_of(b, (struct run){.start_ms = tuesday_ms + 6 * HOUR_MS,
                               .seconds = 2700,
                               .fast_from = 1000,
                               .fast_seconds = 900,
                               .fast_mps = RACE_MPS}));
    put(b, "in/road.fit",
        fit_of(b, (struct run){.start_ms = wednesday_ms,
                               .seconds = 900,
                               .speed_mps = RACE_MPS,
                               .fall_m = 80}));
}

static const char race_days[] = "date,event,mark,name,venue\n"
                                "2026-03-03,5000,15:00.51,,Ulm\n"
                                "2026-03-04,5K,14:58,City run,\n"
                                "2026-03-05,10K,31:00,Nobody saw,\n";

/* Each race has found its own file, and that has become a race with a name. */
static void assert_races_are_joined(struct bench *b)
{
    struct har_race_beside *races;
    assert_int_equal(races_of(b, &races), 3);
    const struct har_race_beside *track = &races[0], *road = &races[1];
    assert_non_null(track->entry);
    assert_non_null(road->entry);
    assert_null(races[2].entry);
    assert_true(isnan(races[2].gps_s));
    assert_true(track->entry->summary.elapsed_s > 2699);
    assert_true(fabs(track->gps_s - 900) < 3);
    assert_true(track->entry->race && road->entry->race);
    assert_string_equal(track->entry->name, "5000, Ulm");
    assert_string_equal(road->entry->name, "City run");
    /* It falls 16 m a kilometre. */
    assert_true(road->race.result.eligible == 0 && road->race.judged);
    assert_int_equal(track->race.result.eligible, HAR_UNTOLD);
}

static void results_join_the_activities_that_are_there(void **state)
{
    struct bench *b = *state;
    put_race_days(b);
    bring_in(b, "in", (struct har_import_settings){0});
    struct har_results_report report = take_results(b, race_days);
    assert_int_equal(report.sheets.imported, 3);
    assert_int_equal(report.marks, 3);
    assert_int_equal(report.sheets.joined, 2);
    assert_races_are_joined(b);
    report = take_results(b, race_days);
    assert_int_equal(report.sheets.imported, 0);
    assert_int_equal(report.sheets.duplicate, 3);
    assert_races_are_joined(b);
}

static void activities_join_the_results_that_are_there(void **state)
{
    struct bench *b = *state;
    assert_int_equal(take_results(b, race_days).sheets.joined, 0);
    put_race_days(b);
    bring_in(b, "in", (struct har_import_settings){0});
    assert_int_equal(b->report.joined, 2);
    assert_races_are_joined(b);
    bring_in(b, "in", (struct har_import_settings){0});
    assert_int_equal(b->report.joined, 0);
    assert_races_are_joined(b);
}

/* An easy run on the day of a race nobody recorded is not that race. */
static void a_jog_is_not_the_race_of_its_day(void **state)
{
    struct bench *b = *state;
    struct har_race_beside *races;
    put(b, "in/jog.fit",
        fit_of(b, (struct run){.start_ms = MONDAY_MS, .seconds = 1800, .speed_mps = 2.78}));
    put(b, "in/long.fit",
        fit_of(b, (struct run){.start_ms = MONDAY_MS + 6 * HOUR_MS, .seconds = 7200}));
    put(b, "in/ride.fit",
        fit_of(b, (struct run){.start_ms = MONDAY_MS + 9 * HOUR_MS,
                               .seconds = 900,
                               .speed_mps = RACE_MPS,
                               .sport = HAR_SPORT_CYCLING}));
    bring_in(b, "in", (struct har_import_settings){0});
    take_results(b, "date,event,mark\n2026-03-02,5000,15:00.51\n");
    assert_int_equal(races_of(b, &races), 1);
    assert_null(races[0].entry);
}

/* What the runner says of a course stands above what its recording says. */
static void what_is_told_of_a_course_stands(void **state)
{
    struct bench *b = *state;
    struct har_race race = {.result = har_result_untold()};
    enum har_race_fate fate;
    const char *warning;
    put_race_days(b);
    bring_in(b, "in", (struct har_import_settings){0});
    race.result.day = har_day_of((struct har_date){2026, 3, 4});
    race.result.eligible = 1;
    assert_int_equal(har_parse_event(har_bytes_of("5K"), &race.result.event, NULL), HAR_OK);
    assert_int_equal(har_parse_mark(har_bytes_of("15:01"), &race.result.mark, NULL),
                     HAR_OK);
    assert_int_equal(har_race_add(b->store, 1, &race, &b->arena, &fate, &warning, &b->err),
                     HAR_OK);
    assert_true(fate == HAR_RACE_NEW && race.activity != 0 && warning == NULL);
    assert_true(race.result.eligible == 1 && !race.judged);
    struct har_race other = race;
    other.id = other.activity = 0;
    other.result.mark.time_ms += 5000;
    assert_int_equal(har_race_add(b->store, 1, &other, &b->arena, &fate, &warning, &b->err),
                     HAR_OK);
    assert_int_equal(fate, HAR_RACE_NEW);
    assert_non_null(strstr(warning, "15:01: both are kept"));
    assert_int_equal(har_race_remove(b->store, other.id, &b->err), HAR_OK);
    assert_int_equal(har_race_remove(b->store, other.id, &b->err), HAR_NOT_FOUND);
}

/* A list of one athlete is the runner's own, the next one's somebody else's. Of a field
 * only who is kept has races. */
static void a_list_is_whose_it_must_be(void **state)
{
    struct bench *b = *state;
    struct har_race_beside *races;
    struct har_athlete about;
    int64_t jo;
    take_results(b, "athlete,sex,born,date,event,mark\nJo DOE,W,1999-01-02,2026-03-02,5K,"
                    "16:00\n");
    assert_int_equal(races_of(b, &races), 1);
    assert_string_equal(races[0].race.result.athlete, "");
    assert_int_equal(har_store_about(b->store, 1, &b->arena, &about, &b->err), HAR_OK);
    assert_string_equal(about.listed_as, "Jo DOE");
    assert_true(about.sex == HAR_WOMEN &&
                about.born_day == har_day_of((struct har_date){1999, 1, 2}));
    take_results(b, "athlete,date,event,mark\nA. Other,2026-03-02,5K,16:01\n");
    take_results(b, "athlete,date,event,mark\nJo DOE,2026-03-09,5K,15:59\n"
                    "A. Other,2026-03-09,5K,15:58\nB. Third,2026-03-09,5K,15:57\n");
    assert_int_equal(races_of(b, &races), 4);
    assert_string_equal(races[1].race.result.athlete, "A. Other");
    assert_string_equal(races[2].race.result.athlete, "");
    assert_string_equal(races[3].race.result.athlete, "A. Other");

    put_text(b, "results.csv",
             "athlete,date,event,mark\nJo DOE,2026-03-16,5K,15:59\n"
             "A. Other,2026-03-16,5K,15:58\n");
    struct har_results_report report = import_results(
        b, "results.csv", (struct har_results_settings){.athlete = "A. Other"});
    assert_true(report.marks == 2 && report.others == 1);
    assert_int_equal(har_store_athlete(b->store, "A. Other", false, &jo, &b->err), HAR_OK);
    put_text(b, "results.csv", "date,event,mark\n2026-03-17,5K,15:59\n");
    report = import_results(b, "results.csv", (struct har_results_settings){0});
    assert_true(report.marks == 0 && report.sheets.failed == 1);
    assert_non_null(strstr(report.sheets.file[0].reason, "--athlete"));
}

static void bad_rows_are_told_of_and_the_others_are_in(void **state)
{
    struct bench *b = *state;
    struct har_race_beside *races;
    const char *sheet =
        "date,event,mark\n2026-03-02,5000,3:27.79\n2026-03-02,1500,3:27.79\n"
        "2026-03-02,1500,3:28.79\n2026-03-02,1500,DNF\n";
    put_text(b, "results.csv", sheet);
    struct har_results_report report =
        import_results(b, "results.csv", (struct har_results_settings){.dry_run = true});
    assert_int_equal(report.marks, 2);
    assert_int_equal(races_of(b, &races), 0); /* a dry run */
    report = take_results(b, sheet);
    assert_true(report.marks == 2 && report.refused == 1 && report.without_mark == 1);
    assert_int_equal(report.note_count, 2);
    assert_true(report.note[0].refused && report.note[0].line == 2);
    assert_non_null(strstr(report.note[0].why, "right event"));
    assert_false(report.note[1].refused);
    assert_int_equal(report.note[1].line, 4);
    assert_non_null(strstr(report.note[1].why, "both are kept"));
    assert_int_equal(report.sheets.file[0].status, HAR_IMPORTED);
    assert_int_equal(races_of(b, &races), 2);
}

/* The season shows races nobody recorded too, and its marks are official. */
static void the_report_has_official_marks(void **state)
{
    struct bench *b = *state;
    struct har_season season;
    struct har_entry *entries;
    struct har_store_filter all = HAR_STORE_ALL;
    size_t count;
    put_race_days(b);
    bring_in(b, "in", (struct har_import_settings){0});
    take_results(b, race_days);
    take_results(b, "date,event,mark\n2019-03-05,10K,30:00\n");
    all.athlete = 1;
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_int_equal(season.race_count, 3); /* that of 2019 is of no week of this season */
    for (size_t i = 0; i < 3; i++) assert_non_null(season.races[i]->official);
    assert_string_equal(season.races[2]->name, "Nobody saw");
    assert_true(season.races[2]->id == 0 && isnan(season.races[2]->summary.elapsed_s));
    assert_int_equal(season.mark_count, 3);
    assert_string_equal(season.marks[0].race->result.event.code, "5000");
    assert_true(season.marks[0].counts && season.marks[0].points == -1);
    assert_false(season.marks[1].counts); /* 5K down a hill */
    assert_int_equal(season.marks[2].race->result.mark.time_ms, 1800000);
    assert_int_equal(har_list(b->store, &all, &b->arena, &entries, &count, &b->err),
                     HAR_OK);
    size_t official = 0;
    for (size_t i = 0; i < count; i++) official += entries[i].official != NULL;
    assert_int_equal(official, 2);
}

/* The report and the page of each race say the same of its course: the simulated half
 * marathon falls 217.6 m and ends 17.5 km from its start, and a race in a hall has no
 * course. */
static void assert_races_are_judged(struct bench *b)
{
    struct har_season season;
    struct har_store_filter all = HAR_STORE_ALL;
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    size_t excluded = 0;
    for (size_t i = 0; i < season.race_count; i++) {
        const struct har_entry *race = season.races[i];
        struct har_showing showing;
        assert_int_equal(har_show(b->store, race->id, 1000, &b->arena, &showing, &b->err),
                         HAR_OK);
        bool outdoors = race->summary.setting == HAR_SETTING_OUTDOOR;
        assert_int_equal(race->course != NULL, outdoors);
        assert_int_equal(showing.course != NULL, outdoors);
        if (!outdoors) continue;
        assert_int_equal(showing.course->verdict, race->course->verdict);
        excluded += race->course->verdict == HAR_VERDICT_EXCLUDED;
        if (race->course->verdict != HAR_VERDICT_EXCLUDED) continue;
        assert_true(fabs(race->course->drop_m - 217.6) < 20);
        assert_true(fabs(race->course->separation_pct - 83) < 3);
        /* Downhill, the flat pace is the slower one. */
        assert_true(race->flat_speed_mps <
                    0.99 * race->summary.distance_m / race->summary.moving_s);
    }
    assert_int_equal(excluded, 1);
}

static void ask_loads(struct bench *b, const struct har_load_settings *settings,
                      struct har_loads *out)
{
    struct har_store_filter all = HAR_STORE_ALL;
    all.athlete = 1;
    assert_int_equal(har_loads(b->store, &all, settings, &b->arena, out, &b->err), HAR_OK);
}

/* The speed that the simulated runner could hold for an hour. */
static double true_threshold_mps(const struct har_truth *truth)
{
    double low_m = 5000, high_m = 42195;
    while (high_m - low_m > 1) {
        double mid_m = (low_m + high_m) / 2;
        if (har_truth_time(truth, mid_m) < 3600) low_m = mid_m;
        else high_m = mid_m;
    }
    return low_m / 3600;
}

/* Every session is judged by speed, by a threshold that is nearly the true one; days add up
 * to sessions and weeks to days; races ask more for each hour than anything else does. */
static void assert_loads_are_true(struct bench *b, uint64_t seed)
{
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    const struct har_truth truth = har_truth_of(seed);
    struct har_loads loads;
    struct har_showing showing;
    struct har_entry *entries;
    double sessions = 0, days = 0, race_rate = 0, usual_rate = 0;
    unsigned races = 0, doubled = 0;
    size_t count = entries_of(b, &entries);
    ask_loads(b, &settings, &loads);
    assert_null(loads.no_curve);
    assert_int_equal(loads.entry_count, count);
    assert_int_equal(loads.by[HAR_LOAD_SPEED], count);
    assert_true(fabs(har_threshold_speed(&loads.runner.curve) / true_threshold_mps(&truth) -
                     1) < 0.03);
    for (size_t i = 0; i < count; i++) {
        const struct har_entry *entry = loads.entries + i;
        double rate = entry->load->load / entry->summary.moving_s * 3600;
        sessions += entry->load->load;
        races += entry->race;
        *(entry->race ? &race_rate : &usual_rate) += rate;
    }
    assert_true(race_rate / races > 1.5 * usual_rate / (double)(count - races));
    for (size_t d = 0; d < loads.form.day_count; d++) {
        const struct har_form_day *day = loads.form.days + d;
        double week = 0;
        if (!isnan(day->load)) days += day->load;
        doubled += day->doubled;
        if (isnan(day->week_load)) continue;
        for (size_t w = 0; w < 7; w++) week += day[-(ptrdiff_t)w].load;
        assert_true(fabs(week - day->week_load) < 1e-6);
    }
    assert_int_equal(doubled, 0);
    assert_true(fabs(sessions - days) < 1e-6 * days);
    assert_int_equal(har_give_loads(b->store, 1, entries, count, &b->arena, &b->err),
                     HAR_OK);
    for (size_t i = 0; i < count; i++)
        assert_true(entries[i].load->load == loads.entries[i].load->load);
    assert_int_equal(har_show(b->store, entries[7].id, 1000, &b->arena, &showing, &b->err),
                     HAR_OK);
    assert_true(showing.entry.load->load == entries[7].load->load);
}

/* Easy running up there is run as hard as before it, so slower: the load must not fall. */
static void assert_a_camp_is_no_rest(struct bench *b)
{
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_loads loads;
    double load[2] = {0}, hours[2] = {0};
    ask_loads(b, &settings, &loads);
    for (size_t i = 0; i < loads.entry_count; i++) {
        const struct har_entry *entry = loads.entries + i;
        bool camp = !isnan(entry->load->lost);
        if (strcmp(entry->name, "Morning run") != 0) continue;
        load[camp] += entry->load->load;
        hours[camp] += entry->summary.moving_s / 3600;
    }
    assert_true(loads.up_high > 20 && hours[1] > 5);
    assert_true(fabs(load[1] / hours[1] / (load[0] / hours[0]) - 1) < 0.04);
}

/* A day of a plan fades in as any other: by hand, and as the coach has it. */
static void assert_a_plan_goes_on(struct bench *b)
{
    struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_loads now, then;
    ask_loads(b, &settings, &now);
    const struct har_form_day *last = now.form.days + now.form.day_count - 1;
    const struct har_planned plan[] = {
        {now.last_day + 1, 80, NAN, NAN, false},
        {now.last_day, 500, NAN, NAN, false}, /* was already */
        {now.last_day + 3, NAN, 21097.5, NAN, true},
    };
    settings.plan = plan;
    settings.plan_count = 3;
    ask_loads(b, &settings, &then);
    assert_int_equal(then.form.day_count, now.form.day_count + 3);
    assert_int_equal(then.past_plan, 1);
    assert_int_equal(then.plan_unknown, 0);
    assert_true(then.race_planned && then.race_day == now.last_day + 3);
    const struct har_form_day *next = then.form.days + now.form.day_count;
    double fades = exp(-1 / 42.0);
    assert_true(fabs(next->fitness - (last->fitness * fades + 80 * (1 - fades))) < 1e-9);
    assert_true(fabs(next->form - (last->fitness - last->fatigue)) < 1e-9);
    assert_true(next[1].load == 0 && next[2].load > 30 && next[2].load < 150);
    assert_int_equal(next[2].races, 1);
    assert_true(then.toll.cost_pct < now.toll.cost_pct);
    assert_true(then.toll.low_pct <= then.toll.cost_pct &&
                then.toll.cost_pct <= then.toll.high_pct);
}

/* Without a sex there is no curve, and three runs tell no highest heart rate: what is left
 * is the time. */
static void loads_fall_back(void **state)
{
    struct bench *b = *state;
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    const struct har_store_filter all = HAR_STORE_ALL;
    struct har_loads loads;
    assert_int_equal(har_loads(b->store, &all, &settings, &b->arena, &loads, &b->err),
                     HAR_NO_ANSWER);
    assert_non_null(strstr(b->err.message, "no session"));
    put_season(b, 3);
    bring_in(b, "in", (struct har_import_settings){0});
    ask_loads(b, &settings, &loads);
    assert_non_null(strstr(loads.no_curve, "--sex"));
    assert_int_equal(loads.by[HAR_LOAD_DURATION], loads.entry_count);
    assert_true(loads.entries[0].load->load > 0);
}

/* --- bad input, and the load --------------------------------------------------------- */

/* The heart rate of a second, as a strap says it. */
static unsigned beats_well(unsigned second)
{
    return 130 + second % 5;
}
static unsigned beats_nothing(unsigned second)
{
    return second % 3 ? beats_well(second) : 0;
}
static unsigned beats_absurdly(unsigned second)
{
    return second % 60 < 2 ? 239 : second % 60 == 5 ? 255 : beats_well(second);
}
static unsigned beats_as_the_feet_fall(unsigned second)
{
    return second > 600 && second < 900 ? 176 + second % 3 : beats_well(second);
}
static unsigned beats_at_the_end(unsigned second)
{
    return second > 1700 ? 185 : beats_well(second);
}

/* Half an hour of which no speed is known. */
static void put_beats(struct bench *b, const char *name, int64_t start_ms,
                      unsigned (*bpm)(unsigned second))
{
    struct har_text text = {.arena = &b->arena};
    har_text_add(&text,
                 "<?xml version=\"1.0\"?><TrainingCenterDatabase xmlns=\"http://www.garmin."
                 "com/xmlschemas/TrainingCenterDatabase/v2\"><Activities>"
                 "<Activity Sport=\"Running\"><Id>");
    har_text_instant(&text, start_ms);
    har_text_add(&text, "</Id><Lap StartTime=\"");
    har_text_instant(&text, start_ms);
    har_text_add(&text, "\"><TotalTimeSeconds>1800</TotalTimeSeconds><Track>\n");
    for (unsigned i = 0; i <= 1800; i++) {
        har_text_add(&text, "<Trackpoint><Time>");
        har_text_instant(&text, start_ms + (int64_t)i * 1000);
        har_text_format(
            &text,
            "</Time><HeartRateBpm><Value>%u</Value></HeartRateBpm><Extensions>"
            "<TPX xmlns=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\">"
            "<RunCadence>%u</RunCadence></TPX></Extensions></Trackpoint>\n",
            bpm(i), 88 + i % 2);
    }
    har_text_add(&text, "</Track></Lap></Activity></Activities></TrainingCenterDatabase>");
    put(b, name, (struct har_bytes){(const uint8_t *)text.data, text.size});
}

/* Zeros, absurd beats and a strap that reads cadence: nearly the load of the same half hour
 * measured well, and the highest heart rate stays the runner's. */
static void a_bad_strap_is_no_spike_in_load(void **state)
{
    struct bench *b = *state;
    static unsigned (*const strap[])(unsigned) = {beats_well, beats_nothing, beats_absurdly,
                                                  beats_as_the_feet_fall, beats_at_the_end};
    enum { WELL = 9, STRAPS = sizeof strap / sizeof *strap };
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_loads loads;
    for (unsigned i = 0; i < WELL + STRAPS; i++) {
        char name[32];
        snprintf(name, sizeof name, "in/%02u.tcx", i);
        put_beats(b, name, MONDAY_MS + i * DAY_MS, i < WELL ? beats_well : strap[i - WELL]);
    }
    bring_in(b, "in", (struct har_import_settings){0});
    expect(b, WELL + STRAPS, 0, 0, 0);
    ask_loads(b, &settings, &loads);
    assert_int_equal(loads.by[HAR_LOAD_HEART], WELL + STRAPS);
    assert_true(loads.runner.heart_max_bpm == 185);
    double well = loads.entries[WELL].load->load;
    assert_true(well > 10 && well < 50);
    for (size_t i = WELL; i < WELL + STRAPS - 1; i++)
        assert_true(fabs(loads.entries[i].load->load / well - 1) < 0.06);
}

/* Two watches on one run that differ too much to be one activity are two in the list, and
 * one in the day's load. */
static void two_watches_are_no_spike_in_load(void **state)
{
    struct bench *b = *state;
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    const struct run first = {.start_ms = MONDAY_MS, .seconds = 3000, .serial = 1};
    struct run second = {.start_ms = MONDAY_MS + 40000, .seconds = 2900, .serial = 2};
    struct har_loads loads;
    second.speed_mps = 3.9; /* and it told of no pauses */
    put(b, "in/one.fit", fit_of(b, first));
    put(b, "in/two.fit", fit_of(b, second));
    bring_in(b, "in", (struct har_import_settings){0});
    ask_loads(b, &settings, &loads);
    assert_int_equal(loads.entry_count, 2);
    assert_int_equal(loads.form.days->sessions, 1);
    assert_int_equal(loads.form.days->doubled, 1);
    assert_true(loads.form.days->load ==
                fmax(loads.entries[0].load->load, loads.entries[1].load->load));
}

/* Three weeks without the watch: not rest, and no spike when it is back. */
static void missing_weeks_are_no_rest(void **state)
{
    struct bench *b = *state;
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_loads loads;
    for (unsigned i = 0; i < 35; i++) {
        char name[32];
        snprintf(name, sizeof name, "in/%02u.fit", i);
        put(b, name,
            fit_of(b, (struct run){.start_ms = MONDAY_MS + (i + (i < 28 ? 0 : 21)) * DAY_MS,
                                   .seconds = 1800}));
    }
    bring_in(b, "in", (struct har_import_settings){0});
    ask_loads(b, &settings, &loads);
    assert_int_equal(loads.form.day_count, 56);
    assert_true(isnan(loads.form.days[28].load) && isnan(loads.form.days[48].load));
    assert_true(fabs(loads.form.days[48].fitness - loads.form.days[27].fitness) < 1e-9);
    assert_true(loads.form.days[48].known < 0.7 * loads.form.days[27].known);
    assert_true(loads.form.days[55].spike < 1.01);
    assert_true(isnan(loads.form.days[50].week_load));
}

static size_t stale_in(struct bench *b)
{
    int64_t *stale;
    size_t count;
    assert_int_equal(har_store_stale(b->store, har_coach_algorithm(), &b->arena, &stale,
                                     &count, &b->err),
                     HAR_OK);
    return count;
}

/* A row of an older version has no paces until it is made again. */
static void an_older_row_is_told_of(void **state)
{
    struct bench *b = *state;
    const struct har_load_settings settings = {.sex = HAR_MEN};
    const struct har_bests none = {0};
    struct har_loads first, older, again;
    uint64_t made;
    put_season(b, 3);
    bring_in(b, "in", (struct har_import_settings){0});
    ask_loads(b, &settings, &first);
    assert_non_null(first.entries[0].paces);
    assert_int_equal(stale_in(b), 0);
    const struct har_derived older_row = {
        .summary = &first.entries[0].summary, .bests = &none, .flat_speed_mps = NAN};
    assert_int_equal(
        har_store_derive(b->store, first.entries[0].id, 1, &older_row, &b->err), HAR_OK);
    ask_loads(b, &settings, &older);
    assert_null(older.entries[0].paces);
    assert_int_equal(stale_in(b), 1);
    assert_int_equal(har_rebuild(b->store, NULL, &made, &b->err), HAR_OK);
    ask_loads(b, &settings, &again);
    assert_int_equal(stale_in(b), 0);
    assert_memory_equal(again.entries[0].paces, first.entries[0].paces,
                        sizeof *again.entries[0].paces);
}

static void a_demonstration_can_be_imported(void **state)
{
    struct bench *b = *state;
    uint64_t files;
    struct har_entry *entries;
    struct har_bytes sheet;
    static const char header[] = "athlete,sex,date,event,mark,eligible,venue,file\r\n";
    assert_int_equal(har_demo(at(b, "a/b"), 1, &files, &b->err), HAR_OK);
    assert_true(files > 20);
    assert_int_equal(
        har_read_file(at(b, "a/b/results.csv"), NULL, &b->arena, &sheet, &b->err), HAR_OK);
    assert_true(sheet.size > sizeof header);
    assert_memory_equal(sheet.data, header, sizeof header - 1);
    bring_in(b, "a/b", (struct har_import_settings){0});
    expect(b, files - 1, 0, 0, 0);
    size_t lines = 0, races = 0, count = entries_of(b, &entries);
    for (size_t i = 0; i < sheet.size; i++) lines += sheet.data[i] == '\n';
    for (size_t i = 0; i < count; i++) races += entries[i].race;
    assert_int_equal(lines - 1, races);
    size_t known = 0;
    for (size_t i = 0; i < count && known < 10; i++) {
        if (isnan(entries[i].flat_speed_mps)) continue;
        assert_flat_speeds_agree(b, &entries[i]);
        known++;
    }
    assert_int_equal(known, 10);
    assert_races_are_judged(b);

    struct har_results_report report =
        import_results(b, "a/b/results.csv", (struct har_results_settings){0});
    assert_true(report.marks == races && report.sheets.joined == races);
    assert_loads_are_true(b, 1);
    assert_a_camp_is_no_rest(b);
    assert_a_plan_goes_on(b);

    /* With marks and a sex, the report looks ahead, and back. */
    struct har_season season;
    struct har_store_filter all = HAR_STORE_ALL;
    assert_int_equal(har_store_athlete(b->store, NULL, false, &all.athlete, &b->err),
                     HAR_OK);
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_non_null(season.outlook);
    assert_true(season.outlook->row_count > 5);
    assert_int_equal(season.foretold_count, races);
}

/* --- what could be run -------------------------------------------------------------- */

/* A real year of one club runner, its four races foretold each from the training and the
 * races before it; the first from training alone. */
static void a_real_season_is_foretold(void **state)
{
    struct bench *b = *state;
    struct har_season season;
    struct har_store_filter all = HAR_STORE_ALL;
    char path[4096];
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    snprintf(path, sizeof path, "%s%s/activities/seasons/clf3-2025",
             data   ? data
             : root ? root
                    : ".",
             data ? "" : "/../shared/data");
    if (access(path, R_OK) != 0) {
        print_message("no %s: set HARRIER_DATA\n", path);
        skip();
    }
    const char *folder = path;
    struct har_import_settings settings = {0};
    assert_int_equal(
        har_import(b->store, &folder, 1, &settings, &b->arena, &b->report, &b->err),
        HAR_OK);
    (void)take_results(b, "date,event,mark,sex\n2025-03-30,MAR,2:56:42,M\n"
                          "2025-04-06,10K,37:06,M\n2025-11-09,HM,1:20:54,M\n"
                          "2026-01-18,MAR,2:52:43,M\n");
    assert_int_equal(har_store_athlete(b->store, NULL, false, &all.athlete, &b->err),
                     HAR_OK);
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_non_null(season.outlook);
    size_t official = 0;
    for (size_t i = 0; i < season.foretold_count; i++) {
        const struct har_foretold *f = season.foretold + i;
        if (f->race->run_s <= 0) continue; /* by the watch alone */
        official++;
        assert_true(f->race->time_s >= f->prediction.low_s[HAR_WITHIN_80]);
        assert_true(f->race->time_s <= f->prediction.high_s[HAR_WITHIN_80]);
    }
    assert_int_equal(official, 4);
}

/* --- recovery ---------------------------------------------------------------------- */

enum { RACE_DAY = 28, TIRED_DAYS = 6, LAST_RUN_DAY = 56 };

/* A run every other day, at a heart rate of 144 and 146 in turn, and on some days after a
 * race in their midst 15 more. Returns the activity of the race. */
static int64_t live_past_a_race(struct bench *b)
{
    struct har_entry *entries;
    int64_t race = 0;
    for (unsigned day = 0; day <= LAST_RUN_DAY; day += 2) {
        char name[32];
        bool tired = day > RACE_DAY && day <= RACE_DAY + TIRED_DAYS;
        struct run run = {.start_ms = MONDAY_MS + day * DAY_MS,
                          .seconds = 2400,
                          .speed_mps = 3.2 + 0.05 * (day % 3),
                          .heart = true,
                          .heart_bpm = 144 + day % 4 + (tired ? 15 : 0),
                          .fall_m = 1};
        if (day == RACE_DAY) {
            run.seconds = 900;
            run.speed_mps = 5.6;
        }
        snprintf(name, sizeof name, "in/%03u.fit", day);
        put(b, name, fit_of(b, run));
    }
    bring_in(b, "in", (struct har_import_settings){0});
    for (size_t i = 0, count = entries_of(b, &entries); i < count; i++)
        if (entries[i].summary.start_ms == MONDAY_MS + RACE_DAY * DAY_MS)
            race = entries[i].id;
    assert_true(race > 0);
    assert_int_equal(har_store_describe(b->store, race, "Park mile", 1, &b->err), HAR_OK);
    return race;
}

static void a_planted_recovery_is_shown_and_reported(void **state)
{
    struct bench *b = *state;
    struct har_showing showing;
    struct har_season season;
    const struct har_store_filter all = HAR_STORE_ALL;
    int64_t race = live_past_a_race(b);
    assert_int_equal(har_show(b->store, race, 1000, &b->arena, &showing, &b->err), HAR_OK);
    const struct har_recovered *r = showing.recovered;
    assert_non_null(r);
    assert_null(r->why_not);
    assert_null(r->beside);
    assert_true(r->activity == race);
    assert_string_equal(r->name, "Park mile");
    assert_int_equal(r->back.before, 14);
    assert_int_equal(r->back.after, 14);
    assert_true(fabs(r->back.sign[HAR_SIGN_HEART].days - (TIRED_DAYS + 1)) < 2);
    assert_true(r->back.sign[HAR_SIGN_PACE].days < 3);
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_int_equal(season.recovered_count, 1);
    assert_memory_equal(&season.recovered->back, &r->back, sizeof r->back);
    assert_int_equal(
        har_show(b->store, race == 1 ? 2 : 1, 1000, &b->arena, &showing, &b->err), HAR_OK);
    assert_null(showing.recovered); /* it was no race */
}

/* Two roads: the steady part that is kept, and that of the streams worked out anew. A row
 * of an older version has none, and it is said how it gets one. */
static void the_steady_part_is_kept_and_missed(void **state)
{
    struct bench *b = *state;
    const struct har_bests none = {0};
    struct har_entry *entries;
    struct har_showing showing;
    struct har_steady steady;
    struct har_flat flat;
    uint64_t made;
    int64_t race = live_past_a_race(b);
    size_t count = entries_of(b, &entries);
    assert_int_equal(har_show(b->store, entries[3].id, 1000, &b->arena, &showing, &b->err),
                     HAR_OK);
    assert_int_equal(har_flat_speeds(&showing.streams, NULL, &b->arena, &flat, &b->err),
                     HAR_OK);
    assert_int_equal(har_steady_of(&showing.streams, &flat, &steady), HAR_OK);
    assert_memory_equal(&entries[3].steady, &steady, sizeof steady);
    for (size_t i = 0; i < count; i++) {
        const struct har_derived older_row = {
            .summary = &entries[i].summary, .bests = &none, .flat_speed_mps = NAN};
        assert_true(entries[i].id == race || entries[i].steady.seconds > 1700);
        assert_int_equal(har_store_derive(b->store, entries[i].id, 1, &older_row, &b->err),
                         HAR_OK);
    }
    assert_int_equal(har_show(b->store, race, 1000, &b->arena, &showing, &b->err), HAR_OK);
    assert_non_null(strstr(showing.recovered->why_not, "there are 0 and 0; "));
    assert_non_null(strstr(showing.recovered->why_not, "`harrier db rebuild`"));
    assert_int_equal(har_rebuild(b->store, NULL, &made, &b->err), HAR_OK);
    assert_int_equal(har_show(b->store, race, 1000, &b->arena, &showing, &b->err), HAR_OK);
    assert_null(showing.recovered->why_not);
}

/* --- camps and mornings ------------------------------------------------------------ */

static size_t camps_in(struct bench *b, struct har_kept_camp **camps)
{
    size_t count;
    const struct har_store_filter all = HAR_STORE_ALL;
    assert_int_equal(har_camps(b->store, &all, &b->arena, camps, &count, &b->err), HAR_OK);
    return count;
}

static har_status tell(struct bench *b, const char *name, int64_t from_day, int64_t to_day,
                       double altitude_m, double hours_a_day)
{
    bool again;
    const struct har_kept_camp camp = {
        .camp = {name, from_day, to_day, altitude_m, NAN, NAN, true, false},
        .hours_a_day = hours_a_day};
    return har_camp_tell(b->store, 1, &camp, &b->arena, &again, &b->err);
}

/* Lived, found, told better, and in the report: one stay all the way. */
static void a_lived_camp_is_found_and_told(void **state)
{
    struct bench *b = *state;
    uint64_t files;
    struct har_simulation lived;
    struct har_season season;
    struct har_kept_camp *camps;
    const struct har_store_filter all = HAR_STORE_ALL;
    assert_int_equal(har_simulate(1, &b->arena, &lived, &b->err), HAR_OK);
    assert_int_equal(lived.camp_count, 1);
    assert_int_equal(har_demo(at(b, "demo"), 1, &files, &b->err), HAR_OK);
    bring_in(b, "demo", (struct har_import_settings){0});
    assert_int_equal(camps_in(b, &camps), 1);
    assert_true(!camps->camp.told && !camps->camp.name);
    assert_true(!camps->brought && camps->before < 2);
    assert_in_range(camps->camp.from_day - lived.camps->from_day + 1, 0, 2);
    assert_in_range(camps->camp.to_day - lived.camps->to_day + 1, 0, 2);
    assert_true(fabs(camps->camp.altitude_m - lived.camps->altitude_m) < 50);
    int64_t from_day = lived.camps->from_day, to_day = lived.camps->to_day;
    double high_m = lived.camps->altitude_m;
    assert_int_equal(tell(b, "Altura", from_day, to_day, high_m, 20), HAR_OK);
    assert_int_equal(camps_in(b, &camps), 1);
    assert_string_equal(camps->camp.name, "Altura");
    double hours = 20.0 * (double)(to_day - from_day + 1);
    assert_true(fabs(camps->dose.dose_km_h - hours * high_m / 1000) < 1e-6);
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_int_equal(season.camp_count, 1);
    for (size_t i = 0; i < season.stay_count; i++)
        assert_true(season.stays[i].camp == (season.stays[i].from_day <= to_day &&
                                             season.stays[i].to_day >= from_day));
    assert_true(season.stay_count > 0 && !season.mornings);
}

static void a_camp_that_cannot_be_is_refused(void **state)
{
    struct bench *b = *state;
    struct har_kept_camp *camps;
    assert_int_equal(tell(b, "Iten", 100, 120, 2135, 22), HAR_OK);
    assert_int_equal(tell(b, "", 200, 220, 2135, 22), HAR_BAD_INPUT);
    assert_int_equal(tell(b, "a", 220, 219, 2135, 22), HAR_BAD_INPUT);
    assert_int_equal(tell(b, "a", 200, 600, 2135, 22), HAR_BAD_INPUT);
    assert_int_equal(tell(b, "a", 200, 220, 0, 22), HAR_BAD_INPUT);
    assert_int_equal(tell(b, "a", 200, 220, NAN, 22), HAR_BAD_INPUT);
    assert_int_equal(tell(b, "a", 200, 220, 2135, 25), HAR_BAD_INPUT);
    assert_int_equal(tell(b, "a", 120, 130, 2135, 22), HAR_BAD_INPUT);
    assert_string_equal(b->err.message, "it shares days with the camp \"Iten\"");
    assert_int_equal(tell(b, "Iten", 120, 130, 2135, 22), HAR_OK); /* it moved */
    assert_int_equal(camps_in(b, &camps), 1);
    assert_int_equal(camps->camp.from_day, 120);
}

static void races_say_what_a_camp_brought(void **state)
{
    struct bench *b = *state;
    static const struct {
        int64_t day;
        const char *mark;
    } races[] = {{19970, "14:30"}, {19985, "14:31"}, {19992, "14:29"},
                 {20030, "14:21"}, {20040, "14:22"}, {20050, "14:20"}};
    struct har_kept_camp *camps;
    for (size_t i = 0; i < sizeof races / sizeof *races; i++) {
        enum har_race_fate fate;
        const char *warning;
        struct har_race race = {.result = har_result_untold()};
        race.result.day = races[i].day;
        race.result.sex = HAR_MEN;
        assert_int_equal(
            har_parse_mark(har_bytes_of(races[i].mark), &race.result.mark, NULL), HAR_OK);
        assert_int_equal(har_parse_event(har_bytes_of("5000"), &race.result.event, NULL),
                         HAR_OK);
        assert_int_equal(
            har_race_add(b->store, 1, &race, &b->arena, &fate, &warning, &b->err), HAR_OK);
    }
    assert_int_equal(tell(b, "Iten", 20000, 20020, 2135, 22), HAR_OK);
    struct har_store_filter own = HAR_STORE_ALL;
    size_t count;
    own.athlete = 1;
    assert_int_equal(har_camps(b->store, &own, &b->arena, &camps, &count, &b->err), HAR_OK);
    assert_int_equal(count, 1);
    assert_non_null(camps->brought);
    assert_true(camps->before == 3 && camps->after == 3);
    assert_int_equal(camps->brought->before, 3);
    assert_int_equal(camps->brought->after, 3);
    /* Nine seconds of 870, whatever curve stands between. */
    assert_true(fabs(camps->brought->gain_pct - 100 * log(870.0 / 861)) < 0.01);
}

/* The stay of four days at 1,840 m, through files, store and coach. */
static void a_real_runner_has_one_camp(void **state)
{
    struct bench *b = *state;
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    const char *below = "activities/seasons/tiny656-2021-2026";
    struct har_import_settings plain = {0};
    struct har_kept_camp *camps;
    struct har_text path = {.arena = &b->arena};
    if (data) har_text_format(&path, "%s/%s", data, below);
    else har_text_format(&path, "%s/../shared/data/%s", root ? root : ".", below);
    if (har_walk_count(path.data) == 0) {
        print_message("no %s: set HARRIER_DATA\n", path.data);
        skip();
    }
    const char *folder = path.data;
    assert_int_equal(
        har_import(b->store, &folder, 1, &plain, &b->arena, &b->report, &b->err), HAR_OK);
    assert_int_equal(camps_in(b, &camps), 1);
    assert_int_equal(camps->camp.from_day, har_day_of((struct har_date){2026, 2, 24}));
    assert_int_equal(camps->camp.to_day, har_day_of((struct har_date){2026, 2, 27}));
}

static struct har_mornings_report import_mornings(struct bench *b, const char *name,
                                                  bool dry_run)
{
    struct har_mornings_report report;
    const char *path = at(b, name);
    assert_int_equal(
        har_mornings_import(b->store, &path, 1, NULL, dry_run, &b->arena, &report, &b->err),
        HAR_OK);
    return report;
}

static void mornings_come_in_once_and_are_filled(void **state)
{
    struct bench *b = *state;
    struct har_wellness_row *rows;
    size_t count;
    const struct har_store_filter all = HAR_STORE_ALL;
    put_text(b, "pulse.csv", "date,rhr\n2026-03-02,45\n2026-03-03,999\n2026-03-04,47\n");
    put_text(b, "hrv.csv", "date,rmssd\n2026-03-02,80\n2026-03-05,70\n2026-03-06,\n");
    put_text(b, "none.csv", "a,b\n1,2\n");
    struct har_mornings_report report = import_mornings(b, "pulse.csv", true);
    assert_true(report.all.imported == 2 && report.all.refused == 1);
    assert_int_equal(
        har_journal_mornings(b->store, &all, &b->arena, &rows, &count, &b->err), HAR_OK);
    assert_int_equal(count, 0);
    report = import_mornings(b, "pulse.csv", false);
    assert_true(report.all.imported == 2 && report.all.refused == 1 && !report.failed);
    assert_int_equal(report.note_count, 1);
    assert_int_equal(report.note->line, 3);
    report = import_mornings(b, "hrv.csv", false);
    assert_true(report.all.imported == 1 && report.all.enriched == 1 &&
                report.all.without_value == 1);
    report = import_mornings(b, "pulse.csv", false);
    assert_int_equal(report.all.duplicate, 2);
    report = import_mornings(b, "none.csv", false);
    assert_true(report.failed == 1 && report.sheet->reason);
    assert_int_equal(
        har_journal_mornings(b->store, &all, &b->arena, &rows, &count, &b->err), HAR_OK);
    assert_int_equal(count, 3);
    assert_true(rows[0].rest_bpm == 45 && rows[0].hrv_ms == 80);
}

static void the_report_has_the_latest_mornings(void **state)
{
    struct bench *b = *state;
    struct har_season season;
    struct har_text sheet = {.arena = &b->arena};
    const struct har_store_filter all = HAR_STORE_ALL;
    put_season(b, 30);
    bring_in(b, "in", (struct har_import_settings){0});
    har_text_add(&sheet, "date,rhr,hrv\n");
    int64_t monday = har_local_day(MONDAY_MS, 0);
    for (int i = 0; i < 28; i++) {
        har_text_date(&sheet, monday + i);
        har_text_format(&sheet, ",%d,%s\n", i < 21 ? 50 : 46, i < 2 ? "80" : "");
    }
    put_text(b, "m.csv", sheet.data);
    assert_int_equal(import_mornings(b, "m.csv", false).all.imported, 28);
    assert_int_equal(har_report(b->store, &all, &b->arena, &season, &b->err), HAR_OK);
    assert_non_null(season.mornings);
    assert_int_equal(season.mornings->day, monday + 27);
    assert_int_equal(season.mornings->known, 2); /* two HRVs are no mean */
    assert_true(season.mornings->week.rest_bpm == 46);
    assert_true(season.mornings->weeks.rest_bpm == 49); /* (3 * 50 + 46) / 4 */
    assert_true(isnan(season.mornings->weeks.hrv_ms) && isnan(season.mornings->week.mood));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_folder_comes_in_once),
        EACH(one_bad_file_in_a_hundred_stops_nothing),
        EACH(what_is_named_must_be_a_watch_file),
        EACH(a_dry_run_keeps_nothing),
        EACH(an_interrupted_import_is_finished_by_the_next),
        EACH(threads_change_nothing),
        EACH(the_richer_source_leads),
        EACH(the_poorer_source_is_kept_beside),
        EACH(one_device_and_one_beginning_are_one_run),
        EACH(the_same_bytes_are_one_run_under_any_name),
        EACH(different_runs_stay_apart),
        EACH(parts_of_one_file_stay_apart),
        EACH(each_athlete_has_runs_of_their_own),
        EACH(strava_in_english),
        EACH(strava_in_german),
        EACH(strava_in_another_language),
        EACH(an_export_names_what_was_in),
        EACH(garmin_summaries_name_by_the_start),
        EACH(a_broken_summary_says_where),
        EACH(names_tell_races),
        EACH(rebuilding_gives_the_same_rows),
        EACH(show_list_and_bests_agree),
        EACH(an_empty_store_has_no_season),
        EACH(results_join_the_activities_that_are_there),
        EACH(activities_join_the_results_that_are_there),
        EACH(a_jog_is_not_the_race_of_its_day),
        EACH(what_is_told_of_a_course_stands),
        EACH(a_list_is_whose_it_must_be),
        EACH(bad_rows_are_told_of_and_the_others_are_in),
        EACH(the_report_has_official_marks),
        EACH(loads_fall_back),
        EACH(a_real_season_is_foretold),
        EACH(a_bad_strap_is_no_spike_in_load),
        EACH(two_watches_are_no_spike_in_load),
        EACH(missing_weeks_are_no_rest),
        EACH(an_older_row_is_told_of),
        EACH(a_demonstration_can_be_imported),
        EACH(a_planted_recovery_is_shown_and_reported),
        EACH(the_steady_part_is_kept_and_missed),
        EACH(a_lived_camp_is_found_and_told),
        EACH(a_camp_that_cannot_be_is_refused),
        EACH(races_say_what_a_camp_brought),
        EACH(a_real_runner_has_one_camp),
        EACH(mornings_come_in_once_and_are_filled),
        EACH(the_report_has_the_latest_mornings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
