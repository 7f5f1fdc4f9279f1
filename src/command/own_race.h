/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_OWN_RACE_H
#define COMMAND_OWN_RACE_H

/* One's own race, between the file that finds it and the one that prints it; and what a
 * curve says of a runner in a field. */

#include "request.h"

#include "harrier/field.h"

struct own_answer {
    const char *file;      /* NULL where it is kept */
    int64_t activity;      /* kept; else 0 */
    const char *name;      /* of the race or the activity; or NULL */
    const char *event;     /* its code, or NULL */
    int place;             /* 0: not told */
    bool official;         /* the time is the organiser's */
    const char *no_limits; /* why nothing is said of what was left; or NULL */
    struct har_own_analysis analysis;
};

void own_json(struct har_text *text, const struct own_answer *answer);
void own_csv(struct har_text *text, const struct own_answer *answer);
void own_text(struct har_text *text, const struct own_answer *answer,
              const struct har_style *style);

/* Analyses a recording, or the activity of a number in the store. The exit status. */
int analyse_own_file(const struct request *request, const char *path,
                     struct har_bytes bytes);
int analyse_own_activity(const struct request *request, int64_t id);

/* The limits that --curve tells; else those of the athlete that --athlete names, if one of
 * that name is kept, for a race over `distance_m`. False after saying what is wrong with
 * --curve; `*why_not` is a sentence where nothing is known. */
bool read_limits(const struct request *request, double distance_m,
                 struct har_limits *limits, const char **why_not);

#endif
