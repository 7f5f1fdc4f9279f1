/* SPDX-License-Identifier: MIT */
/* An activity as a FIT file.
 *
 * Our decisions. One definition serves all records: every column the activity has, invalid
 * where a sample lacks it. Summaries (laps, session, activity) follow the records, as on a
 * watch that writes while it runs; the timer's stops and starts stand among the records in
 * order of time. FIT counts whole seconds: the milliseconds of a sample go into a developer
 * field "time_ms", written only if some sample needs it, while laps, pauses and the start
 * lose theirs. Further columns are developer fields, float32 if every value survives it,
 * else float64; their names and units are cut at 63 bytes, other texts at 254. */

#include "fit_writer.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { LABEL_ROOM = 63 /* bytes of the names and units of developer fields */ };

/* --- what the activity says of itself ----------------------------------------------- */

static double known(unsigned number)
{
    return number ? (double)number : NAN;
}

static void write_file_id(struct writer *w, const struct har_activity *a)
{
    const struct field fields[] = {
        number_field(0, ENUM, 4 /* activity */),
        number_field(1, UINT16, known(a->device.manufacturer)),
        number_field(2, UINT16, known(a->device.product)),
        number_field(3, UINT32Z, (double)a->device.serial),
        number_field(4, UINT32, fit_time(a->created_ms)),
    };
    WRITE(w, LOCAL_ONCE, FILE_ID, fields);
}

static void write_device(struct writer *w, const struct har_activity *a)
{
    if (!a->device.name) return;
    const struct field fields[] = {
        number_field(253, UINT32, fit_time(a->start_ms)),
        number_field(0, UINT8, 0 /* the device that made the file */),
        number_field(2, UINT16, known(a->device.manufacturer)),
        number_field(4, UINT16, known(a->device.product)),
        number_field(3, UINT32Z, (double)a->device.serial),
        string_field(27, a->device.name, STRING_ROOM),
    };
    WRITE(w, LOCAL_ONCE, DEVICE_INFO, fields);
}

static int64_t after(int64_t start_ms, double elapsed_s)
{
    if (start_ms == HAR_NO_TIME || !(elapsed_s >= 0 && elapsed_s < 1e9)) return start_ms;
    return start_ms + (int64_t)(elapsed_s * 1000);
}

/* The last instant the activity knows of. */
static int64_t end_of(const struct har_activity *a)
{
    int64_t end_ms = after(a->start_ms, a->elapsed_s);
    for (size_t i = 0; i < a->samples.count; i++)
        if (a->samples.time_ms[i] > end_ms) end_ms = a->samples.time_ms[i];
    return end_ms;
}

static void write_lap(struct writer *w, const struct har_lap *lap, size_t index)
{
    const struct field fields[] = {
        number_field(254, UINT16, (double)index),
        number_field(253, UINT32, fit_time(after(lap->start_ms, lap->elapsed_s))),
        number_field(2, UINT32, fit_time(lap->start_ms)),
        number_field(7, UINT32, lap->elapsed_s * 1000),
        number_field(8, UINT32, lap->timer_s * 1000),
        number_field(9, UINT32, lap->distance_m * 100),
        number_field(15, UINT8, lap->heart_bpm),
        number_field(16, UINT8, lap->heart_max_bpm),
        number_field(21, UINT16, lap->ascent_m),
        number_field(23, ENUM, lap->intensity),
        number_field(24, ENUM, lap->trigger),
    };
    WRITE(w, LOCAL_LAP, LAP, fields);
}

static void write_session(struct writer *w, const struct har_activity *a, int64_t end_ms)
{
    const struct field fields[] = {
        number_field(254, UINT16, 0),
        number_field(253, UINT32, fit_time(end_ms)),
        number_field(2, UINT32, fit_time(a->start_ms)),
        number_field(5, ENUM, a->sport),
        number_field(6, ENUM, a->sub_sport),
        number_field(7, UINT32, a->elapsed_s * 1000),
        number_field(8, UINT32, a->timer_s * 1000),
        number_field(9, UINT32, a->distance_m * 100),
        number_field(11, UINT16, a->energy_kcal),
        number_field(16, UINT8, a->heart_bpm),
        number_field(17, UINT8, a->heart_max_bpm),
        number_field(22, UINT16, a->ascent_m),
        number_field(23, UINT16, a->descent_m),
        number_field(25, UINT16, a->lap_count ? 0 : NAN),
        number_field(26, UINT16, (double)a->lap_count),
        number_field(44, UINT16, a->pool_m * 100),
        number_field(59, UINT32, a->moving_s * 1000),
        string_field(110, a->name, STRING_ROOM),
    };
    WRITE(w, LOCAL_ONCE, SESSION, fields);
}

