/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_PACE_H
#define COMMAND_PACE_H

/* What `harrier pace` was asked, between the file that reads it and the one that answers.
 */

#include "request.h"

#include "harrier/pace.h"

enum { MOST_PACERS = 32 };

struct pace_question {
    int sex;                /* of the store's runner; HAR_UNTOLD with --curve */
    struct har_event event; /* code "" where only a course was told */
    const char *course;     /* or NULL */
    struct har_course line; /* of the course; count 0: none, or a profile only */
    struct har_way way;
    struct har_emig runner;
    struct har_altitude altitude;
    struct har_heat heat;
    struct har_pace_problem problem;
    double every_m;
    size_t pacer_count; /* 0: no group */
    struct har_pacer pacer[MOST_PACERS];
    struct har_emig pacer_runner[MOST_PACERS];
    const char *pacer_name[MOST_PACERS];
};

/* False, `*status` set, after saying what is wrong. `out` must not move afterwards. */
bool read_pace_question(const struct request *request, struct pace_question *out,
                        int *status);

/* "400", "400m", "1km", "mile", "half", of the option `name`. False after saying what is
 * wrong. */
bool read_metres(const struct request *request, const char *name, struct har_bytes text,
                 double *metres);
/* "v_m=5.5,gamma=0.06" and what else a curve has; false after saying what is wrong. */
bool read_curve(const struct request *request, const char *text, struct pace_question *q);
/* The curve of a kept history as it was before `day`, through what it foretells for the
 * question's event. */
har_status take_kept_curve(const struct har_history *history, int64_t day,
                           struct har_arena *arena, struct pace_question *q,
                           struct har_error *err);

struct pace_answer {
    const struct pace_question *question;
    struct har_pace_plan plan;
    struct har_pace_evidence evidence;
    const struct har_pace_split *split;
    size_t split_count;
    struct har_turns turns;
    double grouped_s, grouped_chance; /* of the plan's runner behind the others, or NaN */
};

/* The turns of the group, and what they bring the runner of the plan, who runs in the place
 * of the first who does not lead. Nothing without a group. */
har_status plan_group(const struct request *request, struct pace_answer *a,
                      struct har_error *why);

/* Who leads where, and what it takes and saves; nothing without a group. */
void pace_group_rows(struct har_text *text, const struct pace_answer *a,
                     const struct har_style *style);
void pace_group_json(struct har_json *json, const struct pace_answer *a);

/* Writes the files that were asked for: lamps, band, course, workout. The exit status. */
int write_pace_files(const struct request *request, const struct pace_answer *answer);

#endif
