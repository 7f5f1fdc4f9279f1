/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_COACH_H
#define HARRIER_COACH_H

/* coach - one question, one function.
 *
 * What the faces of Harrier ask: bring these files in, list, show, what are the bests, how
 * was the season. Every face calls these functions, so two faces can never show two numbers
 * for one question. Answers are nouns of the lower rooms; `render` turns them into text.
 */

#include "harrier/archive.h"
#include "harrier/store.h"
#include "harrier/training.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version that derived rows carry: it changes with any algorithm they stand on. */
int har_coach_algorithm(void);

/* --- import ------------------------------------------------------------------- */

enum har_import_status {
    HAR_IMPORTED,  /* at least one new activity */
    HAR_ENRICHED,  /* more about activities that were in: a richer source, a name */
    HAR_DUPLICATE, /* nothing new */
    HAR_SKIPPED,   /* sound, but holds no activity (settings, a workout, a picture) */
    HAR_REFUSED,   /* failed; `reason` and `offset` say why and where */
};
/* "imported", "enriched", "duplicate", "skipped", "failed". */
const char *har_import_status_name(enum har_import_status status);

struct har_import_file {
    const char *path;
    enum har_import_status status;
    const char *reason; /* or NULL: one sentence, also for warnings of a salvaged file */
    uint64_t offset;
};

struct har_import_report {
    uint64_t imported, enriched, duplicate; /* activities */
    uint64_t failed, skipped, files;        /* files */
    uint64_t joined;                        /* races that found their activity */
    size_t file_count;
    const struct har_import_file *file; /* every file met, in the order of the walk */
};

struct har_import_progress {
    uint64_t done, total; /* files on the ground */
    uint64_t imported, failed;
};

struct har_import_settings {
    const char *athlete; /* NULL: the nameless one */
    bool dry_run;        /* judge everything, keep nothing */
    struct har_clean_settings clean;
    struct har_archive_caps caps;
    unsigned threads; /* 0: as many as there are processors, at most 8 */
    /* Called now and then from the calling thread; false asks to stop: what was committed
     * stays and the result is HAR_INTERRUPTED. May be NULL. */
    bool (*progress)(void *ctx, const struct har_import_progress *progress);
    void *ctx;
};

/* Brings in files, folders and archives in any mix. One bad file never stops the rest. The
 * report lives in `arena` and is filled on HAR_OK and HAR_INTERRUPTED. Running it again
 * finishes what an interruption left. */
har_status har_import(struct har_store *store, const char *const *paths, size_t path_count,
                      const struct har_import_settings *settings, struct har_arena *arena,
                      struct har_import_report *report, struct har_error *err);

/* --- races ---------------------------------------------------------------------- */

/* Keeps a race that somebody told of (`race->result`; har_result_check() has passed), and
 * the athlete's sex and birth if it says them, and joins it to the activity of that day
 * that recorded it, if there is one: that is a race then, and has its name. `*warning` is a
 * sentence or NULL: another mark over the event on that day is kept already. */
har_status har_race_add(struct har_store *store, int64_t athlete, struct har_race *race,
                        struct har_arena *arena, enum har_race_fate *fate,
                        const char **warning, struct har_error *err);
har_status har_race_remove(struct har_store *store, int64_t id, struct har_error *err);

struct har_results_settings {
    const char *athlete; /* whose results; NULL: whom the sheets name, else the only one */
    const struct har_result *rest; /* what rows do not say; NULL: nothing is told */
    const char *mapping; /* which column is what, kept for all sheets with that header */
    bool dry_run;
};

/* A sheet in a layout that is not known, and how it would be read. */
struct har_sheet_unknown {
    const char *path;
    struct har_sheet_guess guess;
};

/* A row of a sheet that was refused, or is in with a doubt. */
struct har_row_note {
    const char *path;
    uint64_t line;
    bool refused;
    const char *why;
};

struct har_results_report {
    struct har_import_report sheets; /* imported, enriched, duplicate, joined count marks */
    uint64_t marks;                  /* all that the sheets brought: the sum of those */
    uint64_t others;                 /* rows of athletes who were not asked for */
    uint64_t without_mark;           /* rows of who did not finish, and the like */
    size_t note_count, refused;
    const struct har_row_note *note;
    size_t unknown_count;
    const struct har_sheet_unknown *unknown;
};

/* Brings in lists of results, each in one transaction: all of them into the annals. A list
 * of a single athlete is the store's own runner's, who has this name in lists from then on.
 */
har_status har_results_import(struct har_store *store, const char *const *paths,
                              size_t path_count,
                              const struct har_results_settings *settings,
                              struct har_arena *arena, struct har_results_report *report,
                              struct har_error *err);

/* A race beside what its activity measured. */
struct har_race_beside {
    struct har_race race;
    const struct har_entry *entry; /* NULL: nobody recorded it */
    double gps_s; /* of the entry over the event's distance; NaN where unknown */
};
har_status har_races(struct har_store *store, const struct har_store_filter *filter,
                     struct har_arena *arena, struct har_race_beside **races, size_t *count,
                     struct har_error *err);

/* The best official marks of the filter's athlete and days. */
har_status har_official_bests(struct har_store *store,
                              const struct har_store_filter *filter,
                              struct har_arena *arena, struct har_personal_best **bests,
                              size_t *count, struct har_error *err);

/* --- questions ------------------------------------------------------------------ */

/* The entries that the filter lets through, those of races with their results. */
har_status har_list(struct har_store *store, const struct har_store_filter *filter,
                    struct har_arena *arena, struct har_entry **entries, size_t *count,
                    struct har_error *err);

/* One activity in full, worked out anew from its primary original. */
struct har_showing {
    struct har_entry entry;
    const char *original; /* path it came under */
    const struct har_source *sources;
    size_t source_count;
    struct har_activity activity; /* as decoded */
    struct har_streams streams;
    struct har_bests bests;
    double flat_speed_mps; /* of the whole; NaN where there is none */
    struct har_split *splits;
    size_t split_count;
    const struct har_eligibility *course; /* of a race over open ground; or NULL */
    const double *split_flat_mps; /* flat metres over time_s; NULL where there are none */
    const struct har_recovered *recovered; /* of a race on foot; or NULL */
    const struct har_warning *warnings;
    size_t warning_count;
};
har_status har_show(struct har_store *store, int64_t id, double split_m,
                    struct har_arena *arena, struct har_showing *out,
                    struct har_error *err);
/* The same with no more than what is kept of it, what was recorded, and the streams. */
har_status har_show_streams(struct har_store *store, int64_t id, struct har_arena *arena,
                            struct har_showing *out, struct har_error *err);

/* The best at every standard distance over all entries the filter lets through. */
har_status har_season_bests(struct har_store *store, const struct har_store_filter *filter,
                            struct har_arena *arena, struct har_season_best **bests,
                            size_t *count, struct har_error *err);

/* The season on one page. HAR_NOT_FOUND where the filter lets nothing through. */
har_status har_report(struct har_store *store, const struct har_store_filter *filter,
                      struct har_arena *arena, struct har_season *out,
                      struct har_error *err);

/* Makes every derived row again from its original. `*count` says how many. */
har_status har_rebuild(struct har_store *store, const struct har_clean_settings *settings,
                       uint64_t *count, struct har_error *err);

/* Writes a simulated season into the folder `path` (made if missing): one FIT file a
 * session and results.csv of its races. `*files` says how many were written. */
har_status har_demo(const char *path, uint64_t seed, uint64_t *files,
                    struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
