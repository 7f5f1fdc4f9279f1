/* SPDX-License-Identifier: MIT */
/* The words of one step.
 *
 * The duration comes first (a cue may stand before it), then target, cadence and "press
 * lap" in any order, each once. A range may be told either way round; only a ramp has a
 * direction. m is minutes, mtr metres. Nothing is guessed: what does not belong is named
 * with its line and column, for a session half understood is run wrong. */

#include "line.h"

#include <math.h>
#include <string.h>

enum { WORDS_MOST = 24, QUOTE = 24 };

/* The words of a line, and the next to be read. */
struct words {
    struct line line;
    size_t count, next;
    struct har_bytes word[WORDS_MOST + 1]; /* an empty one behind the last */
};

/* --- text --- */

const uint8_t *line_not_text(const struct line *line)
{
    const uint8_t *p = line->data, *end = p + line->size;
    while (p < end) {
        size_t more = *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : *p >= 0xC0 ? 1 : 0;
        bool lead = *p < 0x80 ? *p >= ' ' && *p != 0x7F : *p >= 0xC2 && *p <= 0xF4;
        if (!lead || more >= (size_t)(end - p)) return p;
        if ((*p == 0xE0 && p[1] < 0xA0) || (*p == 0xED && p[1] > 0x9F) ||
            (*p == 0xF0 && p[1] < 0x90) || (*p == 0xF4 && p[1] > 0x8F))
            return p;
        for (size_t i = 1; i <= more; i++)
            if ((p[i] & 0xC0) != 0x80) return p;
        p += more + 1;
    }
    return NULL;
}

/* --- saying what is wrong --------------------------------------------------------------
 */

har_status line_is_wrong(const struct line *line, const uint8_t *where,
                         struct har_error *err, const char *wanted, struct har_bytes found)
{
    char quote[QUOTE + 1] = {0};
    unsigned column = 1;
    for (const uint8_t *p = line->begin; p < where; p++) column += (*p & 0xC0) != 0x80;
    for (size_t i = 0; i < found.size && i < QUOTE; i++)
        quote[i] = (char)(found.data[i] < ' ' || found.data[i] > '~' ? '?' : found.data[i]);
    size_t offset = line->at + (size_t)(where - line->data);
    if (found.size == 0)
        return har_fail(err, HAR_BAD_INPUT, offset, "line %u, column %u: %s", line->number,
                        column, wanted);
    return har_fail(err, HAR_BAD_INPUT, offset, "line %u, column %u: %s, not \"%s%s\"",
                    line->number, column, wanted, quote, found.size > QUOTE ? "..." : "");
}

static har_status wrong_word(const struct words *w, size_t i, struct har_error *err,
                             const char *wanted)
{
    const uint8_t *end = w->line.data + w->line.size;
    return line_is_wrong(&w->line, i < w->count ? w->word[i].data : end, err, wanted,
                         w->word[i]);
}

/* --- words ------------------------------------------------------------------------------
 */

bool word_is(struct har_bytes word, const char *known)
{
    if (word.size != strlen(known)) return false;
    for (size_t i = 0; i < word.size; i++) {
        uint8_t c = word.data[i];
        uint8_t small = c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
        uint8_t wanted = (uint8_t)known[i];
        if (small != (wanted >= 'A' && wanted <= 'Z' ? (wanted | 0x20) : wanted))
            return false;
    }
    return true;
}

static struct har_bytes piece(struct har_bytes text, size_t from, size_t to)
{
    return (struct har_bytes){text.data + from, to - from};
}

/* Takes `sign` off the end of the word. */
static bool ends_in(struct har_bytes *word, const char *sign)
{
    size_t length = strlen(sign);
    if (word->size <= length ||
        !word_is(piece(*word, word->size - length, word->size), sign))
        return false;
    word->size -= length;
    return true;
}

static bool begins_with(struct har_bytes *word, const char *sign)
{
    size_t length = strlen(sign);
    if (word->size <= length || !word_is(piece(*word, 0, length), sign)) return false;
    *word = piece(*word, length, word->size);
    return true;
}

