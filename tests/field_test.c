/* SPDX-License-Identifier: MIT */
/* field: real races whose story is known, what must hold for any field, and sheets that are
 * wrong. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/field.h"

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

static struct har_arena arena;

static int arena_back(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static struct har_fields fields_of(struct har_bytes sheet, double event_m)
{
    struct har_fields fields;
    struct har_error err = {.message = "no failure"};
    har_status got = har_fields_read(sheet, event_m, &arena, &fields, &err);
    if (got != HAR_OK) print_error("%s\n", err.message);
    assert_int_equal(got, HAR_OK);
    return fields;
}

static struct har_analysis analysed(const struct har_field *field)
{
    struct har_analysis analysis;
    assert_int_equal(har_field_analyse(field, NULL, &arena, &analysis, NULL), HAR_OK);
    return analysis;
}

/* A file of the real data, or the end of the test. */
static struct har_bytes real_file(const char *name)
{
    char path[1024];
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    if (data) snprintf(path, sizeof path, "%s/%s", data, name);
    else snprintf(path, sizeof path, "%s/../shared/data/%s", root ? root : ".", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("# %s is not here; set HARRIER_DATA\n", name);
        skip();
        return (struct har_bytes){0};
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = HAR_NEW(&arena, uint8_t, size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, size, file), size);
    fclose(file);
    return (struct har_bytes){bytes, size};
}

/* --- real races ------------------------------------------------------------------------
 */

static const struct har_field *field_called(const struct har_fields *fields,
                                            const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->field[i].name && strcmp(fields->field[i].name, name) == 0)
            return &fields->field[i];
    return NULL;
}

/* The 1500 m finals of the Games of 2020: won in the last 100 m, the medals as they were.
 */
static void finals_of_tokyo(void **state)
{
    (void)state;
    struct har_fields fields =
        fields_of(real_file("results/track_splits/tokyo2020_1500m_final_splits.csv"), 0);
    assert_int_equal(fields.count, 2);
    static const struct {
        const char *race, *medal[3];
    } rows[] = {
        {"Men", {"Jakob Ingebrigtsen", "Timothy Cheruiyot", "Josh Kerr"}},
        {"Women", {"Faith Kipyegon", "Laura Muir", "Sifan Hassan"}},
    };
    for (size_t r = 0; r < 2; r++) {
        const struct har_field *field = field_called(&fields, rows[r].race);
        assert_non_null(field);
        assert_int_equal(field->runner_count, 13);
        assert_near(field->mark_m[field->mark_count - 1], 1500, 0);
        struct har_analysis a = analysed(field);
        assert_int_equal(a.finisher_count, 13);
        for (size_t i = 0; i < 13; i++) {
            assert_int_equal(field->runner[a.by_place[i]].place, i + 1);
            if (i < 3)
                assert_string_equal(field->runner[a.by_place[i]].name, rows[r].medal[i]);
        }
        assert_near(a.decisive_from_m, 1400, 0);
        assert_near(a.decisive_to_m, 1500, 0);
        assert_non_null(strstr(a.because, rows[r].medal[0]));
    }
}

/* 48,000 marathon runners: laps add up to the official times, and whoever is at place n has
 * n - 1 ahead, counted by whole seconds, which is how the organiser has them. */
static void field_of_chicago(void **state)
{
    (void)state;
    enum { MARKS = 10, LATEST_S = 40000 };
    struct har_fields fields = fields_of(real_file("results/chicago2023_splits.csv"), 0);
    assert_int_equal(fields.count, 1);
    const struct har_field *field = &fields.field[0];
    assert_int_equal(field->runner_count, 48000);
    assert_int_equal(field->mark_count, MARKS);
    assert_near(field->mark_m[MARKS - 1], 42195, 0);
    struct har_analysis a = analysed(field);
    assert_int_equal(a.finisher_count, 48000);
    int *by = HAR_NEW(&arena, int, LATEST_S);
    for (size_t k = 0; k < MARKS; k++) {
        memset(by, 0, LATEST_S * sizeof *by);
        for (size_t i = 0; i < field->runner_count; i++)
            if (!isnan(field->runner[i].time_s[k]))
                by[(size_t)field->runner[i].time_s[k]]++;
        for (size_t t = 1; t < LATEST_S; t++) by[t] += by[t - 1];
        assert_int_equal(by[LATEST_S - 1], a.mark[k].seen);
        for (size_t i = 0; i < field->runner_count; i++) {
            const struct har_passing *p = &a.performance[i].passing[k];
            if (isnan(field->runner[i].time_s[k])) {
                assert_int_equal(p->position, 0);
                continue;
            }
            size_t t = (size_t)field->runner[i].time_s[k];
            assert_in_range(p->position, by[t - 1] + 1, by[t]);
        }
    }
    for (size_t i = 0; i < field->runner_count; i++) {
        const struct har_performance *p = &a.performance[i];
        double sum_s = 0, sum_m = 0;
        for (size_t k = 0; k < MARKS; k++) {
            if (isnan(p->passing[k].lap_s)) continue;
            sum_s += p->passing[k].lap_s;
            sum_m += p->passing[k].lap_m;
        }
        assert_near(sum_s, p->finish_s, 1e-6);
        assert_near(sum_m, 42195, 1e-6);
        assert_int_equal(p->passing[MARKS - 1].position, p->place);
    }
    /* Kelvin Kiptum's 2:00:35, and a field that slowed after half way, as fields do. */
    assert_near(a.performance[a.by_place[0]].finish_s, 7235, 0);
    assert_true(a.mark[4].slowdown > 0.02 && a.mark[4].slowdown < 0.3);
}

