/* SPDX-License-Identifier: MIT */

/* The season as it is lived: day after day, each session takes its speeds from the form of
 * its day, and its load moves the form of the days after.
 *
 *   form = 1 + k1 (fitness - usual) - k2 (fatigue - usual) + haemoglobin - altitude
 *
 * Fitness and fatigue are sums of daily load that fade exponentially (Banister 1975),
 * measured from what the season's mean load would hold them at: neutral form. A session's
 * load is its hours times the square of its speed over the threshold's, 100 for an hour at
 * threshold. Altitude takes altitude_loss_per_km for each km above 500 m, a third of it
 * given back as one acclimatises (Bassett 1999: 14 % of aerobic power lost at 2,240 m, 10 %
 * by the acclimatised). The dose in km.h (Garvican-Lewis 2016), 22 hours a day, counts in
 * full from 2,200 m and not at all below 1,300 m; what it gave fades within weeks of coming
 * down.
 *
 * A race's time is the law's for that form, less a help of 1.9 times the mean fall (half of
 * what RE3 gives at 1 %), plus 0.4 % on a 200 m track, plus a day's luck of 0.4 %. */

#include "timetable.h"

#include <math.h>

static const double acclimatised_share = 0.35;
static const double camp_hours_per_day = 22;
static const double haemoglobin_days = 21;
static const double load_in_summer = 0.85; /* before the season, of its mean */
static const double downhill_help = 1.9;
static const double short_track_cost = 0.004;
static const double race_luck = 0.004;
enum {
    SECONDS_A_DAY = 86400,
    LEGS_MOST = 64,
    ROUTES = 5, /* favourite ones at each place */
    LOOP_LONGEST_M = 9000,
    HILL_M = 250,
    HILL_REPS = 10,
};

/* --- form ------------------------------------------------------------------------------
 */

struct body {
    double fitness, fatigue;             /* sums of fading load */
    double usual_fitness, usual_fatigue; /* what the mean load would hold them at */
    double acclimatised, haemoglobin;    /* 0..1; share of v_m gained */
};

static double load_of(const struct har_truth *truth, const struct entry *entry)
{
    double hours_at_threshold = entry->distance_m / truth_threshold(truth, 1) / 3600;
    return 100 * hours_at_threshold * timetable_intensity(entry->kind);
}

static struct body body_before(const struct timetable *plan, const struct har_truth *truth)
{
    double total = 0;
    for (size_t i = 0; i < plan->count; i++) total += load_of(truth, &plan->entry[i]);
    double usual = total / SEASON_DAYS;
    struct body body = {
        .usual_fitness = usual / (1 - exp(-1 / truth->fitness_days)),
        .usual_fatigue = usual / (1 - exp(-1 / truth->fatigue_days)),
    };
    body.fitness = load_in_summer * body.usual_fitness;
    body.fatigue = load_in_summer * body.usual_fatigue;
    return body;
}

static void live_a_day(struct body *body, const struct har_truth *truth, double load,
                       double altitude_m)
{
    body->fitness = (body->fitness + load) * exp(-1 / truth->fitness_days);
    body->fatigue = (body->fatigue + load) * exp(-1 / truth->fatigue_days);
    double goal = altitude_m > 1000 ? 1 : 0;
    body->acclimatised +=
        (goal - body->acclimatised) * (1 - exp(-1 / truth->acclimatisation_days));
    double weight = fmin(1, fmax(0, (altitude_m - 1300) / 900));
    if (weight > 0)
        body->haemoglobin += truth->haemoglobin_gain_per_1000_km_h * weight *
                             (altitude_m / 1000) * camp_hours_per_day / 1000;
    else body->haemoglobin *= exp(-1 / haemoglobin_days);
}

static double form_of(const struct body *body, const struct har_truth *truth,
                      double altitude_m)
{
    double loss = truth->altitude_loss_per_km * fmax(0, altitude_m - 500) / 1000;
    return 1 + truth->fitness_gain * (body->fitness - body->usual_fitness) -
           truth->fatigue_gain * (body->fatigue - body->usual_fatigue) + body->haemoglobin -
           loss * (1 - acclimatised_share * body->acclimatised);
}

