/* SPDX-License-Identifier: MIT */
/* attention: runners whose trouble is known because it was made, one thing at a time. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/attention.h"

#include <math.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)
enum { FIRST = 20000, DAYS = 400, TODAY = FIRST + DAYS - 1 };

static struct har_arena arena;

static int release(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

/* A runner's sessions, one a day: load[i] and metres[i] of day FIRST + i; no load, no
 * session. */
static double load[DAYS], metres[DAYS];
static bool raced[DAYS];
static struct har_wellness_row mornings[DAYS];
static struct har_kept_camp camps[2];
static struct har_coming races[2];
static struct har_planned_week planned[2];
static size_t planned_count;

/* Hard and easy days by turns, the longest run on every seventh. */
static void train(void)
{
    memset(raced, 0, sizeof raced);
    for (int i = 0; i < DAYS; i++) {
        load[i] = i % 2 ? 80 : 40;
        metres[i] = i % 7 == 0 ? 20000 : 10000;
    }
}

static void sleep_well(void)
{
    static const struct har_wellness_row none = {.rest_bpm = NAN, .hrv_ms = NAN};
    for (int i = 0; i < DAYS; i++) {
        mornings[i] = none;
        mornings[i].day = FIRST + i;
        mornings[i].rest_bpm = 45 + i % 3;
        mornings[i].hrv_ms = 70 + 5 * (i % 3);
    }
}

/* What was looked at last. */
static struct har_form form;
static struct har_watched watched;

static struct har_watch look_at(size_t morning_count, size_t camp_count, size_t race_count)
{
    const struct har_form_settings settings = {.to_day = TODAY};
    struct har_done done[DAYS];
    struct har_watch watch;
    size_t count = 0;
    form = (struct har_form){0};
    for (int i = 0; i < DAYS; i++)
        if (load[i] > 0)
            done[count++] = (struct har_done){.start_ms = (FIRST + i) * DAY_MS + DAY_MS / 2,
                                              .elapsed_s = 3600,
                                              .load = load[i],
                                              .distance_m = metres[i],
                                              .race = raced[i]};
    if (count) assert_int_equal(har_form(done, count, &settings, &arena, &form, NULL), 0);
    watched = (struct har_watched){
        .today = TODAY,
        .form = &form,
        .morning_count = morning_count,
        .camp_count = camp_count,
        .race_count = race_count,
        .mornings = mornings,
        .camps = camps,
        .races = races,
        .planned_count = planned_count,
        .planned = planned,
    };
    assert_int_equal(har_attend(&watched, &arena, &watch, NULL), HAR_OK);
    return watch;
}

static const char *reason(const struct har_watch *watch, enum har_concern what)
{
    for (size_t i = 0; i < watch->count; i++)
        if (watch->concern[i].what == what) return watch->concern[i].because;
    return NULL;
}

#define assert_only(watch, concern_, words)                                                \
    do {                                                                                   \
        assert_int_equal((watch).count, 1);                                                \
        assert_int_equal((watch).concern[0].what, concern_);                               \
        assert_int_equal((watch).urgency, (watch).concern[0].urgency);                     \
        assert_string_equal((watch).concern[0].because, words);                            \
    } while (0)

static void who_trains_as_ever_is_left_alone(void **state)
{
    (void)state;
    train();
    sleep_well();
    assert_int_equal(look_at(DAYS, 0, 0).count, 0);
    assert_int_equal(look_at(DAYS, 0, 0).urgency, 0);
}

static void rest(int days)
{
    for (int i = DAYS - days; i < DAYS; i++) load[i] = 0;
}

