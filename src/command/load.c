/* SPDX-License-Identifier: MIT */
/* harrier load: what training asked day by day, what it adds up to, and with a plan what it
 * will. For people the last six weeks, a line each, then the last seven days, or those of
 * the plan; --since and --until show every day between them. */

#include "commands.h"
#include "entry.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { WEEKS_SHOWN = 6, DAYS_SHOWN = 7, PLAN_DAYS_SHOWN = 42, A_WEEK = 7 };
#define SPIKE_SAID 1.1 /* above it runners were hurt more often */

/* Columns; at most 80. */
enum {
    LOAD_END = 16,
    LOAD_LONGEST_END = 28,
    LOAD_SPIKE_END = 35,
    LOAD_MONOTONY_END = 45,
    LOAD_STRAIN_END = 53,
    LOAD_FITNESS_END = 62,
    LOAD_FATIGUE_END = 70,
    LOAD_FORM_END = 75,
    LOAD_RACES_END = 80
};

/* --- JSON and CSV ------------------------------------------------------------------- */

static void day_object(struct har_json *j, const struct har_form_day *d, int64_t last_day)
{
    har_json_open(j, NULL, '{');
    har_json_string(j, "date", day_word(d->day, j->text->arena));
    har_json_number(j, "load", d->load, 1);
    har_json_number(j, "fitness", d->fitness, 1);
    har_json_number(j, "fatigue", d->fatigue, 1);
    har_json_number(j, "form", d->form, 1);
    har_json_number(j, "known", d->known, 3);
    har_json_number(j, "week_load", d->week_load, 1);
    har_json_number(j, "monotony", d->monotony, 2);
    har_json_number(j, "strain", d->strain, 1);
    har_json_number(j, "longest_m", d->longest_m, 1);
    har_json_number(j, "spike", d->spike, 3);
    har_json_integer(j, "sessions", d->sessions);
    har_json_integer(j, "unknown", d->unknown);
    har_json_integer(j, "doubled", d->doubled);
    har_json_integer(j, "races", d->races);
    har_json_integer(j, "races_7", d->races_7);
    har_json_integer(j, "races_14", d->races_14);
    har_json_integer(j, "races_28", d->races_28);
    har_json_boolean(j, "planned", d->day > last_day);
    har_json_close(j);
}

static const struct har_form_day *day_at(const struct har_loads *loads, int64_t day)
{
    const struct har_form *form = &loads->form;
    int64_t at = form->day_count ? day - form->days[0].day : -1;
    return at >= 0 && at < (int64_t)form->day_count ? form->days + at : NULL;
}

/* Of the morning of the race day, which may lie one behind the last that is kept. */
static double race_form(const struct har_loads *loads)
{
    const struct har_form_day *day = day_at(loads, loads->race_day),
                              *before = day_at(loads, loads->race_day - 1);
    if (day) return day->form;
    return before ? before->fitness - before->fatigue : (double)NAN;
}

static void next_race_member(struct har_json *j, const struct har_loads *loads)
{
    har_json_open(j, "next_race", '{');
    har_json_string(j, "date", day_word(loads->race_day, j->text->arena));
    har_json_boolean(j, "planned", loads->race_planned);
    har_json_number(j, "form", race_form(loads), 1);
    har_json_number(j, "cost_pct", loads->toll.cost_pct, 2);
    har_json_number(j, "low_pct", loads->toll.low_pct, 2);
    har_json_number(j, "high_pct", loads->toll.high_pct, 2);
    har_json_number(j, "factor", loads->factor.mean, 3);
    har_json_number(j, "factor_sd", loads->factor.spread, 3);
    har_json_close(j);
}

static void load_sources_member(struct har_json *j, const struct har_loads *loads)
{
    har_json_open(j, "sources", '{');
    for (int s = HAR_LOAD_NONE; s <= HAR_LOAD_DURATION; s++)
        har_json_integer(j, har_load_source_name((enum har_load_source)s), loads->by[s]);
    har_json_integer(j, "results", loads->unrecorded);
    har_json_close(j);
    har_json_integer(j, "at_altitude", loads->up_high);
}

