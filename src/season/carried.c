/* SPDX-License-Identifier: MIT */
/* What this runner has carried: the load of now, the most of four weeks, and how fast it
 * once grew without a break.
 *
 * No ratio of weeks is known to be safe: in 5,205 runners (Frandsen et al., Br. J. Sports
 * Med. 2025) the week's ratio told nothing of injuries, only the leap of the longest run
 * did. So growth is bounded by what the runner has done and kept up: the greatest rise from
 * four weeks to the next four whose own next four stayed over 70 % of them, and which did
 * not start from under nine tenths of the median of all: coming back is no growth. A week's
 * share of it is its fourth root, at most 10 %. Where it is under 3 % the rule is 3, for
 * nothing would ever rise; where there is no such stretch it is 5 %. The ceiling is the
 * best four weeks of two years and a tenth, and holds for the mean of four weeks, the easy
 * one of them too. All of this is our choice. */

#include "shape.h"

#include "harrier/num.h"

#include <math.h>

enum { BACK_WEEKS = 104, SPAN = 4, PRESENT_DAYS = 28, RECENT_DAYS = 42, LEAST_KNOWN = 7 };
#define KEPT_UP 0.7
#define NOT_A_BREAK 0.9
#define RULE_GROWTH 1.05
#define LEAST_GROWTH 1.03
#define MOST_GROWTH 1.10
#define OVER_THE_BEST 1.10

static double load_on(const struct har_load_days *done, int64_t day)
{
    int64_t at = day - done->from_day;
    return at >= 0 && (size_t)at < done->count ? done->load[at] : (double)NAN;
}

/* Mean load of the known days of `days` that end before `end`, and how many those are. */
static double mean_before(const struct har_load_days *done, int64_t end, int64_t days,
                          unsigned *known)
{
    double sum = 0;
    *known = 0;
    for (int64_t day = end - days; day < end; day++) {
        double load = load_on(done, day);
        if (isnan(load)) continue;
        sum += load;
        ++*known;
    }
    return *known ? sum / *known : 0;
}

/* By weeks back: the load a week over the four that end there; NaN where under half of
 * their days is known. */
static void spans_of(const struct har_season_problem *p, double span[BACK_WEEKS])
{
    for (int k = 0; k < BACK_WEEKS; k++) {
        unsigned known;
        double mean =
            mean_before(&p->done, p->from_day - k * A_WEEK, SPAN * A_WEEK, &known);
        span[k] = known >= SPAN * A_WEEK / 2 ? mean * A_WEEK : (double)NAN;
    }
}

static double median_of(const double span[BACK_WEEKS])
{
    double known[BACK_WEEKS];
    size_t count = 0;
    for (int k = 0; k < BACK_WEEKS; k++)
        if (!isnan(span[k])) known[count++] = span[k];
    return count ? har_quantile(known, count, 0.5) : (double)NAN;
}

/* The greatest rise that was kept up; NaN where there was none. */
static double growth_carried(const double span[BACK_WEEKS])
{
    double most = NAN, usual = median_of(span);
    for (int k = SPAN; k + SPAN < BACK_WEEKS; k++) {
        double before = span[k + SPAN], then = span[k], after = span[k - SPAN];
        if (before >= NOT_A_BREAK * usual && before > 0 && then > before &&
            after >= KEPT_UP * then)
            most = fmax(most, then / before);
    }
    return most;
}

har_status season_carried(const struct har_season_problem *problem,
                          const struct har_season_settings *settings,
                          struct har_season_evidence *out, struct har_error *err)
{
    double span[BACK_WEEKS], best = 0;
    unsigned known, recent;
    out->present_load =
        A_WEEK * mean_before(&problem->done, problem->from_day, PRESENT_DAYS, &known);
    mean_before(&problem->done, problem->from_day, RECENT_DAYS, &recent);
    if (recent < LEAST_KNOWN || !(out->present_load > 0))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "no training is known of the last weeks before the plan, so there "
                        "is nothing to build on");
    spans_of(problem, span);
    for (int k = 0; k < BACK_WEEKS; k++)
        if (!isnan(span[k])) best = fmax(best, span[k]);
    double grown = pow(growth_carried(span), 1.0 / SPAN);
    out->own_growth = grown >= LEAST_GROWTH && settings->week_growth <= 0;
    out->week_growth =
        isnan(grown) ? RULE_GROWTH : fmin(fmax(grown, LEAST_GROWTH), MOST_GROWTH);
    if (settings->week_growth > 0) out->week_growth = settings->week_growth;
    out->most_week_load = settings->most_week_load > 0
                              ? settings->most_week_load
                              : OVER_THE_BEST * fmax(best, out->present_load);
    return HAR_OK;
}

double season_most_level(const struct har_season_evidence *evidence)
{
    return evidence->most_week_load * SPAN / (SPAN - 1 + SEASON_EASY);
}
