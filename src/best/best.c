/* SPDX-License-Identifier: MIT */
/* The fastest over a distance, the farthest in a time.
 *
 * Between samples both distance and time are straight lines, so the gain of a window of
 * fixed length changes at a constant rate while it slides, until one of its ends meets a
 * sample: the best window begins or ends at a sample. Two pointers try both alignments in
 * O(count).
 *
 * A window that would be a record is an error of the receiver, or a ride home with the
 * watch on. Its neighbours hold part of the same error, down to one that just equals the
 * record, so it is not enough to skip it: what it covers is doubted, and no window may
 * touch that. Doubts are raised from short to long (20 m flying, 100 m, then every standard
 * distance), and what is doubted over a short distance stays doubted over a longer one.
 * Hence the order: a window over a long distance holds only windows over shorter ones that
 * stood, so times grow with distance by construction. */

#include "harrier/best.h"

#include <math.h>

#define FLYING_M 20.0 /* the fastest 20 m within a sprint, 12.5 m/s */
#define FLYING_S 1.6
#define SPRINT_M 100.0
#define EQUAL_M 1e-6 /* lengths that differ by less are rounding */

enum { MOST_DOUBTS = 64 };

/* Stretches between two samples that no window may touch, in order, never overlapping. */
struct doubts {
    size_t count;
    struct {
        size_t first, last;
    } span[MOST_DOUBTS];
};

/* Joins the spans k and k + 1. */
static void join(struct doubts *d, size_t k)
{
    if (d->span[k + 1].last > d->span[k].last) d->span[k].last = d->span[k + 1].last;
    for (size_t i = k + 1; i + 1 < d->count; i++) d->span[i] = d->span[i + 1];
    d->count--;
}

/* Too many doubts grow together: better to doubt too much of a stream so bad than too
 * little. */
static void doubt(struct doubts *d, size_t first, size_t last)
{
    size_t k = 0;
    while (k < d->count && d->span[k].last < first) k++;
    if (k < d->count && d->span[k].first <= last) {
        if (first < d->span[k].first) d->span[k].first = first;
        if (last > d->span[k].last) d->span[k].last = last;
        while (k + 1 < d->count && d->span[k + 1].first <= d->span[k].last) join(d, k);
        return;
    }
    if (d->count == MOST_DOUBTS) {
        if (k == d->count) d->span[k - 1].last = last;
        else d->span[k].first = first;
        return;
    }
    for (size_t i = d->count; i > k; i--) d->span[i] = d->span[i - 1];
    d->span[k].first = first;
    d->span[k].last = last;
    d->count++;
}

/* A window of `length` along x, and what it gains in y: least time over a distance, or most
 * distance in a time. */
struct search {
    const double *x, *y;
    double length;
    bool most;    /* the largest gain is best, not the smallest */
    double limit; /* a better gain than this is a record */
    bool found, doubted;
    double gain, x_from, y_from;
};

static bool better(const struct search *s, double gain, double than)
{
    return s->most ? gain > than : gain < than;
}

static double y_between(const struct search *s, size_t i, double x)
{
    double share = (x - s->x[i]) / (s->x[i + 1] - s->x[i]);
    return s->y[i] + fmin(share, 1) * (s->y[i + 1] - s->y[i]);
}

/* Whether the step to sample i alone would win a record, were it as long as the window. */
static bool too_quick(const struct search *s, size_t i)
{
    double along = s->x[i] - s->x[i - 1], gain = s->y[i] - s->y[i - 1];
    return better(s, gain * s->length, s->limit * along);
}

static bool is_doubted(const struct doubts *d, size_t first, size_t last)
{
    for (size_t k = 0; k < d->count; k++)
        if (d->span[k].first < last && d->span[k].last > first) return true;
    return false;
}

/* Doubts what lies between the first and the last step that make a window too good: there
 * is one at least, and the honest steps before and after it are not to blame. A window that
 * touches a doubt already may owe all to that one: the next round will tell. */
static void doubt_window(const struct search *s, struct doubts *d, size_t first,
                         size_t last)
{
    if (is_doubted(d, first, last)) return;
    while (first + 1 < last && !too_quick(s, first + 1)) first++;
    while (last - 1 > first && !too_quick(s, last)) last--;
    doubt(d, first, last);
}

