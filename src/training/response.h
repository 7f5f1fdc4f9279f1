/* SPDX-License-Identifier: MIT */
#ifndef TRAINING_RESPONSE_H
#define TRAINING_RESPONSE_H

#include "harrier/training.h"

/* What the days of `form` did to the marks of `history`, and what they make to be expected
 * on a day. */
har_status har_learn_response(const struct har_history *history,
                              const struct har_form *form, int64_t on_day,
                              struct har_arena *arena, struct har_learnt_response *out,
                              struct har_error *err);

#endif
