/* SPDX-License-Identifier: MIT */

/* Three drawings of one race: how far behind, in which place, how fast each lap.
 *
 * They have a size of their own (a viewBox), unlike those of the season: lines and the
 * names at their ends must stay together. Names stand at the end of their line, moved apart
 * where they would touch, and a thin tie leads back; so colour tells nothing that a name
 * does not. Gaps run downward from the leader, as one sees them from a helicopter; a runner
 * so far behind that all others would become one line leaves the plot at its lower edge.
 * Places are drawn at equal steps from mark to mark, since the last straight decides and
 * would be no wider than a name. A lap's colour is its pace over the runner's own mean: in
 * a field of unequal runners any other would show who is fast, which the order of the rows
 * shows already. */

#include "race_figures.h"

#include "ink.h"
#include "utf8.h"
#include "words.h"

#include <math.h>

enum {
    USUAL_SHOWN = 25,
    MOST_SHOWN = 400, /* more is no drawing */
    COLOURS = 8,
    RACE_WIDTH_PX = 900,
    RACE_LEFT_PX = 46,
    RACE_RIGHT_PX = 210, /* for names */
    RACE_TOP_PX = 22,
    RACE_BOTTOM_PX = 26,
    NAME_STEP_PX = 15,
    GAP_LEAST_PX = 330,
    PLACE_STEP_PX = 19,
    CELL_PX = 20,
    NARROW_PX = 30,
    LAP_NAMES_PX = 176,
    LEGEND_PX = 46,
    NAME_COLUMNS = 25,
    MARK_ROOM_PX = 52, /* a name of a mark takes it */
};

#define PLOT_PX (RACE_WIDTH_PX - RACE_LEFT_PX - RACE_RIGHT_PX)
#define FAR_BEHIND 2.5 /* times as far as three in four are drawn */
#define IN_KM_M 10001.0

struct race_sheet {
    struct ink ink;
    const struct har_race_view *race;
    const struct har_field *field;
    const struct har_analysis *analysis;
    size_t shown, marks;
    double height_px; /* of the plot */
};

/* A runner's name, where its line ends and where the name stands. */
struct label {
    double end_px, y_px, at_px;
    size_t row;
};

/* --- words ------------------------------------------------------------------------ */

static const struct {
    const char *name, *caption;
} figures[] = {
    [HAR_RACE_GAPS] = {"Gaps", "Time behind whoever led, over the distance. Shaded: where "
                               "it was won."},
    [HAR_RACE_POSITIONS] = {"Positions", "Place at each mark. Shaded: where it was won."},
    [HAR_RACE_LAPS] = {"Laps", "Time from mark to mark. Colour: pace against the runner's "
                               "own mean, blue faster, ochre slower."},
};

/* How many are drawn by their place. */
static size_t first_of(const struct har_race_view *race)
{
    size_t most = race->shown > 0 ? race->shown : USUAL_SHOWN;
    if (most > MOST_SHOWN) most = MOST_SHOWN;
    return race->field->runner_count < most ? race->field->runner_count : most;
}

static bool asks_another(const struct har_race_view *race)
{
    if (race->asked == SIZE_MAX) return false;
    for (size_t i = 0; i < first_of(race); i++)
        if (race->analysis->by_place[i] == race->asked) return false;
    return true;
}

size_t race_shown(const struct har_race_view *race)
{
    return first_of(race) + asks_another(race);
}

size_t race_row(const struct har_race_view *race, size_t row)
{
    return row < first_of(race) ? race->analysis->by_place[row] : race->asked;
}

const char *race_figure_name(enum har_race_figure figure)
{
    return figures[figure].name;
}

const char *race_figure_caption(enum har_race_figure figure)
{
    return figures[figure].caption;
}

