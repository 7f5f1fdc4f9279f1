/* SPDX-License-Identifier: MIT */
/* The days of a week, in words that watches understand.
 *
 * A plan knows a week's load, its distance, its longest run and how its time is shared out;
 * what is run on Tuesday is a choice within that. Ours: a fast session on Tuesday and one
 * at threshold on Thursday, as long together as the phase's shares say, the fast one left
 * out in easy weeks; the longest run on Sunday, strides on Saturday, all else easy, at 72
 * to 80 % of the speed held for an hour. No hard session lies within two days before or
 * three after a race that matters. In a camp above 1300 m the speeds of the sea do not
 * hold: there a session goes by feel.
 *
 * The day before a race that matters has two fifths of its way, the one before that and the
 * one after it seven tenths. A day of less than 3 km is a day of rest. The easy days share
 * what the others leave of the week's distance. */

#include "harrier/agenda.h"

#include "recipe.h"

#include <assert.h>
#include <math.h>

enum { TUESDAY = 1, THURSDAY = 3, SATURDAY = 5, SUNDAY = 6 };
enum { BEFORE_RACE = 2, AFTER_RACE = 3, MOST_REPS = 16, LEAST_REPS = 2 };
#define EASY_PACE "72-80% Pace"
#define EASY_SHARE 0.76 /* of the threshold's speed */
#define JOG_PACE "55-70% Pace"
#define JOG_SHARE 0.62
#define EASY_FEEL "RPE 2-3"
#define LEAST_M 3000.0
#define LEAST_HARD_M 1200.0
#define WARMUP_M 2000.0 /* at least */
#define COOLDOWN_M 1000.0
#define HARD_MOST 0.6 /* of a day's way */
#define EVE 0.4
#define NEXT_TO_RACE 0.7
#define MADE_EASY 0.7 /* of a hard day's way */
#define STEADY_SHARE 0.25
#define FEEL_FROM_M 1300.0

static const char *const kind_names[HAR_AGENDA_KINDS] = {
    [HAR_AGENDA_EASY] = "easy",           [HAR_AGENDA_STRIDES] = "strides",
    [HAR_AGENDA_THRESHOLD] = "threshold", [HAR_AGENDA_FAST] = "fast",
    [HAR_AGENDA_LONG] = "long",           [HAR_AGENDA_RACE] = "race",
};

const char *har_agenda_kind_name(enum har_agenda_kind kind)
{
    return kind_names[kind];
}

struct weekdays {
    const struct har_season_plan *plan;
    const struct har_season_week *week;
    const struct har_workout_paces *paces;
    struct har_arena *arena;
    const struct har_target *aim; /* the race that the week leads to */
    bool by_feel;
    double way_m[HAR_AGENDA_DAYS]; /* 0: rest */
    enum har_agenda_kind kind[HAR_AGENDA_DAYS];
    const struct har_target *race[HAR_AGENDA_DAYS];
    unsigned reps[HAR_AGENDA_DAYS];
};

/* --- which day is what ---------------------------------------------------------------- */

static const struct har_target *aim_of(const struct har_season_plan *plan, int64_t monday)
{
    const struct har_target *aim = NULL;
    for (size_t i = 0; i < plan->race_count; i++) {
        const struct har_target *race = plan->races[i].target;
        if (race->importance != HAR_IMPORTANCE_A) continue;
        aim = race;
        if (race->day >= monday) break;
    }
    return aim;
}

static bool near_race(const struct har_season_plan *plan, int64_t day)
{
    for (size_t i = 0; i < plan->race_count; i++) {
        const struct har_target *race = plan->races[i].target;
        bool matters = race->importance != HAR_IMPORTANCE_C;
        int64_t until = race->day - day;
        if (until <= (matters ? BEFORE_RACE : 1) && until >= -(matters ? AFTER_RACE : 1))
            return true;
    }
    return false;
}

