/* SPDX-License-Identifier: MIT */
/* The flat speed of a marathon of one sample a second, by each model of the slope.
 *
 *     flat_bench [SECONDS]          length of the run [12600]
 *
 * Prints lines of `name value`. */

#include "harrier/effort.h"

#include "clock.h"
#include "made.h"

#include <math.h>

enum { ROUNDS = 50 };

/* Hills of a few kilometres on the cleaned clock. */
static struct har_streams made_streams(struct har_arena *arena, size_t count)
{
    double *time_s = HAR_NEW(arena, double, count),
           *speed_mps = HAR_NEW(arena, double, count);
    double *distance_m = HAR_NEW(arena, double, count);
    double *altitude_m = HAR_NEW(arena, double, count);
    bool *broken = HAR_NEW(arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        time_s[i] = (double)i;
        speed_mps[i] = 3.35;
        distance_m[i] = 3.35 * (double)i;
        altitude_m[i] = 100 + 20 * sin(distance_m[i] / 400);
        broken[i] = i == 0;
    }
    return made_run((struct har_streams){.count = count,
                                         .time_s = time_s,
                                         .distance_m = distance_m,
                                         .altitude_m = altitude_m,
                                         .speed_mps = speed_mps,
                                         .broken = broken});
}

int main(int argc, char **argv)
{
    int64_t seconds = 12600;
    if (argc > 1 && !har_parse_integer(har_bytes_of(argv[1]), &seconds)) return 2;
    struct har_arena arena = {0}, desk = {0};
    struct har_streams run = made_streams(&arena, (size_t)seconds);
    for (int model = 0; model < HAR_GRADE_MODELS; model++) {
        struct har_flat_settings settings = {.law = {.model = (enum har_grade_model)model}};
        struct har_flat flat = {0};
        double from_s = seconds_now();
        for (int i = 0; i < ROUNDS; i++) {
            har_arena_reset(&desk);
            if (har_flat_speeds(&run, &settings, &desk, &flat, NULL) != HAR_OK) return 1;
        }
        printf("%s_ms %.3f\n%s_mean_mps %.4f\n", har_grade_model_name(settings.law.model),
               (seconds_now() - from_s) * 1e3 / ROUNDS,
               har_grade_model_name(settings.law.model), flat.mean_mps);
    }
    har_arena_free(&desk);
    har_arena_free(&arena);
    return 0;
}