void race_mark_word(struct har_text *text, const struct har_field *field, size_t mark)
{
    bool km = field->mark_m[field->mark_count - 1] > IN_KM_M;
    har_text_number(text, field->mark_m[mark] / (km ? 1000 : 1), km ? 1 : 0);
    har_text_add(text, km ? " km" : " m");
}

void race_gap(struct har_text *text, const struct har_field *field, double behind_s)
{
    double finish_m = field->mark_m[field->mark_count - 1];
    if (isnan(behind_s)) har_text_add(text, "-");
    else if (behind_s >= 60) har_text_clock(text, behind_s, 0, false);
    else har_text_fixed(text, behind_s, finish_m > IN_KM_M ? 0 : 2);
}

void race_lap(struct har_text *text, double lap_s)
{
    if (isnan(lap_s)) har_text_add(text, "-");
    else har_text_clock(text, lap_s, lap_s < 100 ? 1 : 0, lap_s < 100);
}

const char *race_runner(const struct har_field *field, size_t runner)
{
    const struct har_field_runner *who = &field->runner[runner];
    return who->name ? who->name : who->bib ? who->bib : who->nation;
}

double race_lap_slower(const struct har_race_view *race, size_t runner, size_t mark)
{
    const struct har_field *field = race->field;
    const struct har_passing *p = &race->analysis->performance[runner].passing[mark];
    const double *time_s = field->runner[runner].time_s;
    size_t last = field->mark_count;
    while (last > 0 && isnan(time_s[last - 1])) last--;
    if (last == 0) return NAN;
    return p->lap_s / p->lap_m / (time_s[last - 1] / field->mark_m[last - 1]) - 1;
}

/* "3  Josh Kerr" */
static void add_runner(struct har_text *text, const struct race_sheet *s, size_t runner)
{
    int place = s->analysis->performance[runner].place;
    const char *name = race_runner(s->field, runner);
    if (place > 0) har_text_format(text, "%d  ", place);
    else har_text_add(text, "\xe2\x80\x93  ");
    if (name && name == s->field->runner[runner].bib) har_text_add(text, "bib ");
    if (name) har_render_name(text, name, NAME_COLUMNS);
}

static void open_sheet(struct race_sheet *s, enum har_race_figure figure, double height_px,
                       bool alone)
{
    struct har_text description = {.arena = s->ink.text->arena};
    har_text_add(&s->ink.word, s->race->name ? s->race->name : "");
    har_text_format(&s->ink.word, "%s%s", s->ink.word.size > 0 ? ": " : "",
                    figures[figure].name);
    har_text_add(&description, figures[figure].caption);
    har_text_format(&description, " %zu of %zu runners. ", s->shown,
                    s->field->runner_count);
    har_text_add(&description, s->analysis->because);
    har_text_add(&description, ".");
    ink_open(&s->ink, description.data ? description.data : "", RACE_WIDTH_PX, height_px,
             alone);
    s->ink.text->failed = s->ink.text->failed || description.failed;
}

/* --- names at the ends of lines ----------------------------------------------------- */

/* Moves names apart, none off the plot: down from the top, then up from the bottom. The
 * labels are in order of where they would like to stand. */
static void part_labels(struct label *label, size_t count, double top_px, double bottom_px)
{
    double least_px = top_px;
    for (size_t i = 0; i < count; i++) {
        label[i].at_px = fmax(label[i].y_px, least_px);
        least_px = label[i].at_px + NAME_STEP_PX;
    }
    double most_px = bottom_px;
    for (size_t i = count; i-- > 0 && label[i].at_px > most_px;) {
        label[i].at_px = most_px;
        most_px -= NAME_STEP_PX;
    }
}

static bool is_below(const struct label *a, const struct label *b)
{
    return a->y_px > b->y_px || (a->y_px == b->y_px && a->row > b->row);
}

/* By where they would like to stand; at one height by place. */
static void sort_labels(struct label *label, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct label one = label[i];
        size_t k = i;
        for (; k > 0 && is_below(&label[k - 1], &one); k--) label[k] = label[k - 1];
        label[k] = one;
    }
}

