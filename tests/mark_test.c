/* SPDX-License-Identifier: MIT */
/* mark: what is written, what it means, and what the tables of the sport give for it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/archive.h"
#include "harrier/mark.h"
#include "harrier/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define assert_near(a, b, within) near_at((a), (b), (within), __FILE__, __LINE__)

static void near_at(double a, double b, double within, const char *file, int line)
{
    if (fabs(a - b) <= within) return;
    print_error("%.17g is not %.17g within %g\n", a, b, within);
    _fail(file, line);
}

static struct har_event event_of(const char *text)
{
    struct har_event event = {0};
    struct har_error why = {0};
    if (har_parse_event(har_bytes_of(text), &event, &why)) fail_msg("%s", why.message);
    return event;
}

static struct har_mark mark_of(const char *text)
{
    struct har_mark mark = {0};
    struct har_error why = {0};
    if (har_parse_mark(har_bytes_of(text), &mark, &why)) fail_msg("%s", why.message);
    return mark;
}

static int points_of(const char *mark, const char *event, enum har_sex sex, int edition)
{
    struct har_mark m = mark_of(mark);
    struct har_event e = event_of(event);
    struct har_error why = {0};
    int points = -1;
    if (har_points(&m, &e, sex, edition, &points, &why)) fail_msg("%s", why.message);
    return points;
}

/* --- events ----------------------------------------------------------------------- */

static void events_are_read_by_any_of_their_names(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
        enum har_event_kind kind;
        int64_t distance_mm;
    } rows[] = {
        {"800", "800", HAR_EVENT_TRACK, 800000},
        {"1500m", "1500", HAR_EVENT_TRACK, 1500000},
        {"1500i", "1500i", HAR_EVENT_SHORT_TRACK, 1500000},
        {"1500m sh", "1500i", HAR_EVENT_SHORT_TRACK, 1500000},
        {"3000 metres indoor", "3000i", HAR_EVENT_SHORT_TRACK, 3000000},
        {"MILE", "MILE", HAR_EVENT_TRACK, 1609344},
        {"1 Mile", "MILE", HAR_EVENT_TRACK, 1609344},
        {"MILEi", "MILEi", HAR_EVENT_SHORT_TRACK, 1609344},
        {"2 Miles sh", "2MILEi", HAR_EVENT_SHORT_TRACK, 3218688},
        {"two-miles", "2MILE", HAR_EVENT_TRACK, 3218688},
        {"3000SC", "3000SC", HAR_EVENT_STEEPLECHASE, 3000000},
        {"2000m Steeplechase", "2000SC", HAR_EVENT_STEEPLECHASE, 2000000},
        {"3000mSt", "3000SC", HAR_EVENT_STEEPLECHASE, 3000000},
        {"10000", "10000", HAR_EVENT_TRACK, 10000000},
        {"10K", "10K", HAR_EVENT_ROAD, 10000000},
        {"10 km", "10K", HAR_EVENT_ROAD, 10000000},
        {"5 kilometres", "5K", HAR_EVENT_ROAD, 5000000},
        {"10M", "10M", HAR_EVENT_ROAD, 16093440},
        {"10-miles-road", "10M", HAR_EVENT_ROAD, 16093440},
        {"5mi", "5M", HAR_EVENT_ROAD, 8046720},
        {"Mile road", "1M", HAR_EVENT_ROAD, 1609344},
        {"1500M", "1500", HAR_EVENT_TRACK, 1500000},
        {"hm", "HM", HAR_EVENT_ROAD, 21097500},
        {"Half Marathon", "HM", HAR_EVENT_ROAD, 21097500},
        {"21097.5", "HM", HAR_EVENT_ROAD, 21097500},
        {"Marathon", "MAR", HAR_EVENT_ROAD, 42195000},
        {"42.195 km", "MAR", HAR_EVENT_ROAD, 42195000},
        {"12km", "12K", HAR_EVENT_ROAD, 12000000},
        {"100K", "100K", HAR_EVENT_ROAD, 100000000},
        {"1609.344", "MILE", HAR_EVENT_TRACK, 1609344},
        {"20000 track", "20000track", HAR_EVENT_TRACK, 20000000},
        {"6.4km", "6.4km", HAR_EVENT_ROAD, 6400000},
        {"200 mi", "321.8688km", HAR_EVENT_ROAD, 321868800},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_event event = event_of(rows[i].text), again = event_of(event.code);
        assert_string_equal(event.code, rows[i].code);
        assert_int_equal(event.kind, rows[i].kind);
        assert_int_equal(event.distance_mm, rows[i].distance_mm);
        assert_near(event.distance_m, (double)event.distance_mm / 1000, 0);
        assert_int_equal(again.kind, event.kind);
        assert_int_equal(again.distance_mm, event.distance_mm);
        assert_string_equal(again.code, event.code);
    }
}

