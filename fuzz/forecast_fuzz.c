/* SPDX-License-Identifier: MIT */
/* Any two tables, a zero byte between them, are marks and what is asked of them: every
 * answer is a time with intervals that hold each other, or there is none; longer is never
 * faster; a back test counts what it says it does. The first byte says how much memory
 * there is. */

#include "harrier/forecast.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(const struct har_prediction *p)
{
    assert(p->time_s > 0 && p->time_s < HUGE_VAL);
    for (int i = 0; i < HAR_WITHINS; i++) {
        assert(p->low_s[i] < (i ? p->low_s[i - 1] : p->time_s));
        assert(p->high_s[i] > (i ? p->high_s[i - 1] : p->time_s));
    }
}

static void ask(const struct har_history *history, const struct har_forecast_query *query,
                struct har_arena *arena)
{
    struct har_outlook outlook;
    har_status got = har_outlook_of(history, query->day, HAR_ASK_RACE, &query->event, 1,
                                    arena, &outlook, NULL);
    if (got) return;
    assert(outlook.row_count == 1);
    hold(&outlook.row[0].prediction);
    for (size_t i = 0; i < outlook.row[0].reason_count; i++)
        assert(outlook.row[0].reason[i].mark->day < query->day);
}

/* Two distances of one ground, from whatever is known. */
static void compare(const struct har_history *history, struct har_arena *arena)
{
    struct har_event half, whole;
    struct har_curve curve;
    struct har_prediction a, b;
    assert(har_parse_event(har_bytes_of("HM"), &half, NULL) == HAR_OK);
    assert(har_parse_event(har_bytes_of("MAR"), &whole, NULL) == HAR_OK);
    if (har_curve_fit(NULL, history->sex, history->evidence, history->count, 30000, arena,
                      &curve, NULL))
        return;
    if (har_curve_predict(&curve, &half, 30000, HAR_ASK_RACE, &a, NULL) ||
        har_curve_predict(&curve, &whole, 30000, HAR_ASK_RACE, &b, NULL))
        return;
    assert(b.time_s > 2 * a.time_s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] ? (size_t)data[0] * 4096 : 0};
    const uint8_t *end = memchr(data + 1, 0, size - 1);
    size_t first = end ? (size_t)(end - data - 1) : size - 1;
    struct har_bytes marks = {data + 1, first};
    struct har_bytes asked = {end ? end + 1 : data, end ? size - first - 2 : 0};
    struct har_results results;
    struct har_forecast_queries queries = {0};
    struct har_history *history;
    struct har_backtest test;
    struct har_error err = {0};
    size_t count;
    if (har_results_read(marks, NULL, &arena, &results, NULL) == HAR_OK &&
        har_histories_of(&results, &arena, &history, &count, NULL, NULL) == HAR_OK) {
        har_status got = har_forecast_queries_read(asked, &arena, &queries, &err);
        assert(got == HAR_OK || err.message[0]);
        for (size_t i = 0; got == HAR_OK && i < queries.count && i < 20; i++) {
            const struct har_history *one =
                har_history_find(history, count, queries.query[i].athlete);
            if (one) ask(one, queries.query + i, &arena);
        }
        for (size_t i = 0; i < count && i < 5; i++) compare(history + i, &arena);
        if (count < 20 && results.count < 200 &&
            har_backtest(history, count, HAR_ASK_SEASON_BEST, &arena, &test, NULL) ==
                HAR_OK) {
            size_t sum = 0;
            for (size_t i = 0; i + 1 < test.row_count; i++) sum += test.row[i].count;
            assert(sum == test.row[test.row_count - 1].count);
        }
    }
    har_arena_free(&arena);
    return 0;
}
