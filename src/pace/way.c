/* SPDX-License-Identifier: MIT */
/* Ways, cut into pieces.
 *
 * Slopes are taken over each piece, from heights that are straight between those told; who
 * told them is to have smoothed them (course.h has). A line and its event rarely agree to
 * the metre, since runners cut corners and courses are measured on the shortest way; up to
 * 2 % the line is drawn out to the event, heights and all. */

#include "harrier/pace.h"

#include "harrier/num.h"

#include <math.h>

#define MOST_PIECES 1000000.0
#define LARGEST_MISFIT 0.02
#define TAU 6.283185307179586
#define DEG_PER_RAD (360 / TAU)

struct draft {
    double *length_m, *grade, *bearing_deg;
};

/* Equal pieces, all flat. */
static har_status even_way(double distance_m, double step_m, struct har_arena *arena,
                           struct draft *draft, struct har_way *out, struct har_error *err)
{
    double pieces = ceil(distance_m / step_m - 1e-9);
    if (!(distance_m > 0 && step_m > 0 && pieces <= MOST_PIECES))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a way is over 0 m long, and has at most a million pieces");
    size_t count = pieces < 1 ? 1 : (size_t)pieces;
    draft->length_m = HAR_NEW(arena, double, count);
    draft->grade = HAR_NEW(arena, double, count);
    draft->bearing_deg = HAR_NEW(arena, double, count);
    if (!draft->length_m || !draft->grade || !draft->bearing_deg)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a way");
    for (size_t i = 0; i < count; i++) draft->length_m[i] = distance_m / (double)count;
    *out = (struct har_way){.count = count,
                            .length_m = draft->length_m,
                            .grade = draft->grade,
                            .distance_m = distance_m};
    return HAR_OK;
}

har_status har_way_flat(double distance_m, double step_m, struct har_arena *arena,
                        struct har_way *out, struct har_error *err)
{
    struct draft draft;
    return even_way(distance_m, step_m, arena, &draft, out, err);
}

/* Which way one runs `at_m` after the finish line: round a bend first. */
static double bearing_on(const struct har_bend *track, double at_m)
{
    double bend_m = fmin(TAU * track->radius_m, track->lap_m) / 2;
    double half_m = track->lap_m / 2, along_m = fmod(at_m, half_m);
    double turned = fmin(along_m / bend_m, 1) + (fmod(at_m, track->lap_m) >= half_m);
    return fmod(720 - 180 * turned, 360);
}

har_status har_way_track(double distance_m, const struct har_bend *track, double step_m,
                         struct har_arena *arena, struct har_way *out,
                         struct har_error *err)
{
    if (!(track->radius_m > 0 && track->lap_m > 0))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a track has a lap, and bends of a radius");
    struct draft draft;
    har_status got = even_way(distance_m, step_m, arena, &draft, out, err);
    if (got != HAR_OK) return got;
    double each_m = draft.length_m[0];
    double start_m = track->lap_m - fmod(distance_m, track->lap_m);
    for (size_t i = 0; i < out->count; i++)
        draft.bearing_deg[i] = bearing_on(track, start_m + ((double)i + 0.5) * each_m);
    out->bearing_deg = draft.bearing_deg;
    out->track = *track;
    return HAR_OK;
}

har_status har_way_profile(const double *distance_m, const double *altitude_m, size_t count,
                           double step_m, struct har_arena *arena, struct har_way *out,
                           struct har_error *err)
{
    if (count < 2 || distance_m[0] != 0)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a profile has two heights or more, the first at 0 m");
    for (size_t i = 0; i < count; i++)
        if (!isfinite(altitude_m[i]) || (i > 0 && !(distance_m[i] > distance_m[i - 1])))
            return har_fail(err, HAR_OUT_OF_RANGE, i,
                            "point %zu of the profile has no height, or lies no farther "
                            "than the one before",
                            i + 1);
    struct draft draft;
    har_status got = even_way(distance_m[count - 1], step_m, arena, &draft, out, err);
    if (got != HAR_OK) return got;
    double each_m = draft.length_m[0], before_m = altitude_m[0];
    for (size_t i = 0, k = 0; i < out->count; i++) {
        double to_m = i + 1 < out->count ? (double)(i + 1) * each_m : out->distance_m;
        while (k + 2 < count && distance_m[k + 1] < to_m) k++;
        double here_m = har_interpolate(distance_m + k, altitude_m + k, 2, to_m);
        draft.grade[i] = (here_m - before_m) / each_m;
        before_m = here_m;
    }
    return HAR_OK;
}

/* Points of a course that lie at the same place say one height: the last. */
static size_t without_repeats(const struct har_course *course, double stretch,
                              double *distance_m, double *altitude_m)
{
    size_t kept = 0;
    for (size_t i = 0; i < course->count; i++) {
        double at_m = course->distance_m[i] * stretch;
        if (kept > 0 && !(at_m > distance_m[kept - 1])) kept--;
        distance_m[kept] = at_m;
        altitude_m[kept++] = course->altitude_m[i];
    }
    return kept;
}

/* Where the pieces point: the bearing of the step of the line in which their middles lie.
 */
static void point_pieces(const struct har_course *course, double stretch,
                         const struct har_way *way, double *bearing_deg)
{
    double at_m = 0;
    size_t k = 0;
    for (size_t i = 0; i < way->count; i++) {
        double middle_m = (at_m + way->length_m[i] / 2) / stretch;
        while (k + 2 < course->count && course->distance_m[k + 1] < middle_m) k++;
        har_geodesic(course->lat_deg[k], course->lon_deg[k], course->lat_deg[k + 1],
                     course->lon_deg[k + 1], &bearing_deg[i], NULL);
        at_m += way->length_m[i];
    }
}

har_status har_way_course(const struct har_course *course, double event_m, double step_m,
                          struct har_arena *arena, struct har_way *out,
                          struct har_error *err)
{
    double stretch = event_m > 0 ? event_m / course->length_m : 1;
    if (!(fabs(stretch - 1) <= LARGEST_MISFIT))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the course is %lld m long and does not match an event of %lld m",
                        llround(course->length_m), llround(event_m));
    if (!course->altitude_m || !(course->longest_blind_m <= HAR_COURSE_HOLE_M) ||
        !(course->longest_step_m <= HAR_COURSE_HOLE_M))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "the course has no heights, or a hole without them");
    double *distance_m = HAR_NEW(arena, double, course->count);
    double *altitude_m = HAR_NEW(arena, double, course->count);
    if (!distance_m || !altitude_m)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a way");
    size_t count = without_repeats(course, stretch, distance_m, altitude_m);
    har_status got =
        har_way_profile(distance_m, altitude_m, count, step_m, arena, out, err);
    double *bearing_deg = got == HAR_OK ? HAR_NEW(arena, double, out->count) : NULL;
    if (got != HAR_OK) return got;
    if (!bearing_deg) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a way");
    point_pieces(course, stretch, out, bearing_deg);
    out->bearing_deg = bearing_deg;
    return HAR_OK;
}
