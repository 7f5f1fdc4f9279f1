/* SPDX-License-Identifier: MIT */
/* World Athletics points.
 *
 * B. Spiriev, A. Spiriev, "World Athletics Scoring Tables of Athletics", editions 2022 and
 * 2025: points are floor(a (b - T)^2) for a time of T seconds under b. With a in whole
 * billionths and T in whole thousandths the product is a whole number below 2^64
 * (tools/tables.py holds the table to that), so there is nothing to round.
 *
 * The official table of 2025 was made in binary arithmetic, and where the product is a
 * whole number it sometimes lost a point. We give what is printed: an athlete's 27:30.00 is
 * worth what the table says. The lists of 2023 show no such loss, so 2022 has none.
 *
 * Hand times are scored as they are beyond 400 m. Up to 400 m, and in 2022 up to 500 m, the
 * tables add 0.14 s to them. */

#include "tables.h"

#define SCALE UINT64_C(1000000000000000) /* a in 1e-9, T in 1e-3, squared */

enum { BOUNDARY_EDITION = 2025 };

static const struct {
    int edition;
    int64_t up_to_mm, add_ms;
} hand_times[] = {{2022, 500000, 140}, {2025, 400000, 140}};

static const struct scoring_table *scoring_table_of(int edition, enum har_sex sex)
{
    for (size_t i = 0; i < scoring_tables_count; i++)
        if (scoring_tables[i].edition == edition && scoring_tables[i].sex == sex)
            return &scoring_tables[i];
    return NULL;
}

static const struct scoring *row_of(const struct scoring_table *table,
                                    const struct har_event *event)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->row[i].distance_mm == event->distance_mm &&
            table->row[i].kind == event->kind)
            return &table->row[i];
    return NULL;
}

static int64_t scored_ms(const struct har_mark *mark, const struct har_event *event,
                         int edition)
{
    int64_t ms = har_mark_official_ms(mark, event);
    if (!mark->hand) return ms;
    for (size_t i = 0; i < sizeof hand_times / sizeof hand_times[0]; i++)
        if (hand_times[i].edition == edition &&
            event->distance_mm <= hand_times[i].up_to_mm)
            ms += hand_times[i].add_ms;
    return ms;
}

static int at_boundary(const struct har_event *event, enum har_sex sex, int64_t time_ms,
                       int points)
{
    for (size_t i = 0; i < boundary_marks_count; i++) {
        const struct boundary *b = &boundary_marks[i];
        if (b->time_ms == time_ms && b->distance_mm == event->distance_mm &&
            b->kind == event->kind && b->sex == sex)
            return b->points;
    }
    return points;
}

har_status har_points(const struct har_mark *mark, const struct har_event *event,
                      enum har_sex sex, int edition, int *points, struct har_error *err)
{
    const struct scoring_table *table = scoring_table_of(edition, sex);
    if (!table)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "there is no edition %d of the points here; 2025 and 2022 are",
                        edition);
    const struct scoring *row = row_of(table, event);
    if (!row)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "World Athletics has no points of %d for %s of %s", edition,
                        event->code, sex == HAR_MEN ? "men" : "women");
    int64_t time_ms = scored_ms(mark, event, edition);
    uint64_t under_ms = time_ms < row->b_ms ? (uint64_t)(row->b_ms - time_ms) : 0;
    uint64_t product = row->a_e9 * under_ms * under_ms;
    *points = (int)(product / SCALE);
    if (edition == BOUNDARY_EDITION && product % SCALE == 0)
        *points = at_boundary(event, sex, time_ms, *points);
    return HAR_OK;
}
