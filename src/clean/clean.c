/* SPDX-License-Identifier: MIT */
/* One activity from samples to streams: lays out the draft and takes it through the steps
 * that draft.h lists, each of which says in its own file what it decides and why.
 *
 * A phone may not say which sport it recorded. If it moved as nobody but a runner does
 * (half of the time between 1.8 and 6 m/s, hardly ever over 8), it is a run; otherwise it
 * stays unknown, and no best effort comes of it. */

#include "draft.h"

#include "harrier/num.h"

#include <math.h>

#define RUN_SLOWEST_MPS 1.8
#define RUN_FASTEST_MPS 6.0
#define RUN_HARDLY_EVER_MPS 8.0
#define DEG_PER_HOUR 15.0

const char *har_setting_name(enum har_setting setting)
{
    static const char *const names[] = {"outdoor", "track", "treadmill", "virtual",
                                        "indoor"};
    return (unsigned)setting < sizeof names / sizeof names[0] ? names[setting] : "unknown";
}

const char *har_distance_source_name(enum har_distance_source source)
{
    static const char *const names[] = {"none", "device", "ground", "speed"};
    return (unsigned)source < sizeof names / sizeof names[0] ? names[source] : "unknown";
}

/* What can be said without a single sample: the device's own totals. */
static struct har_summary summary_of_totals(const struct har_activity *a)
{
    return (struct har_summary){
        .start_ms = a->start_ms,
        .sport = a->sport,
        .sub_sport = a->sub_sport,
        .elapsed_s = a->elapsed_s,
        .timer_s = isnan(a->timer_s) ? a->elapsed_s : a->timer_s,
        .moving_s = a->moving_s,
        .distance_m = a->distance_m,
        .distance_source = a->distance_m > 0 ? HAR_DISTANCE_DEVICE : HAR_DISTANCE_NONE,
        .device_distance_m = a->distance_m,
        .ground_distance_m = NAN,
        .ascent_m = a->ascent_m,
        .descent_m = a->descent_m,
        .device_ascent_m = a->ascent_m,
        .altitude_m = NAN,
        .altitude_max_m = NAN,
        .heart_bpm = a->heart_bpm,
        .heart_max_bpm = a->heart_max_bpm,
        .cadence_spm = NAN,
        .power_w = NAN,
        .lat_deg = NAN,
        .lon_deg = NAN,
    };
}

/* The same before the samples speak: totals that the streams will give are unknown. */
static struct har_summary summary_of_samples(const struct har_activity *a)
{
    struct har_summary s = summary_of_totals(a);
    s.elapsed_s = s.timer_s = s.moving_s = s.distance_m = NAN;
    s.ascent_m = s.descent_m = s.heart_bpm = s.heart_max_bpm = NAN;
    return s;
}

static void tell_local_time(const struct har_activity *a,
                            const struct har_clean_settings *settings,
                            struct har_summary *s)
{
    s->utc_offset_s = 0;
    s->offset_source = HAR_OFFSET_UNKNOWN;
    if (a->offset_source == HAR_OFFSET_DEVICE) {
        s->utc_offset_s = a->utc_offset_s;
        s->offset_source = HAR_OFFSET_DEVICE;
    } else if (settings->utc_offset_told) {
        s->utc_offset_s = settings->utc_offset_s;
        s->offset_source = HAR_OFFSET_USER;
    } else if (!isnan(s->lon_deg)) {
        s->utc_offset_s = (int32_t)lround(s->lon_deg / DEG_PER_HOUR) * 3600;
        s->offset_source = HAR_OFFSET_PLACE;
    }
}

static bool any_known(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i])) return true;
    return false;
}

/* What the chosen sample says, or another of the same instant: some watches write a
 * second's readings as several records. Infinities are missing. */
static double reading(const struct har_samples *samples, const double *value, size_t at)
{
    const int64_t *time_ms = samples->time_ms;
    if (isfinite(value[at])) return value[at];
    for (size_t k = at; k-- > 0 && time_ms[k] == time_ms[at];)
        if (isfinite(value[k])) return value[k];
    for (size_t k = at + 1; k < samples->count && time_ms[k] == time_ms[at]; k++)
        if (isfinite(value[k])) return value[k];
    return NAN;
}

/* The channel's own column, or else one that its writer says stands for it. Cadence is left
 * out: whether it counts one foot or both is known only of the channel itself. */
static const double *column_of(const struct har_samples *samples, enum har_channel channel)
{
    if (samples->channel[channel] || channel == HAR_CADENCE_SPM)
        return samples->channel[channel];
    for (size_t i = 0; i < samples->extra_count; i++)
        if (samples->extras[i].stands_for == channel) return samples->extras[i].value;
    return NULL;
}

