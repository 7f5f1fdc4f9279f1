/* SPDX-License-Identifier: MIT */
/* What thin air does to the blood, and how long it stays.
 *
 * Dose: L. A. Garvican-Lewis et al., J. Appl. Physiol. 121 (2016) 352: kilometres of height
 * times hours. Response: about 1.08 % more haemoglobin mass for each 100 hours in their and
 * others' collected studies. Runners do not rise for ever: we let the response near 7 %
 * exponentially, with that slope at first. It counts in full from 2,200 m and not at all
 * below 1,300 m, in between in proportion. How far it differs between runners is known for
 * being as large as the mean, so the standard deviation is the mean: four in five lie
 * between a little below nothing and 2.3 times of it.
 *
 * After the descent it fades with a time of three weeks. The ceiling, the ramp and the
 * fading are design, in the middle of what is reported, not measured by anyone as a curve.
 *
 * Acclimatisation in the sense of `effort` comes with its 10 days and goes at the same
 * pace, on days spent over 1,000 m; for what goes we know of no curve either.
 *
 * Windows: R. F. Chapman et al., J. Appl. Physiol. 116 (2014) 837, gather why the first
 * days and the third week are raced on: plasma volume and breathing early, the blood and
 * the legs later. It is convention with thin evidence, and is printed as that. */

#include "harrier/camp.h"
#include "harrier/num.h"

#include <math.h>

#define MOST_PCT 7.0
#define PCT_AN_HOUR 0.0108
#define NOTHING_M 1300.0
#define ALL_M 2200.0
#define FADE_DAYS 21.0
#define SETTLING_M 1000.0

static const struct har_return_window return_windows[] = {
    {1, 3, true,
     "the first three days, before the lost plasma comes back and while breathing is still "
     "driven; convention, thin evidence"},
    {4, 13, false,
     "days on which many feel flat while breathing and blood volume settle; convention, "
     "thin "
     "evidence"},
    {14, 21, true,
     "the third week, when the legs are back at sea-level speed and most of the "
     "haemoglobin "
     "is left; convention, thin evidence"},
};

const struct har_return_window *har_return_windows(size_t *count)
{
    *count = sizeof return_windows / sizeof return_windows[0];
    return return_windows;
}

/* The share of the whole response that a height gives. */
static double height_share(double altitude_m)
{
    return fmin(fmax((altitude_m - NOTHING_M) / (ALL_M - NOTHING_M), 0), 1);
}

/* What `hours` at a height make of `pct`. What is more than the height would give fades as
 * it would below. */
static double blood_after(double pct, double altitude_m, double hours, double days)
{
    double goal = MOST_PCT * height_share(altitude_m);
    if (pct >= goal) return goal + (pct - goal) * exp(-days / FADE_DAYS);
    return goal - (goal - pct) * exp(-hours * PCT_AN_HOUR / MOST_PCT);
}

static int64_t days_of_camp(const struct har_camp *camp)
{
    return camp->to_day - camp->from_day + 1;
}

struct har_camp_dose har_camp_dose(const struct har_camp *camp, double hours_a_day)
{
    double hours = (double)days_of_camp(camp) * hours_a_day;
    bool known = hours > 0 && hours_a_day <= 24 && isfinite(camp->altitude_m);
    if (!known) return (struct har_camp_dose){NAN, NAN, NAN, NAN, NAN};
    double pct = blood_after(0, camp->altitude_m, hours, 0);
    return (struct har_camp_dose){
        .hours = hours,
        .dose_km_h = camp->altitude_m / 1000 * hours,
        .haemoglobin_pct = pct,
        .low_pct = pct - HAR_SDS_OF_80 * pct,
        .high_pct = pct + HAR_SDS_OF_80 * pct,
    };
}

/* Lives `days` at a height; NaN is below. */
static void live_at(struct har_altitude_state *state, double altitude_m, double days,
                    double hours_a_day)
{
    double come = har_acclimatisation(days);
    double goal = altitude_m > SETTLING_M ? 1 : 0;
    state->acclimatised += (goal - state->acclimatised) * come;
    state->haemoglobin_pct =
        blood_after(state->haemoglobin_pct, isnan(altitude_m) ? 0 : altitude_m,
                    days * hours_a_day, days);
}

struct har_altitude_state har_altitude_state_on(const struct har_camp *camps, size_t count,
                                                int64_t day, double hours_a_day)
{
    struct har_altitude_state state = {.days_since = -1};
    int64_t at = count > 0 ? camps[0].from_day : day;
    for (size_t i = 0; i < count && camps[i].from_day < day; i++) {
        int64_t from = camps[i].from_day > at ? camps[i].from_day : at;
        int64_t to = camps[i].to_day < day ? camps[i].to_day + 1 : day;
        if (to <= from) continue; /* within another stay */
        live_at(&state, NAN, (double)(from - at), hours_a_day);
        live_at(&state, camps[i].altitude_m, (double)(to - from), hours_a_day);
        at = to;
        state.days_since = camps[i].to_day < day ? day - camps[i].to_day : 0;
    }
    live_at(&state, NAN, (double)(day > at ? day - at : 0), hours_a_day);
    double off_pct = HAR_SDS_OF_80 * state.haemoglobin_pct;
    state.low_pct = state.haemoglobin_pct - off_pct;
    state.high_pct = state.haemoglobin_pct + off_pct;
    return state;
}
