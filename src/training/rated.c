/* SPDX-License-Identifier: MIT */
/* One curve for all days: form, which it does not follow day by day, is what remains. */

#include "rated.h"

#include <math.h>

har_status har_rate_marks(const struct har_history *history, struct har_arena *arena,
                          double *worth, struct har_error *err)
{
    struct har_curve curve;
    struct har_prediction p;
    for (size_t i = 0; i < history->count; i++) worth[i] = NAN;
    if (history->count == 0) return HAR_OK;
    int64_t day = history->evidence[history->count - 1].day + 1;
    har_status got = har_curve_fit(NULL, history->sex, history->evidence, history->count,
                                   day, arena, &curve, err);
    if (got) return got == HAR_NO_ANSWER || got == HAR_OUT_OF_RANGE ? HAR_OK : got;
    for (size_t i = 0; i < history->count; i++) {
        const struct har_evidence *mark = &history->evidence[i];
        if (har_curve_predict(&curve, &mark->event, day, HAR_ASK_RACE, &p, NULL) == HAR_OK)
            worth[i] = log(p.time_s / mark->time_s);
    }
    return HAR_OK;
}
