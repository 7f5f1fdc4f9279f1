/* SPDX-License-Identifier: MIT */
/* encode: the bytes of a small file held to the protocol by hand; what is written read
 * back, for activities made here and, where they are at hand, for real devices' files; and
 * what must fail. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/decode.h"
#include "harrier/encode.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const int64_t start_ms = 1702220400000; /* 2023-12-10T15:00:00Z */

/* --- activities made here ------------------------------------------------------------ */

/* An activity that knows nothing but its start. */
static struct har_activity blank(void)
{
    struct har_activity a = har_activity_blank();
    a.sport = HAR_SPORT_RUNNING;
    a.sub_sport = HAR_SUB_SPORT_STREET;
    a.start_ms = a.created_ms = start_ms;
    return a;
}

enum { SECONDS = 90 };

/* A run of 90 samples with every channel, two extra columns, a pause and two laps. */
struct run {
    int64_t time_ms[SECONDS];
    double channel[HAR_CHANNELS][SECONDS], oxygen[SECONDS], pressure[SECONDS];
    struct har_extra extras[2];
    struct har_lap laps[2];
    struct har_pause pause;
};

static struct har_activity full(struct run *run)
{
    struct har_activity a = blank();
    for (int i = 0; i < SECONDS; i++) {
        run->time_ms[i] = start_ms + 1000 * (i < 40 ? i : i + 30);
        run->channel[HAR_LAT_DEG][i] = 32.9620123 + 1e-5 * i;
        run->channel[HAR_LON_DEG][i] = -117.0700321 - 2e-5 * i;
        run->channel[HAR_ALTITUDE_M][i] = 242.4 - 0.2 * i;
        run->channel[HAR_DISTANCE_M][i] = 5.37 * i;
        run->channel[HAR_SPEED_MPS][i] = 5.37 + 0.001 * (i % 7);
        run->channel[HAR_HEART_BPM][i] = 120 + i / 2;
        run->channel[HAR_CADENCE_SPM][i] = 180 + i % 5 + 0.015625 * (i % 3);
        run->channel[HAR_POWER_W][i] = 400 + i;
        run->channel[HAR_TEMP_C][i] = i - 20;
        run->oxygen[i] = i % 4 ? 0.5 * i : NAN;
        run->pressure[i] = 1013.25 + i / 3.0;
    }
    run->extras[0] = (struct har_extra){"oxygen", "%", HAR_CHANNELS, run->oxygen};
    run->extras[1] = (struct har_extra){"air pressure", "hPa", HAR_CHANNELS, run->pressure};
    run->pause = (struct har_pause){run->time_ms[39], run->time_ms[40]};
    run->laps[0] = (struct har_lap){start_ms, 70, 39, 209.43, 3, 130, 139, 0, 0};
    run->laps[1] =
        (struct har_lap){start_ms + 70000, 49.5, 49.5, 268.5, NAN, 150, 164, 7, 1};

    a.name = "Half marathon, San Diego (race)";
    a.device = (struct har_device){255, 1, 3405691582, "Harrier simulated watch"};
    a.utc_offset_s = -8 * 3600;
    a.offset_source = HAR_OFFSET_DEVICE;
    a.elapsed_s = 119.5;
    a.timer_s = 88.5;
    a.moving_s = 88.25;
    a.distance_m = 477.93;
    a.ascent_m = 3;
    a.descent_m = 21;
    a.heart_bpm = 142;
    a.heart_max_bpm = 164;
    a.energy_kcal = 29;
    a.pool_m = 25;
    a.samples.count = SECONDS;
    a.samples.time_ms = run->time_ms;
    for (int c = 0; c < HAR_CHANNELS; c++) a.samples.channel[c] = run->channel[c];
    a.samples.extras = run->extras;
    a.samples.extra_count = 2;
    a.laps = run->laps;
    a.lap_count = 2;
    a.pauses = &run->pause;
    a.pause_count = 1;
    return a;
}

static struct har_bytes encode(const struct har_activity *a, struct har_arena *arena)
{
    struct har_bytes file = {0};
    struct har_error err = {0};
    if (har_encode_fit(a, arena, &file, &err) != HAR_OK) fail_msg("%s", err.message);
    return file;
}

/* Writes and reads back what must come back without a warning. */
static struct har_activity round_trip(const struct har_activity *a, struct har_arena *arena)
{
    struct har_recording recording = {0};
    struct har_error err = {0};
    if (har_decode(encode(a, arena), arena, &recording, &err) != HAR_OK)
        fail_msg("%s", err.message);
    assert_int_equal(recording.kind, HAR_FILE_ACTIVITY);
    assert_int_equal(recording.activity_count, 1);
    assert_int_equal(recording.warning_count, 0);
    return recording.activities[0];
}

/* --- comparing -------------------------------------------------------------------------
 */