/* A number without sign, exponent or blank. */
static bool plain_number(struct har_bytes word, double *value)
{
    if (word.size == 0 || word.size > 12) return false;
    for (size_t i = 0; i < word.size; i++)
        if ((word.data[i] < '0' || word.data[i] > '9') && word.data[i] != '.') return false;
    return har_parse_number(word, value);
}

/* "3" or "3-4", `before` and `sign` about each or about the whole: Z2-Z3, 78%-82%. */
static bool range(struct har_bytes word, const char *before, const char *sign, double *low,
                  double *high)
{
    if ((*before && !begins_with(&word, before)) || (*sign && !ends_in(&word, sign)))
        return false;
    const uint8_t *dash = word.size ? memchr(word.data, '-', word.size) : NULL;
    size_t first = dash ? (size_t)(dash - word.data) : word.size;
    struct har_bytes left = piece(word, 0, first);
    if (dash && *sign) ends_in(&left, sign);
    if (!plain_number(left, low)) return false;
    *high = *low;
    if (!dash) return true;
    struct har_bytes right = piece(word, first + 1, word.size);
    if (*before) begins_with(&right, before);
    return plain_number(right, high);
}

static bool within(double low, double high, double least, double most)
{
    return low >= least && low <= most && high >= least && high <= most;
}

/* --- how long ------------------------------------------------------------------------- */

/* 1h2m30s, 90s, 5', 30", 1'30": each unit once, the greater first. */
static bool duration(struct har_bytes word, double *time_s)
{
    static const struct {
        char sign;
        int rank;
        double s;
    } units[] = {{'h', 3, 3600}, {'m', 2, 60}, {'\'', 2, 60}, {'s', 1, 1}, {'"', 1, 1}};
    double sum_s = 0;
    int rank = 4;
    for (size_t from = 0, at = 0; from < word.size; from = ++at) {
        double value;
        size_t u = 0;
        while (at < word.size &&
               ((word.data[at] >= '0' && word.data[at] <= '9') || word.data[at] == '.'))
            at++;
        if (at == word.size || !plain_number(piece(word, from, at), &value)) return false;
        while (u < 5 &&
               units[u].sign != (char)(word.data[at] | (word.data[at] > '@' ? 0x20 : 0)))
            u++;
        if (u == 5 || units[u].rank >= rank) return false;
        rank = units[u].rank;
        sum_s += value * units[u].s;
    }
    *time_s = round(1000 * sum_s) / 1000;
    return word.size > 0;
}

static bool distance(struct har_bytes word, double *distance_m)
{
    static const struct {
        const char *sign;
        double m;
    } units[] = {{"mtr", 1}, {"meters", 1}, {"km", 1000}, {"mi", 1609.344}};
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        struct har_bytes number = word;
        if (!ends_in(&number, units[u].sign) || !plain_number(number, distance_m)) continue;
        *distance_m = *distance_m * units[u].m;
        if (units[u].m <= 1000) *distance_m = round(100 * *distance_m) / 100;
        return true;
    }
    return false;
}

/* HR<125bpm, HR>80%. */
static bool heart_limit(struct har_bytes word, enum har_until *until, double *amount)
{
    bool under = begins_with(&word, "HR<");
    if (!under && !begins_with(&word, "HR>")) return false;
    if (ends_in(&word, "bpm"))
        *until = under ? HAR_UNTIL_HEART_UNDER : HAR_UNTIL_HEART_OVER;
    else if (ends_in(&word, "%"))
        *until = under ? HAR_UNTIL_HEART_UNDER_PCT : HAR_UNTIL_HEART_OVER_PCT;
    else return false;
    return plain_number(word, amount) && floor(*amount) == *amount;
}

bool word_amount(struct har_bytes word, enum har_until *until, double *amount)
{
    if (duration(word, amount)) *until = HAR_UNTIL_TIME;
    else if (distance(word, amount)) *until = HAR_UNTIL_DISTANCE;
    else return heart_limit(word, until, amount);
    return true;
}

bool amount_can_be(enum har_until until, double amount)
{
    switch (until) {
    case HAR_UNTIL_TIME: return amount >= 1 && amount <= LONGEST_S;
    case HAR_UNTIL_DISTANCE: return amount >= 1 && amount <= FARTHEST_M;
    case HAR_UNTIL_HEART_UNDER_PCT:
    case HAR_UNTIL_HEART_OVER_PCT: return amount >= 1 && amount <= 100;
    case HAR_UNTIL_PRESS: return true;
    default: return amount >= HEART_LEAST_BPM && amount <= HEART_MOST_BPM;
    }
}

