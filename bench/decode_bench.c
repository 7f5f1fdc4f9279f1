/* SPDX-License-Identifier: MIT */
/* How fast files become columns, in process.
 *
 *     decode_bench FILE...          (none: one FIT file made here)
 *
 * Prints lines of `name value`. Whatever stands beside decoding (a copy of the same bytes,
 * a checksum over them, a bare pass of expat) is measured in turn with it, so that a
 * machine that slows down slows down all of them; of each the best round counts. */

#include "harrier/decode.h"
#include "harrier/encode.h"

#include "clock.h"

#include <expat.h>
#include <math.h>
#include <string.h>

static const double LEAST_S = 1.0;
enum { LEAST_ROUNDS = 5 };

/* The checksum of a FIT file as the protocol shows it, four bits at a time: what most
 * decoders spend on it. */
static uint16_t crc_by_nibbles(struct har_bytes bytes)
{
    static const uint16_t table[16] = {0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00,
                                       0x2800, 0xE401, 0xA001, 0x6C00, 0x7800, 0xB401,
                                       0x5000, 0x9C01, 0x8801, 0x4400};
    uint16_t crc = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        uint16_t low = table[crc & 15];
        crc = (uint16_t)(crc >> 4 ^ low ^ table[byte & 15]);
        low = table[crc & 15];
        crc = (uint16_t)(crc >> 4 ^ low ^ table[byte >> 4]);
    }
    return crc;
}

/* What is measured. Each gives a number that depends on every byte, or nearly. */

static uint64_t do_decode(struct har_bytes file, uint8_t *room, struct har_arena *arena)
{
    (void)room;
    struct har_recording recording;
    uint64_t samples = 0;
    if (har_decode(file, arena, &recording, NULL) == HAR_OK)
        for (size_t i = 0; i < recording.activity_count; i++)
            samples += recording.activities[i].samples.count;
    har_arena_reset(arena);
    return samples;
}

static uint64_t do_copy(struct har_bytes file, uint8_t *room, struct har_arena *arena)
{
    (void)arena;
    memcpy(room, file.data, file.size);
    return room[file.size / 2];
}

static uint64_t do_crc(struct har_bytes file, uint8_t *room, struct har_arena *arena)
{
    (void)room, (void)arena;
    return crc_by_nibbles(file);
}

static uint64_t do_expat(struct har_bytes file, uint8_t *room, struct har_arena *arena)
{
    (void)room, (void)arena;
    XML_Parser parser = XML_ParserCreate(NULL);
    int status = XML_Parse(parser, (const char *)file.data, (int)file.size, 1);
    XML_ParserFree(parser);
    return (uint64_t)status;
}

struct work {
    const char *name;
    uint64_t (*run)(struct har_bytes file, uint8_t *room, struct har_arena *arena);
    bool fit, xml; /* which files it makes sense for */
};

static const struct work works[] = {
    {"decode", do_decode, true, true},
    {"memcpy", do_copy, true, false},
    {"crc_by_nibbles", do_crc, true, false},
    {"expat_alone", do_expat, false, true},
};
enum { WORKS = sizeof works / sizeof works[0] };

static void measure(const char *format, bool xml, const struct har_bytes *files,
                    size_t count)
{
    uint64_t bytes = 0, kept = 0;
    size_t largest = 1;
    for (size_t i = 0; i < count; i++) {
        bytes += files[i].size;
        if (files[i].size > largest) largest = files[i].size;
    }
    if (bytes == 0) return;
    uint8_t *room = malloc(largest);
    struct har_arena arena = {0};
    double best[WORKS];
    for (int w = 0; w < WORKS; w++) best[w] = INFINITY;
    double begin = seconds_now();
    for (int round = 0; round < LEAST_ROUNDS || seconds_now() - begin < LEAST_S; round++)
        for (int w = 0; w < WORKS; w++) {
            if (xml ? !works[w].xml : !works[w].fit) continue;
            double from = seconds_now();
            for (size_t i = 0; i < count; i++) kept += works[w].run(files[i], room, &arena);
            best[w] = fmin(best[w], seconds_now() - from);
        }
    har_arena_free(&arena);
    free(room);
    printf("%s_bytes %llu\n", format, (unsigned long long)bytes);
    for (int w = 0; w < WORKS; w++)
        if (isfinite(best[w]))
            printf("%s_%s_mb_per_s %.1f\n", format, works[w].name,
                   (double)bytes / best[w] / 1e6);
    fprintf(stderr, "%s: %llu\n", format, (unsigned long long)kept);
}