/* The steps in which the format counts. */
static const double steps[HAR_CHANNELS] = {
    [HAR_LAT_DEG] = 180 / 0x1p31,
    [HAR_LON_DEG] = 180 / 0x1p31,
    [HAR_ALTITUDE_M] = 0.2,
    [HAR_DISTANCE_M] = 0.01,
    [HAR_SPEED_MPS] = 0.001,
    [HAR_HEART_BPM] = 1,
    [HAR_CADENCE_SPM] = 1 / 64.0,
    [HAR_POWER_W] = 1,
    [HAR_TEMP_C] = 1,
};

/* FIT has older fields that count otherwise, such as distance in 1/16 m. */
static bool is_on_step(double value, double step)
{
    return fabs(value / step - round(value / step)) < 1e-5;
}

/* `exact`: to the last bit, where the number is one that the step can hold. */
static void assert_same(const char *what, size_t i, double is, double was, double step,
                        bool exact)
{
    double error = exact && is_on_step(was, step) ? 0 : step / 2 * 1.000001;
    if (isnan(is) != isnan(was) || fabs(is - was) > error)
        fail_msg("%s of %zu: %.9f was %.9f", what, i, is, was);
}

static bool any_number(const double *column, size_t count)
{
    for (size_t i = 0; column && i < count; i++)
        if (!isnan(column[i])) return true;
    return false;
}

static void assert_same_column(const char *what, const double *is, const double *was,
                               size_t count, double step, bool exact)
{
    if (!any_number(was, count)) {
        assert_null(is);
        return;
    }
    assert_non_null(is);
    for (size_t i = 0; i < count; i++) assert_same(what, i, is[i], was[i], step, exact);
}

static void assert_same_samples(const struct har_samples *is, const struct har_samples *was,
                                bool exact)
{
    static const char *const names[HAR_CHANNELS] = {"latitude", "longitude", "altitude",
                                                    "distance", "speed",     "heart",
                                                    "cadence",  "power",     "temperature"};
    assert_int_equal(is->count, was->count);
    for (size_t i = 0; i < is->count; i++)
        if (is->time_ms[i] != was->time_ms[i]) fail_msg("time of %zu", i);
    for (int c = 0; c < HAR_CHANNELS; c++)
        assert_same_column(names[c], is->channel[c], was->channel[c], was->count, steps[c],
                           exact);
    size_t e = 0;
    for (size_t i = 0; i < was->extra_count; i++) {
        if (!any_number(was->extras[i].value, was->count)) continue;
        assert_true(e < is->extra_count);
        assert_string_equal(is->extras[e].name, was->extras[i].name);
        assert_string_equal(is->extras[e].unit, was->extras[i].unit);
        assert_int_equal(is->extras[e].stands_for, was->extras[i].stands_for);
        assert_same_column(was->extras[i].name, is->extras[e].value, was->extras[i].value,
                           was->count, 0, true);
        e++;
    }
    assert_int_equal(is->extra_count, e);
}

static int64_t to_the_second(int64_t time_ms)
{
    return time_ms == HAR_NO_TIME ? HAR_NO_TIME : time_ms / 1000 * 1000;
}

static void assert_same_activity(const struct har_activity *is,
                                 const struct har_activity *was, bool exact)
{
    assert_same_samples(&is->samples, &was->samples, exact);
    assert_int_equal(is->sport, was->sport);
    assert_int_equal(is->sub_sport, was->sub_sport);
    assert_true(is->start_ms == to_the_second(was->start_ms));
    assert_true(is->created_ms == to_the_second(was->created_ms));
    assert_int_equal(is->device.manufacturer, was->device.manufacturer);
    assert_int_equal(is->device.product, was->device.product);
    assert_true(is->device.serial == was->device.serial);
    if (was->offset_source == HAR_OFFSET_DEVICE) {
        assert_int_equal(is->offset_source, HAR_OFFSET_DEVICE);
        assert_int_equal(is->utc_offset_s, was->utc_offset_s);
    }
    if (was->name) assert_string_equal(is->name, was->name);
    else assert_null(is->name);

    /* One TCX writes joules there: more than the format's 16 bits hold is left out. */
    double energy_kcal = was->energy_kcal < 65535 ? was->energy_kcal : NAN;
    const struct {
        const char *what;
        double is, was, step;
    } totals[] = {
        {"elapsed", is->elapsed_s, was->elapsed_s, 0.001},
        {"timer", is->timer_s, was->timer_s, 0.001},
        {"moving", is->moving_s, was->moving_s, 0.001},
        {"distance", is->distance_m, was->distance_m, 0.01},
        {"ascent", is->ascent_m, was->ascent_m, 1},
        {"descent", is->descent_m, was->descent_m, 1},
        {"heart", is->heart_bpm, was->heart_bpm, 1},
        {"heart_max", is->heart_max_bpm, was->heart_max_bpm, 1},
        {"energy", is->energy_kcal, energy_kcal, 1},
        {"pool", is->pool_m, was->pool_m, 0.01},
    };
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++)
        assert_same(totals[i].what, 0, totals[i].is, totals[i].was, totals[i].step, exact);

    assert_int_equal(is->pause_count, was->pause_count);
    for (size_t i = 0; i < was->pause_count; i++) {
        assert_true(is->pauses[i].from_ms == to_the_second(was->pauses[i].from_ms));
        assert_true(is->pauses[i].to_ms == to_the_second(was->pauses[i].to_ms));
    }
    assert_int_equal(is->lap_count, was->lap_count);
    for (size_t i = 0; i < was->lap_count; i++) {
        const struct har_lap *a = &is->laps[i], *b = &was->laps[i];
        assert_true(a->start_ms == to_the_second(b->start_ms));
        assert_same("lap elapsed", i, a->elapsed_s, b->elapsed_s, 0.001, exact);
        assert_same("lap timer", i, a->timer_s, b->timer_s, 0.001, exact);
        assert_same("lap distance", i, a->distance_m, b->distance_m, 0.01, exact);
        assert_same("lap ascent", i, a->ascent_m, b->ascent_m, 1, exact);
        assert_same("lap heart", i, a->heart_bpm, b->heart_bpm, 1, exact);
        assert_same("lap heart_max", i, a->heart_max_bpm, b->heart_max_bpm, 1, exact);
        assert_int_equal(a->intensity, b->intensity);
        assert_int_equal(a->trigger, b->trigger);
    }
}

