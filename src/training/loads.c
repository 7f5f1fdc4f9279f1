/* SPDX-License-Identifier: MIT */
/* What the kept sessions asked of their runner, day by day.
 *
 * Each session is judged by the curve of its time: fitted on the first of its month from
 * what was known then, so that a winter is not judged by the summer's best, and a run keeps
 * its load when a later race comes in. Sessions before the first mark have no such curve
 * and take the first there is. The highest heart rate is that of all days: it changes
 * slowly, and the hard day that shows it may come late. Under ten sessions with a heart
 * rate may not hold one: then the highest seen is no measure, easy running would look
 * hard, and the heart is not asked (the ten are our choice). A session of a camp, told or
 * found, is judged at its altitude; where somebody lives, marks and sessions are made in
 * the same air, and nothing is put right. What the mornings tell of a day holds for each of
 * its sessions.
 *
 * A race that only its result tells of counts as run evenly. How much a race takes from
 * this runner is learnt from the races of the last two years, each beside what had been
 * foretold for it on the day before. */

#include "history.h"
#include "mornings.h"
#include "response.h"

#include "harrier/num.h"

#include <math.h>
#include <string.h>

enum { USUAL_DAYS = 56, LEARNING_DAYS = 730, LEAST_WITH_HEART = 10 };
#define DAY_MS INT64_C(86400000)
#define HOUR_S 3600.0

/* The curve from a day on, fitted once somebody asks for it. */
struct month_curve {
    int64_t from_day;
    enum { UNTRIED, FITS, FITS_NOT } state;
    struct har_emig curve;
};

struct judging {
    struct har_store *store;
    struct har_arena *arena;
    struct har_error *err;
    struct har_entry *entries;
    size_t count;
    struct har_race *races;
    size_t race_count;
    struct har_history history; /* nothing in it where there is no curve */
    const char *no_curve;
    struct month_curve *curves;
    size_t curve_count;
    struct har_wellness_row *mornings;
    size_t morning_count;
    struct har_camp *camps; /* where the runner does not live */
    size_t camp_count;
    double heart_max_bpm;
    enum har_sex sex;
};

static har_status loads_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the loads");
}

static int64_t local_day_of(const struct har_entry *entry)
{
    return har_local_day(entry->summary.start_ms, entry->summary.utc_offset_s);
}

static bool has_instant(const struct har_entry *entry)
{
    return entry->summary.start_ms != HAR_NO_TIME;
}

/* --- curves --------------------------------------------------------------------------- */

static bool fit_on(const struct judging *j, int64_t day, struct har_emig *out)
{
    struct har_curve curve;
    if (har_curve_fit(NULL, j->history.sex, j->history.evidence, j->history.count, day,
                      j->arena, &curve, NULL))
        return false;
    *out = har_curve_readings(&curve, day).emig;
    return !isnan(har_threshold_speed(out));
}

static int64_t first_of_month(int64_t day)
{
    struct har_date date = har_date_of(day);
    date.day = 1;
    return har_day_of(date);
}

/* All months with a session, and last the day after the last mark, for where none of the
 * months knew one yet. */
static har_status list_months(struct judging *j)
{
    const struct har_history *known = &j->history;
    int64_t last = INT64_MIN;
    j->curves = HAR_NEW(j->arena, struct month_curve, j->count + 1);
    if (!j->curves) return loads_full(j->err);
    if (!known->count) return HAR_OK;
    for (size_t i = 0; i < j->count; i++) {
        if (!has_instant(j->entries + i)) continue;
        int64_t month = first_of_month(local_day_of(j->entries + i));
        if (month <= last) continue;
        j->curves[j->curve_count++].from_day = last = month;
    }
    j->curves[j->curve_count++].from_day = known->evidence[known->count - 1].day + 1;
    return HAR_OK;
}

static bool fits(const struct judging *j, struct month_curve *month)
{
    if (month->state == UNTRIED)
        month->state = fit_on(j, month->from_day, &month->curve) ? FITS : FITS_NOT;
    return month->state == FITS;
}

/* The latest known on that day, else the first there is; NULL. */
static const struct har_emig *curve_on(const struct judging *j, int64_t day)
{
    size_t months = j->curve_count ? j->curve_count - 1 : 0, at = 0;
    while (at < months && j->curves[at].from_day <= day) at++;
    for (size_t i = at; i > 0; i--)
        if (fits(j, &j->curves[i - 1])) return &j->curves[i - 1].curve;
    for (size_t i = at; i < j->curve_count; i++)
        if (fits(j, &j->curves[i])) return &j->curves[i].curve;
    return NULL;
}

