/* SPDX-License-Identifier: MIT */
/* Planned against done, repetition by repetition.
 *
 * Two roads. Where the runner pressed the lap button with the plan, laps are the steps:
 * they are laid beside the plan in order, some of either left out where that fits better,
 * by the least sum of how far their lengths are apart (an alignment, as of two texts).
 * Where laps are not the plan's (a lap a kilometre, none at all), the stream is cut into
 * stretches of even speed, each about as long as its step, in the plan's order: the least
 * squares segmentation by dynamic programming (Bellman, Commun. ACM 4 (1961) 284; recalled,
 * not verified), with the plan as a prior on length and speed.
 *
 * The constants are ours, chosen on made sessions: a runner holds a speed to 0.3 m/s from
 * second to second, about 10 s of which tell one thing; lengths are run to 8 %, speeds to
 * 10 % of the plan; a second outside the plan costs as much as one at twice that spread.
 * Laps are believed where four of five steps that have a length find one within 15 %,
 * or four of five laps are such steps and two of five steps have one. */

#include "judge.h"

#include <math.h>
#include <string.h>

enum { PLANNED_MOST = 250, GRID_MOST = 7200, FREE_MANY = 16, LAPS_MOST = 2000 };
#define LENGTH_SD 0.08
#define SPEED_SD 0.10
#define NO_LAP_COST 8.0   /* a step without a lap */
#define LEAVE_ON_COST 1.0 /* another right behind one */
#define LEAVE_COST 4.0    /* a step that was not run */
#define SPARE_COST 1.5    /* a lap that was not planned */
#define LAP_FITS 0.15
#define EVEN_MPS 0.3
#define TELLS_S 10.0
#define GAP_COST_S 0.2     /* a second that belongs to no step: 2^2 / 2 / TELLS_S */
#define UNEVEN_MOST_S 0.15 /* of a second of a step: less than outside of one */
#define OFF_COST 12.0      /* at most, for a speed that is not the planned one */
#define FREE_LEAST_S 10.0
#define FREE_MOST_S 5400.0
#define TIE 1e-9

/* --- the plan, unrolled ----------------------------------------------------------------
 */

static har_status unroll(const struct har_workout *w, struct har_arena *arena,
                         struct har_match *out, struct har_error *err)
{
    size_t count = 0;
    for (size_t s = 0; s < w->section_count; s++) {
        if (w->section[s].times == 0 && !isnan(w->section[s].amount))
            return har_fail(
                err, HAR_UNSUPPORTED, s,
                "a repeat without a number cannot be laid beside what was done");
        count += w->section[s].count * (w->section[s].times ? w->section[s].times : 1);
    }
    if (count > PLANNED_MOST)
        return har_fail(err, HAR_UNSUPPORTED, 0,
                        "the plan has %zu steps with its repeats; at most %d can be laid "
                        "beside what was done",
                        count, PLANNED_MOST);
    out->count = 0;
    out->step = HAR_NEW(arena, struct har_matched_step, count);
    if (!out->step) return har_fail(err, HAR_NO_MEMORY, 0, "no memory to match a workout");
    for (size_t s = 0; s < w->section_count; s++) {
        const struct har_workout_section *section = &w->section[s];
        for (unsigned r = 0; r < (section->times ? section->times : 1); r++)
            for (size_t i = 0; i < section->count; i++)
                out->step[out->count++] =
                    (struct har_matched_step){&w->step[section->first + i],
                                              s,
                                              r + 1,
                                              NAN,
                                              NAN,
                                              NAN,
                                              HAR_STEP_MISSED,
                                              NULL};
    }
    return HAR_OK;
}

static double length_cost(double share)
{
    if (isnan(share)) return 0.5;
    double off = log(share) / LENGTH_SD;
    return off * off / 2;
}

/* What it costs that the mean speed lies outside those to keep. */
static double speed_cost(const struct har_workout_step *step, double speed_mps)
{
    if (isnan(step->slow_mps)) return 0;
    double off = speed_mps < step->slow_mps   ? step->slow_mps - speed_mps
                 : speed_mps > step->fast_mps ? speed_mps - step->fast_mps
                                              : 0;
    off /= SPEED_SD * step->slow_mps;
    return fmin(off * off / 2, OFF_COST);
}

