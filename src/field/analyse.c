/* SPDX-License-Identifier: MIT */
/* What happened in a race.
 *
 * Places of equal times are those of the sheet where it has them, else its order: a sheet
 * in whole seconds knows more of who was ahead than its times do. Positions at marks count
 * those who were seen there; a runner whom a mat missed has none, and the next lap is as
 * long as it was. The half lies where half of the distance does, in a straight line between
 * the marks about it. */

#include "decisive.h"

#include <math.h>
#include <stdlib.h>

#define USUAL_PACK_S 1.0

struct arrival {
    double time_s, far_m;
    int place;
    size_t runner;
};

static int by_arrival(const void *a, const void *b)
{
    const struct arrival *one = a, *two = b;
    if (one->far_m != two->far_m) return one->far_m > two->far_m ? -1 : 1;
    if (one->time_s != two->time_s) return one->time_s < two->time_s ? -1 : 1;
    if (one->place != two->place) return one->place < two->place ? -1 : 1;
    return (one->runner > two->runner) - (one->runner < two->runner);
}

struct analysing {
    const struct har_field *field;
    double pack_s;
    struct har_performance *performance;
    struct har_passing *passing; /* of runner i at mark k: [i * mark_count + k] */
    struct har_mark_summary *mark;
    struct arrival *arrival;
    double *slow;
    size_t *by_place;
    size_t finisher_count, closer;
};

static struct har_passing *passing_of(const struct analysing *a, size_t runner, size_t k)
{
    return &a->passing[runner * a->field->mark_count + k];
}

static void lap_runner(const struct analysing *a, size_t runner)
{
    const double *time_s = a->field->runner[runner].time_s;
    double before_s = 0, before_m = 0;
    for (size_t k = 0; k < a->field->mark_count; k++) {
        struct har_passing *p = passing_of(a, runner, k);
        *p = (struct har_passing){.lap_s = NAN, .lap_m = NAN, .behind_s = NAN};
        if (isnan(time_s[k])) continue;
        p->lap_s = time_s[k] - before_s;
        p->lap_m = a->field->mark_m[k] - before_m;
        before_s = time_s[k];
        before_m = a->field->mark_m[k];
    }
}

/* Everybody who was seen at a mark, first to last. */
static size_t line_up(const struct analysing *a, size_t k)
{
    const struct har_field *f = a->field;
    size_t count = 0;
    for (size_t i = 0; i < f->runner_count; i++) {
        if (isnan(f->runner[i].time_s[k])) continue;
        int place = f->runner[i].place;
        a->arrival[count++] =
            (struct arrival){f->runner[i].time_s[k], 0, place > 0 ? place : INT32_MAX, i};
    }
    qsort(a->arrival, count, sizeof *a->arrival, by_arrival);
    return count;
}

static void pass_mark(const struct analysing *a, size_t k)
{
    size_t seen = line_up(a, k);
    int pack = 1;
    for (size_t i = 0; i < seen; i++) {
        const struct arrival *here = &a->arrival[i];
        struct har_passing *p = passing_of(a, here->runner, k);
        if (i > 0 && here->time_s - a->arrival[i - 1].time_s > a->pack_s) pack++;
        p->position = (int)i + 1;
        p->behind_s = here->time_s - a->arrival[0].time_s;
        p->pack = pack;
    }
    a->mark[k] = (struct har_mark_summary){.leader = seen ? a->arrival[0].runner : SIZE_MAX,
                                           .seen = seen,
                                           .packs = seen ? pack : 0,
                                           .slowdown = NAN};
}

/* Finishers by time, then the others by how far they came. */
static void place_all(struct analysing *a)
{
    const struct har_field *f = a->field;
    size_t last = f->mark_count - 1;
    for (size_t i = 0; i < f->runner_count; i++) {
        size_t k = f->mark_count;
        while (k > 0 && isnan(f->runner[i].time_s[k - 1])) k--;
        int place = f->runner[i].place;
        a->arrival[i] =
            (struct arrival){k ? f->runner[i].time_s[k - 1] : 0, k ? f->mark_m[k - 1] : 0,
                             place > 0 ? place : INT32_MAX, i};
        a->finisher_count += k == f->mark_count;
    }
    qsort(a->arrival, f->runner_count, sizeof *a->arrival, by_arrival);
    for (size_t i = 0; i < f->runner_count; i++) {
        size_t runner = a->arrival[i].runner;
        bool finished = i < a->finisher_count;
        a->by_place[i] = runner;
        a->performance[runner] = (struct har_performance){
            .place = finished ? (int)i + 1 : 0,
            .finish_s = finished ? f->runner[runner].time_s[last] : NAN,
            .even = NAN,
            .passing = passing_of(a, runner, 0)};
    }
}

