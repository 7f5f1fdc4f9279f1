/* SPDX-License-Identifier: MIT */
/* J. A. Nelder and R. Mead, "A simplex method for function minimization", Comput. J. 7
 * (1965) 308, with their own coefficients: reflect by 1, expand by 2, contract and shrink
 * by a half. It needs no derivative, forgives a function that is undefined in places, and
 * takes a hundred looks or two for a few unknowns; for many it is known to stall, so six
 * are the most. */

#include "harrier/num.h"

#include <math.h>
#include <string.h>

enum { CORNERS = HAR_MOST_UNKNOWNS + 1 };

struct simplex {
    double (*f)(const void *of, const double *x);
    const void *of;
    size_t count;
    double corner[CORNERS][HAR_MOST_UNKNOWNS], value[CORNERS];
};

static double simplex_value(const struct simplex *s, const double *x)
{
    double value = s->f(s->of, x);
    return isnan(value) ? (double)INFINITY : value;
}

static void simplex_set(struct simplex *s, size_t corner, const double *x, double value)
{
    memcpy(s->corner[corner], x, s->count * sizeof *x);
    s->value[corner] = value;
}

static void swap_corners(struct simplex *s, size_t a, size_t b)
{
    double value = s->value[a];
    s->value[a] = s->value[b];
    s->value[b] = value;
    for (size_t i = 0; i < s->count; i++) {
        double x = s->corner[a][i];
        s->corner[a][i] = s->corner[b][i];
        s->corner[b][i] = x;
    }
}

/* The lowest first. */
static void order_corners(struct simplex *s)
{
    for (size_t i = 1; i <= s->count; i++)
        for (size_t k = i; k > 0 && s->value[k] < s->value[k - 1]; k--)
            swap_corners(s, k, k - 1);
}

/* The value at `by` times the way from the highest corner to the middle of the others, and
 * beyond; `x` is that point. */
static double look_from_highest(const struct simplex *s, double by, double *x)
{
    const double *highest = s->corner[s->count];
    for (size_t k = 0; k < s->count; k++) {
        double middle = 0;
        for (size_t i = 0; i < s->count; i++) middle += s->corner[i][k];
        middle /= (double)s->count;
        x[k] = highest[k] + by * (middle - highest[k]);
    }
    return simplex_value(s, x);
}

static void shrink(struct simplex *s)
{
    for (size_t i = 1; i <= s->count; i++) {
        for (size_t k = 0; k < s->count; k++)
            s->corner[i][k] = (s->corner[0][k] + s->corner[i][k]) / 2;
        s->value[i] = simplex_value(s, s->corner[i]);
    }
}

static void step_down(struct simplex *s)
{
    double over[HAR_MOST_UNKNOWNS], other[HAR_MOST_UNKNOWNS];
    size_t last = s->count;
    double value = look_from_highest(s, 2, over);
    if (value < s->value[0]) {
        double further = look_from_highest(s, 3, other);
        if (further < value) simplex_set(s, last, other, further);
        else simplex_set(s, last, over, value);
        return;
    }
    if (value < s->value[last - 1]) {
        simplex_set(s, last, over, value);
        return;
    }
    bool outside = value < s->value[last];
    double nearer = look_from_highest(s, outside ? 1.5 : 0.5, other);
    if (nearer < fmin(value, s->value[last])) simplex_set(s, last, other, nearer);
    else shrink(s);
}

double har_minimise(double (*f)(const void *of, const double *x), const void *of, double *x,
                    const double *step, size_t count, double close, unsigned rounds)
{
    struct simplex s = {.f = f, .of = of, .count = count};
    for (size_t i = 0; i <= count; i++) {
        memcpy(s.corner[i], x, count * sizeof *x);
        if (i > 0) s.corner[i][i - 1] += step[i - 1];
        s.value[i] = simplex_value(&s, s.corner[i]);
    }
    order_corners(&s);
    for (unsigned i = 0; i < rounds && s.value[count] - s.value[0] > close; i++) {
        step_down(&s);
        order_corners(&s);
    }
    memcpy(x, s.corner[0], count * sizeof *x);
    return s.value[0];
}
