/* SPDX-License-Identifier: MIT */
/* camp: stays that were lived, published numbers, what must hold for any stays, and a real
 * runner's. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/archive.h"
#include "harrier/camp.h"
#include "harrier/decode.h"
#include "harrier/num.h"
#include "harrier/simulate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))
#define SIZE(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST = 2000, FIRST = 19700, HOME_M = 60 };

static struct har_arena arena;
static struct har_whereabouts seen[MOST];
static size_t seen_count;
static struct har_camp *camps;
static size_t camp_count;

static int begin(void **state)
{
    (void)state;
    har_arena_free(&arena);
    seen_count = 0;
    return 0;
}

static void run_at(int64_t day, double altitude_m, double lat_deg, double lon_deg)
{
    seen[seen_count++] = (struct har_whereabouts){day, altitude_m, lat_deg, lon_deg};
}

static void run_home(int day)
{
    run_at(FIRST + day, HOME_M, 47.6, -122.3);
}

static void run_up(int day)
{
    run_at(FIRST + day, 2135, 35.19, -111.65);
}

static void find(void)
{
    assert_int_equal(
        har_camps_find(seen, seen_count, NULL, &arena, &camps, &camp_count, NULL), HAR_OK);
}

static void expect_stay(size_t which, int from, int to)
{
    assert_true(which < camp_count);
    assert_int_equal(camps[which].from_day - FIRST, from);
    assert_int_equal(camps[which].to_day - FIRST, to);
}

/* --- found -----------------------------------------------------------------------------
 */

static void days_that_were_run_high_are_a_stay(void **state)
{
    (void)state;
    for (int day = 0; day < 60; day++) {
        if (day >= 20 && day < 41) run_up(day);
        else run_home(day);
    }
    find();
    assert_int_equal(camp_count, 1);
    expect_stay(0, 20, 40);
    assert_near(camps[0].altitude_m, 2135, 1e-9);
    assert_near(camps[0].lat_deg, 35.19, 1e-9);
    assert_true(!camps[0].told && !camps[0].at_home && !camps[0].name);
}

static void rest_days_do_not_end_a_stay(void **state)
{
    (void)state;
    run_home(0);
    run_up(2);
    run_up(7); /* four days off */
    run_up(8);
    run_up(14); /* five: another stay, of one day */
    find();
    assert_int_equal(camp_count, 1);
    expect_stay(0, 2, 8);
}

static void three_days_are_no_stay_and_a_pass_is_none(void **state)
{
    (void)state;
    for (int day = 0; day < 40; day++) {
        if (day >= 10 && day < 13) run_up(day);
        else run_home(day);
        if (day % 7 == 6) run_up(day); /* a hike after the run: the day's median is low */
    }
    find();
    assert_int_equal(camp_count, 0);
}

/* Down for a session on the fast track twice a week, an hour's drive away. */
static void who_lives_high_and_trains_low_stays_up(void **state)
{
    (void)state;
    for (int day = 0; day < 28; day++) {
        if (day % 7 == 2 || day % 7 == 5) run_at(FIRST + day, 1050, 34.75, -112.0);
        else run_up(day);
    }
    find();
    assert_int_equal(camp_count, 1);
    expect_stay(0, 0, 27);
    assert_near(camps[0].altitude_m, 2135, 1e-9);

    begin(NULL); /* a race at the sea, far away */
    for (int day = 0; day < 28; day++) {
        if (day == 14) run_home(day);
        else run_up(day);
    }
    find();
    assert_int_equal(camp_count, 2);
    expect_stay(0, 0, 13);
    expect_stay(1, 15, 27);
}

static void who_goes_up_now_and_then_lives_low(void **state)
{
    (void)state;
    for (int day = 0; day < 60; day++) {
        if (day % 3 == 0) run_at(FIRST + day, 1700, 39.95, -105.45);
        else run_at(FIRST + day, 1380, 39.80, -105.10);
    }
    find();
    assert_int_equal(camp_count, 0);
}

static void a_move_begins_another_stay(void **state)
{
    (void)state;
    for (int day = 0; day < 10; day++) run_up(day);
    for (int day = 10; day < 22; day++) run_at(FIRST + day, 2450, 37.65, -118.97);
    for (int day = 22; day < 30; day++) run_at(FIRST + day, 1900, NAN, NAN);
    find();
    assert_int_equal(camp_count, 2); /* where no place is known nobody has moved */
    expect_stay(0, 0, 9);
    expect_stay(1, 10, 29);
}

