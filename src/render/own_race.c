/* SPDX-License-Identifier: MIT */

/* One's own race from mark to mark: pace and flat pace above, heart rate below, over the
 * distance. Steps, not slopes: a lap has one pace, and nothing is known of it in between.
 * The faster is higher. Where the flat pace is the pace, as on a track, one line is drawn.
 * The level line is one effort all the way, which every lap is measured against. */

#include "own_race.h"

#include "ink.h"
#include "words.h"

#include <math.h>

enum {
    OWN_WIDTH_PX = 900,
    OWN_LEFT_PX = 46,
    OWN_RIGHT_PX = 92, /* for names */
    OWN_TOP_PX = 22,
    OWN_PACE_PX = 220,
    OWN_GAP_PX = 26,
    OWN_HEART_PX = 84,
    OWN_BOTTOM_PX = 26,
    OWN_MARK_ROOM_PX = 46,
    OWN_NAME_PX = 15,
};

#define OWN_PLOT_PX (OWN_WIDTH_PX - OWN_LEFT_PX - OWN_RIGHT_PX)
#define OWN_KM_M 10001.0
#define SLOWEST 1.5    /* times the mean pace: a walk or a stop leaves the plot below */
#define SAME_PACE 0.01 /* flat and not, all the way: one line */

struct own_sheet {
    struct ink ink;
    const struct har_own_analysis *race;
    const struct har_style *style;
    bool flat, heart;
};

struct panel {
    double top_px, height_px;
    double low, high; /* at the bottom and at the top */
};

static double y_in(const struct panel *panel, double value)
{
    double share = (value - panel->low) / (panel->high - panel->low);
    return panel->top_px + panel->height_px * (1 - fmin(fmax(share, 0), 1));
}

static double x_in(const struct own_sheet *s, double distance_m)
{
    return OWN_LEFT_PX + OWN_PLOT_PX * distance_m / s->race->distance_m;
}

/* --- what is drawn of a lap ------------------------------------------------------------
 */

static double lap_pace_s(const struct own_sheet *s, size_t i)
{
    return words_pace_s(s->race->lap[i].lap_m / s->race->lap[i].lap_s, s->style);
}

static double lap_flat_s(const struct own_sheet *s, size_t i)
{
    return words_pace_s(s->race->lap[i].flat_mps, s->style);
}

static double lap_heart_bpm(const struct own_sheet *s, size_t i)
{
    return s->race->lap[i].heart_bpm;
}

typedef double lap_value(const struct own_sheet *s, size_t i);

static void reach_of(const struct own_sheet *s, lap_value *value, double *least,
                     double *most)
{
    for (size_t i = 0; i < s->race->lap_count; i++) {
        double at = value(s, i);
        if (isnan(at)) continue;
        *least = fmin(*least, at);
        *most = fmax(*most, at);
    }
}

/* --- strokes -----------------------------------------------------------------------------
 */

static void draw_steps(struct own_sheet *s, const struct panel *panel, lap_value *value,
                       const char *class, const char *name, double name_px)
{
    double from_m = 0, last_px = NAN;
    size_t points = 0;
    har_text_format(s->ink.text, "<g class=\"%s\"><polyline points=\"", class);
    for (size_t i = 0; i < s->race->lap_count; from_m = s->race->lap[i++].to_m) {
        double at = value(s, i);
        if (isnan(at)) continue;
        last_px = y_in(panel, at);
        har_text_add(s->ink.text, points++ ? " " : "");
        ink_point(&s->ink, x_in(s, from_m), last_px);
        har_text_add(s->ink.text, " ");
        ink_point(&s->ink, x_in(s, s->race->lap[i].to_m), last_px);
    }
    har_text_add(s->ink.text, "\"/></g>\n");
    if (points == 0) return;
    har_text_format(s->ink.text, "<g class=\"%s\">", class);
    ink_line(&s->ink, "tie", OWN_LEFT_PX + OWN_PLOT_PX, last_px,
             OWN_LEFT_PX + OWN_PLOT_PX + 12, isnan(name_px) ? last_px : name_px);
    har_text_add(&s->ink.word, name);
    ink_letters(&s->ink, "who", OWN_LEFT_PX + OWN_PLOT_PX + 15,
                (isnan(name_px) ? last_px : name_px) + 4);
    har_text_add(s->ink.text, "</g>\n");
}

