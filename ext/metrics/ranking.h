/* Metrics over all cutoffs that other files compute in ways of their own. */
#ifndef MLM_RANKING_H
#define MLM_RANKING_H

#include "metric.h"

/* The formulas of roc_auc and gini. */
double mlm_roc_auc(const Scores *scores, const Eval *in);
double mlm_gini(const Scores *scores, const Eval *in);

/* The AUC of 2U (as mlm_scores_twice_u()) and the rows of each class, rounded once; NaN without either. */
double mlm_auc_of(U128 twice_u, uint64_t negatives, uint64_t positives);

#endif
