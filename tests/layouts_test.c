/* SPDX-License-Identifier: MIT */
/* sheet: the layouts that results come in, who is in them and what is refused. All athletes
 * are invented but those of the real lists, which are looked for and skipped if absent. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/archive.h"
#include "harrier/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void add_word(struct har_text *out, const char *word)
{
    har_text_format(out, "|%s", word ? word : "");
}

/* line day event mark|athlete|nation|club|id|sex and birth|place and
 * round|caveats|race|venue
 */
static void add_result(struct har_text *out, const struct har_result *r)
{
    static const char *const sexes[] = {"M", "W"};
    har_text_format(out, "%u ", (unsigned)r->line);
    har_text_date(out, r->day);
    har_text_format(out, " %s ", r->event.code);
    har_text_mark(out, &r->mark, NULL);
    add_word(out, r->athlete);
    add_word(out, r->nation);
    add_word(out, r->club);
    add_word(out, r->id);
    har_text_format(out, "|%s", r->sex == HAR_UNTOLD ? "?" : sexes[r->sex]);
    if (r->born_day != HAR_NO_DAY) har_text_add(out, " "), har_text_date(out, r->born_day);
    else if (r->born_year) har_text_format(out, " %d", r->born_year);
    har_text_format(out, "|%d%s|%x", r->place, r->round ? r->round : "", r->caveats);
    add_word(out, r->name);
    add_word(out, r->venue);
    har_text_add(out, "\n");
}

/* All that was made of a sheet, a line each. */
static const char *told(struct har_bytes sheet, const struct har_sheet_hints *hints,
                        struct har_arena *arena)
{
    struct har_text out = {.arena = arena};
    struct har_results all;
    struct har_error why = {0};
    har_status got = har_results_read(sheet, hints, arena, &all, &why);
    if (got) {
        har_text_format(&out, "%s: %s", har_status_name(got), why.message);
        return out.data;
    }
    har_text_format(&out, "%s|%s|%zu without\n", all.layout,
                    all.competition ? all.competition : "", all.without_mark);
    for (size_t i = 0; i < all.count; i++) add_result(&out, &all.result[i]);
    for (size_t i = 0; i < all.refused_count; i++)
        har_text_format(&out, "%u refused: %s\n", (unsigned)all.refused[i].line,
                        all.refused[i].why);
    for (size_t i = 0; i < all.passed_count; i++)
        har_text_format(&out, "%u passed: %s %s, %zu\n", (unsigned)all.passed[i].line,
                        all.passed[i].event, all.passed[i].why, all.passed[i].rows);
    return out.data;
}

static void assert_told(const char *sheet, const struct har_sheet_hints *hints,
                        const char *said)
{
    struct har_arena arena = {0};
    assert_string_equal(told(har_bytes_of(sheet), hints, &arena), said);
    har_arena_free(&arena);
}

static int64_t day_of(int year, int month, int day)
{
    return har_day_of((struct har_date){year, month, day});
}

/* --- fixtures ------------------------------------------------------------------------ */

static const char lif[] =
    "12,Heat,2,Women 3000m Steeplechase,,,,,,3000,14:05:00.1234\r\n"
    "1,102,2,Bravo,Bea,City AC,9:52.41,L77,9:52.41,,\"3:10.2 (3:10.2)\",14:05:00.12\r\n"
    "2,101,1,Alpha,Ada,Hill Harriers,9:53.07,,0.66,,,14:05:00.12\r\n"
    "DNF,103,3,Charlie,Cleo,Hill Harriers,,,,,,14:05:00.12\r\n"
    "DQ,104,4,Delta,Dana,City AC,9:51.00,,,,,14:05:00.12\r\n";
static const char lif_said[] =
    "finishlynx||2 without\n"
    "2 2026-05-21 3000SC 9:52.41|Bea Bravo||City AC|L77|W|1h2|0||\n"
    "3 2026-05-21 3000SC 9:53.07|Ada Alpha||Hill Harriers||W|2h2|0||\n";

static const char meet[] =
    "Licensed to Nobody Timing           HY-TEK's Meet Manager 7:15 PM  5/28/2026 Page "
    "1\r\n"
    "                  Imagined Invitational - 5/20/2026 to 5/21/2026\r\n"
    "                               Results\r\n"
    "\r\n"
    "Event 12  Men 1500 Meter Run\r\n"
    "=======================================================================\r\n"
    "    Meet: * 3:40.1  2019        Somebody, Else\r\n"
    "    Name                Year School             Seed    Finals  H# Points\r\n"
    "=======================================================================\r\n"
    "  1 Bravo, Ben            JR City AC         3:55.00   3:52.41*  1  10\r\n"
    "        59.10 (59.10)   2:02.33 (1:03.23)   3:07.05 (1:04.72)\r\n"
    "  2 Alpha, Adam           SR Hill Harriers   3:52.41   3:53.07   1   7\r\n"
    "  2 Echo, Eli             SR Hill Harriers        NT   3:53.07   1   7\r\n"
    " -- Charlie, Carl         SR Hill Harriers   3:58.00       DNF   1\r\n"
    "\r\n"
    "Event 13  Women 800 Meter Run\r\n"
    "=======================================================================\r\n"
    "    Name                Year School             Seed   Prelims  H#\r\n"
    "=======================================================================\r\n"
    "Heat  1 of 2\r\n"
    "  1 Delta, Dana           SO Valley R.       2:07.15   2:05.9q\r\n"
    "Heat  2 of 2\r\n"
    "  1 Foxtrot, Fay          FR City AC         2:08.00   2:06.11Q\r\n"
    "\r\n"
    "Event 14  Men 4x400 Meter Relay\r\n"
    "=======================================================================\r\n"
    "    School                                     Seed    Finals\r\n"
    "=======================================================================\r\n"
    "  1 Hill Harriers  'A'                       3:24.10   3:22.90\r\n"
    "     1) Alpha, Adam SR                  2) Charlie, Carl SR\r\n"
    "  2 City AC  'A'                             3:26.10   3:25.90\r\n";
static const char meet_said[] =
    "hytek|Imagined Invitational|1 without\n"
    "10 2026-05-20 1500 3:52.41|Ben Bravo||City AC||M|1f|0|Imagined Invitational|\n"
    "12 2026-05-20 1500 3:53.07|Adam Alpha||Hill Harriers||M|2f|0|Imagined Invitational|\n"
    "13 2026-05-20 1500 3:53.07|Eli Echo||Hill Harriers||M|2f|0|Imagined Invitational|\n"
    "21 2026-05-20 800 2:05.9|Dana Delta||Valley R.||W|1h1|0|Imagined Invitational|\n"
    "23 2026-05-20 800 2:06.11|Fay Foxtrot||City AC||W|1h2|0|Imagined Invitational|\n"
    "29 passed: Men 4x400 Meter Relay is a relay, 2\n";

