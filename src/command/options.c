/* SPDX-License-Identifier: MIT */
/* Long options, GNU style: --name VALUE, --name=VALUE, before or after the command; `--`
 * ends them and `-` is a word. A name means the same and takes the same in every command,
 * so the words can be told apart before anyone knows which command it is. */

#include "options.h"

#include <stdio.h>
#include <string.h>

const struct har_command_option options[OPTIONS] = {
    [OPT_DB] = {"--db", "PATH",
                .help = "the store [$HARRIER_DB, else ~/.local/share/harrier]",
                .file = true},
    [OPT_ATHLETE] = {"--athlete", "NAME",
                     .help = "whose activities, where more than one is kept"},
    [OPT_QUIET] = {"--quiet", NULL,
                   .help = "no progress and no notes, only data and failures"},
    [OPT_COLOR] = {"--color", "auto|always|never", .help = "colours [auto: on a terminal]"},
    [OPT_UNITS] = {"--units", "metric|imperial",
                   .help = "units of text for people [metric]"},
    [OPT_HELP] = {"--help", NULL, .help = "this text"},
    [OPT_VERSION] = {"--version", NULL, .help = "the version"},
    [OPT_JSON] = {"--json", NULL, .help = "one JSON document"},
    [OPT_CSV] = {"--csv", NULL, .help = "comma-separated values with a header"},
    [OPT_ACCLIMATISED] = {"--acclimatised", NULL,
                          .help = "the runner is at home at that altitude"},
    [OPT_AGE] = {"--age", "YEARS",
                 .help = "how old the runner was on the day; or U20, 40-44"},
    [OPT_ALL_MARKS] = {"--all-marks", NULL,
                       .help = "every mark, and not one of each athlete"},
    [OPT_AS_OF] = {"--as-of", "DATE", .help = "the list as it stood on that day"},
    [OPT_AT] = {"--at", "LAT,LON", .help = "the place in degrees: 59.91,10.75"},
    [OPT_ALTITUDE] = {"--altitude", "M", .help = "of the race, or the camp, above the sea"},
    [OPT_ATTEMPT] = {"--attempt", "EVENT",
                     .help = "at the record of this event, with --target"},
    [OPT_BAND] = {"--band", "FILE",
                  .help = "the splits for the wrist, to print: .svg, else HTML",
                  .file = true, .written = "html"},
    [OPT_BATCH] = {"--batch", "FILE", .help = "every row of a CSV file (mark,event,sex)",
                   .file = true},
    [OPT_BORN] = {"--born", "YEAR|DATE",
                  .help = "which one of a name; of whom the mark is"},
    [OPT_BREEZE] = {"--breeze", "MPS",
                    .help = "moving air at 2 m, from any side, with --sun [1]"},
    [OPT_COURSE] = {"--course", "FILE", .help = "the course: GPX, TCX, GeoJSON, FIT",
                    .file = true},
    [OPT_DATE] = {"--date", "DATE", .help = "the local day (2026-01-31)"},
    [OPT_CURVE] = {"--curve", "LIST",
                   .help =
                       "the runner: v_m=5.5,gamma=0.06, and gamma_short, cs, d_prime, sd"},
    [OPT_DEFAULT] = {"--default", "KIND,...",
                     .help = "worn for race, trail, track, fast, long, easy"},
    [OPT_DISTANCE] = {"--distance", "KM", .help = "what the pair had run before [0]"},
    [OPT_DRAFT] = {"--draft", "FILE",
                   .help = "the group: rows of name,v_m,gamma,leave_m,leads", .file = true},
    [OPT_DROP] = {"--drop", "M", .help = "how much lower the finish lies than the start"},
    [OPT_DRY_RUN] = {"--dry-run", NULL, .help = "judge everything, keep nothing"},
    [OPT_EDITION] = {"--edition", "2025|2022", .help = "of the points [2025]"},
    [OPT_ELIGIBLE] = {"--eligible", NULL,
                      .help = "lists and records take a mark from there"},
    [OPT_EVENT] = {"--event", "EVENT", .help = "the event: MAR, HM, 10K, 5mi, 21097.5 ..."},
    [OPT_EVERY] = {"--every", "DISTANCE|S",
                   .help = "between splits: 400, 1km, mile [by the event]; seconds"},
    [OPT_EXACT] = {"--exact", NULL, .help = "also what lies in private zones"},
    [OPT_FINISH_ELEVATION] = {"--finish-elevation", "M",
                              .help = "surveyed height of the finish"},
    [OPT_FIT] = {"--fit", "FILE", .help = "the workout for a watch, as FIT", .file = true,
                 .written = "fit"},
    [OPT_FIT_COURSE] = {"--fit-course", "FILE",
                        .help = "the course for a watch, its partner on plan", .file = true,
                        .written = "fit"},
    [OPT_FIT_INTO] = {"--fit-into", "DIR",
                      .help = "each workout for a watch, as FIT, into a folder",
                      .file = true},
    [OPT_FIT_WORKOUT] = {"--fit-workout", "FILE",
                         .help = "the splits as a workout for a watch", .file = true,
                         .written = "fit"},
    [OPT_FROM] = {"--from", "DATE", .help = "the first local day (2026-01-05)"},
    [OPT_GRADE] = {"--grade", "harrier|re3|minetti|strava",
                   .help = "the law of the slope [harrier]"},
    [OPT_FADE] = {"--fade", "exponential|inverse|span",
                  .help = "how a day fades [exponential]"},
    [OPT_FATIGUE_DAYS] = {"--fatigue-days", "N",
                          .help = "days over which fatigue fades [7]"},
    [OPT_FITNESS_DAYS] = {"--fitness-days", "N",
                          .help = "days over which fitness fades [42]"},
    [OPT_HEIGHT_TO] = {"--height-to", "M", .help = "the same worth at this altitude"},
    [OPT_HOST] = {"--host", "ADDRESS", .help = "listen there, and not on loopback alone"},
    [OPT_HOURS] = {"--hours", "H", .help = "of a day spent up there [22]"},
    [OPT_HTML] = {"--html", "FILE",
                  .help = "write a page that stands alone, instead of text", .file = true,
                  .written = "html"},
    [OPT_HUMIDITY] = {"--humidity", "PCT", .help = "of the air, with --temp"},
    [OPT_INCLUDE_AIDED] = {"--include-aided", NULL, .help = "also what lists keep apart"},
    [OPT_INELIGIBLE] = {"--ineligible", NULL,
                        .help = "they do not: the course or the wind helps"},
    [OPT_LIGHTS] = {"--lights", "FILE",
                    .help = "when each lamp of the track lights up, one a metre",
                    .file = true, .written = "csv"},
    [OPT_LIMIT] =
        {"--limit", "N",
         .help = "only N: the latest; of a list the first; kilometres a pair is to run"},
    [OPT_MAP] = {"--map", "FILE|TEXT", .help = "which column is what: date=Datum,mark=Zeit",
                 .file = true},
    [OPT_MARKS] = {"--marks", "FILE.csv",
                   .help = "marks of anybody, in place of the store's", .file = true},
    [OPT_NAME] = {"--name", "TEXT", .help = "of the race"},
    [OPT_NATION] = {"--nation", "CODE", .help = "of one nation only: GBR"},
    [OPT_NOTE] = {"--note", "TEXT", .help = "whatever is worth keeping"},
    [OPT_PLACE] = {"--place", "N", .help = "in which the runner came in"},
    [OPT_PORT] = {"--port", "N",
                  .help = "listen on this one, 0 for any that is free [21097]"},
    [OPT_PROJECT] = {"--project", "PLAN.csv",
                     .help = "sessions to come: date,load|distance_m,race", .file = true},
    [OPT_QUERIES] = {"--queries", "FILE.csv",
                     .help = "what to predict: query,athlete,date,event", .file = true},
    [OPT_QUESTION] = {"--question", "race|season-best", .help = "what is asked for [race]"},
    [OPT_RACE] = {"--race", NULL,
                  .help = "races only; of a season: what if DATE EVENT were one"},
    [OPT_RADIUS] = {"--radius", "M",
                    .help = "how far about the place nothing is shown [200]"},
    [OPT_RESUME] = {"--resume", "M=TIME", .help = "already run: 1200=2:48.4"},
    [OPT_SEED] = {"--seed", "N", .help = "another runner, another season [1]"},
    [OPT_SEX] = {"--sex", "M|F", .help = "of the runner"},
    [OPT_SHORT_TRACK] = {"--short-track", "only|exclude",
                         .help = "[in the list, with an i]"},
    [OPT_SINCE] = {"--since", "DATE", .help = "from this local day on (2026-01-31)"},
    [OPT_SPORT] = {"--sport", "NAME",
                   .help = "one sport only: running, cycling, walking ..."},
    [OPT_START_ELEVATION] = {"--start-elevation", "M",
                             .help = "surveyed height of the start"},
    [OPT_SUN] = {"--sun", "W_M2",
                 .help = "sunlight on level ground, with --temp; 1000 is clear noon"},
    [OPT_SUN_ELEVATION] = {"--sun-elevation", "DEG",
                           .help = "how high it stands, with --sun [45]"},
    [OPT_SVG] = {"--svg", "gap|position|laps=FILE",
                 .help = "one drawing as a file, a gap chart", .file = true,
                 .written = "svg"},
    [OPT_TABLES] = {"--tables", "road2025|road2020|track2023", .help = "[by the event]"},
    [OPT_TARGET] = {"--target", "TIME",
                    .help = "the time that is wanted [as fast as can be]"},
    [OPT_TEMP] = {"--temp", "C", .help = "of the air, with --humidity"},
    [OPT_THREADS] = {"--threads", "N",
                     .help = "how many work at once [as many as processors]"},
    [OPT_TITLE] = {"--title", "TEXT", .help = "the heading"},
    [OPT_TO] = {"--to", "EVENT|DATE",
                .help = "the same worth over this event only; the last day"},
    [OPT_TRACK] = {"--track", "banked|flat|oversized|undersized", .help = "indoors"},
    [OPT_UNTIL] = {"--until", "DATE", .help = "up to and with this local day"},
    [OPT_UTC_OFFSET] = {"--utc-offset", "+HH:MM",
                        .help = "local time where the files do not say"},
    [OPT_VENUE] = {"--venue", "TEXT", .help = "where it was"},
    [OPT_WBGT] = {"--wbgt", "C", .help = "wet-bulb globe temperature"},
    [OPT_WHERE] = {"--where", "MARK", .help = "where this mark would stand"},
    [OPT_WIND] = {"--wind", "MPS", .help = "against the runner, from behind with a minus"},
    [OPT_WIND_FROM] = {"--wind-from", "DEG",
                       .help = "where the wind comes from, 90 is east [ahead]"},
    [OPT_ICS] = {"--ics", "FILE",
                 .help = "the calendar as iCalendar, for any calendar program",
                 .file = true, .written = "ics"},
    [OPT_TAPER] = {"--taper", "DAYS",
                   .help = "before a race of importance A, 1 to 28 [14]"},
    [OPT_TAPER_CUT] = {"--taper-cut", "PCT-PCT",
                       .help = "of the volume in the taper [40-60]"},
    [OPT_WITHOUT_CAMP] = {"--without-camp", "NAME",
                          .help = "beside it, the season without it"},
    [OPT_YEAR] = {"--year", "YEAR", .help = "of one year only"},
    [OPT_ZWO] = {"--zwo", "FILE", .help = "the workout for Zwift, as ZWO", .file = true,
                 .written = "zwo"},
};