/* One window, between the samples `first` and `last`. */
static void offer(struct search *s, struct doubts *d, double x_from, double y_from,
                  double y_to, size_t first, size_t last)
{
    double gain = y_to - y_from;
    if (better(s, gain, s->limit)) {
        doubt_window(s, d, first, last);
        s->doubted = true;
    } else if (!s->found || better(s, gain, s->gain)) {
        s->found = true;
        s->gain = gain;
        s->x_from = x_from;
        s->y_from = y_from;
    }
}

/* Whether a window that gains between `least` and `most` may be the best, or a record: the
 * many that cannot need not be measured. */
static bool may_be_better(const struct search *s, double least, double most)
{
    return !s->found || better(s, s->most ? most : least, s->gain);
}

/* The windows that begin at a sample of the stretch low..high. */
static void windows_from_samples(struct search *s, struct doubts *d, size_t low,
                                 size_t high)
{
    size_t j = low;
    for (size_t i = low; i < high; i++) {
        double to = s->x[i] + s->length;
        if (to > s->x[high] + EQUAL_M) return;
        while (j < high && s->x[j] < to) j++;
        if (!may_be_better(s, s->y[j - 1] - s->y[i], s->y[j] - s->y[i])) continue;
        offer(s, d, s->x[i], s->y[i], y_between(s, j - 1, to), i, j);
    }
}

/* Those that end at one. */
static void windows_to_samples(struct search *s, struct doubts *d, size_t low, size_t high)
{
    size_t i = low;
    for (size_t j = low + 1; j <= high; j++) {
        double from = fmax(s->x[j] - s->length, s->x[low]);
        if (s->x[j] - s->length < s->x[low] - EQUAL_M) continue;
        while (i + 1 < j && s->x[i + 1] <= from) i++;
        if (!may_be_better(s, s->y[j] - s->y[i + 1], s->y[j] - s->y[i])) continue;
        double y_from = s->x[i] < from ? y_between(s, i, from) : s->y[i];
        offer(s, d, from, y_from, s->y[j], i, j);
    }
}

/* Tries every stretch that is neither broken nor doubted. Whatever raises a doubt makes the
 * round void, and the next leaves it out. */
static void search_streams(const struct har_streams *streams, struct doubts *d,
                           struct search *s)
{
    do {
        s->found = s->doubted = false;
        struct doubts known = *d;
        size_t k = 0;
        for (size_t low = 0, high; low < streams->count; low = high + 1) {
            for (high = low; high + 1 < streams->count; high++) {
                while (k < known.count && known.span[k].last <= high) k++;
                bool doubtful = k < known.count && known.span[k].first <= high;
                if (streams->broken[high + 1] || doubtful) break;
            }
            windows_from_samples(s, d, low, high);
            windows_to_samples(s, d, low, high);
        }
    } while (s->doubted);
}

static struct search over_distance(const struct har_streams *streams, double distance_m,
                                   double limit_s)
{
    return (struct search){.x = streams->distance_m,
                           .y = streams->time_s,
                           .length = distance_m,
                           .limit = limit_s};
}

static double length_of(const struct har_streams *streams)
{
    return streams->distance_m[streams->count - 1] - streams->distance_m[0];
}

/* The quickest step: where it is slower than a record, no window can beat that record. */
static double quickest_step(const struct har_streams *streams)
{
    double quickest_mps = 0;
    for (size_t i = 1; i < streams->count; i++) {
        double way_m = streams->distance_m[i] - streams->distance_m[i - 1];
        double seconds = streams->time_s[i] - streams->time_s[i - 1];
        if (!streams->broken[i]) quickest_mps = fmax(quickest_mps, way_m / seconds);
    }
    return quickest_mps;
}

static void doubt_over(const struct har_streams *streams, double quickest_mps,
                       double distance_m, double limit_s, struct doubts *d)
{
    if (distance_m / limit_s > quickest_mps || distance_m > length_of(streams)) return;
    struct search s = over_distance(streams, distance_m, limit_s);
    search_streams(streams, d, &s);
}

/* The doubts that distances shorter than `below_m` raise. */
static void raise_doubts(const struct har_streams *streams, double below_m,
                         struct doubts *d)
{
    size_t count;
    const struct har_standard *standard = har_standard_distances(&count);
    double quickest_mps = quickest_step(streams);
    d->count = 0;
    if (FLYING_M < below_m) doubt_over(streams, quickest_mps, FLYING_M, FLYING_S, d);
    if (SPRINT_M < below_m)
        doubt_over(streams, quickest_mps, SPRINT_M, har_record_time(SPRINT_M), d);
    for (size_t i = 0; i < count && standard[i].value < below_m; i++)
        doubt_over(streams, quickest_mps, standard[i].value,
                   har_record_time(standard[i].value), d);
}

