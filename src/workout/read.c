/* SPDX-License-Identifier: MIT */
/* Words -> steps: the notation of intervals.icu, as far as it is about running.
 *
 * Our decisions where it is silent. A plain line with a blank one behind it, before
 * anything else, is the workout's name, unless it is a repeat or a warm-up; any other
 * begins a section. A blank line ends a section: the steps behind it have no title until
 * one comes. step.c has what a step may say. */

#include "line.h"

#include <math.h>
#include <string.h>

/* --- lines ------------------------------------------------------------------------------
 */

/* The next line, less its end and the blanks about it; false behind the last. */
static bool next_line(struct har_bytes text, size_t *at, struct line *line)
{
    if (*at >= text.size) return false;
    const uint8_t *from = text.data + *at, *stop = memchr(from, '\n', text.size - *at);
    size_t size = stop ? (size_t)(stop - from) : text.size - *at;
    *line = (struct line){from, from, size, *at, line->number + 1};
    *at += size + 1;
    while (line->size > 0 && strchr(" \t\r", line->data[line->size - 1]) &&
           line->data[line->size - 1])
        line->size--;
    return true;
}

static struct line without_indent(struct line line)
{
    size_t blank = 0;
    while (blank < line.size && (line.data[blank] == ' ' || line.data[blank] == '\t'))
        blank++;
    line.data += blank;
    line.size -= blank;
    line.at += blank;
    return line;
}

static bool is_blank_next(struct har_bytes text, size_t at)
{
    struct line line = {0};
    return next_line(text, &at, &line) && without_indent(line).size == 0;
}

/* --- sections ---------------------------------------------------------------------------
 */

enum har_part har_part_of(const char *title)
{
    static const struct {
        const char *title;
        enum har_part part;
    } parts[] = {
        {"warmup", HAR_PART_WARMUP},      {"warm-up", HAR_PART_WARMUP},
        {"warm up", HAR_PART_WARMUP},     {"cooldown", HAR_PART_COOLDOWN},
        {"cool-down", HAR_PART_COOLDOWN}, {"cool down", HAR_PART_COOLDOWN},
    };
    for (size_t i = 0; title && i < sizeof parts / sizeof parts[0]; i++)
        if (word_is(har_bytes_of(title), parts[i].title)) return parts[i].part;
    return HAR_PART_MAIN;
}

struct reading {
    struct har_arena *arena;
    const char *name;
    struct har_workout_section *section;
    struct har_workout_step *step;
    size_t section_count, section_room, step_count, step_room;
    bool open;          /* steps go on in the last section */
    struct line header; /* of the last section */
};

static bool begin_section(struct reading *r, struct har_workout_section section)
{
    struct har_workout_section *grown = har_arena_grow(
        r->arena, r->section, r->section_count, &r->section_room, sizeof section);
    if (!grown) return false;
    r->section = grown;
    section.first = r->step_count;
    r->section[r->section_count++] = section;
    return r->open = true;
}

/* The repeat at the end of a header, which it is cut off from. */
static har_status read_repeat(struct line *line, struct har_workout_section *section,
                              struct har_error *err)
{
    size_t at = line->size;
    while (at > 0 && line->data[at - 1] != ' ') at--;
    struct har_bytes last = {line->data + at, line->size - at};
    double times;
    if (word_times(last, &times)) {
        if (!(times >= 1 && times <= HAR_REPEATS_MOST) || floor(times) != times)
            return line_is_wrong(line, last.data, err, "expected a repeat from 1x to 99x",
                                 last);
        section->times = (unsigned)times;
    } else if (word_amount(last, &section->until, &section->amount)) {
        size_t word = at;
        while (word > 0 && line->data[word - 1] == ' ') word--;
        size_t end = word;
        while (word > 0 && line->data[word - 1] != ' ') word--;
        if (!word_is((struct har_bytes){line->data + word, end - word}, "until")) {
            section->amount = NAN;
            return HAR_OK; /* a title that ends in 10km */
        }
        if (!amount_can_be(section->until, section->amount))
            return line_is_wrong(line, last.data, err, "nobody repeats that long", last);
        at = word;
    } else return HAR_OK;
    while (at > 0 && line->data[at - 1] == ' ') at--;
    line->size = at;
    return HAR_OK;
}

static har_status check_title(const struct line *line, struct har_error *err)
{
    struct har_bytes title = {line->data, line->size};
    if (title.size >= 3 && memcmp(title.data, "===", 3) == 0)
        return line_is_wrong(line, line->data, err,
                             "a file holds one workout, and here ends one",
                             (struct har_bytes){0});
    if (title.size > HAR_WORDS_MOST)
        return line_is_wrong(line, line->data, err, "a title has at most 80 bytes",
                             (struct har_bytes){0});
    return HAR_OK;
}