static struct har_load_runner runner_on(const struct judging *j, int64_t day)
{
    struct har_load_runner runner = har_load_runner_unknown();
    const struct har_emig *curve = curve_on(j, day);
    if (curve) runner.curve = *curve;
    runner.heart_max_bpm = j->heart_max_bpm;
    runner.heart_rest_bpm = har_rest_bpm_on(j->mornings, j->morning_count, day);
    runner.sex = j->sex;
    return runner;
}

/* --- sessions ------------------------------------------------------------------------- */

static har_status find_camps(struct judging *j, int64_t athlete)
{
    struct har_kept_camp *told, *all;
    size_t told_count;
    har_status got =
        har_journal_camps(j->store, athlete, j->arena, &told, &told_count, j->err);
    if (got == HAR_OK)
        got = har_camps_of(j->entries, j->count, told, told_count, NULL, 0, j->arena, &all,
                           &j->camp_count, j->err);
    if (got) return got;
    j->camps = HAR_NEW(j->arena, struct har_camp, j->camp_count);
    if (!j->camps) return loads_full(j->err);
    for (size_t i = 0; i < j->camp_count; i++) j->camps[i] = all[i].camp;
    return HAR_OK;
}

static har_status read_kept(struct judging *j, const struct har_store_filter *filter,
                            int sex, bool with_paces)
{
    struct har_store_filter all = HAR_STORE_ALL;
    struct har_error why = {0};
    unsigned highest = 0, with_heart = 0;
    struct har_athlete about = {.sex = HAR_UNTOLD};
    all.athlete = filter->athlete;
    all.until_day = filter->until_day;
    all.with_bests = true;
    all.with_paces = with_paces;
    har_status got =
        har_store_entries(j->store, &all, j->arena, &j->entries, &j->count, j->err);
    if (got == HAR_OK)
        got = har_store_races(j->store, &all, j->arena, &j->races, &j->race_count, j->err);
    if (got == HAR_OK && filter->athlete) /* the mornings of several are nobody's */
        got = har_journal_mornings(j->store, &all, j->arena, &j->mornings,
                                   &j->morning_count, j->err);
    if (got == HAR_OK && filter->athlete) got = find_camps(j, filter->athlete);
    if (got == HAR_OK && sex == HAR_UNTOLD && filter->athlete)
        got = har_store_about(j->store, filter->athlete, j->arena, &about, j->err);
    if (got) return got;
    if (sex == HAR_UNTOLD) sex = about.sex;
    j->sex = sex == HAR_WOMEN ? HAR_WOMEN : HAR_MEN;
    for (size_t i = 0; i < j->count; i++) {
        unsigned held = har_held_heart_bpm(j->entries[i].summary.heart_s);
        with_heart += held > 0;
        if (held > highest) highest = held;
    }
    j->heart_max_bpm = with_heart >= LEAST_WITH_HEART ? (double)highest : (double)NAN;
    const struct har_kept kept = {j->races, j->race_count, j->entries, j->count};
    got =
        har_history_of(j->store, filter->athlete, &kept, sex, j->arena, &j->history, &why);
    if (got == HAR_NO_ANSWER) {
        j->history.count = 0;
        j->no_curve = har_arena_copy(j->arena, why.message, strlen(why.message));
        return j->no_curve ? list_months(j) : loads_full(j->err);
    }
    if (got) return har_fail(j->err, got, why.offset, "%s", why.message);
    return list_months(j);
}

/* A session of a camp counts as run where it was, by a runner who came when the camp began.
 */
static void climb(const struct judging *j, const struct har_entry *entry, int64_t day,
                  struct har_load_runner *runner)
{
    for (size_t i = 0; i < j->camp_count; i++) {
        const struct har_camp *camp = j->camps + i;
        if (day < camp->from_day || day > camp->to_day) continue;
        runner->altitude_m =
            isnan(entry->summary.altitude_m) ? camp->altitude_m : entry->summary.altitude_m;
        runner->acclimatised =
            har_altitude_state_on(j->camps, j->camp_count, day, HAR_CAMP_HOURS)
                .acclimatised;
        return;
    }
}

