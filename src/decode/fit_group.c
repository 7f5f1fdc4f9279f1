/* SPDX-License-Identifier: MIT */
/* Sessions, laps, events and devices of a FIT file. Field numbers are those of the public
 * profile. Decisions of ours: a session starts at its start_time, or its timestamp less its
 * elapsed time; a record belongs to the last session that had started by then, in the order
 * of the file, so that none is lost between two; laps follow the sessions' own counts where
 * these add up, else their start. */

#include "fit_group.h"

enum {
    MOST_OFFSET_S = 15 * 3600,
    QUARTER_S = 900,
    TIMER = 0, /* event */
    EVENT_START = 0,
    EVENT_STOP = 1,
    EVENT_STOP_ALL = 4,
    EVENT_STOP_DISABLE_ALL = 9,
    FIT_DEVELOPMENT = 255, /* a manufacturer without a name of its own */
    ONE_FOOT_SPM = 120,    /* no runner's median for both feet is lower */
};

void fit_group_begin(struct fit_group *group)
{
    *group = (struct fit_group){
        .file_type = 255,
        .created_ms = HAR_NO_TIME,
        .sport = HAR_SPORT_UNKNOWN,
        .sub_sport = HAR_SUB_SPORT_UNKNOWN,
        .stopped_ms = HAR_NO_TIME,
    };
    fit_columns_begin(&group->columns);
}

bool fit_group_is_activity(const struct fit_group *group)
{
    return group->session_count || group->lap_count || group->columns.count;
}

/* --- messages ------------------------------------------------------------------------ */

/* "garmin 2691", "stryd Pod", or the product's own name where that is enough. */
static bool name_device(struct har_device *device, const char *product,
                        struct har_arena *arena)
{
    const char *maker = fit_manufacturer_name(device->manufacturer);
    if (!device->manufacturer && !product) return true;
    bool enough = product && (!maker || device->manufacturer == FIT_DEVELOPMENT ||
                              strncmp(product, maker, strlen(maker)) == 0);
    struct har_text text = {.arena = arena};
    if (!enough && maker) har_text_add(&text, maker);
    if (!enough && !maker) har_text_format(&text, "manufacturer %u", device->manufacturer);
    if (!enough && (product || device->product)) har_text_add(&text, " ");
    if (product) har_text_add(&text, product);
    else if (device->product) har_text_format(&text, "%u", device->product);
    device->name = text.data;
    return !text.failed;
}

static bool take_file_id(struct fit_group *group, const struct fit_data *data,
                         struct har_arena *arena)
{
    bool full = false;
    double serial = fit_number(data, 3);
    group->file_type = fit_code(data, 0, 255);
    group->device.manufacturer = fit_code(data, 1, 0);
    group->device.product = fit_code(data, 2, 0);
    if (serial > 0 && serial <= UINT32_MAX) group->device.serial = (uint64_t)serial;
    group->created_ms = fit_instant(data, 4);
    return name_device(&group->device, fit_text(data, 8, arena, &full), arena) && !full;
}

/* The creator of the file may say more of itself than file_id does. */
static bool take_device_info(struct fit_group *group, const struct fit_data *data,
                             struct har_arena *arena)
{
    if (fit_code(data, 0, 255) != 0) return true;
    bool full = false;
    const char *product = fit_text(data, 27, arena, &full);
    double serial = fit_number(data, 3);
    if (serial > 0 && serial <= UINT32_MAX && !group->device.serial)
        group->device.serial = (uint64_t)serial;
    if (!group->device.manufacturer) group->device.manufacturer = fit_code(data, 2, 0);
    if (!group->device.product) group->device.product = fit_code(data, 4, 0);
    if (full) return false;
    return product || !group->device.name ? name_device(&group->device, product, arena)
                                          : true;
}

/* A file may write any number where a duration belongs. */
static int64_t ms_of_known(double seconds)
{
    return seconds >= 0 && seconds <= UINT32_MAX ? (int64_t)(seconds * 1000) : 0;
}

static bool take_session(struct fit_group *group, const struct fit_data *data,
                         struct har_arena *arena)
{
    struct fit_session *sessions =
        har_arena_grow(arena, group->sessions, group->session_count, &group->session_room,
                       sizeof *sessions);
    if (!sessions) return false;
    group->sessions = sessions;
    bool full = false;
    struct har_activity a = {
        .sport = fit_code(data, 5, HAR_SPORT_UNKNOWN),
        .sub_sport = fit_code(data, 6, HAR_SUB_SPORT_UNKNOWN),
        .start_ms = fit_instant(data, 2),
        .elapsed_s = fit_number(data, 7) / 1000,
        .timer_s = fit_number(data, 8) / 1000,
        .distance_m = fit_number(data, 9) / 100,
        .energy_kcal = fit_number(data, 11),
        .heart_bpm = fit_number(data, 16),
        .heart_max_bpm = fit_number(data, 17),
        .ascent_m = fit_number(data, 22),
        .descent_m = fit_number(data, 23),
        .pool_m = fit_number(data, 44) / 100,
        .moving_s = fit_number(data, 59) / 1000,
        .name = fit_text(data, 110, arena, &full),
    };
    if (a.start_ms == HAR_NO_TIME && data->time_ms != HAR_NO_TIME)
        a.start_ms = data->time_ms - ms_of_known(a.elapsed_s);
    group->sessions[group->session_count++] =
        (struct fit_session){a, fit_code(data, 26, FIT_NO_COUNT)};
    return !full;
}

