/* SPDX-License-Identifier: MIT */
/* harrier show: one activity in full.
 *
 * Ours and the device's numbers stand beside each other wherever both exist, and the three
 * times keep their names: a difference that is explained is not a bug report. */

#include "commands.h"
#include "entry.h"
#include "pace.h"
#include "recovered.h"

#include <inttypes.h>
#include <math.h>

enum { LABEL = 12, BAR = 24 }; /* columns */

static const char *offset_words(enum har_offset_source source)
{
    static const char *const words[] = {
        [HAR_OFFSET_UNKNOWN] = "offset unknown, taken as UTC",
        [HAR_OFFSET_DEVICE] = "offset from the device",
        [HAR_OFFSET_USER] = "offset as it was told",
        [HAR_OFFSET_PLACE] = "offset guessed from the longitude",
    };
    return (size_t)source < sizeof words / sizeof words[0] ? words[source] : "";
}

static const char *offset_name(enum har_offset_source source)
{
    static const char *const names[] = {
        [HAR_OFFSET_UNKNOWN] = "unknown",
        [HAR_OFFSET_DEVICE] = "device",
        [HAR_OFFSET_USER] = "user",
        [HAR_OFFSET_PLACE] = "place",
    };
    return (size_t)source < sizeof names / sizeof names[0] ? names[source] : "unknown";
}

/* --- text -------------------------------------------------------------------------- */

static void label(struct har_text *text, const char *word)
{
    har_text_add(text, word);
    har_text_pad(text, LABEL);
}

static void whole(struct har_text *text, double value, const char *unit)
{
    har_text_fixed(text, value, 0);
    har_text_add(text, unit);
}

static void climb(struct har_text *text, double metres, const struct har_style *style)
{
    whole(text, style->imperial ? metres / 0.3048 : metres, style->imperial ? " ft" : " m");
}

static void time_line(struct har_text *text, const char *word, double seconds,
                      const char *meaning)
{
    if (!isfinite(seconds)) return;
    label(text, word);
    har_text_clock(text, seconds, 0, false);
    har_text_pad(text, LABEL + 11);
    har_text_format(text, "%s\n", meaning);
}

static void tell_course(struct har_text *text, const struct har_eligibility *course,
                        const struct har_style *style)
{
    label(text, "course");
    har_text_format(text, "%s\n", har_verdict_name(course->verdict));
    for (size_t i = 0; i < course->reason_count; i++)
        text_wrapped(text, LABEL, style, course->reasons[i]);
}

static void tell_official(struct har_text *text, const struct har_race *race)
{
    label(text, "official");
    har_text_add(text, mark_word(race, text->arena));
    har_text_pad(text, LABEL + 11);
    har_text_format(text, "%s", race->result.event.code);
    if (race->result.place) har_text_format(text, ", place %d", race->result.place);
    har_text_format(text, ", race %" PRId64 "%s\n", race->id,
                    race->result.eligible == 0 ? "; lists do not take it" : "");
}

static bool counts_altitude(const struct har_showing *s)
{
    return s->entry.load && !isnan(s->entry.load->lost);
}

static void tell_thin_air(struct har_text *text, const struct har_load *load)
{
    label(text, "thin air");
    har_text_fixed(text, 100 * load->lost, 1);
    har_text_add(text, " % slower is as hard, ");
    har_text_fixed(text, 100 * load->acclimatised, 0);
    har_text_add(text, " % acclimatised; in a camp\n");
}

