/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_CAREER_H
#define HARRIER_CAREER_H

/* career - the marks of one athlete, or of two: bests, honours, who beat whom.
 *
 * Rows are given all at once, and borrowed for as long as the answer is used. Answers lie
 * in the arena.
 */

#include "harrier/listed.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any answer can differ. */
enum { HAR_CAREER_VERSION = 1 };

/* --- meetings ------------------------------------------------------------------------ */

struct har_meeting {
    const struct har_listed *a, *b; /* of the rows given */
    int winner;                     /* 0: a, 1: b, HAR_UNTOLD: a tie */
};

struct har_meetings {
    size_t wins, losses, ties; /* of a */
    size_t heats;              /* meetings in heats and semi-finals: not counted */
    size_t unclear;            /* the same place and different times: not one race */
    size_t count;
    const struct har_meeting *meeting; /* in order of day */
};

/* Two careers: the races that both finished. Heats, semi-finals and qualifying rounds do
 * not count, nor do marks passed on the way; the place decides where both have one, else
 * the time. Who did not finish has no mark and so no meeting. */
har_status har_career_meetings(const struct har_listed *a, size_t a_count,
                               const struct har_listed *b, size_t b_count,
                               struct har_arena *arena, struct har_meetings *out,
                               struct har_error *err);

/* Whether a round leads to another: h2, sf1, qf, pr; not f, r1 (a race of sections). */
bool har_round_is_heat(const char *round);

/* --- careers ------------------------------------------------------------------------- */

struct har_career_mark {
    const struct har_listed *row; /* of the rows given */
    int points;                   /* by the tables of 2025; HAR_UNTOLD: none */
    int age;                      /* on the day; HAR_UNTOLD */
    double age_grade_pct;         /* NaN: none */
    bool best;                    /* nothing as fast on an earlier day, of what has a day */
};

/* A place in a final of the championships that are counted. */
struct har_honour {
    const struct har_listed *row;
    const char *championship; /* "World Championships" */
    int place;                /* 1..8 */
};

struct har_career {
    /* The best of each event, shorter first; the short track is an event of its own. */
    size_t best_count;
    const struct har_career_mark *best;
    /* The best of each event and year, in that order, by year within an event. */
    size_t season_count;
    const struct har_career_mark *season;
    /* The steps by which the bests were reached: event, then day. */
    size_t step_count;
    const struct har_career_mark *step;
    /* Faster than the best and kept apart: one of each event. */
    size_t apart_count;
    const struct har_career_mark *apart;
    /* The greatest championships first, then in order of day. */
    size_t honour_count;
    const struct har_honour *honour;
};

/* All rows of one athlete, in any order. Rows that har_listed_apart() keeps apart are only
 * in `apart`. */
har_status har_career_of(const struct har_listed *row, size_t count,
                         struct har_arena *arena, struct har_career *out,
                         struct har_error *err);

/* The championship that a competition's name names; NULL: none that is counted. */
const char *har_championship_of(const char *competition);

#ifdef __cplusplus
}
#endif

#endif
