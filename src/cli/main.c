/* SPDX-License-Identifier: MIT */
/* harrier: the coach in a terminal.
 *
 * A command is a row of the table below: its name, what it takes, what it does, examples,
 * the options it knows and the function that runs it. Help, suggestions for misspelt names
 * and the check of options all come from that row. */

#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct command {
    const char *name; /* one word or two */
    const char *synopsis;
    const char *help;
    const char *examples; /* first in the long help */
    option_set takes;     /* besides those that all take */
    size_t least, most;   /* operands */
    int (*run)(const struct request *request);
};

enum { ANY = 1 << 30 };

static const struct command commands[] = {
    {"decode", "FILE...", "what the files say, nothing added",
     "  harrier decode run.fit\n"
     "  harrier decode --json *.fit.gz > season.json\n"
     "  harrier decode --csv - < run.gpx        every sample\n",
     OPT(JSON) | OPT(CSV), 1, ANY, run_decode},
    {"import", "PATH...", "files, folders, .gz and zip exports into the store",
     "  harrier import ~/Downloads/strava-export.zip\n"
     "  harrier import /media/watch/GARMIN/Activity --dry-run\n"
     "  harrier import old-gpx --utc-offset +08:00\n",
     OPT(JSON) | OPT(DRY_RUN) | OPT(UTC_OFFSET) | OPT(THREADS), 1, ANY, run_import},
    {"list", "", "the activities that are kept",
     "  harrier list --limit 20\n"
     "  harrier list --since 2026-01-01 --sport running --race\n"
     "  harrier list --csv > activities.csv\n",
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL) | OPT(SPORT) | OPT(RACE) | OPT(LIMIT),
     0, 0, run_list},
    {"show", "ID", "one activity: times, laps, splits, bests, origins",
     "  harrier show 12\n"
     "  harrier show 12 --units imperial\n"
     "  harrier show 12 --csv                   its kilometre splits\n",
     OPT(JSON) | OPT(CSV), 1, 1, run_show},
    {"bests", "", "the best effort over every standard distance",
     "  harrier bests\n"
     "  harrier bests --since 2026-01-01 --json\n",
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL), 0, 0, run_bests},
    {"report", "", "the season on one page",
     "  harrier report --since 2025-09-01\n"
     "  harrier report --html season.html --title \"Indoor season\"\n",
     OPT(SINCE) | OPT(UNTIL) | OPT(HTML) | OPT(TITLE), 0, 0, run_report},
    {"race add", "MARK EVENT", "keeps an official result, joined to its activity",
     "  harrier race add 28:43 10K --date 2025-10-12 --name \"City run\" --place 3\n"
     "  harrier race add 61:51 HM --date 2025-12-07 --drop 217.6 --ineligible\n"
     "  harrier race add 8:00.67i 2MILE --date 2025-02-08 --venue \"New York\" --sex M\n",
     OPT(JSON) | OPT(DATE) | OPT(NAME) | OPT(VENUE) | OPT(PLACE) | OPT(DROP) |
         OPT(ALTITUDE) | OPT(TEMP) | OPT(HUMIDITY) | OPT(WBGT) | OPT(WIND) | OPT(ELIGIBLE) |
         OPT(INELIGIBLE) | OPT(SEX) | OPT(NOTE),
     2, 2, run_race_add},
    {"race list", "", "official results, beside what the watch measured",
     "  harrier race list --since 2025-01-01\n"
     "  harrier race list --csv > results.csv   reads back with `results import`\n",
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL), 0, 0, run_race_list},
    {"race remove", "ID", "forgets a result; its activity stays",
     "  harrier race remove 12\n", 0, 1, 1, run_race_remove},
    {"results import", "FILE...", "result sheets: CSV, FinishLynx, Hy-Tek, JSON, lists",
     "  harrier results import results.csv\n"
     "  harrier results import meeting.csv --athlete \"Jo Doe\"\n"
     "  harrier results import toplist.csv --event 10K --sex F --dry-run\n"
     "  harrier results import 012-1-01.lif --date 2026-05-21\n",
     OPT(JSON) | OPT(DRY_RUN) | OPT(EVENT) | OPT(SEX) | OPT(DATE) | OPT(MAP), 1, ANY,
     run_results_import},
    {"rank", "EVENT", "the list of an event: who was fastest",
     "  harrier rank 1500 --sex M --nation GBR --limit 24\n"
     "  harrier rank HM --sex F --year 2023 --age U23\n"
     "  harrier rank HM --sex M --nation GBR --where 61:51 --ineligible\n",
     OPT(JSON) | OPT(CSV) | OPT(SEX) | OPT(NATION) | OPT(YEAR) | OPT(AS_OF) | OPT(AGE) |
         OPT(ALL_MARKS) | OPT(INCLUDE_AIDED) | OPT(SHORT_TRACK) | OPT(LIMIT) | OPT(WHERE) |
         OPT(DATE) | OPT(BORN) | OPT(ELIGIBLE) | OPT(INELIGIBLE),
     1, 1, run_rank},
    {"athlete", "NAME", "a career: bests, seasons, honours",
     "  harrier athlete \"Jo Doe\"\n"
     "  harrier athlete \"Jo Doe\" --born 1998 --nation GBR --json\n",
     OPT(JSON) | OPT(CSV) | OPT(BORN) | OPT(NATION), 1, 1, run_athlete},
    {"h2h", "A B", "who beat whom: the races that both finished",
     "  harrier h2h \"Jo Doe\" \"Al Roe\"\n", OPT(JSON) | OPT(CSV), 2, 2, run_h2h},
    {"who list", "", "athletes who may be one: say whether they are",
     "  harrier who list\n", OPT(JSON) | OPT(CSV), 0, 0, run_who_list},
    {"who merge", "A B", "says that two athletes are one; no row is changed",
     "  harrier who merge 12 340\n", 0, 2, 2, run_who_merge},
    {"who part", "A B", "says that they are two", "  harrier who part 12 340\n", 0, 2, 2,
     run_who_part},
    {"who undo", "A B", "takes back what was said of them", "  harrier who undo 12 340\n",
     0, 2, 2, run_who_undo},
    {"camp add", "NAME", "keeps a stay at altitude",
     "  harrier camp add Iten --from 2026-01-05 --to 2026-01-25 --altitude 2135\n"
     "  harrier camp add Tent --from 2026-03-01 --to 2026-03-21 --altitude 2500 --hours "
     "9\n",
     OPT(JSON) | OPT(FROM) | OPT(TO) | OPT(ALTITUDE) | OPT(HOURS), 1, 1, run_camp_add},
    {"camp list", "", "camps told and found: dose, response, what they brought",
     "  harrier camp list\n"
     "  harrier camp list --json\n",
     OPT(JSON) | OPT(CSV), 0, 0, run_camp_list},
    {"camp remove", "NAME", "forgets a camp that was told", "  harrier camp remove Iten\n",
     0, 1, 1, run_camp_remove},
    {"season plan", "[FILE]", "the weeks up to the races that matter",
     "  harrier season plan races.csv           rows of date,kind,name,event,importance,\n"
     "                                          altitude_m,to; kind: race, camp, off\n"
     "  harrier season plan                     what is kept, anew from today\n"
     "  harrier season plan races.csv --taper 10 --taper-cut 40-50 --dry-run\n",
     OPT(JSON) | OPT(CSV) | OPT(DATE) | OPT(DRY_RUN) | OPT(ICS) | OPT(TAPER) |
         OPT(TAPER_CUT),
     0, 1, run_season_plan},
    {"season show", "[DATE EVENT]", "planned and done side by side; what if",
     "  harrier season show --ics season.ics\n"
     "  harrier season show --without-camp Iten\n"
     "  harrier season show --race 2026-05-03 HM\n"
     "  harrier season show --csv > plan.csv    for `load --project`\n",
     OPT(JSON) | OPT(CSV) | OPT(DATE) | OPT(RACE) | OPT(ICS) | OPT(WITHOUT_CAMP), 0, 2,
     run_season_show},
    {"season move", "WHAT DATE", "a race, camp or days off to another day",
     "  harrier season move Iten 2026-02-08\n"
     "  harrier season move 2026-05-03 2026-05-10\n",
     OPT(JSON) | OPT(CSV) | OPT(ICS), 2, 2, run_season_move},
    {"wellness import", "FILE...", "resting heart rate, HRV, sleep and more, as CSV",
     "  harrier wellness import mornings.csv\n"
     "  harrier wellness import hrv.csv sleep.csv --dry-run\n",
     OPT(JSON) | OPT(DRY_RUN), 1, ANY, run_wellness_import},
    {"wellness list", "", "the mornings that are kept",
     "  harrier wellness list --since 2026-01-01\n"
     "  harrier wellness list --csv > mornings.csv   reads back with `wellness import`\n",
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL), 0, 0, run_wellness_list},
    {"shoes add", "NAME", "keeps a pair of shoes, and what it is worn for",
     "  harrier shoes add \"Pegasus 41\" --default easy,long --limit 800\n"
     "  harrier shoes add \"Pegasus 42\" --default easy,long --from 2026-03-01\n"
     "  harrier shoes add \"Old ones\" --distance 612\n",
     OPT(JSON) | OPT(DEFAULT) | OPT(DISTANCE) | OPT(LIMIT) | OPT(FROM), 1, 1,
     run_shoes_add},
    {"shoes wear", "NAME ID...", "these activities were run in that pair",
     "  harrier shoes wear Spikes 212 219\n", OPT(JSON), 2, ANY, run_shoes_wear},
    {"shoes retire", "NAME", "worn no more after a day; its kilometres stay",
     "  harrier shoes retire \"Pegasus 41\" --date 2026-02-28\n", OPT(JSON) | OPT(DATE), 1,
     1, run_shoes_retire},
    {"shoes remove", "NAME", "forgets a pair; its runs stay",
     "  harrier shoes remove Spikes\n", OPT(JSON), 1, 1, run_shoes_remove},
    {"shoes", "[NAME]", "kilometres of each pair, its limit; the races of one",
     "  harrier shoes\n"
     "  harrier shoes Spikes\n",
     OPT(JSON) | OPT(CSV), 0, 1, run_shoes},
    {"load", "", "what training asked, day by day: fitness, fatigue, form",
     "  harrier load\n"
     "  harrier load --since 2026-01-01 --csv\n"
     "  harrier load --project plan.csv         and how that plan leaves you on race day\n",
     OPT(JSON) | OPT(CSV) | OPT(SINCE) | OPT(UNTIL) | OPT(SEX) | OPT(PROJECT) |
         OPT(FITNESS_DAYS) | OPT(FATIGUE_DAYS) | OPT(FADE),
     0, 0, run_load},
    {"squad", "", "all athletes of the store: who needs attention first, and why",
     "  harrier squad\n"
     "  harrier squad --date 2026-03-01 --json\n",
     OPT(JSON) | OPT(CSV) | OPT(DATE), 0, 0, run_squad},
    {"predict", "[EVENT...]", "what could be run, how sure that is, and why",
     "  harrier predict 10K HM\n"
     "  harrier predict MAR --date 2026-04-26 --json\n"
     "  harrier predict --marks marks.csv --queries queries.csv --csv\n",
     OPT(JSON) | OPT(CSV) | OPT(DATE) | OPT(SEX) | OPT(QUESTION) | OPT(MARKS) |
         OPT(QUERIES),
     0, ANY, run_predict},
    {"backtest", "", "how past races would have been predicted",
     "  harrier backtest\n"
     "  harrier backtest --marks marks.csv --json\n",
     OPT(JSON) | OPT(CSV) | OPT(SEX) | OPT(QUESTION) | OPT(MARKS), 0, 0, run_backtest},
    {"points", "MARK EVENT", "World Athletics points",
     "  harrier points 3:27.79 1500 --sex M\n"
     "  harrier points 8:00.67i 3000 --sex M --edition 2022\n"
     "  harrier points --batch results.csv > scored.csv\n",
     OPT(JSON) | OPT(SEX) | OPT(EDITION) | OPT(BATCH), 0, 2, run_points},
    {"agegrade", "MARK EVENT", "how good a mark is for the runner's age",
     "  harrier agegrade 1:25:00 HM --sex F --age 47\n"
     "  harrier agegrade 4:30.1 1500 --sex M --age 52 --tables track2023\n",
     OPT(JSON) | OPT(SEX) | OPT(AGE) | OPT(TABLES), 2, 2, run_agegrade},
    {"convert", "MARK EVENT", "what a mark in its conditions is worth in standard ones",
     "  harrier convert 61:51 HM --drop 217.6 --sex M\n"
     "  harrier convert 14:00.00 5000 --altitude 2299 --to MILE\n"
     "  harrier convert 4:03.07 MILE --track flat --sex M\n"
     "  harrier convert 2:31:10 MAR --course boston.gpx --temp 24 --humidity 60\n"
     "  harrier convert 2:31:10 MAR --temp 24 --humidity 60 --sun 800 --breeze 2\n",
     OPT(JSON) | OPT(DROP) | OPT(COURSE) | OPT(ALTITUDE) | OPT(ACCLIMATISED) | OPT(WBGT) |
         OPT(TEMP) | OPT(HUMIDITY) | OPT(SUN) | OPT(SUN_ELEVATION) | OPT(BREEZE) |
         OPT(WIND) | OPT(TRACK) | OPT(SEX) | OPT(TO) | OPT(HEIGHT_TO),
     2, 2, run_convert},
    {"course check", "FILE", "whether a mark from a course could be a record",
     "  harrier course check boston.gpx --event MAR\n"
     "  harrier course check race.fit --event HM --json\n"
     "  harrier course check route.geojson --event 10K --start-elevation 61.2 "
     "--finish-elevation 54\n",
     OPT(JSON) | OPT(EVENT) | OPT(START_ELEVATION) | OPT(FINISH_ELEVATION), 1, 1,
     run_course_check},
    {"pace", "EVENT", "how fast to run where: the plan of a race",
     "  harrier pace HM --target 63:00 --date 2026-04-26\n"
     "  harrier pace 10000 --curve v_m=5.5,gamma=0.06,sd=0.015 --target 33:50\n"
     "  harrier pace MAR --course boston.gpx --curve v_m=5.2,gamma=0.055 --wbgt 18\n"
     "  harrier pace MAR --course boston.gpx --curve v_m=5.2,gamma=0.055 --every 5km "
     "--band band.html --fit-course plan.fit\n"
     "  harrier pace 2MILE --curve v_m=6.8,gamma=0.05 --target 8:00 --every 200 "
     "--lights lamps.csv\n"
     "  harrier pace 2MILE --curve v_m=6.8,gamma=0.05 --target 8:00 --resume "
     "1200=3:02\n",
     OPT(JSON) | OPT(CSV) | OPT(COURSE) | OPT(CURVE) | OPT(DATE) | OPT(SEX) | OPT(TARGET) |
         OPT(GRADE) | OPT(WIND) | OPT(WIND_FROM) | OPT(ALTITUDE) | OPT(ACCLIMATISED) |
         OPT(WBGT) | OPT(TRACK) | OPT(EVERY) | OPT(RESUME) | OPT(DRAFT) | OPT(LIGHTS) |
         OPT(BAND) | OPT(FIT_COURSE) | OPT(FIT_WORKOUT),
     0, 1, run_pace},
    {"race analyse", "FILE", "splits of a field, or one's own race: where it was won",
     "  harrier race analyse final.csv --event 1500\n"
     "  harrier race analyse 012-1-01.lif --json\n"
     "  harrier race analyse chicago.csv --limit 10\n"
     "  harrier race analyse final.csv --html final.html\n"
     "  harrier race analyse final.csv --name Women --svg position=final.svg\n"
     "  harrier race analyse 12                  a kept activity, by its official result\n"
     "  harrier race analyse race.fit --event HM --every 5km --svg race.svg\n",
     OPT(JSON) | OPT(CSV) | OPT(EVENT) | OPT(EVERY) | OPT(LIMIT) | OPT(NAME) | OPT(CURVE) |
         OPT(SEX) | OPT(HTML) | OPT(SVG) | OPT(TITLE),
     1, 1, run_race_analyse},
    {"records", "[EVENT...]", "how a record came to be what it is; an attempt at one",
     "  harrier records MILE --sex M\n"
     "  harrier records --nation NOR --csv\n"
     "  harrier records --attempt 2MILE --target 7:53 --sex M --curve "
     "v_m=6.8,gamma=0.05,sd=0.012\n"
     "  harrier records --attempt 5000i --target 12:43 --every 1km --lights lamps.csv\n"
     "  harrier records --attempt MAR --target 2:00:30 --course course.gpx --sex M "
     "--json\n",
     OPT(JSON) | OPT(CSV) | OPT(ATTEMPT) | OPT(TARGET) | OPT(SEX) | OPT(CURVE) | OPT(DATE) |
         OPT(COURSE) | OPT(START_ELEVATION) | OPT(FINISH_ELEVATION) | OPT(GRADE) |
         OPT(WIND) | OPT(WIND_FROM) | OPT(ALTITUDE) | OPT(ACCLIMATISED) | OPT(WBGT) |
         OPT(TRACK) | OPT(EVERY) | OPT(DRAFT) | OPT(LIGHTS) | OPT(BAND) | OPT(NATION) |
         OPT(AS_OF) | OPT(AGE) | OPT(SHORT_TRACK),
     0, ANY, run_records},
    {"workout show", "FILE", "a workout: words, FIT or ZWO, step by step",
     "  harrier workout show tuesday.txt\n"
     "  harrier workout show tuesday.fit --json\n"
     "  harrier workout show tuesday.txt --curve v_m=5.5,gamma=0.06\n",
     OPT(JSON) | OPT(CURVE) | OPT(DATE) | OPT(SEX), 1, 1, run_workout_show},
    {"workout export", "FILE", "words to a watch file, or a watch file to words",
     "  harrier workout export tuesday.txt --fit GARMIN/NewFiles/tuesday.fit\n"
     "  harrier workout export tuesday.txt --zwo tuesday.zwo --curve "
     "v_m=5.5,gamma=0.06\n"
     "  harrier workout export tuesday.fit > tuesday.txt\n",
     OPT(CURVE) | OPT(DATE) | OPT(SEX) | OPT(FIT) | OPT(ZWO), 1, 1, run_workout_export},
    {"workout match", "ID FILE", "a done session beside the planned one, rep by rep",
     "  harrier workout match 12 tuesday.txt\n"
     "  harrier workout match 12 tuesday.fit --json\n",
     OPT(JSON) | OPT(CURVE) | OPT(SEX), 2, 2, run_workout_match},
    {"demo", "DIR", "a simulated season as watch files and a result sheet",
     "  harrier demo season && harrier --db demo.db import season\n"
     "  harrier --db demo.db report\n",
     OPT(SEED), 1, 1, run_demo},
    {"db verify", "", "proves that every original is whole and all belongs together",
     "  harrier db verify\n", OPT(JSON), 0, 0, run_db_verify},
    {"db backup", "FILE", "a complete copy of the store, proved",
     "  harrier db backup /media/stick/harrier-2026-01-31.db\n", OPT(JSON), 1, 1,
     run_db_backup},
    {"db restore", "FILE", "puts a backup in place; what was there is kept beside it",
     "  harrier db restore /media/stick/harrier-2026-01-31.db\n", OPT(JSON), 1, 1,
     run_db_restore},
    {"db rebuild", "", "works every number out again from the originals",
     "  harrier db rebuild\n", OPT(JSON), 0, 0, run_db_rebuild},
    {"db shard add", "URL", "a further PostgreSQL server takes its share of the marks",
     "  harrier --db postgresql://lists@10.0.0.1/lists db shard add "
     "postgresql://lists@10.0.0.2/lists\n",
     OPT(JSON), 1, 1, run_db_shard_add},
    {"db shard list", "", "the servers over which the marks are divided",
     "  harrier db shard list\n", OPT(JSON), 0, 0, run_db_shard_list},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