static bool is_press(const struct words *w, size_t i)
{
    return i + 1 < w->count && word_is(w->word[i], "press") &&
           word_is(w->word[i + 1], "lap");
}

/* --- targets ---------------------------------------------------------------------------
 */

/* 5:00 or 0:58.5, over `per_m`. */
static bool pace(struct har_bytes word, double per_m, double *speed_mps)
{
    double minutes = 0, seconds;
    const uint8_t *colon = word.size ? memchr(word.data, ':', word.size) : NULL;
    size_t at = colon ? (size_t)(colon - word.data) : 0;
    if (!colon || word.size < at + 3 || !plain_number(piece(word, 0, at), &minutes) ||
        floor(minutes) != minutes ||
        !plain_number(piece(word, at + 1, word.size), &seconds) || seconds >= 60)
        return false;
    *speed_mps = per_m / (60 * minutes + seconds);
    return true;
}

/* 3:10-3:05/km */
static bool pace_range(struct har_bytes word, struct har_workout_step *step)
{
    size_t u = 0;
    while (u < pace_unit_count && !ends_in(&word, pace_units[u].name)) u++;
    if (u == pace_unit_count) return false;
    step->aim = HAR_AIM_PACE;
    step->per_m = pace_units[u].metres;
    const uint8_t *dash = memchr(word.data, '-', word.size);
    size_t first = dash ? (size_t)(dash - word.data) : word.size;
    if (!pace(piece(word, 0, first), step->per_m, &step->low)) return false;
    step->high = step->low;
    return !dash || pace(piece(word, first + 1, word.size), step->per_m, &step->high);
}

static bool race_of(struct har_bytes word, struct har_workout_step *step)
{
    if (!begins_with(&word, "@")) return false;
    return har_parse_event(word, &step->race, NULL) == HAR_OK;
}

static bool is_race(struct har_bytes word)
{
    return word.size > 0 && word.data[0] == '@';
}

/* Whether a word is one that a target begins with; of what follows nothing is said. */
static bool looks_like_aim(struct har_bytes word)
{
    double low, high;
    struct har_workout_step step;
    if (is_race(word) || pace_range(word, &step) || word_is(word, "ramp")) return true;
    for (size_t i = 0; i < aim_row_count; i++)
        if (range(word, aim_rows[i].before, aim_rows[i].sign, &low, &high)) return true;
    return word_is(word, "freeride") || word_is(word, "RPE");
}

static har_status read_race(struct words *w, struct har_workout_step *step,
                            struct har_error *err)
{
    if (!race_of(w->word[w->next], step))
        return wrong_word(w, w->next, err, "expected an event such as @1500, @5K or @HM");
    step->aim = HAR_AIM_RACE_PCT;
    w->next++;
    return HAR_OK;
}

/* A target by one of the rows, which the word behind it decides between. */
static har_status read_row(struct words *w, struct har_workout_step *step,
                           struct har_error *err)
{
    struct har_bytes word = w->word[w->next], behind = w->word[w->next + 1];
    bool percent = range(word, "", "%", &step->low, &step->high);
    if (percent && is_race(behind)) {
        if (!within(step->low, step->high, 1, 300))
            return wrong_word(w, w->next, err, "expected 1 to 300 % of a race's speed");
        w->next++;
        return read_race(w, step, err);
    }
    for (size_t i = 0; i < aim_row_count; i++) {
        const struct aim_row *row = &aim_rows[i];
        if (!range(word, row->before, row->sign, &step->low, &step->high)) continue;
        if (row->word && !word_is(behind, row->word)) continue;
        if (!within(step->low, step->high, row->least, row->most))
            return wrong_word(w, w->next, err, "no runner has such a target");
        if (*row->before &&
            (floor(step->low) != step->low || floor(step->high) != step->high))
            return wrong_word(w, w->next, err, "expected a whole zone such as Z2");
        step->aim = row->aim;
        w->next += row->word ? 2 : 1;
        /* What may be said and changes nothing. */
        if ((row->aim == HAR_AIM_HEART && word_is(behind, "HR")) ||
            (!row->word && row->aim != HAR_AIM_HEART && word_is(behind, "Power")))
            w->next++;
        return HAR_OK;
    }
    return wrong_word(w, w->next, err,
                      "expected a target such as Z2 Pace, 78-82% Pace, 5:00/km Pace, "
                      "70% HR, RPE 7 or @1500");
}

