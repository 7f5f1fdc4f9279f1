/* SPDX-License-Identifier: MIT */
/* Wet-bulb globe temperature: what heat feels like to somebody who sweats in the sun.
 *
 * J. C. Liljegren et al., J. Occup. Environ. Hyg. 5 (2008) 645: 0.7 of what a wet wick in
 * sun and wind shows, 0.2 of what a black globe shows, 0.1 of the air's temperature. Globe
 * and wick are as warm as their heat balances: sun, direct, scattered and from the ground,
 * and long waves from sky and ground, against their own long waves, the air that carries
 * heat off (a sphere: 2 + 0.6 Re^1/2 Pr^1/3; a cylinder across the wind: 0.281 Re^0.6
 * Pr^0.44, Bedingfield and Drew) and, for the wick, evaporation by the same analogy. They
 * found it within 1 C of instruments. Theirs are all sizes and constants below: a globe of
 * 5 cm, light ground as warm as the air, saturation by Buck 1981, a sky by Oke. The paper
 * was not at hand: equations and constants are from public transcriptions that agree with
 * each other, and the tests hold numbers that two of those publish.
 *
 * Ours: both balances are solved by halving, since what a body loses only grows with its
 * warmth, where they iterate, which can fail to settle. The sun is at its mean distance
 * (it gives 3 % more in January and 3 % less in July). Where nobody tells how high it
 * stands it is at 45 degrees, and higher only if it has to be to give so much. Water below
 * 0 C counts as liquid. The wind is that 2 m over the ground, some 0.6 of what is told from
 * 10 m.
 *
 * The Bureau of Meteorology's approximation, from temperature and vapour pressure, supposes
 * moderate sun and light wind, and so reads high at night, under cloud and in wind. Between
 * 10 and 25 C it lies within 1.5 C of the balances in 600 W/m2 and 1 m/s; in more heat,
 * with much humidity, it reads some degrees higher. */

#include "harrier/effort.h"

#include "invert.h"
#include "within.h"

#include <math.h>

#define ZERO_C_K 273.15
#define SEA_PA 101325.0
#define STEFAN 5.6696e-8   /* W/m2/K4 */
#define HEAT_OF_AIR 1003.5 /* J/kg/K */
#define AIR_KG_KMOL 28.97
#define WATER_KG_KMOL 18.015
#define GAS_OF_AIR (8314.34 / AIR_KG_KMOL) /* J/kg/K */
#define STILLEST_MPS 0.13                  /* air is never stiller beside a warm body */

#define EMISSIVITY 0.95 /* of globe and wick */
#define GROUND_EMISSIVITY 0.999
#define GROUND_ALBEDO 0.45
#define GLOBE_M 0.0508 /* its diameter */
#define GLOBE_ALBEDO 0.05
#define WICK_M 0.007
#define WICK_LONG_M 0.0254
#define WICK_ALBEDO 0.4

#define SUN_W_M2 1367.0 /* above the air */
#define CLEAREST 0.85   /* the share of it that arrives at most */
#define USUAL_SUN_DEG 45.0
#define LOWEST_SUN_DEG 1.0
#define RADIAN 0.017453292519943295
#define PI 3.141592653589793

#define COLDEST_C (-40.0)
#define HOTTEST_C 50.0
#define COOLER_K 60.0  /* no body is so much cooler than the air, */
#define WARMER_K 100.0 /* and none so much warmer */

double har_wbgt(double temp_c, double humidity_pct)
{
    double vapour_hpa = humidity_pct / 100 * 6.105 * exp(17.27 * temp_c / (237.7 + temp_c));
    return 0.567 * temp_c + 0.393 * vapour_hpa + 3.94;
}

/* --- the sun ------------------------------------------------------------------------- */

double har_clear_sun(double elevation_deg)
{
    double high_deg = within(LOWEST_SUN_DEG, elevation_deg, 90);
    return CLEAREST * SUN_W_M2 * sin(high_deg * RADIAN);
}

/* The sun on level ground, and how it comes there. */
struct sunshine {
    double w_m2, direct; /* the share that is not scattered */
    double zenith_cos, zenith_tan;
};