static void what_is_no_event_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",        " ",         "i",
        "K",       "banana",    "10m",
        "-5",      "1e3",       "5Ki",
        "HMSC",    "nan",       "inf",
        "1..5",    "2000K",     "99.9",
        "15000SC", "marathoni", "0",
        "5 \n",    "\xffK",     "12345678901234567890123456789012345678901234567890"};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_event event = {.distance_mm = 7};
        struct har_error why = {0};
        assert_int_equal(har_parse_event(har_bytes_of(rows[i]), &event, &why),
                         HAR_BAD_INPUT);
        assert_int_equal(event.distance_mm, 7);
        assert_true(strlen(why.message) > 20 && !strchr(why.message, '\n'));
    }
}

/* Whatever distance it is, its code means the same. */
static void codes_read_back(void **state)
{
    (void)state;
    static const char *const after[] = {"", "i", "SC", "track", "road", "km", "mi"};
    struct har_random r = har_random_of(5);
    char text[40];
    for (int i = 0; i < 20000; i++) {
        double value = 100 + 9900 * har_random_uniform(&r);
        const char *unit = after[i % 7];
        if (i % 7 > 4) value /= 20;
        snprintf(text, sizeof text, "%.*f%s", i % 4, value, unit);
        struct har_event event, again;
        if (har_parse_event(har_bytes_of(text), &event, NULL)) continue;
        assert_int_equal(har_parse_event(har_bytes_of(event.code), &again, NULL), HAR_OK);
        assert_int_equal(again.kind, event.kind);
        assert_int_equal(again.distance_mm, event.distance_mm);
        assert_string_equal(again.code, event.code);
    }
}

/* --- marks ------------------------------------------------------------------------ */

static void marks_are_written_as_the_sport_writes_them(void **state)
{
    (void)state;
    static const struct {
        const char *text, *event, *written;
        int64_t time_ms;
        bool hand, short_track;
    } rows[] = {
        {"3:27.79", "1500", "3:27.79", 207790, false, false},
        {"8:00.67i", "2MILE", "8:00.67i", 480670, false, true},
        {"14:10.5h", "5000", "14:10.5h", 850500, true, false},
        {"14:10.5H", "5000", "14:10.5h", 850500, true, false},
        {"4:01.2ih", "MILE", "4:01.2hi", 241200, true, true},
        {"61:51", "HM", "61:51", 3711000, false, false},
        {"1:01:51", "HM", "61:51", 3711000, false, false},
        {"2:00:35", "MAR", "2:00:35", 7235000, false, false},
        {"1:45.9", "800", "1:45.9", 105900, false, false},
        {"52.5", "400", "52.5", 52500, false, false},
        {" 59.05 ", "400", "59.05", 59050, false, false},
        {"754", "5000", "12:34", 754000, false, false},
        /* TR 19: up, never down */
        {"2:09:44.322", "MAR", "2:09:45", 7784322, false, false},
        {"2:09:44.001", "MAR", "2:09:45", 7784001, false, false},
        {"2:09:44.000", "MAR", "2:09:44", 7784000, false, false},
        {"3:27.781", "1500", "3:27.79", 207781, false, false},
        {"26:59.991", "10000", "27:00.00", 1619991, false, false},
        {"55:21.11", "20000 track", "55:21.2", 3321110, false, false},
        {"14:10.41h", "5000", "14:10.5h", 850410, true, false},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_mark mark = mark_of(rows[i].text), again;
        struct har_event event = event_of(rows[i].event);
        struct har_text text = {.arena = &arena};
        har_text_mark(&text, &mark, &event);
        assert_string_equal(text.data, rows[i].written);
        assert_int_equal(mark.time_ms, rows[i].time_ms);
        assert_int_equal(mark.hand, rows[i].hand);
        assert_int_equal(mark.short_track, rows[i].short_track);
        again = mark_of(text.data); /* and it reads back as what is official */
        assert_int_equal(again.time_ms, har_mark_official_ms(&mark, &event));
    }
    har_arena_free(&arena);
}

