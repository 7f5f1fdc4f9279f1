/* SPDX-License-Identifier: MIT */
/* Any bytes are a file: decoding ends with an answer or a sentence, and what it gives holds
 * what activity.h says of it. The first byte says how much memory there is, so that running
 * out of it is tried as well. */

#include "harrier/clean.h"
#include "harrier/decode.h"
#include "harrier/field.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(const struct har_activity *activity)
{
    const struct har_samples *samples = &activity->samples;
    assert(samples->count == 0 || samples->time_ms != NULL);
    double sum = 0;
    for (int c = 0; c < HAR_CHANNELS; c++)
        for (size_t i = 0; samples->channel[c] && i < samples->count; i++)
            sum += samples->channel[c][i];
    for (size_t e = 0; e < samples->extra_count; e++) {
        assert(samples->extras[e].name != NULL && samples->extras[e].unit != NULL);
        for (size_t i = 0; i < samples->count; i++) sum += samples->extras[e].value[i];
    }
    for (size_t i = 0; i < activity->lap_count; i++) sum += activity->laps[i].elapsed_s;
    for (size_t i = 0; i < activity->segment_count; i++)
        assert(activity->segment_start[i] <= samples->count);
    volatile double kept = sum;
    (void)kept;
}

/* Whatever was recorded is a race or none: laps that add up, or a sentence. */
static void race(const struct har_streams *streams, struct har_arena *arena)
{
    static const double official_s[] = {0, 1200}, official_m[] = {0, 5000};
    for (size_t i = 0; i < 2; i++) {
        struct har_own_race own = {
            .streams = streams, .distance_m = official_m[i], .time_s = official_s[i]};
        struct har_own_analysis a;
        struct har_error err = {0};
        if (har_own_race(&own, arena, &a, &err) != HAR_OK) {
            assert(err.message[0] != '\0');
            continue;
        }
        double sum_m = 0, sum_s = 0;
        for (size_t k = 0; k < a.lap_count; k++) {
            assert(a.lap[k].lap_m > 0 && a.lap[k].lap_s >= 0);
            sum_m += a.lap[k].lap_m;
            sum_s += a.lap[k].lap_s;
        }
        assert(fabs(sum_m - a.distance_m) <= 1e-6 * a.distance_m);
        assert(fabs(sum_s - a.time_s) <= 1e-6 * a.time_s + 1e-6);
    }
}

/* Cleaning takes whatever decoding gives. */
static void clean(const struct har_activity *activity, struct har_arena *arena)
{
    struct har_streams streams;
    if (har_clean(activity, NULL, arena, &streams, NULL) != HAR_OK) return;
    for (size_t i = 1; i < streams.count; i++)
        assert(streams.time_s[i] > streams.time_s[i - 1]);
    for (size_t i = 1; streams.distance_m && i < streams.count; i++)
        assert(!(streams.distance_m[i] < streams.distance_m[i - 1]));
    race(&streams, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] < 128 ? 0 : (size_t)(data[0] - 127) << 10};
    struct har_bytes file = {data + 1, size - 1};
    struct har_recording recording;
    struct har_error err = {0};
    struct har_bytes head = {file.data, file.size < 1024 ? file.size : 1024};
    assert(har_sniff(head) == har_sniff(file));
    har_status status = har_decode(file, &arena, &recording, &err);
    if (status == HAR_OK) {
        for (size_t i = 0; i < recording.warning_count; i++)
            assert(recording.warnings[i].message != NULL &&
                   recording.warnings[i].offset <= file.size);
        for (size_t i = 0; i < recording.activity_count; i++) {
            look_at(&recording.activities[i]);
            clean(&recording.activities[i], &arena);
        }
    } else {
        assert(status == err.status && err.message[0] != '\0');
        assert(memchr(err.message, '\0', sizeof err.message) != NULL);
        assert(strchr(err.message, '\n') == NULL);
        assert(status != HAR_NO_MEMORY || arena.limit != 0);
    }
    har_arena_free(&arena);
    return 0;
}
