/* SPDX-License-Identifier: MIT */
/* convert: the marks that people argue about, there and back, and what must hold whatever
 * the constants are. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/convert.h"

#include <math.h>
#include <string.h>

#define assert_near(a, b, within) near_at((a), (b), (within), __FILE__, __LINE__)

static void near_at(double a, double b, double within, const char *file, int line)
{
    if (fabs(a - b) <= within) return;
    print_error("%.17g is not %.17g within %g\n", a, b, within);
    _fail(file, line);
}

#define SIZE(array) (sizeof(array) / sizeof((array)[0]))

static struct har_event event_of(const char *code)
{
    struct har_event event;
    assert_int_equal(har_parse_event(har_bytes_of(code), &event, NULL), HAR_OK);
    return event;
}

/* The sentences are gone with the arena; only the numbers are looked at. */
static struct har_conversion worth(const char *code, double mark_s,
                                   const struct har_conditions *conditions)
{
    struct har_arena arena = {0};
    struct har_error why = {0};
    struct har_conversion out;
    struct har_event event = event_of(code);
    har_status got = har_convert(&event, mark_s, conditions, &arena, &out, &why);
    if (got) fail_msg("%s: %s", code, why.message);
    for (size_t i = 0; i < out.step_count; i++) {
        assert_true(strlen(out.step[i].because) > 40);
        out.step[i].because = NULL;
    }
    har_arena_free(&arena);
    return out;
}

/* --- the marks that people argue about -------------------------------------------------
 */

static void a_half_marathon_that_falls(void **state)
{
    (void)state;
    struct har_conditions c = har_conditions_untold();
    c.drop_m = 217.6;
    struct har_conversion got = worth("HM", 3711, &c);
    assert_int_equal(got.step_count, 1);
    assert_string_equal(got.step[0].name, "drop");
    assert_true(got.standard_low_s <= 3770 && got.standard_high_s >= 3855);
    assert_true(got.standard_s > 3780 && got.standard_s < 3796);
}

static void five_thousand_metres_up_high(void **state)
{
    (void)state;
    struct har_conditions c = har_conditions_untold();
    c.altitude_m = 2299;
    assert_near(worth("5000", 840, &c).standard_s, 794.2, 0.03);
    c.altitude_m = 1489; /* Bozeman 2010: 4:04.44 is officially 3:59.16 */
    assert_near(worth("MILE", 244.44, &c).standard_s, 239.16, 0.2);
}

static void a_mile_on_a_flat_track(void **state)
{
    (void)state;
    struct har_conditions c = har_conditions_untold();
    c.track_told = true;
    c.track = HAR_TRACK_FLAT;
    c.sex_told = true;
    assert_near(worth("MILEi", 243.07, &c).standard_s, 240.0, 0.01);
}

/* --- there and back --------------------------------------------------------------------
 */

static const double km[] = {0, 2500, 5000, 5100, 9990};
static const double up_and_down_m[] = {40, 90, 20, 21, 60};

static struct har_conditions all_conditions(void)
{
    struct har_conditions c = har_conditions_untold();
    c.altitude_m = 1800;
    c.acclimatised = 0.3;
    c.temp_c = 24;
    c.humidity_pct = 70;
    c.headwind_mps = 1.5;
    return c;
}

