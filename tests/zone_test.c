/* SPDX-License-Identifier: MIT */
/* zone: what of a track may be shown; nothing near the place, whatever way leads past it.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/num.h"
#include "harrier/zone.h"

#include <math.h>
#include <string.h>

enum { MOST = 4000 };

static struct har_arena arena;

struct track {
    size_t count;
    double lat[MOST], lon[MOST];
};
static struct track track;

/* Another 64 bits each time, the same in every run (splitmix64, S. Vigna). */
static uint64_t bits_of(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double share_of(uint64_t *seed)
{
    return (double)(bits_of(seed) >> 11) / 9007199254740992.0;
}

static int tear_down(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static struct har_zone zone_at(double lat, double lon, double radius_m, uint64_t bits)
{
    struct har_zone zone = {
        .name = "home", .lat_deg = lat, .lon_deg = lon, .radius_m = radius_m};
    har_zone_draw(&zone, bits);
    return zone;
}

/* A way of `count` points, `step_m` apart, that turns a little at each. */
static void wander(double lat, double lon, size_t count, double step_m, uint64_t *seed)
{
    double bearing = 360 * share_of(seed);
    track = (struct track){.count = count};
    for (size_t i = 0; i < count; i++) {
        track.lat[i] = lat;
        track.lon[i] = lon;
        bearing += 40 * (share_of(seed) - 0.5);
        har_geodesic_from(lat, lon, bearing, step_m, &lat, &lon);
    }
}

/* Straight through a point from the west to the east, which lies in the middle. */
static void pass(double lat, double lon, size_t count, double step_m)
{
    track = (struct track){.count = count};
    for (size_t i = 0; i < count; i++) {
        double metres = step_m * ((double)i - (double)(count / 2));
        har_geodesic_from(lat, lon, metres < 0 ? 270 : 90, fabs(metres), &track.lat[i],
                          &track.lon[i]);
    }
}

static const bool *hide(const struct har_zone *zone, size_t zones, size_t *hidden)
{
    const bool *mask;
    assert_int_equal(har_zone_hide(zone, zones, track.lat, track.lon, track.count, &arena,
                                   &mask, hidden, NULL),
                     HAR_OK);
    return mask;
}

static double metres_from(const struct har_zone *zone, size_t i)
{
    return har_geodesic(track.lat[i], track.lon[i], zone->lat_deg, zone->lon_deg, NULL,
                        NULL);
}

/* Wherever on earth, whatever was drawn, whichever way: and what lies three radii away, the
 * farthest that the circle can reach, is shown. */
static void nothing_within_the_radius_is_ever_shown(void **state)
{
    (void)state;
    uint64_t seed = 1;
    size_t shown = 0, near = 0;
    for (int round = 0; round < 100; round++) {
        double lat = 178 * share_of(&seed) - 89, lon = 360 * share_of(&seed) - 180;
        double radius_m = 50 + 950 * share_of(&seed);
        struct har_zone zone = zone_at(lat, lon, radius_m, bits_of(&seed));
        har_geodesic_from(lat, lon, 360 * share_of(&seed), 4 * radius_m * share_of(&seed),
                          &lat, &lon);
        wander(lat, lon, 150, 0.4 * radius_m * share_of(&seed), &seed);
        const bool *hidden = hide(&zone, 1, NULL);
        for (size_t i = 0; i < track.count; i++) {
            bool within = metres_from(&zone, i) < radius_m;
            near += within;
            shown += !hidden[i];
            assert_true(hidden[i] || !within);
        }
        har_arena_reset(&arena);
    }
    assert_true(near > 500 && shown > 1000);
}

static void what_lies_far_is_shown(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 300; round++) {
        struct har_zone zone = zone_at(60 * share_of(&seed), 10, 200, bits_of(&seed));
        double lat, lon;
        har_geodesic_from(zone.lat_deg, zone.lon_deg, 360 * share_of(&seed), 605, &lat,
                          &lon);
        track = (struct track){.count = 1, .lat = {lat}, .lon = {lon}};
        assert_false(hide(&zone, 1, NULL)[0]);
    }
}

static void the_same_zone_hides_the_same_each_time(void **state)
{
    (void)state;
    struct har_zone zone = zone_at(46.5, 9.8, 300, UINT64_C(0x123456789abcdef0));
    size_t first, again;
    pass(46.5, 9.8, 1001, 3);
    const bool *one = hide(&zone, 1, &first), *two = hide(&zone, 1, &again);
    assert_int_equal(first, again);
    assert_memory_equal(one, two, track.count * sizeof *one);
    struct har_zone other = zone_at(46.5, 9.8, 300, UINT64_C(0x923456789abcdef0));
    assert_memory_not_equal(one, hide(&other, 1, NULL), track.count * sizeof *one);
}

/* What is drawn lies in the disc, and is spread over it: a quarter of it lies within half
 * the radius, and half of it to the east. 10,000 draws: 4 standard deviations are 2 %. */
static void the_shift_is_spread_over_the_disc(void **state)
{
    (void)state;
    enum { DRAWS = 10000 };
    uint64_t seed = 3;
    double inner = 0, east = 0, north = 0;
    for (int i = 0; i < DRAWS; i++) {
        struct har_zone zone = zone_at(0, 0, 200, bits_of(&seed));
        double away = hypot(zone.east, zone.north);
        assert_true(away <= 1);
        inner += away < 0.5;
        east += zone.east > 0;
        north += zone.north > 0;
    }
    assert_true(fabs(inner / DRAWS - 0.25) < 0.02);
    assert_true(fabs(east / DRAWS - 0.5) < 0.02);
    assert_true(fabs(north / DRAWS - 0.5) < 0.02);
}

/* From home, a loop that comes by again, and home: three parts are hidden. */
static void a_loop_that_passes_is_hidden_too(void **state)
{
    (void)state;
    struct har_zone zone = zone_at(0, 0, 200, 0);
    int parts = 0;
    track = (struct track){.count = 3001};
    for (size_t i = 0; i <= 3000; i++) {
        double turn = (double)i / 1500 * 6.283185307179586, metres = 1000;
        track.lat[i] = metres * sin(turn) / 110574;
        track.lon[i] = metres * (1 - cos(turn)) / 111320;
    }
    const bool *hidden = hide(&zone, 1, NULL);
    for (size_t i = 0; i < track.count; i++)
        parts += hidden[i] && (i == 0 || !hidden[i - 1]);
    assert_true(hidden[0] && hidden[1500] && hidden[3000]);
    assert_false(hidden[750] || hidden[2250]);
    assert_int_equal(parts, 3);
}

/* The circle of radius 400 m: two points just without it, between two within it. */
static void glimpses_are_hidden_and_more_is_not(void **state)
{
    (void)state;
    struct har_zone zone = {"home", 0, 0, 200, 0, 0};
    const double deg = 1 / 111319.49079;
    const double lon[] = {0, 390, 410, 430, 390, 410, 500, 410, 390, NAN, 600, 700};
    track = (struct track){.count = sizeof lon / sizeof *lon};
    for (size_t i = 0; i < track.count; i++) track.lon[i] = lon[i] * deg;
    const bool *hidden = hide(&zone, 1, NULL);
    const bool wanted[] = {1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0};
    assert_memory_equal(hidden, wanted, sizeof wanted);
}

static void zones_add_up_and_none_hides_nothing(void **state)
{
    (void)state;
    struct har_zone zone[] = {{"home", 0, 0, 100, 0, 0}, {"work", 0, 0.05, 100, 1, 0}};
    size_t hidden, one, other;
    pass(0, 0.025, 2001, 4);
    hide(NULL, 0, &hidden);
    assert_int_equal(hidden, 0);
    hide(zone, 2, &hidden);
    hide(zone, 1, &one);
    hide(zone + 1, 1, &other);
    assert_true(one > 0 && other > 0);
    assert_int_equal(hidden, one + other);
}

static void a_zone_that_cannot_be_is_refused(void **state)
{
    (void)state;
    const struct har_zone good = {"home", -90, 180, 50, 0, 0};
    struct har_zone bad[6];
    struct har_error err;
    assert_int_equal(har_zone_check(&good, &err), HAR_OK);
    for (int i = 0; i < 6; i++) bad[i] = good;
    bad[0].name = "";
    bad[1].lat_deg = 90.001;
    bad[2].lon_deg = NAN;
    bad[3].radius_m = 49;
    bad[4].radius_m = 5001;
    bad[5].radius_m = NAN;
    for (int i = 0; i < 6; i++) {
        assert_int_equal(har_zone_check(&bad[i], &err), HAR_BAD_INPUT);
        assert_true(strlen(err.message) > 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(nothing_within_the_radius_is_ever_shown, tear_down),
        cmocka_unit_test_teardown(what_lies_far_is_shown, tear_down),
        cmocka_unit_test_teardown(the_same_zone_hides_the_same_each_time, tear_down),
        cmocka_unit_test_teardown(the_shift_is_spread_over_the_disc, tear_down),
        cmocka_unit_test_teardown(a_loop_that_passes_is_hidden_too, tear_down),
        cmocka_unit_test_teardown(glimpses_are_hidden_and_more_is_not, tear_down),
        cmocka_unit_test_teardown(zones_add_up_and_none_hides_nothing, tear_down),
        cmocka_unit_test_teardown(a_zone_that_cannot_be_is_refused, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
