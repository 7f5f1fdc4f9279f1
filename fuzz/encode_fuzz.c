/* SPDX-License-Identifier: MIT */
/* What decodes can be written, and reads back as the same: as many samples, the same
 * instants, the same columns within the steps of the format. */

#include "harrier/decode.h"
#include "harrier/encode.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool believable(const struct har_samples *samples)
{
    for (size_t i = 0; i < samples->count; i++)
        if (samples->time_ms[i] == HAR_NO_TIME || samples->time_ms[i] % 1000 != 0)
            return false;
    return samples->extra_count == 0;
}

/* Positions are the finest of the columns, and a watch has no range for them to leave. */
static void compare(const struct har_samples *a, const struct har_samples *b)
{
    assert(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) assert(a->time_ms[i] == b->time_ms[i]);
    if (!a->channel[HAR_LAT_DEG] || !b->channel[HAR_LAT_DEG]) return;
    for (size_t i = 0; i < a->count; i++) {
        double was = a->channel[HAR_LAT_DEG][i], is = b->channel[HAR_LAT_DEG][i];
        if (!isnan(was) && fabs(was) <= 90) assert(fabs(is - was) <= 1e-7);
    }
}

static void round_trip(const struct har_activity *activity, struct har_arena *arena)
{
    struct har_bytes out;
    struct har_error err = {0};
    har_status status = har_encode_fit(activity, arena, &out, &err);
    assert(status == HAR_OK || status == HAR_OUT_OF_RANGE);
    if (status != HAR_OK) return;
    struct har_recording again;
    assert(har_decode(out, arena, &again, &err) == HAR_OK);
    assert(again.warning_count == 0);
    if (activity->samples.count == 0 || !believable(&activity->samples)) return;
    assert(again.activity_count == 1);
    compare(&activity->samples, &again.activities[0].samples);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct har_arena arena = {0};
    struct har_recording recording;
    if (har_decode((struct har_bytes){data, size}, &arena, &recording, NULL) == HAR_OK)
        for (size_t i = 0; i < recording.activity_count; i++)
            round_trip(&recording.activities[i], &arena);
    har_arena_free(&arena);
    return 0;
}
