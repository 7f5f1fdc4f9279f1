/* SPDX-License-Identifier: MIT */
/* clean: one clock, believable ground, quiet heights. Each trap is a few lines of a watch's
 * own making; the last tests read real seasons where they are at hand. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/clean.h"
#include "harrier/decode.h"
#include "harrier/num.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define assert_near(a, b, within) near_at((a), (b), (within), __FILE__, __LINE__)

static void near_at(double a, double b, double within, const char *file, int line)
{
    if (fabs(a - b) <= within) return;
    print_error("%.17g is not %.17g within %g\n", a, b, within);
    _fail(file, line);
}

/* --- a watch ------------------------------------------------------------------------ */

enum { MOST = 12000 };
#define START_MS INT64_C(1700000000000)

struct watch {
    size_t count, segments, pauses;
    int64_t time_ms[MOST];
    double column[HAR_CHANNELS][MOST];
    size_t segment[200];
    struct har_pause pause[8];
    double lat_deg, lon_deg; /* where the next steps begin from */
    double east_m, north_m;
    struct har_activity activity;
    struct har_arena arena;
    struct har_streams streams;
};

static struct watch *new_watch(unsigned sport)
{
    struct watch *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->lat_deg = 47;
    w->lon_deg = 8;
    w->activity = har_activity_blank();
    w->activity.sport = sport;
    w->activity.start_ms = START_MS;
    return w;
}

static void throw_away(struct watch *w)
{
    har_arena_free(&w->arena);
    free(w);
}

/* A sample `seconds` after the one before, with nothing in it. */
static size_t tick(struct watch *w, double seconds)
{
    size_t i = w->count++;
    assert_true(i < MOST);
    w->time_ms[i] = i ? w->time_ms[i - 1] + (int64_t)lround(seconds * 1000) : START_MS;
    for (int c = 0; c < HAR_CHANNELS; c++) w->column[c][i] = NAN;
    return i;
}

/* Puts the last sample `east_m` and `north_m` of the start, by the ellipsoid's radii. */
static void put(struct watch *w, double east_m, double north_m)
{
    const double a = 6378137, e2 = 0.0066943799901413165, rad = 3.14159265358979 / 180;
    double s = sin(w->lat_deg * rad), c = cos(w->lat_deg * rad), k = 1 - e2 * s * s;
    double meridian_m = a * (1 - e2) / (k * sqrt(k)), normal_m = a / sqrt(k);
    double lon = w->lon_deg + east_m / (normal_m * c) / rad;
    w->column[HAR_LAT_DEG][w->count - 1] = w->lat_deg + north_m / meridian_m / rad;
    w->column[HAR_LON_DEG][w->count - 1] = lon > 180 ? lon - 360 : lon;
}

/* A sample after `seconds`, `metres` farther east. */
static void east(struct watch *w, double seconds, double metres)
{
    tick(w, seconds);
    w->east_m += metres;
    put(w, w->east_m, w->north_m);
}

static void run_east(struct watch *w, size_t samples, double speed_mps)
{
    for (size_t i = 0; i < samples; i++) east(w, 1, w->count ? speed_mps : 0);
}

static void clean_with(struct watch *w, const struct har_clean_settings *settings)
{
    struct har_samples *samples = &w->activity.samples;
    samples->count = w->count;
    samples->time_ms = w->time_ms;
    for (int c = 0; c < HAR_CHANNELS; c++) {
        samples->channel[c] = NULL;
        for (size_t i = 0; i < w->count; i++)
            if (!isnan(w->column[c][i])) samples->channel[c] = w->column[c];
    }
    w->activity.segment_count = w->segments;
    w->activity.segment_start = w->segments ? w->segment : NULL;
    w->activity.pause_count = w->pauses;
    w->activity.pauses = w->pause;
    har_arena_free(&w->arena);
    assert_int_equal(har_clean(&w->activity, settings, &w->arena, &w->streams, NULL),
                     HAR_OK);
}

static const struct har_summary *cleaned(struct watch *w)
{
    clean_with(w, NULL);
    return &w->streams.summary;
}

static size_t breaks(const struct watch *w)
{
    size_t n = 0;
    for (size_t i = 1; i < w->streams.count; i++) n += w->streams.broken[i];
    return n;
}

/* --- invariants ------------------------------------------------------------------------
 */

static void assert_sound(const struct har_streams *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (i == 0) {
            assert_true(s->time_s[0] == 0 && s->broken[0]);
            continue;
        }
        assert_true(s->time_s[i] > s->time_s[i - 1]);
        if (s->distance_m) assert_true(s->distance_m[i] >= s->distance_m[i - 1]);
        if (s->distance_m) assert_true(isfinite(s->distance_m[i]));
        if (s->altitude_m) assert_true(isfinite(s->altitude_m[i]));
        if (s->heart_bpm && !isnan(s->heart_bpm[i]))
            assert_true(s->heart_bpm[i] >= 25 && s->heart_bpm[i] <= 240);
        if (s->lat_deg && !isnan(s->lat_deg[i])) assert_true(fabs(s->lat_deg[i]) <= 90.001);
        if (s->lon_deg && !isnan(s->lon_deg[i])) assert_true(fabs(s->lon_deg[i]) <= 180);
    }
    if (s->count == 0) return;
    const struct har_summary *sum = &s->summary;
    assert_true(sum->elapsed_s == s->time_s[s->count - 1]);
    assert_true(sum->timer_s <= sum->elapsed_s * 1.01 && sum->timer_s >= -1e-9);
    assert_true(sum->moving_s <= sum->timer_s && sum->moving_s >= 0);
    double heart_s = 0;
    for (int i = 0; i < HAR_HEART_BINS; i++) heart_s += (double)sum->heart_s[i];
    assert_true(heart_s <= sum->elapsed_s * 1.0001);
}

/* A number such as broken files hold. */
static double anything(struct har_random *r, double usual, double spread)
{
    switch (har_random_bits(r) % 24) {
    case 0: return NAN;
    case 1: return 0;
    case 2: return -usual;
    case 3: return INFINITY;
    case 4: return 1e300;
    case 5: return -1e9 * har_random_normal(r);
    default: return usual + spread * har_random_normal(r);
    }
}

