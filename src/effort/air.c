/* SPDX-License-Identifier: MIT */
/* Air: drag, wind, shelter.
 *
 * Drag is 0.5 rho CdA |v + w| (v + w), w against the runner. What it costs: E. S. da Silva,
 * R. Kram, W. Hoogkamer, J. Appl. Physiol. (2022): 6.13 % of the gross metabolic power
 * for each percent of body weight that pulls a runner back, from twelve runners at 12 to
 * 16 km/h, with a large spread between them. The power without drag is taken to be RE3's
 * (grade.c). Others, from Pugh to Davies, disagree by a factor of two.
 *
 * Ours: the law is used for pushes as well as for pulls, though only pulls were measured,
 * for wind from 8 m/s behind to 20 m/s ahead, and for a push of 5 % of the weight at most.
 * Below 1.5 m/s a tailwind would move somebody who stands; there the ratio at 1.5 m/s
 * holds on. Wind is that at the runner: 0.5 to 0.7 of what a weather station tells from
 * 10 m. The defaults are a runner of 1.80 m and 70 kg. */

#include "harrier/effort.h"

#include "invert.h"
#include "power.h"

#include <math.h>

#define USUAL_KG_M3 1.2
#define USUAL_M2 0.45
#define USUAL_KG 70.0
#define GRAVITY_MPS2 9.80665
#define COST_OF_WEIGHT 6.13 /* share of power per share of weight */
#define STRONGEST_TAIL_MPS (-8.0)
#define STRONGEST_HEAD_MPS 20.0
#define HARDEST_PUSH (-0.05) /* of the weight */
#define SLOWEST_IN_WIND_MPS 1.5

static double or_usual(double value, double usual)
{
    return value > 0 ? value : usual;
}

double har_air_density(double pressure_pa, double temp_c, double humidity_pct)
{
    double vapour_pa = humidity_pct / 100 * 610.5 * exp(17.27 * temp_c / (237.7 + temp_c));
    return (pressure_pa - 0.378 * vapour_pa) / (287.05 * (temp_c + 273.15));
}

double har_drag_n(const struct har_air *air, double speed_mps)
{
    if (isnan(air->headwind_mps) || isnan(air->shelter) || isnan(air->density_kg_m3) ||
        isnan(air->drag_area_m2))
        return NAN;
    double wind_mps = fmin(fmax(air->headwind_mps, STRONGEST_TAIL_MPS), STRONGEST_HEAD_MPS);
    double rho = or_usual(air->density_kg_m3, USUAL_KG_M3);
    double area_m2 = or_usual(air->drag_area_m2, USUAL_M2);
    double felt_mps = speed_mps + wind_mps;
    double left = 1 - fmin(fmax(air->shelter, 0), 1);
    return 0.5 * rho * area_m2 * fabs(felt_mps) * felt_mps * left;
}

static double power_w_kg(const void *conditions, double speed_mps)
{
    const struct har_air *air = conditions;
    double weight_n = or_usual(air->mass_kg, USUAL_KG) * GRAVITY_MPS2;
    double pull = fmax(har_drag_n(air, speed_mps) / weight_n, HARDEST_PUSH);
    return flat_power(speed_mps) * (1 + COST_OF_WEIGHT * pull);
}

/* The speed alone in still air that takes `w_kg`: (rest + a v + b v^2)(1 + c v^2) = w_kg.
 * All of it grows and bends upward, and without the drag the root is greater: from there
 * Newton comes down to it and never past it. Plans ask this thousands of times. */
static double still_speed_of_power(const struct har_air *air, double w_kg)
{
    enum { MOST_STEPS = 100 };
    double v = speed_of_power(RE3_A, fmax(w_kg - RE3_REST_W_KG, 0));
    double c = 0.5 * or_usual(air->density_kg_m3, USUAL_KG_M3) *
               or_usual(air->drag_area_m2, USUAL_M2) /
               (or_usual(air->mass_kg, USUAL_KG) * GRAVITY_MPS2) * COST_OF_WEIGHT;
    for (int i = 0; i < MOST_STEPS; i++) {
        double calm = flat_power(v), drag = 1 + c * v * v;
        double slope = (RE3_A + 2 * RE3_B * v) * drag + calm * 2 * c * v;
        double step = (calm * drag - w_kg) / slope;
        if (!(step > 1e-15 * v)) break;
        v -= step;
    }
    return v;
}

/* `speed_mps` here is SLOWEST_IN_WIND_MPS or more. */
static double still_as_hard(const struct har_air *air, double speed_mps)
{
    return still_speed_of_power(air, power_w_kg(air, speed_mps));
}

static struct har_air still(const struct har_air *air)
{
    struct har_air calm = *air;
    calm.headwind_mps = 0;
    calm.shelter = 0;
    return calm;
}

static bool unknown_air(const struct har_air *air, double speed_mps)
{
    return isnan(har_drag_n(air, 1)) || isnan(air->mass_kg) || !(speed_mps >= 0);
}

double har_still_air_speed(const struct har_air *air, double speed_mps)
{
    if (unknown_air(air, speed_mps)) return NAN;
    if (speed_mps >= SLOWEST_IN_WIND_MPS) return still_as_hard(air, speed_mps);
    return speed_mps * still_as_hard(air, SLOWEST_IN_WIND_MPS) / SLOWEST_IN_WIND_MPS;
}

double har_speed_in_wind(const struct har_air *air, double still_mps)
{
    if (unknown_air(air, still_mps)) return NAN;
    struct har_air calm = still(air);
    double slowest_still_mps = still_as_hard(air, SLOWEST_IN_WIND_MPS);
    if (still_mps < slowest_still_mps)
        return still_mps * SLOWEST_IN_WIND_MPS / slowest_still_mps;
    return invert(power_w_kg, air, power_w_kg(&calm, still_mps), 0, 8 * still_mps + 40);
}
