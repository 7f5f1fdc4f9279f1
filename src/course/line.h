/* SPDX-License-Identifier: MIT */
#ifndef COURSE_LINE_H
#define COURSE_LINE_H

/* Lines as a file has them, before anything is measured; and the longest of them. */

#include "harrier/course.h"

/* Heights that land can have: the Dead Sea's shore lies near -439 m and sinks, Everest's
 * top at 8849 m. */
#define LOWEST_LAND_M (-450.0)
#define HIGHEST_LAND_M 8850.0

struct line {
    const char *name; /* or NULL */
    bool recorded;
    size_t count;
    double *lat_deg, *lon_deg;
    double *altitude_m; /* NaN where a point has none */
};

struct choice {
    struct har_arena *arena;
    struct har_error *err;
    struct line longest;
    double length_m; /* of the longest; 0 while there is none */
    size_t line_count;
};

/* Room for `count` points; HAR_NO_MEMORY. */
har_status line_new(struct har_arena *arena, size_t count, struct line *line,
                    struct har_error *err);

/* Considers one more line: points without a place are left out of it, one without length is
 * no line. HAR_BAD_INPUT for a point off the earth or not on land. */
har_status choose_line(struct choice *choice, struct line *line);

/* Considers every line of a GeoJSON text. HAR_BAD_INPUT, HAR_UNSUPPORTED (JSON, but no
 * GeoJSON), HAR_NO_MEMORY. */
har_status read_geojson(struct har_bytes file, struct choice *choice);

#endif
