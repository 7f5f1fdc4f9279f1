/* SPDX-License-Identifier: MIT */
/* How much each week takes, and what that leads to.
 *
 * A week has a level, the load that it would have were it full; what it is for makes a
 * share of that. Levels stand on a ladder whose rungs are a quarter of the safe growth
 * apart, and a loading week moves at most four rungs; easy weeks, tapers and rests keep the
 * level. Over all such ladders dynamic programming finds the best one exactly.
 *
 * Best under a response: Banister's performance is linear in the daily loads, so each day
 * has one number for what its load is worth on the target days (benchmarks count a tenth).
 * To such a response more load, early enough, is always better: what bounds it is the safe
 * growth and the ceiling, not the response. (T. Busso, Med. Sci. Sports Exerc. 35 (2003)
 * 1188, has a form with an optimum of its own; few runners have the marks to fit it.) Each
 * day of a taper is cut by the least or by the most that the taper may be, as its number's
 * sign has it.
 *
 * Best by rules: as near as can be to 85 % of the ceiling in the base, all of it in the
 * build, 95 % of it before the race; the first half of the taper is cut by the least, the
 * second by the most. These shares are our choice.
 *
 * The long run is at most 30 % of its week, a tenth more than any of the month before, and
 * 20 km before a race up to 12 km, 25 up to 25, 35 beyond, or what the runner is used to.
 * The tenth is where Frandsen's injuries began to rise; the others are our choice.
 *
 * Altitude: half a percent of speed for each percent of haemoglobin that a stay is expected
 * to leave, with the spread of `camp`: that oxygen uptake follows haemoglobin at 0.6 to 0.7
 * (W. Schmidt and N. Prommer, 2010, as recalled, not verified), and speed a little less,
 * is our choice; the interval holds 0. */

#include "shape.h"

#include "harrier/form.h"

#include <math.h>
#include <string.h>

enum { RUNGS_A_WEEK = 4, RUNGS_BELOW = 40, RUNGS_MOST = 200, USUAL_DAYS = 180 };
enum { WINDOW_DAYS = 42, DAYS_OF_MONTH = 30, MOST_TAPER = 28, HALF = 2, MOST_OFF = 366 };
#define HUNDRED 100.0
#define B_WEIGHT 0.1
#define LONG_SHARE 0.30
#define LONG_GROWTH 1.10
#define SPEED_PER_BLOOD 0.5

static const double rule_level[HAR_PHASES] = {
    [HAR_PHASE_BASE] = 0.85,  [HAR_PHASE_BUILD] = 1,       [HAR_PHASE_SPECIFIC] = 0.95,
    [HAR_PHASE_TAPER] = 0.95, [HAR_PHASE_RECOVERY] = 0.95,
};

static har_status season_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the season");
}

/* --- what a day is worth ---------------------------------------------------------------
 */

/* What 1 of load on a day adds to the ln speed of a target `after` days later. */
static double worth_after(const struct har_response *r, int64_t after)
{
    double slow = har_fade_weight(HAR_FADE_EXPONENTIAL, r->fitness_days),
           fast = har_fade_weight(HAR_FADE_EXPONENTIAL, r->fatigue_days);
    if (after < 1) return 0;
    double n = (double)(after - 1);
    return (r->fitness_gain * slow * pow(1 - slow, n) -
            r->fatigue_gain * fast * pow(1 - fast, n)) /
           HUNDRED;
}

/* On all target days, by their weight. */
static double worth_of(const struct har_season_problem *p, int64_t day)
{
    double sum = 0;
    for (size_t i = 0; i < p->target_count; i++) {
        const struct har_target *t = p->targets + i;
        if (t->importance == HAR_IMPORTANCE_C) continue;
        double weight = t->importance == HAR_IMPORTANCE_A ? 1 : B_WEIGHT;
        sum += weight * worth_after(p->response, t->day - day);
    }
    return sum;
}

static int64_t days_to_taper_end(const struct season_shape *s, size_t at)
{
    size_t end = at;
    while (end < s->weeks * A_WEEK && s->taper[end]) end++;
    return (int64_t)(end - at);
}

