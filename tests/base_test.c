/* SPDX-License-Identifier: MIT */
/* base: memory, numbers and times as text. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/base.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- failure -------------------------------------------------------------------- */

static void failing_fills_the_error_and_returns_the_status(void **state)
{
    (void)state;
    struct har_error err;
    assert_int_equal(har_fail(&err, HAR_BAD_INPUT, 17, "lap %u has no start", 3u),
                     HAR_BAD_INPUT);
    assert_int_equal(err.status, HAR_BAD_INPUT);
    assert_int_equal(err.offset, 17);
    assert_string_equal(err.message, "lap 3 has no start");
    assert_int_equal(har_fail(NULL, HAR_BUSY, 0, "unheard"), HAR_BUSY);
    /* The old sentence inside the new one. */
    har_fail(&err, HAR_FAILED, 0, "import: %s", err.message);
    assert_string_equal(err.message, "import: lap 3 has no start");
}

static void a_sentence_stays_one_line_of_whole_characters(void **state)
{
    (void)state;
    struct har_error err;
    char name[400];
    for (size_t i = 0; i + 2 < sizeof name; i += 2) memcpy(name + i, "\xc3\xa9", 2);
    name[398] = '\0';
    for (int shift = 0; shift < 4; shift++) {
        har_fail(&err, HAR_FAILED, 0, "%.*s%s", shift, "abc", name);
        size_t size = strlen(err.message);
        assert_true(size < sizeof err.message);
        assert_int_equal((size - (size_t)(shift < 3 ? shift : 3)) % 2, 0);
    }
    har_fail(&err, HAR_FAILED, 0, "two\nlines");
    assert_string_equal(err.message, "two?lines");
}

static void every_status_has_a_name(void **state)
{
    (void)state;
    for (int s = HAR_INTERRUPTED; s <= HAR_NOT_FOUND; s++)
        assert_string_not_equal(har_status_name((har_status)s), "unknown status");
    assert_string_equal(har_status_name((har_status)99), "unknown status");
}

/* --- memory ----------------------------------------------------------------------- */

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    for (int round = 0; round < 3; round++) {
        uint8_t *last = NULL;
        for (size_t i = 1; i < 3000; i += 7) {
            size_t align = (size_t)1 << i % 7;
            uint8_t *p = har_arena_take(&arena, i, 3, align);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % align, 0);
            for (size_t k = 0; k < i * 3; k++) assert_int_equal(p[k], 0);
            memset(p, 0xee, i * 3);
            if (last) assert_int_equal(*last, 0xee);
            last = p;
        }
        har_arena_reset(&arena);
        assert_int_equal(arena.taken, 0);
    }
    har_arena_free(&arena);
    assert_null(arena.top);
}

static void the_limit_and_overflow_give_null(void **state)
{
    (void)state;
    struct har_arena arena = {.limit = 1000};
    assert_non_null(HAR_NEW(&arena, char, 600));
    assert_null(HAR_NEW(&arena, char, 401));
    assert_non_null(HAR_NEW(&arena, char, 400));
    assert_null(HAR_NEW(&arena, char, 1));
    har_arena_free(&arena);
    struct har_arena open = {0};
    assert_null(har_arena_take(&open, SIZE_MAX / 2, 3, 8));
    assert_null(har_arena_take(&open, SIZE_MAX, 1, 8));
    assert_non_null(har_arena_take(&open, 0, 8, 8));
    har_arena_free(&open);
}

/* Room may hold what was there before; what is taken after it is zero all the same. */
static void room_is_as_it_lies_and_arrays_grow(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    for (int round = 0; round < 3; round++) {
        uint64_t *room = HAR_ROOM(&arena, uint64_t, 1000);
        assert_non_null(room);
        memset(room, 0xee, 1000 * sizeof *room);
        uint64_t *taken = HAR_NEW(&arena, uint64_t, 1000);
        for (int k = 0; k < 1000; k++) assert_int_equal(taken[k], 0);
        int *items = NULL;
        size_t items_room = 0;
        for (size_t n = 0; n < 5000; n++) {
            items = har_arena_grow(&arena, items, n, &items_room, sizeof *items);
            assert_non_null(items);
            assert_true(items_room > n);
            items[n] = (int)n;
        }
        for (int n = 0; n < 5000; n++) assert_int_equal(items[n], n);
        har_arena_reset(&arena);
    }
    har_arena_free(&arena);
    struct har_arena small = {.limit = 100};
    size_t items_room = 0;
    assert_null(har_arena_grow(&small, NULL, 0, &items_room, 50));
    assert_int_equal(items_room, 0);
    har_arena_free(&small);
}

struct counter {
    unsigned taken, given;
};

static void *counted_take(void *ctx, size_t n)
{
    ((struct counter *)ctx)->taken++;
    void *p = malloc(n);
    if (p) memset(p, 0xaa, n); /* not zeroed: the arena must do it */
    return p;
}

