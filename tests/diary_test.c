/* SPDX-License-Identifier: MIT */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/diary.h"
#include "harrier/num.h"

#include <math.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)

static struct har_arena arena;
static struct har_season season;

static int release(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static int64_t day_of(int year, int month, int day)
{
    return har_day_of((struct har_date){year, month, day});
}

/* A run of which nothing is known but its start, at nine in the morning UTC. */
static struct har_entry run_on(int64_t day)
{
    struct har_entry entry = {.id = day, .summary = {.sport = HAR_SPORT_RUNNING}};
    struct har_summary *run = &entry.summary;
    run->start_ms = day * 24 * HOUR_MS + 9 * HOUR_MS;
    run->elapsed_s = run->timer_s = run->moving_s = run->distance_m = NAN;
    run->device_distance_m = run->ascent_m = run->descent_m = run->altitude_m = NAN;
    return entry;
}

static struct har_entry run_far(int64_t day, double distance_m)
{
    struct har_entry entry = run_on(day);
    entry.summary.distance_m = distance_m;
    return entry;
}

static struct har_entry run_high(int64_t day, double altitude_m)
{
    struct har_entry entry = run_far(day, 10000);
    entry.summary.altitude_m = altitude_m;
    return entry;
}

static void add_up(const struct har_entry *entries, size_t count)
{
    struct har_error err = {0};
    har_arena_free(&arena);
    assert_int_equal(har_season(entries, count, &arena, &season, &err), HAR_OK);
}

/* --- days and weeks -------------------------------------------------------------- */

static void test_nothing_is_not_found(void **state)
{
    (void)state;
    struct har_entry timeless = run_on(0);
    timeless.summary.start_ms = HAR_NO_TIME;
    assert_int_equal(har_season(NULL, 0, &arena, &season, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_season(&timeless, 1, &arena, &season, NULL), HAR_NOT_FOUND);
}

static void test_one_run_is_a_season(void **state)
{
    (void)state;
    struct har_entry only = run_far(day_of(2026, 1, 7), 12345);
    add_up(&only, 1);
    assert_int_equal(season.week_count, 1);
    assert_int_equal(season.weeks[0].monday, day_of(2026, 1, 5));
    assert_int_equal(season.from_day, season.to_day);
    assert_ptr_equal(season.longest, &only);
    assert_true(season.distance_m == 12345);
    assert_true(isnan(season.moving_s) && isnan(season.weeks[0].ascent_m));
    assert_int_equal(season.stay_count, 0);
}

/* 23:30 UTC on a Sunday is half past midnight on Monday in Berlin: another week. */
static void test_weeks_go_by_the_runners_own_clock(void **state)
{
    (void)state;
    struct har_entry late[2] = {run_far(day_of(2026, 1, 4), 5000),
                                run_far(day_of(2026, 1, 4), 7000)};
    late[0].summary.start_ms = late[1].summary.start_ms =
        day_of(2026, 1, 4) * 24 * HOUR_MS + 23 * HOUR_MS + HOUR_MS / 2;
    late[1].summary.utc_offset_s = 3600;
    add_up(late, 2);
    assert_int_equal(season.week_count, 2);
    assert_true(season.weeks[0].distance_m == 5000);
    assert_true(season.weeks[1].distance_m == 7000);
    assert_int_equal(season.weeks[1].monday, day_of(2026, 1, 5));
}

static void test_only_runs_make_mileage(void **state)
{
    (void)state;
    struct har_entry mixed[4];
    for (int i = 0; i < 4; i++) mixed[i] = run_far(day_of(2026, 2, 2) + i, 10000);
    mixed[1].summary.sport = HAR_SPORT_CYCLING;
    mixed[2].summary.setting = HAR_SETTING_TREADMILL;
    mixed[3].summary.setting = HAR_SETTING_VIRTUAL;
    add_up(mixed, 4);
    assert_int_equal(season.activities, 4);
    assert_int_equal(season.runs, 3);
    assert_int_equal(season.weeks[0].others, 1);
    assert_true(season.distance_m == 30000);
}

static void test_unknown_is_not_zero(void **state)
{
    (void)state;
    struct har_entry runs[3] = {run_far(day_of(2026, 2, 2), 10000),
                                run_on(day_of(2026, 2, 3)), run_on(day_of(2026, 2, 17))};
    runs[0].summary.ascent_m = 120;
    add_up(runs, 3);
    assert_int_equal(season.week_count, 3);
    assert_true(season.weeks[0].distance_m == 10000 && season.weeks[0].ascent_m == 120);
    assert_true(season.weeks[1].distance_m == 0 && season.weeks[1].longest_m == 0);
    assert_true(isnan(season.weeks[1].altitude_m));
    assert_true(isnan(season.weeks[2].distance_m) && isnan(season.weeks[2].longest_m));
    assert_true(season.distance_m == 10000 && season.ascent_m == 120);
}

static void test_longest_is_a_run_and_the_earlier_of_equals(void **state)
{
    (void)state;
    struct har_entry entries[4] = {
        run_far(day_of(2026, 3, 4), 30000), run_far(day_of(2026, 3, 2), 30000),
        run_far(day_of(2026, 3, 1), 90000), run_on(day_of(2026, 3, 5))};
    entries[2].summary.sport = HAR_SPORT_CYCLING;
    add_up(entries, 4);
    assert_ptr_equal(season.longest, &entries[1]);
    add_up(&entries[2], 2);
    assert_null(season.longest);
}

/* --- random seasons -------------------------------------------------------------- */

enum { MANY = 120 };

static const struct har_best two_bests[2] = {{1000, 240, 5, 10}, {5000, 1300, 0, 0}};

static void fill_season(struct har_random *random, struct har_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t day = day_of(2025, 9, 1) + (int64_t)(har_random_uniform(random) * 210);
        struct har_entry *entry = &entries[i];
        *entry = run_far(day, 3000 + 20000 * har_random_uniform(random));
        struct har_summary *run = &entry->summary;
        entry->id = (int64_t)i + 1;
        entry->race = har_random_uniform(random) < 0.05;
        entry->bests = two_bests;
        entry->best_count = har_random_bits(random) % 3;
        run->start_ms += (int64_t)(har_random_uniform(random) * 24 * 3600) * 1000;
        run->utc_offset_s = (int32_t)(har_random_bits(random) % 24) * 3600 - 39600;
        if (har_random_uniform(random) < 0.1) run->sport = HAR_SPORT_CYCLING;
        if (har_random_uniform(random) < 0.1) run->distance_m = NAN;
        if (har_random_uniform(random) < 0.8) run->moving_s = run->distance_m / 3.5;
        if (har_random_uniform(random) < 0.7) run->ascent_m = run->distance_m / 100;
        run->altitude_m = har_random_uniform(random) < 0.2 ? 1900 : 100;
        for (int bpm = 100; bpm < 190; bpm++)
            run->heart_s[bpm] = (float)(30 * har_random_uniform(random));
    }
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

static void test_weeks_add_up_to_the_season(void **state)
{
    (void)state;
    static struct har_entry entries[MANY];
    struct har_random random = har_random_of(11);
    for (int round = 0; round < 20; round++) {
        fill_season(&random, entries, MANY);
        add_up(entries, MANY);
        double distance_m = 0, ascent_m = 0, moving_s = 0;
        unsigned runs = 0, others = 0;
        for (size_t i = 0; i < season.week_count; i++) {
            const struct har_week *week = &season.weeks[i];
            assert_int_equal(har_weekday_of(week->monday), 0);
            assert_int_equal(week->monday, season.weeks[0].monday + 7 * (int64_t)i);
            assert_false(week->longest_m > week->distance_m);
            distance_m += or_zero(week->distance_m);
            ascent_m += or_zero(week->ascent_m);
            moving_s += or_zero(week->moving_s);
            runs += week->runs;
            others += week->others;
        }
        assert_true(fabs(distance_m - season.distance_m) < 1e-6);
        assert_true(fabs(ascent_m - season.ascent_m) < 1e-6);
        assert_true(fabs(moving_s - season.moving_s) < 1e-6);
        assert_int_equal(runs, season.runs);
        assert_int_equal(runs + others, MANY);
        assert_true(season.weeks[0].monday <= season.from_day);
        assert_true(season.from_day < season.weeks[0].monday + 7);
        assert_true(season.to_day < season.weeks[season.week_count - 1].monday + 7);
    }
}

static void test_order_of_entries_does_not_matter(void **state)
{
    (void)state;
    static struct har_entry entries[MANY], other[MANY];
    struct har_arena again = {0};
    struct har_season turned;
    struct har_random random = har_random_of(12);
    fill_season(&random, entries, MANY);
    for (size_t i = 0; i < MANY; i++) other[(i * 77) % MANY] = entries[i];
    add_up(entries, MANY);
    assert_int_equal(har_season(other, MANY, &again, &turned, NULL), HAR_OK);
    assert_true(turned.distance_m == season.distance_m);
    assert_true(turned.zones.unknown_s == season.zones.unknown_s);
    assert_int_equal(turned.week_count, season.week_count);
    for (size_t i = 0; i < season.week_count; i++) {
        assert_int_equal(turned.weeks[i].runs, season.weeks[i].runs);
        assert_true(or_zero(turned.weeks[i].distance_m) ==
                    or_zero(season.weeks[i].distance_m));
    }
    assert_int_equal(turned.race_count, season.race_count);
    for (size_t i = 0; i < season.race_count; i++)
        assert_int_equal(turned.races[i]->id, season.races[i]->id);
    assert_int_equal(turned.best_count, season.best_count);
    for (size_t i = 0; i < season.best_count; i++)
        assert_int_equal(turned.bests[i].id, season.bests[i].id);
    assert_int_equal(turned.stay_count, season.stay_count);
    assert_int_equal(turned.longest->id, season.longest->id);
    har_arena_free(&again);
}

static void test_every_memory_limit_is_survived(void **state)
{
    (void)state;
    static struct har_entry entries[MANY];
    struct har_random random = har_random_of(13);
    fill_season(&random, entries, MANY);
    size_t failures = 0;
    har_status status = HAR_NO_MEMORY;
    for (size_t limit = 1; status != HAR_OK; limit += 997) {
        struct har_arena small = {.limit = limit};
        struct har_error err = {0};
        status = har_season(entries, MANY, &small, &season, &err);
        if (status != HAR_OK) {
            assert_int_equal(status, HAR_NO_MEMORY);
            assert_int_equal(err.status, HAR_NO_MEMORY);
            failures++;
        }
        har_arena_free(&small);
    }
    assert_true(failures > 3);
}

/* --- heart ----------------------------------------------------------------------- */

static void test_zone_bounds_are_whole_beats(void **state)
{
    (void)state;
    static const struct {
        int highest;
        double from_bpm[HAR_ZONES];
    } known[] = {{190, {0, 114, 133, 152, 171}},
                 {200, {0, 120, 140, 160, 180}},
                 {187, {0, 113, 131, 150, 169}}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct har_entry run = run_on(day_of(2026, 1, 1));
        run.summary.heart_s[known[i].highest] = 12;
        add_up(&run, 1);
        assert_true(season.zones.heart_max_bpm == known[i].highest);
        for (int zone = 0; zone < HAR_ZONES; zone++)
            assert_true(season.zones.from_bpm[zone] == known[i].from_bpm[zone]);
    }
}

static void test_beats_on_a_bound_belong_above_it(void **state)
{
    (void)state;
    struct har_entry run = run_on(day_of(2026, 1, 1));
    static const int beats[] = {119, 120, 139, 140, 159, 160, 179, 180, 200};
    static const int zones[] = {0, 1, 1, 2, 2, 3, 3, 4, 4};
    double expected_s[HAR_ZONES] = {0};
    for (size_t i = 0; i < 9; i++) {
        run.summary.heart_s[beats[i]] = (float)(16 << i);
        expected_s[zones[i]] += 16 << i;
    }
    add_up(&run, 1);
    for (int zone = 0; zone < HAR_ZONES; zone++)
        assert_true(season.zones.time_s[zone] == expected_s[zone]);
}

/* An optical sensor that shows 230 for three seconds in every run adds up to a minute. */
static void test_spikes_do_not_add_up_to_a_maximum(void **state)
{
    (void)state;
    struct har_entry runs[20];
    for (int i = 0; i < 20; i++) {
        runs[i] = run_on(day_of(2026, 1, 1) + i);
        runs[i].summary.heart_s[150] = 1800;
        runs[i].summary.heart_s[230] = 3;
    }
    runs[7].summary.heart_s[188] = 4; /* with what is above it: seven seconds */
    runs[7].summary.heart_s[186] = 6; /* thirteen */
    add_up(runs, 20);
    assert_true(season.zones.heart_max_bpm == 186);
}

static void test_zone_times_are_the_histograms(void **state)
{
    (void)state;
    static struct har_entry entries[MANY];
    struct har_random random = har_random_of(14);
    fill_season(&random, entries, MANY);
    double known_s = 0, missing_s = 0;
    for (size_t i = 0; i < MANY; i++) {
        const struct har_summary *run = &entries[i].summary;
        if (run->sport != HAR_SPORT_RUNNING) continue;
        double own_s = 0;
        for (int bpm = 0; bpm < HAR_HEART_BINS; bpm++) own_s += (double)run->heart_s[bpm];
        known_s += own_s;
        if (run->moving_s > own_s) missing_s += run->moving_s - own_s;
    }
    add_up(entries, MANY);
    double zones_s = 0;
    for (int zone = 0; zone < HAR_ZONES; zone++) zones_s += season.zones.time_s[zone];
    assert_true(fabs(zones_s - known_s) < 1e-6 * known_s);
    assert_true(missing_s > 0);
    assert_true(fabs(season.zones.unknown_s - missing_s) < 1e-6 * missing_s);
    assert_true(zones_s + season.zones.unknown_s >= season.moving_s);
}

static void test_without_heart_rate_all_zones_are_zero(void **state)
{
    (void)state;
    struct har_entry run = run_far(day_of(2026, 1, 1), 10000);
    run.summary.moving_s = 3000;
    add_up(&run, 1);
    assert_true(isnan(season.zones.heart_max_bpm));
    assert_true(season.zones.unknown_s == 0);
    for (int zone = 0; zone < HAR_ZONES; zone++) {
        assert_true(season.zones.from_bpm[zone] == 0);
        assert_true(season.zones.time_s[zone] == 0);
    }
}

/* --- the fastest, and the races -------------------------------------------------- */

static void test_bests_are_the_quickest_and_the_earlier_of_equals(void **state)
{
    (void)state;
    static const struct har_best first[] = {{1000, 200, 60, 250}, {5000, 1150, 0, 0}};
    static const struct har_best second[] = {
        {800, 150, 0, 0}, {1000, 200, 0, 0}, {5000, 1100.5, 1.5, 4}, {10000, NAN, 0, 0}};
    struct har_entry runs[2] = {run_on(day_of(2026, 1, 2)), run_on(day_of(2026, 1, 1))};
    runs[0].bests = second, runs[0].best_count = 4;
    runs[1].bests = first, runs[1].best_count = 2;
    runs[0].summary.utc_offset_s = -18000;
    add_up(runs, 2);
    assert_int_equal(season.best_count, 3);
    assert_true(season.bests[0].best.distance_m == 800);
    assert_true(season.bests[1].best.time_s == 200 && season.bests[1].id == runs[1].id);
    assert_int_equal(season.bests[1].start_ms, runs[1].summary.start_ms + 60000);
    assert_true(season.bests[2].best.time_s == 1100.5);
    assert_int_equal(season.bests[2].start_ms, runs[0].summary.start_ms + 1500);
    assert_int_equal(season.bests[2].utc_offset_s, -18000);
}

static void test_races_come_in_order_of_time(void **state)
{
    (void)state;
    struct har_entry runs[4];
    for (int i = 0; i < 4; i++) {
        runs[i] = run_on(day_of(2026, 5, 20) - 7 * i);
        runs[i].race = i != 2;
    }
    add_up(runs, 4);
    assert_int_equal(season.race_count, 3);
    assert_ptr_equal(season.races[0], &runs[3]);
    assert_ptr_equal(season.races[1], &runs[1]);
    assert_ptr_equal(season.races[2], &runs[0]);
    assert_true(season.weeks[0].race && !season.weeks[1].race && season.weeks[2].race);
}

/* --- official results ------------------------------------------------------------ */

static struct har_race race_on(int64_t day, const char *event, const char *mark)
{
    static int64_t id;
    struct har_race race = {.id = ++id, .result = har_result_untold()};
    race.result.day = day;
    assert_int_equal(har_parse_event(har_bytes_of(event), &race.result.event, NULL),
                     HAR_OK);
    assert_int_equal(har_parse_mark(har_bytes_of(mark), &race.result.mark, NULL), HAR_OK);
    assert_int_equal(har_result_check(&race.result, NULL), HAR_OK);
    return race;
}

/* The personal bests of four years over a half marathon, one of them down a hill. */
static void test_an_aided_mark_is_no_best(void **state)
{
    (void)state;
    struct har_personal_best *bests;
    size_t count;
    struct har_race races[] = {
        race_on(100, "HM", "62:00"),     race_on(200, "HM", "61:17"),
        race_on(300, "HM", "61:50"),     race_on(400, "HM", "61:50"),
        race_on(50, "1500", "3:40.00"),  race_on(60, "1500", "3:39.5h"),
        race_on(60, "1500", "3:39.51i"), race_on(70, "10K", "28:00"),
        race_on(80, "5K", "14:00"),      race_on(90, "5K", "13:30"),
    };
    races[1].result.eligible = 0;     /* faster, and falls: behind the best */
    races[2].result.eligible = 1;     /* the first of two equals */
    races[7].result.official = false; /* the only one: listed, and no best */
    races[8].result.eligible = 0;     /* slower than what counts: left out */
    har_arena_free(&arena);
    assert_int_equal(har_personal_bests(races, sizeof races / sizeof *races, HAR_MEN,
                                        &arena, &bests, &count, NULL),
                     HAR_OK);
    static const struct {
        size_t race;
        bool counts;
    } expected[] = {{5, true}, {6, true}, {9, true}, {7, false}, {2, true}, {1, false}};
    assert_int_equal(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(bests[i].race, &races[expected[i].race]);
        assert_int_equal(bests[i].counts, expected[i].counts);
        int points = 0;
        const struct har_result *r = &bests[i].race->result;
        assert_int_equal(har_points(&r->mark, &r->event, HAR_MEN, 2025, &points, NULL),
                         HAR_OK);
        assert_int_equal(bests[i].points, points);
    }
    assert_int_equal(har_personal_bests(races, 1, HAR_UNTOLD, &arena, &bests, &count, NULL),
                     HAR_OK);
    assert_true(count == 1 && bests[0].points == -1);
    assert_int_equal(har_personal_bests(NULL, 0, HAR_MEN, &arena, &bests, &count, NULL),
                     HAR_OK);
    assert_int_equal(count, 0);
}

/* A race that an activity recorded stands in the season once, one that nobody recorded as
 * well, one of another year not. */
static void test_a_season_has_races_nobody_recorded(void **state)
{
    (void)state;
    int64_t monday = day_of(2026, 3, 2);
    struct har_entry runs[] = {run_far(monday + 2, 10000), run_far(monday + 9, 10000)};
    struct har_race races[] = {
        race_on(monday + 2, "10K", "31:00"), race_on(monday + 6, "5K", "15:00"),
        race_on(monday + 13, "5K", "15:01"), race_on(monday + 14, "5K", "14:50"),
        race_on(monday - 1, "5K", "14:59")};
    races[1].result.venue = "Ulm";
    runs[0].race = true;
    runs[0].official = &races[0];
    add_up(runs, 2);
    assert_int_equal(har_season_results(&season, races, 5, HAR_UNTOLD, &arena, NULL),
                     HAR_OK);
    assert_int_equal(season.race_count, 3);
    assert_ptr_equal(season.races[0], &runs[0]);
    assert_ptr_equal(season.races[1]->official, &races[1]);
    assert_ptr_equal(season.races[2]->official, &races[2]);
    assert_string_equal(season.races[1]->name, "Ulm");
    assert_true(isnan(season.races[1]->summary.distance_m));
    assert_true(season.week_count == 2 && season.weeks[0].race && season.weeks[1].race);
    assert_int_equal(har_local_day(season.races[1]->summary.start_ms, 0), monday + 6);
    assert_int_equal(season.mark_count, 2); /* of all that is known */
    assert_ptr_equal(season.marks[0].race, &races[3]);
}

/* --- stays ----------------------------------------------------------------------- */

/* Days of running, one entry a day with a rest on every seventh. */
static size_t live(struct har_entry *entries, size_t count, int64_t from, int64_t to,
                   double altitude_m)
{
    for (int64_t day = from; day <= to; day++)
        if ((day - from) % 7 != 6) entries[count++] = run_high(day, altitude_m);
    return count;
}

/* The two stays of a real runner's years: seven weeks at 1,100 m with trips to 3,100 m and
 * 5,080 m, and four days at 1,840 m, else near the sea. */
static void test_a_camp_with_side_trips_is_one_stay(void **state)
{
    (void)state;
    static struct har_entry entries[400];
    int64_t start = day_of(2025, 4, 1), camp = day_of(2025, 6, 25);
    size_t count = live(entries, 0, start, camp - 3, 8);
    size_t first = count;
    count = live(entries, count, camp, day_of(2025, 8, 13), 1095);
    entries[first + 12].summary.altitude_m = 3100;
    entries[first + 25].summary.altitude_m = 5080;
    entries[first + 20].summary.setting = HAR_SETTING_TREADMILL;
    entries[first + 20].summary.altitude_m = 0;
    size_t camp_runs = count - first;
    count = live(entries, count, day_of(2025, 8, 16), day_of(2026, 2, 22), 12);
    count = live(entries, count, day_of(2026, 2, 24), day_of(2026, 2, 27), 1840);
    count = live(entries, count, day_of(2026, 3, 1), day_of(2026, 3, 20), 5);

    add_up(entries, count);
    assert_int_equal(season.stay_count, 2);
    assert_int_equal(season.stays[0].from_day, camp);
    assert_int_equal(season.stays[0].to_day, day_of(2025, 8, 13));
    assert_true(season.stays[0].altitude_m == 1095);
    assert_int_equal(season.stays[0].runs, camp_runs);
    assert_true(season.stays[0].distance_m == 10000.0 * (double)camp_runs);
    assert_int_equal(season.stays[1].from_day, day_of(2026, 2, 24));
    assert_int_equal(season.stays[1].to_day, day_of(2026, 2, 27));
    assert_true(season.stays[1].altitude_m == 1840);
}

static void test_what_is_no_stay(void **state)
{
    (void)state;
    static struct har_entry entries[100];
    int64_t start = day_of(2026, 1, 5);
    size_t home = live(entries, 0, start, start + 29, 200);
    size_t count = live(entries, home, start + 30, start + 31, 2000);
    add_up(entries, count);
    assert_int_equal(season.stay_count, 0); /* two days */

    count = live(entries, home, start + 30, start + 34, 700);
    add_up(entries, count);
    assert_int_equal(season.stay_count, 0); /* 500 m, not more */

    for (size_t i = 0; i < home; i++) entries[i].summary.altitude_m = NAN;
    add_up(entries, count);
    assert_int_equal(season.stay_count, 0); /* the only altitude known is the usual one */
}

static void test_rest_days_end_a_stay_when_there_are_five(void **state)
{
    (void)state;
    static struct har_entry entries[100];
    int64_t start = day_of(2026, 1, 5), camp = start + 40;
    size_t home = live(entries, 0, start, start + 39, 200);
    for (int gap = 5; gap <= 6; gap++) {
        size_t count = live(entries, home, camp, camp + 2, 2100);
        count = live(entries, count, camp + 2 + gap, camp + 4 + gap, 2100);
        add_up(entries, count);
        assert_int_equal(season.stay_count, gap == 5 ? 1 : 2);
    }
}

static void test_coming_down_is_a_stay_too(void **state)
{
    (void)state;
    static struct har_entry entries[100];
    int64_t start = day_of(2026, 1, 5);
    size_t count = live(entries, 0, start, start + 40, 2400);
    count = live(entries, count, start + 41, start + 45, 50);
    add_up(entries, count);
    assert_int_equal(season.stay_count, 1);
    assert_int_equal(season.stays[0].from_day, start + 41);
    assert_true(season.stays[0].altitude_m == 50);
}

/* --- spans ----------------------------------------------------------------------- */

static void test_a_watch_reset_to_1990_makes_weeks_not_trouble(void **state)
{
    (void)state;
    struct har_entry runs[2] = {run_far(day_of(1989, 12, 31), 5000),
                                run_far(day_of(2026, 11, 22), 6000)};
    add_up(runs, 2);
    assert_int_equal(season.week_count,
                     (day_of(2026, 11, 16) - day_of(1989, 12, 25)) / 7 + 1);
    assert_true(season.weeks[season.week_count - 1].distance_m == 6000);
}

static void test_the_ends_of_time_fit(void **state)
{
    (void)state;
    struct har_entry runs[3] = {run_far(day_of(1, 1, 2), 5000),
                                run_far(day_of(9999, 12, 30), 6000), run_on(0)};
    runs[2].summary.start_ms = INT64_MAX;
    add_up(runs, 3);
    assert_int_equal(season.activities, 2);
    assert_true(season.week_count > 521000 && season.week_count < 522000);
}

/* --- camps and mornings -------------------------------------------------------------- */

enum { HIGH_DAYS = 21, HOME_DAYS = 150 };

/* Three weeks at 2,135 m from day 1000, then years later a home at 1,600 m; all the while a
 * belt and a bicycle that stand at 3,000 m. */
static size_t live_high(struct har_entry *high)
{
    size_t count = 0;
    for (int64_t i = 0; i < HIGH_DAYS; i++) high[count++] = run_high(1000 + i, 2135);
    for (int64_t i = 0; i < HOME_DAYS; i++) high[count++] = run_high(2000 + i, 1600);
    for (int64_t i = 0; i < HIGH_DAYS; i++) {
        high[count] = run_high(3000 + i, 3000);
        if (i % 2) high[count++].summary.setting = HAR_SETTING_TREADMILL;
        else high[count++].summary.sport = HAR_SPORT_CYCLING;
    }
    return count;
}

static void test_a_home_is_no_camp_and_a_belt_none_either(void **state)
{
    (void)state;
    static struct har_entry high[HIGH_DAYS + HOME_DAYS + HIGH_DAYS];
    struct har_kept_camp *camps;
    size_t count, entry_count = live_high(high);
    assert_int_equal(
        har_camps_of(high, entry_count, NULL, 0, NULL, 0, &arena, &camps, &count, NULL),
        HAR_OK);
    assert_int_equal(count, 1);
    assert_true(camps->camp.from_day == 1000 && camps->camp.to_day == 1020);
    assert_true(fabs(camps->dose.dose_km_h - 986.37) < 0.01); /* 21 days of 22 h */
    assert_null(camps->brought);
}

/* What is told stands in the place of what is found, with its own hours; a season has what
 * touches its days, and its stays know. */
static void test_a_season_has_the_camps_of_its_days(void **state)
{
    (void)state;
    static struct har_entry high[HIGH_DAYS + HOME_DAYS + HIGH_DAYS];
    const struct har_kept_camp told[] = {
        {.camp = {"Early", 500, 520, 2000, NAN, NAN, true, false}, .hours_a_day = 22},
        {.camp = {"Iten", 999, 1020, 2200, NAN, NAN, true, false}, .hours_a_day = 10}};
    struct har_kept_camp *camps;
    struct har_entry round_it[HIGH_DAYS + 40];
    size_t count, entry_count = live_high(high), at = 0;
    for (size_t i = 0; i < HIGH_DAYS; i++) round_it[at++] = high[i];
    for (int64_t i = 0; i < 40; i++) round_it[at++] = run_high(1021 + i, 20);
    add_up(round_it, at); /* empties the arena */
    assert_int_equal(season.stay_count, 1);
    assert_true(season.camp_count == 0 && !season.stays[0].camp);
    assert_int_equal(
        har_camps_of(high, entry_count, told, 2, NULL, 0, &arena, &camps, &count, NULL),
        HAR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(camps[1].camp.name, "Iten");
    assert_true(camps[1].dose.hours == 220);
    har_season_camps(&season, camps, count);
    assert_int_equal(season.camp_count, 1);
    assert_string_equal(season.camps->camp.name, "Iten");
    assert_true(season.stays[0].camp);
}

static void test_every_memory_limit_of_camps_is_survived(void **state)
{
    (void)state;
    static struct har_entry high[HIGH_DAYS + HOME_DAYS + HIGH_DAYS];
    struct har_kept_camp *camps;
    size_t count, entry_count = live_high(high);
    har_status status = HAR_NO_MEMORY;
    for (size_t limit = 1; status == HAR_NO_MEMORY; limit += 1 + limit / 4) {
        struct har_arena tight = {.limit = limit};
        status =
            har_camps_of(high, entry_count, NULL, 0, NULL, 0, &tight, &camps, &count, NULL);
        har_arena_free(&tight);
    }
    assert_int_equal(status, HAR_OK);
}

static void test_few_mornings_make_no_mean(void **state)
{
    (void)state;
    struct har_wellness_row rows[28];
    for (int i = 0; i < 28; i++)
        rows[i] = (struct har_wellness_row){.day = 100 + i,
                                            .rest_bpm = i < 21 ? 50 : 46,
                                            .hrv_ms = i < 21 && i > 14 ? 80 : NAN,
                                            .sleep_s = i > 24 ? 28800 : NAN,
                                            .weight_kg = NAN,
                                            .rpe = NAN,
                                            .soreness = NAN,
                                            .mood = NAN};
    struct har_mornings means = har_mornings_of(rows, 28, 127);
    assert_int_equal(means.known, 3);
    assert_true(means.week.rest_bpm == 46 && means.weeks.rest_bpm == 49);
    assert_true(isnan(means.week.hrv_ms) && isnan(means.weeks.hrv_ms)); /* six in four */
    assert_true(means.week.sleep_s == 28800 && isnan(means.weeks.sleep_s));
    means = har_mornings_of(rows, 28, 126); /* later ones are not seen */
    assert_true(isnan(means.week.sleep_s));
    assert_int_equal(har_mornings_of(rows, 0, 127).known, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_not_found),
        cmocka_unit_test(test_one_run_is_a_season),
        cmocka_unit_test(test_weeks_go_by_the_runners_own_clock),
        cmocka_unit_test(test_only_runs_make_mileage),
        cmocka_unit_test(test_unknown_is_not_zero),
        cmocka_unit_test(test_longest_is_a_run_and_the_earlier_of_equals),
        cmocka_unit_test(test_weeks_add_up_to_the_season),
        cmocka_unit_test(test_order_of_entries_does_not_matter),
        cmocka_unit_test(test_every_memory_limit_is_survived),
        cmocka_unit_test(test_zone_bounds_are_whole_beats),
        cmocka_unit_test(test_beats_on_a_bound_belong_above_it),
        cmocka_unit_test(test_spikes_do_not_add_up_to_a_maximum),
        cmocka_unit_test(test_zone_times_are_the_histograms),
        cmocka_unit_test(test_without_heart_rate_all_zones_are_zero),
        cmocka_unit_test(test_bests_are_the_quickest_and_the_earlier_of_equals),
        cmocka_unit_test(test_races_come_in_order_of_time),
        cmocka_unit_test(test_an_aided_mark_is_no_best),
        cmocka_unit_test(test_a_season_has_races_nobody_recorded),
        cmocka_unit_test(test_a_camp_with_side_trips_is_one_stay),
        cmocka_unit_test(test_what_is_no_stay),
        cmocka_unit_test(test_rest_days_end_a_stay_when_there_are_five),
        cmocka_unit_test(test_coming_down_is_a_stay_too),
        cmocka_unit_test(test_a_home_is_no_camp_and_a_belt_none_either),
        cmocka_unit_test(test_a_season_has_the_camps_of_its_days),
        cmocka_unit_test(test_every_memory_limit_of_camps_is_survived),
        cmocka_unit_test(test_few_mornings_make_no_mean),
        cmocka_unit_test(test_a_watch_reset_to_1990_makes_weeks_not_trouble),
        cmocka_unit_test(test_the_ends_of_time_fit),
    };
    return cmocka_run_group_tests_name("diary", tests, NULL, release);
}
