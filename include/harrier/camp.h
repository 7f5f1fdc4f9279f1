/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_CAMP_H
#define HARRIER_CAMP_H

/* camp - stays at altitude: found, told, and what they may bring and brought.
 *
 * A stay is found where the activities on foot lie high for days; who knows better tells
 * it. Its dose and the response to be expected are those of the literature, and the
 * response of one runner may be none or twice that: the interval says so.
 */

#include "harrier/effort.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_CAMP_VERSION = 1 };

/* --- where the runner was ------------------------------------------------------------ */

/* An activity outdoors on foot. Days are the runner's own. NaN where not known. */
struct har_whereabouts {
    int64_t day;
    double altitude_m; /* median of the activity */
    double lat_deg, lon_deg;
};

struct har_camp {
    const char *name; /* NULL: found, and nobody has named it */
    int64_t from_day, to_day;
    double altitude_m; /* where the runner slept; of a found one the median of its days */
    double lat_deg, lon_deg;
    bool told;
    bool at_home; /* 120 days or longer: the runner lives there, and it is no camp */
};

/* Zero is the default. */
struct har_camp_settings {
    double above_m;        /* [1500] */
    int64_t least_days;    /* from first to last [4] */
    int64_t longest_break; /* days between two high ones of a stay [4] */
};

/* Finds the stays above settings->above_m, in order of time. A day is as high as the median
 * of its activities. Up to longest_break days of rest, or on up to two of them lower down
 * within 150 km, do not end a stay, if more than half of its known days are high; a move of
 * over 50 km does. Whereabouts in any order; the camps live in `arena`. HAR_NO_MEMORY is
 * the only failure. */
har_status har_camps_find(const struct har_whereabouts *seen, size_t count,
                          const struct har_camp_settings *settings, struct har_arena *arena,
                          struct har_camp **camps, size_t *camp_count,
                          struct har_error *err);

/* All of both in order of time, but for those found that touch a day of one told. */
har_status har_camps_join(const struct har_camp *found, size_t found_count,
                          const struct har_camp *told, size_t told_count,
                          struct har_arena *arena, struct har_camp **camps,
                          size_t *camp_count, struct har_error *err);

/* --- what a stay is worth ---------------------------------------------------------------
 */

#define HAR_CAMP_HOURS 22.0 /* a day up there, where nobody counted */

struct har_camp_dose {
    double hours;
    double dose_km_h;         /* altitude in km times hours: 986 for 21 days at 2,135 m */
    double haemoglobin_pct;   /* more haemoglobin to be expected at the end */
    double low_pct, high_pct; /* four runners in five lie between */
};
/* All NaN unless `hours_a_day` is over 0 and up to 24, the height known and the last day
 * not before the first. */
struct har_camp_dose har_camp_dose(const struct har_camp *camp, double hours_a_day);

/* What is left of all stays on the morning of a day, stays as they come one after another.
 * The camps in order of time; one that is still going on counts up to that day. */
struct har_altitude_state {
    double haemoglobin_pct, low_pct, high_pct;
    double acclimatised; /* 0..1, as struct har_altitude takes it */
    int64_t days_since;  /* the last day up there; 0 while there, -1 for never */
};
struct har_altitude_state har_altitude_state_on(const struct har_camp *camps, size_t count,
                                                int64_t day, double hours_a_day);

/* The days after a return that coaches race on, and those they avoid. Convention: what
 * evidence there is is thin. */
struct har_return_window {
    int64_t from_day, to_day; /* after the last day up there: 1 is the next */
    bool race;
    const char *because; /* a sentence */
};
const struct har_return_window *har_return_windows(size_t *count);

/* --- what a stay brought -----------------------------------------------------------------
 */

/* An effort at the sea, or made worth one there, in standard conditions. */
struct har_camp_effort {
    int64_t day;
    double ln_speed; /* 0.01 is one percent */
};

struct har_camp_gain {
    size_t before, after;               /* efforts that were compared */
    double gain_pct, low_pct, high_pct; /* of speed; 80 % */
};

/* Efforts of the 42 days after the stay less those of the 42 days before it; who was in
 * another stay by then does not count. HAR_NO_ANSWER: fewer than two on either side. */
har_status har_camp_brought(const struct har_camp *camps, size_t count, size_t which,
                            const struct har_camp_effort *efforts, size_t effort_count,
                            struct har_camp_gain *out, struct har_error *err);

/* A stay at altitude, told or found, and what it is worth. */
struct har_kept_camp {
    struct har_camp camp;
    double hours_a_day;
    struct har_camp_dose dose;
    const struct har_camp_gain *brought; /* NULL where too little was run to say */
    size_t before, after;                /* efforts that there are to say it by */
};

#ifdef __cplusplus
}
#endif

#endif
