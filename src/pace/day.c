/* SPDX-License-Identifier: MIT */
/* The day.
 *
 * Height and heat change the runner, not the way: their models were found in times of whole
 * races, so the curve of the day is the runner's own, slowed until it says over this
 * distance what those models say (and what convert.h says). Slope, wind, bends and company
 * change the way, piece by piece. */

#include "day.h"

#include <math.h>

#define RAD_PER_DEG 0.017453292519943295

har_status runner_of_day(const struct har_pace_problem *problem,
                         const struct har_emig *runner, struct fading *out, double *flat_s,
                         struct har_error *err)
{
    double distance_m = problem->way->distance_m;
    double time_s = har_emig_time(runner, distance_m), speed_mps = distance_m / time_s;
    if (isnan(time_s))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "the runner's curve says nothing of %lld m: races of less than 6 "
                        "minutes need its short side, and more than 10 hours is beyond it",
                        llround(distance_m));
    double gamma = time_s >= TURN_S ? runner->gamma_long : runner->gamma_short;
    if (problem->altitude) {
        struct har_altitude altitude = *problem->altitude;
        altitude.distance_m = distance_m;
        speed_mps = har_speed_at_altitude(&altitude, speed_mps);
    }
    if (problem->heat) {
        struct har_heat heat = *problem->heat;
        heat.distance_m = distance_m;
        speed_mps = har_speed_in_heat(&heat, speed_mps);
    }
    *flat_s = distance_m / speed_mps;
    *out = (struct fading){runner->v_m_mps, gamma};
    if (problem->altitude || problem->heat)
        out->v_m_mps = har_emig_v_m(distance_m, *flat_s, gamma);
    if (!(out->v_m_mps > 0))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "the day leaves the runner's curve nothing to say");
    return HAR_OK;
}

struct piece piece_of(const struct har_pace_problem *problem, size_t i)
{
    const struct har_way *way = problem->way;
    struct piece piece = {.length_m = way->length_m[i],
                          .grade = way->grade[i],
                          .air = problem->air,
                          .told_mps = problem->told_mps ? problem->told_mps[i] : NAN,
                          .x_most = INFINITY};
    if (problem->shelter) piece.air.shelter = problem->shelter[i];
    if (way->bearing_deg && problem->wind_mps != 0)
        piece.air.headwind_mps +=
            problem->wind_mps *
            cos((problem->wind_from_deg - way->bearing_deg[i]) * RAD_PER_DEG);
    return piece;
}
