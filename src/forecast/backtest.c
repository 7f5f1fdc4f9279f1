/* SPDX-License-Identifier: MIT */
/* The past, foretold: each race from what was known the evening before, so that nothing
 * sees the future. The formulas get the best mark of the nearest distance in the year
 * before (same ground first), which is how they are used; all errors of a row are over the
 * races that each of them answers, or the comparison would flatter one. */

#include "harrier/forecast.h"
#include "harrier/num.h"

#include <math.h>
#include <string.h>

#define YEAR_DAYS 365
#define RIEGEL_EXPONENT 1.06
#define SHORTEST_CRITICAL_S 120.0
#define LONGEST_CRITICAL_S 1200.0
enum { MOST_CRITICAL = 64 };

/* One race, foretold. */
struct trial {
    struct har_event event;
    double actual_s, predicted_s, riegel_s, cameron_s, vdot_s, critical_s;
    bool within[HAR_WITHINS];
    int64_t day;
    double slower, sd; /* ln time; and how well it was foretold */
};

static bool is_nearer(const struct har_evidence *a, const struct har_evidence *b,
                      const struct har_event *event)
{
    double far_a = fabs(log(a->event.distance_m / event->distance_m));
    double far_b = fabs(log(b->event.distance_m / event->distance_m));
    if (fabs(far_a - far_b) > 1e-3) return far_a < far_b;
    bool same_a = (a->event.kind == HAR_EVENT_ROAD) == (event->kind == HAR_EVENT_ROAD);
    bool same_b = (b->event.kind == HAR_EVENT_ROAD) == (event->kind == HAR_EVENT_ROAD);
    return same_a != same_b ? same_a : a->time_s < b->time_s;
}

/* What a formula may be given: no barriers, no training. */
static bool is_flat_race(const struct har_evidence *mark)
{
    return mark->kind == HAR_EVIDENCE_RACE && mark->event.kind != HAR_EVENT_STEEPLECHASE;
}

static const struct har_evidence *nearest_of(const struct har_evidence *known, size_t count,
                                             const struct har_evidence *race)
{
    const struct har_evidence *best = NULL;
    for (size_t i = count; i > 0; i--) {
        const struct har_evidence *one = known + i - 1;
        if (race->day - one->day > YEAR_DAYS) break;
        if (is_flat_race(one) && (!best || is_nearer(one, best, &race->event))) best = one;
    }
    return best;
}

/* The line through the best of each distance of the year that took 2 to 20 minutes. */
static double by_critical_speed(const struct har_evidence *known, size_t count,
                                const struct har_evidence *race)
{
    double distance_m[MOST_CRITICAL], time_s[MOST_CRITICAL];
    size_t marks = 0;
    struct har_critical_speed line;
    for (size_t i = count; i > 0; i--) {
        const struct har_evidence *one = known + i - 1;
        if (race->day - one->day > YEAR_DAYS) break;
        if (!is_flat_race(one) || one->time_s < SHORTEST_CRITICAL_S ||
            one->time_s > LONGEST_CRITICAL_S)
            continue;
        size_t at = 0;
        while (at < marks && fabs(distance_m[at] - one->event.distance_m) > 1) at++;
        if (at == MOST_CRITICAL || (at < marks && time_s[at] <= one->time_s)) continue;
        if (at == marks) marks++;
        distance_m[at] = one->event.distance_m;
        time_s[at] = one->time_s;
    }
    if (har_critical_speed_fit(distance_m, time_s, marks, &line, NULL)) return NAN;
    return (race->event.distance_m - line.d_prime_m) / line.cs_mps;
}

