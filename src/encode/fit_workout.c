/* SPDX-License-Identifier: MIT */
/* Any workout as a FIT file; decode's fit_workout.c has the other way and the numbers.
 *
 * FIT knows neither ramps, races, RPE nor shares of a threshold's pace: such a step is told
 * as the speeds to keep, or as none, and its words stand in its notes, which most watches
 * show and which bring it back whole. One speed becomes a band of 1 % about it, as narrow
 * as a watch can be followed. A step that the button ends as well as its length ends by the
 * button: the runner has a reason to press. */

#include "fit_writer.h"

#include <math.h>
#include <string.h>

#define BAND 0.01

enum {
    WORKOUT_FILE = 5,
    NO_MANUFACTURER = 255,
    SPORT_RUNNING = 1,
    STEP_FIELDS = 10,
    UNTIL_OPEN = 5,
    REPEAT_TIMES = 6,
    OF_SPEED = 0,
    OF_HEART = 1,
    OF_NOTHING = 2,
    OF_CADENCE = 3,
    OF_POWER = 4,
    IS_ACTIVE = 0,
    IS_REST = 1,
    IS_WARMUP = 2,
    IS_COOLDOWN = 3,
};

/* By enum har_until: as a step's duration, as a repeat's, and what its value is told in. */
static const struct {
    double step, repeat, scale, offset;
} ends[] = {
    [HAR_UNTIL_TIME] = {0, 7, 1000, 0},
    [HAR_UNTIL_DISTANCE] = {1, 8, 100, 0},
    [HAR_UNTIL_PRESS] = {UNTIL_OPEN, NAN, NAN, 0},
    [HAR_UNTIL_HEART_UNDER] = {2, 10, 1, 100},
    [HAR_UNTIL_HEART_OVER] = {3, 11, 1, 100},
    [HAR_UNTIL_HEART_UNDER_PCT] = {2, 10, 1, 0},
    [HAR_UNTIL_HEART_OVER_PCT] = {3, 11, 1, 0},
};

struct target {
    double type, zone, low, high;
};

static struct target speed_target(const struct har_workout_step *step)
{
    double slow = step->slow_mps, fast = step->fast_mps;
    if (fast - slow < slow * BAND) {
        double middle = (slow + fast) / 2;
        slow = middle * (1 - BAND);
        fast = middle * (1 + BAND);
    }
    return (struct target){OF_SPEED, 0, slow * 1000, fast * 1000};
}

static struct target zone_target(double type, const struct har_workout_step *step)
{
    if (step->low != step->high) return (struct target){OF_NOTHING, NAN, NAN, NAN};
    return (struct target){type, step->low, NAN, NAN};
}

static struct target range_target(double type, const struct har_workout_step *step,
                                  double offset)
{
    return (struct target){type, 0, fmin(step->low, step->high) + offset,
                           fmax(step->low, step->high) + offset};
}

static struct target target_of(const struct har_workout_step *step)
{
    switch (step->aim) {
    case HAR_AIM_PACE:
    case HAR_AIM_PACE_PCT:
    case HAR_AIM_RACE_PCT: return speed_target(step);
    case HAR_AIM_PACE_ZONE: return zone_target(OF_SPEED, step);
    case HAR_AIM_HEART_ZONE: return zone_target(OF_HEART, step);
    case HAR_AIM_POWER_ZONE: return zone_target(OF_POWER, step);
    case HAR_AIM_HEART: return range_target(OF_HEART, step, 100);
    case HAR_AIM_HEART_PCT: return range_target(OF_HEART, step, 0);
    case HAR_AIM_POWER: return range_target(OF_POWER, step, 1000);
    case HAR_AIM_POWER_PCT: return range_target(OF_POWER, step, 0);
    default: break;
    }
    if (isnan(step->cadence_low_spm)) return (struct target){OF_NOTHING, NAN, NAN, NAN};
    return (struct target){OF_CADENCE, 0, step->cadence_low_spm / 2,
                           step->cadence_high_spm / 2};
}

/* --- sections ---------------------------------------------------------------------------
 */

static bool is_repeat(const struct har_workout_section *section)
{
    return section->times > 0 || !isnan(section->amount);
}

/* Of a repeat, what is much slower than its fastest, or asks for nothing. */
static bool is_rest(const struct har_workout *w, const struct har_workout_section *section,
                    size_t i)
{
    const struct har_workout_step *step = &w->step[i];
    double fastest = 0;
    if (!is_repeat(section) || section->count < 2) return false;
    for (size_t k = 0; k < section->count; k++)
        fastest = fmax(fastest, w->step[section->first + k].slow_mps);
    return step->aim == HAR_AIM_NONE || step->aim == HAR_AIM_FREE ||
           step->fast_mps < 0.9 * fastest;
}

static double intensity_of(const struct har_workout *w,
                           const struct har_workout_section *section, size_t i)
{
    if (section->part == HAR_PART_WARMUP) return IS_WARMUP;
    if (section->part == HAR_PART_COOLDOWN) return IS_COOLDOWN;
    return is_rest(w, section, i) ? IS_REST : IS_ACTIVE;
}

/* Whether a section's title must stand in the notes, because the part, and the repeat's
 * name, would not bring it back. */