static void write_activity(struct writer *w, const struct har_activity *a, int64_t end_ms)
{
    bool told =
        a->offset_source == HAR_OFFSET_DEVICE || a->offset_source == HAR_OFFSET_USER;
    const struct field fields[] = {
        number_field(253, UINT32, fit_time(end_ms)),
        number_field(0, UINT32, a->timer_s * 1000),
        number_field(1, UINT16, 1),
        number_field(2, ENUM, 0 /* manual */),
        number_field(3, ENUM, 26 /* activity */),
        number_field(4, ENUM, 1 /* stop */),
        number_field(5, UINT32, told ? fit_time(end_ms) + a->utc_offset_s : NAN),
    };
    WRITE(w, LOCAL_ONCE, ACTIVITY, fields);
}

/* --- samples ------------------------------------------------------------------------- */

enum { CADENCE = 4, CADENCE_PARTS = 53, MOST_TURNS = 254 };

/* One row for each field of a record. Cadence is the exception that add_cadence() knows. */
static const struct {
    enum har_channel channel;
    uint8_t number;
    enum base base;
    double offset, scale;
} record_columns[] = {
    {HAR_LAT_DEG, 0, SINT32, 0, 0x1p31 / 180},
    {HAR_LON_DEG, 1, SINT32, 0, 0x1p31 / 180},
    {HAR_ALTITUDE_M, 78, UINT32, 500, 5},
    {HAR_DISTANCE_M, 5, UINT32, 0, 100},
    {HAR_SPEED_MPS, 73, UINT32, 0, 1000},
    {HAR_HEART_BPM, 3, UINT8, 0, 1},
    {HAR_POWER_W, 7, UINT16, 0, 1},
    {HAR_TEMP_C, 13, SINT8, 0, 1},
};

/* Turns a minute, in 1/128: whole turns in one field, what is left in another. On foot a
 * turn is a pair of steps. */
static size_t add_cadence(double cadence_spm, bool on_foot, struct field *fields)
{
    double parts = round(cadence_spm / (on_foot ? 2 : 1) * 128);
    double turns = floor(parts / 128);
    bool fits = turns >= 0 && turns <= MOST_TURNS;
    fields[0] = number_field(CADENCE, UINT8, turns);
    fields[1] = number_field(CADENCE_PARTS, UINT8, fits ? parts - 128 * turns : NAN);
    return 2;
}

static bool survives_float32(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(value[i])) continue;
        if (fabs(value[i]) > FLT_MAX || (double)(float)value[i] != value[i]) return false;
    }
    return true;
}

static bool has_milliseconds(const struct har_samples *samples)
{
    for (size_t i = 0; i < samples->count; i++)
        if (samples->time_ms[i] != HAR_NO_TIME && samples->time_ms[i] % 1000 != 0)
            return true;
    return false;
}

/* The developer fields of the records: the milliseconds, if any, then the extra columns. */
struct further {
    bool milliseconds;
    size_t count;
    enum base *base; /* of each */
};

/* The record field that holds a channel; NaN for HAR_CHANNELS. */
static double number_of(enum har_channel channel)
{
    if (channel == HAR_CADENCE_SPM) return CADENCE;
    for (size_t c = 0; c < COUNT(record_columns); c++)
        if (record_columns[c].channel == channel) return record_columns[c].number;
    return NAN;
}

static void describe(struct writer *w, size_t n, enum base base, const char *name,
                     const char *unit, enum har_channel stands_for)
{
    double native = number_of(stands_for);
    const struct field fields[] = {
        number_field(0, UINT8, 0 /* developer data index */),
        number_field(1, UINT8, (double)n),
        number_field(2, UINT8, base),
        string_field(3, name, LABEL_ROOM),
        string_field(8, unit, LABEL_ROOM),
        number_field(14, UINT16, isnan(native) ? NAN : RECORD),
        number_field(15, UINT8, native),
    };
    WRITE(w, LOCAL_ONCE, FIELD_DESCRIPTION, fields);
}

static void write_descriptions(struct writer *w, const struct har_samples *samples,
                               const struct further *further)
{
    if (further->count == 0) return;
    const struct field id[] = {
        {1, BYTE, 'h', NULL, 16}, /* sixteen bytes that say whose fields these are */
        number_field(3, UINT8, 0),
    };
    WRITE(w, LOCAL_ONCE, DEVELOPER_DATA_ID, id);
    size_t n = 0;
    if (further->milliseconds) describe(w, n++, UINT16, "time_ms", "ms", HAR_CHANNELS);
    for (size_t i = 0; i < samples->extra_count; i++, n++) {
        const struct har_extra *extra = &samples->extras[i];
        describe(w, n, further->base[n], extra->name, extra->unit, extra->stands_for);
    }
}