/* --- laps ------------------------------------------------------------------------------
 */

static double lap_cost(const struct har_workout_step *step, const struct har_lap *lap)
{
    double share = judge_share(step, lap->timer_s, lap->distance_m);
    double speed = lap->distance_m / lap->timer_s, off = speed_cost(step, speed);
    if (!(lap->timer_s > 0)) return 1e9;
    return fmin(length_cost(share), 50) + (isnan(off) ? 0 : fmin(off, 2));
}

enum way { TAKE, LEAVE, SPARE };

static void take_lap(struct har_matched_step *m, const struct har_workout_done *done,
                     size_t lap)
{
    const struct har_lap *l = &done->lap[lap];
    bool dated = l->start_ms != HAR_NO_TIME && done->lap[0].start_ms != HAR_NO_TIME;
    m->from_s = dated ? (double)(l->start_ms - done->lap[0].start_ms) / 1000 : (double)NAN;
    m->time_s = l->timer_s;
    m->distance_m = l->distance_m;
}

/* Lays laps beside steps; out->step says which found one. False if the arena is full. */
static bool align(const struct har_workout_done *done, struct har_arena *arena,
                  struct har_match *out)
{
    size_t n = out->count, m = done->lap_count, width = m + 1;
    double *cost = HAR_ROOM(arena, double, 2 * width);
    uint8_t *way = HAR_ROOM(arena, uint8_t, (n + 1) * width);
    if (!cost || !way) return false;
    double *last = cost, *now = cost + width;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            double best = i + j ? INFINITY : 0;
            uint8_t how = TAKE;
            if (i && last[j] + NO_LAP_COST < best)
                best = last[j] + NO_LAP_COST, how = LEAVE;
            if (j && now[j - 1] + SPARE_COST < best)
                best = now[j - 1] + SPARE_COST, how = SPARE;
            if (i && j) {
                double take =
                    last[j - 1] + lap_cost(out->step[i - 1].step, &done->lap[j - 1]);
                if (take + TIE < best) best = take, how = TAKE;
            }
            now[j] = best;
            way[i * width + j] = how;
        }
        double *swap = last;
        last = now;
        now = swap;
    }
    for (size_t i = n, j = m; i || j;) {
        uint8_t how = way[i * width + j];
        if (how == TAKE) take_lap(&out->step[i - 1], done, j - 1);
        if (how == SPARE) out->extra_s += fmax(done->lap[j - 1].timer_s, 0);
        if (how != SPARE) i--;
        if (how != LEAVE) j--;
    }
    return true;
}

/* Whether the laps are the plan's: of the steps with a length, four of five have one; or of
 * the laps, where rests were stood between them. */
static bool laps_fit(const struct har_match *match, size_t laps)
{
    size_t asked = 0, found = 0;
    for (size_t i = 0; i < match->count; i++) {
        const struct har_matched_step *m = &match->step[i];
        double share = judge_share(m->step, m->time_s, m->distance_m);
        if (m->step->press ||
            (m->step->until != HAR_UNTIL_TIME && m->step->until != HAR_UNTIL_DISTANCE))
            continue;
        asked++;
        found += fabs(log(share)) <= LAP_FITS;
    }
    if (5 * found >= 4 * laps && 5 * found >= 2 * asked && found > 0) return true;
    return asked ? 5 * found >= 4 * asked : match->count > 0 && match->step[0].time_s > 0;
}

static void forget(struct har_match *match)
{
    for (size_t i = 0; i < match->count; i++)
        match->step[i].from_s = match->step[i].time_s = match->step[i].distance_m = NAN;
    match->extra_s = 0;
}

/* --- streams ----------------------------------------------------------------------------
 */

/* The stream on an even grid: distance, and the sum of squares of the speed, up to each
 * point. */
struct grid {
    size_t count;
    double step_s;
    double *distance_m, *squares;
};