/* The round of a race in the one sheet, as the other calls it. */
static void official_name(const char *race, char *out, size_t size)
{
    static const struct {
        const char *tracked, *official;
    } rounds[] = {{" R1 H", " Heats "}, {" SF", " Semifinals "}};
    for (size_t i = 0; i < 2; i++) {
        const char *at = strstr(race, rounds[i].tracked);
        if (!at) continue;
        snprintf(out, size, "%.*s%s%s", (int)(at - race), race, rounds[i].official,
                 at + strlen(rounds[i].tracked));
        return;
    }
    /* "3000m Steeplechase Men Final" alike in both. */
    snprintf(out, size, "%s", race);
}

static bool is_surname_of(const char *surname, const char *name)
{
    size_t a = strlen(surname), b = strlen(name);
    if (b <= a || name[b - a - 1] != ' ') return false;
    for (size_t i = 0; i < a; i++) {
        char upper = name[b - a + i];
        if (upper >= 'a' && upper <= 'z') upper = (char)(upper - 'a' + 'A');
        if (surname[i] != upper) return false;
    }
    return true;
}

/* Races of a championship tracked ten times a second, against its official results: within
 * 0.1 s but for four runners, whose finishes the tracking itself has 0.11 to 0.17 s off. */
static void races_of_rome(void **state)
{
    (void)state;
    struct har_fields tracked =
        fields_of(real_file("results/rome2024_track_splits.csv"), 0);
    struct har_fields official =
        fields_of(real_file("results/rome2024_official_results.json"), 0);
    assert_int_equal(tracked.count, 11);
    size_t compared = 0, within = 0;
    for (size_t r = 0; r < tracked.count; r++) {
        const struct har_field *race = &tracked.field[r];
        char name[80];
        official_name(race->name, name, sizeof name);
        const struct har_field *sheet = field_called(&official, name);
        if (!sheet) print_error("no %s\n", name);
        assert_non_null(sheet);
        struct har_analysis a = analysed(race);
        for (size_t i = 0; i < a.finisher_count; i++)
            for (size_t k = 0; k < sheet->runner_count; k++) {
                const struct har_field_runner *runner = &race->runner[a.by_place[i]];
                if (!is_surname_of(runner->name, sheet->runner[k].name)) continue;
                double official_s = sheet->runner[k].time_s[sheet->mark_count - 1];
                if (isnan(official_s)) continue;
                double off_s = fabs(a.performance[a.by_place[i]].finish_s - official_s);
                assert_true(off_s < 0.2);
                within += off_s <= 0.1 + 1e-9;
                compared++;
            }
    }
    assert_int_equal(compared, 98);
    assert_int_equal(within, 94);
}

static void lynx_as_it_is_sold(void **state)
{
    (void)state;
    struct har_fields fields =
        fields_of(real_file("formats/finishlynx/006-Heat-02.lif"), 0);
    assert_int_equal(fields.count, 1);
    assert_string_equal(fields.field[0].name, "006 - Mid Women - W12 250");
    assert_near(fields.field[0].mark_m[0], 500, 0);
    struct har_analysis a = analysed(&fields.field[0]);
    assert_int_equal(a.finisher_count, 7);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(fields.field[0].runner[a.by_place[i]].place, i + 1);
    assert_near(a.performance[a.by_place[1]].passing[0].behind_s, 1.62, 1e-9);
}

/* --- made races -------------------------------------------------------------------------
 */

static void a_mile_by_hand(void **state)
{
    (void)state;
    static const char sheet[] = "Name,Bib,400,800,1200,Finish\n"
                                "Ada,1,62,2:05,3:08,4:06\n"
                                "Ben,2,61,2:04,3:06.5,4:08\n"
                                "Cy,3,61.5,2:04.5,3:07,4:09\n"
                                "Di,4,70,2:20,,4:40\n"
                                "Eve,5,62,2:06,DNF,DNF\n"
                                "Flo,6,62,2:06,3:10,4:20\n";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 1609.344);
    struct har_analysis a = analysed(&fields.field[0]);
    assert_int_equal(a.finisher_count, 5);
    assert_int_equal(a.performance[4].place, 0);
    assert_int_equal(a.by_place[0], 0);
    const struct har_passing *ada = a.performance[0].passing;
    assert_int_equal(ada[0].position, 3);
    assert_int_equal(ada[2].position, 3);
    assert_int_equal(ada[3].position, 1);
    assert_near(ada[1].lap_s, 63, 1e-12);
    assert_near(ada[2].behind_s, 1.5, 1e-12);
    assert_int_equal(a.mark[0].packs, 2);
    assert_int_equal(a.mark[0].leader, 1);
    assert_near(a.decisive_from_m, 1200, 0);
    assert_int_equal(a.closer, 0);
    assert_non_null(strstr(a.because, "from place 3 to the front"));
    /* Di was missed at 1200 m: her last lap is from 800 m on. */
    assert_near(a.performance[3].passing[3].lap_m, 809.344, 1e-9);
    assert_int_equal(fields.note_count, 1);
    assert_non_null(strstr(fields.note[0].what, "1200 m"));
    assert_int_equal(fields.note[0].line, 5);
    /* Ada: half way in 125 s and 4.672 / 400 of the 63 s that follow. */
    double half_s = 125 + 63 * 4.672 / 400;
    assert_near(a.performance[0].even, (246 - half_s) / half_s - 1, 1e-12);
}