static void what_is_no_mark_is_refused_at_its_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t offset;
    } rows[] = {
        {"", 0},         {"DNF", 0},       {"3:27.7912", 9}, {"3:77.79", 4},
        {"3:7.79", 3},   {"3.27.79", 4},   {"1:2:3", 3},     {"1:02:03:04", 7},
        {"3:27.79x", 7}, {"3:27,79", 4},   {"-3:27", 0},     {"0:00.00", 7},
        {"3:27.", 5},    {"3:27.79ii", 8}, {"12345678", 7},  {"100:00:00", 9},
        {"  3:2", 5},    {"\xff", 0},      {"3:27.79 h", 7},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_mark mark = {.time_ms = 7};
        struct har_error why = {0};
        assert_int_equal(har_parse_mark(har_bytes_of(rows[i].text), &mark, &why),
                         HAR_BAD_INPUT);
        assert_int_equal(why.offset, rows[i].offset);
        assert_int_equal(mark.time_ms, 7);
    }
}

/* Every thousandth there is comes back whole, and what is worked out says so. */
static void marks_read_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_random r = har_random_of(11);
    for (int i = 0; i < 20000; i++) {
        double time_s = exp(log(10) + log(3e4) * har_random_uniform(&r));
        struct har_mark mark = har_mark_of(time_s);
        struct har_text text = {.arena = &arena};
        har_text_mark(&text, &mark, NULL);
        assert_near((double)mark.time_ms / 1000, time_s, 0.0005000001);
        assert_int_equal(mark_of(text.data).time_ms, mark.time_ms);
        har_arena_reset(&arena);
    }
    har_arena_free(&arena);
    static const double none[] = {NAN, INFINITY, -INFINITY, -1, 0, 360000, 1e300};
    for (size_t i = 0; i < COUNT(none); i++)
        assert_int_equal(har_mark_of(none[i]).time_ms, 0);
}

static void a_short_track_mark_makes_its_event_one(void **state)
{
    (void)state;
    struct har_mark mark = mark_of("7:30.14i");
    struct har_event event = event_of("3000"), road = event_of("5K"), out;
    assert_int_equal(har_event_of_mark(&event, &mark, &out, NULL), HAR_OK);
    assert_string_equal(out.code, "3000i");
    assert_int_equal(har_event_of_mark(&out, &mark, &out, NULL), HAR_OK);
    assert_int_equal(har_event_of_mark(&road, &mark, &out, NULL), HAR_BAD_INPUT);
    mark = mark_of("7:30.14");
    assert_int_equal(har_event_of_mark(&road, &mark, &out, NULL), HAR_OK);
    assert_string_equal(out.code, "5K");
}

static void no_mark_beats_the_records_by_a_tenth(void **state)
{
    (void)state;
    struct har_event event = event_of("1500");
    struct har_error why = {0};
    struct har_mark record = mark_of("3:26.00"), near = mark_of("3:05.40"),
                    beyond = mark_of("3:05.39");
    assert_int_equal(har_mark_check(&record, &event, &why), HAR_OK);
    assert_int_equal(har_mark_check(&near, &event, &why), HAR_OK);
    assert_int_equal(har_mark_check(&beyond, &event, &why), HAR_BAD_INPUT);
    assert_non_null(strstr(why.message, "(3:26.00)"));
    for (double d = 50; d < 3e5; d *= 1.1) /* two roads along one line */
        assert_near(har_record_distance(har_record_time(d)), d, 1e-6 * d);
}

/* --- points ----------------------------------------------------------------------- */

/* Examples in print: the editions' own tables, and the 842 points of the edition of 2022
 * that github.com/GlaivePro/IaafPoints checks itself with. */
