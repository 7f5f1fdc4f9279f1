/* SPDX-License-Identifier: MIT */
/* decode, FIT: files made here byte by byte; the same through every cut, every memory limit
 * and every flipped byte; and, where they are at hand, real devices' files against what the
 * vendor's decoder read from them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/decode.h"

#include <ftw.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* --- a FIT file, byte by byte ------------------------------------------------------- */

struct bytes {
    uint8_t data[8192];
    size_t size;
};

static void put(struct bytes *b, const void *data, size_t size)
{
    assert_true(b->size + size <= sizeof b->data);
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

static void put_uint(struct bytes *b, uint64_t value, unsigned width, bool big)
{
    for (unsigned i = 0; i < width; i++) {
        uint8_t byte = (uint8_t)(value >> 8 * (big ? width - 1 - i : i));
        put(b, &byte, 1);
    }
}

/* Begins a part; returns where. */
static size_t begin_part(struct bytes *b, unsigned header_size)
{
    size_t start = b->size;
    put_uint(b, header_size, 1, false);
    put_uint(b, 0x20, 1, false);
    put_uint(b, 2132, 2, false);
    put_uint(b, 0, 4, false);
    put(b, ".FIT", 4);
    if (header_size == 14) put_uint(b, 0, 2, false);
    return start;
}

static void end_part(struct bytes *b, size_t start)
{
    size_t header = b->data[start], size = b->size - start - header;
    for (unsigned i = 0; i < 4; i++) b->data[start + 4 + i] = (uint8_t)(size >> 8 * i);
    if (header == 14) {
        unsigned crc = har_crc16((struct har_bytes){b->data + start, 12});
        b->data[start + 12] = (uint8_t)crc;
        b->data[start + 13] = (uint8_t)(crc >> 8);
    }
    put_uint(b, har_crc16((struct har_bytes){b->data + start, b->size - start}), 2, false);
}

struct field {
    uint8_t number, size, type;
};

static void define(struct bytes *b, unsigned local, unsigned message, bool big,
                   const struct field *fields, unsigned count)
{
    put_uint(b, 0x40 | local, 1, false);
    put_uint(b, 0, 1, false);
    put_uint(b, big, 1, false);
    put_uint(b, message, 2, big);
    put_uint(b, count, 1, false);
    put(b, fields, count * sizeof *fields);
}

enum { START = 1000000000 }; /* FIT seconds: 2021-09-08T01:46:40Z */
static const int64_t start_ms = (START + INT64_C(631065600)) * 1000;

static void put_file_id(struct bytes *b, unsigned type, bool big)
{
    static const struct field fields[] = {
        {0, 1, 0x00}, {1, 2, 0x84}, {3, 4, 0x8c}, {4, 4, 0x86}};
    define(b, 0, 0, big, fields, 4);
    put_uint(b, 0, 1, false);
    put_uint(b, type, 1, big);
    put_uint(b, 1, 2, big);
    put_uint(b, 123456, 4, big);
    put_uint(b, START, 4, big);
}

static const struct field record_fields[] = {{253, 4, 0x86}, {0, 4, 0x85}, {1, 4, 0x85},
                                             {2, 2, 0x84},   {3, 1, 0x02}, {4, 1, 0x02},
                                             {5, 4, 0x86},   {6, 2, 0x84}, {13, 1, 0x01}};

static void put_record(struct bytes *b, unsigned i, bool big)
{
    put_uint(b, 1, 1, false);
    put_uint(b, START + i, 4, big);
    put_uint(b, 477218588u + i, 4, big); /* 40 degrees and a bit */
    put_uint(b, (uint32_t)(-1193046471 - (int)i), 4, big);
    put_uint(b, 3000 + i, 2, big); /* 100 m and i * 0.2 */
    put_uint(b, 140 + i, 1, big);
    put_uint(b, 85, 1, big);
    put_uint(b, 300 * i, 4, big);
    put_uint(b, 3000, 2, big);
    put_uint(b, (uint8_t)-3, 1, big);
}

static void put_session(struct bytes *b, unsigned sport, unsigned start, unsigned elapsed_s,
                        bool big)
{
    static const struct field fields[] = {{253, 4, 0x86}, {2, 4, 0x86}, {5, 1, 0x00},
                                          {6, 1, 0x00},   {7, 4, 0x86}, {8, 4, 0x86},
                                          {9, 4, 0x86},   {22, 2, 0x84}};
    define(b, 2, 18, big, fields, 8);
    put_uint(b, 2, 1, false);
    put_uint(b, start + elapsed_s, 4, big);
    put_uint(b, start, 4, big);
    put_uint(b, sport, 1, big);
    put_uint(b, 4, 1, big);
    put_uint(b, elapsed_s * 1000, 4, big);
    put_uint(b, elapsed_s * 1000 - 500, 4, big);
    put_uint(b, 4200, 4, big);
    put_uint(b, 11, 2, big);
}

static void put_run(struct bytes *b, unsigned header_size, bool big)
{
    size_t start = begin_part(b, header_size);
    put_file_id(b, 4, big);
    define(b, 1, 20, big, record_fields, 9);
    for (unsigned i = 0; i < 10; i++) put_record(b, i, big);
    put_session(b, HAR_SPORT_RUNNING, START, 10, big);
    end_part(b, start);
}

static struct har_bytes bytes_of(const struct bytes *b)
{
    return (struct har_bytes){b->data, b->size};
}

/* Decodes what must decode. */
static struct har_recording decoded(const struct bytes *b, struct har_arena *arena)
{
    struct har_recording file;
    struct har_error err = {0};
    if (har_decode(bytes_of(b), arena, &file, &err) != HAR_OK) fail_msg("%s", err.message);
    return file;
}

static void check_run(const struct har_activity *a)
{
    assert_int_equal(a->sport, HAR_SPORT_RUNNING);
    assert_int_equal(a->sub_sport, HAR_SUB_SPORT_TRACK);
    assert_true(a->start_ms == start_ms);
    assert_true(a->elapsed_s == 10 && a->timer_s == 9.5 && a->distance_m == 42);
    assert_true(a->ascent_m == 11 && isnan(a->heart_bpm) && isnan(a->descent_m));
    assert_int_equal(a->device.serial, 123456);
    assert_string_equal(a->device.name, "garmin");
    assert_int_equal(a->samples.count, 10);
    assert_null(a->samples.channel[HAR_POWER_W]);
    for (size_t i = 0; i < 10; i++) {
        assert_true(a->samples.time_ms[i] == start_ms + (int64_t)i * 1000);
        double lat = a->samples.channel[HAR_LAT_DEG][i];
        double lon = a->samples.channel[HAR_LON_DEG][i];
        assert_true(fabs(lat - (477218588.0 + (double)i) * 180 / 2147483648.0) < 1e-12);
        assert_true(fabs(lon - (-1193046471.0 - (double)i) * 180 / 2147483648.0) < 1e-12);
        assert_true(a->samples.channel[HAR_ALTITUDE_M][i] ==
                    (3000.0 + (double)i) / 5 - 500);
        assert_true(a->samples.channel[HAR_HEART_BPM][i] == 140 + (double)i);
        assert_true(a->samples.channel[HAR_CADENCE_SPM][i] == 170);
        assert_true(a->samples.channel[HAR_DISTANCE_M][i] == 3 * (double)i);
        assert_true(a->samples.channel[HAR_SPEED_MPS][i] == 3);
        assert_true(a->samples.channel[HAR_TEMP_C][i] == -3);
    }
}

/* --- the protocol --------------------------------------------------------------------- */

static void both_byte_orders_and_headers_say_the_same(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct bytes b = {.size = 0};
        struct har_arena arena = {0};
        put_run(&b, kind & 1 ? 12 : 14, kind & 2);
        assert_int_equal(har_sniff(bytes_of(&b)), HAR_FORMAT_FIT);
        struct har_recording file = decoded(&b, &arena);
        assert_int_equal(file.warning_count, 0);
        assert_int_equal(file.activity_count, 1);
        check_run(&file.activities[0]);
        har_arena_free(&arena);
    }
}

