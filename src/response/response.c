/* SPDX-License-Identifier: MIT */
/* E. W. Banister et al., Aust. J. Sports Med. 7 (1975) 57: performance is a level, plus a
 * gain for a sum of load that fades over weeks, less one for a sum that fades over days.
 *
 * The five numbers are ill-conditioned on the few marks of a runner: P. Hellard et al., J.
 * Sports Sci. 24 (2006) 509, found the two times all but interchangeable. So they have
 * priors, and the most probable values are taken. Times: log-normal about 42 and 8 days,
 * sigma 0.25 and 0.3. Gains, both at least 0: normal about 20 % of speed for 100 of load a
 * day, give or take 6, and 6.5 % give or take 2.5. (E. F. Coyle et al., J. Appl. Physiol.
 * 57 (1984) 1857, as recalled: runners and cyclists who stopped had lost 7 % of their
 * VO2max after 3 weeks and 16 % after 12, when nearly all of either had faded.) A day's
 * luck: log-normal about 1 %, sigma 0.5. The level: none. The priors of the gains and of
 * luck are our choice.
 *
 * With the others held, level and gains are a ridge regression, solved exactly, bounds
 * included; a simplex walks over the others, on the likelihood with those three integrated
 * out, or else a fit to few marks would think itself lucky.
 *
 * What was done before the first day is not known: a load a day, log-normal about the mean
 * of the first four weeks, sigma 0.35, is walked for too. On a day of which nothing is
 * known the means stay as they are.
 *
 * Worth showing. Each mark from the eleventh on, the last 40 at most, is foretold from
 * those before it, and so is it by "as last time" and by "as usual in the last half year".
 * The squares of their errors less those of the fit must be over 0 on the mean by more than
 * 1.28 of its standard errors, against both: chance alone does that to one in ten runners
 * at most, and where there is no response the fit is at a loss beside the mean. */

#include "harrier/response.h"

#include "harrier/num.h"

#include <math.h>
#include <string.h>

enum { LEVEL, GAIN, COST, UNKNOWNS, SLOW = 0, FAST, LUCK, BEFORE, WALKED };
enum { FIRST_DAYS = 28, SEASON_DAYS_BACK = 180, WALK_ROUNDS = 120 };
#define HUNDRED 100.0
#define WALK_CLOSE 1e-4
#define LEAST_USUAL 0.01
#define CHANCE 1.2816 /* one in ten, one side of the normal */

struct prior {
    double mean, spread;
};
/* Of logarithms; of the load before, over that of the first weeks. */
static const struct prior walk_priors[] = {
    [SLOW] = {3.7377, 0.25}, /* 42 */
    [FAST] = {2.0794, 0.3},  /* 8 */
    [LUCK] = {-4.6052, 0.5}, /* 0.01 */
    [BEFORE] = {0, 0.35},
};
static const struct prior gain_priors[] = {
    [LEVEL] = {0, 0}, /* none */
    [GAIN] = {0.2, 0.06},
    [COST] = {0.065, 0.025},
};

/* What is fitted: marks, and room for their features. */
struct fitting {
    const struct har_load_days *days;
    size_t count;
    const struct har_shown_form *shown;
    double (*feature)[UNKNOWNS]; /* of each mark: 1, F, -A */
    double usual;                /* ln of the daily load, in hundreds, of the first weeks */
};

/* The regression for held times and luck. */
struct ridge {
    double a[UNKNOWNS][UNKNOWNS], b[UNKNOWNS]; /* normal equations */
    double squares, log_variance;
    double x[UNKNOWNS];
    double covariance[UNKNOWNS][UNKNOWNS];
    double cost;
};

/* --- features ----------------------------------------------------------------------------
 */

struct means {
    double slow, fast, slow_weight, fast_weight;
};

static struct means means_before(double before, double slow_days, double fast_days)
{
    return (struct means){before, before, -expm1(-1 / slow_days), -expm1(-1 / fast_days)};
}

static void live_on(struct means *m, double load)
{
    if (isnan(load)) return;
    m->slow += m->slow_weight * (load / HUNDRED - m->slow);
    m->fast += m->fast_weight * (load / HUNDRED - m->fast);
}

static void fill_features(const struct fitting *fit, const double *at)
{
    struct means m = means_before(exp(at[BEFORE]), exp(at[SLOW]), exp(at[FAST]));
    size_t day = 0;
    for (size_t i = 0; i < fit->count; i++) {
        size_t until = (size_t)(fit->shown[i].day - fit->days->from_day);
        for (; day < until; day++) live_on(&m, fit->days->load[day]);
        fit->feature[i][LEVEL] = 1;
        fit->feature[i][GAIN] = m.slow;
        fit->feature[i][COST] = -m.fast;
    }
}

static double mean_of_first_days(const struct har_load_days *days)
{
    double sum = 0, known = 0;
    for (size_t i = 0; i < days->count && i < FIRST_DAYS; i++) {
        if (isnan(days->load[i])) continue;
        sum += days->load[i] / HUNDRED;
        known++;
    }
    return sum > 0 ? sum / known : LEAST_USUAL;
}

