/* The logarithm of a sum of e^x: exact until the logarithm is taken.
 *
 * Each e^x is rounded once to 100 bits, as a function of x alone, and then summed as an integer in sparse
 * buckets of 64 exponents. So rows can be taken back, and neither their order nor the largest x matters.
 */
#ifndef MLM_LOG_SUM_H
#define MLM_LOG_SUM_H

#include "state/state.h"

int64_t mlm_log_sum_rows(const LogSum *log_sum);

/* ln of the sum of e^x over the rows. Error <= 0.51 ulp where the result is not within 2^-40 of 0, there
 * below 2^-95. NaN without rows; +Infinity if an x is, -Infinity if all are. */
double mlm_log_sum_value(const LogSum *log_sum);

#endif