static void draw_level(struct own_sheet *s, const struct panel *panel, double value,
                       bool clock)
{
    double y_px = y_in(panel, value);
    ink_line(&s->ink, "rule", OWN_LEFT_PX, y_px, OWN_LEFT_PX + OWN_PLOT_PX, y_px);
    if (clock) har_text_clock(&s->ink.word, value, 0, true);
    else har_text_number(&s->ink.word, value, 0);
    ink_letters(&s->ink, "end", OWN_LEFT_PX - 6, y_px + 4);
}

static void draw_levels(struct own_sheet *s, const struct panel *panel, const double *steps,
                        size_t count, bool clock)
{
    double least = fmin(panel->low, panel->high), most = fmax(panel->low, panel->high);
    size_t at = 0;
    while (at + 1 < count && (most - least) / steps[at] > 5) at++;
    for (double v = ceil(least / steps[at]) * steps[at]; v <= most; v += steps[at])
        draw_level(s, panel, v, clock);
}

static void draw_pace(struct own_sheet *s, const struct panel *panel)
{
    static const double steps_s[] = {1, 2, 5, 10, 15, 30, 60, 120, 300};
    const struct har_own_analysis *r = s->race;
    size_t last = r->lap_count - 1;
    double effort_mps = s->flat ? r->flat_mps : r->distance_m / r->time_s;
    double effort_px = y_in(panel, words_pace_s(effort_mps, s->style));
    draw_levels(s, panel, steps_s, sizeof steps_s / sizeof steps_s[0], true);
    ink_line(&s->ink, "even", OWN_LEFT_PX, effort_px, OWN_LEFT_PX + OWN_PLOT_PX, effort_px);
    double pace_px = y_in(panel, lap_pace_s(s, last)), flat_px = NAN;
    if (s->flat) {
        flat_px = y_in(panel, lap_flat_s(s, last));
        if (fabs(flat_px - pace_px) < OWN_NAME_PX)
            flat_px = pace_px + (flat_px < pace_px ? -OWN_NAME_PX : OWN_NAME_PX);
        draw_steps(s, panel, lap_flat_s, "r2", "on the flat", flat_px);
    }
    draw_steps(s, panel, lap_pace_s, "r1", "pace", NAN);
    if (fabs(effort_px - pace_px) < OWN_NAME_PX || fabs(effort_px - flat_px) < OWN_NAME_PX)
        return; /* no room for its name */
    har_text_add(&s->ink.word, "one effort");
    ink_letters(&s->ink, "quiet", OWN_LEFT_PX + OWN_PLOT_PX + 15, effort_px + 4);
}

static void draw_heart(struct own_sheet *s, const struct panel *panel)
{
    static const double steps_bpm[] = {2, 5, 10, 20, 50};
    draw_levels(s, panel, steps_bpm, sizeof steps_bpm / sizeof steps_bpm[0], false);
    draw_steps(s, panel, lap_heart_bpm, "r4", "heart, bpm", NAN);
}

static void draw_lost(struct own_sheet *s, double height_px)
{
    const struct har_own_analysis *r = s->race;
    if (isnan(r->decisive_from_m)) return;
    double from_px = x_in(s, r->decisive_from_m), to_px = x_in(s, r->decisive_to_m);
    ink_box(&s->ink, "band", from_px, OWN_TOP_PX, to_px - from_px, height_px);
    har_text_add(s->ink.text, ">");
    har_text_add(&s->ink.word, r->because);
    ink_title(&s->ink);
    har_text_add(s->ink.text, "</rect>\n");
    har_text_add(&s->ink.word, "lost here");
    ink_letters(&s->ink, "mid", (from_px + to_px) / 2, OWN_TOP_PX - 7);
}

