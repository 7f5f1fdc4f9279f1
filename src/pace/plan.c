/* SPDX-License-Identifier: MIT */
/* The plan.
 *
 * Height and heat change the runner, not the way: their models were found in times of whole
 * races, so the curve of the day is the runner's own, slowed until it says over this
 * distance what those models say (and what `convert` says). Slope, wind, bends and company
 * change the way, piece by piece.
 *
 * What was run already is taken to have been run as cheaply as its time allows, since
 * nobody wrote down how: what is left may be less.
 *
 * A standing start is Keller's (start.c), of a runner who keeps up the critical speed, or
 * the speed that lasts for half an hour where no critical one is told, and whose store is
 * what makes the finish the same: the runner's marks, and so the curve, hold their standing
 * starts already. It shifts time from the rest of the plan to the first metres and the
 * last.
 *
 * The chance of a time takes the logarithm of the runner's own, from here on, as normal
 * about the fastest plan. */

#include "day.h"
#include "reserve.h"
#include "seek.h"
#include "start.h"

#include <math.h>

#define USUAL_TOLERANCE 1e-12
#define USUAL_ROUNDS 100
#define USUAL_NODES 400
#define SLOWEST_MPS 1.0
#define FASTEST_MPS 13.0
#define LASTING_S 1800.0
#define LEAST_MARGIN 0.97 /* of the mean speed: the most that a supply keeps up */

struct work {
    const struct har_pace_problem *problem;
    struct har_pace_settings settings;
    struct har_arena *arena;
    struct har_error *err;
    struct pieces all;
    size_t done;      /* pieces that are behind */
    double flat_s;    /* what the day's curve takes on the flat */
    double done_wear; /* of the pieces behind */
    struct reserve reserve;
    struct search search;
};

/* --- the question -------------------------------------------------------------------- */

static bool is_time(double time_s)
{
    return time_s >= 0 && time_s <= 1e7;
}

static har_status check_problem(const struct har_pace_problem *q, struct har_error *err)
{
    bool sound = is_time(q->target_s) && is_time(q->from_s) && q->from_m >= 0 &&
                 q->from_m < q->way->distance_m && (q->from_m > 0) == (q->from_s > 0) &&
                 q->critical_mps >= 0 && q->d_prime_m >= 0 && q->ln_time_sd >= 0 &&
                 isfinite(q->wind_mps) && isfinite(q->wind_from_deg);
    if (!sound)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a number of the race is missing or cannot be");
    if (q->target_s > 0 && !(q->target_s > q->from_s))
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "the target has passed already");
    double left_m = q->way->distance_m - q->from_m;
    if (q->target_s > 0 && left_m / (q->target_s - q->from_s) < SLOWEST_MPS)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "the target is slower than a walk");
    if (q->target_s > 0 && left_m / (q->target_s - q->from_s) > FASTEST_MPS)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the target is faster than anybody has run");
    if (q->from_s > 0 &&
        !(q->from_m / q->from_s >= SLOWEST_MPS && q->from_m / q->from_s <= FASTEST_MPS))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "nobody has run so far in that time, or it was a walk");
    for (size_t i = 0; q->told_mps && i < q->way->count; i++)
        if (!isnan(q->told_mps[i]) &&
            !(q->told_mps[i] >= SLOWEST_MPS && q->told_mps[i] <= FASTEST_MPS))
            return har_fail(err, HAR_OUT_OF_RANGE, i,
                            "a speed that is told is no runner's");
    return HAR_OK;
}

static har_status learn_runner(struct work *w)
{
    const struct har_pace_problem *q = w->problem;
    har_status got = runner_of_day(q, q->runner, &w->all.runner, &w->flat_s, w->err);
    if (got != HAR_OK) return got;
    double flat_mps = q->way->distance_m / w->flat_s;
    w->reserve.critical_mps = q->critical_mps * w->all.runner.v_m_mps / q->runner->v_m_mps;
    w->reserve.d_prime_m =
        fmax(q->d_prime_m, (flat_mps - w->reserve.critical_mps) * w->flat_s);
    return HAR_OK;
}

