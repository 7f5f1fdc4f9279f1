/* SPDX-License-Identifier: MIT */
/* Any bytes are a course: reading it ends with a line or a sentence, and whatever line
 * comes out can be judged. The first byte says how much memory there is. */

#include "harrier/course.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(const struct har_course *course, struct har_arena *arena)
{
    assert(course->count >= 2 && course->length_m > 0 && course->line_count > 0);
    assert(course->distance_m[0] <= 0);
    for (size_t i = 1; i < course->count; i++)
        assert(course->distance_m[i] >= course->distance_m[i - 1]);
    for (size_t i = 0; course->altitude_m && i < course->count; i++)
        assert(isfinite(course->altitude_m[i]));
    struct har_course_question question = {10000, NAN, NAN};
    struct har_eligibility e;
    if (har_course_judge(course, &question, arena, &e, NULL) != HAR_OK) return;
    assert(e.confidence >= 0 && e.confidence <= 1 && e.reason_count > 0);
    assert(e.separation_pct >= 0 && e.separation_pct <= 100);
    for (size_t i = 0; i < e.reason_count; i++) assert(strlen(e.reasons[i]) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] < 128 ? 0 : (size_t)(data[0] - 127) << 10};
    struct har_bytes file = {data + 1, size - 1};
    struct har_course course;
    struct har_error err = {0};
    har_status status = har_course_read(file, &arena, &course, &err);
    if (status == HAR_OK) {
        look_at(&course, &arena);
    } else {
        assert(status == err.status && err.message[0] != '\0');
        assert(strchr(err.message, '\n') == NULL);
        assert(status != HAR_NO_MEMORY || arena.limit != 0);
    }
    har_arena_free(&arena);
    return 0;
}