/* --- the bytes -------------------------------------------------------------------------
 */

/* The protocol, applied by hand to an activity of one sample. */
static void a_small_file_is_these_bytes(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_activity a = blank();
    double heart_bpm = 150, altitude_m = 100;
    a.samples.count = 1;
    a.samples.time_ms = &a.start_ms;
    a.samples.channel[HAR_HEART_BPM] = &heart_bpm;
    a.samples.channel[HAR_ALTITUDE_M] = &altitude_m;
    struct har_bytes file = encode(&a, &arena);

    /* The instant: 1702220400 - 631065600 = 0x3FD88670. The altitude: (100 + 500) * 5 =
     * 0x0BB8. Sizes and checksums of the header are looked at below. */
    /* clang-format off */
    static const uint8_t begin[] = {
        14, 0x20, 0x54, 0x08, 0, 0, 0, 0, '.', 'F', 'I', 'T', 0, 0,
        /* file_id: number, size, type of five fields; then they: an activity, no maker, no
         * product, no serial, made at ... */
        0x40, 0, 0, 0, 0, 5,
        0, 1, 0x00, 1, 2, 0x84, 2, 2, 0x84, 3, 4, 0x8C, 4, 4, 0x86,
        0, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0x70, 0x86, 0xD8, 0x3F,
        /* event: timestamp, timer, start */
        0x41, 0, 0, 21, 0, 3, 253, 4, 0x86, 0, 1, 0x00, 1, 1, 0x00,
        1, 0x70, 0x86, 0xD8, 0x3F, 0, 0,
        /* record: timestamp, enhanced altitude, heart rate */
        0x42, 0, 0, 20, 0, 3, 253, 4, 0x86, 78, 4, 0x86, 3, 1, 0x02,
        2, 0x70, 0x86, 0xD8, 0x3F, 0xB8, 0x0B, 0, 0, 150,
        /* event: timer, stop all */
        1, 0x70, 0x86, 0xD8, 0x3F, 0, 4,
    };
    /* clang-format on */
    assert_true(file.size > sizeof begin);
    assert_memory_equal(file.data, begin, 4);
    assert_memory_equal(file.data + 8, begin + 8, 4);
    assert_memory_equal(file.data + 14, begin + 14, sizeof begin - 14);

    size_t declared = file.data[4] | (size_t)file.data[5] << 8;
    assert_int_equal(file.size, 14 + declared + 2);
    /* CRC-16/ARC, bit by bit: 0xBB3D for the catalogue's check, and 0 over data and CRC. */
    const struct {
        const char *of;
        struct har_bytes bytes;
        unsigned crc;
    } sums[] = {
        {"check", {(const uint8_t *)"123456789", 9}, 0xBB3D},
        {"header", {file.data, 14}, 0},
        {"file", file, 0},
    };
    for (size_t s = 0; s < 3; s++) {
        unsigned crc = 0;
        for (size_t i = 0; i < sums[s].bytes.size; i++) {
            crc ^= sums[s].bytes.data[i];
            for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
        }
        if (crc != sums[s].crc) fail_msg("checksum of the %s: %04x", sums[s].of, crc);
    }
    har_arena_free(&arena);
}

/* Whoever joins the messages by their definitions ends exactly at the end, and knows every
 * developer field before its first use. */
