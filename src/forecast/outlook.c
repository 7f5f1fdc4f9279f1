/* SPDX-License-Identifier: MIT */
/* What a runner could run, and why: beside each prediction the marks that moved it and the
 * race that would tell most. */

#include "harrier/forecast.h"

#include <math.h>

#define DOUBT 4.0 /* sd from what all others say: more likely wrong than true */

static const char *const elite_events[] = {"800",   "1500", "MILE", "3000", "5000",
                                           "10000", "5K",   "10K",  "HM",   "MAR"};
static const char *const recreational_events[] = {"1500", "5K", "10K", "10M", "HM", "MAR"};

/* Races that anybody can find. */
static const char *const advice_events[] = {"800",   "1500", "3000", "5000",
                                            "10000", "5K",   "10K",  "HM"};
enum { ADVICE_EVENTS = sizeof advice_events / sizeof *advice_events };

static struct har_event event_of(const char *code)
{
    struct har_event event = {0};
    (void)har_parse_event(har_bytes_of(code), &event, NULL);
    return event;
}

static struct har_reason reason_of(const struct har_history *history,
                                   const struct har_curve *curve, size_t i, double moved)
{
    return (struct har_reason){history->evidence + curve->index[i], curve->weight[i],
                               curve->surprise[i], moved};
}

/* The largest pulls, in order. */
static void give_reasons(const struct har_history *history, const struct har_curve *curve,
                         int64_t day, struct har_outlook_row *row)
{
    for (size_t i = 0; i < curve->count; i++) {
        double moved = har_curve_pull(curve, &row->event, day, i);
        size_t at = row->reason_count;
        while (at > 0 && fabs(row->reason[at - 1].moved) < fabs(moved)) at--;
        if (at == HAR_REASONS) continue;
        if (row->reason_count < HAR_REASONS) row->reason_count++;
        for (size_t k = row->reason_count - 1; k > at; k--)
            row->reason[k] = row->reason[k - 1];
        row->reason[at] = reason_of(history, curve, i, moved);
    }
}

static void give_advice(const struct har_curve *curve, int64_t day,
                        struct har_outlook_row *row)
{
    row->narrowed = 1;
    for (int i = 0; i < ADVICE_EVENTS; i++) {
        struct har_event other = event_of(advice_events[i]);
        if (other.distance_mm == row->event.distance_mm)
            continue; /* to race it is no advice */
        double share = har_curve_narrowed(curve, &row->event, &other, day);
        if (share < row->narrowed) {
            row->narrowed = share;
            row->advice = other;
        }
    }
}

static bool fill_row(const struct har_history *history, const struct har_outlook *outlook,
                     const struct har_event *event, struct har_outlook_row *row)
{
    *row = (struct har_outlook_row){.event = *event};
    if (har_curve_predict(&outlook->curve, event, outlook->day, outlook->question,
                          &row->prediction, NULL))
        return false;
    give_reasons(history, &outlook->curve, outlook->day, row);
    give_advice(&outlook->curve, outlook->day, row);
    return true;
}

static har_status fill_doubts(const struct har_history *history, struct har_arena *arena,
                              struct har_outlook *out)
{
    struct har_reason *doubt = HAR_NEW(arena, struct har_reason, out->curve.count);
    if (!doubt) return HAR_NO_MEMORY;
    for (size_t i = 0; i < out->curve.count; i++)
        if (fabs(out->curve.surprise[i]) > DOUBT &&
            history->evidence[out->curve.index[i]].kind == HAR_EVIDENCE_RACE)
            doubt[out->doubt_count++] = reason_of(history, &out->curve, i, NAN);
    out->doubt = doubt;
    return HAR_OK;
}

har_status har_outlook_of(const struct har_history *history, int64_t day,
                          enum har_question question, const struct har_event *events,
                          size_t count, struct har_arena *arena, struct har_outlook *out,
                          struct har_error *err)
{
    *out = (struct har_outlook){.day = day, .question = question};
    har_status got = har_curve_fit(NULL, history->sex, history->evidence, history->count,
                                   day, arena, &out->curve, err);
    if (got) return got;
    out->readings = har_curve_readings(&out->curve, day);
    bool elite = out->curve.prior == &har_prior_elite;
    const char *const *usual = elite ? elite_events : recreational_events;
    size_t usual_count = elite ? sizeof elite_events / sizeof *elite_events
                               : sizeof recreational_events / sizeof *recreational_events;
    size_t asked = count ? count : usual_count;
    struct har_outlook_row *row = HAR_NEW(arena, struct har_outlook_row, asked);
    if (!row || fill_doubts(history, arena, out))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the outlook");
    for (size_t i = 0; i < asked; i++) {
        struct har_event event = count ? events[i] : event_of(usual[i]);
        if (fill_row(history, out, &event, row + out->row_count)) out->row_count++;
    }
    out->row = row;
    if (out->row_count == 0)
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "the curve is known from 800 m to the marathon");
    return HAR_OK;
}

har_status har_foretold_races(const struct har_history *history, int64_t since_day,
                              int64_t until_day, struct har_arena *arena,
                              struct har_foretold **out, size_t *count,
                              struct har_error *err)
{
    struct har_foretold *row = HAR_NEW(arena, struct har_foretold, history->count);
    if (!row) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for past races");
    *count = 0;
    for (size_t i = 0; i < history->count; i++) {
        const struct har_evidence *race = history->evidence + i;
        struct har_curve curve;
        if (race->kind != HAR_EVIDENCE_RACE || race->day < since_day ||
            race->day > until_day)
            continue;
        har_status got = har_curve_fit(NULL, history->sex, history->evidence, i, race->day,
                                       arena, &curve, NULL);
        if (got == HAR_NO_MEMORY) return har_fail(err, got, 0, "no memory for past races");
        if (got || har_curve_predict(&curve, &race->event, race->day, HAR_ASK_RACE,
                                     &row[*count].prediction, NULL))
            continue;
        row[(*count)++].race = race;
    }
    *out = row;
    return HAR_OK;
}
