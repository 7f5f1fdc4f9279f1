/* SPDX-License-Identifier: MIT */
/* harrier privacy: places that stay private, told, listed and forgotten.
 *
 * The list is its owner's: it has the places, and never the shift of what is hidden. */

#include "commands.h"
#include "entry.h"

#include <math.h>
#include <string.h>

/* Columns of the list. */
enum { ZONE_NAME_WIDTH = 24, ZONE_RADIUS_END = 32, ZONE_LAT_END = 44, ZONE_LON_END = 56 };

bool read_zones(const struct request *request, const struct har_zone **zones, size_t *count,
                int *status)
{
    struct har_error why = {0};
    struct har_store *store;
    *count = 0;
    const char *path = store_path(request, status);
    if (!path) return false;
    har_status got = har_store_open(path, HAR_STORE_READ, &store, &why);
    if (got == HAR_NOT_FOUND) return true;
    if (got == HAR_OK) {
        got = har_journal_zones(store, request->arena, zones, count, &why);
        har_store_close(store);
    }
    if (got) *status = fail(request, &why);
    return got == HAR_OK;
}

static bool read_place(const struct request *request, struct har_zone *zone)
{
    const char *text = request->value[OPT_AT], *comma = strchr(text, ',');
    if (comma) {
        struct har_bytes lat = {(const uint8_t *)text, (size_t)(comma - text)};
        if (har_parse_number(lat, &zone->lat_deg) &&
            har_parse_number(har_bytes_of(comma + 1), &zone->lon_deg))
            return true;
    }
    complain(request, "--at takes a place in degrees such as 59.91,10.75, not \"%s\"",
             text);
    return false;
}

static void zone_members(struct har_json *json, const struct har_zone *zone)
{
    har_json_string(json, "name", zone->name);
    har_json_number(json, "lat_deg", zone->lat_deg, 6);
    har_json_number(json, "lon_deg", zone->lon_deg, 6);
    har_json_number(json, "radius_m", zone->radius_m, 0);
}

int run_privacy_add(const struct request *request)
{
    struct har_error why = {0};
    struct har_text text = {.arena = request->arena};
    struct har_zone zone = {.name = request->operand[0], .radius_m = HAR_ZONE_RADIUS_M};
    bool again;
    int status;
    if (!is_asked(request, OPT_AT)) {
        complain(request, "`harrier privacy add` needs --at LAT,LON");
        return HAR_EXIT_USAGE;
    }
    if (!read_place(request, &zone) || !read_measure(request, OPT_RADIUS, &zone.radius_m))
        return HAR_EXIT_USAGE;
    struct har_store *store = open_store(request, HAR_STORE_WRITE, &status);
    if (!store) return status;
    har_status got = har_zone_tell(store, &zone, &again, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) {
        struct har_json j = json_begin(&text, "harrier.privacy/1");
        har_json_string(&j, "status", again ? "changed" : "added");
        har_json_open(&j, "zone", '{');
        zone_members(&j, &zone);
        har_json_close(&j);
        har_json_close(&j);
    } else {
        har_text_format(&text, "zone %s is %s: nothing within ", zone.name,
                        again ? "told anew" : "in");
        har_text_fixed(&text, zone.radius_m, 0);
        har_text_add(&text, " m of it is shown\n");
    }
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_privacy_remove(const struct request *request)
{
    struct har_error why = {0};
    int status;
    struct har_store *store = open_store(request, HAR_STORE_WRITE, &status);
    if (!store) return status;
    har_status got = har_zone_forget(store, request->operand[0], &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    note(request, "zone %s is forgotten: what lies there is shown again",
         request->operand[0]);
    return HAR_EXIT_DONE;
}

/* --- listed ------------------------------------------------------------------------- */

static void zones_text(struct har_text *text, const struct har_zone *zones, size_t count,
                       const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "zone");
    text_right(&head, ZONE_RADIUS_END, "m");
    text_right(&head, ZONE_LAT_END, "lat");
    text_right(&head, ZONE_LON_END, "lon");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) {
        har_render_name(text, zones[i].name, ZONE_NAME_WIDTH);
        text_right_fixed(text, ZONE_RADIUS_END, zones[i].radius_m, 0);
        text_right_fixed(text, ZONE_LAT_END, zones[i].lat_deg, 5);
        text_right_fixed(text, ZONE_LON_END, zones[i].lon_deg, 5);
        har_text_add(text, "\n");
    }
}

static void zones_json(struct har_text *text, const struct har_zone *zones, size_t count)
{
    struct har_json j = json_begin(text, "harrier.privacy/1");
    har_json_open(&j, "zones", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        zone_members(&j, &zones[i]);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_close(&j);
}

int run_privacy_list(const struct request *request)
{
    const struct har_zone *zones = NULL;
    struct har_text text = {.arena = request->arena};
    size_t count;
    int status;
    if (!read_zones(request, &zones, &count, &status)) return status;
    if (is_asked(request, OPT_JSON)) zones_json(&text, zones, count);
    else if (count > 0) zones_text(&text, zones, count, &request->style);
    put_text(request, &text);
    if (count > 0) return HAR_EXIT_DONE;
    complain(request, "no place is private; tell one: harrier privacy add NAME --at "
                      "LAT,LON --radius M");
    return HAR_EXIT_NOTHING;
}