/* OpenTrack: names by the competitor's number, stages by how many rounds there are. */
static const char opentrack[] =
    "{\"full_name\": \"Open of Nowhere\", \"date\": \"2026-08-10\", \"country_id\": "
    "\"GBR\",\n"
    " \"competitors\": [\n"
    "  {\"competitor_id\": \"1\", \"first_name\": \"Ada\", \"last_name\": \"Alpha\",\n"
    "   \"gender\": \"F\", \"date_of_birth\": \"1999-03-21\", \"nationality\": \"GBR\"},\n"
    "  {\"competitor_id\": \"2\", \"first_name\": \"Bea\", \"last_name\": \"Bravo\",\n"
    "   \"gender\": \"F\", \"date_of_birth\": \"2001-01-02\", \"nationality\": \"IRL\"}],\n"
    " \"events\": [\n"
    "  {\"event_code\": \"1500\", \"name\": \"1500 metres WOMEN\", \"rounds\": \"2,1\",\n"
    "   \"units\": [\n"
    "    {\"round\": 1, \"heat\": 2, \"day\": 1, \"results\": [\n"
    "      {\"place\": 1, \"bib\": \"2\", \"performance\": \"4:21.20\"}]},\n"
    "    {\"round\": 2, \"heat\": 1, \"day\": 2, \"results\": [\n"
    "      {\"place\": 1, \"bib\": \"1\", \"performance\": \"4:19.05\"},\n"
    "      {\"place\": null, \"bib\": \"2\", \"performance\": \"DNF\"}]}]},\n"
    "  {\"event_code\": \"LJ\", \"name\": \"LJ W\", \"units\": [{\"results\": [\n"
    "      {\"place\": 1, \"bib\": \"2\", \"performance\": 5.91}]}]}]}\n";
static const char opentrack_said[] =
    "json|Open of Nowhere|1 without\n"
    "1 2026-08-10 1500 4:21.20|Bea Bravo|IRL|||W 2001-01-02|1h2|0|Open of Nowhere|\n"
    "2 2026-08-11 1500 4:19.05|Ada Alpha|GBR|||W 1999-03-21|1f|0|Open of Nowhere|\n"
    "4 passed: LJ is no run, 1\n";

/* A championship, with a byte order mark. */
static const char official[] =
    "\xef\xbb\xbf{\"compName\": \"1st Games of Nowhere\", \"city\": \"Utopia\", "
    "\"arena\": \"Long Stadium\",\n \"country\": \"ITA\", \"startDate\": \"2024-06-07\",\n"
    " \"events\": [{\"gender\": \"M\", \"eventName\": \"10,000m\", \"eventCode\": 130,\n"
    "  \"roundName\": \"Final\", \"heatNumber\": \"B\", \"date\": \"2024-06-12\",\n"
    "  \"results\": [{\"WAID\": 77, \"rank\": \"1\", \"athlete\": \"Gil Golf\",\n"
    "   \"DOB\": \"1998-09-26\", \"nation\": \"NOR\", \"club\": \"\",\n"
    "   \"bestPerformance\": \"28:00.32\"},\n"
    "   {\"rank\": null, \"athlete\": \"Hal Hotel\", \"bestPerformance\": \"DNS\"}]},\n"
    "  {\"gender\": \"X\", \"eventName\": \"4 x 400m Mixed relay\", \"date\": "
    "\"2024-06-12\",\n"
    "   \"results\": [{\"rank\": \"1\", \"nation\": \"IRL\", "
    "\"bestPerformance\": \"3:09.92\"}]}]}";
static const char official_said[] =
    "json|1st Games of Nowhere|1 without\n"
    "1 2024-06-12 10000 28:00.32|Gil Golf|NOR||77|M 1998-09-26|1fB|0|1st Games of Nowhere|"
    "Long Stadium, Utopia (ITA)\n"
    "3 passed: 4 x 400m Mixed relay is a relay, 1\n";

static const char list_fixed[] =
    "All-time men's best 1500m\n"
    "\n"
    "     1    3:26.45A     India Indigo           MAR     14.09.74    1rA   Here          "
    "12.08.1998\n"
    "     2    3:27.5       Juliet de la Tour      GDR     56          2     There, CA     "
    "24.08.1981\n"
    "     2    3:27.50+     Kilo Kay Kasimir       KEN     05.03.04    -     Lost City     "
    "09.06.2026\n"
    "\n"
    "Hand timing\n"
    "     1    3:28.1       Lima Lang              URS     01.02.50          Far Off       "
    "01.07.1975\n";
static const char list_said[] =
    "list||0 without\n"
    "3 1998-08-12 1500 3:26.45|India Indigo|MAR|||M 1974-09-14|1rA|2||Here\n"
    "4 1981-08-24 1500 3:27.5|Juliet de la Tour|GDR|||M 1956|2|0||There, CA\n"
    "5 2026-06-09 1500 3:27.50|Kilo Kay Kasimir|KEN|||M 2004-03-05|0|1||Lost City\n"
    "8 1975-07-01 1500 3:28.1h|Lima Lang|URS|||M 1950-02-01|0|0||Far Off\n";

/* --- timing systems ------------------------------------------------------------------ */

static struct har_result on_day(int64_t day)
{
    struct har_result rest = har_result_untold();
    rest.day = day;
    return rest;
}

static void a_lynx_race_goes_in_on_its_day(void **state)
{
    (void)state;
    struct har_result rest = on_day(day_of(2026, 5, 21));
    const struct har_sheet_hints hints = {.rest = &rest, .file = "x/012-1-01.lif"};
    assert_told(lif, &hints, lif_said);
    assert_told(lif, NULL,
                "bad input: a .lif does not say on which day it was run; tell it with "
                "--date");
}

/* FinishLynx writes UTF-16 where it is asked to: the same race. */
static void wide_characters_say_the_same(void **state)
{
    (void)state;
    struct har_result rest = on_day(day_of(2026, 5, 21));
    const struct har_sheet_hints hints = {.rest = &rest};
    for (size_t high = 0; high < 2; high++) {
        struct har_arena arena = {0};
        uint8_t wide[2 * sizeof lif] = {0};
        wide[high] = 0xfe;
        wide[1 - high] = 0xff;
        for (size_t i = 0; i + 1 < sizeof lif; i++)
            wide[2 + 2 * i + 1 - high] = (uint8_t)lif[i];
        struct har_bytes sheet = {wide, 2 * sizeof lif};
        assert_string_equal(told(sheet, &hints, &arena), lif_said);
        har_arena_free(&arena);
    }
}