/* Takes the taper out of the shares of its days. */
static void cut_tapers(struct season_shape *s)
{
    const struct har_season_settings *set = s->settings;
    for (size_t i = 0; i < s->weeks * A_WEEK; i++) {
        if (!s->taper[i]) continue;
        bool late = s->problem->response
                        ? worth_of(s->problem, s->monday + (int64_t)i) < 0
                        : days_to_taper_end(s, i) <= set->taper_days / HALF;
        s->share[i] *= 1 - (late ? set->taper_most : set->taper_least);
    }
}

/* --- the ladder ------------------------------------------------------------------------
 */

struct ladder {
    const struct season_shape *shape;
    double rung; /* ln of the load from one to the next */
    double present, ceiling;
    size_t rungs;
    double *value;     /* of the weeks so far, by rung */
    double *next;      /* of one more */
    uint8_t *from;     /* by week and rung: the rung before */
    double *week_gain; /* of 1 of level in a week, under a response */
};

static double load_at(const struct ladder *l, size_t rung)
{
    return l->present * exp(((double)rung - RUNGS_BELOW) * l->rung);
}

static bool is_loading(const struct season_shape *s, size_t week)
{
    return !s->easy[week] && s->phase[week] != HAR_PHASE_TAPER &&
           s->phase[week] != HAR_PHASE_RECOVERY;
}

static double gain_of(const struct ladder *l, size_t week, size_t rung)
{
    double load = load_at(l, rung);
    if (l->shape->problem->response) return l->week_gain[week] * load;
    double goal = rule_level[l->shape->phase[week]] * l->ceiling;
    return is_loading(l->shape, week) ? -fabs(load - goal) : 0;
}

static har_status make_ladder(const struct season_shape *s,
                              const struct har_season_evidence *ev, struct har_arena *arena,
                              struct ladder *out, struct har_error *err)
{
    double rung = log(ev->week_growth) / RUNGS_A_WEEK;
    double most = season_most_level(ev);
    double above = floor(log(most / ev->present_load) / rung);
    above = fmin(fmax(above, -RUNGS_BELOW), RUNGS_MOST);
    size_t rungs = (size_t)(RUNGS_BELOW + 1 + above);
    *out = (struct ladder){
        .shape = s,
        .rung = rung,
        .present = ev->present_load,
        .ceiling = most,
        .rungs = rungs,
        .value = HAR_NEW(arena, double, rungs),
        .next = HAR_NEW(arena, double, rungs),
        .from = HAR_NEW(arena, uint8_t, rungs * s->weeks),
        .week_gain = HAR_NEW(arena, double, s->weeks),
    };
    if (!out->value || !out->next || !out->from || !out->week_gain) return season_full(err);
    for (size_t i = 0; i < s->weeks * A_WEEK && s->problem->response; i++)
        out->week_gain[i / A_WEEK] +=
            s->share[i] * worth_of(s->problem, s->monday + (int64_t)i);
    return HAR_OK;
}

/* One week more, from each rung to those within its reach; the lowest of equals. */
static void climb_week(struct ladder *l, size_t week)
{
    size_t reach = is_loading(l->shape, week) ? RUNGS_A_WEEK : 0;
    for (size_t to = 0; to < l->rungs; to++) {
        size_t low = to > reach ? to - reach : 0, high = to + reach;
        size_t best = low;
        if (high >= l->rungs) high = l->rungs - 1;
        for (size_t from = low; from <= high; from++)
            if (l->value[from] > l->value[best]) best = from;
        l->next[to] = l->value[best] + gain_of(l, week, to);
        l->from[week * l->rungs + to] = (uint8_t)best;
    }
    memcpy(l->value, l->next, l->rungs * sizeof *l->value);
}

/* The level of each week. */
static void climb(struct ladder *l, double *level)
{
    size_t weeks = l->shape->weeks, at = 0;
    for (size_t i = 0; i < l->rungs; i++) l->value[i] = -INFINITY;
    l->value[l->rungs > RUNGS_BELOW ? RUNGS_BELOW : l->rungs - 1] = 0;
    for (size_t w = 0; w < weeks; w++) climb_week(l, w);
    for (size_t i = 1; i < l->rungs; i++)
        if (l->value[i] > l->value[at]) at = i;
    for (size_t w = weeks; w-- > 0;) {
        level[w] = load_at(l, at);
        at = l->from[w * l->rungs + at];
    }
}

