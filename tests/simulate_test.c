/* SPDX-License-Identifier: MIT */
/* simulate: the law's published numbers, what must hold for any runner, and the season of
 * the demonstration. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/decode.h"
#include "harrier/encode.h"
#include "harrier/num.h"
#include "harrier/simulate.h"

#include <math.h>
#include <string.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))

enum { DEMONSTRATION = 1, SEEDS = 12 };

static struct har_simulation season_of(uint64_t seed, struct har_arena *arena)
{
    struct har_simulation s;
    struct har_error err = {0};
    if (har_simulate(seed, arena, &s, &err) != HAR_OK) fail_msg("%s", err.message);
    return s;
}

static struct har_activity play(const struct har_simulation *s, size_t i,
                                struct har_arena *arena)
{
    struct har_activity a;
    struct har_error err = {0};
    if (har_simulate_session(s, i, arena, &a, &err) != HAR_OK) fail_msg("%s", err.message);
    return a;
}

static int64_t local_day(const struct har_session *session)
{
    return har_local_day(session->start_ms, session->utc_offset_s);
}

static int64_t day(int year, int month, int day_of_month)
{
    return har_day_of((struct har_date){year, month, day_of_month});
}

/* --- the law -------------------------------------------------------------------------- */

/* Mulligan, Adam & Emig 2018, E_l = exp(0.1 / gamma). */
static void the_law_gives_the_published_times(void **state)
{
    (void)state;
    static const struct {
        double v_m_mps, endurance, distance_m, time_s;
    } rows[] = {
        {5, 5, 5000, 1072.8},       {5, 5, 10000, 2257.5}, {5, 5, 21097.5, 5047.7},
        {5, 5, 42195, 10691.8},     {6, 7, 5000, 873.1},   {6, 7, 10000, 1818.0},
        {6, 7, 21097.5, 4013.6},    {6, 7, 42195, 8390.1}, {5, 5, 5 * 360, 360},
        {6.45, 3, 6.45 * 360, 360},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct har_truth truth = {.v_m_mps = rows[i].v_m_mps,
                                  .gamma = 0.1 / log(rows[i].endurance)};
        double time_s = har_truth_time(&truth, rows[i].distance_m);
        assert_near(time_s, rows[i].time_s, 0.05);
    }
}

/* Two roads: the time found, put back into the law, gives the distance. */
static void the_law_holds_for_every_runner(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct har_truth t = har_truth_of(seed);
        assert_true(t.v_m_mps >= 4 && t.v_m_mps <= 6.6);
        assert_true(t.gamma >= 0.045 && t.gamma <= 0.09);
        assert_true(t.heart_rest_bpm < 70 && t.heart_max_bpm > 170);
        double before_s = 0;
        for (double distance_m = 100; distance_m < 200000; distance_m *= 1.3) {
            double time_s = har_truth_time(&t, distance_m);
            assert_true(time_s > before_s);
            before_s = time_s;
            double speed_mps = t.v_m_mps * (1 - t.gamma * log(time_s / 360));
            assert_near(speed_mps * time_s, distance_m, 1e-6 * distance_m);
        }
        assert_true(isnan(har_truth_time(&t, 0)));
        assert_true(isnan(har_truth_time(&t, -1)));
        assert_true(isnan(har_truth_time(&t, NAN)));
        assert_true(isnan(har_truth_time(&t, 1e12)));
    }
}

/* --- the season
 * --------------------------------------------------------------------------- */

static void the_demonstration_is_a_whole_season(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_simulation s = season_of(DEMONSTRATION, &arena);
    double five_km_s = har_truth_time(&s.truth, 5000);
    assert_true(five_km_s > 13 * 60 + 10 && five_km_s < 13 * 60 + 40);
    assert_in_range(s.session_count, 230, 300);

    size_t kinds[HAR_SESSION_RACE + 1] = {0};
    double week_m[30] = {0};
    for (size_t i = 0; i < s.session_count; i++) {
        const struct har_session *session = &s.sessions[i];
        int64_t since = local_day(session) - day(2023, 9, 4);
        assert_in_range(since, 0, 30 * 7 - 1);
        kinds[session->kind]++;
        week_m[since / 7] += session->distance_m;
    }
    for (size_t kind = 0; kind <= HAR_SESSION_RACE; kind++) assert_true(kinds[kind] >= 6);
    for (size_t week = 0; week < 30; week++)
        assert_true(week_m[week] > 50e3 && week_m[week] < 165e3);
    double autumn_m = 0;
    for (size_t week = 0; week < 13; week++) autumn_m += week_m[week] / 13;
    assert_true(autumn_m > 110e3 && autumn_m < 150e3);
    har_arena_free(&arena);
}

