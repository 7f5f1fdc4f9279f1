/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_PROGRESSION_H
#define COMMAND_PROGRESSION_H

#include "request.h"

/* `harrier records [EVENT...]`. The exit status. */
int answer_progression(const struct request *request);

#endif
