/* SPDX-License-Identifier: MIT */
/* Fitness, fatigue and form: the two fading means of E. W. Banister's model without its
 * gains, as charts of training have drawn them since A. Coggan, 42 and 7 days. They say
 * what was done, in two lengths of memory, and nothing of how fast it makes anyone.
 *
 * Days without a session. A diary that is known to hold everything has days of rest; one
 * that was put together from what files there were has holes. Six days off in a row are
 * rest, seven a hole, unless the diary is complete: our choice. In a hole the fitness stays
 * as it was and the fatigue nears it, as if the runner had gone on as usual; a zero would
 * draw a collapse that nobody lived through, and a spike when the files begin again. How
 * much of the fitness is founded on days that are known is told beside it: nothing on the
 * first morning, 63 % after 42 days.
 *
 * Monotony and strain: C. Foster, Med. Sci. Sports Exerc. 30 (1998) 1164, mean over
 * standard deviation of seven days; whether he divides by 6 or by 7 we have not read, and
 * take 6. Days all alike would be infinitely monotonous: 10 at most.
 *
 * The spike: J. S. B. Frandsen et al., Br. J. Sports Med. 2025, 588,071 sessions of 5,205
 * runners: a run 10 to 30 % longer than the longest of the last 30 days went with 1.64
 * times the rate of injuries, up to double with 1.52, beyond with 2.28; the ratio of the
 * last week to the last four went with none, and the acute:chronic ratio with fewer. So
 * that ratio is not here. */

#include "harrier/form.h"

#include <math.h>
#include <stdlib.h>

#define FITNESS_DAYS 42.0
#define FATIGUE_DAYS 7.0
enum {
    WEEK = 7,
    HOLE_DAYS = 7,
    SPIKE_DAYS = 30,
    MOST_DAYS = 200 * 366,
};

static const struct {
    double above, hazard;
} spike_hazards[] = {{2.0, 2.28}, {1.3, 1.52}, {1.1, 1.64}};

double har_spike_hazard(double spike)
{
    for (size_t i = 0; i < sizeof spike_hazards / sizeof spike_hazards[0]; i++)
        if (spike > spike_hazards[i].above) return spike_hazards[i].hazard;
    return 1;
}

double har_fade_weight(enum har_fade fade, double days)
{
    double weight = fade == HAR_FADE_EXPONENTIAL ? -expm1(-1 / days)
                    : fade == HAR_FADE_INVERSE   ? 1 / days
                                                 : 2 / (days + 1);
    return days > 0 && weight <= 1 ? weight : NAN;
}

double har_monotony(const double *load, size_t count)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) sum += load[i];
    double mean = sum / (double)count;
    for (size_t i = 0; i < count; i++) squares += (load[i] - mean) * (load[i] - mean);
    if (mean == 0) return 0;
    double deviation = sqrt(squares / (double)(count - 1));
    return mean >= HAR_MOST_MONOTONY * deviation ? HAR_MOST_MONOTONY : mean / deviation;
}

/* --- sessions to days ---------------------------------------------------------------- */

static int compare_done(const void *a, const void *b)
{
    const struct har_done *x = *(const struct har_done *const *)a,
                          *y = *(const struct har_done *const *)b;
    if (x->start_ms != y->start_ms) return x->start_ms < y->start_ms ? -1 : 1;
    return (x->load > y->load) - (x->load < y->load);
}

/* Whether two watches saw one session, `b` not begun before `a`. One that lasted nobody
 * knows how long overlaps none. */
static bool is_double(const struct har_done *a, const struct har_done *b)
{
    if (isnan(a->elapsed_s) || isnan(b->elapsed_s)) return false;
    double shorter_s = fmin(a->elapsed_s, b->elapsed_s);
    double from_s = (double)(b->start_ms - a->start_ms) / 1000;
    return fmin(a->elapsed_s - from_s, b->elapsed_s) > shorter_s / 2;
}

static int64_t day_of_done(const struct har_done *done)
{
    return har_local_day(done->start_ms, done->utc_offset_s);
}

static bool is_worth_more(const struct har_done *a, const struct har_done *b)
{
    return isnan(b->load) ? !isnan(a->load) : a->load > b->load;
}

static void add_done(const struct har_done *done, struct har_form_day *day)
{
    day->sessions++;
    if (isnan(done->load)) day->unknown++;
    else day->load += fmax(done->load, 0);
    if (done->distance_m > 0) day->longest_m = fmax(day->longest_m, done->distance_m);
    if (done->race) day->races++;
}

/* Adds sessions in order of time to their days, each session once. A race that only one of
 * two watches knows for one is a race. */
static void add_sessions(const struct har_done *const *sorted, size_t count,
                         struct har_form_day *days)
{
    for (size_t i = 0; i < count;) {
        struct har_done best = *sorted[i];
        struct har_form_day *day = &days[day_of_done(sorted[i]) - days[0].day];
        size_t next = i + 1;
        for (; next < count && is_double(&best, sorted[next]); next++) {
            bool race = best.race || sorted[next]->race;
            if (is_worth_more(sorted[next], &best)) best = *sorted[next];
            best.race = race;
            day->doubled++;
        }
        add_done(&best, day);
        i = next;
    }
}

/* Days without a session that are not known to be rest lose their load. */
static void mark_holes(struct har_form_day *days, size_t count)
{
    for (size_t i = 0, end; i < count; i = end + 1) {
        for (end = i; end < count && days[end].sessions == 0;) end++;
        for (size_t hole = i; end - i >= HOLE_DAYS && hole < end; hole++)
            days[hole].load = NAN;
    }
}

