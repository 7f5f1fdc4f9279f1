/* SPDX-License-Identifier: MIT */
/* Which activity recorded a race.
 *
 * Both come from elsewhere: the result from a list, the activity from a watch, in either
 * order. They belong together when they are of one local day and the activity ran the
 * event: as a whole (within 12 % of the distance, for watches are off by that on a track or
 * among towers, and in a time from 10 % below to 25 % above the mark), or as a part of a
 * longer file, warm-up and all (its quickest stretch of that length within 6 % of the
 * mark). Nearest in time wins. Time alone would join a race to the jog before it, so a file
 * that shows neither is taken only where somebody called it a race, it is far enough and
 * long enough, and no other fits. The numbers are ours.
 *
 * Nothing is thrown away on this judgement: the activity keeps its own times, the race its
 * own mark.
 *
 * The course of a road race is judged where the activity is the race and little else;
 * what somebody told about the course stands above that. */

#include "joining.h"

#include "verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_OFF = 0.12;                    /* of the distance */
static const double LEAST_TIME = 0.9, MOST_TIME = 1.25; /* of the mark, of a whole file */
static const double STRETCH_APART = 0.06;               /* of the mark, of a stretch */
static const double CALLED_A_RACE = 0.5;                /* worse than any that fits */
static const double COURSE_OFF = 0.04; /* of the distance: the course is the race's */

static double mark_s(const struct har_result *result)
{
    return (double)result->mark.time_ms / 1000;
}

/* --- what an entry measured --------------------------------------------------------- */

/* The quickest stretch of that length, between two distances that were searched along the
 * straight line of logarithms. */
static double effort_s(const struct har_entry *entry, double distance_m)
{
    enum { EXACT_PER_MILLE = 5 };
    const struct har_best *below = NULL, *above = NULL;
    for (size_t i = 0; i < entry->best_count; i++) {
        const struct har_best *best = &entry->bests[i];
        double off = fabs(best->distance_m - distance_m) / distance_m;
        if (off <= EXACT_PER_MILLE / 1000.0)
            return best->time_s * distance_m / best->distance_m;
        if (best->distance_m < distance_m) below = best;
        else if (!above) above = best;
    }
    if (!below || !above) return NAN;
    double slope =
        log(above->time_s / below->time_s) / log(above->distance_m / below->distance_m);
    return below->time_s * pow(distance_m / below->distance_m, slope);
}

static bool is_whole(const struct har_entry *entry, double distance_m, double most_off)
{
    return fabs(entry->summary.distance_m - distance_m) <= most_off * distance_m;
}

/* The time of the whole file that lies nearer to the mark: standing about after the finish
 * counts as elapsed, a slow finish may count as standing. */
static double whole_s(const struct har_entry *entry, double near_s)
{
    double elapsed_s = entry->summary.elapsed_s, moving_s = entry->summary.moving_s;
    return fabs(moving_s - near_s) < fabs(elapsed_s - near_s) ? moving_s : elapsed_s;
}

double har_measured_over(const struct har_entry *entry, const struct har_event *event,
                         double near_s)
{
    double stretch_s = effort_s(entry, event->distance_m),
           all_s =
               is_whole(entry, event->distance_m, MOST_OFF) ? whole_s(entry, near_s) : NAN;
    if (isnan(stretch_s)) return all_s;
    return fabs(all_s - near_s) < fabs(stretch_s - near_s) ? all_s : stretch_s;
}

/* How far the entry is from being this race's, as a part of the mark; infinite if it is
 * not. */
static double misfit(const struct har_entry *entry, const struct har_result *result)
{
    double distance_m = result->event.distance_m, time_s = mark_s(result), least = INFINITY;
    const struct har_summary *s = &entry->summary;
    if (!har_sport_is_on_foot(s->sport) || !(s->elapsed_s >= LEAST_TIME * time_s))
        return INFINITY;
    if (is_whole(entry, distance_m, MOST_OFF)) {
        double share = whole_s(entry, time_s) / time_s;
        if (share >= LEAST_TIME && share <= MOST_TIME) least = fabs(share - 1);
    }
    double apart = fabs(effort_s(entry, distance_m) / time_s - 1);
    if (apart <= STRETCH_APART) least = fmin(least, apart);
    bool could = s->distance_m >= (1 - MOST_OFF) * distance_m && s->elapsed_s >= time_s;
    return isinf(least) && entry->race && could ? CALLED_A_RACE : least;
}