static void entries_are_no_results(void **state)
{
    (void)state;
    static const struct {
        const char *file, *sheet, *said;
    } rows[] = {
        {"a.ppl", "101,Alpha,Adam,Hill\n", "FinishLynx names, no marks"},
        {"a.sch", "13,1,1\n", "FinishLynx schedule, no marks"},
        {"a.evt", "12,1,1,Men 1500m\n,101,1,Alpha,Adam\n", "FinishLynx entries, no marks"},
        {NULL, "12,1,1,Men 1500m\n,101,1,Alpha,Adam\n", "FinishLynx entries, no marks"},
        {NULL, "D;Alpha;Adam;;M;;HILL;Hill;;SR;1500;3:52.41;M;;101;;;\r\n",
         "Hy-Tek entries, whose marks are hoped for"},
        {NULL, "{\"entries\": [{\"event\": \"1500\", \"personalBest\": \"3:40\"}]}",
         "this JSON holds no results"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_arena arena = {0};
        const struct har_sheet_hints hints = {.file = rows[i].file};
        const char *said = told(har_bytes_of(rows[i].sheet), &hints, &arena);
        assert_non_null(strstr(said, "unsupported: "));
        assert_non_null(strstr(said, rows[i].said));
        har_arena_free(&arena);
    }
}

static void a_printed_meeting_is_read_by_its_columns(void **state)
{
    (void)state;
    assert_told(meet, NULL, meet_said);
}

/* The same page as a browser gets it. */
static void a_page_of_a_meeting_says_the_same(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_text page = {.arena = &arena};
    har_text_add(&page, "<html><body><pre>");
    for (const char *c = meet; *c; c++) {
        if (*c == '\'') har_text_add(&page, "&#39;");
        else har_text_bytes(&page, c, 1);
    }
    har_text_add(&page, "</pre></body></html>\n");
    struct har_bytes sheet = {(const uint8_t *)page.data, page.size};
    assert_string_equal(told(sheet, NULL, &arena), meet_said);
    har_arena_free(&arena);
}

/* --- JSON ---------------------------------------------------------------------------- */

static void json_is_read_by_its_tree(void **state)
{
    (void)state;
    assert_told(opentrack, NULL, opentrack_said);
    assert_told(official, NULL, official_said);
}

/* The old API of OpenTrack says the same in other letters. */
static void old_names_say_the_same(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"full_name", "fullName"},   {"country_id", "country"},
        {"first_name", "firstName"}, {"competitor_id", "competitorId"},
        {"last_name", "lastName"},   {"date_of_birth", "dateOfBirth"},
        {"event_code", "eventCode"}};
    struct har_arena arena = {0};
    struct har_text old = {.arena = &arena};
    for (const char *c = opentrack; *c;) {
        size_t n = 0;
        while (n < COUNT(names) && strncmp(c, names[n][0], strlen(names[n][0])) != 0) n++;
        if (n < COUNT(names)) har_text_add(&old, names[n][1]), c += strlen(names[n][0]);
        else har_text_bytes(&old, c++, 1);
    }
    struct har_bytes sheet = {(const uint8_t *)old.data, old.size};
    assert_string_equal(told(sheet, NULL, &arena), opentrack_said);
    har_arena_free(&arena);
}

static void other_trees_are_read_too(void **state)
{
    (void)state;
    /* athlib's race */
    assert_told(
        "{\"fullName\": \"Miles of Nowhere\", \"discipline\": \"MILE\",\n"
        " \"startDate\": \"2026-07-23\", \"venue\": \"Iffy Road\", \"positions\": [\n"
        " {\"givenName\": \"Ned\", \"familyName\": \"Nash\", \"rank\": 2,\n"
        "  \"perf\": \"4:37.97\", \"team\": \"City AC\", \"category\": \"M50\"}]}",
        NULL,
        "json|Miles of Nowhere|0 without\n"
        "1 2026-07-23 MILE 4:37.97|Ned Nash||City AC||M|2|0|Miles of Nowhere|Iffy "
        "Road\n");
    /* World Athletics, as others serve it: an athlete with results */
    assert_told(
        "{\"id\": 5, \"firstname\": \"Oda\", \"lastname\": \"Olsen\", \"sex\": \"W\",\n"
        " \"birthdate\": \"2003-09-20T00:00:00.000Z\", \"country\": \"NOR\",\n"
        " \"results\": [{\"date\": \"2025-02-22\", \"discipline\": \"800 Metres\",\n"
        "  \"race\": \"H5\", \"place\": 1, \"mark\": \"2:01.10\", \"legal\": true,\n"
        "  \"competition\": \"Indoor Meeting\", \"location\": {\"city\": \"B\",\n"
        "   \"country\": \"SUI\", \"indoor\": true}}]}",
        NULL,
        "json||0 without\n"
        "1 2025-02-22 800i 2:01.10i|Oda Olsen|NOR||5|W 2003-09-20|1h5|0|Indoor "
        "Meeting|B (SUI)\n");
    /* what holds events is none, whatever it is called */
    assert_told("{\"name\": \"Hammer Open\", \"date\": \"2025-02-22\", \"events\": [\n"
                " {\"name\": \"1500 m Men\", \"results\": [{\"performance\": \"3:40\"}]}]}",
                NULL,
                "json|Hammer Open|0 without\n"
                "1 2025-02-22 1500 3:40|||||M|0|0|Hammer Open|\n");
    assert_told("{\"discipline\": \"MILE\", \"positions\": [{\"perf\": \"4:37\"}]}", NULL,
                "bad input: it does not say on which day it was run");
    assert_told("{\"events\": [", NULL,
                "bad input: it begins as JSON and is none: line 1, column 12");
}

/* --- lists --------------------------------------------------------------------------- */

static void an_all_time_list_is_read_by_its_words(void **state)
{
    (void)state;
    assert_told(list_fixed, NULL, list_said);
    assert_told("1,03:26.00,  India Indigo  ,  MAR , 14.09.74 ,1,  Rome  ,  14.07.1998\n",
                &(struct har_sheet_hints){.file = "men1500-best.txt"},
                "list||0 without\n"
                "1 1998-07-14 1500 3:26.00|India Indigo|MAR|||M 1974-09-14|1|0||Rome\n");
    assert_told("1  3:26.00  India Indigo  MAR  14.09.74  1  Rome  14.07.1998\n"
                "2  3:26.10  India Indigo\n",
                &(struct har_sheet_hints){.file = "men1500.txt"},
                "list||0 without\n"
                "1 1998-07-14 1500 3:26.00|India Indigo|MAR|||M 1974-09-14|1|0||Rome\n"
                "2 refused: it begins as a row of a list, with rank and mark, and goes on "
                "without a nation or a day\n");
}

/* What top lists are called tells their event and sex. */
static void a_file_name_tells_event_and_sex(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"men_10-kilometres.csv", "10K M"},
        {"men_10-miles-road.csv", "10M M"},
        {"women_1000-metres.csv", "1000 W"},
        {"women_2000-metres-steeplechase.csv", "2000SC W"},
        {"lists/men_half-marathon.csv", "HM M"},
        {"women_marathon.csv", "MAR W"},
        {"men_one-mile.csv", "MILE M"},
        {"women_two-miles.csv", "2MILE W"},
        {"Frauen 800m 2025.csv", "800 W"},
        {"menmarathon-head25.txt", "MAR M"},
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct har_arena arena = {0};
        struct har_text said = {.arena = &arena};
        const char *sheet =
            "\"\",Rank,Mark,Competitor,DOB,Nat,Pos,Venue,Date,Results Score\n"
            "0,1,4:50:00,Pia PAPA,14 SEP 1974,MAR,1h3,Rome (ITA),"
            "14 JUL 1998,1302\n";
        struct har_results all;
        assert_int_equal(har_results_read(har_bytes_of(sheet),
                                          &(struct har_sheet_hints){.file = names[i][0]},
                                          &arena, &all, NULL),
                         HAR_OK);
        assert_int_equal(all.count, 1);
        har_text_format(&said, "%s %s", all.result->event.code,
                        all.result->sex == HAR_MEN ? "M" : "W");
        assert_string_equal(said.data, names[i][1]);
        assert_string_equal(all.result->round, "h3");
        har_arena_free(&arena);
    }
    /* a year, a relay and a number without a sex tell nothing */
    static const char *const silent[] = {"2023.csv", "men_4x400.csv", "results-1500.csv"};
    for (size_t i = 0; i < COUNT(silent); i++)
        assert_told(
            "date,mark\n2026-01-01,3:40\n", &(struct har_sheet_hints){.file = silent[i]},
            "bad input: its first row names no column for the event; it needs date, "
            "event and mark");
}