/* The days from `*first` on that are asked for. */
static size_t days_asked(const struct har_loads *loads,
                         const struct har_store_filter *filter,
                         const struct har_form_day **first)
{
    const struct har_form *form = &loads->form;
    size_t from = 0;
    while (from < form->day_count && form->days[from].day < filter->since_day) from++;
    *first = form->days + from;
    return form->day_count - from;
}

static void trial_member(struct har_json *j, const struct har_response_trial *trial)
{
    if (!trial->tried) {
        har_json_string(j, "response_trial", NULL);
        return;
    }
    har_json_open(j, "response_trial", '{');
    har_json_integer(j, "tried", (int64_t)trial->tried);
    har_json_number(j, "error_pct", 100 * trial->error, 2);
    har_json_number(j, "last_error_pct", 100 * trial->last_error, 2);
    har_json_number(j, "season_error_pct", 100 * trial->season_error, 2);
    har_json_close(j);
}

static void response_because(struct har_json *j)
{
    static const char *const inputs[] = {"load", "races", "efforts", NULL};
    json_because(
        j, "response", HAR_RESPONSE_VERSION, inputs,
        "ln of the speed of marks in standard conditions is a level, plus fitness_gain_pct "
        "for each 100 of load a day as a mean that fades over fitness_days, less "
        "fatigue_gain_pct for the same over fatigue_days. It is shown because it foretold "
        "marks from those before them better than saying the last one again and than the "
        "mean of the 180 days before. expected_pct is beside that mean, on the day of "
        "next_race");
}

static void response_members(struct har_json *j, const struct har_learnt_response *learnt)
{
    const struct har_response *r = learnt->response;
    struct har_text why = {.arena = j->text->arena};
    har_json_integer(j, "response_races", (int64_t)learnt->races);
    har_json_integer(j, "response_efforts", (int64_t)learnt->efforts);
    trial_member(j, &learnt->trial);
    if (!r) {
        har_render_response(&why, learnt, " ");
        har_json_string(j, "response", NULL);
        har_json_string(j, "no_response", why.data);
        return;
    }
    har_json_open(j, "response", '{');
    har_json_number(j, "fitness_gain_pct", 100 * r->fitness_gain, 2);
    har_json_number(j, "fatigue_gain_pct", 100 * r->fatigue_gain, 2);
    har_json_number(j, "fitness_days", r->fitness_days, 1);
    har_json_number(j, "fatigue_days", r->fatigue_days, 1);
    har_json_number(j, "luck_pct", 100 * r->luck, 2);
    har_json_number(j, "expected_pct", learnt->expected_pct, 2);
    har_json_number(j, "low_pct", learnt->low_pct, 2);
    har_json_number(j, "high_pct", learnt->high_pct, 2);
    response_because(j);
    har_json_close(j);
    har_json_string(j, "no_response", NULL);
}

static void load_json(struct har_text *text, const struct har_loads *loads,
                      const struct har_form_day *days, size_t count)
{
    static const char *const inputs[] = {"pace_s", "heart_s",  "rest_bpm",
                                         "rpe",    "moving_s", NULL};
    struct har_json j = json_begin(text, "harrier.load/1");
    har_json_open(&j, "days", '[');
    for (size_t i = 0; i < count; i++) day_object(&j, days + i, loads->last_day);
    har_json_close(&j);
    har_json_string(&j, "last_day", day_word(loads->last_day, text->arena));
    next_race_member(&j, loads);
    load_sources_member(&j, loads);
    har_json_number(&j, "threshold_mps", har_threshold_speed(&loads->runner.curve), 3);
    har_json_number(&j, "heart_max_bpm", loads->runner.heart_max_bpm, 0);
    har_json_number(&j, "heart_rest_bpm", loads->runner.heart_rest_bpm, 0);
    har_json_string(&j, "no_curve", loads->no_curve);
    response_members(&j, &loads->learnt);
    json_because(
        &j, "load", HAR_LOAD_VERSION, inputs,
        "100 is an hour at the speed held for an hour, by the curve as it was known "
        "on the first of the month; where speed is not known by heart rate, else by "
        "the day's RPE, else by duration (sources). heart_rest_bpm is the median of four "
        "weeks of mornings, else 60 counts. fitness and fatigue are fading means of the "
        "daily "
        "load, form is that of the morning: they describe what was done and predict "
        "nothing. cost_pct is what earlier races are expected to take in speed");
    har_json_close(&j);
}

