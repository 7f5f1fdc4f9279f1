/* SPDX-License-Identifier: MIT */
/* Splits over distance.
 *
 * Everything that adds up is first added up from the start, sample by sample; a split is
 * the difference of those sums at its two ends, each interpolated in distance. So splits
 * always add up to the whole. They run in elapsed time, pauses included, as a race does. */

#include "draft.h"

#include <math.h>

#define SHORTEST_TAIL_M 10.0
#define MOST_SPLITS 1e6
#define LONGEST_S 10.0 /* that one heart rate may speak for */

enum sum { TIME_S, MOVING_S, UP_M, DOWN_M, BEATS, BEATS_S, SUMS };

static void add_up_samples(const struct har_streams *s, double *sum[SUMS])
{
    double still_mps = gait_of(s->summary.sport)->still_mps;
    for (size_t i = 0; i < s->count; i++) {
        sum[TIME_S][i] = s->time_s[i];
        if (i == 0) continue;
        double seconds = s->time_s[i] - s->time_s[i - 1];
        double way_m = s->distance_m[i] - s->distance_m[i - 1];
        bool moved = s->broken[i] || !s->speed_mps ? way_m >= still_mps * seconds
                                                   : s->speed_mps[i] >= still_mps;
        bool beat = s->heart_bpm && !isnan(s->heart_bpm[i]) && !s->broken[i];
        double beat_s = beat ? fmin(seconds, LONGEST_S) : 0;
        sum[MOVING_S][i] = sum[MOVING_S][i - 1] + (moved ? seconds : 0);
        sum[BEATS][i] = sum[BEATS][i - 1] + (beat ? s->heart_bpm[i] * beat_s : 0);
        sum[BEATS_S][i] = sum[BEATS_S][i - 1] + beat_s;
    }
    if (s->altitude_m)
        climb_sums(s->altitude_m, s->broken, s->count, sum[UP_M], sum[DOWN_M]);
}

/* The sums where `distance_m` is first reached. `*from` is a sample before it, and moves up
 * to the last one. */
static void sums_at(const struct har_streams *s, double *const sum[SUMS], double distance_m,
                    size_t *from, double out[SUMS])
{
    while (*from + 1 < s->count && s->distance_m[*from + 1] < distance_m) ++*from;
    size_t i = *from;
    double share = 0;
    if (i + 1 < s->count && s->distance_m[i] < distance_m)
        share = (distance_m - s->distance_m[i]) / (s->distance_m[i + 1] - s->distance_m[i]);
    for (int k = 0; k < SUMS; k++)
        out[k] = share > 0 ? sum[k][i] + share * (sum[k][i + 1] - sum[k][i]) : sum[k][i];
}

static struct har_split split_between(const double a[SUMS], const double b[SUMS],
                                      double from_m, double to_m, bool climbs)
{
    double beats_s = b[BEATS_S] - a[BEATS_S];
    return (struct har_split){
        .from_m = from_m,
        .to_m = to_m,
        .time_s = b[TIME_S] - a[TIME_S],
        .moving_s = b[MOVING_S] - a[MOVING_S],
        .ascent_m = climbs ? b[UP_M] - a[UP_M] : NAN,
        .descent_m = climbs ? b[DOWN_M] - a[DOWN_M] : NAN,
        .heart_bpm = beats_s > 0 ? (b[BEATS] - a[BEATS]) / beats_s : NAN,
    };
}

har_status har_splits(const struct har_streams *streams, double every_m,
                      struct har_arena *arena, struct har_split **splits, size_t *count,
                      struct har_error *err)
{
    *splits = NULL;
    *count = 0;
    if (!(every_m > 0)) return har_fail(err, HAR_OUT_OF_RANGE, 0, "a split has no length");
    if (streams->count < 2 || !streams->distance_m) return HAR_OK;
    double end_m = streams->distance_m[streams->count - 1];
    if (end_m / every_m > MOST_SPLITS)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "the splits are too short to count");

    double *sum[SUMS];
    for (int k = 0; k < SUMS; k++) {
        sum[k] = HAR_NEW(arena, double, streams->count);
        if (!sum[k]) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for splits");
    }
    size_t whole = (size_t)(end_m / every_m);
    double tail_m = end_m - (double)whole * every_m;
    size_t n = whole + (tail_m >= SHORTEST_TAIL_M);
    *splits = HAR_NEW(arena, struct har_split, n);
    if (!*splits) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for splits");

    add_up_samples(streams, sum);
    double a[SUMS] = {0}, b[SUMS];
    size_t from = 0;
    for (size_t k = 0; k < n; k++) {
        double to_m = k < whole ? (double)(k + 1) * every_m : end_m;
        sums_at(streams, sum, to_m, &from, b);
        (*splits)[k] =
            split_between(a, b, (double)k * every_m, to_m, streams->altitude_m != NULL);
        for (int i = 0; i < SUMS; i++) a[i] = b[i];
    }
    *count = n;
    return HAR_OK;
}
