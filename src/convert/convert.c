/* SPDX-License-Identifier: MIT */
/* The chain of conditions.
 *
 * Every step is a map of the mean speed with an inverse, so there and back is exact up to
 * rounding. They are taken off in one order, the ground and the air before what the body
 * makes of altitude and heat, each at the speed that the steps before have left; put on
 * again in the reverse order. The order matters little: the maps nearly commute.
 *
 * The ranges of two steps come from models that know nothing of each other, so their
 * distances from ours, in the logarithm of the time, add up as independent errors do: by
 * their squares. The interval then goes outwards to whole units of the event's marks, since
 * a mark on the road is itself no better known than to the second. */

#include "harrier/convert.h"

#include "steps.h"

#include <math.h>

#define PIECE_M 40.0 /* over which a grade is taken; a shorter one is noise */
#define STEEPEST_DOWN (-0.09)
#define STEEPEST_UP 0.45
#define SAME_LENGTH 0.05
#define USUAL_BREEZE_MPS 1.0 /* the light wind of the formula without sun */

struct har_conditions har_conditions_untold(void)
{
    return (struct har_conditions){
        .drop_m = NAN,
        .altitude_m = NAN,
        .acclimatised = NAN,
        .wbgt_c = NAN,
        .temp_c = NAN,
        .humidity_pct = NAN,
        .sun_w_m2 = NAN,
        .sun_elevation_deg = NAN,
        .breeze_mps = NAN,
        .headwind_mps = NAN,
    };
}

/* --- what cannot be ------------------------------------------------------------------ */

