/* SPDX-License-Identifier: MIT */
/* One morning's pulse is a night's sleep, a cold or a glass of wine; the median of weeks is
 * the runner. The four weeks and the five mornings are our choice. */

#include "mornings.h"

#include "harrier/num.h"

#include <math.h>

enum { REST_DAYS = 28, LEAST_RESTS = 5 };

/* The first row of that day or later. */
static size_t first_from(const struct har_wellness_row *rows, size_t count, int64_t day)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].day < day) low = middle + 1;
        else high = middle;
    }
    return low;
}

double har_felt_on(const struct har_wellness_row *rows, size_t count, int64_t day)
{
    size_t at = first_from(rows, count, day);
    return at < count && rows[at].day == day ? rows[at].rpe : (double)NAN;
}

double har_rest_bpm_on(const struct har_wellness_row *rows, size_t count, int64_t day)
{
    double rest_bpm[REST_DAYS];
    size_t known = 0;
    for (size_t i = first_from(rows, count, day - REST_DAYS + 1);
         i < count && rows[i].day <= day && known < REST_DAYS; i++)
        if (!isnan(rows[i].rest_bpm)) rest_bpm[known++] = rows[i].rest_bpm;
    return known < LEAST_RESTS ? (double)NAN : har_quantile(rest_bpm, known, 0.5);
}
