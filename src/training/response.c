/* SPDX-License-Identifier: MIT */
/* Whether load moves this runner's marks.
 *
 * A mark is a race, or an effort of training that was hard: of all efforts of its day the
 * one that is worth most, if no mark of the 13 weeks before or after is worth over 3 % more
 * (what else the runner did in training says nothing of what was possible). An effort's
 * spread is 2 % beside the day's luck. The 3 and the 2 are our choice. What is expected on
 * a day is told beside the marks of the half year before it, as the trial tells it. */

#include "response.h"

#include "rated.h"

#include "harrier/num.h"

#include <math.h>

#define AROUND_DAYS 91
#define HARD 0.03
#define EFFORT_SPREAD 0.02
#define USUAL_BACK_DAYS 180

static har_status response_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the response to load");
}

static bool is_hard(const struct har_history *history, const double *worth, size_t which)
{
    const struct har_evidence *mark = history->evidence;
    for (size_t i = 0; i < history->count; i++) {
        int64_t apart = mark[i].day - mark[which].day;
        if (apart < -AROUND_DAYS || apart > AROUND_DAYS) continue;
        if (worth[i] > worth[which] + HARD) return false;
        /* One a day: the best, the first of those as good; a race goes before. */
        if (apart != 0 || i == which) continue;
        if (mark[i].kind == HAR_EVIDENCE_RACE || worth[i] > worth[which] ||
            (i < which && worth[i] == worth[which]))
            return false;
    }
    return true;
}

static size_t gather(const struct har_history *history, const double *worth,
                     int64_t from_day, struct har_shown_form *shown,
                     struct har_learnt_response *out)
{
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++) {
        const struct har_evidence *mark = history->evidence + i;
        bool race = mark->kind == HAR_EVIDENCE_RACE;
        if (isnan(worth[i]) || mark->day < from_day) continue;
        if (!race && !is_hard(history, worth, i)) continue;
        shown[count++] = (struct har_shown_form){
            mark->day, worth[i], race ? mark->blur : hypot(mark->blur, EFFORT_SPREAD)};
        *(race ? &out->races : &out->efforts) += 1;
    }
    return count;
}

/* The marks of the half year before `day`; the last one where it has none. */
static double usual_before(const struct har_shown_form *shown, size_t count, int64_t day)
{
    double sum = 0, within = 0;
    for (size_t i = count; i-- > 0 && shown[i].day >= day - USUAL_BACK_DAYS;) {
        if (shown[i].day >= day) continue;
        sum += shown[i].ln_speed;
        within++;
    }
    return within > 0 ? sum / within : shown[count - 1].ln_speed;
}

static har_status fit_shown(const struct har_load_days *days,
                            const struct har_shown_form *shown, size_t count,
                            int64_t on_day, struct har_arena *arena,
                            struct har_learnt_response *out, struct har_error *err)
{
    struct har_response *fit = HAR_NEW(arena, struct har_response, 1);
    double spread;
    if (!fit) return response_full(err);
    har_status got = har_response_fit(days, shown, count, arena, fit, err);
    if (got) return got;
    double more = har_response_on(fit, days, on_day, &spread);
    more -= usual_before(shown, count, on_day);
    out->response = fit;
    out->expected_pct = 100 * expm1(more);
    out->low_pct = 100 * expm1(more - HAR_SDS_OF_80 * spread);
    out->high_pct = 100 * expm1(more + HAR_SDS_OF_80 * spread);
    return HAR_OK;
}

har_status har_learn_response(const struct har_history *history,
                              const struct har_form *form, int64_t on_day,
                              struct har_arena *arena, struct har_learnt_response *out,
                              struct har_error *err)
{
    double *worth = HAR_NEW(arena, double, history->count);
    double *load = HAR_NEW(arena, double, form->day_count);
    struct har_shown_form *shown = HAR_NEW(arena, struct har_shown_form, history->count);
    *out = (struct har_learnt_response){
        .on_day = on_day, .expected_pct = NAN, .low_pct = NAN, .high_pct = NAN};
    if (!worth || !load || !shown) return response_full(err);
    for (size_t i = 0; i < form->day_count; i++) load[i] = form->days[i].load;
    struct har_load_days days = {form->days[0].day, form->day_count, load};
    har_status got = har_rate_marks(history, arena, worth, err);
    if (got) return got;
    size_t count = gather(history, worth, days.from_day, shown, out);
    got = har_response_try(&days, shown, count, arena, &out->trial, err);
    if (got) return got == HAR_NO_ANSWER ? HAR_OK : got;
    if (!out->trial.worth_showing) return HAR_OK;
    return fit_shown(&days, shown, count, on_day, arena, out, err);
}
