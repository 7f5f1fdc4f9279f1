/* SPDX-License-Identifier: MIT */
/* FIT workouts: a row of steps, in which a repeat is a step too, behind those it repeats.
 *
 * Times are in ms, distances in cm, speeds in mm/s; a heart rate up to 100 is a share of
 * the highest in %, one above it less 100 is beats a minute; a power up to 1000 is a share
 * of the threshold in %, one above it less 1000 is watts.
 *
 * Our decisions. Sections are runs of steps of one part (warm-up, cool-down, the rest) and
 * repeats. Harrier writes each step's words into its notes, with the title of a section
 * that begins there on a line before them; they are believed where they say what the
 * numbers say. A name that the notation could not carry is left out. Repeats within repeats
 * have no words. */

#include "fit_workout.h"

#include <string.h>

enum {
    END_TIME = 0,
    END_DISTANCE = 1,
    END_HEART_UNDER = 2,
    END_HEART_OVER = 3,
    END_OPEN = 5,
    REPEAT_FIRST = 6, /* a number of times */
    REPEAT_TIME = 7,
    REPEAT_DISTANCE = 8,
    REPEAT_HEART_UNDER = 10,
    REPEAT_HEART_OVER = 11,
    REPEAT_LAST = 13,
    TARGET_SPEED = 0,
    TARGET_HEART = 1,
    TARGET_OPEN = 2,
    TARGET_CADENCE = 3,
    TARGET_POWER = 4,
    WARMUP = 2,
    COOLDOWN = 3,
};

/* --- messages ----------------------------------------------------------------------- */

bool fit_workout_take(struct fit_workout *workout, const struct fit_data *data,
                      struct har_arena *arena)
{
    bool full = false;
    if (data->definition->message == FIT_WORKOUT) {
        workout->begun = true;
        workout->name = fit_text(data, 8, arena, &full);
        return !full;
    }
    struct fit_workout_step *grown =
        har_arena_grow(arena, workout->step, workout->count, &workout->room, sizeof *grown);
    if (!grown) return false;
    workout->step = grown;
    grown[workout->count++] = (struct fit_workout_step){
        .index = fit_number(data, 254),
        .name = fit_text(data, 0, arena, &full),
        .end = fit_number(data, 1),
        .end_value = fit_number(data, 2),
        .target = fit_number(data, 3),
        .target_value = fit_number(data, 4),
        .low = fit_number(data, 5),
        .high = fit_number(data, 6),
        .intensity = fit_number(data, 7),
        .notes = fit_text(data, 8, arena, &full),
    };
    return !full;
}

/* --- numbers of a step ---------------------------------------------------------------- */

static void set_heart_end(struct har_workout_step *step, bool under, double value)
{
    bool pct = value <= 100;
    step->amount = pct ? value : value - 100;
    if (under) step->until = pct ? HAR_UNTIL_HEART_UNDER_PCT : HAR_UNTIL_HEART_UNDER;
    else step->until = pct ? HAR_UNTIL_HEART_OVER_PCT : HAR_UNTIL_HEART_OVER;
}

static bool set_end(struct har_workout_step *step, unsigned end, double value)
{
    switch (end) {
    case END_TIME:
    case REPEAT_TIME:
        step->until = HAR_UNTIL_TIME;
        step->amount = value / 1000;
        break;
    case END_DISTANCE:
    case REPEAT_DISTANCE:
        step->until = HAR_UNTIL_DISTANCE;
        step->amount = value / 100;
        break;
    case END_HEART_UNDER:
    case REPEAT_HEART_UNDER: set_heart_end(step, true, value); break;
    case END_HEART_OVER:
    case REPEAT_HEART_OVER: set_heart_end(step, false, value); break;
    case END_OPEN:
        step->until = HAR_UNTIL_PRESS;
        step->amount = NAN;
        return true;
    default: return false;
    }
    return step->amount > 0;
}

static void set_range(struct har_workout_step *step, enum har_aim aim, double low,
                      double high)
{
    step->aim = aim;
    step->low = fmin(low, high);
    step->high = fmax(low, high);
}

