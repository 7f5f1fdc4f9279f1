/* SPDX-License-Identifier: MIT */
/* Load by speed, by heart, by feeling, by time.
 *
 * Speed. Two ideas are in use and each fails alone. The square of the speed over the
 * threshold's (rTSS, after A. Coggan's TSS; S. McGregor) counts steady running well and
 * thinks little of a track session: 400 m repetitions at the pace of the mile come to 1.3
 * times threshold. Miner's rule, seconds over the time for which that speed can be held,
 * makes any race to exhaustion 1, over a mile as over the marathon, and an easy hour
 * nothing. We add them: three parts in four the square, one in four the damage,
 *
 *     load an hour = 100 (0.75 (v / v_1h)^2 + 0.25 (1 h / T(v)))
 *
 * so that an hour at threshold is 100, an easy hour (0.75 of threshold) 43, five times
 * 1000 m at the pace of 5000 m 49 without the jogs, and a marathon of 2:20 about 180. The
 * parts in four are ours; the square alone gives 56, 32 and 207.
 *
 * T(v) is Emig's (law.h) up to the speed held for 12 minutes. Beyond, its exponential would
 * make a second of GPS noise worth a race; there 1 / T goes on along its tangent, which is
 * the law of critical speed, 1 / T = (v - CS) / D' with D' = gamma v_m 12 min: seconds
 * above critical speed count by the D' they spend. A D' of the runner's own, where smaller,
 * makes that line steeper; a larger one would bend it back and is not taken. Twelve minutes
 * lie in the middle of the 2 to 20 for which critical speed is meant. Below 0.5 m/s there
 * is no load.
 *
 * Up high the same speed is harder. The runner's curve is taken for slower there, all of it
 * by 0.6 of what the loss of aerobic power takes from an hour (effort.h, Bassett, by the
 * height and the acclimatisation). All of that loss is more than runners show: the NCAA's
 * percentages, which come from results, are 0.5 to 0.6 of it over 10 km, and by the heart
 * the first days of one real runner at 1,850 m were 4 to 6 % slower, where it says 9 to 11.
 *
 * Heart. E. W. Banister's impulse, minutes times HRr 0.64 e^(1.92 HRr) for men and 0.86
 * e^(1.67 HRr) for women (after Green et al. 1983; recalled, the women's pair too: one
 * widely used program takes 0.64 for both), over what an hour at the threshold's heart rate
 * gives. 85 % of the reserve for that, where it is not told, is a usual figure, recalled.
 *
 * Feeling. C. Foster et al., J. Strength Cond. Res. 15 (2001) 109: RPE times minutes; an
 * hour at threshold is taken for a 7, "very hard". An easy hour, a 3, comes to 43 again.
 *
 * Time. What an hour of a sport comes to when nothing else is known: 50 of running, between
 * an easy hour and one with some work in it, and less where less of the body is carried.
 * The table is ours. */

#include "harrier/load.h"

#include <math.h>

#define HOUR_S 3600.0
#define STEADY 0.75
#define SHARP 0.25
#define TANGENT_S 720.0
#define EMIG_S 360.0
#define STILL_MPS 0.5
enum { FIRST_BIN = 20 /* STILL_MPS */ };
#define RPE_OF_THRESHOLD 7.0
#define USUAL_REST_BPM 60.0
#define THRESHOLD_RESERVE 0.85
#define LEAST_SEEN 0.5
#define LOST_OF_POWER 0.6

static const struct {
    unsigned sport;
    double an_hour;
} usual_loads[] = {
    {HAR_SPORT_RUNNING, 50},  {HAR_SPORT_CROSS_COUNTRY_SKIING, 50},
    {HAR_SPORT_SWIMMING, 45}, {HAR_SPORT_CYCLING, 40},
    {HAR_SPORT_HIKING, 25},   {HAR_SPORT_WALKING, 15},
};
#define USUAL_LOAD 30.0 /* of any other */

const char *har_load_source_name(enum har_load_source source)
{
    static const char *const names[] = {
        [HAR_LOAD_NONE] = "none",         [HAR_LOAD_SPEED] = "speed",
        [HAR_LOAD_HEART] = "heart",       [HAR_LOAD_RPE] = "rpe",
        [HAR_LOAD_DURATION] = "duration",
    };
    return names[source];
}

struct har_load_runner har_load_runner_unknown(void)
{
    return (struct har_load_runner){
        .curve = {NAN, NAN, NAN},
        .d_prime_m = NAN,
        .heart_rest_bpm = NAN,
        .heart_max_bpm = NAN,
        .heart_threshold_bpm = NAN,
        .sex = HAR_MEN,
        .altitude_m = NAN,
        .acclimatised = NAN,
    };
}

/* --- speed -------------------------------------------------------------------------------
 */