static void there_and_back(void **state)
{
    (void)state;
    struct har_conditions road = all_conditions(), profile = all_conditions();
    struct har_conditions track = all_conditions(), sunny = all_conditions();
    road.drop_m = 120;
    sunny.sun_w_m2 = 700;
    sunny.sun_elevation_deg = 40;
    sunny.breeze_mps = 2;
    profile.distance_m = km;
    profile.profile_m = up_and_down_m;
    profile.point_count = SIZE(km);
    track.track_told = true;
    track.track = HAR_TRACK_UNDERSIZED;
    const struct {
        const char *event;
        double mark_s;
        const struct har_conditions *conditions;
        size_t steps;
    } rows[] = {
        {"HM", 3900, &road, 4},     {"MAR", 16000, &road, 4},  {"10K", 1900, &profile, 4},
        {"10K", 4200, &profile, 4}, {"5000i", 900, &track, 4}, {"800i", 130, &track, 4},
        {"MAR", 9000, &sunny, 3},
    };
    for (size_t i = 0; i < SIZE(rows); i++) {
        struct har_conversion got =
            worth(rows[i].event, rows[i].mark_s, rows[i].conditions);
        struct har_arena arena = {0};
        struct har_event event = event_of(rows[i].event);
        double back_s = NAN, product = 1;
        assert_int_equal(got.step_count, rows[i].steps);
        assert_int_equal(har_convert_to(&event, got.standard_s, rows[i].conditions, &arena,
                                        &back_s, NULL),
                         HAR_OK);
        assert_near(back_s, rows[i].mark_s, 1e-6);
        for (size_t k = 0; k < got.step_count; k++) product *= got.step[k].factor;
        assert_near(got.standard_s, got.mark_s * product, 1e-9);
        har_arena_free(&arena);
    }
}

/* --- what must hold --------------------------------------------------------------------
 */

static void nothing_told_changes_nothing(void **state)
{
    (void)state;
    struct har_conditions c = har_conditions_untold();
    struct har_conversion got = worth("1500", 207.79, &c);
    assert_int_equal(got.step_count, 0);
    assert_true(isnan(got.wbgt_c));
    assert_true(got.standard_s == 207.79 && got.mark_s == 207.79);
    assert_true(got.standard_low_s == 207.79 && got.standard_high_s == 207.79);
}

static void standard_conditions_change_nothing(void **state)
{
    (void)state;
    struct har_conditions c = har_conditions_untold();
    c.drop_m = 0;
    c.altitude_m = 0;
    c.acclimatised = 1;
    c.wbgt_c = 7;
    c.headwind_mps = 0;
    struct har_conversion got = worth("HM", 4000, &c);
    assert_int_equal(got.step_count, 4);
    assert_near(got.standard_s, 4000, 1e-6);
}

/* Of one condition: how the standard mark moves as it grows. */
static void moves(size_t offset, const double *value, size_t count, int sign)
{
    double before = NAN;
    for (size_t i = 0; i < count; i++) {
        struct har_conditions c = har_conditions_untold();
        memcpy((char *)&c + offset, &value[i], sizeof *value);
        struct har_conversion got = worth("10K", 2000, &c);
        assert_true(got.standard_low_s <= got.standard_s);
        assert_true(got.standard_s <= got.standard_high_s);
        assert_true(got.step[0].low <= got.step[0].factor);
        assert_true(got.step[0].factor <= got.step[0].high);
        if (i > 0) assert_true((got.standard_s - before) * sign > 0);
        before = got.standard_s;
    }
}

static void the_harder_the_more_it_is_worth(void **state)
{
    (void)state;
    static const double drops[] = {-400, -200, -50, 0, 10, 100, 300, 800};
    static const double heights[] = {200, 600, 914, 1500, 2240, 3000, 5000};
    static const double wbgts[] = {10, 15, 20, 25, 30, 35};
    static const double winds[] = {-8, -3, -1, 0, 1, 3, 8};
    moves(offsetof(struct har_conditions, drop_m), drops, SIZE(drops), 1);
    moves(offsetof(struct har_conditions, altitude_m), heights, SIZE(heights), -1);
    moves(offsetof(struct har_conditions, wbgt_c), wbgts, SIZE(wbgts), -1);
    moves(offsetof(struct har_conditions, headwind_mps), winds, SIZE(winds), -1);
}

/* Two roads to one number: the weather, and the WBGT of that weather told. More sun is
 * worth more, a breeze takes of it, and without sun told the formula for light wind stands.
 */
