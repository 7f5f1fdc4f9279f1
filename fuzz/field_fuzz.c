/* SPDX-License-Identifier: MIT */
/* Any bytes as a sheet of splits: races whose marks and times grow, positions that count
 * up, laps that add up, a stretch that lies on the way; or a sentence. */

#include "harrier/field.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 64 << 20 };

static void check_runner(const struct har_field *field, size_t i)
{
    double before_s = 0;
    for (size_t k = 0; k < field->mark_count; k++) {
        double time_s = field->runner[i].time_s[k];
        if (isnan(time_s)) continue;
        assert(time_s > before_s);
        before_s = time_s;
    }
}

static void check_analysis(const struct har_field *field, struct har_arena *arena)
{
    struct har_analysis a;
    if (har_field_analyse(field, NULL, arena, &a, NULL) != HAR_OK) return;
    double finish_m = field->mark_m[field->mark_count - 1];
    assert(a.finisher_count <= field->runner_count && a.because);
    for (size_t i = 0; i < field->runner_count; i++) {
        const struct har_performance *p = &a.performance[a.by_place[i]];
        double sum_m = 0;
        assert(p->place == (i < a.finisher_count ? (int)i + 1 : 0));
        for (size_t k = 0; k < field->mark_count; k++) {
            if (p->passing[k].position == 0) continue;
            assert((size_t)p->passing[k].position <= a.mark[k].seen);
            assert(p->passing[k].behind_s >= 0 && p->passing[k].lap_s > 0);
            sum_m += p->passing[k].lap_m;
        }
        if (p->place > 0) assert(fabs(sum_m - finish_m) <= 1e-6 * finish_m);
    }
    if (!isnan(a.decisive_from_m)) {
        assert(a.decisive_from_m >= 0 && a.decisive_from_m < a.decisive_to_m);
        assert(a.decisive_to_m <= finish_m);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct har_arena arena = {.limit = LIMIT};
    struct har_error err = {0};
    struct har_fields fields;
    double event_m = size % 3 == 0 ? 10000 : 0;
    har_status got =
        har_fields_read((struct har_bytes){data, size}, event_m, &arena, &fields, &err);
    if (got != HAR_OK) {
        assert(got == err.status && strlen(err.message) > 10);
    } else {
        assert(fields.count > 0);
        for (size_t i = 0; i < fields.count; i++) {
            const struct har_field *field = &fields.field[i];
            assert(field->mark_count > 0 && field->runner_count > 0);
            for (size_t k = 1; k < field->mark_count; k++)
                assert(field->mark_m[k] > field->mark_m[k - 1]);
            for (size_t r = 0; r < field->runner_count; r++) check_runner(field, r);
            check_analysis(field, &arena);
        }
    }
    har_arena_free(&arena);
    return 0;
}
