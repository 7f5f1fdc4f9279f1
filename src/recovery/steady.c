/* SPDX-License-Identifier: MIT */
/* Heart against speed in the steady part of a run.
 *
 * The heart takes minutes to settle, so the first ten are left out. Speed over heart rate,
 * halved in the middle, is J. Friel's decoupling (under 5 % is held for good; recalled). It
 * means something only where the pace is even: the minutes of the rest may vary by 10 % of
 * their mean. Both limits are ours.
 *
 * At another speed the heart rate above rest goes with the speed: oxygen uptake is nearly
 * straight in speed, and so is the heart in uptake (D. P. Swain and others, of reserves).
 */

#include "harrier/recovery.h"

#include <math.h>

#define WARM_S 600.0
#define LEAST_STEADY_S 1200.0
#define MINUTE_S 60.0
#define MOST_VARIATION 0.10

/* Sums over samples from `from` to `to`, breaks left out. */
struct stretch_sums {
    double seconds, flat_m, beat_seconds, heart_s;
};

static void add_step(const struct har_streams *s, const struct har_flat *flat, size_t i,
                     struct stretch_sums *sums)
{
    double seconds = s->time_s[i] - s->time_s[i - 1];
    sums->seconds += seconds;
    sums->flat_m += flat->flat_m[i] - flat->flat_m[i - 1];
    if (isnan(s->heart_bpm[i])) return;
    sums->heart_s += seconds;
    sums->beat_seconds += s->heart_bpm[i] * seconds;
}

static size_t first_warm(const struct har_streams *s)
{
    size_t i = 0;
    while (i < s->count && s->time_s[i] < WARM_S) i++;
    return i;
}

/* Standard deviation over mean of the speeds of its minutes. */
static double variation(const struct har_streams *s, const struct har_flat *flat,
                        size_t from)
{
    double sum = 0, squares = 0, minutes = 0, seconds = 0, metres = 0;
    for (size_t i = from + 1; i < s->count; i++) {
        if (s->broken[i]) continue;
        seconds += s->time_s[i] - s->time_s[i - 1];
        metres += flat->flat_m[i] - flat->flat_m[i - 1];
        if (seconds < MINUTE_S) continue;
        sum += metres / seconds;
        squares += metres / seconds * (metres / seconds);
        minutes++;
        seconds = metres = 0;
    }
    double mean = sum / minutes;
    return sqrt(fmax(squares / minutes - mean * mean, 0)) / mean;
}

/* Metres for each beat. */
static double per_beat(const struct stretch_sums *sums)
{
    return sums->flat_m / sums->seconds / (sums->beat_seconds / sums->heart_s);
}

har_status har_steady_of(const struct har_streams *streams, const struct har_flat *flat,
                         struct har_steady *out)
{
    *out = (struct har_steady){0, NAN, NAN, NAN};
    if (!streams->heart_bpm || !flat->flat_m) return HAR_NOT_FOUND;
    size_t from = first_warm(streams);
    struct stretch_sums all = {0}, half[2] = {{0}};
    for (size_t i = from + 1; i < streams->count; i++)
        if (!streams->broken[i]) add_step(streams, flat, i, &all);
    if (all.seconds < LEAST_STEADY_S || all.heart_s < all.seconds / 2 ||
        !(variation(streams, flat, from) <= MOST_VARIATION))
        return HAR_NOT_FOUND;
    double run_s = 0;
    for (size_t i = from + 1; i < streams->count; i++) {
        if (streams->broken[i]) continue;
        run_s += streams->time_s[i] - streams->time_s[i - 1];
        add_step(streams, flat, i, &half[run_s > all.seconds / 2]);
    }
    *out = (struct har_steady){
        .seconds = all.seconds,
        .flat_mps = all.flat_m / all.seconds,
        .heart_bpm = all.beat_seconds / all.heart_s,
        .decoupling = 1 - per_beat(&half[1]) / per_beat(&half[0]),
    };
    return HAR_OK;
}

double har_heart_at(const struct har_steady *steady, double heart_rest_bpm, double flat_mps)
{
    double share = flat_mps / steady->flat_mps;
    return heart_rest_bpm + (steady->heart_bpm - heart_rest_bpm) * share;
}