static void load_csv(struct har_text *text, const struct har_loads *loads,
                     const struct har_form_day *days, size_t count)
{
    har_text_add(text, "date,load,fitness,fatigue,form,known,week_load,monotony,strain,"
                       "longest_m,spike,sessions,unknown,races,races_7,races_14,races_28,"
                       "planned\r\n");
    for (size_t i = 0; i < count; i++) {
        const struct har_form_day *d = days + i;
        har_text_date(text, d->day);
        csv_number(text, d->load, 1);
        csv_number(text, d->fitness, 1);
        csv_number(text, d->fatigue, 1);
        csv_number(text, d->form, 1);
        csv_number(text, d->known, 3);
        csv_number(text, d->week_load, 1);
        csv_number(text, d->monotony, 2);
        csv_number(text, d->strain, 1);
        csv_number(text, d->longest_m, 1);
        csv_number(text, d->spike, 3);
        har_text_format(text, ",%u,%u,%u,%u,%u,%u,%d\r\n", d->sessions, d->unknown,
                        d->races, d->races_7, d->races_14, d->races_28,
                        d->day > loads->last_day);
    }
}

/* --- text --------------------------------------------------------------------------- */

/* What a line tells, of one day or of several. */
static void load_row(struct har_text *text, const char *head,
                     const struct har_form_day *days, size_t count,
                     const struct har_style *style)
{
    /* -fanalyzer: a line is of one day at least. */
    const struct har_form_day *last = days + count - 1;
    double load = NAN, longest_m = NAN, spike = NAN;
    unsigned races = 0;
    for (size_t i = 0; i < count; i++) {
        /* -fanalyzer: and those days are. */
        if (!isnan(days[i].load)) load = (isnan(load) ? 0 : load) + days[i].load;
        longest_m = fmax(longest_m, days[i].longest_m);
        spike = fmax(spike, days[i].spike);
        races += days[i].races;
    }
    har_text_add(text, head);
    text_right_fixed(text, LOAD_END, load, 0);
    text_right_fixed(text, LOAD_LONGEST_END,
                     longest_m / (style->imperial ? 1609.344 : 1000), 1);
    text_right_fixed(text, LOAD_SPIKE_END, spike, 2);
    text_right_fixed(text, LOAD_MONOTONY_END, last->monotony, 1);
    text_right_fixed(text, LOAD_STRAIN_END, last->strain, 0);
    text_right_fixed(text, LOAD_FITNESS_END, last->fitness, 0);
    text_right_fixed(text, LOAD_FATIGUE_END, last->fatigue, 0);
    /* -fanalyzer: as above. */
    text_right_fixed(text, LOAD_FORM_END, days[0].form, 0);
    if (races) text_right_fixed(text, LOAD_RACES_END, races, 0);
    har_text_add(text, "\n");
}

static void load_heading(struct har_text *text, const char *first,
                         const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, first);
    text_right(&head, LOAD_END, "load");
    text_right(&head, LOAD_LONGEST_END, style->imperial ? "longest mi" : "longest km");
    text_right(&head, LOAD_SPIKE_END, "spike");
    text_right(&head, LOAD_MONOTONY_END, "monotony");
    text_right(&head, LOAD_STRAIN_END, "strain");
    text_right(&head, LOAD_FITNESS_END, "fitness");
    text_right(&head, LOAD_FATIGUE_END, "fatigue");
    text_right(&head, LOAD_FORM_END, "form");
    text_right(&head, LOAD_RACES_END, "race");
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
}

