/* SPDX-License-Identifier: MIT */
/* From a file to a course.
 *
 * Length. The geodesic steps summed. A drawn line is taken corner by corner: whoever drew
 * it put a point where the road turns, and smoothing would cut the turns off. A recorded
 * line has the receiver's noise, which lengthens every step, and goes through `clean`
 * first; but a hole that `clean` draws a straight line over stays a hole.
 *
 * Heights. Those of a drawn line come from a model of the ground, in steps of metres and
 * with a noise of NOISE_M or more, which points that lie close together show. They are laid
 * on a grid of GRID_M along the line and
 * smoothed there as `clean` smooths a watch's: Whittaker, with a grade that wanders 1 % per
 * square root of 100 m. Climbs of CLIMB_M and more count. The drop is between the heights
 * at the ends as they stand: smoothing would lean on the slope beside them.
 *
 * Two decisions are ours. Heights that are all 0 are how some programs write none. And a
 * profile that does not reach within END_M of both ends is none: it would say nothing of
 * the drop, and the drop is what it is for. */

#include "line.h"

#include "harrier/clean.h"
#include "harrier/decode.h"
#include "harrier/num.h"

#include <math.h>
#include <string.h>

#define GRID_M 10.0
#define NOISE_M 1.0
#define MOST_NOISE_M 5.0
#define NEAR_M 40.0
#define HEAVIEST 10.0
#define GUESS_WEIGHT 0.25 /* of a cell in which no height was told */
#define GRADE_WANDER 0.01 /* per square root of 100 m */
#define CLIMB_M 2.0
#define END_M 200.0
#define SAME_S 5e-4

enum { MOST_CELLS = 100000 };

/* --- lines of a watch file ------------------------------------------------------ */

static void copy_column(double *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++) to[i] = from ? from[i] : NAN;
}

static har_status take_columns(struct choice *choice, size_t count, const double *lat_deg,
                               const double *lon_deg, const double *altitude_m,
                               struct line *line)
{
    har_status got = line_new(choice->arena, count, line, choice->err);
    if (got != HAR_OK) return got;
    copy_column(line->lat_deg, lat_deg, count);
    copy_column(line->lon_deg, lon_deg, count);
    copy_column(line->altitude_m, altitude_m, count);
    return HAR_OK;
}

/* `clean` drops a height that cannot be; a course says so. */
static har_status check_heights(const struct har_samples *s, struct har_error *err)
{
    const double *z = s->channel[HAR_ALTITUDE_M];
    for (size_t i = 0; z && i < s->count; i++)
        if (z[i] < LOWEST_LAND_M)
            return har_fail(err, HAR_BAD_INPUT, i,
                            "sample %zu lies at %ld m, lower than the shore of the Dead "
                            "Sea",
                            i + 1, lround(fmax(z[i], -1e6)));
    return HAR_OK;
}

/* The samples of the streams that carry what the file said in `channel`. */
static void mark_told(const struct har_samples *s, const double *channel,
                      const struct har_streams *streams, bool *told)
{
    memset(told, 0, streams->count * sizeof *told);
    for (size_t i = 0; channel && i < s->count; i++) {
        if (isnan(channel[i]) || s->time_ms[i] == HAR_NO_TIME) continue;
        double at_s = (double)(s->time_ms[i] - streams->summary.start_ms) / 1000;
        size_t low = 0, high = streams->count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (streams->time_s[middle] < at_s - SAME_S) low = middle + 1;
            else high = middle;
        }
        if (low < streams->count && streams->time_s[low] <= at_s + SAME_S) told[low] = true;
    }
}

/* `clean` draws over what was not told, which is right for a tunnel. What it drew over more
 * than `most_m` is taken out of `column` again. */
static void forget_untold(const struct har_streams *streams, const bool *told,
                          double most_m, double *column)
{
    const double *way_m = streams->distance_m;
    for (size_t from = 0, to; way_m && from < streams->count; from = to + 1) {
        for (to = from; to < streams->count && !told[to];) to++;
        if (to == from) continue;
        size_t before = from > 0 ? from - 1 : 0;
        size_t after = to < streams->count ? to : streams->count - 1;
        if (way_m[after] - way_m[before] <= most_m) continue;
        for (size_t i = from; i < to; i++) column[i] = NAN;
    }
}

static har_status take_recording(struct choice *choice, const struct har_activity *a,
                                 struct line *line)
{
    const struct har_samples *s = &a->samples;
    struct har_streams streams;
    har_status got = check_heights(s, choice->err);
    if (got == HAR_OK) got = har_clean(a, NULL, choice->arena, &streams, choice->err);
    if (got == HAR_OK)
        got = take_columns(choice, streams.count, streams.lat_deg, streams.lon_deg,
                           streams.altitude_m, line);
    if (got != HAR_OK) return got;
    bool *told = HAR_NEW(choice->arena, bool, streams.count);
    if (!told) return har_fail(choice->err, HAR_NO_MEMORY, 0, "there is no memory left");
    mark_told(s, s->channel[HAR_LAT_DEG], &streams, told);
    forget_untold(&streams, told, HAR_COURSE_HOLE_M, line->lat_deg);
    mark_told(s, s->channel[HAR_ALTITUDE_M], &streams, told);
    forget_untold(&streams, told, END_M, line->altitude_m);
    return HAR_OK;
}