static void sessions_follow_each_other(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct har_arena arena = {0}, scratch = {0};
        struct har_simulation s = season_of(seed, &arena);
        int64_t free_ms = INT64_MIN;
        assert_in_range(s.session_count, 150, 300);
        for (size_t i = 0; i < s.session_count; i++) {
            const struct har_session *session = &s.sessions[i];
            assert_true(session->start_ms > free_ms);
            /* Moving time and some rest: enough for any but the last check below. */
            free_ms = session->start_ms +
                      (int64_t)(1000 * session->distance_m / session->speed_mps);
            assert_true(session->distance_m >= 1500);
            assert_true(session->speed_mps > 2 && session->speed_mps < 7.5);
            assert_true(session->form > 0.88 && session->form < 1.04);
            if (i % 16 == 0 || session->kind == HAR_SESSION_RACE) {
                struct har_activity a = play(&s, i, &scratch);
                free_ms = a.start_ms + (int64_t)(1000 * a.elapsed_s);
                har_arena_reset(&scratch);
            }
        }
        har_arena_free(&scratch);
        har_arena_free(&arena);
    }
}

/* Load moves form by a few percent; altitude takes more, and gives some back. */
static void form_answers_to_training_and_altitude(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct har_arena arena = {0};
        struct har_simulation s = season_of(seed, &arena);
        double low = 2, high = 0, before = 0, first = 0, last = 0, after = 0;
        assert_int_equal(s.camp_count, 1);
        assert_true(s.camps[0].from_day == day(2024, 1, 2));
        assert_true(s.camps[0].to_day == day(2024, 1, 29));
        assert_near(s.camps[0].altitude_m, 2100, 0);
        for (size_t i = 0; i < s.session_count; i++) {
            const struct har_session *session = &s.sessions[i];
            int64_t on = local_day(session);
            bool camp = on >= s.camps[0].from_day && on <= s.camps[0].to_day;
            assert_true(camp == (session->altitude_m > 1000));
            if (camp) {
                assert_near(session->altitude_m, s.camps[0].altitude_m, 0);
                if (first <= 0) first = session->form;
                last = session->form;
                continue;
            }
            low = fmin(low, session->form);
            high = fmax(high, session->form);
            if (on < s.camps[0].from_day) before = session->form;
            else if (after <= 0) after = session->form;
        }
        assert_true(low > 0.97 && high < 1.035 && high - low > 0.01);
        assert_true(first < before - 0.03);
        assert_true(last > first + 0.01 && last < before);
        assert_true(after > last + 0.02 && after > before - 0.005);
        har_arena_free(&arena);
    }
}

/* --- races
 * ---------------------------------------------------------------------------------- */

static const struct {
    const char *event;
    double distance_m, drop_m;
    bool track;
} races[] = {
    {"10K", 10000, 0, false},     {"HM", 21097.5, 217.6, false}, {"3000", 3000, 0, true},
    {"2MILE", 3218.688, 0, true}, {"MILE", 1609.344, 0, true},   {"10K", 10000, 0, false},
    {"HM", 21097.5, 0, false},
};
enum { RACES = sizeof races / sizeof races[0] };

/* The official time is the true one rounded up as the sport does, and that is the law's for
 * the day's form with what the course and the track do to it; luck is 0.4 %. */
