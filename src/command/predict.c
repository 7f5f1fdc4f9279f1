/* SPDX-License-Identifier: MIT */
/* harrier predict and harrier backtest: what could be run, and how such predictions have
 * done; from the store, or from marks and queries in files, with no store at all. */

#include "commands.h"
#include "entry.h"

#include <math.h>
#include <string.h>

enum { MOST_COMPLAINTS = 20, MOST_EVENTS = 64 };

static bool read_asking(const struct request *request, enum har_question *out)
{
    const char *value = request->value[OPT_QUESTION];
    *out = HAR_ASK_RACE;
    if (!value || strcmp(value, "race") == 0) return true;
    *out = HAR_ASK_SEASON_BEST;
    if (strcmp(value, "season-best") == 0) return true;
    complain(request, "--question takes race|season-best, not \"%s\"", value);
    return false;
}

/* --- marks in a file ----------------------------------------------------------------- */

struct book {
    const struct har_history *history;
    size_t count, refused;
};

static void tell_refused(const struct request *request, const char *path,
                         const struct har_refused_row *row, size_t count)
{
    for (size_t i = 0; i < count && i < MOST_COMPLAINTS; i++)
        complain(request, "%s, line %llu: %s", path, (unsigned long long)row[i].line,
                 row[i].why);
    if (count > MOST_COMPLAINTS)
        complain(request, "%s: %zu rows more were refused", path, count - MOST_COMPLAINTS);
}

static int read_book(const struct request *request, struct book *out)
{
    struct har_error why = {0};
    struct har_bytes file;
    struct har_results results;
    struct har_history *history;
    struct har_result rest = har_result_untold();
    const char *path = request->value[OPT_MARKS], *unsexed;
    enum har_sex sex;
    if (is_asked(request, OPT_SEX)) {
        if (!read_sex(request, &sex)) return HAR_EXIT_USAGE;
        rest.sex = (int)sex;
    }
    har_status got = har_read_file(path, NULL, request->arena, &file, &why);
    const struct har_sheet_hints hints = {.rest = &rest, .file = path};
    if (!got) got = har_results_read(file, &hints, request->arena, &results, &why);
    if (got) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    tell_refused(request, path, results.refused, results.refused_count);
    got = har_histories_of(&results, request->arena, &history, &out->count, &unsexed, &why);
    if (got) return fail(request, &why);
    if (unsexed)
        complain(request, "%s: the sex of %s is not told; --sex M|F tells it for all", path,
                 *unsexed ? unsexed : "the athlete");
    if (out->count == 0) {
        complain(request, "%s: no marks from 800 m to the marathon in there", path);
        return HAR_EXIT_NO_ANSWER;
    }
    out->history = history;
    out->refused = results.refused_count;
    return HAR_EXIT_DONE;
}

/* The athlete that is meant, of a file. */
static const struct har_history *choose_history(const struct request *request,
                                                const struct book *book)
{
    const char *wish = request->value[OPT_ATHLETE];
    if (!wish && book->count == 1) return book->history;
    if (!wish) {
        complain(request,
                 "%s has %zu athletes; choose with --athlete, or ask with --queries",
                 request->value[OPT_MARKS], book->count);
        return NULL;
    }
    const struct har_history *found = har_history_find(book->history, book->count, wish);
    if (!found) complain(request, "%s has no athlete %s", request->value[OPT_MARKS], wish);
    return found;
}

/* --- one prediction --------------------------------------------------------------------
 */

static void prediction_members(struct har_json *j, const struct har_prediction *p)
{
    static const char *const low[] = {"low50_s", "low80_s", "low95_s"};
    static const char *const high[] = {"high50_s", "high80_s", "high95_s"};
    har_json_number(j, "time_s", p->time_s, 3);
    for (int i = 0; i < HAR_WITHINS; i++) {
        har_json_number(j, low[i], p->low_s[i], 3);
        har_json_number(j, high[i], p->high_s[i], 3);
    }
}