double har_threshold_speed(const struct har_emig *curve)
{
    return har_emig_speed(curve, HOUR_S);
}

struct har_critical_speed har_curve_critical_speed(const struct har_emig *curve)
{
    double d_prime_m = curve->gamma_long * curve->v_m_mps * TANGENT_S;
    return (struct har_critical_speed){
        .cs_mps = har_emig_speed(curve, TANGENT_S) - d_prime_m / TANGENT_S,
        .d_prime_m = d_prime_m,
        .v_max_mps = NAN,
        .fade_mps = NAN,
    };
}

/* What the rate at a speed is made of. */
struct pace_law {
    struct har_emig curve;
    double lost; /* of its speeds, at the session's height; NaN where none is told */
    double threshold_mps;
    double turn_mps, d_prime_m; /* where the tangent begins, and how steep it is */
};

/* NaN where it cannot be told. */
static double lost_up_there(const struct har_load_runner *runner)
{
    double sea_mps = har_threshold_speed(&runner->curve);
    const struct har_altitude there = {HAR_ALTITUDE_BASSETT, runner->altitude_m,
                                       sea_mps * HOUR_S, runner->acclimatised};
    return LOST_OF_POWER * (1 - har_speed_at_altitude(&there, sea_mps) / sea_mps);
}

static struct pace_law pace_law_of(const struct har_load_runner *runner)
{
    struct har_emig curve = runner->curve;
    double told_m = runner->d_prime_m, lost = lost_up_there(runner);
    if (!isnan(lost)) curve.v_m_mps *= 1 - lost;
    struct har_critical_speed cs = har_curve_critical_speed(&curve);
    return (struct pace_law){
        .curve = curve,
        .lost = lost,
        .threshold_mps = har_threshold_speed(&curve),
        .turn_mps = har_emig_speed(&curve, TANGENT_S),
        .d_prime_m = told_m > 0 && told_m < cs.d_prime_m ? told_m : cs.d_prime_m,
    };
}

/* 1 / T, a second. Emig's law ends at 10 hours; slower, its formula is as good as zero. */
static double damage_by_curve(const struct pace_law *law, double v_mps)
{
    return exp((v_mps / law->curve.v_m_mps - 1) / law->curve.gamma_long) / EMIG_S;
}

static double damage_a_second(const struct pace_law *law, double v_mps)
{
    if (v_mps <= law->turn_mps) return damage_by_curve(law, v_mps);
    return 1 / TANGENT_S + (v_mps - law->turn_mps) / law->d_prime_m;
}

/* Of the square of a speed and the damage of a second at it; or, as it is linear in both,
 * of their sums over seconds. */
static double load_an_hour(const struct pace_law *law, double square, double damage)
{
    double threshold = law->threshold_mps * law->threshold_mps;
    return 100 * (STEADY * square / threshold + SHARP * HOUR_S * damage);
}

double har_load_rate(const struct har_load_runner *runner, double flat_mps)
{
    struct pace_law law = pace_law_of(runner);
    if (isnan(law.threshold_mps) || isnan(flat_mps)) return NAN;
    if (flat_mps < STILL_MPS) return 0;
    return load_an_hour(&law, flat_mps * flat_mps, damage_a_second(&law, flat_mps));
}

static double share_seen(double seen_s, double moving_s)
{
    return seen_s > 0 ? fmin(moving_s > 0 ? seen_s / moving_s : 1, 1) : 0;
}

/* What the seconds at all speeds add up to. */
struct pace_sums {
    double seconds, squares, damage, above_m; /* above critical speed */
};

static int fastest_bin(const struct har_paces *paces)
{
    int bin = HAR_PACE_BINS - 1;
    while (bin > 0 && !(paces->pace_s[bin] > 0)) bin--;
    return bin;
}

/* Ten years of sessions are a million and a half bins, most of them empty. So there is no
 * exponential in this loop, no division and hardly a branch: up to the tangent the damage
 * is a geometric series of the speeds, beyond it a straight line. */
static struct pace_sums add_up_paces(const struct pace_law *law,
                                     const struct har_paces *paces)
{
    struct pace_sums sums = {0};
    double critical_mps = law->turn_mps - law->d_prime_m / TANGENT_S;
    double growth = exp(HAR_PACE_STEP_MPS / (law->curve.v_m_mps * law->curve.gamma_long));
    double by_curve = damage_by_curve(law, FIRST_BIN * HAR_PACE_STEP_MPS);
    double slope = 1 / law->d_prime_m;
    int fastest = fastest_bin(paces);
    for (int i = FIRST_BIN; i <= fastest; i++, by_curve *= growth) {
        double v_mps = i * HAR_PACE_STEP_MPS, seconds = (double)paces->pace_s[i];
        double tangent = (v_mps - critical_mps) * slope;
        sums.seconds += seconds;
        sums.squares += v_mps * v_mps * seconds;
        sums.damage += (v_mps <= law->turn_mps ? by_curve : tangent) * seconds;
        sums.above_m += (v_mps > critical_mps ? v_mps - critical_mps : 0) * seconds;
    }
    return sums;
}