static void points_are_those_in_print(void **state)
{
    (void)state;
    static const struct {
        const char *mark, *event;
        enum har_sex sex;
        int edition, points;
    } rows[] = {
        {"3:26.00", "1500", HAR_MEN, 2025, 1302},
        {"61:51", "HM", HAR_MEN, 2025, 1113},
        {"2:00:35", "MAR", HAR_MEN, 2025, 1307},
        {"3:29.14", "1500i", HAR_MEN, 2025, 1313},
        {"7:57.0", "2MILEi", HAR_MEN, 2025, 1333},
        {"2:09:56", "MAR", HAR_WOMEN, 2025, 1312},
        {"3:00:00", "MAR", HAR_WOMEN, 2025, 855},
        {"1:56.78", "800", HAR_MEN, 2022, 842},
        {"4:01.09", "1500", HAR_MEN, 2022, 842},
        {"14:49.45", "5000", HAR_MEN, 2022, 842},
        {"31:22.37", "10000", HAR_MEN, 2022, 842},
        {"1:09:18", "HM", HAR_MEN, 2022, 842},
        {"2:30:45", "MAR", HAR_MEN, 2022, 842},
        {"2:00:35", "MAR", HAR_MEN, 2022, 1322},
        {"27:30.00", "10000", HAR_MEN, 2025, 1178},
        {"27:30.00", "10000", HAR_MEN, 2022, 1179},
        {"17:20.00", "5000i", HAR_MEN, 2025, 463},
        {"33:20", "10K", HAR_WOMEN, 2025, 1069},
        {"5:00:00", "MAR", HAR_MEN, 2025, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            points_of(rows[i].mark, rows[i].event, rows[i].sex, rows[i].edition),
            rows[i].points);
    struct har_mark mark = mark_of("20:00");
    struct har_event event = event_of("6K");
    struct har_error why = {0};
    int points = 7;
    assert_int_equal(har_points(&mark, &event, HAR_MEN, 2025, &points, &why),
                     HAR_NO_ANSWER);
    assert_non_null(strstr(why.message, "6K"));
    event = event_of("1M"); /* a table since 2025 */
    assert_int_equal(har_points(&mark, &event, HAR_MEN, 2022, &points, &why),
                     HAR_NO_ANSWER);
    assert_int_equal(har_points(&mark, &event, HAR_MEN, 2017, &points, &why),
                     HAR_OUT_OF_RANGE);
    assert_int_equal(points, 7);
}

/* Slower is never worth more; and away from whole numbers it is the formula in doubles. */
static void points_fall_with_time_and_follow_the_formula(void **state)
{
    (void)state;
    struct har_event event = event_of("3000");
    int before = INT32_MAX;
    for (int64_t ms = 400000; ms < 900000; ms += 10) {
        struct har_mark mark = {.time_ms = ms, .decimals = 2};
        int points;
        assert_int_equal(har_points(&mark, &event, HAR_MEN, 2025, &points, NULL), HAR_OK);
        double under_s = fmax(840 - (double)ms / 1000, 0);
        double formula = 0.00815 * under_s * under_s;
        assert_true(points <= before);
        if (fabs(formula - nearbyint(formula)) > 1e-6)
            assert_int_equal(points, (int)floor(formula));
        before = points;
    }
    assert_int_equal(before, 0);
}

/* Up to 400 m, in 2022 up to 500 m, a hand time is scored 0.14 s slower; beyond as it is.
 */
static void short_hand_times_are_scored_slower(void **state)
{
    (void)state;
    assert_int_equal(points_of("50.0h", "400", HAR_MEN, 2025),
                     points_of("50.14", "400", HAR_MEN, 2025));
    assert_int_equal(points_of("64.0h", "500", HAR_MEN, 2022),
                     points_of("64.14", "500", HAR_MEN, 2022));
    assert_int_equal(points_of("65.0h", "500", HAR_MEN, 2025),
                     points_of("65.0", "500", HAR_MEN, 2025));
    assert_int_equal(points_of("1:50.0h", "800", HAR_MEN, 2025),
                     points_of("1:50.00", "800", HAR_MEN, 2025));
}

/* --- real tables and lists -------------------------------------------------------- */

/* A file of the shared data, or a skip. */
static struct har_bytes data(struct har_arena *arena, const char *name)
{
    char path[4096];
    const char *folder = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    struct har_bytes bytes = {0};
    if (folder) snprintf(path, sizeof path, "%s/%s", folder, name);
    else snprintf(path, sizeof path, "%s/../shared/data/%s", root ? root : ".", name);
    if (har_read_file(path, NULL, arena, &bytes, NULL) != HAR_OK) {
        print_message("%s is not here\n", path);
        har_arena_free(arena);
        skip();
    }
    return bytes;
}

enum { FIELDS = 12, WIDTH = 160 };

/* The next line of a CSV file as strings, quotes taken off. */
static bool next_line(struct har_bytes *file, char field[FIELDS][WIDTH])
{
    size_t f = 0, n = 0, i = 0;
    bool quoted = false;
    memset(field, 0, FIELDS * WIDTH);
    if (file->size == 0) return false;
    for (; i < file->size && (quoted || file->data[i] != '\n'); i++) {
        char c = (char)file->data[i];
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) f++, n = 0;
        else if (c != '\r' && f < FIELDS && n + 1 < WIDTH) field[f][n++] = c;
    }
    i += i < file->size;
    *file = (struct har_bytes){file->data + i, file->size - i};
    return true;
}

static enum har_sex sex_of(const char *text)
{
    enum har_sex sex = HAR_MEN;
    assert_true(har_parse_sex(har_bytes_of(text), &sex));
    return sex;
}

/* A table's own names for events of the road are those of the track: "10 km" is no doubt,
 * "Mile" is the track's, "HM" the road's. */