/* --- help -------------------------------------------------------------------------- */

static bool takes_option(const struct command *command, size_t option)
{
    return option >= OPTS_GLOBAL && (command->takes >> (option - OPTS_GLOBAL) & 1);
}

/* Those of a command, or where it is NULL those that every one takes. */
static void print_options(FILE *to, const struct command *command)
{
    char left[48];
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option_row *row = &options[i];
        if (!(command ? takes_option(command, i) : i < OPTS_GLOBAL)) continue;
        snprintf(left, sizeof left, "%s %s", row->name, row->value ? row->value : "");
        fprintf(to, "  %-28s %s\n", left, row->help);
    }
}

static void print_help(FILE *to)
{
    char left[48];
    fputs("Harrier: watch files in, the season on one page out.\n\n"
          "  harrier import ~/Downloads/export.zip   bring everything in\n"
          "  harrier report                          the season on one page\n"
          "  harrier demo season                     a season to try it on\n\n"
          "Usage: harrier [OPTIONS] COMMAND ...\n\nCommands:\n",
          to);
    for (size_t i = 0; i < COMMANDS; i++) {
        snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].synopsis);
        /* What does not fit into its column has the line to itself. */
        if (strlen(left) > 19) fprintf(to, "  %s\n", left);
        fprintf(to, "  %-19s %s\n", strlen(left) > 19 ? "" : left, commands[i].help);
    }
    fputs("  help [COMMAND]      examples and options of a command\n\nOptions:\n", to);
    print_options(to, NULL);
    fputs("\nExit status: 0 done, 1 failed, 2 usage, 3 some inputs failed and the rest are "
          "in,\n"
          "4 nothing found, 5 not enough data for an honest answer, 6 the store is locked "
          "or\n"
          "from a newer version, 130 interrupted.\n",
          to);
}

