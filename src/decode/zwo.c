/* SPDX-License-Identifier: MIT */
/* ZWO, the workouts of Zwift: XML, in which Power is a fraction of the speed that `pace`
 * names (0 the mile, 1 5 km, 2 10 km, 3 the half marathon, 4 the marathon: recalled, not
 * verified), or of the threshold's where it names none.
 *
 * Our decisions. A message is a step's words where it says what the numbers say, else its
 * cue if it can be one; further messages are left out. Of an interval, those from the end
 * of its first part on belong to the second. Steps without a speed are free. */

#include "format.h"
#include "xml.h"

#include <math.h>
#include <string.h>

enum {
    IN_WORKOUT_FILE = 1,
    IN_STEPS,
    IN_WARMUP,
    IN_COOLDOWN,
    IN_RAMP,
    IN_STEADY,
    IN_INTERVALS,
    IN_FREE,
    IN_MAX,
    IN_EVENT,
};
enum { ZWO_NAME = 1, ZWO_DURATION_TYPE };

static const struct xml_row zwo_rows[] = {
    {XML_OUTSIDE, "workout_file", IN_WORKOUT_FILE, 0},
    {IN_WORKOUT_FILE, "name", 0, ZWO_NAME},
    {IN_WORKOUT_FILE, "durationtype", 0, ZWO_DURATION_TYPE},
    {IN_WORKOUT_FILE, "workout", IN_STEPS, 0},
    {IN_STEPS, "warmup", IN_WARMUP, 0},
    {IN_STEPS, "cooldown", IN_COOLDOWN, 0},
    {IN_STEPS, "ramp", IN_RAMP, 0},
    {IN_STEPS, "steadystate", IN_STEADY, 0},
    {IN_STEPS, "solidstate", IN_STEADY, 0},
    {IN_STEPS, "intervalst", IN_INTERVALS, 0},
    {IN_STEPS, "freeride", IN_FREE, 0},
    {IN_STEPS, "maxeffort", IN_MAX, 0},
    {IN_WARMUP, "textevent", IN_EVENT, 0},
    {IN_COOLDOWN, "textevent", IN_EVENT, 0},
    {IN_RAMP, "textevent", IN_EVENT, 0},
    {IN_STEADY, "textevent", IN_EVENT, 0},
    {IN_INTERVALS, "textevent", IN_EVENT, 0},
    {IN_FREE, "textevent", IN_EVENT, 0},
    {IN_MAX, "textevent", IN_EVENT, 0},
};

static const char *const pace_codes[] = {"MILE", "5K", "10K", "HM", "MAR"};

struct zwo {
    struct xml xml;
    struct har_arena *arena;
    const char *name;
    bool in_metres, many; /* steps than a workout has */
    unsigned odd_step;    /* the first one whose numbers cannot be; 0: none */
    size_t section_count, section_room, step_count, step_room;
    struct har_workout_section *section;
    struct told {
        struct har_workout_step step;
        const char *message;
    } * step;
    double second_from; /* where the second part of an interval begins */
    bool interval;
    enum har_part open; /* the last section may go on with steps of this part */
    bool is_open;
};

static double number_of_attribute(const char **attributes, const char *name)
{
    double value;
    return har_parse_number(xml_attribute(attributes, name), &value) ? value : (double)NAN;
}

static bool begin_zwo_section(struct zwo *z, enum har_part part, unsigned times)
{
    static const char *const titles[] = {NULL, "Warmup", "Cooldown"};
    struct har_workout_section *grown = har_arena_grow(
        z->arena, z->section, z->section_count, &z->section_room, sizeof *grown);
    if (!grown) return false;
    z->section = grown;
    grown[z->section_count++] = (struct har_workout_section){
        titles[part], part, times, HAR_UNTIL_PRESS, NAN, z->step_count, 0};
    z->open = part;
    z->is_open = times == 0;
    return true;
}

/* A fraction as a percentage, to a hundredth. */
static double percent(double fraction)
{
    return round(1e4 * fraction) / 100;
}

static void set_power(struct har_workout_step *step, double low, double high, double pace)
{
    if (!(low > 0 && high > 0)) {
        step->aim = HAR_AIM_FREE;
        return;
    }
    step->low = percent(low);
    step->high = percent(high);
    step->ramp = low != high;
    step->aim = HAR_AIM_PACE_PCT;
    if (!(pace >= 0 && pace < 5)) return;
    step->aim = HAR_AIM_RACE_PCT;
    har_parse_event(har_bytes_of(pace_codes[(int)pace]), &step->race, NULL);
}

static bool add_zwo_step(struct zwo *z, const struct har_workout_step *step)
{
    if (z->step_count == HAR_STEPS_MOST) return z->many = true;
    struct told *grown =
        har_arena_grow(z->arena, z->step, z->step_count, &z->step_room, sizeof *grown);
    if (!grown) return false;
    z->step = grown;
    grown[z->step_count++] = (struct told){*step, NULL};
    z->section[z->section_count - 1].count++;
    if (!(step->amount > 0) && !z->odd_step) z->odd_step = (unsigned)z->step_count;
    return true;
}

