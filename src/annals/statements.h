/* SPDX-License-Identifier: MIT */
#ifndef ANNALS_STATEMENTS_H
#define ANNALS_STATEMENTS_H

/* The names of everything that the annals ask of a database. */

#include "harrier/database.h"

enum annals_statement {
    DISCIPLINE_ALL,
    DISCIPLINE_ADD,
    PERSON_LAST,
    PERSON_GET,
    PERSON_TELL,
    PERSON_KEY_ADD,
    PERSON_LIKE,
    PERSON_OF_KEY,
    PERSON_ALL,
    PERSON_SAME,
    PERSON_HEAD,
    PERSON_SAID,
    DOUBT_ADD,
    DOUBT_SETTLE,
    DOUBT_LIST,
    STAGE_MARKS,
    STAGE_MEETINGS,
    STAGE_KEYS,
    UNSTAGE_MARKS,
    UNSTAGE_MEETINGS,
    UNSTAGE_KEYS,
    MEETINGS_TAKE,
    MARKS_COUNT,
    MARKS_FILL,
    MARKS_TAKE,
    MARKS_SEXED,
    STRAY_PEOPLE_CLEAR,
    STRAY_EVENTS_CLEAR,
    MARK_THERE,
    MARKS_SETTLE,
    LOOK_MARKS,
    LOOK_PEOPLE,
    LOOK_KEYS,
    LOOK_MEETINGS,
    INDEX_NATION_DROP,
    INDEX_PERSON_DROP,
    INDEX_NATION_MAKE,
    INDEX_PERSON_MAKE,
    KEYS_DROP,
    KEYS_MAKE,
    LIST_PAGE,
    LIST_PAGE_NATION,
    LIST_KEYS,
    LIST_KEYS_NATION,
    LIST_ROW,
    LIST_ROWS,
    LAST_DAY,
    PLAN,
    PLAN_NATION,
    PLAN_KEYS,
    PLAN_KEYS_NATION,
    PLAN_ROW,
    PLAN_SERVER,
    PLAN_SERVER_NATION,
    PLAN_SERVER_KEYS,
    PLAN_SERVER_KEYS_NATION,
    PLAN_SERVER_ROWS,
    CAREER,
    CAREER_SPAN,
    FAR_PAGE,
    FAR_PAGE_NATION,
    FAR_ROWS,
    PLAN_FAR,
    PLAN_FAR_NATION,
    PLAN_FAR_ROWS,
    FAR_CAREER,
    FAR_SPAN,
    NAMES_OF_PERSON,
    PEOPLE_OF,
    MEETINGS_OF,
    MAPPING_GET,
    MAPPING_TELL,
    ANNALS_STATEMENTS
};

extern const char *const har_annals_statements[ANNALS_STATEMENTS];

/* Rows by the thousand. */
extern const struct har_into har_annals_people_into, har_annals_keys_into,
    har_annals_wanted_into, har_annals_meetings_into, har_annals_marks_into,
    har_annals_waiting_into;

struct har_query annals_ask(struct har_database *db, enum annals_statement which);

/* Runs a statement that takes nothing. */
har_status annals_run(struct har_database *db, enum annals_statement which,
                      struct har_error *err);

#endif