static void a_break_is_measured_by_the_runners_own_rhythm(void **state)
{
    (void)state;
    train();
    rest(3);
    struct har_watch watch = look_at(0, 0, 0);
    assert_null(reason(&watch, HAR_CONCERN_MISSED));
    rest(4);
    watch = look_at(0, 0, 0);
    assert_only(watch, HAR_CONCERN_MISSED,
                "nothing for 4 days; in the 8 weeks before a session came every 1.0 days, "
                "never more than 1 apart");
    load[DAYS - 20] = load[DAYS - 19] = load[DAYS - 18] = 0; /* 4 from one to the next */
    watch = look_at(0, 0, 0);
    assert_null(reason(&watch, HAR_CONCERN_MISSED));
    /* One who runs on weekends, on a Friday: without Sunday's run, and without Saturday's.
     */
    train();
    assert_int_equal(har_weekday_of(TODAY), 4);
    for (int i = 0; i < DAYS; i++)
        if (har_weekday_of(FIRST + i) < 5) load[i] = 0;
    rest(6);
    watch = look_at(0, 0, 0);
    assert_null(reason(&watch, HAR_CONCERN_MISSED));
    rest(7);
    watch = look_at(0, 0, 0);
    assert_non_null(reason(&watch, HAR_CONCERN_MISSED));
}

static void four_weeks_of_nothing_are_old_data(void **state)
{
    (void)state;
    train();
    rest(27);
    struct har_watch watch = look_at(0, 0, 0);
    assert_null(reason(&watch, HAR_CONCERN_SILENT));
    rest(28);
    watch = look_at(0, 0, 0);
    assert_only(watch, HAR_CONCERN_SILENT, "nothing is kept of the last 28 days");
    rest(DAYS);
    watch = look_at(0, 0, 0);
    assert_only(watch, HAR_CONCERN_SILENT, "no session is kept");
}

static void a_leap_of_the_longest_run_is_seen_for_a_week(void **state)
{
    (void)state;
    train();
    metres[DAYS - 7] = 23000;
    assert_only(look_at(0, 0, 0), HAR_CONCERN_SPIKE,
                "23.0 km on 2025-11-01, 1.15 times the longest of the 30 days before; such "
                "leaps went with 1.64 times the injuries");
    metres[DAYS - 7] = 20000;
    metres[DAYS - 8] = 23000;
    assert_int_equal(look_at(0, 0, 0).count, 0);
}

/* What is heavy for one is not for another: the same 7 days, other weeks before. */
static void a_week_is_heavy_beside_the_runners_own(void **state)
{
    (void)state;
    train();
    for (int i = DAYS - 7; i < DAYS; i++) load[i] *= 2;
    struct har_watch watch = look_at(0, 0, 0);
    assert_string_equal(reason(&watch, HAR_CONCERN_WEEK),
                        "a load of 880 in 7 days; the heaviest of the 8 weeks before had "
                        "440");
    assert_non_null(reason(&watch, HAR_CONCERN_TIRED));
    for (int i = 0; i < DAYS - 7; i++) load[i] *= 2;
    assert_int_equal(look_at(0, 0, 0).count, 0);
}

static void a_light_week_is_explained_by_a_race(void **state)
{
    (void)state;
    train();
    for (int i = DAYS - 7; i < DAYS; i++) load[i] /= 3;
    struct har_watch watch = look_at(0, 0, 0);
    assert_only(watch, HAR_CONCERN_LIGHT,
                "a load of 147 in 7 days; the 4 weeks before had 420 each, and no race "
                "explains it");
    raced[DAYS - 5] = true;
    assert_int_equal(look_at(0, 0, 0).count, 0);
    raced[DAYS - 5] = false;
    races[0] = (struct har_coming){TODAY + 14, "Boston"};
    watch = look_at(0, 0, 1);
    assert_only(watch, HAR_CONCERN_RACE, "races in 14 days: Boston");
}

static void races_are_near_before_and_after(void **state)
{
    (void)state;
    train();
    races[0] = (struct har_coming){TODAY + 15, "far"};
    races[1] = (struct har_coming){TODAY, NULL};
    assert_int_equal(look_at(0, 0, 1).count, 0);
    assert_only(look_at(0, 0, 2), HAR_CONCERN_RACE, "races today");
    raced[DAYS - 4] = true;
    assert_only(look_at(0, 0, 0), HAR_CONCERN_RACED, "raced on 2025-11-04");
    raced[DAYS - 4] = false;
    raced[DAYS - 5] = true;
    assert_int_equal(look_at(0, 0, 0).count, 0);
}