static void put_label(struct race_sheet *s, const struct label *label, size_t runner)
{
    double right_px = RACE_LEFT_PX + PLOT_PX;
    ink_line(&s->ink, "tie", label->end_px, label->y_px, right_px + 16, label->at_px);
    add_runner(&s->ink.word, s, runner);
    ink_letters(&s->ink, s->analysis->performance[runner].place == 1 ? "who first" : "who",
                right_px + 20, label->at_px + 4);
}

static bool finished(const struct race_sheet *s, size_t runner)
{
    return s->analysis->performance[runner].place > 0;
}

/* A group of one runner: its line, its name. */
static void open_runner(struct race_sheet *s, size_t row, size_t runner)
{
    har_text_format(s->ink.text, "<g class=\"r%zu%s\">", row < COLOURS ? row + 1 : 0,
                    runner == s->race->asked ? " asked" : "");
    add_runner(&s->ink.word, s, runner);
    double finish_s = s->analysis->performance[runner].finish_s;
    if (isnan(finish_s)) har_text_add(&s->ink.word, ", did not finish");
    else {
        har_text_add(&s->ink.word, ", ");
        har_text_clock(&s->ink.word, finish_s, finish_s < 3600 ? 2 : 0, true);
    }
    ink_title(&s->ink);
}

/* --- gaps ----------------------------------------------------------------------------- */

static const double gap_steps_s[] = {.1, .2,  .5,  1,   2,   5,    10,   15,  30,
                                     60, 120, 300, 600, 900, 1800, 3600, 7200};

static double x_of_m(const struct race_sheet *s, double distance_m)
{
    return RACE_LEFT_PX + PLOT_PX * distance_m / s->field->mark_m[s->marks - 1];
}

/* How far down the plot goes: all that are drawn by their place and finished, but for who
 * is far behind the rest. */
static double deepest_s(const struct race_sheet *s)
{
    size_t first = first_of(s->race), count = 0;
    struct label *order = HAR_NEW(s->ink.text->arena, struct label, first + 1);
    double most_s = 0;
    s->ink.text->failed = s->ink.text->failed || !order;
    for (size_t i = 0; order && i < first; i++) {
        size_t runner = race_row(s->race, i);
        if (s->analysis->finisher_count > 0 && !finished(s, runner)) continue;
        const struct har_passing *p = s->analysis->performance[runner].passing;
        order[count] = (struct label){.row = i};
        for (size_t k = 0; k < s->marks; k++)
            if (!isnan(p[k].behind_s))
                order[count].y_px = fmax(order[count].y_px, p[k].behind_s);
        most_s = fmax(most_s, order[count++].y_px);
    }
    if (count == 0) return 1;
    sort_labels(order, count);
    double usual_s = order[(count - 1) * 3 / 4].y_px;
    most_s = usual_s > 0 ? fmin(most_s, FAR_BEHIND * usual_s) : most_s;
    return most_s > 0 ? most_s : 1;
}

static void put_gap_scale(struct race_sheet *s, double deep_s)
{
    size_t at = 0, count = sizeof gap_steps_s / sizeof gap_steps_s[0];
    while (at + 1 < count && deep_s / gap_steps_s[at] > 7) at++;
    for (double gap_s = 0; gap_s <= deep_s; gap_s += gap_steps_s[at]) {
        double y_px = RACE_TOP_PX + s->height_px * gap_s / deep_s;
        ink_line(&s->ink, "rule", RACE_LEFT_PX, y_px, RACE_LEFT_PX + PLOT_PX, y_px);
        if (gap_s >= 60) har_text_clock(&s->ink.word, gap_s, 0, false);
        else har_text_number(&s->ink.word, gap_s, 1);
        if (gap_s < 60) har_text_add(&s->ink.word, " s");
        ink_letters(&s->ink, "end", RACE_LEFT_PX - 6, y_px + 4);
    }
}

