/* SPDX-License-Identifier: MIT */
/* attempt: records as their lists print them, what must hold for every row of the tables,
 * and what the rules say of attempts that are told. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/attempt.h"

#include <math.h>
#include <string.h>

#define SIZE(array) (sizeof(array) / sizeof((array)[0]))

static struct har_arena arena;

static int arena_back(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static struct har_event event_of(const char *code)
{
    struct har_event event;
    assert_int_equal(har_parse_event(har_bytes_of(code), &event, NULL), HAR_OK);
    return event;
}

static struct har_mark mark_of(const char *text)
{
    struct har_mark mark;
    assert_int_equal(har_parse_mark(har_bytes_of(text), &mark, NULL), HAR_OK);
    return mark;
}

static const struct har_world_record *record_of(const char *code, enum har_sex sex,
                                                const char *target)
{
    struct har_event event = event_of(code);
    return har_world_record_aimed_at(&event, sex, mark_of(target).time_ms);
}

/* --- the tables ------------------------------------------------------------------------
 */

static void records_as_they_are_listed(void **state)
{
    static const struct {
        const char *code;
        enum har_sex sex;
        const char *name;
        int64_t time_ms;
    } rows[] = {
        {"800", HAR_MEN, "David Rudisha", 100910},
        {"5000", HAR_MEN, "Joshua Cheptegei", 755360},
        {"5K", HAR_MEN, "Berihu Aregawi", 769000},
        {"MILEi", HAR_MEN, "Jakob Ingebrigtsen", 225140},
        {"3000SC", HAR_WOMEN, "Beatrice Chepkoech", 524320},
        {"HM", HAR_MEN, "Yomif Kejelcha", 3450000},
        {"MAR", HAR_WOMEN, "Ruth Chepngetich", 7796000},
    };
    (void)state;
    for (size_t i = 0; i < SIZE(rows); i++) {
        const struct har_world_record *r = record_of(rows[i].code, rows[i].sex, "0:01");
        assert_non_null(r);
        assert_string_equal(r->event, rows[i].code);
        assert_string_equal(r->name, rows[i].name);
        assert_int_equal(r->time_ms, rows[i].time_ms);
        assert_false(r->best);
    }
    assert_true(record_of("2MILE", HAR_MEN, "7:50")->best);
    assert_true(record_of("2MILEi", HAR_WOMEN, "8:50")->best);
    assert_null(record_of("15K", HAR_MEN, "40:00"));
    assert_null(record_of("10K", HAR_MEN, "26:00"));
}

/* Two miles in 8:00.67 were 4:03.63 and 3:57.04; 20 km of the half marathon were run in
 * 13:38, 13:34, 13:44 and 13:36. */
static void splits_as_they_were_reported(void **state)
{
    (void)state;
    const struct har_world_record *two_miles = record_of("2MILEi", HAR_MEN, "7:59");
    double mile_s = two_miles->split[0].time_s;
    assert_true(fabs((double)two_miles->time_ms / 1000 - mile_s - 237.04) < 1e-9);
    const struct har_world_record *half = record_of("HM", HAR_MEN, "57:00");
    const double parts_s[] = {818, 814, 824, 816};
    double at_s = 0;
    assert_int_equal(half->split_count, SIZE(parts_s));
    for (size_t i = 0; i < SIZE(parts_s); i++) {
        at_s += parts_s[i];
        assert_true(half->split[i].time_s == at_s && !half->split[i].leader);
    }
    assert_true(record_of("5000", HAR_MEN, "12:30")->split[0].leader);
}

/* What a row calls its event reads back as that event; nobody beats the line through the
 * records; and no part of a record is far from its mean speed. */
static void every_row_is_sound(void **state)
{
    struct har_date date;
    (void)state;
    assert_true(har_parse_date(har_bytes_of(har_world_records_as_of), &date));
    for (size_t i = 0; i < har_world_record_count; i++) {
        const struct har_world_record *r = &har_world_records[i];
        struct har_event event = event_of(r->event);
        double distance_m = (double)r->distance_mm / 1000,
               time_s = (double)r->time_ms / 1000;
        double from_m = 0, from_s = 0, mean_mps = distance_m / time_s;
        assert_true(event.kind == r->kind && event.distance_mm == r->distance_mm);
        assert_string_equal(event.code, r->event);
        assert_true(time_s >= har_record_time(distance_m) - 1e-9);
        assert_true(har_parse_date(har_bytes_of(r->date), &date));
        assert_true(strcmp(r->date, har_world_records_as_of) <= 0);
        assert_true(r->name[0] && r->place[0] && r->source[0]);
        assert_true(r->field == HAR_COMPANY_ANY ||
                    (r->sex == HAR_WOMEN && r->kind == HAR_EVENT_ROAD));
        for (size_t k = 0; k <= r->split_count; k++) {
            bool last = k == r->split_count;
            double to_m = last ? distance_m : r->split[k].distance_m;
            double to_s = last ? time_s : r->split[k].time_s;
            double part = (to_m - from_m) / (to_s - from_s) / mean_mps;
            assert_true(part > 0.92 && part < 1.1);
            from_m = to_m;
            from_s = to_s;
        }
    }
}

