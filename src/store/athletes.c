/* SPDX-License-Identifier: MIT */
/* Athletes. The nameless one is a row like any other, with an empty name, made with the
 * store; it is listed only once there is something of it to list. */

#include "database.h"

har_status har_store_athlete(struct har_store *store, const char *name, bool create,
                             int64_t *id, struct har_error *err)
{
    if (!name) name = "";
    struct har_query q = har_ask(store, ATHLETE_FIND);
    har_bind_text(&q, name);
    har_status status = har_answer_id(&q, id, err);
    if (status != HAR_NOT_FOUND) return status;
    if (!create)
        return har_fail(err, HAR_NOT_FOUND, 0, "there is no athlete of the name %s", name);
    q = har_ask(store, ATHLETE_ADD);
    har_bind_text(&q, name);
    return har_answer_id(&q, id, err);
}

har_status har_store_athletes(struct har_store *store, struct har_arena *arena,
                              const char ***names, size_t *count, struct har_error *err)
{
    struct har_query q = har_ask(store, ATHLETE_NAMES);
    har_status status;
    bool full = false;
    *names = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        const char **larger = har_grow(arena, *names, *count, sizeof **names);
        const char *name = larger ? har_take_text(&q, arena, &full) : NULL;
        if (!larger || full) {
            har_drop(&q);
            return har_fail(err, HAR_NO_MEMORY, *count,
                            "no memory is left for the athletes");
        }
        *names = larger;
        (*names)[(*count)++] = name;
    }
    return status == HAR_END ? HAR_OK : status;
}
