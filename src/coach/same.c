/* SPDX-License-Identifier: MIT */
/* The same run, told twice.
 *
 * A run reaches us as the watch's own file, as an export of one service and of another, and
 * from a second watch on the other wrist. Counting it twice spoils every sum; dropping a
 * run for a duplicate loses it. Equal bytes are known by their hash before this file is
 * asked. Then, in this order:
 *
 *   1. Parts of one file are different runs: the device itself told them apart.
 *   2. One device begins one file at one instant: same serial, same creation time, same
 * part and any time in common are the same run. (Time in common, because some devices write
 *      one creation time into all their files.)
 *   3. Two recordings that share at least four fifths of the shorter one's time, of sports
 *      that do not contradict each other, and whose distances agree within a tenth, are the
 *      same run. A distance nobody measured agrees with any.
 *
 * The four fifths and the tenth are ours: a watch stopped late adds a few minutes to an
 * hour, and two devices differ by up to about 5 % in distance, while runs that merely touch
 * share seconds. Nothing is thrown away on this judgement: both files are kept, and the
 * richer one leads. */

#include "same.h"

#include <math.h>

static const double LEAST_OVERLAP = 0.8; /* of the shorter recording */
static const double MOST_APART = 0.1;    /* of the longer distance */
enum { SHORTEST_MS = 1000 }; /* a recording without a length still has a place */

/* Families: sports that one device or another may call by each other's name. Zero goes with
 * any: nothing is known. */
static unsigned family_of(unsigned sport)
{
    switch (sport) {
    case HAR_SPORT_GENERIC:
    case HAR_SPORT_FITNESS_EQUIPMENT:
    case HAR_SPORT_UNKNOWN: return 0;
    default: return har_sport_is_on_foot(sport) ? HAR_SPORT_RUNNING : sport;
    }
}

static bool sports_agree(unsigned a, unsigned b)
{
    unsigned one = family_of(a), other = family_of(b);
    return one == 0 || other == 0 || one == other;
}

static bool distances_agree(double a_m, double b_m)
{
    if (!(a_m > 0) || !(b_m > 0)) return true; /* NaN as well */
    return fabs(a_m - b_m) <= MOST_APART * fmax(a_m, b_m);
}

static double length_ms(const struct har_source *s)
{
    return fmax((double)(s->end_ms - s->start_ms), SHORTEST_MS);
}

/* What the two share, as a part of the shorter one. */
static double overlap_of(const struct har_source *a, const struct har_source *b)
{
    double a_from = (double)a->start_ms, b_from = (double)b->start_ms;
    double from = fmax(a_from, b_from);
    double to = fmin(a_from + length_ms(a), b_from + length_ms(b));
    return fmax(to - from, 0) / fmin(length_ms(a), length_ms(b));
}

/* How surely the two are one run: 0 not at all, up to 1 by the time they share, 2 by the
 * device itself. */
static double closeness(const struct har_source *a, const struct har_source *b)
{
    if (a->original != 0 && a->original == b->original) return a->part == b->part ? 2 : 0;
    double overlap = overlap_of(a, b);
    if (overlap <= 0) return 0;
    if (a->serial != 0 && a->serial == b->serial && a->created_ms != HAR_NO_TIME &&
        a->created_ms == b->created_ms && a->part == b->part)
        return 2;
    bool agree = overlap >= LEAST_OVERLAP && sports_agree(a->sport, b->sport) &&
                 distances_agree(a->distance_m, b->distance_m);
    return agree ? overlap : 0;
}

const struct har_source *har_same_run_among(const struct har_source *sources, size_t count,
                                            const struct har_source *of)
{
    const struct har_source *best = NULL;
    double closest = 0;
    for (size_t i = 0; i < count; i++) {
        double close = closeness(&sources[i], of);
        if (close <= closest) continue;
        best = &sources[i];
        closest = close;
    }
    return best;
}

/* What a column is worth to a runner. Where and how far come before how hard, and how hard
 * before how warm. */
static const double column_worth[HAR_CHANNELS] = {
    [HAR_LAT_DEG] = 1.5,   [HAR_LON_DEG] = 1.5, [HAR_ALTITUDE_M] = 1,
    [HAR_DISTANCE_M] = 2,  [HAR_SPEED_MPS] = 1, [HAR_HEART_BPM] = 3,
    [HAR_CADENCE_SPM] = 1, [HAR_POWER_W] = 1,   [HAR_TEMP_C] = 0.5,
};

double har_richness_of(const struct har_activity *activity)
{
    const struct har_samples *samples = &activity->samples;
    double worth = 0;
    for (size_t c = 0; c < HAR_CHANNELS; c++)
        if (samples->channel[c]) worth += column_worth[c];
    worth += 0.1 * fmin((double)samples->extra_count, 10);

    /* Every column is worth what its samples are: one a second tells all. */
    double length_s = 0;
    if (samples->count > 1 && samples->time_ms[0] != HAR_NO_TIME &&
        samples->time_ms[samples->count - 1] != HAR_NO_TIME)
        length_s =
            (double)(samples->time_ms[samples->count - 1] - samples->time_ms[0]) / 1000;
    double rate = length_s > 0 ? fmin((double)samples->count / length_s, 1) : 0;
    worth *= 0.5 + 0.5 * rate;

    /* A recording that was cut off tells less than the whole, whatever its columns. */
    worth += fmin(length_s, 1e6) / 600;

    if (activity->lap_count > 1) worth += 2;
    if (activity->pause_count > 0) worth += 0.5;
    if (activity->device.serial != 0) worth += 1;
    return worth;
}