static void sun_and_breeze_are_a_wbgt(void **state)
{
    (void)state;
    struct har_conditions shade = har_conditions_untold(), told = shade, sunny, windy;
    shade.temp_c = 26;
    shade.humidity_pct = 55;
    sunny = shade;
    sunny.sun_w_m2 = 750;
    windy = sunny;
    windy.breeze_mps = 4;
    windy.sun_elevation_deg = 60;
    windy.altitude_m = told.altitude_m = 1500;
    struct har_weather day = {26, 55, 750, 4, har_air_pressure(1500), 60};
    told.wbgt_c = har_wbgt_outdoors(&day);
    assert_near(worth("MAR", 9000, &windy).standard_s, worth("MAR", 9000, &told).standard_s,
                1e-9);
    told = har_conditions_untold();
    told.wbgt_c = har_wbgt(26, 55);
    assert_near(worth("MAR", 9000, &shade).standard_s, worth("MAR", 9000, &told).standard_s,
                1e-9);
    assert_near(worth("MAR", 9000, &shade).wbgt_c, told.wbgt_c, 0);
    windy.altitude_m = NAN;
    windy.sun_elevation_deg = NAN;
    assert_true(worth("MAR", 9000, &sunny).standard_s <
                worth("MAR", 9000, &windy).standard_s);
    sunny.sun_w_m2 = 0;
    assert_true(worth("MAR", 9000, &windy).standard_s <
                worth("MAR", 9000, &sunny).standard_s);
}

/* Two roads to one number: an even fall as a drop and as a profile. */
static void a_profile_of_one_slope_is_a_drop(void **state)
{
    (void)state;
    double at_m[101], height_m[101];
    for (int i = 0; i <= 100; i++) {
        at_m[i] = 100.0 * i;
        height_m[i] = 300 - 1.5 * i;
    }
    struct har_conditions drop = har_conditions_untold(), course = drop;
    drop.drop_m = 150;
    course.distance_m = at_m;
    course.profile_m = height_m;
    course.point_count = SIZE(at_m);
    assert_near(worth("10K", 2000, &drop).standard_s,
                worth("10K", 2000, &course).standard_s, 1e-6);
    assert_string_equal(worth("10K", 2000, &course).step[0].name, "course");
    /* What goes up and comes down again is hard all the same. */
    for (int i = 0; i <= 100; i++) height_m[i] = i < 50 ? 3.0 * i : 3.0 * (100 - i);
    assert_true(worth("10K", 2000, &course).standard_s < 2000);
}

/* Two steps are less certain than one, and less than if both failed the same way. */
static void doubts_add_up_by_squares(void **state)
{
    (void)state;
    struct har_conditions drop = har_conditions_untold(), both, wind = drop;
    drop.drop_m = 100;
    wind.headwind_mps = 2;
    both = drop;
    both.headwind_mps = 2;
    struct har_conversion a = worth("10K", 2000, &drop), b = worth("10K", 2000, &wind);
    struct har_conversion ab = worth("10K", 2000, &both);
    double up_a = log(a.standard_high_s / a.standard_s),
           up_b = log(b.standard_high_s / b.standard_s),
           up_ab = log(ab.standard_high_s / ab.standard_s);
    assert_true(up_ab > fmax(up_a, up_b) - 0.001 && up_ab < up_a + up_b);
}

/* --- bad input -------------------------------------------------------------------------
 */

