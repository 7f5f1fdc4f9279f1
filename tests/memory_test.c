/* SPDX-License-Identifier: MIT */
/* Too little memory, wherever an arena is taken: under every limit, and whichever piece is
 * refused, the answer is the right one or HAR_NO_MEMORY with a sentence; all that was taken
 * is given back, and the store is as sound as it was. Doors that need more than a store or
 * some bytes have the same loop in the tests of their rooms; tests/memory_table_test.py
 * knows of all. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/annals.h"
#include "harrier/coach.h"
#include "harrier/convert.h"
#include "harrier/effort.h"
#include "harrier/gear.h"
#include "harrier/journal.h"
#include "harrier/training.h"
#include "harrier/zone.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNS = 30, LIMITS = 120 };

/* --- a store with something of everything ------------------------------------------------
 */

static struct har_arena kept;
static struct har_store *store;
static struct har_database *database;
static char folder[] = "/tmp/harrier-memory-XXXXXX";
static char sheet_path[64], mornings_path[64];
static const char *run_path[RUNS];
static struct har_kept_season season_ahead;
static struct har_streams streams;

static const char sheet_text[] = "athlete,sex,nation,born,date,event,mark,venue\n"
                                 "A B,M,NOR,1999-02-03,2023-09-05,5K,15:00,Oslo\n"
                                 "A B,M,NOR,1999-02-03,2023-10-05,5000,14:50.1,Oslo\n"
                                 "C D,M,NOR,1999-02-04,2023-09-05,5K,15:02,Oslo\n"
                                 "A B,M,NOR,,2023-10-06,5000,14:52.5,Oslo\n";
static const char mornings_text[] =
    "date,resting_hr,hrv\n2023-09-05,45,70\n2023-09-06,46,\n";
static const char plan_text[] = "date,load,race\n2024-05-01,100,\n2024-05-02,,yes\n";
static const char calendar_text[] = "date,kind,event,importance,name,altitude_m,to\n"
                                    "2023-12-10,race,5K,A,,,\n"
                                    "2023-11-01,camp,,,Iten,2400,2023-11-14\n";

#define must(call) assert_int_equal(call, HAR_OK)