/* The marks under the plot, each with a thin line up; names that would touch are left out,
 * the finish never. */
static void put_marks(struct race_sheet *s,
                      double (*x_of)(const struct race_sheet *, size_t))
{
    double bottom_px = RACE_TOP_PX + s->height_px, free_px = 0;
    for (size_t k = 0; k < s->marks; k++) {
        double x_px = x_of(s, k), finish_px = x_of(s, s->marks - 1);
        ink_line(&s->ink, "rule", x_px, RACE_TOP_PX, x_px, bottom_px);
        bool last = k + 1 == s->marks;
        if (!last && (x_px < free_px || x_px > finish_px - MARK_ROOM_PX)) continue;
        race_mark_word(&s->ink.word, s->field, k);
        ink_letters(&s->ink, "mid", x_px, bottom_px + 17);
        free_px = x_px + MARK_ROOM_PX;
    }
}

static double x_of_distance(const struct race_sheet *s, size_t mark)
{
    return x_of_m(s, s->field->mark_m[mark]);
}

static void put_decisive(struct race_sheet *s, double from_px, double to_px)
{
    ink_box(&s->ink, "band", from_px, RACE_TOP_PX, to_px - from_px, s->height_px);
    har_text_add(s->ink.text, ">");
    har_text_add(&s->ink.word, s->analysis->because);
    ink_title(&s->ink);
    har_text_add(s->ink.text, "</rect>\n");
    har_text_add(&s->ink.word, "won here");
    ink_letters(&s->ink, "mid", (from_px + to_px) / 2, RACE_TOP_PX - 7);
}

/* A runner's line; true if its name goes to the right. Who did not finish has it at the end
 * of the line, if that is in the plot. */
static bool put_gap_line(struct race_sheet *s, size_t row, double deep_s,
                         struct label *label)
{
    size_t runner = race_row(s->race, row);
    const struct har_passing *p = s->analysis->performance[runner].passing;
    bool seen = false;
    open_runner(s, row, runner);
    har_text_format(s->ink.text, "<polyline points=\"%d,%d", RACE_LEFT_PX, RACE_TOP_PX);
    for (size_t k = 0; k < s->marks; k++) {
        if (isnan(p[k].behind_s)) continue;
        seen = true;
        *label =
            (struct label){x_of_distance(s, k),
                           RACE_TOP_PX + s->height_px * p[k].behind_s / deep_s, 0, row};
        har_text_add(s->ink.text, " ");
        ink_point(&s->ink, label->end_px, label->y_px);
    }
    har_text_add(s->ink.text, "\"/>");
    bool here = seen && label->y_px <= RACE_TOP_PX + s->height_px - 2;
    label->y_px = fmin(label->y_px, RACE_TOP_PX + s->height_px);
    if (here && !finished(s, runner)) {
        add_runner(&s->ink.word, s, runner);
        ink_letters(&s->ink, "who", label->end_px + 5, label->y_px + 4);
    }
    har_text_add(s->ink.text, "</g>\n");
    return seen && finished(s, runner);
}

static void put_labels(struct race_sheet *s, struct label *label, size_t count)
{
    sort_labels(label, count);
    part_labels(label, count, RACE_TOP_PX, RACE_TOP_PX + s->height_px);
    for (size_t i = 0; i < count; i++) {
        size_t runner = race_row(s->race, label[i].row);
        har_text_format(s->ink.text, "<g class=\"r%zu%s\">",
                        label[i].row < COLOURS ? label[i].row + 1 : 0,
                        runner == s->race->asked ? " asked" : "");
        put_label(s, &label[i], runner);
        har_text_add(s->ink.text, "</g>\n");
    }
}