static void garbage_becomes_sound_streams(void **state)
{
    (void)state;
    static const unsigned sports[] = {HAR_SPORT_RUNNING, HAR_SPORT_CYCLING,
                                      HAR_SPORT_SWIMMING, HAR_SPORT_UNKNOWN};
    for (uint64_t seed = 0; seed < 120; seed++) {
        struct har_random r = har_random_of(seed);
        struct watch *w = new_watch(sports[seed % 4]);
        size_t n = (size_t)(har_random_bits(&r) % 300);
        for (size_t i = 0; i < n; i++) {
            tick(w, anything(&r, 1, 2) > 1e5 ? 1e5 : 1 + 3 * har_random_normal(&r));
            if (i % 40 == 39) w->time_ms[i] = START_MS + (int64_t)i * 1000;
            for (int c = 0; c < HAR_CHANNELS; c++)
                w->column[c][i] =
                    anything(&r, c == HAR_DISTANCE_M ? 3.0 * (double)i : 100, 2);
            if (i % 3) put(w, 3 * (double)i, anything(&r, 5, 1e3 * (double)(i % 5)));
        }
        for (size_t i = 7; i < n; i += 50) w->time_ms[i] = HAR_NO_TIME;
        w->activity.distance_m = anything(&r, 900, 10);
        w->activity.timer_s = anything(&r, 300, 10);
        w->segments = n > 2;
        w->segment[0] = n / 2;
        w->pauses = 2;
        w->pause[0] = (struct har_pause){START_MS + 5000, START_MS + 9000};
        w->pause[1] = (struct har_pause){START_MS + 7000, START_MS - 9000};
        cleaned(w);
        assert_sound(&w->streams);
        struct har_split *split;
        size_t count;
        assert_true(har_splits(&w->streams, 1000, &w->arena, &split, &count, NULL) <=
                    HAR_OK);
        throw_away(w);
    }
}

static har_status clean_within(struct har_arena *arena, const void *activity,
                               struct har_error *err)
{
    struct har_streams s;
    struct har_split *split;
    size_t count;
    har_status got = har_clean(activity, NULL, arena, &s, err);
    return got ? got : har_splits(&s, 100, arena, &split, &count, err);
}

static void little_memory_is_said_so(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 300, 3);
    for (size_t i = 0; i < w->count; i++) {
        w->column[HAR_ALTITUDE_M][i] = 400 + sin((double)i / 100);
        w->column[HAR_HEART_BPM][i] = 150;
    }
    cleaned(w);
    assert_int_equal(scarce_memory(clean_within, &w->activity), HAR_OK);
    throw_away(w);
}

static void without_samples_there_are_the_totals(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    w->activity.sub_sport = HAR_SUB_SPORT_TREADMILL;
    w->activity.elapsed_s = 1800;
    w->activity.distance_m = 5000;
    w->activity.heart_bpm = 140;
    const struct har_summary *s = cleaned(w);
    assert_int_equal(w->streams.count, 0);
    assert_near(s->distance_m, 5000, 0);
    assert_near(s->elapsed_s, 1800, 0);
    assert_near(s->timer_s, 1800, 0);
    assert_near(s->heart_bpm, 140, 0);
    assert_int_equal(s->setting, HAR_SETTING_TREADMILL);
    assert_true(s->start_ms == START_MS);
    throw_away(w);
}

/* --- the clock ------------------------------------------------------------------------ */

/* 2026-11-22: the usual faults, each in an otherwise quiet run of 300 s. */
static void a_faulty_clock_loses_few_samples(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        size_t at;
        int64_t by_ms;
        unsigned dropped;
    } rows[] = {
        {"one second back", 100, -1000, 1},
        {"a second twice", 100, -1000, 1},
        {"far ahead", 100, 86400000, 1},
        {"a year behind", 100, -31536000000, 1},
        {"the first from the future", 0, 3000000, 1},
        {"the last from next month", 299, 2592000000, 1},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        run_east(w, 300, 3);
        w->time_ms[rows[k].at] += rows[k].by_ms;
        const struct har_summary *s = cleaned(w);
        assert_int_equal(s->dropped_times, rows[k].dropped);
        assert_int_equal(w->streams.count, 300 - rows[k].dropped);
        assert_near(s->elapsed_s, 299, 1.01);
        assert_near(s->distance_m, 897, 6.01);
        assert_sound(&w->streams);
        throw_away(w);
    }
}

static void missing_and_equal_instants_are_dropped(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 100, 3);
    for (size_t i = 10; i < 20; i++) w->time_ms[i] = HAR_NO_TIME;
    for (size_t i = 50; i < 55; i++) w->time_ms[i] = w->time_ms[50];
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_times, 14);
    assert_int_equal(w->streams.count, 86);
    for (size_t i = 0; i < w->count; i++) w->time_ms[i] = HAR_NO_TIME;
    assert_int_equal(cleaned(w)->dropped_times, 100);
    assert_int_equal(w->streams.count, 0);
    throw_away(w);
}

/* Some watches write each second as two records, one with the heart, one with the place. */
static void one_instant_may_be_two_records(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    for (int i = 0; i < 200; i++) {
        east(w, 1, 3);
        size_t k = tick(w, 0);
        w->column[HAR_HEART_BPM][k] = 150;
    }
    const struct har_summary *s = cleaned(w);
    assert_int_equal(w->streams.count, 200);
    assert_near(s->heart_bpm, 150, 1e-9);
    assert_near(s->distance_m, 597, 0.1);
    throw_away(w);
}

/* --- pauses and gaps --------------------------------------------------------------------
 */

static void a_pause_of_the_timer_is_a_break(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 301, 3);
    east(w, 120, 40); /* strolls while the watch stands */
    run_east(w, 300, 3);
    w->pauses = 1;
    w->pause[0] = (struct har_pause){w->time_ms[300], w->time_ms[301]};
    const struct har_summary *s = cleaned(w);
    assert_int_equal(breaks(w), 1);
    assert_true(w->streams.broken[301]);
    assert_int_equal(s->gaps, 0);
    assert_near(s->elapsed_s, 720, 0);
    assert_near(s->timer_s, 600, 1e-9);
    assert_near(s->moving_s, 600, 1e-9);
    assert_near(s->distance_m, 1800, 1);
    throw_away(w);
}

