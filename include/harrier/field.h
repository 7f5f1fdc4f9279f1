/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_FIELD_H
#define HARRIER_FIELD_H

/* field - a field's splits -> what happened.
 *
 * Times of many runners at the marks of a race, from whatever sheet holds them; and from
 * those the positions, gaps and packs, who kept even, who closed, and where it was won. And
 * of one runner who recorded it, where the race was lost to one even effort.
 */

#include "harrier/clean.h"
#include "harrier/effort.h"
#include "harrier/law.h"
#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_FIELD_VERSION = 1 };

/* --- sheets of splits ------------------------------------------------------------------
 */

struct har_field_runner {
    uint64_t line;                   /* of the sheet, where this one first stands; or 0 */
    const char *name, *bib, *nation; /* NULL: not told */
    int sex;                         /* an enum har_sex, or HAR_UNTOLD */
    int place;                       /* as the sheet has it; 0: not told */
    const double *time_s; /* since the start, at each mark; NaN: not seen there */
};

struct har_field {
    const char *name; /* the race, as the sheet tells it from others; or NULL */
    size_t mark_count;
    const double *mark_m; /* growing; the last is the finish */
    size_t runner_count;
    const struct har_field_runner *runner; /* in the order of the sheet */
};

/* Something of the sheet that cannot be, or is missing; the rest is used. */
struct har_field_note {
    uint64_t line;    /* or 0 */
    const char *what; /* one sentence */
};

/* What one file holds: its races, and what was left out of them. */
struct har_fields {
    size_t count;
    const struct har_field *field;
    size_t note_count;
    const struct har_field_note *note;
};

/* Reads the races of a sheet:
 *
 *     name,bib,sex,place,5K,10K,half,finish      a row a runner, a column a mark; also k5,
 *                                                400m, Time_400, 400
 *     race,bib,surname,official_m,elapsed_s      a row a runner and mark
 *     FinishLynx .lif                            splits every lap, else the finish alone
 *     RESULT|place|lane|id|name|team|time        its scoreboard's lines, any delimiter
 *     JSON with events[].results[]               the finish alone
 *
 * Times are seconds or 1:02:03.4; 0, nothing and a word are none. Runners of two sexes with
 * places of their own are two races. `event_m` is where the finish lies; 0: the next usual
 * distance after the last mark. Splits that go backwards, a mat that missed a finisher, two
 * with one bib and marks beyond the event are noted.
 *
 *   HAR_BAD_INPUT    no splits in it, finishes of no known distance, or no sound text
 *   HAR_UNSUPPORTED  none of these sheets
 *   HAR_NO_MEMORY
 */
har_status har_fields_read(struct har_bytes sheet, double event_m, struct har_arena *arena,
                           struct har_fields *out, struct har_error *err);

/* --- what happened -----------------------------------------------------------------------
 */

struct har_field_settings {
    double pack_s; /* a pack ends where the next is more behind [1] */
};

/* At a mark; NaN and 0 where the runner was not seen. */
struct har_passing {
    double lap_s;    /* since the mark before, or over the marks that missed this one */
    double lap_m;    /* as long as that */
    double behind_s; /* of the first there */
    int position;    /* 1 first; of those seen */
    int pack;        /* 1 the first pack */
};

struct har_performance {
    int place; /* among those who finished; 0: did not */
    double finish_s;
    double even; /* second half over first half, less 1; NaN: no half known */
    const struct har_passing *passing; /* at each mark */
};

struct har_mark_summary {
    size_t leader; /* index of a runner; SIZE_MAX: nobody seen */
    size_t seen;
    int packs;
    double slowdown; /* pace from there to the finish over pace until there, less 1: the
                        median of the finishers; NaN at the finish */
};

struct har_analysis {
    const struct har_performance *performance; /* of each runner */
    const struct har_mark_summary *mark;       /* at each mark */
    size_t finisher_count;
    const size_t *by_place; /* the finishers, then the others, farthest first */
    double decisive_from_m, decisive_to_m; /* NaN where nothing was decided */
    const char *because;
    size_t closer; /* who ran the last stretch fastest; SIZE_MAX: nobody */
};

/* What happened in one race. `settings` may be NULL. HAR_NO_MEMORY. */
har_status har_field_analyse(const struct har_field *field,
                             const struct har_field_settings *settings,
                             struct har_arena *arena, struct har_analysis *out,
                             struct har_error *err);

/* --- what was left ----------------------------------------------------------------------
 */

struct har_limits {
    struct har_emig curve;              /* v_m 0: not known */
    struct har_critical_speed critical; /* cs_mps 0: not known */
};
struct har_left {
    double reserve;   /* 1 .. 0 of what the curve allows; below 0: beyond it */
    double d_prime_m; /* both NaN where not known */
};

/* Before the first metre: all of it. */
struct har_left har_left_at_start(const struct har_limits *limits);
/* After a lap in `time_s` at a flat speed, as if that had been kept all the lap. */
struct har_left har_left_after(const struct har_limits *limits, struct har_left before,
                               double flat_mps, double time_s);

/* --- one's own race ---------------------------------------------------------------------
 */

struct har_own_race {
    const struct har_streams *streams;
    const struct har_flat *flat; /* of the streams; NULL: no heights known, taken as flat */
    double distance_m, time_s;   /* official; 0: as recorded */
    double every_m;              /* from mark to mark; 0: 400 on a track, else 1000 */
    const double *lap_end_s;     /* instead: where the lap button was pressed, or NULL */
    size_t lap_count;
    const struct har_limits *limits; /* or NULL */
};

struct har_own_lap {
    double to_m, time_s; /* since the start */
    double lap_m, lap_s;
    double flat_mps; /* NaN without heights */
    double heart_bpm;
    double lost_s;   /* to one effort all the way that takes as long; below 0: won */
    double slowdown; /* pace from there on over pace until there, less 1; NaN at the end */
    struct har_left left;
};

struct har_own_analysis {
    double distance_m, time_s;
    double from_s;     /* of the recording, where the race begins */
    double recorded_m; /* what the recording says that the distance was */
    double flat_mps;   /* of the whole; NaN without heights */
    double even;       /* second half over first half, less 1 */
    size_t lap_count;
    const struct har_own_lap *lap;
    double decisive_from_m, decisive_to_m; /* NaN where nothing to speak of was lost */
    const char *because;
};

/* Finds the race in a recording that may be longer (the stretch that lasts its official
 * time and goes farthest; else the fastest of its distance), draws distance and time out to
 * the official ones, and says where most was lost.
 *
 *   HAR_NO_ANSWER  no distances in it, or they differ from the official one by a tenth
 *   HAR_NO_MEMORY
 */
har_status har_own_race(const struct har_own_race *race, struct har_arena *arena,
                        struct har_own_analysis *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