static void write_record(struct writer *w, const struct har_samples *samples, bool on_foot,
                         const struct further *further, size_t i)
{
    struct field fields[RECORD_FIELDS_MOST + EXTRAS_MOST];
    int64_t time_ms = samples->time_ms[i];
    size_t count = 0;
    fields[count++] = number_field(253, UINT32, fit_time(time_ms));
    for (size_t c = 0; c < COUNT(record_columns); c++) {
        const double *value = samples->channel[record_columns[c].channel];
        if (!value) continue;
        double scaled = (value[i] + record_columns[c].offset) * record_columns[c].scale;
        fields[count++] =
            number_field(record_columns[c].number, record_columns[c].base, scaled);
    }
    const double *cadence_spm = samples->channel[HAR_CADENCE_SPM];
    if (cadence_spm) count += add_cadence(cadence_spm[i], on_foot, fields + count);

    uint8_t extras = 0;
    if (further->milliseconds) {
        double rest_ms = time_ms == HAR_NO_TIME ? NAN : (double)(time_ms % 1000);
        fields[count++] = number_field(extras++, UINT16, rest_ms);
    }
    for (size_t e = 0; e < samples->extra_count; e++, extras++)
        fields[count++] =
            number_field(extras, further->base[extras], samples->extras[e].value[i]);
    write_fit(w, LOCAL_RECORD, RECORD, fields, count, extras);
}

/* The pauses as a row of edges: at an even one the watch was stopped, at the odd one after
 * it it went on. */
static int64_t edge_ms(const struct har_activity *a, size_t edge)
{
    return edge % 2 == 0 ? a->pauses[edge / 2].from_ms : a->pauses[edge / 2].to_ms;
}

static void write_edge(struct writer *w, const struct har_activity *a, size_t edge)
{
    write_fit_timer(w, edge_ms(a, edge), edge % 2 == 0 ? TIMER_STOP : TIMER_START);
}

/* Records with the edges among them. At one instant a start comes before the record and a
 * stop after it. */
static void write_records(struct writer *w, const struct har_activity *a,
                          const struct further *further)
{
    bool on_foot = har_sport_is_on_foot(a->sport);
    size_t edge = 0, edges = 2 * a->pause_count;
    for (size_t i = 0; i < a->samples.count; i++) {
        int64_t time_ms = a->samples.time_ms[i];
        while (edge < edges && time_ms != HAR_NO_TIME &&
               edge_ms(a, edge) < time_ms + (edge % 2 == 0 ? 0 : 1))
            write_edge(w, a, edge++);
        write_record(w, &a->samples, on_foot, further, i);
    }
    while (edge < edges) write_edge(w, a, edge++);
}

/* --- the file ---------------------------------------------------------------------------
 */

static har_status check(const struct har_activity *a, struct har_error *err)
{
    size_t wrong = 0;
    bool sound = fit_can_tell(a->start_ms) && fit_can_tell(a->created_ms);
    for (size_t i = 0; sound && i < a->lap_count; i++)
        sound = fit_can_tell(a->laps[i].start_ms);
    for (size_t i = 0; sound && i < a->pause_count; i++)
        sound = fit_can_tell(a->pauses[i].from_ms) && fit_can_tell(a->pauses[i].to_ms);
    for (size_t i = 0; sound && i < a->samples.count; i++)
        if (!fit_can_tell(a->samples.time_ms[i])) sound = false, wrong = i;
    if (!sound)
        return har_fail(err, HAR_OUT_OF_RANGE, wrong,
                        "FIT files cannot hold instants before 1989-12-31 or after 2125");
    if (a->samples.extra_count > EXTRAS_MOST - (has_milliseconds(&a->samples) ? 1u : 0u))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "FIT files cannot hold more than %d further columns",
                        (int)EXTRAS_MOST);
    return HAR_OK;
}

static bool plan_further(const struct har_samples *samples, struct har_arena *arena,
                         struct further *further)
{
    size_t n = 0;
    further->milliseconds = has_milliseconds(samples);
    further->count = samples->extra_count + (further->milliseconds ? 1 : 0);
    further->base = HAR_NEW(arena, enum base, further->count);
    if (!further->base) return false;
    if (further->milliseconds) further->base[n++] = UINT16;
    for (size_t i = 0; i < samples->extra_count; i++)
        further->base[n++] =
            survives_float32(samples->extras[i].value, samples->count) ? FLOAT32 : FLOAT64;
    return true;
}

har_status har_encode_fit(const struct har_activity *activity, struct har_arena *arena,
                          struct har_bytes *out, struct har_error *err)
{
    har_status status = check(activity, err);
    if (status != HAR_OK) return status;
    struct further further;
    if (!plan_further(&activity->samples, arena, &further))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the columns of a FIT file");

    struct writer w = open_fit(arena);
    write_file_id(&w, activity);
    write_device(&w, activity);
    write_descriptions(&w, &activity->samples, &further);
    write_fit_timer(&w, activity->start_ms, TIMER_START);
    write_records(&w, activity, &further);
    int64_t end_ms = end_of(activity);
    write_fit_timer(&w, end_ms, TIMER_STOP);
    for (size_t i = 0; i < activity->lap_count; i++) write_lap(&w, &activity->laps[i], i);
    write_session(&w, activity, end_ms);
    write_activity(&w, activity, end_ms);
    return seal_fit(&w, out, err);
}