static void a_hole_without_motion_is_a_stop_and_with_it_a_lost_signal(void **state)
{
    (void)state;
    struct watch *stop = new_watch(HAR_SPORT_RUNNING), *lost = new_watch(HAR_SPORT_RUNNING);
    run_east(stop, 301, 3);
    east(stop, 200, 60);
    run_east(stop, 300, 3);
    run_east(lost, 301, 3);
    east(lost, 200, 580);
    run_east(lost, 300, 3);
    const struct har_summary *s = cleaned(stop);
    assert_int_equal(s->gaps, 1);
    assert_int_equal(breaks(stop), 1);
    assert_near(s->distance_m, 1800, 1);
    assert_near(s->timer_s, 600, 1e-9);
    s = cleaned(lost);
    assert_int_equal(s->gaps, 1);
    assert_int_equal(breaks(lost),
                     1); /* the distance counts, but nothing is measured there */
    assert_near(s->distance_m, 2380, 1);
    assert_near(s->timer_s, 800, 1e-9);
    throw_away(stop);
    throw_away(lost);
}

/* 2026-11-22: phones record every 5 s, watches when something changes; files cut segments
 * at every lap. None of that is a pause. */
static void slow_recording_is_no_gap(void **state)
{
    (void)state;
    struct har_random r = har_random_of(8);
    struct watch *every5 = new_watch(HAR_SPORT_RUNNING),
                 *smart = new_watch(HAR_SPORT_RUNNING);
    for (int i = 0; i < 400; i++) {
        if (i % 50 == 0) every5->segment[every5->segments++] = every5->count;
        east(every5, i % 20 ? 5 : 15, i % 20 ? 15 : 45);
        double seconds = 2 + floor(8 * har_random_uniform(&r));
        east(smart, seconds, 3 * seconds);
    }
    cleaned(every5);
    cleaned(smart);
    assert_int_equal(breaks(every5), 0);
    assert_int_equal(breaks(smart), 0);
    assert_near(every5->streams.summary.distance_m, every5->east_m - 45, 1);
    /* At one sample a second a new segment after 6 s is one, an old one is not. */
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 100, 3);
    w->segment[w->segments++] = w->count;
    east(w, 6, 0);
    run_east(w, 100, 3);
    east(w, 6, 18);
    run_east(w, 100, 3);
    cleaned(w);
    assert_int_equal(breaks(w), 1);
    throw_away(every5);
    throw_away(smart);
    throw_away(w);
}

static void the_device_s_timer_is_kept_if_it_can_be_true(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 301, 3);
    w->activity.timer_s = 290;
    assert_near(cleaned(w)->timer_s, 290, 0);
    w->activity.timer_s = 302.9; /* a watch counts to its stop button */
    assert_near(cleaned(w)->timer_s, 302.9, 0);
    w->activity.timer_s = 3000;
    assert_near(cleaned(w)->timer_s, 300, 0);
    w->activity.timer_s = 0;
    assert_near(cleaned(w)->timer_s, 300, 0);
    throw_away(w);
}

static void standing_is_not_moving(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 301, 3);
    run_east(w, 100, 0);
    run_east(w, 300, 3);
    const struct har_summary *s = cleaned(w);
    assert_near(s->elapsed_s, 700, 0);
    assert_near(s->timer_s, 700, 0);
    assert_near(s->moving_s, 600, 6);
    throw_away(w);
}

/* --- positions
 * ---------------------------------------------------------------------------- */

static void impossible_positions_are_dropped(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 400, 3);
    double *lat = w->column[HAR_LAT_DEG], *lon = w->column[HAR_LON_DEG];
    lat[50] = lon[50] = 0;
    lat[100] = 91;
    lon[150] = 180.5;
    lat[200] += 0.001; /* 111 m aside for a second */
    for (size_t i = 300; i < 305; i++) lat[i] += 0.01;
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_positions, 9);
    assert_near(s->distance_m, 1197, 0.5);
    for (size_t i = 0; i < 400; i++) assert_near(w->streams.lat_deg[i], 47, 1e-6);
    throw_away(w);
}

/* The first fixes may be the wrong ones; and a receiver that finds itself again leaps. */
/* 2026-11-22: a phone that wrote every 5 s leapt 150 m and was back within reach three
 * fixes later: the leap became 400 m in 66 s. */
static void a_short_leap_between_far_samples_is_not_distance(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 200, 15);
    for (size_t i = 0; i < 200; i++) {
        w->time_ms[i] = w->time_ms[0] + (int64_t)i * 5000;
        if (i >= 100) w->column[HAR_LAT_DEG][i] += 150 / 111000.0;
    }
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_positions, 0);
    assert_true(w->streams.broken[100]);
    assert_near(s->distance_m, 199 * 15, 5);

    /* The device's total is believed, but what it has more is not spread over the run. */
    w->activity.distance_m = 199 * 15 * 1.04;
    s = cleaned(w);
    assert_near(s->distance_m, 199 * 15 * 1.04, 1e-9);
    assert_near(w->streams.distance_m[w->count - 1], 199 * 15, 5);
    throw_away(w);
}

/* A developer's field stands in for a channel that the device did not write. */
static void a_developers_heart_rate_is_used_where_there_is_no_other(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 300, 3);
    double beats[300];
    for (size_t i = 0; i < 300; i++) beats[i] = 150;
    const struct har_extra extra = {"Heart Rate", "bpm", HAR_HEART_BPM, beats};
    w->activity.samples.extras = &extra;
    w->activity.samples.extra_count = 1;
    w->activity.samples.channel[HAR_HEART_BPM] = NULL;
    assert_near(cleaned(w)->heart_bpm, 150, 1e-9);
    throw_away(w);
}

