/* SPDX-License-Identifier: MIT */
/* One price for all pieces.
 *
 * To run a piece of length L at speed v takes L / v and wears r(u) L / v, u the flat speed.
 * The plan with the least time for the wear, or the least wear for the time, is the same
 * curve of plans: where both are stationary,
 *
 *     r'(u) u_v v - r(u) = c
 *
 * on all pieces, with one price c; which of them is a search for one number. The wear
 * r = e^((u / v_m - 1) / gamma) / 360 s grows so steeply that nearly one flat speed comes
 * out: up a hill of 2 % some 0.8 % more, down less. The condition is solved in logarithms,
 * of speed and of price, in which it is nearly a line: Newton takes three steps for a
 * piece, as it goes on from the speed of the last price. */

#include "price.h"

#include "seek.h"

#include <math.h>

/* Below this many times gamma v_m the price falls as speed grows; nobody runs so slowly. */
#define LEAST_LIFT 1.05
#define CLOSE 1e-7 /* of a step: what Newton leaves is its square */
#define ROUGH 1e-7 /* will do for what is settled in truth anyway */

/* The logarithm of the price of a piece at `x`, and its slope; -infinity where it is too
 * slow to have one. */
static double price_at(const struct pieces *p, const struct piece *piece, double x,
                       double *slope)
{
    const struct fading *r = &p->runner;
    double u = flat_near(piece, x), e = piece->flat[1] + 2 * piece->flat[2] * x;
    double lift = u * e / (r->gamma * r->v_m_mps);
    if (!(lift > LEAST_LIFT)) return -INFINITY;
    double bend = u * (e * e + 2 * piece->flat[2]) / (r->gamma * r->v_m_mps);
    *slope = lift + bend / (lift - 1);
    return (u / r->v_m_mps - 1) / r->gamma + log(lift - 1);
}

static void choose_piece(const struct pieces *p, struct piece *piece, double price)
{
    enum { ROUNDS = 60 };
    double x = piece->x;
    for (int i = 0; i < ROUNDS; i++) {
        double slope = 1, at = price_at(p, piece, x, &slope);
        double step = at == -INFINITY ? 0.2 : (price - at) / slope;
        x += fmin(fmax(step, -0.2), 0.2);
        if (fabs(step) <= CLOSE) break;
    }
    piece->x = fmin(x, piece->x_most);
}

struct question {
    struct pieces *p;
    double want; /* wear, or seconds */
};

static void choose_at(struct pieces *p, double price)
{
    for (size_t i = 0; i < p->count; i++)
        if (isnan(p->piece[i].told_mps)) choose_piece(p, &p->piece[i], price);
}

static double wear_at_price(void *of, double price)
{
    struct question *q = of;
    choose_at(q->p, price);
    return log(toll_near(q->p).wear / q->want);
}

static double haste_at_price(void *of, double price)
{
    struct question *q = of;
    choose_at(q->p, price);
    return log(q->want / toll_near(q->p).time_s);
}

static double wear_at_flat(void *of, double log_mps)
{
    struct question *q = of;
    for (size_t i = 0; i < q->p->count; i++)
        if (isnan(q->p->piece[i].told_mps))
            q->p->piece[i].x = x_of_flat(&q->p->piece[i], exp(log_mps));
    return log(toll_near(q->p).wear / q->want);
}

static double wear_at_speed(void *of, double log_mps)
{
    struct question *q = of;
    for (size_t i = 0; i < q->p->count; i++)
        if (isnan(q->p->piece[i].told_mps))
            q->p->piece[i].x = log_mps - log(q->p->piece[i].speed_mps);
    return log(toll_near(q->p).wear / q->want);
}

/* What the speeds that are told leave no room for. */
static bool is_spent(const struct pieces *p, double budget, double time_s)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct piece *piece = &p->piece[i];
        if (isnan(piece->told_mps)) continue;
        double seconds = piece->length_m / piece->told_mps;
        budget -= seconds * wear(&p->runner, flat_near(piece, piece->x));
        time_s -= seconds;
    }
    return !(budget > 0 && time_s > 0);
}