static void chained_files_give_several_activities(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    put_run(&b, 14, false);
    put_run(&b, 12, true);
    put_run(&b, 14, true);
    struct har_recording file = decoded(&b, &arena);
    assert_int_equal(file.warning_count, 0);
    assert_int_equal(file.activity_count, 3);
    for (size_t i = 0; i < 3; i++) check_run(&file.activities[i]);
    har_arena_free(&arena);
}

static void a_settings_file_is_sound_and_holds_no_run(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 2, false);
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    assert_int_equal(file.kind, HAR_FILE_OTHER);
    assert_string_equal(file.kind_name, "settings");
    assert_int_equal(file.activity_count, 0);
    har_arena_free(&arena);
}

/* Local types 0-3 and a 5-bit clock that rolls over. */
static void compressed_timestamps_go_on_from_the_last(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const struct field timed[] = {{253, 4, 0x86}, {3, 1, 0x02}},
                              untimed[] = {{3, 1, 0x02}};
    size_t start = begin_part(&b, 12);
    put_file_id(&b, 4, false);
    define(&b, 1, 20, false, timed, 2);
    put_uint(&b, 1, 1, false);
    put_uint(&b, START, 4, false); /* START % 32 is 0 */
    put_uint(&b, 100, 1, false);
    define(&b, 3, 20, false, untimed, 1);
    static const unsigned after[] = {5, 31, 36, 67, 67, 98};
    for (size_t i = 0; i < 6; i++) {
        put_uint(&b, 0x80 | 3 << 5 | ((START + after[i]) & 31), 1, false);
        put_uint(&b, 101 + i, 1, false);
    }
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    const struct har_samples *s = &file.activities[0].samples;
    assert_int_equal(s->count, 7);
    for (size_t i = 0; i < 6; i++) {
        assert_true(s->time_ms[i + 1] == start_ms + after[i] * INT64_C(1000));
        assert_true(s->channel[HAR_HEART_BPM][i + 1] == 101 + (double)i);
    }
    har_arena_free(&arena);
}

static void every_invalid_value_is_missing(void **state)
{
    (void)state;
    /* Power, as each base type: invalid, then 7. */
    static const struct {
        uint8_t type, size;
        uint64_t invalid, seven;
    } rows[] = {
        {0x00, 1, 0xff, 7},
        {0x01, 1, 0x7f, 7},
        {0x02, 1, 0xff, 7},
        {0x0a, 1, 0, 7},
        {0x0d, 1, 0xff, 7},
        {0x83, 2, 0x7fff, 7},
        {0x84, 2, 0xffff, 7},
        {0x8b, 2, 0, 7},
        {0x85, 4, 0x7fffffff, 7},
        {0x86, 4, 0xffffffff, 7},
        {0x8c, 4, 0, 7},
        {0x88, 4, 0xffffffff, 0x40e00000},
        {0x88, 4, 0x7f800000, 0x40e00000}, /* an infinity is no power either */
        {0x89, 8, UINT64_MAX, 0x401c000000000000},
        {0x8e, 8, INT64_MAX, 7},
        {0x8f, 8, UINT64_MAX, 7},
        {0x90, 8, 0, 7},
    };
    for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
        bool big = i & 1;
        struct bytes b = {.size = 0};
        struct har_arena arena = {0};
        const struct field fields[] = {{253, 4, 0x86},
                                       {7, rows[i / 2].size, rows[i / 2].type}};
        size_t start = begin_part(&b, 14);
        put_file_id(&b, 4, big);
        define(&b, 1, 20, big, fields, 2);
        for (unsigned k = 0; k < 2; k++) {
            put_uint(&b, 1, 1, false);
            put_uint(&b, START + k, 4, big);
            put_uint(&b, k ? rows[i / 2].seven : rows[i / 2].invalid, rows[i / 2].size,
                     big);
        }
        end_part(&b, start);
        struct har_recording file = decoded(&b, &arena);
        const double *power_w = file.activities[0].samples.channel[HAR_POWER_W];
        assert_non_null(power_w);
        if (!isnan(power_w[0]) || power_w[1] != 7)
            fail_msg("base type 0x%x", rows[i / 2].type);
        har_arena_free(&arena);
    }
}

static void enhanced_fields_win_where_they_are_valid(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const struct field fields[] = {{73, 4, 0x86}, {6, 2, 0x84},  {78, 4, 0x86},
                                          {2, 2, 0x84},  {53, 1, 0x02}, {4, 1, 0x02}};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 4, false);
    define(&b, 1, 20, false, fields, 6);
    for (unsigned k = 0; k < 2; k++) {
        put_uint(&b, 1, 1, false);
        put_uint(&b, k ? UINT32_MAX : 70000, 4, false);
        put_uint(&b, 5000, 2, false);
        put_uint(&b, k ? UINT32_MAX : 100000, 4, false);
        put_uint(&b, 3000, 2, false);
        put_uint(&b, 64, 1, false);
        put_uint(&b, 130, 1, false);
    }
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    const struct har_samples *s = &file.activities[0].samples;
    assert_true(s->channel[HAR_SPEED_MPS][0] == 70 && s->channel[HAR_SPEED_MPS][1] == 5);
    assert_true(s->channel[HAR_ALTITUDE_M][0] == 19500 &&
                s->channel[HAR_ALTITUDE_M][1] == 100);
    assert_true(s->channel[HAR_CADENCE_SPM][0] == 130.5); /* sport unknown: as it is */
    assert_true(s->time_ms[0] == HAR_NO_TIME);
    har_arena_free(&arena);
}

static void developer_fields_become_named_columns(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const struct field about[] = {{0, 1, 0x02}, {1, 1, 0x02}, {2, 1, 0x02},
                                         {3, 8, 0x07}, {8, 2, 0x07}, {14, 2, 0x84},
                                         {15, 1, 0x02}};
    static const struct field fields[] = {{253, 4, 0x86}};
    for (int big = 0; big < 2; big++) {
        b.size = 0;
        size_t start = begin_part(&b, 14);
        put_file_id(&b, 4, big);
        define(&b, 5, 206, big, about, 7);
        put_uint(&b, 5, 1, false);
        put_uint(&b, 0, 1, big);
        put_uint(&b, 3, 1, big);
        put_uint(&b, 0x84, 1, big);
        put(&b, "Form", 5);
        put(&b, "\0\0\0", 3);
        put(&b, "W", 2);
        put_uint(&b, 20, 2, big);
        put_uint(&b, 7, 1, big);
        define(&b, 0x20 | 1, 20, big, fields, 1);
        put_uint(&b, 2, 1, false); /* two developer fields; the second is not described */
        put(&b, "\x03\x02\x00\x09\x01\x04", 6);
        for (unsigned k = 0; k < 3; k++) {
            put_uint(&b, 1, 1, false);
            put_uint(&b, START + k, 4, big);
            put_uint(&b, k == 1 ? 0xffff : 250 + k, 2, big);
            put_uint(&b, 9, 1, big);
        }
        end_part(&b, start);
        struct har_recording file = decoded(&b, &arena);
        const struct har_samples *s = &file.activities[0].samples;
        assert_null(s->channel[HAR_POWER_W]); /* decode adds nothing; it says what stands
                                                 for what */
        assert_int_equal(s->extra_count, 1);
        assert_string_equal(s->extras[0].name, "Form");
        assert_string_equal(s->extras[0].unit, "W");
        assert_int_equal(s->extras[0].stands_for, HAR_POWER_W);
        assert_true(s->extras[0].value[0] == 250 && isnan(s->extras[0].value[1]));
        assert_true(s->extras[0].value[2] == 252);
    }
    har_arena_free(&arena);
}

