/* SPDX-License-Identifier: MIT */
/* One's own race, from the streams of a recording.
 *
 * A watch is started early and stopped late, and its distance is not the course's. Where
 * the official time is known the race is the stretch of just that time that goes farthest:
 * the start and the finish are stood still before and after. Else it is the whole if that
 * is as long as the race, or the fastest stretch of its distance. Its metres are then drawn
 * out, all alike, to the official distance. A distance a tenth off is another race, and is
 * refused.
 *
 * What an even race would have been is one effort all the way (the pace room shows why):
 * the same flat speed everywhere, in the same time. A lap is lost or won against that, the
 * sum is nothing, and the decisive stretch is the one that lost most together. What is left
 * of a curve is taken lap by lap: within a lap a watch's speed is more noise than surge. */

#include "harrier/field.h"

#include "harrier/num.h"

#include <math.h>

#define LONGEST_BEAT_S 10.0 /* that one heart rate may speak for, as for splits */
#define SHORTEST_LAP_M 10.0
#define WHOLE 1.03 /* of the race's distance: no warm-up hides in so little */
#define OFF 0.1
#define USUAL_LAP_M 1000.0
#define TRACK_LAP_M 400.0
#define LEAST_LOST 1e-3  /* of the time, */
#define LEAST_LOST_S 0.5 /* and at least so much: less is no story */
#define MOST_LAPS 10000

/* --- what was left ------------------------------------------------------------------- */

struct har_left har_left_at_start(const struct har_limits *limits)
{
    bool curve = limits && limits->curve.v_m_mps > 0;
    bool critical = limits && limits->critical.cs_mps > 0 && limits->critical.d_prime_m > 0;
    return (struct har_left){curve ? 1 : NAN, critical ? limits->critical.d_prime_m : NAN};
}

struct har_left har_left_after(const struct har_limits *limits, struct har_left before,
                               double flat_mps, double time_s)
{
    struct har_left left = before;
    if (!isnan(before.reserve)) {
        /* Slower than anything the curve speaks of takes nothing. */
        double limit_s = har_emig_time_limit(&limits->curve, flat_mps);
        bool slow = isnan(limit_s) && flat_mps < limits->curve.v_m_mps;
        left.reserve -= slow ? 0 : time_s / limit_s;
    }
    if (!isnan(before.d_prime_m))
        left.d_prime_m =
            har_d_prime_left(&limits->critical, before.d_prime_m, flat_mps, time_s);
    return left;
}

/* --- the race within the recording ------------------------------------------------------
 */

struct own {
    const struct har_own_race *race;
    const struct har_streams *s;
    double from_s, to_s, from_m, to_m; /* of the recording */
    double distance_m, time_s;         /* of the race */
    double *beats, *beats_s;           /* added up from the start */
    struct har_own_lap *lap;
    size_t lap_count;
};

static double distance_at(const struct har_streams *s, double time_s)
{
    return har_interpolate(s->time_s, s->distance_m, s->count, time_s);
}

/* When `distance_m` is first reached. `*from` is a sample before it, and moves up. */
static double time_at_distance(const struct har_streams *s, double distance_m, size_t *from)
{
    while (*from + 1 < s->count && s->distance_m[*from + 1] < distance_m) ++*from;
    size_t i = *from;
    if (i + 1 >= s->count || s->distance_m[i] >= distance_m) return s->time_s[i];
    double share =
        (distance_m - s->distance_m[i]) / (s->distance_m[i + 1] - s->distance_m[i]);
    return s->time_s[i] + share * (s->time_s[i + 1] - s->time_s[i]);
}

/* The stretch of `time_s` that goes farthest. */
static void find_longest(struct own *o, double time_s)
{
    const struct har_streams *s = o->s;
    double most_m = -1, end_s = s->time_s[s->count - 1];
    for (size_t i = 0; i < s->count && s->time_s[i] + time_s <= end_s; i++) {
        double far_m = distance_at(s, s->time_s[i] + time_s) - s->distance_m[i];
        if (far_m <= most_m) continue;
        most_m = far_m;
        o->from_s = s->time_s[i];
        o->to_s = s->time_s[i] + time_s;
    }
}

/* The stretch of `distance_m` that takes least. */
static void find_fastest(struct own *o, double distance_m)
{
    const struct har_streams *s = o->s;
    double least_s = INFINITY, end_m = s->distance_m[s->count - 1];
    size_t at = 0;
    for (size_t i = 0; i < s->count && s->distance_m[i] + distance_m <= end_m; i++) {
        double to_s = time_at_distance(s, s->distance_m[i] + distance_m, &at);
        if (to_s - s->time_s[i] >= least_s) continue;
        least_s = to_s - s->time_s[i];
        o->from_s = s->time_s[i];
        o->to_s = to_s;
    }
}

