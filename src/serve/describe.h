/* SPDX-License-Identifier: MIT */
#ifndef SERVE_DESCRIBE_H
#define SERVE_DESCRIBE_H

/* What can be asked, as OpenAPI 3.1, made from the table of commands. */

#include "harrier/base.h"

void describe_api(struct har_text *text);

#endif