static void refused(const char *code, double mark_s, const struct har_conditions *c,
                    har_status wanted)
{
    struct har_arena arena = {0};
    struct har_error why = {0};
    struct har_conversion out;
    struct har_event event = event_of(code);
    assert_int_equal(har_convert(&event, mark_s, c, &arena, &out, &why), wanted);
    assert_true(strlen(why.message) > 10);
    har_arena_free(&arena);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    const struct {
        size_t offset;
        double value;
    } rows[] = {
        {offsetof(struct har_conditions, altitude_m), -431},
        {offsetof(struct har_conditions, altitude_m), 5001},
        {offsetof(struct har_conditions, altitude_m), INFINITY},
        {offsetof(struct har_conditions, wbgt_c), 36},
        {offsetof(struct har_conditions, headwind_mps), 21},
        {offsetof(struct har_conditions, drop_m), 901},
        {offsetof(struct har_conditions, drop_m), -INFINITY},
    };
    const struct har_conditions none = har_conditions_untold();
    for (size_t i = 0; i < SIZE(rows); i++) {
        struct har_conditions c = none;
        memcpy((char *)&c + rows[i].offset, &rows[i].value, sizeof(double));
        refused("10K", 2000, &c, HAR_OUT_OF_RANGE);
    }
    refused("10K", 1200, &none, HAR_BAD_INPUT);
    refused("10K", NAN, &none, HAR_BAD_INPUT);
    refused("10K", -5, &none, HAR_BAD_INPUT);
    struct har_conditions storm = none; /* the mark can be, with this wind it cannot */
    storm.headwind_mps = 15;
    refused("10K", 1600, &storm, HAR_BAD_INPUT);
}

static void contradictions_are_refused(void **state)
{
    (void)state;
    struct har_conditions both = har_conditions_untold(), heat = both, half = both;
    struct har_conditions home = both, kind = both, humid = both, wrong_length = both;
    struct har_conditions sun = both, breeze = both, low_sun = both;
    sun.sun_w_m2 = 500;
    breeze.temp_c = low_sun.temp_c = 20;
    breeze.humidity_pct = low_sun.humidity_pct = 50;
    breeze.breeze_mps = 2;
    low_sun.sun_w_m2 = 600;
    low_sun.sun_elevation_deg = 20;
    refused("10K", 2000, &sun, HAR_BAD_INPUT);
    refused("10K", 2000, &breeze, HAR_BAD_INPUT);
    refused("10K", 2000, &low_sun, HAR_BAD_INPUT);
    low_sun.sun_elevation_deg = NAN;
    low_sun.sun_w_m2 = 1200;
    refused("10K", 2000, &low_sun, HAR_OUT_OF_RANGE);
    both.drop_m = 10;
    wrong_length.distance_m = both.distance_m = km;
    wrong_length.profile_m = both.profile_m = up_and_down_m;
    wrong_length.point_count = both.point_count = SIZE(km);
    heat.wbgt_c = heat.temp_c = 20;
    heat.humidity_pct = 50;
    half.temp_c = 20;
    humid.temp_c = 20;
    humid.humidity_pct = 101;
    home.acclimatised = 1;
    kind.track_told = true;
    refused("10K", 2000, &both, HAR_BAD_INPUT);
    refused("10K", 2000, &heat, HAR_BAD_INPUT);
    refused("10K", 2000, &half, HAR_BAD_INPUT);
    refused("10K", 2000, &humid, HAR_OUT_OF_RANGE);
    refused("10K", 2000, &home, HAR_BAD_INPUT);
    refused("10K", 2000, &kind, HAR_BAD_INPUT);
    refused("10000", 2000, &kind, HAR_BAD_INPUT);
    refused("HM", 4000, &wrong_length, HAR_OUT_OF_RANGE);
}

static har_status convert_within(struct har_arena *arena, const void *conditions,
                                 struct har_error *err)
{
    struct har_conversion out;
    struct har_event event = event_of("10K");
    return har_convert(&event, 2000, conditions, arena, &out, err);
}

static void a_full_arena_is_said(void **state)
{
    (void)state;
    struct har_conditions c = all_conditions();
    assert_int_equal(scarce_memory(convert_within, &c), HAR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_half_marathon_that_falls),
        cmocka_unit_test(five_thousand_metres_up_high),
        cmocka_unit_test(a_mile_on_a_flat_track),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(nothing_told_changes_nothing),
        cmocka_unit_test(standard_conditions_change_nothing),
        cmocka_unit_test(the_harder_the_more_it_is_worth),
        cmocka_unit_test(sun_and_breeze_are_a_wbgt),
        cmocka_unit_test(a_profile_of_one_slope_is_a_drop),
        cmocka_unit_test(doubts_add_up_by_squares),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(contradictions_are_refused),
        cmocka_unit_test(a_full_arena_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
