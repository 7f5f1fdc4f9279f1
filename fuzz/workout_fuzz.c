/* SPDX-License-Identifier: MIT */
/* Workouts, as words or as a FIT or ZWO file: each is read or refused with a sentence, a
 * line and a column for words. What is read is written, reads back and is written the same;
 * with speeds it goes through FIT and comes back the same, and may go to ZWO; beside a run
 * every step has a verdict. The first byte limits the memory. */

#include "harrier/decode.h"
#include "harrier/encode.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SECONDS = 600 };

static void is_said(har_status status, const struct har_error *err)
{
    assert(status < 0 && status == err->status && strlen(err->message) > 10);
    for (const char *c = err->message; *c; c++) assert((unsigned char)*c >= ' ');
}

static double any_speed(const void *ctx, const struct har_event *event)
{
    (void)ctx;
    return event->distance_m > 3000 ? 5 : 6;
}

static struct har_bytes words_of(const struct har_workout *w, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_workout(&text, w);
    assert(!text.failed);
    return (struct har_bytes){(const uint8_t *)text.data, text.size};
}

static bool same(struct har_bytes a, struct har_bytes b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static void beside_a_run(const struct har_workout *w, struct har_arena *arena)
{
    static double time_s[SECONDS], distance_m[SECONDS], heart_bpm[SECONDS];
    for (int i = 0; i < SECONDS; i++) {
        time_s[i] = i;
        heart_bpm[i] = i % 7 ? 120 + i % 60 : (double)NAN;
        distance_m[i] = 3 * i + (i % 120 > 60 ? i % 60 : 0);
    }
    for (int i = 1; i < SECONDS; i++)
        distance_m[i] = fmax(distance_m[i], distance_m[i - 1]);
    const struct har_lap lap[2] = {{.timer_s = 200, .distance_m = 600},
                                   {.timer_s = 400, .distance_m = 1500}};
    const struct har_workout_done done = {
        2, lap, SECONDS, time_s, distance_m, heart_bpm, heart_bpm, {190, 170, 300}};
    struct har_match match;
    struct har_error err = {0};
    har_status got = har_workout_match(w, &done, arena, &match, &err);
    if (got != HAR_OK) {
        is_said(got, &err);
        return;
    }
    assert(match.count >= w->step_count && match.hit <= match.judged);
    for (size_t i = 0; i < match.count; i++)
        assert(match.step[i].because && *har_step_verdict_name(match.step[i].verdict));
}

/* There and back again. */
static void turn(struct har_workout *w, struct har_arena *arena)
{
    const struct har_workout_paces paces = {4.5, any_speed, NULL};
    struct har_workout again;
    struct har_bytes words = words_of(w, arena), file;
    struct har_error err = {0};
    assert(har_workout_read(words, arena, &again, NULL) == HAR_OK);
    assert(same(words_of(&again, arena), words));
    har_status got = har_workout_resolve(w, &paces, &err);
    if (got == HAR_OK) got = har_encode_workout_fit(w, 946684800000, arena, &file, &err);
    if (got != HAR_OK) {
        is_said(got, &err);
        return;
    }
    assert(har_decode_workout(file, arena, &again, NULL) == HAR_OK);
    assert(same(words_of(&again, arena), words));
    got = har_encode_workout_zwo(w, 4.5, arena, &file, &err);
    if (got == HAR_OK) {
        got = har_decode_workout(file, arena, &again, &err);
        if (got != HAR_OK) is_said(got, &err);
    } else is_said(got, &err);
    beside_a_run(w, arena);
}

static har_status read_any(struct har_bytes bytes, struct har_arena *arena,
                           struct har_workout *w, struct har_error *err)
{
    if (har_sniff(bytes) == HAR_FORMAT_FIT || har_is_zwo(bytes))
        return har_decode_workout(bytes, arena, w, err);
    har_status got = har_workout_read(bytes, arena, w, err);
    if (got == HAR_BAD_INPUT) {
        assert(strncmp(err->message, "line ", 5) == 0 && strstr(err->message, ", column "));
        assert(err->offset <= bytes.size);
    }
    return got;
}

static void read_step(struct har_bytes words)
{
    struct har_arena arena = {0};
    struct har_workout_step step;
    struct har_error err = {0};
    har_status got = har_step_read(words, &arena, &step, &err);
    if (got != HAR_OK) is_said(got, &err);
    har_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] ? 64u * data[0] : 0};
    struct har_workout w;
    struct har_error err = {0};
    struct har_bytes bytes = {data + 1, size - 1};
    har_status got = read_any(bytes, &arena, &w, &err);
    if (got != HAR_OK) is_said(got, &err);
    read_step(bytes);
    arena.limit = 0;
    if (got == HAR_OK) turn(&w, &arena);
    har_arena_free(&arena);
    return 0;
}
