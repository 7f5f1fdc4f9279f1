/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SEASONS_H
#define TESTS_SEASONS_H

/* Runners whose response is known, and three plans that anybody could have written: go on
 * as now, three weeks up and one down with a taper, last year's again. All are lived by the
 * truth, and so is what har_plan_season() makes of the same runner. */

#include "harrier/num.h"
#include "harrier/season.h"
#include "harrier/simulate.h"

#include <math.h>

enum { SEASONS_BEFORE = 540, SEASONS_FROM = 20000, SEASONS_MOST = 300, SEASONS_YEAR = 364 };
enum seasons_rival { SEASONS_STEADY, SEASONS_CLASSIC, SEASONS_AGAIN, SEASONS_RIVALS };

struct seasons_runner {
    struct har_truth truth;
    double load[SEASONS_BEFORE + SEASONS_MOST]; /* from SEASONS_FROM - SEASONS_BEFORE */
    int64_t race_day;
};

/* A year and a half of training in blocks of four weeks, some harder than others. */
static void seasons_train(struct seasons_runner *r, uint64_t seed)
{
    static const double week[] = {0.4, 1.3, 0.8, 1.3, 0.4, 0.9, 1.9};
    struct har_random random = har_random_of(seed * 31 + 7);
    double level = 40 + 50 * har_random_uniform(&random), block = 1;
    *r = (struct seasons_runner){.truth = har_truth_of(seed + 2)};
    for (int i = 0; i < SEASONS_BEFORE; i++) {
        if (i % 28 == 0) block = 0.65 + 0.5 * har_random_uniform(&random);
        double ease = i % 28 >= 21 ? 0.7 : 1;
        r->load[i] = fmax(0, level * block * ease * week[i % 7] *
                                 (1 + 0.25 * har_random_normal(&random)));
    }
    r->race_day = SEASONS_FROM + 84 + (int64_t)(168 * har_random_uniform(&random));
}

static struct har_response seasons_response(const struct har_truth *t)
{
    return (struct har_response){
        .fitness_gain = 100 * t->fitness_gain / (1 - exp(-1 / t->fitness_days)),
        .fatigue_gain = 100 * t->fatigue_gain / (1 - exp(-1 / t->fatigue_days)),
        .fitness_days = t->fitness_days,
        .fatigue_days = t->fatigue_days,
        .before = 60,
    };
}

/* ln speed on the race day by the truth, in the sums of Banister, not in means. */
static double seasons_lived(const struct seasons_runner *r)
{
    const struct har_truth *t = &r->truth;
    double fitness = 0, fatigue = 0;
    int64_t end = r->race_day - SEASONS_FROM + SEASONS_BEFORE;
    for (int64_t i = 0; i < end; i++) {
        fitness = (fitness + r->load[i]) * exp(-1 / t->fitness_days);
        fatigue = (fatigue + r->load[i]) * exp(-1 / t->fatigue_days);
    }
    return t->fitness_gain * fitness - t->fatigue_gain * fatigue;
}

static double seasons_present(const struct seasons_runner *r)
{
    double sum = 0;
    for (int i = SEASONS_BEFORE - 28; i < SEASONS_BEFORE; i++) sum += r->load[i] / 28;
    return sum;
}

/* What a rival would do on a day of the season. Four weeks of the block stay under `most` a
 * week, where there is such a bound. */
static double seasons_rival(const struct seasons_runner *r, enum seasons_rival rival,
                            int64_t day, double most)
{
    static const double week[] = {0.06, 0.17, 0.12, 0.18, 0.07, 0.13, 0.27};
    int64_t at = day - SEASONS_FROM, left = r->race_day - day;
    double usual = 7 * seasons_present(r) * week[har_weekday_of(day)];
    if (rival == SEASONS_AGAIN) return r->load[at + SEASONS_BEFORE - SEASONS_YEAR];
    if (rival == SEASONS_STEADY) return usual;
    double block = fmin(1 + 0.1 * (double)(at / 28), 1.3), up[] = {1, 1.05, 1.1, 0.7};
    block = fmin(block, most / (7 * seasons_present(r) * 0.9625)); /* the mean of `up` */
    return usual * block * up[at / 7 % 4] * (left <= 14 ? 0.5 : 1);
}

/* Gains over the best of the rivals, in ln speed: what the planned season is worth. False
 * where nothing was planned. `rules` hides the response from the plan;
 * a rival that is not `bounded` may load more than the runner is known to carry. */
static bool seasons_gain(uint64_t seed, bool rules, bool bounded, struct har_arena *arena,
                         double *gain)
{
    static struct seasons_runner r;
    struct har_season_plan plan;
    struct har_target target = {.importance = HAR_IMPORTANCE_A, .load = NAN};
    double best = -INFINITY;
    seasons_train(&r, seed);
    struct har_response response = seasons_response(&r.truth);
    if (har_parse_event(har_bytes_of("10K"), &target.event, NULL) != HAR_OK) return false;
    target.day = r.race_day;
    struct har_season_problem problem = {
        .from_day = SEASONS_FROM,
        .target_count = 1,
        .targets = &target,
        .done = {SEASONS_FROM - SEASONS_BEFORE, SEASONS_BEFORE, r.load},
        .metres_per_load = NAN,
        .longest_m = NAN,
        .response = rules ? NULL : &response,
    };
    if (har_plan_season(&problem, NULL, arena, &plan, NULL) != HAR_OK) return false;
    double most = bounded ? plan.evidence.most_week_load : (double)INFINITY;
    for (int rival = 0; rival < SEASONS_RIVALS; rival++) {
        for (int64_t day = SEASONS_FROM; day < r.race_day; day++)
            r.load[day - SEASONS_FROM + SEASONS_BEFORE] =
                seasons_rival(&r, (enum seasons_rival)rival, day, most);
        best = fmax(best, seasons_lived(&r));
    }
    for (int64_t day = SEASONS_FROM; day < r.race_day; day++)
        r.load[day - SEASONS_FROM + SEASONS_BEFORE] = plan.day_load[day - plan.monday];
    *gain = seasons_lived(&r) - best;
    return true;
}

#endif
