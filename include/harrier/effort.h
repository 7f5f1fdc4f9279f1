/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_EFFORT_H
#define HARRIER_EFFORT_H

/* effort - speed in its conditions -> flat, cool, still air, sea level; and back.
 *
 * Functions of numbers, each with an inverse, and the flat speed of a whole run. A model's
 * source says who found it, where it holds, and what we do outside. What they promise
 * alike: a speed of 0 stays 0, more speed is never worth less, no step anywhere, and there
 * and back returns the input within 1e-9 of itself. NaN in, or a negative speed, gives NaN.
 * Conditions outside a model's range count as the nearest inside. In the structs a zero is
 * the default in brackets where there are brackets.
 */

#include "harrier/clean.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_EFFORT_VERSION = 1 };

/* --- the slope ----------------------------------------------------------------- */

/* A grade is rise over run: 0.10 is a climb of 10 %. */
enum har_grade_model {
    HAR_GRADE_HARRIER, /* RE3 with a part of its downhill credit; -0.09 .. 0.45 */
    HAR_GRADE_RE3,     /* Looney, Hoogkamer & Kram 2025, pure; -0.10 .. 0.45 */
    HAR_GRADE_MINETTI, /* Minetti et al. 2002; -0.45 .. 0.45, then its tangents */
    HAR_GRADE_STRAVA,  /* Strava's table of 2017; -0.45 .. 0.45 */
    HAR_GRADE_MODELS
};
/* "harrier", "re3", "minetti", "strava". */
const char *har_grade_model_name(enum har_grade_model model);
/* False, `*model` untouched, where no model has that name. */
bool har_grade_model_of(struct har_bytes name, enum har_grade_model *model);

struct har_grade_law {
    enum har_grade_model model;
    double downhill_credit; /* HAR_GRADE_HARRIER: 0..1 of what RE3 gives back [0.5] */
};

/* The speed on the flat that is as hard as `speed_mps` on `grade`, and back.
 *
 *     struct har_grade_law re3 = {.model = HAR_GRADE_RE3};
 *     har_speed_on_grade(&re3, 3.0, 0.10) == 1.639...
 */
double har_flat_speed(const struct har_grade_law *law, double speed_mps, double grade);
double har_speed_on_grade(const struct har_grade_law *law, double flat_mps, double grade);

/* Minetti's energy to run a metre, J/kg: 3.6 on the flat. */
double har_minetti_cost(double grade);
/* RE3's metabolic power as published, W/kg, gross: 12.29 at 3 m/s on the flat. No range is
 * kept here. */
double har_re3_power(double speed_mps, double grade);

/* --- height above the sea -------------------------------------------------------- */

enum har_altitude_model {
    HAR_ALTITUDE_NCAA,     /* the college tables: for those who live there, by distance */
    HAR_ALTITUDE_BASSETT,  /* loss of aerobic power by acclimatisation, and thinner air */
    HAR_ALTITUDE_PERONNET, /* the same with one loss for all */
};
struct har_altitude {
    enum har_altitude_model model;
    double height_m;     /* -430 .. 5000 */
    double distance_m;   /* of the race: 100 .. 100 000, NCAA 800 .. 10 000 */
    double acclimatised; /* BASSETT: 0 just come .. 1 at home there */
};

/* The speed at sea level worth `speed_mps` up there over the same distance, and back. */
double har_sea_level_speed(const struct har_altitude *altitude, double speed_mps);
double har_speed_at_altitude(const struct har_altitude *altitude, double sea_level_mps);

/* Percent of the time that the NCAA takes off a mark: 5.45 for 5000 m at 2299 m. Its rule
 * gives nothing below 914.4 m (3000 ft); we let that fade to zero at the sea. */
double har_ncaa_altitude_pct(double height_m, double distance_m);
/* Percent of the aerobic power at sea level that is left, as the papers print it. */
double har_bassett_pct(double height_m, double acclimatised);
double har_peronnet_pct(double height_m);
double har_air_pressure(double height_m); /* Pa: 101 325 at the sea */
/* How far somebody who came `days` ago is acclimatised, 0..1. */
double har_acclimatisation(double days);

/* --- heat ------------------------------------------------------------------------ */

struct har_heat {
    double wbgt_c;        /* -10 .. 35 */
    double distance_m;    /* of the race */
    double ability_slope; /* how much more the slow suffer than the fast [0.75] */
};

/* The speed in cool weather worth `speed_mps` in this heat (or cold), and back. */
double har_cool_speed(const struct har_heat *heat, double speed_mps);
double har_speed_in_heat(const struct har_heat *heat, double cool_mps);

/* Wet-bulb globe temperature from air temperature and relative humidity (0..100 %), by the
 * formula of the Australian Bureau of Meteorology, for moderate sun and light wind. */
double har_wbgt(double temp_c, double humidity_pct);

