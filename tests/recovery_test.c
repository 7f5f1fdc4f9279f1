/* SPDX-License-Identifier: MIT */
/* recovery: planted costs and planted recoveries, and what must hold for any races. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/num.h"
#include "harrier/recovery.h"

#include <math.h>
#include <string.h>

#define assert_near(is, expected, error) assert_true(fabs((is) - (expected)) <= (error))
#define SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define HALF 21097.5
#define MARATHON 42195.0

/* --- expected ------------------------------------------------------------------------- */

static void a_race_costs_what_is_said_of_it(void **state)
{
    (void)state;
    assert_near(har_race_damage(5000, 1), 0.0075, 1e-12);
    assert_near(har_race_damage(HALF, 1), 0.032, 0.0005);
    assert_near(har_race_damage(MARATHON, 1), 0.063, 0.0005);
    assert_near(har_race_recovery_days(5000), 3.75, 1e-12);
    assert_true(har_race_recovery_days(HALF) > 7 && har_race_recovery_days(HALF) < 10);
    assert_true(har_race_recovery_days(MARATHON) > 14);
    assert_true(har_race_recovery_days(MARATHON) < 28);
    assert_true(har_race_damage(10000, NAN) == har_race_damage(10000, 1));
    assert_near(har_race_damage(10000, 0.3), 0.3 * har_race_damage(10000, 1), 1e-15);
    assert_true(har_race_damage(NAN, 1) == 0);
    assert_true(har_race_damage(1e9, 1) == har_race_damage(100000, 1));
}

static void all_out_is_an_effort_of_1(void **state)
{
    (void)state;
    struct har_emig curve = {5.5, 0.06, 0.06};
    for (double distance_m = 1500; distance_m < 43000; distance_m *= 1.4) {
        double all_out_s = har_emig_time(&curve, distance_m), last = 1.001;
        assert_near(har_race_effort(&curve, distance_m, all_out_s), 1, 1e-9);
        assert_true(har_race_effort(&curve, distance_m, 0.97 * all_out_s) == 1);
        for (double slower = 1; slower < 1.4; slower += 0.02) {
            double effort = har_race_effort(&curve, distance_m, slower * all_out_s);
            assert_true(effort >= 0 && effort < last);
            if (effort == 0) break;
            last = effort;
        }
        /* 5 % slower is far from all: the speed could be held for twice as long. */
        assert_true(har_race_effort(&curve, distance_m, 1.05 * all_out_s) < 0.6);
    }
    struct har_emig none = {NAN, NAN, NAN};
    assert_true(isnan(har_race_effort(&none, 5000, 1000)));
    assert_true(isnan(har_race_effort(&curve, 5000, NAN)));
}

static void tolls_add_up_and_fade(void **state)
{
    (void)state;
    const struct har_raced races[] = {
        {100, MARATHON, 1}, {110, 5000, NAN}, {120, HALF, 0.5}};
    struct har_toll_factor factor = har_toll_unknown();
    assert_true(har_toll_on(races, 3, factor, 100).cost_pct == 0);
    struct har_toll next = har_toll_on(races, 3, factor, 101);
    assert_near(next.cost_pct, 6.33, 0.01);
    assert_true(next.low_pct < next.cost_pct && next.cost_pct < next.high_pct);
    assert_true(next.low_pct > 0);
    double week = har_toll_on(races, 3, factor, 108).cost_pct;
    assert_near(week, 6.33 * exp(-7 / har_race_recovery_days(MARATHON)), 0.01);
    assert_near(har_toll_on(races, 3, factor, 121).cost_pct,
                har_toll_on(races, 1, factor, 121).cost_pct +
                    har_toll_on(races + 1, 1, factor, 121).cost_pct +
                    100 * har_race_damage(HALF, 0.5),
                1e-12);
    assert_true(har_toll_on(races, 3, factor, 400).cost_pct < 0.001);
}

