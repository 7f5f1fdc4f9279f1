/* SPDX-License-Identifier: MIT */
#ifndef ATTENTION_CONCERNS_H
#define ATTENTION_CONCERNS_H

/* Whether a runner gives cause for one concern; then the sentence that says why is added.
 */

#include "harrier/attention.h"

/* days.c: what was done. */
bool concern_missed(const struct har_watched *w, struct har_text *because);
bool concern_silent(const struct har_watched *w, struct har_text *because);
bool concern_spike(const struct har_watched *w, struct har_text *because);
bool concern_week(const struct har_watched *w, struct har_text *because);
bool concern_light(const struct har_watched *w, struct har_text *because);
bool concern_tired(const struct har_watched *w, struct har_text *because);
bool concern_raced(const struct har_watched *w, struct har_text *because);

/* mornings.c: how the body answers. */
bool concern_rest(const struct har_watched *w, struct har_text *because);
bool concern_hrv(const struct har_watched *w, struct har_text *because);

/* calendar.c: what is on. */
bool concern_race(const struct har_watched *w, struct har_text *because);
bool concern_camp(const struct har_watched *w, struct har_text *because);
bool concern_return(const struct har_watched *w, struct har_text *because);
bool concern_behind(const struct har_watched *w, struct har_text *because);
bool concern_beyond(const struct har_watched *w, struct har_text *because);

#endif
