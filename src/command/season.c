/* SPDX-License-Identifier: MIT */
/* harrier season: races, camps and days off in, the weeks up to them out.
 *
 * A season is planned first and kept only once it could be. What is asked beside it
 * (--without-camp, --race) is never kept. */

#include "season.h"

#include "commands.h"
#include "workout.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool read_taper(const struct request *request, struct har_season_settings *settings)
{
    const char *cut = request->value[OPT_TAPER_CUT];
    double percent[2];
    if (!read_count(request, OPT_TAPER, 1, 28, &settings->taper_days)) return false;
    if (!cut) return true;
    size_t first = strcspn(cut, "-");
    struct har_bytes low = {(const uint8_t *)cut, first};
    const char *rest = cut[first] ? cut + first + 1 : cut;
    if (har_parse_number(low, &percent[0]) &&
        har_parse_number(har_bytes_of(rest), &percent[1]) && percent[0] > 0 &&
        percent[0] <= percent[1] && percent[1] <= 100) {
        settings->taper_least = percent[0] / 100;
        settings->taper_most = percent[1] / 100;
        return true;
    }
    complain(request, "--taper-cut takes percents such as 50 or 40-60, not \"%s\"", cut);
    return false;
}

/* --- asking ------------------------------------------------------------------------- */

struct har_store *open_season(const struct request *request,
                              struct har_store_filter *filter, int *status)
{
    struct har_store *store = open_to_read(request, filter, status);
    filter->race = false; /* --race is of the season here */
    if (store || *status != HAR_EXIT_NOTHING) return store;
    complain(request,
             "nothing is known of any training: `harrier import` brings in what a watch "
             "recorded");
    *status = HAR_EXIT_NO_ANSWER;
    return NULL;
}

int season_fail(const struct request *request, const struct har_error *why)
{
    int status = fail(request, why);
    bool asked = why->status == HAR_OUT_OF_RANGE || why->status == HAR_BAD_INPUT;
    return asked ? HAR_EXIT_USAGE : status;
}

/* --- what if ------------------------------------------------------------------------ */

/* Whether a camp of the plan was told by itself: `harrier camp add`. */
static bool is_told(const struct season_shown *shown, const char *name)
{
    const struct har_season_ahead *ahead = shown->ahead;
    for (size_t i = 0; i < ahead->camp_count; i++)
        if (ahead->camps[i].name && strcmp(ahead->camps[i].name, name) == 0) return true;
    return false;
}

/* The calendar without a camp, or with one target more. HAR_EXIT_DONE, or the exit status.
 */
static int change_calendar(const struct request *request, struct season_shown *shown,
                           struct har_kept_season *season)
{
    struct har_calendar *c = &season->calendar;
    const char *camp = request->value[OPT_WITHOUT_CAMP];
    struct har_planned_item *item =
        HAR_NEW(request->arena, struct har_planned_item, c->count + 1);
    struct har_text say = {.arena = request->arena};
    size_t count = 0;
    if (!item) return HAR_EXIT_FAILED;
    for (size_t i = 0; i < c->count; i++)
        if (!camp || c->item[i].kind != HAR_PLANNED_CAMP ||
            strcmp(c->item[i].name, camp) != 0)
            item[count++] = c->item[i];
    if (camp && count == c->count) {
        if (!is_told(shown, camp)) {
            complain(request, "no camp of the season is called \"%s\"", camp);
            return HAR_EXIT_NOTHING;
        }
        season->without_camp = camp;
    }
    if (camp) har_text_format(&say, "without the camp %s", camp);
    if (is_asked(request, OPT_RACE)) {
        struct har_error why = {0};
        struct har_planned_item race = {.kind = HAR_PLANNED_RACE,
                                        .name = "",
                                        .importance = HAR_IMPORTANCE_A,
                                        .altitude_m = NAN};
        struct har_date date;
        if (request->operand_count != 2 ||
            !har_parse_date(har_bytes_of(request->operand[0]), &date)) {
            complain(request, "--race takes a day and an event: --race 2026-05-03 HM");
            return HAR_EXIT_USAGE;
        }
        if (har_parse_event(har_bytes_of(request->operand[1]), &race.event, &why)) {
            complain(request, "%s", why.message);
            return HAR_EXIT_USAGE;
        }
        race.from_day = race.to_day = har_day_of(date);
        if (race.from_day < season->from_day) {
            complain(request, "the race of %s lies before the season begins",
                     request->operand[0]);
            return HAR_EXIT_USAGE;
        }
        item[count++] = race;
        har_text_format(&say, "%swith %s on %s as a target", camp ? " and " : "",
                        race.event.code, request->operand[0]);
    }
    har_calendar_sort(item, count);
    c->item = item;
    c->count = count;
    shown->what_if_is = say.data;
    return say.failed ? HAR_EXIT_FAILED : HAR_EXIT_DONE;
}

