/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_DIARY_H
#define HARRIER_DIARY_H

/* diary - what was done in, the season on one page out.
 *
 * Adds up summaries: days, weeks, zones, races, the longest run, stays at altitude, the
 * best efforts. Plain arithmetic; no model.
 */

#include "harrier/best.h"
#include "harrier/camp.h"
#include "harrier/course.h"
#include "harrier/forecast.h"
#include "harrier/form.h"
#include "harrier/load.h"
#include "harrier/recovery.h"
#include "harrier/response.h"
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
    int64_t athlete;
    const char *name; /* may be NULL */
    bool race;
    struct har_summary summary;
    double flat_speed_mps;    /* of the whole run; NaN where unknown */
    struct har_steady steady; /* of 0 seconds, or NaN, where there is none */
    size_t best_count;
    const struct har_best *bests;         /* by distance */
    const struct har_eligibility *course; /* of a race whose course is known; or NULL */
    const struct har_race *official;      /* the result of a race, if it is kept; or NULL */
    const struct har_paces *paces;        /* NULL where not asked for, or none is known */
    const struct har_load *load;          /* NULL where not asked for, or not known */
};

/* What one file tells of one activity. */
struct har_source {
    int64_t id, activity, original;
    unsigned part; /* index of the activity within its file */
    unsigned sport;
    uint64_t serial;
    int64_t created_ms;
    int64_t start_ms, end_ms;
    double distance_m;
    double richness;  /* the larger the more it tells; the richest is the primary one */
    const char *path; /* its original's; not read when a source is added */
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

/* The highest heart rate that one activity held or exceeded for as long as makes it
 * believable; 0 where there is none. */
unsigned har_held_heart_bpm(const float heart_s[HAR_HEART_BINS]);

/* Consecutive days, up to 4 without a run between them, whose runs lie more than 500 m
 * above the season's usual altitude, or all more than 500 m below; at least 3 days from
 * first to last. The usual altitude is the median over the days on foot. */
struct har_stay {
    int64_t from_day, to_day;
    double altitude_m; /* median of its days */
    unsigned runs;
    double distance_m;
    bool camp; /* a camp of the season says more of these days */
};

/* Mornings up to and with a day: the means of a week beside those of four. */
struct har_mornings {
    unsigned known; /* means that are known; 0: there is nothing to say */
    int64_t day;
    struct har_wellness_row week, weeks; /* NaN: fewer than 3 days, or 7, knew it */
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
    int sex;    /* by which they are: an enum har_sex, or HAR_UNTOLD */
};

struct har_season_ahead; /* of ahead.h */

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
    struct har_stay *stays;
    size_t camp_count;
    const struct har_kept_camp *camps;   /* by har_season_camps(); else none */
    const struct har_mornings *mornings; /* the latest; NULL: none is kept of then */
    const struct har_outlook *outlook;   /* the day after; NULL where nothing is known */
    const struct har_form *form;         /* of all days up to the last; or NULL */
    const struct har_learnt_response *learnt; /* from them and all marks; or NULL */
    size_t foretold_count;
    const struct har_foretold *foretold; /* the season's races, each from the day before */
    size_t recovered_count;
    const struct har_recovered *recovered; /* the last races, one a day */
    const struct har_season_ahead *ahead;  /* that is planned; NULL where none is kept */
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

/* --- camps and mornings --------------------------------------------------------------- */

/* The camps of a runner in order of time: those told, and those found where the entries on
 * foot lie high. A stay at which the runner lives is none. `efforts` are standardised
 * marks, to say what each camp brought. HAR_NO_MEMORY is the only failure. */
har_status har_camps_of(const struct har_entry *entries, size_t count,
                        const struct har_kept_camp *told, size_t told_count,
                        const struct har_camp_effort *efforts, size_t effort_count,
                        struct har_arena *arena, struct har_kept_camp **out,
                        size_t *out_count, struct har_error *err);

/* Gives a season those of `camps` (borrowed) that touch its days, and its stays word of it.
 */
void har_season_camps(struct har_season *season, const struct har_kept_camp *camps,
                      size_t count);

/* Means of the 7 and of the 28 days up to and with `day`, of rows in order of days. */
struct har_mornings har_mornings_of(const struct har_wellness_row *rows, size_t count,
                                    int64_t day);

#ifdef __cplusplus
}
#endif

#endif
