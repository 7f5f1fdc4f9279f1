/* SPDX-License-Identifier: MIT */
/* The curve of one runner: a Gaussian process on ln time.
 *
 *     y(e, t) = mean(e, sex, t) + a(e) + d(e, t) + f(e, t) + noise(e)
 *
 * a is what the runner is (a level for all distances, a bend that makes 800 m and marathon
 * runners, and something of their own in each event), d what changes over years, f over
 * weeks; each is a product of one column of the prior with itself, plus the event's own
 * part, d and f forgetting exponentially. That is Blythe and Kiraly's finding (PLOS ONE 11
 * (2016) e0157257) that two or three numbers describe a runner, with time put in.
 *
 * Races are skewed: nobody runs 3 % faster than they can, many run 3 % slower. So each mark
 * is foretold from all others, and one that is slower than that by more than `slow` sd
 * counts less, with the square; one faster by more than `fast` sd (a steep course, a slip
 * of the pen) less, in proportion. Two rounds settle it. A training effort says still less
 * when it is slow: at any moment the runner could have stopped trying.
 *
 * Which prior: the one under which the marks, trusted as they are, are the more likely. The
 * marathon is what tells them apart: a half marathon foretells 2.1 times its time for those
 * who train for it as a profession, 2.2 for the others. */

#include "harrier/num.h"

#include "place.h"

#include <math.h>

enum { ROUNDS = 2, MOST_EFFORTS = 12 };
#define LEAST_WEIGHT 0.02
#define LEAST_EFFORT 0.0005
#define EFFORT_SLOW 0.25  /* in place of `slow` for a training effort */
#define EFFORT_EASE 0.03  /* a training effort is slower than a race by, and that is ... */
#define EFFORT_BLUR 0.03  /* ... known to within */
#define BAD_DAY 1.5       /* sd */
#define TRACK_ODDS 5.0    /* in ln */
#define SPREAD_PRIOR 20.0 /* as many marks as the population's spread is worth */
#define MOST_SURPRISE2 9.0
#define LEAST_VARIANCE 1e-8

/* --- which marks ------------------------------------------------------------------ */

/* Later marks first; of one day, those that stand later in the evidence. */
static bool is_before(const struct har_evidence *evidence, size_t a, size_t b)
{
    if (evidence[a].day != evidence[b].day) return evidence[a].day > evidence[b].day;
    return a > b;
}

/* Puts mark `i` among the `kept` latest, at most `most`, and says how many there are now.
 */
static size_t keep_latest(const struct har_evidence *evidence, size_t i, size_t *index,
                          size_t kept, size_t most)
{
    size_t at = kept;
    while (at > 0 && is_before(evidence, i, index[at - 1])) at--;
    if (at == most) return kept;
    if (kept < most) kept++;
    for (size_t k = kept - 1; k > at; k--) index[k] = index[k - 1];
    index[at] = i;
    return kept;
}

/* The latest marks dated from `since` to before `day`: races first, and training efforts
 * where those leave room. */
static size_t latest(const struct har_evidence *evidence, size_t count, int64_t since,
                     int64_t day, size_t *index)
{
    size_t races = 0, efforts = 0;
    for (size_t i = 0; i < count; i++)
        if (evidence[i].day < day && evidence[i].day >= since &&
            evidence[i].kind == HAR_EVIDENCE_RACE)
            races = keep_latest(evidence, i, index, races, HAR_CURVE_MOST);
    size_t room = HAR_CURVE_MOST - races;
    if (room > MOST_EFFORTS) room = MOST_EFFORTS;
    for (size_t i = 0; i < count && room > 0; i++)
        if (evidence[i].day < day && evidence[i].day >= since &&
            evidence[i].kind == HAR_EVIDENCE_EFFORT)
            efforts = keep_latest(evidence, i, index + races, efforts, room);
    return races + efforts;
}

/* Whether two marks are of one event and year, so that one of them is no season's best. */
static bool is_second(const struct har_evidence *a, const struct har_evidence *b)
{
    return a->kind == HAR_EVIDENCE_RACE && b->kind == HAR_EVIDENCE_RACE &&
           a->event.kind == b->event.kind && a->event.distance_mm == b->event.distance_mm &&
           har_date_of(a->day).year == har_date_of(b->day).year;
}

static bool is_list_of_bests(const struct har_curve *curve,
                             const struct har_evidence *evidence)
{
    for (size_t i = 0; i < curve->count; i++)
        for (size_t k = 0; k < i; k++)
            if (is_second(evidence + curve->index[i], evidence + curve->index[k]))
                return false;
    return true;
}

/* --- the algebra ------------------------------------------------------------------ */

