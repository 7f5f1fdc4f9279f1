/* SPDX-License-Identifier: MIT */
/* best: the fastest over every distance and duration, and what may not count as one. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/best.h"
#include "harrier/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define assert_near(a, b, within) near_at((a), (b), (within), __FILE__, __LINE__)

static void near_at(double a, double b, double within, const char *file, int line)
{
    if (fabs(a - b) <= within) return;
    print_error("%.17g is not %.17g within %g\n", a, b, within);
    _fail(file, line);
}

enum { MOST = 24000 };

/* A run being written down, second by second. */
struct run {
    size_t count;
    double time_s[MOST], distance_m[MOST];
    bool broken[MOST];
    struct har_streams streams;
};

static struct run *new_run(void)
{
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->count = 1;
    run->broken[0] = true;
    run->streams = (struct har_streams){.time_s = run->time_s,
                                        .distance_m = run->distance_m,
                                        .broken = run->broken,
                                        .count = 1};
    run->streams.summary.sport = HAR_SPORT_RUNNING;
    return run;
}

static void step(struct run *run, double seconds, double metres, bool broken)
{
    size_t i = run->count++;
    assert_true(i < MOST);
    run->time_s[i] = run->time_s[i - 1] + seconds;
    run->distance_m[i] = run->distance_m[i - 1] + metres;
    run->broken[i] = broken;
    run->streams.count = run->count;
}

static void at_speed(struct run *run, double metres, double speed_mps)
{
    for (double done = 0; done < metres - 1e-9; done += speed_mps)
        step(run, 1, fmin(speed_mps, metres - done), false);
}

/* Surges, stops, uneven clocks and gaps. */
static struct run *random_run(uint64_t seed, size_t count)
{
    struct har_random r = har_random_of(seed);
    struct run *run = new_run();
    double speed_mps = 3;
    while (run->count < count) {
        if (har_random_uniform(&r) < 0.05) speed_mps = 1 + 4 * har_random_uniform(&r);
        bool stands = har_random_uniform(&r) < 0.05, gap = har_random_uniform(&r) < 0.01;
        double seconds = gap ? 60 : 0.5 + 3 * har_random_uniform(&r);
        double metres =
            stands ? 0 : seconds * speed_mps * (0.8 + 0.4 * har_random_uniform(&r));
        step(run, seconds, metres, gap);
    }
    return run;
}

/* --- two roads -------------------------------------------------------------------- */

/* y where x is `at`, on the stretch low..high: the first such y, or the last. */
static double look_up(const double *x, const double *y, size_t low, size_t high, double at,
                      bool last)
{
    double found = NAN;
    for (size_t i = low; i < high; i++) {
        if (at < x[i] || at > x[i + 1]) continue;
        double share = x[i + 1] > x[i] ? (at - x[i]) / (x[i + 1] - x[i]) : last ? 1 : 0;
        double value = y[i] + share * (y[i + 1] - y[i]);
        if (!last && !isnan(found)) return found;
        found = value;
    }
    return found;
}

/* Every window whose one end is a sample, and a fine comb of windows between. */
static double brute_force(const struct run *run, const double *x, const double *y,
                          double length, bool most)
{
    double best = NAN;
    for (size_t low = 0, high; low < run->count; low = high + 1) {
        for (high = low; high + 1 < run->count && !run->broken[high + 1];) high++;
        size_t comb = 20;
        for (size_t k = 0; k <= (high - low) * comb; k++) {
            size_t i = low + k / comb;
            double share = (double)(k % comb) / (double)comb;
            double at = share > 0 ? x[i] + share * (x[i + 1] - x[i]) : x[i];
            for (int end = 0; end < 2; end++) {
                double from = end ? at - length : at, to = from + length;
                if (from < x[low] || to > x[high]) continue;
                double gain = look_up(x, y, low, high, to, false) -
                              look_up(x, y, low, high, from, true);
                if (isnan(best) || (most ? gain > best : gain < best)) best = gain;
            }
        }
    }
    return best;
}