static bool lay_grid(const struct har_workout_done *done, size_t most,
                     struct har_arena *arena, struct grid *grid)
{
    double from_s = done->time_s[0], span_s = done->time_s[done->count - 1] - from_s;
    grid->step_s = ceil(fmax(span_s / (double)most, 1));
    grid->count = (size_t)(span_s / grid->step_s) + 1;
    grid->distance_m = HAR_ROOM(arena, double, grid->count);
    grid->squares = HAR_ROOM(arena, double, grid->count);
    if (!grid->distance_m || !grid->squares) return false;
    for (size_t g = 0, i = 0; g < grid->count; g++) {
        double at_s = from_s + (double)g * grid->step_s;
        while (i + 2 < done->count && done->time_s[i + 1] <= at_s) i++;
        double span = done->time_s[i + 1] - done->time_s[i];
        double share = fmin(fmax((at_s - done->time_s[i]) / span, 0), 1);
        double metres = done->distance_m[i + 1] - done->distance_m[i];
        grid->distance_m[g] = done->distance_m[i] + share * metres - done->distance_m[0];
        double speed =
            g ? (grid->distance_m[g] - grid->distance_m[g - 1]) / grid->step_s : 0;
        grid->squares[g] = g ? grid->squares[g - 1] + speed * speed * grid->step_s : 0;
    }
    return true;
}

static double stretch_cost(const struct har_workout_step *step, const struct grid *grid,
                           size_t from, size_t to)
{
    double time_s = (double)(to - from) * grid->step_s;
    double distance_m = grid->distance_m[to] - grid->distance_m[from];
    double speed = distance_m / time_s;
    double uneven = grid->squares[to] - grid->squares[from] - speed * distance_m;
    double even_cost =
        step->ramp ? 0 : fmax(uneven, 0) / (EVEN_MPS * EVEN_MPS) / (2 * TELLS_S);
    even_cost = fmin(even_cost, UNEVEN_MOST_S * time_s);
    return even_cost + length_cost(judge_share(step, time_s, distance_m)) +
           speed_cost(step, speed);
}

/* How many grid steps a step may take at the least and most, and whether a stretch is too
 * short or long in metres. */
static void bounds_of(const struct har_workout_step *step, const struct grid *grid,
                      size_t *least, size_t *most)
{
    double least_s = FREE_LEAST_S, most_s = FREE_MOST_S;
    if (!step->press && step->until == HAR_UNTIL_TIME)
        least_s = 0.6 * step->amount, most_s = 1.6 * step->amount;
    if (!step->press && step->until == HAR_UNTIL_DISTANCE)
        least_s = step->amount / 12, most_s = step->amount / 0.8;
    *least = (size_t)fmax(floor(least_s / grid->step_s), 1);
    *most = (size_t)ceil(most_s / grid->step_s);
}

/* The best stretch for `step` that ends at `to`, behind the best of all before. */
static double best_stretch(const struct har_workout_step *step, const struct grid *grid,
                           const double *before, size_t to, size_t least, size_t most,
                           size_t *from)
{
    double best = INFINITY;
    bool metres = step->until == HAR_UNTIL_DISTANCE && !step->press;
    for (size_t length = least; length <= most && length <= to; length++) {
        size_t at = to - length;
        double distance_m = grid->distance_m[to] - grid->distance_m[at];
        if (metres && distance_m < 0.6 * step->amount) continue;
        if (metres && distance_m > 1.6 * step->amount) break;
        double cost = before[at] + stretch_cost(step, grid, at, to);
        if (cost < best) best = cost, *from = at;
    }
    return best;
}

static void take_stretch(struct har_matched_step *m, const struct grid *grid, size_t from,
                         size_t to)
{
    m->from_s = (double)from * grid->step_s;
    m->time_s = (double)(to - from) * grid->step_s;
    m->distance_m = grid->distance_m[to] - grid->distance_m[from];
}

#define NO_STRETCH UINT32_MAX

/* How the best of every end and number of steps came about. */
struct trail {
    size_t width;
    uint32_t *begin; /* of the last step's stretch; NO_STRETCH where none ends here */
    bool *left;      /* the last step was left out */
    bool *on;        /* if it was: after another that was */
};

