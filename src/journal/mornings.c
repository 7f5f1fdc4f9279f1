/* SPDX-License-Identifier: MIT */
/* Mornings: what a day was like by the watch, the scales and the runner.
 *
 * One row a day, filled by whatever sheet knows more; the first to know a number is
 * believed, as with races, so that the order of imports alone decides and a sheet that is
 * read twice changes nothing. */

#include "harrier/journal.h"

#include <math.h>

#define MORNING_COLUMNS "day, rest_bpm, hrv_ms, sleep_s, weight_kg, rpe, soreness, mood"
/* One text for both databases, as in the store: parameters first appear in order. */
static const char find_morning[] =
    "SELECT " MORNING_COLUMNS " FROM wellness WHERE athlete = $1 AND day = $2";
static const char write_morning[] =
    "INSERT INTO wellness (athlete, " MORNING_COLUMNS ") "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (athlete, day) "
    "DO UPDATE SET rest_bpm = excluded.rest_bpm, hrv_ms = excluded.hrv_ms, "
    "sleep_s = excluded.sleep_s, weight_kg = excluded.weight_kg, "
    "rpe = excluded.rpe, soreness = excluded.soreness, mood = excluded.mood";
static const char list_mornings[] =
    "SELECT " MORNING_COLUMNS " FROM wellness "
    "WHERE ($1 = 0 OR athlete = $1) AND day >= $2 AND day <= $3 ORDER BY day, athlete";

/* In the order of MORNING_COLUMNS; the day goes before them. */
static const size_t morning_measures[] = {
    offsetof(struct har_wellness_row, rest_bpm),
    offsetof(struct har_wellness_row, hrv_ms),
    offsetof(struct har_wellness_row, sleep_s),
    offsetof(struct har_wellness_row, weight_kg),
    offsetof(struct har_wellness_row, rpe),
    offsetof(struct har_wellness_row, soreness),
    offsetof(struct har_wellness_row, mood),
};
enum { MORNING_MEASURES = sizeof morning_measures / sizeof *morning_measures };

static double *measure_of_row(struct har_wellness_row *row, size_t i)
{
    return (double *)(void *)((char *)row + morning_measures[i]);
}

static struct har_wellness_row take_morning(struct har_query *q)
{
    struct har_wellness_row row = {.day = har_take_int(q)};
    for (size_t i = 0; i < MORNING_MEASURES; i++)
        *measure_of_row(&row, i) = har_take_real(q);
    return row;
}

static har_status keep_morning(struct har_store *store, int64_t athlete,
                               struct har_wellness_row *row, struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), write_morning);
    har_bind_int(&q, athlete);
    har_bind_int(&q, row->day);
    for (size_t i = 0; i < MORNING_MEASURES; i++)
        har_bind_real(&q, *measure_of_row(row, i));
    return har_answer_all(&q, err);
}

har_status har_journal_add_morning(struct har_store *store, int64_t athlete,
                                   const struct har_wellness_row *row,
                                   enum har_morning_fate *fate, struct har_error *err)
{
    struct har_wellness_row told = *row, kept;
    struct har_query q = har_ask(har_store_database(store), find_morning);
    har_bind_int(&q, athlete);
    har_bind_int(&q, row->day);
    har_status status = har_answer(&q, err);
    *fate = status == HAR_END ? HAR_MORNING_NEW : HAR_MORNING_KNOWN;
    if (status == HAR_END) return keep_morning(store, athlete, &told, err);
    if (status != HAR_OK) return status;
    kept = take_morning(&q);
    har_drop(&q);
    for (size_t i = 0; i < MORNING_MEASURES; i++) {
        if (!isnan(*measure_of_row(&kept, i)) || isnan(*measure_of_row(&told, i))) continue;
        *measure_of_row(&kept, i) = *measure_of_row(&told, i);
        *fate = HAR_MORNING_FILLED;
    }
    if (*fate == HAR_MORNING_KNOWN) return HAR_OK;
    return keep_morning(store, athlete, &kept, err);
}

har_status har_journal_mornings(struct har_store *store,
                                const struct har_store_filter *filter,
                                struct har_arena *arena, struct har_wellness_row **rows,
                                size_t *count, struct har_error *err)
{
    struct har_query q = har_ask(har_store_database(store), list_mornings);
    size_t room = 0;
    har_status status;
    har_bind_int(&q, filter->athlete);
    har_bind_int(&q, filter->since_day);
    har_bind_int(&q, filter->until_day);
    *rows = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct har_wellness_row *larger =
            har_arena_grow(arena, *rows, *count, &room, sizeof **rows);
        if (!larger) {
            har_drop(&q);
            return har_fail(err, HAR_NO_MEMORY, *count,
                            "no memory is left for the mornings");
        }
        *rows = larger;
        larger[(*count)++] = take_morning(&q);
    }
    return status == HAR_END ? HAR_OK : status;
}