static void races_are_run_by_the_law(void **state)
{
    (void)state;
    double sum = 0, squares = 0, count = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct har_arena arena = {0};
        struct har_simulation s = season_of(seed, &arena);
        size_t race = 0;
        for (size_t i = 0; i < s.session_count; i++) {
            const struct har_session *session = &s.sessions[i];
            if (session->kind != HAR_SESSION_RACE) {
                assert_null(session->event);
                assert_null(session->venue);
                assert_true(isnan(session->official_s));
                assert_null(strstr(session->name, "(race)"));
                continue;
            }
            assert_true(race < RACES);
            assert_string_equal(session->event, races[race].event);
            assert_near(session->distance_m, races[race].distance_m, 0);
            assert_near(session->drop_m, races[race].drop_m, 0);
            assert_int_equal(session->short_track, races[race].track);
            assert_non_null(strstr(session->name, session->venue));
            assert_string_equal(session->name + strlen(session->name) - 7, " (race)");

            double true_s = session->distance_m / session->speed_mps;
            double up_s = session->official_s - true_s,
                   step_s = races[race].track ? 0.01 : 1;
            assert_true(up_s > -1e-9 && up_s < step_s + 1e-9);
            assert_near(session->official_s / step_s, round(session->official_s / step_s),
                        1e-6);

            struct har_truth today = s.truth;
            today.v_m_mps *= session->form;
            double law_s = har_truth_time(&today, session->distance_m);
            law_s *= 1 - 1.9 * session->drop_m / session->distance_m;
            if (session->short_track) law_s *= 1.004;
            double luck = true_s / law_s - 1;
            sum += luck;
            squares += luck * luck;
            count++;
            race++;
        }
        assert_int_equal(race, RACES);
        har_arena_free(&arena);
    }
    assert_near(sum / count, 0, 0.0015);
    assert_near(sqrt(squares / count), 0.004, 0.001);
}

static void the_half_marathon_runs_down_to_the_sea(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_simulation s = season_of(DEMONSTRATION, &arena);
    size_t i = 0;
    while (i < s.session_count && !(s.sessions[i].drop_m > 0)) i++;
    assert_true(i < s.session_count);
    assert_true(local_day(&s.sessions[i]) == day(2023, 12, 10));
    assert_true(s.sessions[i].official_s > 61 * 60 && s.sessions[i].official_s < 63 * 60);

    struct har_activity a = play(&s, i, &arena);
    size_t last = a.samples.count - 1;
    const double *const *c = a.samples.channel;
    assert_near(c[HAR_ALTITUDE_M][0] - c[HAR_ALTITUDE_M][last], 217.6, 10);
    double apart_m = har_geodesic(c[HAR_LAT_DEG][0], c[HAR_LON_DEG][0],
                                  c[HAR_LAT_DEG][last], c[HAR_LON_DEG][last], NULL, NULL);
    assert_near(apart_m, 17500, 150);
    assert_true(a.distance_m > 21097.5 && a.distance_m < 21097.5 * 1.008 + 40);
    assert_true(a.elapsed_s > s.sessions[i].official_s + 2);
    assert_true(a.elapsed_s < s.sessions[i].official_s + 9);
    har_arena_free(&arena);
}

/* --- what the watch makes of it
 * ---------------------------------------------------------------- */

/* Metres between fixes, summed; NaN without positions. */
static double ground_of(const struct har_samples *s)
{
    const double *lat = s->channel[HAR_LAT_DEG], *lon = s->channel[HAR_LON_DEG];
    if (!lat) return NAN;
    double sum_m = 0;
    for (size_t i = 1; i < s->count; i++)
        sum_m += har_geodesic_step(lat[i - 1], lon[i - 1], lat[i], lon[i]);
    return sum_m;
}

/* How far apart the two fixes furthest north and south, or east and west, are. */
static double extent_of(const struct har_samples *s)
{
    double south = 90, north = -90, west = 180, east = -180;
    for (size_t i = 0; i < s->count; i++) {
        south = fmin(south, s->channel[HAR_LAT_DEG][i]);
        north = fmax(north, s->channel[HAR_LAT_DEG][i]);
        west = fmin(west, s->channel[HAR_LON_DEG][i]);
        east = fmax(east, s->channel[HAR_LON_DEG][i]);
    }
    return fmax(har_geodesic(south, west, north, west, NULL, NULL),
                har_geodesic(south, west, south, east, NULL, NULL));
}