static void weeks_rows(struct har_text *text, const struct har_loads *loads,
                       const struct har_style *style)
{
    int64_t monday = loads->last_day - har_weekday_of(loads->last_day);
    load_heading(text, "week of", style);
    for (int64_t from = monday - A_WEEK * (WEEKS_SHOWN - 1); from <= monday;
         from += A_WEEK) {
        int64_t first = from, end = from + A_WEEK;
        if (loads->form.days[0].day > first) first = loads->form.days[0].day;
        if (end > loads->last_day + 1) end = loads->last_day + 1;
        if (first < end)
            load_row(text, day_word(from, text->arena), day_at(loads, first),
                     (size_t)(end - first), style);
    }
}

static void days_rows(struct har_text *text, const struct har_loads *loads,
                      const struct har_form_day *days, size_t count,
                      const struct har_style *style)
{
    load_heading(text, count && days->day > loads->last_day ? "planned" : "day", style);
    for (size_t i = 0; i < count; i++)
        load_row(text, day_word(days[i].day, text->arena), days + i, 1, style);
}

static void load_sentence(struct har_text *text, const struct har_style *style,
                          struct har_text *sentence)
{
    if (sentence->data) text_wrapped(text, 0, style, sentence->data);
    *sentence = (struct har_text){.arena = text->arena};
}

static void form_sentence(struct har_text *say, const struct har_loads *loads)
{
    const struct har_form_day *last = day_at(loads, loads->last_day);
    har_text_add(say, "Form on the morning of ");
    har_text_date(say, loads->race_day);
    har_text_add(say, ": ");
    har_text_fixed(say, race_form(loads), 0);
    har_text_format(say, "%s. ", loads->race_planned ? ", when a race is planned" : "");
    if (last && last->known < 0.9) {
        har_text_fixed(say, 100 * last->known, 0);
        har_text_add(say, " % of the fitness is founded on days of which something is "
                          "known. ");
    }
}

static void spike_sentence(struct har_text *say, const struct har_loads *loads,
                           const struct har_style *style)
{
    const struct har_form_day *worst = NULL;
    for (int64_t day = loads->last_day - A_WEEK + 1; day <= loads->race_day; day++) {
        const struct har_form_day *d = day_at(loads, day);
        if (d && d->spike > SPIKE_SAID && (!worst || d->spike > worst->spike)) worst = d;
    }
    if (!worst) {
        har_text_format(say,
                        "No run of the last 7 days%s is over 10 %% longer than any of the "
                        "30 days before it.",
                        day_at(loads, loads->last_day + 1) ? ", or planned," : "");
        return;
    }
    har_text_add(say, "The run of ");
    har_text_date(say, worst->day);
    har_text_add(say, " (");
    har_text_fixed(say, worst->longest_m / (style->imperial ? 1609.344 : 1000), 1);
    har_text_format(say, " %s) is ", style->imperial ? "mi" : "km");
    har_text_fixed(say, worst->spike, 2);
    har_text_add(say, " times as long as the longest of the 30 days before it; such leaps "
                      "went with ");
    har_text_fixed(say, har_spike_hazard(worst->spike), 2);
    har_text_add(say, " times the injuries of other runs.");
}

static void race_sentence(struct har_text *say, const struct har_loads *loads)
{
    const struct har_form_day *last = day_at(loads, loads->last_day);
    if (last)
        har_text_format(say, "Races: %u within 7 days, %u within 14, %u within 28. ",
                        last->races_7, last->races_14, last->races_28);
    har_text_add(say, "A race on ");
    har_text_date(say, loads->race_day);
    if (!(loads->toll.cost_pct >= 0.05)) {
        har_text_add(say, " would feel nothing of earlier ones.");
        return;
    }
    har_text_add(say, " is expected to cost ");
    har_text_fixed(say, loads->toll.cost_pct, 1);
    har_text_add(say, " % of speed for those before it, in 80 of 100 cases ");
    har_text_fixed(say, loads->toll.low_pct, 1);
    har_text_add(say, " to ");
    har_text_fixed(say, loads->toll.high_pct, 1);
    har_text_add(say, " %.");
}