static void facts(struct har_text *text, const struct har_showing *s, const char *shoes,
                  const struct har_style *style)
{
    const struct har_summary *sum = &s->streams.summary;
    if (s->entry.official) tell_official(text, s->entry.official);
    time_line(text, "elapsed", sum->elapsed_s, "first to last instant");
    time_line(text, "timer", sum->timer_s, "less the pauses of the watch");
    time_line(text, "moving", sum->moving_s, "less standing still");
    if (isfinite(sum->distance_m)) {
        label(text, "distance");
        har_render_distance(text, sum->distance_m, style);
        har_text_format(text, " (%s", har_distance_source_name(sum->distance_source));
        if (isfinite(sum->device_distance_m)) {
            har_text_add(text, "; the watch's total is ");
            har_render_distance(text, sum->device_distance_m, style);
        }
        har_text_add(text, ")\n");
        label(text, "pace");
        har_render_pace(text, sum->distance_m / sum->moving_s, style);
        har_text_add(text, " moving\n");
    }
    if (isfinite(s->flat_speed_mps)) {
        label(text, "flat pace");
        har_render_pace(text, s->flat_speed_mps, style);
        har_text_add(text, " as hard on the flat\n");
    }
    if (s->course) tell_course(text, s->course, style);
    if (isfinite(sum->ascent_m) || isfinite(sum->device_ascent_m)) {
        label(text, "ascent");
        if (isfinite(sum->ascent_m)) climb(text, sum->ascent_m, style);
        if (isfinite(sum->device_ascent_m)) {
            har_text_add(text, isfinite(sum->ascent_m) ? ", the watch says " : "watch: ");
            climb(text, sum->device_ascent_m, style);
        }
        har_text_add(text, "\n");
    }
    if (isfinite(sum->altitude_m)) {
        label(text, "altitude");
        climb(text, sum->altitude_m, style);
        har_text_add(text, " median, up to ");
        climb(text, sum->altitude_max_m, style);
        har_text_add(text, "\n");
    }
    if (counts_altitude(s)) tell_thin_air(text, s->entry.load);
    if (isfinite(sum->heart_bpm)) {
        label(text, "heart");
        whole(text, sum->heart_bpm, " mean, ");
        whole(text, sum->heart_max_bpm, " most, beats a minute\n");
    }
    if (isfinite(sum->cadence_spm)) {
        label(text, "cadence");
        whole(text, sum->cadence_spm, " a minute\n");
    }
    if (isfinite(sum->power_w)) {
        label(text, "power");
        whole(text, sum->power_w, " W\n");
    }
    if (s->recovered) recovery_lines(text, s->recovered, LABEL, style);
    if (shoes) {
        label(text, "shoes");
        har_render_name(text, shoes, 60);
        har_text_add(text, "\n");
    }
    if (s->activity.device.name) {
        label(text, "device");
        har_render_name(text, s->activity.device.name, 60);
        har_text_add(text, "\n");
    }
}

static void title(struct har_text *text, const struct har_showing *s,
                  const struct har_style *style)
{
    const struct har_summary *sum = &s->streams.summary;
    char sport[HAR_SPORT_NAME], sub_sport[HAR_SPORT_NAME];
    text_heading(text, style, "Activity ");
    har_text_format(text, "%" PRId64 "  ", s->entry.id);
    if (s->entry.name) har_render_name(text, s->entry.name, 50);
    har_text_add(text, s->entry.race ? "  (race)\n" : "\n");
    har_text_local(text, sum->start_ms, sum->utc_offset_s);
    har_text_format(text, "  (%s)\n", offset_words(sum->offset_source));
    har_text_format(text, "%s, %s, %s\n\n", har_sport_name(sum->sport, sport),
                    har_sub_sport_name(sum->sub_sport, sub_sport),
                    har_setting_name(sum->setting));
}

static void laps_table(struct har_text *text, const struct har_activity *a,
                       const struct har_style *style)
{
    if (a->lap_count < 2) return;
    har_text_add(text, "\n");
    text_heading(text, style, "Laps as the watch has them");
    har_text_format(text, "\n     %8s%11s%11s%8s%8s\n", unit_name(style), "elapsed",
                    "timer", style->imperial ? "/mi" : "/km", "bpm");
    for (size_t i = 0; i < a->lap_count; i++) {
        const struct har_lap *lap = &a->laps[i];
        double pace_s = lap->timer_s / lap->distance_m * unit_m(style);
        har_text_format(text, "%5zu", i + 1);
        text_right_fixed(text, 13, lap->distance_m / unit_m(style), 3);
        text_right_clock(text, 24, lap->elapsed_s, 1);
        text_right_clock(text, 35, lap->timer_s, 1);
        text_right_clock(text, 43, pace_s < 6000 ? pace_s : NAN, 0);
        text_right_fixed(text, 51, lap->heart_bpm, 0);
        har_text_add(text, "\n");
    }
}

static double split_pace(const struct har_split *split)
{
    return (split->to_m - split->from_m) / split->time_s;
}

static double split_flat(const struct har_showing *s, size_t i)
{
    return s->split_flat_mps ? s->split_flat_mps[i] : NAN;
}

