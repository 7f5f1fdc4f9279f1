/* SPDX-License-Identifier: MIT */
/* Height without noise.
 *
 * Height belongs to the ground, so it is smoothed over distance, not time: averages over
 * cells of 10 m, then a Whittaker smoother, which for second differences is the smoother of
 * a grade that wanders. We let it wander 1 % per square root of 100 m: half of that takes a
 * seventh off hills of 20 m in 3 m of noise, twice that keeps the noise. In a cell of h
 * metres the second difference then has a standard deviation of h * 0.01 * sqrt(h / 100),
 * and lambda is the noise's variance over that one's. The noise is read off the file: 3 m
 * of it (a phone) smooth over some 70 m, a barometer's 0.3 m over some 20 m.
 *
 * A climb counts when height has risen by CLIMB_M (2 m) since the last bottom: what is left
 * of the noise, and of the weather in a barometer, does not add up. With that, 10 km of
 * flat ground under 3 m of white noise climb less than 10 m, and stairs of 10 m keep
 * theirs. */

#include "draft.h"

#include "harrier/num.h"

#include <math.h>

#define CELL_M 10.0
#define GRADE_WANDER 0.01 /* per square root of 100 m */
#define LEAST_NOISE_M 0.3
#define CLIMB_M 2.0
#define SPIKE_M 5.0
#define SPIKE_NOISES 6.0
#define LOWEST_M (-500.0)
#define HIGHEST_M 9000.0
#define STEP_M 10.0       /* a change of height over a break that is not the ground's */
#define LEAST_WAY_M 100.0 /* shorter, and there is no profile */
#define GUESS_WEIGHT 0.25 /* of a cell that nobody measured */
#define HEAVIEST 10.0     /* a stop must not outweigh the road */

enum { HEIGHTS_AROUND = 3 };

/* The standard deviation of the noise of a sample, from second differences, whose variance
 * is six times the noise's; their median, so that stairs and spikes do not matter. */
static double noise_of(const struct draft *d, const double *z)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < d->count; i++) {
        double bend = fabs(z[i + 1] - 2 * z[i] + z[i - 1]);
        if (!isnan(bend) && !d->broken[i] && !d->broken[i + 1]) d->work[n++] = bend;
    }
    double median = har_quantile(d->work, n, 0.5);
    return fmax(isnan(median) ? 0 : median / 0.6745 / sqrt(6), LEAST_NOISE_M);
}

/* Whether a sample lies over `limit` from the median of those around it that are known.
 * Most samples lie within that of all of them, and need no median. */
static bool is_height_spike(const double *z, size_t count, size_t i, double limit_m)
{
    double near[2 * HEIGHTS_AROUND + 1], low = INFINITY, high = -INFINITY;
    size_t n = 0, from = i > HEIGHTS_AROUND ? i - HEIGHTS_AROUND : 0;
    for (size_t k = from; k < count && k <= i + HEIGHTS_AROUND; k++) {
        if (isnan(z[k])) continue;
        low = fmin(low, z[k]);
        high = fmax(high, z[k]);
        near[n++] = z[k];
    }
    if (!(z[i] - low > limit_m || high - z[i] > limit_m)) return false;
    return fabs(z[i] - har_quantile(near, n, 0.5)) > limit_m;
}

static void drop_spikes(const struct draft *d, double *z, double noise_m)
{
    double limit_m = fmax(SPIKE_M, SPIKE_NOISES * noise_m);
    for (size_t i = 0; i < d->count; i++)
        d->work[i] = is_height_spike(z, d->count, i, limit_m) ? NAN : z[i];
    for (size_t i = 0; i < d->count; i++) z[i] = d->work[i];
}

/* Whether the ground cannot have brought this change: a lift, a train, an hour of weather
 * while the watch was stopped. */
static bool step_of_height(const double *z, const bool *broken, size_t i)
{
    return broken[i] && fabs(z[i] - z[i - 1]) > STEP_M;
}

/* Cells over the distance of one piece of the activity. */
struct cells {
    double width_m;
    double *height_m, *weight, *work; /* `work` holds three of the others */
};

/* Unknown cells take the straight line between their known neighbours, at a small weight:
 * left free, a long hole would swing out with the slopes at its edges. */
static void fill_unknown(struct cells *c, size_t count)
{
    size_t last = SIZE_MAX;
    for (size_t k = 0; k < count; k++) {
        if (c->weight[k] < 1) continue;
        for (size_t i = last == SIZE_MAX ? 0 : last + 1; i < k; i++) {
            double share = last == SIZE_MAX ? 1 : (double)(i - last) / (double)(k - last);
            double before_m = c->height_m[last == SIZE_MAX ? k : last];
            c->height_m[i] = before_m + share * (c->height_m[k] - before_m);
            c->weight[i] = GUESS_WEIGHT;
        }
        last = k;
    }
    for (size_t i = last == SIZE_MAX ? count : last + 1; i < count; i++) {
        c->height_m[i] = c->height_m[last];
        c->weight[i] = GUESS_WEIGHT;
    }
}