static void mornings_stand_out_beside_their_own_range(void **state)
{
    (void)state;
    train();
    sleep_well();
    for (int i = DAYS - 7; i < DAYS; i++) mornings[i].rest_bpm = 47;
    assert_int_equal(look_at(DAYS, 0, 0).count, 0); /* under two beats: 46 and 47 */
    for (int i = DAYS - 7; i < DAYS; i++) mornings[i].rest_bpm = 50;
    assert_only(look_at(DAYS, 0, 0), HAR_CONCERN_REST,
                "resting heart rate 50 this week, usually 45 to 47");
    for (int i = DAYS - 7; i < DAYS - 2; i++) mornings[i].rest_bpm = NAN;
    assert_int_equal(look_at(DAYS, 0, 0).count, 0); /* two mornings are no week */
    for (int i = DAYS - 7; i < DAYS; i++) mornings[i].hrv_ms = 60;
    struct har_watch watch = look_at(DAYS, 0, 0);
    assert_only(watch, HAR_CONCERN_HRV, "HRV 60 ms this week, usually 71 to 79");
    for (int i = DAYS - 7; i < DAYS; i++) mornings[i].hrv_ms = 95;
    assert_int_equal(look_at(DAYS, 0, 0).count, 0); /* up is no trouble */
}

static void camps_are_told_before_in_and_after(void **state)
{
    (void)state;
    train();
    camps[0].camp = (struct har_camp){
        .name = "Iten", .from_day = TODAY + 8, .to_day = TODAY + 28, .altitude_m = 2135};
    assert_int_equal(look_at(0, 1, 0).count, 0);
    camps[0].camp.from_day = TODAY + 7;
    assert_only(look_at(0, 1, 0), HAR_CONCERN_CAMP,
                "a camp begins in 7 days: Iten, 2135 m");
    camps[0].camp.from_day = TODAY - 4;
    assert_only(look_at(0, 1, 0), HAR_CONCERN_CAMP, "day 5 of a camp: Iten, 2135 m");
    camps[0].camp =
        (struct har_camp){.from_day = TODAY - 30, .to_day = TODAY - 3, .altitude_m = 2135};
    assert_int_equal(look_at(0, 1, 0).count, 0); /* one may race */
    camps[0].camp.to_day = TODAY - 4;
    struct har_watch watch = look_at(0, 1, 0);
    assert_int_equal(watch.count, 1);
    assert_non_null(strstr(reason(&watch, HAR_CONCERN_RETURN),
                           "day 4 after a camp (found, 2135 m): days on which many feel"));
    camps[0].camp.to_day = TODAY - 14;
    assert_int_equal(look_at(0, 1, 0).count, 0);
}

/* The most urgent first, and the sum of all is the runner's. */
/* The last whole week counts, whatever day it is; neither this one nor the ones before. */
static void a_plan_is_laid_beside_the_last_whole_week(void **state)
{
    (void)state;
    struct har_watch watch;
    int64_t monday = TODAY - har_weekday_of(TODAY) - 7;
    train();
    planned_count = 2;
    planned[0] = (struct har_planned_week){monday - 7, 400, 10, 1};
    planned[1] = (struct har_planned_week){monday, 400, 230, 4};
    watch = look_at(0, 0, 0);
    struct har_text says = {.arena = &arena};
    har_text_add(&says, "the week of ");
    har_text_date(&says, monday);
    har_text_add(&says, " was planned with a load of 400 and had 230, in 4 sessions");
    assert_only(watch, HAR_CONCERN_BEHIND, says.data);
    planned[1].done = 600;
    watch = look_at(0, 0, 0);
    assert_int_equal(watch.count, 1);
    assert_non_null(reason(&watch, HAR_CONCERN_BEYOND));
    planned[1].done = 400;
    assert_int_equal(look_at(0, 0, 0).count, 0);
    planned[1].done = NAN;
    assert_int_equal(look_at(0, 0, 0).count, 0);
    planned_count = 0;
}

/* Rest, a heart that beats faster, a camp and a race: four concerns at once. */
static void live_through_much(void)
{
    train();
    sleep_well();
    rest(5);
    for (int i = DAYS - 7; i < DAYS; i++) mornings[i].rest_bpm = 55;
    camps[0].camp = (struct har_camp){
        .name = "Iten", .from_day = TODAY, .to_day = TODAY, .altitude_m = 2135};
    races[0] = (struct har_coming){TODAY + 1, "Mile"};
}

