/* SPDX-License-Identifier: MIT */
#ifndef FIELD_DRAFT_H
#define FIELD_DRAFT_H

/* What the readers hand over: runners as they are met, each with the marks they were seen
 * at, in any order. draft.c makes fields of them. */

#include "harrier/field.h"

/* The mark of a finish whose distance the sheet does not tell. */
#define FINISH_M INFINITY

struct seen {
    double mark_m, time_s;
};

struct entrant {
    const char *race; /* or NULL */
    struct har_field_runner who;
    struct seen *seen;
    size_t count, room;
};

struct draft {
    struct har_arena *arena;
    struct har_error *err;
    double event_m; /* as told; 0: not */
    size_t count, room;
    struct entrant *entrant;
    size_t note_count, note_room;
    struct har_field_note *note;
    bool failed; /* no memory */
};

/* One more runner; NULL where there is no memory, and `failed` is set. */
struct entrant *add_entrant(struct draft *draft, uint64_t line);
void add_seen(struct draft *draft, struct entrant *entrant, double mark_m, double time_s);

/* Integers and strings only. */
void add_note(struct draft *draft, uint64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The text, or NULL for none. */
const char *draft_text(struct draft *draft, struct har_bytes text);

/* Seconds of "1:02:03.4" or "63.4". HAR_NOT_FOUND for 0, nothing and words;
 * HAR_BAD_INPUT for what has digits and is no time. */
har_status read_split(struct har_bytes text, double *time_s);

/* Puts the races in order. */
har_status draft_fields(struct draft *draft, struct har_fields *out);

/* The readers. HAR_UNSUPPORTED: the sheet is not of that kind. */
har_status read_rows(struct har_bytes sheet, struct draft *draft);
har_status read_lynx(struct har_bytes sheet, struct draft *draft);
har_status read_board(struct har_bytes sheet, struct draft *draft);
har_status read_official(struct har_bytes sheet, struct draft *draft);

#endif
