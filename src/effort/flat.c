/* SPDX-License-Identifier: MIT */
/* The flat speed of a run.
 *
 * Heights come smoothed from `clean`. The grade at a sample is the rise over the window
 * around it, cut off at breaks; less than half a window of ground tells nothing and counts
 * as flat. So does a track: what a watch says of its height is weather. On roads a grade
 * over 10 % is nearly always a bridge or a tunnel that the map does not know.
 *
 * The whole is the mean over time, of flat metres: those of a split add up to those of the
 * run, level ground gives the very speed that was run, and a hill counts where it stands. A
 * net grade would call a climb and its descent flat; here each second is paid for at its
 * own grade, and since the credit of a descent is less than the debit of a climb, and both
 * bend upward, up and down again comes out as harder than flat. The alternative, the speed
 * of the mean power, would make any run with changes of pace faster than it was on a flat
 * road, and no splits would add up. Distance over a break counts as level, and the time is
 * the moving time, so that a flat run's flat pace is the pace that stands beside it. */

#include "harrier/effort.h"

#include <math.h>

#define USUAL_WINDOW_M 40.0
#define SHORTEST_WINDOW_M 30.0
#define LONGEST_WINDOW_M 60.0
#define STEEPEST_ROAD 0.10
#define STEEPEST_TRAIL 0.45
#define MOVING_MPS 0.5

/* The height at `distance_m` between samples from..to - 1, one of which is at or before it.
 * `*i` is such a one, and moves up to the last. */
static double height_at(const struct har_streams *s, size_t to, double distance_m,
                        size_t *i)
{
    while (*i + 1 < to && s->distance_m[*i + 1] <= distance_m) ++*i;
    double z = s->altitude_m[*i];
    if (*i + 1 >= to) return z;
    double way_m = s->distance_m[*i + 1] - s->distance_m[*i];
    return z + (distance_m - s->distance_m[*i]) / way_m * (s->altitude_m[*i + 1] - z);
}

/* Fills in the grades of one unbroken piece. */
static void grades_of_piece(const struct har_streams *s, size_t from, size_t to,
                            double window_m, double steepest, double *grade)
{
    double first_m = s->distance_m[from], last_m = s->distance_m[to - 1];
    size_t behind = from, ahead = from;
    for (size_t i = from; i < to; i++) {
        double back_m = fmax(s->distance_m[i] - window_m / 2, first_m);
        double on_m = fmin(s->distance_m[i] + window_m / 2, last_m);
        double rise_m = height_at(s, to, on_m, &ahead) - height_at(s, to, back_m, &behind);
        bool tells = on_m - back_m >= window_m / 2 && !isnan(rise_m);
        grade[i] = tells ? fmin(fmax(rise_m / (on_m - back_m), -steepest), steepest) : 0;
    }
}

static void fill_grades(const struct har_streams *s, double window_m, double steepest,
                        double *grade)
{
    for (size_t from = 0, to; from < s->count; from = to) {
        to = from + 1;
        while (to < s->count && !s->broken[to]) to++;
        grades_of_piece(s, from, to, window_m, steepest, grade);
    }
}

/* Adds up the flat metres. The grade is the mean over the step; what lies over a break, or
 * was too slow to be running, counts as it is. */
static void add_up(const struct har_streams *s, const struct har_grade_law *law,
                   const double *grade, double *flat_m)
{
    flat_m[0] = 0;
    for (size_t i = 1; i < s->count; i++) {
        double seconds = s->time_s[i] - s->time_s[i - 1];
        double way_m = s->distance_m[i] - s->distance_m[i - 1], flat_step_m = way_m;
        if (!s->broken[i] && way_m >= MOVING_MPS * seconds) {
            double mean_grade = (grade[i - 1] + grade[i]) / 2;
            flat_step_m = har_flat_speed(law, way_m / seconds, mean_grade) * seconds;
        }
        flat_m[i] = flat_m[i - 1] + flat_step_m;
    }
}

/* By the moving time and the distance of the summary, as the pace beside it. */
static double mean_of(const struct har_streams *s, const double *flat_m)
{
    size_t last = s->count - 1;
    double way_m = s->distance_m[last] - s->distance_m[0];
    double pace_mps = s->summary.distance_m / s->summary.moving_s;
    return way_m > 0 && isfinite(pace_mps) ? pace_mps * flat_m[last] / way_m : NAN;
}

static bool has_ground(const struct har_streams *s)
{
    return s->count >= 2 && s->distance_m && s->summary.sport == HAR_SPORT_RUNNING &&
           (s->altitude_m || s->summary.setting == HAR_SETTING_TRACK);
}

/* The settings with their defaults in place. */
static struct har_flat_settings settled(const struct har_flat_settings *settings,
                                        unsigned sub_sport)
{
    struct har_flat_settings out = {0};
    if (settings) out = *settings;
    if (out.window_m == 0) out.window_m = USUAL_WINDOW_M;
    if (out.steepest == 0)
        out.steepest = sub_sport == HAR_SUB_SPORT_TRAIL ? STEEPEST_TRAIL : STEEPEST_ROAD;
    return out;
}

static bool in_range(const struct har_flat_settings *use)
{
    return use->window_m >= SHORTEST_WINDOW_M && use->window_m <= LONGEST_WINDOW_M &&
           use->steepest > 0 && use->law.downhill_credit >= 0 &&
           use->law.downhill_credit <= 1;
}

har_status har_flat_speeds(const struct har_streams *streams,
                           const struct har_flat_settings *settings,
                           struct har_arena *arena, struct har_flat *out,
                           struct har_error *err)
{
    *out = (struct har_flat){.mean_mps = NAN};
    struct har_flat_settings use = settled(settings, streams->summary.sub_sport);
    if (!in_range(&use))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a setting of the flat speed is out of range");
    if (!has_ground(streams)) return HAR_NOT_FOUND;
    double *grade = HAR_NEW(arena, double, streams->count);
    double *speed_mps = HAR_NEW(arena, double, streams->count);
    double *flat_m = HAR_NEW(arena, double, streams->count);
    if (!grade || !speed_mps || !flat_m)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the flat speed");

    if (streams->summary.setting != HAR_SETTING_TRACK)
        fill_grades(streams, use.window_m, use.steepest, grade);
    for (size_t i = 0; i < streams->count; i++)
        speed_mps[i] = streams->speed_mps
                           ? har_flat_speed(&use.law, streams->speed_mps[i], grade[i])
                           : NAN;
    add_up(streams, &use.law, grade, flat_m);
    *out = (struct har_flat){grade, speed_mps, flat_m, mean_of(streams, flat_m)};
    return HAR_OK;
}