static int ask_what_if(const struct request *request, struct har_store *store,
                       const struct har_store_filter *filter, int64_t seen_day,
                       struct season_shown *shown)
{
    struct har_error why = {0};
    struct har_kept_season other = *shown->kept;
    struct har_season_ahead *ahead;
    if (!is_asked(request, OPT_WITHOUT_CAMP) && !is_asked(request, OPT_RACE))
        return HAR_EXIT_DONE;
    int status = change_calendar(request, shown, &other);
    if (status != HAR_EXIT_DONE) return status;
    ahead = HAR_NEW(request->arena, struct har_season_ahead, 1);
    if (!ahead) return HAR_EXIT_FAILED;
    har_status got =
        har_season_of(store, filter, &other, seen_day, request->arena, ahead, &why);
    shown->what_if = ahead;
    return got ? season_fail(request, &why) : HAR_EXIT_DONE;
}

/* --- showing ------------------------------------------------------------------------ */

/* The same season planned from now on; after its last target there is none, and nothing
 * is said. */
static void ask_anew(const struct request *request, struct har_store *store,
                     const struct har_store_filter *filter, int64_t seen_day,
                     struct season_shown *shown)
{
    struct har_kept_season now = *shown->kept;
    struct har_season_ahead *anew = HAR_NEW(request->arena, struct har_season_ahead, 1);
    now.from_day = seen_day;
    if (anew && shown->ahead->benchmark_count > 0 &&
        har_season_of(store, filter, &now, seen_day, request->arena, anew, NULL) == HAR_OK)
        shown->anew = anew;
}

