/* SPDX-License-Identifier: MIT */
/* workout: words there and back, through FIT and ZWO too; what is refused, and where; done
 * sessions beside their plans, with laps, without, and with reps left out. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/clean.h"
#include "harrier/decode.h"
#include "harrier/encode.h"
#include "harrier/simulate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define assert_near(a, b, within) near_at((a), (b), (within), __FILE__, __LINE__)

static void near_at(double a, double b, double within, const char *file, int line)
{
    if (fabs(a - b) <= within) return;
    print_error("%.17g is not %.17g within %g\n", a, b, within);
    _fail(file, line);
}

#define CREATED_MS INT64_C(946684800000) /* 2000-01-01 */

/* A runner for whom the threshold is 5 m/s, 1500 m 6.5 m/s, and every other race 5.5. */
static double race_speed(const void *ctx, const struct har_event *event)
{
    (void)ctx;
    return event->distance_m == 1500 ? 6.5 : 5.5;
}
static const struct har_workout_paces runner = {5, race_speed, NULL};

static struct har_workout read_text(const char *text, struct har_arena *arena)
{
    struct har_workout w = {0};
    struct har_error err = {0};
    if (har_workout_read(har_bytes_of(text), arena, &w, &err) != HAR_OK)
        fail_msg("%s\n%s", err.message, text);
    return w;
}

static const char *words_of(const struct har_workout *w, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_workout(&text, w);
    assert_false(text.failed);
    return text.data;
}

static const char *read_real(const char *name, struct har_arena *arena, size_t *size)
{
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    char path[512];
    snprintf(path, sizeof path, "%s%s/formats/%s",
             data   ? data
             : root ? root
                    : ".",
             data ? "" : "/../shared/data", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("no %s: set HARRIER_DATA\n", path);
        return NULL;
    }
    char *text = HAR_NEW(arena, char, 65536);
    *size = fread(text, 1, 65535, file);
    fclose(file);
    return text;
}

/* --- words ---------------------------------------------------------------------------- */

static const char *const canonical[] = {
    "- 15m\n",
    "Warmup\n- 15m Z2 Pace\n\nMain 5x\n- 1km 3:10-3:05/km Pace\n- Jog 400mtr\n\n- 9m\n",
    "5 x 1 km\n\nWarmup\n- 2km Z2 HR\n\n5x\n- 1km 98-102% @5K\n- 2m30s\n\n- 1mi 65% HR\n",
    "8x\n- 400mtr @1500 180-190spm press lap\n- Float 200mtr 80% Pace\n",
    "Drills\n- press lap RPE 3\n- Strides 20s freeride\n\n- 1h2m30s ramp 80-60% Pace\n",
    "- 0.25mi 1:15/400m Pace\n- 100mtr 0:18.5/100m Pace\n- 5.5km 7:00-6:50/mi Pace\n",
    "- 5m 75%\n- 5m Z3\n- 30s 220-240w\n- 4m 95-98% LTHR\n- 4m 150-160bpm\n- 1m Z2-Z3 HR\n",
    "Hill until HR>80%\n- 45s RPE 8-9\n- HR<125bpm Z1 HR\n\nuntil 20m\n- 1m\n- 1m30s\n",
    "Warm up\n- 12.5s 170spm\n\nWarmup\n- 9m\n\nWarmup 2x\n- 3m\n",
};

static void words_come_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
        struct har_workout w = read_text(canonical[i], &arena);
        assert_string_equal(words_of(&w, &arena), canonical[i]);
        assert_int_equal(har_workout_check(&w, &arena, NULL), HAR_OK);
    }
    har_arena_free(&arena);
}

/* What one may write, and what Harrier makes of it. */
static void other_spellings_are_read(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"- 5' z2 pace", "- 5m Z2 Pace\n"},
        {"- 1'30\" 70% hr", "- 1m30s 70% HR\n"},
        {"-90S 3:05-3:10/km", "- 1m30s 3:10-3:05/km Pace\n"},
        {"- 1000mtr 82-78% Pace", "- 1km 78-82% Pace\n"},
        {"- 1500meters 78%-82% Pace", "- 1500mtr 78-82% Pace\n"},
        {"- 10m Z2-3 HR 85rpm", "- 10m Z2-Z3 HR 170spm\n"},
        {"- 10m 220W Power", "- 10m 220w\n"},
        {"- 10m 150bpm HR", "- 10m 150bpm\n"},
        {"- press lap\r\n\r\n\r\n3X\r\n\r\n- 1m\r\n", "- press lap\n\n3x\n- 1m\n"},
        {"\xef\xbb\xbf  Name  \n\nWARMUP\n\n\t- 10m", "Name\n\nWARMUP\n- 10m\n"},
        {"- 2m @ 5k", NULL},
        {"- 2m @5k", "- 2m @5K\n"},
        {"- 2m press lap Z1 HR", "- 2m Z1 HR press lap\n"},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct har_workout w;
        har_status got = har_workout_read(har_bytes_of(pairs[i][0]), &arena, &w, NULL);
        assert_int_equal(got, pairs[i][1] ? HAR_OK : HAR_BAD_INPUT);
        if (pairs[i][1]) assert_string_equal(words_of(&w, &arena), pairs[i][1]);
    }
    har_arena_free(&arena);
}

static void numbers_are_si(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_workout w = read_text(
        "Name\n\nWarmup\n- 1mi 4:00/km Pace\n\nSet 3x\n- Hard 1h1m1s 4:00-3:20/km Pace\n"
        "- 200mtr 90-95% @1500\n",
        &arena);
    assert_string_equal(w.name, "Name");
    assert_int_equal(w.section_count, 2);
    assert_int_equal(w.section[0].part, HAR_PART_WARMUP);
    assert_int_equal(w.section[0].times, 0);
    assert_int_equal(w.section[1].times, 3);
    assert_int_equal(w.section[1].first, 1);
    assert_int_equal(w.section[1].count, 2);
    assert_near(w.step[0].amount, 1609.344, 1e-9);
    assert_near(w.step[0].slow_mps, 1000.0 / 240, 1e-12);
    assert_string_equal(w.step[1].cue, "Hard");
    assert_near(w.step[1].amount, 3661, 1e-9);
    assert_near(w.step[1].low, 1000.0 / 240, 1e-12);
    assert_near(w.step[1].high, 5, 1e-12);
    assert_int_equal(w.step[2].aim, HAR_AIM_RACE_PCT);
    assert_near(w.step[2].race.distance_m, 1500, 0);
    assert_int_equal(w.step[2].line, 8);
    har_arena_free(&arena);
}

/* --- what is refused ---------------------------------------------------------------------
 */

