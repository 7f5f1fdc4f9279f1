/* SPDX-License-Identifier: MIT */
/* How fast a plan is made, and whether it was worth keeping.
 *
 *     pace_bench [CHICAGO.csv]      splits of a marathon: k5,k10,...,finish
 *
 * Prints lines of `name value`.
 *
 * The second half is a look at a real field. The plan for a flat course is one effort,
 * which there is one speed. Among runners of one sex with the same time, to the second, at
 * a mark, the third that had run closest to the plan is compared with the third that had
 * run farthest from it: the difference of their mean times, in percent, and its 95 %
 * interval from 1000 draws of those groups with replacement. Three questions, from the one
 * that all but answers itself to the strict ones:
 *
 *     whole    equal at 10 km, close to the plan over the whole race; its finish. Whoever
 *              slows is far from an even plan and late, so this holds by arithmetic too
 *     first10  equal at 10 km, close to the plan up to there; the finish
 *     first30  equal at 30 km, close to the plan up to there; the way from there
 *
 * All three say what goes together, not what causes what: who paces well may be better
 * trained. */

#include "harrier/field.h"
#include "harrier/num.h"
#include "harrier/pace.h"

#include "clock.h"

#include <math.h>

enum { ROUNDS = 20, DRAWS = 1000, LEAST_GROUP = 6 };

/* --- speed -------------------------------------------------------------------------- */

static const struct har_emig runner = {5.5, 0.06, 0.11};

static int time_marathon(struct har_arena *arena)
{
    enum { POINTS = 2110 };
    double at_m[POINTS + 1], height_m[POINTS + 1], best_s = INFINITY, evident_s = INFINITY;
    for (int i = 0; i <= POINTS; i++) {
        at_m[i] = 42195.0 * i / POINTS;
        height_m[i] = 50 * sin(i / 150.0) + 10 * sin(i / 20.0);
    }
    struct har_way way;
    if (har_way_profile(at_m, height_m, POINTS + 1, 20, arena, &way, NULL)) return 1;
    struct har_pace_problem problem = {.way = &way, .runner = &runner};
    struct har_pace_plan plan;
    struct har_pace_evidence evidence;
    for (int round = 0; round < ROUNDS; round++) {
        double from_s = seconds_now();
        if (har_pace(&problem, NULL, arena, &plan, NULL, NULL)) return 1;
        best_s = fmin(best_s, seconds_now() - from_s);
        from_s = seconds_now();
        if (har_pace(&problem, NULL, arena, &plan, &evidence, NULL)) return 1;
        evident_s = fmin(evident_s, seconds_now() - from_s);
    }
    printf("pieces %zu\nmarathon_ms %.2f\nmarathon_evidence_ms %.2f\nmesh_error_s %.4f\n",
           way.count, best_s * 1e3, evident_s * 1e3, evidence.mesh_error_s);
    return 0;
}

static int time_metric_mile(struct har_arena *arena)
{
    const struct har_bend track = {36.8, 400};
    struct har_way way;
    if (har_way_track(1500, &track, 10, arena, &way, NULL)) return 1;
    struct har_pace_problem problem = {
        .way = &way, .runner = &runner, .standing_start = true};
    struct har_pace_plan plan;
    double best_s = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        double from_s = seconds_now();
        if (har_pace(&problem, NULL, arena, &plan, NULL, NULL)) return 1;
        best_s = fmin(best_s, seconds_now() - from_s);
    }
    printf("standing_1500_ms %.2f\n", best_s * 1e3);
    return 0;
}

/* --- a real field ------------------------------------------------------------------- */

/* Marks of the sheet by their place in it. */
enum { AT_5K, AT_10K, AT_30K = 6, AT_FINISH = 9, MARKS };

struct one {
    int sex;
    double key_s, far, outcome_s;
};

struct contrast {
    double sum, weight; /* of the difference in percent */
};