/* When a runner had run `at_m`; NaN unless seen before and after. */
static double time_at(const struct har_field *f, size_t runner, double at_m)
{
    const double *time_s = f->runner[runner].time_s;
    double before_m = 0, before_s = 0;
    bool seen = false;
    for (size_t k = 0; k < f->mark_count; k++) {
        if (isnan(time_s[k])) continue;
        if (f->mark_m[k] >= at_m) {
            if (!seen && f->mark_m[k] > at_m) return NAN;
            double share = (at_m - before_m) / (f->mark_m[k] - before_m);
            return before_s + share * (time_s[k] - before_s);
        }
        seen = true;
        before_m = f->mark_m[k];
        before_s = time_s[k];
    }
    return NAN;
}

static void judge_evenness(const struct analysing *a)
{
    double half_m = a->field->mark_m[a->field->mark_count - 1] / 2;
    for (size_t i = 0; i < a->finisher_count; i++) {
        struct har_performance *p = &a->performance[a->by_place[i]];
        double half_s = time_at(a->field, a->by_place[i], half_m);
        p->even = (p->finish_s - half_s) / half_s - 1;
    }
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return (one > two) - (one < two);
}

static void judge_slowdown(const struct analysing *a)
{
    const struct har_field *f = a->field;
    double finish_m = f->mark_m[f->mark_count - 1];
    for (size_t k = 0; k + 1 < f->mark_count; k++) {
        size_t count = 0;
        for (size_t i = 0; i < a->finisher_count; i++) {
            double here_s = f->runner[a->by_place[i]].time_s[k];
            double finish_s = a->performance[a->by_place[i]].finish_s;
            if (isnan(here_s)) continue;
            double after = (finish_s - here_s) / (finish_m - f->mark_m[k]);
            a->slow[count++] = after / (here_s / f->mark_m[k]) - 1;
        }
        qsort(a->slow, count, sizeof *a->slow, by_size);
        if (count > 0)
            a->mark[k].slowdown = (a->slow[(count - 1) / 2] + a->slow[count / 2]) / 2;
    }
}

static void find_closer(struct analysing *a)
{
    size_t last = a->field->mark_count - 1;
    double best_s = INFINITY;
    a->closer = SIZE_MAX;
    if (last == 0) return;
    double whole_m = a->field->mark_m[last] - a->field->mark_m[last - 1];
    for (size_t i = 0; i < a->finisher_count; i++) {
        const struct har_passing *p = passing_of(a, a->by_place[i], last);
        if (!(p->lap_m <= whole_m) || !(p->lap_s < best_s)) continue;
        best_s = p->lap_s;
        a->closer = a->by_place[i];
    }
}

har_status har_field_analyse(const struct har_field *field,
                             const struct har_field_settings *settings,
                             struct har_arena *arena, struct har_analysis *out,
                             struct har_error *err)
{
    size_t runners = field->runner_count, marks = field->mark_count;
    struct analysing a = {.field = field,
                          .pack_s = settings && settings->pack_s > 0 ? settings->pack_s
                                                                     : USUAL_PACK_S,
                          .performance = HAR_NEW(arena, struct har_performance, runners),
                          .passing = HAR_ROOM(arena, struct har_passing, runners * marks),
                          .mark = HAR_NEW(arena, struct har_mark_summary, marks),
                          .arrival = HAR_NEW(arena, struct arrival, runners),
                          .slow = HAR_NEW(arena, double, runners),
                          .by_place = HAR_NEW(arena, size_t, runners)};
    bool room = a.performance && a.passing && a.mark && a.arrival && a.slow && a.by_place;
    if (!room) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for an analysis");
    for (size_t i = 0; i < runners; i++) lap_runner(&a, i);
    for (size_t k = 0; k < marks; k++) pass_mark(&a, k);
    place_all(&a);
    judge_evenness(&a);
    judge_slowdown(&a);
    find_closer(&a);
    *out = (struct har_analysis){.performance = a.performance,
                                 .mark = a.mark,
                                 .finisher_count = a.finisher_count,
                                 .by_place = a.by_place,
                                 .closer = a.closer};
    if (!find_decisive(field, arena, out))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for an analysis");
    return HAR_OK;
}
