/* SPDX-License-Identifier: MIT */
/* Learning a prior by what it is for: foretelling. Each mark of each career is foretold
 * from the earlier ones, and the loss is that of a Laplace distribution, so that a bad day
 * weighs by its size and not by its square. The gradient goes through the posterior
 * (weights held), by the adjoint of the two solves:
 *
 *     m = mean + k'g,  v = k(t,t) + noise^2 - k'u,  with  K g = residual, K u = k
 *     dm = dmean + dk'g - u'dK g - u'dmean_marks,  dv = dk(t,t) + dnoise^2 - 2 u'dk + u'dK
 * u
 *
 * Steps are Adam's (Kingma and Ba 2015) with a rate that falls to zero. A column is a
 * smooth function of ln distance and the ground, and each event may leave it as far as a
 * penalty lets it: events with few marks lie on the curve of the others. */

#include "learn.h"

#include "cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 100, PARTS = 4, BASIS = 4, TERMS = 4 };
#define NARROW 0.15     /* in sd: the loss is round below that */
#define LAPLACE 1.25    /* mean |z| of a normal distribution, inverted */
#define OTHER_SHARE 0.5 /* of the weight of foretelling from other events */
#define BEST_SHARE 2.0
#define SHIFT_STEP 2e-5

/* --- parameters ------------------------------------------------------------------ */

enum column {
    MEN,
    LEVEL,
    BEND,
    OWN,
    DRIFT,
    OWN_DRIFT,
    FORM,
    OWN_FORM,
    NOISE,
    SHORT_TRACK,
    WINTER,
    SPRING,
    COLUMNS
};
static const struct column_about {
    size_t offset;
    double start, slope; /* against ln(distance / 5 km) */
    double free;         /* sd by which an event may leave the curve */
    double bow;          /* sd of the curve's own terms */
    double rate;
    bool dated, positive;
} about[COLUMNS] = {
    [MEN] = {offsetof(struct har_prior_row, men), 6.8, 1.08, .05, HUGE_VAL, .0015, 0, 0},
    [LEVEL] = {offsetof(struct har_prior_row, level), .06, 0, .003, .012, .001, 0, 0},
    [BEND] = {offsetof(struct har_prior_row, bend), .003, .015, .002, .008, .0007, 0, 0},
    [OWN] = {offsetof(struct har_prior_row, own), .006, 0, .001, .004, .0003, 0, 1},
    [DRIFT] = {offsetof(struct har_prior_row, drift), .028, 0, .002, .008, .001, 1, 0},
    [OWN_DRIFT] = {offsetof(struct har_prior_row, own_drift), .005, 0, .00075, .003, .0003,
                   1, 1},
    [FORM] = {offsetof(struct har_prior_row, form), .005, 0, .0015, .006, .0005, 1, 0},
    [OWN_FORM] = {offsetof(struct har_prior_row, own_form), .004, 0, .00075, .003, .0003, 1,
                  1},
    [NOISE] = {offsetof(struct har_prior_row, noise), .013, 0, .00125, .005, .0004, 0, 1},
    [SHORT_TRACK] = {offsetof(struct har_prior_row, short_track), 0, 0, .003, .012, .0007,
                     1, 0},
    [WINTER] = {offsetof(struct har_prior_row, winter), 0, 0, .0015, .006, .0005, 1, 0},
    [SPRING] = {offsetof(struct har_prior_row, spring), 0, 0, .0015, .006, .0005, 1, 0},
};
#define LEAST_SD 1e-3

/* Beside the columns: how women differ, and the two memories. */
enum term { WOMEN, WOMEN_SLOPE, LN_DRIFT_DAYS, LN_FORM_DAYS };
static const double term_start[TERMS] = {.15, 0, 7.0, 3.4};
static const double term_rate[TERMS] = {.001, .0007, .02, .02};

struct parameters {
    double curve[COLUMNS][BASIS], leave[HAR_PRIOR_ROWS][COLUMNS], term[TERMS];
};
enum { PARAMETERS = sizeof(struct parameters) / sizeof(double) };