static void response_sentence(struct har_text *say,
                              const struct har_learnt_response *learnt)
{
    const struct har_response *r = learnt->response;
    har_render_response(say, learnt, " ");
    if (!r) return;
    har_text_add(say, " For each 100 of load a day load gives ");
    har_text_fixed(say, 100 * r->fitness_gain, 0);
    har_text_add(say, " % of speed, fading over ");
    har_text_fixed(say, r->fitness_days, 0);
    har_text_add(say, " days, and takes ");
    har_text_fixed(say, 100 * r->fatigue_gain, 0);
    har_text_add(say, " %, fading over ");
    har_text_fixed(say, r->fatigue_days, 0);
    har_text_add(say, ".");
}

static void source_sentence(struct har_text *say, const struct har_loads *loads,
                            size_t stale)
{
    bool more = false;
    har_text_add(say, "Loads: ");
    for (int s = HAR_LOAD_SPEED; s <= HAR_LOAD_DURATION; s++) {
        if (!loads->by[s]) continue;
        har_text_format(say, "%s%u by %s", more ? ", " : "", loads->by[s],
                        har_load_source_name((enum har_load_source)s));
        more = true;
    }
    if (loads->unrecorded)
        har_text_format(say, "%s%u by a result alone", more ? ", " : "", loads->unrecorded);
    har_text_add(say, ".");
    if (loads->up_high)
        har_text_format(say, " %u of camps count as run at their altitude.",
                        loads->up_high);
    if (loads->by[HAR_LOAD_NONE])
        har_text_format(say, " Of %u sessions nothing tells a load.",
                        loads->by[HAR_LOAD_NONE]);
    if (loads->no_curve) har_text_format(say, " No speed is judged: %s.", loads->no_curve);
    if (stale)
        har_text_format(say,
                        " An older version worked out %zu activities: `harrier db rebuild` "
                        "makes their speeds count.",
                        stale);
}

static void load_text(struct har_text *text, const struct request *request,
                      const struct har_loads *loads, const struct har_form_day *days,
                      size_t count, size_t stale)
{
    const struct har_style *style = &request->style;
    struct har_text say = {.arena = text->arena};
    const struct har_form *form = &loads->form;
    const struct har_form_day *plan = day_at(loads, loads->last_day + 1);
    if (is_asked(request, OPT_SINCE)) days_rows(text, loads, days, count, style);
    else {
        weeks_rows(text, loads, style);
        har_text_add(text, "\n");
        size_t shown = plan ? (size_t)(form->days + form->day_count - plan) : 0;
        if (shown > PLAN_DAYS_SHOWN) shown = PLAN_DAYS_SHOWN;
        if (!plan) {
            size_t known = form->day_count;
            shown = known < DAYS_SHOWN ? known : DAYS_SHOWN;
            plan = form->days + known - shown;
        }
        days_rows(text, loads, plan, shown, style);
    }
    har_text_add(text, "\n");
    form_sentence(&say, loads);
    load_sentence(text, style, &say);
    spike_sentence(&say, loads, style);
    load_sentence(text, style, &say);
    race_sentence(&say, loads);
    load_sentence(text, style, &say);
    response_sentence(&say, &loads->learnt);
    load_sentence(text, style, &say);
    source_sentence(&say, loads, stale);
    load_sentence(text, style, &say);
}

/* --- asking -------------------------------------------------------------------------- */

