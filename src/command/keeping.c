/* SPDX-License-Identifier: MIT */
/* Which store, whose activities, from when to when.
 *
 * A question about one runner is never answered with the runs of two: where several
 * athletes are kept, one must be named. */

#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_NAMES = 8 /* of athletes in a sentence */ };

static const char *joined(const struct request *request, const char *head, const char *tail)
{
    struct har_text path = {.arena = request->arena};
    har_text_add(&path, head);
    har_text_add(&path, tail);
    return path.failed ? NULL : path.data;
}

bool is_secret_told(const struct request *request, const char *where)
{
    if (!har_database_url_has_secret(where)) return false;
    complain(request, "a password on the command line is everybody's to read; put it into "
                      "$PGPASSWORD or ~/.pgpass");
    return true;
}

const char *store_path(const struct request *request, int *status)
{
    const char *path = request->value[OPT_DB];
    const char *home = getenv("XDG_DATA_HOME");
    if (!path || !*path) path = getenv("HARRIER_DB");
    if ((!path || !*path) && home && *home)
        path = joined(request, home, "/harrier/harrier.db");
    if ((!path || !*path) && (home = getenv("HOME")) && *home)
        path = joined(request, home, "/.local/share/harrier/harrier.db");
    *status = HAR_EXIT_USAGE;
    if (!path || !*path) {
        complain(request,
                 "there is no home to keep the store in; say where with --db PATH");
        return NULL;
    }
    if (request->value[OPT_DB] && is_secret_told(request, path)) return NULL;
    return path;
}

struct har_store *open_store(const struct request *request, enum har_store_mode mode,
                             int *status)
{
    struct har_error why = {0};
    struct har_store *store = NULL;
    const char *path = store_path(request, status);
    if (!path) return NULL;
    har_status got = har_store_open(path, mode, &store, &why);
    if (got == HAR_OK && mode == HAR_STORE_READ && request->to->shelf)
        har_store_share(store, path, request->to->shelf);
    if (got == HAR_OK) return store;
    if (got == HAR_NOT_FOUND) {
        complain(request, "there is no store at %s", path);
        *status = HAR_EXIT_NOTHING;
    } else {
        *status = fail(request, &why);
    }
    return NULL;
}

bool read_count(const struct request *request, enum option option, int64_t least,
                int64_t most, int64_t *out)
{
    const char *text = request->value[option];
    int64_t value;
    if (!text) return true;
    if (har_parse_integer(har_bytes_of(text), &value) && value >= least && value <= most) {
        *out = value;
        return true;
    }
    complain(request, "%s takes a whole number from %lld to %lld, not \"%s\"",
             options[option].name, (long long)least, (long long)most, text);
    return false;
}

bool read_measure(const struct request *request, enum option option, double *out)
{
    const char *text = request->value[option];
    if (!text || har_parse_number(har_bytes_of(text), out)) return true;
    complain(request, "%s takes a number, not \"%s\"", options[option].name, text);
    return false;
}

bool read_sex(const struct request *request, enum har_sex *out)
{
    const char *text = request->value[OPT_SEX];
    if (!text || har_parse_sex(har_bytes_of(text), out)) return true;
    complain(request, "--sex takes M|F, not \"%s\"", text);
    return false;
}

bool read_day(const struct request *request, enum option option, int64_t *day)
{
    const char *text = request->value[option];
    struct har_date date;
    if (!text) return true;
    if (har_parse_date(har_bytes_of(text), &date)) {
        *day = har_day_of(date);
        return true;
    }
    complain(request, "%s takes a day such as 2026-01-31, not \"%s\"", options[option].name,
             text);
    return false;
}

int64_t today(void)
{
    return har_local_day((int64_t)time(NULL) * 1000, 0);
}

bool read_day_or_today(const struct request *request, int64_t *day)
{
    *day = today();
    return read_day(request, OPT_DATE, day);
}

bool read_activity(const struct request *request, const char *word, int64_t *id)
{
    if (har_parse_integer(har_bytes_of(word), id)) return true;
    complain(request,
             "an activity has a number, which `harrier list` shows; \"%s\" is none", word);
    return false;
}

int no_activity(const struct request *request, int64_t id)
{
    complain(request, "there is no activity %lld; `harrier list` shows those that are kept",
             (long long)id);
    return HAR_EXIT_NOTHING;
}

/* "running", as `list` prints them; also "sport-63". */
static bool read_sport(const struct request *request, int *sport)
{
    static const char numbered[] = "sport-";
    const char *text = request->value[OPT_SPORT];
    int64_t number;
    if (!text) return true;
    *sport = (int)har_sport_of(har_bytes_of(text), NULL);
    if (*sport != HAR_SPORT_UNKNOWN) return true;
    if (strncmp(text, numbered, sizeof numbered - 1) == 0 &&
        har_parse_integer(har_bytes_of(text + sizeof numbered - 1), &number) &&
        number >= 0 && number < 256) {
        *sport = (int)number;
        return true;
    }
    if (strcmp(text, "unknown") == 0) return true;
    complain(request, "there is no sport \"%s\"; `harrier list` names those that are kept",
             text);
    return false;
}

