/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

/* One function a command; main.c has their table. */

#include "request.h"

int run_decode(const struct request *request);
int run_import(const struct request *request);
int run_list(const struct request *request);
int run_show(const struct request *request);
int run_bests(const struct request *request);
int run_report(const struct request *request);
int run_load(const struct request *request);
int run_squad(const struct request *request);
int run_predict(const struct request *request);
int run_backtest(const struct request *request);
int run_points(const struct request *request);
int run_agegrade(const struct request *request);
int run_demo(const struct request *request);
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
int run_season_move(const struct request *request);
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