static bool read_constants(const struct request *request, struct har_form_settings *form)
{
    static const char *const fades[HAR_FADES] = {[HAR_FADE_EXPONENTIAL] = "exponential",
                                                 [HAR_FADE_INVERSE] = "inverse",
                                                 [HAR_FADE_SPAN] = "span"};
    const char *fade = request->value[OPT_FADE];
    int f = 0;
    form->fitness_days = 42;
    form->fatigue_days = 7;
    if (!read_measure(request, OPT_FITNESS_DAYS, &form->fitness_days) ||
        !read_measure(request, OPT_FATIGUE_DAYS, &form->fatigue_days))
        return false;
    while (fade && f < HAR_FADES && strcmp(fade, fades[f]) != 0) f++;
    if (f == HAR_FADES) {
        complain(request, "--fade takes exponential|inverse|span, not \"%s\"", fade);
        return false;
    }
    form->fade = (enum har_fade)f;
    if (form->fitness_days <= 1000 && form->fatigue_days <= 1000 &&
        !isnan(har_fade_weight(form->fade, form->fitness_days)) &&
        !isnan(har_fade_weight(form->fade, form->fatigue_days)))
        return true;
    complain(request, "--fitness-days and --fatigue-days take days from 1 to 1000");
    return false;
}

/* HAR_EXIT_DONE, or HAR_EXIT_PARTLY where rows were refused, or the exit status after
 * saying why not. */
static int read_plan(const struct request *request, struct har_load_settings *settings)
{
    const char *path = request->value[OPT_PROJECT];
    struct har_error why = {0};
    struct har_bytes file;
    struct har_plan plan;
    if (!path) return HAR_EXIT_DONE;
    har_status got = har_read_file(path, NULL, request->arena, &file, &why);
    if (got == HAR_OK) got = har_plan_read(file, request->arena, &plan, &why);
    if (got) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    for (size_t i = 0; i < plan.refused_count; i++)
        complain(request, "%s, line %" PRIu64 ": %s", path, plan.refused[i].line,
                 plan.refused[i].why);
    settings->plan = plan.session;
    settings->plan_count = plan.count;
    return plan.refused_count ? HAR_EXIT_PARTLY : HAR_EXIT_DONE;
}

static int load_answer(const struct request *request, const struct har_loads *loads,
                       const struct har_store_filter *filter, size_t stale, int status)
{
    struct har_text text = {.arena = request->arena};
    const struct har_form_day *days;
    size_t count = days_asked(loads, filter, &days);
    if (loads->past_plan)
        complain(request,
                 "sessions planned for %s, the last day that is kept, or before it, left "
                 "out: %u",
                 day_word(loads->last_day, request->arena), loads->past_plan);
    if (loads->plan_unknown)
        complain(
            request,
            "planned sessions whose load neither the plan nor the last 8 weeks tell: %u",
            loads->plan_unknown);
    if (is_asked(request, OPT_JSON)) load_json(&text, loads, days, count);
    else if (is_asked(request, OPT_CSV)) load_csv(&text, loads, days, count);
    else if (count) load_text(&text, request, loads, days, count, stale);
    put_text(request, &text);
    if (count) return status;
    complain(request, "no day of which anything is known lies there");
    return HAR_EXIT_NOTHING;
}

int run_load(const struct request *request)
{
    struct har_load_settings settings = {.sex = HAR_UNTOLD};
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_loads loads;
    enum har_sex sex = HAR_MEN;
    int status;
    if (!read_constants(request, &settings.form) || !read_sex(request, &sex))
        return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_SEX)) settings.sex = (int)sex;
    int planned = read_plan(request, &settings);
    if (planned != HAR_EXIT_DONE && planned != HAR_EXIT_PARTLY) return planned;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store) {
        if (status != HAR_EXIT_NOTHING) return status;
        complain(
            request,
            "there is no session yet: `harrier import` brings in what a watch recorded");
        return HAR_EXIT_NO_ANSWER;
    }
    int64_t *stale;
    size_t stale_count = 0;
    har_status got = har_loads(store, &filter, &settings, request->arena, &loads, &why);
    if (got == HAR_OK)
        got = har_store_stale(store, har_coach_algorithm(), request->arena, &stale,
                              &stale_count, &why);
    har_store_close(store);
    return got ? fail(request, &why)
               : load_answer(request, &loads, &filter, stale_count, planned);
}
