/* SPDX-License-Identifier: MIT */
/* load: published and computed numbers, what must hold for every runner, and the sessions
 * of the simulated season. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/load.h"
#include "harrier/simulate.h"

#include <math.h>
#include <string.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))
#define SIZE(array) (sizeof(array) / sizeof((array)[0]))

enum { HOUR = 3600 };

static struct har_load_runner runner_of(double v_m_mps, double gamma)
{
    struct har_load_runner runner = har_load_runner_unknown();
    runner.curve = (struct har_emig){v_m_mps, gamma, NAN};
    return runner;
}

/* Streams of a run: a speed for each second, on the flat. */
struct made {
    double time_s[4 * HOUR + 1], distance_m[4 * HOUR + 1];
    bool broken[4 * HOUR + 1];
    struct har_streams streams;
};
static struct made made;

static const struct har_streams *start_run(void)
{
    memset(&made, 0, sizeof made);
    made.broken[0] = true;
    made.streams = (struct har_streams){
        .count = 1,
        .time_s = made.time_s,
        .distance_m = made.distance_m,
        .broken = made.broken,
        .summary = {.sport = HAR_SPORT_RUNNING},
    };
    return &made.streams;
}

static void run_on(double speed_mps, int seconds)
{
    for (int i = 0; i < seconds; i++) {
        size_t at = made.streams.count++;
        made.time_s[at] = made.time_s[at - 1] + 1;
        made.distance_m[at] = made.distance_m[at - 1] + speed_mps;
    }
    if (speed_mps > 0.5) made.streams.summary.moving_s += seconds;
}

static struct har_load load_by(const struct har_work *work,
                               const struct har_load_runner *runner)
{
    struct har_load load;
    assert_int_equal(har_load_of(work, runner, &load, NULL), HAR_OK);
    return load;
}

/* Of what was run so far. */
static struct har_load load_run(const struct har_load_runner *runner)
{
    struct har_paces paces;
    assert_int_equal(har_paces_of(&made.streams, NULL, &paces), HAR_OK);
    struct har_work work = {HAR_SPORT_RUNNING, made.streams.summary.moving_s, &paces, NULL,
                            NAN};
    return load_by(&work, runner);
}

/* --- published and computed numbers -------------------------------------------------- */

static void banisters_impulse(void **state)
{
    (void)state;
    static const struct {
        double reserve, man, woman;
    } rows[] = {{0.6, 1.2152, 1.4054}, {0.8, 2.3787, 2.6170}, {0.9, 3.2425, 3.4792}};
    for (size_t i = 0; i < SIZE(rows); i++) {
        assert_near(har_trimp_a_minute(rows[i].reserve, HAR_MEN), rows[i].man, 1e-4);
        assert_near(har_trimp_a_minute(rows[i].reserve, HAR_WOMEN), rows[i].woman, 1e-4);
    }
    assert_true(har_trimp_a_minute(-0.1, HAR_MEN) == 0);
    assert_true(isnan(har_trimp_a_minute(NAN, HAR_MEN)));
}

/* By every source that knows threshold, and by the rTSS. */
static void an_hour_at_threshold_is_100(void **state)
{
    (void)state;
    for (double v_m_mps = 3; v_m_mps < 6.8; v_m_mps += 0.37)
        for (double gamma = 0.045; gamma < 0.1; gamma += 0.012) {
            struct har_load_runner runner = runner_of(v_m_mps, gamma);
            double threshold_mps = har_threshold_speed(&runner.curve);
            struct har_paces paces;
            start_run();
            run_on(threshold_mps, HOUR);
            struct har_load load = load_run(&runner);
            assert_near(load.load, 100, 0.2);
            assert_int_equal(load.source, HAR_LOAD_SPEED);
            har_paces_of(&made.streams, NULL, &paces);
            assert_near(har_rtss(&paces, threshold_mps), 100, 0.02);
            assert_near(har_load_rate(&runner, threshold_mps), 100, 1e-9);
        }

    struct har_load_runner heart = har_load_runner_unknown();
    heart.heart_rest_bpm = 40;
    heart.heart_max_bpm = 190;
    heart.heart_threshold_bpm = 168;
    float heart_s[HAR_HEART_BINS] = {[168] = HOUR};
    struct har_work by_heart = {HAR_SPORT_CYCLING, HOUR, NULL, heart_s, NAN};
    assert_near(load_by(&by_heart, &heart).load, 100, 1e-9);
    struct har_work by_rpe = {HAR_SPORT_RUNNING, HOUR, NULL, NULL, 7};
    assert_near(load_by(&by_rpe, &heart).load, 100, 1e-9);
}