static size_t fill_cells(const double *x, const double *z, size_t from, size_t to,
                         struct cells *c)
{
    size_t count = (size_t)((x[to - 1] - x[from]) / c->width_m) + 1;
    for (size_t k = 0; k < count; k++) c->height_m[k] = c->weight[k] = 0;
    for (size_t i = from; i < to; i++) {
        if (isnan(z[i])) continue;
        size_t k = (size_t)((x[i] - x[from]) / c->width_m);
        c->height_m[k] += z[i];
        c->weight[k]++;
    }
    for (size_t k = 0; k < count; k++) {
        if (c->weight[k] < 1) continue;
        c->height_m[k] /= c->weight[k];
        c->weight[k] = fmin(c->weight[k], HEAVIEST);
    }
    fill_unknown(c, count);
    return count;
}

/* Smooths z from..to over x. A cell's height is that of its middle. */
static void smooth_piece(const double *x, double *z, size_t from, size_t to, double noise_m,
                         struct cells *c)
{
    size_t count = fill_cells(x, z, from, to, c);
    double wander_m = c->width_m * GRADE_WANDER * sqrt(c->width_m / 100);
    double lambda = (noise_m / wander_m) * (noise_m / wander_m);
    har_whittaker(c->height_m, c->weight, count, lambda, c->work, c->height_m);
    for (size_t i = from; i < to; i++) {
        double at = (x[i] - x[from]) / c->width_m - 0.5;
        size_t low = at <= 0 ? 0 : (size_t)at;
        if (low + 1 >= count) low = count > 1 ? count - 2 : 0;
        double rise_m = count > 1 ? c->height_m[low + 1] - c->height_m[low] : 0;
        z[i] = c->height_m[low] + (at - (double)low) * rise_m;
    }
}

static har_status smooth_over_distance(struct draft *d, double *z, double noise_m)
{
    const double *x = d->column[HAR_DISTANCE_M];
    double way_m = x[d->count - 1] - x[0];
    struct cells c = {.width_m = fmax(CELL_M, way_m / (4 * (double)d->count + 1000))};
    size_t room = (size_t)(way_m / c.width_m) + 2;
    c.height_m = HAR_NEW(d->arena, double, room);
    c.weight = HAR_NEW(d->arena, double, room);
    c.work = HAR_NEW(d->arena, double, 3 * room);
    if (!c.height_m || !c.weight || !c.work) return HAR_NO_MEMORY;
    for (size_t from = 0, to; from < d->count; from = to) {
        to = from + 1;
        while (to < d->count && !step_of_height(z, d->broken, to)) to++;
        smooth_piece(x, z, from, to, noise_m, &c);
    }
    return HAR_OK;
}

void climb_sums(const double *altitude_m, const bool *broken, size_t count, double *up_m,
                double *down_m)
{
    for (size_t i = 0; i < count; i++) up_m[i] = down_m[i] = 0;
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        while (to < count && !step_of_height(altitude_m, broken, to)) to++;
        har_climbs(altitude_m + from, to - from, CLIMB_M, up_m + from, down_m + from);
    }
    for (size_t i = 1; i < count; i++) {
        up_m[i] += up_m[i - 1];
        down_m[i] += down_m[i - 1];
    }
}

static bool on_real_ground(enum har_setting setting)
{
    return setting != HAR_SETTING_TREADMILL && setting != HAR_SETTING_INDOOR;
}

har_status clean_elevation(struct draft *d)
{
    struct har_summary *s = d->summary;
    double *z = d->column[HAR_ALTITUDE_M];
    const double *x = d->column[HAR_DISTANCE_M];
    d->column[HAR_ALTITUDE_M] = NULL;
    if (!z || !on_real_ground(s->setting)) return HAR_OK;

    size_t known = 0;
    for (size_t i = 0; i < d->count; i++)
        if (!(z[i] > LOWEST_M && z[i] < HIGHEST_M)) z[i] = NAN;
    double noise_m = noise_of(d, z);
    drop_spikes(d, z, noise_m);
    for (size_t i = 0; i < d->count; i++)
        if (!isnan(z[i])) d->work[known++] = z[i];
    s->altitude_m = har_quantile(d->work, known, 0.5);
    s->altitude_max_m = har_quantile(d->work, known, 1);
    if (known == 0 || !x || x[d->count - 1] - x[0] < LEAST_WAY_M) return HAR_OK;

    har_status got = smooth_over_distance(d, z, noise_m);
    if (got != HAR_OK) return got;
    double *up_m = d->work, *down_m = d->work + d->count;
    climb_sums(z, d->broken, d->count, up_m, down_m);
    s->ascent_m = up_m[d->count - 1];
    s->descent_m = down_m[d->count - 1];
    s->altitude_max_m = z[0];
    for (size_t i = 1; i < d->count; i++) s->altitude_max_m = fmax(s->altitude_max_m, z[i]);
    d->column[HAR_ALTITUDE_M] = z;
    return HAR_OK;
}