static void a_home_up_there_is_no_camp(void **state)
{
    (void)state;
    for (int day = 0; day < 119; day++) run_up(day);
    find();
    assert_false(camps[0].at_home);
    run_up(119);
    find();
    assert_int_equal(camp_count, 1);
    assert_true(camps[0].at_home);
}

static void nothing_is_no_stay_and_order_does_not_matter(void **state)
{
    (void)state;
    find();
    assert_int_equal(camp_count, 0);
    for (int day = 30; day-- > 0;) {
        run_up(day);
        run_at(FIRST + day, NAN, NAN, NAN); /* a belt */
    }
    find();
    assert_int_equal(camp_count, 1);
    expect_stay(0, 0, 29);
}

/* Random lives: every stay of four days is found within a day, if it is run on its first
 * and last day or the next to them, and no other. */
static void every_lived_stay_is_found_within_a_day(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct har_random random = har_random_of(seed);
        int64_t from[20], to[20];
        size_t stays = 0;
        bool up = false;
        begin(NULL);
        for (int day = 0; day < 365;) {
            int length = up ? 4 + (int)(30 * har_random_uniform(&random))
                            : 10 + (int)(60 * har_random_uniform(&random));
            double altitude_m = 1560 + 1300 * har_random_uniform(&random);
            for (int i = 0; i < length; i++) {
                bool edge = i < 1 || i + 1 == length;
                if (!edge && har_random_uniform(&random) < 0.25 && i % 3 != 1) continue;
                double noise_m = 12 * har_random_normal(&random);
                if (up) run_at(day + i, altitude_m + noise_m, 46.5, 9.8);
                else run_at(day + i, 1000 * har_random_uniform(&random), 52.5, 13.4);
            }
            if (up) {
                from[stays] = day;
                to[stays++] = day + length - 1;
            }
            day += length;
            up = !up;
        }
        find();
        assert_int_equal(camp_count, stays);
        for (size_t i = 0; i < stays; i++) {
            assert_true(llabs(camps[i].from_day - from[i]) <= 1);
            assert_true(llabs(camps[i].to_day - to[i]) <= 1);
        }
    }
}

static void the_simulated_season_has_its_camp(void **state)
{
    (void)state;
    struct har_arena keep = {0};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct har_simulation season;
        assert_int_equal(har_simulate(seed, &keep, &season, NULL), HAR_OK);
        begin(NULL);
        for (size_t i = 0; i < season.session_count; i++) {
            const struct har_session *session = &season.sessions[i];
            struct har_activity activity;
            struct har_streams streams;
            /* One in six is enough of a watch's noise; the others as they were lived. */
            struct har_summary summary = {
                .altitude_m = session->altitude_m, .lat_deg = NAN, .lon_deg = NAN};
            if (session->kind == HAR_SESSION_TREADMILL) continue;
            if (i % 6 == 0) {
                assert_int_equal(har_simulate_session(&season, i, &arena, &activity, NULL),
                                 HAR_OK);
                assert_int_equal(har_clean(&activity, NULL, &arena, &streams, NULL),
                                 HAR_OK);
                summary = streams.summary;
                har_arena_reset(&arena);
            }
            run_at(har_local_day(session->start_ms, session->utc_offset_s),
                   summary.altitude_m, summary.lat_deg, summary.lon_deg);
        }
        find();
        assert_int_equal(camp_count, season.camp_count);
        for (size_t i = 0; i < camp_count; i++) {
            assert_true(llabs(camps[i].from_day - season.camps[i].from_day) <= 1);
            assert_true(llabs(camps[i].to_day - season.camps[i].to_day) <= 1);
            assert_near(camps[i].altitude_m, season.camps[i].altitude_m, 60);
        }
    }
    har_arena_free(&keep);
}

