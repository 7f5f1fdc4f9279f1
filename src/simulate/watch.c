/* SPDX-License-Identifier: MIT */

/* What the device on the wrist makes of a session.
 *
 * The script is played second by second, and the sensors see it through their faults. The
 * error of a position is about 2 m and wanders within a minute, so that the track is smooth
 * and a little too long, as real ones are; white noise would lengthen it by far more.
 * Distance is wrong by a fixed share of the day. Height by air pressure has an offset,
 * drifts by metres an hour and comes in steps of 0.2 m. The heart's demand grows with speed
 * over threshold, with climbing and with time, and the heart follows with a lag of 35 s.
 * The thermometer feels the wrist before the air. All numbers lie on the steps of a FIT
 * file, so that writing one loses nothing. */

#include "ground.h"

#include <math.h>

static const double heart_lag_s = 35;
static const double position_error_m = 2, position_error_s = 60;
static const double equator_m = 6378137, eccentricity2 = 0.00669437999014; /* WGS84 */
static const double deg_per_radian = 57.295779513082321;
static const double semicircles_per_deg = 2147483648.0 / 180.0;

/* --- what truly happened --------------------------------------------------------- */

/* One sample a second while the timer runs. */
struct motion {
    size_t count;
    int64_t *second; /* since the start */
    double *timer_s;
    double *along_m; /* on the ground's way: back and forth */
    double *run_m;   /* what the legs have done */
    size_t *begin;   /* of each leg: its first sample */
    struct har_pause *pauses;
    size_t pause_count;
};

/* The share of a leg done after the share `u` of its time: not quite even, now a little
 * faster, now a little slower, and first a little faster. */
static double paced(const struct leg *leg, double u)
{
    const double shortest_s = 120, wave_s = 240, swing = 0.025, tau = 6.28318530717958648;
    if (leg->duration_s < shortest_s) return u;
    double waves = 1 + floor(leg->duration_s / wave_s);
    return u + swing / (tau * waves) * sin(tau * waves * u);
}

static void add_sample(struct motion *m, int64_t second, double timer_s, double along_m,
                       double run_m)
{
    m->second[m->count] = second;
    m->timer_s[m->count] = timer_s;
    m->along_m[m->count] = along_m;
    m->run_m[m->count++] = run_m;
}

static bool make_motion(struct motion *m, const struct script *script,
                        struct har_arena *arena)
{
    double most = 1;
    for (size_t i = 0; i < script->leg_count; i++) most += script->legs[i].duration_s + 2;
    m->second = HAR_NEW(arena, int64_t, (size_t)most);
    m->timer_s = HAR_NEW(arena, double, (size_t)most);
    m->along_m = HAR_NEW(arena, double, (size_t)most);
    m->run_m = HAR_NEW(arena, double, (size_t)most);
    m->begin = HAR_NEW(arena, size_t, script->leg_count);
    m->pauses = HAR_NEW(arena, struct har_pause, script->leg_count);
    return m->second && m->timer_s && m->along_m && m->run_m && m->begin && m->pauses;
}

static bool play(const struct script *script, int64_t start_ms, struct har_arena *arena,
                 struct motion *m)
{
    *m = (struct motion){0};
    if (!make_motion(m, script, arena)) return false;
    double from_s = 0, rested_s = 0, along_m = 0, run_m = 0;
    add_sample(m, 0, 0, 0, 0);
    for (size_t i = 0; i < script->leg_count; i++) {
        const struct leg *leg = &script->legs[i];
        m->begin[i] = m->count - 1;
        double to_s = from_s + leg->duration_s;
        for (int64_t t = (int64_t)floor(from_s) + 1; (double)t <= to_s + 1e-6; t++) {
            double done = paced(leg, ((double)t - from_s) / leg->duration_s);
            add_sample(m, t, (double)t - rested_s, along_m + done * leg->distance_m,
                       run_m + done * fabs(leg->distance_m));
        }
        from_s = to_s;
        along_m += leg->distance_m;
        run_m += fabs(leg->distance_m);
        if (leg->rest_s == 0) continue;
        int64_t stop = m->second[m->count - 1], go_on = stop + leg->rest_s;
        m->pauses[m->pause_count++] =
            (struct har_pause){start_ms + stop * 1000, start_ms + go_on * 1000};
        from_s += leg->rest_s;
        rested_s += leg->rest_s;
        add_sample(m, go_on, (double)go_on - rested_s, along_m, run_m);
    }
    return true;
}

/* --- sensors ------------------------------------------------------------------------ */

/* An error that wanders about zero with a spread and a memory. */
struct wander {
    double value, spread, memory_s;
};

