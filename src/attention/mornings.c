/* SPDX-License-Identifier: MIT */
/* How the body answers in the morning.
 *
 * One night says little, a week's mean beside the runner's own range of two months says
 * more: that is how practice reads these numbers since D. J. Plews et al. (Eur. J. Appl.
 * Physiol. 112 (2012) 3729, recalled, not read again), who take half a standard deviation
 * for the smallest change that matters. We take a whole one, so that of a squad few stand
 * out, and for the heart two beats at least. The variability goes by its logarithm. A week
 * needs three mornings, the range fourteen. Only the direction of trouble is a concern. */

#include "concerns.h"

#include <math.h>

enum { WEEK_MORNINGS = 7, RANGE_DAYS = 60, LEAST_IN_WEEK = 3, LEAST_IN_RANGE = 14 };
#define LEAST_BEATS 2.0

struct usual {
    size_t count;
    double mean, sd;
};

static struct usual usual_of(const struct har_watched *w, int64_t from, int64_t to,
                             double (*of)(const struct har_wellness_row *row))
{
    double sum = 0, squares = 0;
    struct usual u = {0};
    for (size_t i = 0; i < w->morning_count; i++) {
        double value = of(w->mornings + i);
        if (w->mornings[i].day < from || w->mornings[i].day > to || isnan(value)) continue;
        u.count++;
        sum += value;
    }
    u.mean = sum / (double)u.count;
    for (size_t i = 0; i < w->morning_count; i++) {
        double value = of(w->mornings + i);
        if (w->mornings[i].day < from || w->mornings[i].day > to || isnan(value)) continue;
        squares += (value - u.mean) * (value - u.mean);
    }
    u.sd = u.count > 1 ? sqrt(squares / (double)(u.count - 1)) : (double)NAN;
    return u;
}

/* The week up to today and the range before it; false where too little is known. */
static bool compare(const struct har_watched *w,
                    double (*of)(const struct har_wellness_row *row), struct usual *week,
                    struct usual *range)
{
    int64_t from = w->today - WEEK_MORNINGS + 1;
    *week = usual_of(w, from, w->today, of);
    *range = usual_of(w, from - RANGE_DAYS, from - 1, of);
    return week->count >= LEAST_IN_WEEK && range->count >= LEAST_IN_RANGE;
}

static double rest_of(const struct har_wellness_row *row)
{
    return row->rest_bpm;
}

static double ln_hrv_of(const struct har_wellness_row *row)
{
    return log(row->hrv_ms);
}

bool concern_rest(const struct har_watched *w, struct har_text *because)
{
    struct usual week, range;
    if (!compare(w, rest_of, &week, &range)) return false;
    if (!(week.mean - range.mean > fmax(range.sd, LEAST_BEATS))) return false;
    har_text_add(because, "resting heart rate ");
    har_text_fixed(because, week.mean, 0);
    har_text_add(because, " this week, usually ");
    har_text_fixed(because, range.mean - range.sd, 0);
    har_text_add(because, " to ");
    har_text_fixed(because, range.mean + range.sd, 0);
    return true;
}

bool concern_hrv(const struct har_watched *w, struct har_text *because)
{
    struct usual week, range;
    if (!compare(w, ln_hrv_of, &week, &range)) return false;
    if (!(week.mean < range.mean - range.sd)) return false;
    har_text_add(because, "HRV ");
    har_text_fixed(because, exp(week.mean), 0);
    har_text_add(because, " ms this week, usually ");
    har_text_fixed(because, exp(range.mean - range.sd), 0);
    har_text_add(because, " to ");
    har_text_fixed(because, exp(range.mean + range.sd), 0);
    return true;
}