static void who_tells_knows_better(void **state)
{
    (void)state;
    const struct har_camp found[] = {{.from_day = 100, .to_day = 110, .altitude_m = 1800},
                                     {.from_day = 200, .to_day = 220, .altitude_m = 2100}};
    const struct har_camp told[] = {
        {.name = "Sierra Nevada", .from_day = 300, .to_day = 321, .altitude_m = 2320},
        {.name = "St Moritz", .from_day = 198, .to_day = 221, .altitude_m = 1850}};
    assert_int_equal(har_camps_join(found, 2, told, 2, &arena, &camps, &camp_count, NULL),
                     HAR_OK);
    assert_int_equal(camp_count, 3);
    assert_true(camps[0].from_day == 100 && !camps[0].told);
    assert_true(camps[1].told && camps[1].altitude_m == 1850);
    assert_string_equal(camps[2].name, "Sierra Nevada");
}

/* --- what a stay is worth ----------------------------------------------------------------
 */

static void the_dose_is_height_times_hours(void **state)
{
    (void)state;
    struct har_camp camp = {.from_day = 0, .to_day = 20, .altitude_m = 2135};
    struct har_camp_dose dose = har_camp_dose(&camp, HAR_CAMP_HOURS);
    assert_near(dose.hours, 462, 1e-9);
    assert_near(dose.dose_km_h, 986, 0.5);
    assert_near(dose.dose_km_h, 986.37, 1e-9);
    /* 1.08 % for each 100 hours is the slope at first, so less than 4.99 in the end. */
    assert_true(dose.haemoglobin_pct > 2.5 && dose.haemoglobin_pct < 4.99);
    assert_true(dose.low_pct < 0 && dose.high_pct > 2 * dose.haemoglobin_pct);

    camp.altitude_m = 2200;
    camp.to_day = 0;
    assert_near(har_camp_dose(&camp, 1).haemoglobin_pct, 0.0108, 1e-5);
    camp.to_day = 3000;
    assert_near(har_camp_dose(&camp, 24).haemoglobin_pct, 7, 1e-6);
    camp.altitude_m = 1300;
    assert_true(har_camp_dose(&camp, 24).haemoglobin_pct == 0);
    assert_true(isnan(har_camp_dose(&camp, 25).dose_km_h));
    camp.to_day = -1;
    assert_true(isnan(har_camp_dose(&camp, 22).dose_km_h));
}

/* Two roads: at the end of one stay the state is the dose's response, and the weight is the
 * one that effort gives. */
static void the_state_follows_the_stays(void **state)
{
    (void)state;
    const struct har_camp all[] = {{.from_day = 100, .to_day = 120, .altitude_m = 2135},
                                   {.from_day = 150, .to_day = 163, .altitude_m = 2400}};
    struct har_camp_dose dose = har_camp_dose(&all[0], 22);
    struct har_altitude_state at = har_altitude_state_on(all, 2, 121, 22);
    assert_near(at.haemoglobin_pct, dose.haemoglobin_pct, 1e-12);
    assert_near(at.high_pct, dose.high_pct, 1e-12);
    assert_near(at.acclimatised, har_acclimatisation(21), 1e-12);
    assert_int_equal(at.days_since, 1);

    at = har_altitude_state_on(all, 2, 100, 22); /* the morning of the first day */
    assert_true(at.haemoglobin_pct == 0 && at.acclimatised == 0);
    assert_int_equal(at.days_since, -1);
    at = har_altitude_state_on(all, 2, 110, 22);
    assert_near(at.acclimatised, har_acclimatisation(10), 1e-12);
    assert_int_equal(at.days_since, 0);

    at = har_altitude_state_on(all, 1, 142, 22);
    assert_near(at.haemoglobin_pct, dose.haemoglobin_pct / exp(1), 1e-9);
    assert_int_equal(at.days_since, 22);
    assert_near(har_altitude_state_on(all, 1, 1000, 22).acclimatised, 0, 1e-9);
    /* What the first left is there when the second begins, and it never passes the top. */
    double second = har_camp_dose(&all[1], 22).haemoglobin_pct;
    double both = har_altitude_state_on(all, 2, 164, 22).haemoglobin_pct;
    assert_true(both > second && both < second + dose.haemoglobin_pct && both < 7);
}

