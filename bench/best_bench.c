/* SPDX-License-Identifier: MIT */
/* Best efforts at every standard distance, against trying every start and every end.
 *
 *     best_bench [SECONDS]          length of the run that is searched [7200]
 *
 * Prints lines of `name value`; the last says how far the two answers lie apart. */

#include "harrier/best.h"
#include "harrier/num.h"

#include "clock.h"
#include "made.h"

#include <math.h>
#include <string.h>

/* A run whose pace wanders, on the cleaned clock. */
static struct har_streams made_streams(struct har_arena *arena, size_t count)
{
    double *time_s = HAR_NEW(arena, double, count),
           *distance_m = HAR_NEW(arena, double, count);
    double *speed_mps = HAR_NEW(arena, double, count);
    bool *broken = HAR_NEW(arena, bool, count);
    struct har_random random = har_random_of(7);
    double at_m = 0;
    for (size_t i = 0; i < count; i++) {
        speed_mps[i] = 3.6 + 0.5 * sin((double)i / 240) + 0.2 * har_random_normal(&random);
        speed_mps[i] = fmax(speed_mps[i], 1);
        time_s[i] = (double)i;
        distance_m[i] = at_m;
        broken[i] = i == 0;
        at_m += speed_mps[i];
    }
    return made_run((struct har_streams){.count = count,
                                         .time_s = time_s,
                                         .distance_m = distance_m,
                                         .speed_mps = speed_mps,
                                         .broken = broken});
}

/* The second at which the runner passed `at_m`, looked for from the start. */
static double passed_at(const struct har_streams *run, double at_m)
{
    size_t i = 1;
    while (i + 1 < run->count && run->distance_m[i] < at_m) i++;
    double step_m = run->distance_m[i] - run->distance_m[i - 1];
    double share = step_m > 0 ? (at_m - run->distance_m[i - 1]) / step_m : 0;
    return run->time_s[i - 1] + share * (run->time_s[i] - run->time_s[i - 1]);
}

/* A best effort begins or ends on a sample, for between samples the pace is constant. So
 * try each sample as either, and look for the other end by walking. */
static double brute_force(const struct har_streams *run, double distance_m)
{
    double best_s = INFINITY, end_m = run->distance_m[run->count - 1];
    for (size_t i = 0; i < run->count; i++) {
        double at_m = run->distance_m[i], at_s = run->time_s[i];
        if (at_m + distance_m <= end_m)
            best_s = fmin(best_s, passed_at(run, at_m + distance_m) - at_s);
        if (at_m >= distance_m)
            best_s = fmin(best_s, at_s - passed_at(run, at_m - distance_m));
    }
    return best_s;
}

int main(int argc, char **argv)
{
    int64_t seconds = 7200;
    if (argc > 1 && !har_parse_integer(har_bytes_of(argv[1]), &seconds)) return 2;
    struct har_arena arena = {0};
    struct har_streams run = made_streams(&arena, (size_t)seconds);
    size_t count = 0;
    const struct har_standard *standard = har_standard_distances(&count);

    struct har_bests bests = {0};
    double ours_s = INFINITY;
    for (int round = 0; round < 20; round++) {
        double from = seconds_now();
        if (har_bests(&run, &arena, &bests, NULL) != HAR_OK) return 1;
        ours_s = fmin(ours_s, seconds_now() - from);
    }
    double brute_s = 0, apart_s = 0;
    size_t compared = 0;
    for (size_t i = 0; i < count; i++) {
        if (standard[i].value > run.summary.distance_m) continue;
        double from = seconds_now();
        double best_s = brute_force(&run, standard[i].value);
        brute_s += seconds_now() - from;
        for (size_t k = 0; k < bests.distance_count; k++)
            if (bests.distances[k].distance_m == standard[i].value) {
                apart_s = fmax(apart_s, fabs(bests.distances[k].time_s - best_s));
                compared++;
            }
    }
    printf("samples %zu\ndistances %zu\n", run.count, compared);
    printf("bests_ms %.4f\nbrute_force_ms %.2f\napart_s %.2e\n", ours_s * 1e3,
           brute_s * 1e3, apart_s);
    har_arena_free(&arena);
    return 0;
}
