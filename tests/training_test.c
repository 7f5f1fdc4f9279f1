/* SPDX-License-Identifier: MIT */
/* training: stores that are filled by hand, so that the truth behind each is known. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/num.h"
#include "harrier/training.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)
enum { FIRST_DAY = 19500, OFF_UTC_S = 3600, ATHLETE = 1 };

struct bench {
    char folder[64];
    struct har_store *store;
    struct har_arena arena;
    struct har_error err;
    unsigned originals;
};

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int set_up(void **state)
{
    static struct bench bench;
    bench = (struct bench){.folder = "/tmp/harrier-training-XXXXXX"};
    *state = &bench;
    if (!mkdtemp(bench.folder)) return -1;
    struct har_text path = {.arena = &bench.arena};
    har_text_format(&path, "%s/harrier.db", bench.folder);
    return har_store_open(path.data, HAR_STORE_WRITE, &bench.store, NULL);
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    har_store_close(b->store);
    har_arena_free(&b->arena);
    return nftw(b->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#define must(call) assert_int_equal(call, HAR_OK)

/* --- what is kept -------------------------------------------------------------------- */

/* A run at noon; zero is the default in brackets. */
struct ran {
    int64_t day;
    double seconds;    /* [3600] */
    double mps;        /* over level ground [3] */
    double altitude_m; /* [the sea] */
    double bpm;        /* [none] */
    bool unmeasured;   /* no speed is known */
    bool untimed;      /* nor how long it took */
};

static int64_t keep_run(struct bench *b, struct ran run)
{
    static const struct har_bests none = {0};
    double seconds = run.seconds > 0 ? run.seconds : 3600, mps = run.mps > 0 ? run.mps : 3;
    struct har_text name = {.arena = &b->arena};
    struct har_original original = {.format = "FIT"};
    struct har_source source = {.sport = HAR_SPORT_RUNNING,
                                .created_ms = HAR_NO_TIME,
                                .start_ms = run.day * DAY_MS + DAY_MS / 2,
                                .richness = 1};
    struct har_paces paces = {0};
    har_text_format(&name, "%u.fit", ++b->originals);
    original.path = name.data;
    original.size = name.size;
    har_hash(har_bytes_of(name.data), original.hash);
    must(har_pack(har_bytes_of(name.data), &b->arena, &original.packed, &b->err));
    must(har_store_add_original(b->store, &original, &source.original, &b->err));
    source.end_ms = source.start_ms + (int64_t)seconds * 1000;
    source.distance_m = seconds * mps;
    must(har_store_add_activity(b->store, ATHLETE, &source, &b->err));
    paces.pace_s[lround(mps / HAR_PACE_STEP_MPS)] = (float)seconds;
    struct har_summary summary = {
        .start_ms = source.start_ms,
        .utc_offset_s = OFF_UTC_S,
        .offset_source = HAR_OFFSET_USER,
        .sport = HAR_SPORT_RUNNING,
        .setting = HAR_SETTING_OUTDOOR,
        .elapsed_s = seconds,
        .timer_s = seconds,
        .moving_s = run.untimed ? (double)NAN : seconds,
        .distance_m = run.unmeasured ? NAN : source.distance_m,
        .device_distance_m = NAN,
        .ascent_m = NAN,
        .descent_m = NAN,
        .device_ascent_m = NAN,
        .altitude_m = run.altitude_m,
        .altitude_max_m = run.altitude_m,
        .heart_bpm = run.bpm > 0 ? run.bpm : (double)NAN,
        .heart_max_bpm = run.bpm > 0 ? run.bpm : (double)NAN,
        .cadence_spm = NAN,
        .power_w = NAN,
        .lat_deg = NAN,
        .lon_deg = NAN,
    };
    if (run.bpm > 0) summary.heart_s[lround(run.bpm)] = (float)seconds;
    const struct har_derived derived = {
        .summary = &summary,
        .flat_speed_mps = run.unmeasured ? (double)NAN : mps,
        .paces = run.unmeasured ? NULL : &paces,
        .bests = &none,
    };
    must(har_store_derive(b->store, source.activity, 1, &derived, &b->err));
    return source.activity;
}