static void a_leap_is_not_distance(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 400, 3);
    for (size_t i = 0; i < 5; i++) w->column[HAR_LAT_DEG][i] += 0.01;
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_positions, 5);
    assert_near(s->distance_m, 394 * 3, 1);
    throw_away(w);

    w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 400, 3);
    for (size_t i = 200; i < 400; i++) w->column[HAR_LAT_DEG][i] += 0.01;
    s = cleaned(w);
    assert_int_equal(s->dropped_positions, 0);
    assert_near(s->distance_m, 1197, 1);
    assert_true(w->streams.broken[200]);
    throw_away(w);
}

static void the_date_line_and_the_poles_are_ordinary(void **state)
{
    (void)state;
    static const double lats[] = {0, -65, 89.5}, lons[] = {179.99, 179.999, 10};
    for (int k = 0; k < 3; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        w->lat_deg = lats[k];
        w->lon_deg = lons[k];
        run_east(w, 1000, 3);
        const struct har_summary *s = cleaned(w);
        assert_near(s->distance_m, 2997, 3);
        assert_int_equal(s->dropped_positions, 0);
        assert_sound(&w->streams);
        throw_away(w);
    }
}

static void a_tunnel_is_crossed_straight(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 600, 3);
    for (size_t i = 200; i < 260; i++) w->column[HAR_LAT_DEG][i] = NAN;
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_positions, 0);
    assert_near(s->distance_m, 1797, 0.5);
    assert_int_equal(breaks(w), 0);
    throw_away(w);
}

/* --- distance ----------------------------------------------------------------------------
 */

static void device_counts(struct watch *w, double factor)
{
    for (size_t i = 0; i < w->count; i++)
        w->column[HAR_DISTANCE_M][i] = 3 * factor * (double)i;
}

static void the_device_s_distance_comes_first(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 1001, 3);
    device_counts(w, 1.02);
    w->activity.distance_m = 3060;
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->distance_source, HAR_DISTANCE_DEVICE);
    assert_near(s->distance_m, 3060, 1e-9);
    assert_near(s->ground_distance_m, 3000, 0.5);
    assert_near(w->streams.distance_m[500], 1530, 1e-9);
    throw_away(w);
}

static void a_device_distance_that_cannot_be_is_not_used(void **state)
{
    (void)state;
    static const double factors[] = {0, 0.001, 0.04, NAN};
    for (int k = 0; k < 4; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        run_east(w, 1001, 3);
        device_counts(w, factors[k]);
        const struct har_summary *s = cleaned(w);
        assert_int_equal(s->distance_source, HAR_DISTANCE_GROUND);
        assert_near(s->distance_m, 3000, 0.5);
        throw_away(w);
    }
    /* A sensor that fell silent half way: the total and the ground know better. */
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 1001, 3);
    device_counts(w, 1);
    for (size_t i = 400; i < w->count; i++) w->column[HAR_DISTANCE_M][i] = 1200;
    w->activity.distance_m = 3010;
    assert_int_equal(cleaned(w)->distance_source, HAR_DISTANCE_GROUND);
    throw_away(w);
}

/* 2026-11-22: a count that starts again at each lap, falls a little, or spikes. */
static void a_device_distance_never_falls(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 1001, 3);
    device_counts(w, 1);
    double *d = w->column[HAR_DISTANCE_M];
    for (size_t i = 500; i < w->count; i++) d[i] -= 1500; /* from zero again */
    d[200] -= 0.5;
    d[300] = 1e7;
    d[301] = 0;
    d[302] = NAN;
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->distance_source, HAR_DISTANCE_DEVICE);
    assert_near(s->distance_m, 3000, 16); /* what the few doubtful samples held */
    assert_sound(&w->streams);
    throw_away(w);
}

static void a_total_without_a_column_scales_the_ground(void **state)
{
    (void)state;
    static const struct {
        double total_m, expected_m;
        unsigned sub_sport;
    } rows[] = {
        {3120, 3120, HAR_SUB_SPORT_UNKNOWN}, {2880, 2880, HAR_SUB_SPORT_UNKNOWN},
        {3300, 3000, HAR_SUB_SPORT_UNKNOWN}, {3300, 3300, HAR_SUB_SPORT_TRACK},
        {6000, 3000, HAR_SUB_SPORT_TRACK},   {NAN, 3000, HAR_SUB_SPORT_UNKNOWN},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        w->activity.sub_sport = rows[k].sub_sport;
        w->activity.distance_m = rows[k].total_m;
        run_east(w, 1001, 3);
        const struct har_summary *s = cleaned(w);
        assert_int_equal(s->distance_source, HAR_DISTANCE_GROUND);
        assert_near(s->distance_m, rows[k].expected_m, 0.5);
        assert_near(s->ground_distance_m, 3000, 0.5);
        assert_near(w->streams.distance_m[1000], s->distance_m, 1e-6);
        throw_away(w);
    }
}

static void a_treadmill_has_the_device_s_distance_or_speed(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    for (size_t i = 0; i <= 600; i++) {
        tick(w, 1);
        w->column[HAR_SPEED_MPS][i] = 3;
        w->column[HAR_ALTITUDE_M][i] = 400 + 5 * sin((double)i / 20);
    }
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->setting, HAR_SETTING_TREADMILL);
    assert_int_equal(s->distance_source, HAR_DISTANCE_SPEED);
    assert_near(s->distance_m, 1800, 1e-6);
    assert_true(isnan(s->ascent_m) && isnan(s->altitude_m)); /* the weather's */
    assert_null(w->streams.altitude_m);
    device_counts(w, 1.1);
    s = cleaned(w);
    assert_int_equal(s->distance_source, HAR_DISTANCE_DEVICE);
    assert_near(s->distance_m, 1980, 1e-6);
    throw_away(w);
}