/* Steps from one word to the other: a letter put in, left out, changed, or swapped with its
 * neighbour (optimal string alignment). Words longer than the table are far from all. */
static size_t steps_between(const char *a, const char *b)
{
    enum { LONGEST = 31 };
    size_t d[LONGEST + 1][LONGEST + 1];
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST) return SIZE_MAX;
    for (size_t i = 0; i <= n; i++) d[i][0] = i;
    for (size_t j = 0; j <= m; j++) d[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        for (size_t j = 1; j <= m; j++) {
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && d[i - 2][j - 2] + 1 < best) best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[n][m];
}

const char *probably(const char *word, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t least = 1 + strlen(word) / 3; /* more is another word */
    for (size_t i = 0; i < count; i++) {
        size_t steps = steps_between(word, names[i]);
        if (steps < least || (steps == least && !best)) {
            best = names[i];
            least = steps;
        }
    }
    return best;
}

static void explain_unknown(const char *word, size_t length, char *why, size_t size)
{
    char name[32];
    const char *names[OPTIONS];
    snprintf(name, sizeof name, "%.*s", (int)length, word);
    for (size_t i = 0; i < OPTIONS; i++) names[i] = options[i].name;
    const char *near = probably(name, names, OPTIONS);
    if (near) snprintf(why, size, "there is no option %s; did you mean %s?", name, near);
    else snprintf(why, size, "there is no option %s", name);
}

