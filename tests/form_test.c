/* SPDX-License-Identifier: MIT */
/* form: the numbers of section and paper, what must hold for any diary, and the same sums
 * by another road. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/form.h"
#include "harrier/num.h"

#include <math.h>
#include <time.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))
#define SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define DAY_MS INT64_C(86400000)

enum { MOST = 4000, FIRST = 19000 };

static struct har_arena arena;
static struct har_done done[MOST];
static size_t done_count;

static int begin(void **state)
{
    (void)state;
    har_arena_free(&arena);
    done_count = 0;
    return 0;
}

static struct har_done *do_on(int day, double load)
{
    done[done_count] = (struct har_done){
        .start_ms = (FIRST + day) * DAY_MS + 8 * 3600 * 1000,
        .elapsed_s = 3600,
        .load = load,
        .distance_m = NAN,
    };
    return &done[done_count++];
}

static struct har_form form_by(const struct har_form_settings *settings)
{
    struct har_form form;
    struct har_error err = {0};
    if (har_form(done, done_count, settings, &arena, &form, &err) != HAR_OK)
        fail_msg("%s", err.message);
    return form;
}

/* --- numbers ---------------------------------------------------------------------------
 */

static void constant_load_for_42_days_is_63_percent(void **state)
{
    (void)state;
    for (int day = 0; day < 60; day++) do_on(day, 80);
    struct har_form form = form_by(NULL);
    assert_int_equal(form.day_count, 60);
    assert_near(form.days[41].fitness / 80, 0.632, 0.0005);
    assert_near(form.days[41].fitness / 80, 1 - exp(-1), 1e-12);
    assert_near(form.days[6].fatigue / 80, 1 - exp(-1), 1e-12);
    assert_near(form.days[41].known, 1 - exp(-1), 1e-12);
    assert_near(form.days[41].form, form.days[40].fitness - form.days[40].fatigue, 1e-12);
    assert_true(form.days[0].form == 0);
}

static void others_have_other_weights(void **state)
{
    (void)state;
    assert_near(har_fade_weight(HAR_FADE_EXPONENTIAL, 42), 0.023528, 1e-6);
    assert_near(har_fade_weight(HAR_FADE_INVERSE, 42), 1 / 42.0, 1e-15);
    assert_near(har_fade_weight(HAR_FADE_SPAN, 42), 2 / 43.0, 1e-15);
    assert_true(isnan(har_fade_weight(HAR_FADE_INVERSE, 0.5)));
    assert_true(isnan(har_fade_weight(HAR_FADE_EXPONENTIAL, 0)));
    assert_true(isnan(har_fade_weight(HAR_FADE_EXPONENTIAL, NAN)));
    for (int day = 0; day < 90; day++) do_on(day, 50);
    struct har_form_settings span = {.fade = HAR_FADE_SPAN, .fitness_days = 50};
    struct har_form form = form_by(&span);
    assert_near(form.days[89].fitness, 50 * (1 - pow(49 / 51.0, 90)), 1e-9);
    span.fatigue_days = -1;
    assert_int_equal(har_form(done, done_count, &span, &arena, &form, NULL),
                     HAR_OUT_OF_RANGE);
}

/* Worked by hand: mean 50, squares 15400 / 6, SD 50.66. */
static void monotony_and_strain_of_a_week(void **state)
{
    (void)state;
    static const double week[] = {0, 70, 0, 80, 0, 60, 140};
    for (int day = 0; day < 7; day++) do_on(day, week[day]);
    struct har_form form = form_by(NULL);
    double deviation = sqrt((3 * 2500 + 400 + 900 + 100 + 8100) / 6.0);
    assert_near(form.days[6].week_load, 350, 1e-9);
    assert_near(form.days[6].monotony, 50 / deviation, 1e-12);
    assert_near(form.days[6].strain, 350 * 50 / deviation, 1e-9);
    assert_true(isnan(form.days[5].monotony)); /* six days are no week */

    static const double alike[] = {60, 60, 60, 60, 60, 60, 60}, none[7] = {0};
    assert_true(har_monotony(alike, 7) == HAR_MOST_MONOTONY);
    assert_true(har_monotony(none, 7) == 0);
}