/* A target by zone where `zone` has one, else between two numbers. */
static void set_target(struct har_workout_step *step, const struct fit_workout_step *raw)
{
    double zone = raw->target_value, low = raw->low, high = raw->high;
    bool zoned = zone > 0, ranged = low > 0 && high > 0;
    switch ((unsigned)fmax(raw->target, 0)) {
    case TARGET_SPEED:
        if (zoned) set_range(step, HAR_AIM_PACE_ZONE, zone, zone);
        else if (ranged) {
            set_range(step, HAR_AIM_PACE, low / 1000, high / 1000);
            step->slow_mps = step->low;
            step->fast_mps = step->high;
        }
        return;
    case TARGET_HEART:
        if (zoned) set_range(step, HAR_AIM_HEART_ZONE, zone, zone);
        else if (ranged && low <= 100) set_range(step, HAR_AIM_HEART_PCT, low, high);
        else if (ranged) set_range(step, HAR_AIM_HEART, low - 100, high - 100);
        return;
    case TARGET_POWER:
        if (zoned) set_range(step, HAR_AIM_POWER_ZONE, zone, zone);
        else if (ranged && low <= 1000) set_range(step, HAR_AIM_POWER_PCT, low, high);
        else if (ranged) set_range(step, HAR_AIM_POWER, low - 1000, high - 1000);
        return;
    case TARGET_CADENCE: /* of one foot */
        if (!ranged) return;
        step->cadence_low_spm = 2 * fmin(low, high);
        step->cadence_high_spm = 2 * fmax(low, high);
        return;
    default: return;
    }
}

/* --- words beside them ------------------------------------------------------------------
 */

static const char *cue_of(const char *name)
{
    return name && har_is_cue(har_bytes_of(name)) ? name : NULL;
}

/* The words of the notes: behind the title, if there is one. */
static struct har_bytes words_of(const char *notes, struct har_bytes *title)
{
    *title = (struct har_bytes){0};
    const char *line = notes ? strchr(notes, '\n') : NULL;
    if (!line) return har_bytes_of(notes ? notes : "");
    *title = (struct har_bytes){(const uint8_t *)notes, (size_t)(line - notes)};
    return har_bytes_of(line + 1);
}

static har_status read_step(const struct fit_workout_step *raw, struct har_arena *arena,
                            struct har_workout_step *out, bool *told, struct har_error *err)
{
    struct har_workout_step words;
    struct har_bytes title;
    *out = har_step_blank();
    if (!set_end(out, (unsigned)fmax(raw->end, 0), raw->end_value))
        return har_fail(err, HAR_UNSUPPORTED, 0,
                        "step %d of this workout ends in a way that has no words: FIT "
                        "duration %d",
                        (int)fmax(raw->index, 0), (int)fmax(raw->end, 0));
    out->cue = cue_of(raw->name);
    set_target(out, raw);
    har_status status = har_step_read(words_of(raw->notes, &title), arena, &words, NULL);
    if (status == HAR_NO_MEMORY)
        return har_fail(err, status, 0, "no memory for the steps of a workout");
    *told = status == HAR_OK && har_step_agrees(&words, out);
    if (!*told) return HAR_OK;
    /* What the watch will hold the runner to is what the file says. */
    double slow_mps = out->slow_mps, fast_mps = out->fast_mps;
    *out = words;
    if (words.aim == HAR_AIM_PACE) return HAR_OK;
    out->slow_mps = slow_mps;
    out->fast_mps = fast_mps;
    return HAR_OK;
}

/* --- sections ---------------------------------------------------------------------------
 */

struct put {
    struct har_workout_section *section;
    struct har_workout_step *step;
    size_t section_count, step_count;
    bool open; /* the last section may go on, with steps of this part */
    enum har_part part;
    double open_at; /* message index of its first step */
};

static bool is_repeat(const struct fit_workout_step *raw)
{
    return raw->end >= REPEAT_FIRST && raw->end <= REPEAT_LAST;
}

static enum har_part part_of(const struct fit_workout_step *raw)
{
    return raw->intensity == WARMUP     ? HAR_PART_WARMUP
           : raw->intensity == COOLDOWN ? HAR_PART_COOLDOWN
                                        : HAR_PART_MAIN;
}

static const char *part_title(enum har_part part)
{
    static const char *const titles[] = {
        [HAR_PART_MAIN] = NULL,
        [HAR_PART_WARMUP] = "Warmup",
        [HAR_PART_COOLDOWN] = "Cooldown",
    };
    return titles[part];
}

/* Whether a repeat begins at this step. */
static bool repeat_begins(const struct fit_workout *w, size_t i)
{
    for (size_t k = i + 1; k < w->count; k++)
        if (is_repeat(&w->step[k]) && w->step[k].end_value == w->step[i].index) return true;
    return false;
}