static void best_efforts_agree_with_brute_force(void **state)
{
    (void)state;
    static const double distances[] = {7, 100, 123.4, 400}, times[] = {10, 33.3, 120};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct run *run = random_run(seed, 150);
        struct har_best best;
        for (int k = 0; k < 4; k++) {
            double expected =
                brute_force(run, run->distance_m, run->time_s, distances[k], false);
            har_status got = har_best_distance(&run->streams, distances[k], &best);
            assert_int_equal(got, isnan(expected) ? HAR_NOT_FOUND : HAR_OK);
            if (got == HAR_OK) assert_near(best.time_s, expected, 1e-7);
        }
        for (int k = 0; k < 3; k++) {
            double expected =
                brute_force(run, run->time_s, run->distance_m, times[k], true);
            har_status got = har_best_duration(&run->streams, times[k], &best);
            assert_int_equal(got, isnan(expected) ? HAR_NOT_FOUND : HAR_OK);
            if (got == HAR_OK) assert_near(best.distance_m, expected, 1e-7);
        }
        free(run);
    }
}

/* The farthest in the time of the quickest 400 m is at least 400 m, and no farther. */
static void distances_and_durations_agree(void **state)
{
    (void)state;
    for (uint64_t seed = 20; seed < 30; seed++) {
        struct run *run = random_run(seed, 2000);
        struct har_best quick, far;
        assert_int_equal(har_best_distance(&run->streams, 400, &quick), HAR_OK);
        assert_int_equal(har_best_duration(&run->streams, quick.time_s, &far), HAR_OK);
        assert_near(far.distance_m, 400, 1e-6);
        free(run);
    }
}

static void one_question_and_all_questions_agree(void **state)
{
    (void)state;
    struct run *run = random_run(31, 4000);
    step(run, 1, 300, false); /* with a leap in it */
    at_speed(run, 11000, 4);
    struct har_arena arena = {0};
    struct har_bests bests;
    assert_int_equal(har_bests(&run->streams, &arena, &bests, NULL), HAR_OK);
    assert_true(bests.distance_count >= 7 && bests.duration_count >= 8);
    struct har_best one;
    for (size_t i = 0; i < bests.distance_count; i++) {
        const struct har_best *b = &bests.distances[i];
        assert_int_equal(har_best_distance(&run->streams, b->distance_m, &one), HAR_OK);
        assert_memory_equal(&one, b, sizeof one);
    }
    for (size_t i = 0; i < bests.duration_count; i++) {
        const struct har_best *b = &bests.durations[i];
        assert_int_equal(har_best_duration(&run->streams, b->time_s, &one), HAR_OK);
        assert_memory_equal(&one, b, sizeof one);
    }
    har_arena_free(&arena);
    free(run);
}

/* --- invariants ------------------------------------------------------------------- */

static void assert_in_order(const struct run *run, const struct har_bests *bests)
{
    double elapsed_s = run->time_s[run->count - 1];
    for (size_t i = 0; i < bests->distance_count; i++) {
        const struct har_best *b = &bests->distances[i];
        assert_true(b->time_s > 0 && b->time_s <= elapsed_s + 1e-9);
        assert_true(b->from_s >= 0 && b->from_s + b->time_s <= elapsed_s + 1e-6);
        assert_true(b->distance_m / b->time_s <= har_record_speed(b->time_s) * (1 + 1e-12));
        if (i == 0) continue;
        assert_true(b->distance_m > b[-1].distance_m);
        assert_true(b->time_s > b[-1].time_s);
    }
    for (size_t i = 0; i < bests->duration_count; i++) {
        const struct har_best *b = &bests->durations[i];
        assert_true(b->distance_m / b->time_s <= har_record_speed(b->time_s) * (1 + 1e-12));
        if (i > 0) assert_true(b->distance_m >= b[-1].distance_m);
    }
}

static void bests_are_in_order(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    for (uint64_t seed = 40; seed < 60; seed++) {
        struct run *run = random_run(seed, 3000);
        struct har_bests bests;
        assert_int_equal(har_bests(&run->streams, &arena, &bests, NULL), HAR_OK);
        assert_in_order(run, &bests);
        har_arena_reset(&arena);
        free(run);
    }
    har_arena_free(&arena);
}