static int show_season(const struct request *request, struct har_store *store,
                       const struct har_store_filter *filter,
                       const struct har_kept_season *season, int64_t seen_day)
{
    struct har_error why = {0};
    struct har_season_ahead ahead;
    struct workout_runner runner;
    struct har_text text = {.arena = request->arena}, ics = text;
    struct season_shown shown = {.kept = season, .ahead = &ahead};
    const char *path = request->value[OPT_ICS];
    har_status got =
        har_season_of(store, filter, season, seen_day, request->arena, &ahead, &why);
    if (got) return season_fail(request, &why);
    int status = ask_what_if(request, store, filter, seen_day, &shown);
    if (status != HAR_EXIT_DONE) return status;
    ask_anew(request, store, filter, seen_day, &shown);
    if (path) {
        if (!ahead.no_curve && know_runner(request, seen_day, &runner) == HAR_EXIT_DONE)
            shown.paces = &runner.paces;
        season_ics(&ics, &shown);
        got = ics.failed ? har_fail(&why, HAR_NO_MEMORY, 0, "no memory for %s", path)
                         : har_write_file(path, har_bytes_of(ics.data), &why);
        if (got) return fail(request, &why);
        note(request, "wrote %s", path);
    }
    if (is_asked(request, OPT_JSON)) season_json(&text, &shown);
    else if (is_asked(request, OPT_CSV)) season_csv(&text, &ahead);
    else season_text(&text, &shown, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_season_show(const struct request *request)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_kept_season season;
    int64_t seen_day;
    int status;
    if (!read_day_or_today(request, &seen_day)) return HAR_EXIT_USAGE;
    if (request->operand_count > 0 && !is_asked(request, OPT_RACE)) {
        complain(request,
                 "`harrier season show` takes a day and an event only after --race");
        return HAR_EXIT_USAGE;
    }
    struct har_store *store = open_season(request, &filter, &status);
    if (!store) return status;
    har_status got =
        har_journal_season(store, filter.athlete, request->arena, &season, &why);
    status =
        got ? fail(request, &why) : show_season(request, store, &filter, &season, seen_day);
    har_store_close(store);
    return status;
}

/* --- planning ------------------------------------------------------------------------ */

static int keep_season(const struct request *request, const struct har_kept_season *season)
{
    struct har_error why = {0};
    int64_t athlete;
    int status;
    struct har_store *store = open_to_add(request, &athlete, &status);
    if (!store) return status;
    har_status got = har_store_begin(store, &why);
    if (got == HAR_OK) {
        got = har_journal_keep_season(store, athlete, season, &why);
        if (got == HAR_OK) got = har_store_commit(store, &why);
        else har_store_rollback(store);
    }
    har_store_close(store);
    return got ? fail(request, &why) : HAR_EXIT_DONE;
}

/* What iCalendar held beside the season. */
static void note_left_out(const struct request *request, const struct har_calendar *c)
{
    struct har_text say = {.arena = request->arena};
    if (c->past_count)
        har_text_format(&say, "%zu race%s over", c->past_count,
                        c->past_count == 1 ? " that is" : "s that are");
    if (c->other_count)
        har_text_format(&say, "%s%zu event%s whose words say no race, camp or day off",
                        say.size ? " and " : "", c->other_count,
                        c->other_count == 1 ? "" : "s");
    if (say.size && !say.failed) note(request, "left out: %s", say.data);
    if (c->utc_count)
        note(request,
             "%zu event%s told in UTC and the file has no zone: taken for the day there",
             c->utc_count, c->utc_count == 1 ? " is" : "s are");
}

/* HAR_EXIT_DONE, HAR_EXIT_PARTLY where rows were refused, or the exit status of the
 * failure. */
static int read_season_file(const struct request *request, struct har_kept_season *season)
{
    const char *path = request->operand[0];
    struct har_error why = {0};
    struct har_bytes file;
    struct har_calendar *c = &season->calendar;
    har_status got = har_read_file(path, NULL, request->arena, &file, &why);
    if (got == HAR_OK)
        got = har_calendar_read(file, season->from_day, request->arena, c, &why);
    if (got) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    for (size_t i = 0; i < c->refused_count; i++)
        complain(request, "%s, line %" PRIu64 ": %s", path, c->refused[i].line,
                 c->refused[i].why);
    note_left_out(request, c);
    if (c->count == 0) {
        complain(request, "%s: nothing of it can be planned", path);
        return HAR_EXIT_NOTHING;
    }
    return c->refused_count ? HAR_EXIT_PARTLY : HAR_EXIT_DONE;
}

/* What is kept, planned anew from another day on; its taper where none is told. */
static int read_kept_season(const struct request *request, struct har_store *store,
                            int64_t athlete, struct har_kept_season *season)
{
    struct har_error why = {0};
    struct har_kept_season kept;
    har_status got = har_journal_season(store, athlete, request->arena, &kept, &why);
    if (got) return fail(request, &why);
    season->calendar = kept.calendar;
    if (!is_asked(request, OPT_TAPER))
        season->settings.taper_days = kept.settings.taper_days;
    if (!is_asked(request, OPT_TAPER_CUT)) {
        season->settings.taper_least = kept.settings.taper_least;
        season->settings.taper_most = kept.settings.taper_most;
    }
    return HAR_EXIT_DONE;
}

int run_season_plan(const struct request *request)
{
    struct har_store_filter filter;
    struct har_kept_season season = {0};
    int status, read = HAR_EXIT_DONE;
    if (!read_day_or_today(request, &season.from_day) ||
        !read_taper(request, &season.settings))
        return HAR_EXIT_USAGE;
    if (request->operand_count > 0) read = read_season_file(request, &season);
    if (read != HAR_EXIT_DONE && read != HAR_EXIT_PARTLY) return read;
    struct har_store *store = open_season(request, &filter, &status);
    if (!store) return status;
    status = HAR_EXIT_DONE;
    if (request->operand_count == 0)
        status = read_kept_season(request, store, filter.athlete, &season);
    if (status == HAR_EXIT_DONE)
        status = show_season(request, store, &filter, &season, season.from_day);
    har_store_close(store);
    if (status == HAR_EXIT_DONE && !is_asked(request, OPT_DRY_RUN))
        status = keep_season(request, &season);
    return status == HAR_EXIT_DONE ? read : status;
}

/* --- moving -------------------------------------------------------------------------- */

static bool is_called(const struct har_planned_item *item, const char *what)
{
    struct har_date date;
    if (*item->name && strcmp(item->name, what) == 0) return true;
    if (har_parse_date(har_bytes_of(what), &date))
        return item->from_day == har_day_of(date);
    return item->kind == HAR_PLANNED_RACE && strcmp(item->event.code, what) == 0;
}

/* Moves the one item that is called so. HAR_EXIT_DONE, or the exit status. */
static int move_item(const struct request *request, struct har_kept_season *season)
{
    const char *what = request->operand[0];
    struct har_date date;
    struct har_calendar *c = &season->calendar;
    struct har_planned_item *item =
                                HAR_NEW(request->arena, struct har_planned_item, c->count),
                            *found = NULL;
    if (!item) return HAR_EXIT_FAILED;
    if (!har_parse_date(har_bytes_of(request->operand[1]), &date)) {
        complain(request,
                 "`harrier season move` takes a day such as 2026-01-31, not \"%s\"",
                 request->operand[1]);
        return HAR_EXIT_USAGE;
    }
    for (size_t i = 0; i < c->count; i++) {
        item[i] = c->item[i];
        if (!is_called(&item[i], what)) continue;
        if (found) {
            complain(request, "\"%s\" is more than one row of the season; say its day",
                     what);
            return HAR_EXIT_USAGE;
        }
        found = &item[i];
    }
    if (!found) {
        complain(request, "nothing of the season is called \"%s\"", what);
        return HAR_EXIT_NOTHING;
    }
    int64_t by = har_day_of(date) - found->from_day;
    if (found->kind == HAR_PLANNED_RACE && found->from_day + by < season->from_day) {
        complain(request, "%s lies before the season begins", request->operand[1]);
        return HAR_EXIT_USAGE;
    }
    found->from_day += by;
    found->to_day += by;
    har_calendar_sort(item, c->count);
    c->item = item;
    return HAR_EXIT_DONE;
}

int run_season_move(const struct request *request)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_kept_season season;
    int status;
    struct har_store *store = open_season(request, &filter, &status);
    if (!store) return status;
    har_status got =
        har_journal_season(store, filter.athlete, request->arena, &season, &why);
    status = got ? fail(request, &why) : move_item(request, &season);
    if (status == HAR_EXIT_DONE)
        status = show_season(request, store, &filter, &season, season.from_day);
    har_store_close(store);
    return status == HAR_EXIT_DONE ? keep_season(request, &season) : status;
}