/* A run over real ground: in the open, on a track, or in a hall that positions prove. */
static bool is_run_on_ground(const struct har_streams *streams)
{
    enum har_setting setting = streams->summary.setting;
    bool ground = setting == HAR_SETTING_OUTDOOR || setting == HAR_SETTING_TRACK ||
                  (setting == HAR_SETTING_INDOOR && streams->lat_deg);
    return ground && streams->summary.sport == HAR_SPORT_RUNNING && streams->distance_m &&
           streams->count >= 2;
}

static bool best_over(const struct har_streams *streams, double distance_m,
                      struct doubts *d, struct har_best *best)
{
    if (distance_m > length_of(streams) + EQUAL_M) return false;
    struct search s = over_distance(streams, distance_m, har_record_time(distance_m));
    search_streams(streams, d, &s);
    if (!s.found) return false;
    *best = (struct har_best){
        .distance_m = distance_m, .time_s = s.gain, .from_s = s.y_from, .from_m = s.x_from};
    return true;
}

static bool best_within(const struct har_streams *streams, double time_s,
                        const struct doubts *known, struct har_best *best)
{
    struct doubts own = *known;
    struct search s = {.x = streams->time_s,
                       .y = streams->distance_m,
                       .length = time_s,
                       .most = true,
                       .limit = har_record_distance(time_s)};
    search_streams(streams, &own, &s);
    if (!s.found) return false;
    *best = (struct har_best){
        .distance_m = s.gain, .time_s = time_s, .from_s = s.x_from, .from_m = s.y_from};
    return true;
}

har_status har_best_distance(const struct har_streams *streams, double distance_m,
                             struct har_best *best)
{
    if (!(distance_m > 0) || !is_run_on_ground(streams)) return HAR_NOT_FOUND;
    struct doubts d;
    raise_doubts(streams, distance_m, &d);
    return best_over(streams, distance_m, &d, best) ? HAR_OK : HAR_NOT_FOUND;
}

har_status har_best_duration(const struct har_streams *streams, double time_s,
                             struct har_best *best)
{
    if (!(time_s > 0) || !is_run_on_ground(streams)) return HAR_NOT_FOUND;
    struct doubts d;
    raise_doubts(streams, INFINITY, &d);
    return best_within(streams, time_s, &d, best) ? HAR_OK : HAR_NOT_FOUND;
}

/* A standard distance raises its own doubts when it is searched, so one set, carried from
 * short to long, is the set that har_best_distance() would raise for each. */
static size_t all_distances(const struct har_streams *streams, struct doubts *d,
                            struct har_best *out)
{
    size_t count, n = 0;
    const struct har_standard *standard = har_standard_distances(&count);
    for (size_t i = 0; i < count; i++)
        if (best_over(streams, standard[i].value, d, &out[n])) n++;
    return n;
}

/* The farthest in a minute may lie in a stretch of a minute and a half, and all stretches
 * of two minutes may hold less: then two minutes say nothing. */
static size_t all_durations(const struct har_streams *streams, const struct doubts *d,
                            struct har_best *out)
{
    size_t count, n = 0;
    const struct har_standard *standard = har_standard_durations(&count);
    for (size_t i = 0; i < count; i++) {
        if (!best_within(streams, standard[i].value, d, &out[n])) continue;
        if (n == 0 || out[n].distance_m >= out[n - 1].distance_m) n++;
    }
    return n;
}

har_status har_bests(const struct har_streams *streams, struct har_arena *arena,
                     struct har_bests *out, struct har_error *err)
{
    *out = (struct har_bests){0};
    if (!is_run_on_ground(streams)) return HAR_OK;
    size_t distances, durations;
    har_standard_distances(&distances);
    har_standard_durations(&durations);
    struct har_best *far = HAR_NEW(arena, struct har_best, distances);
    struct har_best *late = HAR_NEW(arena, struct har_best, durations);
    if (!far || !late) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for best efforts");
    struct doubts d;
    raise_doubts(streams, SPRINT_M + EQUAL_M, &d);
    out->distance_count = all_distances(streams, &d, far);
    out->duration_count = all_durations(streams, &d, late);
    out->distances = far;
    out->durations = late;
    return HAR_OK;
}
