/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_COMMANDS_H
#define COMMAND_COMMANDS_H

/* The table of commands, with the one function that each has; and what is said of them. */

#include "request.h"

struct command {
    struct har_command_row row;
    option_set takes; /* besides those that all take */
    int (*run)(const struct request *request);
};
const struct command *command_of(const struct har_command_row *row);

/* --- help.c ------------------------------------------------------------------------ */

/* All commands, or one of them with its options. */
void help_of_all(struct har_text *text);
void help_of(struct har_text *text, const struct har_command_row *command);
/* Says what the words, which name no command, may have been meant to be. */
void suggest_command(const struct request *request);

/* --- one a command ----------------------------------------------------------------- */

int run_decode(const struct request *request);
int run_import(const struct request *request);
int run_list(const struct request *request);
int run_show(const struct request *request);
int run_streams(const struct request *request);
int run_bests(const struct request *request);
int run_report(const struct request *request);
int run_load(const struct request *request);
int run_squad(const struct request *request);
int run_predict(const struct request *request);
int run_backtest(const struct request *request);
int run_points(const struct request *request);
int run_agegrade(const struct request *request);
int run_demo(const struct request *request);
int run_serve(const struct request *request);
int run_convert(const struct request *request);
int run_course_check(const struct request *request);
int run_race_add(const struct request *request);
int run_race_list(const struct request *request);
int run_race_remove(const struct request *request);
int run_results_import(const struct request *request);
int run_rank(const struct request *request);
int run_records(const struct request *request);
int run_athlete(const struct request *request);
int run_h2h(const struct request *request);
int run_who_list(const struct request *request);
int run_who_merge(const struct request *request);
int run_who_part(const struct request *request);
int run_who_undo(const struct request *request);
int run_pace(const struct request *request);
int run_race_analyse(const struct request *request);
int run_workout_show(const struct request *request);
int run_workout_export(const struct request *request);
int run_workout_match(const struct request *request);
int run_camp_add(const struct request *request);
int run_camp_list(const struct request *request);
int run_camp_remove(const struct request *request);
int run_season_plan(const struct request *request);
int run_season_show(const struct request *request);
int run_season_week(const struct request *request);
int run_season_move(const struct request *request);
int run_privacy_add(const struct request *request);
int run_privacy_list(const struct request *request);
int run_privacy_remove(const struct request *request);
int run_wellness_import(const struct request *request);
int run_wellness_list(const struct request *request);
int run_shoes_add(const struct request *request);
int run_shoes_wear(const struct request *request);
int run_shoes_retire(const struct request *request);
int run_shoes_remove(const struct request *request);
int run_shoes(const struct request *request);
int run_db_verify(const struct request *request);
int run_db_backup(const struct request *request);
int run_db_restore(const struct request *request);
int run_db_rebuild(const struct request *request);
int run_db_shard_add(const struct request *request);
int run_db_shard_list(const struct request *request);

#endif
