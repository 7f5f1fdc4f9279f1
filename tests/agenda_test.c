/* SPDX-License-Identifier: MIT */
/* agenda: the days of a planned week add up to it, and every one can go on a watch. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/agenda.h"
#include "harrier/decode.h"
#include "harrier/encode.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TODAY = 20003 /* a Monday */, BEFORE = 200 };

static struct har_arena arena;

/* Riegel's runner: what else it takes does not matter here. */
static double speed_of(const void *ctx, const struct har_event *event)
{
    double hour_mps = *(const double *)ctx;
    return hour_mps * pow(event->distance_m / (3600 * hour_mps), -0.06);
}

struct asked {
    const char *event;
    int days; /* until the race */
    double week_load, metres_per_load, longest_m;
    const struct har_camp *camp;
    const struct har_days_off *off;
};

static struct har_season_plan plan_of(const struct asked *asked)
{
    double *load = HAR_NEW(&arena, double, BEFORE);
    struct har_target *target = HAR_NEW(&arena, struct har_target, 1);
    struct har_season_plan plan;
    struct har_error err = {0};
    for (int i = 0; i < BEFORE; i++) load[i] = asked->week_load / 7;
    *target = (struct har_target){.day = TODAY + asked->days, .load = NAN};
    assert_int_equal(har_parse_event(har_bytes_of(asked->event), &target->event, NULL),
                     HAR_OK);
    const struct har_season_problem problem = {
        .from_day = TODAY,
        .target_count = 1,
        .targets = target,
        .camp_count = asked->camp != NULL,
        .camps = asked->camp,
        .off_count = asked->off != NULL,
        .off = asked->off,
        .done = {TODAY - BEFORE, BEFORE, load},
        .metres_per_load = asked->metres_per_load,
        .longest_m = asked->longest_m,
    };
    if (har_plan_season(&problem, NULL, &arena, &plan, &err)) fail_msg("%s", err.message);
    return plan;
}

static size_t week_of(const struct har_season_plan *plan, size_t week, double hour_mps,
                      struct har_agenda_day *day)
{
    const struct har_workout_paces paces = {hour_mps, speed_of, &hour_mps};
    struct har_error err = {0};
    size_t count;
    if (har_agenda_of(plan, week, &paces, &arena, day, &count, &err))
        fail_msg("week %zu: %s", week, err.message);
    return count;
}

static const struct asked marathoner = {"MAR", 138, 450, 240, 28000, NULL, NULL};
static const struct asked miler = {"1500", 117, 350, 230, 18000, NULL, NULL};
static const struct asked beginner = {"10K", 96, 120, 180, 9000, NULL, NULL};

static void days_add_up_to_their_week(void **state)
{
    (void)state;
    const struct asked *all[] = {&marathoner, &miler, &beginner};
    for (size_t i = 0; i < 3; i++) {
        struct har_season_plan plan = plan_of(all[i]);
        for (size_t w = 0; w < plan.week_count; w++) {
            struct har_agenda_day day[HAR_AGENDA_DAYS];
            size_t count = week_of(&plan, w, i == 2 ? 3.2 : 5.2, day);
            double sum = 0, hard = 0;
            for (size_t d = 0; d < count; d++) {
                assert_true(day[d].day >= plan.weeks[w].monday + (int64_t)d);
                assert_true(day[d].day < plan.weeks[w].monday + HAR_AGENDA_DAYS);
                assert_true(d == 0 || day[d].day > day[d - 1].day);
                assert_true(day[d].race || day[d].distance_m >= 3000);
                hard +=
                    day[d].kind == HAR_AGENDA_FAST || day[d].kind == HAR_AGENDA_THRESHOLD;
                sum += day[d].distance_m;
            }
            assert_true(hard <= 2);
            double slack = 0.1 * plan.weeks[w].distance_m + 3000;
            if (plan.weeks[w].races == 0 && fabs(sum - plan.weeks[w].distance_m) > slack)
                fail_msg("runner %zu, week %zu: %.0f m, not %.0f", i, w, sum,
                         plan.weeks[w].distance_m);
        }
    }
}

/* Words to FIT and back are the same words. */
static void every_day_goes_on_a_watch(void **state)
{
    (void)state;
    const struct asked *all[] = {&marathoner, &miler, &beginner};
    for (size_t i = 0; i < 3; i++) {
        struct har_season_plan plan = plan_of(all[i]);
        for (size_t w = 0; w < plan.week_count; w++) {
            struct har_agenda_day day[HAR_AGENDA_DAYS];
            size_t count = week_of(&plan, w, 4.5, day);
            for (size_t d = 0; d < count; d++) {
                struct har_bytes fit;
                struct har_workout back;
                struct har_text there = {.arena = &arena}, again = there;
                if (day[d].race) continue;
                assert_int_equal(har_encode_workout_fit(&day[d].workout, 946684800000,
                                                        &arena, &fit, NULL),
                                 HAR_OK);
                assert_int_equal(har_decode_workout(fit, &arena, &back, NULL), HAR_OK);
                har_text_workout(&there, &day[d].workout);
                har_text_workout(&again, &back);
                assert_string_equal(there.data, again.data);
            }
            har_arena_reset(&arena);
            plan = plan_of(all[i]);
        }
    }
}

