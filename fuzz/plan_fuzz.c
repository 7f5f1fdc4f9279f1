/* SPDX-License-Identifier: MIT */
/* Any bytes are a plan of sessions to come: what goes in has a day and numbers that can be,
 * what is refused has its line and a sentence. The first byte limits the memory. */

#include "harrier/training.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] < 128 ? 0 : (size_t)(data[0] - 127) << 8};
    struct har_plan plan;
    struct har_error err = {0};
    har_status got =
        har_plan_read((struct har_bytes){data + 1, size - 1}, &arena, &plan, &err);
    if (got != HAR_OK) {
        assert(got == err.status && strlen(err.message) > 5);
        assert(got != HAR_NO_MEMORY || arena.limit != 0);
    }
    for (size_t i = 0; got == HAR_OK && i < plan.count; i++) {
        const struct har_planned *session = &plan.session[i];
        assert(har_day_of(har_date_of(session->day)) == session->day);
        assert(!(session->load < 0) && !(session->distance_m < 0));
        assert(!(session->duration_s < 0) && !isinf(session->load));
    }
    for (size_t i = 0; got == HAR_OK && i < plan.refused_count; i++)
        assert(plan.refused[i].line > 1 && plan.refused[i].why[0] != '\0');
    har_arena_free(&arena);
    return 0;
}