/* No step from one day to the next, whatever the stays; stays within stays count once. */
static void the_state_never_leaps(void **state)
{
    (void)state;
    const struct har_camp all[] = {{.from_day = 10, .to_day = 40, .altitude_m = 2500},
                                   {.from_day = 20, .to_day = 30, .altitude_m = 1600},
                                   {.from_day = 38, .to_day = 55, .altitude_m = 1600},
                                   {.from_day = 90, .to_day = 300, .altitude_m = 3500}};
    struct har_altitude_state last = har_altitude_state_on(all, 4, 0, 22);
    for (int64_t day = 1; day < 400; day++) {
        struct har_altitude_state now = har_altitude_state_on(all, 4, day, 22);
        assert_near(now.haemoglobin_pct, last.haemoglobin_pct, 0.34);
        assert_near(now.acclimatised, last.acclimatised, 0.1);
        assert_true(now.haemoglobin_pct >= 0 && now.haemoglobin_pct <= 7);
        assert_true(now.acclimatised >= 0 && now.acclimatised <= 1);
        last = now;
    }
    struct har_altitude_state none = har_altitude_state_on(NULL, 0, 5, 22);
    assert_true(none.haemoglobin_pct == 0 && none.days_since == -1);
}

static void the_windows_follow_each_other(void **state)
{
    (void)state;
    size_t count;
    const struct har_return_window *windows = har_return_windows(&count);
    assert_true(count >= 2 && windows[0].from_day == 1 && windows[0].race);
    for (size_t i = 0; i < count; i++) {
        assert_true(windows[i].from_day <= windows[i].to_day);
        if (i > 0) assert_int_equal(windows[i].from_day, windows[i - 1].to_day + 1);
        assert_non_null(strstr(windows[i].because, "thin evidence"));
    }
}

/* --- what a stay brought -----------------------------------------------------------------
 */

static void a_planted_gain_lies_in_its_interval(void **state)
{
    (void)state;
    const struct har_camp stay = {.from_day = 100, .to_day = 121, .altitude_m = 2200};
    struct har_random random = har_random_of(11);
    unsigned inside = 0;
    double sum = 0;
    enum { TRIES = 1000 };
    for (int try = 0; try < TRIES; try++) {
        struct har_camp_effort efforts[9];
        int before = 2 + try % 3, after = 2 + try % 4;
        for (int i = 0; i < before + after; i++)
            efforts[i] = (struct har_camp_effort){
                i < before ? 99 - 10 * i : 122 + 9 * (i - before),
                1.7 + (i < before ? 0 : 0.012) + 0.01 * har_random_normal(&random)};
        struct har_camp_gain gain;
        assert_int_equal(
            har_camp_brought(&stay, 1, 0, efforts, (size_t)(before + after), &gain, NULL),
            HAR_OK);
        assert_int_equal(gain.before, before);
        assert_int_equal(gain.after, after);
        assert_true(gain.low_pct < gain.gain_pct && gain.gain_pct < gain.high_pct);
        double truth = 100 * expm1(0.012);
        if (gain.low_pct <= truth && truth <= gain.high_pct) inside++;
        sum += gain.gain_pct / TRIES;
    }
    assert_near(sum, 1.2, 0.1);
    assert_near(inside / (double)TRIES, 0.8, 0.05);
}

static void only_efforts_near_the_stay_count(void **state)
{
    (void)state;
    const struct har_camp stays[] = {{.from_day = 100, .to_day = 121, .altitude_m = 2200},
                                     {.from_day = 140, .to_day = 150, .altitude_m = 2200}};
    struct har_camp_effort efforts[] = {{57, 9},  {58, 1.70},  {80, 1.72}, {100, 9},
                                        {121, 9}, {130, 1.73}, {145, 9},   {163, 1.75},
                                        {164, 9}, {90, NAN}};
    struct har_camp_gain gain;
    assert_int_equal(har_camp_brought(stays, 2, 0, efforts, SIZE(efforts), &gain, NULL),
                     HAR_OK);
    assert_int_equal(gain.before, 2);
    assert_int_equal(gain.after, 2);
    assert_near(gain.gain_pct, 100 * expm1(0.03), 1e-9);
    struct har_error err = {0};
    assert_int_equal(har_camp_brought(stays, 2, 0, efforts, 6, &gain, &err), HAR_NO_ANSWER);
    assert_non_null(strstr(err.message, "2 and 1"));
    assert_true(isnan(gain.gain_pct));
}

/* --- a real runner
 * -------------------------------------------------------------------------
 */