static void prediction_row(struct har_text *text, const char *name,
                           const struct har_prediction *p, size_t evidence)
{
    bool quoted = strpbrk(name, ",\"\r\n") != NULL;
    if (quoted) har_text_add(text, "\"");
    for (const char *c = name; *c; c++)
        har_text_format(text, *c == '"' ? "\"\"" : "%c", *c);
    har_text_add(text, quoted ? "\"," : ",");
    if (p) har_text_fixed(text, p->time_s, 3);
    for (int i = 0; i < HAR_WITHINS; i++) {
        har_text_add(text, ",");
        if (p) har_text_fixed(text, p->low_s[i], 3);
        har_text_add(text, ",");
        if (p) har_text_fixed(text, p->high_s[i], 3);
    }
    har_text_format(text, ",%zu\r\n", evidence);
}

#define CSV_HEADER                                                                         \
    "query,time_s,low50_s,high50_s,low80_s,high80_s,low95_s,high95_s,evidence\r\n"

static void because_member(struct har_json *j, const struct har_curve *curve)
{
    static const char *const inputs[] = {"marks", "sex", "date", "question", NULL};
    har_json_open(j, "because", '{');
    char model[32] = "curve/0";
    model[6] = (char)('0' + HAR_RUNNER_VERSION);
    har_json_string(j, "model", model);
    har_json_open(j, "inputs", '[');
    for (int i = 0; inputs[i]; i++) har_json_string(j, NULL, inputs[i]);
    har_json_close(j);
    har_json_string(j, "prior", curve->prior->name);
    har_json_string(j, "note",
                    "a Gaussian process on ln time over distances and days; the prior is "
                    "learnt from careers, the interval from its errors out of sample");
    har_json_close(j);
}

static const char *mark_of(const struct har_evidence *mark, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    struct har_mark written = har_mark_of(mark->run_s > 0 ? mark->run_s : mark->time_s);
    har_text_mark(&text, &written, &mark->event);
    return text.data ? text.data : "";
}

static void reason_member(struct har_json *j, const struct har_reason *reason)
{
    struct har_arena *arena = j->text->arena;
    har_json_open(j, NULL, '{');
    har_json_string(j, "event", reason->mark->event.code);
    har_json_string(j, "mark", mark_of(reason->mark, arena));
    har_json_number(j, "standard_s", reason->mark->time_s, 3);
    har_json_string(j, "date", day_word(reason->mark->day, arena));
    har_json_string(j, "kind",
                    reason->mark->kind == HAR_EVIDENCE_RACE ? "race" : "training");
    har_json_number(j, "trust", reason->trust, 3);
    har_json_number(j, "surprise_sd", reason->surprise, 2);
    har_json_number(j, "moved_pct", 100 * (exp(reason->moved) - 1), 3);
    har_json_close(j);
}

/* One prediction with its reasons, into an object that is open. */
static void row_members(struct har_json *j, const struct har_outlook_row *row,
                        const struct har_curve *curve)
{
    har_json_string(j, "event", row->event.code);
    prediction_members(j, &row->prediction);
    har_json_open(j, "evidence", '[');
    for (size_t r = 0; r < row->reason_count; r++) reason_member(j, row->reason + r);
    har_json_close(j);
    har_json_open(j, "would_narrow", '{');
    har_json_string(j, "event", row->advice.code);
    har_json_number(j, "width_share", row->narrowed, 3);
    har_json_close(j);
    because_member(j, curve);
}

/* --- queries ----------------------------------------------------------------------------
 */

/* The curve of one athlete on one day serves all queries about them. */
struct asked {
    const struct har_history *history;
    int64_t day;
    bool known;
    struct har_curve curve;
    struct har_arena arena;
};

