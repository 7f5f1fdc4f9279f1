/* SPDX-License-Identifier: MIT */
/* response: runners whose truth was planted, runners without any response, and the same
 * sums by another road. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/num.h"
#include "harrier/response.h"
#include "harrier/simulate.h"

#include <math.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))

enum { DAYS = 420, MARKS = 32, RUNNERS = 200, FIRST = 19500 };
enum { LONG_DAYS = 840, LONG_MARKS = 63 }; /* as often, over twice the time */

static struct har_arena arena;

/* A runner who trains for a year or two and races now and then. */
struct lived {
    struct har_truth truth;
    double load[LONG_DAYS];
    struct har_load_days days;
    int marks;
    struct har_shown_form shown[LONG_MARKS];
    double expected[LONG_MARKS]; /* by the true parameters */
};

/* How a mark comes about. */
enum world { RESPONDS, CONSTANT, DRIFTS, IMPROVES };

static void train(struct lived *r, int days, struct har_random *random)
{
    static const double week[] = {0.5, 1.5, 0.9, 1.5, 0.4, 1.2, 1.8};
    double level = 45 + 35 * har_random_uniform(random), block = 1;
    for (int day = 0; day < days; day++) {
        if (day % 28 == 0) block = 0.6 + 0.8 * har_random_uniform(random);
        double ease = day % 28 >= 21 ? 0.6 : 1;
        double luck = fmax(0, 1 + 0.35 * har_random_normal(random));
        r->load[day] = level * block * ease * week[day % 7] * luck;
    }
    r->days = (struct har_load_days){FIRST, (size_t)days, r->load};
}

/* Sums of load as Banister writes them, from a steady state before the first day. */
static double true_form(const struct lived *r, int day)
{
    const struct har_truth *t = &r->truth;
    double usual = 60, fitness = usual / (1 - exp(-1 / t->fitness_days)),
           fatigue = usual / (1 - exp(-1 / t->fatigue_days));
    double from = t->fitness_gain * fitness - t->fatigue_gain * fatigue;
    for (int i = 0; i < day; i++) {
        fitness = (fitness + r->load[i]) * exp(-1 / t->fitness_days);
        fatigue = (fatigue + r->load[i]) * exp(-1 / t->fatigue_days);
    }
    return t->fitness_gain * fitness - t->fatigue_gain * fatigue - from;
}

static void live_for(struct lived *r, uint64_t seed, enum world world, double luck,
                     int days, int marks)
{
    struct har_random random = har_random_of(seed * 1000 + 77);
    r->truth = har_truth_of(seed + 2);
    train(r, days, &random);
    r->marks = marks;
    double drift = 0;
    for (int i = 0; i < marks; i++) {
        int day =
            40 + i * (days - 41) / (marks - 1) - (int)(12 * har_random_uniform(&random));
        drift += 0.006 * har_random_normal(&random);
        double form = world == RESPONDS   ? log(1 + true_form(r, day))
                      : world == DRIFTS   ? drift
                      : world == IMPROVES ? 0.04 * i / marks
                                          : 0;
        r->expected[i] = log(r->truth.v_m_mps) + form;
        r->shown[i] = (struct har_shown_form){
            FIRST + day, r->expected[i] + luck * har_random_normal(&random), 0};
    }
}

static void live(struct lived *r, uint64_t seed, enum world world, double luck)
{
    live_for(r, seed, world, luck, DAYS, MARKS);
}

static struct har_response_trial try_it(const struct lived *r)
{
    struct har_response_trial trial;
    struct har_error err = {0};
    har_arena_reset(&arena);
    if (har_response_try(&r->days, r->shown, (size_t)r->marks, &arena, &trial, &err) !=
        HAR_OK)
        fail_msg("%s", err.message);
    return trial;
}

/* --- planted truth ---------------------------------------------------------------------
 */