static const struct {
    const char *text, *where, *word;
} bad[] = {
    {"", "line 1, column 1:", "no steps"},
    {"\n\n", "line 1, column 1:", "no steps"},
    {"Warmup\n", "line 1, column 1:", "expected steps"},
    {"- 10m\n\nSet 3x\n\nOther\n- 1m\n", "line 3, column 1:", "expected steps"},
    {"- easy\n", "line 1, column 3:", "expected a duration"},
    {"- \n", "line 1, column 2:", "expected a duration"},
    {"Warmup\n- 15m Z2 Pase\n", "line 2, column 10:", "expected Pace, HR"},
    {"Warmup\n- 15m Z2 Pace Z3 HR\n", "line 2, column 15:", "one target"},
    {"- 15m 5:00/km Pace then jog\n", "line 1, column 20:", "expected Pace, HR"},
    {"- Z2 Pace 15m\n", "line 1, column 3:", "before the target"},
    {"- 15m Z99 Pace\n", "line 1, column 7:", "no runner"},
    {"- 15m Z1.5 Pace\n", "line 1, column 7:", "whole zone"},
    {"- 15m 900% Pace\n", "line 1, column 7:", "no runner"},
    {"- 15m 900% @5K\n", "line 1, column 7:", "1 to 300 %"},
    {"- 15m @nowhere\n", "line 1, column 7:", "an event"},
    {"- 15m 0:30/km Pace\n", "line 1, column 7:", "nobody"},
    {"- 15m RPE 11\n", "line 1, column 11:", "RPE from 0 to 10"},
    {"- 15m RPE\n", "line 1, column 10:", "RPE from 0 to 10"},
    {"- 15m 5:75/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 0m\n", "line 1, column 3:", "lasts from"},
    {"- 25h\n", "line 1, column 3:", "lasts from"},
    {"- 2000km\n", "line 1, column 3:", "lasts from"},
    {"- 3x 400mtr\n", "line 1, column 3:", "line of their own"},
    {"0x\n- 1m\n", "line 1, column 1:", "1x to 99x"},
    {"Main 100x\n- 1m\n", "line 1, column 6:", "1x to 99x"},
    {"Main 2.5x\n- 1m\n", "line 1, column 6:", "1x to 99x"},
    {"Set 2x 3x\n- 1m\n", "line 1, column 1:", "at most one repeat"},
    {"- HR<124.5bpm\n", "line 1, column 3:", "expected a duration"},
    {"3x\n4x\n- 1m\n", "line 1, column 1:", "expected steps"},
    {"- 1m\n===\n- 2m\n", "line 2, column 1:", "one workout"},
    {"- 1m\n- 2m \x01\n", "line 2, column 6:", "this byte is none"},
    {"- J\xc3\xb6g 1m \xff\n", "line 1, column 10:", "this byte is none"},
    {"- 1m 170spm 180spm\n", "line 1, column 13:", "expected a target"},
    {"- 1m 20spm\n", "line 1, column 6:", "expected a target"},
    {"- 1m 180-400spm\n", "line 1, column 6:", "expected a target"},
    {"- 1m 400-180spm\n", "line 1, column 6:", "expected a target"},
    {"- 1m 10-20rpm\n", "line 1, column 6:", "expected a target"},
    {"- 1m press lap press lap\n", "line 1, column 16:", "expected a target"},
    {"- press lap press lap\n", "line 1, column 13:", "expected a target"},
    {"- 1m press\n", "line 1, column 6:", "expected a target"},
    {"- 1m Z2 HR RPE 3\n", "line 1, column 12:", "one target"},
    {"- 1m Z2 HR freeride\n", "line 1, column 12:", "one target"},
    {"- 1m Z2 HR ramp\n", "line 1, column 12:", "one target"},
    {"- 1m @5K @10K\n", "line 1, column 10:", "one target"},
    {"- 1m @5K 5:00/km\n", "line 1, column 10:", "one target"},
    {"- 1m1h\n", "line 1, column 3:", "expected a duration"},
    {"- 1m1m\n", "line 1, column 3:", "expected a duration"},
    {"- 5q\n", "line 1, column 3:", "expected a duration"},
    {"- 1..5m\n", "line 1, column 3:", "expected a duration"},
    {"- 1e3mtr\n", "line 1, column 3:", "expected a duration"},
    {"- 1234567890123m\n", "line 1, column 3:", "expected a duration"},
    {"- 0.5mtr\n", "line 1, column 3:", "lasts from"},
    {"- 0.5s\n", "line 1, column 3:", "lasts from"},
    {"- HR>80\n", "line 1, column 3:", "expected a duration"},
    {"- HR=80%\n", "line 1, column 3:", "expected a duration"},
    {"- HR<x%\n", "line 1, column 3:", "expected a duration"},
    {"- HR<80.5%\n", "line 1, column 3:", "expected a duration"},
    {"- HR>0%\n", "line 1, column 3:", "lasts from"},
    {"- HR>101%\n", "line 1, column 3:", "lasts from"},
    {"- HR<19bpm\n", "line 1, column 3:", "lasts from"},
    {"- HR<251bpm\n", "line 1, column 3:", "lasts from"},
    {"- 15m 5/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m 5:0/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m 5.5:00/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m x:00/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m 5:xx/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m 5:00-x/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m -5:00/km Pace\n", "line 1, column 7:", "expected a target"},
    {"- 15m 60:00/km Pace\n", "line 1, column 7:", "nobody"},
    {"- 15m 5:00-0:30/km Pace\n", "line 1, column 7:", "nobody"},
    {"- 15m 0-80% @5K\n", "line 1, column 7:", "1 to 300 %"},
    {"- 15m 80-301% @5K\n", "line 1, column 7:", "1 to 300 %"},
    {"- 15m Z2-Z2.5 HR\n", "line 1, column 7:", "whole zone"},
    {"- 15m Z2-Zx HR\n", "line 1, column 7:", "expected a target"},
    {"- 15m RPE x\n", "line 1, column 11:", "RPE from 0 to 10"},
    {"- 15m RPE 3-11\n", "line 1, column 11:", "RPE from 0 to 10"},
    {"- 15m @\n", "line 1, column 7:", "an event"},
    {"- a b c d e f g h i j k l m n o p q r s t u v w 1m Z2\n",
     "line 1, column 52:", "at most 24 words"},
    {"- a cue that is longer than the eighty bytes that a watch could ever show in its "
     "line "
     "1m\n",
     "line 1, column 3:", "at most 80 bytes"},
    {"Main until 0m\n- 1m\n", "line 1, column 12:", "nobody repeats"},
    {"Main until 25h\n- 1m\n", "line 1, column 12:", "nobody repeats"},
    {"Main 5x until 20m\n- 1m\n", "line 1, column 1:", "at most one repeat"},
    {"- 1m \x7f\n", "line 1, column 6:", "this byte is none"},
    {"- \xc3\n", "line 1, column 3:", "this byte is none"},
    {"- \xc3J 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xe2\x82J 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xc1\xbf 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xe0\x9f\xbf 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xed\xa0\x80 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xf0\x8f\xbf\xbf 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xf4\x90\x80\x80 1m\n", "line 1, column 3:", "this byte is none"},
    {"- \xf5\x80\x80\x80 1m\n", "line 1, column 3:", "this byte is none"},
    {"\xff\n", "line 1, column 1:", "this byte is none"},
};

