/* SPDX-License-Identifier: MIT */
/* The season that is planned: its rows are kept as they were told and replaced as a whole.
 * What follows from them, the weeks and their loads, is not kept: it is worked out again
 * from what was known on the day the season was planned from. */

#include "harrier/journal.h"

#include <math.h>

/* One text for both databases, as in the store: parameters first appear in order. */
static const char write_season[] =
    "INSERT INTO season (athlete, from_day, taper_days, taper_least, taper_most) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (athlete) DO UPDATE SET "
    "from_day = excluded.from_day, taper_days = excluded.taper_days, "
    "taper_least = excluded.taper_least, taper_most = excluded.taper_most";
static const char read_season[] =
    "SELECT from_day, taper_days, taper_least, taper_most FROM season WHERE athlete = $1";
static const char clear_items[] = "DELETE FROM season_item WHERE athlete = $1";
static const char write_item[] =
    "INSERT INTO season_item (athlete, kind, from_day, to_day, name, event, importance, "
    "altitude_m) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char list_items[] =
    "SELECT kind, from_day, to_day, name, event, importance, altitude_m "
    "FROM season_item WHERE athlete = $1 ORDER BY from_day, id";

static har_status season_unkept(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the season");
}

static har_status add_item(struct har_store *store, int64_t athlete,
                           const struct har_planned_item *item, struct har_error *err)
{
    bool race = item->kind == HAR_PLANNED_RACE;
    struct har_query q = har_ask(har_store_database(store), write_item);
    har_bind_int(&q, athlete);
    har_bind_int(&q, item->kind);
    har_bind_int(&q, item->from_day);
    har_bind_int(&q, item->to_day);
    har_bind_text(&q, item->name);
    har_bind_text(&q, race ? item->event.code : "");
    har_bind_int(&q, race ? item->importance : 0);
    har_bind_real(&q, item->altitude_m);
    return har_answer_all(&q, err);
}

har_status har_journal_keep_season(struct har_store *store, int64_t athlete,
                                   const struct har_kept_season *season,
                                   struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), write_season);
    har_bind_int(&q, athlete);
    har_bind_int(&q, season->from_day);
    har_bind_int(&q, season->settings.taper_days);
    har_bind_real(&q, season->settings.taper_least);
    har_bind_real(&q, season->settings.taper_most);
    har_status got = har_answer_all(&q, err);
    if (got) return got;
    q = har_ask(har_store_database(store), clear_items);
    har_bind_int(&q, athlete);
    got = har_answer_all(&q, err);
    for (size_t i = 0; i < season->calendar.count && got == HAR_OK; i++)
        got = add_item(store, athlete, &season->calendar.item[i], err);
    return got;
}

static har_status take_item(struct har_query *q, struct har_arena *arena,
                            struct har_planned_item *item, struct har_error *err)
{
    bool full = false;
    *item = (struct har_planned_item){.kind = (enum har_planned_kind)har_take_int(q)};
    item->from_day = har_take_int(q);
    item->to_day = har_take_int(q);
    item->name = har_take_text(q, arena, &full);
    const char *code = har_take_text(q, arena, &full);
    item->importance = (enum har_importance)har_take_int(q);
    item->altitude_m = har_take_real(q);
    if (full) return season_unkept(err);
    if (item->kind != HAR_PLANNED_RACE) return HAR_OK;
    return har_parse_event(har_bytes_of(code), &item->event, err);
}

static har_status take_items(struct har_store *store, int64_t athlete,
                             struct har_arena *arena, struct har_calendar *out,
                             struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), list_items);
    struct har_planned_item *item = NULL;
    size_t room = 0;
    har_status got;
    har_bind_int(&q, athlete);
    while ((got = har_answer(&q, err)) == HAR_OK) {
        struct har_planned_item *larger =
            har_arena_grow(arena, item, out->count, &room, sizeof *item);
        got = larger ? take_item(&q, arena, &larger[out->count], err) : season_unkept(err);
        if (got != HAR_OK) {
            har_drop(&q);
            return got;
        }
        out->item = item = larger;
        out->count++;
    }
    return got == HAR_END ? HAR_OK : got;
}

har_status har_journal_season(struct har_store *store, int64_t athlete,
                              struct har_arena *arena, struct har_kept_season *out,
                              struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), read_season);
    *out = (struct har_kept_season){0};
    har_bind_int(&q, athlete);
    har_status got = har_answer(&q, err);
    if (got == HAR_END)
        return har_fail(err, HAR_NOT_FOUND, 0,
                        "no season is planned: `harrier season plan FILE` plans one");
    if (got != HAR_OK) return got;
    out->from_day = har_take_int(&q);
    out->settings.taper_days = har_take_int(&q);
    out->settings.taper_least = har_take_real(&q);
    out->settings.taper_most = har_take_real(&q);
    har_drop(&q);
    return take_items(store, athlete, arena, &out->calendar, err);
}
