/* SPDX-License-Identifier: MIT */
/* M. Mulligan, G. Adam and T. Emig, "A minimal power model for human running performance",
 * PLOS ONE 13 (2018) e0206645; T. Emig and J. Peltonen, Nature Communications 11 (2020)
 * 4936:
 *
 *     v(T) = v_m (1 - gamma ln(T / 360 s))
 *
 * with one gamma from 6 minutes on and another below. With x = T / 360 s and y = d / (v_m
 * 360 s) the time over a distance solves x (1 - gamma ln x) = y. By Lambert's function it
 * is
 * -(y / gamma) / W_-1(-(y / gamma) e^(-1/gamma)); a copy without gamma inside W is about,
 * and fails where it must not: v_m for 6 minutes takes 6 minutes. We take Newton's way,
 * which ends there exactly. From x = y it comes from below and never passes the root, as
 * the left side is concave; where there is no root it runs out of the range and is caught.
 *
 * Their bounds, v_m of 2 to 7 m/s and gamma of 0.039 to 0.135, are those of their runners
 * and not of the law: we take any v_m, any gamma over 0 and under 1. The range in time is
 * ours: 1 minute, as sprints are another matter, to 10 hours. NaN outside, and where a
 * runner who goes on for longer would come less far.
 *
 * The law is a straight line of speed over ln T, and is fitted as one. */

#include "harrier/law.h"

#include "measure.h"

#include <math.h>

#define EMIG_TURN_S 360.0
#define EMIG_SHORTEST_S 60.0
#define EMIG_LONGEST_S 36000.0
enum { NEWTON_ROUNDS = 50 };

static bool is_gamma(double gamma)
{
    return gamma > 0 && gamma < 1;
}

double har_emig_endurance(double gamma_long)
{
    return is_gamma(gamma_long) ? exp(0.1 / gamma_long) : NAN;
}

double har_emig_gamma(double endurance)
{
    double gamma = 0.1 / log(endurance);
    return is_gamma(gamma) && isfinite(endurance) ? gamma : NAN;
}

/* The gamma of a time or a distance of `x` turns. */
static double gamma_at(const struct har_emig *r, double x)
{
    double gamma = x >= 1 ? r->gamma_long : r->gamma_short;
    return is_measure(r->v_m_mps) && is_gamma(gamma) ? gamma : NAN;
}

/* Times within the law, and before a runner would come less far. */
static bool within_emig(double x, double gamma)
{
    return x >= EMIG_SHORTEST_S / EMIG_TURN_S && x <= EMIG_LONGEST_S / EMIG_TURN_S &&
           1 - gamma - gamma * log(x) > 0;
}

double har_emig_time(const struct har_emig *runner, double distance_m)
{
    double y = distance_m / (runner->v_m_mps * EMIG_TURN_S), x = y;
    double gamma = gamma_at(runner, y);
    if (!is_measure(y)) return NAN;
    for (int i = 0; i < NEWTON_ROUNDS; i++) {
        double log_x = log(x), slope = 1 - gamma - gamma * log_x;
        double step = (y - x * (1 - gamma * log_x)) / slope;
        if (!(slope > 0)) return NAN;
        x += step;
        if (fabs(step) <= 1e-15 * x) break;
    }
    return within_emig(x, gamma) ? x * EMIG_TURN_S : NAN;
}

double har_emig_speed(const struct har_emig *runner, double time_s)
{
    double x = time_s / EMIG_TURN_S, gamma = gamma_at(runner, x);
    return within_emig(x, gamma) ? runner->v_m_mps * (1 - gamma * log(x)) : NAN;
}

double har_emig_time_limit(const struct har_emig *runner, double speed_mps)
{
    double share = speed_mps / runner->v_m_mps;
    double gamma = gamma_at(runner, 1 / share);
    double x = exp((1 - share) / gamma);
    return share > 0 && within_emig(x, gamma) ? x * EMIG_TURN_S : NAN;
}

double har_emig_v_m(double distance_m, double time_s, double gamma)
{
    double x = time_s / EMIG_TURN_S;
    if (!is_measure(distance_m) || !is_gamma(gamma) || !within_emig(x, gamma)) return NAN;
    return distance_m / time_s / (1 - gamma * log(x));
}

/* Through v_m at 6 minutes and the shorter marks. */
static double fit_short(const double *distance_m, const double *time_s, size_t count,
                        double v_m_mps)
{
    double xx = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        if (time_s[i] >= EMIG_TURN_S) continue;
        double log_x = log(time_s[i] / EMIG_TURN_S);
        xx += log_x * log_x;
        xy += log_x * (1 - distance_m[i] / time_s[i] / v_m_mps);
    }
    return is_gamma(xy / xx) ? xy / xx : NAN;
}

har_status har_emig_fit(const double *distance_m, const double *time_s, size_t count,
                        struct har_emig *out, struct har_error *err)
{
    har_status got =
        check_efforts(distance_m, time_s, count, EMIG_SHORTEST_S, EMIG_LONGEST_S, err);
    if (got) return got;
    struct fit_line line = {0};
    for (size_t i = 0; i < count; i++)
        if (time_s[i] >= EMIG_TURN_S)
            fit_line_add(&line, log(time_s[i] / EMIG_TURN_S), distance_m[i] / time_s[i]);
    if (!(line.xx > 0))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "two marks of different times, both of 6 minutes or longer, are "
                        "needed");
    double slope = line.xy / line.xx, v_m_mps = line.mean_y - slope * line.mean_x;
    if (!(v_m_mps > 0 && is_gamma(-slope / v_m_mps)))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "the longer marks are no slower than the shorter ones, or far too "
                        "slow");
    *out = (struct har_emig){v_m_mps, -slope / v_m_mps,
                             fit_short(distance_m, time_s, count, v_m_mps)};
    return HAR_OK;
}