static har_status choose_activity(struct choice *choice, const struct har_activity *a,
                                  bool recorded)
{
    const struct har_samples *s = &a->samples;
    struct line line;
    har_status got =
        recorded ? take_recording(choice, a, &line)
                 : take_columns(choice, s->count, s->channel[HAR_LAT_DEG],
                                s->channel[HAR_LON_DEG], s->channel[HAR_ALTITUDE_M], &line);
    if (got != HAR_OK) return got;
    line.name = a->name;
    line.recorded = recorded;
    return choose_line(choice, &line);
}

static bool looks_like_json(struct har_bytes file)
{
    static const char before[] = " \t\r\n\xef\xbb\xbf";
    size_t at = 0;
    while (at < file.size && memchr(before, file.data[at], sizeof before - 1)) at++;
    return at < file.size && file.data[at] == '{';
}

static struct har_bytes without_mark(struct har_bytes file)
{
    static const char mark[] = "\xef\xbb\xbf";
    if (file.size < 3 || memcmp(file.data, mark, 3) != 0) return file;
    return (struct har_bytes){file.data + 3, file.size - 3};
}

static har_status read_lines(struct har_bytes file, struct choice *choice)
{
    struct har_recording recording;
    if (har_sniff(file) == HAR_FORMAT_UNKNOWN && looks_like_json(file))
        return read_geojson(without_mark(file), choice);
    har_status got = har_decode(file, choice->arena, &recording, choice->err);
    if (got == HAR_UNSUPPORTED)
        return har_fail(choice->err, got, 0, "this is not a GPX, TCX, FIT or GeoJSON file");
    for (size_t i = 0; got == HAR_OK && i < recording.activity_count; i++)
        got = choose_activity(choice, &recording.activities[i],
                              recording.kind == HAR_FILE_ACTIVITY);
    return got;
}

/* --- along the line -------------------------------------------------------------- */

/* The known heights, by their place along the line. */
struct heights {
    size_t count;
    double *at_m, *height_m;
};

static har_status measure(const struct line *line, struct har_arena *arena,
                          struct har_course *out, struct har_error *err)
{
    double *distance_m = HAR_NEW(arena, double, line->count);
    if (!distance_m) return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left");
    for (size_t i = 1; i < line->count; i++) {
        double step_m = har_geodesic_step(line->lat_deg[i - 1], line->lon_deg[i - 1],
                                          line->lat_deg[i], line->lon_deg[i]);
        distance_m[i] = distance_m[i - 1] + step_m;
        if (step_m <= out->longest_step_m) continue;
        out->longest_step_m = step_m;
        out->longest_step_at_m = distance_m[i - 1];
    }
    size_t last = line->count - 1;
    out->distance_m = distance_m;
    out->length_m = distance_m[last];
    out->separation_m = har_geodesic(line->lat_deg[0], line->lon_deg[0],
                                     line->lat_deg[last], line->lon_deg[last], NULL, NULL);
    return HAR_OK;
}

static har_status known_heights(const struct line *line, const double *distance_m,
                                struct har_arena *arena, struct heights *h,
                                struct har_error *err)
{
    *h = (struct heights){.at_m = HAR_NEW(arena, double, line->count),
                          .height_m = HAR_NEW(arena, double, line->count)};
    if (!h->at_m || !h->height_m)
        return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left");
    for (size_t i = 0; i < line->count; i++) {
        if (isnan(line->altitude_m[i])) continue;
        h->at_m[h->count] = distance_m[i];
        h->height_m[h->count++] = line->altitude_m[i];
    }
    return HAR_OK;
}

static double longest_blind(const struct heights *h, double length_m)
{
    double longest_m = fmax(h->at_m[0], length_m - h->at_m[h->count - 1]);
    for (size_t i = 1; i < h->count; i++)
        longest_m = fmax(longest_m, h->at_m[i] - h->at_m[i - 1]);
    return longest_m;
}

static bool is_profile(const struct heights *h, double length_m)
{
    bool told = false;
    for (size_t i = 0; i < h->count; i++) told = told || h->height_m[i] != 0;
    return told && h->at_m[0] <= END_M && length_m - h->at_m[h->count - 1] <= END_M;
}

/* The standard deviation of the noise of a height: how far it lies from the straight line
 * between its neighbours, where those are near enough that the ground has no say. */