static struct wander wander_of(double spread, double memory_s, struct har_random *random)
{
    return (struct wander){spread * har_random_normal(random), spread, memory_s};
}

static double wander_on(struct wander *w, struct har_random *random)
{
    w->value += -w->value / w->memory_s +
                w->spread * sqrt(2 / w->memory_s) * har_random_normal(random);
    return w->value;
}

/* To the nearest step of a file that counts `per_unit` of them to the unit. */
static double step(double value, double per_unit)
{
    return round(value * per_unit) / per_unit;
}

struct watch {
    const struct har_truth *truth;
    const struct har_session *session;
    const struct script *script;
    const struct motion *motion;
    struct har_random random;
    double *channel[HAR_CHANNELS];
};

static double chance(struct watch *w, double mean, double spread)
{
    return mean + spread * har_random_normal(&w->random);
}

/* True speed at a sample: over the second before it. */
static double speed_at(const struct motion *m, size_t i)
{
    if (i == 0) return 0;
    double seconds = (double)(m->second[i] - m->second[i - 1]);
    return (m->run_m[i] - m->run_m[i - 1]) / seconds;
}

static void see_position(struct watch *w, const struct ground *ground)
{
    const struct town *place = w->script->place;
    struct wander east_error = wander_of(position_error_m, position_error_s, &w->random);
    struct wander north_error = wander_of(position_error_m, position_error_s, &w->random);
    double sine = sin(place->lat_deg / deg_per_radian);
    double flat = 1 - eccentricity2 * sine * sine;
    double meridian_m = equator_m * (1 - eccentricity2) / (flat * sqrt(flat));
    double transverse_m = equator_m / sqrt(flat);
    for (size_t i = 0; i < w->motion->count; i++) {
        double east_m, north_m;
        ground_point(ground, w->motion->along_m[i], &east_m, &north_m);
        east_m += wander_on(&east_error, &w->random);
        north_m += wander_on(&north_error, &w->random);
        double lat_deg = place->lat_deg + north_m / meridian_m * deg_per_radian;
        double lon_deg =
            place->lon_deg +
            east_m * deg_per_radian / (transverse_m * cos(lat_deg / deg_per_radian));
        w->channel[HAR_LAT_DEG][i] = step(lat_deg, semicircles_per_deg);
        w->channel[HAR_LON_DEG][i] = step(lon_deg, semicircles_per_deg);
    }
}

static void see_altitude(struct watch *w, const struct ground *ground)
{
    double drift_m_per_s = chance(w, 0, 2.0 / 3600);
    double base_m = chance(w, w->session->altitude_m + w->session->drop_m, 3);
    struct wander noise = wander_of(0.3, 15, &w->random);
    for (size_t i = 0; i < w->motion->count; i++) {
        double up_m = ground_height(ground, w->motion->along_m[i]) +
                      drift_m_per_s * (double)w->motion->second[i] +
                      wander_on(&noise, &w->random);
        w->channel[HAR_ALTITUDE_M][i] = step(base_m + up_m + 500, 5) - 500;
    }
}

/* A race is measured along the shortest line, which nobody runs and no watch sees. */
static double distance_bias(struct watch *w)
{
    if (w->session->kind == HAR_SESSION_RACE) return 0.008 * har_random_uniform(&w->random);
    if (w->session->kind == HAR_SESSION_TREADMILL) return chance(w, 0, 0.012);
    return chance(w, 0.002, 0.003);
}

static void see_speed(struct watch *w)
{
    const struct motion *m = w->motion;
    double scale = 1 + distance_bias(w), shown_mps = 0;
    struct wander noise = wander_of(0.06, 8, &w->random);
    double cadence_spm = chance(w, 151, 1);
    for (size_t i = 0; i < m->count; i++) {
        double speed_mps = speed_at(m, i);
        bool stood = i == 0 || m->second[i] - m->second[i - 1] > 1;
        double seen_mps = fmax(0, speed_mps * scale + wander_on(&noise, &w->random));
        shown_mps = stood ? 0 : shown_mps + 0.5 * (seen_mps - shown_mps);
        double steps = cadence_spm + 5 * speed_mps + 1.5 * har_random_normal(&w->random);
        w->channel[HAR_DISTANCE_M][i] = step(m->run_m[i] * scale, 100);
        w->channel[HAR_SPEED_MPS][i] = step(shown_mps, 1000);
        w->channel[HAR_CADENCE_SPM][i] = stood ? 0 : round(steps);
    }
}

/* The share of the heart's reserve that an effort asks for in the end: 88 % at the
 * threshold, all of it from 114 % on. */
static double demand(double effort)
{
    return 0.06 + 0.82 * effort;
}