static void a_leap_of_the_longest_run(void **state)
{
    (void)state;
    static const int days[] = {0, 3, 10, 33, 34, 64, 65};
    static const double distance_m[] = {10000, 20000, 15000, 24000, 24000, 12000, 25000};
    for (size_t i = 0; i < SIZE(days); i++) do_on(days[i], 40)->distance_m = distance_m[i];
    struct har_form_settings complete = {.complete = true};
    struct har_form form = form_by(&complete);
    assert_true(isnan(form.days[0].spike)); /* nothing to leap from */
    assert_true(isnan(form.days[1].spike)); /* no run */
    assert_near(form.days[3].spike, 2, 1e-12);
    assert_near(form.days[10].spike, 0.75, 1e-12);
    assert_near(form.days[33].spike, 1.2, 1e-12);         /* day 3 is 30 days back */
    assert_near(form.days[64].spike, 0.5, 1e-12);         /* day 34 is */
    assert_near(form.days[65].spike, 25.0 / 12.0, 1e-12); /* and now is not */
    assert_true(har_spike_hazard(1.1) == 1 && har_spike_hazard(NAN) == 1);
    assert_true(har_spike_hazard(1.2) == 1.64);
    assert_true(har_spike_hazard(2.0) == 1.52);
    assert_true(har_spike_hazard(25.0 / 12.0) == 2.28);
}

static void races_lie_dense(void **state)
{
    (void)state;
    static const int days[] = {0, 7, 13, 14, 27, 30};
    for (size_t i = 0; i < SIZE(days); i++) do_on(days[i], 60)->race = true;
    struct har_form form = form_by(NULL);
    static const struct {
        int day;
        unsigned week, fortnight, month;
    } rows[] = {{0, 1, 1, 1},  {6, 1, 1, 1},  {7, 1, 2, 2},  {13, 2, 3, 3},
                {14, 2, 3, 4}, {27, 1, 2, 5}, {28, 1, 1, 4}, {30, 2, 2, 5}};
    for (size_t i = 0; i < SIZE(rows); i++) {
        const struct har_form_day *day = &form.days[rows[i].day];
        assert_int_equal(day->races_7, rows[i].week);
        assert_int_equal(day->races_14, rows[i].fortnight);
        assert_int_equal(day->races_28, rows[i].month);
    }
}

/* --- what is not known -------------------------------------------------------------------
 */

static void a_hole_in_the_diary_is_no_rest(void **state)
{
    (void)state;
    for (int day = 0; day < 100; day++) do_on(day, 70);
    for (int day = 121; day < 130; day++) do_on(day, 70);
    struct har_form hole = form_by(NULL);
    struct har_form_settings complete = {.complete = true};
    struct har_form rest = form_by(&complete);
    assert_true(isnan(hole.days[100].load) && isnan(hole.days[120].load));
    assert_true(rest.days[100].load == 0 && rest.days[120].load == 0);
    assert_near(hole.days[120].fitness, hole.days[99].fitness, 1e-9);
    assert_near(hole.days[120].form, 0, 2);
    assert_true(rest.days[120].fitness < 0.62 * hole.days[120].fitness);
    assert_true(hole.days[120].known < 0.62 * hole.days[99].known);
    assert_near(rest.days[120].known, 1 - exp(-121 / 42.0), 1e-9);
    assert_true(isnan(hole.days[123].monotony) && !isnan(rest.days[123].monotony));
    assert_true(!isnan(hole.days[127].monotony));
}

static void six_days_off_are_rest(void **state)
{
    (void)state;
    do_on(0, 50);
    do_on(7, 50);
    do_on(15, 50);
    struct har_form form = form_by(NULL);
    for (int day = 1; day < 7; day++) assert_true(form.days[day].load == 0);
    for (int day = 8; day < 15; day++) assert_true(isnan(form.days[day].load));
}