/* Each mark foretold from those before it alone, against what the true parameters say. */
static double error_beside_the_truth(unsigned runners, double luck, int days, int marks,
                                     double *worth)
{
    double own = 0, true_squares = 0;
    *worth = 0;
    for (uint64_t seed = 0; seed < runners; seed++) {
        struct lived r;
        live_for(&r, seed, RESPONDS, luck, days, marks);
        struct har_response_trial trial = try_it(&r);
        own += trial.error * trial.error;
        for (size_t i = (size_t)marks - trial.tried; i < (size_t)marks; i++) {
            double error = r.shown[i].ln_speed - r.expected[i];
            true_squares += error * error / (double)trial.tried;
        }
        if (trial.worth_showing) *worth += 1.0 / runners;
    }
    double ratio = sqrt(own / true_squares);
    print_message("# luck %.3f, %d marks: error %.4f times that of the truth; %.1f %% "
                  "worth showing\n",
                  luck, marks, ratio, 100 * *worth);
    return ratio;
}

static void errors_are_nearly_those_of_the_truth(void **state)
{
    (void)state;
    double worth;
    assert_true(error_beside_the_truth(RUNNERS, 0.01, DAYS, MARKS, &worth) <= 1.1);
    assert_true(worth > 0.5);
    /* The less luck there is, the more six numbers learnt from ten marks and a few cost
     * beside it: about sqrt(1 + 6 / marks). */
    assert_true(error_beside_the_truth(RUNNERS / 5, 0.004, LONG_DAYS, LONG_MARKS, &worth) <=
                1.1);
    assert_true(worth > 0.9);
}

static void who_does_not_respond_is_not_shown_to(void **state)
{
    (void)state;
    for (enum world world = CONSTANT; world <= IMPROVES; world++) {
        unsigned hidden = 0, runners = world == CONSTANT ? RUNNERS : RUNNERS / 4;
        for (uint64_t seed = 0; seed < runners; seed++) {
            struct lived r;
            live(&r, seed, world, 0.01);
            if (!try_it(&r).worth_showing) hidden++;
        }
        print_message("# world %d: hidden from %u of %u\n", (int)world, hidden, runners);
        assert_true(hidden >= 0.9 * runners);
    }
}

static void the_truth_is_found_where_marks_are_many_and_good(void **state)
{
    (void)state;
    struct lived r;
    live(&r, 4, RESPONDS, 0);
    struct har_response fit;
    har_arena_reset(&arena);
    assert_int_equal(har_response_fit(&r.days, r.shown, MARKS, &arena, &fit, NULL), HAR_OK);
    const struct har_truth *t = &r.truth;
    double gain =
        100 * t->fitness_gain * exp(-1 / t->fitness_days) / (1 - exp(-1 / t->fitness_days));
    double cost =
        100 * t->fatigue_gain * exp(-1 / t->fatigue_days) / (1 - exp(-1 / t->fatigue_days));
    assert_near(fit.fitness_gain / gain, 1, 0.25);
    assert_near(fit.fatigue_gain / cost, 1, 0.25);
    assert_near(fit.fitness_days / t->fitness_days, 1, 0.25);
    assert_near(fit.fatigue_days / t->fatigue_days, 1, 0.25);
}

/* --- what must hold ----------------------------------------------------------------------
 */

static void the_spread_holds_what_it_says(void **state)
{
    (void)state;
    unsigned inside = 0, all = 0;
    for (uint64_t seed = 0; seed < RUNNERS; seed++) {
        struct lived r;
        struct har_response fit;
        live(&r, seed, RESPONDS, 0.012);
        for (size_t last = 12; last < MARKS; last += 9) {
            double spread, said;
            har_arena_reset(&arena);
            assert_int_equal(har_response_fit(&r.days, r.shown, last, &arena, &fit, NULL),
                             HAR_OK);
            said = har_response_on(&fit, &r.days, r.shown[last].day, &spread);
            assert_true(spread > fit.luck);
            all++;
            if (fabs(r.shown[last].ln_speed - said) < 1.2816 * spread) inside++;
        }
    }
    assert_near((double)inside / all, 0.8, 0.06);
}