static void see_heart(struct watch *w, const struct ground *ground)
{
    const double standing = 0.22, drift_per_s = 0.025 / 3600, climbing = 4;
    const struct har_truth *truth = w->truth;
    const struct motion *m = w->motion;
    double reserve_bpm = truth->heart_max_bpm - truth->heart_rest_bpm;
    double threshold_mps = truth_threshold(truth, w->session->form);
    struct wander noise = wander_of(0.01, 25, &w->random);
    double beat = standing + 0.05; /* share of the reserve */
    double up_m = ground_height(ground, 0);
    for (size_t i = 0; i < m->count; i++) {
        double seconds = i ? (double)(m->second[i] - m->second[i - 1]) : 0;
        double was_m = up_m, run_m = i ? m->run_m[i] - m->run_m[i - 1] : 0;
        up_m = ground_height(ground, m->along_m[i]);
        double grade = run_m > 0.5 ? fmin(0.1, fmax(-0.1, (up_m - was_m) / run_m)) : 0;
        double effort = speed_at(m, i) / threshold_mps * (1 + climbing * grade);
        double goal =
            seconds > 1 ? standing : fmin(1, demand(effort) + drift_per_s * m->timer_s[i]);
        beat = goal + (beat - goal) * exp(-seconds / heart_lag_s);
        double share = fmin(1, fmax(0, beat + wander_on(&noise, &w->random)));
        w->channel[HAR_HEART_BPM][i] = round(truth->heart_rest_bpm + reserve_bpm * share);
    }
}

static void see_temperature(struct watch *w)
{
    double air_c =
        w->script->ground == GROUND_BELT ? 20 : chance(w, w->script->place->temp_c, 4);
    for (size_t i = 0; i < w->motion->count; i++) {
        double wrist_c = 4 + 10 * exp(-(double)w->motion->second[i] / 600);
        w->channel[HAR_TEMP_C][i] = round(air_c + wrist_c);
    }
}

/* --- totals and laps ------------------------------------------------------------------ */

/* Rises and falls of more than a metre from samples `from` to `to`. */
static void climb(const double *altitude_m, size_t from, size_t to, double *up_m,
                  double *down_m)
{
    const double least_m = 1;
    double at_m = altitude_m[from];
    *up_m = *down_m = 0;
    for (size_t i = from; i <= to; i++) {
        double rise_m = altitude_m[i] - at_m;
        if (fabs(rise_m) < least_m) continue;
        if (rise_m > 0) *up_m += rise_m;
        else *down_m -= rise_m;
        at_m = altitude_m[i];
    }
    *up_m = round(*up_m);
    *down_m = round(*down_m);
}

static void beats(const double *heart_bpm, size_t from, size_t to, double *mean_bpm,
                  double *max_bpm)
{
    double sum = 0;
    *max_bpm = 0;
    for (size_t i = from; i <= to; i++) {
        sum += heart_bpm[i];
        *max_bpm = fmax(*max_bpm, heart_bpm[i]);
    }
    *mean_bpm = round(sum / (double)(to - from + 1));
}

static struct har_lap lap_of(const struct watch *w, size_t from, size_t to)
{
    const struct motion *m = w->motion;
    double down_m;
    struct har_lap lap = {
        .start_ms = w->session->start_ms + m->second[from] * 1000,
        .elapsed_s = (double)(m->second[to] - m->second[from]),
        .timer_s = m->timer_s[to] - m->timer_s[from],
        .distance_m =
            step(w->channel[HAR_DISTANCE_M][to] - w->channel[HAR_DISTANCE_M][from], 100),
        .ascent_m = NAN,
    };
    if (w->channel[HAR_ALTITUDE_M])
        climb(w->channel[HAR_ALTITUDE_M], from, to, &lap.ascent_m, &down_m);
    beats(w->channel[HAR_HEART_BPM], from, to, &lap.heart_bpm, &lap.heart_max_bpm);
    return lap;
}

/* Where the next lap begins after sample `from`: at the next leg, or where the distance
 * shown passes the next kilometre. The last sample if there is no further lap. */
static size_t next_lap(const struct watch *w, size_t from, size_t lap)
{
    size_t last = w->motion->count - 1;
    if (w->script->laps_by_hand)
        return lap + 1 < w->script->leg_count ? w->motion->begin[lap + 1] : last;
    double goal_m = 1000 * ((double)lap + 1);
    while (from < last && w->channel[HAR_DISTANCE_M][from] < goal_m) from++;
    return from;
}

