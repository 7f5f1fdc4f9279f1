/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_AGENDA_H
#define HARRIER_AGENDA_H

/* agenda - a week of a planned season and its runner's paces -> what to run on each day.
 *
 * Workouts as the workout room has them: words to read, steps for a watch. They follow
 * stated rules, from the week's phase and the race that it leads to.
 */

#include "harrier/season.h"
#include "harrier/workout.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any session from this room can differ. */
enum { HAR_AGENDA_VERSION = 1 };

enum har_agenda_kind {
    HAR_AGENDA_EASY,
    HAR_AGENDA_STRIDES, /* easy, with a few short fast ones */
    HAR_AGENDA_THRESHOLD,
    HAR_AGENDA_FAST,
    HAR_AGENDA_LONG,
    HAR_AGENDA_RACE,
    HAR_AGENDA_KINDS
};
const char *har_agenda_kind_name(enum har_agenda_kind kind); /* "easy" */

struct har_agenda_day {
    int64_t day;
    enum har_agenda_kind kind;
    double distance_m;             /* about; of a race its own */
    const struct har_target *race; /* of HAR_AGENDA_RACE, which has no workout; else NULL */
    const char *words;             /* of the workout; "" of a race */
    struct har_workout workout;    /* its speeds known */
};

enum { HAR_AGENDA_DAYS = 7 }; /* of a week */

/* The sessions of a week of the plan, in order of days: at most one a day, none on days
 * off, none under 3 km, whose way the other days take. They add up to about the week's
 * distance. `out` has room for HAR_AGENDA_DAYS.
 *
 *   HAR_OUT_OF_RANGE  the plan has no such week
 *   HAR_NO_ANSWER     how far this runner runs for a load is not known, or how fast
 */
har_status har_agenda_of(const struct har_season_plan *plan, size_t week,
                         const struct har_workout_paces *paces, struct har_arena *arena,
                         struct har_agenda_day *out, size_t *count, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
