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

#endif
