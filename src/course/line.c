/* SPDX-License-Identifier: MIT */
/* Which line of a file is the course: the longest. Files hold a route beside the track it
 * was made from, or the way to the start; parts of one line (segments, the parts of a
 * MultiLineString) were put together before. */

#include "line.h"

#include "harrier/num.h"

#include <math.h>

har_status line_new(struct har_arena *arena, size_t count, struct line *line,
                    struct har_error *err)
{
    *line = (struct line){
        .count = count,
        .lat_deg = HAR_NEW(arena, double, count),
        .lon_deg = HAR_NEW(arena, double, count),
        .altitude_m = HAR_NEW(arena, double, count),
    };
    if (line->lat_deg && line->lon_deg && line->altitude_m) return HAR_OK;
    return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left for this course");
}

static har_status check_point(const struct line *line, size_t i, struct har_error *err)
{
    double lat = line->lat_deg[i], lon = line->lon_deg[i], z = line->altitude_m[i];
    if (fabs(lat) > 90 || fabs(lon) > 180)
        return har_fail(err, HAR_BAD_INPUT, i, "point %zu does not lie on the earth",
                        i + 1);
    if (z < LOWEST_LAND_M)
        return har_fail(err, HAR_BAD_INPUT, i,
                        "point %zu lies at %ld m, lower than the shore of the Dead Sea",
                        i + 1, lround(fmax(z, -1e6)));
    if (z > HIGHEST_LAND_M)
        return har_fail(err, HAR_BAD_INPUT, i,
                        "point %zu lies at %ld m, higher than any land", i + 1,
                        lround(fmin(z, 1e6)));
    return HAR_OK;
}

static void drop_placeless(struct line *line)
{
    size_t kept = 0;
    for (size_t i = 0; i < line->count; i++) {
        if (isnan(line->lat_deg[i]) || isnan(line->lon_deg[i])) continue;
        line->lat_deg[kept] = line->lat_deg[i];
        line->lon_deg[kept] = line->lon_deg[i];
        line->altitude_m[kept++] = line->altitude_m[i];
    }
    line->count = kept;
}

har_status choose_line(struct choice *choice, struct line *line)
{
    double length_m = 0;
    for (size_t i = 0; i < line->count; i++) {
        har_status got = check_point(line, i, choice->err);
        if (got != HAR_OK) return got;
    }
    drop_placeless(line);
    for (size_t i = 1; i < line->count; i++)
        length_m += har_geodesic_step(line->lat_deg[i - 1], line->lon_deg[i - 1],
                                      line->lat_deg[i], line->lon_deg[i]);
    if (!(length_m > 0)) return HAR_OK;
    choice->line_count++;
    if (length_m <= choice->length_m) return HAR_OK;
    choice->longest = *line;
    choice->length_m = length_m;
    return HAR_OK;
}
