/* SPDX-License-Identifier: MIT */
#ifndef LIST_HONOURS_H
#define LIST_HONOURS_H

/* Which championship a competition's name names. */

#include "harrier/list.h"

/* 0 for the greatest; as many as there are for none. */
size_t list_championship_rank(const char *competition);

#endif
