/* SPDX-License-Identifier: MIT */
#ifndef MARK_TABLES_H
#define MARK_TABLES_H

/* What tools/tables.py makes of the tables in data. */

#include "harrier/mark.h"

/* Ascending in distance and time. */
struct record {
    double distance_m, time_s;
};
extern const struct record records_men[], records_women[];
extern const size_t records_men_count, records_women_count;

/* Points are floor(a (b - T)^2): a in 1e-9 per square second. */
struct scoring {
    enum har_event_kind kind;
    int64_t distance_mm;
    uint64_t a_e9;
    int64_t b_ms;
};
struct scoring_table {
    int edition;
    enum har_sex sex;
    const struct scoring *row;
    size_t count;
};
extern const struct scoring_table scoring_tables[];
extern const size_t scoring_tables_count;

/* A mark that the official table of 2025 scores otherwise than the formula. */
struct boundary {
    enum har_sex sex;
    enum har_event_kind kind;
    int64_t distance_mm, time_ms;
    int points;
};
extern const struct boundary boundary_marks[];
extern const size_t boundary_marks_count;

enum { YOUNGEST = 5, OLDEST = 100 };

/* Ascending in distance within each kind. */
struct age_row {
    enum har_event_kind kind;
    int64_t distance_mm, standard_ms;
    uint16_t factor_e4[OLDEST - YOUNGEST + 1]; /* in 1/10000; 0: none */
};
struct age_table {
    enum har_age_tables tables;
    enum har_sex sex;
    const struct age_row *row;
    size_t count;
};
extern const struct age_table age_tables[];
extern const size_t age_tables_count;

#endif
