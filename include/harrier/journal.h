/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_JOURNAL_H
#define HARRIER_JOURNAL_H

/* journal - what no watch file says: camps, mornings, the season ahead, private zones.
 *
 * Takes what somebody tells, or what a sheet of mornings lists, and keeps it in the store.
 */

#include "harrier/archive.h"
#include "harrier/season.h"
#include "harrier/store.h"
#include "harrier/zone.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- camps ------------------------------------------------------------------------- */

/* Keeps a camp; one of the same name gives way to it (`*again`). HAR_BAD_INPUT for one that
 * cannot be, or that shares a day with another that was told. */
har_status har_camp_tell(struct har_store *store, int64_t athlete,
                         const struct har_kept_camp *camp, struct har_arena *arena,
                         bool *again, struct har_error *err);
/* HAR_NOT_FOUND: none of that name was told. */
har_status har_camp_forget(struct har_store *store, int64_t athlete, const char *name,
                           struct har_error *err);
/* Those that were told, in order of days, without what they are worth; athlete 0: of all.
 */
har_status har_journal_camps(struct har_store *store, int64_t athlete,
                             struct har_arena *arena, struct har_kept_camp **camps,
                             size_t *count, struct har_error *err);

/* --- mornings ---------------------------------------------------------------------- */

struct har_morning_sheet {
    const char *path;
    uint64_t imported, enriched, duplicate; /* rows: new days, filled ones, known ones */
    uint64_t refused, without_value;        /* rows */
    bool failed;                            /* the sheet as a whole; or no row was taken */
    const char *reason;                     /* one sentence, or NULL */
};

/* A row that was refused, and why. */
struct har_morning_note {
    const char *path;
    uint64_t line;
    const char *why;
};

struct har_mornings_report {
    struct har_morning_sheet all; /* the sums; its path is NULL */
    uint64_t failed;              /* sheets */
    size_t sheet_count, note_count;
    const struct har_morning_sheet *sheet;
    const struct har_morning_note *note; /* the rows that were refused */
};

/* Brings in sheets of mornings, each in one transaction: as a whole, or not at all. They
 * are `athlete`'s, who is made if need be; NULL: of the only one who is kept. */
har_status har_mornings_import(struct har_store *store, const char *const *paths,
                               size_t path_count, const char *athlete, bool dry_run,
                               struct har_arena *arena, struct har_mornings_report *report,
                               struct har_error *err);

/* A day has one row of an athlete: its blanks are filled, and what is known stays. */
enum har_morning_fate { HAR_MORNING_NEW, HAR_MORNING_FILLED, HAR_MORNING_KNOWN };
har_status har_journal_add_morning(struct har_store *store, int64_t athlete,
                                   const struct har_wellness_row *row,
                                   enum har_morning_fate *fate, struct har_error *err);
/* Those of the filter's athlete and days, in order of days. */
har_status har_journal_mornings(struct har_store *store,
                                const struct har_store_filter *filter,
                                struct har_arena *arena, struct har_wellness_row **rows,
                                size_t *count, struct har_error *err);

/* --- the season ahead -------------------------------------------------------------- */

/* An athlete has one: from when it is planned, how, and what is in it. */
struct har_kept_season {
    int64_t from_day;
    struct har_season_settings settings; /* its taper; the rest is default */
    struct har_calendar calendar;
    const char *without_camp; /* what if this told one were not; never kept */
};
/* Keeps it in the place of the one before, within the transaction that is open. */
har_status har_journal_keep_season(struct har_store *store, int64_t athlete,
                                   const struct har_kept_season *season,
                                   struct har_error *err);
/* HAR_NOT_FOUND: none is planned. */
har_status har_journal_season(struct har_store *store, int64_t athlete,
                              struct har_arena *arena, struct har_kept_season *out,
                              struct har_error *err);

/* --- private zones ----------------------------------------------------------------- */

/* Keeps a zone, which counts for whoever's tracks are kept. Its shift is drawn here, once:
 * one of the same name gives way to it (`*again`) but leaves it its shift. HAR_BAD_INPUT
 * for one that cannot be. */
har_status har_zone_tell(struct har_store *store, const struct har_zone *zone, bool *again,
                         struct har_error *err);
/* HAR_NOT_FOUND: there is none of that name. */
har_status har_zone_forget(struct har_store *store, const char *name,
                           struct har_error *err);
/* All of them, in order of name, in `arena`. */
har_status har_journal_zones(struct har_store *store, struct har_arena *arena,
                             const struct har_zone **zones, size_t *count,
                             struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
