/* SPDX-License-Identifier: MIT */
/* harrier race analyse: what a field's splits say, from the field room. A sheet may hold
 * several races: `athletes` has the runners of all of them, each with the race, and the
 * `decisive` of the document is the first race's. */

#include "analyse.h"
#include "commands.h"
#include "own_race.h"

#include "harrier/archive.h"
#include "harrier/decode.h"

#include <math.h>
#include <string.h>

enum {
    RUNNERS_SHOWN = 12, /* rows of a page, unless told */
    NOTES_SHOWN = 10,
    RUNNER_PLACE_AT = 5,
    RUNNER_AT = 7,
    RUNNER_WIDTH = 24,
    FINISH_AT = 41,
    BEHIND_AT = 50,
    LAP_WIDTH = 12,
    STORY_AT = 10,
};

/* From here on tenths have no room, and no meaning. */
#define HOUR_S 3600
#define LONG_LAP_S 600

static const char *name_in(const struct har_field *field, size_t runner)
{
    const struct har_field_runner *who = &field->runner[runner];
    return who->name ? who->name : who->bib;
}

static size_t shown_of(const struct races *r, size_t race)
{
    size_t count = r->fields.field[race].runner_count;
    return (uint64_t)r->limit < count ? (size_t)r->limit : count;
}

/* Whether who was asked for is none of those that are shown. */
static bool is_beyond(const struct races *r, size_t race)
{
    if (r->asked[race] == SIZE_MAX) return false;
    for (size_t i = 0; i < shown_of(r, race); i++)
        if (r->analysis[race].by_place[i] == r->asked[race]) return false;
    return true;
}

/* --- JSON ---------------------------------------------------------------------------- */

static void decisive_json(struct har_json *j, const struct har_analysis *a)
{
    har_json_open(j, "decisive", '{');
    har_json_number(j, "from_m", a->decisive_from_m, 3);
    har_json_number(j, "to_m", a->decisive_to_m, 3);
    har_json_string(j, "because", a->because);
    har_json_close(j);
}

/* What the curve of the runner who was asked for says was left after a lap, as if the way
 * were level; nothing of any other. */
static struct har_left left_after(const struct races *r, bool asked, struct har_left left,
                                  const struct har_passing *p)
{
    if (!asked || p->position == 0) return left;
    return har_left_after(&r->limits, left, p->lap_m / p->lap_s, p->lap_s);
}

static void laps_json(struct har_json *j, const struct races *r, size_t race, size_t runner)
{
    const struct har_field *field = &r->fields.field[race];
    const struct har_passing *passing = r->analysis[race].performance[runner].passing;
    bool asked = runner == r->asked[race];
    struct har_left left = har_left_at_start(&r->limits);
    har_json_open(j, "laps", '[');
    for (size_t k = 0; k < field->mark_count; k++) {
        const struct har_passing *p = &passing[k];
        if (p->position == 0) continue;
        har_json_open(j, NULL, '{');
        har_json_number(j, "to_m", field->mark_m[k], 3);
        har_json_number(j, "lap_s", p->lap_s, 3);
        har_json_number(j, "lap_m", p->lap_m, 3);
        har_json_integer(j, "position", p->position);
        har_json_number(j, "behind_s", p->behind_s, 3);
        har_json_integer(j, "pack", p->pack);
        left = left_after(r, asked, left, p);
        if (asked) har_json_number(j, "reserve_pct", 100 * left.reserve, 1);
        if (asked) har_json_number(j, "d_prime_m", left.d_prime_m, 1);
        har_json_close(j);
    }
    har_json_close(j);
}

static void athletes_json(struct har_json *j, const struct races *r, size_t race)
{
    const struct har_field *field = &r->fields.field[race];
    const struct har_analysis *a = &r->analysis[race];
    for (size_t i = 0; i < shown_of(r, race); i++) {
        const struct har_field_runner *who = &field->runner[a->by_place[i]];
        const struct har_performance *p = &a->performance[a->by_place[i]];
        har_json_open(j, NULL, '{');
        har_json_string(j, "name", who->name);
        har_json_string(j, "bib", who->bib);
        har_json_string(j, "race", field->name);
        har_json_number(j, "place", p->place > 0 ? (double)p->place : (double)NAN, 0);
        har_json_number(j, "time_s", p->finish_s, 3);
        har_json_number(j, "even_pct", 100 * p->even, 2);
        laps_json(j, r, race, a->by_place[i]);
        har_json_close(j);
    }
}

