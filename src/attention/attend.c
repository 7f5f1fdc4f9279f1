/* SPDX-License-Identifier: MIT */
/* All concerns, and how urgent each is.
 *
 * The urgencies are ours and say only who is called first: a runner who is not heard of,
 * then one whose body or legs may be in trouble, then what the calendar brings. Data that
 * have been old for weeks are no emergency any more. */

#include "concerns.h"

#include <stdlib.h>

static const struct {
    const char *name;
    unsigned urgency;
    bool (*is)(const struct har_watched *w, struct har_text *because);
} concerns[] = {
    [HAR_CONCERN_MISSED] = {"missed", 5, concern_missed},
    [HAR_CONCERN_SPIKE] = {"spike", 4, concern_spike},
    [HAR_CONCERN_TIRED] = {"tired", 4, concern_tired},
    [HAR_CONCERN_REST] = {"resting heart", 4, concern_rest},
    [HAR_CONCERN_HRV] = {"hrv", 3, concern_hrv},
    [HAR_CONCERN_WEEK] = {"heavy week", 3, concern_week},
    [HAR_CONCERN_BEHIND] = {"behind plan", 3, concern_behind},
    [HAR_CONCERN_BEYOND] = {"beyond plan", 3, concern_beyond},
    [HAR_CONCERN_RACE] = {"race near", 3, concern_race},
    [HAR_CONCERN_RETURN] = {"return", 2, concern_return},
    [HAR_CONCERN_LIGHT] = {"light week", 2, concern_light},
    [HAR_CONCERN_SILENT] = {"silent", 2, concern_silent},
    [HAR_CONCERN_CAMP] = {"camp", 1, concern_camp},
    [HAR_CONCERN_RACED] = {"raced", 1, concern_raced},
};

const char *har_concern_name(enum har_concern what)
{
    return (size_t)what < HAR_CONCERNS ? concerns[what].name : "none";
}

har_status har_attend(const struct har_watched *watched, struct har_arena *arena,
                      struct har_watch *out, struct har_error *err)
{
    struct har_attention *found = HAR_NEW(arena, struct har_attention, HAR_CONCERNS);
    bool full = !found;
    *out = (struct har_watch){.concern = found};
    for (size_t i = 0; i < HAR_CONCERNS && !full; i++) {
        struct har_text because = {.arena = arena};
        bool is = concerns[i].is(watched, &because);
        full = because.failed;
        if (!is || full) continue;
        found[out->count++] =
            (struct har_attention){(enum har_concern)i, concerns[i].urgency, because.data};
        out->urgency += concerns[i].urgency;
    }
    if (full) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory to look around");
    return HAR_OK;
}
