/* SPDX-License-Identifier: MIT */
/* Rows of a prior. Track and road are two grounds: 5 km on the road are slower than 5000 m
 * on a track, and a runner's feeling for the one is not quite that for the other. Between
 * two rows of a ground every column is straight in ln distance (not validated where the
 * prior's makers had no marks). */

#include "place.h"

#include <math.h>

#define SAME_DISTANCE 1e-3
#define DAYS_A_YEAR 365.25
#define TURN 6.283185307179586

enum ground { TRACK, ROAD, BARRIERS };

static enum ground ground_of(enum har_event_kind kind)
{
    if (kind == HAR_EVENT_STEEPLECHASE) return BARRIERS;
    return kind == HAR_EVENT_ROAD ? ROAD : TRACK;
}

static bool is_at(const struct har_prior_row *row, double distance_m)
{
    return fabs(row->distance_m / distance_m - 1) < SAME_DISTANCE;
}

static double between(double a, double b, double share)
{
    return a + (b - a) * share;
}

static void mix(const struct har_prior_row *a, const struct har_prior_row *b,
                double distance_m, enum har_event_kind kind, struct har_prior_row *out)
{
    double share = log(distance_m / a->distance_m) / log(b->distance_m / a->distance_m);
    *out = (struct har_prior_row){
        .code = "",
        .kind = kind,
        .distance_m = distance_m,
        .men = between(a->men, b->men, share),
        .women = between(a->women, b->women, share),
        .level = between(a->level, b->level, share),
        .bend = between(a->bend, b->bend, share),
        .own = between(a->own, b->own, share),
        .drift = between(a->drift, b->drift, share),
        .own_drift = between(a->own_drift, b->own_drift, share),
        .form = between(a->form, b->form, share),
        .own_form = between(a->own_form, b->own_form, share),
        .noise = between(a->noise, b->noise, share),
        .short_track = between(a->short_track, b->short_track, share),
        .winter = between(a->winter, b->winter, share),
        .spring = between(a->spring, b->spring, share),
    };
    for (int i = 0; i < HAR_ASKINGS; i++)
        out->shift[i] = between(a->shift[i], b->shift[i], share);
}

size_t ground_rows(const struct har_prior *prior, bool road,
                   const struct har_prior_row *out[HAR_PRIOR_ROWS])
{
    double first_m = HUGE_VAL, last_m = 0;
    size_t count = 0;
    for (size_t i = 0; i < prior->rows; i++) {
        const struct har_prior_row *row = prior->row + i;
        if (ground_of(row->kind) != (road ? ROAD : TRACK)) continue;
        first_m = fmin(first_m, row->distance_m);
        last_m = fmax(last_m, row->distance_m);
    }
    for (size_t i = 0; i < prior->rows; i++) {
        const struct har_prior_row *row = prior->row + i;
        bool own = ground_of(row->kind) == (road ? ROAD : TRACK);
        bool beyond = row->distance_m < first_m / (1 + SAME_DISTANCE) ||
                      row->distance_m > last_m * (1 + SAME_DISTANCE);
        if (ground_of(row->kind) == BARRIERS || (!own && !beyond)) continue;
        size_t at = count++;
        for (; at > 0 && out[at - 1]->distance_m > row->distance_m; at--)
            out[at] = out[at - 1];
        out[at] = row;
    }
    return count;
}

static bool find_barriers(const struct har_prior *prior, const struct har_event *event,
                          struct har_prior_row *row)
{
    for (size_t i = 0; i < prior->rows; i++)
        if (ground_of(prior->row[i].kind) == BARRIERS &&
            is_at(prior->row + i, event->distance_m)) {
            *row = prior->row[i];
            return true;
        }
    return false;
}

bool find_place(const struct har_prior *prior, const struct har_event *event,
                struct har_prior_row *row)
{
    const struct har_prior_row *rows[HAR_PRIOR_ROWS];
    enum ground ground = ground_of(event->kind);
    if (ground == BARRIERS) return find_barriers(prior, event, row);
    size_t count = ground_rows(prior, ground == ROAD, rows), above = 0;
    while (above < count && rows[above]->distance_m < event->distance_m) above++;
    for (size_t i = above ? above - 1 : 0; i < count && i <= above; i++)
        if (is_at(rows[i], event->distance_m)) {
            *row = *rows[i];
            return true;
        }
    if (above == 0 || above == count) return false;
    mix(rows[above - 1], rows[above], event->distance_m, event->kind, row);
    return true;
}

bool is_same_place(const struct har_prior_row *a, const struct har_prior_row *b)
{
    return a->distance_m == b->distance_m && ground_of(a->kind) == ground_of(b->kind);
}

double place_mean(const struct har_prior_row *row, enum har_sex sex, bool short_track,
                  double day)
{
    double mean = sex == HAR_MEN ? row->men : row->women;
    if (short_track) return mean + row->short_track; /* the season has no weather there */
    double angle = TURN * day / DAYS_A_YEAR;
    return mean + row->winter * cos(angle) + row->spring * sin(angle);
}

double place_covariance(const struct har_prior_row *a, const struct har_prior_row *b,
                        double drift, double form)
{
    double shared = a->level * b->level + a->bend * b->bend + drift * a->drift * b->drift +
                    form * a->form * b->form;
    if (!is_same_place(a, b)) return shared;
    return shared + a->own * b->own + drift * a->own_drift * b->own_drift +
           form * a->own_form * b->own_form;
}