/* A runner to whom races cost twice as much: shortfalls say so, and the more the surer. */
static void the_factor_is_learnt(void **state)
{
    (void)state;
    enum { RACES = 40 };
    struct har_raced races[RACES];
    struct har_shortfall seen[RACES];
    struct har_random random = har_random_of(8);
    for (int i = 0; i < RACES; i++)
        races[i] = (struct har_raced){100 + 9 * i, i % 2 ? 10000 : HALF, 1};
    for (int i = 0; i < RACES; i++) {
        struct har_toll toll = har_toll_on(races, RACES, har_toll_unknown(), races[i].day);
        seen[i] = (struct har_shortfall){
            races[i].day, 2 * toll.cost_pct / 100 + 0.01 * har_random_normal(&random),
            0.01};
    }
    struct har_toll_factor none = har_toll_learn(races, RACES, seen, 0);
    assert_true(none.mean == 1 && none.spread == 0.6);
    struct har_toll_factor few = har_toll_learn(races, RACES, seen, 6);
    struct har_toll_factor all = har_toll_learn(races, RACES, seen, RACES);
    assert_near(all.mean, 2, 0.3);
    assert_true(all.spread < few.spread && few.spread < none.spread);

    /* A race that stands alone says nothing, nor does one that is not known. */
    const struct har_shortfall alone[] = {
        {50, 0.05, 0.01}, {120, NAN, 0.01}, {120, 0.1, 0}};
    struct har_toll_factor after = har_toll_learn(races, RACES, alone, SIZE(alone));
    assert_near(after.mean, 1, 1e-12);
    assert_near(after.spread, 0.6, 1e-12);
    /* Faster than expected after races: a factor is not below 0. */
    for (int i = 0; i < RACES; i++) seen[i].ln_slower = -0.05;
    assert_true(har_toll_learn(races, RACES, seen, RACES).mean == 0);
}

static void races_of_one_kind(void **state)
{
    (void)state;
    assert_true(har_same_kind_of_race(5000, 5000));
    assert_true(har_same_kind_of_race(HALF, 20000) && har_same_kind_of_race(20000, HALF));
    assert_false(har_same_kind_of_race(10000, 15000));
    assert_false(har_same_kind_of_race(NAN, 15000));
}

/* --- a steady run ------------------------------------------------------------------------
 */

enum { LONG_RUN_S = 4800 };
static double time_s[LONG_RUN_S], way_m[LONG_RUN_S], heart_bpm[LONG_RUN_S];
static bool broken[LONG_RUN_S];

/* A run of `seconds`, whose heart drifts from 140 by `drift` of itself in an hour. */
static struct har_streams run_for(int seconds, double drift, double waves)
{
    memset(broken, 0, sizeof broken);
    broken[0] = true;
    for (int i = 0; i < seconds; i++) {
        double speed_mps = 3.5 * (1 + waves * (i / 180 % 2 ? 1 : -1));
        time_s[i] = i;
        way_m[i] = i > 0 ? way_m[i - 1] + speed_mps : 0;
        heart_bpm[i] = 140 * (1 + drift * i / 3600.0);
    }
    return (struct har_streams){.count = (size_t)seconds,
                                .time_s = time_s,
                                .distance_m = way_m,
                                .heart_bpm = heart_bpm,
                                .broken = broken};
}

