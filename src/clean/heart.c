/* SPDX-License-Identifier: MIT */
/* Beats without garbage.
 *
 * Nobody runs at 0, 20 or 250 beats a minute. A reading 40 beats from the median of its
 * neighbours for a second or two is the strap's. The third trap is a watch that takes the
 * arm's swing for the pulse: its heart rate is the cadence. Runners' hearts do beat 170
 * while their feet do 170 steps, so equality alone proves nothing: a stretch of a minute
 * within 3 of the cadence is dropped only if the two also move together over 15 or more,
 * or the heart came to it or left it by a leap of 20 in ten seconds, which is twice what a
 * heart can do (its time constant is about 30 s). */

#include "draft.h"

#include "harrier/num.h"

#include <math.h>

#define LOWEST_BPM 25.0
#define HIGHEST_BPM 240.0
#define SPIKE_BPM 40.0
#define NEAR_S 15.0
#define LOCK_S 60.0
#define LOCK_BPM 3.0
#define LOCK_LEAST_SPM 120.0
#define LOCK_RANGE_SPM 15.0
#define LEAP_BPM 20.0
#define LEAP_S 10.0
#define LONGEST_S 10.0 /* that one sample may speak for */
#define HIGHEST_SPM 300.0
#define HIGHEST_W 3000.0

enum { BEATS_AROUND = 3 };

static void drop(struct draft *d, size_t i)
{
    d->column[HAR_HEART_BPM][i] = NAN;
    d->summary->dropped_beats++;
}

/* Whether a beat is far from the median of up to seven around it; most are far from none of
 * them, and need no median. */
static bool is_strap_spike(const struct draft *d, size_t i)
{
    const double *heart = d->column[HAR_HEART_BPM];
    double near[2 * BEATS_AROUND + 1], widest = 0;
    size_t n = 0, from = i > BEATS_AROUND ? i - BEATS_AROUND : 0;
    for (size_t k = from; k < d->count && k <= i + BEATS_AROUND; k++) {
        if (isnan(heart[k]) || fabs(d->time_s[k] - d->time_s[i]) > NEAR_S) continue;
        widest = fmax(widest, fabs(heart[k] - heart[i]));
        near[n++] = heart[k];
    }
    return widest > SPIKE_BPM && fabs(heart[i] - har_quantile(near, n, 0.5)) > SPIKE_BPM;
}

/* Beats that are no beats at all, then the strap's. */
static void drop_impossible(struct draft *d)
{
    double *heart = d->column[HAR_HEART_BPM], *spike = d->work;
    for (size_t i = 0; i < d->count; i++)
        if (!isnan(heart[i]) && !(heart[i] >= LOWEST_BPM && heart[i] <= HIGHEST_BPM))
            drop(d, i);
    for (size_t i = 0; i < d->count; i++) spike[i] = is_strap_spike(d, i);
    for (size_t i = 0; i < d->count; i++)
        if (spike[i] > 0) drop(d, i);
}

static bool locked_at(const struct draft *d, size_t i)
{
    double heart = d->column[HAR_HEART_BPM][i], cadence = d->column[HAR_CADENCE_SPM][i];
    return cadence >= LOCK_LEAST_SPM && fabs(heart - cadence) <= LOCK_BPM;
}

/* Whether the heart leapt within LEAP_S before `from`, or after `last`. */
static bool came_or_went_by_leap(const struct draft *d, size_t from, size_t last)
{
    const double *heart = d->column[HAR_HEART_BPM];
    for (size_t k = from; k-- > 0 && d->time_s[from] - d->time_s[k] <= LEAP_S;)
        if (fabs(heart[from] - heart[k]) >= LEAP_BPM) return true;
    for (size_t k = last + 1; k < d->count && d->time_s[k] - d->time_s[last] <= LEAP_S; k++)
        if (fabs(heart[last] - heart[k]) >= LEAP_BPM) return true;
    return false;
}

static void drop_locked(struct draft *d)
{
    const double *cadence = d->column[HAR_CADENCE_SPM];
    for (size_t from = 0, to; from < d->count; from = to) {
        to = from + 1;
        if (!locked_at(d, from)) continue;
        double low = cadence[from], high = cadence[from];
        for (; to < d->count && locked_at(d, to); to++) {
            low = fmin(low, cadence[to]);
            high = fmax(high, cadence[to]);
        }
        if (d->time_s[to - 1] - d->time_s[from] < LOCK_S) continue;
        bool together = high - low >= LOCK_RANGE_SPM;
        if (together || came_or_went_by_leap(d, from, to - 1))
            for (size_t i = from; i < to; i++) drop(d, i);
    }
}

/* How long sample i speaks for the time before it. */
static double weight_s(const struct draft *d, size_t i)
{
    return d->broken[i] ? 0 : fmin(d->time_s[i] - d->time_s[i - 1], LONGEST_S);
}

static void sum_up_heart(struct draft *d)
{
    struct har_summary *s = d->summary;
    const double *heart = d->column[HAR_HEART_BPM];
    double beats = 0, seconds = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (isnan(heart[i])) continue;
        double w = weight_s(d, i);
        s->heart_s[(size_t)(heart[i] + 0.5)] += (float)w;
        s->heart_max_bpm = fmax(s->heart_max_bpm, heart[i]);
        beats += heart[i] * w;
        seconds += w;
    }
    if (seconds > 0) s->heart_bpm = beats / seconds;
}

/* The mean of a column while moving, of values from `least` to `most`; others are no
 * readings and become NaN. A zero is a reading that counts only if `least` is zero. */
static double mean_moving(struct draft *d, enum har_channel channel, double least,
                          double most)
{
    double *value = d->column[channel], sum = 0, seconds = 0;
    const double *speed = d->column[HAR_SPEED_MPS];
    if (!value) return NAN;
    for (size_t i = 0; i < d->count; i++) {
        if (!(value[i] >= 0 && value[i] <= most)) value[i] = NAN;
        if (isnan(value[i]) || value[i] < least) continue;
        if (speed && !(speed[i] >= d->gait->still_mps)) continue;
        sum += value[i] * weight_s(d, i);
        seconds += weight_s(d, i);
    }
    return seconds > 0 ? sum / seconds : NAN;
}

void clean_heart(struct draft *d)
{
    d->summary->cadence_spm = mean_moving(d, HAR_CADENCE_SPM, 1, HIGHEST_SPM);
    d->summary->power_w = mean_moving(d, HAR_POWER_W, 0, HIGHEST_W);
    if (!d->column[HAR_HEART_BPM]) { /* the device may know more than it wrote down */
        d->summary->heart_bpm = d->activity->heart_bpm;
        d->summary->heart_max_bpm = d->activity->heart_max_bpm;
        return;
    }
    drop_impossible(d);
    if (d->column[HAR_CADENCE_SPM] && har_sport_is_on_foot(d->summary->sport))
        drop_locked(d);
    sum_up_heart(d);
}
