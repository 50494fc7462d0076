/* The ratio of two exact sums over the same rows. */
#ifndef MLM_SUM_RATIO_H
#define MLM_SUM_RATIO_H

#include "state/state.h"

/* Σ w·value / Σ w·base, rounded once, where neither is negative; Infinity where only the base is 0, NaN where
 * both are, without rows, and where the base is not finite. */
double mlm_sum_ratio_value(const SumRatio *ratio);

#endif
