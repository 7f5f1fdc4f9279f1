/* SPDX-License-Identifier: MIT */
#ifndef COACH_RACE_NAME_H
#define COACH_RACE_NAME_H

#include <stdbool.h>

/* Whether an activity of that name (NULL allowed) was a race. */
bool har_names_a_race(const char *name);

#endif