/* What the source of the room says of its choice, beside the square alone. */
static void sessions_as_they_are_described(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5.5, 0.06);
    double threshold_mps = har_threshold_speed(&runner.curve);
    double of_5000_m = 5000 / har_emig_time(&runner.curve, 5000);
    struct har_paces paces;

    start_run();
    run_on(0.75 * threshold_mps, HOUR);
    har_paces_of(&made.streams, NULL, &paces);
    assert_near(load_run(&runner).load, 43, 1);
    assert_near(har_rtss(&paces, threshold_mps), 56, 0.5);
    assert_near(load_run(&runner).surges, 0, 1e-6);

    start_run();
    run_on(of_5000_m, (int)(5000 / of_5000_m)); /* the repetitions one after another */
    har_paces_of(&made.streams, NULL, &paces);
    assert_near(load_run(&runner).load, 49, 1);
    assert_near(har_rtss(&paces, threshold_mps), 32, 0.5);
}

/* An effort to exhaustion of 12 minutes, or of less by the line of critical speed, spends
 * D' once; and its damage is 25. */
static void a_race_on_the_track_spends_d_prime_once(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5.8, 0.055);
    struct har_critical_speed line = har_curve_critical_speed(&runner.curve);
    assert_near(har_critical_speed_distance(&line, 720),
                720 * har_emig_speed(&runner.curve, 720), 1e-9);
    for (int seconds = 180; seconds <= 720; seconds += 60) {
        double v_mps = line.cs_mps + line.d_prime_m / seconds;
        start_run();
        run_on(v_mps, seconds);
        struct har_load load = load_run(&runner);
        double part = v_mps / har_threshold_speed(&runner.curve);
        assert_near(load.surges, 1, 0.02);
        assert_near(load.load, 25 + 75 * part * part * seconds / HOUR, 0.3);
    }
}

/* --- what holds for every runner ------------------------------------------------------ */

static void more_speed_is_more_load_and_ever_more(void **state)
{
    (void)state;
    for (double gamma = 0.04; gamma < 0.13; gamma += 0.02)
        for (int told = 0; told < 3; told++) {
            struct har_load_runner runner = runner_of(5.2, gamma);
            if (told) runner.d_prime_m = told == 1 ? 120 : 600;
            double last = 0, slope = 0, step_mps = 0.01;
            for (double v = 0.51; v < 10; v += step_mps) {
                double now = har_load_rate(&runner, v);
                assert_true(now > last);
                /* Still is no load, and the first step is one from nothing. */
                if (v > 0.53) assert_true(now - last >= slope - 1e-9);
                slope = v > 0.52 ? now - last : 0;
                last = now;
            }
            /* A second of nonsense is not worth a race: 9 m/s is 35 km/h. */
            assert_true(har_load_rate(&runner, 9) / HOUR < 2);
        }
    struct har_load_runner runner = runner_of(5.2, 0.06);
    assert_true(har_load_rate(&runner, 0) == 0);
    assert_true(isnan(har_load_rate(&runner, NAN)));
    assert_true(
        isnan(har_load_rate(&(struct har_load_runner){.curve = {NAN, NAN, NAN}}, 4)));
}

