/* SPDX-License-Identifier: MIT */
/* From a standing start.
 *
 * J. B. Keller, "A theory of competitive running", Physics Today 26 (1973) 43, and Am.
 * Math. Monthly 81 (1974) 474: v' = f - v / tau, 0 <= f <= F, and a store that sigma fills
 * and f v empties, never below nothing. His proof gives the shape of the fastest race: the
 * largest force, then one speed, then, with the store empty, what the supply allows. His
 * constants are in the door; with them the times of his table come out within 0.02 %.
 * Beyond some 10 km nobody's supply is constant, and sprints know other limits than energy.
 *
 * In distance and v^2 the dynamics are nearly straight, standstill included, so a mesh that
 * is finer at both ends carries them: over a step v^2 is straight, which makes its time
 * 2 h / (a + b) and the path's mean speed (2/3) (a^2 + a b + b^2) / (a + b) without
 * approximation. Steps are short against tau where speed changes; where the force is let
 * off, and where the store runs dry, one is cut. One number is left to choose, the cruising
 * speed, for the least time.
 *
 * The state constraint defeats shooting with adjoints unless the arcs are known; as they
 * are, this needs none. */

#include "start.h"

#include <math.h>

enum { LEAST_NODES = 20, MOST_NODES = 1000000, ROUNDS = 40 };
#define COARSEST 20.0 /* steps of 1 tau on a mesh of 20 nodes, of 0.05 tau on 400 */
#define GOLDEN 0.6180339887498949

struct sprint {
    const struct har_keller *runner;
    double cruise_mps, stride_s; /* steps are no longer, where speed changes */
    double time_s, speed_mps, store_j_kg;
    double speed_up_s, dry_s; /* when the force was let off, and the store ran dry */
};

/* The mean along the path from `a` to `b`, v^2 straight. */
static double mean_mps(double a, double b)
{
    return a + b > 0 ? 2 * (a * a + a * b + b * b) / (3 * (a + b)) : 0;
}

static void pass(struct sprint *s, double to_mps, double metres)
{
    const struct har_keller *r = s->runner;
    double a = s->speed_mps, seconds = 2 * metres / (a + to_mps);
    s->store_j_kg += r->supply_w_kg * seconds - (to_mps * to_mps - a * a) / 2 -
                     mean_mps(a, to_mps) * metres / r->tau_s;
    s->time_s += seconds;
    s->speed_mps = to_mps;
}

/* Speed after `metres` at the largest force. */
static double pushed(const struct sprint *s, double metres)
{
    const struct har_keller *r = s->runner;
    double a = s->speed_mps, b = a;
    for (int i = 0; i < ROUNDS; i++) {
        double before = b;
        b = sqrt(a * a + 2 * metres * fmax(r->force_mps2 - mean_mps(a, b) / r->tau_s, 0));
        if (fabs(b - before) <= 1e-14 * b) break;
    }
    return b;
}

/* Speed after `metres` on the supply alone. */
static double supplied(const struct sprint *s, double metres)
{
    const struct har_keller *r = s->runner;
    double a = s->speed_mps, b = a;
    for (int i = 0; i < ROUNDS; i++) {
        double before = b;
        double gain = 2 * metres * r->supply_w_kg / (a + b);
        b = sqrt(fmax(a * a + 2 * (gain - mean_mps(a, b) * metres / r->tau_s), 0));
        if (fabs(b - before) <= 1e-14 * b) break;
    }
    return b;
}

/* Up to `metres` of the first arc; returns what is left of them. It ends at the cruising
 * speed, at the highest there is, or where the store does. */
static double speed_up(struct sprint *s, double metres)
{
    const struct har_keller *r = s->runner;
    double to = pushed(s, metres), a = s->speed_mps, here_m = metres;
    if (to > s->cruise_mps) {
        to = s->cruise_mps;
        here_m = (to * to - a * a) / 2 / (r->force_mps2 - mean_mps(a, to) / r->tau_s);
        here_m = fmin(here_m, metres);
    }
    pass(s, to, here_m);
    bool empty = s->store_j_kg <= 0;
    bool top = to >= (1 - 1e-9) * r->force_mps2 * r->tau_s;
    if (empty || top || to == s->cruise_mps) s->speed_up_s = s->time_s;
    if (empty) s->dry_s = s->time_s;
    return metres - here_m;
}

/* Up to `metres` of the second. */
static double cruise(struct sprint *s, double metres)
{
    const struct har_keller *r = s->runner;
    double v = s->speed_mps, loss = v / r->tau_s - r->supply_w_kg / v;
    double here_m = loss > 0 ? fmin(fmax(s->store_j_kg, 0) / loss, metres) : metres;
    pass(s, v, here_m);
    if (here_m < metres) {
        s->store_j_kg = 0;
        s->dry_s = s->time_s;
    }
    return metres - here_m;
}

/* Whether the supply keeps up the speed. */
static bool is_steady(const struct sprint *s)
{
    double keeps = s->runner->supply_w_kg * s->runner->tau_s, v = s->speed_mps;
    return fabs(v * v - keeps) <= 1e-9 * keeps;
}

/* All of `metres` of the third. */
static double run_out(struct sprint *s, double metres)
{
    pass(s, is_steady(s) ? s->speed_mps : supplied(s, metres), metres);
    s->store_j_kg = 0;
    return 0;
}

