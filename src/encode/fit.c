/* SPDX-License-Identifier: MIT */

/* An activity as a FIT file.
 *
 * FIT is a stream of messages. A definition names a message's fields, their sizes and base
 * types; data messages under the same local number follow it until it is redefined. Every
 * number here starts as a double, already scaled as the public profile says; it is rounded,
 * and what is no number or does not fit its base type becomes that type's "invalid", which
 * every reader takes for a missing number. Structure and numbers: FIT protocol 2.0.
 *
 * Our decisions. One definition serves all records: every column the activity has, invalid
 * where a sample lacks it. Summaries (laps, session, activity) follow the records, as on a
 * watch that writes while it runs; the timer's stops and starts stand among the records in
 * order of time. FIT counts whole seconds: the milliseconds of a sample go into a developer
 * field "time_ms", written only if some sample needs it, while laps, pauses and the start
 * lose theirs. Further columns are developer fields, float32 if every value survives it,
 * else float64; their names and units are cut at 63 bytes, other texts at 254. */

#include "harrier/encode.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const int64_t fit_epoch_ms = 631065600000;     /* 1989-12-31T00:00:00Z */
static const int64_t fit_too_late_ms = 4922899200000; /* 2126-01-01T00:00:00Z */
enum {
    HEADER_SIZE = 14,
    PROTOCOL_2_0 = 0x20,
    PROFILE = 2132,          /* 21.32: the edition whose numbers are used here */
    STRING_ROOM = 254,       /* bytes of text in a field, without the closing zero */
    LABEL_ROOM = 63,         /* the same for names and units of developer fields */
    EXTRAS_MOST = 255,       /* developer fields are numbered 0..254 */
    RECORD_FIELDS_MOST = 16, /* at least the time, and two fields for each channel */
    DEFINITION_ROOM = 7 + 3 * (RECORD_FIELDS_MOST + EXTRAS_MOST),
    ROW_ROOM = 1 + 8 * (RECORD_FIELDS_MOST + EXTRAS_MOST),
};

/* --- base types ----------------------------------------------------------------- */

enum base {
    ENUM = 0x00,
    SINT8 = 0x01,
    UINT8 = 0x02,
    STRING = 0x07,
    BYTE = 0x0D,
    UINT16 = 0x84,
    SINT32 = 0x85,
    UINT32 = 0x86,
    FLOAT32 = 0x88,
    FLOAT64 = 0x89,
    UINT32Z = 0x8C,
};

/* By the low five bits of the base type. Numbers outside lowest..highest are invalid; reals
 * have no such bounds. */
static const struct {
    uint8_t size;
    double lowest, highest;
    uint64_t invalid;
} bases[] = {
    [ENUM] = {1, 0, 0xFE, 0xFF},
    [SINT8] = {1, -0x80, 0x7E, 0x7F},
    [UINT8] = {1, 0, 0xFE, 0xFF},
    [STRING] = {1, 0, 0, 0},
    [BYTE] = {1, 0, 0xFE, 0xFF},
    [UINT16 & 31] = {2, 0, 0xFFFE, 0xFFFF},
    [SINT32 & 31] = {4, -0x1p31, 0x7FFFFFFE, 0x7FFFFFFF},
    [UINT32 & 31] = {4, 0, 0xFFFFFFFE, 0xFFFFFFFF},
    [FLOAT32 & 31] = {4, 0, 0, 0xFFFFFFFF},
    [FLOAT64 & 31] = {8, 0, 0, UINT64_MAX},
    [UINT32Z & 31] = {4, 1, 0xFFFFFFFF, 0},
};

static uint64_t raw_of(enum base base, double value)
{
    if (!isfinite(value)) return bases[base & 31].invalid;
    if (base == FLOAT64) {
        uint64_t bits;
        memcpy(&bits, &value, sizeof bits);
        return bits;
    }
    if (base == FLOAT32) {
        float single = (float)value;
        uint32_t bits;
        memcpy(&bits, &single, sizeof bits);
        return bits;
    }
    value = round(value);
    bool fits = value >= bases[base & 31].lowest && value <= bases[base & 31].highest;
    return fits ? (uint64_t)(int64_t)value : bases[base & 31].invalid;
}

/* --- bytes ------------------------------------------------------------------------ */

static size_t put_number(uint8_t *to, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) to[i] = (uint8_t)(value >> 8 * i);
    return size;
}