static void keep_race(struct bench *b, int64_t day, const char *event, double time_s)
{
    enum har_race_fate fate;
    struct har_race race = {.result = har_result_untold()};
    race.result.day = day;
    race.result.sex = HAR_MEN;
    race.result.mark.time_ms = (int64_t)round(time_s * 1000);
    must(har_parse_event(har_bytes_of(event), &race.result.event, NULL));
    must(har_store_add_race(b->store, ATHLETE, &race, &b->arena, &fate, &b->err));
}

static void keep_man(struct bench *b)
{
    const struct har_athlete about = {ATHLETE, NULL, NULL, HAR_MEN, HAR_NO_DAY};
    int64_t id;
    must(har_store_athlete(b->store, NULL, true, &id, &b->err));
    assert_int_equal(id, ATHLETE);
    must(har_store_tell_about(b->store, &about, &b->err));
}

static struct har_loads ask(struct bench *b)
{
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_store_filter own = HAR_STORE_ALL;
    struct har_loads loads;
    own.athlete = ATHLETE;
    if (har_loads(b->store, &own, &settings, &b->arena, &loads, &b->err) != HAR_OK)
        fail_msg("%s", b->err.message);
    return loads;
}

/* --- the response to load --------------------------------------------------------------
 */

/* Four hundred days of one run each and a 5000 m every ten days, whose time follows what
 * was run by `gain` and `cost`: on the days before it, in the end for 100 a day. */
static void live(struct bench *b, double gain, double cost)
{
    static const double week[] = {0.5, 1.5, 0.9, 1.5, 0.4, 1.2, 1.8};
    struct har_random random = har_random_of(5);
    double slow = 0.6, fast = 0.6, block = 1;
    keep_man(b);
    must(har_store_begin(b->store, &b->err));
    for (int day = 0; day < 400; day++) {
        if (day % 21 == 0) block = 0.3 + 1.4 * har_random_uniform(&random);
        double load = 60 * block * week[day % 7];
        if (day % 10 == 9)
            keep_race(b, FIRST_DAY + day, "5000",
                      900 * exp(-gain * (slow - 0.6) + cost * (fast - 0.6) +
                                0.004 * har_random_normal(&random)));
        /* At 4.2 m/s an hour asks about 55 of who runs 5000 m in 15:00. */
        keep_run(b, (struct ran){FIRST_DAY + day, load * 60, 4.2, 0, 0, false, false});
        slow += (load / 100 - slow) / 42;
        fast += (load / 100 - fast) / 8;
    }
    must(har_store_commit(b->store, &b->err));
}

static void load_that_moves_marks_is_shown(void **state)
{
    struct bench *b = *state;
    live(b, 0.25, 0.06);
    struct har_loads loads = ask(b);
    const struct har_learnt_response *learnt = &loads.learnt;
    assert_int_equal(learnt->races, 40);
    assert_int_equal(learnt->efforts, 0);
    assert_int_equal(learnt->trial.tried, 30);
    assert_true(learnt->trial.error < learnt->trial.last_error);
    assert_true(learnt->trial.error < learnt->trial.season_error);
    assert_non_null(learnt->response);
    assert_true(fabs(learnt->response->fitness_gain - 0.25) < 0.08);
    assert_true(fabs(learnt->response->fatigue_gain - 0.06) < 0.04);
    assert_int_equal(learnt->on_day, loads.race_day);
    assert_true(learnt->low_pct < learnt->expected_pct &&
                learnt->expected_pct < learnt->high_pct);
}

static void marks_that_load_leaves_alone_show_none(void **state)
{
    struct bench *b = *state;
    live(b, 0, 0);
    struct har_loads loads = ask(b);
    assert_int_equal(loads.learnt.trial.tried, 30);
    assert_null(loads.learnt.response);
    assert_true(isnan(loads.learnt.expected_pct));
}

