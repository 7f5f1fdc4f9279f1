/* SPDX-License-Identifier: MIT */
/* season: what a plan may never do, what it names, and what it is worth to runners whose
 * response is known. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"
#include "seasons.h"

#include <string.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))

enum { FIRST = 20002, DAYS = 730 }; /* a Sunday; what was done before it */

static struct har_arena arena;
static double done[DAYS];
static const struct har_response response = {0, 0.2,  0.065, 42,
                                             8, 0.01, 60,    {0, 0, 1e-3, 0, 0, 1e-3}};

static struct har_target target_of(int64_t after, const char *code,
                                   enum har_importance importance)
{
    struct har_target target = {.day = FIRST + after, .importance = importance, .load = 90};
    assert_int_equal(har_parse_event(har_bytes_of(code), &target.event, NULL), HAR_OK);
    return target;
}

/* A runner of 60 a day, in four weeks of the last year 66. */
static struct har_season_problem problem_of(const struct har_target *targets, size_t count)
{
    har_arena_reset(&arena);
    for (int i = 0; i < DAYS; i++) done[i] = i >= 506 && i < 534 ? 66 : 60;
    return (struct har_season_problem){
        .from_day = FIRST,
        .target_count = count,
        .targets = targets,
        .done = {FIRST - DAYS, DAYS, done},
        .metres_per_load = 150,
        .longest_m = 20000,
    };
}

static struct har_season_plan planned(const struct har_season_problem *problem,
                                      const struct har_season_settings *settings)
{
    struct har_season_plan plan;
    struct har_error err = {0};
    if (har_plan_season(problem, settings, &arena, &plan, &err) != HAR_OK)
        fail_msg("%s", err.message);
    return plan;
}

static double load_of_days(const struct har_season_plan *plan, int64_t from, int64_t end)
{
    double sum = 0;
    for (int64_t day = from; day < end; day++) sum += plan->day_load[day - plan->monday];
    return sum;
}

static bool names(const struct har_season_plan *plan, enum har_unmet_kind kind)
{
    for (size_t i = 0; i < plan->unmet_count; i++)
        if (plan->unmet[i].kind == kind) return plan->unmet[i].text[0] != 0;
    return false;
}

/* --- published ---------------------------------------------------------------------- */

/* Bosquet 2007: two weeks, volume down by 41 to 60 %. The race is on a Sunday, so both
 * taper weeks are whole but for its own day. */
static void taper_cuts_the_volume_by_the_published_share(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 20, "10K", HAR_IMPORTANCE_A);
    for (int by = 0; by < 2; by++) {
        struct har_season_problem problem = problem_of(&target, 1);
        problem.response = by ? &response : NULL;
        struct har_season_plan plan = planned(&problem, NULL);
        double before = load_of_days(&plan, target.day - 21, target.day - 15),
               taper = load_of_days(&plan, target.day - 14, target.day - 8),
               last = load_of_days(&plan, target.day - 7, target.day - 1);
        assert_true(taper <= 0.601 * before && taper >= 0.399 * before);
        assert_true(last <= taper && last >= 0.399 * before);
        assert_int_equal(plan.weeks[plan.week_count - 2].phase, HAR_PHASE_TAPER);
    }
}

static void taper_can_be_adjusted(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 20, "10K", HAR_IMPORTANCE_A);
    struct har_season_problem problem = problem_of(&target, 1);
    struct har_season_settings settings = {
        .taper_days = 7, .taper_least = 0.2, .taper_most = 0.2};
    struct har_season_plan plan = planned(&problem, &settings);
    double before = load_of_days(&plan, target.day - 14, target.day - 8),
           last = load_of_days(&plan, target.day - 7, target.day - 1);
    assert_near(last / before, 0.8, 1e-9);
}

/* --- invariants --------------------------------------------------------------------- */

