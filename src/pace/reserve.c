/* SPDX-License-Identifier: MIT */
/* D', the metres that a runner has above the critical speed.
 *
 * They go as they are run, and come back below it in proportion to what is missing: P. F.
 * Skiba et al., J. Appl. Physiol. 118 (2015) S26, whose differential form has no constant
 * of its own. Ours is which of the two models rules: the curve rules the race, D' only what
 * is run faster than the race. In a race whose own speed is over the critical one D' is
 * therefore at least what that race takes on the flat; else the two could contradict each
 * other about one and the same even mile.
 *
 * A plan that would overdraw it on a climb, or after a surge, gets a limit of flat speed,
 * the same everywhere: D' is spent as evenly as the rest. */

#include "reserve.h"

#include <math.h>

double reserve_after(const struct reserve *r, double left_m, double flat_mps, double time_s)
{
    struct har_critical_speed runner = {.cs_mps = r->critical_mps,
                                        .d_prime_m = r->d_prime_m};
    return har_d_prime_left(&runner, left_m, flat_mps, time_s);
}

/* The least that is ever left, and the highest flat speed of the free pieces. */
static double least_left(const struct pieces *p, size_t free, const struct reserve *r,
                         double *highest_mps)
{
    double left_m = r->d_prime_m, least_m = left_m;
    *highest_mps = r->critical_mps;
    for (size_t i = 0; i < p->count; i++) {
        const struct piece *piece = &p->piece[i];
        double u = flat_near(piece, piece->x);
        left_m = reserve_after(r, left_m, u, piece->length_m / speed_near(piece, piece->x));
        least_m = fmin(least_m, left_m);
        if (i >= free && isnan(piece->told_mps)) *highest_mps = fmax(*highest_mps, u);
    }
    return least_m;
}

static bool choose_below(struct pieces *p, size_t free, double cap_mps, double budget,
                         struct search *s)
{
    struct pieces rest = *p;
    rest.piece += free;
    rest.count -= free;
    rest.distance_m = 0;
    for (size_t i = 0; i < rest.count; i++) {
        rest.piece[i].x_most = x_of_flat(&rest.piece[i], cap_mps);
        rest.distance_m += rest.piece[i].length_m;
    }
    return choose_fastest(&rest, budget, s);
}

double keep_reserve(struct pieces *p, size_t free, const struct reserve *r, double budget,
                    struct search *s)
{
    enum { HALVINGS = 24 };
    struct search rough = {.tolerance = 1e-4, .most = s->most};
    double high_mps, low_mps = r->critical_mps, unused;
    const double slack_m = -1e-6 * r->d_prime_m;
    if (least_left(p, free, r, &high_mps) >= slack_m) return NAN;
    double free_mps = high_mps;
    for (int i = 0; i < HALVINGS; i++) {
        double cap_mps = (low_mps + high_mps) / 2;
        bool fits = choose_below(p, free, cap_mps, budget, &rough) &&
                    least_left(p, free, r, &unused) >= slack_m;
        if (fits) low_mps = cap_mps;
        else high_mps = cap_mps;
    }
    bool helped = low_mps > r->critical_mps;
    choose_below(p, free, helped ? low_mps : 2 * free_mps, budget, s);
    return helped ? low_mps : NAN;
}