static int by_group(const void *a, const void *b)
{
    const struct one *x = a, *y = b;
    if (x->sex != y->sex) return x->sex - y->sex;
    if (x->key_s != y->key_s) return x->key_s < y->key_s ? -1 : 1;
    return (x->far > y->far) - (x->far < y->far);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How far the stretches up to mark `to` were from one pace: root of the mean square, by
 * distance. */
static double far_from_even(const struct har_field *field, const double *time_s, size_t to)
{
    double pace = time_s[to] / field->mark_m[to], before_m = 0, before_s = 0, sum = 0;
    for (size_t k = 0; k <= to; k++) {
        double length_m = field->mark_m[k] - before_m;
        double off = (time_s[k] - before_s) / length_m / pace - 1;
        sum += length_m * off * off;
        before_m = field->mark_m[k];
        before_s = time_s[k];
    }
    return sqrt(sum / field->mark_m[to]);
}

/* Closest third against farthest third of every group of equals. */
static size_t contrasts(struct one *all, size_t count, struct contrast *out)
{
    size_t groups = 0;
    qsort(all, count, sizeof *all, by_group);
    for (size_t from = 0, to; from < count; from = to) {
        double near_s = 0, far_s = 0, mean_s = 0;
        for (to = from; to < count && all[to].sex == all[from].sex &&
                        all[to].key_s == all[from].key_s;)
            mean_s += all[to++].outcome_s;
        size_t size = to - from, third = size / 3;
        if (size < LEAST_GROUP) continue;
        for (size_t i = 0; i < third; i++) {
            near_s += all[from + i].outcome_s;
            far_s += all[to - 1 - i].outcome_s;
        }
        double pct = 100 * (far_s - near_s) / (double)third / (mean_s / (double)size);
        out[groups++] = (struct contrast){pct * (double)size, (double)size};
    }
    return groups;
}

static void report(const char *name, struct one *all, size_t count, struct har_arena *arena)
{
    struct contrast *group = HAR_NEW(arena, struct contrast, count);
    double draw[DRAWS], sum = 0, weight = 0;
    struct har_random random = har_random_of(2023);
    if (!group) return;
    size_t groups = contrasts(all, count, group);
    if (groups == 0) return;
    for (size_t g = 0; g < groups; g++) {
        sum += group[g].sum;
        weight += group[g].weight;
    }
    for (int d = 0; d < DRAWS; d++) {
        double s = 0, w = 0;
        for (size_t g = 0; g < groups; g++) {
            size_t i = (size_t)(har_random_uniform(&random) * (double)groups);
            s += group[i].sum;
            w += group[i].weight;
        }
        draw[d] = s / w;
    }
    qsort(draw, DRAWS, sizeof *draw, by_value);
    printf("%s_runners %.0f\n%s_faster_pct %.2f\n%s_low_pct %.2f\n%s_high_pct %.2f\n", name,
           weight, name, sum / weight, name, draw[DRAWS * 25 / 1000], name,
           draw[DRAWS * 975 / 1000]);
}

static int look_at(const char *path, struct har_arena *arena)
{
    static const struct {
        const char *name;
        size_t key, close_to, from;
    } questions[] = {
        {"whole", AT_10K, AT_FINISH, 0},
        {"first10", AT_10K, AT_10K, 0},
        {"first30", AT_30K, AT_30K, AT_30K},
    };
    struct har_fields fields;
    struct har_analysis analysis;
    struct har_bytes file = whole_file(path);
    double from_s = seconds_now();
    if (har_fields_read(file, 0, arena, &fields, NULL)) return 1;
    const struct har_field *field = &fields.field[0];
    if (har_field_analyse(field, NULL, arena, &analysis, NULL)) return 1;
    printf("analyse_s %.3f\nfinishers %zu\n", seconds_now() - from_s,
           analysis.finisher_count);
    struct one *all = HAR_NEW(arena, struct one, field->runner_count);
    if (!all || field->mark_count != MARKS) return 1;
    for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) {
        size_t count = 0;
        for (size_t i = 0; i < field->runner_count; i++) {
            const double *time_s = field->runner[i].time_s;
            bool whole = field->runner[i].sex != HAR_UNTOLD;
            for (size_t k = 0; k < MARKS; k++) whole = whole && !isnan(time_s[k]);
            if (!whole) continue;
            double since_s = questions[q].from ? time_s[questions[q].from] : 0;
            all[count++] = (struct one){field->runner[i].sex, time_s[questions[q].key],
                                        far_from_even(field, time_s, questions[q].close_to),
                                        time_s[AT_FINISH] - since_s};
        }
        report(questions[q].name, all, count, arena);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct har_arena arena = {0};
    int status = time_marathon(&arena);
    if (status == 0) status = time_metric_mile(&arena);
    if (status == 0 && argc > 1) status = look_at(argv[1], &arena);
    har_arena_free(&arena);
    return status;
}
