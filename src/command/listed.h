/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_LISTED_H
#define COMMAND_LISTED_H

/* What the commands over lists share: how a mark of a list is written, and who is meant by
 * a name. */

#include "request.h"

#include "harrier/annals.h"

/* The members of a mark, into an object that is open: mark, time_s, event, name, nation,
 * born, venue, date, flags[] and more. */
void listed_members(struct har_json *json, const struct har_listed *row);

/* Why a list of marks is as it is: its `rule`, and what points and age grades are. */
void listed_because(struct har_json *json, const char *model, unsigned version,
                    const char *rule);

/* The same as columns of CSV, and their names; neither ends the line. */
extern const char listed_columns[];
void listed_fields(struct har_text *text, const struct har_listed *row);

/* "3:27.79"; "1998-03-04", "1998" or ""; the flags that are no part of the mark, "+A";
 * where it was: the venue, or else the competition. */
const char *listed_mark(const struct har_listed *row, struct har_arena *arena);
const char *listed_birth(int64_t born_day, int born_year, struct har_arena *arena);
const char *listed_flags(const struct har_listed *row, struct har_arena *arena);
const char *listed_where(const struct har_listed *row);

/* Whole years on the day, and what the mark is worth for that age; HAR_UNTOLD and NaN where
 * that is not known. */
int listed_age(const struct har_listed *row);
double listed_age_grade(const struct har_listed *row);

/* "men", "women", "men and women". */
const char *sex_word(int sex);

/* What the options ask of a list: sex, nation, year, as-of, age, all-marks, include-aided,
 * short-track, limit. False after saying what is wrong. */
bool read_list_question(const struct request *request, const char *event,
                        struct har_list_question *question);

/* The athlete of that name, or of the number "#12", chosen by --born and --nation.
 * HAR_EXIT_DONE, or the exit status after saying why there is none or which there are. */
int find_athlete_named(const struct request *request, struct har_database *db,
                       const char *name, struct har_athlete_known *out);

/* "#12 Jo DOE, GBR, born 1998-03-04". */
void athlete_words(struct har_text *text, const struct har_athlete_known *athlete);
/* id, name, nation, born, sex, marks, into an object that is open. */
void athlete_members(struct har_json *json, const struct har_athlete_known *athlete);

#endif
