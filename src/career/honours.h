/* SPDX-License-Identifier: MIT */
#ifndef CAREER_HONOURS_H
#define CAREER_HONOURS_H

/* Which championship a competition's name names. */

#include "harrier/career.h"

/* 0 for the greatest; as many as there are for none. */
size_t career_championship_rank(const char *competition);

#endif