/* A field that comes late, goes, and comes back: the rows without it are missing, not
 * stale. */
static void columns_that_come_and_go_leave_holes(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const struct field with[] = {{253, 4, 0x86}, {3, 1, 0x02}},
                              without[] = {{253, 4, 0x86}};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 4, false);
    for (unsigned k = 0; k < 40; k++) {
        bool has = k % 3 == 1;
        define(&b, 1, 20, false, has ? with : without, has ? 2 : 1);
        put_uint(&b, 1, 1, false);
        put_uint(&b, START + k, 4, false);
        if (has) put_uint(&b, 100 + k, 1, false);
    }
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    const double *heart = file.activities[0].samples.channel[HAR_HEART_BPM];
    for (unsigned k = 0; k < 40; k++)
        assert_true(k % 3 == 1 ? heart[k] == 100.0 + k : isnan(heart[k]));
    har_arena_free(&arena);
}

static void a_multisport_file_loses_no_record(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 4, false);
    define(&b, 1, 20, false, record_fields, 9);
    for (unsigned i = 0; i < 30; i++) put_record(&b, i, false);
    put_session(&b, HAR_SPORT_RUNNING, START + 20, 10, false);
    put_session(&b, HAR_SPORT_SWIMMING, START, 10, false);
    put_session(&b, HAR_SPORT_CYCLING, START + 10, 10, false);
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    assert_int_equal(file.activity_count, 3);
    static const unsigned order[] = {HAR_SPORT_SWIMMING, HAR_SPORT_CYCLING,
                                     HAR_SPORT_RUNNING};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(file.activities[i].sport, order[i]);
        assert_int_equal(file.activities[i].samples.count, 10);
        assert_true(file.activities[i].samples.time_ms[0] == file.activities[i].start_ms);
    }
    /* Steps are counted in pairs on foot only. */
    assert_true(file.activities[1].samples.channel[HAR_CADENCE_SPM][0] == 85);
    assert_true(file.activities[2].samples.channel[HAR_CADENCE_SPM][0] == 170);
    har_arena_free(&arena);
}

static void the_timer_and_the_local_clock_are_kept(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const struct field event[] = {{253, 4, 0x86}, {0, 1, 0x00}, {1, 1, 0x00}};
    static const struct field activity[] = {{253, 4, 0x86}, {5, 4, 0x86}};
    static const struct {
        unsigned at, type;
    } events[] = {{0, 0}, {3, 4}, {6, 0}, {9, 4}};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 4, false);
    define(&b, 1, 20, false, record_fields, 9);
    for (unsigned i = 0; i < 10; i++) put_record(&b, i, false);
    define(&b, 3, 21, false, event, 3);
    for (size_t i = 0; i < 4; i++) {
        put_uint(&b, 3, 1, false);
        put_uint(&b, START + events[i].at, 4, false);
        put_uint(&b, 0, 1, false);
        put_uint(&b, events[i].type, 1, false);
    }
    put_session(&b, HAR_SPORT_RUNNING, START, 10, false);
    define(&b, 4, 34, false, activity, 2);
    put_uint(&b, 4, 1, false);
    put_uint(&b, START + 10, 4, false);
    put_uint(&b, START + 10 - 25200 + 7, 4, false); /* seven hours behind, and 7 s off */
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    const struct har_activity *a = &file.activities[0];
    assert_int_equal(a->pause_count, 1);
    assert_true(a->pauses[0].from_ms == start_ms + 3000);
    assert_true(a->pauses[0].to_ms == start_ms + 6000);
    assert_int_equal(a->offset_source, HAR_OFFSET_DEVICE);
    assert_int_equal(a->utc_offset_s, -25200);
    har_arena_free(&arena);
}

/* A strap's beats: an anchor, then eight 12-bit stamps 1 s apart that roll over. */
/* Speed and distance of a foot pod in three bytes: cm/s, and sixteenths of a metre that
 * roll over at 256 m. A field of its own comes first; 0xfff twice is nothing. */
static void packed_speed_and_distance_stand_in(void **state)
{
    (void)state;
    static const struct {
        unsigned speed, distance, own; /* cm/s, 1/16 m, mm/s */
        double speed_mps, distance_m;
    } rows[] = {{300, 16, 0xffff, 3, 1},
                {400, 4000, 0xffff, 4, 250},
                {410, 16, 5000, 5, 257},
                {0xfff, 0xfff, 0xffff, NAN, NAN},
                {500, 80, 0xffff, 5, 261}};
    static const struct field fields[] = {{253, 4, 0x86}, {8, 3, 0x0d}, {6, 2, 0x84}};
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 4, false);
    define(&b, 1, 20, false, fields, 3);
    for (unsigned i = 0; i < 5; i++) {
        put_uint(&b, 1, 1, false);
        put_uint(&b, START + i, 4, false);
        put_uint(&b, rows[i].speed | rows[i].distance << 12, 3, false);
        put_uint(&b, rows[i].own, 2, false);
    }
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    const struct har_samples *s = &file.activities[0].samples;
    assert_int_equal(s->count, 5);
    for (size_t i = 0; i < 5; i++) {
        double speed = s->channel[HAR_SPEED_MPS][i],
               distance = s->channel[HAR_DISTANCE_M][i];
        if (isnan(rows[i].speed_mps)) assert_true(isnan(speed) && isnan(distance));
        else assert_true(speed == rows[i].speed_mps && distance == rows[i].distance_m);
    }
    har_arena_free(&arena);
}

static void stored_heart_rates_reach_their_records(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const struct field timed[] = {{253, 4, 0x86}};
    static const struct field anchor[] = {
        {253, 4, 0x86}, {0, 2, 0x84}, {6, 1, 0x02}, {9, 4, 0x86}};
    static const struct field beats[] = {{6, 8, 0x02}, {10, 12, 0x0d}};
    size_t start = begin_part(&b, 14);
    put_file_id(&b, 4, false);
    define(&b, 1, 20, false, timed, 1);
    for (unsigned i = 0; i < 8; i++) {
        put_uint(&b, 1, 1, false);
        put_uint(&b, START + i, 4, false);
    }
    unsigned event = 4000; /* 1/1024 s; the next stamp rolls over 4096 */
    define(&b, 5, 132, false, anchor, 4);
    put_uint(&b, 5, 1, false);
    put_uint(&b, START, 4, false);
    put_uint(&b, 0, 2, false);
    put_uint(&b, 90, 1, false);
    put_uint(&b, event, 4, false);
    define(&b, 6, 132, false, beats, 2);
    put_uint(&b, 6, 1, false);
    for (unsigned i = 0; i < 8; i++) put_uint(&b, 100 + 10 * i, 1, false);
    for (unsigned i = 0; i < 8; i += 2) {
        unsigned low = (event += 1024) & 0xfff, high = (event += 1024) & 0xfff;
        put_uint(&b, low | high << 12, 3, false);
    }
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    const double *heart = file.activities[0].samples.channel[HAR_HEART_BPM];
    assert_non_null(heart);
    assert_true(heart[0] == 90);
    /* Second i: three fills of the rate before, then the new one: (3 r + r') / 4, rounded.
     */
    assert_true(heart[1] == floor((90 * 3 + 100) / 4.0 + 0.5));
    for (unsigned i = 2; i < 8; i++)
        assert_true(heart[i] == floor((100 + 10 * (i - 2)) + 10 / 4.0 + 0.5));
    har_arena_free(&arena);
}