static size_t option_named(const char *word, size_t length)
{
    if (length == 2 && memcmp(word, "-h", 2) == 0) return OPT_HELP;
    for (size_t i = 0; i < OPTIONS; i++)
        if (strlen(options[i].name) == length && memcmp(options[i].name, word, length) == 0)
            return i;
    return OPTIONS;
}

const struct har_command_option *har_command_option(size_t index)
{
    return index < OPTIONS ? &options[index] : NULL;
}

bool read_words(const char *const *said, size_t count, const char **word, struct words *out,
                char *why, size_t size)
{
    *out = (struct words){.word = word};
    bool ended = false;
    for (size_t i = 0; i < count; i++) {
        const char *at = said[i];
        if (ended || at[0] != '-' || at[1] == 0) {
            out->word[out->count++] = at;
            continue;
        }
        if (strcmp(at, "--") == 0) {
            ended = true;
            continue;
        }
        size_t length = strcspn(at, "=");
        size_t option = option_named(at, length);
        if (option == OPTIONS) {
            explain_unknown(at, length, why, size);
            return false;
        }
        const struct har_command_option *row = &options[option];
        bool given = at[length] == '=';
        if (!row->value && given) {
            snprintf(why, size, "%s takes no value", row->name);
            return false;
        }
        if (row->value && !given && i + 1 == count) {
            snprintf(why, size, "%s needs a value: %s %s", row->name, row->name,
                     row->value);
            return false;
        }
        out->value[option] = !row->value ? "" : given ? at + length + 1 : said[++i];
    }
    return true;
}