static har_status answer_query(const struct book *book,
                               const struct har_forecast_query *query,
                               enum har_question question, struct asked *last,
                               struct har_prediction *out, struct har_error *why)
{
    const struct har_history *history =
        har_history_find(book->history, book->count, query->athlete);
    if (!history)
        return har_fail(why, HAR_NO_ANSWER, 0, "there is no mark of \"%s\"",
                        query->athlete);
    if (history != last->history || query->day != last->day) {
        har_arena_reset(&last->arena);
        *last = (struct asked){history, query->day, false, last->curve, last->arena};
        last->known = har_curve_fit(NULL, history->sex, history->evidence, history->count,
                                    query->day, &last->arena, &last->curve, why) == HAR_OK;
    }
    if (!last->known)
        return har_fail(why, HAR_NO_ANSWER, 0, "there is no mark of \"%s\" before that day",
                        query->athlete);
    return har_curve_predict(&last->curve, &query->event, query->day, question, out, why);
}

/* A query and its answer in full; an answer that is not there is null. */
static void query_json(struct har_json *j, const struct har_forecast_query *query,
                       const struct asked *asked, enum har_question question, bool known)
{
    struct har_arena arena = {0};
    struct har_outlook outlook;
    har_json_open(j, NULL, '{');
    har_json_string(j, "query", query->query);
    har_json_string(j, "athlete", query->athlete);
    har_json_string(j, "date", day_word(query->day, j->text->arena));
    if (known && har_outlook_of(asked->history, query->day, question, &query->event, 1,
                                &arena, &outlook, NULL) == HAR_OK) {
        row_members(j, outlook.row, &outlook.curve);
    } else {
        har_json_string(j, "event", query->event.code);
        har_json_number(j, "time_s", NAN, 0);
    }
    har_json_close(j);
    har_arena_free(&arena);
}

static int answer_all(const struct request *request, const struct book *book,
                      const struct har_forecast_queries *queries,
                      enum har_question question)
{
    struct har_text text = {.arena = request->arena};
    struct asked last = {0};
    struct har_json j = {0};
    size_t failed = queries->refused_count, told = 0;
    bool json = is_asked(request, OPT_JSON);
    if (json) {
        j = json_begin(&text, "harrier.predict/1");
        har_json_open(&j, "predictions", '[');
    } else har_text_add(&text, CSV_HEADER);
    for (size_t i = 0; i < queries->count; i++) {
        const struct har_forecast_query *query = queries->query + i;
        struct har_prediction p;
        struct har_error why = {0};
        har_status got = answer_query(book, query, question, &last, &p, &why);
        failed += got != HAR_OK;
        if (got && told++ < MOST_COMPLAINTS)
            complain(request, "query %s: %s", query->query, why.message);
        if (json) query_json(&j, query, &last, question, got == HAR_OK);
        else
            prediction_row(&text, query->query, got ? NULL : &p,
                           got ? 0 : last.curve.count);
    }
    if (told > MOST_COMPLAINTS)
        complain(request, "%zu queries more have no answer", told - MOST_COMPLAINTS);
    if (json) {
        har_json_close(&j);
        har_json_close(&j);
    }
    har_arena_free(&last.arena);
    put_text(request, &text);
    if (failed + book->refused == 0) return HAR_EXIT_DONE;
    return failed < queries->count + queries->refused_count ? HAR_EXIT_PARTLY
                                                            : HAR_EXIT_NO_ANSWER;
}

static int predict_queries(const struct request *request, enum har_question question)
{
    struct har_error why = {0};
    struct har_bytes file;
    struct har_forecast_queries queries;
    struct book book;
    const char *path = request->value[OPT_QUERIES];
    if (!is_asked(request, OPT_MARKS) || request->operand_count > 0) {
        complain(request, "--queries needs --marks FILE.csv, and takes the place of EVENT");
        return HAR_EXIT_USAGE;
    }
    har_status got = har_read_file(path, NULL, request->arena, &file, &why);
    if (!got) got = har_forecast_queries_read(file, request->arena, &queries, &why);
    if (got) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    int status = read_book(request, &book);
    if (status) return status;
    tell_refused(request, path, queries.refused, queries.refused_count);
    return answer_all(request, &book, &queries, question);
}

/* --- one runner's outlook ------------------------------------------------------------- */

