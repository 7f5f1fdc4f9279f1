/* SPDX-License-Identifier: MIT */
/* Camps that somebody tells of.
 *
 * A name stands for one camp, so that it can be told again when the dates move. Two that
 * share a day would count its dose twice: the second is refused, and the sentence names the
 * first. */

#include "harrier/journal.h"

#include <math.h>
#include <string.h>

#define HIGHEST_M 6000.0 /* nobody sleeps and trains above */
enum { LONGEST_CAMP = 366 };

static har_status check_camp(const struct har_kept_camp *camp, struct har_error *err)
{
    const struct har_camp *c = &camp->camp;
    if (!c->name || !*c->name)
        return har_fail(err, HAR_BAD_INPUT, 0, "a camp needs a name");
    if (c->to_day < c->from_day)
        return har_fail(err, HAR_BAD_INPUT, 0, "the camp ends before it begins");
    if (c->to_day - c->from_day >= LONGEST_CAMP)
        return har_fail(err, HAR_BAD_INPUT, 0, "over a year in one place is no camp");
    if (!(c->altitude_m > 0 && c->altitude_m <= HIGHEST_M))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "a camp lies above 0 m and up to 6000 m over the sea");
    if (!(camp->hours_a_day > 0 && camp->hours_a_day <= 24))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "the hours a day up there are over 0 and up to 24");
    return HAR_OK;
}

static har_status compare_told(struct har_store *store, int64_t athlete,
                               const struct har_camp *camp, struct har_arena *arena,
                               bool *again, struct har_error *err)
{
    struct har_kept_camp *told;
    size_t count;
    har_status got = har_store_camps(store, athlete, arena, &told, &count, err);
    *again = false;
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        const struct har_camp *other = &told[i].camp;
        bool same = strcmp(other->name, camp->name) == 0;
        bool shared = other->from_day <= camp->to_day && other->to_day >= camp->from_day;
        *again |= same;
        if (same || !shared) continue;
        got = har_fail(err, HAR_BAD_INPUT, 0, "it shares days with the camp \"%s\"",
                       other->name);
    }
    return got;
}

har_status har_camp_tell(struct har_store *store, int64_t athlete,
                         const struct har_kept_camp *camp, struct har_arena *arena,
                         bool *again, struct har_error *err)
{
    har_status got = check_camp(camp, err);
    if (got == HAR_OK) got = har_store_begin(store, err);
    if (got) return got;
    got = compare_told(store, athlete, &camp->camp, arena, again, err);
    if (got == HAR_OK) got = har_store_tell_camp(store, athlete, camp, err);
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}

har_status har_camp_forget(struct har_store *store, int64_t athlete, const char *name,
                           struct har_error *err)
{
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = har_store_forget_camp(store, athlete, name, err);
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}