static har_status find_race(struct own *o, struct har_error *err)
{
    const struct har_own_race *race = o->race;
    const struct har_streams *s = o->s;
    if (s->count < 2 || !s->distance_m || !(s->distance_m[s->count - 1] > SHORTEST_LAP_M))
        return har_fail(err, HAR_NO_ANSWER, 0, "the recording has no distances");
    double whole_m = s->distance_m[s->count - 1], whole_s = s->time_s[s->count - 1];
    o->to_s = whole_s;
    if (race->time_s > 0 && race->time_s <= whole_s) find_longest(o, race->time_s);
    else if (race->distance_m > 0 && whole_m > WHOLE * race->distance_m)
        find_fastest(o, race->distance_m);
    o->from_m = distance_at(s, o->from_s);
    o->to_m = distance_at(s, o->to_s);
    o->distance_m = race->distance_m > 0 ? race->distance_m : o->to_m - o->from_m;
    o->time_s = race->time_s > 0 ? race->time_s : o->to_s - o->from_s;
    if (fabs((o->to_m - o->from_m) / o->distance_m - 1) <= OFF) return HAR_OK;
    return har_fail(
        err, HAR_NO_ANSWER, 0,
        "the recording has %lld m where the race has %lld: it is of another race",
        llround(o->to_m - o->from_m), llround(o->distance_m));
}

/* --- laps --------------------------------------------------------------------------------
 */

static void add_up_beats(struct own *o)
{
    const struct har_streams *s = o->s;
    for (size_t i = 1; i < s->count; i++) {
        bool beat = s->heart_bpm && !isnan(s->heart_bpm[i]) && !s->broken[i];
        double beat_s = beat ? fmin(s->time_s[i] - s->time_s[i - 1], LONGEST_BEAT_S) : 0;
        o->beats[i] = o->beats[i - 1] + (beat ? s->heart_bpm[i] * beat_s : 0);
        o->beats_s[i] = o->beats_s[i - 1] + beat_s;
    }
}

static double since(const struct own *o, const double *sum, double from_s, double to_s)
{
    return har_interpolate(o->s->time_s, sum, o->s->count, to_s) -
           har_interpolate(o->s->time_s, sum, o->s->count, from_s);
}

/* A lap that ends at an instant of the recording, at a distance of the race. */
static void add_lap(struct own *o, double to_s, double to_m)
{
    double out_m = o->distance_m / (o->to_m - o->from_m);
    double out_s = o->time_s / (o->to_s - o->from_s);
    const struct har_own_lap *before = o->lap_count ? &o->lap[o->lap_count - 1] : NULL;
    double from_s = before ? o->from_s + before->time_s / out_s : o->from_s;
    double lap_s = (to_s - from_s) * out_s;
    double beats_s = since(o, o->beats_s, from_s, to_s);
    const struct har_flat *flat = o->race->flat;
    o->lap[o->lap_count++] = (struct har_own_lap){
        .to_m = to_m,
        .time_s = (to_s - o->from_s) * out_s,
        .lap_m = to_m - (before ? before->to_m : 0),
        .lap_s = lap_s,
        .flat_mps = flat ? since(o, flat->flat_m, from_s, to_s) * out_m / lap_s : NAN,
        .heart_bpm = beats_s > 0 ? since(o, o->beats, from_s, to_s) / beats_s : NAN,
        .slowdown = NAN,
    };
}

static void mark_by_distance(struct own *o, double every_m)
{
    double in = (o->to_m - o->from_m) / o->distance_m;
    size_t at = 0;
    for (double m = every_m; m <= o->distance_m - SHORTEST_LAP_M; m += every_m)
        add_lap(o, time_at_distance(o->s, o->from_m + m * in, &at), m);
}

static void mark_by_button(struct own *o)
{
    double out = o->distance_m / (o->to_m - o->from_m), last_m = 0;
    for (size_t i = 0; i < o->race->lap_count; i++) {
        double end_s = o->race->lap_end_s[i];
        if (!(end_s > o->from_s && end_s < o->to_s)) continue;
        double to_m = (distance_at(o->s, end_s) - o->from_m) * out;
        if (to_m - last_m < SHORTEST_LAP_M || to_m > o->distance_m - SHORTEST_LAP_M)
            continue;
        add_lap(o, end_s, to_m);
        last_m = to_m;
    }
}