/* Of the way that the day would have. */
static double round_race(const struct har_season_plan *plan, int64_t day)
{
    double share = 1;
    for (size_t i = 0; i < plan->race_count; i++) {
        const struct har_target *race = plan->races[i].target;
        int64_t until = race->day - day;
        if (race->importance == HAR_IMPORTANCE_C) continue;
        if (until == 1) share = fmin(share, EVE);
        else if (until == BEFORE_RACE || until == -1) share = fmin(share, NEXT_TO_RACE);
    }
    return share;
}

static bool is_hard(enum har_agenda_kind kind)
{
    return kind == HAR_AGENDA_THRESHOLD || kind == HAR_AGENDA_FAST;
}

static void name_days(struct weekdays *w)
{
    const struct har_season_week *week = w->week;
    bool hard = week->phase != HAR_PHASE_RECOVERY;
    double metres = week->distance_m / week->load;
    const double *load = w->plan->day_load + (size_t)(week->monday - w->plan->monday);
    for (int d = 0; d < HAR_AGENDA_DAYS; d++) {
        bool near = near_race(w->plan, week->monday + d);
        double share = round_race(w->plan, week->monday + d);
        w->way_m[d] = load[d] > 0 ? load[d] * metres * share : 0;
        w->kind[d] = HAR_AGENDA_EASY;
        if (hard && !near && d == TUESDAY && !week->easy) w->kind[d] = HAR_AGENDA_FAST;
        if (hard && !near && d == THURSDAY) w->kind[d] = HAR_AGENDA_THRESHOLD;
        if (hard && !near && d == SATURDAY) w->kind[d] = HAR_AGENDA_STRIDES;
        if (d == SUNDAY && week->long_run_m > 0) w->kind[d] = HAR_AGENDA_LONG;
    }
    for (size_t i = 0; i < w->plan->race_count; i++) {
        const struct har_target *race = w->plan->races[i].target;
        int64_t d = race->day - week->monday;
        if (d < 0 || d >= HAR_AGENDA_DAYS) continue;
        w->kind[d] = HAR_AGENDA_RACE;
        w->race[d] = race;
        w->way_m[d] = race->event.distance_m;
    }
}

/* --- how far, how often ----------------------------------------------------------------
 */

static const struct recipe *recipe_of(const struct weekdays *w, int d)
{
    double metres = w->aim->event.distance_m;
    return w->kind[d] == HAR_AGENDA_FAST ? recipe_fast(w->week->phase, metres)
                                         : recipe_threshold(w->week->phase, metres);
}

static double recipe_speed(const struct weekdays *w, const struct recipe *r)
{
    struct har_event event;
    double mean = (r->low + r->high) / 200.0;
    if (!r->race) return mean * w->paces->threshold_mps;
    if (*r->race) har_parse_event(har_bytes_of(r->race), &event, NULL);
    else event = w->aim->event;
    return w->paces->speed_mps ? mean * w->paces->speed_mps(w->paces->ctx, &event)
                               : (double)NAN;
}

static double jog_m(const struct weekdays *w, const struct recipe *r)
{
    return r->rest_s * JOG_SHARE * w->paces->threshold_mps;
}

static double rep_m(const struct weekdays *w, const struct recipe *r)
{
    return r->rep_m > 0 ? r->rep_m : r->rep_s * recipe_speed(w, r);
}

/* As many as the phase's share of the week's time asks, within the day's way. A day too
 * short for two, or for 1200 m of them, is an easy one. */
static void count_reps(struct weekdays *w, int d)
{
    const struct recipe *r = recipe_of(w, d);
    struct har_balance balance = har_phase_balance(w->week->phase);
    double week_s = w->week->distance_m / (EASY_SHARE * w->paces->threshold_mps);
    double share = w->kind[d] == HAR_AGENDA_FAST ? balance.fast_pct : balance.threshold_pct;
    double each_m = rep_m(w, r), each_s = each_m / recipe_speed(w, r);
    double asked = share / 100 * week_s / each_s,
           room = HARD_MOST * w->way_m[d] / (each_m + jog_m(w, r));
    double reps = floor(fmin(fmin(asked, room), MOST_REPS) + 0.5);
    if (!isfinite(each_s) || reps < LEAST_REPS || reps * each_m < LEAST_HARD_M)
        w->kind[d] = HAR_AGENDA_EASY;
    else w->reps[d] = (unsigned)reps;
}