struct har_weather {
    double temp_c;            /* of the air in the shade; -40 .. 50 */
    double humidity_pct;      /* 1 .. 100 */
    double sun_w_m2;          /* all sunlight on level ground, 0 .. har_clear_sun() */
    double breeze_mps;        /* 2 m over the ground, from any side; 0 .. 20 */
    double pressure_pa;       /* 50 000 .. 110 000 [101 325] */
    double sun_elevation_deg; /* 1 .. 90 [45, or as high as so much sun needs] */
};
/* The same from sun and wind too, Liljegren et al. 2008: 0.7 natural wet bulb + 0.2 globe +
 * 0.1 air. 27.2 C in 25 C, 54 %, 500 W/m2, 0.45 m/s. And what those two would show. */
double har_wbgt_outdoors(const struct har_weather *weather);
double har_globe_c(const struct har_weather *weather);
double har_natural_wet_bulb_c(const struct har_weather *weather);
/* The most sunlight that reaches level ground from a sun so high, W/m2: 1161.95 from 90. */
double har_clear_sun(double elevation_deg);

/* --- air ------------------------------------------------------------------------- */

struct har_air {
    double headwind_mps;  /* against the runner, at the runner's height; -8 .. 20 */
    double shelter;       /* share of the drag that others take, 0..1 */
    double density_kg_m3; /* [1.2] */
    double drag_area_m2;  /* CdA [0.45] */
    double mass_kg;       /* [70] */
};

/* The speed alone in still air of the same density that is as hard as `speed_mps` in this
 * wind and shelter, and back. */
double har_still_air_speed(const struct har_air *air, double speed_mps);
double har_speed_in_wind(const struct har_air *air, double still_mps);

/* The force against the runner, N; negative where the wind pushes. */
double har_drag_n(const struct har_air *air, double speed_mps);
/* kg/m3 of moist air: 1.2250 at 101 325 Pa, 15 C, dry. */
double har_air_density(double pressure_pa, double temp_c, double humidity_pct);
/* Shares of the drag for `shelter`: measured or computed behind others. */
#define HAR_SHELTER_TWO_AHEAD 0.33       /* two runners in front: Beaumont et al. 2019 */
#define HAR_SHELTER_BEST_FORMATION 0.756 /* Schickhofer & Hanson 2021 */

/* --- bends and tracks -------------------------------------------------------------- */

struct har_bend {
    double radius_m; /* of the line that is run, 5 or more; 36.8 on most 400 m tracks */
    double lap_m;    /* the lap, 2 pi radius_m or more: what is not bend is straight */
};

/* The speed on a straight that is as hard as `speed_mps` round such laps, and back. */
double har_straight_speed(const struct har_bend *bend, double speed_mps);
double har_speed_round_bends(const struct har_bend *bend, double straight_mps);
/* How many times the cost of the straight a lap costs: 1.0188 at 6.7 m/s for 17.2 m, 200 m.
 */
double har_bend_cost(const struct har_bend *bend, double speed_mps);

/* The kinds of indoor track of the NCAA. */
enum har_track {
    HAR_TRACK_BANKED,     /* 200 m, banked */
    HAR_TRACK_OVERSIZED,  /* longer than 200 m */
    HAR_TRACK_FLAT,       /* 200 m, flat */
    HAR_TRACK_UNDERSIZED, /* shorter than 200 m */
};
/* By how much a time on one kind of track is multiplied to give the time on another:
 * 0.9874 for a man's mile from FLAT to BANKED. The tables hold 200 .. 5000 m. */
double har_track_factor(enum har_track from, enum har_track to, bool woman,
                        double distance_m);

/* --- a whole run ------------------------------------------------------------------- */

/* Zero is the default. */
struct har_flat_settings {
    struct har_grade_law law;
    double window_m; /* over which a grade is taken, 30 .. 60 [40] */
    double steepest; /* a grade beyond is noise in the heights [0.10, on trails 0.45] */
};

/* Of as many samples as the streams have. The flat metres from sample a to sample b, over
 * the seconds between, are the flat speed of that piece, such as a split. */
struct har_flat {
    const double *grade;          /* 0 on a track, and where too little ground tells */
    const double *flat_speed_mps; /* NaN where the streams have no speed */
    const double *flat_m;         /* cumulative, never falls */
    double mean_mps; /* flat metres over the moving time of the summary; NaN without it */
};

/* The flat speed of a run. Hills count where they are: a climb that is given back at once
 * still costs what up and down cost together. `settings` may be NULL. The arrays live in
 * `arena`. HAR_NOT_FOUND, `*out` empty and its mean NaN: not a run, or no heights known and
 * not on a track. HAR_OUT_OF_RANGE: a setting outside what is said above. */
har_status har_flat_speeds(const struct har_streams *streams,
                           const struct har_flat_settings *settings,
                           struct har_arena *arena, struct har_flat *out,
                           struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
