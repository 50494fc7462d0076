/* Intervals of proportions: Wilson's, Clopper and Pearson's, Jeffreys'. */
#ifndef MLM_PROPORTION_INTERVAL_H
#define MLM_PROPORTION_INTERVAL_H

#include "metric.h"

/* The bounds of the proportion behind x successes in n > 0 trials, 0 <= x <= n, both integers; tail is half
 * the probability outside the level, within (0, 1/2). Wilson's score interval, 1927. */
void mlm_wilson(double x, double n, double tail, double *low, double *high);
/* The exact interval of Clopper and Pearson, 1934. */
void mlm_clopper_pearson(double x, double n, double tail, double *low, double *high);
/* The quantiles of Jeffreys' posterior distribution, beta(x + 1/2, n - x + 1/2). */
void mlm_jeffreys(double x, double n, double tail, double *low, double *high);

/* Of decisions 0 and 1: a share of the rows that are predicted 1, that have label 1, that have label 0. */
extern const Interval mlm_share_of_predicted_1_interval, mlm_share_of_labels_1_interval,
    mlm_share_of_labels_0_interval;

/* Of a metric that is a share of rows: of all rows of a 2x2 table, of its predicted positives, predicted
 * negatives, positives, negatives; of all rows of a confusion matrix; of rows whose value, averaged, is 0 or
 * 1. */
extern const Interval mlm_share_of_table_interval, mlm_share_of_predicted_interval,
    mlm_share_of_rejected_interval, mlm_share_of_positives_interval, mlm_share_of_negatives_interval,
    mlm_share_of_matrix_interval, mlm_share_of_mean_interval;

#endif