/* Opens a window on the plot: what leaves it is not seen. Places stay as they are. */
static void open_window(struct race_sheet *s)
{
    double box[] = {RACE_LEFT_PX - 4.0, RACE_TOP_PX - 4.0, PLOT_PX + 8.0, s->height_px + 4};
    har_text_add(s->ink.text, "<svg");
    ink_px(&s->ink, "x", box[0]);
    ink_px(&s->ink, "y", box[1]);
    ink_px(&s->ink, "width", box[2]);
    ink_px(&s->ink, "height", box[3]);
    har_text_add(s->ink.text, " viewBox=\"");
    for (size_t i = 0; i < 4; i++) {
        har_text_add(s->ink.text, i ? " " : "");
        har_text_number(s->ink.text, box[i], 1);
    }
    har_text_add(s->ink.text, "\">\n");
}

static void close_window(struct race_sheet *s)
{
    har_text_add(s->ink.text, "</svg>\n");
}

static void draw_gaps(struct race_sheet *s, struct label *label, bool alone)
{
    double deep_s = deepest_s(s);
    size_t named = 0;
    s->height_px = fmax(GAP_LEAST_PX, NAME_STEP_PX * ((double)s->shown + 1));
    open_sheet(s, HAR_RACE_GAPS, RACE_TOP_PX + s->height_px + RACE_BOTTOM_PX, alone);
    if (!isnan(s->analysis->decisive_from_m))
        put_decisive(s, x_of_m(s, s->analysis->decisive_from_m),
                     x_of_m(s, s->analysis->decisive_to_m));
    put_gap_scale(s, deep_s);
    put_marks(s, x_of_distance);
    open_window(s);
    for (size_t i = s->shown; i-- > 0;) named += put_gap_line(s, i, deep_s, &label[named]);
    close_window(s);
    put_labels(s, label, named);
    ink_close(&s->ink, alone);
}

/* --- positions ------------------------------------------------------------------------ */

static double x_of_step(const struct race_sheet *s, size_t mark)
{
    double steps = s->marks > 1 ? (double)(s->marks - 1) : 1;
    return RACE_LEFT_PX + PLOT_PX * (s->marks > 1 ? (double)mark : 1) / steps;
}

static double y_of_place(int place)
{
    return RACE_TOP_PX + PLACE_STEP_PX * (place - 0.5);
}

/* The last place that the plot has: where those who are drawn ever were, within reason. */
static int last_place(const struct race_sheet *s)
{
    size_t first = first_of(s->race);
    int most = 1, limit = (int)first + (int)first / 2;
    for (size_t i = 0; i < first; i++)
        for (size_t k = 0; k < s->marks; k++) {
            int at = s->analysis->performance[race_row(s->race, i)].passing[k].position;
            most = at > most ? at : most;
        }
    return most > limit ? limit : most;
}

static bool put_place_line(struct race_sheet *s, size_t row, int last, struct label *label)
{
    size_t runner = race_row(s->race, row), seen = 0;
    const struct har_passing *p = s->analysis->performance[runner].passing;
    open_runner(s, row, runner);
    har_text_add(s->ink.text, "<polyline points=\"");
    for (size_t k = 0; k < s->marks; k++) {
        if (p[k].position == 0) continue;
        *label = (struct label){x_of_step(s, k), y_of_place(p[k].position), 0, row};
        har_text_add(s->ink.text, seen++ ? " " : "");
        ink_point(&s->ink, label->end_px, label->y_px);
    }
    har_text_add(s->ink.text, "\"/>");
    for (size_t k = 0; k < s->marks; k++) {
        if (p[k].position == 0 || p[k].position > last) continue;
        har_text_add(s->ink.text, "<circle r=\"3.5\"");
        ink_px(&s->ink, "cx", x_of_step(s, k));
        ink_px(&s->ink, "cy", y_of_place(p[k].position));
        har_text_add(s->ink.text, "/>");
    }
    har_text_add(s->ink.text, "</g>\n");
    label->y_px = fmin(label->y_px, RACE_TOP_PX + s->height_px);
    return seen > 0;
}

