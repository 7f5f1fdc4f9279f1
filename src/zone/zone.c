/* SPDX-License-Identifier: MIT */
/* What of a track lies in a private zone.
 *
 * A circle about the home betrays the home: enough tracks that break off at its border give
 * its centre, to a few metres (W. U. Hassan, S. Hussain and A. Bates, USENIX Security
 * 2018). So the circle is shifted by a secret that is drawn once: drawn each time anew, the
 * mean of many would be the home again. The shift is up to one radius and the circle has
 * two, so that the disc about the home lies within it wherever it comes to lie, and who
 * finds the centre knows no more than that the home is somewhere within a radius of it.
 *
 * What this cannot hide: distances stay as they were, so that the length of the hidden
 * part is known. Who publishes many runs over different roads should ask for a larger
 * radius. */

#include "harrier/zone.h"

#include "harrier/num.h"

#include <math.h>

#define GLIMPSE_M 100.0
/* The least radius to which the earth is curved, along the meridian at the equator: two
 * plumb lines that differ by an angle are that angle times this apart, or farther. */
#define CURVATURE_M 6335439.0
#define PI 3.14159265358979323846

/* What is hidden of a zone. */
struct circle {
    double lat_deg, lon_deg, radius_m;
    double up[3]; /* the plumb line in its centre, of length 1 */
};

static void plumb_line(double lat_deg, double lon_deg, double up[3])
{
    double lat = lat_deg * PI / 180, lon = lon_deg * PI / 180;
    up[0] = cos(lat) * cos(lon);
    up[1] = cos(lat) * sin(lon);
    up[2] = sin(lat);
}

har_status har_zone_check(const struct har_zone *zone, struct har_error *err)
{
    if (!zone->name || !*zone->name)
        return har_fail(err, HAR_BAD_INPUT, 0, "a zone needs a name");
    if (!(fabs(zone->lat_deg) <= 90 && fabs(zone->lon_deg) <= 180))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "a place has a latitude of -90 to 90 and a longitude of -180 to "
                        "180 degrees");
    if (!(zone->radius_m >= HAR_ZONE_LEAST_M && zone->radius_m <= HAR_ZONE_MOST_M))
        return har_fail(err, HAR_BAD_INPUT, 0, "the radius of a zone is 50 to 5000 m");
    return HAR_OK;
}

void har_zone_draw(struct har_zone *zone, uint64_t bits)
{
    double turn = (double)(bits >> 32) / 4294967296.0 * 2 * PI;
    double away = sqrt((double)(bits & UINT32_MAX) / 4294967296.0);
    zone->east = away * sin(turn);
    zone->north = away * cos(turn);
}

static struct circle circle_of(const struct har_zone *zone)
{
    struct circle c = {.radius_m = 2 * zone->radius_m};
    double bearing_deg = atan2(zone->east, zone->north) * 180 / PI;
    har_geodesic_from(zone->lat_deg, zone->lon_deg, bearing_deg,
                      hypot(zone->east, zone->north) * zone->radius_m, &c.lat_deg,
                      &c.lon_deg);
    plumb_line(c.lat_deg, c.lon_deg, c.up);
    return c;
}

/* Whether a known place lies in one of the circles. */
static bool lies_in(const struct circle *circle, size_t count, double lat_deg,
                    double lon_deg)
{
    double up[3];
    plumb_line(lat_deg, lon_deg, up);
    for (size_t i = 0; i < count; i++) {
        const struct circle *c = &circle[i];
        double x = up[0] - c->up[0], y = up[1] - c->up[1], z = up[2] - c->up[2];
        if (sqrt(x * x + y * y + z * z) * CURVATURE_M > c->radius_m) continue; /* far */
        if (har_geodesic_step(lat_deg, lon_deg, c->lat_deg, c->lon_deg) <= c->radius_m)
            return true;
    }
    return false;
}

static bool is_known(const double *lat_deg, const double *lon_deg, size_t i)
{
    return !isnan(lat_deg[i]) && !isnan(lon_deg[i]);
}

/* Points of unknown place are hidden where the known one before, or after, is. */
static void hide_unknown(const double *lat_deg, const double *lon_deg, size_t count,
                         bool *hidden)
{
    bool beside = false;
    for (size_t i = 0; i < count; i++) {
        if (is_known(lat_deg, lon_deg, i)) beside = hidden[i];
        else hidden[i] = beside;
    }
    beside = false;
    for (size_t i = count; i-- > 0;) {
        if (is_known(lat_deg, lon_deg, i)) beside = hidden[i];
        else hidden[i] |= beside;
    }
}

static void hide_glimpses(const double *lat_deg, const double *lon_deg, size_t count,
                          bool *hidden)
{
    size_t last = SIZE_MAX, known = SIZE_MAX; /* hidden; of known place */
    double way_m = 0;                         /* since `last` */
    for (size_t i = 0; i < count; i++) {
        if (!is_known(lat_deg, lon_deg, i)) continue;
        if (known != SIZE_MAX)
            way_m +=
                har_geodesic_step(lat_deg[known], lon_deg[known], lat_deg[i], lon_deg[i]);
        known = i;
        if (!hidden[i]) continue;
        if (last != SIZE_MAX && way_m <= GLIMPSE_M)
            for (size_t k = last + 1; k < i; k++) hidden[k] = true;
        last = i;
        way_m = 0;
    }
}

static har_status zone_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the private zones");
}

har_status har_zone_hide(const struct har_zone *zone, size_t zone_count,
                         const double *lat_deg, const double *lon_deg, size_t count,
                         struct har_arena *arena, const bool **hidden, size_t *hidden_count,
                         struct har_error *err)
{
    bool *hide = HAR_NEW(arena, bool, count);
    struct circle *circle = HAR_NEW(arena, struct circle, zone_count);
    if (!hide || !circle) return zone_full(err);
    *hidden = hide;
    if (hidden_count) *hidden_count = 0;
    if (zone_count == 0 || !lat_deg || !lon_deg) return HAR_OK;
    for (size_t i = 0; i < zone_count; i++) circle[i] = circle_of(&zone[i]);
    for (size_t i = 0; i < count; i++)
        hide[i] = is_known(lat_deg, lon_deg, i) &&
                  lies_in(circle, zone_count, lat_deg[i], lon_deg[i]);
    hide_unknown(lat_deg, lon_deg, count, hide);
    hide_glimpses(lat_deg, lon_deg, count, hide);
    for (size_t i = 0; hidden_count && i < count; i++) *hidden_count += hide[i];
    return HAR_OK;
}