/* Spikes of every size, in every company: still in order, still below the records. */
static void bests_of_garbage_are_in_order(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_random r = har_random_of(61);
    for (int round = 0; round < 30; round++) {
        struct run *run = random_run(100 + (uint64_t)round, 3000);
        double extra_m = 0, spikes = pow(10, -3 + 2.5 * har_random_uniform(&r));
        for (size_t i = 1; i < run->count; i++) {
            if (har_random_uniform(&r) < spikes)
                extra_m += pow(10, 3 * har_random_uniform(&r));
            run->distance_m[i] += extra_m;
        }
        struct har_bests bests;
        assert_int_equal(har_bests(&run->streams, &arena, &bests, NULL), HAR_OK);
        assert_in_order(run, &bests);
        har_arena_reset(&arena);
        free(run);
    }
    har_arena_free(&arena);
}

static void splitting_samples_changes_nothing(void **state)
{
    (void)state;
    struct run *run = random_run(70, 2000), *split = new_run();
    struct har_random r = har_random_of(71);
    for (size_t i = 1; i < run->count; i++) {
        double seconds = run->time_s[i] - run->time_s[i - 1];
        double metres = run->distance_m[i] - run->distance_m[i - 1];
        double share = har_random_uniform(&r);
        if (!run->broken[i] && share > 0.5) {
            step(split, seconds * share, metres * share, false);
            step(split, seconds * (1 - share), metres * (1 - share), false);
        } else {
            step(split, seconds, metres, run->broken[i]);
        }
    }
    static const double distances[] = {50, 400, 1000};
    for (int k = 0; k < 3; k++) {
        struct har_best a, b;
        assert_int_equal(har_best_distance(&run->streams, distances[k], &a), HAR_OK);
        assert_int_equal(har_best_distance(&split->streams, distances[k], &b), HAR_OK);
        assert_near(a.time_s, b.time_s, 1e-6);
    }
    free(run);
    free(split);
}

/* --- what must be found ------------------------------------------------------------ */

static void a_planted_effort_is_found_exactly(void **state)
{
    (void)state;
    struct run *run = new_run();
    at_speed(run, 3000, 3);
    double from_s = run->time_s[run->count - 1], from_m = run->distance_m[run->count - 1];
    for (int i = 0; i < 200; i++) step(run, 1, 5, false); /* 1000 m in 3:20 */
    at_speed(run, 3000, 3);
    struct har_best best;
    assert_int_equal(har_best_distance(&run->streams, 1000, &best), HAR_OK);
    assert_near(best.time_s, 200, 1e-9);
    assert_near(best.from_s, from_s, 1e-6);
    assert_near(best.from_m, from_m, 1e-6);
    assert_int_equal(har_best_distance(&run->streams, 1500, &best), HAR_OK);
    assert_near(best.time_s, 200 + 500 / 3.0, 1e-9);
    assert_int_equal(har_best_duration(&run->streams, 100, &best), HAR_OK);
    assert_near(best.distance_m, 500, 1e-9);
    /* The whole run is a distance too; a millimetre more is not. */
    assert_int_equal(har_best_distance(&run->streams, 7000, &best), HAR_OK);
    assert_near(best.time_s, 2200, 1e-9);
    assert_int_equal(har_best_distance(&run->streams, 7000.001, &best), HAR_NOT_FOUND);
    free(run);
}

/* A stop inside counts, a stop at either end does not. */
static void a_best_effort_runs_on_the_clock(void **state)
{
    (void)state;
    struct run *run = new_run();
    step(run, 600, 0, false);
    for (int i = 0; i < 50; i++) step(run, 1, 4, false);
    step(run, 30, 0, false);
    for (int i = 0; i < 50; i++) step(run, 1, 4, false);
    step(run, 600, 0, false);
    struct har_best best;
    assert_int_equal(har_best_distance(&run->streams, 400, &best), HAR_OK);
    assert_near(best.time_s, 130, 1e-9);
    assert_near(best.from_s, 600, 1e-9);
    assert_int_equal(har_best_distance(&run->streams, 200, &best), HAR_OK);
    assert_near(best.time_s, 50, 1e-9);
    free(run);
}

/* --- what must not be found ---------------------------------------------------------- */

static void nothing_is_measured_across_a_gap(void **state)
{
    (void)state;
    struct run *run = new_run();
    at_speed(run, 800, 4);
    step(run, 20, 130, true); /* a quick gap */
    at_speed(run, 800, 4);
    struct har_best best;
    assert_int_equal(har_best_distance(&run->streams, 800, &best), HAR_OK);
    assert_near(best.time_s, 200, 1e-9);
    assert_int_equal(har_best_distance(&run->streams, 801, &best), HAR_NOT_FOUND);
    assert_int_equal(har_best_duration(&run->streams, 201, &best), HAR_NOT_FOUND);
    free(run);
}

