/* SPDX-License-Identifier: MIT */
/* harrier season week: one week of the season that is kept, day by day. The loads are the
 * plan's; the speeds are those of the curve as it is known on the day that is asked. */

#include "season.h"

#include "commands.h"
#include "entry.h"
#include "workout.h"

#include "harrier/agenda.h"

#include <math.h>
#include <string.h>

struct week_shown {
    const struct har_season_week *week;
    size_t count;
    struct har_agenda_day day[HAR_AGENDA_DAYS];
    const char *file[HAR_AGENDA_DAYS]; /* NULL: not written */
};

static const char *const weekday_names[] = {"Mon", "Tue", "Wed", "Thu",
                                            "Fri", "Sat", "Sun"};

/* --- asking ------------------------------------------------------------------------- */

static bool read_week_day(const struct request *request, int64_t *asked)
{
    struct har_date date;
    if (request->operand_count == 0) return true;
    if (!har_parse_date(har_bytes_of(request->operand[0]), &date)) {
        complain(request,
                 "`harrier season week` takes a day such as 2026-01-31, not \"%s\"",
                 request->operand[0]);
        return false;
    }
    *asked = har_day_of(date);
    return true;
}

/* The season as it was planned. */
static int read_ahead(const struct request *request, struct har_season_ahead *ahead)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_kept_season season;
    int status;
    struct har_store *store = open_season(request, &filter, &status);
    if (!store) return status;
    har_status got =
        har_journal_season(store, filter.athlete, request->arena, &season, &why);
    status = got ? fail(request, &why) : HAR_EXIT_DONE;
    if (status == HAR_EXIT_DONE) {
        got = har_season_of(store, &filter, &season, season.from_day, request->arena, ahead,
                            &why);
        if (got) status = season_fail(request, &why);
    }
    har_store_close(store);
    return status;
}

static int find_week(const struct request *request, const struct har_season_plan *plan,
                     int64_t day, size_t *week)
{
    int64_t last = plan->monday + (int64_t)plan->week_count * HAR_AGENDA_DAYS - 1;
    if (day >= plan->monday && day <= last) {
        *week = (size_t)(day - plan->monday) / HAR_AGENDA_DAYS;
        return HAR_EXIT_DONE;
    }
    complain(request, "%s is not of the season, which is planned from %s to %s",
             day_word(day, request->arena), day_word(plan->monday, request->arena),
             day_word(last, request->arena));
    return HAR_EXIT_NOTHING;
}

/* --- on the watch ------------------------------------------------------------------- */

static int write_week(const struct request *request, struct week_shown *shown)
{
    const char *folder = request->value[OPT_FIT_INTO];
    struct har_error why = {0};
    int status = HAR_EXIT_DONE;
    if (!folder) return HAR_EXIT_DONE;
    if (har_make_folders(folder, request->arena, &why)) return fail(request, &why);
    for (size_t i = 0; i < shown->count && status == HAR_EXIT_DONE; i++) {
        const struct har_agenda_day *day = shown->day + i;
        struct har_text path = {.arena = request->arena};
        if (day->race) continue;
        har_text_format(&path, "%s/%s-%s.fit", folder, day_word(day->day, request->arena),
                        har_agenda_kind_name(day->kind));
        if (path.failed) return HAR_EXIT_FAILED;
        status = write_workout_fit(request, &day->workout, path.data);
        shown->file[i] = path.data;
    }
    return status;
}

/* --- showing ------------------------------------------------------------------------ */

static void week_json(struct har_text *text, const struct week_shown *shown)
{
    static const char *const inputs[] = {"season", "curve", NULL};
    struct har_json j = json_begin(text, "harrier.week/1");
    har_json_string(&j, "monday", day_word(shown->week->monday, text->arena));
    har_json_string(&j, "phase", har_phase_name(shown->week->phase));
    har_json_number(&j, "load", shown->week->load, 1);
    har_json_number(&j, "distance_m", shown->week->distance_m, 0);
    har_json_open(&j, "sessions", '[');
    for (size_t i = 0; i < shown->count; i++) {
        const struct har_agenda_day *day = shown->day + i;
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "date", day_word(day->day, text->arena));
        har_json_string(&j, "kind", har_agenda_kind_name(day->kind));
        har_json_number(&j, "distance_m", day->distance_m, 0);
        har_json_string(&j, "race", day->race ? season_race_name(day->race) : NULL);
        har_json_string(&j, "text", day->race ? NULL : day->words);
        har_json_string(&j, "file", shown->file[i]);
        har_json_close(&j);
    }
    har_json_close(&j);
    json_because(&j, "agenda", HAR_AGENDA_VERSION, inputs,
                 "by rules: a fast session on Tuesday and one at threshold on Thursday as "
                 "long as the phase's shares of the week's time, the longest run on "
                 "Sunday, the rest easy");
    har_json_close(&j);
}