/* --- what it leads to ------------------------------------------------------------------
 */

/* Done and planned, day after day. */
static bool join_days(const struct season_shape *s, const double *planned,
                      struct har_arena *arena, struct har_load_days *out)
{
    const struct har_load_days *done = &s->problem->done;
    int64_t end = s->monday + (int64_t)s->weeks * A_WEEK;
    size_t count = (size_t)(end - done->from_day);
    double *load = HAR_NEW(arena, double, count);
    for (size_t i = 0; load && i < count; i++) {
        int64_t day = done->from_day + (int64_t)i;
        load[i] = day >= s->problem->from_day ? planned[day - s->monday]
                  : i < done->count           ? done->load[i]
                                              : (double)NAN;
    }
    *out = (struct har_load_days){done->from_day, count, load};
    return load != NULL;
}

/* What a plain fading mean of the days up to a morning is. */
static double fading(const struct har_load_days *days, double over_days, int64_t day)
{
    double mean = 0, weight = har_fade_weight(HAR_FADE_EXPONENTIAL, over_days);
    for (int64_t at = days->from_day; at < day; at++) {
        double load = days->load[at - days->from_day];
        if (!isnan(load)) mean += weight * (load - mean);
    }
    return mean;
}

/* Fitness or fatigue of the response, beside its mean over the days before the plan. */
static double beside_usual(const struct har_season_problem *p,
                           const struct har_load_days *days, bool fatigue, int64_t day)
{
    struct har_response one = *p->response;
    double sum = 0, count = 0;
    one.baseline = 0;
    one.fitness_gain = fatigue ? 0 : 1;
    one.fatigue_gain = fatigue ? -1 : 0;
    for (int64_t at = p->from_day - USUAL_DAYS; at < p->from_day; at++) {
        double value = har_response_on(&one, days, at, NULL);
        if (isnan(value)) continue;
        sum += value;
        count++;
    }
    return count > 0 ? har_response_on(&one, days, day, NULL) - sum / count : (double)NAN;
}

static void foresee_response(const struct har_season_problem *p,
                             const struct har_load_days *days, struct har_season_race *race)
{
    const struct har_response *r = p->response;
    race->ln_gain = race->ln_spread = NAN;
    if (!r) return;
    double f = beside_usual(p, days, false, race->target->day),
           a = beside_usual(p, days, true, race->target->day);
    race->ln_gain = r->fitness_gain * f - r->fatigue_gain * a;
    race->ln_spread = sqrt(
        fmax(0, f * f * r->spread[2] + a * a * r->spread[5] - 2 * f * a * r->spread[4]));
}

static void foresee_altitude(const struct season_shape *s, struct har_season_race *race)
{
    const struct har_season_problem *p = s->problem;
    int64_t day = race->target->day;
    size_t count;
    const struct har_return_window *windows = har_return_windows(&count);
    struct har_altitude_state state =
        har_altitude_state_on(p->camps, p->camp_count, day, s->settings->hours_a_day);
    race->altitude_pct = SPEED_PER_BLOOD * state.haemoglobin_pct;
    race->altitude_low_pct = SPEED_PER_BLOOD * state.low_pct;
    race->altitude_high_pct = SPEED_PER_BLOOD * state.high_pct;
    for (size_t i = 0; i < p->camp_count; i++)
        if (p->camps[i].from_day <= day && p->camps[i].to_day >= day - WINDOW_DAYS)
            race->camp = p->camps + i;
    for (size_t i = 0; i < count && race->camp; i++) {
        int64_t since = day - race->camp->to_day;
        if (since >= windows[i].from_day && since <= windows[i].to_day)
            race->window = windows + i;
    }
}