static har_status cut_laps(struct own *o, struct har_arena *arena, struct har_error *err)
{
    bool track = o->s->summary.setting == HAR_SETTING_TRACK;
    double usual_m = track ? TRACK_LAP_M : USUAL_LAP_M;
    double every_m = o->race->every_m > 0 ? o->race->every_m : usual_m;
    bool button = o->race->lap_end_s != NULL;
    double most = button ? (double)o->race->lap_count : o->distance_m / every_m;
    if (!(most < MOST_LAPS))
        return har_fail(err, HAR_NO_ANSWER, 0, "the laps are too short to count");
    o->lap = HAR_NEW(arena, struct har_own_lap, (size_t)most + 1);
    o->beats = HAR_NEW(arena, double, o->s->count);
    o->beats_s = HAR_NEW(arena, double, o->s->count);
    if (!o->lap || !o->beats || !o->beats_s)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the laps of a race");
    add_up_beats(o);
    if (button) mark_by_button(o);
    else mark_by_distance(o, every_m);
    add_lap(o, o->to_s, o->distance_m);
    return HAR_OK;
}

/* --- what happened
 * ------------------------------------------------------------------------
 */

static double effort_of(const struct own *o, const struct har_own_lap *lap)
{
    return o->race->flat ? lap->flat_mps * lap->lap_s : lap->lap_m;
}

static void judge_laps(struct own *o)
{
    double whole = 0;
    struct har_left left = har_left_at_start(o->race->limits);
    for (size_t i = 0; i < o->lap_count; i++) whole += effort_of(o, &o->lap[i]);
    for (size_t i = 0; i < o->lap_count; i++) {
        struct har_own_lap *lap = &o->lap[i];
        double effort = effort_of(o, lap), rest_m = o->distance_m - lap->to_m;
        lap->lost_s = lap->lap_s - o->time_s * effort / whole;
        if (rest_m > 0)
            lap->slowdown =
                (o->time_s - lap->time_s) / rest_m / (lap->time_s / lap->to_m) - 1;
        left = har_left_after(o->race->limits, left, effort / lap->lap_s, lap->lap_s);
        lap->left = left;
    }
}

static void add_seconds(struct har_text *text, double seconds)
{
    if (seconds >= 60) har_text_clock(text, seconds, 0, false);
    else har_text_fixed(text, seconds, 1);
    if (seconds < 60) har_text_add(text, " s");
}

static bool find_lost(const struct own *o, struct har_arena *arena,
                      struct har_own_analysis *out)
{
    struct har_text text = {.arena = arena};
    double most_s = 0, sum_s = 0, before_s = 0;
    size_t from = 0, best_from = 0, best_to = 0;
    for (size_t i = 0; i < o->lap_count; i++) {
        if (sum_s <= 0) {
            sum_s = 0;
            from = i;
        }
        sum_s += o->lap[i].lost_s;
        if (sum_s <= most_s) continue;
        most_s = sum_s;
        best_from = from;
        best_to = i;
    }
    out->decisive_from_m = out->decisive_to_m = NAN;
    if (!(most_s >= fmax(LEAST_LOST * o->time_s, LEAST_LOST_S))) {
        har_text_add(&text, "nothing to speak of was lost: it was run as one effort");
    } else {
        for (size_t i = 0; i < best_from; i++) before_s -= o->lap[i].lost_s;
        out->decisive_from_m = best_from > 0 ? o->lap[best_from - 1].to_m : 0;
        out->decisive_to_m = o->lap[best_to].to_m;
        add_seconds(&text, most_s);
        har_text_add(&text, o->race->flat ? " lost to one even effort; "
                                          : " lost to one even pace; ");
        add_seconds(&text, fmax(before_s, 0));
        har_text_add(&text, " had been won before, ");
        add_seconds(&text, fmax(most_s - before_s, 0));
        har_text_add(&text, " came back after");
    }
    out->because = text.data;
    return !text.failed;
}

har_status har_own_race(const struct har_own_race *race, struct har_arena *arena,
                        struct har_own_analysis *out, struct har_error *err)
{
    struct own o = {.race = race, .s = race->streams};
    har_status got = find_race(&o, err);
    if (got == HAR_OK) got = cut_laps(&o, arena, err);
    if (got != HAR_OK) return got;
    judge_laps(&o);
    size_t at = 0;
    double out_s = o.time_s / (o.to_s - o.from_s);
    double half_s =
        (time_at_distance(o.s, (o.from_m + o.to_m) / 2, &at) - o.from_s) * out_s;
    double flat_m = 0;
    for (size_t i = 0; i < o.lap_count; i++) flat_m += effort_of(&o, &o.lap[i]);
    *out = (struct har_own_analysis){.distance_m = o.distance_m,
                                     .time_s = o.time_s,
                                     .from_s = o.from_s,
                                     .recorded_m = o.to_m - o.from_m,
                                     .flat_mps = race->flat ? flat_m / o.time_s : NAN,
                                     .even = (o.time_s - half_s) / half_s - 1,
                                     .lap_count = o.lap_count,
                                     .lap = o.lap};
    if (find_lost(&o, arena, out)) return HAR_OK;
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the story of a race");
}