static void print_command_help(FILE *to, const struct command *command)
{
    fprintf(to, "harrier %s: %s\n\n%s\nUsage: harrier %s%s%s [OPTIONS]\n\nOptions:\n",
            command->name, command->help, command->examples, command->name,
            *command->synopsis ? " " : "", command->synopsis);
    print_options(to, command);
    print_options(to, NULL);
}

/* --- finding the command ----------------------------------------------------------- */

/* How many of the words name this command; 0 if they do not. */
static size_t words_of(const struct command *command, const char *const *word, size_t count)
{
    const char *at = command->name;
    for (size_t n = 0; n < count; n++) {
        size_t length = strcspn(at, " ");
        if (strlen(word[n]) != length || memcmp(word[n], at, length) != 0) return 0;
        if (at[length] == 0) return n + 1;
        at += length + 1;
    }
    return 0;
}

static const struct command *find_command(const char *const *word, size_t count,
                                          size_t *used)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if ((*used = words_of(&commands[i], word, count)) > 0) return &commands[i];
    return NULL;
}

static void list_group(const char *word)
{
    size_t length = strlen(word);
    complain("\"%s\" needs a further word:", word);
    for (size_t i = 0; i < COMMANDS; i++)
        if (strncmp(commands[i].name, word, length) == 0 && commands[i].name[length] == ' ')
            fprintf(stderr, "  harrier %s%s%s\n", commands[i].name,
                    *commands[i].synopsis ? " " : "", commands[i].synopsis);
}

