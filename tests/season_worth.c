/* SPDX-License-Identifier: MIT */
/* What 500 planned seasons are worth beside the best of three that anybody could have
 * written, under a known response and by rules: the long form of what season_test.c asks of
 * 40, for `make bench`.
 *
 * Prints lines of `name value`; gains are in percent of speed on the target day. */

#include "seasons.h"

#include <stdio.h>
#include <stdlib.h>

enum { RUNNERS = 500 };

static void print_gains(const char *by, bool rules, bool bounded, struct har_arena *arena)
{
    static double gain[RUNNERS];
    size_t count = 0, wins = 0;
    for (uint64_t seed = 0; seed < RUNNERS; seed++) {
        har_arena_reset(arena);
        if (!seasons_gain(seed, rules, bounded, arena, &gain[count])) exit(1);
        wins += gain[count++] >= 0;
    }
    printf("%s_at_least_pct %.1f\n", by, 100.0 * (double)wins / RUNNERS);
    printf("%s_p10_pct %.2f\n", by, 100 * har_quantile(gain, count, 0.1));
    printf("%s_median_pct %.2f\n", by, 100 * har_quantile(gain, count, 0.5));
    printf("%s_p90_pct %.2f\n", by, 100 * har_quantile(gain, count, 0.9));
    printf("%s_least_pct %.2f\n", by, 100 * har_quantile(gain, count, 0));
}

int main(void)
{
    struct har_arena arena = {0};
    print_gains("response", false, true, &arena);
    print_gains("unbounded", false, false, &arena);
    print_gains("rules", true, true, &arena);
    har_arena_free(&arena);
    return 0;
}
