/* SPDX-License-Identifier: MIT */
/* sheet: the marks in result sheets, and mornings. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/archive.h"
#include "harrier/sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* --- results ------------------------------------------------------------------------ */

static struct har_results results_of(const char *text, struct har_arena *arena)
{
    struct har_results results = {0};
    struct har_error why = {0};
    if (har_results_read(har_bytes_of(text), NULL, arena, &results, &why))
        fail_msg("%s", why.message);
    return results;
}

static int64_t day_of(int year, int month, int day)
{
    return har_day_of((struct har_date){year, month, day});
}

/* The header that `harrier demo` and `harrier predict` use. */
static void results_are_marks_with_their_day(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_results all =
        results_of("athlete,sex,date,event,mark,eligible,venue,file\r\n"
                   "Demo Runner,M,2023-12-10,HM,61:17,0,San Diego,a.fit\r\n"
                   "Demo Runner,M,2024-02-03,3000,7:46.27i,1,Boston,b.fit\r\n"
                   "Demo Runner,F,2024-02-04,5000,,,,\r\n"
                   "Demo Runner,F,2024-02-04,5000,DNF,,,\r\n",
                   &arena);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.refused_count, 0);
    assert_int_equal(all.without_mark, 2);
    const struct har_result *half = &all.result[0], *indoors = &all.result[1];
    assert_int_equal(half->line, 2);
    assert_string_equal(half->athlete, "Demo Runner");
    assert_int_equal(half->sex, HAR_MEN);
    assert_int_equal(half->day, day_of(2023, 12, 10));
    assert_string_equal(half->event.code, "HM");
    assert_int_equal(half->mark.time_ms, (61 * 60 + 17) * 1000);
    assert_int_equal(half->eligible, 0);
    assert_true(half->official && half->place == 0 && !half->name && isnan(half->drop_m));
    assert_string_equal(half->venue, "San Diego");
    assert_string_equal(indoors->event.code, "3000i");
    assert_int_equal(indoors->eligible, 1);
    har_arena_free(&arena);
}

/* The same race in English and in German, commas and points as each writes them. */
static void results_are_read_in_english_and_german(void **state)
{
    (void)state;
    static const char *const sheets[] = {
        "Date,Distance,Time,Place,Competition,City,Temp C,Humidity,Altitude,Drop_m,Notes\n"
        "2025-12-31,10K,28:43.5,2f1,Silvesterlauf,Z\xc3\xbcrich,3.5,80,408,-2.5,\"icy, "
        "flat\"\n",
        "Datum;Distanz;Zeit;Platz;Wettkampf;Ort;Temperatur;Luftfeuchte;H\xc3\xb6he;drop m;"
        "Bemerkung\r\n31.12.2025;10km;28:43,5;2.;Silvesterlauf;Z\xc3\xbcrich;3,5;80;408;-2,"
        "5;"
        "icy, flat\r\n",
        /* as a spreadsheet in Windows-1252 saves it */
        ("Datum;Strecke;Zeit;Rang;Rennen;Ort;temp_c;humidity_pct;H\xf6he;drop;Notiz\r\n"
         "31.12.2025;10 km;28:43,5;2;Silvesterlauf;Z\xfcrich;3,5;80;;-2,5;icy, flat\r\n"),
    };
    for (size_t i = 0; i < COUNT(sheets); i++) {
        struct har_arena arena = {0};
        struct har_results all = results_of(sheets[i], &arena);
        assert_int_equal(all.count, 1);
        const struct har_result *r = &all.result[0];
        assert_int_equal(r->day, day_of(2025, 12, 31));
        assert_string_equal(r->event.code, "10K");
        assert_int_equal(r->mark.time_ms, 1723500);
        assert_int_equal(r->place, 2);
        assert_string_equal(r->name, "Silvesterlauf");
        assert_string_equal(r->venue, "Z\xc3\xbcrich");
        assert_string_equal(r->notes, "icy, flat");
        assert_true(fabs(r->temp_c - 3.5) < 1e-12 && fabs(r->drop_m + 2.5) < 1e-12);
        assert_true(fabs(r->humidity_pct - 80) < 1e-12);
        assert_true(i == 2 ? isnan(r->altitude_m) : fabs(r->altitude_m - 408) < 1e-12);
        har_arena_free(&arena);
    }
}