static void follow(const struct trail *trail, const struct grid *grid,
                   struct har_match *out)
{
    double planned_s = 0;
    bool leaving = false;
    for (size_t i = out->count, g = trail->width - 1; i > 0;) {
        size_t at = (i - 1) * trail->width + g;
        if (leaving || trail->left[at]) {
            leaving = trail->on[at];
            i--;
        } else if (trail->begin[at] != NO_STRETCH) {
            take_stretch(&out->step[--i], grid, trail->begin[at], g);
            planned_s += out->step[i].time_s;
            g = trail->begin[at];
        } else {
            g--;
        }
    }
    out->extra_s = (double)(trail->width - 1) * grid->step_s - planned_s;
}

/* Goes on by one step: `best` of all before becomes that with it, `leave` likewise with the
 * last step left out. `now` is room. */
static void add_step(const struct har_workout_step *step, const struct grid *grid, size_t i,
                     const struct trail *trail, double *best, double *leave, double *now)
{
    size_t least, most, from = 0;
    bounds_of(step, grid, &least, &most);
    for (size_t g = 0; g < trail->width; g++) {
        size_t at = i * trail->width + g;
        double first = best[g] + LEAVE_COST, next = leave[g] + LEAVE_ON_COST;
        double gap = g ? now[g - 1] + grid->step_s * GAP_COST_S : INFINITY;
        double run = best_stretch(step, grid, best, g, least, most, &from);
        trail->on[at] = next < first;
        leave[g] = fmin(first, next);
        /* Of equals, the later step was left out: sessions are cut short. */
        trail->left[at] = leave[g] <= gap && leave[g] <= run + TIE;
        trail->begin[at] = run + TIE < leave[g] && run <= gap ? (uint32_t)from : NO_STRETCH;
        now[g] = fmin(leave[g], fmin(gap, run));
    }
    memcpy(best, now, trail->width * sizeof *best);
}

/* Cuts the stream into the plan's steps. False if the arena is full. */
static bool cut(const struct har_workout_done *done, struct har_arena *arena,
                struct har_match *out)
{
    struct grid grid;
    /* Steps without a length may be of any, which takes its time. */
    size_t loose = 0, n = out->count;
    for (size_t i = 0; i < n; i++)
        loose += isnan(judge_share(out->step[i].step, 1, 1)) ? 1 : 0;
    if (!lay_grid(done, loose > FREE_MANY ? GRID_MOST / 3 : GRID_MOST, arena, &grid))
        return false;
    size_t width = grid.count, cells = n * width;
    struct trail trail = {width, HAR_ROOM(arena, uint32_t, cells),
                          HAR_ROOM(arena, bool, cells), HAR_ROOM(arena, bool, cells)};
    double *cost = HAR_ROOM(arena, double, 3 * width);
    if (!cost || !trail.begin || !trail.left || !trail.on) return false;
    double *best = cost, *leave = cost + width, *now = cost + 2 * width;
    for (size_t g = 0; g < width; g++) {
        best[g] = (double)g * grid.step_s * GAP_COST_S;
        leave[g] = INFINITY;
    }
    for (size_t i = 0; i < n; i++)
        add_step(out->step[i].step, &grid, i, &trail, best, leave, now);
    follow(&trail, &grid, out);
    return true;
}

har_status har_workout_match(const struct har_workout *workout,
                             const struct har_workout_done *done, struct har_arena *arena,
                             struct har_match *out, struct har_error *err)
{
    struct har_match match = {0};
    bool laps = done->lap_count > 0 && done->lap_count <= LAPS_MOST;
    bool stream = done->count > 1 && done->distance_m && done->time_s, room = true;
    if (done->lap_count == 0 && !stream)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "neither laps nor distances were recorded: nothing can be laid "
                        "beside the plan");
    har_status status = unroll(workout, arena, &match, err);
    if (status != HAR_OK) return status;
    if (laps) room = align(done, arena, &match);
    match.by_laps = laps && room && laps_fit(&match, done->lap_count);
    match.because = "the laps of the watch are as long as the steps";
    if (!match.by_laps && room) {
        forget(&match);
        match.because = laps ? "the laps of the watch are not the steps: stretches of even "
                               "speed, in the plan's order"
                             : "without laps: stretches of even speed, in the plan's order";
        if (stream) room = cut(done, arena, &match);
    }
    if (!room) return har_fail(err, HAR_NO_MEMORY, 0, "no memory to match a workout");
    judge_match(&match, done);
    *out = match;
    return HAR_OK;
}
