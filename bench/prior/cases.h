/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PRIOR_CASES_H
#define HARRIER_PRIOR_CASES_H

/* The questions put to a prior: foretell this mark from those. */

#include "careers.h"

enum protocol {
    RACES_FROM_ALL,   /* a race from all earlier marks */
    RACES_FROM_OTHER, /* from those over other events */
    BESTS_FROM_ALL, /* a season's best (known as such afterwards) from all earlier marks */
    BESTS_FROM_OTHER,
    RACES_FROM_BESTS,  /* a race from the season bests before it */
    BESTS_WITHIN_YEAR, /* a season's best from the year's bests over other events */
    PBS_FROM_ALL,      /* a personal best from all others of the runner */
    PBS_FROM_MAIN,     /* from those over the five main distances */
    HALF_TO_MARATHON,
    TEN_TO_HALF,
    PROTOCOLS
};
extern const char *const protocol_name[PROTOCOLS];
enum har_question question_of(enum protocol protocol);

enum { MOST_EVIDENCE = 4096 };
struct one_case {
    const struct career *career;
    const struct career_mark *target;
    int64_t day; /* asked on */
    size_t count;
    struct har_evidence evidence[MOST_EVIDENCE];
    size_t nearest; /* the best of the nearest distance within a year, for the formulas */
};

/* Fills `out` with the case of mark `target` of a career; false if the protocol does not
 * ask for it, or nothing is known. */
bool make_case(const struct careers *careers, const struct layout *layout, size_t career,
               size_t target, enum protocol protocol, struct one_case *out);

#endif