/* The section that step `i` belongs to: the last one, or a new one. False: no memory. */
static bool find_section(const struct fit_workout *w, size_t i, bool told, struct put *put,
                         struct har_arena *arena)
{
    const struct fit_workout_step *raw = &w->step[i];
    struct har_bytes title = {0};
    enum har_part part = part_of(raw);
    bool titled = told && strchr(raw->notes, '\n');
    if (titled) words_of(raw->notes, &title);
    if (put->open && !titled && put->part == part && !repeat_begins(w, i)) {
        put->section[put->section_count - 1].count++;
        return true;
    }
    struct har_workout_section section = {part_title(part), part, 0, HAR_UNTIL_PRESS, NAN,
                                          put->step_count,  1};
    if (titled && title.size == 0) section.title = NULL;
    if (titled && har_is_title(title)) {
        section.title = har_arena_copy(arena, title.data, title.size);
        if (!section.title) return false;
    }
    section.part = har_part_of(section.title);
    put->section[put->section_count++] = section;
    put->open = true;
    put->part = part;
    put->open_at = raw->index;
    return true;
}

static har_status end_repeat(const struct fit_workout_step *raw, struct put *put,
                             struct har_error *err)
{
    struct har_workout_section *last =
        put->section_count ? &put->section[put->section_count - 1] : NULL;
    struct har_workout_step until = har_step_blank();
    if (!last || !put->open || put->open_at != raw->end_value)
        return har_fail(
            err, HAR_UNSUPPORTED, 0,
            "the repeat at step %d of this workout holds another, or steps that "
            "are not there: the notation has no words for it",
            (int)fmax(raw->index, 0));
    put->open = false;
    if (raw->name && har_is_title(har_bytes_of(raw->name)) && !last->title) {
        last->title = raw->name;
        last->part = har_part_of(raw->name);
    }
    if (raw->end == REPEAT_FIRST) {
        double times = raw->target_value;
        if (!(times >= 1 && times <= HAR_REPEATS_MOST))
            return har_fail(err, HAR_UNSUPPORTED, 0,
                            "the repeat at step %d of this workout is not of 1 to %d times",
                            (int)fmax(raw->index, 0), HAR_REPEATS_MOST);
        last->times = (unsigned)times;
        return HAR_OK;
    }
    if (!set_end(&until, (unsigned)raw->end, raw->target_value))
        return har_fail(err, HAR_UNSUPPORTED, 0,
                        "the repeat at step %d of this workout ends in a way that has no "
                        "words",
                        (int)fmax(raw->index, 0));
    last->until = until.until;
    last->amount = until.amount;
    return HAR_OK;
}

static har_status put_all(const struct fit_workout *w, struct put *put,
                          struct har_arena *arena, struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; status == HAR_OK && i < w->count; i++) {
        bool told = false;
        if (is_repeat(&w->step[i])) {
            status = end_repeat(&w->step[i], put, err);
            continue;
        }
        status = read_step(&w->step[i], arena, &put->step[put->step_count], &told, err);
        if (status != HAR_OK) return status;
        if (!find_section(w, i, told, put, arena))
            return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the steps of a workout");
        put->step_count++;
    }
    return status;
}

har_status fit_workout_end(const struct fit_workout *w, struct har_arena *arena,
                           struct har_workout *out, struct har_error *err)
{
    struct put put = {.section = HAR_NEW(arena, struct har_workout_section, w->count + 1),
                      .step = HAR_NEW(arena, struct har_workout_step, w->count + 1)};
    if (!w->begun || w->count == 0)
        return har_fail(err, HAR_UNSUPPORTED, 0, "this FIT file holds no workout");
    if (w->count > 2 * HAR_STEPS_MOST)
        return har_fail(err, HAR_UNSUPPORTED, 0, "a workout has at most %d steps",
                        HAR_STEPS_MOST);
    if (!put.section || !put.step)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the steps of a workout");
    har_status status = put_all(w, &put, arena, err);
    if (status != HAR_OK) return status;
    const char *name = w->name && har_is_title(har_bytes_of(w->name)) ? w->name : NULL;
    *out = (struct har_workout){name, put.section_count, put.section, put.step_count,
                                put.step};
    return har_workout_check(out, arena, err);
}