static void readings_member(struct har_json *j, const struct har_readings *r)
{
    static const char *const inputs[] = {"predictions", NULL};
    har_json_open(j, "readings", '{');
    har_json_number(j, "v_m_mps", r->emig.v_m_mps, 4);
    har_json_number(j, "gamma", r->emig.gamma_long, 5);
    har_json_number(j, "endurance", har_emig_endurance(r->emig.gamma_long), 3);
    har_json_number(j, "critical_speed_mps", r->critical.cs_mps, 4);
    har_json_number(j, "d_prime_m", r->critical.d_prime_m, 1);
    har_json_number(j, "vdot", r->vdot, 2);
    json_because(
        j, "curve", HAR_RUNNER_VERSION, inputs,
        "read off the season's bests that the curve foretells: v_m_mps, gamma and "
        "endurance by Emig's law over 800 m to the marathon, critical_speed_mps and "
        "d_prime_m by those of 2 to 20 minutes, vdot by Daniels and Gilbert over "
        "5000 m");
    har_json_close(j);
}

static void outlook_json(struct har_text *text, const struct har_outlook *outlook)
{
    struct har_json j = json_begin(text, "harrier.predict/1");
    har_json_string(&j, "date", day_word(outlook->day, text->arena));
    har_json_string(&j, "question",
                    outlook->question == HAR_ASK_RACE ? "race" : "season-best");
    har_json_open(&j, "predictions", '[');
    for (size_t i = 0; i < outlook->row_count; i++) {
        har_json_open(&j, NULL, '{');
        row_members(&j, outlook->row + i, &outlook->curve);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_open(&j, "doubts", '[');
    for (size_t i = 0; i < outlook->doubt_count; i++) reason_member(&j, outlook->doubt + i);
    har_json_close(&j);
    readings_member(&j, &outlook->readings);
    har_json_integer(&j, "marks", (int64_t)outlook->curve.count);
    har_json_number(&j, "spread", outlook->curve.spread, 3);
    har_json_close(&j);
}

static void outlook_csv(struct har_text *text, const struct har_outlook *outlook)
{
    har_text_add(text, CSV_HEADER);
    for (size_t i = 0; i < outlook->row_count; i++)
        prediction_row(text, outlook->row[i].event.code, &outlook->row[i].prediction,
                       outlook->curve.count);
}

/* --- an outlook for people --------------------------------------------------------------
 */

static void add_time(struct har_text *text, double time_s, const struct har_event *event)
{
    struct har_text word = {.arena = text->arena};
    unsigned decimals = event->kind == HAR_EVENT_ROAD || time_s > 3600 ? 0 : 1;
    har_text_clock(&word, time_s, decimals, true);
    har_text_add(text, word.data ? word.data : "-");
}

static void add_reason(struct har_text *text, const struct har_reason *reason)
{
    har_text_format(text, "%s %s of %s%s", reason->mark->event.code,
                    mark_of(reason->mark, text->arena),
                    day_word(reason->mark->day, text->arena),
                    reason->mark->kind == HAR_EVIDENCE_EFFORT ? ", in training" : "");
}

static void row_text(struct har_text *text, const struct har_outlook_row *row)
{
    enum { TIME_END = 19, RANGE_AT = 23, WHY_AT = 42 };
    const struct har_prediction *p = &row->prediction;
    struct har_text word = {.arena = text->arena};
    har_text_format(text, "  %s", row->event.code);
    add_time(&word, p->time_s, &row->event);
    text_right(text, TIME_END, word.data ? word.data : "-");
    har_text_pad(text, RANGE_AT);
    add_time(text, p->low_s[HAR_WITHIN_80], &row->event);
    har_text_add(text, " - ");
    add_time(text, p->high_s[HAR_WITHIN_80], &row->event);
    if (row->reason_count > 0) {
        har_text_pad(text, WHY_AT);
        add_reason(text, &row->reason[0]);
    }
    har_text_add(text, "\n");
}

static void training_text(struct har_text *text, double vdot, const struct har_style *style)
{
    static const char *const names[] = {"easy", "marathon", "threshold", "interval",
                                        "repetition"};
    text_heading(text, style, "Training paces");
    har_text_add(text, " (Daniels)\n");
    for (int i = HAR_TRAINING_EASY; i <= HAR_TRAINING_REPETITION; i++) {
        struct har_training_speeds range = har_training_speeds((enum har_training)i, vdot);
        text_row(text, names[i], 14);
        har_render_pace(text, range.slow_mps, style);
        har_text_add(text, " - ");
        har_render_pace(text, range.fast_mps, style);
        har_text_add(text, "\n");
    }
}

static void readings_text(struct har_text *text, const struct har_readings *r,
                          const struct har_style *style)
{
    text_heading(text, style, "Readings of the curve\n");
    text_row(text, "v_m", 14);
    har_render_pace(text, r->emig.v_m_mps, style);
    har_text_add(text, ", held for 6 minutes; 90 % of it for ");
    har_text_fixed(text, 6 * har_emig_endurance(r->emig.gamma_long), 0);
    har_text_add(text, " (Emig)\n");
    if (!isnan(r->critical.cs_mps)) {
        text_row(text, "critical", 14);
        har_render_pace(text, r->critical.cs_mps, style);
        har_text_add(text, ", with ");
        har_text_fixed(text, r->critical.d_prime_m, 0);
        har_text_add(text, " m to spend above it (CS, D')\n");
    }
    if (isnan(r->vdot)) return;
    text_row(text, "VDOT", 14);
    har_text_fixed(text, r->vdot, 1);
    har_text_add(text, "\n\n");
    training_text(text, r->vdot, style);
}

/* The race that would tell most, for the events it would tell most about. */
static void advice_text(struct har_text *text, const struct har_outlook *outlook)
{
    const struct har_outlook_row *best = NULL;
    for (size_t i = 0; i < outlook->row_count; i++)
        if (!best || outlook->row[i].narrowed < best->narrowed) best = outlook->row + i;
    if (!best || best->narrowed > 0.97) return;
    har_text_format(text, "\nA race over %s would narrow the interval of %s to ",
                    best->advice.code, best->event.code);
    har_text_fixed(text, 100 * best->narrowed, 0);
    har_text_add(text, " % of its width.\n");
}

static void doubts_text(struct har_text *text, const struct har_outlook *outlook)
{
    for (size_t i = 0; i < outlook->doubt_count; i++) {
        har_text_add(text, "\nHardly trusted: ");
        add_reason(text, outlook->doubt + i);
        har_text_format(text, ", %s than all others say; is it right?\n",
                        outlook->doubt[i].surprise < 0 ? "far faster" : "far slower");
    }
}

static void outlook_text(struct har_text *text, const struct har_outlook *outlook,
                         const struct har_style *style)
{
    har_text_format(text, "%s on %s, from %zu mark%s (%s prior)\n\n",
                    outlook->question == HAR_ASK_RACE ? "What could be run"
                                                      : "What the season's best could be",
                    day_word(outlook->day, text->arena), outlook->curve.count,
                    outlook->curve.count == 1 ? "" : "s", outlook->curve.prior->name);
    text_heading(text, style, "  Event          Time   80 of 100 times    moved most by\n");
    for (size_t i = 0; i < outlook->row_count; i++) row_text(text, outlook->row + i);
    har_text_add(text, "\n");
    readings_text(text, &outlook->readings, style);
    advice_text(text, outlook);
    doubts_text(text, outlook);
}

static int show_outlook(const struct request *request, const struct har_history *history,
                        int64_t day, enum har_question question)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_event event[MOST_EVENTS];
    struct har_outlook outlook;
    if (request->operand_count > MOST_EVENTS) {
        complain(request, "at most %d events at a time", MOST_EVENTS);
        return HAR_EXIT_USAGE;
    }
    for (size_t i = 0; i < request->operand_count; i++) {
        struct har_bytes word = har_bytes_of(request->operand[i]);
        if (har_parse_event(word, event + i, &why)) return fail(request, &why);
        if (!har_curve_reaches(event + i)) {
            complain(request, "%s: the curve is known from 800 m to the marathon",
                     event[i].code);
            return HAR_EXIT_NO_ANSWER;
        }
    }
    if (har_outlook_of(history, day, question, event, request->operand_count,
                       request->arena, &outlook, &why))
        return fail(request, &why);
    if (is_asked(request, OPT_JSON)) outlook_json(&text, &outlook);
    else if (is_asked(request, OPT_CSV)) outlook_csv(&text, &outlook);
    else outlook_text(&text, &outlook, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_predict(const struct request *request)
{
    enum har_question question;
    int64_t day;
    int status = HAR_EXIT_USAGE;
    struct book book;
    if (!read_asking(request, &question) || !read_day_or_today(request, &day))
        return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_QUERIES)) return predict_queries(request, question);
    const struct har_history *history = NULL;
    if (is_asked(request, OPT_MARKS)) {
        status = read_book(request, &book);
        if (status) return status;
        history = choose_history(request, &book);
        if (!history) return HAR_EXIT_USAGE;
    } else history = read_history(request, &status);
    return history ? show_outlook(request, history, day, question) : status;
}

