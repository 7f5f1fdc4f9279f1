/* SPDX-License-Identifier: MIT */
/* A group that takes turns.
 *
 * Everybody runs the speeds of one plan; who is in front takes the wind, the others are
 * sheltered, and each tires by an own curve. A pacer leads until the next piece would take
 * more than is left, or to where it was agreed, and steps out; the next in order takes
 * over. That order is the caller's: who starts fast is a question of tactics, not of wear.
 * When nobody is left to lead, the first of those who are paced is on the front alone.
 *
 * What the shelter saved is the difference between two fastest plans with the same wear,
 * one with the turns as they were taken and one with none: seconds, which runners count in,
 * and not watts. The shelter itself, a third of the drag by default, was measured behind
 * two runners (effort.h); behind one, and in a train, others found from a fifth to four
 * fifths. */

#include "day.h"
#include "price.h"

#include <math.h>

struct member {
    struct fading runner;
    double left;
    bool out;
    double *shelter; /* piece by piece, until out */
};

struct group {
    const struct har_pace_problem *problem;
    const struct har_pace_plan *plan;
    const struct har_pacer *pacer;
    size_t count;
    double shelter;
    struct member *member;
    struct har_pacer_part *part;
    struct pieces pieces;
};

/* The wear of the piece that ends at node `i` of the plan, in front or behind. */
static double wear_on(const struct group *g, size_t who, size_t i, bool in_front)
{
    struct piece piece = g->pieces.piece[i - 1];
    if (!in_front) piece.air.shelter = g->shelter;
    double v = g->plan->speed_mps[i];
    return piece.length_m / v *
           wear(&g->member[who].runner, flat_of(&g->pieces, &piece, v));
}

/* The pieces rarely end where it was agreed: the nearest of their ends stands for it. */
static bool has_agreed(const struct group *g, size_t who, size_t i)
{
    double leave_m = g->pacer[who].leave_m, from_m = g->plan->distance_m[i - 1];
    return leave_m > 0 && from_m >= leave_m - g->pieces.piece[i - 1].length_m / 2;
}

static void step_out(struct group *g, size_t who, double at_m)
{
    g->member[who].out = true;
    g->part[who].out_m = at_m;
    g->part[who].reserve = g->member[who].left;
}

/* Who leads the piece that ends at node `i`, of those who can; those who cannot any more
 * step out before it. The group's count where nobody is left to. */
static size_t leader_on(struct group *g, size_t i)
{
    double from_m = g->plan->distance_m[i - 1];
    size_t leader = g->count;
    for (size_t who = 0; who < g->count; who++) {
        struct member *m = &g->member[who];
        const struct har_pacer *p = &g->pacer[who];
        if (m->out) continue;
        bool agreed = has_agreed(g, who, i);
        bool leads = leader == g->count && !p->no_lead;
        bool spent =
            !p->no_lead && !(p->leave_m > 0) && wear_on(g, who, i, leads) > m->left;
        if (agreed || spent) step_out(g, who, agreed ? p->leave_m : from_m);
        else if (leads) leader = who;
    }
    for (size_t who = 0; leader == g->count && who < g->count; who++)
        if (!g->member[who].out) return who;
    return leader;
}

static void run_piece(struct group *g, size_t i, size_t leader)
{
    for (size_t who = 0; who < g->count; who++) {
        struct member *m = &g->member[who];
        if (m->out) continue;
        m->left -= wear_on(g, who, i, who == leader);
        m->shelter[i - 1] = who == leader ? 0 : g->shelter;
    }
}

/* The fastest way to where this one stepped out, as tired, with the turns or without. */
static double as_tired(const struct group *g, size_t who, bool sheltered,
                       struct piece *room)
{
    struct pieces p = g->pieces;
    p.piece = room;
    p.runner = g->member[who].runner;
    p.distance_m = g->part[who].out_m;
    p.count = 0;
    while (p.count < g->pieces.count &&
           g->plan->distance_m[p.count + 1] <=
               p.distance_m + 1e-6 + g->pieces.piece[p.count].length_m / 2) {
        room[p.count] = g->pieces.piece[p.count];
        room[p.count].told_mps = NAN;
        room[p.count].air.shelter = sheltered ? g->member[who].shelter[p.count] : 0;
        p.count++;
    }
    struct search search = {.tolerance = 1e-9, .most = 100};
    double flat_mps = p.distance_m / har_plan_time(g->plan, p.distance_m);
    fit_pieces(&p, flat_mps);
    if (!choose_fastest(&p, 1 - g->part[who].reserve, &search)) return NAN;
    return toll_near(&p).time_s;
}