/* The decisive stretch from the column of one mark to that of another. */
static void put_decisive_steps(struct race_sheet *s)
{
    size_t from = 0, to = 0;
    const struct har_analysis *a = s->analysis;
    if (isnan(a->decisive_from_m) || s->marks < 2) return;
    for (size_t k = 0; k < s->marks; k++) {
        if (s->field->mark_m[k] <= a->decisive_from_m) from = k;
        if (s->field->mark_m[k] <= a->decisive_to_m) to = k;
    }
    if (to > from) put_decisive(s, x_of_step(s, from), x_of_step(s, to));
}

static void draw_positions(struct race_sheet *s, struct label *label, bool alone)
{
    int last = last_place(s);
    size_t named = 0;
    s->height_px = (double)PLACE_STEP_PX * last;
    open_sheet(s, HAR_RACE_POSITIONS, RACE_TOP_PX + s->height_px + RACE_BOTTOM_PX, alone);
    put_decisive_steps(s);
    for (int place = 1; place <= last; place++) {
        if (place > 1 && place % 5 != 0 && last > 16) continue;
        har_text_format(&s->ink.word, "%d", place);
        ink_letters(&s->ink, "end", RACE_LEFT_PX - 12, y_of_place(place) + 4);
    }
    put_marks(s, x_of_step);
    open_window(s);
    for (size_t i = s->shown; i-- > 0;) named += put_place_line(s, i, last, &label[named]);
    close_window(s);
    put_labels(s, label, named);
    ink_close(&s->ink, alone);
}

/* --- laps ----------------------------------------------------------------------------- */

static const struct {
    double from; /* of a lap's pace over the runner's own, less 1 */
    const char *class, *name;
} paces[] = {
    {-HUGE_VAL, "f3", "over 6 % faster"},
    {-0.06, "f2",
     "3\xe2\x80\x93"
     "6 %"},
    {-0.03, "f1",
     "1\xe2\x80\x93"
     "3 %"},
    {-0.01, "f0", "within 1 %"},
    {0.01, "s1",
     "1\xe2\x80\x93"
     "3 %"},
    {0.03, "s2",
     "3\xe2\x80\x93"
     "6 %"},
    {0.06, "s3", "over 6 % slower"},
};
enum { PACES = sizeof paces / sizeof paces[0] };

static const char *class_of_lap(double slower)
{
    size_t at = 0;
    while (at + 1 < PACES && slower >= paces[at + 1].from) at++;
    return paces[at].class;
}

static double cell_px(const struct race_sheet *s)
{
    return (double)(RACE_WIDTH_PX - LAP_NAMES_PX) / (double)s->marks;
}

/* The word in a cell, small if need be; not at all where it has no room. */
static void put_fitting(struct race_sheet *s, double x_px, double y_px, double width_px)
{
    static const struct {
        const char *class;
        double letter_px;
    } sizes[] = {{"in", 6.6}, {"in small", 5.4}};
    size_t i = cell_px(s) < NARROW_PX; /* all of a drawing alike */
    for (; i < sizeof sizes / sizeof sizes[0]; i++) {
        if ((double)s->ink.word.size * sizes[i].letter_px > width_px - 2) continue;
        ink_letters(&s->ink, sizes[i].class, x_px + width_px / 2, y_px + CELL_PX / 2.0 + 4);
        return;
    }
    words_clear(&s->ink.word);
}