/* Why a row of that day, event and mark is refused; NULL where it is taken. */
static const char *refusal_of(const char *day, const char *event, const char *mark,
                              struct har_arena *arena)
{
    struct har_text sheet = {.arena = arena};
    har_text_format(&sheet, "date,event,mark\n\"%s\",\"%s\",\"%s\"\n", day, event, mark);
    struct har_results all = results_of(sheet.data, arena);
    assert_int_equal(all.count + all.refused_count, 1);
    if (all.count) return NULL;
    assert_int_equal(all.refused[0].line, 2);
    return all.refused[0].why;
}

static void days_are_taken_where_they_are_one_day(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year, month, day;
    } days[] = {
        {"2025-12-31", 2025, 12, 31},      {"31.12.2025", 2025, 12, 31},
        {"1.2.2025", 2025, 2, 1},          {"12/31/2025", 2025, 12, 31},
        {"31/12/2025", 2025, 12, 31},      {"05/05/2025", 2025, 5, 5},
        {"10 MAY 2026", 2026, 5, 10},      {"10 M\xc3\xa4rz 2026", 2026, 3, 10},
        {"2024-02-29", 2024, 2, 29},       {"2025-06-01 10:30", 2025, 6, 1},
        {"2025-06-01T23:30Z", 2025, 6, 1},
    };
    static const char *const no_days[] = {
        "2025-02-29", "31.12.25",  "12/31/25", "2025-13-01", "31-12-2025", "soon",
        "",           "32.1.2025", "2025-12",  "0.0.0000",   "13/13/2025"};
    struct har_arena arena = {0};
    for (size_t i = 0; i < COUNT(days); i++) {
        struct har_text sheet = {.arena = &arena};
        har_text_format(&sheet, "date,event,mark\n%s,1500,3:40\n", days[i].text);
        struct har_results all = results_of(sheet.data, &arena);
        assert_int_equal(all.count, 1);
        assert_int_equal(all.result[0].day,
                         day_of(days[i].year, days[i].month, days[i].day));
    }
    for (size_t i = 0; i < COUNT(no_days); i++)
        assert_non_null(
            strstr(refusal_of(no_days[i], "1500", "3:40", &arena), "is no day"));
    assert_string_equal(refusal_of("03/04/2025", "1500", "3:40", &arena),
                        "\"03/04/2025\" is one day in America and another in Europe; write "
                        "2025-03-04 or 2025-04-03");
    har_arena_free(&arena);
}

/* Each bad row has its sentence, and the good ones are in. */
static void bad_rows_do_not_keep_the_others_out(void **state)
{
    (void)state;
    static const struct {
        const char *row, *why;
    } bad[] = {
        {"2025-06-01,5000,3:27.79,,", "is it the right event?"},
        {"2025-06-01,egg and spoon,3:27.79,,", "is no event"},
        {"2025-06-01,1500,3:77,,", "is no mark"},
        {"2025-06-01,5K,13:00i,,", "short track"},
        {"2025-06-01,1500,3:40,perhaps,", "eligible is 1 or 0"},
        {"2025-06-01,1500,3:40,1,high", "altitude_m is a number"},
        {"2025-06-01,1500,3:40,1,9000", "altitude_m is from -430 to 5000"},
        {"2025-06-01,1500,\"3:40,1,", "never closed"},
    };
    struct har_arena arena = {0};
    struct har_text sheet = {.arena = &arena};
    har_text_add(&sheet, "date,event,mark,eligible,altitude_m\n2025-06-01,1500,3:40,1,\n");
    for (size_t i = 0; i < COUNT(bad); i++) har_text_format(&sheet, "%s\n", bad[i].row);
    har_text_add(&sheet, "2025-06-02,1500,3:41,,2100\n");
    struct har_results all = results_of(sheet.data, &arena);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.refused_count, COUNT(bad));
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(all.refused[i].line, i + 3);
        assert_non_null(strstr(all.refused[i].why, bad[i].why));
    }
    har_arena_free(&arena);
}

static void a_sheet_that_lacks_a_column_says_which(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_results all;
    struct har_error why = {0};
    static const char *const sheets[][2] = {{"day,event,points\n", "the mark"},
                                            {"event,mark\n", "the date"},
                                            {"date,mark\n", "the event"}};
    for (size_t i = 0; i < COUNT(sheets); i++) {
        assert_int_equal(
            har_results_read(har_bytes_of(sheets[i][0]), NULL, &arena, &all, &why),
            HAR_BAD_INPUT);
        assert_non_null(strstr(why.message, sheets[i][1]));
    }
    har_arena_free(&arena);
}