static void tables_say_who_and_in_which_round(void **state)
{
    (void)state;
    assert_told(
        "Datum;Strecke;Zeit;Platz;Vorname;Nachname;Jahrgang;Nation;Verein;Klasse;Lizenz;"
        "Runde\n"
        "31.12.2025;3.000 m Hindernis;9:01,5 min;2.;Rolf;R\xfchl;1990;DEU;LG Tal;M35;L-9;"
        "Vorlauf 2\n",
        NULL,
        "table||0 without\n"
        "2 2025-12-31 3000SC 9:01.5|Rolf R\xc3\xbchl|GER|LG Tal|L-9|M 1990|2h2|0||\n");
    assert_told(
        "athlete_id,given,family,gender,nation,dob,event,in_out,eligible_sb,mark,place,"
        "round,"
        "round_stage,comp_name,date,city,country\n"
        "7,Sue,Stone,W,EST,1990-02-07,MileR,Outdoor,0,4:31,1=,rB,Final,Mile,2020-01-01,"
        "Tartu,"
        "EST\n"
        "7,Sue,Stone,W,EST,1990-02-07,2M,Indoor,1,9:59.1h,,-19,Prelim,,2020-02-01,Riga,"
        "LAT\n",
        NULL,
        "table||0 without\n"
        "2 2020-01-01 1M 4:31|Sue Stone|EST||7|W 1990-02-07|1rB|0|Mile|Tartu (EST)\n"
        "3 2020-02-01 2MILEi 9:59.1hi|Sue Stone|EST||7|W 1990-02-07|0h|0||Riga (LAT)\n");
}

/* 2026-11-22: a round that goes on behind its word wrote past the end of its code. */
static void a_round_that_is_none_is_left_out(void **state)
{
    (void)state;
    assert_told("date,event,mark,round,heat\n2026-01-01,1500,3:40,HeatBBBBBBBBBBBB,2\n"
                "2026-01-01,1500,3:40,Semifinal,Heat 3\n2026-01-01,1500,3:40,,17\n",
                NULL,
                "table||0 without\n"
                "2 2026-01-01 1500 3:40|||||?|0r2|0||\n"
                "3 2026-01-01 1500 3:40|||||?|0sf3|0||\n"
                "4 2026-01-01 1500 3:40|||||?|0r17|0||\n");
}

/* The letters behind a mark, and the column that says the same. */
static void what_lists_say_beside_a_mark_is_kept(void **state)
{
    (void)state;
    static const struct {
        const char *mark, *caveats;
        unsigned said;
        bool hand;
        int eligible;
    } rows[] = {
        {"27:41+", "", HAR_EN_ROUTE, false, HAR_UNTOLD},
        {"28:14.4hA", "", HAR_AT_ALTITUDE, true, HAR_UNTOLD},
        {"28:10.11A+", "", HAR_AT_ALTITUDE | HAR_EN_ROUTE, false, HAR_UNTOLD},
        {"28:10.11OT", "", HAR_LARGE_TRACK, false, HAR_UNTOLD},
        {"28:10Mx", "", HAR_MIXED_RACE, false, HAR_UNTOLD},
        {"28:10Wo", "", HAR_WOMEN_ONLY, false, HAR_UNTOLD},
        {"28:10#", "", HAR_NOT_RATIFIED, false, HAR_UNTOLD},
        {"28:10a", "", 0, false, 0},
        {"28:10 h", "", 0, false, HAR_UNTOLD},
        {"28:10", "drop apart", HAR_AIDED_DROP | HAR_AIDED_APART, false, HAR_UNTOLD},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_arena arena = {0};
        struct har_text sheet = {.arena = &arena};
        struct har_results all;
        har_text_format(&sheet, "date,event,mark,caveats\n2026-01-01,10000,%s,%s\n",
                        rows[i].mark, rows[i].caveats);
        assert_int_equal(
            har_results_read(har_bytes_of(sheet.data), NULL, &arena, &all, NULL), HAR_OK);
        assert_int_equal(all.count, 1);
        assert_int_equal(all.result->caveats, rows[i].said);
        assert_int_equal(all.result->mark.hand, rows[i].hand);
        assert_int_equal(all.result->eligible, rows[i].eligible);
        har_arena_free(&arena);
    }
}

/* --- what cannot be ------------------------------------------------------------------ */

static void traps_are_named_by_their_rows(void **state)
{
    (void)state;
    assert_told(
        "date,event,mark,athlete,nat,dob,caveats\n"
        "2025-06-01,1500,3:40,T. Tango,KEN,1999-05-05,\n"
        "2025-13-06,1500,3:40,T. Tango,KEN,,\n"
        "2025-06-01,1500,2:40,T. Tango,KEN,,\n"
        "1991-04-14,5K,13:49,T. Tango,MEX,2004-10-12,\n"
        "2025-06-01,1500,3:40,T. Tango,XYZ,,\n"
        "2025-06-01,1500,3:40,T. Tango,KEN,1985-31-12,\n"
        "2025-06-01,1500,3:40,T. Tango,KEN,,windy\n"
        "2025-06-01,4 x 400 m,3:05,KEN,KEN,,\n"
        "2025-06-01,LJ,6.05,T. Tango,KEN,,\n"
        "2025-06-01,4x400m,DNF,KEN,KEN,,\n"
        "2025-06-01,LJ,6.15,U. Uniform,KEN,,\n"
        "2025-06-01,1500 m wheelchair,3:00,U. Uniform,KEN,,\n"
        "2025-06-01,1500 m unicycle,3:00,U. Uniform,KEN,,\n"
        "2025-06-01,1500,DNS,U. Uniform,KEN,,\n"
        "2025-06-01,1500,3:40,U. Uniform,???,,\n",
        NULL,
        "table||1 without\n"
        "2 2025-06-01 1500 3:40|T. Tango|KEN|||? 1999-05-05|0|0||\n"
        "16 2025-06-01 1500 3:40|U. Uniform||||?|0|0||\n"
        "3 refused: \"2025-13-06\" is no day: if month and day are swapped, write "
        "2025-06-13\n"
        "4 refused: 2:40 over 1500 is more than 10 % faster than anybody has run "
        "(3:26.00): is it the right event?\n"
        "5 refused: born in 2004 and running in 1991: one of the two is wrong\n"
        "6 refused: \"XYZ\" is no nation: three letters are, as in GBR, KEN, URS\n"
        "7 refused: \"1985-31-12\" is no day: if month and day are swapped, write "
        "1985-12-31\n"
        "8 refused: \"windy\" is no caveat: en_route, altitude, drop, apart, "
        "large_track, mixed, women_only and not_ratified are\n"
        "14 refused: \"1500 m unicycle\" is no event: 1500, 1500i, MILE, 3000SC, 10K, "
        "10M, HM, MAR, 12km, 5mi or metres are\n"
        "9 passed: 4 x 400 m is a relay, 1\n"
        "10 passed: LJ is no run, 2\n"
        "11 passed: 4x400m is a relay, 1\n"
        "13 passed: 1500 m wheelchair is a wheelchair race, 1\n");
}

