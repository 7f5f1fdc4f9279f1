/* SPDX-License-Identifier: MIT */
#ifndef SIMULATE_TIMETABLE_H
#define SIMULATE_TIMETABLE_H

/* What is to be run on which day, before anybody knows how fast. */

#include "script.h"

enum { SEASON_WEEKS = 30, SEASON_DAYS = 7 * SEASON_WEEKS, CAMPS = 1, SESSIONS_MOST = 400 };

/* Repetitions at the speed that can be held for `effort_s`. One recovery or the other. */
struct workout {
    unsigned reps, rep_m, jog_m, rest_s;
    double effort_s;
};

struct race {
    struct har_date date;
    unsigned clock_min; /* of the gun, local */
    const char *event, *title;
    double distance_m, drop_m;
    bool track;
    const struct town *place; /* NULL: at home */
};

struct camp {
    struct har_date from, to;
    const struct town *place;
};
extern const struct camp timetable_camps[CAMPS];

/* A line of the timetable. */
struct entry {
    int64_t day;
    unsigned clock_s; /* after local midnight */
    enum har_session_kind kind;
    const char *name; /* NULL where the race or the workout is the name */
    double distance_m;
    const struct town *place;
    const struct race *race;       /* races only */
    const struct workout *workout; /* intervals only */
};

struct timetable {
    struct har_random random;
    const struct town *home;
    double volume; /* share of the full kilometres */
    size_t count;
    struct entry *entry; /* SESSIONS_MOST of them */
};

/* Lays the season of a runner, in order of time; `random` and `entry` are the caller's. */
void timetable_lay(struct timetable *plan, const struct har_truth *truth, uint64_t seed);

int64_t timetable_begin(void); /* a day: the first Monday */
const struct town *timetable_town(const struct timetable *plan, int64_t day);
int32_t timetable_offset(const struct town *place, int64_t day);
/* Mean speed of such a session over that of the threshold. */
double timetable_intensity(enum har_session_kind kind);

#endif
