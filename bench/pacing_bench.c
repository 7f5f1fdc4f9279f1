/* SPDX-License-Identifier: MIT */
/* Whether the plan was worth keeping: a look at a real field, and how fast it is read.
 *
 *     pacing_bench CHICAGO.csv      splits of a marathon: k5,k10,...,finish
 *
 * Prints lines of `name value`. docs/pacing.md says what came out.
 *
 * The plan for a flat course is one effort, which there is one speed. Among runners of one
 * sex with the same time, to the second, at a mark, the third that had run closest to the
 * plan is compared with the third that had run farthest from it: the difference of their
 * mean times, in percent, and its 95 % interval from 1000 draws of those groups with
 * replacement. Four questions, from the one that all but answers itself to the strict ones:
 *
 *     whole    equal at 10 km, close to the plan over the whole race; its finish. Whoever
 *              slows is far from an even plan and late, so this holds by arithmetic too
 *     first10  equal at 10 km, close to the plan up to there; the finish
 *     half     equal at half way, close to the plan up to there; the second half
 *     first30  equal at 30 km, close to the plan up to there; the way from there
 *
 * Far from the plan is who began too fast and who began too slowly. A regression tells them
 * apart, within the same groups of equals at half way: by how many percent is the second
 * half slower for each percent that the way from 10 km to half way was slower than the
 * first 10 km, and for each percent that it was faster?
 *
 * All say what goes together, not what causes what: who paces well may be better trained.
 */

#include "harrier/field.h"
#include "harrier/num.h"

#include "clock.h"

#include <math.h>

enum { DRAWS = 1000, LEAST_GROUP = 6 };

/* Marks of the sheet by their place in it. */
enum { AT_10K = 1, AT_HALF = 4, AT_30K = 6, AT_FINISH = 9, MARKS };

struct one {
    int sex;
    double key_s, far, outcome_s;
    double drift; /* pace from 10 km to half way over that until there, less 1 */
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

static double drift_of(const struct har_field *field, const double *time_s)
{
    double before = time_s[AT_10K] / field->mark_m[AT_10K];
    double after = (time_s[AT_HALF] - time_s[AT_10K]) /
                   (field->mark_m[AT_HALF] - field->mark_m[AT_10K]);
    return after / before - 1;
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

/* --- begun too fast, begun too slowly ------------------------------------------------ */

/* Sums over a group, each value less the group's mean: of what was slower afterwards (y),
 * of fading (a) and of rising (b) before half way. */
struct sums {
    double aa, ab, bb, ay, by, runners;
};

static void add_sums(struct sums *to, const struct sums *more)
{
    to->aa += more->aa;
    to->ab += more->ab;
    to->bb += more->bb;
    to->ay += more->ay;
    to->by += more->by;
    to->runners += more->runners;
}

static struct sums sums_of(const struct one *group, size_t size)
{
    double mean_a = 0, mean_b = 0, mean_y = 0, count = (double)size;
    for (size_t i = 0; i < size; i++) {
        mean_a += fmax(group[i].drift, 0) / count;
        mean_b += fmax(-group[i].drift, 0) / count;
        mean_y += group[i].outcome_s / count;
    }
    struct sums sums = {.runners = count};
    for (size_t i = 0; i < size; i++) {
        double a = fmax(group[i].drift, 0) - mean_a, b = fmax(-group[i].drift, 0) - mean_b;
        double y = group[i].outcome_s / mean_y - 1;
        add_sums(&sums, &(struct sums){a * a, a * b, b * b, a * y, b * y, 0});
    }
    return sums;
}

/* Least squares with a level of its own for every group. */
static void slopes_of(const struct sums *s, double *fading, double *rising)
{
    double determinant = s->aa * s->bb - s->ab * s->ab;
    *fading = (s->ay * s->bb - s->by * s->ab) / determinant;
    *rising = (s->by * s->aa - s->ay * s->ab) / determinant;
}

static void report_slopes(struct one *all, size_t count, struct har_arena *arena)
{
    struct sums *group = HAR_NEW(arena, struct sums, count), whole = {0};
    struct har_random random = har_random_of(2023);
    double fading[DRAWS], rising[DRAWS], a, b;
    size_t groups = 0;
    if (!group) return;
    qsort(all, count, sizeof *all, by_group);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && all[to].sex == all[from].sex &&
                        all[to].key_s == all[from].key_s;)
            to++;
        if (to - from < LEAST_GROUP) continue;
        group[groups] = sums_of(&all[from], to - from);
        add_sums(&whole, &group[groups++]);
    }
    if (groups == 0) return;
    for (int d = 0; d < DRAWS; d++) {
        struct sums drawn = {0};
        for (size_t g = 0; g < groups; g++)
            add_sums(&drawn,
                     &group[(size_t)(har_random_uniform(&random) * (double)groups)]);
        slopes_of(&drawn, &fading[d], &rising[d]);
    }
    slopes_of(&whole, &a, &b);
    qsort(fading, DRAWS, sizeof *fading, by_value);
    qsort(rising, DRAWS, sizeof *rising, by_value);
    printf("slopes_runners %.0f\n", whole.runners);
    printf("fading_slope %.3f\nfading_low %.3f\nfading_high %.3f\n", a,
           fading[DRAWS * 25 / 1000], fading[DRAWS * 975 / 1000]);
    printf("rising_slope %.3f\nrising_low %.3f\nrising_high %.3f\n", b,
           rising[DRAWS * 25 / 1000], rising[DRAWS * 975 / 1000]);
}

/* --- the field ---------------------------------------------------------------------- */

static int look_at(const char *path, struct har_arena *arena)
{
    static const struct {
        const char *name;
        size_t key, close_to, from;
    } questions[] = {
        {"whole", AT_10K, AT_FINISH, 0},
        {"first10", AT_10K, AT_10K, 0},
        {"first30", AT_30K, AT_30K, AT_30K},
        {"half", AT_HALF, AT_HALF, AT_HALF},
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
            all[count++] =
                (struct one){field->runner[i].sex, time_s[questions[q].key],
                             far_from_even(field, time_s, questions[q].close_to),
                             time_s[AT_FINISH] - since_s, drift_of(field, time_s)};
        }
        report(questions[q].name, all, count, arena);
        if (questions[q].key == AT_HALF) report_slopes(all, count, arena);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct har_arena arena = {0};
    int status = argc > 1 ? look_at(argv[1], &arena) : 2;
    har_arena_free(&arena);
    return status;
}
