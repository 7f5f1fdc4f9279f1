/* SPDX-License-Identifier: MIT */
/* The way back from a race, as easy runs show it.
 *
 * Like is held against like. A run is easy up to 10 % faster than the median of the four
 * weeks before the race; tempo runs are left out on both sides, and slower runs stay,
 * because slowness is what is looked for. Thin air raises the heart by itself: only runs
 * within 500 m of one height are compared, that at which the fewer of both sides are most,
 * so that neither a camp before the race nor one after it hides what can be known. What is
 * usual should be that of a rested runner: days on which an earlier race is still felt, for
 * as long as its toll takes to fall to 37 %, do not count, nor does any run on the day of a
 * race. What comes back after it is what it and those before it took together. All of these
 * limits are ours.
 *
 * Heart rate at one speed varies by 3 beats and more from day to day in anybody (R. P.
 * Lamberts and others; recalled). So no scatter is believed that is below 2 beats, 0.05 m/s
 * or 1 %: four runs that happened to agree would make much of a difference that is none.
 *
 * Where nobody tells the resting heart rate it is taken as 60: for a run 10 % off the usual
 * speed 15 beats more or less move the answer by one and a half. */

#include "compared.h"

#include "harrier/num.h"
#include "harrier/recovery.h"

#include <math.h>

#define FASTEST_EASY 1.10
#define SAME_HEIGHT_M 500.0
#define USUAL_REST_BPM 60.0

static const struct {
    const char *name;
    enum har_tired tired;
    double least_spread;
} signs[HAR_SIGNS] = {
    [HAR_SIGN_HEART] = {"heart", HAR_TIRED_HIGHER, 2},
    [HAR_SIGN_PACE] = {"pace", HAR_TIRED_LOWER, 0.05},
    [HAR_SIGN_DECOUPLING] = {"decoupling", HAR_TIRED_HIGHER, 0.01},
};

const char *har_sign_name(enum har_sign sign)
{
    return signs[sign].name;
}

static har_status no_room(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for the days after a race");
}

/* The runs around one race or block, and a desk for their medians. */
struct around {
    int64_t from_day, race_day, until_day; /* of a race the first two are the same */
    const struct har_steady_run **run;
    size_t count;
    double *work;
};

/* --- which runs -------------------------------------------------------------------------
 */

static int64_t last_looked_at(const struct har_raced_and_run *known, int64_t race_day)
{
    int64_t until = race_day + COMPARED_DAYS;
    for (size_t i = 0; i < known->race_count; i++)
        if (known->races[i].day > race_day && known->races[i].day <= until)
            until = known->races[i].day - 1;
    return until < known->last_day ? until : known->last_day;
}

/* Whether that day is one of a race, or of the block, or one before them on which an
 * earlier race was felt. */
static bool is_of_a_race(const struct har_raced_and_run *known, const struct around *around,
                         int64_t day)
{
    if (day >= around->from_day && day <= around->race_day) return true;
    for (size_t i = 0; i < known->race_count; i++) {
        double since = (double)(day - known->races[i].day);
        bool felt = since > 0 && day < around->from_day &&
                    since <= har_race_recovery_days(known->races[i].distance_m);
        if (since == 0 || felt) return true;
    }
    return false;
}

static bool look_around(const struct har_raced_and_run *known, struct har_arena *arena,
                        struct around *out)
{
    out->until_day = last_looked_at(known, out->race_day);
    out->run = HAR_NEW(arena, const struct har_steady_run *, known->run_count);
    out->work = HAR_NEW(arena, double, known->run_count);
    if (!out->run || !out->work) return false;
    for (size_t i = 0; i < known->run_count; i++) {
        const struct har_steady_run *run = &known->runs[i];
        if (run->day >= out->race_day - COMPARED_DAYS && run->day <= out->until_day &&
            run->steady.seconds > 0 && !is_of_a_race(known, out, run->day))
            out->run[out->count++] = run;
    }
    return true;
}

static bool is_behind(const struct around *around, const struct har_steady_run *run)
{
    return run->day > around->race_day;
}

/* Where height is not known it is taken as alike. */
static bool is_at(const struct har_steady_run *run, double height_m)
{
    return !(fabs(run->altitude_m - height_m) > SAME_HEIGHT_M);
}

static size_t comparable_at(const struct around *around, double height_m)
{
    size_t side[2] = {0, 0};
    for (size_t i = 0; i < around->count; i++)
        if (is_at(around->run[i], height_m)) side[is_behind(around, around->run[i])]++;
    return side[0] < side[1] ? side[0] : side[1];
}

static void keep_height(struct around *around)
{
    double height_m = NAN;
    size_t most = 0, kept = 0;
    for (size_t i = around->count; i-- > 0;) {
        size_t here = comparable_at(around, around->run[i]->altitude_m);
        if (here <= most || isnan(around->run[i]->altitude_m)) continue;
        most = here;
        height_m = around->run[i]->altitude_m;
    }
    for (size_t i = 0; i < around->count; i++)
        if (is_at(around->run[i], height_m)) around->run[kept++] = around->run[i];
    around->count = kept;
}