static void check_clock(const struct har_activity *a)
{
    size_t pause = 0;
    double paused_s = 0;
    for (size_t i = 1; i < a->samples.count; i++) {
        int64_t from_ms = a->samples.time_ms[i - 1], to_ms = a->samples.time_ms[i];
        if (to_ms == from_ms + 1000) continue;
        assert_true(pause < a->pause_count);
        assert_true(a->pauses[pause].from_ms == from_ms && a->pauses[pause].to_ms == to_ms);
        paused_s += (double)(to_ms - from_ms) / 1000;
        pause++;
    }
    assert_int_equal(pause, a->pause_count);
    int64_t last_ms = a->samples.time_ms[a->samples.count - 1];
    assert_true(a->samples.time_ms[0] == a->start_ms);
    assert_near(a->elapsed_s, (double)(last_ms - a->start_ms) / 1000, 0);
    assert_near(a->timer_s, a->elapsed_s - paused_s, 0);
}

static void check_laps(const struct har_activity *a)
{
    double elapsed_s = 0, timer_s = 0, distance_m = 0;
    assert_true(a->lap_count > 0);
    for (size_t i = 0; i < a->lap_count; i++) {
        const struct har_lap *lap = &a->laps[i];
        assert_true(lap->start_ms == a->start_ms + (int64_t)(1000 * elapsed_s));
        assert_true(lap->timer_s > 0 && lap->distance_m >= 0);
        assert_true(lap->heart_bpm <= lap->heart_max_bpm);
        elapsed_s += lap->elapsed_s;
        timer_s += lap->timer_s;
        distance_m += lap->distance_m;
    }
    assert_near(elapsed_s, a->elapsed_s, 0);
    assert_near(timer_s, a->timer_s, 0);
    assert_near(distance_m, a->distance_m, 1e-6);
    assert_int_equal(a->laps[a->lap_count - 1].trigger, 7);
}

static void check_columns(const struct har_truth *truth, const struct har_session *session,
                          const struct har_activity *a)
{
    const double *const *c = a->samples.channel;
    double top_bpm = 0, highest_m = session->altitude_m + session->drop_m + 60;
    for (size_t i = 0; i < a->samples.count; i++) {
        if (i) assert_true(c[HAR_DISTANCE_M][i] >= c[HAR_DISTANCE_M][i - 1]);
        assert_true(c[HAR_SPEED_MPS][i] >= 0 && c[HAR_SPEED_MPS][i] < 8);
        assert_true(c[HAR_HEART_BPM][i] >= truth->heart_rest_bpm);
        assert_true(c[HAR_HEART_BPM][i] <= truth->heart_max_bpm);
        assert_true(c[HAR_CADENCE_SPM][i] >= 0 && c[HAR_CADENCE_SPM][i] < 220);
        assert_true(fabs(c[HAR_TEMP_C][i]) < 50);
        if (c[HAR_ALTITUDE_M])
            assert_true(c[HAR_ALTITUDE_M][i] > session->altitude_m - 60 &&
                        c[HAR_ALTITUDE_M][i] < highest_m);
        top_bpm = fmax(top_bpm, c[HAR_HEART_BPM][i]);
    }
    assert_near(top_bpm, a->heart_max_bpm, 0);
    if (session->kind == HAR_SESSION_RACE)
        assert_true(top_bpm > truth->heart_rest_bpm +
                                  0.85 * (truth->heart_max_bpm - truth->heart_rest_bpm));
}

