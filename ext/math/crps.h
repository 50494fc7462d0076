/* The continuous ranked probability score: the integral of the squared difference between a predicted cdf and
 * the step function at the outcome. */
#ifndef MLM_CRPS_H
#define MLM_CRPS_H

#include <stddef.h>

/* Of a normal distribution, sd >= 0; <= 16 ulp. */
double mlm_crps_gaussian(double mean, double target, double sd);
/* Of an ensemble of n >= 1 members of equal weight: mean|x - target| - mean|x - x'| / 2, <= 4 ulp but for the
 * rounding of each x - target; NaN where one is infinite. Subtracts the target from the members and sorts
 * them. O(n log n). */
double mlm_crps_ensemble(double *x, size_t n, double target);

#endif