static double *cell(struct har_prior_row *row, int column)
{
    return (double *)((char *)row + about[column].offset);
}

static double ln5(double distance_m)
{
    return log(distance_m / 5000);
}

static void basis(const struct har_prior_row *row, double *out)
{
    double x = ln5(row->distance_m);
    out[0] = 1;
    out[1] = x;
    out[2] = x * x;
    out[3] = row->kind == HAR_EVENT_ROAD;
}

static void begin(const struct careers *careers, struct har_prior *prior,
                  struct parameters *p)
{
    double sum[HAR_PRIOR_ROWS] = {0}, count[HAR_PRIOR_ROWS] = {0};
    memset(p, 0, sizeof *p);
    memcpy(p->term, term_start, sizeof term_start);
    for (int c = 0; c < COLUMNS; c++) {
        p->curve[c][0] = about[c].start;
        p->curve[c][1] = about[c].slope;
    }
    for (size_t i = 0; i < careers->count; i++)
        for (size_t k = 0; k < careers->career[i].count; k++) {
            const struct career_mark *m = careers->mark + careers->career[i].first + k;
            sum[m->row] += log(m->evidence.time_s) -
                           (careers->career[i].sex == HAR_WOMEN ? term_start[WOMEN] : 0);
            count[m->row]++;
        }
    for (size_t r = 0; r < prior->rows; r++) {
        prior->row[r].marks = fmax(count[r], 1); /* of all careers: what is known of it */
        if (count[r] > 0)
            p->leave[r][MEN] = sum[r] / count[r] - about[MEN].start -
                               about[MEN].slope * ln5(prior->row[r].distance_m);
    }
}

static void write_prior(const struct parameters *p, const struct layout *layout,
                        struct har_prior *prior)
{
    for (size_t r = 0; r < prior->rows; r++) {
        struct har_prior_row *row = prior->row + r;
        double b[BASIS];
        basis(row, b);
        for (int c = 0; c < COLUMNS; c++) {
            double value = p->leave[r][c];
            for (int k = 0; k < BASIS; k++) value += p->curve[c][k] * b[k];
            if (about[c].positive) value = fmax(value, LEAST_SD);
            if (about[c].dated && !layout->dated) value = 0;
            *cell(row, c) = value;
        }
        if (row->kind == HAR_EVENT_ROAD) row->short_track = 0;
        row->women = row->men + p->term[WOMEN] + p->term[WOMEN_SLOPE] * b[1];
    }
    prior->drift_days = exp(p->term[LN_DRIFT_DAYS]);
    prior->form_days = exp(p->term[LN_FORM_DAYS]);
}

/* --- gradient --------------------------------------------------------------------- */

struct gradient {
    double column[HAR_PRIOR_ROWS][COLUMNS], term[TERMS];
};

/* What the marks of a curve are to the gradient. */
struct place {
    int row;
    bool short_track;
    double day;
};

static void add_mean(struct gradient *g, const struct har_prior *prior,
                     const struct place *at, enum har_sex sex, double share)
{
    double *c = g->column[at->row];
    c[MEN] += share;
    if (sex == HAR_WOMEN) {
        g->term[WOMEN] += share;
        g->term[WOMEN_SLOPE] += share * ln5(prior->row[at->row].distance_m);
    }
    if (at->short_track) c[SHORT_TRACK] += share;
    else {
        double angle = 2 * acos(-1.0) * at->day / 365.25;
        c[WINTER] += share * cos(angle);
        c[SPRING] += share * sin(angle);
    }
}

