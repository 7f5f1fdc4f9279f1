/* SPDX-License-Identifier: MIT */
/* Where the runner was, and the ground between.
 *
 * A position that asks for more speed than the sport has is a spike if the positions come
 * back, and a leap if ten in a row stay: the receiver found itself again, and how the
 * runner came there is not known.
 *
 * White noise in the positions lengthens every step. Whittaker smoothing is the smoother of
 * a random walk of velocity, and lambda is noise over motion: with 0.5 m of white noise a
 * fix (the slow part of a receiver's error lengthens nothing) and a second difference of
 * 0.5 m/s^2 times the squared step, lambda = (0.5 / (0.5 step^2))^2: 1 at one sample a
 * second, next to nothing at five seconds. At 5 m/s on a 400 m track it shortens a lap by
 * 0.03 %.
 *
 * A receiver at rest still wanders; steps slower than the drift do not count. Over a gap
 * the straight line counts if it was covered at half the usual speed or more (the signal
 * was lost); otherwise the watch was stopped, and what was walked meanwhile is not the
 * run's. */

#include "draft.h"

#include "harrier/num.h"

#include <math.h>

#define NOISE_M 0.5
#define UNSTEADINESS_MPS2 0.5
#define LEAP_SAMPLES 10
#define DRIFT_SHARE 0.6 /* of the sport's still_mps */
#define USUAL_SHARE 0.5 /* of the median speed */

static bool on_earth(double lat_deg, double lon_deg)
{
    bool nowhere = fabs(lat_deg) < 1e-6 && fabs(lon_deg) < 1e-6;
    return fabs(lat_deg) <= 90 && fabs(lon_deg) <= 180 && !nowhere;
}

/* The straight way from one sample to a later one, in m/s. */
static double speed_between(const struct draft *d, size_t from, size_t to)
{
    const double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    double step_m = har_geodesic_step(lat[from], lon[from], lat[to], lon[to]);
    return step_m / fmax(d->time_s[to] - d->time_s[from], 1);
}

static bool within_reach(const struct draft *d, size_t from, size_t to)
{
    return speed_between(d, from, to) <= d->gait->fastest_mps;
}

/* Time brings every leap within reach of where it began. Sample i goes on from the doubted
 * ones, not from the anchor, if it is half as far from them by speed, and the straight way
 * from the anchor would be a sprint. */
static bool goes_on_from(const struct draft *d, size_t doubt_start, size_t anchor, size_t i)
{
    double straight = speed_between(d, anchor, i);
    return straight > d->gait->fastest_mps / 2 &&
           speed_between(d, doubt_start, i) < straight / 2;
}

/* Marks in `keep` (1 or 0) the positions that one after the other could have been reached,
 * and in `leap` where a new chain of them begins. */
static void choose_positions(struct draft *d, double *keep)
{
    const double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    size_t anchor = SIZE_MAX, chain_start = 0, chain = 0; /* what is believed */
    size_t doubt = SIZE_MAX, doubt_start = 0, doubts = 0; /* what may yet be a leap */
    for (size_t i = 0; i < d->count; i++) {
        keep[i] = 0;
        if (!on_earth(lat[i], lon[i])) continue;
        bool near_doubt = doubts > 0 && within_reach(d, doubt, i);
        bool leapt = near_doubt && doubts > 1 && goes_on_from(d, doubt_start, anchor, i);
        if (anchor == SIZE_MAX || (!leapt && within_reach(d, anchor, i))) {
            if (anchor == SIZE_MAX) chain_start = i;
            keep[i] = 1;
            anchor = i;
            chain++;
            doubts = 0;
            continue;
        }
        if (!near_doubt) {
            doubts = 0;
            doubt_start = i;
        }
        doubt = i;
        doubts++;
        if (doubts < LEAP_SAMPLES && !(leapt && within_reach(d, anchor, i))) continue;
        /* Too many to be a spike. If so few came before, those were the spike. */
        if (chain < LEAP_SAMPLES)
            for (size_t k = chain_start; k < doubt_start; k++) keep[k] = 0;
        else d->leap[doubt_start] = true;
        for (size_t k = doubt_start; k <= i; k++) keep[k] = on_earth(lat[k], lon[k]);
        anchor = i;
        chain_start = doubt_start;
        chain = doubts;
        doubts = 0;
    }
}

/* Straight lines in time over what was dropped, up to the next break; NaN before the first
 * and after the last position of an unbroken stretch. */