static void points_are_those_of_the_official_table(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    char row[FIELDS][WIDTH];
    struct har_bytes file = data(&arena, "tables/wa_scoring_checks_2025.csv");
    size_t count = 0;
    for (next_line(&file, row); next_line(&file, row); count++)
        assert_int_equal(points_of(row[2], row[1], sex_of(row[0]), 2025), atoi(row[3]));
    assert_int_equal(count, 33);
    file = data(&arena, "tables/wa_boundary_exceptions.csv");
    for (next_line(&file, row); next_line(&file, row); count++)
        assert_int_equal(points_of(row[2], row[1], sex_of(row[0]), 2025), atoi(row[4]));
    assert_int_equal(count, 33 + 21);
    har_arena_free(&arena);
}

static const struct {
    const char *name, *event;
    enum har_sex sex;
} lists[] = {
    {"men_600-metres", "600", HAR_MEN},
    {"men_800-metres", "800", HAR_MEN},
    {"men_1000-metres", "1000", HAR_MEN},
    {"men_1500-metres", "1500", HAR_MEN},
    {"men_one-mile", "MILE", HAR_MEN},
    {"men_2000-metres", "2000", HAR_MEN},
    {"men_3000-metres", "3000", HAR_MEN},
    {"men_two-miles", "2MILE", HAR_MEN},
    {"men_5000-metres", "5000", HAR_MEN},
    {"men_10000-metres", "10000", HAR_MEN},
    {"men_2000-metres-steeplechase", "2000SC", HAR_MEN},
    {"men_3000-metres-steeplechase", "3000SC", HAR_MEN},
    {"men_5-kilometres", "5K", HAR_MEN},
    {"men_10-kilometres", "10K", HAR_MEN},
    {"men_15-kilometres", "15K", HAR_MEN},
    {"men_10-miles-road", "10M", HAR_MEN},
    {"men_20-kilometres", "20K", HAR_MEN},
    {"men_half-marathon", "HM", HAR_MEN},
    {"men_marathon", "MAR", HAR_MEN},
    {"women_600-metres", "600", HAR_WOMEN},
    {"women_800-metres", "800", HAR_WOMEN},
    {"women_1000-metres", "1000", HAR_WOMEN},
    {"women_1500-metres", "1500", HAR_WOMEN},
    {"women_one-mile", "MILE", HAR_WOMEN},
    {"women_2000-metres", "2000", HAR_WOMEN},
    {"women_3000-metres", "3000", HAR_WOMEN},
    {"women_two-miles", "2MILE", HAR_WOMEN},
    {"women_5000-metres", "5000", HAR_WOMEN},
    {"women_10000-metres", "10000", HAR_WOMEN},
    {"women_2000-metres-steeplechase", "2000SC", HAR_WOMEN},
    {"women_3000-metres-steeplechase", "3000SC", HAR_WOMEN},
    {"women_5-kilometres", "5K", HAR_WOMEN},
    {"women_10-kilometres", "10K", HAR_WOMEN},
    {"women_15-kilometres", "15K", HAR_WOMEN},
    {"women_10-miles-road", "10M", HAR_WOMEN},
    {"women_20-kilometres", "20K", HAR_WOMEN},
    {"women_half-marathon", "HM", HAR_WOMEN},
    {"women_marathon", "MAR", HAR_WOMEN},
};

/* Why a list of 2023 may say other points than the edition of 2022 gives for the mark that
 * stands beside them. No other mark differs. */
enum reason {
    NONE,
    /* A race over 5 or 10 km whose time was taken in hundredths and is listed in whole
     * seconds, rounded up: the points are those of the time before it was rounded, so a
     * hundredth within that second gives them. */
    UNROUNDED,
    /* Two marks by hand of one race, Kiev, 22 May 1976, have the points of a time about a
     * tenth slower than the one listed. The winner's do not, and nothing says why. */
    OF_KIEV,
};

static enum reason reason_of(enum har_sex sex, const struct har_mark *mark,
                             const struct har_event *event, const char *day, int published)
{
    struct har_event track = *event;
    int points = 0;
    bool short_road = event->kind == HAR_EVENT_ROAD && event->distance_mm <= 10000000;
    track.kind = HAR_EVENT_TRACK; /* the same coefficients, in hundredths */
    for (int64_t ms = 10; short_road && ms < 1000; ms += 10) {
        struct har_mark other = {.time_ms = mark->time_ms - ms, .decimals = 2};
        assert_int_equal(har_points(&other, &track, sex, 2022, &points, NULL), HAR_OK);
        if (points == published) return UNROUNDED;
    }
    bool kiev = mark->hand && strcmp(day, "22 MAY 1976") == 0 &&
                ((mark->time_ms == 246400 && published == 1154) ||
                 (mark->time_ms == 247000 && published == 1149));
    return kiev ? OF_KIEV : NONE;
}