static void errors_name_line_and_column(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_workout w;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct har_error err = {0};
        har_status got = har_workout_read(har_bytes_of(bad[i].text), &arena, &w, &err);
        if (got != HAR_BAD_INPUT ||
            strncmp(err.message, bad[i].where, strlen(bad[i].where)) ||
            !strstr(err.message, bad[i].word) || err.offset > strlen(bad[i].text))
            fail_msg("of %s: %s", bad[i].text, err.message);
    }
    har_arena_free(&arena);
}

/* Letters of two, three and four bytes are text; a step by itself is checked as well. */
static void any_language_is_text(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_error err = {0};
    struct har_workout_step step;
    static const char *const cues[] = {
        "Jög",          "\xe0\xa0\x80",     "走る",
        "\xed\x9f\xbf", "\xf0\x9f\x8f\x83", "\xf4\x8f\xbf\xbf"};
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
        struct har_text words = {.arena = &arena}, back = {.arena = &arena};
        har_text_format(&words, "%s 1m", cues[i]);
        assert_int_equal(har_step_read(har_bytes_of(words.data), &arena, &step, &err),
                         HAR_OK);
        assert_string_equal(step.cue, cues[i]);
        har_text_step(&back, &step);
        assert_string_equal(back.data, words.data);
    }
    assert_int_equal(har_step_read(har_bytes_of("1m \xff"), &arena, &step, &err),
                     HAR_BAD_INPUT);
    assert_string_equal(err.message,
                        "line 1, column 4: expected text, and this byte is none");
    assert_int_equal(err.offset, 3);
    har_arena_free(&arena);
}

/* What a watch has for a name may be words of a step. */
static void cues_and_titles_are_no_steps(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        bool cue, title;
    } rows[] = {
        {"Jog", true, true},
        {"Main set of the day", true, true},
        {"", false, false},
        {" Jog", false, false},
        {"Jog ", false, false},
        {"J\xff", false, false},
        {"A name that is longer than the eighty bytes that a watch could show in a line of "
         "it",
         false, false},
        {"a b c d e f g h i j k l m n o p q", false, true},
        {"a b c d e f g h i j k l m n o p q r s t u v w x y z", false, true},
        {"Run 5m", false, true},
        {"Run HR>80%", false, true},
        {"Run 3x", false, false},
        {"Run 0x", false, false},
        {"3x", false, false},
        {"until 20m", false, false},
        {"Run until 0m", false, false},
        {"- Run", true, false},
        {"=== Run", true, false},
        {"press lap", false, true},
        {"Run press", false, true},
        {"Run @5K", false, true},
        {"Run ramp", false, true},
        {"Run 5:00/km", false, true},
        {"Run Z2", false, true},
        {"Run 78%", false, true},
        {"Run freeride", false, true},
        {"RPE", false, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (har_is_cue(har_bytes_of(rows[i].words)) != rows[i].cue)
            fail_msg("cue: %s", rows[i].words);
        if (har_is_title(har_bytes_of(rows[i].words)) != rows[i].title)
            fail_msg("title: %s", rows[i].words);
    }
}

/* Words beside the numbers of a file: the same step, in more terms. */
static void words_agree_with_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *words, *numbers;
        bool agree;
    } rows[] = {
        {"5m 5:00/km Pace", "5m 5:00/km Pace", true},
        {"5m 5:00/km Pace", "5m 5:03/km Pace", true},
        {"5m 5:00/km Pace", "5m 5:20/km Pace", false},
        {"5m 5:00/km Pace", "5m 4:40/km Pace", false},
        {"5m 5:00/km Pace", "6m 5:00/km Pace", false},
        {"5m 5:00/km Pace", "5km 5:00/km Pace", false},
        {"press lap", "press lap", true},
        {"5m press lap", "press lap", true},
        {"5m press lap", "5m", false},
        {"5m Z2 HR", "5m 5:00/km Pace", false},
        {"5m @5K", "5m 5:00/km Pace", true},
        {"5m 80% Pace", "5m @5K", true},
        {"5m 80% Pace", "5m 80-81% Pace", false},
        {"5m 80-82% Pace", "5m 80-81% Pace", true},
        {"5m @5K", "5m @10K", false},
        {"5m @5K", "5m @5000", true},
        {"5m 90% @5K", "5m 95% @5K", false},
        {"5m @5K", "5m", false},
        {"5m RPE 5", "5m", true},
        {"5m", "5m freeride", true},
        {"5m Z2 HR", "5m Z2 HR", true},
        {"5m Z2 HR", "5m Z3 HR", false},
        {"5m Z2 HR", "5m Z2 Pace", false},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_workout_step words, numbers;
        struct har_error err = {0};
        if (har_step_read(har_bytes_of(rows[i].words), &arena, &words, &err) ||
            har_step_read(har_bytes_of(rows[i].numbers), &arena, &numbers, &err))
            fail_msg("row %zu: %s", i, err.message);
        if (har_step_agrees(&words, &numbers) != rows[i].agree)
            fail_msg("%s beside %s", rows[i].words, rows[i].numbers);
    }
    har_arena_free(&arena);
}

/* Steps that came from numbers and have no words. */
static void what_cannot_be_said_is_told(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_error err = {0};
    struct har_workout w = read_text("- 5m\n", &arena);
    w.step[0].amount = 0.25;
    assert_int_equal(har_workout_check(&w, &arena, &err), HAR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "this workout has no words: line 1, column 3"));
    w = read_text("- 5m\n", &arena);
    w.step[0].cue = "- 1m\n-";
    assert_int_equal(har_workout_check(&w, &arena, &err), HAR_UNSUPPORTED);
    const struct har_workout_section split[] = {{.amount = NAN, .first = 0, .count = 1},
                                                {.amount = NAN, .first = 1, .count = 0}};
    w = read_text("- 5m\n", &arena);
    w.section = split;
    w.section_count = 2;
    assert_int_equal(har_workout_check(&w, &arena, &err), HAR_UNSUPPORTED);
    assert_string_equal(err.message, "this workout has no words");
    har_arena_free(&arena);
}

/* A megabyte of steps, of one line, and of nothing that is text. */
static void much_text_is_refused_soon(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    struct har_arena arena = {0};
    struct har_workout w;
    struct har_error err = {0};
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++) text[i] = "- 1m\n"[i % 5];
    struct har_bytes bytes = {(const uint8_t *)text, SIZE};
    assert_int_equal(har_workout_read(bytes, &arena, &w, &err), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "line 501, column 1: a workout has at most 500"));
    memset(text, 'a', SIZE);
    assert_int_equal(har_workout_read(bytes, &arena, &w, &err), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "line 1, column 1: a title has at most 80 bytes"));
    text[0] = '-';
    assert_int_equal(har_workout_read(bytes, &arena, &w, &err), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "line 1, column 2: expected a duration"));
    memset(text, 0, SIZE);
    assert_int_equal(har_workout_read(bytes, &arena, &w, &err), HAR_BAD_INPUT);
    assert_non_null(strstr(err.message, "line 1, column 1: expected text"));
    free(text);
    har_arena_free(&arena);
}

