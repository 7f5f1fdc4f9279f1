/* SPDX-License-Identifier: MIT */
#ifndef CONVERT_STEPS_H
#define CONVERT_STEPS_H

/* The conditions, one row each, in the order in which they are taken off a mark. */

#include "harrier/convert.h"

/* A piece of the course of one slope. */
struct piece {
    double length_m, grade;
};

/* A race as the steps see it. */
struct scene {
    const struct har_event *event;
    const struct har_conditions *told;
    double wbgt_c;              /* told, or of the weather; NaN */
    struct har_weather weather; /* where temperature and humidity were told */
    const struct piece *piece;
    size_t piece_count; /* 0: no slope was told */
};

struct step {
    bool (*is_told)(const struct scene *scene);
    const char *(*name)(const struct scene *scene);
    /* The mean speed without this condition that is as hard as `v` with it, and back. */
    double (*off)(const struct scene *scene, double v);
    double (*on)(const struct scene *scene, double v);
    /* The least and the greatest factor of the time, where `factor` is ours at speed v. */
    void (*range)(const struct scene *scene, double v, double factor, double *low,
                  double *high);
    void (*explain)(const struct scene *scene, struct har_text *text);
};
extern const struct step steps[HAR_MOST_STEPS];

#endif
