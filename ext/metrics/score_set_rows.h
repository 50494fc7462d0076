/* Adding the rows of a score set to metrics whose state is of another kind. */
#ifndef MLM_SCORE_SET_ROWS_H
#define MLM_SCORE_SET_ROWS_H

#include "metrics/arg_specs.h"

/* Whether the rows of a score set can be added to this kind of state of the metric: the metric's first
 * arguments are a score and a label. */
bool mlm_reads_score_set(const Metric *metric, const StateType *type);

/* Adds (sign +1) or removes (-1) every row of a sealed set; `row` has what a set does not: the cutoff. */
Status mlm_add_score_set(const Metric *metric, const StateType *type, const Scores *set, Row *row, int sign,
                         void *state, const Host *host);

#endif