/* Gives each of these sessions, which have their paces, its load. */
static har_status judge_sessions(const struct judging *j, struct har_entry *entries,
                                 size_t count)
{
    struct har_load *load = HAR_NEW(j->arena, struct har_load, count);
    if (!load) return loads_full(j->err);
    for (size_t i = 0; i < count; i++) {
        struct har_entry *entry = entries + i;
        int64_t day = has_instant(entry) ? local_day_of(entry) : INT64_MAX;
        struct har_load_runner runner = runner_on(j, day);
        climb(j, entry, day, &runner);
        const struct har_work work = {entry->summary.sport, entry->summary.moving_s,
                                      entry->paces, entry->summary.heart_s,
                                      har_felt_on(j->mornings, j->morning_count, day)};
        if (har_load_of(&work, &runner, load + i, NULL) == HAR_OK) entry->load = load + i;
    }
    return HAR_OK;
}

static double official_s(const struct har_race *race)
{
    return (double)race->result.mark.time_ms / 1000;
}

/* Of so many metres in so long, evenly. */
static double even_load(const struct har_load_runner *runner, double distance_m,
                        double time_s)
{
    return har_load_rate(runner, distance_m / time_s) * time_s / HOUR_S;
}

static double load_of_result(const struct judging *j, const struct har_race *race)
{
    struct har_load_runner runner = runner_on(j, race->result.day);
    const struct har_work work = {HAR_SPORT_RUNNING, official_s(race), NULL, NULL, NAN};
    struct har_load by_time;
    double load = even_load(&runner, race->result.event.distance_m, work.moving_s);
    if (!isnan(load)) return load;
    har_load_of(&work, &runner, &by_time, NULL);
    return by_time.load;
}

/* --- plans ---------------------------------------------------------------------------- */

/* What a metre and a second of the last weeks' runs asked. */
struct usual {
    double a_metre, a_second;
};

static struct usual usual_of(const struct judging *j, int64_t last_day)
{
    double load = 0, metres = 0, seconds = 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct har_entry *run = j->entries + i;
        if (!run->load || run->summary.sport != HAR_SPORT_RUNNING || !has_instant(run) ||
            local_day_of(run) <= last_day - USUAL_DAYS || !(run->summary.distance_m > 0) ||
            !(run->summary.moving_s > 0))
            continue;
        load += run->load->load;
        metres += run->summary.distance_m;
        seconds += run->summary.moving_s;
    }
    return (struct usual){load / metres, load / seconds};
}

static double planned_load(const struct har_planned *plan,
                           const struct har_load_runner *runner, struct usual usual)
{
    if (!isnan(plan->load)) return plan->load;
    double load = even_load(runner, plan->distance_m, plan->duration_s);
    if (isfinite(load)) return load;
    return isnan(plan->distance_m) ? usual.a_second * plan->duration_s
                                   : usual.a_metre * plan->distance_m;
}

/* --- days ----------------------------------------------------------------------------- */

static void find_last_day(const struct judging *j, struct har_loads *out)
{
    out->last_day = INT64_MIN;
    for (size_t i = 0; i < j->count; i++)
        if (has_instant(j->entries + i) && local_day_of(j->entries + i) > out->last_day)
            out->last_day = local_day_of(j->entries + i);
    for (size_t i = 0; i < j->race_count; i++)
        if (j->races[i].result.day > out->last_day) out->last_day = j->races[i].result.day;
}

static size_t add_kept(const struct judging *j, struct har_done *done,
                       struct har_loads *out)
{
    size_t count = 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct har_entry *entry = j->entries + i;
        const struct har_summary *s = &entry->summary;
        bool run = s->sport == HAR_SPORT_RUNNING;
        out->by[entry->load ? entry->load->source : HAR_LOAD_NONE]++;
        out->up_high += entry->load && !isnan(entry->load->lost);
        if (!has_instant(entry)) continue;
        done[count++] = (struct har_done){s->start_ms,
                                          s->utc_offset_s,
                                          s->elapsed_s,
                                          entry->load ? entry->load->load : (double)NAN,
                                          run ? s->distance_m : (double)NAN,
                                          entry->race};
    }
    for (size_t i = 0; i < j->race_count; i++) {
        const struct har_race *race = j->races + i;
        if (race->activity) continue;
        out->unrecorded++;
        done[count++] = (struct har_done){
            race->result.day * DAY_MS + DAY_MS / 2, 0,   NAN, load_of_result(j, race),
            race->result.event.distance_m,          true};
    }
    return count;
}