/* The pieces of the plan: those of the way, one of them cut where the runner is now. */
static void follow_plan(struct group *g)
{
    const struct har_way *way = g->problem->way;
    double end_m = way->length_m[0];
    size_t k = 0;
    for (size_t i = 0; i < g->pieces.count; i++) {
        double to_m = g->plan->distance_m[i + 1];
        while (k + 1 < way->count && end_m < to_m - 1e-6) end_m += way->length_m[++k];
        g->pieces.piece[i] = piece_of(g->problem, k);
        g->pieces.piece[i].length_m = to_m - g->plan->distance_m[i];
        g->pieces.piece[i].air.shelter = 0;
    }
}

static har_status gather(struct group *g, struct har_arena *arena, struct har_error *err)
{
    size_t pieces = g->plan->count - 1;
    g->member = HAR_NEW(arena, struct member, g->count);
    g->part = HAR_NEW(arena, struct har_pacer_part, g->count);
    g->pieces.piece = HAR_NEW(arena, struct piece, pieces);
    if (!g->member || !g->part || !g->pieces.piece)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a group");
    g->pieces.count = pieces;
    g->pieces.law = g->problem->law;
    g->pieces.track = g->problem->way->track;
    follow_plan(g);
    for (size_t who = 0; who < g->count; who++) {
        struct member *m = &g->member[who];
        double flat_s;
        har_status got =
            runner_of_day(g->problem, g->pacer[who].runner, &m->runner, &flat_s, err);
        if (got != HAR_OK) return got;
        m->left = 1;
        m->shelter = HAR_NEW(arena, double, pieces);
        if (!m->shelter) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a group");
    }
    return HAR_OK;
}

/* Where the lead changes before the piece that ends at node `i`: where the one who had it
 * stepped out, if that was the reason. */
static double handed_over(const struct group *g, size_t who, size_t i)
{
    bool left = g->member[who].out && has_agreed(g, who, i);
    return left ? g->part[who].out_m : g->plan->distance_m[i - 1];
}

har_status har_pace_group(const struct har_pace_problem *problem,
                          const struct har_pace_plan *plan, const struct har_pacer *pacer,
                          size_t count, double shelter, struct har_arena *arena,
                          struct har_turns *out, struct har_error *err)
{
    struct group g = {.problem = problem,
                      .plan = plan,
                      .pacer = pacer,
                      .count = count,
                      .shelter = shelter > 0 ? fmin(shelter, 1) : HAR_SHELTER_TWO_AHEAD};
    if (plan->count < 2 || plan->distance_m[0] != 0 ||
        fabs(plan->distance_m[plan->count - 1] - problem->way->distance_m) > 1e-3)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a group runs the whole of a plan, from its start");
    har_status got = gather(&g, arena, err);
    if (got != HAR_OK) return got;
    struct har_lead *turn = HAR_NEW(arena, struct har_lead, plan->count);
    struct piece *room = HAR_NEW(arena, struct piece, plan->count);
    if (!turn || !room) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a group");
    size_t turns = 0;
    for (size_t i = 1; i < plan->count; i++) {
        size_t leader = leader_on(&g, i);
        if (leader == count) continue;
        run_piece(&g, i, leader);
        if (turns == 0 || turn[turns - 1].who != leader) {
            double from_m = turns == 0 ? 0 : handed_over(&g, turn[turns - 1].who, i);
            if (turns > 0) turn[turns - 1].to_m = from_m;
            turn[turns++] = (struct har_lead){from_m, 0, leader};
        }
        turn[turns - 1].to_m = plan->distance_m[i];
    }
    for (size_t i = 0; i < turns; i++)
        g.part[turn[i].who].led_m += turn[i].to_m - turn[i].from_m;
    for (size_t who = 0; who < count; who++) {
        if (!g.member[who].out) step_out(&g, who, plan->distance_m[plan->count - 1]);
        if (!(g.part[who].out_m > 0)) continue;
        g.part[who].saved_s =
            as_tired(&g, who, false, room) - as_tired(&g, who, true, room);
    }
    *out = (struct har_turns){turns, turn, g.part};
    return HAR_OK;
}