/* Bars are as long as the split is fast, beside the fastest. */
static void splits_table(struct har_text *text, const struct har_showing *s, double split_m,
                         const struct har_style *style)
{
    double fastest = 0;
    bool by_unit = fabs(split_m - unit_m(style)) < 0.5;
    if (s->split_count == 0) return;
    for (size_t i = 0; i < s->split_count; i++)
        fastest = fmax(fastest, split_pace(&s->splits[i]));
    har_text_add(text, "\n");
    text_heading(text, style,
                 !by_unit          ? "Splits"
                 : style->imperial ? "Miles"
                                   : "Kilometres");
    har_text_format(text, "\n%8s%9s%8s%8s%8s%7s\n", unit_name(style), "elapsed",
                    style->imperial ? "/mi" : "/km", "flat",
                    style->imperial ? "up ft" : "up m", "bpm");
    for (size_t i = 0; i < s->split_count; i++) {
        const struct har_split *split = &s->splits[i];
        double speed = split_pace(split);
        double up = style->imperial ? split->ascent_m / 0.3048 : split->ascent_m;
        bool full = split->to_m - split->from_m > 0.999 * split_m;
        text_right_fixed(text, 8, split->to_m / unit_m(style), full && by_unit ? 0 : 2);
        text_right_clock(text, 17, split->time_s, 0);
        text_right_clock(text, 25, unit_m(style) / speed, 0);
        text_right_clock(text, 33, unit_m(style) / split_flat(s, i), 0);
        text_right_fixed(text, 41, up, 0);
        text_right_fixed(text, 48, split->heart_bpm, 0);
        har_text_pad(text, 50);
        long bar = fastest > 0 ? lround(BAR * speed / fastest) : 0;
        for (long k = 0; k < bar; k++) har_text_add(text, "#");
        har_text_add(text, "\n");
    }
}

static void bests_table(struct har_text *text, const struct har_showing *s,
                        const struct har_style *style)
{
    if (s->bests.distance_count == 0) return;
    har_text_add(text, "\n");
    text_heading(text, style, "Bests within it");
    har_text_add(text, "\n");
    for (size_t i = 0; i < s->bests.distance_count; i++) {
        const struct har_best *b = &s->bests.distances[i];
        text_right(text, 8, distance_name(b->distance_m));
        text_right_clock(text, 20, b->time_s, 1);
        text_right_clock(text, 29, b->time_s / b->distance_m * unit_m(style), 0);
        har_text_format(text, " /%s, from ", unit_name(style));
        har_render_distance(text, b->from_m, style);
        har_text_add(text, "\n");
    }
}

static void origins(struct har_text *text, const struct har_showing *s,
                    const struct har_style *style)
{
    const struct har_summary *sum = &s->streams.summary;
    har_text_add(text, "\n");
    text_heading(text, style, "Told by");
    har_text_add(text, "\n");
    for (size_t i = 0; i < s->source_count; i++)
        har_text_format(text, "  %s %s\n", i == 0 ? "*" : " ",
                        s->sources[i].path ? s->sources[i].path : "");
    if (s->source_count > 1) har_text_add(text, "  * leads: the numbers are from it\n");
    if (s->warning_count + sum->dropped_times + sum->dropped_positions +
            sum->dropped_beats + sum->gaps ==
        0)
        return;
    har_text_add(text, "\n");
    text_heading(text, style, "Put right");
    har_text_add(text, "\n");
    const struct {
        unsigned count;
        const char *what;
    } rows[] = {{sum->dropped_times, "instants left out: twice, backward or missing"},
                {sum->dropped_positions, "positions left out: no runner gets there"},
                {sum->dropped_beats, "heart rates left out: not believable"},
                {sum->gaps, "gaps of more than 10 s in a running timer"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].count) har_text_format(text, "  %6u %s\n", rows[i].count, rows[i].what);
    for (size_t i = 0; i < s->warning_count; i++)
        har_text_format(text, "  byte %" PRIu64 ": %s\n", s->warnings[i].offset,
                        s->warnings[i].message);
}

static void show_text(struct har_text *text, const struct har_showing *s, const char *shoes,
                      double split_m, const struct har_style *style)
{
    title(text, s, style);
    facts(text, s, shoes, style);
    laps_table(text, &s->activity, style);
    splits_table(text, s, split_m, style);
    bests_table(text, s, style);
    origins(text, s, style);
}

/* --- JSON and CSV ------------------------------------------------------------------ */