/* --- legs ----------------------------------------------------------------------------- */

/* One session being written. All legs but those of races last whole seconds. */
struct writing {
    const struct har_truth *truth;
    const struct entry *entry;
    double form, volume, threshold_mps;
    struct har_random *random;
    size_t count;
    struct leg *leg; /* LEGS_MOST of them */
};

enum { ACTIVE, RECOVERY, WARM_UP, COOL_DOWN };

static double vary(struct writing *w, double mean, double spread)
{
    return mean + spread * har_random_normal(w->random);
}

/* A leg at `intensity` times the speed of the threshold. */
static void go(struct writing *w, double distance_m, double intensity, unsigned as)
{
    double duration_s = round(fabs(distance_m) / (intensity * w->threshold_mps));
    w->leg[w->count++] = (struct leg){distance_m, fmax(1, duration_s), as, 0};
}

static void stand(struct writing *w, unsigned rest_s)
{
    w->leg[w->count - 1].rest_s = rest_s;
}

static void run_steadily(struct writing *w)
{
    const double stop_chance = 0.2;
    double distance_m = w->entry->distance_m;
    double intensity = vary(w, timetable_intensity(w->entry->kind), 0.012);
    double first = 0.35 + 0.3 * har_random_uniform(w->random);
    unsigned wait_s = 20 + (unsigned)(50 * har_random_uniform(w->random));
    bool stops = har_random_uniform(w->random) < stop_chance;
    if (!stops || w->entry->kind != HAR_SESSION_EASY) {
        go(w, distance_m, intensity, ACTIVE);
        return;
    }
    go(w, first * distance_m, intensity, ACTIVE);
    stand(w, wait_s); /* a traffic light */
    go(w, (1 - first) * distance_m, intensity, ACTIVE);
}

static void run_long(struct writing *w)
{
    double intensity = vary(w, timetable_intensity(HAR_SESSION_LONG), 0.012);
    go(w, 0.65 * w->entry->distance_m, intensity - 0.03, ACTIVE);
    go(w, 0.35 * w->entry->distance_m, intensity + 0.055, ACTIVE);
}

static void run_tempo(struct writing *w)
{
    double warm_m = 0.22 * w->entry->distance_m, cool_m = 0.16 * w->entry->distance_m;
    go(w, warm_m, 0.72, WARM_UP);
    go(w, w->entry->distance_m - warm_m - cool_m, vary(w, 0.97, 0.01), ACTIVE);
    go(w, cool_m, 0.7, COOL_DOWN);
}

/* Fewer repetitions for who runs fewer kilometres. */
static unsigned reps_for(double volume, unsigned reps)
{
    return (unsigned)fmax(3, round(reps * sqrt(volume)));
}

static void run_intervals(struct writing *w)
{
    const struct workout *workout = w->entry->workout;
    unsigned reps = reps_for(w->volume, workout->reps);
    double fast = truth_speed(w->truth, w->form, workout->effort_s) / w->threshold_mps;
    double work_m = reps * workout->rep_m + (reps - 1) * workout->jog_m;
    double rest_m = 400 * fmax(3, round((w->entry->distance_m - work_m) / 2 / 400));
    go(w, rest_m, 0.7, WARM_UP);
    for (unsigned i = 0; i < reps; i++) {
        go(w, workout->rep_m, vary(w, fast, 0.008), ACTIVE);
        if (i + 1 == reps) break;
        stand(w, workout->rest_s);
        if (workout->jog_m > 0) go(w, workout->jog_m, 0.55, RECOVERY);
    }
    go(w, rest_m, 0.66, COOL_DOWN);
}

static void run_hills(struct writing *w)
{
    unsigned reps = reps_for(w->volume, HILL_REPS);
    double way_m = fmax(1000, (w->entry->distance_m - 2.0 * reps * HILL_M) / 2);
    go(w, way_m, 0.72, WARM_UP);
    for (unsigned i = 0; i < reps; i++) {
        go(w, HILL_M, vary(w, 0.9, 0.02), ACTIVE);
        go(w, -HILL_M, 0.6, RECOVERY);
    }
    go(w, -way_m, 0.7, COOL_DOWN);
}

