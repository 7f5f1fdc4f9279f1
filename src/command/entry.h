/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_ENTRY_H
#define COMMAND_ENTRY_H

/* What several commands write as JSON, so that they cannot differ: a kept activity, its
 * bests, the verdict on a course. */

#include "request.h"

/* The members of an activity, into an object that is open. */
void entry_members(struct har_json *json, const struct har_entry *entry);

/* Its bests: bests[]{distance_m,time_s,...}. */
void bests_member(struct har_json *json, const struct har_best *bests, size_t count);

/* files[]{path,status,reason,offset} of an import. */
void import_files_member(struct har_json *json, const struct har_import_report *report);

/* The members of a race: its result, its conditions, its activity. */
void race_members(struct har_json *json, const struct har_race *race);

/* True, false, or null where nobody knows. */
void choice_member(struct har_json *json, const char *name, int choice);

/* Its mark as it is written, 3:27.79; in `arena`. */
const char *mark_word(const struct har_race *race, struct har_arena *arena);

/* A day as it is written, 2026-01-31; in `arena`. */
const char *day_word(int64_t day, struct har_arena *arena);

/* The verdict on a course with its numbers and reasons, into an object that is open. */
void eligibility_members(struct har_json *json, const struct har_eligibility *eligibility);

/* The name of a standard distance, "5000", "HM"; "" for any other. */
const char *distance_name(double distance_m);

/* Length of the unit of distance the reader wishes, and its short name. */
double unit_m(const struct har_style *style);
const char *unit_name(const struct har_style *style);

#endif
