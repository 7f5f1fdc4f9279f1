/* SPDX-License-Identifier: MIT */
#ifndef CALENDAR_TAKING_H
#define CALENDAR_TAKING_H

/* What is read becomes an item of the calendar, or a refused row: the same rules whatever
 * it was written in. */

#include "harrier/calendar.h"

enum { CALENDAR_KINDS = 3 };

struct taking {
    struct har_arena *arena;
    int64_t from_day;
    size_t room, refused_room;
    struct har_planned_item *item;
    struct har_refused_row *refused;
    struct har_calendar *out;
};

/* Which of some words of ASCII letters it is, in either case; -1 for none. */
int calendar_word(struct har_bytes text, const char *const *words, int count);
int calendar_kind(struct har_bytes text);       /* an enum har_planned_kind, or -1 */
int calendar_importance(struct har_bytes text); /* an enum har_importance, or -1 */

/* Takes an item, whose name is `name` in one line, or refuses it: for what is `wrong`
 * already, or for what no calendar can have. False where there is no memory. */
bool calendar_take(struct taking *t, uint64_t line, struct har_planned_item item,
                   struct har_bytes name, const char *wrong);

/* icalendar_read.c. Whether it begins as iCalendar does, and reading it. */
bool is_icalendar(struct har_bytes text);
har_status icalendar_read(struct har_bytes text, struct taking *t, struct har_error *err);

/* phrases.c: what an event of anybody's calendar is about, by its words: a race, camp or
 * days off, and of those what they say. False: none of them. */
struct phrases {
    const char *about;      /* its summary */
    const char *categories; /* with commas between them */
    const char *more;       /* where it is, and what else is said of it */
    int priority;           /* of RFC 5545: 1 is the highest, 9 the lowest, 0 is none */
};
bool calendar_guess(const struct phrases *said, struct har_planned_item *out,
                    const char **wrong);

har_status calendar_full(struct har_error *err);

#endif