static void every_message_has_a_definition(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct run run;
    struct har_activity a = full(&run);
    struct har_bytes file = encode(&a, &arena);
    size_t size[16] = {0}, messages = 0, described = 0, at = 14;
    unsigned message[16] = {0};
    while (at < file.size - 2) {
        unsigned header = file.data[at++], local = header & 15;
        if (header & 0x40) {
            message[local] = file.data[at + 2] + 256u * file.data[at + 3];
            size[local] = 0;
            at += 4;
            for (unsigned list = 0; list < (header & 0x20 ? 2u : 1u); list++) {
                for (unsigned left = file.data[at++]; left > 0; left--, at += 3) {
                    size[local] += file.data[at + 1];
                    if (list == 1) assert_true(file.data[at] < described);
                }
            }
        } else {
            assert_true(size[local] > 0);
            at += size[local];
            messages++;
            if (message[local] == 206) described++;
        }
    }
    assert_int_equal(at, file.size - 2);
    assert_int_equal(described, 2);
    /* file_id, device_info, developer_data_id, 2 descriptions, 4 events, records, 2 laps,
     * session, activity */
    assert_int_equal(messages, 1 + 1 + 1 + 2 + 4 + SECONDS + 2 + 1 + 1);
    har_arena_free(&arena);
}

/* --- there and back ----------------------------------------------------------------------
 */

static void a_full_activity_comes_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct run run;
    struct har_activity a = full(&run), once = round_trip(&a, &arena);
    assert_same_activity(&once, &a, false);
    assert_non_null(strstr(once.device.name, a.device.name));
    struct har_activity twice = round_trip(&once, &arena);
    assert_same_activity(&twice, &once, true);
    har_arena_free(&arena);
}

static void what_is_missing_stays_missing(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct run run;
    struct har_activity a = full(&run);
    /* One number in each column, and an instant that is not known. */
    for (int c = 0; c < HAR_CHANNELS; c++)
        for (int i = 0; i < SECONDS; i++)
            if (i != 3 * c) run.channel[c][i] = NAN;
    run.time_ms[7] = HAR_NO_TIME;
    struct har_activity back = round_trip(&a, &arena);
    assert_same_activity(&back, &a, false);

    /* No number anywhere. */
    a = blank();
    a.samples.count = SECONDS;
    a.samples.time_ms = run.time_ms;
    for (int i = 0; i < SECONDS; i++) run.channel[0][i] = NAN;
    for (int c = 0; c < HAR_CHANNELS; c++) a.samples.channel[c] = run.channel[0];
    run.extras[0].value = run.channel[0];
    a.samples.extras = run.extras;
    a.samples.extra_count = 1;
    back = round_trip(&a, &arena);
    assert_same_activity(&back, &a, false);

    /* No samples, no laps, not even a start. */
    a = blank();
    back = round_trip(&a, &arena);
    assert_same_activity(&back, &a, false);
    a.start_ms = a.created_ms = HAR_NO_TIME;
    a.elapsed_s = 3600;
    back = round_trip(&a, &arena);
    assert_same_activity(&back, &a, false);
    har_arena_free(&arena);
}

/* What the base type cannot hold becomes a missing number, never another number. */
static void what_does_not_fit_is_missing(void **state)
{
    (void)state;
    static const struct {
        enum har_channel channel;
        double value, is;
    } rows[] = {
        {HAR_HEART_BPM, 255, NAN},       {HAR_HEART_BPM, -1, NAN},
        {HAR_HEART_BPM, 254.4, 254},     {HAR_POWER_W, 65535, NAN},
        {HAR_POWER_W, 65534, 65534},     {HAR_TEMP_C, 127, NAN},
        {HAR_TEMP_C, -128, -128},        {HAR_TEMP_C, -129, NAN},
        {HAR_ALTITUDE_M, -500.2, NAN},   {HAR_ALTITUDE_M, -430.6, -430.6},
        {HAR_DISTANCE_M, -0.01, NAN},    {HAR_DISTANCE_M, 42949672.94, 42949672.94},
        {HAR_DISTANCE_M, 42949673, NAN}, {HAR_LON_DEG, -180, -180},
        {HAR_LON_DEG, 180, NAN},         {HAR_SPEED_MPS, INFINITY, NAN},
        {HAR_CADENCE_SPM, -2, NAN},      {HAR_CADENCE_SPM, 512, NAN},
    };
    struct har_arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct har_activity a = blank();
        /* The other samples keep the column, and the cadence, plain. */
        int64_t time_ms[3] = {start_ms, start_ms + 1000, start_ms + 2000};
        double value[3] = {rows[i].value, 100, 100};
        a.samples.count = 3;
        a.samples.time_ms = time_ms;
        a.samples.channel[rows[i].channel] = value;
        struct har_activity back = round_trip(&a, &arena);
        assert_non_null(back.samples.channel[rows[i].channel]);
        assert_same("row", i, back.samples.channel[rows[i].channel][0], rows[i].is, 1e-6,
                    false);
        assert_same("neighbour of row", i, back.samples.channel[rows[i].channel][1], 100,
                    1e-5, false);
    }
    har_arena_free(&arena);
}