static bool load_by_speed(const struct har_work *work, const struct har_load_runner *runner,
                          struct har_load *out)
{
    struct pace_law law = pace_law_of(runner);
    if (!work->paces || isnan(law.threshold_mps)) return false;
    struct pace_sums sums = add_up_paces(&law, work->paces);
    double seen = share_seen(sums.seconds, work->moving_s);
    if (seen < LEAST_SEEN) return false;
    double load = load_an_hour(&law, sums.squares, sums.damage) / HOUR_S;
    *out = (struct har_load){load / seen,
                             HAR_LOAD_SPEED,
                             seen,
                             sums.above_m / law.d_prime_m / seen,
                             isnan(law.lost) ? (double)NAN : runner->altitude_m,
                             isnan(law.lost) ? (double)NAN : runner->acclimatised,
                             law.lost};
    return true;
}

double har_rtss(const struct har_paces *paces, double threshold_mps)
{
    double sum = 0;
    for (int i = 0; i < HAR_PACE_BINS; i++) {
        double part = i * HAR_PACE_STEP_MPS / threshold_mps;
        sum += part * part * (double)paces->pace_s[i];
    }
    return 100 * sum / HOUR_S;
}

/* --- heart, feeling, time ----------------------------------------------------------------
 */

double har_trimp_a_minute(double reserve, enum har_sex sex)
{
    double share = fmin(fmax(reserve, 0), 1);
    if (isnan(reserve)) return NAN;
    return sex == HAR_WOMEN ? share * 0.86 * exp(1.67 * share)
                            : share * 0.64 * exp(1.92 * share);
}

static bool load_by_heart(const struct har_work *work, const struct har_load_runner *runner,
                          struct har_load *out)
{
    double rest = runner->heart_rest_bpm > 0 ? runner->heart_rest_bpm : USUAL_REST_BPM;
    double range = runner->heart_max_bpm - rest;
    if (!work->heart_s || !(range > 0)) return false;
    double reserve = (runner->heart_threshold_bpm - rest) / range;
    double threshold = reserve > 0 ? reserve : THRESHOLD_RESERVE;
    double seen_s = 0, impulse = 0;
    for (int bpm = 1; bpm < HAR_HEART_BINS; bpm++) {
        double seconds = (double)work->heart_s[bpm];
        if (!(seconds > 0)) continue;
        seen_s += seconds;
        impulse += har_trimp_a_minute((bpm - rest) / range, runner->sex) * seconds / 60;
    }
    double seen = share_seen(seen_s, work->moving_s);
    if (seen < LEAST_SEEN) return false;
    double hour = 60 * har_trimp_a_minute(threshold, runner->sex);
    *out = (struct har_load){
        100 * impulse / hour / seen, HAR_LOAD_HEART, seen, NAN, NAN, NAN, NAN};
    return true;
}

double har_session_rpe(double rpe, double moving_s)
{
    return rpe >= 0 && rpe <= 10 && moving_s >= 0 ? rpe * moving_s / 60 : NAN;
}

static bool load_by_rpe(const struct har_work *work, struct har_load *out)
{
    double load = 100 * har_session_rpe(work->rpe, work->moving_s) /
                  har_session_rpe(RPE_OF_THRESHOLD, HOUR_S);
    if (isfinite(load)) *out = (struct har_load){load, HAR_LOAD_RPE, 1, NAN, NAN, NAN, NAN};
    return isfinite(load);
}

static bool load_by_time(const struct har_work *work, struct har_load *out)
{
    double an_hour = USUAL_LOAD;
    if (!(work->moving_s >= 0 && isfinite(work->moving_s))) return false;
    for (size_t i = 0; i < sizeof usual_loads / sizeof usual_loads[0]; i++)
        if (usual_loads[i].sport == work->sport) an_hour = usual_loads[i].an_hour;
    double load = an_hour * work->moving_s / HOUR_S;
    *out = (struct har_load){load, HAR_LOAD_DURATION, 1, NAN, NAN, NAN, NAN};
    return true;
}

har_status har_load_of(const struct har_work *work, const struct har_load_runner *runner,
                       struct har_load *out, struct har_error *err)
{
    *out = (struct har_load){NAN, HAR_LOAD_NONE, 0, NAN, NAN, NAN, NAN};
    if (load_by_speed(work, runner, out) || load_by_heart(work, runner, out) ||
        load_by_rpe(work, out) || load_by_time(work, out))
        return HAR_OK;
    return har_fail(err, HAR_NO_ANSWER, 0,
                    "a load needs speeds, heart rates, an RPE or at least a time");
}
