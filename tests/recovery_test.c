/* SPDX-License-Identifier: MIT */
/* recovery: planted costs and planted recoveries, and what must hold for any races. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/num.h"
#include "harrier/recovery.h"

#include <math.h>
#include <string.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))
#define SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define HALF 21097.5
#define MARATHON 42195.0

/* --- expected ------------------------------------------------------------------------- */

static void a_race_costs_what_is_said_of_it(void **state)
{
    (void)state;
    assert_near(har_race_damage(5000, 1), 0.0075, 1e-12);
    assert_near(har_race_damage(HALF, 1), 0.032, 0.0005);
    assert_near(har_race_damage(MARATHON, 1), 0.063, 0.0005);
    assert_near(har_race_recovery_days(5000), 3.75, 1e-12);
    assert_true(har_race_recovery_days(HALF) > 7 && har_race_recovery_days(HALF) < 10);
    assert_true(har_race_recovery_days(MARATHON) > 14);
    assert_true(har_race_recovery_days(MARATHON) < 28);
    assert_true(har_race_damage(10000, NAN) == har_race_damage(10000, 1));
    assert_near(har_race_damage(10000, 0.3), 0.3 * har_race_damage(10000, 1), 1e-15);
    assert_true(har_race_damage(NAN, 1) == 0);
    assert_true(har_race_damage(1e9, 1) == har_race_damage(100000, 1));
}

static void all_out_is_an_effort_of_1(void **state)
{
    (void)state;
    struct har_emig curve = {5.5, 0.06, 0.06};
    for (double distance_m = 1500; distance_m < 43000; distance_m *= 1.4) {
        double all_out_s = har_emig_time(&curve, distance_m), last = 1.001;
        assert_near(har_race_effort(&curve, distance_m, all_out_s), 1, 1e-9);
        assert_true(har_race_effort(&curve, distance_m, 0.97 * all_out_s) == 1);
        for (double slower = 1; slower < 1.4; slower += 0.02) {
            double effort = har_race_effort(&curve, distance_m, slower * all_out_s);
            assert_true(effort >= 0 && effort < last);
            if (effort == 0) break;
            last = effort;
        }
        /* 5 % slower is far from all: the speed could be held for twice as long. */
        assert_true(har_race_effort(&curve, distance_m, 1.05 * all_out_s) < 0.6);
    }
    struct har_emig none = {NAN, NAN, NAN};
    assert_true(isnan(har_race_effort(&none, 5000, 1000)));
    assert_true(isnan(har_race_effort(&curve, 5000, NAN)));
}

static void tolls_add_up_and_fade(void **state)
{
    (void)state;
    const struct har_raced races[] = {
        {100, MARATHON, 1}, {110, 5000, NAN}, {120, HALF, 0.5}};
    struct har_toll_factor factor = har_toll_unknown();
    assert_true(har_toll_on(races, 3, factor, 100).cost_pct == 0);
    struct har_toll next = har_toll_on(races, 3, factor, 101);
    assert_near(next.cost_pct, 6.33, 0.01);
    assert_true(next.low_pct < next.cost_pct && next.cost_pct < next.high_pct);
    assert_true(next.low_pct > 0);
    double week = har_toll_on(races, 3, factor, 108).cost_pct;
    assert_near(week, 6.33 * exp(-7 / har_race_recovery_days(MARATHON)), 0.01);
    assert_near(har_toll_on(races, 3, factor, 121).cost_pct,
                har_toll_on(races, 1, factor, 121).cost_pct +
                    har_toll_on(races + 1, 1, factor, 121).cost_pct +
                    100 * har_race_damage(HALF, 0.5),
                1e-12);
    assert_true(har_toll_on(races, 3, factor, 400).cost_pct < 0.001);
}

/* A runner to whom races cost twice as much: shortfalls say so, and the more the surer. */
static void the_factor_is_learnt(void **state)
{
    (void)state;
    enum { RACES = 40 };
    struct har_raced races[RACES];
    struct har_shortfall seen[RACES];
    struct har_random random = har_random_of(8);
    for (int i = 0; i < RACES; i++)
        races[i] = (struct har_raced){100 + 9 * i, i % 2 ? 10000 : HALF, 1};
    for (int i = 0; i < RACES; i++) {
        struct har_toll toll = har_toll_on(races, RACES, har_toll_unknown(), races[i].day);
        seen[i] = (struct har_shortfall){
            races[i].day, 2 * toll.cost_pct / 100 + 0.01 * har_random_normal(&random),
            0.01};
    }
    struct har_toll_factor none = har_toll_learn(races, RACES, seen, 0);
    assert_true(none.mean == 1 && none.spread == 0.6);
    struct har_toll_factor few = har_toll_learn(races, RACES, seen, 6);
    struct har_toll_factor all = har_toll_learn(races, RACES, seen, RACES);
    assert_near(all.mean, 2, 0.3);
    assert_true(all.spread < few.spread && few.spread < none.spread);

    /* A race that stands alone says nothing, nor does one that is not known. */
    const struct har_shortfall alone[] = {
        {50, 0.05, 0.01}, {120, NAN, 0.01}, {120, 0.1, 0}};
    struct har_toll_factor after = har_toll_learn(races, RACES, alone, SIZE(alone));
    assert_near(after.mean, 1, 1e-12);
    assert_near(after.spread, 0.6, 1e-12);
    /* Faster than expected after races: a factor is not below 0. */
    for (int i = 0; i < RACES; i++) seen[i].ln_slower = -0.05;
    assert_true(har_toll_learn(races, RACES, seen, RACES).mean == 0);
}