/* The race, and the few seconds until the watch is stopped. */
static void run_race(struct writing *w)
{
    const struct race *race = w->entry->race;
    struct har_truth today = *w->truth;
    today.v_m_mps *= w->form;
    double time_s = har_truth_time(&today, race->distance_m) *
                    (1 + (race->track ? short_track_cost : 0)) *
                    (1 - downhill_help * race->drop_m / race->distance_m) *
                    vary(w, 1, race_luck);
    double coast_s = ceil(time_s) + 3 + floor(5 * har_random_uniform(w->random)) - time_s;
    w->leg[w->count++] = (struct leg){race->distance_m, time_s, ACTIVE, 0};
    w->leg[w->count++] = (struct leg){2 * coast_s, coast_s, ACTIVE, 0};
}

/* --- sessions ---------------------------------------------------------------------------
 */

static const struct {
    void (*run)(struct writing *);
    enum ground_kind ground;
    bool laps_by_hand;
} ways[] = {
    [HAR_SESSION_EASY] = {run_steadily, GROUND_LOOP, false},
    [HAR_SESSION_LONG] = {run_long, GROUND_LOOP, false},
    [HAR_SESSION_TEMPO] = {run_tempo, GROUND_LOOP, true},
    [HAR_SESSION_INTERVALS] = {run_intervals, GROUND_OVAL, true},
    [HAR_SESSION_HILLS] = {run_hills, GROUND_HILL, true},
    [HAR_SESSION_TREADMILL] = {run_steadily, GROUND_BELT, false},
    [HAR_SESSION_RACE] = {run_race, GROUND_LOOP, false},
};

static enum ground_kind ground_of(const struct entry *entry)
{
    if (entry->race && entry->race->track) return GROUND_OVAL;
    if (entry->race && entry->race->drop_m > 0) return GROUND_COURSE;
    return ways[entry->kind].ground;
}

static double length_of(enum ground_kind ground, const struct writing *w)
{
    const double room_m = 50; /* to roll out at the end of what is no loop */
    double distance_m = w->entry->distance_m;
    switch (ground) {
    case GROUND_OVAL: return w->entry->race ? 200 : 400;
    case GROUND_HILL: return w->leg[0].distance_m + HILL_M + room_m;
    case GROUND_COURSE: return distance_m + room_m;
    case GROUND_LOOP: return distance_m / ceil(distance_m / LOOP_LONGEST_M);
    case GROUND_BELT: break;
    }
    return 0;
}

static const char *name_of(const struct entry *entry, double volume,
                           struct har_arena *arena)
{
    if (entry->name) return entry->name;
    struct har_text text = {.arena = arena};
    if (entry->race)
        har_text_format(&text, "%s, %s (race)", entry->race->title, entry->place->name);
    else
        har_text_format(&text, "%u x %u m", reps_for(volume, entry->workout->reps),
                        entry->workout->rep_m);
    return text.failed ? NULL : text.data;
}

/* Track: up to the next hundredth. Road: up to the next second. */
static double official(double time_s, bool track)
{
    return track ? ceil(time_s * 100) / 100 : ceil(time_s);
}

static void tell_of_race(const struct entry *entry, double time_s,
                         struct har_session *session)
{
    session->distance_m = entry->race->distance_m;
    session->speed_mps = session->distance_m / time_s;
    session->drop_m = entry->race->drop_m;
    session->short_track = entry->race->track;
    session->event = entry->race->event;
    session->official_s = official(time_s, entry->race->track);
    session->venue = entry->place->name;
}