/* A list of one event, as toplists are, does not say it in a column. */
static void what_rows_do_not_say_can_be_told(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_results all;
    struct har_result rest = har_result_untold();
    const char *sheet = "Rank,Mark,Competitor,Sex,Pos,Venue,Date,Altitude,Legal\n"
                        "1,26:24,A. B.,,1,Valencia (ESP),12 JAN 2020,,\n"
                        "2,29:14,C. D.,W,2,Valencia (ESP),13 JAN 2020,20,0\n";
    assert_int_equal(har_parse_event(har_bytes_of("10K"), &rest.event, NULL), HAR_OK);
    rest.sex = HAR_MEN;
    rest.altitude_m = 5;
    rest.eligible = 1;
    rest.name = "10K Valencia";
    const struct har_sheet_hints hints = {.rest = &rest};
    assert_int_equal(har_results_read(har_bytes_of(sheet), &hints, &arena, &all, NULL),
                     HAR_OK);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.result[0].event.code, "10K");
    assert_int_equal(all.result[0].day, day_of(2020, 1, 12));
    assert_true(all.result[0].sex == HAR_MEN && all.result[1].sex == HAR_WOMEN);
    assert_int_equal(all.result[1].place, 2);
    assert_true(all.result[0].altitude_m == 5 && all.result[1].altitude_m == 20);
    assert_true(all.result[0].eligible == 1 && all.result[1].eligible == 0);
    assert_string_equal(all.result[1].name, "10K Valencia");
    har_arena_free(&arena);
}

/* "name" is the race's, or the athlete's where the race has another. */
static void a_name_is_whose_it_must_be(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_result *r =
        results_of("date,event,mark,name\n2025-06-01,1500,3:40,Diamond League\n", &arena)
            .result;
    assert_string_equal(r->name, "Diamond League");
    assert_null(r->athlete);
    r = results_of("name,date,event,mark,meeting\nA. B.,2025-06-01,1500,3:40,Rome\n",
                   &arena)
            .result;
    assert_string_equal(r->name, "Rome");
    assert_string_equal(r->athlete, "A. B.");
    har_arena_free(&arena);
}

/* A real list of marks, in the columns of its publisher: 58 marks, those at "(i)" venues on
 * a short track. */
static void a_real_list_goes_in_whole(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_text path = {.arena = &arena};
    struct har_bytes file;
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    har_text_format(&path, "%s%s/results/kerr_marks_wa2025-12.csv",
                    data   ? data
                    : root ? root
                           : ".",
                    data ? "" : "/../shared/data");
    if (har_read_file(path.data, NULL, &arena, &file, NULL)) {
        print_message("no real marks at %s\n", path.data);
        har_arena_free(&arena);
        skip();
    }
    struct har_results all = {0};
    assert_int_equal(har_results_read(file, NULL, &arena, &all, NULL), HAR_OK);
    assert_int_equal(all.count, 58);
    assert_int_equal(all.refused_count, 0);
    size_t indoors = 0;
    bool two_miles = false;
    for (size_t i = 0; i < all.count; i++) {
        const struct har_result *r = &all.result[i];
        assert_string_equal(r->athlete, "Josh KERR");
        assert_true(r->sex == HAR_MEN && r->born_day == day_of(1997, 10, 8));
        indoors += r->event.kind == HAR_EVENT_SHORT_TRACK;
        two_miles |= strcmp(r->event.code, "2MILEi") == 0 && r->mark.time_ms == 480670;
    }
    assert_int_equal(indoors, 12);
    assert_true(two_miles);
    har_arena_free(&arena);
}

static har_status results_within(struct har_arena *arena, const void *sheet,
                                 struct har_error *err)
{
    struct har_results all;
    return har_results_read(har_bytes_of(sheet), NULL, arena, &all, err);
}

static void results_end_well_in_any_memory(void **state)
{
    (void)state;
    const char *sheet =
        "date,event,mark,given,family,venue,nation\n"
        "2025-06-01,1500,3:40,A,Z\xfcrich,B,Norway\n2025-06-01,1500,x,A,B,C,NOR\n"
        "2025-06-01,Shot Put,15.2,A,B,,\n2025-06-01,5000,13:40,\"A \"\"B\"\"\",C,,\n";
    assert_int_equal(scarce_memory(results_within, sheet), HAR_OK);
}

/* --- wellness ------------------------------------------------------------------------ */

static struct har_wellness mornings_of(const char *sheet, struct har_arena *arena)
{
    struct har_wellness all;
    struct har_error why = {0};
    if (har_wellness_read(har_bytes_of(sheet), arena, &all, &why) != HAR_OK)
        fail_msg("%s", why.message);
    return all;
}

