/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_GROUP_H
#define DECODE_FIT_GROUP_H

/* What belongs to one file_id message: a device, its sessions and laps, one table of
 * records. At its end it becomes an activity for each session. */

#include "fit_heart.h"

enum { FIT_NO_COUNT = 0x10000 }; /* no session has so many laps */

struct fit_session {
    struct har_activity activity;
    unsigned laps; /* FIT_NO_COUNT where it does not say */
};

struct fit_group {
    bool begun; /* anything at all was read */
    unsigned file_type;
    struct har_device device;
    int64_t created_ms;
    unsigned sport, sub_sport;
    const char *name;
    bool has_offset;
    int32_t utc_offset_s;
    int64_t stopped_ms; /* the timer stands since; or HAR_NO_TIME */

    size_t session_count, session_room, lap_count, lap_room, pause_count, pause_room;
    struct fit_session *sessions;
    struct har_lap *laps;
    struct har_pause *pauses;
    struct fit_columns columns;
    struct fit_hearts hearts;
};

struct fit_activities {
    size_t count, room;
    struct har_activity *activity;
};

void fit_group_begin(struct fit_group *group);

/* Takes a message that is not a record. False if the arena is full. */
bool fit_group_take(struct fit_group *group, const struct fit_data *data,
                    struct har_arena *arena);

/* Whether it holds anything that a run is made of. */
bool fit_group_is_activity(const struct fit_group *group);

/* Turns it into activities: every record and every lap belongs to exactly one. False if the
 * arena is full. */
bool fit_group_end(struct fit_group *group, struct fit_activities *activities,
                   struct har_arena *arena);

#endif