/* The same race a row a mark, and in other orders of rows, is the same race. */
static void long_and_wide_agree(void **state)
{
    (void)state;
    static const char wide[] = "bib,1km,2km,5km\n7,180,365,930\n9,181,364,925\n";
    static const char rows[] = "race,bib,distance_m,elapsed_s\n"
                               "A,9,5000,925\nA,7,1000,180\nA,9,1000,181\n"
                               "A,7,2000,365\nA,9,2000,364\nA,7,5000,930\n";
    struct har_fields one = fields_of(har_bytes_of(wide), 0);
    struct har_fields two = fields_of(har_bytes_of(rows), 0);
    struct har_analysis a = analysed(&one.field[0]), b = analysed(&two.field[0]);
    assert_string_equal(one.field[0].runner[a.by_place[0]].bib, "9");
    assert_string_equal(two.field[0].runner[b.by_place[0]].bib, "9");
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 3; k++) {
            const struct har_passing *p = &a.performance[a.by_place[i]].passing[k];
            const struct har_passing *q = &b.performance[b.by_place[i]].passing[k];
            assert_near(p->lap_s, q->lap_s, 0);
            assert_int_equal(p->position, q->position);
        }
    assert_near(a.decisive_from_m, b.decisive_from_m, 0);
    assert_string_equal(a.because, b.because);
}

static void lynx_with_laps(void **state)
{
    (void)state;
    static const char sheet[] =
        "12,1,1,Men 1500m,,,,,,1500,14:05:00.1234\r\n"
        "1,102,2,Bravo,Ben,City AC,3:52.41,,3:52.41,,\"47.1 (47.1), 1:50.2 (63.1), "
        "2:53.0 (62.8), 3:52.41 (59.4)\",14:05:00.12\r\n"
        "2,101,1,Alpha,Adam,Hill,3:53.07,,0.66,,\"47.0; 1:50.1; 2:53.2\",14:05:00.12\r\n"
        "DNF,103,3,Charlie,Carl,Hill,,,,,,14:05:00.12\r\n";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 0);
    const struct har_field *field = &fields.field[0];
    assert_int_equal(field->mark_count, 4);
    assert_near(field->mark_m[0], 300, 1e-9);
    assert_near(field->mark_m[2], 1100, 1e-9);
    assert_string_equal(field->runner[0].name, "Ben Bravo");
    struct har_analysis a = analysed(field);
    assert_int_equal(a.finisher_count, 2);
    assert_int_equal(a.mark[0].leader, 1);
    assert_near(a.performance[0].passing[3].lap_s, 59.41, 1e-9);
    assert_near(a.decisive_to_m, 1500, 0);
}

/* What a scoreboard was sent while a race came in: the second was placed first until the
 * picture was read. */
static void a_scoreboard_as_it_was_sent(void **state)
{
    (void)state;
    static const char sent[] = "TIME|3:51.0\r\n"
                               "HEADER|Men 1500m|1-1-2|0.3\r\n"
                               "RESULT|1|4|102|Ben Bravo|City AC|3:52.41|3:52.41\r\n"
                               "RESULT|||||||\r\n"
                               "TIME|3:52.9\r\n"
                               "RESULT|1|2|101|Adam Alpha|Hill|3:52.39|3:52.39\r\n"
                               "RESULT|2|4|102|Ben Bravo|City AC|3:52.41|0.02\r\n"
                               "RESULT|DNF|3|103|Carl Charlie|Hill||\r\n"
                               "RESULT|4|3\r\n"
                               "HEADER|Women 1500m\r\n"
                               "RESULT|1|1|101|Zoe Zulu|Hill|4:10.02|\r\n";
    char other[sizeof sent];
    for (size_t i = 0; i < sizeof sent; i++) other[i] = sent[i] == '|' ? '^' : sent[i];
    for (int round = 0; round < 2; round++) {
        struct har_fields fields = fields_of(har_bytes_of(round ? other : sent), 1500);
        assert_int_equal(fields.count, 2);
        const struct har_field *men = &fields.field[0];
        assert_string_equal(men->name, "Men 1500m");
        assert_int_equal(men->runner_count, 3);
        assert_near(men->mark_m[0], 1500, 0);
        struct har_analysis a = analysed(men);
        assert_int_equal(a.finisher_count, 2);
        assert_string_equal(men->runner[a.by_place[0]].name, "Adam Alpha");
        assert_string_equal(men->runner[a.by_place[1]].bib, "102");
        assert_int_equal(men->runner[a.by_place[1]].place, 2);
        assert_near(a.performance[a.by_place[1]].passing[0].behind_s, 0.02, 1e-9);
        assert_int_equal(fields.note_count, 1);
        assert_int_equal(fields.note[0].line, 9);
    }
    /* A table may well have a column of that name. */
    struct har_fields table = fields_of(har_bytes_of("RESULT,bib\n230,1\n231,2\n"), 1500);
    assert_int_equal(table.field[0].runner_count, 2);
}

/* --- one's own race ---------------------------------------------------------------------
 */

enum { OWN_SAMPLES = 4001 };

/* A recording second by second: stood still for `before_s`, then one speed, from
 * `change_s` of running on another, and still again after `run_s`. */
struct pacing {
    double before_s, first_mps, change_s, second_mps, run_s, after_s;
};

static struct har_streams recorded(const struct pacing *p)
{
    static const struct har_streams nothing;
    struct har_streams s = nothing;
    double *time_s = HAR_NEW(&arena, double, OWN_SAMPLES);
    double *distance_m = HAR_NEW(&arena, double, OWN_SAMPLES);
    double *heart_bpm = HAR_NEW(&arena, double, OWN_SAMPLES);
    bool *broken = HAR_NEW(&arena, bool, OWN_SAMPLES);
    assert_true(time_s && distance_m && heart_bpm && broken);
    double end_s = p->before_s + p->run_s + p->after_s;
    for (; (double)s.count <= end_s; s.count++) {
        assert_true(s.count < OWN_SAMPLES);
        double run_s = fmin(fmax((double)s.count - p->before_s, 0), p->run_s);
        double fast_s = fmin(run_s, p->change_s);
        time_s[s.count] = (double)s.count;
        distance_m[s.count] = p->first_mps * fast_s + p->second_mps * (run_s - fast_s);
        heart_bpm[s.count] = run_s < p->change_s ? 150 : 170;
        broken[s.count] = s.count == 0;
    }
    s.time_s = time_s;
    s.distance_m = distance_m;
    s.heart_bpm = heart_bpm;
    s.broken = broken;
    s.summary.sport = HAR_SPORT_RUNNING;
    return s;
}