static har_status close_section(const struct reading *r, struct har_error *err)
{
    if (r->section_count == 0) return HAR_OK;
    const struct har_workout_section *last = &r->section[r->section_count - 1];
    if (last->first < r->step_count) return HAR_OK;
    return line_is_wrong(
        &r->header, r->header.data, err,
        "expected steps under this line: each begins with a dash, as in - 15m Z2 "
        "Pace",
        (struct har_bytes){0});
}

static har_status read_header(struct reading *r, struct line line, bool alone,
                              struct har_error *err)
{
    struct har_workout_section section = {.amount = NAN};
    struct line whole = line;
    har_status status = close_section(r, err);
    if (status == HAR_OK) status = read_repeat(&line, &section, err);
    if (status == HAR_OK) status = check_title(&line, err);
    if (status != HAR_OK) return status;
    if (line.size && !har_is_title((struct har_bytes){line.data, line.size}))
        return line_is_wrong(&line, line.data, err,
                             "expected a title with at most one repeat",
                             (struct har_bytes){line.data, line.size});
    const char *title = line.size ? har_arena_copy(r->arena, line.data, line.size) : NULL;
    bool full = line.size && !title;
    section.title = title;
    section.part = har_part_of(title);
    bool plain = section.times == 0 && isnan(section.amount);
    if (alone && plain && section.part == HAR_PART_MAIN && !r->name && !r->section_count) {
        r->name = title;
    } else {
        full = full || !begin_section(r, section);
        r->header = whole;
    }
    return full ? har_fail(err, HAR_NO_MEMORY, 0, "no memory for a workout") : HAR_OK;
}

static har_status read_step_line(struct reading *r, struct line line, struct har_error *err)
{
    if (r->step_count == HAR_STEPS_MOST)
        return line_is_wrong(&line, line.data, err, "a workout has at most 500 steps",
                             (struct har_bytes){0});
    line.data++; /* the dash */
    line.size--;
    line.at++;
    bool room = r->open || begin_section(r, (struct har_workout_section){.amount = NAN});
    struct har_workout_step *grown =
        har_arena_grow(r->arena, r->step, r->step_count, &r->step_room, sizeof *r->step);
    if (!room || !grown) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a workout");
    r->step = grown;
    har_status status = line_step(&line, r->arena, &r->step[r->step_count], err);
    if (status != HAR_OK) return status;
    r->step_count++;
    r->section[r->section_count - 1].count++;
    return HAR_OK;
}

static har_status read_line(struct reading *r, struct line line, bool alone,
                            struct har_error *err)
{
    const uint8_t *bad = line_not_text(&line);
    if (bad)
        return line_is_wrong(&line, bad, err, "expected text, and this byte is none",
                             (struct har_bytes){0});
    if (line.size > 0 && line.data[0] == '-') return read_step_line(r, line, err);
    if (line.size > 0) return read_header(r, line, alone, err);
    /* Between a header and its steps it says nothing. */
    if (r->section_count && r->section[r->section_count - 1].count) r->open = false;
    return HAR_OK;
}

har_status har_workout_read(struct har_bytes text, struct har_arena *arena,
                            struct har_workout *out, struct har_error *err)
{
    struct reading r = {.arena = arena};
    struct line line = {.data = text.data, .number = 0};
    size_t at = text.size >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    har_status status = HAR_OK;
    while (status == HAR_OK && next_line(text, &at, &line))
        status = read_line(&r, without_indent(line), is_blank_next(text, at), err);
    if (status == HAR_OK) status = close_section(&r, err);
    if (status != HAR_OK) return status;
    if (r.step_count == 0)
        return har_fail(
            err, HAR_BAD_INPUT, 0,
            "line 1, column 1: expected a workout, and there are no steps: each "
            "begins with a dash, as in - 15m Z2 Pace");
    *out = (struct har_workout){r.name, r.section_count, r.section, r.step_count, r.step};
    return HAR_OK;
}

bool har_is_title(struct har_bytes words)
{
    struct line line = {words.data, words.data, words.size, 0, 1};
    struct har_workout_section section = {.amount = NAN};
    return words_are_kept(words) && words.data[0] != '-' &&
           check_title(&line, NULL) == HAR_OK &&
           read_repeat(&line, &section, NULL) == HAR_OK && line.size == words.size;
}

har_status har_workout_check(const struct har_workout *workout, struct har_arena *arena,
                             struct har_error *err)
{
    struct har_text text = {.arena = arena};
    struct har_workout again;
    struct har_error why = {0};
    har_text_workout(&text, workout);
    if (text.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a workout");
    har_status status = har_workout_read(
        (struct har_bytes){(const uint8_t *)text.data, text.size}, arena, &again, &why);
    if (status == HAR_NO_MEMORY) return har_fail(err, status, 0, "%s", why.message);
    if (status != HAR_OK)
        return har_fail(err, HAR_UNSUPPORTED, 0, "this workout has no words: %.160s",
                        why.message);
    bool same = again.step_count == workout->step_count &&
                again.section_count == workout->section_count;
    return same ? HAR_OK : har_fail(err, HAR_UNSUPPORTED, 0, "this workout has no words");
}
