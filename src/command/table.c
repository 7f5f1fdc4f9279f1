/* SPDX-License-Identifier: MIT */
/* The commands. Help, suggestions for misspelt names, the check of options and what a
 * server says of itself all come from these rows. */

#include "commands.h"

#include <string.h>

#define ANY SIZE_MAX

static const struct command commands[] = {
    {{"decode", "FILE...", "what the files say, nothing added",
      "  harrier decode run.fit\n"
      "  harrier decode --json *.fit.gz > season.json\n"
      "  harrier decode --csv - < run.gpx        every sample\n",
      .least = 1, .most = ANY, .files = true},
     OPT(JSON) | OPT(CSV),
     run_decode},
    {{"import", "PATH...", "files, folders, .gz and zip exports into the store",
      "  harrier import ~/Downloads/strava-export.zip\n"
      "  harrier import /media/watch/GARMIN/Activity --dry-run\n"
      "  harrier import old-gpx --utc-offset +08:00\n",
      .least = 1, .most = ANY, .changes = true, .files = true},
     OPT(JSON) | OPT(DRY_RUN) | OPT(UTC_OFFSET) | OPT(THREADS),
     run_import},
    {{"list", "", "the activities that are kept",
      "  harrier list --limit 20\n"
      "  harrier list --since 2026-01-01 --sport running --race\n"
      "  harrier list --csv > activities.csv\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL) | OPT(SPORT) | OPT(RACE) | OPT(LIMIT),
     run_list},
    {{"show", "ID", "one activity: times, laps, splits, bests, origins",
      "  harrier show 12\n"
      "  harrier show 12 --units imperial\n"
      "  harrier show 12 --csv                   its kilometre splits\n"
      "  harrier show 12 --every mile --csv      or those of its miles\n",
      .least = 1, .most = 1},
     OPT(JSON) | OPT(CSV) | OPT(EVERY),
     run_show},
    {{"streams", "ID", "one activity sample by sample, as its numbers were made from",
      "  harrier streams 12 --json\n"
      "  harrier streams 12 --every 5 --csv > run.csv   means over 5 seconds\n",
      .least = 1, .most = 1},
     OPT(JSON) | OPT(CSV) | OPT(EVERY) | OPT(EXACT),
     run_streams},
    {{"bests", "", "the best effort over every standard distance",
      "  harrier bests\n"
      "  harrier bests --since 2026-01-01 --json\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL),
     run_bests},
    {{"report", "", "the season on one page",
      "  harrier report --since 2025-09-01\n"
      "  harrier report --html season.html --title \"Indoor season\"\n",
      .most = 0},
     OPT(SINCE) | OPT(UNTIL) | OPT(HTML) | OPT(TITLE),
     run_report},
    {{"race add", "MARK EVENT", "keeps an official result, joined to its activity",
      "  harrier race add 28:43 10K --date 2025-10-12 --name \"City run\" --place 3\n"
      "  harrier race add 61:51 HM --date 2025-12-07 --drop 217.6 --ineligible\n"
      "  harrier race add 8:00.67i 2MILE --date 2025-02-08 --venue \"New York\" --sex M\n",
      .least = 2, .most = 2, .changes = true},
     OPT(JSON) | OPT(DATE) | OPT(NAME) | OPT(VENUE) | OPT(PLACE) | OPT(DROP) |
         OPT(ALTITUDE) | OPT(TEMP) | OPT(HUMIDITY) | OPT(WBGT) | OPT(WIND) | OPT(ELIGIBLE) |
         OPT(INELIGIBLE) | OPT(SEX) | OPT(NOTE),
     run_race_add},
    {{"race list", "", "official results, beside what the watch measured",
      "  harrier race list --since 2025-01-01\n"
      "  harrier race list --csv > results.csv   reads back with `results import`\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL),
     run_race_list},
    {{"race remove", "ID", "forgets a result; its activity stays",
      "  harrier race remove 12\n", .least = 1, .most = 1, .changes = true},
     0,
     run_race_remove},
    {{"results import", "FILE...", "result sheets: CSV, FinishLynx, Hy-Tek, JSON, lists",
      "  harrier results import results.csv\n"
      "  harrier results import meeting.csv --athlete \"Jo Doe\"\n"
      "  harrier results import toplist.csv --event 10K --sex F --dry-run\n"
      "  harrier results import 012-1-01.lif --date 2026-05-21\n",
      .least = 1, .most = ANY, .changes = true, .files = true},
     OPT(JSON) | OPT(DRY_RUN) | OPT(EVENT) | OPT(SEX) | OPT(DATE) | OPT(MAP),
     run_results_import},
    {{"rank", "EVENT", "the list of an event: who was fastest",
      "  harrier rank 1500 --sex M --nation GBR --limit 24\n"
      "  harrier rank HM --sex F --year 2023 --age U23\n"
      "  harrier rank HM --sex M --nation GBR --where 61:51 --ineligible\n",
      .least = 1, .most = 1},
     OPT(JSON) | OPT(CSV) | OPT(SEX) | OPT(NATION) | OPT(YEAR) | OPT(AS_OF) | OPT(AGE) |
         OPT(ALL_MARKS) | OPT(INCLUDE_AIDED) | OPT(SHORT_TRACK) | OPT(LIMIT) | OPT(WHERE) |
         OPT(DATE) | OPT(BORN) | OPT(ELIGIBLE) | OPT(INELIGIBLE),
     run_rank},
    {{"athlete", "NAME", "a career: bests, seasons, honours",
      "  harrier athlete \"Jo Doe\"\n"
      "  harrier athlete \"Jo Doe\" --born 1998 --nation GBR --json\n",
      .least = 1, .most = 1},
     OPT(JSON) | OPT(CSV) | OPT(BORN) | OPT(NATION),
     run_athlete},
    {{"h2h", "A B", "who beat whom: the races that both finished",
      "  harrier h2h \"Jo Doe\" \"Al Roe\"\n", .least = 2, .most = 2},
     OPT(JSON) | OPT(CSV),
     run_h2h},
    {{"who list", "", "athletes who may be one: say whether they are",
      "  harrier who list\n", .most = 0},
     OPT(JSON) | OPT(CSV),
     run_who_list},
    {{"who merge", "A B", "says that two athletes are one; no row is changed",
      "  harrier who merge 12 340\n", .least = 2, .most = 2, .changes = true},
     OPT(JSON),
     run_who_merge},
    {{"who part", "A B", "says that they are two", "  harrier who part 12 340\n",
      .least = 2, .most = 2, .changes = true},
     OPT(JSON),
     run_who_part},
    {{"who undo", "A B", "takes back what was said of them", "  harrier who undo 12 340\n",
      .least = 2, .most = 2, .changes = true},
     OPT(JSON),
     run_who_undo},
    {{"camp add", "NAME", "keeps a stay at altitude",
      "  harrier camp add Iten --from 2026-01-05 --to 2026-01-25 --altitude 2135\n"
      "  harrier camp add Tent --from 2026-03-01 --to 2026-03-21 --altitude 2500 --hours "
      "9\n",
      .least = 1, .most = 1, .changes = true},
     OPT(JSON) | OPT(FROM) | OPT(TO) | OPT(ALTITUDE) | OPT(HOURS),
     run_camp_add},
    {{"camp list", "", "camps told and found: dose, response, what they brought",
      "  harrier camp list\n"
      "  harrier camp list --json\n",
      .most = 0},
     OPT(JSON) | OPT(CSV),
     run_camp_list},
    {{"camp remove", "NAME", "forgets a camp that was told", "  harrier camp remove Iten\n",
      .least = 1, .most = 1, .changes = true},
     0,
     run_camp_remove},
    {{"season plan", "[FILE]", "the weeks up to the races that matter",
      "  harrier season plan races.csv           rows of date,kind,name,event,importance,\n"
      "                                          altitude_m,to; kind: race, camp, off\n"
      "  harrier season plan                     what is kept, anew from today\n"
      "  harrier season plan races.csv --taper 10 --taper-cut 40-50 --dry-run\n",
      .most = 1, .changes = true, .files = true},
     OPT(JSON) | OPT(CSV) | OPT(DATE) | OPT(DRY_RUN) | OPT(ICS) | OPT(TAPER) |
         OPT(TAPER_CUT),
     run_season_plan},
    {{"season show", "[DATE EVENT]", "planned and done side by side; what if",
      "  harrier season show --ics season.ics\n"
      "  harrier season show --without-camp Iten\n"
      "  harrier season show --race 2026-05-03 HM\n"
      "  harrier season show --csv > plan.csv    for `load --project`\n",
      .most = 2},
     OPT(JSON) | OPT(CSV) | OPT(DATE) | OPT(RACE) | OPT(ICS) | OPT(WITHOUT_CAMP),
     run_season_show},
    {{"season week", "[DATE]", "a planned week day by day, as workouts for the watch",
      "  harrier season week                     the one that today is in\n"
      "  harrier season week 2026-05-04 --fit-into /media/watch/GARMIN/NewFiles\n"
      "  harrier season week 2026-05-04 --json   the words of each workout\n",
      .most = 1},
     OPT(JSON) | OPT(DATE) | OPT(CURVE) | OPT(SEX) | OPT(FIT_INTO),
     run_season_week},
    {{"season move", "WHAT DATE", "a race, camp or days off to another day",
      "  harrier season move Iten 2026-02-08\n"
      "  harrier season move 2026-05-03 2026-05-10\n",
      .least = 2, .most = 2, .changes = true},
     OPT(JSON) | OPT(CSV) | OPT(ICS),
     run_season_move},
    {{"wellness import", "FILE...", "resting heart rate, HRV, sleep and more, as CSV",
      "  harrier wellness import mornings.csv\n"
      "  harrier wellness import hrv.csv sleep.csv --dry-run\n",
      .least = 1, .most = ANY, .changes = true, .files = true},
     OPT(JSON) | OPT(DRY_RUN),
     run_wellness_import},
    {{"wellness list", "", "the mornings that are kept",
      "  harrier wellness list --since 2026-01-01\n"
      "  harrier wellness list --csv > mornings.csv   reads back with `wellness import`\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL),
     run_wellness_list},
    {{"shoes add", "NAME", "keeps a pair of shoes, and what it is worn for",
      "  harrier shoes add \"Pegasus 41\" --default easy,long --limit 800\n"
      "  harrier shoes add \"Pegasus 42\" --default easy,long --from 2026-03-01\n"
      "  harrier shoes add \"Old ones\" --distance 612\n",
      .least = 1, .most = 1, .changes = true},
     OPT(JSON) | OPT(DEFAULT) | OPT(DISTANCE) | OPT(LIMIT) | OPT(FROM),
     run_shoes_add},
    {{"shoes wear", "NAME ID...", "these activities were run in that pair",
      "  harrier shoes wear Spikes 212 219\n", .least = 2, .most = ANY, .changes = true},
     OPT(JSON),
     run_shoes_wear},
    {{"shoes retire", "NAME", "worn no more after a day; its kilometres stay",
      "  harrier shoes retire \"Pegasus 41\" --date 2026-02-28\n", .least = 1, .most = 1,
      .changes = true},
     OPT(JSON) | OPT(DATE),
     run_shoes_retire},
    {{"shoes remove", "NAME", "forgets a pair; its runs stay",
      "  harrier shoes remove Spikes\n", .least = 1, .most = 1, .changes = true},
     OPT(JSON),
     run_shoes_remove},
    {{"shoes", "[NAME]", "kilometres of each pair, its limit; the races of one",
      "  harrier shoes\n"
      "  harrier shoes Spikes\n",
      .most = 1},
     OPT(JSON) | OPT(CSV),
     run_shoes},
    {{"load", "", "what training asked, day by day: fitness, fatigue, form",
      "  harrier load\n"
      "  harrier load --since 2026-01-01 --csv\n"
      "  harrier load --project plan.csv         and how that plan leaves you on race "
      "day\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL) | OPT(SEX) | OPT(PROJECT) |
         OPT(FITNESS_DAYS) | OPT(FATIGUE_DAYS) | OPT(FADE),
     run_load},
    {{"squad", "", "all athletes of the store: who needs attention first, and why",
      "  harrier squad\n"
      "  harrier squad --date 2026-03-01 --json\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(DATE),
     run_squad},
    {{"predict", "[EVENT...]", "what could be run, how sure that is, and why",
      "  harrier predict 10K HM\n"
      "  harrier predict MAR --date 2026-04-26 --json\n"
      "  harrier predict --marks marks.csv --queries queries.csv --csv\n",
      .most = ANY},
     OPT(JSON) | OPT(CSV) | OPT(DATE) | OPT(SEX) | OPT(QUESTION) | OPT(MARKS) |
         OPT(QUERIES),
     run_predict},
    {{"backtest", "", "how past races would have been predicted",
      "  harrier backtest\n"
      "  harrier backtest --marks marks.csv --json\n",
      .most = 0},
     OPT(JSON) | OPT(CSV) | OPT(SEX) | OPT(QUESTION) | OPT(MARKS),
     run_backtest},
    {{"points", "MARK EVENT", "World Athletics points",
      "  harrier points 3:27.79 1500 --sex M\n"
      "  harrier points 8:00.67i 3000 --sex M --edition 2022\n"
      "  harrier points --batch results.csv > scored.csv\n",
      .most = 2},
     OPT(JSON) | OPT(SEX) | OPT(EDITION) | OPT(BATCH),
     run_points},
    {{"agegrade", "MARK EVENT", "how good a mark is for the runner's age",
      "  harrier agegrade 1:25:00 HM --sex F --age 47\n"
      "  harrier agegrade 4:30.1 1500 --sex M --age 52 --tables track2023\n",
      .least = 2, .most = 2},
     OPT(JSON) | OPT(SEX) | OPT(AGE) | OPT(TABLES),
     run_agegrade},
    {{"convert", "MARK EVENT", "what a mark in its conditions is worth in standard ones",
      "  harrier convert 61:51 HM --drop 217.6 --sex M\n"
      "  harrier convert 14:00.00 5000 --altitude 2299 --to MILE\n"
      "  harrier convert 4:03.07 MILE --track flat --sex M\n"
      "  harrier convert 2:31:10 MAR --course boston.gpx --temp 24 --humidity 60\n"
      "  harrier convert 2:31:10 MAR --temp 24 --humidity 60 --sun 800 --breeze 2\n",
      .least = 2, .most = 2},
     OPT(JSON) | OPT(DROP) | OPT(COURSE) | OPT(ALTITUDE) | OPT(ACCLIMATISED) | OPT(WBGT) |
         OPT(TEMP) | OPT(HUMIDITY) | OPT(SUN) | OPT(SUN_ELEVATION) | OPT(BREEZE) |
         OPT(WIND) | OPT(TRACK) | OPT(SEX) | OPT(TO) | OPT(HEIGHT_TO),
     run_convert},
    {{"course check", "FILE", "whether a mark from a course could be a record",
      "  harrier course check boston.gpx --event MAR\n"
      "  harrier course check race.fit --event HM --json\n"
      "  harrier course check route.geojson --event 10K --start-elevation 61.2 "
      "--finish-elevation 54\n",
      .least = 1, .most = 1, .files = true},
     OPT(JSON) | OPT(EVENT) | OPT(START_ELEVATION) | OPT(FINISH_ELEVATION),
     run_course_check},
    {{"pace", "EVENT", "how fast to run where: the plan of a race",
      "  harrier pace HM --target 63:00 --date 2026-04-26\n"
      "  harrier pace 10000 --curve v_m=5.5,gamma=0.06,sd=0.015 --target 33:50\n"
      "  harrier pace MAR --course boston.gpx --curve v_m=5.2,gamma=0.055 --wbgt 18\n"
      "  harrier pace MAR --course boston.gpx --curve v_m=5.2,gamma=0.055 --every 5km "
      "--band band.html --fit-course plan.fit\n"
      "  harrier pace 2MILE --curve v_m=6.8,gamma=0.05 --target 8:00 --every 200 "
      "--lights lamps.csv\n"
      "  harrier pace 2MILE --curve v_m=6.8,gamma=0.05 --target 8:00 --resume "
      "1200=3:02\n",
      .most = 1},
     OPT(JSON) | OPT(CSV) | OPT(COURSE) | OPT(CURVE) | OPT(DATE) | OPT(SEX) | OPT(TARGET) |
         OPT(GRADE) | OPT(WIND) | OPT(WIND_FROM) | OPT(ALTITUDE) | OPT(ACCLIMATISED) |
         OPT(WBGT) | OPT(TRACK) | OPT(EVERY) | OPT(RESUME) | OPT(DRAFT) | OPT(LIGHTS) |
         OPT(BAND) | OPT(FIT_COURSE) | OPT(FIT_WORKOUT) | OPT(EXACT),
     run_pace},
    {{"race analyse", "FILE", "splits of a field, or one's own race: where it was won",
      "  harrier race analyse final.csv --event 1500\n"
      "  harrier race analyse 012-1-01.lif --json\n"
      "  harrier race analyse chicago.csv --limit 10\n"
      "  harrier race analyse final.csv --html final.html\n"
      "  harrier race analyse final.csv --name Women --svg position=final.svg\n"
      "  harrier race analyse 12                  a kept activity, by its official result\n"
      "  harrier race analyse race.fit --event HM --every 5km --svg race.svg\n",
      .least = 1, .most = 1, .files = true},
     OPT(JSON) | OPT(CSV) | OPT(EVENT) | OPT(EVERY) | OPT(LIMIT) | OPT(NAME) | OPT(CURVE) |
         OPT(SEX) | OPT(HTML) | OPT(SVG) | OPT(TITLE),
     run_race_analyse},
    {{"records", "[EVENT...]", "how a record came to be what it is; an attempt at one",
      "  harrier records MILE --sex M\n"
      "  harrier records --nation NOR --csv\n"
      "  harrier records --attempt 2MILE --target 7:53 --sex M --curve "
      "v_m=6.8,gamma=0.05,sd=0.012\n"
      "  harrier records --attempt 5000i --target 12:43 --every 1km --lights lamps.csv\n"
      "  harrier records --attempt MAR --target 2:00:30 --course course.gpx --sex M "
      "--json\n",
      .most = ANY},
     OPT(JSON) | OPT(CSV) | OPT(ATTEMPT) | OPT(TARGET) | OPT(SEX) | OPT(CURVE) | OPT(DATE) |
         OPT(COURSE) | OPT(START_ELEVATION) | OPT(FINISH_ELEVATION) | OPT(GRADE) |
         OPT(WIND) | OPT(WIND_FROM) | OPT(ALTITUDE) | OPT(ACCLIMATISED) | OPT(WBGT) |
         OPT(TRACK) | OPT(EVERY) | OPT(DRAFT) | OPT(LIGHTS) | OPT(BAND) | OPT(NATION) |
         OPT(AS_OF) | OPT(AGE) | OPT(SHORT_TRACK),
     run_records},
    {{"workout show", "FILE", "a workout: words, FIT or ZWO, step by step",
      "  harrier workout show tuesday.txt\n"
      "  harrier workout show tuesday.fit --json\n"
      "  harrier workout show tuesday.txt --curve v_m=5.5,gamma=0.06\n",
      .least = 1, .most = 1, .files = true},
     OPT(JSON) | OPT(CURVE) | OPT(DATE) | OPT(SEX),
     run_workout_show},
    {{"workout export", "FILE", "words to a watch file, or a watch file to words",
      "  harrier workout export tuesday.txt --fit GARMIN/NewFiles/tuesday.fit\n"
      "  harrier workout export tuesday.txt --zwo tuesday.zwo --curve "
      "v_m=5.5,gamma=0.06\n"
      "  harrier workout export tuesday.fit > tuesday.txt\n",
      .least = 1, .most = 1, .changes = true, .files = true},
     OPT(CURVE) | OPT(DATE) | OPT(SEX) | OPT(FIT) | OPT(ZWO),
     run_workout_export},
    {{"workout match", "ID FILE", "a done session beside the planned one, rep by rep",
      "  harrier workout match 12 tuesday.txt\n"
      "  harrier workout match 12 tuesday.fit --json\n",
      .least = 2, .most = 2, .files = true},
     OPT(JSON) | OPT(CURVE) | OPT(SEX),
     run_workout_match},
    {{"privacy add", "NAME", "a place that no track leads to, in what is shown",
      "  harrier privacy add home --at 59.9139,10.7522\n"
      "  harrier privacy add work --at 59.95,10.6 --radius 400\n",
      .least = 1, .most = 1, .changes = true},
     OPT(JSON) | OPT(AT) | OPT(RADIUS),
     run_privacy_add},
    {{"privacy list", "", "the places that are private", "  harrier privacy list\n",
      .most = 0},
     OPT(JSON),
     run_privacy_list},
    {{"privacy remove", "NAME", "shows it again", "  harrier privacy remove home\n",
      .least = 1, .most = 1, .changes = true},
     0,
     run_privacy_remove},
    {{"serve", "", "the season in a browser, and every answer over HTTP",
      "  harrier serve                           prints the address to open, good once\n"
      "  harrier serve --port 8000\n"
      "  harrier serve --host 192.168.1.7        also for other machines; mind who "
      "listens\n",
      .most = 0, .terminal = true},
     OPT(PORT) | OPT(HOST),
     run_serve},
    {{"demo", "DIR", "a simulated season as watch files and a result sheet",
      "  harrier demo season && harrier --db demo.db import season\n"
      "  harrier --db demo.db report\n",
      .least = 1, .most = 1, .changes = true, .terminal = true, .files = true},
     OPT(SEED),
     run_demo},
    {{"db verify", "", "proves that every original is whole and all belongs together",
      "  harrier db verify\n", .most = 0},
     OPT(JSON),
     run_db_verify},
    {{"db backup", "FILE", "a complete copy of the store, proved",
      "  harrier db backup /media/stick/harrier-2026-01-31.db\n", .least = 1, .most = 1,
      .changes = true, .terminal = true, .files = true},
     OPT(JSON),
     run_db_backup},
    {{"db restore", "FILE", "puts a backup in place; what was there is kept beside it",
      "  harrier db restore /media/stick/harrier-2026-01-31.db\n", .least = 1, .most = 1,
      .changes = true, .terminal = true, .files = true},
     OPT(JSON),
     run_db_restore},
    {{"db rebuild", "", "works every number out again from the originals",
      "  harrier db rebuild\n", .most = 0, .changes = true},
     OPT(JSON),
     run_db_rebuild},
    {{"db shard add", "URL", "a further PostgreSQL server takes its share of the marks",
      "  harrier --db postgresql://lists@10.0.0.1/lists db shard add "
      "postgresql://lists@10.0.0.2/lists\n",
      .least = 1, .most = 1, .changes = true, .terminal = true},
     OPT(JSON),
     run_db_shard_add},
    {{"db shard list", "", "the servers over which the marks are divided",
      "  harrier db shard list\n", .most = 0},
     OPT(JSON),
     run_db_shard_list},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

const struct har_command_row *har_command_row(size_t index)
{
    return index < COMMANDS ? &commands[index].row : NULL;
}

const struct command *command_of(const struct har_command_row *row)
{
    return (const struct command *)row; /* its first member */
}

bool har_command_takes(const struct har_command_row *command, size_t option)
{
    return option < OPTS_GLOBAL ||
           (option < OPTIONS && (command_of(command)->takes >> (option - OPTS_GLOBAL) & 1));
}

/* How many of the words name this command; 0 if they do not. */
static size_t words_of(const char *name, const char *const *word, size_t count)
{
    for (size_t n = 0; n < count; n++) {
        size_t length = strcspn(name, " ");
        if (strlen(word[n]) != length || memcmp(word[n], name, length) != 0) return 0;
        if (name[length] == 0) return n + 1;
        name += length + 1;
    }
    return 0;
}

const struct har_command_row *har_command_named(const char *const *word, size_t count,
                                                size_t *used)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if ((*used = words_of(commands[i].row.name, word, count)) > 0)
            return &commands[i].row;
    return NULL;
}
