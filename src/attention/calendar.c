/* SPDX-License-Identifier: MIT */
/* What is on: races to come, camps, and the days after them.
 *
 * The days after a return are the camp room's, convention and all: only those on which one
 * does not race are a concern. Two weeks before a race are the taper's. */

#include "concerns.h"

enum { RACE_NEAR_DAYS = 14, CAMP_NEAR_DAYS = 7 };

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
            har_text_format(because, "a camp begins in %lld day%s: ",
                            (long long)(camp->from_day - w->today),
                            camp->from_day - w->today == 1 ? "" : "s");
        else
            har_text_format(because, "day %lld of a camp: ",
                            (long long)(w->today - camp->from_day + 1));
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
