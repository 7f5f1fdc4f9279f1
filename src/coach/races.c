/* SPDX-License-Identifier: MIT */
/* Races told by hand or by list, and what they come to. */

#include "races.h"

#include "joining.h"

#include <math.h>
#include <string.h>

static har_status races_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the races");
}

/* --- keeping ------------------------------------------------------------------------ */

/* A heat and a final, or one race written down twice: the runner knows. */
static har_status doubt_second_mark(struct har_store *store, int64_t athlete,
                                    const struct har_race *race, struct har_arena *arena,
                                    const char **warning, struct har_error *err)
{
    struct har_store_filter day = HAR_STORE_ALL;
    struct har_race *races;
    size_t count;
    day.athlete = athlete;
    day.since_day = day.until_day = race->result.day;
    har_status got = har_store_races(store, &day, arena, &races, &count, err);
    for (size_t i = 0; got == HAR_OK && i < count; i++) {
        const struct har_result *other = &races[i].result;
        if (races[i].id == race->id ||
            strcmp(other->event.code, race->result.event.code) != 0)
            continue;
        struct har_text text = {.arena = arena};
        har_text_format(&text, "race %lld of that day is over %s too, in ",
                        (long long)races[i].id, other->event.code);
        har_text_mark(&text, &other->mark, &other->event);
        har_text_add(&text, ": both are kept");
        *warning = text.data;
        return text.failed ? races_full(err) : HAR_OK;
    }
    return got;
}

har_status har_keep_race(struct har_store *store, int64_t athlete, struct har_race *race,
                         struct har_arena *arena, struct har_arena *desk,
                         enum har_race_fate *fate, const char **warning,
                         struct har_error *err)
{
    *warning = NULL;
    har_status got = har_store_add_race(store, athlete, race, arena, fate, err);
    if (got == HAR_OK && *fate == HAR_RACE_NEW)
        got = doubt_second_mark(store, athlete, race, arena, warning, err);
    if (got || race->activity) return got;
    return har_join_race(store, athlete, race, desk, err);
}

har_status har_race_add(struct har_store *store, int64_t athlete, struct har_race *race,
                        struct har_arena *arena, enum har_race_fate *fate,
                        const char **warning, struct har_error *err)
{
    const struct har_athlete about = {athlete, NULL, NULL, race->result.sex,
                                      race->result.born_day};
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = har_store_tell_about(store, &about, err);
    if (got == HAR_OK)
        got = har_keep_race(store, athlete, race, arena, arena, fate, warning, err);
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}

har_status har_race_remove(struct har_store *store, int64_t id, struct har_error *err)
{
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = har_store_remove_race(store, id, err);
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}

/* --- answers ------------------------------------------------------------------------ */

har_status har_read_races(struct har_store *store, const struct har_store_filter *filter,
                          struct har_arena *arena, struct har_race **races, size_t *count,
                          int *sex, struct har_error *err)
{
    struct har_athlete about = {.sex = HAR_UNTOLD};
    har_status got = har_store_races(store, filter, arena, races, count, err);
    if (got == HAR_OK && filter->athlete)
        got = har_store_about(store, filter->athlete, arena, &about, err);
    *sex = about.sex;
    return got;
}

har_status har_races(struct har_store *store, const struct har_store_filter *filter,
                     struct har_arena *arena, struct har_race_beside **races, size_t *count,
                     struct har_error *err)
{
    struct har_race *kept;
    har_status got = har_store_races(store, filter, arena, &kept, count, err);
    if (got) return got;
    *races = HAR_NEW(arena, struct har_race_beside, *count);
    if (!*races) return races_full(err);
    for (size_t i = 0; i < *count && got == HAR_OK; i++) {
        struct har_race_beside *beside = &(*races)[i];
        const struct har_result *result = &kept[i].result;
        *beside = (struct har_race_beside){kept[i], NULL, NAN};
        if (!kept[i].activity) continue;
        struct har_entry *entry = HAR_NEW(arena, struct har_entry, 1);
        if (!entry) return races_full(err);
        got = har_store_entry(store, kept[i].activity, arena, entry, err);
        if (got) continue;
        beside->entry = entry;
        beside->gps_s =
            har_measured_over(entry, &result->event, (double)result->mark.time_ms / 1000);
    }
    return got;
}

har_status har_official_bests(struct har_store *store,
                              const struct har_store_filter *filter,
                              struct har_arena *arena, struct har_personal_best **bests,
                              size_t *count, struct har_error *err)
{
    struct har_race *races;
    size_t race_count;
    int sex;
    har_status got = har_read_races(store, filter, arena, &races, &race_count, &sex, err);
    if (got) return got;
    return har_personal_bests(races, race_count, sex, arena, bests, count, err);
}