static void splits_member(struct har_json *j, const struct har_showing *s)
{
    har_json_open(j, "splits", '[');
    for (size_t i = 0; i < s->split_count; i++) {
        const struct har_split *split = &s->splits[i];
        har_json_open(j, NULL, '{');
        har_json_number(j, "from_m", split->from_m, 2);
        har_json_number(j, "to_m", split->to_m, 2);
        har_json_number(j, "time_s", split->time_s, 2);
        har_json_number(j, "moving_s", split->moving_s, 2);
        har_json_number(j, "ascent_m", split->ascent_m, 1);
        har_json_number(j, "descent_m", split->descent_m, 1);
        har_json_number(j, "heart_bpm", split->heart_bpm, 1);
        har_json_number(j, "flat_speed_mps", split_flat(s, i), 3);
        har_json_close(j);
    }
    har_json_close(j);
}

static void laps_member(struct har_json *j, const struct har_activity *a)
{
    har_json_open(j, "laps", '[');
    for (size_t i = 0; i < a->lap_count; i++) {
        const struct har_lap *lap = &a->laps[i];
        har_json_open(j, NULL, '{');
        har_json_instant(j, "start", lap->start_ms);
        har_json_number(j, "elapsed_s", lap->elapsed_s, 3);
        har_json_number(j, "timer_s", lap->timer_s, 3);
        har_json_number(j, "distance_m", lap->distance_m, 2);
        har_json_number(j, "ascent_m", lap->ascent_m, 1);
        har_json_number(j, "heart_bpm", lap->heart_bpm, 1);
        har_json_close(j);
    }
    har_json_close(j);
}

static void course_member(struct har_json *j, const struct har_eligibility *course)
{
    if (!course) return;
    har_json_open(j, "course", '{');
    eligibility_members(j, course);
    har_json_close(j);
}

