/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_TRAINING_H
#define HARRIER_TRAINING_H

/* training - what is kept -> load, form, camps, response.
 *
 * Asks the pure rooms about one athlete of a store: what can be run, what each session
 * asked and what the days of it add up to, what the stays at altitude are worth; and about
 * all of them, who needs a coach first.
 */

#include "harrier/ahead.h"
#include "harrier/attention.h"
#include "harrier/forecast.h"
#include "harrier/form.h"
#include "harrier/journal.h"
#include "harrier/recovery.h"
#include "harrier/response.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- marks -------------------------------------------------------------------- */

/* All that is known of what the filter's athlete can run, in standard conditions: official
 * marks; where a race has none, what the watch measured over its distance; and the fastest
 * of training. `sex` is an enum har_sex, or HAR_UNTOLD for the one that is kept.
 * HAR_NO_ANSWER where that is not known, or nothing is. */
har_status har_kept_history(struct har_store *store, const struct har_store_filter *filter,
                            int sex, struct har_arena *arena, struct har_history *out,
                            struct har_error *err);

/* --- plans ---------------------------------------------------------------------- */

/* A session to come; NaN where it is not told. A load that is told counts; else it comes
 * from distance and duration by the runner's curve, or from one of them as the runs of the
 * last 8 weeks went. */
struct har_planned {
    int64_t day;
    double load, distance_m, duration_s;
    bool race;
};
struct har_plan {
    size_t count;
    const struct har_planned *session; /* as they stand */
    size_t refused_count;
    const struct har_refused_row *refused;
};
/* Reads a table of date and any of load, distance_m, duration, race (anything but nothing,
 * 0 and no). Fails as har_table_open() does, and with HAR_BAD_INPUT for a header without a
 * date, or without anything that makes a load. */
har_status har_plan_read(struct har_bytes sheet, struct har_arena *arena,
                         struct har_plan *out, struct har_error *err);

/* --- load ----------------------------------------------------------------------- */

struct har_load_settings {
    int sex;                       /* an enum har_sex, or HAR_UNTOLD for the kept one */
    struct har_form_settings form; /* its days are set here; the constants count */
    const struct har_planned *plan;
    size_t plan_count;
};

struct har_loads {
    size_t entry_count;
    const struct har_entry *entries; /* of all days up to the filter's last; with loads */
    unsigned by[HAR_LOAD_DURATION + 1]; /* how many of them, by source */
    unsigned up_high;                   /* sessions that were judged at their altitude */
    unsigned unrecorded;                /* races that only their result tells of */
    const char *no_curve;               /* why there is none; NULL */
    struct har_load_runner runner;      /* as on the last day */

    struct har_form form;  /* every day, the planned ones too */
    int64_t last_day;      /* of what was done */
    unsigned past_plan;    /* planned sessions not after it, which are left out */
    unsigned plan_unknown; /* planned sessions whose load nothing tells */

    int64_t race_day; /* the first planned race, else the last planned day, else the next */
    bool race_planned;
    struct har_toll toll; /* what earlier races are expected to cost on it */
    struct har_toll_factor factor;
    size_t factor_races; /* races that say something of the factor */

    struct har_learnt_response learnt;
};
/* What all that is kept asked of the filter's athlete, and what that adds up to. A session
 * is judged by the curve as it was known on the first of its month; those before any mark
 * by the first curve there is. HAR_NO_ANSWER where nothing is kept. */
har_status har_loads(struct har_store *store, const struct har_store_filter *filter,
                     const struct har_load_settings *settings, struct har_arena *arena,
                     struct har_loads *out, struct har_error *err);

/* The same without what the races say: no toll, no response. For the days of many. */
har_status har_load_days(struct har_store *store, const struct har_store_filter *filter,
                         const struct har_load_settings *settings, struct har_arena *arena,
                         struct har_loads *out, struct har_error *err);

/* Gives each of `count` entries of the athlete its load. */
har_status har_give_loads(struct har_store *store, int64_t athlete,
                          struct har_entry *entries, size_t count, struct har_arena *arena,
                          struct har_error *err);

/* --- camps ---------------------------------------------------------------------- */

/* All camps of the filter's athlete, told and found, and what each may bring and brought.
 */
har_status har_camps(struct har_store *store, const struct har_store_filter *filter,
                     struct har_arena *arena, struct har_kept_camp **camps, size_t *count,
                     struct har_error *err);

/* --- a squad -------------------------------------------------------------------- */

/* One of those whose training a coach looks after. */
struct har_member {
    int64_t athlete;
    const char *name; /* "" for the nameless one */
    struct har_watch watch;
    int64_t last_day;          /* with a session; HAR_NO_DAY: none is kept */
    double week_m;             /* of the runs of the last 7 days */
    struct har_form_day today; /* all NaN or 0 where nothing is kept */
};
/* All athletes of a store as they are on the day `today`, who needs attention most first.
 * Nothing that is kept of later days counts, but camps that were told and planned
 * seasons: their races to come, and what was planned for the last weeks. */
har_status har_squad(struct har_store *store, int64_t today, struct har_arena *arena,
                     struct har_member **members, size_t *count, struct har_error *err);

/* --- the season ahead ------------------------------------------------------------- */

/* Plans a season for the filter's athlete from what was known before season->from_day;
 * races before it are left out. Camps are those of the calendar, and of those told and
 * found the ones that share no day with them. Where `seen_day` is later, what was done
 * and raced until then stands beside it. Fails as har_plan_season() and har_loads(). */
har_status har_season_of(struct har_store *store, const struct har_store_filter *filter,
                         const struct har_kept_season *season, int64_t seen_day,
                         struct har_arena *arena, struct har_season_ahead *out,
                         struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