static void concerns_come_in_order(void **state)
{
    (void)state;
    live_through_much();
    struct har_watch watch = look_at(DAYS, 1, 1);
    unsigned sum = 0;
    assert_int_equal(watch.count, 4);
    for (size_t i = 0; i < watch.count; i++) {
        sum += watch.concern[i].urgency;
        assert_true(i == 0 || watch.concern[i].urgency <= watch.concern[i - 1].urgency);
    }
    assert_int_equal(watch.urgency, sum);
    for (size_t i = 0; i < HAR_CONCERNS; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(har_concern_name((enum har_concern)i),
                                    har_concern_name((enum har_concern)k));
}

/* One is one, of days as of sessions; of two races the nearer is told. */
static void one_of_a_thing_is_told_as_one(void **state)
{
    (void)state;
    train();
    races[0] = (struct har_coming){TODAY + 9, "Later"};
    races[1] = (struct har_coming){TODAY + 1, "Sooner"};
    assert_only(look_at(0, 0, 2), HAR_CONCERN_RACE, "races in 1 day: Sooner");
    races[0].day = TODAY - 1; /* has been run */
    assert_only(look_at(0, 0, 2), HAR_CONCERN_RACE, "races in 1 day: Sooner");
    camps[0].camp =
        (struct har_camp){.from_day = TODAY + 1, .to_day = TODAY + 20, .altitude_m = 1800};
    assert_only(look_at(0, 1, 0), HAR_CONCERN_CAMP,
                "a camp begins in 1 day: found, 1800 m");
    int64_t monday = TODAY - har_weekday_of(TODAY) - 7;
    planned_count = 2;
    planned[0] = (struct har_planned_week){monday, 0, 10, 1}; /* nothing was planned */
    planned[1] = (struct har_planned_week){monday, 400, 40, 1};
    struct har_watch watch = look_at(0, 0, 0);
    assert_int_equal(watch.count, 1);
    const char *because = reason(&watch, HAR_CONCERN_BEHIND);
    assert_non_null(because);
    assert_string_equal(because + strlen(because) - strlen("had 40, in 1 session"),
                        "had 40, in 1 session");
    planned_count = 0;
    assert_string_equal(har_concern_name((enum har_concern)99), "none");
}

/* Who began last week has no usual weeks, rhythm or range to stand out from. */
static void beginners_are_left_alone(void **state)
{
    (void)state;
    train();
    for (int i = 0; i < DAYS - 7; i++) load[i] = 0;
    for (int i = DAYS - 7; i < DAYS; i++) metres[i] = 5000;
    sleep_well();
    for (int i = 0; i < DAYS - 5; i++) mornings[i].rest_bpm = mornings[i].hrv_ms = NAN;
    assert_int_equal(look_at(DAYS, 0, 0).count, 0);
}

static har_status attend_within(struct har_arena *little, const void *whom,
                                struct har_error *err)
{
    struct har_watch watch;
    har_status got = har_attend(whom, little, &watch, err);
    if (!got) assert_int_equal(watch.count, 4);
    return got;
}

static void any_memory_limit_is_survived(void **state)
{
    (void)state;
    live_through_much();
    look_at(DAYS, 1, 1);
    assert_int_equal(scarce_memory(attend_within, &watched), HAR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_trains_as_ever_is_left_alone),
        cmocka_unit_test(a_break_is_measured_by_the_runners_own_rhythm),
        cmocka_unit_test(four_weeks_of_nothing_are_old_data),
        cmocka_unit_test(a_leap_of_the_longest_run_is_seen_for_a_week),
        cmocka_unit_test(a_week_is_heavy_beside_the_runners_own),
        cmocka_unit_test(a_light_week_is_explained_by_a_race),
        cmocka_unit_test(races_are_near_before_and_after),
        cmocka_unit_test(mornings_stand_out_beside_their_own_range),
        cmocka_unit_test(camps_are_told_before_in_and_after),
        cmocka_unit_test(a_plan_is_laid_beside_the_last_whole_week),
        cmocka_unit_test(concerns_come_in_order),
        cmocka_unit_test(one_of_a_thing_is_told_as_one),
        cmocka_unit_test(beginners_are_left_alone),
        cmocka_unit_test(any_memory_limit_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