static void counted_give(void *ctx, void *p)
{
    ((struct counter *)ctx)->given++;
    free(p);
}

static void the_callers_functions_serve_every_chunk(void **state)
{
    (void)state;
    struct counter counter = {0};
    struct har_arena arena = {.take = counted_take, .give = counted_give, .ctx = &counter};
    for (int i = 0; i < 100; i++) {
        uint64_t *p = HAR_NEW(&arena, uint64_t, 1000);
        for (int k = 0; k < 1000; k++) assert_int_equal(p[k], 0);
    }
    har_arena_free(&arena);
    assert_true(counter.taken > 1);
    assert_int_equal(counter.taken, counter.given);
}

/* --- checksum ----------------------------------------------------------------------- */

/* Bit by bit from the polynomial, against sixteen bytes at a time from tables. */
static void the_checksum_is_the_polynomials(void **state)
{
    (void)state;
    assert_int_equal(har_crc16(har_bytes_of("123456789")), 0xbb3d);
    uint8_t bytes[200];
    unsigned random = 1;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)((random = random * 1103515245u + 12345u) >> 16);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        unsigned crc = 0;
        for (size_t i = 0; i < size; i++) {
            crc ^= bytes[i];
            for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1;
        }
        assert_int_equal(har_crc16((struct har_bytes){bytes, size}), crc);
    }
}

/* --- text ------------------------------------------------------------------------------
 */

static const char *fixed(struct har_arena *arena, double value, unsigned decimals,
                         bool trim)
{
    struct har_text text = {.arena = arena};
    har_text_add(&text, "");
    (trim ? har_text_number : har_text_fixed)(&text, value, decimals);
    return text.data;
}

static void numbers_are_written_the_same_everywhere(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) setlocale(LC_ALL, "C.UTF-8");
    assert_string_equal(fixed(&arena, 3.5, 2, false), "3.50");
    assert_string_equal(fixed(&arena, 3.5, 2, true), "3.5");
    assert_string_equal(fixed(&arena, 3, 4, true), "3");
    assert_string_equal(fixed(&arena, -0.001, 2, false), "0.00");
    assert_string_equal(fixed(&arena, -0.0, 1, true), "0");
    assert_string_equal(fixed(&arena, -12.345678, 6, false), "-12.345678");
    assert_string_equal(fixed(&arena, 0.05, 1, false), "0.1");
    assert_string_equal(fixed(&arena, NAN, 1, false), "");
    assert_string_equal(fixed(&arena, INFINITY, 1, false), "");
    assert_string_equal(fixed(&arena, 1e21, 2, false), "1000000000000000000000");
    assert_string_equal(fixed(&arena, 100, 0, true), "100");
    setlocale(LC_ALL, "C");
    har_arena_free(&arena);
}

/* Two roads: the C library in its own locale. */
static void numbers_agree_with_printf(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    unsigned random = 7;
    for (int i = 0; i < 20000; i++) {
        random = random * 1664525u + 1013904223u;
        /* Multiples of 1/64 are exact at six decimals: both must round nothing. */
        double value = ((double)(int32_t)random) / 64;
        char expected[64];
        snprintf(expected, sizeof expected, "%.6f", value);
        assert_string_equal(fixed(&arena, value, 6, false), expected);
        double back;
        assert_true(har_parse_number(har_bytes_of(expected), &back));
        assert_true(back == value);
        if (i % 64 == 0) har_arena_reset(&arena);
    }
    har_arena_free(&arena);
}

static void reading_numbers_agrees_with_strtod(void **state)
{
    (void)state;
    static const char *const good[] = {
        "0",
        "-0",
        "1",
        "+1.5",
        " 2.25 ",
        "1e3",
        "1E-3",
        ".5",
        "5.",
        "1e308",
        "1e-310",
        "40.008630640804767608642578125",
        "116.32090606726706027984619140625",
        "0.00000000000000000000001",
        "123456789012345678901234567890",
        "4.9e-324",
        "46.799999237060546875",
        "179.99999999999999999",
        "1e22",
        "1e23",
        "1e-400",
        "1e-99999999",
        "0e99999999",
        "\t\r\n7\v\f",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double value = 99, expected = strtod(good[i], NULL);
        assert_true(har_parse_number(har_bytes_of(good[i]), &value));
        if (fabs(value - expected) > 4e-16 * fabs(expected) + 5e-324)
            fail_msg("%s", good[i]);
    }
    static const char *const bad[] = {"",      " ",   ".",     "-",   "e5",         "1e",
                                      "1e+",   "1,5", "1 2",   "nan", "inf",        "0x10",
                                      "1.2.3", "--1", "1e400", "+",   "1e99999999", "1ex"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double value = 99;
        if (har_parse_number(har_bytes_of(bad[i]), &value)) fail_msg("%s", bad[i]);
        assert_true(value == 99);
    }
}