/* Of a day's efforts the best counts, and only where no mark of its months is much better;
 * one of training is blurred, so it says less than a race. */
static void few_marks_are_not_tried(void **state)
{
    struct bench *b = *state;
    keep_man(b);
    keep_run(b, (struct ran){.day = FIRST_DAY});
    for (int i = 0; i < 15; i++) keep_race(b, FIRST_DAY + 30 + i, "5000", 900);
    struct har_loads loads = ask(b);
    assert_int_equal(loads.learnt.races, 15);
    assert_int_equal(loads.learnt.trial.tried, 0);
    assert_null(loads.learnt.response);
}

/* --- mornings --------------------------------------------------------------------------
 */

static void keep_morning(struct bench *b, int64_t day, double rest_bpm, double rpe)
{
    enum har_morning_fate fate;
    const struct har_wellness_row row = {0, day, rest_bpm, NAN, NAN, NAN, rpe, NAN, NAN};
    must(har_journal_add_morning(b->store, ATHLETE, &row, &fate, &b->err));
}

/* Speed, heart, feeling, time, in this order; the feeling of a day is that of each of its
 * sessions. */
static void each_load_comes_from_the_best_that_is_known(void **state)
{
    struct bench *b = *state;
    keep_man(b);
    keep_race(b, FIRST_DAY, "10000", 2100);
    keep_run(b, (struct ran){.day = FIRST_DAY + 1});
    keep_run(b, (struct ran){.day = FIRST_DAY + 2, .unmeasured = true});
    keep_run(b, (struct ran){.day = FIRST_DAY + 3, .unmeasured = true, .seconds = 1800});
    keep_run(b, (struct ran){.day = FIRST_DAY + 3, .unmeasured = true});
    for (int i = 0; i < 10; i++)
        keep_run(b, (struct ran){.day = FIRST_DAY + 4 + i,
                                 .unmeasured = true,
                                 .bpm = i ? 150 : 190});
    keep_morning(b, FIRST_DAY + 1, NAN, 7);
    keep_morning(b, FIRST_DAY + 3, NAN, 7);
    keep_morning(b, FIRST_DAY + 5, NAN, 7);
    struct har_loads loads = ask(b);
    assert_int_equal(loads.by[HAR_LOAD_SPEED], 1);
    assert_int_equal(loads.by[HAR_LOAD_HEART], 10);
    assert_int_equal(loads.by[HAR_LOAD_RPE], 2);
    assert_int_equal(loads.by[HAR_LOAD_DURATION], 1);
    assert_int_equal(loads.entries[0].load->source, HAR_LOAD_SPEED);
    assert_int_equal(loads.entries[1].load->source, HAR_LOAD_DURATION);
    assert_true(fabs(loads.entries[2].load->load + loads.entries[3].load->load - 150) <
                1e-9);
}

/* Two roads: what the coach says, and the load by hand with that pulse. */
static void assert_rests_at(struct bench *b, const struct har_entry *entry, double rest_bpm)
{
    struct har_load_runner runner = har_load_runner_unknown();
    struct har_load load;
    const struct har_work work = {HAR_SPORT_RUNNING, 3600, NULL, entry->summary.heart_s,
                                  NAN};
    runner.heart_max_bpm = 190;
    runner.heart_rest_bpm = rest_bpm;
    must(har_load_of(&work, &runner, &load, &b->err));
    assert_int_equal(entry->load->source, HAR_LOAD_HEART);
    assert_true(fabs(entry->load->load - load.load) < 1e-9);
}

