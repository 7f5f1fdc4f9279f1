/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_CALENDAR_H
#define HARRIER_CALENDAR_H

/* calendar - races, camps and days off that are planned: rows of a table, and iCalendar.
 *
 * What is planned is never what was done: nothing here has a mark or a load.
 */

#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

enum har_importance {
    HAR_IMPORTANCE_A, /* a target: taper before it, rest after it */
    HAR_IMPORTANCE_B, /* a benchmark: easy days round it */
    HAR_IMPORTANCE_C, /* trained through */
    HAR_IMPORTANCES
};
const char *har_importance_name(enum har_importance importance); /* "A", "B", "C" */

/* What a row of a calendar is about. */
enum har_planned_kind { HAR_PLANNED_RACE, HAR_PLANNED_CAMP, HAR_PLANNED_OFF };
const char *har_planned_kind_name(enum har_planned_kind kind); /* "race", "camp", "off" */

struct har_planned_item {
    enum har_planned_kind kind;
    int64_t from_day, to_day;       /* of a race the same */
    const char *name;               /* "" where there is none */
    struct har_event event;         /* of a race */
    enum har_importance importance; /* of a race */
    double altitude_m;              /* of a camp; else NaN */
};

struct har_calendar {
    size_t count;
    const struct har_planned_item *item; /* in order of first days */
    size_t refused_count;
    const struct har_refused_row *refused;
    /* Of iCalendar, which holds more than a season: */
    size_t other_count; /* events that are no race, camp or days off, left out */
    size_t past_count;  /* races before `from_day` that Harrier did not write, left out */
    size_t utc_count; /* items whose times are UTC and no zone is told: by the day there */
};

/* Reads a table of date, kind (race, camp, off) and any of name, event, importance (A, B,
 * C; [B]), altitude_m, to (the last day); or iCalendar, where what har_calendar_write()
 * wrote comes back as it was and of other events the words tell. Refused by line: what
 * cannot be read, a race before `from_day`, a camp that shares days with one before it, an
 * event that recurs. A name is one line. Fails as har_table_open() does, and with
 * HAR_BAD_INPUT for a header without date or kind. */
har_status har_calendar_read(struct har_bytes sheet, int64_t from_day,
                             struct har_arena *arena, struct har_calendar *out,
                             struct har_error *err);

/* Puts items into order, in place; equal days stay as they are. */
void har_calendar_sort(struct har_planned_item *item, size_t count);

/* --- iCalendar ---------------------------------------------------------------------------
 */

/* A whole day, or several. */
struct har_calendar_event {
    const char *uid; /* the same event has the same one each time */
    int64_t from_day, to_day;
    const char *summary, *category;
    const char *description;             /* may be NULL */
    const struct har_planned_item *item; /* what it stands for; NULL: training */
};

/* One VCALENDAR (RFC 5545): lines of at most 75 octets, folded between characters, that end
 * in CRLF. `stamp_day` is the day on which it was made. */
void har_calendar_write(struct har_text *text, int64_t stamp_day,
                        const struct har_calendar_event *event, size_t count);

#ifdef __cplusplus
}
#endif

#endif