static void loads_stay_within_what_was_carried(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 30, "HM", HAR_IMPORTANCE_A);
    for (int by = 0; by < 2; by++) {
        struct har_season_problem problem = problem_of(&target, 1);
        problem.response = by ? &response : NULL;
        struct har_season_plan plan = planned(&problem, NULL);
        const struct har_season_evidence *ev = &plan.evidence;
        assert_near(ev->present_load, 420, 1e-9);
        assert_near(ev->most_week_load, 1.1 * 462, 1e-9);
        assert_false(ev->own_growth); /* 66 after 60 is under 3 % a week */
        double full = plan.weeks[0].load;
        for (size_t w = 1; w < plan.week_count; w++) {
            const struct har_season_week *week = plan.weeks + w;
            if (week->easy || week->phase == HAR_PHASE_TAPER || week->races) continue;
            if (w > 1) assert_true(week->load <= full * ev->week_growth * (1 + 1e-9));
            full = week->load;
        }
        for (size_t w = 0; w + 4 <= plan.week_count; w++) {
            double four =
                load_of_days(&plan, plan.weeks[w].monday, plan.weeks[w].monday + 28) / 4;
            bool whole = false;
            for (size_t n = w; n < w + 4; n++) whole |= plan.weeks[n].easy;
            if (whole) assert_true(four <= ev->most_week_load * (1 + 1e-9));
        }
    }
}

/* Four weeks of 60 a day, four of 78 kept up: 30 % in four weeks is 6.8 a week. */
static void growth_is_what_was_carried(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 30, "HM", HAR_IMPORTANCE_A);
    struct har_season_problem problem = problem_of(&target, 1);
    for (int i = 506; i < DAYS; i++) done[i] = 78;
    struct har_season_plan plan = planned(&problem, NULL);
    assert_true(plan.evidence.own_growth);
    assert_near(plan.evidence.week_growth, pow(1.3, 0.25), 1e-12);

    for (int i = 534; i < 562; i++) done[i] = 10; /* a break after it: not carried */
    for (int i = 562; i < DAYS; i++) done[i] = 60;
    plan = planned(&problem, NULL);
    assert_true(plan.evidence.week_growth < pow(1.3, 0.25));
}

static void long_run_leaps_by_a_tenth_at_most(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 24, "MAR", HAR_IMPORTANCE_A);
    struct har_season_problem problem = problem_of(&target, 1);
    problem.longest_m = 12000;
    struct har_season_plan plan = planned(&problem, NULL);
    double longest[4] = {12000, 12000, 12000, 12000};
    for (size_t w = 0; w < plan.week_count; w++) {
        double most = 0, run = plan.weeks[w].long_run_m;
        for (int i = 0; i < 4; i++) most = fmax(most, longest[i]);
        if (isnan(run)) continue;
        assert_true(run <= 1.1 * most + 1e-6 && run < 0.35 * plan.weeks[w].distance_m + 1);
        longest[w % 4] = run;
    }
}

static void same_inputs_give_the_same_bytes(void **state)
{
    (void)state;
    struct har_target target[] = {target_of(60, "5000", HAR_IMPORTANCE_B),
                                  target_of(7 * 20, "10K", HAR_IMPORTANCE_A)};
    struct har_season_problem problem = problem_of(target, 2);
    problem.response = &response;
    struct har_season_plan one = planned(&problem, NULL), two = planned(&problem, NULL);
    assert_int_equal(one.week_count, two.week_count);
    assert_memory_equal(one.day_load, two.day_load,
                        7 * one.week_count * sizeof *one.day_load);
    for (size_t i = 0; i < 2; i++)
        assert_true(one.races[i].ln_gain == two.races[i].ln_gain &&
                    one.races[i].form == two.races[i].form);
}

static void days_off_have_no_load(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 12, "10K", HAR_IMPORTANCE_A);
    struct har_days_off off = {FIRST + 30, FIRST + 35, "exams"};
    struct har_season_problem problem = problem_of(&target, 1);
    problem.off = &off;
    problem.off_count = 1;
    struct har_season_plan plan = planned(&problem, NULL);
    assert_near(load_of_days(&plan, off.from_day, off.to_day + 1), 0, 0);
    assert_true(load_of_days(&plan, off.to_day + 1, off.to_day + 8) > 0);
    assert_near(load_of_days(&plan, plan.monday, FIRST), 0, 0); /* not planned */
}

/* --- two roads ---------------------------------------------------------------------- */