static bool read_filter(const struct request *request, struct har_store_filter *filter)
{
    *filter = HAR_STORE_ALL;
    filter->race = is_asked(request, OPT_RACE);
    return read_day(request, OPT_SINCE, &filter->since_day) &&
           read_day(request, OPT_UNTIL, &filter->until_day) &&
           read_sport(request, &filter->sport);
}

struct har_store *open_to_import(const struct request *request, int *status)
{
    struct har_error why = {0};
    struct har_store *store;
    if (!is_asked(request, OPT_DRY_RUN))
        return open_store(request, HAR_STORE_WRITE, status);
    const char *path = store_path(request, status);
    if (!path) return NULL;
    har_status got = har_store_open(path, HAR_STORE_READ, &store, &why);
    if (got == HAR_OK) har_store_close(store);
    got = har_store_open(got == HAR_NOT_FOUND ? ":memory:" : path, HAR_STORE_WRITE, &store,
                         &why);
    if (got == HAR_OK) return store;
    *status = fail(request, &why);
    return NULL;
}

static const char *shown_name(const char *name)
{
    return name && *name ? name : "''";
}

/* Finds the athlete that is meant; HAR_EXIT_DONE, or the exit status after saying why not.
 */
static int choose_athlete(const struct request *request, struct har_store *store,
                          int64_t *athlete)
{
    struct har_error why = {0};
    struct har_text list = {.arena = request->arena};
    const char **names, *wish = request->value[OPT_ATHLETE];
    size_t count;
    har_status got = har_store_athletes(store, request->arena, &names, &count, &why);
    if (got) return fail(request, &why);
    for (size_t i = 0; i < count && i < MOST_NAMES; i++) {
        har_text_add(&list, i ? ", " : "");
        har_text_add(&list, shown_name(names[i]));
    }
    if (count > MOST_NAMES) har_text_format(&list, " and %zu more", count - MOST_NAMES);
    if (!wish && count > 1) {
        complain(request, "more than one athlete is kept; choose with --athlete: %s",
                 list.data);
        return HAR_EXIT_USAGE;
    }
    if (!wish && count == 0) return HAR_EXIT_NOTHING;
    const char *name = wish ? (*wish ? wish : NULL) : names[0];
    got = har_store_athlete(store, name, false, athlete, &why);
    if (got == HAR_NOT_FOUND) {
        complain(request, "there is no athlete %s; kept: %s", shown_name(name),
                 count ? list.data : "none");
        return HAR_EXIT_USAGE;
    }
    return got ? fail(request, &why) : HAR_EXIT_DONE;
}

struct har_store *open_to_read(const struct request *request,
                               struct har_store_filter *filter, int *status)
{
    struct har_error why = {0};
    struct har_store *store = NULL;
    *status = HAR_EXIT_USAGE;
    if (!read_filter(request, filter)) return NULL;
    const char *path = store_path(request, status);
    if (!path) return NULL;
    har_status got = har_store_open(path, HAR_STORE_READ, &store, &why);
    if (got) {
        *status = got == HAR_NOT_FOUND ? HAR_EXIT_NOTHING : fail(request, &why);
        return NULL;
    }
    if (request->to->shelf) har_store_share(store, path, request->to->shelf);
    *status = choose_athlete(request, store, &filter->athlete);
    if (*status == HAR_EXIT_DONE) return store;
    har_store_close(store);
    return NULL;
}

struct har_store *open_to_add(const struct request *request, int64_t *athlete, int *status)
{
    struct har_error why = {0};
    const char *wish = request->value[OPT_ATHLETE];
    struct har_store *store = open_store(request, HAR_STORE_WRITE, status);
    if (!store) return NULL;
    *status = wish && *wish ? HAR_EXIT_NOTHING : choose_athlete(request, store, athlete);
    if (*status == HAR_EXIT_NOTHING) {
        har_status got = har_store_athlete(store, wish, true, athlete, &why);
        *status = got ? fail(request, &why) : HAR_EXIT_DONE;
    }
    if (*status == HAR_EXIT_DONE) return store;
    har_store_close(store);
    return NULL;
}

int nothing_found(const struct request *request)
{
    bool narrow = is_asked(request, OPT_SINCE) || is_asked(request, OPT_UNTIL) ||
                  is_asked(request, OPT_SPORT) || is_asked(request, OPT_RACE);
    if (narrow)
        complain(request, "no activity matches; `harrier list` shows all that are kept");
    else
        complain(request,
                 "no activity is kept yet; bring some in: harrier import FILE|FOLDER|ZIP");
    return HAR_EXIT_NOTHING;
}

const struct har_history *read_history(const struct request *request, int *status)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    enum har_sex told = HAR_MEN;
    struct har_history *history = HAR_NEW(request->arena, struct har_history, 1);
    bool sexed = is_asked(request, OPT_SEX);
    *status = HAR_EXIT_USAGE;
    if (sexed && !read_sex(request, &told)) return NULL;
    struct har_store *store = open_to_read(request, &filter, status);
    if (!store) {
        if (*status == HAR_EXIT_NOTHING) {
            complain(request,
                     "there is no race and no run yet: `harrier race add` keeps a result");
            *status = HAR_EXIT_NO_ANSWER;
        }
        return NULL;
    }
    har_status got = har_kept_history(store, &filter, sexed ? (int)told : HAR_UNTOLD,
                                      request->arena, history, &why);
    har_store_close(store);
    if (!got) return history;
    *status = fail(request, &why);
    return NULL;
}
