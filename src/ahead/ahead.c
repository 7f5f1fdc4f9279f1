/* SPDX-License-Identifier: MIT */
/* What a planned season expects, and what came of it.
 *
 * What a race is expected to take is the runner's curve on that day, moved by what the
 * response says of the planned load and by what the camps are expected to leave, each with
 * its own spread: the squares of the half-widths of their logarithms add up. A race on a
 * day of a camp is taken to be run at the camp's height, by Bassett's loss of aerobic power
 * (see effort's altitude.c) as far as the runner is at home there by then; that somebody
 * just come and somebody at home lie where 80 % of runners do is our choice.
 *
 * A benchmark is a race of the calendar and an official result of its day and event, the
 * mark put into standard conditions: beside a race up there it is laid with the height
 * taken out of the prediction too, if the result tells its height. */

#include "harrier/ahead.h"

#include "harrier/convert.h"
#include "harrier/num.h"

#include <math.h>

enum { WEEK_DAYS = 7 };
#define SAME_DISTANCE 1e-6

static har_status ahead_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the season ahead");
}

/* Moves the median by a gain in speed, and widens by what is uncertain of it. */
static void move_prediction(struct har_prediction *p, double ln_gain, double spread)
{
    static const double z[HAR_WITHINS] = {0.6745, HAR_SDS_OF_80, 1.9600};
    double median = p->time_s * exp(-ln_gain);
    for (int w = 0; w < HAR_WITHINS; w++) {
        double low = log(p->time_s / p->low_s[w]), high = log(p->high_s[w] / p->time_s);
        p->low_s[w] = median * exp(-hypot(low, z[w] * spread));
        p->high_s[w] = median * exp(hypot(high, z[w] * spread));
    }
    p->time_s = median;
}

/* The mark of that day's height; where no conversion reaches it, it stays as it is. */
static void expect_up_there(struct har_expected_race *to, struct har_arena *arena)
{
    const struct har_event *event = &to->race->target->event;
    struct har_conditions up_there = har_conditions_untold();
    struct har_conversion worth;
    double standard_s = to->prediction.time_s, mark_s;
    up_there.altitude_m = to->race->camp->altitude_m;
    if (har_convert_to(event, standard_s, &up_there, arena, &mark_s, NULL) != HAR_OK ||
        har_convert(event, mark_s, &up_there, arena, &worth, NULL) != HAR_OK)
        return;
    to->high_m = up_there.altitude_m;
    to->high_factor = mark_s / standard_s;
    move_prediction(&to->prediction, -log(to->high_factor),
                    har_ln_sd_of_80(worth.standard_low_s, worth.standard_high_s));
}

static void expect(struct har_expected_race *to, const struct har_curve *curve,
                   struct har_arena *arena)
{
    const struct har_season_race *race = to->race;
    const struct har_target *target = race->target;
    to->high_m = NAN;
    to->high_factor = 1;
    to->predicted =
        curve && har_curve_predict(curve, &target->event, target->day, HAR_ASK_RACE,
                                   &to->prediction, NULL) == HAR_OK;
    if (!to->predicted) return;
    double height = log1p(race->altitude_pct / 100);
    double height_sd =
        (race->altitude_high_pct - race->altitude_low_pct) / (200 * HAR_SDS_OF_80);
    bool known = !isnan(race->ln_gain),
         up_there = race->camp && race->camp->to_day >= target->day;
    move_prediction(&to->prediction, (up_there ? 0 : height) + (known ? race->ln_gain : 0),
                    hypot(up_there ? 0 : height_sd, known ? race->ln_spread : 0));
    if (up_there) expect_up_there(to, arena);
}

har_status har_expect_races(struct har_season_ahead *ahead, const struct har_curve *curve,
                            struct har_arena *arena, struct har_error *err)
{
    const struct har_season_plan *plan = &ahead->plan;
    struct har_expected_race *races =
        HAR_NEW(arena, struct har_expected_race, plan->race_count);
    if (!races) return ahead_full(err);
    for (size_t i = 0; i < plan->race_count; i++) {
        races[i].race = plan->races + i;
        expect(races + i, curve, arena);
    }
    ahead->races = races;
    ahead->race_count = plan->race_count;
    return HAR_OK;
}

har_status har_season_done(struct har_season_ahead *ahead, const struct har_form *form,
                           int64_t seen_day, struct har_arena *arena, struct har_error *err)
{
    const struct har_season_plan *plan = &ahead->plan;
    struct har_week_done *done = HAR_NEW(arena, struct har_week_done, plan->week_count);
    if (!done) return ahead_full(err);
    for (size_t w = 0; w < plan->week_count; w++) {
        int64_t monday = plan->weeks[w].monday;
        int64_t first = monday < ahead->from_day ? ahead->from_day : monday;
        int64_t end = monday + WEEK_DAYS < seen_day ? monday + WEEK_DAYS : seen_day;
        done[w] = (struct har_week_done){.load = NAN};
        if (end > first) done[w].days = (unsigned)(end - first);
    }
    for (size_t i = 0; i < form->day_count; i++) {
        const struct har_form_day *day = form->days + i;
        int64_t week = (day->day - plan->monday) / WEEK_DAYS;
        if (day->day < ahead->from_day || day->day >= seen_day ||
            week >= (int64_t)plan->week_count)
            continue;
        done[week].sessions += day->sessions;
        if (!isnan(day->load)) done[week].load = fmax(done[week].load, 0) + day->load;
    }
    ahead->done = done;
    ahead->seen_day = seen_day;
    return HAR_OK;
}

static bool is_of(const struct har_race *run, const struct har_season_race *race)
{
    const struct har_target *target = race->target;
    return run->result.day == target->day &&
           fabs(run->result.event.distance_m / target->event.distance_m - 1) <
               SAME_DISTANCE;
}

static struct har_benchmark lay_beside(const struct har_expected_race *to,
                                       const struct har_race *run, double standard_s)
{
    bool taken_out = !isnan(run->result.altitude_m);
    double factor = taken_out ? to->high_factor : 1;
    const struct har_prediction *p = &to->prediction;
    return (struct har_benchmark){
        .expected = to,
        .run = run,
        .standard_s = standard_s,
        .slower_pct = 100 * (standard_s * factor / p->time_s - 1),
        .within = standard_s * factor >= p->low_s[HAR_WITHIN_80] &&
                  standard_s * factor <= p->high_s[HAR_WITHIN_80],
    };
}

har_status har_season_raced(struct har_season_ahead *ahead, const struct har_race *run,
                            size_t count, enum har_sex sex, struct har_arena *arena,
                            struct har_error *err)
{
    size_t races = ahead->race_count, most = count < races ? races : count;
    struct har_benchmark *found = HAR_NEW(arena, struct har_benchmark, most);
    bool *taken = HAR_NEW(arena, bool, races);
    if (!found || !taken) return ahead_full(err);
    ahead->benchmark_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < races; r++) {
            const struct har_expected_race *to = ahead->races + r;
            struct har_evidence mark;
            if (taken[r] || !is_of(run + i, to->race) || !to->predicted ||
                har_evidence_of(&run[i].result, sex, &mark, NULL) != HAR_OK)
                continue;
            taken[r] = true;
            found[ahead->benchmark_count++] = lay_beside(to, run + i, mark.time_s);
        }
    ahead->benchmarks = found;
    return HAR_OK;
}
