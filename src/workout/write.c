/* SPDX-License-Identifier: MIT */
/* Steps -> words, in one spelling: what is written reads back as the same steps, and is
 * written the same way again. Distances are kilometres where they are whole ones, and
 * from 3 km on where they are tenths of one; miles where they are quarters of one; else
 * metres, as on the track. */

#include "words.h"

#include <math.h>
#include <string.h>

#define MILE_M 1609.344
#define CENTIMETRE_M 0.006 /* a little more than half of one: files round to it */

static void add_duration(struct har_text *text, double time_s)
{
    double whole = floor(time_s / 60 + 1e-9), rest_s = time_s - 60 * whole;
    double hours = floor(whole / 60), minutes = whole - 60 * hours;
    if (hours > 0) har_text_format(text, "%dh", (int)hours);
    if (minutes > 0) har_text_format(text, "%dm", (int)minutes);
    if (rest_s < 0.0005 && whole > 0) return;
    har_text_number(text, fmax(rest_s, 0), 3);
    har_text_add(text, "s");
}

static void add_distance(struct har_text *text, double distance_m)
{
    double quarters = 4 * distance_m / MILE_M;
    bool round_km = fmod(distance_m, 1000) == 0;
    if (distance_m > 0 &&
        (round_km || (distance_m >= 3000 && fmod(distance_m, 100) == 0))) {
        har_text_number(text, distance_m / 1000, 1);
        har_text_add(text, "km");
    } else if (quarters > 0.5 &&
               fabs(quarters - round(quarters)) * MILE_M / 4 < CENTIMETRE_M) {
        har_text_number(text, round(quarters) / 4, 2);
        har_text_add(text, "mi");
    } else {
        har_text_number(text, distance_m, 2);
        har_text_add(text, "mtr");
    }
}

static void add_heart(struct har_text *text, const char *sign, double amount,
                      const char *unit)
{
    har_text_format(text, "HR%s", sign);
    har_text_number(text, amount, 1);
    har_text_add(text, unit);
}

static void add_amount(struct har_text *text, enum har_until until, double amount)
{
    switch (until) {
    case HAR_UNTIL_TIME: add_duration(text, amount); return;
    case HAR_UNTIL_DISTANCE: add_distance(text, amount); return;
    case HAR_UNTIL_PRESS: har_text_add(text, "press lap"); return;
    case HAR_UNTIL_HEART_UNDER: add_heart(text, "<", amount, "bpm"); return;
    case HAR_UNTIL_HEART_OVER: add_heart(text, ">", amount, "bpm"); return;
    case HAR_UNTIL_HEART_UNDER_PCT: add_heart(text, "<", amount, "%"); return;
    case HAR_UNTIL_HEART_OVER_PCT: add_heart(text, ">", amount, "%"); return;
    }
}

/* The pace in as few decimals of a second as tell the speed to the mm/s, which is what a
 * watch keeps. */
static void add_pace(struct har_text *text, double speed_mps, double per_m)
{
    double pace_s = per_m / speed_mps;
    unsigned decimals = 0;
    double unit = 1;
    while (decimals < 2 && fabs(per_m / (round(pace_s * unit) / unit) - speed_mps) > 6e-4) {
        decimals++;
        unit *= 10;
    }
    struct har_text number = {.arena = text->arena};
    har_text_clock(&number, pace_s, decimals, true);
    /* Paces under a minute are 0:59, so that nobody takes them for a number. */
    if (pace_s < 60 && number.data && !strchr(number.data, ':'))
        har_text_format(text, "0:%s", pace_s < 9.995 ? "0" : "");
    har_text_add(text, number.data ? number.data : "");
    text->failed = text->failed || number.failed;
}

static const char *unit_of(double per_m)
{
    for (size_t i = 0; i < pace_unit_count; i++)
        if (fabs(pace_units[i].metres - per_m) < 1e-6) return pace_units[i].name;
    return pace_units[0].name;
}

static void add_range(struct har_text *text, const struct har_workout_step *step,
                      const char *before)
{
    har_text_add(text, before);
    har_text_number(text, step->low, 2);
    if (step->low == step->high) return;
    har_text_format(text, "-%s", before);
    har_text_number(text, step->high, 2);
}

static void add_aim(struct har_text *text, const struct har_workout_step *step)
{
    const struct aim_row *row = aim_row_of(step->aim);
    if (step->aim == HAR_AIM_NONE) return;
    har_text_add(text, step->ramp ? " ramp " : " ");
    if (row) {
        add_range(text, step, row->before);
        har_text_add(text, row->sign);
        if (row->word) har_text_format(text, " %s", row->word);
        return;
    }
    switch (step->aim) {
    case HAR_AIM_PACE:
        add_pace(text, step->low, step->per_m);
        if (step->low != step->high) {
            har_text_add(text, "-");
            add_pace(text, step->high, step->per_m);
        }
        har_text_format(text, "%s Pace", unit_of(step->per_m));
        return;
    case HAR_AIM_RACE_PCT:
        if (step->low != 100 || step->high != 100) {
            add_range(text, step, "");
            har_text_add(text, "% ");
        }
        har_text_format(text, "@%s", step->race.code);
        return;
    case HAR_AIM_RPE:
        har_text_add(text, "RPE ");
        add_range(text, step, "");
        return;
    default: har_text_add(text, "freeride"); return;
    }
}

void har_text_step(struct har_text *text, const struct har_workout_step *step)
{
    if (step->cue) har_text_format(text, "%s ", step->cue);
    add_amount(text, step->until, step->amount);
    add_aim(text, step);
    if (!isnan(step->cadence_low_spm)) {
        har_text_add(text, " ");
        har_text_number(text, step->cadence_low_spm, 1);
        if (step->cadence_low_spm != step->cadence_high_spm) {
            har_text_add(text, "-");
            har_text_number(text, step->cadence_high_spm, 1);
        }
        har_text_add(text, "spm");
    }
    if (step->press && step->until != HAR_UNTIL_PRESS) har_text_add(text, " press lap");
}

static bool is_repeat(const struct har_workout_section *section)
{
    return section->times > 0 || !isnan(section->amount);
}

static void add_header(struct har_text *text, const struct har_workout_section *section)
{
    if (section->title) har_text_add(text, section->title);
    if (section->title && is_repeat(section)) har_text_add(text, " ");
    if (section->times > 0) {
        har_text_format(text, "%ux", section->times);
    } else if (!isnan(section->amount)) {
        har_text_add(text, "until ");
        add_amount(text, section->until, section->amount);
    }
    if (section->title || is_repeat(section)) har_text_add(text, "\n");
}

void har_text_workout(struct har_text *text, const struct har_workout *workout)
{
    if (workout->name) har_text_format(text, "%s\n\n", workout->name);
    for (size_t s = 0; s < workout->section_count; s++) {
        const struct har_workout_section *section = &workout->section[s];
        if (s > 0) har_text_add(text, "\n");
        add_header(text, section);
        for (size_t i = 0; i < section->count; i++) {
            har_text_add(text, "- ");
            har_text_step(text, &workout->step[section->first + i]);
            har_text_add(text, "\n");
        }
    }
}
