/* SPDX-License-Identifier: MIT */
#ifndef TRAINING_RATED_H
#define TRAINING_RATED_H

/* Marks over different distances as one measure of form. */

#include "harrier/training.h"

/* What each mark of a history is worth: ln of its speed over what one curve, of all that is
 * known of the runner, says for its distance. 0.01 is one percent. NaN where there is no
 * curve or it does not reach. `worth` has a place for each. */
har_status har_rate_marks(const struct har_history *history, struct har_arena *arena,
                          double *worth, struct har_error *err);

#endif
