/* SPDX-License-Identifier: MIT */
/* How fast a plan is made. Prints lines of `name value`. */

#include "harrier/pace.h"

#include "clock.h"

#include <math.h>

enum { ROUNDS = 20 };

static const struct har_emig runner = {5.5, 0.06, 0.11};

static int time_marathon(struct har_arena *arena)
{
    enum { POINTS = 2110 };
    double at_m[POINTS + 1], height_m[POINTS + 1], best_s = INFINITY, evident_s = INFINITY;
    for (int i = 0; i <= POINTS; i++) {
        at_m[i] = 42195.0 * i / POINTS;
        height_m[i] = 50 * sin(i / 150.0) + 10 * sin(i / 20.0);
    }
    struct har_way way;
    if (har_way_profile(at_m, height_m, POINTS + 1, 20, arena, &way, NULL)) return 1;
    struct har_pace_problem problem = {.way = &way, .runner = &runner};
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
    printf("pieces %zu\nmarathon_ms %.2f\nmarathon_evidence_ms %.2f\nmesh_error_s %.4f\n",
           way.count, best_s * 1e3, evident_s * 1e3, evidence.mesh_error_s);
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
    int status = time_marathon(&arena);
    if (status == 0) status = time_metric_mile(&arena);
    har_arena_free(&arena);
    return status;
}
