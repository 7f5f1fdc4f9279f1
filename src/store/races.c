/* SPDX-License-Identifier: MIT */
/* Races: what the organiser says, and the activity that recorded it.
 *
 * A race is the athlete's of one day, event and time: the same sheet read twice, or another
 * sheet that tells of the same race, finds the row that is there. It fills in what that row
 * does not know and changes nothing that it knows, but for a verdict on its course, which
 * gives way to what somebody told. Another time on the same day over the
 * same event is another race (a heat and a final, or a slip of the pen): both are kept. */

#include "asking.h"

#include <math.h>
#include <string.h>

/* The texts and the numbers of a result, in the order of their columns. */
static const size_t race_texts[] = {
    offsetof(struct har_result, name),
    offsetof(struct har_result, venue),
    offsetof(struct har_result, course),
    offsetof(struct har_result, notes),
};
static const size_t race_reals[] = {
    offsetof(struct har_result, drop_m),       offsetof(struct har_result, separation_pct),
    offsetof(struct har_result, altitude_m),   offsetof(struct har_result, temp_c),
    offsetof(struct har_result, humidity_pct), offsetof(struct har_result, wbgt_c),
    offsetof(struct har_result, wind_mps),
};
enum {
    TEXTS = sizeof race_texts / sizeof *race_texts,
    REALS = sizeof race_reals / sizeof *race_reals
};

static const char **text_of(const struct har_result *result, size_t i)
{
    return (const char **)(void *)((const char *)result + race_texts[i]);
}

static double *real_of(const struct har_result *result, size_t i)
{
    return (double *)(void *)((const char *)result + race_reals[i]);
}

/* Numbers of which 0 is none. */
static void bind_if_any(struct har_query *q, int64_t number)
{
    if (number) har_bind_int(q, number);
    else har_bind_null(q);
}

static void bind_race(struct har_query *q, const struct har_race *race)
{
    const struct har_result *r = &race->result;
    bind_if_any(q, race->activity);
    har_bind_int(q, r->day);
    har_bind_text(q, r->event.code);
    har_bind_int(q, r->mark.time_ms);
    har_bind_int(q, r->mark.decimals);
    har_bind_int(q, r->mark.hand);
    har_bind_int(q, r->mark.short_track);
    har_bind_int(q, r->official);
    har_bind_choice(q, r->eligible);
    har_bind_int(q, race->judged);
    bind_if_any(q, r->place);
    for (size_t i = 0; i < TEXTS; i++) har_bind_text(q, *text_of(r, i));
    for (size_t i = 0; i < REALS; i++) har_bind_real(q, *real_of(r, i));
}

static har_status take_event(struct har_query *q, struct har_event *event)
{
    struct har_bytes code = har_take_blob(q);
    return har_parse_event(code, event, NULL);
}

static har_status take_race(struct har_query *q, struct har_arena *arena,
                            struct har_race *race, struct har_error *err)
{
    struct har_result *r = &race->result;
    bool full = false;
    *race = (struct har_race){.id = har_take_int(q), .result = har_result_untold()};
    r->athlete = har_take_text(q, arena, &full);
    race->activity = har_take_int(q);
    r->day = har_take_int(q);
    har_status status = take_event(q, &r->event);
    r->mark.time_ms = har_take_int(q);
    r->mark.decimals = (unsigned)har_take_int(q);
    r->mark.hand = har_take_int(q) != 0;
    r->mark.short_track = har_take_int(q) != 0;
    r->official = har_take_int(q) != 0;
    r->eligible = har_take_choice(q);
    race->judged = har_take_int(q) != 0;
    r->place = (int)har_take_int(q);
    for (size_t i = 0; i < TEXTS; i++) *text_of(r, i) = har_take_text(q, arena, &full);
    for (size_t i = 0; i < REALS; i++) *real_of(r, i) = har_take_real(q);
    if (full) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the races");
    if (status == HAR_OK) return HAR_OK;
    return har_fail(err, HAR_BAD_INPUT, 0, "the store is damaged: race %lld has no event",
                    (long long)race->id);
}

/* --- adding ------------------------------------------------------------------------- */