static har_status foresee(const struct season_shape *s, struct har_arena *arena,
                          struct har_season_plan *plan, struct har_error *err)
{
    const struct har_season_problem *p = s->problem;
    struct har_season_race *races = HAR_NEW(arena, struct har_season_race, p->target_count);
    struct har_load_days days;
    double sum = 0, targets = 0;
    if (!races || !join_days(s, plan->day_load, arena, &days)) return season_full(err);
    for (size_t i = 0; i < p->target_count; i++) {
        struct har_season_race *race = races + i;
        race->target = p->targets + i;
        race->fitness = fading(&days, 42, race->target->day);
        race->fatigue = fading(&days, 7, race->target->day);
        race->form = race->fitness - race->fatigue;
        foresee_response(p, &days, race);
        foresee_altitude(s, race);
        if (race->target->importance != HAR_IMPORTANCE_A) continue;
        sum += race->ln_gain;
        targets++;
    }
    plan->races = races;
    plan->race_count = p->target_count;
    plan->evidence.fitness_gained = sum / targets;
    return HAR_OK;
}

/* --- weeks -----------------------------------------------------------------------------
 */

static const struct har_camp *camp_of_week(const struct har_season_problem *p,
                                           int64_t monday)
{
    for (size_t i = 0; i < p->camp_count; i++) {
        const struct har_camp *c = p->camps + i;
        int64_t from = c->from_day > monday ? c->from_day : monday;
        int64_t to = c->to_day < monday + 6 ? c->to_day : monday + 6;
        if (to - from + 1 > A_WEEK / 2) return c;
    }
    return NULL;
}

static void count_days(const struct har_season_problem *p, struct har_season_week *week,
                       bool *raced)
{
    *raced = false;
    for (size_t i = 0; i < p->target_count; i++) {
        int64_t at = p->targets[i].day - week->monday;
        if (at < 0 || at >= A_WEEK) continue;
        week->races++;
        *raced |= p->targets[i].importance != HAR_IMPORTANCE_C;
    }
    for (size_t i = 0; i < p->off_count; i++)
        for (int64_t day = p->off[i].from_day; day <= p->off[i].to_day; day++)
            week->off_days += day >= week->monday && day < week->monday + A_WEEK;
}

/* The longest so far of a month, as the next long run may grow from it. */
static double longest_before(const struct har_season_week *weeks, size_t week,
                             double longest_m)
{
    double longest = week < DAYS_OF_MONTH / A_WEEK ? longest_m : (double)NAN;
    for (size_t n = 1; n <= DAYS_OF_MONTH / A_WEEK && n <= week; n++)
        longest = fmax(longest, weeks[week - n].long_run_m);
    return longest;
}

/* The longest run that the next target asks for, or that the runner is used to. */
static double longest_asked(const struct har_season_problem *p, int64_t monday)
{
    static const struct {
        double race_m, run_m;
    } rows[] = {{12000, 20000}, {25000, 25000}, {INFINITY, 35000}};
    size_t next = 0, i = 0;
    while (next + 1 < p->target_count && (p->targets[next].day < monday ||
                                          p->targets[next].importance != HAR_IMPORTANCE_A))
        next++;
    while (p->targets[next].event.distance_m > rows[i].race_m) i++;
    return fmax(rows[i].run_m, p->longest_m);
}

static void fill_weeks(const struct season_shape *s, const double *level, double *day_load,
                       struct har_season_week *weeks)
{
    const struct har_season_problem *p = s->problem;
    for (size_t w = 0; w < s->weeks; w++) {
        struct har_season_week *week = weeks + w;
        double share = 0, sunday = s->share[w * A_WEEK + 6];
        bool raced;
        *week = (struct har_season_week){.monday = s->monday + (int64_t)w * A_WEEK,
                                         .phase = s->phase[w],
                                         .easy = s->easy[w]};
        for (size_t i = w * A_WEEK; i < (w + 1) * A_WEEK; i++) {
            double race = isnan(s->race[i]) ? 0 : s->race[i];
            day_load[i] = level[w] * s->share[i] + race;
            week->load += day_load[i];
            share += s->share[i];
        }
        week->camp = camp_of_week(p, week->monday);
        count_days(p, week, &raced);
        week->distance_m = week->load * p->metres_per_load;
        double long_m = fmin(LONG_SHARE * level[w] * share * p->metres_per_load,
                             LONG_GROWTH * longest_before(weeks, w, p->longest_m));
        week->long_run_m =
            raced || !(sunday > 0) || isnan(week->distance_m) || isnan(p->longest_m)
                ? (double)NAN
                : fmin(long_m, longest_asked(p, week->monday));
    }
}