/* HAR_NO_ANSWER where the race cannot be foretold by all of them. */
static har_status try_race(const struct har_history *history, size_t race_index,
                           enum har_question question, struct har_arena *scratch,
                           struct trial *out)
{
    const struct har_evidence *race = history->evidence + race_index;
    struct har_curve curve;
    struct har_prediction p;
    size_t known = race_index;
    while (known > 0 && history->evidence[known - 1].day >= race->day) known--;
    const struct har_evidence *near = nearest_of(history->evidence, known, race);
    if (!near || !is_flat_race(race)) return HAR_NO_ANSWER;
    har_status got = har_curve_fit(NULL, history->sex, history->evidence, known, race->day,
                                   scratch, &curve, NULL);
    if (!got) got = har_curve_predict(&curve, &race->event, race->day, question, &p, NULL);
    if (got) return got;
    double from_m = near->event.distance_m, to_m = race->event.distance_m;
    *out = (struct trial){
        .event = race->event,
        .actual_s = race->time_s,
        .predicted_s = p.time_s,
        .riegel_s = har_power_law_time(near->time_s, from_m, to_m, RIEGEL_EXPONENT),
        .cameron_s = har_cameron_time(near->time_s, from_m, to_m),
        .vdot_s = har_vdot_time(har_vdot(from_m, near->time_s), to_m),
        .critical_s = by_critical_speed(history->evidence, known, race),
        .day = race->day,
        .slower = log(race->time_s / p.time_s),
        .sd = har_ln_sd_of_80(p.low_s[HAR_WITHIN_80], p.high_s[HAR_WITHIN_80]),
    };
    for (int w = 0; w < HAR_WITHINS; w++)
        out->within[w] = race->time_s >= p.low_s[w] && race->time_s <= p.high_s[w];
    bool all = out->riegel_s > 0 && out->cameron_s > 0 && out->vdot_s > 0;
    return all ? HAR_OK : HAR_NO_ANSWER;
}

/* --- rows ------------------------------------------------------------------------- */

static bool is_row_of(const struct har_backtest_row *row, const struct trial *trial)
{
    return !row->event[0] || strcmp(row->event, trial->event.code) == 0;
}

static void add_up(struct har_backtest_row *row, const struct trial *trial, size_t count,
                   double *scratch)
{
    double critical = 0;
    for (size_t i = 0; i < count; i++) {
        const struct trial *t = trial + i;
        if (!is_row_of(row, t)) continue;
        scratch[row->count++] = fabs(t->predicted_s / t->actual_s - 1);
        row->error += fabs(t->predicted_s / t->actual_s - 1);
        row->bias += t->predicted_s / t->actual_s - 1;
        row->riegel += fabs(t->riegel_s / t->actual_s - 1);
        row->cameron += fabs(t->cameron_s / t->actual_s - 1);
        row->vdot += fabs(t->vdot_s / t->actual_s - 1);
        for (int w = 0; w < HAR_WITHINS; w++) row->within[w] += t->within[w];
        if (t->critical_s > 0) {
            critical += fabs(t->critical_s / t->actual_s - 1);
            row->critical_speed_count++;
        }
    }
    double n = (double)row->count;
    row->error /= n;
    row->bias /= n;
    row->riegel /= n;
    row->cameron /= n;
    row->vdot /= n;
    for (int w = 0; w < HAR_WITHINS; w++) row->within[w] /= n;
    row->median_error = har_quantile(scratch, row->count, 0.5);
    row->critical_speed =
        row->critical_speed_count > 0 ? critical / (double)row->critical_speed_count : NAN;
}

/* The place of an event among the rows so far: by kind, then distance. */
static bool is_before(const struct har_event *a, const struct har_event *b)
{
    return a->kind != b->kind ? a->kind < b->kind : a->distance_mm < b->distance_mm;
}

/* The different events of the trials, in order. */
static size_t events_of(const struct trial *trial, size_t count,
                        const struct har_event **event)
{
    size_t events = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < events && is_before(event[at], &trial[i].event)) at++;
        if (at < events && !is_before(&trial[i].event, event[at])) continue;
        for (size_t k = events++; k > at; k--) event[k] = event[k - 1];
        event[at] = &trial[i].event;
    }
    return events;
}

/* --- fields ------------------------------------------------------------------------- */

static bool is_same_field(const struct trial *a, const struct trial *b)
{
    return a->day == b->day && a->event.kind == b->event.kind &&
           a->event.distance_mm == b->event.distance_mm;
}

