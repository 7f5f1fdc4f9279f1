/* SPDX-License-Identifier: MIT */
/* One strictly increasing clock.
 *
 * Watches repeat seconds, step back when they hear a satellite's time, and write a stop
 * time first; some phones export one sample from the future and then the run. Dropping
 * whatever lies behind the latest time would let one such sample swallow all that follow.
 * We keep a longest increasing subsequence of the instants instead (C. Schensted, Canad. J.
 * Math. 13 (1961) 179-191; patience sorting, O(n log n)): the fewest samples go. Where two
 * days of silence remain, a clock was set in between, and the longer side is the activity.
 *
 * A hole is a pause if the device's timer says so. Without a word from the timer it is a
 * gap when it is longer than 10 s and than four usual steps: watches with "smart" recording
 * leave ten seconds between samples of steady running, and phones record every five. Files
 * cut a track into segments at pauses, but also at every lap, so a new segment only takes
 * away the first of the two conditions. */

#include "draft.h"

#include "harrier/num.h"

#include <string.h>

#define GAP_S 10.0
#define GAP_STEPS 4.0
#define SILENCE_MS (48 * INT64_C(3600000))

/* The last sample of the best sequence of each length, and who comes before whom. */
struct patience {
    size_t *last, *before;
    size_t length;
};

static void patience_add(struct patience *p, const int64_t *time_ms, size_t i)
{
    size_t low = 0, high = p->length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_ms[p->last[middle]] < time_ms[i]) low = middle + 1;
        else high = middle;
    }
    p->before[i] = low > 0 ? p->last[low - 1] : SIZE_MAX;
    p->last[low] = i;
    if (low == p->length) p->length++;
}

/* The longest stretch of `sample` without two days of silence in it: from where, how long.
 */
static size_t longest_piece(const int64_t *time_ms, const size_t *sample, size_t count,
                            size_t *from)
{
    size_t best = 0, start = 0;
    for (size_t i = 1; i <= count; i++) {
        if (i < count && time_ms[sample[i]] - time_ms[sample[i - 1]] <= SILENCE_MS)
            continue;
        if (i - start > best) {
            best = i - start;
            *from = start;
        }
        start = i;
    }
    return best;
}

static har_status choose_samples(struct draft *d)
{
    const struct har_samples *samples = &d->activity->samples;
    struct patience p = {.last = HAR_NEW(d->arena, size_t, samples->count),
                         .before = HAR_NEW(d->arena, size_t, samples->count)};
    if (!p.last || !p.before) return HAR_NO_MEMORY;
    for (size_t i = 0; i < samples->count; i++)
        if (samples->time_ms[i] != HAR_NO_TIME) patience_add(&p, samples->time_ms, i);

    /* `last` holds the winner's end; its way back is written over it. */
    size_t at = p.length ? p.last[p.length - 1] : 0;
    for (size_t k = p.length; k-- > 0; at = p.before[at]) p.last[k] = at;
    size_t from = 0;
    d->count = longest_piece(samples->time_ms, p.last, p.length, &from);
    d->sample = p.last + from;
    d->summary->dropped_times = (unsigned)(samples->count - d->count);
    return HAR_OK;
}

static void mark_pauses(struct draft *d)
{
    const struct har_activity *a = d->activity;
    size_t i = 1;
    for (size_t k = 0; k < a->pause_count; k++) {
        const struct har_pause *pause = &a->pauses[k];
        if (pause->to_ms <= pause->from_ms) continue;
        while (i < d->count && a->samples.time_ms[d->sample[i]] <= pause->from_ms) i++;
        for (; i < d->count; i++) {
            if (a->samples.time_ms[d->sample[i - 1]] >= pause->to_ms) break;
            d->stopped[i] = true;
        }
    }
}

static void mark_gaps(struct draft *d)
{
    const struct har_activity *a = d->activity;
    size_t segment = 0;
    for (size_t i = 1; i < d->count; i++) {
        bool fresh = false;
        for (; segment < a->segment_count && a->segment_start[segment] <= d->sample[i];
             segment++)
            fresh = fresh || a->segment_start[segment] > d->sample[i - 1];
        double step_s = d->time_s[i] - d->time_s[i - 1];
        bool gap = step_s > GAP_STEPS * d->step_s && (fresh || step_s > GAP_S);
        d->broken[i] = gap || d->stopped[i];
        if (gap && !d->stopped[i]) d->summary->gaps++;
    }
}

har_status clean_clock(struct draft *d)
{
    har_status got = choose_samples(d);
    if (got != HAR_OK || d->count == 0) return got;
    d->time_s = HAR_NEW(d->arena, double, d->count);
    d->broken = HAR_NEW(d->arena, bool, d->count);
    d->stopped = HAR_NEW(d->arena, bool, d->count);
    d->leap = HAR_NEW(d->arena, bool, d->count);
    d->work = HAR_NEW(d->arena, double, 4 * d->count);
    if (!d->time_s || !d->broken || !d->stopped || !d->leap || !d->work)
        return HAR_NO_MEMORY;

    const int64_t *time_ms = d->activity->samples.time_ms;
    for (size_t i = 0; i < d->count; i++)
        d->time_s[i] = (double)(time_ms[d->sample[i]] - time_ms[d->sample[0]]) / 1000;
    for (size_t i = 1; i < d->count; i++) d->work[i - 1] = d->time_s[i] - d->time_s[i - 1];
    d->step_s = d->count > 1 ? har_quantile(d->work, d->count - 1, 0.5) : 1;
    mark_pauses(d);
    mark_gaps(d);
    d->broken[0] = true;
    return HAR_OK;
}
