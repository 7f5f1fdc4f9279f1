/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_SEASON_H
#define HARRIER_SEASON_H

/* season - races that matter, camps, days off, a runner -> weeks of load, and what they
 * lead to.
 *
 * Where a response to load is established the loads are those that make the expected
 * performance on the target days the greatest within what the runner has carried before;
 * where none is, they follow stated rules. The plan says which, and what it could not meet.
 * The same inputs give the same bytes.
 */

#include "harrier/calendar.h"
#include "harrier/camp.h"
#include "harrier/response.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_SEASON_VERSION = 1 };

/* --- the question ------------------------------------------------------------------------
 */

struct har_target {
    int64_t day;
    struct har_event event;
    const char *name; /* may be NULL */
    enum har_importance importance;
    double load; /* what the race asks; NaN: as the day would have */
};

/* Days on which nothing can be done. */
struct har_days_off {
    int64_t from_day, to_day;
    const char *name; /* may be NULL */
};

struct har_season_problem {
    int64_t from_day; /* the first that is planned */
    size_t target_count, camp_count, off_count;
    const struct har_target *targets; /* in order of days, none before from_day */
    const struct har_camp *camps;     /* in order of days; those of before, too */
    const struct har_days_off *off;
    struct har_load_days done;           /* up to the day before from_day, or earlier */
    double metres_per_load;              /* of the last weeks; NaN where not known */
    double longest_m;                    /* run of the last 30 days; NaN where not known */
    const struct har_response *response; /* NULL: none is established */
};

/* Zero is the default. */
struct har_season_settings {
    int64_t taper_days;             /* [14] */
    double taper_least, taper_most; /* cut of the volume [0.40, 0.60] */
    double week_growth;             /* at most, 1.05 is 5 % a week [the runner's own] */
    double most_week_load;          /* mean of four [1.1 times the best of two years] */
    double hours_a_day;             /* at a camp's height [22] */
};

/* --- the answer --------------------------------------------------------------------------
 */

/* What a week is for. */
enum har_phase {
    HAR_PHASE_BASE,
    HAR_PHASE_BUILD,
    HAR_PHASE_SPECIFIC,
    HAR_PHASE_TAPER,
    HAR_PHASE_RECOVERY,
    HAR_PHASES
};
const char *har_phase_name(enum har_phase phase); /* "base" */

/* How the running of a phase is shared out, in percent of its time. */
struct har_balance {
    double easy_pct, threshold_pct, fast_pct;
};
struct har_balance har_phase_balance(enum har_phase phase);

struct har_season_week {
    int64_t monday;
    enum har_phase phase;
    bool easy;                   /* the lighter one of four */
    double load;                 /* of its days from from_day on, races in it */
    double distance_m;           /* NaN where metres_per_load is; so is the next */
    double long_run_m;           /* NaN too in a week with a race of importance A or B */
    const struct har_camp *camp; /* that has most of the week; NULL */
    unsigned races, off_days;
};

/* What the plan leads to on the day of a race. */
struct har_season_race {
    const struct har_target *target;
    double fitness, fatigue, form; /* of the morning, 42 and 7 days; descriptions */
    /* ln speed beside the mean of the 180 days before the plan, by the response, and its
     * standard deviation, the day's luck left out. NaN without a response. */
    double ln_gain, ln_spread;
    double altitude_pct, altitude_low_pct, altitude_high_pct; /* of speed; 80 % */
    const struct har_camp *camp; /* the last before the race, up to 6 weeks; NULL */
    const struct har_return_window *window; /* in which that leaves it; NULL */
};

enum har_unmet_kind {
    HAR_UNMET_TAPERS,  /* two targets too near each other to load between them */
    HAR_UNMET_TIME,    /* too few weeks before a target */
    HAR_UNMET_CEILING, /* the runner's own most load is not reached by safe growth */
    HAR_UNMET_WINDOW,  /* a race on days after a camp that are avoided */
    HAR_UNMET_CAMP,    /* a race within a camp */
    HAR_UNMET_OFF,     /* a race on a day off */
    HAR_UNMET_LONG_RUN /* the long run stays short of what the distance asks */
};
struct har_unmet {
    enum har_unmet_kind kind;
    int64_t day;      /* of the race */
    const char *text; /* a sentence */
};

/* What the plan stands on. */
struct har_season_evidence {
    bool by_response;      /* else by rules */
    double present_load;   /* a week, of the last four */
    double most_week_load; /* bound of the mean of four weeks */
    double week_growth;    /* at most, from one loading week to the next */
    bool own_growth;       /* the runner has carried it; else the rule */
    double fitness_gained; /* expected ln speed on the A days, their mean; NaN by rules */
};

struct har_season_plan {
    int64_t monday; /* of the first week */
    size_t week_count, race_count, unmet_count;
    const struct har_season_week *weeks;
    const double *day_load;              /* 7 a week; 0 before from_day */
    const struct har_season_race *races; /* as the targets */
    const struct har_unmet *unmet;       /* in order of days */
    struct har_season_evidence evidence;
};

/* Plans up to the end of the week of the last target. Everything lives in `arena`; targets
 * and camps are borrowed.
 *
 *   HAR_OUT_OF_RANGE  no target of importance A, targets out of order, before from_day or
 *                     over three years ahead, or a setting
 *   HAR_BAD_INPUT     two camps share days
 *   HAR_NO_ANSWER     nothing is known of the training of the last six weeks, or there was
 *                     none
 */
har_status har_plan_season(const struct har_season_problem *problem,
                           const struct har_season_settings *settings,
                           struct har_arena *arena, struct har_season_plan *out,
                           struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
