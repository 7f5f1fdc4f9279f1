/* SPDX-License-Identifier: MIT */
/* How long a measure took to come back.
 *
 * Before the race: mean and scatter of 28 days. After it the measure is off by an amount
 * that goes back, plus the same scatter: it fades from the first day on (exponentially), or
 * stays for some days before it falls, more or less steeply (the same with the time raised
 * to a power). Size, time and power are not known, so all of a grid of them are weighed by
 * how well they fit the days that were seen: sizes from none to eight times the scatter
 * (the likelier the smaller: half a normal of three), times from half a day to three weeks,
 * each factor as likely; that it fades at once is three times as likely as each of two
 * other powers. Each way back says on which day the rest is
 * smaller than half of the scatter, where nobody could see it; the answer is the middle of
 * what they say, the interval what four in five of them say. A few quiet days after a race
 * then mean "within so many days", and few days mean a wide interval. Where the usual lies,
 * and how large the scatter is, is known from few days itself: places of the usual around
 * the mean are tried too, and the scatter is integrated out (Student's distribution).
 *
 * Grid, bounds and the half are our choices. */

#include "compared.h"

#include "harrier/recovery.h"

#include <math.h>
#include <stdlib.h>

enum { SIZES = 33, TIMES = 24, SHAPES = 3, WAYS = SIZES * TIMES * SHAPES, PLACES = 3 };
static const struct {
    double power, weight;
} shapes[SHAPES] = {{1, 0.6}, {2, 0.2}, {8, 0.2}};
#define FURTHEST_PLACE 2.0 /* of its standard error */
#define LARGEST 8.0        /* of the scatter */
#define LIKELY_SIZE 3.0
#define SHORTEST_DAYS 0.5
#define LONGEST_DAYS 21.0
#define SEEN 0.5 /* of the scatter: less is as usual */
#define LOW_SHARE 0.1
#define HIGH_SHARE 0.9

/* What is left of the race on each day after it is `size` times `rest`, which is
 * e^-(days/time)^power from the first of them on. */
struct way_back {
    double size, time_days, power, weight;
    double rest[COMPARED_DAYS];
};

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

/* What the days after the race are off by beyond `way`, in units of the scatter: their sum
 * and that of their squares. */
struct left_over {
    double sum, squares;
};

static struct left_over left_after(const struct held *held, const struct way_back *way)
{
    struct left_over all = {0, 0};
    for (size_t i = 0; i < held->count; i++) {
        const struct har_measured *m = &held->measured[i];
        if (!is_after(held, m)) continue;
        double off = held->sign * (m->value - held->usual) / held->scatter;
        double left = off - way->size * way->rest[m->day - held->race_day - 1];
        all.sum += left;
        all.squares += left * left;
    }
    return all;
}

/* How likely the days after the race are, all places of the usual together. */
static double likelihood(const struct held *held, const struct way_back *way)
{
    struct left_over left = left_after(held, way);
    double n = (double)held->before, degrees = n - 1, after = (double)held->after, sum = 0;
    for (int place = -PLACES; place <= PLACES; place++) {
        double z = place * FURTHEST_PLACE / PLACES, usual_off = z / sqrt(n);
        double squares =
            left.squares - 2 * usual_off * left.sum + after * usual_off * usual_off + z * z;
        sum += pow((degrees + squares) / (degrees + held->squares),
                   -(degrees + after + 1) / 2);
    }
    return way->weight * sum *
           exp(-way->size * way->size / (2 * LIKELY_SIZE * LIKELY_SIZE));
}

/* Days after the race until the rest cannot be seen; 0 where it never could. */
static double days_until_usual(const struct way_back *way)
{
    if (way->size <= SEEN) return 0;
    return 1 + way->time_days * pow(log(way->size / SEEN), 1 / way->power);
}

static struct way_back way_of(int time, int shape)
{
    struct way_back way = {.power = shapes[shape].power, .weight = shapes[shape].weight};
    way.time_days =
        SHORTEST_DAYS * pow(LONGEST_DAYS / SHORTEST_DAYS, (double)time / (TIMES - 1));
    for (int day = 0; day < COMPARED_DAYS; day++)
        way.rest[day] = exp(-pow(day / way.time_days, way.power));
    return way;
}

static void weigh_ways(const struct held *held, struct weighed *weighed)
{
    for (int i = 0; i < TIMES * SHAPES; i++) {
        struct way_back way = way_of(i % TIMES, i / TIMES);
        for (int size = 0; size < SIZES; size++, weighed++) {
            way.size = LARGEST * size / (SIZES - 1);
            *weighed = (struct weighed){days_until_usual(&way), likelihood(held, &way)};
        }
    }
}

static double days_at_share(const struct weighed *weighed, double share)
{
    double all = 0, sum = 0;
    int i = 0;
    for (int k = 0; k < WAYS; k++) all += weighed[k].weight;
    while (i + 1 < WAYS && (sum += weighed[i].weight) < share * all) i++;
    return weighed[i].days;
}

har_status har_recovery_of(const struct har_measured *measured, size_t count,
                           enum har_tired tired, double least_spread, int64_t race_day,
                           int64_t until_day, struct har_recovery *out,
                           struct har_error *err)
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
        .scatter = fmax(out->usual_spread, least_spread),
        .before = out->before,
    };
    out->after = held.after = count_after(&held);
    if (out->before < LEAST_BEFORE || out->after < LEAST_AFTER || !(out->usual_spread > 0))
        return har_fail(
            err, HAR_NO_ANSWER, 0,
            "%d different values in the four weeks before the race and %d after "
            "it are needed; there are %zu and %zu",
            LEAST_BEFORE, LEAST_AFTER, out->before, out->after);
    struct weighed weighed[WAYS];
    held.squares = left_after(&held, &(struct way_back){0}).squares;
    weigh_ways(&held, weighed);
    qsort(weighed, WAYS, sizeof *weighed, compare_weighed);
    out->days = days_at_share(weighed, 0.5);
    out->low_days = days_at_share(weighed, LOW_SHARE);
    out->high_days = days_at_share(weighed, HIGH_SHARE);
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
