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
struct har_query {
    const char *query; /* its name, to answer under */
    const char *athlete;
    int64_t day;
    struct har_event event;
};
struct har_queries {
    size_t count;
    const struct har_query *query;
    size_t refused_count;
    const struct har_refused_row *refused;
};
/* Reads a table of query, athlete, date, event. Fails as har_table_open() does, and with
 * HAR_BAD_INPUT for a header without these. */
har_status har_queries_read(struct har_bytes sheet, struct har_arena *arena,
                            struct har_queries *out, struct har_error *err);

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

/* Foretells every race of the histories from what was known the day before, beside the
 * formulas from the best mark of the nearest distance in the year before. Rows in order of
 * kind and distance, the last for all together. HAR_NO_ANSWER if no race has one before it.
 */
har_status har_backtest(const struct har_history *histories, size_t count,
                        enum har_question question, struct har_arena *arena,
                        struct har_backtest_row **rows, size_t *row_count,
                        struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
