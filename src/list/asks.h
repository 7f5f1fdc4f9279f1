/* SPDX-License-Identifier: MIT */
#ifndef LIST_ASKS_H
#define LIST_ASKS_H

/* What a question asks for. */

#include "harrier/list.h"

/* As har_list_asks(), whether the row is kept apart or not. */
bool list_asks_apart(const struct har_list_question *question,
                     const struct har_listed *row);

#endif