static void check_ground(const struct har_session *session, const struct har_activity *a)
{
    bool belt = session->kind == HAR_SESSION_TREADMILL;
    const double *const *c = a->samples.channel;
    assert_true(belt == (a->sub_sport == HAR_SUB_SPORT_TREADMILL));
    assert_true(belt == !c[HAR_LAT_DEG] && belt == !c[HAR_LON_DEG] &&
                belt == !c[HAR_ALTITUDE_M]);
    bool race = session->kind == HAR_SESSION_RACE;
    double rolled_m = race ? 20 : 0;
    assert_near(a->distance_m, session->distance_m + rolled_m / 2,
                (belt ? 0.06 : 0.02) * session->distance_m + rolled_m);
    if (belt) return;
    double seen_m = ground_of(&a->samples), extent_m = extent_of(&a->samples);
    assert_near(seen_m, session->distance_m + rolled_m / 2,
                0.025 * session->distance_m + rolled_m);
    size_t last = a->samples.count - 1;
    double home_m = har_geodesic(c[HAR_LAT_DEG][0], c[HAR_LON_DEG][0], c[HAR_LAT_DEG][last],
                                 c[HAR_LON_DEG][last], NULL, NULL);
    if (session->kind == HAR_SESSION_INTERVALS) {
        assert_int_equal(a->sub_sport, HAR_SUB_SPORT_TRACK);
        assert_true(extent_m > 120 && extent_m < 185);
    } else if (session->short_track) {
        assert_int_equal(a->sub_sport, HAR_SUB_SPORT_TRACK);
        assert_true(extent_m > 60 && extent_m < 105);
    } else if (!race) {
        assert_true(home_m < 25);
    }
}

static void every_session_is_sound(void **state)
{
    (void)state;
    static const uint64_t seeds[] = {DEMONSTRATION, 5};
    struct har_arena arena = {0}, scratch = {0};
    for (size_t k = 0; k < 2; k++) {
        struct har_simulation s = season_of(seeds[k], &arena);
        size_t paused = 0;
        for (size_t i = 0; i < s.session_count; i += k == 0 ? 1 : 5) {
            const struct har_session *session = &s.sessions[i];
            struct har_activity a = play(&s, i, &scratch);
            assert_true(a.start_ms == session->start_ms &&
                        a.created_ms == session->start_ms);
            assert_int_equal(a.utc_offset_s, session->utc_offset_s);
            assert_int_equal(a.offset_source, HAR_OFFSET_DEVICE);
            assert_string_equal(a.name, session->name);
            assert_int_equal(a.device.manufacturer, 255);
            assert_true(a.device.serial != 0);
            check_clock(&a);
            check_laps(&a);
            check_columns(&s.truth, session, &a);
            check_ground(session, &a);
            paused += a.pause_count > 0;
            har_arena_reset(&scratch);
        }
        assert_true(paused > 5);
    }
    har_arena_free(&scratch);
    har_arena_free(&arena);
}

/* A barometer drifts by metres; the place is known to a few of them. */
static void the_watch_knows_how_high_the_camp_is(void **state)
{
    (void)state;
    struct har_arena arena = {0}, scratch = {0};
    struct har_simulation s = season_of(DEMONSTRATION, &arena);
    for (size_t i = 0; i < s.session_count; i++) {
        if (s.sessions[i].altitude_m < 1000 || s.sessions[i].kind == HAR_SESSION_HILLS)
            continue;
        struct har_activity a = play(&s, i, &scratch);
        double sum_m = 0;
        for (size_t k = 0; k < a.samples.count; k++)
            sum_m += a.samples.channel[HAR_ALTITUDE_M][k];
        assert_near(sum_m / (double)a.samples.count, 2100, 25);
        har_arena_reset(&scratch);
    }
    har_arena_free(&scratch);
    har_arena_free(&arena);
}

/* --- the same again
 * -------------------------------------------------------------------------- */

static struct har_bytes file_of(const struct har_simulation *s, size_t i,
                                struct har_arena *arena)
{
    struct har_activity a = play(s, i, arena);
    struct har_bytes file = {0};
    assert_int_equal(har_encode_fit(&a, arena, &file, NULL), HAR_OK);
    return file;
}

