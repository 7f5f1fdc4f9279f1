/* SPDX-License-Identifier: MIT */
/* Power and speed on the flat, both ways.
 *
 * The root of the quadratic is written with the square root in the denominator: there it is
 * added, so that slow speeds lose no digits. */

#include "power.h"

#include <math.h>

double moving_power(double speed_mps)
{
    return (RE3_A + RE3_B * speed_mps) * speed_mps;
}

double flat_power(double speed_mps)
{
    return RE3_REST_W_KG + moving_power(speed_mps);
}

double speed_of_power(double a, double moving_w_kg)
{
    return 2 * moving_w_kg / (a + sqrt(a * a + 4 * RE3_B * moving_w_kg));
}