/* The length of `text` cut to `room` bytes without cutting through a code point. */
static size_t cut(const char *text, size_t room)
{
    size_t size = strlen(text);
    if (size <= room) return size;
    size = room;
    while (size > 0 && ((uint8_t)text[size] & 0xC0) == 0x80) size--;
    return size;
}

/* --- messages --------------------------------------------------------------------- */

enum message {
    FILE_ID = 0,
    SESSION = 18,
    LAP = 19,
    RECORD = 20,
    EVENT = 21,
    DEVICE_INFO = 23,
    ACTIVITY = 34,
    FIELD_DESCRIPTION = 206,
    DEVELOPER_DATA_ID = 207,
};

/* A field with what it holds: a text, or a number already scaled, which fills `size` bytes
 * as often as it fits. */
struct field {
    uint8_t number;
    enum base base;
    double value;
    const char *text;
    size_t size;
};

/* Messages that repeat keep a local number to themselves, so that theirs is one definition;
 * the rest share LOCAL_ONCE. */
enum local { LOCAL_ONCE, LOCAL_EVENT, LOCAL_RECORD, LOCAL_LAP, LOCALS };

struct writer {
    struct har_text file;
    struct {
        size_t at, size;
    } defined[LOCALS];
};

/* Gives `local` the layout of `fields`, the last `extras` of which are developer fields. */
static void define(struct writer *w, enum local local, enum message message,
                   const struct field *fields, size_t count, size_t extras)
{
    uint8_t bytes[DEFINITION_ROOM];
    size_t size = 0, own = count - extras;
    bytes[size++] = (uint8_t)(0x40 | (extras ? 0x20 : 0) | local);
    bytes[size++] = 0; /* reserved */
    bytes[size++] = 0; /* little endian */
    size += put_number(bytes + size, message, 2);
    bytes[size++] = (uint8_t)own;
    for (size_t i = 0; i < count; i++) {
        if (i == own) bytes[size++] = (uint8_t)extras;
        bytes[size++] = fields[i].number;
        bytes[size++] = (uint8_t)fields[i].size;
        bytes[size++] = i < own ? (uint8_t)fields[i].base : 0 /* developer data index */;
    }
    if (size == w->defined[local].size &&
        memcmp(bytes, w->file.data + w->defined[local].at, size) == 0)
        return;
    w->defined[local].at = w->file.size;
    w->defined[local].size = size;
    har_text_bytes(&w->file, bytes, size);
}

static void write_message(struct writer *w, enum local local, enum message message,
                          const struct field *fields, size_t count, size_t extras)
{
    if (w->file.failed) return;
    define(w, local, message, fields, count, extras);
    uint8_t row[ROW_ROOM];
    size_t size = 0;
    row[size++] = (uint8_t)local;
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];
        if (field->text) {
            memcpy(row + size, field->text, field->size - 1);
            size += field->size;
            row[size - 1] = 0;
            continue;
        }
        size_t step = bases[field->base & 31].size;
        uint64_t raw = raw_of(field->base, field->value);
        for (size_t done = 0; done < field->size; done += step)
            size += put_number(row + size, raw, step);
    }
    har_text_bytes(&w->file, row, size);
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define WRITE(w, local, message, fields)                                                   \
    write_message((w), (local), (message), (fields), COUNT(fields), 0)

static struct field number(uint8_t which, enum base base, double value)
{
    return (struct field){which, base, value, NULL, bases[base & 31].size};
}

static struct field string(uint8_t which, const char *text, size_t room)
{
    if (!text) text = "";
    return (struct field){which, STRING, 0, text, cut(text, room) + 1};
}

/* Seconds since the format's epoch, NaN for a missing instant. */
static double time_of(int64_t time_ms)
{
    if (time_ms == HAR_NO_TIME) return NAN;
    return (double)((time_ms - fit_epoch_ms) / 1000);
}

static double known(unsigned number)
{
    return number ? (double)number : NAN;
}

/* --- what the activity says of itself ----------------------------------------------- */

static void write_file_id(struct writer *w, const struct har_activity *a)
{
    const struct field fields[] = {
        number(0, ENUM, 4 /* activity */),
        number(1, UINT16, known(a->device.manufacturer)),
        number(2, UINT16, known(a->device.product)),
        number(3, UINT32Z, (double)a->device.serial),
        number(4, UINT32, time_of(a->created_ms)),
    };
    WRITE(w, LOCAL_ONCE, FILE_ID, fields);
}