static void milliseconds_survive_in_samples(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct run run;
    struct har_activity a = full(&run);
    for (int i = 0; i < SECONDS; i++) run.time_ms[i] += i * 37 % 1000;
    struct har_bytes file = encode(&a, &arena);
    struct har_activity back = round_trip(&a, &arena);
    for (int i = 0; i < SECONDS; i++)
        assert_true(back.samples.time_ms[i] == run.time_ms[i]);
    assert_int_equal(back.samples.extra_count, 2);

    /* Whole seconds need no such field. */
    struct har_activity plain = full(&run);
    assert_true(encode(&plain, &arena).size + 2 * SECONDS < file.size);
    har_arena_free(&arena);
}

static void extra_columns_keep_every_bit(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_activity a = blank();
    enum { COLUMNS = 40 };
    int64_t time_ms[3] = {start_ms, start_ms + 1000, start_ms + 2000};
    double third[3] = {1 / 3.0, 1e300, -0.0}, half[3] = {0.5, -0.25, NAN};
    double big[3] = {3e38, 3.5e38, NAN};
    struct har_extra extras[COLUMNS];
    char names[COLUMNS][16];
    for (size_t i = 0; i < COLUMNS; i++) {
        snprintf(names[i], sizeof names[i], "column %zu", i);
        extras[i] = (struct har_extra){names[i], i % 2 ? "m" : "", HAR_CHANNELS,
                                       i % 3 == 0   ? third
                                       : i % 3 == 1 ? half
                                                    : big};
    }
    a.samples = (struct har_samples){
        .count = 3, .time_ms = time_ms, .extra_count = COLUMNS, .extras = extras};
    struct har_activity back = round_trip(&a, &arena);
    assert_int_equal(back.samples.extra_count, COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        assert_string_equal(back.samples.extras[i].name, names[i]);
        assert_string_equal(back.samples.extras[i].unit, extras[i].unit);
        for (size_t k = 0; k < 3; k++)
            assert_true(
                back.samples.extras[i].value[k] == extras[i].value[k] ||
                (isnan(back.samples.extras[i].value[k]) && isnan(extras[i].value[k])));
    }
    har_arena_free(&arena);
}

static void long_texts_are_cut_between_letters(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct run run;
    struct har_activity a = full(&run);
    char name[400] = "x", column[100] = "";
    while (strlen(name) < 300) strcat(name, "\xC3\xA9");            /* odd offsets */
    while (strlen(column) < 90) strcat(column, "\xF0\x9F\x8F\x83"); /* 4 bytes each */
    a.name = name;
    run.extras[0].name = column;
    struct har_activity back = round_trip(&a, &arena);
    assert_int_equal(strlen(back.name), 253);
    assert_memory_equal(back.name, name, 253);
    assert_int_equal(strlen(back.samples.extras[0].name), 60);
    assert_memory_equal(back.samples.extras[0].name, column, 60);
    har_arena_free(&arena);
}

/* Stops and starts at the edges, at the same instant, and after the last sample. */
static void pauses_come_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct run run;
    struct har_activity a = full(&run);
    struct har_pause pauses[] = {
        {start_ms, start_ms + 5000},
        {start_ms + 5000, start_ms + 6000},
        {start_ms + 39000, start_ms + 70000},
        {start_ms + 119000, start_ms + 300000},
        {start_ms + 400000, start_ms + 401000},
    };
    a.pauses = pauses;
    a.pause_count = sizeof pauses / sizeof pauses[0];
    struct har_activity back = round_trip(&a, &arena);
    assert_same_activity(&back, &a, false);
    har_arena_free(&arena);
}

/* --- what must fail
 * ------------------------------------------------------------------------ */

static void instants_beyond_the_format_are_refused(void **state)
{
    (void)state;
    static const struct {
        int64_t time_ms;
        har_status status;
    } rows[] = {
        {631065600000 - 1, HAR_OUT_OF_RANGE},
        {631065600000, HAR_OK},
        {4922899200000 - 1, HAR_OK},
        {4922899200000, HAR_OUT_OF_RANGE},
        {0, HAR_OUT_OF_RANGE},
        {INT64_MAX, HAR_OUT_OF_RANGE},
    };
    struct har_arena arena = {0};
    struct run run;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int where = 0; where < 5; where++) {
            struct har_activity a = full(&run);
            int64_t *at[] = {&a.start_ms, &a.created_ms, &run.time_ms[9],
                             &run.laps[1].start_ms, &run.pause.to_ms};
            *at[where] = rows[i].time_ms;
            struct har_bytes file = {0};
            struct har_error err = {0};
            assert_int_equal(har_encode_fit(&a, &arena, &file, &err), rows[i].status);
            assert_int_equal(err.status, rows[i].status);
            if (where == 2 && rows[i].status != HAR_OK) assert_int_equal(err.offset, 9);
        }
    har_arena_free(&arena);
}