static bool is_all_told(const struct pieces *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (isnan(p->piece[i].told_mps)) return false;
    return true;
}

/* Shifts the free speeds together until the wear in truth is the budget. What a shift does
 * is known well enough: all speeds more by 1 %, wear by 1 % / gamma. */
static bool settle(struct pieces *p, double budget, struct search *s)
{
    enum { ROUNDS = 12 };
    for (int round = 0; round < ROUNDS; round++) {
        struct toll toll = toll_true(p);
        double over = log(toll.wear / budget), slope = 0;
        for (size_t i = 0; i < p->count; i++) {
            const struct piece *piece = &p->piece[i];
            if (!isnan(piece->told_mps)) continue;
            double u = flat_near(piece, piece->x);
            double share = piece->length_m / speed_near(piece, piece->x) *
                           wear(&p->runner, u) / toll.wear;
            slope += share * (u / (p->runner.gamma * p->runner.v_m_mps) - 1);
        }
        s->rounds++;
        s->residual = fabs(over);
        if (fabs(over) <= s->tolerance) return true;
        if (!(slope > 0)) return false;
        for (size_t i = 0; i < p->count; i++)
            if (isnan(p->piece[i].told_mps)) p->piece[i].x -= over / slope;
    }
    return s->residual <= 1e3 * s->tolerance;
}

/* A flat speed or a price to begin with: that of a whole race at its own speed. */
static double usual_flat(const struct pieces *p, double budget)
{
    const struct fading *r = &p->runner;
    double time_s = p->distance_m / r->v_m_mps;
    for (int i = 0; i < 20; i++)
        time_s = p->distance_m /
                 (r->v_m_mps * fmax(0.2, 1 + r->gamma * log(budget * TURN_S / time_s)));
    return p->distance_m / time_s;
}

static bool choose(struct pieces *p, growing_with *f, double from, double want,
                   double tolerance, struct search *s)
{
    struct question q = {p, want};
    double at = seek_root(f, &q, from, 0.05, tolerance, s->most, &s->rounds);
    if (isnan(at)) return false;
    s->residual = fabs(f(&q, at));
    return true;
}

static double usual_price(const struct pieces *p, double flat_mps)
{
    const struct fading *r = &p->runner;
    double lift = fmax(flat_mps / (r->gamma * r->v_m_mps), 2);
    return (flat_mps / r->v_m_mps - 1) / r->gamma + log(lift - 1);
}

/* Whether all that is free may be run as fast as D' lets it; the pieces then are. */
static bool is_within_limits(struct pieces *p, double budget)
{
    for (size_t i = 0; i < p->count; i++)
        if (isnan(p->piece[i].told_mps) && isinf(p->piece[i].x_most)) return false;
    for (size_t i = 0; i < p->count; i++)
        if (isnan(p->piece[i].told_mps)) p->piece[i].x = p->piece[i].x_most;
    return toll_near(p).wear <= budget;
}

bool choose_fastest(struct pieces *p, double budget, struct search *s)
{
    if (is_all_told(p)) return true;
    if (is_spent(p, budget, INFINITY)) return false;
    if (is_within_limits(p, budget)) return true;
    double from = usual_price(p, usual_flat(p, budget));
    return choose(p, wear_at_price, from, budget, ROUGH, s) && settle(p, budget, s);
}

bool choose_for_time(struct pieces *p, double time_s, struct search *s)
{
    if (is_all_told(p)) return true;
    if (is_spent(p, INFINITY, time_s)) return false;
    double from = usual_price(p, p->distance_m / time_s);
    return choose(p, haste_at_price, from, time_s, s->tolerance, s);
}

bool choose_even_effort(struct pieces *p, double budget, struct search *s)
{
    if (is_all_told(p)) return true;
    double from = log(usual_flat(p, budget));
    return choose(p, wear_at_flat, from, budget, ROUGH, s) && settle(p, budget, s);
}

bool choose_even_speed(struct pieces *p, double budget, struct search *s)
{
    if (is_all_told(p)) return true;
    double from = log(usual_flat(p, budget));
    return choose(p, wear_at_speed, from, budget, ROUGH, s) && settle(p, budget, s);
}
