/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_DIARY_H
#define HARRIER_DIARY_H

/* diary - what was done in, the season on one page out.
 *
 * Adds up summaries: days, weeks, zones, races, the longest run, stays at altitude, the
 * best efforts. Plain arithmetic; no model.
 */

#include "harrier/best.h"
#include "harrier/course.h"
#include "harrier/forecast.h"
#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An athlete, beside activities and races. */
struct har_athlete {
    int64_t id;
    const char *name;
    const char *listed_as; /* what lists of results call the athlete; or NULL */
    int sex;               /* an enum har_sex, or HAR_UNTOLD */
    int64_t born_day;      /* or HAR_NO_DAY */
};

/* A race as the diary keeps it: the official result, and the activity that recorded it if
 * any did. An activity may hold several races. */
struct har_race {
    int64_t id;
    int64_t activity; /* 0: none */
    bool judged; /* nobody told result.eligible: it is the activity's course's verdict */
    struct har_result result;
};

/* One activity as the diary keeps it. */
struct har_entry {
    int64_t id;
    const char *name; /* may be NULL */
    bool race;
    struct har_summary summary;
    double flat_speed_mps; /* of the whole run; NaN where unknown */
    size_t best_count;
    const struct har_best *bests;         /* by distance */
    const struct har_eligibility *course; /* of a race whose course is known; or NULL */
    const struct har_race *official;      /* the result of a race, if it is kept; or NULL */
};

/* Runs are all activities of the sport running, on a belt and on a screen too. Sums leave
 * out what is unknown; they are NaN where there were runs and none of them knew, 0 without
 * runs. */
struct har_week {
    int64_t monday; /* day number of its Monday */
    unsigned runs, others;
    double distance_m, ascent_m, moving_s; /* of the runs */
    double longest_m;
    double altitude_m; /* median of what was done on foot; NaN where unknown */
    bool race;
};

/* Heart rate zones by share of the highest believable heart rate seen: five zones with the
 * bounds 60, 70, 80, 90 %, the first from 0, the others from the next whole beat. Times are
 * those of the runs. */
enum { HAR_ZONES = 5 };
struct har_zones {
    double heart_max_bpm; /* NaN where no heart rate is known: then all else is 0 */
    double from_bpm[HAR_ZONES];
    double time_s[HAR_ZONES];
    double unknown_s; /* moving time without a heart rate */
};

/* Consecutive days, up to 4 without a run between them, whose runs lie more than 500 m
 * above the season's usual altitude, or all more than 500 m below; at least 3 days from
 * first to last. The usual altitude is the median over the days on foot. */
struct har_stay {
    int64_t from_day, to_day;
    double altitude_m; /* median of its days */
    unsigned runs;
    double distance_m;
};

struct har_season_best {
    struct har_best best;
    int64_t id;       /* activity */
    int64_t start_ms; /* of the effort */
    int32_t utc_offset_s;
};

/* The best official mark over an event. One that lists do not take (a course that falls, a
 * time from one's own watch) never is the best: it stands behind it where it is faster, or
 * where there is no other. */
struct har_personal_best {
    const struct har_race *race;
    bool counts;
    int points; /* World Athletics 2025; -1 where there are none or the sex is not known */
};

struct har_season {
    int64_t from_day, to_day; /* of the first and the last activity */
    unsigned activities, runs;
    double distance_m, ascent_m, moving_s; /* of the runs */
    size_t week_count;
    const struct har_week *weeks; /* all from first to last, empty ones too */
    struct har_zones zones;
    size_t best_count;
    const struct har_season_best *bests; /* by distance, ascending */
    size_t race_count;
    const struct har_entry *const *races; /* in order of time */
    size_t mark_count;
    const struct har_personal_best *marks; /* by har_season_results(); else none */
    const struct har_entry *longest;       /* run; NULL where no distance is known */
    size_t stay_count;
    const struct har_stay *stays;
    const struct har_outlook *outlook; /* the day after; NULL where nothing is known */
    size_t foretold_count;
    const struct har_foretold *foretold; /* the season's races, each from the day before */
};

/* Adds up `count` entries in any order. Everything lives in `arena`; names and bests are
 * borrowed from the entries. An entry without an instant is left out. HAR_NOT_FOUND if none
 * is left. */
har_status har_season(const struct har_entry *entries, size_t count,
                      struct har_arena *arena, struct har_season *out,
                      struct har_error *err);

/* The personal bests among `count` races, by distance; borrowed. `sex` is an enum har_sex
 * or HAR_UNTOLD. A mark of which nobody says whether it is eligible counts. */
har_status har_personal_bests(const struct har_race *races, size_t count, int sex,
                              struct har_arena *arena, struct har_personal_best **out,
                              size_t *out_count, struct har_error *err);

/* Adds official results to a season: its marks are the best of all; to its weeks and races
 * come those that no activity recorded, as entries that know their day alone. */
har_status har_season_results(struct har_season *season, const struct har_race *races,
                              size_t count, int sex, struct har_arena *arena,
                              struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