static bool take_lap(struct fit_group *group, const struct fit_data *data,
                     struct har_arena *arena)
{
    struct har_lap *laps = har_arena_grow(arena, group->laps, group->lap_count,
                                          &group->lap_room, sizeof *laps);
    if (!laps) return false;
    group->laps = laps;
    group->laps[group->lap_count++] = (struct har_lap){
        .start_ms = fit_instant(data, 2),
        .elapsed_s = fit_number(data, 7) / 1000,
        .timer_s = fit_number(data, 8) / 1000,
        .distance_m = fit_number(data, 9) / 100,
        .ascent_m = fit_number(data, 21),
        .heart_bpm = fit_number(data, 15),
        .heart_max_bpm = fit_number(data, 16),
        .intensity = fit_code(data, 23, 255),
        .trigger = fit_code(data, 24, 0),
    };
    if (group->sport == HAR_SPORT_UNKNOWN) {
        group->sport = fit_code(data, 25, HAR_SPORT_UNKNOWN);
        group->sub_sport = fit_code(data, 39, HAR_SUB_SPORT_UNKNOWN);
    }
    return true;
}

static bool take_event(struct fit_group *group, const struct fit_data *data,
                       struct har_arena *arena)
{
    if (fit_code(data, 0, 255) != TIMER || data->time_ms == HAR_NO_TIME) return true;
    switch (fit_code(data, 1, 255)) {
    case EVENT_STOP:
    case EVENT_STOP_ALL:
    case EVENT_STOP_DISABLE_ALL:
        if (group->stopped_ms == HAR_NO_TIME) group->stopped_ms = data->time_ms;
        return true;
    case EVENT_START: break;
    default: return true;
    }
    if (group->stopped_ms != HAR_NO_TIME && data->time_ms > group->stopped_ms) {
        struct har_pause *pauses = har_arena_grow(arena, group->pauses, group->pause_count,
                                                  &group->pause_room, sizeof *pauses);
        if (!pauses) return false;
        group->pauses = pauses;
        group->pauses[group->pause_count++] =
            (struct har_pause){group->stopped_ms, data->time_ms};
    }
    group->stopped_ms = HAR_NO_TIME;
    return true;
}

/* The same instant by UTC and by the runner's clock. Devices are off by some seconds; zones
 * are whole quarters of an hour. */
static void take_activity(struct fit_group *group, const struct fit_data *data)
{
    int64_t local_ms = fit_instant(data, 5);
    if (local_ms == HAR_NO_TIME || data->time_ms == HAR_NO_TIME) return;
    int64_t offset_s = (local_ms - data->time_ms) / 1000;
    if (offset_s > MOST_OFFSET_S || offset_s < -MOST_OFFSET_S) return;
    group->has_offset = true;
    group->utc_offset_s = (int32_t)(lround((double)offset_s / QUARTER_S) * QUARTER_S);
}

bool fit_group_take(struct fit_group *group, const struct fit_data *data,
                    struct har_arena *arena)
{
    bool full = false;
    switch (data->definition->message) {
    case FIT_FILE_ID: return take_file_id(group, data, arena);
    case FIT_DEVICE_INFO: return take_device_info(group, data, arena);
    case FIT_SESSION: return take_session(group, data, arena);
    case FIT_LAP: return take_lap(group, data, arena);
    case FIT_EVENT: return take_event(group, data, arena);
    case FIT_HR: return fit_hearts_take(&group->hearts, data, arena);
    case FIT_ACTIVITY: take_activity(group, data); return true;
    case FIT_SPORT:
        group->sport = fit_code(data, 0, HAR_SPORT_UNKNOWN);
        group->sub_sport = fit_code(data, 1, HAR_SUB_SPORT_UNKNOWN);
        return true;
    case FIT_WORKOUT: group->name = fit_text(data, 8, arena, &full); return !full;
    case FIT_COURSE:
        group->sport = fit_code(data, 4, HAR_SPORT_UNKNOWN);
        group->name = fit_text(data, 5, arena, &full);
        return !full;
    default: return true;
    }
}

/* --- the end of a group ------------------------------------------------------------------
 */

static void sort_sessions(struct fit_session *sessions, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct fit_session s = sessions[i];
        size_t at = i;
        for (; at && sessions[at - 1].activity.start_ms > s.activity.start_ms; at--)
            sessions[at] = sessions[at - 1];
        sessions[at] = s;
    }
}

/* The row after the last that belongs to session i. */
static size_t rows_until(const struct fit_group *group, size_t i, size_t from)
{
    if (i + 1 == group->session_count) return group->columns.count;
    int64_t next_ms = group->sessions[i + 1].activity.start_ms;
    size_t row = from;
    while (row < group->columns.count && (group->columns.time_ms[row] == HAR_NO_TIME ||
                                          group->columns.time_ms[row] < next_ms))
        row++;
    return row;
}

