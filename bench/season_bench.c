/* SPDX-License-Identifier: MIT */
/* How long a season takes to plan.
 *
 * Prints lines of `name value`. */

#include "harrier/season.h"

#include "clock.h"

enum { ROUNDS = 20, WEEKS = 40, RACES = 8, CAMPS = 3, BEFORE = 730, FIRST = 20000 };

/* 40 weeks with two peaks, three camps and eight races. */
static double plan_ms(struct har_arena *arena)
{
    static const int at[RACES] = {40, 68, 96, 133, 180, 205, 240, 275};
    struct har_response response = {0, 0.2,  0.065, 42,
                                    8, 0.01, 60,    {0, 0, 1e-4, 0, 0, 1e-5}};
    struct har_target target[RACES] = {{0}};
    struct har_camp camp[CAMPS];
    double load[BEFORE];
    struct har_season_plan plan;
    for (int i = 0; i < BEFORE; i++) load[i] = 50 + i % 7 * 5 + i % 28;
    for (int i = 0; i < RACES; i++) {
        target[i] = (struct har_target){.day = FIRST + at[i],
                                        .importance = i == 3 || i == 7 ? HAR_IMPORTANCE_A
                                                                       : HAR_IMPORTANCE_B,
                                        .load = 90};
        if (har_parse_event(har_bytes_of("10K"), &target[i].event, NULL) != HAR_OK) exit(1);
    }
    for (int i = 0; i < CAMPS; i++)
        camp[i] = (struct har_camp){.name = "camp",
                                    .from_day = FIRST + 20 + 80 * i,
                                    .to_day = FIRST + 38 + 80 * i,
                                    .altitude_m = 2000};
    struct har_season_problem problem = {
        .from_day = FIRST,
        .target_count = RACES,
        .camp_count = CAMPS,
        .targets = target,
        .camps = camp,
        .done = {FIRST - BEFORE, BEFORE, load},
        .metres_per_load = 150,
        .longest_m = 20000,
        .response = &response,
    };
    double from_s = seconds_now();
    for (int i = 0; i < ROUNDS; i++) {
        har_arena_reset(arena);
        if (har_plan_season(&problem, NULL, arena, &plan, NULL) != HAR_OK) exit(1);
    }
    if (plan.week_count != WEEKS) exit(1);
    return 1e3 * (seconds_now() - from_s) / ROUNDS;
}

int main(void)
{
    struct har_arena arena = {0};
    printf("plan_ms %.2f\n", plan_ms(&arena));
    har_arena_free(&arena);
    return 0;
}
