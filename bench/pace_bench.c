/* SPDX-License-Identifier: MIT */
/* How fast a plan is made. Prints lines of `name value`. */

#include "harrier/pace.h"

#include "clock.h"

#include <math.h>

enum { ROUNDS = 20 };

static const struct har_emig runner = {5.5, 0.06, 0.11};

/* Hills all the way, which turns; the wind comes from one side. */
static int time_marathon(const char *name, double wind_mps, struct har_arena *arena)
{
    enum { POINTS = 2110 };
    double at_m[POINTS + 1], height_m[POINTS + 1], best_s = INFINITY, evident_s = INFINITY;
    for (int i = 0; i <= POINTS; i++) {
        at_m[i] = 42195.0 * i / POINTS;
        height_m[i] = 50 * sin(i / 150.0) + 10 * sin(i / 20.0);
    }
    struct har_way way;
    if (har_way_profile(at_m, height_m, POINTS + 1, 20, arena, &way, NULL)) return 1;
    double *bearing_deg = HAR_NEW(arena, double, way.count);
    if (!bearing_deg) return 1;
    for (size_t i = 0; i < way.count; i++) bearing_deg[i] = 180 * sin((double)i / 300.0);
    way.bearing_deg = bearing_deg;
    struct har_pace_problem problem = {
        .way = &way, .runner = &runner, .wind_mps = wind_mps, .wind_from_deg = 270};
    struct har_pace_plan plan;
    struct har_pace_evidence evidence;
    for (int round = 0; round < ROUNDS; round++) {
        double from_s = seconds_now();
        if (har_pace(&problem, NULL, arena, &plan, NULL, NULL)) return 1;
        best_s = fmin(best_s, seconds_now() - from_s);
        from_s = seconds_now();
        if (har_pace(&problem, NULL, arena, &plan, &evidence, NULL)) return 1;
        evident_s = fmin(evident_s, seconds_now() - from_s);
    }
    printf("%s_pieces %zu\n%s_ms %.2f\n%s_evidence_ms %.2f\n%s_mesh_error_s %.4f\n", name,
           way.count, name, best_s * 1e3, name, evident_s * 1e3, name,
           evidence.mesh_error_s);
    return 0;
}

static int time_metric_mile(struct har_arena *arena)
{
    const struct har_bend track = {36.8, 400};
    struct har_way way;
    if (har_way_track(1500, &track, 10, arena, &way, NULL)) return 1;
    struct har_pace_problem problem = {
        .way = &way, .runner = &runner, .standing_start = true};
    struct har_pace_plan plan;
    double best_s = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        double from_s = seconds_now();
        if (har_pace(&problem, NULL, arena, &plan, NULL, NULL)) return 1;
        best_s = fmin(best_s, seconds_now() - from_s);
    }
    printf("standing_1500_ms %.2f\n", best_s * 1e3);
    return 0;
}

int main(void)
{
    struct har_arena arena = {0};
    int status = time_marathon("marathon", 0, &arena);
    if (status == 0) status = time_marathon("windy", 3, &arena);
    if (status == 0) status = time_metric_mile(&arena);
    har_arena_free(&arena);
    return status;
}