enum { WEEK_KIND_AT = 16, WEEK_WAY_END = 31, WEEK_WHAT_AT = 33 };

/* "5x 1km 98-102% @5000 (2:41-2:35 /km), Jog 2m": the steps of a section in one line. */
static void add_section(struct har_text *say, const struct har_workout *w, size_t s,
                        const struct har_style *style)
{
    const struct har_workout_section *section = w->section + s;
    if (section->times > 0) har_text_format(say, "%ux ", section->times);
    for (size_t i = 0; i < section->count; i++) {
        const struct har_workout_step *step = w->step + section->first + i;
        if (i > 0) har_text_add(say, ", ");
        har_text_step(say, step);
        bool paced = section->part == HAR_PART_MAIN && isfinite(step->slow_mps) && i == 0;
        if (!paced) continue;
        har_text_add(say, " (");
        har_text_clock(say, unit_m(style) / step->slow_mps, 0, true);
        har_text_add(say, "-");
        har_text_clock(say, unit_m(style) / step->fast_mps, 0, true);
        har_text_format(say, " /%s)", unit_name(style));
    }
}

static void day_row(struct har_text *text, const struct har_agenda_day *day,
                    const struct har_style *style)
{
    struct har_text say = {.arena = text->arena};
    har_text_date(text, day->day);
    har_text_format(text, " %s", weekday_names[har_weekday_of(day->day)]);
    har_text_pad(text, WEEK_KIND_AT);
    har_text_add(text, har_agenda_kind_name(day->kind));
    text_right_fixed(text, WEEK_WAY_END, day->distance_m / unit_m(style), 1);
    har_text_pad(text, WEEK_WHAT_AT);
    if (day->race) har_text_add(&say, season_race_name(day->race));
    for (size_t s = 0; s < day->workout.section_count; s++) {
        if (s > 0) har_text_add(&say, "; ");
        add_section(&say, &day->workout, s, style);
    }
    text->failed |= say.failed;
    text_wrapped(text, WEEK_WHAT_AT, style, say.data ? say.data : "");
}

static void week_text(struct har_text *text, const struct week_shown *shown,
                      const struct har_style *style)
{
    const struct har_season_week *week = shown->week;
    struct har_text head = {.arena = text->arena};
    har_text_format(text, "Week of %s, %s%s, load ", day_word(week->monday, text->arena),
                    har_phase_name(week->phase), week->easy ? " (easy)" : "");
    har_text_fixed(text, week->load, 0);
    if (week->camp)
        har_text_format(text, ", camp %s", week->camp->name ? week->camp->name : "(found)");
    har_text_add(text, "\n\n");
    har_text_add(&head, "day");
    har_text_pad(&head, WEEK_KIND_AT);
    har_text_add(&head, "session");
    text_right(&head, WEEK_WAY_END, unit_name(style));
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < shown->count; i++) day_row(text, shown->day + i, style);
}

int run_season_week(const struct request *request)
{
    struct har_error why = {0};
    struct har_season_ahead ahead;
    struct workout_runner runner;
    struct week_shown shown = {0};
    struct har_text text = {.arena = request->arena};
    int64_t today, asked;
    size_t week;
    if (!read_day_or_today(request, &today)) return HAR_EXIT_USAGE;
    asked = today;
    if (!read_week_day(request, &asked)) return HAR_EXIT_USAGE;
    int status = read_ahead(request, &ahead);
    if (status == HAR_EXIT_DONE) status = find_week(request, &ahead.plan, asked, &week);
    if (status == HAR_EXIT_DONE) status = know_runner(request, today, &runner);
    if (status != HAR_EXIT_DONE) return status;
    shown.week = ahead.plan.weeks + week;
    har_status got = har_agenda_of(&ahead.plan, week, &runner.paces, request->arena,
                                   shown.day, &shown.count, &why);
    if (got) return fail(request, &why);
    status = write_week(request, &shown);
    if (status != HAR_EXIT_DONE) return status;
    if (is_asked(request, OPT_JSON)) week_json(&text, &shown);
    else week_text(&text, &shown, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}