static void a_drifting_heart_decouples(void **state)
{
    (void)state;
    struct har_flat flat = {.flat_m = way_m};
    struct har_steady steady;
    struct har_streams run = run_for(4800, 0, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    assert_near(steady.decoupling, 0, 1e-9);
    assert_near(steady.flat_mps, 3.5, 1e-9);
    assert_near(steady.heart_bpm, 140, 1e-9);
    assert_near(steady.seconds, 4200, 2);
    assert_near(har_heart_at(&steady, 40, 3.5), 140, 1e-9);
    assert_near(har_heart_at(&steady, 40, 2.8), 120, 1e-9);

    run = run_for(4800, 0.06, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    /* Middles of the halves: 1650 s and 3750 s. */
    assert_near(steady.decoupling, 1 - (1 + 0.06 * 1650 / 3600) / (1 + 0.06 * 3750 / 3600),
                1e-4);
}

static void what_is_not_steady_says_nothing(void **state)
{
    (void)state;
    struct har_flat flat = {.flat_m = way_m};
    struct har_steady steady;
    struct har_streams run = run_for(1700, 0, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run = run_for(1900, 0, 0);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    run = run_for(4000, 0, 0.2);
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run = run_for(4000, 0, 0.05);
    for (int i = 2000; i < 4000; i++) heart_bpm[i] = NAN;
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run.heart_bpm = NULL;
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_NOT_FOUND);
    run = run_for(4000, 0, 0); /* stood for an hour, and the clock with it */
    for (int i = 1500; i < 4000; i++) time_s[i] += 3600;
    broken[1500] = true;
    assert_int_equal(har_steady_of(&run, &flat, &steady), HAR_OK);
    assert_near(steady.flat_mps, 3.5, 1e-9);
    assert_true(isnan(har_heart_at(&steady, NAN, 3.5)));
}

/* --- back to usual
 * ------------------------------------------------------------------------ */

/* Resting values of 150 with a scatter of 2, off by `size` the day after day 100, which
 * fades with a time of `time_days`. */
static size_t live_through(uint64_t seed, double size, double time_days,
                           struct har_measured *out)
{
    struct har_random random = har_random_of(seed);
    size_t count = 0;
    for (int day = 70; day < 130; day++) {
        double off = day > 100 ? size * exp(-(day - 101) / time_days) : 0;
        double value = 150 + 2 * (off + har_random_normal(&random));
        if (day != 100 && har_random_uniform(&random) < 0.8)
            out[count++] = (struct har_measured){day, value};
    }
    return count;
}

static void a_planted_recovery_lies_in_its_interval(void **state)
{
    (void)state;
    static const struct {
        double size, time_days;
    } rows[] = {{5, 3}, {4, 6}, {6, 5}, {3, 4}};
    unsigned inside = 0, all = 0;
    for (size_t row = 0; row < SIZE(rows); row++) {
        double truth = 1 + rows[row].time_days * log(rows[row].size / 0.5), mean = 0;
        for (uint64_t seed = 0; seed < 60; seed++) {
            struct har_measured seen[60];
            struct har_recovery back;
            size_t count = live_through(seed, rows[row].size, rows[row].time_days, seen);
            assert_int_equal(
                har_recovery_of(seen, count, HAR_TIRED_HIGHER, 0, 100, 128, &back, NULL),
                HAR_OK);
            assert_near(back.usual, 150, 2);
            assert_true(back.low_days <= back.days && back.days <= back.high_days);
            if (back.low_days <= truth && truth <= back.high_days) inside++;
            all++;
            mean += back.days / 60;
        }
        assert_near(mean, truth, 0.3 * truth);
    }
    print_message("# %u of %u within their 80 %% interval\n", inside, all);
    assert_true(inside >= 0.7 * all);
}

static void no_effect_is_back_at_once(void **state)
{
    (void)state;
    unsigned at_once = 0;
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct har_measured seen[60];
        struct har_recovery back;
        size_t count = live_through(seed, 0, 1, seen);
        har_recovery_of(seen, count, HAR_TIRED_HIGHER, 0, 100, 128, &back, NULL);
        if (back.low_days == 0 && back.days < 4) at_once++;
    }
    assert_true(at_once > 40);
}

/* What falls when one is tired is the mirror image of what rises. */
static void lower_is_the_mirror_of_higher(void **state)
{
    (void)state;
    struct har_measured seen[60], mirror[60];
    struct har_recovery back, other;
    size_t count = live_through(3, 5, 4, seen);
    for (size_t i = 0; i < count; i++)
        mirror[i] = (struct har_measured){seen[i].day, 300 - seen[i].value};
    har_recovery_of(seen, count, HAR_TIRED_HIGHER, 0, 100, 128, &back, NULL);
    har_recovery_of(mirror, count, HAR_TIRED_LOWER, 0, 100, 128, &other, NULL);
    assert_near(back.days, other.days, 1e-9);
    assert_near(back.high_days, other.high_days, 1e-9);
}

static void sooner_than_last_time(void **state)
{
    (void)state;
    struct har_measured seen[60];
    struct har_recovery now, then;
    har_recovery_of(seen, live_through(5, 5, 3, seen), HAR_TIRED_HIGHER, 0, 100, 128, &now,
                    NULL);
    har_recovery_of(seen, live_through(6, 5, 6, seen), HAR_TIRED_HIGHER, 0, 100, 128, &then,
                    NULL);
    struct har_sooner sooner = har_recovery_sooner(&now, &then);
    assert_near(sooner.days, then.days - now.days, 1e-12);
    assert_true(sooner.low_days < sooner.days && sooner.days < sooner.high_days);
    struct har_sooner later = har_recovery_sooner(&then, &now);
    assert_near(later.low_days, -sooner.high_days, 1e-12);
    assert_near(later.high_days, -sooner.low_days, 1e-12);
}

/* A difference within what varies anyway is none, however well the days before agree. */
static void what_varies_anyway_is_no_tiredness(void **state)
{
    (void)state;
    static const struct har_measured seen[] = {
        {90, 140.0}, {92, 140.2}, {94, 140.1}, {96, 139.9},  {98, 140.0},
        {101, 141},  {103, 141},  {105, 141},  {107, 140.9}, {109, 141.1}};
    struct har_recovery sharp, blunt;
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 0, 100, 128, &sharp, NULL),
        HAR_OK);
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 2, 100, 128, &blunt, NULL),
        HAR_OK);
    assert_true(sharp.days > 9 && blunt.days < 4 && blunt.low_days == 0);
    assert_true(sharp.usual_spread == blunt.usual_spread);
}

