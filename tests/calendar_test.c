/* SPDX-License-Identifier: MIT */
/* calendar: rows that are taken and refused, and iCalendar as RFC 5545 wants it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

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
        "2026-02-09,off,,,,,soon",
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

/* --- iCalendar in ------------------------------------------------------------------ */

static struct har_calendar read_events(const char *events)
{
    struct har_text text = {.arena = &arena};
    har_text_format(
        &text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n%sEND:VCALENDAR\r\n", events);
    return read_of(text.data);
}

/* One event, of 1 May 2026 and the properties that are told. */
static struct har_calendar read_event(const char *properties)
{
    struct har_text text = {.arena = &arena};
    har_text_format(&text,
                    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\n%s\r\nEND:VEVENT\r\n",
                    properties);
    return read_events(text.data);
}

static void same_items(const struct har_calendar *a, const struct har_calendar *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct har_planned_item *x = a->item + i, *y = b->item + i;
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->from_day, y->from_day);
        assert_int_equal(x->to_day, y->to_day);
        assert_string_equal(x->name, y->name);
        assert_string_equal(x->event.code, y->event.code);
        assert_int_equal(x->importance, y->importance);
        assert_memory_equal(&x->altitude_m, &y->altitude_m, sizeof x->altitude_m);
    }
}

static void what_was_written_comes_back(void **state)
{
    (void)state;
    struct har_calendar c = read_of(
        "date,kind,name,event,importance,altitude_m,to\n"
        "2026-02-01,race,,1500i,C,,\n"
        "2026-03-01,camp,\"Iten; \xe2\x80\x9cup\xe2\x80\x9d, \\ high\",,,2135.0625,"
        "2026-03-28\n"
        "2026-04-01,off,\"A name that is long enough to be folded, and then some more of "
        "it: \xc3\xa4\xc3\xb6\xc3\xbc\",,,,2026-04-03\n"
        "2026-05-02,off,,,,,\n"
        "2026-06-01,race,\"Two\nlines (C)\",HM,A,,\n");
    struct har_calendar_event event[8] = {0};
    assert_int_equal(c.count, 5);
    assert_string_equal(c.item[4].name, "Two lines (C)");
    for (size_t i = 0; i < c.count; i++)
        event[i] = (struct har_calendar_event){.uid = "u",
                                               .from_day = c.item[i].from_day,
                                               .to_day = c.item[i].to_day,
                                               .summary = "HM race",
                                               .category = "RACE",
                                               .item = c.item + i};
    event[c.count] = (struct har_calendar_event){.uid = "week",
                                                 .from_day = day_of(2026, 2, 2),
                                                 .to_day = day_of(2026, 2, 8),
                                                 .summary = "10K race",
                                                 .category = "TRAINING"};
    struct har_text text = {.arena = &arena};
    har_calendar_write(&text, day_of(2026, 1, 2), event, c.count + 1);
    struct har_calendar again = read_of(text.data);
    same_items(&c, &again);
    assert_int_equal(again.refused_count + again.other_count, 0);
}

static void days_are_those_of_the_wall_clock(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        int to_day; /* of May; from the 1st */
    } rows[] = {
        {"DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260502", 1},
        {"DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260504", 3},
        {"DTSTART;VALUE=DATE:20260501\r\nDURATION:P1W", 7},
        {"DTSTART;VALUE=DATE:20260501", 1},
        {"DTSTART;TZID=\"Area:Place\":20260501T000000\r\nDTEND:20260502T000000", 1},
        {"DTSTART:20260501T233000\r\nDURATION:PT20M", 1},
        {"DTSTART:20260501T233000\r\nDURATION:P1DT1H", 3},
        {"DTSTART:20260501T233000\r\nDURATION:+PT1H30M5S", 2},
        {"DTSTART:20260501T233000\r\nDTEND:20260501T233000", 1},
        {"DTSTART:20260501T235960", 1}, /* a leap second is of its day */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_text text = {.arena = &arena};
        har_text_format(&text, "BEGIN:VEVENT\r\n%s\r\nSUMMARY:Rest day\r\nEND:VEVENT\r\n",
                        rows[i].said);
        struct har_calendar c = read_events(text.data);
        assert_int_equal(c.count, 1);
        assert_int_equal(c.item[0].from_day, day_of(2026, 5, 1));
        assert_int_equal(c.item[0].to_day, day_of(2026, 5, rows[i].to_day));
        assert_int_equal(c.utc_count, 0);
    }
}