static void speeds_need_a_curve(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_error err = {0};
    struct har_bytes out;
    struct har_workout w =
        read_text("- 5m 5:00/km Pace\n- 1m 90-95% @1500\n- 1m 80% Pace\n", &arena);
    assert_near(w.step[0].slow_mps, 1000.0 / 300, 1e-12);
    assert_true(isnan(w.step[1].slow_mps));
    const struct har_workout_paces none = {NAN, NULL, NULL};
    assert_int_equal(har_workout_resolve(&w, &none, &err), HAR_NO_ANSWER);
    assert_non_null(strstr(err.message, "step 2 (line 2) is told of @1500"));
    assert_int_equal(har_encode_workout_fit(&w, CREATED_MS, &arena, &out, &err),
                     HAR_NO_ANSWER);
    assert_int_equal(har_workout_resolve(&w, &runner, &err), HAR_OK);
    assert_near(w.step[1].slow_mps, 0.90 * 6.5, 1e-12);
    assert_near(w.step[1].fast_mps, 0.95 * 6.5, 1e-12);
    assert_near(w.step[2].slow_mps, 4, 1e-12);
    w = read_text("Easy\n\n- 1m\n- 2m 80% Pace\n", &arena);
    assert_int_equal(har_workout_resolve(&w, &none, &err), HAR_NO_ANSWER);
    assert_non_null(strstr(err.message, "step 2 (line 4) is told of the threshold pace"));
    const struct har_workout_paces snail = {0.5, NULL, NULL}, hare = {16, NULL, NULL};
    assert_int_equal(har_workout_resolve(&w, &snail, &err), HAR_OUT_OF_RANGE);
    assert_int_equal(har_workout_resolve(&w, &hare, &err), HAR_OUT_OF_RANGE);
    assert_string_equal(err.message,
                        "step 2 (line 4) comes to a pace at which nobody runs");
    har_arena_free(&arena);
}

/* --- FIT --------------------------------------------------------------------------------
 */

static struct har_workout through_fit(struct har_workout *w, struct har_arena *arena)
{
    struct har_bytes file;
    struct har_workout back = {0};
    struct har_error err = {0};
    assert_int_equal(har_workout_resolve(w, &runner, &err), HAR_OK);
    if (har_encode_workout_fit(w, CREATED_MS, arena, &file, &err) != HAR_OK ||
        har_decode_workout(file, arena, &back, &err) != HAR_OK)
        fail_msg("%s", err.message);
    return back;
}

static void fit_brings_words_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
        struct har_workout w = read_text(canonical[i], &arena);
        struct har_workout back = through_fit(&w, &arena);
        assert_string_equal(words_of(&back, &arena), canonical[i]);
        for (size_t s = 0; s < w.step_count; s++) {
            if (isnan(w.step[s].slow_mps)) continue;
            assert_near(back.step[s].slow_mps, w.step[s].slow_mps,
                        0.011 * w.step[s].slow_mps);
            assert_near(back.step[s].fast_mps, w.step[s].fast_mps,
                        0.011 * w.step[s].fast_mps);
        }
    }
    har_arena_free(&arena);
}

static void samples_come_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    size_t size;
    const char *all = read_real("workout-text/intervals_icu_examples.txt", &arena, &size);
    if (!all) skip();
    int count = 0;
    for (const char *from = all; *from;) {
        const char *end = strstr(from, "===\n");
        size_t length = end ? (size_t)(end - from) : strlen(from);
        const char *one = har_arena_copy(&arena, from, length);
        struct har_workout w = read_text(one, &arena);
        assert_string_equal(words_of(&w, &arena), one);
        struct har_workout back = through_fit(&w, &arena);
        assert_string_equal(words_of(&back, &arena), one);
        from += length + (end ? 4 : 0);
        count++;
    }
    assert_int_equal(count, 3);
    har_arena_free(&arena);
}

static void sample_files_decode(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"CustomTargetValues",
         "Example 1\n\nWarmup\n- _A_ 1m 50-60% HR\n\n- B1_ 500mtr 300-310w\n- B2_ 500mtr "
         "260-270w\n\nCooldown\n- _C_ HR<125bpm 220-230w\n"},
        {"IndividualSteps",
         "Example 1\n\nWarmup\n- _A_ 1m Z2 HR\n\n- B1_ 500mtr Z5\n- B2_ 500mtr "
         "Z3\n\nCooldown\n- _C_ HR<125bpm Z1\n"},
        {"RepeatGreaterThanStep",
         "Example 2\n\nWarmup\n- _A_ 1m Z2 HR\n\nRep until HR>80%\n- B1_ 500mtr Z5\n- B2_ "
         "500mtr Z3\n\nCooldown\n- _C_ HR<125bpm Z1\n"},
        {"RepeatSteps",
         "Example 2\n\nWarmup\n- _A_ 1m Z2 HR\n\nRep 3x\n- B1_ 500mtr Z5\n- B2_ "
         "500mtr Z3\n\nCooldown\n- _C_ HR<125bpm Z1\n"},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < 4; i++) {
        char name[96];
        size_t size;
        struct har_workout w, back;
        struct har_error err = {0};
        snprintf(name, sizeof name, "fit/workout/Workout%s.fit", files[i][0]);
        const char *bytes = read_real(name, &arena, &size);
        if (!bytes) skip();
        struct har_bytes file = {(const uint8_t *)bytes, size};
        if (har_decode_workout(file, &arena, &w, &err) != HAR_OK)
            fail_msg("%s", err.message);
        assert_string_equal(words_of(&w, &arena), files[i][1]);
        back = through_fit(&w, &arena);
        assert_string_equal(words_of(&back, &arena), files[i][1]);
        /* Any byte may be cut off, and none of the rest is then believed. */
        for (size_t cut = 0; cut < size; cut++)
            assert_true(har_decode_workout((struct har_bytes){file.data, cut}, &arena, &w,
                                           NULL) < 0);
    }
    har_arena_free(&arena);
}

/* A file of something else has no words. */
static void what_has_no_words_is_refused(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_error err = {0};
    struct har_bytes file;
    struct har_workout w;
    struct har_activity run = har_activity_blank();
    run.start_ms = CREATED_MS;
    assert_int_equal(har_encode_fit(&run, &arena, &file, NULL), HAR_OK);
    assert_int_equal(har_decode_workout(file, &arena, &w, &err), HAR_UNSUPPORTED);
    assert_int_equal(har_decode_workout(har_bytes_of("<gpx/>"), &arena, &w, &err),
                     HAR_UNSUPPORTED);
    assert_int_equal(har_decode_workout(har_bytes_of(""), &arena, &w, &err), HAR_BAD_INPUT);
    har_arena_free(&arena);
}

/* --- ZWO --------------------------------------------------------------------------------
 */

static const char *through_zwo(const char *text, struct har_arena *arena)
{
    struct har_bytes file;
    struct har_error err = {0};
    struct har_workout w = read_text(text, arena), back;
    assert_int_equal(har_workout_resolve(&w, &runner, &err), HAR_OK);
    if (har_encode_workout_zwo(&w, runner.threshold_mps, arena, &file, &err) != HAR_OK ||
        har_decode_workout(file, arena, &back, &err) != HAR_OK)
        fail_msg("%s", err.message);
    return words_of(&back, arena);
}

