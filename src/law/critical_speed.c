/* SPDX-License-Identifier: MIT */
/* Critical speed: above CS there is D' to spend, once.
 *
 * The line D = CS t + D' (H. Monod and J. Scherrer, Ergonomics 8 (1965) 329, for the work
 * of a muscle) is measured with efforts of 2 to 20 minutes. It has no end at either side:
 * for no time it gives any speed, and past some 30 minutes it promises what nobody holds, a
 * marathon at CS where 84.8 % of it is run (B. Smyth and D. Muniz-Pumares, Med. Sci. Sports
 * Exerc. 52 (2020) 2637). So it answers from 2 to 30 minutes here.
 *
 * R. H. Morton, J. Biomech. 29 (1996) 1113, ends it at v_max: t = D'/(v - CS) -
 * D'/(v_max - CS). It is asked up to 30 minutes too.
 *
 * M. J. Puchowicz et al., J. Sports Sci. 38 (2020) 801, for power: D' is spent by the whole
 * from v_max on, and past 30 minutes CS itself falls by A for each factor e of time. The
 * form is recalled, not read. It answers from 1 second to 10 hours, our choice, and no
 * longer than more time gains distance. */

#include "harrier/law.h"

#include "measure.h"
#include "root.h"

#include <math.h>

#define EFFORT_SHORTEST_S 120.0
#define EFFORT_LONGEST_S 1200.0
#define CRITICAL_LASTS_S 1800.0
#define OMNI_SHORTEST_S 1.0
#define OMNI_LONGEST_S 36000.0

har_status har_critical_speed_fit(const double *distance_m, const double *time_s,
                                  size_t count, struct har_critical_speed *out,
                                  struct har_error *err)
{
    har_status got =
        check_efforts(distance_m, time_s, count, EFFORT_SHORTEST_S, EFFORT_LONGEST_S, err);
    if (got) return got;
    struct fit_line line = {0};
    for (size_t i = 0; i < count; i++) fit_line_add(&line, time_s[i], distance_m[i]);
    if (!(line.xx > 0))
        return har_fail(err, HAR_NO_ANSWER, 0, "two efforts of different times are needed");
    double cs_mps = line.xy / line.xx, d_prime_m = line.mean_y - cs_mps * line.mean_x;
    if (!(cs_mps > 0 && d_prime_m > 0))
        return har_fail(
            err, HAR_NO_ANSWER, 0,
            "the longer efforts are no slower than the shorter ones, or far too "
            "slow: no line of a runner goes through them");
    *out = (struct har_critical_speed){cs_mps, d_prime_m, NAN, NAN};
    return HAR_OK;
}

static bool has_critical_speed(const struct har_critical_speed *r)
{
    return is_measure(r->cs_mps) && is_measure(r->d_prime_m);
}

static bool has_top_speed(const struct har_critical_speed *r)
{
    return has_critical_speed(r) && r->v_max_mps > r->cs_mps && isfinite(r->v_max_mps);
}

static double within_line(double time_s)
{
    return time_s >= EFFORT_SHORTEST_S && time_s <= CRITICAL_LASTS_S ? time_s : NAN;
}

double har_critical_speed_time(const struct har_critical_speed *runner, double distance_m)
{
    if (!has_critical_speed(runner)) return NAN;
    return within_line((distance_m - runner->d_prime_m) / runner->cs_mps);
}

double har_critical_speed_distance(const struct har_critical_speed *runner, double time_s)
{
    if (!has_critical_speed(runner)) return NAN;
    return runner->cs_mps * within_line(time_s) + runner->d_prime_m;
}

/* --- Morton ------------------------------------------------------------------------ */

static double within_morton(double time_s)
{
    return time_s > 0 && time_s <= CRITICAL_LASTS_S ? time_s : NAN;
}

double har_morton_time_limit(const struct har_critical_speed *r, double speed_mps)
{
    if (!has_top_speed(r) || !(speed_mps > r->cs_mps)) return NAN;
    return within_morton(r->d_prime_m / (speed_mps - r->cs_mps) -
                         r->d_prime_m / (r->v_max_mps - r->cs_mps));
}

/* With v = D/t the law is CS t^2 + b t - offset D = 0, which has one root over zero. The
 * root is taken in the form that subtracts nothing. */
double har_d_prime_left(const struct har_critical_speed *runner, double left_m,
                        double speed_mps, double time_s)
{
    double over_mps = speed_mps - runner->cs_mps;
    if (over_mps >= 0) return left_m - over_mps * time_s;
    double missing_m = runner->d_prime_m - left_m;
    return runner->d_prime_m - missing_m * exp(over_mps * time_s / runner->d_prime_m);
}

double har_morton_time(const struct har_critical_speed *r, double distance_m)
{
    if (!has_top_speed(r) || !is_measure(distance_m)) return NAN;
    double offset_s = r->d_prime_m / (r->v_max_mps - r->cs_mps);
    double b = r->d_prime_m + offset_s * r->cs_mps - distance_m;
    double root = sqrt(b * b + 4 * r->cs_mps * offset_s * distance_m);
    return within_morton(b > 0 ? 2 * offset_s * distance_m / (b + root)
                               : (root - b) / (2 * r->cs_mps));
}

/* --- the omni-domain law ----------------------------------------------------------- */

/* The last time at which more time still gains distance; what D' adds there is nothing. */
static double omni_end_s(const struct har_critical_speed *r)
{
    if (!has_top_speed(r) || !(r->fade_mps >= 0)) return NAN;
    if (r->fade_mps == 0) return OMNI_LONGEST_S;
    double turn_s = CRITICAL_LASTS_S * exp(r->cs_mps / r->fade_mps - 1);
    return fmin(fmax(turn_s, CRITICAL_LASTS_S), OMNI_LONGEST_S);
}

static double omni_distance_m(const struct har_critical_speed *r, double time_s)
{
    double spent = -expm1(-time_s * (r->v_max_mps - r->cs_mps) / r->d_prime_m);
    double late = time_s > CRITICAL_LASTS_S ? log(time_s / CRITICAL_LASTS_S) : 0;
    return r->d_prime_m * spent + (r->cs_mps - r->fade_mps * late) * time_s;
}

double har_omni_domain_speed(const struct har_critical_speed *runner, double time_s)
{
    if (!(time_s >= OMNI_SHORTEST_S && time_s <= omni_end_s(runner))) return NAN;
    return omni_distance_m(runner, time_s) / time_s;
}

struct omni_race {
    const struct har_critical_speed *runner;
    double distance_m;
};

static double distance_gained(const void *of, double time_s)
{
    const struct omni_race *race = of;
    return omni_distance_m(race->runner, time_s) - race->distance_m;
}

double har_omni_domain_time(const struct har_critical_speed *runner, double distance_m)
{
    struct omni_race race = {runner, distance_m};
    return root_between(distance_gained, &race, OMNI_SHORTEST_S, omni_end_s(runner));
}