static size_t add_plan(const struct judging *j, const struct har_load_settings *settings,
                       struct har_done *done, struct har_loads *out)
{
    struct usual usual = usual_of(j, out->last_day);
    size_t count = 0;
    for (size_t i = 0; i < settings->plan_count; i++) {
        const struct har_planned *plan = settings->plan + i;
        if (plan->day <= out->last_day) {
            out->past_plan++;
            continue;
        }
        double load = planned_load(plan, &out->runner, usual);
        if (isnan(load)) out->plan_unknown++;
        done[count++] = (struct har_done){
            plan->day * DAY_MS + DAY_MS / 2, 0, NAN, load, plan->distance_m, plan->race};
    }
    return count;
}

static har_status add_up_days(const struct judging *j,
                              const struct har_load_settings *settings,
                              struct har_loads *out)
{
    struct har_form_settings form = settings->form;
    struct har_done *done =
        HAR_NEW(j->arena, struct har_done, j->count + j->race_count + settings->plan_count);
    if (!done) return loads_full(j->err);
    find_last_day(j, out);
    out->runner = runner_on(j, out->last_day);
    size_t count = add_kept(j, done, out);
    if (out->by[HAR_LOAD_NONE] == j->count && !out->unrecorded)
        return har_fail(j->err, HAR_NO_ANSWER, 0,
                        "none of the %zu sessions says so much as how long it took",
                        j->count);
    size_t planned = add_plan(j, settings, done + count, out);
    if (planned) form.complete_from = out->last_day + 1;
    har_status got = har_form(done, count + planned, &form, j->arena, &out->form, j->err);
    if (got == HAR_NOT_FOUND)
        return har_fail(j->err, HAR_NO_ANSWER, 0, "nothing that is kept has a day");
    return got;
}

/* --- races ---------------------------------------------------------------------------- */

static struct har_raced raced(const struct judging *j, int64_t day, double distance_m,
                              double time_s)
{
    struct har_load_runner runner = runner_on(j, day);
    return (struct har_raced){day, distance_m,
                              har_race_effort(&runner.curve, distance_m, time_s)};
}

static bool has_result(const struct judging *j, int64_t activity)
{
    for (size_t i = 0; i < j->race_count; i++)
        if (j->races[i].activity == activity) return true;
    return false;
}

static size_t list_raced(const struct judging *j, const struct har_load_settings *settings,
                         int64_t last_day, struct har_raced *out)
{
    size_t count = 0;
    for (size_t i = 0; i < j->race_count; i++)
        out[count++] = raced(j, j->races[i].result.day, j->races[i].result.event.distance_m,
                             official_s(j->races + i));
    for (size_t i = 0; i < j->count; i++) {
        const struct har_entry *entry = j->entries + i;
        if (entry->race && has_instant(entry) && !has_result(j, entry->id) &&
            har_sport_is_on_foot(entry->summary.sport))
            out[count++] = raced(j, local_day_of(entry), entry->summary.distance_m,
                                 entry->summary.elapsed_s);
    }
    for (size_t i = 0; i < settings->plan_count; i++)
        if (settings->plan[i].race && settings->plan[i].day > last_day)
            out[count++] = (struct har_raced){settings->plan[i].day,
                                              settings->plan[i].distance_m, NAN};
    return count;
}

static har_status learn_factor(const struct judging *j, const struct har_raced *races,
                               size_t count, struct har_loads *out)
{
    struct har_foretold *foretold;
    size_t told;
    out->factor = har_toll_unknown();
    if (!j->history.count) return HAR_OK;
    har_status got = har_foretold_races(&j->history, out->last_day - LEARNING_DAYS,
                                        out->last_day, j->arena, &foretold, &told, j->err);
    if (got) return got == HAR_NO_ANSWER ? HAR_OK : got;
    struct har_shortfall *seen = HAR_NEW(j->arena, struct har_shortfall, told);
    if (!seen) return loads_full(j->err);
    for (size_t i = 0; i < told; i++) {
        const struct har_prediction *was = &foretold[i].prediction;
        seen[i] = (struct har_shortfall){
            foretold[i].race->day, log(foretold[i].race->time_s / was->time_s),
            har_ln_sd_of_80(was->low_s[HAR_WITHIN_80], was->high_s[HAR_WITHIN_80])};
    }
    out->factor = har_toll_learn(races, count, seen, told);
    out->factor_races = told;
    return HAR_OK;
}