static const char *const zwo_texts[] = {
    "Five <threes> & \"more\"\n\nWarmup\n- 10m ramp 60-75% Pace\n\n5x\n- 3m @10K\n- "
    "1m30s "
    "65% @10K\n\n- 5m 70% Pace\n- 30s freeride\n\nCooldown\n- 5m ramp 65-50% Pace\n",
    "- 1km 4:00/km Pace\n- 400mtr 80% @1500\n\n3x\n- Hard 200mtr 100% Pace\n- 200mtr "
    "60% "
    "Pace\n",
    "- 8m Z2 HR\n- 20s RPE 10\n- 1m Z3 Pace\n",
    "4x\n- 3m @5K\n- Jog 2m 6:00/km Pace\n",
};

static void zwo_brings_words_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof zwo_texts / sizeof *zwo_texts; i++)
        assert_string_equal(through_zwo(zwo_texts[i], &arena), zwo_texts[i]);
    /* Metres among seconds become seconds. */
    assert_string_equal(through_zwo("- 10m 60% Pace\n- 1km 100% Pace\n", &arena),
                        "- 10m 60% Pace\n- 3m20s 100% Pace\n");
    har_arena_free(&arena);
}

static void fractions_are_of_the_threshold(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_bytes file;
    struct har_error err = {0};
    struct har_workout w = read_text("- 10m 4:00/km Pace\n- 1m @HM\n", &arena);
    assert_int_equal(har_workout_resolve(&w, &runner, NULL), HAR_OK);
    assert_int_equal(har_encode_workout_zwo(&w, 5, &arena, &file, NULL), HAR_OK);
    /* 1000 m / 240 s / 5 m/s */
    assert_non_null(strstr((const char *)file.data, "Duration=\"600\" Power=\"0.8333\">"));
    assert_non_null(
        strstr((const char *)file.data, "Duration=\"60\" Power=\"1\" pace=\"3\">"));
    assert_int_equal(har_encode_workout_zwo(&w, NAN, &arena, &file, &err), HAR_NO_ANSWER);
    w = read_text("- press lap\n", &arena);
    assert_int_equal(har_encode_workout_zwo(&w, 5, &arena, &file, &err), HAR_UNSUPPORTED);
    w = read_text("- 1m\n- 1km Z2 HR\n", &arena);
    assert_int_equal(har_encode_workout_zwo(&w, 5, &arena, &file, &err), HAR_NO_ANSWER);
    har_arena_free(&arena);
}

static void a_zwo_of_others_is_read(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    size_t size;
    struct har_workout w;
    struct har_error err = {0};
    const char *bytes = read_real("workout-text/synthetic_run.zwo", &arena, &size);
    if (!bytes) skip();
    struct har_bytes file = {(const uint8_t *)bytes, size};
    if (har_decode_workout(file, &arena, &w, &err) != HAR_OK) fail_msg("%s", err.message);
    assert_string_equal(
        words_of(&w, &arena),
        "5 x 3 min threshold\n\nWarmup\n- 10m ramp 60-75% @HM\n\n5x\n- Relax "
        "the shoulders 3m @10K\n- 1m30s 65% @10K\n\n- 5m 70% "
        "@MAR\n\nCooldown\n- 5m ramp 65-50% @MAR\n");
    for (size_t cut = 0; cut < size - 2; cut++)
        assert_true(
            har_decode_workout((struct har_bytes){file.data, cut}, &arena, &w, NULL) < 0);
    har_arena_free(&arena);
}

static void broken_zwo_is_refused(void **state)
{
    (void)state;
    static const char *const files[] = {
        "<workout_file/>",
        "<workout_file><workout><SteadyState Power=\"1\"/></workout></workout_file>",
        "<workout_file><workout><SteadyState Duration=\"x\"/></workout></workout_file>",
        "<workout_file><workout><IntervalsT OnDuration=\"5\" OffDuration=\"5\"/></workout>"
        "</workout_file>",
        "<workout_file><workout><FreeRide Duration=\"1e9\"/></workout></workout_file>",
        "<workout_file><workout><SteadyState Duration=\"60\" Power=\"90\"/></workout>"
        "</workout_file>",
        "<!DOCTYPE workout_file [<!ENTITY a "
        "\"b\">]><workout_file><workout/></workout_file>",
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct har_workout w;
        struct har_error err = {0};
        assert_true(har_decode_workout(har_bytes_of(files[i]), &arena, &w, &err) < 0);
        assert_true(strlen(err.message) > 10);
    }
    har_arena_free(&arena);
}

/* --- planned and done -------------------------------------------------------------------
 */

enum { SECONDS_MOST = 20000 };

/* A run made here, second by second. */
struct made {
    size_t count;
    double time_s[SECONDS_MOST], distance_m[SECONDS_MOST];
    size_t lap_count;
    struct har_lap lap[64];
    uint32_t seed;
};

static struct made *begin_run(void)
{
    struct made *m = calloc(1, sizeof *m);
    assert_non_null(m);
    m->count = 1;
    m->seed = 1;
    return m;
}

/* Runs on for `time_s` at about `speed_mps`: the runner wavers, slowly. */
static void go(struct made *m, double time_s, double speed_mps, double waver_mps)
{
    double off = 0;
    for (long i = 0; i < lround(time_s); i++, m->count++) {
        assert_true(m->count < SECONDS_MOST);
        m->seed = m->seed * 1664525u + 1013904223u;
        off = 0.8 * off + waver_mps * ((double)(m->seed >> 8) / (1 << 24) - 0.5);
        m->time_s[m->count] = m->time_s[m->count - 1] + 1;
        m->distance_m[m->count] = m->distance_m[m->count - 1] + fmax(speed_mps + off, 0);
    }
}

/* Everything since the last lap is one. */
static void press(struct made *m)
{
    double from_s = 0, from_m = 0;
    for (size_t i = 0; i < m->lap_count; i++) {
        from_s += m->lap[i].timer_s;
        from_m += m->lap[i].distance_m;
    }
    m->lap[m->lap_count++] = (struct har_lap){
        .start_ms = CREATED_MS + (int64_t)(1000 * from_s),
        .timer_s = m->time_s[m->count - 1] - from_s,
        .elapsed_s = m->time_s[m->count - 1] - from_s,
        .distance_m = m->distance_m[m->count - 1] - from_m,
    };
}

static const char session[] =
    "Warmup\n- 15m Z2 Pace\n\n5x\n- 1km 3:25-3:15/km Pace\n- Jog 400mtr "
    "6:00/km Pace\n\nCooldown\n- 10m Z1 Pace\n";