/* A plan is complete: its days of rest are rest, those of the diary before it are not. */
static void a_plan_has_no_holes(void **state)
{
    (void)state;
    do_on(0, 50);
    do_on(40, 50); /* after a hole */
    do_on(60, 50); /* planned, after three weeks of rest, ten days of them from today on */
    struct har_form_settings plan = {.complete_from = FIRST + 50, .to_day = FIRST + 80};
    struct har_form form = form_by(&plan);
    assert_true(isnan(form.days[1].load) && isnan(form.days[39].load));
    assert_true(isnan(form.days[41].load) && isnan(form.days[49].load));
    for (int day = 50; day <= 80; day++) assert_true(form.days[day].load >= 0);
    plan.complete_from = FIRST - 10;
    form = form_by(&plan);
    assert_true(form.days[1].load == 0);
    plan.complete_from = FIRST + 1000;
    form = form_by(&plan);
    assert_true(isnan(form.days[80].load));
}

static void a_load_that_is_not_known_is_counted(void **state)
{
    (void)state;
    do_on(0, NAN);
    do_on(0, 30)->start_ms += 6 * 3600 * 1000;
    struct har_form form = form_by(NULL);
    assert_true(form.days[0].load == 30);
    assert_int_equal(form.days[0].sessions, 2);
    assert_int_equal(form.days[0].unknown, 1);
}

static void two_watches_on_one_run_count_once(void **state)
{
    (void)state;
    do_on(0, 60)->race = true;
    struct har_done *other = do_on(0, 64);
    other->start_ms += 95 * 1000;
    other->elapsed_s = 3300;
    do_on(0, 20)->start_ms += 3590 * 1000; /* the way home */
    do_on(0, 10)->start_ms += 9 * 3600 * 1000;
    done[3].elapsed_s = NAN;
    struct har_form form = form_by(NULL);
    assert_true(form.days[0].load == 94);
    assert_int_equal(form.days[0].doubled, 1);
    assert_int_equal(form.days[0].sessions, 3);
    assert_int_equal(form.days[0].races, 1);
}

/* 2026-11-22: a race that only its result told of lasted nobody knew how long, and took the
 * session after it, days later, for another watch on itself: 60 and 0. */
static void what_has_no_length_overlaps_nothing(void **state)
{
    (void)state;
    do_on(0, 60)->elapsed_s = NAN;
    do_on(3, 50);
    struct har_form form = form_by(NULL);
    assert_int_equal(form.day_count, 4);
    assert_true(form.days[0].load == 60 && form.days[3].load == 50);
    assert_int_equal(form.days[0].doubled, 0);
}

static void days_are_the_runners_own(void **state)
{
    (void)state;
    do_on(0, 40)->utc_offset_s = -9 * 3600;
    do_on(0, 50)->start_ms += 3 * 3600 * 1000;
    struct har_form form = form_by(NULL);
    assert_int_equal(form.day_count, 2);
    assert_int_equal(form.days[0].day, FIRST - 1);
    assert_true(form.days[0].load == 40 && form.days[1].load == 50);
}

static void nothing_is_not_found(void **state)
{
    (void)state;
    struct har_form form;
    assert_int_equal(har_form(NULL, 0, NULL, &arena, &form, NULL), HAR_NOT_FOUND);
    do_on(0, 40)->start_ms = HAR_NO_TIME;
    assert_int_equal(har_form(done, 1, NULL, &arena, &form, NULL), HAR_NOT_FOUND);
    do_on(0, 40);
    do_on(200 * 366, 40);
    assert_int_equal(har_form(done, 3, NULL, &arena, &form, NULL), HAR_OUT_OF_RANGE);
}

/* --- what must hold --------------------------------------------------------------------
 */

