/* SPDX-License-Identifier: MIT */
/* activity: the names of sports, both ways. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/activity.h"

static const unsigned sports[] = {
    HAR_SPORT_GENERIC,    HAR_SPORT_RUNNING,           HAR_SPORT_CYCLING,
    HAR_SPORT_TRANSITION, HAR_SPORT_FITNESS_EQUIPMENT, HAR_SPORT_SWIMMING,
    HAR_SPORT_TRAINING,   HAR_SPORT_WALKING,           HAR_SPORT_CROSS_COUNTRY_SKIING,
    HAR_SPORT_HIKING,     HAR_SPORT_MULTISPORT,        HAR_SPORT_UNKNOWN,
};

static const unsigned sub_sports[] = {
    HAR_SUB_SPORT_GENERIC,    HAR_SUB_SPORT_TREADMILL,      HAR_SUB_SPORT_STREET,
    HAR_SUB_SPORT_TRAIL,      HAR_SUB_SPORT_TRACK,          HAR_SUB_SPORT_LAP_SWIMMING,
    HAR_SUB_SPORT_OPEN_WATER, HAR_SUB_SPORT_INDOOR_RUNNING, HAR_SUB_SPORT_VIRTUAL_ACTIVITY,
    HAR_SUB_SPORT_ULTRA,      HAR_SUB_SPORT_UNKNOWN,
};

/* The names of the FIT profile. */
static void sports_have_their_names(void **state)
{
    (void)state;
    char buffer[HAR_SPORT_NAME];
    assert_string_equal(har_sport_name(1, buffer), "running");
    assert_string_equal(har_sport_name(12, buffer), "cross_country_skiing");
    assert_string_equal(har_sport_name(255, buffer), "unknown");
    assert_string_equal(har_sub_sport_name(1, buffer), "treadmill");
    assert_string_equal(har_sub_sport_name(17, buffer), "lap_swimming");
    assert_string_equal(har_sub_sport_name(255, buffer), "unknown");
}

static void every_name_leads_back_to_its_number(void **state)
{
    (void)state;
    char buffer[HAR_SPORT_NAME];
    for (size_t i = 0; i < sizeof sports / sizeof *sports; i++) {
        const char *name = har_sport_name(sports[i], buffer);
        assert_ptr_not_equal(name, buffer);
        assert_int_equal(har_sport_of(har_bytes_of(name), NULL), sports[i]);
    }
}

static void no_two_sports_share_a_name(void **state)
{
    (void)state;
    char one[HAR_SPORT_NAME], other[HAR_SPORT_NAME];
    size_t count = sizeof sub_sports / sizeof *sub_sports;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(har_sub_sport_name(sub_sports[i], one),
                                    har_sub_sport_name(sub_sports[k], other));
}

static void unlisted_numbers_print_as_numbers(void **state)
{
    (void)state;
    char buffer[HAR_SPORT_NAME];
    assert_string_equal(har_sport_name(63, buffer), "sport-63");
    assert_string_equal(har_sub_sport_name(113, buffer), "sport-113");
    assert_string_equal(har_sport_name(UINT32_MAX, buffer), "sport-4294967295");
}

static void names_are_known_however_written(void **state)
{
    enum { UNTOUCHED = 77 };
    static const struct {
        const char *name;
        unsigned sport, sub_sport;
    } rows[] = {
        {"Running", HAR_SPORT_RUNNING, UNTOUCHED},
        {"running", HAR_SPORT_RUNNING, UNTOUCHED},
        {"Run", HAR_SPORT_RUNNING, UNTOUCHED},
        {" jogging ", HAR_SPORT_RUNNING, UNTOUCHED},
        {"trail_running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRAIL},
        {"Trail Running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRAIL},
        {"TrailRun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRAIL},
        {"track_running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRACK},
        {"street_running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_STREET},
        {"treadmill_running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TREADMILL},
        {"indoor_running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_INDOOR_RUNNING},
        {"VirtualRun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_VIRTUAL_ACTIVITY},
        {"ultra_run", HAR_SPORT_RUNNING, HAR_SUB_SPORT_ULTRA},
        {"Biking", HAR_SPORT_CYCLING, UNTOUCHED},
        {"road_biking", HAR_SPORT_CYCLING, UNTOUCHED},
        {"lap_swimming", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_LAP_SWIMMING},
        {"open_water_swimming", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_OPEN_WATER},
        {"Walk", HAR_SPORT_WALKING, UNTOUCHED},
        {"Hiking", HAR_SPORT_HIKING, UNTOUCHED},
        {"Other", HAR_SPORT_GENERIC, UNTOUCHED},
        {"MultiSport", HAR_SPORT_MULTISPORT, UNTOUCHED},
        {"strength_training", HAR_SPORT_TRAINING, UNTOUCHED},
        {"Curling", HAR_SPORT_UNKNOWN, UNTOUCHED},
        {"runner", HAR_SPORT_UNKNOWN, UNTOUCHED},
        {"", HAR_SPORT_UNKNOWN, UNTOUCHED},
        {"running with a name that is far too long to be that of a sport",
         HAR_SPORT_UNKNOWN, UNTOUCHED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned sub_sport = UNTOUCHED;
        struct har_bytes name = har_bytes_of(rows[i].name);
        assert_int_equal(har_sport_of(name, &sub_sport), rows[i].sport);
        assert_int_equal(sub_sport, rows[i].sub_sport);
        assert_int_equal(har_sport_of(name, NULL), rows[i].sport);
    }
}

static void feet_are_used_where_they_are(void **state)
{
    (void)state;
    for (unsigned sport = 0; sport < 300; sport++)
        assert_int_equal(har_sport_is_on_foot(sport), sport == HAR_SPORT_RUNNING ||
                                                          sport == HAR_SPORT_WALKING ||
                                                          sport == HAR_SPORT_HIKING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sports_have_their_names),
        cmocka_unit_test(every_name_leads_back_to_its_number),
        cmocka_unit_test(no_two_sports_share_a_name),
        cmocka_unit_test(unlisted_numbers_print_as_numbers),
        cmocka_unit_test(names_are_known_however_written),
        cmocka_unit_test(feet_are_used_where_they_are),
    };
    return cmocka_run_group_tests_name("activity", tests, NULL, NULL);
}
