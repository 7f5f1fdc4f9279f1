/* SPDX-License-Identifier: MIT */
#ifndef SHEET_PHRASE_H
#define SHEET_PHRASE_H

/* Events, sexes and rounds as people and programs put them into words. */

#include "harrier/sheet.h"

/* What a phrase tells: "Men 1500 Meter Run", "800 m Frauen", men_half-marathon. Words that
 * say neither are passed over. */
struct phrase {
    bool has_event;
    struct har_event event;
    int sex; /* HAR_UNTOLD */
};
struct phrase phrase_of_race(struct har_bytes text);

/* HAR_BAD_INPUT for what is no event, or is one with words that may change it. */
har_status phrase_event(struct har_bytes text, struct har_event *event,
                        struct har_error *err);

/* Why such an event is none for lists of runs ("is a relay"); NULL where that is not known.
 */
const char *phrase_passed(struct har_bytes text);

enum { ROUND_ROOM = 8 };

/* "h2" of "Heat 2", or of "Heats" and heat "2"; empty for what is no round. */
void phrase_round(struct har_bytes round, struct har_bytes heat, char out[ROUND_ROOM]);

#endif
