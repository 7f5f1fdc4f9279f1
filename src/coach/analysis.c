/* SPDX-License-Identifier: MIT */
/* One file, worked out.
 *
 * Import, rebuild and the tests of both go through this one function, so a row that is made
 * again is the row that was made first. */

#include "analysis.h"

#include "same.h"

#include "harrier/effort.h"
#include "harrier/load.h"
#include "harrier/recovery.h"

#include <math.h>
#include <string.h>

/* The version of what is decided in this room: it counts in har_coach_algorithm(). */
enum { COACH_VERSION = 4 };

/* A clock that tells another time is wrong: one such day would make a season of centuries.
 * Up to the end of what FIT can tell. */
#define EARLIEST_MS INT64_C(0)             /* 1970-01-01 */
#define TOO_LATE_MS INT64_C(4922899200000) /* 2126-01-01 */

int har_coach_algorithm(void)
{
    return COACH_VERSION * 100000000 + HAR_RECOVERY_VERSION * 10000000 +
           HAR_LOAD_VERSION * 1000000 + HAR_CLEAN_VERSION * 10000 + HAR_BEST_VERSION * 100 +
           HAR_EFFORT_VERSION;
}

static har_status out_of_memory(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for this file");
}

static const char *kept_text(struct har_arena *arena, const char *text, bool *failed)
{
    if (!text || !*text) return NULL;
    const char *copy = har_arena_copy(arena, text, strlen(text));
    if (!copy) *failed = true;
    return copy;
}

static bool keep_bests(const struct har_bests *from, struct har_arena *arena,
                       struct har_bests *to)
{
    struct har_best *distances = HAR_NEW(arena, struct har_best, from->distance_count);
    struct har_best *durations = HAR_NEW(arena, struct har_best, from->duration_count);
    if (!distances || !durations) return false;
    for (size_t i = 0; i < from->distance_count; i++) distances[i] = from->distances[i];
    for (size_t i = 0; i < from->duration_count; i++) durations[i] = from->durations[i];
    *to = (struct har_bests){from->distance_count, from->duration_count, distances,
                             durations};
    return true;
}

/* NULL where nothing on foot has any. */
static har_status keep_paces(const struct har_streams *streams, const struct har_flat *flat,
                             struct har_arena *arena, const struct har_paces **out,
                             struct har_error *err)
{
    struct har_paces paces;
    *out = NULL;
    if (har_paces_of(streams, flat, &paces)) return HAR_OK;
    struct har_paces *kept = HAR_NEW(arena, struct har_paces, 1);
    if (kept) *kept = paces;
    *out = kept;
    return *out ? HAR_OK : out_of_memory(err);
}

static struct har_steady steady_of(const struct har_streams *streams,
                                   const struct har_flat *flat)
{
    struct har_steady steady = {0, NAN, NAN, NAN};
    if (streams->summary.sport == HAR_SPORT_RUNNING) har_steady_of(streams, flat, &steady);
    return steady;
}

/* HAR_NOT_FOUND: the activity has no instant that can be, so no diary has a place for it.
 */
static har_status measure(const struct har_activity *activity, unsigned part,
                          const struct har_clean_settings *settings,
                          struct har_arena *arena, struct har_arena *desk,
                          struct finding *out, struct har_error *err)
{
    struct har_streams streams;
    struct har_bests bests;
    struct har_flat flat;
    har_status got = har_clean(activity, settings, desk, &streams, err);
    if (got) return got;
    const struct har_summary *s = &streams.summary;
    if (s->start_ms < EARLIEST_MS || s->start_ms >= TOO_LATE_MS) return HAR_NOT_FOUND;
    if ((got = har_bests(&streams, desk, &bests, err))) return got;
    got = har_flat_speeds(&streams, NULL, desk, &flat, err);
    if (got < 0) return got;
    got = keep_paces(&streams, got == HAR_OK ? &flat : NULL, arena, &out->paces, err);
    if (got) return got;

    double elapsed_s = isfinite(s->elapsed_s) ? fmax(s->elapsed_s, 0) : 0;
    out->source = (struct har_source){
        .part = part,
        .sport = s->sport,
        .serial = activity->device.serial,
        .created_ms = activity->created_ms,
        .start_ms = s->start_ms,
        .end_ms = s->start_ms + (int64_t)llround(fmin(elapsed_s, 1e9) * 1000),
        .distance_m = s->distance_m,
        .richness = har_richness_of(activity),
    };
    out->summary = *s;
    out->flat_speed_mps = flat.mean_mps;
    out->steady = steady_of(&streams, &flat);
    bool failed = !keep_bests(&bests, arena, &out->bests);
    out->name = kept_text(arena, activity->name, &failed);
    return failed ? out_of_memory(err) : HAR_OK;
}

har_status har_analyse(struct har_bytes file, const struct har_clean_settings *settings,
                       struct har_arena *arena, struct har_arena *desk,
                       struct analysis *out, struct har_error *err)
{
    struct har_recording recording;
    har_status got = har_decode(file, desk, &recording, err);
    if (got) return got;
    bool failed = false;
    *out = (struct analysis){.format = har_sniff(file),
                             .kind = recording.kind,
                             .warning_count = recording.warning_count};
    out->kind_name = kept_text(arena, recording.kind_name, &failed);
    if (recording.warning_count > 0) {
        out->warning = kept_text(arena, recording.warnings[0].message, &failed);
        out->warning_at = recording.warnings[0].offset;
    }
    if (failed) return out_of_memory(err);
    if (recording.kind != HAR_FILE_ACTIVITY) return HAR_OK;

    struct finding *findings = HAR_NEW(arena, struct finding, recording.activity_count);
    if (!findings) return out_of_memory(err);
    for (size_t i = 0; i < recording.activity_count; i++) {
        struct finding *next = &findings[out->finding_count];
        got = measure(&recording.activities[i], (unsigned)i, settings, arena, desk, next,
                      err);
        if (got < 0) return got;
        if (got == HAR_OK) out->finding_count++;
        else out->unplaced++;
    }
    out->findings = findings;
    return HAR_OK;
}

har_status har_keep_finding(struct har_store *store, int64_t activity,
                            const struct finding *finding, struct har_error *err)
{
    const struct har_derived derived = {
        .summary = &finding->summary,
        .bests = &finding->bests,
        .flat_speed_mps = finding->flat_speed_mps,
        .steady = finding->steady.seconds > 0 ? &finding->steady : NULL,
        .paces = finding->paces,
    };
    return har_store_derive(store, activity, har_coach_algorithm(), &derived, err);
}