static void the_harder_record_that_falls(void **state)
{
    (void)state;
    assert_int_equal(record_of("MAR", HAR_WOMEN, "2:09:56")->field, HAR_COMPANY_MIXED);
    assert_int_equal(record_of("MAR", HAR_WOMEN, "2:09:57")->field, HAR_COMPANY_WOMEN);
    assert_int_equal(record_of("MAR", HAR_WOMEN, "2:15:50")->field, HAR_COMPANY_WOMEN);
    assert_int_equal(record_of("MAR", HAR_WOMEN, "2:15:51")->field, HAR_COMPANY_MIXED);
}

/* --- the schedule ----------------------------------------------------------------------
 */

static struct har_pace_plan plan_of(double distance_m, double target_s)
{
    static const struct har_emig runner = {6.8, 0.05, 0.1};
    struct har_way way;
    struct har_pace_plan plan;
    assert_int_equal(har_way_flat(distance_m, 10, &arena, &way, NULL), HAR_OK);
    struct har_pace_problem problem = {
        .way = &way, .runner = &runner, .target_s = target_s, .standing_start = true};
    assert_int_equal(har_pace(&problem, NULL, &arena, &plan, NULL, NULL), HAR_OK);
    return plan;
}

static void laps_and_the_places_of_the_record(void **state)
{
    static const double places_m[] = {400,  800,  1200, 1600, 2000,
                                      2400, 2800, 3000, 3200, 3218.688};
    (void)state;
    struct har_pace_plan plan = plan_of(3218.688, 473);
    const struct har_world_record *r = record_of("2MILE", HAR_MEN, "7:53");
    const struct har_attempt_split *split;
    size_t count;
    double laps_s = 0;
    assert_int_equal(har_attempt_schedule(&plan, 400, r, &arena, &split, &count, NULL),
                     HAR_OK);
    assert_int_equal(count, SIZE(places_m));
    for (size_t i = 0; i < count; i++) {
        bool of_record = places_m[i] == 1600 || places_m[i] == 3000 || i + 1 == count;
        assert_true(fabs(split[i].distance_m - places_m[i]) < 1e-6);
        assert_true(fabs(split[i].time_s - har_plan_time(&plan, places_m[i])) < 1e-9);
        assert_int_equal(isnan(split[i].record_s), !of_record);
        assert_int_equal(isnan(split[i].lap_s), places_m[i] == 3000);
        assert_true(i == 0 || split[i].reserve < split[i - 1].reserve);
        if (!isnan(split[i].lap_s)) laps_s += split[i].lap_s;
    }
    assert_true(fabs(laps_s - 473) < 1e-6);
    assert_true(split[3].record_s == 238.9 && split[7].record_s == 444.07);
    assert_true(split[count - 1].record_s == 474.1);
}

static void a_schedule_without_a_record(void **state)
{
    (void)state;
    struct har_pace_plan plan = plan_of(5000, 0);
    const struct har_attempt_split *split;
    const struct har_pace_split *lap;
    size_t count, laps;
    assert_int_equal(har_attempt_schedule(&plan, 400, NULL, &arena, &split, &count, NULL),
                     HAR_OK);
    assert_int_equal(har_plan_splits(&plan, 400, &arena, &lap, &laps, NULL), HAR_OK);
    assert_int_equal(count, laps);
    for (size_t i = 0; i < count; i++)
        assert_true(split[i].time_s == lap[i].time_s && isnan(split[i].record_s));
    assert_int_equal(har_attempt_schedule(&plan, 0, NULL, &arena, &split, &count, NULL),
                     HAR_OUT_OF_RANGE);
}

/* --- the rules --------------------------------------------------------------------------
 */