static void add_covariance(struct gradient *g, const struct har_prior *prior,
                           const struct place *a, const struct place *b, double share)
{
    const struct har_prior_row *x = prior->row + a->row, *y = prior->row + b->row;
    double *gx = g->column[a->row], *gy = g->column[b->row];
    double apart = fabs(a->day - b->day);
    double drift = exp(-apart / prior->drift_days), form = exp(-apart / prior->form_days);
    double drifted = x->drift * y->drift, formed = x->form * y->form;
    gx[LEVEL] += share * y->level;
    gy[LEVEL] += share * x->level;
    gx[BEND] += share * y->bend;
    gy[BEND] += share * x->bend;
    gx[DRIFT] += share * drift * y->drift;
    gy[DRIFT] += share * drift * x->drift;
    gx[FORM] += share * form * y->form;
    gy[FORM] += share * form * x->form;
    if (a->row == b->row) {
        gx[OWN] += 2 * share * x->own;
        gx[OWN_DRIFT] += 2 * share * drift * x->own_drift;
        gx[OWN_FORM] += 2 * share * form * x->own_form;
        drifted += x->own_drift * x->own_drift;
        formed += x->own_form * x->own_form;
    }
    g->term[LN_DRIFT_DAYS] += share * drifted * drift * apart / prior->drift_days;
    g->term[LN_FORM_DAYS] += share * formed * form * apart / prior->form_days;
}

/* k(a, b) as the curve has it. */
static double covariance(const struct har_prior *prior, const struct place *a,
                         const struct place *b)
{
    const struct har_prior_row *x = prior->row + a->row, *y = prior->row + b->row;
    double apart = fabs(a->day - b->day);
    double drift = exp(-apart / prior->drift_days), form = exp(-apart / prior->form_days);
    double k = x->level * y->level + x->bend * y->bend + drift * x->drift * y->drift +
               form * x->form * y->form;
    if (a->row == b->row)
        k += x->own * x->own + drift * x->own_drift * x->own_drift +
             form * x->own_form * x->own_form;
    return k;
}

struct step {
    const struct har_prior *prior;
    struct gradient g;
    double loss, best_shift[HAR_PRIOR_ROWS];
};

/* u = K^-1 k by the two triangles of the root. */
static void solve(const struct har_curve *curve, const double *k, double *u)
{
    size_t n = curve->count;
    for (size_t i = 0; i < n; i++) u[i] = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j <= i; j++) sum += curve->root[i * n + j] * k[j];
        for (size_t j = 0; j <= i; j++) u[j] += curve->root[i * n + j] * sum;
    }
}

/* The row of each mark of the curve: all are rows of the prior, as the careers were read.
 */
static void places_of(const struct har_prior *prior, const struct one_case *c,
                      const struct har_curve *curve, struct place *out)
{
    for (size_t i = 0; i < curve->count; i++) {
        const struct har_evidence *e = c->evidence + curve->index[i];
        out[i] = (struct place){0, e->event.kind == HAR_EVENT_SHORT_TRACK, (double)e->day};
        while (prior->row[out[i].row].code != curve->row[i].code) out[i].row++;
    }
}