static bool shares(const struct weekdays *w, int d)
{
    return (w->kind[d] == HAR_AGENDA_EASY || w->kind[d] == HAR_AGENDA_STRIDES) &&
           w->way_m[d] > 0;
}

/* The easy days take what the others leave; the shortest of them, where it is too short,
 * is given to the rest. */
static void share_out(struct weekdays *w)
{
    for (int round = 0; round < HAR_AGENDA_DAYS; round++) {
        double left = w->week->distance_m, sum = 0;
        int shortest = -1;
        for (int d = 0; d < HAR_AGENDA_DAYS; d++) {
            if (!shares(w, d)) left -= w->way_m[d];
            else sum += w->way_m[d];
        }
        for (int d = 0; d < HAR_AGENDA_DAYS; d++) {
            if (!shares(w, d)) continue;
            w->way_m[d] *= fmax(left, 0) / sum;
            if (shortest < 0 || w->way_m[d] < w->way_m[shortest]) shortest = d;
        }
        if (shortest < 0 || w->way_m[shortest] >= LEAST_M) return;
        w->way_m[shortest] = 0;
    }
}

static double round_m(double metres, double to_m)
{
    return fmax(floor(metres / to_m + 0.5), 1) * to_m;
}

/* --- words -----------------------------------------------------------------------------
 */

static void add_metres(struct har_text *text, double metres)
{
    har_text_add(text, "- ");
    har_text_number(text, metres / 1000, 1);
    har_text_add(text, "km ");
}

static void add_easy(struct har_text *text, const struct weekdays *w, double metres)
{
    add_metres(text, metres);
    har_text_format(text, "%s\n", w->by_feel ? EASY_FEEL : EASY_PACE);
}

static void add_aim(struct har_text *text, const struct weekdays *w, const struct recipe *r)
{
    if (w->by_feel) {
        har_text_format(text, "RPE %s\n", r->feel);
        return;
    }
    har_text_format(text, "%u-%u%% ", r->low, r->high);
    if (!r->race) har_text_add(text, "Pace\n");
    else har_text_format(text, "@%s\n", *r->race ? r->race : w->aim->event.code);
}

static void add_hard(struct har_text *text, struct weekdays *w, int d)
{
    const struct recipe *r = recipe_of(w, d);
    double main_m = w->reps[d] * (rep_m(w, r) + jog_m(w, r));
    double rest_m = w->way_m[d] - main_m;
    double warm_m = round_m(fmax(0.6 * rest_m, WARMUP_M), 500),
           cool_m = round_m(fmax(0.4 * rest_m, COOLDOWN_M), 500);
    w->way_m[d] = warm_m + main_m + cool_m;
    har_text_add(text, "Warmup\n");
    add_easy(text, w, warm_m);
    har_text_format(text, "\nMain Set %ux\n- ", w->reps[d]);
    if (r->rep_m > 0) har_text_format(text, "%umtr ", (unsigned)r->rep_m);
    else har_text_format(text, "%um ", (unsigned)(r->rep_s / 60));
    add_aim(text, w, r);
    har_text_format(text, "- Jog %us %s\n\nCooldown\n", r->rest_s,
                    w->by_feel ? "RPE 1-2" : JOG_PACE);
    add_easy(text, w, cool_m);
}

static void add_long(struct har_text *text, struct weekdays *w, int d)
{
    const struct recipe *end = recipe_long(w->week->phase, w->aim->event.distance_m);
    double all_m = round_m(w->way_m[d], 1000),
           end_m = end ? round_m(STEADY_SHARE * all_m, 1000) : 0;
    w->way_m[d] = all_m;
    har_text_add(text, "Long run\n");
    add_easy(text, w, all_m - end_m);
    if (!end) return;
    add_metres(text, end_m);
    add_aim(text, w, end);
}