static void sources_member(struct har_json *j, const struct har_showing *s)
{
    har_json_open(j, "sources", '[');
    for (size_t i = 0; i < s->source_count; i++) {
        har_json_open(j, NULL, '{');
        har_json_string(j, "path", s->sources[i].path);
        har_json_boolean(j, "primary", i == 0);
        har_json_instant(j, "start", s->sources[i].start_ms);
        har_json_number(j, "distance_m", s->sources[i].distance_m, 2);
        har_json_number(j, "richness", s->sources[i].richness, 2);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_open(j, "warnings", '[');
    for (size_t i = 0; i < s->warning_count; i++) {
        har_json_open(j, NULL, '{');
        har_json_integer(j, "offset", (int64_t)s->warnings[i].offset);
        har_json_string(j, "message", s->warnings[i].message);
        har_json_close(j);
    }
    har_json_close(j);
}

static void thin_air_member(struct har_json *j, const struct har_showing *s)
{
    static const char *const inputs[] = {"altitude_m", "acclimatised", "flat_speed_mps",
                                         NULL};
    if (!counts_altitude(s)) return;
    const struct har_load *load = s->entry.load;
    har_json_open(j, "thin_air", '{');
    har_json_number(j, "altitude_m", load->altitude_m, 1);
    har_json_number(j, "acclimatised", load->acclimatised, 3);
    har_json_number(j, "lost_pct", 100 * load->lost, 2);
    har_json_number(j, "sea_level_speed_mps", s->flat_speed_mps / (1 - load->lost), 3);
    json_because(j, "bassett", HAR_EFFORT_VERSION, inputs,
                 "run in a camp: the load counts the flat speeds as worth more at the sea, "
                 "by 0.6 of what the loss of aerobic power takes from an hour at this "
                 "height, as acclimatised as the days up there make it");
    har_json_close(j);
}

/* Of the members that another model made than the one of `because`. */
static void reasons_member(struct har_json *j)
{
    static const char *const flat[] = {"speed_mps", "altitude_m", "distance_m", NULL};
    static const char *const load[] = {"flat_speed_mps", "heart_bpm", "effort", "moving_s",
                                       NULL};
    static const char *const best[] = {"time_s", "distance_m", NULL};
    har_json_open(j, "reasons", '{');
    json_reason(
        j, "flat_speed_mps", "flat-speed", HAR_EFFORT_VERSION, flat,
        "the speed that would have been as hard on the flat, by the slope over 40 m "
        "around each sample");
    json_reason(j, "load", "load", HAR_LOAD_VERSION, load,
                "100 is an hour at the speed that is held for an hour; load_source says "
                "from what: flat speed, else heart rate, else how hard it felt, else time");
    json_reason(j, "bests", "best", HAR_BEST_VERSION, best,
                "the quickest unbroken stretch over each distance, elapsed time; measured "
                "by a watch, and no official mark");
    har_json_close(j);
}

static void show_json(struct har_text *text, const struct har_showing *s, const char *shoes)
{
    const struct har_summary *sum = &s->streams.summary;
    struct har_entry entry = s->entry;
    entry.summary = *sum;
    entry.flat_speed_mps = s->flat_speed_mps;
    struct har_json j = json_begin(text, "harrier.show/1");
    har_json_open(&j, "activity", '{');
    entry_members(&j, &entry);
    har_json_string(&j, "offset_source", offset_name(sum->offset_source));
    har_json_string(&j, "distance_source", har_distance_source_name(sum->distance_source));
    har_json_number(&j, "device_distance_m", sum->device_distance_m, 2);
    har_json_number(&j, "device_ascent_m", sum->device_ascent_m, 1);
    har_json_number(&j, "descent_m", sum->descent_m, 1);
    har_json_number(&j, "altitude_m", sum->altitude_m, 1);
    har_json_number(&j, "altitude_max_m", sum->altitude_max_m, 1);
    har_json_number(&j, "heart_max_bpm", sum->heart_max_bpm, 1);
    har_json_number(&j, "cadence_spm", sum->cadence_spm, 1);
    har_json_number(&j, "power_w", sum->power_w, 1);
    har_json_string(&j, "device", s->activity.device.name);
    har_json_integer(&j, "samples", (int64_t)s->activity.samples.count);
    har_json_integer(&j, "dropped_times", sum->dropped_times);
    har_json_integer(&j, "dropped_positions", sum->dropped_positions);
    har_json_integer(&j, "dropped_beats", sum->dropped_beats);
    har_json_integer(&j, "gaps", sum->gaps);
    thin_air_member(&j, s);
    course_member(&j, s->course);
    if (s->recovered) recovery_member(&j, s->recovered);
    har_json_string(&j, "shoes", shoes);
    splits_member(&j, s);
    laps_member(&j, &s->activity);
    bests_member(&j, s->bests.distances, s->bests.distance_count);
    reasons_member(&j);
    sources_member(&j, s);
    har_json_close(&j);
    har_json_close(&j);
}

static void show_csv(struct har_text *text, const struct har_showing *s)
{
    har_text_add(text, "from_m,to_m,time_s,moving_s,ascent_m,descent_m,heart_bpm,"
                       "flat_speed_mps\r\n");
    for (size_t i = 0; i < s->split_count; i++) {
        const struct har_split *split = &s->splits[i];
        const double column[] = {split->from_m,    split->to_m,     split->time_s,
                                 split->moving_s,  split->ascent_m, split->descent_m,
                                 split->heart_bpm, split_flat(s, i)};
        for (size_t c = 0; c < sizeof column / sizeof column[0]; c++) {
            har_text_add(text, c ? "," : "");
            har_text_number(text, column[c], 2);
        }
        har_text_add(text, "\r\n");
    }
}

/* The pair it was run in; NULL where none is known. */
static har_status find_shoes(struct har_store *store, const struct har_entry *entry,
                             struct har_arena *arena, const char **shoes,
                             struct har_error *err)
{
    struct har_gear gear;
    har_status got = har_gear(store, entry->athlete, arena, &gear, err);
    *shoes = NULL;
    for (size_t i = 0; got == HAR_OK && i < gear.entry_count; i++)
        if (gear.entries[i].id == entry->id && gear.wearing.of[i])
            *shoes = gear.wearing.of[i]->name;
    return got;
}

static int show_answer(const struct request *request, struct har_store *store, int64_t id,
                       double split_m)
{
    struct har_text text = {.arena = request->arena};
    struct har_showing showing;
    struct har_error why = {0};
    const char *shoes;
    har_status got = har_show(store, id, split_m, request->arena, &showing, &why);
    if (got == HAR_NOT_FOUND) return no_activity(request, id);
    if (got == HAR_OK)
        got = find_shoes(store, &showing.entry, request->arena, &shoes, &why);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) show_json(&text, &showing, shoes);
    else if (is_asked(request, OPT_CSV)) show_csv(&text, &showing);
    else show_text(&text, &showing, shoes, split_m, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_show(const struct request *request)
{
    int status;
    int64_t id;
    bool people = !is_asked(request, OPT_JSON) && !is_asked(request, OPT_CSV);
    double split_m = people ? unit_m(&request->style) : 1000;
    const char *every = request->value[OPT_EVERY];
    if (!read_activity(request, request->operand[0], &id) ||
        (every && !read_metres(request, "--every", har_bytes_of(every), &split_m)))
        return HAR_EXIT_USAGE;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    status = show_answer(request, store, id, split_m);
    har_store_close(store);
    return status;
}
