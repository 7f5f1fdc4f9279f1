/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_SEASON_H
#define COMMAND_SEASON_H

/* What the season's commands show: the plan, what was asked beside it, what came of it. */

#include "request.h"

#include "harrier/workout.h"

struct season_shown {
    const struct har_kept_season *kept;
    const struct har_season_ahead *ahead;
    const struct har_season_ahead *what_if; /* NULL: nothing was asked beside it */
    const char *what_if_is;                 /* "without the camp Iten" */
    const struct har_season_ahead *anew;    /* planned from now; NULL: no benchmark yet */
    const struct har_workout_paces *paces;  /* of the sessions; NULL: not known */
};

/* The store, to ask about a season; NULL with *status set after saying why. */
struct har_store *open_season(const struct request *request,
                              struct har_store_filter *filter, int *status);
/* Says why there is none; a question that no season answers is a slip of the asker. */
int season_fail(const struct request *request, const struct har_error *why);

void season_text(struct har_text *text, const struct season_shown *shown,
                 const struct har_style *style);
void season_json(struct har_text *text, const struct season_shown *shown);
/* date,load,race: what `load --project` reads. */
void season_csv(struct har_text *text, const struct har_season_ahead *ahead);
/* The calendar, the weeks and, with paces, their sessions as iCalendar. */
void season_ics(struct har_text *text, const struct season_shown *shown);

/* The name of a race, else its event. */
const char *season_race_name(const struct har_target *target);

#endif