static void races_of_one_kind(void **state)
{
    (void)state;
    assert_true(har_same_kind_of_race(5000, 5000));
    assert_true(har_same_kind_of_race(HALF, 20000) && har_same_kind_of_race(20000, HALF));
    assert_false(har_same_kind_of_race(10000, 15000));
    assert_false(har_same_kind_of_race(NAN, 15000));
}

/* --- a steady run ------------------------------------------------------------------------
 */

enum { LONG_RUN_S = 4800 };
static double time_s[LONG_RUN_S], way_m[LONG_RUN_S], heart_bpm[LONG_RUN_S];
static bool broken[LONG_RUN_S];

/* A run of `seconds`, whose heart drifts from 140 by `drift` of itself in an hour. */
static struct har_streams run_for(int seconds, double drift, double waves)
{
    memset(broken, 0, sizeof broken);
    broken[0] = true;
    for (int i = 0; i < seconds; i++) {
        double speed_mps = 3.5 * (1 + waves * (i / 180 % 2 ? 1 : -1));
        time_s[i] = i;
        way_m[i] = i > 0 ? way_m[i - 1] + speed_mps : 0;
        heart_bpm[i] = 140 * (1 + drift * i / 3600.0);
    }
    return (struct har_streams){.count = (size_t)seconds,
                                .time_s = time_s,
                                .distance_m = way_m,
                                .heart_bpm = heart_bpm,
                                .broken = broken};
}

