/* A mean with the exact sums of squares and cubes, for intervals of means. */
#ifndef MLM_MEAN_MOMENTS_H
#define MLM_MEAN_MOMENTS_H

#include "state/mean.h"

typedef struct MeanMoments MeanMoments;

/* Rows of fractional weight are in the mean alone. */
extern const StateType mlm_mean_moments_state;

/* The mean inside, which is the metric's. */
const Mean *mlm_mean_moments_mean(const MeanMoments *moments);

/* Standard error of the mean and skewness of n >= 2 rows of finite values and integral weights: s/√n, where
 * s² = Σ(v - m)²/(n - 1), rounded once; and m₃/m₂^1.5 with central moments over n, to 4 ulp, from exact
 * numerators. The skewness of equal values is 0. */
void mlm_mean_moments_spread(const MeanMoments *moments, double *se, double *skewness);

#endif
