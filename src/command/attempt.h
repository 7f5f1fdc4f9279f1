/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_ATTEMPT_H
#define COMMAND_ATTEMPT_H

#include "request.h"

/* `harrier records --attempt EVENT --target TIME`. The exit status. */
int answer_attempt(const struct request *request);

#endif