/* Two roads to one number: Banister's sums over all days. */
static void the_means_are_the_sums(void **state)
{
    (void)state;
    struct lived r;
    live(&r, 9, RESPONDS, 0);
    struct har_response known = {1.5, 0.14, 0.05, 40, 9, 0.01, 60, {0}};
    double before = 1.5 + 0.14 * 0.6 - 0.05 * 0.6;
    assert_near(har_response_on(&known, &r.days, FIRST, NULL), before, 1e-12);
    for (int day = 1; day <= DAYS; day += 41) {
        double slow = 0.6 * exp(-day / 40.0), fast = 0.6 * exp(-day / 9.0);
        for (int i = 0; i < day; i++) {
            slow += r.load[i] / 100 * exp(-(day - 1 - i) / 40.0) * (1 - exp(-1 / 40.0));
            fast += r.load[i] / 100 * exp(-(day - 1 - i) / 9.0) * (1 - exp(-1 / 9.0));
        }
        double spread;
        assert_near(har_response_on(&known, &r.days, FIRST + day, &spread),
                    1.5 + 0.14 * slow - 0.05 * fast, 1e-10);
        assert_near(spread, 0.01, 1e-15);
    }
    assert_true(isnan(har_response_on(&known, &r.days, FIRST - 1, NULL)));
    assert_true(isnan(har_response_on(&known, &r.days, FIRST + DAYS + 1, NULL)));
}

static void a_day_that_is_not_known_changes_nothing(void **state)
{
    (void)state;
    double load[60];
    for (int i = 0; i < 60; i++) load[i] = i < 30 ? 80 : NAN;
    struct har_load_days days = {FIRST, 60, load};
    struct har_response known = {1.5, 0.14, 0.05, 40, 9, 0.01, 50, {0}};
    assert_true(har_response_on(&known, &days, FIRST + 30, NULL) ==
                har_response_on(&known, &days, FIRST + 60, NULL));
}

/* More load never helps the fatigue, nor harms the fitness: gains are not below zero. */
static void gains_are_at_least_zero(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct lived r;
        struct har_response fit;
        live(&r, seed, RESPONDS, 0.002);
        for (int i = 0; i < MARKS; i++) /* a world upside down */
            r.shown[i].ln_speed = 2 * log(r.truth.v_m_mps) - r.shown[i].ln_speed;
        har_arena_reset(&arena);
        assert_int_equal(har_response_fit(&r.days, r.shown, MARKS, &arena, &fit, NULL),
                         HAR_OK);
        assert_true(fit.fitness_gain >= 0 && fit.fatigue_gain >= 0);
        assert_true(fit.fitness_gain == 0 || fit.fatigue_gain == 0);
        assert_false(try_it(&r).worth_showing);
    }
}

static void too_little_is_no_answer(void **state)
{
    (void)state;
    struct lived r;
    struct har_response fit;
    struct har_response_trial trial;
    struct har_error err = {0};
    live(&r, 3, RESPONDS, 0.01);
    assert_int_equal(har_response_fit(&r.days, r.shown, 9, &arena, &fit, &err),
                     HAR_NO_ANSWER);
    assert_int_equal(err.status, HAR_NO_ANSWER);
    assert_int_equal(har_response_fit(&r.days, r.shown, 10, &arena, &fit, NULL), HAR_OK);
    assert_int_equal(har_response_try(&r.days, r.shown, 15, &arena, &trial, NULL),
                     HAR_NO_ANSWER);
    assert_int_equal(har_response_try(&r.days, r.shown, 16, &arena, &trial, NULL), HAR_OK);
    assert_int_equal(trial.tried, 6);
    r.shown[2].ln_speed = NAN;
    r.shown[3].day = FIRST - 1;
    r.shown[4].spread = -1;
    assert_int_equal(har_response_fit(&r.days, r.shown, 12, &arena, &fit, NULL),
                     HAR_NO_ANSWER);
    assert_int_equal(har_response_fit(&r.days, r.shown, 13, &arena, &fit, NULL), HAR_OK);
    struct har_arena little = {.limit = 64};
    assert_int_equal(har_response_fit(&r.days, r.shown, MARKS, &little, &fit, NULL),
                     HAR_NO_MEMORY);
    har_arena_free(&little);
}

static int release(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_nearly_those_of_the_truth),
        cmocka_unit_test(who_does_not_respond_is_not_shown_to),
        cmocka_unit_test(the_truth_is_found_where_marks_are_many_and_good),
        cmocka_unit_test(the_spread_holds_what_it_says),
        cmocka_unit_test(the_means_are_the_sums),
        cmocka_unit_test(a_day_that_is_not_known_changes_nothing),
        cmocka_unit_test(gains_are_at_least_zero),
        cmocka_unit_test(too_little_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