static void a_seed_is_a_season(void **state)
{
    (void)state;
    struct har_arena arena = {0}, scratch = {0};
    struct har_simulation one = season_of(3, &arena), again = season_of(3, &arena);
    struct har_simulation other = season_of(4, &arena);
    assert_int_equal(one.session_count, again.session_count);
    for (size_t i = 0; i < one.session_count && i < other.session_count; i += 13) {
        struct har_bytes a = file_of(&one, i, &scratch), b = file_of(&again, i, &scratch);
        struct har_bytes c = file_of(&other, i, &scratch);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.data, b.data, a.size);
        assert_false(a.size == c.size && memcmp(a.data, c.data, a.size) == 0);
        har_arena_reset(&scratch);
    }
    har_arena_free(&scratch);
    har_arena_free(&arena);
}

/* The numbers lie on the steps of the format: writing them loses no bit. */
static void files_hold_every_bit(void **state)
{
    (void)state;
    struct har_arena arena = {0}, scratch = {0};
    struct har_simulation s = season_of(DEMONSTRATION, &arena);
    for (size_t i = 0; i < s.session_count; i += 11) {
        struct har_activity was = play(&s, i, &scratch);
        struct har_recording recording;
        assert_int_equal(har_decode(file_of(&s, i, &scratch), &scratch, &recording, NULL),
                         HAR_OK);
        assert_int_equal(recording.activity_count, 1);
        const struct har_activity *is = &recording.activities[0];
        assert_int_equal(is->samples.count, was.samples.count);
        assert_memory_equal(is->samples.time_ms, was.samples.time_ms,
                            was.samples.count * sizeof(int64_t));
        for (int c = 0; c < HAR_CHANNELS; c++) {
            assert_true(!is->samples.channel[c] == !was.samples.channel[c]);
            for (size_t k = 0; was.samples.channel[c] && k < was.samples.count; k++)
                assert_near(is->samples.channel[c][k], was.samples.channel[c][k], 0);
        }
        assert_near(is->distance_m, was.distance_m, 0);
        assert_int_equal(is->lap_count, was.lap_count);
        assert_int_equal(is->pause_count, was.pause_count);
        har_arena_reset(&scratch);
    }
    har_arena_free(&scratch);
    har_arena_free(&arena);
}

/* --- failing
 * ------------------------------------------------------------------------------------ */

static void any_memory_limit_fails_cleanly(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_simulation s = season_of(DEMONSTRATION, &arena), scarce;
    har_status status;
    size_t limit = 1;
    do {
        struct har_arena small = {.limit = limit};
        struct har_error err = {0};
        status = har_simulate(DEMONSTRATION, &small, &scarce, &err);
        assert_int_equal(err.status, status);
        har_arena_free(&small);
        limit += limit / 4 + 1;
    } while (status == HAR_NO_MEMORY);
    assert_int_equal(status, HAR_OK);
    limit = 1;
    do {
        struct har_arena small = {.limit = limit};
        struct har_activity a;
        struct har_error err = {0};
        status = har_simulate_session(&s, 0, &small, &a, &err);
        assert_int_equal(err.status, status);
        har_arena_free(&small);
        limit += limit / 4 + 1;
    } while (status == HAR_NO_MEMORY);
    assert_int_equal(status, HAR_OK);
    har_arena_free(&arena);
}

static void a_session_that_is_not_there_is_refused(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_simulation s = season_of(DEMONSTRATION, &arena);
    struct har_activity a;
    struct har_error err = {0};
    assert_int_equal(har_simulate_session(&s, s.session_count, &arena, &a, &err),
                     HAR_OUT_OF_RANGE);
    assert_int_equal(err.offset, s.session_count);
    har_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_law_gives_the_published_times),
        cmocka_unit_test(the_law_holds_for_every_runner),
        cmocka_unit_test(the_demonstration_is_a_whole_season),
        cmocka_unit_test(sessions_follow_each_other),
        cmocka_unit_test(form_answers_to_training_and_altitude),
        cmocka_unit_test(races_are_run_by_the_law),
        cmocka_unit_test(the_half_marathon_runs_down_to_the_sea),
        cmocka_unit_test(every_session_is_sound),
        cmocka_unit_test(the_watch_knows_how_high_the_camp_is),
        cmocka_unit_test(a_seed_is_a_season),
        cmocka_unit_test(files_hold_every_bit),
        cmocka_unit_test(any_memory_limit_fails_cleanly),
        cmocka_unit_test(a_session_that_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
