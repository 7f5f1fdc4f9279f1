/* SPDX-License-Identifier: MIT */
/* Verdicts on steps.
 *
 * Speeds are judged over all of a step, to 2 %, and so is power, to 3 %. A heart follows
 * with a delay: after a change of pace it comes two thirds of the way in half a minute or
 * so, and all of it in two or three (recalled, not verified). So the first minute of a step
 * does not count, a step under two minutes is not judged by heart at all, and 2 beats
 * either way are let pass. Zones of the heart are those of the report, by tenths of the
 * highest; zones of power those of Coggan, by shares of the threshold's (recalled, not
 * verified). A stretch of which less than half is known is not judged. */

#include "judge.h"

#include <math.h>

#define PACE_SLACK 0.02
#define POWER_SLACK 0.03
#define HEART_SLACK_BPM 2.0
#define SHORT_OF 0.9
#define HEART_DELAY_S 60.0
#define HEART_LEAST_S 120.0
#define KNOWN_SHARE 0.5

const char *har_step_verdict_name(enum har_verdict_of_step verdict)
{
    static const char *const names[] = {
        [HAR_STEP_HIT] = "hit",   [HAR_STEP_SLOW] = "slow",     [HAR_STEP_FAST] = "fast",
        [HAR_STEP_LOW] = "low",   [HAR_STEP_HIGH] = "high",     [HAR_STEP_SHORT] = "short",
        [HAR_STEP_DONE] = "done", [HAR_STEP_MISSED] = "missed",
    };
    return (size_t)verdict < sizeof names / sizeof names[0] ? names[verdict] : "";
}

double judge_share(const struct har_workout_step *step, double time_s, double distance_m)
{
    if (step->press) return NAN;
    if (step->until == HAR_UNTIL_TIME) return time_s / step->amount;
    if (step->until == HAR_UNTIL_DISTANCE) return distance_m / step->amount;
    return NAN;
}

/* --- hearts and watts -------------------------------------------------------------------
 */

/* What a step keeps between: beats a minute or watts. */
struct bounds {
    bool heart, power; /* neither: the step asks for none of them */
    double low, high;  /* NaN: not known what that is of this runner */
};

static struct bounds share_bounds(const struct har_workout_step *step, double of)
{
    of = of > 0 ? of / 100 : (double)NAN;
    return (struct bounds){.low = step->low * of, .high = step->high * of};
}

/* The lower end of the first zone asked for and the upper one of the last. */
static struct bounds zone_bounds(const struct har_workout_step *step, const double *upper,
                                 size_t zones, double of)
{
    size_t low = (size_t)step->low, high = (size_t)step->high;
    struct bounds none = {.low = NAN, .high = NAN};
    if (low < 1 || high > zones || low > high || !(of > 0)) return none;
    return (struct bounds){.low = low > 1 ? upper[low - 2] * of / 100 : 0,
                           .high = upper[high - 1] * of / 100};
}

static struct bounds bounds_asked(const struct har_workout_step *step,
                                  const struct har_workout_body *body)
{
    static const double heart_zones[] = {60, 70, 80, 90, 100};
    static const double power_zones[] = {55, 75, 90, 105, 120, 150, INFINITY};
    struct bounds b = {.low = step->low, .high = step->high};
    switch (step->aim) {
    case HAR_AIM_HEART: break;
    case HAR_AIM_HEART_PCT: b = share_bounds(step, body->heart_max_bpm); break;
    case HAR_AIM_HEART_LTHR_PCT: b = share_bounds(step, body->heart_threshold_bpm); break;
    case HAR_AIM_HEART_ZONE:
        b = zone_bounds(step, heart_zones, 5, body->heart_max_bpm);
        break;
    case HAR_AIM_POWER: break;
    case HAR_AIM_POWER_PCT: b = share_bounds(step, body->power_threshold_w); break;
    case HAR_AIM_POWER_ZONE:
        b = zone_bounds(step, power_zones, 7, body->power_threshold_w);
        break;
    default: return (struct bounds){.low = NAN, .high = NAN};
    }
    b.heart = step->aim == HAR_AIM_HEART || step->aim == HAR_AIM_HEART_PCT ||
              step->aim == HAR_AIM_HEART_LTHR_PCT || step->aim == HAR_AIM_HEART_ZONE;
    b.power = !b.heart;
    return b;
}

/* The mean of a column from one second of the stream to another; NaN where too little of it
 * is known. */