static void events_that_are_no_runs_are_known(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"110H", "is run over hurdles"},
        {"400mH", "is run over hurdles"},
        {"100 m H\xc3\xbcrden", "is run over hurdles"},
        {"20KW", "is a walk"},
        {"50km Gehen", "is a walk"},
        {"3x1000m", "is a relay"},
        {"Staffel", "is a relay"},
        {"DEC", "is several events"},
        {"CC8.0", "is cross-country"},
        {"60", "is shorter than 100 m"},
        {"Kugelsto\xc3\x9f"
         "en",
         "is no run"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_arena arena = {0};
        struct har_text sheet = {.arena = &arena};
        struct har_results all;
        har_text_format(&sheet, "date,event,mark\n2026-01-01,%s,9.99\n", rows[i][0]);
        assert_int_equal(
            har_results_read(har_bytes_of(sheet.data), NULL, &arena, &all, NULL), HAR_OK);
        assert_int_equal(all.passed_count, 1);
        assert_string_equal(all.passed->why, rows[i][1]);
        har_arena_free(&arena);
    }
}

static void nations_go_by_three_letters(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"KEN", "Kenya"},        {"URS", "Soviet Union"},   {"GDR", "East Germany"},
        {"FRG", "West Germany"}, {"TCH", "Czechoslovakia"}, {"DEU", "Germany"},
        {"GER", "Germany"},      {"ZIM", "Zimbabwe"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(har_nation_name(rows[i][0]), rows[i][1]);
    static const char *const none[] = {"", "XX", "XXX", "ken", "KENY"};
    for (size_t i = 0; i < COUNT(none); i++) assert_null(har_nation_name(none[i]));
}

/* Truths, numbers that are no names, rounds by their count, bibs that nobody has, an
 * athlete in a list of one; and JSON without a result. */
static void json_says_it_in_many_ways(void **state)
{
    (void)state;
    assert_told(
        "{\"name\": \"Night of Miles\", \"date\": \"2026-05-01\", \"competitors\": "
        "[{\"bib\": \"7\", \"firstName\": \"Ada\"}, {\"bib\": \"8\"}, {\"club\": "
        "\"x\"}], \"events\": [{\"event_code\": \"1500\", \"rounds\": \"3,2,1\", "
        "\"units\": [{\"round\": 1, \"day\": 0, \"results\": [{\"bib\": 7, "
        "\"performance\": \"3:50\"}, {\"bib\": \"99\", \"performance\": \"3:51\"}]}, "
        "{\"round\": 2, \"day\": 99, \"results\": [{\"bib\": \"8\", \"performance\": "
        "\"3:52\"}, {\"bib\": \"a bib that is longer than any bib that was ever "
        "worn\", \"performance\": \"3:53\"}]}, {\"round\": 3, \"day\": \"2\", "
        "\"results\": [{\"bib\": \"7\", \"performance\": \"3:49\"}]}, {\"round\": "
        "\"final\", \"results\": [{\"bib\": \"7\", \"performance\": \"3:48\"}]}]}]}",
        NULL,
        "json|Night of Miles|0 without\n"
        "1 2026-05-01 1500 3:50|Ada||||?|0h|0|Night of Miles|\n"
        "2 2026-05-01 1500 3:51|||||?|0h|0|Night of Miles|\n"
        "3 2026-05-01 1500 3:52|||||?|0sf|0|Night of Miles|\n"
        "4 2026-05-01 1500 3:53|||||?|0sf|0|Night of Miles|\n"
        "5 2026-05-01 1500 3:49|Ada||||?|0f|0|Night of Miles|\n"
        "6 2026-05-01 1500 3:48|Ada||||?|0f|0|Night of Miles|\n");
    assert_told(
        "[{\"date\": \"2026-05-01\", \"discipline\": \"1500\", \"indoor\": false, "
        "\"name\": \"Ada\", \"mark\": \"4:20\", \"id\": 5}, {\"date\": \"2026-05-01\", "
        "\"discipline\": \"1500\", \"indoor\": \"indoor\", \"mark\": \"4:20\"}, "
        "{\"date\": \"2026-05-01\", \"discipline\": \"1500\", \"indoor\": \"outdoor\", "
        "\"mark\": \"4:20\"}, {\"date\": \"2026-05-01\", \"discipline\": \"1500\", "
        "\"indoor\": \"perhaps\", \"mark\": \"4:20\"}, {\"date\": \"2026-05-01\", "
        "\"discipline\": 1500, \"event\": \"800m\", \"mark\": 121.5}]",
        NULL,
        "json||0 without\n"
        "1 2026-05-01 1500 4:20|Ada|||5|?|0|0||\n"
        "2 2026-05-01 1500i 4:20i|||||?|0|0||\n"
        "3 2026-05-01 1500 4:20|||||?|0|0||\n"
        "4 2026-05-01 1500 4:20|||||?|0|0||\n"
        "5 2026-05-01 800 2:01.5|||||?|0|0||\n");
    assert_told(
        "{\"events\": [{\"name\": \"1500m Women\", \"date\": \"2026-05-01\", "
        "\"heats\": [{\"name\": \"Spring Games\", \"results\": [{\"time\": \"4:20\", "
        "\"athletes\": [{\"firstName\": \"Ada\", \"lastName\": \"A\"}]}, {\"time\": "
        "\"4:21\", \"athletes\": [{\"firstName\": \"B\"}, {\"firstName\": "
        "\"C\"}]}]}]}, {\"name\": \"4x400m\", \"date\": \"2026-05-01\", \"results\": "
        "[{\"time\": \"3:20\"}]}]}",
        NULL,
        "json||0 without\n"
        "1 2026-05-01 1500 4:20|Ada A||||W|0|0|Spring Games|\n"
        "2 2026-05-01 1500 4:21|||||W|0|0|Spring Games|\n"
        "3 passed: 4x400m is a relay, 1\n");
    assert_told("{}", NULL,
                "unsupported: this JSON holds no results: none of its objects has a mark "
                "(performance, mark, result, time)");
}

/* 2026-11-22: a year of birth before a place that is not told was taken for the place. */
static void rows_between_headings_are_a_list(void **state)
{
    (void)state;
    assert_told("All-time women's best 800m\n"
                "1. 1:53.28 Ada Alpha TCH 26.01.51 1 Munich 26.07.1983\n"
                "2 1:53.4 Bea Bravo URS 53 - Moscow 24.06.1980\n"
                "3 1:54 Cy Chi KEN 01.01.90 Rome 01.02.2010\n"
                "4 1:55.1 Di Delta KEN Rome\n"
                "5 1:55.2 Eve Echo XYZ 01.01.90 1 Rome 01.02.2010\n"
                "\n"
                "Indoors\n"
                "1 1:55.82 Fay Fox SLO 03.05.79 1 Vienna 03.03.2002\n"
                "\n"
                "Men 1500m\n"
                "1 3:26.00 Gil Golf MAR 14.09.74 1 Rome 14.07.1998\n"
                "0 3:27 Hal Hotel KEN 5 1 Rome 14.07.1998\n",
                NULL,
                "list||0 without\n"
                "2 1983-07-26 800 1:53.28|Ada Alpha|TCH|||W 1951-01-26|1|0||Munich\n"
                "3 1980-06-24 800 1:53.4|Bea Bravo|URS|||W 1953|0|0||Moscow\n"
                "4 2010-02-01 800 1:54|Cy Chi|KEN|||W 1990-01-01|0|0||Rome\n"
                "9 2002-03-03 800i 1:55.82i|Fay Fox|SLO|||W 1979-05-03|1|0||Vienna\n"
                "12 1998-07-14 1500 3:26.00|Gil Golf|MAR|||M 1974-09-14|1|0||Rome\n"
                "5 refused: it begins as a row of a list, with rank and mark, and goes on "
                "without a nation or a day\n"
                "6 refused: it begins as a row of a list, with rank and mark, and goes on "
                "without a nation or a day\n");
    assert_told("1 3:26.00 Gil Golf MAR 14.09.74 1 Rome 14.07.1998\n", NULL,
                "bad input: it reads as an all-time list that does not say of which event: "
                "tell it, or call the file as in men_1500-metres.txt");
}