static struct har_entry *nearest_of(struct har_entry *entries, size_t count,
                                    const struct har_result *result)
{
    struct har_entry *nearest = NULL;
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        double off = misfit(&entries[i], result);
        if (off >= least) continue;
        least = off;
        nearest = &entries[i];
    }
    return nearest;
}

/* --- joining ------------------------------------------------------------------------ */

/* What the recorded line says of the course, where nobody said more. */
static har_status follow_verdict(struct har_store *store, struct har_race *race,
                                 struct har_entry *entry, struct har_arena *desk,
                                 struct har_error *err)
{
    if (race->result.eligible != HAR_UNTOLD || race->result.event.kind != HAR_EVENT_ROAD ||
        !is_whole(entry, race->result.event.distance_m, COURSE_OFF))
        return HAR_OK;
    entry->race = true;
    har_status got = har_judge_races(store, entry, 1, desk, err);
    if (got || !entry->course || entry->course->verdict == HAR_VERDICT_UNKNOWN) return got;
    race->result.eligible = entry->course->verdict == HAR_VERDICT_ELIGIBLE;
    race->judged = true;
    return HAR_OK;
}

/* "10K, Portland" where the race has no name of its own. */
static const char *name_for(const struct har_result *result, struct har_arena *desk)
{
    struct har_text text = {.arena = desk};
    if (result->name) return result->name;
    if (!result->venue) return NULL;
    har_text_format(&text, "%s, %s", result->event.code, result->venue);
    return text.failed ? NULL : text.data;
}

har_status har_join_race(struct har_store *store, int64_t athlete, struct har_race *race,
                         struct har_arena *desk, struct har_error *err)
{
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_entry *entries;
    size_t count;
    filter.athlete = athlete;
    filter.since_day = filter.until_day = race->result.day;
    filter.with_bests = true;
    har_status got = har_store_entries(store, &filter, desk, &entries, &count, err);
    if (got) return got;
    struct har_entry *entry = nearest_of(entries, count, &race->result);
    if (!entry) return HAR_OK;
    race->activity = entry->id;
    got = follow_verdict(store, race, entry, desk, err);
    if (got == HAR_OK) got = har_store_change_race(store, race, err);
    if (got) return got;
    bool blank = !entry->name || !*entry->name;
    return har_store_describe(store, entry->id,
                              blank ? name_for(&race->result, desk) : NULL, 1, err);
}

har_status har_join_races(struct har_store *store, int64_t athlete, struct har_arena *desk,
                          size_t *joined, struct har_error *err)
{
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_race *races;
    size_t count;
    filter.athlete = athlete;
    *joined = 0;
    har_status got = har_store_races(store, &filter, desk, &races, &count, err);
    for (size_t i = 0; got == HAR_OK && i < count; i++) {
        if (races[i].activity) continue;
        got = har_join_race(store, athlete, &races[i], desk, err);
        *joined += races[i].activity != 0;
    }
    return got;
}

/* --- results beside entries --------------------------------------------------------- */

static int by_activity(const void *a, const void *b)
{
    const struct har_race *one = *(const struct har_race *const *)a,
                          *other = *(const struct har_race *const *)b;
    if (one->activity != other->activity) return one->activity < other->activity ? -1 : 1;
    return (one->id > other->id) - (one->id < other->id);
}

static const struct har_race *race_recorded_by(const struct har_race *const *sorted,
                                               size_t count, int64_t activity)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle]->activity < activity) low = middle + 1;
        else high = middle;
    }
    return low < count && sorted[low]->activity == activity ? sorted[low] : NULL;
}

har_status har_give_results(struct har_entry *entries, size_t count,
                            const struct har_race *races, size_t race_count,
                            struct har_arena *arena, struct har_error *err)
{
    const struct har_race **sorted = HAR_NEW(arena, const struct har_race *, race_count);
    if (!sorted) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the races");
    for (size_t i = 0; i < race_count; i++) sorted[i] = &races[i];
    if (race_count) qsort(sorted, race_count, sizeof *sorted, by_activity);
    for (size_t i = 0; i < count; i++)
        entries[i].official = race_recorded_by(sorted, race_count, entries[i].id);
    return HAR_OK;
}
