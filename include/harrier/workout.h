/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_WORKOUT_H
#define HARRIER_WORKOUT_H

/* workout - a session in words <-> steps, and how a done one compares.
 *
 *     Warmup
 *     - 15m Z2 Pace
 *
 *     Main Set 5x
 *     - 1km 3:10-3:05/km Pace
 *     - Jog 400mtr 6:00/km Pace
 *
 * docs/formats.md has the notation in full. What is read is written the same way again, and
 * text in the writer's own spelling comes back byte for byte.
 */

#include "harrier/activity.h"
#include "harrier/mark.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_WORKOUT_VERSION = 1 };

/* --- nouns ------------------------------------------------------------------------ */

/* What a step asks for. All but the first two have a lowest and a highest value. */
enum har_aim {
    HAR_AIM_NONE,
    HAR_AIM_FREE,           /* as one likes */
    HAR_AIM_PACE,           /* m/s, the slower first */
    HAR_AIM_PACE_PCT,       /* of the threshold's speed */
    HAR_AIM_RACE_PCT,       /* of the speed over `race` */
    HAR_AIM_PACE_ZONE,      /* 1..10 */
    HAR_AIM_HEART,          /* beats a minute */
    HAR_AIM_HEART_PCT,      /* of the highest */
    HAR_AIM_HEART_LTHR_PCT, /* of the lactate threshold's */
    HAR_AIM_HEART_ZONE,     /* 1..5 */
    HAR_AIM_POWER,          /* W */
    HAR_AIM_POWER_PCT,      /* of the threshold's */
    HAR_AIM_POWER_ZONE,     /* 1..7 */
    HAR_AIM_RPE,            /* 0..10 */
    HAR_AIMS
};

/* How a step ends. */
enum har_until {
    HAR_UNTIL_TIME,        /* s */
    HAR_UNTIL_DISTANCE,    /* m */
    HAR_UNTIL_PRESS,       /* the lap button */
    HAR_UNTIL_HEART_UNDER, /* beats a minute: a recovery */
    HAR_UNTIL_HEART_OVER,
    HAR_UNTIL_HEART_UNDER_PCT, /* % of the highest */
    HAR_UNTIL_HEART_OVER_PCT,
};

struct har_workout_step {
    const char *cue; /* "Jog"; or NULL */
    enum har_until until;
    double amount; /* of what `until` says; NaN for the button */
    bool press;    /* the button ends it too */
    enum har_aim aim;
    double low, high;      /* of what `aim` says */
    bool ramp;             /* from low to high */
    double per_m;          /* HAR_AIM_PACE: the distance that paces are told of, 1000 */
    struct har_event race; /* HAR_AIM_RACE_PCT */
    double cadence_low_spm, cadence_high_spm; /* NaN: not told */

    /* The speeds to keep between, where the aim is one of speed and it is known what that
     * is; else NaN. */
    double slow_mps, fast_mps;
    unsigned line; /* of the text, from 1; 0 where there was none */
};

/* What a section of a workout is for. */
enum har_part { HAR_PART_MAIN, HAR_PART_WARMUP, HAR_PART_COOLDOWN };

struct har_workout_section {
    const char *title;    /* "Main Set"; NULL where it has none */
    enum har_part part;   /* by its title */
    unsigned times;       /* 0: it is no repeat, or one by `until` */
    enum har_until until; /* where `times` is 0 and `amount` is a number */
    double amount;
    size_t first, count; /* of the steps */
};

/* Bounds of a workout: repeats, steps, bytes of a title or cue. */
enum { HAR_REPEATS_MOST = 99, HAR_STEPS_MOST = 500, HAR_WORDS_MOST = 80 };

struct har_workout {
    const char *name; /* or NULL */
    size_t section_count;
    const struct har_workout_section *section;
    size_t step_count;
    struct har_workout_step *step; /* as they are written, each once */
};

/* --- words ------------------------------------------------------------------------ */

/* Reads a workout. HAR_BAD_INPUT: the sentence names line and column and what belongs
 * there, err->offset is the byte. HAR_NO_MEMORY. */
