/* SPDX-License-Identifier: MIT */
/* Derived rows: what can always be made again.
 *
 * A summary's members and the columns are told apart once, in one table that both writing
 * and reading follow. The time spent at each heart rate is one blob: the first rate that
 * has any, as one byte, then the seconds at it and at those above, as little-endian floats,
 * up to the last that has any. The time at each flat speed is another, whose first takes
 * two bytes: 800 bytes for a run, which is why only who asks for paces has them read. An
 * activity without a start lies on the lowest day, so that only an open bound lets it
 * through. */

#include "asking.h"

#include <math.h>
#include <string.h>

enum column_type { REAL, WHOLE, TIME };

#define COLUMN(type, member)                                                               \
    {                                                                                      \
        type, offsetof(struct har_summary, member)                                         \
    }

/* In the order of DERIVED_COLUMNS in statements.c; `heart_s` follows, and outside of the
 * summary the flat speed and the steady part. */
static const struct column {
    enum column_type type;
    size_t at;
} summary_columns[] = {
    COLUMN(TIME, start_ms),
    COLUMN(WHOLE, utc_offset_s),
    COLUMN(WHOLE, offset_source),
    COLUMN(WHOLE, sport),
    COLUMN(WHOLE, sub_sport),
    COLUMN(WHOLE, setting),
    COLUMN(REAL, elapsed_s),
    COLUMN(REAL, timer_s),
    COLUMN(REAL, moving_s),
    COLUMN(REAL, distance_m),
    COLUMN(WHOLE, distance_source),
    COLUMN(REAL, device_distance_m),
    COLUMN(REAL, ascent_m),
    COLUMN(REAL, descent_m),
    COLUMN(REAL, device_ascent_m),
    COLUMN(REAL, altitude_m),
    COLUMN(REAL, altitude_max_m),
    COLUMN(REAL, heart_bpm),
    COLUMN(REAL, heart_max_bpm),
    COLUMN(REAL, cadence_spm),
    COLUMN(REAL, power_w),
    COLUMN(REAL, lat_deg),
    COLUMN(REAL, lon_deg),
    COLUMN(WHOLE, dropped_times),
    COLUMN(WHOLE, dropped_positions),
    COLUMN(WHOLE, dropped_beats),
    COLUMN(WHOLE, gaps),
};
enum { COLUMNS = sizeof summary_columns / sizeof summary_columns[0] };

_Static_assert(sizeof(enum har_setting) == sizeof(int32_t) &&
                   sizeof(unsigned) == sizeof(int32_t),
               "a WHOLE column is four bytes");

enum {
    FLOAT_SIZE = 4,
    BESTS_USUAL = 12, /* of one run */
    HEART_HEAD = 1,
    HEART_ROOM = HEART_HEAD + FLOAT_SIZE * HAR_HEART_BINS,
    PACE_HEAD = 2,
    PACE_ROOM = PACE_HEAD + FLOAT_SIZE * HAR_PACE_BINS
};

/* --- seconds ------------------------------------------------------------------ */

static size_t write_seconds(const float *seconds, size_t bins, size_t head, uint8_t *out)
{
    size_t first = 0, end = bins, size = 0;
    while (first < end && seconds[first] == 0) first++;
    while (end > first && seconds[end - 1] == 0) end--;
    if (first == end) return 0;
    for (; size < head; size++) out[size] = (uint8_t)(first >> 8 * size);
    for (size_t i = first; i < end; i++) {
        uint32_t bits;
        memcpy(&bits, &seconds[i], sizeof bits);
        for (unsigned b = 0; b < FLOAT_SIZE; b++) out[size++] = (uint8_t)(bits >> 8 * b);
    }
    return size;
}

static bool read_seconds(struct har_bytes blob, size_t bins, size_t head, float *seconds)
{
    size_t first = 0;
    if (!blob.size) return true;
    if (blob.size < head || (blob.size - head) % FLOAT_SIZE) return false;
    for (size_t i = 0; i < head; i++) first |= (size_t)blob.data[i] << 8 * i;
    size_t count = (blob.size - head) / FLOAT_SIZE;
    if (first + count > bins) return false;
    const uint8_t *p = blob.data + head;
    for (size_t i = 0; i < count; i++, p += FLOAT_SIZE) {
        uint32_t bits =
            p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        memcpy(&seconds[first + i], &bits, sizeof bits);
    }
    return true;
}

