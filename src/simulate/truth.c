/* SPDX-License-Identifier: MIT */

/* The runner.
 *
 * Mulligan, Adam & Emig (PLOS ONE 13, 2018, e0206645): the speed that can be held for T is
 * v(T) = v_m (1 - gamma ln(T / 360 s)). Below 360 s the paper has a gamma of its own; ours
 * goes on with the same one, down to the mile or so. A distance has an answer while d =
 * v(T) T still grows with T, which for any gamma drawn here is weeks of running; beyond
 * that, NaN. */

#include "script.h"

#include <math.h>

static const double t_c_s = 360;

/* The demonstration: 13:35 for 5000 m, 63 and a half minutes for the half marathon. */
static const struct har_truth demonstration = {
    .v_m_mps = 6.45,
    .gamma = 0.06,
    .fitness_gain = 5e-5,
    .fatigue_gain = 7e-5,
    .fitness_days = 42,
    .fatigue_days = 9,
    .altitude_loss_per_km = 0.045,
    .acclimatisation_days = 10,
    .haemoglobin_gain_per_1000_km_h = 0.012,
    .heart_rest_bpm = 41,
    .heart_max_bpm = 191,
};

static double between(struct har_random *random, double low, double high)
{
    return low + (high - low) * har_random_uniform(random);
}

struct har_truth har_truth_of(uint64_t seed)
{
    if (seed == 1) return demonstration;
    struct har_random random = har_random_of(seed);
    struct har_truth truth;
    truth.v_m_mps = between(&random, 4.0, 6.6);
    truth.gamma = between(&random, 0.045, 0.09);
    truth.fitness_gain = between(&random, 4e-5, 6e-5);
    truth.fatigue_gain = between(&random, 5.5e-5, 8.5e-5);
    truth.fitness_days = between(&random, 36, 48);
    truth.fatigue_days = between(&random, 7, 11);
    truth.altitude_loss_per_km = between(&random, 0.035, 0.055);
    truth.acclimatisation_days = between(&random, 8, 13);
    truth.haemoglobin_gain_per_1000_km_h = between(&random, 0.006, 0.018);
    truth.heart_rest_bpm = round(between(&random, 38, 58));
    truth.heart_max_bpm = round(between(&random, 178, 204));
    return truth;
}

double truth_speed(const struct har_truth *truth, double form, double duration_s)
{
    return form * truth->v_m_mps * (1 - truth->gamma * log(duration_s / t_c_s));
}

double truth_threshold(const struct har_truth *truth, double form)
{
    return truth_speed(truth, form, 3600);
}

/* Newton on d(T) = T v(T), which is concave: from T = d / v_m, left of the summit or not,
 * the steps settle within a few rounds. */
double har_truth_time(const struct har_truth *truth, double distance_m)
{
    double time_s = distance_m / truth->v_m_mps;
    if (!(time_s > 0)) return NAN;
    for (int i = 0; i < 50; i++) {
        double speed_mps = truth_speed(truth, 1, time_s);
        double slope_mps = speed_mps - truth->v_m_mps * truth->gamma;
        if (!(slope_mps > 0)) return NAN;
        double step_s = (distance_m - speed_mps * time_s) / slope_mps;
        time_s += step_s;
        if (!(time_s > 0)) return NAN;
        if (fabs(step_s) < 1e-9 * time_s) return time_s;
    }
    return NAN;
}