/* White noise must not lengthen a run, nor a receiver's drift a rest. */
static void noise_is_not_distance(void **state)
{
    (void)state;
    struct har_random r = har_random_of(9);
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    for (int i = 0; i < 3001; i++) {
        tick(w, 1);
        put(w, 3.0 * i + 0.4 * har_random_normal(&r), 0.4 * har_random_normal(&r));
    }
    assert_near(cleaned(w)->distance_m, 9000, 45);
    throw_away(w);

    w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 601, 3);
    double x = 0, y = 0;
    for (int i = 0; i < 600; i++) {
        tick(w, 1);
        x += 0.1 * har_random_normal(&r);
        y += 0.1 * har_random_normal(&r);
        put(w, w->east_m + x, y);
    }
    assert_near(cleaned(w)->distance_m, 1800, 10);
    throw_away(w);
}

/* A sample of a 400 m track: two straights of 84.39 m and two bends of 36.8 m, one metre
 * every `pace` seconds. */
static void lap_of_track(struct watch *w, double at_m, double lane_m)
{
    const double straight_m = 84.39, turn = 3.14159265358979;
    double radius_m = 36.8 + lane_m, bend_m = turn * radius_m;
    double lap_m = 2 * (straight_m + bend_m), s = fmod(at_m, lap_m);
    double side = s < lap_m / 2 ? 1 : -1, x, y;
    if (s >= lap_m / 2) s -= lap_m / 2;
    if (s < straight_m) {
        x = s - straight_m / 2;
        y = -radius_m;
    } else {
        double a = (s - straight_m) / radius_m;
        x = straight_m / 2 + radius_m * sin(a);
        y = -radius_m * cos(a);
    }
    put(w, side * x, side * y);
}

static void corners_of_a_track_are_not_cut(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    for (int i = 0; i <= 2000; i++) {
        tick(w, 1);
        lap_of_track(w, 5.0 * i, 0);
    }
    assert_near(cleaned(w)->distance_m, 10000, 20);
    throw_away(w);
}

/* --- elevation
 * ---------------------------------------------------------------------------- */

static const struct har_summary *climbed(struct watch *w, double (*profile)(double metres),
                                         double noise_m, uint64_t seed)
{
    struct har_random r = har_random_of(seed);
    run_east(w, 3334, 3);
    for (size_t i = 0; i < w->count; i++)
        w->column[HAR_ALTITUDE_M][i] =
            profile(3 * (double)i) + noise_m * har_random_normal(&r);
    return cleaned(w);
}

static double flat(double metres)
{
    (void)metres;
    return 400;
}

/* Ten risers of 10 m, each over 150 m, one every kilometre. */
static double stairs(double metres)
{
    double step = floor(metres / 1000), rest = metres - 1000 * step;
    return 400 + 10 * (step + fmin(fmax((rest - 400) / 150, 0), 1));
}

/* 20 m up and down every kilometre. */
static double hills(double metres)
{
    return 400 - 10 * cos(metres * 2 * 3.14159265358979 / 1000);
}

/* The users' acceptance test: a flat 10 km under 3 m of noise climbs less than 10 m. */
static void flat_ground_stays_flat(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        const struct har_summary *s = climbed(w, flat, 3, seed);
        assert_true(s->ascent_m < 10 && s->descent_m < 10);
        assert_near(s->altitude_m, 400, 0.5);
        throw_away(w);
    }
}

static void stairs_and_hills_keep_their_height(void **state)
{
    (void)state;
    static const double noises[] = {0, 0.3, 1, 3};
    for (int k = 0; k < 4; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        const struct har_summary *s = climbed(w, stairs, noises[k], 77);
        assert_near(s->ascent_m, 100, 5);
        assert_true(s->descent_m < 5);
        assert_near(s->altitude_max_m, 500, 2);
        throw_away(w);
        w = new_watch(HAR_SPORT_RUNNING);
        s = climbed(w, hills, noises[k], 78);
        assert_near(s->ascent_m, 200, 10);
        assert_near(s->descent_m, 200, 10);
        throw_away(w);
    }
}

static void spikes_of_height_are_dropped(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    climbed(w, flat, 0.2, 5);
    for (size_t i = 100; i < w->count; i += 400) {
        w->column[HAR_ALTITUDE_M][i] = 800;
        w->column[HAR_ALTITUDE_M][i + 50] = -400;
        w->column[HAR_ALTITUDE_M][i + 100] = 20000;
        w->column[HAR_ALTITUDE_M][i + 150] = NAN;
    }
    const struct har_summary *s = cleaned(w);
    assert_true(s->ascent_m < 1);
    assert_near(s->altitude_max_m, 400, 1);
    throw_away(w);
}

/* A cable car while the watch is stopped. */
static void height_changed_in_a_pause_is_not_climbed(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 1000, 3);
    for (size_t i = 0; i < 1000; i++) w->column[HAR_ALTITUDE_M][i] = 400;
    east(w, 1200, 900);
    run_east(w, 1000, 3);
    for (size_t i = 1000; i < w->count; i++) w->column[HAR_ALTITUDE_M][i] = 900;
    const struct har_summary *s = cleaned(w);
    assert_near(s->ascent_m, 0, 1e-6);
    assert_near(s->altitude_max_m, 900, 1);
    throw_away(w);
}

/* --- heart
 * ----------------------------------------------------------------------------------- */

static void impossible_beats_are_dropped(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 601, 3);
    double *heart = w->column[HAR_HEART_BPM];
    for (size_t i = 0; i <= 600; i++) heart[i] = 150;
    for (size_t i = 100; i < 120; i++) heart[i] = 0;
    heart[200] = 255;
    heart[201] = 20;
    heart[300] = heart[301] = 215; /* between beats of 150 */
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_beats, 24);
    assert_near(s->heart_bpm, 150, 1e-9);
    assert_near(s->heart_max_bpm, 150, 0);
    assert_near((double)s->heart_s[150], 576, 1e-3);
    throw_away(w);
}

/* A mean over time, not over samples; a sample speaks for 10 s at most, never over a break.
 */