static void a_repetition_is_more_than_its_mean(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5.5, 0.06);
    start_run();
    run_on(4.5, 40 * 60);
    double steady = load_run(&runner).load;
    start_run();
    for (int i = 0; i < 10; i++) {
        run_on(6.0, 120);
        run_on(3.0, 120);
    }
    struct har_load uneven = load_run(&runner);
    assert_true(uneven.load > 1.4 * steady);
    assert_true(uneven.surges > 2 && uneven.surges < 10);
}

/* A gap is not measured across; what was not seen counts as the mean of what was. */
static void a_gap_is_no_sprint(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5, 0.06);
    start_run();
    run_on(3.5, 1200);
    run_on(3.5, 1200);
    double whole = load_run(&runner).load;
    start_run();
    run_on(3.5, 1200);
    run_on(1000, 1); /* out of a tunnel */
    made.broken[made.streams.count - 1] = true;
    run_on(3.5, 600);
    made.streams.summary.moving_s = 2400;
    struct har_load load = load_run(&runner);
    assert_near(load.seen, 0.75, 0.001);
    assert_near(load.load, whole, 0.01 * whole);

    made.streams.summary.moving_s = 4000; /* less than half of it was seen */
    assert_int_equal(load_run(&runner).source, HAR_LOAD_DURATION);
}

static void jitter_is_hardly_load(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5, 0.06);
    start_run();
    run_on(3.6, HOUR);
    double smooth = load_run(&runner).load;
    start_run();
    for (int i = 0; i < HOUR / 2; i++) {
        run_on(2.4, 1);
        run_on(4.8, 1);
    }
    assert_near(load_run(&runner).load, smooth, 0.01 * smooth);
}

static void time_and_metres_both_add_up(void **state)
{
    (void)state;
    struct har_paces paces;
    start_run();
    for (int i = 0; i < 50; i++) run_on(1.1 + 0.137 * (i % 37), 37 + i);
    assert_int_equal(har_paces_of(&made.streams, NULL, &paces), HAR_OK);
    double seconds = 0, metres = 0;
    for (int i = 0; i < HAR_PACE_BINS; i++) {
        seconds += (double)paces.pace_s[i];
        metres += (double)paces.pace_s[i] * i * HAR_PACE_STEP_MPS;
    }
    size_t last = made.streams.count - 1;
    assert_near(seconds, made.time_s[last], 1e-3);
    assert_near(metres, made.distance_m[last], 1e-2);
}

/* Two roads: the load of a session is the rate at each of its speeds, and their time. */
static void the_load_is_the_sum_of_the_rates(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5.3, 0.07);
    struct har_paces paces = {{0}};
    double sum = 0;
    for (int i = 0; i < HAR_PACE_BINS; i += 7) {
        paces.pace_s[i] = (float)(100 + i);
        sum += har_load_rate(&runner, i * HAR_PACE_STEP_MPS) * (100 + i) / HOUR;
    }
    struct har_work work = {HAR_SPORT_RUNNING, NAN, &paces, NULL, NAN};
    assert_near(load_by(&work, &runner).load, sum, 1e-9 * sum);
}

/* --- which source --------------------------------------------------------------------- */

static void the_best_source_is_taken_and_named(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5, 0.06),
                           no_curve = har_load_runner_unknown();
    runner.heart_max_bpm = no_curve.heart_max_bpm = 190;
    struct har_paces paces = {.pace_s = {[140] = HOUR}};
    float heart_s[HAR_HEART_BINS] = {[150] = HOUR};
    struct har_work all = {HAR_SPORT_RUNNING, HOUR, &paces, heart_s, 4}, work = all;
    assert_int_equal(load_by(&work, &runner).source, HAR_LOAD_SPEED);
    assert_int_equal(load_by(&work, &no_curve).source, HAR_LOAD_HEART);
    work.paces = NULL;
    assert_int_equal(load_by(&work, &runner).source, HAR_LOAD_HEART);
    heart_s[150] = HOUR / 3; /* the strap slipped */
    assert_int_equal(load_by(&work, &runner).source, HAR_LOAD_RPE);
    work.rpe = 11;
    assert_int_equal(load_by(&work, &runner).source, HAR_LOAD_DURATION);
    assert_string_equal(har_load_source_name(HAR_LOAD_DURATION), "duration");
    work.moving_s = NAN;
    struct har_load load;
    struct har_error err = {0};
    work.heart_s = NULL;
    assert_int_equal(har_load_of(&work, &runner, &load, &err), HAR_NO_ANSWER);
    assert_true(isnan(load.load) && load.source == HAR_LOAD_NONE && err.message[0]);
}