static har_status read_pace(struct words *w, struct har_workout_step *step,
                            struct har_error *err)
{
    if (!within(step->low, step->high, SLOWEST_MPS, FASTEST_MPS))
        return wrong_word(w, w->next, err, "nobody runs at such a pace");
    w->next++;
    if (word_is(w->word[w->next], "Pace")) w->next++;
    return HAR_OK;
}

static har_status read_rpe(struct words *w, struct har_workout_step *step,
                           struct har_error *err)
{
    w->next++;
    if (!range(w->word[w->next], "", "", &step->low, &step->high) ||
        !within(step->low, step->high, 0, 10))
        return wrong_word(w, w->next, err, "expected RPE from 0 to 10, as in RPE 7");
    step->aim = HAR_AIM_RPE;
    w->next++;
    return HAR_OK;
}

static void set_order(struct har_workout_step *step)
{
    double low = fmin(step->low, step->high), high = fmax(step->low, step->high);
    if (!step->ramp) {
        step->low = low;
        step->high = high;
    }
    if (step->aim != HAR_AIM_PACE) return;
    step->slow_mps = low;
    step->fast_mps = high;
}

static har_status read_aim(struct words *w, struct har_workout_step *step,
                           struct har_error *err)
{
    har_status status;
    struct har_workout_step told = *step;
    if (step->aim != HAR_AIM_NONE)
        return wrong_word(
            w, w->next, err,
            looks_like_aim(w->word[w->next])
                ? "a step has one target"
                : "expected Pace, HR, a cadence, press lap or the end of the step");
    if (word_is(w->word[w->next], "freeride")) {
        step->aim = HAR_AIM_FREE;
        w->next++;
        return HAR_OK;
    }
    if ((told.ramp = word_is(w->word[w->next], "ramp"))) w->next++;
    told.low = told.high = 100;
    if (word_is(w->word[w->next], "RPE")) status = read_rpe(w, &told, err);
    else if (is_race(w->word[w->next])) status = read_race(w, &told, err);
    else if (pace_range(w->word[w->next], &told)) status = read_pace(w, &told, err);
    else status = read_row(w, &told, err);
    if (status != HAR_OK) return status;
    set_order(&told);
    *step = told;
    return HAR_OK;
}

/* --- a step ----------------------------------------------------------------------------
 */

static har_status split(struct words *w, struct har_error *err)
{
    size_t at = 0;
    for (;;) {
        while (at < w->line.size && w->line.data[at] == ' ') at++;
        if (at == w->line.size) break;
        size_t from = at;
        while (at < w->line.size && w->line.data[at] != ' ') at++;
        struct har_bytes word = {w->line.data + from, at - from};
        if (w->count == WORDS_MOST)
            return line_is_wrong(&w->line, word.data, err, "a step has at most 24 words",
                                 (struct har_bytes){0});
        w->word[w->count++] = word;
    }
    w->word[w->count] = (struct har_bytes){w->line.data + w->line.size, 0};
    return HAR_OK;
}

bool word_times(struct har_bytes word, double *times)
{
    return ends_in(&word, "x") && plain_number(word, times);
}