/* What a browser would show of it, without its marks. */
static void a_page_says_what_it_shows(void **state)
{
    (void)state;
    assert_told(
        "<html><body><pre>Licensed to Nobody Timing HY-TEK's Meet Manager\n"
        "  Open &amp; Free - 5/20/2026\n"
        "\n"
        "(Event 3  Women 1500 Meter Run)\n"
        "=======================================================================\n"
        "    Name                Year School                 Finals\n"
        "=======================================================================\n"
        "  1 Bravo, Bea &lt;x&gt;        JR City AC            J4:22.41qQ\n"
        "  2 Alpha, Ada           SR Hill Harriers      4:23.07r\n"
        " &#39;x\n"
        "</pre>",
        NULL,
        "hytek|Open & Free|0 without\n"
        "8 2026-05-20 1500 4:22.41|Bea <x> Bravo||City AC||W|1f|0|Open & Free|\n"
        "9 2026-05-20 1500 4:23.07|Ada Alpha||Hill Harriers||W|2f|0|Open & Free|\n");
}

static void cells_are_as_people_write_them(void **state)
{
    (void)state;
    assert_told("date,event,mark,born,place,name\n"
                "2026-01-01,1500,3:40,SEP 1999,J3,A\n"
                "2026-01-01,1500,3:40,99,=4,B\n"
                "2026-01-01,1500,3:40,14.09.99,5T,C\n"
                "2026-01-01,1500,3:40,1799,x,D\n"
                "2026-01-01,1500,3:40,-,T1,E\n"
                "2026-01-01,1500,DQ 3:40,,,F\n"
                "2026-01-01,1500,fs,,,G\n"
                "2026-01-01,1500 m U20 Men Final,3:40,,,H\n"
                "2026-01-01,1500 m on one leg,3:40,,,I\n"
                "1.2.26,1500,3:40,,,J\n"
                "2026-01-01,Men,3:40,,,K\n"
                "2026-01-01,3000s,8:40,,,L\n"
                "2026-01-01,CC8,28:40,,,M\n"
                "2026-01-01,20000mW,1:28:40,,,N\n"
                "2026-01-01T10:00,1500,3:40,,,O\n"
                "1 Xyz 2026,1500,3:40,,,P\n"
                "1 Mai 2026,1500,3:40,,,Q\n"
                "1/2-2026,1500,3:40,,,R\n",
                NULL,
                "table||2 without\n"
                "2 2026-01-01 1500 3:40|||||? 1999|3|0|A|\n"
                "3 2026-01-01 1500 3:40|||||? 1999|4|0|B|\n"
                "4 2026-01-01 1500 3:40|||||? 1999-09-14|5|0|C|\n"
                "6 2026-01-01 1500 3:40|||||?|1|0|E|\n"
                "9 2026-01-01 1500 3:40|||||?|0|0|H|\n"
                "13 2026-01-01 3000SC 8:40|||||?|0|0|L|\n"
                "16 2026-01-01 1500 3:40|||||?|0|0|O|\n"
                "18 2026-05-01 1500 3:40|||||?|0|0|Q|\n"
                "5 refused: \"1799\" is no day; 2025-12-31 is\n"
                "10 refused: \"1500 m on one leg\" is no event: 1500, 1500i, MILE, 3000SC, "
                "10K, 10M, HM, MAR, 12km, 5mi or metres are\n"
                "11 refused: \"1.2.26\" is no day; 2025-12-31 is\n"
                "12 refused: \"Men\" is no event: 1500, 1500i, MILE, 3000SC, 10K, 10M, HM, "
                "MAR, 12km, 5mi or metres are\n"
                "17 refused: \"1 Xyz 2026\" is no day; 2025-12-31 is\n"
                "19 refused: \"1/2-2026\" is no day; 2025-12-31 is\n"
                "14 passed: CC8 is cross-country, 1\n"
                "15 passed: 20000mW is a walk, 1\n");
    assert_told(
        "date,event,mark,hand,indoor,class,nation,venue\n"
        "2026-01-01,1500,3:40,yes,ja,M35,Norway,Oslo\n"
        "2026-01-01,1500,3:40,maybe,,SW,Nowhere,Oslo\n"
        "2026-01-01,1500,3:40,,huh,WU20,-,Oslo\n"
        "2026-01-01,800,1:50.1,0,0,WHK,???,Riga (i)\n"
        "2026-01-01,800,1:50,,,m\xc3\xa4nnlich,NOR,Rome(i)\n"
        "2026-01-01,1500,3:40,x,n,X1,NORW,Oslo\n",
        NULL,
        "table||0 without\n"
        "2 2026-01-01 1500i 3:40hi||NOR|||M|0|0||Oslo\n"
        "5 2026-01-01 800i 1:50.1i|||||W|0|0||Riga (i)\n"
        "6 2026-01-01 800i 1:50i||NOR|||M|0|0||Rome(i)\n"
        "3 refused: hand is 1 or 0, yes or no, not \"maybe\"\n"
        "4 refused: indoor is 1 or 0, yes or no, not \"huh\"\n"
        "7 refused: \"NORW\" is no nation: three letters are, as in GBR, KEN, URS\n");
    assert_told("event,mark,date,comma\n"
                "1500,\"3:40,5\",1.1.2026,\n"
                "1500,1.2,1.1.2026,\n"
                "1500,220.5,1.1.2026,\n"
                "1500,3,1.1.2026\n",
                NULL,
                "table||0 without\n"
                "2 2026-01-01 1500 3:40.5|||||?|0|0||\n"
                "4 2026-01-01 1500 3:40.5|||||?|0|0||\n"
                "3 refused: 1.2 over 1500 is more than 10 % faster than anybody has run "
                "(3:26.00): is it the right event?\n"
                "5 refused: 0:03 over 1500 is more than 10 % faster than anybody has run "
                "(3:26.00): is it the right event?\n");
}

/* Windows-1252 where it is no UTF-8. */
static void letters_of_old_machines(void **state)
{
    (void)state;
    assert_told(
        "date,event,mark,athlete\n"
        "2026-01-01,1500,3:40,\x80\x81\x9f\xe9\n"
        "2026-01-01,1500,3:40,\xe2\x82\xac\xf0\x9f\x8f\x83\n"
        "2026-01-01,1500,3:40,\xe2\x82\n"
        "2026-01-01,1500,3:40,\xc3\x28\n"
        "2026-01-01,1500,3:40,\xf5\x80\n",
        NULL,
        "table||0 without\n"
        "2 2026-01-01 1500 3:40|\xe2\x82\xac\xef\xbf\xbd\xc5\xb8\xc3\xa9||||?|0|0||\n"
        "3 2026-01-01 1500 3:40|\xe2\x82\xac\xf0\x9f\x8f\x83||||?|0|0||\n"
        "4 2026-01-01 1500 3:40|\xc3\xa2\xe2\x80\x9a||||?|0|0||\n"
        "5 2026-01-01 1500 3:40|\xc3\x83(||||?|0|0||\n"
        "6 2026-01-01 1500 3:40|\xc3\xb5\xe2\x82\xac||||?|0|0||\n");
}