/* A lap from the last mark at which the runner was seen, which may be some before. */
static void put_lap(struct race_sheet *s, size_t runner, size_t mark, double y_px)
{
    const struct har_passing *passing = s->analysis->performance[runner].passing;
    double slower = race_lap_slower(s->race, runner, mark), lap_s = passing[mark].lap_s;
    if (isnan(lap_s)) return;
    size_t from = mark;
    while (from > 0 && isnan(passing[from - 1].lap_s)) from--;
    double x_px = LAP_NAMES_PX + cell_px(s) * (double)from;
    double width_px = cell_px(s) * (double)(mark + 1 - from);
    ink_box(&s->ink, class_of_lap(slower), x_px + 1, y_px + 1, width_px - 2, CELL_PX - 2);
    har_text_add(s->ink.text, ">");
    race_lap(&s->ink.word, lap_s);
    har_text_add(&s->ink.word, " to ");
    race_mark_word(&s->ink.word, s->field, mark);
    har_text_add(&s->ink.word, slower < 0 ? ", faster by " : ", slower by ");
    har_text_fixed(&s->ink.word, 100 * fabs(slower), 1);
    har_text_add(&s->ink.word, " %");
    ink_title(&s->ink);
    har_text_add(s->ink.text, "</rect>");
    race_lap(&s->ink.word, lap_s);
    put_fitting(s, x_px, y_px, width_px);
}

static void put_legend(struct race_sheet *s, double y_px)
{
    double x_px = LAP_NAMES_PX, step_px = (RACE_WIDTH_PX - LAP_NAMES_PX) / (double)PACES;
    for (size_t i = 0; i < PACES; i++) {
        ink_box(&s->ink, paces[i].class, x_px + step_px * (double)i + 1, y_px, step_px - 2,
                9);
        har_text_add(s->ink.text, "/>");
        har_text_add(&s->ink.word, paces[i].name);
        ink_letters(&s->ink, "mid", x_px + step_px * ((double)i + 0.5), y_px + 23);
    }
}

static void draw_laps(struct race_sheet *s, bool alone)
{
    double rows_px = CELL_PX * (double)s->shown, free_px = 0;
    open_sheet(s, HAR_RACE_LAPS, RACE_TOP_PX + rows_px + LEGEND_PX, alone);
    for (size_t k = 0; k < s->marks; k++) {
        double x_px = LAP_NAMES_PX + cell_px(s) * ((double)k + 0.5);
        if (x_px < free_px) continue;
        race_mark_word(&s->ink.word, s->field, k);
        ink_letters(&s->ink, "mid", x_px, RACE_TOP_PX - 7);
        free_px = x_px + MARK_ROOM_PX;
    }
    for (size_t i = 0; i < s->shown; i++) {
        size_t runner = race_row(s->race, i);
        double y_px = RACE_TOP_PX + CELL_PX * (double)i;
        har_text_format(s->ink.text, "<g%s>",
                        runner == s->race->asked ? " class=\"asked\"" : "");
        add_runner(&s->ink.word, s, runner);
        ink_letters(&s->ink, i == 0 ? "who first" : "who", 0, y_px + CELL_PX / 2.0 + 4);
        for (size_t k = 0; k < s->marks; k++) put_lap(s, runner, k, y_px);
        har_text_add(s->ink.text, "</g>\n");
    }
    put_legend(s, RACE_TOP_PX + rows_px + 12);
    ink_close(&s->ink, alone);
}

void race_figure(struct har_text *text, const struct har_race_view *race,
                 enum har_race_figure figure, bool alone)
{
    struct race_sheet s = {.ink = {text, {.arena = text->arena}},
                           .race = race,
                           .field = race->field,
                           .analysis = race->analysis,
                           .shown = race_shown(race),
                           .marks = race->field->mark_count};
    struct label *label = HAR_NEW(text->arena, struct label, s.shown + 1);
    if (!label || s.shown == 0) {
        text->failed = text->failed || !label;
        return;
    }
    if (figure == HAR_RACE_GAPS) draw_gaps(&s, label, alone);
    else if (figure == HAR_RACE_POSITIONS) draw_positions(&s, label, alone);
    else draw_laps(&s, alone);
    text->failed = text->failed || s.ink.word.failed;
}

void har_render_race_svg(struct har_text *text, const struct har_race_view *race,
                         enum har_race_figure figure)
{
    race_figure(text, race, figure, true);
}