/* The pieces, that in which the runner is now cut in two. */
static har_status cut_pieces(struct work *w)
{
    const struct har_pace_problem *q = w->problem;
    struct piece *piece = HAR_NEW(w->arena, struct piece, q->way->count + 1);
    if (!piece) return har_fail(w->err, HAR_NO_MEMORY, 0, "no memory for a plan");
    double at_m = 0;
    size_t count = 0;
    for (size_t i = 0; i < q->way->count; i++) {
        struct piece next = piece_of(q, i);
        double behind_m = q->from_m - at_m;
        at_m += next.length_m;
        if (behind_m >= next.length_m - 1e-6) w->done = count + 1;
        else if (behind_m > 1e-6) {
            piece[count] = next;
            piece[count++].length_m = behind_m;
            w->done = count;
            next.length_m -= behind_m;
        }
        piece[count++] = next;
    }
    w->all.count = count;
    w->all.piece = piece;
    w->all.law = q->law;
    w->all.track = q->way->track;
    w->all.distance_m = q->way->distance_m;
    for (size_t i = 0; i < w->done; i++) piece[i].told_mps = NAN;
    return HAR_OK;
}

static struct pieces part_of(const struct pieces *all, size_t from, size_t to)
{
    struct pieces part = *all;
    part.piece += from;
    part.count = to - from;
    part.distance_m = 0;
    for (size_t i = 0; i < part.count; i++) part.distance_m += part.piece[i].length_m;
    return part;
}

/* --- the answer ---------------------------------------------------------------------- */

static har_status no_way(const struct work *w)
{
    return har_fail(w->err, HAR_NO_ANSWER, 0,
                    "no speeds do it: what is told or already run leaves nothing for the "
                    "rest");
}

/* What is behind, told as it was run from here on. */
static bool run_behind(struct work *w)
{
    struct pieces behind = part_of(&w->all, 0, w->done);
    if (w->done == 0) return true;
    if (!choose_for_time(&behind, w->problem->from_s, &w->search)) return false;
    for (size_t i = 0; i < behind.count; i++)
        behind.piece[i].told_mps = speed_near(&behind.piece[i], behind.piece[i].x);
    w->done_wear = toll_true(&behind).wear;
    return true;
}

static har_status solve(struct work *w, struct har_pace_plan *plan, double *cap_mps)
{
    const struct har_pace_problem *q = w->problem;
    struct pieces ahead = part_of(&w->all, w->done, w->all.count);
    if (!run_behind(w) || !(w->done_wear < 1)) return no_way(w);
    double budget = 1 - w->done_wear;
    if (!choose_fastest(&ahead, budget, &w->search)) return no_way(w);
    *cap_mps = NAN;
    if (q->critical_mps > 0 && q->d_prime_m > 0)
        *cap_mps = keep_reserve(&w->all, w->done, &w->reserve, budget, &w->search);
    plan->fastest_s = q->from_s + toll_near(&ahead).time_s;
    if (!(q->target_s > 0)) return HAR_OK;
    for (size_t i = 0; i < ahead.count; i++) ahead.piece[i].x_most = INFINITY;
    *cap_mps = NAN;
    if (!choose_for_time(&ahead, q->target_s - q->from_s, &w->search)) return no_way(w);
    return HAR_OK;
}

static har_status write_plan(const struct work *w, struct har_pace_plan *plan)
{
    size_t count = w->all.count + 1;
    double *column[6];
    for (int c = 0; c < 6; c++)
        if (!(column[c] = HAR_NEW(w->arena, double, count)))
            return har_fail(w->err, HAR_NO_MEMORY, 0, "no memory for a plan");
    double *at_m = column[0], *time_s = column[1], *speed = column[2], *flat = column[3];
    double *left = column[4], *above_m = column[5];
    left[0] = 1;
    above_m[0] = w->reserve.d_prime_m;
    for (size_t i = 1; i < count; i++) {
        const struct piece *piece = &w->all.piece[i - 1];
        speed[i] = speed_near(piece, piece->x);
        flat[i] = flat_of(&w->all, piece, speed[i]);
        double seconds = piece->length_m / speed[i];
        at_m[i] = at_m[i - 1] + piece->length_m;
        time_s[i] = time_s[i - 1] + seconds;
        left[i] = left[i - 1] - seconds * wear(&w->all.runner, flat[i]);
        above_m[i] = reserve_after(&w->reserve, above_m[i - 1], flat[i], seconds);
    }
    speed[0] = speed[1];
    flat[0] = flat[1];
    bool knows = w->problem->critical_mps > 0 && w->problem->d_prime_m > 0;
    *plan = (struct har_pace_plan){.count = count,
                                   .distance_m = at_m,
                                   .time_s = time_s,
                                   .speed_mps = speed,
                                   .flat_mps = flat,
                                   .reserve = left,
                                   .d_prime_m = knows ? above_m : NULL,
                                   .finish_s = time_s[count - 1],
                                   .fastest_s = plan->fastest_s};
    double sd = w->problem->ln_time_sd, from_s = w->problem->from_s;
    double short_of = log((plan->fastest_s - from_s) / (plan->finish_s - from_s));
    plan->chance = sd > 0 ? erfc(short_of / (sd * sqrt(2))) / 2 : NAN;
    return HAR_OK;
}

