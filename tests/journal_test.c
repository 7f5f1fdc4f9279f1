/* SPDX-License-Identifier: MIT */
/* What no watch file says, kept and read back: camps, mornings, the season ahead, zones. */

#include "harrier/journal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct har_arena arena;

static struct har_store *open_store(void)
{
    struct har_store *store;
    assert_int_equal(har_store_open(":memory:", HAR_STORE_WRITE, &store, NULL), HAR_OK);
    return store;
}

/* --- camps ------------------------------------------------------------------------- */

static struct har_kept_camp camp_of(const char *name, int64_t from_day, int64_t to_day)
{
    return (struct har_kept_camp){
        .camp = {.name = name, .from_day = from_day, .to_day = to_day, .altitude_m = 2135},
        .hours_a_day = 20};
}

static size_t camps_of(struct har_store *store, int64_t athlete,
                       struct har_kept_camp **camps)
{
    size_t count;
    assert_int_equal(har_journal_camps(store, athlete, &arena, camps, &count, NULL),
                     HAR_OK);
    return count;
}

static void tell_camp(struct har_store *store, int64_t athlete,
                      const struct har_kept_camp *camp, bool expected_again)
{
    bool again;
    assert_int_equal(har_camp_tell(store, athlete, camp, &arena, &again, NULL), HAR_OK);
    assert_int_equal(again, expected_again);
}

static void a_camp_is_as_it_was_told_last(void **state)
{
    (void)state;
    struct har_store *store = open_store();
    struct har_kept_camp late = camp_of("'); --", 300, 320),
                         early = camp_of("Iten", 90, 99);
    struct har_kept_camp *camps;
    int64_t other;
    assert_int_equal(har_store_athlete(store, "Jo", true, &other, NULL), HAR_OK);
    tell_camp(store, 1, &late, false);
    tell_camp(store, 1, &early, false);
    tell_camp(store, other, &early, false);
    early.camp.to_day = 110;
    tell_camp(store, 1, &early, true);
    assert_int_equal(camps_of(store, 1, &camps), 2);
    assert_string_equal(camps[0].camp.name, "Iten");
    assert_string_equal(camps[1].camp.name, "'); --");
    assert_int_equal(camps[0].camp.from_day, 90);
    assert_int_equal(camps[0].camp.to_day, 110);
    assert_true(camps[0].camp.told && camps[0].camp.altitude_m == 2135 &&
                camps[0].hours_a_day == 20 && isnan(camps[0].camp.lat_deg));
    assert_int_equal(camps_of(store, 0, &camps), 3);
    assert_int_equal(har_camp_forget(store, 1, "Iten", NULL), HAR_OK);
    assert_int_equal(har_camp_forget(store, 1, "Iten", NULL), HAR_NOT_FOUND);
    assert_int_equal(camps_of(store, 0, &camps), 2);
    har_store_close(store);
}

/* --- mornings ------------------------------------------------------------------------ */

static struct har_wellness_row morning_of(int64_t day, double rest_bpm, double hrv_ms)
{
    return (struct har_wellness_row){0, day, rest_bpm, hrv_ms, NAN, NAN, NAN, NAN, 0};
}

static enum har_morning_fate add_morning(struct har_store *store, int64_t athlete,
                                         struct har_wellness_row row)
{
    enum har_morning_fate fate;
    assert_int_equal(har_journal_add_morning(store, athlete, &row, &fate, NULL), HAR_OK);
    return fate;
}

static void mornings_are_filled_and_stay(void **state)
{
    (void)state;
    struct har_store *store = open_store();
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_wellness_row *rows;
    const char **names;
    size_t count;
    int64_t other;
    assert_int_equal(har_store_athlete(store, "Jo", true, &other, NULL), HAR_OK);
    assert_int_equal(add_morning(store, 1, morning_of(200, 45, NAN)), HAR_MORNING_NEW);
    assert_int_equal(add_morning(store, 1, morning_of(199, NAN, 80)), HAR_MORNING_NEW);
    assert_int_equal(add_morning(store, other, morning_of(200, 60, 30)), HAR_MORNING_NEW);
    assert_int_equal(add_morning(store, 1, morning_of(200, 99, 70)), HAR_MORNING_FILLED);
    assert_int_equal(add_morning(store, 1, morning_of(200, 45, 70)), HAR_MORNING_KNOWN);
    filter.athlete = 1;
    assert_int_equal(har_journal_mornings(store, &filter, &arena, &rows, &count, NULL),
                     HAR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].day, 199);
    assert_true(isnan(rows[0].rest_bpm) && rows[0].hrv_ms == 80 && rows[0].mood == 0);
    assert_true(rows[1].rest_bpm == 45 && rows[1].hrv_ms == 70 && isnan(rows[1].sleep_s));
    filter.since_day = 200;
    assert_int_equal(har_journal_mornings(store, &filter, &arena, &rows, &count, NULL),
                     HAR_OK);
    assert_int_equal(count, 1);
    /* The nameless one is somebody by a morning alone. */
    assert_int_equal(har_store_athletes(store, &arena, &names, &count, NULL), HAR_OK);
    assert_int_equal(count, 2);
    har_store_close(store);
}

