/* SPDX-License-Identifier: MIT */
/* The annals through their door, on a file of their own: lists go in and come out, twice is
 * once, and nobody is two or one without a reason. The sport's own lists, where they are
 * here, come out as they went in. */

#include "harrier/annals.h"
#include "harrier/career.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/harrier-annals-XXXXXX";
static char path[64];
static struct har_database *db;
static struct har_arena arena;

static int open_annals(void **state)
{
    (void)state;
    struct har_error why = {0};
    har_status got = har_database_open(path, HAR_DATABASE_WRITE, &db, &why);
    if (got) print_error("%s\n", why.message);
    return got != HAR_OK;
}

static int drop_annals(void **state)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    (void)state;
    har_database_close(db);
    har_arena_free(&arena);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char name[sizeof path + 8];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
    return 0;
}

/* --- lists in ---------------------------------------------------------------------------
 */

static struct har_results read_sheet(struct har_bytes sheet, const char *file)
{
    struct har_results all;
    struct har_error why = {0};
    const struct har_sheet_hints hints = {.file = file};
    if (har_results_read(sheet, &hints, &arena, &all, &why))
        print_error("%s\n", why.message);
    return all;
}

static struct har_annals_news take(const struct har_result *row, size_t count,
                                   const char *maker)
{
    struct har_annals_intake *intake;
    struct har_annals_news news;
    struct har_error why = {0};
    uint64_t nameless;
    assert_int_equal(har_database_begin(db, &why), HAR_OK);
    assert_int_equal(har_annals_intake(db, &intake, &why), HAR_OK);
    har_status got = har_annals_add(intake, row, count, maker, &nameless, &why);
    got = har_annals_close(intake, got, &news, &why);
    if (got) print_error("%s\n", why.message);
    assert_int_equal(got, HAR_OK);
    assert_int_equal(har_database_commit(db, &why), HAR_OK);
    return news;
}

static struct har_annals_news take_text(const char *sheet)
{
    struct har_results all = read_sheet(har_bytes_of(sheet), NULL);
    assert_int_equal(all.refused_count, 0);
    return take(all.result, all.count, "a sheet");
}

static struct har_list_question ask(const char *code, int sex)
{
    struct har_event event;
    assert_int_equal(har_parse_event(har_bytes_of(code), &event, NULL), HAR_OK);
    struct har_list_question question = har_list_question_of(&event);
    question.sex = sex;
    return question;
}

static struct har_ranks rank(const struct har_list_question *question)
{
    struct har_ranks ranks = {.count = 0};
    har_status got = har_annals_ranks(db, question, &arena, &ranks, NULL);
    assert_true(got == HAR_OK || got == HAR_NOT_FOUND);
    return ranks;
}

