/* SPDX-License-Identifier: MIT */
/* Pairs of shoes in the store.
 *
 * Only what somebody said is kept: a pair, its limit, what it is worn for from when to
 * when, and the runs it was named for. A default is a rule with a beginning and an end, so
 * that a new pair never takes the kilometres of the one before: where two would be worn for
 * one kind of session on all days, the second must say from which day on. */

#include "harrier/gear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_M 100e6 /* no pair has run 100,000 km */

/* One text for both databases, as in the store: parameters first appear in order. */
static const char add_shoe[] =
    "INSERT INTO shoe (athlete, name, initial_m, limit_m, kinds, from_day) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (athlete, name) DO NOTHING RETURNING id";
static const char find_shoe[] = "SELECT id FROM shoe WHERE athlete = $1 AND name = $2";
static const char list_shoes[] =
    "SELECT id, name, initial_m, limit_m, kinds, from_day, last_day FROM shoe "
    "WHERE athlete = $1 ORDER BY id";
static const char retire_shoe[] = "UPDATE shoe SET last_day = $1 WHERE id = $2";
static const char drop_shoe[] = "DELETE FROM shoe WHERE id = $1";
static const char find_activity[] =
    "SELECT id FROM activity WHERE id = $1 AND athlete = $2";
static const char wear_shoe[] = "INSERT INTO worn (activity, shoe) VALUES ($1, $2) "
                                "ON CONFLICT (activity) DO UPDATE SET shoe = excluded.shoe";
static const char wear_if_untold[] = "INSERT INTO worn (activity, shoe) VALUES ($1, $2) "
                                     "ON CONFLICT (activity) DO NOTHING RETURNING activity";
static const char drop_worn[] = "DELETE FROM worn WHERE shoe = $1";
static const char list_worn[] =
    "SELECT w.activity, w.shoe FROM worn w JOIN shoe s ON s.id = w.shoe "
    "WHERE s.athlete = $1 ORDER BY w.activity";

static har_status gear_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the shoes");
}

static struct har_query ask_gear(struct har_store *store, const char *sql)
{
    return har_ask(har_store_database(store), sql);
}

static har_status end_change(struct har_store *store, har_status got, struct har_error *err)
{
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}

/* --- what is kept --------------------------------------------------------------------- */

static har_status read_shoes(struct har_store *store, int64_t athlete,
                             struct har_arena *arena, struct har_shoe **shoes,
                             size_t *count, struct har_error *err)
{
    struct har_query q = ask_gear(store, list_shoes);
    har_status got;
    size_t room = 0;
    bool full = false;
    har_bind_int(&q, athlete);
    *shoes = NULL;
    *count = 0;
    while ((got = har_answer(&q, err)) == HAR_OK) {
        struct har_shoe *larger =
            har_arena_grow(arena, *shoes, *count, &room, sizeof **shoes);
        if (larger) {
            struct har_shoe *shoe = larger + *count;
            shoe->id = har_take_int(&q);
            shoe->name = har_take_text(&q, arena, &full);
            shoe->initial_m = har_take_real(&q);
            shoe->limit_m = har_take_real(&q);
            shoe->kinds = (unsigned)har_take_int(&q);
            shoe->from_day = har_take_time(&q);
            shoe->last_day = har_take_time(&q);
        }
        if (!larger || full) {
            har_drop(&q);
            return gear_full(err);
        }
        *shoes = larger;
        ++*count;
    }
    return got == HAR_END ? HAR_OK : got;
}

static har_status read_worn(struct har_store *store, int64_t athlete,
                            struct har_arena *arena, struct har_worn **worn, size_t *count,
                            struct har_error *err)
{
    struct har_query q = ask_gear(store, list_worn);
    har_status got;
    size_t room = 0;
    har_bind_int(&q, athlete);
    *worn = NULL;
    *count = 0;
    while ((got = har_answer(&q, err)) == HAR_OK) {
        struct har_worn *larger =
            har_arena_grow(arena, *worn, *count, &room, sizeof **worn);
        if (!larger) {
            har_drop(&q);
            return gear_full(err);
        }
        larger[*count].activity = har_take_int(&q);
        larger[(*count)++].shoe = har_take_int(&q);
        *worn = larger;
    }
    return got == HAR_END ? HAR_OK : got;
}

