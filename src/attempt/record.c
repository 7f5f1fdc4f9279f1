/* SPDX-License-Identifier: MIT */
/* Which record is meant.
 *
 * Women have two records on the road, since 2011: in races with men and without. A time is
 * an attempt at the harder of those that it would break or equal. */

#include "harrier/attempt.h"

const struct har_world_record *har_world_record_aimed_at(const struct har_event *event,
                                                         enum har_sex sex, int64_t time_ms)
{
    const struct har_world_record *fastest = NULL, *aim = NULL;
    for (size_t i = 0; i < har_world_record_count; i++) {
        const struct har_world_record *r = &har_world_records[i];
        if (r->kind != event->kind || r->distance_mm != event->distance_mm || r->sex != sex)
            continue;
        if (!fastest || r->time_ms < fastest->time_ms) fastest = r;
        if (time_ms <= r->time_ms && (!aim || r->time_ms < aim->time_ms)) aim = r;
    }
    return aim ? aim : fastest;
}
