/* SPDX-License-Identifier: MIT */
#include "judge.h"

#include "harrier/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TRUSTING                                                                           \
    10.0 /* an event's own shift counts as much as nothing does from here on               \
          */

/* Which way of asking each protocol stands for. */
static const struct meaning {
    enum protocol protocol;
    enum har_asking asking;
    bool dated;
} meanings[] = {
    {RACES_FROM_ALL, HAR_RACE_ALL, true},
    {RACES_FROM_OTHER, HAR_RACE_OTHER, true},
    {BESTS_FROM_ALL, HAR_BEST_ALL, true},
    {BESTS_FROM_OTHER, HAR_BEST_OTHER, true},
    {RACES_FROM_BESTS, HAR_RACE_FROM_BESTS, true},
    {BESTS_WITHIN_YEAR, HAR_BEST_FROM_BESTS, true},
    {PBS_FROM_ALL, HAR_RACE_FROM_BESTS, false},
    {PBS_FROM_ALL, HAR_BEST_FROM_BESTS, false},
    /* How the races of recreational runners scatter is not in their bests. */
    {PBS_FROM_ALL, HAR_RACE_ALL, false},
    {PBS_FROM_ALL, HAR_RACE_OTHER, false},
    {PBS_FROM_ALL, HAR_BEST_ALL, false},
    {PBS_FROM_ALL, HAR_BEST_OTHER, false},
};

void ask_all(const struct careers *careers, const struct layout *layout, unsigned fold,
             enum protocol protocol, const struct har_prior *prior, struct har_arena *arena,
             struct verdicts *add_to)
{
    struct har_arena scratch = {0};
    struct one_case *c = calloc(1, sizeof *c);
    size_t room = add_to->count;
    for (size_t i = 0; c && i < careers->count; i++) {
        if (fold < FOLDS && careers->career[i].fold != fold) continue;
        for (size_t t = 0; t < careers->career[i].count; t++) {
            struct har_curve curve;
            struct har_prediction p;
            if (!make_case(careers, layout, i, t, protocol, c)) continue;
            har_arena_reset(&scratch);
            if (har_curve_fit(prior, c->career->sex, c->evidence, c->count, c->day,
                              &scratch, &curve, NULL) ||
                har_curve_predict(&curve, &c->target->evidence.event, c->day,
                                  question_of(protocol), &p, NULL))
                continue;
            struct verdict *more =
                har_arena_grow(arena, add_to->verdict, add_to->count, &room, sizeof *more);
            if (!more) exit(EXIT_FAILURE);
            const struct har_evidence *near = c->evidence + c->nearest;
            double from_m = near->event.distance_m;
            double to_m = c->target->evidence.event.distance_m;
            add_to->verdict = more;
            more[add_to->count++] = (struct verdict){
                .fold = c->career->fold,
                .row = c->target->row,
                .asking = p.asking,
                .actual_s = c->target->evidence.time_s,
                .time_s = p.time_s,
                .sd =
                    log(p.high_s[HAR_WITHIN_50] / p.time_s) / prior->quantile[p.asking][3],
                .riegel_s = har_power_law_time(near->time_s, from_m, to_m, 1.06),
                .cameron_s = har_cameron_time(near->time_s, from_m, to_m),
                .vdot_s = har_vdot_time(har_vdot(from_m, near->time_s), to_m),
            };
        }
    }
    har_arena_free(&scratch);
    free(c);
}

/* --- errors ----------------------------------------------------------------------- */

static double error_of(const struct verdict *v)
{
    return log(v->actual_s / v->time_s);
}

static double median_shift(const struct verdicts *of, unsigned fold, int row,
                           double *scratch)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++)
        if (of->verdict[i].fold != fold && of->verdict[i].row == row)
            scratch[count++] = error_of(of->verdict + i);
    if (count == 0) return 0;
    return har_quantile(scratch, count, 0.5) * (double)count / ((double)count + TRUSTING);
}

void set_errors(const struct verdicts verdicts[PROTOCOLS], const struct layout *layout,
                unsigned fold, struct har_prior *prior)
{
    static const double at[HAR_QUANTILES] = {0.025, 0.1, 0.25, 0.75, 0.9, 0.975};
    for (size_t m = 0; m < sizeof meanings / sizeof *meanings; m++) {
        const struct verdicts *of = verdicts + meanings[m].protocol;
        enum har_asking asking = meanings[m].asking;
        if (meanings[m].dated != layout->dated || of->count == 0) continue;
        double *scratch = malloc(of->count * sizeof *scratch);
        if (!scratch) exit(EXIT_FAILURE);
        for (size_t r = 0; r < prior->rows; r++)
            prior->row[r].shift[asking] = median_shift(of, fold, (int)r, scratch);
        size_t count = 0;
        for (size_t i = 0; i < of->count; i++) {
            const struct verdict *v = of->verdict + i;
            if (v->fold != fold)
                scratch[count++] = (error_of(v) - prior->row[v->row].shift[asking]) / v->sd;
        }
        for (int q = 0; q < HAR_QUANTILES; q++)
            prior->quantile[asking][q] = har_quantile(scratch, count, at[q]);
        free(scratch);
    }
}

/* --- the table ---------------------------------------------------------------------- */

static enum har_asking asking_of(enum protocol protocol)
{
    for (size_t m = 0; m < sizeof meanings / sizeof *meanings; m++)
        if (meanings[m].protocol == protocol) return meanings[m].asking;
    return HAR_RACE_FROM_BESTS;
}

struct sum {
    double sum;
    size_t count;
};

static void add(struct sum *s, double time_s, double actual_s)
{
    if (isnan(time_s)) return;
    s->sum += fabs(time_s / actual_s - 1);
    s->count++;
}

static double percent(const struct sum *s)
{
    return 100 * s->sum / (double)s->count;
}

void print_row(enum protocol protocol, const struct verdicts *verdicts,
               const struct har_prior prior[FOLDS])
{
    struct sum ours = {0}, riegel = {0}, cameron = {0}, vdot = {0};
    size_t within[HAR_WITHINS] = {0}, count = verdicts->count;
    double *size = malloc((count + 1) * sizeof *size), bias = 0;
    enum har_asking asking = asking_of(protocol);
    if (!size || count == 0) exit(EXIT_FAILURE);
    for (size_t i = 0; i < count; i++) {
        const struct verdict *v = verdicts->verdict + i;
        const struct har_prior *p = prior + v->fold;
        double time_s = v->time_s * exp(p->row[v->row].shift[asking]);
        double z = log(v->actual_s / time_s) / v->sd;
        add(&ours, time_s, v->actual_s);
        add(&riegel, v->riegel_s, v->actual_s);
        add(&cameron, v->cameron_s, v->actual_s);
        add(&vdot, v->vdot_s, v->actual_s);
        bias += time_s / v->actual_s - 1;
        size[i] = fabs(time_s / v->actual_s - 1);
        for (int w = 0; w < HAR_WITHINS; w++)
            within[w] += z >= p->quantile[asking][2 - w] && z <= p->quantile[asking][3 + w];
    }
    printf("| %s | %zu | **%.2f** | %.2f | %+.2f | %.1f / %.1f / %.1f | %.2f | %.2f | %.2f "
           "|\n",
           protocol_name[protocol], count, percent(&ours),
           100 * har_quantile(size, count, 0.5), 100 * bias / (double)count,
           100.0 * (double)within[0] / (double)count,
           100.0 * (double)within[1] / (double)count,
           100.0 * (double)within[2] / (double)count, percent(&riegel), percent(&cameron),
           percent(&vdot));
    free(size);
}
