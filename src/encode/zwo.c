/* SPDX-License-Identifier: MIT */
/* Workouts as ZWO, the XML of Zwift.
 *
 * Power is a fraction of the speed that `pace` names: 0 the mile, 1 5 km, 2 10 km, 3 the
 * half marathon, 4 the marathon (the convention of the tools that write such files;
 * recalled, not verified). Ours names none where it is the threshold's. durationType says
 * whether all durations are seconds or metres.
 *
 * Every step's words go along as its first message. Only a pair of steady steps can be
 * repeated (IntervalsT), both told of one speed; other repeats are written out. */

#include "harrier/encode.h"

#include <math.h>
#include <string.h>

enum { NO_PACE = -1 };

static const double paces_m[] = {1609.344, 5000, 10000, 21097.5, 42195};

struct zwo_writer {
    struct har_text text;
    const struct har_workout *workout;
    double threshold_mps;
    bool in_metres;
};

/* A speed as ZWO tells it. */
struct power {
    int pace;
    double low, high; /* NaN: told of none */
};

static bool asks_speed(const struct har_workout_step *step)
{
    return step->aim == HAR_AIM_PACE || step->aim == HAR_AIM_PACE_PCT ||
           step->aim == HAR_AIM_RACE_PCT;
}

static int pace_of(const struct har_workout_step *step)
{
    if (step->aim != HAR_AIM_RACE_PCT || step->race.kind == HAR_EVENT_STEEPLECHASE)
        return NO_PACE;
    for (int p = 0; p < (int)(sizeof paces_m / sizeof paces_m[0]); p++)
        if (fabs(step->race.distance_m - paces_m[p]) < 1) return p;
    return NO_PACE;
}

/* By its own reference, or where `plainly` by the threshold. */
static har_status power_of(const struct zwo_writer *w, size_t i, bool plainly,
                           struct power *out, struct har_error *err)
{
    const struct har_workout_step *step = &w->workout->step[i];
    *out = (struct power){plainly ? NO_PACE : pace_of(step), NAN, NAN};
    if (!asks_speed(step)) return HAR_OK;
    if (out->pace != NO_PACE || step->aim == HAR_AIM_PACE_PCT) {
        out->low = step->low / 100;
        out->high = step->high / 100;
        return HAR_OK;
    }
    if (!(w->threshold_mps > 0) || !(step->slow_mps > 0))
        return har_fail(
            err, HAR_NO_ANSWER, i,
            "ZWO tells speeds as fractions of the threshold's, and no curve says "
            "what that is for step %zu",
            i + 1);
    bool falls = step->low > step->high;
    out->low = (falls ? step->fast_mps : step->slow_mps) / w->threshold_mps;
    out->high = (falls ? step->slow_mps : step->fast_mps) / w->threshold_mps;
    return HAR_OK;
}

/* How long, in the unit of the file; NaN where nobody knows. */
static double length_of(const struct zwo_writer *w, const struct har_workout_step *step)
{
    if (step->until == HAR_UNTIL_DISTANCE && w->in_metres) return step->amount;
    if (step->until == HAR_UNTIL_TIME && !w->in_metres) return step->amount;
    if (step->until == HAR_UNTIL_DISTANCE)
        return round(step->amount / ((step->slow_mps + step->fast_mps) / 2));
    return NAN;
}

static har_status check_lengths(const struct zwo_writer *w, struct har_error *err)
{
    for (size_t i = 0; i < w->workout->step_count; i++) {
        const struct har_workout_step *step = &w->workout->step[i];
        if (step->until != HAR_UNTIL_TIME && step->until != HAR_UNTIL_DISTANCE)
            return har_fail(err, HAR_UNSUPPORTED, i,
                            "step %zu has no length: ZWO counts seconds or metres", i + 1);
        if (!(length_of(w, step) > 0))
            return har_fail(err, HAR_NO_ANSWER, i,
                            "ZWO counts all steps in seconds or all in metres, and nothing "
                            "says how long the metres of step %zu take",
                            i + 1);
    }
    return HAR_OK;
}

/* --- XML -------------------------------------------------------------------------------
 */

static void add_escaped(struct har_text *text, const char *words)
{
    for (; *words; words++) {
        switch (*words) {
        case '&': har_text_add(text, "&amp;"); break;
        case '<': har_text_add(text, "&lt;"); break;
        case '>': har_text_add(text, "&gt;"); break;
        case '"': har_text_add(text, "&quot;"); break;
        default: har_text_bytes(text, words, 1);
        }
    }
}

static void add_attribute(struct har_text *text, const char *name, double value)
{
    har_text_format(text, " %s=\"", name);
    har_text_number(text, value, 4);
    har_text_add(text, "\"");
}

static void add_message(struct zwo_writer *w, const struct har_workout_step *step,
                        double offset)
{
    struct har_text words = {.arena = w->text.arena};
    har_text_step(&words, step);
    w->text.failed = w->text.failed || words.failed;
    har_text_add(&w->text, "      <textevent");
    add_attribute(&w->text, w->in_metres ? "distoffset" : "timeoffset", offset);
    har_text_add(&w->text, " message=\"");
    add_escaped(&w->text, words.data ? words.data : "");
    har_text_add(&w->text, "\"/>\n");
}