static void tell(const struct writing *w, const char *name, struct har_session *session)
{
    const struct entry *entry = w->entry;
    int32_t offset_s = timetable_offset(entry->place, entry->day);
    *session = (struct har_session){
        .start_ms = (entry->day * SECONDS_A_DAY + entry->clock_s - offset_s) * 1000,
        .utc_offset_s = offset_s,
        .kind = entry->kind,
        .name = name,
        .form = w->form,
        .altitude_m = entry->place->altitude_m,
        .official_s = NAN,
    };
    double time_s = 0;
    for (size_t i = 0; i < w->count; i++) {
        session->distance_m += fabs(w->leg[i].distance_m);
        time_s += w->leg[i].duration_s;
    }
    session->speed_mps = session->distance_m / time_s;
    if (entry->race) tell_of_race(entry, w->leg[0].duration_s, session);
}

static void note(const struct writing *w, struct script *script)
{
    enum ground_kind ground = ground_of(w->entry);
    uint64_t route = har_random_bits(w->random) % ROUTES;
    uint64_t seed = har_random_bits(w->random);
    *script = (struct script){
        .place = w->entry->place,
        .ground = ground,
        .route = route,
        .length_m = length_of(ground, w),
        .foot_m = w->leg[0].distance_m,
        .drop_m = w->entry->race ? w->entry->race->drop_m : 0,
        .laps_by_hand = ways[w->entry->kind].laps_by_hand,
        .seed = seed,
        .leg_count = w->count,
        .legs = w->leg,
    };
}

static bool live(const struct har_truth *truth, struct timetable *plan,
                 struct har_arena *arena, struct har_session *sessions,
                 struct script *scripts)
{
    struct body body = body_before(plan, truth);
    size_t next = 0;
    for (int64_t day = timetable_begin(); day < timetable_begin() + SEASON_DAYS; day++) {
        double load = 0, altitude_m = timetable_town(plan, day)->altitude_m;
        double form = form_of(&body, truth, altitude_m);
        for (; next < plan->count && plan->entry[next].day == day; next++) {
            const struct entry *entry = &plan->entry[next];
            struct writing w = {.truth = truth,
                                .entry = entry,
                                .form = form,
                                .volume = plan->volume,
                                .threshold_mps = truth_threshold(truth, form),
                                .random = &plan->random,
                                .leg = HAR_NEW(arena, struct leg, LEGS_MOST)};
            const char *name = name_of(entry, plan->volume, arena);
            if (!w.leg || !name) return false;
            ways[entry->kind].run(&w);
            tell(&w, name, &sessions[next]);
            note(&w, &scripts[next]);
            load += load_of(truth, entry);
        }
        live_a_day(&body, truth, load, altitude_m);
    }
    return true;
}

static har_status no_memory(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a season");
}

har_status har_simulate(uint64_t seed, struct har_arena *arena, struct har_simulation *out,
                        struct har_error *err)
{
    *out = (struct har_simulation){.truth = har_truth_of(seed)};
    struct timetable plan = {.random = har_random_of(seed),
                             .entry = HAR_NEW(arena, struct entry, SESSIONS_MOST)};
    if (!plan.entry) return no_memory(err);
    timetable_lay(&plan, &out->truth, seed);

    struct har_session *sessions = HAR_NEW(arena, struct har_session, plan.count);
    struct script *scripts = HAR_NEW(arena, struct script, plan.count);
    struct har_camp_truth *stays = HAR_NEW(arena, struct har_camp_truth, CAMPS);
    struct har_simulator *simulator = HAR_NEW(arena, struct har_simulator, 1);
    if (!sessions || !scripts || !stays || !simulator ||
        !live(&out->truth, &plan, arena, sessions, scripts))
        return no_memory(err);
    for (size_t i = 0; i < CAMPS; i++)
        stays[i] = (struct har_camp_truth){har_day_of(timetable_camps[i].from),
                                           har_day_of(timetable_camps[i].to),
                                           timetable_camps[i].place->altitude_m};
    simulator->serial = 1 + (uint32_t)(har_random_bits(&plan.random) >> 33);
    simulator->scripts = scripts;
    out->sessions = sessions;
    out->session_count = plan.count;
    out->camps = stays;
    out->camp_count = CAMPS;
    out->simulator = simulator;
    return HAR_OK;
}