static har_status check_ranges(const struct har_conditions *c, struct har_error *err)
{
    const struct {
        double value, low, high;
        const char *sentence;
    } ranges[] = {
        {c->altitude_m, -430, 5000,
         "the altitude must be -430 m, the Dead Sea's shore, to 5000 m"},
        {c->acclimatised, 0, 1, "acclimatisation must be 0 to 1"},
        {c->wbgt_c, -10, 35,
         "the WBGT must be -10 to 35 C: no race tells what lies beyond"},
        {c->temp_c, -40, 50, "the temperature must be -40 to 50 C"},
        {c->humidity_pct, 0, 100, "the humidity must be 0 to 100 %"},
        {c->sun_w_m2, 0, har_clear_sun(90),
         "the sun must be 0 to 1161 W/m2 on level ground: the clearest sky lets no more "
         "through"},
        {c->sun_elevation_deg, 1, 90, "the sun must stand 1 to 90 degrees high"},
        {c->breeze_mps, 0, 20, "the breeze must be 0 to 20 m/s, 2 m over the ground"},
        {c->headwind_mps, -8, 20,
         "the wind must be -8 (from behind) to 20 m/s, at the runner's height"},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (ranges[i].value < ranges[i].low || ranges[i].value > ranges[i].high)
            return har_fail(err, HAR_OUT_OF_RANGE, 0, "%s", ranges[i].sentence);
    return HAR_OK;
}

static har_status check_together(const struct har_event *event,
                                 const struct har_conditions *c, struct har_error *err)
{
    bool air = !isnan(c->temp_c) || !isnan(c->humidity_pct) || !isnan(c->sun_w_m2);
    bool road = event->kind == HAR_EVENT_ROAD || event->kind == HAR_EVENT_STEEPLECHASE;
    const struct {
        bool wrong;
        const char *sentence;
    } pairs[] = {
        {!isnan(c->drop_m) && c->point_count > 0,
         "the drop and the course say the same thing twice: one of them, please"},
        {!isnan(c->wbgt_c) && air,
         "the WBGT already holds temperature, humidity and sun: one or the other, please"},
        {isnan(c->temp_c) != isnan(c->humidity_pct),
         "temperature and humidity belong together: heat is both"},
        {!isnan(c->sun_w_m2) && isnan(c->temp_c),
         "the sun heats what temperature and humidity say: they are missing"},
        {(!isnan(c->breeze_mps) || !isnan(c->sun_elevation_deg)) && isnan(c->sun_w_m2),
         "a breeze, or how high the sun stands, tells something only with the sun in W/m2"},
        {c->sun_w_m2 > har_clear_sun(c->sun_elevation_deg),
         "a sun that stands so low does not give so much, not even in a clear sky"},
        {!isnan(c->acclimatised) && isnan(c->altitude_m),
         "acclimatised to what? the altitude is missing"},
        {c->track_told && road, "a kind of track goes with a flat race on the track"},
        {c->track_told && (event->distance_m < 200 || event->distance_m > 5000),
         "the factors between tracks are for 200 to 5000 m"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i].wrong) return har_fail(err, HAR_BAD_INPUT, 0, "%s", pairs[i].sentence);
    return HAR_OK;
}

static har_status check_mark(const struct har_event *event, double time_s,
                             struct har_error *err)
{
    enum { MOST_HOURS = 100 };
    if (!(time_s >= 0.001 && time_s < MOST_HOURS * 3600.0))
        return har_fail(err, HAR_BAD_INPUT, 0, "a mark lasts over 0 and under %d hours",
                        MOST_HOURS);
    struct har_mark mark = har_mark_of(time_s);
    return har_mark_check(&mark, event, err);
}

/* --- the slopes ---------------------------------------------------------------------- */

static har_status one_slope(const struct har_event *event, double drop_m,
                            struct piece *piece, struct har_error *err)
{
    *piece = (struct piece){event->distance_m, -drop_m / event->distance_m};
    if (piece->grade >= STEEPEST_DOWN && piece->grade <= STEEPEST_UP) return HAR_OK;
    return har_fail(err, HAR_OUT_OF_RANGE, 0,
                    "a slope of more than 9 %% down or 45 %% up: no law reaches there");
}

static har_status check_profile(const struct har_event *event,
                                const struct har_conditions *c, struct har_error *err)
{
    for (size_t i = 0; i < c->point_count; i++)
        if (!isfinite(c->distance_m[i]) || !isfinite(c->profile_m[i]) ||
            (i > 0 && c->distance_m[i] < c->distance_m[i - 1]))
            return har_fail(err, HAR_OUT_OF_RANGE, i,
                            "the profile has no height, or goes back, at point %zu", i);
    double length_m = c->distance_m[c->point_count - 1] - c->distance_m[0];
    if (fabs(length_m / event->distance_m - 1) <= SAME_LENGTH) return HAR_OK;
    return har_fail(err, HAR_OUT_OF_RANGE, 0, "the course is %lld m long, the event %lld m",
                    (long long)llround(length_m), (long long)llround(event->distance_m));
}

/* Cuts the profile where a piece is long enough, and what is left will be too. */
static size_t cut(const struct har_conditions *c, struct piece *piece)
{
    size_t count = 0, from = 0, last = c->point_count - 1;
    const double *d = c->distance_m, *h = c->profile_m;
    for (size_t i = 1; i <= last; i++) {
        double length_m = d[i] - d[from];
        if (i < last && (length_m < PIECE_M || d[last] - d[i] < PIECE_M)) continue;
        if (length_m > 0)
            piece[count++] = (struct piece){length_m, (h[i] - h[from]) / length_m};
        from = i;
    }
    return count;
}

static har_status find_slopes(struct scene *scene, struct har_arena *arena,
                              struct har_error *err)
{
    const struct har_conditions *c = scene->told;
    if (isnan(c->drop_m) && c->point_count == 0) return HAR_OK;
    struct piece *piece = HAR_NEW(arena, struct piece, c->point_count + 1);
    if (!piece) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the course");
    scene->piece = piece;
    scene->piece_count = 1;
    if (c->point_count == 0) return one_slope(scene->event, c->drop_m, piece, err);
    har_status got = check_profile(scene->event, c, err);
    if (got == HAR_OK) scene->piece_count = cut(c, piece);
    return got;
}

static double told_or(double told, double untold)
{
    return isnan(told) ? untold : told;
}

static struct har_weather weather_of(const struct har_conditions *c)
{
    return (struct har_weather){
        .temp_c = c->temp_c,
        .humidity_pct = c->humidity_pct,
        .sun_w_m2 = told_or(c->sun_w_m2, 0),
        .breeze_mps = told_or(c->breeze_mps, USUAL_BREEZE_MPS),
        .pressure_pa = har_air_pressure(told_or(c->altitude_m, 0)),
        .sun_elevation_deg = told_or(c->sun_elevation_deg, 0),
    };
}

static har_status set_scene(const struct har_event *event, const struct har_conditions *c,
                            struct har_arena *arena, struct scene *scene,
                            struct har_error *err)
{
    *scene = (struct scene){.event = event, .told = c, .wbgt_c = c->wbgt_c};
    har_status got = check_together(event, c, err);
    if (got == HAR_OK) got = check_ranges(c, err);
    if (got == HAR_OK) got = find_slopes(scene, arena, err);
    if (got != HAR_OK || isnan(c->temp_c)) return got;
    scene->weather = weather_of(c);
    scene->wbgt_c = isnan(c->sun_w_m2) ? har_wbgt(c->temp_c, c->humidity_pct)
                                       : har_wbgt_outdoors(&scene->weather);
    if (scene->wbgt_c >= -10 && scene->wbgt_c <= 35) return HAR_OK;
    return har_fail(err, HAR_OUT_OF_RANGE, 0,
                    "that is a WBGT outside -10 to 35 C: no race tells what lies beyond");
}

/* --- the chain ------------------------------------------------------------------------ */

/* The unit in which the event's marks are given. */
static double unit_of(const struct har_event *event)
{
    if (event->kind == HAR_EVENT_ROAD) return 1;
    return event->distance_m > 10000 ? 0.1 : 0.01;
}

static har_status take_off(const struct scene *scene, const struct step *step, double *v,
                           struct har_arena *arena, struct har_step *out,
                           struct har_error *err)
{
    struct har_text text = {.arena = arena};
    double left = step->off(scene, *v);
    out->name = step->name(scene);
    out->factor = *v / left;
    step->range(scene, *v, out->factor, &out->low, &out->high);
    step->explain(scene, &text);
    out->because = text.data;
    *v = left;
    if (text.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the reasons");
    return HAR_OK;
}

/* The interval of all steps together. */
static void set_interval(const struct har_event *event, struct har_conversion *out)
{
    double down = 0, up = 0, unit = unit_of(event);
    out->standard_low_s = out->standard_high_s = out->standard_s;
    if (out->step_count == 0) return;
    for (size_t i = 0; i < out->step_count; i++) {
        const struct har_step *step = &out->step[i];
        down = hypot(down, log(step->factor / step->low));
        up = hypot(up, log(step->high / step->factor));
    }
    double low_s = out->standard_s * exp(-down), high_s = out->standard_s * exp(up);
    out->standard_low_s = fmin(floor(low_s / unit) * unit, low_s);
    out->standard_high_s = fmax(ceil(high_s / unit) * unit, high_s);
}

har_status har_convert(const struct har_event *event, double mark_s,
                       const struct har_conditions *conditions, struct har_arena *arena,
                       struct har_conversion *out, struct har_error *err)
{
    struct scene scene;
    *out = (struct har_conversion){.mark_s = mark_s, .standard_s = mark_s, .wbgt_c = NAN};
    har_status got = check_mark(event, mark_s, err);
    if (got == HAR_OK) got = set_scene(event, conditions, arena, &scene, err);
    if (got == HAR_OK) out->wbgt_c = scene.wbgt_c;
    double v = event->distance_m / mark_s;
    for (int i = 0; got == HAR_OK && i < HAR_MOST_STEPS; i++) {
        if (!steps[i].is_told(&scene)) continue;
        struct har_step *step = &out->step[out->step_count++];
        got = take_off(&scene, &steps[i], &v, arena, step, err);
        out->standard_s *= step->factor;
    }
    if (got != HAR_OK) return got;
    if (check_mark(event, out->standard_s, NULL) != HAR_OK)
        return har_fail(
            err, HAR_BAD_INPUT, 0,
            "in these conditions the mark would be worth more than 10 %% better "
            "than any record; one of them cannot be right");
    set_interval(event, out);
    return HAR_OK;
}

har_status har_convert_to(const struct har_event *event, double standard_s,
                          const struct har_conditions *conditions, struct har_arena *arena,
                          double *mark_s, struct har_error *err)
{
    struct scene scene;
    har_status got = check_mark(event, standard_s, err);
    if (got == HAR_OK) got = set_scene(event, conditions, arena, &scene, err);
    if (got != HAR_OK) return got;
    double factor = 1, v = event->distance_m / standard_s;
    for (int i = HAR_MOST_STEPS - 1; i >= 0; i--) {
        if (!steps[i].is_told(&scene)) continue;
        double with = steps[i].on(&scene, v);
        factor *= v / with;
        v = with;
    }
    *mark_s = standard_s * factor;
    return check_mark(event, *mark_s, err);
}