/* The session above: `skip` reps at the end are not run, rep `slow` is run at 3:40. */
static struct made *run_session(int reps, int slow, bool laps)
{
    struct made *m = begin_run();
    go(m, 900, 3.1, 0.2);
    if (laps) press(m);
    for (int r = 0; r < reps; r++) {
        double speed = r == slow ? 1000.0 / 220 : 5;
        go(m, 1000 / speed, speed, 0.3);
        if (laps) press(m);
        go(m, 144, 400.0 / 144, 0.2);
        if (laps) press(m);
    }
    go(m, 600, 2.9, 0.2);
    if (laps) press(m);
    return m;
}

static struct har_match match(const char *text, const struct made *m,
                              struct har_arena *arena)
{
    struct har_match out = {0};
    struct har_error err = {0};
    struct har_workout *w = HAR_NEW(arena, struct har_workout, 1);
    const struct har_workout_done done = {m->lap_count,  m->lap, m->count, m->time_s,
                                          m->distance_m, NULL,   NULL,     {0, 0, 0}};
    *w = read_text(text, arena);
    assert_int_equal(har_workout_resolve(w, &runner, NULL), HAR_OK);
    if (har_workout_match(w, &done, arena, &out, &err) != HAR_OK)
        fail_msg("%s", err.message);
    return out;
}

static void laps_of_the_plan_are_its_steps(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = run_session(5, 3, true);
    struct har_match found = match(session, m, &arena);
    assert_true(found.by_laps);
    assert_int_equal(found.count, 12);
    assert_int_equal(found.judged, 10);
    assert_int_equal(found.hit, 9);
    assert_int_equal(found.step[0].verdict, HAR_STEP_DONE);
    assert_int_equal(found.step[7].verdict, HAR_STEP_SLOW);
    assert_int_equal(found.step[7].repetition, 4);
    assert_near(found.step[7].time_s, 220, 0.5);
    assert_near(found.step[1].from_s, 900, 0.5);
    assert_near(found.extra_s, 0, 0.5);
    free(m);
    har_arena_free(&arena);
}

/* A rep that was not run, and a lap too many, leave the others where they are. */
static void laps_may_miss_or_be_spare(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = run_session(4, -1, true);
    struct har_match found = match(session, m, &arena);
    assert_true(found.by_laps);
    assert_int_equal(found.hit, 8);
    int missed = 0;
    for (size_t i = 0; i < found.count; i++)
        missed += found.step[i].verdict == HAR_STEP_MISSED;
    assert_int_equal(missed, 2);
    free(m);
    m = begin_run();
    go(m, 900, 3.1, 0);
    press(m);
    go(m, 45, 1, 0);
    press(m);
    go(m, 200, 5, 0);
    press(m);
    found = match("- 15m\n- 1km 5:00-3:00/km Pace\n", m, &arena);
    assert_true(found.by_laps);
    assert_int_equal(found.step[1].verdict, HAR_STEP_HIT);
    assert_near(found.extra_s, 45, 1e-9);
    free(m);
    har_arena_free(&arena);
}

static void reps_are_found_without_laps(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = run_session(5, 3, false);
    struct har_match found = match(session, m, &arena);
    assert_false(found.by_laps);
    assert_int_equal(found.hit, 9);
    assert_int_equal(found.step[7].verdict, HAR_STEP_SLOW);
    double at_s = 900;
    for (size_t r = 0; r < 5; r++) {
        const struct har_matched_step *rep = &found.step[1 + 2 * r];
        assert_near(rep->from_s, at_s, 4);
        assert_near(rep->time_s, r == 3 ? 220 : 200, 5);
        assert_near(rep->distance_m, 1000, 25);
        at_s += (r == 3 ? 220 : 200) + 144;
    }
    free(m);
    har_arena_free(&arena);
}

/* A lap a kilometre says nothing of the reps; the stream does. */
static void automatic_laps_are_not_believed(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = run_session(5, -1, false);
    double next_m = 1000;
    for (size_t i = 0; i < m->count; i++) {
        if (m->distance_m[i] < next_m) continue;
        size_t all = m->count;
        m->count = i + 1;
        press(m);
        m->count = all;
        next_m += 1000;
    }
    struct har_match found = match(session, m, &arena);
    assert_false(found.by_laps);
    assert_int_equal(found.hit, 10);
    free(m);
    har_arena_free(&arena);
}

static void a_run_that_was_cut_short_misses_the_rest(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = run_session(3, -1, false);
    struct har_match found = match(session, m, &arena);
    assert_int_equal(found.hit, 6);
    assert_int_equal(found.step[7].verdict, HAR_STEP_MISSED);
    assert_int_equal(found.step[9].verdict, HAR_STEP_MISSED);
    assert_int_equal(found.step[11].verdict, HAR_STEP_DONE);
    free(m);
    har_arena_free(&arena);
}

static void seconds_on_the_track_are_found(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = begin_run();
    go(m, 1230, 3, 0.2);
    for (int r = 0; r < 10; r++) {
        go(m, 400 / 6.5, 6.5, 0.3);
        go(m, 90, 2, 0.3);
    }
    go(m, 700, 2.9, 0.2);
    struct har_match found = match(
        "- press lap\n\n10x\n- 400mtr 98-102% @1500\n- 1m30s\n\n- press lap\n", m, &arena);
    assert_int_equal(found.judged, 10);
    assert_int_equal(found.hit, 10);
    for (size_t r = 0; r < 10; r++) assert_near(found.step[1 + 2 * r].time_s, 400 / 6.5, 3);
    free(m);
    har_arena_free(&arena);
}

/* Up and down within one step is that step all the same. */
static void an_uneven_run_is_still_one(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct made *m = run_session(5, -1, true);
    struct har_match found = match("- 11.5km 5:00-3:40/km Pace\n", m, &arena);
    assert_false(found.by_laps);
    assert_int_equal(found.step[0].verdict, HAR_STEP_HIT);
    assert_near(found.step[0].distance_m, 11520, 100);
    free(m);
    har_arena_free(&arena);
}

/* The plan that laps would be of: a warm-up, reps and what lies between them. */
static const char *plan_of(const struct har_activity *a, unsigned reps, unsigned rep_m,
                           struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    const struct har_lap *rep = &a->laps[1],
                         *next = &a->laps[a->lap_count > reps + 2 ? 3 : 2];
    double between_s = (double)(next->start_ms - rep->start_ms) / 1000 - rep->timer_s;
    long jog_s = lround(between_s / 10) * 10;
    har_text_format(&text,
                    "Warmup\n- %ldmtr\n\n%ux\n- %umtr\n- %lds\n\nCooldown\n- %ldmtr\n",
                    lround(a->laps[0].distance_m / 100) * 100, reps, rep_m, jog_s,
                    lround(a->laps[a->lap_count - 1].distance_m / 100) * 100);
    return text.data;
}

