/* Ranking metrics of rows whose sums of weights are not exact as doubles, and partial areas: rounded once. */
#ifndef MLM_WEIGHTED_RANKING_H
#define MLM_WEIGHTED_RANKING_H

#include "metric.h"

/* The metrics of these names, for sets where mlm_totals_are_exact() is false and no class is missing (the
 * areas under the PR curve only need positives). */
double mlm_weighted_roc_auc(const Scores *scores);
double mlm_weighted_average_precision(const Scores *scores);
double mlm_weighted_pr_auc(const Scores *scores);
double mlm_weighted_ks(const Scores *scores);

/* For any weights; max_fpr below 1, and no class missing. */
double mlm_partial_roc_auc(const Scores *scores, double max_fpr);

#endif