static void more_columns_than_the_format_holds_are_refused(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_activity a = blank();
    double value = 1;
    struct har_extra extras[256];
    for (size_t i = 0; i < 256; i++)
        extras[i] = (struct har_extra){"column", "", HAR_CHANNELS, &value};
    a.samples = (struct har_samples){
        .count = 1, .time_ms = &a.start_ms, .extra_count = 255, .extras = extras};
    struct har_bytes file;
    assert_int_equal(har_encode_fit(&a, &arena, &file, NULL), HAR_OK);
    a.samples.extra_count = 256;
    assert_int_equal(har_encode_fit(&a, &arena, &file, NULL), HAR_OUT_OF_RANGE);
    int64_t broken_ms = start_ms + 500; /* needs a field for itself */
    a.samples.time_ms = &broken_ms;
    a.samples.extra_count = 255;
    assert_int_equal(har_encode_fit(&a, &arena, &file, NULL), HAR_OUT_OF_RANGE);
    har_arena_free(&arena);
}

/* --- plans for a watch -------------------------------------------------------------------
 */

enum { POINTS = 5, MARKS = 2, STEPS = 3 };
static const double point_lat_deg[POINTS] = {51.5, 51.501, 51.502, 51.503, 51.504};
static const double point_lon_deg[POINTS] = {-0.1, -0.1, -0.1001, -0.1002, -0.1};
static const double point_altitude_m[POINTS] = {10, 12, 14.2, 13, 9.8};
static const double point_m[POINTS] = {0, 111.2, 222.6, 334.1, 446};
static const double point_s[POINTS] = {0, 20.4, 41, 41.3, 82};
static const double mark_m[MARKS] = {200, 446};
static const char *const mark_name[MARKS] = {"200 m 0:37", "the finish, at last, 1:22"};

static struct har_fit_course planned_course(void)
{
    return (struct har_fit_course){.name = "Round the park",
                                   .start_ms = start_ms,
                                   .count = POINTS,
                                   .lat_deg = point_lat_deg,
                                   .lon_deg = point_lon_deg,
                                   .altitude_m = point_altitude_m,
                                   .distance_m = point_m,
                                   .time_s = point_s,
                                   .mark_count = MARKS,
                                   .mark_m = mark_m,
                                   .mark_name = mark_name};
}

static bool holds(struct har_bytes file, const void *bytes, size_t size)
{
    for (size_t i = 0; i + size <= file.size; i++)
        if (memcmp(file.data + i, bytes, size) == 0) return true;
    return false;
}

/* What is written decodes as the same points and times. Two that fall into one second are
 * one point, as FIT tells whole seconds. */
static void a_course_reads_back(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_bytes file;
    struct har_recording recording;
    struct har_fit_course course = planned_course();
    assert_int_equal(har_encode_fit_course(&course, &arena, &file, NULL), HAR_OK);
    assert_int_equal(har_decode(file, &arena, &recording, NULL), HAR_OK);
    assert_int_equal(recording.kind, HAR_FILE_COURSE);
    assert_int_equal(recording.warning_count, 0);
    assert_int_equal(recording.activity_count, 1);
    const struct har_activity *a = &recording.activities[0];
    assert_string_equal(a->name, "Round the park");
    static const size_t kept[] = {0, 1, 2, 4};
    assert_int_equal(a->samples.count, 4);
    for (size_t i = 0; i < 4; i++) {
        size_t was = kept[i];
        assert_int_equal(a->samples.time_ms[i], start_ms + (int64_t)point_s[was] * 1000);
        assert_true(fabs(a->samples.channel[HAR_LAT_DEG][i] - point_lat_deg[was]) < 1e-7);
        assert_true(fabs(a->samples.channel[HAR_LON_DEG][i] - point_lon_deg[was]) < 1e-7);
        assert_true(fabs(a->samples.channel[HAR_DISTANCE_M][i] - point_m[was]) < 0.0051);
        assert_true(fabs(a->samples.channel[HAR_ALTITUDE_M][i] - point_altitude_m[was]) <=
                    0.1001);
    }
    assert_true(holds(file, "200 m 0:37", 11));
    assert_true(holds(file, "the finish, at ", 15) && !holds(file, "the finish, at l", 16));
    har_arena_free(&arena);
}

static struct har_workout_step step_of(const char *cue, double metres, double slow_mps,
                                       double fast_mps)
{
    struct har_workout_step step = har_step_blank();
    step.cue = cue;
    step.until = HAR_UNTIL_DISTANCE;
    step.amount = metres;
    step.aim = HAR_AIM_PACE;
    step.per_m = 1000;
    step.low = step.slow_mps = slow_mps;
    step.high = step.fast_mps = fast_mps;
    return step;
}