static void mornings_by_their_headers(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_wellness all =
        mornings_of("Date,Resting HR,HRV (rMSSD),rMSSD,Sleep_h,Weight lbs,"
                    "RPE,Soreness,Mood\n"
                    "2026-01-05,44,x,71.5,7.5,154.3,6,2,4\n"
                    "2026-01-06,45,x,,8:15,,0,0,\n",
                    &arena);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.refused_count, 0);
    const struct har_wellness_row *row = all.row;
    assert_true(row->day == day_of(2026, 1, 5) && row->line == 2);
    assert_true(row->rest_bpm == 44 && row->hrv_ms == 71.5 && row->sleep_s == 27000);
    assert_true(fabs(row->weight_kg - 69.989) < 0.001);
    assert_true(row->rpe == 6 && row->soreness == 2 && row->mood == 4);
    assert_true(isnan(row[1].hrv_ms) && isnan(row[1].weight_kg) && isnan(row[1].mood));
    assert_true(row[1].sleep_s == 29700 && row[1].rpe == 0 && row[1].soreness == 0);

    all = mornings_of("\xef\xbb\xbf"
                      "Datum;Ruhepuls;HFV;Schlaf;Gewicht;Muskelkater;Stimmung\r\n"
                      "5.1.2026;44;71,5;7,5;70,2;2;8\r\n",
                      &arena);
    row = all.row;
    assert_int_equal(all.count, 1);
    assert_true(row->day == day_of(2026, 1, 5) && row->rest_bpm == 44);
    assert_true(row->hrv_ms == 71.5 && row->sleep_s == 27000 && row->weight_kg == 70.2);
    assert_true(row->soreness == 2 && row->mood == 8 && isnan(row->rpe));
    har_arena_free(&arena);
}

/* As three apps write them: made here, in their columns. */
static void mornings_as_apps_write_them(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_wellness all = mornings_of(
        "timestamp_measurement,HR,AVNN,SDNN,rMSSD,pNN50,LF,HF,HRV4T_Recovery_Points\n"
        "2026-04-01 06:56:21 +0000,43.9,1364.7,84.0,67.5,40.4,0.04,0.03,8.3\n",
        &arena);
    assert_true(all.count == 1 && all.row->day == day_of(2026, 4, 1));
    assert_true(all.row->rest_bpm == 43.9 && all.row->hrv_ms == 67.5);

    all = mornings_of("\xef\xbb\xbfMember,Date,Datetime,Type,HRV,lnRmssd,Rmssd,HR\n"
                      "A,2026-09-06,2026-09-06 06:23:22,readiness,57,3.71,40.87,50.4\n",
                      &arena);
    assert_true(all.row->hrv_ms == 40.87); /* and not its score */

    all = mornings_of("date, time, HR,rMSSD, trainingRPE, sleep_time,muscle_soreness\n\n"
                      "2026-11-08,01:00,48.0,60.0,3,7.0,2\n"
                      "2026-12-08,01:00,0.0,0.0,,,\n"
                      "2026-13-08,01:00,49.0,58.0,,,\n",
                      &arena);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.without_value, 1); /* its zeros are no measurements */
    assert_true(all.row[0].day == day_of(2026, 8, 11));
    assert_true(all.row[1].day == day_of(2026, 8, 13) && all.row[1].line == 5);
    har_arena_free(&arena);
}

/* One day that only ISO 8601 can mean, and the sheet is read so. */
static void one_way_to_write_days_for_a_whole_sheet(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_wellness all = mornings_of("date,weight\n2026-05-06,70\n", &arena);
    assert_true(all.row->day == day_of(2026, 5, 6));
    all = mornings_of("date,weight\n2026-05-06,70\n2026-13-06,70\n2026-05-31,70\n", &arena);
    assert_int_equal(all.count, 2);
    assert_true(all.row->day == day_of(2026, 5, 6));
    assert_int_equal(all.refused_count, 1);
    assert_int_equal(all.refused[0].line, 3);
    har_arena_free(&arena);
}

static void mornings_that_nobody_has_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *cells, *why;
    } rows[] = {
        {"2026-01-05,400,,,,", "resting heart rate"},
        {"2026-01-05,,900,,,", "HRV"},
        {"2026-01-05,,,450,,", "sleep"},
        {"2026-01-05,,,,7000,", "weight"},
        {"2026-01-05,,,,,11", "RPE"},
        {"2026-01-05,fast,,,,", "fast"},
        {"yesterday,44,,,,", "yesterday"},
        {"2026-01-05,-44,,,,", "-44"},
        {"2026-01-05,,,7:70,,", "7:70"},
        {"\"2026-01-05,44,,,,", "quote"},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_text text = {.arena = &arena};
        har_text_format(&text,
                        "date,rhr,hrv,sleep,weight,rpe\n%s\n2026-01-06,44,60,7,70,5\n",
                        rows[i].cells);
        struct har_wellness all = mornings_of(text.data, &arena);
        if (all.count != 1 || all.refused_count != 1 || all.refused->line != 2 ||
            !strstr(all.refused->why, rows[i].why))
            fail_msg("%s: %zu in, %zu refused: %s", rows[i].cells, all.count,
                     all.refused_count, all.refused_count ? all.refused->why : "");
    }
    har_arena_free(&arena);
}

