/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

/* Words on a command line, told apart. Knows the options, not the commands. */

#include "harrier/command.h"

/* Every option of every command; options.c holds their table. */
enum option {
    OPT_DB, /* those that every command takes go first */
    OPT_ATHLETE,
    OPT_QUIET,
    OPT_COLOR,
    OPT_UNITS,
    OPT_HELP,
    OPT_VERSION,
    OPT_JSON,
    OPT_CSV,
    OPT_ACCLIMATISED,
    OPT_AGE,
    OPT_ALL_MARKS,
    OPT_ALTITUDE,
    OPT_AS_OF,
    OPT_AT,
    OPT_ATTEMPT,
    OPT_BAND,
    OPT_BATCH,
    OPT_BORN,
    OPT_BREEZE,
    OPT_COURSE,
    OPT_DATE,

    OPT_CURVE,
    OPT_DEFAULT,
    OPT_DISTANCE,
    OPT_DRAFT,
    OPT_DROP,
    OPT_DRY_RUN,
    OPT_EDITION,
    OPT_ELIGIBLE,
    OPT_EVENT,
    OPT_EVERY,
    OPT_EXACT,
    OPT_FADE,
    OPT_FATIGUE_DAYS,
    OPT_FINISH_ELEVATION,
    OPT_FIT,
    OPT_FITNESS_DAYS,
    OPT_FIT_COURSE,
    OPT_FIT_INTO,
    OPT_FIT_WORKOUT,
    OPT_FROM,
    OPT_GRADE,
    OPT_HEIGHT_TO,
    OPT_HOST,
    OPT_HOURS,
    OPT_HTML,
    OPT_HUMIDITY,
    OPT_ICS,
    OPT_INCLUDE_AIDED,
    OPT_INELIGIBLE,

    OPT_LIGHTS,
    OPT_LIMIT,
    OPT_MAP,
    OPT_MARKS,
    OPT_NAME,
    OPT_NATION,
    OPT_NOTE,
    OPT_PLACE,
    OPT_PORT,
    OPT_PROJECT,
    OPT_QUERIES,
    OPT_QUESTION,
    OPT_RACE,
    OPT_RADIUS,
    OPT_RESUME,
    OPT_SEED,
    OPT_SEX,
    OPT_SHORT_TRACK,
    OPT_SINCE,
    OPT_SPORT,
    OPT_START_ELEVATION,
    OPT_SUN,
    OPT_SUN_ELEVATION,
    OPT_SVG,
    OPT_TABLES,
    OPT_TAPER,
    OPT_TAPER_CUT,
    OPT_TARGET,
    OPT_TEMP,
    OPT_THREADS,
    OPT_TITLE,
    OPT_TO,
    OPT_TRACK,
    OPT_UNTIL,
    OPT_UTC_OFFSET,
    OPT_VENUE,
    OPT_WBGT,
    OPT_WHERE,
    OPT_WIND,
    OPT_WIND_FROM,
    OPT_WITHOUT_CAMP,
    OPT_YEAR,
    OPT_ZWO,
    OPTIONS
};

/* The others are bits of a set, from the first of them on. There are more than 64, and
 * gcc and clang have a type for that. */
__extension__ typedef unsigned __int128 option_set;
enum { OPTS_GLOBAL = OPT_JSON };
#define OPT(name) ((option_set)1 << (OPT_##name - OPTS_GLOBAL))
_Static_assert(OPTIONS - OPTS_GLOBAL <= 128, "a set of options has 128 bits");

extern const struct har_command_option options[OPTIONS];

struct words {
    const char *value[OPTIONS]; /* NULL: not given; "" for one without a value */
    size_t count;               /* of the words that are no options */
    const char **word;
};

/* Tells `count` words apart. `word` has room for all of them. On failure `why` (of `size`
 * bytes) holds a sentence. */
bool read_words(const char *const *said, size_t count, const char **word, struct words *out,
                char *why, size_t size);

/* The one of `count` names that `word` was probably meant to be, or NULL. */
const char *probably(const char *word, const char *const *names, size_t count);

#endif
