/* SPDX-License-Identifier: MIT */
/* harrier.wasm: a watch file in, what it says out. The page's side is harrier.mjs.
 *
 * One file at a time, so one arena is enough; whatever was handed out is gone with the next
 * call of harrier_room(). A WebAssembly module has one thread. */

#include "harrier.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

static struct har_arena arena;
static struct har_recording recording;
static struct har_text answer;
static uint8_t *file;

/* Where to write a file of `size` bytes; 0 if there is no memory for it. */
uint8_t *EXPORT(harrier_room)(size_t size)
{
    har_arena_free(&arena);
    recording = (struct har_recording){0};
    answer = (struct har_text){.arena = &arena};
    file = HAR_ROOM(&arena, uint8_t, size);
    return file;
}

/* Reads the file that was written there. The answer is harrier_answer(): what was decoded
 * as `harrier decode --json` has it, or for any status but 0 why it was not. */
int EXPORT(harrier_decode)(size_t size)
{
    struct har_error why = {0};
    struct har_json json = {.text = &answer};
    har_status got = har_decode((struct har_bytes){file, size}, &arena, &recording, &why);
    har_json_open(&json, NULL, '{');
    if (got == HAR_OK) {
        har_json_open(&json, "activities", '[');
        for (size_t i = 0; i < recording.activity_count; i++)
            har_json_activity(&json, "", &recording.activities[i],
                              i == 0 ? &recording : NULL);
        har_json_close(&json);
    } else {
        har_json_string(&json, "message", why.message);
        har_json_integer(&json, "offset", (int64_t)why.offset);
    }
    har_json_close(&json);
    return answer.failed ? HAR_NO_MEMORY : got;
}

const char *EXPORT(harrier_answer)(void)
{
    return answer.data;
}

size_t EXPORT(harrier_answer_size)(void)
{
    return answer.failed ? 0 : answer.size;
}

/* --- columns ------------------------------------------------------------------------- */

/* The samples of an activity that was decoded: as many numbers as it says, in channels as
 * har_channel counts them; NULL where the file has none. Missing is NaN. */
const double *EXPORT(harrier_channel)(size_t activity, unsigned channel)
{
    if (activity >= recording.activity_count || channel >= HAR_CHANNELS) return NULL;
    return recording.activities[activity].samples.channel[channel];
}

/* Milliseconds since 1970, or INT64_MIN. */
const int64_t *EXPORT(harrier_time_ms)(size_t activity)
{
    if (activity >= recording.activity_count) return NULL;
    return recording.activities[activity].samples.time_ms;
}
