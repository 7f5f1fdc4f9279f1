/* SPDX-License-Identifier: MIT */
/* What a curve foretells. The median is the posterior mean, moved by what the same question
 * was off by in the careers the prior was learnt from; the interval is the posterior sd
 * times the quantiles that errors had there, which are skewed and wider than normal: bad
 * days are worse than good days are good.
 *
 * Speed falls with distance: where the rows of one ground would say otherwise (a fast
 * marathon beside a jogged 5 km) they are brought to the nearest curve that falls, by pool
 * adjacent violators (Barlow and others 1972), each row counted by the marks it was learnt
 * from: the few 20 km of a collection must not slow its half marathons. */

#include "harrier/num.h"

#include "place.h"

#include <math.h>

#define LIST_DAYS 366.0
#define LEAST_FALL 0.005 /* of ln speed for each unit of ln distance */

/* How much of a mark's drift and form is left on a day. */
struct fading {
    double drift[HAR_CURVE_MOST], form[HAR_CURVE_MOST];
};

static void fade(const struct har_curve *curve, double day, struct fading *out)
{
    for (size_t i = 0; i < curve->count; i++) {
        double apart = fabs(day - curve->mark_day[i]);
        out->drift[i] = exp(-apart / curve->prior->drift_days);
        out->form[i] = exp(-apart / curve->prior->form_days);
    }
}

static void covary(const struct har_curve *curve, const struct fading *fading,
                   const struct har_prior_row *row, double *out)
{
    for (size_t i = 0; i < curve->count; i++)
        out[i] = place_covariance(row, curve->row + i, fading->drift[i], fading->form[i]);
}

/* L^-1 k: what the marks say of it, in units of their own. */
static void whiten(const struct har_curve *curve, const double *k, double *out)
{
    for (size_t i = 0; i < curve->count; i++) {
        const double *row = curve->root + i * curve->count;
        double sum = 0;
        for (size_t j = 0; j <= i; j++) sum += row[j] * k[j];
        out[i] = sum;
    }
}

/* When the time asked for is run: on the day, but for one more best beside a list of them:
 * that belongs to the season of the list, not to the day on which somebody asks. */
static double moment_of(const struct har_curve *curve, double day,
                        enum har_question question)
{
    double sum = 0, count = 0;
    if (!curve->bests || question == HAR_ASK_RACE) return day;
    for (size_t i = 0; i < curve->count; i++)
        if (day - curve->mark_day[i] <= LIST_DAYS) {
            sum += curve->mark_day[i];
            count++;
        }
    return count > 0 ? sum / count : day;
}

/* The variance of a race over `row`, the marks known. */
static double variance_of(const struct har_curve *curve, const struct har_prior_row *row,
                          const double *k)
{
    double white[HAR_CURVE_MOST];
    double variance = place_covariance(row, row, 1, 1) + row->noise * row->noise;
    whiten(curve, k, white);
    for (size_t i = 0; i < curve->count; i++) variance -= white[i] * white[i];
    return fmax(variance, row->noise * row->noise);
}

static enum har_asking asking_of(const struct har_curve *curve,
                                 const struct har_prior_row *row,
                                 enum har_question question)
{
    bool race = question == HAR_ASK_RACE;
    if (curve->bests) return race ? HAR_RACE_FROM_BESTS : HAR_BEST_FROM_BESTS;
    for (size_t i = 0; i < curve->count; i++)
        if (is_same_place(curve->row + i, row)) return race ? HAR_RACE_ALL : HAR_BEST_ALL;
    return race ? HAR_RACE_OTHER : HAR_BEST_OTHER;
}

/* ln of the median time. */
static double median_of(const struct har_curve *curve, const struct har_prior_row *row,
                        const struct fading *fading, bool short_track, double day,
                        enum har_question question)
{
    double k[HAR_CURVE_MOST];
    double median = place_mean(row, curve->sex, short_track, day);
    covary(curve, fading, row, k);
    for (size_t i = 0; i < curve->count; i++) median += k[i] * curve->gain[i];
    return median + row->shift[asking_of(curve, row, question)];
}

/* --- a curve that falls --------------------------------------------------------------- */

/* Pools neighbours until `value` falls from each to the next. */
static void make_fall(double *value, const double *weight, size_t count)
{
    size_t from[HAR_PRIOR_ROWS], pools = 0;
    double mean[HAR_PRIOR_ROWS], mass[HAR_PRIOR_ROWS];
    for (size_t i = 0; i < count; i++) {
        from[pools] = i;
        mean[pools] = value[i];
        mass[pools++] = weight[i];
        for (; pools > 1 && mean[pools - 1] > mean[pools - 2]; pools--) {
            double *a = mean + pools - 2, *b = mean + pools - 1;
            double both = mass[pools - 2] + mass[pools - 1];
            *a = (*a * mass[pools - 2] + *b * mass[pools - 1]) / both;
            mass[pools - 2] = both;
        }
    }
    for (size_t p = 0; p < pools; p++)
        for (size_t i = from[p]; i < (p + 1 < pools ? from[p + 1] : count); i++)
            value[i] = mean[p];
}

