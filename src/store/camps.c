/* SPDX-License-Identifier: MIT */
/* Camps that somebody told of. Those that are found are not kept: they follow from the
 * activities, and one more of those may move them. */

#include "asking.h"

#include <math.h>

har_status har_store_tell_camp(struct har_store *store, int64_t athlete,
                               const struct har_kept_camp *camp, struct har_error *err)
{
    struct har_query q = har_store_ask(store, CAMP_TELL);
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

har_status har_store_camps(struct har_store *store, int64_t athlete,
                           struct har_arena *arena, struct har_kept_camp **camps,
                           size_t *count, struct har_error *err)
{
    struct har_query q = har_store_ask(store, CAMP_LIST);
    har_status status;
    har_bind_int(&q, athlete);
    *camps = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct har_kept_camp *larger = har_grow(arena, *camps, *count, sizeof **camps);
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

har_status har_store_forget_camp(struct har_store *store, int64_t athlete, const char *name,
                                 struct har_error *err)
{
    struct har_query q = har_store_ask(store, CAMP_DROP);
    int64_t id;
    har_bind_int(&q, athlete);
    har_bind_text(&q, name);
    har_status status = har_answer_id(&q, &id, err);
    if (status != HAR_NOT_FOUND) return status;
    return har_fail(err, status, 0, "no camp called \"%s\" was told", name);
}
