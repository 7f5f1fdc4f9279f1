/* SPDX-License-Identifier: MIT */
/* Speeds for steps that are told of the threshold or of a race; what watches need, which
 * know neither. Zones and heart rates stay what they are: those the watch knows. */

#include "words.h"

#include <math.h>

/* The speed that 100 % stands for; NaN where nobody knows. */
static double whole_of(const struct har_workout_step *step,
                       const struct har_workout_paces *paces)
{
    if (step->aim == HAR_AIM_PACE_PCT) return paces->threshold_mps;
    return paces->speed_mps ? paces->speed_mps(paces->ctx, &step->race) : (double)NAN;
}

har_status har_workout_resolve(struct har_workout *workout,
                               const struct har_workout_paces *paces, struct har_error *err)
{
    for (size_t i = 0; i < workout->step_count; i++) {
        struct har_workout_step *step = &workout->step[i];
        if (step->aim != HAR_AIM_PACE_PCT && step->aim != HAR_AIM_RACE_PCT) continue;
        double whole_mps = whole_of(step, paces);
        if (!(whole_mps > 0))
            return har_fail(
                err, HAR_NO_ANSWER, i,
                "step %zu (line %u) is told of %s%s, and no curve says how fast "
                "that is",
                i + 1, step->line, step->aim == HAR_AIM_PACE_PCT ? "" : "@",
                step->aim == HAR_AIM_PACE_PCT ? "the threshold pace" : step->race.code);
        step->slow_mps = fmin(step->low, step->high) / 100 * whole_mps;
        step->fast_mps = fmax(step->low, step->high) / 100 * whole_mps;
        if (step->slow_mps < SLOWEST_MPS || step->fast_mps > FASTEST_MPS)
            return har_fail(err, HAR_OUT_OF_RANGE, i,
                            "step %zu (line %u) comes to a pace at which nobody runs",
                            i + 1, step->line);
    }
    return HAR_OK;
}

/* --- words beside numbers --------------------------------------------------------------
 */

static bool same_end(const struct har_workout_step *words,
                     const struct har_workout_step *numbers)
{
    if (words->press && words->until != HAR_UNTIL_PRESS)
        return numbers->until == HAR_UNTIL_PRESS;
    if (words->until != numbers->until) return false;
    return words->until == HAR_UNTIL_PRESS ||
           fabs(words->amount - numbers->amount) <= 0.0101;
}

static bool is_speed(const struct har_workout_step *step)
{
    return step->aim == HAR_AIM_PACE || step->aim == HAR_AIM_PACE_PCT ||
           step->aim == HAR_AIM_RACE_PCT;
}

/* Whether the values of a file lie within those of the words, or are them. */
static bool same_range(const struct har_workout_step *words,
                       const struct har_workout_step *numbers, double slack)
{
    double low = fmin(words->low, words->high), high = fmax(words->low, words->high);
    return fmin(numbers->low, numbers->high) >= low - slack &&
           fmax(numbers->low, numbers->high) <= high + slack;
}

/* Shares of different things cannot be held against each other. */
static bool same_speed(const struct har_workout_step *words,
                       const struct har_workout_step *numbers)
{
    if (!is_speed(words)) return false;
    if (words->aim != numbers->aim) return true;
    if (words->aim == HAR_AIM_PACE)
        return same_range(words, numbers, 0.015 * numbers->high);
    if (words->aim == HAR_AIM_RACE_PCT &&
        fabs(words->race.distance_m - numbers->race.distance_m) > 1)
        return false;
    return same_range(words, numbers, 0.5);
}

bool har_step_agrees(const struct har_workout_step *words,
                     const struct har_workout_step *numbers)
{
    if (!same_end(words, numbers)) return false;
    if (is_speed(numbers)) return same_speed(words, numbers);
    if (numbers->aim == HAR_AIM_NONE || numbers->aim == HAR_AIM_FREE)
        return !is_speed(words); /* such speeds would have been told */
    return words->aim == numbers->aim && same_range(words, numbers, 0.5);
}