static void only_runs_on_real_ground_count(void **state)
{
    (void)state;
    static const double lat_deg[1] = {0};
    static const struct {
        unsigned sport;
        enum har_setting setting;
        bool placed;
        har_status expected;
    } rows[] = {
        {HAR_SPORT_RUNNING, HAR_SETTING_OUTDOOR, true, HAR_OK},
        {HAR_SPORT_RUNNING, HAR_SETTING_TRACK, false, HAR_OK},
        {HAR_SPORT_RUNNING, HAR_SETTING_INDOOR, true, HAR_OK},
        {HAR_SPORT_RUNNING, HAR_SETTING_INDOOR, false, HAR_NOT_FOUND},
        {HAR_SPORT_RUNNING, HAR_SETTING_TREADMILL, true, HAR_NOT_FOUND},
        {HAR_SPORT_RUNNING, HAR_SETTING_VIRTUAL, true, HAR_NOT_FOUND},
        {HAR_SPORT_WALKING, HAR_SETTING_OUTDOOR, true, HAR_NOT_FOUND},
        {HAR_SPORT_HIKING, HAR_SETTING_OUTDOOR, true, HAR_NOT_FOUND},
        {HAR_SPORT_CYCLING, HAR_SETTING_OUTDOOR, true, HAR_NOT_FOUND},
        {HAR_SPORT_UNKNOWN, HAR_SETTING_OUTDOOR, true, HAR_NOT_FOUND},
    };
    struct run *run = new_run();
    at_speed(run, 2000, 4);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run->streams.summary.sport = rows[i].sport;
        run->streams.summary.setting = rows[i].setting;
        run->streams.lat_deg = rows[i].placed ? lat_deg : NULL;
        struct har_best best;
        struct har_arena arena = {0};
        struct har_bests bests;
        assert_int_equal(har_best_distance(&run->streams, 400, &best), rows[i].expected);
        assert_int_equal(har_best_duration(&run->streams, 60, &best), rows[i].expected);
        assert_int_equal(har_bests(&run->streams, &arena, &bests, NULL), HAR_OK);
        assert_int_equal(bests.distance_count > 0, rows[i].expected == HAR_OK);
        har_arena_free(&arena);
    }
    free(run);
}

/* 2026-11-22: 60 m in one second within an easy run made a 400 m of 86 s. */
static void a_leap_is_nobodys_speed(void **state)
{
    (void)state;
    struct run *run = new_run();
    at_speed(run, 2000, 4);
    step(run, 1, 60, false);
    at_speed(run, 2000, 4);
    struct har_best best;
    assert_int_equal(har_best_distance(&run->streams, 400, &best), HAR_OK);
    assert_near(best.time_s, 100, 1e-9);
    assert_int_equal(har_best_distance(&run->streams, 2000, &best), HAR_OK);
    assert_near(best.time_s, 500, 1e-9);
    assert_int_equal(har_best_distance(&run->streams, 2010, &best), HAR_NOT_FOUND);
    free(run);
}

/* 2026-11-22: a watch left on during the ride home. Skipping only the windows that beat a
 * record left those that nearly did. */
static void a_ride_home_is_not_a_run(void **state)
{
    (void)state;
    struct run *run = new_run();
    at_speed(run, 12000, 4);
    at_speed(run, 8000, 8);
    struct har_best best;
    assert_int_equal(har_best_distance(&run->streams, 5000, &best), HAR_OK);
    assert_near(best.time_s, 1250, 1e-6);
    assert_int_equal(har_best_distance(&run->streams, 10000, &best), HAR_OK);
    assert_near(best.time_s, 2500, 1e-6);
    assert_int_equal(har_best_distance(&run->streams, 15000, &best), HAR_NOT_FOUND);
    free(run);
}

static void odd_questions_have_no_answer(void **state)
{
    (void)state;
    struct run *run = new_run();
    struct har_best best;
    assert_int_equal(har_best_distance(&run->streams, 400, &best), HAR_NOT_FOUND);
    at_speed(run, 500, 4);
    assert_int_equal(har_best_distance(&run->streams, 0, &best), HAR_NOT_FOUND);
    assert_int_equal(har_best_distance(&run->streams, NAN, &best), HAR_NOT_FOUND);
    assert_int_equal(har_best_duration(&run->streams, -1, &best), HAR_NOT_FOUND);
    run->streams.distance_m = NULL;
    assert_int_equal(har_best_distance(&run->streams, 400, &best), HAR_NOT_FOUND);
    free(run);
}