struct told {
    const char *code;
    enum har_sex sex;
    const char *target;
    double lap_m;
    const struct har_eligibility *course;
    size_t pacemakers;
};

static struct told told_of(const char *code, enum har_sex sex, const char *target)
{
    return (struct told){.code = code, .sex = sex, .target = target};
}

static struct told on_laps(struct told told, double lap_m)
{
    told.lap_m = lap_m;
    return told;
}

static struct told paced(struct told told, size_t pacemakers)
{
    told.pacemakers = pacemakers;
    return told;
}

static struct told on_course(struct told told, const struct har_eligibility *course)
{
    told.course = course;
    return told;
}

static size_t conditions_of(struct told told, const struct har_condition **list)
{
    struct har_event event = event_of(told.code);
    struct har_mark target = mark_of(told.target);
    struct har_attempt attempt = {
        .event = &event,
        .target = &target,
        .record = har_world_record_aimed_at(&event, told.sex, target.time_ms),
        .lap_m = told.lap_m,
        .course = told.course,
        .pacemakers = told.pacemakers};
    size_t count;
    assert_int_equal(har_attempt_conditions(&attempt, &arena, list, &count, NULL), HAR_OK);
    return count;
}

/* The verdict on the condition in which `words` stand; that there is one. */
static enum har_met met_of(struct told told, const char *words)
{
    const struct har_condition *list;
    size_t count = conditions_of(told, &list), found = count;
    for (size_t i = 0; i < count; i++)
        if (strstr(list[i].wanted, words)) found = i;
    assert_true(found < count);
    return list[found].met;
}

static bool asks(struct told told, const char *words)
{
    const struct har_condition *list;
    size_t count = conditions_of(told, &list);
    for (size_t i = 0; i < count; i++)
        if (strstr(list[i].wanted, words)) return true;
    return false;
}

static void rules_of_the_track(void **state)
{
    (void)state;
    assert_int_equal(met_of(told_of("2MILE", HAR_MEN, "7:53"), "are kept"), HAR_NOT_MET);
    assert_int_equal(met_of(told_of("5000", HAR_MEN, "12:30"), "are kept"), HAR_MET);
    assert_int_equal(met_of(told_of("5000", HAR_MEN, "12:35.36"), "or faster"), HAR_MET);
    assert_int_equal(met_of(told_of("5000", HAR_MEN, "12:35.37"), "or faster"),
                     HAR_NOT_MET);
    /* By hand 12:35.31 is 12:35.4. */
    assert_int_equal(met_of(told_of("5000", HAR_MEN, "12:35.31h"), "or faster"),
                     HAR_NOT_MET);
    assert_int_equal(met_of(told_of("800", HAR_MEN, "1:40.5h"), "automatic"), HAR_NOT_MET);
    assert_int_equal(met_of(told_of("800", HAR_MEN, "1:40.5"), "automatic"),
                     HAR_TO_BE_SHOWN);
    assert_false(asks(told_of("1000", HAR_MEN, "2:11h"), "automatic"));
    assert_false(asks(told_of("5000", HAR_MEN, "12:30"), "bicycle"));
    assert_true(asks(told_of("5000", HAR_WOMEN, "13:50"), "no man runs"));
    assert_false(asks(told_of("5000", HAR_MEN, "12:30"), "no man runs"));
    assert_int_equal(met_of(paced(told_of("5000", HAR_MEN, "12:30"), 2), "lights"),
                     HAR_MET);
    assert_int_equal(met_of(told_of("5000", HAR_MEN, "12:30"), "lights"), HAR_TO_BE_SHOWN);
}

static void rules_of_the_short_track(void **state)
{
    static const struct {
        double lap_m;
        enum har_met met;
    } rows[] = {{0, HAR_TO_BE_SHOWN},
                {200, HAR_MET},
                {201.2, HAR_MET},
                {201.3, HAR_NOT_MET},
                {INFINITY, HAR_NOT_MET}};
    (void)state;
    for (size_t i = 0; i < SIZE(rows); i++)
        assert_int_equal(
            met_of(on_laps(told_of("3000i", HAR_MEN, "7:20"), rows[i].lap_m), "201.2"),
            rows[i].met);
    assert_int_equal(met_of(on_laps(told_of("3000", HAR_MEN, "7:17"), INFINITY), "402.3"),
                     HAR_NOT_MET);
}

