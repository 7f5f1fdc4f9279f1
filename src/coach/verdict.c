/* SPDX-License-Identifier: MIT */
/* A race's course is known where a watch recorded it: its line is judged as any course is,
 * with the interval that a recording allows, so near a limit the answer is "unknown". The
 * event is not asked for: a watch never measures it. A track or a belt has no course to
 * judge. */

#include "verdict.h"

#include <math.h>

har_status har_judge_race(const struct har_entry *entry, struct har_bytes file,
                          struct har_arena *desk, struct har_arena *arena,
                          const struct har_eligibility **out, struct har_error *err)
{
    static const struct har_course_question as_recorded = {NAN, NAN, NAN};
    struct har_course course;
    *out = NULL;
    if (!entry->race || entry->summary.setting != HAR_SETTING_OUTDOOR) return HAR_OK;
    har_status got = har_course_read(file, desk, &course, err);
    if (got == HAR_NO_MEMORY) return got;
    if (got != HAR_OK) return HAR_OK;
    struct har_eligibility *judged = HAR_NEW(arena, struct har_eligibility, 1);
    if (!judged) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for a verdict");
    got = har_course_judge(&course, &as_recorded, arena, judged, err);
    if (got == HAR_OK) *out = judged;
    return got;
}

static har_status judge_kept_race(struct har_store *store, struct har_entry *entry,
                                  struct har_arena *desk, struct har_arena *arena,
                                  struct har_error *err)
{
    struct har_source *sources;
    struct har_bytes file;
    size_t count;
    har_status got = har_store_sources_of(store, entry->id, desk, &sources, &count, err);
    if (got || count == 0) return got;
    got = har_store_original(store, sources[0].original, desk, &file, err);
    return got ? got : har_judge_race(entry, file, desk, arena, &entry->course, err);
}

har_status har_judge_races(struct har_store *store, struct har_entry *entries, size_t count,
                           struct har_arena *arena, struct har_error *err)
{
    struct har_arena desk = {0};
    har_status got = HAR_OK;
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        if (!entries[i].race) continue;
        got = judge_kept_race(store, &entries[i], &desk, arena, err);
        har_arena_reset(&desk);
    }
    har_arena_free(&desk);
    return got;
}
