/* SPDX-License-Identifier: MIT */
/* Athletes. The nameless one is a row like any other, with an empty name, made with the
 * store; it is listed only once there is something of it to list. */

#include "asking.h"

har_status har_store_athlete(struct har_store *store, const char *name, bool create,
                             int64_t *id, struct har_error *err)
{
    if (!name) name = "";
    struct har_query q = har_store_ask(store, ATHLETE_FIND);
    har_bind_text(&q, name);
    har_status status = har_answer_id(&q, id, err);
    if (status != HAR_NOT_FOUND) return status;
    if (!create)
        return har_fail(err, HAR_NOT_FOUND, 0, "there is no athlete of the name %s", name);
    q = har_store_ask(store, ATHLETE_ADD);
    har_bind_text(&q, name);
    return har_answer_id(&q, id, err);
}

har_status har_store_about(struct har_store *store, int64_t athlete,
                           struct har_arena *arena, struct har_athlete *about,
                           struct har_error *err)
{
    struct har_query q = har_store_ask(store, ATHLETE_ABOUT);
    bool full = false;
    har_bind_int(&q, athlete);
    har_status status = har_answer(&q, err);
    if (status == HAR_END)
        return har_fail(err, HAR_NOT_FOUND, 0, "the store has no athlete %lld",
                        (long long)athlete);
    if (status != HAR_OK) return status;
    *about = (struct har_athlete){.id = athlete};
    about->name = har_take_text(&q, arena, &full);
    about->listed_as = har_take_text(&q, arena, &full);
    about->sex = har_take_choice(&q);
    about->born_day = har_take_time(&q);
    har_drop(&q);
    return full ? har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the athlete")
                : HAR_OK;
}

har_status har_store_tell_about(struct har_store *store, const struct har_athlete *about,
                                struct har_error *err)
{
    int64_t id;
    struct har_query q = har_store_ask(store, ATHLETE_TELL);
    har_bind_text(&q, about->listed_as);
    har_bind_choice(&q, about->sex);
    har_bind_time(&q, about->born_day);
    har_bind_int(&q, about->id);
    har_status status = har_answer_id(&q, &id, err);
    if (status != HAR_NOT_FOUND) return status;
    return har_fail(err, status, 0, "the store has no athlete %lld", (long long)about->id);
}

har_status har_store_athletes(struct har_store *store, struct har_arena *arena,
                              const char ***names, size_t *count, struct har_error *err)
{
    struct har_query q = har_store_ask(store, ATHLETE_NAMES);
    size_t room = 0;
    har_status status;
    bool full = false;
    *names = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        const char **larger = har_arena_grow(arena, *names, *count, &room, sizeof **names);
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
