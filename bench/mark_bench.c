/* SPDX-License-Identifier: MIT */
/* World Athletics points of marks over every event that has them.
 *
 *     mark_bench [COUNT]            marks that are scored [20000000]
 *
 * Prints lines of `name value`. */

#include "harrier/mark.h"

#include "clock.h"

static const struct {
    const char *event;
    int64_t from_ms, to_ms;
} races[] = {
    {"800", 100000, 180000},     {"1500i", 205000, 380000},  {"MILE", 220000, 400000},
    {"3000SC", 470000, 1000000}, {"5000", 750000, 1420000},  {"10K", 1570000, 3100000},
    {"HM", 3400000, 7000000},    {"MAR", 7200000, 15000000}, {"100K", 21000000, 47000000}};
enum { RACES = sizeof races / sizeof races[0] };

int main(int argc, char **argv)
{
    long count = argc > 1 ? strtol(argv[1], NULL, 10) : 20000000;
    struct har_event event[RACES];
    for (size_t i = 0; i < RACES; i++)
        if (har_parse_event(har_bytes_of(races[i].event), &event[i], NULL)) return 1;
    long long sum = 0;
    double from_s = seconds_now();
    for (long k = 0; k < count; k++) {
        size_t i = (size_t)k % RACES;
        int64_t span_ms = races[i].to_ms - races[i].from_ms;
        struct har_mark mark = {.time_ms = races[i].from_ms + k * 10 % span_ms,
                                .decimals = 2};
        int points = 0;
        if (har_points(&mark, &event[i], (enum har_sex)(k & 1), 2025, &points, NULL))
            return 1;
        sum += points;
    }
    double took_s = seconds_now() - from_s;
    printf("marks_per_s %.0f\n", (double)count / took_s);
    printf("mean_points %.3f\n", (double)sum / (double)count);
    return 0;
}