/* --- back test -------------------------------------------------------------------------
 */

static void fields_member(struct har_json *j, const struct har_backtest *test)
{
    har_json_open(j, "fields", '[');
    for (size_t i = 0; i < test->field_count; i++) {
        const struct har_backtest_field *field = test->field + i;
        har_json_open(j, NULL, '{');
        har_json_string(j, "date", day_word(field->day, j->text->arena));
        har_json_string(j, "event", field->event.code);
        har_json_integer(j, "runners", (int64_t)field->runners);
        har_json_number(j, "slower_pct", 100 * (exp(field->effect.slower) - 1), 3);
        har_json_number(j, "sd_pct", 100 * field->effect.sd, 3);
        har_json_close(j);
    }
    har_json_close(j);
}

static void backtest_json(struct har_text *text, const struct har_backtest *test)
{
    const struct har_backtest_row *row = test->row;
    size_t count = test->row_count;
    static const char *const within[] = {"coverage50_pct", "coverage80_pct",
                                         "coverage95_pct"};
    struct har_json j = json_begin(text, "harrier.backtest/1");
    har_json_open(&j, "events", '[');
    for (size_t i = 0; i < count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "event", row[i].event[0] ? row[i].event : "all");
        har_json_integer(&j, "n", (int64_t)row[i].count);
        har_json_number(&j, "mape_pct", 100 * row[i].error, 3);
        har_json_number(&j, "median_pct", 100 * row[i].median_error, 3);
        har_json_number(&j, "bias_pct", 100 * row[i].bias, 3);
        har_json_number(&j, "riegel_mape_pct", 100 * row[i].riegel, 3);
        har_json_number(&j, "cameron_mape_pct", 100 * row[i].cameron, 3);
        har_json_number(&j, "vdot_mape_pct", 100 * row[i].vdot, 3);
        har_json_number(&j, "critical_speed_mape_pct", 100 * row[i].critical_speed, 3);
        har_json_integer(&j, "critical_speed_n", (int64_t)row[i].critical_speed_count);
        for (int w = 0; w < HAR_WITHINS; w++)
            har_json_number(&j, within[w], 100 * row[i].within[w], 1);
        har_json_close(&j);
    }
    har_json_close(&j);
    fields_member(&j, test);
    static const char *const inputs[] = {"marks", "sex", "question", NULL};
    json_because(&j, "curve", HAR_RUNNER_VERSION, inputs,
                 "each race from what was known the day before; the formulas from the best "
                 "mark of the nearest distance in the year before, over the same races");
    har_json_close(&j);
}

