/* SPDX-License-Identifier: MIT */
#ifndef PACE_DAY_H
#define PACE_DAY_H

/* The day, as the runner and the way have it. */

#include "piece.h"

/* The curve of `runner` on the day of the problem, and what it takes over the distance on
 * the flat. HAR_NO_ANSWER where the curve ends. */
har_status runner_of_day(const struct har_pace_problem *problem,
                         const struct har_emig *runner, struct fading *out, double *flat_s,
                         struct har_error *err);

/* Piece `i` of the problem's way. */
struct piece piece_of(const struct har_pace_problem *problem, size_t i);

#endif