static void fill_holes(struct draft *d, const double *keep)
{
    double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < d->count; i++) {
        if (d->broken[i] || d->leap[i]) last = SIZE_MAX;
        if (keep[i] == 0) {
            lat[i] = lon[i] = NAN;
            continue;
        }
        for (size_t k = last == SIZE_MAX ? i : last + 1; k < i; k++) {
            double share =
                (d->time_s[k] - d->time_s[last]) / (d->time_s[i] - d->time_s[last]);
            lat[k] = lat[last] + share * (lat[i] - lat[last]);
            lon[k] = lon[last] + share * (lon[i] - lon[last]);
        }
        last = i;
    }
}

/* Each piece between breaks, leaps and missing positions on its own. */
static void smooth_pieces(struct draft *d)
{
    double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    double motion_m = UNSTEADINESS_MPS2 * d->step_s * d->step_s;
    double lambda = (NOISE_M / motion_m) * (NOISE_M / motion_m);
    for (size_t from = 0, to; from < d->count; from = to) {
        to = from + 1;
        if (isnan(lat[from])) continue;
        while (to < d->count && !d->broken[to] && !d->leap[to] && !isnan(lat[to])) to++;
        har_whittaker(lat + from, NULL, to - from, lambda, d->work, lat + from);
        har_whittaker(lon + from, NULL, to - from, lambda, d->work, lon + from);
    }
}

/* Longitudes count on past 180 while they are smoothed. */
static void unwrap(double *lon, size_t count)
{
    double near = NAN;
    for (size_t i = 0; i < count; i++) {
        if (isnan(lon[i])) continue;
        if (!isnan(near)) lon[i] += 360 * round((near - lon[i]) / 360);
        near = lon[i];
    }
}

static void wrap(double *lon, size_t count)
{
    for (size_t i = 0; i < count; i++) lon[i] -= 360 * round(lon[i] / 360);
}

/* Speeds of the steps at which one really moved: their median, NaN if there are none. */
static double usual_speed(const struct draft *d)
{
    size_t moves = 0;
    for (size_t i = 1; i < d->count; i++) {
        double speed = d->ground[i] / (d->time_s[i] - d->time_s[i - 1]);
        if (!d->broken[i] && speed >= d->gait->still_mps) d->work[moves++] = speed;
    }
    return har_quantile(d->work, moves, 0.5);
}

static void measure_ground(struct draft *d)
{
    const double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    double drift_mps = DRIFT_SHARE * d->gait->still_mps;
    for (size_t i = 1; i < d->count; i++) {
        if (isnan(lat[i]) || isnan(lat[i - 1]) || d->leap[i]) continue;
        double step_m = har_geodesic_step(lat[i - 1], lon[i - 1], lat[i], lon[i]);
        double speed = step_m / (d->time_s[i] - d->time_s[i - 1]);
        if (speed >= drift_mps) d->ground[i] = step_m;
    }
    double usual_mps = usual_speed(d);
    for (size_t i = 1; i < d->count; i++) {
        double seconds = d->time_s[i] - d->time_s[i - 1];
        if (d->leap[i] && !d->broken[i] && !isnan(usual_mps))
            d->ground[i] = usual_mps * seconds;
        if (!d->broken[i]) continue;
        bool lost = !d->stopped[i] && d->ground[i] >= USUAL_SHARE * usual_mps * seconds;
        if (!lost) d->ground[i] = 0;
    }
}

void clean_positions(struct draft *d)
{
    double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    if (!lat || !lon) {
        d->column[HAR_LAT_DEG] = d->column[HAR_LON_DEG] = d->ground = NULL;
        return;
    }
    double *keep = d->work;
    choose_positions(d, keep);
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++) {
        bool had = !isnan(lat[i]) && !isnan(lon[i]);
        d->placed = d->placed || on_earth(lat[i], lon[i]);
        if (had && keep[i] == 0) d->summary->dropped_positions++;
        if (keep[i] == 0) continue;
        if (kept++ == 0) {
            d->summary->lat_deg = lat[i];
            d->summary->lon_deg = lon[i];
        }
    }
    if (kept < 2) {
        d->column[HAR_LAT_DEG] = d->column[HAR_LON_DEG] = d->ground = NULL;
        return;
    }
    for (size_t i = 0; i < d->count; i++)
        if (keep[i] == 0) lon[i] = NAN;
    unwrap(lon, d->count);
    fill_holes(d, keep);
    smooth_pieces(d);
    wrap(lon, d->count);
    measure_ground(d);
}
