/* SPDX-License-Identifier: MIT */
/* How long a measure took to come back.
 *
 * Before the race: mean and scatter of 28 days. After it the measure is off by an amount
 * that fades exponentially, plus the same scatter. Size and time are not known, so all of a
 * grid of both are weighed by how well they fit the days that were seen: sizes from none to
 * eight times the scatter (the likelier the smaller: half a normal of three), times from
 * half a day to three weeks, each factor as likely. Each pair says on which day the rest is
 * smaller than half of the scatter, where nobody could see it; the answer is the middle of
 * what they say, the interval what four in five of them say. A few quiet days after a race
 * then mean "within so many days", and few days mean a wide interval. Where the usual lies,
 * and how large the scatter is, is known from few days itself: places of the usual around
 * the mean are tried too, and the scatter is integrated out (Student's distribution).
 *
 * Grid, bounds and the half are our choices. */

#include "harrier/recovery.h"

#include <math.h>
#include <stdlib.h>

enum { SIZES = 33, TIMES = 24, PAIRS = SIZES * TIMES, PLACES = 3 };
#define FURTHEST_PLACE 2.0 /* of its standard error */
enum { COMPARED_DAYS = 28, LEAST_BEFORE = 4, LEAST_AFTER = 3 };
#define LARGEST 8.0 /* of the scatter */
#define LIKELY_SIZE 3.0
#define SHORTEST_DAYS 0.5
#define LONGEST_DAYS 21.0
#define SEEN 0.5 /* of the scatter: less is as usual */
#define LOW_SHARE 0.1
#define HIGH_SHARE 0.9

struct weighed {
    double days, weight;
};

/* What the days after the race are held against. */
struct held {
    const struct har_measured *measured;
    size_t count;
    int64_t race_day, until_day;
    double usual, scatter;
    double sign;          /* 1: tired is higher */
    size_t before, after; /* days */
    double squares;       /* left if nothing was off: the measure of likelihood */
};

static int compare_weighed(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    return (x->days > y->days) - (x->days < y->days);
}

/* Mean and scatter of the days before, kept about the running mean. */
static void find_usual(const struct har_measured *measured, size_t count, int64_t race_day,
                       struct har_recovery *out)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t back = race_day - measured[i].day;
        if (!isfinite(measured[i].value) || back < 1 || back > COMPARED_DAYS) continue;
        double off = measured[i].value - mean;
        mean += off / (double)++out->before;
        squares += off * (measured[i].value - mean);
    }
    out->usual = mean;
    out->usual_spread = out->before > 1 ? sqrt(squares / (double)(out->before - 1)) : NAN;
}

static bool is_after(const struct held *held, const struct har_measured *m)
{
    return isfinite(m->value) && m->day > held->race_day && m->day <= held->until_day &&
           m->day - held->race_day <= COMPARED_DAYS;
}

static size_t count_after(const struct held *held)
{
    size_t after = 0;
    for (size_t i = 0; i < held->count; i++)
        if (is_after(held, &held->measured[i])) after++;
    return after;
}

/* The sum of squares that is left of the days after the race, in units of the scatter;
 * `usual_off` is how far the usual is from where it was taken to be, in the same. */
static double squares_left(const struct held *held, double size, double time_days,
                           double usual_off)
{
    double squares = 0;
    for (size_t i = 0; i < held->count; i++) {
        const struct har_measured *m = &held->measured[i];
        if (!is_after(held, m)) continue;
        double since = (double)(m->day - held->race_day - 1);
        double off = held->sign * (m->value - held->usual) / held->scatter;
        double left = off - usual_off - size * exp(-since / time_days);
        squares += left * left;
    }
    return squares;
}

/* How likely the days after the race are, all places of the usual together. */
static double likelihood(const struct held *held, double size, double time_days)
{
    double n = (double)held->before, degrees = n - 1, sum = 0;
    for (int place = -PLACES; place <= PLACES; place++) {
        double z = place * FURTHEST_PLACE / PLACES;
        double squares = squares_left(held, size, time_days, z / sqrt(n)) + z * z;
        sum += pow((degrees + squares) / (degrees + held->squares),
                   -(degrees + (double)held->after + 1) / 2);
    }
    return sum * exp(-size * size / (2 * LIKELY_SIZE * LIKELY_SIZE));
}

/* Days after the race until the rest cannot be seen; 0 where it never could. */
static double days_until_usual(double size, double time_days)
{
    return size > SEEN ? 1 + time_days * log(size / SEEN) : 0;
}

static void weigh_pairs(const struct held *held, struct weighed *pair)
{
    for (int i = 0; i < PAIRS; i++) {
        double size = LARGEST * (i % SIZES) / (SIZES - 1);
        double time_days = SHORTEST_DAYS * pow(LONGEST_DAYS / SHORTEST_DAYS,
                                               (double)(i / SIZES) / (TIMES - 1));
        pair[i] = (struct weighed){days_until_usual(size, time_days),
                                   likelihood(held, size, time_days)};
    }
    qsort(pair, PAIRS, sizeof *pair, compare_weighed);
}

static double days_at_share(const struct weighed *pair, double share)
{
    double all = 0, sum = 0;
    int i = 0;
    for (int k = 0; k < PAIRS; k++) all += pair[k].weight;
    while (i + 1 < PAIRS && (sum += pair[i].weight) < share * all) i++;
    return pair[i].days;
}

har_status har_recovery_of(const struct har_measured *measured, size_t count,
                           enum har_tired tired, int64_t race_day, int64_t until_day,
                           struct har_recovery *out, struct har_error *err)
{
    *out = (struct har_recovery){.days = NAN, .low_days = NAN, .high_days = NAN};
    find_usual(measured, count, race_day, out);
    struct held held = {
        .measured = measured,
        .count = count,
        .race_day = race_day,
        .until_day = until_day,
        .usual = out->usual,
        .sign = tired == HAR_TIRED_HIGHER ? 1 : -1,
        .scatter = out->usual_spread,
        .before = out->before,
    };
    out->after = held.after = count_after(&held);
    if (out->before < LEAST_BEFORE || out->after < LEAST_AFTER || !(out->usual_spread > 0))
        return har_fail(
            err, HAR_NO_ANSWER, 0,
            "%d different values in the four weeks before the race and %d after "
            "it are needed; there are %zu and %zu",
            LEAST_BEFORE, LEAST_AFTER, out->before, out->after);
    struct weighed pair[PAIRS];
    held.squares = squares_left(&held, 0, 1, 0);
    weigh_pairs(&held, pair);
    out->days = days_at_share(pair, 0.5);
    out->low_days = days_at_share(pair, LOW_SHARE);
    out->high_days = days_at_share(pair, HIGH_SHARE);
    return HAR_OK;
}

struct har_sooner har_recovery_sooner(const struct har_recovery *now,
                                      const struct har_recovery *then)
{
    double sooner = then->days - now->days;
    /* Each interval leans to later days: its own side is taken for either end. */
    double less = hypot(then->days - then->low_days, now->high_days - now->days);
    double more = hypot(then->high_days - then->days, now->days - now->low_days);
    return (struct har_sooner){sooner, sooner - less, sooner + more};
}
