/* SPDX-License-Identifier: MIT */
/* What each condition does to a time. The models, their papers and ranges are the effort
 * room's; here is which of them is believed, and how far.
 *
 * Slope. RE3 with half of its downhill credit, over the pieces of the course: the flat
 * speed whose times over all of them add up to the mark's. The range is what 0.4 of the
 * credit, all of it, and Strava's curve say; Minetti's is left out, who himself found races
 * downhill far slower than his treadmill.
 *
 * Altitude. The NCAA's percentage where it has the distance (800 to 10,000 m) and nobody
 * told how acclimatised the runner is: it is what a result sheet would say. Beyond it the
 * power of Peronnet and Thibault, with Bassett's loss if acclimatisation was told, else
 * with Peronnet's, the one loss for all. The range is from the least to the most of these.
 *
 * Wind, heat and tracks have one model each and a literature that disagrees by a factor of
 * two, so the range is from half of the change to one and a half of it.
 *
 * Tracks. The NCAA's factors are by sex; where that is not told, the mean of both. */

#include "steps.h"

#include <math.h>

#define LEAST_CREDIT 0.4
#define DOUBTED 0.5 /* the share of a change that may be missing, or come on top */
#define NCAA_FROM_M 800.0
#define NCAA_TO_M 10000.0

static void widen(double factor, double *low, double *high)
{
    *low = fmin(*low, factor);
    *high = fmax(*high, factor);
}

static void half_more_or_less(const struct scene *scene, double v, double factor,
                              double *low, double *high)
{
    (void)scene, (void)v;
    *low = *high = factor;
    widen(1 + (1 - DOUBTED) * (factor - 1), low, high);
    widen(1 + (1 + DOUBTED) * (factor - 1), low, high);
}

/* --- tracks -------------------------------------------------------------------------- */

static bool track_is_told(const struct scene *s)
{
    return s->told->track_told;
}

static const char *track_name(const struct scene *s)
{
    (void)s;
    return "track";
}

static double track_factor(const struct scene *s)
{
    double man =
        har_track_factor(s->told->track, HAR_TRACK_BANKED, false, s->event->distance_m);
    double woman =
        har_track_factor(s->told->track, HAR_TRACK_BANKED, true, s->event->distance_m);
    if (!s->told->sex_told) return (man + woman) / 2;
    return s->told->sex == HAR_WOMEN ? woman : man;
}

static double track_off(const struct scene *s, double v)
{
    return v / track_factor(s);
}

static double track_on(const struct scene *s, double v)
{
    return v * track_factor(s);
}

static void track_explain(const struct scene *s, struct har_text *text)
{
    static const char *const kinds[] = {
        [HAR_TRACK_BANKED] = "a banked track of 200 m",
        [HAR_TRACK_OVERSIZED] = "an oversized track",
        [HAR_TRACK_FLAT] = "a flat track of 200 m",
        [HAR_TRACK_UNDERSIZED] = "an undersized track",
    };
    har_text_format(text,
                    "from %s to a banked one by the NCAA's factors (2012, 200 to 5000 m)%s;"
                    " between half of the change and half more",
                    kinds[s->told->track],
                    s->told->sex_told ? "" : ", the mean of men's and women's");
}

/* --- wind ---------------------------------------------------------------------------- */

static bool wind_is_told(const struct scene *s)
{
    return !isnan(s->told->headwind_mps);
}

static const char *wind_name(const struct scene *s)
{
    (void)s;
    return "wind";
}

static double wind_off(const struct scene *s, double v)
{
    struct har_air air = {.headwind_mps = s->told->headwind_mps};
    return har_still_air_speed(&air, v);
}

static double wind_on(const struct scene *s, double v)
{
    struct har_air air = {.headwind_mps = s->told->headwind_mps};
    return har_speed_in_wind(&air, v);
}

static void wind_explain(const struct scene *s, struct har_text *text)
{
    har_text_number(text, fabs(s->told->headwind_mps), 2);
    har_text_add(text, s->told->headwind_mps < 0 ? " m/s from behind" : " m/s against");
    har_text_add(text, " all the way, at the runner's height: drag as da Silva, Kram and "
                       "Hoogkamer (2022) priced it, -8 to 20 m/s; between half of the "
                       "change and half more, as measurements disagree");
}

/* --- slope --------------------------------------------------------------------------- */

