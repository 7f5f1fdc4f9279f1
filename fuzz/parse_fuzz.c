/* SPDX-License-Identifier: MIT */
/* Numbers and times as text: any text is taken or refused, and what is taken reads back as
 * itself once it is written. */

#include "harrier/base.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct har_bytes written(const struct har_text *text)
{
    return (struct har_bytes){(const uint8_t *)text->data, text->size};
}

static void number(struct har_bytes bytes, struct har_arena *arena)
{
    double value = -7, again = -7;
    if (!har_parse_number(bytes, &value)) {
        assert(value == -7);
        return;
    }
    assert(isfinite(value));
    if (fabs(value) > 1e9) return;
    struct har_text text = {.arena = arena};
    har_text_fixed(&text, value, 6);
    assert(har_parse_number(written(&text), &again) && fabs(again - value) <= 0.6e-6);
}

static void integer(struct har_bytes bytes, struct har_arena *arena)
{
    int64_t value = -7, again = -7;
    if (!har_parse_integer(bytes, &value)) {
        assert(value == -7);
        return;
    }
    struct har_text text = {.arena = arena};
    har_text_format(&text, "%lld", (long long)value);
    assert(har_parse_integer(written(&text), &again) && again == value);
}

static void instant(struct har_bytes bytes, struct har_arena *arena)
{
    int64_t time_ms, again;
    int32_t offset_s;
    bool has_zone;
    if (!har_parse_instant(bytes, &time_ms, &offset_s, &has_zone)) return;
    assert(abs(offset_s) <= 86400);
    struct har_text text = {.arena = arena};
    har_text_instant(&text, time_ms);
    if (time_ms >= 0 && time_ms < INT64_C(253402300800000)) /* the years 1970 to 9999 */
        assert(har_parse_instant(written(&text), &again, NULL, NULL) && again == time_ms);
}

static void date(struct har_bytes bytes)
{
    struct har_date date;
    if (!har_parse_date(bytes, &date)) return;
    struct har_date again = har_date_of(har_day_of(date));
    assert(again.year == date.year && again.month == date.month && again.day == date.day);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct har_arena arena = {0};
    struct har_bytes bytes = {size ? data : NULL, size}; /* nothing may lie nowhere */
    number(bytes, &arena);
    integer(bytes, &arena);
    instant(bytes, &arena);
    date(bytes);
    har_arena_free(&arena);
    return 0;
}