static bool make_laps(const struct watch *w, struct har_arena *arena,
                      struct har_activity *out)
{
    enum { MANUAL = 0, DISTANCE = 2, SESSION_END = 7 };
    size_t last = w->motion->count - 1, count = 0;
    size_t most =
        w->script->leg_count + 1 + (size_t)(w->channel[HAR_DISTANCE_M][last] / 1000);
    struct har_lap *laps = HAR_NEW(arena, struct har_lap, most);
    if (!laps) return false;
    for (size_t from = 0; from < last; count++) {
        size_t to = next_lap(w, from, count);
        laps[count] = lap_of(w, from, to);
        laps[count].trigger = w->script->laps_by_hand ? MANUAL : DISTANCE;
        if (to == last) laps[count].trigger = SESSION_END;
        if (w->script->laps_by_hand)
            laps[count].intensity = w->script->legs[count].intensity;
        from = to;
    }
    out->laps = laps;
    out->lap_count = count;
    return true;
}

static unsigned sub_sport_of(const struct har_session *session, const struct script *script)
{
    if (script->ground == GROUND_BELT) return HAR_SUB_SPORT_TREADMILL;
    if (script->ground == GROUND_OVAL) return HAR_SUB_SPORT_TRACK;
    if (session->kind == HAR_SESSION_RACE) return HAR_SUB_SPORT_STREET;
    return HAR_SUB_SPORT_GENERIC;
}

static void add_up(const struct watch *w, struct har_activity *out)
{
    const double kcal_per_km = 60;
    struct har_lap whole = lap_of(w, 0, w->motion->count - 1);
    out->elapsed_s = whole.elapsed_s;
    out->timer_s = out->moving_s = whole.timer_s;
    out->distance_m = whole.distance_m;
    out->ascent_m = whole.ascent_m;
    out->descent_m = NAN;
    if (w->channel[HAR_ALTITUDE_M])
        climb(w->channel[HAR_ALTITUDE_M], 0, w->motion->count - 1, &out->ascent_m,
              &out->descent_m);
    out->heart_bpm = whole.heart_bpm;
    out->heart_max_bpm = whole.heart_max_bpm;
    out->energy_kcal = round(whole.distance_m / 1000 * kcal_per_km);
    out->pool_m = NAN;
}

static bool see(struct watch *w, const struct ground *ground, struct har_arena *arena)
{
    bool outside = w->script->ground != GROUND_BELT;
    for (int c = 0; c < HAR_CHANNELS; c++) {
        if (c == HAR_POWER_W) continue;
        if (!outside && (c == HAR_LAT_DEG || c == HAR_LON_DEG || c == HAR_ALTITUDE_M))
            continue;
        w->channel[c] = HAR_NEW(arena, double, w->motion->count);
        if (!w->channel[c]) return false;
    }
    if (outside) see_position(w, ground);
    if (outside) see_altitude(w, ground);
    see_speed(w);
    see_heart(w, ground);
    see_temperature(w);
    return true;
}

har_status har_simulate_session(const struct har_simulation *simulation, size_t index,
                                struct har_arena *arena, struct har_activity *out,
                                struct har_error *err)
{
    if (index >= simulation->session_count)
        return har_fail(err, HAR_OUT_OF_RANGE, index, "the season has only %u sessions",
                        (unsigned)simulation->session_count);
    const struct har_session *session = &simulation->sessions[index];
    const struct script *script = &simulation->simulator->scripts[index];
    struct motion motion;
    struct ground *ground = HAR_NEW(arena, struct ground, 1);
    struct watch w = {&simulation->truth,          session, script, &motion,
                      har_random_of(script->seed), {0}};
    *out = (struct har_activity){
        .sport = HAR_SPORT_RUNNING,
        .sub_sport = sub_sport_of(session, script),
        .start_ms = session->start_ms,
        .created_ms = session->start_ms,
        .utc_offset_s = session->utc_offset_s,
        .offset_source = HAR_OFFSET_DEVICE,
        .name = session->name,
        .device = {.manufacturer = 255, /* development */
                   .product = 1,
                   .serial = simulation->simulator->serial,
                   .name = "Harrier simulated watch"},
    };
    if (!ground || !play(script, session->start_ms, arena, &motion)) goto out;
    ground_make(script, ground);
    if (!see(&w, ground, arena) || !make_laps(&w, arena, out)) goto out;
    add_up(&w, out);

    int64_t *time_ms = HAR_NEW(arena, int64_t, motion.count);
    if (!time_ms) goto out;
    for (size_t i = 0; i < motion.count; i++)
        time_ms[i] = session->start_ms + motion.second[i] * 1000;
    out->samples = (struct har_samples){.count = motion.count, .time_ms = time_ms};
    for (int c = 0; c < HAR_CHANNELS; c++) out->samples.channel[c] = w.channel[c];
    out->pauses = motion.pauses;
    out->pause_count = motion.pause_count;
    return HAR_OK;
out:
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a session");
}