static void too_few_days_are_no_answer(void **state)
{
    (void)state;
    struct har_measured seen[] = {{90, 150},  {92, 151},  {94, 149},  {96, 150},
                                  {101, 160}, {103, 155}, {105, 152}, {140, 150}};
    struct har_recovery back;
    struct har_error err = {0};
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 0, 100, 128, &back, NULL),
        HAR_OK);
    assert_int_equal(back.before, 4);
    assert_int_equal(back.after, 3);
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 0, 100, 104, &back, &err),
        HAR_NO_ANSWER);
    assert_non_null(strstr(err.message, "4 and 2"));
    assert_int_equal(har_recovery_of(seen + 1, SIZE(seen) - 1, HAR_TIRED_HIGHER, 0, 100,
                                     128, &back, NULL),
                     HAR_NO_ANSWER);
    for (int i = 0; i < 4; i++) seen[i].value = 150; /* a sensor that is stuck */
    assert_int_equal(
        har_recovery_of(seen, SIZE(seen), HAR_TIRED_HIGHER, 0, 100, 128, &back, NULL),
        HAR_NO_ANSWER);
    assert_true(isnan(back.days));
}

/* --- the way back from a race ------------------------------------------------------------
 */

enum { RUNS = 400 };

/* A runner who runs easily on five days of seven: 145 bpm at 3.5 m/s, with a scatter of 1.5
 * bpm. After each race the heart is `raised` for `days` days. */
struct life {
    struct har_random random;
    struct har_steady_run run[RUNS];
    struct har_raced race[3];
    double raised[3];
    int days[3];
    struct har_raced_and_run known;
};

static struct har_arena arena;

static int free_arena(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static double raised_on(const struct life *l, int64_t day)
{
    for (size_t i = 0; i < l->known.race_count; i++)
        if (day > l->race[i].day && day <= l->race[i].day + l->days[i]) return l->raised[i];
    return 0;
}

static void add_steady(struct life *l, int64_t day, double flat_mps, double beats_bpm)
{
    assert_true(l->known.run_count < RUNS);
    l->run[l->known.run_count++] = (struct har_steady_run){
        day, 50, {2400, flat_mps, beats_bpm, 0.01 + 0.01 * har_random_normal(&l->random)}};
}

static void live(struct life *l, uint64_t seed, size_t race_count, int64_t from_day,
                 int64_t to_day)
{
    l->random = har_random_of(seed);
    l->known = (struct har_raced_and_run){.races = l->race,
                                          .race_count = race_count,
                                          .runs = l->run,
                                          .last_day = to_day,
                                          .heart_rest_bpm = 45};
    for (int64_t day = from_day; day <= to_day; day++) {
        double flat_mps = 3.5 + 0.06 * har_random_normal(&l->random);
        double beats_bpm = 45 + 100 * flat_mps / 3.5 + 1.5 * har_random_normal(&l->random);
        if (day % 7 == 0 || day % 7 == 3) continue;
        add_steady(l, day, flat_mps, beats_bpm + raised_on(l, day));
    }
}

static struct har_comeback comeback(const struct life *l, size_t which)
{
    struct har_comeback back;
    assert_int_equal(har_comeback_of(&l->known, which, &arena, &back, NULL), HAR_OK);
    return back;
}

/* The heart is high for so many days, then not: it is as usual from the next on, which is
 * found to a day and a half. The pace, which nothing was done to, is back at once. */
static void a_raised_heart_is_found(void **state)
{
    (void)state;
    enum { LIVES = 30 };
    static struct life l;
    for (int days = 2; days <= 12; days += 5) {
        double heart = 0, pace = 0;
        for (uint64_t seed = 0; seed < LIVES; seed++) {
            l.race[0] = (struct har_raced){100, HALF, 1};
            l.raised[0] = 12;
            l.days[0] = days;
            live(&l, seed, 1, 60, 140);
            struct har_comeback back = comeback(&l, 0);
            assert_near(back.sign[HAR_SIGN_HEART].usual, 145, 2);
            assert_near(back.easy_mps, 3.5, 0.06);
            assert_int_equal(back.until_day, 128);
            heart += back.sign[HAR_SIGN_HEART].days / LIVES;
            pace += back.sign[HAR_SIGN_PACE].days / LIVES;
        }
        print_message("# high for %d days: as usual after %.1f; pace after %.1f\n", days,
                      heart, pace);
        assert_near(heart, days + 1, 1.5);
        assert_true(pace < 2);
    }
}

static void nothing_planted_is_nothing_found(void **state)
{
    (void)state;
    static struct life l;
    unsigned at_once = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        l.race[0] = (struct har_raced){100, 10000, 1};
        l.raised[0] = 0;
        live(&l, seed, 1, 60, 140);
        struct har_comeback back = comeback(&l, 0);
        for (int sign = 0; sign < HAR_SIGNS; sign++) {
            at_once += back.sign[sign].low_days == 0 && back.sign[sign].days < 3;
        }
    }
    print_message("# %u of %d at once\n", at_once, 40 * HAR_SIGNS);
    assert_true(at_once >= 40 * HAR_SIGNS * 8 / 10);
}