/* The chosen samples' columns. Distance and speed get one in any case: they may come from
 * the ground. */
static har_status gather(struct draft *d)
{
    for (int c = 0; c < HAR_CHANNELS; c++) {
        const struct har_samples *samples = &d->activity->samples;
        const double *from = column_of(samples, (enum har_channel)c);
        bool made = c == HAR_DISTANCE_M || c == HAR_SPEED_MPS;
        if (!from && !made) continue;
        double *to = HAR_NEW(d->arena, double, d->count);
        if (!to) return HAR_NO_MEMORY;
        for (size_t i = 0; i < d->count; i++)
            to[i] = from ? reading(samples, from, d->sample[i]) : NAN;
        d->column[c] = made || any_known(to, d->count) ? to : NULL;
    }
    if (!d->column[HAR_LAT_DEG] || !d->column[HAR_LON_DEG]) return HAR_OK;
    d->ground = HAR_NEW(d->arena, double, d->count);
    return d->ground ? HAR_OK : HAR_NO_MEMORY;
}

/* A run, if the sport is not told and the raw steps look like one. */
static unsigned believed_sport(const struct draft *d)
{
    unsigned told = d->activity->sport;
    const double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    if ((told != HAR_SPORT_UNKNOWN && told != HAR_SPORT_GENERIC) || !lat || !lon)
        return told;
    size_t n = 0;
    for (size_t i = 1; i < d->count; i++) {
        double step_m = har_geodesic_step(lat[i - 1], lon[i - 1], lat[i], lon[i]);
        double speed = step_m / (d->time_s[i] - d->time_s[i - 1]);
        if (!d->broken[i] && speed >= gait_of(told)->still_mps) d->work[n++] = speed;
    }
    double usual = har_quantile(d->work, n, 0.5), fast = har_quantile(d->work, n, 0.95);
    bool runs =
        usual >= RUN_SLOWEST_MPS && usual <= RUN_FASTEST_MPS && fast <= RUN_HARDLY_EVER_MPS;
    return runs ? HAR_SPORT_RUNNING : told;
}

static har_status take_steps(struct draft *d)
{
    har_status got = gather(d);
    if (got != HAR_OK) return got;
    d->summary->sport = believed_sport(d);
    d->gait = gait_of(d->summary->sport);
    clean_positions(d);
    got = clean_setting(d);
    if (got != HAR_OK) return got;
    clean_distance(d);
    clean_times(d);
    got = clean_elevation(d);
    clean_heart(d);
    return got;
}

static const double *known_column(const struct draft *d, enum har_channel channel)
{
    const double *column = d->column[channel];
    return column && any_known(column, d->count) ? column : NULL;
}

static struct har_streams streams_of(const struct draft *d)
{
    return (struct har_streams){
        .count = d->count,
        .time_s = d->time_s,
        .distance_m = known_column(d, HAR_DISTANCE_M),
        .altitude_m = known_column(d, HAR_ALTITUDE_M),
        .lat_deg = known_column(d, HAR_LAT_DEG),
        .lon_deg = known_column(d, HAR_LON_DEG),
        .speed_mps = known_column(d, HAR_SPEED_MPS),
        .heart_bpm = known_column(d, HAR_HEART_BPM),
        .cadence_spm = known_column(d, HAR_CADENCE_SPM),
        .power_w = known_column(d, HAR_POWER_W),
        .broken = d->broken,
        .summary = *d->summary,
    };
}

har_status har_clean(const struct har_activity *activity,
                     const struct har_clean_settings *settings, struct har_arena *arena,
                     struct har_streams *out, struct har_error *err)
{
    static const struct har_clean_settings usual = {0};
    if (!settings) settings = &usual;
    struct har_summary summary = summary_of_samples(activity);
    struct draft d = {.activity = activity, .arena = arena, .summary = &summary};
    har_status got = clean_clock(&d);
    if (got == HAR_OK && d.count > 0) {
        summary.start_ms = activity->samples.time_ms[d.sample[0]];
        got = take_steps(&d);
    } else if (got == HAR_OK) {
        unsigned dropped = summary.dropped_times;
        summary = summary_of_totals(activity);
        summary.dropped_times = dropped;
        got = clean_setting(&d);
    }
    if (got != HAR_OK) return har_fail(err, got, 0, "no memory for the streams");
    tell_local_time(activity, settings, &summary);
    *out = streams_of(&d);
    return HAR_OK;
}