static void take_case(struct step *s, const struct one_case *c,
                      const struct har_curve *curve, double weight, bool best)
{
    const struct har_prior *prior = s->prior;
    size_t n = curve->count;
    struct place target = {c->target->row, false, (double)c->target->evidence.day};
    const struct har_prior_row *row = prior->row + target.row;
    struct place mark[HAR_CURVE_MOST];
    double k[HAR_CURVE_MOST], u[HAR_CURVE_MOST];
    places_of(prior, c, curve, mark);
    double angle = 2 * acos(-1.0) * target.day / 365.25;
    double m = (c->career->sex == HAR_MEN ? row->men : row->women) +
               row->winter * cos(angle) + row->spring * sin(angle);
    double v = covariance(prior, &target, &target) + row->noise * row->noise;
    for (size_t i = 0; i < n; i++) {
        k[i] = covariance(prior, &target, mark + i);
        m += k[i] * curve->gain[i];
    }
    solve(curve, k, u);
    for (size_t i = 0; i < n; i++) v -= k[i] * u[i];
    v = fmax(v, 1e-6);
    double error = log(c->target->evidence.time_s) - m;
    if (best) {
        error -= s->best_shift[target.row];
        s->best_shift[target.row] += error > 0 ? SHIFT_STEP : -SHIFT_STEP;
    }
    double sd = sqrt(v), z = error / sd, size = hypot(z, NARROW),
           slope = LAPLACE * z / size;
    s->loss += weight * (log(sd) + LAPLACE * size);
    double gm = -weight * slope / sd, gv = weight * 0.5 * (1 - slope * z) / v;
    add_mean(&s->g, prior, &target, c->career->sex, gm);
    add_covariance(&s->g, prior, &target, &target, gv);
    s->g.column[target.row][NOISE] += 2 * row->noise * gv;
    for (size_t i = 0; i < n; i++) {
        double noise = prior->row[mark[i].row].noise;
        add_covariance(&s->g, prior, &target, mark + i,
                       gm * curve->gain[i] - 2 * gv * u[i]);
        add_mean(&s->g, prior, mark + i, c->career->sex, -gm * u[i]);
        s->g.column[mark[i].row][NOISE] +=
            2 * noise / curve->weight[i] * (gv * u[i] * u[i] - gm * u[i] * curve->gain[i]);
        for (size_t j = 0; j <= i; j++) {
            double share =
                2 * gv * u[i] * u[j] - gm * (u[i] * curve->gain[j] + u[j] * curve->gain[i]);
            add_covariance(&s->g, prior, mark + i, mark + j, i == j ? share / 2 : share);
        }
    }
}

static void take_protocol(struct step *s, const struct careers *careers,
                          const struct layout *layout, size_t career,
                          enum protocol protocol, double share, struct har_arena *arena,
                          struct one_case *c)
{
    for (size_t t = 0; t < careers->career[career].count; t++) {
        struct har_curve curve;
        if (!make_case(careers, layout, career, t, protocol, c)) continue;
        har_arena_reset(arena);
        if (har_curve_fit(s->prior, c->career->sex, c->evidence, c->count, c->day, arena,
                          &curve, NULL))
            continue;
        take_case(s, c, &curve, share, false);
        if (c->target->season_best && layout->dated)
            take_case(s, c, &curve, share * BEST_SHARE, true);
    }
}

/* --- steps ------------------------------------------------------------------------ */

/* From cells to parameters, with the penalties of one part of the careers. */
static void to_parameters(const struct gradient *g, const struct har_prior *prior,
                          const struct parameters *p, struct parameters *out)
{
    memset(out, 0, sizeof *out);
    for (size_t r = 0; r < prior->rows; r++) {
        double b[BASIS];
        basis(prior->row + r, b);
        for (int c = 0; c < COLUMNS; c++) {
            double free = about[c].free;
            out->leave[r][c] = g->column[r][c] + p->leave[r][c] / (free * free) / PARTS;
            for (int k = 0; k < BASIS; k++) out->curve[c][k] += g->column[r][c] * b[k];
        }
    }
    for (int c = 0; c < COLUMNS; c++)
        for (int k = 1; k < BASIS; k++)
            out->curve[c][k] += p->curve[c][k] / (about[c].bow * about[c].bow) / PARTS;
    for (int k = 0; k < BASIS; k++)
        out->curve[SHORT_TRACK][k] += p->curve[SHORT_TRACK][k] / (.01 * .01) / PARTS;
    memcpy(out->term, g->term, sizeof out->term);
}

static void rates(const struct har_prior *prior, struct parameters *out)
{
    for (int c = 0; c < COLUMNS; c++) {
        for (int k = 0; k < BASIS; k++)
            out->curve[c][k] = about[c].rate * (k == 2 ? 0.5 : 1);
        for (size_t r = 0; r < prior->rows; r++) out->leave[r][c] = about[c].rate;
    }
    memcpy(out->term, term_rate, sizeof term_rate);
}

struct adam {
    struct parameters mean, square, rate;
};

