/* SPDX-License-Identifier: MIT */
/* What the numbers that runners know are on this runner's curve. Each law is fitted to the
 * times the curve gives over the distances where the law was found to hold, so the readings
 * cannot contradict each other or the predictions by more than the laws themselves do. */

#include "harrier/runner.h"

#include <math.h>

/* On the ground of most of the prior's marks. */
static const struct reading_event {
    enum har_event_kind kind;
    double distance_m;
    bool emig, critical;
} reading_events[] = {
    {HAR_EVENT_TRACK, 800, true, true},    {HAR_EVENT_TRACK, 1500, true, true},
    {HAR_EVENT_TRACK, 3000, true, true},   {HAR_EVENT_TRACK, 5000, true, true},
    {HAR_EVENT_TRACK, 10000, true, false}, {HAR_EVENT_ROAD, 21097.5, true, false},
    {HAR_EVENT_ROAD, 42195, true, false},
};
enum { READING_EVENTS = sizeof reading_events / sizeof *reading_events };
#define SHORTEST_CRITICAL_S 120.0
#define LONGEST_CRITICAL_S 1200.0
#define VDOT_M 5000.0

struct har_readings har_curve_readings(const struct har_curve *curve, int64_t day)
{
    double distance_m[READING_EVENTS], time_s[READING_EVENTS];
    double short_m[READING_EVENTS], short_s[READING_EVENTS];
    size_t count = 0, shorts = 0;
    struct har_readings out = {
        .emig = {NAN, NAN, NAN}, .critical = {NAN, NAN, NAN, NAN}, .vdot = NAN};
    for (size_t i = 0; i < READING_EVENTS; i++) {
        const struct reading_event *e = reading_events + i;
        struct har_event event = {.kind = e->kind,
                                  .distance_mm = (int64_t)(e->distance_m * 1000),
                                  .distance_m = e->distance_m};
        struct har_prediction p;
        if (har_curve_predict(curve, &event, day, HAR_ASK_SEASON_BEST, &p, NULL)) continue;
        distance_m[count] = e->distance_m;
        time_s[count++] = p.time_s;
        if (e->critical && p.time_s >= SHORTEST_CRITICAL_S &&
            p.time_s <= LONGEST_CRITICAL_S) {
            short_m[shorts] = e->distance_m;
            short_s[shorts++] = p.time_s;
        }
        if (e->distance_m == VDOT_M) out.vdot = har_vdot(VDOT_M, p.time_s);
    }
    (void)har_emig_fit(distance_m, time_s, count, &out.emig, NULL);
    (void)har_critical_speed_fit(short_m, short_s, shorts, &out.critical, NULL);
    return out;
}