static har_status read_cue(struct words *w, struct har_workout_step *step,
                           struct har_arena *arena, struct har_error *err)
{
    double amount, times;
    enum har_until until;
    while (w->next < w->count && !word_amount(w->word[w->next], &until, &amount) &&
           !is_press(w, w->next)) {
        if (word_times(w->word[w->next], &times))
            return wrong_word(w, w->next, err,
                              "expected a duration (repeats have a line of their own)");
        if (looks_like_aim(w->word[w->next]))
            return wrong_word(
                w, w->next, err,
                "expected a duration such as 15m or 400mtr before the target");
        w->next++;
    }
    if (w->next == w->count)
        return wrong_word(w, 0, err,
                          "expected a duration such as 15m, 30s, 400mtr, 2km or press lap");
    if (w->next == 0) return HAR_OK;
    const uint8_t *from = w->word[0].data;
    const struct har_bytes *last = &w->word[w->next - 1];
    size_t size = (size_t)(last->data + last->size - from);
    if (size > HAR_WORDS_MOST)
        return line_is_wrong(&w->line, from, err, "a cue has at most 80 bytes",
                             (struct har_bytes){0});
    step->cue = har_arena_copy(arena, from, size);
    return step->cue ? HAR_OK : har_fail(err, HAR_NO_MEMORY, 0, "no memory for a workout");
}

static bool read_cadence(struct words *w, struct har_workout_step *step)
{
    double low, high, steps = 1;
    struct har_bytes word = w->word[w->next];
    if (!range(word, "", "spm", &low, &high)) {
        if (!range(word, "", "rpm", &low, &high)) return false;
        steps = 2;
    }
    if (!isnan(step->cadence_low_spm) ||
        !within(steps * low, steps * high, CADENCE_LEAST, CADENCE_MOST))
        return false;
    step->cadence_low_spm = steps * fmin(low, high);
    step->cadence_high_spm = steps * fmax(low, high);
    w->next++;
    return true;
}

har_status line_step(const struct line *line, struct har_arena *arena,
                     struct har_workout_step *step, struct har_error *err)
{
    struct words words = {.line = *line}, *w = &words;
    *step = har_step_blank();
    step->line = line->number;
    har_status status = split(w, err);
    if (status == HAR_OK) status = read_cue(w, step, arena, err);
    if (status != HAR_OK) return status;
    if (is_press(w, w->next)) {
        step->until = HAR_UNTIL_PRESS;
        w->next += 2;
    } else {
        word_amount(w->word[w->next], &step->until, &step->amount);
        if (!amount_can_be(step->until, step->amount))
            return wrong_word(w, w->next, err,
                              "a step lasts from 1s to 24h, or from 1mtr to 1000km");
        w->next++;
    }
    while (status == HAR_OK && w->next < w->count) {
        if (is_press(w, w->next) && !step->press && step->until != HAR_UNTIL_PRESS) {
            step->press = true;
            w->next += 2;
        } else if (!read_cadence(w, step)) {
            status = read_aim(w, step, err);
        }
    }
    return status;
}

struct har_workout_step har_step_blank(void)
{
    return (struct har_workout_step){.until = HAR_UNTIL_PRESS,
                                     .amount = NAN,
                                     .low = NAN,
                                     .high = NAN,
                                     .per_m = 1000,
                                     .cadence_low_spm = NAN,
                                     .cadence_high_spm = NAN,
                                     .slow_mps = NAN,
                                     .fast_mps = NAN};
}

/* --- words by themselves --- */

har_status har_step_read(struct har_bytes words, struct har_arena *arena,
                         struct har_workout_step *out, struct har_error *err)
{
    const struct line line = {words.data, words.data, words.size, 0, 1};
    const uint8_t *bad = line_not_text(&line);
    if (bad)
        return line_is_wrong(&line, bad, err, "expected text, and this byte is none",
                             (struct har_bytes){0});
    return line_step(&line, arena, out, err);
}

bool words_are_kept(struct har_bytes words)
{
    struct line line = {words.data, words.data, words.size, 0, 1};
    return words.size > 0 && words.size <= HAR_WORDS_MOST && !line_not_text(&line) &&
           words.data[0] != ' ' && words.data[words.size - 1] != ' ';
}

bool har_is_cue(struct har_bytes words)
{
    struct words w = {.line = {words.data, words.data, words.size, 0, 1}};
    double amount;
    enum har_until until;
    if (!words_are_kept(words) || split(&w, NULL) != HAR_OK) return false;
    for (size_t i = 0; i < w.count; i++)
        if (word_amount(w.word[i], &until, &amount) || word_times(w.word[i], &amount) ||
            is_press(&w, i) || looks_like_aim(w.word[i]))
            return false;
    return w.count + 8 < WORDS_MOST && !word_is(w.word[w.count - 1], "press");
}
