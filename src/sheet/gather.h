/* SPDX-License-Identifier: MIT */
#ifndef SHEET_GATHER_H
#define SHEET_GATHER_H

/* Rows as cells, whatever the layout they come from; and what is made of them. */

#include "refused.h"

enum meaning {
    DATE,
    EVENT,
    TITLE, /* "Men 1500 Meter Run": the event where EVENT does not say it */
    MARK,
    PLACE,
    ROUND,
    STAGE, /* where lists have a column more for it: Final, Prelim */
    HEAT,
    NAME,
    VENUE,
    CITY,
    COUNTRY,
    COURSE,
    ELIGIBLE,
    OFFICIAL,
    HAND,
    SHORT_TRACK,
    CAVEATS,
    DROP,
    SEPARATION,
    ALTITUDE,
    TEMP,
    HUMIDITY,
    WBGT,
    WIND,
    ATHLETE,
    GIVEN,
    FAMILY,
    ID,
    NATION,
    CLUB,
    SEX,
    CLASS,
    BORN,
    NOTES,
    MEANINGS
};

/* What a row says of each; borrowed until the sheet is read. */
struct cells {
    uint64_t line;
    struct har_bytes of[MEANINGS];
    int64_t day; /* HAR_NO_DAY: as the cell of the date says */
};

struct gathering {
    struct har_arena *arena;
    struct har_error *err;
    struct har_result rest; /* what rows do not say */
    struct har_result *result;
    size_t count, room, without_mark;
    struct refusals refused;
    struct har_passed_event *passed;
    size_t passed_count, passed_room;
    const char *competition;

    /* The event of the row before: lists go event by event. */
    struct har_bytes event_cell;
    bool event_titled; /* that cell was a title */
    struct har_event event;
    int event_sex; /* what the title says, or HAR_UNTOLD */
    har_status event_status;
    struct har_error event_why;
    const char *event_passed; /* why */
};

/* A row of which nothing is said yet: no cell is without bytes to point to. */
struct cells cells_at(uint64_t line);

/* One row in: its result, or its refusal, or its count. HAR_OK or HAR_NO_MEMORY. */
har_status gather(struct gathering *g, const struct cells *cells);
har_status gather_refusal(struct gathering *g, uint64_t line, const struct har_error *why);
har_status gathering_full(const struct gathering *g);

#endif