/* What the plan says of the race day is what the response says of the days. */
static void gain_is_what_the_response_expects(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 20 - 3, "10K", HAR_IMPORTANCE_A);
    struct har_season_problem problem = problem_of(&target, 1);
    double load[DAYS + 200], usual = 0;
    problem.response = &response;
    struct har_season_plan plan = planned(&problem, NULL);
    memcpy(load, done, sizeof done);
    for (int64_t day = FIRST; day < target.day; day++)
        load[day - FIRST + DAYS] = plan.day_load[day - plan.monday];
    struct har_load_days days = {FIRST - DAYS, DAYS + 7 * 20 - 3, load};
    for (int64_t day = FIRST - 180; day < FIRST; day++)
        usual += har_response_on(&response, &days, day, NULL) / 180;
    double gain = har_response_on(&response, &days, target.day, NULL) - usual;
    assert_near(plan.races[0].ln_gain, gain, 1e-12);
    assert_true(gain > 0 && plan.evidence.by_response);
    assert_near(plan.evidence.fitness_gained, gain, 1e-12);
}

/* No rung of the ladder nearby is better: a week more or less of any week's growth. */
static void more_load_is_not_left_lying(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 20, "10K", HAR_IMPORTANCE_A);
    struct har_season_problem problem = problem_of(&target, 1);
    problem.response = &response;
    double gain = planned(&problem, NULL).races[0].ln_gain;
    struct har_season_settings slower = {.week_growth = 1.01},
                               lower = {.most_week_load = 430};
    assert_true(planned(&problem, &slower).races[0].ln_gain < gain);
    assert_true(planned(&problem, &lower).races[0].ln_gain < gain);
}

/* --- what is named ------------------------------------------------------------------ */

static void what_cannot_be_met_is_named(void **state)
{
    (void)state;
    struct har_target near[] = {target_of(20, "10K", HAR_IMPORTANCE_A),
                                target_of(40, "MAR", HAR_IMPORTANCE_A)};
    struct har_season_problem problem = problem_of(near, 2);
    problem.longest_m = 10000;
    struct har_season_plan plan = planned(&problem, NULL);
    assert_true(names(&plan, HAR_UNMET_TAPERS) && names(&plan, HAR_UNMET_TIME));
    assert_true(names(&plan, HAR_UNMET_CEILING) && names(&plan, HAR_UNMET_LONG_RUN));
    assert_false(names(&plan, HAR_UNMET_WINDOW) || names(&plan, HAR_UNMET_OFF));

    struct har_target far = target_of(7 * 30, "10K", HAR_IMPORTANCE_A);
    problem = problem_of(&far, 1);
    assert_int_equal(planned(&problem, NULL).unmet_count, 0);
}