static void beats_are_weighted_by_time(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    for (int i = 0; i < 100; i++) {
        east(w, 5, 15);
        w->column[HAR_HEART_BPM][w->count - 1] = 120;
    }
    for (int i = 0; i < 100; i++) {
        east(w, 1, 3);
        w->column[HAR_HEART_BPM][w->count - 1] = 150;
    }
    east(w, 300, 0);
    w->column[HAR_HEART_BPM][w->count - 1] = 90;
    const struct har_summary *s = cleaned(w);
    assert_near((double)s->heart_s[120], 495, 1e-3);
    assert_near((double)s->heart_s[150], 100, 1e-3);
    assert_near((double)s->heart_s[90], 0, 0);
    assert_near(s->heart_bpm, (495 * 120.0 + 100 * 150) / 595, 1e-9);
    throw_away(w);
}

/* The heart leaps from 140 to the cadence and stays with it for two minutes. */
static void a_strap_that_reads_cadence_is_dropped(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 900, 3);
    for (size_t i = 0; i < 900; i++) {
        double cadence = 172 + (double)(i % 3);
        w->column[HAR_CADENCE_SPM][i] = cadence;
        w->column[HAR_HEART_BPM][i] = i >= 300 && i < 420 ? cadence : 140;
    }
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->dropped_beats, 120);
    assert_near(s->heart_max_bpm, 140, 0);
    assert_near(s->cadence_spm, 173, 0.01);
    throw_away(w);
}

/* But a heart may climb to 172 as hearts do and stay there, whatever the feet are doing. */
static void a_heart_may_equal_the_cadence(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    run_east(w, 900, 3);
    for (size_t i = 0; i < 900; i++) {
        w->column[HAR_CADENCE_SPM][i] = 172 + (double)(i % 3);
        w->column[HAR_HEART_BPM][i] = round(173 - 70 * exp(-(double)i / 60));
    }
    assert_int_equal(cleaned(w)->dropped_beats, 0);
    throw_away(w);
}

/* --- setting
 * ----------------------------------------------------------------------------------- */

static void the_sub_sport_says_where(void **state)
{
    (void)state;
    static const struct {
        unsigned sub_sport;
        enum har_setting setting;
    } rows[] = {
        {HAR_SUB_SPORT_TREADMILL, HAR_SETTING_TREADMILL},
        {HAR_SUB_SPORT_TRACK, HAR_SETTING_TRACK},
        {HAR_SUB_SPORT_INDOOR_RUNNING, HAR_SETTING_INDOOR},
        {HAR_SUB_SPORT_VIRTUAL_ACTIVITY, HAR_SETTING_VIRTUAL},
        {HAR_SUB_SPORT_STREET, HAR_SETTING_OUTDOOR},
        {HAR_SUB_SPORT_UNKNOWN, HAR_SETTING_OUTDOOR},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        w->activity.sub_sport = rows[k].sub_sport;
        run_east(w, 600, 3);
        assert_int_equal(cleaned(w)->setting, rows[k].setting);
        assert_string_not_equal(har_setting_name(rows[k].setting), "unknown");
        throw_away(w);
    }
    struct watch *w = new_watch(HAR_SPORT_SWIMMING);
    for (int i = 0; i < 100; i++) tick(w, 1);
    assert_int_equal(cleaned(w)->setting, HAR_SETTING_INDOOR);
    throw_away(w);
}

enum shape { OVAL, BLOCK, LONG_BLOCK, OUT_AND_BACK, CIRCLE, ROAD };

/* A point of a closed way of 400 m, or of a road. */
static void point_of(struct watch *w, enum shape shape, double at_m, double noise_x,
                     double noise_y)
{
    double s = fmod(at_m, 400), wide = shape == LONG_BLOCK ? 136.5 : 100, high = 200 - wide;
    double x = 0, y = 0;
    if (shape == BLOCK || shape == LONG_BLOCK) {
        x = s < wide ? s : s < 200 ? wide : s < 200 + wide ? 200 + wide - s : 0;
        y = s < wide ? 0 : s < 200 ? s - wide : s < 200 + wide ? high : 400 - s;
    } else if (shape == OUT_AND_BACK) {
        x = s < 200 ? s : 400 - s;
    } else if (shape == CIRCLE) {
        x = 63.66 * sin(s / 63.66);
        y = 63.66 * cos(s / 63.66);
    } else if (shape == ROAD) {
        x = at_m;
        y = 50 * sin(at_m / 200);
    }
    put(w, x + noise_x, y + noise_y);
}

static void only_an_oval_is_a_track(void **state)
{
    (void)state;
    for (int lane = 0; lane < 8; lane += 3)
        for (enum shape shape = OVAL; shape <= ROAD; shape++) {
            struct har_random r = har_random_of(10 + (uint64_t)lane);
            struct watch *w = new_watch(HAR_SPORT_RUNNING);
            double x = 0, y = 0;
            for (int i = 0; i < 1000; i++) {
                x = 0.98 * x + 0.4 * har_random_normal(&r); /* a receiver's slow error */
                y = 0.98 * y + 0.4 * har_random_normal(&r);
                tick(w, 1);
                if (shape == OVAL) {
                    lap_of_track(w, 4.0 * i, lane * 1.22);
                    w->column[HAR_LAT_DEG][i] += y / 111195;
                    w->column[HAR_LON_DEG][i] += x / 75900;
                } else {
                    point_of(w, shape, 4.0 * i, x, y);
                }
            }
            enum har_setting expected =
                shape == OVAL ? HAR_SETTING_TRACK : HAR_SETTING_OUTDOOR;
            assert_int_equal(cleaned(w)->setting, expected);
            throw_away(w);
        }
}

/* Less than three laps could be anything. */
static void two_laps_are_no_track(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    for (int i = 0; i < 220; i++) {
        tick(w, 1);
        lap_of_track(w, 4.0 * i, 0);
    }
    assert_int_equal(cleaned(w)->setting, HAR_SETTING_OUTDOOR);
    throw_away(w);
}