/* The mornings of four weeks, of which one is a fever; before them 60 counts. */
static void mornings_tell_the_pulse_at_rest(void **state)
{
    struct bench *b = *state;
    keep_man(b);
    for (int i = 0; i < 12; i++)
        keep_run(b, (struct ran){.day = FIRST_DAY + 7 * i,
                                 .unmeasured = true,
                                 .bpm = i ? 150 : 190});
    for (int i = 0; i < 5; i++) keep_morning(b, FIRST_DAY + 30 + i, i == 2 ? 88 : 41, NAN);
    struct har_loads loads = ask(b);
    assert_rests_at(b, loads.entries + 1, NAN);
    assert_rests_at(b, loads.entries + 4, NAN); /* before them */
    assert_rests_at(b, loads.entries + 5, 41);
    assert_rests_at(b, loads.entries + 8, 41);
    assert_rests_at(b, loads.entries + 9, NAN); /* too long ago */
    assert_true(loads.entries[5].load->load > loads.entries[1].load->load);
}

/* Not even a time: no answer, and what is missing. */
static void sessions_of_which_nothing_is_known_are_no_answer(void **state)
{
    struct bench *b = *state;
    const struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_store_filter own = HAR_STORE_ALL;
    struct har_loads loads;
    keep_man(b);
    own.athlete = ATHLETE;
    assert_int_equal(har_loads(b->store, &own, &settings, &b->arena, &loads, &b->err),
                     HAR_NO_ANSWER);
    assert_non_null(strstr(b->err.message, "no session and no race"));
    for (int i = 0; i < 3; i++)
        keep_run(b,
                 (struct ran){.day = FIRST_DAY + i, .untimed = true, .unmeasured = true});
    assert_int_equal(har_loads(b->store, &own, &settings, &b->arena, &loads, &b->err),
                     HAR_NO_ANSWER);
    assert_non_null(strstr(b->err.message, "none of the 3 sessions"));
    keep_morning(b, FIRST_DAY, 45, 7); /* felt, but for how long? */
    assert_int_equal(har_loads(b->store, &own, &settings, &b->arena, &loads, &b->err),
                     HAR_NO_ANSWER);
}

/* --- altitude --------------------------------------------------------------------------
 */

static void tell_camp(struct bench *b, const char *name, int64_t from_day, int64_t to_day)
{
    const struct har_kept_camp camp = {
        .camp = {name, from_day, to_day, 2100, NAN, NAN, true, false}, .hours_a_day = 22};
    bool again;
    must(har_camp_tell(b->store, ATHLETE, &camp, &b->arena, &again, &b->err));
}

/* The same run before, in and after a camp; on a belt up there, which knows no height, and
 * down in the valley. */
static void a_run_in_a_camp_counts_as_run_up_there(void **state)
{
    struct bench *b = *state;
    keep_man(b);
    keep_race(b, FIRST_DAY, "10000", 2100);
    keep_run(b, (struct ran){.day = FIRST_DAY + 1, .altitude_m = 2100});
    keep_run(b, (struct ran){.day = FIRST_DAY + 10, .altitude_m = 2100});
    keep_run(b, (struct ran){.day = FIRST_DAY + 28, .altitude_m = 2100});
    keep_run(b, (struct ran){.day = FIRST_DAY + 29, .altitude_m = NAN});
    keep_run(b, (struct ran){.day = FIRST_DAY + 30, .altitude_m = 900});
    keep_run(b, (struct ran){.day = FIRST_DAY + 31, .altitude_m = 2100});
    tell_camp(b, "Altura", FIRST_DAY + 10, FIRST_DAY + 30);
    struct har_loads loads = ask(b);
    const struct har_load *load[6];
    assert_int_equal(loads.entry_count, 6);
    for (size_t i = 0; i < 6; i++) load[i] = loads.entries[i].load;
    assert_int_equal(loads.up_high, 4);
    assert_true(isnan(load[0]->lost) && isnan(load[5]->lost));
    assert_true(load[1]->acclimatised == 0);
    assert_true(load[2]->acclimatised > 0.8 && load[3]->acclimatised < 0.9);
    assert_true(load[1]->lost > load[2]->lost && load[2]->lost > load[4]->lost);
    assert_true(load[1]->load > load[2]->load && load[2]->load > load[4]->load);
    assert_true(load[3]->altitude_m == 2100 && load[4]->altitude_m == 900);
    assert_true(load[4]->load > load[0]->load && load[0]->load > 0.9 * load[5]->load);
}

