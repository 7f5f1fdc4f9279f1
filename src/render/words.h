/* SPDX-License-Identifier: MIT */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

/* Quantities as a runner reads them, for the terminal and the page alike: one function a
 * quantity, so that two faces cannot round one number two ways. Unknown is "-". */

#include "harrier/render.h"

/* Kilometres or miles without the unit: 72.3, 2,345. */
void words_far(struct har_text *text, double distance_m, const struct har_style *style);
/* Metres or feet without the unit: 1,105. */
void words_high(struct har_text *text, double height_m, const struct har_style *style);
/* The same with its unit: 1,105 m. */
void words_height(struct har_text *text, double height_m, const struct har_style *style);
/* A number on a scale: 0, 0.5, 1,200. */
void words_scale(struct har_text *text, double value);
const char *words_far_unit(const struct har_style *style);
const char *words_high_unit(const struct har_style *style);

/* Hours and minutes: 6:05. */
void words_hours(struct har_text *text, double time_s);
/* A time over a distance, as the sport writes it: 12.8, 18:12, 61:51, 2:31:12. */
void words_time(struct har_text *text, double time_s);
void words_count(struct har_text *text, int64_t count);
/* The standard name of a distance, else the distance. */
void words_event(struct har_text *text, double distance_m, const struct har_style *style);
/* 12 %, of a share. */
void words_share(struct har_text *text, double share);

/* A pace in seconds for a kilometre or a mile, NaN where it is no running pace. */
double words_pace_s(double speed_mps, const struct har_style *style);

/* 2 days sooner than on 2025-04-12 (-1 to 6). */
void words_sooner(struct har_text *text, const struct har_beside *beside);

/* Empties a text that is used over and over, keeping its room. */
void words_clear(struct har_text *text);

#endif