static double elevation_of(const struct har_weather *weather)
{
    if (weather->sun_elevation_deg != 0) return weather->sun_elevation_deg;
    double share = weather->sun_w_m2 / har_clear_sun(90);
    return fmax(USUAL_SUN_DEG, asin(within(0, share, 1)) / RADIAN);
}

static struct sunshine sunshine_of(const struct har_weather *weather)
{
    double high_deg = within(LOWEST_SUN_DEG, elevation_of(weather), 90);
    double up = sin(high_deg * RADIAN), across = cos(high_deg * RADIAN);
    double w_m2 = within(0, weather->sun_w_m2, har_clear_sun(high_deg));
    double clear = w_m2 / (SUN_W_M2 * up);
    return (struct sunshine){
        .w_m2 = w_m2,
        .direct = clear > 0 ? fmin(exp(3 - 1.34 * clear - 1.65 / clear), 0.9) : 0,
        .zenith_cos = up,
        .zenith_tan = across / up,
    };
}

/* --- the air ------------------------------------------------------------------------- */

/* What surrounds a body, and what it takes in, per area of its surface. */
struct surroundings {
    double air_k, pressure_pa, vapour_pa, breeze_mps;
    double gain_w_m2;
};

static double saturation_pa(double kelvin)
{
    return 1.004 * 611.21 * exp(17.502 * (kelvin - ZERO_C_K) / (kelvin - 32.18));
}

/* kg/m/s; Chapman and Enskog. */
static double viscosity_of(double kelvin)
{
    double collision = 1.048 - 0.034 * (kelvin / 97 - 2.9) / 0.4;
    return 2.6693e-6 * sqrt(AIR_KG_KMOL * kelvin) / (3.617 * 3.617 * collision);
}

/* m2/s of water vapour in air, from the critical points of both. */
static double diffusivity_of(double kelvin, double pressure_pa)
{
    double critical_k2 = 132.0 * 647.3, critical_atm2 = 36.4 * 218;
    return 3.640e-8 * pow(kelvin / sqrt(critical_k2), 2.334) * cbrt(critical_atm2) *
           pow(critical_k2, 5.0 / 12) * sqrt(1 / AIR_KG_KMOL + 1 / WATER_KG_KMOL) *
           (SEA_PA / pressure_pa);
}

/* Long waves from sky and ground. */
static double long_waves(const struct surroundings *s)
{
    double sky = 0.575 * pow(s->vapour_pa / 100, 0.143);
    return STEFAN * pow(s->air_k, 4) * (sky + GROUND_EMISSIVITY) / 2;
}

/* The air beside a body, at the mean of their temperatures. */
struct film {
    double kelvin, conductivity;
    double reynolds_per_m, prandtl, schmidt;
};

static struct film film_of(const struct surroundings *s, double body_k)
{
    double kelvin = (s->air_k + body_k) / 2, viscosity = viscosity_of(kelvin);
    double kg_m3 = s->pressure_pa / (GAS_OF_AIR * kelvin);
    double heat = HEAT_OF_AIR + 1.25 * GAS_OF_AIR; /* Eucken */
    return (struct film){
        .kelvin = kelvin,
        .conductivity = heat * viscosity,
        .reynolds_per_m = kg_m3 * s->breeze_mps / viscosity,
        .prandtl = HEAT_OF_AIR / heat,
        .schmidt = viscosity / (kg_m3 * diffusivity_of(kelvin, s->pressure_pa)),
    };
}

/* --- the bodies ------------------------------------------------------------------------
 */

static double globe_gain(const struct surroundings *s, const struct sunshine *sun)
{
    double on_sphere = sun->direct / (2 * sun->zenith_cos) + 1 - sun->direct;
    return EMISSIVITY * long_waves(s) +
           (1 - GLOBE_ALBEDO) * sun->w_m2 / 2 * (on_sphere + GROUND_ALBEDO);
}

