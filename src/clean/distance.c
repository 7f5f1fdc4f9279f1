/* SPDX-License-Identifier: MIT */
/* How far, how fast, and for how long.
 *
 * The device's cumulative distance comes first: it is made of Doppler speed, a foot pod or
 * a belt, and the runner has seen it. It must be plausible: against the ground (one that
 * stays at zero while the runner crosses a town is not used) and against the device's own
 * total. Then the ground; then the device's speed, summed.
 *
 * A file may hold the device's total without its distances (GPX). Where the ground agrees
 * with that total within 5 % the stream is scaled to it, for it is the number on the
 * runner's wrist; on a track within 15 %, for there the watch knows the lane and the
 * positions do not. Where the positions leapt, what is missing is missing there: the stream
 * stays as it is, for stretched it would run faster than the runner did, and the total
 * alone is the device's. `ground_distance_m` keeps the ground's own. */

#include "draft.h"

#include "harrier/num.h"

#include <math.h>

#define RESTART_SAMPLES 5
#define SLACK_M 50.0       /* a device may add what it held back */
#define LEAST_SHARE 0.05   /* of the ground */
#define TOTAL_AGREES 0.2   /* column and total */
#define SCALE_LIMIT 0.05   /* ground and total */
#define TRACK_LIMIT 0.15   /* the same, on a track */
#define SPEED_WINDOW_S 2.5 /* to either side */

/* The device's column made monotone, in `out`. False where it holds nothing. A fall or an
 * impossible rise is a spike if the old count comes back, and a restart of the counter if
 * the new one stays. */
static bool device_distance(const struct draft *d, double *out)
{
    const double *column = d->column[HAR_DISTANCE_M];
    if (!column) return false;
    double last = NAN, offset = 0, doubt = NAN;
    size_t last_at = 0, doubts = 0;
    for (size_t i = 0; i < d->count; i++) {
        double value = column[i];
        if (isnan(last) && isfinite(value)) {
            if (value > SLACK_M || value < 0) offset = -value;
            last = value + offset;
            last_at = i;
        }
        out[i] = last;
        if (!isfinite(value)) continue;
        double reach = d->gait->fastest_mps * (d->time_s[i] - d->time_s[last_at]) + SLACK_M;
        double rise = value + offset - last;
        if (rise >= -1 && rise <= reach) {
            out[i] = last = fmax(last, value + offset);
            last_at = i;
            doubts = 0;
        } else {
            doubts =
                doubts > 0 && value >= doubt && value - doubt <= reach ? doubts + 1 : 1;
            doubt = value;
            if (doubts >= RESTART_SAMPLES) offset = last - value;
        }
    }
    for (size_t i = 0; i < d->count && isnan(out[i]); i++) out[i] = 0;
    return !isnan(last);
}

static bool good_speed(const struct draft *d, double speed_mps)
{
    return speed_mps >= 0 && speed_mps <= d->gait->fastest_mps;
}

/* The device's speed, summed up to each sample, in `out`. */
static bool summed_speed(const struct draft *d, double *out)
{
    const double *speed = d->column[HAR_SPEED_MPS];
    bool any = false;
    out[0] = 0;
    for (size_t i = 1; i < d->count; i++) {
        bool good = good_speed(d, speed[i]) && !d->broken[i];
        out[i] = out[i - 1] + (good ? speed[i] * (d->time_s[i] - d->time_s[i - 1]) : 0);
        any = any || good;
    }
    return any;
}

static bool believable(double device_m, double ground_m, double total_m)
{
    if (!(device_m > 0) || device_m < LEAST_SHARE * ground_m) return false;
    bool agrees = !(total_m > 0) || fabs(device_m - total_m) <= TOTAL_AGREES * total_m;
    return agrees || !(ground_m > 0) ||
           fabs(device_m - total_m) <= fabs(ground_m - total_m);
}

static bool leapt(const struct draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->leap[i]) return true;
    return false;
}

/* Whether the device's total is the same run as the `distance_m` that we found. */
static bool is_same_total(const struct draft *d, double distance_m)
{
    double total_m = d->activity->distance_m;
    double limit = d->summary->setting == HAR_SETTING_TRACK ? TRACK_LIMIT : SCALE_LIMIT;
    return fabs(distance_m - total_m) <= limit * total_m;
}