static void advance(struct sprint *s, double metres)
{
    while (metres > 0) {
        bool pushing = isnan(s->speed_up_s), dry = !isnan(s->dry_s);
        double slowest_mps = s->runner->force_mps2 * s->stride_s;
        double stride_m = s->stride_s * fmax(s->speed_mps, slowest_mps);
        double here_m = pushing || (dry && !is_steady(s)) ? fmin(stride_m, metres) : metres;
        metres -= here_m;
        if (pushing) metres += speed_up(s, here_m);
        else metres += dry ? run_out(s, here_m) : cruise(s, here_m);
    }
}

/* Finer at both ends. */
static double node_m(double distance_m, size_t i, size_t nodes)
{
    double share = (double)i / (double)nodes;
    return distance_m * share * share * (3 - 2 * share);
}

static struct sprint sprint_of(const struct har_keller *runner, size_t nodes,
                               double cruise_mps)
{
    return (struct sprint){.runner = runner,
                           .cruise_mps = cruise_mps,
                           .stride_s = COARSEST / (double)nodes * runner->tau_s,
                           .store_j_kg = runner->store_j_kg,
                           .speed_up_s = NAN,
                           .dry_s = NAN};
}

static double finish_at(const struct har_keller *runner, double distance_m, size_t nodes,
                        double cruise_mps)
{
    struct sprint s = sprint_of(runner, nodes, cruise_mps);
    for (size_t i = 0; i < nodes; i++)
        advance(&s, node_m(distance_m, i + 1, nodes) - node_m(distance_m, i, nodes));
    return s.time_s;
}

/* The cruising speed with the least time, by the golden section: between that which the
 * supply alone keeps up, and the highest there is. */
static double best_cruise(const struct har_keller *r, double distance_m, size_t nodes)
{
    double low = sqrt(r->supply_w_kg * r->tau_s), high = r->force_mps2 * r->tau_s;
    double span = high - low, a = high - GOLDEN * span, b = low + GOLDEN * span;
    double at_a = finish_at(r, distance_m, nodes, a);
    double at_b = finish_at(r, distance_m, nodes, b);
    while (high - low > 1e-8 * high) {
        if (at_a <= at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - GOLDEN * (high - low);
            at_a = finish_at(r, distance_m, nodes, a);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + GOLDEN * (high - low);
            at_b = finish_at(r, distance_m, nodes, b);
        }
    }
    return (low + high) / 2;
}

static bool is_keller(const struct har_keller *r)
{
    return r->tau_s > 0 && r->force_mps2 > 0 && r->supply_w_kg > 0 && r->store_j_kg >= 0 &&
           r->supply_w_kg < r->force_mps2 * r->force_mps2 * r->tau_s;
}

double keller_time(const struct har_keller *runner, double distance_m, size_t nodes)
{
    if (!is_keller(runner)) return NAN;
    double cruise_mps = best_cruise(runner, distance_m, nodes);
    return finish_at(runner, distance_m, nodes, cruise_mps);
}

/* At the largest force speed is V (1 - e^(-t / tau)), V = F tau, and the store falls by F
 * times the distance less the supply: the time at which it is empty, by halving. */
double har_keller_reach(const struct har_keller *r)
{
    if (!is_keller(r)) return NAN;
    double top_mps = r->force_mps2 * r->tau_s, low_s = 0, high_s = 1;
    double reach_m = 0;
    for (int i = 0; i < 200 && high_s - low_s > 1e-13 * high_s; i++) {
        double t = i < 20 ? high_s : (low_s + high_s) / 2;
        reach_m = top_mps * (t - r->tau_s * (1 - exp(-t / r->tau_s)));
        bool left = r->store_j_kg + r->supply_w_kg * t - r->force_mps2 * reach_m > 0;
        if (left) low_s = t;
        else high_s = t;
        if (i < 20 && left) high_s = 2 * t;
    }
    return reach_m;
}

har_status har_keller_race(const struct har_keller *runner, double distance_m, size_t nodes,
                           struct har_arena *arena, struct har_start *out,
                           struct har_error *err)
{
    if (!is_keller(runner) || !(distance_m > 0) || nodes < LEAST_NODES ||
        nodes > MOST_NODES)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "no runner of Keller's, no distance, or no mesh of 20 to a million "
                        "nodes");
    double *at_m = HAR_NEW(arena, double, nodes + 1);
    double *time_s = HAR_NEW(arena, double, nodes + 1);
    double *speed_mps = HAR_NEW(arena, double, nodes + 1);
    if (!at_m || !time_s || !speed_mps)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a start");
    struct sprint s = sprint_of(runner, nodes, best_cruise(runner, distance_m, nodes));
    for (size_t i = 1; i <= nodes; i++) {
        at_m[i] = node_m(distance_m, i, nodes);
        advance(&s, at_m[i] - at_m[i - 1]);
        time_s[i] = s.time_s;
        speed_mps[i] = s.speed_mps;
    }
    *out = (struct har_start){.finish_s = s.time_s,
                              .cruise_mps = s.cruise_mps,
                              .speed_up_s = fmin(s.speed_up_s, s.time_s),
                              .run_out_s = isnan(s.dry_s) ? 0 : s.time_s - s.dry_s,
                              .count = nodes + 1,
                              .distance_m = at_m,
                              .time_s = time_s,
                              .speed_mps = speed_mps};
    return HAR_OK;
}
