/* SPDX-License-Identifier: MIT */
/* shoe: runs whose kind is known because they were made so, and the pairs they are in. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/shoe.h"

#include <math.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)
enum { DAY = 20000, RUNS = 20, EASY_MPS = 3 };

static struct har_arena arena;

static int release(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static struct har_entry run_on(int64_t day, double metres)
{
    struct har_entry run = {.id = day, .flat_speed_mps = NAN};
    run.summary.sport = HAR_SPORT_RUNNING;
    run.summary.setting = HAR_SETTING_OUTDOOR;
    run.summary.start_ms = day * DAY_MS + DAY_MS / 2;
    run.summary.distance_m = metres;
    run.summary.moving_s = metres / EASY_MPS;
    run.summary.ascent_m = NAN;
    return run;
}

/* As many runs of 10 km at EASY_MPS as the array takes, one a day. */
static void fill(struct har_entry *runs, size_t count)
{
    for (size_t i = 0; i < count; i++) runs[i] = run_on(DAY + (int64_t)i, 10000);
}

static enum har_run_kind last_kind(const struct har_entry *runs, size_t count)
{
    enum har_run_kind *kind;
    assert_int_equal(har_run_kinds(runs, count, &arena, &kind, NULL), HAR_OK);
    return kind[count - 1];
}

static void a_run_is_of_the_first_kind_that_fits(void **state)
{
    (void)state;
    struct har_entry runs[RUNS];
    struct har_paces paces = {{0}};
    struct har_entry *last = runs + RUNS - 1;
    fill(runs, RUNS);
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_EASY);
    last->summary.distance_m = 14999;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_EASY);
    last->summary.distance_m = 15000;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_LONG);
    paces.pace_s[120] = 3000; /* 3 m/s */
    paces.pace_s[140] = 599;  /* 3.5 m/s */
    last->paces = &paces;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_LONG);
    paces.pace_s[140] = 600;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_FAST);
    last->summary.setting = HAR_SETTING_TRACK;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_TRACK);
    last->summary.sub_sport = HAR_SUB_SPORT_TRAIL;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_TRAIL);
    last->race = true;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_RACE);
    last->summary.sport = HAR_SPORT_CYCLING;
    assert_int_equal(last_kind(runs, RUNS), HAR_RUN_KINDS);
}

/* A mountain is one whatever the watch calls the sport; a short hill is none. */
static void climbing_makes_a_trail(void **state)
{
    (void)state;
    struct har_entry run = run_on(DAY, 5000);
    run.summary.ascent_m = 199;
    assert_int_equal(last_kind(&run, 1), HAR_RUN_EASY);
    run.summary.ascent_m = 200;
    assert_int_equal(last_kind(&run, 1), HAR_RUN_TRAIL);
    run.summary.distance_m = 2000;
    assert_int_equal(last_kind(&run, 1), HAR_RUN_EASY);
}

/* Five runs, or six that lie nine weeks back, say nothing of what is usual. */
static void little_known_makes_long_a_matter_of_time(void **state)
{
    (void)state;
    struct har_entry runs[RUNS];
    fill(runs, RUNS);
    runs[5].summary.distance_m = 20000;
    runs[5].summary.moving_s = 5399;
    assert_int_equal(last_kind(runs, 6), HAR_RUN_EASY);
    runs[5].summary.moving_s = 5400;
    assert_int_equal(last_kind(runs, 6), HAR_RUN_LONG);
    runs[6].summary.distance_m = 15000;
    assert_int_equal(last_kind(runs, 7), HAR_RUN_LONG);
    runs[6].summary.start_ms += 63 * DAY_MS;
    assert_int_equal(last_kind(runs, 7), HAR_RUN_EASY);
}

static void kinds_are_read_as_they_are_written(void **state)
{
    (void)state;
    unsigned set = 99;
    for (unsigned kind = 0; kind < HAR_RUN_KINDS; kind++) {
        const char *name = har_run_kind_name((enum har_run_kind)kind);
        assert_true(har_parse_run_kinds(har_bytes_of(name), &set));
        assert_int_equal(set, 1U << kind);
    }
    assert_true(har_parse_run_kinds(har_bytes_of("easy,long"), &set));
    assert_int_equal(set, 1U << HAR_RUN_EASY | 1U << HAR_RUN_LONG);
    static const char *const bad[] = {"", "none", "easy,", ",easy", "Easy", "easy, long"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        set = 99;
        assert_false(har_parse_run_kinds(har_bytes_of(bad[i]), &set));
        assert_int_equal(set, 99);
    }
}

/* --- pairs ---------------------------------------------------------------------------- */

static struct har_shoe pair_of(int64_t id, unsigned kinds)
{
    return (struct har_shoe){.id = id,
                             .name = "pair",
                             .limit_m = NAN,
                             .kinds = kinds,
                             .from_day = HAR_NO_DAY,
                             .last_day = HAR_NO_DAY};
}