/* What the course room says of a course, the two limits say each for itself. */
static void rules_of_the_road(void **state)
{
    static const struct {
        enum har_verdict verdict;
        double separation_pct;
        enum har_met apart, drop;
    } rows[] = {
        {HAR_VERDICT_ELIGIBLE, 10, HAR_MET, HAR_MET},
        {HAR_VERDICT_AIDED_DROP, 10, HAR_MET, HAR_NOT_MET},
        {HAR_VERDICT_AIDED_SEPARATION, 91.5, HAR_NOT_MET, HAR_MET},
        {HAR_VERDICT_AIDED_BOTH, 91.5, HAR_NOT_MET, HAR_NOT_MET},
        {HAR_VERDICT_EXCLUDED, 83, HAR_NOT_MET, HAR_NOT_MET},
        {HAR_VERDICT_EXCLUDED, 20, HAR_MET, HAR_NOT_MET},
        {HAR_VERDICT_UNKNOWN, 10, HAR_TO_BE_SHOWN, HAR_TO_BE_SHOWN},
    };
    (void)state;
    for (size_t i = 0; i < SIZE(rows); i++) {
        struct har_eligibility course = {.verdict = rows[i].verdict,
                                         .separation_pct = rows[i].separation_pct,
                                         .drop_m_per_km = NAN};
        struct told told = on_course(told_of("MAR", HAR_MEN, "2:00:00"), &course);
        assert_int_equal(met_of(told, "50 %"), rows[i].apart);
        assert_int_equal(met_of(told, "1 m per km"), rows[i].drop);
    }
    struct told told = told_of("MAR", HAR_MEN, "2:00:34.2");
    assert_int_equal(met_of(told, "or faster"), HAR_MET); /* 2:00:35, an equal */
    assert_int_equal(met_of(told, "50 %"), HAR_TO_BE_SHOWN);
    assert_true(asks(told, "grade A or B") && asks(told, "0.1 % longer"));
    assert_true(asks(told_of("MAR", HAR_WOMEN, "2:09:00"), "men may run"));
    assert_true(asks(told_of("MAR", HAR_WOMEN, "2:15:00"), "no man runs"));
}

static void conditions_are_sentences(void **state)
{
    static const char *const codes[] = {"800", "2MILE", "MILEi", "3000SC", "MAR"};
    (void)state;
    for (size_t i = 0; i < SIZE(codes); i++)
        for (int sex = HAR_MEN; sex <= HAR_WOMEN; sex++) {
            const struct har_condition *list;
            size_t count =
                conditions_of(told_of(codes[i], (enum har_sex)sex, "1:30"), &list);
            assert_true(count >= 8);
            for (size_t k = 0; k < count; k++) {
                assert_true(list[k].about[0] && list[k].rule[0] && list[k].wanted[0]);
                assert_true(list[k].met != HAR_NOT_MET || list[k].because);
                assert_true(har_met_name(list[k].met)[0]);
            }
        }
}

static void little_memory(void **state)
{
    (void)state;
    struct har_pace_plan plan = plan_of(5000, 750);
    struct har_event event = event_of("MAR");
    struct har_mark target = mark_of("2:00:00");
    struct har_attempt attempt = {.event = &event,
                                  .target = &target,
                                  .record = har_world_record_aimed_at(&event, HAR_MEN, 1)};
    har_status got = HAR_NO_MEMORY;
    for (size_t limit = 1; got == HAR_NO_MEMORY && limit < 1 << 20; limit *= 2) {
        struct har_arena small = {.limit = limit};
        const struct har_condition *list;
        const struct har_attempt_split *split;
        size_t count;
        got = har_attempt_conditions(&attempt, &small, &list, &count, NULL);
        if (!got)
            got = har_attempt_schedule(&plan, 400, attempt.record, &small, &split, &count,
                                       NULL);
        har_arena_free(&small);
    }
    assert_int_equal(got, HAR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_as_they_are_listed),
        cmocka_unit_test(splits_as_they_were_reported),
        cmocka_unit_test(every_row_is_sound),
        cmocka_unit_test(the_harder_record_that_falls),
        cmocka_unit_test(laps_and_the_places_of_the_record),
        cmocka_unit_test(a_schedule_without_a_record),
        cmocka_unit_test(rules_of_the_track),
        cmocka_unit_test(rules_of_the_short_track),
        cmocka_unit_test(rules_of_the_road),
        cmocka_unit_test(conditions_are_sentences),
        cmocka_unit_test(little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, arena_back);
}
