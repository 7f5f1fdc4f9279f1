/* SPDX-License-Identifier: MIT */
/* GeoJSON, RFC 7946: LineString and MultiLineString, bare or in a Feature, a collection of
 * features or of geometries. A position is [longitude, latitude, height]; the height may be
 * missing. The parts of a MultiLineString are one line. Points and polygons beside the line
 * (kilometre marks, parks) are no course and are passed over. */

#include "line.h"

#include <jansson.h>

#include <math.h>
#include <string.h>

static double number_at(const json_t *position, size_t index)
{
    const json_t *value = json_array_get(position, index);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void add_positions(struct line *line, const json_t *positions)
{
    for (size_t i = 0; i < json_array_size(positions); i++) {
        const json_t *position = json_array_get(positions, i);
        line->lon_deg[line->count] = number_at(position, 0);
        line->lat_deg[line->count] = number_at(position, 1);
        line->altitude_m[line->count++] = number_at(position, 2);
    }
}

static har_status read_line(const json_t *coordinates, bool in_parts, const char *name,
                            struct choice *choice)
{
    size_t count = in_parts ? 0 : json_array_size(coordinates);
    for (size_t i = 0; in_parts && i < json_array_size(coordinates); i++)
        count += json_array_size(json_array_get(coordinates, i));
    struct line line;
    har_status got = line_new(choice->arena, count, &line, choice->err);
    if (got != HAR_OK) return got;
    line.count = 0;
    if (!in_parts) add_positions(&line, coordinates);
    for (size_t i = 0; in_parts && i < json_array_size(coordinates); i++)
        add_positions(&line, json_array_get(coordinates, i));
    if (name && !(line.name = har_arena_copy(choice->arena, name, strlen(name))))
        return har_fail(choice->err, HAR_NO_MEMORY, 0, "there is no memory left");
    return choose_line(choice, &line);
}

static har_status read_object(const json_t *object, const char *name,
                              struct choice *choice);

static har_status read_all(const json_t *objects, const char *name, struct choice *choice)
{
    har_status got = HAR_OK;
    for (size_t i = 0; got == HAR_OK && i < json_array_size(objects); i++)
        got = read_object(json_array_get(objects, i), name, choice);
    return got;
}

/* An object of any type; jansson bounds how deep they lie in each other. */
static har_status read_object(const json_t *object, const char *name, struct choice *choice)
{
    const char *type = json_string_value(json_object_get(object, "type"));
    const json_t *coordinates = json_object_get(object, "coordinates");
    if (!type) return HAR_OK;
    if (strcmp(type, "FeatureCollection") == 0)
        return read_all(json_object_get(object, "features"), name, choice);
    if (strcmp(type, "GeometryCollection") == 0)
        return read_all(json_object_get(object, "geometries"), name, choice);
    if (strcmp(type, "Feature") == 0) {
        const json_t *properties = json_object_get(object, "properties");
        return read_object(json_object_get(object, "geometry"),
                           json_string_value(json_object_get(properties, "name")), choice);
    }
    bool in_parts = strcmp(type, "MultiLineString") == 0;
    if (!in_parts && strcmp(type, "LineString") != 0) return HAR_OK;
    return read_line(coordinates, in_parts, name, choice);
}

har_status read_geojson(struct har_bytes file, struct choice *choice)
{
    json_error_t error;
    json_t *root = json_loadb((const char *)file.data, file.size, 0, &error);
    if (!root)
        return har_fail(choice->err, HAR_BAD_INPUT, (uint64_t)error.position,
                        "byte %d breaks the rules of JSON", error.position);
    har_status got;
    if (json_is_string(json_object_get(root, "type")))
        got = read_object(root, json_string_value(json_object_get(root, "name")), choice);
    else got = har_fail(choice->err, HAR_UNSUPPORTED, 0, "this JSON is not GeoJSON");
    json_decref(root);
    return got;
}