static void a_lynx_event_goes_by_name_and_distance(void **state)
{
    (void)state;
    struct har_result rest = on_day(day_of(2024, 10, 4));
    const struct har_sheet_hints dated = {.rest = &rest};
    assert_told("1,1,1,Some race,,,,,,1500,10:00\n"
                "1,7,2,Ada,A,Hill,4:20.1,,,,,\n",
                &dated,
                "finishlynx||0 without\n"
                "2 2024-10-04 1500 4:20.1|A Ada||Hill||?|1r1|0||\n");
    assert_told("1,1,1,800m Men,,,,,,1500,10:00\n"
                "1,7,2,Ada,A,Hill,3:50.1,,,,,\n",
                &dated,
                "finishlynx||0 without\n"
                "2 2024-10-04 1500 3:50.1|A Ada||Hill||M|1r1|0||\n");
    assert_told("1,1,1,Shot Put Men,,,,,,1500,10:00\n"
                "1,7,2,Ada,A,Hill,3:50.1,,,,,\n",
                &dated,
                "finishlynx||0 without\n"
                "2 passed: Shot Put Men is no run, 1\n");
    assert_told(
        "1,1,1,Women Mile\n"
        ",7,2,Ada,A,Hill\n",
        &dated,
        "unsupported: it holds FinishLynx entries, no marks; the results are in .lif "
        "files");
    assert_told(
        "1,x,1,Women Mile\n"
        ",7,2,Ada,A,Hill\n",
        &dated,
        "bad input: its first row names no column for the event; it needs date, event "
        "and mark");
}

/* --- a layout that nobody knows --------------------------------------------------------
 */

static struct har_sheet_guess guess_of(const char *sheet, struct har_arena *arena)
{
    struct har_sheet_guess guess = {0};
    struct har_error why = {0};
    if (har_results_guess(har_bytes_of(sheet), arena, &guess, &why))
        fail_msg("%s", why.message);
    return guess;
}

static const char unknown[] = "Wann;Gerannt;Was;Wer;F\xfcr\n"
                              "31.12.2025;9:01,5;3000;Vera Victor;GER\n"
                              "01.01.2026;DNF;3000;Willa Whisky;FRA\n";

static void an_unknown_table_is_guessed_and_told(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    assert_non_null(
        strstr(told(har_bytes_of(unknown), NULL, &arena), "names no column for"));
    struct har_sheet_guess guess = guess_of(unknown, &arena);
    assert_string_equal(guess.mapping, "date=Wann\nevent=Was\nmark=Gerannt\nathlete=Wer\n"
                                       "nation=F\xfcr\n");
    assert_int_equal(guess.column_count, 5);
    assert_string_equal(guess.column[1].name, "Gerannt");
    assert_string_equal(guess.column[1].meaning, "mark");
    assert_true(guess.column[1].by_content);
    assert_string_equal(guess.column[4].name, "F\xc3\xbcr");
    assert_int_equal(guess.row_count, 2);
    assert_string_equal(guess.cell[5 + 3], "Willa Whisky");
    assert_told(unknown, &(struct har_sheet_hints){.mapping = guess.mapping},
                "table||1 without\n"
                "2 2025-12-31 3000 9:01.5|Vera Victor|GER|||?|0|0||\n");
    har_arena_free(&arena);
}

/* A table without a header goes by numbers; of two days the later is the race's. */
static void a_table_without_a_header_can_be_told(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const char *sheet = "Xena X-Ray,01.02.1999,1500,4:10.2,31.12.2025,yes\n"
                        "Yara Yankee,01.02.1998,800,2:10.2,30.12.2025,no\n";
    struct har_sheet_guess guess = guess_of(sheet, &arena);
    assert_string_equal(guess.mapping, "header=no\ndate=#5\nevent=#3\nmark=#4\nathlete=#1\n"
                                       "born=#2\n");
    struct har_text mapping = {.arena = &arena};
    har_text_format(&mapping, "%sborn=\n", guess.mapping);
    assert_told(sheet, &(struct har_sheet_hints){.mapping = mapping.data},
                "table||0 without\n"
                "1 2025-12-31 1500 4:10.2|Xena X-Ray||||?|0|0||\n"
                "2 2025-12-30 800 2:10.2|Yara Yankee||||?|0|0||\n");
    har_arena_free(&arena);
}

static void what_has_columns_of_its_own_is_not_guessed_at(void **state)
{
    (void)state;
    static const char *const sheets_of_systems[] = {opentrack, lif, meet};
    for (size_t i = 0; i < COUNT(sheets_of_systems); i++) {
        struct har_arena arena = {0};
        struct har_sheet_guess guess;
        assert_int_equal(
            har_results_guess(har_bytes_of(sheets_of_systems[i]), &arena, &guess, NULL),
            HAR_UNSUPPORTED);
        har_arena_free(&arena);
    }
}

static void a_mapping_of_no_use_says_so(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"when=Wann\n", "begins with nothing that a column can mean"},
        {"date=Wenn\n", "names no column of this table"},
        {"date=#9\n", "names no column of this table"},
        {"date=Wann\n", "no column for the event"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_arena arena = {0};
        const struct har_sheet_hints hints = {.mapping = rows[i][0]};
        const char *said = told(har_bytes_of(unknown), &hints, &arena);
        assert_non_null(strstr(said, "bad input: "));
        assert_non_null(strstr(said, rows[i][1]));
        har_arena_free(&arena);
    }
}

/* --- any bytes, any memory -------------------------------------------------------------
 */

static const char *const sheets[] = {lif, meet, opentrack, official, list_fixed, unknown};

static void sheets_end_well_wherever_they_are_cut(void **state)
{
    (void)state;
    struct har_result rest = on_day(day_of(2026, 5, 21));
    const struct har_sheet_hints hints = {.rest = &rest};
    for (size_t i = 0; i < COUNT(sheets); i++) {
        struct har_arena arena = {0};
        for (size_t size = 0; size <= strlen(sheets[i]); size++) {
            struct har_results all;
            struct har_sheet_guess guess;
            struct har_error why = {0};
            uint8_t *cut = malloc(size ? size : 1);
            assert_non_null(cut);
            memcpy(cut, sheets[i], size);
            har_status got =
                har_results_read((struct har_bytes){cut, size}, &hints, &arena, &all, &why);
            assert_true(got == HAR_OK || (why.status == got && why.message[0]));
            har_results_guess((struct har_bytes){cut, size}, &arena, &guess, NULL);
            free(cut);
            har_arena_reset(&arena);
        }
        har_arena_free(&arena);
    }
}

static har_status read_within(struct har_arena *arena, const void *sheet,
                              struct har_error *err)
{
    struct har_result rest = on_day(day_of(2026, 5, 21));
    const struct har_sheet_hints hints = {.rest = &rest, .file = "x/1500m-men.csv"};
    struct har_results all;
    return har_results_read(har_bytes_of(sheet), &hints, arena, &all, err);
}

static har_status guess_within(struct har_arena *arena, const void *sheet,
                               struct har_error *err)
{
    struct har_sheet_guess guess;
    return har_results_guess(har_bytes_of(sheet), arena, &guess, err);
}

static har_status read_mapped_within(struct har_arena *arena, const void *mapping,
                                     struct har_error *err)
{
    const struct har_sheet_hints hints = {.mapping = mapping};
    struct har_results all;
    return har_results_read(har_bytes_of(unknown), &hints, arena, &all, err);
}