static void race_json(struct har_json *j, const struct races *r, size_t race)
{
    const struct har_field *field = &r->fields.field[race];
    const struct har_analysis *a = &r->analysis[race];
    size_t last = field->mark_count - 1;
    har_json_open(j, NULL, '{');
    har_json_string(j, "name", field->name);
    har_json_number(j, "distance_m", field->mark_m[last], 3);
    har_json_integer(j, "finishers", (int64_t)a->finisher_count);
    har_json_integer(j, "runners", (int64_t)field->runner_count);
    decisive_json(j, a);
    har_json_string(j, "closer", a->closer == SIZE_MAX ? NULL : name_in(field, a->closer));
    har_json_open(j, "marks", '[');
    for (size_t k = 0; k < field->mark_count; k++) {
        const struct har_mark_summary *m = &a->mark[k];
        har_json_open(j, NULL, '{');
        har_json_number(j, "at_m", field->mark_m[k], 3);
        har_json_integer(j, "seen", (int64_t)m->seen);
        har_json_integer(j, "packs", m->packs);
        har_json_string(j, "leader",
                        m->leader == SIZE_MAX ? NULL : name_in(field, m->leader));
        har_json_number(j, "slowdown_pct", 100 * m->slowdown, 2);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_close(j);
}

static void races_json(struct har_text *text, const struct races *r)
{
    static const char *const inputs[] = {"splits", NULL};
    struct har_json j = json_begin(text, "harrier.race-analyse/1");
    har_json_string(&j, "file", r->file);
    decisive_json(&j, &r->analysis[0]);
    har_json_open(&j, "races", '[');
    for (size_t i = 0; i < r->fields.count; i++) race_json(&j, r, i);
    har_json_close(&j);
    har_json_open(&j, "athletes", '[');
    for (size_t i = 0; i < r->fields.count; i++) athletes_json(&j, r, i);
    har_json_close(&j);
    har_json_open(&j, "notes", '[');
    for (size_t i = 0; i < r->fields.note_count; i++) {
        const struct har_field_note *n = &r->fields.note[i];
        har_json_open(&j, NULL, '{');
        har_json_number(&j, "line", n->line > 0 ? (double)n->line : (double)NAN, 0);
        har_json_string(&j, "message", n->what);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(
        &j, "field", HAR_FIELD_VERSION, inputs,
        "decisive: where the winner took most in a metre, and kept, from those who "
        "came in next, up to the fourth; even_pct: second half over first half; "
        "slowdown_pct: the finishers' median pace from there over until there");
    har_json_close(&j);
}

/* --- CSV ------------------------------------------------------------------------------ */

static void races_csv(struct har_text *text, const struct races *r)
{
    har_text_add(text, "race,place,name,bib,to_m,lap_s,position,behind_s\r\n");
    for (size_t race = 0; race < r->fields.count; race++) {
        const struct har_field *field = &r->fields.field[race];
        const struct har_analysis *a = &r->analysis[race];
        for (size_t i = 0; i < shown_of(r, race); i++) {
            const struct har_field_runner *who = &field->runner[a->by_place[i]];
            const struct har_performance *p = &a->performance[a->by_place[i]];
            for (size_t k = 0; k < field->mark_count; k++) {
                if (p->passing[k].position == 0) continue;
                har_csv_field(text, field->name ? field->name : "");
                har_text_add(text, ",");
                if (p->place > 0) har_text_format(text, "%d", p->place);
                har_text_add(text, ",");
                har_csv_field(text, who->name ? who->name : "");
                har_text_add(text, ",");
                har_csv_field(text, who->bib ? who->bib : "");
                har_text_add(text, ",");
                har_text_number(text, field->mark_m[k], 3);
                har_text_add(text, ",");
                har_text_fixed(text, p->passing[k].lap_s, 3);
                har_text_format(text, ",%d,", p->passing[k].position);
                har_text_fixed(text, p->passing[k].behind_s, 3);
                har_text_add(text, "\r\n");
            }
        }
    }
}

/* --- a page --------------------------------------------------------------------------- */

static void race_heading(struct har_text *text, const struct races *r, size_t race,
                         const struct har_style *style)
{
    const struct har_field *field = &r->fields.field[race];
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, field->name ? field->name : r->file);
    har_text_add(&head, ", ");
    har_text_number(&head, field->mark_m[field->mark_count - 1], 1);
    har_text_add(&head, " m");
    har_text_format(&head, ": %zu of %zu finished", r->analysis[race].finisher_count,
                    field->runner_count);
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

/* The first mark whose laps have room on the page. */
static size_t first_shown(const struct har_field *field, const struct har_style *style)
{
    size_t room = style->width > BEHIND_AT ? (style->width - BEHIND_AT) / LAP_WIDTH : 0;
    return field->mark_count > room ? field->mark_count - room : 0;
}

static void runner_row(struct har_text *text, const struct races *r, size_t race,
                       size_t runner, const struct har_style *style)
{
    const struct har_field *field = &r->fields.field[race];
    const struct har_performance *p = &r->analysis[race].performance[runner];
    const char *name = name_in(field, runner);
    size_t last = field->mark_count - 1;
    unsigned decimals = p->finish_s < HOUR_S ? 2 : 0;
    text_right_fixed(text, RUNNER_PLACE_AT, p->place > 0 ? (double)p->place : (double)NAN,
                     0);
    har_text_pad(text, RUNNER_AT);
    har_render_name(text, name ? name : "-", RUNNER_WIDTH);
    text_right_clock(text, FINISH_AT, p->finish_s, decimals);
    text_right_fixed(text, BEHIND_AT, p->passing[last].behind_s, decimals ? 2 : 0);
    for (size_t k = first_shown(field, style); k < field->mark_count; k++) {
        const struct har_passing *at = &p->passing[k];
        size_t column = BEHIND_AT + LAP_WIDTH * (k + 1 - first_shown(field, style));
        text_right_clock(text, column - 5, at->lap_s, at->lap_s < LONG_LAP_S ? 1 : 0);
        if (at->position > 0 && at->position < 1000)
            har_text_format(text, " (%d)", at->position);
    }
    har_text_add(text, "\n");
}

static void marks_row(struct har_text *text, const struct har_field *field,
                      const struct har_style *style)
{
    har_text_pad(text, RUNNER_AT);
    har_text_add(text, "name");
    text_right(text, FINISH_AT, "time");
    text_right(text, BEHIND_AT, "behind");
    for (size_t k = first_shown(field, style); k < field->mark_count; k++) {
        struct har_text word = {.arena = text->arena};
        har_text_add(&word, "to ");
        har_text_number(&word, field->mark_m[k], 0);
        text_right(text, BEHIND_AT + LAP_WIDTH * (k + 1 - first_shown(field, style)) - 1,
                   word.data ? word.data : "");
    }
    har_text_add(text, "\n");
}

static void story_rows(struct har_text *text, const struct races *r, size_t race,
                       const struct har_style *style)
{
    const struct har_field *field = &r->fields.field[race];
    const struct har_analysis *a = &r->analysis[race];
    size_t last = field->mark_count - 1;
    struct har_text won = {.arena = text->arena};
    if (!isnan(a->decisive_from_m)) {
        har_text_number(&won, a->decisive_from_m, 0);
        har_text_add(&won, " to ");
        har_text_number(&won, a->decisive_to_m, 0);
        har_text_add(&won, " m: ");
    }
    har_text_add(&won, a->because);
    text_row(text, "won", STORY_AT);
    text_wrapped(text, STORY_AT, style, won.data ? won.data : "");
    if (a->closer != SIZE_MAX && last > 0) {
        const char *name = name_in(field, a->closer);
        text_row(text, "closed", STORY_AT);
        if (field->runner[a->closer].bib && !field->runner[a->closer].name)
            har_text_add(text, "bib ");
        if (name) har_render_name(text, name, RUNNER_WIDTH);
        else har_text_format(text, "number %d", a->performance[a->closer].place);
        har_text_add(text, ", the last ");
        har_text_number(text, field->mark_m[last] - field->mark_m[last - 1], 0);
        har_text_add(text, " m in ");
        har_text_clock(text, a->performance[a->closer].passing[last].lap_s, 1, true);
        har_text_add(text, "\n");
    }
    for (size_t k = 0; k < last; k++) {
        if (isnan(a->mark[k].slowdown) || a->finisher_count < RUNNERS_SHOWN) continue;
        text_row(text, k == 0 ? "field" : "", STORY_AT);
        har_text_add(text, "from ");
        har_text_number(text, field->mark_m[k], 0);
        har_text_add(text, " m on ");
        har_text_fixed(text, 100 * fabs(a->mark[k].slowdown), 1);
        har_text_add(text, a->mark[k].slowdown < 0 ? " % faster" : " % slower");
        har_text_format(text, " than before; %d pack%s there\n", a->mark[k].packs,
                        a->mark[k].packs == 1 ? "" : "s");
    }
}

/* What was left at each mark, of who was asked for. */
static void left_rows(struct har_text *text, const struct races *r, size_t race,
                      const struct har_style *style)
{
    const struct har_field *field = &r->fields.field[race];
    struct har_text told = {.arena = text->arena};
    struct har_left left = har_left_at_start(&r->limits);
    if (r->asked[race] == SIZE_MAX) return;
    har_text_add(&told, name_in(field, r->asked[race]));
    har_text_add(&told, ": ");
    if (r->no_limits) har_text_add(&told, r->no_limits);
    for (size_t k = 0; k < field->mark_count && !r->no_limits; k++) {
        const struct har_passing *p =
            &r->analysis[race].performance[r->asked[race]].passing[k];
        if (p->position == 0) continue;
        left = left_after(r, true, left, p);
        har_text_number(&told, field->mark_m[k], 0);
        har_text_add(&told, " m ");
        har_text_fixed(&told, 100 * left.reserve, 0);
        har_text_add(&told, " %");
        if (!isnan(left.d_prime_m)) har_text_add(&told, " (D' ");
        if (!isnan(left.d_prime_m)) har_text_fixed(&told, left.d_prime_m, 0);
        if (!isnan(left.d_prime_m)) har_text_add(&told, " m)");
        if (k + 1 < field->mark_count) har_text_add(&told, ", ");
    }
    text_row(text, "left", STORY_AT);
    text_wrapped(text, STORY_AT, style, told.data ? told.data : "");
}

static void races_text(struct har_text *text, const struct races *r,
                       const struct har_style *style)
{
    for (size_t race = 0; race < r->fields.count; race++) {
        const struct har_field *field = &r->fields.field[race];
        if (race > 0) har_text_add(text, "\n");
        race_heading(text, r, race, style);
        marks_row(text, field, style);
        for (size_t i = 0; i < shown_of(r, race); i++)
            runner_row(text, r, race, r->analysis[race].by_place[i], style);
        if (is_beyond(r, race)) runner_row(text, r, race, r->asked[race], style);
        story_rows(text, r, race, style);
        left_rows(text, r, race, style);
    }
}

/* --- the command ------------------------------------------------------------------------
 */

static void say_notes(const struct request *request, const struct har_fields *fields)
{
    for (size_t i = 0; i < fields->note_count && i < NOTES_SHOWN; i++) {
        const struct har_field_note *n = &fields->note[i];
        if (n->line > 0)
            note(request, "line %llu: %s", (unsigned long long)n->line, n->what);
        else note(request, "%s", n->what);
    }
    if (fields->note_count > NOTES_SHOWN)
        note(request, "and %zu more; --json has them all",
             fields->note_count - NOTES_SHOWN);
}

static char small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_in_word(char c)
{
    return (small_letter(c) >= 'a' && small_letter(c) <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether a word of `text` begins with `word`, in whatever letters: "men" is not in
 * "Women". */
static bool names(const char *text, const char *word)
{
    char before = ' ';
    for (; text && *text; before = *text++) {
        size_t i = 0;
        if (is_in_word(before)) continue;
        while (word[i] && small_letter(text[i]) == small_letter(word[i])) i++;
        if (!word[i]) return true;
    }
    return false;
}

/* Keeps the races that --name asks for: the one of that very name, else all whose name has
 * it. */
static har_status choose_races(const struct request *request, struct har_fields *fields,
                               struct har_error *why)
{
    const char *word = request->value[OPT_NAME];
    if (!word || !*word) return HAR_OK;
    struct har_field *kept = HAR_NEW(request->arena, struct har_field, fields->count);
    if (!kept) return har_fail(why, HAR_NO_MEMORY, 0, "not enough memory");
    size_t count = 0;
    for (size_t i = 0; i < fields->count; i++) {
        const char *name = fields->field[i].name;
        if (name && strcmp(name, word) == 0) {
            kept[0] = fields->field[i];
            count = 1;
            break;
        }
        if (names(name, word)) kept[count++] = fields->field[i];
    }
    fields->field = kept;
    fields->count = count;
    if (count > 0) return HAR_OK;
    return har_fail(why, HAR_NOT_FOUND, 0, "no race there is called \"%s\"", word);
}

/* The first in the order of places whose name --athlete asks for. */
static size_t asked_in(const struct request *request, const struct har_field *field,
                       const struct har_analysis *analysis)
{
    const char *word = request->value[OPT_ATHLETE];
    for (size_t i = 0; word && *word && i < field->runner_count; i++)
        if (names(name_in(field, analysis->by_place[i]), word))
            return analysis->by_place[i];
    return SIZE_MAX;
}

static har_status analyse_sheet(const struct request *request, struct har_bytes bytes,
                                double event_m, struct races *out, struct har_error *why)
{
    har_status got = har_fields_read(bytes, event_m, request->arena, &out->fields, why);
    if (got == HAR_OK) got = choose_races(request, &out->fields, why);
    if (got != HAR_OK) return got;
    struct har_analysis *analysis =
        HAR_NEW(request->arena, struct har_analysis, out->fields.count);
    size_t *asked = HAR_NEW(request->arena, size_t, out->fields.count);
    if (!analysis || !asked) return har_fail(why, HAR_NO_MEMORY, 0, "not enough memory");
    for (size_t i = 0; i < out->fields.count && got == HAR_OK; i++) {
        got = har_field_analyse(&out->fields.field[i], NULL, request->arena, &analysis[i],
                                why);
        if (got == HAR_OK)
            asked[i] = asked_in(request, &out->fields.field[i], &analysis[i]);
    }
    out->analysis = analysis;
    out->asked = asked;
    return got;
}

/* The limits of who was asked for, by the length of the first race that has them. */
static bool learn_limits(const struct request *request, struct races *races)
{
    size_t race = 0;
    while (race < races->fields.count && races->asked[race] == SIZE_MAX) race++;
    if (race == races->fields.count) {
        if (!is_asked(request, OPT_CURVE)) return true;
        complain(request, "--curve is of a runner: --athlete says of whom in the sheet");
        return false;
    }
    const struct har_field *field = &races->fields.field[race];
    return read_limits(request, field->mark_m[field->mark_count - 1], &races->limits,
                       &races->no_limits);
}

static int analyse_races(const struct request *request, struct har_bytes bytes)
{
    struct har_error why = {0};
    struct har_event event = {.distance_m = 0};
    struct har_text text = {.arena = request->arena};
    bool data = is_asked(request, OPT_JSON) || is_asked(request, OPT_CSV);
    struct races races = {.file = request->operand[0]};
    if (!read_count(request, OPT_LIMIT, 0, INT64_MAX, &races.limit)) return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_EVENT) &&
        har_parse_event(har_bytes_of(request->value[OPT_EVENT]), &event, &why) != HAR_OK) {
        complain(request, "%s", why.message);
        return HAR_EXIT_USAGE;
    }
    har_status got = analyse_sheet(request, bytes, event.distance_m, &races, &why);
    if (got) {
        complain(request, "%s: %s", races.file, why.message);
        return exit_of(got);
    }
    say_notes(request, &races.fields);
    if (!learn_limits(request, &races)) return HAR_EXIT_USAGE;
    int status = asks_pictures(request) ? draw_races(request, &races) : HAR_EXIT_DONE;
    if (status != HAR_EXIT_DONE) return status;
    if (!is_asked(request, OPT_LIMIT)) races.limit = data ? INT64_MAX : RUNNERS_SHOWN;
    if (is_asked(request, OPT_JSON)) races_json(&text, &races);
    else if (is_asked(request, OPT_CSV)) races_csv(&text, &races);
    else if (!asks_pictures(request)) races_text(&text, &races, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

/* A number is an activity's; a file of such a name is ./12. */
int run_race_analyse(const struct request *request)
{
    int64_t id;
    struct har_bytes bytes;
    struct har_error why = {0};
    const char *operand = request->operand[0];
    enum har_sex sex;
    if (!read_sex(request, &sex)) return HAR_EXIT_USAGE;
    if (har_parse_integer(har_bytes_of(operand), &id))
        return analyse_own_activity(request, id);
    har_status got = har_read_file(operand, NULL, request->arena, &bytes, &why);
    if (got) {
        complain(request, "%s: %s", operand, why.message);
        return exit_of(got);
    }
    if (har_sniff(bytes) != HAR_FORMAT_UNKNOWN)
        return analyse_own_file(request, operand, bytes);
    return analyse_races(request, bytes);
}