static void write_device(struct writer *w, const struct har_activity *a)
{
    if (!a->device.name) return;
    const struct field fields[] = {
        number(253, UINT32, time_of(a->start_ms)),
        number(0, UINT8, 0 /* the device that made the file */),
        number(2, UINT16, known(a->device.manufacturer)),
        number(4, UINT16, known(a->device.product)),
        number(3, UINT32Z, (double)a->device.serial),
        string(27, a->device.name, STRING_ROOM),
    };
    WRITE(w, LOCAL_ONCE, DEVICE_INFO, fields);
}

enum timer { TIMER_START = 0, TIMER_STOP = 4 /* all */ };

static void write_timer(struct writer *w, int64_t time_ms, enum timer what)
{
    if (time_ms == HAR_NO_TIME) return;
    const struct field fields[] = {
        number(253, UINT32, time_of(time_ms)),
        number(0, ENUM, 0 /* timer */),
        number(1, ENUM, what),
    };
    WRITE(w, LOCAL_EVENT, EVENT, fields);
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
        number(254, UINT16, (double)index),
        number(253, UINT32, time_of(after(lap->start_ms, lap->elapsed_s))),
        number(2, UINT32, time_of(lap->start_ms)),
        number(7, UINT32, lap->elapsed_s * 1000),
        number(8, UINT32, lap->timer_s * 1000),
        number(9, UINT32, lap->distance_m * 100),
        number(15, UINT8, lap->heart_bpm),
        number(16, UINT8, lap->heart_max_bpm),
        number(21, UINT16, lap->ascent_m),
        number(23, ENUM, lap->intensity),
        number(24, ENUM, lap->trigger),
    };
    WRITE(w, LOCAL_LAP, LAP, fields);
}

static void write_session(struct writer *w, const struct har_activity *a, int64_t end_ms)
{
    const struct field fields[] = {
        number(254, UINT16, 0),
        number(253, UINT32, time_of(end_ms)),
        number(2, UINT32, time_of(a->start_ms)),
        number(5, ENUM, a->sport),
        number(6, ENUM, a->sub_sport),
        number(7, UINT32, a->elapsed_s * 1000),
        number(8, UINT32, a->timer_s * 1000),
        number(9, UINT32, a->distance_m * 100),
        number(11, UINT16, a->energy_kcal),
        number(16, UINT8, a->heart_bpm),
        number(17, UINT8, a->heart_max_bpm),
        number(22, UINT16, a->ascent_m),
        number(23, UINT16, a->descent_m),
        number(25, UINT16, a->lap_count ? 0 : NAN),
        number(26, UINT16, (double)a->lap_count),
        number(44, UINT16, a->pool_m * 100),
        number(59, UINT32, a->moving_s * 1000),
        string(110, a->name, STRING_ROOM),
    };
    WRITE(w, LOCAL_ONCE, SESSION, fields);
}

static void write_activity(struct writer *w, const struct har_activity *a, int64_t end_ms)
{
    bool told =
        a->offset_source == HAR_OFFSET_DEVICE || a->offset_source == HAR_OFFSET_USER;
    const struct field fields[] = {
        number(253, UINT32, time_of(end_ms)),
        number(0, UINT32, a->timer_s * 1000),
        number(1, UINT16, 1),
        number(2, ENUM, 0 /* manual */),
        number(3, ENUM, 26 /* activity */),
        number(4, ENUM, 1 /* stop */),
        number(5, UINT32, told ? time_of(end_ms) + a->utc_offset_s : NAN),
    };
    WRITE(w, LOCAL_ONCE, ACTIVITY, fields);
}

/* --- samples ------------------------------------------------------------------------- */

enum { CADENCE = 4, CADENCE_PARTS = 53 };

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
    bool fits = turns >= 0 && turns <= bases[UINT8].highest;
    fields[0] = number(CADENCE, UINT8, turns);
    fields[1] = number(CADENCE_PARTS, UINT8, fits ? parts - 128 * turns : NAN);
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
        number(0, UINT8, 0 /* developer data index */),
        number(1, UINT8, (double)n),
        number(2, UINT8, base),
        string(3, name, LABEL_ROOM),
        string(8, unit, LABEL_ROOM),
        number(14, UINT16, isnan(native) ? NAN : RECORD),
        number(15, UINT8, native),
    };
    WRITE(w, LOCAL_ONCE, FIELD_DESCRIPTION, fields);
}