/* --- summaries ---------------------------------------------------------------- */

static void bind_summary(struct har_query *q, const struct har_summary *summary)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const void *member = (const char *)summary + summary_columns[i].at;
        switch (summary_columns[i].type) {
        case REAL: har_bind_real(q, *(const double *)member); break;
        case WHOLE: har_bind_int(q, *(const int32_t *)member); break;
        case TIME: har_bind_time(q, *(const int64_t *)member); break;
        }
    }
}

static bool take_summary(struct har_query *q, struct har_summary *summary)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        void *member = (char *)summary + summary_columns[i].at;
        switch (summary_columns[i].type) {
        case REAL: *(double *)member = har_take_real(q); break;
        case WHOLE: *(int32_t *)member = (int32_t)har_take_int(q); break;
        case TIME: *(int64_t *)member = har_take_time(q); break;
        }
    }
    return read_seconds(har_take_blob(q), HAR_HEART_BINS, HEART_HEAD, summary->heart_s);
}

static void bind_steady(struct har_query *q, const struct har_steady *steady)
{
    har_bind_real(q, steady ? steady->seconds : NAN);
    har_bind_real(q, steady ? steady->flat_mps : NAN);
    har_bind_real(q, steady ? steady->heart_bpm : NAN);
    har_bind_real(q, steady ? steady->decoupling : NAN);
}

static struct har_steady take_steady(struct har_query *q)
{
    struct har_steady steady;
    steady.seconds = har_take_real(q);
    steady.flat_mps = har_take_real(q);
    steady.heart_bpm = har_take_real(q);
    steady.decoupling = har_take_real(q);
    return steady;
}

/* --- deriving ----------------------------------------------------------------- */

static har_status drop_rows(struct har_store *store, enum statement which, int64_t activity,
                            struct har_error *err)
{
    struct har_query q = har_store_ask(store, which);
    har_bind_int(&q, activity);
    return har_answer_all(&q, err);
}

static har_status add_summary(struct har_store *store, int64_t activity, int algorithm,
                              const struct har_derived *derived, struct har_error *err)
{
    const struct har_summary *summary = derived->summary;
    uint8_t hearts[HEART_ROOM], speeds[PACE_ROOM];
    size_t size = write_seconds(summary->heart_s, HAR_HEART_BINS, HEART_HEAD, hearts);
    size_t pace_size = derived->paces ? write_seconds(derived->paces->pace_s, HAR_PACE_BINS,
                                                      PACE_HEAD, speeds)
                                      : 0;
    int64_t day = summary->start_ms == HAR_NO_TIME
                      ? INT64_MIN
                      : har_local_day(summary->start_ms, summary->utc_offset_s);
    struct har_query q = har_store_ask(store, DERIVED_ADD);
    har_bind_int(&q, activity);
    har_bind_int(&q, algorithm);
    har_bind_int(&q, day);
    bind_summary(&q, summary);
    har_bind_blob(&q, size ? hearts : NULL, size);
    har_bind_real(&q, derived->flat_speed_mps);
    bind_steady(&q, derived->steady);
    har_bind_blob(&q, pace_size ? speeds : NULL, pace_size);
    return har_answer_all(&q, err);
}

static har_status add_bests(struct har_store *store, int64_t activity, int kind,
                            const struct har_best *bests, size_t count,
                            struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        struct har_query q = har_store_ask(store, BEST_ADD);
        har_bind_int(&q, activity);
        har_bind_int(&q, kind);
        har_bind_int(&q, (int64_t)i);
        har_bind_real(&q, bests[i].distance_m);
        har_bind_real(&q, bests[i].time_s);
        har_bind_real(&q, bests[i].from_s);
        har_bind_real(&q, bests[i].from_m);
        status = har_answer_all(&q, err);
    }
    return status;
}

enum { OVER_DISTANCE, IN_DURATION };

har_status har_store_derive(struct har_store *store, int64_t activity, int algorithm,
                            const struct har_derived *derived, struct har_error *err)
{
    const struct har_bests *bests = derived->bests;
    har_status status = har_step_begin(store->db, err);
    if (status != HAR_OK) return status;
    status = drop_rows(store, DERIVED_DROP, activity, err);
    if (status == HAR_OK) status = drop_rows(store, BEST_DROP, activity, err);
    if (status == HAR_OK) status = add_summary(store, activity, algorithm, derived, err);
    if (status == HAR_OK)
        status = add_bests(store, activity, OVER_DISTANCE, bests->distances,
                           bests->distance_count, err);
    if (status == HAR_OK)
        status = add_bests(store, activity, IN_DURATION, bests->durations,
                           bests->duration_count, err);
    return har_step_end(store->db, status, err);
}