#define EASY (1U << HAR_RUN_EASY)
#define RACE (1U << HAR_RUN_RACE)

/* The sum over all pairs is what was run, and each run is in one. */
static void a_new_pair_takes_over_from_its_day_on(void **state)
{
    (void)state;
    struct har_entry runs[RUNS];
    struct har_shoe shoes[] = {pair_of(7, EASY), pair_of(8, EASY), pair_of(9, RACE)};
    struct har_wearing w;
    fill(runs, RUNS);
    runs[19].race = true;
    shoes[0].initial_m = 50000;
    shoes[0].last_day = DAY + 13;
    shoes[1].from_day = DAY + 12;
    shoes[1].limit_m = 77777;
    assert_int_equal(har_wear_shoes(shoes, 3, NULL, 0, runs, RUNS, &arena, &w, NULL),
                     HAR_OK);
    assert_int_equal(w.wear[0].runs, 12);
    assert_int_equal(w.wear[1].runs, 7);
    assert_int_equal(w.wear[2].runs, 1);
    assert_true(fabs(w.wear[0].distance_m - 170000) < 1e-6);
    assert_true(fabs(w.wear[1].distance_m - 70000) < 1e-6);
    assert_int_equal(w.wear[0].last_day, DAY + 11);
    assert_int_equal(w.wear[1].first_day, DAY + 12);
    assert_int_equal(w.wear[0].state, HAR_WEAR_GOOD);
    assert_int_equal(w.wear[1].state, HAR_WEAR_NEAR); /* 70 of 77.777: nine tenths */
    assert_int_equal(w.wear[2].race_count, 1);
    assert_ptr_equal(w.wear[2].races[0], runs + 19);
    assert_ptr_equal(w.of[19], shoes + 2);
}

/* What somebody said counts before the rule, in a retired pair too, and for a hike. */
static void what_is_said_counts_first(void **state)
{
    (void)state;
    struct har_entry runs[RUNS];
    struct har_shoe shoes[] = {pair_of(7, EASY), pair_of(8, 0)};
    const struct har_worn worn[] = {{DAY + 3, 8}, {DAY + 5, 8}, {DAY + 500, 8}};
    struct har_wearing w;
    fill(runs, RUNS);
    runs[5].summary.sport = HAR_SPORT_HIKING;
    runs[5].summary.distance_m = NAN;
    shoes[1].last_day = DAY;
    shoes[1].limit_m = 10000;
    assert_int_equal(har_wear_shoes(shoes, 2, worn, 3, runs, RUNS, &arena, &w, NULL),
                     HAR_OK);
    assert_int_equal(w.wear[0].runs, RUNS - 2);
    assert_int_equal(w.wear[0].told, 0);
    assert_int_equal(w.wear[1].runs, 2);
    assert_int_equal(w.wear[1].told, 2);
    assert_int_equal(w.wear[1].unmeasured, 1);
    assert_int_equal(w.wear[1].state, HAR_WEAR_OVER);
    assert_int_equal(w.kind[5], HAR_RUN_KINDS);
}

static void a_pair_nobody_wore_has_run_what_it_had(void **state)
{
    (void)state;
    struct har_shoe shoe = pair_of(1, EASY);
    struct har_wearing w;
    shoe.initial_m = 612000;
    assert_int_equal(har_wear_shoes(&shoe, 1, NULL, 0, NULL, 0, &arena, &w, NULL), HAR_OK);
    assert_true(fabs(w.wear[0].distance_m - 612000) < 1e-9);
    assert_int_equal(w.wear[0].first_day, HAR_NO_DAY);
}

static void little_memory_is_said(void **state)
{
    (void)state;
    struct har_entry runs[RUNS];
    struct har_shoe shoe = pair_of(1, EASY);
    struct har_wearing w;
    har_status got = HAR_NO_MEMORY;
    fill(runs, RUNS);
    for (size_t limit = 1; got == HAR_NO_MEMORY && limit < 1 << 20; limit *= 2) {
        struct har_arena small = {.limit = limit};
        got = har_wear_shoes(&shoe, 1, NULL, 0, runs, RUNS, &small, &w, NULL);
        har_arena_free(&small);
    }
    assert_int_equal(got, HAR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_of_the_first_kind_that_fits),
        cmocka_unit_test(climbing_makes_a_trail),
        cmocka_unit_test(little_known_makes_long_a_matter_of_time),
        cmocka_unit_test(kinds_are_read_as_they_are_written),
        cmocka_unit_test(a_new_pair_takes_over_from_its_day_on),
        cmocka_unit_test(what_is_said_counts_first),
        cmocka_unit_test(a_pair_nobody_wore_has_run_what_it_had),
        cmocka_unit_test(little_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