/* What the fit works on: the curve, while its arrays are being written. */
struct fit {
    struct har_curve *curve;
    const struct har_evidence **mark;
    double *covariance; /* count x count, without noise */
    double *noise;      /* variance of each mark, weights left aside */
    double *residual, *gain, *root, *weight, *surprise, *mark_day;
    struct har_prior_row *row;
};

static har_status make_room(struct fit *fit, size_t count, struct har_arena *arena)
{
    fit->mark = HAR_NEW(arena, const struct har_evidence *, count);
    fit->covariance = HAR_ROOM(arena, double, count *count);
    fit->root = HAR_ROOM(arena, double, count *count);
    fit->row = HAR_ROOM(arena, struct har_prior_row, count);
    fit->noise = HAR_ROOM(arena, double, 6 * count);
    if (!fit->mark || !fit->covariance || !fit->root || !fit->row || !fit->noise)
        return HAR_NO_MEMORY;
    fit->residual = fit->noise + count;
    fit->gain = fit->noise + 2 * count;
    fit->weight = fit->noise + 3 * count;
    fit->surprise = fit->noise + 4 * count;
    fit->mark_day = fit->noise + 5 * count;
    return HAR_OK;
}

static bool is_effort(const struct fit *fit, size_t i)
{
    return fit->mark[i]->kind == HAR_EVIDENCE_EFFORT;
}

static har_status read_marks(struct fit *fit, const struct har_evidence *evidence,
                             struct har_error *err)
{
    const struct har_curve *curve = fit->curve;
    for (size_t i = 0; i < curve->count; i++) {
        const struct har_evidence *mark = evidence + curve->index[i];
        struct har_prior_row *row = fit->row + i;
        if (!(mark->time_s > 0) || !(mark->time_s < HUGE_VAL) || !(mark->blur >= 0))
            return har_fail(err, HAR_OUT_OF_RANGE, curve->index[i],
                            "a mark is a time over zero");
        if (!find_place(curve->prior, &mark->event, row))
            return har_fail(err, HAR_OUT_OF_RANGE, curve->index[i],
                            "the prior knows 800 m to the marathon, not %s",
                            mark->event.code);
        fit->mark[i] = mark;
        fit->mark_day[i] = (double)mark->day;
        fit->weight[i] = 1;
        double blur = mark->blur, ease = 0;
        if (is_effort(fit, i)) {
            blur = hypot(blur, EFFORT_BLUR);
            ease = EFFORT_EASE;
        }
        fit->noise[i] = row->noise * row->noise + blur * blur;
        fit->residual[i] =
            log(mark->time_s) - ease -
            place_mean(row, curve->sex, mark->event.kind == HAR_EVENT_SHORT_TRACK,
                       fit->mark_day[i]);
    }
    return HAR_OK;
}

static void fill_covariance(struct fit *fit)
{
    const struct har_prior *prior = fit->curve->prior;
    size_t count = fit->curve->count;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i; k < count; k++) {
            double apart = fabs(fit->mark_day[i] - fit->mark_day[k]);
            fit->covariance[i * count + k] = place_covariance(
                fit->row + i, fit->row + k, exp(-apart / prior->drift_days),
                exp(-apart / prior->form_days));
        }
}

/* root and gain from the weights as they are. */
static bool solve(struct fit *fit, double *log_det)
{
    size_t count = fit->curve->count;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i; k < count; k++)
            fit->root[i * count + k] = fit->covariance[i * count + k];
        fit->root[i * count + i] += fit->noise[i] / fit->weight[i];
    }
    if (!har_cholesky_inverse(fit->root, count, log_det)) return false;
    for (size_t i = 0; i < count; i++) fit->gain[i] = 0;
    for (size_t i = 0; i < count; i++) {
        const double *row = fit->root + i * count;
        double sum = 0;
        for (size_t k = 0; k <= i; k++) sum += row[k] * fit->residual[k];
        for (size_t k = 0; k <= i; k++) fit->gain[k] += row[k] * sum;
    }
    return true;
}

/* How far each mark is from what all others foretell, in sd. */
static void look_back(struct fit *fit)
{
    size_t count = fit->curve->count;
    for (size_t i = 0; i < count; i++) {
        double precision = 0; /* of the mark, the others given */
        for (size_t k = i; k < count; k++) {
            double r = fit->root[k * count + i];
            precision += r * r;
        }
        double variance = 1 / precision - fit->noise[i] / fit->weight[i] + fit->noise[i];
        fit->surprise[i] = fit->gain[i] / precision / sqrt(fmax(variance, LEAST_VARIANCE));
    }
}

