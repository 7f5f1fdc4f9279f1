/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_SEASON_H
#define COMMAND_SEASON_H

/* What the season's commands show: the plan, what was asked beside it, what came of it. */

#include "request.h"

struct season_shown {
    const struct har_kept_season *kept;
    const struct har_season_ahead *ahead;
    const struct har_season_ahead *what_if; /* NULL: nothing was asked beside it */
    const char *what_if_is;                 /* "without the camp Iten" */
    const struct har_season_ahead *anew;    /* planned from now; NULL: no benchmark yet */
};

void season_text(struct har_text *text, const struct season_shown *shown,
                 const struct har_style *style);
void season_json(struct har_text *text, const struct season_shown *shown);
/* date,load,race: what `load --project` reads. */
void season_csv(struct har_text *text, const struct har_season_ahead *ahead);
/* The calendar and the weeks as iCalendar. */
void season_ics(struct har_text *text, const struct season_shown *shown);

/* The name of a race, else its event. */
const char *season_race_name(const struct har_target *target);

#endif