/* --- damage
 * ------------------------------------------------------------------------------- */

static bool warns(const struct har_recording *file, uint64_t offset, const char *words)
{
    for (size_t i = 0; i < file->warning_count; i++)
        if (file->warnings[i].offset == offset && strstr(file->warnings[i].message, words))
            return true;
    return false;
}

static void damage_is_survived_and_named_by_its_byte(void **state)
{
    (void)state;
    struct bytes whole = {.size = 0}, b;
    struct har_arena arena = {0};
    struct har_recording file;
    put_run(&whole, 14, false);

    b = whole; /* a wrong checksum */
    b.data[b.size - 1] ^= 1;
    file = decoded(&b, &arena);
    check_run(&file.activities[0]);
    assert_true(warns(&file, b.size - 2, "checksum is wrong"));

    b = whole; /* no checksum */
    b.size -= 2;
    file = decoded(&b, &arena);
    check_run(&file.activities[0]);
    assert_true(warns(&file, b.size, "before its checksum"));

    b = whole; /* bytes of something else after the end */
    put(&b, "HRM data", 8);
    file = decoded(&b, &arena);
    check_run(&file.activities[0]);
    assert_true(warns(&file, whole.size, "not another FIT file"));

    b = whole; /* a crash before the size was written */
    memset(b.data + 4, 0, 4);
    memset(b.data + 12, 0, 2);
    file = decoded(&b, &arena);
    check_run(&file.activities[0]);
    assert_int_equal(file.warning_count, 1);
    assert_true(warns(&file, 4, "cut short"));

    b = whole; /* cut within the records */
    b.size = 14 + 6 + 12 + 12 + 6 + 27 + 4 * 24 + 10;
    file = decoded(&b, &arena);
    assert_int_equal(file.activities[0].samples.count, 4);
    assert_true(warns(&file, b.size - 10, "cut off"));
    assert_true(warns(&file, b.size, "declared length"));
    assert_true(warns(&file, b.size, "no session"));

    b = whole; /* a local type that nobody defined */
    b.data[14 + 6 + 12 + 12 + 6 + 27 + 4 * 24] = 9;
    file = decoded(&b, &arena);
    assert_int_equal(file.activities[0].samples.count, 4);
    assert_true(warns(&file, 14 + 6 + 12 + 12 + 6 + 27 + 4 * 24, "not messages"));

    struct har_error err;
    b.size = 14; /* a header and nothing else */
    assert_int_equal(har_decode(bytes_of(&b), &arena, &file, &err), HAR_BAD_INPUT);
    assert_string_not_equal(err.message, "");
    har_arena_free(&arena);
}

static void a_file_cut_anywhere_keeps_a_prefix(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    put_run(&b, 14, false);
    put_run(&b, 14, true);
    struct har_arena arena = {0};
    size_t most = 0;
    for (size_t size = 0; size <= b.size; size++) {
        uint8_t *exact = malloc(size ? size : 1); /* so that a sanitizer sees the end */
        memcpy(exact, b.data, size);
        struct har_recording file;
        har_status status =
            har_decode((struct har_bytes){exact, size}, &arena, &file, NULL);
        free(exact);
        if (status != HAR_OK) {
            assert_int_equal(most, 0);
            continue;
        }
        size_t samples = 0;
        for (size_t i = 0; i < file.activity_count; i++)
            samples += file.activities[i].samples.count;
        assert_true(samples >= most && samples <= 20);
        assert_true(samples == 20 || file.warning_count > 0 || size == b.size / 2);
        most = samples;
        har_arena_reset(&arena);
    }
    assert_int_equal(most, 20);
    har_arena_free(&arena);
}

static har_status decode_within(struct har_arena *arena, const void *about,
                                struct har_error *err)
{
    struct har_recording file;
    har_status status = har_decode(bytes_of(about), arena, &file, err);
    if (status == HAR_OK) check_run(&file.activities[0]);
    return status;
}