/* Two roads to one number: with its laps, and without, a rep is the same within seconds. */
static void laps_and_stream_say_the_same(void **state)
{
    (void)state;
    struct har_arena plan = {0}, arena = {0};
    struct har_simulation season;
    size_t sessions = 0, found = 0, all = 0;
    assert_int_equal(har_simulate(1, &plan, &season, NULL), HAR_OK);
    for (size_t i = 0; i < season.session_count; i++) {
        unsigned reps, rep_m;
        struct har_activity a;
        struct har_streams streams;
        struct har_match by_laps, by_stream;
        if (season.sessions[i].kind != HAR_SESSION_INTERVALS) continue;
        har_arena_reset(&arena);
        assert_int_equal(har_simulate_session(&season, i, &arena, &a, NULL), HAR_OK);
        assert_int_equal(har_clean(&a, NULL, &arena, &streams, NULL), HAR_OK);
        assert_int_equal(sscanf(a.name, "%u x %u m", &reps, &rep_m), 2);
        struct har_workout w = read_text(plan_of(&a, reps, rep_m, &arena), &arena);
        struct har_workout_done done = {
            a.lap_count,        a.laps, streams.count, streams.time_s,
            streams.distance_m, NULL,   NULL,          {0, 0, 0}};
        assert_int_equal(har_workout_match(&w, &done, &arena, &by_laps, NULL), HAR_OK);
        assert_true(by_laps.by_laps);
        done.lap_count = 0;
        assert_int_equal(har_workout_match(&w, &done, &arena, &by_stream, NULL), HAR_OK);
        for (size_t k = 1; k + 1 < by_laps.count; k += 2, all++) {
            double off_s = fabs(by_stream.step[k].time_s - by_laps.step[k].time_s);
            double from_s = fabs(by_stream.step[k].from_s - by_laps.step[k].from_s);
            found += off_s <= 2 && from_s <= 2;
        }
        sessions++;
    }
    assert_true(sessions > 20 && all > 200);
    assert_int_equal(found, all);
    har_arena_free(&arena);
    har_arena_free(&plan);
}

/* Half an hour at an even pace, the heart as it beats from second to second. */
static struct har_match match_heart(const char *text, double before_bpm, double bpm,
                                    double watts, struct har_arena *arena)
{
    enum { SECONDS = 1800, CHANGE_S = 40 };
    struct har_match out = {0};
    struct har_error err = {0};
    struct har_workout *w = HAR_NEW(arena, struct har_workout, 1);
    double *column = HAR_NEW(arena, double, 4 * (SECONDS + 1));
    double *time_s = column, *distance_m = time_s + SECONDS + 1,
           *heart = distance_m + SECONDS + 1, *power = heart + SECONDS + 1;
    const struct har_lap lap = {
        .start_ms = CREATED_MS, .timer_s = SECONDS, .distance_m = 3 * SECONDS};
    for (int i = 0; i <= SECONDS; i++) {
        time_s[i] = i;
        distance_m[i] = 3 * i;
        heart[i] = i < CHANGE_S ? before_bpm : bpm;
        power[i] = watts;
    }
    const struct har_workout_done done = {
        .lap_count = 1,
        .lap = &lap,
        .count = SECONDS + 1,
        .time_s = time_s,
        .distance_m = distance_m,
        .heart_bpm = isnan(bpm) ? NULL : heart,
        .power_w = isnan(watts) ? NULL : power,
        .body = {200, 175, 300},
    };
    *w = read_text(text, arena);
    if (har_workout_match(w, &done, arena, &out, &err) != HAR_OK)
        fail_msg("%s", err.message);
    return out;
}

/* The first minute of a step is the one before's. */
static void hearts_and_watts_are_judged(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double before, bpm, watts;
        enum har_verdict_of_step verdict;
    } rows[] = {
        {"- 30m 150-160bpm\n", 90, 155, NAN, HAR_STEP_HIT},
        {"- 30m 150-160bpm\n", 90, 148.5, NAN, HAR_STEP_HIT},
        {"- 30m 150-160bpm\n", 155, 145, NAN, HAR_STEP_LOW},
        {"- 30m 150-160bpm\n", 155, 165, NAN, HAR_STEP_HIGH},
        {"- 30m 150-160bpm\n", 155, NAN, NAN, HAR_STEP_DONE},
        {"- 30m 75-80% HR\n", 90, 155, NAN, HAR_STEP_HIT},
        {"- 30m 85-90% HR\n", 90, 155, NAN, HAR_STEP_LOW},
        {"- 30m 85-90% LTHR\n", 90, 155, NAN, HAR_STEP_HIT},
        {"- 30m Z3 HR\n", 90, 155, NAN, HAR_STEP_HIT},
        {"- 30m Z2 HR\n", 90, 155, NAN, HAR_STEP_HIGH},
        {"- 30m Z1-Z4 HR\n", 90, 155, NAN, HAR_STEP_HIT},
        {"- 30m 220-230w\n", 90, 155, 225, HAR_STEP_HIT},
        {"- 30m 220-230w\n", 90, 155, 245, HAR_STEP_HIGH},
        {"- 30m 70-80%\n", 90, 155, 225, HAR_STEP_HIT},
        {"- 30m Z3\n", 90, 155, 200, HAR_STEP_LOW},
        {"- 30m RPE 5\n", 90, 155, 225, HAR_STEP_DONE},
        {"- 40m 150-160bpm\n", 90, 155, 225, HAR_STEP_SHORT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct har_match m =
            match_heart(rows[i].text, rows[i].before, rows[i].bpm, rows[i].watts, &arena);
        assert_int_equal(m.count, 1);
        if (m.step->verdict != rows[i].verdict)
            fail_msg("row %zu: %s, %s", i, har_step_verdict_name(m.step->verdict),
                     m.step->because);
        assert_int_equal(m.hit, rows[i].verdict == HAR_STEP_HIT);
        assert_int_equal(m.judged, rows[i].verdict != HAR_STEP_DONE);
        har_arena_free(&arena);
    }
}

/* What is not known of the runner or of the run is said, step by step. */
static void what_is_not_known_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double max_bpm, lthr_bpm, ftp_w;
        const char *because;
    } rows[] = {
        {"- 30m 75-80% HR\n", 0, 175, 300, "highest or threshold heart rate is not known"},
        {"- 30m Z3 HR\n", NAN, 175, 300, "highest or threshold heart rate is not known"},
        {"- 30m 75-80% LTHR\n", 200, 0, 300,
         "highest or threshold heart rate is not known"},
        {"- 30m 70-80%\n", 200, 175, 0, "power at threshold is not known"},
        {"- 30m Z3\n", 200, 175, NAN, "power at threshold is not known"},
        {"- 30m 220w\n", 200, 175, 300, "its power is not known"},
        {"- 30m 150bpm\n", 200, 175, 300, "its heart rate is not known"},
        {"- 30m RPE 3\n", 200, 175, 300, "no speed was asked for"},
        {"- 1m 150bpm\n", 200, 175, 300, "too short for a heart to follow"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct har_match out;
        struct har_workout w = read_text(rows[i].text, &arena);
        bool brief = w.step[0].amount == 60;
        const double time_s[] = {0, brief ? 60 : 1800}, distance_m[] = {0, 5000},
                     none[] = {NAN, NAN};
        const struct har_lap lap = {
            .start_ms = CREATED_MS, .timer_s = time_s[1], .distance_m = 5000};
        const struct har_workout_done done = {
            .lap_count = 1,
            .lap = &lap,
            .count = 2,
            .time_s = time_s,
            .distance_m = distance_m,
            .heart_bpm = none,
            .power_w = none,
            .body = {rows[i].max_bpm, rows[i].lthr_bpm, rows[i].ftp_w}};
        assert_int_equal(har_workout_match(&w, &done, &arena, &out, NULL), HAR_OK);
        assert_int_equal(out.step[0].verdict, HAR_STEP_DONE);
        assert_int_equal(out.judged, 0);
        if (!strstr(out.step[0].because, rows[i].because))
            fail_msg("row %zu: %s", i, out.step[0].because);
        har_arena_free(&arena);
    }
}