static bool must_tell_title(const struct har_workout *w, size_t s)
{
    static const char *const implied[] = {
        [HAR_PART_MAIN] = "",
        [HAR_PART_WARMUP] = "Warmup",
        [HAR_PART_COOLDOWN] = "Cooldown",
    };
    const struct har_workout_section *section = &w->section[s], *before = section - 1;
    const char *title = section->title ? section->title : "";
    bool same = strcmp(title, implied[section->part]) == 0;
    if (is_repeat(section)) return section->part != HAR_PART_MAIN && !same;
    return !same || (s > 0 && !is_repeat(before) && before->part == section->part);
}

/* --- messages ---------------------------------------------------------------------------
 */

static void write_any_step(struct writer *w, double index, const char *name, double end,
                           double value, const struct target *target, double intensity,
                           const char *notes)
{
    struct field fields[STEP_FIELDS] = {
        number_field(254, UINT16, index),      number_field(1, ENUM, end),
        number_field(2, UINT32, value),        number_field(3, ENUM, target->type),
        number_field(4, UINT32, target->zone), number_field(5, UINT32, target->low),
        number_field(6, UINT32, target->high), number_field(7, ENUM, intensity),
    };
    size_t count = STEP_FIELDS - 2;
    if (name) fields[count++] = string_field(0, name, STRING_ROOM);
    if (notes) fields[count++] = string_field(8, notes, STRING_ROOM);
    write_fit(w, LOCAL_RECORD, WORKOUT_STEP, fields, count, 0);
}

static const char *notes_of(const struct har_workout *w, size_t s, size_t i,
                            struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    const struct har_workout_section *section = &w->section[s];
    if (i == section->first && must_tell_title(w, s))
        har_text_format(&text, "%s\n", section->title ? section->title : "");
    har_text_step(&text, &w->step[i]);
    return text.failed ? NULL : text.data;
}

static bool write_section(struct writer *out, const struct har_workout *w, size_t s,
                          double *index, struct har_arena *arena)
{
    const struct har_workout_section *section = &w->section[s];
    double first = *index;
    for (size_t i = section->first; i < section->first + section->count; i++) {
        const struct har_workout_step *step = &w->step[i];
        struct target target = target_of(step);
        const char *notes = notes_of(w, s, i, arena);
        bool open = step->press;
        if (!notes) return false;
        write_any_step(
            out, (*index)++, step->cue, open ? UNTIL_OPEN : ends[step->until].step,
            open ? (double)NAN
                 : step->amount * ends[step->until].scale + ends[step->until].offset,
            &target, intensity_of(w, section, i), notes);
    }
    if (!is_repeat(section)) return true;
    struct target times = {OF_NOTHING, section->times, NAN, NAN};
    if (section->times == 0)
        times.zone =
            section->amount * ends[section->until].scale + ends[section->until].offset;
    write_any_step(out, (*index)++, section->title,
                   section->times ? REPEAT_TIMES : ends[section->until].repeat, first,
                   &times, IS_ACTIVE, NULL);
    return true;
}

static har_status check_speeds(const struct har_workout *w, struct har_error *err)
{
    for (size_t i = 0; i < w->step_count; i++) {
        const struct har_workout_step *step = &w->step[i];
        bool speed = step->aim == HAR_AIM_PACE || step->aim == HAR_AIM_PACE_PCT ||
                     step->aim == HAR_AIM_RACE_PCT;
        if (speed && !(step->slow_mps > 0 && step->fast_mps >= step->slow_mps))
            return har_fail(err, HAR_NO_ANSWER, i,
                            "nothing says how fast step %zu is to be run, and a watch must "
                            "be told",
                            i + 1);
    }
    return HAR_OK;
}

har_status har_encode_workout_fit(const struct har_workout *workout, int64_t created_ms,
                                  struct har_arena *arena, struct har_bytes *out,
                                  struct har_error *err)
{
    har_status status = check_speeds(workout, err);
    if (status != HAR_OK) return status;
    if (workout->step_count < 1 || workout->step_count > HAR_STEPS_MOST)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "a workout for a watch has 1 to %d steps",
                        HAR_STEPS_MOST);
    if (created_ms == HAR_NO_TIME || !fit_can_tell(created_ms))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "FIT files cannot hold instants before 1989-12-31 or after 2125");
    double valid = (double)workout->step_count, index = 0;
    for (size_t s = 0; s < workout->section_count; s++)
        valid += is_repeat(&workout->section[s]);
    struct writer w = open_fit(arena);
    const struct field id[] = {
        number_field(0, ENUM, WORKOUT_FILE),
        number_field(1, UINT16, NO_MANUFACTURER),
        number_field(2, UINT16, 0),
        number_field(3, UINT32Z, 1),
        number_field(4, UINT32, fit_time(created_ms)),
    };
    const struct field about[] = {
        number_field(4, ENUM, SPORT_RUNNING),
        number_field(6, UINT16, valid),
        string_field(8, workout->name, STRING_ROOM),
    };
    WRITE(&w, LOCAL_ONCE, FILE_ID, id);
    write_fit(&w, LOCAL_ONCE, WORKOUT, about, workout->name ? 3 : 2, 0);
    for (size_t s = 0; s < workout->section_count; s++)
        if (!write_section(&w, workout, s, &index, arena))
            return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a FIT file");
    return seal_fit(&w, out, err);
}