static struct har_own_analysis own_of(const struct har_own_race *race)
{
    struct har_own_analysis out;
    struct har_error err = {.message = "no failure"};
    har_status got = har_own_race(race, &arena, &out, &err);
    if (got != HAR_OK) print_error("%s\n", err.message);
    assert_int_equal(got, HAR_OK);
    return out;
}

/* 5 km at 5 m/s and 5 km at 4: 1000 and 1250 s. An even 2250 s would have taken 225 for
 * each km, so each of the first won 25 s, and each of the last lost them. */
static void a_fast_start_by_hand(void **state)
{
    (void)state;
    struct pacing pacing = {0, 5, 1000, 4, 2250, 0};
    struct har_streams streams = recorded(&pacing);
    struct har_own_race race = {.streams = &streams, .distance_m = 10000};
    struct har_own_analysis a = own_of(&race);
    assert_int_equal(a.lap_count, 10);
    double sum_s = 0;
    for (size_t i = 0; i < 10; i++) {
        assert_near(a.lap[i].to_m, 1000.0 * (double)(i + 1), 1e-6);
        assert_near(a.lap[i].lap_s, i < 5 ? 200 : 250, 1e-6);
        assert_near(a.lap[i].lost_s, i < 5 ? -25 : 25, 1e-6);
        assert_near(a.lap[i].heart_bpm, i < 5 ? 150 : 170, 0.2);
        sum_s += a.lap[i].lost_s;
    }
    assert_near(sum_s, 0, 1e-9);
    assert_near(a.even, 0.25, 1e-9);
    assert_near(a.lap[4].slowdown, 0.25, 1e-9);
    assert_near(a.decisive_from_m, 5000, 1e-6);
    assert_near(a.decisive_to_m, 10000, 1e-6);
    assert_non_null(strstr(a.because, "2:05 lost"));
    assert_true(isnan(a.lap[0].flat_mps));
    assert_true(isnan(a.lap[0].left.reserve));
}

/* The same race whatever was recorded about it, and drawn out to the official numbers. */
static void the_race_is_found_in_the_recording(void **state)
{
    (void)state;
    struct pacing pacing = {300, 5, 1000, 4, 2250, 120};
    struct har_streams streams = recorded(&pacing);
    struct har_own_race race = {
        .streams = &streams, .distance_m = 10000, .time_s = 2250, .every_m = 2500};
    struct har_own_analysis a = own_of(&race);
    assert_near(a.from_s, 300, 1e-9);
    assert_int_equal(a.lap_count, 4);
    assert_near(a.lap[0].lap_s, 500, 1e-6);
    race.distance_m = 9900; /* the watch had 1 % too much */
    race.every_m = 990;
    a = own_of(&race);
    assert_near(a.recorded_m, 10000, 1e-6);
    assert_near(a.lap[0].to_m, 990, 1e-9);
    assert_near(a.lap[0].lap_s, 200, 1e-6);
    assert_near(a.lap[9].time_s, 2250, 1e-6);
    /* Nobody knows the time: the fastest 5 km of it. */
    race = (struct har_own_race){.streams = &streams, .distance_m = 5000};
    a = own_of(&race);
    assert_near(a.time_s, 1000, 1e-6);
    assert_near(a.from_s, 300, 1e-6);
    /* Where the button was pressed, but for a lap that nobody ran. */
    static const double ends_s[] = {100, 500, 500.5, 1300, 5000};
    race = (struct har_own_race){.streams = &streams,
                                 .distance_m = 10000,
                                 .time_s = 2250,
                                 .lap_end_s = ends_s,
                                 .lap_count = 5};
    a = own_of(&race);
    assert_int_equal(a.lap_count, 3);
    assert_near(a.lap[0].to_m, 1000, 1e-6);
    assert_near(a.lap[1].to_m, 5000, 1e-6);
    assert_near(a.lap[2].to_m, 10000, 1e-6);
}

/* Two roads: the splits of a recording that is the race are those of clean. */
static void own_laps_are_the_splits(void **state)
{
    (void)state;
    struct pacing pacing = {0, 5.3, 700, 4.1, 2400, 0};
    struct har_streams streams = recorded(&pacing);
    struct har_own_race race = {.streams = &streams};
    struct har_own_analysis a = own_of(&race);
    struct har_split *split;
    size_t count;
    assert_int_equal(har_splits(&streams, 1000, &arena, &split, &count, NULL), HAR_OK);
    assert_int_equal(a.lap_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_near(a.lap[i].lap_s, split[i].time_s, 1e-6);
        assert_near(a.lap[i].to_m, split[i].to_m, 1e-6);
        assert_near(a.lap[i].heart_bpm, split[i].heart_bpm, 0.2);
    }
}

/* On a hill the effort counts: half the way at 4 m/s up and half at 5 m/s down, both as
 * hard as 4.5 on the flat, is nothing lost. */
static void one_effort_loses_nothing(void **state)
{
    (void)state;
    struct pacing pacing = {0, 4, 1000, 5, 1800, 0};
    struct har_streams streams = recorded(&pacing);
    double *flat_m = HAR_NEW(&arena, double, streams.count);
    assert_non_null(flat_m);
    for (size_t i = 0; i < streams.count; i++) flat_m[i] = 4.5 * streams.time_s[i];
    struct har_flat flat = {.flat_m = flat_m};
    struct har_own_race race = {.streams = &streams, .flat = &flat};
    struct har_own_analysis a = own_of(&race);
    for (size_t i = 0; i < a.lap_count; i++) {
        assert_near(a.lap[i].flat_mps, 4.5, 1e-9);
        assert_near(a.lap[i].lost_s, 0, 1e-6);
    }
    assert_true(isnan(a.decisive_from_m));
    assert_near(a.even, -0.2, 1e-9);
}

