/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROGRESSION_H
#define CLI_PROGRESSION_H

#include "request.h"

/* `harrier records [EVENT...]`. The exit status. */
int answer_progression(const struct request *request);

#endif