static bool is_earlier(const struct trial *a, const struct trial *b)
{
    return a->day != b->day ? a->day < b->day : is_before(&a->event, &b->event);
}

/* A merge sort: a field's trials come to lie together. */
static void sort_by_field(struct trial *trial, size_t count, struct trial *scratch)
{
    if (count < 2) return;
    size_t half = count / 2, a = 0, b = half;
    sort_by_field(trial, half, scratch);
    sort_by_field(trial + half, count - half, scratch);
    for (size_t i = 0; i < count; i++)
        scratch[i] = b == count || (a < half && !is_earlier(trial + b, trial + a))
                         ? trial[a++]
                         : trial[b++];
    memcpy(trial, scratch, count * sizeof *trial);
}

static size_t fields_of(const struct trial *trial, size_t count,
                        struct har_backtest_field *field, double *slower, double *sd)
{
    size_t fields = 0;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && is_same_field(trial + from, trial + to); to++) {
            slower[to - from] = trial[to].slower;
            sd[to - from] = trial[to].sd;
        }
        if (to - from < HAR_FIELD_LEAST) continue;
        struct har_backtest_field one = {trial[from].day, trial[from].event, to - from,
                                         har_race_effect(slower, sd, to - from)};
        size_t at = fields++;
        for (; at > 0 && field[at - 1].effect.slower < one.effect.slower; at--)
            field[at] = field[at - 1];
        field[at] = one;
    }
    return fields;
}

static har_status find_fields(struct trial *trial, size_t count, struct har_arena *arena,
                              struct har_backtest *out)
{
    struct trial *scratch = HAR_ROOM(arena, struct trial, count);
    double *number = HAR_ROOM(arena, double, 2 * count);
    struct har_backtest_field *field =
        HAR_ROOM(arena, struct har_backtest_field, count / HAR_FIELD_LEAST + 1);
    if (!scratch || !number || !field) return HAR_NO_MEMORY;
    sort_by_field(trial, count, scratch);
    out->field_count = fields_of(trial, count, field, number, number + count);
    out->field = field;
    return HAR_OK;
}

static har_status find_rows(const struct trial *trial, size_t count,
                            struct har_arena *arena, struct har_backtest *out)
{
    const struct har_event **event = HAR_NEW(arena, const struct har_event *, count);
    double *error = HAR_ROOM(arena, double, count);
    size_t events = event ? events_of(trial, count, event) : 0;
    struct har_backtest_row *row = HAR_NEW(arena, struct har_backtest_row, events + 1);
    if (!event || !error || !row) return HAR_NO_MEMORY;
    for (size_t e = 0; e <= events; e++) {
        if (e < events) memcpy(row[e].event, event[e]->code, sizeof event[e]->code);
        add_up(row + e, trial, count, error);
    }
    out->row = row;
    out->row_count = events + 1;
    return HAR_OK;
}

har_status har_backtest(const struct har_history *histories, size_t count,
                        enum har_question question, struct har_arena *arena,
                        struct har_backtest *out, struct har_error *err)
{
    struct har_arena scratch = {
        .limit = arena->limit, .take = arena->take, .give = arena->give, .ctx = arena->ctx};
    struct trial *trial = NULL;
    size_t trials = 0, room = 0;
    bool full = false;
    for (size_t h = 0; h < count && !full; h++)
        for (size_t i = 0; i < histories[h].count && !full; i++) {
            struct trial one;
            har_arena_reset(&scratch);
            har_status got = try_race(histories + h, i, question, &scratch, &one);
            full = got == HAR_NO_MEMORY;
            if (got) continue;
            trial = har_arena_grow(arena, trial, trials, &room, sizeof *trial);
            full = !trial;
            if (!full) trial[trials++] = one;
        }
    har_arena_free(&scratch);
    if (!full && trials == 0)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "no race has another within the year before it");
    if (full || find_rows(trial, trials, arena, out) ||
        find_fields(trial, trials, arena, out))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the back test");
    return HAR_OK;
}