/* The time that a speed can be held takes all of the curve, in however many laps; D' goes
 * metre by metre above the critical speed and comes back below. */
static void what_is_left(void **state)
{
    (void)state;
    struct har_limits limits = {.curve = {5.5, 0.06, NAN},
                                .critical = {.cs_mps = 5, .d_prime_m = 200}};
    double limit_s = har_emig_time_limit(&limits.curve, 5);
    struct har_left left = har_left_at_start(&limits);
    assert_near(left.reserve, 1, 0);
    for (unsigned i = 0; i < 10; i++) left = har_left_after(&limits, left, 5, limit_s / 10);
    assert_near(left.reserve, 0, 1e-9);
    assert_near(left.d_prime_m, 200, 0);
    left = har_left_after(&limits, left, 5.5, 100);
    assert_near(left.d_prime_m, 150, 1e-9);
    assert_true(left.reserve < 0);
    left = har_left_after(&limits, left, 4, 200);
    assert_near(left.d_prime_m, 200 - 50 * exp(-1), 1e-9);
    left = har_left_after(&limits, left, 1, 1e5); /* a walk takes nothing of it */
    assert_near(left.d_prime_m, 200, 1e-6);
    assert_true(left.reserve < 0);
    struct har_left unknown = har_left_after(NULL, har_left_at_start(NULL), 5, 100);
    assert_true(isnan(unknown.reserve) && isnan(unknown.d_prime_m));
}

static har_status own_within(struct har_arena *small, const void *streams,
                             struct har_error *err)
{
    const struct har_own_race race = {.streams = streams, .every_m = 1609.344};
    struct har_own_analysis out;
    return har_own_race(&race, small, &out, err);
}

static void recordings_that_are_no_race(void **state)
{
    (void)state;
    struct pacing pacing = {10, 5, 1000, 4, 1200, 0};
    struct har_streams streams = recorded(&pacing), empty = {0}, still = streams;
    struct har_own_analysis out;
    const struct har_own_race races[] = {
        {.streams = &streams, .distance_m = 10000},
        {.streams = &streams, .distance_m = 5000, .time_s = 400},
        {.streams = &streams, .every_m = 0.1},
        {.streams = &empty},
        {.streams = &empty, .distance_m = 5000, .time_s = 900},
        {.streams = &still},
    };
    still.count = 5;
    for (size_t i = 0; i < sizeof races / sizeof races[0]; i++) {
        struct har_error err = {0};
        assert_int_equal(har_own_race(&races[i], &arena, &out, &err), HAR_NO_ANSWER);
        assert_true(err.message[0] != '\0');
    }
    assert_int_equal(scarce_memory(own_within, &streams), HAR_OK);
}

/* --- sheets that are wrong
 * ----------------------------------------------------------------- */

static bool is_noted(const struct har_fields *fields, uint64_t line, const char *words)
{
    for (size_t i = 0; i < fields->note_count; i++)
        if (fields->note[i].line == line && strstr(fields->note[i].what, words))
            return true;
    return false;
}

static void wrong_splits_are_named(void **state)
{
    (void)state;
    static const char sheet[] = "bib,5K,10K,15K,finish\n"
                                "1,900,1800,2700,3600\n"
                                "2,1700,1600,2700,3650\n"
                                "2,910,1810,2750,3700\n"
                                "3,20,1900,2800,3800\n"
                                "4,1:75,1850,2790,3850\n"
                                "5,9000,1850,2790,3900\n"
                                "6,,,,\n";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 20000);
    struct har_analysis a = analysed(&fields.field[0]);
    assert_int_equal(a.finisher_count, 6);
    assert_int_equal(fields.field[0].runner_count, 7);
    assert_true(is_noted(&fields, 3, "10000 m goes backwards"));
    assert_true(is_noted(&fields, 4, "bib 2 is also that of line 3"));
    assert_true(is_noted(&fields, 5, "nobody has run 5000 m that fast"));
    assert_true(is_noted(&fields, 6, "is no time"));
    assert_true(is_noted(&fields, 7, "5000 m goes backwards"));
    assert_near(a.performance[1].passing[2].lap_m, 10000, 1e-9);
}

/* A row a mark, where two with one bib cannot be told apart, a mat is missing, a split goes
 * back and one of the winners is nobody's. */
static void wrong_rows_of_marks_are_named(void **state)
{
    (void)state;
    static const char sheet[] = "bib,distance_m,elapsed_s\n"
                                "7,1000,180\n7,1000,195\n7,2000,365\n7,3000,550\n"
                                "8,1000,181\n8,3000,552\n"
                                "9,1000,400\n9,2000,390\n9,3000,590\n"
                                ",1000,\n";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 0);
    assert_true(is_noted(&fields, 2, "two times at 1000 m: the first is kept"));
    assert_true(is_noted(&fields, 6, "no time at 2000 m"));
    assert_true(is_noted(&fields, 8, "goes backwards"));
    struct har_analysis a = analysed(&fields.field[0]);
    assert_int_equal(a.finisher_count, 3);
    assert_near(fields.field[0].runner[0].time_s[0], 180, 0);
    assert_near(a.performance[1].passing[2].lap_m, 2000, 0);
}

