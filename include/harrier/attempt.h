/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ATTEMPT_H
#define HARRIER_ATTEMPT_H

/* attempt - a record, and what it takes to break it.
 *
 * The records with their splits come from data/records.tsv and data/record_splits.tsv:
 * dated facts, as known on har_world_records_as_of. Beside them a plan (pace.h) is a
 * schedule, and the rules say what must be true of the event, the track or course, the
 * pacing and the timing for a mark to count.
 */

#include "harrier/course.h"
#include "harrier/mark.h"
#include "harrier/pace.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any answer of this room can differ. */
enum { HAR_ATTEMPT_VERSION = 1 };

/* --- the records ------------------------------------------------------------------ */

struct har_world_record_split {
    double distance_m, time_s;
    bool leader; /* of whoever led there; else of the record's holder */
};

/* On the road women have two records. */
enum har_record_company {
    HAR_COMPANY_ANY,
    HAR_COMPANY_MIXED, /* men ran along */
    HAR_COMPANY_WOMEN, /* women alone */
};

struct har_world_record {
    const char *event; /* as OpenTrack writes it: 5000, MILEi, HM */
    enum har_event_kind kind;
    int64_t distance_mm;
    enum har_sex sex;
    enum har_record_company field;
    bool best; /* a world best: no record is kept of this event */
    int64_t time_ms;
    const char *name, *date, *place;            /* 2020-08-14 */
    const char *source;                         /* the list that has it */
    const struct har_world_record_split *split; /* on the way; NULL where none is known */
    size_t split_count;
};

/* By sex, ground and distance; of women's two the mixed one first. */
extern const struct har_world_record har_world_records[];
extern const size_t har_world_record_count;
extern const char har_world_records_as_of[]; /* a day: 2025-12-31 */

/* The record that a time of `time_ms` would break or equal, else the fastest of the event;
 * NULL where none is kept or known. */
const struct har_world_record *har_world_record_aimed_at(const struct har_event *event,
                                                         enum har_sex sex, int64_t time_ms);

/* --- the schedule ----------------------------------------------------------------- */

struct har_attempt_split {
    double distance_m, time_s, reserve;
    double lap_s;    /* since the split before; NaN where only the record has a split */
    double record_s; /* the record there; NaN where it is not known */
    bool leader;     /* of the record there */
};

/* The plan at every `every_m`, at each place where the record's split is known, and at the
 * finish. `record` may be NULL. HAR_OUT_OF_RANGE, HAR_NO_MEMORY: as har_plan_splits(). */
har_status har_attempt_schedule(const struct har_pace_plan *plan, double every_m,
                                const struct har_world_record *record,
                                struct har_arena *arena,
                                const struct har_attempt_split **split, size_t *count,
                                struct har_error *err);

/* --- what must be true ------------------------------------------------------------ */

/* What is told; zero where it is not. */
struct har_attempt {
    const struct har_event *event;
    const struct har_mark *target;
    const struct har_world_record *record;
    double lap_m;                         /* of the track; INFINITY: oversized */
    const struct har_eligibility *course; /* NULL: none told, or not the road */
    size_t pacemakers;                    /* who start with the runner */
};

/* How a condition stands before the race. */
enum har_met { HAR_TO_BE_SHOWN, HAR_MET, HAR_NOT_MET };
/* "to be shown", "met", "not met". */
const char *har_met_name(enum har_met met);

struct har_condition {
    const char *about;  /* "timing" */
    const char *rule;   /* "CR 31", of World Athletics' competition or technical rules */
    const char *wanted; /* what must be true, a clause */
    enum har_met met;
    const char *because; /* a clause; NULL: nothing to add */
};

/* What the rules ask of such an attempt, in the order in which it would be asked. Lives in
 * `arena`. HAR_NO_MEMORY. */
har_status har_attempt_conditions(const struct har_attempt *attempt,
                                  struct har_arena *arena,
                                  const struct har_condition **condition, size_t *count,
                                  struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