static void backtest_csv(struct har_text *text, const struct har_backtest_row *row,
                         size_t count)
{
    har_text_add(text, "event,n,mape_pct,median_pct,bias_pct,riegel_mape_pct,"
                       "cameron_mape_pct,vdot_mape_pct,coverage50_pct,coverage80_pct,"
                       "coverage95_pct,critical_speed_mape_pct\r\n");
    for (size_t i = 0; i < count; i++) {
        const double value[] = {row[i].error,         row[i].median_error, row[i].bias,
                                row[i].riegel,        row[i].cameron,      row[i].vdot,
                                row[i].within[0],     row[i].within[1],    row[i].within[2],
                                row[i].critical_speed};
        har_text_format(text, "%s,%zu", row[i].event[0] ? row[i].event : "all",
                        row[i].count);
        for (size_t k = 0; k < sizeof value / sizeof *value; k++) {
            har_text_add(text, ",");
            har_text_fixed(text, 100 * value[k], 3);
        }
        har_text_add(text, "\r\n");
    }
}

/* The days that were slow or fast for all: no runner's own. */
static void fields_text(struct har_text *text, const struct har_backtest *test,
                        const struct har_style *style)
{
    enum { SHOWN = 3, EVENT_AT = 14, RUNNERS_END = 26, SLOWER_END = 36 };
    if (test->field_count == 0) return;
    text_heading(text, style, "\nDays that were slow or fast for all\n");
    for (size_t i = 0; i < test->field_count; i++) {
        const struct har_backtest_field *field = test->field + i;
        if (i >= SHOWN && i + SHOWN < test->field_count) continue;
        double slower = 100 * (exp(field->effect.slower) - 1);
        har_text_format(text, "  %s", day_word(field->day, text->arena));
        har_text_pad(text, EVENT_AT);
        har_text_add(text, field->event.code);
        text_right_fixed(text, RUNNERS_END, (double)field->runners, 0);
        text_right_fixed(text, SLOWER_END, fabs(slower), 1);
        har_text_add(text, slower < 0 ? " % faster\n" : " % slower\n");
    }
}