/* A long run in 1 Hz samples, as FIT: a stand-in where there are no real files. */
static struct har_bytes made_file(struct har_arena *arena)
{
    enum { COUNT = 60000 };
    int64_t *time_ms = HAR_NEW(arena, int64_t, COUNT);
    double *channel[HAR_CHANNELS] = {0};
    for (int c = 0; c < HAR_CHANNELS; c++) channel[c] = HAR_NEW(arena, double, COUNT);
    for (int i = 0; i < COUNT; i++) {
        time_ms[i] = 1767603600000 + 1000 * (int64_t)i;
        channel[HAR_LAT_DEG][i] = 52 + 3e-5 * i;
        channel[HAR_LON_DEG][i] = 5 + 1e-5 * sin(i / 90.0);
        channel[HAR_ALTITUDE_M][i] = 20 + 15 * sin(i / 400.0);
        channel[HAR_DISTANCE_M][i] = 3.5 * i;
        channel[HAR_SPEED_MPS][i] = 3.5;
        channel[HAR_HEART_BPM][i] = 140 + i % 20;
        channel[HAR_CADENCE_SPM][i] = 176;
        channel[HAR_POWER_W][i] = 250 + i % 30;
        channel[HAR_TEMP_C][i] = 12;
    }
    struct har_activity activity = {.sport = HAR_SPORT_RUNNING,
                                    .start_ms = time_ms[0],
                                    .created_ms = time_ms[0],
                                    .elapsed_s = COUNT - 1,
                                    .timer_s = COUNT - 1,
                                    .moving_s = NAN,
                                    .distance_m = 3.5 * (COUNT - 1),
                                    .ascent_m = NAN,
                                    .descent_m = NAN,
                                    .heart_bpm = NAN,
                                    .heart_max_bpm = NAN,
                                    .energy_kcal = NAN,
                                    .pool_m = NAN,
                                    .samples = {.count = COUNT, .time_ms = time_ms}};
    for (int c = 0; c < HAR_CHANNELS; c++) activity.samples.channel[c] = channel[c];
    struct har_bytes out = {0};
    struct har_error err = {0};
    if (har_encode_fit(&activity, arena, &out, &err) != HAR_OK)
        fprintf(stderr, "encode: %s\n", err.message);
    return out;
}

int main(int argc, char **argv)
{
    static const char *const names[] = {
        [HAR_FORMAT_FIT] = "fit", [HAR_FORMAT_TCX] = "tcx", [HAR_FORMAT_GPX] = "gpx"};
    struct har_bytes *files = calloc((size_t)argc, sizeof *files);
    if (!files) return 1;
    for (enum har_format format = HAR_FORMAT_FIT; format <= HAR_FORMAT_GPX; format++) {
        size_t count = 0;
        for (int i = 1; i < argc; i++) {
            struct har_bytes file = whole_file(argv[i]);
            if (file.size && har_sniff(file) == format) files[count++] = file;
            else free((void *)(uintptr_t)file.data);
        }
        measure(names[format], format != HAR_FORMAT_FIT, files, count);
        for (size_t i = 0; i < count; i++) free((void *)(uintptr_t)files[i].data);
    }
    free(files);
    struct har_arena arena = {0};
    struct har_bytes made = made_file(&arena);
    measure("made_fit", false, &made, 1);
    har_arena_free(&arena);
    return 0;
}