/* Tempo runs, weeks in thin air, runs on the day of a race, and those while an earlier race
 * is felt are not held against easy running: the answer stays what it was, to the bit. */
static void only_like_is_held_against_like(void **state)
{
    (void)state;
    static struct life l;
    l.race[0] = (struct har_raced){80, 5000, 1};
    l.race[1] = (struct har_raced){110, 10000, 1};
    l.raised[0] = 0;
    l.raised[1] = 8;
    l.days[0] = 0;
    l.days[1] = 4;
    live(&l, 5, 2, 40, 150);
    struct har_comeback before = comeback(&l, 1);
    for (int64_t day = 84; day < 138; day += 6) add_steady(&l, day, 4.2, 172);
    add_steady(&l, 110, 3.5, 190);
    add_steady(&l, 81, 3.5, 190);
    add_steady(&l, 82, 3.5, 190);
    add_steady(&l, 70, 3.5, 190);
    add_steady(&l, 140, 3.5, 190);
    for (int64_t day = 120; day < 136; day += 3) {
        add_steady(&l, day, 3.4, 160);
        l.run[l.known.run_count - 1].altitude_m = 2100;
    }
    struct har_comeback after = comeback(&l, 1);
    assert_int_equal(after.before, before.before);
    assert_int_equal(after.after, before.after);
    for (int sign = 0; sign < HAR_SIGNS; sign++)
        assert_true(before.sign[sign].days == after.sign[sign].days &&
                    before.sign[sign].high_days == after.sign[sign].high_days);
}

/* A hard block: its own runs are no usual ones, and what was raised by it is found. */
static void a_hard_block_is_come_back_from(void **state)
{
    (void)state;
    static struct life l;
    double mean = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct har_comeback back, as_race;
        l.race[0] = (struct har_raced){100, 5000, 1};
        l.raised[0] = 12;
        l.days[0] = 4;
        live(&l, seed, 1, 60, 140);
        as_race = comeback(&l, 0);
        l.known.race_count = 0;
        for (int64_t day = 94; day <= 100; day++) add_steady(&l, day, 3.5, 170);
        assert_int_equal(har_block_comeback(&l.known, 94, 100, &arena, &back, NULL),
                         HAR_OK);
        assert_true(back.race.day == 100 && isnan(back.race.distance_m));
        assert_int_equal(back.after, as_race.after);
        assert_int_equal(back.before, as_race.before - 4); /* of the block's days */
        assert_near(back.sign[HAR_SIGN_HEART].usual, 145, 2);
        mean += back.sign[HAR_SIGN_HEART].days / 20;
    }
    assert_near(mean, 5, 1.5);
}