static bool add_interval(struct zwo *z, const char **attributes)
{
    struct har_workout_step on = har_step_blank(), off = on;
    double times = number_of_attribute(attributes, "repeat");
    double pace = number_of_attribute(attributes, "pace");
    double hard = number_of_attribute(attributes, "onpower");
    double easy = number_of_attribute(attributes, "offpower");
    on.amount = number_of_attribute(attributes, "onduration");
    off.amount = number_of_attribute(attributes, "offduration");
    set_power(&on, hard, hard, pace);
    set_power(&off, easy, easy, pace);
    z->interval = true;
    z->second_from = on.amount;
    if (!(times >= 1 && times <= HAR_REPEATS_MOST)) {
        if (!z->odd_step) z->odd_step = (unsigned)z->step_count + 1;
        times = 1;
    }
    return begin_zwo_section(z, HAR_PART_MAIN, (unsigned)times) && add_zwo_step(z, &on) &&
           (z->many || add_zwo_step(z, &off));
}

static bool add_element(struct zwo *z, unsigned area, const char **attributes)
{
    struct har_workout_step step = har_step_blank();
    enum har_part part = area == IN_WARMUP     ? HAR_PART_WARMUP
                         : area == IN_COOLDOWN ? HAR_PART_COOLDOWN
                                               : HAR_PART_MAIN;
    double power = number_of_attribute(attributes, "power");
    double low = number_of_attribute(attributes, "powerlow");
    double high = number_of_attribute(attributes, "powerhigh");
    step.amount = number_of_attribute(attributes, "duration");
    if (area == IN_MAX) {
        step.aim = HAR_AIM_RPE;
        step.low = step.high = 10;
    } else {
        set_power(&step, isnan(low) ? power : low, isnan(high) ? power : high,
                  number_of_attribute(attributes, "pace"));
        if (area == IN_STEADY) step.ramp = false;
        if (!step.ramp && step.low > step.high) {
            double swap = step.low;
            step.low = step.high;
            step.high = swap;
        }
    }
    z->interval = false;
    if ((!z->is_open || z->open != part) && !begin_zwo_section(z, part, 0)) return false;
    return add_zwo_step(z, &step);
}

static bool add_event(struct zwo *z, const char **attributes)
{
    struct har_bytes message = xml_attribute(attributes, "message");
    double at = number_of_attribute(attributes, "timeoffset");
    if (isnan(at)) at = number_of_attribute(attributes, "distoffset");
    if (z->step_count == 0 || message.size == 0 || z->many) return true;
    bool first = z->interval && !(at >= z->second_from);
    struct told *told = &z->step[z->step_count - 1 - (first ? 1 : 0)];
    if (told->message) return true;
    told->message = har_arena_copy(z->arena, message.data, message.size);
    return told->message != NULL;
}

static bool enter_zwo(void *reader, unsigned area, const char **attributes)
{
    struct zwo *z = reader;
    if (area <= IN_STEPS || z->many) return true;
    if (area == IN_EVENT) return add_event(z, attributes);
    return area == IN_INTERVALS ? add_interval(z, attributes)
                                : add_element(z, area, attributes);
}

static bool hear_zwo(void *reader, unsigned what, struct har_bytes text)
{
    struct zwo *z = reader;
    if (what == ZWO_DURATION_TYPE) {
        z->in_metres = text.size == 8 && memcmp(text.data, "distance", 8) == 0;
    } else if (har_is_title(text)) {
        z->name = har_arena_copy(z->arena, text.data, text.size);
        return z->name != NULL;
    }
    return true;
}

static bool leave_zwo(void *reader, unsigned area)
{
    (void)reader, (void)area;
    return true;
}

/* The step with what its message says. False if the arena is full. */
static bool finish_step(const struct zwo *z, struct told *told,
                        struct har_workout_step *out)
{
    struct har_workout_step words;
    *out = told->step;
    out->until = z->in_metres ? HAR_UNTIL_DISTANCE : HAR_UNTIL_TIME;
    if (!told->message) return true;
    struct har_bytes message = har_bytes_of(told->message);
    har_status status = har_step_read(message, z->arena, &words, NULL);
    if (status == HAR_OK && har_step_agrees(&words, out)) *out = words;
    else if (har_is_cue(message)) out->cue = told->message;
    return status != HAR_NO_MEMORY;
}

static har_status finish(struct zwo *z, struct har_workout *out, struct har_error *err)
{
    struct har_workout_step *step =
        HAR_NEW(z->arena, struct har_workout_step, z->step_count);
    bool room = step != NULL;
    if (z->many)
        return har_fail(err, HAR_UNSUPPORTED, 0, "a workout has at most %d steps",
                        HAR_STEPS_MOST);
    if (z->step_count == 0)
        return har_fail(err, HAR_BAD_INPUT, 0, "this ZWO file has no steps");
    if (z->odd_step)
        return har_fail(
            err, HAR_BAD_INPUT, 0,
            "step %u of this ZWO file has no duration, or no repeat from 1 to %d",
            z->odd_step, HAR_REPEATS_MOST);
    for (size_t i = 0; room && i < z->step_count; i++)
        room = finish_step(z, &z->step[i], &step[i]);
    if (!room) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a workout");
    *out = (struct har_workout){z->name, z->section_count, z->section, z->step_count, step};
    return har_workout_check(out, z->arena, err);
}

bool har_is_zwo(struct har_bytes head)
{
    return xml_root_is(head, "workout_file");
}

har_status decode_zwo_workout(struct har_bytes file, struct har_arena *arena,
                              struct har_workout *out, struct har_error *err)
{
    static const struct xml_grammar grammar = {
        zwo_rows, sizeof zwo_rows / sizeof zwo_rows[0], enter_zwo, hear_zwo, leave_zwo};
    struct zwo *z = HAR_NEW(arena, struct zwo, 1);
    if (!z) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a workout");
    z->arena = arena;
    har_status status = xml_read(&z->xml, &grammar, z, file, arena, err);
    return status == HAR_OK ? finish(z, out, err) : status;
}
