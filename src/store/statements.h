/* SPDX-License-Identifier: MIT */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

/* The names of everything that the store asks of a database. */

enum statement {
    ATHLETE_FIND,
    ATHLETE_ADD,
    ATHLETE_NAMES,
    ATHLETE_ABOUT,
    ATHLETE_TELL,
    ORIGINAL_FIND,
    ALIAS_ADD,
    ORIGINAL_ADD,
    ORIGINAL_GET,
    ORIGINAL_ALL,
    PACKED_ADD,
    ACTIVITY_ADD,
    ACTIVITY_DESCRIBE,
    SOURCE_ADD,
    SOURCE_RICHEST,
    SOURCE_LIKE,
    SOURCE_OF,
    DERIVED_DROP,
    DERIVED_ADD,
    DERIVED_OUTDATE,
    DERIVED_STALE,
    BEST_DROP,
    BEST_ADD,
    ENTRY_COUNT,
    ENTRY_LIST,
    ENTRY_GET,
    ENTRY_BESTS,
    ENTRY_BESTS_OF,
    ENTRY_PACES,
    RACE_ADD,
    RACE_FIND,
    RACE_LIST,
    RACE_CHANGE,
    RACE_DROP,
    ACTIVITY_BARE,
    ACTIVITY_UNDERIVED,
    COUNTS,
    STATEMENTS
};

extern const char *const har_statements[STATEMENTS];

#endif