static double globe_loss(const void *surroundings, double globe_k)
{
    const struct surroundings *s = surroundings;
    struct film film = film_of(s, globe_k);
    double nusselt = 2 + 0.6 * sqrt(film.reynolds_per_m * GLOBE_M) * cbrt(film.prandtl);
    return EMISSIVITY * STEFAN * pow(globe_k, 4) +
           nusselt * film.conductivity / GLOBE_M * (globe_k - s->air_k);
}

static double wick_gain(const struct surroundings *s, const struct sunshine *sun)
{
    double top = WICK_M / (4 * WICK_LONG_M);
    double on_wick =
        (1 - sun->direct) * (1 + top) + sun->direct * (sun->zenith_tan / PI + top);
    return EMISSIVITY * long_waves(s) +
           (1 - WICK_ALBEDO) * sun->w_m2 * (on_wick + GROUND_ALBEDO);
}

/* By how much evaporation alone would cool the wick, K. */
static double evaporation(const struct surroundings *s, const struct film *film,
                          double wick_k)
{
    double wet_pa = saturation_pa(wick_k);
    double latent = 2.4073e6 + 71100 * (313.15 - film->kelvin) / 30;
    if (wet_pa >= s->pressure_pa) return INFINITY; /* it boils */
    return latent / HEAT_OF_AIR * (WATER_KG_KMOL / AIR_KG_KMOL) *
           pow(film->prandtl / film->schmidt, 0.56) * (wet_pa - s->vapour_pa) /
           (s->pressure_pa - wet_pa);
}

static double wick_loss(const void *surroundings, double wick_k)
{
    const struct surroundings *s = surroundings;
    struct film film = film_of(s, wick_k);
    double nusselt =
        0.281 * pow(film.reynolds_per_m * WICK_M, 0.6) * pow(film.prandtl, 0.44);
    return EMISSIVITY * STEFAN * pow(wick_k, 4) +
           nusselt * film.conductivity / WICK_M *
               (wick_k - s->air_k + evaporation(s, &film, wick_k));
}

/* --- the balances ----------------------------------------------------------------------
 */

static struct surroundings surroundings_of(const struct har_weather *weather)
{
    double air_k = within(COLDEST_C, weather->temp_c, HOTTEST_C) + ZERO_C_K;
    double pressure_pa = weather->pressure_pa != 0 ? weather->pressure_pa : SEA_PA;
    return (struct surroundings){
        .air_k = air_k,
        .pressure_pa = within(50000, pressure_pa, 110000),
        .vapour_pa = within(1, weather->humidity_pct, 100) / 100 * saturation_pa(air_k),
        .breeze_mps = within(STILLEST_MPS, weather->breeze_mps, 20),
    };
}

/* The temperature, in C, at which a body loses what it takes in. */
static double settled_c(growing *loss, const struct surroundings *s)
{
    double kelvin = invert(loss, s, s->gain_w_m2, s->air_k - COOLER_K, s->air_k + WARMER_K);
    return kelvin - ZERO_C_K;
}

static bool unknown_weather(const struct har_weather *w)
{
    return isnan(w->temp_c) || isnan(w->humidity_pct) || isnan(w->sun_w_m2) ||
           isnan(w->breeze_mps) || isnan(w->pressure_pa) || isnan(w->sun_elevation_deg);
}

double har_globe_c(const struct har_weather *weather)
{
    if (unknown_weather(weather)) return NAN;
    struct surroundings s = surroundings_of(weather);
    struct sunshine sun = sunshine_of(weather);
    s.gain_w_m2 = globe_gain(&s, &sun);
    return settled_c(globe_loss, &s);
}

double har_natural_wet_bulb_c(const struct har_weather *weather)
{
    if (unknown_weather(weather)) return NAN;
    struct surroundings s = surroundings_of(weather);
    struct sunshine sun = sunshine_of(weather);
    s.gain_w_m2 = wick_gain(&s, &sun);
    return settled_c(wick_loss, &s);
}

double har_wbgt_outdoors(const struct har_weather *weather)
{
    return 0.7 * har_natural_wet_bulb_c(weather) + 0.2 * har_globe_c(weather) +
           0.1 * within(COLDEST_C, weather->temp_c, HOTTEST_C);
}