static const struct har_agenda_day *of_kind(const struct har_agenda_day *day, size_t count,
                                            enum har_agenda_kind kind)
{
    for (size_t i = 0; i < count; i++)
        if (day[i].kind == kind) return day + i;
    return NULL;
}

/* The last week of the phase that is not an easy one. */
static size_t full_week(const struct har_season_plan *plan, enum har_phase phase)
{
    size_t w = plan->week_count;
    while (w-- > 0)
        if (plan->weeks[w].phase == phase && !plan->weeks[w].easy) return w;
    fail_msg("no week of phase %s", har_phase_name(phase));
    return 0;
}

static void the_race_decides_what_is_fast(void **state)
{
    (void)state;
    struct har_agenda_day day[HAR_AGENDA_DAYS];
    struct har_season_plan plan = plan_of(&miler);
    size_t count = week_of(&plan, full_week(&plan, HAR_PHASE_SPECIFIC), 5.2, day);
    assert_non_null(strstr(of_kind(day, count, HAR_AGENDA_FAST)->words, "% @1500\n"));
    plan = plan_of(&marathoner);
    count = week_of(&plan, full_week(&plan, HAR_PHASE_SPECIFIC), 5.2, day);
    assert_non_null(strstr(of_kind(day, count, HAR_AGENDA_THRESHOLD)->words, "% @MAR\n"));
    assert_non_null(strstr(of_kind(day, count, HAR_AGENDA_LONG)->words, "% @MAR\n"));
    count = week_of(&plan, full_week(&plan, HAR_PHASE_BASE), 5.2, day);
    assert_null(strstr(of_kind(day, count, HAR_AGENDA_LONG)->words, "@"));
}

static void nothing_hard_is_near_the_race(void **state)
{
    (void)state;
    struct har_agenda_day day[HAR_AGENDA_DAYS];
    for (int shift = 0; shift < 7; shift++) {
        struct asked asked = marathoner;
        asked.days += shift;
        struct har_season_plan plan = plan_of(&asked);
        size_t last = plan.week_count - 1, count = week_of(&plan, last, 5.2, day);
        int64_t race = of_kind(day, count, HAR_AGENDA_RACE)->day;
        assert_int_equal(race, TODAY + asked.days);
        for (size_t d = 0; d < count; d++) {
            bool hard =
                day[d].kind == HAR_AGENDA_FAST || day[d].kind == HAR_AGENDA_THRESHOLD;
            if (hard) assert_true(race - day[d].day > 2 || day[d].day - race > 3);
        }
    }
}

static void days_off_are_free_and_camps_go_by_feel(void **state)
{
    (void)state;
    struct har_agenda_day day[HAR_AGENDA_DAYS];
    const struct har_days_off off = {TODAY + 7, TODAY + 9, "exams"};
    const struct har_camp camp = {
        .name = "High", .from_day = TODAY + 28, .to_day = TODAY + 48, .altitude_m = 2100};
    struct asked asked = marathoner;
    asked.off = &off;
    asked.camp = &camp;
    struct har_season_plan plan = plan_of(&asked);
    size_t count = week_of(&plan, 1, 5.2, day);
    assert_true(day[0].day > off.to_day);
    count = week_of(&plan, 4, 5.2, day);
    for (size_t d = 0; d < count; d++) {
        assert_null(strstr(day[d].words, "Pace"));
        assert_null(strstr(day[d].words, "@"));
        assert_non_null(strstr(day[d].words, "RPE"));
    }
}

static void what_is_not_known_is_said(void **state)
{
    (void)state;
    struct har_agenda_day day[HAR_AGENDA_DAYS];
    const struct har_workout_paces none = {NAN, NULL, NULL};
    struct asked asked = miler;
    struct har_season_plan plan = plan_of(&asked);
    struct har_error err = {0};
    size_t count;
    assert_int_equal(har_agenda_of(&plan, 0, &none, &arena, day, &count, &err),
                     HAR_NO_ANSWER);
    assert_int_equal(
        har_agenda_of(&plan, plan.week_count, &none, &arena, day, &count, &err),
        HAR_OUT_OF_RANGE);
    asked.metres_per_load = NAN;
    plan = plan_of(&asked);
    double hour_mps = 4;
    const struct har_workout_paces paces = {hour_mps, speed_of, &hour_mps};
    assert_int_equal(har_agenda_of(&plan, 0, &paces, &arena, day, &count, &err),
                     HAR_NO_ANSWER);
    asked = miler;
    plan = plan_of(&asked);
    har_status got = HAR_NO_MEMORY;
    for (size_t limit = 1; got == HAR_NO_MEMORY; limit *= 2) {
        struct har_arena small = {.limit = limit};
        got = har_agenda_of(&plan, 0, &paces, &small, day, &count, NULL);
        har_arena_free(&small);
    }
    assert_int_equal(got, HAR_OK);
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
        cmocka_unit_test(days_add_up_to_their_week),
        cmocka_unit_test(every_day_goes_on_a_watch),
        cmocka_unit_test(the_race_decides_what_is_fast),
        cmocka_unit_test(nothing_hard_is_near_the_race),
        cmocka_unit_test(days_off_are_free_and_camps_go_by_feel),
        cmocka_unit_test(what_is_not_known_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