static void a_phone_s_run_is_a_run(void **state)
{
    (void)state;
    static const struct {
        unsigned told;
        double speed_mps;
        unsigned expected;
    } rows[] = {
        {HAR_SPORT_UNKNOWN, 3, HAR_SPORT_RUNNING},
        {HAR_SPORT_GENERIC, 4, HAR_SPORT_RUNNING},
        {HAR_SPORT_UNKNOWN, 1.3, HAR_SPORT_UNKNOWN},
        {HAR_SPORT_UNKNOWN, 9, HAR_SPORT_UNKNOWN},
        {HAR_SPORT_CYCLING, 3, HAR_SPORT_CYCLING},
        {HAR_SPORT_WALKING, 3, HAR_SPORT_WALKING},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct watch *w = new_watch(rows[k].told);
        run_east(w, 600, rows[k].speed_mps);
        assert_int_equal(cleaned(w)->sport, rows[k].expected);
        throw_away(w);
    }
}

/* --- local time
 * ----------------------------------------------------------------------------------- */

static void local_time_says_how_it_is_known(void **state)
{
    (void)state;
    const struct har_clean_settings told = {.utc_offset_told = true, .utc_offset_s = 7200};
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    w->lon_deg = 116.3;
    run_east(w, 100, 3);
    const struct har_summary *s = cleaned(w);
    assert_int_equal(s->offset_source, HAR_OFFSET_PLACE);
    assert_int_equal(s->utc_offset_s, 8 * 3600);
    clean_with(w, &told);
    assert_int_equal(w->streams.summary.offset_source, HAR_OFFSET_USER);
    assert_int_equal(w->streams.summary.utc_offset_s, 7200);
    w->activity.offset_source = HAR_OFFSET_DEVICE;
    w->activity.utc_offset_s = -16200;
    clean_with(w, &told);
    assert_int_equal(w->streams.summary.offset_source, HAR_OFFSET_DEVICE);
    assert_int_equal(w->streams.summary.utc_offset_s, -16200);
    throw_away(w);

    w = new_watch(HAR_SPORT_RUNNING);
    tick(w, 1);
    assert_int_equal(cleaned(w)->offset_source, HAR_OFFSET_UNKNOWN);
    assert_int_equal(w->streams.summary.utc_offset_s, 0);
    throw_away(w);
}

/* --- splits
 * ---------------------------------------------------------------------------------------
 */

static void splits_add_up_to_the_run(void **state)
{
    (void)state;
    struct watch *w = new_watch(HAR_SPORT_RUNNING);
    climbed(w, hills, 0.3, 6);
    east(w, 100, 0); /* a stop */
    w->column[HAR_ALTITUDE_M][w->count - 1] = hills(w->east_m);
    run_east(w, 100, 4);
    for (size_t i = 3335; i < w->count; i++) w->column[HAR_ALTITUDE_M][i] = 390;
    for (size_t i = 0; i < w->count; i++)
        w->column[HAR_HEART_BPM][i] = 140 + (double)(i % 9);
    const struct har_summary *s = cleaned(w);
    static const double every[] = {1000, 1609.344, 400, 1e6};
    for (int k = 0; k < 4; k++) {
        struct har_split *split;
        size_t count;
        assert_int_equal(har_splits(&w->streams, every[k], &w->arena, &split, &count, NULL),
                         HAR_OK);
        assert_int_equal(count, (size_t)ceil(s->distance_m / every[k]));
        double time_s = 0, moving_s = 0, up_m = 0, down_m = 0, at_m = 0;
        for (size_t i = 0; i < count; i++) {
            assert_near(split[i].from_m, at_m, 1e-6);
            at_m = split[i].to_m;
            if (i + 1 < count) assert_near(at_m - split[i].from_m, every[k], 1e-6);
            assert_true(split[i].heart_bpm >= 140 && split[i].heart_bpm <= 148);
            assert_true(split[i].time_s > 0 && split[i].moving_s <= split[i].time_s + 1e-9);
            time_s += split[i].time_s;
            moving_s += split[i].moving_s;
            up_m += split[i].ascent_m;
            down_m += split[i].descent_m;
        }
        assert_near(at_m, s->distance_m, 1e-6);
        assert_near(time_s, s->elapsed_s, 1e-6);
        assert_near(moving_s, s->moving_s, 3);
        assert_near(up_m, s->ascent_m, 1e-6);
        assert_near(down_m, s->descent_m, 1e-6);
    }
    throw_away(w);
}

static void a_short_tail_is_left_out(void **state)
{
    (void)state;
    static const struct {
        double metres;
        size_t count;
    } rows[] = {{3009, 3}, {3010.5, 4}, {3000, 3}, {5, 0}, {999, 1}};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct watch *w = new_watch(HAR_SPORT_RUNNING);
        for (int i = 0; i <= 100; i++) {
            tick(w, 10);
            w->column[HAR_DISTANCE_M][i] = rows[k].metres * i / 100;
        }
        cleaned(w);
        struct har_split *split;
        size_t count;
        assert_int_equal(har_splits(&w->streams, 1000, &w->arena, &split, &count, NULL),
                         HAR_OK);
        assert_int_equal(count, rows[k].count);
        if (count > 1) assert_near(split[1].time_s, 1e6 / rows[k].metres, 0.01);
        struct har_error err;
        assert_int_equal(har_splits(&w->streams, 0, &w->arena, &split, &count, &err),
                         HAR_OUT_OF_RANGE);
        throw_away(w);
    }
}

/* --- real seasons
 * ---------------------------------------------------------------------------------- */

static const char *data_folder(char *path, size_t size, const char *below)
{
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    if (data) snprintf(path, size, "%s/%s", data, below);
    else snprintf(path, size, "%s/../shared/data/%s", root ? root : ".", below);
    DIR *there = opendir(path);
    if (!there) {
        print_message("no %s: set HARRIER_DATA\n", path);
        return NULL;
    }
    closedir(there);
    return path;
}