static void a_drifting_heart_decouples(void **state)
{
    (void)state;
    struct har_flat flat = {.flat_m = way_m};
    struct har_steady steady;
    struct har_streams run = run_for(4800, 0, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    assert_near(steady.decoupling, 0, 1e-9);
    assert_near(steady.flat_mps, 3.5, 1e-9);
    assert_near(steady.heart_bpm, 140, 1e-9);
    assert_near(steady.seconds, 4200, 2);
    assert_near(har_heart_at(&steady, 40, 3.5), 140, 1e-9);
    assert_near(har_heart_at(&steady, 40, 2.8), 120, 1e-9);

    run = run_for(4800, 0.06, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    /* Middles of the halves: 1650 s and 3750 s. */
    assert_near(steady.decoupling, 1 - (1 + 0.06 * 1650 / 3600) / (1 + 0.06 * 3750 / 3600),
                1e-4);
}

static void what_is_not_steady_says_nothing(void **state)
{
    (void)state;
    struct har_flat flat = {.flat_m = way_m};
    struct har_steady steady;
    struct har_streams run = run_for(1700, 0, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run = run_for(1900, 0, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    run = run_for(4000, 0, 0.2);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run = run_for(4000, 0, 0.05);
    for (int i = 2000; i < 4000; i++) heart_bpm[i] = NAN;
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run.heart_bpm = NULL;
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run = run_for(4000, 0, 0); /* stood for an hour, and the clock with it */
    for (int i = 1500; i < 4000; i++) time_s[i] += 3600;
    broken[1500] = true;
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    assert_near(steady.flat_mps, 3.5, 1e-9);
    assert_true(isnan(har_heart_at(&steady, NAN, 3.5)));
}

/* --- back to usual
 * ------------------------------------------------------------------------ */

/* Resting values of 150 with a scatter of 2, off by `size` the day after day 100, which
 * fades with a time of `time_days`. */
static size_t live_through(uint64_t seed, double size, double time_days,
                           struct har_measured *out)
{
    struct har_random random = har_random_of(seed);
    size_t count = 0;
    for (int day = 70; day < 130; day++) {
        double off = day > 100 ? size * exp(-(day - 101) / time_days) : 0;
        double value = 150 + 2 * (off + har_random_normal(&random));
        if (day != 100 && har_random_uniform(&random) < 0.8)
            out[count++] = (struct har_measured){day, value};
    }
    return count;
}

static void a_planted_recovery_lies_in_its_interval(void **state)
{
    (void)state;
    static const struct {
        double size, time_days;
    } rows[] = {{5, 3}, {4, 6}, {6, 5}, {3, 4}};
    unsigned inside = 0, all = 0;
    for (size_t row = 0; row < SIZE(rows); row++) {
        double truth = 1 + rows[row].time_days * log(rows[row].size / 0.5), mean = 0;
        for (uint64_t seed = 0; seed < 60; seed++) {
            struct har_measured seen[60];
            struct har_recovery back;
            size_t count = live_through(seed, rows[row].size, rows[row].time_days, seen);
            assert_int_equal(
                har_recovery_of(seen, count, HAR_TIRED_HIGHER, 100, 128, &back, NULL),
                HAR_OK);
            assert_near(back.usual, 150, 2);
            assert_true(back.low_days <= back.days && back.days <= back.high_days);
            if (back.low_days <= truth && truth <= back.high_days) inside++;
            all++;
            mean += back.days / 60;
        }
        assert_near(mean, truth, 0.3 * truth);
    }
    print_message("# %u of %u within their 80 %% interval\n", inside, all);
    assert_true(inside >= 0.7 * all);
}

static void no_effect_is_back_at_once(void **state)
{
    (void)state;
    unsigned at_once = 0;
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct har_measured seen[60];
        struct har_recovery back;
        size_t count = live_through(seed, 0, 1, seen);
        har_recovery_of(seen, count, HAR_TIRED_HIGHER, 100, 128, &back, NULL);
        if (back.low_days == 0 && back.days < 4) at_once++;
    }
    assert_true(at_once > 40);
}

/* What falls when one is tired is the mirror image of what rises. */
static void lower_is_the_mirror_of_higher(void **state)
{
    (void)state;
    struct har_measured seen[60], mirror[60];
    struct har_recovery back, other;
    size_t count = live_through(3, 5, 4, seen);
    for (size_t i = 0; i < count; i++)
        mirror[i] = (struct har_measured){seen[i].day, 300 - seen[i].value};
    har_recovery_of(seen, count, HAR_TIRED_HIGHER, 100, 128, &back, NULL);
    har_recovery_of(mirror, count, HAR_TIRED_LOWER, 100, 128, &other, NULL);
    assert_near(back.days, other.days, 1e-9);
    assert_near(back.high_days, other.high_days, 1e-9);
}

static void sooner_than_last_time(void **state)
{
    (void)state;
    struct har_measured seen[60];
    struct har_recovery now, then;
    har_recovery_of(seen, live_through(5, 5, 3, seen), HAR_TIRED_HIGHER, 100, 128, &now,
                    NULL);
    har_recovery_of(seen, live_through(6, 5, 6, seen), HAR_TIRED_HIGHER, 100, 128, &then,
                    NULL);
    struct har_sooner sooner = har_recovery_sooner(&now, &then);
    assert_near(sooner.days, then.days - now.days, 1e-12);
    assert_true(sooner.low_days < sooner.days && sooner.days < sooner.high_days);
    struct har_sooner later = har_recovery_sooner(&then, &now);
    assert_near(later.low_days, -sooner.high_days, 1e-12);
    assert_near(later.high_days, -sooner.low_days, 1e-12);
}

static void too_few_days_are_no_answer(void **state)
{
    (void)state;
    struct har_measured seen[] = {{90, 150},  {92, 151},  {94, 149},  {96, 150},
                                  {101, 160}, {103, 155}, {105, 152}, {140, 150}};
    struct har_recovery back;
    struct har_error err = {0};
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 100, 128, &back, NULL), HAR_OK);
    assert_int_equal(back.before, 4);
    assert_int_equal(back.after, 3);
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 100, 104, &back, &err),
        HAR_NO_ANSWER);
    assert_non_null(strstr(err.message, "4 and 2"));
    assert_int_equal(
        har_recovery_of(seen + 1, SIZE(seen) - 1, HAR_TIRED_HIGHER, 100, 128, &back, NULL),
        HAR_NO_ANSWER);
    for (int i = 0; i < 4; i++) seen[i].value = 150; /* a sensor that is stuck */
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 100, 128, &back, NULL),
        HAR_NO_ANSWER);
    assert_true(isnan(back.days));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_race_costs_what_is_said_of_it),
        cmocka_unit_test(all_out_is_an_effort_of_1),
        cmocka_unit_test(tolls_add_up_and_fade),
        cmocka_unit_test(the_factor_is_learnt),
        cmocka_unit_test(races_of_one_kind),
        cmocka_unit_test(a_drifting_heart_decouples),
        cmocka_unit_test(what_is_not_steady_says_nothing),
        cmocka_unit_test(a_planted_recovery_lies_in_its_interval),
        cmocka_unit_test(no_effect_is_back_at_once),
        cmocka_unit_test(lower_is_the_mirror_of_higher),
        cmocka_unit_test(sooner_than_last_time),
        cmocka_unit_test(too_few_days_are_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