/* The days of which it is not said that nothing else was done on them come first. */
static size_t count_open_days(const struct har_form_settings *use, int64_t from,
                              size_t count)
{
    if (use->complete) return 0;
    int64_t open = use->complete_from - from;
    if (use->complete_from == 0 || open >= (int64_t)count) return count;
    return open > 0 ? (size_t)open : 0;
}

/* --- days to what they add up to --------------------------------------------------------
 */

static void fill_means(struct har_form_day *days, size_t count, double slow, double fast)
{
    double fitness = 0, fatigue = 0, known = 0;
    for (size_t i = 0; i < count; i++) {
        struct har_form_day *day = &days[i];
        day->form = fitness - fatigue;
        double load = isnan(day->load) ? fitness : day->load;
        fitness += slow * (load - fitness);
        fatigue += fast * (load - fatigue);
        known += slow * ((isnan(day->load) ? 0 : 1) - known);
        day->fitness = fitness;
        day->fatigue = fatigue;
        day->known = known;
    }
}

static void fill_week(struct har_form_day *days, size_t at)
{
    double load[WEEK], sum = 0;
    size_t count = at + 1 < WEEK ? at + 1 : WEEK;
    for (size_t i = 0; i < count; i++) sum += load[i] = days[at - i].load;
    bool whole = count == WEEK && !isnan(sum);
    days[at].week_load = whole ? sum : NAN;
    days[at].monotony = whole ? har_monotony(load, WEEK) : NAN;
    days[at].strain = days[at].week_load * days[at].monotony;
}

static void fill_spike(struct har_form_day *days, size_t at)
{
    double longest_m = NAN;
    for (size_t back = 1; back <= SPIKE_DAYS && back <= at; back++)
        longest_m = fmax(longest_m, days[at - back].longest_m);
    days[at].spike = days[at].longest_m / longest_m;
}

static unsigned races_within(const struct har_form_day *days, size_t at, size_t window)
{
    unsigned races = 0;
    for (size_t back = 0; back < window && back <= at; back++)
        races += days[at - back].races;
    return races;
}

static void fill_races(struct har_form_day *days, size_t at)
{
    days[at].races_7 = races_within(days, at, 7);
    days[at].races_14 = races_within(days, at, 14);
    days[at].races_28 = races_within(days, at, 28);
}

/* --- the whole -------------------------------------------------------------------------
 */

static size_t sort_done(const struct har_done *done, size_t count,
                        const struct har_done **sorted)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (done[i].start_ms != HAR_NO_TIME) sorted[known++] = &done[i];
    if (known > 0) qsort(sorted, known, sizeof(const struct har_done *), compare_done);
    return known;
}

/* The first and the last day; clocks may be set back between two sessions. */
static void span_of(const struct har_done *const *sorted, size_t count, int64_t *from,
                    int64_t *to)
{
    *from = *to = day_of_done(sorted[0]);
    for (size_t i = 1; i < count; i++) {
        int64_t day = day_of_done(sorted[i]);
        if (day < *from) *from = day;
        if (day > *to) *to = day;
    }
}

static har_status add_up_days(const struct har_done *const *sorted, size_t count,
                              const struct har_form_settings *use, struct har_arena *arena,
                              struct har_form *out, struct har_error *err)
{
    int64_t from, to;
    span_of(sorted, count, &from, &to);
    if (use->to_day > to) to = use->to_day;
    if (to - from >= MOST_DAYS)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "the sessions lie centuries apart");
    size_t day_count = (size_t)(to - from) + 1;
    struct har_form_day *days = HAR_NEW(arena, struct har_form_day, day_count);
    if (!days)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu days of load", day_count);
    for (size_t i = 0; i < day_count; i++)
        days[i] = (struct har_form_day){.day = from + (int64_t)i, .longest_m = NAN};
    add_sessions(sorted, count, days);
    mark_holes(days, count_open_days(use, from, day_count));
    fill_means(days, day_count, har_fade_weight(use->fade, use->fitness_days),
               har_fade_weight(use->fade, use->fatigue_days));
    for (size_t i = 0; i < day_count; i++) {
        fill_week(days, i);
        fill_spike(days, i);
        fill_races(days, i);
    }
    *out = (struct har_form){day_count, days};
    return HAR_OK;
}

har_status har_form(const struct har_done *done, size_t count,
                    const struct har_form_settings *settings, struct har_arena *arena,
                    struct har_form *out, struct har_error *err)
{
    struct har_form_settings use = {0};
    if (settings) use = *settings;
    if (use.fitness_days == 0) use.fitness_days = FITNESS_DAYS;
    if (use.fatigue_days == 0) use.fatigue_days = FATIGUE_DAYS;
    *out = (struct har_form){0};
    if (use.fade >= HAR_FADES || isnan(har_fade_weight(use.fade, use.fitness_days)) ||
        isnan(har_fade_weight(use.fade, use.fatigue_days)))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "no mean fades over so few days; 42 and 7 are usual");
    const struct har_done **sorted = HAR_NEW(arena, const struct har_done *, count);
    if (!sorted)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu sessions", count);
    size_t known = sort_done(done, count, sorted);
    if (known == 0) return HAR_NOT_FOUND;
    return add_up_days(sorted, known, &use, arena, out, err);
}