har_status har_store_stale(struct har_store *store, int algorithm, struct har_arena *arena,
                           int64_t **activities, size_t *count, struct har_error *err)
{
    struct har_query q = har_store_ask(store, DERIVED_STALE);
    size_t room = 0;
    har_status status;
    har_bind_int(&q, algorithm);
    *activities = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        int64_t *larger =
            har_arena_grow(arena, *activities, *count, &room, sizeof **activities);
        if (!larger) {
            har_drop(&q);
            return har_fail(err, HAR_NO_MEMORY, *count, "no memory is left for the list");
        }
        *activities = larger;
        (*activities)[(*count)++] = har_take_int(&q);
    }
    return status == HAR_END ? HAR_OK : status;
}

/* --- entries ------------------------------------------------------------------ */

static har_status take_entry(struct har_query *q, struct har_arena *arena,
                             struct har_entry *entry, struct har_error *err)
{
    bool full = false;
    *entry = (struct har_entry){.id = har_take_int(q)};
    entry->athlete = har_take_int(q);
    entry->name = har_take_text(q, arena, &full);
    entry->race = har_take_int(q) != 0;
    if (full) return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the entries");
    if (!take_summary(q, &entry->summary))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "activity %lld is damaged: rebuild the store",
                        (long long)entry->id);
    entry->flat_speed_mps = har_take_real(q);
    entry->steady = take_steady(q);
    return HAR_OK;
}

/* A range, and not "any or this one", so that the index of one athlete is used. */
static struct har_query ask_of(struct har_store *store, enum statement which,
                               const struct har_store_filter *filter)
{
    struct har_query q = har_store_ask(store, which);
    har_bind_int(&q, filter->athlete ? filter->athlete : INT64_MIN);
    har_bind_int(&q, filter->athlete ? filter->athlete : INT64_MAX);
    return q;
}

static struct har_query ask_filtered(struct har_store *store, enum statement which,
                                     const struct har_store_filter *filter)
{
    struct har_query q = ask_of(store, which, filter);
    har_bind_int(&q, filter->since_day);
    har_bind_int(&q, filter->until_day);
    har_bind_int(&q, filter->sport);
    har_bind_int(&q, filter->race == 1);
    return q;
}

/* How many there are at most, where all days are asked for; else 0. */
static har_status guess_count(struct har_store *store,
                              const struct har_store_filter *filter, size_t *out,
                              struct har_error *err)
{
    *out = 0;
    if (filter->since_day != INT64_MIN || filter->sport >= 0 || filter->race == 1)
        return HAR_OK;
    struct har_query q = ask_of(store, ENTRY_COUNT, filter);
    har_status status = har_answer(&q, err);
    if (status == HAR_OK) {
        *out = (size_t)har_take_int(&q);
        har_drop(&q);
    }
    return status == HAR_END ? HAR_OK : status;
}

/* With room for `room` of them to begin with. */
static har_status take_entries(struct har_query *q, size_t room, struct har_arena *arena,
                               struct har_entry **entries, size_t *count,
                               struct har_error *err)
{
    har_status status;
    *entries = room ? HAR_ROOM(arena, struct har_entry, room) : NULL;
    *count = 0;
    if (!*entries) room = 0;
    while ((status = har_answer(q, err)) == HAR_OK) {
        struct har_entry *larger =
            har_arena_grow(arena, *entries, *count, &room, sizeof **entries);
        status = larger ? take_entry(q, arena, &larger[*count], err)
                        : har_fail(err, HAR_NO_MEMORY, *count,
                                   "no memory is left for the entries");
        if (status != HAR_OK) {
            har_drop(q);
            return status;
        }
        *entries = larger;
        ++*count;
    }
    return status == HAR_END ? HAR_OK : status;
}

/* The bests of all entries come in one question, in the entries' own order; so they end up
 * in one array, of which every entry has a piece. */