/* Fills the distance column from the best source there is. */
static enum har_distance_source choose_distance(struct draft *d)
{
    double *device = d->work, *ground = d->work + d->count;
    double total_m = d->activity->distance_m;
    size_t last = d->count - 1;
    bool on_belt = d->summary->setting == HAR_SETTING_TREADMILL;
    bool has_ground = d->ground && !on_belt;
    if (has_ground) {
        for (size_t i = 0; i < d->count; i++)
            ground[i] = i > 0 ? ground[i - 1] + d->ground[i] : 0;
        d->summary->ground_distance_m = ground[last];
    }
    if (device_distance(d, device) &&
        believable(device[last] - device[0], has_ground ? ground[last] : 0, total_m)) {
        for (size_t i = 0; i < d->count; i++) d->column[HAR_DISTANCE_M][i] = device[i];
        return HAR_DISTANCE_DEVICE;
    }
    double *speed = d->work + 2 * d->count;
    bool has_speed = summed_speed(d, speed) && speed[last] > 0;
    bool by_ground = has_ground && (ground[last] > 0 || !has_speed);
    if (!by_ground && !has_speed) return HAR_DISTANCE_NONE;
    const double *chosen = by_ground ? ground : speed;
    bool stretch = by_ground && !leapt(d) && is_same_total(d, ground[last]);
    double scale = stretch ? total_m / ground[last] : 1;
    for (size_t i = 0; i < d->count; i++) d->column[HAR_DISTANCE_M][i] = chosen[i] * scale;
    if (!by_ground) return HAR_DISTANCE_SPEED;
    for (size_t i = 0; i < d->count; i++) d->broken[i] = d->broken[i] || d->leap[i];
    return HAR_DISTANCE_GROUND;
}

/* The mean over SPEED_WINDOW_S to either side, at least a sample each, never over a break.
 */
static void speed_of_distance(const struct draft *d, double *speed)
{
    const double *distance = d->column[HAR_DISTANCE_M];
    size_t low = 0, high = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (d->broken[i]) low = i;
        while (low + 1 < i && d->time_s[i] - d->time_s[low] > SPEED_WINDOW_S) low++;
        if (high < i) high = i;
        while (high + 1 < d->count && !d->broken[high + 1] &&
               (high == i || d->time_s[high + 1] - d->time_s[i] <= SPEED_WINDOW_S))
            high++;
        double seconds = d->time_s[high] - d->time_s[low];
        speed[i] = seconds > 0 ? (distance[high] - distance[low]) / seconds : NAN;
    }
}

/* The device's own speed where it is plausible and adds up to the distance within a factor
 * of two; the distance's elsewhere. */
static void choose_speed(struct draft *d, double total_m)
{
    double *derived = d->work, *summed = d->work + d->count;
    double *speed = d->column[HAR_SPEED_MPS];
    speed_of_distance(d, derived);
    bool given = summed_speed(d, summed);
    double summed_m = summed[d->count - 1];
    bool use = given && summed_m > total_m / 2 && summed_m < total_m * 2;
    for (size_t i = 0; i < d->count; i++)
        if (!use || !good_speed(d, speed[i])) speed[i] = derived[i];
}

void clean_distance(struct draft *d)
{
    struct har_summary *s = d->summary;
    s->device_distance_m = d->activity->distance_m;
    s->distance_source = choose_distance(d);
    if (s->distance_source == HAR_DISTANCE_NONE) {
        d->column[HAR_DISTANCE_M] = d->column[HAR_SPEED_MPS] = NULL;
        s->distance_m = s->device_distance_m;
        return;
    }
    s->distance_m = d->column[HAR_DISTANCE_M][d->count - 1];
    if (s->distance_source == HAR_DISTANCE_GROUND && is_same_total(d, s->distance_m))
        s->distance_m = s->device_distance_m;
    choose_speed(d, s->distance_m);
}

/* Whether the runner moved on the way to sample i. What the timer says of a stop is final;
 * a gap moves if its distance does. Without a distance, or with a pool's that grows a
 * length at a time, whoever keeps the timer running moves. */
static bool moves(const struct draft *d, size_t i)
{
    const double *distance = d->column[HAR_DISTANCE_M], *speed = d->column[HAR_SPEED_MPS];
    double seconds = d->time_s[i] - d->time_s[i - 1];
    bool in_pool = d->gait->sport == HAR_SPORT_SWIMMING && !d->ground;
    if (d->stopped[i]) return false;
    if (!distance || in_pool) return !d->broken[i];
    if (d->broken[i]) return distance[i] - distance[i - 1] >= d->gait->still_mps * seconds;
    return speed[i] >= d->gait->still_mps;
}

void clean_times(struct draft *d)
{
    struct har_summary *s = d->summary;
    double stood_s = 0, moved_s = 0, device_s = d->activity->timer_s;
    for (size_t i = 1; i < d->count; i++) {
        double seconds = d->time_s[i] - d->time_s[i - 1];
        if (moves(d, i)) moved_s += seconds;
        else if (d->broken[i]) stood_s += seconds;
    }
    s->elapsed_s = d->time_s[d->count - 1];
    bool sane = device_s > 0 && device_s <= s->elapsed_s * 1.01;
    s->timer_s = sane ? device_s : s->elapsed_s - stood_s;
    s->moving_s = fmin(moved_s, s->timer_s);
}