/* --- the season ahead ---------------------------------------------------------------- */

/* The season of an athlete is kept as a whole, and the next one takes its place. */
static void a_season_is_kept_as_it_was_told(void **state)
{
    (void)state;
    struct har_store *store = open_store();
    struct har_planned_item item[2] = {
        {HAR_PLANNED_CAMP, 20100, 20120, "Iten", {0}, HAR_IMPORTANCE_A, 2400},
        {HAR_PLANNED_RACE, 20150, 20150, "", {0}, HAR_IMPORTANCE_B, NAN}};
    struct har_kept_season told = {20090,
                                   {.taper_days = 10, .taper_least = 0.5},
                                   {.count = 2, .item = item},
                                   NULL},
                           kept;
    assert_int_equal(har_parse_event(har_bytes_of("10K"), &item[1].event, NULL), HAR_OK);
    assert_int_equal(har_journal_season(store, 1, &arena, &kept, NULL), HAR_NOT_FOUND);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(har_store_begin(store, NULL), HAR_OK);
        assert_int_equal(har_journal_keep_season(store, 1, &told, NULL), HAR_OK);
        assert_int_equal(har_store_commit(store, NULL), HAR_OK);
        assert_int_equal(har_journal_season(store, 1, &arena, &kept, NULL), HAR_OK);
    }
    assert_int_equal(kept.from_day, 20090);
    assert_int_equal(kept.settings.taper_days, 10);
    assert_true(kept.settings.taper_least == 0.5 && kept.settings.taper_most == 0);
    assert_int_equal(kept.calendar.count, 2);
    assert_string_equal(kept.calendar.item[0].name, "Iten");
    assert_true(kept.calendar.item[0].altitude_m == 2400);
    assert_int_equal(kept.calendar.item[0].to_day, 20120);
    assert_string_equal(kept.calendar.item[1].event.code, "10K");
    assert_int_equal(kept.calendar.item[1].importance, HAR_IMPORTANCE_B);
    assert_true(isnan(kept.calendar.item[1].altitude_m));
    har_store_close(store);
}

/* --- private zones ----------------------------------------------------------------- */

static void a_zone_told_anew_keeps_its_shift(void **state)
{
    (void)state;
    struct har_store *store = open_store();
    struct har_zone home = {"'); --", 59.9, 10.7, 200, 7, 7},
                    work = {"a", -90, 0, 50, 7, 7};
    const struct har_zone *zones;
    size_t count;
    bool again;
    assert_int_equal(har_zone_tell(store, &home, &again, NULL), HAR_OK);
    assert_false(again);
    assert_int_equal(har_journal_zones(store, &arena, &zones, &count, NULL), HAR_OK);
    const double east = zones[0].east, north = zones[0].north;
    assert_true(hypot(east, north) <= 1 && hypot(east, north) > 0);
    home.radius_m = 300;
    assert_int_equal(har_zone_tell(store, &home, &again, NULL), HAR_OK);
    assert_true(again);
    assert_int_equal(har_zone_tell(store, &work, &again, NULL), HAR_OK);
    assert_int_equal(har_journal_zones(store, &arena, &zones, &count, NULL), HAR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(zones[0].name, "'); --");
    assert_true(zones[0].radius_m == 300 && zones[0].lat_deg == 59.9);
    assert_true(zones[0].east == east && zones[0].north == north);
    assert_true(zones[1].east != east && zones[1].north != north);
    assert_int_equal(har_zone_forget(store, "a", NULL), HAR_OK);
    assert_int_equal(har_zone_forget(store, "a", NULL), HAR_NOT_FOUND);
    home.radius_m = 0;
    assert_int_equal(har_zone_tell(store, &home, &again, NULL), HAR_BAD_INPUT);
    assert_int_equal(har_journal_zones(store, &arena, &zones, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
    har_store_close(store);
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
        cmocka_unit_test(a_camp_is_as_it_was_told_last),
        cmocka_unit_test(mornings_are_filled_and_stay),
        cmocka_unit_test(a_season_is_kept_as_it_was_told),
        cmocka_unit_test(a_zone_told_anew_keeps_its_shift),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