static har_status take_bests(struct har_query *q, struct har_arena *arena,
                             struct har_entry *entries, size_t entry_count,
                             struct har_error *err)
{
    size_t count = 0, room = BESTS_USUAL * entry_count, at = 0;
    struct har_best *bests = HAR_ROOM(arena, struct har_best, room);
    har_status status;
    if (!bests) room = 0;
    while ((status = har_answer(q, err)) == HAR_OK) {
        int64_t activity = har_take_int(q);
        while (at < entry_count && entries[at].id != activity) at++;
        struct har_best *larger = har_arena_grow(arena, bests, count, &room, sizeof *bests);
        if (!larger || at == entry_count) {
            har_drop(q);
            return har_fail(err, larger ? HAR_BAD_INPUT : HAR_NO_MEMORY, 0,
                            larger ? "the store is damaged: bests without an activity"
                                   : "no memory is left for the bests");
        }
        bests = larger;
        struct har_best *best = &bests[count++];
        best->distance_m = har_take_real(q);
        best->time_s = har_take_real(q);
        best->from_s = har_take_real(q);
        best->from_m = har_take_real(q);
        entries[at].best_count++;
    }
    for (at = 0, count = 0; bests && at < entry_count; count += entries[at++].best_count)
        entries[at].bests = bests + count;
    return status == HAR_END ? HAR_OK : status;
}

/* Empty rows are no answer to the question, so the entries pass by until theirs comes. */
static har_status take_paces(struct har_query *q, struct har_arena *arena,
                             struct har_entry *entries, size_t count, struct har_error *err)
{
    size_t at = 0;
    har_status status;
    while ((status = har_answer(q, err)) == HAR_OK) {
        int64_t activity = har_take_int(q);
        while (at < count && entries[at].id != activity) at++;
        struct har_paces *paces = HAR_NEW(arena, struct har_paces, 1);
        if (!paces) status = har_fail(err, HAR_NO_MEMORY, 0, "no memory for the paces");
        else if (at == count ||
                 !read_seconds(har_take_blob(q), HAR_PACE_BINS, PACE_HEAD, paces->pace_s))
            status = har_fail(err, HAR_BAD_INPUT, 0,
                              "activity %lld is damaged: rebuild the store",
                              (long long)activity);
        if (status != HAR_OK) {
            har_drop(q);
            return status;
        }
        entries[at].paces = paces;
    }
    return status == HAR_END ? HAR_OK : status;
}

/* All questions within one step see the store at one moment. */
har_status har_read_entries(struct har_store *store, const struct har_store_filter *filter,
                            struct har_arena *arena, struct har_entry **entries,
                            size_t *count, struct har_error *err)
{
    har_status status = har_step_begin(store->db, err);
    if (status != HAR_OK) return status;
    struct har_query q;
    size_t room;
    status = guess_count(store, filter, &room, err);
    if (status == HAR_OK) {
        q = ask_filtered(store, ENTRY_LIST, filter);
        status = take_entries(&q, room, arena, entries, count, err);
    }
    if (status == HAR_OK && filter->with_bests) {
        q = ask_filtered(store, ENTRY_BESTS, filter);
        status = take_bests(&q, arena, *entries, *count, err);
    }
    if (status == HAR_OK && filter->with_paces) {
        q = ask_filtered(store, ENTRY_PACES, filter);
        status = take_paces(&q, arena, *entries, *count, err);
    }
    return har_step_end(store->db, status, err);
}

static har_status get_entry(struct har_store *store, int64_t activity,
                            struct har_arena *arena, struct har_entry *entry,
                            struct har_error *err)
{
    struct har_query q = har_store_ask(store, ENTRY_GET);
    har_bind_int(&q, activity);
    har_status status = har_answer(&q, err);
    if (status == HAR_END)
        return har_fail(err, HAR_NOT_FOUND, 0, "the store has no activity %lld",
                        (long long)activity);
    if (status != HAR_OK) return status;
    status = take_entry(&q, arena, entry, err);
    har_drop(&q);
    if (status != HAR_OK) return status;
    q = har_store_ask(store, ENTRY_BESTS_OF);
    har_bind_int(&q, activity);
    return take_bests(&q, arena, entry, 1, err);
}

har_status har_store_entry(struct har_store *store, int64_t activity,
                           struct har_arena *arena, struct har_entry *entry,
                           struct har_error *err)
{
    har_status status = har_step_begin(store->db, err);
    if (status != HAR_OK) return status;
    return har_step_end(store->db, get_entry(store, activity, arena, entry, err), err);
}