/* An easy hour comes to about the same however it is known: one unit. */
static void the_sources_agree_about_an_easy_hour(void **state)
{
    (void)state;
    struct har_load_runner runner = runner_of(5, 0.06);
    runner.heart_rest_bpm = 45;
    runner.heart_max_bpm = 190;
    float heart_s[HAR_HEART_BINS] = {[137] = HOUR}; /* 63 % of the reserve */
    struct har_paces paces = {{0}};
    paces.pace_s[(int)(0.75 * har_threshold_speed(&runner.curve) / HAR_PACE_STEP_MPS)] =
        HOUR;
    struct har_work speed = {HAR_SPORT_RUNNING, HOUR, &paces, NULL, NAN};
    struct har_work heart = {HAR_SPORT_RUNNING, HOUR, NULL, heart_s, NAN};
    struct har_work rpe = {HAR_SPORT_RUNNING, HOUR, NULL, NULL, 3};
    struct har_work time = {HAR_SPORT_RUNNING, HOUR, NULL, NULL, NAN};
    assert_near(load_by(&speed, &runner).load, 43, 8);
    assert_near(load_by(&heart, &runner).load, 43, 8);
    assert_near(load_by(&rpe, &runner).load, 43, 8);
    assert_near(load_by(&time, &runner).load, 43, 8);
    time.sport = HAR_SPORT_WALKING;
    assert_near(load_by(&time, &runner).load, 15, 1e-9);
}

/* Two roads: the threshold up there by the model of altitude, and what it asks. */
static void thin_air_makes_the_same_speed_harder(void **state)
{
    (void)state;
    struct har_load_runner sea = runner_of(5.5, 0.07), high = sea;
    double threshold_mps = har_threshold_speed(&sea.curve), last = 0;
    for (high.altitude_m = 0; high.altitude_m <= 3000; high.altitude_m += 250) {
        const struct har_altitude there = {HAR_ALTITUDE_BASSETT, high.altitude_m,
                                           threshold_mps * HOUR, 0.5};
        high.acclimatised = 0.5;
        double power_mps = har_speed_at_altitude(&there, threshold_mps);
        double up_there_mps = threshold_mps - 0.6 * (threshold_mps - power_mps);
        assert_near(har_load_rate(&high, up_there_mps), 100, 1e-6);
        double rate = har_load_rate(&high, 4);
        assert_true(rate >= last);
        last = rate;
    }
    high.altitude_m = 2100;
    start_run();
    run_on(4, HOUR);
    struct har_load by_the_sea = load_run(&sea), up_there = load_run(&high);
    assert_true(isnan(by_the_sea.lost) && isnan(by_the_sea.altitude_m));
    assert_true(up_there.altitude_m == 2100 && up_there.acclimatised == 0.5);
    assert_true(up_there.lost > 0.05 && up_there.lost < 0.08);
    assert_near(up_there.load, har_load_rate(&high, 4), 0.1);
    assert_true(up_there.load > 1.1 * by_the_sea.load);
    high.acclimatised = 1;
    struct har_load at_home = load_run(&high);
    assert_true(at_home.lost < up_there.lost && at_home.load < up_there.load);
}