static void write_text(char *path, size_t size, const char *name, const char *text)
{
    snprintf(path, size, "%s/%s", folder, name);
    must(har_write_file(path, har_bytes_of(text), NULL));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The first runs of the simulated season, by their names. */
static void find_runs(const char *season)
{
    const char *name[400];
    size_t count = 0;
    DIR *all = opendir(season);
    assert_non_null(all);
    for (struct dirent *one; (one = readdir(all)) && count < 400;)
        if (strstr(one->d_name, ".fit"))
            name[count++] = har_arena_copy(&kept, one->d_name, strlen(one->d_name));
    closedir(all);
    qsort(name, count, sizeof *name, by_name);
    assert_true(count >= RUNS);
    for (size_t i = 0; i < RUNS; i++) {
        struct har_text path = {.arena = &kept};
        har_text_format(&path, "%s/%s", season, name[i]);
        run_path[i] = path.data;
    }
}

static void tell_everything(void)
{
    struct har_kept_camp camp = {.camp = {.name = "St. Moritz",
                                          .from_day = 19600,
                                          .to_day = 19610,
                                          .altitude_m = 1822},
                                 .hours_a_day = 22};
    struct har_zone zone = {"home", 47.6, -122.3, 200, 0, 0};
    struct har_calendar calendar;
    const char *mornings = mornings_path;
    struct har_mornings_report report;
    bool again;
    must(har_annals_tell_mapping(database, "Wann,Was", "date=Wann,event=Was", NULL));
    must(har_camp_tell(store, 1, &camp, &kept, &again, NULL));
    must(har_zone_tell(store, &zone, &again, NULL));
    must(har_mornings_import(store, &mornings, 1, NULL, false, &kept, &report, NULL));
    must(har_calendar_read(har_bytes_of(calendar_text), 19600, &kept, &calendar, NULL));
    season_ahead = (struct har_kept_season){.from_day = 19640, .calendar = calendar};
    must(har_store_begin(store, NULL));
    must(har_journal_keep_season(store, 1, &season_ahead, NULL));
    must(har_store_commit(store, NULL));
}

static int set_up(void **state)
{
    (void)state;
    char season[64];
    const char *sheet = sheet_path;
    const struct har_import_settings how = {.threads = 1};
    const struct har_results_settings which = {0};
    struct har_import_report imported;
    struct har_results_report taken;
    struct har_showing showing;
    uint64_t files;
    assert_non_null(mkdtemp(folder));
    snprintf(season, sizeof season, "%s/season", folder);
    must(har_demo(season, 1, &files, NULL));
    find_runs(season);
    write_text(sheet_path, sizeof sheet_path, "sheet.csv", sheet_text);
    write_text(mornings_path, sizeof mornings_path, "mornings.csv", mornings_text);
    must(har_store_open(":memory:", HAR_STORE_WRITE, &store, NULL));
    database = har_store_database(store);
    must(har_import(store, run_path, RUNS, &how, &kept, &imported, NULL));
    must(har_results_import(store, &sheet, 1, &which, &kept, &taken, NULL));
    tell_everything();
    must(har_show(store, 3, 1000, &kept, &showing, NULL));
    streams = showing.streams;
    return 0;
}

static void remove_all(const char *path)
{
    DIR *all = opendir(path);
    for (struct dirent *one; all && (one = readdir(all));) {
        char inner[512];
        if (one->d_name[0] == '.') continue;
        snprintf(inner, sizeof inner, "%s/%s", path, one->d_name);
        if (remove(inner) != 0) remove_all(inner);
    }
    if (all) closedir(all);
    rmdir(path);
}

static int tear_down(void **state)
{
    (void)state;
    har_store_close(store);
    har_arena_free(&kept);
    remove_all(folder);
    return 0;
}

/* --- the doors
 * ---------------------------------------------------------------------------- */

/* Each asks one of them, for the first runner or the first of whatever it asks for. */
#define ASKS(name) static har_status name(struct har_arena *arena, struct har_error *err)
#define FILTER                                                                             \
    struct har_store_filter filter = HAR_STORE_ALL;                                        \
    filter.athlete = 1

static const struct har_list_question question = {.sex = HAR_MEN};

ASKS(ask_athletes)
{
    const char **names;
    size_t count;
    return har_store_athletes(store, arena, &names, &count, err);
}
ASKS(ask_about)
{
    struct har_athlete about;
    return har_store_about(store, 1, arena, &about, err);
}
ASKS(ask_original)
{
    struct har_bytes bytes;
    return har_store_original(store, 1, arena, &bytes, err);
}
ASKS(ask_sources)
{
    struct har_source *sources;
    size_t count;
    har_status got = har_store_sources_of(store, 1, arena, &sources, &count, err);
    if (got || count == 0) return got;
    return har_store_sources_like(store, 1, &sources[0], arena, &sources, &count, err);
}
ASKS(ask_stale)
{
    int64_t *activities;
    size_t count;
    return har_store_stale(store, 1, arena, &activities, &count, err);
}
ASKS(ask_entries)
{
    FILTER;
    struct har_entry *entries, one;
    size_t count;
    filter.with_bests = filter.with_paces = true;
    har_status got = har_store_entries(store, &filter, arena, &entries, &count, err);
    return got ? got : har_store_entry(store, 2, arena, &one, err);
}
ASKS(ask_kept_races)
{
    FILTER;
    struct har_race *races;
    size_t count;
    return har_store_races(store, &filter, arena, &races, &count, err);
}
ASKS(ask_ranks)
{
    struct har_list_question q = question;
    struct har_ranks ranks;
    must(har_parse_event(har_bytes_of("5K"), &q.event, NULL));
    return har_annals_ranks(database, &q, arena, &ranks, err);
}
ASKS(ask_records)
{
    struct har_list_question q = question;
    struct har_progression records;
    must(har_parse_event(har_bytes_of("5K"), &q.event, NULL));
    return har_annals_records(database, &q, arena, &records, err);
}
ASKS(ask_query_plan)
{
    struct har_list_question q = question;
    const char *plan;
    must(har_parse_event(har_bytes_of("5K"), &q.event, NULL));
    return har_annals_plan(database, &q, arena, &plan, err);
}
ASKS(ask_events)
{
    struct har_event *events;
    size_t count;
    return har_annals_events(database, arena, &events, &count, err);
}
ASKS(ask_people)
{
    struct har_athlete_known *people, one;
    size_t count;
    har_status got = har_annals_find(database, "A B", arena, &people, &count, err);
    return got ? got : har_annals_athlete(database, 1, arena, &one, err);
}
ASKS(ask_marks)
{
    struct har_listed *rows;
    size_t count;
    return har_annals_marks(database, 1, arena, &rows, &count, err);
}
ASKS(ask_doubts)
{
    struct har_doubt *doubts;
    size_t count;
    return har_annals_doubts(database, arena, &doubts, &count, err);
}
ASKS(ask_mapping)
{
    const char *mapping;
    return har_annals_mapping(database, "Wann,Was", arena, &mapping, err);
}
ASKS(tell_camp)
{
    const struct har_kept_camp camp = {
        .camp = {.name = "Iten", .from_day = 1, .to_day = 9, .altitude_m = 2400},
        .hours_a_day = 9};
    bool again;
    return har_camp_tell(store, 1, &camp, arena, &again, err);
}
ASKS(ask_kept_camps)
{
    struct har_kept_camp *camps;
    size_t count;
    return har_journal_camps(store, 1, arena, &camps, &count, err);
}
ASKS(take_mornings)
{
    const char *path = mornings_path;
    struct har_mornings_report report;
    return har_mornings_import(store, &path, 1, NULL, false, arena, &report, err);
}
ASKS(ask_mornings)
{
    FILTER;
    struct har_wellness_row *rows;
    size_t count;
    return har_journal_mornings(store, &filter, arena, &rows, &count, err);
}
ASKS(ask_season_kept)
{
    struct har_kept_season season;
    return har_journal_season(store, 1, arena, &season, err);
}
ASKS(ask_zones)
{
    const struct har_zone *zones;
    size_t count;
    return har_journal_zones(store, arena, &zones, &count, err);
}
static har_status add_pair(const char *name, struct har_arena *arena, struct har_error *err)
{
    const struct har_shoe shoe = {
        .name = name, .limit_m = NAN, .from_day = HAR_NO_DAY, .last_day = HAR_NO_DAY};
    return har_shoe_add(store, 1, &shoe, arena, err);
}
ASKS(add_shoe)
{
    return add_pair("flat", arena, err);
}
ASKS(wear_shoe)
{
    const int64_t activities[] = {1, 2};
    return har_shoe_wear(store, 1, "flat", activities, 2, arena, err);
}
ASKS(retire_shoe)
{
    return har_shoe_retire(store, 1, "flat", 20000, arena, err);
}
ASKS(ask_gear)
{
    struct har_gear gear;
    return har_gear(store, 1, arena, &gear, err);
}
ASKS(remove_shoe)
{
    har_status got = add_pair("spikes", &kept, NULL); /* unless they are there still */
    assert_true(got == HAR_OK || got == HAR_BAD_INPUT);
    return har_shoe_remove(store, 1, "spikes", arena, err);
}
ASKS(ask_history)
{
    FILTER;
    struct har_history history;
    return har_kept_history(store, &filter, HAR_MEN, arena, &history, err);
}
ASKS(read_plan)
{
    struct har_plan plan;
    return har_plan_read(har_bytes_of(plan_text), arena, &plan, err);
}
ASKS(ask_loads)
{
    FILTER;
    const struct har_load_settings how = {.sex = HAR_UNTOLD};
    struct har_loads loads;
    return har_loads(store, &filter, &how, arena, &loads, err);
}
ASKS(ask_load_days)
{
    FILTER;
    const struct har_load_settings how = {.sex = HAR_UNTOLD};
    struct har_loads loads;
    return har_load_days(store, &filter, &how, arena, &loads, err);
}
ASKS(ask_list)
{
    FILTER;
    struct har_entry *entries;
    size_t count;
    har_status got = har_list(store, &filter, arena, &entries, &count, err);
    return got ? got : har_give_loads(store, 1, entries, count, arena, err);
}
ASKS(ask_camps)
{
    FILTER;
    struct har_kept_camp *camps;
    size_t count;
    return har_camps(store, &filter, arena, &camps, &count, err);
}
ASKS(ask_squad)
{
    struct har_member *members;
    size_t count;
    return har_squad(store, 19640, arena, &members, &count, err);
}
ASKS(ask_season)
{
    FILTER;
    struct har_season_ahead ahead;
    return har_season_of(store, &filter, &season_ahead, 19650, arena, &ahead, err);
}
ASKS(take_files)
{
    const struct har_import_settings how = {.threads = 1};
    struct har_import_report report;
    return har_import(store, run_path, 3, &how, arena, &report, err);
}
ASKS(take_results)
{
    const char *path = sheet_path;
    const struct har_results_settings which = {0};
    struct har_results_report report;
    return har_results_import(store, &path, 1, &which, arena, &report, err);
}
ASKS(add_race)
{
    struct har_race race = {.result = har_result_untold()};
    enum har_race_fate fate;
    const char *warning;
    race.result.day = 19605;
    must(har_parse_event(har_bytes_of("5K"), &race.result.event, NULL));
    must(har_parse_mark(har_bytes_of("15:00"), &race.result.mark, NULL));
    must(har_result_check(&race.result, NULL));
    return har_race_add(store, 1, &race, arena, &fate, &warning, err);
}
ASKS(ask_races)
{
    FILTER;
    struct har_race_beside *races;
    size_t count;
    return har_races(store, &filter, arena, &races, &count, err);
}
ASKS(ask_official_bests)
{
    FILTER;
    struct har_personal_best *bests;
    size_t count;
    return har_official_bests(store, &filter, arena, &bests, &count, err);
}
ASKS(ask_showing)
{
    struct har_showing showing;
    return har_show(store, 3, 1000, arena, &showing, err);
}
ASKS(ask_shown_streams)
{
    struct har_showing showing;
    return har_show_streams(store, 3, arena, &showing, err);
}
ASKS(ask_bests)
{
    FILTER;
    struct har_season_best *bests;
    size_t count;
    return har_season_bests(store, &filter, arena, &bests, &count, err);
}
ASKS(ask_report)
{
    FILTER;
    struct har_season season;
    return har_report(store, &filter, arena, &season, err);
}
ASKS(read_calendar)
{
    struct har_calendar calendar;
    return har_calendar_read(har_bytes_of(calendar_text), 19600, arena, &calendar, err);
}
ASKS(read_step)
{
    struct har_workout_step step;
    return har_step_read(har_bytes_of("Jog 400mtr 6:00/km Pace"), arena, &step, err);
}
ASKS(work_out_flat_speeds)
{
    struct har_flat flat;
    return har_flat_speeds(&streams, NULL, arena, &flat, err);
}
ASKS(hide_places)
{
    const struct har_zone zone = {"home", 47.6, -122.3, 200, 0, 0};
    const bool *hidden;
    return har_zone_hide(&zone, 1, streams.lat_deg, streams.lon_deg, streams.count, arena,
                         &hidden, NULL, err);
}
ASKS(pack_and_unpack)
{
    struct har_bytes bytes = har_bytes_of(sheet_text), packed, again;
    uint8_t hash[HAR_HASH_SIZE];
    har_hash(bytes, hash);
    har_status got = har_pack(bytes, arena, &packed, err);
    return got ? got : har_unpack(packed, bytes.size, hash, arena, &again, err);
}
ASKS(read_file)
{
    struct har_bytes bytes, same;
    har_status got = har_read_file(run_path[0], NULL, arena, &bytes, err);
    return got ? got : har_gunzip(bytes, NULL, arena, &same, err);
}

static const struct door {
    const char *name;
    har_status (*ask)(struct har_arena *arena, struct har_error *err);
} doors[] = {
    {"athletes", ask_athletes},
    {"about", ask_about},
    {"original", ask_original},
    {"sources", ask_sources},
    {"stale", ask_stale},
    {"entries", ask_entries},
    {"kept races", ask_kept_races},
    {"ranks", ask_ranks},
    {"records", ask_records},
    {"query plan", ask_query_plan},
    {"events", ask_events},
    {"people", ask_people},
    {"marks", ask_marks},
    {"doubts", ask_doubts},
    {"mapping", ask_mapping},
    {"tell camp", tell_camp},
    {"kept camps", ask_kept_camps},
    {"take mornings", take_mornings},
    {"mornings", ask_mornings},
    {"season kept", ask_season_kept},
    {"zones", ask_zones},
    {"add shoe", add_shoe},
    {"wear shoe", wear_shoe},
    {"retire shoe", retire_shoe},
    {"gear", ask_gear},
    {"remove shoe", remove_shoe},
    {"history", ask_history},
    {"read plan", read_plan},
    {"loads", ask_loads},
    {"load days", ask_load_days},
    {"list", ask_list},
    {"camps", ask_camps},
    {"squad", ask_squad},
    {"season", ask_season},
    {"take files", take_files},
    {"take results", take_results},
    {"add race", add_race},
    {"races", ask_races},
    {"official bests", ask_official_bests},
    {"showing", ask_showing},
    {"shown streams", ask_shown_streams},
    {"bests", ask_bests},
    {"report", ask_report},
    {"read calendar", read_calendar},
    {"read step", read_step},
    {"flat speeds", work_out_flat_speeds},
    {"hide places", hide_places},
    {"pack and unpack", pack_and_unpack},
    {"read file", read_file},
};

/* --- too little
 * --------------------------------------------------------------------------- */

/* Pieces that are out, and the one that is refused (counted from 1; 0: none). */
struct counted {
    long out, taken, refused;
};

static void *take_counted(void *ctx, size_t size)
{
    struct counted *c = ctx;
    if (++c->taken == c->refused) return NULL;
    void *piece = malloc(size);
    c->out += piece != NULL;
    return piece;
}

static void give_counted(void *ctx, void *piece)
{
    struct counted *c = ctx;
    c->out -= piece != NULL;
    free(piece);
}

/* What the door came to under a limit, and with a piece refused; how much it took. */
static har_status ask_within(const struct door *door, size_t limit, long refused,
                             size_t *bytes, long *pieces)
{
    struct counted counted = {.refused = refused};
    struct har_arena arena = {
        .limit = limit, .take = take_counted, .give = give_counted, .ctx = &counted};
    struct har_error err = {0};
    har_status got = door->ask(&arena, &err);
    if (got == HAR_NO_MEMORY && (err.status != got || strlen(err.message) < 10))
        fail_msg("%s says nothing of too little memory", door->name);
    *bytes = arena.taken;
    *pieces = counted.taken;
    har_arena_free(&arena);
    if (counted.out != 0) fail_msg("%s keeps %ld pieces", door->name, counted.out);
    return got;
}

static void try_door(const struct door *door)
{
    size_t enough, bytes;
    long all, pieces;
    ask_within(door, 0, 0, &enough, &all);
    har_status wanted =
        ask_within(door, 0, 0, &enough, &all); /* as it comes to each time */
    if (enough == 0 || wanted == HAR_NO_MEMORY)
        fail_msg("%s takes %zu bytes and comes to %s", door->name, enough,
                 har_status_name(wanted));
    for (size_t i = 1; i <= LIMITS; i++) {
        har_status got = ask_within(door, 1 + enough * i / LIMITS, 0, &bytes, &pieces);
        if (got != HAR_NO_MEMORY && got != wanted)
            fail_msg("%s: %s with %zu of %zu bytes", door->name, har_status_name(got),
                     enough * i / LIMITS, enough);
    }
    for (long n = 1; n <= all; n++) {
        har_status got = ask_within(door, 0, n, &bytes, &pieces);
        if (got != HAR_NO_MEMORY && got != wanted)
            fail_msg("%s: %s without piece %ld", door->name, har_status_name(got), n);
    }
    assert_int_equal(ask_within(door, 0, 0, &bytes, &pieces), wanted);
}

static void every_door_with_too_little_memory(void **state)
{
    (void)state;
    struct har_store_health health;
    must(add_race(&kept, NULL));
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) try_door(&doors[i]);
    must(har_store_verify(store, &kept, &health, NULL));
    assert_int_equal(health.problem_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_door_with_too_little_memory, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
