/* SPDX-License-Identifier: MIT */
/* The curve of a runner with 500 marks, and all standard events from it.
 *
 * Prints lines of `name value`. */

#include "harrier/num.h"
#include "harrier/runner.h"

#include "clock.h"

int main(void)
{
    static const char *const codes[] = {"800",   "1500", "MILE", "3000", "5000",
                                        "10000", "5K",   "10K",  "HM",   "MAR"};
    enum { MARKS = 500, EVENTS = 10, ROUNDS = 200 };
    static struct har_evidence marks[MARKS];
    struct har_random random = har_random_of(1);
    struct har_arena arena = {0};
    struct har_event event[EVENTS];
    double sum_s = 0;
    for (int i = 0; i < EVENTS; i++)
        if (har_parse_event(har_bytes_of(codes[i]), &event[i], NULL)) return 1;
    for (int i = 0; i < MARKS; i++) {
        marks[i].event = event[har_random_bits(&random) % EVENTS];
        marks[i].time_s = marks[i].event.distance_m / (5 + har_random_uniform(&random));
        marks[i].day = 19000 + i;
    }
    double from_s = seconds_now();
    for (int round = 0; round < ROUNDS; round++) {
        struct har_curve curve;
        struct har_prediction p;
        har_arena_reset(&arena);
        if (har_curve_fit(NULL, HAR_MEN, marks, MARKS, 19500, &arena, &curve, NULL))
            return 1;
        for (int i = 0; i < EVENTS; i++) {
            if (har_curve_predict(&curve, &event[i], 19500, HAR_ASK_RACE, &p, NULL))
                return 1;
            sum_s += p.time_s;
        }
    }
    printf("curve_ms %.4f\n", (seconds_now() - from_s) / ROUNDS * 1e3);
    printf("mean_s %.3f\n", sum_s / ROUNDS / EVENTS);
    har_arena_free(&arena);
    return 0;
}
