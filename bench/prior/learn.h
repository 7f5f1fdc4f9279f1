/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PRIOR_LEARN_H
#define HARRIER_PRIOR_LEARN_H

#include "careers.h"

/* Learns a prior from all careers that are not in `fold` (FOLDS: from all). No shifts, and
 * quantiles of -3, -2, -1, 1, 2, 3 sd: judge.h puts in the real ones. */
void learn_prior(const struct careers *careers, const struct layout *layout, unsigned fold,
                 struct har_prior *out);

#endif