static void points_are_those_of_the_lists_of_2023(void **state)
{
    (void)state;
    size_t count = 0, reasons[3] = {0};
    char row[FIELDS][WIDTH], path[120];
    for (size_t i = 0; i < COUNT(lists); i++) {
        struct har_arena arena = {0};
        snprintf(path, sizeof path, "results/wa_toplists_2023-07_mit/%s.csv",
                 lists[i].name);
        struct har_bytes file = data(&arena, path);
        struct har_event event = event_of(lists[i].event);
        for (next_line(&file, row); next_line(&file, row); count++) {
            struct har_mark mark = mark_of(row[2]);
            int points, published = atoi(row[9]);
            assert_int_equal(har_mark_check(&mark, &event, NULL), HAR_OK);
            assert_int_equal(har_points(&mark, &event, lists[i].sex, 2022, &points, NULL),
                             HAR_OK);
            if (points == published) continue;
            enum reason why = reason_of(lists[i].sex, &mark, &event, row[8], published);
            if (why == NONE)
                fail_msg("%s: %s: %d, not %d", lists[i].name, row[2], points, published);
            reasons[why]++;
        }
        har_arena_free(&arena);
    }
    print_message("%zu marks, %zu scored unrounded, %zu of Kiev\n", count,
                  reasons[UNROUNDED], reasons[OF_KIEV]);
    assert_int_equal(count, 117700);
    assert_int_equal(reasons[UNROUNDED], 54);
    assert_int_equal(reasons[OF_KIEV], 2);
}

/* --- age grades ------------------------------------------------------------------- */

static struct har_age_grade grade_of(const char *mark, const char *event, enum har_sex sex,
                                     int age, enum har_age_tables tables)
{
    struct har_mark m = mark_of(mark);
    struct har_event e = event_of(event);
    struct har_age_grade grade = {0};
    struct har_error why = {0};
    if (har_age_grade(&m, &e, sex, age, tables, &grade, &why)) fail_msg("%s", why.message);
    return grade;
}