/* A morning in Tokyo is the evening before in UTC. */
static void times_in_utc_take_the_zone_of_the_file(void **state)
{
    (void)state;
    static const char event[] =
        "BEGIN:VEVENT\nDTSTART:20260430T233000Z\nDTEND:20260501T020000Z\n"
        "SUMMARY:10K race\nEND:VEVENT\n";
    struct har_calendar c = read_events(event);
    assert_int_equal(c.item[0].from_day, day_of(2026, 4, 30));
    assert_int_equal(c.item[0].to_day, day_of(2026, 4, 30));
    assert_int_equal(c.utc_count, 1);
    struct har_text text = {.arena = &arena};
    har_text_format(&text,
                    "BEGIN:VTIMEZONE\nTZID:Asia/Tokyo\nBEGIN:STANDARD\nTZOFFSETFROM:+0900\n"
                    "TZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n%s",
                    event);
    c = read_events(text.data);
    assert_int_equal(c.item[0].from_day, day_of(2026, 5, 1));
    assert_int_equal(c.utc_count, 0);
    /* West of Greenwich, and zones that say nothing: the day is that of UTC. */
    static const struct {
        const char *zone;
        int day; /* of May, at half past midnight in UTC */
        size_t utc;
    } rows[] = {
        {"BEGIN:DAYLIGHT\nTZOFFSETTO:-0300\nEND:DAYLIGHT\nBEGIN:STANDARD\n"
         "TZOFFSETTO:-0330\nEND:STANDARD\n",
         30, 0},
        {"BEGIN:STANDARD\nTZOFFSETTO:+1\nEND:STANDARD\n", 1, 1},
        {"BEGIN:STANDARD\nTZOFFSETTO:+x100\nEND:STANDARD\n", 1, 1},
        {"BEGIN:STANDARD\nTZOFFSETTO:+01x0\nEND:STANDARD\n", 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_text file = {.arena = &arena};
        har_text_format(&file,
                        "BEGIN:VTIMEZONE\n%sEND:VTIMEZONE\nBEGIN:VEVENT\n"
                        "DTSTART:20260501T003000Z\nSUMMARY:10K race\nEND:VEVENT\n",
                        rows[i].zone);
        c = read_events(file.data);
        assert_int_equal(har_date_of(c.item[0].from_day).day, rows[i].day);
        assert_int_equal(c.utc_count, rows[i].utc);
    }
}

static void anybodys_events_are_told_by_their_words(void **state)
{
    (void)state;
    static const struct {
        const char *said, *event; /* NULL: no race */
        int kind;                 /* -1: none of them */
        enum har_importance importance;
    } rows[] = {
        {"SUMMARY:Vienna City Marathon", "MAR", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:ZÜRICH HALBMARATHON (A)", "HM", HAR_PLANNED_RACE, HAR_IMPORTANCE_A},
        {"SUMMARY:Silvesterlauf 10 km", "10K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:Club championships 1500 2026", "1500", HAR_PLANNED_RACE,
         HAR_IMPORTANCE_B},
        {"SUMMARY:Semi-marathon de Paris\nPRIORITY:1", "HM", HAR_PLANNED_RACE,
         HAR_IMPORTANCE_A},
        {"SUMMARY:Indoor 3000m sh\nCATEGORIES:Sport\nCATEGORIES:Race\nPRIORITY:9", "3000i",
         HAR_PLANNED_RACE, HAR_IMPORTANCE_C},
        {"SUMMARY:Bushy parkrun", "5K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:東京マラソン", "MAR", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:Fifth Avenue Mile (B)", "MILE", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:City race\nDESCRIPTION:10.5 km\\, hilly", "10.5km", HAR_PLANNED_RACE,
         HAR_IMPORTANCE_B},
        {"SUMMARY:C-Wettkampf 10K", "10K", HAR_PLANNED_RACE, HAR_IMPORTANCE_C},
        {"SUMMARY:Relay-race 5 km\nPRIORITY:x", "5K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:10K race\nPRIORITY:-1", "10K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:10K race\nPRIORITY:99", "10K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:10K race\nPRIORITY:0", "10K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:10K race\nSUMMARY:HM race\nPRIORITY:5", "10K", HAR_PLANNED_RACE,
         HAR_IMPORTANCE_B},
        {"SUMMARY:Sport\nCATEGORIES:RACE\nDESCRIPTION:HM", "HM", HAR_PLANNED_RACE,
         HAR_IMPORTANCE_B},
        {"SUMMARY:Race of 3.1 mi", "4.988966km", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:Race over 5-k\\", "5K", HAR_PLANNED_RACE, HAR_IMPORTANCE_B},
        {"SUMMARY:Away\nCATEGORIES:Day off", NULL, HAR_PLANNED_OFF, HAR_IMPORTANCE_A},
        {"SUMMARY:Up\nCATEGORIES:Training camp\nDESCRIPTION:at 6070 feet", NULL,
         HAR_PLANNED_CAMP, HAR_IMPORTANCE_A},
        {"SUMMARY:Altitude camp 2026\\, 3 men\\, hut 5f\\, 1850m", NULL, HAR_PLANNED_CAMP,
         HAR_IMPORTANCE_A},
        {"SUMMARY:20 km at marathon pace", NULL, -1, HAR_IMPORTANCE_A},
        {"SUMMARY:10K easy", NULL, -1, HAR_IMPORTANCE_A},
        {"SUMMARY:Dentist\\, 5th floor", NULL, -1, HAR_IMPORTANCE_A},
        {"SUMMARY:Embrace", NULL, -1, HAR_IMPORTANCE_A},
        {"SUMMARY:Rest day", NULL, HAR_PLANNED_OFF, HAR_IMPORTANCE_A},
        {"SUMMARY:Dias de descanso", NULL, HAR_PLANNED_OFF, HAR_IMPORTANCE_A},
        {"SUMMARY:Camp in Font Romeu\\, 1\\,850 m", NULL, HAR_PLANNED_CAMP,
         HAR_IMPORTANCE_A},
        {"SUMMARY:HÖHENTRAININGSLAGER\nLOCATION:Livigno (6070 ft)", NULL, HAR_PLANNED_CAMP,
         HAR_IMPORTANCE_A},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_calendar c = read_event(rows[i].said);
        if (c.refused_count) fail_msg("%s: %s", rows[i].said, c.refused[0].why);
        if (c.count != (rows[i].kind >= 0)) fail_msg("%s: %zu", rows[i].said, c.count);
        assert_int_equal(c.other_count, rows[i].kind < 0);
        if (rows[i].kind < 0) continue;
        assert_int_equal(c.item[0].kind, rows[i].kind);
        if (rows[i].event) assert_string_equal(c.item[0].event.code, rows[i].event);
        assert_int_equal(c.item[0].importance, rows[i].importance);
        if (rows[i].kind == HAR_PLANNED_CAMP)
            assert_true(fabs(c.item[0].altitude_m - 1850) < 1);
    }
}

static void what_a_season_cannot_have_is_refused_by_line(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "SUMMARY:A race\nRRULE:FREQ=WEEKLY",
        "SUMMARY:City race",
        "SUMMARY:10K race\nDTEND;VALUE=DATE:20260504",
        "SUMMARY:10K race\nDTEND;VALUE=DATE:20260431",
        "SUMMARY:10K race\nDURATION:P1",
        "SUMMARY:10K race\nDURATION:",
        "SUMMARY:10K race\nDURATION:+",
        "SUMMARY:10K race\nDURATION:1D",
        "SUMMARY:10K race\nDURATION:PX",
        "SUMMARY:10K race\nDURATION:PTT1H",
        "SUMMARY:10K race\nDURATION:P1H",
        "SUMMARY:10K race\nDURATION:P99999999999999999999D",
        "SUMMARY:10K race\nDTEND:2026",
        "SUMMARY:10K race\nDTEND:2026x501",
        "SUMMARY:10K race\nDTEND:202605x1",
        "SUMMARY:10K race\nDTEND:00000501",
        "SUMMARY:10K race\nDTEND:20260001",
        "SUMMARY:10K race\nDTEND:20261301",
        "SUMMARY:10K race\nDTEND:20260500",
        "SUMMARY:10K race\nDTEND:20260532",
        "SUMMARY:10K race\nDTEND:20260501T09",
        "SUMMARY:10K race\nDTEND:20260501 090000",
        "SUMMARY:10K race\nDTEND:20260501Tx90000",
        "SUMMARY:10K race\nDTEND:20260501T09x000",
        "SUMMARY:10K race\nDTEND:20260501T0900x0",
        "SUMMARY:10K race\nDTEND:20260501T240000",
        "SUMMARY:10K race\nDTEND:20260501T096000",
        "SUMMARY:10K race\nDTEND:20260501T090061",
        "SUMMARY:10K race\nDTEND:20260501T090000A",
        "SUMMARY:10K race\nDURATION:P",
        "SUMMARY:10K race\nDURATION:PT5D",
        "SUMMARY:Rest day\nDTEND:20260401",
        "SUMMARY:Altitude camp",
        "SUMMARY:Camp\\, 9000 m",
        "X-HARRIER-KIND:party",
        "X-HARRIER-KIND:race\nX-HARRIER-EVENT:10 cubits\nX-HARRIER-IMPORTANCE:A",
        "X-HARRIER-KIND:race\nX-HARRIER-EVENT:10K\nX-HARRIER-IMPORTANCE:E",
        "X-HARRIER-KIND:camp\nX-HARRIER-NAME:High\nX-HARRIER-ALTITUDE-M:high",
        "X-HARRIER-KIND:camp\nX-HARRIER-ALTITUDE-M:2000",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_calendar c = read_event(rows[i]);
        assert_int_equal(c.count + c.other_count, 0);
        assert_int_equal(c.refused_count, 1);
        assert_int_equal(c.refused[0].line, 4);
        assert_true(strlen(c.refused[0].why) > 10);
    }
    assert_int_equal(read_of("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:10K race\n"
                             "DTSTART:20260501\n")
                         .refused_count,
                     1); /* cut off */
}

static void what_is_not_asked_is_left_out(void **state)
{
    (void)state;
    struct har_calendar c = read_event("SUMMARY:10K race\nSTATUS:CANCELLED");
    assert_int_equal(c.count + c.refused_count + c.other_count, 0);
    c = read_events("BEGIN:VEVENT\nDTSTART:20250501\nSUMMARY:10K race\nEND:VEVENT\n");
    assert_int_equal(c.past_count, 1);
    assert_int_equal(c.count + c.refused_count + c.other_count, 0);
    c = read_event("BEGIN:VALARM\nSUMMARY:10K race\nEND:VALARM\nSUMMARY:Dinner");
    assert_int_equal(c.other_count, 1);
    c = read_events("BEGIN:VTODO\nDTSTART:20260501\nSUMMARY:10K race\nEND:VTODO\n");
    assert_int_equal(c.count + c.other_count, 0);
    c = read_of(
        "\xef\xbb\xbf\nbegin:vcalendar\nbegin:vevent\ndtstart:20260501\nsummary:10K\n"
        "  ra\n ce\nend:vevent\nend:vcalendar");
    assert_string_equal(c.item[0].name, "10K race");
    assert_int_equal(c.refused_count, 0);
    c = read_of("BEGIN:VCALENDAR\t\nBEGIN:VEVENT \nSUMMARY:10K race\nEND:VEVENT\n");
    assert_int_equal(c.refused_count, 1);
    assert_non_null(strstr(c.refused[0].why, "DTSTART"));
    struct har_calendar none; /* another component first: a table, and no header of one */
    assert_int_equal(
        har_calendar_read(har_bytes_of("BEGIN:VCARD\nEND:VCARD\n"), 0, &arena, &none, NULL),
        HAR_BAD_INPUT);
}

static har_status read_within(struct har_arena *small, const void *text,
                              struct har_error *err)
{
    struct har_calendar calendar;
    return har_calendar_read(har_bytes_of(text), day_of(2026, 1, 1), small, &calendar, err);
}

static har_status write_within(struct har_arena *small, const void *calendar,
                               struct har_error *err)
{
    const struct har_calendar *c = calendar;
    struct har_calendar_event event[8] = {0};
    struct har_text text = {.arena = small};
    for (size_t i = 0; i < c->count; i++)
        event[i] = (struct har_calendar_event){.uid = "u",
                                               .from_day = c->item[i].from_day,
                                               .to_day = c->item[i].to_day,
                                               .summary = c->item[i].name,
                                               .category = "SPORT",
                                               .description = "told\nin two lines",
                                               .item = c->item + i};
    har_calendar_write(&text, day_of(2026, 1, 2), event, c->count);
    return text.failed ? har_fail(err, HAR_NO_MEMORY, 0, "no memory to write") : HAR_OK;
}

static void any_memory_limit_is_survived(void **state)
{
    (void)state;
    static const char rows[] = "date,kind,name,event,importance,altitude_m,to\n"
                               "2026-02-01,race,,1500i,C,,\n"
                               "2026-03-01,camp,Iten,,,2400,2026-03-28\n"
                               "2026-04-01,off,\"A \"\"B\"\"\",,,,2026-04-03\n"
                               "2026-05-01,party,,,,,\n";
    static const char events[] =
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nTZOFFSETTO:+0900\n"
        "END:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nDTSTART:20260501T090000Z\nSUMMARY:Cit\n y marathon\n"
        "DESCRIPTION:42 km\\, flat\nCATEGORIES:Sport\nCATEGORIES:Race\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260601\nSUMMARY:Camp in Iten (2400 m)\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260701\nSUMMARY:City race\nEND:VEVENT\n"
        "END:VCALENDAR\n";
    struct har_calendar calendar = read_of(rows);
    assert_int_equal(scarce_memory(read_within, rows), HAR_OK);
    assert_int_equal(scarce_memory(read_within, events), HAR_OK);
    assert_int_equal(scarce_memory(write_within, &calendar), HAR_OK);
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
        cmocka_unit_test(what_was_written_comes_back),
        cmocka_unit_test(days_are_those_of_the_wall_clock),
        cmocka_unit_test(times_in_utc_take_the_zone_of_the_file),
        cmocka_unit_test(anybodys_events_are_told_by_their_words),
        cmocka_unit_test(what_a_season_cannot_have_is_refused_by_line),
        cmocka_unit_test(what_is_not_asked_is_left_out),
        cmocka_unit_test(any_memory_limit_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