static void little_memory_is_said_so(void **state)
{
    (void)state;
    struct run *run = new_run();
    at_speed(run, 5000, 4);
    size_t limit = 16;
    for (har_status got = HAR_NO_MEMORY; got != HAR_OK; limit *= 2) {
        struct har_arena arena = {.limit = limit};
        struct har_bests bests;
        struct har_error err;
        got = har_bests(&run->streams, &arena, &bests, &err);
        assert_true(got == HAR_OK || got == HAR_NO_MEMORY);
        har_arena_free(&arena);
    }
    assert_true(limit > 32);
    free(run);
}

/* --- tables ------------------------------------------------------------------------ */

static void assert_ascending(const struct har_standard *row, size_t count)
{
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(row[i].value > 0 && row[i].name[0] != '\0');
        if (i > 0) assert_true(row[i].value > row[i - 1].value);
        for (size_t k = 0; k < i; k++) assert_string_not_equal(row[i].name, row[k].name);
    }
}

static void the_standards_ascend_and_have_names(void **state)
{
    (void)state;
    size_t count;
    const struct har_standard *row = har_standard_distances(&count);
    assert_ascending(row, count);
    assert_int_equal(count, 19);
    assert_string_equal(row[4].name, "MILE");
    assert_near(row[4].value, 1609.344, 0);
    assert_string_equal(row[16].name, "MAR");
    assert_near(row[16].value, 42195, 0);
    row = har_standard_durations(&count);
    assert_ascending(row, count);
    assert_near(row[0].value, 10, 0);
    assert_near(row[count - 1].value, 10800, 0);
}

/* The records of Berlin 2009, London 2012, Monaco 2020 and Chicago 2023; between them a
 * line that falls. */
static void the_record_line_passes_through_the_records(void **state)
{
    (void)state;
    assert_near(har_record_speed(9.58), 100 / 9.58, 1e-12);
    assert_near(har_record_speed(100.91), 800 / 100.91, 1e-9);
    assert_near(har_record_speed(755.36), 5000 / 755.36, 1e-9);
    assert_near(har_record_speed(7235), 42195 / 7235.0, 1e-9);
    assert_near(har_record_speed(0.5), 100 / 9.58, 1e-12); /* flat outside */
    assert_near(har_record_speed(1e6), 100000 / 21935.0, 1e-12);
    assert_true(isnan(har_record_speed(NAN)));
    double before = har_record_speed(1);
    for (double t = 1; t < 3e4; t *= 1.01) {
        double speed = har_record_speed(t);
        assert_true(speed <= before + 1e-12);
        assert_true(speed > 0.995 * before); /* no step */
        before = speed;
    }
}

static void the_tables_are_what_the_data_give(void **state)
{
    (void)state;
    const char *root = getenv("HARRIER_ROOT");
    char command[4096];
    if (!root || strlen(root) > 4000) skip();
    snprintf(command, sizeof command, "'%s/tools/tables.py' --check", root);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(best_efforts_agree_with_brute_force),
        cmocka_unit_test(distances_and_durations_agree),
        cmocka_unit_test(one_question_and_all_questions_agree),
        cmocka_unit_test(bests_are_in_order),
        cmocka_unit_test(bests_of_garbage_are_in_order),
        cmocka_unit_test(splitting_samples_changes_nothing),
        cmocka_unit_test(a_planted_effort_is_found_exactly),
        cmocka_unit_test(a_best_effort_runs_on_the_clock),
        cmocka_unit_test(nothing_is_measured_across_a_gap),
        cmocka_unit_test(only_runs_on_real_ground_count),
        cmocka_unit_test(a_leap_is_nobodys_speed),
        cmocka_unit_test(a_ride_home_is_not_a_run),
        cmocka_unit_test(odd_questions_have_no_answer),
        cmocka_unit_test(little_memory_is_said_so),
        cmocka_unit_test(the_standards_ascend_and_have_names),
        cmocka_unit_test(the_record_line_passes_through_the_records),
        cmocka_unit_test(the_tables_are_what_the_data_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