/* A device, laps, a pause, a column of a developer's and stored hearts besides. */
static void put_everything(struct bytes *b)
{
    static const struct field
        device[] = {{0, 1, 0x02}, {2, 2, 0x84}, {3, 4, 0x8c}, {4, 2, 0x84}, {27, 20, 0x07}},
        lap[] = {{253, 4, 0x86}, {2, 4, 0x86}, {7, 4, 0x86}, {8, 4, 0x86}},
        event[] = {{253, 4, 0x86}, {0, 1, 0x00}, {1, 1, 0x00}};
    size_t start = begin_part(b, 14);
    put_file_id(b, 4, false);
    define(b, 3, 23, false, device, 5);
    put_uint(b, 3, 1, false);
    put_uint(b, 0, 1, false);
    put_uint(b, 1, 2, false);
    put_uint(b, 77, 4, false);
    put_uint(b, 2697, 2, false);
    put(b, "A watch\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    define(b, 1, 20, false, record_fields, 9);
    for (unsigned i = 0; i < 10; i++) put_record(b, i, false);
    define(b, 4, 21, false, event, 3);
    for (unsigned i = 0; i < 40; i++) {
        put_uint(b, 4, 1, false);
        put_uint(b, START + i / 4, 4, false);
        put_uint(b, 0, 1, false);
        put_uint(b, i % 2 ? 0 : 4, 1, false);
    }
    define(b, 5, 19, false, lap, 4);
    for (unsigned i = 0; i < 20; i++) {
        put_uint(b, 5, 1, false);
        put_uint(b, START + i, 4, false);
        put_uint(b, START, 4, false);
        put_uint(b, 1000, 4, false);
        put_uint(b, 1000, 4, false);
    }
    put_session(b, HAR_SPORT_RUNNING, START, 10, false);
    end_part(b, start);
}

static har_status all_within(struct har_arena *arena, const void *about,
                             struct har_error *err)
{
    struct har_recording file;
    har_status status = har_decode(bytes_of(about), arena, &file, err);
    if (status == HAR_OK) assert_int_equal(file.activities[0].lap_count, 20);
    return status;
}

static void every_memory_limit_is_an_answer(void **state)
{
    (void)state;
    struct bytes run = {.size = 0}, all = {.size = 0};
    put_run(&run, 14, false);
    put_everything(&all);
    assert_int_equal(scarce_memory(decode_within, &run), HAR_OK);
    assert_int_equal(scarce_memory(all_within, &all), HAR_OK);
}

static void noise_never_crashes(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    put_run(&b, 14, false);
    struct har_arena arena = {.limit = 64 << 20};
    unsigned random = 12345, decoded_files = 0;
    for (int round = 0; round < 4000; round++) {
        struct bytes noisy = b;
        for (int k = 0; k < 1 + round % 5; k++) {
            random = random * 1664525u + 1013904223u;
            noisy.data[12 + (random >> 8) % (b.size - 12)] = (uint8_t)(random >> 24);
        }
        struct har_recording file;
        struct har_error err;
        har_status status = har_decode(bytes_of(&noisy), &arena, &file, &err);
        decoded_files += status == HAR_OK;
        assert_true(status == HAR_OK || status == HAR_BAD_INPUT);
        har_arena_reset(&arena);
    }
    assert_true(decoded_files > 2000);
    har_arena_free(&arena);
}

/* 2026-11-22, found by fuzzing: a serial number, a duration and a strap's clock of 1e300,
 * in fields that say they are doubles, were cast to integers. */
/* --- workouts, as watches and their makers write them ------------------------------------
 */

struct step {
    const char *name, *notes;
    unsigned end, end_value, target, zone, low, high, intensity;
};
enum { ANY = 2, WARM = 2, COOL = 3 };

static void put_text(struct bytes *b, const char *text, unsigned room)
{
    char field[64] = {0};
    if (text) snprintf(field, room, "%s", text);
    put(b, field, room);
}

static void put_workout(struct bytes *b, const char *name, const struct step *steps,
                        unsigned count)
{
    static const struct field head[] = {{8, 24, 0x07}};
    static const struct field rows[] = {
        {254, 2, 0x84}, {0, 16, 0x07}, {1, 1, 0x00}, {2, 4, 0x86}, {3, 1, 0x00},
        {4, 4, 0x86},   {5, 4, 0x86},  {6, 4, 0x86}, {7, 1, 0x00}, {8, 48, 0x07}};
    size_t start = begin_part(b, 14);
    put_file_id(b, 5, false);
    define(b, 1, 26, false, head, 1);
    put_uint(b, 1, 1, false);
    put_text(b, name, 24);
    define(b, 2, 27, false, rows, 10);
    for (unsigned i = 0; i < count; i++) {
        put_uint(b, 2, 1, false);
        put_uint(b, i, 2, false);
        put_text(b, steps[i].name, 16);
        put_uint(b, steps[i].end, 1, false);
        put_uint(b, steps[i].end_value, 4, false);
        put_uint(b, steps[i].target, 1, false);
        put_uint(b, steps[i].zone, 4, false);
        put_uint(b, steps[i].low, 4, false);
        put_uint(b, steps[i].high, 4, false);
        put_uint(b, steps[i].intensity, 1, false);
        put_text(b, steps[i].notes, 48);
    }
    end_part(b, start);
}

/* Each kind of end and target once; a number that means nothing is left out, an end that
 * means nothing is refused. */
static void steps_of_workouts_have_words(void **state)
{
    (void)state;
    static const struct {
        struct step step;
        const char *words; /* or of the sentence */
    } rows[] = {
        {{"Jog", "", 0, 60000, ANY, 0, 0, 0, 0}, "- Jog 1m\n"},
        {{"5m", "", 0, 60000, ANY, 0, 0, 0, 0}, "- 1m\n"}, /* would read as a duration */
        {{"", "", 1, 40000, 0, 3, 0, 0, 0}, "- 400mtr Z3 Pace\n"},
        {{"", "", 1, 40000, 0, 0, 5000, 4000, 0}, "- 400mtr 4:10-3:20/km Pace\n"},
        {{"", "", 1, 40000, 0, 0, 4000, 0, 0}, "- 400mtr\n"},
        {{"", "", 2, 80, 1, 2, 0, 0, 0}, "- HR<80% Z2 HR\n"},
        {{"", "", 2, 225, 1, 0, 70, 80, 0}, "- HR<125bpm 70-80% HR\n"},
        {{"", "", 3, 80, 1, 0, 260, 250, 0}, "- HR>80% 150-160bpm\n"},
        {{"", "", 3, 225, 1, 0, 0, 80, 0}, "- HR>125bpm\n"},
        {{"", "", 5, 0, 4, 3, 0, 0, 0}, "- press lap Z3\n"},
        {{"", "", 0, 60000, 4, 0, 80, 90, 0}, "- 1m 80-90%\n"},
        {{"", "", 0, 60000, 4, 0, 1220, 1240, 0}, "- 1m 220-240w\n"},
        {{"", "", 0, 60000, 4, 0, 0, 1240, 0}, "- 1m\n"},
        {{"", "", 0, 60000, 3, 0, 90, 85, 0}, "- 1m 170-180spm\n"},
        {{"", "", 0, 60000, 3, 0, 0, 90, 0}, "- 1m\n"},
        {{"", "", 0, 60000, 9, 0, 1, 2, 0}, "- 1m\n"},
        {{"", "", 0, 60000, ANY, 0, 0, 0, WARM}, "Warmup\n- 1m\n"},
        {{"", "1m RPE 3", 0, 60000, ANY, 0, 0, 0, 0}, "- 1m RPE 3\n"},
        {{"", "2m RPE 3", 0, 60000, ANY, 0, 0, 0, 0}, "- 1m\n"},
        {{"", "Set\n1m RPE 3", 0, 60000, ANY, 0, 0, 0, 0}, "Set\n- 1m RPE 3\n"},
        {{"", "3x\n1m RPE 3", 0, 60000, ANY, 0, 0, 0, COOL}, "Cooldown\n- 1m RPE 3\n"},
        {{"", "1m @5K", 0, 60000, 0, 0, 4900, 5100, 0}, "- 1m @5K\n"},
        {{"", "", 0, 0, ANY, 0, 0, 0, 0}, "duration 0"},
        {{"", "", 4, 100, ANY, 0, 0, 0, 0}, "duration 4"},
        {{"", "", 0, 500, ANY, 0, 0, 0, 0}, "this workout has no words"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bytes b = {.size = 0};
        struct har_arena arena = {0};
        struct har_workout w;
        struct har_error err = {0};
        struct har_text text = {.arena = &arena};
        put_workout(&b, "", &rows[i].step, 1);
        har_status got = har_decode_workout(bytes_of(&b), &arena, &w, &err);
        if (rows[i].words[0] == '-' || strchr(rows[i].words, '\n')) {
            if (got) fail_msg("row %zu: %s", i, err.message);
            har_text_workout(&text, &w);
            assert_string_equal(text.data, rows[i].words);
        } else {
            assert_int_equal(got, HAR_UNSUPPORTED);
            if (!strstr(err.message, rows[i].words))
                fail_msg("row %zu: %s", i, err.message);
        }
        har_arena_free(&arena);
    }
}

static void repeats_of_workouts_have_words(void **state)
{
    (void)state;
    static const struct {
        struct step repeat; /* of the two steps before it */
        const char *words;
    } rows[] = {
        {{"", "", 6, 0, 0, 3, 0, 0, 0}, "3x\n"},
        {{"Set", "", 6, 0, 0, 3, 0, 0, 0}, "Set 3x\n"},
        {{"2x", "", 6, 0, 0, 3, 0, 0, 0}, "3x\n"},
        {{"Warmup", "", 7, 0, 0, 600000, 0, 0, 0}, "Warmup until 10m\n"},
        {{"", "", 8, 0, 0, 200000, 0, 0, 0}, "until 2km\n"},
        {{"", "", 10, 0, 0, 80, 0, 0, 0}, "until HR<80%\n"},
        {{"", "", 11, 0, 0, 260, 0, 0, 0}, "until HR>160bpm\n"},
        {{"", "", 6, 0, 0, 0, 0, 0, 0}, "not of 1 to 99 times"},
        {{"", "", 6, 0, 0, 100, 0, 0, 0}, "not of 1 to 99 times"},
        {{"", "", 9, 0, 0, 300, 0, 0, 0}, "ends in a way that has no words"},
        {{"", "", 7, 0, 0, 0, 0, 0, 0}, "ends in a way that has no words"},
        {{"", "", 6, 1, 0, 3, 0, 0, 0}, "- 1m\n\n3x\n- 2m\n"},
        {{"", "", 6, 7, 0, 3, 0, 0, 0}, "steps that are not there"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct step steps[] = {{"", "", 0, 60000, ANY, 0, 0, 0, 0},
                                     {"", "", 0, 120000, ANY, 0, 0, 0, 0},
                                     rows[i].repeat};
        struct bytes b = {.size = 0};
        struct har_arena arena = {0};
        struct har_workout w;
        struct har_error err = {0};
        struct har_text text = {.arena = &arena};
        put_workout(&b, "Two steps", steps, 3);
        har_status got = har_decode_workout(bytes_of(&b), &arena, &w, &err);
        if (strchr(rows[i].words, '\n')) {
            if (got) fail_msg("row %zu: %s", i, err.message);
            har_text_workout(&text, &w);
            assert_string_equal(w.name, "Two steps");
            if (!strstr(text.data, rows[i].words)) fail_msg("row %zu: %s", i, text.data);
        } else {
            assert_int_equal(got, HAR_UNSUPPORTED);
            if (!strstr(err.message, rows[i].words))
                fail_msg("row %zu: %s", i, err.message);
        }
        har_arena_free(&arena);
    }
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    struct har_workout w;
    struct har_error err = {0};
    put_workout(&b, "Nothing", NULL, 0);
    assert_int_equal(har_decode_workout(bytes_of(&b), &arena, &w, &err), HAR_UNSUPPORTED);
    assert_string_equal(err.message, "this FIT file holds no workout");
    har_arena_free(&arena);
}

static void numbers_too_large_for_what_they_mean_are_survived(void **state)
{
    (void)state;
    struct bytes b = {.size = 0};
    struct har_arena arena = {0};
    static const uint64_t huge = 0x7e37e43c8800759c; /* 1e300 */
    static const struct field file_id[] = {{0, 1, 0x00}, {3, 8, 0x89}};
    static const struct field session[] = {{253, 4, 0x86}, {7, 8, 0x89}, {26, 8, 0x89}};
    static const struct field hr[] = {
        {253, 4, 0x86}, {6, 1, 0x02}, {9, 8, 0x89}, {10, 8, 0x89}};
    size_t start = begin_part(&b, 14);
    define(&b, 0, 0, false, file_id, 2);
    put_uint(&b, 0, 1, false);
    put_uint(&b, 4, 1, false);
    put_uint(&b, huge, 8, false);
    define(&b, 1, 18, false, session, 3);
    put_uint(&b, 1, 1, false);
    put_uint(&b, START, 4, false);
    put_uint(&b, huge, 8, false);
    put_uint(&b, huge, 8, false);
    define(&b, 2, 132, false, hr, 4);
    put_uint(&b, 2, 1, false);
    put_uint(&b, START, 4, false);
    put_uint(&b, 90, 1, false);
    put_uint(&b, huge, 8, false);
    put_uint(&b, huge, 8, false);
    end_part(&b, start);
    struct har_recording file = decoded(&b, &arena);
    assert_int_equal(file.activity_count, 1);
    assert_int_equal(file.activities[0].device.serial, 0);
    assert_true(file.activities[0].start_ms == start_ms);
    har_arena_free(&arena);
}

/* --- real devices' files
 * ------------------------------------------------------------------- */

static const char *conformance(void)
{
    static char path[1024];
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    if (data) snprintf(path, sizeof path, "%s/activities/conformance", data);
    else
        snprintf(path, sizeof path, "%s/../shared/data/activities/conformance",
                 root ? root : ".");
    FILE *there = fopen(path, "r");
    if (!there) return NULL;
    fclose(there);
    return path;
}

/* The whole file, .gz or not, with a zero after it; the caller frees it. */
static uint8_t *slurp(const char *name, size_t *size)
{
    char path[2048];
    snprintf(path, sizeof path, "%s/%s", conformance(), name);
    gzFile in = gzopen(path, "rb");
    if (!in) fail_msg("%s cannot be read", name);
    size_t room = 1 << 16, used = 0;
    uint8_t *data = malloc(room + 1);
    int got;
    while ((got = gzread(in, data + used, (unsigned)(room - used))) > 0) {
        used += (size_t)got;
        if (used == room) data = realloc(data, (room *= 2) + 1);
    }
    gzclose(in);
    data[used] = '\0';
    *size = used;
    return data;
}

/* What a file says in all its activities together. */
struct totals {
    double records, laps, sessions, positions, heart_n, heart_sum, altitude_n, altitude_min,
        altitude_max, last_distance, first_ms, last_ms;
};

static struct totals totals_of(const struct har_recording *file)
{
    struct totals t = {.altitude_min = NAN,
                       .altitude_max = NAN,
                       .last_distance = NAN,
                       .first_ms = NAN,
                       .last_ms = NAN};
    for (size_t i = 0; i < file->activity_count; i++) {
        const struct har_activity *a = &file->activities[i];
        const struct har_samples *s = &a->samples;
        const double *lat = s->channel[HAR_LAT_DEG], *lon = s->channel[HAR_LON_DEG];
        const double *heart = s->channel[HAR_HEART_BPM], *alt = s->channel[HAR_ALTITUDE_M];
        const double *dist = s->channel[HAR_DISTANCE_M];
        t.laps += (double)a->lap_count;
        t.records += (double)s->count;
        t.sessions += 1;
        for (size_t k = 0; k < s->count; k++) {
            t.positions += lat && lon && !isnan(lat[k]) && !isnan(lon[k]);
            if (heart && !isnan(heart[k])) t.heart_n++, t.heart_sum += heart[k];
            if (alt && !isnan(alt[k])) {
                t.altitude_n++;
                t.altitude_min = fmin(t.altitude_min, alt[k]);
                t.altitude_max = fmax(t.altitude_max, alt[k]);
            }
            t.last_distance = dist ? dist[k] : NAN;
            if (s->time_ms[k] == HAR_NO_TIME) continue;
            if (isnan(t.first_ms)) t.first_ms = (double)s->time_ms[k];
            t.last_ms = (double)s->time_ms[k];
        }
    }
    return t;
}

static void check_number(const char *name, const char *what, const json_t *expected,
                         double got)
{
    if (!json_is_number(expected)) return;
    if (fabs(json_number_value(expected) - got) > 1e-9 * fmax(1, fabs(got)))
        fail_msg("%s: %s is %.9g, the vendor's decoder read %.9g", name, what, got,
                 json_number_value(expected));
}

static void check_instant(const char *name, const char *what, const json_t *expected,
                          double got_ms)
{
    int64_t ms;
    if (!json_is_string(expected)) return;
    assert_true(
        har_parse_instant(har_bytes_of(json_string_value(expected)), &ms, NULL, NULL));
    if ((double)ms != got_ms) fail_msg("%s: %s differs", name, what);
}

/* Sessions are matched in the order of their start. */
static void check_sessions(const char *name, const json_t *sessions,
                           const struct har_recording *file)
{
    size_t i;
    const json_t *session;
    json_array_foreach(sessions, i, session)
    {
        int64_t start = HAR_NO_TIME;
        const json_t *from = json_object_get(session, "startTime");
        if (json_is_string(from))
            har_parse_instant(har_bytes_of(json_string_value(from)), &start, NULL, NULL);
        const struct har_activity *found = NULL;
        for (size_t k = 0; k < file->activity_count; k++)
            if (start == HAR_NO_TIME || file->activities[k].start_ms == start) {
                found = &file->activities[k];
                double d = json_number_value(json_object_get(session, "totalElapsedTime"));
                if (fabs(found->elapsed_s - d) < 1e-6) break;
            }
        if (!found) fail_msg("%s: no session starts when the vendor's does", name);
        check_number(name, "elapsed", json_object_get(session, "totalElapsedTime"),
                     found->elapsed_s);
        check_number(name, "timer", json_object_get(session, "totalTimerTime"),
                     found->timer_s);
        check_number(name, "distance", json_object_get(session, "totalDistance"),
                     found->distance_m);
        check_number(name, "ascent", json_object_get(session, "totalAscent"),
                     found->ascent_m);
        check_number(name, "heart", json_object_get(session, "avgHeartRate"),
                     found->heart_bpm);
    }
}

static void check_laps(const char *name, const json_t *laps,
                       const struct har_recording *file)
{
    double elapsed = 0, distance = 0, our_elapsed = 0, our_distance = 0;
    size_t i;
    const json_t *lap;
    json_array_foreach(laps, i, lap)
    {
        elapsed += json_number_value(json_object_get(lap, "totalElapsedTime"));
        distance += json_number_value(json_object_get(lap, "totalDistance"));
    }
    for (size_t k = 0; k < file->activity_count; k++)
        for (size_t n = 0; n < file->activities[k].lap_count; n++) {
            const struct har_lap *l = &file->activities[k].laps[n];
            our_elapsed += isnan(l->elapsed_s) ? 0 : l->elapsed_s;
            our_distance += isnan(l->distance_m) ? 0 : l->distance_m;
        }
    if (fabs(elapsed - our_elapsed) > 1e-3 || fabs(distance - our_distance) > 1e-2)
        fail_msg("%s: the laps sum to %.3f s and %.2f m, the vendor's to %.3f s and %.2f m",
                 name, our_elapsed, our_distance, elapsed, distance);
}

/* Every file that the vendor's decoder reads: same sessions, laps, records, sums, first and
 * last values. What it reads in part must give at least that part, with a warning. */
static void real_files_say_what_the_vendor_reads(void **state)
{
    (void)state;
    if (!conformance()) {
        print_message("skipped: the real files are not here\n");
        skip();
    }
    size_t size, i;
    uint8_t *text = slurp("expected-by-official-sdk.json", &size);
    json_t *all = json_loads((const char *)text, 0, NULL);
    free(text);
    assert_true(json_array_size(all) > 80);
    const json_t *row;
    unsigned compared = 0;
    json_array_foreach(all, i, row)
    {
        const char *name = json_string_value(json_object_get(row, "file"));
        uint8_t *data = slurp(name, &size);
        struct har_arena arena = {0};
        struct har_recording file;
        struct har_error err;
        har_status status = har_decode((struct har_bytes){data, size}, &arena, &file, &err);
        bool is_fit = json_is_true(json_object_get(row, "isFIT"));
        if (status != (is_fit ? HAR_OK : HAR_UNSUPPORTED))
            fail_msg("%s: %s", name, err.message);
        if (is_fit) {
            struct totals t = totals_of(&file);
            const json_t *counts = json_object_get(row, "counts");
            const json_t *records = json_object_get(row, "records");
            const json_t *sessions = json_object_get(counts, "sessionMesgs");
            bool complete = json_array_size(json_object_get(row, "errors")) == 0;
            if (json_integer_value(sessions) > 0)
                check_number(name, "sessions", sessions, t.sessions);
            check_number(name, "laps", json_object_get(counts, "lapMesgs"), t.laps);
            check_number(name, "records", json_object_get(records, "n"), t.records);
            check_number(name, "positions", json_object_get(records, "withPosition"),
                         t.positions);
            check_number(name, "heart rates", json_object_get(records, "hrN"), t.heart_n);
            check_number(name, "heart sum", json_object_get(records, "hrSum"), t.heart_sum);
            check_number(name, "altitudes", json_object_get(records, "altN"), t.altitude_n);
            check_number(name, "lowest", json_object_get(records, "altMin"),
                         t.altitude_min);
            check_number(name, "highest", json_object_get(records, "altMax"),
                         t.altitude_max);
            check_number(name, "last distance", json_object_get(records, "lastDistance"),
                         t.last_distance);
            check_instant(name, "first", json_object_get(records, "first"), t.first_ms);
            check_instant(name, "last", json_object_get(records, "last"), t.last_ms);
            check_sessions(name, json_object_get(row, "sessions"), &file);
            if (complete) check_laps(name, json_object_get(row, "laps"), &file);
            if (!complete && json_is_object(records) && !file.warning_count)
                fail_msg("%s: damage without a warning", name);
            compared++;
        }
        free(data);
        har_arena_free(&arena);
    }
    assert_true(compared > 80);
    json_decref(all);
}

/* The text up to the next `mark`, which becomes its end; NULL when nothing is left. */
static char *cut(char **rest, const char *mark)
{
    char *piece = *rest;
    if (!piece) return NULL;
    char *end = piece + strcspn(piece, mark);
    *rest = *end ? end + 1 : NULL;
    *end = '\0';
    return piece;
}

/* One value of a line of the vendor's CSV tool: `,name,"value",unit,`. NaN if absent. */
static double csv_value(const char *line, const char *name)
{
    char key[64];
    snprintf(key, sizeof key, ",%s,\"", name);
    const char *at = strstr(line, key);
    return at ? strtod(at + strlen(key), NULL) : NAN;
}

/* The CSV goldens, which also cover what the vendor's JavaScript refuses. */
static void real_files_say_what_the_vendors_csv_says(void **state)
{
    (void)state;
    static const char *const names[] = {
        "TestEncode",
        "valid_only_contain_fileid",
        "chained_Activity_activity_poolswim",
        "from_garmin_forums/triathlon_summary_first",
        "from_garmin_forums/triathlon_summary_last",
        "from_official_sdk/Activity",
        "from_official_sdk/ActivityDevFields",
        "from_official_sdk/DeveloperData",
        "from_official_sdk/HrmPluginTestActivity",
        "from_official_sdk/MonitoringFile",
        "from_official_sdk/Settings",
        "from_official_sdk/WithGearChangeData",
        "from_official_sdk/activity_developerdata",
        "from_official_sdk/activity_lowbattery",
        "from_official_sdk/activity_multisport",
        "from_official_sdk/activity_poolswim",
        "from_official_sdk/activity_poolswim_with_hr",
        "from_official_sdk/activity_truncated",
        "from_official_sdk/WorkoutRepeatSteps",
        "from_official_sdk/WeightScaleMultiUser",
    };
    if (!conformance()) {
        print_message("skipped: the real files are not here\n");
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        size_t size, csv_size;
        snprintf(path, sizeof path, "muktihari-fit/%s.fit", names[i]);
        uint8_t *data = slurp(path, &size);
        char real[2048];
        snprintf(path, sizeof path, "muktihari-fit/%s.csv", names[i]);
        snprintf(real, sizeof real, "%s/%s", conformance(), path);
        FILE *plain = fopen(real, "r");
        if (plain) fclose(plain);
        if (!plain) strcat(path, ".gz");
        char *csv = (char *)slurp(path, &csv_size);
        double records = 0, laps = 0, sessions = 0, distance = 0, power = 0;
        char *rest = csv;
        for (char *line; (line = cut(&rest, "\n"));) {
            if (strncmp(line, "Data,", 5) != 0) continue;
            const char *message = strchr(line + 5, ',') + 1;
            laps += strncmp(message, "lap,", 4) == 0;
            sessions += strncmp(message, "session,", 8) == 0;
            if (strncmp(message, "record,", 7) != 0) continue;
            records++;
            double value = csv_value(line, "distance");
            distance += isnan(value) ? 0 : value;
            value = csv_value(line, "power");
            power += isnan(value) ? 0 : value;
        }
        struct har_arena arena = {0};
        struct har_recording file;
        assert_int_equal(har_decode((struct har_bytes){data, size}, &arena, &file, NULL),
                         HAR_OK);
        struct totals t = totals_of(&file);
        double our_distance = 0, our_power = 0;
        for (size_t k = 0; k < file.activity_count; k++) {
            const struct har_samples *s = &file.activities[k].samples;
            for (size_t n = 0; n < s->count; n++) {
                const double *d = s->channel[HAR_DISTANCE_M], *p = s->channel[HAR_POWER_W];
                our_distance += d && !isnan(d[n]) ? d[n] : 0;
                our_power += p && !isnan(p[n]) ? p[n] : 0;
            }
        }
        if (t.records != records || t.laps != laps ||
            (sessions > 0 && t.sessions != sessions))
            fail_msg("%s: %g records, %g laps, %g sessions; the CSV has %g, %g, %g",
                     names[i], t.records, t.laps, t.sessions, records, laps, sessions);
        if (fabs(our_distance - distance) > 1e-6 * fmax(1, distance) || our_power != power)
            fail_msg("%s: sums of distance %.3f (CSV %.3f), of power %.0f (CSV %.0f)",
                     names[i], our_distance, distance, our_power, power);
        har_arena_free(&arena);
        free(data);
        free(csv);
    }
}

/* Compressed timestamps and compressed_speed_distance, row by row. */
static void a_foot_pods_packed_records_say_what_their_dump_says(void **state)
{
    (void)state;
    if (!conformance()) {
        print_message("skipped: the real files are not here\n");
        skip();
    }
    size_t size;
    uint8_t *data = slurp("python-fitparse/compressed-speed-distance.fit", &size);
    struct har_arena arena = {0};
    struct har_recording file;
    assert_int_equal(har_decode((struct har_bytes){data, size}, &arena, &file, NULL),
                     HAR_OK);
    free(data);
    char *csv =
        (char *)slurp("python-fitparse/compressed-speed-distance-records.csv", &size);
    char *rest = csv;
    const struct har_samples *s = &file.activities[0].samples;
    size_t row = 1; /* the dump leaves out the first record, which holds an instant only */
    cut(&rest, "\n");
    for (char *line; (line = cut(&rest, "\n")) && *line; row++) {
        assert_true(row < s->count);
        char *field[5];
        for (int i = 0; i < 5; i++) field[i] = cut(&line, ",");
        int64_t ms = (strtoll(field[0], NULL, 10) + 631065600) * 1000;
        if (s->time_ms[row] != ms) fail_msg("row %zu: time", row);
        static const unsigned columns[] = {HAR_HEART_BPM, HAR_SPEED_MPS, HAR_DISTANCE_M};
        for (int i = 0; i < 3; i++) {
            double value = s->channel[columns[i]][row];
            bool none = strncmp(field[i + 1], "null", 4) == 0;
            if (none ? !isnan(value) : fabs(value - strtod(field[i + 1], NULL)) > 1e-9)
                fail_msg("row %zu: %s, not %g", row, field[i + 1], value);
        }
    }
    assert_int_equal(row, s->count);
    free(csv);
    har_arena_free(&arena);
}

/* Whatever else lies there (seeds of other fuzzers, zips called .fit, tables, letters):
 * read, or refused in a sentence. */
static unsigned seen_files, read_files;

static int try_file(const char *path, const struct stat *about, int type, struct FTW *where)
{
    (void)about;
    (void)where;
    if (type != FTW_F) return 0;
    size_t size;
    uint8_t *data = slurp(path + strlen(conformance()) + 1, &size);
    struct har_arena arena = {0};
    struct har_recording file;
    struct har_error err = {0};
    har_status status = har_decode((struct har_bytes){data, size}, &arena, &file, &err);
    if (status != HAR_OK && status != HAR_BAD_INPUT && status != HAR_UNSUPPORTED)
        fail_msg("%s: %s", path, har_status_name(status));
    if (status != HAR_OK && (!err.message[0] || err.offset > size))
        fail_msg("%s is refused without a sentence, or behind its end", path);
    if (status == HAR_OK && file.kind == HAR_FILE_ACTIVITY && !file.activity_count)
        fail_msg("%s is an activity and holds none", path);
    seen_files++;
    read_files += status == HAR_OK;
    har_arena_free(&arena);
    free(data);
    return 0;
}

static void every_file_is_read_or_refused_in_a_sentence(void **state)
{
    (void)state;
    if (!conformance()) {
        print_message("skipped: the real files are not here\n");
        skip();
    }
    assert_int_equal(nftw(conformance(), try_file, 16, 0), 0);
    print_message("%u files, %u of them read\n", seen_files, read_files);
    assert_true(seen_files >= 200 && read_files >= 140);
}

/* What became of each damaged file, and at which byte. */
static void damaged_real_files_are_salvaged(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t activities, records;
        uint64_t offset;
    } rows[] = {
        {"python-fitparse/activity-activity-filecrc.fit", 2, 28, 1540},
        {"python-fitparse/activity-filecrc.fit", 1, 14, 769},
        {"python-fitparse/activity-settings-corruptheader.fit", 1, 14, 771},
        {"python-fitparse/activity-settings-nodata.fit", 1, 14, 783},
        {"python-fitparse/activity-unexpected-eof.fit", 1, 14, 751},
        {"python-fitparse/nick.fit", 1, 14391, 403437},
        {"python-fitparse/strava-android-app-201.10-b1218918.fit", 1, 473, 7471},
    };
    if (!conformance()) {
        print_message("skipped: the real files are not here\n");
        skip();
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t size;
        uint8_t *data = slurp(rows[i].name, &size);
        struct har_arena arena = {0};
        struct har_recording file;
        assert_int_equal(har_decode((struct har_bytes){data, size}, &arena, &file, NULL),
                         HAR_OK);
        assert_int_equal(file.activity_count, rows[i].activities);
        assert_true(totals_of(&file).records == (double)rows[i].records);
        assert_true(file.warning_count > 0);
        assert_int_equal(file.warnings[0].offset, rows[i].offset);
        har_arena_free(&arena);
        free(data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_byte_orders_and_headers_say_the_same),
        cmocka_unit_test(chained_files_give_several_activities),
        cmocka_unit_test(a_settings_file_is_sound_and_holds_no_run),
        cmocka_unit_test(compressed_timestamps_go_on_from_the_last),
        cmocka_unit_test(every_invalid_value_is_missing),
        cmocka_unit_test(enhanced_fields_win_where_they_are_valid),
        cmocka_unit_test(developer_fields_become_named_columns),
        cmocka_unit_test(columns_that_come_and_go_leave_holes),
        cmocka_unit_test(a_multisport_file_loses_no_record),
        cmocka_unit_test(the_timer_and_the_local_clock_are_kept),
        cmocka_unit_test(packed_speed_and_distance_stand_in),
        cmocka_unit_test(stored_heart_rates_reach_their_records),
        cmocka_unit_test(damage_is_survived_and_named_by_its_byte),
        cmocka_unit_test(a_file_cut_anywhere_keeps_a_prefix),
        cmocka_unit_test(every_memory_limit_is_an_answer),
        cmocka_unit_test(noise_never_crashes),
        cmocka_unit_test(steps_of_workouts_have_words),
        cmocka_unit_test(repeats_of_workouts_have_words),
        cmocka_unit_test(numbers_too_large_for_what_they_mean_are_survived),
        cmocka_unit_test(real_files_say_what_the_vendor_reads),
        cmocka_unit_test(real_files_say_what_the_vendors_csv_says),
        cmocka_unit_test(a_foot_pods_packed_records_say_what_their_dump_says),
        cmocka_unit_test(every_file_is_read_or_refused_in_a_sentence),
        cmocka_unit_test(damaged_real_files_are_salvaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