static size_t laps_until(const struct fit_group *group, size_t i, size_t from)
{
    if (i + 1 == group->session_count) return group->lap_count;
    uint64_t total = 0;
    for (size_t s = 0; s < group->session_count; s++) total += group->sessions[s].laps;
    if (total == group->lap_count) return from + group->sessions[i].laps;
    int64_t next_ms = group->sessions[i + 1].activity.start_ms;
    size_t lap = from;
    while (lap < group->lap_count && group->laps[lap].start_ms < next_ms) lap++;
    return lap;
}

static bool any_number(const double *column, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isnan(column[i])) return true;
    return false;
}

/* Most devices count the steps of one foot; some count both. */
static void count_both_feet(double *cadence, size_t count)
{
    size_t seen[256] = {0}, total = 0, below = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(cadence[i] > 0)) continue;
        seen[cadence[i] < 255 ? (size_t)cadence[i] : 255]++;
        total++;
    }
    for (size_t bin = 0; bin < ONE_FOOT_SPM; bin++) below += seen[bin];
    if (below * 2 <= total) return;
    for (size_t i = 0; i < count; i++) cadence[i] *= 2;
}

static bool slice_samples(const struct fit_group *group, size_t from, size_t to,
                          struct har_activity *a, struct har_arena *arena)
{
    const struct fit_columns *columns = &group->columns;
    struct har_samples *samples = &a->samples;
    samples->count = to - from;
    if (!samples->count) return true;
    samples->time_ms = columns->time_ms + from;
    struct har_extra *extras = HAR_NEW(arena, struct har_extra, columns->used);
    if (!extras) return false;
    for (unsigned c = 0; c < columns->used; c++) {
        if (!(columns->live >> c & 1)) continue;
        double *column = columns->column[c] + from;
        if (!any_number(column, samples->count)) continue;
        if (c == HAR_CADENCE_SPM && har_sport_is_on_foot(a->sport))
            count_both_feet(column, samples->count);
        if (c < HAR_CHANNELS) samples->channel[c] = column;
        else
            extras[samples->extra_count++] = (struct har_extra){
                columns->name[c], columns->unit[c], columns->stands_for[c], column};
    }
    samples->extras = extras;
    if (a->start_ms == HAR_NO_TIME)
        for (size_t i = 0; i < samples->count && a->start_ms == HAR_NO_TIME; i++)
            a->start_ms = samples->time_ms[i];
    return true;
}

/* The pauses that lie before the next session. */
static void slice_pauses(const struct fit_group *group, size_t i, struct har_activity *a)
{
    int64_t next_ms =
        i + 1 < group->session_count ? group->sessions[i + 1].activity.start_ms : INT64_MAX;
    size_t from = 0, to;
    while (i && from < group->pause_count && group->pauses[from].from_ms < a->start_ms)
        from++;
    for (to = from; to < group->pause_count && group->pauses[to].from_ms < next_ms;) to++;
    a->pauses = group->pauses ? group->pauses + from : NULL;
    a->pause_count = to - from;
}

/* Records or laps without a session: the watch was cut short. */
static bool stand_in_session(struct fit_group *group, struct har_arena *arena)
{
    struct fit_session *session = HAR_NEW(arena, struct fit_session, 1);
    if (!session) return false;
    *session = (struct fit_session){har_activity_blank(), FIT_NO_COUNT};
    session->activity.sport = group->sport;
    session->activity.sub_sport = group->sub_sport;
    if (group->lap_count) session->activity.start_ms = group->laps[0].start_ms;
    group->sessions = session;
    group->session_count = group->session_room = 1;
    return true;
}

bool fit_group_end(struct fit_group *group, struct fit_activities *activities,
                   struct har_arena *arena)
{
    if (!fit_group_is_activity(group)) return true;
    if (!fit_hearts_merge(&group->hearts, &group->columns, arena)) return false;
    if (!group->session_count && !stand_in_session(group, arena)) return false;
    sort_sessions(group->sessions, group->session_count);
    size_t row = 0, lap = 0;
    for (size_t i = 0; i < group->session_count; i++) {
        struct har_activity *all = har_arena_grow(
            arena, activities->activity, activities->count, &activities->room, sizeof *all);
        if (!all) return false;
        activities->activity = all;
        struct har_activity *a = &all[activities->count++];
        *a = group->sessions[i].activity;
        a->created_ms = group->created_ms;
        a->device = group->device;
        if (!a->name) a->name = group->name;
        if (group->has_offset) {
            a->utc_offset_s = group->utc_offset_s;
            a->offset_source = HAR_OFFSET_DEVICE;
        }
        size_t rows_end = rows_until(group, i, row), laps_end = laps_until(group, i, lap);
        if (!slice_samples(group, row, rows_end, a, arena)) return false;
        a->laps = group->laps ? group->laps + lap : NULL;
        a->lap_count = laps_end - lap;
        slice_pauses(group, i, a);
        row = rows_end;
        lap = laps_end;
    }
    return true;
}
