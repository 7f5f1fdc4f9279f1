/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_AHEAD_H
#define HARRIER_AHEAD_H

/* ahead - a planned season and its runner -> times on its race days, and what came of it.
 *
 * The planned and the done stand beside each other, week by week and race by race, and are
 * never added up.
 */

#include "harrier/diary.h"
#include "harrier/season.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A race that is planned, and one that was run. */
struct har_expected_race {
    const struct har_season_race *race;
    bool predicted;                   /* else no curve reaches it, or none is known */
    struct har_prediction prediction; /* on the day, by curve, response and altitude */
    double high_m;                    /* run up there, in the camp of its day; else NaN */
    double high_factor;               /* what that makes of the time; else 1 */
};
struct har_benchmark {
    const struct har_expected_race *expected;
    const struct har_race *run;
    double standard_s, slower_pct; /* in standard conditions; beside the prediction */
    bool within;                   /* its 80 % */
};

/* What was done in a week of the plan, from the plan's first day on. */
struct har_week_done {
    unsigned days;     /* that are over */
    unsigned sessions; /* on foot or not */
    double load;       /* NaN where nothing is known */
};

struct har_season_ahead {
    struct har_season_plan plan;
    struct har_season_settings settings;
    int64_t from_day;
    const char *no_curve; /* why nothing is predicted; NULL */
    struct har_learnt_response learnt;
    size_t race_count, camp_count;
    const struct har_expected_race *races; /* as plan.races */
    const struct har_camp *camps;
    /* Of what was done since: */
    int64_t seen_day;                 /* the first that is not over */
    const struct har_week_done *done; /* by week of the plan; NULL: not asked for */
    size_t benchmark_count;
    const struct har_benchmark *benchmarks;
};

/* What the plan's races are expected to take: by the curve (NULL: none is known) on their
 * days, moved by the response and by the altitude. HAR_NO_MEMORY is the only failure, here
 * and below; everything lives in `arena`. */
har_status har_expect_races(struct har_season_ahead *ahead, const struct har_curve *curve,
                            struct har_arena *arena, struct har_error *err);

/* What was done of the plan's weeks up to the day before `seen_day`. */
har_status har_season_done(struct har_season_ahead *ahead, const struct har_form *form,
                           int64_t seen_day, struct har_arena *arena,
                           struct har_error *err);

/* Which of the races (borrowed) are races of the plan: of the same day and event, with a
 * mark that can be put into standard conditions. */
har_status har_season_raced(struct har_season_ahead *ahead, const struct har_race *run,
                            size_t count, enum har_sex sex, struct har_arena *arena,
                            struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
