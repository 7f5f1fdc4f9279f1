/* SPDX-License-Identifier: MIT */
/* What is on: races to come, camps, and the days after them.
 *
 * The days after a return are the camp room's, convention and all: only those on which one
 * does not race are a concern. Two weeks before a race are the taper's. Of a planned season
 * the last whole week counts: load is not made up for on a Sunday, and a plan that nobody
 * follows is no plan. The shares are ours. */

#include "concerns.h"

#include <inttypes.h>

enum { RACE_NEAR_DAYS = 14, CAMP_NEAR_DAYS = 7, PLANNED_DAYS = 7 };
#define BEHIND 0.6
#define BEYOND 1.4

bool concern_race(const struct har_watched *w, struct har_text *because)
{
    const struct har_coming *next = NULL;
    for (size_t i = 0; i < w->race_count; i++) {
        const struct har_coming *race = w->races + i;
        if (race->day < w->today || race->day > w->today + RACE_NEAR_DAYS) continue;
        if (!next || race->day < next->day) next = race;
    }
    if (!next) return false;
    if (next->day == w->today) har_text_add(because, "races today");
    else
        har_text_format(because, "races in %lld day%s", (long long)(next->day - w->today),
                        next->day - w->today == 1 ? "" : "s");
    if (next->name) har_text_format(because, ": %s", next->name);
    return true;
}

static void name_camp(const struct har_camp *camp, struct har_text *because)
{
    har_text_add(because, camp->name ? camp->name : "found");
    har_text_add(because, ", ");
    har_text_fixed(because, camp->altitude_m, 0);
    har_text_add(because, " m");
}

bool concern_camp(const struct har_watched *w, struct har_text *because)
{
    for (size_t i = 0; i < w->camp_count; i++) {
        const struct har_camp *camp = &w->camps[i].camp;
        if (w->today > camp->to_day || w->today < camp->from_day - CAMP_NEAR_DAYS) continue;
        if (w->today < camp->from_day)
            har_text_format(
                because, "a camp begins in %" PRId64 " day%s: ", camp->from_day - w->today,
                camp->from_day - w->today == 1 ? "" : "s");
        else
            har_text_format(because,
                            "day %" PRId64 " of a camp: ", w->today - camp->from_day + 1);
        name_camp(camp, because);
        return true;
    }
    return false;
}

bool concern_return(const struct har_watched *w, struct har_text *because)
{
    size_t count;
    const struct har_return_window *windows = har_return_windows(&count);
    for (size_t i = w->camp_count; i-- > 0;) {
        const struct har_camp *camp = &w->camps[i].camp;
        int64_t after = w->today - camp->to_day;
        if (after < 0) continue;
        for (size_t k = 0; k < count; k++) {
            if (windows[k].race || after < windows[k].from_day || after > windows[k].to_day)
                continue;
            har_text_format(because, "day %lld after a camp (", (long long)after);
            name_camp(camp, because);
            har_text_format(because, "): %s", windows[k].because);
            return true;
        }
        return false;
    }
    return false;
}

/* The whole week before this one, as planned and as done; NULL. */
static const struct har_planned_week *last_planned(const struct har_watched *w)
{
    int64_t monday = w->today - har_weekday_of(w->today) - PLANNED_DAYS;
    for (size_t i = 0; i < w->planned_count; i++)
        if (w->planned[i].monday == monday && w->planned[i].planned > 0)
            return w->planned + i;
    return NULL;
}

static void add_week(struct har_text *because, const struct har_planned_week *week)
{
    har_text_add(because, "the week of ");
    har_text_date(because, week->monday);
    har_text_add(because, " was planned with a load of ");
    har_text_fixed(because, week->planned, 0);
    har_text_add(because, " and had ");
    har_text_fixed(because, week->done, 0);
    har_text_format(because, ", in %u session%s", week->sessions,
                    week->sessions == 1 ? "" : "s");
}

bool concern_behind(const struct har_watched *w, struct har_text *because)
{
    const struct har_planned_week *week = last_planned(w);
    if (!week || !(week->done < BEHIND * week->planned)) return false;
    add_week(because, week);
    return true;
}

bool concern_beyond(const struct har_watched *w, struct har_text *because)
{
    const struct har_planned_week *week = last_planned(w);
    if (!week || !(week->done > BEYOND * week->planned)) return false;
    add_week(because, week);
    return true;
}
