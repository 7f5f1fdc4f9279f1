/* SPDX-License-Identifier: MIT */
/* Where a race was won.
 *
 * Everybody who watched can say, and no rule does; this one is ours. What counts is ground
 * that the winner took from those who came in next, up to the fourth, and kept: of a lead
 * that was given back only what was left at its smallest counts, and to come from behind
 * counts as much as to go away. Where most of it was taken in a metre, the race was won.
 * Per metre, as else the longest stretch would win: marks lie as they lie. */

#include "decisive.h"

#include <math.h>

enum { RIVALS = 3 };

/* What the winner kept of the gap to a rival, from mark `k` on; before the first mark (`k`
 * SIZE_MAX) they are level. */
static double kept_s(const struct har_field *field, size_t winner, size_t rival, size_t k)
{
    double least_s = k == SIZE_MAX ? 0 : INFINITY;
    for (size_t i = k == SIZE_MAX ? 0 : k; i < field->mark_count; i++) {
        double gap_s = field->runner[rival].time_s[i] - field->runner[winner].time_s[i];
        if (!isnan(gap_s)) least_s = fmin(least_s, gap_s);
    }
    return least_s;
}

static const char *name_of(const struct har_field *field, size_t runner)
{
    const struct har_field_runner *who = &field->runner[runner];
    return who->name ? who->name : who->bib;
}

static void write_name(struct har_text *text, const struct har_field *field, size_t runner,
                       int place)
{
    const char *name = name_of(field, runner);
    if (name) har_text_add(text, name);
    else har_text_format(text, "number %d", place);
}

static void write_reason(struct har_text *text, const struct har_field *field,
                         const struct har_analysis *analysis, size_t from, size_t to,
                         size_t rivals)
{
    size_t winner = analysis->by_place[0], others = 0;
    const struct har_performance *p = &analysis->performance[winner];
    write_name(text, field, winner, 1);
    har_text_add(text, " ran it in ");
    har_text_clock(text, p->passing[to].lap_s, 1, true);
    for (size_t i = 1; i <= rivals; i++) {
        size_t rival = analysis->by_place[i];
        double taken_s =
            kept_s(field, winner, rival, to) - kept_s(field, winner, rival, from);
        if (!(taken_s >= 0.05)) continue;
        har_text_add(text, others++ ? ", " : " and took ");
        har_text_fixed(text, taken_s, 1);
        har_text_add(text, " s from ");
        write_name(text, field, rival, (int)i + 1);
    }
    int before = from == SIZE_MAX ? 0 : p->passing[from].position;
    if (before > 1 && p->passing[to].position == 1)
        har_text_format(text, ", from place %d to the front", before);
    har_text_add(text, ": the most that was taken in a metre, and kept");
}

/* Whether the winner and the rivals were all seen there. */
static bool shows_all(const struct har_field *field, const struct har_analysis *analysis,
                      size_t rivals, size_t k)
{
    for (size_t i = 0; i <= rivals; i++)
        if (isnan(field->runner[analysis->by_place[i]].time_s[k])) return false;
    return true;
}

bool find_decisive(const struct har_field *field, struct har_arena *arena,
                   struct har_analysis *analysis)
{
    size_t finishers = analysis->finisher_count;
    size_t rivals = finishers > RIVALS ? RIVALS : finishers > 0 ? finishers - 1 : 0;
    size_t winner = rivals > 0 ? analysis->by_place[0] : 0, before = SIZE_MAX;
    size_t best_from = SIZE_MAX, best_to = SIZE_MAX;
    double most = 0;
    analysis->decisive_from_m = analysis->decisive_to_m = NAN;
    for (size_t k = 0; rivals > 0 && k < field->mark_count; k++) {
        if (!shows_all(field, analysis, rivals, k)) continue;
        double from_m = before == SIZE_MAX ? 0 : field->mark_m[before], taken_s = 0;
        for (size_t i = 1; i <= rivals; i++) {
            size_t rival = analysis->by_place[i];
            taken_s +=
                kept_s(field, winner, rival, k) - kept_s(field, winner, rival, before);
        }
        double in_a_metre = taken_s / (field->mark_m[k] - from_m);
        if (in_a_metre > most) {
            most = in_a_metre;
            best_from = before;
            best_to = k;
        }
        before = k;
    }
    struct har_text text = {.arena = arena};
    if (best_to == SIZE_MAX) {
        har_text_add(&text, "nobody was left to win from, or nothing between them");
    } else {
        analysis->decisive_from_m = best_from == SIZE_MAX ? 0 : field->mark_m[best_from];
        analysis->decisive_to_m = field->mark_m[best_to];
        write_reason(&text, field, analysis, best_from, best_to, rivals);
    }
    analysis->because = text.data;
    return !text.failed;
}
