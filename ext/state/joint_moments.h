/* Exact first and second moments of two columns, and the measures that are one expression of them. */
#ifndef MLM_JOINT_MOMENTS_H
#define MLM_JOINT_MOMENTS_H

#include "state/state.h"

/* All are rounded once, from exact sums with the weights. They are NaN without rows, where a number is
 * infinite, and where a product of two numbers and a fractional weight is 2^2043 or more; bits of such
 * products below 2^-1930 are lost. x is the first number of a row and y the second. */

/* Pearson's correlation, -1 to 1; NaN where x or y is constant. */
double mlm_moments_correlation(const JointMoments *moments);
/* Lin's concordance correlation with variances over n: 2·cov / (var x + var y + (mean x - mean y)²); NaN
 * where all numbers are the same. */
double mlm_moments_concordance(const JointMoments *moments);
/* 1 - var(y - x) / var y. Where y is constant: 1 if y - x is too, else 0. NaN of fewer than two rows: an
 * integral weight k counts as k, any other as one. */
double mlm_moments_explained_variance(const JointMoments *moments);
/* The sum of the weights, rounded once: the number of rows, unless a weight is fractional. */
double mlm_moments_weight(const JointMoments *moments, bool *fractional);

#endif