/* --- from a standing start ----------------------------------------------------------- */

struct calibration {
    struct har_keller runner;
    double distance_m, finish_s;
    size_t nodes;
};

static double late_with_store(void *of, double log_store)
{
    struct calibration *c = of;
    c->runner.store_j_kg = exp(log_store);
    return log(c->finish_s / keller_time(&c->runner, c->distance_m, c->nodes));
}

/* The plan's times, shaped like that start's: each piece takes the share of its own time
 * that it has there of the cruise's. */
static har_status stand_first(struct work *w, struct har_pace_plan *plan)
{
    double distance_m = w->all.distance_m, mean_mps = distance_m / plan->finish_s;
    double lasting_mps = w->reserve.critical_mps;
    if (!(lasting_mps > 0))
        lasting_mps =
            w->all.runner.v_m_mps * (1 - w->all.runner.gamma * log(LASTING_S / TURN_S));
    lasting_mps = fmin(lasting_mps, LEAST_MARGIN * mean_mps);
    const struct har_keller his = {0.892, 12.2, 41.54, 2405.8};
    struct calibration c = {his, distance_m, plan->finish_s, w->settings.start_nodes};
    c.runner.supply_w_kg = lasting_mps * lasting_mps / his.tau_s;
    unsigned rounds = 0;
    double log_store = seek_root(late_with_store, &c, log(his.store_j_kg), 0.2, 1e-9,
                                 w->settings.rounds, &rounds);
    struct har_start start;
    if (isnan(log_store)) return HAR_OK; /* no store is so large: it stays even */
    c.runner.store_j_kg = exp(log_store);
    har_status got =
        har_keller_race(&c.runner, distance_m, c.nodes, w->arena, &start, w->err);
    if (got != HAR_OK) return got;
    double *time_s = HAR_NEW(w->arena, double, plan->count);
    double *speed_mps = HAR_NEW(w->arena, double, plan->count);
    if (!time_s || !speed_mps)
        return har_fail(w->err, HAR_NO_MEMORY, 0, "no memory for a plan");
    double before_s = 0;
    for (size_t i = 1, k = 0; i < plan->count; i++) {
        while (k + 2 < start.count && start.distance_m[k + 1] < plan->distance_m[i]) k++;
        double a = start.speed_mps[k], b = start.speed_mps[k + 1];
        double step_m = start.distance_m[k + 1] - start.distance_m[k];
        double share = fmin((plan->distance_m[i] - start.distance_m[k]) / step_m, 1);
        double here = sqrt(a * a + (b * b - a * a) * share);
        double there_s = start.time_s[k] + 2 * share * step_m / (a + here);
        double own_s = plan->time_s[i] - plan->time_s[i - 1];
        double length_m = plan->distance_m[i] - plan->distance_m[i - 1];
        time_s[i] = time_s[i - 1] + own_s * (there_s - before_s) / length_m;
        before_s = there_s;
    }
    double scale = plan->finish_s / time_s[plan->count - 1];
    for (size_t i = 1; i < plan->count; i++) time_s[i] *= scale;
    for (size_t i = 1; i < plan->count; i++)
        speed_mps[i] =
            (plan->distance_m[i] - plan->distance_m[i - 1]) / (time_s[i] - time_s[i - 1]);
    speed_mps[0] = speed_mps[1];
    plan->time_s = time_s;
    plan->speed_mps = speed_mps;
    return HAR_OK;
}