har_status har_workout_read(struct har_bytes text, struct har_arena *arena,
                            struct har_workout *out, struct har_error *err);
void har_text_workout(struct har_text *text, const struct har_workout *workout);

/* One step, without the dash: "Jog 400mtr 6:00/km Pace". */
har_status har_step_read(struct har_bytes words, struct har_arena *arena,
                         struct har_workout_step *out, struct har_error *err);
void har_text_step(struct har_text *text, const struct har_workout_step *step);

/* A step of which nothing is told. */
struct har_workout_step har_step_blank(void);

/* Whether the words could stand where they are put, and not be read as something else. */
bool har_is_cue(struct har_bytes words);
bool har_is_title(struct har_bytes words);
enum har_part har_part_of(const char *title); /* NULL: main */

/* Whether `words` (as a file carries them beside its numbers) say the same step as the
 * numbers do, which are in fewer terms: no race, no RPE, no ramp. */
bool har_step_agrees(const struct har_workout_step *words,
                     const struct har_workout_step *numbers);

/* Whether it can be written and reads back as the same steps: what numbers of a file came
 * to may be what nobody runs. HAR_UNSUPPORTED with a sentence; HAR_NO_MEMORY. */
har_status har_workout_check(const struct har_workout *workout, struct har_arena *arena,
                             struct har_error *err);

/* --- speeds ----------------------------------------------------------------------- */

/* What the runner can do: the threshold's speed (NaN: not known), and the speed over an
 * event (NaN where the curve does not reach). `speed_mps` may be NULL. */
struct har_workout_paces {
    double threshold_mps;
    double (*speed_mps)(const void *ctx, const struct har_event *event);
    const void *ctx;
};

/* Gives every step that is told of the threshold or of a race its speeds. HAR_NO_ANSWER,
 * with the step in the sentence, where they are not known. */
har_status har_workout_resolve(struct har_workout *workout,
                               const struct har_workout_paces *paces,
                               struct har_error *err);

/* --- planned and done --------------------------------------------------------------- */

/* What hearts and watts are told of; NaN or 0: not known. */
struct har_workout_body {
    double heart_max_bpm, heart_threshold_bpm, power_threshold_w;
};

/* What was done: the laps of the watch, and its streams (strictly growing instants,
 * distances that never fall). Either may be empty. */
struct har_workout_done {
    size_t lap_count;
    const struct har_lap *lap;
    size_t count;
    const double *time_s, *distance_m;
    const double *heart_bpm, *power_w; /* as long; or NULL */
    struct har_workout_body body;      /* of the runner on that day */
};

enum har_verdict_of_step {
    HAR_STEP_HIT,
    HAR_STEP_SLOW,
    HAR_STEP_FAST,
    HAR_STEP_LOW, /* of the heart or the power that was asked for */
    HAR_STEP_HIGH,
    HAR_STEP_SHORT,  /* of what was asked, under 90 % */
    HAR_STEP_DONE,   /* nothing to judge it by */
    HAR_STEP_MISSED, /* not found */
};
/* "hit", "slow", "fast", "short", "done", "missed". */
const char *har_step_verdict_name(enum har_verdict_of_step verdict);

struct har_matched_step {
    const struct har_workout_step *step;
    size_t section;
    unsigned repetition;               /* from 1 */
    double from_s, time_s, distance_m; /* as done; NaN where missed */
    enum har_verdict_of_step verdict;
    const char *because; /* one sentence */
};

struct har_match {
    bool by_laps;        /* else by what the streams look like */
    const char *because; /* why these */
    size_t count;        /* every repetition of every step, in order */
    struct har_matched_step *step;
    size_t judged, hit; /* of the steps with speeds, beats or watts to keep */
    double extra_s;     /* what was run beside the plan */
};

/* How a done session compares. Lengths may differ by a little (GPS), paces by
 * 2 %, beats by 2 a minute, power by 3 %. The
 * match lives in `arena` and points into the workout. HAR_NO_ANSWER: there are neither laps
 * nor a stream with distances. */
har_status har_workout_match(const struct har_workout *workout,
                             const struct har_workout_done *done, struct har_arena *arena,
                             struct har_match *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
