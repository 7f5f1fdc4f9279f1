/* SPDX-License-Identifier: MIT */
/* Places that somebody wants to keep to themselves.
 *
 * A zone hides a place, not a runner: it counts for all tracks in the store. Its shift
 * outlives every change of it, as the two circles of a shift that was drawn twice would
 * tell more together than each. */

#include "harrier/journal.h"

#include <sodium.h>

/* One text for both databases, as in the store: parameters first appear in order. */
static const char find_zone[] = "SELECT id FROM zone WHERE name = $1";
static const char add_zone[] =
    "INSERT INTO zone (name, lat_deg, lon_deg, radius_m, east, north) "
    "VALUES ($1, $2, $3, $4, $5, $6)";
static const char change_zone[] =
    "UPDATE zone SET lat_deg = $1, lon_deg = $2, radius_m = $3 WHERE id = $4";
static const char drop_zone[] = "DELETE FROM zone WHERE name = $1 RETURNING id";
static const char list_zones[] =
    "SELECT name, lat_deg, lon_deg, radius_m, east, north FROM zone ORDER BY name";

static struct har_query ask_zone(struct har_store *store, const char *sql)
{
    return har_ask(har_store_database(store), sql);
}

static har_status end_telling(struct har_store *store, har_status got,
                              struct har_error *err)
{
    if (got == HAR_OK) return har_store_commit(store, err);
    har_store_rollback(store);
    return got;
}

static har_status keep_zone(struct har_store *store, const struct har_zone *zone,
                            struct har_error *err)
{
    struct har_zone drawn = *zone;
    uint64_t bits;
    randombytes_buf(&bits, sizeof bits);
    har_zone_draw(&drawn, bits);
    struct har_query q = ask_zone(store, add_zone);
    har_bind_text(&q, zone->name);
    har_bind_real(&q, zone->lat_deg);
    har_bind_real(&q, zone->lon_deg);
    har_bind_real(&q, zone->radius_m);
    har_bind_real(&q, drawn.east);
    har_bind_real(&q, drawn.north);
    return har_answer_all(&q, err);
}

static har_status move_zone(struct har_store *store, const struct har_zone *zone,
                            int64_t id, struct har_error *err)
{
    struct har_query q = ask_zone(store, change_zone);
    har_bind_real(&q, zone->lat_deg);
    har_bind_real(&q, zone->lon_deg);
    har_bind_real(&q, zone->radius_m);
    har_bind_int(&q, id);
    return har_answer_all(&q, err);
}

har_status har_zone_tell(struct har_store *store, const struct har_zone *zone, bool *again,
                         struct har_error *err)
{
    int64_t id = 0;
    har_status got = har_zone_check(zone, err);
    if (got == HAR_OK) got = har_store_begin(store, err);
    if (got) return got;
    struct har_query q = ask_zone(store, find_zone);
    har_bind_text(&q, zone->name);
    got = har_answer_id(&q, &id, err);
    *again = got == HAR_OK;
    if (got == HAR_OK) got = move_zone(store, zone, id, err);
    else if (got == HAR_NOT_FOUND) got = keep_zone(store, zone, err);
    return end_telling(store, got, err);
}

har_status har_zone_forget(struct har_store *store, const char *name, struct har_error *err)
{
    int64_t id;
    har_status got = har_store_begin(store, err);
    if (got) return got;
    struct har_query q = ask_zone(store, drop_zone);
    har_bind_text(&q, name);
    got = har_answer_id(&q, &id, err);
    if (got == HAR_NOT_FOUND)
        got = har_fail(err, HAR_NOT_FOUND, 0, "there is no zone \"%.100s\"", name);
    return end_telling(store, got, err);
}

har_status har_journal_zones(struct har_store *store, struct har_arena *arena,
                             const struct har_zone **zones, size_t *count,
                             struct har_error *err)
{
    struct har_query q = ask_zone(store, list_zones);
    struct har_zone *all = NULL;
    size_t room = 0;
    bool full = false;
    har_status got;
    *count = 0;
    while ((got = har_answer(&q, err)) == HAR_OK) {
        struct har_zone *larger = har_arena_grow(arena, all, *count, &room, sizeof *all);
        if (larger) {
            struct har_zone *zone = larger + *count;
            zone->name = har_take_text(&q, arena, &full);
            zone->lat_deg = har_take_real(&q);
            zone->lon_deg = har_take_real(&q);
            zone->radius_m = har_take_real(&q);
            zone->east = har_take_real(&q);
            zone->north = har_take_real(&q);
        }
        if (!larger || full) {
            har_drop(&q);
            return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the zones");
        }
        all = larger;
        ++*count;
    }
    *zones = all;
    return got == HAR_END ? HAR_OK : got;
}