static void backtest_text(struct har_text *text, const struct har_backtest *test,
                          const struct har_style *style)
{
    const struct har_backtest_row *row = test->row;
    size_t count = test->row_count;
    enum {
        N = 14,
        OURS = 23,
        RIEGEL = 32,
        CAMERON = 41,
        VDOT = 50,
        WITHIN = 64,
        WIDE = 73
    };
    text_heading(text, style,
                 "Event         n    Error   Riegel  Cameron     VDOT  Within 80 %     "
                 "95 %\n");
    for (size_t i = 0; i < count; i++) {
        har_text_add(text, row[i].event[0] ? row[i].event : "all");
        text_right_fixed(text, N, (double)row[i].count, 0);
        text_right_fixed(text, OURS, 100 * row[i].error, 2);
        text_right_fixed(text, RIEGEL, 100 * row[i].riegel, 2);
        text_right_fixed(text, CAMERON, 100 * row[i].cameron, 2);
        text_right_fixed(text, VDOT, 100 * row[i].vdot, 2);
        text_right_fixed(text, WITHIN, 100 * row[i].within[HAR_WITHIN_80], 1);
        text_right_fixed(text, WIDE, 100 * row[i].within[HAR_WITHIN_95], 1);
        har_text_add(text, "\n");
    }
    har_text_add(text, "\nErrors in %, each race from what was known the day before; the "
                       "formulas from the\nbest mark of the nearest distance in the year "
                       "before, over the same races.\n");
    fields_text(text, test, style);
}

int run_backtest(const struct request *request)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_backtest test;
    enum har_question question;
    struct book book = {.count = 1};
    int status = HAR_EXIT_USAGE;
    if (!read_asking(request, &question)) return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_MARKS)) status = read_book(request, &book);
    else {
        book.history = read_history(request, &status);
        if (book.history) status = HAR_EXIT_DONE;
    }
    if (status) return status;
    if (har_backtest(book.history, book.count, question, request->arena, &test, &why))
        return fail(request, &why);
    if (is_asked(request, OPT_JSON)) backtest_json(&text, &test);
    else if (is_asked(request, OPT_CSV)) backtest_csv(&text, test.row, test.row_count);
    else backtest_text(&text, &test, &request->style);
    put_text(request, &text);
    return book.refused ? HAR_EXIT_PARTLY : HAR_EXIT_DONE;
}