static double mean_between(const struct har_workout_done *done, const double *column,
                           double from_s, double to_s)
{
    double sum = 0, known_s = 0;
    for (size_t i = 1; column && i < done->count; i++) {
        double from = fmax(done->time_s[i - 1] - done->time_s[0], from_s),
               to = fmin(done->time_s[i] - done->time_s[0], to_s);
        if (!(to > from) || isnan(column[i])) continue;
        sum += column[i] * (to - from);
        known_s += to - from;
    }
    return known_s >= KNOWN_SHARE * (to_s - from_s) && known_s > 0 ? sum / known_s
                                                                   : (double)NAN;
}

/* Whether a verdict was given. */
static bool judge_body(struct har_matched_step *m, const struct har_workout_done *done)
{
    struct bounds asked = bounds_asked(m->step, &done->body);
    double from_s = m->from_s + (asked.heart ? HEART_DELAY_S : 0),
           to_s = m->from_s + m->time_s;
    m->verdict = HAR_STEP_DONE;
    if (isnan(asked.low) || isnan(asked.high)) {
        m->because = asked.heart
                         ? "the runner's highest or threshold heart rate is not known"
                     : asked.power ? "the runner's power at threshold is not known"
                                   : "no speed was asked for that could be judged";
        return false;
    }
    if (asked.heart && m->time_s < HEART_LEAST_S) {
        m->because = "too short for a heart to follow";
        return false;
    }
    double mean =
        mean_between(done, asked.heart ? done->heart_bpm : done->power_w, from_s, to_s);
    double slack = asked.heart ? HEART_SLACK_BPM : POWER_SLACK * mean;
    if (isnan(mean)) {
        m->because = asked.heart ? "its heart rate is not known" : "its power is not known";
        return false;
    }
    if (mean < asked.low - slack) {
        m->verdict = HAR_STEP_LOW;
        m->because = asked.heart ? "the heart beat slower than asked"
                                 : "more than 3 % less power than asked";
    } else if (mean > asked.high + slack) {
        m->verdict = HAR_STEP_HIGH;
        m->because = asked.heart ? "the heart beat faster than asked"
                                 : "more than 3 % more power than asked";
    } else {
        m->verdict = HAR_STEP_HIT;
        m->because = asked.heart
                         ? "within 2 beats of what was asked, after the first minute"
                         : "within 3 % of the power that was asked";
    }
    return true;
}

/* --- the match --------------------------------------------------------------------------
 */

static bool asks_speed(const struct har_workout_step *step)
{
    return !isnan(step->slow_mps);
}

static void judge_speed(struct har_matched_step *m, double speed_mps)
{
    const struct har_workout_step *step = m->step;
    if (isnan(speed_mps)) {
        m->verdict = HAR_STEP_DONE;
        m->because = "its distance is not known";
    } else if (speed_mps < step->slow_mps * (1 - PACE_SLACK)) {
        m->verdict = HAR_STEP_SLOW;
        m->because = "more than 2 % slower than the slowest asked for";
    } else if (speed_mps > step->fast_mps * (1 + PACE_SLACK)) {
        m->verdict = HAR_STEP_FAST;
        m->because = "more than 2 % faster than the fastest asked for";
    } else {
        m->verdict = HAR_STEP_HIT;
        m->because = "within 2 % of what was asked";
    }
}

/* Whether it counts among those that were judged. */
static bool judge(struct har_matched_step *m, const struct har_workout_done *done)
{
    const struct har_workout_step *step = m->step;
    struct bounds asked = bounds_asked(step, &done->body);
    bool could = asks_speed(step) || asked.low <= asked.high;
    if (!(m->time_s > 0)) {
        m->verdict = HAR_STEP_MISSED;
        m->because = "nothing that was run is like it";
        return could;
    }
    if (judge_share(step, m->time_s, m->distance_m) < SHORT_OF) {
        m->verdict = HAR_STEP_SHORT;
        m->because = "it ended before nine tenths of what was asked";
        return could;
    }
    if (!asks_speed(step)) return judge_body(m, done);
    judge_speed(m, m->distance_m / m->time_s);
    return true;
}

void judge_match(struct har_match *match, const struct har_workout_done *done)
{
    for (size_t i = 0; i < match->count; i++) {
        match->judged += judge(&match->step[i], done);
        match->hit += match->step[i].verdict == HAR_STEP_HIT;
    }
}
