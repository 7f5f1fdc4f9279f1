/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_RUNNER_PLACE_H
#define HARRIER_RUNNER_PLACE_H

/* Where an event stands in a prior, and how two stand to each other. */

#include "harrier/runner.h"

/* The flat rows that a road (or else a track) event lies among, in order of distance: those
 * of its ground, and beyond either end of them those of the other. */
size_t ground_rows(const struct har_prior *prior, bool road,
                   const struct har_prior_row *out[HAR_PRIOR_ROWS]);

/* The row of an event, worked out between its neighbours if it has none of its own. False
 * outside the prior's distances and for barriers it does not know. */
bool find_place(const struct har_prior *prior, const struct har_event *event,
                struct har_prior_row *row);

/* The same event, wherever there is a roof. */
bool is_same_place(const struct har_prior_row *a, const struct har_prior_row *b);

/* The mean of ln time of the population on a day. */
double place_mean(const struct har_prior_row *row, enum har_sex sex, bool short_track,
                  double day);

/* What two abilities share whose days lie apart so far that drift and form have kept those
 * shares. */
double place_covariance(const struct har_prior_row *a, const struct har_prior_row *b,
                        double drift, double form);

#endif