/* The sum over all days before, as Banister writes it, is the same number. */
static void the_recursion_is_the_sum(void **state)
{
    (void)state;
    struct har_random random = har_random_of(5);
    for (int day = 0; day < 200; day++) do_on(day, 150 * har_random_uniform(&random));
    struct har_form form = form_by(NULL);
    for (int at = 0; at < 200; at += 13) {
        double sum = 0;
        for (int i = 0; i <= at; i++)
            sum += form.days[i].load * exp(-(at - i) / 42.0) * (1 - exp(-1 / 42.0));
        assert_near(form.days[at].fitness, sum, 1e-9);
    }
}

static void order_does_not_matter_and_a_plan_goes_on(void **state)
{
    (void)state;
    struct har_random random = har_random_of(6);
    for (int i = 0; i < 300; i++)
        do_on((int)(har_random_bits(&random) % 120), 90 * har_random_uniform(&random))
            ->start_ms += (int64_t)(har_random_bits(&random) % 36000000);
    struct har_form_settings plan = {.to_day = FIRST + 150, .complete = true};
    struct har_form once = form_by(&plan);
    for (size_t i = 0; i < done_count / 2; i++) {
        struct har_done swap = done[i];
        done[i] = done[done_count - 1 - i];
        done[done_count - 1 - i] = swap;
    }
    struct har_form twice = form_by(&plan);
    assert_int_equal(once.days[once.day_count - 1].day, FIRST + 150);
    assert_true(once.days[once.day_count - 1].form > 0); /* who rests is fresh */
    for (size_t i = 0; i < once.day_count; i++) {
        assert_true(once.days[i].fitness == twice.days[i].fitness);
        assert_true(once.days[i].form == twice.days[i].form);
    }
}

static void memory_may_end(void **state)
{
    (void)state;
    for (int day = 0; day < 50; day++) do_on(day, 40);
    bool failed = false;
    for (size_t limit = 1; limit < 40000; limit += 997) {
        struct har_arena little = {.limit = limit};
        struct har_form form;
        har_status got = har_form(done, done_count, NULL, &little, &form, NULL);
        assert_true(got == HAR_OK || got == HAR_NO_MEMORY);
        failed = failed || got == HAR_NO_MEMORY;
        har_arena_free(&little);
    }
    assert_true(failed);
}

/* Under 5 ms on an ordinary machine; ten times that where sanitizers and others run. */
static void ten_years_take_no_time(void **state)
{
    (void)state;
    for (int day = 0; day < 3652; day++) do_on(day, 40 + day % 50)->distance_m = 9000;
    clock_t before = clock();
    struct har_form form = form_by(NULL);
    double took_s = (double)(clock() - before) / CLOCKS_PER_SEC;
    assert_int_equal(form.day_count, 3652);
    assert_true(took_s < 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(constant_load_for_42_days_is_63_percent, begin),
        cmocka_unit_test_setup(others_have_other_weights, begin),
        cmocka_unit_test_setup(monotony_and_strain_of_a_week, begin),
        cmocka_unit_test_setup(a_leap_of_the_longest_run, begin),
        cmocka_unit_test_setup(races_lie_dense, begin),
        cmocka_unit_test_setup(a_hole_in_the_diary_is_no_rest, begin),
        cmocka_unit_test_setup(six_days_off_are_rest, begin),
        cmocka_unit_test_setup(a_plan_has_no_holes, begin),
        cmocka_unit_test_setup(a_load_that_is_not_known_is_counted, begin),
        cmocka_unit_test_setup(two_watches_on_one_run_count_once, begin),
        cmocka_unit_test_setup(what_has_no_length_overlaps_nothing, begin),
        cmocka_unit_test_setup(days_are_the_runners_own, begin),
        cmocka_unit_test_setup(nothing_is_not_found, begin),
        cmocka_unit_test_setup(the_recursion_is_the_sum, begin),
        cmocka_unit_test_setup(order_does_not_matter_and_a_plan_goes_on, begin),
        cmocka_unit_test_setup(memory_may_end, begin),
        cmocka_unit_test_setup_teardown(ten_years_take_no_time, begin, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
