/* SPDX-License-Identifier: MIT */

/* Ways to run on.
 *
 * Every way is a line of 513 points in the plane, drawn at any scale and then stretched to
 * its length, so that a lap of an oval is 400 m and a course is what it was measured to be.
 * Height is a few waves that end where they began, plus a hill or a fall from start to
 * finish. */

#include "ground.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* A blob: a circle with two gentle bulges. It begins at its southernmost point or so. */
static void draw_loop(struct ground *g, struct har_random *random)
{
    double two = 2 * pi * har_random_uniform(random),
           three = 2 * pi * har_random_uniform(random);
    double turn = 2 * pi * har_random_uniform(random);
    for (int i = 0; i < GROUND_POINTS; i++) {
        double angle = 2 * pi * i / (GROUND_POINTS - 1);
        double radius = 1 + 0.22 * sin(2 * angle + two) + 0.12 * sin(3 * angle + three);
        g->east_m[i] = radius * cos(angle + turn);
        g->north_m[i] = radius * sin(angle + turn);
    }
}

/* Two straights, each 0.21 of the lap as on a 400 m track, and two half circles. */
static void draw_oval(struct ground *g)
{
    const double straight = 0.21, bend = 0.29, radius = bend / pi;
    for (int i = 0; i < GROUND_POINTS; i++) {
        double at = (double)i / (GROUND_POINTS - 1), side = at < 0.5 ? 1 : -1;
        double along = at < 0.5 ? at : at - 0.5;
        double angle = along < straight ? 0 : (along - straight) / radius;
        double run = along < straight ? along : straight;
        g->east_m[i] = side * (run - straight / 2 + radius * sin(angle));
        g->north_m[i] = side * -radius * cos(angle);
    }
}

/* From end to end along `bearing`, swinging from side to side by `swing` of the way. */
static void draw_way(struct ground *g, double bearing, double swing)
{
    for (int i = 0; i < GROUND_POINTS; i++) {
        double ahead = (double)i / (GROUND_POINTS - 1);
        double aside = swing * (sin(3 * pi * ahead) + 0.4 * sin(8 * pi * ahead));
        g->east_m[i] = ahead * sin(bearing) + aside * cos(bearing);
        g->north_m[i] = ahead * cos(bearing) - aside * sin(bearing);
    }
}

static double measure(struct ground *g)
{
    g->along_m[0] = 0;
    for (int i = 1; i < GROUND_POINTS; i++)
        g->along_m[i] = g->along_m[i - 1] + hypot(g->east_m[i] - g->east_m[i - 1],
                                                  g->north_m[i] - g->north_m[i - 1]);
    return g->along_m[GROUND_POINTS - 1];
}

/* A way whose ends are `separation` (0..1) of its length apart. */
static void draw_separated(struct ground *g, double bearing, double separation)
{
    double low = 0, high = 1;
    for (int i = 0; i < 40; i++) {
        double swing = (low + high) / 2;
        draw_way(g, bearing, swing);
        if (measure(g) * separation < 1) low = swing;
        else high = swing;
    }
}

static void stretch(struct ground *g)
{
    double scale = g->length_m / measure(g), east = g->east_m[0], north = g->north_m[0];
    for (int i = 0; i < GROUND_POINTS; i++) {
        g->east_m[i] = (g->east_m[i] - east) * scale;
        g->north_m[i] = (g->north_m[i] - north) * scale;
        g->along_m[i] *= scale;
    }
}

void ground_make(const struct script *script, struct ground *ground)
{
    /* How high the waves are, how far apart the ends of what is no loop. */
    static const struct {
        double wave_m, separation, climb;
    } kinds[] = {
        [GROUND_LOOP] = {5, 0, 0},
        [GROUND_HILL] = {1.5, 0.95, 0.06},
        [GROUND_COURSE] = {6, 0.83, 0},
    };
    const double downhill_bearing = 246 * pi / 180; /* from the hills to the sea */
    *ground = (struct ground){
        .length_m = script->length_m, .foot_m = script->foot_m, .drop_m = script->drop_m};
    struct har_random random = har_random_of(script->route);
    switch (script->ground) {
    case GROUND_BELT: return;
    case GROUND_OVAL:
        ground->closed = true;
        draw_oval(ground);
        break;
    case GROUND_LOOP:
        ground->closed = true;
        draw_loop(ground, &random);
        break;
    case GROUND_HILL:
        draw_separated(ground, 2 * pi * har_random_uniform(&random),
                       kinds[GROUND_HILL].separation);
        break;
    case GROUND_COURSE:
        draw_separated(ground, downhill_bearing, kinds[GROUND_COURSE].separation);
        break;
    }
    stretch(ground);
    if (script->ground == GROUND_OVAL) return;
    ground->climb = kinds[script->ground].climb;
    for (int k = 0; k < GROUND_WAVES; k++) {
        ground->wave_m[k] =
            kinds[script->ground].wave_m * har_random_uniform(&random) / (k + 1);
        ground->phase[k] = 2 * pi * har_random_uniform(&random);
    }
}

static double within(const struct ground *g, double along_m)
{
    return g->closed ? along_m - g->length_m * floor(along_m / g->length_m) : along_m;
}

void ground_point(const struct ground *g, double along_m, double *east_m, double *north_m)
{
    along_m = within(g, along_m);
    *east_m = har_interpolate(g->along_m, g->east_m, GROUND_POINTS, along_m);
    *north_m = har_interpolate(g->along_m, g->north_m, GROUND_POINTS, along_m);
}

double ground_height(const struct ground *g, double along_m)
{
    if (!(g->length_m > 0)) return 0;
    double share = within(g, along_m) / g->length_m, up_m = -g->drop_m * share;
    for (int k = 0; k < GROUND_WAVES; k++)
        up_m +=
            g->wave_m[k] * (sin(2 * pi * (k + 1) * share + g->phase[k]) - sin(g->phase[k]));
    double past_m = along_m - g->foot_m; /* the foot is rounded off over 20 m */
    if (g->climb > 0 && past_m > 0) up_m += g->climb * past_m * past_m / (past_m + 20);
    return up_m;
}
