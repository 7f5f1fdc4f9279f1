/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_FORECAST_H
#define HARRIER_FORECAST_H

/* forecast - histories of runners -> predictions, and how past ones would have done.
 *
 * A history is all that is known of one runner, put into standard conditions. A prediction
 * never sees the day it is for, or any later one.
 */

#include "harrier/convert.h"
#include "harrier/runner.h"
#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

struct har_history {
    const char *athlete; /* "" where the sheet names none */
    enum har_sex sex;
    size_t count;
    struct har_evidence *evidence; /* in order of days */
};

/* The mark of a result in standard conditions, as evidence of its runner: what is told of
 * drop, height, heat and wind is taken out and leaves its blur; of a course that helps by
 * nobody knows how much the mark stays as it is and counts less. HAR_NO_ANSWER for an event
 * that no curve reaches (under 800 m, beyond the marathon, 2000 m steeplechase). */
har_status har_evidence_of(const struct har_result *result, enum har_sex sex,
                           struct har_evidence *out, struct har_error *err);

/* Histories of all athletes of some results, in order of their names; marks that are no
 * evidence are left out. An athlete's sex is the first that is told. `unsexed`, which may
 * be NULL, is the name of an athlete whose sex is not told, who is left out too. */
har_status har_histories_of(const struct har_results *results, struct har_arena *arena,
                            struct har_history **out, size_t *count, const char **unsexed,
                            struct har_error *err);

/* The history of that name among `count` in order of names; NULL. */
const struct har_history *har_history_find(const struct har_history *histories,
                                           size_t count, const char *athlete);

/* What is asked of whom. */
struct har_forecast_query {
    const char *query; /* its name, to answer under */
    const char *athlete;
    int64_t day;
    struct har_event event;
};
struct har_forecast_queries {
    size_t count;
    const struct har_forecast_query *query;
    size_t refused_count;
    const struct har_refused_row *refused;
};
/* Reads a table of query, athlete, date, event. Fails as har_table_open() does, and with
 * HAR_BAD_INPUT for a header without these. */
har_status har_forecast_queries_read(struct har_bytes sheet, struct har_arena *arena,
                                     struct har_forecast_queries *out,
                                     struct har_error *err);

/* --- outlook ---------------------------------------------------------------------- */

/* What one mark has to do with one prediction. */
struct har_reason {
    const struct har_evidence *mark;
    double trust;    /* 0..1 */
    double surprise; /* sd by which it is slower than the others say */
    double moved;    /* ln time by which it moved the prediction */
};
enum { HAR_REASONS = 3 };

struct har_outlook_row {
    struct har_event event;
    struct har_prediction prediction;
    size_t reason_count;
    struct har_reason reason[HAR_REASONS]; /* those that moved it most */
    struct har_event advice;               /* the race that would narrow it most, ... */
    double narrowed;                       /* ... to this share of its width */
};

struct har_outlook {
    int64_t day;
    enum har_question question;
    struct har_curve curve;
    struct har_readings readings;
    size_t row_count, doubt_count;
    const struct har_outlook_row *row;
    const struct har_reason *doubt; /* marks that the others contradict, hardly trusted */
};

/* What the runner could run on `day`: over `events`, or where `count` is 0 over those that
 * runners of the kind race. HAR_NO_ANSWER without a mark before that day, or where none of
 * the events can be answered. */
har_status har_outlook_of(const struct har_history *history, int64_t day,
                          enum har_question question, const struct har_event *events,
                          size_t count, struct har_arena *arena, struct har_outlook *out,
                          struct har_error *err);

/* A race, and what it was foretold as on the day before. */
struct har_foretold {
    const struct har_evidence *race;
    struct har_prediction prediction;
};
/* Those from `since_day` to `until_day` that had any mark before them, in order of days. */
har_status har_foretold_races(const struct har_history *history, int64_t since_day,
                              int64_t until_day, struct har_arena *arena,
                              struct har_foretold **out, size_t *count,
                              struct har_error *err);

/* --- back test -------------------------------------------------------------------- */

/* What the past would have been foretold as. Errors are mean |predicted / actual - 1|; all
 * of a row are over the same races, but for the critical speed, which needs two marks of 2
 * to 20 minutes. */
struct har_backtest_row {
    char event[24]; /* code; "" for all events together */
    size_t count;
    double error, median_error, bias;
    double riegel, cameron, vdot;
    double critical_speed; /* NaN where it never answers */
    size_t critical_speed_count;
    double within[HAR_WITHINS]; /* the share of races within each interval */
};

/* A day on which several of the athletes ran one event, and what it did to all of them:
 * slow where they were all slower than foretold (a tactical final), fast where faster. */
struct har_backtest_field {
    int64_t day;
    struct har_event event;
    size_t runners;
    struct har_race_effect effect;
};
enum { HAR_FIELD_LEAST = 5 }; /* runners that make a field */

struct har_backtest {
    size_t row_count, field_count;
    const struct har_backtest_row
        *row; /* by kind and distance; the last for all together */
    const struct har_backtest_field *field; /* from the slowest to the fastest */
};

/* Foretells every race of the histories from what was known the day before, beside the
 * formulas from the best mark of the nearest distance in the year before. HAR_NO_ANSWER if
 * no race has one before it. */
har_status har_backtest(const struct har_history *histories, size_t count,
                        enum har_question question, struct har_arena *arena,
                        struct har_backtest *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
