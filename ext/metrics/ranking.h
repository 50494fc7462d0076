/* Metrics of a score set over all cutoffs that other families share. */
#ifndef MLM_RANKING_H
#define MLM_RANKING_H

#include "metric.h"

/* The formulas of roc_auc, gini and average_precision: NaN if a class (of the last, the positives) is
 * missing. */
double mlm_roc_auc(const Scores *scores, const Eval *in);
double mlm_gini(const Scores *scores, const Eval *in);
double mlm_average_precision(const Scores *scores, const Eval *in);

/* The AUC of 2U (as mlm_scores_twice_u()) and the rows of each class, rounded once; NaN without either. */
double mlm_auc_of(U128 twice_u, uint64_t negatives, uint64_t positives);

/* A metric over rows that are counted by score and label: count[2i] and count[2i + 1] rows of label 0 and 1
 * have the i-th of `distinct` ascending scores, fewer than 2^32 in all. One pass without memory, with the
 * bits of the formula over a score set of these rows. False: the metric has no such pass. */
bool mlm_ranking_of_counts(const Metric *metric, const uint32_t *count, uint64_t distinct, double *value);

#endif