/* The numbers of a step as the profile has them: centimetres, mm/s, the slower first. */
static void a_workout_has_its_steps(void **state)
{
    (void)state;
    struct har_workout_step step[STEPS] = {step_of("one", 1000, 3.96, 4.04),
                                           step_of("two", 2000, 3.9, 4.1),
                                           step_of("end", 97.5, 4, 5)};
    const struct har_workout_section all = {.amount = NAN, .count = STEPS};
    const struct har_workout workout = {"Even", 1, &all, STEPS, step};
    struct har_arena arena = {0};
    struct har_bytes file;
    struct har_recording recording;
    assert_int_equal(har_encode_workout_fit(&workout, start_ms, &arena, &file, NULL),
                     HAR_OK);
    assert_int_equal(har_decode(file, &arena, &recording, NULL), HAR_OK);
    assert_int_equal(recording.kind, HAR_FILE_WORKOUT);
    assert_int_equal(recording.warning_count, 0);
    /* To a distance of 100,000 cm, a speed between 3960 and 4040 mm/s, active. */
    static const uint8_t first[] = {1,    0xA0, 0x86, 1, 0,    0,    0, 0, 0, 0,
                                    0x78, 0x0F, 0,    0, 0xC8, 0x0F, 0, 0, 0};
    assert_true(holds(file, first, sizeof first));
    static const uint8_t last[] = {1, 0x16, 0x26, 0, 0, 0};
    assert_true(holds(file, last, sizeof last));
    assert_true(holds(file, "one", 4) && holds(file, "end", 4));
    har_arena_free(&arena);
}

static void plans_that_cannot_be(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_bytes file;
    struct har_fit_course late = planned_course(), one = late, back = late;
    static const double backwards_s[POINTS] = {0, 20, 19, 30, 40};
    late.start_ms = INT64_C(4922899200000);
    one.count = 1;
    back.time_s = backwards_s;
    struct har_fit_course nearer = late, north = late, east = late, before = late,
                          early = late, timeless = late, long_s = late, far_m = late;
    static const double nearer_m[POINTS] = {0, 100, 90, 200, 300},
                        before_m[POINTS] = {-1, 100, 200, 300, 400},
                        early_s[POINTS] = {-1, 20, 30, 40, 50},
                        long_away_s[POINTS] = {0, 20, 30, 40, 1e9},
                        far_away_m[POINTS] = {0, 100, 200, 300, 1e8},
                        north_deg[POINTS] = {91, 91, 91, 91, 91},
                        east_deg[POINTS] = {181, 181, 181, 181, 181};
    nearer.start_ms = north.start_ms = east.start_ms = before.start_ms = start_ms;
    early.start_ms = long_s.start_ms = far_m.start_ms = back.start_ms = start_ms;
    timeless.start_ms = HAR_NO_TIME;
    nearer.distance_m = nearer_m;
    before.distance_m = before_m;
    far_m.distance_m = far_away_m;
    early.time_s = early_s;
    long_s.time_s = long_away_s;
    north.lat_deg = north_deg;
    east.lon_deg = east_deg;
    const struct har_fit_course *const courses[] = {&late,     &one,    &back,   &nearer,
                                                    &north,    &east,   &before, &early,
                                                    &timeless, &long_s, &far_m};
    for (size_t i = 0; i < sizeof courses / sizeof *courses; i++)
        assert_int_equal(har_encode_fit_course(courses[i], &arena, &file, NULL),
                         HAR_OUT_OF_RANGE);
    struct har_workout_step sound = step_of("a", 100, 3, 4), over = step_of("a", 100, 4, 3);
    const struct har_workout_section all = {.amount = NAN, .count = 1};
    const struct har_workout none = {"x", 0, NULL, 0, &sound},
                             turned = {"x", 1, &all, 1, &over},
                             workout = {"x", 1, &all, 1, &sound};
    assert_int_equal(har_encode_workout_fit(&none, start_ms, &arena, &file, NULL),
                     HAR_OUT_OF_RANGE);
    assert_int_equal(har_encode_workout_fit(&turned, start_ms, &arena, &file, NULL),
                     HAR_NO_ANSWER);
    assert_int_equal(har_encode_workout_fit(&workout, HAR_NO_TIME, &arena, &file, NULL),
                     HAR_OUT_OF_RANGE);
    struct har_fit_course course = planned_course();
    for (size_t limit = 1; limit < 200; limit += 13) {
        struct har_arena little = {.limit = limit};
        assert_int_equal(har_encode_fit_course(&course, &little, &file, NULL),
                         HAR_NO_MEMORY);
        assert_int_equal(har_encode_workout_fit(&workout, start_ms, &little, &file, NULL),
                         HAR_NO_MEMORY);
        har_arena_free(&little);
    }
    har_arena_free(&arena);
}

static har_status encode_within(struct har_arena *arena, const void *activity,
                                struct har_error *err)
{
    struct har_bytes file;
    return har_encode_fit(activity, arena, &file, err);
}

static har_status course_within(struct har_arena *arena, const void *course,
                                struct har_error *err)
{
    struct har_bytes file;
    return har_encode_fit_course(course, arena, &file, err);
}

