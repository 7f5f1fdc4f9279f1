/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_LAW_H
#define HARRIER_LAW_H

/* law - the laws of time and distance that everyone quotes.
 *
 * What one mark, or a few, say of other distances: Riegel, Cameron, Daniels and Gilbert's
 * VDOT, Purdy, Peronnet and Thibault, critical speed, Emig, Tanda. Which to believe is not
 * decided here. Each answers inside the range its source names, and NaN outside it, for NaN
 * and for what is not over zero. Each takes well under a microsecond and needs no memory.
 *
 *     double marathon_s = har_riegel_time(20 * 60, 5000, 42195);           // 3:11:49
 *     double vdot = har_vdot(5000, 20 * 60);                               // 49.8
 *     double easy_mps = har_training_speeds(HAR_TRAINING_EASY, vdot).slow_mps;
 *
 *     const double distance_m[] = {5000, 10000}, time_s[] = {1200, 2500};
 *     struct har_emig runner;
 *     if (har_emig_fit(distance_m, time_s, 2, &runner, NULL) == HAR_OK)
 *         marathon_s = har_emig_time(&runner, 42195);                      // 3:12:33
 */

#include "harrier/mark.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_LAW_VERSION = 1 };

/* --- one mark, one curve for all ---------------------------------------------------- */

/* Riegel 1981: the time over `to_m` as good as `time_s` over `from_m`, by the
 * exponent 1.06; both times 3.5 to 230 minutes. */
double har_riegel_time(double time_s, double from_m, double to_m);

/* The same power law with the runner's own exponent, 0.5 to 2, over any distance. */
double har_power_law_time(double time_s, double from_m, double to_m, double exponent);

/* The exponent that two marks over different distances imply; NaN if no runner has it. */
double har_power_law_exponent(double time1_s, double distance1_m, double time2_s,
                              double distance2_m);

/* Cameron 1998, his constants recalled: the same question, from 400 m to 50 miles. */
double har_cameron_time(double time_s, double from_m, double to_m);

/* Purdy 1974: points of a mark, 0 to 1300, 100 m to 100 km; and the mark of points. 1035 is
 * the standard of his day: har_purdy_time(1035, 5000) == 796.693... */
double har_purdy_points(double distance_m, double time_s);
double har_purdy_time(double points, double distance_m);

/* --- VDOT ------------------------------------------------------------------------- */

/* Daniels and Gilbert 1979: VDOT 15 to 100 of a mark over 800 m or more in 4:50:00 or less;
 * and the mark of a VDOT. har_vdot(5000, 1474) == 39.1104... */
double har_vdot(double distance_m, double time_s);
double har_vdot_time(double vdot, double distance_m);

/* The speed that takes a share (0.4 to 1.2) of VDOT; 1 is the speed at VO2max. */
double har_vdot_speed(double vdot, double share);

/* What Daniels calls the kinds of training, each a range of shares of VDOT. */
enum har_training {
    HAR_TRAINING_EASY,
    HAR_TRAINING_MARATHON,
    HAR_TRAINING_THRESHOLD,
    HAR_TRAINING_INTERVAL,
    HAR_TRAINING_REPETITION,
};
struct har_training_speeds {
    double slow_mps, fast_mps;
};
struct har_training_speeds har_training_speeds(enum har_training training, double vdot);

/* --- power: Peronnet and Thibault 1989 ---------------------------------------------- */

struct har_peronnet {
    double store_j_kg;   /* A, the anaerobic store */
    double aerobic_w_kg; /* MAP, the largest aerobic power */
    double fade_w_kg;    /* E, for each factor e of time past 7 minutes: below zero */
    double drag_m2_kg;   /* Ad/k, drag area over mass */
};

/* The man and the woman who would run all the records of 1987. */
struct har_peronnet har_peronnet_records(enum har_sex sex);

/* What the runner can give for a time, up to 4 hours, and what it takes to run `distance_m`
 * at a speed from a standing start, at sea level. */
double har_peronnet_power(const struct har_peronnet *runner, double time_s);
double har_peronnet_demand(const struct har_peronnet *runner, double speed_mps,
                           double distance_m);

/* The time over 60 m to the marathon at which the two are equal. */
double har_peronnet_time(const struct har_peronnet *runner, double distance_m);

