/* SPDX-License-Identifier: MIT */
/* The cost of slope.
 *
 * RE3: D. P. Looney, W. Hoogkamer, R. Kram, Eur. J. Appl. Physiol. 126 (2025) 1621: gross
 * metabolic power of running by speed and grade, fitted to level, uphill and downhill
 * together. Equal power gives the flat speed. Beware of a copy that divides by
 * (1 - 1.056^...) where the paper raises to it.
 * A. E. Minetti et al., J. Appl. Physiol. 93 (2002) 1039-1046: ten mountain runners on
 * treadmills, -0.45 .. 0.45; equal cost per metre gives the flat speed.
 * Strava's engineering blog of 2017: heart rates of six million runs; a factor of the speed
 * by grade alone, as read back from the service by its users, linear between its points.
 *
 * Ours is RE3 with half of its downhill credit. In the laboratory a descent gives back most
 * of the climb; in races, and in Strava's hearts, about half (0.44 to 0.53 of RE3 between
 * -2 and -10 %; Davies 1980 found 0.57, recalled, not read), because braking, and a road
 * that does not let one run as hard, are not in the oxygen. The credit is taken from the
 * ratio of the speeds. Its price is a corner at level ground, where the two laws meet.
 *
 * Downhill the laws stay level beyond -9 % (RE3: -10 %): there Strava's curve turns, and
 * past -12 % RE3 itself would let slow descents cost less than standing, so that no flat
 * speed was as easy. Uphill they end at 45 %. Minetti's polynomial bends the wrong way past
 * its data, so we leave it at its last slopes and go on straight: noise then stays
 * expensive and finite. */

#include "harrier/effort.h"

#include "harrier/num.h"
#include "power.h"

#include <math.h>
#include <string.h>

#define USUAL_CREDIT 0.5
#define MINETTI_STEEPEST 0.45
#define LN_1_133 0.12486898204586927
#define LN_1_056 0.054488185284069776

static const struct {
    const char *name;
    double lowest, highest;
} models[HAR_GRADE_MODELS] = {
    [HAR_GRADE_HARRIER] = {"harrier", -0.09, 0.45},
    [HAR_GRADE_RE3] = {"re3", -0.10, 0.45},
    [HAR_GRADE_MINETTI] = {"minetti", -INFINITY, INFINITY},
    [HAR_GRADE_STRAVA] = {"strava", -0.45, 0.45},
};

/* Minetti's cost by grade, highest power first. */
static const double minetti[] = {155.4, -30.4, -43.3, 46.3, 19.5, 3.6};

/* Strava's factors by grade. */
static const double strava_grade[] = {-0.45, -0.30, -0.25, -0.20, -0.15, -0.10, -0.08,
                                      -0.06, -0.04, -0.02, 0,     0.02,  0.04,  0.06,
                                      0.08,  0.10,  0.15,  0.20,  0.25,  0.30,  0.45};
static const double strava_factor[] = {2.096, 1.495, 1.273, 1.081, 0.941, 0.876, 0.876,
                                       0.891, 0.918, 0.960, 1.000, 1.055, 1.135, 1.228,
                                       1.337, 1.459, 1.846, 2.297, 2.727, 3.158, 4.286};
enum {
    MINETTI_TERMS = sizeof minetti / sizeof minetti[0],
    STRAVA_POINTS = sizeof strava_grade / sizeof strava_grade[0]
};
_Static_assert(sizeof strava_grade == sizeof strava_factor, "a factor for every grade");

const char *har_grade_model_name(enum har_grade_model model)
{
    return models[model].name;
}

bool har_grade_model_of(struct har_bytes name, enum har_grade_model *model)
{
    for (int i = 0; i < HAR_GRADE_MODELS; i++) {
        if (strlen(models[i].name) != name.size) continue;
        if (memcmp(models[i].name, name.data, name.size) != 0) continue;
        *model = (enum har_grade_model)i;
        return true;
    }
    return false;
}

double har_minetti_cost(double grade)
{
    double near = fmin(fmax(grade, -MINETTI_STEEPEST), MINETTI_STEEPEST);
    double value = 0, slope = 0;
    for (int i = 0; i < MINETTI_TERMS; i++) {
        slope = slope * near + value;
        value = value * near + minetti[i];
    }
    return isnan(grade) ? grade : value + slope * (grade - near);
}

/* What RE3 adds for the slope to a metre, J/kg: its powers as exponentials, for speed. */
static double re3_slope(double grade)
{
    double inner = exp(LN_1_056 * (100 * grade + 43));
    return 30.43 * grade * (1 - exp(LN_1_133 * (1 - inner)));
}

double har_re3_power(double speed_mps, double grade)
{
    return flat_power(speed_mps) + speed_mps * re3_slope(grade);
}

/* The share of RE3's change that counts. */
static double credit_of(const struct har_grade_law *law, double grade)
{
    if (law->model == HAR_GRADE_RE3 || grade >= 0) return 1;
    double credit = law->downhill_credit;
    return credit > 0 ? fmin(credit, 1) : USUAL_CREDIT;
}

static double re3_flat(double speed_mps, double slope)
{
    return speed_of_power(RE3_A, speed_mps * (RE3_A + slope + RE3_B * speed_mps));
}

/* Solves (1 - credit) v + credit re3_flat(v) = flat by Newton. With slope < 0 the left side
 * is convex and no more than v: the first step from v = flat goes past the root, and all
 * later ones come down to it. */
static double share_of_re3_back(double flat_mps, double slope, double credit)
{
    double v = flat_mps;
    for (int i = 0; i < 50; i++) {
        double w = re3_flat(v, slope);
        double bent = (RE3_A + slope + 2 * RE3_B * v) / (RE3_A + 2 * RE3_B * w);
        double step = (v - credit * (v - w) - flat_mps) / (1 - credit + credit * bent);
        v -= step;
        if (fabs(step) <= 1e-15 * v) break;
    }
    return v;
}

/* Flat over actual speed, for the laws in which speed does not matter. */
static double factor_of(enum har_grade_model model, double grade)
{
    if (model == HAR_GRADE_MINETTI) return har_minetti_cost(grade) / har_minetti_cost(0);
    return har_interpolate(strava_grade, strava_factor, STRAVA_POINTS, grade);
}

static bool is_re3(enum har_grade_model model)
{
    return model == HAR_GRADE_HARRIER || model == HAR_GRADE_RE3;
}

static double grade_within(enum har_grade_model model, double grade)
{
    return fmin(fmax(grade, models[model].lowest), models[model].highest);
}

double har_flat_speed(const struct har_grade_law *law, double speed_mps, double grade)
{
    if (isnan(grade) || isnan(law->downhill_credit) || !(speed_mps >= 0)) return NAN;
    double near = grade_within(law->model, grade);
    if (!is_re3(law->model)) return speed_mps * factor_of(law->model, near);
    double credit = credit_of(law, near);
    return (1 - credit) * speed_mps + credit * re3_flat(speed_mps, re3_slope(near));
}

double har_speed_on_grade(const struct har_grade_law *law, double flat_mps, double grade)
{
    if (isnan(grade) || isnan(law->downhill_credit) || !(flat_mps >= 0)) return NAN;
    double near = grade_within(law->model, grade);
    if (!is_re3(law->model)) return flat_mps / factor_of(law->model, near);
    double credit = credit_of(law, near), slope = re3_slope(near);
    if (credit < 1) return share_of_re3_back(flat_mps, slope, credit);
    return speed_of_power(RE3_A + slope, flat_mps * (RE3_A + RE3_B * flat_mps));
}