static har_status fill_plan(const struct season_shape *s, const double *level,
                            struct har_arena *arena, struct har_season_plan *plan,
                            struct har_error *err)
{
    double *day_load = HAR_NEW(arena, double, s->weeks *A_WEEK);
    struct har_season_week *weeks = HAR_NEW(arena, struct har_season_week, s->weeks);
    if (!day_load || !weeks) return season_full(err);
    fill_weeks(s, level, day_load, weeks);
    plan->monday = s->monday;
    plan->week_count = s->weeks;
    plan->weeks = weeks;
    plan->day_load = day_load;
    har_status got = foresee(s, arena, plan, err);
    return got ? got : season_unmet(s, level, arena, plan, err);
}

/* --- asking ----------------------------------------------------------------------------
 */

static har_status take_settings(const struct har_season_settings *told,
                                struct har_season_settings *out, struct har_error *err)
{
    *out = told ? *told : (struct har_season_settings){0};
    if (out->taper_days == 0) out->taper_days = 14;
    if (!(out->taper_least > 0)) out->taper_least = 0.40;
    if (!(out->taper_most > 0)) out->taper_most = 0.60;
    if (!(out->hours_a_day > 0)) out->hours_a_day = HAR_CAMP_HOURS;
    if (out->taper_days < 1 || out->taper_days > MOST_TAPER ||
        out->taper_least > out->taper_most || out->taper_most > 1)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a taper has 1 to 28 days and cuts the volume by 0 to 100 %%");
    if (out->week_growth > 0 && !(out->week_growth > 1 && out->week_growth <= 1.5))
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "load grows by 0 to 50 %% a week");
    return HAR_OK;
}

static har_status check_problem(const struct har_season_problem *p, struct har_error *err)
{
    bool aimed = false;
    for (size_t i = 0; i < p->target_count; i++) {
        aimed |= p->targets[i].importance == HAR_IMPORTANCE_A;
        if (p->targets[i].day < p->from_day)
            return har_fail(err, HAR_OUT_OF_RANGE, i, "a race lies before the plan begins");
        if (i > 0 && p->targets[i].day < p->targets[i - 1].day)
            return har_fail(err, HAR_OUT_OF_RANGE, i, "the races are not in order of days");
    }
    for (size_t i = 1; i < p->camp_count; i++)
        if (p->camps[i].from_day <= p->camps[i - 1].to_day)
            return har_fail(err, HAR_BAD_INPUT, i, "the camps \"%s\" and \"%s\" share days",
                            p->camps[i - 1].name ? p->camps[i - 1].name : "(found)",
                            p->camps[i].name ? p->camps[i].name : "(found)");
    for (size_t i = 0; i < p->off_count; i++)
        if (p->off[i].to_day < p->off[i].from_day ||
            p->off[i].to_day - p->off[i].from_day > MOST_OFF)
            return har_fail(err, HAR_OUT_OF_RANGE, i,
                            "days off end before they begin, or last over a year");
    if (aimed) return HAR_OK;
    return har_fail(err, HAR_OUT_OF_RANGE, 0,
                    "no race is of importance A: a season needs a target");
}

har_status har_plan_season(const struct har_season_problem *problem,
                           const struct har_season_settings *settings,
                           struct har_arena *arena, struct har_season_plan *out,
                           struct har_error *err)
{
    struct har_season_settings set;
    struct season_shape shape;
    struct ladder ladder;
    *out = (struct har_season_plan){.evidence.by_response = problem->response != NULL};
    har_status got = take_settings(settings, &set, err);
    if (got == HAR_OK) got = check_problem(problem, err);
    if (got == HAR_OK) got = season_carried(problem, &set, &out->evidence, err);
    if (got == HAR_OK) got = season_shape_of(problem, &set, arena, &shape, err);
    if (got) return got;
    cut_tapers(&shape);
    got = make_ladder(&shape, &out->evidence, arena, &ladder, err);
    double *level = HAR_NEW(arena, double, shape.weeks);
    if (got == HAR_OK && !level) got = season_full(err);
    if (got) return got;
    climb(&ladder, level);
    return fill_plan(&shape, level, arena, out, err);
}
