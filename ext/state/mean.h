/* The mean of a per-row value: an exact sum over an exact sum of weights. */
#ifndef MLM_MEAN_H
#define MLM_MEAN_H

#include "state/state.h"

/* The mean, rounded once; NaN without rows. */
double mlm_mean_value(const Mean *mean);
/* The sum of the weights, rounded once: the number of rows, unless a weight is fractional. */
double mlm_mean_weight(const Mean *mean, bool *fractional);

#endif
