/* SPDX-License-Identifier: MIT */
/* Camps that somebody tells of.
 *
 * A name stands for one camp, so that it can be told again when the dates move. Two that
 * share a day would count its dose twice: the second is refused, and the sentence names the
 * first. Camps that are found are not kept: they follow from the activities, and one more
 * of those may move them. */

#include "harrier/journal.h"

#include <math.h>
#include <string.h>

#define HIGHEST_M 6000.0 /* nobody sleeps and trains above */
enum { LONGEST_CAMP = 366 };

/* One text for both databases, as in the store: parameters first appear in order. */
static const char tell_camp[] =
    "INSERT INTO camp (athlete, name, from_day, to_day, altitude_m, hours_per_day) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (athlete, name) DO UPDATE SET "
    "from_day = excluded.from_day, to_day = excluded.to_day, "
    "altitude_m = excluded.altitude_m, "
    "hours_per_day = excluded.hours_per_day RETURNING id";
static const char list_camps[] =
    "SELECT name, from_day, to_day, altitude_m, hours_per_day FROM camp "
    "WHERE $1 = 0 OR athlete = $1 ORDER BY from_day, id";
static const char forget_camp[] =
    "DELETE FROM camp WHERE athlete = $1 AND name = $2 RETURNING id";

static har_status keep_camp(struct har_store *store, int64_t athlete,
                            const struct har_kept_camp *camp, struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), tell_camp);
    int64_t id;
    har_bind_int(&q, athlete);
    har_bind_text(&q, camp->camp.name);
    har_bind_int(&q, camp->camp.from_day);
    har_bind_int(&q, camp->camp.to_day);
    har_bind_real(&q, camp->camp.altitude_m);
    har_bind_real(&q, camp->hours_a_day);
    return har_answer_id(&q, &id, err);
}

static har_status take_camp(struct har_query *q, struct har_arena *arena,
                            struct har_kept_camp *kept, struct har_error *err)
{
    bool full = false;
    struct har_camp camp = {.lat_deg = NAN, .lon_deg = NAN, .told = true};
    camp.name = har_take_text(q, arena, &full);
    camp.from_day = har_take_int(q);
    camp.to_day = har_take_int(q);
    camp.altitude_m = har_take_real(q);
    *kept = (struct har_kept_camp){.camp = camp, .hours_a_day = har_take_real(q)};
    if (full) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the camps");
    return HAR_OK;
}

har_status har_journal_camps(struct har_store *store, int64_t athlete,
                             struct har_arena *arena, struct har_kept_camp **camps,
                             size_t *count, struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), list_camps);
    size_t room = 0;
    har_status status;
    har_bind_int(&q, athlete);
    *camps = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct har_kept_camp *larger =
            har_arena_grow(arena, *camps, *count, &room, sizeof **camps);
        status = larger ? take_camp(&q, arena, &larger[*count], err)
                        : har_fail(err, HAR_NO_MEMORY, *count,
                                   "no memory is left for the camps");
        if (status != HAR_OK) {
            har_drop(&q);
            return status;
        }
        *camps = larger;
        ++*count;
    }
    return status == HAR_END ? HAR_OK : status;
}

static har_status drop_camp(struct har_store *store, int64_t athlete, const char *name,
                            struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), forget_camp);
    int64_t id;
    har_bind_int(&q, athlete);
    har_bind_text(&q, name);
    har_status status = har_answer_id(&q, &id, err);
    if (status != HAR_NOT_FOUND) return status;
    return har_fail(err, status, 0, "no camp called \"%s\" was told", name);
}

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
    har_status got = har_journal_camps(store, athlete, arena, &told, &count, err);
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
    if (got == HAR_OK) got = keep_camp(store, athlete, camp, err);
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}

har_status har_camp_forget(struct har_store *store, int64_t athlete, const char *name,
                           struct har_error *err)
{
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = drop_camp(store, athlete, name, err);
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}
