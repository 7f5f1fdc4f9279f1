/* SPDX-License-Identifier: MIT */
/* J. Daniels and J. Gilbert, "Oxygen Power", 1979: a speed takes so much oxygen, a time
 * allows such a share of the most one can take; VDOT is the first over the second, in
 * ml/(kg min). Checked with a published worked example (5000 m in 24:34 is
 * 39.11039839652726). Daniels's printed tables are up to 8 seconds slower than these
 * formulas; we keep to the formulas. One number cannot tell a speed from an endurance
 * runner.
 *
 * From 800 m on. The printed table ends at VDOT 30 with a marathon of 4:49:17 (recalled),
 * so we end at 4:50:00; and VDOT from 15, under which one walks, to 100, as the records
 * have 88.
 *
 * The shares of the kinds of training are of Daniels' Running Formula, as its readers quote
 * them; those of repetition are recalled: his table has the speed of a race over a mile
 * there, which takes 105 to 110 %. */

#include "harrier/law.h"

#include "root.h"

#include <math.h>

#define VDOT_SHORTEST_M 800.0
#define VDOT_LONGEST_MIN 290.0
#define VDOT_LEAST 15.0
#define VDOT_MOST 100.0
#define VDOT_LEAST_SHARE 0.4
#define VDOT_MOST_SHARE 1.2

/* Oxygen by speed in m/min: its square, itself, and none of it. */
#define OXYGEN_V2 0.000104
#define OXYGEN_V 0.182258
#define OXYGEN_0 (-4.60)

static double oxygen(double m_per_min)
{
    return OXYGEN_0 + (OXYGEN_V + OXYGEN_V2 * m_per_min) * m_per_min;
}

static double m_per_min_of(double ml_kg_min)
{
    double root = sqrt(OXYGEN_V * OXYGEN_V + 4 * OXYGEN_V2 * (ml_kg_min - OXYGEN_0));
    return (root - OXYGEN_V) / (2 * OXYGEN_V2);
}

static double sustained_share(double time_min)
{
    return 0.8 + 0.1894393 * exp(-0.012778 * time_min) +
           0.2989558 * exp(-0.1932605 * time_min);
}
/* What it nears for no time and for ever. */
#define SUSTAINED_AT_FIRST 1.2884
#define SUSTAINED_AT_LAST 0.8

static bool is_vdot(double vdot)
{
    return vdot >= VDOT_LEAST && vdot <= VDOT_MOST;
}

double har_vdot(double distance_m, double time_s)
{
    double time_min = time_s / 60;
    if (!(distance_m >= VDOT_SHORTEST_M && time_min > 0 && time_min <= VDOT_LONGEST_MIN))
        return NAN;
    double vdot = oxygen(distance_m / time_min) / sustained_share(time_min);
    return is_vdot(vdot) ? vdot : NAN;
}

struct vdot_race {
    double vdot, distance_m;
};

static double oxygen_to_spare(const void *of, double time_min)
{
    const struct vdot_race *race = of;
    return race->vdot * sustained_share(time_min) - oxygen(race->distance_m / time_min);
}

double har_vdot_time(double vdot, double distance_m)
{
    if (!is_vdot(vdot) || !(distance_m >= VDOT_SHORTEST_M)) return NAN;
    struct vdot_race race = {vdot, distance_m};
    double time_min = root_between(oxygen_to_spare, &race,
                                   distance_m / m_per_min_of(SUSTAINED_AT_FIRST * vdot),
                                   distance_m / m_per_min_of(SUSTAINED_AT_LAST * vdot));
    return time_min <= VDOT_LONGEST_MIN ? 60 * time_min : NAN;
}

double har_vdot_speed(double vdot, double share)
{
    if (!is_vdot(vdot) || !(share >= VDOT_LEAST_SHARE && share <= VDOT_MOST_SHARE))
        return NAN;
    return m_per_min_of(share * vdot) / 60;
}

static const double training_shares[][2] = {
    [HAR_TRAINING_EASY] = {0.59, 0.74},       [HAR_TRAINING_MARATHON] = {0.75, 0.84},
    [HAR_TRAINING_THRESHOLD] = {0.83, 0.88},  [HAR_TRAINING_INTERVAL] = {0.95, 1.00},
    [HAR_TRAINING_REPETITION] = {1.05, 1.10},
};

struct har_training_speeds har_training_speeds(enum har_training training, double vdot)
{
    const double *share = training_shares[training];
    return (struct har_training_speeds){har_vdot_speed(vdot, share[0]),
                                        har_vdot_speed(vdot, share[1])};
}