static void another_course_is_named(void **state)
{
    (void)state;
    static const char sheet[] = "bib,5K,10K,15K,finish\n1,900,1800,2700,1790\n"
                                "2,901,1802,2703,1795\n";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 10000);
    assert_true(is_noted(&fields, 0, "another course"));
    assert_near(fields.field[0].mark_m[fields.field[0].mark_count - 1], 10000, 0);
    assert_int_equal(analysed(&fields.field[0]).finisher_count, 2);
}

/* 2026-11-22: the fuzzer told an event of 10 km of a sheet with nothing before 15 km, and
 * the mark before the first was looked at. */
static void every_mark_is_beyond(void **state)
{
    (void)state;
    struct har_fields fields = fields_of(har_bytes_of("bib,15K\n1,2700\n2,2710\n"), 10000);
    assert_true(is_noted(&fields, 0, "another course"));
    assert_int_equal(fields.field[0].mark_count, 1);
    assert_int_equal(analysed(&fields.field[0]).finisher_count, 0);
}

static void no_sheets_at_all(void **state)
{
    (void)state;
    static const struct {
        const char *sheet;
        har_status status;
    } rows[] = {
        {"", HAR_BAD_INPUT},
        {"name,club\nAda,City\n", HAR_UNSUPPORTED},
        {"{\"type\": \"Feature\"}", HAR_UNSUPPORTED},
        {"{\"events\": [{\"eventName\": \"Shot Put\", \"results\": []}]}", HAR_BAD_INPUT},
        {"bib,finish\n1,DNF\n", HAR_BAD_INPUT},
        {"[1,2", HAR_UNSUPPORTED},
        {"RESULT|1|2|3|Ada||4:02|", HAR_BAD_INPUT}, /* over no distance */
        {"RESULT|1|2|3", HAR_UNSUPPORTED},
        {"race,who,when\nA,1,230\n", HAR_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct har_fields fields;
        struct har_error err = {0};
        har_status got =
            har_fields_read(har_bytes_of(rows[i].sheet), 0, &arena, &fields, &err);
        if (got != rows[i].status) print_error("row %zu: %s\n", i, err.message);
        assert_int_equal(got, rows[i].status);
        assert_true(err.message[0] != '\0');
    }
}

/* What a header calls a mark; 0: it is none. */
static void headers_name_marks(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double mark_m;
    } rows[] = {
        {"5K", 5000},
        {"10 km", 10000},
        {"k15", 15000},
        {"Split_20-K", 20000},
        {"Half", 21097.5},
        {"HM", 21097.5},
        {"marathon", 42195},
        {"MAR", 42195},
        {"1mi", 1609.344},
        {"2 Mile", 3218.688},
        {"400", 400},
        {"Time 800m", 800},
        {"1200 metres", 1200},
        {"49", 0},
        {"k5x", 0},
        {"5 furlongs", 0},
        {"1.2.3", 0},
        {"2000000", 0},
        {"a name that is longer than any mark", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct har_text sheet = {.arena = &arena};
        har_text_format(&sheet,
                        "bib,25mi,%s,Overall\n1,9000,90,1\n2,9001,91,0\n3,9002,92,x\n",
                        rows[i].name);
        struct har_fields fields = fields_of(har_bytes_of(sheet.data), 0);
        const struct har_field *field = &fields.field[0];
        bool found = false;
        for (size_t k = 0; k < field->mark_count; k++)
            found |= rows[i].mark_m > 0 && fabs(field->mark_m[k] - rows[i].mark_m) < 1e-6;
        assert_int_equal(found, rows[i].mark_m > 0);
        assert_int_equal(field->mark_count, 1 + found);
        assert_int_equal(field->runner[0].place, 1);
        assert_int_equal(field->runner[1].place, 0);
    }
}

/* A time is seconds, minutes or hours, and nothing else. */
static void times_that_are_none(void **state)
{
    (void)state;
    static const char *const rows[] = {"1:2:3:4", "4:-5", "4:60",
                                       "1e6",     "4:5x", "99999999"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct har_text sheet = {.arena = &arena};
        har_text_format(&sheet, "bib,800,finish\n1,%s,245\n2,120,246\n", rows[i]);
        struct har_fields fields = fields_of(har_bytes_of(sheet.data), 1500);
        assert_true(is_noted(&fields, 2, "is no time: left out"));
        assert_int_equal(analysed(&fields.field[0]).finisher_count, 2);
    }
    struct har_fields fields =
        fields_of(har_bytes_of("bib,800,finish\n1,0:00,245\n2,120,246\n"), 1500);
    assert_false(is_noted(&fields, 2, "is no time")); /* it was not timed there */
}

/* A row a mark, of whom the bib or the name may lack; and rows with no mark. */
static void rows_of_marks_go_by_bib_name_and_race(void **state)
{
    (void)state;
    struct har_fields fields = fields_of(
        har_bytes_of("race,name,distance,elapsed,extra\n"
                     "A,Ada,400,60\nA,Bea,400,61\nB,Ada,400,62\nA,Ada,800,121,x,y\n"
                     "A,Bea,800,123\nB,Ada,800,125\nA,Ada,,130\nA,Ada,0,130\n"
                     "A,Ada,1e9,130\nA,Ada,800,\"140\n"),
        0);
    assert_int_equal(fields.count, 2);
    assert_int_equal(fields.field[0].runner_count, 2);
    assert_int_equal(fields.field[1].runner_count, 1);
    assert_near(fields.field[1].runner[0].time_s[1], 125, 0);
    for (uint64_t line = 8; line <= 10; line++)
        assert_true(is_noted(&fields, line, "no mark: left out"));
    assert_true(is_noted(&fields, 11, "never closed"));
}

/* Results of a championship hold the finish alone. */
static void official_results_are_finishes(void **state)
{
    (void)state;
    static const char sheet[] =
        "\xef\xbb\xbf {\"events\": [{\"eventName\": \"10,000m\", \"gender\": \"W\", "
        "\"roundName\": \"Heats\", \"heatNumber\": \"2\", \"results\": [{\"athlete\": "
        "\"Ada\", \"nation\": \"NOR\", \"rank\": \"1\", \"bestPerformance\": "
        "\"31:00.12\"}, "
        "{\"athlete\": \"Bea\", \"rank\": \"0\", \"bestPerformance\": \"31:02\"}, "
        "{\"athlete\": \"Cy\", \"rank\": \"x\", \"bestPerformance\": \"DNF\"}]}, "
        "{\"eventName\": \"800m\", \"results\": [{\"athlete\": \"Di\", \"rank\": "
        "\"2000000\", \"bestPerformance\": \"2:00\"}]}, {\"eventName\": \"a race whose "
        "name is "
        "far longer than the name of any race that was ever run\", \"results\": []}]}";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 0);
    assert_int_equal(fields.count, 2);
    const struct har_field *heat = field_called(&fields, "10,000m Women Heats 2");
    assert_non_null(heat);
    assert_near(heat->mark_m[0], 10000, 0);
    assert_int_equal(heat->runner_count, 3);
    assert_int_equal(heat->runner[0].place, 1);
    assert_int_equal(heat->runner[0].sex, HAR_WOMEN);
    assert_int_equal(heat->runner[1].place, 0);
    assert_int_equal(analysed(heat).finisher_count, 2);
    const struct har_field *other = field_called(&fields, "800m");
    assert_non_null(other);
    assert_int_equal(other->runner[0].place, 0);
    assert_int_equal(other->runner[0].sex, HAR_UNTOLD);
    struct har_error err = {0};
    static const char *const none[] = {"{\"events\": 7}", "[]", "\xef\xbb\xbf{",
                                       "\n\t\r [1]"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(har_fields_read(har_bytes_of(none[i]), 0, &arena, &fields, &err),
                         HAR_UNSUPPORTED);
        assert_non_null(strstr(err.message, "no events with results"));
    }
}

