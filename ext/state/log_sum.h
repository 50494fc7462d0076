/* The logarithm of a sum of e^x, exact until the logarithm is taken.
 *
 * Every e^x is rounded once to 100 bits (a function of x alone) and then summed as an integer, in sparse
 * buckets of 64 exponents: rows can be taken back, and neither order nor the largest x matters.
 */
#ifndef MLM_LOG_SUM_H
#define MLM_LOG_SUM_H

#include "state/state.h"

int64_t mlm_log_sum_rows(const LogSum *log_sum);

/* ln of the sum of e^x over the rows: <= 0.51 ulp where it is beyond 2^-40, absolute error below 2^-95 nearer
 * to 0. NaN without rows; any +Infinity: +Infinity; all -Infinity: -Infinity. */
double mlm_log_sum_value(const LogSum *log_sum);

#endif