static void write_descriptions(struct writer *w, const struct har_samples *samples,
                               const struct further *further)
{
    if (further->count == 0) return;
    const struct field id[] = {
        {1, BYTE, 'h', NULL, 16}, /* sixteen bytes that say whose fields these are */
        number(3, UINT8, 0),
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
    fields[count++] = number(253, UINT32, time_of(time_ms));
    for (size_t c = 0; c < COUNT(record_columns); c++) {
        const double *value = samples->channel[record_columns[c].channel];
        if (!value) continue;
        double scaled = (value[i] + record_columns[c].offset) * record_columns[c].scale;
        fields[count++] = number(record_columns[c].number, record_columns[c].base, scaled);
    }
    const double *cadence_spm = samples->channel[HAR_CADENCE_SPM];
    if (cadence_spm) count += add_cadence(cadence_spm[i], on_foot, fields + count);

    uint8_t extras = 0;
    if (further->milliseconds) {
        double rest_ms = time_ms == HAR_NO_TIME ? NAN : (double)(time_ms % 1000);
        fields[count++] = number(extras++, UINT16, rest_ms);
    }
    for (size_t e = 0; e < samples->extra_count; e++, extras++)
        fields[count++] =
            number(extras, further->base[extras], samples->extras[e].value[i]);
    write_message(w, LOCAL_RECORD, RECORD, fields, count, extras);
}

/* The pauses as a row of edges: at an even one the watch was stopped, at the odd one after
 * it it went on. */
static int64_t edge_ms(const struct har_activity *a, size_t edge)
{
    return edge % 2 == 0 ? a->pauses[edge / 2].from_ms : a->pauses[edge / 2].to_ms;
}

static void write_edge(struct writer *w, const struct har_activity *a, size_t edge)
{
    write_timer(w, edge_ms(a, edge), edge % 2 == 0 ? TIMER_STOP : TIMER_START);
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

static bool can_tell(int64_t time_ms)
{
    return time_ms == HAR_NO_TIME || (time_ms >= fit_epoch_ms && time_ms < fit_too_late_ms);
}

static har_status check(const struct har_activity *a, struct har_error *err)
{
    size_t wrong = 0;
    bool sound = can_tell(a->start_ms) && can_tell(a->created_ms);
    for (size_t i = 0; sound && i < a->lap_count; i++)
        sound = can_tell(a->laps[i].start_ms);
    for (size_t i = 0; sound && i < a->pause_count; i++)
        sound = can_tell(a->pauses[i].from_ms) && can_tell(a->pauses[i].to_ms);
    for (size_t i = 0; sound && i < a->samples.count; i++)
        if (!can_tell(a->samples.time_ms[i])) sound = false, wrong = i;
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

/* Fills the header that was left open, and closes the file. */
static void seal(struct har_text *file)
{
    uint8_t header[HEADER_SIZE] = {HEADER_SIZE, PROTOCOL_2_0};
    put_number(header + 2, PROFILE, 2);
    put_number(header + 4, file->size - HEADER_SIZE, 4);
    memcpy(header + 8, ".FIT", 4);
    put_number(header + 12, har_crc16((struct har_bytes){header, 12}), 2);
    memcpy(file->data, header, sizeof header);

    uint8_t tail[2];
    put_number(tail, har_crc16((struct har_bytes){(const uint8_t *)file->data, file->size}),
               sizeof tail);
    har_text_bytes(file, tail, sizeof tail);
}

har_status har_encode_fit(const struct har_activity *activity, struct har_arena *arena,
                          struct har_bytes *out, struct har_error *err)
{
    har_status status = check(activity, err);
    if (status != HAR_OK) return status;
    struct further further;
    if (!plan_further(&activity->samples, arena, &further))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the columns of a FIT file");

    struct writer w = {.file = {.arena = arena}};
    const uint8_t open[HEADER_SIZE] = {0};
    har_text_bytes(&w.file, open, sizeof open);
    write_file_id(&w, activity);
    write_device(&w, activity);
    write_descriptions(&w, &activity->samples, &further);
    write_timer(&w, activity->start_ms, TIMER_START);
    write_records(&w, activity, &further);
    int64_t end_ms = end_of(activity);
    write_timer(&w, end_ms, TIMER_STOP);
    for (size_t i = 0; i < activity->lap_count; i++) write_lap(&w, &activity->laps[i], i);
    write_session(&w, activity, end_ms);
    write_activity(&w, activity, end_ms);
    if (!w.file.failed) seal(&w.file);
    if (w.file.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a FIT file");
    *out = (struct har_bytes){(const uint8_t *)w.file.data, w.file.size};
    return HAR_OK;
}
