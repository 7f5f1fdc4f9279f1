/* SPDX-License-Identifier: MIT */
/* The summaries of a Garmin export: ..._summarizedActivities.json.
 *
 * One array, wrapped in an object, wrapped in an array; the whole can exceed 100 MB, so
 * only one activity at a time is turned into a tree. Instants are milliseconds UTC,
 * sometimes written as 1.7E12. Files and summaries meet at the instant of the start. */

#include "describe.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

bool har_is_garmin_summary(const char *path)
{
    static const char tail[] = "summarizedActivities.json";
    size_t n = strlen(path), most = sizeof tail - 1;
    return n >= most && strcmp(path + n - most, tail) == 0;
}

/* Where the array of activities begins: past the '[' after its name; 0 if there is none. */
static size_t first_activity(struct har_bytes json)
{
    static const char key[] = "\"summarizedActivitiesExport\"";
    size_t n = sizeof key - 1;
    for (size_t at = 0; at + n < json.size; at++) {
        if (json.data[at] != '"' || memcmp(json.data + at, key, n) != 0) continue;
        for (at += n; at < json.size; at++)
            if (json.data[at] == '[') return at + 1;
    }
    return 0;
}

static bool is_between(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
}

static bool keep_summary(const json_t *summary, size_t sheet, struct har_arena *arena,
                         struct descriptions *out)
{
    const char *name = json_string_value(json_object_get(summary, "name"));
    const json_t *start = json_object_get(summary, "beginTimestamp");
    if (!start) start = json_object_get(summary, "startTimeGmt");
    double start_ms = json_number_value(start);
    if (!name || !*name || !(start_ms > 0 && start_ms < 1e15)) return true;
    const char *kept = har_arena_copy(arena, name, strlen(name));
    struct description about = {
        .start_ms = llround(start_ms), .name = kept, .sheet = sheet};
    return kept && har_add_description(out, arena, about);
}

har_status har_read_garmin_summary(struct har_bytes json, size_t sheet,
                                   struct har_arena *arena, struct descriptions *out,
                                   struct har_error *err)
{
    size_t at = first_activity(json);
    while (at > 0) {
        while (at < json.size && is_between(json.data[at])) at++;
        if (at < json.size && json.data[at] == ']') return HAR_OK;
        json_error_t wrong;
        json_t *summary = json_loadb((const char *)json.data + at, json.size - at,
                                     JSON_DISABLE_EOF_CHECK, &wrong);
        if (!summary)
            return har_fail(err, HAR_BAD_INPUT, at, "this summary is not whole JSON");
        at += (size_t)wrong.position;
        bool kept = keep_summary(summary, sheet, arena, out);
        json_decref(summary);
        if (!kept)
            return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for these summaries");
    }
    return HAR_OK;
}
