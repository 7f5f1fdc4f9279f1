/* SPDX-License-Identifier: MIT */
#ifndef EFFORT_POWER_H
#define EFFORT_POWER_H

/* What RE3 says of running on the flat (grade.c has the paper): standing costs REST_W_KG,
 * and speed adds A v + B v^2. */
#define RE3_REST_W_KG 4.43
#define RE3_A 1.51 /* J/kg/m */
#define RE3_B 0.37 /* J s/kg/m2 */

/* W/kg on the flat: what speed adds to standing, and gross. */
double moving_power(double speed_mps);
double flat_power(double speed_mps);

/* The speed v of 0 or more with a v + RE3_B v^2 = `moving_w_kg`, for a > 0. */
double speed_of_power(double a, double moving_w_kg);

#endif
