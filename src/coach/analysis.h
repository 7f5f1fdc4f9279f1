/* SPDX-License-Identifier: MIT */
#ifndef COACH_ANALYSIS_H
#define COACH_ANALYSIS_H

/* What one file comes to: everything that is kept of it, worked out without the store, so
 * that any thread can do it. */

#include "harrier/coach.h"

/* One activity of the file, ready to be judged and kept. */
struct finding {
    struct har_source source; /* all but id, activity, original and path */
    struct har_summary summary;
    double flat_speed_mps;         /* NaN where there is none */
    struct har_steady steady;      /* of 0 seconds where there is none */
    const struct har_paces *paces; /* NULL where there are none */
    struct har_bests bests;
    const char *name; /* as the file has it, or NULL */
};

struct analysis {
    enum har_format format;
    enum har_file_kind kind;
    const char *kind_name;
    size_t finding_count; /* activities that have an instant that can be */
    const struct finding *findings;
    size_t unplaced;     /* activities that have none */
    const char *warning; /* the first one, or NULL */
    uint64_t warning_at; /* its byte */
    size_t warning_count;
};

/* Decodes, cleans and measures a whole file. `*out` lives in `arena`; `desk` is for work
 * and may be cleared afterwards. Fails as har_decode() does. */
har_status har_analyse(struct har_bytes file, const struct har_clean_settings *settings,
                       struct har_arena *arena, struct har_arena *desk,
                       struct analysis *out, struct har_error *err);

/* Keeps what follows from a finding as what is derived of `activity`. */
har_status har_keep_finding(struct har_store *store, int64_t activity,
                            const struct finding *finding, struct har_error *err);

#endif