static void absurd_hearts_are_no_spike(void **state)
{
    (void)state;
    struct har_load_runner runner = har_load_runner_unknown();
    runner.heart_rest_bpm = 45;
    runner.heart_max_bpm = 190;
    float heart_s[HAR_HEART_BINS] = {[0] = 600, [20] = 600, [140] = HOUR, [255] = 60};
    struct har_work work = {HAR_SPORT_RUNNING, HOUR, NULL, heart_s, NAN};
    float sane_s[HAR_HEART_BINS] = {[140] = HOUR};
    struct har_work sane = {HAR_SPORT_RUNNING, HOUR, NULL, sane_s, NAN};
    assert_near(load_by(&work, &runner).load, load_by(&sane, &runner).load, 5);
    runner.heart_max_bpm = 40; /* below rest: nothing can be said by the heart */
    assert_int_equal(load_by(&sane, &runner).source, HAR_LOAD_DURATION);
}

/* --- the simulated season ---------------------------------------------------------------
 */

/* The simulator's own load is the square alone; ours must be more for what is sharp and
 * less for what is easy, and go with it over all sessions. */
static void the_simulated_season_is_ordered_as_it_was_run(void **state)
{
    (void)state;
    struct har_arena keep = {0}, arena = {0};
    struct har_simulation season;
    assert_int_equal(har_simulate(1, &keep, &season, NULL), HAR_OK);
    struct har_load_runner runner = runner_of(season.truth.v_m_mps, season.truth.gamma);
    double sum[HAR_SESSION_RACE + 1] = {0}, hours[HAR_SESSION_RACE + 1] = {0};
    for (size_t i = 0; i < season.session_count; i += 3) {
        struct har_activity activity;
        struct har_streams streams;
        struct har_flat flat;
        struct har_paces paces;
        har_arena_reset(&arena);
        assert_int_equal(har_simulate_session(&season, i, &arena, &activity, NULL), HAR_OK);
        assert_int_equal(har_clean(&activity, NULL, &arena, &streams, NULL), HAR_OK);
        har_status got = har_flat_speeds(&streams, NULL, &arena, &flat, NULL);
        assert_int_equal(har_paces_of(&streams, got == HAR_OK ? &flat : NULL, &paces),
                         HAR_OK);
        struct har_work work = {streams.summary.sport, streams.summary.moving_s, &paces,
                                NULL, NAN};
        struct har_load load = load_by(&work, &runner);
        assert_int_equal(load.source, HAR_LOAD_SPEED);
        assert_true(load.seen > 0.9 && load.load > 2 && load.load < 250);
        sum[season.sessions[i].kind] += load.load;
        hours[season.sessions[i].kind] += streams.summary.moving_s / HOUR;
    }
    for (int kind = 0; kind < HAR_SESSION_RACE; kind++)
        if (hours[kind] > 0) sum[kind] /= hours[kind];
    assert_near(sum[HAR_SESSION_EASY], 40, 6);
    assert_true(sum[HAR_SESSION_LONG] > sum[HAR_SESSION_EASY]);
    assert_true(sum[HAR_SESSION_TEMPO] > 1.3 * sum[HAR_SESSION_EASY]);
    assert_true(sum[HAR_SESSION_INTERVALS] > 1.3 * sum[HAR_SESSION_EASY]);
    har_arena_free(&arena);
    har_arena_free(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(banisters_impulse),
        cmocka_unit_test(an_hour_at_threshold_is_100),
        cmocka_unit_test(sessions_as_they_are_described),
        cmocka_unit_test(a_race_on_the_track_spends_d_prime_once),
        cmocka_unit_test(more_speed_is_more_load_and_ever_more),
        cmocka_unit_test(a_repetition_is_more_than_its_mean),
        cmocka_unit_test(a_gap_is_no_sprint),
        cmocka_unit_test(jitter_is_hardly_load),
        cmocka_unit_test(time_and_metres_both_add_up),
        cmocka_unit_test(the_load_is_the_sum_of_the_rates),
        cmocka_unit_test(the_best_source_is_taken_and_named),
        cmocka_unit_test(the_sources_agree_about_an_easy_hour),
        cmocka_unit_test(thin_air_makes_the_same_speed_harder),
        cmocka_unit_test(absurd_hearts_are_no_spike),
        cmocka_unit_test(the_simulated_season_is_ordered_as_it_was_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
