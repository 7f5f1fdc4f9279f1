/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ATTENTION_H
#define HARRIER_ATTENTION_H

/* attention - one runner's days, mornings, camps and races -> what a coach should look at.
 *
 * Runners are measured by nobody but themselves: what stands out is what is unlike their
 * own weeks before. Each concern says why in a sentence; none is a diagnosis.
 */

#include "harrier/diary.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any answer from this room can differ. */
enum { HAR_ATTENTION_VERSION = 1 };

enum har_concern {
    HAR_CONCERN_MISSED, /* a longer break than any of the eight weeks before it */
    HAR_CONCERN_SPIKE,  /* a leap of the longest run in the last seven days */
    HAR_CONCERN_TIRED,  /* form as deep as on one day in twenty of the last year */
    HAR_CONCERN_REST,   /* the week's resting heart rate above its usual range */
    HAR_CONCERN_HRV,    /* the week's heart rate variability below its usual range */
    HAR_CONCERN_WEEK,   /* three tenths over the heaviest of the eight weeks before */
    HAR_CONCERN_BEHIND, /* under six tenths of what was planned for last week */
    HAR_CONCERN_BEYOND, /* over 1.4 times what was planned for it */
    HAR_CONCERN_RACE,   /* a race within two weeks */
    HAR_CONCERN_RETURN, /* back from a camp, in days on which one does not race */
    HAR_CONCERN_LIGHT,  /* half of the last four weeks' load, and no race explains it */
    HAR_CONCERN_SILENT, /* nothing for four weeks: old data, or somebody else's problem */
    HAR_CONCERN_CAMP,   /* in a camp, or about to go */
    HAR_CONCERN_RACED,  /* a race within the last three days */
    HAR_CONCERNS
};
/* "missed", "spike", ... */
const char *har_concern_name(enum har_concern what);

/* A race to come. */
struct har_coming {
    int64_t day;
    const char *name; /* or NULL */
};

/* A week of a planned season, of which nothing is left to come. */
struct har_planned_week {
    int64_t monday;
    double planned, done; /* load; NaN: not known */
    unsigned sessions;    /* that were done */
};

/* All that is known of a runner. Rows and camps in order of days. */
struct har_watched {
    int64_t today;
    const struct har_form *form; /* of all days, up to today */
    size_t morning_count, camp_count, race_count;
    const struct har_wellness_row *mornings;
    const struct har_kept_camp *camps; /* told ones may lie ahead */
    const struct har_coming *races;
    size_t planned_count;
    const struct har_planned_week *planned; /* in order of days */
};

struct har_attention {
    enum har_concern what;
    unsigned urgency;    /* 1..5; the same for all of a kind */
    const char *because; /* a sentence */
};
struct har_watch {
    unsigned urgency; /* the sum: who has most of it is looked at first */
    size_t count;
    const struct har_attention *concern; /* the most urgent first */
};

/* What of a runner asks for attention; it lives in `arena`. HAR_NO_MEMORY is the only
 * failure. */
har_status har_attend(const struct har_watched *watched, struct har_arena *arena,
                      struct har_watch *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