static const struct har_grade_law ours = {.model = HAR_GRADE_HARRIER};
static const struct har_grade_law others[] = {
    {.model = HAR_GRADE_HARRIER, .downhill_credit = LEAST_CREDIT},
    {.model = HAR_GRADE_RE3},
    {.model = HAR_GRADE_STRAVA},
};
enum { OTHERS = sizeof others / sizeof others[0] };

static bool slope_is_told(const struct scene *s)
{
    return s->piece_count > 0;
}

static const char *slope_name(const struct scene *s)
{
    return s->told->point_count > 0 ? "course" : "drop";
}

static double mean_speed(const struct scene *s, const struct har_grade_law *law,
                         double flat_mps)
{
    double length_m = 0, time_s = 0;
    for (size_t i = 0; i < s->piece_count; i++) {
        const struct piece *piece = &s->piece[i];
        length_m += piece->length_m;
        time_s += piece->length_m / har_speed_on_grade(law, flat_mps, piece->grade);
    }
    return length_m / time_s;
}

/* The flat speed that has the mean speed v. The mean grows as a power of the flat speed
 * between 0.5 and 1.8, so each round leaves less than 0.8 of the error. */
static double flat_speed(const struct scene *s, const struct har_grade_law *law, double v)
{
    enum { MOST_ROUNDS = 200 };
    double flat = v;
    for (int i = 0; i < MOST_ROUNDS; i++) {
        double ratio = v / mean_speed(s, law, flat);
        flat *= ratio;
        if (fabs(ratio - 1) < 1e-14) break;
    }
    return flat;
}

static double slope_off(const struct scene *s, double v)
{
    return flat_speed(s, &ours, v);
}

static double slope_on(const struct scene *s, double v)
{
    return mean_speed(s, &ours, v);
}

static void slope_range(const struct scene *s, double v, double factor, double *low,
                        double *high)
{
    *low = *high = factor;
    for (int i = 0; i < OTHERS; i++) widen(v / flat_speed(s, &others[i], v), low, high);
}

static void slope_explain(const struct scene *s, struct har_text *text)
{
    double drop_m = s->told->drop_m, per_km = 1000 * drop_m / s->event->distance_m;
    if (s->told->point_count > 0)
        har_text_format(text, "equal effort over %zu pieces of the course", s->piece_count);
    else {
        har_text_add(text, drop_m < 0 ? "rises " : "falls ");
        har_text_number(text, fabs(drop_m), 1);
        har_text_add(text, " m, ");
        har_text_fixed(text, fabs(per_km), 1);
        har_text_add(text, " m/km, taken as one even slope");
    }
    har_text_add(text, ": RE3 (Looney, Hoogkamer and Kram 2025; -9 to 45 %) with half of "
                       "its downhill credit, as races show it; between 0.4 of the credit, "
                       "all of it, and Strava's curve");
}

/* --- altitude ------------------------------------------------------------------------ */

static bool altitude_is_told(const struct scene *s)
{
    return !isnan(s->told->altitude_m);
}

static const char *altitude_name(const struct scene *s)
{
    (void)s;
    return "altitude";
}

static struct har_altitude altitude_by(const struct scene *s, enum har_altitude_model model,
                                       double acclimatised)
{
    return (struct har_altitude){model, s->told->altitude_m, s->event->distance_m,
                                 acclimatised};
}

static bool ncaa_knows(const struct scene *s)
{
    return s->event->distance_m >= NCAA_FROM_M && s->event->distance_m <= NCAA_TO_M;
}

static struct har_altitude altitude_ours(const struct scene *s)
{
    if (!isnan(s->told->acclimatised))
        return altitude_by(s, HAR_ALTITUDE_BASSETT, s->told->acclimatised);
    return altitude_by(s, ncaa_knows(s) ? HAR_ALTITUDE_NCAA : HAR_ALTITUDE_PERONNET, 0);
}

static double altitude_off(const struct scene *s, double v)
{
    struct har_altitude altitude = altitude_ours(s);
    return har_sea_level_speed(&altitude, v);
}

static double altitude_on(const struct scene *s, double v)
{
    struct har_altitude altitude = altitude_ours(s);
    return har_speed_at_altitude(&altitude, v);
}

static void altitude_range(const struct scene *s, double v, double factor, double *low,
                           double *high)
{
    bool told = !isnan(s->told->acclimatised);
    struct har_altitude other[] = {
        altitude_by(s, HAR_ALTITUDE_NCAA, 0),
        altitude_by(s, HAR_ALTITUDE_PERONNET, 0),
        altitude_by(s, HAR_ALTITUDE_BASSETT, told ? s->told->acclimatised : 0),
        altitude_by(s, HAR_ALTITUDE_BASSETT, told ? s->told->acclimatised : 1),
    };
    *low = *high = factor;
    for (size_t i = ncaa_knows(s) ? 0 : 1; i < sizeof other / sizeof other[0]; i++)
        widen(v / har_sea_level_speed(&other[i], v), low, high);
}