static void the_next_race_ends_the_days_after(void **state)
{
    (void)state;
    static struct life l;
    struct har_comeback back;
    struct har_error err = {0};
    l.race[0] = (struct har_raced){100, HALF, 1};
    l.race[1] = (struct har_raced){112, 5000, 1};
    l.race[2] = (struct har_raced){115, 5000, 1};
    live(&l, 6, 3, 60, 140);
    assert_int_equal(comeback(&l, 0).until_day, 111);
    assert_int_equal(comeback(&l, 2).until_day, 140);
    assert_int_equal(har_comeback_of(&l.known, 1, &arena, &back, &err), HAR_NO_ANSWER);
    assert_int_equal(back.until_day, 114);
    assert_true(back.before > 10 && back.after < 3);
    assert_non_null(strstr(err.message, "there are "));
    l.known.last_day = 101; /* the day after it: nothing can be known yet */
    assert_int_equal(har_comeback_of(&l.known, 0, &arena, &back, &err), HAR_NO_ANSWER);
    l.known.run_count = 0;
    assert_int_equal(har_comeback_of(&l.known, 0, &arena, &back, NULL), HAR_NO_ANSWER);
    assert_true(isnan(back.easy_mps) && back.before == 0 && back.after == 0);
}

/* Half marathons a year apart, the first of which took five days longer. */
static void a_race_is_told_beside_the_last_of_its_kind(void **state)
{
    (void)state;
    enum { LIVES = 20 };
    static struct life l;
    double mean = 0;
    for (uint64_t seed = 0; seed < LIVES; seed++) {
        struct har_beside beside;
        l.race[0] = (struct har_raced){100, HALF, 1};
        l.race[1] = (struct har_raced){250, 10000, 1};
        l.race[2] = (struct har_raced){300, 21400, 1};
        for (int i = 0; i < 3; i++) l.raised[i] = 12;
        l.days[0] = 9;
        l.days[1] = 1;
        l.days[2] = 4;
        live(&l, seed, 3, 60, 340);
        struct har_comeback now = comeback(&l, 2), ten = comeback(&l, 1);
        assert_int_equal(har_comeback_beside(&l.known, 2, &now, &arena, &beside, NULL),
                         HAR_OK);
        assert_int_equal(beside.which, 0);
        assert_int_equal(beside.sign, HAR_SIGN_HEART);
        assert_int_equal(beside.earlier.race.day, 100);
        assert_true(beside.sooner.days == beside.earlier.sign[HAR_SIGN_HEART].days -
                                              now.sign[HAR_SIGN_HEART].days);
        mean += beside.sooner.days / LIVES;
        assert_int_equal(har_comeback_beside(&l.known, 1, &ten, &arena, &beside, NULL),
                         HAR_NOT_FOUND);
        /* An earlier one of which nothing is known does not count. */
        l.known.runs += 40;
        l.known.run_count -= 40;
        assert_int_equal(har_comeback_beside(&l.known, 2, &now, &arena, &beside, NULL),
                         HAR_NOT_FOUND);
    }
    print_message("# five days sooner: %.1f\n", mean);
    assert_near(mean, 5, 2);
}

static void no_memory_is_said(void **state)
{
    (void)state;
    static struct life l;
    struct har_comeback back;
    l.race[0] = (struct har_raced){100, HALF, 1};
    live(&l, 1, 1, 60, 140);
    for (size_t limit = 1; limit < 4000; limit *= 2) {
        struct har_arena small = {.limit = limit};
        har_status got = har_comeback_of(&l.known, 0, &small, &back, NULL);
        assert_true(got == HAR_NO_MEMORY || got == HAR_OK);
        har_arena_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_race_costs_what_is_said_of_it),
        cmocka_unit_test(all_out_is_an_effort_of_1),
        cmocka_unit_test(tolls_add_up_and_fade),
        cmocka_unit_test(the_factor_is_learnt),
        cmocka_unit_test(races_of_one_kind),
        cmocka_unit_test(a_drifting_heart_decouples),
        cmocka_unit_test(what_is_not_steady_says_nothing),
        cmocka_unit_test(a_planted_recovery_lies_in_its_interval),
        cmocka_unit_test(no_effect_is_back_at_once),
        cmocka_unit_test(lower_is_the_mirror_of_higher),
        cmocka_unit_test(sooner_than_last_time),
        cmocka_unit_test(what_varies_anyway_is_no_tiredness),
        cmocka_unit_test(too_few_days_are_no_answer),
        cmocka_unit_test(a_raised_heart_is_found),
        cmocka_unit_test(nothing_planted_is_nothing_found),
        cmocka_unit_test(only_like_is_held_against_like),
        cmocka_unit_test(a_hard_block_is_come_back_from),
        cmocka_unit_test(the_next_race_ends_the_days_after),
        cmocka_unit_test(a_race_is_told_beside_the_last_of_its_kind),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
