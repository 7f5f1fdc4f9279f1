/* SPDX-License-Identifier: MIT */
#ifndef RENDER_OWN_RACE_H
#define RENDER_OWN_RACE_H

/* The drawing of one's own race, and what its page shares with it. */

#include "harrier/render.h"

void own_figure(struct har_text *text, const struct har_own_view *view,
                const struct har_style *style, bool alone);
extern const char own_caption[];
/* "1200 m", "25 km" */
void own_mark(struct har_text *text, const struct har_own_analysis *race, size_t lap);

#endif