/* What coach will do: each activity outdoors on foot, on its own day. */
static har_status see_file(void *ctx, const struct har_found *found)
{
    struct har_arena *round = ctx;
    struct har_bytes bytes = found->bytes;
    struct har_recording recording;
    har_arena_reset(round);
    if (found->error.status != HAR_OK || strstr(found->path, ".csv")) return HAR_OK;
    if (found->packed && har_gunzip(bytes, NULL, round, &bytes, NULL)) return HAR_OK;
    if (har_decode(bytes, round, &recording, NULL) != HAR_OK) return HAR_OK;
    for (size_t i = 0; i < recording.activity_count; i++) {
        struct har_streams streams;
        if (har_clean(&recording.activities[i], NULL, round, &streams, NULL)) continue;
        const struct har_summary *of = &streams.summary;
        bool ground =
            of->setting == HAR_SETTING_OUTDOOR || of->setting == HAR_SETTING_TRACK;
        if (ground && of->start_ms != HAR_NO_TIME && seen_count < MOST)
            run_at(har_local_day(of->start_ms, of->utc_offset_s), of->altitude_m,
                   of->lat_deg, of->lon_deg);
    }
    return HAR_OK;
}

static int64_t date(int year, int month, int day)
{
    return har_day_of((struct har_date){year, month, day});
}

/* Seven weeks at 1,080 to 1,110 m with outings to 3,100 and 5,080 m are no camp; four days
 * at 1,815 to 1,858 m are. */
static void a_real_runners_stays(void **state)
{
    (void)state;
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    const char *below = "activities/seasons/tiny656-2021-2026";
    char folder[1000];
    struct har_arena round = {0};
    if (data) snprintf(folder, sizeof folder, "%s/%s", data, below);
    else snprintf(folder, sizeof folder, "%s/../shared/data/%s", root ? root : ".", below);
    if (har_walk_count(folder) == 0) {
        print_message("no %s: set HARRIER_DATA\n", folder);
        skip();
    }
    assert_int_equal(har_walk(folder, NULL, see_file, &round, NULL), HAR_OK);
    har_arena_free(&round);
    assert_true(seen_count > 500);
    find();
    unsigned in_tengchong = 0;
    for (size_t i = 0; i < camp_count; i++) {
        if (camps[i].from_day == date(2026, 2, 24)) {
            assert_int_equal(camps[i].to_day, date(2026, 2, 27));
            assert_near(camps[i].altitude_m, 1840, 30);
            in_tengchong++;
        }
        /* Aksu, 2025-06-25 to 08-13. */
        assert_true(camps[i].to_day < date(2025, 6, 25) ||
                    camps[i].from_day > date(2025, 8, 13));
    }
    assert_int_equal(in_tengchong, 1);
    assert_int_equal(camp_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(days_that_were_run_high_are_a_stay, begin),
        cmocka_unit_test_setup(rest_days_do_not_end_a_stay, begin),
        cmocka_unit_test_setup(three_days_are_no_stay_and_a_pass_is_none, begin),
        cmocka_unit_test_setup(who_lives_high_and_trains_low_stays_up, begin),
        cmocka_unit_test_setup(who_goes_up_now_and_then_lives_low, begin),
        cmocka_unit_test_setup(a_move_begins_another_stay, begin),
        cmocka_unit_test_setup(a_home_up_there_is_no_camp, begin),
        cmocka_unit_test_setup(nothing_is_no_stay_and_order_does_not_matter, begin),
        cmocka_unit_test_setup(every_lived_stay_is_found_within_a_day, begin),
        cmocka_unit_test_setup(the_simulated_season_has_its_camp, begin),
        cmocka_unit_test_setup(who_tells_knows_better, begin),
        cmocka_unit_test_setup(the_dose_is_height_times_hours, begin),
        cmocka_unit_test_setup(the_state_follows_the_stays, begin),
        cmocka_unit_test_setup(the_state_never_leaps, begin),
        cmocka_unit_test_setup(the_windows_follow_each_other, begin),
        cmocka_unit_test_setup(a_planted_gain_lies_in_its_interval, begin),
        cmocka_unit_test_setup(only_efforts_near_the_stay_count, begin),
        cmocka_unit_test_setup_teardown(a_real_runners_stays, begin, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