static double noise_of(const struct heights *h, double *work)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < h->count; i++) {
        double way_m = h->at_m[i + 1] - h->at_m[i - 1];
        if (!(way_m > 0 && way_m <= NEAR_M)) continue;
        double share = (h->at_m[i] - h->at_m[i - 1]) / way_m;
        double straight_m = (1 - share) * h->height_m[i - 1] + share * h->height_m[i + 1];
        double spread = sqrt(1 + share * share + (1 - share) * (1 - share));
        work[n++] = fabs(h->height_m[i] - straight_m) / spread;
    }
    double median = har_quantile(work, n, 0.5);
    return fmin(fmax(isnan(median) ? 0 : median / 0.6745, NOISE_M), MOST_NOISE_M);
}

/* A profile in even cells along the line; each array has one value a cell, `work` three. */
struct grid {
    size_t count;
    double cell_m;
    double *at_m, *height_m, *weight, *work;
};

static har_status grid_new(double length_m, struct har_arena *arena, struct grid *g,
                           struct har_error *err)
{
    size_t count = (size_t)ceil(fmin(length_m / GRID_M, MOST_CELLS)) + 1;
    *g = (struct grid){
        .count = count,
        .cell_m = length_m / (double)(count - 1),
        .at_m = HAR_NEW(arena, double, count),
        .height_m = HAR_NEW(arena, double, count),
        .weight = HAR_NEW(arena, double, count),
        .work = HAR_NEW(arena, double, 3 * count),
    };
    if (g->at_m && g->height_m && g->weight && g->work) return HAR_OK;
    return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left");
}

/* The mean of the heights nearest to each cell; between them straight lines, at a small
 * weight. */
static void fill_grid(struct grid *g, const struct heights *h)
{
    double *sum_m = g->work, *found = g->work + g->count;
    memset(g->work, 0, 2 * g->count * sizeof *g->work);
    for (size_t i = 0; i < h->count; i++) {
        size_t k = (size_t)lround(h->at_m[i] / g->cell_m);
        sum_m[k] += h->height_m[i];
        found[k]++;
    }
    for (size_t k = 0; k < g->count; k++) {
        g->at_m[k] = (double)k * g->cell_m;
        g->weight[k] = found[k] > 0 ? fmin(found[k], HEAVIEST) : GUESS_WEIGHT;
        g->height_m[k] = found[k] > 0
                             ? sum_m[k] / found[k]
                             : har_interpolate(h->at_m, h->height_m, h->count, g->at_m[k]);
    }
}

static void smooth_grid(struct grid *g, double noise_m)
{
    double wander_m = g->cell_m * GRADE_WANDER * sqrt(g->cell_m / 100);
    double lambda = (noise_m / wander_m) * (noise_m / wander_m);
    har_whittaker(g->height_m, g->weight, g->count, lambda, g->work, g->height_m);
}

static har_status lay_profile(const struct line *line, const struct heights *h,
                              struct har_arena *arena, struct har_course *out,
                              struct har_error *err)
{
    struct grid g;
    double *altitude_m = HAR_NEW(arena, double, line->count);
    if (!altitude_m) return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left");
    har_status got = grid_new(out->length_m, arena, &g, err);
    if (got != HAR_OK) return got;
    double noise_m = noise_of(h, altitude_m);
    fill_grid(&g, h);
    if (!line->recorded) smooth_grid(&g, noise_m);
    for (size_t i = 0; i < line->count; i++)
        altitude_m[i] = har_interpolate(g.at_m, g.height_m, g.count, out->distance_m[i]);
    double *up_m = g.work, *down_m = g.work + g.count;
    memset(g.work, 0, 2 * g.count * sizeof *g.work);
    har_climbs(g.height_m, g.count, CLIMB_M, up_m, down_m);
    out->ascent_m = out->descent_m = 0;
    for (size_t k = 0; k < g.count; k++) {
        out->ascent_m += up_m[k];
        out->descent_m += down_m[k];
    }
    out->altitude_m = altitude_m;
    out->longest_blind_m = longest_blind(h, out->length_m);
    out->drop_m = h->height_m[0] - h->height_m[h->count - 1];
    return HAR_OK;
}

har_status har_course_read(struct har_bytes file, struct har_arena *arena,
                           struct har_course *out, struct har_error *err)
{
    struct choice choice = {.arena = arena, .err = err};
    struct heights heights;
    har_status got = read_lines(file, &choice);
    if (got != HAR_OK) return got;
    if (choice.line_count == 0)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "there is no line in this file: a course needs two points in "
                        "different places");
    const struct line *line = &choice.longest;
    *out = (struct har_course){
        .name = line->name,
        .recorded = line->recorded,
        .count = line->count,
        .lat_deg = line->lat_deg,
        .lon_deg = line->lon_deg,
        .drop_m = NAN,
        .ascent_m = NAN,
        .descent_m = NAN,
        .longest_blind_m = NAN,
        .line_count = choice.line_count,
    };
    got = measure(line, arena, out, err);
    if (got == HAR_OK) got = known_heights(line, out->distance_m, arena, &heights, err);
    if (got != HAR_OK || !is_profile(&heights, out->length_m)) return got;
    return lay_profile(line, &heights, arena, out, err);
}
