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
bool mlm_ranking_of_counts(ScoresFormula *formula, const uint32_t *count, uint64_t distinct, double *value);

/* The same of average_precision, where the rows are not in one array: next() sets the counts of both labels
 * since the last call, down to the next lower score that has positives, and is false after the last of these.
 */
typedef bool NextPositives(void *walk, uint64_t *neg, uint64_t *pos);
double mlm_average_precision_of(NextPositives *next, void *walk, uint64_t positives);

/* Whether each score is 0 or 1: predicted classes, or a division of INTEGERs, rather than probabilities. */
bool mlm_are_decisions(const Scores *scores);
#define MLM_DECISIONS                                                                                        \
  "every score is 0 or 1: predicted classes, or a division of INTEGERs as in confidence / 100"

#endif