static void reading_integers_knows_its_bounds(void **state)
{
    (void)state;
    int64_t value = 0;
    assert_true(har_parse_integer(har_bytes_of("9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    assert_true(har_parse_integer(har_bytes_of("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_false(har_parse_integer(har_bytes_of("9223372036854775808"), &value));
    assert_false(har_parse_integer(har_bytes_of("1.0"), &value));
    assert_false(har_parse_integer(har_bytes_of(""), &value));
    static const char *const bad[] = {" ", "-", "+", "1-", "- 1", "1 2", "x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(har_parse_integer(har_bytes_of(bad[i]), &value));
    assert_true(value == INT64_MIN);
    assert_true(har_parse_integer(har_bytes_of(" +7 "), &value));
    assert_true(value == 7);
}

static void clocks_read_as_the_sport_writes_them(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        unsigned decimals;
        bool minutes_first;
        const char *text;
    } rows[] = {
        {207.79, 2, false, "3:27.79"}, {3711, 0, true, "61:51"},
        {3711, 0, false, "1:01:51"},   {7235, 0, false, "2:00:35"},
        {12.788, 2, false, "12.79"},   {59.999, 2, false, "1:00.00"},
        {3599.6, 0, false, "1:00:00"}, {9, 0, false, "0:09"},
        {6000, 0, true, "1:40:00"},    {NAN, 0, false, ""},
        {-61.5, 1, false, "-1:01.5"},  {-0.04, 1, false, "0.0"},
        {INFINITY, 0, false, ""},      {1e13, 0, false, ""},
        {-1e13, 0, true, ""},          {0, 0, true, "0:00"},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct har_text text = {.arena = &arena};
        har_text_add(&text, "");
        har_text_clock(&text, rows[i].seconds, rows[i].decimals, rows[i].minutes_first);
        assert_string_equal(text.data, rows[i].text);
    }
    har_arena_free(&arena);
}

static void a_text_in_a_full_arena_fails_and_stays_whole(void **state)
{
    (void)state;
    for (size_t limit = 1; limit < 2000; limit += 13) {
        struct har_arena arena = {.limit = limit};
        struct har_text text = {.arena = &arena};
        for (int i = 0; i < 100; i++) har_text_format(&text, "line %d\n", i);
        if (!text.failed) assert_int_equal(text.size, strlen(text.data));
        har_arena_free(&arena);
    }
    struct har_arena arena = {0};
    struct har_text text = {.arena = &arena};
    har_text_add(&text, "\xc3\xa9t\xc3\xa9");
    har_text_pad(&text, 6);
    assert_string_equal(text.data, "\xc3\xa9t\xc3\xa9   ");
    har_arena_free(&arena);
}

/* --- times ------------------------------------------------------------------------------
 */

static void every_day_is_its_date_and_back(void **state)
{
    (void)state;
    assert_int_equal(har_day_of((struct har_date){1970, 1, 1}), 0);
    assert_int_equal(har_day_of((struct har_date){2000, 3, 1}), 11017);
    assert_int_equal(har_weekday_of(0), 3); /* a Thursday */
    assert_int_equal(har_weekday_of(-1), 2);
    assert_int_equal(har_weekday_of(har_day_of((struct har_date){2026, 11, 22})), 6);
    struct har_date before = har_date_of(-800001);
    for (int64_t day = -800000; day < 800000; day++) {
        struct har_date d = har_date_of(day);
        if (har_day_of(d) != day) fail_msg("day %lld", (long long)day);
        bool next =
            d.year == before.year && d.month == before.month && d.day == before.day + 1;
        bool first = d.day == 1 && (d.month == before.month % 12 + 1) &&
                     d.year == before.year + (d.month == 1);
        if (!next && !first) fail_msg("day %lld does not follow", (long long)day);
        before = d;
    }
}

static void the_training_day_is_the_local_date(void **state)
{
    (void)state;
    int64_t ms;
    assert_true(
        har_parse_instant(har_bytes_of("2025-01-01T15:59:59.999Z"), &ms, NULL, NULL));
    assert_int_equal(har_local_day(ms, 8 * 3600),
                     har_day_of((struct har_date){2025, 1, 1}));
    assert_int_equal(har_local_day(ms + 1, 8 * 3600),
                     har_day_of((struct har_date){2025, 1, 2}));
    assert_int_equal(har_local_day(-1, 0), -1);
}

static void instants_are_read_in_every_common_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms;
        int32_t offset_s;
        bool zone;
    } rows[] = {
        {"2025-01-01T15:39:16.000Z", 1735745956000, 0, true},
        {" 2025-01-01T23:39:16+08:00 ", 1735745956000, 28800, true},
        {"2025-01-01 15:39:16", 1735745956000, 0, false},
        {"2025-01-01T10:09:16.5-0530", 1735745956500, -19800, true},
        {"2025-01-01T23:39:16.123456789+08", 1735745956123, 28800, true},
        {"1970-01-01T00:00Z", 0, 0, true},
        {"1969-12-31T23:59:59.250Z", -750, 0, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t ms = 0;
        int32_t offset_s = 0;
        bool zone = false;
        if (!har_parse_instant(har_bytes_of(rows[i].text), &ms, &offset_s, &zone))
            fail_msg("%s", rows[i].text);
        assert_true(ms == rows[i].ms);
        assert_int_equal(offset_s, rows[i].offset_s);
        assert_int_equal(zone, rows[i].zone);
    }
    static const char *const bad[] = {
        "",
        " ",
        "2025",
        "20x5-01-01T00:00:00Z",
        "2025/01-01T00:00:00Z",
        "2025-0x-01T00:00:00Z",
        "2025-01/01T00:00:00Z",
        "2025-01-0xT00:00:00Z",
        "2025-00-01T00:00:00Z",
        "2025-01-00T00:00:00Z",
        "2025-04-31T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2025-01-01x00:00:00Z",
        "2025-01-01T",
        "2025-01-01T0",
        "2025-01-01T00",
        "2025-01-01T00.00",
        "2025-01-01T00:0",
        "2025-01-01T00:0x",
        "2025-01-01T00:00:0",
        "2025-01-01T00:00:0x",
        "2025-01-01T00:00:61Z",
        "2025-01-01T00:00:00.",
        "2025-01-01T00:00:00,x",
        "2025-01-01T00:00:00+",
        "2025-01-01T00:00:00+0x",
        "2025-01-01T00:00:00+08:",
        "2025-01-01T00:00:00+08:x0",
        "2025-01-01T00:00:00+080",
        "2025-01-01T00:00:00+19:00",
        "2025-01-01T00:00:00-08:60",
        "2025-13-01T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2025-01-01T25:00:00Z",
        "2025-01-01T00:00:00Zx",
        "2025-01-01T00:00:00.Z",
        "0000-01-01T00:00:00Z",
        "2025-01-01T00:61:00Z",
        "9999-12-31T23:59:59-18:00",
        "2025-1-1T00:00:00Z",
        "2025-01-01T00:00:00+8",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t ms = 77;
        if (har_parse_instant(har_bytes_of(bad[i]), &ms, NULL, NULL))
            fail_msg("%s", bad[i]);
        assert_true(ms == 77);
    }
}

static void instants_are_written_as_they_are_read(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    static const int64_t rows[] = {0, -1, 1735745956123, 951782400000, -62135596800000};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int32_t offset = -43200; offset <= 43200; offset += 900 * 7) {
            struct har_text utc = {.arena = &arena}, local = {.arena = &arena};
            int64_t back = 5;
            int32_t back_offset = 1;
            har_text_instant(&utc, rows[i]);
            assert_true(har_parse_instant(har_bytes_of(utc.data), &back, NULL, NULL));
            assert_true(back == rows[i]);
            if (rows[i] < 0 && i == 4) continue;
            har_text_local(&local, rows[i], offset);
            assert_true(
                har_parse_instant(har_bytes_of(local.data), &back, &back_offset, NULL));
            assert_true(back == rows[i]);
            assert_int_equal(back_offset, offset);
        }
    }
    struct har_text none = {.arena = &arena};
    har_text_instant(&none, HAR_NO_TIME);
    assert_int_equal(none.size, 0);
    har_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_fills_the_error_and_returns_the_status),
        cmocka_unit_test(a_sentence_stays_one_line_of_whole_characters),
        cmocka_unit_test(every_status_has_a_name),
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(the_limit_and_overflow_give_null),
        cmocka_unit_test(room_is_as_it_lies_and_arrays_grow),
        cmocka_unit_test(the_callers_functions_serve_every_chunk),
        cmocka_unit_test(the_checksum_is_the_polynomials),
        cmocka_unit_test(numbers_are_written_the_same_everywhere),
        cmocka_unit_test(numbers_agree_with_printf),
        cmocka_unit_test(reading_numbers_agrees_with_strtod),
        cmocka_unit_test(reading_integers_knows_its_bounds),
        cmocka_unit_test(clocks_read_as_the_sport_writes_them),
        cmocka_unit_test(a_text_in_a_full_arena_fails_and_stays_whole),
        cmocka_unit_test(every_day_is_its_date_and_back),
        cmocka_unit_test(the_training_day_is_the_local_date),
        cmocka_unit_test(instants_are_read_in_every_common_form),
        cmocka_unit_test(instants_are_written_as_they_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