static void find_race_day(const struct har_load_settings *settings, struct har_loads *out)
{
    int64_t last = out->last_day + 1;
    for (size_t i = 0; i < settings->plan_count; i++) {
        const struct har_planned *plan = settings->plan + i;
        if (plan->day <= out->last_day) continue;
        if (plan->day > last) last = plan->day;
        if (plan->race && (!out->race_planned || plan->day < out->race_day)) {
            out->race_planned = true;
            out->race_day = plan->day;
        }
    }
    if (!out->race_planned) out->race_day = last;
}

static har_status tell_toll(const struct judging *j,
                            const struct har_load_settings *settings, struct har_loads *out)
{
    struct har_raced *races = HAR_NEW(j->arena, struct har_raced,
                                      j->race_count + j->count + settings->plan_count);
    if (!races) return loads_full(j->err);
    size_t count = list_raced(j, settings, out->last_day, races);
    find_race_day(settings, out);
    har_status got = learn_factor(j, races, count, out);
    out->toll = har_toll_on(races, count, out->factor, out->race_day);
    return got;
}

/* --- questions ------------------------------------------------------------------------ */

/* The sessions with their loads, and the days. */
static har_status load_days(struct judging *j, const struct har_store_filter *filter,
                            const struct har_load_settings *settings, struct har_loads *out)
{
    *out = (struct har_loads){0};
    har_status got = read_kept(j, filter, settings->sex, true);
    if (got) return got;
    if (j->count + j->race_count == 0)
        return har_fail(j->err, HAR_NO_ANSWER, 0,
                        "there is no session and no race yet: `harrier import` brings in "
                        "what a watch recorded");
    got = judge_sessions(j, j->entries, j->count);
    if (got == HAR_OK) got = add_up_days(j, settings, out);
    if (!j->no_curve && !curve_on(j, INT64_MAX))
        j->no_curve = "the marks that are kept make no curve";
    out->entries = j->entries;
    out->entry_count = j->count;
    out->no_curve = j->no_curve;
    return got;
}

har_status har_load_days(struct har_store *store, const struct har_store_filter *filter,
                         const struct har_load_settings *settings, struct har_arena *arena,
                         struct har_loads *out, struct har_error *err)
{
    struct judging j = {.store = store, .arena = arena, .err = err};
    return load_days(&j, filter, settings, out);
}

har_status har_loads(struct har_store *store, const struct har_store_filter *filter,
                     const struct har_load_settings *settings, struct har_arena *arena,
                     struct har_loads *out, struct har_error *err)
{
    struct judging j = {.store = store, .arena = arena, .err = err};
    har_status got = load_days(&j, filter, settings, out);
    if (got == HAR_OK) got = tell_toll(&j, settings, out);
    if (got == HAR_OK)
        got = har_learn_response(&j.history, &out->form, out->race_day, arena, &out->learnt,
                                 err);
    return got;
}

/* Entries of these days, which hold those that are asked about. */
static struct har_store_filter days_of(int64_t athlete, const struct har_entry *entries,
                                       size_t count)
{
    struct har_store_filter days = HAR_STORE_ALL;
    days.athlete = athlete;
    days.with_paces = true;
    for (size_t i = 0; i < count; i++) {
        if (!has_instant(entries + i)) return days;
        int64_t day = local_day_of(entries + i);
        if (i == 0 || day < days.since_day) days.since_day = day;
        if (i == 0 || day > days.until_day) days.until_day = day;
    }
    return days;
}

har_status har_give_loads(struct har_store *store, int64_t athlete,
                          struct har_entry *entries, size_t count, struct har_arena *arena,
                          struct har_error *err)
{
    struct judging j = {.store = store, .arena = arena, .err = err};
    struct har_store_filter all = HAR_STORE_ALL;
    const struct har_store_filter days = days_of(athlete, entries, count);
    struct har_entry *judged;
    size_t judged_count;
    all.athlete = athlete;
    if (count == 0) return HAR_OK;
    har_status got = read_kept(&j, &all, HAR_UNTOLD, false);
    if (got == HAR_OK)
        got = har_store_entries(store, &days, arena, &judged, &judged_count, err);
    if (got == HAR_OK) got = judge_sessions(&j, judged, judged_count);
    if (got) return got;
    /* Both in order of time. */
    for (size_t i = 0, at = 0; i < count; i++) {
        size_t from = at;
        while (at < judged_count && judged[at].id != entries[i].id) at++;
        if (at < judged_count) entries[i].load = judged[at++].load;
        else at = from;
    }
    return HAR_OK;
}