/* The whole of a file, unzipped if need be. */
static struct har_bytes read_file(const char *folder, const char *name,
                                  struct har_arena *arena)
{
    char path[2048];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    gzFile file = gzopen(path, "rb");
    assert_non_null(file);
    size_t room = 1 << 24;
    uint8_t *data = HAR_NEW(arena, uint8_t, room);
    assert_non_null(data);
    int size = gzread(file, data, (unsigned)room);
    gzclose(file);
    assert_true(size >= 0);
    return (struct har_bytes){data, (size_t)size};
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

/* The ratios of ground to the device's own distance over every `nth` file of a season. */
static size_t ground_ratios(const char *folder, int nth, double *ratio, size_t most)
{
    struct dirent **entry;
    int files = scandir(folder, &entry, NULL, alphasort), seen = 0;
    size_t n = 0;
    assert_true(files > 0);
    for (int i = 0; i < files; i++) {
        struct har_arena arena = {0};
        struct har_recording file;
        if (ends_with(entry[i]->d_name, ".gpx.gz") && seen++ % nth == 0 && n < most &&
            har_decode(read_file(folder, entry[i]->d_name, &arena), &arena, &file, NULL) ==
                HAR_OK) {
            struct har_streams s;
            assert_int_equal(har_clean(&file.activities[0], NULL, &arena, &s, NULL),
                             HAR_OK);
            assert_sound(&s);
            ratio[n++] = s.summary.ground_distance_m / s.summary.device_distance_m;
        }
        har_arena_free(&arena);
        free(entry[i]);
    }
    free(entry);
    return n;
}

/* A season at one sample a second, with the watch's own distances: half of the runs within
 * 0.5 %, 95 % within 3 %. */
static void the_ground_agrees_with_a_watch(void **state)
{
    (void)state;
    char path[1024];
    if (!data_folder(path, sizeof path, "activities/seasons/clf3-2025")) skip();
    double ratio[100], share = 0;
    size_t n = ground_ratios(path, 8, ratio, 100);
    assert_true(n >= 45);
    for (size_t i = 0; i < n; i++) share += (fabs(ratio[i] - 1) <= 0.03) / (double)n;
    print_message("ground/device over %zu runs: median %.4f, within 3 %%: %.1f %%\n", n,
                  har_quantile(ratio, n, 0.5), 100 * share);
    assert_near(har_quantile(ratio, n, 0.5), 1, 0.005);
    assert_true(share >= 0.95);
}

/* Files of real watches: the run's distance is the watch's, to 0.5 %. */
static void the_distance_is_the_watch_s(void **state)
{
    (void)state;
    static const char *const names[] = {
        "FR920xt-with-Stryd.fit",
        "FR630-with-lth.fit",
        "garmin-runPower-2.fit",
        "FR735XT-with-performance-condition.fit",
        "Fenix-2.fit",
        "with-new-dynamics.fit",
        "One-second-jump-to-past.fit",
        "Fenix-3-with-inactive-Moxy.fit",
    };
    char path[1024];
    if (!data_folder(path, sizeof path, "activities/conformance/runalyze/fit")) skip();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct har_arena arena = {0};
        struct har_recording file;
        struct har_streams s;
        assert_int_equal(har_decode(read_file(path, names[i], &arena), &arena, &file, NULL),
                         HAR_OK);
        assert_int_equal(har_clean(&file.activities[0], NULL, &arena, &s, NULL), HAR_OK);
        assert_sound(&s);
        assert_int_equal(s.summary.distance_source, HAR_DISTANCE_DEVICE);
        assert_near(s.summary.distance_m / s.summary.device_distance_m, 1, 0.005);
        assert_near(s.summary.ground_distance_m / s.summary.device_distance_m, 1, 0.03);
        assert_near(s.summary.timer_s, file.activities[0].timer_s, 0);
        har_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_becomes_sound_streams),
        cmocka_unit_test(little_memory_is_said_so),
        cmocka_unit_test(without_samples_there_are_the_totals),
        cmocka_unit_test(a_faulty_clock_loses_few_samples),
        cmocka_unit_test(missing_and_equal_instants_are_dropped),
        cmocka_unit_test(one_instant_may_be_two_records),
        cmocka_unit_test(a_pause_of_the_timer_is_a_break),
        cmocka_unit_test(a_hole_without_motion_is_a_stop_and_with_it_a_lost_signal),
        cmocka_unit_test(slow_recording_is_no_gap),
        cmocka_unit_test(the_device_s_timer_is_kept_if_it_can_be_true),
        cmocka_unit_test(standing_is_not_moving),
        cmocka_unit_test(impossible_positions_are_dropped),
        cmocka_unit_test(a_leap_is_not_distance),
        cmocka_unit_test(a_short_leap_between_far_samples_is_not_distance),
        cmocka_unit_test(a_developers_heart_rate_is_used_where_there_is_no_other),
        cmocka_unit_test(the_date_line_and_the_poles_are_ordinary),
        cmocka_unit_test(a_tunnel_is_crossed_straight),
        cmocka_unit_test(the_device_s_distance_comes_first),
        cmocka_unit_test(a_device_distance_that_cannot_be_is_not_used),
        cmocka_unit_test(a_device_distance_never_falls),
        cmocka_unit_test(a_total_without_a_column_scales_the_ground),
        cmocka_unit_test(a_treadmill_has_the_device_s_distance_or_speed),
        cmocka_unit_test(noise_is_not_distance),
        cmocka_unit_test(corners_of_a_track_are_not_cut),
        cmocka_unit_test(flat_ground_stays_flat),
        cmocka_unit_test(stairs_and_hills_keep_their_height),
        cmocka_unit_test(spikes_of_height_are_dropped),
        cmocka_unit_test(height_changed_in_a_pause_is_not_climbed),
        cmocka_unit_test(impossible_beats_are_dropped),
        cmocka_unit_test(beats_are_weighted_by_time),
        cmocka_unit_test(a_strap_that_reads_cadence_is_dropped),
        cmocka_unit_test(a_heart_may_equal_the_cadence),
        cmocka_unit_test(the_sub_sport_says_where),
        cmocka_unit_test(only_an_oval_is_a_track),
        cmocka_unit_test(two_laps_are_no_track),
        cmocka_unit_test(a_phone_s_run_is_a_run),
        cmocka_unit_test(local_time_says_how_it_is_known),
        cmocka_unit_test(splits_add_up_to_the_run),
        cmocka_unit_test(a_short_tail_is_left_out),
        cmocka_unit_test(the_ground_agrees_with_a_watch),
        cmocka_unit_test(the_distance_is_the_watch_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