static void races_after_a_camp_are_placed(void **state)
{
    (void)state;
    static const struct {
        int64_t after;
        bool named;
    } rows[] = {{2, false}, {4, true}, {13, true}, {14, false}, {21, false}, {30, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_target target = target_of(7 * 20, "10K", HAR_IMPORTANCE_A);
        struct har_camp camp = {.name = "Iten", .altitude_m = 2400};
        struct har_season_problem problem = problem_of(&target, 1);
        camp.to_day = target.day - rows[i].after;
        camp.from_day = camp.to_day - 20;
        double without = planned(&problem, NULL).races[0].altitude_pct;
        problem.camps = &camp;
        problem.camp_count = 1;
        struct har_season_plan plan = planned(&problem, NULL);
        assert_int_equal(names(&plan, HAR_UNMET_WINDOW), rows[i].named);
        assert_near(without, 0, 0);
        assert_true(plan.races[0].altitude_pct > 0 && plan.races[0].altitude_low_pct < 0);
        assert_ptr_equal(plan.races[0].camp, &camp);
    }
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    struct har_season_plan plan;
    struct har_target b = target_of(50, "10K", HAR_IMPORTANCE_B),
                      past = target_of(-1, "10K", HAR_IMPORTANCE_A),
                      a = target_of(90, "10K", HAR_IMPORTANCE_A);
    struct har_camp camps[] = {
        {.name = "one", .from_day = FIRST, .to_day = FIRST + 9},
        {.name = "two", .from_day = FIRST + 9, .to_day = FIRST + 20}};
    struct har_error err = {0};
    struct har_season_problem problem = problem_of(&b, 1);
    assert_int_equal(har_plan_season(&problem, NULL, &arena, &plan, &err),
                     HAR_OUT_OF_RANGE);
    problem = problem_of(&past, 1);
    assert_int_equal(har_plan_season(&problem, NULL, &arena, &plan, &err),
                     HAR_OUT_OF_RANGE);
    problem = problem_of(&a, 1);
    problem.camps = camps;
    problem.camp_count = 2;
    assert_int_equal(har_plan_season(&problem, NULL, &arena, &plan, &err), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "\"one\" and \"two\""));
    camps[0].name = camps[1].name = NULL;
    assert_int_equal(har_plan_season(&problem, NULL, &arena, &plan, &err), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "\"(found)\" and \"(found)\""));
    struct har_target twice[] = {a, target_of(50, "10K", HAR_IMPORTANCE_B)};
    problem = problem_of(twice, 2);
    assert_int_equal(har_plan_season(&problem, NULL, &arena, &plan, &err),
                     HAR_OUT_OF_RANGE);
    assert_string_equal(err.message, "the races are not in order of days");
    static const struct har_season_settings bad[] = {
        {.taper_days = 29},  {.taper_days = -1}, {.taper_least = 0.7},
        {.taper_most = 1.1}, {.week_growth = 1}, {.week_growth = 1.6}};
    problem = problem_of(&a, 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(har_plan_season(&problem, &bad[i], &arena, &plan, &err),
                         HAR_OUT_OF_RANGE);
        assert_non_null(strstr(err.message, i < 4 ? "a taper has" : "load grows by"));
    }
    problem = problem_of(&a, 1);
    for (int i = DAYS - 60; i < DAYS; i++) done[i] = 0;
    assert_int_equal(har_plan_season(&problem, NULL, &arena, &plan, &err), HAR_NO_ANSWER);
}

static har_status plan_within(struct har_arena *little, const void *problem,
                              struct har_error *err)
{
    struct har_season_plan plan;
    return har_plan_season(problem, NULL, little, &plan, err);
}

static void any_memory_limit_is_survived(void **state)
{
    (void)state;
    struct har_target target = target_of(7 * 20, "MAR", HAR_IMPORTANCE_A);
    struct har_season_problem problem = problem_of(&target, 1);
    assert_int_equal(scarce_memory(plan_within, &problem), HAR_OK);
}

/* --- worth -------------------------------------------------------------------------- */

/* Nine runners in ten are at least as fast on the day as by the best of three plans that
 * anybody could have written; `make bench` asks 500. */
static void planned_season_is_worth_as_much_as_any_standard_one(void **state)
{
    (void)state;
    enum { RUNNERS = 40 };
    int wins = 0, by_rules = 0;
    for (uint64_t seed = 1000; seed < 1000 + RUNNERS; seed++) {
        double gain;
        har_arena_reset(&arena);
        assert_true(seasons_gain(seed, false, true, &arena, &gain));
        wins += gain >= 0;
        assert_true(seasons_gain(seed, true, true, &arena, &gain));
        by_rules += gain >= 0;
    }
    assert_true(wins >= 0.9 * RUNNERS);
    assert_true(by_rules >= 0.75 * RUNNERS);
}

static int free_arena(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taper_cuts_the_volume_by_the_published_share),
        cmocka_unit_test(taper_can_be_adjusted),
        cmocka_unit_test(loads_stay_within_what_was_carried),
        cmocka_unit_test(growth_is_what_was_carried),
        cmocka_unit_test(long_run_leaps_by_a_tenth_at_most),
        cmocka_unit_test(same_inputs_give_the_same_bytes),
        cmocka_unit_test(days_off_have_no_load),
        cmocka_unit_test(gain_is_what_the_response_expects),
        cmocka_unit_test(more_load_is_not_left_lying),
        cmocka_unit_test(what_cannot_be_met_is_named),
        cmocka_unit_test(races_after_a_camp_are_placed),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(any_memory_limit_is_survived),
        cmocka_unit_test(planned_season_is_worth_as_much_as_any_standard_one),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
