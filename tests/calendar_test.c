/* SPDX-License-Identifier: MIT */
/* calendar: rows that are taken and refused, and iCalendar as RFC 5545 wants it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/calendar.h"

#include <math.h>
#include <string.h>

static struct har_arena arena;

static int64_t day_of(int year, int month, int day)
{
    return har_day_of((struct har_date){year, month, day});
}

static struct har_calendar read_of(const char *text)
{
    struct har_calendar calendar;
    struct har_error err = {0};
    if (har_calendar_read(har_bytes_of(text), day_of(2026, 1, 1), &arena, &calendar,
                          &err) != HAR_OK)
        fail_msg("%s", err.message);
    return calendar;
}

static void rows_are_put_in_order(void **state)
{
    (void)state;
    struct har_calendar c = read_of("Date,Kind,Name,Event,Importance,Altitude M,To\n"
                                    "2026-06-01,RACE,City run,10K,a,,\n"
                                    "2026-03-01,camp,Iten,,,2400,2026-03-28\n"
                                    "2026-02-01,race,,1500,,,\n"
                                    "2025-12-28,off,,,,,2026-01-02\n");
    assert_int_equal(c.count, 4);
    assert_int_equal(c.refused_count, 0);
    assert_int_equal(c.item[0].kind, HAR_PLANNED_OFF);
    assert_int_equal(c.item[0].to_day, day_of(2026, 1, 2));
    assert_int_equal(c.item[1].importance, HAR_IMPORTANCE_B);
    assert_string_equal(c.item[2].name, "Iten");
    assert_true(c.item[2].altitude_m == 2400 && isnan(c.item[3].altitude_m));
    assert_string_equal(c.item[3].event.code, "10K");
    assert_int_equal(c.item[3].importance, HAR_IMPORTANCE_A);
}

static void bad_rows_are_refused_by_line(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "x,race,,10K,A,,",
        "2026-02-01,,,10K,A,,",
        "2026-02-01,racer,,10K,A,,",
        "2026-02-01,race,,,A,,",
        "2026-02-01,race,,10K,E,,",
        "2026-02-01,race,,10K,A,,2026-02-02",
        "2025-12-31,race,,10K,A,,",
        "2026-02-01,camp,,,,2000,2026-02-09",
        "2026-02-01,camp,Iten,,,2000,",
        "2026-02-01,camp,Iten,,,9000,2026-02-09",
        "2026-02-01,camp,Iten,,,,2026-02-09",
        "2026-02-09,off,,,,,2026-02-01",
        "2026-02-09,off,,,,,2036-02-01",
        "2026-02-09,off,\"never closed",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_text text = {.arena = &arena};
        har_text_format(&text, "date,kind,name,event,importance,altitude_m,to\n%s\n",
                        rows[i]);
        struct har_calendar c = read_of(text.data);
        assert_int_equal(c.count, 0);
        assert_int_equal(c.refused_count, 1);
        assert_int_equal(c.refused[0].line, 2);
        assert_true(strlen(c.refused[0].why) > 0);
    }
}

static void camps_may_not_share_a_day(void **state)
{
    (void)state;
    struct har_calendar c = read_of("date,kind,name,altitude_m,to\n"
                                    "2026-02-01,camp,One,2000,2026-02-20\n"
                                    "2026-02-20,camp,Two,2000,2026-02-28\n"
                                    "2026-02-21,camp,Three,2000,2026-02-28\n");
    assert_int_equal(c.count, 2);
    assert_int_equal(c.refused[0].line, 3);
    assert_string_equal(c.item[1].name, "Three");
}

static void a_header_needs_date_and_kind(void **state)
{
    (void)state;
    struct har_calendar c;
    assert_int_equal(har_calendar_read(har_bytes_of("date,event\n"), 0, &arena, &c, NULL),
                     HAR_BAD_INPUT);
    assert_int_equal(har_calendar_read(har_bytes_of("kind,event\n"), 0, &arena, &c, NULL),
                     HAR_BAD_INPUT);
    assert_int_equal(har_calendar_read(har_bytes_of(""), 0, &arena, &c, NULL),
                     HAR_NOT_FOUND);
}

/* The text unfolded again; every line was at most 75 octets and ended in CRLF. */
static char *unfolded(const struct har_text *text)
{
    struct har_text out = {.arena = &arena};
    const char *at = text->data;
    while (*at) {
        const char *end = strstr(at, "\r\n");
        assert_non_null(end);
        assert_true(end - at <= 75);
        assert_null(memchr(at, '\n', (size_t)(end - at)));
        assert_true(((unsigned char)at[at[0] == ' '] & 0xc0) != 0x80); /* no torn letter */
        if (*at == ' ') at++;
        else if (out.size) har_text_add(&out, "\n");
        har_text_bytes(&out, at, (size_t)(end - at));
        at = end + 2;
    }
    return out.data;
}

static void events_are_what_the_standard_wants(void **state)
{
    (void)state;
    struct har_calendar_event event = {
        .uid = "race-1@harrier",
        .from_day = day_of(2026, 12, 31),
        .to_day = day_of(2026, 12, 31),
        .summary =
            "Z\xc3\xbcrich Silvesterlauf; the \xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc"
            "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc"
            "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc, last\\",
        .category = "RACE",
    };
    struct har_text text = {.arena = &arena};
    har_calendar_write(&text, day_of(2026, 1, 2), &event, 1);
    const char *said = unfolded(&text);
    assert_int_equal(strncmp(said, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:", 35), 0);
    assert_non_null(strstr(said, "\nDTSTART;VALUE=DATE:20261231\n"));
    assert_non_null(strstr(said, "\nDTEND;VALUE=DATE:20270101\n")); /* exclusive */
    assert_non_null(strstr(said, "\nUID:race-1@harrier\nDTSTAMP:20260102T000000Z\n"));
    assert_non_null(strstr(said, "\nSUMMARY:Z\xc3\xbcrich Silvesterlauf\\; the "));
    assert_non_null(strstr(said, "\\, last\\\\\nCATEGORIES:RACE\n"));
    assert_non_null(strstr(said, "\nEND:VEVENT\nEND:VCALENDAR"));
    assert_null(strstr(said, "DESCRIPTION"));
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
        cmocka_unit_test(rows_are_put_in_order),
        cmocka_unit_test(bad_rows_are_refused_by_line),
        cmocka_unit_test(camps_may_not_share_a_day),
        cmocka_unit_test(a_header_needs_date_and_kind),
        cmocka_unit_test(events_are_what_the_standard_wants),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
