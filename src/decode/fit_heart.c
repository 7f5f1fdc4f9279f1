/* SPDX-License-Identifier: MIT */
/* The hr message, as the protocol describes it: an anchor message gives one instant and the
 * strap's own clock at that instant; later ones give beats by the strap's clock, eight
 * 12-bit time stamps at a time. A gap between two rates of up to 5 s is filled with the
 * earlier rate every 250 ms; a record then gets the rounded mean of the rates since the
 * record before it. */

#include "fit_heart.h"

enum {
    HR_FRACTION = 0,
    HR_TIME256 = 1,
    HR_FILTERED_BPM = 6,
    HR_EVENT = 9,
    HR_EVENT_12 = 10,
    EVENT_WRAP_S = 1 << 22, /* 2^32 / 1024 */
    MOST_FILL = 20,
};
static const double fill_s = 0.25;

static bool add(struct fit_hearts *hearts, double time_s, double bpm,
                struct har_arena *arena)
{
    struct fit_beat *beat =
        har_arena_grow(arena, hearts->beat, hearts->count, &hearts->room, sizeof *beat);
    if (!beat) return false;
    hearts->beat = beat;
    hearts->beat[hearts->count++] = (struct fit_beat){time_s, bpm};
    return true;
}

/* A byte that is missing is 0xff: a good byte here, though the type calls it invalid. So is
 * one of a type that holds no bytes. */
static unsigned byte_of(double value)
{
    return value >= 0 && value <= 255 ? (unsigned)value : 0xff;
}

/* The event timestamps of a message in seconds of the strap's clock: whole ones, or 12-bit
 * ones that go on from the last. Returns how many. */
static unsigned events_of(struct fit_hearts *hearts, const struct fit_data *data,
                          double *event_s, unsigned most)
{
    unsigned count = fit_element_count(data, HR_EVENT);
    if (count > most) count = most;
    for (unsigned i = 0; i < count; i++) {
        double event = fit_element(data, HR_EVENT, i);
        if (!(event >= 0 && event <= UINT32_MAX)) return i;
        hearts->event = (uint32_t)event;
        event_s[i] = event / 1024;
    }
    if (count) return count;
    unsigned bytes = fit_element_count(data, HR_EVENT_12);
    for (unsigned bit = 0; bit + 12 <= bytes * 8 && count < most; bit += 12) {
        double low = fit_element(data, HR_EVENT_12, bit / 8);
        double high = fit_element(data, HR_EVENT_12, bit / 8 + 1);
        unsigned pair = byte_of(low) | byte_of(high) << 8;
        uint32_t event = pair >> bit % 8 & 0xfff;
        hearts->event += (event - hearts->event) & 0xfff;
        event_s[count++] = hearts->event / 1024.0;
    }
    return count;
}

static void take_anchor(struct fit_hearts *hearts, const struct fit_data *data,
                        double event_s)
{
    double fraction = fit_number(data, HR_FRACTION) / 32768;
    if (isnan(fraction)) fraction = fit_number(data, HR_TIME256) / 256;
    hearts->anchored = true;
    int64_t second = data->time_ms / 1000 - FIT_EPOCH_S;
    hearts->anchor_s = (double)second + (isnan(fraction) ? 0 : fraction);
    hearts->anchor_event_s = event_s;
}

bool fit_hearts_take(struct fit_hearts *hearts, const struct fit_data *data,
                     struct har_arena *arena)
{
    double event_s[256];
    unsigned count = events_of(hearts, data, event_s, 256);
    if (data->time_ms != HAR_NO_TIME && count == 1) take_anchor(hearts, data, event_s[0]);
    if (!hearts->anchored || count > fit_element_count(data, HR_FILTERED_BPM)) {
        hearts->broken = hearts->broken || count > 0;
        return true;
    }
    for (unsigned i = 0; i < count; i++) {
        double since_s = event_s[i] - hearts->anchor_event_s;
        if (since_s < -EVENT_WRAP_S / 2.0) since_s += EVENT_WRAP_S;
        if (since_s < 0) {
            hearts->broken = true;
            continue;
        }
        double now_s = hearts->anchor_s + since_s;
        if (hearts->count) {
            struct fit_beat last = hearts->beat[hearts->count - 1];
            double gap_s = fabs(now_s - last.time_s);
            for (int step = 1; gap_s > fill_s && step <= MOST_FILL; step++, gap_s -= fill_s)
                if (!add(hearts, last.time_s + fill_s * step, last.bpm, arena))
                    return false;
        }
        double bpm = fit_element(data, HR_FILTERED_BPM, i);
        if (!add(hearts, now_s, isnan(bpm) ? 255 : bpm, arena)) return false;
    }
    return true;
}

bool fit_hearts_merge(const struct fit_hearts *hearts, struct fit_columns *columns,
                      struct har_arena *arena)
{
    if (!hearts->count || !columns->count) return true;
    if (!(columns->live >> HAR_HEART_BPM & 1)) {
        double *heart_bpm = HAR_NEW(arena, double, columns->room);
        if (!heart_bpm) return false;
        for (size_t i = 0; i < columns->count; i++) heart_bpm[i] = NAN;
        columns->column[HAR_HEART_BPM] = heart_bpm;
        columns->live |= (uint64_t)1 << HAR_HEART_BPM;
    }
    size_t at = 0;
    double from_s = NAN;
    for (size_t row = 0; row < columns->count; row++) {
        if (columns->time_ms[row] == HAR_NO_TIME) continue;
        int64_t second = columns->time_ms[row] / 1000 - FIT_EPOCH_S;
        double to_s = (double)second;
        if (isnan(from_s)) from_s = to_s;
        if (from_s == to_s) { /* the first row, or the same second again */
            from_s--;
            if (at) at--;
        }
        double sum = 0;
        unsigned count = 0;
        while (at < hearts->count && hearts->beat[at].time_s <= to_s) {
            if (hearts->beat[at].time_s > from_s) {
                sum += hearts->beat[at].bpm;
                count++;
            }
            at++;
        }
        /* The last row is only complete if beats go on after it. */
        if (count && at < hearts->count)
            columns->column[HAR_HEART_BPM][row] = floor(sum / count + 0.5);
        from_s = to_s;
    }
    return true;
}
