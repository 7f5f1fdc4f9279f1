/* SPDX-License-Identifier: MIT */
/* Events and marks as text, an event on the first line and a mark on the rest: each is
 * taken or refused with a sentence. What is taken is called something that reads back as
 * itself, is rounded upwards by less than a second, and has points and age grades within
 * bounds or a sentence. */

#include "harrier/mark.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void is_said(har_status status, const struct har_error *err)
{
    assert(status == err->status && strlen(err->message) > 10);
    for (const char *c = err->message; *c; c++) assert((unsigned char)*c >= ' ');
}

static bool read_event(struct har_bytes text, struct har_event *event)
{
    struct har_error err = {0};
    struct har_event again;
    har_status got = har_parse_event(text, event, &err);
    if (got != HAR_OK) {
        is_said(got, &err);
        assert(got == HAR_BAD_INPUT);
        return false;
    }
    assert(event->distance_mm >= 100000 && event->distance_mm <= 1000000000);
    assert(fabs(event->distance_m - (double)event->distance_mm / 1000) < 1e-6);
    assert(memchr(event->code, 0, sizeof event->code));
    assert(har_parse_event(har_bytes_of(event->code), &again, NULL) == HAR_OK);
    assert(again.kind == event->kind && again.distance_mm == event->distance_mm);
    assert(strcmp(again.code, event->code) == 0);
    return true;
}

static bool read_mark(struct har_bytes text, struct har_mark *mark, struct har_arena *arena)
{
    struct har_error err = {0};
    struct har_mark again;
    har_status got = har_parse_mark(text, mark, &err);
    if (got != HAR_OK) {
        is_said(got, &err);
        assert(got == HAR_BAD_INPUT && err.offset <= text.size);
        return false;
    }
    assert(mark->time_ms > 0 && mark->time_ms < INT64_C(360000000) && mark->decimals <= 3);
    struct har_text written = {.arena = arena};
    har_text_mark(&written, mark, NULL);
    assert(har_parse_mark(har_bytes_of(written.data), &again, NULL) == HAR_OK);
    assert(again.time_ms == mark->time_ms && again.decimals == mark->decimals);
    assert(again.hand == mark->hand && again.short_track == mark->short_track);
    return true;
}

static void score(const struct har_mark *mark, const struct har_event *event)
{
    static const int editions[] = {2025, 2022};
    for (int i = 0; i < 4; i++) {
        int points = -1;
        struct har_error err = {0};
        har_status got =
            har_points(mark, event, (enum har_sex)(i % 2), editions[i / 2], &points, &err);
        if (got != HAR_OK) is_said(got, &err);
        else assert(points >= 0);
    }
    for (int i = 0; i < 6; i++) {
        struct har_age_grade grade;
        struct har_error err = {0};
        har_status got = har_age_grade(mark, event, (enum har_sex)(i % 2), 5 + 19 * i,
                                       (enum har_age_tables)(i / 2), &grade, &err);
        if (got != HAR_OK) is_said(got, &err);
        else assert(grade.factor > 0 && grade.factor <= 1 && grade.percent > 0);
    }
}

static void run(const struct har_event *told, const struct har_mark *mark)
{
    struct har_event event;
    struct har_error err = {0};
    har_status got = har_event_of_mark(told, mark, &event, &err);
    if (got != HAR_OK) {
        is_said(got, &err);
        return;
    }
    int64_t official_ms = har_mark_official_ms(mark, &event);
    assert(official_ms >= mark->time_ms && official_ms < mark->time_ms + 1000);
    got = har_mark_check(mark, &event, &err);
    if (got != HAR_OK) is_said(got, &err);
    else score(mark, &event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct har_arena arena = {0};
    struct har_event event;
    struct har_mark mark;
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t first = end ? (size_t)(end - data) : size;
    struct har_bytes name = {size ? data : NULL, first};
    struct har_bytes time = end ? (struct har_bytes){end + 1, size - first - 1} : name;
    enum har_sex sex;
    assert(har_parse_sex(name, &sex) == (first == 1 && memchr("MmFfWw", *data, 6)));
    bool is_event = read_event(name, &event), is_mark = read_mark(time, &mark, &arena);
    if (is_event && is_mark) run(&event, &mark);
    har_arena_free(&arena);
    return 0;
}
