/* The continuous ranked probability score: the integral of the squared difference between a predicted cdf and
 * the step at what came. */
#ifndef MLM_CRPS_H
#define MLM_CRPS_H

#include <stddef.h>

/* Of a normal distribution, sd >= 0; <= 16 ulp. */
double mlm_crps_gaussian(double mean, double target, double sd);
/* Of n >= 1 members that count alike: mean|x - target| - mean|x - x'| / 2, <= 4 ulp but for the rounding of
 * each x - target; NaN where one is infinite. Puts the members in order, less the target. O(n log n). */
double mlm_crps_ensemble(double *x, size_t n, double target);

#endif
