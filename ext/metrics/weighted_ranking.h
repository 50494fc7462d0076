/* Ranking of rows whose sums of weights no double holds, and areas that are cut: exact to the last rounding.
 */
#ifndef MLM_WEIGHTED_RANKING_H
#define MLM_WEIGHTED_RANKING_H

#include "metric.h"

/* Like the metrics of these names, where mlm_totals_are_exact() does not hold and no class is missing (of the
 * areas under the PR curve: the positives are not). */
double mlm_weighted_roc_auc(const Scores *scores);
double mlm_weighted_average_precision(const Scores *scores);
double mlm_weighted_pr_auc(const Scores *scores);
double mlm_weighted_ks(const Scores *scores);
/* For weights that are not integral. */
double mlm_weighted_eer(const Scores *scores);

/* For any weights; max_fpr below 1, and no class missing. */
double mlm_partial_roc_auc(const Scores *scores, double max_fpr);

#endif