/* The pair of that name; HAR_NOT_FOUND with a sentence. */
static har_status read_shoe(struct har_store *store, int64_t athlete, const char *name,
                            struct har_arena *arena, struct har_shoe *out,
                            struct har_error *err)
{
    struct har_shoe *shoes;
    size_t count;
    har_status got = read_shoes(store, athlete, arena, &shoes, &count, err);
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        if (strcmp(shoes[i].name, name) != 0) continue;
        *out = shoes[i];
        return HAR_OK;
    }
    return got ? got
               : har_fail(err, HAR_NOT_FOUND, 0, "there is no pair called \"%s\"", name);
}

/* --- telling -------------------------------------------------------------------------- */

static bool is_metres(double metres)
{
    return metres >= 0 && metres <= MOST_M;
}

static har_status check_shoe(const struct har_shoe *shoe, struct har_error *err)
{
    if (!shoe->name || !*shoe->name)
        return har_fail(err, HAR_BAD_INPUT, 0, "a pair of shoes needs a name");
    if (!is_metres(shoe->initial_m))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "what a pair has run before is from 0 to 100000 km");
    if (!isnan(shoe->limit_m) && !(shoe->limit_m > 0 && is_metres(shoe->limit_m)))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the limit of a pair is over 0 and up to 100000 km");
    return HAR_OK;
}

/* Whether both would be worn for a kind, and which of them on a day could not be told. */
static bool collides(const struct har_shoe *kept, const struct har_shoe *added)
{
    bool over = kept->last_day != HAR_NO_DAY && kept->last_day < added->from_day;
    return (kept->kinds & added->kinds) && !over && kept->from_day == added->from_day;
}

static har_status compare_shoes(struct har_store *store, int64_t athlete,
                                const struct har_shoe *added, struct har_arena *arena,
                                struct har_error *err)
{
    struct har_shoe *kept;
    size_t count;
    har_status got = read_shoes(store, athlete, arena, &kept, &count, err);
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        if (strcmp(kept[i].name, added->name) == 0)
            got = har_fail(err, HAR_BAD_INPUT, 0, "a pair called \"%s\" is kept already",
                           added->name);
        else if (collides(kept + i, added))
            got = har_fail(err, HAR_BAD_INPUT, 0,
                           "\"%s\" is worn for that already: say from which day on the "
                           "new pair is, with --from DATE",
                           kept[i].name);
    }
    return got;
}

static har_status keep_shoe(struct har_store *store, int64_t athlete,
                            const struct har_shoe *shoe, int64_t *id, struct har_error *err)
{
    struct har_query q = ask_gear(store, add_shoe);
    har_bind_int(&q, athlete);
    har_bind_text(&q, shoe->name);
    har_bind_real(&q, shoe->initial_m);
    har_bind_real(&q, shoe->limit_m);
    har_bind_int(&q, shoe->kinds);
    har_bind_time(&q, shoe->from_day);
    return har_answer_id(&q, id, err);
}

har_status har_shoe_add(struct har_store *store, int64_t athlete,
                        const struct har_shoe *shoe, struct har_arena *arena,
                        struct har_error *err)
{
    int64_t id;
    har_status got = check_shoe(shoe, err);
    if (got == HAR_OK) got = har_store_begin(store, err);
    if (got) return got;
    got = compare_shoes(store, athlete, shoe, arena, err);
    if (got == HAR_OK) got = keep_shoe(store, athlete, shoe, &id, err);
    return end_change(store, got, err);
}

static har_status wear_one(struct har_store *store, int64_t athlete, int64_t shoe,
                           int64_t activity, struct har_error *err)
{
    struct har_query q = ask_gear(store, find_activity);
    int64_t id;
    har_bind_int(&q, activity);
    har_bind_int(&q, athlete);
    har_status got = har_answer_id(&q, &id, err);
    if (got == HAR_NOT_FOUND)
        return har_fail(err, got, 0, "the runner has no activity %lld",
                        (long long)activity);
    if (got) return got;
    q = ask_gear(store, wear_shoe);
    har_bind_int(&q, activity);
    har_bind_int(&q, shoe);
    return har_answer_all(&q, err);
}

har_status har_shoe_wear(struct har_store *store, int64_t athlete, const char *name,
                         const int64_t *activities, size_t count, struct har_arena *arena,
                         struct har_error *err)
{
    struct har_shoe shoe;
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = read_shoe(store, athlete, name, arena, &shoe, err);
    for (size_t i = 0; i < count && got == HAR_OK; i++)
        got = wear_one(store, athlete, shoe.id, activities[i], err);
    return end_change(store, got, err);
}

