/* SPDX-License-Identifier: MIT */
/* gear: what a refused change leaves behind, which is nothing. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/gear.h"

#include <math.h>
#include <string.h>

#define NOON_MS (INT64_C(20000) * 86400000 + 43200000)
enum { DAY = 20000, ATHLETE = 1 };

static struct har_arena arena;
static struct har_store *store;
static struct har_error err;

#define must(call) assert_int_equal(call, HAR_OK)

static int set_up(void **state)
{
    (void)state;
    return har_store_open(":memory:", HAR_STORE_WRITE, &store, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    har_store_close(store);
    har_arena_free(&arena);
    return 0;
}

/* A run of 10 km on a day after the first. */
static int64_t keep_run(int64_t athlete, int64_t days)
{
    static const struct har_bests none = {0};
    const char *bytes = "a watch file";
    struct har_original original = {.size = strlen(bytes), .format = "FIT", .path = "a"};
    struct har_source source = {.sport = HAR_SPORT_RUNNING,
                                .created_ms = HAR_NO_TIME,
                                .start_ms = NOON_MS + days * 86400000,
                                .richness = 1};
    struct har_summary run = {.start_ms = source.start_ms,
                              .sport = HAR_SPORT_RUNNING,
                              .moving_s = 3000,
                              .distance_m = 10000,
                              .ascent_m = NAN};
    const struct har_derived derived = {
        .summary = &run, .bests = &none, .flat_speed_mps = NAN};
    har_hash(har_bytes_of(bytes), original.hash);
    must(har_pack(har_bytes_of(bytes), &arena, &original.packed, &err));
    must(har_store_add_original(store, &original, &source.original, &err));
    source.end_ms = source.start_ms + 3000000;
    must(har_store_add_activity(store, athlete, &source, &err));
    must(har_store_derive(store, source.activity, 1, &derived, &err));
    return source.activity;
}

static struct har_shoe pair_called(const char *name, unsigned kinds)
{
    return (struct har_shoe){.name = name,
                             .limit_m = NAN,
                             .kinds = kinds,
                             .from_day = HAR_NO_DAY,
                             .last_day = HAR_NO_DAY};
}

static har_status add(struct har_shoe shoe)
{
    return har_shoe_add(store, ATHLETE, &shoe, &arena, &err);
}

static struct har_gear all_gear(void)
{
    struct har_gear gear;
    must(har_gear(store, ATHLETE, &arena, &gear, &err));
    return gear;
}

#define EASY (1U << HAR_RUN_EASY)

static void a_refused_pair_is_not_kept(void **state)
{
    (void)state;
    struct har_shoe bad = pair_called("B", EASY);
    must(add(pair_called("A", EASY)));
    assert_int_equal(add(pair_called("A", 0)), HAR_BAD_INPUT);
    assert_int_equal(add(bad), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "\"A\" is worn for that already"));
    bad.from_day = DAY;
    bad.limit_m = -1;
    assert_int_equal(add(bad), HAR_OUT_OF_RANGE);
    bad.limit_m = 0;
    assert_int_equal(add(bad), HAR_OUT_OF_RANGE);
    bad.limit_m = NAN;
    bad.initial_m = NAN;
    assert_int_equal(add(bad), HAR_OUT_OF_RANGE);
    bad.initial_m = 0;
    bad.name = "";
    assert_int_equal(add(bad), HAR_BAD_INPUT);
    assert_int_equal(all_gear().shoe_count, 1);
    must(add(pair_called("C", 1U << HAR_RUN_RACE)));
    assert_int_equal(all_gear().shoe_count, 2);
}

/* Of several activities one is another's: none of them is in the pair. */
static void wearing_is_whole_or_not_at_all(void **state)
{
    (void)state;
    int64_t other, ids[3];
    must(har_store_athlete(store, "other", true, &other, &err));
    for (int i = 0; i < 3; i++) ids[i] = keep_run(i == 2 ? other : ATHLETE, i);
    must(add(pair_called("A", 0)));
    assert_int_equal(har_shoe_wear(store, ATHLETE, "A", ids, 3, &arena, &err),
                     HAR_NOT_FOUND);
    assert_int_equal(all_gear().wearing.wear[0].runs, 0);
    assert_int_equal(har_shoe_wear(store, ATHLETE, "B", ids, 2, &arena, &err),
                     HAR_NOT_FOUND);
    must(har_shoe_wear(store, ATHLETE, "A", ids, 2, &arena, &err));
    assert_int_equal(all_gear().wearing.wear[0].runs, 2);
    assert_int_equal(all_gear().wearing.wear[0].told, 2);
    assert_true(fabs(all_gear().wearing.wear[0].distance_m - 20000) < 1e-9);
}

static void a_pair_is_retired_once(void **state)
{
    (void)state;
    keep_run(ATHLETE, 0);
    keep_run(ATHLETE, 1);
    must(add(pair_called("A", EASY)));
    assert_int_equal(har_shoe_retire(store, ATHLETE, "B", DAY, &arena, &err),
                     HAR_NOT_FOUND);
    must(har_shoe_retire(store, ATHLETE, "A", DAY, &arena, &err));
    assert_int_equal(har_shoe_retire(store, ATHLETE, "A", DAY + 9, &arena, &err),
                     HAR_BAD_INPUT);
    assert_string_equal(err.message, "\"A\" is retired already, since 2024-10-04");
    assert_int_equal(all_gear().shoes[0].last_day, DAY);
    assert_int_equal(all_gear().wearing.wear[0].runs, 1);
    must(har_shoe_remove(store, ATHLETE, "A", &arena, &err));
    assert_int_equal(har_shoe_remove(store, ATHLETE, "A", &arena, &err), HAR_NOT_FOUND);
    assert_int_equal(all_gear().shoe_count, 0);
}

/* An export fills in what nobody said, once. */
static void what_an_export_tells_gives_way(void **state)
{
    (void)state;
    int64_t run = keep_run(ATHLETE, 0), next = keep_run(ATHLETE, 1);
    bool news;
    must(add(pair_called("A", 0)));
    must(har_shoe_wear(store, ATHLETE, "A", &run, 1, &arena, &err));
    must(har_shoe_tell(store, ATHLETE, "B", run, &news, &err));
    assert_false(news);
    must(har_shoe_tell(store, ATHLETE, "B", next, &news, &err));
    assert_true(news);
    must(har_shoe_tell(store, ATHLETE, "B", next, &news, &err));
    assert_false(news);
    struct har_gear gear = all_gear();
    assert_int_equal(gear.shoe_count, 2);
    assert_int_equal(gear.wearing.wear[0].runs, 1);
    assert_int_equal(gear.wearing.wear[1].runs, 1);
    assert_true(isnan(gear.shoes[1].limit_m));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_refused_pair_is_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wearing_is_whole_or_not_at_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pair_is_retired_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_an_export_tells_gives_way, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