static void move(struct adam *adam, const struct parameters *gradient, int step,
                 struct parameters *p)
{
    const double *g = (const double *)gradient, *rate = (const double *)&adam->rate;
    double *m = (double *)&adam->mean, *v = (double *)&adam->square, *x = (double *)p;
    double left = step > STEPS / 2 ? (STEPS - step + 1) / (STEPS / 2 + 1.0) : 1;
    for (int i = 0; i < PARAMETERS; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.98 * v[i] + 0.02 * g[i] * g[i];
        double size = sqrt(v[i] / (1 - pow(0.98, step))) + 1e-8;
        x[i] -= left * rate[i] * m[i] / (1 - pow(0.9, step)) / size;
    }
}

/* --- rows nobody ran ------------------------------------------------------------------ */

/* As the mile, slower or faster by Riegel's law, and less sure by the distance from it. */
static void fill_unlearnt(const struct layout *layout, struct har_prior *prior)
{
    size_t mile = 0;
    while (!layout->row[mile].learnt) mile++;
    for (size_t r = 0; r < prior->rows; r++) {
        struct har_prior_row *row = prior->row + r;
        if (layout->row[r].learnt) continue;
        struct har_prior_row made = prior->row[mile];
        double away = log(row->distance_m / made.distance_m);
        made.code = row->code;
        made.kind = row->kind;
        made.distance_m = row->distance_m;
        made.marks = 1;
        made.men += 1.06 * away;
        made.women += 1.06 * away;
        made.bend += 0.015 * away;
        made.own = hypot(made.own, 0.03 * away);
        *row = made;
    }
}

void learn_prior(const struct careers *careers, const struct layout *layout, unsigned fold,
                 struct har_prior *out)
{
    static const double ladder[HAR_QUANTILES] = {-3, -2, -1, 1, 2, 3};
    struct har_arena arena = {0};
    struct one_case *c = calloc(1, sizeof *c);
    struct adam *adam = calloc(1, sizeof *adam);
    struct parameters *p = calloc(1, sizeof *p), *g = calloc(1, sizeof *g);
    struct step *s = calloc(1, sizeof *s);
    *out = (struct har_prior){.name = layout->name,
                              .rows = layout->rows,
                              .slow = layout->slow,
                              .fast = layout->fast,
                              .window_days = 1095};
    for (size_t r = 0; r < layout->rows; r++) {
        struct har_event event;
        (void)har_parse_event(har_bytes_of(layout->row[r].code), &event, NULL);
        out->row[r] = (struct har_prior_row){.code = layout->row[r].code,
                                             .kind = event.kind,
                                             .distance_m = event.distance_m};
    }
    for (int i = 0; i < HAR_ASKINGS; i++) memcpy(out->quantile[i], ladder, sizeof ladder);
    if (c && adam && p && g && s) {
        s->prior = out;
        begin(careers, out, p);
        rates(out, &adam->rate);
    }
    for (int step = 1; c && adam && p && g && s && step <= STEPS; step++) {
        write_prior(p, layout, out);
        memset(&s->g, 0, sizeof s->g);
        s->loss = 0;
        for (size_t i = 0, own = 0; i < careers->count; i++) {
            if (careers->career[i].fold == fold || own++ % PARTS != (size_t)step % PARTS)
                continue;
            if (layout->dated) {
                take_protocol(s, careers, layout, i, RACES_FROM_ALL, 1, &arena, c);
                take_protocol(s, careers, layout, i, RACES_FROM_OTHER, OTHER_SHARE, &arena,
                              c);
            } else {
                take_protocol(s, careers, layout, i, PBS_FROM_ALL, 1, &arena, c);
                take_protocol(s, careers, layout, i, PBS_FROM_MAIN, OTHER_SHARE, &arena, c);
            }
        }
        to_parameters(&s->g, out, p, g);
        move(adam, g, step, p);
        if (step % 20 == 0)
            fprintf(stderr, "%s without fold %u, step %d: loss %.1f\n", layout->name, fold,
                    step, s->loss);
    }
    write_prior(p, layout, out);
    fill_unlearnt(layout, out);
    har_arena_free(&arena);
    free(c);
    free(adam);
    free(p);
    free(g);
    free(s);
}
