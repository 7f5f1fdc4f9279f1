/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PRIOR_JUDGE_H
#define HARRIER_PRIOR_JUDGE_H

#include "cases.h"

/* One foretold mark. */
struct verdict {
    unsigned fold;
    int row;
    enum har_asking asking;
    double actual_s, time_s,
        sd; /* the median, and one sd of ln time, as the prior has it */
    double riegel_s, cameron_s, vdot_s; /* NaN where the formula does not reach */
};
struct verdicts {
    size_t count;
    struct verdict *verdict;
};

/* Foretells what `protocol` asks for of the careers in `fold` (FOLDS: all). */
void ask_all(const struct careers *careers, const struct layout *layout, unsigned fold,
             enum protocol protocol, const struct har_prior *prior, struct har_arena *arena,
             struct verdicts *add_to);

/* Puts the shifts (by event) and quantiles that the errors of the verdicts outside `fold`
 * give into a prior learnt without any. */
void set_errors(const struct verdicts verdicts[PROTOCOLS], const struct layout *layout,
                unsigned fold, struct har_prior *prior);

/* Prints a row of the table: errors of the model, with the shifts and quantiles of each
 * fold's prior, beside those of the formulas on the same marks. */
void print_row(enum protocol protocol, const struct verdicts *verdicts,
               const struct har_prior prior[FOLDS]);

#endif