/* Faster than `fast` is a steep course; than twice that, a slip of the pen. */
static double trust(const struct har_prior *prior, double surprise, bool effort)
{
    double slow = effort ? EFFORT_SLOW : prior->slow, fast = prior->fast, weight = 1;
    if (surprise > slow) weight = slow * slow / (surprise * surprise);
    else if (surprise < -fast) weight = fast / -surprise;
    if (surprise < -2 * fast) weight *= pow(2 * fast / surprise, 4);
    return fmax(weight, effort ? LEAST_EFFORT : LEAST_WEIGHT);
}

static double log_evidence(const struct fit *fit, double log_det)
{
    double squares = 0;
    for (size_t i = 0; i < fit->curve->count; i++)
        squares += fit->residual[i] * fit->gain[i];
    return -0.5 * (squares + log_det);
}

/* The runner's own scatter: what surprises there are, and as many of the population's. */
static double spread_of(const struct fit *fit)
{
    double squares = SPREAD_PRIOR, marks = SPREAD_PRIOR;
    for (size_t i = 0; i < fit->curve->count; i++) {
        if (is_effort(fit, i)) continue;
        squares += fmin(fit->surprise[i] * fit->surprise[i], MOST_SURPRISE2);
        marks++;
    }
    return sqrt(squares / marks);
}

static har_status fit_under(const struct har_prior *prior,
                            const struct har_evidence *evidence, const size_t *index,
                            size_t count, enum har_sex sex, int64_t day,
                            struct har_arena *arena, struct har_curve *out,
                            struct har_error *err)
{
    struct fit fit = {.curve = out};
    *out = (struct har_curve){
        .prior = prior, .sex = sex, .day = day, .count = count, .index = index};
    har_status got = make_room(&fit, count, arena);
    if (got) return har_fail(err, got, 0, "no memory for the curve of %zu marks", count);
    got = read_marks(&fit, evidence, err);
    if (got) return got;
    fill_covariance(&fit);
    double log_det;
    for (int round = 0; round <= ROUNDS; round++) {
        if (!solve(&fit, &log_det))
            return har_fail(err, HAR_OUT_OF_RANGE, 0, "the marks cannot be told apart");
        out->log_evidence = log_evidence(&fit, log_det);
        look_back(&fit);
        for (size_t i = 0; i < count && round < ROUNDS; i++)
            fit.weight[i] = trust(prior, fit.surprise[i], is_effort(&fit, i));
    }
    out->row = fit.row;
    out->mark_day = fit.mark_day;
    out->weight = fit.weight;
    out->surprise = fit.surprise;
    out->residual = fit.residual;
    out->gain = fit.gain;
    out->root = fit.root;
    out->spread = spread_of(&fit);
    out->bests = is_list_of_bests(out, evidence);
    return HAR_OK;
}

/* Who races on the track is of the elite's kind, as far as the two collections go: there is
 * no such mark in the recreational one. */
static double track_odds(const struct har_curve *curve, const struct har_evidence *evidence)
{
    for (size_t i = 0; i < curve->count; i++)
        if (evidence[curve->index[i]].kind == HAR_EVIDENCE_RACE &&
            evidence[curve->index[i]].event.kind != HAR_EVENT_ROAD)
            return TRACK_ODDS;
    return 0;
}

bool har_curve_reaches(const struct har_event *event)
{
    struct har_prior_row row;
    return find_place(&har_prior_elite, event, &row) ||
           find_place(&har_prior_recreational, event, &row);
}

har_status har_curve_fit(const struct har_prior *prior, enum har_sex sex,
                         const struct har_evidence *evidence, size_t count, int64_t day,
                         struct har_arena *arena, struct har_curve *out,
                         struct har_error *err)
{
    size_t *index = HAR_NEW(arena, size_t, HAR_CURVE_MOST);
    if (!index) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a curve");
    double window = (prior ? prior : &har_prior_elite)->window_days;
    size_t kept = latest(evidence, count, day - (int64_t)window, day, index);
    if (kept == 0) kept = latest(evidence, count, INT64_MIN, day, index);
    if (kept == 0)
        return har_fail(err, HAR_NO_ANSWER, 0, "there is no mark before that day");
    if (prior) return fit_under(prior, evidence, index, kept, sex, day, arena, out, err);
    struct har_curve other;
    har_status got =
        fit_under(&har_prior_elite, evidence, index, kept, sex, day, arena, out, err);
    if (got) return got;
    /* It knows no steeplechase: who runs that is of the elite's kind. */
    got = fit_under(&har_prior_recreational, evidence, index, kept, sex, day, arena, &other,
                    NULL);
    if (got == HAR_NO_MEMORY) return har_fail(err, got, 0, "no memory for a curve");
    if (!got && other.log_evidence > out->log_evidence + track_odds(out, evidence))
        *out = other;
    return HAR_OK;
}
