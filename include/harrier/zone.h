/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ZONE_H
#define HARRIER_ZONE_H

/* zone - places that stay private, and what of a track may be shown beside them.
 *
 * Nothing is taken from what is kept: distances, times and every statistic are as they
 * were. What is hidden is hidden where a track leaves for other eyes.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How near and how far the edge of a zone may lie, and where it lies untold. */
#define HAR_ZONE_LEAST_M 50.0
#define HAR_ZONE_MOST_M 5000.0
#define HAR_ZONE_RADIUS_M 200.0

/* A place, and how far about it nothing is ever shown. What is hidden is a circle of twice
 * the radius that holds all of that; its centre lies `east` and `north` of the place, in
 * radii, at most one away. The two are drawn once and kept: they are the secret. */
struct har_zone {
    const char *name;
    double lat_deg, lon_deg;
    double radius_m;
    double east, north;
};

/* HAR_BAD_INPUT for a zone that cannot be: no name, off the earth, a radius that is too
 * small to hide a house or too large to leave a run. */
har_status har_zone_check(const struct har_zone *zone, struct har_error *err);

/* Draws `east` and `north`, each spot of the disc as likely as another, from 64 random
 * bits. */
void har_zone_draw(struct har_zone *zone, uint64_t bits);

/* Which of `count` points of a way must not be shown: those in a zone, whatever stretch of
 * the way they are on, those of unknown place next to them, and glimpses of 100 m and less
 * between two hidden parts, which would only trace the border. `*hidden` has `count` values
 * in `arena`; `*hidden_count` may be NULL. HAR_NO_MEMORY is the only failure. */
har_status har_zone_hide(const struct har_zone *zone, size_t zone_count,
                         const double *lat_deg, const double *lon_deg, size_t count,
                         struct har_arena *arena, const bool **hidden, size_t *hidden_count,
                         struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
