/* SPDX-License-Identifier: MIT */
/* Distance over the ground against the device's own total, run by run.
 *
 *     ground_bench FILE...          watch files, .gz or not
 *
 * Prints lines of `name value`: the median ratio, and the per cent of runs within 1 and 3
 * %; with a first argument -v, a line for each run that is further off. */

#include "harrier/archive.h"
#include "harrier/clean.h"
#include "harrier/decode.h"
#include "harrier/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NaN where one of the two is not known, or it is no run over ground. */
static double ratio_of(const char *path, struct har_arena *arena)
{
    struct har_bytes bytes;
    struct har_recording file;
    struct har_streams streams;
    if (har_read_file(path, NULL, arena, &bytes, NULL) != HAR_OK) return NAN;
    if (har_decode(bytes, arena, &file, NULL) != HAR_OK || !file.activity_count) return NAN;
    if (har_clean(&file.activities[0], NULL, arena, &streams, NULL) != HAR_OK) return NAN;
    const struct har_summary *s = &streams.summary;
    bool both = s->ground_distance_m > 0 && s->device_distance_m > 0;
    return both ? s->ground_distance_m / s->device_distance_m : NAN;
}

int main(int argc, char **argv)
{
    bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    struct har_arena arena = {0};
    double *ratio = malloc((size_t)argc * sizeof *ratio), near1 = 0, near3 = 0;
    size_t n = 0;
    if (!ratio) return 1;
    for (int i = 1 + verbose; i < argc; i++) {
        double r = ratio_of(argv[i], &arena);
        har_arena_reset(&arena);
        if (isnan(r)) continue;
        ratio[n++] = r;
        near1 += fabs(r - 1) <= 0.01;
        near3 += fabs(r - 1) <= 0.03;
        if (verbose && fabs(r - 1) > 0.03) printf("# %s %.4f\n", argv[i], r);
    }
    if (n == 0) return 1;
    printf("runs %zu\nwithin_1_pct %.1f\nwithin_3_pct %.1f\n", n, 100 * near1 / (double)n,
           100 * near3 / (double)n);
    printf("median_ratio %.4f\n", har_quantile(ratio, n, 0.5));
    har_arena_free(&arena);
    free(ratio);
    return 0;
}
