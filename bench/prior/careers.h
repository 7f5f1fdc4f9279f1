/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PRIOR_CAREERS_H
#define HARRIER_PRIOR_CAREERS_H

/* Careers to learn from and to judge by: every dated mark of many runners, or their bests.
 */

#include "harrier/runner.h"

struct career_mark {
    struct har_evidence evidence;
    int row;     /* of the layout; -1: none */
    bool target; /* may be asked for: outdoors, eligible, one of the layout's main events */
    bool season_best;
};

struct career {
    unsigned fold; /* by a checksum of the name, so that it does not move with the file */
    enum har_sex sex;
    size_t first, count; /* of `mark`; in order of days */
};

struct careers {
    size_t count, mark_count;
    struct career *career;
    struct career_mark *mark;
};

/* The events that a prior shall have, in any units of a table. */
struct layout {
    const char *name;
    size_t rows;
    const struct layout_row {
        const char *code;
        bool target;
        bool learnt; /* false: too few marks; made from its neighbours */
    } * row;
    bool dated; /* whether there is drift, form and season to learn */
    double slow, fast;
};
extern const struct layout layout_elite, layout_recreational;

enum { FOLDS = 4 };

/* Reads a CSV of results by its header's names; the known oddities of two public
 * collections are understood. Bad rows, marks from courses that help, and what no runner of
 * the layout has run are left out. Ends the program with a sentence if it cannot. */
struct careers read_careers(const char *path, const struct layout *layout,
                            struct har_arena *arena);

#endif