static void end_element(struct zwo_writer *w, const char *name)
{
    har_text_format(&w->text, "    </%s>\n", name);
}

static void add_pace_attribute(struct zwo_writer *w, int pace)
{
    if (pace != NO_PACE) har_text_format(&w->text, " pace=\"%d\"", pace);
    har_text_add(&w->text, ">\n");
}

static const char *element_of(const struct har_workout_step *step, enum har_part part,
                              bool speed)
{
    if (!speed)
        return step->aim == HAR_AIM_RPE && step->low == 10 ? "MaxEffort" : "FreeRide";
    if (part == HAR_PART_WARMUP) return "Warmup";
    if (part == HAR_PART_COOLDOWN) return "Cooldown";
    return step->ramp ? "Ramp" : "SteadyState";
}

static har_status write_one(struct zwo_writer *w, size_t i, enum har_part part,
                            struct har_error *err)
{
    const struct har_workout_step *step = &w->workout->step[i];
    struct power power;
    har_status status = power_of(w, i, false, &power, err);
    if (status != HAR_OK) return status;
    const char *name = element_of(step, part, !isnan(power.low));
    bool two = part != HAR_PART_MAIN || step->ramp;
    har_text_format(&w->text, "    <%s", name);
    add_attribute(&w->text, "Duration", length_of(w, step));
    if (!isnan(power.low) && two) {
        double middle = (power.low + power.high) / 2;
        add_attribute(&w->text, "PowerLow", step->ramp ? power.low : middle);
        add_attribute(&w->text, "PowerHigh", step->ramp ? power.high : middle);
    } else if (!isnan(power.low)) {
        add_attribute(&w->text, "Power", (power.low + power.high) / 2);
    }
    add_pace_attribute(w, power.pace);
    add_message(w, step, 0);
    end_element(w, name);
    return HAR_OK;
}

/* Whether a section can be said as one element. */
static bool is_pair(const struct zwo_writer *w, const struct har_workout_section *section)
{
    const struct har_workout_step *on = &w->workout->step[section->first], *off = on + 1;
    return section->times > 0 && section->count == 2 && asks_speed(on) && asks_speed(off) &&
           !on->ramp && !off->ramp && section->part == HAR_PART_MAIN &&
           (pace_of(on) == pace_of(off) || w->threshold_mps > 0);
}

static har_status write_pair(struct zwo_writer *w,
                             const struct har_workout_section *section,
                             struct har_error *err)
{
    const struct har_workout_step *on = &w->workout->step[section->first], *off = on + 1;
    struct power hard, easy;
    bool apart = pace_of(on) != pace_of(off);
    har_status status = power_of(w, section->first, apart, &hard, err);
    if (status == HAR_OK) status = power_of(w, section->first + 1, apart, &easy, err);
    if (status != HAR_OK) return status;
    har_text_format(&w->text, "    <IntervalsT Repeat=\"%u\"", section->times);
    add_attribute(&w->text, "OnDuration", length_of(w, on));
    add_attribute(&w->text, "OffDuration", length_of(w, off));
    add_attribute(&w->text, "OnPower", (hard.low + hard.high) / 2);
    add_attribute(&w->text, "OffPower", (easy.low + easy.high) / 2);
    add_pace_attribute(w, hard.pace);
    add_message(w, on, 0);
    add_message(w, off, length_of(w, on));
    end_element(w, "IntervalsT");
    return HAR_OK;
}

static har_status write_zwo_section(struct zwo_writer *w,
                                    const struct har_workout_section *section, size_t s,
                                    struct har_error *err)
{
    har_status status = HAR_OK;
    if (is_pair(w, section)) return write_pair(w, section, err);
    if (section->times == 0 && !isnan(section->amount))
        return har_fail(err, HAR_UNSUPPORTED, s,
                        "ZWO has no repeat without a number of times");
    for (unsigned r = 0; r < (section->times ? section->times : 1); r++)
        for (size_t i = 0; status == HAR_OK && i < section->count; i++)
            status = write_one(w, section->first + i, section->part, err);
    return status;
}

har_status har_encode_workout_zwo(const struct har_workout *workout, double threshold_mps,
                                  struct har_arena *arena, struct har_bytes *out,
                                  struct har_error *err)
{
    struct zwo_writer w = {{.arena = arena}, workout, threshold_mps, true};
    for (size_t i = 0; i < workout->step_count; i++)
        if (workout->step[i].until != HAR_UNTIL_DISTANCE) w.in_metres = false;
    har_status status = check_lengths(&w, err);
    har_text_add(&w.text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<workout_file>\n"
                          "  <author>Harrier</author>\n  <name>");
    add_escaped(&w.text, workout->name ? workout->name : "");
    har_text_format(&w.text,
                    "</name>\n  <sportType>run</sportType>\n"
                    "  <durationType>%s</durationType>\n  <workout>\n",
                    w.in_metres ? "distance" : "time");
    for (size_t s = 0; status == HAR_OK && s < workout->section_count; s++)
        status = write_zwo_section(&w, &workout->section[s], s, err);
    har_text_add(&w.text, "  </workout>\n</workout_file>\n");
    if (status != HAR_OK) return status;
    if (w.text.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a ZWO file");
    *out = (struct har_bytes){(const uint8_t *)w.text.data, w.text.size};
    return HAR_OK;
}