static double usual_speed(const struct around *around)
{
    size_t before = 0;
    for (size_t i = 0; i < around->count; i++)
        if (!is_behind(around, around->run[i]))
            around->work[before++] = around->run[i]->steady.flat_mps;
    return har_quantile(around->work, before, 0.5);
}

static void keep_easy(struct around *around)
{
    double fastest_mps = FASTEST_EASY * usual_speed(around);
    size_t kept = 0;
    for (size_t i = 0; i < around->count; i++)
        if (!(around->run[i]->steady.flat_mps > fastest_mps))
            around->run[kept++] = around->run[i];
    around->count = kept;
}

/* --- what they show ----------------------------------------------------------------------
 */

static double shown(const struct har_steady *steady, enum har_sign sign, double rest_bpm,
                    double easy_mps)
{
    switch (sign) {
    case HAR_SIGN_HEART: return har_heart_at(steady, rest_bpm, easy_mps);
    case HAR_SIGN_PACE: return steady->flat_mps;
    default: return steady->decoupling;
    }
}

static bool read_signs(const struct around *around, double rest_bpm,
                       struct har_measured *measured, struct har_comeback *out)
{
    bool any = false;
    for (int sign = 0; sign < HAR_SIGNS; sign++) {
        for (size_t i = 0; i < around->count; i++)
            measured[i] = (struct har_measured){
                around->run[i]->day, shown(&around->run[i]->steady, (enum har_sign)sign,
                                           rest_bpm, out->easy_mps)};
        any |= har_recovery_of(measured, around->count, signs[sign].tired,
                               signs[sign].least_spread, around->race_day,
                               around->until_day, &out->sign[sign], NULL) == HAR_OK;
    }
    return any;
}

static har_status come_back(const struct har_raced_and_run *known, struct around *around,
                            struct har_arena *arena, struct har_comeback *out,
                            struct har_error *err)
{
    out->easy_mps = NAN;
    if (!look_around(known, arena, around)) return no_room(err);
    out->until_day = around->until_day;
    keep_height(around);
    keep_easy(around);
    out->easy_mps = usual_speed(around);
    struct har_measured *measured = HAR_NEW(arena, struct har_measured, around->count);
    if (!measured) return no_room(err);
    for (size_t i = 0; i < around->count; i++)
        ++*(is_behind(around, around->run[i]) ? &out->after : &out->before);
    double rest_bpm = isnan(known->heart_rest_bpm) ? USUAL_REST_BPM : known->heart_rest_bpm;
    if (read_signs(around, rest_bpm, measured, out)) return HAR_OK;
    return har_fail(err, HAR_NO_ANSWER, 0,
                    "%d easy runs of 30 minutes with a heart rate, at an even pace and one "
                    "height, are needed in the 4 weeks before it, when no earlier race is "
                    "felt, and %d after it, before the next; there are %zu and %zu",
                    LEAST_BEFORE, LEAST_AFTER, out->before, out->after);
}

har_status har_comeback_of(const struct har_raced_and_run *known, size_t which,
                           struct har_arena *arena, struct har_comeback *out,
                           struct har_error *err)
{
    const struct har_raced *race = &known->races[which];
    struct around around = {.from_day = race->day, .race_day = race->day};
    *out = (struct har_comeback){.race = *race};
    return come_back(known, &around, arena, out, err);
}

har_status har_block_comeback(const struct har_raced_and_run *known, int64_t from_day,
                              int64_t to_day, struct har_arena *arena,
                              struct har_comeback *out, struct har_error *err)
{
    struct around around = {.from_day = from_day, .race_day = to_day};
    *out = (struct har_comeback){.race = {to_day, NAN, NAN}};
    return come_back(known, &around, arena, out, err);
}

/* --- beside an earlier one ---------------------------------------------------------------
 */

static enum har_sign first_in_both(const struct har_comeback *a,
                                   const struct har_comeback *b)
{
    int sign = 0;
    while (sign < HAR_SIGNS && (isnan(a->sign[sign].days) || isnan(b->sign[sign].days)))
        sign++;
    return (enum har_sign)sign;
}

har_status har_comeback_beside(const struct har_raced_and_run *known, size_t which,
                               const struct har_comeback *now, struct har_arena *arena,
                               struct har_beside *out, struct har_error *err)
{
    for (size_t i = which; i-- > 0;) {
        if (!har_same_kind_of_race(known->races[i].distance_m, now->race.distance_m))
            continue;
        har_status got = har_comeback_of(known, i, arena, &out->earlier, err);
        if (got == HAR_NO_ANSWER) continue;
        if (got) return got;
        out->which = i;
        out->sign = first_in_both(now, &out->earlier);
        if (out->sign == HAR_SIGNS) continue;
        out->sooner =
            har_recovery_sooner(&now->sign[out->sign], &out->earlier.sign[out->sign]);
        return HAR_OK;
    }
    return HAR_NOT_FOUND;
}