static void age_factors_are_those_in_print(void **state)
{
    (void)state;
    static const struct {
        const char *event;
        enum har_sex sex;
        int age;
        enum har_age_tables tables;
        double factor;
    } rows[] = {
        {"5K", HAR_MEN, 40, HAR_AGE_ROAD_2025, 0.9475},
        {"10K", HAR_MEN, 40, HAR_AGE_ROAD_2025, 0.9636},
        {"MAR", HAR_MEN, 40, HAR_AGE_ROAD_2025, 0.9783},
        {"HM", HAR_MEN, 50, HAR_AGE_ROAD_2025, 0.8860},
        {"MAR", HAR_MEN, 50, HAR_AGE_ROAD_2025, 0.8963},
        {"MAR", HAR_MEN, 60, HAR_AGE_ROAD_2025, 0.8143},
        {"10M", HAR_MEN, 60, HAR_AGE_ROAD_2025, 0.8102},
        {"5K", HAR_WOMEN, 40, HAR_AGE_ROAD_2025, 0.9499},
        {"MAR", HAR_WOMEN, 40, HAR_AGE_ROAD_2025, 0.9680},
        {"10K", HAR_WOMEN, 50, HAR_AGE_ROAD_2025, 0.8822},
        {"HM", HAR_WOMEN, 50, HAR_AGE_ROAD_2025, 0.8753},
        {"MAR", HAR_WOMEN, 60, HAR_AGE_ROAD_2025, 0.7965},
        {"5K", HAR_MEN, 47, HAR_AGE_ROAD_2020, 0.9006},
        {"5K", HAR_WOMEN, 47, HAR_AGE_ROAD_2020, 0.9225},
        {"800", HAR_MEN, 40, HAR_AGE_TRACK_2023, 0.9580},
        {"800", HAR_MEN, 60, HAR_AGE_TRACK_2023, 0.8147},
        {"1500", HAR_MEN, 50, HAR_AGE_TRACK_2023, 0.8871},
        {"1500i", HAR_MEN, 50, HAR_AGE_TRACK_2023, 0.8871},
        {"5000", HAR_MEN, 40, HAR_AGE_TRACK_2023, 0.9701},
        {"10000", HAR_MEN, 60, HAR_AGE_TRACK_2023, 0.8089},
        {"1500", HAR_WOMEN, 50, HAR_AGE_TRACK_2023, 0.8697},
        {"5000", HAR_WOMEN, 60, HAR_AGE_TRACK_2023, 0.8015},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_near(
            grade_of("3:00:00", rows[i].event, rows[i].sex, rows[i].age, rows[i].tables)
                .factor,
            rows[i].factor, 1e-12);
    static const struct {
        const char *event;
        double men_s, women_s;
    } open[] = {{"1M", 227, 253},
                {"5K", 769, 834},
                {"10K", 1584, 1726},
                {"HM", 3451, 3772},
                {"MAR", 7235, 7796}};
    for (size_t i = 0; i < COUNT(open); i++) {
        const char *e = open[i].event;
        struct har_age_grade m = grade_of("3:00:00", e, HAR_MEN, 25, HAR_AGE_ROAD_2025),
                             w = grade_of("3:00:00", e, HAR_WOMEN, 25, HAR_AGE_ROAD_2025);
        assert_near(m.open_standard_s, open[i].men_s, 1e-9);
        assert_near(w.open_standard_s, open[i].women_s, 1e-9);
    }
}

static void a_grade_is_the_standard_over_the_time(void **state)
{
    (void)state;
    struct har_age_grade g = grade_of("20:00", "5K", HAR_MEN, 40, HAR_AGE_ROAD_2025);
    assert_near(g.standard_s, 769 / 0.9475, 1e-9);
    assert_near(g.percent, 100 * 769 / 0.9475 / 1200, 1e-9);
    g = grade_of("2:00:35", "MAR", HAR_MEN, 27, HAR_AGE_ROAD_2025);
    assert_near(g.percent, 100, 1e-9);
    g = grade_of("6:15.00", "2000SC", HAR_MEN, 60, HAR_AGE_TRACK_2023);
    assert_near(g.standard_s, 473.63 / 1.2613, 1e-9);
}

/* Between two distances: half way in the logarithm, half way in factor and pace; and no
 * step where a distance of the table is passed. */
static void distances_between_the_tables_are_straight_in_the_logarithm(void **state)
{
    (void)state;
    char text[40];
    double middle_m = sqrt(30000 * 42195.0);
    struct har_age_grade low = grade_of("3:00:00", "30K", HAR_MEN, 60, HAR_AGE_ROAD_2025),
                         high = grade_of("3:00:00", "MAR", HAR_MEN, 60, HAR_AGE_ROAD_2025);
    snprintf(text, sizeof text, "%.3f", middle_m);
    struct har_age_grade g = grade_of("3:00:00", text, HAR_MEN, 60, HAR_AGE_ROAD_2025);
    assert_near(g.factor, (low.factor + high.factor) / 2, 1e-9);
    assert_near(g.open_standard_s / middle_m,
                (low.open_standard_s / 30000 + high.open_standard_s / 42195) / 2, 1e-9);
    double before = 0;
    for (double d = 1700; d < 200000; d *= 1.003) {
        snprintf(text, sizeof text, "%.3f road", d);
        g = grade_of("40:00:00", text, HAR_WOMEN, 70, HAR_AGE_ROAD_2025);
        assert_true(g.standard_s > before);
        assert_true(before == 0 || g.standard_s < 1.02 * before);
        before = g.standard_s;
    }
}

static void what_the_tables_do_not_have_is_no_answer(void **state)
{
    (void)state;
    static const struct {
        const char *event;
        enum har_sex sex;
        int age;
        enum har_age_tables tables;
        har_status status;
    } rows[] = {
        {"800", HAR_MEN, 40, HAR_AGE_ROAD_2025, HAR_NO_ANSWER},     /* below the mile */
        {"250K", HAR_MEN, 40, HAR_AGE_ROAD_2025, HAR_NO_ANSWER},    /* beyond 200 km */
        {"3000SC", HAR_MEN, 40, HAR_AGE_ROAD_2025, HAR_NO_ANSWER},  /* no barriers */
        {"2000SC", HAR_MEN, 40, HAR_AGE_TRACK_2023, HAR_NO_ANSWER}, /* they run 3000 m */
        {"3000SC", HAR_WOMEN, 40, HAR_AGE_TRACK_2023, HAR_NO_ANSWER},
        {"2500SC", HAR_MEN, 40, HAR_AGE_TRACK_2023, HAR_NO_ANSWER},
        {"HM", HAR_MEN, 40, HAR_AGE_TRACK_2023, HAR_NO_ANSWER},
        {"5K", HAR_MEN, 4, HAR_AGE_ROAD_2025, HAR_OUT_OF_RANGE},
        {"5K", HAR_MEN, 101, HAR_AGE_ROAD_2025, HAR_OUT_OF_RANGE},
        {"5K", HAR_MEN, INT32_MIN, HAR_AGE_ROAD_2025, HAR_OUT_OF_RANGE},
        {"5K", HAR_MEN, 5, HAR_AGE_ROAD_2025, HAR_OK},
        {"5K", HAR_WOMEN, 100, HAR_AGE_ROAD_2020, HAR_OK},
        {"5000", HAR_WOMEN, 60, HAR_AGE_ROAD_2025, HAR_OK}, /* flat is flat */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_mark mark = mark_of("40:00:00");
        struct har_event event = event_of(rows[i].event);
        struct har_age_grade grade;
        assert_int_equal(har_age_grade(&mark, &event, rows[i].sex, rows[i].age,
                                       rows[i].tables, &grade, NULL),
                         rows[i].status);
    }
}

/* Every factor of the road tables' own files, at each distance and age. */
static void age_grades_follow_their_sources(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum har_age_tables tables;
        size_t count;
    } files[] = {{"tables/age_factors_road_2025.csv", HAR_AGE_ROAD_2025, 2 * 22 * 96},
                 {"tables/age_factors_road_2020.csv", HAR_AGE_ROAD_2020, 2 * 21 * 96}};
    char row[FIELDS][WIDTH];
    for (size_t i = 0; i < COUNT(files); i++) {
        struct har_arena arena = {0};
        struct har_bytes file = data(&arena, files[i].name);
        size_t count = 0;
        for (next_line(&file, row); next_line(&file, row); count++) {
            char text[WIDTH + 8];
            double km = atof(row[3]);
            /* the one distance that the source of 2020 has 0.2 m too long */
            if (fabs(km - 80.46736) < 1e-6) km = 80.4672;
            snprintf(text, sizeof text, "%.6fkm", km);
            struct har_age_grade g =
                grade_of("40:00:00", text, sex_of(row[1]), atoi(row[5]), files[i].tables);
            assert_near(g.factor, atof(row[6]), 1e-12);
            assert_near(g.open_standard_s, atof(row[4]), 1e-6);
        }
        assert_int_equal(count, files[i].count);
        har_arena_free(&arena);
    }
}

