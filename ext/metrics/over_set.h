/* Score sets as rows of metrics that remember something else. */
#ifndef MLM_OVER_SET_H
#define MLM_OVER_SET_H

#include "metrics/arg_specs.h"

/* Whether the rows of a score set are rows of the metric, remembered by this kind of state: its first
 * arguments are a score and a label. */
bool mlm_reads_score_set(const Metric *metric, const StateType *type);

/* Adds (sign +1) or removes (-1) every row of a sealed set; `row` has what a set does not hold: the cutoff.
 */
Status mlm_add_score_set(const Metric *metric, const StateType *type, const Scores *set, Row *row, int sign,
                         void *state, const Host *host);

#endif