/* --- critical speed ---------------------------------------------------------------- */

struct har_critical_speed {
    double cs_mps;    /* CS, what lasts */
    double d_prime_m; /* D', what may be run above it once */
    double v_max_mps; /* for Morton and the omni-domain law, over CS; else unused */
    double fade_mps;  /* A of the omni-domain law, 0 or more; else unused */
};

/* The line D = CS t + D' through efforts of 2 to 20 minutes, by least squares; v_max and
 * fade become NaN.
 *
 *   HAR_BAD_INPUT     a number that is not over zero
 *   HAR_OUT_OF_RANGE  an effort shorter or longer than that
 *   HAR_NO_ANSWER     fewer than two different times, or a line no runner could have
 */
har_status har_critical_speed_fit(const double *distance_m, const double *time_s,
                                  size_t count, struct har_critical_speed *out,
                                  struct har_error *err);

/* By that line, 2 to 30 minutes. */
double har_critical_speed_time(const struct har_critical_speed *runner, double distance_m);
double har_critical_speed_distance(const struct har_critical_speed *runner, double time_s);

/* What is left of D' of `left_m` after a time at a speed: over CS it is run up, below it
 * comes back towards D'. Skiba 2015. */
double har_d_prime_left(const struct har_critical_speed *runner, double left_m,
                        double speed_mps, double time_s);

/* Morton 1996, which ends at v_max instead of infinity: the time over a distance, and how
 * long a speed can be held; up to 30 minutes. */
double har_morton_time(const struct har_critical_speed *runner, double distance_m);
double har_morton_time_limit(const struct har_critical_speed *runner, double speed_mps);

/* Puchowicz 2020, recalled, which goes on beyond 30 minutes: the mean speed over a time, 1
 * second to 10 hours, as long as more time gains distance; and the time over a distance. */
double har_omni_domain_speed(const struct har_critical_speed *runner, double time_s);
double har_omni_domain_time(const struct har_critical_speed *runner, double distance_m);

/* --- Emig -------------------------------------------------------------------------- */

/* Mulligan, Adam and Emig 2018: speed falls with the logarithm of time, from v_m, which can
 * be held for 6 minutes. The papers found v_m of 2 to 7 m/s and gamma of 0.039 to 0.135.
 * Times of 1 minute to 10 hours, as long as more time gains distance. */
struct har_emig {
    double v_m_mps;
    double gamma_long;  /* over 0, under 1: from 6 minutes on */
    double gamma_short; /* below 6 minutes; NaN: not known, and nothing is said there */
};

/* The time over a distance, and the speed over a time, 1 minute to 10 hours. */
double har_emig_time(const struct har_emig *runner, double distance_m);
double har_emig_speed(const struct har_emig *runner, double time_s);

/* How long a speed can be held. */
double har_emig_time_limit(const struct har_emig *runner, double speed_mps);

/* E_l, how many times 6 minutes 90 % of v_m can be held, of gamma_long; and back. */
double har_emig_endurance(double gamma_long);
double har_emig_gamma(double endurance);

/* The v_m of one mark, given the gamma of the side of 6 minutes it is on. */
double har_emig_v_m(double distance_m, double time_s, double gamma);

/* v_m and gamma_long from two or more marks of 6 minutes or longer, gamma_short from those
 * that are shorter (NaN if there are none, or they are not faster than v_m), by least
 * squares in speed. `out` is written on success only.
 *
 *   HAR_BAD_INPUT     a number that is not over zero
 *   HAR_OUT_OF_RANGE  a time outside 1 minute to 10 hours
 *   HAR_NO_ANSWER     fewer than two different times of 6 minutes or longer, or the longer
 *                     ones are no slower
 */
har_status har_emig_fit(const double *distance_m, const double *time_s, size_t count,
                        struct har_emig *out, struct har_error *err);

/* --- training ---------------------------------------------------------------------- */

/* Tanda 2011: the pace of the marathon, in seconds per km, of 8 weeks' mean distance a
 * week, 20 to 200 km, and mean pace; for marathons of 2:47 to 3:36. har_tanda_pace(80, 270)
 * == 257.2... */
double har_tanda_pace(double week_km, double pace_s_km);

#ifdef __cplusplus
}
#endif

#endif