/* 2026-11-22: a sheet for which there was no memory was said to be no table. */
static void sheets_end_well_in_any_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i + 1 < COUNT(sheets); i++)
        assert_int_equal(scarce_memory(read_within, sheets[i]), HAR_OK);
    assert_int_equal(scarce_memory(guess_within, unknown), HAR_OK);
    assert_int_equal(scarce_memory(guess_within, meet), HAR_UNSUPPORTED);
    assert_int_equal(scarce_memory(read_mapped_within, "date=Wann\n"), HAR_BAD_INPUT);
}

/* --- real lists ------------------------------------------------------------------------
 */

/* The bytes of a file of the real data; skips the test where it is not. */
static struct har_bytes real(const char *name, struct har_arena *arena)
{
    struct har_text path = {.arena = arena};
    struct har_bytes file = {0};
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    har_text_format(&path, "%s%s/%s",
                    data   ? data
                    : root ? root
                           : ".",
                    data ? "" : "/../shared/data", name);
    if (har_read_file(path.data, NULL, arena, &file, NULL) == HAR_OK) return file;
    print_message("no real results at %s\n", path.data);
    har_arena_free(arena);
    skip();
    return file;
}

static const char *const toplists[] = {
    "10-kilometres", "10-miles-road",
    "1000-metres",   "10000-metres",
    "15-kilometres", "1500-metres",
    "20-kilometres", "2000-metres-steeplechase",
    "2000-metres",   "3000-metres-steeplechase",
    "3000-metres",   "5-kilometres",
    "5000-metres",   "600-metres",
    "800-metres",    "half-marathon",
    "marathon",      "one-mile",
    "two-miles",
};

struct tally {
    size_t rows, in, hand, born, years, rounds, nations;
};

static void tally_list(struct tally *tally, const char *sex, const char *list)
{
    struct har_arena arena = {0};
    struct har_text name = {.arena = &arena};
    struct har_results all;
    har_text_format(&name, "results/wa_toplists_2023-07_mit/%s_%s.csv", sex, list);
    struct har_bytes file = real(name.data, &arena);
    const struct har_sheet_hints hints = {.file = name.data};
    assert_int_equal(har_results_read(file, &hints, &arena, &all, NULL), HAR_OK);
    tally->rows += all.count + all.refused_count;
    tally->in += all.count;
    for (size_t i = 0; i < all.count; i++) {
        const struct har_result *r = &all.result[i];
        tally->hand += r->mark.hand;
        tally->born += r->born_day != HAR_NO_DAY;
        tally->years += r->born_day == HAR_NO_DAY && r->born_year;
        tally->rounds += r->round != NULL;
        tally->nations += r->nation != NULL;
    }
    for (size_t i = 0; i < all.refused_count; i++)
        assert_string_equal(all.refused[i].why,
                            "born in 2004 and running in 1991: one of the two is wrong");
    har_arena_free(&arena);
}

/* Counted apart, from the columns of the files: 117,700 rows, 3106 with an h, 114,598
 * births to the day and 1868 to the year or month, 18,430 with letters behind the place.
 * One row cannot be: a man of Carlsbad, 1991, who was born in 2004. */
static void real_toplists_go_in_whole(void **state)
{
    (void)state;
    struct tally tally = {0};
    for (size_t i = 0; i < COUNT(toplists); i++) {
        tally_list(&tally, "men", toplists[i]);
        tally_list(&tally, "women", toplists[i]);
    }
    assert_int_equal(tally.rows, 117700);
    assert_int_equal(tally.in, 117699);
    assert_int_equal(tally.nations, 117699);
    assert_int_equal(tally.hand, 2045 + 1061);
    assert_int_equal(tally.born, 114598 - 1);
    assert_int_equal(tally.years, 1867 + 1);
    assert_int_equal(tally.rounds, 18430);
}

static void real_championships_go_in(void **state)
{
    (void)state;
    static const struct {
        const char *file, *competition;
        size_t in, refused, passed, without;
    } rows[] = {
        {"results/rome2024_official_results.json", "26th European Athletics Championships",
         951, 0, 17, 37},
        {"formats/opentrack-athlib/rio2016/rio_athletics_results.json",
         "31st Olympic Games, Olympic Stadium", 1674, 0, 17, 79},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_arena arena = {0};
        struct har_results all;
        struct har_bytes file = real(rows[i].file, &arena);
        assert_int_equal(har_results_read(file, NULL, &arena, &all, NULL), HAR_OK);
        assert_string_equal(all.competition, rows[i].competition);
        assert_int_equal(all.count, rows[i].in);
        assert_int_equal(all.refused_count, rows[i].refused);
        assert_int_equal(all.passed_count, rows[i].passed);
        assert_int_equal(all.without_mark, rows[i].without);
        har_arena_free(&arena);
    }
}

/* 21,326 rows, of which 562 have no mark, and 16 what cannot be: marks of the kind
 * 4:29:70.0, miles in seconds, and steeplechases under a roof. */
static void real_histories_go_in(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_results all;
    struct har_bytes file = real("results/rome2024_histories_train.csv", &arena);
    assert_int_equal(har_results_read(file, NULL, &arena, &all, NULL), HAR_OK);
    assert_int_equal(all.count + all.refused_count + all.without_mark, 21326);
    assert_int_equal(all.without_mark, 562);
    assert_int_equal(all.refused_count, 16);
    har_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lynx_race_goes_in_on_its_day),
        cmocka_unit_test(wide_characters_say_the_same),
        cmocka_unit_test(entries_are_no_results),
        cmocka_unit_test(a_printed_meeting_is_read_by_its_columns),
        cmocka_unit_test(a_page_of_a_meeting_says_the_same),
        cmocka_unit_test(json_is_read_by_its_tree),
        cmocka_unit_test(old_names_say_the_same),
        cmocka_unit_test(other_trees_are_read_too),
        cmocka_unit_test(an_all_time_list_is_read_by_its_words),
        cmocka_unit_test(a_file_name_tells_event_and_sex),
        cmocka_unit_test(tables_say_who_and_in_which_round),
        cmocka_unit_test(a_round_that_is_none_is_left_out),
        cmocka_unit_test(what_lists_say_beside_a_mark_is_kept),
        cmocka_unit_test(traps_are_named_by_their_rows),
        cmocka_unit_test(events_that_are_no_runs_are_known),
        cmocka_unit_test(nations_go_by_three_letters),
        cmocka_unit_test(json_says_it_in_many_ways),
        cmocka_unit_test(rows_between_headings_are_a_list),
        cmocka_unit_test(a_page_says_what_it_shows),
        cmocka_unit_test(cells_are_as_people_write_them),
        cmocka_unit_test(letters_of_old_machines),
        cmocka_unit_test(a_lynx_event_goes_by_name_and_distance),
        cmocka_unit_test(an_unknown_table_is_guessed_and_told),
        cmocka_unit_test(a_table_without_a_header_can_be_told),
        cmocka_unit_test(what_has_columns_of_its_own_is_not_guessed_at),
        cmocka_unit_test(a_mapping_of_no_use_says_so),
        cmocka_unit_test(sheets_end_well_wherever_they_are_cut),
        cmocka_unit_test(sheets_end_well_in_any_memory),
        cmocka_unit_test(real_toplists_go_in_whole),
        cmocka_unit_test(real_championships_go_in),
        cmocka_unit_test(real_histories_go_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