static void any_memory_limit_fails_cleanly(void **state)
{
    (void)state;
    struct run run;
    struct har_activity a = full(&run);
    struct har_fit_course course = planned_course();
    assert_int_equal(scarce_memory(encode_within, &a), HAR_OK);
    assert_int_equal(scarce_memory(course_within, &course), HAR_OK);
}

/* --- real files
 * ------------------------------------------------------------------------------ */

static struct {
    char path[4096]; /* of the file in hand */
    size_t files, activities, samples;
} seen;

/* The whole file, .gz or not; the caller frees it. */
static uint8_t *read_file(const char *path, size_t *size)
{
    gzFile in = gzopen(path, "rb");
    size_t room = 1 << 20;
    uint8_t *data = in ? malloc(room) : NULL;
    *size = 0;
    if (!in) return NULL;
    gzbuffer(in, 1 << 17);
    for (int got; data && (got = gzread(in, data + *size, (unsigned)(room - *size))) > 0;) {
        *size += (size_t)got;
        if (*size == room) data = realloc(data, room *= 2);
    }
    gzclose(in);
    return data;
}

/* Whatever decodes must come back: from FIT to the last bit, from TCX and GPX to the step.
 */
static void check_recording(const struct har_recording *recording, enum har_format format,
                            struct har_arena *arena)
{
    for (size_t i = 0; i < recording->activity_count; i++) {
        const struct har_activity *was = &recording->activities[i];
        struct har_bytes file;
        if (har_encode_fit(was, arena, &file, NULL) == HAR_OUT_OF_RANGE) continue;
        struct har_activity is = round_trip(was, arena);
        assert_same_activity(&is, was, format == HAR_FORMAT_FIT);
        seen.activities++;
        seen.samples += was->samples.count;
    }
}

static int check_file(const char *path, const struct stat *about, int type,
                      struct FTW *where)
{
    (void)about;
    (void)where;
    if (type != FTW_F) return 0;
    snprintf(seen.path, sizeof seen.path, "%s", path);
    size_t size = 0;
    uint8_t *data = read_file(path, &size);
    struct har_bytes bytes = {data, size};
    struct har_arena arena = {0};
    struct har_recording recording = {0};
    enum har_format format = data ? har_sniff(bytes) : HAR_FORMAT_UNKNOWN;
    if (format != HAR_FORMAT_UNKNOWN &&
        har_decode(bytes, &arena, &recording, NULL) == HAR_OK) {
        seen.files++;
        check_recording(&recording, format, &arena);
    }
    har_arena_free(&arena);
    free(data);
    seen.path[0] = 0;
    return 0;
}

/* The name of the file on which the test ended, if it did not end well. */
static int say_where(void **state)
{
    (void)state;
    if (seen.path[0]) print_message("the file was %s\n", seen.path);
    return 0;
}

static void check_folder(const char *path)
{
    memset(&seen, 0, sizeof seen);
    if (nftw(path, check_file, 16, 0) != 0 || seen.activities == 0) {
        print_message("there are no files at %s\n", path);
        skip();
    }
    print_message("%zu files, %zu activities, %zu samples\n", seen.files, seen.activities,
                  seen.samples);
}

static void fixtures_come_back(void **state)
{
    (void)state;
    char path[4096];
    const char *root = getenv("HARRIER_ROOT");
    snprintf(path, sizeof path, "%s/tests/files", root ? root : ".");
    check_folder(path);
}

static void check_data(const char *part)
{
    char path[4096];
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    snprintf(path, sizeof path, "%s%s/activities/%s",
             data   ? data
             : root ? root
                    : ".",
             data ? "" : "/../shared/data", part);
    check_folder(path);
}

static void real_conformance_files_come_back(void **state)
{
    (void)state;
    check_data("conformance");
}

static void real_seasons_come_back(void **state)
{
    (void)state;
    check_data("seasons");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_file_is_these_bytes),
        cmocka_unit_test(every_message_has_a_definition),
        cmocka_unit_test(a_full_activity_comes_back),
        cmocka_unit_test(what_is_missing_stays_missing),
        cmocka_unit_test(what_does_not_fit_is_missing),
        cmocka_unit_test(milliseconds_survive_in_samples),
        cmocka_unit_test(extra_columns_keep_every_bit),
        cmocka_unit_test(long_texts_are_cut_between_letters),
        cmocka_unit_test(pauses_come_back),
        cmocka_unit_test(instants_beyond_the_format_are_refused),
        cmocka_unit_test(more_columns_than_the_format_holds_are_refused),
        cmocka_unit_test(a_course_reads_back),
        cmocka_unit_test(a_workout_has_its_steps),
        cmocka_unit_test(plans_that_cannot_be),
        cmocka_unit_test(any_memory_limit_fails_cleanly),
        cmocka_unit_test_teardown(fixtures_come_back, say_where),
        cmocka_unit_test_teardown(real_conformance_files_come_back, say_where),
        cmocka_unit_test_teardown(real_seasons_come_back, say_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