/* Fills blanks of `kept` with what `told` knows; whether there were any. */
static bool fill_blanks(struct har_race *kept, const struct har_race *told)
{
    struct har_result *to = &kept->result;
    const struct har_result *from = &told->result;
    bool filled = false;
    bool open = to->eligible == HAR_UNTOLD || kept->judged;
    if (open && !told->judged && from->eligible != HAR_UNTOLD &&
        from->eligible != to->eligible) {
        to->eligible = from->eligible;
        kept->judged = false;
        filled = true;
    }
    if (!to->place && from->place) {
        to->place = from->place;
        filled = true;
    }
    for (size_t i = 0; i < TEXTS; i++) {
        if (*text_of(to, i) || !*text_of(from, i)) continue;
        *text_of(to, i) = *text_of(from, i);
        filled = true;
    }
    for (size_t i = 0; i < REALS; i++) {
        if (!isnan(*real_of(to, i)) || isnan(*real_of(from, i))) continue;
        *real_of(to, i) = *real_of(from, i);
        filled = true;
    }
    return filled;
}

static har_status find_race(struct har_store *store, int64_t athlete,
                            const struct har_result *like, struct har_arena *arena,
                            struct har_race *kept, struct har_error *err)
{
    struct har_query q = har_store_ask(store, RACE_FIND);
    har_bind_int(&q, athlete);
    har_bind_int(&q, like->day);
    har_bind_text(&q, like->event.code);
    har_bind_int(&q, like->mark.time_ms);
    har_status status = har_answer(&q, err);
    if (status == HAR_END) return HAR_NOT_FOUND;
    if (status != HAR_OK) return status;
    status = take_race(&q, arena, kept, err);
    har_drop(&q);
    return status;
}

har_status har_store_add_race(struct har_store *store, int64_t athlete,
                              struct har_race *race, struct har_arena *arena,
                              enum har_race_fate *fate, struct har_error *err)
{
    struct har_race kept;
    har_status status = find_race(store, athlete, &race->result, arena, &kept, err);
    if (status == HAR_NOT_FOUND) {
        struct har_query q = har_store_ask(store, RACE_ADD);
        bind_race(&q, race);
        har_bind_int(&q, athlete);
        *fate = HAR_RACE_NEW;
        return har_answer_id(&q, &race->id, err);
    }
    if (status != HAR_OK) return status;
    *fate = fill_blanks(&kept, race) ? HAR_RACE_FILLED : HAR_RACE_KNOWN;
    *race = kept;
    return *fate == HAR_RACE_FILLED ? har_store_change_race(store, race, err) : HAR_OK;
}

/* --- the rest ----------------------------------------------------------------------- */

static har_status one_race(struct har_query *q, int64_t id, struct har_error *err)
{
    int64_t found;
    har_status status = har_answer_id(q, &found, err);
    if (status != HAR_NOT_FOUND) return status;
    return har_fail(err, status, 0, "the store has no race %lld", (long long)id);
}

har_status har_store_change_race(struct har_store *store, const struct har_race *race,
                                 struct har_error *err)
{
    struct har_query q = har_store_ask(store, RACE_CHANGE);
    bind_race(&q, race);
    har_bind_int(&q, race->id);
    return one_race(&q, race->id, err);
}

har_status har_store_remove_race(struct har_store *store, int64_t id, struct har_error *err)
{
    struct har_query q = har_store_ask(store, RACE_DROP);
    har_bind_int(&q, id);
    return one_race(&q, id, err);
}

har_status har_store_races(struct har_store *store, const struct har_store_filter *filter,
                           struct har_arena *arena, struct har_race **races, size_t *count,
                           struct har_error *err)
{
    struct har_query q = har_store_ask(store, RACE_LIST);
    size_t room = 0;
    har_status status;
    har_bind_int(&q, filter->athlete);
    har_bind_int(&q, filter->since_day);
    har_bind_int(&q, filter->until_day);
    *races = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct har_race *larger =
            har_arena_grow(arena, *races, *count, &room, sizeof **races);
        status = larger ? take_race(&q, arena, &larger[*count], err)
                        : har_fail(err, HAR_NO_MEMORY, *count,
                                   "no memory is left for the races");
        if (status != HAR_OK) {
            har_drop(&q);
            return status;
        }
        *races = larger;
        ++*count;
    }
    return status == HAR_END ? HAR_OK : status;
}