static void a_sheet_that_is_no_list_of_mornings(void **state)
{
    (void)state;
    static const struct {
        const char *sheet, *why;
        har_status status;
    } rows[] = {
        {"", "", HAR_NOT_FOUND},
        {"date,event,mark\n2026-01-05,1500,3:40\n", "names no measure", HAR_BAD_INPUT},
        {"weight,mood\n70,3\n", "names no column for the date", HAR_BAD_INPUT},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_wellness all;
        struct har_error why = {0};
        assert_int_equal(har_wellness_read(har_bytes_of(rows[i].sheet), &arena, &all, &why),
                         rows[i].status);
        assert_non_null(strstr(why.message, rows[i].why));
    }
    har_arena_free(&arena);
}

static har_status mornings_within(struct har_arena *arena, const void *sheet,
                                  struct har_error *err)
{
    struct har_wellness all;
    return har_wellness_read(har_bytes_of(sheet), arena, &all, err);
}

static void mornings_end_well_in_any_memory(void **state)
{
    (void)state;
    const char *sheet = "date,rhr,hrv\n2026-01-05,44,60\n2026-01-06,x,60\n"
                        "\"2026-01-07\",\"4\"\"4\",60\n";
    assert_int_equal(scarce_memory(mornings_within, sheet), HAR_OK);
}

/* Real heads of files: every row is in, or is one without a measurement. */
static void real_heads_of_mornings_go_in(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t least;
        int year, month;
    } files[] = {
        {"hrv4training-ios-head.csv", 10, 2017, 4},
        {"hrv4training-android-head.csv", 0, 2017, 8},
        {"elitehrv-head.csv", 7, 2017, 9},
        {"bodymeasures-format-example-date.csv", 2, 2017, 1},
    };
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    for (size_t i = 0; i < COUNT(files); i++) {
        struct har_arena arena = {0};
        struct har_text path = {.arena = &arena};
        struct har_bytes file;
        har_text_format(&path, "%s%s/formats/hrv-wellness/%s",
                        data   ? data
                        : root ? root
                               : ".",
                        data ? "" : "/../shared/data", files[i].name);
        if (har_read_file(path.data, NULL, &arena, &file, NULL)) {
            print_message("no real mornings at %s\n", path.data);
            har_arena_free(&arena);
            skip();
        }
        struct har_wellness all;
        assert_int_equal(har_wellness_read(file, &arena, &all, NULL), HAR_OK);
        assert_true(all.count >= files[i].least);
        assert_true(all.count + all.without_value > 1);
        for (size_t k = 0; k < all.count; k++) {
            struct har_date date = har_date_of(all.row[k].day);
            assert_true(date.year == files[i].year && date.month == files[i].month);
        }
        /* One weighs 2 kg: the example says itself that it is useless. */
        assert_int_equal(all.refused_count, i == 3);
        har_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_marks_with_their_day),
        cmocka_unit_test(results_are_read_in_english_and_german),
        cmocka_unit_test(days_are_taken_where_they_are_one_day),
        cmocka_unit_test(bad_rows_do_not_keep_the_others_out),
        cmocka_unit_test(a_sheet_that_lacks_a_column_says_which),
        cmocka_unit_test(what_rows_do_not_say_can_be_told),
        cmocka_unit_test(a_name_is_whose_it_must_be),
        cmocka_unit_test(a_real_list_goes_in_whole),
        cmocka_unit_test(results_end_well_in_any_memory),
        cmocka_unit_test(mornings_by_their_headers),
        cmocka_unit_test(mornings_as_apps_write_them),
        cmocka_unit_test(one_way_to_write_days_for_a_whole_sheet),
        cmocka_unit_test(mornings_that_nobody_has_are_refused),
        cmocka_unit_test(a_sheet_that_is_no_list_of_mornings),
        cmocka_unit_test(mornings_end_well_in_any_memory),
        cmocka_unit_test(real_heads_of_mornings_go_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
