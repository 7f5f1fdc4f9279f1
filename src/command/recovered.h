/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_RECOVERED_H
#define COMMAND_RECOVERED_H

/* The way back from a race, for people and as JSON. */

#include "request.h"

/* Lines whose first word ends at the column `indent`. */
void recovery_lines(struct har_text *text, const struct har_recovered *race,
                    unsigned indent, const struct har_style *style);

/* recovery{heart{days,...},pace,decoupling,beside,reason,because} */
void recovery_member(struct har_json *json, const struct har_recovered *race);

#endif
