/* SPDX-License-Identifier: MIT */
/* Results -> histories. What is told of a race's conditions is taken out of the mark by
 * `convert`, whose range becomes the mark's blur. Of marks that no list admits and of whose
 * conditions nothing is told, the careers of the elite prior say how they come out: from
 * 0.5 % fast (half marathons) over 0.8-1 % (road 10 km) to 5 % (a straight mile). They
 * count as they are and blurred: left out, they are missed more than they mislead. */

#include "harrier/forecast.h"
#include "harrier/num.h"

#include <math.h>
#include <string.h>

#define AIDED_BLUR 0.015

static bool is_told(const struct har_result *r)
{
    return !isnan(r->drop_m) || !isnan(r->altitude_m) || !isnan(r->wbgt_c) ||
           (!isnan(r->temp_c) && !isnan(r->humidity_pct)) || !isnan(r->wind_mps);
}

/* The mark in standard conditions; false where those told cannot be taken out. */
static bool standardise(const struct har_result *r, enum har_sex sex, double *time_s,
                        double *blur)
{
    struct har_arena arena = {0};
    struct har_conditions told = har_conditions_untold();
    struct har_conversion worth;
    told.drop_m = r->drop_m;
    told.altitude_m = r->altitude_m;
    told.wbgt_c = r->wbgt_c;
    if (isnan(told.wbgt_c) && !isnan(r->temp_c) && !isnan(r->humidity_pct)) {
        told.temp_c = r->temp_c;
        told.humidity_pct = r->humidity_pct;
    }
    told.headwind_mps = r->wind_mps;
    told.sex_told = true;
    told.sex = sex;
    bool done = har_convert(&r->event, *time_s, &told, &arena, &worth, NULL) == HAR_OK;
    if (done) {
        *time_s = worth.standard_s;
        *blur = har_ln_sd_of_80(worth.standard_low_s, worth.standard_high_s);
    }
    har_arena_free(&arena);
    return done;
}

har_status har_evidence_of(const struct har_result *result, enum har_sex sex,
                           struct har_evidence *out, struct har_error *err)
{
    if (!har_curve_reaches(&result->event) || result->mark.time_ms <= 0)
        return har_fail(err, HAR_NO_ANSWER, result->line,
                        "no curve reaches %s: it is known from 800 m to the marathon",
                        result->event.code);
    *out = (struct har_evidence){
        .event = result->event,
        .time_s = (double)result->mark.time_ms / 1000,
        .day = result->day,
        .kind = HAR_EVIDENCE_RACE,
        .run_s = (double)result->mark.time_ms / 1000,
    };
    bool done = is_told(result) && standardise(result, sex, &out->time_s, &out->blur);
    if (!done && result->eligible == 0) out->blur = AIDED_BLUR;
    return HAR_OK;
}

/* --- by athlete ------------------------------------------------------------------- */

static const char *name_of(const struct har_result *result)
{
    return result->athlete ? result->athlete : "";
}

/* A merge sort of pointers: stable, and without a global that qsort's callback would need.
 */
static void sort_by_name_and_day(const struct har_result **item, size_t count,
                                 const struct har_result **scratch)
{
    if (count < 2) return;
    size_t half = count / 2, a = 0, b = half;
    sort_by_name_and_day(item, half, scratch);
    sort_by_name_and_day(item + half, count - half, scratch);
    for (size_t i = 0; i < count; i++) {
        bool second = a == half;
        if (!second && b < count) {
            int order = strcmp(name_of(item[a]), name_of(item[b]));
            second = order > 0 || (order == 0 && item[a]->day > item[b]->day);
        }
        scratch[i] = second ? item[b++] : item[a++];
    }
    memcpy(item, scratch, count * sizeof(*item));
}

static int sex_of(const struct har_result *const *item, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (item[i]->sex != HAR_UNTOLD) return item[i]->sex;
    return HAR_UNTOLD;
}

har_status har_histories_of(const struct har_results *results, struct har_arena *arena,
                            struct har_history **out, size_t *count, const char **unsexed,
                            struct har_error *err)
{
    size_t all = results->count;
    const struct har_result **item = HAR_NEW(arena, const struct har_result *, 2 * all);
    struct har_evidence *evidence = HAR_ROOM(arena, struct har_evidence, all);
    struct har_history *history = HAR_NEW(arena, struct har_history, all);
    if (!item || !evidence || !history)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu results", all);
    for (size_t i = 0; i < all; i++) item[i] = results->result + i;
    sort_by_name_and_day(item, all, item + all);
    *count = 0;
    if (unsexed) *unsexed = NULL;
    for (size_t from = 0, to; from < all; from = to) {
        for (to = from + 1;
             to < all && strcmp(name_of(item[to]), name_of(item[from])) == 0;)
            to++;
        int sex = sex_of(item + from, to - from);
        if (sex == HAR_UNTOLD) {
            if (unsexed && !*unsexed) *unsexed = name_of(item[from]);
            continue;
        }
        struct har_history *one = history + (*count)++;
        *one = (struct har_history){name_of(item[from]), (enum har_sex)sex, 0, evidence};
        for (size_t i = from; i < to; i++)
            if (har_evidence_of(item[i], one->sex, one->evidence + one->count, NULL) ==
                HAR_OK)
                one->count++;
        evidence += one->count;
    }
    *out = history;
    return HAR_OK;
}

const struct har_history *har_history_find(const struct har_history *histories,
                                           size_t count, const char *athlete)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strcmp(histories[middle].athlete, athlete);
        if (order == 0) return histories + middle;
        if (order < 0) from = middle + 1;
        else to = middle;
    }
    return NULL;
}