static bool is_group(const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < COMMANDS; i++)
        if (strncmp(commands[i].name, word, length) == 0 && commands[i].name[length] == ' ')
            return true;
    return false;
}

/* What the words may have been meant to be. Of "db verfy" the group is right and the rest
 * is not; of "lst 12" the second word is no part of the name. */
static void suggest(const char *const *word, size_t count)
{
    const char *names[COMMANDS], *near = NULL;
    char whole[64];
    for (size_t i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
    snprintf(whole, sizeof whole, "%s %s", word[0], count > 1 ? word[1] : "");
    bool group = is_group(word[0]);
    if (group && count == 1) {
        list_group(word[0]);
        return;
    }
    if (count > 1) near = probably(whole, names, COMMANDS);
    if (!near && !group) near = probably(word[0], names, COMMANDS);
    if (near)
        complain("there is no command \"%s\"; did you mean \"%s\"?",
                 strchr(near, ' ') ? whole : word[0], near);
    else if (group) list_group(word[0]);
    else complain("there is no command \"%s\"; `harrier help` lists them", word[0]);
}

/* --- running it -------------------------------------------------------------------- */

static bool options_fit(const struct command *command, const struct words *words)
{
    for (size_t i = OPTS_GLOBAL; i < OPTIONS; i++) {
        if (!words->value[i] || takes_option(command, i)) continue;
        complain("`harrier %s` has no option %s; `harrier help %s` lists those it has",
                 command->name, options[i].name, command->name);
        return false;
    }
    if (words->value[OPT_JSON] && words->value[OPT_CSV]) {
        complain("--json and --csv exclude each other");
        return false;
    }
    return true;
}

static bool operands_fit(const struct command *command, size_t count)
{
    if (count >= command->least && count <= command->most) return true;
    if (count < command->least)
        complain("`harrier %s` needs %s", command->name, command->synopsis);
    else
        complain("`harrier %s` takes no more than %zu operand%s", command->name,
                 command->most, command->most == 1 ? "" : "s");
    return false;
}

/* One of a few words; its index, or -1 after saying what is wrong. */
static int choice(const struct words *words, enum option option, const char *const *names,
                  int count)
{
    const char *value = words->value[option];
    if (!value) return 0;
    for (int i = 0; i < count; i++)
        if (strcmp(value, names[i]) == 0) return i;
    complain("%s takes %s, not \"%s\"", options[option].name, options[option].value, value);
    return -1;
}

static bool read_style(const struct words *words, struct har_style *style)
{
    static const char *const colours[] = {"auto", "always", "never"};
    static const char *const units[] = {"metric", "imperial"};
    int colour = choice(words, OPT_COLOR, colours, 3),
        unit = choice(words, OPT_UNITS, units, 2);
    if (colour < 0 || unit < 0) return false;
    const char *wish = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool plain = (wish && *wish) || (terminal && strcmp(terminal, "dumb") == 0);
    *style = (struct har_style){
        .width = 80,
        .colour = colour == 1 || (colour == 0 && !plain && isatty(STDOUT_FILENO)),
        .imperial = unit == 1,
    };
    return true;
}

static int run(const struct command *command, const struct words *words, size_t used)
{
    struct har_arena arena = {0};
    struct request request = {.command = command->name,
                              .value = words->value,
                              .operand = words->word + used,
                              .operand_count = words->count - used,
                              .arena = &arena};
    if (!options_fit(command, words) || !operands_fit(command, request.operand_count) ||
        !read_style(words, &request.style))
        return EXIT_USAGE;
    int status = command->run(&request);
    har_arena_free(&arena);
    return status;
}

static int answer(int argc, char *const *argv, const char **word)
{
    struct words words;
    char why[160];
    size_t used = 0;
    if (!read_words(argc, argv, word, &words, why, sizeof why)) {
        complain("%s", why);
        return EXIT_USAGE;
    }
    if (words.value[OPT_VERSION]) {
        puts("harrier " HARRIER_VERSION);
        return EXIT_DONE;
    }
    bool help =
        words.value[OPT_HELP] || (words.count && strcmp(words.word[0], "help") == 0);
    if (words.count && strcmp(words.word[0], "help") == 0) {
        words.word++;
        words.count--;
    }
    if (words.count == 0) {
        print_help(help ? stdout : stderr);
        return help ? EXIT_DONE : EXIT_USAGE;
    }
    const struct command *command = find_command(words.word, words.count, &used);
    if (!command) {
        suggest(words.word, words.count);
        return EXIT_USAGE;
    }
    if (!help) return run(command, &words, used);
    print_command_help(stdout, command);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct har_arena arena = {0};
    signal(SIGPIPE, SIG_IGN); /* output.c hears of it from write() */
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    const char **word = HAR_NEW(&arena, const char *, (size_t)argc);
    int status = EXIT_FAILED;
    if (word) status = put_end(answer(argc > 0 ? argc - 1 : 0, argv + 1, word));
    har_arena_free(&arena);
    return status;
}