/* --- bad bytes -------------------------------------------------------------------- */

static void any_bytes_are_an_event_or_a_sentence(void **state)
{
    (void)state;
    static const char letters[] = "0123456789:.ihKMmSCst eal-\xff\n";
    struct har_random r = har_random_of(3);
    for (int i = 0; i < 100000; i++) {
        uint8_t bytes[12];
        size_t size = (size_t)(har_random_uniform(&r) * sizeof bytes);
        for (size_t k = 0; k < size; k++)
            bytes[k] =
                (uint8_t)letters[(size_t)(har_random_uniform(&r) * (sizeof letters - 1))];
        struct har_event event;
        struct har_mark mark;
        struct har_error why = {0};
        if (har_parse_event((struct har_bytes){bytes, size}, &event, &why) == HAR_OK)
            assert_true(event.distance_mm >= 100000 && event.distance_mm <= 1000000000);
        else assert_true(why.message[0] && !strchr(why.message, '\n'));
        if (har_parse_mark((struct har_bytes){bytes, size}, &mark, &why) == HAR_OK)
            assert_true(mark.time_ms > 0 && mark.time_ms < 360000000 && mark.decimals <= 3);
        else assert_true(why.offset <= size && !strchr(why.message, '\n'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_read_by_any_of_their_names),
        cmocka_unit_test(what_is_no_event_is_refused),
        cmocka_unit_test(codes_read_back),
        cmocka_unit_test(marks_are_written_as_the_sport_writes_them),
        cmocka_unit_test(what_is_no_mark_is_refused_at_its_byte),
        cmocka_unit_test(marks_read_back),
        cmocka_unit_test(a_short_track_mark_makes_its_event_one),
        cmocka_unit_test(no_mark_beats_the_records_by_a_tenth),
        cmocka_unit_test(points_are_those_in_print),
        cmocka_unit_test(points_fall_with_time_and_follow_the_formula),
        cmocka_unit_test(short_hand_times_are_scored_slower),
        cmocka_unit_test(points_are_those_of_the_official_table),
        cmocka_unit_test(points_are_those_of_the_lists_of_2023),
        cmocka_unit_test(age_factors_are_those_in_print),
        cmocka_unit_test(a_grade_is_the_standard_over_the_time),
        cmocka_unit_test(distances_between_the_tables_are_straight_in_the_logarithm),
        cmocka_unit_test(what_the_tables_do_not_have_is_no_answer),
        cmocka_unit_test(age_grades_follow_their_sources),
        cmocka_unit_test(any_bytes_are_an_event_or_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
