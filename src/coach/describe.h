/* SPDX-License-Identifier: MIT */
#ifndef COACH_DESCRIBE_H
#define COACH_DESCRIBE_H

/* What an export says of activities beside their own files: their names, which of them
 * were races, and the shoes they were run in. A walk may meet such a sheet before or after
 * the files it speaks of, so all is collected first and applied at the end. */

#include "known.h"

struct description {
    const char
        *path; /* of the file it is about, as a walk names it; NULL: go by start_ms */
    int64_t start_ms; /* HAR_NO_TIME: go by path */
    const char *name; /* or NULL */
    const char *gear; /* what was worn, or ridden; or NULL */
    bool race;
    bool replaces; /* the runner wrote this name: it takes the place of another */
    size_t sheet;  /* number of the file of the import that said it */
    struct description *next;
};

struct descriptions {
    struct description *first, **end; /* `end` is where the next one goes */
};

/* Appends a copy of `about` (its texts are borrowed). False: no memory. */
bool har_add_description(struct descriptions *list, struct har_arena *arena,
                         struct description about);

/* Strava's activities.csv: `path` is where it lies, `by_hand` counts rows without a file.
 * A sheet of another kind adds nothing. HAR_NO_MEMORY is the only failure. */
bool har_is_strava_sheet(const char *path);
har_status har_read_strava_sheet(const char *path, struct har_bytes bytes, size_t sheet,
                                 struct har_arena *arena, struct descriptions *out,
                                 size_t *by_hand, struct har_error *err);

/* Garmin's ..._summarizedActivities.json. HAR_BAD_INPUT with the byte where it is broken;
 * what came before is kept. */
bool har_is_garmin_summary(const char *path);
har_status har_read_garmin_summary(struct har_bytes json, size_t sheet,
                                   struct har_arena *arena, struct descriptions *out,
                                   struct har_error *err);

/* A file that the import met, by its path, and its original (0: none is kept). */
struct met {
    const char *path;
    int64_t original;
};

/* What the names came to, by number of the sheet. */
struct naming {
    size_t named;    /* activities that have a new name, or are races now */
    size_t shod;     /* those whose shoes are known now */
    size_t enriched; /* those of them that were in before this import */
};

/* Gives the activities of `athlete` what the list says of them. `met` is sorted by path.
 * `naming` has a place for every sheet. The caller holds a transaction. */
har_status har_apply_descriptions(const struct descriptions *list, struct har_store *store,
                                  int64_t athlete, const struct known *known,
                                  const struct met *met, size_t met_count,
                                  struct har_arena *desk, struct naming *naming,
                                  struct har_error *err);

#endif