/* Too fast is a verdict as well; a lap of no time is nobody's. */
static void fast_laps_and_empty_ones(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_match out;
    const struct har_lap laps[] = {
        {.start_ms = HAR_NO_TIME, .timer_s = 300, .distance_m = 1000},
        {.start_ms = HAR_NO_TIME, .timer_s = 0, .distance_m = 0},
        {.start_ms = HAR_NO_TIME, .timer_s = 180, .distance_m = 1000}};
    struct har_workout w =
        read_text("- 1km 5:05-4:55/km Pace\n- 1km 4:00/km Pace\n", &arena);
    const struct har_workout_done done = {.lap_count = 3, .lap = laps};
    assert_int_equal(har_workout_match(&w, &done, &arena, &out, NULL), HAR_OK);
    assert_true(out.by_laps);
    assert_int_equal(out.step[0].verdict, HAR_STEP_HIT);
    assert_int_equal(out.step[1].verdict, HAR_STEP_FAST);
    assert_true(isnan(out.step[1].from_s)); /* the watch had no clock */
    assert_string_equal(har_step_verdict_name(HAR_STEP_FAST), "fast");
    assert_string_equal(har_step_verdict_name((enum har_verdict_of_step)99), "");
    w = read_text(
        "99x\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n"
        "- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n- 1m\n",
        &arena);
    struct har_error err = {0};
    assert_int_equal(har_workout_match(&w, &done, &arena, &out, &err), HAR_UNSUPPORTED);
    assert_non_null(strstr(err.message, "the plan has 2277 steps with its repeats"));
    har_arena_free(&arena);
}

static void nothing_done_has_no_answer(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_match out;
    struct har_error err = {0};
    struct har_workout w = read_text("- 10m\n", &arena);
    const struct har_workout_done none = {0};
    assert_int_equal(har_workout_match(&w, &none, &arena, &out, &err), HAR_NO_ANSWER);
    w = read_text("until 10m\n- 1m\n", &arena);
    struct made *m = run_session(1, -1, true);
    const struct har_workout_done done = {m->lap_count, m->lap, 0,    NULL,
                                          NULL,         NULL,   NULL, {0, 0, 0}};
    assert_int_equal(har_workout_match(&w, &done, &arena, &out, &err), HAR_UNSUPPORTED);
    free(m);
    har_arena_free(&arena);
}

/* --- memory ------------------------------------------------------------------------------
 */

static har_status through_fit_within(struct har_arena *arena, const void *text,
                                     struct har_error *err)
{
    struct har_workout w, back;
    struct har_bytes file;
    har_status got = har_workout_read(har_bytes_of(text), arena, &w, err);
    if (!got) got = har_workout_resolve(&w, &runner, err);
    if (!got) got = har_workout_check(&w, arena, err);
    if (!got) got = har_encode_workout_fit(&w, CREATED_MS, arena, &file, err);
    return got ? got : har_decode_workout(file, arena, &back, err);
}

static har_status through_zwo_within(struct har_arena *arena, const void *text,
                                     struct har_error *err)
{
    struct har_workout w, back;
    struct har_bytes file;
    har_status got = har_workout_read(har_bytes_of(text), arena, &w, err);
    if (!got) got = har_workout_resolve(&w, &runner, err);
    if (!got) got = har_encode_workout_zwo(&w, runner.threshold_mps, arena, &file, err);
    return got ? got : har_decode_workout(file, arena, &back, err);
}

static har_status match_within(struct har_arena *arena, const void *about,
                               struct har_error *err)
{
    const struct made *m = about;
    const struct har_workout_done done = {m->lap_count,  m->lap, m->count, m->time_s,
                                          m->distance_m, NULL,   NULL,     {0, 0, 0}};
    struct har_workout w;
    struct har_match found;
    har_status got = har_workout_read(har_bytes_of("- 30s\n- 100mtr 5:00-3:00/km Pace\n"),
                                      arena, &w, err);
    return got ? got : har_workout_match(&w, &done, arena, &found, err);
}

static void any_memory_limit_is_survived(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++)
        assert_int_equal(scarce_memory(through_fit_within, canonical[i]), HAR_OK);
    for (size_t i = 0; i < sizeof zwo_texts / sizeof *zwo_texts; i++)
        assert_int_equal(scarce_memory(through_zwo_within, zwo_texts[i]), HAR_OK);
    for (int laps = 0; laps < 2; laps++) {
        struct made *m = begin_run();
        go(m, 30, 2.5, 0);
        if (laps) press(m);
        go(m, 20, 5, 0);
        if (laps) press(m);
        assert_int_equal(scarce_memory(match_within, m), HAR_OK);
        free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_come_back),
        cmocka_unit_test(other_spellings_are_read),
        cmocka_unit_test(numbers_are_si),
        cmocka_unit_test(errors_name_line_and_column),
        cmocka_unit_test(any_language_is_text),
        cmocka_unit_test(cues_and_titles_are_no_steps),
        cmocka_unit_test(words_agree_with_numbers),
        cmocka_unit_test(what_cannot_be_said_is_told),
        cmocka_unit_test(much_text_is_refused_soon),
        cmocka_unit_test(speeds_need_a_curve),
        cmocka_unit_test(fit_brings_words_back),
        cmocka_unit_test(samples_come_back),
        cmocka_unit_test(sample_files_decode),
        cmocka_unit_test(what_has_no_words_is_refused),
        cmocka_unit_test(zwo_brings_words_back),
        cmocka_unit_test(fractions_are_of_the_threshold),
        cmocka_unit_test(a_zwo_of_others_is_read),
        cmocka_unit_test(broken_zwo_is_refused),
        cmocka_unit_test(laps_of_the_plan_are_its_steps),
        cmocka_unit_test(laps_may_miss_or_be_spare),
        cmocka_unit_test(reps_are_found_without_laps),
        cmocka_unit_test(automatic_laps_are_not_believed),
        cmocka_unit_test(a_run_that_was_cut_short_misses_the_rest),
        cmocka_unit_test(seconds_on_the_track_are_found),
        cmocka_unit_test(an_uneven_run_is_still_one),
        cmocka_unit_test(laps_and_stream_say_the_same),
        cmocka_unit_test(hearts_and_watts_are_judged),
        cmocka_unit_test(what_is_not_known_is_said),
        cmocka_unit_test(fast_laps_and_empty_ones),
        cmocka_unit_test(nothing_done_has_no_answer),
        cmocka_unit_test(any_memory_limit_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
