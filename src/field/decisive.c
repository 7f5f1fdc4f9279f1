/* SPDX-License-Identifier: MIT */
/* Where a race was won.
 *
 * Everybody who watched can say, and no rule does; this one is ours. What counts is ground
 * that the winner took from those who came in next, up to the fourth, and kept: of a lead
 * that was given back only what was left at its smallest counts, and to come from behind
 * counts as much as to go away. Where most of it was taken in a metre, the race was won.
 * Per metre, as else the longest stretch would win: marks lie as they lie. Who was missed
 * by a mat that the winner passed does not count; if all of those few were, the mat does
 * not. */

#include "decisive.h"

#include <math.h>

enum { RIVALS = 3 };
#define LEAST_TOLD_S 0.05

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

static void write_name(struct har_text *text, const struct har_field *field, size_t runner,
                       int place)
{
    const struct har_field_runner *who = &field->runner[runner];
    if (who->name) har_text_add(text, who->name);
    else if (who->bib) har_text_format(text, "bib %s", who->bib);
    else har_text_format(text, "number %d", place);
}

struct contest {
    const struct har_field *field;
    const struct har_analysis *analysis;
    size_t winner, count;
    size_t rival[RIVALS];
    size_t from, to; /* marks; SIZE_MAX: the start */
};

static double taken_s(const struct contest *c, size_t rival, size_t from, size_t to)
{
    return kept_s(c->field, c->winner, rival, to) -
           kept_s(c->field, c->winner, rival, from);
}

static void write_reason(struct har_text *text, const struct contest *c)
{
    const struct har_passing *passing = c->analysis->performance[c->winner].passing;
    const double *time_s = c->field->runner[c->winner].time_s;
    size_t others = 0;
    write_name(text, c->field, c->winner, 1);
    har_text_add(text, " ran it in ");
    har_text_clock(text, time_s[c->to] - (c->from == SIZE_MAX ? 0 : time_s[c->from]), 1,
                   true);
    for (size_t i = 0; i < c->count; i++) {
        double taken = taken_s(c, c->rival[i], c->from, c->to);
        if (!(taken >= LEAST_TOLD_S)) continue;
        har_text_add(text, others++ ? ", " : " and took ");
        har_text_fixed(text, taken, 1);
        har_text_add(text, " s from ");
        write_name(text, c->field, c->rival[i],
                   c->analysis->performance[c->rival[i]].place);
    }
    int before = c->from == SIZE_MAX ? 0 : passing[c->from].position;
    if (before > 1 && passing[c->to].position == 1)
        har_text_format(text, ", from place %d to the front", before);
    har_text_add(text, ": the most that was taken in a metre, and kept");
}

/* Whether a runner was seen wherever the winner was. */
static bool is_seen_with(const struct contest *c, size_t runner)
{
    for (size_t k = 0; k < c->field->mark_count; k++)
        if (!isnan(c->field->runner[c->winner].time_s[k]) &&
            isnan(c->field->runner[runner].time_s[k]))
            return false;
    return true;
}

static void find_rivals(struct contest *c, bool seen_always)
{
    size_t finishers = c->analysis->finisher_count;
    for (size_t i = 1; i < finishers && i <= RIVALS; i++) {
        size_t runner = c->analysis->by_place[i];
        if (!seen_always || is_seen_with(c, runner)) c->rival[c->count++] = runner;
    }
}

/* Whether the winner and the rivals were all seen there. */
static bool shows_all(const struct contest *c, size_t k)
{
    for (size_t i = 0; i < c->count; i++)
        if (isnan(c->field->runner[c->rival[i]].time_s[k])) return false;
    return !isnan(c->field->runner[c->winner].time_s[k]);
}

static void find_stretch(struct contest *c)
{
    size_t before = SIZE_MAX;
    double most = 0;
    for (size_t k = 0; c->count > 0 && k < c->field->mark_count; k++) {
        if (!shows_all(c, k)) continue;
        double from_m = before == SIZE_MAX ? 0 : c->field->mark_m[before], taken = 0;
        for (size_t i = 0; i < c->count; i++) taken += taken_s(c, c->rival[i], before, k);
        double in_a_metre = taken / (c->field->mark_m[k] - from_m);
        if (in_a_metre > most) {
            most = in_a_metre;
            c->from = before;
            c->to = k;
        }
        before = k;
    }
}

bool find_decisive(const struct har_field *field, struct har_arena *arena,
                   struct har_analysis *analysis)
{
    struct contest c = {
        .field = field, .analysis = analysis, .from = SIZE_MAX, .to = SIZE_MAX};
    if (analysis->finisher_count > 0) c.winner = analysis->by_place[0];
    find_rivals(&c, true);
    if (c.count == 0) find_rivals(&c, false);
    find_stretch(&c);
    struct har_text text = {.arena = arena};
    analysis->decisive_from_m = analysis->decisive_to_m = NAN;
    if (c.to == SIZE_MAX) {
        har_text_add(&text, "nobody was left to win from, or nothing between them");
    } else {
        analysis->decisive_from_m = c.from == SIZE_MAX ? 0 : field->mark_m[c.from];
        analysis->decisive_to_m = field->mark_m[c.to];
        write_reason(&text, &c);
    }
    analysis->because = text.data;
    return !text.failed;
}