static void draw_marks(struct own_sheet *s, double bottom_px)
{
    const struct har_own_analysis *r = s->race;
    double free_px = 0, finish_px = OWN_LEFT_PX + OWN_PLOT_PX;
    for (size_t i = 0; i < r->lap_count; i++) {
        bool last = i + 1 == r->lap_count;
        double x_px = x_in(s, r->lap[i].to_m);
        if (!last && (x_px < free_px || x_px > finish_px - OWN_MARK_ROOM_PX)) continue;
        own_mark(&s->ink.word, r, i);
        ink_letters(&s->ink, "mid", x_px, bottom_px + 17);
        free_px = x_px + OWN_MARK_ROOM_PX;
    }
}

/* --- the drawing -------------------------------------------------------------------------
 */

static bool tells_flat(const struct own_sheet *s)
{
    bool apart = false;
    for (size_t i = 0; i < s->race->lap_count; i++) {
        double ratio = lap_flat_s(s, i) / lap_pace_s(s, i);
        if (isnan(ratio)) return false;
        apart = apart || fabs(ratio - 1) > SAME_PACE;
    }
    return apart;
}

void own_mark(struct har_text *text, const struct har_own_analysis *race, size_t lap)
{
    bool km = race->distance_m > OWN_KM_M;
    har_text_number(text, race->lap[lap].to_m / (km ? 1000 : 1), km ? 1 : 0);
    har_text_add(text, km ? " km" : " m");
}

const char own_caption[] =
    "Pace from mark to mark, the faster higher. Level line: one even "
    "effort. Shaded: where the most was lost to it.";

void own_figure(struct har_text *text, const struct har_own_view *view,
                const struct har_style *style, bool alone)
{
    struct own_sheet s = {
        .ink = {text, {.arena = text->arena}}, .race = view->analysis, .style = style};
    double fast_s = INFINITY, slow_s = -INFINITY, least_bpm = INFINITY, most_bpm = 0;
    double mean_s = words_pace_s(s.race->distance_m / s.race->time_s, style);
    s.flat = tells_flat(&s);
    reach_of(&s, lap_pace_s, &fast_s, &slow_s);
    if (s.flat) reach_of(&s, lap_flat_s, &fast_s, &slow_s);
    reach_of(&s, lap_heart_bpm, &least_bpm, &most_bpm);
    s.heart = most_bpm > 0;
    if (!(fast_s < INFINITY) || isnan(mean_s)) return; /* nobody ran */
    slow_s = fmin(slow_s, SLOWEST * mean_s);
    double room_s = fmax(0.08 * (slow_s - fast_s), 1);
    struct panel pace = {OWN_TOP_PX, OWN_PACE_PX, slow_s + room_s, fast_s - room_s};
    struct panel heart = {OWN_TOP_PX + OWN_PACE_PX + OWN_GAP_PX, OWN_HEART_PX,
                          least_bpm - 3, most_bpm + 3};
    double plot_px = OWN_PACE_PX + (s.heart ? OWN_GAP_PX + OWN_HEART_PX : 0);
    har_text_add(&s.ink.word, view->name ? view->name : "Race");
    ink_open(&s.ink, s.race->because, OWN_WIDTH_PX, OWN_TOP_PX + plot_px + OWN_BOTTOM_PX,
             alone);
    draw_lost(&s, plot_px);
    draw_pace(&s, &pace);
    if (s.heart) draw_heart(&s, &heart);
    draw_marks(&s, OWN_TOP_PX + plot_px);
    ink_close(&s.ink, alone);
    text->failed = text->failed || s.ink.word.failed;
}

void har_render_own_svg(struct har_text *text, const struct har_own_view *race,
                        const struct har_style *style)
{
    own_figure(text, race, style, true);
}