static struct har_athlete_known find_one(const char *name)
{
    struct har_athlete_known *found;
    size_t count;
    assert_int_equal(har_annals_find(db, name, &arena, &found, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
    return found[0];
}

#define HEADER "athlete,nation,born,sex,date,event,mark,place,venue\n"
static const char evening[] =
    HEADER "Ann BEE,GBR,1990-05-01,F,2020-06-01,1500,4:10.50,1,Leeds\n"
           "Cat DOE,IRL,1992-07-02,F,2020-06-01,1500,4:11.00,2,Leeds\n"
           "Eve FOX,GBR,1994-09-03,F,2020-06-01,1500,4:11.00,3,Leeds\n"
           "Ann BEE,GBR,1990-05-01,F,2019-06-01,1500,4:12.00,1,York\n"
           "Gil HAY,GBR,1991-01-04,M,2020-06-01,1500,3:40.00,1,Leeds\n";

static void a_list_goes_in_once(void **state)
{
    (void)state;
    struct har_annals_news news = take_text(evening);
    assert_true(news.fresh == 5 && news.known == 0 && news.people == 4 && !news.doubts);
    news = take_text(evening);
    assert_true(news.fresh == 0 && news.filled == 0 && news.known == 5 && !news.people);
    struct har_list_question question = ask("1500", HAR_WOMEN);
    struct har_ranks ranks = rank(&question);
    assert_int_equal(ranks.count, 3);
    assert_int_equal(ranks.rank[2].rank, 2);
    assert_true(ranks.rank[1].equal && ranks.rank[2].equal);
    assert_string_equal(ranks.rank[1].row.name, "Cat DOE");
    question.all_marks = true;
    assert_int_equal(rank(&question).count, 4);
    question.nation = "GBR";
    ranks = rank(&question);
    assert_int_equal(ranks.count, 3);
    assert_string_equal(ranks.rank[1].row.name, "Eve FOX");
    question.year = 2019;
    assert_int_equal(rank(&question).count, 1);
    question.year = 2018;
    assert_int_equal(rank(&question).count, 0);
}

static void what_a_list_says_more_fills_blanks(void **state)
{
    (void)state;
    take_text("athlete,nation,born,sex,date,event,mark\n"
              "Ann BEE,GBR,1990-05-01,F,2020-06-01,1500,4:10.50\n");
    struct har_annals_news news = take_text(evening);
    assert_true(news.fresh == 4 && news.filled == 1 && news.known == 0);
    struct har_list_question question = ask("1500", HAR_WOMEN);
    assert_int_equal(rank(&question).rank[0].row.place, 1);
}

/* Of two rows of one mark the first counts, and the second fills what it left blank. */
static void what_a_list_says_twice_is_one_mark(void **state)
{
    (void)state;
    for (int time = 0; time < 2; time++) {
        struct har_annals_news news =
            take_text("athlete,nation,born,sex,date,event,mark,place,round\n"
                      "Ann BEE,GBR,1990-05-01,F,2020-06-01,1500,4:10.50,,final\n"
                      "Ann BEE,GBR,1990-05-01,F,2020-06-01,1500,4:10.50,3,heat\n"
                      "Cat DOE,IRL,1992-07-02,F,2020-06-01,1500,4:11.00,2,\n"
                      "Ann BEE,GBR,1990-05-01,F,2020-06-01,1500,4:10.50,4,\n");
        assert_true(news.fresh == (time ? 0 : 2) && news.filled == 0);
        assert_true(news.known == (time ? 4 : 2));
    }
    struct har_list_question question = ask("1500", HAR_WOMEN);
    struct har_ranks ranks = rank(&question);
    assert_int_equal(ranks.count, 2);
    assert_int_equal(ranks.rank[0].row.place, 3);
    assert_string_equal(ranks.rank[0].row.round, "f");
}

/* More than memory is given: it comes in runs, and every mark twice, in none that has the
 * other. */
static void a_long_list_is_put_in_order(void **state)
{
    (void)state;
    enum { PART = 5000, PARTS = 16, RUNNERS = 40, DIFFERENT = PART * PARTS };
    static struct har_result row[PART];
    static char name[RUNNERS][16];
    struct har_annals_intake *intake;
    struct har_annals_news news;
    struct har_event event;
    uint64_t nameless;
    har_parse_event(har_bytes_of("10K"), &event, NULL);
    for (int i = 0; i < RUNNERS; i++)
        snprintf(name[i], sizeof name[i], "Ru %c%c Nner", 'a' + i % 26, 'a' + i / 26);
    assert_int_equal(har_database_begin(db, NULL), HAR_OK);
    assert_int_equal(har_annals_intake(db, &intake, NULL), HAR_OK);
    for (uint32_t part = 0, n = 0; part < 2 * PARTS; part++) {
        for (uint32_t i = 0; i < PART; i++, n++) {
            uint32_t which = n % DIFFERENT * 7919 % DIFFERENT; /* in no order */
            row[i] = har_result_untold();
            row[i].athlete = name[which % RUNNERS];
            row[i].sex = HAR_MEN;
            row[i].born_day = 4000 + which % RUNNERS;
            row[i].born_year = har_date_of(row[i].born_day).year;
            row[i].day = 14000;
            row[i].event = event;
            row[i].mark.time_ms = 1600000 + 1000 * (int64_t)which;
            row[i].place = n < DIFFERENT ? 0 : 1 + (int)(which % 9);
        }
        assert_int_equal(har_annals_add(intake, row, PART, NULL, &nameless, NULL), HAR_OK);
    }
    assert_int_equal(har_annals_close(intake, HAR_OK, &news, NULL), HAR_OK);
    assert_int_equal(har_database_commit(db, NULL), HAR_OK);
    assert_true(news.fresh == DIFFERENT && news.known == DIFFERENT && !news.filled);
    struct har_list_question question = ask("10K", HAR_MEN);
    question.all_marks = true;
    struct har_ranks ranks = rank(&question);
    assert_int_equal(ranks.count, DIFFERENT);
    for (size_t i = 0; i < DIFFERENT; i++) {
        assert_int_equal(ranks.rank[i].row.mark.time_ms, 1600000 + 1000 * (int64_t)i);
        assert_int_equal(ranks.rank[i].row.place, 1 + (int)(i % 9));
    }
}

static void hand_times_and_the_short_track_keep_how_they_are_written(void **state)
{
    (void)state;
    take_text("athlete,sex,born,date,event,mark,venue\n"
              "A ONE,M,1950-02-01,1975-06-01,400,46.1h,Oslo\n"
              "B TWO,M,1950-02-02,1975-06-02,400,46.20,Oslo\n"
              "C SIX,M,1990-02-02,2015-02-02,3000,7:40.10i,Wien\n"
              "D TEN,M,1990-02-03,2015-06-02,3000,7:40.00,Wien\n");
    struct har_list_question question = ask("400", HAR_MEN);
    struct har_ranks ranks = rank(&question); /* 46.1h is 46.24 */
    assert_string_equal(ranks.rank[0].row.name, "B TWO");
    assert_true(ranks.rank[1].row.mark.hand && ranks.rank[1].row.mark.time_ms == 46100);
    question = ask("3000", HAR_MEN);
    ranks = rank(&question);
    assert_int_equal(ranks.count, 2);
    assert_string_equal(ranks.rank[1].row.name, "C SIX");
    assert_true(ranks.rank[1].row.mark.short_track);
    question.short_track = HAR_SHORT_TRACK_OUT;
    assert_int_equal(rank(&question).count, 1);
}

struct findings {
    size_t count;
    const char *first;
};

static void count_finding(void *ctx, const char *what)
{
    struct findings *found = ctx;
    if (!found->count++) found->first = har_arena_copy(&arena, what, strlen(what));
}

static struct findings check_after(const char *sql)
{
    struct findings found = {0};
    struct har_query q = har_ask(db, sql);
    assert_int_equal(har_answer_all(&q, NULL), HAR_OK);
    assert_int_equal(har_database_check(db, count_finding, &found, NULL), HAR_OK);
    return found;
}

/* Marks declare nothing, so the proof looks for what they stand on. */
static void a_mark_of_nobody_is_found(void **state)
{
    (void)state;
    take_text(evening);
    assert_int_equal(check_after("UPDATE mark SET place = 4 WHERE place = 3").count, 0);
    struct findings found = check_after("UPDATE mark SET person = 99 WHERE place = 4");
    assert_int_equal(found.count, 1);
    assert_string_equal(found.first, "marks are of athlete 99, who is not there");
    found = check_after("UPDATE mark SET person = 98 WHERE place = 2");
    assert_int_equal(found.count, 1);
    assert_string_equal(found.first,
                        "marks are of 2 athletes who are not there, 98 the first");
    assert_int_equal(check_after("DELETE FROM meeting").count, 2);
    assert_int_equal(check_after("DELETE FROM discipline").count, 3);
}

/* --- who is who
 * --------------------------------------------------------------------------- */

static void one_runner_in_two_spellings_is_one(void **state)
{
    (void)state;
    take_text(HEADER "Jürgen MÜLLER,GER,1970-03-04,M,1995-06-01,5000,13:20.00,1,Köln\n");
    struct har_annals_news news = take_text(
        HEADER "MUELLER Juergen,GER,1970-03-04,M,1996-06-01,5000,13:19.00,1,Köln\n");
    assert_true(news.people == 0 && news.fresh == 1);
    assert_int_equal(find_one("jurgen muller").marks, 2);
    assert_int_equal(find_one("Müller").marks, 2);
}

static void a_name_alone_is_nobody(void **state)
{
    (void)state;
    take_text(HEADER "Li WEI,CHN,,M,2001-06-01,5000,13:50.00,1,Beijing\n");
    struct har_annals_news news =
        take_text(HEADER "Li WEI,CHN,,M,2003-06-01,5000,13:55.00,1,Xian\n");
    assert_true(news.people == 1 && news.doubts == 1);
    struct har_list_question question = ask("5000", HAR_MEN);
    assert_int_equal(rank(&question).count, 2);
    /* The first list with a row more: a mark says which of the two it is. */
    news = take_text(HEADER "Li WEI,CHN,,M,2001-06-01,5000,13:50.00,1,Beijing\n"
                            "Li WEI,CHN,,M,2001-07-01,5000,13:51.00,2,Beijing\n");
    assert_true(news.people == 0 && news.fresh == 1 && news.known == 1);
}

static void a_merge_can_be_undone(void **state)
{
    (void)state;
    struct har_doubt *doubt;
    struct har_listed *row;
    size_t count;
    struct har_list_question question = ask("5000", HAR_MEN);
    take_text(HEADER "Li WEI,CHN,,M,2001-06-01,5000,13:50.00,1,Beijing\n");
    take_text(HEADER "Li WEI,CHN,,M,2003-06-01,5000,13:55.00,1,Xian\n");
    assert_int_equal(har_annals_doubts(db, &arena, &doubt, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
    int64_t a = doubt[0].a.id, b = doubt[0].b.id;
    assert_int_equal(har_annals_say(db, a, b, HAR_SAY_SAME, NULL), HAR_OK);
    assert_int_equal(rank(&question).count, 1);
    assert_int_equal(har_annals_marks(db, b, &arena, &row, &count, NULL), HAR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(find_one("Wei Li").id, a);
    assert_int_equal(har_annals_doubts(db, &arena, &doubt, &count, NULL), HAR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(har_annals_say(db, a, b, HAR_SAY_NOTHING, NULL), HAR_OK);
    assert_int_equal(rank(&question).count, 2);
    assert_int_equal(har_annals_doubts(db, &arena, &doubt, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(har_annals_say(db, a, b, HAR_SAY_OTHER, NULL), HAR_OK);
    assert_int_equal(rank(&question).count, 2);
    assert_int_equal(har_annals_doubts(db, &arena, &doubt, &count, NULL), HAR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(har_annals_say(db, a, a, HAR_SAY_SAME, NULL), HAR_OUT_OF_RANGE);
    assert_int_equal(har_annals_say(db, a, 4711, HAR_SAY_SAME, NULL), HAR_NOT_FOUND);
}

/* C is B, then B is A; B alone again leaves C with it. */
static void a_chain_comes_apart_where_it_was_tied(void **state)
{
    (void)state;
    take_text(HEADER "Li WEI,CHN,1980-02-01,M,2001-06-01,5000,13:50.00,1,Beijing\n"
                     "Lee WAY,CHN,1981-02-01,M,2003-06-01,5000,13:55.00,1,Xian\n"
                     "Leo WAI,CHN,1982-02-01,M,2004-06-01,5000,13:56.00,1,Xian\n");
    struct har_list_question question = ask("5000", HAR_MEN);
    struct har_ranks ranks = rank(&question);
    int64_t a = ranks.rank[0].row.person, b = ranks.rank[1].row.person;
    int64_t c = ranks.rank[2].row.person;
    assert_int_equal(har_annals_say(db, b, c, HAR_SAY_SAME, NULL), HAR_OK);
    assert_int_equal(har_annals_say(db, a, b, HAR_SAY_SAME, NULL), HAR_OK);
    assert_int_equal(rank(&question).count, 1);
    assert_int_equal(har_annals_say(db, a, b, HAR_SAY_NOTHING, NULL), HAR_OK);
    ranks = rank(&question);
    assert_int_equal(ranks.count, 2);
    assert_int_equal(ranks.rank[1].row.person, b);
}

/* Two who are one, and had the same mark from two lists, have it once. */
static void a_mark_under_two_names_is_one(void **state)
{
    (void)state;
    take_text(HEADER "Jo DOE,GBR,1980-02-01,M,2001-06-01,5000,13:50.00,1,Leeds\n"
                     "Joseph DOE,GBR,1981-03-01,M,2001-06-01,5000,13:50.00,1,Leeds\n");
    struct har_list_question question = ask("5000", HAR_MEN);
    question.all_marks = true;
    struct har_ranks ranks = rank(&question);
    assert_int_equal(ranks.count, 2);
    int64_t a = ranks.rank[0].row.person, b = ranks.rank[1].row.person;
    assert_int_equal(har_annals_say(db, a, b, HAR_SAY_SAME, NULL), HAR_OK);
    assert_int_equal(rank(&question).count, 1);
    struct har_listed *row;
    size_t count;
    assert_int_equal(har_annals_marks(db, a, &arena, &row, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
}

static void a_mapping_is_remembered(void **state)
{
    (void)state;
    const char *mapping;
    assert_int_equal(har_annals_mapping(db, "a,b", &arena, &mapping, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_annals_tell_mapping(db, "a,b", "mark=a", NULL), HAR_OK);
    assert_int_equal(har_annals_tell_mapping(db, "a,b", "mark=b", NULL), HAR_OK);
    assert_int_equal(har_annals_mapping(db, "a,b", &arena, &mapping, NULL), HAR_OK);
    assert_string_equal(mapping, "mark=b");
}

/* --- two roads to one list
 * ------------------------------------------------------------------
 */

static uint64_t random_state = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 32) * n >> 32);
}

enum { MANY_ROWS = 6000, MANY_PEOPLE = 300 };

/* More rows than a page, many of them equal, of both tracks. */
static struct har_result *many_rows(void)
{
    static char names[MANY_PEOPLE][16];
    struct har_result *row = HAR_NEW(&arena, struct har_result, MANY_ROWS);
    struct har_event event[2];
    har_parse_event(har_bytes_of("1500"), &event[0], NULL);
    har_parse_event(har_bytes_of("1500i"), &event[1], NULL);
    for (size_t i = 0; i < MANY_PEOPLE; i++)
        snprintf(names[i], sizeof names[i], "Ru %c%c%c Nner", 'a' + (int)i % 26,
                 'a' + (int)i / 26, 'a' + (int)i % 7);
    for (size_t i = 0; i < MANY_ROWS; i++) {
        uint32_t who = below(MANY_PEOPLE), indoors = below(4) == 0;
        row[i] = har_result_untold();
        row[i].athlete = names[who];
        row[i].nation = who % 3 ? "GBR" : "NOR";
        row[i].sex = HAR_MEN;
        row[i].born_day = 4000 + who * 11;
        row[i].born_year = har_date_of(row[i].born_day).year;
        row[i].day = 14000 + below(3000);
        row[i].event = event[indoors];
        row[i].mark = (struct har_mark){.time_ms = 210000 + 10 * (int64_t)below(2000),
                                        .decimals = 2,
                                        .short_track = indoors};
    }
    return row;
}

/* The same from the rows themselves: in order, one of each athlete. */
static int by_time(const void *a, const void *b)
{
    return har_listed_compare(a, b);
}

static void a_list_is_that_of_its_rows(void **state)
{
    (void)state;
    struct har_result *row = many_rows();
    take(row, MANY_ROWS, NULL);
    struct har_listed *listed = HAR_NEW(&arena, struct har_listed, MANY_ROWS);
    for (size_t i = 0; i < MANY_ROWS; i++)
        listed[i] = har_listed_of(&row[i], 0, 1 + (row[i].born_day - 4000) / 11);
    qsort(listed, MANY_ROWS, sizeof *listed, by_time);
    struct har_list_question question = ask("1500", HAR_MEN);
    static const size_t limits[] = {1, 100, 299, 0};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct har_ranking *ranking;
        struct har_ranks other;
        question.limit = limits[i];
        question.nation = i % 2 ? "NOR" : NULL;
        assert_int_equal(har_ranking_begin(&question, &arena, &ranking, NULL), HAR_OK);
        for (size_t k = 0; k < MANY_ROWS; k++)
            if (har_ranking_add(ranking, &listed[k], NULL) == HAR_END) break;
        har_ranking_finish(ranking, &other);
        struct har_ranks ranks = rank(&question);
        assert_int_equal(ranks.count, other.count);
        for (size_t k = 0; k < ranks.count; k++) {
            assert_int_equal(ranks.rank[k].rank, other.rank[k].rank);
            assert_string_equal(ranks.rank[k].row.name, other.rank[k].row.name);
        }
    }
}

static void records_are_those_of_its_rows(void **state)
{
    (void)state;
    struct har_result *row = many_rows();
    struct har_list_question question = ask("1500", HAR_MEN);
    struct har_progression all;
    size_t steps = 0;
    take(row, MANY_ROWS, NULL);
    question.short_track = HAR_SHORT_TRACK_OUT;
    assert_int_equal(har_annals_records(db, &question, &arena, &all, NULL), HAR_OK);
    for (size_t i = 0; i < MANY_ROWS; i++) {
        bool is_step = row[i].event.kind == HAR_EVENT_TRACK;
        for (size_t k = 0; k < MANY_ROWS && is_step; k++) {
            bool before = row[k].day <= row[i].day && row[k].event.kind == HAR_EVENT_TRACK;
            is_step = !before || row[k].mark.time_ms >= row[i].mark.time_ms;
        }
        steps += is_step;
    }
    assert_int_equal(all.count, steps);
}

/* --- the sport's own lists
 * ------------------------------------------------------------------
 */

static const char *data_folder(void)
{
    static char name[512];
    const char *told = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    if (told) return told;
    snprintf(name, sizeof name, "%s/../shared/data", root ? root : ".");
    return name;
}

static struct har_bytes whole_file(const char *name)
{
    FILE *in = fopen(name, "rb");
    if (!in) return (struct har_bytes){0};
    fseek(in, 0, SEEK_END);
    size_t size = (size_t)ftell(in);
    rewind(in);
    char *data = HAR_NEW(&arena, char, size + 1);
    size_t got = fread(data, 1, size, in);
    fclose(in);
    return (struct har_bytes){(const uint8_t *)data, got};
}

static bool is_same_feat(const struct har_result *a, const struct har_result *b)
{
    return a->day == b->day && strcmp(a->athlete, b->athlete) == 0 &&
           a->born_day == b->born_day && a->born_year == b->born_year;
}

static int in_list_order(const void *a, const void *b)
{
    const struct har_result *of_a = a, *of_b = b;
    int64_t ms_a = har_listed_ms(&of_a->mark, &of_a->event);
    int64_t ms_b = har_listed_ms(&of_b->mark, &of_b->event);
    return (ms_a > ms_b) - (ms_a < ms_b);
}

/* Rows as fast as each other share the rank that they have there. Of several rows for one
 * mark of one athlete on one day only the first counts, for here they are one; and a dozen
 * times by hand stand among the hundredths there, and before them here. */
static void compare_list(const char *name)
{
    struct har_results all = read_sheet(whole_file(name), strrchr(name, '/') + 1);
    struct har_annals_news news = take(all.result, all.count, "lists");
    struct har_result *sorted = HAR_NEW(&arena, struct har_result, all.count);
    memcpy(sorted, all.result, all.count * sizeof *sorted);
    qsort(sorted, all.count, sizeof *sorted, in_list_order);
    struct har_list_question question = ask(all.result[0].event.code, all.result[0].sex);
    question.all_marks = true;
    struct har_ranks ranks = rank(&question);
    assert_true(news.fresh + news.filled + news.known == all.count);
    size_t at = 0;
    for (size_t i = 0; i < all.count;) {
        int64_t ms = har_listed_ms(&sorted[i].mark, &sorted[i].event);
        size_t next = i, feats = 0;
        for (; next < all.count; next++) {
            const struct har_result *row = &sorted[next];
            if (har_listed_ms(&row->mark, &row->event) != ms) break;
            bool known = false;
            for (size_t k = i; k < next && !known; k++)
                known = is_same_feat(row, &sorted[k]);
            feats += !known;
        }
        for (size_t k = at; k < at + feats; k++) {
            const struct har_listed *row = &ranks.rank[k].row;
            assert_int_equal(ranks.rank[k].rank, at + 1);
            assert_int_equal(har_listed_ms(&row->mark, &row->event), ms);
        }
        at += feats;
        i = next;
    }
    assert_int_equal(at, ranks.count);
}

static void the_lists_come_out_as_they_went_in(void **state)
{
    (void)state;
    char pattern[600];
    glob_t found;
    struct har_annals_news news = {0};
    snprintf(pattern, sizeof pattern, "%s/results/wa_toplists_*/*.csv", data_folder());
    if (glob(pattern, 0, NULL, &found)) {
        print_message("no lists of the sport here: %s\n", pattern);
        skip();
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        compare_list(found.gl_pathv[i]);
        har_arena_reset(&arena);
    }
    /* Again: nothing is new. */
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = found.gl_pathv[i];
        struct har_results all = read_sheet(whole_file(name), strrchr(name, '/') + 1);
        news = take(all.result, all.count, "lists");
        assert_true(news.fresh == 0 && news.filled == 0 && news.people == 0);
        har_arena_reset(&arena);
    }
    globfree(&found);
}

/* Where a half marathon of 61:51 down a hill would stand among the British of the lists. */
static void a_mark_of_an_aided_course_finds_its_place(void **state)
{
    (void)state;
    char name[600];
    struct har_would_rank place;
    snprintf(name, sizeof name, "%s/results/wa_toplists_2023-07_mit/men_half-marathon.csv",
             data_folder());
    struct har_bytes sheet = whole_file(name);
    if (!sheet.size) {
        print_message("no lists of the sport here: %s\n", name);
        skip();
    }
    struct har_results all = read_sheet(sheet, strrchr(name, '/') + 1);
    take(all.result, all.count, "lists");
    struct har_list_question question = ask("HM", HAR_MEN);
    question.nation = "GBR";
    question.as_of_day = har_day_of((struct har_date){2023, 7, 31});
    struct har_ranks ranks = rank(&question);
    struct har_listed row = ranks.rank[0].row;
    row.person = 0;
    row.mark = (struct har_mark){.time_ms = 3711000};
    row.eligible = 0;
    assert_int_equal(har_list_place(&ranks, &row, &arena, &place, NULL), HAR_OK);
    assert_string_equal(
        place.sentence,
        "61:51 would be equal 17th among the GBR marks listed to July 2023, "
        "but the course is not eligible");
}

/* Races that both finished, counted one by one. */
static void count_by_force(const struct har_listed *a, size_t a_count,
                           const struct har_listed *b, size_t b_count, size_t won[2])
{
    for (size_t i = 0; i < a_count; i++) {
        for (size_t j = 0; j < b_count; j++) {
            if (!a[i].race || a[i].race != b[j].race || har_round_is_heat(a[i].round))
                continue;
            bool placed = a[i].place && b[j].place;
            int64_t ahead = a[i].mark.time_ms - b[j].mark.time_ms;
            if (placed && a[i].place == b[j].place && ahead) continue;
            if (placed) ahead = a[i].place - b[j].place;
            won[0] += ahead < 0;
            won[1] += ahead > 0;
        }
    }
}

/* Nobody of these runs a race twice, so that every pair of rows is a meeting. */
static bool runs_twice(const struct har_listed *row, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (row[i].race && row[i].race == row[k].race) return true;
    return false;
}

static void rivals_meet_as_often_as_by_force(void **state)
{
    (void)state;
    enum { PAIRS = 10000, MOST = 400 };
    char name[600];
    static struct har_listed *row[MOST];
    static size_t count[MOST];
    size_t people = 0, met = 0;
    snprintf(name, sizeof name, "%s/results/rome2024_histories_train.csv", data_folder());
    struct har_bytes sheet = whole_file(name);
    if (!sheet.size) {
        print_message("no histories here: %s\n", name);
        skip();
    }
    struct har_results all = read_sheet(sheet, strrchr(name, '/') + 1);
    struct har_annals_news news = take(all.result, all.count, "histories");
    for (int64_t id = 1; id <= (int64_t)news.people && people < MOST; id++) {
        assert_int_equal(
            har_annals_marks(db, id, &arena, &row[people], &count[people], NULL), HAR_OK);
        people += !runs_twice(row[people], count[people]);
    }
    assert_true(people > 50);
    struct har_arena desk = {0};
    for (int pair = 0; pair < PAIRS; pair++) {
        struct har_meetings m;
        size_t won[2] = {0};
        uint32_t a = below((uint32_t)people), b = below((uint32_t)people);
        if (a == b) continue;
        assert_int_equal(
            har_career_meetings(row[a], count[a], row[b], count[b], &desk, &m, NULL),
            HAR_OK);
        count_by_force(row[a], count[a], row[b], count[b], won);
        assert_int_equal(m.wins, won[0]);
        assert_int_equal(m.losses, won[1]);
        met += m.count;
        har_arena_reset(&desk);
    }
    har_arena_free(&desk);
    print_message("# %zu athletes, %zu meetings\n", people, met);
    assert_true(met > 100);
}

#define ON_A_FILE(test) cmocka_unit_test_setup_teardown(test, open_annals, drop_annals)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        ON_A_FILE(a_list_goes_in_once),
        ON_A_FILE(what_a_list_says_more_fills_blanks),
        ON_A_FILE(what_a_list_says_twice_is_one_mark),
        ON_A_FILE(a_long_list_is_put_in_order),
        ON_A_FILE(hand_times_and_the_short_track_keep_how_they_are_written),
        ON_A_FILE(a_mark_of_nobody_is_found),
        ON_A_FILE(one_runner_in_two_spellings_is_one),
        ON_A_FILE(a_name_alone_is_nobody),
        ON_A_FILE(a_merge_can_be_undone),
        ON_A_FILE(a_chain_comes_apart_where_it_was_tied),
        ON_A_FILE(a_mark_under_two_names_is_one),
        ON_A_FILE(a_mapping_is_remembered),
        ON_A_FILE(a_list_is_that_of_its_rows),
        ON_A_FILE(records_are_those_of_its_rows),
        ON_A_FILE(the_lists_come_out_as_they_went_in),
        ON_A_FILE(a_mark_of_an_aided_course_finds_its_place),
        ON_A_FILE(rivals_meet_as_often_as_by_force),
    };
    if (!mkdtemp(folder)) return 1;
    snprintf(path, sizeof path, "%s/annals.db", folder);
    int failed = cmocka_run_group_tests_name("annals", tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