/* ln of the median time, on the curve that falls. */
static double falling_median(const struct har_curve *curve, const struct har_prior_row *row,
                             const struct fading *fading, bool short_track, double day,
                             enum har_question question)
{
    const struct har_prior_row *rows[HAR_PRIOR_ROWS];
    double ln_m[HAR_PRIOR_ROWS], ln_mps[HAR_PRIOR_ROWS], weight[HAR_PRIOR_ROWS];
    if (row->kind == HAR_EVENT_STEEPLECHASE)
        return median_of(curve, row, fading, short_track, day, question);
    size_t count = ground_rows(curve->prior, row->kind == HAR_EVENT_ROAD, rows);
    for (size_t i = 0; i < count; i++) {
        ln_m[i] = log(rows[i]->distance_m);
        ln_mps[i] = (1 + LEAST_FALL) * ln_m[i] -
                    median_of(curve, rows[i], fading, short_track, day, question);
        weight[i] = rows[i]->marks;
    }
    make_fall(ln_mps, weight, count);
    double at = log(row->distance_m);
    return (1 + LEAST_FALL) * at - har_interpolate(ln_m, ln_mps, count, at);
}

/* --- the door ----------------------------------------------------------------------- */

static har_status place_or_fail(const struct har_curve *curve,
                                const struct har_event *event, struct har_prior_row *row,
                                struct har_error *err)
{
    if (find_place(curve->prior, event, row)) return HAR_OK;
    return har_fail(err, HAR_NO_ANSWER, 0,
                    "no prior for %s: the curve is known from 800 m to the marathon",
                    event->code);
}

har_status har_curve_predict(const struct har_curve *curve, const struct har_event *event,
                             int64_t day, enum har_question question,
                             struct har_prediction *out, struct har_error *err)
{
    static const int low[HAR_WITHINS] = {2, 1, 0}, high[HAR_WITHINS] = {3, 4, 5};
    struct har_prior_row row;
    har_status got = place_or_fail(curve, event, &row, err);
    if (got) return got;
    struct fading fading;
    double k[HAR_CURVE_MOST], at = moment_of(curve, (double)day, question);
    bool short_track = event->kind == HAR_EVENT_SHORT_TRACK;
    fade(curve, at, &fading);
    covary(curve, &fading, &row, k);
    double sd = curve->spread * sqrt(variance_of(curve, &row, k));
    double median = falling_median(curve, &row, &fading, short_track, at, question);
    out->asking = asking_of(curve, &row, question);
    out->time_s = exp(median);
    const double *quantile = curve->prior->quantile[out->asking];
    for (int i = 0; i < HAR_WITHINS; i++) {
        out->low_s[i] = exp(median + quantile[low[i]] * sd);
        out->high_s[i] = exp(median + quantile[high[i]] * sd);
    }
    return HAR_OK;
}

double har_curve_pull(const struct har_curve *curve, const struct har_event *event,
                      int64_t day, size_t i)
{
    struct har_prior_row row;
    struct fading fading;
    double k[HAR_CURVE_MOST] = {0}, white[HAR_CURVE_MOST], share = 0, precision = 0;
    if (i >= curve->count || !find_place(curve->prior, event, &row)) return NAN;
    fade(curve, (double)day, &fading);
    covary(curve, &fading, &row, k);
    whiten(curve, k, white);
    for (size_t j = i; j < curve->count; j++) {
        double r = curve->root[j * curve->count + i];
        share += r * white[j];
        precision += r * r;
    }
    return share * curve->gain[i] / precision;
}

double har_curve_narrowed(const struct har_curve *curve, const struct har_event *event,
                          const struct har_event *other, int64_t day)
{
    struct har_prior_row row, more;
    struct fading fading;
    double k[HAR_CURVE_MOST] = {0}, k2[HAR_CURVE_MOST] = {0};
    double white[HAR_CURVE_MOST], white2[HAR_CURVE_MOST];
    if (!find_place(curve->prior, event, &row) || !find_place(curve->prior, other, &more))
        return NAN;
    fade(curve, (double)day, &fading);
    covary(curve, &fading, &row, k);
    covary(curve, &fading, &more, k2);
    whiten(curve, k, white);
    whiten(curve, k2, white2);
    double shared = place_covariance(&row, &more, 1, 1);
    for (size_t i = 0; i < curve->count; i++) shared -= white[i] * white2[i];
    double now = variance_of(curve, &row, k), then = variance_of(curve, &more, k2);
    return sqrt(fmax(now - shared * shared / then, 0) / now);
}