/* --- the regression
 * ------------------------------------------------------------------------
 */

static void set_up(const struct fitting *fit, double luck, struct ridge *r)
{
    memset(r, 0, sizeof *r);
    for (size_t n = 0; n < fit->count; n++) {
        const double *f = fit->feature[n];
        double y = fit->shown[n].ln_speed, spread = fit->shown[n].spread;
        double variance = luck * luck + spread * spread;
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int k = 0; k < UNKNOWNS; k++) r->a[i][k] += f[i] * f[k] / variance;
            r->b[i] += f[i] * y / variance;
        }
        r->squares += y * y / variance;
        r->log_variance += log(variance);
    }
    for (int i = GAIN; i <= COST; i++) {
        double mean = gain_priors[i].mean, spread = gain_priors[i].spread;
        r->a[i][i] += 1 / (spread * spread);
        r->b[i] += mean / (spread * spread);
        r->squares += mean * mean / (spread * spread);
    }
}

/* The inverse of the rows and columns that are free, zeros elsewhere, by Gauss and Jordan;
 * the logarithm of the determinant. */
static double invert_free(double a[UNKNOWNS][UNKNOWNS], const bool *is_free,
                          double inverse[UNKNOWNS][UNKNOWNS])
{
    double left[UNKNOWNS][UNKNOWNS], log_determinant = 0;
    memcpy(left, a, sizeof left);
    for (int i = 0; i < UNKNOWNS; i++)
        for (int k = 0; k < UNKNOWNS; k++) inverse[i][k] = i == k && is_free[i] ? 1 : 0;
    for (int p = 0; p < UNKNOWNS; p++) {
        if (!is_free[p]) continue;
        double pivot = left[p][p];
        log_determinant += log(pivot);
        for (int k = 0; k < UNKNOWNS; k++) {
            left[p][k] /= pivot;
            inverse[p][k] /= pivot;
        }
        for (int i = 0; i < UNKNOWNS; i++) {
            double by = left[i][p];
            if (i == p || !is_free[i]) continue;
            for (int k = 0; k < UNKNOWNS; k++) {
                left[i][k] -= by * left[p][k];
                inverse[i][k] -= by * inverse[p][k];
            }
        }
    }
    return log_determinant;
}

/* Fills in x, covariance and cost with the gains that are not free at 0. */
static void solve_free(struct ridge *r, const bool *is_free)
{
    double log_determinant = invert_free(r->a, is_free, r->covariance);
    double fitted = 0;
    for (int i = 0; i < UNKNOWNS; i++) {
        r->x[i] = 0;
        for (int k = 0; k < UNKNOWNS; k++) r->x[i] += r->covariance[i][k] * r->b[k];
        fitted += r->x[i] * r->b[i];
    }
    r->cost = (r->squares - fitted + r->log_variance + log_determinant) / 2;
}

/* The gains are at least 0: where the free solution has one below it is held there. */
static void solve(struct ridge *r)
{
    bool is_free[UNKNOWNS] = {true, true, true};
    for (int round = 0; round < UNKNOWNS; round++) {
        solve_free(r, is_free);
        int lowest = r->x[GAIN] < r->x[COST] ? GAIN : COST;
        if (r->x[lowest] >= 0) return;
        is_free[lowest] = false;
    }
}

/* --- the walk ----------------------------------------------------------------------------
 */

static void regress(const struct fitting *fit, const double *at, struct ridge *r)
{
    fill_features(fit, at);
    set_up(fit, exp(at[LUCK]), r);
    solve(r);
}

/* The middle of its prior. */
static double walk_start(const struct fitting *fit, int unknown)
{
    return walk_priors[unknown].mean + (unknown == BEFORE ? fit->usual : 0);
}

static double improbability(const void *of, const double *at)
{
    struct ridge r;
    double cost = 0;
    const struct fitting *fit = of;
    for (int i = 0; i < WALKED; i++) {
        double off = (at[i] - walk_start(fit, i)) / walk_priors[i].spread;
        cost += off * off / 2;
    }
    regress(fit, at, &r);
    return cost + r.cost;
}

static struct har_response most_probable(const struct fitting *fit)
{
    static const double step[WALKED] = {0.2, 0.2, 0.3, 0.3};
    double at[WALKED];
    struct ridge r;
    for (int i = 0; i < WALKED; i++) at[i] = walk_start(fit, i);
    har_minimise(improbability, fit, at, step, WALKED, WALK_CLOSE, WALK_ROUNDS);
    regress(fit, at, &r);
    struct har_response out = {
        .baseline = r.x[LEVEL],
        .fitness_gain = r.x[GAIN],
        .fatigue_gain = r.x[COST],
        .fitness_days = exp(at[SLOW]),
        .fatigue_days = exp(at[FAST]),
        .luck = exp(at[LUCK]),
        .before = HUNDRED * exp(at[BEFORE]),
    };
    for (int i = 0, at_entry = 0; i < UNKNOWNS; i++)
        for (int k = 0; k <= i; k++) out.spread[at_entry++] = r.covariance[i][k];
    return out;
}