/* --- the evidence -------------------------------------------------------------------- */

/* Two pieces as one, where both are free. */
static struct piece merged(const struct piece *a, const struct piece *b)
{
    struct piece both = *a;
    double share = a->length_m / (a->length_m + b->length_m);
    both.length_m = a->length_m + b->length_m;
    both.grade = share * a->grade + (1 - share) * b->grade;
    both.air.headwind_mps = share * a->air.headwind_mps + (1 - share) * b->air.headwind_mps;
    both.air.shelter = share * a->air.shelter + (1 - share) * b->air.shelter;
    return both;
}

/* The fastest time, near enough, of `p` with its pieces two by two. */
static double coarse_time(const struct work *w, const struct pieces *p, double budget,
                          double flat_mps)
{
    struct pieces half = *p;
    half.piece = HAR_NEW(w->arena, struct piece, p->count);
    half.count = 0;
    if (!half.piece) return NAN;
    for (size_t i = 0; i < p->count; i++) {
        const struct piece *a = &p->piece[i], *b = i + 1 < p->count ? a + 1 : NULL;
        bool pair = b && isnan(a->told_mps) && isnan(b->told_mps);
        half.piece[half.count++] = pair ? merged(a, b) : *a;
        i += pair;
    }
    struct search search = {.tolerance = w->settings.tolerance, .most = w->settings.rounds};
    fit_pieces(&half, flat_mps);
    return choose_fastest(&half, budget, &search) ? toll_near(&half).time_s : NAN;
}

static double time_of(bool chosen, const struct pieces *p, double from_s)
{
    return chosen ? from_s + toll_near(p).time_s : NAN;
}

static void weigh(struct work *w, double flat_mps, double cap_mps,
                  const struct har_pace_plan *plan, struct har_pace_evidence *out)
{
    struct pieces ahead = part_of(&w->all, w->done, w->all.count);
    struct search search = {.tolerance = 1e-7, .most = w->settings.rounds};
    double from_s = w->problem->from_s;
    double budget = 1 - w->done_wear - plan->reserve[plan->count - 1];
    out->rounds = w->search.rounds;
    out->residual = w->search.residual;
    out->surge_cap_mps = cap_mps;
    for (size_t i = 0; i < ahead.count; i++) ahead.piece[i].x_most = INFINITY;
    out->even_effort_s =
        time_of(choose_even_effort(&ahead, budget, &search), &ahead, from_s);
    out->even_speed_s = time_of(choose_even_speed(&ahead, budget, &search), &ahead, from_s);
    out->mesh_error_s =
        plan->fastest_s - from_s - coarse_time(w, &ahead, 1 - w->done_wear, flat_mps);
}

har_status har_pace(const struct har_pace_problem *problem,
                    const struct har_pace_settings *settings, struct har_arena *arena,
                    struct har_pace_plan *plan, struct har_pace_evidence *evidence,
                    struct har_error *err)
{
    struct work w = {.problem = problem, .arena = arena, .err = err};
    if (settings) w.settings = *settings;
    if (!(w.settings.tolerance > 0)) w.settings.tolerance = USUAL_TOLERANCE;
    if (w.settings.rounds == 0) w.settings.rounds = USUAL_ROUNDS;
    if (w.settings.start_nodes == 0) w.settings.start_nodes = USUAL_NODES;
    w.search =
        (struct search){.tolerance = w.settings.tolerance, .most = w.settings.rounds};
    har_status got = check_problem(problem, err);
    if (got == HAR_OK) got = learn_runner(&w);
    if (got == HAR_OK) got = cut_pieces(&w);
    if (got != HAR_OK) return got;
    double flat_mps = w.all.distance_m / w.flat_s, cap_mps;
    fit_pieces(&w.all, flat_mps);
    *plan = (struct har_pace_plan){0};
    got = solve(&w, plan, &cap_mps);
    if (got == HAR_OK) got = write_plan(&w, plan);
    if (got == HAR_OK && evidence) weigh(&w, flat_mps, cap_mps, plan, evidence);
    if (got == HAR_OK && problem->standing_start) got = stand_first(&w, plan);
    return got;
}
