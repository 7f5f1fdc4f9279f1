/* SPDX-License-Identifier: MIT */
/* What kind of session a run was, as far as shoes must know.
 *
 * Nobody told us a plan: a run is judged by what it was beside the runner's own of the
 * eight weeks before. Medians, so that the sessions that stand out do not move what they
 * are measured by. Six runs make one. The rest are conventions of ours: half as far again
 * as usual is long; 12 % faster than usual, held for 10 minutes in all, is fast: strides
 * and a hurried bus are neither. A run that climbs 40 m a kilometre is on a mountain, where
 * the watch calls it a trail or not; under 3 km it may be a short hill. */

#include "harrier/shoe.h"

#include "harrier/num.h"

#include <math.h>
#include <string.h>

enum { USUAL_DAYS = 56, LEAST_USUAL = 6 };
#define FAST_RATIO 1.12
#define FAST_S 600.0
#define LONG_RATIO 1.5
#define LONG_S 5400.0
#define TRAIL_CLIMB 0.04
#define TRAIL_LEAST_M 3000.0

static const char *const kind_names[] = {
    [HAR_RUN_RACE] = "race",  [HAR_RUN_TRAIL] = "trail", [HAR_RUN_TRACK] = "track",
    [HAR_RUN_FAST] = "fast",  [HAR_RUN_LONG] = "long",   [HAR_RUN_EASY] = "easy",
    [HAR_RUN_KINDS] = "none",
};

const char *har_run_kind_name(enum har_run_kind kind)
{
    return kind_names[(size_t)kind < HAR_RUN_KINDS ? kind : HAR_RUN_KINDS];
}

static size_t kind_of_word(struct har_bytes word)
{
    size_t kind = 0;
    while (kind < HAR_RUN_KINDS && (strlen(kind_names[kind]) != word.size ||
                                    memcmp(kind_names[kind], word.data, word.size) != 0))
        kind++;
    return kind;
}

bool har_parse_run_kinds(struct har_bytes text, unsigned *set)
{
    unsigned read = 0;
    for (size_t from = 0; from <= text.size;) {
        size_t to = from;
        while (to < text.size && text.data[to] != ',') to++;
        size_t kind = kind_of_word((struct har_bytes){text.data + from, to - from});
        if (kind == HAR_RUN_KINDS) return false;
        read |= 1U << kind;
        from = to + 1;
    }
    *set = read;
    return true;
}

/* --- what is usual -------------------------------------------------------------------- */

struct usual_run {
    double speed_mps, distance_m; /* NaN where too few runs tell */
};

static double speed_of(const struct har_entry *run)
{
    const struct har_summary *s = &run->summary;
    return isnan(run->flat_speed_mps) ? s->distance_m / s->moving_s : run->flat_speed_mps;
}

static bool is_run(const struct har_entry *entry)
{
    return entry->summary.sport == HAR_SPORT_RUNNING &&
           entry->summary.start_ms != HAR_NO_TIME;
}

static int64_t day_of_run(const struct har_entry *run)
{
    return har_local_day(run->summary.start_ms, run->summary.utc_offset_s);
}

static double usual_value(double *value, size_t count)
{
    return count < LEAST_USUAL ? (double)NAN : har_quantile(value, count, 0.5);
}

/* Of the runs among entries[from] .. entries[to - 1]; `desk` has room for twice as many. */
static struct usual_run usual_among(const struct har_entry *entries, size_t from, size_t to,
                                    double *desk)
{
    double *speed = desk, *metres = desk + (to - from);
    size_t speeds = 0, distances = 0;
    for (size_t i = from; i < to; i++) {
        if (!is_run(entries + i)) continue;
        double mps = speed_of(entries + i), m = entries[i].summary.distance_m;
        if (isfinite(mps)) speed[speeds++] = mps;
        if (isfinite(m)) metres[distances++] = m;
    }
    return (struct usual_run){usual_value(speed, speeds), usual_value(metres, distances)};
}

/* --- kinds ---------------------------------------------------------------------------- */

static bool is_trail(const struct har_summary *s)
{
    return s->sub_sport == HAR_SUB_SPORT_TRAIL ||
           (s->setting == HAR_SETTING_OUTDOOR && s->distance_m >= TRAIL_LEAST_M &&
            s->ascent_m >= TRAIL_CLIMB * s->distance_m);
}

static bool is_track(const struct har_summary *s)
{
    return s->sub_sport == HAR_SUB_SPORT_TRACK || s->setting == HAR_SETTING_TRACK;
}

static bool is_fast(const struct har_entry *run, double usual_mps)
{
    double seconds = 0;
    if (!run->paces || isnan(usual_mps)) return false;
    for (size_t i = HAR_PACE_BINS; i-- > 0;) {
        if ((double)i * HAR_PACE_STEP_MPS < FAST_RATIO * usual_mps) break;
        seconds += (double)run->paces->pace_s[i];
    }
    return seconds >= FAST_S;
}

static bool is_long(const struct har_summary *s, double usual_m)
{
    return isnan(usual_m) ? s->moving_s >= LONG_S : s->distance_m >= LONG_RATIO * usual_m;
}

static enum har_run_kind kind_of(const struct har_entry *run, struct usual_run usual)
{
    if (run->race || run->official) return HAR_RUN_RACE;
    if (is_trail(&run->summary)) return HAR_RUN_TRAIL;
    if (is_track(&run->summary)) return HAR_RUN_TRACK;
    if (is_fast(run, usual.speed_mps)) return HAR_RUN_FAST;
    if (is_long(&run->summary, usual.distance_m)) return HAR_RUN_LONG;
    return HAR_RUN_EASY;
}

har_status har_run_kinds(const struct har_entry *entries, size_t count,
                         struct har_arena *arena, enum har_run_kind **kinds,
                         struct har_error *err)
{
    enum har_run_kind *kind = HAR_NEW(arena, enum har_run_kind, count);
    double *desk = HAR_NEW(arena, double, 2 * count);
    if (!kind || !desk)
        return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the sessions");
    for (size_t i = 0, from = 0; i < count; i++) {
        kind[i] = HAR_RUN_KINDS;
        if (!is_run(entries + i)) continue;
        int64_t since = day_of_run(entries + i) - USUAL_DAYS;
        while (from < i && (!is_run(entries + from) || day_of_run(entries + from) < since))
            from++;
        kind[i] = kind_of(entries + i, usual_among(entries, from, i, desk));
    }
    *kinds = kind;
    return HAR_OK;
}