static void altitude_explain(const struct scene *s, struct har_text *text)
{
    bool told = !isnan(s->told->acclimatised);
    har_text_number(text, s->told->altitude_m, 0);
    har_text_add(text, " m up: ");
    if (told) {
        har_text_add(text, "the power of Peronnet and Thibault (1989) with Bassett's loss "
                           "(1999) for a runner ");
        har_text_fixed(text, 100 * s->told->acclimatised, 0);
        har_text_add(text, " % acclimatised");
    } else if (ncaa_knows(s))
        har_text_add(text,
                     "the NCAA's percentage (2009, 800 to 10,000 m, at 914 to 2350 m; "
                     "beyond, our continuation), made for those who live there");
    else
        har_text_add(text, "the power of Peronnet and Thibault (1989) with Peronnet's loss "
                           "(1991), as the NCAA has no percentage for the distance");
    har_text_add(text, "; between the least and the most of ");
    if (ncaa_knows(s)) har_text_add(text, "the NCAA's, ");
    har_text_add(text, told ? "Peronnet's and Bassett's"
                            : "Peronnet's, and Bassett's for those just come and at home");
    har_text_add(text, "; -430 to 5000 m");
}

/* --- heat ---------------------------------------------------------------------------- */

static bool heat_is_told(const struct scene *s)
{
    return !isnan(s->wbgt_c);
}

static const char *heat_name(const struct scene *s)
{
    (void)s;
    return "heat";
}

static double heat_off(const struct scene *s, double v)
{
    struct har_heat heat = {.wbgt_c = s->wbgt_c, .distance_m = s->event->distance_m};
    return har_cool_speed(&heat, v);
}

static double heat_on(const struct scene *s, double v)
{
    struct har_heat heat = {.wbgt_c = s->wbgt_c, .distance_m = s->event->distance_m};
    return har_speed_in_heat(&heat, v);
}

/* The weather that a WBGT was worked out from. */
static void weather_explain(const struct scene *s, struct har_text *text)
{
    const struct har_weather *w = &s->weather;
    if (isnan(s->told->sun_w_m2)) {
        har_text_add(text, " in moderate sun and light wind, from temperature and humidity "
                           "by the formula of the Australian Bureau of Meteorology");
        return;
    }
    har_text_add(text, " by the heat balances of Liljegren et al. (2008): a globe of ");
    har_text_fixed(text, har_globe_c(w), 1);
    har_text_add(text, " C and a wet wick of ");
    har_text_fixed(text, har_natural_wet_bulb_c(w), 1);
    har_text_add(text, " C in ");
    har_text_number(text, w->sun_w_m2, 0);
    har_text_add(text, " W/m2 of sun, ");
    if (isnan(s->told->sun_elevation_deg)) har_text_add(text, "its height not told, and ");
    else {
        har_text_number(text, w->sun_elevation_deg, 1);
        har_text_add(text, " degrees high, and ");
    }
    har_text_number(text, w->breeze_mps, 2);
    har_text_add(text, " m/s of breeze");
    if (isnan(s->told->breeze_mps)) har_text_add(text, ", as none was told");
}

static void heat_explain(const struct scene *s, struct har_text *text)
{
    har_text_add(text, "WBGT ");
    har_text_fixed(text, s->wbgt_c, 1);
    har_text_add(text, " C");
    if (isnan(s->told->wbgt_c)) weather_explain(s, text);
    har_text_add(text, ": our curve through Ely's marathons (2007), less for shorter races "
                       "and none under ten minutes, -10 to 35 C; between half of the "
                       "change and half more, as runners and days differ so much");
}

const struct step steps[HAR_MOST_STEPS] = {
    {track_is_told, track_name, track_off, track_on, half_more_or_less, track_explain},
    {wind_is_told, wind_name, wind_off, wind_on, half_more_or_less, wind_explain},
    {slope_is_told, slope_name, slope_off, slope_on, slope_range, slope_explain},
    {altitude_is_told, altitude_name, altitude_off, altitude_on, altitude_range,
     altitude_explain},
    {heat_is_told, heat_name, heat_off, heat_on, half_more_or_less, heat_explain},
};