/* Where somebody lives, the curve comes from the same air. */
static void at_home_nothing_is_put_right(void **state)
{
    struct bench *b = *state;
    keep_man(b);
    keep_race(b, FIRST_DAY, "10000", 2100);
    for (int i = 0; i < 150; i++)
        keep_run(b, (struct ran){.day = FIRST_DAY + i, .altitude_m = 2100});
    assert_int_equal(ask(b).up_high, 0);
}

/* --- a squad -------------------------------------------------------------------------- */

/* As on that day: what came later is not seen, the fitness is that of the same day among
 * all days, and races are one's own. */
static void a_squad_is_as_it_was_on_the_day(void **state)
{
    enum { DAYS = 70, SEEN = 60 };
    struct bench *b = *state;
    struct har_member *members;
    size_t count;
    const int64_t today = FIRST_DAY + SEEN - 1;
    struct har_planned_item item[2] = {
        {HAR_PLANNED_RACE, today + 3, today + 3, "own", {0}, HAR_IMPORTANCE_A, NAN},
        {HAR_PLANNED_CAMP, today + 5, today + 20, "High", {0}, HAR_IMPORTANCE_A, 2000}};
    struct har_kept_season season = {.from_day = today - 5,
                                     .calendar = {.count = 2, .item = item}};
    must(har_parse_event(har_bytes_of("10K"), &item[0].event, NULL));
    keep_man(b);
    must(har_store_begin(b->store, &b->err));
    for (int day = 0; day < DAYS; day++) keep_run(b, (struct ran){.day = FIRST_DAY + day});
    must(har_journal_keep_season(b->store, ATHLETE, &season, &b->err));
    must(har_store_commit(b->store, &b->err));
    must(har_squad(b->store, today, &b->arena, &members, &count, &b->err));
    assert_int_equal(count, 1);
    assert_int_equal(members->athlete, ATHLETE);
    assert_int_equal(members->last_day, today);
    assert_true(fabs(members->week_m - 7 * 10800) < 1e-6);
    assert_int_equal(members->watch.count, 2);
    assert_int_equal(members->watch.concern->what, HAR_CONCERN_RACE);
    assert_string_equal(members->watch.concern->because, "races in 3 days: own");
    assert_string_equal(members->watch.concern[1].because,
                        "a camp begins in 5 days: High, 2000 m");
    struct har_loads loads = ask(b);
    assert_true(fabs(members->today.fitness - loads.form.days[SEEN - 1].fitness) < 1e-12);

    must(har_squad(b->store, FIRST_DAY + DAYS + 5, &b->arena, &members, &count, &b->err));
    assert_int_equal(members->watch.concern->what, HAR_CONCERN_MISSED);
    assert_int_equal(members->last_day, FIRST_DAY + DAYS - 1);
    must(har_squad(b->store, FIRST_DAY - 1, &b->arena, &members, &count, &b->err));
    assert_int_equal(members->watch.concern->what, HAR_CONCERN_SILENT);
    assert_int_equal(members->last_day, HAR_NO_DAY);
    assert_true(isnan(members->today.form));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
        WITH_BENCH(load_that_moves_marks_is_shown),
        WITH_BENCH(marks_that_load_leaves_alone_show_none),
        WITH_BENCH(few_marks_are_not_tried),
        WITH_BENCH(each_load_comes_from_the_best_that_is_known),
        WITH_BENCH(mornings_tell_the_pulse_at_rest),
        WITH_BENCH(sessions_of_which_nothing_is_known_are_no_answer),
        WITH_BENCH(a_run_in_a_camp_counts_as_run_up_there),
        WITH_BENCH(at_home_nothing_is_put_right),
        WITH_BENCH(a_squad_is_as_it_was_on_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