static bool is_usable(const struct har_load_days *days, const struct har_shown_form *shown)
{
    return isfinite(shown->ln_speed) && shown->spread >= 0 && isfinite(shown->spread) &&
           shown->day >= days->from_day &&
           shown->day - days->from_day <= (int64_t)days->count;
}

/* HAR_NO_ANSWER with fewer than `least` usable marks. */
static har_status lay_out(const struct har_load_days *days,
                          const struct har_shown_form *shown, size_t count, size_t least,
                          struct har_arena *arena, struct fitting *fit,
                          struct har_error *err)
{
    struct har_shown_form *usable = HAR_NEW(arena, struct har_shown_form, count);
    double(*feature)[UNKNOWNS] =
        har_arena_take(arena, count, sizeof *feature, alignof(double));
    if (!usable || !feature)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu marks", count);
    *fit = (struct fitting){.days = days,
                            .shown = usable,
                            .feature = feature,
                            .usual = log(mean_of_first_days(days))};
    for (size_t i = 0; i < count; i++)
        if (is_usable(days, &shown[i])) usable[fit->count++] = shown[i];
    if (fit->count < least || days->count < FIRST_DAYS)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "a response to load takes %zu marks in %d days of load; there are "
                        "%zu in %zu",
                        least, FIRST_DAYS, fit->count, days->count);
    return HAR_OK;
}

har_status har_response_fit(const struct har_load_days *days,
                            const struct har_shown_form *shown, size_t count,
                            struct har_arena *arena, struct har_response *out,
                            struct har_error *err)
{
    struct fitting fit;
    har_status got = lay_out(days, shown, count, HAR_RESPONSE_LEAST, arena, &fit, err);
    if (got == HAR_OK) *out = most_probable(&fit);
    return got;
}

double har_response_on(const struct har_response *response,
                       const struct har_load_days *days, int64_t day, double *spread)
{
    double variance = response->luck * response->luck;
    if (spread) *spread = NAN;
    if (day < days->from_day || day - days->from_day > (int64_t)days->count) return NAN;
    struct means m = means_before(response->before / HUNDRED, response->fitness_days,
                                  response->fatigue_days);
    for (int64_t i = 0; i < day - days->from_day; i++) live_on(&m, days->load[i]);
    const double feature[UNKNOWNS] = {1, m.slow, -m.fast};
    for (int i = 0, at = 0; i < UNKNOWNS; i++)
        for (int k = 0; k <= i; k++)
            variance += (i == k ? 1 : 2) * feature[i] * feature[k] * response->spread[at++];
    if (spread) *spread = sqrt(variance);
    return response->baseline + response->fitness_gain * m.slow -
           response->fatigue_gain * m.fast;
}

/* --- the trial ---------------------------------------------------------------------------
 */

/* Sums of squared errors, and of how much larger others' are. */
struct versus {
    double squares, gain, gain_squares;
};

static void add_try(struct versus *v, double error, double fit_error)
{
    double gain = error * error - fit_error * fit_error;
    v->squares += error * error;
    v->gain += gain;
    v->gain_squares += gain * gain;
}

static bool is_beaten(const struct versus *v, size_t tried)
{
    double n = (double)tried, mean = v->gain / n;
    double variance = (v->gain_squares / n - mean * mean) / (n - 1);
    return mean > CHANCE * sqrt(fmax(variance, 0));
}

static double season_mean(const struct har_shown_form *shown, size_t at)
{
    double sum = 0, within = 0;
    for (size_t i = at; i-- > 0 && shown[at].day - shown[i].day <= SEASON_DAYS_BACK;) {
        sum += shown[i].ln_speed;
        within++;
    }
    return within > 0 ? sum / within : shown[at - 1].ln_speed;
}

har_status har_response_try(const struct har_load_days *days,
                            const struct har_shown_form *shown, size_t count,
                            struct har_arena *arena, struct har_response_trial *out,
                            struct har_error *err)
{
    struct fitting fit;
    struct versus own = {0}, last = {0}, season = {0};
    har_status got =
        lay_out(days, shown, count, HAR_RESPONSE_LEAST + HAR_RESPONSE_TRIED_LEAST, arena,
                &fit, err);
    if (got) return got;
    size_t all = fit.count, from = HAR_RESPONSE_LEAST;
    if (all > HAR_RESPONSE_TRIED_MOST + from) from = all - HAR_RESPONSE_TRIED_MOST;
    for (size_t i = from; i < all; i++) {
        fit.count = i;
        struct har_response before = most_probable(&fit);
        double truth = fit.shown[i].ln_speed;
        double error = truth - har_response_on(&before, days, fit.shown[i].day, NULL);
        add_try(&own, error, error);
        add_try(&last, truth - fit.shown[i - 1].ln_speed, error);
        add_try(&season, truth - season_mean(fit.shown, i), error);
    }
    size_t tried = all - from;
    *out = (struct har_response_trial){
        .tried = tried,
        .error = sqrt(own.squares / (double)tried),
        .last_error = sqrt(last.squares / (double)tried),
        .season_error = sqrt(season.squares / (double)tried),
        .worth_showing = is_beaten(&last, tried) && is_beaten(&season, tried),
    };
    return HAR_OK;
}