static void add_plain(struct har_text *text, struct weekdays *w, int d)
{
    w->way_m[d] = round_m(w->way_m[d], 1000);
    har_text_add(text, "Easy\n");
    add_easy(text, w, w->way_m[d]);
    if (w->kind[d] == HAR_AGENDA_STRIDES)
        har_text_add(text, "\nStrides 6x\n- 20s RPE 9\n- Easy 1m RPE 1-2\n");
}

static har_status week_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the week");
}

/* Its name is its day and kind: that is what a watch lists. */
static har_status write_day(struct weekdays *w, int d, struct har_agenda_day *out,
                            struct har_error *err)
{
    struct har_text text = {.arena = w->arena};
    har_text_date(&text, out->day);
    har_text_format(&text, " %s\n\n", har_agenda_kind_name(w->kind[d]));
    if (is_hard(w->kind[d])) add_hard(&text, w, d);
    else if (w->kind[d] == HAR_AGENDA_LONG) add_long(&text, w, d);
    else add_plain(&text, w, d);
    if (text.failed) return week_full(err);
    out->distance_m = w->way_m[d];
    har_status got =
        har_workout_read(har_bytes_of(text.data), w->arena, &out->workout, err);
    if (got) return got;
    struct har_text spelled = {.arena = w->arena};
    har_text_workout(&spelled, &out->workout);
    if (spelled.failed) return week_full(err);
    out->words = spelled.data;
    return har_workout_resolve(&out->workout, w->paces, err);
}

/* --- asking ----------------------------------------------------------------------------
 */

static har_status look_at_week(const struct har_season_plan *plan, size_t week,
                               const struct har_workout_paces *paces, struct har_error *err)
{
    if (week >= plan->week_count)
        return har_fail(err, HAR_OUT_OF_RANGE, week, "the plan has no such week");
    if (!(plan->weeks[week].distance_m >= 0) || !(plan->weeks[week].load >= 0))
        return har_fail(err, HAR_NO_ANSWER, week,
                        "how far this runner runs for a load is not known: no run of the "
                        "eight weeks before the plan has both");
    if (!(paces->threshold_mps > 0))
        return har_fail(err, HAR_NO_ANSWER, week,
                        "how fast this runner runs is not known: no curve");
    return HAR_OK;
}

har_status har_agenda_of(const struct har_season_plan *plan, size_t week,
                         const struct har_workout_paces *paces, struct har_arena *arena,
                         struct har_agenda_day *out, size_t *count, struct har_error *err)
{
    *count = 0;
    har_status got = look_at_week(plan, week, paces, err);
    if (got) return got;
    struct weekdays w = {.plan = plan,
                         .week = plan->weeks + week,
                         .paces = paces,
                         .arena = arena,
                         .aim = aim_of(plan, plan->weeks[week].monday)};
    assert(w.aim); /* har_season() plans none without */
    w.by_feel = w.week->camp && w.week->camp->altitude_m >= FEEL_FROM_M;
    name_days(&w);
    for (int d = 0; d < HAR_AGENDA_DAYS; d++) {
        if (w.kind[d] == HAR_AGENDA_LONG) w.way_m[d] = w.week->long_run_m;
        if (is_hard(w.kind[d])) count_reps(&w, d);
        if ((d == TUESDAY || d == THURSDAY) && w.kind[d] == HAR_AGENDA_EASY)
            w.way_m[d] *= MADE_EASY;
    }
    share_out(&w);
    for (int d = 0; d < HAR_AGENDA_DAYS && got == HAR_OK; d++) {
        if (!(w.way_m[d] > 0)) continue;
        struct har_agenda_day *day = out + *count;
        *day = (struct har_agenda_day){.day = w.week->monday + d,
                                       .kind = w.kind[d],
                                       .race = w.race[d],
                                       .distance_m = w.way_m[d],
                                       .words = ""};
        if (!day->race) got = write_day(&w, d, day, err);
        ++*count;
    }
    return got;
}