/* Splits by the lap, where they fit one; a name of one word; places that are none. */
static void lynx_rows_that_are_odd(void **state)
{
    (void)state;
    static const char sheet[] =
        "12,1,1,Men 1500m,,,,,,1500,14:05\r\n"
        "0,101,1,Alpha,,Hill,3:50.1,,,,\"47.1 48.2 49.3 50.4 51.5 52.6 53.7 54.8 "
        "55.9\",x\r\n"
        "2000000,102,2,,Ben,Hill,3:51.1,,,,\"47.2; 1:50.2; 2:53.0)\",x\r\n"
        "3,103,3,,,Hill,fast1,,,,\"soon, 1:51\",x\r\n"
        "short,row\r\n";
    struct har_fields fields = fields_of(har_bytes_of(sheet), 0);
    const struct har_field *field = &fields.field[0];
    assert_int_equal(field->runner_count, 3);
    assert_string_equal(field->runner[0].name, "Alpha");
    assert_string_equal(field->runner[1].name, "Ben");
    assert_null(field->runner[2].name);
    assert_int_equal(field->runner[0].place + field->runner[1].place, 0);
    assert_int_equal(field->runner[2].place, 3);
    assert_true(is_noted(&fields, 2, "9 splits fit no lap: left out"));
    assert_true(is_noted(&fields, 4, "the time is none: left out"));
    assert_true(is_noted(&fields, 5, "not a row of a runner"));
    assert_int_equal(analysed(field).finisher_count, 2);
    struct har_error err = {0};
    static const char *const none[] = {
        "12,1,1,Men 1500m,,,,,,40,14:05\n1,2,3,4,5,6,3:50,,,,,x\n",
        "12,1,1,Men,,,,,,1e7,14:05\n1,2,3,4,5,6,3:50,,,,,x\n",
        "12,1,1,Men,,,,,,far,14:05\n1,2,3,4,5,6,3:50,,,,,x\n"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(har_fields_read(har_bytes_of(none[i]), 0, &arena, &fields, &err),
                         HAR_UNSUPPORTED);
}

/* A scoreboard's lines, blank ones, spaces and words that only look like a group. */
static void a_scoreboard_that_is_untidy(void **state)
{
    (void)state;
    struct har_fields fields = fields_of(
        har_bytes_of("\n  \nHEADER| Men 1500m \nRESULT| 1 |1| 7 | Ada |B| 4:02.1 |\n"
                     "RESULT|0|2||Bea|C|4:03|\nRESULT|3000000|3||Bea|C|4:03.5|\n\n"
                     "RESULT|x|4|9|Cy|C|soon1|\n"),
        1500);
    const struct har_field *field = &fields.field[0];
    assert_string_equal(field->name, "Men 1500m");
    assert_int_equal(field->runner_count, 3);
    assert_string_equal(field->runner[0].name, "Ada");
    assert_string_equal(field->runner[1].name, "Bea");
    assert_near(field->runner[1].time_s[0], 243.5, 0); /* the later line counts */
    assert_int_equal(field->runner[0].place, 1);
    assert_int_equal(field->runner[1].place + field->runner[2].place, 0);
    assert_int_equal(analysed(field).finisher_count, 2);
    struct har_error err = {0};
    static const char *const none[] = {"RESULT_A|1|1|7|Ada|B|4:02.1|\n", "RESULT1|1\n",
                                       "RESULTx|1|1|7|Ada|B|4:02.1|\n",
                                       "RESULT\xc3\xa9|1|1|7|Ada|B|4:02.1|\n"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(
            har_fields_read(har_bytes_of(none[i]), 1500, &arena, &fields, &err),
            HAR_UNSUPPORTED);
}

/* One runner, or none who finished, is a field too. */
static void small_fields(void **state)
{
    (void)state;
    struct har_fields one = fields_of(har_bytes_of("400,800\n60,121\n"), 0);
    struct har_analysis a = analysed(&one.field[0]);
    assert_int_equal(a.finisher_count, 1);
    assert_true(isnan(a.decisive_from_m));
    assert_near(a.performance[0].even, 1.0 / 60, 1e-12);
    struct har_fields none = fields_of(har_bytes_of("400,800\n60,\n61,\n"), 0);
    a = analysed(&none.field[0]);
    assert_int_equal(a.finisher_count, 2);
    struct har_fields told = fields_of(har_bytes_of("400,800\n60,\n61,\n"), 800);
    a = analysed(&told.field[0]);
    assert_int_equal(a.finisher_count, 0);
    assert_int_equal(a.closer, SIZE_MAX);
}

static har_status read_within(struct har_arena *small, const void *sheet,
                              struct har_error *err)
{
    struct har_fields fields;
    struct har_analysis analysis;
    const double event_m = strncmp(sheet, "HEADER", 6) == 0 ? 1500 : 0;
    har_status got = har_fields_read(har_bytes_of(sheet), event_m, small, &fields, err);
    return got ? got : har_field_analyse(&fields.field[0], NULL, small, &analysis, err);
}

static void every_cut_and_little_memory(void **state)
{
    (void)state;
    static const char sent[] = "HEADER|A\nRESULT|1|1|7|Ada|B|4:02.1|\nRESULT|2|2|8|Bea|C|"
                               "4:03|\n";
    for (size_t size = 0; size <= sizeof sent - 1; size++) {
        struct har_fields fields;
        struct har_bytes cut = {(const uint8_t *)sent, size};
        if (har_fields_read(cut, 1500, &arena, &fields, NULL) != HAR_OK) continue;
        for (size_t i = 0; i < fields.count; i++) analysed(&fields.field[i]);
    }
    static const char sheet[] = "Name,Bib,Gender,Ranking,400,800,Finish\n"
                                "\"A, B\",1,M,1,62,2:05,4:06\nC,1,F,1,61,2:04,4:08\n"
                                "D,2,F,2,61,60,4:09\n";
    for (size_t size = 0; size <= sizeof sheet - 1; size++) {
        struct har_fields fields;
        struct har_bytes cut = {(const uint8_t *)sheet, size};
        if (har_fields_read(cut, 0, &arena, &fields, NULL) != HAR_OK) continue;
        for (size_t i = 0; i < fields.count; i++) analysed(&fields.field[i]);
    }
    static const char *const sheets[] = {
        sheet,
        sent,
        "12,1,1,Men 1500m,,,,,,1500,14:05\n"
        "1,102,2,Bravo,Ben,City AC,3:52.41,,3:52.41,,\"47.1, 1:50.2, 2:53.0\",14:05\n"
        "2,101,1,Alpha,Adam,Hill,x,,0.66,,,14:05\n",
        "{\"events\": [{\"eventName\": \"1500m\", \"gender\": \"M\", \"roundName\": "
        "\"Final\", \"heatNumber\": \"1\", \"results\": [{\"athlete\": \"A\", \"rank\": "
        "\"1\", \"bestPerformance\": \"3:40.1\"}, {\"athlete\": \"B\", \"rank\": 2, "
        "\"bestPerformance\": \"3:41\"}]}]}",
        "bib,distance_m,elapsed_s\n7,1000,180\n7,2000,365\n8,1000,181\n8,2000,x\n",
    };
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        assert_int_equal(scarce_memory(read_within, sheets[i]), HAR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(finals_of_tokyo, arena_back),
        cmocka_unit_test_teardown(field_of_chicago, arena_back),
        cmocka_unit_test_teardown(races_of_rome, arena_back),
        cmocka_unit_test_teardown(lynx_as_it_is_sold, arena_back),
        cmocka_unit_test_teardown(a_mile_by_hand, arena_back),
        cmocka_unit_test_teardown(long_and_wide_agree, arena_back),
        cmocka_unit_test_teardown(lynx_with_laps, arena_back),
        cmocka_unit_test_teardown(a_scoreboard_as_it_was_sent, arena_back),
        cmocka_unit_test_teardown(a_fast_start_by_hand, arena_back),
        cmocka_unit_test_teardown(the_race_is_found_in_the_recording, arena_back),
        cmocka_unit_test_teardown(own_laps_are_the_splits, arena_back),
        cmocka_unit_test_teardown(one_effort_loses_nothing, arena_back),
        cmocka_unit_test_teardown(what_is_left, arena_back),
        cmocka_unit_test_teardown(recordings_that_are_no_race, arena_back),
        cmocka_unit_test_teardown(wrong_splits_are_named, arena_back),
        cmocka_unit_test_teardown(wrong_rows_of_marks_are_named, arena_back),
        cmocka_unit_test_teardown(another_course_is_named, arena_back),
        cmocka_unit_test_teardown(every_mark_is_beyond, arena_back),
        cmocka_unit_test_teardown(no_sheets_at_all, arena_back),
        cmocka_unit_test_teardown(headers_name_marks, arena_back),
        cmocka_unit_test_teardown(times_that_are_none, arena_back),
        cmocka_unit_test_teardown(rows_of_marks_go_by_bib_name_and_race, arena_back),
        cmocka_unit_test_teardown(official_results_are_finishes, arena_back),
        cmocka_unit_test_teardown(lynx_rows_that_are_odd, arena_back),
        cmocka_unit_test_teardown(a_scoreboard_that_is_untidy, arena_back),
        cmocka_unit_test_teardown(small_fields, arena_back),
        cmocka_unit_test_teardown(every_cut_and_little_memory, arena_back),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