static har_status check_retiring(const struct har_shoe *shoe, int64_t day,
                                 struct har_arena *arena, struct har_error *err)
{
    struct har_text on = {.arena = arena};
    if (shoe->last_day != HAR_NO_DAY) {
        har_text_date(&on, shoe->last_day);
        return har_fail(err, HAR_BAD_INPUT, 0, "\"%s\" is retired already, since %s",
                        shoe->name, on.data ? on.data : "then");
    }
    if (shoe->from_day == HAR_NO_DAY || day >= shoe->from_day) return HAR_OK;
    har_text_date(&on, shoe->from_day);
    return har_fail(err, HAR_BAD_INPUT, 0, "\"%s\" is worn only from %s on", shoe->name,
                    on.data ? on.data : "later");
}

har_status har_shoe_retire(struct har_store *store, int64_t athlete, const char *name,
                           int64_t day, struct har_arena *arena, struct har_error *err)
{
    struct har_shoe shoe;
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = read_shoe(store, athlete, name, arena, &shoe, err);
    if (got == HAR_OK) got = check_retiring(&shoe, day, arena, err);
    if (got == HAR_OK) {
        struct har_query q = ask_gear(store, retire_shoe);
        har_bind_int(&q, day);
        har_bind_int(&q, shoe.id);
        got = har_answer_all(&q, err);
    }
    return end_change(store, got, err);
}

static har_status drop_of(struct har_store *store, const char *sql, int64_t shoe,
                          struct har_error *err)
{
    struct har_query q = ask_gear(store, sql);
    har_bind_int(&q, shoe);
    return har_answer_all(&q, err);
}

har_status har_shoe_remove(struct har_store *store, int64_t athlete, const char *name,
                           struct har_arena *arena, struct har_error *err)
{
    struct har_shoe shoe;
    har_status got = har_store_begin(store, err);
    if (got) return got;
    got = read_shoe(store, athlete, name, arena, &shoe, err);
    if (got == HAR_OK) got = drop_of(store, drop_worn, shoe.id, err);
    if (got == HAR_OK) got = drop_of(store, drop_shoe, shoe.id, err);
    return end_change(store, got, err);
}

har_status har_shoe_tell(struct har_store *store, int64_t athlete, const char *name,
                         int64_t activity, bool *news, struct har_error *err)
{
    const struct har_shoe unknown = {
        .name = name, .limit_m = NAN, .from_day = HAR_NO_DAY, .last_day = HAR_NO_DAY};
    struct har_query q = ask_gear(store, find_shoe);
    int64_t shoe, id;
    *news = false;
    har_bind_int(&q, athlete);
    har_bind_text(&q, name);
    har_status got = har_answer_id(&q, &shoe, err);
    if (got == HAR_NOT_FOUND) got = keep_shoe(store, athlete, &unknown, &shoe, err);
    if (got) return got;
    q = ask_gear(store, wear_if_untold);
    har_bind_int(&q, activity);
    har_bind_int(&q, shoe);
    got = har_answer_id(&q, &id, err);
    *news = got == HAR_OK;
    return got == HAR_NOT_FOUND ? HAR_OK : got;
}

/* --- what was run --------------------------------------------------------------------- */

/* Gives each entry that an official result is joined to that result. */
static har_status read_results(struct har_store *store,
                               const struct har_store_filter *filter,
                               struct har_entry *entries, size_t count,
                               struct har_arena *arena, struct har_error *err)
{
    struct har_race *races;
    size_t race_count;
    har_status got = har_store_races(store, filter, arena, &races, &race_count, err);
    for (size_t r = 0; r < race_count && got == HAR_OK; r++)
        for (size_t i = 0; i < count && races[r].activity; i++)
            if (entries[i].id == races[r].activity) entries[i].official = races + r;
    return got;
}

har_status har_gear(struct har_store *store, int64_t athlete, struct har_arena *arena,
                    struct har_gear *out, struct har_error *err)
{
    struct har_store_filter all = HAR_STORE_ALL;
    struct har_shoe *shoes;
    struct har_worn *worn;
    struct har_entry *entries;
    size_t worn_count;
    *out = (struct har_gear){0};
    all.athlete = athlete;
    all.with_paces = true;
    har_status got = read_shoes(store, athlete, arena, &shoes, &out->shoe_count, err);
    if (got || out->shoe_count == 0) return got;
    got = read_worn(store, athlete, arena, &worn, &worn_count, err);
    if (got == HAR_OK)
        got = har_store_entries(store, &all, arena, &entries, &out->entry_count, err);
    if (got == HAR_OK)
        got = read_results(store, &all, entries, out->entry_count, arena, err);
    if (got) return got;
    out->shoes = shoes;
    out->entries = entries;
    return har_wear_shoes(shoes, out->shoe_count, worn, worn_count, entries,
                          out->entry_count, arena, &out->wearing, err);
}
